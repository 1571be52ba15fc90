"""The page in a real Chromium with the network cut: it asks for nothing, runs nothing of a report's, and a keyboard reaches everything."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import struct
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import factories
import pytest
import shapely
from lxml import etree
from playwright.sync_api import expect

from geo import corrections, draw
from geo.model import Claim, Dossier, Evidence, Incident, Merge, Reading, Report, Source, Superseded

pytest_plugins = ("browser",)
pytestmark = pytest.mark.browser

PHONE = (360, 740)
PAGE = Path(__file__).resolve().parents[1] / "geo" / "page"

@pytest.fixture(scope="module")
def html() -> str:
    return draw.page(factories.dossier())


def open_record(page, title):
    page.locator(".row", has_text=title).first.click()
    return page.locator(".panel > .detail")


# Offline and safe


def test_the_page_opens_from_disk_and_asks_for_nothing(visit, html):
    with visit(html) as seen:
        seen.page.wait_for_timeout(300)
        seen.assert_quiet()
        assert seen.page.title() == "7 incidents and 3 deployments read from 1 report"


@pytest.mark.parametrize("attack", factories.ATTACKS)
def test_a_reports_text_stays_text(visit, attack):
    with visit(draw.page(factories.hostile(attack), title=attack, full_text=True)) as seen:
        page = seen.page
        shown = attack.replace("\u0000", "")
        assert shown[:12] in page.locator("h1").text_content()
        page.mouse.move(440, 400)
        for row in page.locator(".list .row").all():
            row.click()
            assert attack[:12] in page.locator(".panel > .detail").text_content()
            page.keyboard.press("Escape")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("window.ran") is None
        assert page.locator("img, svg, iframe, object, embed").count() == 0
        assert page.locator("script").count() == 3
        assert page.locator("style").count() == 1
        for address in page.locator(".panel a").evaluate_all("nodes => nodes.map((node) => node.protocol)"):
            assert address in {"https:", "http:"}
        seen.assert_quiet()


def test_the_policy_stops_what_would_slip_through(visit, html):
    with visit(html) as seen:
        seen.page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', `<img src=x onerror=\"window.ran='img'\"><b onclick=\"window.ran='b'\" id=trap>x</b>`)"
        )
        seen.page.evaluate("document.getElementById('trap').click()")
        seen.page.evaluate(
            "(() => { const s = document.createElement('script'); s.textContent = \"window.ran='s'\"; document.body.append(s); })()"
        )
        seen.page.wait_for_timeout(200)
        assert seen.page.evaluate("window.ran") is None
        assert seen.page.evaluate("fetch('https://example.com').then(() => 'sent', () => 'refused')") == "refused"


def dot() -> bytes:
    """Give a PNG of one pixel."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\x80\x90\xa0")), (b"IEND", b""))
    chunks = (struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


def test_online_tiles_are_asked_for_only_where_somebody_wants_them_and_the_page_says_so(visit):
    asked = []
    online = draw.page(factories.dossier(), tiles_url=TILES)

    def answer(route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/png", body=dot())

    with visit(online, answers={"https://tiles.example.org/**": answer}) as seen:
        seen.page.wait_for_selector(".leaflet-tile-loaded")
        assert seen.page.evaluate("document.querySelector('.chart canvas').getContext('2d').getImageData(4, 200, 1, 1).data[3]") == 0
        expect(seen.page.locator("header .care")).to_contain_text("this page asks tiles.example.org for its tiles")
        expect(seen.page.locator(".credit")).to_contain_text("Online map: tiles.example.org")
        assert all(url.startswith("https://tiles.example.org/") for url in asked)
        assert {re.sub(r"\d+", "#", url) for url in asked} == {"https://tiles.example.org/#/#/#.png"}
        refused = "new Promise((done) => { const i = new Image(); i.onload = () => done('sent'); i.onerror = () => done('refused'); i.src = 'https://other.example.org/a.png'; })"
        assert seen.page.evaluate(refused) == "refused"


def test_without_a_network_the_page_with_tiles_still_has_its_own_ground(visit):
    with visit(draw.page(factories.dossier(), tiles_url=TILES)) as seen:
        seen.page.wait_for_timeout(300)
        assert seen.page.evaluate("document.querySelector('.chart canvas').getContext('2d').getImageData(4, 200, 1, 1).data[3]") == 255


# By keyboard


def test_a_keyboard_reaches_every_record_and_comes_back(visit, html):
    with visit(html) as seen:
        page = seen.page
        ids = page.locator(".list .row").evaluate_all("rows => rows.map((row) => row.dataset.id)")
        assert len(ids) == len(set(ids)) == 12
        page.get_by_role("button", name="Table").focus()
        page.keyboard.press("Tab")
        reached = []
        for name in ids:
            reached.append(page.evaluate("document.activeElement.dataset.id"))
            page.keyboard.press("Enter")
            expect(page.locator(".panel > .detail")).to_be_visible()
            expect(page.locator(".panel > .detail")).to_be_focused()
            page.keyboard.press("Escape")
            assert page.evaluate("document.activeElement.dataset.id") == name
            page.keyboard.press("ArrowDown")
        assert reached == ids
        page.keyboard.press("Home")
        assert page.evaluate("document.activeElement.dataset.id") == ids[0]
        page.keyboard.press("End")
        assert page.evaluate("document.activeElement.dataset.id") == ids[-1]


def test_tab_walks_header_map_list_in_order(visit, html):
    with visit(html) as seen:
        page, order = seen.page, []
        for _ in range(20):
            page.keyboard.press("Tab")
            order.append(page.evaluate("(e => e.className.split(' ')[0] || e.type || e.tagName)(document.activeElement)"))
        assert order[:3] == ["skip", "SUMMARY", "chart"]
        assert order.index("SUMMARY", 3) < order.index("search") < order.index("row")


def test_the_skip_link_leads_to_the_records(visit, html):
    with visit(html) as seen:
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.querySelector('#records').contains(document.activeElement)")


def test_records_step_forwards_and_back(visit, html):
    with visit(html) as seen:
        detail = open_record(seen.page, "Strike on a speedboat")
        seen.page.get_by_role("button", name="Next record").click()
        expect(detail.locator("h2")).to_contain_text("At least 21 strikes")
        seen.page.get_by_role("button", name="Previous record").click()
        expect(detail.locator("h2")).to_contain_text("Strike on a speedboat")
        expect(seen.page.get_by_role("button", name="Previous record")).to_be_disabled()


def test_hundreds_of_rows_come_in_parts_and_none_is_lost(visit):
    with visit(draw.page(factories.many(700))) as seen:
        page = seen.page
        assert page.locator(".list .row").count() == 150
        page.locator(".list .row").last.focus()
        page.keyboard.press("ArrowDown")
        assert page.locator(".list .row").count() == 700
        assert page.evaluate("document.activeElement.dataset.id") == f"{150:012x}"


def test_a_map_of_thousands_unpacks_its_panels_when_they_are_needed(visit):
    with visit(draw.page(factories.many(3000))) as seen:
        page = seen.page
        page.locator(".list .row").nth(7).click()
        expect(page.locator(".panel > .detail blockquote")).to_contain_text("approached a bulk carrier")
        page.keyboard.press("Escape")
        page.get_by_label("Search the records", exact=True).fill("found no cargo")
        expect(page.locator(".found")).to_have_text("1,000 of 3,000 shown")
        rows = list(csv.DictReader(io.StringIO(saved(page, "CSV").decode("utf-8"))))
        assert len(rows) == 1000
        assert all("found no cargo" in row["evidence"] for row in rows)
        seen.assert_quiet()


@pytest.mark.parametrize(("language", "texts"), [("es", ("Guardar", "Filtros", "Tabla")), ("fr", ("Enregistrer", "Filtres", "Tableau"))])
def test_the_page_speaks_the_language_asked_for(visit, language, texts):
    with visit(draw.page(factories.dossier(), language=language)) as seen:
        assert seen.page.evaluate("document.documentElement.lang") == language
        assert "September" not in seen.page.locator("header").text_content()
        expect(seen.page.locator(".row", has_text="Callao").locator(".line")).to_contain_text("octubre" if language == "es" else "octobre")
        detail = open_record(seen.page, "Skiff approached")
        expect(detail).to_contain_text("2 de noviembre de 2025" if language == "es" else "2 novembre 2025")
        for english in ("From the words", "uncertain by", "Read by rule", "approximation:" if language == "es" else "Reported"):
            expect(detail).not_to_contain_text(english)
        seen.page.keyboard.press("Escape")
        for text in texts:
            expect(seen.page.get_by_text(text, exact=True)).to_be_visible()
        for english in ("Filters", "Table", "Legend", "Search", "Evidence"):
            assert seen.page.get_by_text(english, exact=True).count() == 0
        seen.assert_quiet()


def test_the_pole_and_both_sides_of_the_date_line_stay_on_one_map(visit):
    text = factories.report()
    one = factories.incidents(text)[2]
    spots = ((0.0, 90.0), (179.99, -17.0), (-179.99, -17.0), (180.0, 0.0))
    records = tuple(replace(one, id=f"{i:012x}", **factories.point(x, y, 900.0, "coordinates", "there")) for i, (x, y) in enumerate(spots))
    with visit(draw.page(Dossier((Reading(text, incidents=records),)))) as seen:
        for row in seen.page.locator(".list .row").all():
            row.click()
            seen.page.get_by_role("button", name="Zoom to it").click()
            seen.page.keyboard.press("Escape")
        collection = json.loads(saved(seen.page, "GeoJSON"))
        assert all(abs(f["geometry"]["coordinates"][0]) <= 180 for f in collection["features"])
        seen.assert_quiet()


def test_right_to_left_and_emoji_text_are_found_and_saved(visit):
    text = Report("r", "قال خفر السواحل إن زورقا اقترب 🛥️ من الناقلة.", Source(title="صحيفة", published="2025-11-14"))
    proof = Evidence("r", 0, len(text.text), text.text, "r")
    one = Incident(
        id="d" * 12,
        event_type="advisory",
        title="Boat 🛥️ approached",
        evidence=(proof,),
        **factories.point(-70.0, 12.6, 25_000.0, "near", "قرب أروبا"),
    )
    with visit(draw.page(Dossier((Reading(text, incidents=(one, replace(one, id="e" * 12, title="Other"))),)))) as seen:
        seen.page.get_by_label("Search the records", exact=True).fill("الناقلة")
        expect(seen.page.locator(".list .row")).to_have_count(2)
        assert "خفر السواحل" in saved(seen.page, "CSV").decode("utf-8")
        etree.fromstring(saved(seen.page, "SVG"))
        seen.assert_quiet()


def test_an_old_browser_is_told_so(visit, html):
    with visit(html, ready=False, before="delete window.DecompressionStream") as seen:
        expect(seen.page.get_by_role("alert")).to_contain_text("A browser from 2023 or later opens it.")


# What a record shows


def test_the_panel_answers_how_do_you_know(visit, html):
    with visit(html) as seen:
        detail = open_record(seen.page, "Strike on a speedboat")
        for text in (
            "The defence ministry of Examplia said on Tuesday", "Venezuela’s foreign ministry denied", "uncertain by 34 km (18 nm)", "11 November 2025",
            "3 killed, as claimed by Defence ministry of Examplia", "denies it", "approximation", "This fits the computed zones", "Not a finding", "Read by rule test.rule",
        ):  # fmt: skip
            expect(detail).to_contain_text(text)
        link = detail.locator("a").first
        assert link.get_attribute("href") == "https://courier.example/a-week-at-sea"
        assert "noopener" in link.get_attribute("rel")


def test_a_joined_record_names_its_reports_and_keeps_what_was_said_before(visit):
    first, second = (
        factories.report("a"),
        factories.report("b", publisher="Harbour Times", url="https://harbour.example/b", published="2025-11-13"),
    )
    strike = replace(
        factories.incidents(first)[0],
        merge=Merge(
            ("a", "b"),
            2,
            ("the report that comes first", "same place, same day"),
            (Superseded("casualties.killed", "2", "b", "2025-11-13"),),
            ("killed: 3 and 4",),
        ),
    )
    with visit(draw.page(Dossier((Reading(first, incidents=(strike,)), Reading(second))))) as seen:
        told = open_record(seen.page, "Strike on a speedboat").locator(".told")
        expect(told).to_contain_text("2 reports from 2 independent sources")
        assert told.locator("a").evaluate_all("nodes => nodes.map((node) => node.href)") == [
            "https://courier.example/a-week-at-sea",
            "https://harbour.example/b",
        ]
        expect(told.locator("s")).to_contain_text(": 2")
        expect(told).to_contain_text("Harbour Times, 13 November 2025")
        expect(told).to_contain_text("killed: 3 and 4")


def test_the_page_says_what_is_coarser_or_held_back(visit):
    text = factories.report()
    records = tuple(replace(r, where_text="a shelter") if r.title.startswith("Tanker") else r for r in factories.incidents(text)[:3])
    with visit(draw.page(Dossier((Reading(text, incidents=records),)), delay_hours=72)) as seen:
        expect(seen.page.locator("header .care").first).to_contain_text("2 held back: they may be newer than 72 hours")
        expect(seen.page.locator("header .care").last).to_contain_text("1 made coarser on purpose")


def test_an_emoji_does_not_shift_the_marked_words(visit):
    text = Report("e", "🛥️🚢 A skiff was seen off Aruba, the coast guard said.")
    start = text.text.index("said")
    proof = Evidence("e", 0, len(text.text), text.text, "r")
    one = Incident(
        id="c" * 12,
        event_type="advisory",
        title="Skiff seen",
        evidence=(proof,),
        claims=(Claim("Coast guard", "state", "asserts", "said", start, start + 4),),
        **factories.point(-70.0, 12.6, 25_000.0, "near", "off Aruba"),
    )
    with visit(draw.page(Dossier((Reading(text, incidents=(one,)),)))) as seen:
        detail = open_record(seen.page, "Skiff seen")
        assert detail.locator("mark").all_text_contents() == ["off Aruba", "said"]


def test_what_is_not_on_the_map_is_listed_with_reasons(visit, html):
    with visit(html) as seen:
        section = seen.page.get_by_label("Not on the map", exact=True)
        expect(section.locator("h2")).to_have_text("Not on the map 3")
        for text in ("Explosion at sea, alleged", "Port Nowhere", "no such place in the gazetteer", "the file is empty"):
            expect(section).to_contain_text(text)
        apart = seen.page.get_by_label("Planned, possible, past or denied")
        expect(apart).to_contain_text("Troops landed in Panama")
        expect(apart).to_contain_text("planned")


# Asking


def shown(page) -> str:
    return page.locator(".found").text_content()


def test_words_are_found_in_titles_places_actors_and_evidence(visit, html):
    with visit(html) as seen:
        search = seen.page.get_by_label("Search the records", exact=True)
        for words, count in (("tanker", 1), ("WILLEMSTAD", 1), ("examplian aircraft", 1), ("flares", 1), ("nothing like it", 0)):
            search.fill(words)
            expect(seen.page.locator(".list .row")).to_have_count(count)
            expect(seen.page.locator(".found")).to_have_text(f"{count} of 12 shown")
        expect(seen.page.locator(".nothing")).to_be_visible()
        seen.page.get_by_role("button", name="Clear all filters").click()
        expect(seen.page.locator(".found")).to_have_text("All 12 shown")


def test_values_narrow_list_and_map_and_count_what_they_would_give(visit, html):
    with visit(html) as seen:
        page = seen.page
        before = page.evaluate("document.querySelector('.chart canvas').toDataURL()")
        page.get_by_role("button", name="Filters").click()
        kind = page.get_by_role("group", name="Kind")
        expect(kind.get_by_text("Strike on vessel")).to_be_visible()
        kind.get_by_label("Strike on vessel 2").check()
        expect(page.locator(".found")).to_have_text("2 of 12 shown")
        assert page.evaluate("document.querySelector('.chart canvas').toDataURL()") != before
        expect(page.get_by_role("group", name="Standing").get_by_label("Disputed 1")).to_be_visible()
        kind.get_by_label("Boarding 1").check()
        expect(page.locator(".found")).to_have_text("3 of 12 shown")
        page.get_by_role("group", name="Checked by a person").get_by_label("Confirmed 1").check()
        expect(page.locator(".list .row .name")).to_have_text(["Tanker Morning Heron boarded"])


def test_time_keeps_what_may_be_of_it_and_says_what_has_no_date(visit, html):
    with visit(html) as seen:
        page = seen.page
        expect(page.locator(".undated")).to_have_text("5 without a date")
        first = page.get_by_label("First day")
        assert first.get_attribute("aria-valuetext") == "1 Sept 2025"
        page.evaluate("location.hash = 't=2025-10-08,2025-10-25'")
        # The campaign that runs since September, the robbery of a week in October, the boarding of one day; and five without a date.
        expect(page.locator(".found")).to_have_text("8 of 12 shown")
        page.locator(".undated input").uncheck()
        expect(page.locator(".found")).to_have_text("3 of 12 shown")
        page.get_by_role("button", name="All dates").click()
        expect(page.locator(".found")).to_have_text("All 12 shown")
        first.focus()
        page.keyboard.press("ArrowRight")
        assert first.get_attribute("aria-valuetext") == "2 Sept 2025"


def test_play_moves_through_time_and_pauses(visit, html):
    with visit(html) as seen:
        seen.page.get_by_role("button", name="Play through time").click()
        expect(seen.page.locator(".said")).to_contain_text("8 Sept 2025")
        expect(seen.page.locator(".said")).to_contain_text("11 Sept 2025")
        seen.page.get_by_role("button", name="Pause").click()
        expect(seen.page.get_by_role("button", name="Play through time")).to_be_visible()


def test_the_brush_is_dragged(visit, html):
    with visit(html) as seen:
        box = seen.page.locator(".track canvas").bounding_box()
        seen.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 8)
        seen.page.mouse.down()
        seen.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 8, steps=4)
        seen.page.mouse.up()
        expect(seen.page.get_by_role("button", name="All dates")).to_be_visible()
        assert shown(seen.page) != "All 12 shown"


