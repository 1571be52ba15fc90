"""Say whose forces are: by who moves them, by the asset's own phrase, or by what was told of them before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo import claims as claim_reader
from geo import frames
from geo.assets import is_named, known_owner, owner, shared, state, type_of
from geo.parse import group, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from geo.frames import Scene
    from geo.model import Actor

FORCES = frozenset(
    {"state", "armed_forces", "coast_guard", "government", "armed_group", "agency", "official", "international_organisation"}
)
"""Kinds of actors that have forces."""
_EACH_WORDS = 3
_FLAG_CHARACTERS = 45


def by_owner(scene: Scene, token: Token, doer: Token | None, nouns: list[Token]) -> Iterator[tuple[Actor | None, list[Token]]]:
    """Share out the assets: "each" gives all to every doer, "an Italian destroyer and a French frigate" one to each state."""
    if doer is not None and any(t.lower_ == "each" for t in token.subtree if t.i < token.i + _EACH_WORDS):
        yield from ((of(scene, token, one, nouns), nouns) for one in group(doer))
        return
    owners = {n.i: owner(scene, n) for n in nouns}
    countries = dict.fromkeys(a.country for a in owners.values() if a is not None)
    if len(countries) > 1 and not all(is_named(n) for n in nouns):
        for country in countries:
            held = [n for n in nouns if (a := owners[n.i]) is not None and a.country == country]
            yield owners[held[0].i], held
        return
    yield (None if len(countries) > 1 else of(scene, token, doer, nouns)), nouns


def of(scene: Scene, verb: Token, doer: Token | None, nouns: Sequence[Token]) -> Actor | None:
    """Find whose forces they are: the doer, by name or as a state; else what the asset's own phrase says."""
    found = frames.actor_of(scene, doer) or _beside(scene, verb)
    if found is not None and found.kind in {"state", "government"} and _whereabouts(scene, found):
        found = None  # "plotters off Port Sudan" are not Sudan's
    if found is not None and found.country is not None:
        return found
    named = next((a for m in scene.matches if doer is not None and m.mention.start <= doer.idx < m.mention.end and (a := state(m))), None)
    if any(shared(scene, n) for n in nouns):
        return named
    own = next((a for n in nouns if (a := owner(scene, n)) is not None), None)
    # "a patrol boat of the Tanzanian navy"
    inside = [a for n in nouns if (a := frames.actor_of(scene, n)) is not None and a.kind != "official"]
    return named or found or next((a for a in inside if a.country and a.kind != "state"), None) or own or next(iter(inside), None)


def in_context(scene: Scene, actor: Actor | None, word: Token, nouns: Sequence[Token]) -> Actor | None:
    """Say whose forces are that their own clause leaves open.

    Of the same ship, or of "the frigate", told before; else of the forces of the report; else of who says so, or of the one state that the
    sentence is about.
    """
    if actor is not None and (actor.country is not None or actor.kind not in FORCES):
        return actor
    if any(shared(scene, n) for n in nouns) or len({a.country for n in nouns if (a := owner(scene, n)) is not None}) > 1:
        return actor
    known = next((a for n in nouns if (a := known_owner(scene, n)) is not None), None)
    if known is not None:
        return known
    if actor is not None:
        same = [a for a in scene.actors if a.kind == actor.kind and a.country is not None]
        return replace(actor, country=same[0].country) if len({a.country for a in same}) == 1 else actor
    said = {c.claimant for c in claim_reader.attributions(word, scene.actors) if c.claimant_type == "state"}
    return next((a for a in scene.actors if a.name in said and a.country is not None), None) or _about(scene, word) or _guard(scene, nouns)


def _guard(scene: Scene, nouns: Sequence[Token]) -> Actor | None:
    """Give the coast guard of a report that tells of one alone, for its cutters."""
    if not any(type_of(n) == "coast_guard_cutter" for n in nouns):
        return None
    guards = [a for a in scene.actors if a.kind == "coast_guard" and a.country is not None]
    return guards[0] if len({a.country for a in guards}) == 1 else None


def _about(scene: Scene, word: Token) -> Actor | None:
    """Find the one state that a sentence is about before a word: "Russia has answered in kind: a corvette accompanies tankers"."""
    start = sentence(word).start_char
    states = (a for a in scene.actors if start <= a.start < word.idx and a.kind in {"state", "government"} and a.country)
    subjects = [a for a in states if (t := scene.token(a.start, a.end)) is not None and t.dep_ == "nsubj"]
    return subjects[0] if len({a.country for a in subjects}) == 1 else None


def _beside(scene: Scene, verb: Token) -> Actor | None:
    """Find the actor right before a participle ("Bogota sending troops"), which the parser may hang elsewhere."""
    return next((a for a in scene.actors if verb.tag_ == "VBG" and 0 <= verb.idx - a.end <= 1), None)


def flag(scene: Scene, noun: Token) -> Actor | None:
    """Find the nationality that stands before an asset, however the line was parsed."""
    before = [m for m in scene.starting(scene.matches, noun.idx - _FLAG_CHARACTERS, noun.idx) if m.mention.role in {"demonym", "metonym"}]
    return next((a for m in reversed(before) if "." not in scene.report.text[m.mention.end : noun.idx] and (a := state(m))), None)


def _whereabouts(scene: Scene, actor: Actor) -> bool:
    """Tell the name of a state or a capital that says where, not who: it stands in the name of a place on the map."""
    around = scene.starting(scene.matches, actor.start - 40, actor.end)
    return any(m.geometry is not None and m.mention.start <= actor.start and actor.end <= m.mention.end for m in around)
