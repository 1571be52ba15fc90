"""The documentation says what the code and the data say, its links lead somewhere, and every page is on the way."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields

import examples
import inventory
import jsonschema
import nouns
import pytest
import reference

from geo import model, triggers

DOCS = reference.DOCS
PAGES = sorted(DOCS.rglob("*.md"))
SITE = (reference.ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def _name(path):
    return path.relative_to(DOCS).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_what_a_page_takes_from_the_code_is_fresh(path):
    page = path.read_text(encoding="utf-8")
    assert page == reference.filled(page), "run python tests/reference.py"


@pytest.mark.parametrize("path", reference.MADE, ids=lambda path: path.name)
def test_a_made_file_is_fresh(path):
    assert path.read_text(encoding="utf-8") == reference.MADE[path](), "run python tests/reference.py"


def test_every_field_has_its_sentence():
    named = {field.name for noun in (model.Incident, model.Deployment) for field in fields(noun)}
    assert named == set(reference.WORDS)


def test_every_figure_that_is_held_has_its_words():
    assert {path for _, path in inventory.held()} - set(inventory.FIGURES) == set(), "a sentence in tests/inventory.py"
    assert [name for name, _ in inventory.held() if not name.startswith(tuple(inventory.CORPORA))] == [], "a sentence in tests/inventory.py"


def test_every_event_type_has_its_terms_elsewhere():
    listed = set(re.findall(r"^\| `(\w+)` \|", inventory.event_types(), re.MULTILINE)) - {"event_type"}
    signs = tomllib.loads((reference.ROOT / "layers" / "lexicon" / "messages.toml").read_text(encoding="utf-8"))["signs"]
    assert listed == {event.name for event in triggers.lexicon().types} | {sign["type"] for sign in signs}


def test_the_readme_names_who_asks_for_credit():
    due = re.findall(r"^- © (\w+)", inventory.credits_due(), re.MULTILINE)
    assert due
    assert [name for name in due if name not in (reference.ROOT / "README.md").read_text(encoding="utf-8")] == []


def test_the_picture_names_every_module_of_the_contract_once():
    names = [name for layer in inventory.contract() for name in layer]
    assert [name for name in names if inventory.picture().count(f">{name}<") != 1] == []
    assert len(inventory.picture().encode()) < 20_000


@pytest.mark.parametrize("name", reference.parsers())
def test_every_command_has_a_page_with_two_examples(name):
    page = (DOCS / "commands" / f"{name}.md").read_text(encoding="utf-8")
    assert f"<!-- made: command {name} -->" in page
    assert len([one for one in examples.found(page) if re.search(rf"\bgeo {name}\b", one.command)]) >= 2


def test_what_is_not_run_needs_what_is_not_here():
    needs = re.compile(r"make |postgresql://|World_|official-zones|VE\b|\.venv/bin/|git clone")
    blocks = [block for path in PAGES for block in re.findall(r"^ *```sh\n(.*?)^ *```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)]
    assert [line for block in blocks for line in block.splitlines() if line.strip() and not needs.search(line)] == []


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


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+)[^):]*\)", text):
        assert (page.parent / target).exists(), target


def test_the_site_leads_to_every_page():
    assert sorted(re.findall(r": ([\w/-]+\.md)$", SITE, re.MULTILINE)) == [_name(page) for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_file_that_a_page_names_exists(page):
    spoken = re.findall(r"`((?:geo|layers|tests|docs|seeds|bench|locks|notebooks|maps)/[\w./-]*)`", page.read_text(encoding="utf-8"))
    assert [name for name in spoken if not (reference.ROOT / name).exists()] == []


@pytest.mark.parametrize("path", sorted((reference.ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_a_notebook_shows_what_it_answers_and_stays_small(path):
    assert path.stat().st_size < 400_000, "python tests/notebooks.py leaves out what is too large"
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert len(outputs) >= len(cells) // 2, "run python tests/notebooks.py"
    assert {output["output_type"] for output in outputs} <= {"stream", "execute_result", "display_data"}
