"""A message from the sea tells one event: its kind is the gravest sign in it, its day the first that it names."""

from __future__ import annotations

import pytest

from geo import pipeline
from geo.model import Report, Source

KINDS = [
    (("03.04.2025: 0210 LT: Posn: 01:06.2N - 103:31.1E, Karimun anchorage. Four men in a skiff came alongside an anchored bulk carrier. One of them "
     "managed to board her. The duty officer sounded the alarm and they left."), "boarding"),
    ("PERU: Tanker robbed on 12 May at 0300 local time in position 12-01S 077-11W, Callao anchorage. Thieves got away with paint and two ropes.", "robbery"),
    (("11.06.2025: 1700 UTC: Posn: 13:10N - 048:55E, Gulf of Aden. Two skiffs chased a product tanker underway and fired upon her. The master took "
     "evasive action and the skiffs gave up."), "fired_upon"),
    ("NIGERIA: On 2 July an offshore tug was attacked 30 nm south of Brass. Gunmen kidnapped five of her crew and left.", "kidnapping"),
    ("TOGO: On 9 July armed men boarded a tanker at Lome anchorage, took control of the bridge and sailed her south.", "hijack"),
    ("INDONESIA: On 8 July watchmen of an anchored container ship at Belawan saw two men trying to climb the anchor chain and raised the alarm.",
     "attempted_boarding"),
    ("PERU: On 4 May the watch on board a berthed tanker at Callao saw robbers climbing the anchor chain. The attempted boarding was aborted.",
     "attempted_boarding"),
    ("GULF OF ADEN: On 5 March a fast craft with six men approached a bulk carrier underway and turned away after flares.", "suspicious_approach"),
]  # fmt: skip


def incidents(text: str, published: str = "2025-07-20"):
    """Read the incidents of one message."""
    return pipeline.analyse(Report("m", text, Source(published=published))).incidents


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[f"{n}-{kind}" for n, (_, kind) in enumerate(KINDS)])
def test_the_gravest_sign_names_the_event(text, kind):
    assert [(r.event_type, r.record_kind) for r in incidents(text)] == [(kind, "event")]


def test_evidence_holds_the_sign_and_slices_back_out():
    text = KINDS[0][0]
    (record,) = incidents(text)
    assert any("managed to board" in e.text for e in record.evidence)
    assert all(text[e.start : e.end] == e.text for e in record.evidence)


def test_the_day_is_the_one_it_happened_on_not_the_one_it_was_reported_on():
    (record,) = incidents("ANGOLA: An anchored tanker was boarded 17 May (reported 1 Jun) at Luanda anchorage. Thieves stole stores.", "2025-06-03")
    assert record.date_start == "2025-05-17"


def test_later_days_are_of_what_followed():
    text = "30.04.2025: Posn: 03:30N - 003:50E. Pirates boarded a tanker and kidnapped ten crew. On 22 May they were released."
    assert incidents(text)[0].date_start == "2025-04-30"


def test_what_forces_did_is_no_act_of_the_pirates():
    text = "YEMEN: On 3 March the navy boarded a dhow in position 14-10N 050-20E. The boarding team found no weapons."
    assert {r.event_type for r in incidents(text)} <= {"boarding"}
    assert all(r.actor is None or "robber" not in r.actor for r in incidents(text))


@pytest.mark.parametrize("text", [
    "GULF OF GUINEA: Vessels are advised to exercise extreme caution; pirates may attempt to board at anchor.",
    "On 12 March the ferry company said that its ship would sail again in April.",
    "SINGAPORE STRAIT: No attack was reported in March. Ships should keep a lookout.",
])  # fmt: skip
def test_advice_and_schedules_tell_no_event(text):
    assert [r for r in incidents(text) if r.auxiliary_mode == "actual" and r.event_type != "advisory"] == []


@pytest.mark.parametrize(("text", "kind"), [
    ("WARNING 101-26 - SUSPICIOUS APPROACH\nReported: 3 June 2025, 0400\nTwo boats closed a tanker. A ladder was sighted. Vessel safe.",
     "suspicious_approach"),
    ("WARNING 102-26 - ATTACK\nReported: 3 June 2025, 0400\nAn unmanned surface vehicle hit a tanker at the stern. All crew safe.",
     "naval_drone_attack"),
    ("WARNING 103-26 - ATTACK\nReported: 3 June 2025, 0400\nA tanker reports an explosion in the water, believed to be a missile. No damage.",
     "missile_attack"),
])  # fmt: skip
def test_the_title_and_the_weapon_name_the_event(text, kind):
    assert [r.event_type for r in incidents(text) if r.auxiliary_mode == "actual"] == [kind]


