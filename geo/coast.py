"""Say land or sea, how far the shore is and whose it is, from the built coast lookup. Columns are mapped, so little is read.

The shore is GSHHG thinned to about 300 m.

>>> is_land([-66.9, -68.2], [10.4, 12.9]).tolist()
[True, False]
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo import settings
from geo.areas import pair
from geo.layers import open_layer

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

Bounds = tuple[float, float, float, float]

_UNITS_PER_DEG = 100_000
_AXIS_M, _E2 = 6378137.0, 0.0066943799901413165
_RADIUS_M = 6371008.8
_M_PER_DEG = 111_700.0
_KM_PER_DEG = 111.2
_CHUNK = 2_000_000


@dataclass(frozen=True)
class _Lookup:
    """The mapped columns of the lookup, and what its manifest says of them."""

    owners: tuple[str, ...]
    tile_deg: int
    cell_deg: float
    columns: dict[str, NDArray[Any]]


def is_land(longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.bool_]:
    """Say which points (WGS84 degrees, scalars or sequences) lie on land; a shore and a lake are land.

    >>> bool(is_land(-58.4, -34.6)[0])
    True

    """
    lons, lats = pair(longitudes, latitudes)
    # A hair's breadth off the side of a tile must not fall between two tiles.
    lons, lats = np.round(lons, 9), np.round(lats, 9)
    answer = np.zeros(len(lons), dtype=bool)
    for tile, rows in _groups(_tile(lons, lats)):
        for polygon, _ in _tile_land(tile):
            rest = rows[~answer[rows]]
            answer[rest] = shapely.intersects_xy(polygon, lons[rest], lats[rest])
    return answer


def distance_to_coast_nm(longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.float64]:
    """Give the distance to the nearest shore in nautical miles over the ellipsoid, 0 on land.

    >>> float(distance_to_coast_nm(-66.9, 10.4)[0])
    0.0

    """
    lons, lats = pair(longitudes, latitudes)
    distance = _nearest(lons, lats)[0]
    distance[is_land(lons, lats)] = 0.0
    return distance


def nearest_shore(longitude: float, latitude: float) -> tuple[str | None, float, float, float]:
    """Give the owner (ISO 3166-1 alpha-3), longitude, latitude and distance (nm) of the nearest shore; seen from land too.

    The owner is null where ISO codes none.

    >>> nearest_shore(-68.2, 12.9)[0]
    'BES'

    """
    distance, points, owner = _nearest(np.array([longitude]), np.array([latitude]))
    code = _lookup().owners[int(owner[0])]
    return code or None, float(points[0, 0]), float(points[0, 1]), float(distance[0])


def distance_nm(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the distance between points (n, 2) in nautical miles: the chord, bent to the length of its arc.

    Within 0.01 % of the geodesic up to 1,000 nm, and within 0.3 % across the world.

    >>> round(float(distance_nm(np.array([[0.0, 0.0]]), np.array([[0.0, 1.0]]))[0]), 1)
    59.7

    """
    return _arc_nm(np.linalg.norm(_ecef(one) - _ecef(other), axis=-1))


def land(bounds: Bounds) -> BaseGeometry:
    """Give the land inside a box (west, south, east, north) as one geometry, empty where there is none.

    >>> land((-31.0, 20.0, -30.0, 21.0)).is_empty
    True

    """
    pieces = [polygon for tile in _tiles_of(bounds) for polygon, _ in _tile_land(tile) if shapely.intersects(polygon, shapely.box(*bounds))]
    return shapely.clip_by_rect(shapely.unary_union(pieces), *bounds) if pieces else shapely.Polygon()


def inland(bounds: Bounds, *, behind_km: float, detail_deg: float) -> BaseGeometry:
    """Give the land inside a box that lies farther than so many km behind its shore, drawn as finely as `detail_deg`.

    >>> inland((-67.0, 9.0, -66.0, 10.0), behind_km=5.0, detail_deg=0.01).area > 0.9
    True

    """
    scale = np.array([max(0.1, np.cos(np.radians((bounds[1] + bounds[3]) / 2))), 1.0])
    plain = shapely.unary_union([tile for number in _tiles_of(bounds) if not (tile := _plain_land(number, detail_deg)).is_empty])
    # Thinned tiles may gape a little where they meet: closed first, then taken in.
    gap = 1.5 * detail_deg
    inner = shapely.transform(plain, lambda c: c * scale).buffer(gap, quad_segs=2).buffer(-gap - behind_km / _KM_PER_DEG, quad_segs=2)
    return shapely.clip_by_rect(shapely.transform(inner, lambda c: c / scale), *bounds)


