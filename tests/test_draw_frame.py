"""`geo.draw` of frames that did not come from our pipeline: any CRS, any geometry, any names of columns, nothing invented."""

from __future__ import annotations

import datetime as dt

import factories
import folium
import geopandas
import nouns
import numpy as np
import pandas as pd
import pytest
import shapely
from branca.element import Figure
from playwright.sync_api import expect

import geo
from geo import store
from geo.draw import document
from geo.draw.notebook import PageMap
from geo.errors import UsageError

pytest_plugins = ("browser",)

HERON, TERN = shapely.Point(-70.1, 12.9), shapely.Point(-69.2, 12.4)


def frame(columns=None, geometry=(HERON, TERN), crs="EPSG:4326", **given):
    return geopandas.GeoDataFrame(columns or given or {"name": [f"ship {i}" for i in range(len(geometry))]}, geometry=list(geometry), crs=crs)


def data_of(drawn):
    return document.unpack(drawn.get_root().render())


def rows_of(drawn):
    return data_of(drawn)["records"]


@pytest.mark.long
def test_a_frame_gives_the_map_that_reports_give(tmp_path):
    drawn = geo.draw(frame())
    assert isinstance(drawn, folium.Map)
    assert type(drawn) is type(geo.draw(factories.dossier())) is PageMap
    assert drawn._repr_html_().startswith("<iframe")
    drawn.save(tmp_path / "map.html")
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "https://cdn" not in page
    figure = Figure()
    geo.draw(frame()).add_to(figure)
    assert "srcdoc=" in figure.render()
    assert geo.draw(frame()).get_root().render() == page, "the same frame gives the same bytes"


def test_usual_names_are_found_whatever_their_capitals():
    drawn = geo.draw(frame({"Vessel": ["Heron", "Tern"], "Remarks": ["adrift", ""], "Event-Date": ["2025-11-02", "2025-10"]}))
    heron, tern = rows_of(drawn)
    assert (heron["title"], heron["when"], heron["dates"]) == ("Heron", "2 November 2025", ["2025-11-02", "2025-11-02", 1])
    assert heron["evidence"][0]["pieces"] == [["adrift", ""]]
    assert (tern["when"], tern["dates"], tern["evidence"]) == ("October 2025", ["2025-10-01", "2025-10-31", 4], [])
    assert data_of(drawn)["under"] == "October to 2 November 2025"


def test_columns_may_be_named():
    drawn = geo.draw(
        frame({"name": ["a", "b"], "ship": ["Heron", "Tern"], 7: ["adrift", "moored"], "seen": pd.to_datetime(["2025-11-02", None]), "radius": [1900, None]}),
        title="Two ships", title_column="ship", text_column=7, date_column="seen", uncertainty_column="radius", language="fr",
    )  # fmt: skip
    data = data_of(drawn)
    heron, tern = data["records"]
    assert (data["title"], data["language"]) == ("Two ships", "fr")
    assert (heron["title"], heron["mark"]) == ("Heron", [-70.1, 12.9, 1900])
    assert tern["evidence"][0]["pieces"] == [["moored", ""]]
    assert (tern["when"], tern["dates"], tern["mark"][2]) == ("date non précisée", [None, None, None], 0)
    assert ["Where", ["12,4000° N, 69,2000° O", "Le tableau ne dit pas avec quelle certitude."]] in tern["facts"]


@pytest.mark.parametrize(
    ("given", "dates"),
    [
        (dt.date(2025, 11, 2), ["2025-11-02", "2025-11-02", 1]),
        (pd.Timestamp("2025-11-02 23:30", tz="America/Caracas"), ["2025-11-03", "2025-11-03", 1]),
        (np.datetime64("2025-11-02T10:00"), ["2025-11-02", "2025-11-02", 1]),
        (pd.Period("2025-02", "M"), ["2025-02-01", "2025-02-28", 4]),
        (2025, ["2025-01-01", "2025-12-31", 5]),
        (2025.0, ["2025-01-01", "2025-12-31", 5]),
        ("2025-11-02T10:00:00Z", ["2025-11-02", "2025-11-02", 1]),
        ("02/11/2025", [None, None, None]),
        ("2025-13-40", [None, None, None]),
        (pd.NaT, [None, None, None]),
    ],
)
def test_dates_are_read_as_they_are_written_and_never_guessed(given, dates):
    (row,) = rows_of(geo.draw(frame({"date": pd.Series([given], dtype=object)}, [HERON])))
    assert row["dates"] == dates
    assert row["when"] == (given if isinstance(given, str) and dates[0] is None else row["when"])


def test_an_end_makes_a_span():
    (row,) = rows_of(geo.draw(frame({"date_start": ["2025-11-02"], "date_end": ["2025-11-05"]}, [HERON])))
    assert (row["when"], row["dates"]) == ("2 to 5 November 2025", ["2025-11-02", "2025-11-05", 1])


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32619", "OGC:CRS84"])
def test_any_crs_is_turned_into_degrees(crs):
    rows = rows_of(geo.draw(frame().to_crs(crs)))
    assert [row["mark"][:2] for row in rows] == [[-70.1, 12.9], [-69.2, 12.4]]


