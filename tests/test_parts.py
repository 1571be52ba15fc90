"""A report of several messages is read message by message; an action told in steps, in a headline or again is one event."""

from __future__ import annotations

import pytest

from geo import pipeline
from geo.model import Report, Source


def incidents(text: str, published: str = "2025-07-20"):
    """Read the incidents of one report."""
    return pipeline.analyse(Report("m", text, Source(published=published))).incidents


def told(text: str, published: str = "2025-07-20") -> list[tuple[str, str | None]]:
    """List the events that happened: type and day."""
    return [(r.event_type, r.date_start) for r in incidents(text, published) if r.auxiliary_mode == "actual" and r.record_kind == "event"]


WEEKLY = (
    "1. GHANA: On 7 July, at 0210 local time, two robbers boarded an anchored tanker in position 04-50N 001-40W and stole ropes. Crew safe.\n\n"
    "2. PERU: On 9 July watchmen of a bulk carrier at Callao saw a man trying to climb the anchor chain and raised the alarm.\n\n"
    "3. YEMEN: On 11 July, six men in a skiff fired upon a chemical tanker 30 nm south of Mukalla. No injuries to crew."
)
LIVE = (
    "08.07.2025: 0155 LT: Posn: 01:07.0N - 103:30.0E, Singapore Strait.\n"
    "Three men boarded a bulk carrier underway. Nothing was stolen.\n\n"
    "05.07.2025: 2300 UTC: Posn: 03:40N - 006:10E, Gulf of Guinea.\n"
    "Pirates hijacked a product tanker and kidnapped four crew.\n\n"
    "Note to masters: should your ship be boarded, keep calm."
)


TABLE = (
    "No. | Date | Vessel | What happened\n"
    "1 | 2 Jul | Tanker at Balboa anchorage | Boarded, ropes stolen\n"
    "2 | 4 Jul | Bulk carrier off Conakry | Attempted, crew alert\n"
    "3 | 9 Jul | Reefer off Mocha | Struck by unknown projectile"
)
FORMS = (
    "Attack Number: 77-25\nDate: 5 July 2025\nType of Attack: Boarded\nLocation: Belawan anchorage\nDetails: Paint taken.\n\n"
    "Attack Number: 78-25\nDate: 8 July 2025\nType of Attack: Attempted\nLocation: Off Freetown\nDetails: Men with a ladder seen in a boat."
)
TITLED = (
    "Boarded - 031-25\n06.07.2025: 0300 LT: Posn: 12:01S - 077:11W, Callao.\nRobbers boarded a tanker. Nothing stolen.\n\n"
    "Hijacked - 032-25\n07.07.2025: 1400 UTC: Posn: 04:40N - 051:30E, Somalia.\nA dhow was hijacked."
)
PLACES = (
    "Off Lome, Togo, 2 July. Pirates boarded a reefer and kidnapped three of the crew.\n"
    "Conakry anchorage, Guinea, 3 July. Armed men robbed the crew of a container ship of their cash.\n"
    "051100LT JUL, Chattogram: Mooring ropes stolen from a bulk carrier at anchor."
)
BULLETINS = (
    "HYDROPAC 2101/25. BLACK SEA. 1. MINE ADRIFT 43-12N 029-05E AT 090640Z JUL 25. 2. CANCEL THIS MSG 120640Z JUL 25.",
    "JMIC NOTE 7\nGNSS INTERFERENCE WITHIN 20 NM OF 26-12N 056-30E SINCE 8 JUL 0500 UTC. MASTERS SHOULD USE RADAR.",
)


@pytest.mark.parametrize("text", [
    "Port calls\n02 Jul - MV Anna - Rotterdam - discharged\n05 Jul - MV Anna - Le Havre - sailed\n09 Jul - MV Anna - Brest - bunkers",
    "Training calendar\n- 3 Jul: boarding team practises fast-roping.\n- 6 Jul: exercise, simulated missile hit.",
    "NAVAREA VI\n701. FIRING EXERCISES 12 TO 14 JUL, WITHIN 5 NM OF 38-10S 057-20W.\n702. LIGHT BUOY UNLIT 34-55S 056-10W.",
    "Checklist\n1. Report any suspicious approach to UKMTO.\n2. If boarded, do not resist.\n3. If hit by a missile, muster the crew.",
    "UKMTO ADVISORY 012-25\nThere is an increased risk of attack in the Southern Red Sea. Vessels should transit with caution.",
    "UKMTO WARNING 012-25\nThe suspicious approach reported on 10 JUL 60NM south of Mukalla was a fishing skiff recovering nets.",
])  # fmt: skip
def test_a_list_or_a_bulletin_without_an_event_has_none(text):
    assert told(text) == []


