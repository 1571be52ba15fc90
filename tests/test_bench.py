"""Test how floors are held and pinned, on made-up numbers; nothing here is timed and nothing is measured."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo import pipeline
from geo.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

FOLDER = Path(__file__).resolve().parents[1] / "bench"


@pytest.fixture(scope="module", autouse=True)
def _on_path() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER))
        yield
    for name in ("gate", "measure", "events", "matching", "messages", "speed"):
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def gate(_on_path: None) -> ModuleType:
    return importlib.import_module("gate")


@pytest.fixture(scope="module")
def measure(_on_path: None) -> ModuleType:
    return importlib.import_module("measure")


@pytest.fixture
def wanted(measure: ModuleType) -> dict[str, Any]:
    return {"found": measure.Metric("found", 1.0), "area": measure.Metric("area", 0.1, error=True)}


def limits(found: float | None = None, area: float | None = None) -> dict[str, dict[str, float]]:
    return {"floors": {} if found is None else {"found": found}, "ceilings": {} if area is None else {"area": area}}


@pytest.mark.parametrize(
    ("measured", "holds"),
    [
        ({"found": 60.0, "area": 100.0}, [True, True]),
        ({"found": 59.99, "area": 100.0}, [False, True]),
        ({"found": 90.0, "area": 100.01}, [True, False]),
        ({"found": float("nan"), "area": 0.0}, [False, True]),
        ({"area": 1.0}, [False, True]),
        ({}, [False, False]),
    ],
)
def test_a_floor_holds_from_above_and_a_ceiling_from_below(
    gate: ModuleType, wanted: dict[str, Any], measured: dict[str, float], holds: list[bool]
) -> None:
    assert [verdict.holds for verdict in gate.judge(measured, limits(60.0, 100.0), wanted)] == holds


def test_a_figure_without_a_limit_is_no_pass(gate: ModuleType, wanted: dict[str, Any]) -> None:
    verdicts = gate.judge({"found": 99.0, "area": 1.0}, limits(), wanted)
    assert [verdict.holds for verdict in verdicts] == [False, False]
    assert gate.table(verdicts).count("no limit") == 2


def test_the_first_pin_leaves_a_slack_to_the_lenient_side(gate: ModuleType, wanted: dict[str, Any]) -> None:
    assert gate.pinned({"found": 61.23456, "area": 100.0}, limits(), wanted) == limits(60.2345, 110.0)


def test_pins_only_get_stricter(gate: ModuleType, wanted: dict[str, Any]) -> None:
    assert gate.pinned({"found": 70.0, "area": 50.0}, limits(60.0, 100.0), wanted) == limits(69.0, 55.0)


def test_a_figure_inside_its_slack_moves_no_pin(gate: ModuleType, wanted: dict[str, Any]) -> None:
    assert gate.pinned({"found": 60.5, "area": 95.0}, limits(60.0, 100.0), wanted) == limits(60.0, 100.0)
    again = gate.pinned({"found": 60.5, "area": 95.0}, limits(60.0, 100.0), wanted, allow_regression=True)
    assert again == limits(60.0, 100.0), "an allowed regression relaxes nothing that holds"


@pytest.mark.parametrize("measured", [{"found": 59.0, "area": 90.0}, {"found": 65.0, "area": 101.0}])
def test_no_pin_is_relaxed_silently(gate: ModuleType, wanted: dict[str, Any], measured: dict[str, float]) -> None:
    with pytest.raises(gate.RegressionError, match="--allow-regression"):
        gate.pinned(measured, limits(60.0, 100.0), wanted)


def test_a_relaxed_pin_is_asked_for(gate: ModuleType, wanted: dict[str, Any]) -> None:
    assert gate.pinned({"found": 50.0, "area": 200.0}, limits(60.0, 100.0), wanted, allow_regression=True) == limits(49.0, 220.0)


@pytest.mark.parametrize("measured", [{"area": 90.0}, {"found": float("nan"), "area": 90.0}])
def test_what_was_not_measured_cannot_be_pinned(gate: ModuleType, wanted: dict[str, Any], measured: dict[str, float]) -> None:
    with pytest.raises(gate.RegressionError, match="'found' was not measured"):
        gate.pinned(measured, limits(), wanted, allow_regression=True)


def test_limits_of_figures_not_asked_for_stay(gate: ModuleType, wanted: dict[str, Any]) -> None:
    before = {"floors": {"found": 60.0, "other": 5.0}, "ceilings": {}}
    assert gate.pinned({"found": 70.0}, before, {"found": wanted["found"]}) == {"floors": {"found": 69.0, "other": 5.0}, "ceilings": {}}


def test_limits_are_kept_by_sample_size(gate: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert gate.read_limits(path, "tenth") == limits()
    gate.write_limits(path, "tenth", limits(60.0, 100.0))
    gate.write_limits(path, "whole", limits(70.0))
    assert (gate.read_limits(path, "tenth"), gate.read_limits(path, "whole")) == (limits(60.0, 100.0), limits(70.0))


@pytest.fixture
def run(gate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the gate over one made-up trial that measures what it is told, with floors of its own."""
    monkeypatch.setenv(gate.VARIABLE, str(tmp_path))
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    (tmp_path / "data").mkdir()

    def started(*arguments: str, **measured: float) -> tuple[int, str]:
        monkeypatch.setattr(gate, "measure", lambda *_, **__: {gate_name(name): value for name, value in measured.items()})
        code = gate.main([*arguments, "--only", "zones-points"])
        return code, capsys.readouterr().out

    def gate_name(name: str) -> str:
        return "reports.faults" if name == "faults" else f"zones-points.{name}"

    return started


