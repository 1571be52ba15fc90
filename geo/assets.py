"""Read what forces deploy: ships, aircraft, troops, each typed, counted, named, and whose they are.

The types, their words and the models of aircraft stand in `layers/lexicon/assets.toml`.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from geo import frames, layers
from geo.model import Actor, Asset, AssetCount, Count
from geo.parse import bounds, completed, group, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from geo.frames import Scene
    from geo.model import Match

_HULL = re.compile(r"\b(?:DDG|CVN|LHD|LHA|LPD|CG|SSN|SSGN|LSD|FFG|LCS)[- ]?\d{1,3}\b")
FLEET = "fleet"
"""Where a parse keeps the types of ships that are named alone."""
_TYPED = "asset_types"
"""Where a parse keeps the types of its words."""
OWNERS = "owners"
"""Where a parse keeps whose forces it names."""
_DEFINITE = frozenset({"the", "both", "these", "those"})
_AUXILIARIES = frozenset({"RFA", "USNS"})
_FLAGGED = re.compile(r"[-\s]?(?:flag(?:ged)?|owned|registered|operated|managed)\b", re.IGNORECASE)
_PLAIN = frozenset({"ship", "vessel"})
_MASS = frozenset({"fleet", "flotilla", "armada", "personnel", "militia", "force", "troop", "troops", "soldier", "marine"})
"""What a bare noun does not count: "the fleet", "troops"."""
_NAME_CHARACTERS = 40
_NAME_WORDS = 5
"""Words from the type of a ship to the prefix of her name."""
MILITARY = frozenset(
    "aircraft_carrier carrier_strike_group cruiser destroyer frigate amphibious_assault_ship submarine nuclear_submarine warship "
    "coast_guard_cutter minehunter fighter bomber patrol_aircraft personnel militia missile_system".split()
)
"""Assets that only forces have; a drone or a helicopter may be anybody's, so its owner must be one."""


BODIES = frozenset({"personnel", "militia", "missile_system"})
"""Forces that do and suffer much besides being somewhere."""
_NEVER = frozenset("ADP AUX CCONJ DET PART PRON PUNCT SCONJ SPACE".split())
"""Parts of speech that name no asset, however badly they are tagged."""
_PLAINLY = frozenset(
    "marine typhoon minehunter minesweeper frigate destroyer corvette warship gunboat submarine cruiser "
    "brigade battalion regiment squadron troop soldier warplane bomber carrier".split()
)
"""What is an asset whatever the tagger takes it for."""
_OUT_OF_SERVICE = frozenset("former retired decommissioned mothballed ex museum preserved replica model toy mock".split())
_NO_NAVY = frozenset({"shadow", "dark", "ghost", "fishing", "merchant"})
_STATE_CRAFT = frozenset(
    "patrol guard coastguard navy naval police customs hospital eunavfor nato coalition houthi "
    "irgc rsf pla idf military army armoured armored".split()
)
"""Words that make a boat a state's."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the lexicon: head nouns, words that must or must not stand in the phrase, and models by their names."""

    type: str
    nouns: frozenset[str]
    modifiers: frozenset[str]
    excluded: frozenset[str]
    models: re.Pattern[str] | None


class Verb(NamedTuple):
    """A verb with the words that must follow it, what it moves (its own subject, its object, or both), and what it says of it."""

    words: tuple[str, ...]
    moves: str
    status: str


@dataclass(frozen=True, slots=True)
class Arsenal:
    """The lexicon: kinds of assets in order of precedence, verbs by lemma, and what the verbs need."""

    kinds: tuple[Kind, ...]
    rows: dict[str, tuple[int, ...]]
    """The rows of `kinds` that a head noun may be of."""
    verbs: dict[str, tuple[Verb, ...]]
    placed: frozenset[str]
    somewhere: frozenset[str]
    beside: frozenset[str]
    staged: frozenset[str]
    exercises: frozenset[str]
    underway: frozenset[str]
    still: frozenset[str]
    made: frozenset[str]
    filled: frozenset[str]
    eyes: frozenset[str]
    nearby: frozenset[str]
    verbless: dict[str, list[str]]
    nouns: frozenset[str]
    collectives: frozenset[str]
    formations: frozenset[str]
    about: frozenset[str]
    prefixes: dict[str, str]


