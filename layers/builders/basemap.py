"""Build the basemap: land and borders of the world at six levels of detail, and the names to write on them.

From npm `world-atlas` 2.0.2 (Natural Earth 1:10m, public domain; the package ISC). One coverage is simplified at each level, so that
neighbours keep their common edge; land is its union (coasts without borders) and the borders are the edges that two countries share.
Names do not come from there, because that file calls French Guiana "France": they are our own table of countries and territories.
Coordinates are WGS84 degrees, int32 at 1e-5 degree.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from .topojson import read

INPUTS: tuple[str, ...] = ("layers/gazetteer",)

LEVELS: tuple[float, ...] = (0.0, 0.01, 0.02, 0.04, 0.08, 0.3)
"""Tolerances in degrees. 0 keeps the source's own detail, about 0.002 degrees; the page takes the finest level that stays small."""

LARGE = 1.0
"""Side in degrees of the square as big as a country whose outline is kept beside its name."""

SPECKS = 0.08
"""From this tolerance on, islands smaller than its square are left off: whoever sees the world at once sees no islet."""

SCALE = 100_000
WATERS = frozenset({"ocean", "sea", "gulf", "bay", "strait", "channel", "passage", "sound"})


def build(*, out: Path, node_modules: Path) -> None:
    """Write `land_N.npy`, `borders_N.npy`, their offsets, `labels.json`, `NOTICES.txt` and `manifest.json` into `out`.

    Parameters
    ----------
    out
        A folder; it is made when it is missing.
    node_modules
        The folder that npm filled; `world-atlas` is in it.

    """
    package = node_modules / "world-atlas"
    out.mkdir(parents=True, exist_ok=True)
    countries = [geometry for _, _, geometry in read(package / "countries-10m.json")]
    parts = shapely.get_parts(np.array(countries, dtype=object))
    coverage = parts
    for number, tolerance in enumerate(LEVELS):
        # Each level from the one before: half the time, and a line drawn at its own scale shows no difference.
        coverage = shapely.coverage_simplify(coverage, tolerance) if tolerance else parts
        land = _seaside(coverage, drop_below=tolerance**2 if tolerance >= SPECKS else 0.0)
        _save(out, f"land_{number}", [ring for polygon in land for ring in _rings(polygon)])
        _save(out, f"borders_{number}", [shapely.get_coordinates(line) for line in _shared(coverage)])
    tables = Path(__file__).resolve().parent.parent / "gazetteer"
    labels = {"countries": _countries(tables, parts), "waters": _waters(tables)}
    (out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8")
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    licence = (package / "LICENSE").read_text(encoding="utf-8").strip()
    (out / "NOTICES.txt").write_text(
        f"world-atlas {version} (ISC), made with Natural Earth (public domain)\n\n{licence}\n", encoding="utf-8"
    )
    # Format, stamp and hashes are the driver's to add.
    manifest = {
        "layer_version": "1",
        "levels": LEVELS,
        "sources": [f"world-atlas {version} (Natural Earth 1:10m)", "our own tables of countries and seas"],
    }
    (out / "manifest.json").write_text(json.dumps(manifest, sort_keys=True) + "\n", encoding="utf-8")


def _seaside(coverage: np.ndarray, *, drop_below: float) -> list[shapely.Polygon]:
    """Give the land as polygons without inner borders; `drop_below` square degrees a speck is left off."""
    # Not the faster union of a coverage: the source overlaps itself in a few places, and that one then stops.
    land = shapely.get_parts(shapely.union_all(coverage))
    order = np.lexsort((shapely.bounds(land)[:, 1], shapely.bounds(land)[:, 0]))
    return [polygon for polygon in land[order] if polygon.area >= drop_below]


def _rings(polygon: shapely.Polygon) -> list[np.ndarray]:
    """Give the rings of a polygon, the outer one first; the page fills by the even-odd rule, so holes need no mark."""
    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(polygon)]


