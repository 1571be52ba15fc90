"""Tell who says that something happened, and who says that it did not: attribution with cue spans.

Nothing here decides what is true: it reads the report's own words of speech, on the dependency path from an event word to the root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model import Actor, Assertion, Claim, ClaimantType, Stance
from geo.parse import agent, bounds, climb, sentence, text_of
from geo.scope import CLAIM_NOUNS, content_of, granted

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from spacy.tokens import Token

SPEECH = frozenset(
    (
        "say tell claim allege report state announce declare assert insist maintain warn note add argue suggest confirm acknowledge admit "
        "reveal describe believe write post accuse blame"
    ).split()
)
DENIAL = frozenset("deny dismiss reject refute dispute contest rebuff dispel debunk rebut discredit".split())
CHARACTERISE = frozenset("condemn denounce criticise criticize call label brand describe decry slam".split())
_SHARES = frozenset("role involvement responsibility hand part knowledge complicity".split())
"""What is denied of an event that happened: "denied any role in the attack"."""
_MATTERS = frozenset({"incident", "event", "attack", "matter", "case", "report"})
"""Subjects that are told of and tell nothing: "incident reported to the coast guard"."""
_VICTIMS = frozenset(
    "master captain crew owner operator company skipper sailor fisherman survivor relative family witness resident".split()
)
_HEARSAY = frozenset("allegedly reportedly purportedly supposedly apparently".split())
_SINGLE = frozenset({"official", "anonymous_official", "expert", "operator"})
"""Who is one person: "they" and "it" are sooner a force or a group."""
_TYPES: dict[str, ClaimantType] = {
    "state": "state", "armed_forces": "state", "coast_guard": "state", "government": "state", "official": "state", "agency": "state",
    "armed_group": "armed_group", "operator": "victim_operator", "media": "media", "anonymous_official": "anonymous_official",
    "expert": "expert", "ngo": "ngo", "international_organisation": "ngo",
}  # fmt: skip
"""Actor kind to claimant type. The published list has no type for an international organisation: it is filed with ngo, not with states."""


def attributions(trigger: Token, actors: Sequence[Actor]) -> tuple[Claim, ...]:
    """List who says that the event happened: clauses of speech above it, "according to", and hearsay adverbs with no name."""
    claims: list[Claim] = []
    given = False
    for step in climb(trigger):
        # What is denied is not what happened to it: "denied paying for the men abducted", "denied any role in the attack".
        which = step.dep_ in {"acl", "relcl"} and step.tag_ == "VBN" and not any(c.dep_ == "mark" for c in step.children)
        asked = step.dep_ == "ccomp" and any(c.tag_ in {"WP", "WRB"} for c in step.lefts)  # "dispute who fired first": that somebody did
        which = which and step.head.lemma_ not in CLAIM_NOUNS and content_of(step) is None
        given = given or asked or which or step.lemma_ in _SHARES
        claims.extend(_according_to(step, actors))
        claims.extend(_hearsay(step))
        verb = _denied_report(step) or (_speech_above(step) if step.dep_ in {"ccomp", "xcomp", "pcomp", "prep", "dobj"} else None)
        if verb is not None:
            claim = claim_by(verb, actors)
            if claim is not None and claim not in claims and not (given and claim.stance == "denies"):
                claims.append(claim)
        given = given or granted(step)
    return tuple(claims)


def claim_by(verb: Token, actors: Sequence[Actor], *, stance: Stance | None = None, cue: Token | None = None) -> Claim | None:
    """Build the claim of a verb of speech, denial or judgement; None when nobody is named."""
    who = agent(verb)
    if who is None or who.lemma_.lower() in _MATTERS:
        return None
    name, kind = claimant(who, actors)
    if stance is None:
        stance = "denies" if verb.lemma_ in DENIAL else "asserts"
    start, end = (verb.idx, verb.idx + len(verb)) if cue is None else (verb.idx, bounds(cue)[1])
    return Claim(name, kind, stance, text_of(verb.doc)[start:end], start, end)


def claimant(who: Token, actors: Sequence[Actor]) -> tuple[str, ClaimantType]:
    """Name a speaker: the actor at this word, or the last official before a pronoun, or the words themselves."""
    found = actor_at(who, actors)
    if found is None and who.pos_ == "PRON":
        found = antecedent(who, actors)
    if found is None or found.country is None:
        # "the Houthis' spokesman" speaks for the Houthis.
        holders = (a for c in who.lefts if c.dep_ == "poss" and c.pos_ != "PRON" and (a := actor_at(c, actors)) is not None)
        found = named_again(who, actors) or next(holders, found)
    if found is not None:
        return found.name, _TYPES.get(found.kind, "anonymous_official")
    start, end = bounds(who, without=frozenset({"relcl", "acl", "prep", "appos", "conj", "cc", "det"}))
    text = text_of(who.doc)[start:end]
    return text, _by_noun(who.lemma_.lower())


def actor_at(token: Token, actors: Sequence[Actor]) -> Actor | None:
    """Find the actor whose words hold this token, else the first one inside its phrase."""
    for actor in actors:
        if actor.start <= token.idx < actor.end:
            return actor
    start, end = bounds(token, without=frozenset({"relcl", "acl", "prep", "advcl", "conj", "cc"}))
    inside = [a for a in actors if start <= a.start and a.end <= end]
    return inside[-1] if inside else None


def named_again(noun: Token, actors: Sequence[Actor]) -> Actor | None:
    """Find the actor of a state that the last of its words names again: "the Guards", "the command"."""
    if not any(c.lower_ == "the" for c in noun.lefts) or any(c.dep_ in {"poss", "compound", "nmod", "amod"} for c in noun.lefts):
        return None
    words = ((a, a.text.lower().split()) for a in actors if a.end <= noun.idx and a.country is not None)
    before = (a for a, named in words if len(named) > 1 and named[-1] == noun.lower_)
    return max(before, key=lambda actor: actor.end, default=None)


def antecedent(pronoun: Token, actors: Sequence[Actor]) -> Actor | None:
    """Find the last actor before a pronoun that was the subject of its clause (he, she: a person in office first)."""
    start = sentence(pronoun).start_char
    before = [a for a in actors if a.end <= start and _is_subject(pronoun, a)]
    if pronoun.lower_ in {"he", "she"}:
        before = [a for a in before if a.kind in {"official", "anonymous_official", "expert", "international_organisation"}]
    if pronoun.lower_ in {"it", "they"}:
        before = [a for a in before if a.kind not in _SINGLE] or before
        own = [a for a in actors if start <= a.start and a.end <= pronoun.idx and a.kind != "official"]
        before = own[:1] or before
    # Who led the last sentence goes before whom it told of: "The group said its boats had sunk it. They also ...".
    nearest = [a for a in before if _sentence_of(pronoun, a) == _sentence_of(pronoun, before[-1])]
    return next((a for a in nearest if _leads(pronoun, a)), before[-1]) if before else None


def _sentence_of(near: Token, actor: Actor) -> int | None:
    """Give where the sentence of an actor starts."""
    span = near.doc.char_span(actor.start, actor.end, alignment_mode="expand")
    return sentence(span.root).start if span is not None and len(span) else None


def _leads(near: Token, actor: Actor) -> bool:
    """Tell whether an actor's words are the subject of their sentence."""
    span = near.doc.char_span(actor.start, actor.end, alignment_mode="expand")
    return span is not None and any(t.dep_ == "nsubj" and t.head.dep_ == "ROOT" for t in (span.root, span.root.head))


