"""Build the coast lookup from the land of the zone layer and, outside its window, from `world-atlas` (Natural Earth 10m).

Land is cut into tiles and shores into short segments sorted by cell, so that a query loads only what lies near it. Seconds.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from . import topojson
from .zones_store import SCALE, read_land

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

INPUTS: tuple[str, ...] = ("layers/zones", "layers/gazetteer/countries.csv")

FORMAT = 1
TILE_DEG = 2
"""Side of the tiles that land is cut into; `geo.coast` reads it from the manifest."""

CELL_DEG = 0.5
"""Side of the cells that shore segments are sorted by."""
LONGEST_DEG = 0.25
"""A shore segment is no longer than this, so that its cell says where it is."""

_ZONES = Path(__file__).resolve().parents[1] / "zones"
_COUNTRIES = Path(__file__).resolve().parents[1] / "gazetteer" / "countries.csv"
# Natural Earth shows these without an ISO code; each counts with the state whose territory the United Nations lists it in.
_UNCODED = {"N. Cyprus": "CYP", "Somaliland": "SOM", "Kosovo": "XKX"}


def build(*, out: Path, node_modules: Path) -> None:
    """Write the lookup (`.npy` columns and `manifest.json`) into a folder; needs the committed zones and `world-atlas`."""
    atlas = node_modules / "world-atlas" / "countries-10m.json"
    window = json.loads((_ZONES / "manifest.json").read_text(encoding="utf-8"))["window"]
    inner = read_land(_ZONES)
    codes = _codes()
    # What ISO does not code has no owner that we would name, but for the few of our own table.
    outer = [(codes.get(number, _UNCODED.get(name, "")), shape) for number, name, shape in topojson.read(atlas)]
    owners = sorted({code for code, _ in inner + outer})
    segments, owner = _shores(inner, outer, window, owners)
    land = inner + [(code, _outside(shape, window)) for code, shape in outer]
    out.mkdir(parents=True, exist_ok=True)
    columns = {**_segment_columns(segments, owner), **_land_columns(land, owners)}
    for name, column in columns.items():
        np.save(out / f"{name}.npy", column)
    _write_manifest(out, sorted(columns), owners, {"world-atlas/countries-10m.json": atlas, "zones.npz": _ZONES / "zones.npz"})


def _codes() -> dict[str, str]:
    """Give the alpha-3 code of each numeric one, from our table of countries."""
    with _COUNTRIES.open(encoding="utf-8", newline="") as file:
        return {row["iso_numeric"]: row["iso3"] for row in csv.DictReader(file) if row["iso_numeric"]}


def _outside(shape: BaseGeometry, window: list[float]) -> BaseGeometry:
    """Keep what lies outside the window of the zones, whose own coast is finer."""
    west, south, east, north = shape.bounds if not shape.is_empty else (0, 0, 0, 0)
    if east < window[0] or west > window[2] or north < window[1] or south > window[3]:
        return shape
    return shapely.difference(shapely.make_valid(shape), shapely.box(*window))


def _shores(
    inner: list[tuple[str, BaseGeometry]], outer: list[tuple[str, BaseGeometry]], window: list[float], owners: list[str]
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Give the shore segments of both sources (n, 2, 2) and the number of the owner of each."""
    fine, fine_owner = _single_edges(inner, owners)
    coarse, coarse_owner = _single_edges(outer, owners)
    inside = _within(coarse.mean(axis=1), window)
    coarse, coarse_owner = coarse[~inside], coarse_owner[~inside]
    # Both ends on the frame of the window, the antimeridian or the pole: a cut, not a shore.
    cut = np.zeros(len(fine), dtype=bool)
    for axis, edge in ((0, window[0]), (0, window[2]), (1, window[1]), (1, window[3])):
        cut |= (np.abs(fine[:, :, axis] - edge) < 1e-9).all(axis=1)
    seam = (np.abs(coarse[:, :, 0]) > 179.9999).all(axis=1) | (coarse[:, :, 1] < -89.9).all(axis=1)
    segments = np.concatenate([fine[~cut], coarse[~seam]])
    return _short(segments, np.concatenate([fine_owner[~cut], coarse_owner[~seam]]))


