"""Turn frames into incidents: what happened or is said to have happened, with who says so. Totals are told from events."""

from __future__ import annotations

import bisect
import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo import arranged, frames, parts, titles, unmapped
from geo import claims as claim_reader
from geo.amended import amended
from geo.drafts import drafts as read_drafts
from geo.issuer import issuer
from geo.joining import joined, once, one_event
from geo.judgements import judged
from geo.model import Casualties, Evidence, Incident, Relation, record_id
from geo.parse import bounds, climb, patient, text_in
from geo.rebuttals import rebutted
from geo.sieve import sieve
from geo.totals import told_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drafts import Draft
    from geo.frames import Scene
    from geo.model import Actor, Claim, Match


_WEAPONS = sieve(
    r"\b(?:(?:anti-ship\s+|ballistic\s+|cruise\s+)?missiles?|rockets?|drones?|torpedo(?:es)?|gunfire|small\s+arms|knives|machetes?|RPGs?|rocket-propelled\s+grenades?|automatic\s+weapons?)\b",
)


_LABEL = re.compile(r"\s*(?:[-*•–]\s*)?(?:\(?\w{1,3}[.)]\s*)?(?:(?:[A-Z]{3,10}|[A-Z][a-z]{2,9}day)\s?[.:,–—-]\s*)?")
"""What may stand before the place at the head of a paragraph: a bullet, a number, a day."""
_BREAK = re.compile(r"\s?[.:–—]\s|\s?\n")
_ENFORCED = frozenset({"seizure", "boarding", "detention"})
"""What services do to ships."""
_CREWS = frozenset({"coast_guard", "armed_forces", "agency", "operator"})
"""Who may be the service's own where no state is named: "the crew", "the coast guard"."""
_CAMPAIGNS = frozenset({"strike_on_vessel", "missile_attack", "airstrike_land", "seizure", "boarding"})
"""What one state does again and again."""


def incidents(scene: Scene) -> tuple[Incident, ...]:
    """Read the incidents of a report: one record per event, one per total, of every mode, in order of their first evidence."""
    drafts: list[Draft] = []
    starts = arranged.paragraphs(scene.report.text)
    for part in parts.parts(scene):
        found = amended(part, one_event(part, joined(part, rebutted(part, judged(part, told_apart(part, read_drafts(part)))))))
        found = [_placed(scene, draft, found, starts) for draft in found]
        # A draft points at its total by its place among those of its own part.
        drafts += [replace(d, part_of=d.part_of + len(drafts)) if d.part_of is not None else d for d in found]
    taken: set[str] = set()
    records: list[Incident] = []
    speaker = issuer(scene)
    issued = [_issued(draft, *speaker) if speaker is not None else draft for draft in drafts]
    for draft in (_of_campaign(draft, issued) for draft in issued):
        name = record_id(scene.report.id, "incident", draft.trigger.type.name, draft.evidence[0].text, taken)
        taken.add(name)
        records.append(_record(scene, draft, name))
    return tuple(_related(drafts, records))


def _placed(scene: Scene, draft: Draft, found: Sequence[Draft], starts: list[int]) -> Draft:
    """Leave an event without the place that its message lends it where another paragraph tells that place of another event."""
    paragraph = arranged.paragraph(starts, draft.sentence)
    lent = [m for m in draft.matches if bisect.bisect_right(starts, m.mention.start) != paragraph and not _tells(draft, m)]
    taken = {id(m) for m in lent for other in found if other is not draft and m in other.matches and _tells(other, m)}
    kept = tuple(m for m in draft.matches if id(m) not in taken)
    return draft if kept and not taken else replace(draft, matches=kept or _headed(scene, draft))


def _headed(scene: Scene, draft: Draft) -> tuple[Match, ...]:
    """Give the place over the paragraph of an event that names none: "WEDNESDAY. Scarborough Shoal. A cutter ..."."""
    text = scene.report.text
    start = max(text.rfind("\n", 0, draft.sentence.start_char + 1), 0)
    near = (m for m in scene.starting(scene.matches, start, draft.sentence.start_char) if m.geometry is not None)
    heads = (m for m in near if _LABEL.fullmatch(text, start, m.mention.start) and _BREAK.match(text, m.mention.end))
    return tuple(itertools.islice(heads, 1))


def _tells(draft: Draft, match: Match) -> bool:
    """Tell whether a place stands in the words of an event."""
    return any(part.start <= match.mention.start < part.end for part in draft.evidence)


def _issued(draft: Draft, speaker: Actor, claim: Claim) -> Draft:
    """Add the claim of the service that put the text out to what the text tells of its own; it stopped the ships that nobody is said to."""
    if not draft.own_voice or draft.claims or draft.mode.mode != "actual":
        return draft
    nameless = draft.actor is None or (draft.actor.country is None and draft.actor.kind in _CREWS)
    doer = speaker if nameless and draft.trigger.type.name in _ENFORCED else draft.actor
    return replace(draft, claims=(claim,), actor=doer)


