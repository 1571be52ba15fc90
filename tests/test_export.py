"""Exports: valid GeoJSON, honest tables, whole files, nothing of this machine."""

from __future__ import annotations

import csv
import datetime as dt
import gc
import importlib.util
import io
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import factories
import geopandas
import jsonschema
import nouns
import pyogrio
import pytest
from shapely.geometry import LineString, Polygon, box, shape

from geo import arguments, cli, export, settings
from geo.errors import SchemaError, UsageError
from geo.export import ATTRIBUTION, formats, styles, tables, timemap, validate
from geo.model import Dossier, Evidence, Merge, Superseded

ENDINGS = sorted(export.FORMATS)
BINARY = [".gpkg", ".fgb", ".kml", ".parquet", ".xlsx"]
EXTRAS = {".parquet": "pyarrow", ".xlsx": "openpyxl"}


def written(folder, ending, dossier):
    """Write a file, where the package that writes it is installed (CI has them all)."""
    needs(EXTRAS.get(ending, "csv"))
    path = folder / f"a{ending}"
    export.write(dossier, path)
    return path


def needs(package):
    if importlib.util.find_spec(package) is None:
        assert "CI" not in os.environ, f"{package} is in the lock of the tests"
        pytest.skip(f"{package} is not installed here; make setup installs it")


def features(*records):
    return json.loads(export.geojson(nouns.dossier(*records)))["features"]


def test_geojson_has_the_records_in_order_with_their_ids():
    made = features(nouns.incident(), nouns.area(), nouns.deployment())
    assert [f["id"] for f in made] == ["0123456789ab", "aaaaaaaaaaaa", "bbbbbbbbbbbb"]
    assert [f["geometry"] and f["geometry"]["type"] for f in made] == ["Point", "Polygon", None]
    assert made[0]["properties"]["coordinate_uncertainty_m"] == 15000.0
    assert "geometry" not in made[0]["properties"]


def test_geojson_follows_rfc_7946():
    collection = json.loads(export.geojson(nouns.dossier(nouns.area(geometry=box(-80, 10, -62, 20, ccw=False)))))
    assert set(collection) == {"type", "attribution", "features"}, "no crs member"
    assert Polygon(collection["features"][0]["geometry"]["coordinates"][0]).exterior.is_ccw


def test_an_area_past_the_date_line_is_cut_there():
    (made,) = features(nouns.area(geometry=box(170, 0, 190, 10)))
    cut = shape(made["geometry"])
    assert cut.bounds == (-180, 0, 180, 10)
    assert cut.area == pytest.approx(200)


def test_an_area_has_no_point_in_any_table():
    (row,) = csv.DictReader(io.StringIO(export.csv(nouns.dossier(nouns.area()))))
    assert (row["longitude"], row["decimalLatitude"], row["coordinateUncertaintyInMeters"]) == ("", "", "")
    assert row["footprintWKT"].startswith("POLYGON ((")
    assert row["events_count_low"] == "13"


def test_csv_names_a_point_in_darwin_core_terms():
    (row,) = csv.DictReader(io.StringIO(export.csv(nouns.dossier(nouns.incident()))))
    assert (row["decimalLongitude"], row["verbatimLocality"], row["injured_low"], row["injured_high"]) == ("-69.97", "off Aruba", "3", "")


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1"])
def test_csv_defuses_formulas_and_leaves_numbers(text):
    (row,) = csv.DictReader(io.StringIO(export.csv(nouns.dossier(nouns.incident(title=text)))))
    assert row["title"] == f"'{text}"
    assert float(row["longitude"]) < 0


def test_exports_carry_sentences_not_reports():
    long = "A word. " * 100
    (made,) = features(nouns.incident(evidence=(Evidence("a.txt", 0, 800, long, "r"),)))
    text = made["properties"]["evidence"][0]["text"]
    assert len(text) <= settings.EVIDENCE_CHARACTERS
    assert text.endswith("…")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.long
