"""Compute the layer of maritime zones from the coast, the claims and the treaty tables; run as `python -m layers.builders.zones`.

Every line is drawn first (shore, land border, equidistance, 12, 24 and 200 nm, treaty areas); the faces between the lines are
then named by their nearest shore. So the zones are a partition by construction, and share their edges exactly.
The whole window takes about two minutes on one core and 3 GB of memory.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from .zones_coast import Bounds, Coast, ecef, read_coast, read_table
from .zones_lines import METRES_PER_NM, limit, medians
from .zones_store import Atom, Row, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.spatial import KDTree

WINDOW: Bounds = (-130.0, -15.0, -50.0, 40.0)
"""West, south, east, north of the committed layer, WGS84 degrees."""

GRID_DEG = 1e-5
"""Coordinates are whole multiples of this (1.1 m), so that equal points are equal numbers."""

SIMPLIFY_DEG = 0.0015
"""Tolerance of the last thinning; neighbours are thinned together, so no gap opens."""

TABLES = Path(__file__).resolve().parents[1]
MEDIAN, MEDIAN_BASIS = "computed_median", "computed equidistance"


@dataclass(frozen=True, slots=True)
class Shores:
    """Trees of shore points: all of them, and those that carry an EEZ, each with their owners."""

    all: KDTree
    all_owner: NDArray[np.str_]
    full: KDTree
    full_owner: NDArray[np.str_]


def build(out: Path, *, window: Bounds | None = None, progress: Callable[[str], None] = lambda _: None) -> None:
    """Compute the zones of a window (the whole layer by default) and write them with their manifest into a folder.

    Raises
    ------
    ModuleNotFoundError
        A package with the coast or the names is missing; the message says which.

    """
    window = window or WINDOW
    progress("coast: read and label")
    coast = read_coast(window, TABLES)
    shores = _shores(coast)
    claims = {row["territory"]: row for row in read_table(TABLES / "claims.csv")}
    progress(f"lines: from {len(coast.lonlat):,} shore points")
    lines = [*_land_lines(coast, window), *_sea_lines(coast, shores, claims, window)]
    progress(f"faces: between {len(lines):,} pieces of line")
    faces = _faces(lines, window)
    progress(f"names: of {len(faces):,} faces")
    atoms = _atoms(faces, _labels(faces, coast, shores, claims))
    progress(f"thin and write: {len(atoms)} areas")
    write(out, _thinned(atoms), claims={code: row["sovereign"] for code, row in claims.items()}, window=window)


def _shores(coast: Coast) -> Shores:
    """Index the shore points."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - build time only

    xyz = ecef(coast.lonlat)
    return Shores(KDTree(xyz), coast.owner, KDTree(xyz[coast.full]), coast.owner[coast.full])


def _land_lines(coast: Coast, window: Bounds) -> list[shapely.Geometry]:
    """Draw shores and land borders: the edges of each owner's land, inside the window."""
    by_owner = defaultdict(list)
    for polygon, owner in zip(coast.land, coast.land_owner, strict=True):
        by_owner[owner].append(polygon)
    edges = []
    for owner in sorted(by_owner):
        land = shapely.unary_union(by_owner[owner], grid_size=GRID_DEG)
        edges.append(shapely.clip_by_rect(shapely.boundary(land), *window))
    return edges


def _sea_lines(coast: Coast, shores: Shores, claims: dict[str, dict[str, str]], window: Bounds) -> list[shapely.Geometry]:
    """Draw equidistance lines and limits; islets without an EEZ have their own of the former within 12 nm."""
    lines = medians(coast.lonlat[coast.full], coast.owner[coast.full])
    if not coast.full.all():
        lines += medians(coast.lonlat, coast.owner)
    lines += limit(shores.all, 12, window) + limit(shores.full, 24, window) + limit(shores.full, 200, window)
    for code in sorted(set(shores.full_owner.tolist())):
        breadth = _number(claims[code]["contiguous_zone_nm"])
        if breadth not in (0, 24):
            lines += limit(_own(shores, code), breadth, window)
    return lines


