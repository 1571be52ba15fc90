"""Hold what a score or a shape promises against what came true.

    python bench/calibration.py GOLD ANSWERS
    python bench/calibration.py --shapes GOLD ANSWERS [GOLD ANSWERS ...]

GOLD and ANSWERS are the rows and the answers that `bench/gate.py --keep` leaves. The first form takes given names: a place scored 0.7
should be within 161 km seven times in ten. The second takes reports whose positions are removed: by how a shape came about, the share of
true positions that it held on every other row and on the rest, and how much farther it had to reach to hold 85 %. Widths in
`geo/settings.py` are fitted on the first half, confirmed on the second; `COVERAGE` there is the share of both. Exit 0 done.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geopy.distance import great_circle
from shapely.geometry import Point, shape
from shapely.ops import nearest_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BINS = 10
RIGHT_KM = 161.0
"""Within 100 statute miles a place counts as right, as in the literature on news."""


class Bin(NamedTuple):
    """The names scored between `low` and the next bin: how many, their mean score, the share of them that is right."""

    low: float
    names: int
    score: float
    right: float


CLASSES_KM = (20.0, 60.0, 150.0, 400.0)
"""Edges of the classes of stated distance, as in `geo.settings`."""
AIM = 0.85
"""The share that a shape should hold."""
_MAPPED = frozenset({"place", "position", "offset"})


class Held(NamedTuple):
    """Reports placed by one method: how many on each half, the shares held, and what the shapes lack (km) to hold 85 % of both."""

    method: str
    rows: tuple[int, int]
    held: tuple[float, float]
    short_km: float


def main(arguments: Sequence[str]) -> int:
    """Print the reliability table, or that of the shapes."""
    if arguments[0] == "--shapes":
        names = arguments[1:]
        found = held(
            [
                pair
                for gold, answers in zip(names[::2], names[1::2], strict=True)
                for pair in zip(_lines(gold), _lines(answers), strict=True)
            ]
        )
        print("method               rows  held on one half  on the other  short of 85 % by km")
        print(*(f"{h.method:20s} {sum(h.rows):4d} {h.held[0]:17.2f} {h.held[1]:13.2f} {h.short_km:20.0f}" for h in found), sep="\n")
        return 0
    gold, answers = map(_lines, arguments)
    found = bins(judged(gold, answers))
    print("score     names  mean score  right")
    print(*(f"{b.low:.1f}-{b.low + 1 / BINS:.1f}  {b.names:7d}  {b.score:10.3f}  {b.right:5.3f}" for b in found), sep="\n")
    print(f"mean gap {error(found):.4f}")
    return 0


def _lines(name: str) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]


def held(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> list[Held]:
    """Gather the shapes of reports by how they came about; what lies farther than 161 km outside is another place, no matter of width.

    A report is where its surest mention is, as for the scorer. Rows whose own position is unsure, or still in the text, are left out.
    """
    gaps: dict[str, tuple[list[float], list[float]]] = {}
    for number, (row, answer) in enumerate(pairs):
        mapped = [m for m in answer["mentions"] if m["geometry"] and m["role"] in _MAPPED]
        if not mapped or (row.get("coord_vs_gold_km") or 0) > 5 or row.get("position_left"):
            continue
        best = min(mapped, key=lambda m: m["coordinate_uncertainty_m"] or 1e9)
        gap = _outside_km(best, (row["lon"] + 180) % 360 - 180, row["lat"])
        if gap <= RIGHT_KM:
            gaps.setdefault(_class(best), ([], []))[number % 2].append(gap)
    return [
        Held(method, (len(even), len(odd)), (_share(even), _share(odd)), sorted(even + odd)[int(AIM * len(even + odd))])
        for method, (even, odd) in sorted(gaps.items())
    ]


def _share(gaps: Sequence[float]) -> float:
    """Give the share of positions that lie in their shape."""
    return sum(gap == 0 for gap in gaps) / len(gaps) if gaps else 0.0


def _class(mention: dict[str, Any]) -> str:
    """Name the method of a mention, an offset's with the class of its distance."""
    if mention["geometry_method"] != "bearing_offset":
        return str(mention["geometry_method"])
    place = mention["place"]
    apart = great_circle((place["latitude"], place["longitude"]), (mention["latitude"], mention["longitude"])).km
    return f"bearing_offset {sum(apart >= edge for edge in CLASSES_KM)}"


def _outside_km(mention: dict[str, Any], longitude: float, latitude: float) -> float:
    """Measure how far a position lies outside a mention's shape; a point stands for its circle."""
    geometry, point = shape(mention["geometry"]), Point(longitude, latitude)
    if geometry.covers(point):
        return 0.0
    near = nearest_points(geometry, point)[0]
    apart = float(great_circle((near.y, near.x), (latitude, longitude)).km)
    return max(0.0, apart - mention["coordinate_uncertainty_m"] / 1000) if geometry.geom_type == "Point" else apart


def judged(gold: Iterable[dict[str, Any]], answers: Iterable[dict[str, Any]]) -> list[tuple[float, bool]]:
    """Give the score of every given name that was placed, and whether its place is right."""
    found = []
    for row, answer in zip(gold, answers, strict=True):
        # Given names are answered one by one, in their order; a report that broke the program has no answers.
        for name, mention in zip(row["toponyms"], answer["mentions"], strict=False):
            place = mention["place"]
            if place and mention["score"] is not None and name["lat"] is not None:
                apart = great_circle((name["lat"], name["lon"]), (place["latitude"], place["longitude"])).km
                found.append((mention["score"], apart <= RIGHT_KM))
    return found


def bins(names: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Gather scored names into ten bins; an empty one is left out.

    >>> bins([(0.72, True), (0.78, False)])
    [Bin(low=0.7, names=2, score=0.75, right=0.5)]

    """
    found = []
    for index in range(BINS):
        inside = [(score, right) for score, right in names if min(BINS - 1, int(score * BINS)) == index]
        if inside:
            count = len(inside)
            found.append(Bin(index / BINS, count, sum(s for s, _ in inside) / count, sum(r for _, r in inside) / count))
    return found


def error(found: Sequence[Bin]) -> float:
    """Give the expected calibration error: the mean gap between score and truth, each bin as heavy as its names.

    >>> error([Bin(0.7, 2, 0.75, 0.5)])
    0.25

    """
    total = sum(b.names for b in found)
    return sum(b.names * abs(b.score - b.right) for b in found) / total if total else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
