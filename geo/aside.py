"""Take off the map what a message names beside where it happened: the port a ship went to, the town that was told, the wider state.

A message says where in its first words, or by a distance; what it names after that is what followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo import offsets
from geo.model import Match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.messages import Head

WATERS = frozenset({"sea", "gulf", "bay", "strait", "channel", "sea_sector", "sound"})
_EXACT = frozenset({"bearing_offset", "distance_only"})
_STOP = re.compile(r"(?<!\bNo)(?<!\bSt)(?<!\bMt)(?<!\bPt)(?<!\bTg)(?<!\bapprox)\.\s", re.IGNORECASE)
"""A full stop, not that of a number or of a name's short form."""


def set_aside(text: str, matches: Sequence[Match], found: Sequence[Head]) -> list[Match]:
    """Take off the map what each message names beside where it happened."""
    kept = list(matches)
    for head in found:
        inside = [i for i, m in enumerate(kept) if head.start < m.mention.end and m.mention.start < head.last]
        first = next((i for i in inside if kept[i].longitude is not None or _tells(kept[i])), None)
        if first is None:
            continue
        exact = next((i for i in inside if kept[i].geometry_method in _EXACT and kept[i].geometry is not None), None)
        at = first if exact is None else exact
        where, counted = kept[at], exact is not None or _counts(kept[first])
        for i in inside:
            if i != at and kept[i].longitude is not None and _is_beside(text, where, kept[i], counted=counted):
                kept[i] = _off_the_map(kept[i], "named beside where the message says it happened: not mapped")
    return _finer(text, kept, found)


def _tells(match: Match) -> bool:
    """Say whether a mention tells where something happened, though nobody knows the place or it is a way: "5 nm off Unknown Rock"."""
    offset = match.mention.offset
    return offset is not None and (offset.method != "line" or len(match.mention.anchors) > 1)


def _counts(match: Match) -> bool:
    """Say whether a mention gives a distance, to a place that may be unknown."""
    return match.mention.offset is not None and match.mention.offset.method in _EXACT


def _is_beside(text: str, where: Match, match: Match, *, counted: bool) -> bool:
    """Say whether a match is beside `where` it happened: `counted` when the message says that by a distance."""
    start = match.mention.start
    later = start > sentence_end(text, where.mention.end)
    if match.mention.role == "place":
        known = where.longitude is not None
        return later or (known and (counted or _behind(text, where.mention.end, start)))
    followed = counted and match.geometry_method not in _EXACT
    return match.mention.role == "offset" and later and (followed or offsets.going(text, start))


def sentence_end(text: str, start: int) -> int:
    """Give where the sentence around a place in the text ends.

    >>> sentence_end("Berth No. 4, Tema. All safe.", 0)
    17
    """
    stop = _STOP.search(text, start)
    return stop.start() if stop else len(text)


def _behind(text: str, end: int, start: int) -> bool:
    """Say whether a name stands right behind another and a comma, to say where that is: "Long Anchorage, Town"."""
    return text[end:start].strip() == ","


def _finer(text: str, matches: Sequence[Match], found: Sequence[Head]) -> list[Match]:
    """Take off the map the state that heads a message whose first sentence names a smaller sea or strait."""
    kept = list(matches)
    for head in found:
        stop = text.find(". ", head.end)
        last = stop if stop >= 0 else head.last
        here = [m for m in matches if head.start <= m.mention.start < last]
        waters = [m.geometry.area for m in here if _is_water(m) and m.geometry is not None]
        for i, m in enumerate(kept):
            heads_it = head.start <= m.mention.start < head.end and m.geometry_method == "country_polygon" and m.geometry is not None
            if heads_it and waters and m.geometry is not None and min(waters) < m.geometry.area:
                kept[i] = _off_the_map(m, "the message names the waters, which are smaller: not mapped")
    return kept


def _is_water(match: Match) -> bool:
    """Say whether a match is a sea, a strait or the like that is mapped as an area."""
    return match.geometry_method == "region_polygon" and match.place is not None and match.place.kind in WATERS


def _off_the_map(match: Match, reason: str) -> Match:
    """Give a match without its geometry, with the reason."""
    return Match(
        match.mention,
        score=match.score,
        place=match.place,
        runners_up=match.runners_up,
        reasons=(*match.reasons[:-1], reason),
        flags=match.flags,
    )
