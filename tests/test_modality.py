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
    ("The bang was no missile: the explosion was a sonic boom.", "explosion", "negation"),
    ("It is not true that the freighter was boarded.", "boarded", "negation"),
    ("At no point was the freighter boarded.", "boarded", "negation"),
    ("Not once did the skiffs attack the tanker.", "attack", "negation"),
    ("In none of those weeks was a freighter boarded.", "boarded", "negation"),
    ("Hardly any freighters were boarded in May.", "boarded", "negation"),
    ("Instead of boarding the freighter, the marines turned back.", "boarding", "negation"),
    ("The colonel decided against boarding the freighter.", "boarding", "negation"),
    ("The truce bars the rebels from attacking ships.", "attacking", "negation"),
    ("Harbour police called off the raid.", "raid", "negation"),
    ("His denial of an attack on the ferry was brief.", "attack", "negation"),
    ("The port has not confirmed that the freighter was boarded.", "boarded", "hypothetical"),
    ("Raids on the depots had been discussed but not approved.", "Raids", "hypothetical"),
    ("The harbour master warned of attacks on tugs.", "attacks", "hypothetical"),
    ("Potential attacks on tugs worry the harbour master.", "attacks", "hypothetical"),
    ("The planned raid on the depot was talked about in every bar.", "raid", "future"),
    ("The cabinet postponed a raid on the depot.", "raid", "future"),
    ("The sheriff denied that any launch had been robbed.", "robbed", "negation"),
    ("The report that robbers boarded the tug has been withdrawn.", "boarded", "negation"),
    ("Note: report 044-25 has been withdrawn, as the men who boarded the tug were pilots.", "boarded", "negation"),
    # What the sentence takes for granted stays, whatever is said around it.
    ("The attack on the ferry did not stop the trade in salt.", "attack", "actual"),
    ("The ferry will be repaired after a drone hit it on Monday.", "hit", "actual"),
    ("The company denied that its pilot was asleep when the tug rammed the pier.", "rammed", "actual"),
    ("Ministers discussed the attack on the ferry.", "attack", "actual"),
]
NOTHING = [
    ("The radar was used by the coast guard to track and seize vessels.", "seize"),
    ("Gunmen often board vessels at that anchorage.", "board"),
    ("Patrols sail north to intercept smugglers.", "intercept"),
    ("The leaflet explains who pays when a ship is detained.", "detained"),
    ("In the film, gunmen board a ferry off Mombasa.", "board"),
    ("Report all attacks on tugs to the harbour office.", "attacks"),
    ("Owners called for an end to attacks on tugs.", "attacks"),
    ("A documentary about the hijacking of a liner won the prize.", "hijacking"),
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
    token = _word(text, word)
    assert modality(token, nominal=token.pos_ == "NOUN") is None


def test_an_attempt_is_told_from_a_deed() -> None:
    found = modality(_word("Pirates attempted to board the tanker.", "board"))
    assert found is not None
    assert found.attempted
