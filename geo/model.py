"""Hold the nouns: frozen dataclasses, in the field's own terms, and their JSON round trip.

A record's dataclass *is* the published contract: its fields, in their order, are the keys of the JSON.
Offsets are Unicode code points, half open: `report.text[m.start:m.end] == m.text`. Geometry is WGS84 lon/lat.
"""

from __future__ import annotations

import functools
import hashlib
import types
import typing
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal, TypeVar

import shapely
from shapely.geometry import Point, mapping, shape
from shapely.geometry.base import BaseGeometry

from geo.settings import SCHEMA_VERSION

Role = Literal["place", "position", "offset", "metonym", "institution", "person", "ship", "demonym", "zone_claim", "dateline"]
MAPPED_ROLES: tuple[Role, ...] = ("place", "position", "offset")
Mode = Literal["actual", "historical", "future", "hypothetical", "negation"]
Assertion = Literal[
    "retracted",
    "denied",
    "disputed",
    "independently_confirmed",
    "confirmed_by_actor",
    "confirmed_by_victim",
    "claimed",
    "alleged",
    "reported",
]
ClaimantType = Literal["state", "armed_group", "victim_operator", "ngo", "media", "anonymous_official", "expert"]
Stance = Literal["asserts", "denies", "disputes"]
WhereRole = Literal["event", "destination", "origin", "via", "search_area", "base"]
Method = Literal[
    "coordinates", "bearing_offset", "distance_only", "direction_only", "near", "off_coast", "between", "line",
    "facility", "place_point", "region_polygon", "country_polygon", "multi_region", "none",
]  # fmt: skip
AREA_METHODS: frozenset[str] = frozenset({"region_polygon", "country_polygon", "multi_region", "line", "direction_only", "none"})
"""Methods whose longitude, latitude and radius stay null, so that no table turns a country into a pin."""

_METRES_PER_DEGREE = 111_120.0
_SHAPE_DECIMALS = 4
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a report's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report comes from. `reliability` is the analyst's grade, never ours."""

    url: str | None = None
    archived_url: str | None = None
    publisher: str | None = None
    published: str | None = None
    title: str | None = None
    language: str | None = None
    sha256: str | None = None
    origin: str | None = None
    reliability: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read: its text is never altered afterwards.

    `published` inside `source` is an ISO date or null; `spans` are given stretches to locate instead of finding names.
    """

    id: str
    text: str
    source: Source = field(default_factory=Source)
    spans: tuple[tuple[int, int], ...] | None = None

    def __post_init__(self) -> None:
        """Stamp the text's SHA-256 into the source, once."""
        if self.source.sha256 is None:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "source", replace(self.source, sha256=digest))

    @property
    def published(self) -> str | None:
        """Publication date, ISO 8601, or null.

        >>> Report("a", "A boat sank.", Source(published="2025-11-04")).published
        '2025-11-04'
        """
        return self.source.published


