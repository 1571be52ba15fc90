"""Locating: geometry with honest uncertainty, or a reason. The sentences are ours."""

from __future__ import annotations

import sys

import pytest
from geopy.location import Location
from geopy.point import Point as GeopyPoint
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geo import coast, parse, settings
from geo.find import find
from geo.gazetteer import open_gazetteer
from geo.locate import extent_km, locate
from geo.model import AREA_METHODS, MAPPED_ROLES, Match, Report


def _located(text: str, *, parsed: bool = True) -> tuple[Match, ...]:
    """Find and locate the mentions of a text."""
    report, names = Report("a", text), open_gazetteer()
    return locate(report, find(report, parse.parse(text) if parsed else None, gazetteer=names), gazetteer=names)


def _one(text: str, name: str) -> Match:
    """Locate a text and give the match of one mention."""
    return next(m for m in _located(text) if m.mention.text == name)


@pytest.mark.parametrize(
    ("text", "name", "method", "place"),
    [
        ("A storm crossed Venezuela.", "Venezuela", "country_polygon", "country:VEN"),
        ("Boats were struck in the eastern Pacific.", "eastern Pacific", "region_polygon", "im:eastern-pacific"),
        ("Boats were struck in the Caribbean.", "Caribbean", "region_polygon", "im:caribbean-sea"),
        ("A plant was built in Zulia, Venezuela.", "Zulia", "region_polygon", None),
    ],
)
def test_areas_have_no_pin(text: str, name: str, method: str, place: str | None) -> None:
    match = _one(text, name)
    assert match.geometry_method == method
    assert (match.longitude, match.latitude, match.coordinate_uncertainty_m) == (None, None, None)
    assert match.geometry is not None
    assert match.geometry.area > 1
    assert match.label_longitude is not None
    assert place is None or (match.place is not None and match.place.id == place)


def test_a_city_is_a_point_with_its_extent() -> None:
    match = _one("A plant was built in Maracaibo, Venezuela.", "Maracaibo")
    assert match.geometry_method == "place_point"
    assert match.coordinate_uncertainty_m is not None
    assert 2000 <= match.coordinate_uncertainty_m <= 1000 * settings.CITY_EXTENT_MAX_KM
    assert match.place is not None
    assert match.place.country == "VEN"
    assert match.score is not None
    assert match.score > 0.5


def test_the_territories_of_a_state_are_its_territories() -> None:
    match = _one("The United Kingdom keeps radar stations in its Caribbean territories.", "Caribbean territories")
    names = open_gazetteer()
    assert match.geometry is not None
    for code in ("AIA", "VGB", "CYM", "MSR", "TCA"):
        area = names.polygon(f"country:{code}")
        assert area is not None
        assert match.geometry.intersects(area)
    curacao = names.polygon("country:CUW")
    assert curacao is not None
    assert not match.geometry.intersects(curacao)


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Caracas rejected the claim.", "Caracas", "gn:3646738"),
        ("Washington said it would answer.", "Washington", "gn:4140963"),
        ("A Venezuelan boat turned back.", "Venezuelan", "country:VEN"),
        ("It happened in the territorial waters of Guyana.", "territorial waters of Guyana", "country:GUY"),
    ],
)
def test_what_is_not_mapped_keeps_its_place_and_a_reason(text: str, name: str, place: str) -> None:
    match = _one(text, name)
    assert match.geometry is None
    assert match.geometry_method == "none"
    assert match.place is not None
    assert match.place.id == place
    assert "not mapped" in match.reasons[-1]


def test_a_name_that_nobody_knows_is_listed_with_a_reason() -> None:
    spans = ((0, 10),)
    report = Report("a", "Qwertyburg was hit.", spans=spans)
    (match,) = locate(report, find(report, None, gazetteer=open_gazetteer()), gazetteer=open_gazetteer())
    assert match.place is None
    assert match.geometry is None
    assert match.reasons == ("not in the gazetteer",)


def test_an_offset_lies_where_it_says() -> None:
    match = _one("A boat was hit 45 nm northwest of Aruba.", "45 nm northwest of Aruba")
    assert match.geometry_method == "bearing_offset"
    assert match.anchor is not None
    assert (match.anchor.name, match.anchor.bearing_deg) == ("Aruba", 315.0)
    assert match.anchor.distance_m == pytest.approx(83340)
    assert match.longitude is not None
    assert match.latitude is not None
    assert match.geometry is not None
    assert match.longitude < -70.4
    assert match.latitude > 12.9
    assert match.geometry.covers(Point(match.longitude, match.latitude))


