"""The annotated samples are complete and true to their texts: pairs, verbatim quotes, closed lists, enough of every kind."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from geo.model import Assertion, Mode, Role

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "seeds" / "annotated"
GOLD = sorted(FOLDER.glob("[abcdefghijk]/*.gold.json"))
EVENTS = set(
    "strike_on_vessel missile_attack naval_drone_attack fired_upon boarding attempted_boarding hijack kidnapping seizure detention robbery "
    "suspicious_approach collision_or_ramming water_cannon mine_incident explosion sabotage electronic_interference airspace_violation "
    "airstrike_land armed_clash advisory other".split()
)
STATUSES = set("ordered planned under_consideration in_transit arrived present exercising withdrawn denied hypothetical".split())
ASSETS = set(
    "aircraft_carrier carrier_strike_group cruiser destroyer frigate amphibious_assault_ship submarine nuclear_submarine warship patrol_vessel "
    "coast_guard_cutter minehunter fighter bomber patrol_aircraft helicopter drone personnel militia missile_system other".split()
)
KINDS = set(
    "negation hypothetical future historical metonym institution person ship demonym dateline zone_claim total exercise idiom land_crime "
    "accident other".split()
)
STYLES = set("news agency ukmto asam imb navarea statement".split())
COUNTS = ("killed", "injured", "missing", "abducted", "rescued", "events_count")
NEEDED = {
    "a": (17, 34, 24, 48), "b": (13, 26, 16, 32), "c": (14, 60, 32, 160), "d": (14, 70, 33, 190),
    "e": (14, 80, 48, 220), "f": (16, 160, 100, 500), "g": (16, 110, 60, 380), "h": (16, 90, 60, 150), "j": (20, 170, 110, 500),
    "i": (20, 140, 100, 400), "k": (20, 130, 110, 450),
}
SPOKEN = {"f": {"en"}, "g": {"es", "fr"}}
"""The languages of the sets that are not in all three."""


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    """Read a report and what a reader records from it."""
    text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
    return text, json.loads(path.read_text(encoding="utf-8"))


def _countries() -> set[str]:
    """List the countries' codes of our own table."""
    with (ROOT / "layers" / "gazetteer" / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"] for row in csv.DictReader(file)}


def _quotes(gold: dict[str, Any]) -> list[str]:
    """List all words that an annotation quotes."""
    records = gold["incidents"] + gold["deployments"]
    told = [words for record in records for words in (record["evidence"], *record.get("also", []), *record.get("vessels", []))]
    places = [record[key] for record in records for key in ("where", "zone_claim", "destination", "origin", "base") if record.get(key)]
    return [*told, *places, *(item["quote"] for item in gold["mentions"] + gold["traps"])]


annotated = pytest.mark.parametrize("path", GOLD, ids=lambda path: f"{path.parent.name}/{path.name.removesuffix('.gold.json')}")


def test_every_report_has_its_annotation_and_no_annotation_stands_alone() -> None:
    reports = {path.with_suffix("") for path in FOLDER.glob("[abcdefghijk]/*.txt")}
    assert reports == {path.with_name(path.name.removesuffix(".gold.json")) for path in GOLD}


@annotated
def test_what_is_quoted_stands_in_the_text(path: Path) -> None:
    text, gold = _read(path)
    assert [quote for quote in _quotes(gold) if not quote or quote not in text] == []
    assert [item for item in gold["mentions"] if text.count(item["quote"]) < item.get("nth", 1)] == []


@annotated
def test_mentions_stand_in_their_order_and_have_a_role(path: Path) -> None:
    text, gold = _read(path)
    starts = []
    for item in gold["mentions"]:
        start = -1
        for _ in range(item.get("nth", 1)):
            start = text.find(item["quote"], start + 1)
        starts.append(start)
    assert starts == sorted(starts)
    assert {item["role"] for item in gold["mentions"]} <= set(get_args(Role))


@annotated
def test_records_keep_to_the_closed_lists(path: Path) -> None:
    gold = _read(path)[1]
    records = gold["incidents"] + gold["deployments"]
    assert {record["event_type"] for record in gold["incidents"]} <= EVENTS
    assert {record["record_kind"] for record in gold["incidents"]} <= {"event", "aggregate"}
    assert {record["assertion"] for record in gold["incidents"]} <= set(get_args(Assertion))
    assert {record["status"] for record in gold["deployments"]} <= STATUSES
    assert {asset["type"] for record in gold["deployments"] for asset in record["assets"]} <= ASSETS
    assert {record["auxiliary_mode"] for record in records} <= set(get_args(Mode))
    assert {record["actor_country"] for record in records} - {None} <= _countries()
    assert {trap["kind"] for trap in gold["traps"]} <= KINDS
    assert {trap["must_not"] for trap in gold["traps"]} <= {"incident", "deployment", "map"}
    assert gold["style"] in STYLES


@annotated
def test_dates_are_dates_and_counts_rise(path: Path) -> None:
    gold = _read(path)[1]
    records = gold["incidents"] + gold["deployments"]
    days = [record[key] for record in records for key in ("date_start", "date_end") if record.get(key)]
    assert [day for day in days if date.fromisoformat(day).isoformat() != day] == []
    counts = [record[key] for record in gold["incidents"] for key in COUNTS if record[key]]
    counts += [asset["count"] for record in gold["deployments"] for asset in record["assets"] if asset["count"]]
    for count in counts:
        known = [number for number in count if number is not None]
        assert len(count) == 3
        assert known == sorted(known)


@annotated
def test_what_is_not_actual_is_a_trap_too(path: Path) -> None:
    gold = _read(path)[1]
    for must_not, records in (("incident", gold["incidents"]), ("deployment", gold["deployments"])):
        quotes = [trap["quote"] for trap in gold["traps"] if trap["must_not"] == must_not]
        told = [record["evidence"] for record in records if record["auxiliary_mode"] != "actual"]
        assert [words for words in told if not any(words in quote or quote in words for quote in quotes)] == []


@pytest.mark.parametrize("half", sorted({path.parent.name for path in GOLD}))
def test_a_half_holds_enough_of_everything(half: str) -> None:
    golds = [_read(path)[1] for path in GOLD if path.parent.name == half]
    held = [len(golds), *(sum(len(gold[key]) for gold in golds) for key in ("incidents", "deployments", "traps"))]
    assert all(have >= need for have, need in zip(held, NEEDED[half], strict=True)), held
    assert {gold["language"] for gold in golds} == SPOKEN.get(half, {"en", "es", "fr"})


def test_traps_of_every_kind_are_set() -> None:
    kinds = Counter(trap["kind"] for path in GOLD for trap in _read(path)[1]["traps"])
    assert set(kinds) == KINDS
