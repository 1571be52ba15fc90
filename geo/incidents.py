"""Turn frames into incidents: what happened or is said to have happened, with who says so. Totals are told from events."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from geo import casualties, frames, telegraph, titles
from geo import claims as claim_reader
from geo.model import Actor, Casualties, Claim, Count, EventsCount, Evidence, Incident, Match, Relation, Vessel, When, record_id
from geo.parse import agent, bounds, climb, group, passive, subject, text_of
from geo.parse import sentence as sentence_of
from geo.triggers import EVENT_NOUNS, EventType, Trigger, find, in_context, is_a, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.frames import Scene

_LIGHT = frozenset("carry conduct launch make perform undertake mount execute stage commit order".split())
_SERIES = frozenset("string series wave spate campaign number dozen score succession".split())
_ECHO = frozenset("echo share endorse back repeat".split())
_DRUGS = re.compile(r"\b(?:drugs?|narco\w*|narcotics?|cartels?|cocaine|traffick\w*|smuggl\w*)\b", re.IGNORECASE)
_HEDGED = re.compile(r"\b(?:alleged(?:ly)?|suspected|purported(?:ly)?|reported(?:ly)?|claim(?:ed|s)?|accused|believed)\b", re.IGNORECASE)
_MEASURES = frozenset("kilogram kilo kg tonne ton pound bale barrel litre gallon".split())
_ALLEGED = frozenset({"vessel", "person"})
_REPLY_CHARACTERS = 1500
"""A denial answers what was told at most this far before it: a few paragraphs of news."""
_SHIPS = frozenset({"vessel"})
_OUTCOMES = {
    "destroy": "destroyed",
    "sink": "sunk",
    "damage": "damaged",
    "seize": "seized",
    "impound": "seized",
    "capture": "seized",
    "hijack": "seized",
}
_WEAPONS = re.compile(
    r"\b(?:(?:anti-ship\s+|ballistic\s+|cruise\s+)?missiles?|rockets?|drones?|torpedo(?:es)?|gunfire|small\s+arms|knives|machetes?|RPGs?|rocket-propelled\s+grenades?|automatic\s+weapons?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An incident in the making: arguments bound, claims collected, not yet named."""

    trigger: Trigger
    aggregate: bool
    mode: claim_reader.Modality
    actor: Actor | None
    matches: tuple[Match, ...]
    when: When | None
    events: EventsCount | None
    casualties: dict[str, Count]
    claims: tuple[Claim, ...]
    character: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    own_voice: bool
    hearsay: bool
    target_text: str | None
    target_status: str | None
    sentence: Sentence
    part_of: int | None = None
    vessels: tuple[Vessel, ...] = ()


def incidents(scene: Scene) -> tuple[Incident, ...]:
    """Read the incidents of a report: one record per event, one per total, of every mode, in order of their first evidence."""
    drafts = _one_event(scene, _merge(_with_judgements(scene, _drafts(scene))))
    taken: set[str] = set()
    records: list[Incident] = []
    for draft in drafts:
        name = record_id(scene.report.id, "incident", draft.trigger.type.name, draft.evidence[0].text, taken)
        taken.add(name)
        records.append(_record(scene, draft, name))
    return tuple(_related(drafts, records))


def _drafts(scene: Scene) -> list[Draft]:
    """Read every sentence for event words and bind what they govern; loose casualties go to the event before them."""
    drafts: list[Draft] = []
    for sentence in scene.doc.sents:
        known = frozenset(d.trigger.type.name for d in drafts)
        hurt = casualties.find(scene, sentence)
        found = [d for t in find(sentence, known=known) if (d := _draft(scene, t, sentence, drafts, hurt=bool(hurt))) is not None]
        if found and hurt:
            found = _bind_casualties(found, hurt)
        elif hurt and drafts and 0 <= sentence.start - drafts[-1].sentence.end <= 1 and not drafts[-1].casualties:
            counts = {k: c for k, (c, _) in hurt.items()}
            drafts[-1] = _told(scene, drafts[-1], sentence, "casualties in the next sentence", casualties=counts)
        drafts.extend(found)
    return drafts