def test_the_table_sorts_by_any_column_and_opens_records(visit, html):
    with visit(html) as seen:
        page = seen.page
        page.get_by_role("button", name="Table").click()
        whats, whens = page.locator("td.what"), page.locator("td.when")
        expect(whats).to_have_count(12)
        page.get_by_role("button", name="When").click()
        expect(whens.first).to_have_text("1989")
        expect(whens.last).to_have_text("date not stated")
        page.get_by_role("button", name="When").click()
        expect(whens.first).to_have_text("11 November 2025")
        expect(whens.last).to_have_text("date not stated")
        expect(page.locator("th[aria-sort=descending]")).to_contain_text("When")
        page.get_by_role("button", name="Tanker Morning Heron boarded").click()
        expect(page.locator(".panel > .detail h2")).to_have_text("Tanker Morning Heron boarded")


# The state in the address


def test_a_link_opens_what_its_sender_saw(visit, html):
    with visit(html) as seen:
        page = seen.page
        page.get_by_role("button", name="Filters").click()
        page.get_by_role("group", name="Standing").get_by_label("Reported 8").check()
        page.get_by_role("button", name="Table").click()
        page.get_by_role("button", name="Kind").click()
        expect(page).to_have_url(re.compile("table=kind"))
        page.evaluate("location.hash += '&t=2025-09-01,2025-11-05'")
        page.get_by_role("button", name="Zoom in").click()
        page.get_by_role("button", name="Skiff approached").click()
        expect(page).to_have_url(re.compile("v=.*id="))
        address, count = page.evaluate("location.href"), shown(page)
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        expect(page.locator(".panel > .detail h2")).to_have_text("Skiff approached a bulk carrier")
        page.keyboard.press("Escape")
        assert shown(page) == count != "All 12 shown"
        expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Kind")
        page.wait_for_timeout(300)
        assert page.evaluate("location.href") == re.sub("&id=[0-9a-f]+", "", address)