def disputes(sentence: Sequence[Token], actors: Sequence[Actor], *, things: Container[str] = ()) -> list[Claim]:
    """List the denials in a sentence of what was told before: "dismissed those claims", "denied the seizure" (of `things`)."""
    found = []
    for verb in sentence:
        if verb.pos_ != "VERB" or (verb.lemma_ not in DENIAL and not takes_back(verb.text)):
            continue
        target = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        if target is not None and any(content_of(t) == target for t in target.subtree):
            continue  # "denied a report that ...": of what it tells itself
        if target is not None and any(t.dep_ in {"neg", "cc", "advmod"} and t.lower_ == "not" for t in target.subtree):
            continue  # "deny the charge, not the boarding"
        event = target is not None and target.lemma_ in things and any(c.lower_ == "the" for c in target.children)
        if target is not None and (event or target.lemma_ in CLAIM_NOUNS or target.lower_ in {"it", "this", "that"}):
            claim = claim_by(verb, actors, stance="disputes", cue=target)
            if claim is not None:
                found.append(claim)
    return found


def assertion(
    claims: Sequence[Claim],
    *,
    actor_names: frozenset[str] = frozenset(),
    victim_names: frozenset[str] = frozenset(),
    rivals: frozenset[str] = frozenset(),
    own_voice: bool = False,
    hearsay: bool = False,
) -> Assertion:
    """Derive what the report says of a record: the first that applies, in the published order.

    `claims` are those about whether it happened; `own_voice` is true when the report also says so itself. An armed group, or a state that
    accuses another (`rivals`), is an interested party; police and harbour masters who tell of robbers are not: what they say is reported.

    >>> assertion([], own_voice=True)
    'reported'
    """
    says = [c for c in claims if c.stance == "asserts"]
    against = [c for c in claims if c.stance in {"denies", "disputes"}]
    if any(takes_back(c.cue) for c in claims):
        return "retracted"
    if against:
        return "disputed" if says or own_voice else "denied"
    if any(c.claimant_type in {"ngo", "expert", "media"} and c.cue.lower() in {"confirmed", "verified"} for c in says):
        return "independently_confirmed"
    if any(c.claimant in actor_names for c in says):
        return "confirmed_by_actor"
    if any(c.claimant_type == "victim_operator" or c.claimant in victim_names for c in says):
        return "confirmed_by_victim"
    if hearsay:
        return "alleged"
    interested = any(c.claimant_type == "armed_group" or c.claimant in rivals for c in says)
    return "claimed" if interested and not own_voice else "reported"