@lru_cache(maxsize=1)
def arsenal() -> Arsenal:
    """Read the lexicon once."""
    data = tomllib.loads((layers.folder() / "lexicon" / "assets.toml").read_text(encoding="utf-8"))
    needs = {k: frozenset(words) for k, words in data["needs"].items()}
    kinds = tuple(_kind(row) for row in data["assets"])
    return Arsenal(
        kinds=kinds,
        rows={noun: tuple(row for row, kind in enumerate(kinds) if noun in kind.nouns) for kind in kinds for noun in kind.nouns},
        verbs=_verbs(data["moves"]),
        nouns=frozenset(data["nouns"]["nouns"]),
        collectives=frozenset(data["collectives"]["nouns"]),
        formations=frozenset(data["collectives"]["formations"]),
        about=frozenset(data["collectives"]["about"]),
        prefixes=data["prefixes"],
        verbless=data["verbless"],
        **needs,
    )


def _verbs(rows: list[dict[str, Any]]) -> dict[str, tuple[Verb, ...]]:
    """Index the verbs by lemma; of several the one with most words goes first."""
    found: dict[str, list[Verb]] = {}
    for row in rows:
        for moves in ("self", "object", "both"):
            for written in row.get(moves, ()):
                lemma, *words = written.split()
                found.setdefault(lemma, []).append(Verb(tuple(words), moves, row["status"]))
    return {k: tuple(sorted(v, key=lambda one: -len(one.words))) for k, v in found.items()}


def verb_of(token: Token) -> Verb | None:
    """Find what a verb says of forces: the entry with most words of which all follow it, the nearest first ("went home to Norfolk")."""
    entries = arsenal().verbs.get(token.lemma_.lower(), ())
    told = [(e, last.i) for e in entries if (last := completed(token, e.words)) is not None]
    return min(told, key=lambda one: (-len(one[0].words), one[1]))[0] if told else None


def _kind(row: dict[str, Any]) -> Kind:
    """Turn one row of the lexicon into a kind of asset."""
    nouns, modifiers, excluded = (frozenset(row.get(k, ())) for k in ("nouns", "modifiers", "not"))
    return Kind(row["type"], nouns, modifiers, excluded, re.compile(row["models"]) if "models" in row else None)


def nouns_of(noun: Token) -> list[Token]:
    """List the nouns moved: all that are coordinated, and what "tens of thousands of ..." counts."""
    out = []
    for token in group(noun):
        inner = next((t for p in token.children if p.lower_ == "of" for t in p.children if t.dep_ == "pobj"), None)
        untyped = type_of(token) is None and token.lemma_.lower() not in arsenal().about
        outer = token.ent_type_ == "CARDINAL" or untyped or token.lemma_.lower() in arsenal().collectives
        # "an EU naval force frigate": the parser makes the frigate a name of the force.
        beside = next((c for c in token.rights if c.dep_ == "appos" and c.i == token.i + 1 and type_of(c) is not None), None)
        # "their mother ship, the patrol vessel Zaire"
        told = next((c for c in token.rights if c.dep_ == "appos" and c.tag_ in {"NN", "NNP"} and is_force(c)), None)
        told = None if token.tag_ not in {"NN", "NNP"} or is_force(token) else told
        out.append(inner if inner is not None and outer else beside if beside is not None and token.lemma_ == "force" else told or token)
        # "the destroyer Caio Duilio and a frigate": the parser hangs the second ship on the name of the first.
        out += [t for name in token.children if name.dep_ == "appos" for t in name.conjuncts]
    return out


def type_of(noun: Token) -> str | None:
    """Type an asset by its head noun and the words in its phrase; None for what is no asset.

    >>> from geo.parse import parse
    >>> [type_of(t) for t in parse("Two Dutch F-35s and a bulk carrier arrived.") if t.text in {"F-35s", "carrier"}]
    ['fighter', None]
    """
    # The same words are asked for by every way of telling a movement.
    known: dict[int, str | None] = noun.doc.user_data.setdefault(_TYPED, {})
    if noun.i not in known:
        known[noun.i] = _typed(noun)
    return known[noun.i]


