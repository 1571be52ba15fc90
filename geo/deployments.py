"""Turn frames into deployments: forces moved, present, planned or withdrawn, with assets counted as ranges.

Assets and movement verbs stand in `layers/lexicon/assets.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from geo import claims as claim_reader
from geo import frames, layers, titles
from geo.model import Actor, Asset, AssetCount, Count, Deployment, Match, record_id
from geo.parse import agent, bounds, group, patient, subject, text_of
from geo.parse import sentence as sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from geo.frames import Scene

_HULL = re.compile(r"\b(?:DDG|CVN|LHD|LHA|LPD|CG|SSN|SSGN|LSD|FFG|LCS)[- ]?\d{1,3}\b")
_CONSIDER = frozenset("consider weigh discuss mull".split())
_PURPOSE = frozenset("describe call portray present frame".split())
_FORCES = frozenset({"state", "armed_forces", "coast_guard", "government", "armed_group", "agency", "official"})
_MILITARY = frozenset(
    "aircraft_carrier carrier_strike_group cruiser destroyer frigate amphibious_assault_ship submarine nuclear_submarine warship "
    "coast_guard_cutter minehunter fighter bomber patrol_aircraft personnel militia missile_system".split()
)
"""Assets that only forces have; a drone or a helicopter may be anybody's, so its owner must be one."""
_PREFIXES = frozenset({"USS", "HMS", "HNLMS", "RFA", "FS", "ARC", "ARBV", "INS", "HMCS", "HMAS", "JS", "BRP", "TCG"})
_AT_HOME = frozenset({"mobilise", "mobilize"})
_TOWARDS = frozenset({"to", "into", "towards", "toward", "in", "off", "near", "at", "within", "across", "around"})


@dataclass(frozen=True, slots=True)
class Arsenal:
    """The lexicon: asset rows in order of precedence, statuses of verbs, verbs that move their subject, nominal triggers."""

    assets: tuple[tuple[str, frozenset[str], frozenset[str], frozenset[str]], ...]
    verbs: dict[str, str]
    intransitive: frozenset[str]
    nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Move:
    """A movement verb or noun with the assets that it moves."""

    token: Token
    nominal: bool
    actor: Actor | None
    assets: tuple[Asset, ...]
    nouns: tuple[Token, ...]


@lru_cache(maxsize=1)
def arsenal() -> Arsenal:
    """Read the lexicon once."""
    data = tomllib.loads((layers.folder() / "lexicon" / "assets.toml").read_text(encoding="utf-8"))
    rows = tuple((r["type"], *(frozenset(r.get(k, ())) for k in ("nouns", "modifiers", "not"))) for r in data["assets"])
    return Arsenal(rows, data["verbs"], frozenset(data["subjects"]["verbs"]), frozenset(data["nouns"]["nouns"]))


def deployments(scene: Scene) -> tuple[Deployment, ...]:
    """Read the deployments of a report, of every mode, in order of their first evidence."""
    taken: set[str] = set()
    out: list[Deployment] = []
    for sentence in scene.doc.sents:
        for token in sentence:
            move = _move(scene, token)
            record = _record(scene, move, taken) if move is not None else None
            if record is not None and not any(_same(record, o) for o in out):
                taken.add(record.id)
                out.append(record)
    return tuple(out)


def _move(scene: Scene, token: Token) -> Move | None:
    """Match a movement word whose object (or subject, for verbs like arrive) is an asset."""
    lex, lemma = arsenal(), token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in lex.verbs:
        moved = subject(token) if lemma in lex.intransitive else patient(token)
        doer = None if lemma in lex.intransitive else agent(token)
    elif (
        token.pos_ == "NOUN"
        and lemma in lex.nouns
        and token.dep_ != "compound"
        and not (token.dep_ == "dobj" and token.head.lemma_ in lex.verbs)
    ):
        moved = next((t for p in token.children if p.dep_ == "prep" and p.lower_ == "of" for t in p.children if t.dep_ == "pobj"), None)
        doer = next((c for c in token.children if c.dep_ in {"poss", "nmod", "compound", "amod"}), None)
    else:
        return None
    moving = [t for t in (moved, *_company(token)) if t is not None]
    nouns = [n for m in moving for n in _asset_nouns(m) if _type(n) is not None]
    if not nouns:
        return None
    actor = (
        frames.actor_of(scene, doer)
        or _beside(scene, token)
        or next((a for n in nouns if (a := claim_reader.actor_at(n, scene.actors)) is not None and a.kind != "official"), None)
    )
    if not any(_type(n) in _MILITARY for n in nouns) and (actor is None or actor.kind not in _FORCES):
        return None
    return Move(token, token.pos_ == "NOUN", actor, tuple(_asset(scene, n) for n in nouns), tuple(nouns))


