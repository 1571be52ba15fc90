"""Turn arguments into answers: the one module that prints.

Answers go to stdout, progress and warnings to stderr. Exit codes: 0 done, 1 nothing found (`explain`, `zones`), 2 bad usage or nothing
readable, 3 done but some inputs failed, 70 a fault of ours, 130 interrupted.
"""

# ruff: noqa: PLC0415 - every heavy import waits for the command that needs it: `geo --help` takes hundredths of a second

from __future__ import annotations

import argparse
import datetime as dt
import io
import itertools
import logging
import os
import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo import __version__
from geo.errors import CoordinateError, GeoError, ReadError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from geo.model import Deployment, Dossier, Failure, Incident, Reading, Zone

DONE, NOTHING, WRONG, PARTLY, FAULT, STOPPED = 0, 1, 2, 3, 70, 130
LAYER_ACTIONS: Final = ("list", "build", "verify", "add", "remove")
FORMATS: Final = ("jsonl", "geojson", "csv", "table")
EXPORTS: Final = (".geojson", ".json", ".gpkg", ".parquet", ".fgb", ".kml", ".csv", ".xlsx", ".timemap.json")
PAGE: Final = frozenset({"title", "full_text", "reviewed_only", "coarsen_km", "delay_hours", "language"})
TOGETHER, PROGRESS = 1000, 100_000
"""Points of a table answered together; so many between two words of progress."""

SAMPLE: Final = "caribbean-strikes.md"


