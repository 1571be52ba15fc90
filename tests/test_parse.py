"""The parse: sentences where a reader sees them, and who does what to whom."""

import importlib.util
from pathlib import Path

import pytest
import spacy

from geo import parse, settings
from geo.ruler import Ruler

ROOT = Path(__file__).resolve().parents[1]

SENTENCES = [
    ("A ship met a boat near 13-03N 070-31W. A team boarded it.", 2),
    ("## Forces in the region\n\nThe navy sent a frigate.", 2),
    ("The navy sent a frigate to Aruba,\nwhich lies off the coast of\nVenezuela in the Caribbean.", 1),
    ("The navy sent a frigate.\nIt arrived on Monday.", 2),
    ("NAIROBI, March 3 - Pirates have taken a dhow off Eyl.", 2),
    ("PORT OF SPAIN, Trinidad (NWA) -- Two men were shot dead off Cedros.", 2),
    ("Athens, 3 March (Agency) — A patrol boat was rammed off Samos.", 2),
]


@pytest.mark.parametrize(("text", "count"), SENTENCES)
def test_sentences_start_where_a_reader_sees_them(text: str, count: int) -> None:
    doc = parse.parse(text)
    assert doc is not None
    assert len([s for s in doc.sents if s.text.strip()]) == count


ROLES = [
    ("The navy seized a tanker.", "seized", "navy", "tanker"),
    ("A tanker was seized by the navy.", "seized", "navy", "tanker"),
    ("The navy chased the boat, sinking it.", "sinking", "navy", "it"),
    ("The boats that the navy seized were empty.", "seized", "navy", "boats"),
    ("The navy seized a boat 45 nautical miles northwest of Aruba.", "seized", "navy", "boat"),
    ("Gunmen fired at a tanker.", "fired", "Gunmen", "tanker"),
    ("Two boats were among those destroyed.", "destroyed", None, "boats"),
]


@pytest.mark.parametrize(("text", "verb", "agent", "patient"), ROLES)
def test_who_does_what_to_whom(text: str, verb: str, agent: str | None, patient: str) -> None:
    doc = parse.parse(text)
    assert doc is not None
    token = next(t for t in doc if t.text == verb)
    doer, sufferer = parse.agent(token), parse.patient(token)
    assert (doer.text if doer is not None else None) == agent
    assert sufferer is not None
    assert sufferer.text == patient


def test_capitals_keep_their_offsets() -> None:
    text = "A BULK CARRIER WAS FIRED UPON BY FOUR MEN IN TWO SKIFFS."
    doc = parse.parse(text)
    assert doc is not None
    assert len(doc.text) == len(text)
    assert [t.lemma_ for t in doc if t.dep_ == "ROOT"] == ["fire"]


def test_without_a_model_there_is_no_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MODELS", ())
    parse.model.cache_clear()
    try:
        assert parse.parse("A boat sank.") is None
    finally:
        parse.model.cache_clear()


def test_words_get_what_the_ruler_of_the_model_gives_them() -> None:
    name = next(m for m in parse.MODELS if importlib.util.find_spec(m))
    theirs = spacy.load(name)
    ruler = Ruler(theirs.vocab, theirs.get_pipe("attribute_ruler").patterns)
    samples = [
        (ROOT / "seeds" / "caribbean-strikes.md").read_text(encoding="utf-8"),
        "We're gonna go. It ain't so; let's see, y'all.\n\n I do.",
        "",
    ]
    for text in samples:
        with theirs.select_pipes(enable=["tok2vec", "tagger", "parser"]):
            doc = theirs(text)
        same = doc.copy()
        expected = [(t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in theirs.get_pipe("attribute_ruler")(doc)]
        assert [(t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in ruler(same)] == expected


@pytest.mark.long
def test_a_long_text_is_parsed_in_parts_and_reads_the_same() -> None:
    paragraph = "The navy seized a tanker off Aruba on Monday. Its crew was safe."
    text = "\n\n".join([paragraph] * (2 * settings.PARSE_CHARACTERS // len(paragraph)))
    whole, one = parse.parse(text), parse.parse(paragraph)
    assert whole is not None
    assert one is not None
    assert whole.text == text
    count = text.count("seized")
    assert [e.text for e in whole.ents] == [e.text for e in one.ents] * count
    assert [s.text.strip() for s in whole.sents if s.text.strip()] == [s.text for s in one.sents] * count


@pytest.mark.parametrize("filler", ["a", "a ", "\n", "a.\n"])
@pytest.mark.long
def test_no_letter_is_lost_where_a_long_text_is_cut(filler: str) -> None:
    text = filler * (settings.PARSE_CHARACTERS + 10)
    doc = parse.parse(text[: settings.PARSE_CHARACTERS + 10])
    assert doc is not None
    assert doc.text == text[: settings.PARSE_CHARACTERS + 10]
