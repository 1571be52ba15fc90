"""Find dates in running text and resolve them against the publication date.

Absolute dates in many orders and five languages, ISO 8601, date-time groups (`031402Z FEB 22`), weekdays, relative words and ranges.
A missing year is the latest one not after publication; a weekday is the latest one not after it, the day itself included.
Precision is UCDP's: 1 day, 2 two to six days, 3 week, 4 month, 5 year. Nothing is guessed: what cannot be resolved keeps its words.
"""

from __future__ import annotations

import bisect
import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo import gloss
from geo.datewords import MONTHS, NUMBERS, SCANS, WEEKDAYS
from geo.model import When

if TYPE_CHECKING:
    from collections.abc import Callable

_YEAR_TOLERANCE = timedelta(days=7)
"""A date without a year may lie this far after publication before last year is meant: reports announce next week's plans."""
_TIME_REACH = 40
"""Longest stretch of text, in characters, between a time and the date it belongs to."""


_OPENER = re.compile(r"\b(since|until|till|through|thru|before|by|cancel this msg|valid until)\s+(?:the\s+)?$", re.IGNORECASE)
_BEGUN = re.compile(
    r"\bsince\s+(?:the|its|their|his)\s+(?:[\w-]+\s+)?(?:start|beginning|launch|outbreak|onset|opening|creation|founding)\b[^.;,]{0,60}\s+(?:in|on)\s+\Z",
    re.IGNORECASE,
)
"""What opens a period by what began it: "since the launch of the mission in May 2025"."""
_WEEK_OF = re.compile(r"\bweek\s+(?:of|beginning|starting)\s+(?:the\s+)?$", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|plans?|planned|scheduled|expected|expects?|due|set\s+(?:to|for)|slated|intends?|next|UNTIL|THRU|MSG|valid)\b[^.;]{0,60}$"
)
_TIME = re.compile(
    r"\b(?:(?P<hour>[01]?\d|2[0-4])[:.h]?(?P<minute>[0-5]\d)|(?P<whole>1[0-2]|[1-9])(?=\s*[ap]\.?m))(?::[0-5]\d)?\s*(?:hrs?\.?|hours)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>UTC|GMT|Z|Zulu|zulu|LT|[Ll]ocal(?:\s+[Tt]ime)?|LOCAL(?:\s+TIME)?)\b",
)
_JOIN = re.compile(r"[\s,:;(-]*(?:\b(?:at|on|of|about|approximately|around|AT|ON)\b\s*)*")

