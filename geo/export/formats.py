"""Write the formats that others' code writes: GeoPackage, FlatGeobuf, KML (GDAL), GeoParquet (pyarrow), Excel (openpyxl)."""

from __future__ import annotations

import datetime as dt
import io
import re
import sqlite3
import zipfile
from contextlib import closing, contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from geo.errors import UsageError
from geo.export import rows as flat
from geo.export import styles
from geo.export.tables import Table, kind, tables
from geo.layers import credited
from geo.model import Incident
from geo.shapes import within_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.model import Dossier, Record

STORE_TABLE: Final = "incident_store"
"""The table that makes a GeoPackage a store of ours (see `geo.store`): an export never takes the place of one."""
_DTYPES: Final = {"integer": "Int64", "real": "float64", "boolean": "boolean", "text": "object"}
_EXTRAS: Final = {".parquet": ("pyarrow", "parquet"), ".xlsx": ("openpyxl", "excel")}
_ZONE_MARGIN_DEG: Final = 2.0
_ZONE_TOLERANCE_DEG: Final = 0.005
_CELL_CHARACTERS: Final = 32_767
# XML 1.0 has no place for these, and so neither Excel nor KML.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def check_tools(suffix: str, path: Path) -> None:
    """Refuse what cannot be written before anything is read.

    Raises
    ------
    UsageError
        A package is missing, or the file is a store.

    """
    package, extra = _EXTRAS.get(suffix, ("", ""))
    if package and find_spec(package) is None:
        message = f"writing {path.name!r} needs {package}; install incident-mapper[{extra}], or choose .gpkg or .csv"
        raise UsageError(message)
    if suffix == ".gpkg" and is_store(path):
        message = f"{str(path)!r} is a store, and an export would replace its history; add to it with --store, or name another file"
        raise UsageError(message)


def is_store(path: Path) -> bool:
    """Say whether a file is a store of ours."""
    try:
        if not path.is_file():
            return False
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            return bool(file.execute("SELECT count(*) FROM sqlite_master WHERE name = ?", (STORE_TABLE,)).fetchone()[0])
    except (sqlite3.DatabaseError, OSError):
        return False


def frame(table: Table) -> gpd.GeoDataFrame:
    """Give a table as a frame in WGS84 whose columns have the same types whatever the rows hold."""
    # Else a column of counts with a gap turns into decimals: nobody wants 76.0 people.
    data = pd.DataFrame(list(table.rows), columns=list(table.columns)).astype({name: _DTYPES[kind(name)] for name in table.columns})
    shapes: Any = list(table.shapes) or [None] * len(data)
    return gpd.GeoDataFrame(data, geometry=gpd.GeoSeries(shapes, index=data.index, crs="OGC:CRS84"))


def geopackage(dossier: Dossier, path: Path) -> None:
    """Write every table as a layer, the zones around the records, and a style for each."""
    on = f"{dossier.as_of or '1970-01-01'}T00:00:00.000Z"
    with _dated(on):
        for number, table in enumerate((*tables(dossier), _waters(dossier))):
            skeleton(table, path, append=number > 0)
    styles.put(path, on=on)


def skeleton(table: Table, path: Path, *, append: bool) -> None:
    """Write one table as a layer of a GeoPackage."""
    # The same as CRS84 there (longitude comes first in the file), under the number that every program knows.
    data = frame(table).set_crs("EPSG:4326", allow_override=True)
    options = {"DESCRIPTION": credited(flat.ATTRIBUTION)}
    given: dict[str, Any] = {"driver": "GPKG", "layer": table.name, "append": append}
    if table.geometry is None:
        pyogrio.write_dataframe(pd.DataFrame(data.drop(columns="geometry")), path, layer_options=options, **given)
    else:
        given |= {"geometry_type": table.geometry, "promote_to_multi": table.geometry.startswith("Multi")}
        pyogrio.write_dataframe(data, path, layer_options=options | {"GEOMETRY_NAME": "geom"}, **given)


