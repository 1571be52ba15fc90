"""Dates against the publication date: resolved where the text allows it, left open where it does not."""

from __future__ import annotations

import itertools
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import dates

PUBLISHED = "2025-11-11"  # a Tuesday

RESOLVED = [
    # as written, first day, last day, precision
    ("Nov. 10, 2025", "2025-11-10", "2025-11-10", 1),
    ("November 10th", "2025-11-10", "2025-11-10", 1),
    ("10 November", "2025-11-10", "2025-11-10", 1),
    ("10 NOV", "2025-11-10", "2025-11-10", 1),
    ("the 3rd of May 2024", "2024-05-03", "2024-05-03", 1),
    ("Sunday, 9 November 2025", "2025-11-09", "2025-11-09", 1),
    ("2025-11-10", "2025-11-10", "2025-11-10", 1),
    ("2025/11/10", "2025-11-10", "2025-11-10", 1),
    ("20.07.2015", "2015-07-20", "2015-07-20", 1),
    ("25/12/2024", "2024-12-25", "2024-12-25", 1),
    ("09NOV25", "2025-11-09", "2025-11-09", 1),
    ("09-NOV25", "2025-11-09", "2025-11-09", 1),
    ("090145L NOV 25", "2025-11-09", "2025-11-09", 1),
    ("boarded 7 nov at 0512 local time", "2025-11-07", "2025-11-07", 1),
    ("06 jan 2025", "2025-01-06", "2025-01-06", 1),
    ("26 Oct, 1950 local time", "2025-10-26", "2025-10-26", 1),
    ("21 or 22 October", "2025-10-21", "2025-10-22", 2),
    ("O5 NOV 24, at anchor", "2024-11-05", "2024-11-05", 1),
    ("YEMEN11 MAY 1989GUNMEN", "1989-05-11", "1989-05-11", 1),
    ("4 May 09, at anchor", "2009-05-04", "2009-05-04", 1),
    ("10 de noviembre de 2025", "2025-11-10", "2025-11-10", 1),
    ("3 août 2024", "2024-08-03", "2024-08-03", 1),
    ("5 de março de 2024", "2024-03-05", "2024-03-05", 1),
    ("3 maart 2025", "2025-03-03", "2025-03-03", 1),
    ("7-8 April", "2025-04-07", "2025-04-08", 2),
    ("between 3 and 7 April", "2025-04-03", "2025-04-07", 2),
    ("April 7 to 9", "2025-04-07", "2025-04-09", 2),
    ("March 28-April 3", "2025-03-28", "2025-04-03", 3),
    ("from 28 December to 3 January", "2024-12-28", "2025-01-03", 3),
    ("from 2 September through 10 October", "2025-09-02", "2025-10-10", 5),
    ("the week of 3 November", "2025-11-03", "2025-11-09", 3),
    ("in September", "2025-09-01", "2025-09-30", 4),
    ("in October.", "2025-10-01", "2025-10-31", 4),
    ("since Feb. 9", "2025-02-09", None, 1),
    ("until Sept. 2", None, "2025-09-02", 1),
    ("in late September", "2025-09-21", "2025-09-30", 4),
    ("early October", "2025-10-01", "2025-10-10", 4),
    ("mid-June 2024", "2024-06-11", "2024-06-20", 4),
    ("February 2024", "2024-02-01", "2024-02-29", 4),
    ("between March and July 2019", "2019-03-01", "2019-07-31", 5),
    ("in 2019", "2019-01-01", "2019-12-31", 5),
    ("the 1989 invasion", "1989-01-01", "1989-12-31", 5),
    ("between 2015 and 2020", "2015-01-01", "2020-12-31", 5),
    ("in the 1990s", "1990-01-01", "1999-12-31", 5),
    ("on Tuesday", "2025-11-11", "2025-11-11", 1),
    ("on Wednesday", "2025-11-05", "2025-11-05", 1),
    ("last Tuesday", "2025-11-04", "2025-11-04", 1),
    ("next Friday", "2025-11-14", "2025-11-14", 1),
    ("from Friday to Monday", "2025-11-07", "2025-11-10", 2),
    ("yesterday", "2025-11-10", "2025-11-10", 1),
    ("the day before yesterday", "2025-11-09", "2025-11-09", 1),
    ("overnight", "2025-11-10", "2025-11-11", 2),
    ("earlier today", "2025-11-11", "2025-11-11", 1),
    ("last week", "2025-11-03", "2025-11-09", 3),
    ("last month", "2025-10-01", "2025-10-31", 4),
    ("earlier this year", "2025-01-01", "2025-12-31", 5),
    ("28 December 2023 to 3 January", "2023-12-28", "2024-01-03", 3),
    ("28 December to 3 January 2024", "2023-12-28", "2024-01-03", 3),
    ("from 5 November to 30 November", "2025-11-05", "2025-11-30", 4),
    ("05 NOV THRU 20 MAY", "2025-11-05", "2026-05-20", 5),
    ("over the weekend", "2025-11-08", "2025-11-09", 2),
    ("in the past week", "2025-11-04", "2025-11-11", 3),
    ("between late September and early October", "2025-09-21", "2025-10-10", 4),
    ("three days ago", "2025-11-08", "2025-11-08", 1),
    ("two weeks ago", "2025-10-25", "2025-10-31", 3),
    ("a year ago", "2024-01-01", "2024-12-31", 5),
    ("in the past 48 hours", "2025-11-09", "2025-11-11", 2),
    ("in recent weeks", None, "2025-11-11", 4),
    ("since September", "2025-09-01", None, 4),
    ("since late September", "2025-09-21", None, 4),
    ("since August 4", "2025-08-04", None, 1),
    ("since Tuesday", "2025-11-11", None, 1),
    ("since 2019", "2019-01-01", None, 5),
    ("through April 3", None, "2025-04-03", 1),
    ("Nov. 16", "2025-11-16", "2025-11-16", 1),
    ("on December 1", "2024-12-01", "2024-12-01", 1),
    ("will sail on December 1", "2025-12-01", "2025-12-01", 1),
    ("is scheduled for Thursday", "2025-11-13", "2025-11-13", 1),
    ("on 29 February", "2024-02-29", "2024-02-29", 1),
]


