"""Give each mention its geometry with honest uncertainty, or the reason why it has none.

A country, a sea or a region is its area, never a pin; a relation is the shape it describes, clipped to the sea when the report is of the
sea; a city is a point with an extent. Roles other than place, position and offset keep their place and get no geometry.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from shapely.geometry import LineString, Point, Polygon
from shapely.ops import nearest_points

from geo import gloss, settings, shapes
from geo.find import at_sea, is_message
from geo.gazetteer import fold
from geo.model import MAPPED_ROLES, Anchor, Candidate, Match, Place
from geo.positions import UNUSABLE_FLAGS
from geo.rank import Question, rank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer
    from geo.model import Figure, Mention, Method, Offset, Position, Report


class _Shape(NamedTuple):
    """A geometry on its way into a match: its method, its point if it has one, and how it came about."""

    method: Method
    geometry: BaseGeometry
    point: tuple[float, float] | None
    uncertainty_km: float | None
    reason: str


class _Scene(NamedTuple):
    """What locating one report needs: where names resolve to, and whether its things are at sea."""

    gazetteer: Gazetteer
    answers: Mapping[str, tuple[Candidate, ...]]
    maritime: bool
    message: bool


_BEHIND = re.compile(
    r"(?:['’]s?)?(?:\s+(?:[A-Z][\w.’'-]*|anchorage|port|roads|harbou?r|terminal|island|of)){0,4}\s*(?:,|\(|/)\s*(?:[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3}\s*,\s*)?"
    r"(?:(?:in|off|of)\s+)?(?:[Tt]he\s+)?(?:(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|[Cc]entral)\w*\s+)?"
)
_LAND_KINDS = frozenset({"admin1", "admin2", "country", "island", "territory", "island_group"})
_SENTENCE = 250
_REACH_KM = 800.0


def locate(report: Report, mentions: Sequence[Mention], *, gazetteer: Gazetteer, geocoder: Any = None) -> tuple[Match, ...]:  # noqa: ANN401 - duck-typed
    """Locate mentions, one match each, in their order.

    Parameters
    ----------
    report, mentions
        A text and what `find` found in it.
    gazetteer
        Resolves names and holds the areas.
    geocoder
        Anything with geopy's `geocode()`, asked for names instead of the gazetteer; its answers are points.

    >>> from geo.find import find
    >>> from geo.gazetteer import open_gazetteer
    >>> from geo.model import Report
    >>> names, report = open_gazetteer(), Report("a", "A boat was hit 45 nm northwest of Aruba.")
    >>> match = locate(report, find(report, None, gazetteer=names), gazetteer=names)[0]
    >>> match.geometry_method, match.anchor.name
    ('bearing_offset', 'Aruba')

    """
    answers = _asked(mentions, geocoder) if geocoder is not None else _answers(report.text, mentions, gazetteer)
    read = gloss.gloss(report.text, report.source.language, gazetteer)
    text = read.text if read is not None else report.text
    scene = _Scene(gazetteer, answers, at_sea(text), is_message(text))
    matches = [_match(scene, m) for m in mentions]
    return tuple(_checked(matches, index) for index in range(len(matches)))


def _answers(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> dict[str, tuple[Candidate, ...]]:
    """Rank the candidates of every name in the report, one sense a name."""
    questions: dict[str, Question] = {}
    spans = [(m, *span) for m in mentions for span in _names(m)]
    for index, (mention, name, end) in enumerate(spans):
        places = _candidates(mention, name, gazetteer)
        container = _container(text, spans, index, end, gazetteer)
        known = questions.get(_key(mention, name))
        inside = container or (known.container if known else ())
        weight = 1.0 + min(1.0, 0.25 * (known.weight if known else 0.0))
        spot = mention.offset is not None and mention.offset.method in {"facility", "bearing_offset", "distance_only", "near"}
        questions[_key(mention, name)] = Question(name, places, inside, weight, spot or bool(known and known.spot))
    ranked = rank(list(questions.values()), capitals=gazetteer.capitals(), sovereign=gazetteer.sovereign)
    return dict(zip(questions, ranked, strict=True))


def _asked(mentions: Sequence[Mention], geocoder: Any) -> dict[str, tuple[Candidate, ...]]:  # noqa: ANN401
    """Ask a geopy geocoder for every name."""
    found: dict[str, tuple[Candidate, ...]] = {}
    for mention in mentions:
        for name, _ in _names(mention):
            location = geocoder.geocode(name)
            if location is not None:
                place = Place(
                    f"geocoder:{location.address}",
                    location.address,
                    "place",
                    None,
                    location.longitude,
                    location.latitude,
                    source="geocoder",
                )
                found[_key(mention, name)] = (Candidate(place, 1.0, ("answered by the geocoder",)),)
    return found


def _names(mention: Mention) -> list[tuple[str, int]]:
    """List the names inside a mention that need a place, each with where it ends."""
    if mention.role in {"person", "ship", "position"}:
        return []
    if mention.anchors:
        return [(a.text, a.end) for a in mention.anchors]
    return [] if mention.role == "zone_claim" else [(mention.text, mention.end)]


def _key(mention: Mention, name: str) -> str:
    """Name a question: the same words may stand for a government here and for a city there."""
    return f"{mention.role if mention.role == 'metonym' else ''}|{mention.label}|{fold(name)}"


def _candidates(mention: Mention, name: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Give what a name may mean in its role: a nationality its country, a seat of government its capital."""
    if mention.label:
        return (gazetteer.get(mention.label),)
    places = gazetteer.lookup(name)
    if mention.role == "metonym" and (iso3 := gazetteer.government(name)) and (capital := gazetteer.capital(iso3)):
        return (capital,)
    country = gazetteer.demonym(name)
    if country and (mention.role == "demonym" or not any(p.kind == "country" for p in places)):
        return (gazetteer.country(country),) if mention.role == "demonym" or not places else places
    return places


