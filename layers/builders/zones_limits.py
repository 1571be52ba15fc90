"""Work baselines out of the 12 nm limits that OpenStreetMap draws, where no law could be read.

The limits come from an npm package, locked by hash in `locks/zones`; what is made of them is a derived database under the ODbL.
A limit moved 12 nm inward is the line that it was measured from. Corners that lie within 12 nm of a neighbour are left out: there
the limit is a boundary between two states, and no baseline lies 12 nm behind it.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from . import npm
from .zones_baselines import ZONES, Baseline
from .zones_coast import ecef, read_table
from .zones_lines import METRES_PER_NM, limit
from .zones_names import polygons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

LOCK = Path(__file__).resolve().parents[2] / "locks" / "zones"
"""The folder of the npm lock; only `make layers` installs it."""

PACKAGE = "@osm_borders/maritime_1000m"
_BREADTH_NM, _SPACING_DEG, _THIN_DEG, _GRID_DEG = 12.0, 0.01, 0.0072, 1e-5
_CLOSE_M, _REACH_DEG, _LONE_DEG, _DRY = 1600.0, 0.25, 0.25, 0.7
"""Within 12 nm means so much more: the thinning of both. An island so near stands by a pocket. Round a lone atoll no side is so long,
and a lone island fills more than so much of its ring: their shore is their baseline."""


def source_file() -> Path:
    """Give the file of limits, installed where it is not yet."""
    return npm.install(LOCK, node=npm.find()) / PACKAGE / "borders.geo.json"


def derive_baselines(tables: Path, land: NDArray[np.object_]) -> list[Baseline]:
    """Work out the baselines that the table names without a path, in its order."""
    limits = read_limits()
    rows = [row for row in read_table(tables / "baselines.csv") if row["confidence"] == "derived"]
    return [
        Baseline(row["territory"], ZONES[row["kind"]], row["basis"], *ring)
        for row in rows
        for ring in rings(limits, row["territory"], land, archipelago=row["kind"] == "archipelagic")
    ]


def read_limits() -> dict[str, BaseGeometry]:
    """Read land with territorial sea, as OpenStreetMap has them, by ISO 3166-1 alpha-3."""
    features = json.loads(source_file().read_text(encoding="utf-8"))["features"]
    return {row["properties"]["isoA3"]: shapely.make_valid(shapely.geometry.shape(row["geometry"])) for row in features}


Ring = tuple["NDArray[np.float64]", "NDArray[np.bool_]"]
"""Corners, and which sides limits are measured from."""


def rings(limits: dict[str, BaseGeometry], territory: str, land: NDArray[np.object_], *, archipelago: bool) -> list[Ring]:
    """Give the baselines of a territory as rings: of an archipelago those round many islands, else the one round its mainland.

    Rings across the antimeridian run past 180 degrees. A side between two corners near a neighbour encloses waters, but nothing is
    measured from it: of the baseline there no more is known than that it lies no farther inward.

    Raises
    ------
    ValueError
        The limit of the territory leaves no room for a baseline.

    """
    waters = _unrolled(limits[territory])
    neighbours = _neighbours([other for code, other in limits.items() if code != territory], waters)
    inner = sorted(_inward(waters), key=lambda ring: -ring.area)
    kept = [ring for ring in inner if _scattered(ring, land)] if archipelago else inner[:1]
    if not kept:
        message = f"no baseline of {territory!r} can be worked out of its 12 nm limit; leave its row out, or read its law"
        raise ValueError(message)
    own = _inside(land, waters) if archipelago else land[:0]
    found = []
    for ring in kept:
        corners = _cornered(ring, neighbours, own)
        away = _apart(corners, neighbours)
        found.append((corners, away[1:] | away[:-1]))
    return found


def _unrolled(waters: BaseGeometry) -> BaseGeometry:
    """Put both sides of the antimeridian beside each other."""
    west, _, east, _ = waters.bounds
    if east - west < 180:
        return waters
    parts = [shapely.transform(part, lambda xy: np.add(xy, (360, 0))) if part.bounds[2] <= 0 else part for part in polygons(waters)]
    return shapely.union_all(parts, grid_size=1e-6)


def _inward(waters: BaseGeometry) -> list[shapely.Polygon]:
    """Move a limit 12 nm inward."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - build time only

    outer = shapely.union_all([shapely.Polygon(part.exterior) for part in polygons(waters)])
    tree = KDTree(ecef(shapely.get_coordinates(shapely.segmentize(outer.boundary, _SPACING_DEG))))
    lines = limit(tree, _BREADTH_NM, outer.bounds)
    shapely.prepare(outer)
    faces = polygons(shapely.polygonize([shapely.unary_union(lines, grid_size=_GRID_DEG)]))
    inside = [face for face in faces if shapely.contains_properly(outer, face)]
    points = np.array([face.point_on_surface().coords[0] for face in inside]).reshape(-1, 2)
    deep = tree.query(ecef(points))[0] > _BREADTH_NM * METRES_PER_NM
    return [shapely.Polygon(face.exterior) for face, far in zip(inside, deep.tolist(), strict=True) if far]