def test_a_bare_mile_widens_the_band_in_news() -> None:
    statute = _one("A house burnt 100 km east of Aruba.", "100 km east of Aruba")
    bare = _one("A house burnt 62.1 miles east of Aruba.", "62.1 miles east of Aruba")
    assert statute.geometry is not None
    assert bare.geometry is not None
    assert bare.geometry.area > 1.1 * statute.geometry.area
    assert any("statute to nautical" in r for r in bare.reasons)


def test_shapes_at_sea_are_clipped_to_the_sea() -> None:
    text = "Two boats were stopped by the navy off the Venezuelan coast."
    match = _one(text, "off the Venezuelan coast")
    assert match.geometry is not None
    inland = Point(-66.0, 8.0)
    assert not match.geometry.covers(inland)
    assert match.geometry.covers(Point(-67.0, 10.9))
    dry = coast.clip_to_land(match.geometry)
    assert dry.area < 0.2 * match.geometry.area


@pytest.mark.parametrize(
    ("phrase", "method"),
    [
        ("near Aruba", "near"),
        ("off Aruba", "off_coast"),
        ("between Aruba and Curaçao", "between"),
        ("north of Aruba", "direction_only"),
        ("60 km off Aruba", "distance_only"),
    ],
)
def test_every_relation_has_its_shape(phrase: str, method: str) -> None:
    match = _one(f"Two boats were stopped by the navy {phrase}.", phrase)
    assert match.geometry_method == method
    assert match.geometry is not None
    assert match.geometry.is_valid
    assert not match.geometry.is_empty
    assert (match.longitude is None) == (method in AREA_METHODS)


def test_a_part_of_a_sea_is_part_of_it() -> None:
    match = _one("Two boats were stopped in the southern Red Sea.", "southern Red Sea")
    whole = open_gazetteer().polygon("im:red-sea")
    assert whole is not None
    assert match.geometry is not None
    assert match.geometry.area < 0.9 * whole.area
    assert match.geometry.centroid.y < whole.centroid.y


def test_a_position_far_from_the_place_beside_it_is_flagged_not_mended() -> None:
    text = "Two boats were stopped 20 nm north of Aruba in position 12-55.0N 070-00.0E by the navy."
    match = next(m for m in _located(text) if m.mention.role == "position")
    assert match.longitude == pytest.approx(70.0)
    assert len(match.flags) == 1
    assert "E/W" in match.flags[0]
    right = next(m for m in _located(text.replace("000-00", "070-00").replace("0E", "0W")) if m.mention.role == "position")
    assert right.flags == ()


def test_the_head_of_a_message_bounds_its_names() -> None:
    text = "PERU: Robbers boarded a tanker at Callao anchorage. The owners, in Rotterdam, were told, and the ship sailed for Lagos."
    found = {m.mention.text: m for m in _located(text)}
    assert found["Callao anchorage"].geometry is not None
    for beside in ("Rotterdam", "sailed for Lagos"):
        assert found[beside].geometry is None
        assert found[beside].place is not None
        assert "not mapped" in found[beside].reasons[-1]


def test_a_namesake_outside_the_state_written_behind_it_is_no_answer() -> None:
    match = _one("A tanker was boarded while anchored at Rotterdam, Peru. The master raised the alarm.", "anchored at Rotterdam")
    assert match.place is None


@pytest.mark.parametrize(
    ("text", "name", "method", "place"),
    [
        ("2 nm SSE of Tanjung Piai, Johor", "2 nm SSE of Tanjung Piai", "bearing_offset", "Tanjung Piai"),
        ("40 nm off Socotra Island, Somalia", "40 nm off Socotra Island", "distance_only", "Socotra"),
        ("15 nm SW of Luba", "15 nm SW of Luba", "bearing_offset", "Luba"),
    ],
)
def test_a_cape_and_an_island_are_found_beside_the_state_written_behind_them(text: str, name: str, method: str, place: str) -> None:
    match = _one(text, name)
    assert match.geometry_method == method
    assert match.place is not None
    assert match.place.name == place


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("Outer Anchorage Mombasa, Kenya", "Mombasa", "KEN"),
        ("Freetown Road, Sierra Leone", "Freetown", "SLE"),
        ("Mombasa Working Anchorage, Kenya", "Mombasa", "KEN"),
        ("Oil Jetty, Haldia, India", "Haldia", "IND"),
        ("Jetty 3, Chittagong, Bangladesh", "Chattogram", "BGD"),
    ],
)
def test_a_line_that_only_names_a_place_is_on_the_map_at_its_port(text: str, place: str, country: str) -> None:
    pinned = [m.place for m in _located(text) if m.longitude is not None]
    assert [(p.name, p.kind, p.country) for p in pinned if p is not None] == [(place, "city", country)]


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("URUGUAY: A trawler was boarded 9 nm south of Montevidoe. The crew mustered.", "Montevideo", "one letter differs"),
        ("Walvish Bay Roads, Namibia", "Walvis Bay", "one letter differs"),
        ("Off Karachhi Pakistan", "Karachi", "one letter differs"),
        ("Buenos Aries Roads, Argentina", "Buenos Aires", "one letter differs"),
        ("Bandar Abbaz Roads, Iran", "Bandar Abbas", "one letter differs"),
    ],
)
def test_a_misspelt_name_in_a_message_is_taken_for_a_place_and_says_so(text: str, place: str, why: str) -> None:
    match = next(m for m in _located(text) if m.longitude is not None)
    assert match.place is not None
    assert match.place.name == place
    taken = f"taken for {place!r} ({why})"
    assert taken in match.reasons
    assert taken in match.flags
    assert match.score is not None
    assert match.score <= settings.MISSPELT_SCORE


