"""Modality: what is told as done, planned, feared, denied."""

import pytest

from geo.modality import modality
from geo.parse import parse

MODES = [
    ("A cutter boarded the freighter.", "boarded", "actual"),
    ("The cutter did not board the freighter.", "board", "negation"),
    ("No ships were deployed to the strait.", "deployed", "negation"),
    ("The crew was released without being harmed or hijacked.", "harmed", "negation"),
    ("The ministry plans to send two frigates.", "send", "future"),
    ("The ministry is considering sending a frigate.", "sending", "future"),
    ("The navy will deploy a destroyer to the area.", "deploy", "future"),
    ("The admiral ordered two frigates to sail to Aruba.", "sail", "future"),
    ("The tanker could be hit by a missile.", "hit", "hypothetical"),
    ("If attacked, the ship will fire on the skiffs.", "fire", "hypothetical"),
    ("The group threatened to attack ships in the strait.", "attack", "hypothetical"),
    ("There were fears of an attack on the tanker.", "attack", "hypothetical"),
    ("Neither the freighter nor its tug had been boarded, he insisted.", "boarded", "negation"),
    ("Not one of the pilots had been robbed.", "robbed", "negation"),
    ("It is untrue to say that the freighter was boarded.", "boarded", "negation"),
    ("The escorts failed to prevent the seizure of a barge.", "seizure", "actual"),
    ("Raiders, not a storm, robbed the freighter.", "robbed", "actual"),
    ("He would have gone ashore, but the guards boarded the launch.", "boarded", "actual"),
    ('The "attack" was a raft of weed.', "attack", "negation"),
]
NOTHING = [
    ("The radar was used by the coast guard to track and seize vessels.", "seize"),
    ("Gunmen often board vessels at that anchorage.", "board"),
    ("Patrols sail north to intercept smugglers.", "intercept"),
    ("The leaflet explains who pays when a ship is detained.", "detained"),
    ("In the film, gunmen board a ferry off Mombasa.", "board"),
]


def _word(text: str, word: str):  # a spaCy token
    return next(t for t in parse(text) if t.text == word)


@pytest.mark.parametrize(("text", "word", "mode"), MODES)
def test_modes(text: str, word: str, mode: str) -> None:
    token = _word(text, word)
    found = modality(token, nominal=token.pos_ == "NOUN")
    assert found is not None
    assert found.mode == mode
    if found.cue is not None:
        assert text[found.cue.start : found.cue.end] == found.cue.text


@pytest.mark.parametrize(("text", "word"), NOTHING)
def test_habits_and_purposes_tell_no_event(text: str, word: str) -> None:
    assert modality(_word(text, word)) is None


def test_an_attempt_is_told_from_a_deed() -> None:
    found = modality(_word("Pirates attempted to board the tanker.", "board"))
    assert found is not None
    assert found.attempted
