"""Write a `Dossier` as GeoJSON, CSV, GeoPackage or FlatGeobuf, and plain rows as CSV or a table.

Exports carry the evidence sentences (at most `settings.EVIDENCE_CHARACTERS` each) and the sources, never the reports' texts.
"""

from __future__ import annotations

import csv as _csv
import io
import json
import os
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely import affinity
from shapely.geometry import box, shape

from geo import settings
from geo.errors import UsageError
from geo.model import Anchor, Casualties, Deployment, EventsCount, Incident, Review, Source, ZoneCheck, coarse, mention_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo.model import Dossier, Match, Reading, Zone

ATTRIBUTION: Final = (
    "Places: GeoNames (CC BY 4.0), Natural Earth, own tables. Coast: GSHHG (LGPL). "
    "Zones are computed, an approximation without legal authority. Records were read by machine from the listed reports."
)
SUFFIXES: Final = (".geojson", ".json", ".csv", ".gpkg", ".fgb")
PARTS: Final = {"review": Review, "anchor": Anchor, "zone_check": ZoneCheck, "source": Source, "events_count": EventsCount}
"""Parts of a record that become columns of their own, `source_title` and so on."""
DARWIN_CORE: Final = ("decimalLatitude", "decimalLongitude", "coordinateUncertaintyInMeters", "footprintWKT", "verbatimLocality")
# A spreadsheet runs a cell that starts so as a formula.
_COUNT: Final = ("low", "best", "high", "qualifier")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def geojson(dossier: Dossier) -> str:
    """Write the records as an RFC 7946 FeatureCollection, one feature a line.

    No `crs` member, exterior rings counterclockwise, cut at the antimeridian. The id of a feature is the record's; a record without a
    geometry stays in with `"geometry": null`. Properties are the record fields (see `docs/records.md`).

    >>> from geo.model import Dossier
    >>> geojson(Dossier()).startswith('{"type":"FeatureCollection"')
    True
    """
    return collection(feature(record) for record in dossier.records)


def csv(dossier: Dossier) -> str:
    """Write the records as CSV: a row each, flat columns first, lists as JSON, and the place in Darwin Core's terms.

    Longitude and latitude stay empty for areas, so that no table turns a country into a pin; `footprintWKT` has the area.
    """
    return rows_csv([row(record) for record in dossier.records], columns=columns())


def frame(dossier: Dossier) -> gpd.GeoDataFrame:
    """Give the records as a GeoDataFrame in WGS84, with the columns of `csv`.

    >>> from geo.model import Dossier
    >>> len(frame(Dossier()))
    0
    """
    import geopandas  # noqa: PLC0415 - half a second, for notebooks and binary formats only

    rows = [row(record) for record in dossier.records]
    areas: list[Any] = [geometry and shape(geometry) for geometry in (plain(record)["geometry"] for record in dossier.records)]
    made = geopandas.GeoDataFrame(rows, columns=columns(), geometry=areas, crs="OGC:CRS84")
    # Else a column of counts with a gap turns into decimals: nobody wants 76.0 people.
    whole = [name for name in made.columns if name.endswith(("_low", "_best", "_high", "_prec", "_precision"))]
    return made.astype(dict.fromkeys(whole, "Int64"))


def write(dossier: Dossier, path: str | Path) -> None:
    """Write a file in the format that its name ends with: .geojson, .json, .csv, .gpkg or .fgb.

    The file appears whole or not at all.

    Raises
    ------
    UsageError
        Nothing is written for that ending, or the folder is missing.

    """
    suffix = check_name(path)
    path = Path(path)
    with beside(path) as draft:
        if suffix in {".gpkg", ".fgb"}:
            _write_vector(dossier, draft)
        else:
            text = csv(dossier) if suffix == ".csv" else geojson(dossier)
            # A spreadsheet knows UTF-8 only by its byte order mark.
            draft.write_text(text, encoding="utf-8-sig" if suffix == ".csv" else "utf-8", newline="")


