"""Incidents read out of whole reports: type, kind, mode, victims, actor, place, and who says so."""

import pytest
from scenes import scene

from geo.incidents import incidents
from geo.model import Incident


def read(text: str) -> tuple[Incident, ...]:
    return incidents(scene(text))


def one(text: str) -> Incident:
    found = read(text)
    assert len(found) == 1, [i.title for i in found]
    return found[0]


EVENTS = [
    ("US forces struck a speedboat in the southern Caribbean on Monday, killing three people.", "strike_on_vessel", "USA", "2025-11-10"),
    (
        "Eleven people were killed when a US missile strike hit a boat off the coast of Venezuela on 2 September.",
        "strike_on_vessel",
        "USA",
        "2025-09-02",
    ),
    (
        "Two Chinese coast guard ships fired water cannon at a supply boat near Second Thomas Shoal on Friday.",
        "water_cannon",
        "CHN",
        "2025-11-07",
    ),
    ("Armed men in two skiffs boarded a bulk carrier 12 nautical miles off Bonny on Sunday.", "boarding", None, "2025-11-09"),
    ("Pirates attempted to board a tanker 30 nm south of Socotra on 3 November.", "attempted_boarding", None, "2025-11-03"),
    ("Gunmen hijacked a dhow off Hobyo on Saturday.", "hijack", None, "2025-11-08"),
    ("A tanker was hit by a drone in the Black Sea on Tuesday.", "strike_on_vessel", None, "2025-11-11"),
    ("On Friday gunmen in two skiffs boarded a dhow about 200 nautical miles east of Socotra.", "boarding", None, "2025-11-07"),
    ("A missile struck a ship 40 nautical miles northwest of Curacao on 4 November 2025.", "missile_attack", None, "2025-11-04"),
    ("A Russian drone violated Romanian airspace on Saturday.", "airspace_violation", "RUS", "2025-11-08"),
    ("GPS jamming was reported in the Strait of Hormuz on Thursday.", "electronic_interference", None, "2025-11-06"),
    ("A bulk carrier struck a drifting mine in the Black Sea on Sunday.", "mine_incident", None, "2025-11-09"),
    ("The tanker was approached by six skiffs in the Gulf of Aden on Sunday.", "suspicious_approach", None, "2025-11-09"),
    ("The Mexican navy seized a fishing boat near Cozumel on Sunday.", "seizure", "MEX", "2025-11-09"),
]


@pytest.mark.parametrize(("text", "event_type", "country", "day"), EVENTS)
def test_one_event(text: str, event_type: str, country: str | None, day: str) -> None:
    record = one(text)
    assert (record.event_type, record.record_kind, record.auxiliary_mode) == (event_type, "event", "actual")
    assert (record.actor_country, record.date_start, record.date_prec) == (country, day, 1)
    assert all(text[e.start : e.end] == e.text for e in record.evidence)


