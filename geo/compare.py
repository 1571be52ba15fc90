"""Hold two records of different reports against each other: what speaks for one event, and what rules it out.

Each sign has points and words, so that every merge can be explained. What contradicts (two days, two shores, two ships, two states)
rules a pair out, whatever else agrees. The signs follow those by which event data are matched elsewhere: type, day, place, actors,
counts (UCDP GED and ACLED codebooks on duplicate reports).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import shapely

from geo import settings
from geo.checks import footprint
from geo.model import Deployment, Incident

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geo.model import Casualties, Report

Record = Incident | Deployment

FAMILIES: Final[dict[str, str]] = {
    **dict.fromkeys(("boarding", "robbery", "hijack", "kidnapping"), "boarding"),
    **dict.fromkeys(("strike_on_vessel", "missile_attack", "naval_drone_attack", "explosion"), "strike"),
    **dict.fromkeys(("attempted_boarding", "suspicious_approach", "fired_upon"), "approach"),
    **dict.fromkeys(("seizure", "detention"), "seizure"),
}
"""Event types that different reports give to one event: what is a boarding to one is a robbery to another."""

PROGRESS: Final = ("under_consideration", "planned", "ordered", "in_transit", "arrived", "present", "exercising", "withdrawn")
"""A deployment goes on from one status to the next."""

_NUMBER: Final = re.compile(
    r"\b(?:UKMTO|IMB|ASAM|MSCHOA|JMIC|NAVAREA [IVX]+|HYDRO(?:LANT|PAC)|MDAT(?:-GOG)?)\b\W{0,3}(?:\w+\W+){0,3}?"
    r"(?P<number>\d{1,4}[-/]\d{2,4})\b"
)
_NOUNS: Final = re.compile(
    r"tanker|carrier|cargo|container|tug|barge|dhow|trawler|fishing|yacht|speed ?boat|skiff|submersible|ferry|patrol|drone|frigate|warship"
)


_UPDATED: Final = re.compile(
    r"\b(?:rais|bring|tak)(?:es|ed|ing)\b[^.]{0,30}\b(?:toll|total|number|figure)|\b(?:rose|risen|revised|updated|corrected|earlier|previous(?:ly)?"
    r"|initial(?:ly)?)\b[^.]{0,40}\b(?:toll|total|figure|count|report|said|put|dead|death)",
    re.IGNORECASE,
)
"""Words by which a report says that an earlier figure no longer holds."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A record with the report that tells it and where the report's text comes from."""

    record: Record
    report: Report
    origin: str | None
    order: int

    @property
    def when(self) -> str:
        """Give the publication date, or what sorts behind all dates."""
        return self.report.published or "9999"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for or against one event, with its weight."""

    points: float
    words: str


def agreement(one: Telling, other: Telling) -> tuple[Sign, ...] | None:
    """List the signs that two tellings are of one event; None when something rules it out."""
    if one.report.id == other.report.id or not _comparable(one.record, other.record):
        return None
    signs: list[Sign] = []
    for judge in _JUDGES:
        for sign in judge(one, other):
            if sign is None:
                return None
            signs.append(sign)
    return tuple(signs)


def points(signs: tuple[Sign, ...]) -> float:
    """Add up signs."""
    return sum(sign.points for sign in signs)


def family(record: Record) -> str:
    """Give what a record must share with its twin: the family of its event type, or that it is a deployment."""
    return FAMILIES.get(record.event_type, record.event_type) if isinstance(record, Incident) else "deployment"


def window(telling: Telling) -> tuple[dt.date, dt.date] | None:
    """Give the days a record may have happened on: its own, else the week before its report; None without any date."""
    record = telling.record
    if record.date_start is not None:
        first = dt.date.fromisoformat(record.date_start)
        until = record.date_end or (record.date_start if record.date_prec == 1 else telling.report.published) or record.date_start
        return first, max(first, dt.date.fromisoformat(until))
    if telling.report.published is None:
        return None
    last = dt.date.fromisoformat(telling.report.published[:10])
    return last - dt.timedelta(days=settings.MERGE_UNDATED_DAYS), last


def _comparable(one: Record, other: Record) -> bool:
    """Say whether two records are of one kind at all."""
    same = (one.record_type, one.record_kind, one.auxiliary_mode) == (other.record_type, other.record_kind, other.auxiliary_mode)
    return same and family(one) == family(other)


def _copy(one: Telling, other: Telling) -> Iterator[Sign | None]:
    """Take the same sentence in two prints of one text for the same event."""
    if one.record.evidence[0].text == other.record.evidence[0].text:
        yield Sign(5.0, "told in the same words")


def _day(one: Telling, other: Telling) -> Iterator[Sign | None]:
    """Hold the days against each other; a day may slip by one between time zones and editions."""
    mine, theirs = window(one), window(other)
    if mine is None or theirs is None:
        return
    apart = max((mine[0] - theirs[1]).days, (theirs[0] - mine[1]).days)
    if apart > settings.MERGE_SLIP_DAYS:
        yield None
        return
    exact = one.record.date_prec == other.record.date_prec == 1
    if exact and mine == theirs:
        yield Sign(2.0, f"both on {one.record.date_start}")
    elif one.record.record_kind == "aggregate" and one.record.date_start and one.record.date_start == other.record.date_start:
        yield Sign(2.0, f"both count from {one.record.date_start} on")
    elif one.record.date_start and other.record.date_start:
        yield Sign(1.0, "the days agree")
    if exact and one.record.time_utc and other.record.time_utc and _hours(one.record, other.record) > settings.MERGE_SLIP_HOURS:
        yield None


def _hours(one: Record, other: Record) -> float:
    """Give the hours between two times of day."""
    first, second = (int(t[:2]) + int(t[3:5]) / 60 for t in (one.time_utc or "00:00", other.time_utc or "00:00"))
    return min(abs(first - second), 24 - abs(first - second))


def _place(one: Telling, other: Telling) -> Iterator[Sign | None]:
    """Hold the places against each other: what cannot be one spot rules the pair out."""
    mine, theirs = _area(one.record), _area(other.record)
    if mine is None or theirs is None:
        return
    if not mine.intersects(theirs):
        yield None
        return
    fine = one.record.longitude is not None and other.record.longitude is not None
    words = f"{one.record.where_text!r} and {other.record.where_text!r} can be one place"
    yield Sign(2.0 if fine else 1.0, words)


@lru_cache(maxsize=4096)
def _grown(wkb: bytes) -> BaseGeometry:
    """Grow an area by what two reports may differ in naming one spot."""
    shape = shapely.from_wkb(wkb)
    # Simplified first: a coast of ten thousand corners tells nothing more about whether two places can be one.
    return shape.simplify(settings.MERGE_SLACK_DEG / 2).buffer(settings.MERGE_SLACK_DEG)


def _area(record: Record) -> BaseGeometry | None:
    """Give the grown footprint of a record."""
    shape = footprint(record)
    return None if shape is None else _grown(shape.wkb)


def _ships(one: Telling, other: Telling) -> Iterator[Sign | None]:
    """Hold the ships against each other: a shared name or number is the best sign, two names for one victim are none."""
    if not isinstance(one.record, Incident) or not isinstance(other.record, Incident):
        return
    mine, theirs = _names(one.record), _names(other.record)
    if shared := sorted(mine & theirs):
        yield Sign(3.0, f"the same ship ({shared[0].title()})")
    elif mine and theirs:
        yield None
        return
    kinds, others = (set(_NOUNS.findall((t.record.target or "").lower())) for t in (one, other))  # type: ignore[union-attr]
    if kinds & others:
        yield Sign(1.0, f"the same kind of vessel ({min(kinds & others)})")
    elif kinds and others:
        yield Sign(-2.0, f"another kind of vessel ({min(kinds)}, {min(others)})")


def _names(record: Incident) -> set[str]:
    """Give the names and numbers of a record's ships, folded."""
    return {v.lower().strip() for vessel in record.vessels for v in (vessel.imo, vessel.mmsi, vessel.name) if v}


