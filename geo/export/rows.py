"""Flatten records, mentions and points to GeoJSON features, rows and CSV.

Exports carry the evidence sentences (at most `settings.EVIDENCE_CHARACTERS` each) and the sources, never the reports' texts.
"""

from __future__ import annotations

import csv as _csv
import io
import json
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.geometry import shape

from geo import settings
from geo.layers import credited
from geo.model import Anchor, Casualties, Deployment, EventsCount, Incident, Merge, Review, Source, ZoneCheck, coarse, mention_json, to_json
from geo.shapes import within_world

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.model import Match, Reading, Zone

ATTRIBUTION: Final = (
    "Places: GeoNames (CC BY 4.0), Natural Earth, own tables. Coast: GSHHG (LGPL). "
    "Zones are computed, an approximation without legal authority. Records were read by machine from the listed reports."
)
PARTS: Final = {
    "review": Review, "anchor": Anchor, "zone_check": ZoneCheck, "source": Source, "events_count": EventsCount, "merge": Merge,
}  # fmt: skip
"""Parts of a record that become columns of their own, `source_title` and so on."""
DARWIN_CORE: Final = ("decimalLatitude", "decimalLongitude", "coordinateUncertaintyInMeters", "footprintWKT", "verbatimLocality")
_COUNT: Final = ("low", "best", "high", "qualifier")
# A spreadsheet runs a cell that starts so as a formula, unless it is a number.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-\d+(?:\.\d+)?")


def plain(record: Incident | Deployment) -> dict[str, Any]:
    """Give a record as plain JSON values: its geometry cut at the date line, its evidence to the length that exports carry."""
    whole = record if record.geometry is None else replace(record, geometry=within_world(record.geometry))
    data: dict[str, Any] = to_json(whole)
    for evidence in data["evidence"]:
        evidence["text"] = shorten(evidence["text"])
    return data


def feature(record: Incident | Deployment) -> dict[str, Any]:
    """Give a record as a GeoJSON feature."""
    data = plain(record)
    return {"type": "Feature", "id": record.id, "geometry": data.pop("geometry"), "properties": data}


def mention_features(reading: Reading) -> list[dict[str, Any]]:
    """Give the mentions of a report that have a geometry as GeoJSON features."""
    features = []
    for match in reading.matches:
        if match.geometry is not None:
            data = {"report_id": reading.report.id, **mention_json(replace(match, geometry=within_world(match.geometry)))}
            features.append({"type": "Feature", "geometry": data.pop("geometry"), "properties": data})
    return features


def collection(features: Iterable[dict[str, Any]]) -> str:
    """Join features into a FeatureCollection, one a line, so that two versions compare line by line.

    >>> collection([]).startswith('{"type":"FeatureCollection","attribution":"Places: GeoNames')
    True
    """
    # CC BY asks for the credit to travel with the data; RFC 7946 (6.1) allows a member of one's own.
    lines = ",\n".join(line(item) for item in features)
    return f'{{"type":"FeatureCollection","attribution":{line(credited(ATTRIBUTION))},"features":[\n{lines}\n]}}\n'