def test_a_crs_that_is_not_said_or_lies_nowhere_is_an_error_with_the_cure():
    with pytest.raises(UsageError, match=r"no CRS.*set_crs"):
        geo.draw(frame(crs=None))
    with pytest.raises(UsageError, match=r"'ship' cannot be turned into degrees.*set_crs"):
        geo.draw(frame(crs='ENGCRS["ship",EDATUM["deck"],CS[Cartesian,2],AXIS["x",east],AXIS["y",north],LENGTHUNIT["metre",1]]'))


def test_a_projected_shape_over_the_date_line_or_a_pole_is_drawn_as_it_lies():
    fiji = shapely.box(178, -20, 182, -15)
    mixed = shapely.GeometryCollection([fiji, shapely.Point(181, -17)])
    over = geopandas.GeoDataFrame({"name": ["Fiji", "both"]}, geometry=[fiji, mixed], crs="EPSG:4326").to_crs(3832)  # Mercator on 150 E
    data = data_of(geo.draw(over))
    assert data["fit"] == pytest.approx([177.68, -20.4, 182.32, -14.6]), "the map is of Fiji, not of a band round the world"
    assert [row["mark"][:2] for row in data["records"] if row["mark"]] == [[181.0, -17.0]]
    ring = geopandas.GeoDataFrame({"name": ["cap"]}, geometry=[shapely.Point(0, 0).buffer(1e6)], crs="EPSG:3995")  # about the North Pole
    (cap,) = data_of(geo.draw(ring))["areas"]
    assert cap["label"][1] > 80
    assert cap["rings"]


def test_points_lines_surfaces_and_mixtures_are_drawn_as_what_they_are():
    line, box = shapely.LineString([(-70, 12), (-69, 13)]), shapely.box(-71, 12, -70, 13)
    bow = shapely.Polygon([(-70, 10), (-69, 11), (-69, 10), (-70, 11)])
    several = shapely.MultiPoint([(-68, 12), (-67, 12)])
    mixed = shapely.GeometryCollection([shapely.Point(-66, 12), shapely.MultiPolygon([box]), line])
    drawn = geo.draw(frame(geometry=[HERON, line, box, bow, several, mixed, shapely.Point(-65, 12, 30)]))
    data = data_of(drawn)
    marks = [(row["title"], row["mark"] is not None, row["area"] is not None) for row in data["records"]]
    assert marks == [
        ("ship 0", True, False), ("ship 1", False, True), ("ship 2", False, True), ("ship 3", False, True),
        ("ship 4", True, False), ("ship 4", True, False), ("ship 5", True, False), ("ship 5", False, True), ("ship 6", True, False),
    ]  # fmt: skip
    assert len({row["id"] for row in data["records"]}) == len(marks), "each can be opened by its address"
    assert [row["where"] for row in data["records"][1:3]] == ["line", "area"]
    assert data["areas"][0]["lines"]
    assert data["areas"][1]["rings"]


def test_the_date_line_is_crossed():
    rows = rows_of(geo.draw(frame(geometry=[shapely.Point(179.5, -17), shapely.Point(181.5, -17), shapely.Point(-179.0, -18)])))
    longitudes = [row["mark"][0] for row in rows]
    assert max(longitudes) - min(longitudes) == pytest.approx(2.0)


def test_what_has_no_position_is_listed_with_the_reason():
    drawn = geo.draw(frame(geometry=[HERON, None, shapely.Point(), shapely.Point(12, 95), shapely.Point(float("nan"), 3)]))
    rows = rows_of(drawn)
    assert [row["section"] for row in rows] == ["row", *["unplaced"] * 4]
    assert [row["where"] for row in rows[1:3]] == ["the row has no geometry"] * 2
    assert rows[3]["where"] == "the position is none on the earth, and is not drawn"


@pytest.mark.parametrize("empty", [frame().iloc[:0], geopandas.GeoDataFrame({"name": []}, geometry=[]), frame(geometry=[None])])
def test_an_empty_frame_is_an_empty_map_that_says_why(empty):
    data = data_of(geo.draw(empty))
    assert data["empty"] == f"Nothing is on this map: {'no row of the table has a position that can be drawn' if len(empty) else 'the table has no rows'}."
    assert data["title"] == f"{len(empty)} record{'' if len(empty) == 1 else 's'} of a table"


