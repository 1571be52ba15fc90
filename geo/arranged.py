"""Tell what happened from what was played, supposed or long past: exercises, scenarios, wars of another age."""

from __future__ import annotations

import bisect
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.lexicon import is_a
from geo.parse import agent, climb, lemmas, patient, text_in
from geo.parse import sentence as sentence_of
from geo.sieve import sieve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_PRACTICE = (
    r"(?:drills?|war\s?-?games?|wargam\w+|simulat\w+|rehears\w+|practi[sc](?:ed?|es|ing)|manoeuvres|maneuvers|tabletop|table-top|scenarios?"
    r"|training|trained|trains|exercis(?:e|es|ed|ing)(?!\s+(?:\w+\s+)?(?:caution|restraint|vigilance|control|care|power|authority"
    r"|(?:its|their|his|the)\s+right)))"
)
_PLAYED = sieve(rf"\b{_PRACTICE}\b")
_OPENS = re.compile(
    rf"\s*(?:[\"“‘']?\s*)?(?:in|during|for|under|at|as\s+part\s+of)\s+(?:[\w'’-]+\s+){{0,5}}?{_PRACTICE}\b",
    re.IGNORECASE,
)
"""A sentence that opens "In the drill," plays all that it tells."""
_ACTED = frozenset("practise practice rehearse simulate train pretend re-enact reenact mimic exercise drill play script wargame".split())
_SESSIONS = frozenset(
    "exercise drill rehearsal training wargame simulation scenario manoeuvre maneuver manoeuvres maneuvers practice tabletop".split()
)
_WITHIN = frozenset({"in", "during", "at", "of", "for", "throughout", "under", "within", "as"})
_PROPS = frozenset("mock dummy simulated decommissioned retired mothballed staged fictitious notional practice obsolete pretend".split())
_TARGET = sieve(
    r"\bas\s+an?\s+(?:artificial\s+)?reef\b"
    r"|\bas\s+(?:a\s+)?(?:live[- ]fire\s+)?targets?\b|\b(?:floating|towed|practice|dummy)\s+targets?\b|\btarget\s+(?:ship|hulk|vessel)\b",
)
_SUPPOSED = sieve(r"\b(?:suppose|imagine|assume|scenarios?|hypothetical\w*|what\s+if|worst\s+case)\b")
_CLOCK = re.compile(
    r"^\W*(?:[\w-]+\s+){0,3}(?:hours?|minutes?|moments?)\s+(?:later|earlier|before|after\w*)\b|\b(?:shortly|soon|immediately|moments)\s+(?:afterwards?|thereafter)\b"
    r"|\b(?:the|that)\s+same\s+(?:day|night|morning|evening|afternoon)\b|\blater\s+(?:that|the\s+same|in\s+the)\s+(?:day|night|morning|evening|afternoon)\b"
    r"|\bat\s+(?:about\s+|around\s+|some\s+)?\d{1,2}[:.]?\d\d\b|\bat\s+(?:dawn|dusk|midnight|noon|first\s+light)\b"
    r"|\bin\s+the\s+(?:first|second|third|other|latter|latest)(?:\s+(?:incident|attack|case|boarding|raid|robbery|strike))?(?=,|\s+at\b)",
    re.IGNORECASE,
)
"""Words that say when in a day, not which."""
_THEN = sieve(
    r"\b(?:that|the\s+same)\s+(?:year|month|summer|autumn|winter|spring|decade|war)\b|\b(?:an?|one|two|three|\d+|some|few)\s+(?:days?|weeks?|months?|years?)\s+"
    r"(?:before|earlier|later|after(?:wards)?)\b|\bin\s+those\s+(?:days|years|times)\b|^\W*(?:back\s+)?then\b|\bat\s+(?:that|the)\s+time\b",
)
_TO_ASK = re.compile(r"(?:^|[:\]])\s*To\s+ask\s+(?:the|his|her)\b")
_ASKED = re.compile(
    r"\W*(?:Q:\s*)?(?:so\s+|but\s+|and\s+)?(?:is|are|was|were|did|do|does|has|have|had|will|would|could|should|can|may|might)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    # What may not stand before it is asked behind it, so that only digits are looked at.
    r"(1[5-9]\d\d|20[0-4]\d)(?<![\d.,-]\d{4})(?<!\bas in \d{4})(?<!\blike in \d{4})(?<!\bsince \d{4})"
    r"(?![\d.,]*\d|\s*(?:utc|lt|z|hours|nm|miles|tonnes|people)\b)",
    re.IGNORECASE,
)
"""A year, but not the one of what it is likened to, or since when it is the first: "as in 2019", "the first since 2017"."""
_SATIRE = re.compile(
    r"\bsatir(?:e|ical)\b|\bparody\b|\bapril\s+fools?\b|\bthis\s+(?:story|article|piece)\s+is\s+(?:fiction|invented)|\bshort\s+story\b|\bonce\s+upon\s+a\s+time\b",
    re.IGNORECASE,
)
_EDGE_CHARACTERS = 300
"""Satire says so at its head or its foot."""
_VERSE = re.compile(r"(?!.*\d)(?!.*:\s*$)[^\W\d_a-z][^\n]{14,58}[^.\n]|(?!.*\d)[^\W\d_][^\n]{14,52}\.")
_STANZA, _MOSTLY = 6, 0.8
_BREAK = re.compile(r"\n\s*\n\s*")
_BYGONE = sieve(
    r"\b(?:(?:first|second)\s+world\s+war|world\s+war|in\s+the\s+(?:last|previous|first|second)\s+war|(?:the|a)\s+(?:civil|tanker|cold|korean|vietnam|falklands|crimean|winter|six-day|napoleonic)\s+war"
    r"|(?:decades?|centur(?:y|ies)|generations?)\s+(?:ago|earlier|before|back)|(?:1[0-9]|[2-9]\d|\d{3})\s+years\s+(?:ago|earlier|before)"
    r"|(?:ten|eleven|twelve|fifteen|twenty|twenty-five|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)(?:-\w+)?\s+years\s+(?:ago|earlier|before)"
    r"|in\s+the\s+(?:early\s+|late\s+|mid-?\s?)?(?:1[0-9]\d0s|(?:thirt|fort|fift|sixt|sevent|eight|ninet)ies))\b",
)


