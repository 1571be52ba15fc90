"""Read where forces are from lines without a verb: "PNS Shamsheer due Djibouti Thursday", "HMS Calder: Gulf of Aden".

Messages, captions, headlines and tables of positions write so. The words that say it stand in `layers/lexicon/assets.toml`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.assets import arsenal, is_force, type_of
from geo.claims import SPEECH
from geo.lexicon import lexicon
from geo.model import MAPPED_ROLES
from geo.parse import sentence as sentence_of
from geo.parts import headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.frames import Scene
    from geo.model import Match

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOTHING = re.compile(r"\b(?:no|not|never|without|none|nil|denies|denied)\b", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:\([^)]{1,40}\)\s*)?(?:,|/|&|\+|,?\s*and)?\s*(?:[\w'’-]+\s+){0,4}\Z")
"""What stands between two forces of one list: a comma or "and", and the words before the noun."""
_ASIDE = r"(?:\s*(?:\([^)]{1,40}\)|,\s+(?:an?\s+)?[\w -]{3,40}(?=:)))?"
_LIST = re.compile(_ASIDE + r"\s*(?:[:|–—\t]|\s-\s)\s*")
_TIE = re.compile(
    r"\s*(?:\([^)]{1,40}\)\s*)?[,;:]?\s*(?:(?:still|now|currently|also|again|both|all)\s+)?(?:in|off|at|near|on|around|inside|outside|within)\s+"
    r"(?:the\s+)?|\s*(?:\([^)]{1,40}\)\s*)?,\s*",
    re.IGNORECASE,
)
_STILL_THERE = re.compile(
    r"\s*,?\s+(?:already|now|still|currently|permanently)\s+(?:(?:based|stationed|deployed|operating)\s+)?(?:in|off|at|near|on|around|inside)\s+(?:the\s+)?",
    re.IGNORECASE,
)
"""What tells where forces are beside whatever else their sentence tells: "a frigate already in the Gulf"."""
_CUE_STARTS = r"(?-i:\s+[A-Z][\w.'’-]*){0,3}?" + _ASIDE + r"\s*[,;:–—-]?\s*(?:(?:still|now|currently|also|both|all|is|are)\s+)?"
_HEADED = re.compile(
    r"[ \t]*(?:[-*•–|][ \t]*|\d{1,2}[.)][ \t]+)?(?:(?i:ships|vessels|warships|forces|units|assets|deployed|now|in|off|at|the)\s+)*"
    r"(?P<place>[A-Z][\w.'’ -]{2,40}?)(?:\s+(?:on|as\s+of)\s+[\w ]{3,14})?\s*(?::|\s[-–—]\s|[|\t])\s*(?:[\w'’-]+[ \t]+){0,4}\Z"
)
"""A line that begins with a place, before the forces there."""
_OPEN = frozenset({"-", "–", "—", ":"})
_LINE_START = re.compile(r"(?:\A|\n)[ \t]*(?:[-*•–|][ \t]*|\d{1,2}[.)][ \t]+)?(?:[\w'’-]+[ \t]+){0,4}\Z")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Forces that a line without a verb names, what it says of them, and which stretch of text says it."""

    nouns: tuple[Token, ...]
    status: str
    start: int
    end: int
    places: tuple[Match, ...]
    origin: Match | None


def fragments(scene: Scene, sentence: Sentence) -> Iterator[Fragment]:
    """Find the forces of the clauses that have no finite verb and tell of no violence, with what is said of them behind."""
    if sentence.start_char < headline(scene):
        return
    for clause in _clauses(_line(sentence)):
        standing = [t for t in clause if stands(scene, t)]
        if standing and any(_finite(scene, t) for t in clause):
            yield from _in_passing(scene, clause, standing)
        elif standing and not violent(clause) and not _NOTHING.search(clause.text):
            runs = _runs(scene, standing)
            for run, following in itertools.zip_longest(runs, runs[1:]):
                end = following[0].left_edge.idx if following else clause.end_char
                found = _told(scene, run, end)
                if found is not None:
                    yield found


def _line(sentence: Sentence) -> Sentence:
    """Join a sentence that ends in a dash or a colon with what the parser cut off: "HMS Calder -" and "at sea, Gulf of Oman"."""
    doc, end = sentence.doc, sentence.end
    if end == len(doc) or doc[end - 1].text not in _OPEN or doc[end - 1].is_space:
        return sentence
    return doc[sentence.start : sentence_of(doc[end]).end]


def _in_passing(scene: Scene, clause: Sentence, forces: list[Token]) -> Iterator[Fragment]:
    """Find forces of which a sentence about something else says where they are: "a frigate already in the Gulf of Oman"."""
    text = scene.report.text
    for noun in forces:
        start = after(scene, noun)
        tie = _STILL_THERE.match(text, start, clause.end_char)
        place = next((m for m in scene.starting(scene.matches, start, clause.end_char) if m.geometry is not None), None)
        if tie is not None and place is not None and place.mention.start <= tie.end():
            yield Fragment((noun,), "present", noun.left_edge.idx, place.mention.end, (place,), None)


def _clauses(sentence: Sentence) -> list[Sentence]:
    """Cut a sentence at its semicolons, and at a colon or a dash before the first force."""
    cuts, told = [sentence.start], False
    for token in sentence:
        told = told or is_force(token)
        if token.text == ";" or (token.text in {":", "-", "–", "—"} and not told):
            cuts.append(token.i + 1)
            told = False
    return [sentence.doc[a:b] for a, b in itertools.pairwise([*cuts, sentence.end]) if a < b]