def _typed(noun: Token) -> str | None:
    """Type a word that nobody asked for before."""
    if noun.pos_ in _NEVER and not noun.text[:1].isupper():
        return None
    # A ship's name stands where its type would: "the frigate HNLMS Tromp arrived".
    name = noun.pos_ == "PROPN" or (noun.text[:1].isupper() and noun.i > sentence(noun).start)
    named = {word for left in noun.lefts for c in (left, *left.lefts) for word in _bare(c)} if name else set()
    # "Marines" keeps its plural as a name.
    single = noun.lower_.removesuffix("s")
    own = {noun.lemma_.lower(), single} if noun.pos_ == "NOUN" or single in _PLAINLY or _fleet(noun) else set()
    models = {row for word in (noun, *noun.lefts) if word is noun or word.dep_ in {"compound", "nmod"} for row in _modelled(word.text)}
    kinds, rows = arsenal().kinds, arsenal().rows
    for row in sorted(models.union(*(rows.get(lemma, ()) for lemma in own | named))):
        # "the armed forces ministry" is no force.
        lemmas = own if kinds[row].type in BODIES else own | named
        if row in models or (not kinds[row].nouns.isdisjoint(lemmas) and _qualified(noun, kinds[row])):
            return kinds[row].type
    before = noun.nbor(-1) if noun.i else None
    if noun.pos_ != "PROPN" and (before is None or before.text not in arsenal().prefixes or not noun.text[:1].isupper()):
        return None
    first = _first_of_names(noun)
    if first is not None and first.i != noun.i:
        return type_of(first)
    if any(t.text in _AUXILIARIES for t in (noun, *noun.lefts)):
        return "other"
    if any(t.text in arsenal().prefixes for t in (noun, *noun.lefts, *([before] if before is not None else []))):
        return _in_brackets(noun) or "warship"
    word = kind_before(noun)
    return type_of(word) if word is not None else known_ships(noun).get(noun.i)


def _fleet(noun: Token) -> bool:
    """Tell a fleet by its name: "the Black Sea Fleet"; not "Fleet Watch", not the "Shadow Fleet"."""
    return noun.text == "Fleet" and noun.dep_ != "compound" and all(c.lower_ not in _NO_NAVY for c in noun.lefts)


def kind_before(name: Token) -> Token | None:
    """Find the type before the name of a ship that the parser gave no tie to it: "the frigate" in "the frigate Cabo Mayor is off Jask"."""
    following = name.nbor(1) if name.i + 1 < len(name.doc) else None
    if following is not None and following.pos_ == "PROPN" and following.head.i == name.i:
        return None
    word = name
    while word.i and word.pos_ == "PROPN" and name.i - word.i < _NAME_WORDS:
        word = word.nbor(-1)
    single = word.i < name.i and word.text.islower() and not word.lower_.endswith("s")
    if not single or name.head.i == word.i or word.head.i == name.i or type_of(word) not in MILITARY - BODIES:
        return None
    return word


def _first_of_names(noun: Token) -> Token | None:
    """Give the first of several ships named behind their type, or None for what is none of them: "the corvettes Narváez and Cartagena"."""
    first = noun.head if noun.dep_ == "conj" else noun
    plural = any(c.tag_ in {"NNS", "NNPS"} and c.dep_ in {"compound", "nmod"} and type_of(c) in MILITARY for c in first.lefts)
    return first if plural and noun.pos_ == first.pos_ == "PROPN" else None


def _bare(word: Token) -> set[str]:
    """Give the singular of a word, also where it begins a sentence or a headline and passes for a name."""
    single = word.lower_.removesuffix("s")
    return {word.lemma_.lower(), single} if single in _PLAINLY else {word.lemma_.lower()}


@lru_cache(maxsize=4096)
def _modelled(word: str) -> tuple[int, ...]:
    """Give the rows of the lexicon that a word is a model of: "MQ-9" of the drones."""
    return tuple(row for row, kind in enumerate(arsenal().kinds) if kind.models is not None and kind.models.fullmatch(word))


def _qualified(noun: Token, kind: Kind) -> bool:
    """Tell whether the words of a phrase allow the kind of asset that its noun may be."""
    words = {t.lemma_.lower() for t in noun.subtree if t.i <= noun.i}
    return (not kind.modifiers or not kind.modifiers.isdisjoint(words)) and kind.excluded.isdisjoint(words)