def _container(text: str, spans: Sequence[tuple[Mention, str, int]], index: int, end: int, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Give the states and countries written behind a name: "Bintulu, Sarawak, Malaysia"."""
    found: list[Place] = []
    for mention, name, last in spans[index + 1 : index + 5]:
        start = last - len(name)
        if start < end:
            continue
        if not _BEHIND.fullmatch(text[end:start]):
            break
        found += [p for p in _candidates(mention, name, gazetteer)[:5] if p.kind in {"country", "admin1"}]
        end = last
    return tuple(found)


def _match(scene: _Scene, mention: Mention) -> Match:
    """Locate one mention."""
    if mention.figure is not None:
        return _figure(mention, mention.figure)
    if mention.position is not None:
        return _position(mention, mention.position)
    named = [scene.answers.get(_key(mention, name), ()) for name, _ in _names(mention)]
    first = named[0] if named else ()
    best = first[0] if first and first[0].score >= settings.LEAST_SCORE else None
    if best is None:
        return Match(mention, runners_up=first[:1], reasons=(_unmatched(mention, first),))
    common = Match(mention, score=best.score, place=best.place, runners_up=tuple(first[1:]), reasons=_why(first))
    if mention.role not in MAPPED_ROLES:
        return replace(common, reasons=(*common.reasons, _NO_GEOMETRY[mention.role]))
    if mention.offset is None:
        return _placed(common, _place(scene, best.place))
    other = named[1][0].place if len(named) > 1 and named[1] else None
    shape = _relative(scene, mention.offset, best.place, other)
    anchor = _anchor(mention.offset, best.place)
    return replace(_placed(common, shape), anchor=anchor)


_NO_GEOMETRY = {
    "metonym": "stands for a government, which acts elsewhere: not mapped",
    "institution": "part of an organisation's name: not mapped",
    "demonym": "says who, not where: not mapped",
    "zone_claim": "says whose waters, not where: not mapped",
    "dateline": "where the report was filed, not what it reports: not mapped",
    "person": "a person's name: not mapped",
    "ship": "a ship's name: not mapped",
}


def _unmatched(mention: Mention, candidates: Sequence[Candidate]) -> str:
    """Say why a mention has no place."""
    if mention.role in {"person", "ship"} or (mention.role == "zone_claim" and not mention.anchors):
        return _NO_GEOMETRY[mention.role]
    return "no candidate fits well enough" if candidates else "not in the gazetteer"


def _why(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Say what speaks for the first candidate, and by how much it leads."""
    best = candidates[0]
    lead = (
        f"leads {_described(candidates[1].place)} by {best.score - candidates[1].score:.2f}"
        if len(candidates) > 1
        else "the only candidate"
    )
    return (*best.signals, lead)


def _described(place: Place) -> str:
    """Name a place with what tells it from its namesakes."""
    return f"{place.name} ({place.kind}, {place.admin1 or place.country or 'no country'})"


def _figure(mention: Mention, figure: Figure) -> Match:
    """Draw an area, a track or a circle as its positions say."""
    first = figure.positions[0]
    if figure.kind == "circle":
        radius_km = figure.radius_km or settings.NEAR_KM
        disc = shapes.disc(first.longitude, first.latitude, radius_km=radius_km)
        why = f"a circle of {radius_km:g} km, as stated"
        return Match(mention, "coordinates", disc, first.longitude, first.latitude, radius_km * 1000, score=1.0, reasons=(why,))
    points = _unwrapped(figure.positions)
    if figure.kind == "track":
        return Match(mention, "line", shapes.within_world(LineString(points)), score=1.0, reasons=("a line through its positions",))
    area = Polygon(points)
    crossed = not area.is_valid
    inside = shapes.within_world(area.convex_hull if crossed else area)
    label = inside.representative_point()
    return Match(
        mention,
        "region_polygon",
        inside,
        label_longitude=label.x,
        label_latitude=label.y,
        score=1.0,
        reasons=("the area that its positions bound",),
        flags=("corners_cross",) if crossed else (),
    )


def _unwrapped(positions: Sequence[Position]) -> list[tuple[float, float]]:
    """Give points whose longitudes run on over 180 degrees instead of jumping."""
    points = [(p.longitude, p.latitude) for p in positions]
    if max(x for x, _ in points) - min(x for x, _ in points) <= 180:
        return points
    return [(x % 360, y) for x, y in points]


def _position(mention: Mention, position: Position) -> Match:
    """Put coordinates on the map as they are written, unless they have no reading."""
    if set(position.flags) & UNUSABLE_FLAGS:
        return Match(mention, reasons=("the coordinates have no reading that can be drawn",), flags=position.flags)
    return Match(
        mention,
        "coordinates",
        Point(position.longitude, position.latitude),
        position.longitude,
        position.latitude,
        position.coordinate_uncertainty_m,
        score=1.0,
        reasons=("radius: one unit of the last digit written",),
        flags=position.flags,
    )


def _placed(match: Match, shape: _Shape) -> Match:
    """Put a shape into a match."""
    label = (match.place.longitude, match.place.latitude) if match.place else (None, None)
    point = shape.point or (None, None)
    if shape.point is None and match.mention.offset is not None:
        middle = shape.geometry.representative_point()
        label = middle.x, middle.y
    return replace(
        match,
        geometry_method=shape.method,
        geometry=shape.geometry,
        longitude=point[0],
        latitude=point[1],
        coordinate_uncertainty_m=None if shape.uncertainty_km is None else shape.uncertainty_km * 1000,
        coverage=settings.COVERAGE.get(shape.method),
        label_longitude=label[0],
        label_latitude=label[1],
        reasons=(*match.reasons, shape.reason),
    )


def _place(scene: _Scene, place: Place) -> _Shape:
    """Give the geometry of a place: an area for what is one, else a point with its extent."""
    area = scene.gazetteer.polygon(place.id)
    if area is not None:
        method: Method = "country_polygon" if place.kind == "country" else "region_polygon"
        if scene.message and place.kind in _LAND_KINDS:
            area = _with_waters(scene.gazetteer, place.id)
            return _Shape(method, area, None, None, f"an area ({place.kind}) with its waters, because the report is of the sea")
        return _Shape(method, area, None, None, f"an area ({place.kind}), not a point")
    extent = max(extent_km(place), settings.AT_SEA_EXTENT_KM if scene.message else 0.0)
    return _Shape(
        "place_point",
        Point(place.longitude, place.latitude),
        (place.longitude, place.latitude),
        extent,
        f"a point that stands for {extent:.0f} km around it",
    )


@lru_cache(maxsize=64)
def _with_waters(gazetteer: Gazetteer, place_id: str) -> BaseGeometry:
    """Give the area of a state or region with the waters off it."""
    area = gazetteer.polygon(place_id)
    return shapes.band(area, low_km=0.0, high_km=settings.WATERS_KM) if area is not None else Point()


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


def _anchor(offset: Offset, place: Place) -> Anchor:
    """Give the anchor of an offset; distance and bearing only when the text states them."""
    low, high = offset.distance_low_km, offset.distance_high_km
    stated = offset.method in {"bearing_offset", "distance_only"} and low is not None and high is not None
    return Anchor(place.id, place.name, (low + high) * 500 if stated and low is not None and high is not None else None, offset.bearing_deg)


def _relative(scene: _Scene, offset: Offset, place: Place, other: Place | None) -> _Shape:
    """Draw the shape of a relation to a place."""
    base = scene.gazetteer.polygon(place.id)
    if offset.method == "region_polygon" and (base is None or offset.bearing_deg is None):
        return _place(scene, place)
    if offset.method == "region_polygon" and base is not None and offset.bearing_deg is not None:
        return _Shape(
            "region_polygon", shapes.part(base, bearing_deg=offset.bearing_deg), None, None, f"the part of {place.name} that is named"
        )
    if offset.method == "between" and other is not None:
        return _between(scene, place, other)
    if offset.method == "bearing_offset":
        return _bearing(scene, offset, place, base)
    if offset.method == "direction_only":
        return _direction(scene, offset, place, base)
    return _around(scene, offset, place, base)


def _between(scene: _Scene, first: Place, second: Place) -> _Shape:
    """Draw the corridor between two places."""
    ends = (first.longitude, first.latitude), (second.longitude, second.latitude)
    length = shapes.distance_km(*ends)
    width = max(settings.BETWEEN_MIN_WIDTH_KM, length / 4)
    corridor = _sea(shapes.corridor(*ends, width_km=width), at_sea=scene.maritime)
    return _with_point("between", corridor, f"a corridor of {width:.0f} km between {first.name} and {second.name}")


def _bearing(scene: _Scene, offset: Offset, place: Place, base: BaseGeometry | None) -> _Shape:
    """Draw a stated distance and bearing: a disc when near, else part of a ring; a large anchor is measured from its edge."""
    low, high = offset.distance_low_km or 0.0, offset.distance_high_km or 0.0
    bearing = offset.bearing_deg or 0.0
    slack_low, slack_high = (max(settings.OFFSET_DISTANCE_MIN_KM, settings.OFFSET_DISTANCE_SHARE * d) for d in (low, high))
    radius = shapes.radius_km(base, place.longitude, place.latitude) if base is not None else extent_km(place)
    middle = (low + high) / 2
    target = shapes.destination(place.longitude, place.latitude, bearing_deg=bearing, distance_km=middle)
    if base is not None and radius > settings.LARGE_ANCHOR_KM:
        return _from_edge(scene, offset, place, base)
    if middle < settings.OFFSET_DISC_BELOW_KM:
        disc = _sea(shapes.disc(*target, radius_km=settings.OFFSET_DISC_RADIUS_KM + radius / 2), at_sea=scene.maritime)
        return _Shape(
            "bearing_offset", disc, target, settings.OFFSET_DISC_RADIUS_KM + radius / 2, f"a disc {middle:.0f} km from {place.name}"
        )
    width = offset.half_width_deg or settings.OFFSET_BEARING_DEG_8_WINDS
    ring = shapes.sector(
        place.longitude,
        place.latitude,
        bearing_deg=bearing,
        half_width_deg=width,
        low_km=max(0.0, low - slack_low),
        high_km=high + slack_high + radius,
    )
    reason = (
        f"a sector of {2 * width:.0f} degrees, {max(0.0, low - slack_low):.0f} to {high + slack_high + radius:.0f} km from {place.name}"
    )
    reason += "; miles read as statute to nautical" if high > low * 1.1 else ""
    geometry = _sea(ring, at_sea=scene.maritime)
    return _Shape("bearing_offset", geometry, target, max(1.0, shapes.radius_km(geometry, *target)), reason)


def _from_edge(scene: _Scene, offset: Offset, place: Place, base: BaseGeometry) -> _Shape:
    """Draw a distance and a bearing from the edge of a large area."""
    low, high = offset.distance_low_km or 0.0, offset.distance_high_km or settings.DIRECTION_ONLY_KM
    slack = max(settings.OFFSET_DISTANCE_MIN_KM, settings.OFFSET_DISTANCE_SHARE * high)
    ring = shapes.band(base, low_km=max(0.0, low - slack), high_km=high + slack)
    reach = shapes.radius_km(base, place.longitude, place.latitude) + high + slack
    if offset.bearing_deg is not None:
        wedge = shapes.wedge(
            place.longitude, place.latitude, bearing_deg=offset.bearing_deg, half_width_deg=45.0, length_km=min(reach, 9000.0)
        )
        ring = ring.intersection(wedge).difference(base)
    geometry = _sea(ring, at_sea=scene.maritime or offset.seaward)
    return _with_point(offset.method, geometry, f"{low:.0f} to {high:.0f} km from the edge of {place.name}")


def _direction(scene: _Scene, offset: Offset, place: Place, base: BaseGeometry | None) -> _Shape:
    """Draw a direction without a distance: an area, because nothing says how far."""
    bearing, width = offset.bearing_deg or 0.0, offset.half_width_deg or settings.OFFSET_BEARING_DEG_8_WINDS
    if base is not None and shapes.radius_km(base, place.longitude, place.latitude) > settings.LARGE_ANCHOR_KM:
        edge = _from_edge(scene, offset, place, base)
        return _Shape("direction_only", edge.geometry, None, None, edge.reason)
    wedge = shapes.wedge(place.longitude, place.latitude, bearing_deg=bearing, half_width_deg=width, length_km=settings.DIRECTION_ONLY_KM)
    return _Shape(
        "direction_only",
        _sea(wedge, at_sea=scene.maritime),
        None,
        None,
        f"a wedge of {settings.DIRECTION_ONLY_KM:.0f} km: the distance is not said",
    )


def _around(scene: _Scene, offset: Offset, place: Place, base: BaseGeometry | None) -> _Shape:
    """Draw near, off, at the anchorage of, or so many miles off a place."""
    low, high = offset.distance_low_km or 0.0, offset.distance_high_km or settings.NEAR_KM
    slack = max(settings.OFFSET_DISTANCE_MIN_KM, settings.OFFSET_DISTANCE_SHARE * high) if offset.method == "distance_only" else 0.0
    core = base if base is not None else shapes.disc(place.longitude, place.latitude, radius_km=extent_km(place))
    whole = shapes.band(core, low_km=max(0.0, low - slack), high_km=high + slack)
    geometry = _sea(whole, at_sea=offset.seaward or scene.maritime)
    reason = f"within {max(0.0, low - slack):.0f} to {high + slack:.0f} km of {place.name}" + (", seaward" if offset.seaward else "")
    large = base is not None and shapes.radius_km(base, place.longitude, place.latitude) > settings.LARGE_ANCHOR_KM
    if large:
        return _with_point(offset.method, geometry, reason)
    centre = _nearest_inside(geometry, place)
    return _Shape(offset.method, geometry, centre, max(1.0, shapes.radius_km(geometry, *centre)), reason)


def _nearest_inside(geometry: BaseGeometry, place: Place) -> tuple[float, float]:
    """Give the point of a geometry that stands for it best: its centroid, else what is nearest to that inside it."""
    middle = geometry.centroid
    if not geometry.covers(middle):
        middle = nearest_points(geometry, middle)[0]
    return (middle.x, middle.y) if not geometry.is_empty else (place.longitude, place.latitude)


def _with_point(method: Method, geometry: BaseGeometry, reason: str) -> _Shape:
    """Give a shape the point that stands for it and the radius that holds it."""
    middle = geometry.centroid if geometry.covers(geometry.centroid) else geometry.representative_point()
    if method == "direction_only":
        return _Shape(method, geometry, None, None, reason)
    return _Shape(method, geometry, (middle.x, middle.y), max(1.0, shapes.radius_km(geometry, middle.x, middle.y)), reason)


def _sea(geometry: BaseGeometry, *, at_sea: bool) -> BaseGeometry:
    """Keep the part of a shape that is sea, if the thing is at sea and there is any."""
    if not at_sea:
        return geometry
    from geo import coast  # noqa: PLC0415 - the coast is read only for shapes at sea

    clipped = coast.clip_to_sea(geometry)
    if clipped.is_empty:
        return geometry
    return geometry.intersection(shapes.band(clipped, low_km=0.0, high_km=settings.SHORE_SLACK_KM))


def _checked(matches: Sequence[Match], index: int) -> Match:
    """Flag a position that lies far from the place named beside it, and propose the slip that would explain it."""
    match = matches[index]
    if match.mention.role != "position" or match.geometry is None:
        return match
    for other in matches:
        near = abs(other.mention.start - match.mention.start) < _SENTENCE
        if not near or other.geometry is None or other.mention.role not in {"place", "offset"} or other.place is None:
            continue
        allowed = _tolerance_km(other)
        away = _distance_km(match.geometry, other.geometry)
        if away > allowed:
            flag = f"position disagrees with {other.mention.text!r}: {away:.0f} km apart (allowed {allowed:.0f} km)"
            return replace(match, flags=(*match.flags, flag + _slip(match, other, allowed)))
    return match


def _tolerance_km(match: Match) -> float:
    """Say how far from a named place a position may lie and still agree with it."""
    offset = match.mention.offset
    if offset is not None and offset.distance_high_km:
        return max(settings.POSITION_DISAGREEMENT_KM, offset.distance_high_km / 2)
    # A country or a town at the head of a message is a theatre: its waters reach to 200 nm and more.
    return settings.POSITION_DISAGREEMENT_KM if offset is not None else _REACH_KM


def _distance_km(point: BaseGeometry, geometry: BaseGeometry) -> float:
    """Measure from a point to the nearest part of a geometry."""
    here, there = nearest_points(point, geometry)
    return shapes.distance_km((here.x, here.y), (there.x, there.y))


def _slip(match: Match, other: Match, allowed: float) -> str:
    """Propose the hemisphere letters under which the position would agree."""
    if match.longitude is None or match.latitude is None or other.geometry is None:
        return ""
    for lon, lat, slip in ((-1, 1, "E/W"), (1, -1, "N/S"), (-1, -1, "both")):
        moved = Point(lon * match.longitude, lat * match.latitude)
        if _distance_km(moved, other.geometry) <= allowed:
            return f"; a wrong hemisphere letter ({slip}) would explain it"
    return ""
