"""Who else speaks of an event: those who answer that it was not so, and the service that put the text out."""

import pytest
from scenes import scene

from geo.incidents import incidents
from geo.model import Incident

RAMMED = "A patrol ship rammed a supply boat near Second Thomas Shoal on Saturday. "


def first(text: str) -> Incident:
    return incidents(scene(text))[0]


ANSWERS = [
    "Beijing told a different story.",
    "China's coast guard called the account a fabrication.",
    "Beijing denied that its ship had rammed anything.",
    "A Chinese official, who declined to be named, said that no boat had been rammed.",
    "The owners of the ship deny everything and blame the fog.",
]
NO_ANSWERS = [
    "Beijing denied that it would send a second ship.",
    "A spokesman said that no one was hurt.",
    "The owners said they had no news of her.",
    "Tokyo could neither confirm nor deny it.",
    "Beijing rejected a request for the ship's log.",
    "The mate has a cut on the hand, otherwise all is well.",
    "Beijing said that no Chinese sailors were harmed.",
    "The owners said they would give no interviews.",
    "Beijing denied that its boats had also shadowed a survey ship.",
    "The port office said there was none of that cargo aboard.",
    "The patrol ship fired no shots, the ministry said.",
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_it_was_not_so_disputes_what_was_told(answer: str) -> None:
    record = first(RAMMED + answer)
    assert (record.auxiliary_mode, record.assertion) == ("actual", "disputed")
    (claim,) = (claim for claim in record.claims if claim.stance == "disputes")
    text = RAMMED + answer
    assert text[claim.start : claim.end] == claim.cue
    assert any(part.text == answer and part.rule.startswith("disputed") for part in record.evidence)


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_denies_something_else_disputes_nothing(answer: str) -> None:
    assert first(RAMMED + answer).assertion == "reported"


def test_a_denial_long_after_other_events_is_not_of_the_first() -> None:
    text = RAMMED + "The crew were towed home. It rained. The mayor met them. Nobody slept. Beijing denies everything."
    assert first(text).assertion == "reported"


RELEASE = (
    "Ministry of National Defence\nPress release No. 4/2026\nLisbon, 27 January 2026\n\n"
    "1. On 24 January the frigate Corte-Real boarded a fishing vessel 200 nautical miles west of Lagos.\n"
)


def test_what_a_service_puts_out_itself_is_confirmed_by_the_one_who_acted() -> None:
    record = first(RELEASE)
    assert (record.actor_country, record.assertion) == ("PRT", "confirmed_by_actor")
    assert [claim.cue for claim in record.claims] == ["Press release"]


def test_a_newsroom_that_mentions_a_press_release_speaks_for_itself() -> None:
    text = "Frigate boards fishing vessel\n\nLISBON - The Portuguese frigate Corte-Real boarded a fishing vessel off Lagos on Saturday."
    assert first(text).assertion == "reported"


WHOSE = [
    ("A supply boat was hit by water cannon from two Chinese coast guard ships near Second Thomas Shoal on Friday.", "CHN"),
    ("A Russian Su-35 violated Estonian airspace off Vaindloo on Saturday.", "RUS"),
    ("A Honduran patrol boat boarded a trawler off Amapala on Monday.", "HND"),
    ("The tanker was boarded by a patrol craft of the Venezuelan Navy off Cedros on Monday.", "VEN"),
]


@pytest.mark.parametrize(("text", "country"), WHOSE)
def test_the_ship_that_does_it_says_whose_doing_it_is(text: str, country: str) -> None:
    assert first(text).actor_country == country


HOME = """Coast Guard cutter Tern Harbor returns to Honolulu after 40 days at sea

HONOLULU - The cutter came home on Friday.

On Monday, Tern Harbor stopped a go-fast boat 90 miles north of Aruba and seized 700 pounds of cocaine.
The crew seized a second boat on Tuesday off Curacao.
"""


def test_a_service_that_names_no_state_speaks_for_the_one_it_files_from() -> None:
    records = [i for i in incidents(scene(HOME)) if i.event_type == "seizure"]
    assert len(records) >= 2
    assert {(i.actor_country, i.assertion) for i in records} == {("USA", "confirmed_by_actor")}


AGAIN = [
    ("Iran's Revolutionary Guards chased a dhow on Sunday. On Monday the Guards seized a tanker off Qeshm.", "IRN"),
    ("The US Southern Command chased a boat on Sunday. On Monday the command seized a trawler off Aruba.", "USA"),
]


@pytest.mark.parametrize(("text", "country"), AGAIN)
def test_the_last_word_of_a_name_names_it_again(text: str, country: str) -> None:
    assert incidents(scene(text))[-1].actor_country == country


def test_a_total_and_a_strike_told_by_its_noun_have_the_doer_of_the_others() -> None:
    text = (
        "US forces struck a boat off Aruba on Monday. On Sunday a strike on a go-fast boat south of Jamaica killed two men. "
        "It was the sixth strike on a boat this year."
    )
    assert [i.actor_country for i in incidents(scene(text))] == ["USA", "USA", "USA"]


CRAFT = [
    ("A second Chinese vessel rammed the stern of the BRP Lunas near Second Thomas Shoal on Saturday.", "CHN"),
    ("A Chinese fishing vessel rammed the stern of the patrol boat Lunas on purpose near Second Thomas Shoal on Saturday.", None),
    ("A Greek-flagged vessel rammed the patrol boat Lunas on purpose near Second Thomas Shoal on Saturday.", None),
]


@pytest.mark.parametrize(("text", "country"), CRAFT)
def test_a_plain_craft_that_uses_force_is_its_states(text: str, country: str | None) -> None:
    assert first(text).actor_country == country


def test_a_state_that_complains_of_its_airspace_is_the_victim() -> None:
    record = first("The Estonian defence ministry said a Russian jet had violated Estonian airspace near Vaindloo on Monday.")
    assert (record.actor_country, record.assertion) == ("RUS", "confirmed_by_victim")


def test_the_spokesman_of_a_group_speaks_for_it() -> None:
    record = first("The Houthis' military spokesman said a missile had hit a tanker off Mokha on Monday.")
    assert record.assertion == "claimed"
