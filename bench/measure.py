"""Measure the answers on real texts and boundaries: predictions are made in process, scores by the scorers that lie with the data.

Records are scored by our own: `events` on the annotated samples and `sentences` on short cases, which are in the repository, `messages` on
real ones.
Each `Trial` names a data set, how its rows are asked, the scorer that judges the answers, and the figures of it that are held.
"""

from __future__ import annotations

import csv
import itertools
import json
import multiprocessing
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import calibration
import events
import messages
import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geo.model import Report

ROOT = Path(__file__).resolve().parents[1]

WORKERS = 2
"""Processes that read reports; the machine of the checks has two cores."""

Row = dict[str, Any]


class Metric(NamedTuple):
    """A figure that is held: its `path` in the scorer's answer, and how far from the measured value its limit is set.

    An `error` is better small: it has a ceiling and its slack is a share of it; all else has a floor and the slack is in its own unit.
    """

    path: str
    slack: float
    error: bool = False


class Trial(NamedTuple):
    """One data set asked in one way.

    `ask`: text (`field`), spans (given ones are located), points, areas or owners (zones), records (of messages), samples (annotated,
    our own), cases (short, our own).
    """

    name: str
    data: str
    ask: str
    scorer: tuple[str, ...]
    metrics: tuple[Metric, ...]
    field: str = "text"


# About one row of the smallest sample: what a change elsewhere may move by chance.
_FOUND = (Metric("e2e_f1.F1", 1.0), Metric("overlap.F1", 1.0))
_LOCATED = (Metric("end_to_end.acc161", 1.0), Metric("calibration.error", 0.15, error=True))
# The area is held beside the coverage, because a shape that is large enough covers everything.
_NAMED = (Metric("within_25", 0.015), Metric("coverage", 0.015), Metric("median_area_km2", 0.25, error=True))
_WRITTEN = (Metric("within_2", 0.015),)
# The number of points is held too: a layer that reaches less far would be asked less.
_OWNED = (Metric("points", 0.0), Metric("eez_country", 0.005), Metric("inside_12nm_class", 0.005))
# Whoever answers everybody is always right: how many owners a point gets is held as well.
_SAMPLED = (Metric("owners", 0.002), Metric("mean_owners", 0.01, error=True))
_MEASURED = (Metric("within_3pct", 0.0), Metric("median_abs", 0.1, error=True))
_DATED = (Metric("exact", 0.015),)
_KINDS = (Metric("accuracy", 0.015), Metric("macro_f1", 0.03))
# About one record of a half.
_TOLD = (
    *(Metric(f"{kind}.{share}", 0.02) for kind in ("incidents", "deployments") for share in ("precision", "recall")),
    *(Metric(f"incidents.slots.{slot}", 0.03) for slot in ("type", "date", "assertion", "mode")),
    *(Metric(f"mapped.{share}", 0.01) for share in ("precision", "recall")),
    Metric("traps.fired", 0.0, error=True),
)

# About one case of a corpus.
_CASES = (Metric("right", 0.01),)

