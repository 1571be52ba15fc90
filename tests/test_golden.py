"""The sample reports give the answers that people reviewed; `python tests/golden.py` renews them, `git diff seeds` reviews them."""

from __future__ import annotations

import golden
import pytest


@pytest.mark.parametrize("sample", [*golden.samples(), *golden.translated()], ids=lambda path: path.stem)
def test_a_sample_gives_the_reviewed_answer(sample):
    assert golden.answer(sample) == golden.expected(sample).read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", golden.samples(), ids=lambda path: path.stem)
@pytest.mark.long
def test_a_sample_is_drawn_as_on_its_committed_page(sample):
    assert golden.content(golden.page(sample)) == golden.content(golden.drawn(sample).read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", [*golden.samples(), *golden.translated()], ids=lambda path: path.stem)
def test_a_sample_says_that_it_is_one(sample):
    text = sample.read_text(encoding="utf-8")
    assert "(sample)" in text
    assert "(invented)" in text


def test_a_difference_is_told_record_by_record():
    seizure = {"title": "Seizure, Aruba", "record_kind": "event", "event_type": "seizure", "evidence": ["They seized it."], "date_start": "2025-11-04"}
    strike = {"title": "Strike", "record_kind": "event", "event_type": "strike_on_vessel", "evidence": ["They hit it."]}
    before = {"incidents": [seizure, strike], "mentions": [["Aruba", "place"]]}
    after = {"incidents": [seizure | {"date_start": "2025-11-05"}], "mentions": [["Aruba", "place"], ["Bonaire", "place"]]}
    assert list(golden.changes("note", before, before)) == []
    assert list(golden.changes("note", before, after)) == [
        "- note incidents: Strike (no date, None, None)",
        "~ note incidents: Seizure, Aruba (2025-11-05, None, None)",
        "    date_start: '2025-11-04' -> '2025-11-05'",
        '+ note mentions: ["Bonaire", "place"]',
    ]