def check_name(path: str | Path) -> str:
    """Give the ending of a file that can be written.

    Raises
    ------
    UsageError
        Nothing is written for that ending.

    >>> check_name("out.GPKG")
    '.gpkg'
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        message = f"cannot write {Path(path).name!r}: the name must end in one of {', '.join(SUFFIXES)}"
        raise UsageError(message)
    return suffix


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a file beside `path` to write to, and rename it when all went well: nothing half-written is ever seen.

    Raises
    ------
    UsageError
        The folder is missing or may not be written to.

    """
    # Through a link to what it points at, else the link itself would be replaced.
    target = path.resolve()
    if target.exists() and not target.is_file():
        message = f"cannot write {str(path)!r}: it is no ordinary file; choose another name with -o, or - for the standard output"
        raise UsageError(message)
    draft = target.with_name(f".{target.stem}-{os.getpid()}{target.suffix}")
    try:
        draft.touch(exist_ok=False)
        yield draft
        draft.replace(target)
    except OSError as error:
        message = f"cannot write {str(path)!r}: {error.strerror or error}; choose another place with -o"
        raise UsageError(message) from error
    finally:
        draft.unlink(missing_ok=True)


def plain(record: Incident | Deployment) -> dict[str, Any]:
    """Give a record as plain JSON values: its geometry cut at the date line, its evidence to the length that exports carry."""
    cut = record if record.geometry is None else replace(record, geometry=_cut(record.geometry))
    data: dict[str, Any] = to_json(cut)
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
            data = {"report_id": reading.report.id, **mention_json(replace(match, geometry=_cut(match.geometry)))}
            features.append({"type": "Feature", "geometry": data.pop("geometry"), "properties": data})
    return features


def collection(features: Iterable[dict[str, Any]]) -> str:
    """Join features into a FeatureCollection, one a line, so that two versions compare line by line."""
    # CC BY asks for the credit to travel with the data; RFC 7946 (6.1) allows a member of one's own.
    lines = ",\n".join(line(item) for item in features)
    return f'{{"type":"FeatureCollection","attribution":{line(ATTRIBUTION)},"features":[\n{lines}\n]}}\n'