TRIALS: tuple[Trial, ...] = (
    Trial("lgl", "geoparsing/lgl-dev.jsonl", "text", ("geoparse_eval.py", "--json"), _FOUND),
    Trial("lgl-spans", "geoparsing/lgl-dev.jsonl", "spans", ("geoparse_eval.py", "--json"), _LOCATED),
    Trial("geowebnews", "geoparsing/geowebnews-dev.jsonl", "text", ("geoparse_eval.py", "--json"), _FOUND),
    Trial("geowebnews-spans", "geoparsing/geowebnews-dev.jsonl", "spans", ("geoparse_eval.py", "--json"), _LOCATED),
    Trial("asam-names", "reports/asam-dev.jsonl", "text", ("locate_eval.py", "--json"), _NAMED, "text_nocoord"),
    Trial("asam-positions", "reports/asam-dev.jsonl", "text", ("locate_eval.py", "--json", "--with-position"), _WRITTEN),
    Trial("imb-names", "reports/imb-dev.jsonl", "text", ("locate_eval.py", "--json"), _NAMED, "text_nocoord"),
    Trial("imb-positions", "reports/imb-dev.jsonl", "text", ("locate_eval.py", "--json", "--with-position"), _WRITTEN),
    Trial("locdesc-names", "reports/imb_locdesc-dev.jsonl", "text", ("locate_eval.py", "--json"), _NAMED),
    Trial("zones-points", "reports/imb_locdesc-dev.jsonl", "points", ("zones_eval.py", "points"), _OWNED),
    Trial("zones-areas", "zones/owner_areas.csv", "areas", ("zones_eval.py", "areas"), _MEASURED),
    Trial("zones-owners", "zones/eez_v12_west_pacific_sample.geojson", "owners", ("zones_eval.py", "owners"), _SAMPLED),
    Trial("asam-dates", "reports/asam-dev.jsonl", "records", ("dates",), _DATED),
    Trial("imb-dates", "reports/imb-dev.jsonl", "records", ("dates",), _DATED),
    Trial("imb-types", "reports/imb-dev.jsonl", "records", ("types",), _KINDS),
    *(Trial(f"events-{name}", f"seeds/annotated/{name}", "samples", (), _TOLD) for name in "abcdefghijk"),
    *(Trial(f"sentences-{name}", f"seeds/sentences/{name}.toml", "cases", (), _CASES) for name in sentences.NAMES),
)


OURS = frozenset({"samples", "cases"})
"""What is asked of texts of our own, which are in the repository."""

SAMPLE = 20_000
"""Random points inside the sample of official zones, for every row; a step takes one in so many."""

FAULTS = "reports.faults"
"""How many reports the program broke down on: a fault is counted, named on stderr and never hidden in a share."""


def metrics(trials: Iterable[Trial]) -> dict[str, Metric]:
    """Name the figures of some trials.

    >>> list(metrics(TRIALS[:2]))
    ['reports.faults', 'lgl.e2e_f1.F1', 'lgl.overlap.F1', 'lgl-spans.end_to_end.acc161', 'lgl-spans.calibration.error']

    """
    named = {f"{trial.name}.{metric.path}": metric for trial in trials for metric in trial.metrics}
    return {FAULTS: Metric("faults", 0.0, error=True), **named}


def measure(folder: Path, trials: Sequence[Trial], *, step: int, keep: Path | None = None) -> dict[str, float]:
    """Ask every `step`-th row of each trial and have the answers scored; a figure that the scorer cannot give is left out.

    `keep` holds on to the rows and the answers, to look at what went wrong.

    Raises
    ------
    FileNotFoundError
        A data set or a scorer is missing from the folder.
    CalledProcessError
        A scorer failed; what it said is on stderr.

    """
    found: dict[str, float] = {FAULTS: 0.0}
    for trial in (trial for trial in trials if trial.ask == "samples"):
        scores = events.figures(events.scored(ROOT / trial.data))
        found |= _held(trial, scores)
        found[FAULTS] += scores["faults"]
    for trial in (trial for trial in trials if trial.ask == "cases"):
        cases = sentences.read(ROOT / trial.data)
        found |= _held(trial, sentences.score(cases, [sentences.answer(case) for case in cases]))
    trials = [trial for trial in trials if trial.ask not in OURS]
    rows = {trial.name: _rows(folder / "data" / trial.data, trial, step) for trial in trials}
    with tempfile.TemporaryDirectory() as scratch:
        place = keep or Path(scratch)
        place.mkdir(parents=True, exist_ok=True)
        for trial, gold, predicted in _answers(trials, rows, place, folder / "eval"):
            found |= _held(trial, _score(folder / "eval", trial, gold, predicted))
            found[FAULTS] += _faults(trial, predicted)
    return found


def _held(trial: Trial, scores: Row) -> dict[str, float]:
    """Take the figures of a trial that are held out of a scorer's answer."""
    values = {f"{trial.name}.{metric.path}": _at(scores, metric.path) for metric in trial.metrics}
    return {name: float(value) for name, value in values.items() if value is not None}