@lru_cache(maxsize=2048)
def _plain_land(tile: int, detail_deg: float) -> BaseGeometry:
    """Give the land of a tile as one geometry with no more detail than asked for, without the islets that this would not show."""
    parts = shapely.get_parts(shapely.unary_union([polygon for polygon, _ in _tile_land(tile)]))
    return shapely.simplify(shapely.MultiPolygon(list(parts[shapely.area(parts) > detail_deg**2])), detail_deg / 2)


def clip_to_sea(geometry: BaseGeometry) -> BaseGeometry:
    """Take the land out of a geometry; what is left may be empty.

    >>> clip_to_sea(shapely.box(-67.0, 9.0, -66.0, 10.0)).is_empty
    True

    """
    if geometry.is_empty:
        return geometry
    return shapely.difference(geometry, land(_padded(geometry.bounds)))


def clip_to_land(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the land of a geometry; what is left may be empty.

    >>> clip_to_land(shapely.box(-31.0, 20.0, -30.0, 21.0)).is_empty
    True

    """
    if geometry.is_empty:
        return geometry
    return shapely.intersection(geometry, land(_padded(geometry.bounds)))


def _padded(bounds: Bounds) -> Bounds:
    """Widen a box a little, so that what is cut off at its edge is not the geometry's own edge."""
    return bounds[0] - 0.01, bounds[1] - 0.01, bounds[2] + 0.01, bounds[3] + 0.01


@lru_cache(maxsize=1)
def _lookup() -> _Lookup:
    """Open the lookup; its columns stay on disk until they are read."""
    found = open_layer("coast")
    names = [name.removesuffix(".npy") for name in found.manifest["files"]]
    columns = {name: np.load(found.path / f"{name}.npy", mmap_mode="r") for name in names}
    return _Lookup(tuple(found.manifest["owners"]), found.manifest["tile_deg"], found.manifest["cell_deg"], columns)


def _groups(keys: NDArray[np.intp]) -> list[tuple[int, NDArray[np.intp]]]:
    """Give each key with the rows that have it."""
    order = np.argsort(keys, kind="stable")
    values, starts = np.unique(keys[order], return_index=True)
    return list(zip(values.tolist(), np.split(order, starts[1:]), strict=True)) if len(values) else []


def _tile(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.intp]:
    """Give the number of the tile of each point."""
    size = _lookup().tile_deg
    column = np.floor((lons + 180) / size).clip(0, 360 // size - 1)
    row = np.floor((lats + 90) / size).clip(0, 180 // size - 1)
    return np.asarray(row * (360 // size) + column).astype(np.intp)


def _tiles_of(bounds: Bounds) -> list[int]:
    """List the tiles that a box touches."""
    size = _lookup().tile_deg
    columns = np.arange(np.floor(bounds[0] / size) * size, bounds[2] + size, size)
    rows = np.arange(np.floor(bounds[1] / size) * size, bounds[3] + size, size)
    x, y = np.meshgrid(columns + size / 2, rows + size / 2)
    keep = (np.abs(x) < 180) & (np.abs(y) < 90)
    return [int(tile) for tile in np.unique(_tile(x[keep], y[keep]))]


@lru_cache(maxsize=512)
def _tile_land(tile: int) -> tuple[tuple[shapely.Polygon | shapely.MultiPolygon, str], ...]:
    """Build the land polygons of a tile, prepared for many questions, each with its owner."""
    lookup = _lookup()
    column = lookup.columns
    first, last = (int(value) for value in column["tile_starts"][tile : tile + 2])
    if first == last:
        return ()
    polygons = np.asarray(column["land_polygons"][first : last + 1], dtype=np.int64)
    rings = np.asarray(column["land_rings"][polygons[0] : polygons[-1] + 1], dtype=np.int64)
    points = np.asarray(column["land_points"][rings[0] : rings[-1]]) / _UNITS_PER_DEG
    shapes = shapely.from_ragged_array(shapely.GeometryType.POLYGON, points, (rings - rings[0], polygons - polygons[0]))
    # Rounding to the stored unit can make a ring cross itself, and set operations refuse that.
    crossed = ~shapely.is_valid(shapes)
    shapes[crossed] = shapely.make_valid(shapes[crossed], method="structure")
    shapely.prepare(shapes)
    return tuple(zip(shapes, (lookup.owners[owner] for owner in column["land_owner"][first:last].tolist()), strict=True))


def _ecef(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn degrees into earth-centred metres."""
    lon, lat = np.radians(lonlat[..., 0]), np.radians(lonlat[..., 1])
    n = _AXIS_M / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    return np.stack([n * np.cos(lat) * np.cos(lon), n * np.cos(lat) * np.sin(lon), n * (1 - _E2) * np.sin(lat)], axis=-1)


def _length(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the lengths of vectors (n, 3): several times as fast as a norm, which sums along rows of three."""
    x, y, z = vectors.T
    return np.asarray(np.sqrt(x * x + y * y + z * z))


def _arc_nm(chord_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bend chords to arcs, in nautical miles."""
    arc = 2 * _RADIUS_M * np.arcsin(np.clip(chord_m / (2 * _RADIUS_M), 0, 1))
    return np.asarray(arc / (settings.KM_PER_NM * 1000))


@lru_cache(maxsize=1)
def _cells() -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """List the cells that hold shore: number, middle, one shore point (earth-centred metres), reach of shore from the middle (m)."""
    lookup = _lookup()
    size = lookup.cell_deg
    starts = lookup.columns["cell_starts"]
    used = np.flatnonzero(np.diff(starts))
    wide = round(360 / size)
    middle = np.stack([used % wide * size - 180 + size / 2, used // wide * size - 90 + size / 2], axis=1)
    shore = np.asarray(lookup.columns["segments"][starts[used], 0]) / _UNITS_PER_DEG
    # Half the diagonal, and half the longest segment, which may stick out.
    half_lat = size / 2 + 0.13
    reach = _M_PER_DEG * np.hypot(half_lat, half_lat * np.cos(np.radians(np.abs(middle[:, 1]) - size / 2).clip(0)))
    return used, _ecef(middle), _ecef(shore), reach


@lru_cache(maxsize=4096)
def _shore(cell: int) -> tuple[NDArray[np.float64], NDArray[np.uint16]]:
    """Give the shore segments of a cell (n, 2, 2), in degrees, and the numbers of their owners."""
    column = _lookup().columns
    first, last = (int(value) for value in column["cell_starts"][cell : cell + 2])
    return np.asarray(column["segments"][first:last]) / _UNITS_PER_DEG, np.asarray(column["segment_owner"][first:last])


def _nearest(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.uint16]]:
    """Find the nearest shore of each point: distance (nm), position and owner's number. Points of a quarter degree share the search."""
    distance, points, owner = np.empty(len(lons)), np.empty((len(lons), 2)), np.empty(len(lons), dtype=np.uint16)
    key = np.floor((lats + 90) * 4).astype(np.intp) * 1440 + np.floor((lons + 180) * 4).astype(np.intp)
    for _, rows in _groups(key):
        here = np.stack([lons[rows], lats[rows]], axis=1)
        segments, whose = _candidates(here)
        size = max(1, _CHUNK // len(segments))
        for start in range(0, len(rows), size):
            part = slice(start, start + size)
            distance[rows[part]], points[rows[part]], best = _closest(here[part], segments)
            owner[rows[part]] = whose[best]
    return distance, points, owner


def _candidates(here: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.uint16]]:
    """Gather the segments of every cell that may hold the nearest shore of some neighbouring points."""
    cells, middles, shores, reach = _cells()
    centre = (here.min(axis=0) + here.max(axis=0)) / 2
    spread = float(_length(_ecef(here) - _ecef(centre)).max())
    chord = _length(middles - _ecef(centre))
    # No nearest shore is farther than the nearest of the known shore points, so cells whose near side is farther are out.
    farthest = _length(shores - _ecef(centre)).min() + 2 * spread
    keep = chord - reach <= farthest
    found = [_shore(cell) for cell in cells[keep].tolist()]
    return np.concatenate([segments for segments, _ in found]), np.concatenate([owner for _, owner in found])


def _closest(here: NDArray[np.float64], segments: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """Find the nearest place on some segments for each point, by chords in earth-centred metres."""
    a, b = _ecef(segments[:, 0]), _ecef(segments[:, 1])
    along, at = b - a, _ecef(here)
    square = np.maximum((along**2).sum(axis=1), 1e-9)
    share = ((at @ along.T - (a * along).sum(axis=1)) / square).clip(0, 1)
    # |p - a - t d|^2 written out: three matrix products instead of an array of n x m points. Metres from the middle of the
    # points keep the digits that squares of earth radii would lose.
    origin = at.mean(axis=0)
    p, q = at - origin, a - origin
    offset = p @ along.T - (q * along).sum(axis=1)
    squares = (p**2).sum(axis=1)[:, None] + (q**2).sum(axis=1) - 2 * p @ q.T - 2 * share * offset + share**2 * square
    best = squares.argmin(axis=1)
    t = share[np.arange(len(here)), best][:, None]
    nearest = segments[best, 0] * (1 - t) + segments[best, 1] * t
    return distance_nm(here, nearest), nearest, best
