"""Turn a Dossier into the page's data: everything in words, every geometry in whole numbers, so that the page's code stays small."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.ops import polylabel

from geo import settings
from geo.draw import ground, window, words
from geo.model import AREA_METHODS, MAPPED_ROLES, Deployment, Incident

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.draw.window import Window
    from geo.model import Claim, Dossier, Evidence, Match, Reading, Record, Report, Source

FAMILIES: Final[dict[str, str]] = {
    **dict.fromkeys(("strike_on_vessel", "missile_attack", "naval_drone_attack", "fired_upon", "airstrike_land", "armed_clash", "explosion", "mine_incident"), "strike"),
    **dict.fromkeys(("boarding", "attempted_boarding", "hijack", "kidnapping", "seizure", "detention", "robbery"), "seizure"),
    **dict.fromkeys(("suspicious_approach", "advisory", "electronic_interference", "airspace_violation"), "warning"),
}
"""Event type to glyph family; what is not here is `other`."""

ASSETS: Final[dict[str, str]] = {
    **dict.fromkeys(("fighter", "bomber", "patrol_aircraft", "helicopter", "drone"), "air"),
    **dict.fromkeys(("personnel", "militia"), "people"),
    "missile_system": "force",
    "other": "force",
}
"""Asset type to glyph; every other asset floats."""

LEGEND: Final[dict[str, str]] = {
    "strike": "Strike, attack or explosion",
    "seizure": "Boarding, seizure or robbery",
    "warning": "Suspicious approach or warning",
    "other": "Other incident",
    "ship": "Ships deployed",
    "air": "Aircraft deployed",
    "people": "Personnel deployed",
    "force": "Other forces deployed",
}

ATTRIBUTION: Final = "Places: GeoNames (CC BY 4.0), Natural Earth, own tables. Coasts and borders: Natural Earth. Zones: own computation from GSHHG (LGPL) coasts."
DISCLAIMER: Final = "Zones, borders and names are approximations for orientation; they imply no view on any claim and have no legal authority."

CLAIM, PLACE, DATE = "claim", "place", "date"


def build(dossier: Dossier, *, title: str | None, full_text: bool, reviewed_only: bool) -> dict[str, Any]:
    """Give the page's data for a Dossier.

    Raises
    ------
    LayerError
        The basemap is not built.

    """
    records = [r for r in dossier.records if not reviewed_only or r.review.state in {"confirmed", "corrected"}]
    records = [r for r in records if r.review.state != "rejected"]
    names = ground.names()
    view = window.choose(_boxes(r.geometry for r in records if r.geometry is not None and r.auxiliary_mode == "actual"))
    sources = _sources(dossier)
    index = {reading.report.id: i for i, reading in enumerate(dossier.readings)}
    areas = _areas([r for r in records if r.geometry is not None], view)
    data = [_record(r, dossier, names=names, view=view, areas=areas, index=index) for r in records]
    unplaced = _unplaced(dossier)
    return {
        "title": title or _title(records, dossier),
        "under": _under(records, dossier),
        "review": _review(records),
        "empty": _empty(records, dossier),
        "fit": view.fit,
        "window": view.carried,
        "scale": window.SCALE,
        "base": ground.cut(view.carried),
        "legend": {name: LEGEND[name] for name in LEGEND if any(row["glyph"] == name for row in data)},
        "records": data,
        "areas": [area["drawn"] for area in areas.values()],
        "unplaced": unplaced,
        "sources": sources,
        "texts": _texts(dossier, records) if full_text else [],
        "attribution": ATTRIBUTION,
        "disclaimer": DISCLAIMER,
    }


def _title(records: Sequence[Record], dossier: Dossier) -> str:
    """Count what is shown; a headline would put the source's claims in our voice."""
    kinds = Counter(record.record_type for record in records)
    parts = [_count(kinds[kind], kind) for kind in ("incident", "deployment") if kinds[kind]]
    return f"{' and '.join(parts) or 'No incidents or deployments'} in {_count(len(dossier.readings), 'report')}"