@pytest.mark.parametrize(("text", "start", "end", "precision"), RESOLVED, ids=[row[0] for row in RESOLVED])
def test_a_date_resolves_against_the_publication_date(text: str, start: str | None, end: str | None, precision: int) -> None:
    sentence = f"The patrol says {text} it met the boats."
    (found,) = dates.find(sentence, published=PUBLISHED)
    assert (found.date_start, found.date_end, found.date_prec) == (start, end, precision)
    assert sentence[found.start : found.end] == found.date_text
    assert found.anchor_date == PUBLISHED


@pytest.mark.parametrize(
    "text",
    [
        "At least 10 may have died.",
        "They march on, and may return.",
        "The 1500 block of the road, the 2000 troops, 12 ships.",
        "At 12-30N 071-15W, 45 nm off.",
        "on 31 November",
        "the 10-8 win",
        "version 2025.1",
        "",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert [w for w in dates.find(text, published=PUBLISHED) if w.date_start or w.date_end] == []


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("0815 UTC on Wednesday", "2025-11-05", "08:15Z"),
        ("On 4 May at 0918 UTC, men boarded", "2025-05-04", "09:18Z"),
        ("031402Z FEB 22", "2022-02-03", "14:02Z"),
        ("031402Z FEB 2022", "2022-02-03", "14:02Z"),
        ("2025-11-10T08:15Z", "2025-11-10", "08:15Z"),
        ("at 8:15 p.m. GMT on Friday", "2025-11-07", "20:15Z"),
        ("20.07.2015: 0440 LT:", "2015-07-20", None),
        ("on 12 January at 1430 local time", "2025-01-12", None),
    ],
)
def test_a_time_in_utc_is_kept_and_a_local_one_is_not_converted(text: str, day: str, time: str | None) -> None:
    (found,) = dates.find(text, published=PUBLISHED)
    assert (found.date_start, found.time_utc) == (day, time)
    assert text[found.start : found.end] == found.date_text


