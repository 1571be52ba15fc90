"""Give each mention its geometry with honest uncertainty, or the reason why it has none.

A country, a sea or a region is its area, never a pin; a relation is the shape it describes, clipped to the sea when the report is of the
sea; a city is a point with an extent. Roles other than place, position and offset keep their place and get no geometry.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from shapely import union_all
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import nearest_points

from geo import gloss, offsets, relative, settings, shapes, sites
from geo.aside import WATERS, sentence_end, set_aside
from geo.find import GIVEN
from geo.gazetteer import fold
from geo.messages import Head, at_sea, is_about_waters, is_label, is_telegraph, port_reach_km, tellings
from geo.misspelt import TAKEN
from geo.model import MAPPED_ROLES, Anchor, Candidate, Match, Offset, Place
from geo.positions import UNUSABLE_FLAGS
from geo.rank import Question, inside_any, rank
from geo.relative import Ground, Shape, extent_km
from geo.roles import prominence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer
    from geo.model import Figure, Mention, Method, Position, Report


class _Scene(NamedTuple):
    """What locating one report needs: where names resolve to, whether its things are at sea, and what its messages are headed with."""

    text: str
    gazetteer: Gazetteer
    answers: Mapping[str, tuple[Candidate, ...]]
    maritime: bool
    message: bool
    label: bool
    bounds: tuple[tuple[Head, BaseGeometry], ...] = ()


_BEHIND = re.compile(
    r"(?:['’]s?)?(?:\s+(?:[A-Z][\w.’'-]*|anchorage|port|roads|harbou?r|terminal|island|of)){0,4}\s*(?:,|\(|/)\s*(?:[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3}\s*,\s*)?"
    r"(?:(?:in|off|of)\s+)?(?:[Tt]he\s+)?(?:[NSEW]{1,2}\s+)?(?:(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|[Cc]entral)\w*\s+)?(?:[Cc]oast\s+of\s+)?"
)
_ISLANDS = frozenset({"island", "islet", "island_group"})
_LAND_KINDS = _ISLANDS | {"admin1", "admin2", "country", "territory"}
_HEADING_KINDS = frozenset(
    {"country", "territory", "island", "sea", "gulf", "ocean", "bay", "strait", "channel", "sea_sector", "region", "admin1", "island_group"}
)
_LYING = frozenset({"port", "terminal"})
_STATES = frozenset({"country", "admin1"})
_WIDE = _STATES | {"region", "continent", "ocean"}
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
    read = gloss.gloss(report.text, report.source.language, gazetteer)
    text = read.text if read is not None else report.text
    message, label = is_about_waters(text, gazetteer), is_label(text)
    bounds = _bounds(report.text, mentions, gazetteer) if message else ()
    if geocoder is not None:
        answers = _asked(mentions, geocoder)
    else:
        answers = _answers(report.text, mentions, gazetteer, bounds, message=message or label)
    scene = _Scene(report.text, gazetteer, answers, at_sea(text), message, label, bounds)
    matches = _held(scene, report.text, _matches(scene, mentions))
    checked = [_checked(matches, index) for index in range(len(matches))]
    return tuple(set_aside(report.text, checked, tellings(report.text) if message and is_telegraph(text) else ()))


def _bounds(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> tuple[tuple[Head, BaseGeometry], ...]:
    """Give for each message the widest area that its head names: the state or the sea that it is about."""
    found = []
    for head in tellings(text):
        # A message without a head is about the states in its first sentence; only what heads it is surely meant as an island or a province.
        headed = head.end > head.start
        kinds = _HEADING_KINDS if headed else {"country"}
        last = head.end if headed else sentence_end(text, head.start)
        named = [m for m in mentions if head.start <= m.start < last and (headed or m.role in MAPPED_ROLES)]
        places = [p for m in named for n, _ in _names(m) for p in gazetteer.lookup(n)[:1] if p.kind in kinds]
        areas = [a for p in places if (a := _outline(gazetteer, p.id)) is not None]
        if areas:
            found.append((head, union_all(areas)))
    return tuple(found)


@lru_cache(maxsize=64)
def _outline(gazetteer: Gazetteer, place_id: str) -> BaseGeometry | None:
    """Give the area of a place without its details, to say quickly what is far from it."""
    area = gazetteer.polygon(place_id)
    return None if area is None else area.simplify(0.3)


def _bound(bounds: Sequence[tuple[Head, BaseGeometry]], start: int) -> BaseGeometry | None:
    """Give the area that the message around a place in the text is about."""
    return next((area for head, area in bounds if head.start <= start < head.last), None)


def _within_reach(place: Place, area: BaseGeometry) -> bool:
    """Say whether a place lies in an area or not far from it, roughly: a degree of longitude is taken for one of latitude."""
    return _km_off(place, area) <= settings.HEAD_REACH_KM


def _km_off(place: Place, area: BaseGeometry) -> float:
    """Give roughly how far a place lies from an area."""
    return float(area.distance(Point(place.longitude, place.latitude))) * 111.0


def _answers(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, bounds: Sequence[tuple[Head, BaseGeometry]], *, message: bool
) -> dict[str, tuple[Candidate, ...]]:
    """Rank the candidates of every name in the report, one sense a name."""
    questions: dict[str, Question] = {}
    spans = [(m, *span) for m in mentions for span in _names(m)]
    for index, (mention, name, end) in enumerate(spans):
        places = _candidates(mention, name, gazetteer)
        behind = _behind_names(text, spans, index, end, gazetteer)
        container = tuple(p for named in behind for p in named if p.kind in _STATES)
        known = questions.get(_key(mention, name))
        if message:
            places = _bounded(places, container, _bound(bounds, mention.start), gazetteer)
            places = _close(places, [p for named in behind if named[0].kind not in _WIDE for p in named if p not in container], gazetteer)
            places = _by_the_sea(places)
        inside = container or (known.container if known else ())
        weight = 1.0 + min(1.0, 0.25 * (known.weight if known else 0.0))
        spot = mention.offset is not None and mention.offset.method in {"facility", "bearing_offset", "distance_only", "near"}
        questions[_key(mention, name)] = Question(name, places, inside, weight, spot or bool(known and known.spot))
    ranked = rank(list(questions.values()), capitals=gazetteer.capitals(), sovereign=gazetteer.sovereign)
    return dict(zip(questions, ranked, strict=True))


def _bounded(places: tuple[Place, ...], container: Sequence[Place], bound: BaseGeometry | None, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Keep of the places of a name those that lie in the state written behind it, or near what the message is headed with.

    A message of a few lines says where it is: a namesake elsewhere in the world is never meant.
    """
    if container:
        inside = tuple(p for p in places if p.country is None or p.kind == "country" or inside_any(p, container) or p in container)
        return inside or _misplaced(places, container, gazetteer)
    near = tuple(p for p in places if bound is not None and _within_reach(p, bound))
    return near or places


