"""What is locked, what is built, what is shipped."""

from __future__ import annotations

import csv
import hashlib
import importlib
import json
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo import layers, settings

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted((ROOT / "locks").glob("*.lock"))
NPM_LOCKS = [ROOT / folder / "package-lock.json" for folder in ("layers", "geo/page", "locks/zones")]
TABLES = sorted((ROOT / "layers").glob("*.csv")) + sorted((ROOT / "layers").glob("[!n]*/**/*.csv"))
SOURCES: list[dict[str, Any]] = tomllib.loads((ROOT / "layers" / "SOURCES.toml").read_text(encoding="utf-8"))["source"]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def driver() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "layers"))
        return importlib.import_module("builders.driver")


@pytest.fixture
def sandbox(tmp_path: Path, driver: ModuleType, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    """A checkout of one part, `basemap`, whose builder writes down that it ran; npm is out of the game."""
    (tmp_path / "layers").mkdir()
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "layers" / "package-lock.json").write_text("{}")
    (tmp_path / "layers" / "table.csv").write_text("id,source\n1,a book\n")
    ran: list[str] = []

    def build(*, out: Path, node_modules: Path) -> None:
        assert node_modules == tmp_path / "layers" / "node_modules"
        ran.append("built")
        (out / "shapes.bin").write_bytes(b"\x00\x01")
        (out / "manifest.json").write_text('{"sources": ["a book"], "stamp": "mine"}')

    monkeypatch.setattr(driver.importlib, "import_module", lambda *_: type("Builder", (), {"build": staticmethod(build)}))
    monkeypatch.setattr(driver, "_declared", lambda _: ("layers/table.csv",))
    monkeypatch.setattr(driver.npm, "find", lambda: None)
    monkeypatch.setattr(driver.npm, "install", lambda folder, **_: folder / "node_modules")
    return tmp_path, ran


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_index(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"https?:|file:|--index|--find-links|--trusted-host|@ ", text) == []
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block for block in blocks if not re.match(r"[a-z0-9-]+==\S+", block) or "--hash=sha256:" not in block] == []


def test_the_locks_agree_with_each_other_and_with_the_project() -> None:
    versions: dict[str, set[str]] = {}
    for path in LOCKS:
        for name, version, marker in re.findall(r"^([a-z0-9-]+)==(\S+)(.*?) \\$", path.read_text(encoding="utf-8"), re.MULTILINE):
            versions.setdefault(f"{name}{marker}", set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
    wanted = {re.split(r"[<>=]", requirement)[0] for requirement in PROJECT["dependencies"]}
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "locks" / "run.lock").read_text(encoding="utf-8"), re.MULTILINE))
    assert wanted - locked == set()


@pytest.mark.parametrize("path", NPM_LOCKS, ids=lambda path: path.parent.name)
def test_an_npm_lock_has_hashes_and_no_addresses(path: Path) -> None:
    packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert "omit-lockfile-registry-resolved=true" in (path.parent / ".npmrc").read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", SOURCES, ids=lambda entry: entry["name"])
def test_a_source_says_who_made_it_and_on_what_terms(entry: dict[str, Any]) -> None:
    assert set(entry) == {"name", "version", "licence", "citation", "attribution", "gives", "layers", "when", "notice"}
    assert all(entry[key] for key in entry if key != "attribution")
    assert "http" not in entry["citation"]
    assert entry["when"] in {"build", "table", "run"}
    assert (ROOT / "layers" / "LICENSES" / entry["notice"]).read_text(encoding="utf-8").strip()


