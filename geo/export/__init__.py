"""Write a `Dossier` as GeoJSON, GeoPackage, GeoParquet, FlatGeobuf, KML, CSV, Excel or TimeMap's JSON; one record, one meaning.

Exports carry the evidence sentences (at most `settings.EVIDENCE_CHARACTERS` each) and the sources, never the reports' texts.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from shapely.geometry import shape

from geo.errors import UsageError
from geo.export.rows import (
    ATTRIBUTION,
    DARWIN_CORE,
    POINT_COLUMNS,
    collection,
    columns,
    count,
    feature,
    line,
    mention_columns,
    mention_features,
    mention_row,
    plain,
    point_feature,
    point_rows,
    record_columns,
    row,
    rows_csv,
    shorten,
)
from geo.export.terminal import table
from geo.whole import beside

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.model import Dossier

__all__ = [
    "ATTRIBUTION", "DARWIN_CORE", "FORMATS", "POINT_COLUMNS", "beside", "check_name", "collection", "columns", "count", "csv",
    "feature", "frame", "geojson", "line", "mention_columns", "mention_features", "mention_row", "plain", "point_feature",
    "point_rows", "record_columns", "row", "rows_csv", "shorten", "summary", "table", "write",
]  # fmt: skip

FORMATS: Final = {
    ".geojson": "GeoJSON (RFC 7946)",
    ".json": "the same",
    ".gpkg": "GeoPackage: layers with styles for QGIS",
    ".parquet": "GeoParquet 1.1 (extra `parquet`)",
    ".fgb": "FlatGeobuf",
    ".kml": "KML with time spans",
    ".csv": "CSV",
    ".xlsx": "Excel, a sheet a layer (extra `excel`)",
    ".timemap.json": "events for TimeMap",
}
"""What a file's name may end in, and what is written then."""


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

    >>> from geo.model import Dossier
    >>> csv(Dossier()).startswith("schema_version,record_type,id")
    True
    """
    return rows_csv([row(record) for record in dossier.records], columns=columns())


def frame(dossier: Dossier) -> gpd.GeoDataFrame:
    """Give the records as a GeoDataFrame in WGS84, with the columns of `csv`.

    >>> from geo.model import Dossier
    >>> len(frame(Dossier()))
    0
    """
    from geo.export import formats, tables  # noqa: PLC0415 - half a second, for notebooks and binary formats only

    shapes = tuple(geometry and shape(geometry) for geometry in (plain(record)["geometry"] for record in dossier.records))
    return formats.frame(tables.Table("records", tuple(columns()), tuple(row(record) for record in dossier.records), shapes=shapes))


def write(dossier: Dossier, path: str | Path) -> None:
    """Write a file in the format that its name ends with (see `FORMATS`).

    The file appears whole or not at all, and never in the place of a store.

    Raises
    ------
    UsageError
        Nothing is written for that ending, the folder is missing or not to be written to, the disk is full, or a package is missing.

    >>> import os, tempfile
    >>> from geo.model import Dossier
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(Dossier(), f"{folder}/out.csv")
    ...     len(os.listdir(folder))
    1
    """
    suffix = check_name(path)
    with beside(Path(path)) as draft:
        draft.write_bytes(_content(dossier, suffix)) if suffix in _TEXTS else _write_binary(dossier, draft, suffix)


def check_name(path: str | Path) -> str:
    """Give the ending of a file that can be written, with what writes it at hand.

    Raises
    ------
    UsageError
        Nothing is written for that ending, a package is missing, or the file is a store.

    >>> check_name("out.GPKG"), check_name("out.timemap.json")
    ('.gpkg', '.timemap.json')
    """
    name = Path(path).name
    # The longest first: `.timemap.json` is also a `.json`.
    suffix = next((ending for ending in sorted(FORMATS, key=len, reverse=True) if name.lower().endswith(ending)), None)
    if suffix is None:
        message = f"cannot write {name!r}: the name must end in one of {', '.join(FORMATS)}"
        raise UsageError(message)
    if suffix in {".gpkg", ".parquet", ".xlsx"}:
        from geo.export import formats  # noqa: PLC0415 - as above

        formats.check_tools(suffix, Path(path))
    return suffix


def summary(dossier: Dossier) -> str:
    """Count in one line what was found and what of it is on the map, or say why nothing is.

    >>> from geo.model import Dossier
    >>> summary(Dossier())
    'the map is empty: no place, no incident and no deployment in 0 reports'
    """
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


_TEXTS: Final = {".geojson", ".json", ".csv", ".timemap.json"}


def _content(dossier: Dossier, suffix: str) -> bytes:
    """Write one of the formats that are text."""
    if suffix == ".csv":
        # A spreadsheet knows UTF-8 only by its byte order mark.
        return csv(dossier).encode("utf-8-sig")
    if suffix == ".timemap.json":
        from geo.export import timemap  # noqa: PLC0415 - one format of many

        return timemap.events(dossier).encode()
    return geojson(dossier).encode()


def _write_binary(dossier: Dossier, draft: Path, suffix: str) -> None:
    """Write one of the formats that others' code writes."""
    from geo.export import formats  # noqa: PLC0415 - as above

    writers: dict[str, Any] = {
        ".gpkg": formats.geopackage, ".fgb": formats.flatgeobuf, ".parquet": formats.geoparquet, ".kml": formats.kml,
        ".xlsx": formats.workbook,
    }  # fmt: skip
    try:
        writers[suffix](dossier, draft)
    except (RuntimeError, sqlite3.Error) as error:
        # GDAL's and SQLite's errors are none of the system's, though a full disk is behind most of them.
        raise OSError(f"{error} (is the disk full?)") from error  # noqa: EM102, TRY003 - `beside` makes the message of it
