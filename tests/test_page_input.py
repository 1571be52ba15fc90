"""Whatever a table or a report holds, the page of it stays whole: broken shapes, edges of the map, none, one and a hundred thousand records."""

from __future__ import annotations

import json
from dataclasses import replace

import factories
import geopandas
import numpy as np
import pytest
import shapely
from playwright.sync_api import expect

import geo
from geo import corrections, draw
from geo.draw import document
from geo.model import Dossier, Reading

pytest_plugins = ("browser",)
pytestmark = pytest.mark.browser


def table(columns, geometry):
    return geo.draw(geopandas.GeoDataFrame(columns, geometry=geometry, crs="EPSG:4326")).get_root().render()


def assert_nothing_ran(seen):
    assert seen.page.evaluate("window.ran") is None
    assert seen.page.locator("img, svg, iframe, object, embed, base").count() == 0
    seen.assert_quiet()


def test_a_tables_cells_and_the_names_of_its_columns_stay_text(visit):
    attacks = list(factories.ATTACKS)
    columns = dict.fromkeys(("name", "text", "kind", "date", *attacks), attacks)
    with visit(table(columns, [shapely.Point(-70, 12)] * len(attacks))) as seen:
        for row, attack in zip(seen.page.locator(".list .row").all(), attacks, strict=True):
            row.click()
            assert seen.page.locator(".panel > .detail").text_content().count(attack[:12]) >= 5
            assert seen.page.locator(".panel > .detail a").count() == 0
            seen.page.keyboard.press("Escape")
        assert_nothing_ran(seen)


def test_a_column_may_have_any_name(visit):
    names = ["constructor", "toString", "__proto__"]
    with visit(table({"name": ["a"], **{name: ["cell"] for name in names}}, [shapely.Point(-70, 12)])) as seen:
        seen.page.locator(".list .row").click()
        assert [name for name in names if name not in seen.page.locator(".panel > .detail dt").all_text_contents()] == []
        seen.assert_quiet()


def test_who_corrected_a_record_and_why_stays_text(visit, tmp_path):
    dossier = factories.dossier()
    said = [(record, attack.replace("\0", "")) for record, attack in zip(dossier.records, factories.ATTACKS, strict=False)]
    entries = [
        {"record": record.id, "evidence": record.evidence[0].text, "state": "confirmed", "by": attack, "on": "2025-11-12", "reason": attack}
        for record, attack in said
    ]
    (tmp_path / "corrections.json").write_text(json.dumps({"format": 1, "corrections": entries}), encoding="utf-8")
    corrected, missed = corrections.apply(dossier, corrections.read(tmp_path / "corrections.json"))
    assert (len(said), missed) == (len(factories.ATTACKS), [])
    with visit(draw.page(corrected)) as seen:
        for record, attack in said:
            seen.page.locator(f".list [data-id='{record.id}']").click()
            assert seen.page.locator(".panel > .detail").text_content().count(attack[:9]) >= 2
            seen.page.keyboard.press("Escape")
        assert_nothing_ran(seen)


BROKEN = {
    "a bow": shapely.Polygon([(-70, 10), (-69, 11), (-69, 10), (-70, 11)]),
    "a line of one spot": shapely.LineString([(-70, 10), (-70, 10)]),
    "a surface without width": shapely.Polygon([(-70, 10), (-69, 11), (-70, 10)]),
    "a hole outside its shell": shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)], [[(5, 5), (6, 5), (6, 6), (5, 6)]]),
    "nothing": None,
    "an empty surface": shapely.Polygon(),
    "an empty mixture": shapely.GeometryCollection(),
    "no number": shapely.Point(float("nan"), float("nan")),
    "no end": shapely.LineString([(0, 0), (float("inf"), 5)]),
    "metres taken for degrees": shapely.Point(-7_800_000, 1_400_000),
    "over the pole": shapely.box(-10, 85, 10, 95),
    "the north pole": shapely.Point(0, 90),
    "the south pole": shapely.Point(0, -90),
    "over the date line": shapely.box(178, -18, 183, -16),
    "east of the date line": shapely.Point(-179.9, -17),
    "on the date line": shapely.Point(180, -17),
    "the whole world": shapely.box(-180, -90, 180, 90),
}


EDGES = ("over the pole", "the north pole", "over the date line", "east of the date line", "the whole world")


@pytest.mark.parametrize("names", [list(BROKEN), *([name, "a bow"] for name in EDGES)], ids=["all", *EDGES])
def test_a_broken_shape_is_drawn_or_listed_and_never_breaks_the_page(visit, names):
    html = table({"name": names}, [BROKEN[name] for name in names])
    told = document.unpack(html)["records"]
    assert {row["title"] for row in told} == set(names)
    with visit(html) as seen:
        assert seen.page.locator(".list .row").count() == len(told)
        for row in seen.page.locator(".list .row").all():
            row.click()
            if (zoom := seen.page.get_by_role("button", name="Zoom to it")).count():
                zoom.click()
            seen.page.keyboard.press("Escape")
        seen.assert_quiet()


@pytest.mark.parametrize("count", [0, 1])
def test_no_record_and_one_record_have_a_page(visit, count):
    with visit(draw.page(factories.many(count))) as seen:
        assert seen.page.locator(".list .row").count() == count
        assert seen.page.locator(".empty").count() == (count == 0)
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        seen.assert_quiet()


@pytest.mark.slow
def test_a_hundred_thousand_records_with_twenty_megabytes_of_evidence_have_a_page(visit):
    many = factories.many(100_000)
    reading = many.readings[0]
    words = np.array(["skiff", "tanker", "ladder", "flare", "guard", "bridge", "master", "radio"])
    drawn = np.random.default_rng(7).integers(len(words), size=(len(reading.incidents), 34))
    told = [" ".join(row) for row in words[drawn].tolist()]
    assert sum(map(len, told)) > 20_000_000
    records = tuple(
        replace(one, evidence=(replace(one.evidence[0], text=text),)) for one, text in zip(reading.incidents, told, strict=True)
    )
    with visit(draw.page(Dossier((Reading(reading.report, incidents=records),)))) as seen:
        expect(seen.page.locator(".found")).to_have_text("All 100,000 shown")
        seen.page.locator(".list .row").nth(7).click()
        expect(seen.page.locator(".panel > .detail blockquote").first).to_contain_text(told[7][:60])
        seen.assert_quiet()


def test_one_sentence_of_twenty_megabytes_is_cut_to_what_a_reader_can_read(visit):
    html = table({"name": ["x" * 1_000_000], "text": ["boat " * 4_000_000]}, [shapely.Point(-70, 12)])
    assert len(html) < 5_000_000
    with visit(html) as seen:
        seen.page.locator(".row").first.click()
        expect(seen.page.locator(".panel > .detail blockquote")).to_contain_text("boat boat")
        seen.assert_quiet()