def _company(verb: Token) -> Iterator[Token]:
    """Find what sails along: "with three destroyers", "accompanied by two frigates"."""
    escorts = [c for c in verb.children if c.lemma_ in {"accompany", "escort"}]
    for word, ties in ((verb, {"with", "alongside"}), *((e, {"by"}) for e in escorts)):
        yield from (t for p in word.children if p.lower_ in ties for t in p.children if t.dep_ == "pobj")


def _beside(scene: Scene, verb: Token) -> Actor | None:
    """Find the actor right before a participle ("Bogota sending troops"), which the parser may hang elsewhere."""
    return next((a for a in scene.actors if verb.tag_ == "VBG" and 0 <= verb.idx - a.end <= 1), None)


def _asset_nouns(noun: Token) -> list[Token]:
    """List the nouns moved: all that are coordinated, and what "tens of thousands of ..." counts."""
    out = []
    for token in group(noun):
        inner = next((t for p in token.children if p.lower_ == "of" for t in p.children if t.dep_ == "pobj"), None)
        out.append(inner if inner is not None and (token.ent_type_ == "CARDINAL" or _type(token) is None) else token)
    return out


def _type(noun: Token) -> str | None:
    """Type an asset by its head noun and the words in its phrase; None for what is no asset."""
    words = {t.lemma_.lower() for t in noun.subtree if t.i <= noun.i}
    # A ship's name stands where its type would: "the frigate HNLMS Tromp arrived".
    lemmas = {c.lemma_.lower() for c in noun.lefts} if noun.pos_ == "PROPN" else {noun.lemma_.lower()}
    for kind, nouns, modifiers, excluded in arsenal().assets:
        if lemmas & nouns and (not modifiers or words & modifiers) and not words & excluded:
            return kind
    return "warship" if noun.pos_ == "PROPN" and any(t.text in _PREFIXES for t in noun.lefts) else None


def _asset(scene: Scene, noun: Token) -> Asset:
    """Read an asset with its number, name and hull."""
    start, end = bounds(noun, without=frozenset({"conj", "relcl", "acl", "prep", "advcl"}))
    hull = _HULL.search(scene.report.text, start, end + 20)
    ship = next((m.mention.text for m in scene.within(scene.matches, start, end + 40) if m.mention.role == "ship"), None)
    return Asset(_type(noun) or "other", name=ship, hull=hull.group(0) if hull else None, count=_count(scene, noun))


def _count(scene: Scene, noun: Token) -> AssetCount | None:
    """Count an asset: a number in its phrase, or one for a singular with an article."""
    found: Count | None = frames.count_of(scene, noun)
    if found is not None and found.qualifier != "none_reported":
        return AssetCount(found.low, found.best, found.high, found.text)
    article = next((c for c in noun.lefts if c.lower_ in {"a", "an"}), None)
    return AssetCount(1, 1, 1, article.text) if article is not None and noun.tag_ == "NN" else None


def _record(scene: Scene, move: Move, taken: set[str]) -> Deployment | None:
    """Fill a deployment, or give None when the words tell none: a habit, a purpose, an asset with neither place nor number."""
    mode = claim_reader.modality(move.token, nominal=move.nominal)
    if mode is None:
        return None
    sentence = sentence_of(move.token)
    governed = frames.where(scene, move.token, within=move.nouns)
    left = [
        m
        for m in governed
        if _preposition(scene, m) == "from" or (_leaves(move) and _preposition(scene, m) not in {"to", "for", "towards"})
    ]
    places = [m for m in governed if m not in left and _preposition(scene, m) in _TOWARDS]
    origin = left[0].mention.text if left else None
    counted = any(a.count is not None or a.name for a in move.assets)
    where, role = _where(scene, move, places)
    if where["geometry_method"] == "none" and mode.mode == "actual" and (not (counted or origin) or _answers_call(move)):
        return None
    found = frames.when(scene, move.token)
    about = claim_reader.attributions(move.token, scene.actors)
    named = tuple(c for c in about if c.claimant != "not named")
    said = claim_reader.assertion(named, actor_names=frames.side(scene, move.actor), own_voice=not about, hearsay=len(named) < len(about))
    if said == "denied":
        mode = claim_reader.Modality("negation")
    status = _status(move, mode.mode)
    quoted = [frames.evidence(scene, sentence, f"deployment: {'noun' if move.nominal else 'verb'} {move.token.text!r}")]
    quoted += [frames.quote(scene, m.mention.start, m.mention.end, f"where: {m.geometry_method}") for m in places]
    record = Deployment(
        id=record_id(scene.report.id, "deployment", status, quoted[0].text, taken),
        title="",
        auxiliary_mode=_mode(mode.mode, status, historical=frames.historical(scene, found)),
        assertion=said,
        claims=named,
        where_role=role,
        evidence=tuple(quoted),
        source=scene.report.source,
        status=status,
        actor=move.actor.name if move.actor else None,
        actor_country=move.actor.country if move.actor else None,
        assets=move.assets,
        origin=origin,
        destination=where.get("where_text") if role == "destination" else None,
        base=where.get("where_text") if role == "base" else None,
        purpose_claimed=_purpose(move.token),
        **where,
        **frames.date_fields(found),
    )
    return replace(record, title=titles.deployment(record))