def _draft(scene: Scene, trigger: Trigger, sentence: Sentence, before: Sequence[Draft], *, hurt: bool) -> Draft | None:
    """Bind one event word, or give None when it tells no event: a habit, a purpose, a bare mention of a kind of event."""
    mode = claim_reader.modality(trigger.token, nominal=trigger.nominal)
    if mode is None or not in_context(trigger, sentence):
        return None
    found = frames.when(scene, trigger.token) or frames.message_when(scene)
    near = [t for t in (trigger.target, *_series(trigger.token)) if t is not None]
    places = frames.where(scene, trigger.token, within=near)
    events, plural = _events(scene, trigger, found)
    if _idle(trigger, plural=plural, bound=bool(places or found or events or hurt)):
        return None
    if frames.historical(scene, found):
        mode = replace(mode, mode="historical")
    about = claim_reader.attributions(_head(trigger), scene.actors)
    hearsay = any(c.claimant == "not named" for c in about)
    part = _part_of(trigger, before)
    actor = _actor(scene, trigger) or (before[part].actor if part is not None else None)
    return Draft(
        _attempted(trigger, mode),
        plural,
        mode,
        actor,
        tuple(places or ([] if plural else frames.message_place(scene))),
        found,
        events,
        {},
        tuple(c for c in about if c.claimant != "not named"),
        tuple(_about_target(trigger, scene.actors)),
        (frames.evidence(scene, sentence, f"{trigger.type.name}: {trigger.rule}"),),
        not about,
        hearsay,
        _target_text(trigger),
        _target_status(trigger, sentence),
        sentence,
        part,
        tuple(_vessels(scene, trigger, sentence)),
    )


def _events(scene: Scene, trigger: Trigger, found: When | None) -> tuple[EventsCount | None, bool]:
    """Tell a total from an event, and how many it sums: "more than a dozen strikes" is low 13, and so is "attacked 13 ships since May"."""
    if trigger.rule.startswith("phrase"):
        return None, False
    open_ended = found is not None and found.date_start is not None and found.date_end is None
    counted = trigger.token if trigger.nominal else trigger.target if open_ended else None
    if counted is None or counted.pos_ != "NOUN":
        return None, False
    count = frames.count_of(scene, counted)
    plural = trigger.nominal and (counted.tag_ == "NNS" or bool(_series(counted)))
    if count is None or (count.low or 0) < 2:
        return None, plural
    return EventsCount(count.low, count.best, count.high), True


def _series(token: Token) -> list[Token]:
    """Find the collective above a nominal event: "a string of strikes"."""
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ in _SERIES:
        return [token.head.head]
    return []


def _idle(trigger: Trigger, *, plural: bool, bound: bool) -> bool:
    """Tell a bare mention from an event: a noun with nothing bound to it, a generic present, a pointer back."""
    token = trigger.token
    if trigger.rule.startswith("phrase"):
        return False
    if trigger.nominal and token.pos_ == "NOUN":
        pointing = any(c.lower_ in {"the", "those", "these", "such", "any", "this"} for c in token.children)
        return not bound or (pointing and plural and not any(c.dep_ in {"prep", "nummod", "relcl"} for c in token.children))
    return token.tag_ == "VBP" and not bound


def _attempted(trigger: Trigger, mode: claim_reader.Modality) -> Trigger:
    """Turn an attempted boarding into its own type; other attempts keep theirs and say so in the rule."""
    noun = trigger.nominal and any(c.lower_ in {"attempted", "failed", "foiled"} for c in trigger.token.children)
    if not (mode.attempted or noun):
        return trigger
    if trigger.type.name == "boarding":
        return replace(trigger, type=_kind("attempted_boarding"))
    return replace(trigger, rule=f"{trigger.rule}, attempted")


def _kind(name: str) -> EventType:
    """Give an event type by name; an attempted boarding is a boarding with words of its own."""
    if name == "attempted_boarding":
        return replace(_kind("boarding"), name=name, words=("Attempted boarding of a vessel", "Attempted boardings of vessels"))
    return next(e for e in lexicon().types if e.name == name)