def flatgeobuf(dossier: Dossier, path: Path) -> None:
    """Write the records as FlatGeobuf, all in one layer."""
    # Through memory, for GDAL keeps a full disk to itself. Its spatial index refuses the records that have no geometry.
    made = io.BytesIO()
    data = _all(dossier).set_crs("EPSG:4326", allow_override=True)
    given: dict[str, Any] = {"layer": "records", "geometry_type": "Unknown", "layer_options": {"SPATIAL_INDEX": "NO"}}
    pyogrio.write_dataframe(data, made, driver="FlatGeobuf", **given)
    path.write_bytes(made.getvalue())


def geoparquet(dossier: Dossier, path: Path) -> None:
    """Write the records as GeoParquet 1.1, with the box of each geometry beside it, so that readers skip what lies elsewhere."""
    _all(dossier).to_parquet(path, index=False, schema_version="1.1.0", write_covering_bbox=True, compression="zstd")


def kml(dossier: Dossier, path: Path) -> None:
    """Write the records as KML, a folder a kind, with the days that each may have happened on as its time span.

    A record with a point shows its outline too; an area has no point, so no program puts a pin on it.
    """
    with _dated(f"{dossier.as_of or '1970-01-01'}T00:00:00.000Z"):
        for number, (name, records) in enumerate((("incidents", dossier.incidents), ("deployments", dossier.deployments))):
            marks = [_placemark(record) for record in records]
            data = pd.DataFrame(marks, columns=list(_PLACEMARK)).astype({"begin": "datetime64[ms]", "end": "datetime64[ms]"})
            shapes: Any = [_pinned(record) for record in records]
            marked = gpd.GeoDataFrame(data, geometry=gpd.GeoSeries(shapes, crs="OGC:CRS84"))
            credit = {"DESCRIPTION": credited(flat.ATTRIBUTION)}
            given: dict[str, Any] = {"layer": name, "geometry_type": "Unknown", "append": number > 0, "layer_options": credit}
            pyogrio.write_dataframe(marked, path, driver="LIBKML", **given)
    # LIBKML keeps a full disk to itself; a file that was cut short does not read back.
    pyogrio.read_info(path, layer=0, force_feature_count=True)


def workbook(dossier: Dossier, path: Path) -> None:
    """Write every table as a sheet; text that a spreadsheet would run stays text."""
    try:
        made = _book(dossier)
    except Exception as error:
        if type(error).__module__.startswith("lxml"):
            # A sheet goes through a temporary file, and lxml has an error of its own for a full disk.
            raise OSError(str(error)) from error
        raise
    path.write_bytes(_undated(made))


def _book(dossier: Dossier) -> io.BytesIO:
    """Make the workbook in memory."""
    import openpyxl  # noqa: PLC0415 - an extra
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = openpyxl.Workbook(write_only=True)
    for table in tables(dossier):
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        sheet.append(list(table.columns))
        for row in table.rows:
            sheet.append([_excel_cell(WriteOnlyCell(sheet), row.get(name)) for name in table.columns])
    made = io.BytesIO()
    book.save(made)
    return made


def _all(dossier: Dossier) -> gpd.GeoDataFrame:
    """Give all records in one frame."""
    from geo import export  # noqa: PLC0415 - it imports this module

    return export.frame(dossier)