def test_nonsense_in_the_address_changes_nothing(visit, html):
    with visit(html) as seen:
        seen.page.evaluate("location.hash = 'v=x,1&t=never,2025-13-99&id=<b>&kind=%ff&table=<i>&q='")
        seen.page.wait_for_timeout(100)
        expect(seen.page.locator(".found")).to_contain_text("of 12 shown")
        seen.assert_quiet()


def test_a_frame_shows_the_map_alone_and_the_records_on_request(visit, html):
    with visit(html, address="#embed", size=(640, 420)) as seen:
        page = seen.page
        expect(page.locator(".panel")).to_be_hidden()
        page.get_by_role("button", name="Records (12)").click()
        expect(page.locator(".list .row").first).to_be_visible()
        open_record(page, "Tanker")
        expect(page).to_have_url(re.compile("#embed&.*id="))
        seen.assert_quiet()


def test_the_review_line_and_the_sources_are_on_the_page(visit, html):
    with visit(html) as seen:
        expect(seen.page.locator(".review")).to_contain_text("1 of 12 records checked by a person")
        expect(seen.page.get_by_label("Sources")).to_contain_text("The Example Courier, 14 November 2025")
        expect(seen.page.get_by_label("About this map")).to_contain_text("evidence sentences only")
        notices = seen.page.locator("pre").text_content()
        for name in ("leaflet 1.9.4 (BSD-2-Clause)", "supercluster 9.1.0 (ISC)", "kdbush 4.1.0 (ISC)"):
            assert name in notices


