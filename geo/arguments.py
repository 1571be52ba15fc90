"""Name the commands and their options: what `geo --help` says, what a shell completes, what `docs/commands/` lists."""

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
SHELLS: Final = ("bash", "zsh", "fish")
EXIT_CODES: Final = "0 done, 1 nothing found (explain, zones), 2 bad usage or nothing readable, 3 some inputs failed, 70 a fault of ours"
_FILES: Final = {"REPORT", "FILE", "PAGE", "STORE", "POSITION|FILE", "FILE|NAME"}
"""Names of arguments that are files: a shell completes names of files there."""


class _Help(argparse.HelpFormatter):
    """Argparse's help with the commands as a plain list, each on one line with its words, and examples as they are written."""

    def _iter_indented_subactions(self, action: argparse.Action) -> Generator[argparse.Action, None, None]:
        # Not indented, because argparse measures the column before it indents and breaks the longest line.
        commands: Callable[[], list[argparse.Action]] = getattr(action, "_get_subactions", list)
        yield from commands()

    def _format_action(self, action: argparse.Action) -> str:
        words = super()._format_action(action)
        return words.partition("\n")[2] if action.nargs == argparse.PARSER else words

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = text.splitlines()
        return "\n".join(line if line.startswith("  ") else super(_Help, self)._fill_text(line, width, indent) for line in lines)


