"""Compute the layer of maritime zones from the coast, the claims and the treaty tables; run as `python -m builders.zones` in `layers`.

The world is computed tile by tile; a tile that was computed of the same inputs is not computed again, so a build that was stopped goes
on where it was. In a tile every line is drawn first (shore, land border, equidistance, limits, treaty areas); the faces between the
lines are then named by their nearest shore. So the zones are a partition by construction, and share their edges exactly.
What it costs is said in `docs/zones.md`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pickle
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from .zones_baselines import Baseline, baseline_points, read_baselines, waters
from .zones_coast import Bounds, Coast, Shore, cut, ecef, read_shore, read_table, with_islets, with_points
from .zones_limits import LOCK, derive_baselines
from .zones_lines import METRES_PER_NM, limit, medians
from .zones_rules import Rule, read_rules, rule_lines, transferred
from .zones_store import Atom, Row, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.spatial import KDTree
    from shapely.geometry.base import BaseGeometry

WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)
"""West, south, east, north of the committed layer, WGS84 degrees."""

TILE_DEG = 30
"""Side of a tile. The Antarctic Treaty area begins at a side of tiles, 60 S."""

GRID_DEG = 1e-5
"""Coordinates are whole multiples of this (1.1 m), so that equal points are equal numbers."""

SIMPLIFY_DEG = 0.0025
"""Tolerance of the last thinning, in degrees of latitude; neighbours are thinned together, so no gap opens."""

TABLES = Path(__file__).resolve().parents[1]
WORK = TABLES.parent / "build" / "zones"
"""Where tiles wait until all are done; `make clean` removes it."""

TERRITORIAL_NM, CONTIGUOUS_NM, EEZ_NM = 12, 24, 200
ANTARCTIC_DEG = -60.0
MEDIAN, MEDIAN_BASIS = "computed_median", "computed equidistance"
LAND_BASIS = "Natural Earth 10m borders on the GSHHG coast"
HIGH_SEAS = Row("high_seas", None, MEDIAN, "beyond 200 nm of every shore", None)
_TREATY = "Antarctic Treaty of 1959, Articles IV and VI: south of 60 S claims are neither recognised nor denied"
ANTARCTIC = Row("antarctic_treaty_area", None, "agreed", _TREATY, None)
_CASPIAN = "Convention on the Legal Status of the Caspian Sea of 2018: a regime of its own, no UNCLOS zones"
CASPIAN = Row("other_regime", None, "agreed", _CASPIAN, None)


@dataclass(frozen=True, slots=True)
class Shores:
    """Trees of shore points: all of them, and those that carry an EEZ, each with their owners; none where there are no points."""

    all: KDTree | None
    all_owner: NDArray[np.str_]
    full: KDTree | None
    full_owner: NDArray[np.str_]


def build(
    out: Path, *, window: Bounds = WORLD, work: Path | None = None, progress: Callable[[str], None] = lambda _: None
) -> None:
    """Compute the zones of a window of whole tiles (the world by default) and write them with their manifest into a folder.

    Raises
    ------
    ModuleNotFoundError
        A package with the coast or the names is missing; the message says which.

    """
    programs = sorted(Path(__file__).parent.glob("zones*.py"))
    folder = (work or WORK) / _stamp([*sorted(TABLES.glob("*.csv")), *programs, LOCK / "package-lock.json"])
    folder.mkdir(parents=True, exist_ok=True)
    claims = {row["territory"]: row for row in read_table(TABLES / "claims.csv")}
    tiles = [tile for tile in _tiles(window) if not (folder / _name(tile)).is_file()]
    if tiles:
        shore = _shore(folder.parent, progress)
        progress("baselines: those of laws, and others by the limits in OpenStreetMap")
        baselines = [*derive_baselines(TABLES, shore.land), *read_baselines(TABLES)]
        shore = with_points(with_islets(shore, read_table(TABLES / "islets.csv")), *baseline_points(baselines, shore))
        progress(f"coast: {len(shore.lonlat):,} points; {len(shore.far):,} islets are named by the nearest name, more than 10 km away")
        for number, tile in enumerate(tiles, start=1):
            progress(f"tile {number} of {len(tiles)}: {_name(tile)}")
            _kept(folder / _name(tile), lambda tile=tile: _tile(shore, baselines, claims, tile))
    progress("join the tiles and write")
    atoms = [atom for tile in _tiles(window) for atom in pickle.loads((folder / _name(tile)).read_bytes())]  # noqa: S301 - our own
    write(out, atoms, claims={code: row["sovereign"] for code, row in claims.items()}, window=window, step=TILE_DEG)


def _shore(work: Path, progress: Callable[[str], None]) -> Shore:
    """Read and label the coast, or take it as it was kept."""
    first = _stamp([TABLES / "labels.csv", *(Path(__file__).parent / f"zones_{name}.py" for name in ("coast", "names"))])
    work.mkdir(parents=True, exist_ok=True)
    return _kept(work / f"shore-{first}.pickle", lambda: read_shore(TABLES, progress))


def unlabelled(*, work: Path | None = None, progress: Callable[[str], None] = lambda _: None) -> list[tuple[float, float, str]]:
    """List the islands more than 10 km from any labelled one: longitude, latitude, and the owner of the nearest, which they got."""
    return sorted(_shore(work or WORK, progress).far, key=lambda island: (island[2], *island[:2]))


def _stamp(paths: list[Path]) -> str:
    """Hash what something is computed of: tables and program."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def _tiles(window: Bounds) -> list[Bounds]:
    """List the tiles of a window."""
    return [
        (float(west), float(south), float(west + TILE_DEG), float(south + TILE_DEG))
        for south in range(int(window[1]), int(window[3]), TILE_DEG)
        for west in range(int(window[0]), int(window[2]), TILE_DEG)
    ]