def violent(sentence: Sentence) -> bool:
    """Tell a line that tells of an incident, and what forces did or suffered in it."""
    words, moves = lexicon(), arsenal().verbs
    return any(
        (t.pos_ == "VERB" and t.lemma_.lower() in words.verbs and t.lemma_.lower() not in moves)
        or (t.pos_ == "NOUN" and t.lemma_.lower() in words.nouns)
        for t in sentence
    )


def _finite(scene: Scene, token: Token) -> bool:
    """Tell a verb that makes a sentence; in lines of capitals, where names look like verbs, only a known one."""
    if token.tag_ not in _FINITE or is_force(token):
        return False
    loud = scene.report.text[token.idx : token.idx + len(token)].isupper()
    return not loud or token.pos_ == "AUX" or token.tag_ == "MD" or token.lemma_ in SPEECH or token.lemma_ in arsenal().verbs


def stands(scene: Scene, noun: Token) -> bool:
    """Tell a force that is named for itself: not a word before another, not in brackets, not in the name of a place."""
    along = noun.dep_ == "conj" and type_of(noun) is not None and is_force(noun.head)  # "a navy boat and helicopter in area"
    if not (is_force(noun) or along) or noun.lemma_.lower() == "force" or _inside(noun):
        return False
    if noun.i and noun.nbor(-1).text == "(":
        return False
    if noun.text in arsenal().prefixes and noun.i + 1 < len(noun.doc) and is_force(noun.nbor(1)):
        return False  # the name behind it stands
    around = scene.starting(scene.matches, noun.idx - 40, noun.idx + 1)
    return not any(m.geometry is not None and m.mention.start <= noun.idx < m.mention.end for m in around)


def _inside(noun: Token) -> bool:
    """Tell a word that only stands before the noun of its phrase."""
    return noun.dep_ in {"compound", "nmod", "amod"} and noun.i < noun.head.i and is_force(noun.head)


def _runs(scene: Scene, nouns: list[Token]) -> list[list[Token]]:
    """Put together the forces that stand in one list: "ESPS MORELLA and ITS ASTI on task"."""
    runs: list[list[Token]] = []
    for noun in nouns:
        between = scene.report.text[after(scene, runs[-1][-1]) : noun.idx] if runs else ""
        if runs and _NEXT.match(between) and (not between.strip() or re.search(r",|/|&|\+|\band\b", between)):
            runs[-1].append(noun)
        else:
            runs.append([noun])
    return runs


def after(scene: Scene, noun: Token) -> int:
    """Give where the phrase of an asset ends, its name included."""
    end = noun.idx + len(noun)
    named = next((m.mention for m in scene.matches if m.mention.role == "ship" and noun.idx - 40 <= m.mention.start <= end + 1), None)
    return max(end, named.end) if named is not None else end


def _told(scene: Scene, run: list[Token], end: int) -> Fragment | None:
    """Read what stands behind a list of forces: words that say what they do, or a place."""
    text, start = scene.report.text, after(scene, run[-1])
    places = [m for m in scene.within(scene.matches, start, end) if m.geometry is not None and m.mention.role in MAPPED_ROLES]
    status = next((s for s, cue in _cues() if cue.match(text, start, end)), None)
    heading = _heading(scene, run, end) if status is None else None
    if heading is not None:
        status, places = "present", places or [heading]
    if status is None:
        near = _TIE.match(text, start, end)
        listed = _LIST.match(text, start, end) if _LINE_START.search(text[: run[0].left_edge.idx]) else None
        tied = next((t for t in (near, listed) if t is not None and places and t.end() >= places[0].mention.start - 5), None)
        if tied is None:
            return None
        status = "present"
    origin = _origin(text, places)
    if status == "present" and origin is not None:
        status = "in_transit"
    return Fragment(tuple(run), status, run[0].left_edge.idx, end, tuple(m for m in places if m is not origin), origin)


def _heading(scene: Scene, run: list[Token], end: int) -> Match | None:
    """Find the place that heads a list of forces: "Red Sea: HMS Calder, FS Languedoc"."""
    text, start = scene.report.text, run[0].left_edge.idx
    listed = _HEADED.match(text, text.rfind("\n", 0, run[0].idx) + 1, run[0].idx)
    if listed is None and (text[after(scene, run[-1]) : end].strip(" .;\n") or not text[:start].rstrip().endswith(":")):
        return None
    colon = listed.end("place") if listed is not None else len(text[:start].rstrip()) - 1
    before = scene.starting(scene.matches, colon - 80, colon)
    return next((m for m in before if m.mention.end == colon and m.geometry is not None), None)


def _origin(text: str, places: list[Match]) -> Match | None:
    """Find where they come from: "from Berbera", "Berbera to Bosaso"."""
    for match, following in itertools.zip_longest(places, places[1:]):
        before = text[: match.mention.start].rstrip().lower()
        onward = following is not None and text[match.mention.end : following.mention.start].strip().lower() in {"to", "-", "–", "→"}
        if before.endswith((" from", " ex", " left")) or onward:
            return match
    return None


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile the words by status once."""
    return tuple(
        (status, re.compile(rf"{_CUE_STARTS}(?:{'|'.join(words)})\b", re.IGNORECASE)) for status, words in arsenal().verbless.items()
    )
