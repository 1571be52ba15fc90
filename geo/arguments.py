"""Name the commands and their options: what `geo --help` says, what completion offers, what `docs/commands/` lists."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, Final

from geo import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

LAYER_ACTIONS: Final = ("list", "build", "verify", "add", "remove")
FORMATS: Final = ("jsonl", "geojson", "csv", "table")
EXPORTS: Final = (".geojson", ".json", ".gpkg", ".parquet", ".fgb", ".kml", ".csv", ".xlsx", ".timemap.json")


class _Help(argparse.HelpFormatter):
    """Argparse's help with the commands as a plain list, each on one line with its words."""

    def _iter_indented_subactions(self, action: argparse.Action) -> Generator[argparse.Action, None, None]:
        # Not indented, because argparse measures the column before it indents and breaks the longest line.
        commands: Callable[[], list[argparse.Action]] = getattr(action, "_get_subactions", list)
        yield from commands()

    def _format_action(self, action: argparse.Action) -> str:
        words = super()._format_action(action)
        return words.partition("\n")[2] if action.nargs == argparse.PARSER else words


def parser() -> argparse.ArgumentParser:
    """Build the parser: one sub-command a verb, each with an example."""
    words = "Text in, an honest map out: places, incidents and deployments in reports, offline."
    top = argparse.ArgumentParser(prog="geo", description=words, formatter_class=_Help)
    top.add_argument("--version", action="version", version=f"incident-mapper {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_readers(commands)
    _add_zones(commands)
    layers = _command(commands, "layers", "list, build, verify, add or remove layers", "geo layers add VE.zip")
    layers.add_argument("action", nargs="?", choices=LAYER_ACTIONS, default="list", help="what to do (default: list)")
    subject = "add: a GeoNames dump (VE.zip), official zones (World_EEZ_v12.gpkg); remove: what was added"
    layers.add_argument("subject", metavar="FILE|NAME", nargs="?", help=subject)
    demo = _command(commands, "demo", "map a sample report", "geo demo --open")
    demo.add_argument("-o", dest="out", metavar="PAGE", default="demo.html", help="the page to write (default: demo.html)")
    demo.add_argument("--open", action="store_true", help="open the page in the browser")
    _command(commands, "doctor", "check this installation", "geo doctor")
    return top


def _add_readers(commands: Any) -> None:  # noqa: ANN401 - argparse's sub-parsers have no public type
    """Add the commands that read reports."""
    page = _command(commands, "map", "draw reports on one self-contained page", "geo map report.txt -o map.html --open")
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
        command = _command(commands, name, words, f"geo {name} report.txt --published 2025-11-11 --format table")
        _takes_reports(command)
        _takes_format(command)
    export = _command(commands, "export", "write the records to a file", "geo export report.txt -o out.geojson")
    _takes_reports(export)
    _takes_merging(export)
    export.add_argument("-o", dest="out", metavar="FILE", help=f"the file to write: {', '.join(EXPORTS)} (docs/files.md)")
    export.add_argument("--store", metavar="STORE", help="add to a store, update what it has: FILE.gpkg or postgresql://...")
    export.add_argument("--corrections", metavar="FILE", help="apply what a person said of the records: a JSON file (docs/corrections.md)")
    export.add_argument("--validate", action="store_true", help="hold every record against the published JSON Schema before it is written")
    explain = _command(commands, "explain", "say why a mention or record is where it is", "geo explain report.txt Aruba")
    _takes_reports(explain, number=1)
    _takes_merging(explain)
    explain.add_argument("name", metavar="NAME", help="words of a mention, a place, a title, or a record's id")


def _add_zones(commands: Any) -> None:  # noqa: ANN401 - as above
    """Add the command that answers in whose waters a point lies."""
    zones = _command(commands, "zones", "say in whose waters a position or a table of points lies", 'geo zones "12.5N 68.2W"')
    zones.add_argument("position", metavar="POSITION|FILE", nargs="+", help='"12.5N 68.2W", "-12.5 -68.2" (latitude first), or a CSV file')
    zones.add_argument("--lon", default="lon", help="column of the longitudes (default: lon)")
    zones.add_argument("--lat", default="lat", help="column of the latitudes (default: lat)")
    _takes_format(zones)


def _command(commands: Any, name: str, words: str, example: str) -> argparse.ArgumentParser:  # noqa: ANN401 - as above
    """Add a sub-command with its help and an example."""
    added: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=f"{words[0].upper()}{words[1:]}.", epilog=f"Example:  {example}", allow_abbrev=False
    )
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
