"""Explanations: every question about a mention or a record has its answer in words."""

from __future__ import annotations

from dataclasses import replace

import nouns
import pytest

from geo import explain
from geo.model import Candidate, Match, Mention, Place, Relation, Zone, ZoneCheck


def words(name, *records, matches=()):
    return explain.explain(nouns.dossier(*records, matches=matches), name)


def test_a_mention_says_its_role_its_place_and_its_rivals():
    rival = Candidate(Place("geonames:1", "Aruba", "city", "COL", -75.0, 5.0), 0.3, ("population 900",))
    said = words("aruba", matches=(nouns.match(runners_up=(rival,)),))
    assert said.splitlines()[0] == "“Aruba”  a.txt, characters 43 to 48"
    for part in (
        "place",
        "after “off”",
        "iso:ABW",
        "GeoNames 3577279",
        "0.90, 0.60 ahead of the next",
        "population 900",
        "the only island",
    ):
        assert part in said
    assert "12.520, -69.970 within 15.0 km" in said
    assert "tanker off [Aruba]. At least" in said


def test_a_metonym_says_why_it_is_not_drawn():
    mention = Mention(0, 10, "Washington", "metonym", ("subject of “said”: the government, not the city",))
    said = words("Washington", matches=(Match(mention, reasons=("governments are not mapped",)),))
    for part in ("metonym (never drawn)", "subject of “said”", "none: nothing is drawn", "governments are not mapped"):
        assert part in said


def test_a_record_says_who_claims_it_and_in_whose_waters():
    zone = nouns.zone("eez", "VEN", 0.42, status="disputed")
    said = words(
        "strikes on",
        nouns.area(
            zones=(zone,), zone_claims=(nouns.zone_claim("territorial_sea", "our waters"),), zone_check=ZoneCheck("inconsistent", 0.0)
        ),
    )
    for part in (
        "US administration (state) asserts it",
        "none: the whole area is meant",
        "eez of VEN (42%, disputed",
        "an approximation",
        "says “our waters”",
        "inconsistent: 0%",
    ):
        assert part in said
    assert "at least 13" in said
    assert "at least 3 (at_least), from “At least 3”" in said


@pytest.mark.parametrize("name", ["0123456789ab", "0123", "TANKER BOARDED", "off aruba"])
def test_a_record_answers_to_its_id_its_title_and_its_place(name):
    assert "Tanker boarded off Aruba  incident 0123456789ab" in words(name, nouns.incident())


def test_accents_do_not_count():
    place = replace(nouns.ARUBA, name="Curaçao")
    assert "Curaçao" in words("curacao", matches=(nouns.match(place=place),))


@pytest.mark.parametrize("name", ["Oz", "", "   "])
def test_an_unknown_name_gives_nothing(name):
    assert words(name, nouns.incident(), matches=(nouns.match(),)) == ""


def test_the_same_name_is_preferred_to_one_that_holds_it():
    longer = nouns.match(
        mention=Mention(0, 10, "Aruba Bank", "institution"),
        place=None,
        geometry=None,
        longitude=None,
        latitude=None,
        geometry_method="none",
    )
    assert "Bank" not in words("Aruba", matches=(longer, nouns.match()))


def test_what_can_be_asked_is_listed():
    assert explain.names(nouns.dossier(nouns.incident(), matches=(nouns.match(), nouns.match()))) == ["Aruba", "0123456789ab"]


def test_a_zone_without_an_owner_is_named_alone():
    high: Zone = nouns.zone("high_seas", None)
    assert "high seas (100%" in words("0123456789ab", nouns.incident(zones=(high,)))


def test_a_deployment_says_from_where_to_where_and_what_for():
    moved = nouns.deployment(
        origin="Den Helder", destination="Willemstad", purpose_claimed="a patrol", relations=(Relation("part_of", "aaaaaaaaaaaa"),)
    )
    said = words("frigate", moved)
    for part in (
        "Dutch navy (NLD)",
        "from         Den Helder",
        "to           Willemstad",
        "“a patrol”, as claimed",
        "part of      record aaaaaaaaaaaa",
    ):
        assert part in said


def test_of_many_zones_the_greatest_shares_are_told():
    zones = tuple(nouns.zone(territory=f"{n:03}", share=n / 100) for n in range(12))
    said = words("strikes on", nouns.area(zones=zones))
    assert "eez of 011 (11%" in said
    assert "eez of 001" not in said
    assert "and 6 more with smaller shares" in said


def test_a_mention_says_what_would_have_changed_it():
    rival = Candidate(Place("geonames:1", "Aruba", "city", "COL", -75.0, 5.0, admin1="Antioquia"), 0.3)
    assert "otherwise    it would mean Aruba (city, COL) with Antioquia written behind it; the lead is 0.60" in words(
        "aruba", matches=(nouns.match(runners_up=(rival,)),)
    )


def test_a_metonym_says_what_would_draw_it():
    said = words("Washington", matches=(Match(Mention(0, 10, "Washington", "metonym")),))
    assert "it would be drawn if something were said to be or happen in it (“in Washington”)" in said


@pytest.mark.parametrize(("mode", "told"), [("future", "told as done"), ("negation", "without the denial"), ("hypothetical", "a condition")])
def test_a_record_off_the_map_says_what_would_put_it_there(mode, told):
    record = replace(nouns.incident(), auxiliary_mode=mode)
    assert told in words(record.id, record)
