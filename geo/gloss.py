"""Read Spanish and French through English: word for word, so that one grammar of relations, dates and counts serves every language.

A gloss is a text half in English ("a 45 millas al noroeste de Aruba" gives "at 45 miles to the northwest of Aruba") that knows for
each of its characters which stretch of the original it stands for. Whatever the rules find in it is carried back by `Gloss.back`.
The words are in `layers/lexicon/languages/`, one table a language: to add a language is to write a table.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from array import array
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from geo import layers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geo.gazetteer import Gazetteer
    from geo.model import Place

    # What a pattern is replaced by: text, and the stretch that it stands for.
    Piece = tuple[str, tuple[int, int]]

T = TypeVar("T")

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNIT = r"(?:day|week|month|year|hour)s?"
_N = r"(?:\d[\d.,:]*|a|several)\b"
_WIND = r"(?:(?:north|south)-?(?:north|south)?-?(?:east|west)?|(?:east|west)(?:-(?:north|south)(?:east|west))?)(?:ern)?\b"
_SLOTS = {
    "n": _N,
    "low": r"\d{1,3}(?:\.\d+)?",
    "number": rf"{_N}(?!\s+(?:of\s+)?{_MONTH})",
    "unit": _UNIT,
    "weekday": _WEEKDAY,
    "turned": rf"(?:{_WEEKDAY}|week|month|year|{_MONTH})",
    "date": rf"(?:{_WEEKDAY}|(?:\d\d?\s+(?:of\s+)?|early\s+|late\s+|mid-)?{_MONTH}|yesterday|last\s+(?:week|month|year|{_WEEKDAY}))",
    "name": r"(?-i:[A-ZÀ-Þ][\w’-]+)",
    "bound": r"(?:more than|at least|no fewer than|fewer than|up to|nearly|about|until)",
    "wind": _WIND,
    "shore": r"(?:coast|tip|part|end)",
    "craft": r"(?:tanker|trawler|freighter|ferry|yacht|vessel|boat|ship|frigate|destroyer|warship|submarine|navy|army|coast guard)s?",
    "water": r"(?:territorial waters|waters|coast|territorial sea|exclusive economic zone)",
}
"""What `{slot}` stands for in the patterns of a table's `ordered`; `{people}` is a nationality."""

_LETTERS = [chr(i) for i in (*range(0x41, 0x5B), *range(0xC0, 0x250)) if chr(i).isalpha()]
_SIGNS = {"’": "'", "\u00a0": " ", "\u2010": "-", "\u2011": "-"}
_PLAIN = str.maketrans({letter: unicodedata.normalize("NFKD", letter)[0].lower() for letter in _LETTERS} | _SIGNS)
_GAP = r"(?:\s+|-)"
_NAME_REACH = 60
"""Characters that a name may run on past the words that begin it."""
_ANDS = ("y", "et")
_GROUPED = re.compile(r"(?<![\d.,\-−])(\d{1,3})((?:[.\u00a0\u202f\u2009 ]\d{3})+)(?![\d°º]|[.,]\d|\s?[NSEWO]\b|,\s?[-−]?\d)")
_DECIMAL, _FRACTION = re.compile(r"(?<=\d),(?=\d)"), re.compile(r"(?<=\d),(?=\d)(?!\d{3}(?!\d))")
_SLASHED = re.compile(r"\b(\d\d?)/(\d\d?)/(\d{4})\b")
_WEST = re.compile(r"(?<=[\d°º'’′\"”″])(\s?)O(?![\w’'])(?!\s?\d)")
_OPENING, _CLOSING = re.compile(r"«(\s?)"), re.compile(r"(\s?)»")
_TITLE_WORD = r"(?:[A-ZÀ-Þ][\w.’-]*|\d+|de|del|du|des|la|el|los|las|le|les)"
_QUOTED = re.compile(rf'["“]{_TITLE_WORD}(?:\s+{_TITLE_WORD}){{0,4}}["”]')
_ELIDED = re.compile(r"\b([dljmnstcDLJMNSTC]|(?:jus|lors|puis)?[qQ]u)['’](?=[^\W\d_])")


