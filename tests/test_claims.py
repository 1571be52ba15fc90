"""Attribution: who says that something happened, and who denies it."""

import pytest

from geo import actors, claims
from geo.model import Claim
from geo.parse import parse


def _word(text: str, word: str):  # a spaCy token
    return next(t for t in parse(text) if t.text == word)


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


def test_a_denied_report_is_denied_with_what_it_tells() -> None:
    for text in (
        "The admiral rejected a report by a radio station that marines had boarded the ferry.",
        "The admiral dismissed a claim in a Lisbon newspaper that marines had boarded the ferry.",
    ):
        assert [c.stance for c in claims.attributions(_word(text, "boarded"), actors.find(text))] == ["denies"]


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


def test_who_denies_a_charge_and_not_the_event_disputes_no_event() -> None:
    text = "Her owners deny the charge of smuggling, not the ramming."
    assert claims.disputes(list(parse(text)), actors.find(text), things={"ramming"}) == []
