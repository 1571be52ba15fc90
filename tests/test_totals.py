"""Totals told in many ways: beside an event, in lists, as figures that are reached or compared; and what is no total."""

import pytest
from scenes import scene

from geo.incidents import incidents


def told(text: str) -> list[tuple[str, int | None]]:
    """List what happened: events by their type, totals as `total` with their number."""
    found = [i for i in incidents(scene(text)) if i.auxiliary_mode == "actual"]
    return [("total", i.events_count.best if i.events_count else None) if i.record_kind == "aggregate" else (i.event_type, None) for i in found]


TOTALS = [
    ("Nineteen vessels were boarded in the Singapore Strait between January and September.", 19),
    ("The agency has counted 17 water cannon attacks since January 2025.", 17),
    ("The bureau counted 62 attacks on ships in all of 2024.", 62),
    ("The naval force has logged five other events off Somalia.", 5),
    ("In the past week at sea: 1 attack, 1 suspicious approach, 1 boarding, 1 advisory.", 4),
    ("WEEKLY TOTALS: 3 attacks, 9 approaches, 0 hijacks.", 12),
    ("The navy has seized 41 tonnes of cocaine in the Caribbean Sea since January.", None),
]


@pytest.mark.parametrize(("text", "number"), TOTALS)
def test_a_total_is_told_in_many_ways(text: str, number: int | None) -> None:
    assert told(text) == [("total", number)]


BESIDE = [
    ("A bulk carrier was boarded off Batam on 3 May. It was the fourth such case in the strait in little over a year.", "boarding", 4),
    ("A tanker was boarded off Batam on 3 May. The boarding brings to 31 the number of cases in the strait this year.", "boarding", 31),
    ("US forces hit a boat off Sucre on 3 May, killing two; the strike raised the overall toll to 66.", "strike_on_vessel", None),
    ("Three men died off Manta on Tuesday when the military hit their boat in the third such attack this month.", "strike_on_vessel", 3),
]


@pytest.mark.parametrize(("text", "event_type", "number"), BESIDE)
def test_a_total_stands_beside_its_event(text: str, event_type: str, number: int | None) -> None:
    assert told(text) == [(event_type, None), ("total", number)]


def test_what_is_counted_but_has_its_day_is_an_event_too() -> None:
    text = "Since October the force has logged five attacks, among them a longliner that was fired on off Hobyo on 3 May."
    assert told(text) == [("total", 5), ("fired_upon", None)]


def test_a_figure_of_another_time_is_a_total_of_its_own() -> None:
    text = "The centre received 27 reports of attacks on ships in the third quarter, against 41 in the same months of 2024."
    assert told(text) == [("total", 27), ("total", 41)]


def test_the_single_ones_of_a_list_are_no_events() -> None:
    text = "27 ships were boarded in the first quarter, four attempts failed, one ship was fired upon and one hijacked."
    assert told(text) == [("total", 27)]


def test_two_of_a_month_are_one_event() -> None:
    assert told("In February two boats of the bureau were hosed at Scarborough Shoal.") == [("water_cannon", None)]


@pytest.mark.parametrize(
    "text",
    [
        "The company has 27 ships and made 41 calls at the port in the third quarter.",
        "The club recorded its fourth win in a month.",
        "The port handled 96,000 tonnes of grain in the first quarter.",
        "The hospital received 27 reports of flu in the third quarter, against 41 in the same months of 2025.",
    ],
)
def test_what_is_counted_otherwise_is_no_total(text: str) -> None:
    assert told(text) == []


def test_a_list_of_counts_is_no_part_of_another_total() -> None:
    text = "Incidents at sea: 1 attack, 1 approach, 1 boarding. Since 1 January the centre has recorded 11 attacks."
    assert told(text) == [("total", 3), ("total", 11)]


@pytest.mark.parametrize(("text", "expected"), [
    ("The commission's records show that 14 fishermen were kidnapped in three attacks off Nigeria in 2025.", [("total", 3)]),
    ("On Monday a cutter fired water cannon at a supply boat near Sabina Shoal. It was the fourth use of water cannon since May.",
     [("water_cannon", None), ("total", 4)]),
    ("Since the launch of the operation in May 2026, the coast guard has seized 50,000 pounds of cocaine off Haiti.", [("total", None)]),
])  # fmt: skip
def test_a_total_in_other_words_is_no_event_of_its_own(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert told(text) == expected
