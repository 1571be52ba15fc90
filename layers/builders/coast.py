"""Build the coast lookup from the land of the zone layer.

Land is cut into tiles and shores into short segments sorted by cell, so that a query loads only what lies near it. Seconds.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from .zones_store import SCALE, read_land

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

INPUTS: tuple[str, ...] = ("layers/zones",)

FORMAT = 1
TILE_DEG = 2
"""Side of the tiles that land is cut into; `geo.coast` reads it from the manifest."""

CELL_DEG = 0.5
"""Side of the cells that shore segments are sorted by."""
LONGEST_DEG = 0.25
"""A shore segment is no longer than this, so that its cell says where it is."""

_ZONES = Path(__file__).resolve().parents[1] / "zones"


def build(*, out: Path, node_modules: Path) -> None:  # noqa: ARG001 - every builder is called so
    """Write the lookup (`.npy` columns and `manifest.json`) into a folder; needs the committed zones."""
    land = read_land(_ZONES)
    owners = sorted({code for code, _ in land})
    segments, owner = _shores(land, owners)
    out.mkdir(parents=True, exist_ok=True)
    columns = {**_segment_columns(segments, owner), **_land_columns(land, owners)}
    for name, column in columns.items():
        np.save(out / f"{name}.npy", column)
    _write_manifest(out, sorted(columns), owners, {"zones.npz": _ZONES / "zones.npz"})


def _shores(land: list[tuple[str, BaseGeometry]], owners: list[str]) -> tuple[NDArray[np.float64], NDArray[np.uint16]]:
    """Give the shore segments (n, 2, 2) and the number of the owner of each."""
    edges, owner = _single_edges(land, owners)
    # Both ends on the antimeridian or the pole: a cut, not a shore.
    seam = (np.abs(edges[:, :, 0]) > 179.9999).all(axis=1) | (edges[:, :, 1] < -89.9).all(axis=1)
    return _short(edges[~seam], owner[~seam])


def _single_edges(land: list[tuple[str, BaseGeometry]], owners: list[str]) -> tuple[NDArray[np.float64], NDArray[np.uint16]]:
    """Give the edges that only one polygon has: shores. A border is an edge of two."""
    polygons, country = shapely.get_parts([shape for _, shape in land], return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    keep = ring[1:] == ring[:-1]
    edges = np.stack([points[:-1][keep], points[1:][keep]], axis=1)
    owner = np.array([owners.index(code) for code, _ in land], dtype=np.uint16)[country[polygon[ring[:-1][keep]]]]
    units = np.rint(edges * SCALE).astype(np.int64)
    keys = np.sort(units[:, :, 0] * 2**26 + units[:, :, 1], axis=1)
    _, index, count = np.unique(keys, axis=0, return_index=True, return_counts=True)
    once = np.sort(index[count == 1])
    return edges[once], owner[once]


def _short(segments: NDArray[np.float64], owner: NDArray[np.uint16]) -> tuple[NDArray[np.float64], NDArray[np.uint16]]:
    """Cut long segments into equal short ones."""
    count = np.ceil(np.abs(np.diff(segments, axis=1)).max(axis=(1, 2)) / LONGEST_DEG).clip(1).astype(int)
    pieces, whose = [], []
    for n in np.unique(count).tolist():
        rows = count == n
        share = np.linspace(0, 1, n + 1)[None, :, None]
        path = segments[rows][:, :1] * (1 - share) + segments[rows][:, 1:] * share
        pieces.append(np.stack([path[:, :-1], path[:, 1:]], axis=2).reshape(-1, 2, 2))
        whose.append(np.repeat(owner[rows], n))
    return np.concatenate(pieces), np.concatenate(whose)


def _segment_columns(segments: NDArray[np.float64], owner: NDArray[np.uint16]) -> dict[str, NDArray[np.generic]]:
    """Sort the segments by cell, and say where each cell starts."""
    middle = segments.mean(axis=1)
    wide, high = round(360 / CELL_DEG), round(180 / CELL_DEG)
    x = np.floor((middle[:, 0] + 180) / CELL_DEG).clip(0, wide - 1).astype(int)
    y = np.floor((middle[:, 1] + 90) / CELL_DEG).clip(0, high - 1).astype(int)
    cell = y * wide + x
    order = np.lexsort((middle[:, 0], middle[:, 1], cell))
    starts = np.searchsorted(cell[order], np.arange(wide * high + 1))
    return {
        "segments": np.rint(segments[order] * SCALE).astype("<i4"),
        "segment_owner": owner[order],
        "cell_starts": starts.astype("<i4"),
    }


def _land_columns(land: list[tuple[str, BaseGeometry]], owners: list[str]) -> dict[str, NDArray[np.generic]]:
    """Cut the land into tiles, sorted by tile, and store the pieces as ragged arrays."""
    rows: list[tuple[int, int, BaseGeometry]] = []
    for code, shape in land:
        rows += [(tile, owners.index(code), piece) for tile, piece in _tiles(shape)]
    rows.sort(key=lambda row: row[:2])
    _, points, (rings, polygons) = shapely.to_ragged_array([piece for *_, piece in rows])
    tiles = np.array([tile for tile, *_ in rows])
    return {
        "land_points": np.rint(points * SCALE).astype("<i4"),
        "land_rings": rings.astype("<i4"),
        "land_polygons": polygons.astype("<i4"),
        "land_owner": np.array([owner for _, owner, _ in rows], dtype=np.uint16),
        "tile_starts": np.searchsorted(tiles, np.arange((360 // TILE_DEG) * (180 // TILE_DEG) + 1)).astype("<i4"),
    }


def _tiles(shape: BaseGeometry) -> list[tuple[int, BaseGeometry]]:
    """Cut a shape along the tiles; a polygon inside one tile stays whole."""
    found = []
    for polygon in (part for part in shapely.get_parts(shape).tolist() if part.geom_type == "Polygon" and not part.is_empty):
        west, south, east, north = (int(np.floor(value / TILE_DEG)) for value in polygon.bounds)
        for column in range(west, min(east, 180 // TILE_DEG - 1) + 1):
            x = column * TILE_DEG
            strip = polygon if west == east else shapely.clip_by_rect(polygon, x, -90, x + TILE_DEG, 90)
            for row in range(south, min(north, 90 // TILE_DEG - 1) + 1):
                y = row * TILE_DEG
                piece = strip if south == north else shapely.clip_by_rect(strip, x, y, x + TILE_DEG, y + TILE_DEG)
                number = (row + 90 // TILE_DEG) * (360 // TILE_DEG) + column + 180 // TILE_DEG
                found += [(number, part) for part in shapely.get_parts(piece).tolist() if part.geom_type == "Polygon" and part.area > 0]
    return found


def _write_manifest(out: Path, columns: list[str], owners: list[str], sources: dict[str, Path]) -> None:
    """Name the columns with their hashes, the owners by number, and the sources."""
    files = {f"{name}.npy": hashlib.sha256((out / f"{name}.npy").read_bytes()).hexdigest() for name in columns}
    manifest = {
        "name": "coast", "format": FORMAT, "layer_version": "1.0.0", "files": files, "owners": owners,
        "tile_deg": TILE_DEG, "cell_deg": CELL_DEG, "attribution": "GSHHG (LGPL-3.0+); Natural Earth (public domain)",
        "sources": [{"file": name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for name, path in sorted(sources.items())],
    }  # fmt: skip
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
