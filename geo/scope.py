"""Tell how far what stands above an event word reaches down to it: whose content a clause is, and what a sentence takes for granted.

"Denied that a ship was hit" and "may send two frigates" say something of the clause below them. "Will be repaired after a drone hit her",
"did not know the men who boarded her" and "the seizure could raise prices" take for granted what they hang on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.parse import climb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

CLAIM_NOUNS = frozenset(
    "rumour rumor claim allegation accusation charge report assertion account statement story suggestion alarm denial news version "
    "information hypothesis theory idea notion word".split()
)
"""Nouns with a content of their own: "the report that ...", "claims of ..."."""
BEARERS = CLAIM_NOUNS | frozenset("call message video post tip alert letter tweet article picture footage text image warning".split())
"""What bears words or pictures, true or not: "the call that said ..."."""
_GRANTING = frozenset("after when since because although though while whereas as once where".split())
"""What heads a clause that the sentence takes for granted."""
_MODALS = frozenset("will would shall should can could may might must 'll 'd wo".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "whose"})
_BRINGS_ABOUT = frozenset(
    "carry conduct launch make perform undertake mount execute stage commit order happen occur materialise materialize take come follow go "
    "proceed begin start be threaten plan see hear".split()
)
"""Verbs that say whether an event was, of which none is taken for granted."""


_TAKES_UP = frozenset("investigate probe condemn protest avenge mourn explain watch witness survive".split())
"""Verbs of what is done about an event."""


def reach(word: Token) -> Iterator[Token]:
    """Climb from a word as far as what stands above it decides whether it happened, the word first.

    >>> from geo.parse import parse
    >>> [t.text for t in reach(parse("It will sail home after a drone hit the tug.")[7])]
    ['hit']
    """
    for step in climb(word):
        yield step
        if granted(step):
            return


def content_of(clause: Token) -> Token | None:
    """Find the noun whose content a clause or an event is: "the report that ...", "a claim by the rebels that ...", "rumours of ...".

    >>> from geo.parse import parse
    >>> content_of(parse("They rejected a claim by rebels that jets had bombed the port.")[9]).text
    'claim'
    """
    above = clause.head
    if clause.dep_ in {"pobj", "pcomp"}:
        return above.head if above.lower_ in {"of", "about"} and _tells(above.head) else None
    if clause.dep_ not in {"acl", "relcl", "ccomp"} or _gap(clause):
        return None
    # The parser hangs the clause on the noun that stands next to it: "a report by a radio station that ...".
    for step in climb(above):
        if step.pos_ not in {"NOUN", "PROPN", "ADP"}:
            return None
        if _tells(step):
            return step
    return None


def settled(event: Token) -> bool:
    """Tell an event named as a known one, beside a verb that says more of it: "the strike will not change the plan".

    What such a verb says is of the consequence, not of whether the event was.
    """
    verb = event.head
    if not definite(event) or verb.pos_ not in {"VERB", "AUX"} or verb.lemma_ in _BRINGS_ABOUT:
        return False
    leads = event.dep_ == "nsubj" and any(c.dep_ in {"dobj", "ccomp"} for c in verb.children)
    return leads or (event.dep_ == "dobj" and verb.lemma_ in _TAKES_UP)


def definite(event: Token) -> bool:
    """Tell an event that is named as a known one: "the strike", "their attack", "Iran's seizure of ..."."""
    return any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in event.lefts)


def _tells(noun: Token) -> bool:
    """Tell a noun of words that are passed on."""
    return noun.pos_ == "NOUN" and noun.lemma_ in CLAIM_NOUNS


def _gap(clause: Token) -> bool:
    """Tell a clause that says which one is meant: its "that" or "who" is its own subject, or it begins with no "that" at all."""
    first = next((c for c in clause.lefts if c.lower_ == "that"), None)
    return first is None or first.dep_ in _SUBJECTS or not any(c.dep_ in _SUBJECTS for c in clause.lefts)


def granted(step: Token) -> bool:
    """Tell a clause that is taken for granted where it stands: of time or reason in the past, or one that says which."""
    if step.dep_ not in {"advcl", "relcl"} or step.pos_ not in {"VERB", "AUX"}:
        return False
    if not (any(c.dep_ in _SUBJECTS for c in step.lefts) and _past(step)):
        return False
    if step.dep_ == "relcl":
        if step.head.dep_ == "attr" or step.head.lemma_ in BEARERS:
            return False  # "it could have been a mine that sank her"
        return _gap(step) or not any(c.dep_ in {"dobj", "nsubjpass"} for c in step.children)
    return any(c.lower_ in _GRANTING and c.dep_ in {"mark", "advmod"} for c in step.lefts)


def _past(verb: Token) -> bool:
    """Tell a finite verb of what is over, under no modal: "hit", "was hit", "had been hit", "has hit"."""
    helpers = [c for c in verb.lefts if c.dep_ in {"aux", "auxpass"}]
    if any(c.lower_ in _MODALS for c in helpers):
        return False
    return verb.tag_ == "VBD" or (verb.tag_ in {"VBN", "VBG"} and any(c.tag_ in {"VBD", "VBZ", "VBP"} for c in helpers))
