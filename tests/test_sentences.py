"""The short cases are well made, and are scored as they say: the figures themselves are held by `bench/gate.py`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_annotated import EVENTS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
CORPORA = sorted((ROOT / "seeds" / "sentences").glob("*.toml"))


@pytest.fixture(scope="module")
def sentences() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "bench"))
        yield importlib.import_module("sentences")
    for name in ("sentences", "matching"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_the_cases_of_a_corpus_differ_and_use_the_terms_of_the_records(sentences: ModuleType, path: Path) -> None:
    cases = sentences.read(path)
    texts = [case.text for case in cases]
    assert len(set(texts)) == len(texts)
    assert {one.name for case in cases for one in case.incidents} <= EVENTS
    assert {one.name for case in cases for one in case.deployments} <= STATUSES
    assert any(one.mode == "actual" for case in cases for one in (*case.incidents, *case.deployments))
    assert not all(case.incidents or case.deployments for case in cases)


def test_a_case_is_right_only_with_exactly_its_actual_records(sentences: ModuleType) -> None:
    record = sentences.record
    case = sentences.Case("...", "en", sentences.PUBLISHED, (record("boarding"), record("seizure historical")), (record("present"),))
    told = sentences.Told((record("seizure"),), (record("arrived"),))
    assert sentences.right(case, told)
    assert not sentences.right(case, told._replace(incidents=()))
    assert not sentences.right(case, told._replace(incidents=(record("seizure"), record("boarding"))))
    assert not sentences.right(case, told._replace(incidents=(record("seizure aggregate"),)))
    assert not sentences.right(case, told._replace(incidents=(record("robbery future"),)))


def test_pairs_of_one_name_come_before_those_of_one_kind(sentences: ModuleType) -> None:
    record = sentences.record
    pairs = sentences.paired([record("boarding"), record("seizure")], [record("seizure"), record("robbery")])
    assert sorted((one.name, other.name) for one, other in pairs) == [("boarding", "robbery"), ("seizure", "seizure")]


def test_a_record_with_a_strange_word_is_refused(sentences: ModuleType) -> None:
    with pytest.raises(ValueError, match="'boarding planned' says planned; after the type stand 'aggregate'"):
        sentences.record("boarding planned")