def line(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Write a value as one line of JSON.

    >>> line({"place": "Curaçao", "metres": None})
    '{"place":"Curaçao","metres":null}'
    """
    return _LINE.encode(value)


_LINE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def columns(*nouns: type[Incident | Deployment]) -> list[str]:
    """List the columns of a record (of both kinds, or of those given) as a row: always the same, whatever the reports held.

    >>> columns()[:4]
    ['schema_version', 'record_type', 'id', 'members']
    """
    names: list[str] = []
    for part in dict.fromkeys(field.name for noun in nouns or (Incident, Deployment) for field in fields(noun)):
        if part == "casualties":
            names += [f"{who.name}_{number}" for who in fields(Casualties) for number in _COUNT]
        elif part in PARTS:
            names += [f"{part}_{field.name}" for field in fields(PARTS[part])]
        elif part != "geometry":
            names.append(part)
    return [*names, *DARWIN_CORE]


def row(record: Incident | Deployment) -> dict[str, Any]:
    """Flatten a record to one row: counts as columns, lists as JSON, the place in Darwin Core's terms too."""
    data = plain(record)
    # A geometry in a cell would break most spreadsheets; it leaves as WKT at the end.
    geometry = data.pop("geometry")
    flat: dict[str, Any] = {}
    for name, value in data.items():
        if name == "casualties":
            flat |= {f"{who}_{part}": (counted or {}).get(part) for who, counted in value.items() for part in _COUNT}
        elif name in PARTS:
            flat |= {f"{name}_{part.name}": (value or {}).get(part.name) for part in fields(PARTS[name])}
        else:
            flat[name] = value
    return {name: line(value) if isinstance(value, list) else value for name, value in flat.items()} | _darwin_core(data, geometry)


def _when(record: Incident | Deployment) -> str | None:
    """Write the first date as finely as it is known: the year, the month or the day; what runs on is "since" it."""
    first = record.date_start or record.date_end
    if first is None:
        return None
    known = coarse(first, record.date_prec)
    return f"since {known}" if record.date_start and not record.date_end else known


def count(number: int, noun: str) -> str:
    """Count a noun.

    >>> count(1, "report"), count(2, "report")
    ('1 report', '2 reports')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def mention_row(reading: Reading, match: Match) -> dict[str, Any]:
    """Flatten a located mention to one row: its geometry as WKT, its place's fields as columns."""
    data = {"report_id": reading.report.id, **mention_json(match)}
    place = data.pop("place") or {}
    geometry = data.pop("geometry")
    data["footprintWKT"] = geometry and shapely.to_wkt(shape(geometry), rounding_precision=6)
    data |= {f"place_{part}": place.get(part) for part in ("id", "name", "kind", "country", "longitude", "latitude")}
    return {name: line(value) if isinstance(value, list) else value for name, value in data.items()}


def mention_columns(match: Match) -> dict[str, Any]:
    """Give the columns of a mention that people read in a table."""
    place = match.place
    return {
        "mention": match.mention.text,
        "role": match.mention.role,
        "place": place and ", ".join(part for part in (place.name, place.country) if part),
        "drawn as": match.geometry_method,
        "where": _where(match),
        "score": None if match.score is None else f"{match.score:.2f}",
    }


def record_columns(record: Incident | Deployment) -> dict[str, Any]:
    """Give the columns of a record that people read in a table."""
    return {
        "when": _when(record),
        "what": record.title,
        "where": record.where_text,
        "point": _where(record),
        "waters": _waters(record.zones),
        "mode": record.auxiliary_mode,
        "assertion": record.assertion,
        "id": record.id,
    }


POINT_COLUMNS: Final = (
    "longitude", "latitude", "zone_type", "territory", "sovereign", "status", "basis", "sea", "distance_to_coast_nm", "error"
)  # fmt: skip
"""The columns of `geo zones --format csv`."""


def point_feature(answer: dict[str, Any]) -> dict[str, Any]:
    """Give the zones of a point (a line of `geo zones`) as a GeoJSON feature.

    >>> point_feature({"longitude": -68.2, "latitude": 12.5, "zones": []})["geometry"]
    {'type': 'Point', 'coordinates': [-68.2, 12.5]}

    A row without a position keeps its place, without a geometry.

    >>> point_feature({"id": "7", "line": 8, "error": {"code": "coordinate", "message": "..."}})["geometry"] is None
    True

    """
    if "error" in answer:
        return {"type": "Feature", "geometry": None, "properties": answer}
    rest = {name: value for name, value in answer.items() if name not in {"longitude", "latitude"}}
    geometry = {"type": "Point", "coordinates": [answer["longitude"], answer["latitude"]]}
    return {"type": "Feature", "geometry": geometry, "properties": rest}


def point_rows(answer: dict[str, Any], *, joined: bool) -> list[dict[str, Any]]:
    """Give a point's answer as one row with its zones joined by semicolons (CSV), or as a row a zone (table)."""
    point = {"longitude": answer["longitude"], "latitude": answer["latitude"]}
    if "error" in answer:
        return [point | {"error": f"line {answer['line']}: {answer['error']['message']}"}]
    names = ("zone_type", "territory", "sovereign", "status", "basis")
    rest = {"sea": "; ".join(sea["name"] for sea in answer["seas"]), "distance_to_coast_nm": answer["distance_to_coast_nm"]}
    if joined:
        return [point | {name: "; ".join(str(zone[name] or "") for zone in answer["zones"]) for name in names} | rest]
    return [point | {name: zone[name] for name in names} | rest for zone in answer["zones"] or [dict.fromkeys(names)]]


def shorten(text: str) -> str:
    """Cut a sentence at a word to the length that pages and exports carry.

    >>> shorten("short")
    'short'
    """
    if len(text) <= settings.EVIDENCE_CHARACTERS:
        return text
    return text[: settings.EVIDENCE_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"


def rows_csv(rows: Sequence[dict[str, Any]], *, columns: Sequence[str] = (), header: bool = True) -> str:
    r"""Write rows as CSV with the given columns, else all that occur; text that a spreadsheet would run is quoted with an apostrophe.

    >>> rows_csv([{"name": "=1+1", "longitude": -68.2}])
    "name,longitude\r\n'=1+1,-68.2\r\n"
    """
    columns = list(columns) or list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = _csv.DictWriter(out, columns, restval=None)
    if columns and header:
        writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _waters(zones: Sequence[Zone]) -> str:
    """Name the two zones with the greatest shares and count the rest: a sea lies in dozens."""
    greatest = sorted(zones, key=lambda zone: -zone.share)
    named = "; ".join(f"{zone.zone_type} {zone.territory or ''}".rstrip() + f" {zone.share:.0%}" for zone in greatest[:2])
    return named + (f"; {len(zones) - 2} more" if len(zones) > 2 else "")


def _where(placed: Match | Incident | Deployment) -> str:
    """Write a point with its radius; an area has none."""
    if placed.longitude is None or placed.latitude is None or placed.coordinate_uncertainty_m is None:
        return "area" if placed.geometry is not None else ""
    return f"{placed.latitude:.2f} {placed.longitude:.2f} ±{placed.coordinate_uncertainty_m / 1000:.0f} km"


def _darwin_core(data: dict[str, Any], geometry: dict[str, Any] | None) -> dict[str, Any]:
    """Name the place in Darwin Core's terms. Its circle should hold all of the place; ours holds `coverage` of it."""
    shape_text = geometry and shapely.to_wkt(shape(geometry), rounding_precision=6)
    values = (data["latitude"], data["longitude"], data["coordinate_uncertainty_m"], shape_text, data["where_text"])
    return dict(zip(DARWIN_CORE, values, strict=True))


def cell(value: Any) -> Any:  # noqa: ANN401 - any value of a cell
    """Defuse text that a spreadsheet would run; numbers stay numbers, written ones too.

    >>> cell("=1+1"), cell(-68.2), cell("-68.2")
    ("'=1+1", -68.2, '-68.2')
    """
    if isinstance(value, str) and value.startswith(FORMULA) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