@pytest.mark.parametrize(("text", "events"), [
    (TABLE, [("robbery", "2025-07-02"), ("attempted_boarding", "2025-07-04"), ("missile_attack", "2025-07-09")]),
    (FORMS, [("robbery", "2025-07-05"), ("attempted_boarding", "2025-07-08")]),
    (TITLED, [("boarding", "2025-07-06"), ("hijack", "2025-07-07")]),
    (PLACES, [("kidnapping", "2025-07-02"), ("robbery", "2025-07-03"), ("robbery", "2025-07-05")]),
    (BULLETINS[0], [("mine_incident", "2025-07-09")]),
    (BULLETINS[1], [("electronic_interference", "2025-07-08")]),
    (WEEKLY, [("robbery", "2025-07-07"), ("attempted_boarding", "2025-07-09"), ("fired_upon", "2025-07-11")]),
    (LIVE, [("boarding", "2025-07-08"), ("hijack", "2025-07-05")]),
])  # fmt: skip
def test_each_message_is_one_event_with_its_own_day(text, events):
    assert told(text) == events


def test_each_message_has_its_own_place_and_its_own_casualties():
    first, _, third = incidents(WEEKLY)
    assert (first.where_text, third.where_text) == ("04-50N 001-40W", "30 nm south of Mukalla")
    assert [r.casualties.injured is not None and r.casualties.injured.best for r in (first, third)] == [0, 0]


def test_entries_with_a_number_before_their_day_have_a_place_each():
    text = (
        "021-25 08.07.2025: 0155 LT: Posn: 01:07.0N - 103:30.0E, Singapore Strait.\nThree men boarded a tanker underway and escaped.\n\n"
        "022-25 10.07.2025: 1420 UTC: Posn: 05:10.0N - 050:20.0E, off Eyl, Somalia.\nArmed pirates hijacked a dhow with nine crew."
    )
    found = [(r.event_type, r.date_start, r.where_text) for r in incidents(text)]
    assert found == [("boarding", "2025-07-08", "01:07.0N - 103:30.0E"), ("hijack", "2025-07-10", "05:10.0N - 050:20.0E")]


def test_entries_with_two_numbers_have_a_place_each():
    text = (
        "1. 2025-031. NIGERIA. On 3 July, pirates boarded a tanker 30 NM SOUTH OF BRASS and left.\n\n"
        "2. 2025-032. YEMEN. On 4 July, four skiffs opened fire on a bulk carrier 20 NM WEST OF MOCHA. Guards fired back.\n\n"
        "3. UPDATE 2025-019. SOMALIA. The dhow taken on 9 June was freed. Armed men had hijacked it 40 NM EAST OF HOBYO."
    )
    where = {r.event_type: r.where_text for r in incidents(text)}
    assert where == {"boarding": "30 NM SOUTH OF BRASS", "fired_upon": "20 NM WEST OF MOCHA", "hijack": "40 NM EAST OF HOBYO"}


def test_a_report_that_is_withdrawn_is_no_event():
    text = (
        "UKMTO WARNING 044-25 - ATTACK\nREPORT DATE/TIME: 12 JUL 2025 0700 UTC\n\n"
        "AT 0400 UTC ON 12 JUL A TANKER WAS FIRED UPON BY A SKIFF IN POSITION 13-10N 048-00E.\n\n"
        "THE REPORT THAT THE TANKER HAD BEEN BOARDED IS WITHDRAWN. FURTHER ATTACKS ARE LIKELY.\n\n"
        "UKMTO WARNING 045-25 - SUSPICIOUS ACTIVITY\nREPORT DATE/TIME: 13 JUL 2025 0900 UTC\n\n"
        "AT 0730 UTC ON 13 JUL A CONTAINER SHIP WAS FOLLOWED BY TWO SMALL CRAFT IN POSITION 12-30N 047-10E. VESSEL AND CREW SAFE."
    )
    assert told(text) == [("fired_upon", "2025-07-12"), ("suspicious_approach", "2025-07-13")]
    assert [r.assertion for r in incidents(text) if r.event_type == "boarding"] == ["retracted"]


def test_a_headline_and_its_lead_are_one_event():
    text = (
        "Gunmen seize trawler off Puntland\n\n"
        "Armed men hijacked a Yemeni trawler with nine crew 40 nautical miles off Eyl on Tuesday, the regional police said.\n\n"
        "The hijacking is being investigated. Nobody was hurt."
    )
    (event,) = [r for r in incidents(text) if r.auxiliary_mode == "actual"]
    assert (event.event_type, event.date_start, event.where_text) == ("hijack", "2025-07-15", "40 nautical miles off Eyl")
    assert event.casualties.injured is not None
    assert event.casualties.injured.qualifier == "none_reported"


