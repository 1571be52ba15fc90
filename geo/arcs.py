"""Read the edges of the zone layer as they are stored, each once, and join those around any set of its areas."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.layers import damaged

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

UNITS_PER_DEG = 100_000


@dataclass(frozen=True)
class Arcs:
    """The edges (`points`, from `starts` on), and the rings, polygons and areas they bound.

    `refs` are the numbers of the edges along each ring, a complement for one that is walked backwards; `rings` counts the edges of each
    ring, `polygons` the rings of each polygon, `parts` the polygons of each area. Lines are the edges that are no coast.
    """

    points: NDArray[np.float64]
    starts: NDArray[np.int64]
    refs: NDArray[np.int64]
    rings: NDArray[np.int64]
    polygons: NDArray[np.int64]
    parts: NDArray[np.int64]
    line_arcs: NDArray[np.int64]
    line_sides: NDArray[np.int64]

    @cached_property
    def lines(self) -> NDArray[Any]:
        """Give every edge as a line."""
        return np.asarray(shapely.from_ragged_array(shapely.GeometryType.LINESTRING, self.points, (self.starts,)))

    @cached_property
    def bounds(self) -> NDArray[np.float64]:
        """Give west, south, east, north of every edge."""
        return np.asarray(shapely.bounds(self.lines))

    @cached_property
    def edge_of(self) -> NDArray[np.int64]:
        """Give the number of the edge at each step along the rings, whichever way it is walked."""
        return np.where(self.refs >= 0, self.refs, ~self.refs)

    @cached_property
    def part_of(self) -> NDArray[np.intp]:
        """Give the number of the polygon at each step along the rings."""
        return np.repeat(np.arange(len(self.polygons)), np.add.reduceat(self.rings, offsets(self.polygons)[:-1]))

    @cached_property
    def area_of(self) -> NDArray[np.intp]:
        """Give the number of the area that each polygon belongs to."""
        return np.repeat(np.arange(len(self.parts)), self.parts)

    @cached_property
    def part_bounds(self) -> NDArray[np.float64]:
        """Give west, south, east, north of every polygon."""
        first = np.flatnonzero(np.diff(self.part_of, prepend=-1))
        low, high = self.bounds[self.edge_of, :2], self.bounds[self.edge_of, 2:]
        return np.hstack([np.minimum.reduceat(low, first), np.maximum.reduceat(high, first)])

    def around(self, group: NDArray[np.intp], parts: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the edges around each group of areas, with the group of each, in order of groups.

        Parameters
        ----------
        group
            The number of the group of each area, below 0 for none.
        parts
            The polygons to regard.

        """
        of = group[self.area_of][self.part_of]
        held = parts[self.part_of] & (of >= 0)
        key, count = np.unique(of[held] * len(self.lines) + self.edge_of[held], return_counts=True)
        # An edge that the group has on both sides is met twice, and lies inside it.
        odd = key[count % 2 == 1]
        return odd % len(self.lines), odd // len(self.lines)


def read(path: Path) -> Arcs:
    """Read the edges of a layer's file.

    Raises
    ------
    LayerError
        The file is cut off, or no file of edges.

    """
    try:
        with np.load(path) as file:
            points, starts = _points(file["points"]), offsets(file["arcs"])
            names = ("ring_arcs", "rings", "polygons", "parts", "line_arcs", "line_sides")
            return Arcs(points, starts, *(file[name].astype(np.int64) for name in names))
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise damaged(path.parent, f"{path.name}: {error}") from error


def polygons(arcs: Arcs) -> NDArray[Any]:
    """Give the polygons of all areas."""
    rows, rings = _walks(arcs)
    return np.asarray(shapely.from_ragged_array(shapely.GeometryType.POLYGON, arcs.points[rows], (rings, offsets(arcs.polygons))))


def joined(lines: NDArray[Any]) -> list[NDArray[np.float64]]:
    """Join lines that meet at their ends to closed rings, which fill the same surface by the even-odd rule.

    >>> [len(ring) for ring in joined(shapely.from_wkt(["LINESTRING (0 0, 1 0, 1 1)", "LINESTRING (0 0, 0 1, 1 1)"]))]
    [5]
    """
    walks = [shapely.get_coordinates(line) for line in lines]
    found = [walk for walk in walks if _same(walk[0], walk[-1])]
    ends: dict[tuple[float, ...], list[int]] = {}
    for number, walk in enumerate(walks):
        if not _same(walk[0], walk[-1]):
            for end in (walk[0], walk[-1]):
                ends.setdefault(tuple(end), []).append(number)
    free = {number for numbers in ends.values() for number in numbers}
    while free:
        number = free.pop()
        ring = [walks[number]]
        while not _same(ring[0][0], ring[-1][-1]):
            here = tuple(ring[-1][-1])
            number = next((other for other in ends[here] if other in free), -1)
            if number < 0:
                break
            free.remove(number)
            ring.append(walks[number] if tuple(walks[number][0]) == here else walks[number][::-1])
        found.append(np.concatenate([ring[0][:1], *(walk[1:] for walk in ring)]))
    return found


def offsets(lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Turn lengths into offsets that start at 0."""
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


def _same(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Say whether two points are one."""
    return bool(one[0] == other[0] and one[1] == other[1])


def _walks(arcs: Arcs) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give which points the rings run through, edge by edge, and where each ring starts."""
    lengths = np.diff(arcs.starts)
    # Each edge ends where the next begins; the last of a ring closes it.
    taken, last = lengths[arcs.edge_of] - 1, np.cumsum(arcs.rings) - 1
    taken[last] += 1
    forwards = arcs.refs >= 0
    first = arcs.starts[arcs.edge_of] + np.where(forwards, 0, lengths[arcs.edge_of] - 1)
    along = np.arange(taken.sum()) - np.repeat(np.cumsum(taken) - taken, taken)
    rows = np.repeat(first, taken) + np.repeat(np.where(forwards, 1, -1), taken) * along
    return rows, np.concatenate([[0], np.cumsum(taken)[last]])


def _points(planes: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Undo the storage of points: bytes to differences, differences to units, units to degrees."""
    steps = np.ascontiguousarray(planes.transpose(0, 2, 1)).reshape(2, -1).view("<i4")
    return np.ascontiguousarray(np.cumsum(steps, axis=1, dtype=np.int64).T) / UNITS_PER_DEG