def test_equal_input_gives_equal_bytes(tmp_path, ending):
    dossier = nouns.dossier(nouns.incident(), nouns.area(), nouns.deployment(), matches=(nouns.match(),))
    other = tmp_path / "other"
    other.mkdir()
    # From another process: its number, its clock and its hashes must not be in the file.
    first = written(tmp_path, ending, dossier)
    code = f"import nouns; from geo import export; export.write(nouns.dossier(nouns.incident(), nouns.area(), nouns.deployment(), matches=(nouns.match(),)), {str(other / first.name)!r})"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert first.read_bytes() == (other / first.name).read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == [first.name, "other"], "no draft is left behind"


def test_geojson_reads_back(tmp_path):
    dossier = factories.dossier()
    back = geopandas.read_file(written(tmp_path, ".geojson", dossier))
    assert back.crs == "EPSG:4326"
    assert back["id"].tolist() == [record.id for record in dossier.records]
    for mine, theirs in zip(dossier.records, back.geometry, strict=True):
        assert (mine.geometry is None) == (theirs is None)
        assert mine.geometry is None or theirs.hausdorff_distance(mine.geometry) < 0.1


def test_csv_reads_back(tmp_path):
    dossier = factories.dossier()
    back = pyogrio.read_dataframe(written(tmp_path, ".csv", dossier))
    assert back["id"].tolist() == [record.id for record in dossier.records]
    assert back["longitude"].tolist() == ["" if record.longitude is None else str(export.plain(record)["longitude"]) for record in dossier.records]