@pytest.mark.parametrize(("text", "kind"), [
    ("A Mexican navy ship stopped a speedboat off Acapulco on Monday, boarded it and seized 600 kilos of cocaine. Two men were arrested.", "seizure"),
    ("Pirates attacked a tug off Bata on Friday and took away three of her crew, the owner said.", "kidnapping"),
    ("Chinese coast guard ships rammed and boarded a Philippine boat near Sabina Shoal on Friday.", "collision_or_ramming"),
])  # fmt: skip
def test_an_action_told_in_steps_is_one_event_of_the_gravest_kind(text, kind):
    assert [name for name, _ in told(text)] == [kind]


def test_the_next_of_a_row_is_by_the_same_hands():
    text = "US forces struck a speedboat in the Caribbean on 2 July. A second strike on 9 July killed three men."
    assert [(r.actor_country, r.date_start) for r in incidents(text)] == [("USA", "2025-07-02"), ("USA", "2025-07-09")]


def test_the_day_of_the_dateline_is_not_the_day_of_the_event():
    text = "JAKARTA, July 18 - Indonesian warships detained two trawlers in the North Natuna Sea on Wednesday, the ministry said."
    assert [day for _, day in told(text)] == ["2025-07-16"]


def test_two_events_of_one_sentence_with_days_of_their_own_stay_two():
    text = "On 3 July pirates boarded a tanker off Lome and stole cash; on 9 July a tug was hijacked south of Cotonou."
    assert told(text) == [("robbery", "2025-07-03"), ("hijack", "2025-07-09")]


@pytest.mark.parametrize(("text", "number"), [
    ("It was the fourth attack on a ship off Yemen this year.", 4),
    ("The centre said that there had been 31 such cases in the strait between January and June.", 31),
    ("The strike brings the toll to at least 40 killed in 12 strikes on boats since March.", 12),
    ("Nine tankers were hit by either side between May and July.", 9),
])  # fmt: skip
def test_a_count_over_a_time_is_a_total(text, number):
    (record,) = incidents(text)
    assert record.record_kind == "aggregate"
    assert record.events_count is not None
    assert record.events_count.best == number
    assert record.longitude is None


def test_events_that_a_text_counts_out_are_one_each():
    text = "Five, three and two people were killed in three strikes on boats off Guyana on Friday, officials said."
    assert [r.casualties.killed.best for r in incidents(text) if r.casualties.killed is not None] == [5, 3, 2]


@pytest.mark.parametrize("text", [
    "Senators opened fire on the plan to buy frigates on Friday.",
    "A court in Valletta struck down the detention of the tanker on Friday.",
    "A strike by crane drivers closed the port of Durban on Friday.",
    "Passengers boarded the ferry in Piraeus on Friday.",
    "A yacht sank after a collision with rocks off Jersey on Friday.",
    "Two ships collided in fog off Kobe on Friday.",
    "A film about pirates who seized a tanker off Somalia opens on Friday.",
    "A tanker lay in the harbour of Mombasa, and ships waited at anchor. Two men robbed a jeweller in the town on Friday.",
    "In an exercise on Friday marines fought off a mock attack on a ferry off Crete.",
    "The navy practised boarding a merchant ship off Crete on Friday.",
    "None of the tanker's crew was kidnapped.",
    "The coast guard had no record of an explosion on a ship off Crete.",
    "Further attacks on ships are possible, the centre said.",
    "Rumours that a tanker had been hijacked off Oman were false, the centre said.",
    "A court jailed four men on Friday for hijacking a barge off Tioman.",
])  # fmt: skip
def test_what_only_sounds_like_an_event_is_none(text):
    assert told(text) == []


def test_a_total_and_the_figure_it_is_held_against_are_two_totals():
    text = "There were 116 incidents worldwide between January and September, compared with 79 in 2024."
    assert [(i.record_kind, i.events_count.best, i.date_start[:4]) for i in incidents(text, "2025-11-11")] == [
        ("aggregate", 116, "2025"), ("aggregate", 79, "2024"),
    ]  # fmt: skip


def test_a_total_is_of_who_is_said_to_have_done_it():
    (total,) = incidents("The US military has carried out 14 strikes on boats since September, killing at least 57 people.")
    assert (total.record_kind, total.actor_country) == ("aggregate", "USA")


def test_the_sums_at_the_foot_of_a_list_belong_to_no_message():
    text = (
        "011-25 Boarded\n02.06.2025: 0130 LT: Posn: 01:06N - 103:31E, Singapore Strait.\nTwo robbers boarded a bulk carrier and escaped.\n\n"
        "012-25 Attempted\n05.06.2025: 0230 LT: Posn: 03:56N - 098:46E, Belawan Anchorage.\nMen in a boat tried to board a tanker.\n\n"
        "TOTALS since 1 January: attacks 14, hijacks 3.\n\nReport all attacks to the Centre."
    )
    found = [(r.event_type, r.record_kind) for r in pipeline.analyse(Report("m", text, Source(published="2025-06-08"))).incidents]
    assert found == [("boarding", "event"), ("attempted_boarding", "event"), ("other", "aggregate")]