NOTHING = [
    "Workers went on strike at the port of Cartagena on Monday.",
    "The hurricane struck the harbour of Bluefields on Sunday.",
    "The radar is used by the coast guard to track and seize vessels off Aruba.",
    "Pirates often board vessels at that anchorage.",
    "The minister condemned piracy in the Gulf of Guinea.",
    "A carrier strike group sailed through the Mona Passage.",
    "The report explains what international law says about attacks on ships.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_event_gives_none(text: str) -> None:
    assert read(text) == ()


MODES = [
    ("The navy of Venezuela has not boarded any tanker off Aruba, the ministry said.", "negation"),
    ("The navy will board the freighter off Aruba on Friday.", "future"),
    ("The group threatened to attack ships in the Red Sea.", "hypothetical"),
    ("In 1989 a destroyer sank a fishing boat off Panama.", "historical"),
]


@pytest.mark.parametrize(("text", "mode"), MODES)
def test_what_did_not_happen_keeps_its_mode(text: str, mode: str) -> None:
    assert one(text).auxiliary_mode == mode


CASUALTIES = [
    ("A US strike on a boat in the Caribbean on Monday killed at least four people.", {"killed": (4, 4, None)}),
    ("Gunmen boarded a tanker off Bonny on Sunday and kidnapped five crew members.", {"abducted": (5, 5, 5)}),
    ("Two skiffs fired on a tanker in the Gulf of Aden on Sunday. No one was hurt.", {"injured": (0, 0, 0)}),
    ("Pirates boarded a tanker off Bonny on Sunday, killing the master and a guard.", {"killed": (2, 2, 2)}),
    ("The navy struck a boat off Aruba on Monday. Three people died and two were rescued.", {"killed": (3, 3, 3), "rescued": (2, 2, 2)}),
]


@pytest.mark.parametrize(("text", "expected"), CASUALTIES)
def test_casualties_are_ranges(text: str, expected: dict[str, tuple[int, int, int | None]]) -> None:
    found = [i for i in read(text) if any(getattr(i.casualties, k) for k in expected)]
    counts = {k: c for i in found for k in expected if (c := getattr(i.casualties, k)) is not None}
    assert {k: (c.low, c.best, c.high) for k, c in counts.items()} == expected


def test_a_number_of_missiles_is_no_number_of_victims() -> None:
    record = one("Fighters fired two missiles at a container ship in the Gulf of Aden on Sunday; no one was hurt.")
    assert record.event_type == "missile_attack"
    assert record.casualties.killed is None
    assert record.casualties.injured is not None
    assert record.casualties.injured.qualifier == "none_reported"


TOTAL = (
    "The United States has carried out more than a dozen strikes on small boats in the Caribbean and the eastern Pacific since September. "
    "The strikes have drawn protests. A string of US strikes has killed at least 76 people, officials say."
)


def test_a_total_is_one_aggregate_without_a_point() -> None:
    totals = [i for i in read(TOTAL) if i.record_kind == "aggregate"]
    assert len(totals) == 1
    record = totals[0]
    assert record.events_count is not None
    assert (record.events_count.low, record.events_count.high) == (13, None)
    assert record.casualties.killed is not None
    assert (record.casualties.killed.low, record.casualties.killed.best, record.casualties.killed.high) == (76, 76, None)
    assert record.geometry_method == "multi_region"
    assert (record.longitude, record.latitude, record.coordinate_uncertainty_m) == (None, None, None)
    assert (record.date_start, record.date_end) == ("2025-09-01", None)


DISPUTED = (
    "US forces carried out several strikes on boats in the Caribbean in October. Colombia's president, Gustavo Petro, said that two Colombian "
    "fishing boats were among those destroyed. The US administration rejected those claims. Legal experts called the strikes unlawful."
)


def test_an_event_that_the_text_tells_is_no_headline_of_a_later_total() -> None:
    event, total = read(
        "US hits another boat off Aruba, killing two\n\n"
        "ORANJESTAD — The US military struck a boat off Aruba on Tuesday, killing two people.\n\n"
        "At least 83 people have been killed in the attacks in the Caribbean Sea."
    )
    assert (event.record_kind, event.casualties.killed and event.casualties.killed.best) == ("event", 2)
    assert (total.record_kind, total.casualties.killed and total.casualties.killed.best) == ("aggregate", 83)


def test_a_claim_that_is_rejected_is_disputed_and_part_of_the_total() -> None:
    total, event = read(DISPUTED)
    assert (total.record_kind, event.record_kind) == ("aggregate", "event")
    assert event.assertion == "disputed"
    assert [(c.claimant_type, c.stance) for c in event.claims] == [("state", "asserts"), ("state", "disputes")]
    assert [(r.type, r.id) for r in event.relations] == [("part_of", total.id)]
    assert "Petro" in event.title
    assert "disputed by" in event.title


def test_a_judgement_is_a_claim_not_our_voice() -> None:
    total = read(DISPUTED)[0]
    assert [c.cue for c in total.claims if c.claimant_type == "expert"] == ["called the strikes unlawful"]
    assert "unlawful" not in total.title
    assert total.assertion == "reported"


def test_a_drug_link_is_never_stated_in_our_voice() -> None:
    record = one("US forces struck a boat in the eastern Pacific on Monday that was allegedly carrying cocaine.")
    assert record.target_status == "drug link alleged ('allegedly')"
    assert "alleged" in record.title


DENIED = "Iran denied that its navy had seized a tanker in the Gulf of Oman on Sunday."


def test_what_all_who_speak_deny_is_denied() -> None:
    record = one(DENIED)
    assert record.assertion == "denied"
    assert "denied by" in record.title


def test_a_message_gives_its_position_to_its_event() -> None:
    record = one("A tanker was boarded at 0300 UTC on 9 November.\n\nPosition: 11-47N 045-02E.")
    assert record.geometry_method == "coordinates"
    assert record.coordinate_uncertainty_m is not None
    assert record.coordinate_uncertainty_m > 1000


def test_coordinated_waters_are_one_multi_region() -> None:
    record = read("Since September the US has carried out 20 strikes on boats in Caribbean and eastern Pacific waters.")[0]
    assert record.geometry_method == "multi_region"
    assert record.geometry is not None
    assert record.geometry.geom_type == "MultiPolygon"


def test_lines_of_capitals_are_read() -> None:
    record = one("ON 9 NOV 2025 A BULK CARRIER WAS FIRED UPON BY FOUR ARMED MEN IN TWO SKIFFS IN POSITION 11-47N 045-02E.")
    assert record.event_type == "fired_upon"
    assert record.evidence[0].text.startswith("ON 9 NOV")


def test_ids_do_not_move_with_the_text_above() -> None:
    text = EVENTS[0][0]
    assert one(text).id == one(f"A first line of other news.\n\n{text}").id


def test_a_warning_has_its_area_and_its_end() -> None:
    record = one(
        "1. HAZARDOUS OPERATIONS 121200Z TO 142200Z NOV 25 IN AREA BOUND BY\n13-30.0N 069-40.0W, 13-30.0N 068-50.0W,\n"
        "12-55.0N 068-50.0W, 12-55.0N 069-40.0W.\n2. CANCEL THIS MSG 142300Z NOV 25."
    )
    assert (record.event_type, record.geometry_method, record.longitude) == ("advisory", "region_polygon", None)
    assert record.geometry is not None
    assert record.geometry.geom_type == "Polygon"
    assert (record.date_start, record.date_end, record.valid_until) == ("2025-11-12", "2025-11-14", "2025-11-14T23:00Z")


def test_a_message_gives_its_one_place_and_day_to_its_event() -> None:
    record = one("GHANA: A tanker lay at anchor off Tema on 9 November 2025. The duty officer raised the alarm. Three robbers boarded the vessel.")
    assert (record.where_text, record.geometry_method, record.date_start) == ("off Tema", "off_coast", "2025-11-09")


def test_an_article_lends_no_place_to_an_event_that_names_none() -> None:
    text = "The minister spoke in Paris about trade and taxes. " * 40 + "Gunmen boarded a tanker, he said."
    assert [i.where_text for i in read(text)] == [None]


def test_what_lies_outside_territorial_waters_is_claimed_as_such() -> None:
    record = one("A cutter boarded a fishing boat off Aruba on Sunday, outside Venezuelan territorial waters.")
    assert [(c.claimed_zone, c.text) for c in record.zone_claims] == [("international_waters", "outside Venezuelan territorial waters")]


def test_a_doer_may_stand_behind_a_team_or_in_capitals() -> None:
    assert one("A boarding team of the US Coast Guard seized a fishing boat off Aruba on Sunday.").actor_country == "USA"
    assert one("A BULK CARRIER WAS FIRED UPON BY FOUR ARMED MEN IN TWO SKIFFS OFF ADEN ON 9 NOV 2025.").actor == "armed men"


def test_a_verb_with_a_number_and_no_end_is_a_total() -> None:
    record = one("Houthi rebels have attacked more than 100 ships in the Red Sea since November 2023.")
    assert record.record_kind == "aggregate"
    assert record.events_count is not None
    assert (record.events_count.low, record.events_count.high) == (101, None)


def test_a_denial_of_the_event_by_its_noun_makes_it_disputed() -> None:
    record = one("Two tankers were seized by Iran in the Strait of Hormuz last week, but Tehran denied the seizure.")
    assert record.assertion == "disputed"
    assert [c.stance for c in record.claims] == ["disputes"]


def test_a_sea_drone_is_told_from_a_missile() -> None:
    assert one("Sea drones struck two tankers in the Black Sea on Friday.").event_type == "naval_drone_attack"


@pytest.mark.parametrize("said", ["The captain could have been killed.", "The captain was not hurt.", "The captain reported the attack."])
def test_a_person_named_is_counted_only_where_something_befell_them(said: str) -> None:
    hurt = one(f"Pirates boarded a tanker off Bonny on Sunday. {said}").casualties
    assert (hurt.killed, hurt.injured) == (None, None)


def test_a_distance_is_no_part_of_the_target() -> None:
    (record,) = incidents(scene("A dhow 20 nm off Hobyo was fired on by a skiff on Sunday."))
    assert (record.target, record.where_text) == ("dhow", "20 nm off Hobyo")


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Taipei blames a Togo-registered freighter for the severing of its northern undersea cable on Saturday.", "sabotage"),
        ("The dive boat's owner says coast guards clambered aboard uninvited near Scarborough Shoal on Wednesday.", "boarding"),
        ("The dhow Al Rahim is in pirate hands off Garacad since Wednesday.", "hijack"),
        ("Customs officers have laid hands on the bulk carrier Nord Pelican at Maputo.", "seizure"),
        ("Inspectors in Rotterdam have barred the bulker Kemal Bey from leaving since Thursday.", "detention"),
        ("Denmark's fisheries inspectorate says a beam trawler drove into its launch near the Skaw on Tuesday.", "collision_or_ramming"),
        ("Eight fast boats weaved in and out of a tanker's wake off Fujairah on Monday.", "suspicious_approach"),
        ("The incursion by a Turkish Bayraktar south of Rhodes lasted four minutes.", "airspace_violation"),
        ("The cutter's radar and radios were blinded from a Russian ship off Bornholm on Wednesday.", "electronic_interference"),
        ("Marines and smugglers traded fire for an hour in the mangroves near Tumaco on Saturday.", "armed_clash"),
        ("A search party from the cutter Halden went over the rail of a squid jigger east of Hokkaido on Thursday.", "boarding"),
        ("The coaster Vela took a direct hit at her berth in Odesa on Sunday.", "strike_on_vessel"),
        ("The crew heard a loud bang close astern and felt a shock wave 45 nm north-east of Fujairah on Saturday.", "explosion"),
    ],
)
def test_events_are_told_in_many_words(text: str, event_type: str) -> None:
    assert one(text).event_type == event_type


