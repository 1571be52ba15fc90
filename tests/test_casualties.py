"""Victims of an event: whom a sentence counts, who is said to be unhurt, and which event a later sentence counts them for."""

import pytest
from scenes import scene

from geo.incidents import incidents

HIT = "A drone hit a tanker off Mokha on Monday. "


def killed(text: str, which: int = 0) -> int | None:
    count = incidents(scene(text))[which].casualties.killed
    return None if count is None else count.best


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("One crew killed, two missing.", 1),
        ("The attack cost at least four lives.", 4),
        ("Three sailors lost their lives.", 3),
        ("One dock worker died.", 1),
        ("The blast killed her pumpman.", 1),
        ("Two jumped and drowned.", 2),
        ("The rockets killed two men.", 2),
        ("Five drones killed nobody.", 0),
    ],
)
def test_the_dead_are_counted_in_the_words_of_many_writers(words: str, number: int | None) -> None:
    assert killed(HIT + words) == number


@pytest.mark.parametrize(
    "words",
    [
        "Nobody aboard was touched.",
        "All 22 crew are accounted for.",
        "The bosun was freed later; no loss of life.",
        "Both lived.",
        "It went off without anyone being hurt.",
        "No casualties were reported.",
        "None of the 21 crew was hurt.",
    ],
)
def test_who_is_unhurt_is_said_and_not_left_open(words: str) -> None:
    injured = incidents(scene(HIT + words))[0].casualties.injured
    assert injured is not None
    assert (injured.best, injured.qualifier) == (0, "none_reported")


def test_the_dead_of_a_later_sentence_belong_to_the_event_of_their_place() -> None:
    text = "Missiles struck the port of Chornomorsk overnight. A tanker was hit by a drone off Novorossiysk. One docker died in Chornomorsk."
    records = {record.where_text: record.casualties.killed for record in incidents(scene(text))}
    assert {place: count.best for place, count in records.items() if count is not None and place is not None} == {"the port of Chornomorsk": 1}


def test_a_total_keeps_the_dead_that_the_next_sentence_counts() -> None:
    text = "Observers have recorded 41 attacks on boats in the Caribbean since September. At least 152 people are dead."
    (total,) = incidents(scene(text))
    assert total.record_kind == "aggregate"
    assert total.casualties.killed is not None
    assert (total.casualties.killed.low, total.casualties.killed.high) == (152, None)


def test_a_running_total_counts_its_dead() -> None:
    text = "The strike off Esmeraldas raises the total to at least 119 killed in 36 known strikes since early September."
    total = next(record for record in incidents(scene(text)) if record.record_kind == "aggregate")
    assert total.casualties.killed is not None
    assert total.casualties.killed.low == 119


def test_missing_and_wounded_of_one_line_are_not_confused() -> None:
    hurt = incidents(scene(HIT + "Three missing crew members and two wounded."))[0].casualties
    assert (hurt.missing and hurt.missing.best, hurt.injured and hurt.injured.best) == (3, 2)


SUMS = [
    ("Our list has 22 strikes on boats and 83 dead since 2 September.", 83),
    ("The attack brings to 163 the number of people killed in 47 strikes on boats since September.", 163),
]


@pytest.mark.parametrize(("words", "number"), SUMS)
def test_a_total_has_its_own_dead(words: str, number: int) -> None:
    found = [i for i in incidents(scene(HIT + words)) if i.record_kind == "aggregate"]
    assert [i.casualties.killed.best for i in found if i.casualties.killed is not None] == [number]
