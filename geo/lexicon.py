"""Read the table of event words: what each family of words tells, and of what class doer, thing and means must be.

Types, frames, classes of nouns and the crosswalks to other codebooks stand in `layers/lexicon/events.toml`.
"""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from geo import layers
from geo.parse import completed, group
from geo.sieve import Sieve, sieve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

PLACES = "places"
"""Where a parse keeps the words that are names of towns and the like on the map."""
SHIPS = "ships"
"""Where a parse keeps the words that are names of ships, so that they count as vessels."""
_STATES = frozenset({"GPE", "NORP", "ORG", "LOC"})
_NATIONS = frozenset({"GPE", "NORP"})
_RIGGED = frozenset("explosive explosives unmanned uncrewed crewless remote-controlled explosive-laden bomb-laden".split())
"""What makes a weapon of a boat: "a boat packed with explosives"."""
_UNTYPED = frozenset({"PRODUCT", "ORG", "WORK_OF_ART", "FAC", ""})


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of telling a type of event: what it must be done to and by, and what that may not be; empty: anything."""

    targets: frozenset[str]
    by: frozenset[str]
    not_to: frozenset[str]
    not_by: frozenset[str]
    unsaid: str | None
    """Where no doer is named, the sentence must hold a word of this context; None: a frame with `by` needs a doer."""


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event: what it is called, where it belongs, and the expressions that trigger it on the text itself."""

    name: str
    words: tuple[str, str]
    context: str | None
    nouns: frozenset[str]
    phrase: Sieve | None


class Entry(NamedTuple):
    """A verb with the words that must follow it ("take ... hostage"); of some its subject suffers ("came under attack")."""

    type: EventType
    frame: Frame
    words: tuple[str, ...]
    suffers: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All event types in order of precedence, their words by lemma, and the classes of nouns."""

    types: tuple[EventType, ...]
    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]
    classes: dict[str, frozenset[str]]
    forces: frozenset[str]
    contexts: dict[str, frozenset[str]]
    homes: dict[str, str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the table once."""
    data = tomllib.loads((layers.folder() / "lexicon" / "events.toml").read_text(encoding="utf-8"))
    types = {name: _event_type(name, row) for name, row in data["types"].items()}
    verbs: dict[str, list[Entry]] = {}
    nouns: dict[str, list[Entry]] = {}
    for name, row in data["types"].items():
        for frame in row.get("frames", ()):
            for entry, lemma in _entries(types[name], frame, data["families"]):
                verbs.setdefault(lemma, []).append(entry)
            for noun in frame.get("nouns", ()):
                nouns.setdefault(noun, []).append(Entry(types[name], _frame(frame), (), suffers=False))
    return Lexicon(
        tuple(types.values()),
        # The entry that says most goes first: "take control of" before "take".
        {k: tuple(sorted(v, key=lambda e: -len(e.words))) for k, v in verbs.items()},
        {k: tuple(v) for k, v in nouns.items()},
        {k: frozenset(_words(v, data["classes"])) for k, v in data["classes"].items()},
        frozenset(data["classes"]["official"]),
        {k: frozenset(_words(v, data["classes"] | data["context"])) for k, v in data["context"].items()},
        data["homes"],
    )


def _words(written: Iterable[str], lists: dict[str, list[str]]) -> Iterator[str]:
    """Write out a list in which "@name" stands for the words of another."""
    for word in written:
        yield from lists[word[1:]] if word.startswith("@") else [word]


def tells_event(verb: Token) -> bool:
    """Tell a verb that tells of an incident, with the words that it needs for that."""
    return any(completed(verb, entry.words) is not None for entry in lexicon().verbs.get(verb.lemma_.lower(), ()))


def is_a(token: Token | None, classes: Iterable[str]) -> bool:
    """Tell whether a word, or one coordinated with it, is of a class; a proper name that may be a ship's counts as named."""
    if token is None:
        return False
    known, words, ships = lexicon().classes, set(), token.doc.user_data.get(SHIPS, ())
    for one in group(token) if (of := whole(token)) is token else (*group(token), *group(of)):
        words |= {one.lemma_.lower(), one.lower_.removesuffix("s"), *(f"{c.lemma_.lower()} {one.lemma_.lower()}" for c in one.lefts)}
        if one.pos_ == "PROPN":
            # "the tanker Aurelia": the name is the head, the thing stands before it.
            words |= {c.lemma_.lower() for c in one.lefts if c.dep_ in {"compound", "nmod", "appos", "amod"}}
    for name in classes:
        if words & known.get(name, frozenset()) or (name == "vessel" and token.i in ships):
            return True
        if name == "place" and (token.ent_type_ == "GPE" or token.i in token.doc.user_data.get(PLACES, ())):
            return True
        if name == "nation" and token.ent_type_ in _NATIONS:
            return True
        if name == "person" and token.ent_type_ == "NORP" and token.tag_ in {"NNPS", "NNS"}:
            return True  # "detained eleven Venezuelans"
        if name == "naval_drone" and words & known["vessel"] and any(t.lower_ in _RIGGED for t in token.subtree):
            return True
        if name == "state" and (token.ent_type_ in _STATES or token.pos_ == "PROPN" or token.lower_ in {"they", "it"}):
            return True
        if name == "named" and token.pos_ == "PROPN" and token.ent_type_ in _UNTYPED:
            return True
    return False


def whole(token: Token) -> Token:
    """Step from a part or a number of something to that: "the hull of a tanker", "a pair of dhows", "custody of a ship"."""
    if token.lemma_.lower() not in lexicon().classes["part"]:
        return token
    below = (t for p in token.children if p.dep_ == "prep" and p.lower_ in {"of", "on"} for t in p.children if t.dep_ == "pobj")
    owner = (c for c in token.lefts if c.dep_ == "poss" and c.pos_ != "PRON")
    return next(itertools.chain(below, owner), token)


def official(token: Token | None) -> bool:
    """Tell a navy, coastguard or police doer: to approach, board and arrest is its work."""
    if token is None:
        return False
    # "the Revolutionary Guards": a name keeps its plural.
    words = {word for t in token.subtree for word in (t.lemma_.lower(), t.lower_.removesuffix("s"))}
    teams = {f"{t.lower_} {token.lemma_.lower()}" for t in token.lefts}
    return bool((words | teams) & lexicon().forces)


def _event_type(name: str, row: dict[str, Any]) -> EventType:
    """Turn one row of the table into an event type."""
    phrase = sieve("|".join(row["phrases"])) if row.get("phrases") else None
    nouns = frozenset(noun for frame in row.get("frames", ()) for noun in frame.get("nouns", ()))
    return EventType(name, (row["words"][0], row["words"][1]), row.get("context"), nouns, phrase)


def _frame(row: dict[str, Any]) -> Frame:
    """Turn the classes of a frame into sets."""
    targets, by, not_to, not_by = (frozenset(row.get(k, ())) for k in ("to", "by", "not_to", "not_by"))
    return Frame(targets, by, not_to, not_by, row.get("unsaid"))


def _entries(event: EventType, row: dict[str, Any], families: dict[str, list[str]]) -> Iterator[tuple[Entry, str]]:
    """List the verbs of a frame, families written out; "set on fire" is the verb set with two words after it."""
    frame = _frame(row)
    for key, suffers in (("verbs", False), ("suffers", True)):
        for written in row.get(key, ()):
            for verb in _words([written], families):
                lemma, *words = verb.split()
                yield Entry(event, frame, tuple(words), suffers), lemma
