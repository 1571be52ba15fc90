"""Store a line that two areas share once: cut rings into arcs at the corners where lines meet, and put them together again."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def cut_arcs(cells: NDArray[np.int64], rings: NDArray[np.int64]) -> tuple[list[NDArray[np.int64]], list[int], list[int]]:
    """Cut closed rings (points in whole units, and where each ring starts) into arcs, each once.

    Gives the arcs, the arcs of all rings in order (backwards: the complement of the number), and how many each ring has.
    """
    keys = cells[:, 0] * 2**26 + cells[:, 1]
    meets = _meets(keys, rings)
    arcs: list[NDArray[np.int64]] = []
    known: dict[bytes, int] = {}
    refs, counts = [], []
    for first, last in zip(rings[:-1].tolist(), (rings[1:] - 1).tolist(), strict=True):
        corners = np.flatnonzero(meets[first:last])
        # An island far from every other line has no such corner: its least point then.
        start = int(corners[0]) if len(corners) else int(np.argmin(keys[first:last]))
        turned = np.concatenate([cells[first + start : last], cells[first : first + start + 1]])
        ends = [*(corners - start).tolist(), last - first] if len(corners) else [0, last - first]
        for a, b in pairwise(ends):
            arc = turned[a : b + 1]
            backwards = _backwards(arc)
            arc = arc[::-1] if backwards else arc
            number = known.setdefault(arc.tobytes(), len(arcs))
            if number == len(arcs):
                arcs.append(arc)
            refs.append(~number if backwards else number)
        counts.append(len(ends) - 1)
    return arcs, refs, counts


def _meets(keys: NDArray[np.int64], rings: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say at which points other than two edges end, all edges counted once."""
    inner = np.ones(len(keys), dtype=bool)
    inner[rings[1:] - 1] = False
    start = np.flatnonzero(inner)
    low, high = np.minimum(keys[start], keys[start + 1]), np.maximum(keys[start], keys[start + 1])
    order = np.lexsort((high, low))
    low, high = low[order], high[order]
    once = np.concatenate([[True], (np.diff(low) != 0) | (np.diff(high) != 0)])
    points, edges = np.unique(np.concatenate([low[once], high[once]]), return_counts=True)
    return np.asarray(edges[np.searchsorted(points, keys)] != 2)


def _backwards(arc: NDArray[np.int64]) -> bool:
    """Say whether an arc runs against the way it is stored: from the end that is less; of a loop, towards the lesser neighbour."""
    ends = arc[0].tolist(), arc[-1].tolist()
    if ends[0] == ends[1]:
        ends = arc[1].tolist(), arc[-2].tolist()
    return bool(ends[0] > ends[1])


def run_arcs(lengths: NDArray[np.int64], refs: NDArray[np.int64], counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give which stored points the rings run through, in order, and where each ring starts among them."""
    starts = np.cumsum(lengths) - lengths
    arc = np.where(refs >= 0, refs, ~refs)
    # Each arc ends where the next begins; the last of a ring closes it.
    taken = lengths[arc] - 1
    last = np.cumsum(counts) - 1
    taken[last] += 1
    first = np.where(refs >= 0, starts[arc], starts[arc] + lengths[arc] - 1)
    along = np.arange(taken.sum()) - np.repeat(np.cumsum(taken) - taken, taken)
    rows = np.repeat(first, taken) + np.repeat(np.where(refs >= 0, 1, -1), taken) * along
    return rows, np.concatenate([[0], np.cumsum(taken)[last]])
