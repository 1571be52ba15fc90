"""Find event words in a sentence: the type they trigger and what they are done to.

Types, words, target classes and the crosswalks to other codebooks stand in `layers/lexicon/events.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo import layers
from geo.parse import agent, group, patient
from geo.parse import sentence as sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

EVENT_NOUNS = frozenset("strike attack operation killing bombing raid airstrike incident sinking campaign".split())
"""Nouns that point back at violent events: "the strikes", "those attacks"."""

_SHOTS = frozenset({"shot", "round", "fire", "weapon", "burst"})
_PARTICLES = frozenset({"down", "out", "up", "back", "wide"})
"""Struck down, hit back, shot wide: nothing is hit."""
_STAGED = frozenset({"simulated", "mock", "practice", "staged", "rehearsed", "fictitious", "notional"})
_DRILLS = frozenset({"exercise", "drill", "rehearsal", "training", "wargame"})
_RULINGS = frozenset({"overturn", "uphold", "annul", "quash", "void"})
_STRIKES = frozenset({"strike", "hit", "damage", "sink"})
_CRAFT = frozenset({"vessel"})
_HALTS = frozenset({"stop", "halt"})
"""A seizure only where a force does it."""
_PLAYED = re.compile(
    r"\b(?:drills?|war\s?games?|simulat\w+|mock|rehears\w+|decommissioned"
    r"|exercis(?:e|es|ed|ing)(?!\s+(?:\w+\s+)?(?:caution|restraint|vigilance|control|care|(?:its|their|his|the)\s+right)))\b",
    re.IGNORECASE,
)
_MISHAP = re.compile(
    r"\b(?:engine[- ]room|gas|boiler|battery|fuel[- ]tank|galley|accident\w*|mechanical|short[- ]circuit|electrical|welding|volcan\w+"
    r"|factory|firework\w*)\b",
    re.IGNORECASE,
)
_LAND = re.compile(r"\bon\s+land\b|\bashore\b|\binland\b", re.IGNORECASE)
_FEW, _SPARSE = 3, 50
"""A report is full of a context from three of its words on, at one in fifty."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One row of the lexicon: the words that trigger an event and what it must be done to."""

    name: str
    words: tuple[str, str]
    verbs: frozenset[str]
    nouns: frozenset[str]
    targets: frozenset[str]
    by: frozenset[str]
    not_by: frozenset[str]
    context: str | None
    phrase: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All event types in order of precedence, and the classes of nouns."""

    types: tuple[EventType, ...]
    classes: dict[str, frozenset[str]]
    forces: frozenset[str]
    contexts: dict[str, frozenset[str]]
    homes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event word in its sentence."""

    type: EventType
    token: Token
    nominal: bool
    target: Token | None
    rule: str


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the event types once."""
    data = tomllib.loads((layers.folder() / "lexicon" / "events.toml").read_text(encoding="utf-8"))
    rows = tuple(_event_type(name, row) for name, row in data["types"].items())
    return Lexicon(
        rows,
        {k: frozenset(v) for k, v in data["targets"].items()},
        frozenset(data["actors"]["official"]),
        {k: frozenset(v) for k, v in data["context"].items()},
        data["homes"],
    )


def find(sentence: Sentence, *, known: frozenset[str] = frozenset()) -> Iterator[Trigger]:
    """List the event words of a sentence, a verb and a noun of a type: phrases first, then in their order.

    `known` are the types told earlier in the report: "the strikes" then needs no target of its own.
    """
    seen: set[str] = set()
    used: set[int] = set()
    lex, text = lexicon(), sentence.text
    for event in lex.types:
        if event.phrase is not None and (hit := event.phrase.search(text)):
            token = _word(sentence, hit)
            if token is not None and event.name not in seen and not is_a(_aim(token, lex), _NO_AIM, lex) and not _drilled(token):
                seen.add(event.name)
                used.update(t.i for t in sentence if sentence.start_char + hit.start() <= t.idx < sentence.start_char + hit.end())
                yield Trigger(event, token, token.pos_ != "VERB", _aim(token, lex), f"phrase {hit.group(0)!r}")
    for token in sentence:
        # First what leaves most words out: every look at a token costs.
        if token.pos_ not in {"VERB", "NOUN"}:
            continue
        if token.i in used or token.dep_ == "compound" or token.ent_type_ in {"PERSON", "WORK_OF_ART"}:
            continue
        trigger = _verb(token, lex) if token.pos_ == "VERB" else _noun(token, lex, known)
        # A noun may tell that there was none, and a verb beside it that there was: one of each.
        if trigger is None or f"{trigger.type.name} {token.pos_}" in seen or (trigger.nominal and trigger.type.name in seen):
            continue
        seen |= {f"{trigger.type.name} {token.pos_}", trigger.type.name}
        yield trigger


_NO_AIM = frozenset({"abstract"})


def _drilled(token: Token) -> bool:
    """Tell what is played in an exercise: "a mock attack", "an exercise including simulated boardings"."""
    if any(child.lower_ in _STAGED for child in token.children):
        return True
    return any(step.pos_ in {"NOUN", "PROPN"} and step.lemma_.lower() in _DRILLS for step in token.ancestors)


def _idiom(token: Token, lex: Lexicon) -> bool:
    """Tell words that strike nothing: struck down, a strike by dockers, a detention that a court struck down."""
    above = token.head
    if any(child.dep_ == "prt" and child.lower_ in _PARTICLES for child in token.children):
        return True
    if token.dep_ == "dobj" and (above.lemma_.lower() in _RULINGS or any(c.dep_ == "prt" and c.lower_ == "down" for c in above.children)):
        return True
    labour = lex.classes["labour"]
    if token.lemma_.lower() == "strike" and any(t.lemma_.lower() in labour for t in sentence_of(token)):
        return True
    struck = (t for p in token.children if p.dep_ == "prep" and p.lower_ == "with" for t in p.children)
    return any(is_a(thing, frozenset({"fixed", "nature"}), lex) for thing in struck)


def _aim(token: Token, lex: Lexicon) -> Token | None:
    """Find what a phrase is aimed at: "fired two missiles at a tanker" is aimed at the tanker."""
    verb = token if token.pos_ == "VERB" else token.head
    aimed = (
        t for p in verb.children if p.dep_ == "prep" and p.lower_ in {"at", "on", "upon", "against"} for t in p.children if t.dep_ == "pobj"
    )
    target = next(aimed, None)
    if target is None and token.pos_ == "VERB":
        target = patient(token)
    return None if is_a(target, frozenset({"missile"}), lex) or (target is not None and target.lemma_ in _SHOTS) else target


def _verb(token: Token, lex: Lexicon) -> Trigger | None:
    """Match a verb whose object, and doer where it matters, are of the right class."""
    lemma = token.lemma_.lower()
    events = [event for event in lex.types if lemma in event.verbs]
    if not events or _idiom(token, lex):
        return None
    for event in events:
        target, doer = _suffers(token), agent(token)
        if lemma in _STRIKES and is_a(doer, _CRAFT, lex) and not _official(doer, lex) and not is_a(doer, frozenset({"naval_drone"}), lex):
            return None  # a ferry hits a pier, a tug is struck by a freighter
        if is_a(target, _NO_AIM, lex) or (lemma in _HALTS and not _official(doer, lex)):
            return None
        if doer is not None and doer.pos_ == "NOUN" and any(doer.lemma_.lower() in e.nouns for e in lex.types):
            return None  # "a strike hit a boat": the noun tells it
        if (
            is_a(doer, event.not_by, lex)
            or (event.by and not is_a(doer, event.by, lex))
            or (event.name == "suspicious_approach" and _official(doer, lex))
        ):
            continue
        if "any" in event.targets or is_a(target, event.targets, lex):
            return Trigger(event, token, nominal=False, target=target, rule=f"verb {token.text!r}")
    return None


def _suffers(verb: Token) -> Token | None:
    """Find what it is done to; a clause behind a noun may have a subject of its own: "the report that the ship had been boarded"."""
    own = next((c for c in verb.lefts if c.dep_ == "nsubjpass" and c.pos_ == "NOUN"), None)
    return own if own is not None else patient(verb)


def _noun(token: Token, lex: Lexicon, known: frozenset[str]) -> Trigger | None:
    """Match a nominal event by its target: "strikes on vessels", "a boarding", or a vessel elsewhere in the sentence."""
    lemma = token.lemma_.lower()
    events = [event for event in lex.types if lemma in event.nouns]
    if not events or token.dep_ in {"nmod", "amod"} or _hyphened(token) or _out_of_work(token) or _idiom(token, lex) or _drilled(token):
        return None
    # What it is aimed at in so many words goes before any craft of the sentence: "strikes on a port".
    aimed = [e for e in events if any(is_a(t, e.targets - {"named"}, lex) for t in _objects(token))]
    for event in (*aimed, *events):
        if not (event.name == "explosion" and _MISHAP.search(sentence_of(token).text)):
            target = next(_targets(token, event, lex), None)
            if target is not None or "any" in event.targets or event.name in known:
                return Trigger(event, token, nominal=True, target=target, rule=f"noun {token.text!r}")
    return None


def _hyphened(token: Token) -> bool:
    """Tell the first half of a compound: "strike-group"."""
    return token.i + 1 < len(token.doc) and token.nbor().text == "-"


def _out_of_work(token: Token) -> bool:
    """Tell the idiom "on strike", where nothing is struck."""
    return token.head.lower_ == "on" and not any(c.dep_ in {"det", "amod", "compound", "nummod", "poss"} for c in token.children)


def _objects(noun: Token) -> Iterator[Token]:
    """Give the objects of a nominal event: "strikes on a port"."""
    for preposition in noun.children:
        if preposition.dep_ == "prep" and preposition.lower_ in {"on", "against", "of", "at"}:
            yield from (t for t in preposition.children if t.dep_ == "pobj")


def _targets(token: Token, event: EventType, lex: Lexicon) -> Iterator[Token]:
    """Give what a nominal event may be aimed at: its own object, its modifier, then anything of the class in the sentence."""
    yield from (t for t in _objects(token) if is_a(t, event.targets, lex))
    yield from (c for c in token.children if c.dep_ in {"compound", "nmod"} and is_a(c, event.targets, lex))
    classes = event.targets - {"named"}
    yield from (t for t in sentence_of(token) if t.pos_ in {"NOUN", "PROPN"} and t.i != token.i and is_a(t, classes, lex))


def in_context(trigger: Trigger, sentence: Sentence, *, known: bool = False) -> bool:
    """Tell whether an event stands where its type belongs: at sea, or among arms; in its sentence or all over the report.

    `known` says that the report has told an event of such a place before.

    A robbery, a collision or a clash is nothing to a maritime desk in a report about a court case or a trade talk.
    """
    if trigger.type.context is None:
        return True
    words = lexicon().contexts[trigger.type.context]
    if trigger.type.context == "sea":
        words |= lexicon().classes["vessel"]
    if _LAND.search(sentence.text) or (trigger.type.context == "sea" and _ashore(sentence)):
        return False
    if any(t.lemma_.lower() in words or t.lower_ in words for t in sentence if t.i != trigger.token.i):
        return True
    if trigger.type.context == "sea" and _new_on_land(trigger):
        return False
    if known:
        return True
    doc, key = sentence.doc, f"context {trigger.type.context}"
    # Counted once a report: it is asked of every event word.
    if key not in doc.user_data:
        doc.user_data[key] = sum(t.lemma_.lower() in words for t in doc)
    few = 1 if trigger.type.context == "purpose" else max(_FEW, len(doc) // _SPARSE)
    return bool(doc.user_data[key] >= few)


def _ashore(sentence: Sentence) -> bool:
    """Tell a sentence of banks, lorries and villages that names no craft: a crime on land."""
    classes = lexicon().classes
    words = {t.lemma_.lower() for t in sentence}
    return bool(words & classes["shore"]) and not words & classes["vessel"]


def played(sentence: Sentence) -> bool:
    """Tell a sentence about an exercise: what is fired, boarded and sunk in it is so by arrangement."""
    return bool(_PLAYED.search(sentence.text))


def _new_on_land(trigger: Trigger) -> bool:
    """Tell an event about something new without a word of the sea: "robbed a money changer" is no sequel of what ships met."""
    target = trigger.target
    return target is not None and target.pos_ == "NOUN" and any(c.lower_ in {"a", "an"} for c in target.children)


def _event_type(name: str, row: dict[str, Any]) -> EventType:
    """Turn one row of the lexicon into an event type."""
    phrase = re.compile("|".join(p.removeprefix("(?i)") for p in row["phrases"]), re.IGNORECASE) if row.get("phrases") else None
    words = (row["words"][0], row["words"][1])
    verbs, nouns, targets, by, not_by = (frozenset(row.get(k, ())) for k in ("verbs", "nouns", "targets", "by", "not_by"))
    return EventType(name, words, verbs, nouns, targets, by, not_by, row.get("context"), phrase)


def is_a(token: Token | None, classes: frozenset[str], lex: Lexicon) -> bool:
    """Tell whether a word, or one coordinated with it, is of a class; a proper name that is a ship's counts as named."""
    if token is None:
        return False
    words = {w for t in group(token) for w in (t.lemma_.lower(), *(f"{c.lemma_.lower()} {t.lemma_.lower()}" for c in t.lefts))}
    if any(words & lex.classes.get(c, frozenset()) for c in classes):
        return True
    return "named" in classes and token.pos_ == "PROPN" and token.ent_type_ in {"PRODUCT", "ORG", "WORK_OF_ART", "FAC", ""}


def _official(token: Token | None, lex: Lexicon) -> bool:
    """Tell a navy, coastguard or police doer: its approach is its work."""
    return token is not None and bool({t.lemma_.lower() for t in token.subtree} & lex.forces)


def _word(sentence: Sentence, hit: re.Match[str]) -> Token | None:
    """Give the head word of a phrase found in a sentence."""
    span = sentence.doc.char_span(sentence.start_char + hit.start(), sentence.start_char + hit.end(), alignment_mode="expand")
    return span.root if span is not None and len(span) else None
