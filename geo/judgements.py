"""Add to events what others say of them: denials of a claim or of the event, and judgements of their character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import claims as claim_reader
from geo.drafts import DRUGS, SHIPS, told
from geo.lexicon import is_a, lexicon
from geo.model import Actor, Claim
from geo.parse import bounds, climb, group, subject, text_of
from geo.triggers import EVENT_NOUNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.drafts import Draft
    from geo.frames import Scene


_ECHO = frozenset("echo share endorse back repeat".split())
_REPLY_CHARACTERS = 1500
"""A denial answers what was told at most this far before it: a few paragraphs of news."""


def judged(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Add what others say of the events: denials of a claim or of the event, and judgements of their character."""
    out = list(drafts)
    nouns = frozenset(noun for event in lexicon().types for noun in event.nouns)
    about: int | None = None
    for sentence in scene.sentences:
        for claim in claim_reader.disputes(list(sentence), scene.actors, things=nouns):
            index = next((i for i in reversed(range(len(out))) if _contested(out[i], sentence, claim, nouns)), None)
            if index is not None:
                out[index] = told(scene, out[index], sentence, f"disputed: {claim.cue!r}", claims=(*out[index].claims, claim))
        for claim in _judgements(scene, sentence, pending=about is not None):
            last = next((i for i in reversed(range(len(out))) if out[i].aggregate or len(out) == 1), None)
            index = last if about is None else about
            if index is not None and claim not in out[index].character and out[index].sentence.start_char <= sentence.start_char:
                about = index
                status = out[index].target_status or _drug_status(claim)
                character = (*out[index].character, claim)
                out[index] = told(scene, out[index], sentence, f"judged: {claim.cue!r}", target_status=status, character=character)
    return out


def _contested(draft: Draft, sentence: Sentence, claim: Claim, nouns: frozenset[str]) -> bool:
    """Tell whether a denial is of this event: of what somebody claimed shortly before, or of the event by its own noun."""
    distance = sentence.start_char - draft.sentence.start_char
    if claim_reader.takes_back(claim.cue):
        return bool(draft.claims) and 0 < distance < _REPLY_CHARACTERS  # whoever said it takes it back
    named = {word.strip(".,") for word in claim.cue.lower().split()} & nouns
    if claim.claimant in {c.claimant for c in draft.claims} or not 0 <= distance < _REPLY_CHARACTERS:
        return False
    return bool(named & draft.trigger.type.nouns) if named else bool(draft.claims) and distance > 0


def _judgements(scene: Scene, sentence: Sentence, *, pending: bool) -> Iterator[Claim]:
    """List who calls the events what: "condemned the strikes as unlawful", "the attacks amount to ..."."""
    for verb in sentence:
        if verb.pos_ != "VERB":
            continue
        thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
        clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        about = subject(clause) if clause is not None and verb.lemma_ in claim_reader.SPEECH else None
        drugged = about is not None and clause is not None and is_a(about, SHIPS) and _pointing(about) and _drug_clause(clause)
        judged = verb.lemma_ in claim_reader.CHARACTERISE and thing is not None and thing.lemma_ in EVENT_NOUNS and _pointing(thing)
        said = about is not None and about.lemma_ in EVENT_NOUNS and _pointing(about)
        echoed = (
            pending
            and verb.lemma_ in _ECHO
            and thing is not None
            and thing.lemma_ in {"concern", "criticism", "view", "warning", "condemnation"}
        )
        if judged or said or echoed or drugged:
            yield from _claims_of(verb, scene.actors)


def _drug_status(claim: Claim) -> str | None:
    """Turn a claim about drugs into the target's status."""
    return f"drug link alleged ({claim.cue.split()[0]!r})" if DRUGS.search(claim.cue) else None


def _drug_clause(clause: Token) -> bool:
    """Tell a clause about drugs: what somebody says that the vessels were doing."""
    return any(DRUGS.fullmatch(t.text) for t in clause.subtree)


def _claims_of(verb: Token, actors: Sequence[Actor]) -> Iterator[Claim]:
    """Give one claim for each of several speakers ("rights groups and legal experts")."""
    said = next((t for t in climb(verb) if t.lemma_ in claim_reader.SPEECH), verb)
    who = subject(said)
    for speaker in group(who) if who is not None else []:
        name, kind = claim_reader.claimant(speaker, actors)
        start, end = verb.idx, max(bounds(verb)[1], verb.idx + len(verb))
        cue = " ".join(text_of(verb.doc)[start:end].split())
        yield Claim(name, kind, "asserts", cue, start, end)


def _pointing(noun: Token) -> bool:
    """Tell a noun that points back: "the strikes", "those attacks"."""
    return any(c.lower_ in {"the", "those", "these", "this", "its", "their"} for c in noun.children)