def _sides(one: Telling, other: Telling) -> Iterator[Sign | None]:
    """Hold the actors against each other."""
    mine, theirs = one.record, other.record
    if mine.actor_country and theirs.actor_country:
        yield Sign(1.0, f"the same side acts ({mine.actor_country})") if mine.actor_country == theirs.actor_country else None
    elif mine.actor and theirs.actor and mine.actor == theirs.actor:
        yield Sign(1.0, f"the same side acts ({mine.actor})")


def _people(one: Telling, other: Telling) -> Iterator[Sign | None]:
    """Hold the counts of people against each other: a later report may know of more, and a running total grows."""
    if not isinstance(one.record, Incident) or not isinstance(other.record, Incident):
        return
    older, newer = sorted((one, other), key=lambda t: (t.when, t.order))
    before, after = _best(older.record.casualties), _best(newer.record.casualties)  # type: ignore[union-attr]
    later = older.when < newer.when
    for fate in sorted(before.keys() & after.keys()):
        had, has = before[fate], after[fate]
        if had == has:
            yield Sign(2.0 if had else 0.5, f"both say {had} {fate}")
        elif later and has > had and newer.record.record_kind == "aggregate":
            yield Sign(2.0, f"a running total that grew from {had} to {has} {fate}")
        elif later and any(_UPDATED.search(e.text) for e in newer.record.evidence):
            yield Sign(1.0, f"the later report says that {had} {fate} is out of date, and gives {has}")
        else:
            yield Sign(-2.0, f"{had} and {has} {fate}")