_WARNING = re.compile(
    r"\b(?:NAVAREA\s+[IVX]+|HYDRO(?:LANT|PAC|ARC)|(?:COASTAL|SUBAREA)\s+WARNING)\s+(?:NR\.?\s*)?\d{1,4}/(?P<year>\d\d)(?![\d/])"
)
"""The heading of a warning to navigation: the number of a year."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The days a date may mean, and how fine it is. Nulls: not resolved."""

    start: date | None = None
    end: date | None = None
    prec: int | None = None
    time: str | None = None
    dated: bool = False


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What dates are read against: publication, the last date read, whether the words look ahead, the year of numbered warnings."""

    published: date | None
    last: _Reading | None
    ahead: bool
    numbered: int | None = None

    @property
    def day(self) -> date | None:
        """Publication date, else the last date that the text wrote in full."""
        return self.published or (self.last.start if self.last and self.last.dated else None)


def find(text: str, *, published: str | None, language: str | None = None) -> tuple[When, ...]:
    """Find the dates of a text in order, resolved against its publication date (ISO 8601, or null).

    A text in a `language` that `gloss` has a table for is read through English.

    Without a publication date, dates with a year still resolve, and a date without one takes the year of the last full date, or that in
    the numbers of the warnings ("NAVAREA IX 214/25").
    "Since September" starts on the first and has no end. `time_utc` holds a time given in UTC; local times stay unconverted.

    >>> [(w.date_start, w.date_end, w.date_prec) for w in find("since late September", published="2025-11-11")]
    [('2025-09-21', None, 4)]
    >>> find("boarded on Tuesday at 0815 UTC", published="2025-11-11")[0].time_utc
    '08:15Z'
    """
    if (read := gloss.gloss(text, language)) is not None:
        return tuple(read.back(when) for when in find(read.text, published=published))
    day = date.fromisoformat(published[:10]) if published else None
    numbered = None if published else _numbered(text)
    found: list[When] = []
    last: _Reading | None = None
    for name, match in _spans(text):
        before = text[max(0, match.start() - 80) : match.start()]
        anchor = _Anchor(day, last, ahead=bool(_AHEAD.search(before)), numbered=numbered)
        # Order matters: "two days later" counts from the date read before it.
        reading = _READERS[name](match, anchor)
        if reading is None:
            continue
        if reading.start and _WEEK_OF.search(before):
            reading = _calendar_unit(reading.start, "week", 0)
        found.append(_when(text, match, reading, anchor))
        last = reading if reading.start else last
    return _timed(text, found)


def _numbered(text: str) -> int | None:
    """Give the year in the numbers of warnings to navigation, where all are of one year."""
    years = {_full_year(m["year"]) for m in _WARNING.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _spans(text: str) -> list[tuple[str, re.Match[str]]]:
    """List the matches of all patterns: earliest first, the longest where several start or overlap."""
    matches = [(name, match) for name, scan in SCANS.items() for match in scan.finditer(text)]
    matches.sort(key=lambda pair: (pair[1].start(), -pair[1].end()))
    kept: list[tuple[str, re.Match[str]]] = []
    for name, match in matches:
        if kept and match.start() < kept[-1][1].end():
            if match.end() - match.start() > kept[-1][1].end() - kept[-1][1].start():
                kept[-1] = (name, match)
            continue
        kept.append((name, match))
    return kept


def _when(text: str, match: re.Match[str], reading: _Reading, anchor: _Anchor) -> When:
    """Make the noun, with the word before that opens or closes the period ("since", "until")."""
    start, days = match.start(), (reading.start, reading.end)
    word = re.match(r"\w+", match.group())
    opener = _OPENER.search(text, max(0, start - 24), start)
    verb = (opener[1] if opener else word.group() if word else "").lower()
    valid = None
    if opener:
        start = opener.start()
    # "Since" has no end: whether it still goes on is not in the text.
    if verb == "since" or _BEGUN.search(text, max(0, start - 110), start):
        days = (reading.start, None)
    elif verb in {"until", "till", "through", "thru", "before", "cancel this msg", "valid until"}:
        days = (None, reading.end)
        valid = reading.end if verb not in {"through", "before"} else None
    valid_text = None if valid is None else valid.isoformat() + (f"T{reading.time}" if reading.time else "")
    return When(
        start=start,
        end=match.end(),
        date_start=days[0].isoformat() if days[0] else None,
        date_end=days[1].isoformat() if days[1] else None,
        date_prec=reading.prec,
        date_text=text[start : match.end()],
        anchor_date=anchor.day.isoformat() if anchor.day and (reading.start or reading.end) else None,
        time_utc=reading.time,
        valid_until=valid_text,
    )


def _timed(text: str, found: list[When]) -> tuple[When, ...]:
    """Give each time of day to the date nearest to it in the same sentence; times in UTC are kept, local ones only spanned."""
    starts = [when.start for when in found]
    for match in _TIME.finditer(text):
        # Dates are in order, so only the one before and the one after can be the nearest.
        after = bisect.bisect_right(starts, match.start())
        beside = [(gap, i) for i in (after - 1, after) if 0 <= i < len(found) and (gap := _gap(text, found[i], match)) is not None]
        if beside:
            _, i = min(beside)
            found[i] = _with_time(text, found[i], match)
            starts[i] = found[i].start
    return tuple(found)


def _gap(text: str, when: When, match: re.Match[str]) -> int | None:
    """Measure the characters between a date and a time; null where they overlap, lie far apart or in two sentences."""
    start, end = (when.end, match.start()) if when.end <= match.start() else (match.end(), when.start)
    return end - start if 0 <= end - start <= _TIME_REACH and ". " not in text[start:end] else None


def _with_time(text: str, when: When, match: re.Match[str]) -> When:
    """Write a time into a date, and stretch its span over a time that stands right beside it."""
    # A local time is spanned but not kept: its offset from UTC is not in the text.
    hour, minute = int(match["hour"] or match["whole"]), int(match["minute"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] == "p" else 0)
    utc = match["zone"] in {"UTC", "GMT", "Z", "Zulu", "zulu"} and hour < 24
    start, end = when.start, when.end
    gap = text[end : match.start()] if end <= match.start() else text[match.end() : start]
    if _JOIN.fullmatch(gap):
        start, end = min(start, match.start()), max(end, match.end())
    time = when.time_utc or (f"{hour:02}:{minute:02}Z" if utc else None)
    return replace(when, start=start, end=end, date_text=text[start:end], time_utc=time)


def _month(name: str) -> int:
    """Give the number of a month by its name, full or short, in any of the languages."""
    return MONTHS[name.lower().rstrip(".")]


def _number(word: str) -> int | None:
    """Read a small number; null for "several"."""
    return int(word) if word.isdigit() else NUMBERS.get(word.lower())


def _make(year: int, month: int, day: int) -> date | None:
    """Make a date; null where no such day exists."""
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1] else None


def _digits(written: str) -> int:
    """Read a day's digits, without its ending."""
    return int(re.sub(r"\D", "", written))