def test_a_warning_says_how_long_it_holds() -> None:
    first, second = dates.find("FIRING UNTIL 01 JUL. CANCEL THIS MSG 010001Z JUL 26.", published=PUBLISHED)
    assert (first.date_start, first.date_end, first.valid_until) == (None, "2026-07-01", "2026-07-01")
    assert second.valid_until == "2026-07-01T00:01Z"


def test_steps_start_from_the_last_day_of_the_text() -> None:
    text = "It sank on 3 March 2024. Two days earlier it had sailed; the following day it stopped."
    assert [w.date_start for w in dates.find(text, published=PUBLISHED)] == ["2024-03-03", "2024-03-01", "2024-03-02"]


def test_steps_from_a_whole_year_stay_open() -> None:
    found = dates.find("It was built in 2003. Two days later it sailed.", published=PUBLISHED)
    assert [w.date_start for w in found] == ["2003-01-01", None]


@pytest.mark.parametrize(("text", "start"), [
    ("NAVAREA III 388/25\nMINE SIGHTED 17 JUL.", "2025-07-17"),
    ("NAVAREA III 388/25\nMINE SIGHTED 17 JUL.\n\nNAVAREA III 002/26\nMINE DESTROYED.", None),
    ("NAVAREA III 003/26\nMINE SIGHTED 28 DEC.", None),
])  # fmt: skip
def test_the_number_of_a_warning_gives_the_year_where_nothing_else_does(text: str, start: str | None) -> None:
    assert dates.find(text, published=None)[0].date_start == start


def test_without_a_publication_date_only_what_is_written_counts() -> None:
    text = "On 3 March 2024 it sailed, and on 5 April it sank. On Tuesday and last month they searched, and again on 7 May."
    found = dates.find(text, published=None)
    assert [(w.date_start, w.anchor_date) for w in found] == [
        ("2024-03-03", None),
        ("2024-04-05", "2024-03-03"),
        (None, None),
        (None, None),
        ("2024-05-07", "2024-04-05"),
    ]


def test_slashes_that_read_both_ways_keep_both_readings() -> None:
    (both,) = dates.find("seen 10/11/2025", published="2025-12-01")
    assert (both.date_start, both.date_end, both.date_prec) == ("2025-10-11", "2025-11-10", 5)
    (one,) = dates.find("seen 10/11/2025", published="2025-10-20")
    assert (one.date_start, one.date_prec) == ("2025-10-11", 1)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_full_dates_round_trip(day: date, form: str) -> None:
    (found,) = dates.find(f"It happened on {day.strftime(form)} at sea.", published=None)
    assert (found.date_start, found.date_end, found.date_prec) == (day.isoformat(), day.isoformat(), 1)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(-7, 350))
def test_a_missing_year_is_the_latest_not_after_publication(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    (found,) = dates.find(f"It happened on {day.strftime('%d %B')} at sea.", published=published.isoformat())
    assert found.date_start == day.isoformat()


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_the_latest_not_after_publication(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    (found,) = dates.find(f"It happened on {day.strftime('%A')}.", published=published.isoformat())
    assert found.date_start == day.isoformat()


@given(st.text(alphabet="0123456789 .,:-/ZTMaySeptunFdgo\n", max_size=60), st.sampled_from([None, PUBLISHED]))
def test_spans_hold_in_any_text(text: str, published: str | None) -> None:
    found = dates.find(text, published=published)
    assert all(text[w.start : w.end] == w.date_text for w in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert all(w.date_start <= w.date_end for w in found if w.date_start and w.date_end)


@pytest.mark.parametrize(
    "line", ["12 March at 0815 UTC ", "1 ", "12-", "in ", "two days ", "Tuesday to ", "may ", "the last ", "1" * 60 + " "]
)
def test_a_long_text_takes_no_longer_than_its_length_warrants(line: str) -> None:
    text = line * (200_000 // len(line))
    start = time.perf_counter()
    dates.find(text, published=PUBLISHED)
    assert time.perf_counter() - start < 5


def test_two_date_time_groups_are_a_range() -> None:
    found = dates.find("GUNNERY 121200Z TO 142200Z NOV 25 IN AREA BOUND BY", published="2025-11-11")
    assert [(w.date_start, w.date_end, w.date_prec) for w in found] == [("2025-11-12", "2025-11-14", 2)]