def test_a_terminal_is_in_the_port_written_behind_it_whatever_town_bears_its_name() -> None:
    pinned = [m.place for m in _located("Silos Terminal, Agadir Port") if m.longitude is not None]
    assert [p.name for p in pinned if p is not None] == ["Agadir"] * len(pinned)
    assert pinned


@pytest.mark.parametrize(
    "text",
    [
        "The minister met reporters in Montevidoe, Uruguay, on Monday and said that trade would grow.",
        "GHANA: Robbers boarded a tanker at Tema Anchorage, Ghana. The Master mustered the crew and Port Control was told.",
    ],
)
def test_nothing_is_taken_for_a_misspelt_name_in_news_or_where_no_place_must_stand(text: str) -> None:
    assert not any(reason.startswith("taken for") for m in _located(text) for reason in m.reasons)


def test_the_coast_of_a_state_is_no_coast_of_the_states() -> None:
    assert "East Coast" not in [m.mention.text for m in _located("Off Hobyo, East Coast of Somalia")]
    assert _one("Off Hobyo, East Coast of Somalia", "Off Hobyo").place is not None


def test_a_message_that_gives_a_distance_is_not_pinned_on_the_towns_beside_it() -> None:
    text = "PERU: A tanker was boarded 30 nm west of Callao. The crew mustered and the ship returned. Police in Trujillo were waiting."
    assert [m.mention.text for m in _located(text) if m.longitude is not None] == ["30 nm west of Callao"]


@pytest.mark.parametrize(
    ("text", "name", "method"),
    [
        ("SOMALIA: A tanker was trailed while underway, off the SE Somali Coast.", "off the SE Somali Coast", "off_coast"),
        ("SOMALIA: A tanker was trailed 240 nm off the Somali coast.", "240 nm off the Somali", "distance_only"),
        ("GHANA: A tanker was boarded while at anchorage, Tema.", "while at anchorage, Tema", "facility"),
        ("GHANA: A bulk carrier was boarded while moored to buoy at Tema.", "moored to buoy at Tema", "facility"),
        ("GHANA: A tanker was boarded 20 nm off the sea buoy, Tema.", "20 nm off the sea buoy, Tema", "distance_only"),
        ("GHANA: A tanker was boarded 3 nm from Fairway Buoy Tema.", "3 nm from Fairway Buoy Tema", "distance_only"),
        ("TANKER BOARDED 30NM SSW TEMA. CREW SAFE.", "30NM SSW TEMA", "bearing_offset"),
        ("300 MILES SOUTHEAST TEMA, GHANA: A tanker was chased.", "300 MILES SOUTHEAST TEMA", "bearing_offset"),
        ("YEMEN: A tanker was chased 70 nm southeast of al Mukalla.", "70 nm southeast of al Mukalla", "bearing_offset"),
        ("Robbers boarded a tanker within 20 nm of Tema.", "within 20 nm of Tema", "near"),
        ("Robbers boarded a tanker between Tema port and Lome.", "between Tema port and Lome", "between"),
        ("Robbers boarded a tanker bound for Tema.", "bound for Tema", "none"),
    ],
)
def test_messages_say_clipped_where_a_ship_lay(text: str, name: str, method: str) -> None:
    assert _one(text, name).geometry_method == method


