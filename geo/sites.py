"""Name the streets, buildings and waters that no gazetteer holds, and the place that a text puts each of them in.

A street is honest on a map only where the text says which town it is in: "Main Street in Springfield" is somewhere in Springfield. Where
the text says nothing, the town that the report is about is named beside it and nothing is drawn.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.model import Place

_WORD = r"(?:[A-ZÀ-Þ][\w'’-]*[\wÀ-ÿ]|[A-Z]\.|\d{1,3}(?:st|nd|rd|th))"
_KIND = (
    r"(?:Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Lane|Highway|Parkway|Turnpike|Expressway|Square|Plaza|Bridge|Tunnel"
    r"|Park|Zoo|Hospital|Infirmary|Church|Cathedral|Chapel|Mosque|Synagogue|Temple|Theat(?:re|er)|Cinema|Hotel|Inn|Stadium|Arena"
    r"|Palace|Castle|Library|Mall|Prison|Cemetery|Airport|Marina|Farm|Plantation|Quarter|Neighbou?rhood|Estate"
    r"|River|Creek|Brook|Lake|Reservoir|Canal|Falls|Dam|Bay|Beach|Mountains?|Mount|Hills?|Peak|Ridge|Valley|Canyon|Forest|Woods|Wilderness"
    r"|Island|Township|Twp\.?|Parish|Municipality|County|District)"
)
_BEFORE = r"(?:Lake|Mount|Mt\.|River|Interstate|Highway|Route|Rue|Calle|Avenida|Avenue|Camp|Fort|Loch|Lough)"
_SITE = re.compile(
    rf"(?<![\w'’-])(?:{_WORD}[ ]){{1,4}}{_KIND}(?![\w'’-])"
    rf"|\b{_BEFORE}[ ](?:{_WORD}|\d{{1,3}})(?:[ ]{_WORD})?(?![\w'’-])|\b(?:I|US|U\.S\.)[- ]\d{{1,3}}\b"
)
_OPENERS = re.compile(
    r"^(?:(?:The|A|An|In|At|On|Near|From|To|Of|And|But|For|As|When|After|Before|While|Where|Its|His|Her|Their|Our|This|That|These|Those"
    r"|With|By|Into|Across|Along|Between|New|Old)[ ])+"
)
_HOLDS = re.compile(
    r"(?:['’]s)?\s*(?:,|\(|/|-)?\s*(?:(?:located\s+)?(?:in|near|outside|at|of)\s+)?(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?"
    r"(?:(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|[Cc]entral)(?:ern)?\s+|[Dd]owntown\s+|nearby\s+)?"
)
_OWNS = re.compile(r"(?:['’]s?)?\s+(?:[a-z]+\s+)?")
_SPOTS = frozenset({"city", "admin2", "island", "islet", "base", "airport", "port"})


class Holder(NamedTuple):
    """The place that holds a site; `said` when the text puts the two side by side, else it is what the report is mostly about."""

    place: Place
    score: float
    said: bool


class Named(NamedTuple):
    """A name of the text with its place and how surely it is that."""

    start: int
    end: int
    place: Place
    score: float


def sites(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the text names a street, a building or a water by its kind.

    >>> [text[a:b] for text in ["A fire on East Elm Street closed the Blue Heron Bridge."] for a, b in sites(text)]
    ['East Elm Street', 'Blue Heron Bridge']
    """
    for found in _SITE.finditer(text):
        opener = _OPENERS.match(found.group())
        start = found.start() + (opener.end() if opener else 0)
        if " " in text[start : found.end()] or "-" in text[start : found.end()]:
            yield start, found.end()


def holder(text: str, start: int, end: int, named: Sequence[Named]) -> Holder | None:
    """Give the place that holds what stands at `start` to `end`: the one written beside it, else the town most spoken of."""
    behind = min((n for n in named if n.start >= end), key=lambda n: n.start, default=None)
    if behind and _HOLDS.fullmatch(text, end, behind.start):
        return Holder(behind.place, behind.score, said=True)
    before = max((n for n in named if n.end <= start), key=lambda n: n.end, default=None)
    if before and before.place.kind in _SPOTS and _OWNS.fullmatch(text, before.end, start):
        return Holder(before.place, before.score, said=True)
    for kinds in (_SPOTS, {"admin1", "territory"}, {"country"}):
        votes: defaultdict[Place, float] = defaultdict(float)
        for n in named:
            votes[n.place] += n.score if n.place.kind in kinds else 0.0
        most = max(votes, key=lambda place: votes[place], default=None)
        if most is not None and votes[most]:
            return Holder(most, votes[most] / sum(votes.values()), said=False)
    return None