def _leaves(move: Move) -> bool:
    """Tell a departure: the place beside it is where the forces come from."""
    return move.token.lemma_ in {"leave", "depart"}


def _answers_call(move: Move) -> bool:
    """Tell help sent to a scene ("dispatched a patrol boat to investigate") from forces deployed."""
    return move.token.lemma_ in {"send", "dispatch"} and {a.type for a in move.assets} <= {"patrol_vessel", "helicopter", "drone", "other"}


def _where(scene: Scene, move: Move, places: list[Match]) -> tuple[dict[str, Any], Literal["destination", "base"]]:
    """Say where: the destination, or the mobilising state's own land when none is named (an area, never its capital)."""
    if places or move.token.lemma_.lower() not in _AT_HOME or move.actor is None or move.actor.country is None:
        fields = frames.place_fields(places, scene.report.text)
        return (frames.without_point(fields) if len(places) > 1 else fields), "destination"
    from geo.gazetteer import open_gazetteer  # noqa: PLC0415 - only for forces raised at home

    country = open_gazetteer().country(move.actor.country)
    polygon = open_gazetteer().polygon(country.id)
    if polygon is None:
        return {"geometry_method": "none"}, "base"
    return {
        "geometry_method": "country_polygon",
        "geometry": polygon,
        "where_text": country.name,
        "where_prec": 6,
        "geo_precision": 3,
        "label_longitude": country.longitude,
        "label_latitude": country.latitude,
    }, "base"


def _preposition(scene: Scene, match: Match) -> str:
    """Give the word that ties a place to the movement: "to", "from", "in"; an offset carries its own."""
    token = scene.token(match.mention.start, match.mention.end)
    if token is None or match.mention.role == "offset":
        return "off"
    found = next((t for t in token.ancestors if t.pos_ == "ADP"), None)
    return found.lower_ if found is not None else "at"


def _status(move: Move, mode: str) -> str:
    """Give the status: by mode first, then by the verb."""
    if mode == "negation":
        return "denied"
    if mode == "hypothetical":
        return "hypothetical"
    head = move.token.head.lemma_
    if mode == "future":
        return "under_consideration" if head in _CONSIDER else "ordered" if head in {"order", "authorise", "authorize"} else "planned"
    return arsenal().verbs.get(move.token.lemma_.lower(), "present")


def _mode(mode: str, status: str, *, historical: bool) -> Any:  # noqa: ANN401 - one of the published values
    """Keep the mode; an order is still to be carried out, and a date far back makes history."""
    if mode == "actual" and status == "ordered":
        return "future"
    return "historical" if historical and mode == "actual" else mode


def _purpose(token: Token) -> str | None:
    """Give the purpose as claimed: "in what it describes as ...", "to ...", in the report's words."""
    for word in _clause_words(token):
        if word.lemma_ in _PURPOSE:
            named = next((t for p in word.children if p.lower_ == "as" for t in p.children if t.dep_ == "pobj"), None)
            if named is not None:
                return _words(token, named.left_edge.idx, sentence_of(word).end_char)
        if word.dep_ == "advcl" and word.head.i == token.i and any(c.lower_ == "to" and c.dep_ == "aux" for c in word.children):
            return _words(token, *bounds(word))
    return None


def _clause_words(token: Token) -> Iterator[Token]:
    """Walk the words of a clause and of the clause it hangs on."""
    yield from token.subtree


def _words(token: Token, start: int, end: int) -> str:
    """Give words of the text on one line, without the closing full stop."""
    return " ".join(text_of(token.doc)[start:end].split()).rstrip(".”\"' ")


def _same(one: Deployment, other: Deployment) -> bool:
    """Tell a repeat: same actor, assets, place and mode."""
    return (one.actor_country, one.auxiliary_mode, one.where_text) == (other.actor_country, other.auxiliary_mode, other.where_text) and {
        a.type for a in one.assets
    } <= {a.type for a in other.assets}