def _scattered(ring: shapely.Polygon, land: NDArray[np.object_]) -> bool:
    """Say whether a ring goes round many islands."""
    sides = np.hypot(*np.diff(shapely.get_coordinates(shapely.simplify(ring.exterior, _THIN_DEG)), axis=0).T)
    return bool(sides.max() > _LONE_DEG and shapely.area(_inside(land, ring)).sum() < _DRY * ring.area)


def _inside(land: NDArray[np.object_], area: BaseGeometry) -> NDArray[np.object_]:
    """Cut the land out of an area."""
    whole = shapely.make_valid(land[shapely.STRtree(land).query(shapely.envelope(area))])
    cut = shapely.intersection(whole, area)
    return cut[~shapely.is_empty(cut)]


def _neighbours(others: Iterable[BaseGeometry], waters: BaseGeometry) -> BaseGeometry:
    """Join the neighbours' pieces near some waters, also from beyond the antimeridian."""
    frame = shapely.buffer(shapely.envelope(waters), 0.5)
    parts = np.array([part for other in others for part in polygons(other)], dtype=object)
    both = np.concatenate([parts, shapely.transform(parts, lambda xy: np.add(xy, (360, 0)))])
    return shapely.union_all(both[shapely.intersects(shapely.envelope(both), frame)])


def _cornered(ring: shapely.Polygon, neighbours: BaseGeometry, land: NDArray[np.object_]) -> NDArray[np.float64]:
    """Thin a ring to its corners and leave out those within 12 nm of a neighbour; where they stood, go round the islands."""
    corners = shapely.get_coordinates(shapely.simplify(ring.exterior, _THIN_DEG))[:-1]
    away = _apart(corners, neighbours)
    start = int(np.argmax(away))
    closed = np.roll(corners, -start, axis=0)[[*range(len(corners)), 0]]
    kept = np.append(np.flatnonzero(np.roll(away, -start)), len(corners))
    pockets = [_hull(closed[a : b + 1], land) for a, b in pairwise(kept.tolist()) if b > a + 2]
    whole = shapely.intersection(shapely.union_all([shapely.make_valid(shapely.Polygon(closed[kept])), *pockets]), ring)
    best = max(polygons(whole), key=lambda part: part.area)
    return np.round(shapely.get_coordinates(shapely.simplify(best.exterior, _THIN_DEG)), 3)


def _apart(corners: NDArray[np.float64], neighbours: BaseGeometry) -> NDArray[np.bool_]:
    """Say which corners lie more than 12 nm from every neighbour."""
    lines = shapely.get_coordinates(shapely.shortest_line(shapely.points(corners), neighbours)).reshape(-1, 2, 2)
    away = np.ones(len(corners), dtype=bool)
    # Without a neighbour there is no line to one.
    away[: len(lines)] = np.linalg.norm(ecef(lines[:, 0]) - ecef(lines[:, 1]), axis=1) > _BREADTH_NM * METRES_PER_NM + _CLOSE_M
    return away


def _hull(pocket: NDArray[np.float64], land: NDArray[np.object_]) -> BaseGeometry:
    """Give the hull of the islands in a pocket of a ring, or near it, from its first corner to its last."""
    near = shapely.buffer(shapely.make_valid(shapely.Polygon(pocket)), _REACH_DEG)
    islands = _inside(land, near) if len(land) else land
    return shapely.union_all([*islands, shapely.LineString(pocket[[0, -1]])]).convex_hull
