"""Join what tells the same event: repeats, totals of one campaign, and the steps of one action."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from geo import arranged, casualties, identity, parts, telegraph
from geo.drafts import Draft, bare, kind, told
from geo.parse import agent, climb, passive, text_in
from geo.parse import sentence as sentence_of
from geo.tallies import LIST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.frames import Scene
    from geo.model import Count, Evidence, When


_STEPS = frozenset(
    "hijack kidnapping robbery boarding fired_upon attempted_boarding suspicious_approach strike_on_vessel armed_clash explosion "
    "other".split()
)
"""Kinds of event that a message from the sea tells as steps of one."""


_MISTAKEN = frozenset({"suspicious_approach", "attempted_boarding", "mine_incident", "other"})
"""What a watch may take a fishing boat or a barrel for."""
_GRAVEST = (
    "hijack kidnapping seizure robbery mine_incident naval_drone_attack missile_attack water_cannon collision_or_ramming strike_on_vessel "
    "airstrike_land armed_clash fired_upon boarding detention attempted_boarding suspicious_approach sabotage explosion other"
).split()
"""Of an action told in steps the first of these names it."""
_CHAIN = frozenset("compound nmod amod conj advcl xcomp acl prep pobj pcomp dobj ccomp relcl appos dep".split())
_ARMED = frozenset({"missile_attack", "naval_drone_attack", "mine_incident"})
"""What says more of an attack than that it was one."""
_NEAR_CHARACTERS = 1200
"""How far behind a seizure the crew's arrest stands: some paragraphs."""
_TWO = 2