class _Help(argparse.HelpFormatter):
    """Argparse's help with the commands as a plain list, each on one line with its words."""

    def _iter_indented_subactions(self, action: argparse.Action) -> Generator[argparse.Action, None, None]:
        # Not indented, because argparse measures the column before it indents and breaks the longest line.
        commands: Callable[[], list[argparse.Action]] = getattr(action, "_get_subactions", list)
        yield from commands()

    def _format_action(self, action: argparse.Action) -> str:
        words = super()._format_action(action)
        return words.partition("\n")[2] if action.nargs == argparse.PARSER else words


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; `GeoError` is one line on stderr, anything else a fault of ours.

    >>> main(["layers", "list", "--help"])
    Traceback (most recent call last):
    SystemExit: 0
    """
    _speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except GeoError as error:
        _say(str(error))
        return error.exit_code
    except BrokenPipeError:
        # The reader has seen enough; a second write at exit must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        _say("interrupted; nothing was left half-written")
        return STOPPED
    except Exception as error:
        if "GEO_TRACEBACK" in os.environ:
            raise
        _say(f"a fault of ours ({type(error).__name__}: {error}); run again with GEO_TRACEBACK=1 and report what it prints")
        return FAULT


def parser() -> argparse.ArgumentParser:
    """Build the parser: one sub-command a verb, each with an example."""
    words = "Text in, an honest map out: places, incidents and deployments in reports, offline."
    top = argparse.ArgumentParser(prog="geo", description=words, formatter_class=_Help)
    top.add_argument("--version", action="version", version=f"incident-mapper {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_readers(commands)
    _add_zones(commands)
    layers = _command(commands, "layers", _layers, "list, build, verify, add or remove layers", "geo layers add VE.zip")
    layers.add_argument("action", nargs="?", choices=LAYER_ACTIONS, default="list", help="what to do (default: list)")
    subject = "add: a GeoNames dump (VE.zip), official zones (World_EEZ_v12.gpkg); remove: what was added"
    layers.add_argument("subject", metavar="FILE|NAME", nargs="?", help=subject)
    demo = _command(commands, "demo", _demo, "map a sample report", "geo demo --open")
    demo.add_argument("-o", dest="out", metavar="PAGE", default="demo.html", help="the page to write (default: demo.html)")
    demo.add_argument("--open", action="store_true", help="open the page in the browser")
    _command(commands, "doctor", _doctor, "check this installation", "geo doctor")
    return top


def _add_readers(commands: Any) -> None:  # noqa: ANN401 - argparse's sub-parsers have no public type
    """Add the commands that read reports."""
    page = _command(commands, "map", _map, "draw reports on one self-contained page", "geo map report.txt -o map.html --open")
    _takes_reports(page)
    _takes_merging(page)
    page.add_argument("-o", dest="out", metavar="PAGE", default="map.html", help="the page to write, - for stdout (default: map.html)")
    page.add_argument("--title", help="heading of the page")
    page.add_argument("--corrections", metavar="FILE", help="apply what a person said of the records: a JSON file (docs/corrections.md)")
    page.add_argument("--full-text", action="store_true", help="put the reports' whole text into the page, not only the evidence")
    page.add_argument("--reviewed-only", action="store_true", help="leave off what no person has checked")
    page.add_argument(
        "--coarsen", dest="coarsen_km", metavar="KM", type=float, default=10.0, help="smallest circle around homes, shelters, camps"
    )
    page.add_argument("--delay", dest="delay_hours", metavar="HOURS", type=float, default=0.0, help="hold back what may be newer than that")
    page.add_argument("--language", choices=("en", "es", "fr"), default="en", help="language of the page's own words")
    page.add_argument("--open", action="store_true", help="open the page in the browser")
    for name, words in (
        ("places", "find the places a report names, with their uncertainty"),
        ("incidents", "find what happened: where, when, how many, who says so"),
        ("deployments", "find forces moved, present, planned or withdrawn"),
    ):
        command = _command(commands, name, _answer, words, f"geo {name} report.txt --published 2025-11-11 --format table")
        _takes_reports(command)
        _takes_format(command)
    export = _command(commands, "export", _export, "write the records to a file", "geo export report.txt -o out.geojson")
    _takes_reports(export)
    _takes_merging(export)
    export.add_argument("-o", dest="out", metavar="FILE", help=f"the file to write: {', '.join(EXPORTS)} (docs/files.md)")
    export.add_argument("--store", metavar="STORE", help="add to a store, update what it has: FILE.gpkg or postgresql://...")
    export.add_argument("--corrections", metavar="FILE", help="apply what a person said of the records: a JSON file (docs/corrections.md)")
    export.add_argument("--validate", action="store_true", help="hold every record against the published JSON Schema before it is written")
    explain = _command(commands, "explain", _explain, "say why a mention or record is where it is", "geo explain report.txt Aruba")
    _takes_reports(explain, number=1)
    _takes_merging(explain)
    explain.add_argument("name", metavar="NAME", help="words of a mention, a place, a title, or a record's id")


def _add_zones(commands: Any) -> None:  # noqa: ANN401 - as above
    """Add the command that answers in whose waters a point lies."""
    zones = _command(commands, "zones", _zones, "say in whose waters a position or a table of points lies", 'geo zones "12.5N 68.2W"')
    zones.add_argument("position", metavar="POSITION|FILE", nargs="+", help='"12.5N 68.2W", "-12.5 -68.2" (latitude first), or a CSV file')
    zones.add_argument("--lon", default="lon", help="column of the longitudes (default: lon)")
    zones.add_argument("--lat", default="lat", help="column of the latitudes (default: lat)")
    _takes_format(zones)


def _command(commands: Any, name: str, run: Callable[..., int], words: str, example: str) -> argparse.ArgumentParser:  # noqa: ANN401 - as above
    """Add a sub-command with its help and an example."""
    added: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=f"{words[0].upper()}{words[1:]}.", epilog=f"Example:  {example}", allow_abbrev=False
    )
    added.set_defaults(run=run)
    return added


def _takes_reports(command: argparse.ArgumentParser, *, number: int | str = "+") -> None:
    """Let a command take reports and the date that their relative dates are read against."""
    command.add_argument("reports", metavar="REPORT", nargs=number, help="a file, a folder, .jsonl, or - for stdin")
    command.add_argument("--published", metavar="DATE", help="publication date (2025-11-11) of reports that do not say theirs")
    command.add_argument("--recogniser", metavar="NAME", help="what finds names in English: a spaCy package, or module:function")


def _takes_merging(command: argparse.ArgumentParser) -> None:
    """Let a command keep what several reports tell of one event apart."""
    command.add_argument("--no-merge", action="store_true", help="keep each report's records apart, also where they tell one event")


def _takes_format(command: argparse.ArgumentParser) -> None:
    """Let a command take the format of its answer."""
    # A person reads a table, a program reads lines.
    default = "table" if sys.stdout.isatty() else "jsonl"
    command.add_argument("--format", choices=FORMATS, default=default, help="form of the answer (default: table on a terminal, else jsonl)")


def _run(given: list[str]) -> int:
    """Parse the arguments and run the command."""
    if given[:1] == ["zones"]:
        # argparse would take "-12.5,-68.2" for an option; a leading space keeps it a position.
        given = [f" {text}" if re.match(r"-[\d.]", text) else text for text in given]
    options = parser().parse_args(given)
    if options.command is None:
        parser().print_help(sys.stderr)
        return WRONG
    _check_published(getattr(options, "published", None))
    code: int = options.run(options)
    # Here, so that a closed pipe is met inside `main` and not at the interpreter's exit.
    sys.stdout.flush()
    return code


def _map(options: argparse.Namespace) -> int:
    """Draw a page and say where it is and what it holds."""
    _refuse_input(options.out, options.reports)
    dossier, tally = _corrected(options)
    _write_page(dossier, options)
    return _code(tally)


def _demo(options: argparse.Namespace) -> int:
    """Map the sample report that comes with the program."""
    from geo import pipeline

    _write_page(pipeline.dossier([str(_sample())]), options)
    return DONE


def _answer(options: argparse.Namespace) -> int:
    """Answer places, incidents or deployments in the wanted format, a line a report as soon as it is read for jsonl."""
    from geo import export
    from geo.model import Failure

    tally: Counter[str] = Counter()
    items = _readings(options, tally, records=options.command != "places")
    if options.format == "jsonl":
        for item in items:
            answer = _failure_line(item) if isinstance(item, Failure) else _reading_line(options.command, item)
            print(export.line(answer), flush=True)
        return _code(tally)
    readings = [item for item in items if not isinstance(item, Failure)]
    if options.format == "geojson":
        print(export.collection(feature for reading in readings for feature in _features(options.command, reading)), end="")
    else:
        _print_rows([row for reading in readings for row in _rows(options, reading)], options)
    return _code(tally)


def _export(options: argparse.Namespace) -> int:
    """Write the records to a file, a store or both, and say how many."""
    from geo import export

    if not (options.out or options.store):
        message = "nowhere to write to; name a file with -o, such as out.gpkg, or a store with --store"
        raise UsageError(message)
    if options.out:
        export.check_name(options.out)
        _refuse_input(options.out, options.reports)
    dossier, tally = _corrected(options)
    if options.validate:
        from geo.export import validate

        _say(f"{export.count(validate.validate(dossier), 'record')} held against the published schema")
    if options.out:
        export.write(dossier, options.out)
        print(options.out)
    if options.store:
        from geo import store

        print(store.save(dossier, options.store))
    print(export.summary(dossier))
    return _code(tally)


def _explain(options: argparse.Namespace) -> int:
    """Explain a mention or record in words."""
    from geo import explain

    dossier, tally = _dossier(options)
    if words := explain.explain(dossier, options.name):
        print(words)
        return _code(tally)
    offered = ", ".join(repr(name) for name in explain.names(dossier)[:20]) or "nothing"
    _say(f"nothing called {options.name!r} in {options.reports[0]!r}; it holds {offered}")
    return NOTHING


def _zones(options: argparse.Namespace) -> int:
    """Answer in whose waters points lie, a line a point, in their order; a table is read and answered piece by piece."""
    from geo import export

    tally: Counter[str] = Counter()
    answers = _counted(_zone_answers(options), tally)
    if options.format == "jsonl":
        for answer in answers:
            print(export.line(answer))
    elif options.format == "csv":
        for number, answer in enumerate(answers):
            print(export.rows_csv(export.point_rows(answer, joined=True), columns=export.POINT_COLUMNS, header=not number), end="")
    elif options.format == "geojson":
        print(export.collection(export.point_feature(answer) for answer in answers if "error" not in answer), end="")
    else:
        _print_rows([row for answer in answers for row in export.point_rows(answer, joined=False)], options)
    if tally["failed"]:
        _say(f"{tally['failed']:,} of {tally.total() - tally['found']:,} rows hold no position; each says why in its place")
    elif not tally["found"]:
        _say("no zone there: the zone layer does not reach this far")
        return NOTHING
    return _code(tally)


def _counted(answers: Iterator[dict[str, Any]], tally: Counter[str]) -> Iterator[dict[str, Any]]:
    """Hand answers on, count them, and say now and then how many there were."""
    for number, answer in enumerate(answers, start=1):
        tally["failed" if "error" in answer else "read"] += 1
        tally["found"] += bool(answer.get("zones"))
        if number % PROGRESS == 0:
            _say(f"{number:,} points answered")
        yield answer


def _layers(options: argparse.Namespace) -> int:
    """List, build or verify the layers; add a dump of GeoNames, or remove one."""
    from geo import doctor

    if (options.action in {"add", "remove"}) != (options.subject is not None):
        message = f"geo layers {options.action} takes {'no' if options.subject else 'a'} FILE or NAME; write `geo layers add VE.zip`"
        raise UsageError(message)
    if options.action == "build":
        built = doctor.build_layers(_say)
        print(f"built {', '.join(built)}" if built else "every layer is built")
        return DONE
    if options.action in {"add", "remove"}:
        print(doctor.add_layer(options.subject, _say, _progress) if options.action == "add" else doctor.remove_layer(options.subject))
        return DONE
    states = [(name, *doctor.layer_state(name, verify=options.action == "verify")) for name in doctor.layer_names()]
    for name, _, words in states:
        print(f"{name:<10} {words}")
    return DONE if all(fine for _, fine, _ in states) else WRONG


def _doctor(_options: argparse.Namespace) -> int:
    """Check what the program needs, a line each, with the cure where something is amiss."""
    from geo import doctor

    checks = list(doctor.diagnose())
    for label, fine, words in checks:
        print(f"{'ok ' if fine else 'BAD'} {label:<12} {words}")
    return DONE if all(fine for _, fine, _ in checks) else WRONG


def _readings(options: argparse.Namespace, tally: Counter[str], *, records: bool = True) -> Iterator[Reading | Failure]:
    """Read the reports one by one; count them, and say on stderr what failed and what a reader should know."""
    from geo import export, parse, pipeline
    from geo.model import Failure

    recogniser = parse.recogniser(options.recogniser) if options.recogniser else None
    # Asked for only when named: a program that waits for stdin unasked seems to hang.
    stdin = sys.stdin.buffer if "-" in options.reports else None
    strict = "GEO_TRACEBACK" in os.environ
    # It logs what our own message says better.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    _progress("reading")
    given = {"published": options.published, "stdin": stdin, "records": records, "strict": strict, "recogniser": recogniser}
    for item in pipeline.readings(options.reports, **given):
        _progress("")
        if isinstance(item, Failure):
            tally["fault" if item.code == "fault" else "failed"] += 1
            _say(item.message if item.message.startswith(repr(item.id)) else f"{item.id}: {item.message}")
        else:
            tally["read"] += 1
            for note in item.notes:
                _say(f"{item.report.id}: {note}")
        yield item
        _progress(f"{export.count(tally.total(), 'report')} read")
    _progress("")


def _dossier(options: argparse.Namespace) -> tuple[Dossier, Counter[str]]:
    """Read all reports and join what they tell of the same events; without a readable one there is nothing to draw or write."""
    from geo import merge
    from geo.model import Dossier, Failure

    tally: Counter[str] = Counter()
    readings: list[Reading] = []
    failures: list[Failure] = []
    for item in _readings(options, tally):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            readings.append(item)
    if not readings:
        message = f"nothing readable in {', '.join(map(repr, options.reports))}; give a text, HTML, PDF, Word, mail or JSONL file"
        error = ReadError(message)
        error.exit_code = _code(tally) or WRONG
        raise error
    dossier = Dossier(tuple(readings), tuple(failures))
    return dossier if options.no_merge else merge.merge(dossier), tally


def _corrected(options: argparse.Namespace) -> tuple[Dossier, Counter[str]]:
    """Read all reports and apply what a person said of the records."""
    from geo import corrections

    # Before the reports: a mistake in the corrections should not cost the reading.
    entries = corrections.read(Path(options.corrections)) if options.corrections else []
    dossier, tally = _dossier(options)
    dossier, missed = corrections.apply(dossier, entries)
    for line in missed:
        _say(f"{line}; look at the report as it is now")
    return dossier, tally


def _code(tally: Counter[str]) -> int:
    """Give the exit code for so many inputs read and failed."""
    if tally["failed"] or tally["fault"]:
        return PARTLY if tally["read"] else FAULT if tally["fault"] else WRONG
    return DONE


def _write_page(dossier: Dossier, options: argparse.Namespace) -> None:
    """Draw the page, write it whole, say where it is and what is on it."""
    from geo import draw, export

    page = draw.page(dossier, **{name: value for name, value in vars(options).items() if name in PAGE})
    if options.out == "-":
        print(page, end="")
        _say(export.summary(dossier))
        return
    path = Path(options.out)
    # newline="" keeps the bytes the same on every system.
    with export.beside(path) as draft:
        draft.write_text(page, encoding="utf-8", newline="")
    # The path alone on its line, so that scripts can take it.
    print(path)
    print(export.summary(dossier))
    if options.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())


def _reading_line(command: str, reading: Reading) -> dict[str, Any]:
    """Give a report's answer as the machine contract has it."""
    from geo.model import mention_json, to_json
    from geo.settings import SCHEMA_VERSION

    answer: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "id": reading.report.id}
    if command == "places":
        return answer | {"mentions": [mention_json(match) for match in reading.matches]}
    if command == "incidents":
        answer["incidents"] = to_json(reading.incidents)
    return answer | {"deployments": to_json(reading.deployments)}


