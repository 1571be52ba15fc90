"""Draw the shapes of relative places on the WGS84 ellipsoid: disc, sector, wedge, band, corridor, part of an area.

Distances are geodesic and in kilometres, bearings are degrees clockwise from true north. Shapes that cross the 180th meridian
come back as two polygons within -180..180.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry import GeometryCollection, LineString, Polygon, box

from geo import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from pyproj import Geod
    from shapely.geometry.base import BaseGeometry

    _Change = Callable[[NDArray[np.float64]], NDArray[np.float64]]

_ARC_DEG = 5.0
_FULL_TURN = 360.0
_DATE_LINE = 180.0
_POLE = 89.9
_COMPACT_DEG = 25.0


@lru_cache(maxsize=1)
def ellipsoid() -> Geod:
    """Give the WGS84 ellipsoid."""
    from pyproj import Geod  # noqa: PLC0415 - 0.1 s, and only a shape needs it

    return Geod(ellps="WGS84")


def destination(longitude: float, latitude: float, *, bearing_deg: float, distance_km: float) -> tuple[float, float]:
    """Give the longitude and latitude reached along a geodesic.

    >>> [round(v, 3) for v in destination(0.0, 0.0, bearing_deg=90.0, distance_km=111.32)]
    [1.0, 0.0]
    """
    lon, lat, _ = ellipsoid().fwd(longitude, latitude, bearing_deg, distance_km * 1000)
    return float(lon), float(lat)


def distance_km(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Measure the geodesic between two (longitude, latitude) pairs.

    >>> round(distance_km((-66.9, 10.5), (-69.97, 12.52)))
    403
    """
    return float(ellipsoid().inv(*first, *second)[2]) / 1000