def _count(number: int, noun: str) -> str:
    """Write a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _under(records: Sequence[Record], dossier: Dossier) -> str:
    """Say the span of dates and the newest publication date."""
    dates = [text for r in records if r.auxiliary_mode == "actual" for text in (r.date_start, r.date_end) if text]
    as_of = f"As of {words.day(dossier.as_of)}" if dossier.as_of else "Publication dates are not known"
    return f"{words.span(dates)} · {as_of}" if words.span(dates) else as_of


def _review(records: Sequence[Record]) -> str:
    """Say how many records a person has checked; empty once all are."""
    checked = sum(r.review.state in {"confirmed", "corrected"} for r in records)
    return "" if records and checked == len(records) else f"{checked} of {len(records)} records checked by a person; read by machine from the listed reports"


def _empty(records: Sequence[Record], dossier: Dossier) -> str:
    """Say why the map shows no record; empty when it shows one."""
    if any(r.geometry is not None and r.auxiliary_mode == "actual" for r in records):
        return ""
    if not dossier.readings:
        return "Nothing is on this map: no report could be read."
    if not records:
        return "Nothing is on this map: no incident or deployment was read in the reports."
    if any(r.auxiliary_mode == "actual" for r in records):
        return "Nothing is on this map: the reports give no place that could be located. The records are in the list."
    return "Nothing is on this map: the reports tell only of plans, possibilities, the past or what did not happen. These records are in the list."


def _boxes(geometries: Iterable[BaseGeometry]) -> Iterator[tuple[float, float, float, float]]:
    """Give the bounds of every part: a country cut at the date line has two, far apart in numbers and near on the globe."""
    for geometry in geometries:
        for part in getattr(geometry, "geoms", (geometry,)):
            yield part.bounds


def _is_area(record: Record) -> bool:
    """Say whether a record is drawn as an area with a label, never as a point."""
    return record.longitude is None or record.record_kind == "aggregate" or record.geometry_method in AREA_METHODS


def _areas(records: Sequence[Record], view: Window) -> dict[bytes, dict[str, Any]]:
    """Draw each area once, however many records mean it, with its label and what it sums."""
    areas: dict[bytes, dict[str, Any]] = {}
    for record in records:
        if not _is_area(record) or record.geometry is None:
            continue
        key = shapely.to_wkb(record.geometry)
        if key not in areas:
            areas[key] = {"number": len(areas), "drawn": {**_shape(record.geometry, view), "label": _label(record, view), "name": record.where_text or ""}}
    return areas


def _shape(geometry: BaseGeometry, view: Window) -> dict[str, Any]:
    """Write a geometry's rings and lines, simplified to what a screen can show."""
    west, south, east, north = geometry.bounds
    tolerance = min(view.tolerance_deg, max(east - west, north - south) / 200)
    simple = window.clip(geometry.simplify(tolerance), view.carried)
    return {"rings": window.rings(simple), "lines": window.lines(simple)}


def _label(record: Record, view: Window) -> list[float]:
    """Choose where to write on an area: as given, else the middle of its roomiest part."""
    if record.label_longitude is not None and record.label_latitude is not None:
        longitude, latitude = record.label_longitude, record.label_latitude
    else:
        parts = [part for part in getattr(record.geometry, "geoms", (record.geometry,)) if part.geom_type == "Polygon"]
        largest = max(parts, key=lambda part: part.area, default=None)
        spot = polylabel(largest, tolerance=largest.length / 500) if largest is not None else record.geometry.representative_point()  # type: ignore[union-attr]
        longitude, latitude = spot.x, spot.y
    return [round(window.shift(longitude, view.carried), 3), round(latitude, 3)]


