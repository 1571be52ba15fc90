"""Run what the README tells people to type, and check what it points at."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def console() -> list[tuple[str, str]]:
    """Read the console blocks: each command with the output that stands below it."""
    pairs = []
    for block in re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL):
        for command, output in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            pairs.append((command, output))
    return pairs


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Give a folder with the sample reports and a report of one's own."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(ROOT / "seeds" / "interdiction-report.txt", tmp_path / "report.txt")
    return tmp_path


@pytest.mark.parametrize(("command", "output"), console(), ids=lambda text: text.split("\n")[0])
def test_a_command_of_the_readme_does_what_it_shows(command: str, output: str, desk: Path, plain_environment: dict[str, str]) -> None:
    # `make demo` ends in `geo demo`; running make itself inside a test would set an environment up.
    words = shlex.split("geo demo" if command == "make demo" else command)
    assert Path(words[0]).name == "geo"
    words[0:1] = [sys.executable, "-m", "geo.cli"]
    done = subprocess.run(words, cwd=desk, env=plain_environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert not output or done.stdout == output


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README", None, 0)
    assert examples.examples
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_a_reader_meets_cost_and_command_at_once() -> None:
    lines = README.splitlines()
    assert re.search(r"\d+ MB", lines[2])
    assert re.search(r"minute", lines[2])
    assert any(line.startswith("$ make demo") for line in lines[:15])


@pytest.mark.parametrize("name", GUIDES)
def test_every_make_target_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"(?:^|[`$ ])make ([a-z]+)", GUIDES[name]))
    assert named
    assert named - TARGETS - {"up"} == set()


@pytest.mark.parametrize("name", GUIDES)
def test_every_file_that_is_pointed_at_exists(name: str) -> None:
    linked = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", GUIDES[name]) if "://" not in target]
    spoken = re.findall(r"`((?:geo|layers|tests|docs|seeds|locks|hatch_build|\.ci)[\w./-]*/?)`", GUIDES[name])
    missing = [target for target in {*linked, *spoken} if not (ROOT / target).exists()]
    assert missing == []
