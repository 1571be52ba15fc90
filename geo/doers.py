"""Find who did it: the doer of a verb, the owner or the author of a nominal event, and the state behind an armed group."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geo import claims as claim_reader
from geo import frames
from geo.assets import known_owner, owner, type_of
from geo.lexicon import is_a, lexicon
from geo.model import Actor
from geo.parse import agent, bounds, passive, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geo.frames import Scene
    from geo.triggers import Trigger

LIGHT = frozenset("carry conduct launch make perform undertake mount execute stage commit order".split())
"""Verbs that say no more than that something was done: "carried out a strike"."""
_BY_FORCE = frozenset({"collision_or_ramming", "water_cannon", "airspace_violation", "fired_upon"})
"""What a plain craft of a state does for it: "a Chinese vessel rammed her"."""
_CRAFT = frozenset({"vessel", "ship", "boat", "craft", "drone", "aircraft", "jet", "helicopter"})
_FLAG = re.compile(r"[-\s]flag")
_HARMS = frozenset("kill injure wound destroy sink damage hit seize free rescue".split())


def doer(scene: Scene, trigger: Trigger) -> Actor | None:
    """Find who does it; a force known by its nationality alone is the state's, an armed group has the country it acts from."""
    word = _word(trigger)
    found = _doer(scene, trigger) or _flagged(scene, word) or _forces(scene, word) or _craft(scene, trigger, word)
    if found is None or _FLAG.match(scene.report.text, found.end) or (found.kind in {"state", "government"} and _whereabouts(scene, found)):
        return None  # "a skiff 60 nm off Mogadishu" is not the government's
    if found.country is None and found.name not in lexicon().homes:
        found = _owner(scene, word) or _forces(scene, word) or found
    if found.country is not None:
        return found
    return replace(found, country=lexicon().homes.get(found.name))


def _owner(scene: Scene, word: Token | None) -> Actor | None:
    """Find whose forces they are: "the Houthis said their naval forces had hit the ship"."""
    if word is None or not any(c.dep_ == "poss" and c.pos_ == "PRON" for c in word.lefts):
        return None
    speakers = (subject(t) for t in word.ancestors if t.pos_ == "VERB" and t.lemma_ in claim_reader.SPEECH)
    return next((a for s in speakers if s is not None and (a := claim_reader.actor_at(s, scene.actors)) is not None), None)


def _whereabouts(scene: Scene, actor: Actor) -> bool:
    """Tell the name of a state or a capital that says where, not who."""
    return any(m.geometry is not None and m.mention.start <= actor.start and actor.end <= m.mention.end for m in scene.matches)


def _doer(scene: Scene, trigger: Trigger) -> Actor | None:
    """Find who does it: the verb's doer, or a nominal's owner ("US strikes", "strikes by the navy") or light verb ("carried out")."""
    if any(t.lemma_ == "accuse" for t in trigger.token.ancestors):
        return frames.actor_of(scene, _word(trigger))
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
    governs = head.pos_ == "VERB" and (head.lemma_ in LIGHT or (trigger.rule.startswith("phrase") and not passive(head)))
    if not governs and trigger.token.dep_ == "pobj" and head.lower_ == "in" and head.head.lemma_ in _HARMS and not passive(head.head):
        head, governs = head.head, True  # "the army killed four men in a strike"
    return frames.actor_of(scene, subject(head)) if governs else None


def _adjoins(child: Token, noun: Token) -> bool:
    """Tell whether a modifier stands before the noun and inside its own phrase, not inside "on ..." after it."""
    return child.i < noun.i


def _word(trigger: Trigger) -> Token | None:
    """Give the word that names the doer: an agent, or what a nominal event comes by or from."""
    token = trigger.token
    accused = next((t for t in token.ancestors if t.lemma_ == "accuse"), None)
    if accused is not None and (token.dep_ == "pcomp" or agent(token) is None):
        return next((c for c in accused.children if c.dep_ == "dobj"), None)
    if token.pos_ == "VERB":
        return _behind(token, agent(token))
    holders = (token, token.head) if token.head.pos_ == "VERB" else (token, token.head, token.head.head)
    sources = (p for holder in holders for p in holder.children if p.dep_ in {"prep", "agent"} and p.lower_ in {"by", "from"})
    return next((c for p in sources for c in p.children if c.dep_ == "pobj" and c.i != token.i), None)


def _behind(verb: Token, word: Token | None) -> Token | None:
    """Step from a weapon to who wields it: "hit by water cannon from two cutters", "a missile fired from a frigate"."""
    if word is None or not is_a(word, ("missile",)):
        return word
    above = (word, *(c for c in word.children if c.dep_ == "acl"), verb)
    sources = (p for holder in above for p in holder.children if p.dep_ == "prep" and p.lower_ in {"from", "of"})
    return next((c for p in sources for c in p.children if c.dep_ == "pobj"), word)


def _forces(scene: Scene, word: Token | None) -> Actor | None:
    """Say whose forces they are: "a Russian Su-35", "a patrol craft of the Venezuelan Guard", "the cutter" that was told before."""
    if word is None or type_of(word) in {None, "other"}:
        return None
    holders = (t for p in word.children if p.lower_ == "of" for t in p.children if t.dep_ == "pobj")
    held = (a for t in holders if (a := claim_reader.actor_at(t, scene.actors)) is not None and a.country is not None)
    return owner(scene, word) or next(held, None) or known_owner(scene, word)


def _craft(scene: Scene, trigger: Trigger, word: Token | None) -> Actor | None:
    """Say whose a plain craft is that uses force, by its nationality; not that of a fisherman or a trader."""
    if word is None or trigger.type.name not in _BY_FORCE or word.lemma_.lower() not in _CRAFT:
        return None
    return None if any(c.dep_ == "compound" and c.pos_ == "NOUN" for c in word.lefts) else owner(scene, word)


def _flagged(scene: Scene, word: Token | None) -> Actor | None:
    """Make an actor of a force or a warship that only its nationality names: "Israeli naval commandos", "a Romanian minehunter"."""
    if word is None or not {t.lemma_.lower() for t in (word, *word.lefts)} & lexicon().forces:
        return None
    start, end = bounds(word, without=frozenset({"relcl", "acl", "prep", "appos", "conj", "cc", "advcl", "det", "nummod"}))
    flags = (m for m in scene.within(scene.matches, start, end) if m.mention.role == "demonym" and m.place is not None)
    flag = next((m.place.country for m in flags if m.place is not None and m.place.country), None)
    known = claim_reader.actor_at(word, scene.actors)
    if known is not None or flag is None:
        return known
    text = scene.report.text[start:end]
    return Actor(" ".join(text.split()), flag, "armed_forces", start, end, text)