def test_what_a_message_names_after_the_event_is_not_where_it_happened() -> None:
    text = "KENYA: A tanker was hijacked 98 nm east of Mombasa. The tanker was taken to anchorage off Hobyo."
    assert {m.mention.text: m.geometry is not None for m in _located(text)}["98 nm east of Mombasa"]
    assert _one(text, "off Hobyo").geometry is None


def test_every_event_of_a_digest_is_where_it_says() -> None:
    text = "A bulk carrier was boarded off Lome. The crew is safe. Two tankers at Callao anchorage, Peru, were robbed by men in skiffs."
    assert [m.mention.text for m in _located(text) if m.geometry is not None] == ["off Lome", "Callao anchorage", "Peru"]


def test_a_telegram_in_capitals_is_read_as_a_message() -> None:
    text = "THE FREIGHTER WAS SEIZED BY PIRATES OFF THE COAST OF SOMALIA. THE CREW WAS FREED AND THE VESSEL ARRIVED IN MOMBASA."
    assert [m.mention.text for m in _located(text) if m.longitude is not None] == ["OFF THE COAST OF SOMALIA"]


def test_a_state_that_heads_a_report_of_ships_is_where_it_happened() -> None:
    match = _one("ECUADOR: Two trawlers were robbed by pirates on Monday.", "ECUADOR")
    assert (match.mention.role, match.geometry_method) == ("place", "country_polygon")


@pytest.mark.parametrize("port", ["Port Harcourt", "Warri", "Palembang"])
def test_a_port_up_a_river_that_the_coast_does_not_show_keeps_its_harbour(port: str) -> None:
    match = _one(f"Robbers boarded a tanker berthed at {port}.", f"berthed at {port}")
    assert match.geometry is not None
    assert match.place is not None
    assert match.geometry.covers(Point(match.place.longitude, match.place.latitude))


def test_a_ship_that_is_not_said_to_lie_in_port_may_be_farther_off_it() -> None:
    lay, went = (_one(f"SALALAH, OMAN: Robbers boarded {ship}.", "SALALAH") for ship in ("an anchored tanker", "a tanker underway"))
    assert lay.geometry is not None
    assert went.geometry is not None
    assert went.geometry.area > lay.geometry.area


def test_the_waters_named_in_a_message_stand_for_the_state_that_heads_it() -> None:
    text = "INDONESIA: A bulk carrier was chased while underway in the Makassar Strait."
    assert _one(text, "INDONESIA").geometry is None
    assert _one(text, "Makassar Strait").geometry is not None


@pytest.mark.parametrize(
    "text",
    [
        "SOMALIA: A dhow was hijacked 60 nm east of Mogadishu. It has since been seen near Hobyo.",
        "INDONESIA: Robbers boarded a tug en route from Penang to Belawan. The master told the police on arrival at Belawan.",
        "A HOBYO BASED TRAWLER WAS SEIZED BY PIRATES. THE CREW WAS FREED.",
    ],
)
def test_what_follows_or_whose_it_is_is_no_pin(text: str) -> None:
    assert [m.mention.text for m in _located(text) if m.longitude is not None and m.place and m.place.name in {"Hobyo", "Belawan"}] == []


def test_a_message_from_the_sea_means_the_town_by_the_sea() -> None:
    match = _one("CHINA: Robbers boarded a tanker while anchored, Fangcheng OPL anchorage.", "while anchored, Fangcheng")
    assert match.place is not None
    assert match.place.name == "Fangchenggang"


def test_a_word_of_a_telegram_is_no_town_for_a_comma_behind_it() -> None:
    text = "SHIP WITH A CARGO OF CEMENT, BOUND FOR TEMA, WAS SEIZED. PIRATES DEMANDED A RANSOM, THEN LEFT."
    assert [m.mention.text for m in _located(text) if m.geometry is not None and m.mention.role != "offset"] == []


def test_a_telegram_about_one_state_is_not_pinned_in_another() -> None:
    text = "TANKER CHESTER CITY BOARDED BY PIRATES OFF SUMATRA, INDONESIA. MASTER AND CREW SAFE."
    assert {m.place.country for m in _located(text) if m.geometry is not None and m.place is not None} == {"IDN"}


def test_off_the_tip_of_an_island_is_the_sea_that_way() -> None:
    match = _one("A tanker was boarded 15 nm off the northern tip of Socotra.", "15 nm off the northern tip of Socotra")
    assert match.geometry is not None
    assert match.geometry.bounds[1] > 12.4


def test_so_far_off_a_long_coast_may_be_nearer_to_another_stretch_of_it() -> None:
    match = _one("SOMALIA: A tanker was chased 200 nm off the coast of Somalia.", "200 nm off the coast of Somalia")
    assert match.geometry is not None
    # 125 nm off one stretch of the coast, and more than 200 off that of Mogadishu.
    assert match.geometry.covers(Point(51.0, 3.5))


