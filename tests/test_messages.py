"""Messages from the sea, lines of a list and news texts are told apart, and a message's head is found. The sentences are ours."""

from __future__ import annotations

import pytest

from geo.messages import heads, is_label, is_message, tellings


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("BAY OF BISCAY:On 3 June, robbers boarded a drifting tanker.", "BAY OF BISCAY"),
        ("02.03.2024: 0415 UTC: Posn: Brest anchorage, France. Robbers boarded a tanker.", "Brest anchorage, France"),
        ("11.05.2023: 2300 LT: Around 2.5nm SW of Ushant, France. A skiff closed in.", "Around 2.5nm SW of Ushant, France"),
    ],
)
def test_a_message_opens_with_where_it_happened(text: str, head: str) -> None:
    (found,) = heads(text)
    assert text[found.start : found.end] == head
    assert is_message(text)


def test_each_message_of_a_list_has_its_own_head() -> None:
    text = "RED SEA: A skiff closed in.\n\nBAY OF BISCAY: A tanker was boarded while underway."
    assert [(text[h.start : h.end], text[h.start : h.last].count(":")) for h in heads(text)] == [("RED SEA", 1), ("BAY OF BISCAY", 1)]


@pytest.mark.parametrize("text", ["Two men were held in Brest. The mayor spoke.", "THE MASTER OF THE TANKER SAW TWO BOATS. HE TURNED BACK."])
def test_a_sentence_is_no_head(text: str) -> None:
    assert heads(text) == ()


def test_a_message_is_cut_where_it_comes_to_another_ship() -> None:
    text = "A tanker was boarded off Brest. Two skiffs left. A patrol vessel came. In a second incident, a yacht was robbed off Ushant."
    assert [text[t.start :][:2].strip() for t in tellings(text)] == ["A", "In"]


@pytest.mark.parametrize("text", ["A tanker was boarded.\n\nThe navy came.", f"A tanker was boarded{' and searched' * 100}."])
def test_what_is_longer_than_a_message_tells_more_than_one_event(text: str) -> None:
    assert tellings(text) == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Brest, France", True),
        ("Brest Roads, Brittany, France", True),
        ("Jetty No. 4, Brest (position taken from the chart)", True),
        ("Off Tg. Piai, Johor", True),
        ("Brest burnt, France wept", False),
        ("It burnt. He wept", False),
    ],
)
def test_a_label_holds_names_only(text: str, label: bool) -> None:  # noqa: FBT001 - a table of answers
    assert is_label(text) is label
