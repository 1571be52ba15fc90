"""Read Spanish and French through English: word for word, so that one grammar of relations, dates and counts serves every language.

A gloss is a text half in English ("a 45 millas al noroeste de Aruba" gives "at 45 miles to the northwest of Aruba") that knows for
each of its characters which stretch of the original it stands for. Whatever the rules find in it is carried back by `Gloss.back`.
The words are in `layers/lexicon/languages/`, one table a language: to add a language is to write a table.
"""

from __future__ import annotations

import bisect
import re
from array import array
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from geo import tongues
from geo.tongues import ANDS, PLAIN, Tongue, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.gazetteer import Gazetteer
    from geo.model import Place

    # What a pattern is replaced by: text, and the stretch that it stands for.
    Piece = tuple[str, tuple[int, int]]
    Change = tuple[int, int, Sequence[Piece]]

T = TypeVar("T")

_WORD = re.compile(r"\w+(?:['/]\w+)*")
_Kept = tuple[int, int, "str | None"]
"""A name that is not read as words, and its English name where it has one."""
_BEGINS = ("", "\n", ".", "!", "?", '"')
_WATERS = frozenset({"sea", "ocean", "gulf", "strait", "channel", "bay", "sea_sector"})
_LOWERED = frozenset({"verb", "done", "moved", "stays", "befell", "noun", "plane", "craft"})
"""Slots that lose the capital of the sentence when something goes before them."""
_NAME_REACH = 60
"""Characters that a name may run on past the words that begin it."""
_GROUPED = re.compile(r"(?<![\d.,\-−])(\d{1,3})((?:[.\u00a0\u202f\u2009 ]\d{3})+)(?![\d°º]|[.,]\d|\s?[NSEWO]\b|,\s?[-−]?\d)")
_DECIMAL, _FRACTION = re.compile(r"(?<=\d),(?=\d)"), re.compile(r"(?<=\d),(?=\d)(?!\d{3}(?!\d))")
_SLASHED = re.compile(r"\b(\d\d?)/(\d\d?)/(\d{4})\b")
_WEST = re.compile(r"(?<=[\d°º'’′\"”″])(\s?)O(?![\w’'])(?!\s?\d)")
_OPENING, _CLOSING = re.compile(r"«(\s?)"), re.compile(r"(\s?)»")
_TITLE_WORD = r"(?:[A-ZÀ-Þ][\w.’-]*|\d+|de|del|du|des|la|el|los|las|le|les)"
_QUOTED = re.compile(rf'["“]{_TITLE_WORD}(?:\s+{_TITLE_WORD}){{0,4}}["”]')
_ELIDED = re.compile(r"\b([dljmnstcDLJMNSTC]|(?:jus|lors|puis)?[qQ]u)['’](?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Gloss:
    """A text half in English; `starts` and `ends` say for each character which stretch of the `original` it stands for."""

    original: str
    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the stretch of the original that a stretch of the gloss stands for."""
        return min(self.starts[start:end]), max(self.ends[start:end])

    def back(self, noun: T) -> T:
        """Carry a noun that was found in the gloss back to the original: its spans and words, and those of its parts."""
        known = {f.name: getattr(noun, f.name) for f in fields(noun)}  # type: ignore[arg-type]
        changed = {name: self._part(value) for name, value in known.items() if _holds_spans(value)}
        start, end = self.span(known["start"], known["end"])
        words = "date_text" if "date_text" in known else "text"
        return replace(noun, start=start, end=end, **{words: self.original[start:end]}, **changed)  # type: ignore[type-var]

    def parts_back(self, noun: T) -> T:
        """Carry back the parts of a noun that has no span itself, such as the casualties."""
        known = {f.name: getattr(noun, f.name) for f in fields(noun)}  # type: ignore[arg-type]
        return replace(noun, **{name: self._part(value) for name, value in known.items() if _holds_spans(value)})  # type: ignore[type-var]

    def _part(self, value: Any) -> Any:  # noqa: ANN401 - a noun, or several
        return tuple(self.back(v) for v in value) if isinstance(value, tuple) else self.back(value)

    def over(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give the stretches of the gloss that stand for stretches of the original; an empty one where nothing does."""
        # Sorted once: to look through a long text for each span would take the square of its length.
        order = sorted(range(len(self.text)), key=self.starts.__getitem__)
        begins = [self.starts[i] for i in order]
        found = []
        for start, end in spans:
            within = order[bisect.bisect_left(begins, start) : bisect.bisect_left(begins, end)]
            inside = [i for i in within if self.ends[i] <= end]
            found.append((min(inside), max(inside) + 1) if inside else (0, 0))
        return found

    def sub(self, changes: Iterable[Change]) -> Gloss:
        """Put pieces of text in the place of stretches, which are in order and do not overlap."""
        written, starts, ends, at = [], array("l"), array("l"), 0

        def copy(first: int, last: int) -> None:
            written.append(self.text[first:last])
            starts.extend(self.starts[first:last])
            ends.extend(self.ends[first:last])

        for begin, end, pieces in changes:
            copy(at, begin)
            for text, (first, last) in pieces:
                if text == self.text[first:last]:
                    copy(first, last)
                    continue
                low, high = self.span(first, last)
                written.append(text)
                starts.extend([low] * len(text))
                ends.extend([high] * len(text))
            at = end
        copy(at, len(self.text))
        return Gloss(self.original, "".join(written), starts, ends)


def _holds_spans(value: object) -> bool:
    """Say whether a field holds a noun with a span, or several."""
    first = value[0] if isinstance(value, tuple) and value else value
    return is_dataclass(first) and hasattr(first, "start")


@lru_cache(maxsize=4)
def gloss(text: str, language: str | None, gazetteer: Gazetteer | None = None) -> Gloss | None:
    """Read a text through English, or give null for a language without a table; names that the gazetteer knows stay as they are.

    >>> gloss("a 45 millas náuticas al noroeste de Aruba", "es").text
    'at 45 nautical miles to the northwest of Aruba'
    >>> gloss("hit off Aruba", "en") is None
    True
    """
    if language not in tongues.languages():
        return None
    tongue = tongues.tongue(str(language))
    even = _even(text, tongue)
    keep = _names(text, even, tongue, gazetteer) if gazetteer is not None else []
    for start, end, _ in reversed(keep):
        if even[start:end] != text[start:end]:
            even = even[:start] + text[start:end] + even[end:]
    read = Gloss(text, even, array("l", range(len(text))), array("l", range(1, len(text) + 1)))
    read = read.sub(_phrases(even, keep, tongue))
    for pattern, template in tongue.ordered:
        read = read.sub((m.start(), m.end(), _ordered(m, template, tongue.proper)) for m in pattern.finditer(read.text))
    return read


def _phrases(even: str, keep: Sequence[_Kept], tongue: Tongue) -> Iterator[Change]:
    """Give the English of every phrase and number, and of the names of states; other names stay as they are."""
    plain, at = even.translate(PLAIN), 0
    for start, end, english in (*keep, (len(even), len(even), None)):
        words = [*_WORD.finditer(plain, at, start)]
        number = 0
        while number < len(words):
            last, english_words = _longest(even, plain, words, number, start, tongue)
            if last is not None and not (english_words == "The" and _named(even, words[number].start(), last)):
                first = words[number].start()
                yield first, last, [(english_words, (first, last))]
            number = next((i for i in range(number + 1, len(words)) if words[i].start() >= (last or 0)), len(words))
        if english is not None:
            yield start, end, [(english.upper() if even[start:end].isupper() else english, (start, end))]
        at = end


def _longest(even: str, plain: str, words: Sequence[re.Match[str]], number: int, stop: int, tongue: Tongue) -> tuple[int | None, str]:
    """Find where the longest phrase that begins with a word ends, and its English; null where there is none."""
    first = words[number]
    if hit := tongue.number.match(plain, first.start(), stop):
        return hit.end(), str(_value([tongue.numbers[word] for word in key(hit[0]).split() if word not in ANDS]))
    for last in reversed(words[number : number + max(tongue.longest.get(first[0], 0), 1)]):
        if last is first and (exact := _accented(even[first.start() : first.end()], tongue)) is not None:
            return first.end(), exact
        for end in (last.end() + 1, last.end()) if plain[last.end() : last.end() + 1] == "." else (last.end(),):
            english = tongue.english.get(key(plain[first.start() : end]))
            if english is not None:
                return end, english[:1].upper() + english[1:] if _capital(even, first.start(), end) else english
    return None, ""


def _accented(word: str, tongue: Tongue) -> str | None:
    """Give the English of a word that only its accents tell from others; without an accent a capital makes it a name."""
    small = word.lower()
    if word == small or key(word) == small:
        return tongue.accented.get(word)
    english = tongue.accented.get(small)
    return english and english[:1].upper() + english[1:]


def _capital(even: str, start: int, end: int) -> bool:
    """Tell a word with a capital; a headline in capitals is read as a sentence, and one letter is a capital where a sentence begins."""
    if end - start == 1:
        return even[start].isupper() and even[:start].rstrip(" ")[-1:] in _BEGINS
    return even[start].isupper() and not even[start:end].isupper()


def _named(even: str, start: int, end: int) -> bool:
    """Tell the article of a name ("le patrouilleur La Combattante") from that of a sentence."""
    return even[:start].rstrip(" ")[-1:] not in {*_BEGINS, ":", ";", "-", "(", "—", "–"} and even[end : end + 2].strip()[:1].isupper()


def _even(text: str, tongue: Tongue) -> str:
    """Write figures, quotes and elisions the English way, letter for letter: 12,5 as 12.5, 71° O as 71° W, d'Aruba as d Aruba."""
    text = _CLOSING.sub(r'"\1', _OPENING.sub(r'\1"', text))
    text = _SLASHED.sub(r"\1.\2.\3", _WEST.sub(r"\1W", text))
    # The decimal comma goes first, so that the commas between thousands stay.
    text = (_FRACTION if tongue.comma_thousands else _DECIMAL).sub(".", text)
    text = _GROUPED.sub(lambda m: m[1] + re.sub(r"\D", ",", m[2]), text)
    return _ELIDED.sub(lambda m: m[1] + " ", text) if tongue.elision else text


def _names(text: str, even: str, tongue: Tongue, gazetteer: Gazetteer) -> list[_Kept]:
    """List the names that must not be read as words: "Golfo de Paria", "Côte d'Ivoire"."""
    whole = gazetteer.scan(text) if tongue.elision else ()
    elided = [name for name in whole if re.search("['’]", text[name[0] : name[1]])]
    found: list[_Kept] = [(start, end, _state(places, text[start:end])) for start, end, places in elided]
    found += [(*m.span(), None) for m in _QUOTED.finditer(even)]
    for start, end, places in gazetteer.scan(even):
        begins = (start + word.start() for word in _WORD.finditer(even[start:end]))
        if any(_phrase_end(even, begin, tongue) > end for begin in begins):
            continue  # "La Guardia" is a town, but not in "la Guardia Costera"
        if _opens_with_verb(even, start, end, places, tongue):
            continue  # "Caen" is a city, but not in "Caen cuatro hombres con media tonelada"
        if not _is_words(key(even[start:end]), places, tongue):
            found.append((start, end, _state(places, even[start:end])))
        elif article := re.match(r"\w+\s+", even[start:end]):
            # "El Golfo" is a town, but in "El Golfo de Paria" the article is none.
            begin = start + article.end()
            inside = next(((first, last) for first, last, _ in gazetteer.scan(even[begin : end + _NAME_REACH])), None)
            found += [(begin + inside[0], begin + inside[1], None)] if inside and inside[0] == 0 and begin + inside[1] > end else []
    apart: list[_Kept] = []
    for name in sorted(found, key=lambda name: (name[0], -name[1])):
        if not apart or name[0] >= apart[-1][1]:
            apart.append(name)
    return apart


def _opens_with_verb(even: str, start: int, end: int, places: Sequence[Place], tongue: Tongue) -> bool:
    """Tell the verb that a headline begins with from a small place of its name."""
    word, follows = key(even[start:end]), even[end : end + 2].strip()
    verb = word in tongue.english and word not in tongue.words and (follows[:1].islower() or follows[:1].isdigit())
    return verb and places[0].kind == "city" and even[max(start - 9, 0) : start].rstrip(" ")[-1:] in _BEGINS and not _state(places, "")


def _phrase_end(even: str, start: int, tongue: Tongue) -> int:
    """Find where the phrase of the table that begins here ends."""
    head = even[start : start + _NAME_REACH].translate(PLAIN)
    words = [*_WORD.finditer(head)]
    last = _longest(even[start : start + _NAME_REACH], head, words, 0, len(head), tongue)[0] if words else None
    return start + (last or 0)


def _state(places: Sequence[Place], written: str) -> str | None:
    """Give the English name of a state, a capital or a sea, by which the rules know who acts and what lies at sea."""
    first = places[0]
    if first.kind == "country" or (first.kind in _WATERS and first.id.startswith("im:")):
        # "Norfolk" is the island of that name in the tables alone.
        return None if key(first.name).startswith(key(written)) else first.name
    return next((p.name for p in places[:3] if p.kind == "city" and p.name in tongues.capitals()), None)


def _is_words(key: str, places: Sequence[Place], tongue: Tongue) -> bool:
    """Say whether a name is nothing but words of the language: "Sur", "El Golfo", but not "Mar del Norte", which is a row of our own."""
    words = key.split()
    own = len(words) > 1 and any(p.id.startswith(("im:", "country:")) for p in places[:1])
    return not own and all(word in tongue.words or word in tongue.numbers for word in words)


def _value(parts: Sequence[int]) -> int:
    """Add up number words: tens and units, hundreds times, thousands times; "quatre-vingt-dix-sept" is 4 x 20 + 10 + 7.

    >>> _value([4, 20, 10, 7]), _value([2, 1000, 500]), _value([100, 5])
    (97, 2500, 105)
    """
    total = current = 0
    for part in parts:
        if part >= 1000:
            total, current = total + max(current, 1) * part, 0
        elif part == 100:
            current = max(current, 1) * 100
        elif part == 20 and current % 100 == 4:
            current += 76
        else:
            current += part
    return total + current


def _ordered(match: re.Match[str], template: str, proper: frozenset[str]) -> list[Piece]:
    """Fill a template: what a slot matched keeps its place in the original, the words between stand for what stood there."""
    pieces: list[Piece] = []
    at = match.start()
    for words, slot in re.findall(r"([^{]*)(?:\{(\w+)\})?", template):
        start, end = match.span(slot) if slot else (match.end(), match.end())
        if words:
            pieces.append((words, (at, start) if at < start else match.span()))
        if slot:
            moved = pieces and start == match.start() and slot in _LOWERED and match[slot] not in proper
            pieces.append((match[slot][:1].lower() + match[slot][1:] if moved else match[slot], (start, end)))
            at = end
    if pieces and match[0][:1].isupper():
        pieces[0] = pieces[0][0][:1].upper() + pieces[0][0][1:], pieces[0][1]
    if at < match.end() and pieces[0][1][0] == match.start():
        # "Martes pasado" gives "last Tuesday", whose first word stands for the last one too.
        pieces[0] = pieces[0][0], match.span()
    return pieces