def _single_edges(land: list[tuple[str, BaseGeometry]], owners: list[str]) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Give the edges that only one polygon has: shores. A border is an edge of two."""
    polygons, country = shapely.get_parts([shape for _, shape in land], return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    keep = ring[1:] == ring[:-1]
    edges = np.stack([points[:-1][keep], points[1:][keep]], axis=1)
    owner = np.array([owners.index(code) for code, _ in land], dtype=np.uint8)[country[polygon[ring[:-1][keep]]]]
    units = np.rint(edges * SCALE).astype(np.int64)
    keys = np.sort(units[:, :, 0] * 2**26 + units[:, :, 1], axis=1)
    _, index, count = np.unique(keys, axis=0, return_index=True, return_counts=True)
    once = np.sort(index[count == 1])
    return edges[once], owner[once]


def _within(points: NDArray[np.float64], window: list[float]) -> NDArray[np.bool_]:
    """Say which points lie in the window."""
    return (points[:, 0] > window[0]) & (points[:, 0] < window[2]) & (points[:, 1] > window[1]) & (points[:, 1] < window[3])


def _short(segments: NDArray[np.float64], owner: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
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


def _segment_columns(segments: NDArray[np.float64], owner: NDArray[np.uint8]) -> dict[str, NDArray[np.generic]]:
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
        "land_owner": np.array([owner for _, owner, _ in rows], dtype=np.uint8),
        "tile_starts": np.searchsorted(tiles, np.arange((360 // TILE_DEG) * (180 // TILE_DEG) + 1)).astype("<i4"),
    }


def _tiles(shape: BaseGeometry) -> list[tuple[int, BaseGeometry]]:
    """Cut a shape along the tiles; a polygon inside one tile stays whole."""
    found = []
    for polygon in (part for part in shapely.get_parts(shape).tolist() if part.geom_type == "Polygon" and not part.is_empty):
        west, south, east, north = (int(np.floor(value / TILE_DEG)) for value in polygon.bounds)
        for column in range(west, min(east, 180 // TILE_DEG - 1) + 1):
            strip = polygon if west == east else _cut(polygon, column * TILE_DEG, -90, TILE_DEG, 180)
            for row in range(south, min(north, 90 // TILE_DEG - 1) + 1):
                piece = strip if south == north else _cut(strip, column * TILE_DEG, row * TILE_DEG, TILE_DEG, TILE_DEG)
                number = (row + 90 // TILE_DEG) * (360 // TILE_DEG) + column + 180 // TILE_DEG
                found += [(number, part) for part in shapely.get_parts(piece).tolist() if part.geom_type == "Polygon" and part.area > 0]
    return found


def _cut(shape: BaseGeometry, west: float, south: float, width: float, height: float) -> BaseGeometry:
    """Cut a box out of a shape."""
    whole = shape if shape.is_valid else shapely.make_valid(shape)
    return shapely.intersection(whole, shapely.box(west, south, west + width, south + height))


def _write_manifest(out: Path, columns: list[str], owners: list[str], sources: dict[str, Path]) -> None:
    """Name the columns with their hashes, the owners by number, and the sources."""
    files = {f"{name}.npy": hashlib.sha256((out / f"{name}.npy").read_bytes()).hexdigest() for name in columns}
    manifest = {
        "name": "coast", "format": FORMAT, "layer_version": "1.0.0", "files": files, "owners": owners,
        "tile_deg": TILE_DEG, "cell_deg": CELL_DEG, "attribution": "GSHHG (LGPL-3.0+); Natural Earth (public domain)",
        "sources": [{"file": name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for name, path in sorted(sources.items())],
    }  # fmt: skip
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
