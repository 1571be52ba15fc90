"""Draw what a text says in relation to a place: so far in a direction, off its coast, near it, between two, on the way.

Every shape comes with the point that stands for it, the radius that holds it, and the words that say how it came about. Widths are in
`geo.settings`, with the share of true positions that each held when measured.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shapely.geometry import LineString, Point
from shapely.ops import nearest_points

from geo import settings, shapes

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.model import Method, Offset, Place


_MARGIN_DEG = 0.3
_DETAILS_DEG = (0.01, 0.04, 0.16)


class Shape(NamedTuple):
    """A geometry on its way into a match: its method, its point if it has one, how it came about, and what share it held."""

    method: Method
    geometry: BaseGeometry
    point: tuple[float, float] | None
    uncertainty_km: float | None
    reason: str
    coverage: float | None = None


class Ground(NamedTuple):
    """A place to draw from: its area if it has one, and whether the report's things are at sea."""

    place: Place
    area: BaseGeometry | None
    at_sea: bool

    @property
    def middle(self) -> tuple[float, float]:
        """Give the point that stands for the place."""
        return self.place.longitude, self.place.latitude

    @property
    def radius_km(self) -> float:
        """Give the radius of the disc that holds the place."""
        return extent_km(self.place) if self.area is None else shapes.radius_km(self.area, *self.middle)


def extent_km(place: Place) -> float:
    """Give the radius of the disc that holds a place: its own, or a guess from its population.

    >>> from geo.gazetteer import open_gazetteer
    >>> extent_km(open_gazetteer().lookup("Oranjestad")[0])
    2.0
    """
    if place.extent_km:
        return place.extent_km
    radius = math.sqrt(place.population / (math.pi * settings.CITY_DENSITY_KM2))
    return min(settings.CITY_EXTENT_MAX_KM, max(settings.CITY_EXTENT_KM, radius))


def draw(offset: Offset, ground: Ground, other: Ground | None = None) -> Shape | None:
    """Draw the shape of a relation to a place, or to two; null where the text gives a part of what has no parts, or one end of a way."""
    if offset.method == "region_polygon":
        return _part(offset, ground)
    if offset.method in {"between", "line"}:
        return None if other is None else _between(ground, other) if offset.method == "between" else _way(ground, other)
    if offset.method == "bearing_offset":
        return _bearing(offset, ground)
    if offset.method == "direction_only":
        return _direction(offset, ground)
    return around(offset, ground)


@lru_cache(maxsize=1024)
def sea(geometry: BaseGeometry, *, at_sea: bool, port: tuple[float, float] | None = None) -> BaseGeometry:
    """Keep the part of a shape that is sea, with a little of the shore, if the thing is at sea and there is any.

    Where a `port` is given the shore runs as far inland as it lies, and what lies about it is kept: ships lie up rivers and creeks, which
    no coast data show.
    """
    if not at_sea or geometry.is_empty:
        return geometry
    from geo import coast  # noqa: PLC0415 - the coast is read only for shapes at sea

    west, south, east, north = geometry.bounds
    box = west - _MARGIN_DEG, max(-90.0, south - _MARGIN_DEG), east + _MARGIN_DEG, min(90.0, north + _MARGIN_DEG)
    detail = next((d for d in _DETAILS_DEG if d > max(east - west, north - south) / 80), _DETAILS_DEG[-1])
    slack = settings.SHORE_SLACK_KM
    if port is not None:
        slack = max(settings.HARBOUR_SLACK_KM, behind_shore_km(*port))
    dry = coast.inland(box, behind_km=slack, detail_deg=detail)
    wet = geometry.difference(dry)
    if port is not None:
        wet = wet.union(geometry.intersection(shapes.disc(*port, radius_km=settings.HARBOUR_KM)))
    return geometry if wet.is_empty else wet


@lru_cache(maxsize=4096)
def behind_shore_km(longitude: float, latitude: float) -> float:
    """Give how far a place lies behind the shore, 0 at sea."""
    from geo import coast  # noqa: PLC0415 - the coast is read only for shapes at sea

    return coast.nearest_shore(longitude, latitude)[3] * settings.KM_PER_NM if coast.is_land(longitude, latitude)[0] else 0.0


def _part(offset: Offset, ground: Ground) -> Shape | None:
    """Cut out the part of an area that is named."""
    if ground.area is None or offset.bearing_deg is None:
        return None
    part = shapes.part(ground.area, bearing_deg=offset.bearing_deg)
    return Shape("region_polygon", part, None, None, f"the part of {ground.place.name} that is named", settings.COVERAGE["region_polygon"])


