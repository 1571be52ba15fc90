"""Read TopoJSON: the one format of `world-atlas`. Arcs are decoded once, so that neighbours share the same vertices."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

DECIMALS = 7
"""Coordinates are rounded to this, so that an edge stays equal to its neighbour's copy when one of them was moved by 360 degrees."""

LEAST_RING = 4
"""Points of the smallest ring, the closing one included."""


def read(path: Path, *, layer: str = "countries") -> list[tuple[str, str, BaseGeometry]]:
    """Give the members of a layer as (ISO 3166-1 numeric code or "", name, geometry in WGS84 lon/lat).

    Parameters
    ----------
    path
        A TopoJSON file with quantised, delta-encoded arcs.
    layer
        The name of the object to read: `countries` or `land`.

    """
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    members = topology["objects"][layer]["geometries"]
    return [(str(member.get("id", "")), member.get("properties", {}).get("name", ""), _geometry(member, arcs)) for member in members]


def _arcs(topology: dict[str, Any]) -> list[np.ndarray]:
    """Undo the deltas and the quantisation of every arc."""
    scale, translate = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    return [np.round(np.cumsum(np.array(arc, dtype=np.int64), axis=0) * scale + translate, DECIMALS) for arc in topology["arcs"]]


def _geometry(member: dict[str, Any], arcs: list[np.ndarray]) -> BaseGeometry:
    """Build a polygon or several; other types do not occur in these files."""
    polygons = [member["arcs"]] if member["type"] == "Polygon" else member["arcs"]
    parts = [part for rings in polygons for part in _polygons([_ring(ring, arcs) for ring in rings])]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _polygons(rings: list[np.ndarray]) -> list[Polygon]:
    """Build the polygon of these rings, the outer one first; one that crosses the date line is cut there."""
    shell, *holes = (_unwrapped(ring) for ring in rings)
    if len(shell) < LEAST_RING:  # a speck that the quantisation left with fewer than three corners
        return []
    middle = shell[:, 0].min() + 180
    holes = [np.add(hole, (360 * np.round((middle - hole[:, 0].mean()) / 360), 0)) for hole in holes if len(hole) >= LEAST_RING]
    polygon = Polygon(shell, holes)
    pieces = [_sheet(polygon if polygon.is_valid else polygon.buffer(0), shift) for shift in (-360, 0, 360)]
    return [part for piece in pieces for part in shapely.get_parts(piece) if part.geom_type == "Polygon" and not part.is_empty]


def _sheet(polygon: BaseGeometry, shift: float) -> BaseGeometry:
    """Give the part of a polygon that comes to lie on -180..180 when it is moved by `shift` degrees."""
    west, _, east, _ = polygon.bounds if not polygon.is_empty else (0, 0, 0, 0)
    if west + shift >= 180 or east + shift <= -180:
        return Polygon()
    moved = shapely.transform(polygon, lambda c: np.round(np.add(c, (shift, 0)), DECIMALS)) if shift else polygon
    inside = west + shift >= -180 and east + shift <= 180
    return moved if inside else shapely.intersection(moved, shapely.box(-180, -90, 180, 90))


def _unwrapped(ring: np.ndarray) -> np.ndarray:
    """Undo jumps across the date line (the file is stitched there); a ring around a pole is closed along it."""
    steps = np.diff(ring[:, 0])
    if not (np.abs(steps) > 180).any():
        return ring
    longitudes = ring[0, 0] + np.concatenate([[0], np.cumsum(steps - 360 * np.round(steps / 360))])
    open_ring = np.column_stack([np.round(longitudes, DECIMALS), ring[:, 1]])
    if abs(longitudes[-1] - longitudes[0]) < 180:
        return open_ring
    pole = np.copysign(90.0, ring[:, 1].mean())
    return np.vstack([open_ring, [longitudes[-1], pole], [longitudes[0], pole], open_ring[0]])


def _ring(indices: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Join the arcs of one ring; `~i` means arc i backwards, and each arc starts where the last one ended."""
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
