"""Run the examples of the documentation, and write what they print below them again.

A `console` block holds commands after `$` and what they print. A command without output shows none; output that ends in a line `...`
shows how it begins. All commands of a page run in one folder, in order. `python` blocks are doctests, a `sh` block is not run: it needs
something that the repository has not.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from geo import cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WIDTH = "150"
"""Columns of the terminal that tables are laid out for."""

MORE = "...\n"
_CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_JSON = re.compile(r"^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SHELL = re.compile(r"[|;&<>]")

SEEDS = {
    "report.txt": "interdiction-report.txt",
    "warning.txt": "ukmto-style-warning.txt",
    "article.md": "caribbean-strikes.md",
    "note.html": "deployment-note.html",
    "navarea.txt": "navarea-warning.txt",
}
AGENCY = """---
title: Tanker boarded off Aruba (sample)
published: 2025-11-12
publisher: Sample Agency (invented)
---
Five armed men boarded the tanker Esperanza Blue off Aruba on 10 November 2025. Two sailors were injured, the agency said.
"""
GAZETTE = """---
title: Second look at a boarding (sample)
published: 2025-11-13
publisher: Sample Gazette (invented)
---
The tanker Esperanza Blue was boarded by armed men off Aruba on 10 November 2025. Three sailors were injured.
"""
POINTS = """name,lon,lat
north of Aruba,-70.1,13.1
in the Gulf of Aden,47.5,12.6
"""


class Example(NamedTuple):
    """A command, what stands below it, and where that lies in the page."""

    command: str
    output: str
    start: int
    end: int


def found(page: str) -> list[Example]:
    """List the examples of a page."""
    return [
        Example(one[1], one[2], block.start(1) + one.start(2), block.start(1) + one.end(2))
        for block in _CONSOLE.finditer(page)
        for one in _COMMAND.finditer(block[1])
    ]


@contextlib.contextmanager
def desk():
    """Make a folder with the files that the examples speak of, and work in it."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        shutil.copytree(ROOT / "seeds", "seeds", ignore=shutil.ignore_patterns("annotated"))
        for target, seed in SEEDS.items():
            shutil.copy(ROOT / "seeds" / seed, target)
        (folder / "reports").mkdir()
        (folder / "reports" / "agency.txt").write_text(AGENCY, encoding="utf-8")
        (folder / "reports" / "gazette.txt").write_text(GAZETTE, encoding="utf-8")
        (folder / "points.csv").write_text(POINTS, encoding="utf-8")
        (folder / "corrections.json").write_text(_JSON.findall((ROOT / "docs" / "corrections.md").read_text(encoding="utf-8"))[0], encoding="utf-8")
        yield folder


def run(command: str) -> tuple[int, str, str]:
    """Run a command where we stand: exit code, stdout, stderr. `geo` alone runs in this process, a line for the shell in the shell."""
    # A reader types `make demo`, which ends in `geo demo`; making an environment inside a test is another matter.
    command = re.sub(r"^make demo$", "geo demo", command).replace(".venv/bin/geo", "geo")
    words = shlex.split(command)
    if _SHELL.search(command) or words[0] != "geo":
        return _shell(command)
    out, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        try:
            os.environ["COLUMNS"] = WIDTH
            code = cli.main(words[1:])
        except SystemExit as stop:
            code = int(stop.code or 0)
        finally:
            del os.environ["COLUMNS"]
    return code, out.getvalue().replace("\r\n", "\n"), said.getvalue()


def _shell(command: str) -> tuple[int, str, str]:
    """Run a line in the shell, with this checkout's `geo` on the path."""
    with tempfile.TemporaryDirectory() as name:
        program = Path(name) / "geo"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m geo.cli "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        own = {"PATH": f"{name}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": path, "COLUMNS": WIDTH}
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env={**os.environ, **own})
    return done.returncode, done.stdout, done.stderr


def shown(example: Example, printed: str) -> str:
    """Give what should stand below a command: nothing, all of what it prints, or as many lines as stand there now and `...`."""
    if not example.output.endswith(MORE):
        return printed if example.output else ""
    lines = printed.splitlines(keepends=True)
    return "".join(lines[: example.output.count("\n") - 1]) + MORE


def renewed(page: str) -> str:
    """Write the output of a page's examples again."""
    if not (examples := found(page)):
        return page
    parts, last = [], 0
    with desk():
        for example in examples:
            code, printed, said = run(example.command)
            if code:
                message = f"{example.command!r} gives {code}: {said}"
                raise RuntimeError(message)
            parts += [page[last : example.start], shown(example, printed)]
            last = example.end
    return "".join([*parts, page[last:]])


def python(page: str) -> doctest.DocTest:
    """Give the Python of a page as one doctest."""
    return doctest.DocTestParser().get_doctest("\n".join(_PYTHON.findall(page)), {}, "page", None, 0)


def main() -> None:
    """Renew all pages, or those that are named on the command line."""
    renew([Path(name).resolve() for name in sys.argv[1:]] or PAGES)


def renew(pages: list[Path]) -> None:
    """Write the output of every example of some pages again; a command that fails leaves its page as it is and is named."""
    for path in pages:
        try:
            text = renewed(path.read_text(encoding="utf-8"))
        except RuntimeError as error:
            sys.stderr.write(f"{path.relative_to(ROOT)}: {error}\n")
        else:
            path.write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