class _Tongue(NamedTuple):
    """A language's table, compiled: phrases by their pattern, number words, and what changes the order of words."""

    phrases: re.Pattern[str]
    english: dict[str, str]
    numbers: dict[str, int]
    ordered: tuple[tuple[re.Pattern[str], str], ...]
    peoples: dict[str, str]
    elision: bool
    comma_thousands: bool


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

    def _part(self, value: Any) -> Any:  # noqa: ANN401 - a noun, or several
        return tuple(self.back(v) for v in value) if isinstance(value, tuple) else self.back(value)

    def sub(self, matches: Iterable[re.Match[str]], pieces: Callable[[re.Match[str]], Iterable[Piece]]) -> Gloss:
        """Replace each match by pieces of text."""
        written, starts, ends, at = [], array("l"), array("l"), 0

        def copy(first: int, last: int) -> None:
            written.append(self.text[first:last])
            starts.extend(self.starts[first:last])
            ends.extend(self.ends[first:last])

        for match in matches:
            copy(at, match.start())
            for text, (first, last) in pieces(match):
                if text == self.text[first:last]:
                    copy(first, last)
                    continue
                start, end = self.span(first, last)
                written.append(text)
                starts.extend([start] * len(text))
                ends.extend([end] * len(text))
            at = match.end()
        copy(at, len(self.text))
        return Gloss(self.original, "".join(written), starts, ends)


def _holds_spans(value: object) -> bool:
    """Say whether a field holds a noun with a span, or several."""
    first = value[0] if isinstance(value, tuple) and value else value
    return is_dataclass(first) and hasattr(first, "start")