def test_whole_reports_are_there_only_when_asked_for(visit):
    with visit(draw.page(factories.dossier(), full_text=True)) as seen:
        expect(seen.page.get_by_label("About this map")).to_contain_text("carries the whole texts")
        seen.page.get_by_text("Text of the report").click()
        assert "Militia units were called up across Venezuela." in seen.page.locator(".text").text_content()


def test_an_empty_map_says_why(visit):
    with visit(draw.page(Dossier())) as seen:
        expect(seen.page.locator(".empty")).to_have_text("Nothing is on this map: no report could be read.")
        seen.assert_quiet()


# Taking it away


def saved(page, name: str) -> bytes:
    """Take one thing from the menu and give its bytes."""
    if page.locator(".menu[open]").count() == 0:
        page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_bytes()


def test_the_shown_records_are_saved_as_data(visit, html):
    with visit(html, address="#kind=boarding&kind=strike_on_vessel") as seen:
        collection = json.loads(saved(seen.page, "GeoJSON"))
        shapes = {f["properties"]["title"][:8]: f["geometry"]["type"] for f in collection["features"]}
        assert shapes == {"Strike o": "Polygon", "At least": "MultiPolygon", "Tanker M": "Point"}
        for feature in collection["features"]:
            assert shapely.geometry.shape(feature["geometry"]).is_valid
            assert (feature["properties"]["longitude"] is None) == (feature["geometry"]["type"] == "MultiPolygon")
        rows = list(csv.DictReader(io.StringIO(saved(seen.page, "CSV").decode("utf-8"))))
        assert [row["kind"] for row in rows] == ["strike_on_vessel", "strike_on_vessel", "boarding"]
        assert rows[2]["coordinate_uncertainty_m"] == "185"
        assert rows[0]["evidence"].startswith("The defence ministry of Examplia said on Tuesday")