def parser() -> argparse.ArgumentParser:
    """Build the parser: one sub-command a verb, each with examples that run.

    >>> parser().parse_args(["zones", "12.5N 68.2W"]).position
    ['12.5N 68.2W']
    """
    words = "Text in, an honest map out: places, incidents and deployments in reports, offline."
    epilog = f"geo COMMAND --help says more of each, with examples. Exit codes: {EXIT_CODES}."
    top = argparse.ArgumentParser(prog="geo", description=words, epilog=epilog, formatter_class=_Help)
    top.add_argument("--version", action="version", version=f"incident-mapper {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_map(commands)
    _add_answers(commands)
    _add_export(commands)
    _add_explain(commands)
    _add_zones(commands)
    _add_care(commands)
    return top


def completion(shell: str) -> str:
    """Write the script that lets a shell complete commands, options, choices and file names; nothing of ours runs when it does."""
    import shtab  # noqa: PLC0415 - for this alone

    top = parser()
    for command in _commands(top).values():
        # What a shell shows beside a command is one line.
        command.description = str(command.description).partition(". ")[0]
        for action in command._actions:  # noqa: SLF001 - argparse has no other way to list them
            if action.metavar in _FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    script: str = shtab.complete(top, shell=shell)
    return script


def _commands(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Give the parsers of the commands by name."""
    return {name: one for action in top._actions if isinstance(action.choices, dict) for name, one in action.choices.items()}  # noqa: SLF001


def _add_map(commands: Any) -> None:  # noqa: ANN401 - argparse's sub-parsers have no public type
    """Add the command that draws."""
    page = _command(
        commands, "map", "draw reports on one self-contained page",
        "The page opens from disk in any browser and asks the network for nothing. What the reports do not place is listed beside the map "
        "with the reason; several reports of one event become one record.",
        "geo map report.txt", "geo map reports/ --published 2025-11-11 -o week.html --title 'The week at sea'",
        "geo map report.txt --corrections fixes.json --reviewed-only -o checked.html", "geo map - -o - < report.txt > piped.html",
    )  # fmt: skip
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
    page.add_argument("--tiles", dest="tiles_url", metavar="URL", help="lay online tiles below the map: it asks that server")
    page.add_argument("--open", action="store_true", help="open the page in the browser")


def _add_answers(commands: Any) -> None:  # noqa: ANN401 - as above
    """Add the commands that answer with what they read."""
    for name, words, more in (
        ("places", "find the places a report names, with their uncertainty",
         "Each name comes with its role (a place, a government, an institution, ...), what it was taken for, and how it is drawn."),
        ("incidents", "find what happened: where, when, how many, who says so",
         "Deployments come along; denied, planned and past events too, each marked as what it is."),
        ("deployments", "find forces moved, present, planned or withdrawn", "Whose they are, what and how many, from where to where."),
    ):  # fmt: skip
        calls = ("report.txt", "report.txt --published 2025-11-11 --format table", "reports/ --format csv")
        command = _command(commands, name, words, more, *(f"geo {name} {call}" for call in calls))
        _takes_reports(command)
        _takes_format(command)


def _add_export(commands: Any) -> None:  # noqa: ANN401 - as above
    """Add the command that writes files and stores."""
    export = _command(
        commands, "export", "write the records to a file or a store",
        "The ending of the file says in which format; it appears whole or not at all. A store keeps records over many runs, with their "
        "history.",
        "geo export report.txt -o out.geojson", "geo export reports/ -o week.gpkg --validate",
        "geo export reports/ --store incidents.gpkg --corrections fixes.json",
    )  # fmt: skip
    _takes_reports(export)
    _takes_merging(export)
    export.add_argument("-o", dest="out", metavar="FILE", help=f"the file to write: {', '.join(EXPORTS)} (docs/files.md)")
    export.add_argument("--store", metavar="STORE", help="add to a store, update what it has: FILE.gpkg or postgresql://...")
    export.add_argument("--corrections", metavar="FILE", help="apply what a person said of the records: a JSON file (docs/corrections.md)")
    export.add_argument("--validate", action="store_true", help="hold every record against the published JSON Schema before it is written")


def _add_explain(commands: Any) -> None:  # noqa: ANN401 - as above
    """Add the command that gives reasons."""
    explain = _command(
        commands, "explain", "say why a mention or record is where it is",
        "The rules that read it, the candidates and their scores, what would have changed the answer. Exit code 1 if nothing is called so.",
        "geo explain report.txt Aruba", "geo explain report.txt 'off Aruba'",
    )  # fmt: skip
    _takes_reports(explain, number=1)
    _takes_merging(explain)
    explain.add_argument("name", metavar="NAME", help="words of a mention, a place, a title, or a record's id")


def _add_zones(commands: Any) -> None:  # noqa: ANN401 - as above
    """Add the command that answers in whose waters a point lies."""
    zones = _command(
        commands, "zones", "say in whose waters a position or a table of points lies",
        "Zones are computed, an approximation without legal authority. Exit code 1 if the layer does not reach there.",
        'geo zones "12.5N 68.2W"', "geo zones -- -12.5 -68.2", "geo zones points.csv --lon x --lat y --format csv",
    )  # fmt: skip
    zones.add_argument("position", metavar="POSITION|FILE", nargs="+", help='"12.5N 68.2W", "-12.5 -68.2" (latitude first), or a CSV file')
    zones.add_argument("--lon", default="lon", help="column of the longitudes (default: lon)")
    zones.add_argument("--lat", default="lat", help="column of the latitudes (default: lat)")
    _takes_format(zones)


def _add_care(commands: Any) -> None:  # noqa: ANN401 - as above
    """Add the commands that look after the program itself."""
    layers = _command(
        commands, "layers", "list, build, verify, add or remove layers",
        "Gazetteer, coast, zones, basemap and page come built with the program; what a user adds lies in the user's own folder.",
        "geo layers", "geo layers verify", "geo layers add VE.zip",
    )  # fmt: skip
    layers.add_argument("action", nargs="?", choices=LAYER_ACTIONS, default="list", help="what to do (default: list)")
    subject = "add: a GeoNames dump (VE.zip), official zones (World_EEZ_v12.gpkg); remove: what was added"
    layers.add_argument("subject", metavar="FILE|NAME", nargs="?", help=subject)
    demo = _command(commands, "demo", "map a sample report", "A first map without a report of one's own.", "geo demo", "geo demo --open")
    demo.add_argument("-o", dest="out", metavar="PAGE", default="demo.html", help="the page to write (default: demo.html)")
    demo.add_argument("--open", action="store_true", help="open the page in the browser")
    _command(
        commands, "doctor", "check this installation",
        "Versions, the language model, the layers' bytes, a clash of names, optional packages, where it may write. Exit code 2 if "
        "something is amiss.",
        "geo doctor",
    )  # fmt: skip
    shell = _command(
        commands, "completion", "write the script that lets a shell complete commands",
        "The script is plain text to read before it is used; pressing Tab then runs nothing of this program.",
        "geo completion bash > geo-completion.bash", "geo completion zsh > _geo", "geo completion fish > geo.fish",
    )  # fmt: skip
    shell.add_argument("shell", choices=SHELLS, help="bash: load it in .bashrc; zsh: on $fpath; fish: into ~/.config/fish/completions")


def _command(commands: Any, name: str, words: str, more: str, *examples: str) -> argparse.ArgumentParser:  # noqa: ANN401 - as above
    """Add a sub-command with its help and examples."""
    listed = "\n".join(f"  {example}" for example in examples)
    added: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=f"{words[0].upper()}{words[1:]}. {more}", epilog=f"examples:\n{listed}",
        allow_abbrev=False, formatter_class=_Help,
    )  # fmt: skip
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