def _full_year(written: str) -> int:
    """Read a year; two digits are of 1970 to 2069."""
    year = int(written.lstrip("'"))
    return year if year >= 100 else year + (2000 if year < 70 else 1900)


def _guess_year(month: int, day: int, anchor: _Anchor) -> int | None:
    """Choose the year that a date leaves out: the latest not after publication, or the next where the words look ahead."""
    if anchor.day is None:
        # The first warnings of a year still tell of December.
        return anchor.numbered if month < 12 else None
    # Eight years back, so that a 29 February finds its leap year.
    tries = range(anchor.day.year - 1, anchor.day.year + 2) if anchor.ahead else range(anchor.day.year + 1, anchor.day.year - 8, -1)
    for year in tries:
        made = _make(year, month, day)
        if made is None:
            continue
        if anchor.published is None:
            return anchor.day.year
        late = made - anchor.day
        if (anchor.ahead and late >= -_YEAR_TOLERANCE) or (not anchor.ahead and late <= _YEAR_TOLERANCE):
            return year
    return None


def _precision(start: date, end: date) -> int:
    """Give UCDP's precision for a period."""
    days = (end - start).days + 1
    return 1 if days == 1 else 2 if days <= 6 else 3 if days <= 8 else 4 if days <= 31 else 5


def _period(start: date | None, end: date | None, *, dated: bool = False) -> _Reading | None:
    """Make a reading of a first and a last day."""
    if start is None or end is None or end < start:
        return None
    return _Reading(start, end, _precision(start, end), dated=dated)


def _whole_month(year: int, month: int, part: str | None = None) -> _Reading:
    """Give a month, or its early, middle or late third."""
    last = calendar.monthrange(year, month)[1]
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(_third(part), (1, last))
    return _Reading(date(year, month, first), date(year, month, last), 4)


def _third(part: str | None) -> str:
    """Name the third of a period that words mean."""
    words = (part or "").lower()
    pairs = {"early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "late"}
    return next((third for word, third in pairs.items() if word in words), "")


def _whole_year(year: int, part: str | None = None) -> _Reading:
    """Give a year, or its early, middle or late third."""
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(_third(part), (1, 12))
    return _Reading(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), 5)


def _read_iso(match: re.Match[str], _: _Anchor) -> _Reading | None:
    """Read 2025-11-10, with or without a time."""
    made = _make(int(match["y"]), int(match["m"]), int(match["d"]))
    reading = _period(made, made, dated=True)
    if reading and match.groupdict().get("z"):
        time = match["time"].replace(":", "")
        return replace(reading, time=f"{time[:2]}:{time[2:]}Z")
    return reading


