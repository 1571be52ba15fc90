"""Checks against the zones: what a claim about the waters fits, and what the law would call an act."""

from __future__ import annotations

import nouns
import pytest
from shapely.geometry import Point, box

from geo import checks
from geo.model import Evidence, Vessel, ZoneCheck

TERRITORIAL = nouns.zone("territorial_sea")
EEZ = nouns.zone("eez")
HIGH = nouns.zone("high_seas", None)


@pytest.mark.parametrize(
    ("claimed", "zones", "state"),
    [
        ("territorial_sea", [TERRITORIAL], "consistent"),
        ("territorial_sea", [nouns.zone("internal_waters")], "consistent"),
        ("territorial_sea", [EEZ], "inconsistent"),
        ("international_waters", [EEZ, nouns.zone("contiguous_zone")], "consistent"),
        ("international_waters", [HIGH], "consistent"),
        ("international_waters", [TERRITORIAL], "inconsistent"),
        ("international_waters", [nouns.zone("territorial_sea", share=0.5), nouns.zone("eez", share=0.5)], "undetermined"),
        ("high_seas", [EEZ], "inconsistent"),
        ("contiguous_zone", [nouns.zone("contiguous_zone"), EEZ], "consistent"),
        ("eez", [nouns.zone("eez", share=0.95), nouns.zone("land", share=0.05)], "consistent"),
        ("strait", [TERRITORIAL], "not_checkable"),
        ("waterway", [EEZ], "not_checkable"),
        ("eez", [], "not_checkable"),
        ("territorial_sea", [nouns.zone("eez", share=0.8)], "undetermined"),
        ("territorial_sea", [nouns.zone("eez", share=0.95)], "inconsistent"),
    ],
)
def test_a_claim_is_held_against_the_zones(claimed, zones, state):
    assert checks.zone_check([nouns.zone_claim(claimed)], zones).state == state


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("international waters", "international_waters"),
        ("the high seas", "high_seas"),
        ("Aruba's exclusive economic zone (EEZ)", "eez"),
        ("the contiguous zone", "contiguous_zone"),
        ("inland waters", "internal_waters"),
        ("its national waters", "territorial_sea"),
        ("jurisdictional waters", "unknown"),
        ("an international strait", "unknown"),
    ],
)
def test_words_about_the_waters_name_a_zone(words, zone):
    assert checks.claimed_zone(nouns.zone_claim("unknown", words)) == zone


def test_without_a_claim_there_is_nothing_to_check():
    assert checks.zone_check([], [EEZ]) is None


def test_of_two_claims_the_contradicted_one_speaks():
    claims = [nouns.zone_claim("eez"), nouns.zone_claim("territorial_sea")]
    assert checks.zone_check(claims, [EEZ]) == ZoneCheck("inconsistent", 0.0)


def test_a_disputed_part_counts_once():
    disputed = [nouns.zone("eez", who, 0.6, status="disputed") for who in ("GUY", "VEN")]
    assert checks.zone_check([nouns.zone_claim("eez")], [*disputed, nouns.zone("high_seas", None, 0.4)]) == ZoneCheck("undetermined", 0.6)


@pytest.mark.parametrize(
    ("words", "state"), [("territorial waters of Aruba", "consistent"), ("Venezuelan territorial waters", "inconsistent")]
)
def test_a_claim_that_names_a_state_fits_only_its_waters(words, state):
    assert checks.zone_check([nouns.zone_claim("territorial_sea", words)], [TERRITORIAL]).state == state


SKIFF = (Evidence("a", 0, 5, "Men in a skiff came alongside.", "r"),)


@pytest.mark.parametrize(
    ("given", "character"),
    [
        ({"actor": "US Navy", "actor_country": "USA", "event_type": "strike_on_vessel", "zones": (EEZ,)}, "use_of_force"),
        ({"actor": "Venezuelan navy", "event_type": "seizure", "zones": (TERRITORIAL,)}, "law_enforcement"),
        ({"actor": "US Coast Guard", "event_type": "boarding", "evidence": SKIFF, "zones": (HIGH,)}, "law_enforcement"),
        ({"actor": "two robbers", "zones": (TERRITORIAL,)}, "armed_robbery_against_ships"),
        (
            {"actor": "two robbers", "zones": (nouns.zone("land", share=0.6), nouns.zone("territorial_sea", share=0.4))},
            "armed_robbery_against_ships",
        ),
        ({"actor": "two robbers", "event_type": "attempted_boarding", "zones": (TERRITORIAL,)}, "armed_robbery_against_ships"),
        ({"actor": "pirates", "evidence": SKIFF, "zones": (EEZ,)}, "piracy"),
        ({"actor": "pirates", "vessels": (Vessel("A"), Vessel("B")), "zones": (HIGH,)}, "piracy"),
        ({"actor": "pirates", "zones": (EEZ,)}, "undetermined"),
        ({"actor": "pirates", "evidence": SKIFF, "target": "skiff", "zones": (EEZ,)}, "undetermined"),
        (
            {"actor": "pirates", "evidence": SKIFF, "zones": (nouns.zone("eez", share=0.5), nouns.zone("territorial_sea", share=0.5))},
            "undetermined",
        ),
        ({"actor": "pirates", "evidence": SKIFF, "event_type": "suspicious_approach", "zones": (EEZ,)}, "undetermined"),
        ({"actor": "Houthis", "evidence": SKIFF, "zones": (HIGH,)}, "undetermined"),
        ({"actor": None, "evidence": SKIFF, "zones": (HIGH,)}, "undetermined"),
        ({"actor": "pirates", "evidence": SKIFF, "zones": ()}, "undetermined"),
        ({"actor": "pirates", "evidence": SKIFF, "zones": (nouns.zone("eez", share=0.6),)}, "undetermined"),
    ],
)
def test_what_an_act_would_fall_under(given, character):
    assert checks.legal_character(nouns.incident(**given)) == character


def test_a_point_answers_for_the_disc_around_it():
    disc = checks.footprint(nouns.incident(coordinate_uncertainty_m=10_000.0))
    assert disc.contains(Point(-69.97, 12.60))
    assert not disc.contains(Point(-69.97, 12.62))


def test_an_area_answers_for_itself():
    assert checks.footprint(nouns.area()).equals(box(-80, 10, -62, 20))


def test_a_record_without_a_geometry_has_no_zones_and_no_check():
    checked = checks.check(nouns.deployment())
    assert (checked.zones, checked.seas, checked.zone_check) == ((), (), None)


def test_checking_fills_zones_and_the_law_and_changes_nothing_else():
    before = nouns.incident(
        longitude=-68.2, latitude=13.5, geometry=Point(-68.2, 13.5), coordinate_uncertainty_m=1900.0, evidence=SKIFF, actor="pirates"
    )
    after = checks.check(before)
    assert {zone.zone_type for zone in after.zones} == {"eez"}
    assert after.legal_characterisation == "piracy"
    assert (after.title, after.geometry, after.evidence) == (before.title, before.geometry, before.evidence)