@contextmanager
def _dated(on: str) -> Iterator[None]:
    """Keep the clock out of a file: equal input gives equal bytes."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": on})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _waters(dossier: Dossier) -> Table:
    """Cut the zones around the records, one polygon an area of the layer; who claims it stands together."""
    columns = ("zone_type", "territory", "sovereign", "status", "basis")
    shapes = [within_world(record.geometry) for record in dossier.records if record.geometry is not None]
    if not shapes:
        return Table("zones", columns, (), "zone_type", "MultiPolygon")
    from geo import zones  # noqa: PLC0415 - loads the layer, and only a file with a map needs it

    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    window = (west - _ZONE_MARGIN_DEG, south - _ZONE_MARGIN_DEG, east + _ZONE_MARGIN_DEG, north + _ZONE_MARGIN_DEG)
    areas = zones.open_areas()
    near = shapely.intersects(shapely.envelope(areas.parts), shapely.box(*window))
    rows, outlines = [], []
    for number in np.unique(areas.area_of[near]).tolist():
        parts = areas.parts[near & (areas.area_of == number)]
        whole = shapely.clip_by_rect(shapely.make_valid(shapely.simplify(shapely.multipolygons(parts), _ZONE_TOLERANCE_DEG)), *window)
        polygons = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon" and not part.is_empty]
        if polygons:
            claims = areas.of_area[number]
            rows.append({name: "; ".join(dict.fromkeys(str(getattr(zone, name) or "") for zone in claims)) for name in columns[1:]})
            rows[-1]["zone_type"] = claims[0].zone_type
            outlines.append(shapely.multipolygons(polygons))
    return Table("zones", columns, tuple(rows), "zone_type", "MultiPolygon", tuple(outlines))


_PLACEMARK: Final = (
    "Name", "description", "begin", "end", "record_id", "type", "assertion", "auxiliary_mode", "coordinate_uncertainty_m", "review",
)  # fmt: skip


def _placemark(record: Record) -> dict[str, Any]:
    """Give the fields of a placemark: `Name`, `description`, `begin` and `end` are LIBKML's own names."""
    of = record.event_type if isinstance(record, Incident) else getattr(record, "status", None)
    where = f"within {record.coordinate_uncertainty_m / 1000:.0f} km" if record.coordinate_uncertainty_m else "somewhere in the area"
    source = ", ".join(part for part in (record.source.publisher, record.source.title, record.source.published, record.source.url) if part)
    said = flat.shorten(record.evidence[0].text)
    data = {
        "Name": record.title,
        "description": f"“{said}” ({source or record.evidence[0].report_id}). Where: {record.where_text or 'not said'}, {where}.",
        "begin": _day(record.date_start, "00:00:00"),
        "end": _day(record.date_end, "23:59:59"),
        "record_id": record.id,
        "type": of,
        "assertion": record.assertion,
        "auxiliary_mode": record.auxiliary_mode,
        "coordinate_uncertainty_m": record.coordinate_uncertainty_m,
        "review": record.review.state,
    }
    return {name: _CONTROL.sub(" ", value) if isinstance(value, str) else value for name, value in data.items()}


def _day(iso: str | None, time: str) -> dt.datetime | None:
    """Give the first or last second of a day; what is open stays open."""
    return dt.datetime.fromisoformat(f"{iso}T{time}") if iso else None


def _pinned(record: Record) -> shapely.Geometry | None:
    """Give the geometry of a placemark: the outline, and the point in it where there is one."""
    if record.geometry is None:
        return None
    outline = within_world(record.geometry)
    if record.longitude is None or record.latitude is None or outline.geom_type == "Point":
        return outline
    return shapely.GeometryCollection([shapely.Point(record.longitude, record.latitude), outline])


def _excel_cell(cell: Any, value: Any) -> Any:  # noqa: ANN401 - openpyxl ships no types
    """Fill a cell: numbers stay numbers, text stays text whatever it begins with."""
    if not isinstance(value, str):
        cell.value = value
        return cell
    text = _CONTROL.sub(" ", value)
    cell.value = text if len(text) <= _CELL_CHARACTERS else "longer than a cell of Excel; the other formats have it"
    # Else openpyxl makes a formula of what starts with "=", and Excel one of what a person edits.
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(flat.FORMULA)
    return cell


def _undated(made: io.BytesIO) -> bytes:
    """Take the clock out of a workbook: openpyxl writes the time into it, and the archive one for each part."""
    with zipfile.ZipFile(made) as book:
        parts = {info.filename: book.read(info) for info in book.infolist()}
    core = "docProps/core.xml"
    parts[core] = re.sub(rb"(<dcterms:(\w+)[^>]*>)[^<]*(</dcterms:)", rb"\g<1>1980-01-01T00:00:00Z\3", parts[core])
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w") as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return clean.getvalue()