def _failure_line(failure: Failure) -> dict[str, Any]:
    """Give a failed input's answer, in its place."""
    return {"id": failure.id, "line": failure.line, "error": {"code": failure.code, "message": failure.message}}


def _features(command: str, reading: Reading) -> list[dict[str, Any]]:
    """Give a report's answer as GeoJSON features."""
    from geo import export

    if command == "places":
        return export.mention_features(reading)
    return [export.feature(record) for record in _records(command, reading)]


def _records(command: str, reading: Reading) -> tuple[Incident | Deployment, ...]:
    """Give the records that a command answers with."""
    return reading.deployments if command == "deployments" else (*reading.incidents, *reading.deployments)


def _rows(options: argparse.Namespace, reading: Reading) -> list[dict[str, Any]]:
    """Give a report's answer as rows: every column for CSV, the few that people read for a table."""
    from geo import export

    whole = options.format == "csv"
    if options.command == "places":
        return [export.mention_row(reading, match) if whole else export.mention_columns(match) for match in reading.matches]
    return [export.row(record) if whole else export.record_columns(record) for record in _records(options.command, reading)]


def _print_rows(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    """Print rows as CSV or as a table that fits the terminal."""
    from geo import export

    if options.format == "csv":
        print(export.rows_csv(rows, columns=export.columns() if options.command in {"incidents", "deployments"} else ()), end="")
        return
    width = shutil.get_terminal_size((160, 24)).columns
    print(export.table(rows, width=width) if rows else f"no {options.command} found")


def _zone_answers(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Answer points a thousand at a time; a row without a readable position gives its error in its place."""
    from geo import zones

    points = enumerate(_points(options), start=1)
    while some := list(itertools.islice(points, TOGETHER)):
        good = [point for _, point in some if not isinstance(point, CoordinateError)]
        found = iter(zip(good, zones.at([lon for lon, _ in good], [lat for _, lat in good]), strict=True))
        for line, point in some:
            if isinstance(point, CoordinateError):
                yield {"id": str(line), "line": line + 1, "error": {"code": point.code, "message": str(point)}}
            else:
                yield _point_answer(*next(found))


def _point_answer(point: tuple[float, float], inside: tuple[Zone, ...]) -> dict[str, Any]:
    """Give a point's zones, seas and distance to the coast as the machine contract has it."""
    import shapely

    from geo import coast, zones
    from geo.model import to_json

    # Measured again only where no zone brings it along: a nearest shore costs milliseconds.
    distance = inside[0].distance_to_coast_nm if inside else float(coast.distance_to_coast_nm(*point)[0])
    return {
        "longitude": round(point[0], 6),
        "latitude": round(point[1], 6),
        "zones": to_json(inside),
        "seas": to_json(zones.seas(shapely.Point(point))),
        "distance_to_coast_nm": distance and round(distance, 1),
    }


def _points(options: argparse.Namespace) -> Iterator[tuple[float, float] | CoordinateError]:
    """Read one position, or the rows of a CSV file (- for stdin), as longitude and latitude."""
    from geo import positions, tables

    words = [text.strip() for text in options.position]
    if words == ["-"]:
        given = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
        yield from tables.points(given, lon=options.lon, lat=options.lat)
    elif len(words) == 1 and Path(words[0]).is_file():
        with Path(words[0]).open(encoding="utf-8-sig", newline="") as file:
            yield from tables.points(file, lon=options.lon, lat=options.lat)
    elif len(words) == 1 and Path(words[0]).suffix.lower() in {".csv", ".tsv", ".txt"}:
        message = f"no file {words[0]!r}; check the path, or give a position such as '12.5N 68.2W'"
        raise UsageError(message)
    else:
        position = positions.parse(" ".join(words))
        yield position.longitude, position.latitude


def _sample() -> Path:
    """Find the sample report: inside the installed package, else beside a source checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_seeds", here.parent / "seeds"):
        if (folder / SAMPLE).is_file():
            return folder / SAMPLE
    message = "the sample report is missing from this installation; install incident-mapper again"
    raise UsageError(message)


def _refuse_input(out: str, reports: Sequence[str]) -> None:
    """Refuse to write over a report: the file itself, or one in a folder that is read."""
    from geo import read

    # A map or a table of ours may be written again: it is no report.
    target = Path(out).resolve()
    for name in reports:
        source = Path(name).resolve()
        if source == target or (source.is_dir() and source in target.parents and read.is_report(target)):
            message = f"{out!r} exists among the reports of {name!r} and would be overwritten; choose another name with -o"
            raise UsageError(message)


def _check_published(date: str | None) -> None:
    """Refuse a publication date that is none, before anything is read."""
    if date is None:
        return
    try:
        dt.date.fromisoformat(date)
    except ValueError as error:
        message = f"--published {date!r} is no date; write it as 2025-11-11"
        raise UsageError(message) from error


def _progress(words: str) -> None:
    """Show on a terminal what is going on, in a line that the next one takes away."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def _say(message: str) -> None:
    """Say one line on stderr."""
    # One line each: a message over two lines would look like two.
    print("geo:", " ".join(message.split()), file=sys.stderr)


def _speak_utf8() -> None:
    """Answer in UTF-8 whatever the locale; a lone surrogate of a broken text leaves as its JSON escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