def _name(tile: Bounds) -> str:
    """Name the file of a tile."""
    return f"tile{tile[0]:+04.0f}{tile[1]:+03.0f}.pickle"


def _kept(path: Path, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is kept
    """Read what was computed before, or compute it and keep it."""
    if path.is_file():
        return pickle.loads(path.read_bytes())  # noqa: S301 - our own
    made = make()
    path.with_suffix(".new").write_bytes(pickle.dumps(made))
    path.with_suffix(".new").replace(path)
    return made


def _tile(shore: Shore, baselines: list[Baseline], claims: dict[str, dict[str, str]], tile: Bounds) -> list[Atom]:
    """Compute the zones of one tile."""
    coast = cut(shore, tile)
    shores = _shores(coast)
    lines, rules, inner = _land_lines(coast), [], waters(baselines, coast, tile)
    lines += shapely.boundary(np.array([area for _, area in inner], dtype=object)).tolist()
    if tile[1] >= ANTARCTIC_DEG and shores.all is not None:
        rules = read_rules(TABLES, coast, tile)
        lines += [*_sea_lines(coast, shores, claims, tile), *rule_lines(rules, coast, tile)]
    faces = _faces(lines, tile)
    return _thinned(_atoms(faces, _labels(faces, coast, _Names(shores, rules, claims, inner, tile))), tile)


def _shores(coast: Coast) -> Shores:
    """Index the shore points."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - build time only

    xyz = ecef(coast.lonlat)
    whole, some = coast.full.any(), len(xyz) > 0
    return Shores(KDTree(xyz) if some else None, coast.owner, KDTree(xyz[coast.full]) if whole else None, coast.owner[coast.full])


def _land_lines(coast: Coast) -> list[BaseGeometry]:
    """Draw shores and land borders: the edges of every piece of land, and of the lake that is called a sea."""
    lake = [] if coast.lake.is_empty else [coast.lake]
    return shapely.boundary(np.array([*coast.land, *lake], dtype=object)).tolist()


def _sea_lines(coast: Coast, shores: Shores, claims: dict[str, dict[str, str]], tile: Bounds) -> list[BaseGeometry]:
    """Draw equidistance lines and limits; islets without an EEZ have their own of the former within 12 nm."""
    lines = medians(coast.lonlat[coast.full], coast.owner[coast.full])
    if not coast.full.all():
        lines += medians(coast.lonlat, coast.owner)
        lines += limit(shores.full, TERRITORIAL_NM, tile) if shores.full is not None else []
    if shores.all is not None:
        lines += limit(shores.all, TERRITORIAL_NM, tile)
    if shores.full is not None:
        lines += limit(shores.full, CONTIGUOUS_NM, tile) + limit(shores.full, EEZ_NM, tile)
    for code in sorted(set(coast.owner.tolist())):
        breadths = {territorial_nm(claims[code]), number(claims[code]["contiguous_zone_nm"])}
        for breadth in sorted(breadths - {0, TERRITORIAL_NM, CONTIGUOUS_NM}):
            lines += limit(_own(coast, code), breadth, tile)
    return lines


def _own(coast: Coast, code: str) -> KDTree:
    """Index the shores of one owner."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - build time only

    return KDTree(ecef(coast.lonlat[coast.owner == code]))


def number(text: str) -> float:
    """Read a breadth in nautical miles; none is 0."""
    return float(text) if text else 0.0


def territorial_nm(claim: dict[str, str]) -> float:
    """Give the breadth at which a territorial sea is answered: the claim, but 12 nm at most, and 12 nm where we know of none."""
    return min(number(claim["territorial_sea_nm"]) or TERRITORIAL_NM, TERRITORIAL_NM)


def _faces(lines: list[BaseGeometry], tile: Bounds) -> list[shapely.Polygon]:
    """Cut the tile along all lines."""
    frame = shapely.box(*tile)
    parts = shapely.get_parts(shapely.clip_by_rect(np.array([frame.exterior, *lines], dtype=object), *tile)).tolist()
    noded = shapely.unary_union([frame.exterior, *(part for part in parts if part.length > 0)], grid_size=GRID_DEG)
    return shapely.get_parts(shapely.polygonize([noded])).tolist()


@dataclass(frozen=True)
class _Names:
    """What a face at sea is named by."""

    shores: Shores
    rules: list[Rule]
    claims: dict[str, dict[str, str]]
    inner: list[tuple[Baseline, BaseGeometry]]
    tile: Bounds


def _labels(faces: list[shapely.Polygon], coast: Coast, names: _Names) -> list[tuple[Row, ...]]:
    """Name every face by a point inside it: land, else by the nearest shore, how far it is, and the treaties."""
    inside = shapely.point_on_surface(np.array(faces, dtype=object))
    points = shapely.get_coordinates(inside)
    land = np.full(len(faces), "", dtype="U3")
    if coast.land:
        which, polygon = shapely.STRtree(coast.land).query(inside, predicate="intersects")
        land[which] = np.array(coast.land_owner)[polygon]
    if names.tile[1] < ANTARCTIC_DEG:
        wet = [(ANTARCTIC,)] * len(faces)
    else:
        shapely.prepare(coast.lake)
        lake = shapely.intersects(coast.lake, inside) if not coast.lake.is_empty else np.zeros(len(faces), dtype=bool)
        wet = [(CASPIAN,) if caspian else rows for caspian, rows in zip(lake.tolist(), _inner(points, names), strict=True)]
        land[lake] = ""
    held = [rule for rule in names.rules if rule.kind == "claim"]
    dry = [_ground(str(code), face, held, names.claims) if code else () for code, face in zip(land, faces, strict=True)]
    return [ground or rows for ground, rows in zip(dry, wet, strict=True)]


def _ground(code: str, face: shapely.Polygon, held: list[Rule], claims: dict[str, dict[str, str]]) -> tuple[Row, ...]:
    """Name land: an island or a territory that is claimed as a whole by all who claim it, what else there is by who draws its border."""
    for rule in held:
        if code in rule.given and shapely.covers(rule.area, face):
            return tuple(Row("land", who, rule.status, rule.basis, None) for who in _claimants(code, ";".join(rule.taken), claims))
    return (Row("land", code, "agreed", LAND_BASIS, None),)


def _inner(points: NDArray[np.float64], names: _Names) -> list[tuple[Row, ...]]:
    """Name points at sea, those inside a baseline by it."""
    rows = _wet(points, names)
    for line, area in names.inner:
        shapely.prepare(area)
        for number in np.flatnonzero(shapely.contains_xy(area, points)).tolist():
            if all(row.territory == line.territory for row in rows[number]):
                rows[number] = (Row(line.zone_type, line.territory, "unilateral", line.basis, None),)
    return rows


def _wet(points: NDArray[np.float64], names: _Names) -> list[tuple[Row, ...]]:
    """Name points at sea."""
    near, near_owner = _query(names.shores.all, names.shores.all_owner, points)
    far, far_owner = _query(names.shores.full, names.shores.full_owner, points)
    own, theirs = (_breadths(codes, names.claims) for codes in (near_owner, far_owner))
    outer = near > own
    # Beyond the territorial sea of an islet without an EEZ it is as if the islet were not there.
    bare = outer & (near < far)
    wide = np.where(bare, far > theirs, outer)
    owner, decided, rival = transferred(names.rules, points, np.where(outer, far_owner, near_owner), wide)
    # What lies beyond the territorial sea of the nearest shore is no territorial sea of whoever else it belongs to.
    distance = np.where(bare, far, np.where(outer, np.maximum(far, own + 1e-6), near))
    rule = [names.rules[number] if number >= 0 else None for number in decided.tolist()]
    claimants = [_claimants(code, other, names.claims) for code, other in zip(owner.tolist(), rival.tolist(), strict=True)]
    return [_rows(*face, names.claims) for face in zip(claimants, distance.tolist(), wide.tolist(), rule, strict=True)]


def _breadths(codes: NDArray[np.str_], claims: dict[str, dict[str, str]]) -> NDArray[np.float64]:
    """Give the breadth of the territorial sea of each owner, 0 where there is none."""
    breadth = {code: territorial_nm(claims[code]) for code in np.unique(codes).tolist() if code}
    return np.array([breadth.get(code, 0.0) for code in codes.tolist()])


def _claimants(code: str, rivals: str, claims: dict[str, dict[str, str]]) -> tuple[str, ...]:
    """List who claims a face: its owner first; a code that stands for a disputed group of islets claims nothing itself."""
    if not rivals:
        return (code,)
    return tuple(dict.fromkeys((*((code,) if claims[code]["sovereign"] else ()), *rivals.split(";"))))


def _query(tree: KDTree | None, owner: NDArray[np.str_], points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Give the distance (nm) and the owner of the nearest shore; none is infinitely far."""
    if tree is None:
        return np.full(len(points), np.inf), np.full(len(points), "", dtype="U3")
    distance, nearest = tree.query(ecef(points))
    return distance / METRES_PER_NM, owner[nearest]


def _rows(
    claimants: tuple[str, ...], distance_nm: float, wide: bool, rule: Rule | None, claims: dict[str, dict[str, str]]  # noqa: FBT001
) -> tuple[Row, ...]:
    """Say which zones hold a face at sea: by who claims it, how far its nearest shore is, and the treaty or dispute, if any."""
    status, basis = (rule.status, rule.basis) if rule else (MEDIAN, MEDIAN_BASIS)
    if distance_nm > EEZ_NM:
        return (HIGH_SEAS,)
    if not wide:
        return tuple(Row("territorial_sea", code, status, basis, None) for code in claimants)
    holders = rule.taken if rule and rule.joint else claimants
    zones = [_eez(code, claims[code], status, basis) for code in holders]
    beside = [code for code in claimants if distance_nm <= number(claims[code]["contiguous_zone_nm"]) and not (rule and rule.joint)]
    return (*(Row("contiguous_zone", code, status, basis, None) for code in beside), *zones)


def _eez(owner: str, claim: dict[str, str], status: str, basis: str) -> Row:
    """Name an EEZ. UNCLOS Article 3: a wider territorial sea is kept as claimed, but answered as a disputed EEZ."""
    breadth = number(claim["territorial_sea_nm"])
    if breadth > TERRITORIAL_NM:
        return Row("eez", owner, "disputed", f"territorial sea of {breadth:g} nm claimed; UNCLOS Article 3 allows 12", breadth)
    if status == MEDIAN and not claim["eez_nm"]:
        return Row("eez", owner, "unproclaimed", f"{basis}; no zone beyond the territorial sea is listed in our source of claims", None)
    return Row("eez", owner, status, basis, None)


def _atoms(faces: list[shapely.Polygon], labels: list[tuple[Row, ...]]) -> list[Atom]:
    """Join the faces that the same zones hold."""
    groups = defaultdict(list)
    for face, label in zip(faces, labels, strict=True):
        groups[label].append(face)
    return [Atom(label, shapely.coverage_union_all(groups[label])) for label in sorted(groups, key=repr)]


def _thinned(atoms: list[Atom], tile: Bounds) -> list[Atom]:
    """Thin all areas together: a degree of longitude counts as what it is worth in the middle of the tile."""
    scale = np.array([np.cos(np.radians((tile[1] + tile[3]) / 2)), 1.0])
    flat = shapely.transform(np.array([atom.area for atom in atoms], dtype=object), lambda xy: xy * scale)
    thin = shapely.transform(shapely.coverage_simplify(flat, SIMPLIFY_DEG), lambda xy: np.round(xy / scale, 5))
    return [Atom(atom.rows, area) for atom, area in zip(atoms, thin, strict=True)]


def main() -> None:
    """Build the layer, or some of its tiles, as the command line says."""
    parser = argparse.ArgumentParser(description="Compute the zone layer of the world, tile by tile.")
    parser.add_argument("--out", type=Path, default=TABLES / "zones", help="folder of the layer (default: the committed one)")
    window = "west south east north, whole tiles of 30 degrees (default: the world)"
    parser.add_argument("--window", type=float, nargs=4, default=WORLD, metavar="DEG", help=window)
    parser.add_argument("--islands", type=Path, metavar="FILE", help="only list, as CSV, the islands that got the owner of the nearest")
    options = parser.parse_args()
    os.nice(5)
    if options.islands:
        islands = unlabelled(progress=_say)
        options.islands.write_text("".join(f"{lon},{lat},{owner}\n" for lon, lat, owner in [("lon", "lat", "owner"), *islands]))
        _say(f"{len(islands):,} islands: {options.islands}")
        return
    build(options.out, window=tuple(options.window), progress=_say)


def _say(text: str) -> None:
    """Tell what is being done."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
