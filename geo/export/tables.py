"""Lay a `Dossier` out as tables: what GeoPackage, Excel and stores hold, each table of one kind of thing and one kind of geometry.

A record stands in `incidents` or `deployments`, with a point only where it has one; its outline stands in `areas` (or `lines`) under the
same id. So every layer has one geometry type, opens with one style, and no country becomes a pin.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.geometry import Point, shape

from geo.export import rows as flat
from geo.model import Deployment, Incident, Zone
from geo.shapes import within_world

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geo.model import Dossier

    Record = Incident | Deployment

PLACE: Final = (
    "report_id", "start", "end", "text", "role", "geometry_method", "longitude", "latitude", "coordinate_uncertainty_m", "score", "reasons",
    "flags", "runners_up", "footprintWKT", "place_id", "place_name", "place_kind", "place_country", "place_longitude", "place_latitude",
)  # fmt: skip
OUTLINE: Final = (
    "of_id", "report_id", "outline_of", "title", "geometry_method", "is_area", "coordinate_uncertainty_m", "coverage", "auxiliary_mode",
    "date_start", "date_end",
)  # fmt: skip
RECORD_ZONE: Final = ("record_id", *(field.name for field in fields(Zone)))
EVIDENCE: Final = (
    "record_id", "report_id", "start", "end", "text", "rule", "source_title", "source_publisher", "source_published", "source_url",
)  # fmt: skip
_INTEGERS: Final = ("_low", "_best", "_high", "_prec", "_precision", "independent_sources")
_REALS: Final = (
    "longitude", "latitude", "Longitude", "Latitude", "uncertainty_m", "InMeters", "coverage", "_nm", "_deg", "share",
    "score", "distance_m",
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """Rows of one kind; `owner` is the column that says whose they are, `shapes` their geometry, none in a plain table."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    owner: str = "id"
    geometry: str | None = None
    shapes: tuple[BaseGeometry | None, ...] = ()


def kind(column: str) -> str:
    """Say what a column holds, whatever the rows at hand hold: else a table of unknowns would turn its numbers into text.

    >>> kind("killed_low"), kind("label_longitude"), kind("strait"), kind("title")
    ('integer', 'real', 'boolean', 'text')
    """
    if column in {"start", "end"} or column.endswith(_INTEGERS):
        return "integer"
    if column in {"strait", "is_area"}:
        return "boolean"
    return "real" if column.endswith(_REALS) else "text"


def tables(dossier: Dossier) -> tuple[Table, ...]:
    """Lay out everything that was read.

    >>> from geo.model import Dossier
    >>> [table.name for table in tables(Dossier())]
    ['incidents', 'deployments', 'places', 'areas', 'lines', 'record_zones', 'evidence']
    """
    outlines = tuple(_outlines(dossier))
    return (
        _records("incidents", Incident, dossier.incidents),
        _records("deployments", Deployment, dossier.deployments),
        _places(dossier),
        _shaped("areas", "MultiPolygon", ((row, area) for row, whole in outlines if (area := _of_dimension(whole, 2)) is not None)),
        _shaped("lines", "MultiLineString", ((row, line) for row, whole in outlines if (line := _of_dimension(whole, 1)) is not None)),
        Table("record_zones", RECORD_ZONE, tuple(_zones(dossier.records)), "record_id"),
        Table("evidence", EVIDENCE, tuple(_evidence(dossier.records)), "record_id"),
    )


def _records(name: str, noun: type[Incident | Deployment], records: Iterable[Incident | Deployment]) -> Table:
    """Lay out the records of one kind, each with its point if it has one."""
    made = tuple(flat.row(record) for record in records)
    return Table(name, tuple(flat.columns(noun)), made, "id", "Point", tuple(_point(row) for row in made))


def _places(dossier: Dossier) -> Table:
    """Lay out the mentions of all reports, also those that could not be placed."""
    made = tuple(flat.mention_row(reading, match) for reading in dossier.readings for match in reading.matches)
    return Table("places", PLACE, made, "report_id", "Point", tuple(_point(row) for row in made))


def _point(row: dict[str, Any]) -> BaseGeometry | None:
    """Give the point of a row; an area has none."""
    return None if row["longitude"] is None else Point(row["longitude"], row["latitude"])


def _outlines(dossier: Dossier) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Give whatever has an outline: a record or place whose geometry is no point."""
    for record in dossier.records:
        data = flat.plain(record)
        if data["geometry"] is not None and data["geometry"]["type"] != "Point":
            whose = {"of_id": record.id, "report_id": record.evidence[0].report_id, "outline_of": record.record_type}
            told: dict[str, Any] = {key: data[key] for key in OUTLINE if key in data}
            yield whose | told | {"is_area": record.longitude is None}, shape(data["geometry"])
    for reading in dossier.readings:
        for match in reading.matches:
            if match.geometry is not None and match.geometry.geom_type != "Point":
                told = {key: getattr(match, key) for key in ("geometry_method", "coordinate_uncertainty_m", "coverage")}
                told |= {"of_id": reading.report.id, "report_id": reading.report.id, "outline_of": "place", "title": match.mention.text}
                yield told | {"is_area": match.longitude is None}, within_world(match.geometry)


def _of_dimension(geometry: BaseGeometry, dimension: int) -> BaseGeometry | None:
    """Give the surfaces (2) or lines (1) of a geometry as one multi-part geometry."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(geometry)) if shapely.get_dimensions(part) == dimension]
    if not parts:
        return None
    whole: BaseGeometry = shapely.multipolygons(parts) if dimension == 2 else shapely.multilinestrings(parts)
    return whole


def _shaped(name: str, geometry: str, found: Iterable[tuple[dict[str, Any], BaseGeometry]]) -> Table:
    """Lay out outlines of one geometry type."""
    made = tuple(found)
    return Table(name, OUTLINE, tuple(row for row, _ in made), "of_id", geometry, tuple(outline for _, outline in made))


def _zones(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Give a row a record and zone."""
    for record in records:
        for zone in record.zones:
            yield {"record_id": record.id, **{field.name: getattr(zone, field.name) for field in fields(Zone)}}


def _evidence(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Give a row a record and sentence, with the source of the record's own report."""
    for record in records:
        source = {f"source_{name}": getattr(record.source, name) for name in ("title", "publisher", "published", "url")}
        for sentence in flat.plain(record)["evidence"]:
            mine = sentence["report_id"] == record.evidence[0].report_id
            yield {"record_id": record.id, **sentence, **(source if mine else dict.fromkeys(source))}
