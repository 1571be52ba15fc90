"""Read what forces deploy: ships, aircraft, troops, each typed, counted, named, and whose they are.

The types, their words and the models of aircraft stand in `layers/lexicon/assets.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo import frames, layers
from geo.model import Actor, Asset, AssetCount, Count
from geo.parse import bounds, group

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geo.frames import Scene
    from geo.model import Match

_HULL = re.compile(r"\b(?:DDG|CVN|LHD|LHA|LPD|CG|SSN|SSGN|LSD|FFG|LCS)[- ]?\d{1,3}\b")
_PLAIN = frozenset({"ship", "vessel"})
_MASS = frozenset({"fleet", "flotilla", "armada", "personnel", "militia", "force", "troop", "troops", "soldier", "marine"})
"""What a bare noun does not count: "the fleet", "troops"."""
_NAME_WORDS = 5
"""Words from the type of a ship to the prefix of her name."""
MILITARY = frozenset(
    "aircraft_carrier carrier_strike_group cruiser destroyer frigate amphibious_assault_ship submarine nuclear_submarine warship "
    "coast_guard_cutter minehunter fighter bomber patrol_aircraft personnel militia missile_system".split()
)
"""Assets that only forces have; a drone or a helicopter may be anybody's, so its owner must be one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the lexicon: head nouns, words that must or must not stand in the phrase, and models by their names."""

    type: str
    nouns: frozenset[str]
    modifiers: frozenset[str]
    excluded: frozenset[str]
    models: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Arsenal:
    """The lexicon: kinds of assets in order of precedence, statuses of verbs, and what the verbs need."""

    kinds: tuple[Kind, ...]
    verbs: dict[str, str]
    intransitive: frozenset[str]
    placed: frozenset[str]
    somewhere: frozenset[str]
    staged: frozenset[str]
    exercises: frozenset[str]
    both: frozenset[str]
    underway: frozenset[str]
    phrases: dict[str, str]
    nouns: frozenset[str]
    collectives: frozenset[str]
    prefixes: dict[str, str]


@lru_cache(maxsize=1)
def arsenal() -> Arsenal:
    """Read the lexicon once."""
    data = tomllib.loads((layers.folder() / "lexicon" / "assets.toml").read_text(encoding="utf-8"))
    subjects = data["subjects"]
    needs = {k: frozenset(subjects[k]) for k in ("placed", "somewhere", "staged", "exercises", "both", "underway")}
    return Arsenal(
        kinds=tuple(_kind(row) for row in data["assets"]),
        verbs=data["verbs"],
        intransitive=frozenset(subjects["verbs"]),
        phrases=subjects["phrases"],
        nouns=frozenset(data["nouns"]["nouns"]),
        collectives=frozenset(data["collectives"]["nouns"]),
        prefixes=data["prefixes"],
        **needs,
    )


def _kind(row: dict[str, Any]) -> Kind:
    """Turn one row of the lexicon into a kind of asset."""
    nouns, modifiers, excluded = (frozenset(row.get(k, ())) for k in ("nouns", "modifiers", "not"))
    return Kind(row["type"], nouns, modifiers, excluded, re.compile(row["models"]) if "models" in row else None)


def nouns_of(noun: Token) -> list[Token]:
    """List the nouns moved: all that are coordinated, and what "tens of thousands of ..." counts."""
    out = []
    for token in group(noun):
        inner = next((t for p in token.children if p.lower_ == "of" for t in p.children if t.dep_ == "pobj"), None)
        outer = token.ent_type_ == "CARDINAL" or type_of(token) is None or token.lemma_.lower() in arsenal().collectives
        out.append(inner if inner is not None and outer else token)
        # "the destroyer Caio Duilio and a frigate": the parser hangs the second ship on the name of the first.
        out += [t for name in token.children if name.dep_ == "appos" for t in name.conjuncts]
    return out


