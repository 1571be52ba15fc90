"""Turn arguments into answers: the one module that prints.

Answers go to stdout, progress and warnings to stderr. Exit codes: 0 done, 1 nothing found (`explain`, `zones`), 2 bad usage or nothing
readable, 3 done but some inputs failed, 70 a fault of ours, 130 interrupted.
"""

# ruff: noqa: PLC0415 - every heavy import waits for the command that needs it: `geo --help` takes hundredths of a second

from __future__ import annotations

import datetime as dt
import errno
import gc
import io
import logging
import os
import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo import arguments
from geo.errors import GeoError, ReadError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from geo.model import Dossier, Failure, Reading

DONE, NOTHING, WRONG, PARTLY, FAULT, STOPPED = 0, 1, 2, 3, 70, 130
FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""Errors of a disk or device that takes no more."""
BOLD, RED, GREEN = 1, 31, 32
"""Codes of a terminal."""
PAGE: Final = frozenset({"title", "full_text", "reviewed_only", "coarsen_km", "delay_hours", "language", "tiles_url"})
PROGRESS: Final = 10_000
"""Points answered between two words of progress."""

SAMPLE: Final = "caribbean-strikes.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; `GeoError` is one line on stderr, anything else a fault of ours.

    >>> main(["layers", "list", "--help"])
    Traceback (most recent call last):
    SystemExit: 0
    """
    _speak_utf8()
    # Reading makes hundreds of thousands of small things and next to no cycles: looking for them is an eighth of the time.
    gc.set_threshold(100_000, 50, 100)
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except GeoError as error:
        _say(str(error))
        return error.exit_code
    except BrokenPipeError:
        # The reader has seen enough.
        _hush()
        return DONE
    except KeyboardInterrupt:
        _say("interrupted; nothing was left half-written")
        return STOPPED
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            _hush()
            _say(f"cannot write the answer: {error.strerror}; make room, or send it elsewhere")
            return WRONG
        if "GEO_TRACEBACK" in os.environ:
            raise
        _say(f"a fault of ours ({type(error).__name__}: {error}); run again with GEO_TRACEBACK=1 and report what it prints")
        return FAULT


def _hush() -> None:
    """Send what is still to be written nowhere: a second failure at the interpreter's exit must not complain either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(given: list[str]) -> int:
    """Parse the arguments and run the command."""
    if given[:1] == ["zones"]:
        # argparse would take "-12.5,-68.2" for an option; a leading space keeps it a position.
        given = [f" {text}" if re.match(r"-[\d.]", text) else text for text in given]
    parser = arguments.parser()
    options = parser.parse_args(given)
    if options.command is None:
        parser.print_help(sys.stderr)
        return WRONG
    _check_published(getattr(options, "published", None))
    code = _COMMANDS[options.command](options)
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
    from geo import answers, export
    from geo.model import Failure

    tally: Counter[str] = Counter()
    items = _readings(options, tally, records=options.command != "places")
    if options.format == "jsonl":
        for item in items:
            print(answers.failure_line(item) if isinstance(item, Failure) else answers.reading_line(options.command, item), flush=True)
        return _code(tally)
    readings = [item for item in items if not isinstance(item, Failure)]
    if options.format == "geojson":
        print(export.collection(feature for reading in readings for feature in answers.features(options.command, reading)), end="")
    else:
        _print_rows([row for reading in readings for row in answers.rows(options, reading)], options)
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
    from geo import answers, export

    tally: Counter[str] = Counter()
    found = _counted(answers.zone_answers(options), tally)
    if options.format == "jsonl":
        for answer in found:
            print(export.line(answer))
    elif options.format == "csv":
        for number, answer in enumerate(found):
            print(export.rows_csv(export.point_rows(answer, joined=True), columns=export.POINT_COLUMNS, header=not number), end="")
    elif options.format == "geojson":
        print(export.collection(map(export.point_feature, found)), end="")
    else:
        _print_rows([row for answer in found for row in export.point_rows(answer, joined=False)], options)
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
            _progress(f"{number:,} points answered")
        yield answer
    _progress("")


def _layers(options: argparse.Namespace) -> int:
    """List, build or verify the layers; add a dump of GeoNames, or remove one."""
    from geo import doctor

    if (options.action in {"add", "remove"}) != (options.subject is not None):
        example = f"geo layers {options.action}" + {"add": " VE.zip", "remove": " official-zones"}.get(options.action, "")
        message = f"geo layers {options.action} takes {'no' if options.subject else 'a'} FILE or NAME; write `{example}`"
        raise UsageError(message)
    if options.action == "build":
        built = doctor.build_layers(_say)
        print(f"built {', '.join(built)}" if built else "every layer is built")
        return DONE
    if options.action in {"add", "remove"}:
        print(doctor.add_layer(options.subject, _say, _progress) if options.action == "add" else doctor.remove_layer(options.subject))
        return DONE
    verify = options.action == "verify"
    sound = True
    for name in doctor.layer_names():
        fine, words = doctor.layer_state(name, verify=verify)
        faults, held = doctor.zone_state(name) if verify and fine and name.endswith("zones") else ([], "")
        print(f"{name:<10} {words}{held and f'; {held}'}")
        for fault in faults:
            print(f"{name:<10} wrong: {fault}; install again or build it again")
        sound &= fine and not faults
    return DONE if sound else WRONG


def _doctor(_options: argparse.Namespace) -> int:
    """Check what the program needs, a line each, with the cure where something is amiss."""
    from geo import doctor

    checks = list(doctor.diagnose())
    for label, fine, words in checks:
        print(f"{_coloured('ok ', GREEN) if fine else _coloured('BAD', RED)} {label:<12} {words}")
    return DONE if all(fine for _, fine, _ in checks) else WRONG


def _completion(options: argparse.Namespace) -> int:
    """Write the script of a shell."""
    print(arguments.completion(options.shell))
    return DONE


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


def _print_rows(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    """Print rows as CSV or as a table that fits the terminal."""
    from geo import export

    if options.format == "csv":
        print(export.rows_csv(rows, columns=export.columns() if options.command in {"incidents", "deployments"} else ()), end="")
        return
    width = shutil.get_terminal_size((160, 24)).columns
    print(export.table(rows, width=width, strong=_bold) if rows else f"no {options.command} found")


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

    if out == "-":
        return
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


def _coloured(words: str, code: int) -> str:
    """Colour words on a terminal, unless somebody wants none (no-color.org): a file or a pipe gets the words alone."""
    plain = not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return words if plain else f"\x1b[{code}m{words}\x1b[0m"


def _bold(words: str) -> str:
    """Set words in bold on a terminal."""
    return _coloured(words, BOLD)


def _progress(words: str) -> None:
    """Show on a terminal what is going on, in a line that the next one takes away."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def _say(message: str) -> None:
    """Say one line on stderr."""
    # One line each: a message over two lines would look like two.
    print("geo:", " ".join(message.replace("\ncure: ", "; ").split()), file=sys.stderr)


def _speak_utf8() -> None:
    """Answer in UTF-8 whatever the locale; a lone surrogate of a broken text leaves as its JSON escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


_COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "map": _map, "places": _answer, "incidents": _answer, "deployments": _answer, "export": _export, "explain": _explain,
    "zones": _zones, "layers": _layers, "demo": _demo, "doctor": _doctor, "completion": _completion,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