def takes_back(cue: str) -> bool:
    """Tell words that take a report back.

    >>> takes_back("withdrawn")
    True
    """
    return cue.lower().startswith(("retract", "withdr", "rescind"))


def _according_to(step: Token, actors: Sequence[Actor]) -> list[Claim]:
    """Read "according to X" on a clause."""
    found = []
    for child in step.children:
        if child.lower_ != "according":
            continue
        who = next((t for t in child.subtree if t.dep_ == "pobj"), None)
        if who is not None:
            name, kind = claimant(who, actors)
            found.append(Claim(name, kind, "asserts", "according to", child.idx, child.idx + len("according to")))
    return found


def _hearsay(step: Token) -> list[Claim]:
    """Read "allegedly", "reportedly": a claim with no named claimant."""
    return [
        Claim("not named", "media", "asserts", c.text, c.idx, c.idx + len(c))
        for c in step.children
        if c.dep_ == "advmod" and c.lower_ in _HEARSAY
    ]


def _speech_above(step: Token) -> Token | None:
    """Find the verb of speech or denial that governs a clause, also through "accused X of doing"."""
    head = step.head
    if step.dep_ in {"pcomp", "prep"} and head.dep_ == "prep":
        head = head.head
    return head if head.i != step.i and head.pos_ == "VERB" and (head.lemma_ in SPEECH or head.lemma_ in DENIAL) else None


def _denied_report(step: Token) -> Token | None:
    """Find the verb that denies the report whose content a clause is: "rejected a claim by the rebels that ..."."""
    noun = content_of(step)
    verb = next((t for t in noun.ancestors if t.pos_ in {"VERB", "AUX"}), None) if noun is not None else None
    return verb if verb is not None and verb.lemma_ in DENIAL else None


def _is_subject(pronoun: Token, actor: Actor) -> bool:
    """Tell whether an actor's words are, or are part of, a subject."""
    span = pronoun.doc.char_span(actor.start, actor.end, alignment_mode="expand")
    return span is not None and any(t.dep_ in {"nsubj", "nsubjpass", "poss"} for t in (span.root, span.root.head))


def _by_noun(lemma: str) -> ClaimantType:
    """Type a speaker that is no known actor by the noun that names it."""
    if lemma in _VICTIMS:
        return "victim_operator"
    if lemma in {"expert", "analyst", "lawyer", "scholar", "researcher", "professor"}:
        return "expert"
    if lemma in {"group", "organisation", "organization", "charity", "campaigner"}:
        return "ngo"
    if lemma in {"newspaper", "media", "outlet", "investigation", "broadcaster", "agency", "network"}:
        return "media"
    return "anonymous_official"