def test_flatgeobuf_reads_back(tmp_path):
    back = geopandas.read_file(written(tmp_path, ".fgb", nouns.dossier(nouns.incident(), nouns.area(), nouns.deployment())))
    assert list(back["id"]) == ["0123456789ab", "aaaaaaaaaaaa", "bbbbbbbbbbbb"]
    assert back.geometry.isna().tolist() == [False, False, True]
    assert back["longitude"].tolist()[0] == -69.97


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A GeoPackage of the sample with every kind of record."""
    line = nouns.area(id="cccccccccccc", geometry_method="line", geometry=LineString([(-70, 12), (-69, 13)]))
    dossier = factories.dossier()
    reading = dossier.readings[0]
    return written(tmp_path_factory.mktemp("package"), ".gpkg", Dossier((replace(reading, incidents=(*reading.incidents, line)),)))


def test_a_geopackage_has_a_layer_a_kind_with_one_geometry_each(package):
    layers = {name: kind for name, kind in pyogrio.list_layers(package)}  # noqa: C416 - an array of pairs
    assert layers == {
        "incidents": "Point", "deployments": "Point", "places": "Point", "areas": "MultiPolygon", "lines": "MultiLineString",
        "zones": "MultiPolygon", "record_zones": None, "evidence": None, "layer_styles": None,
    }  # fmt: skip
    dossier = factories.dossier()
    incidents = geopandas.read_file(package, layer="incidents")
    assert incidents["id"].tolist()[:-1] == [record.id for record in dossier.incidents]
    assert incidents.crs == "EPSG:4326"
    by_id = {record.id: record for record in dossier.incidents}
    points = dict(zip(incidents["id"], incidents.geometry, strict=True))
    assert {name: points[name] is not None for name in by_id} == {name: record.longitude is not None for name, record in by_id.items()}
    assert all(points[name].x == pytest.approx(record.longitude, abs=0.1) for name, record in by_id.items() if record.longitude is not None)


def test_an_area_of_a_geopackage_has_its_outline_and_no_point(package):
    campaign = next(record for record in factories.dossier().incidents if record.record_kind == "aggregate")
    incidents = geopandas.read_file(package, layer="incidents").set_index("id")
    areas = geopandas.read_file(package, layer="areas").set_index("of_id")
    assert incidents.geometry[campaign.id] is None
    assert areas.geometry[campaign.id].symmetric_difference(campaign.geometry).area < 0.01 * campaign.geometry.area
    assert areas["is_area"][campaign.id]
    assert geopandas.read_file(package, layer="lines")["of_id"].tolist() == ["cccccccccccc"]


def test_tables_of_a_geopackage_join_by_the_record(package):
    dossier = factories.dossier()
    evidence, zones = (pyogrio.read_dataframe(package, layer=name) for name in ("evidence", "record_zones"))
    strike = dossier.incidents[0]
    mine = evidence[evidence["record_id"] == strike.id]
    assert mine["text"].tolist() == [sentence.text for sentence in strike.evidence]
    assert zones[zones["record_id"] == strike.id][["territory", "share"]].values.tolist() == [["ABW", 0.71], ["COL", 0.29]]
    around = geopandas.read_file(package, layer="zones")
    assert {"land", "territorial_sea", "eez"} <= set(around["zone_type"])
    assert around.geometry.is_valid.all()


def test_a_geopackage_credits_its_sources_with_each_layer(package):
    with closing(sqlite3.connect(package)) as file:
        told = dict(file.execute("SELECT table_name, description FROM gpkg_contents").fetchall())
    assert {told["incidents"], told["zones"], told["evidence"]} == {ATTRIBUTION}


def test_a_geopackage_opens_styled_in_qgis(package):
    with closing(sqlite3.connect(package)) as file:
        rows = file.execute("SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles").fetchall()
        columns = dict(file.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall())
    assert {name for name, *_ in rows} == set(styles.STYLES)
    types = {"Point": "0", "MultiLineString": "1", "MultiPolygon": "2"}
    layers = dict(pyogrio.list_layers(package).tolist())
    for name, geometry, text, default in rows:
        document = ET.fromstring(text)  # noqa: S314 - our own
        assert (default, geometry) == (1, columns[name])
        assert document.findtext("layerGeometryType") == types[layers[name]]
        rules = [rule.get("symbol") for rule in document.iter("rule")]
        assert rules == [symbol.get("name") for symbol in document.iter("symbol")]
        known = set(pyogrio.read_info(package, layer=name)["fields"])
        assert {field for rule in document.iter("rule") for field in re.findall(r'"(\w+)"', rule.get("filter"))} <= set(known)
        held = geopandas.read_file(package, layer=name)
        for field, value in (pair for rule in document.iter("rule") for pair in re.findall(r'"(\w+)" = \'(\w+)\'', rule.get("filter"))):
            assert value in set(held[field]), "a category that no row could have draws nothing"


def test_a_geoparquet_reads_back_with_the_boxes(tmp_path):
    needs("pyarrow")
    import pyarrow.parquet as pq  # noqa: PLC0415

    path = written(tmp_path, ".parquet", factories.dossier())
    about = json.loads(pq.read_schema(path).metadata[b"geo"])
    assert about["version"] == "1.1.0"
    assert about["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    back = geopandas.read_parquet(path)
    assert back["id"].tolist() == [record.id for record in factories.dossier().records]
    # The eastern Pacific alone.
    assert len(geopandas.read_parquet(path, bbox=(-112, 0, -95, 10))) == 1


def test_kml_has_days_and_no_pin_for_an_area(tmp_path):
    path = written(tmp_path, ".kml", factories.dossier())
    back = geopandas.read_file(path, layer="incidents").set_index("record_id")
    strike, campaign = factories.dossier().incidents[:2]
    assert back["begin"][strike.id].date() == dt.date.fromisoformat(strike.date_start)
    assert back.geometry[strike.id].geom_type == "GeometryCollection", "point and outline"
    assert back.geometry[campaign.id].geom_type == "MultiPolygon"
    assert [name for name, _ in pyogrio.list_layers(path)] == ["incidents", "deployments"]
    space = {"k": "http://www.opengis.net/kml/2.2"}
    marks = ET.parse(path).findall(".//k:Placemark", space)  # noqa: S314 - our own
    spans = {mark.findtext("k:name", None, space): mark.findtext("k:TimeSpan/k:end", None, space) for mark in marks}
    assert spans[strike.title] == "2025-11-11T23:59:59"
    assert path.read_text(encoding="utf-8").count(f"<description>{ATTRIBUTION}</description>") == 2, "a credit in each folder"


def test_a_workbook_keeps_numbers_and_runs_nothing(tmp_path):
    needs("openpyxl")
    import openpyxl  # noqa: PLC0415

    evil = '=HYPERLINK("http://x.example","click")'
    path = written(tmp_path, ".xlsx", nouns.dossier(nouns.incident(title=evil, where_text="a\x07b"), nouns.deployment()))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [table.name for table in tables.tables(Dossier())]
    head, row = list(book["incidents"].iter_rows())[:2]
    cells = {name.value: cell for name, cell in zip(head, row, strict=True)}
    assert (cells["title"].value, cells["title"].data_type, cells["title"].quotePrefix) == (evil, "s", True)
    assert (cells["longitude"].value, cells["injured_low"].value, cells["where_text"].value) == (-69.97, 3, "a b")


def test_timemap_events_keep_its_schema():
    """As timemap has it in `eventSchema.js`: strings, a list of associations, both coordinates or none."""
    texts = ("id", "description", "date", "time", "time_precision", "location", "latitude", "longitude", "type", "category", "category_full", "comments")
    lists = {"type": "array", "items": {"type": "string"}}
    schema = {"type": "array", "items": {"type": "object", "properties": {name: {"type": "string"} for name in texts} | {"associations": lists, "sources": lists}, "additionalProperties": False, "required": ["description", "associations"]}}
    made = json.loads(timemap.events(factories.dossier()))
    jsonschema.validate(made, schema)
    assert [bool(event["latitude"]) for event in made] == [record.longitude is not None for record in factories.dossier().records]
    assert made[0]["date"] == "11/11/2025"


MERGE = Merge(("a.txt", "b.txt"), 1, ("tells it first", "same day"), (Superseded("killed", "3", "a.txt", "2025-11-10"),))


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_says_why_records_were_joined(tmp_path, ending):
    if ending in {".kml", ".timemap.json"}:
        pytest.skip("carries what a map shows, not the whole record")
    path = written(tmp_path, ending, nouns.dossier(nouns.incident(merge=MERGE)))
    if ending in {".geojson", ".json"}:
        assert json.loads(path.read_text())["features"][0]["properties"]["merge"]["superseded"][0]["value"] == "3"
        return
    if ending == ".parquet":
        row = geopandas.read_parquet(path).iloc[0]
    else:
        row = pyogrio.read_dataframe(path, **({"layer": "incidents"} if ending in {".gpkg", ".xlsx"} else {})).iloc[0]
    assert json.loads(row["merge_reports"]) == ["a.txt", "b.txt"]
    assert json.loads(row["merge_superseded"])[0]["value"] == "3"
    assert int(row["merge_independent_sources"]) == 1


def test_a_table_of_unknowns_has_the_types_of_any_other():
    empty, full = (formats.frame(tables.tables(nouns.dossier(*records))[0]).dtypes for records in ((), (nouns.incident(), nouns.area())))
    assert empty.to_dict() == full.to_dict()


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_dossier_is_written_too(tmp_path, ending):
    assert written(tmp_path, ending, Dossier()).is_file()


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_path_and_no_user_enters_a_file(tmp_path, ending):
    content = written(tmp_path, ending, nouns.dossier(nouns.incident())).read_bytes()
    assert not re.search(re.escape(str(tmp_path)).encode(), content)
    assert str(Path.home()).encode() + b"/" not in content


# openpyxl's own writer complains once more when it is thrown away.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.long
def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path, ending):
    dossier = factories.many(40)
    path = written(tmp_path, ending, dossier)
    size, old = path.stat().st_size, path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size * 6 // 10, limits[1]))
    try:
        with pytest.raises(UsageError, match=r"cannot write .*choose another place"):
            export.write(dossier, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        gc.collect()
    assert path.read_bytes() == old
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("mode", [0o555, 0o000], ids=oct)
def test_a_folder_that_may_not_be_written_to_says_so(mode):
    # Root may write everywhere, so it is nobody for this once; its own folders are closed to nobody altogether, hence a fresh one.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(mode)
        try:
            if os.getuid() == 0:
                os.seteuid(65534)
            with pytest.raises(UsageError, match=r"Permission denied; choose another place"):
                export.write(Dossier(), Path(folder) / "a.csv")
        finally:
            os.seteuid(os.getuid())
            Path(folder).chmod(0o700)


def test_the_command_line_names_every_format():
    assert list(arguments.EXPORTS) == list(export.FORMATS)
    assert cli.main(["export", "-", "-o", "out.shp"]) == 2


@pytest.mark.parametrize(("ending", "package"), EXTRAS.items())
def test_a_missing_package_is_named_with_its_cure(monkeypatch, ending, package):
    monkeypatch.setattr(formats, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=rf"needs {package}; install incident-mapper\[\w+\]"):
        export.check_name(f"a{ending}")


def broken(**changes):
    """A record that does not keep the schema: as the nouns are plain, nothing else would notice."""
    return nouns.incident(**changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"assertion": "rumoured"}, "'assertion' is 'rumoured'"), ({"date_prec": "day"}, "'date_prec' is 'day'"), ({"title": None}, "'title' is None, not string"),
     ({"evidence": (Evidence("a", "0", 1, "t", "r"),)}, r"'evidence\[0\].start' is '0', not integer")],
)  # fmt: skip
def test_a_record_that_breaks_the_schema_is_named(changes, words):
    with pytest.raises(SchemaError, match=f"'0123456789ab' .*{words}"):
        validate.validate(nouns.dossier(broken(**changes)))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(export.plain(broken(**changes)), validate.schema())


def test_the_records_of_every_kind_keep_the_published_schema():
    dossier = factories.dossier()
    assert validate.validate(dossier) == len(dossier.records)
    independent = jsonschema.Draft202012Validator(validate.schema())
    for record in (*dossier.records, nouns.incident(merge=MERGE)):
        independent.validate(export.plain(record))
        data = export.plain(record)
        for name in data:
            less = {key: value for key, value in data.items() if key != name}
            assert list(validate.problems(less, validate.schema())), name
            assert list(validate.problems(data | {"extra": 1}, validate.schema()))


@pytest.mark.parametrize("records", [(), (nouns.incident(),), (nouns.area(), nouns.deployment())], ids=len)
def test_the_columns_are_the_same_whatever_was_read(records):
    dossier = nouns.dossier(*records)
    header = export.csv(dossier).splitlines()[0].split(",")
    assert header == export.columns()
    assert list(export.frame(dossier).columns) == [*header, "geometry"]
    assert all(set(export.row(record)) <= set(header) for record in records)


def test_counts_stay_whole_numbers_beside_unknown_ones():
    made = export.frame(nouns.dossier(nouns.area(), nouns.deployment()))
    assert made["events_count_low"].tolist()[0] == 13
    assert str(made["events_count_low"].dtype) == "Int64"


def test_an_unknown_ending_names_those_that_are_written(tmp_path):
    with pytest.raises(UsageError, match=r"'a\.shp'.*\.geojson, .*\.gpkg"):
        export.write(Dossier(), tmp_path / "a.shp")


def test_a_missing_folder_says_so(tmp_path):
    with pytest.raises(UsageError, match="No such file or directory; choose another place"):
        export.write(Dossier(), tmp_path / "absent" / "a.csv")


def test_what_is_no_ordinary_file_is_never_replaced(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(UsageError, match="no ordinary file"):
        export.write(Dossier(), tmp_path / "a.csv")


def test_a_failure_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(RuntimeError, match="full"), export.beside(path) as draft:
        _write_half(draft)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text() == "old"


def _write_half(draft):
    draft.write_text("half")
    message = "the disk is full"
    raise RuntimeError(message)


def test_a_table_fits_and_steers_no_terminal():
    made = export.table([{"what": "x" * 300, "who": "\x1b[31mred\nline"}], width=80)
    lines = made.splitlines()
    assert len(lines) == 2
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in made


def test_a_table_names_the_waters_with_the_greatest_shares():
    zones = (nouns.zone("territorial_sea", "MEX", 0.1), nouns.zone("eez", "VEN", 0.6), nouns.zone("high_seas", None, 0.3))
    assert export.record_columns(nouns.area(zones=zones))["waters"] == "eez VEN 60%; high_seas 30%; 1 more"
