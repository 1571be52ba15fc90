"""What the README and the guide to contributing promise: cost and command at once, targets and files that exist, templates that ask for what helps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"


def test_a_reader_meets_cost_and_command_at_once() -> None:
    lines = GUIDES["README.md"].splitlines()
    assert re.search(r"\d+ MB", lines[2])
    assert re.search(r"minute", lines[2])
    assert any(line.startswith("$ make demo") for line in lines[:15])
    assert any(re.match(r"\$ .*\bgeo map report\.txt\b", line) for line in lines[:15])


@pytest.mark.parametrize("name", ["demo-light.webp", "demo-dark.webp"])
def test_the_picture_is_small(name: str) -> None:
    picture = ROOT / "docs" / "images" / name
    assert picture.read_bytes()[8:12] == b"WEBP"
    assert picture.stat().st_size < 150_000
    assert f"docs/images/{name}" in GUIDES["README.md"]


@pytest.mark.parametrize("name", GUIDES)
def test_every_make_target_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"(?:^|[`$ ])make ([a-z]+)", GUIDES[name], re.MULTILINE))
    assert named
    assert named - TARGETS - {"up"} == set()


@pytest.mark.parametrize("name", GUIDES)
def test_every_file_that_is_pointed_at_exists(name: str) -> None:
    linked = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", GUIDES[name]) if "://" not in target]
    spoken = re.findall(r"`((?:geo|layers|tests|docs|seeds|locks|hatch_build|\.ci)[\w./-]*/?)`", GUIDES[name])
    missing = [target for target in {*linked, *spoken} if not (ROOT / target).exists()]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("place.yml", "geo explain"),
        ("event.yml", "geo explain"),
        ("zone.yml", "source"),
        ("fault.yml", "geo doctor"),
    ],
)
def test_a_form_asks_for_what_helps_and_demands_it(name: str, asked: str) -> None:
    form = (FORMS / name).read_text(encoding="utf-8")
    parts = form.split("\n  - type: ")
    assert any(asked in part and "required: true" in part for part in parts[1:])
    assert {"name", "description", "labels", "body"} <= set(re.findall(r"^(\w+):", form, re.MULTILINE))