def is_named(noun: Token) -> bool:
    """Tell a ship of a navy by her name: "FS Languedoc"."""
    return any(t.text in arsenal().prefixes for t in (noun, *noun.lefts))


def _in_brackets(name: Token) -> str | None:
    """Type a ship by what stands in brackets behind her name: "HMS Calder (frigate)"."""
    after = name.doc[name.i + 1 : name.i + 4]
    return next((k for t in after[1:] if (k := type_of(t)) is not None), None) if after and after[0].text == "(" else None


def is_force(noun: Token) -> bool:
    """Tell what only forces have: by its type, by the prefix of a navy, by the model, or a boat that is called a state's."""
    kind = type_of(noun)
    if kind is None or any(c.lower_ in _OUT_OF_SERVICE for c in noun.lefts):
        return False
    if kind in MILITARY:
        return True
    words = [noun, *noun.lefts, *(t for left in noun.lefts for t in left.lefts)]
    modelled = kind in {"drone", "helicopter", "other"} and any(_modelled(t.text) for t in words)
    # "a carrier's air wing", "a submarine tender", "a brigade"
    served = any(type_of(c) in MILITARY - BODIES for c in noun.lefts if c.dep_ in {"compound", "poss"})
    formation = served or noun.lemma_.lower() in arsenal().formations
    return modelled or formation or any(t.text in arsenal().prefixes or t.lower_ in _STATE_CRAFT for t in words)


def known_ships(noun: Token) -> dict[int, str]:
    """Give the words of a report that name a ship whose type the report tells elsewhere: "the cutter Valiant ... the Valiant sails"."""
    found: dict[int, str] = noun.doc.user_data.get(FLEET, {})
    return found


def muster(scene: Scene) -> None:
    """Note the names of ships whose type stands beside them, for where they are named alone."""
    spans = [
        scene.doc.char_span(m.mention.start, m.mention.end, alignment_mode="expand") for m in scene.matches if m.mention.role == "ship"
    ]
    types: dict[str, str] = {}
    for span in (s for s in spans if s is not None):
        kind = next((k for t in span if t.pos_ == "PROPN" and (k := type_of(t)) in MILITARY), None)
        if kind is not None:
            types.setdefault(span.text.casefold(), kind)
            types.setdefault(_own_name(span).casefold(), kind)
    types = dict(_christened(scene)) | types
    scene.doc.user_data.pop(_TYPED, None)
    fleet = {t.i: types[s.text.casefold()] for s in spans if s is not None and s.text.casefold() in types for t in s}
    scene.doc.user_data[FLEET] = fleet | dict(_called_again(scene, types))


def _christened(scene: Scene) -> Iterator[tuple[str, str]]:
    """Find names of two words and more behind the type of a ship, whatever they were taken for: "the frigate Cabo Mayor"."""
    for token in scene.doc:
        if token.lower_ in _PLAINLY or token.text == "Cutter":
            words = itertools.takewhile(lambda t: t.pos_ == "PROPN" and t.text.istitle(), scene.doc[token.i + 1 : token.i + 5])
            name = " ".join(t.lower_ for t in words)
            kind = "coast_guard_cutter" if token.text == "Cutter" else type_of(token)
            if " " in name and kind in MILITARY - BODIES:
                yield name, str(kind)