def test_a_formula_in_a_report_is_text_in_the_spreadsheet(visit):
    with visit(draw.page(factories.hostile('=HYPERLINK("http://x.example")'))) as seen:
        rows = list(csv.DictReader(io.StringIO(saved(seen.page, "CSV").decode("utf-8"))))
        assert {value[:2] for row in rows for value in row.values() if "HYPERLINK" in value[:12]} == {"'="}


@pytest.mark.parametrize(("name", "size"), [("PNG 1200 × 675", (1200, 675)), ("PNG 1080 × 1350", (1080, 1350))])
def test_a_picture_has_its_size_and_says_what_it_shows(visit, html, name, size):
    with visit(html) as seen:
        png = saved(seen.page, name)
        assert struct.unpack(">II", png[16:24]) == size
        assert b"Description\0\0\0\0\0Map: 7 incidents and 3 deployments" in png
        seen.assert_quiet()


def test_the_drawing_in_svg_has_the_words_and_asks_for_nothing(visit, html):
    with visit(html) as seen:
        root = etree.fromstring(saved(seen.page, "SVG"))
        text = " ".join(root.itertext())
        for words in ("7 incidents and 3 deployments", "1 of 12 records checked", "GeoNames (CC BY 4.0)", "Caribbean Sea", "area only"):
            assert words in text
        links = [value for node in root.iter() for name, value in node.attrib.items() if name.endswith("href")]
        assert all(link.startswith("data:image/png") for link in links)
        assert not list(root.iter("{http://www.w3.org/2000/svg}script"))