def _outside(pattern: re.Pattern[str], text: str, keep: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern in the gaps between stretches."""
    at = 0
    for start, end in (*keep, (len(text), len(text))):
        yield from pattern.finditer(text, at, start)
        at = end


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """Name the languages that have a table, by their two letters."""
    return frozenset(path.stem for path in (layers.folder() / "lexicon" / "languages").glob("*.toml"))


@lru_cache(maxsize=4)
def gloss(text: str, language: str | None, gazetteer: Gazetteer | None = None) -> Gloss | None:
    """Read a text through English, or give null for a language without a table; names that the gazetteer knows stay as they are.

    >>> gloss("a 45 millas náuticas al noroeste de Aruba", "es").text
    'at 45 nautical miles to the northwest of Aruba'
    >>> gloss("hit off Aruba", "en") is None
    True
    """
    if language not in languages():
        return None
    tongue = _tongue(str(language))
    even = _even(text, tongue)
    keep = _names(text, even, tongue, gazetteer) if gazetteer is not None else []
    for start, end in reversed(keep):
        if even[start:end] != text[start:end]:
            even = even[:start] + text[start:end] + even[end:]
    read = Gloss(text, even, array("l", range(len(text))), array("l", range(1, len(text) + 1)))
    matches = _outside(tongue.phrases, even.translate(_PLAIN), keep)
    read = read.sub(matches, lambda m: [(_english(even[m.start() : m.end()], m, tongue), m.span())])
    for pattern, template in tongue.ordered:
        read = read.sub(pattern.finditer(read.text), partial(_ordered, template=template))
    return read


def _even(text: str, tongue: _Tongue) -> str:
    """Write figures, quotes and elisions the English way, letter for letter: 12,5 as 12.5, 71° O as 71° W, d'Aruba as d Aruba."""
    text = _CLOSING.sub(r'"\1', _OPENING.sub(r'\1"', text))
    text = _SLASHED.sub(r"\1.\2.\3", _WEST.sub(r"\1W", text))
    # The decimal comma goes first, so that the commas between thousands stay.
    text = (_FRACTION if tongue.comma_thousands else _DECIMAL).sub(".", text)
    text = _GROUPED.sub(lambda m: m[1] + re.sub(r"\D", ",", m[2]), text)
    return _ELIDED.sub(lambda m: m[1] + " ", text) if tongue.elision else text


def _names(text: str, even: str, tongue: _Tongue, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """List the names that must not be read as words: "Golfo de Paria", "Côte d'Ivoire"."""
    whole = gazetteer.scan(text) if tongue.elision else ()
    found = [(start, end) for start, end, _ in whole if re.search("['’]", text[start:end])]
    found += [m.span() for m in _QUOTED.finditer(even)]
    for start, end, places in gazetteer.scan(even):
        if not _is_words(_key(even[start:end]), places, tongue):
            found.append((start, end))
        elif article := re.match(r"\w+\s+", even[start:end]):
            # "El Golfo" is a town, but in "El Golfo de Paria" the article is none.
            begin = start + article.end()
            inside = next(((first, last) for first, last, _ in gazetteer.scan(even[begin : end + _NAME_REACH])), None)
            found += [(begin + inside[0], begin + inside[1])] if inside and inside[0] == 0 and begin + inside[1] > end else []
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _is_words(key: str, places: Sequence[Place], tongue: _Tongue) -> bool:
    """Say whether a name is nothing but words of the language: "Sur", "El Golfo", but not "Mar del Norte", which is a row of our own."""
    words = key.split()
    own = len(words) > 1 and any(p.id.startswith(("im:", "country:")) for p in places[:1])
    return not own and all(word in tongue.english or word in tongue.numbers for word in words)


def _english(written: str, match: re.Match[str], tongue: _Tongue) -> str:
    """Give the English of a phrase, a number or a nationality, in the case of the original."""
    key = _key(written)
    if match.lastgroup == "number":
        return str(_value([tongue.numbers[word] for word in key.split() if word not in _ANDS]))
    english = tongue.english.get(key) or tongue.peoples[key]
    # A headline in capitals is read as a sentence.
    return english.capitalize() if english.islower() and written[0].isupper() and not written.isupper() else english


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


def _ordered(match: re.Match[str], template: str) -> list[Piece]:
    """Fill a template: what a slot matched keeps its place in the original, the words between stand for what stood there."""
    pieces: list[Piece] = []
    at = match.start()
    for words, slot in re.findall(r"([^{]*)(?:\{(\w+)\})?", template):
        start, end = match.span(slot) if slot else (match.end(), match.end())
        if words:
            pieces.append((words, (at, start) if at < start else match.span()))
        if slot:
            pieces.append((match[slot], (start, end)))
            at = end
    if at < match.end() and pieces[0][1][0] == match.start():
        # "Martes pasado" gives "last Tuesday", whose first word stands for the last one too.
        pieces[0] = pieces[0][0], match.span()
    return pieces


def _key(written: str) -> str:
    """Write a phrase as the tables are keyed: small letters without accents, one space for any gap."""
    return " ".join(written.translate(_PLAIN).replace("-", " ").split())


@lru_cache
def _tongue(language: str) -> _Tongue:
    """Read and compile the table of a language."""
    table = tomllib.loads((layers.folder() / "lexicon" / "languages" / f"{language}.toml").read_text(encoding="utf-8"))
    phrases, peoples = _phrases(table), _peoples(language)
    numbers = {_key(word): int(value) for value, words in table["numbers"].items() for word in words.split("|")}
    return _Tongue(
        re.compile(rf"(?<!\w)(?:{_number(numbers)}|(?:{_any((*phrases, *peoples))}))(?!\w)"),
        phrases,
        numbers,
        tuple((_pattern(pattern, peoples.values()), template) for pattern, template in table["ordered"].items()),
        peoples,
        table.get("elision", False),
        table.get("comma_thousands", False),
    )


def _phrases(table: dict[str, Any]) -> dict[str, str]:
    """Give each phrase its English; one that ends in "de" or "a" also with the article that melts into it ("cerca del")."""
    phrases = {_key(phrase): english for english, listed in table["phrases"].items() for phrase in listed.split("|")}
    joined = {_key(short): words.split("|") for short, words in table["joined"].items()}
    for phrase, english in tuple(phrases.items()):
        head, _, last = phrase.rpartition(" ")
        for melted in joined.get(last, ()) if head else ():
            short, _, article = melted.partition(" ")
            phrases.setdefault(f"{head} {short}", f"{english} {article}".rstrip())
    return phrases


def _peoples(language: str) -> dict[str, str]:
    """Read the nationalities of a language, each with its English adjective."""
    with (layers.folder() / "gazetteer" / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = ((row[f"demonyms_{language}"], row["demonyms"].split("|")[0]) for row in rows if row["demonyms"])
    return {_key(word): english for words, english in reversed([*named]) for word in words.split("|") if word}


def _any(keys: Iterable[str]) -> str:
    """Write a pattern of phrases, longest first; a space is any gap."""
    return "|".join(re.escape(key).replace(r"\ ", _GAP) for key in sorted(set(keys), key=lambda key: (-len(key), key)))


def _number(numbers: dict[str, int]) -> str:
    """Write the pattern of a number in words; "one" alone is an article, and "y" or "et" joins only tens and units."""
    word, one = _any(numbers), _any(key for key, value in numbers.items() if value == 1)
    tens = _any(key for key, value in numbers.items() if 20 <= value < 100 and value % 10 == 0)
    units = _any(key for key, value in numbers.items() if value < 10 or value == 11)
    joined = rf"(?:{tens}){_GAP}(?:{'|'.join(_ANDS)}){_GAP}(?:{units})"
    single = rf"(?:{joined}|{word})\b"
    return rf"(?P<number>(?!(?:{one})\b)(?:{single})(?:{_GAP}{single})*)"


def _pattern(written: str, peoples: Iterable[str]) -> re.Pattern[str]:
    """Compile a pattern of a table: a space is any white space, a slot a group of its name."""

    def slot(match: re.Match[str]) -> str:
        name = match[1].rstrip("2")
        inside = "|".join(sorted(set(map(re.escape, peoples)))) if name == "people" else _SLOTS[name]
        return f"(?P<{match[1]}>{inside})"

    inside = re.sub(r"\{(\w+)\}", slot, written.replace(" ", r"\s+"))
    return re.compile(rf"(?<!\w){inside}(?!\w)", re.IGNORECASE)