def _record(record: Record, dossier: Dossier, *, names: Mapping[str, str], view: Window, areas: dict[bytes, dict[str, Any]], index: dict[str, int]) -> dict[str, Any]:
    """Give one record: how it is drawn, its line in the list, and its panel."""
    drawn: dict[str, Any] = {"mark": None, "shape": None, "area": None}
    if record.geometry is not None and _is_area(record):
        drawn["area"] = areas[shapely.to_wkb(record.geometry)]["number"]
    elif record.longitude is not None and record.latitude is not None:
        radius = round(record.coordinate_uncertainty_m or 0)
        drawn["mark"] = [round(window.shift(record.longitude, view.carried), 5), round(record.latitude, 5), radius]
        if record.geometry is not None and record.geometry.geom_type.endswith("Polygon"):
            drawn["shape"] = _shape(record.geometry, view)["rings"]
    return {
        "id": record.id,
        "type": record.record_type,
        "glyph": _glyph(record),
        "section": _section(record),
        "mode": record.auxiliary_mode,
        "title": record.title,
        "when": words.period(record.date_start, record.date_end, record.date_prec),
        "where": record.where_text or "place not stated",
        "badge": _badge(record),
        "tags": _tags(record),
        **drawn,
        "facts": _facts(record, dossier, names),
        "evidence": [_evidence(e, record, index) for e in record.evidence],
        "related": [[words.plain(r.type), r.id] for r in record.relations],
    }


def _glyph(record: Record) -> str:
    """Choose the glyph family: by event for incidents, by the first asset for deployments."""
    if isinstance(record, Incident):
        return FAMILIES.get(record.event_type, "other")
    assets = record.assets if isinstance(record, Deployment) else ()
    return ASSETS.get(assets[0].type, "ship") if assets else "force"


def _section(record: Record) -> str:
    """Choose the part of the list that a record stands in."""
    if record.auxiliary_mode != "actual":
        return "apart"
    return record.record_type if record.geometry is not None else "unplaced"


def _badge(record: Record) -> str:
    """Say what an aggregate sums."""
    if record.record_kind != "aggregate":
        return ""
    count = record.events_count if isinstance(record, Incident) else None
    return f"total of {words.number(count)} events" if count else "a total"


def _tags(record: Record) -> list[str]:
    """Give the short words that qualify a record in the list."""
    mode = {"historical": "historical", "future": "planned", "hypothetical": "hypothetical", "negation": "denied or not so"}.get(record.auxiliary_mode)
    assertion = record.assertion.replace("_", " ") if record.assertion != "reported" else None
    total = "total" if record.record_kind == "aggregate" else None
    return [tag for tag in (mode, total, assertion) if tag]


def _facts(record: Record, dossier: Dossier, names: Mapping[str, str]) -> list[list[Any]]:
    """Give the rows of the panel as [heading, lines]."""
    state = [words.ASSERTIONS[record.assertion] + "."] + ([f"{words.MODES[record.auxiliary_mode]}."] if record.auxiliary_mode != "actual" else [])
    rows: list[tuple[str, list[str]]] = [
        ("Standing", state),
        ("When", words.when(record)),
        ("Where", words.where(record)),
        ("In whose waters", words.waters(record, names)),
        ("Zone check", words.zone_check(record)),
        *words.what(record, names),
        ("Who says so", [words.claim(c) for c in record.claims]),
        ("Why is this here", _why(record, dossier)),
        ("Checked", [_checked(record)]),
    ]
    return [[heading, lines] for heading, lines in rows if lines]


def _checked(record: Record) -> str:
    """Say whether a person has looked at the record."""
    review = record.review
    if review.state == "unreviewed":
        return "Not yet checked by a person."
    who = f" by {review.by}" if review.by else ""
    on = f" on {words.day(review.on)}" if review.on else ""
    return f"{words.plain(review.state)}{who}{on}{': ' + review.reason if review.reason else ''}."


def _why(record: Record, dossier: Dossier) -> list[str]:
    """Say which rule read the record and what led to its place."""
    rules = ", ".join(dict.fromkeys(e.rule for e in record.evidence))
    found = _match(record, dossier)
    reasons = [*found.mention.reasons, *found.reasons, *found.flags] if found else []
    return [f"Read by rule {rules}.", *dict.fromkeys(words.plain(reason.replace("_", " ")) for reason in reasons)]