def test_a_reports_text_stays_text_in_the_drawing(visit):
    with visit(draw.page(factories.hostile(factories.ATTACKS[0]), title=factories.ATTACKS[1])) as seen:
        drawn = saved(seen.page, "SVG").decode()
        etree.fromstring(drawn.encode())
        assert "<script" not in drawn
        assert "<img" not in drawn


# Correcting it


def test_what_a_person_says_of_records_comes_back_as_the_program_reads_it(visit, html, tmp_path):
    with visit(html) as seen:
        page, detail = seen.page, open_record(seen.page, "Skiff approached")
        detail.get_by_text("Check or correct this record").click()
        detail.get_by_label("Correct place or date").check()
        detail.get_by_role("button", name="Keep this correction").click()
        expect(detail.locator(".wrong")).to_contain_text("Give your name")
        detail.get_by_label("Your name").fill("A. Editor")
        detail.get_by_label("Reason").fill("the master's log")
        detail.get_by_role("button", name="Pick on the map").click()
        page.locator(".chart").click(position={"x": 600, "y": 200})
        detail.get_by_label("Radius, km").fill("4")
        detail.get_by_label("First day").fill("2025-11-03")
        detail.get_by_role("button", name="Keep this correction").click()
        page.keyboard.press("Escape")
        detail = open_record(page, "Water cannon")
        detail.get_by_text("Check or correct this record").click()
        detail.get_by_label("Reject").check()
        assert detail.get_by_label("Your name").input_value() == "A. Editor"
        detail.get_by_label("Reason").fill("not a ship")
        detail.get_by_role("button", name="Keep this correction").click()
        expect(page.locator(".pending")).to_contain_text("2")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save corrections").click()
        download.value.save_as(tmp_path / "corrections.json")
    corrected, missed = corrections.apply(factories.dossier(), corrections.read(tmp_path / "corrections.json"))
    assert missed == []
    moved = next(r for r in corrected.records if r.title.startswith("Skiff"))
    assert (moved.review.state, moved.review.by, moved.date_start, moved.coordinate_uncertainty_m) == (
        "corrected",
        "A. Editor",
        "2025-11-03",
        4000,
    )
    assert -80 < moved.longitude < -60
    again = draw.page(corrected)
    with visit(again) as seen:
        assert seen.page.locator(".row", has_text="Water cannon").count() == 0
        expect(open_record(seen.page, "Skiff approached")).to_contain_text("Corrected by A. Editor")