def _part_of(trigger: Trigger, before: Sequence[Draft]) -> int | None:
    """Find the total that an event belongs to when the text points back at it ("among those destroyed")."""
    if not any(t.lower_ == "among" for t in (*trigger.token.ancestors,)):
        return None
    totals = [i for i, d in enumerate(before) if d.aggregate and d.trigger.type.name == trigger.type.name]
    return totals[-1] if totals else None


def _actor(scene: Scene, trigger: Trigger) -> Actor | None:
    """Find who does it: the verb's doer, or a nominal's owner ("US strikes", "strikes by the navy") or light verb ("carried out")."""
    if not trigger.nominal or trigger.token.pos_ == "VERB":
        return frames.actor_of(scene, agent(trigger.token))
    for child in trigger.token.subtree:
        if (
            child.dep_ in {"compound", "nmod", "amod", "poss"}
            and child.pos_ != "PRON"
            and (found := claim_reader.actor_at(child, scene.actors)) is not None
            and _adjoins(child, trigger.token)
        ):
            return found
    by = next((c for c in trigger.token.children if c.dep_ == "prep" and c.lower_ == "by"), None)
    if by is not None:
        return frames.actor_of(scene, next(iter(by.children), None))
    head = trigger.token.head
    governs = head.pos_ == "VERB" and (head.lemma_ in _LIGHT or (trigger.rule.startswith("phrase") and not passive(head)))
    return frames.actor_of(scene, subject(head)) if governs else None


def _adjoins(child: Token, noun: Token) -> bool:
    """Tell whether a modifier stands before the noun and inside its own phrase, not inside "on ..." after it."""
    return child.i < noun.i


def _head(trigger: Trigger) -> Token:
    """Give the word whose clause is attributed: the light verb of a nominal, or the event word itself."""
    head = trigger.token.head
    return head if trigger.nominal and head.lemma_ in _LIGHT else trigger.token


def _about_target(trigger: Trigger, actors: Sequence[Actor]) -> Iterator[Claim]:
    """List claims about what the target was: "vessels Washington claimed were engaged in trafficking"."""
    for word in trigger.target.subtree if trigger.target is not None else ():
        if word.dep_ == "relcl" and word.lemma_ in claim_reader.SPEECH:
            claim = claim_reader.claim_by(word, actors)
            if claim is not None:
                yield claim


def _target_text(trigger: Trigger) -> str | None:
    """Give the target in the report's words, without its clauses."""
    if trigger.target is None:
        return None
    # "1,200 kilograms of cocaine": what is measured, not the measure.
    measured = next((t for p in trigger.target.children if p.lower_ == "of" for t in p.children if t.dep_ == "pobj"), None)
    return frames.phrase(measured if measured is not None and trigger.target.lemma_.lower() in _MEASURES else trigger.target)


def _target_status(trigger: Trigger, sentence: Sentence) -> str | None:
    """Say what is only alleged of the target; a drug link is never stated in our voice."""
    if not is_a(trigger.target, _ALLEGED, lexicon()) or not _DRUGS.search(sentence.text):
        return None
    drugs = [m.start() for m in _DRUGS.finditer(sentence.text)]
    hedges = sorted(_HEDGED.finditer(sentence.text), key=lambda h: min(abs(h.start() - d) for d in drugs))
    return "drug link alleged" + (f" ({hedges[0].group(0).lower()!r})" if hedges else " (by the report)")


def _vessels(scene: Scene, trigger: Trigger, sentence: Sentence) -> Iterator[Vessel]:
    """List the ships of the sentence by name, else the target by type, with what became of it."""
    outcome = _OUTCOMES.get(trigger.token.lemma_)
    kind = _vessel_type(trigger.target) if is_a(trigger.target, _SHIPS, lexicon()) else None
    names = [m for m in scene.within(scene.matches, sentence.start_char, sentence.end_char) if m.mention.role == "ship"]
    if names:
        yield from (Vessel(name=m.mention.text, type=kind, outcome=outcome) for m in names)
    elif kind is not None and trigger.target is not None:
        flag = next((a.country for a in scene.actors if trigger.target.left_edge.idx <= a.start < trigger.target.idx), None)
        yield Vessel(type=kind, flag=flag, outcome=outcome)


