"""Exports: valid GeoJSON, honest tables, whole files, nothing of this machine."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import geopandas
import nouns
import pytest
from shapely.geometry import Polygon, box, shape

from geo import export, settings
from geo.errors import UsageError
from geo.model import Dossier, Evidence


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


@pytest.mark.parametrize("ending", [".geojson", ".csv", ".gpkg", ".fgb"])
def test_equal_input_gives_equal_bytes(tmp_path, ending):
    dossier = nouns.dossier(nouns.incident(), nouns.area(), nouns.deployment())
    first, second = tmp_path / f"a{ending}", tmp_path / "other" / f"a{ending}"
    second.parent.mkdir()
    export.write(dossier, first)
    export.write(dossier, second)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"a{ending}", "other"], "no draft is left behind"


@pytest.mark.parametrize("ending", [".gpkg", ".fgb"])
def test_binary_formats_read_back(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    export.write(nouns.dossier(nouns.incident(), nouns.area(), nouns.deployment()), path)
    back = geopandas.read_file(path)
    assert list(back["id"]) == ["0123456789ab", "aaaaaaaaaaaa", "bbbbbbbbbbbb"]
    assert back.geometry.isna().tolist() == [False, False, True]


@pytest.mark.parametrize("ending", [".geojson", ".csv", ".gpkg", ".fgb"])
def test_an_empty_dossier_is_written_too(tmp_path, ending):
    export.write(Dossier(), tmp_path / f"a{ending}")
    assert (tmp_path / f"a{ending}").is_file()


@pytest.mark.parametrize("ending", [".geojson", ".csv", ".gpkg", ".fgb"])
def test_no_path_and_no_user_enters_a_file(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    export.write(nouns.dossier(nouns.incident()), path)
    content = path.read_bytes()
    assert not re.search(re.escape(str(tmp_path)).encode(), content)
    assert str(Path.home()).encode() + b"/" not in content


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
    with pytest.raises(UsageError, match=r"'a\.xlsx'.*\.geojson, .*\.gpkg"):
        export.write(Dossier(), tmp_path / "a.xlsx")


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
