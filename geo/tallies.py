"""Read totals that no noun of an event follows: lists of counts, tolls that rise, figures that are reached, and what was killed in all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geo.model import EventsCount
from geo.parse import text_in
from geo.sieve import sieve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span as Sentence

    from geo.model import Count

LIST = "list of counts"
"""The rule of a total that is a list: its number is its own."""
_SUMS = r"(?:toll|total|number|count|tally|figure)"
_THINGS = (
    r"(?:attack|boarding|hijack(?:ing)?|approach|attempt|robber(?:y|ie)|kidnap(?:ping)?|incident|case|seizure|interception|theft|strike|collision"
    r"|explosion|report|sighting|assault|detention|arrest|advisor(?:y|ie)|warning|event)(?:e?s)?"
)
_ITEM = sieve(rf"\b(?P<n>\d+|no|nil|zero|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[\w-]+\s+){{0,2}}?{_THINGS}\b")
"""One entry of a list of counts: "3 attacks", "1 suspicious approach"."""
_NUMBERS = {"no": 0, "nil": 0, "zero": 0, **{w: i for i, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LIST, _LABELLED = 3, 2
_LABEL = re.compile(r"\b(?:to\s+date|total|totals|week|month|quarter|year)\b[^:\n]{0,30}:", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\b{_SUMS}\b[^.;]{{0,60}}\b(?:to|at|reached|is\s+now|was\s+now|hit)\s+(?:at\s+least\s+|more\s+than\s+)?\Z"
    rf"|\b{_THINGS}\b[^.;,]{{0,60}}\b(?:numbered|totall?ed|(?:rose|fell|climbed|dropped|rising)\s+to|stood\s+at|stands\s+at|came\s+to)\s+\Z",
    re.IGNORECASE,
)
"""What leads to a figure: "raised the toll to", "assaults in the strait numbered"."""
_BEHIND = re.compile(rf"\s+(?:the|its|their)\s+(?:[\w-]+\s+){{0,2}}{_SUMS}\b", re.IGNORECASE)
"""What follows one: "brings to 31 the number of cases"."""
_GATE = sieve(rf"\b(?:{_SUMS}|numbered|total+ed|rose|fell|climbed|dropped|rising|stood|stands)\b")
_DEAD = re.compile(r"\b(?:toll|dead|deaths|killed|killings|bodies|victims|lives)\b", re.IGNORECASE)
_SHARE = sieve(
    r"\b(?P<n>\d+|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|thirty|twelve|eleven)\s+(?:[\w-]+\s+){0,3}?(?:(?:were|was|had\s+been)\s+)?"
    r"(?P<done>boarded|hijacked|fired\s+(?:up)?on|attacked|seized|robbed|failed|foiled|took\s+place|sunk|hit|approached|kidnapped|rammed)\b",
)
"""One entry of a list of what befell how many: "22 vessels were boarded, one was fired upon"."""


class Tally(NamedTuple):
    """A total: how many events, where the text counts them, and at which character of the text it does so."""

    events: EventsCount | None
    start: int


def listed(sentence: Sentence) -> Tally | None:
    """Read a list of counts without a verb: "Year to date: 3 attacks, 9 approaches, 0 hijacks"."""
    text = text_in(sentence)
    if "," not in text:
        return None
    items = list(_ITEM.finditer(text))
    enough = len(items) >= _LIST or (len(items) >= _LABELLED and _LABEL.search(text, 0, items[0].start()) is not None)
    if not enough or any(t.tag_ in _FINITE for t in sentence if t.lemma_ != "be"):
        return None
    number = sum(_NUMBERS[n] if (n := item["n"].lower()) in _NUMBERS else int(n) for item in items)
    return Tally(EventsCount(number, number, number), sentence.start_char + items[0].start())


def reached(sentence: Sentence, counts: Sequence[Count]) -> Tally | None:
    """Read a figure that a total reached: "the strike raised the toll to 66", "brings to 31 the number of cases"."""
    text, at = text_in(sentence), sentence.start_char
    if not counts or not _GATE.search(text):
        return None
    for count in counts:
        before = _BEFORE.search(text, 0, count.start - at)
        behind = _BEHIND.match(text, count.end - at)
        if (before or behind) and (count.low or 0) > 1:
            dead = _DEAD.search(text, before.start() if before else count.end - at, count.end - at + 60)
            start = before.start() if before is not None else count.start - at
            return Tally(None if dead else EventsCount(count.low, count.best, count.high), at + start)
    return None


def shares(sentence: Sentence) -> bool:
    """Tell a list of what befell how many, the last perhaps one: "22 were boarded, four attempts failed, one was hijacked"."""
    text = text_in(sentence)
    if "," not in text and " and " not in text:
        return False
    items = list(_SHARE.finditer(text))
    return len(items) > 1 and items[0]["n"].lower() != "one"