def _shared(coverage: np.ndarray) -> np.ndarray:
    """Give the lines that two members of a coverage share: its edges that occur twice."""
    edges = [_edges(shapely.get_coordinates(ring)) for ring in shapely.get_rings(coverage)]
    unique, counts = np.unique(np.concatenate(edges), axis=0, return_counts=True)
    inner = unique[counts > 1].reshape(-1, 2, 2)
    # The date line and the pole cut the world's sheet; an edge along them is no border.
    sheet = (np.abs(inner[:, :, 0]) > 179.999).all(axis=1) | (inner[:, :, 1] < -89.9).all(axis=1)
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.linestrings(inner[~sheet]))))


def _edges(ring: np.ndarray) -> np.ndarray:
    """Give a ring's edges as rows x1 y1 x2 y2, each in one direction so that a neighbour's copy is equal."""
    edges = np.hstack([ring[:-1], ring[1:]])
    swap = (edges[:, 0] > edges[:, 2]) | ((edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3]))
    edges[swap] = edges[swap][:, [2, 3, 0, 1]]
    return edges


def _save(out: Path, name: str, pieces: list[np.ndarray]) -> None:
    """Write lines as one column of coordinates, their offsets, and their bounds (so that a window reads only what it needs)."""
    lengths = np.array([len(piece) for piece in pieces], dtype=np.int64)
    coordinates = np.round(np.concatenate(pieces) * SCALE).astype(np.int32)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    lows = np.minimum.reduceat(coordinates, offsets[:-1])
    highs = np.maximum.reduceat(coordinates, offsets[:-1])
    np.save(out / f"{name}.npy", coordinates)
    np.save(out / f"{name}_offsets.npy", offsets)
    np.save(out / f"{name}_bounds.npy", np.hstack([lows, highs]))


def _countries(tables: Path, parts: np.ndarray) -> list[dict[str, Any]]:
    """Give each country and territory its own name, label point, and the size of the land that the point stands on."""
    tree = shapely.STRtree(parts)
    labels = []
    with (tables / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            longitude, latitude = float(row["longitude"]), float(row["latitude"])
            land = parts[tree.nearest(shapely.Point(longitude, latitude))]
            label = {"code": row["iso3"], **_called(row), "longitude": longitude, "latitude": latitude, "size": _size(land)}
            labels.append({**label, "outline": _outline(land)})
    return labels


def _outline(land: shapely.Polygon) -> list[list[float]]:
    """Give the rough outline of a country: a map of one of its corners finds there where to write its name."""
    size = _size(land)
    ring = shapely.simplify(land.exterior, size / 100) if size >= LARGE else shapely.LinearRing()
    return np.round(shapely.get_coordinates(ring), 2).tolist()  # type: ignore[no-any-return]


def _waters(tables: Path) -> list[dict[str, Any]]:
    """Give named seas, gulfs and straits with their label point and size, from every table that has some."""
    labels = {}
    for path in sorted(tables.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("kind") in WATERS and row.get("longitude") and row.get("footprint"):
                    labels[row["id"]] = _water(row)
    return [labels[key] for key in sorted(labels)]


def _water(row: dict[str, str]) -> dict[str, Any]:
    """Give one sea's label; its size is that of the ring we drew for it."""
    rings = [[tuple(float(number) for number in pair.split()) for pair in ring.split(",")] for ring in row["footprint"].split(";")]
    area = shapely.union_all([shapely.Polygon(ring) for ring in rings])
    return {**_called(row), "longitude": float(row["longitude"]), "latitude": float(row["latitude"]), "size": _size(area)}


def _called(row: dict[str, str]) -> dict[str, str]:
    """Give a row's name, and that in each language of the page where it is another: the first of its aliases there."""
    names = {language: row[f"aliases_{language}"].split("|")[0] for language in ("es", "fr")}
    others = {language: name[:1].upper() + name[1:] for language, name in names.items() if name not in {"", row["name"]}}
    return {"name": row["name"], **others}


def _size(polygon: shapely.Geometry) -> float:
    """Give the side in degrees of a square as big as the area: how much room a name has."""
    return round(float(polygon.area) ** 0.5, 2)
