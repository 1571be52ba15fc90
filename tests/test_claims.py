"""Modality and attribution: what is told as done, planned, feared, denied; and by whom."""

import pytest

from geo import actors, claims
from geo.model import Claim
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
    found = claims.modality(token, nominal=token.pos_ == "NOUN")
    assert found is not None
    assert found.mode == mode
    if found.cue is not None:
        assert text[found.cue.start : found.cue.end] == found.cue.text


@pytest.mark.parametrize(("text", "word"), NOTHING)
def test_habits_and_purposes_tell_no_event(text: str, word: str) -> None:
    assert claims.modality(_word(text, word)) is None


def test_an_attempt_is_told_from_a_deed() -> None:
    found = claims.modality(_word("Pirates attempted to board the tanker.", "board"))
    assert found is not None
    assert found.attempted


ATTRIBUTED = [
    ("Venezuela's president said that a patrol had seized the boat.", "seized", "state", "said"),
    ("The ship's master reported that two men boarded the vessel.", "boarded", "victim_operator", "reported"),
    ("The boat was sunk on Monday, according to the Dutch navy.", "sunk", "state", "according to"),
    ("The boat was allegedly sunk on Monday.", "sunk", "media", "allegedly"),
]


@pytest.mark.parametrize(("text", "word", "kind", "cue"), ATTRIBUTED)
def test_attribution(text: str, word: str, kind: str, cue: str) -> None:
    found = claims.attributions(_word(text, word), actors.find(text))
    assert [(c.claimant_type, c.cue) for c in found] == [(kind, cue)]
    assert all(text[c.start : c.end].lower() == c.cue.lower() for c in found)


def test_a_denial_of_what_was_done_about_it_leaves_the_event() -> None:
    assert claims.attributions(_word("The owner denied paying for the two men abducted from a barge.", "abducted"), ()) == ()


def test_who_did_it_is_disputed_and_not_that_it_was_done() -> None:
    assert claims.attributions(_word("Ministers still dispute who shelled the trawler.", "shelled"), ()) == ()


def test_the_dismissal_of_a_claim_is_a_dispute() -> None:
    text = "The Colombian government rejected those claims."
    found = claims.disputes(list(parse(text)), actors.find(text))
    assert [c.stance for c in found] == ["disputes"]


SAYS = Claim("Venezuelan president", "state", "asserts", "said", 0, 4)
OWNER = Claim("the owner", "victim_operator", "asserts", "said", 0, 4)
AGAINST = Claim("US government", "state", "disputes", "dismissed", 9, 18)
ASSERTIONS = [
    ({"claims": [], "own_voice": True}, "reported"),
    ({"claims": [SAYS]}, "reported"),
    ({"claims": [SAYS], "rivals": frozenset({"Venezuelan president"})}, "claimed"),
    ({"claims": [SAYS], "hearsay": True}, "alleged"),
    ({"claims": [SAYS, AGAINST]}, "disputed"),
    ({"claims": [AGAINST]}, "denied"),
    ({"claims": [AGAINST], "own_voice": True}, "disputed"),
    ({"claims": [OWNER]}, "confirmed_by_victim"),
    ({"claims": [SAYS], "actor_names": frozenset({"Venezuelan president"})}, "confirmed_by_actor"),
]


@pytest.mark.parametrize(("given", "expected"), ASSERTIONS)
def test_the_first_assertion_that_applies_wins(given: dict, expected: str) -> None:
    given = dict(given)
    assert claims.assertion(given.pop("claims"), **given) == expected