def _read_numeric(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read 10.11.2025: dots are day first; slashes may be either, so both readings stand where publication does not decide."""
    first, second, year = int(match["d"]), int(match["m"]), int(match["y"])
    day_first, month_first = _make(year, second, first), _make(year, first, second)
    if match["sep"] == "." or day_first is None or month_first is None or day_first == month_first:
        made = day_first or month_first
        return _period(made, made, dated=True)
    if anchor.published:
        past = [d for d in (day_first, month_first) if d <= anchor.published]
        if len(past) == 1:
            return _period(past[0], past[0], dated=True)
    low, high = sorted((day_first, month_first))
    return _Reading(low, high, 5)


def _read_group(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read a date-time group: day, hour and minute, month, year; the letters of other zones than Z leave the hour local."""
    month, day = _month(match["m"]), int(match["d"])
    year = int(match["y"]) if match["y"] else _guess_year(month, day, anchor)
    if year is None:
        return _Reading()
    made = _make(_full_year(str(year)), month, day)
    reading = _period(made, made, dated=bool(match["y"]))
    utc = match["z"] in {"Z", "UTC", "GMT"}
    return reading and replace(reading, time=f"{match['time'][:2]}:{match['time'][2:]}Z" if utc else None)


def _read_groups(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read two date-time groups with "to" between them; the first may leave month and year to the second."""
    month2, day2 = _month(match["m2"]), int(match["d2"])
    year2 = int(match["y2"]) if match["y2"] else _guess_year(month2, day2, anchor)
    if year2 is None:
        return _Reading()
    last = _make(_full_year(str(year2)), month2, day2)
    first = _make(_full_year(match["y"] or str(year2)), _month(match["m"] or match["m2"]), int(match["d"]))
    return _period(first, last, dated=bool(match["y2"]))


def _read_day(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read a day and month, in either order, or a range of days."""
    groups = match.groupdict()
    month, first = _month(groups["m"]), _digits(groups["d"])
    month2, last = _month(groups.get("m2") or groups["m"]), _digits(groups.get("d2") or groups["d"])
    written = groups.get("y2") or groups.get("y")
    wraps = month2 < month
    # The first day decides the year: a range may well end after publication.
    year = _full_year(written) - (wraps and bool(groups.get("y2"))) if written else _guess_year(month, first, anchor)
    if year is None:
        return _Reading()
    published = anchor.published
    if not written and groups["m"].isupper() and published is not None and first == published.year % 100 and year < published.year:
        return _whole_month(published.year, month)  # "WARNING 003 NOV 25" of that month, and no day of the year before
    begin_year = _full_year(groups["y"]) if groups.get("y") else year
    end_year = _full_year(groups["y2"]) if groups.get("y2") else begin_year + wraps
    dated = bool(written) or anchor.published is None
    return _period(_make(begin_year, month, first), _make(end_year, month2, last), dated=dated)


def _read_months(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read a range of months."""
    month, month2 = _month(match["m"]), _month(match["m2"])
    year = int(match["y2"]) if match["y2"] else _guess_year(month2, 1, anchor)
    if year is None:
        return _Reading()
    begin = int(match["y"]) if match["y"] else year - (month2 < month)
    first, last = _whole_month(begin, month, match["part"]), _whole_month(year, month2, match["part2"])
    return _period(first.start, last.end, dated=bool(match["y2"]))


def _read_month(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read a month, with or without its year, whole or a third of it."""
    groups = match.groupdict()
    month = _month(groups["m"])
    if groups.get("y"):
        return replace(_whole_month(int(groups["y"]), month, groups.get("part")), dated=True)
    turn = (groups.get("turn") or "").lower()
    if turn == "that" and anchor.last is not None and anchor.last.start is not None:
        return _whole_month(anchor.last.start.year, month)  # "left in 2024, and sailed that July"
    year = _guess_year(month, 1, replace(anchor, ahead=anchor.ahead or turn == "next"))
    return _Reading() if year is None else _whole_month(year, month, groups.get("part"))


def _read_year(match: re.Match[str], _: _Anchor) -> _Reading | None:
    """Read a year or a range of years."""
    groups = match.groupdict()
    reading = _whole_year(int(groups["y"]), groups.get("part") or groups.get("part2"))
    if groups.get("y2"):
        return _Reading(reading.start, _whole_year(int(groups["y2"])).end, 5)
    return reading


def _read_decade(match: re.Match[str], _: _Anchor) -> _Reading | None:
    """Read a decade, or its early, middle or late part."""
    year = int(match["y"])
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(match["part"] or "", (0, 9))
    return _Reading(date(year + first, 1, 1), date(year + last, 12, 31), 5)


def _read_weekday(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read a weekday: the latest one not after publication, which is that very day in same-day copy."""
    if anchor.published is None:
        return _Reading()
    turn = (match["turn"] or "").lower()
    # Same-day copy names the day of publication too ("on Tuesday", published on Tuesday), hence 0 and not 7.
    back = (anchor.published.weekday() - WEEKDAYS[match["w"].lower()]) % 7
    days = -back
    if turn in {"next", "coming"} or (anchor.ahead and turn in {"", "this"} and back):
        days = 7 - back
    elif turn in {"last", "past"} and back == 0:
        days = -7
    made = anchor.published + timedelta(days=days)
    return _period(made, made)


def _read_weekdays(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read a range of weekdays that ends not after publication."""
    if anchor.published is None:
        return _Reading()
    first, last = (WEEKDAYS[word.lower()] for word in (match["w"] or match["w2"], match["w3"]))
    end = anchor.published - timedelta(days=(anchor.published.weekday() - last) % 7)
    return _period(end - timedelta(days=(last - first) % 7), end)


def _read_spoken(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read yesterday, today, tonight, overnight."""
    if anchor.published is None:
        return _Reading()
    word = " ".join(match["word"].lower().split())
    back = {"the day before yesterday": 2, "yesterday": 1, "last night": 1, "overnight": 1, "tomorrow": -1}.get(word, 0)
    made = anchor.published - timedelta(days=back)
    return _period(made, anchor.published if word == "overnight" else made)


def _read_turn(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read last week, this month, next year."""
    if anchor.published is None:
        return _Reading()
    turn = match["turn"].lower()
    if turn == "past":
        days = {"week": 7, "weekend": 3, "month": 30, "year": 365}[match["unit"].lower()]
        return _period(anchor.published - timedelta(days=days), anchor.published)
    step = {"last": -1, "this": 0, "next": 1}[turn]
    return _calendar_unit(anchor.published, match["unit"].lower(), step)


def _read_weekend(_: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read "over the weekend": the latest one that has begun."""
    if anchor.published is None:
        return _Reading()
    saturday = anchor.published - timedelta(days=(anchor.published.weekday() - 5) % 7)
    return _Reading(saturday, saturday + timedelta(days=1), 2)


def _calendar_unit(day: date, unit: str, step: int) -> _Reading:
    """Give the day, week (Monday to Sunday), weekend, month or year that lies `step` units from a day."""
    if unit in {"week", "weekend"}:
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
        return _Reading(monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6), 2 if unit == "weekend" else 3)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + step
        return _whole_month(months // 12, months % 12 + 1)
    if unit == "year":
        return _whole_year(day.year + step)
    made = day + timedelta(days=step)
    return _Reading(made, made, 1)


def _read_ago(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read "two weeks ago"."""
    return _stepped(anchor.published, match["n"], match["unit"], -1)


def _stepped(day: date | None, count: str, unit: str, sign: int) -> _Reading:
    """Go a number of units from a day; "several" leaves the day open."""
    number = _number(count)
    if day is None or number is None:
        return _Reading()
    if unit.lower() == "day":
        return _calendar_unit(day, "day", sign * number)
    if unit.lower() in {"week", "fortnight"}:
        # Nobody means the very weekday with "two weeks ago", so the week around it stands.
        middle = day + timedelta(weeks=sign * number * (2 if unit.lower() == "fortnight" else 1))
        return _Reading(middle - timedelta(days=3), middle + timedelta(days=3), 3)
    return _calendar_unit(day, unit.lower(), sign * number)


def _read_span(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read "the past two weeks", "recent days": a period that ends with publication."""
    unit, number = match["unit"].lower(), _number(match["n"] or "")
    if anchor.published is None or number is None:
        return _Reading(None, anchor.published, {"hour": 1, "day": 2, "week": 4, "month": 5}.get(unit) if anchor.published else None)
    length = {"hour": number / 24, "day": number, "week": 7 * number, "month": 30.44 * number, "year": 365.25 * number}[unit]
    return _period(anchor.published - timedelta(days=round(length)), anchor.published)


def _read_step(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read "two days earlier", from the last date of the text."""
    # "Two days later" needs a day to start from, not a month or a year.
    last = anchor.last.start if anchor.last and (anchor.last.prec or 9) <= 2 else None
    return _stepped(last, match["n"], match["unit"], -1 if match["way"].lower() in {"earlier", "before", "prior"} else 1)


def _read_next(match: re.Match[str], anchor: _Anchor) -> _Reading | None:
    """Read "the following day", "that night", from the last date of the text."""
    if anchor.last is None or anchor.last.start is None or (anchor.last.prec or 9) > 2:
        return _Reading()
    way = (match["way"] or match["way2"] or "same").lower()
    unit = (match["unit"] or match["unit2"] or "day").lower()
    unit = "day" if unit in {"night", "morning"} else unit
    return _calendar_unit(anchor.last.start, unit, {"next": 1, "following": 1, "previous": -1, "same": 0}[way])


_READERS: dict[str, Callable[[re.Match[str], _Anchor], _Reading | None]] = {
    "iso": _read_iso,
    "year_first": _read_iso,
    "numeric": _read_numeric,
    "group": _read_group,
    "groups": _read_groups,
    "days_months": _read_day,
    "day_month": _read_day,
    "months_days": _read_day,
    "month_day": _read_day,
    "months": _read_months,
    "month_year": _read_month,
    "part_month": _read_month,
    "month_after": _read_month,
    "month": _read_month,
    "compact": _read_day,
    "years": _read_year,
    "decade": _read_decade,
    "year_of": _read_year,
    "year": _read_year,
    "weekdays": _read_weekdays,
    "weekday": _read_weekday,
    "spoken": _read_spoken,
    "turn": _read_turn,
    "weekend": _read_weekend,
    "ago": _read_ago,
    "span": _read_span,
    "step": _read_step,
    "next_one": _read_next,
}