def test_columns_with_our_names_stay_the_users_own():
    ours = {
        "id": ["7", "8"], "title": ["Heron", "Tern"], "mark": ["red", None], "area": [4.5, 6.0], "type": ["tug", "ferry"], "facts": [["a"], {}],
        "section": ["aft", ""], "zones": [1, 2], "assertion": ["sure", "unsure"], "record_type": ["x", "y"], "review": [True, False],
    }  # fmt: skip
    before = frame(ours)
    heron, tern = rows_of(geo.draw(before))
    assert (heron["id"], heron["type"], heron["mark"][:2], heron["section"]) == ("row-1", "row", [-70.1, 12.9], "row")
    assert heron["facets"] == {"kind": ["tug"]}
    told = dict(heron["facts"])
    assert {name: told[name] for name in ("id", "mark", "area", "section", "review")} == {
        "id": ["7"], "mark": ["red"], "area": ["4.5"], "section": ["aft"], "review": ["True"],
    }  # fmt: skip
    assert "mark" not in {name for name, _ in tern["facts"]}, "what is not known is not shown"
    assert list(before.columns) == [*ours, "geometry"], "the caller's frame is as it was"


def test_a_frame_may_lie_on_online_tiles_and_the_page_says_so():
    page = geo.draw(frame(), tiles_url="https://tiles.example.org/{z}/{x}/{y}.png").get_root().render()
    assert "img-src data: blob: https://tiles.example.org;" in page
    assert "tiles.example.org learns" in document.unpack(page)["tiles"]["note"]


def test_columns_of_one_name_are_both_shown_and_none_is_taken_by_it():
    twice = frame({"a": ["1", "2"], "b": ["3", "4"]})
    twice.columns = ["x", "x", "geometry"]
    assert [lines for name, lines in rows_of(geo.draw(twice))[0]["facts"] if name == "x"] == [["1"], ["3"]]
    with pytest.raises(UsageError, match="several columns are called 'x'"):
        geo.draw(twice, title_column="x")


def test_a_column_that_is_not_there_names_those_that_are():
    with pytest.raises(UsageError, match=r"no columns are called 'ship'; the frame has 'name', 'geometry'"):
        geo.draw(frame(), title_column="ship")


@pytest.mark.parametrize("option", ["delay_hours", "reviewed_only", "colour"])
def test_an_option_that_a_frame_does_not_take_is_refused(option):
    with pytest.raises(UsageError, match=rf"'{option}' is no option for a frame.*date_column"):
        geo.draw(frame(), **{option: 1})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (pd.DataFrame({"lon": [1], "lat": [2]}), "points_from_xy"),
        (geopandas.GeoDataFrame({"name": ["a"]}), "set_geometry"),
        (["a report"], "'str' cannot be drawn"),
    ],
)
def test_what_is_no_frame_is_refused_with_the_cure(given, words):
    with pytest.raises(UsageError, match=words):
        geo.draw(given)


def test_a_series_of_geometries_and_another_column_of_shapes_are_drawn():
    assert [row["title"] for row in rows_of(geo.draw(frame().geometry))] == ["Row 1", "Row 2"]
    both = frame().assign(home=geopandas.GeoSeries([TERN, HERON], crs="EPSG:4326"))
    assert [name for name, _ in rows_of(geo.draw(both))[0]["facts"]] == ["Where"]


@pytest.mark.long
def test_a_frame_of_ours_is_a_frame_like_any_other():
    heading = [row["title"] for row in rows_of(geo.draw(geo.frame(factories.dossier())))]
    assert heading == [record.title for record in factories.dossier().records]


def test_records_of_a_store_are_drawn_under_their_reports(tmp_path):
    store.save(nouns.dossier(nouns.incident(), nouns.area()), tmp_path / "incidents.gpkg")
    data = data_of(geo.draw(store.records(tmp_path / "incidents.gpkg")))
    assert {row["title"] for row in data["records"]} == {nouns.incident().title, nouns.area().title}
    assert [source["publisher"] for source in data["sources"]] == ["Sample Desk (invented)"]


def test_nothing_of_a_long_or_broken_cell_breaks_the_page():
    odd = frame({"name": pd.Series(["\ud800half", "</script><script>x()"], dtype=object), "text": ["x" * 10_000, "\x00 \u202e"]})
    page = geo.draw(odd).get_root().render()
    assert page.encode("utf-8").count(b"<script>") == 1
    assert len(rows_of(geo.draw(odd))[0]["evidence"][0]["pieces"][0][0]) == 300


@pytest.mark.browser
def test_the_page_of_a_frame_opens_and_lists_its_rows(visit):
    page = geo.draw(frame({"name": ["Heron", "Tern"], "id": [1, 2], "date": ["2025-11-02", None]}, [HERON, None])).get_root().render()
    with visit(page) as seen:
        assert seen.page.locator(".list section h2").all_inner_texts()[:2] == ["Records 1", "Not on the map 1"]
        seen.page.locator(".row").first.click()
        detail = seen.page.locator(".panel > .detail")
        expect(detail.locator("h2")).to_have_text("Heron")
        expect(detail.locator(".kicker")).to_have_text("1 · Record")
        assert detail.locator("dt").all_inner_texts() == ["Where", "id", "date"]
        seen.assert_quiet()