# The map


def test_a_click_on_an_area_opens_its_record_and_hover_names_the_waters(visit):
    text = factories.report()
    carrier = factories.deployments(text, "0" * 12)[0]
    with visit(draw.page(Dossier((Reading(text, deployments=(carrier,)),)))) as seen:
        box = seen.page.locator(".chart").bounding_box()
        middle = box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.42
        seen.page.mouse.move(*middle)
        expect(seen.page.locator(".strip")).to_contain_text("approximation")
        seen.page.mouse.click(*middle)
        expect(seen.page.locator(".panel > .detail h2")).to_have_text(carrier.title)


def test_a_click_on_a_mark_opens_its_record(visit):
    text = factories.report()
    boarding = factories.incidents(text)[2]
    with visit(draw.page(Dossier((Reading(text, incidents=(boarding,)),)))) as seen:
        box = seen.page.locator(".chart").bounding_box()
        spot = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        seen.page.mouse.move(*spot)
        expect(seen.page.locator(".tip")).to_contain_text("Tanker Morning Heron boarded · 20 October 2025")
        seen.page.mouse.click(*spot)
        expect(seen.page.locator(".panel > .detail h2")).to_have_text(boarding.title)


def crowd(*groups: tuple[float, int]) -> str:
    """Give a page of some records on each of some spots of one latitude."""
    text = factories.report()
    one = factories.incidents(text)[2]
    spots = [x for x, count in groups for _ in range(count)]
    many = tuple(
        replace(one, id=f"{i:012x}", title=f"Boarding {i}", **factories.point(x, 12.0, 185.0, "coordinates", "there"))
        for i, x in enumerate(spots)
    )
    return draw.page(Dossier((Reading(text, incidents=many),)))


def test_records_on_one_spot_are_listed_and_spread_over_a_spiral(visit):
    with visit(crowd((-70.0, 12))) as seen:
        page, box = seen.page, seen.page.locator(".chart").bounding_box()
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.click(*middle)
        expect(page.locator(".panel > .detail h2")).to_have_text("12 records here")
        expect(page.locator(".chooser .row")).to_have_count(12)
        page.mouse.click(middle[0], middle[1] - 26)
        expect(page.locator(".panel > .detail h2")).to_have_text("Boarding 0")


def test_records_counted_together_are_split_by_the_keyboard(visit):
    with visit(crowd((-70.0, 12), (-70.1, 12), (-66.0, 9))) as seen:
        page, stops = seen.page, seen.page.get_by_role("group", name="Records counted together").get_by_role("button")
        expect(stops).to_have_count(2)
        expect(stops.first).to_have_accessible_name("24 records here")
        stops.first.focus()
        page.keyboard.press("ArrowRight")
        expect(stops.nth(1)).to_be_focused()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Enter")
        expect(stops.first).to_have_accessible_name("12 records here")
        expect(stops.first).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".panel > .detail h2")).to_have_text("12 records here")


