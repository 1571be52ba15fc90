"""The recogniser seam: any spaCy pipeline or function may name the places of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from geo import cli, parse, pipeline
from geo.errors import UsageError
from geo.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TEXT = "Two men from Branchville were seen. Nobody else was."


def branchville(text: str) -> Iterable[tuple[int, int, str]]:
    """Name one small town wherever it stands."""
    at = text.find("Branchville")
    return [(at, at + len("Branchville"), "LOCATION")] if at >= 0 else []


def beyond(text: str) -> list[tuple[int, int, str]]:
    """Name what is not there."""
    return [(0, len(text) + 5, "GPE")]


def _places(recogniser: parse.Recogniser) -> dict[str, tuple[str, ...]]:
    """Give the names found, with the reason of each."""
    matches = pipeline.analyse(Report("a", TEXT), records=False, recogniser=recogniser).matches
    return {m.mention.text: m.mention.reasons for m in matches if m.mention.role == "place"}


def test_a_function_names_the_places() -> None:
    assert _places(branchville) == {"Branchville": ("the parse takes it for a place",)}


def test_a_blank_pipeline_with_rules_names_the_places() -> None:
    rules = spacy.blank("en")
    rules.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Branchville"}])  # type: ignore[attr-defined]
    assert "Branchville" in _places(rules)


def test_a_name_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    assert cli.main(["places", str(report), "--recogniser", f"{__name__}:branchville", "--format", "jsonl"]) == 0
    assert '"Branchville"' in capsys.readouterr().out


@pytest.mark.parametrize("name", ["no_such_package", "no_such_module:function", f"{__name__}:missing", f"{__name__}:TEXT"])
def test_a_bad_name_is_a_usage_error_that_quotes_it(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    assert cli.main(["places", str(report), "--recogniser", name]) == 2
    error = capsys.readouterr().err
    assert repr(name) in error
    assert "Traceback" not in error


def test_an_answer_beyond_the_text_is_said() -> None:
    with pytest.raises(UsageError, match="must give"):
        pipeline.analyse(Report("a", TEXT), records=False, recogniser=beyond)