def test_the_gate_pins_then_holds_then_misses(run: Any) -> None:
    good = {"faults": 0.0, "points": 40.0, "eez_country": 0.97, "inside_12nm_class": 0.95}
    assert run(**good)[0] == 1, "without limits nothing passes"
    assert run("--update", **good)[0] == 0
    code, words = run(**good)
    assert (code, words.splitlines()[-1]) == (0, "4 passed, 0 failed")
    code, words = run(**good | {"eez_country": 0.9})
    assert (code, words.splitlines()[-1]) == (1, "3 passed, 1 failed")
    assert [line.split()[0] for line in words.splitlines() if line.endswith("MISSED")] == ["zones-points.eez_country"]


def test_one_report_that_breaks_the_program_fails_the_gate(run: Any) -> None:
    good = {"faults": 0.0, "points": 40.0, "eez_country": 0.97, "inside_12nm_class": 0.95}
    run("--update", **good)
    assert run(**good | {"faults": 1.0})[0] == 1


def test_a_refused_update_writes_nothing(run: Any, tmp_path: Path) -> None:
    run("--update", faults=0.0, points=40.0, eez_country=0.97, inside_12nm_class=0.95)
    before = (tmp_path / "floors.json").read_bytes()
    assert run("--update", faults=0.0, points=40.0, eez_country=0.5, inside_12nm_class=0.95)[0] == 1
    assert (tmp_path / "floors.json").read_bytes() == before
    assert run("--update", "--allow-regression", faults=0.0, points=40.0, eez_country=0.5, inside_12nm_class=0.95)[0] == 0
    assert json.loads((tmp_path / "floors.json").read_text())["tenth"]["floors"]["zones-points.eez_country"] == 0.495


def test_a_size_without_limits_of_its_own_does_not_borrow(run: Any) -> None:
    good = {"faults": 0.0, "points": 40.0, "eez_country": 0.97, "inside_12nm_class": 0.95}
    run("--update", **good)
    assert run("--whole", **good)[0] == 1


