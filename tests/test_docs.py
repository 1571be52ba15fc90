"""The documentation says what the code says, and its links lead somewhere."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import jsonschema
import nouns
import pytest
import reference

from geo import model

PAGES = sorted(reference.DOCS.glob("*.md"))


@pytest.mark.parametrize("path", reference.PAGES, ids=lambda path: path.name)
def test_a_made_page_is_fresh(path):
    assert path.read_text(encoding="utf-8") == reference.PAGES[path](), "run python tests/reference.py"


def test_every_field_has_its_sentence():
    named = {field.name for noun in (model.Incident, model.Deployment) for field in fields(noun)}
    assert named == set(reference.WORDS)


@pytest.mark.parametrize(
    "record", [nouns.incident(zones=(nouns.zone(),)), nouns.area(), nouns.deployment()], ids=lambda record: record.title
)
def test_records_keep_the_schema(record):
    schema = json.loads(reference.schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(model.to_json(record), schema)


def test_the_schema_refuses_a_record_without_evidence_fields():
    data = model.to_json(nouns.incident())
    del data["evidence"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json.loads(reference.schema()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_index_leads_to_every_page():
    index = (reference.DOCS / "index.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if page.name != "index.md" and f"]({page.name})" not in index] == []
