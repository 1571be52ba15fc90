"""Compute the layer of maritime zones from the coast, the claims and the treaty tables; run as `python -m layers.builders.zones`.

Every line is drawn first (shore, land border, equidistance, 12, 24 and 200 nm, treaty areas); the faces between the lines are
then named by their nearest shore. So the zones are a partition by construction, and share their edges exactly.
The whole window takes about 80 s of one core and 1 GB of memory.
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
from .zones_rules import Rule, read_rules, rule_lines, transferred
from .zones_store import Atom, Row, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.spatial import KDTree
    from shapely.geometry.base import BaseGeometry

WINDOW: Bounds = (-130.0, -15.0, -50.0, 40.0)
"""West, south, east, north of the committed layer, WGS84 degrees."""

GRID_DEG = 1e-5
"""Coordinates are whole multiples of this (1.1 m), so that equal points are equal numbers."""

SIMPLIFY_DEG = 0.0015
"""Tolerance of the last thinning; neighbours are thinned together, so no gap opens."""

TABLES = Path(__file__).resolve().parents[1]
TERRITORIAL_NM, EEZ_NM = 12, 200
MEDIAN, MEDIAN_BASIS = "computed_median", "computed equidistance"
LAND_BASIS = "Natural Earth 10m borders on the GSHHG coast"


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
    rules = read_rules(TABLES, coast, window)
    progress(f"lines: from {len(coast.lonlat):,} shore points and {len(rules)} treaty areas")
    lines = [*_land_lines(coast, window), *_sea_lines(coast, shores, claims, window), *rule_lines(rules, coast)]
    progress(f"faces: between {len(lines):,} pieces of line")
    faces = _faces(lines, window)
    progress(f"names: of {len(faces):,} faces")
    atoms = _atoms(faces, _labels(faces, coast, _Names(shores, rules, claims)))
    progress(f"thin and write: {len(atoms)} areas")
    write(out, _thinned(atoms), claims={code: row["sovereign"] for code, row in claims.items()}, window=window)


def _shores(coast: Coast) -> Shores:
    """Index the shore points."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - build time only

    xyz = ecef(coast.lonlat)
    return Shores(KDTree(xyz), coast.owner, KDTree(xyz[coast.full]), coast.owner[coast.full])


def _land_lines(coast: Coast, window: Bounds) -> list[BaseGeometry]:
    """Draw shores and land borders: the edges of each owner's land, inside the window."""
    by_owner = defaultdict(list)
    for polygon, owner in zip(coast.land, coast.land_owner, strict=True):
        by_owner[owner].append(polygon)
    edges = []
    for owner in sorted(by_owner):
        land = shapely.unary_union(by_owner[owner], grid_size=GRID_DEG)
        edges.append(shapely.clip_by_rect(shapely.boundary(land), *window))
    return edges


def _sea_lines(coast: Coast, shores: Shores, claims: dict[str, dict[str, str]], window: Bounds) -> list[BaseGeometry]:
    """Draw equidistance lines and limits; islets without an EEZ have their own of the former within 12 nm."""
    lines = medians(coast.lonlat[coast.full], coast.owner[coast.full])
    if not coast.full.all():
        lines += medians(coast.lonlat, coast.owner)
    lines += limit(shores.all, TERRITORIAL_NM, window) + limit(shores.full, 24, window) + limit(shores.full, EEZ_NM, window)
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


def _faces(lines: list[BaseGeometry], window: Bounds) -> list[shapely.Polygon]:
    """Cut the window along all lines."""
    frame = shapely.box(*window)
    parts = shapely.get_parts(shapely.clip_by_rect(np.array(lines, dtype=object), *window)).tolist()
    noded = shapely.unary_union([frame.exterior, *(part for part in parts if part.length > 0)], grid_size=GRID_DEG)
    return shapely.get_parts(shapely.polygonize([noded])).tolist()


@dataclass(frozen=True)
class _Names:
    """What a face at sea is named by."""

    shores: Shores
    rules: list[Rule]
    claims: dict[str, dict[str, str]]


def _labels(faces: list[shapely.Polygon], coast: Coast, names: _Names) -> list[tuple[Row, ...]]:
    """Name every face by a point inside it: land, else by the nearest shore, how far it is, and the treaties."""
    inside = shapely.point_on_surface(np.array(faces, dtype=object))
    points = shapely.get_coordinates(inside)
    near, full = names.shores.all.query(ecef(points)), names.shores.full.query(ecef(points))
    wide = near[0] > TERRITORIAL_NM * METRES_PER_NM
    owner = np.where(wide, names.shores.full_owner[full[1]], names.shores.all_owner[near[1]])
    owner, decided, rival = transferred(names.rules, points, owner, wide)
    land = np.full(len(faces), "", dtype="U3")
    which, polygon = shapely.STRtree(coast.land).query(inside, predicate="intersects")
    land[which] = np.array(coast.land_owner)[polygon]
    distance = np.where(wide, np.maximum(full[0] / METRES_PER_NM, TERRITORIAL_NM + 1e-6), near[0] / METRES_PER_NM)
    rule = [names.rules[number] if number >= 0 else None for number in decided.tolist()]
    claimants = [(code, other) if other else (code,) for code, other in zip(owner.tolist(), rival.tolist(), strict=True)]
    wet = [_rows(*face, names.claims) for face in zip(claimants, distance.tolist(), rule, strict=True)]
    return [(Row("land", str(code), "agreed", LAND_BASIS, None),) if code else rows for code, rows in zip(land, wet, strict=True)]


def _rows(claimants: tuple[str, ...], distance_nm: float, rule: Rule | None, claims: dict[str, dict[str, str]]) -> tuple[Row, ...]:
    """Say which zones hold a face at sea: by who claims it, how far its nearest shore is, and the treaty or dispute, if any."""
    status, basis = (rule.status, rule.basis) if rule else (MEDIAN, MEDIAN_BASIS)
    if distance_nm > EEZ_NM:
        return (Row("high_seas", None, MEDIAN, "beyond 200 nm of every shore", None),)
    if distance_nm <= TERRITORIAL_NM:
        return tuple(Row("territorial_sea", code, status, basis, None) for code in claimants)
    holders = rule.taken if rule and rule.joint else claimants
    zones = [_eez(code, claims[code], status, basis) for code in holders]
    beside = [code for code in claimants if distance_nm <= _number(claims[code]["contiguous_zone_nm"]) and not (rule and rule.joint)]
    return (*(Row("contiguous_zone", code, status, basis, None) for code in beside), *zones)


def _eez(owner: str, claim: dict[str, str], status: str, basis: str) -> Row:
    """Name an EEZ. UNCLOS Article 3: a wider territorial sea is kept as claimed, but answered as a disputed EEZ."""
    breadth = _number(claim["territorial_sea_nm"])
    if breadth > TERRITORIAL_NM:
        return Row("eez", owner, "disputed", f"territorial sea of {breadth:g} nm claimed; UNCLOS Article 3 allows 12", breadth)
    return Row("eez", owner, status, basis, None)


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