@pytest.mark.parametrize(
    "text",
    [
        "Dredgers have been fired on off the delta since May.",
        "The army has shelled fishing boats off the spit on a daily basis, a union said.",
        "Between March and October at least four cables were cut in the Baltic Sea.",
        "An institute put the number of ships hit by sea drones this autumn at eight.",
    ],
)
def test_what_befell_many_over_a_time_is_a_total(text: str) -> None:
    assert [i.record_kind for i in read(text)] == ["aggregate"]


def test_a_day_keeps_one_event_of_several_craft() -> None:
    assert one("The navy seized three trawlers off Cozumel on Sunday.").record_kind == "event"


def test_a_second_day_without_a_verb_is_a_second_event() -> None:
    first, second = read("The frigate boarded a tanker off Malta on 1 November, the cutter another on 5 November.")
    assert (first.date_start, second.date_start) == ("2025-11-01", "2025-11-05")
    assert first.event_type == second.event_type == "boarding"
    assert second.geometry is None


def test_the_blasts_of_water_cannon_are_no_second_event() -> None:
    text = "A Chinese cutter used water cannon against a supply boat at Second Thomas Shoal on Sunday. The blasts broke two windows."
    assert one(text).event_type == "water_cannon"


def test_undated_events_of_one_paragraph_stay_apart_and_lend_no_place() -> None:
    text = "Pirates boarded a tanker off Lome on Tuesday. Yesterday a ship was fired upon 30 nm south of Cotonou. In March a tug was hijacked."
    found = incidents(scene(text, published=None))
    assert [(i.event_type, i.date_text, i.where_text) for i in found] == [
        ("boarding", "Tuesday", "off Lome"), ("fired_upon", "Yesterday", "30 nm south of Cotonou"), ("hijack", "In March", None),
    ]  # fmt: skip


def test_a_battle_of_the_sixteenth_century_is_no_news() -> None:
    (found,) = incidents(scene("On 7 October 1571 the fleet of a league destroyed the Ottoman fleet off Lepanto."))
    assert (found.auxiliary_mode, found.date_start) == ("historical", "1571-10-07")


def test_a_ship_of_one_word_is_known_again_by_her_article() -> None:
    text = "Gunmen boarded the tanker Vela off Lome on 3 May.\n\nThe navy gave another day. It said the Vela was boarded on 5 May."
    assert [i.date_start for i in incidents(scene(text))] == ["2025-05-03", "2025-05-05"]


@pytest.mark.parametrize("headline", ["Strike on go-fast in Caribbean kills three", "Strike on boat kills three"])
def test_a_headline_that_begins_with_its_noun_bids_nobody(headline: str) -> None:
    assert one(headline).event_type == "strike_on_vessel"
