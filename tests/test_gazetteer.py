"""The gazetteer: names in running text, names to places, the geopy-shaped face, areas."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

from geo import gazetteer, spelling
from geo.errors import UsageError
from geo.gazetteer import fold, open_gazetteer
from layers.builders import gazetteer_names


def _scanned(text: str) -> list[tuple[str, str]]:
    """List the names found in a text with the id of the first place."""
    return [(text[start:end], places[0].id) for start, end, places in open_gazetteer().scan(text)]


@given(st.text(max_size=30))
@pytest.mark.long
def test_the_builder_spells_as_the_reader(name: str) -> None:
    assert gazetteer_names.close(fold(name)) == spelling.close(fold(name))
    assert gazetteer_names.WAYS == spelling.WAYS


@pytest.mark.parametrize(
    ("written", "country", "meant", "why"),
    [
        ("Montevidoe", "URY", "Montevideo", "one letter differs"),
        ("Rotterdamm", "NLD", "Rotterdam", "one letter differs"),
        ("Portau Prince", "HTI", "Port-au-Prince", "the spaces differ"),
        ("Walvish Bay", "NAM", "Walvis Bay", "one letter differs"),
    ],
)
def test_a_misspelt_port_is_found_in_its_country(written: str, country: str, meant: str, why: str) -> None:
    found = open_gazetteer().misspelt(written, countries=frozenset({country}))
    assert found is not None
    assert (found[0].name, found[1]) == (meant, why)


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("Montevidoe", "NLD"),  # of another country
        ("Lyma", "PER"),  # too short for a letter to differ
        ("Tanjung Silar", "IDN"),  # the word for cape does not count
        ("Saint Maria", "PHL"),  # several are as near
        ("Москва", "RUS"),
        ("", "PER"),
    ],
)
def test_a_name_near_to_none_or_to_several_is_not_guessed(written: str, country: str) -> None:
    assert open_gazetteer().misspelt(written, countries=frozenset({country})) is None


def test_an_article_does_not_cut_a_longer_name() -> None:
    text = "A frigate left the Gulf of Guinea for the Gulf."
    assert [places[0].id for _, _, places in open_gazetteer().scan(text)] == ["im:gulf-of-guinea", "im:persian-gulf"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Port-au-Prince", "port au prince"),
        ("São Tomé", "sao tome"),
        ("U.S.", "us"),
        ("St. Kitts & Nevis", "st kitts and nevis"),
        ("Ærø", "aero"),
    ],
)
def test_fold(written: str, key: str) -> None:
    assert fold(written) == key


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=30))
def test_the_builder_folds_as_the_reader_does(name: str) -> None:
    assert gazetteer_names.fold(name) == fold(name)
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Caracas", "city", "VEN"),
        ("Curaçao", "country", "CUW"),
        ("curacao", "country", "CUW"),
        ("Caribbean", "sea", None),
        ("mar Caribe", "sea", None),
        ("eastern Pacific", "sea_sector", None),
        ("Trinité-et-Tobago", "country", "TTO"),
        ("Burma", "country", "MMR"),
        ("Zulia", "admin1", "VEN"),
        ("Strait of Hormuz", "strait", None),
    ],
)
def test_lookup_gives_the_best_known_place_first(name: str, kind: str, country: str | None) -> None:
    first = open_gazetteer().lookup(name)[0]
    assert (first.kind, first.country) == (kind, country)


def test_lookup_of_some_kinds_only() -> None:
    assert {p.kind for p in open_gazetteer().lookup("Washington", kinds={"city"})} == {"city"}


def test_a_code_counts_in_capitals_only() -> None:
    assert open_gazetteer().lookup("US")[0].id == "country:USA"
    assert open_gazetteer().lookup("us") == ()


def test_scan_takes_the_longest_name_on_word_boundaries() -> None:
    text = (
        "It sailed from Port of Spain past Trinidad and Tobago's coast, not to Spainville; the U.S. Virgin Islands lay east of Puerto Rico."
    )
    found = [name for name, _ in _scanned(text)]
    assert found[:2] == ["Port of Spain", "Trinidad and Tobago"]
    assert "U.S. Virgin Islands" in found
    assert "Spain" not in found


def test_scan_ends_a_name_with_its_sentence() -> None:
    assert ("San Juan", "gn:4568127") in _scanned("They reached San. Juan stayed. Later they left San Juan.")
    assert len([n for n, _ in _scanned("They reached San. Juan stayed.") if n.startswith("San.")]) == 0


@given(st.text(max_size=80))
def test_scan_gives_spans_in_order_without_overlap(text: str) -> None:
    last = 0
    for start, end, places in open_gazetteer().scan(text):
        assert last <= start < end <= len(text)
        assert places
        last = end


def test_countries_by_both_codes_and_their_words() -> None:
    names = open_gazetteer()
    assert names.country("VE") == names.country("ven")
    assert names.demonym("Venezuelan") == "VEN"
    assert names.demonym("Aruba") is None
    assert names.government("Kremlin") == "RUS"
    assert names.government("Caracas") == "VEN"
    assert names.capital("GBR") is not None
    assert names.sovereign("AIA") == "GBR"


def test_an_unknown_id_is_said_so() -> None:
    with pytest.raises(UsageError, match="'im:atlantis'"):
        open_gazetteer().get("im:atlantis")


def test_geocode_stands_where_a_geopy_geocoder_stands() -> None:
    names = gazetteer.Gazetteer()
    location = names.geocode("Caracas")
    assert isinstance(location, Location)
    assert abs(location.latitude - 10.5) < 0.1
    assert location.raw["id"] == "gn:3646738"
    assert names.geocode("Nowhereville-upon-Nothing") is None
    several = names.geocode("San José", exactly_one=False)
    assert isinstance(several, list)
    assert len(several) > 5


@pytest.mark.parametrize(
    ("query", "admin1"),
    [("Richmond, Virginia", "US.VA"), ("Richmond, California", "US.CA"), ("Paris, Texas", "US.TX"), ("London, Canada", "CA.08")],
)
def test_geocode_reads_the_container(query: str, admin1: str) -> None:
    location = gazetteer.Gazetteer().geocode(query)
    assert isinstance(location, Location)
    assert location.raw["admin1"] == admin1


def test_reverse_takes_geopys_order() -> None:
    location = gazetteer.Gazetteer().reverse((10.5, -66.9))
    assert isinstance(location, Location)
    assert location.raw["country"] == "VEN"
    assert gazetteer.Gazetteer().reverse("-50.0, -120.0") is None


def test_areas_are_valid_and_hold_their_label() -> None:
    names = open_gazetteer()
    wrong = [p.id for p, area in names.areas({"sea", "gulf", "ocean"}) if not area.is_valid or area.is_empty]
    assert wrong == []
    aruba = names.polygon("country:ABW")
    assert aruba is not None
    assert 0.005 < aruba.area < 0.05


def test_overseas_parts_have_their_own_area() -> None:
    names = open_gazetteer()
    for code, west, east in (("GLP", -62, -60.9), ("MTQ", -61.4, -60.7), ("GUF", -55, -51), ("BES", -69, -62)):
        area = names.polygon(f"country:{code}")
        assert area is not None
        assert west < area.bounds[0]
        assert area.bounds[2] < east


def test_a_group_is_its_members() -> None:
    names = open_gazetteer()
    group = names.polygon("im:british-caribbean-territories")
    assert group is not None
    for code in ("AIA", "VGB", "CYM", "MSR", "TCA"):
        member = names.polygon(f"country:{code}")
        assert member is not None
        assert group.intersects(member)


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the peak of a process is read from /proc")
def test_opening_the_index_maps_it_and_reads_little() -> None:
    code = "from geo.gazetteer import Gazetteer; Gazetteer().lookup('Caracas'); print(open('/proc/self/status').read())"
    status = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) < 150_000


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("La Haye", "gn:2747373"),
        ("Londres", "gn:2643743"),
        ("Nueva York", "gn:5128638"),
        ("Nova Iorque", "gn:5128638"),
        ("Le Caire", "gn:360630"),
        ("Kepulauan Riau", "gn:1996551"),
        ("Bayelsa", "gn:2595344"),
    ],
)
def test_other_languages_names_lead_to_the_same_place(name: str, place_id: str) -> None:
    assert place_id in {p.id for p in open_gazetteer().lookup(name)[:2]}


@pytest.mark.parametrize(
    ("written", "name", "country"),
    [
        ("Tanjung Priok", "Tanjung Priok Anchorage", "IDN"),
        ("Laemchabang", "Laem Chabang", "THA"),
        ("Tg. Pelepas", "Tanjung Pelepas", "MYS"),
        ("Pulau Jemaja", "Jemaja", "IDN"),
        ("Mangkai Island", "Pulau Mangkai", "IDN"),
        ("P. Mangkai", "Pulau Mangkai", "IDN"),
        ("Anambas Island", "Anambas Islands", "IDN"),
        ("Merak", "Merak", "IDN"),
    ],
)
def test_a_port_or_island_is_met_under_the_spellings_of_mariners(written: str, name: str, country: str) -> None:
    assert (name, country) in {(p.name, p.country) for p in open_gazetteer().lookup(written)}


@pytest.mark.parametrize("word", ["Coal", "Pearl", "Marine", "Free", "Oil", "Central", "Island", "Naval"])
def test_a_harbour_lends_its_name_to_no_english_word(word: str) -> None:
    assert not [p for p in open_gazetteer().lookup(word) if p.kind in {"port", "terminal", "base"}]


@pytest.mark.parametrize(("name", "country"), [("Abaiang", "KIR"), ("Ras Tanajib", "SAU")])
def test_a_place_by_the_sea_that_only_an_airstrip_lists_is_known_by_it(name: str, country: str) -> None:
    assert [(p.kind, p.country) for p in open_gazetteer().lookup(name)] == [("airport", country)]
