"""Pair what a reader records with what the program records, and compare the pairs field by field."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Row = dict[str, Any]
Slot = tuple[str, "Callable[[Row, Row], bool | None]"]

KIN = (
    {"strike_on_vessel", "missile_attack", "naval_drone_attack", "explosion", "fired_upon", "airstrike_land", "armed_clash"},
    {"boarding", "robbery", "seizure", "detention", "hijack", "kidnapping"},
    {"attempted_boarding", "suspicious_approach", "fired_upon"},
    {"collision_or_ramming", "water_cannon"},
    {"sabotage", "explosion", "mine_incident"},
)
"""Types that two careful readers may call the same event by; which of them it was is scored apart."""

_SMALL = frozenset("the a of in on at off near to le la el les de du des au en".split())


class Told(NamedTuple):
    """A record, a mention or a trap, with the stretches of the text that tell it."""

    row: Row
    spans: tuple[tuple[int, int], ...]


class Outcome(NamedTuple):
    """Pairs of `actual` records, further pairs of any mode, and what stayed alone on either side."""

    pairs: list[tuple[Told, Told]]
    modes: list[tuple[Told, Told]]
    missed: list[Told]
    false: list[Told]


def outcome(wanted: Sequence[Told], found: Sequence[Told]) -> Outcome:
    """Pair the actual records of both sides, then what is left in whatever mode."""
    acted, done = [told for told in wanted if _actual(told)], [told for told in found if _actual(told)]
    pairs = paired(acted, done, worth)
    missed, false = left(acted, pairs, 0), left(done, pairs, 1)
    rest = paired(left(wanted, pairs, 0), left(found, pairs, 1), worth)
    return Outcome(pairs, rest, missed, false)


def paired(wanted: Sequence[Told], found: Sequence[Told], value: Callable[[Told, Told], float]) -> list[tuple[Told, Told]]:
    """Pair one to one: as many as possible, and of those the more valuable first.

    A `value` of 0 is no pair.
    """
    values = {(i, j): value(a, b) for i, a in enumerate(wanted) for j, b in enumerate(found)}
    ranked = sorted((pair for pair in values if values[pair] > 0), key=lambda pair: -values[pair])
    choices = {i: [j for one, j in ranked if one == i] for i in dict.fromkeys(i for i, _ in ranked)}
    holder: dict[int, int] = {}

    def seat(i: int, tried: set[int]) -> bool:
        """Give `i` a partner, moving those who hold one where they have another."""
        for j in choices[i]:
            if j not in tried:
                tried.add(j)
                if j not in holder or seat(holder[j], tried):
                    holder[j] = i
                    return True
        return False

    for i in choices:
        seat(i, set())
    return [(wanted[i], found[j]) for j, i in sorted(holder.items(), key=lambda item: item[1])]


def worth(wanted: Told, found: Told) -> float:
    """Say how well a found record fits a wanted one; 0 if it cannot be the same."""
    one, other = wanted.row, found.row
    if not overlap(wanted, found) or one.get("record_kind") != (other.get("record_kind") if "record_kind" in one else None):
        return 0.0
    kind = "event_type" if "event_type" in one else "status"
    if kind == "event_type" and not akin(one[kind], other[kind]):
        return 0.0
    agreed = (8 * (one[kind] == other[kind]), 4 * bool(same_day(one, other)), 2 * bool(_same_country(one, other)))
    finer = bool(_killed(one, other)) if kind == "event_type" else bool(_assets(one, other))
    return 1.0 + sum(agreed) + finer + bool(_where(one, other))


def overlap(one: Told, other: Told) -> int:
    """Give the most characters that a stretch of one shares with a stretch of the other."""
    return max((min(b, d) - max(a, c) for a, b in one.spans for c, d in other.spans if min(b, d) > max(a, c)), default=0)


def stretches(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Find every place where words stand."""
    return tuple((found.start(), found.end()) for found in re.finditer(re.escape(quote), text))


def same_day(wanted: Row, found: Row) -> bool | None:
    """Compare dates: a day may be off by one, a coarse date need only overlap; None where neither side gives one."""
    if wanted.get("date_start") is None or found.get("date_start") is None:
        return None if wanted.get("date_start") == found.get("date_start") else False
    low, high = _days(wanted)
    start, end = _days(found)
    if (wanted.get("date_prec") or 1) > 1:
        return start <= high and end >= low
    return abs(start - low) <= 1


def left(side: Iterable[Told], pairs: Iterable[tuple[Told, Told]], which: int) -> list[Told]:
    """Give those of a side that are in no pair."""
    taken = {id(pair[which].row) for pair in pairs}
    return [told for told in side if id(told.row) not in taken]


def akin(one: str, other: str) -> bool:
    """Say whether two types may stand for the same event."""
    return one == other or "other" in {one, other} or any({one, other} <= kin for kin in KIN)


def _actual(told: Told) -> bool:
    return bool(told.row["auxiliary_mode"] == "actual")


def _days(row: Row) -> tuple[int, int]:
    start = date.fromisoformat(row["date_start"])
    return start.toordinal(), date.fromisoformat(row.get("date_end") or row["date_start"]).toordinal()


def _given(wanted: object, found: object) -> bool | None:
    """Compare two values; None where neither side gives one."""
    return None if wanted is None and found is None else wanted == found


def _same_country(wanted: Row, found: Row) -> bool | None:
    return _given(wanted["actor_country"], found["actor_country"])


def _killed(wanted: Row, found: Row) -> bool | None:
    return _given(_dead(wanted), _dead(found["casualties"]))


def _dead(counts: Row) -> int | None:
    """Give the best number of the killed; where nobody was even hurt it is 0, whichever field says so."""
    killed, injured = (_best(counts[name]) for name in ("killed", "injured"))
    return 0 if killed is None and injured == 0 else killed


def _assets(wanted: Row, found: Row) -> bool:
    """Compare the kinds of assets with how many of each."""

    def kinds(row: Row) -> list[tuple[str, int]]:
        """List assets; one that stands without a number, by its name, is one."""
        return sorted((asset["type"], _best(asset["count"]) or 1) for asset in row["assets"])

    return kinds(wanted) == kinds(found)


def _best(count: Any) -> int | None:  # noqa: ANN401 - a list as annotated, or an object as answered
    """Read the best of a count."""
    best: int | None = count[1] if isinstance(count, list) else count and count["best"]
    return best


def _where(wanted: Row, found: Row) -> bool | None:
    return _words(wanted.get("where"), found.get("where_text")) if "where" in wanted else _destination(wanted, found)


def _destination(wanted: Row, found: Row) -> bool | None:
    return _words(wanted["destination"] or wanted["base"], found["destination"] or found["base"])


def _words(wanted: str | None, found: str | None) -> bool | None:
    """Compare words of place: half of all that either side says must be shared."""
    if wanted is None:
        return None
    one, other = ({word for word in re.findall(r"[\w'.-]+", (words or "").casefold()) if word not in _SMALL} for words in (wanted, found))
    return 2 * len(one & other) >= len(one | other)


INCIDENT_SLOTS: tuple[Slot, ...] = (
    ("type", lambda wanted, found: wanted["event_type"] == found["event_type"]),
    ("date", same_day),
    ("killed", _killed),
    ("actor_country", _same_country),
    ("assertion", lambda wanted, found: wanted["assertion"] == found["assertion"]),
    ("where", _where),
)
DEPLOYMENT_SLOTS: tuple[Slot, ...] = (
    ("status", lambda wanted, found: wanted["status"] == found["status"]),
    ("date", same_day),
    ("actor_country", _same_country),
    ("assets", _assets),
    ("destination", _destination),
)