def test_a_field_that_says_where_and_a_cancelled_warning_tell_no_event():
    where = "WARNING 104-26 - ELECTRONIC INTERFERENCE\nLocation: Ashdod approaches\nShips have lost GPS reception since 2 June 2025."
    assert {r.event_type for r in incidents(where)} == {"electronic_interference"}
    cancelled = "NAVAREA IX 0200/25\nCANCEL NAVAREA IX 0190/25 (EXPLOSION ABOARD TANKER OFF FUJAIRAH): NO EXPLOSION OCCURRED."
    assert [r for r in incidents(cancelled) if r.auxiliary_mode == "actual"] == []


@pytest.mark.parametrize("text", [
    "NAVAREA IV 0300/25\nMINE-LIKE OBJECT SIGHTED 27-40N 096-50W. INVESTIGATED AND FOUND TO BE AN EMPTY DRUM.",
    "INDONESIA: Further to the report of 3 June: the tanker reported boarded at Dumai was not boarded. This report is withdrawn.",
])  # fmt: skip
def test_what_turned_out_to_be_something_else_or_is_taken_back_did_not_happen(text):
    assert [r for r in incidents(text) if r.auxiliary_mode == "actual"] == []


def test_a_message_in_capitals():
    text = "PIRATES ARMED WITH RIFLES BOARDED THE M/V GREEN HERON ON 4 JUNE 1995 IN 05-10N 119-20E AND STOLE THE CREW'S VALUABLES."
    (record,) = incidents(text, "1995-06-10")
    assert (record.event_type, record.date_start, record.geometry_method) == ("robbery", "1995-06-04", "coordinates")


def test_an_article_with_two_days_keeps_two_events():
    text = (
        "Pirates boarded a tanker at Lome anchorage on 3 March and stole cash, her owners said. The crew of the bulk carrier stayed below. "
        "On 5 March pirates boarded a tug underway off Cotonou and kidnapped two of her crew."
    )
    days = {r.date_start for r in incidents(text, "2025-03-08") if r.auxiliary_mode == "actual"}
    assert days == {"2025-03-03", "2025-03-05"}


DAYS = [
    ("A tanker arrived at Callao roads on 3 November. At 0200 hours on 5 November five thieves boarded the anchored tanker.", "2025-11-05"),
    ("COLOMBIA: Police on 8 November arrested six pirates following a 5 November attack on a tug at anchor.", "2025-11-05"),
    ("YEMEN: From the 7 November bulletin: three men hijacked a dhow on 5 November off Mukalla.", "2025-11-05"),
    (("The following took place on 5 November. During the night at the roads a small unlit boat neared the tanker's stern. Thieves were seen "
      "on deck by the crew, and left the vessel."), "2025-11-05"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_is_that_of_the_attack_not_of_the_voyage_or_the_bulletin(text, day):
    assert incidents(text, "2025-11-11")[0].date_start == day


def test_a_slip_that_dates_the_past_after_its_own_day_is_no_plan():
    found = incidents("PERSIAN GULF: Tanker was hit by a missile on 12 November in position 29-05N 048-19E, the master reported.", "2025-11-11")
    assert [(i.auxiliary_mode, i.date_start) for i in found] == [("actual", "2025-11-12")]


def test_the_hour_is_that_of_the_event_or_open():
    text = "WARNING 12-25 - ATTACK\nREPORTED 10 NOV 2025 0640 UTC.\n{}A TANKER WAS FIRED UPON BY FOUR MEN IN A SKIFF IN POSITION 11-47N 045-02E."
    assert [i.time_utc for i in incidents(text.format("AT 0555 UTC "), "2025-11-10")] == ["05:55Z"]
    assert [i.time_utc for i in incidents(text.format(""), "2025-11-10")] == [None]


def test_what_is_said_not_to_have_been_gives_no_sign():
    text = "NOTE: On 3 June 2025 the centre wrote: no vessel has been hijacked off Eyl in position 08-00N 050-30E this year."
    assert [r for r in incidents(text) if r.auxiliary_mode == "actual"] == []


@pytest.mark.parametrize("text", [
    "The last successful boarding of a ferry in the Sulu Sea was in 2014.",
    "The Nigerian Navy has kept two patrol boats at Bonny since the kidnapping in para 3.",
])
def test_the_last_of_its_kind_and_what_another_entry_tells_are_no_event(text):
    assert [r for r in pipeline.analyse(Report("m", text, Source())).incidents if r.auxiliary_mode == "actual"] == []


def test_a_message_rests_on_the_words_for_what_its_title_says():
    text = (
        "UKMTO WARNING 044-25 SUSPICIOUS APPROACH\n\nUKMTO has received a report of an incident 30NM west of Mokha, Yemen, at 1105UTC on 14 Jun 2025.\n\n"
        "A tanker reported that a skiff with four persons on board came to within 2 cables. A ladder was sighted. The skiff turned away."
    )
    (record,) = incidents(text)
    assert record.event_type == "suspicious_approach"
    assert "came to within" in record.evidence[0].text