def joined(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Join what tells the same: the steps of one action, a headline and its lead, repeats, and totals of one type and actor."""
    out: list[Draft] = []
    moved: dict[int, int] = {}
    title = parts.headline(scene)
    for index, draft in enumerate(drafts):
        twin, join = next(_twins(out, draft, title), (_after(drafts[:index], draft, moved), _whole))
        twin = len(out) if twin is None else twin
        moved[index] = twin
        if twin == len(out):
            out.append(draft)
        else:
            out[twin] = join(out[twin], draft)
    return [replace(d, part_of=moved[d.part_of]) if d.part_of is not None else d for d in out]


def _after(before: Sequence[Draft], draft: Draft, moved: dict[int, int]) -> int | None:
    """Find what a step of the same sentence was joined to: "Marines seized a tanker. They landed on deck and took the bridge."."""
    return next((moved[i] for i, d in reversed(list(enumerate(before))) if _step(d, draft)), None)


def _twins(out: Sequence[Draft], draft: Draft, title: int) -> Iterator[tuple[int, Callable[[Draft, Draft], Draft]]]:
    """Give the drafts that tell the same event, each with the way to join them, the surest first."""
    yield from ((i, _both) for i, d in enumerate(out) if _same(d, draft))
    yield from ((i, _lead) for i, d in enumerate(out) if _entitled(d, draft, title))
    back = list(reversed(list(enumerate(out))))
    yield from ((i, _whole) for i, d in back if _step(d, draft))
    yield from ((i, _whole) for i, d in back if identity.recalls(d, draft) and d.trigger.type.name == draft.trigger.type.name)
    yield from ((i, _whole) for i, d in back if identity.one(d, draft) or _of_crew(d, draft) or identity.recalls(d, draft))


def _entitled(title: Draft, lead: Draft, end: int) -> bool:
    """Tell whether a headline says in short what the text tells; one whose event was told in the text already does not."""
    before = title.sentence.start_char < end <= lead.sentence.start_char and all(e.start < end for e in title.evidence)
    return before and (identity.akin(title, lead) or (lead.aggregate and title.trigger.type.name == lead.trigger.type.name))


def _lead(title: Draft, lead: Draft) -> Draft:
    """Keep what the text tells, with the headline as further evidence: its tense and its silence date nothing."""
    evidence = union(lead.evidence, title.evidence)
    return replace(lead, evidence=evidence, actor=lead.actor or title.actor, matches=lead.matches or title.matches)


def _step(one: Draft, other: Draft) -> bool:
    """Tell a step of the same action in the same sentence: "stopped, boarded and seized", "attacked a ship and took five men away"."""
    if one.sentence.start != other.sentence.start:
        return False
    first, second = sorted((one.trigger.token, other.trigger.token), key=lambda t: t.i)
    # "struck the port, damaging a ferry": what came of it, whatever was hit.
    result = second.tag_ == "VBG" and second.dep_ == "advcl" and second.head.i == first.i
    if not identity.akin(one, other, steps=True, ground=not result):
        return False
    if first.i == second.i or not identity.one_day(one, other):
        return False  # counted out of one word, or told of two days
    if identity.names_nothing_new(one, other) or identity.names_nothing_new(other, one):
        return True
    if _hangs(first, second) and not identity.own_subject(second, first):
        return True
    # "...; three men were detained": the same hands, unless a day or a place of its own is given.
    unnamed = other.actor is None and not other.trigger.nominal and passive(other.trigger.token) and agent(other.trigger.token) is None
    return unnamed and identity.one_day(one, other) and not (other.matches and other.matches != one.matches)


def _hangs(lower: Token, upper: Token) -> bool:
    """Tell whether one event word hangs on another, along coordination and subordinate clauses."""
    for one, other in ((lower, upper), (upper, lower)):
        for step in climb(one):
            if step.i == other.i:
                return True
            if step.dep_ not in _CHAIN and step.dep_ not in {"agent", "nsubj", "nsubjpass"}:
                break
    return False


def _of_crew(one: Draft, other: Draft) -> bool:
    """Tell an arrest that goes with the seizure before it: "Three of the crew were arrested."."""
    if other.trigger.type.name != "detention" or other.actor is not None or not identity.akin(one, other):
        return False
    near = 0 <= other.sentence.start_char - one.sentence.start_char <= _NEAR_CHARACTERS
    return near and identity.one_day(one, other) and not (other.matches and other.matches != one.matches)


def _whole(one: Draft, other: Draft) -> Draft:
    """Make one record of two steps: the graver one names it, the first says when, where and by whom."""
    ranks = {name: rank for rank, name in enumerate(_GRAVEST)}
    if _official(one):
        ranks["hijack"] = ranks["seizure"]  # forces of a state that take control of a ship have seized her
    graver = min((one, other), key=lambda d: ranks.get(d.trigger.type.name, len(ranks)))
    both = _both(one, replace(other, own_voice=other.own_voice and not other.trigger.nominal))
    return replace(
        both, trigger=replace(one.trigger, type=graver.trigger.type), matches=identity.finer(one.matches, other.matches),
        when=one.when or other.when, target_text=one.target_text or other.target_text,
    )  # fmt: skip


def one_event(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Make one event of the steps that a message tells, named by its gravest sign; what forces did about it stays apart."""
    mistaken = all(d.trigger.type.name in _MISTAKEN for d in drafts) and parts.harmless(scene)
    if parts.is_telegraph(scene) and (mistaken or parts.withdrawn(scene)):
        return [replace(d, mode=replace(d.mode, mode="negation")) for d in drafts]
    steps = [d for d in drafts if d.trigger.type.name in _STEPS and not d.aggregate and d.mode.mode == "actual" and not _official(d)]
    told_of = parts.one_event(scene, (d.when for d in steps)) and not parts.innocent(scene) and not arranged.invented(scene.report.text)
    told_in = [s for s in scene.sentences if told_of and not _otherwise(s, drafts)]
    named = telegraph.entitled(scene.text)
    body = [s for s in told_in if named is None or not telegraph.entitled(text_in(s).strip())]
    # First the words for what the title says.
    signs = sorted(telegraph.signs(body) or telegraph.signs(told_in), key=lambda s: s.type != named)
    happened = {d.trigger.type.name for d in drafts if d.mode.mode == "actual"}
    # What forces did is told already; what is no sentence is read only where nothing else is told.
    bang = happened <= {"explosion"}  # "two explosions in the water, believed to be missiles": what went off
    signs = [s for s in signs if (not (happened and s.alone) or (bang and s.type in _ARMED)) and (steps or s.type not in happened)]
    if told_of and not signs and not drafts and parts.headed(scene) and (day := parts.message_when(scene)) is not None:
        word = scene.token(day.start, day.end)
        signs = [] if word is None else [telegraph.Sign("other", day.start, day.end, sentence_of(word))]
    armed = any(d.trigger.type.name in _ARMED and d.mode.mode == "actual" for d in drafts)
    supposed = any(d.mode.mode in {"historical", "future", "hypothetical"} for d in drafts)
    begun = bool(steps) or (parts.begins(scene) and not supposed) or (parts.stamped(scene) and parts.message_when(scene) is not None)
    if not signs or not begun or (armed and signs[0].type == "other"):
        return drafts
    word = scene.token(signs[0].start, signs[0].end) or signs[0].sentence.root
    first = steps[0] if steps else bare(scene, kind(signs[0].type), word, signs[0].sentence, "sign")
    whole = reduce(_both, steps[1:], first)
    # A mere "attack" says no more than the steps do.
    sign = first.trigger.type.name if steps and signs[0].type == "other" else signs[0].type
    event = kind(telegraph.agreed(named, sign))
    rule = f"{event.name}: sign {scene.report.text[signs[0].start : signs[0].end]!r}"
    event_told = told(scene, whole, signs[0].sentence, rule, trigger=replace(whole.trigger, type=event))
    rest = [d for d in drafts if d not in steps]
    event_told = replace(
        event_told,
        evidence=once(event_told.evidence),
        when=parts.message_when(scene) or event_told.when,
        casualties=_victims(scene, event_told),
    )
    event_told = replace(event_told, claims=union(event_told.claims, parts.sources(scene)))
    return sorted([event_told, *rest], key=lambda d: d.sentence.start)


def _otherwise(sentence: Sentence, drafts: Sequence[Draft]) -> bool:
    """Tell a sentence that tells nothing but what was not, or long ago: "no vessel has been hijacked this year", "the last was in 2015"."""
    modes = {d.mode.mode for d in drafts if d.sentence.start == sentence.start}
    return bool(modes) and modes <= {"negation", "historical"}


def _victims(scene: Scene, draft: Draft) -> dict[str, Count]:
    """Gather the casualties of a whole message: its sentences tell of one event."""
    found = dict(draft.casualties)
    for sentence in scene.sentences:
        found = {fate: count for fate, (count, _) in casualties.find(scene, sentence).items()} | found
    return found


def _official(draft: Draft) -> bool:
    """Tell what a state's forces did: their boarding is no act of pirates."""
    return draft.actor is not None and draft.actor.kind in {"state", "armed_forces", "coast_guard", "government", "agency", "official"}


def once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
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
    if identity.rivals(one, other):
        return False
    if one.aggregate:
        return _one_total(one, other)
    if identity.differ(one, other) or identity.fresh(one, other):
        return False
    dates = one.when is None or other.when is None or one.when.date_start == other.when.date_start
    places = not one.matches or not other.matches or one.matches[0].mention.text == other.matches[0].mention.text
    hurt = all(one.casualties[k].best == other.casualties[k].best for k in one.casualties.keys() & other.casualties.keys())
    return dates and places and hurt and other.part_of is None


def _one_total(one: Draft, other: Draft) -> bool:
    """Tell whether two totals may be one campaign's: not of two times with two numbers, nor two numbers of one sentence."""
    numbers = {d.events.best for d in (one, other) if d.events is not None}
    listed = LIST in {one.trigger.rule, other.trigger.rule}
    if len(numbers) == _TWO and (listed or one.sentence.start == other.sentence.start):
        return False
    starts = {d.when.date_start for d in (one, other) if d.when is not None and d.when.date_start is not None}
    return len(numbers) < _TWO or len(starts) < _TWO


def _both(one: Draft, other: Draft) -> Draft:
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
        claims=union(one.claims, other.claims),
        character=union(one.character, other.character),
        evidence=union(one.evidence, other.evidence),
        own_voice=one.own_voice or other.own_voice,
        hearsay=one.hearsay and other.hearsay,
        target_status=one.target_status or other.target_status,
        vessels=one.vessels or other.vessels,
    )


def _better(one: When | None, other: When | None) -> When | None:
    """Keep the date that says more: the one with a start, then the earlier."""
    known = [w for w in (one, other) if w is not None and w.date_start is not None]
    return min(known, key=lambda w: (w.date_end is not None, w.date_start or ""), default=one or other)


def union(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """Join two tuples without repeats, in order."""
    return (*one, *(x for x in other if x not in one))
