"""Hold what a score promises against what came true: a place scored 0.7 should be within 161 km seven times in ten.

    python bench/calibration.py GOLD ANSWERS

GOLD and ANSWERS are the rows and the answers that `bench/gate.py --keep` leaves for given names. Exit 0 done.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geopy.distance import great_circle

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


def main(arguments: Sequence[str]) -> int:
    """Print the reliability table."""
    gold, answers = ([json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()] for name in arguments)
    found = bins(judged(gold, answers))
    print("score     names  mean score  right")
    print(*(f"{b.low:.1f}-{b.low + 1 / BINS:.1f}  {b.names:7d}  {b.score:10.3f}  {b.right:5.3f}" for b in found), sep="\n")
    print(f"mean gap {error(found):.4f}")
    return 0


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
