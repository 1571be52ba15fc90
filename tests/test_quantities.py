"""Counts as ranges: words and digits, bounds and vague words; nothing that measures or names counts."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import quantities
from geo.errors import UsageError

COUNTED = [
    # as written, low, best, high, qualifier
    ("at least 76", 76, 76, None, "at_least"),
    ("no fewer than eleven", 11, 11, None, "at_least"),
    ("50 or more", 50, 50, None, "at_least"),
    ("20-plus", 20, 20, None, "at_least"),
    ("more than a dozen", 13, None, None, "at_least"),
    ("over 100", 101, None, None, "at_least"),
    ("at least two dozen", 24, 24, None, "at_least"),
    ("at least one", 1, 1, None, "at_least"),
    ("up to 12", None, None, 12, "at_most"),
    ("as many as ten", None, None, 10, "at_most"),
    ("fewer than 10", None, None, 9, "at_most"),
    ("nearly 200,000", None, 200_000, 200_000, "about"),
    ("about 30", None, 30, None, "about"),
    ("some 2,000", None, 2_000, None, "about"),
    ("an estimated 8,000", None, 8_000, None, "about"),
    ("six or so", None, 6, None, "about"),
    ("a dozen", 12, 12, 12, "exact"),
    ("half a dozen", 6, 6, 6, "exact"),
    ("two dozen", 24, 24, 24, "exact"),
    ("a couple of", 2, 2, 2, "exact"),
    ("a hundred and five", 105, 105, 105, "exact"),
    ("twenty-one", 21, 21, 21, "exact"),
    ("two hundred", 200, 200, 200, "exact"),
    ("15,000", 15_000, 15_000, 15_000, "exact"),
    ("1.5 million", 1_500_000, 1_500_000, 1_500_000, "exact"),
    ("twenty thousand", 20_000, 20_000, 20_000, "exact"),
    ("two (2)", 2, 2, 2, "exact"),
    ("03", 3, 3, 3, "exact"),
    ("two to three", 2, None, 3, "about"),
    ("5-6", 5, None, 6, "about"),
    ("between five and 8", 5, None, 8, "about"),
    ("three or four", 3, None, 4, "about"),
    ("dozens of", 24, None, None, "about"),
    ("several", 2, None, None, "about"),
    ("a few", 2, None, None, "about"),
    ("hundreds of", 200, None, 999, "about"),
    ("several hundred", 200, None, 999, "about"),
    ("tens of thousands of", 20_000, None, 99_999, "about"),
    ("hundreds of thousands of", 200_000, None, 999_999, "about"),
]


@pytest.mark.parametrize(("text", "low", "best", "high", "qualifier"), COUNTED, ids=[row[0] for row in COUNTED])
def test_a_count_is_a_range_with_a_qualifier(text: str, low: int | None, best: int | None, high: int | None, qualifier: str) -> None:
    sentence = f"The launch carried {text} men ashore."
    (found,) = quantities.find(sentence)
    assert (found.low, found.best, found.high, found.qualifier) == (low, best, high, qualifier)
    assert sentence[found.start : found.end] == found.text
    assert found.text == text.removesuffix(" of") or found.text == text


@pytest.mark.parametrize(
    "text",
    [
        "No one was hurt.",
        "Nobody died.",
        "None of the crew was harmed.",
        "There were no casualties.",
        "No reported injuries.",
        "NO PERSONAL INJURIES",
    ],
)
def test_nothing_reported_is_a_zero_of_its_own_kind(text: str) -> None:
    (found,) = quantities.find(text)
    assert (found.low, found.best, found.high, found.qualifier) == (0, 0, 0, "none_reported")


def test_a_list_gives_one_count_each() -> None:
    assert [c.best for c in quantities.find("the strikes killed eight, four and three")] == [8, 4, 3]
    assert [c.best for c in quantities.find("ten of her eighteen crew")] == [10, 18]


@pytest.mark.parametrize(
    "text",
    [
        "It happened in 2019 and again in 2021.",
        "On 7 April 2025, April 8 and 9-10 May.",
        "At 0815 UTC, 8:15 a.m. and 1430 local time.",
        "12 nm off, 45 nautical miles north, 3 km and 500 metres away.",
        "Position 12-30.5N 071-20.3W, or 12 30.5N, 106 05.29E.",
        "For 30 days, 12 hours and two weeks.",
        "It cost $5 million, 20 euros, or 12 percent; 15 to 18 percent.",
        "The 76th and the 3rd.",
        "DDG 51, Article 51, Channel 16, No. 3, Resolution 2722, IMO 9123456.",
        "An F-35, an MQ-9 and a 34-year-old man on a 12-metre boat.",
        "A 5,000-tonne ship at 14 knots.",
        "Call 757 398 6700.",
        "The tanker RANGER 1 was late (see report 95-0002).",
        "1. LIGHT UNLIT.\n2. CANCEL THIS MESSAGE.",
        "hundreds of millions of dollars",
        "a man, an attack, one of the reasons, one senior official",
        "",
    ],
)
def test_what_measures_names_or_dates_is_no_count(text: str) -> None:
    assert quantities.find(text) == ()


def test_a_year_before_people_is_a_count() -> None:
    assert [c.best for c in quantities.find("2000 troops and 1950 people")] == [2000, 1950]


def test_a_count_may_stand_before_a_measure() -> None:
    assert [c.best for c in quantities.find("four 12-metre skiffs")] == [4]


def test_articles_count_only_when_asked() -> None:
    text = "A boat and one pallet were lost over a week."
    assert quantities.find(text) == ()
    assert [(c.text, c.best) for c in quantities.find(text, articles=True)][:2] == [("A", 1), ("one", 1)]


@pytest.mark.parametrize(
    "text", ["one person was killed", "killing one and wounding more", "one dead", "one Filipino sailor", "one was missing"]
)
def test_one_counts_beside_people_and_what_befell_them(text: str) -> None:
    assert [c.best for c in quantities.find(text)] == [1]


def test_what_a_number_rose_from_is_a_count_of_its_own() -> None:
    assert [(c.text, c.best) for c in quantities.find("15 men, up from 12")] == [("15", 15), ("12", 12)]


def test_value_reads_one_phrase() -> None:
    assert quantities.value("a man").best == 1
    assert quantities.value("tens of thousands of troops").low == 20_000


def test_value_says_what_is_missing() -> None:
    with pytest.raises(UsageError, match=r"'the crew'.*write one"):
        quantities.value("the crew")


@given(st.integers(0, 10_000_000))
def test_digits_round_trip(number: int) -> None:
    (found,) = quantities.find(f"It rescued at least {number:,} people.")
    assert (found.low, found.qualifier) == (number, "at_least")


@given(st.text(alphabet="0123456789 .,-ontwdzefhursaglm\n", max_size=60))
def test_bounds_are_in_order_in_any_text(text: str) -> None:
    found = quantities.find(text, articles=True)
    for count in found:
        bounds = [bound for bound in (count.low, count.best, count.high) if bound is not None]
        assert bounds == sorted(bounds)
        assert text[count.start : count.end] == count.text
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


@pytest.mark.parametrize("line", ["1" * 50 + " ", "1,", "one hundred and ", "no ", "two to ", "at least ", "(2) ", "1-"])
def test_a_hostile_text_takes_no_longer_than_its_length_warrants(line: str) -> None:
    text = line * (100_000 // len(line))
    start = time.perf_counter()
    quantities.find(text)
    assert time.perf_counter() - start < 5