def bearing_deg(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Give the bearing at the first (longitude, latitude) towards the second, 0 to 360."""
    return float(ellipsoid().inv(*first, *second)[0]) % _FULL_TURN


def disc(longitude: float, latitude: float, *, radius_km: float) -> BaseGeometry:
    """Draw the disc around a point.

    >>> round(disc(-70.0, 12.5, radius_km=10.0).bounds[3], 2)
    12.59
    """
    bearings = np.arange(0.0, _FULL_TURN, _ARC_DEG)
    return _polygon(*_reach(longitude, latitude, bearings, radius_km), longitude)


def sector(longitude: float, latitude: float, *, bearing_deg: float, half_width_deg: float, low_km: float, high_km: float) -> BaseGeometry:
    """Draw the part of the ring between two distances that lies around a bearing.

    A half width of 180 or more gives the whole ring; a low distance of 0 gives a wedge.

    >>> sector(0.0, 0.0, bearing_deg=0.0, half_width_deg=22.5, low_km=80.0, high_km=90.0).bounds[1] > 0.6
    True
    """
    if half_width_deg >= _FULL_TURN / 2:
        ring = disc(longitude, latitude, radius_km=high_km)
        return ring.difference(disc(longitude, latitude, radius_km=low_km)) if low_km > 0 else ring
    steps = max(2, int(2 * half_width_deg / 2.5) + 1)
    bearings = np.linspace(bearing_deg - half_width_deg, bearing_deg + half_width_deg, steps)
    outer = _reach(longitude, latitude, bearings, high_km)
    inner = _reach(longitude, latitude, bearings[::-1], low_km) if low_km > 0 else (np.array([longitude]), np.array([latitude]))
    return _polygon(np.concatenate([outer[0], inner[0]]), np.concatenate([outer[1], inner[1]]), longitude)


def wedge(longitude: float, latitude: float, *, bearing_deg: float, half_width_deg: float, length_km: float) -> BaseGeometry:
    """Draw the wedge from a point towards a bearing.

    >>> wedge(0.0, 0.0, bearing_deg=90.0, half_width_deg=22.5, length_km=150.0).bounds[0]
    0.0
    """
    return sector(longitude, latitude, bearing_deg=bearing_deg, half_width_deg=half_width_deg, low_km=0.0, high_km=length_km)


def band(geometry: BaseGeometry, *, low_km: float, high_km: float) -> BaseGeometry:
    """Draw what lies between two distances from a geometry, on its outside (0 as the low distance keeps the inside).

    Each part is buffered in an azimuthal equidistant projection about its own middle: true within 2 % up to 20 degrees from there.

    >>> from shapely.geometry import Point
    >>> round(band(Point(-70.0, 12.5), low_km=10.0, high_km=20.0).area, 3)
    0.077
    """
    outer = _grow(geometry, high_km)
    return outer.difference(_grow(geometry, low_km)) if low_km > 0 else outer


def corridor(first: tuple[float, float], second: tuple[float, float], *, width_km: float) -> BaseGeometry:
    """Draw the corridor of a width along the geodesic between two (longitude, latitude) pairs, with round ends.

    >>> corridor((0.0, 0.0), (2.0, 0.0), width_km=25.0).covers(shapely.Point(1.0, 0.0))
    True
    """
    return _grow(_geodesic(first, second), width_km / 2)


def line(first: tuple[float, float], second: tuple[float, float]) -> BaseGeometry:
    """Draw the geodesic between two (longitude, latitude) pairs.

    >>> line((179.0, 0.0), (-179.0, 0.0)).geom_type
    'MultiLineString'
    """
    return within_world(_geodesic(first, second))


def _geodesic(first: tuple[float, float], second: tuple[float, float]) -> BaseGeometry:
    """Give the geodesic as a line of points some 50 km apart, whose longitudes run on over 180 degrees."""
    count = max(2, int(distance_km(first, second) / 50))
    points = np.array([first, *ellipsoid().npts(*first, *second, count), second])
    points[:, 0] = first[0] + (points[:, 0] - first[0] + _DATE_LINE) % _FULL_TURN - _DATE_LINE
    return shapely.LineString(points)


def part(area: BaseGeometry, *, bearing_deg: float) -> BaseGeometry:
    """Cut out the part of an area towards a wind: its half towards a main wind, its quarter-like corner between two.

    >>> part(box(0, 0, 4, 4), bearing_deg=180.0).bounds
    (0.0, 0.0, 4.0, 2.0)
    """
    west, south, east, north = area.bounds
    east_part, north_part = np.sin(np.radians(bearing_deg)), np.cos(np.radians(bearing_deg))
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    weak = 0.3  # a component below this is no direction: "south" cuts no east or west
    window = box(
        middle_x if east_part > weak else west,
        middle_y if north_part > weak else south,
        middle_x if east_part < -weak else east,
        middle_y if north_part < -weak else north,
    )
    cut = area.intersection(window)
    return area if cut.is_empty else cut


def radius_km(geometry: BaseGeometry, longitude: float, latitude: float) -> float:
    """Give the distance from a point to the farthest corner of a geometry: the radius that holds it whole."""
    corners = shapely.get_coordinates(shapely.convex_hull(geometry))
    if not len(corners):
        return 0.0
    here = np.full(len(corners), longitude), np.full(len(corners), latitude)
    return float(np.max(ellipsoid().inv(*here, corners[:, 0], corners[:, 1])[2])) / 1000


def _reach(
    longitude: float, latitude: float, bearings: NDArray[np.float64], distance: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the points at a distance (km) along many bearings."""
    count = len(bearings)
    lons, lats, _ = ellipsoid().fwd(np.full(count, longitude), np.full(count, latitude), bearings, np.full(count, distance * 1000))
    return np.asarray(lons), np.asarray(lats)


def _polygon(lons: NDArray[np.float64], lats: NDArray[np.float64], about: float) -> BaseGeometry:
    """Make a valid polygon of points given around a longitude, and cut it at the 180th meridian."""
    unwrapped = about + (lons - about + _DATE_LINE) % _FULL_TURN - _DATE_LINE
    ring = np.column_stack([unwrapped, np.clip(lats, -_POLE, _POLE)])
    if np.abs(np.diff(unwrapped, append=unwrapped[0])).max() > _DATE_LINE:
        ring = _around(np.vstack([ring, ring[0]]))
    shape = Polygon(ring)
    return within_world(shape if shape.is_valid else shapely.make_valid(shape))


def as_they_lie(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Read shapes that a projection turned into degrees as they lie on the globe: those whose ends came back on either side of the world.

    >>> as_they_lie(np.array([Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)]), None], dtype=object))[0].area
    2.0
    """
    west, _, east, _ = shapely.bounds(shapes).T
    read = shapes.copy()
    for row in np.flatnonzero(np.isfinite(west) & np.isfinite(east) & (east - west > _DATE_LINE)):
        read[row] = unrolled(shapes[row])
    return read


def unrolled(geometry: BaseGeometry) -> BaseGeometry:
    """Read a reprojected shape as it lies on the globe: what crosses the 180th meridian is cut there, what holds a pole reaches up to it.

    >>> unrolled(Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)])).area
    2.0
    >>> unrolled(Polygon([(0, 80), (90, 80), (180, 80), (-90, 80)])).area
    3600.0
    """
    if isinstance(geometry, Polygon):
        shell, *holes = (Polygon(_around(shapely.get_coordinates(ring))) for ring in (geometry.exterior, *geometry.interiors))
        # Each ring is brought home by itself: a hole may have been unrolled the other way round the globe.
        solid, *gaps = (within_world(ring if ring.is_valid else shapely.make_valid(ring)) for ring in (shell, *holes))
        return shapely.difference(solid, shapely.union_all(gaps))
    if isinstance(geometry, LineString):
        return within_world(LineString(np.column_stack([np.unwrap(geometry.coords.xy[0], period=_FULL_TURN), geometry.coords.xy[1]])))
    if isinstance(geometry, GeometryCollection):
        return GeometryCollection([unrolled(part) for part in geometry.geoms])
    if hasattr(geometry, "geoms"):
        return shapely.union_all([unrolled(part) for part in geometry.geoms])
    return geometry


def _around(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unroll a closed ring; one that goes round a pole is closed along the pole."""
    lons, lats = np.unwrap(ring[:, 0], period=_FULL_TURN), ring[:, 1]
    around = np.column_stack([lons, lats])
    if abs(lons[-1] - lons[0]) < _DATE_LINE:
        return around
    pole = np.copysign(90.0, lats.mean())
    return np.vstack([around, [(lons[-1], pole), (lons[0], pole), around[0]]])


