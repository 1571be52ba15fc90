"""Hear the other side: who answers to an event just told that it was not so, without naming it by its noun."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from geo import claims as claim_reader
from geo.drafts import told
from geo.lexicon import lexicon
from geo.model import Claim
from geo.parse import agent, completed, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.drafts import Draft
    from geo.frames import Scene

_REPLY_SENTENCES = 4
"""An answer follows what it answers within a few sentences, and nothing else that happened stands between."""
_OTHERWISE = re.compile(
    r"\b(?:different|another|other|opposite|contrary)\s+(?:version|account|story|picture)\b|\botherwise\b|\bdifferently\b"
    r"|\bthe\s+other\s+way\s+(?:a?round|about)\b"
    r"|\b(?:lies?|fabricat\w+|inventions?|invented|fantas(?:y|ies)|fiction|untrue|baseless|groundless|doctored|fake|propaganda|nonsense|hoax"
    r"|unfounded)\b",
    re.IGNORECASE,
)
"""Words that set an account against another."""
_TELLS = claim_reader.SPEECH | claim_reader.CHARACTERISE | frozenset("put give present offer paint see have".split())
_ALL = frozenset("everything involvement responsibility wrongdoing this that it part role account version".split())
"""What is denied of an event that is not named again."""
_POINTS = re.compile(r"\b(?:this|that|it)$", re.IGNORECASE)
_DISPUTED_AS = (
    frozenset("strike_on_vessel missile_attack naval_drone_attack explosion fired_upon airstrike_land armed_clash mine_incident".split()),
    frozenset("boarding seizure detention hijack kidnapping robbery".split()),
    frozenset("collision_or_ramming water_cannon suspicious_approach".split()),
    frozenset("sabotage explosion mine_incident".split()),
)
"""Types of which one is denied by the word for another: that no shot was fired denies no seizure."""
_HURTS = frozenset("harm hurt injure wound kill".split())
_BESIDE = frozenset({"also", "too", "either"})
"""What denies one thing more."""
_NONE = frozenset({"none", "nothing", "nobody", "no", "never", "not", "n't"})
_KNOWN = frozenset("record knowledge report trace sign evidence".split())


def rebutted(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Add to events the claims of those who answer that it was not so; what nobody asserts stays as it is."""
    out = list(drafts)
    sentences = list(scene.sentences)
    ends = [sentence.end_char for sentence in sentences]
    # The drafts stand in the order of the text.
    told_in = [bisect.bisect_right(ends, draft.sentence.start_char) for draft in out]
    for number, sentence in enumerate(sentences):
        first, last = bisect.bisect_left(told_in, number - _REPLY_SENTENCES), bisect.bisect_right(told_in, number)
        near = [i for i in range(first, last) if _asserted(out[i])]
        for claim, event in _rebuttals(scene, sentence) if near else ():
            # "Denied this" is of the sentence before.
            far = 1 if _POINTS.search(claim.cue) else _REPLY_SENTENCES
            heard = (i for i in near if number - told_in[i] <= far and _answers(out[i], claim, event))
            index = max(heard, key=lambda i: told_in[i], default=None)
            if index is not None:
                out[index] = told(scene, out[index], sentence, f"disputed: {claim.cue!r}", claims=(*out[index].claims, claim))
    return out


def _asserted(draft: Draft) -> bool:
    """Tell an event that somebody, or the report itself, says to have happened."""
    return draft.mode.mode == "actual" and (draft.own_voice or any(claim.stance == "asserts" for claim in draft.claims))


def _answers(draft: Draft, claim: Claim, event: Token | None) -> bool:
    """Tell whether somebody else speaks than those heard of the event, and of what it was if they name it."""
    if draft.sentence.start_char <= claim.start < draft.sentence.end_char and claim.start < draft.trigger.token.idx:
        return False
    name = draft.trigger.type.name
    if event is not None and name != "other" and not _kinds(event) & {name}.union(*(kin for kin in _DISPUTED_AS if name in kin)):
        return False
    return all(claim.claimant != heard.claimant and not heard.start <= claim.start < heard.end for heard in draft.claims)


def _kinds(event: Token) -> set[str]:
    """List the types of event that a word may tell, with the words that it needs for that."""
    words, lemma = lexicon(), event.lemma_.lower()
    verbs = (entry for entry in words.verbs.get(lemma, ()) if completed(event, entry.words) is not None)
    return {entry.type.name for entry in (*verbs, *words.nouns.get(lemma, ()))}


def _rebuttals(scene: Scene, sentence: Sentence) -> Iterator[tuple[Claim, Token | None]]:
    """List who says in a sentence that it was otherwise, with the word for the event where they name it."""
    for verb in sentence:
        if verb.pos_ not in {"VERB", "AUX"} or (found := _denied(verb) or _spoken(verb) or _otherwise(verb)) is None:
            continue
        cue, event = found
        who = agent(verb)
        if who is None or who.lower_ in {"there", "that", "this"}:
            continue
        name, kind = claim_reader.claimant(who, scene.actors)
        start, end = min(verb.idx, cue.idx), max(verb.idx + len(verb), cue.idx + len(cue))
        yield Claim(name, kind, "disputes", text_of(verb.doc)[start:end], start, end), event


Said = tuple["Token", "Token | None"]


def _denied(verb: Token) -> Said | None:
    """Read "deny everything", "denied any involvement", "denied that its boats had rammed her": not a request, nor a plan."""
    if verb.lemma_ not in claim_reader.DENIAL or any(c.lower_ in {"neither", "nor"} for v in (verb, verb.head) for c in v.children):
        return None
    thing = next((c for c in verb.children if c.dep_ in {"dobj", "ccomp", "xcomp"}), None)
    if thing is None:
        return None
    if thing.dep_ == "dobj":
        return (thing, None) if thing.lower_ in _ALL else None
    more = any(c.lower_ in _BESIDE for c in thing.children)
    return (thing, thing) if verb.lemma_ == "deny" and _kinds(thing) and not more else None


def _spoken(verb: Token) -> Said | None:
    """Read "said that no ship had been hit", "says it has fired nothing", "had no record of an explosion"."""
    if verb.lemma_ == "have":
        known = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_ in _KNOWN), None)
        if known is None or not any(c.lower_ == "no" for c in known.children):
            return None
        of = next((t for p in known.children for t in p.children if t.dep_ == "pobj"), None)
        return (known, of) if of is not None and _kinds(of) else None
    clause = next((c for c in verb.children if c.dep_ == "ccomp"), None) if verb.lemma_ in claim_reader.SPEECH else None
    if clause is None:
        return None
    near = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}]
    refused = next((t for t in (*clause.children, *(t for c in near for t in c.children)) if t.lower_ in _NONE), None)
    if refused is None or clause.lemma_ in _HURTS or any(c.dep_ == "expl" for c in clause.children):
        return None  # "said that nobody was hurt", "said there was none"
    event = next((t for t in (clause, *near) if _kinds(t)), None)
    return (refused, event) if event is not None or refused.lower_ == "none" else None


def _otherwise(verb: Token) -> Said | None:
    """Read an account set against another: "tells a different story", "calls the film doctored"."""
    if verb.dep_ != "ROOT" or verb.lemma_ not in _TELLS:
        return None
    hit = _OTHERWISE.search(text_of(verb.doc), verb.idx, max(t.idx + len(t) for t in verb.subtree))
    span = verb.doc.char_span(hit.start(), hit.end(), alignment_mode="expand") if hit is not None else None
    return (span.root, None) if span is not None else None