def type_of(noun: Token) -> str | None:
    """Type an asset by its head noun and the words in its phrase; None for what is no asset.

    >>> from geo.parse import parse
    >>> [type_of(t) for t in parse("Two Dutch F-35s and a bulk carrier arrived.") if t.text in {"F-35s", "carrier"}]
    ['fighter', None]
    """
    words = {t.lemma_.lower() for t in noun.subtree if t.i <= noun.i}
    # A ship's name stands where its type would: "the frigate HNLMS Tromp arrived".
    lemmas = {c.lemma_.lower() for c in noun.lefts} if noun.pos_ == "PROPN" else {noun.lemma_.lower()}
    for kind in arsenal().kinds:
        named = kind.models is not None and kind.models.fullmatch(noun.text)
        if named or (lemmas & kind.nouns and (not kind.modifiers or words & kind.modifiers) and not words & kind.excluded):
            return kind.type
    return "warship" if noun.pos_ == "PROPN" and any(t.text in arsenal().prefixes for t in (noun, *noun.lefts)) else None


def asset(scene: Scene, noun: Token, *, force: bool) -> Asset:
    """Read an asset with its number, name and hull; a plain ship of a force is a warship."""
    start, end = bounds(noun, without=frozenset({"conj", "relcl", "acl", "prep", "advcl"}))
    hull = _HULL.search(scene.report.text, start, end + 20)
    ship = next((m.mention.text for m in scene.within(scene.matches, start, end + 40) if m.mention.role == "ship"), None)
    kind = type_of(noun) or "other"
    plain = noun.lemma_.lower() in _PLAIN and not any(c.dep_ == "compound" and c.pos_ == "NOUN" for c in noun.lefts)
    if kind == "other" and force and plain:
        kind = "warship"
    return Asset(kind, name=ship, hull=hull.group(0) if hull else None, count=_count(scene, noun))


def _count(scene: Scene, noun: Token) -> AssetCount | None:
    """Count an asset: a number in its phrase, one for a singular with an article or an owner, two or more for a bare plural."""
    found: Count | None = frames.count_of(scene, noun)
    if found is not None and found.qualifier != "none_reported":
        return AssetCount(found.low, found.best, found.high, found.text)
    if noun.lemma_.lower() in _MASS:
        return None
    if noun.tag_ == "NNS":
        return AssetCount(2, None, None, noun.text)
    article = next((c for c in noun.lefts if c.dep_ in {"det", "poss", "amod", "compound", "nmod", "nummod"}), None)
    return AssetCount(1, 1, 1, article.text) if article is not None and noun.tag_ in {"NN", "NNP"} else None


def owner(scene: Scene, noun: Token) -> Actor | None:
    """Say whose an asset is by its own phrase: "Dutch F-35s", "the Italian destroyer", "HMS ..."; none when several states share it."""
    named = _states(scene, noun)
    if named:
        return named[0] if len({a.country for a in named}) == 1 else None
    flown = next((t for t in noun.subtree if t.text in arsenal().prefixes and abs(t.i - noun.i) <= _NAME_WORDS), None)
    if flown is None:
        return None
    from geo.gazetteer import open_gazetteer  # noqa: PLC0415 - only for ships that no word else gives an owner

    iso3 = arsenal().prefixes[flown.text]
    return Actor(f"{open_gazetteer().country(iso3).name} navy", iso3, "armed_forces", flown.idx, flown.idx + len(flown), flown.text)


def shared(scene: Scene, noun: Token) -> bool:
    """Tell assets of several states: "US, Japanese and Philippine ships"."""
    return len({a.country for a in _states(scene, noun)}) > 1


def _states(scene: Scene, noun: Token) -> list[Actor]:
    """List the states that the phrase of an asset names."""
    start, end = bounds(noun, without=frozenset({"conj", "relcl", "acl", "prep", "advcl", "appos"}))
    return [a for m in scene.within(scene.matches, start, end) if (a := state(m)) is not None]


def state(match: Match) -> Actor | None:
    """Take the name or the adjective of a state for its forces."""
    place, mention = match.place, match.mention
    if place is None or place.country is None or mention.role not in {"demonym", "metonym", "place"}:
        return None
    if mention.role == "place" and place.kind != "country":
        return None
    from geo.gazetteer import open_gazetteer  # noqa: PLC0415 - as above

    return Actor(open_gazetteer().country(place.country).name, place.country, "state", mention.start, mention.end, mention.text)
