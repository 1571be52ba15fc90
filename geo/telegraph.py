"""Read what kind of event a short message from the sea tells: the gravest sign in it, in the terms of the piracy centres.

A message tells one event in several clipped sentences ("approached ... opened fire ... boarded ... escaped with stores"); its kind is
not that of its first verb. Signs and their order stand in `layers/lexicon/messages.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo import layers
from geo.parse import text_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span as Sentence


class Sign(NamedTuple):
    """Words of a message that tell a kind of event, and the sentence they stand in."""

    type: str
    start: int
    end: int
    sentence: Sentence
    alone: bool = False
    """Asked only of a message that tells nothing else."""


_PIECE = re.compile(r"(?:[^.;]|\.(?!\s+[A-Z])|;(?!\s))+[.;]?")
"""What stands between full stops, and between semicolons."""

_SAYS_WHERE = re.compile(r"\s*(?:location|position|posn|place|area|where|source|reported|reference)\b[\w /()]{0,20}:", re.IGNORECASE)
"""What heads the line of a field that says where, when or who tells, and never what: "Location: Port Sudan approaches"."""
_TITLE = re.compile(
    r"\s*(?:[A-Z]+\s+){0,2}(?:NO\.?\s*)?#?[\d/-]{0,10}\s*[-–—:.]?\s*(?:"
    r"(?P<hijack>hijack(?:ed|ing)?)|(?P<kidnapping>kidnap(?:ped|ping)?)|(?P<fired_upon>fired\s+upon)|(?P<attempted_boarding>attempted(?:\s+(?:boarding|attack))?)"
    r"|(?P<suspicious_approach>suspicious(?:\s+approach)?)|(?P<boarding>(?:illegal\s+)?board(?:ed|ing)))\s*(?:\n|\Z)",
    re.IGNORECASE,
)
"""A first line that says of what kind a message is: "WARNING 053-26 - SUSPICIOUS APPROACH", "051-26 Kidnap"."""
_MAY_BE = {"boarding": frozenset({"boarding", "robbery"})}
"""What more a message of a kind may tell."""


class _Rule(NamedTuple):
    """A kind of event with its words, and the words that take them back."""

    type: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str]
    alone: bool


def signs(sentences: Sequence[Sentence]) -> list[Sign]:
    """List the first sign of each kind, the gravest kind first.

    >>> from geo.parse import parse
    >>> doc = parse("Pirates approached a tanker and opened fire. They managed to board the tanker.")
    >>> [sign.type for sign in signs(list(doc.sents))]
    ['boarding', 'fired_upon', 'suspicious_approach']
    """
    return [sign for rule in _rules() if (sign := _first(rule, sentences)) is not None]


def entitled(text: str) -> str | None:
    """Read the kind of event from the first line of a message, or None where it says none.

    >>> entitled("WARNING 053-26 - SUSPICIOUS APPROACH"), entitled("A tanker was boarded")
    ('suspicious_approach', None)
    """
    hit = _TITLE.match(text)
    return hit.lastgroup if hit is not None else None


def agreed(title: str | None, kind: str) -> str:
    """Give the kind that a message is of: that of its title, unless what it tells says more of the same.

    >>> agreed("boarding", "robbery"), agreed("suspicious_approach", "attempted_boarding"), agreed(None, "hijack")
    ('robbery', 'suspicious_approach', 'hijack')
    """
    return kind if title is None or kind in _MAY_BE.get(title, ()) else title


def _first(rule: _Rule, sentences: Sequence[Sentence]) -> Sign | None:
    """Find the first sentence that tells a kind of event."""
    for sentence in sentences:
        # The parser runs clipped sentences together, and advice must not take back what stands before it.
        for piece in _PIECE.finditer(text_in(sentence)):
            found = rule.pattern.search(piece.group())
            if found and not rule.unless.search(piece.group()) and not _SAYS_WHERE.match(_line(piece.group(), found.start())):
                start = sentence.start_char + piece.start()
                return Sign(rule.type, start + found.start(), start + found.end(), sentence, rule.alone)
    return None


def _line(text: str, at: int) -> str:
    """Give the line of a text from its start to a place in it."""
    return text[text.rfind("\n", 0, at) + 1 : at]


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    """Read the signs once; FORCES in a pattern stands for navies, police and guards."""
    data = tomllib.loads((layers.folder() / "lexicon" / "messages.toml").read_text(encoding="utf-8"))

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern.replace("FORCES", rf"\b{data['forces']}"), re.IGNORECASE)

    # What takes a sign back: words of its own, and advice in all.
    taken = ["|".join(filter(None, (row.get("not"), data["advice"]))) for row in data["signs"]]
    rows = zip(data["signs"], taken, strict=True)
    return tuple(_Rule(row["type"], compiled(row["pattern"]), compiled(no), bool(row.get("alone"))) for row, no in rows)
