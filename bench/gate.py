"""Hold the quality of the answers above pinned floors, measured on real texts and boundaries that nobody here wrote.

    python bench/gate.py [--whole] [--only NAME] [--update [--allow-regression]] [--keep FOLDER]

The measuring data lie beside the checkout, in `../shared` or in the folder that GEO_MEASURE names. Without them only the annotated
samples in `seeds/annotated` are measured.
Exit 0 every figure holds (or there is nothing to measure with), 1 one does not, 2 bad usage or broken measuring data.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measure import OURS, TRIALS, Metric, measure, metrics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "bench" / "floors.json"
VARIABLE = "GEO_MEASURE"
STEPS = {"tenth": 10, "whole": 1}
DECIMALS = 4

Limits = dict[str, dict[str, float]]
"""`floors` and `ceilings` of one sample size: figure -> number."""


class RegressionError(ValueError):
    """A limit would have to be relaxed: mend what got worse, or say so with --allow-regression and in the changelog."""


class Verdict(NamedTuple):
    """One figure against its limit; either may be missing, which is no pass."""

    name: str
    measured: float | None
    limit: float | None
    error: bool
    holds: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, compare, print; with --update pin the limits anew instead."""
    parser = _parser()
    options = parser.parse_args(arguments)
    trials = [trial for trial in TRIALS if trial.name.startswith(options.only)]
    if not trials:
        parser.error(f"no trial is called {options.only!r}; there are {', '.join(trial.name for trial in TRIALS)}")
    folder = Path(os.environ.get(VARIABLE) or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        print(f"no measuring data beside the checkout (set {VARIABLE} to their folder): only our own samples can be measured")
        trials = [trial for trial in trials if trial.ask in OURS]
    if not trials:
        print("0 passed, 0 failed, 1 skipped")
        return 0
    size = "whole" if options.whole else "tenth"
    wanted = metrics(trials)
    start = time.perf_counter()
    try:
        measured = measure(folder, trials, step=STEPS[size], keep=options.keep)
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        print(f"the measuring data are broken: {error}", file=sys.stderr)
        return 2
    print(f"sample: {size}, measured in {time.perf_counter() - start:.0f} s")
    if options.update:
        return _update(measured, wanted, size, allow_regression=options.allow_regression)
    return _report(judge(measured, read_limits(FLOORS, size), wanted))


def judge(measured: Mapping[str, float], limits: Limits, wanted: Mapping[str, Metric]) -> list[Verdict]:
    """Compare each wanted figure with its limit; one without a measurement or without a limit fails.

    >>> judge({"a": 61.2}, {"floors": {"a": 60.0}, "ceilings": {}}, {"a": Metric("F1", 1.0)})
    [Verdict(name='a', measured=61.2, limit=60.0, error=False, holds=True)]

    """
    verdicts = []
    for name, metric in wanted.items():
        value, limit = measured.get(name), limits["ceilings" if metric.error else "floors"].get(name)
        holds = value is not None and limit is not None and (value <= limit if metric.error else value >= limit)
        verdicts.append(Verdict(name, value, limit, metric.error, holds))
    return verdicts


def pinned(measured: Mapping[str, float], limits: Limits, wanted: Mapping[str, Metric], *, allow_regression: bool = False) -> Limits:
    """Give new limits: the measured value less its slack where that is stricter than before, else what was there.

    Raises
    ------
    RegressionError
        A figure is missing or does not hold its old limit, and no regression is allowed.

    """
    new: Limits = {kind: dict(limits[kind]) for kind in ("floors", "ceilings")}
    for verdict in judge(measured, limits, wanted):
        name, metric = verdict.name, wanted[verdict.name]
        if verdict.measured is None or not math.isfinite(verdict.measured):
            message = f"{name!r} was not measured, so its limit cannot be set; see what the scorer says"
            raise RegressionError(message)
        if verdict.limit is not None and not verdict.holds and not allow_regression:
            message = f"{name!r} is {verdict.measured:g}, its limit {verdict.limit:g}; mend it, or relax the limit with --allow-regression"
            raise RegressionError(message)
        fresh = _with_slack(verdict.measured, metric)
        # A good figure close to its limit leaves the limit alone: the slack is never taken twice.
        keeps = verdict.limit is not None and verdict.holds and (verdict.limit <= fresh if metric.error else verdict.limit >= fresh)
        new["ceilings" if metric.error else "floors"][name] = verdict.limit if keeps and verdict.limit is not None else fresh
    return new


def read_limits(path: Path, size: str) -> Limits:
    """Read the limits of a sample size; a file that is not there yet has none."""
    table: dict[str, Limits] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    limits = table.get(size, {})
    return {kind: limits.get(kind, {}) for kind in ("floors", "ceilings")}


def write_limits(path: Path, size: str, limits: Limits) -> None:
    """Write the limits of a sample size; the other size's stay."""
    table: dict[str, Limits] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    table[size] = {kind: dict(sorted(limits[kind].items())) for kind in ("floors", "ceilings")}
    path.write_text(json.dumps(dict(sorted(table.items())), indent=2) + "\n", encoding="utf-8")


def table(verdicts: Sequence[Verdict]) -> str:
    """Lay out the figures, a line each.

    >>> print(table([Verdict("a.F1", 61.2, 60.0, error=False, holds=True)]))
    metric                              measured        limit
    a.F1                                 61.2000  >=  60.0000  ok

    """
    lines = [f"{'metric':<34}{'measured':>10}{'limit':>13}"]
    for verdict in verdicts:
        sign = "<=" if verdict.error else ">="
        state = "ok" if verdict.holds else "not measured" if verdict.measured is None else "no limit" if verdict.limit is None else "MISSED"
        lines.append(f"{verdict.name:<34}{_number(verdict.measured):>10}  {sign}{_number(verdict.limit):>9}  {state}")
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    """Build the parser."""
    parser = argparse.ArgumentParser(description="Hold the quality of the answers above the floors in bench/floors.json.")
    parser.add_argument("--whole", action="store_true", help="every row instead of every tenth (a quarter of an hour)")
    parser.add_argument("--only", default="", metavar="NAME", help="only the trials whose name starts so, e.g. lgl or zones")
    parser.add_argument("--update", action="store_true", help="raise the limits to what is measured now, less a slack")
    parser.add_argument("--allow-regression", action="store_true", help="let --update relax a limit; say why in the changelog")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep rows and answers there, outside the checkout, to look at them")
    return parser


def _report(verdicts: Sequence[Verdict]) -> int:
    """Print the table and the closing line, and give the exit code."""
    passed = sum(verdict.holds for verdict in verdicts)
    print(table(verdicts))
    print(f"{passed} passed, {len(verdicts) - passed} failed")
    return 0 if passed == len(verdicts) else 1


def _update(measured: Mapping[str, float], wanted: Mapping[str, Metric], size: str, *, allow_regression: bool) -> int:
    """Pin the limits to what was measured, or say why not."""
    try:
        limits = pinned(measured, read_limits(FLOORS, size), wanted, allow_regression=allow_regression)
    except RegressionError as error:
        print(error, file=sys.stderr)
        return 1
    write_limits(FLOORS, size, limits)
    return _report(judge(measured, limits, wanted))


def _with_slack(value: float, metric: Metric) -> float:
    """Give the limit that belongs to a measured value, rounded to the lenient side."""
    scale: int = 10**DECIMALS
    # The inner rounding takes away what binary fractions add: 1.1 times 100 is a little more than 110.
    if metric.error:
        return math.ceil(round(value * (1 + metric.slack) * scale, 6)) / scale
    return math.floor(round((value - metric.slack) * scale, 6)) / scale


def _number(value: float | None) -> str:
    """Write a figure, or a dash where there is none."""
    return "-" if value is None else f"{value:.{DECIMALS}f}" if abs(value) < 1000 else f"{value:.0f}"


if __name__ == "__main__":
    # One thread a process: the workers are two already, and more would only stand in each other's way.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main())