def _vessel_type(target: Token | None) -> str | None:
    """Name the type of a vessel by its noun and what is compounded with it: "fishing vessel"."""
    if target is None:
        return None
    return " ".join([*(c.lower_ for c in target.lefts if c.dep_ == "compound" and c.pos_ == "NOUN"), target.lemma_.lower()])


def _bind_casualties(drafts: list[Draft], hurt: dict[str, tuple[Count, Token]]) -> list[Draft]:
    """Give each count to the event of its sentence that stands nearest on the tree."""
    out = list(drafts)
    for fate, (count, word) in hurt.items():
        nearest = min(range(len(out)), key=lambda i: (frames.steps(out[i].trigger.token, word), i))
        out[nearest] = replace(out[nearest], casualties=out[nearest].casualties | {fate: count})
    return out


def _with_judgements(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Add what others say of the events: denials of a claim or of the event, and judgements of their character."""
    out = list(drafts)
    nouns = frozenset(noun for event in lexicon().types for noun in event.nouns)
    judged: int | None = None
    for sentence in scene.doc.sents:
        for claim in claim_reader.disputes(list(sentence), scene.actors, things=nouns):
            index = next((i for i in reversed(range(len(out))) if _contested(out[i], sentence, claim, nouns)), None)
            if index is not None:
                out[index] = _told(scene, out[index], sentence, f"disputed: {claim.cue!r}", claims=(*out[index].claims, claim))
        for claim in _judgements(scene, sentence, pending=judged is not None):
            last = next((i for i in reversed(range(len(out))) if out[i].aggregate or len(out) == 1), None)
            index = last if judged is None else judged
            if index is not None and claim not in out[index].character and out[index].sentence.start_char <= sentence.start_char:
                judged = index
                status = out[index].target_status or _drug_status(claim)
                character = (*out[index].character, claim)
                out[index] = _told(scene, out[index], sentence, f"judged: {claim.cue!r}", target_status=status, character=character)
    return out


def _contested(draft: Draft, sentence: Sentence, claim: Claim, nouns: frozenset[str]) -> bool:
    """Tell whether a denial is of this event: of what somebody claimed shortly before, or of the event by its own noun."""
    distance = sentence.start_char - draft.sentence.start_char
    named = {word.strip(".,") for word in claim.cue.lower().split()} & nouns
    if claim.claimant in {c.claimant for c in draft.claims} or not 0 <= distance < _REPLY_CHARACTERS:
        return False
    return bool(named & draft.trigger.type.nouns) if named else bool(draft.claims) and distance > 0


def _told(scene: Scene, draft: Draft, sentence: Sentence, rule: str, **changes: Any) -> Draft:  # noqa: ANN401 - fields of a draft
    """Change a draft by what a sentence says of it, with the sentence as evidence."""
    return replace(draft, evidence=(*draft.evidence, frames.evidence(scene, sentence, rule)), **changes)


def _judgements(scene: Scene, sentence: Sentence, *, pending: bool) -> Iterator[Claim]:
    """List who calls the events what: "condemned the strikes as unlawful", "the attacks amount to ..."."""
    for verb in sentence:
        if verb.pos_ != "VERB":
            continue
        thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
        clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        about = subject(clause) if clause is not None and verb.lemma_ in claim_reader.SPEECH else None
        drugged = about is not None and clause is not None and is_a(about, _SHIPS, lexicon()) and _pointing(about) and _drug_clause(clause)
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
    return f"drug link alleged ({claim.cue.split()[0]!r})" if _DRUGS.search(claim.cue) else None


def _drug_clause(clause: Token) -> bool:
    """Tell a clause about drugs: what somebody says that the vessels were doing."""
    return any(_DRUGS.fullmatch(t.text) for t in clause.subtree)


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


def _merge(drafts: list[Draft]) -> list[Draft]:
    """Join what tells the same: totals of one type and actor, and repeats of one event without news of its own."""
    out: list[Draft] = []
    moved: dict[int, int] = {}
    for index, draft in enumerate(drafts):
        twin = next((i for i, d in enumerate(out) if _same(d, draft)), None)
        moved[index] = len(out) if twin is None else twin
        if twin is None:
            out.append(draft)
        else:
            out[twin] = _joined(out[twin], draft)
    return [replace(d, part_of=moved[d.part_of]) if d.part_of is not None else d for d in out]


_STEPS = frozenset(
    "hijack kidnapping robbery boarding fired_upon attempted_boarding suspicious_approach strike_on_vessel armed_clash explosion".split()
)
"""Kinds of event that a message from the sea tells as steps of one."""


def _one_event(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Make one event of the steps that a message tells, named by its gravest sign; what forces did about it stays apart."""
    steps = [d for d in drafts if d.trigger.type.name in _STEPS and not d.aggregate and d.mode.mode == "actual" and not _official(d)]
    signs = telegraph.signs(list(scene.doc.sents)) if frames.one_event(scene, (d.when for d in steps)) else []
    if not signs and not drafts and frames.headed(scene) and (day := frames.message_when(scene)) is not None:
        word = scene.token(day.start, day.end)
        signs = [] if word is None else [telegraph.Sign("other", day.start, day.end, sentence_of(word))]
    if not signs:
        return drafts
    first = steps[0] if steps else _of_sign(scene, signs[0])
    whole = reduce(_joined, steps[1:], first)
    event = _kind(signs[0].type)
    rule = f"{event.name}: sign {scene.report.text[signs[0].start : signs[0].end]!r}"
    told = _told(scene, whole, signs[0].sentence, rule, trigger=replace(whole.trigger, type=event))
    rest = [d for d in drafts if d not in steps]
    told = replace(told, evidence=_once(told.evidence), when=frames.message_when(scene) or told.when)
    return sorted([told, *rest], key=lambda d: d.sentence.start)


def _official(draft: Draft) -> bool:
    """Tell what a state's forces did: their boarding is no act of pirates."""
    return draft.actor is not None and draft.actor.kind in {"state", "armed_forces", "coast_guard", "government", "agency", "official"}


def _of_sign(scene: Scene, sign: telegraph.Sign) -> Draft:
    """Make an event of a sign in a message whose words no frame reads: "noticed two robbers in the engine room"."""
    event = _kind(sign.type)
    token = scene.token(sign.start, sign.end) or sign.sentence.root
    trigger = Trigger(event, token, nominal=False, target=None, rule="sign")
    places, found = tuple(frames.message_place(scene)), frames.message_when(scene)
    nothing: dict[str, Any] = {"actor": None, "events": None, "casualties": {}, "claims": (), "character": (), "evidence": ()}
    return Draft(
        trigger=trigger, aggregate=False, mode=claim_reader.Modality("actual"), matches=places, when=found, own_voice=True, hearsay=False,
        target_text=None, target_status=None, sentence=sign.sentence, **nothing,
    )  # fmt: skip


def _once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Quote a sentence once, with the first rule that read it."""
    return tuple({(e.start, e.end): e for e in reversed(evidence)}.values())[::-1]


def _same(one: Draft, other: Draft) -> bool:
    """Tell whether two drafts speak of the same: type, mode, kind and actor agree, and nothing they state differs."""
    if (
        one.trigger.type.name != other.trigger.type.name
        or one.aggregate != other.aggregate
        or one.mode.mode != other.mode.mode
        or one.part_of != other.part_of
    ):
        return False
    if one.actor is not None and other.actor is not None and one.actor.country != other.actor.country:
        return False
    if one.aggregate:
        return True
    dates = one.when is None or other.when is None or one.when.date_start == other.when.date_start
    places = not one.matches or not other.matches or one.matches[0].mention.text == other.matches[0].mention.text
    hurt = all(one.casualties[k].best == other.casualties[k].best for k in one.casualties.keys() & other.casualties.keys())
    return dates and places and hurt and other.part_of is None


def _joined(one: Draft, other: Draft) -> Draft:
    """Join two drafts of the same: all evidence and claims, the higher total, the wider area, the known date."""
    events = max((e for e in (one.events, other.events) if e is not None), key=lambda e: e.low or 0, default=None)
    hurt = one.casualties | {
        k: c for k, c in other.casualties.items() if k not in one.casualties or (c.low or 0) > (one.casualties[k].low or 0)
    }
    return replace(
        one,
        actor=one.actor or other.actor,
        matches=max(one.matches, other.matches, key=len),
        when=_better(one.when, other.when),
        events=events,
        casualties=hurt,
        claims=_union(one.claims, other.claims),
        character=_union(one.character, other.character),
        evidence=_union(one.evidence, other.evidence),
        own_voice=one.own_voice or other.own_voice,
        hearsay=one.hearsay and other.hearsay,
        target_status=one.target_status or other.target_status,
        vessels=one.vessels or other.vessels,
    )


def _better(one: When | None, other: When | None) -> When | None:
    """Keep the date that says more: the one with a start, then the earlier."""
    known = [w for w in (one, other) if w is not None and w.date_start is not None]
    return min(known, key=lambda w: (w.date_end is not None, w.date_start or ""), default=one or other)


def _union(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """Join two tuples without repeats, in order."""
    return (*one, *(x for x in other if x not in one))


def _record(scene: Scene, draft: Draft, name: str) -> Incident:
    """Name and fill the record of a draft."""
    where = frames.place_fields(draft.matches, scene.report.text)
    if draft.aggregate:
        where = frames.without_point(where)
    claims = tuple(sorted((*draft.claims, *draft.character), key=lambda c: c.start))
    dated, said = frames.date_fields(draft.when), _assertion(scene, draft)
    if draft.trigger.type.name == "advisory" and not dated.get("valid_until"):
        dated |= frames.validity(scene)
    incident = Incident(
        id=name,
        title="",
        record_kind="aggregate" if draft.aggregate else "event",
        # What all who speak deny did not happen, as far as the report tells.
        auxiliary_mode="negation" if said == "denied" and draft.mode.mode == "actual" else draft.mode.mode,
        assertion=said,
        claims=claims,
        where_role="event",
        evidence=_evidence(scene, draft),
        source=scene.report.source,
        zone_claims=frames.zone_claims(scene, draft.sentence, draft.claims),
        event_type=draft.trigger.type.name,
        actor=draft.actor.name if draft.actor else None,
        actor_country=draft.actor.country if draft.actor else None,
        target=draft.target_text,
        target_status=draft.target_status,
        weapon=_weapon(draft),
        vessels=draft.vessels,
        events_count=draft.events,
        casualties=Casualties(**draft.casualties),
        **where,
        **dated,
    )
    return replace(incident, title=titles.incident(incident, draft.trigger.type.words))


def _assertion(scene: Scene, draft: Draft) -> Any:  # noqa: ANN401 - one of the published values
    """Derive the assertion from the claims about whether it happened, not from those about its character."""
    names = frames.side(scene, draft.actor)
    return claim_reader.assertion(draft.claims, actor_names=names, own_voice=draft.own_voice, hearsay=draft.hearsay)


def _evidence(scene: Scene, draft: Draft) -> tuple[Evidence, ...]:
    """List the sentences first, then the words that gave place and date, each with its rule."""
    extra = [frames.quote(scene, m.mention.start, m.mention.end, f"where: {m.geometry_method}") for m in draft.matches]
    if draft.when is not None:
        extra.append(frames.quote(scene, draft.when.start, draft.when.end, f"when: precision {draft.when.date_prec}"))
    if draft.mode.cue is not None:
        extra.append(frames.quote(scene, draft.mode.cue.start, draft.mode.cue.end, f"mode: {draft.mode.mode}"))
    return _once((*draft.evidence, *extra))


def _weapon(draft: Draft) -> str | None:
    """Give the weapon that the sentence names."""
    hit = _WEAPONS.search(draft.sentence.text)
    return hit.group(0).lower() if hit else None


def _related(drafts: Sequence[Draft], records: Sequence[Incident]) -> list[Incident]:
    """Link the parts to their totals."""
    return [
        replace(r, relations=(Relation("part_of", records[d.part_of].id),)) if d.part_of is not None else r
        for d, r in zip(drafts, records, strict=True)
    ]