@dataclass(frozen=True, slots=True)
class Position:
    """Coordinates written in running text.

    `coordinate_uncertainty_m` is one unit of the last digit written; `geometry` holds a polygon, line or circle when several
    positions make one. `flags` name what looks wrong (a hemisphere letter, minutes above 59) and is never repaired silently.
    """

    start: int
    end: int
    text: str
    longitude: float
    latitude: float
    coordinate_uncertainty_m: float
    notation: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Several positions that make one shape: the corners of an area, the points of a track, or a circle around one.

    `kind` is `area`, `track` or `circle`; `radius_km` is the stated radius of a circle.
    """

    start: int
    end: int
    text: str
    kind: Literal["area", "track", "circle"]
    positions: tuple[Position, ...]
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """A relation to an anchor: "45 nm northwest of X", "off X", "near X", "between X and Y".

    `start` to `end` spans the relation words (without the anchor's name); `method` says which shape it makes.
    Distances are a range, because a bare "mile" is unresolved; the bearing is from true north, clockwise.
    """

    start: int
    end: int
    text: str
    method: Method
    distance_low_km: float | None = None
    distance_high_km: float | None = None
    bearing_deg: float | None = None
    half_width_deg: float | None = None
    seaward: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry. `extent_km` is the radius of the disc that holds it; areas have their polygon in the gazetteer."""

    id: str
    name: str
    kind: str
    country: str | None
    longitude: float
    latitude: float
    extent_km: float | None = None
    population: int = 0
    admin1: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a place or a position, with its role and why it has it."""

    start: int
    end: int
    text: str
    role: Role
    reasons: tuple[str, ...] = ()
    label: str = ""
    position: Position | None = None
    figure: Figure | None = None
    offset: Offset | None = None
    anchors: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention might mean: its score, and the signals that made it."""

    place: Place
    score: float
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place that an offset starts from."""

    id: str
    name: str
    distance_m: float | None = None
    bearing_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A mention located: its geometry with honest uncertainty, or the reason why it has none.

    `longitude`, `latitude`, `coordinate_uncertainty_m` are null for areas (`AREA_METHODS`); `reason` says why nothing was placed.
    """

    mention: Mention
    geometry_method: Method = "none"
    geometry: BaseGeometry | None = None
    longitude: float | None = None
    latitude: float | None = None
    coordinate_uncertainty_m: float | None = None
    coverage: float | None = None
    label_longitude: float | None = None
    label_latitude: float | None = None
    score: float | None = None
    place: Place | None = None
    anchor: Anchor | None = None
    runners_up: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Hold the invariants: no pin for an area, no zero uncertainty, no geometry outside the mapped roles."""
        if self.geometry_method in AREA_METHODS and self.longitude is not None:
            message = f"a {self.geometry_method} of {self.mention.text!r} cannot carry a point"
            raise ValueError(message)
        if self.coordinate_uncertainty_m is not None and self.coordinate_uncertainty_m <= 0:
            message = f"the uncertainty of {self.mention.text!r} is never 0"
            raise ValueError(message)
        if self.geometry is not None and self.mention.role not in MAPPED_ROLES:
            message = f"a {self.mention.role} ({self.mention.text!r}) has no geometry"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class When:
    """A date in running text, against the publication date.

    `date_prec` is UCDP's: 1 day, 2 two to six days, 3 week, 4 month, 5 year.
    """

    start: int
    end: int
    date_start: str | None
    date_end: str | None
    date_prec: int | None
    date_text: str
    anchor_date: str | None = None
    time_utc: str | None = None
    valid_until: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people, vessels or events as a range.

    `qualifier`: exact, at_least, at_most, about, none_reported. "At least 76": low 76, best 76, high null.
    """

    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or speaks: a state, its forces, an agency, a group, a person in office. `country` is ISO 3166-1 alpha-3."""

    name: str
    country: str | None
    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says so, in which stance, and the words that show it."""

    claimant: str
    claimant_type: ClaimantType
    stance: Stance
    cue: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Review:
    """What a person said of a record."""

    state: Literal["unreviewed", "confirmed", "corrected", "rejected"] = "unreviewed"
    by: str | None = None
    on: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A maritime zone that a geometry lies in (design: innermost first, then territory code).

    `zone_type` follows UNCLOS; `territory` and `sovereign` are ISO 3166-1 alpha-3. Never a claim of legal authority.
    """

    zone_type: str
    territory: str | None
    sovereign: str | None
    share: float
    status: str
    basis: str
    distance_to_coast_nm: float | None
    distance_to_boundary_nm: float | None
    claimed_breadth_nm: float | None
    strait: bool | None
    layer: str
    layer_version: str


@dataclass(frozen=True, slots=True)
class Sea:
    """A named sea that holds a share of a geometry."""

    name: str
    id: str
    share: float


@dataclass(frozen=True, slots=True)
class ZoneClaim:
    """What the text says about the waters, and who says it."""

    text: str
    claimed_zone: str
    claimant: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ZoneCheck:
    """Whether a zone claim fits: the share of the geometry that lies in waters the claim allows."""

    state: Literal["consistent", "inconsistent", "undetermined", "not_checkable"]
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a report that a record rests on, and the rule that read them."""

    report_id: str
    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Relation:
    """How a record stands to another: part_of, update_of, duplicate_of, disputes, same_campaign."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Superseded:
    """A figure that a later report replaced: kept as history."""

    field: str
    value: str
    report_id: str
    published: str


@dataclass(frozen=True, slots=True)
class Merge:
    """How a record came to be made of several: which reports tell it, and why they are taken for one event.

    `independent_sources` counts the copies of one text once; `contradictions` are figures that reports of one day do not agree on.
    """

    reports: tuple[str, ...]
    independent_sources: int
    reasons: tuple[str, ...]
    superseded: tuple[Superseded, ...] = ()
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Casualties:
    """People killed, injured, missing, abducted, rescued, surviving. None reported is a count of 0, not a missing one."""

    killed: Count | None = None
    injured: Count | None = None
    missing: Count | None = None
    abducted: Count | None = None
    rescued: Count | None = None
    survivors: Count | None = None


@dataclass(frozen=True, slots=True)
class Vessel:
    """A ship or boat in an incident."""

    name: str | None = None
    type: str | None = None
    flag: str | None = None
    imo: str | None = None
    mmsi: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class AssetCount:
    """How many of an asset: "several" is low 2; "tens of thousands" low 20,000, high 99,999."""

    low: int | None
    best: int | None
    high: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Asset:
    """What is deployed."""

    type: str
    name: str | None = None
    hull: str | None = None
    unit: str | None = None
    count: AssetCount | None = None


@dataclass(frozen=True, slots=True)
class EventsCount:
    """How many events an aggregate sums."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The fields that incidents and deployments share, in published order (see `docs/records.md`)."""

    schema_version: str = SCHEMA_VERSION
    record_type: Literal["incident", "deployment"]
    id: str
    members: tuple[str, ...] = ()
    record_kind: Literal["event", "aggregate"] = "event"
    title: str
    auxiliary_mode: Mode = "actual"
    assertion: Assertion = "reported"
    claims: tuple[Claim, ...] = ()
    review: Review = field(default_factory=Review)
    date_start: str | None = None
    date_end: str | None = None
    date_prec: int | None = None
    date_text: str | None = None
    anchor_date: str | None = None
    time_utc: str | None = None
    valid_until: str | None = None
    where_text: str | None = None
    where_role: WhereRole = "event"
    geometry_method: Method = "none"
    geometry: BaseGeometry | None = None
    longitude: float | None = None
    latitude: float | None = None
    coordinate_uncertainty_m: float | None = None
    coverage: float | None = None
    label_longitude: float | None = None
    label_latitude: float | None = None
    anchor: Anchor | None = None
    where_prec: int | None = None
    geo_precision: int | None = None
    zones: tuple[Zone, ...] = ()
    seas: tuple[Sea, ...] = ()
    zone_claims: tuple[ZoneClaim, ...] = ()
    zone_check: ZoneCheck | None = None
    evidence: tuple[Evidence, ...]
    source: Source = field(default_factory=Source)
    relations: tuple[Relation, ...] = ()
    merge: Merge | None = None

    def __post_init__(self) -> None:
        """Hold the invariants: evidence always, no pin for an area, an aggregate never a point."""
        if not self.evidence:
            message = f"record {self.id!r} has no evidence"
            raise ValueError(message)
        pinned = self.longitude is not None
        if pinned and (self.geometry_method in AREA_METHODS or self.record_kind == "aggregate"):
            message = f"record {self.id!r} ({self.record_kind}, {self.geometry_method}) cannot carry a point"
            raise ValueError(message)
        if pinned and not self.coordinate_uncertainty_m:
            message = f"record {self.id!r} has a point without an uncertainty"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """Something that happened, or is said to have happened."""

    record_type: Literal["incident", "deployment"] = "incident"
    event_type: str
    actor: str | None = None
    actor_country: str | None = None
    target: str | None = None
    target_status: str | None = None
    weapon: str | None = None
    vessels: tuple[Vessel, ...] = ()
    events_count: EventsCount | None = None
    casualties: Casualties = field(default_factory=Casualties)
    legal_characterisation: str = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(Record):
    """Forces moved, present, planned or withdrawn."""

    record_type: Literal["incident", "deployment"] = "deployment"
    status: str
    actor: str | None = None
    actor_country: str | None = None
    assets: tuple[Asset, ...] = ()
    origin: str | None = None
    via: str | None = None
    destination: str | None = None
    base: str | None = None
    purpose_claimed: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one report gave, or the error that stopped it (`error`: code and message, in the report's place)."""

    report: Report
    line: int | None = None
    matches: tuple[Match, ...] = ()
    incidents: tuple[Incident, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read, kept in its place."""

    id: str
    line: int | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything a map, an export or an explanation needs: no step after it reads text or layers of its own."""

    readings: tuple[Reading, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def reports(self) -> tuple[Report, ...]:
        """Reports in input order.

        >>> Dossier((Reading(Report("a", "A boat sank.")),)).reports[0].id
        'a'
        """
        return tuple(r.report for r in self.readings)

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Incidents of all reports, in order of evidence.

        >>> Dossier(()).incidents
        ()
        """
        return tuple(i for r in self.readings for i in r.incidents)

    @property
    def deployments(self) -> tuple[Deployment, ...]:
        """Deployments of all reports, in order of evidence.

        >>> Dossier(()).deployments
        ()
        """
        return tuple(d for r in self.readings for d in r.deployments)

    @property
    def records(self) -> tuple[Incident | Deployment, ...]:
        """Incidents, then deployments.

        >>> Dossier(()).records
        ()
        """
        return (*self.incidents, *self.deployments)

    @property
    def as_of(self) -> str | None:
        """Newest publication date of the reports (never the clock).

        >>> days = ("2025-11-04", "2025-10-30")
        >>> Dossier(tuple(Reading(Report(day, "A boat sank.", Source(published=day))) for day in days)).as_of
        '2025-11-04'
        """
        return max((r.published for r in self.reports if r.published), default=None)


def record_id(report_id: str, record_type: str, event_type: str, evidence: str, taken: typing.Container[str] = ()) -> str:
    """Name a record: 12 hex of SHA-256 over what it says, so that a word added upstream renames nothing.

    >>> record_id("a", "incident", "boarding", "Two men boarded.")
    '26631ef9b20d'
    """
    counter = 0
    while True:
        key = "\x1f".join((report_id, record_type, event_type, evidence) + ((str(counter),) if counter else ()))
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        if name not in taken:
            return name
        counter += 1


def digits(uncertainty_m: float | None) -> int:
    """Say how many decimals of a degree an uncertainty warrants, at most 6, at least 1.

    The last decimal written is finer than half the uncertainty, so that rounding never moves a point by what is known of it.

    >>> digits(1900), digits(20), digits(15_000), digits(None)
    (3, 5, 2, 2)
    """
    if uncertainty_m is None:
        return 2
    return next((decimals for decimals in range(1, 6) if _METRES_PER_DEGREE * 10.0**-decimals <= uncertainty_m / 2), 6)


def coarse(iso: str, precision: int | None) -> str:
    """Cut a date to what is known of it: the year, the month, or the day.

    >>> coarse("2025-09-01", 4), coarse("2025-09-01", 5), coarse("2025-09-01", 3)
    ('2025-09', '2025', '2025-09-01')
    """
    # UCDP precision: 4 a month, 5 a year.
    return iso[: {5: 4, 4: 7}.get(precision or 0, 10)]


def to_json(value: Any, *, decimals: int = 5) -> Any:  # noqa: ANN401 - any noun or part of one
    """Turn a noun into plain JSON values: every key present, null when unknown, fields in their order.

    Geometry becomes GeoJSON (RFC 7946: exterior rings counterclockwise) rounded to `decimals`.

    >>> to_json(Source(publisher="The Example Courier"))["publisher"]
    'The Example Courier'
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [to_json(v, decimals=decimals) for v in value]
    if isinstance(value, BaseGeometry):
        # The corners of a shape are computed: rounding them as coarsely as a point would make another shape.
        return _geojson(value, decimals if value.geom_type == "Point" else max(decimals, _SHAPE_DECIMALS))
    if is_dataclass(value):
        if isinstance(value, Record | Match):
            decimals = _decimals(value)
        cls: Any = type(value)
        return {name: _number(name, to_json(getattr(value, name), decimals=decimals), decimals) for name in _names(cls)}
    return value


@functools.cache
def _names(cls: Any) -> tuple[str, ...]:  # noqa: ANN401 - the class of a noun
    """List the fields of a noun."""
    return tuple(f.name for f in fields(cls))


def _decimals(located: Record | Match) -> int:
    """Say how many decimals the coordinates of a record or match warrant."""
    return digits(located.coordinate_uncertainty_m) if located.longitude is not None else _SHAPE_DECIMALS


def from_json(cls: type[_T], data: dict[str, Any]) -> _T:
    """Rebuild a noun from `to_json`'s output; the inverse up to rounding.

    >>> from_json(Span, to_json(Span(0, 5, "Aruba")))
    Span(start=0, end=5, text='Aruba')
    """
    hints = typing.get_type_hints(cls)
    return cls(**{f.name: _rebuild(hints[f.name], data[f.name]) for f in fields(cls) if f.name in data})  # type: ignore[arg-type]


def mention_json(match: Match) -> dict[str, Any]:
    """Give a located mention in the form of `geo places` (the machine contract).

    >>> from geo.pipeline import analyse
    >>> match = analyse(Report("a", "A boat sank off Aruba."), records=False).matches[0]
    >>> mention_json(match)["geometry_method"], mention_json(match)["place"]["country"]
    ('off_coast', 'ABW')
    """
    mention, place, decimals = match.mention, match.place, _decimals(match)
    return {
        "start": mention.start, "end": mention.end, "text": mention.text, "role": mention.role,
        "geometry_method": match.geometry_method, "geometry": to_json(match.geometry, decimals=decimals),
        **{name: _number(name, getattr(match, name), decimals) for name in ("longitude", "latitude", "coordinate_uncertainty_m")},
        "score": None if match.score is None else round(match.score, 3),
        "place": place and {k: getattr(place, k) for k in ("id", "name", "kind", "country", "longitude", "latitude")},
        "reasons": [*mention.reasons, *match.reasons], "flags": list(match.flags),
        "runners_up": [{"id": c.place.id, "name": c.place.name, "kind": c.place.kind, "country": c.place.country,
                        "score": round(c.score, 3), "signals": list(c.signals)} for c in match.runners_up],
    }  # fmt: skip


def _number(name: str, value: Any, decimals: int) -> Any:  # noqa: ANN401
    """Round the coordinates and radii of a noun to what they can carry."""
    if isinstance(value, float):
        if name in {"longitude", "latitude", "label_longitude", "label_latitude"}:
            return round(value, decimals)
        if name in {"coordinate_uncertainty_m", "distance_m", "bearing_deg"}:
            return round(value, 1)
    return value


def _geojson(geometry: BaseGeometry, decimals: int) -> dict[str, Any]:
    """Write a geometry as GeoJSON: rounded, valid, exterior rings counterclockwise (RFC 7946, 3.1.6)."""
    if isinstance(geometry, Point) and not geometry.is_empty:
        return {"type": "Point", "coordinates": [round(geometry.x, decimals), round(geometry.y, decimals)]}
    rounded = shapely.transform(geometry, lambda c: c.round(decimals))
    if not rounded.is_valid:
        rounded = shapely.set_precision(geometry, 10.0**-decimals)
    if rounded.is_empty:
        rounded = geometry
    data = mapping(shapely.transform(shapely.orient_polygons(rounded), lambda c: c.round(decimals)))
    if data["type"] == "GeometryCollection":
        return {"type": data["type"], "geometries": [_geojson(g, decimals) for g in shapely.get_parts(geometry)]}
    return {"type": data["type"], "coordinates": _lists(data["coordinates"])}


def _lists(value: Any) -> Any:  # noqa: ANN401
    """Turn nested tuples into lists, as JSON has them."""
    return [_lists(v) for v in value] if isinstance(value, tuple | list) else value


def _rebuild(hint: Any, value: Any) -> Any:  # noqa: ANN401
    """Rebuild one field by its type hint."""
    if value is None:
        return None
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _rebuild(next(a for a in arguments if a is not type(None)), value)
    if origin is tuple:
        inner = [arguments[0]] * len(value) if len(arguments) == 2 and arguments[1] is Ellipsis else arguments
        return tuple(_rebuild(h, v) for h, v in zip(inner, value, strict=True))
    if hint is BaseGeometry:
        return shape(value)
    return from_json(hint, value) if isinstance(hint, type) and is_dataclass(hint) else value