def paragraphs(text: str) -> list[int]:
    """List where the paragraphs of a text begin, but for the first."""
    return [found.end() for found in _BREAK.finditer(text)]


def paragraph(starts: list[int], sentence: Sentence) -> int:
    """Give the number of the paragraph that a sentence stands in."""
    raw = text_in(sentence)
    return bisect.bisect_right(starts, sentence.start_char + len(raw) - len(raw.lstrip()))


def played(token: Token) -> bool:
    """Tell an event word in a clause about an exercise: what is fired, boarded and sunk there is so by arrangement.

    A ship that is hit on its way to an exercise is hit.
    """
    sentence = sentence_of(token)
    if _TARGET.search(text_in(sentence)) or any(_prop(t) for t in (token, agent(token), patient(token)) if t is not None):
        return True
    if not _PLAYED.search(text_in(sentence)) or token.lemma_ == "train":
        return False  # "trained her guns on a cutter"
    if _OPENS.match(text_in(sentence)):
        return True
    above = list(_clauses(token))
    if any(t.lemma_.lower() in _ACTED | _SESSIONS for t in above):
        return True
    heads = {t.i for t in above}
    return any(_stage(t, heads) for t in sentence if t.lemma_.lower() in _SESSIONS and t.pos_ in {"NOUN", "PROPN"})


def _prop(token: Token) -> bool:
    """Tell what only stands for the thing: a mock boarding, a decommissioned destroyer, a dummy."""
    if any(c.dep_ == "relcl" and c.lemma_ in _ACTED for c in token.children):
        return True  # "a ferry that played a hijacked ship"
    return any(c.lower_ in _PROPS for c in token.children) or (token.pos_ == "NOUN" and is_a(token, ("exercise_target",)))


def _clauses(token: Token) -> Iterator[Token]:
    """Walk up from an event word, but not out of a clause of time with a subject of its own: "was under way when a missile hit"."""
    for step in climb(token):
        yield step
        if step.dep_ in {"advcl", "ccomp"} and any(c.dep_ in {"nsubj", "nsubjpass"} for c in step.children):
            return


def _stage(session: Token, heads: set[int]) -> bool:
    """Tell whether an exercise is what a clause is about, or where it takes place."""
    top = session
    while top.dep_ in {"compound", "nmod", "conj", "appos"}:
        top = top.head
    if top.dep_ in {"nsubj", "nsubjpass"} and top.head.i in heads:
        return True
    if top.dep_ != "pobj" or top.head.lower_ not in _WITHIN:
        return False
    return any(step.i in heads for step in top.head.ancestors if step.pos_ in {"VERB", "AUX", "NOUN"})


def session(sentence: Sentence) -> bool:
    """Tell a sentence that tells of an exercise: what the next one tells undated may belong to it."""
    if _SESSIONS.isdisjoint(lemmas(sentence)):
        return False
    return any(t.lemma_.lower() in _SESSIONS and t.lemma_ != "training" and t.pos_ in {"NOUN", "PROPN"} for t in sentence) and bool(
        _PLAYED.search(text_in(sentence))
    )


def supposed(sentence: Sentence) -> bool:
    """Tell a sentence that opens a supposition, which the next ones in the present tense go on with."""
    return bool(_SUPPOSED.search(text_in(sentence)))


def same_day(sentence: Sentence) -> bool:
    """Tell a sentence that goes on with the day before it: "An hour later", "At 05:50", "the same night", "in the second incident"."""
    return bool(_CLOCK.search(text_in(sentence)))


def asked(sentence: Sentence) -> bool:
    """Tell a question to be answered with yes or no, and one put in writing: "To ask the Secretary of State whether ..."."""
    text = text_in(sentence).strip()
    return bool(_TO_ASK.search(text)) or (text.endswith("?") and bool(_ASKED.match(text)))


def present(sentence: Sentence) -> bool:
    """Tell a sentence whose verbs all stand in the present or under "would"."""
    finite = [t for t in sentence if t.pos_ in {"VERB", "AUX"}]
    return not any(t.tag_ == "VBD" for t in finite)


@lru_cache(maxsize=16)
def invented(text: str) -> bool:
    """Tell satire that says so, and verse: what they tell did not happen.

    >>> invented("SATIRE: Seagulls seize the ferry off Dover"), invented("Pirates seized a ferry off Dover.")
    (True, False)
    """
    if _SATIRE.search(text[:_EDGE_CHARACTERS]) or _SATIRE.search(text[-_EDGE_CHARACTERS:]):
        return True
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    verses = [line for line in lines if _VERSE.fullmatch(line)]
    return len(verses) >= _STANZA and len(verses) >= _MOSTLY * len(lines)


def of_then(sentence: Sentence) -> bool:
    """Tell a sentence that goes on about the time before it: "of that year", "a month before", "in those days"."""
    return bool(_THEN.search(text_in(sentence)))


def bygone(sentence: Sentence, published: str | None) -> bool:
    """Tell a sentence about another age: "thirty years ago", "in the civil war", "in the 1970s", a year long before publication."""
    years = [int(found) for found in _YEAR.findall(text_in(sentence))]
    old = published is not None and bool(years) and max(years) < int(published[:4]) - 1
    return old or bool(_BYGONE.search(text_in(sentence)))