def _of_campaign(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Give a total, or a strike that is told by its noun, the doer of all others of its type, if they have one state's."""
    noun = draft.trigger.nominal or draft.trigger.rule.startswith("phrase 'strike")
    loose = draft.aggregate or (noun and draft.trigger.type.name == "strike_on_vessel")
    if draft.actor is not None or not loose or draft.mode.mode != "actual" or draft.trigger.type.name not in _CAMPAIGNS:
        return draft
    others = [d.actor for d in drafts if d.trigger.type.name == draft.trigger.type.name and d.mode.mode == "actual" and d.actor is not None]
    return replace(draft, actor=others[0]) if len({a.country for a in others}) == 1 else draft


def _record(scene: Scene, draft: Draft, name: str) -> Incident:
    """Name and fill the record of a draft."""
    where = frames.place_fields(draft.matches, scene.report.text)
    said = unmapped.words(scene, draft.trigger.token) if not draft.matches else None
    if said is not None:
        where["where_text"] = " ".join(scene.report.text[slice(*said)].split())
    if draft.aggregate:
        where = frames.without_point(where)
    claims = tuple(sorted((*draft.claims, *draft.character), key=lambda c: c.start))
    dated, assertion = frames.date_fields(draft.when), _assertion(scene, draft)
    if draft.trigger.type.name == "advisory" and not dated.get("valid_until"):
        dated |= frames.validity(scene)
    incident = Incident(
        id=name,
        title="",
        record_kind="aggregate" if draft.aggregate else "event",
        # What all who speak deny, or was taken back, did not happen, as far as the report tells.
        auxiliary_mode="negation" if assertion in {"denied", "retracted"} and draft.mode.mode == "actual" else draft.mode.mode,
        assertion=assertion,
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
    if draft.mode.mode == "negation" and draft.mode.cue is not None and claim_reader.takes_back(draft.mode.cue.text):
        return "retracted"
    names = frames.side(scene, draft.actor)
    states = frozenset(a.name for a in scene.actors if a.country is not None)
    by_state = draft.actor is not None and draft.actor.country is not None
    return claim_reader.assertion(
        draft.claims, actor_names=names, victim_names=_victims(scene, draft), rivals=states - names if by_state else frozenset(),
        own_voice=draft.own_voice, hearsay=draft.hearsay,
    )  # fmt: skip


def _victims(scene: Scene, draft: Draft) -> frozenset[str]:
    """Name those who speak for what it was done to: its own words, and the state whose people or ship it is."""
    if draft.trigger.type.name == "airspace_violation":
        # A state complains of its own airspace.
        return frozenset(c.claimant for c in draft.claims if c.claimant_type == "state")
    above = next((t for t in climb(draft.trigger.token) if t.pos_ == "VERB"), None)
    target = draft.trigger.target or (patient(above) if above is not None else None)
    if target is None:
        return frozenset()
    start, end = bounds(target, without=frozenset({"relcl", "acl", "prep", "appos", "conj", "cc", "advcl", "det"}))
    flags = {m.place.country for m in scene.within(scene.matches, start, end) if m.mention.role == "demonym" and m.place is not None}
    flags |= {a.country for a in scene.within(scene.actors, start, end)}
    mine = {a.name for a in scene.actors if a.country is not None and a.country in flags}
    # "A fishing boat reported that it was fired on": the pronoun is the one who speaks.
    speaks = {c.claimant for c in draft.claims} if target.pos_ == "PRON" else set()
    return frozenset(mine | speaks)


def _evidence(scene: Scene, draft: Draft) -> tuple[Evidence, ...]:
    """List the sentences first, then the words that gave place and date, each with its rule."""
    extra = [frames.quote(scene, m.mention.start, m.mention.end, f"where: {m.geometry_method}") for m in draft.matches]
    if draft.when is not None:
        extra.append(frames.quote(scene, draft.when.start, draft.when.end, f"when: precision {draft.when.date_prec}"))
    if draft.mode.cue is not None:
        extra.append(frames.quote(scene, draft.mode.cue.start, draft.mode.cue.end, f"mode: {draft.mode.mode}"))
    return once((*draft.evidence, *extra))


def _weapon(draft: Draft) -> str | None:
    """Give the weapon that the sentence names."""
    hit = _WEAPONS.search(text_in(draft.sentence))
    return hit.group(0).lower() if hit else None


def _related(drafts: Sequence[Draft], records: Sequence[Incident]) -> list[Incident]:
    """Link the parts to their totals."""
    return [
        replace(r, relations=(Relation("part_of", records[d.part_of].id),)) if d.part_of is not None else r
        for d, r in zip(drafts, records, strict=True)
    ]
