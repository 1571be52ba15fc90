"""Test how records are paired with what a reader wants, on made-up cases of a few words; the samples themselves are scored by `bench/`."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo.model import Evidence, Incident, Reading, Report, record_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Three men died when a drone hit a boat off Aruba on Monday. Washington said nothing. In 1989 a ship was boarded."


@pytest.fixture(scope="module", autouse=True)
def _on_path() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "bench"))
        yield
    for name in ("events", "matching", "messages"):
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def matching(_on_path: None) -> ModuleType:
    return importlib.import_module("matching")


@pytest.fixture(scope="module")
def events(_on_path: None) -> ModuleType:
    return importlib.import_module("events")


@pytest.fixture(scope="module")
def messages(_on_path: None) -> ModuleType:
    return importlib.import_module("messages")


def wanted(words: str, kind: str = "strike_on_vessel", **fields: Any) -> dict[str, Any]:
    """Write a record as a reader does."""
    blank = dict.fromkeys(("date_start", "date_end", "date_prec", "actor_country", "killed", "injured", "where"))
    record = {"evidence": words, "event_type": kind, "record_kind": "event", "auxiliary_mode": "actual", "assertion": "reported"}
    return {**blank, **record, **fields}


def found(words: str, kind: str = "strike_on_vessel", **fields: Any) -> Incident:
    """Write a record as the program does."""
    start = TEXT.index(words)
    evidence = (Evidence("r", start, start + len(words), words, "made up"),)
    return Incident(id=record_id("r", "incident", kind, words, set()), title="made up", event_type=kind, evidence=evidence, **fields)


def judged(events: ModuleType, gold: list[dict[str, Any]], records: list[Incident], traps: list[dict[str, Any]] | None = None) -> Any:
    """Score one made-up report."""
    score = events.Score()
    annotation = {"incidents": gold, "deployments": [], "mentions": [], "traps": traps or []}
    events.judge(score, annotation, Reading(Report("r", TEXT), incidents=tuple(records)))
    return events.figures(score)


HIT, BOARDED = "a drone hit a boat", "a ship was boarded"


@pytest.mark.parametrize(
    ("gold", "record", "matched"),
    [
        (wanted(HIT), found("Three men died when a drone hit a boat off Aruba on Monday."), 1),
        (wanted(HIT), found(BOARDED), 0),
        (wanted(HIT, "missile_attack"), found(HIT), 1),
        (wanted(HIT, "boarding"), found(HIT), 0),
        (wanted(HIT, "other"), found(HIT), 1),
        (wanted(HIT, record_kind="aggregate"), found(HIT), 0),
        (wanted(BOARDED, also=["a drone hit"]), found(HIT), 1),
        (wanted(HIT), found(HIT, auxiliary_mode="future"), 0),
        (wanted(HIT, auxiliary_mode="future"), found(HIT), 0),
    ],
)
def test_a_record_is_found_by_its_words_its_kind_and_its_mode(
    events: ModuleType, gold: dict[str, Any], record: Incident, matched: int
) -> None:
    assert judged(events, [gold], [record])["incidents"]["matched"] == matched


def test_a_second_record_of_one_event_is_a_false_one(events: ModuleType) -> None:
    result = judged(events, [wanted(HIT)], [found(HIT), found("when a drone hit")])["incidents"]
    assert (result["precision"], result["recall"]) == (0.5, 1.0)
    assert result["f1"] == pytest.approx(2 / 3)


def test_of_several_the_one_of_the_same_kind_and_day_is_taken(events: ModuleType) -> None:
    gold = [wanted(HIT, "missile_attack", date_start="2025-11-10"), wanted(HIT, date_start="2025-11-12")]
    records = [found(HIT, date_start="2025-11-12"), found(HIT, "missile_attack", date_start="2025-11-10")]
    assert judged(events, gold, records)["incidents"]["slots"] == {"type": 1.0, "date": 1.0, "assertion": 1.0, "mode": 1.0}


def test_as_many_as_possible_are_paired(matching: ModuleType) -> None:
    told = [matching.Told({"name": name}, ()) for name in "abcd"]
    values = {("a", "c"): 9, ("a", "d"): 8, ("b", "c"): 7}
    pairs = matching.paired(told[:2], told[2:], lambda one, other: values.get((one.row["name"], other.row["name"]), 0))
    assert [(one.row["name"], other.row["name"]) for one, other in pairs] == [("a", "d"), ("b", "c")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"date_start": "2025-11-10"}, {"date_start": "2025-11-11"}, True),
        ({"date_start": "2025-11-10"}, {"date_start": "2025-11-12"}, False),
        ({"date_start": "2025-11-10"}, {"date_start": None}, False),
        ({"date_start": None}, {"date_start": "2025-11-10"}, False),
        ({"date_start": None}, {"date_start": None}, None),
        ({"date_start": "2025-11-01", "date_end": "2025-11-30", "date_prec": 4}, {"date_start": "2025-11-20", "date_end": None}, True),
        ({"date_start": "2025-11-01", "date_end": "2025-11-30", "date_prec": 4}, {"date_start": "2025-12-01", "date_end": None}, False),
    ],
)
def test_a_day_may_be_off_by_one_and_a_month_must_hold_it(
    matching: ModuleType, one: dict[str, Any], other: dict[str, Any], same: object
) -> None:
    assert matching.same_day(one, other) is same


def test_a_wrong_mode_is_told_apart_from_a_miss(events: ModuleType) -> None:
    result = judged(events, [wanted(BOARDED, "boarding", auxiliary_mode="historical")], [found(BOARDED, "boarding")])["incidents"]
    assert (result["wanted"], result["found"], result["slots"]["mode"]) == (0, 1, 0.0)


@pytest.mark.parametrize(
    ("record", "kind", "fired"),
    [
        (found(BOARDED, "boarding"), "historical", 1),
        (found(BOARDED, "boarding", auxiliary_mode="historical"), "historical", 0),
        (found(HIT), "historical", 0),
        (found(BOARDED, "boarding"), "total", 1),
        (found(BOARDED, "boarding", record_kind="aggregate"), "total", 0),
    ],
)
def test_a_trap_is_sprung_by_a_false_record_on_its_words(events: ModuleType, record: Incident, kind: str, fired: int) -> None:
    trap = {"quote": BOARDED, "kind": kind, "must_not": "incident", "why": "made up"}
    assert judged(events, [wanted(HIT)], [record], [trap])["traps"] == {
        "set": 1,
        "fired": fired,
        "kinds": {kind: {"set": 1, "fired": fired}},
    }


def test_a_trap_in_the_sentence_of_a_true_record_is_not_sprung(events: ModuleType) -> None:
    trap = {"quote": "on Monday", "kind": "other", "must_not": "incident", "why": "made up"}
    assert judged(events, [wanted(HIT)], [found("a drone hit a boat off Aruba on Monday")], [trap])["traps"]["fired"] == 0


@pytest.mark.parametrize(("role", "fired"), [("metonym", 0), ("place", 1)])
def test_a_name_that_must_not_be_mapped_is_a_trap(events: ModuleType, role: str, fired: int) -> None:
    told = {"role": role, "text": "Washington", "mapped": role == "place"}
    spans = events.stretches(TEXT, "Washington")
    wants = events.Told({"quote": "Washington", "role": "metonym"}, spans)
    mentions = events.Sides([wants], [events.Told(told, spans)])
    assert events.mapped(events.Told({}, spans), mentions) == fired
    score = events.Score()
    events.count_roles(score, mentions)
    assert events.figures(score)["mapped"]["forbidden"] == fired
    assert events.figures(score)["roles"]["metonym"]["recall"] == (not fired)


@pytest.mark.parametrize("unread", ["b", "e", "i"])
def test_an_unread_set_gives_no_misses(events: ModuleType, unread: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        events.main([str(ROOT / "seeds" / "annotated" / unread), "--misses"])
    assert stop.value.code == 2
    assert "without being read" in capsys.readouterr().err


def test_a_folder_without_annotations_is_bad_usage(events: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        events.main([str(tmp_path)])
    assert stop.value.code == 2
    assert "name a folder" in capsys.readouterr().err


def test_a_folder_is_scored_as_a_table_and_as_json(events: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = {"published": "2025-11-11", "mentions": [], "incidents": [wanted(BOARDED, "boarding")], "deployments": [], "traps": []}
    (tmp_path / "one.txt").write_text(f"On 3 November {BOARDED} off Aruba.\n")
    (tmp_path / "one.gold.json").write_text(json.dumps(gold))
    assert events.main([str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["incidents"]["recall"] == 1.0
    assert events.main([str(tmp_path), "--misses"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(" " * 24 + " precision")
    assert "incidents date: [boarding, event, actual, reported] 'a ship was boarded' but found" in out


def answer(*records: tuple[str, str, str | None]) -> dict[str, Any]:
    """Answer a message: type, mode and day of each record."""
    rows = [{"event_type": kind, "record_kind": "event", "auxiliary_mode": mode, "date_start": day} for kind, mode, day in records]
    return {"incidents": rows}


def test_the_first_event_that_happened_dates_a_message(messages: ModuleType) -> None:
    rows = [{"text": text, "date": "2020-03-05"} for text in ("5 March: boarded.", "On Mar 5 boarded.", "05.03.2020: boarded.", "Boarded.")]
    answers = [
        answer(("boarding", "historical", "2019-01-01"), ("robbery", "actual", "2020-03-05"), ("hijack", "actual", "2020-03-09")),
        answer(("boarding", "actual", "2020-03-06")),
        answer(),
        answer(),
    ]
    result = messages.dates(rows, answers)
    assert result["rows"] == 3, "a text without a day is not asked"
    assert [result[name] for name in ("exact", "within_a_day", "found")] == pytest.approx([1 / 3, 2 / 3, 2 / 3])


def test_types_are_scored_in_the_words_of_the_bureau(messages: ModuleType) -> None:
    kinds = ("Boarded", "Boarded", "Attempted", "Fired Upon", "Hijacked", "Suspicious")
    told = ("robbery", "boarding", "suspicious_approach", "explosion", "hijack", "boarding")
    result = messages.types([{"type": kind} for kind in kinds], [answer((kind, "actual", None)) for kind in told])
    assert result == {
        "accuracy": 0.8,
        "macro_f1": 0.75,
        "f1": {"Attempted": 1.0, "Boarded": 1.0, "Fired Upon": 0.0, "Hijacked": 1.0},
        "rows": 5,
    }