@pytest.mark.parametrize(("dossier", "names"), [(Dossier(), ("Seas", "Countries", "Grid")), (factories.dossier(), ("Zones",))])
def test_what_lies_on_the_map_can_be_switched_off(visit, dossier, names):
    with visit(draw.page(dossier)) as seen:
        page = seen.page
        page.locator(".legend summary").click()
        # The map is painted anew around the open legend, in a task of its own.
        page.wait_for_timeout(200)
        drawn = "document.querySelector('.chart canvas').toDataURL()"
        before = page.evaluate(drawn)
        for name in names:
            page.get_by_label(name, exact=True).uncheck()
            assert page.evaluate(drawn) != before
            page.get_by_label(name, exact=True).check()
            assert page.evaluate(drawn) == before


def test_the_scale_is_in_both_miles_and_kilometres(visit, html):
    with visit(html) as seen:
        assert seen.page.locator(".scale .bar").all_text_contents()[0].endswith(" nm")
        assert seen.page.locator(".scale .bar").all_text_contents()[1].endswith(" km")


# Screens, themes, paper


@pytest.mark.parametrize("opened", [False, True])
def test_a_phone_never_scrolls_sideways(visit, html, opened):
    with visit(html, size=PHONE) as seen:
        if opened:
            open_record(seen.page, "Strike on a speedboat")
        wide = "[...document.querySelectorAll('html, body, .panel, .detail, .top')].map((node) => node.scrollWidth - node.clientWidth)"
        assert max(seen.page.evaluate(wide)) <= 0
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert seen.page.locator(".chart").bounding_box()["height"] >= 240


def test_dark_is_dark_on_the_canvas_too(visit, html):
    pixel = "(c => [...c.getContext('2d').getImageData(c.width * 0.1 | 0, c.height * 0.9 | 0, 1, 1).data])(document.querySelector('.chart canvas'))"
    with visit(html) as seen:
        light = seen.page.evaluate(pixel)
        seen.page.emulate_media(color_scheme="dark")
        seen.page.wait_for_timeout(100)
        dark = seen.page.evaluate(pixel)
        assert sum(light[:3]) > 500
        assert sum(dark[:3]) < 200


def test_paper_carries_every_record_in_full(visit, html):
    with visit(html, scheme="dark") as seen:
        page = seen.page
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator(".register .detail").count() == 12
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 254, 251)"
        expect(page.locator(".legend li").first).to_be_visible()
        expect(page.locator(".register")).to_contain_text("denies it")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator(".register").count() == 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 34, 42)"
        for paper in ("A4", "Letter"):
            assert page.pdf(format=paper)[:4] == b"%PDF"


def unfolded(page) -> None:
    """Open filters, table, menu: what stands there has to be reachable too."""
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("button", name="Table").click()
    page.locator(".menu summary").click()


def corrected(page) -> None:
    """Open a record with its form."""
    open_record(page, "Strike on a speedboat").get_by_text("Check or correct this record").click()
    page.get_by_label("Correct place or date").check()


def test_paper_carries_what_is_shown_and_says_what_part_that_is(visit, html):
    with visit(html, address="#kind=boarding") as seen:
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert seen.page.locator(".register .detail").count() == 1
        expect(seen.page.locator(".register .part")).to_have_text("1 of 12 shown")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("opened", [None, unfolded, corrected])
def test_axe_finds_nothing_serious(visit, html, scheme, opened):
    axe = PAGE / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.is_file():
        pytest.fail("axe-core is not installed: run `npm ci --ignore-scripts` in geo/page")
    with visit(html, scheme=scheme) as seen:
        if opened:
            opened(seen.page)
        seen.page.evaluate(axe.read_text(encoding="utf-8"))
        found = seen.page.evaluate(
            "axe.run().then((result) => result.violations.map((v) => [v.impact, v.id, v.nodes.map((n) => n.html).slice(0, 3)]))"
        )
        assert [row for row in found if row[0] in {"serious", "critical"}] == []


def test_the_parts_without_a_browser_hold():
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node is installed")
    done = subprocess.run([node, "--test", "test/"], cwd=PAGE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