def line(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Write a value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def columns() -> list[str]:
    """List the columns of a record as a row: always the same, whatever the reports held.

    >>> columns()[:4]
    ['schema_version', 'record_type', 'id', 'members']
    """
    names: list[str] = []
    for part in dict.fromkeys(field.name for noun in (Incident, Deployment) for field in fields(noun)):
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
            flat[name] = line(value) if isinstance(value, list) else value
    return flat | _darwin_core(data, geometry)


def _when(record: Incident | Deployment) -> str | None:
    """Write the first date as finely as it is known: the year, the month or the day; what runs on is "since" it."""
    first = record.date_start or record.date_end
    if first is None:
        return None
    known = coarse(first, record.date_prec)
    return f"since {known}" if record.date_start and not record.date_end else known


def summary(dossier: Dossier) -> str:
    """Count in one line what was found and what of it is on the map, or say why nothing is."""
    kept = [record for record in dossier.records if record.review.state != "rejected"]
    shown = [record for record in kept if record.geometry is not None and record.auxiliary_mode == "actual"]
    found = f"{count(len(dossier.incidents), 'incident')} and {count(len(dossier.deployments), 'deployment')}"
    where = f"in {count(len(dossier.reports), 'report')}"
    if shown:
        return f"{found} {where}; {len(shown)} on the map, {len(kept) - len(shown)} listed beside it"
    if dossier.records and not kept:
        return f"{found} {where}, none on the map: a person rejected them all"
    if dossier.records:
        return f"{found} {where}, none on the map: none is both placed and actual (the page lists each with its reason)"
    if any(match.geometry is not None for reading in dossier.readings for match in reading.matches):
        return f"the map is empty: places, but no incident and no deployment {where}"
    return f"the map is empty: no place, no incident and no deployment {where}"


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


def point_feature(answer: dict[str, Any]) -> dict[str, Any]:
    """Give the zones of a point (a line of `geo zones`) as a GeoJSON feature."""
    rest = {name: value for name, value in answer.items() if name not in {"longitude", "latitude"}}
    geometry = {"type": "Point", "coordinates": [answer["longitude"], answer["latitude"]]}
    return {"type": "Feature", "geometry": geometry, "properties": rest}


def point_rows(answer: dict[str, Any], *, joined: bool) -> list[dict[str, Any]]:
    """Give a point's answer as one row with its zones joined by semicolons (CSV), or as a row a zone (table)."""
    if "error" in answer:
        return [{"longitude": None, "latitude": None, "error": answer["error"]["message"]}]
    point = {"longitude": answer["longitude"], "latitude": answer["latitude"]}
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


def rows_csv(rows: Sequence[dict[str, Any]], *, columns: Sequence[str] = ()) -> str:
    r"""Write rows as CSV with the given columns, else all that occur; text that a spreadsheet would run is quoted with an apostrophe.

    >>> rows_csv([{"name": "=1+1", "longitude": -68.2}])
    "name,longitude\r\n'=1+1,-68.2\r\n"
    """
    columns = list(columns) or list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = _csv.DictWriter(out, columns, restval=None)
    if columns:
        writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def table(rows: Sequence[dict[str, Any]], *, width: int = 160) -> str:
    """Set rows as an aligned table for reading; the widest columns give way until it fits `width` characters.

    >>> print(table([{"zone": "eez", "share": 1.0}, {"zone": "high_seas", "share": None}]))
    zone       share
    eez        1.0
    high_seas  –
    """
    if not rows:
        return ""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns, *([_plain(row.get(name)) for name in columns] for row in rows)]
    widths = [max(len(cells[i]) for cells in lines) for i in range(len(columns))]
    while sum(widths) + 2 * len(widths) > width and max(widths) > 12:
        widths[widths.index(max(widths))] -= 1
    return "\n".join("  ".join(_fit(cell, w) for cell, w in zip(cells, widths, strict=True)).rstrip() for cells in lines)


def _write_vector(dossier: Dossier, path: Path) -> None:
    """Write a GeoPackage or FlatGeobuf through GDAL, with a fixed date so that equal input gives equal bytes."""
    import pyogrio  # noqa: PLC0415 - it imports pandas

    data = frame(dossier)
    # The clock in a GeoPackage's contents table would make every file differ.
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{dossier.as_of or '1970-01-01'}T00:00:00.000Z"})
    try:
        if path.suffix == ".gpkg":
            data.to_file(path, driver="GPKG", layer="records", geometry_type="Unknown")
        else:
            # Its spatial index refuses the records that have no geometry.
            data.to_file(path, driver="FlatGeobuf", geometry_type="Unknown", SPATIAL_INDEX="NO")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


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


def _cut(geometry: BaseGeometry) -> BaseGeometry:
    """Bring a geometry that runs past 180 degrees back, cut at the antimeridian (RFC 7946, 3.1.9)."""
    west, _, east, _ = geometry.bounds
    if west >= -180 and east <= 180:
        return geometry
    world = box(-180, -90, 180, 90)
    parts = (affinity.translate(geometry, xoff=turn) for turn in (-360, 0, 360))
    return shapely.union_all([part.intersection(world) for part in parts])


def _cell(value: Any) -> Any:  # noqa: ANN401 - any value of a cell
    """Defuse text that a spreadsheet would run; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _plain(value: Any) -> str:  # noqa: ANN401 - any value of a cell
    """Write a cell for reading: one line, no control characters (a report must not steer the terminal)."""
    if value is None or value == "":
        return "–"
    return "".join(c if c.isprintable() else " " for c in str(value))


def _fit(text: str, width: int) -> str:
    """Pad or cut a cell to its column."""
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"