def _match(record: Record, dossier: Dossier) -> Match | None:
    """Find the mention that gave a record its place."""
    reports = {e.report_id for e in record.evidence}
    candidates = (m for reading in dossier.readings if reading.report.id in reports for m in reading.matches)
    return next((m for m in candidates if record.where_text and m.mention.text == record.where_text), None)


def _evidence(evidence: Evidence, record: Record, index: dict[str, int]) -> dict[str, Any]:
    """Give an evidence sentence in pieces, with the words that carried the reading marked, and its source."""
    text = evidence.text[: settings.EVIDENCE_CHARACTERS]
    cut = len(evidence.text) > len(text)
    return {"pieces": _pieces(text, _marks(text, evidence, record)) + ([["…", ""]] if cut else []), "source": index.get(evidence.report_id, -1)}


def _marks(text: str, evidence: Evidence, record: Record) -> list[tuple[int, int, str]]:
    """Find the cues of claims, the place and the date inside a sentence, as code points."""
    marks = [(c.start - evidence.start, c.end - evidence.start, CLAIM) for c in record.claims if _holds(c, evidence, text)]
    for phrase, kind in ((record.where_text, PLACE), (record.date_text, DATE)):
        at = text.find(phrase) if phrase else -1
        if phrase and at >= 0:
            marks.append((at, at + len(phrase), kind))
    return sorted(marks)


def _holds(claim: Claim, evidence: Evidence, text: str) -> bool:
    """Say whether a claim's cue stands in this sentence: offsets of another report would mark the wrong words."""
    start, end = claim.start - evidence.start, claim.end - evidence.start
    return 0 <= start < end <= len(text) and text[start:end] == claim.cue


def _pieces(text: str, marks: Sequence[tuple[int, int, str]]) -> list[list[str]]:
    """Cut a text at its marks; a mark inside another is left out.

    >>> _pieces("off Aruba today", [(4, 9, "place")])
    [['off ', ''], ['Aruba', 'place'], [' today', '']]
    """
    pieces, at = [], 0
    for start, end, kind in marks:
        if start >= at:
            pieces += [[text[at:start], ""], [text[start:end], kind]]
            at = end
    return [piece for piece in [*pieces, [text[at:], ""]] if piece[0]]


def _sources(dossier: Dossier) -> list[dict[str, Any]]:
    """Give the reports: who published what when, and a link when it is one."""
    return [_source(reading.report.source, reading) for reading in dossier.readings]


def _source(source: Source, reading: Reading) -> dict[str, Any]:
    """Give one source; the name of a local file never stands in for a title."""
    return {
        "title": source.title or "Report without a title",
        "publisher": source.publisher or "publisher not stated",
        "published": words.day(source.published),
        "url": _link(source.url),
        "archived": _link(source.archived_url),
        "notes": list(reading.notes),
    }


def _link(url: str | None) -> str:
    """Keep web addresses only: a page that people mail must not run or open anything else."""
    return url if url and url.lower().startswith(("https://", "http://")) and not any(c.isspace() for c in url) else ""


def _unplaced(dossier: Dossier) -> list[list[str]]:
    """List the names that could not be located and the inputs that could not be read, as [name, reason]."""
    rows = [_lost(m) for reading in dossier.readings for m in reading.matches if m.geometry is None and m.mention.role in MAPPED_ROLES]
    rows += [["An input that could not be read", failure.message] for failure in dossier.failures]
    return [list(row) for row in dict.fromkeys(map(tuple, rows))]


def _lost(match: Match) -> list[str]:
    """Give a name that could not be located and why."""
    return [f"“{match.mention.text}”", "; ".join(match.reasons) or "no such place is known here"]


def _texts(dossier: Dossier, records: Sequence[Record]) -> list[list[list[str]]]:
    """Give the reports whole, with the evidence marked."""
    spans = [(e.report_id, e.start, e.end) for r in records for e in r.evidence]
    return [_text(report, sorted({(s, e, "evidence") for name, s, e in spans if name == report.id})) for report in dossier.reports]


def _text(report: Report, marks: Sequence[tuple[int, int, str]]) -> list[list[str]]:
    """Give one report in pieces."""
    return _pieces(report.text, marks)