def _close(places: tuple[Place, ...], behind: Sequence[Place], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Keep of the places of a name those by the town, the island or the waters written behind it; far from one about as well known, none.

    "Silo Terminal, Agadir" is in Agadir, whatever Silo there is in Colombia.
    """
    areas = [_outline(gazetteer, p.id) or Point(p.longitude, p.latitude) for p in behind]
    close = tuple(p for p in places if any(_km_off(p, area) <= settings.BESIDE_KM for area in areas))
    fame = max(map(prominence, places), default=0.0)
    known = areas and max(map(prominence, behind)) >= max(fame - 0.5, settings.KNOWN_ALONE)
    return close or tuple(p for p in places if not known or any(_within_reach(p, area) for area in areas))


def _by_the_sea(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Leave out the towns far inland where a namesake lies by the sea: a message from the sea means that one."""
    towns = [p for p in places[: settings.RUNNERS_UP] if p.kind in {"city", "admin2"}]
    dry = {p.id for p in towns if relative.behind_shore_km(p.longitude, p.latitude) > settings.INLAND_KM}
    return tuple(p for p in places if p.id not in dry) if 0 < len(dry) < len(places) else places


def _misplaced(places: tuple[Place, ...], container: Sequence[Place], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Keep of the places of a name, none of which lies in the state written behind it, those near that state, or a single one of our own.

    A cape has no subdivision in our tables, and a message writes the state whose pirates it means behind an island of another.
    """
    areas = [area for c in container if (area := _outline(gazetteer, c.id)) is not None]
    near = tuple(p for p in places if any(_within_reach(p, area) for area in areas))
    ours = tuple(p for p in places if p.id.startswith("im:"))
    return near or (ours if len(ours) == 1 else ())


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
        return (gazetteer.country(country),) if mention.role in {"demonym", "offset"} or not places else places
    return places


def _behind_names(
    text: str, spans: Sequence[tuple[Mention, str, int]], index: int, end: int, gazetteer: Gazetteer
) -> list[tuple[Place, ...]]:
    """Give what each of the names written behind a name may mean: "Bintulu, Sarawak, Malaysia"."""
    found: list[tuple[Place, ...]] = []
    for mention, name, last in spans[index + 1 : index + 5]:
        start = last - len(name)
        if start < end:
            continue
        if not _BEHIND.fullmatch(text[end:start]):
            break
        found.append(_candidates(mention, name, gazetteer)[:5])
        end = last
    return [named for named in found if named]


def _matches(scene: _Scene, mentions: Sequence[Mention]) -> list[Match]:
    """Locate every mention; a bare name that comes again in its role is where it was, except in a message, which says where by order."""
    seen: dict[tuple[str, str, str], Sequence[Any]] = {}
    found = []
    for mention in mentions:
        if scene.message or mention.offset or mention.figure or mention.position or mention.anchors:
            found.append(_match(scene, mention))
            continue
        key = mention.role, mention.label, mention.text
        if key not in seen:
            seen[key] = _ANSWER(_match(scene, mention))
        found.append(Match(mention, *seen[key]))
    return found


_ANSWER = attrgetter(*(f.name for f in fields(Match) if f.name != "mention"))
"""What a match says of its mention, in the order of its fields: making it of these is four times as fast as `replace`."""


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
    if spelt := next((r for r in mention.reasons if r.startswith(TAKEN)), None):
        common = replace(common, score=best.score * settings.MISSPELT_SCORE, reasons=(spelt, *common.reasons), flags=(spelt,))
    if mention.role not in MAPPED_ROLES:
        return replace(common, reasons=(*common.reasons, _NO_GEOMETRY[mention.role]))
    if (bound := _bound(scene.bounds, mention.start)) is not None and not _within_reach(best.place, bound):
        return replace(common, reasons=(*common.reasons, "far from what the message is headed with: not where it happened, not mapped"))
    if scene.message and mention.offset is None and offsets.told(scene.text, mention.start, mention.end):
        return replace(common, reasons=(*common.reasons, "who was told or whose it is, not where it happened: not mapped"))
    if mention.offset is None:
        return _placed(common, _place(scene, best.place))
    other = _ground(scene, named[1][0].place) if len(named) > 1 and named[1] else None
    shape = relative.draw(_as_theatre(scene, mention.offset, best.place), _ground(scene, best.place), other)
    if shape is None and mention.offset.method == "line":
        return replace(common, reasons=(*common.reasons, "one end of a voyage, which the thing was not at: not mapped"))
    return replace(_placed(common, shape or _place(scene, best.place)), anchor=_anchor(mention.offset, best.place))


def _as_theatre(scene: _Scene, offset: Offset, place: Place) -> Offset:
    """Widen "off X" of a state in a message or a list, which is said of all the waters that its pirates reach."""
    if offset.method == "off_coast" and place.kind == "country" and (scene.message or scene.label):
        return replace(offset, distance_high_km=settings.EEZ_NM * settings.KM_PER_NM)
    return offset


def _ground(scene: _Scene, place: Place) -> Ground:
    """Give a place to draw from."""
    return Ground(place, scene.gazetteer.polygon(place.id), scene.maritime)


def _held(scene: _Scene, text: str, matches: Sequence[Match]) -> list[Match]:
    """Give a name that no gazetteer holds the place that the text puts it in: drawn when the text says so, else only named."""
    named = [
        sites.Named(m.mention.start, m.mention.end, m.place, m.score or 0.0)
        for m in matches
        if m.place is not None and m.mention.role in _SITED and not _governs(scene, m)
    ]
    return [_within(scene, text, m, named) if m.mention.role == "place" and m.place is None and named else m for m in matches]


def _governs(scene: _Scene, match: Match) -> bool:
    """Say whether a match stands for a state's government, which says nothing of where the rest of the text is."""
    return match.mention.role == "metonym" and scene.gazetteer.government(match.mention.text) is not None


_SITED = frozenset({"place", "offset", "dateline", "metonym"})


def _within(scene: _Scene, text: str, match: Match, named: Sequence[sites.Named]) -> Match:
    """Put a match without a candidate into its holder."""
    found = sites.holder(text, match.mention.start, match.mention.end, named)
    if found is None or not (found.said or match.mention.reasons == GIVEN):
        return match
    name = repr(found.place.name)
    why = f"in {name}, where the text puts it" if found.said else f"the report is mostly about {name}: not mapped"
    held = replace(match, place=found.place, score=found.score, reasons=(*match.reasons, why))
    return _placed(held, _place(scene, found.place)) if found.said else held


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


def _placed(match: Match, shape: Shape) -> Match:
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
        coverage=shape.coverage or settings.COVERAGE.get(shape.method),
        label_longitude=label[0],
        label_latitude=label[1],
        reasons=(*match.reasons, shape.reason),
    )


def _place(scene: _Scene, place: Place) -> Shape:
    """Give the geometry of a place: an area for what is one, else a point with its extent; in a message the waters that a ship lies in."""
    area = scene.gazetteer.polygon(place.id)
    # On land an island is a place of its size; a message from the sea means the waters around it.
    if area is not None and (scene.message or scene.label or not place.extent_km or place.kind not in _ISLANDS):
        method: Method = "country_polygon" if place.kind == "country" else "region_polygon"
        if (scene.message or scene.label) and place.kind in _LAND_KINDS:
            area = _with_waters(scene.gazetteer, place.id)
            return Shape(method, area, None, None, f"an area ({place.kind}) with its waters, because the report is of the sea")
        if (scene.message or scene.label) and place.kind in WATERS:
            area = _with_edge(scene.gazetteer, place.id)
        return Shape(method, area, None, None, f"an area ({place.kind}), not a point")
    if scene.message:
        reach = settings.NEAR_KM if place.kind in _LYING else port_reach_km(scene.text)
        shape = relative.around(Offset(0, 0, "", "near", 0.0, reach, seaward=True), _ground(scene, place))
        return shape._replace(reason=f"{shape.reason}: the report is of the sea, so the ship lies in or off the port")
    extent = max(extent_km(place), settings.NEAR_KM if scene.label else 0.0)
    return Shape(
        "place_point",
        Point(place.longitude, place.latitude),
        (place.longitude, place.latitude),
        extent,
        f"a point that stands for {extent:.0f} km around it",
    )


@lru_cache(maxsize=64)
def _with_waters(gazetteer: Gazetteer, place_id: str) -> BaseGeometry:
    """Give the area of a state or region with the waters off it."""
    area, state = gazetteer.polygon(place_id), gazetteer.get(place_id).kind in {"country", "territory"}
    reach = settings.EEZ_NM * settings.KM_PER_NM if state else settings.WATERS_KM
    return shapes.band(area, low_km=0.0, high_km=reach) if area is not None else Point()


@lru_cache(maxsize=64)
def _with_edge(gazetteer: Gazetteer, place_id: str) -> BaseGeometry:
    """Give named waters with what lies at their edge."""
    area, place = gazetteer.polygon(place_id), gazetteer.get(place_id)
    if area is None:
        return Point()
    least, most = settings.WATERS_EDGE_KM
    radius = shapes.radius_km(area, place.longitude, place.latitude)
    return shapes.band(area, low_km=0.0, high_km=min(most, max(least, settings.WATERS_EDGE_SHARE * radius)))


def _anchor(offset: Offset, place: Place) -> Anchor:
    """Give the anchor of an offset; distance and bearing only when the text states them."""
    low, high = offset.distance_low_km, offset.distance_high_km
    stated = offset.method in {"bearing_offset", "distance_only"} and low is not None and high is not None
    return Anchor(place.id, place.name, (low + high) * 500 if stated and low is not None and high is not None else None, offset.bearing_deg)


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