def _rows(path: Path, trial: Trial, step: int) -> list[Row]:
    """Read every `step`-th row; areas are few and always read whole, positions are asked only of rows that write one."""
    with path.open(encoding="utf-8", newline="") as file:
        if trial.ask == "areas":
            return list(csv.DictReader(file))
        if trial.ask == "owners":
            return [{"file": str(path), "count": SAMPLE // step}]
        rows = [json.loads(line) for line in file if line.strip()][::step]
    if trial.ask == "records":
        return [row for row in rows if messages.dated(row)]
    return [row for row in rows if "--with-position" not in trial.scorer or row["coord_notation"]]


def _answers(trials: Sequence[Trial], rows: dict[str, list[Row]], place: Path, scorers: Path) -> Iterator[tuple[Trial, Path, Path]]:
    """Answer each trial's rows and write rows and answers side by side, as the scorers want them."""
    texts = [trial for trial in trials if trial.ask in {"text", "spans"}]
    lines = _answered([_report(trial, row) for trial in texts for row in rows[trial.name]], _places)
    # Two trials on one data set ask the same records.
    asked = {trial.data: rows[trial.name] for trial in trials if trial.ask == "records"}
    told = {data: list(_answered([_message(row) for row in kept], _records)) for data, kept in asked.items()}
    for trial in trials:
        gold, predicted = place / f"{trial.name}.gold.jsonl", place / f"{trial.name}.jsonl"
        kept = rows[trial.name]
        if trial.ask == "areas":
            gold, predicted = gold.with_suffix(".csv"), predicted.with_suffix(".gpkg")
            _write_table(gold, kept)
            _write_layer(predicted)
        elif trial.ask == "owners":
            gold = gold.with_suffix(".csv")
            _write(predicted, map(_line, _sampled(scorers / trial.scorer[0], kept[0], gold)))
        elif trial.ask == "points":
            kept, answers = _owned(kept)
            _write(gold, map(_line, kept))
            _write(predicted, map(_line, answers))
        else:
            _write(gold, map(_line, kept))
            _write(predicted, told[trial.data] if trial.ask == "records" else itertools.islice(lines, len(kept)))
        yield trial, gold, predicted


def _report(trial: Trial, row: Row) -> Report:
    """Make a report of a row: its text and, where they are given, the spans to locate."""
    from geo.model import Report  # noqa: PLC0415 - this module must import without the package's data, for the tests of the floors

    spans = tuple((name["start"], name["end"]) for name in row["toponyms"]) if trial.ask == "spans" else None
    return Report(str(row["id"]), row[trial.field], spans=spans)


def _message(row: Row) -> Report:
    """Make a report of a message, with the day on which it was published where that is known."""
    from geo.model import Report, Source  # noqa: PLC0415 - as above

    return Report(str(row["id"]), row["text"], Source(published=row.get("published")))


def _answered(reports: Sequence[Report], answer: Callable[[Report], str]) -> Iterator[str]:
    """Answer reports on two cores, in order, a line each."""
    if not reports:
        return
    # What is loaded before the fork is shared by the workers; loading it in each would take half of the time.
    answer(reports[0])
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        yield from pool.imap(answer, reports, chunksize=4)


def _places(report: Report) -> str:
    """Answer one report in the form of `geo places --format jsonl`; one that the program breaks down on finds nothing and says why.

    The answer is a line already: a hundred country polygons as Python objects would take gigabytes.
    """
    from geo import pipeline  # noqa: PLC0415 - as above
    from geo.model import mention_json  # noqa: PLC0415 - as above

    try:
        mentions = [mention_json(match) for match in pipeline.analyse(report, records=False).matches]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and named
        return _line({"id": report.id, "mentions": [], "fault": f"{type(error).__name__}: {error}"})
    return _line({"id": report.id, "mentions": mentions})


def _records(report: Report) -> str:
    """Answer what happened in one message, of each record the fields that are scored."""
    from geo import pipeline  # noqa: PLC0415 - as above

    fields = ("event_type", "record_kind", "auxiliary_mode", "date_start")
    try:
        incidents = [{name: getattr(record, name) for name in fields} for record in pipeline.analyse(report).incidents]
    except Exception as error:  # noqa: BLE001 - as above
        return _line({"id": report.id, "incidents": [], "fault": f"{type(error).__name__}: {error}"})
    return _line({"id": report.id, "incidents": incidents})


def _faults(trial: Trial, predicted: Path) -> int:
    """Count the reports of a trial that broke the program, and name each."""
    if trial.ask not in {"text", "spans", "records"}:
        return 0
    with predicted.open(encoding="utf-8") as file:
        faults = [json.loads(line) for line in file if '"fault": ' in line]
    for answer in faults:
        print(f"{trial.name}: {answer['id']}: {answer['fault']}", file=sys.stderr)
    return len(faults)


def _owned(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Answer points as `geo zones` does; rows beyond the window of the layer are left out, because nothing is claimed there."""
    from geo import coast, zones  # noqa: PLC0415 - as above
    from geo.model import to_json  # noqa: PLC0415 - as above

    inside = zones.covers([_folded(row["lon"]) for row in rows], [row["lat"] for row in rows])
    kept = [row for row, covered in zip(rows, inside.tolist(), strict=True) if covered]
    lons, lats = [_folded(row["lon"]) for row in kept], [row["lat"] for row in kept]
    shores = coast.distance_to_coast_nm(lons, lats)
    answers = zip(lons, lats, zones.at(lons, lats), shores.tolist(), strict=True)
    return kept, [{"longitude": x, "latitude": y, "zones": to_json(held), "distance_to_coast_nm": shore} for x, y, held, shore in answers]


def _sampled(scorer: Path, row: Row, gold: Path) -> Iterator[Row]:
    """Have the scorer choose random points inside official zones, and answer in whose waters they lie."""
    from geo import zones  # noqa: PLC0415 - as above
    from geo.model import to_json  # noqa: PLC0415 - as above

    subprocess.run([sys.executable, str(scorer), "polygons", row["file"], str(row["count"]), str(gold)], check=True)
    with gold.open(encoding="utf-8", newline="") as file:
        points = [(float(point["lon"]), float(point["lat"])) for point in csv.DictReader(file)]
    held = [to_json(area) for area in zones.open_areas().of_area]
    for (lon, lat), area in zip(points, zones.index(*zip(*points, strict=True)).tolist(), strict=True):
        yield {"longitude": lon, "latitude": lat, "zones": held[area] if area >= 0 else []}


def _folded(longitude: float) -> float:
    """Fold a longitude into -180 to 180: some rows count on past the date line."""
    return (longitude + 180) % 360 - 180


def _write_layer(path: Path) -> None:
    """Write the zone layer as a GeoPackage."""
    from geo import zones  # noqa: PLC0415 - as above

    zones.layer().to_file(path, driver="GPKG")


def _line(row: Row) -> str:
    """Write a row as a line of JSON."""
    return json.dumps(row, ensure_ascii=False)


def _write(path: Path, lines: Iterable[str]) -> None:
    """Write lines as they come."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _write_table(path: Path, rows: Sequence[Row]) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def _score(scorers: Path, trial: Trial, gold: Path, predicted: Path) -> Row:
    """Run a scorer, whose answer is JSON, or our own for records."""
    if trial.ask == "records":
        both = ([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] for path in (gold, predicted))
        return messages.SCORERS[trial.scorer[0]](*both)
    script, *words = trial.scorer
    if not (scorers / script).is_file():
        message = f"no scorer {script!r} in {scorers.name!r} of the measuring data"
        raise FileNotFoundError(message)
    options = [word for word in words if word.startswith("-")]
    verbs = [word for word in words if not word.startswith("-")]
    command = [sys.executable, str(scorers / script), *verbs, str(gold), str(predicted), *options]
    answer: Row = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    if trial.ask == "spans":
        asked, told = ([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] for path in (gold, predicted))
        answer["calibration"] = {"error": calibration.error(calibration.bins(calibration.judged(asked, told)))}
    return answer


def _at(scores: Row, path: str) -> Any:  # noqa: ANN401 - a number, or none
    """Follow a dotted path into a scorer's answer.

    >>> _at({"e2e_f1": {"F1": 61.5}}, "e2e_f1.F1"), _at({}, "coverage")
    (61.5, None)

    """
    value: Any = scores
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value