def within_world(geometry: BaseGeometry) -> BaseGeometry:
    """Bring what runs past 180 degrees east or west back into -180..180, as parts (RFC 7946, 3.1.9).

    >>> within_world(box(179, 0, 182, 1)).bounds
    (-180.0, 0.0, 180.0, 1.0)
    """
    west, _, east, _ = geometry.bounds
    if west >= -_DATE_LINE and east <= _DATE_LINE:
        return geometry
    parts = []
    for turn in (-_FULL_TURN, 0.0, _FULL_TURN):
        moved = shapely.affinity.translate(geometry, turn)
        parts.append(moved.intersection(box(-_DATE_LINE, -90.0, _DATE_LINE, 90.0)))
    return shapely.union_all(parts)


def _grow(geometry: BaseGeometry, distance: float) -> BaseGeometry:
    """Buffer by a distance in km: a compact geometry in one projection, a wide one part by part, each in its own."""
    west, south, east, north = geometry.bounds
    parts = [geometry] if max(east - west, north - south) < _COMPACT_DEG else shapely.get_parts(geometry)
    return within_world(shapely.union_all([_grow_part(p, distance) for p in parts]))


def _grow_part(geometry: BaseGeometry, distance: float) -> BaseGeometry:
    """Buffer one part about its middle."""
    west, south, east, north = geometry.bounds
    there, back = _projection((west + east) / 2, (south + north) / 2)
    # Thinned by a twentieth of the distance first: a coast of thousands of points is not needed for a band of tens of kilometres.
    plain = shapely.simplify(shapely.transform(geometry, there), distance * 50)
    grown = shapely.transform(plain.buffer(distance * 1000, quad_segs=6), back)
    middle = (west + east) / 2
    turned = shapely.transform(
        grown, lambda c: np.column_stack([middle + (c[:, 0] - middle + _DATE_LINE) % _FULL_TURN - _DATE_LINE, c[:, 1]])
    )
    return turned if turned.is_valid else shapely.make_valid(turned)


def _projection(longitude: float, latitude: float) -> tuple[_Change, _Change]:
    """Give functions on coordinate arrays into an azimuthal equidistant plane (metres) and back.

    On the sphere of the mean radius: within 0.6 % of the ellipsoid, a hundredth of the slack that any band has.
    Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395), equations 25-2 to 25-4 and 20-14, 20-15.
    """
    lon0, lat0, radius = np.radians(longitude), np.radians(latitude), settings.EARTH_RADIUS_KM * 1000

    def there(c: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = np.radians(c[:, 0]) - lon0, np.radians(c[:, 1])
        angle = np.arccos(np.clip(np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(lon), -1.0, 1.0))
        scale = radius * np.where(angle < 1e-9, 1.0, angle / np.maximum(np.sin(angle), 1e-12))
        y = np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(lon)
        return np.column_stack([scale * np.cos(lat) * np.sin(lon), scale * y])

    def back(c: NDArray[np.float64]) -> NDArray[np.float64]:
        rho = np.maximum(np.hypot(c[:, 0], c[:, 1]), 1e-9)
        angle = rho / radius
        lat = np.arcsin(np.clip(np.cos(angle) * np.sin(lat0) + c[:, 1] * np.sin(angle) * np.cos(lat0) / rho, -1.0, 1.0))
        lon = lon0 + np.arctan2(c[:, 0] * np.sin(angle), rho * np.cos(lat0) * np.cos(angle) - c[:, 1] * np.sin(lat0) * np.sin(angle))
        return np.column_stack([np.degrees(lon), np.degrees(lat)])

    return there, back
