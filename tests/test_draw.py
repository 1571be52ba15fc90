"""The page's data and file: honest geometry, neutral words, the same bytes, nothing of the machine and nothing from the network."""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import factories
import nouns
import pytest
import shapely

from geo import draw, layers, titles
from geo.draw import columns, document, ground, language, lists, payload, shapes, terms, waters, window, words
from geo.draw.records import ASSETS, FAMILIES
from geo.errors import LayerError, PageError, UsageError
from geo.model import Casualties, Count, Dossier, EventsCount, Match, Mention, Merge, Place, Reading, Report, Review, Source

STYLE = Path(__file__).resolve().parents[1] / "geo" / "page" / "src" / "page.css"


data_of = document.unpack


@pytest.fixture(scope="module")
def html() -> str:
    return draw.page(factories.dossier())


@pytest.fixture(scope="module")
def data(html) -> dict:
    return data_of(html)


def by_title(data, start):
    return next(record for record in data["records"] if record["title"].startswith(start))


# The file


@pytest.mark.long
def test_the_same_dossier_gives_the_same_bytes(html):
    assert draw.page(factories.dossier()) == html


def test_the_policy_names_the_script_and_the_style_by_their_hashes(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    script, style, _ = document.bundle()
    assert "default-src 'none'" in policy
    assert document._hash(script) in policy
    assert document._hash(style) in policy
    assert "unsafe" not in policy
    assert html.count("<script>") == 1


def test_a_page_of_a_hundred_records_stays_under_half_a_megabyte():
    assert len(draw.page(factories.many(100)).encode()) < 500_000


def test_coasts_and_zones_of_any_window_stay_small_and_lie_on_its_frame():
    for box in ((-71.0, 11.0, -67.0, 14.0), (-146.456, -22.42, -52.844, 36.6), (-180.0, -60.0, 180.0, 75.0)):
        view = window.Window(box, window.choose([box]).carried)
        assert len(document.pack(waters.cut(view, ground.names()))) < 100_000
        assert all(float(round(edge * view.ground_scale)) == pytest.approx(edge * view.ground_scale) for edge in view.carried)


@pytest.mark.parametrize(
    ("box", "basis"),
    [
        ((-65.9, 11.0, -65.4, 11.6), "computed equidistance"),
        ((-70.6, 12.5, -69.5, 13.5), "computed equidistance; Netherlands-Venezuela treaty of 1978"),
    ],
    ids=["far from any boundary", "at one"],
)
def test_the_waters_of_an_owner_name_what_they_rest_on_in_the_window_and_nothing_else(box, basis):
    (venezuela,) = (zone for zone in waters.cut(window.Window(box, box), ground.names()) if zone["name"] == "Exclusive economic zone of Venezuela")
    assert venezuela["basis"] == basis


def test_of_many_bases_the_first_few_are_named():
    treaties = [nouns.zone(status="agreed", basis=f"treaty {number}") for number in (5, 2, 9, 2)]
    told = waters._bases([*treaties, nouns.zone(status="computed_median", basis="computed equidistance")])
    assert told == "computed equidistance; treaty 2; treaty 5; …"


def test_a_page_names_no_file_of_the_machine(html):
    text = json.dumps(data_of(html), ensure_ascii=False)
    for trace in (str(Path.home()), str(STYLE.parents[3]), "file://"):
        assert trace not in html
        assert trace not in text


def test_a_page_opens_no_remote_address(html):
    outside = re.sub(r'<script type="application/json".*?</script>', "", html, flags=re.DOTALL)
    hosts = set(re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(https?://[^"')\s>]+)""", outside))
    # Leaflet's own link to its site stands in code that the page never runs.
    assert hosts <= {"https://leafletjs.com"}


def test_a_missing_bundle_is_an_error_with_a_cure(monkeypatch):
    def missing(name):
        raise LayerError(name)

    monkeypatch.setattr(layers, "built", missing)
    with pytest.raises(PageError, match="make page"):
        document.bundle()


def test_a_bundle_that_would_end_its_own_element_is_refused():
    with pytest.raises(PageError, match="closing tag"):
        document.assemble({"title": "t", "records": []}, script="'</script>'", style="")


def test_drawing_a_page_imports_no_table_library():
    code = "import sys, geo.draw\nfrom geo.model import Dossier\ngeo.draw.page(Dossier())\nprint(sorted({'folium','pandas','geopandas','spacy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_lone_surrogate_in_a_title_is_written(tmp_path):
    page = draw.page(Dossier(), title="boat \ud83d adrift")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert data_of(page)["title"] == "boat ? adrift"


# folium's face


def test_draw_gives_a_folium_map_that_is_the_page(html, tmp_path):
    import folium  # noqa: PLC0415

    drawn = draw.draw(factories.dossier())
    assert isinstance(drawn, folium.Map)
    assert drawn.get_root().render() == html
    drawn.save(tmp_path / "a.html")
    drawn.save(str(tmp_path / "b.html"))
    stream = io.BytesIO()
    drawn.save(stream, close_file=False)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes() == stream.getvalue() == html.encode()
    assert drawn._repr_html_().startswith("<iframe")
    assert "https://cdn" not in drawn._repr_html_()


def test_a_map_that_cannot_be_saved_says_so_and_one_that_can_leaves_no_draft(tmp_path):
    drawn = draw.draw(Dossier())
    with pytest.raises(UsageError, match="cannot write"):
        drawn.save(tmp_path / "nowhere" / "a.html")
    drawn.save(bytes(tmp_path / "a.html"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.long
def test_a_drawn_map_goes_into_another_figure():
    from branca.element import Figure  # noqa: PLC0415

    figure = Figure()
    draw.draw(factories.dossier()).add_to(figure)
    assert "srcdoc=" in figure.render()


def test_a_folium_layer_on_the_page_is_refused_with_a_cure():
    import folium  # noqa: PLC0415

    with pytest.raises(UsageError, match="geojson"):
        folium.Marker([12, -70]).add_to(draw.draw(Dossier()))


# Honest geometry


def test_an_area_never_has_a_mark(data):
    for record in data["records"]:
        assert record["mark"] is None or record["area"] is None
    for start in ("At least 21 strikes", "Aircraft carrier", "Militia"):
        assert by_title(data, start)["mark"] is None
        assert by_title(data, start)["area"] is not None


def test_every_mark_has_a_radius(data):
    assert all(record["mark"][2] > 0 for record in data["records"] if record["mark"])


def test_a_sector_comes_with_its_shape(data):
    strike = by_title(data, "Strike on a speedboat")
    assert len(strike["shape"]) == 1
    assert strike["mark"][2] == 34_000


def test_records_that_mean_one_area_share_it():
    text = factories.report()
    campaign = factories.incidents(text)[1]
    twice = Dossier((Reading(text, incidents=(campaign, replace(campaign, id="f" * 12))),))
    drawn = data_of(draw.page(twice))
    assert len(drawn["areas"]) == 1
    assert [record["area"] for record in drawn["records"]] == [0, 0]


def test_a_sum_says_so(data):
    campaign = by_title(data, "At least 21 strikes")
    assert campaign["badge"] == "total of at least 21 events"
    assert campaign["tags"] == ["total", "claimed"]


def test_only_what_happened_is_on_the_map(data):
    sections = {record["title"]: record["section"] for record in data["records"]}
    assert sections["Troops landed in Panama"] == "apart"
    assert sections["Amphibious ship to sail to Trinidad"] == "apart"
    assert sections["Explosion at sea, alleged"] == "unplaced"
    assert sections["Tanker Morning Heron boarded"] == "incident"


def test_what_is_not_on_the_map_is_listed_with_the_reason(data):
    assert ["“Port Nowhere”", "no such place in the gazetteer"] in data["unplaced"]
    assert ["An input that could not be read", "the file is empty"] in data["unplaced"]


def test_a_label_stands_inside_its_area():
    ring = shapely.Polygon([(0, 0), (10, 0), (10, 10), (9, 10), (9, 1), (0, 1)])
    found = shapes.areas([Match(Mention(0, 1, "x", "place"), "region_polygon", ring)], window.choose([ring.bounds]))
    (area,) = found.values()
    assert ring.contains(shapely.Point(area["drawn"]["label"]))


def test_names_without_an_event_are_listed_once_and_frame_an_eventless_map():
    spot = Match(
        Mention(0, 5, "Aruba", "place"), "place_point", factories.disc(-69.97, 12.5, 16), -69.97, 12.5, 16_000.0,
        place=Place("im:aruba", "Aruba", "island", "ABW", -69.97, 12.5), reasons=("the only Aruba known",),
    )  # fmt: skip
    drawn = data_of(draw.page(Dossier((Reading(Report("a", "Aruba and Aruba"), matches=(spot, spot)),))))
    assert [(r["title"], r["section"]) for r in drawn["records"]] == [("Aruba", "place")]
    assert drawn["fit"][0] < -69.97 < drawn["fit"][2]
    assert drawn["empty"] == "No incident or deployment was read in the reports. The places that the reports name are shown as rings."
    assert drawn["review"] == "Read by machine from the listed reports"


@pytest.mark.parametrize(
    ("dossier", "reason"),
    [
        (Dossier(), "no report could be read"),
        (Dossier((Reading(Report("a", "Nothing.")),)), "no incident or deployment was read"),
        (
            Dossier((Reading(factories.report(), incidents=(factories.incidents(factories.report())[7],)),)),
            "no place that could be located",
        ),
        (
            Dossier((Reading(factories.report(), incidents=(factories.incidents(factories.report())[6],)),)),
            "plans, possibilities, the past",
        ),
    ],
)
def test_an_empty_map_says_why(dossier, reason):
    assert reason in data_of(draw.page(dossier))["empty"]


def test_a_map_with_a_record_is_not_called_empty(data):
    assert data["empty"] == ""


# The window and the basemap


def test_the_window_turns_over_the_date_line_when_that_is_shorter():
    view = window.choose([(178.0, -20.0, 179.5, -18.0), (-179.0, -18.0, -178.0, -16.0)])
    assert view.fit[0] < 178
    assert view.fit[2] > 182
    assert view.fit[2] - view.fit[0] < 10


def test_a_geometry_beyond_the_date_line_moves_to_its_side():
    piece = window.clip(shapely.box(-179, 0, -178, 1), (175.0, -5.0, 185.0, 5.0))
    assert piece.bounds == (181.0, 0.0, 182.0, 1.0)
    assert window.shift(-179.0, (175.0, -5.0, 185.0, 5.0)) == 181.0


def test_the_first_view_holds_every_geometry(data):
    west, south, east, north = data["fit"]
    assert west < -112
    assert east > -60
    assert south < -12
    assert north > 20
    assert data["window"][0] <= west
    assert data["window"][2] >= east


def test_rings_read_back_to_the_same_points():
    ring = shapely.Polygon([(-70.1234, 12.5), (-69.0001, 12.5), (-69.5, 13.25)])
    (steps,) = window.rings(ring)
    points, x, y = [], 0, 0
    for i in range(0, len(steps), 2):
        x, y = x + steps[i], y + steps[i + 1]
        points.append((x / window.SCALE, y / window.SCALE))
    assert set(points) == set(ring.exterior.coords)


def test_a_territory_has_its_own_name_on_the_map():
    labels = [label[0] for label in ground.cut(window.choose([(-64.0, 1.0, -48.0, 20.0)]))["labels"]]
    assert {"French Guiana", "Martinique", "Guadeloupe", "Barbados"} <= set(labels)
    assert "France" not in labels


def test_a_map_of_a_corner_names_the_country():
    view = window.choose([(-70.2, 12.5, -70.0, 12.7)])
    (spots,) = [label[3] for label in ground.cut(view)["labels"] if label[0] == "Venezuela"]
    assert view.fit[0] < spots[0][0] < view.fit[2]
    assert view.fit[1] < spots[0][1] < view.fit[3]


def test_the_basemap_stays_small_at_every_size():
    for box in ((-71.0, 11.0, -67.0, 14.0), (-125.0, -15.0, -50.0, 40.0), (-180.0, -60.0, 180.0, 75.0), (150.0, -50.0, 200.0, 0.0)):
        view = window.Window(box, box)
        base = ground.cut(view)
        assert base["land"]
        assert len(document.pack(base)) < 130_000
        points = [value for ring in base["land"] for value in ring[:2]]
        assert min(points[::2]) >= box[0] * view.ground_scale
        assert max(points[::2]) <= box[2] * view.ground_scale


def test_zones_are_named_and_called_what_they_are(data):
    named = {zone["name"] for zone in data["zones"]}
    assert "Territorial sea of Aruba" in named
    assert "Exclusive economic zone of Colombia" in named
    assert {zone["kind"] for zone in data["zones"]} >= {"territorial_sea", "eez", "boundary", "territorial_limit"}
    assert all(zone["basis"] for zone in data["zones"] if zone["rings"])


def test_no_zone_line_runs_along_the_window(data):
    west, south, east, north = (round(value * data["ground_scale"]) for value in data["window"])
    for line in (line for zone in data["zones"] for line in zone["lines"]):
        xs, ys = {sum(line[0 : i + 1 : 2]) for i in range(0, len(line), 2)}, {sum(line[1 : i + 2 : 2]) for i in range(0, len(line), 2)}
        assert xs not in ({west}, {east})
        assert ys not in ({south}, {north})


# Words


def fact(record, heading):
    return next(lines for name, lines in record["facts"] if name == heading)


def test_a_one_sided_count_names_the_side():
    assert words.casualties(Casualties(killed=Count(76, 76, None, "at_least", "at least 76", 0, 1)), claimed=", as claimed") == [
        "At least 76 killed, as claimed"
    ]


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (Count(3, 3, 3, "exact", "", 0, 0), "3"),
        (Count(3, None, 5, "exact", "", 0, 0), "3 to 5"),
        (Count(20, 20, 20, "about", "", 0, 0), "about 20"),
        (Count(None, None, 200_000, "at_most", "", 0, 0), "at most 200,000"),
        (EventsCount(21, 21, None), "at least 21"),
        (Count(None, None, None, "exact", "", 0, 0), "a number not stated"),
    ],
)
def test_ranges_are_said_as_ranges(count, text):
    assert words.number(count) == text


def test_nobody_hurt_is_said_not_left_out(data):
    assert fact(by_title(data, "Container ship"), "People") == ["None injured, the report says"]


def test_a_disputed_record_shows_both_sides(data):
    strike = by_title(data, "Strike on a speedboat")
    assert fact(strike, "People") == ["3 killed, as claimed by Defence ministry of Examplia"]
    assert fact(strike, "Who says so") == [
        "Defence ministry of Examplia (a state) says so: “said”",
        "Foreign ministry of Venezuela (a state) denies it: “denied”",
    ]
    assert strike["tags"] == ["disputed"]


def test_waters_come_with_share_and_basis(data):
    assert fact(by_title(data, "Strike on a speedboat"), "In whose waters")[:2] == [
        "Exclusive economic zone of Aruba, 71% of the shape (approximation: computed equidistance)",
        "Exclusive economic zone of Colombia, 29% of the shape (approximation: computed equidistance)",
    ]


def test_dates_are_as_fine_as_they_are_known(data):
    assert by_title(data, "Troops landed")["when"] == "1989"
    assert fact(by_title(data, "Container ship"), "When")[0] == "6 to 12 October 2025 (known to the week)"
    assert words.period("2025-12-30", "2026-01-02", 2) == "30 December 2025 to 2 January 2026"
    assert words.period(None, None, None) == "date not stated"


def test_uncertainty_is_in_words(data):
    assert "Around 13.0° N, 70.5° W, uncertain by 34 km (18 nm)." in fact(by_title(data, "Strike on a speedboat"), "Where")


def test_a_title_counts_what_happened_and_quotes_nobody(data):
    assert data["title"] == "7 incidents and 3 deployments read from 1 report"
    assert data["under"] == "September to November 2025 · As of 14 November 2025"


def test_the_review_line_counts_and_goes_when_all_are_checked(data):
    assert data["review"] == "1 of 12 records checked by a person; read by machine from the listed reports"
    only = data_of(draw.page(factories.dossier(), reviewed_only=True))
    assert [record["title"] for record in only["records"]] == ["Tanker Morning Heron boarded"]
    assert only["review"] == ""
    assert only["left_off"] == "11 records left off: rejected by a person, or not yet checked by one."


def test_a_rejected_record_is_left_off():
    text = factories.report()
    gone = replace(factories.incidents(text)[3], review=Review("rejected", "A. Reader"))
    assert data_of(draw.page(Dossier((Reading(text, incidents=(gone,)),))))["records"] == []


# Care


def refuge(where: str, **fields: object) -> Dossier:
    """Give one robbery on a spot known to 200 m, at a place of that name."""
    text = factories.report()
    one = replace(factories.incidents(text)[2], where_text=where, **fields)
    return Dossier((Reading(text, incidents=(one,)),))


@pytest.mark.parametrize(
    "where", ["a shelter in Cumana", "12 Palm Street", "el albergue de Guiria", "l'hôpital de Cayenne", "a refugee camp near Maicao"]
)
def test_a_place_of_refuge_is_drawn_within_ten_km_and_its_middle_moved(where):
    drawn = data_of(draw.page(refuge(where)))
    longitude, latitude, radius = drawn["records"][0]["mark"]
    assert drawn["coarsened"] == [1, 10.0]
    assert radius >= 10_000
    off = shapely.Point(longitude, latitude).distance(shapely.Point(-71.3383, 12.5083))
    assert 0 < off * 111_200 < radius - 185
    assert [part["mark"][:2] for part in data_of(draw.page(refuge(where, longitude=-71.33, latitude=12.51)))["records"]] == [
        [longitude, latitude]
    ]


def test_what_is_no_refuge_or_known_no_better_stays_as_it_is():
    assert data_of(draw.page(refuge("12-30.5N 071-20.3W")))["coarsened"] == [0, 10.0]
    assert data_of(draw.page(refuge("a shelter", coordinate_uncertainty_m=20_000.0)))["records"][0]["mark"][2] == 20_000
    assert data_of(draw.page(refuge("a shelter"), coarsen_km=0))["records"][0]["mark"][2] == 185


def test_a_delay_holds_back_what_may_be_newer_and_counts_it(data):
    late = data_of(draw.page(factories.dossier(), delay_hours=72))
    titles = {record["title"] for record in late["records"]}
    # The report is of the 14th: a strike on the 11th is less than three whole days before it, and what has no date may be as new as the report.
    assert late["held_back"] == [len(data["records"]) - len(titles), 72]
    assert "Tanker Morning Heron boarded" in titles
    assert "Water cannon used against a fishing boat" in titles
    for gone in ("Strike on a speedboat", "Ten fighters", "At least 21 strikes"):
        assert not any(title.startswith(gone) for title in titles)
    assert not any("Roosevelt Roads" in json.dumps(record) for record in late["records"])


def test_whole_texts_and_a_delay_do_not_go_together():
    with pytest.raises(UsageError, match="--delay"):
        draw.page(factories.dossier(), full_text=True, delay_hours=24)


@pytest.mark.parametrize("amounts", [{"coarsen_km": -1.0}, {"delay_hours": float("nan")}, {"delay_hours": float("inf")}])
def test_an_amount_that_is_none_is_refused(amounts):
    with pytest.raises(UsageError, match="0 or more"):
        draw.page(Dossier(), **amounts)


def test_columns_read_back_to_the_same_rows(data):
    rows = data["records"]
    assert columns.rows(columns.columns(rows), columns.parts(rows)) == rows
    assert columns.rows(columns.columns([]), columns.parts([])) == []


# Languages

SCRIPTS = sorted((Path(__file__).resolve().parents[1] / "geo" / "page" / "src").glob("*.js"))


def said() -> set[str]:
    """Gather the texts that the page asks words for: in its code, and in the tables that it takes headings and codes from."""
    found = {text for path in SCRIPTS for text in re.findall(r'\bt\("([^"]+)"', path.read_text(encoding="utf-8"))}
    codes = (
        *FAMILIES,
        "other",
        "collision_or_ramming",
        "water_cannon",
        "sabotage",
        *ASSETS,
        "destroyer",
        "frigate",
        "militia",
        *terms.ASSERTIONS,
    )
    return found | set(payload.LEGEND.values()) | {words.plain(code) for code in (*codes, "unreviewed", "confirmed", "corrected")}


def spoken() -> set[str]:
    """Gather the phrases that Python says of records and pages."""
    found: set[str] = set()
    sources = [*Path(draw.__file__).parent.glob("*.py"), Path(titles.__file__)]
    calls = [node for path in sources for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id == "say" and isinstance(call.args[0], ast.Constant | ast.IfExp):
            found |= {node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    tables = (terms.ASSERTIONS, terms.MODES, terms.METHODS, terms.WHERE_ROLES, terms.ZONE_TYPES, terms.ZONE_STATUS, terms.LEGAL)
    more = (terms.CLAIMANTS, terms.STANCES, terms.PRECISIONS, titles._STATUS_WORDS, titles._MODE_WORDS)
    found |= {text for table in (*tables, *more) for text in table.values()} | set(terms.MONTHS)
    return found


def test_every_text_of_the_page_has_words_in_every_language(data):
    headings = {heading for record in data["records"] for heading, _ in record["facts"]}
    assert len(said()) > 100
    for name in ("es", "fr"):
        phrases = language.TABLES[name]
        assert sorted((said() | headings | spoken() | {payload.ATTRIBUTION, payload.DISCLAIMER}) - set(phrases)) == []
        for english, other in phrases.items():
            assert other.strip(), english
            assert set(re.findall(r"\{\w+\}", other)) == set(re.findall(r"\{\w+\}", english)), english


@pytest.mark.parametrize(
    ("name", "title", "lines"),
    [
        (
            "es",
            "7 incidentes y 3 despliegues, según 1 informe",
            ("Alrededor de 13,0° N, 70,5° O, con una incertidumbre de 34 km (18 mn).", "En disputa.", "11 de noviembre de 2025"),
        ),
        (
            "fr",
            "7 incidents et 3 déploiements, d’après 1 rapport",
            ("Autour de 13,0° N, 70,5° O, à 34 km (18 M) près.", "Contesté.", "11 novembre 2025"),
        ),
    ],
)
def test_a_panel_speaks_the_language_of_the_page(name, title, lines):
    data = document.unpack(draw.page(factories.dossier(), language=name))
    assert data["title"] == title
    strike = by_title(data, "Strike on a speedboat")
    told = [line for _, rows in strike["facts"] for line in rows]
    for line in lines:
        assert any(line.replace(" ", " ") in one.replace(" ", " ") for one in told), told
    assert "Examplia said on Tuesday" in "".join(text for text, _ in strike["evidence"][0]["pieces"])


@pytest.mark.parametrize(
    ("name", "places", "zone"),
    [("es", {"México", "Brasil", "Mar de los Sargazos"}, "de Panamá"), ("fr", {"Mexique", "Brésil", "Mer des Sargasses"}, ": Panama")],
)
def test_countries_seas_and_zones_have_the_names_of_the_pages_language(name, places, zone):
    told = data_of(draw.page(factories.dossier(), language=name))
    assert places <= {label[0] for label in told["base"]["labels"]}
    assert any(drawn["name"].endswith(zone) for drawn in told["zones"])


def test_titles_are_said_anew_from_what_the_record_holds():
    report = factories.report()
    one = replace(factories.incidents(report)[2], where_text="off Aruba", claims=(), assertion="reported")
    boarding = replace(one, title=titles.incident(one, ("Boarding of a vessel", "Boardings of vessels")))
    carrier = next(d for d in factories.deployments(report, "0" * 12))
    moved = replace(carrier, title=titles.deployment(carrier), actor="Examplia", claims=())
    moved = replace(moved, title=titles.deployment(moved))
    given = replace(one, id="c" * 12, title="As an editor put it")
    dossier = Dossier((Reading(report, incidents=(boarding, given), deployments=(moved,)),))
    es, fr = (
        {row["id"]: row["title"] for row in document.unpack(draw.page(dossier, language=name))["records"]} for name in ("es", "fr")
    )
    assert es[boarding.id].startswith("Abordaje")
    assert es[boarding.id].endswith("off Aruba")
    assert es[given.id] == fr[given.id] == "As an editor put it"
    assert "portaaviones" in es[moved.id]
    assert "porte-avions" in fr[moved.id]
    english = {row["id"]: row["title"] for row in document.unpack(draw.page(dossier))["records"]}
    assert english[boarding.id] == boarding.title


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("tile.example.org/{z}/{x}/{y}.png", "no address of tiles"),
        ("javascript:alert(1)//{z}{x}{y}", "no address of tiles"),
        ("https://{s}.example.org/{z}/{x}/{y}.png", "no address of tiles"),
        ("https://user:word@example.org/{z}/{x}/{y}.png", "no address of tiles"),
        ("https://a.example; script-src *//{z}/{x}/{y}", "no address of tiles"),
        ("https://[::1/{z}/{x}/{y}", "no address of tiles"),
        ("https://example.org/{z}/{x}.png", "has no {y}"),
    ],
)
def test_an_address_that_names_no_single_server_of_tiles_is_refused(url, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        draw.page(Dossier(), tiles_url=url)


def test_tiles_widen_the_policy_by_exactly_their_server():
    plain, online = (draw.page(Dossier(), tiles_url=url) for url in (None, "https://Tiles.example.org:8443/{z}/{x}/{y}.png?key=1"))
    policies = [re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1] for page in (plain, online)]
    assert policies[1] == policies[0].replace("img-src data: blob:", "img-src data: blob: https://tiles.example.org:8443")
    assert document.unpack(plain)["tiles"] is None


def test_a_language_without_words_is_refused_with_those_there_are():
    with pytest.raises(UsageError, match="en, es, fr"):
        draw.page(Dossier(), language="tlh")


# Texts and sources


def test_only_evidence_is_carried_unless_asked():
    text = factories.report()
    extra = replace(text, text=text.text + "\nA last line that nobody cites.", source=replace(text.source, sha256=None))
    dossier = Dossier((Reading(extra, incidents=factories.incidents(text)),))
    assert "nobody cites" not in json.dumps(data_of(draw.page(dossier)))
    assert "nobody cites" in json.dumps(data_of(draw.page(dossier, full_text=True)))


def test_long_evidence_is_cut_and_shows_it():
    text = Report("long", "word " * 200, Source(title="t"))
    proof = factories.Evidence("long", 0, 1000, text.text, "rule")
    one = factories.Incident(id="a" * 12, event_type="other", title="t", evidence=(proof,))
    pieces = data_of(draw.page(Dossier((Reading(text, incidents=(one,)),))))["records"][0]["evidence"][0]["pieces"]
    assert pieces[-1] == ["…", ""]
    assert "".join(piece for piece, _ in pieces).endswith("word…")
    assert len("".join(piece for piece, _ in pieces)) <= 301


def test_marks_fall_on_the_right_words_after_an_emoji():
    assert lists.pieces("🛥️🛥️ off Aruba", [(9, 14, "place")]) == [["🛥️🛥️ off ", ""], ["Aruba", "place"]]


def test_evidence_marks_cue_place_and_date(data):
    pieces = by_title(data, "Strike on a speedboat")["evidence"][0]["pieces"]
    assert [piece for piece in pieces if piece[1]] == [
        ["said", "claim"],
        ["on Tuesday", "date"],
        ["45 nautical miles northwest of Aruba", "place"],
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://a b", " https://x.example", None]
)
def test_only_web_addresses_become_links(url):
    assert lists._link(url) == ""


def test_a_report_without_a_title_does_not_show_its_file():
    drawn = data_of(draw.page(Dossier((Reading(Report("folder/secret-name.txt", "x")),))))
    assert "secret-name" not in json.dumps(drawn)


def test_a_joined_record_shows_publishers_not_files():
    one, other = factories.report("folder/secret-one.txt"), factories.report("folder/secret-two.txt", publisher="Harbour Times")
    merge = Merge(
        (one.id, other.id), 2, (f"{one.id!r} tells it first", f"{other.id!r}: same day"), (), (f"killed: 3 ({one.id}), 4 ({other.id})",)
    )
    strike = replace(factories.incidents(one)[0], merge=merge)
    drawn = data_of(draw.page(Dossier((Reading(one, incidents=(strike,)), Reading(other)))))
    assert drawn["records"][0]["told"]["apart"] == ["killed: 3 (The Example Courier), 4 (Harbour Times)"]
    assert drawn["records"][0]["told"]["joined"] == ["“Harbour Times”: same day"]
    assert "secret" not in json.dumps(drawn)


# Colours


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_and_text_stand_out(theme):
    light, dark = STYLE.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)", 1)
    palette = colours(light) if theme == "light" else colours(dark.split("* { box-sizing", 1)[0])
    for mark in ("strike", "seizure", "warning", "other", "ship", "place", "area", "accent", "ink"):
        assert contrast(palette[mark], palette["sea"]) >= 3, mark
        assert contrast(palette[mark], palette["land"]) >= 3, mark
    for text in ("ink", "quiet", "link"):
        assert contrast(palette[text], palette["panel"]) >= 4.5, text
    assert contrast(palette["water"], palette["sea"]) >= 3
    assert contrast(palette["country"], palette["land"]) >= 4.5
