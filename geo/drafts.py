"""Bind an event word to who did it, to what, where, when and how many times: an incident in the making."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geo import arranged, casualties, frames, parts
from geo import claims as claim_reader
from geo.doers import LIGHT, doer
from geo.lexicon import PLACES as NAMES_OF_PLACES
from geo.lexicon import SHIPS as NAMES_OF_SHIPS
from geo.lexicon import EventType, is_a, lexicon
from geo.modality import Modality, modality
from geo.model import Actor, Claim, Count, EventsCount, Evidence, Match, Vessel, When
from geo.parse import lemmas, text_in
from geo.triggers import Trigger, find, in_context

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.frames import Scene


_NEAR_CHARACTERS = 350
_SAME_STORY = 1200
"""How far behind a day the clock alone tells the time: some paragraphs."""
_IN_VAIN = frozenset({"seizure", "detention", "water_cannon", "mine_incident", "collision_or_ramming"})
"""What did not happen where it was only tried; an attempted boarding is an event of its own."""
_NEXT = frozenset({"second", "third", "fourth", "another", "further"})
_RAMS = frozenset({"ram", "ramming", "sideswipe", "side-swipe"})
_AT_SHOALS = frozenset({"water_cannon", "collision_or_ramming", "fired_upon", "suspicious_approach", "boarding"})
_ON_PURPOSE = re.compile(
    r"\b(?:deliberate\w*|intentional\w*|on\s+purpose|aggressive\w*|provo\w+|accus\w+|blam\w+|hit[- ]and[- ]run)\b", re.IGNORECASE
)
_MEANS_IT = re.compile(r"\b(?:(?:ran|run|running|runs) down|(?:dr[io]v\w+|steer\w*|veer\w*|barg\w+) into|shoulder\w*)\b")
"""Words for a collision that nobody has by accident."""
_LASTS = frozenset({"detention", "kidnapping", "hijack"})
"""What lasts from the day on that is named."""
_CLIMBS = frozenset({"climb", "clamber", "scale", "shin", "scramble"})
_REFERRED = re.compile(r"\s+(?:in|of|at|under|see)\s+(?:para(?:graph)?|item|entry|serial)s?\.?\s*\d", re.IGNORECASE)
"""What sends the reader to another entry of a list: "since the kidnapping in para 1"."""
_YEAR = 5
"""The precision of a date that is a year."""
_SERIES = frozenset("string series wave spate campaign number dozen score succession".split())
DRUGS = re.compile(r"\b(?:drugs?|narco\w*|narcotics?|cartels?|cocaine|traffick\w*|smuggl\w*)\b", re.IGNORECASE)
_HEDGED = re.compile(r"\b(?:alleged(?:ly)?|suspected|purported(?:ly)?|reported(?:ly)?|claim(?:ed|s)?|accused|believed)\b", re.IGNORECASE)
_MEASURES = frozenset("kilogram kilo kg tonne ton pound bale barrel litre gallon".split())
_DISTANCE = re.compile(
    r"\s+(?:(?:about|some|around|roughly|approximately)\s+)?\d[\d.,]*\s*(?:nm|nautical|miles?|km|kilomet\w+|met(?:er|re)s|yards).*\Z",
    re.IGNORECASE,
)
_ALLEGED = frozenset({"vessel", "person"})
SHIPS = frozenset({"vessel"})
_OUTCOMES = {
    "destroy": "destroyed",
    "sink": "sunk",
    "damage": "damaged",
    "seize": "seized",
    "impound": "seized",
    "capture": "seized",
    "hijack": "seized",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """An incident in the making: arguments bound, claims collected, not yet named."""

    trigger: Trigger
    aggregate: bool
    mode: Modality
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
    counted_off: bool = False


def drafts(scene: Scene) -> list[Draft]:
    """Read every sentence for event words and bind what they govern; loose casualties go to the event before them."""
    read: list[Draft] = []
    known: frozenset[str] = frozenset()
    starts, staged, supposed, old = arranged.paragraphs(scene.report.text), -9, -9, False
    scene.doc.user_data.setdefault(NAMES_OF_SHIPS, _named(scene, "ship"))
    scene.doc.user_data.setdefault(NAMES_OF_PLACES, _named(scene, "place"))
    for sentence in scene.sentences:
        hurt = casualties.find(scene, sentence)
        triggers = () if parts.field(sentence) else find(sentence, known=known)
        found = [d for t in triggers if (d := _draft(scene, t, sentence, read, hurt=bool(hurt))) is not None]
        number = arranged.paragraph(starts, sentence)
        # What follows an exercise or a supposition, without a day or a victim of its own, is played or supposed with it.
        if number - staged <= 1 and not hurt:
            found = [d for d in found if d.when is not None and sentence.start_char <= d.when.start < sentence.end_char]
        supposed = number if arranged.supposed(sentence) else supposed
        if (number == supposed and arranged.present(sentence)) or arranged.asked(sentence):
            found = [replace(d, mode=replace(d.mode, mode="hypothetical")) if d.mode.mode == "actual" else d for d in found]
        old = arranged.bygone(sentence, scene.report.published) or (old and arranged.of_then(sentence))
        if old:
            found = [replace(d, mode=replace(d.mode, mode="historical")) if _aged(scene, d) else d for d in found]
        staged = number if arranged.session(sentence) else staged
        if found and hurt:
            found = _bind_casualties(found, hurt)
        elif hurt and (index := _suffered(scene, read, sentence)) is not None:
            more = {k: c for k, (c, _) in hurt.items() if k not in read[index].casualties}
            sufferer = told(scene, read[index], sentence, "casualties in a later sentence", casualties=read[index].casualties | more)
            read[index] = sufferer if more else read[index]
        read.extend([_dated(d, read) for d in found] if arranged.same_day(sentence) else found)
        known |= {d.trigger.type.name for d in found}
    return read


def _aged(scene: Scene, draft: Draft) -> bool:
    """Tell an event of a stretch about another age, unless it has a date of our own."""
    return draft.mode.mode == "actual" and not draft.aggregate and (draft.when is None or frames.historical(scene, draft.when))


def _dated(draft: Draft, before: Sequence[Draft]) -> Draft:
    """Give an event that is told by the clock alone the day of the event before it: "An hour later", "At 05:50", "the same night"."""
    if draft.when is not None or draft.aggregate:
        return draft
    near = (d for d in reversed(before) if draft.sentence.start_char - d.sentence.end_char <= _SAME_STORY)
    return replace(draft, when=next((d.when for d in near if d.when is not None and d.when.date_prec == 1), None))


def _named(scene: Scene, role: str) -> frozenset[int]:
    """Give the words of a parse that are names of ships, or of places."""
    named = (m.mention for m in scene.matches if m.mention.role == role)
    spans = (scene.doc.char_span(m.start, m.end, alignment_mode="expand") for m in named)
    return frozenset(t.i for span in spans if span is not None for t in span)


def _follows(draft: Draft, sentence: Sentence) -> bool:
    """Tell whether a sentence stands close enough behind an event that happened for its victims to be those of the event."""
    return draft.mode.mode == "actual" and 0 <= sentence.start_char - draft.sentence.end_char <= _NEAR_CHARACTERS


def _suffered(scene: Scene, before: Sequence[Draft], sentence: Sentence) -> int | None:
    """Find the event whose victims a later sentence counts: that of a place it names, else the last one."""
    near = [i for i, draft in enumerate(before) if _follows(draft, sentence)]
    named = {m.mention.text for m in scene.within(scene.matches, sentence.start_char, sentence.end_char) if m.geometry is not None}
    here = (i for i in reversed(near) if any(name in m.mention.text or m.mention.text in name for m in before[i].matches for name in named))
    return next(here, near[-1] if near and near[-1] == len(before) - 1 else None)


def _draft(scene: Scene, trigger: Trigger, sentence: Sentence, before: Sequence[Draft], *, hurt: bool) -> Draft | None:
    """Bind one event word, or give None when it tells no event: a habit, a purpose, a bare mention of a kind of event."""
    mode = modality(trigger.token, nominal=trigger.nominal)
    told_of_sea = bool(before) and trigger.type.context == "sea"
    if mode is None or not in_context(trigger, sentence, known=told_of_sea):
        return None
    if trigger.type.name != "advisory" and arranged.played(trigger.token):
        return None
    referred = _REFERRED.match(scene.report.text, trigger.token.idx + len(trigger.token))
    if referred or (before and trigger.nominal and _spoken_of(trigger.token)):
        return None
    rammed = trigger.token.lemma_.lower() in _RAMS or _MEANS_IT.search(trigger.rule)
    if trigger.type.name == "collision_or_ramming" and not rammed and not _meant(scene, sentence, before):
        return None
    found = frames.when(scene, trigger.token) or parts.message_when(scene)
    near = [t for t in (trigger.target, *_series(trigger.token)) if t is not None]
    places = frames.where(scene, trigger.token, within=near)
    events, plural = _events(scene, trigger, found)
    # "The severing of its cable on Saturday": the day may hang on another word, the thing itself does not.
    dated = trigger.nominal and trigger.target is not None and trigger.target.head.lower_ == "of" and bool(_days_in(scene, sentence))
    if _idle(trigger, plural=plural, bound=bool(places or found or events or hurt or dated)):
        return None
    if frames.historical(scene, found) or (
        mode.mode == "actual" and arranged.bygone(sentence, scene.report.published if found is None else None)
    ):
        mode = replace(mode, mode="historical")
    if mode.mode == "actual" and _last_of_kind(trigger) and found is not None and found.date_prec == _YEAR:
        mode = replace(mode, mode="historical")
    if mode.mode == "actual" and trigger.type.name != "advisory" and frames.ahead(scene, found) and not _past(scene, trigger.token):
        mode = replace(mode, mode="future")
    if mode.mode == "actual" and arranged.invented(scene.report.text):
        mode = replace(mode, mode="hypothetical")
    if mode.attempted and trigger.type.name in _IN_VAIN:
        mode = replace(mode, mode="negation")  # "failed to intercept the yacht"
    about = claim_reader.attributions(_head(trigger), scene.actors)
    hearsay = any(c.claimant == "not named" for c in about)
    part = _part_of(trigger, before)
    actor = _of_part(scene, doer(scene, trigger)) or _again(trigger, before) or (before[part].actor if part is not None else None)
    return Draft(
        _attempted(trigger, mode),
        plural,
        mode,
        actor,
        tuple(places or ([] if plural else _lent(scene, found))),
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


def _of_part(scene: Scene, actor: Actor | None) -> Actor | None:
    """Leave out who is only named in the heading or the entry before."""
    return actor if actor is not None and actor.start >= scene.start else None


def _spoken_of(noun: Token) -> bool:
    """Tell an event that is only spoken of after it was told: "Abuja condemned the attack"."""
    return noun.dep_ == "dobj" and noun.head.lemma_ in claim_reader.CHARACTERISE and any(c.lower_ in {"the", "this"} for c in noun.lefts)


def _last_of_kind(trigger: Trigger) -> bool:
    """Tell an event that is named only as the last of its kind: "the last successful hijacking of a tanker there was in 2015"."""
    return trigger.nominal and trigger.token.head.lemma_ == "be" and any(c.lower_ == "last" for c in trigger.token.lefts)


def _lent(scene: Scene, day: When | None) -> list[Match]:
    """Lend an event the place of its message, unless that is told of another day: "boarded off Lome on Monday. In March a tug ..."."""
    lent = parts.message_place(scene)
    beside = [sentence for sentence in scene.sentences if lent and sentence.start_char <= lent[0].mention.start < sentence.end_char]
    told = {(d.date_start, d.date_text) for sentence in beside for d in scene.within(scene.dates, sentence.start_char, sentence.end_char)}
    return [] if day is not None and told and (day.date_start, day.date_text) not in told else lent


def _days_in(scene: Scene, sentence: Sentence) -> list[When]:
    """List the days that a sentence names."""
    return [w for w in scene.within(scene.dates, sentence.start_char, sentence.end_char) if w.date_prec == 1]


def _past(scene: Scene, word: Token) -> bool:
    """Tell a message that says in the past tense what it dates after its own day: a slip of the pen, and no plan."""
    verb = any(t.tag_ == "VBD" for t in (word, *word.children))
    return verb and parts.is_telegraph(scene)


def _again(trigger: Trigger, before: Sequence[Draft]) -> Actor | None:
    """Give the doer of the event before one that is told as the next of a row: "a second strike killed three"."""
    if not (trigger.nominal and before and any(c.lower_ in _NEXT for c in trigger.token.children)):
        return None
    return before[-1].actor if before[-1].trigger.type.name == trigger.type.name else None


def _meant(scene: Scene, sentence: Sentence, before: Sequence[Draft]) -> bool:
    """Tell a collision on purpose: said so, or of two states with forces or blame between them; two ships in fog are an accident."""
    if _ON_PURPOSE.search(text_in(sentence)):
        return True
    inside = scene.within(scene.matches, sentence.start_char, sentence.end_char)
    states = {m.place.country for m in inside if m.place is not None and m.mention.role in {"demonym", "metonym", "institution"}}
    states |= {a.country for a in scene.within(scene.actors, sentence.start_char, sentence.end_char)}
    forced = not (lexicon().forces | {"militia"}).isdisjoint(lemmas(sentence))
    hostile = any(d.trigger.type.name in _AT_SHOALS and d.mode.mode == "actual" for d in before)
    return len(states - {None}) > 1 and (forced or hostile)


def _events(scene: Scene, trigger: Trigger, found: When | None) -> tuple[EventsCount | None, bool]:
    """Tell a total from an event, and how many it sums: "more than a dozen strikes" is low 13, and so is "attacked 13 ships since May"."""
    if trigger.rule.startswith("phrase") or (trigger.type.name == "explosion" and not _series(trigger.token)):
        return None, False
    open_ended = found is not None and found.date_start is not None and found.date_end is None
    if open_ended and found is not None and found.date_prec == 1 and trigger.type.name in _LASTS and is_a(trigger.target, ("person",)):
        return None, False  # "eleven men have been held since Monday"
    counted = trigger.token if trigger.nominal else trigger.target if open_ended else None
    if counted is None or counted.pos_ != "NOUN":
        return None, False
    count = frames.count_of(scene, counted)
    plural = trigger.nominal and (counted.tag_ == "NNS" or bool(_series(counted)))
    if count is None or (count.low or 0) < 2:
        # "strikes on the port on Sunday" are one event, told in the plural.
        return None, plural and not (found is not None and found.date_prec == 1 and not open_ended and not _series(counted))
    return EventsCount(count.low, count.best, count.high), True


def _series(token: Token) -> list[Token]:
    """Find the collective above a nominal event: "a string of strikes"."""
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ in _SERIES:
        return [token.head.head]
    return []


def _idle(trigger: Trigger, *, plural: bool, bound: bool) -> bool:
    """Tell a bare mention from an event: a noun with nothing bound to it, a generic present, a pointer back."""
    token = trigger.token
    if 0 < token.i < len(token.doc) - 1 and token.nbor(-1).is_quote and token.nbor().is_quote:
        return True  # two submarines "sank" a tanker: in a manner of speaking
    if trigger.rule.startswith(("phrase", "headline")):
        return False
    if trigger.nominal and token.pos_ == "NOUN":
        pointing = any(c.lower_ in {"the", "those", "these", "such", "any", "this"} for c in token.children)
        return not bound or (pointing and plural and not any(c.dep_ in {"prep", "nummod", "relcl"} for c in token.children))
    return token.tag_ == "VBP" and not bound


def _attempted(trigger: Trigger, mode: Modality) -> Trigger:
    """Turn an attempted boarding into its own type; other attempts keep theirs and say so in the rule."""
    noun = trigger.nominal and any(c.lower_ in {"attempted", "failed", "foiled"} for c in trigger.token.children)
    # "robbers seen climbing the chain": not aboard yet
    climbing = trigger.token.tag_ == "VBG" and trigger.token.dep_ in {"acl", "ccomp"} and trigger.token.lemma_ in _CLIMBS
    if not (mode.attempted or noun or climbing):
        return trigger
    if trigger.type.name == "boarding":
        return replace(trigger, type=kind("attempted_boarding"))
    return replace(trigger, rule=f"{trigger.rule}, attempted")


def kind(name: str) -> EventType:
    """Give an event type by name; an attempted boarding is a boarding with words of its own."""
    if name == "attempted_boarding":
        return replace(kind("boarding"), name=name, words=("Attempted boarding of a vessel", "Attempted boardings of vessels"))
    return next(e for e in lexicon().types if e.name == name)


def _part_of(trigger: Trigger, before: Sequence[Draft]) -> int | None:
    """Find the total that an event belongs to when the text points back at it ("among those destroyed")."""
    if not any(t.lower_ == "among" for t in (*trigger.token.ancestors,)):
        return None
    totals = [i for i, d in enumerate(before) if d.aggregate and d.trigger.type.name == trigger.type.name]
    return totals[-1] if totals else None


def _head(trigger: Trigger) -> Token:
    """Give the word whose clause is attributed: the light verb of a nominal, or the event word itself."""
    head = trigger.token.head
    return head if trigger.nominal and head.lemma_ in LIGHT else trigger.token


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
    words = frames.phrase(measured if measured is not None and trigger.target.lemma_.lower() in _MEASURES else trigger.target)
    # "a dhow 20 nm off Hobyo": the parser makes the miles the head of the phrase.
    return _DISTANCE.sub("", words) or None


def _target_status(trigger: Trigger, sentence: Sentence) -> str | None:
    """Say what is only alleged of the target; a drug link is never stated in our voice."""
    text = text_in(sentence)
    if not is_a(trigger.target, _ALLEGED) or not DRUGS.search(text):
        return None
    drugs = [m.start() for m in DRUGS.finditer(text)]
    hedges = sorted(_HEDGED.finditer(text), key=lambda h: min(abs(h.start() - d) for d in drugs))
    return "drug link alleged" + (f" ({hedges[0].group(0).lower()!r})" if hedges else " (by the report)")


def _vessels(scene: Scene, trigger: Trigger, sentence: Sentence) -> Iterator[Vessel]:
    """List the ships of the sentence by name, else the target by type, with what became of it."""
    outcome = _OUTCOMES.get(trigger.token.lemma_)
    kind = _vessel_type(trigger.target) if is_a(trigger.target, SHIPS) else None
    names = [m for m in scene.within(scene.matches, sentence.start_char, sentence.end_char) if m.mention.role == "ship"]
    if names:
        yield from (Vessel(name=m.mention.text, type=kind, outcome=outcome) for m in names)
    elif kind is not None and trigger.target is not None:
        before = scene.starting(scene.actors, trigger.target.left_edge.idx, trigger.target.idx)
        flag = before[0].country if before else None
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


def told(scene: Scene, draft: Draft, sentence: Sentence, rule: str, **changes: Any) -> Draft:  # noqa: ANN401 - fields of a draft
    """Change a draft by what a sentence says of it, with the sentence as evidence."""
    return replace(draft, evidence=(*draft.evidence, frames.evidence(scene, sentence, rule)), **changes)


def bare(scene: Scene, event: EventType, token: Token, sentence: Sentence, rule: str) -> Draft:
    """Make an event of words that no frame reads: a sign in a message, a total."""
    trigger = Trigger(event, token, nominal=False, target=None, rule=rule)
    places, found = tuple(parts.message_place(scene)), parts.message_when(scene)
    nothing: dict[str, Any] = {"actor": None, "events": None, "casualties": {}, "claims": (), "character": ()}
    return Draft(
        trigger=trigger, aggregate=False, mode=Modality("actual"), matches=places, when=found, own_voice=True, hearsay=False,
        target_text=None, target_status=None, sentence=sentence, evidence=(frames.evidence(scene, sentence, f"{event.name}: {rule}"),),
        **nothing,
    )  # fmt: skip