def _between(first: Ground, second: Ground) -> Shape:
    """Draw the corridor between two places."""
    length = shapes.distance_km(first.middle, second.middle)
    width = max(settings.BETWEEN_MIN_WIDTH_KM, length / 4)
    corridor = sea(shapes.corridor(first.middle, second.middle, width_km=width), at_sea=first.at_sea)
    return _with_point("between", corridor, f"a corridor of {width:.0f} km between {first.place.name} and {second.place.name}")


def _way(first: Ground, second: Ground) -> Shape:
    """Draw the line from where a voyage starts to where it ends: it happened somewhere on the way, if at all near it."""
    line = shapes.line(first.middle, second.middle)
    return Shape("line", line, None, None, f"the way from {first.place.name} to {second.place.name}, as the crow flies")


def _bearing(offset: Offset, ground: Ground) -> Shape:
    """Draw a stated distance and bearing: a disc when near, else part of a ring; from a large place, its edge is what counts."""
    low, high = offset.distance_low_km or 0.0, offset.distance_high_km or 0.0
    middle, bearing, radius = (low + high) / 2, offset.bearing_deg or 0.0, ground.radius_km
    held = settings.COVERAGE[f"bearing_offset {sum(middle >= edge for edge in settings.OFFSET_CLASSES_KM)}"]
    target = shapes.destination(*_start(ground, bearing), bearing_deg=bearing, distance_km=middle)
    if ground.area is not None and radius > max(settings.LARGE_ANCHOR_KM, middle / 2):
        edge = _from_edge(offset, ground)
        return _about("bearing_offset", edge.geometry, _inside(edge.geometry, target), edge.reason, held)
    if middle < settings.OFFSET_DISC_BELOW_KM:
        size = settings.OFFSET_DISC_RADIUS_KM + radius / 2
        disc = sea(shapes.disc(*target, radius_km=size), at_sea=ground.at_sea, port=ground.middle)
        return _about("bearing_offset", disc, _inside(disc, target), f"a disc {middle:.0f} km from {ground.place.name}", held)
    width = offset.half_width_deg or settings.OFFSET_BEARING_DEG_8_WINDS
    near, far = max(0.0, low - _slack(low)[0]), high + _slack(high)[1] + radius
    ring = shapes.sector(*ground.middle, bearing_deg=bearing, half_width_deg=width, low_km=near, high_km=far)
    reason = f"a sector of {2 * width:.0f} degrees, {near:.0f} to {far:.0f} km from {ground.place.name}"
    reason += "; miles read as statute to nautical" if high > low * 1.1 else ""
    geometry = sea(ring, at_sea=ground.at_sea)
    return _about("bearing_offset", geometry, _inside(geometry, target), reason, held)


def _start(ground: Ground, bearing: float) -> tuple[float, float]:
    """Give the point of a place that a distance in a direction is measured from: its edge that way, or its middle."""
    if ground.area is None:
        return ground.middle
    reach = shapes.radius_km(ground.area, *ground.middle) + 1.0
    ray = LineString([ground.middle, shapes.destination(*ground.middle, bearing_deg=bearing, distance_km=min(reach, 5000.0))])
    crossed = ray.intersection(ground.area)
    if crossed.is_empty or ray.length > 180:
        return ground.middle
    ends = [(x, y) for part in getattr(crossed, "geoms", [crossed]) for x, y in part.coords]
    return max(ends, key=lambda p: math.dist(p, ground.middle))


def _slack(distance: float) -> tuple[float, float]:
    """Give how much nearer and how much farther than stated a thing may lie: distances are often counted from the coast or a fairway."""
    nearer = max(settings.OFFSET_NEARER_MIN_KM, settings.OFFSET_NEARER_SHARE * distance)
    return nearer, max(settings.OFFSET_FARTHER_MIN_KM, settings.OFFSET_FARTHER_SHARE * distance)


def _from_edge(offset: Offset, ground: Ground) -> Shape:
    """Draw a distance and a bearing from the edge of a large area."""
    low, high = offset.distance_low_km or 0.0, offset.distance_high_km or settings.DIRECTION_ONLY_KM
    near, far = max(0.0, low - _slack(low)[0]), high + _slack(high)[1]
    assert ground.area is not None  # noqa: S101 - only places with an area are large
    ring = _band(ground.area, near, far)
    if offset.bearing_deg is not None:
        wedge = shapes.wedge(
            *ground.middle, bearing_deg=offset.bearing_deg, half_width_deg=45.0, length_km=min(ground.radius_km + far, 9000.0)
        )
        ring = ring.intersection(wedge).difference(ground.area)
    geometry = sea(ring, at_sea=ground.at_sea or offset.seaward)
    return Shape(offset.method, geometry, None, None, f"{near:.0f} to {far:.0f} km from the edge of {ground.place.name}")