def test_without_measuring_data_the_gate_says_so(
    gate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(gate.VARIABLE, str(tmp_path / "absent"))
    assert gate.main(["--only", "lgl"]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert "no measuring data beside the checkout" in first
    assert last == "0 passed, 0 failed, 1 skipped"


def test_measuring_data_without_its_rows_are_an_error(
    gate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(gate.VARIABLE, str(tmp_path))
    (tmp_path / "data").mkdir()
    assert gate.main(["--only", "zones-points"]) == 2
    assert "the measuring data are broken" in capsys.readouterr().err


def test_a_trial_of_an_unknown_name_is_bad_usage(
    gate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(gate.VARIABLE, str(tmp_path))
    (tmp_path / "data").mkdir()
    with pytest.raises(SystemExit) as stop:
        gate.main(["--only", "nowhere"])
    assert stop.value.code == 2
    assert "'nowhere'" in capsys.readouterr().err


def test_every_pinned_figure_is_one_that_is_measured(gate: ModuleType, measure: ModuleType) -> None:
    known = measure.metrics(measure.TRIALS)
    sizes = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert "tenth" in sizes, "the checks measure every tenth row"
    for size in sizes:
        pins = gate.read_limits(gate.FLOORS, size)
        pinned = dict.fromkeys(pins["ceilings"], True) | dict.fromkeys(pins["floors"], False)
        assert pinned == {name: metric.error for name, metric in known.items()}


def test_a_fault_is_counted_and_named(
    measure: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(report: Report, *, records: bool) -> None:
        message = f"cannot read {report.id}, records={records}"
        raise ValueError(message)

    monkeypatch.setattr(pipeline, "analyse", broken)
    answer = measure._places(Report("made-up", "A boat sank off Aruba."))
    (tmp_path / "answers").write_text(answer + "\n" + json.dumps({"id": "fine", "mentions": []}) + "\n")
    assert measure._faults(measure.TRIALS[0], tmp_path / "answers") == 1
    assert "made-up: ValueError: cannot read made-up" in capsys.readouterr().err


def test_every_tenth_row_is_read_and_written_positions_are_asked_where_one_stands(measure: ModuleType, tmp_path: Path) -> None:
    trials = {trial.name: trial for trial in measure.TRIALS}
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"id": i, "coord_notation": "DM" if i % 20 else None}) + "\n" for i in range(95)))
    assert [row["id"] for row in measure._rows(path, trials["asam-names"], 10)] == list(range(0, 95, 10))
    assert [row["id"] for row in measure._rows(path, trials["asam-positions"], 10)] == [10, 30, 50, 70, 90]


def test_the_samples_of_the_repository_are_measured_without_other_data(
    gate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setenv(gate.VARIABLE, str(tmp_path / "absent"))
    monkeypatch.setattr(gate, "measure", lambda _, trials, **__: asked.extend(trial.name for trial in trials) or {})
    assert gate.main([]) == 1, "what is not measured does not pass"
    samples, cases = [f"events-{name}" for name in "abcdefghijk"], [name for name in asked if name.startswith("sentences-")]
    assert asked == [*samples, *cases]
    assert cases


def test_speed_prints_ratios_and_keeps_the_fastest_round(monkeypatch: pytest.MonkeyPatch) -> None:
    speed = importlib.import_module("speed")
    clock = iter([0.0, 5.0, 10.0, 12.0, 20.0, 23.0, 30.0, 38.0])
    monkeypatch.setattr(speed.time, "perf_counter", lambda: next(clock))
    done: list[str] = []
    assert speed.fastest({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, 2) == {"a": 3.0, "b": 2.0}
    assert done == ["a", "b", "a", "b"]


def test_speed_reads_texts_that_differ() -> None:
    speed = importlib.import_module("speed")
    texts = [report.text for report in speed.generated(5)]
    assert len(set(texts)) == 5
    assert [report.text for report in speed.generated(5)] == texts


def test_shapes_are_held_against_true_positions_and_other_places_left_out() -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    mention = {
        "role": "offset",
        "geometry_method": "near",
        "geometry": square,
        "coordinate_uncertainty_m": 80_000.0,
        "longitude": 0.5,
        "latitude": 0.5,
    }
    rows = [{"lat": 0.5, "lon": lon} for lon in (0.5, 1.1, 0.4, 30.0)]
    calibration = importlib.import_module("calibration")
    (found,) = calibration.held((row, {"mentions": [mention]}) for row in rows)
    assert (found.method, found.rows, found.held) == ("near", (2, 1), (1.0, 0.0))
    assert round(found.short_km) == 11