def test_every_built_layer_has_its_sources_named() -> None:
    named = {layer for entry in SOURCES for layer in entry["layers"]}
    assert {"basemap", "coast", "gazetteer", "zones"} <= named
    assert [entry["name"] for entry in SOURCES if entry["licence"].startswith("CC-BY") and not entry["attribution"]] == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_row_of_a_table_names_its_source(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows
    # A table of rules over other tables names the instrument it follows; the points of that instrument carry the source.
    column = "source" if "source" in rows[0] else "basis"
    assert [number for number, row in enumerate(rows, start=2) if not (row[column] or "").strip()] == []


def test_the_driver_and_the_package_agree(driver: ModuleType) -> None:
    assert driver.FORMAT == settings.LAYER_FORMAT
    wanted = {requirement for part in driver.PARTS for requirement, _ in part.needs} | {driver.npm.WHEEL}
    assert wanted == set(PROJECT["optional-dependencies"]["build"]), "one list, twice: pip reads the one, the build hook the other"


def test_what_this_checkout_has_built_is_what_its_sources_say(driver: ModuleType) -> None:
    """An edited script or table is not rebuilt by an editable install: `make page`, `make index` do that, and so do the other targets."""
    parts = [part for part in driver.PARTS if (ROOT / "geo" / "_built" / part.name).is_dir()]
    assert [part.name for part in parts if driver.stale(part, ROOT, ROOT / "geo" / "_built")] == [], "run `make page index`"
    assert parts, "nothing is built; run `make page index`"


@pytest.mark.parametrize("name", ["page", "basemap", "coast", "gazetteer"])
def test_a_built_layer_is_whole(name: str) -> None:
    layer = layers.open_layer(name)
    assert layer.manifest["files"]
    assert layers.verify(layer) == []


def test_the_driver_builds_once_and_again_when_an_input_changes(driver: ModuleType, sandbox: tuple[Path, list[str]]) -> None:
    root, ran = sandbox
    out, said = root / "out", []

    def build() -> list[str]:
        return driver.build_all(root, out, only=["basemap"], echo=said.append)

    assert build() == ["basemap"]
    assert build() == []
    manifest = json.loads((out / "basemap" / "manifest.json").read_text())
    assert manifest["format"] == settings.LAYER_FORMAT
    assert manifest["sources"] == ["a book"]
    assert manifest["stamp"] == driver.stamp(driver.PARTS[1], root) != "mine"
    assert manifest["files"] == {"shapes.bin": hashlib.sha256(b"\x00\x01").hexdigest()}
    assert [line.split(" ")[0] for line in said] == ["building", "built"]

    (root / "layers" / "table.csv").write_text("id,source\n1,another book\n")
    assert build() == ["basemap"]
    (out / "basemap" / "shapes.bin").unlink()
    assert build() == ["basemap"], "a missing file is seen"
    assert len(ran) == 3
    assert sorted(path.name for path in out.iterdir()) == [".lock", "basemap"], "nothing half-built is left"


def test_line_endings_do_not_make_an_index_stale(driver: ModuleType, sandbox: tuple[Path, list[str]]) -> None:
    root, _ = sandbox
    before = driver.stamp(driver.PARTS[1], root)
    (root / "layers" / "table.csv").write_bytes(b"id,source\r\n1,a book\r\n")
    assert driver.stamp(driver.PARTS[1], root) == before


def test_a_failed_build_leaves_the_old_index_and_says_what_to_do(
    driver: ModuleType, sandbox: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _ = sandbox
    driver.build_all(root, root / "out", only=["basemap"], echo=str)

    def unreachable(*_: object, **__: object) -> None:
        message = "npm ci failed\ncure: a network"
        raise driver.BuildError(message)

    monkeypatch.setattr(driver.npm, "install", unreachable)
    with pytest.raises(driver.BuildError, match="cure: a network"):
        driver.build_all(root, root / "out", only=["basemap"], echo=str, force=True)
    assert (root / "out" / "basemap" / "shapes.bin").is_file()


def test_the_driver_refuses_a_part_it_does_not_know(driver: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(driver.BuildError, match="'tides'"):
        driver.build_all(ROOT, tmp_path, only=["tides"])


def test_npm_out_of_reach_is_two_lines_and_quick(driver: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = driver.npm
    node = npm.find()
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (tmp_path / name).write_bytes((ROOT / "layers" / name).read_bytes())
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    with pytest.raises(npm.BuildError) as caught:
        npm.install(tmp_path, node=node)
    first, second = str(caught.value).splitlines()
    assert first.startswith("npm ci in ")
    assert "INCIDENT_MAPPER_SKIP=all" in second


@pytest.mark.slow
def test_a_wheel_carries_layers_index_page_and_samples(tmp_path: Path) -> None:
    names, metadata = _wheel(tmp_path)
    for wanted in (
        "geo/_layers/SOURCES.toml",
        "geo/_layers/LICENSES/GeoNames-CC-BY-4.0.txt",
        "geo/_layers/gazetteer/countries.csv",
        "geo/_layers/builders/driver.py",
        "geo/_layers/package-lock.json",
        "geo/_layers/zones/manifest.json",
        "geo/_built/page/page.js",
        "geo/_built/basemap/manifest.json",
        "geo/_built/coast/manifest.json",
        "geo/_built/gazetteer/manifest.json",
        "geo/_seeds/caribbean-strikes.md",
        f"geo/_schema/record-{settings.SCHEMA_VERSION}.json",
        "geo/py.typed",
    ):
        assert wanted in names
    assert [name for name in names if re.search(r"node_modules|__pycache__|^geo/page/|/\.lock$|^(layers|tests|builders)/", name)] == []
    assert "License-File: LICENSE" in metadata


@pytest.mark.slow
def test_an_sdist_carries_the_sources_and_what_was_built_from_them(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "build", "--no-isolation", "--sdist", "-o", tmp_path, ROOT], check=True, capture_output=True)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"hatch_build.py", "geo/page/package-lock.json", "geo/page/.npmrc", "layers/.npmrc", "locks/run.lock"} <= names
    assert "geo/_built/page/page.js" in names
    assert [name for name in names if "node_modules" in name or name.startswith(".venv")] == []


def _wheel(folder: Path) -> tuple[set[str], str]:
    """Build a wheel of this checkout and give the names in it and its metadata."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        names = set(archive.namelist())
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        return names, archive.read(metadata).decode()