def _direction(offset: Offset, ground: Ground) -> Shape:
    """Draw a direction without a distance: an area, because nothing says how far."""
    if ground.area is not None and ground.radius_km > settings.LARGE_ANCHOR_KM:
        return _from_edge(offset, ground)
    bearing, width = offset.bearing_deg or 0.0, offset.half_width_deg or settings.OFFSET_BEARING_DEG_8_WINDS
    wedge = shapes.wedge(*ground.middle, bearing_deg=bearing, half_width_deg=width, length_km=settings.DIRECTION_ONLY_KM)
    reason = f"a wedge of {settings.DIRECTION_ONLY_KM:.0f} km: the distance is not said"
    return Shape("direction_only", sea(wedge, at_sea=ground.at_sea), None, None, reason)


def around(offset: Offset, ground: Ground) -> Shape:
    """Draw near, off, at the anchorage of, or so many miles off a place."""
    low, high = offset.distance_low_km or 0.0, offset.distance_high_km or settings.NEAR_KM
    stated = offset.method == "distance_only"
    near, far = _counted(low, high, ground) if stated else (low, high)
    # A short distance without a direction is counted from a breakwater or a buoy as often as from the town.
    near = near if near > settings.OFFSET_CLASSES_KM[1] else 0.0
    at_sea, port = offset.seaward or ground.at_sea, ground.middle if ground.area is None else None
    ring = _ring(ground, near, far)
    if offset.bearing_deg is not None and ground.area is not None:
        ring = shapes.part(ring, bearing_deg=offset.bearing_deg)
    geometry = sea(ring, at_sea=at_sea, port=port)
    reason = f"within {near:.0f} to {far:.0f} km of {ground.place.name}" + (", seaward" if offset.seaward else "")
    held = settings.COVERAGE.get(offset.method)
    if ground.area is not None and ground.radius_km > settings.LARGE_ANCHOR_KM:
        if offset.method in {"near", "facility"}:
            # Near a whole state is no nearer than in it: an area, never a pin in its middle.
            return Shape("country_polygon" if ground.place.kind == "country" else "region_polygon", geometry, None, None, reason)
        return _with_point(offset.method, geometry, reason, held)
    # Most things lie in the inner part of a wide band, so its point does too.
    inner = geometry if far <= settings.NEAR_KM else geometry.intersection(_ring(ground, 0.0, (near + far) / 2))
    middle = (geometry if inner.is_empty else inner).centroid
    return _about(offset.method, geometry, _inside(geometry, (middle.x, middle.y)), reason, held)


def _counted(low: float, high: float, ground: Ground) -> tuple[float, float]:
    """Give how near and how far a thing may lie that is so far off a place in no stated direction."""
    nearer = _slack(low)[0]
    if ground.area is not None and ground.radius_km > settings.LARGE_ANCHOR_KM:
        nearer = max(nearer, settings.OFFSET_NEARER_COAST_SHARE * low)
    return low - nearer, high + max(settings.OFFSET_FARTHER_UNAIMED_KM, _slack(high)[1])


def _ring(ground: Ground, near: float, far: float) -> BaseGeometry:
    """Draw what lies between two distances from a place; half of a town's radius counts as the town, because its harbour is at its edge."""
    if ground.area is not None:
        return _band(ground.area, near, far)
    half = extent_km(ground.place) / 2
    outer = shapes.disc(*ground.middle, radius_km=far + half)
    return outer.difference(shapes.disc(*ground.middle, radius_km=near + half)) if near > 0 else outer


@lru_cache(maxsize=256)
def _band(area: BaseGeometry, near: float, far: float) -> BaseGeometry:
    """Draw the band about an area once: a coast of many islands takes a tenth of a second, and reports name the same ones."""
    return shapes.band(area, low_km=near, high_km=far)


def _inside(geometry: BaseGeometry, point: tuple[float, float]) -> tuple[float, float]:
    """Give a point if a geometry holds it, else what is nearest to it inside."""
    if geometry.is_empty or geometry.covers(Point(point)):
        return point
    near = nearest_points(geometry, Point(point))[0]
    return near.x, near.y


def _about(method: Method, geometry: BaseGeometry, point: tuple[float, float], reason: str, coverage: float | None) -> Shape:
    """Give a shape a point and the radius about it that holds the shape whole."""
    return Shape(method, geometry, point, max(1.0, shapes.radius_km(geometry, *point)), reason, coverage)


def _with_point(method: Method, geometry: BaseGeometry, reason: str, coverage: float | None = None) -> Shape:
    """Give a shape the point that stands for it and the radius that holds it."""
    middle = geometry.centroid if geometry.covers(geometry.centroid) else geometry.representative_point()
    return _about(method, geometry, (middle.x, middle.y), reason, coverage)