def _own(shores: Shores, code: str) -> KDTree:
    """Index the shores of one owner."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - build time only

    return KDTree(shores.full.data[shores.full_owner == code])


def _number(text: str) -> float:
    """Read a breadth in nautical miles; none is 0."""
    return float(text) if text else 0.0


def _faces(lines: list[shapely.Geometry], window: Bounds) -> list[shapely.Polygon]:
    """Cut the window along all lines."""
    frame = shapely.box(*window)
    parts = shapely.get_parts(shapely.clip_by_rect(np.array(lines, dtype=object), *window)).tolist()
    noded = shapely.unary_union([frame.exterior, *(part for part in parts if part.length > 0)], grid_size=GRID_DEG)
    return shapely.get_parts(shapely.polygonize([noded])).tolist()


def _labels(faces: list[shapely.Polygon], coast: Coast, shores: Shores, claims: dict[str, dict[str, str]]) -> list[tuple[Row, ...]]:
    """Name every face by a point inside it: land, else by the nearest shore and how far it is."""
    inside = shapely.point_on_surface(np.array(faces, dtype=object))
    xyz = ecef(shapely.get_coordinates(inside))
    near, full = shores.all.query(xyz), shores.full.query(xyz)
    owner, far_owner = shores.all_owner[near[1]], shores.full_owner[full[1]]
    land = np.full(len(faces), "", dtype="U3")
    tree = shapely.STRtree(coast.land)
    which, polygon = tree.query(inside, predicate="intersects")
    land[which] = np.array(coast.land_owner)[polygon]
    return [
        _rows(str(land[i]), (str(owner[i]), near[0][i] / METRES_PER_NM), (str(far_owner[i]), full[0][i] / METRES_PER_NM), claims) for i in range(len(faces))
    ]


def _rows(land: str, near: tuple[str, float], full: tuple[str, float], claims: dict[str, dict[str, str]]) -> tuple[Row, ...]:
    """Say which zones hold a face: `near` and `full` are owner and distance (nm) of the nearest shore, and of that with an EEZ."""
    if land:
        return (Row("land", land, "agreed", "Natural Earth 10m borders on the GSHHG coast", None),)
    if near[1] <= 12:
        return (Row("territorial_sea", near[0], MEDIAN, MEDIAN_BASIS, None),)
    if full[1] > 200:
        return (Row("high_seas", None, MEDIAN, "beyond 200 nm of every shore", None),)
    claim = claims[full[0]]
    zones = [_eez(full[0], claim)]
    if full[1] <= _number(claim["contiguous_zone_nm"]):
        zones.insert(0, Row("contiguous_zone", full[0], MEDIAN, MEDIAN_BASIS, None))
    return tuple(zones)


def _eez(owner: str, claim: dict[str, str]) -> Row:
    """Name an EEZ; a claim of a wider territorial sea keeps its breadth and is answered as a disputed EEZ."""
    breadth = _number(claim["territorial_sea_nm"])
    if breadth > 12:
        return Row("eez", owner, "disputed", f"territorial sea of {breadth:g} nm claimed; UNCLOS Article 3 allows 12", breadth)
    return Row("eez", owner, MEDIAN, MEDIAN_BASIS, None)


def _atoms(faces: list[shapely.Polygon], labels: list[tuple[Row, ...]]) -> list[Atom]:
    """Join the faces that the same zones hold."""
    groups = defaultdict(list)
    for face, label in zip(faces, labels, strict=True):
        groups[label].append(face)
    return [Atom(label, shapely.coverage_union_all(groups[label])) for label in sorted(groups, key=repr)]


def _thinned(atoms: list[Atom]) -> list[Atom]:
    """Thin all areas together, and put every coordinate on the grid."""
    thin = shapely.coverage_simplify([atom.area for atom in atoms], SIMPLIFY_DEG)
    return [Atom(atom.rows, area) for atom, area in zip(atoms, thin, strict=True)]


def _say(text: str) -> None:
    """Report progress."""
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    build(TABLES / "zones", progress=_say)
