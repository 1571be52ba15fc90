"""Draw the baselines of `baselines.csv`: what the limits are measured from where it is not the shore, and the waters inside.

A path that ends where it began is a ring round the waters; any other runs from shore to shore. Paths may run past 180 degrees.
A row without a path is worked out by `zones_limits`. Where no baseline is listed, the shore stands in for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from .zones_coast import Coast, read_table
from .zones_names import polygons

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from .zones_coast import Bounds, Shore

STEP_DEG = 0.02
"""Points along a baseline are no farther apart than this."""

LONG_DEG = 0.09
"""Shorter sides of a ring (10 km) follow the shore, which is measured from itself."""

_REACH_DEG, _BEHIND_DEG, _NARROW_DEG = 0.03, 1.0, 1e-6
"""From its ends a line is led to shores so near; bays behind it reach no farther; a pencil's width."""
ZONES = {"archipelagic": "archipelagic_waters", "straight": "internal_waters"}
"""What the waters inside a baseline are called."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A line that a state measures its sea from, and what it calls the waters inside; `measured` says from which sides, all if None."""

    territory: str
    zone_type: str
    basis: str
    path: NDArray[np.float64]
    measured: NDArray[np.bool_] | None = None

    @property
    def closed(self) -> bool:
        """Say whether the line is a ring."""
        return bool((self.path[0] == self.path[-1]).all())


def read_baselines(tables: Path) -> list[Baseline]:
    """Read the baselines whose points were read in a law, in table order."""
    return [
        Baseline(
            row["territory"],
            ZONES[row["kind"]],
            row["basis"],
            np.array([corner.split(",") for corner in row["path"].split()], dtype=np.float64),
        )
        for row in read_table(tables / "baselines.csv")
        if row["path"]
    ]


def baseline_points(baselines: list[Baseline], shore: Shore) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Give points along the baselines at sea, with the owner of each; on land and along the shore the shore serves."""
    points, owner = [], []
    for line in baselines:
        sides = np.stack([line.path[:-1], line.path[1:]], axis=1)
        if line.measured is not None:
            sides = sides[line.measured]
        if line.closed:
            sides = sides[np.hypot(*(sides[:, 1] - sides[:, 0]).T) > LONG_DEG]
        found = shapely.get_coordinates(shapely.segmentize(shapely.linestrings(sides), STEP_DEG))
        points.append(found)
        owner += [line.territory] * len(found)
    along = np.concatenate([*points, np.empty((0, 2))])
    along[:, 0] = (along[:, 0] + 180) % 360 - 180
    wet = np.ones(len(along), dtype=bool)
    wet[shapely.STRtree(shore.land).query(shapely.points(along), predicate="intersects")[0]] = False
    return along[wet], np.array(owner, dtype="U3")[wet]


def waters(baselines: list[Baseline], coast: Coast, tile: Bounds) -> list[tuple[Baseline, BaseGeometry]]:
    """Give the waters inside each baseline that reaches into a tile."""
    frame, found = shapely.box(*tile), []
    for line in baselines:
        for turn in (-360, 0, 360):
            path = np.add(line.path, (turn, 0))
            if not shapely.intersects(shapely.envelope(shapely.LineString(path)), frame):
                continue
            inside = shapely.make_valid(shapely.Polygon(path)) if line.closed else _enclosed(path, coast)
            found.append((line, shapely.clip_by_rect(inside, *tile)))
    return [(line, area) for line, area in found if not area.is_empty]


def _enclosed(path: NDArray[np.float64], coast: Coast) -> BaseGeometry:
    """Give the waters that a straight baseline cuts off: the faces between it and the shore."""
    line = shapely.LineString(path)
    around = shapely.buffer(line, _BEHIND_DEG).envelope
    land = [piece for piece in coast.land if shapely.intersects(shapely.envelope(piece), around)]
    if not land:
        return shapely.Polygon()
    near = shapely.STRtree(land)
    # The law's points lie on its own chart's shore; ours may begin a few hundred metres off, or at an islet beside it.
    ends = shapely.points(path[[0, -1]])
    close = zip(*near.query(ends, predicate="dwithin", distance=_REACH_DEG), strict=True)
    drawn = [line, *(_landing(ends[end], land[piece]) for end, piece in close)]
    faces = polygons(shapely.polygonize([shapely.unary_union([*drawn, *shapely.boundary(np.array(land, dtype=object))])]))
    # Where the line was cut at the shore its pieces no longer lie on it to the last digit.
    beside = shapely.buffer(line, _NARROW_DEG)
    touching = [face for face in faces if shapely.intersection(face.exterior, beside).length > 10 * _NARROW_DEG]
    return shapely.union_all([face for face in touching if not near.query(face.point_on_surface(), "intersects").size])


def _landing(end: shapely.Point, land: shapely.Polygon) -> shapely.LineString:
    """Lead the end of a line to a shore and a little over it, so that they surely cross."""
    start, shore = shapely.get_coordinates(shapely.shortest_line(end, land))
    away = shore - start
    return shapely.LineString([start, shore + away / max(np.hypot(*away), _NARROW_DEG) * 100 * _NARROW_DEG])