def _best(casualties: Casualties) -> dict[str, int]:
    """Give the best figure of each fate."""
    counts = {name: getattr(casualties, name) for name in casualties.__slots__}
    return {name: count.best for name, count in counts.items() if count is not None and count.best is not None}


def _numbered(one: Telling, other: Telling) -> Iterator[Sign | None]:
    """Take the same warning number for the same event."""
    mine, theirs = (frozenset(m["number"].replace("/", "-") for m in _NUMBER.finditer(t.report.text)) for t in (one, other))
    if len(mine) == len(theirs) == 1 and mine == theirs:
        yield Sign(3.0, f"both are about {min(mine)}")


def _forces(one: Telling, other: Telling) -> Iterator[Sign | None]:
    """Hold deployments against each other: the same ships or units in the same state, else the same kind of force."""
    if not isinstance(one.record, Deployment) or not isinstance(other.record, Deployment):
        return
    if one.record.status != other.record.status:
        yield None
        return
    mine, theirs = units(one.record), units(other.record)
    kinds = {a.type for a in one.record.assets} & {a.type for a in other.record.assets}
    if shared := sorted(mine & theirs):
        yield Sign(3.0, f"the same unit ({shared[0]})")
    elif (mine and theirs) or not kinds:
        yield None
    else:
        yield Sign(2.0 if _numbers(one.record) & _numbers(other.record) else 0.0, f"the same kind of force ({min(kinds)})")


def units(deployment: Deployment) -> set[str]:
    """Give the names that tell one force from another: of ships, their hull numbers, of units."""
    return {name for a in deployment.assets for name in (a.name, a.hull, a.unit) if name}


def _numbers(deployment: Deployment) -> set[tuple[str, int | None]]:
    """Give the kinds of assets with how many there are."""
    return {(a.type, a.count.best) for a in deployment.assets if a.count is not None}


_JUDGES: Final[tuple[Callable[[Telling, Telling], Iterator[Sign | None]], ...]] = (
    _copy, _sides, _day, _ships, _forces, _people, _numbered, _place,
)  # fmt: skip
"""The cheap ones first: most pairs are ruled out before a shape is touched."""