def test_a_state_that_a_message_names_reaches_as_far_as_its_zone() -> None:
    match = _one("OMAN: Robbers boarded a tanker underway.", "OMAN")
    assert match.geometry is not None
    assert match.geometry.covers(Point(60.5, 19.0))
    assert not match.geometry.covers(Point(64.0, 16.0))


def test_a_way_is_a_line_without_a_point() -> None:
    match = _one("Robbers boarded a tanker en route from Callao to Guayaquil, underway.", "en route from Callao to Guayaquil")
    assert (match.geometry_method, match.longitude) == ("line", None)
    assert match.geometry is not None
    assert match.geometry.length > 5


def test_a_port_in_a_message_is_the_water_off_it() -> None:
    match = _one("Robbers boarded a tanker in Callao, Peru. The master raised the alarm.", "Callao")
    assert match.geometry is not None
    assert match.geometry.contains(Point(-77.25, -12.05))
    assert not match.geometry.contains(Point(-76.95, -12.05))


def test_near_a_state_is_an_area_and_no_pin() -> None:
    match = _one(
        "Robbers boarded a tanker 5 nm south of Blue Heron Rock, Peru. The master raised the alarm.", "5 nm south of Blue Heron Rock, Peru"
    )
    assert (match.geometry_method, match.longitude) == ("country_polygon", None)


def test_one_sense_a_report() -> None:
    text = "Valencia lies west of Caracas. Police in Valencia and in Maracay, Venezuela, confirmed it."
    assert {m.place.country for m in _located(text) if m.mention.text == "Valencia" and m.place} == {"VEN"}


def test_runners_up_and_reasons_tell_why() -> None:
    match = _one("The fair was held in Georgetown, Guyana.", "Georgetown")
    assert match.place is not None
    assert match.place.country == "GUY"
    assert 1 <= len(match.runners_up) <= settings.RUNNERS_UP
    assert any("Guyana" in r for r in match.reasons)


class _Geocoder:
    """A geocoder of geopy's form that knows one place."""

    def geocode(self, query: str) -> Location | None:
        """Answer as geopy does."""
        return Location("Somewhere", GeopyPoint(1.5, 2.5), {}) if query == "Lima" else None


def test_any_geopy_geocoder_can_stand_in() -> None:
    report, names = Report("a", "The fair was held in Lima, not in Cusco."), open_gazetteer()
    mentions = find(report, None, gazetteer=names)
    matches = {m.mention.text: m for m in locate(report, mentions, gazetteer=names, geocoder=_Geocoder())}
    assert (matches["Lima"].longitude, matches["Lima"].latitude) == (2.5, 1.5)
    assert matches["Cusco"].place is None


def test_the_extent_of_a_place_is_never_nothing() -> None:
    village = min(open_gazetteer().lookup("San José"), key=lambda p: p.population)
    assert extent_km(village) >= settings.CITY_EXTENT_KM


@given(
    st.lists(
        st.sampled_from(["in Lima", "off Aruba", "12.5N 68.2W", "Caracas said", "near Peru", "US troops", "10 nm north of", "Caribbean"]),
        max_size=6,
    )
)
def test_every_mention_has_one_match_that_holds_the_invariants(pieces: list[str]) -> None:
    text = ". ".join(pieces)
    names, report = open_gazetteer(), Report("a", text)
    mentions = find(report, None, gazetteer=names)
    matches = locate(report, mentions, gazetteer=names)
    assert tuple(m.mention for m in matches) == mentions
    for m in matches:
        assert (m.geometry is None) or m.mention.role in MAPPED_ROLES
        assert m.reasons
        assert (m.longitude is None) == (m.coordinate_uncertainty_m is None)


@pytest.mark.parametrize(
    "line", ["Paris ", "GULF OF ADEN: Robbers boarded a tanker 12 nm off Aden.\n\n", "\U0001f6a2 Paris, Lagos and Aruba. "]
)
def test_a_text_four_times_as_long_takes_four_times_the_work(line: str) -> None:
    def work(times: int) -> int:
        calls, report, names = 0, Report("a", line * times), open_gazetteer()

        def count(_frame: object, event: str, _argument: object) -> None:
            nonlocal calls
            calls += event == "call"

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            locate(report, find(report, None, gazetteer=names), gazetteer=names)
        finally:
            sys.setprofile(before)
        return calls

    work(1)  # what is read once a process is not counted
    assert work(400) < 5 * work(100)
