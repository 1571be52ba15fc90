"""Lay the files of official zones over each other: all their lines cut the sea into faces, and each face has the zones that hold it.

The lines are noded in tiles of 10°, so that memory stays small and areas share their edges.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from .zones_store import SCALE
from .zones_tiles import stitched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Landward = Callable[[NDArray[np.float64], NDArray[np.float64]], list[str | None]]
    Rows = tuple[dict[str, Any], ...]

STEP_DEG = 10
_PIECE = 200
"""Points of a line, at most, that are looked for and cut together."""

_TREATY_SOUTH = -60
"""South of it the Antarctic Treaty applies, whatever a file of high seas says."""


@dataclass(frozen=True, slots=True)
class Held:
    """The zones of a file: the polygon of each and the rows that it becomes."""

    rows: tuple[Rows, ...]
    shapes: NDArray[Any]


def pieces(held: dict[str, Held], landward: Landward) -> dict[str, list[shapely.Polygon]]:
    """Cut the zones of all files along each other's lines: polygons by the rows (as JSON) that hold them."""
    shapes = np.concatenate([file.shapes for file in held.values()])
    faces = np.array([face for tile in _tiles(shapes) for face in tile], dtype=object)
    points = shapely.get_coordinates(shapely.point_on_surface(faces))
    inside = {kind: _inside(file.shapes, points) for kind, file in held.items()}
    ashore = landward(points[:, 0], points[:, 1]) if {"eez", "12nm"} <= held.keys() else [None] * len(faces)
    rows = [
        _rows({kind: _all(held[kind], found[number]) for kind, found in inside.items()}, ashore[number], float(points[number, 1]))
        for number in range(len(faces))
    ]
    kept = [number for number, row in enumerate(rows) if row]
    whole = stitched(faces[kept].tolist(), STEP_DEG * SCALE, SCALE)
    answer: dict[str, list[shapely.Polygon]] = defaultdict(list)
    for number, face in zip(kept, whole, strict=True):
        answer[json.dumps(rows[number])].append(face)
    return answer


def _rows(of: dict[str, Rows], ashore: str | None, latitude: float) -> Rows:
    """Give the zones of a face, innermost first, from those that each file has there."""
    if sea := of.get("12nm"):
        return sea
    zone = of.get("eez", ())
    if zone and ashore:
        # The official territorial sea begins at the baseline: what lies between it and the shore is inside.
        kind = ashore if ashore == "archipelagic_waters" else "internal_waters"
        return tuple({**row, "zone_type": kind, "basis": f"{row['basis']}; landward of its territorial sea"} for row in zone)
    if zone:
        return (*of.get("24nm", ()), *zone)
    return of.get("high_seas", ()) if latitude > _TREATY_SOUTH else ()


def _all(file: Held, numbers: list[int]) -> Rows:
    """Give the zones of some polygons of a file; where several overlap, all of them dispute it."""
    rows = [row for number in numbers for row in file.rows[number]]
    return tuple(rows) if len(numbers) < 2 else tuple({**row, "status": "disputed"} for row in rows)


def _inside(shapes: NDArray[Any], points: NDArray[np.float64]) -> list[list[int]]:
    """List for each point the polygons that hold it."""
    found: list[list[int]] = [[] for _ in points]
    for number, shape in enumerate(shapes.tolist()):
        west, south, east, north = shape.bounds
        near = np.flatnonzero((points >= (west, south)).all(axis=1) & (points <= (east, north)).all(axis=1))
        shapely.prepare(shape)
        for point in near[shapely.contains_xy(shape, points[near])].tolist():
            found[point].append(number)
        shapely.destroy_prepared(shape)
    return found


def _tiles(shapes: NDArray[Any]) -> Iterator[list[shapely.Polygon]]:
    """Node the outlines of some polygons tile by tile, and give the faces between them."""
    lines = np.array(list(_lines(shapes)), dtype=object)
    tree = shapely.STRtree(lines)
    west, south, east, north = shapely.total_bounds(shapes)
    for x in range(-180, 180, STEP_DEG):
        for y in range(-90, 90, STEP_DEG):
            box = (x, y, x + STEP_DEG, y + STEP_DEG)
            if x > east or x + STEP_DEG < west or y > north or y + STEP_DEG < south:
                continue
            cut = shapely.clip_by_rect(lines[tree.query(shapely.box(*box))], *box)
            noded = shapely.union_all([*cut, shapely.box(*box).exterior], grid_size=1 / SCALE)
            yield [face for face in shapely.get_parts(shapely.polygonize([noded])).tolist() if face.area > 0]


def _lines(shapes: NDArray[Any]) -> Iterator[shapely.LineString]:
    """Give the rings of some polygons as lines of a few points each."""
    for ring in shapely.get_rings(shapely.get_parts(shapes)).tolist():
        points = shapely.get_coordinates(ring)
        for start in range(0, len(points) - 1, _PIECE):
            yield shapely.LineString(points[start : start + _PIECE + 1])