def _called_again(scene: Scene, types: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Find ships that are named again, those of one word with their article: "the Bayern"."""
    names = [rf"the\s+({re.escape(name)})" if name.isalpha() else rf"({re.escape(name)})" for name in types if name]
    for again in re.finditer(rf"\b(?:{'|'.join(names)})\b", scene.report.text, re.IGNORECASE) if names else ():
        name = again[again.lastindex or 0]
        token = scene.token(again.end() - 1, again.end())
        if token is not None and name.istitle() and token.pos_ == "PROPN":
            yield token.i, types[name.casefold()]


def _own_name(span: Span) -> str:
    """Give the name of a ship without her prefix and type: "Resolute Bay" of "Coast Guard Cutter Resolute Bay"."""
    before = [t.i for t in span if t.text in arsenal().prefixes or any(t.lower_ in kind.nouns for kind in arsenal().kinds)]
    return str(span.doc[max(before, default=span.start - 1) + 1 : span.end].text)


def asset(scene: Scene, noun: Token, *, force: bool) -> Asset:
    """Read an asset with its number, name and hull; a plain ship of a force is a warship."""
    start, end = bounds(noun, without=frozenset({"conj", "relcl", "acl", "prep", "advcl"}))
    hull = _HULL.search(scene.report.text, start, end + 20)
    near = [m.mention for m in scene.starting(scene.matches, min(start, noun.idx - _NAME_CHARACTERS), end + 40) if m.mention.role == "ship"]
    over = (m for m in near if m.start <= noun.idx < m.end)
    ship = next((m.text for m in (*over, *(m for m in near if m.start >= start and m.end <= end + 40))), None)
    if _first_of_names(noun) is not None:
        words = [t.text for t in noun.lefts if t.pos_ == "PROPN"]
        return Asset(type_of(noun) or "warship", name=ship or " ".join([*words, noun.text]), count=AssetCount(1, 1, 1, noun.text))
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
    near = [noun.nbor(-1)] if noun.i else []
    flown = next((t for t in (*near, *noun.subtree) if t.text in arsenal().prefixes and abs(t.i - noun.i) <= _NAME_WORDS), None)
    if flown is None:
        return None
    from geo.gazetteer import open_gazetteer  # noqa: PLC0415 - only for ships that no word else gives an owner

    iso3 = arsenal().prefixes[flown.text]
    return Actor(f"{open_gazetteer().country(iso3).name} navy", iso3, "armed_forces", flown.idx, flown.idx + len(flown), flown.text)


def known_owner(scene: Scene, noun: Token) -> Actor | None:
    """Say whose a ship is that was told before: by her name, or as "the frigate" after a frigate of some state."""
    if OWNERS not in scene.doc.user_data:
        typed = [(t, type_of(t)) for t in scene.doc if t.pos_ in {"NOUN", "PROPN"}]
        scene.doc.user_data[OWNERS] = [(t.i, k, _ship_name(scene, t), a) for t, k in typed if k in MILITARY and (a := owner(scene, t))]
    told: list[tuple[int, str | None, str | None, Actor]] = scene.doc.user_data[OWNERS]
    name, kind = _ship_name(scene, noun), type_of(noun)
    if name is not None:
        return next((a for _, _, other, a in told if other is not None and other.casefold().endswith(name.casefold())), None)
    if not any(c.lower_ in _DEFINITE for c in noun.lefts):
        return None
    return next((a for i, other, _, a in reversed(told) if i < noun.i and other == kind), None)


def _ship_name(scene: Scene, noun: Token) -> str | None:
    """Give the name of a ship at a noun: over it, or right behind it."""
    end = noun.idx + len(noun)
    near = (m.mention for m in scene.starting(scene.matches, noun.idx - 40, end + 2) if m.mention.role == "ship")
    return next((m.text for m in near if m.end >= noun.idx), None)


def shared(scene: Scene, noun: Token) -> bool:
    """Tell assets of several states: "US, Japanese and Philippine ships"."""
    return len({a.country for a in _states(scene, noun)}) > 1


def _states(scene: Scene, noun: Token) -> list[Actor]:
    """List the states that the phrase of an asset names."""
    start, _ = bounds(kind_before(noun) or noun, without=frozenset({"conj", "relcl", "acl", "prep", "advcl", "appos"}))
    text, end = scene.report.text, noun.idx + len(noun)
    # "a Liberia-flagged tanker" is no force of Liberia.
    own = (m for m in scene.within(scene.matches, start, end) if not _FLAGGED.match(text, m.mention.end))
    return [a for m in own if (a := state(m)) is not None]


def state(match: Match) -> Actor | None:
    """Take the name or the adjective of a state for its forces."""
    place, mention = match.place, match.mention
    if place is None or place.country is None or mention.role not in {"demonym", "metonym", "place"}:
        return None
    if mention.role == "place" and place.kind != "country":
        return None
    from geo.gazetteer import open_gazetteer  # noqa: PLC0415 - as above

    return Actor(open_gazetteer().country(place.country).name, place.country, "state", mention.start, mention.end, mention.text)
