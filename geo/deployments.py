"""Turn frames into deployments: forces moved, present, planned or withdrawn. Movement verbs stand in `layers/lexicon/assets.toml`."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from geo import arranged, fragments, frames, owners, presence, titles
from geo import claims as claim_reader
from geo.assets import BODIES, Verb, arsenal, asset, is_force, muster, nouns_of, owner, shared, type_of, verb_of
from geo.lexicon import lexicon
from geo.model import Actor, Asset, Deployment, Match, When, record_id
from geo.parse import agent, bounds, completed, passive, patient, subject, text_of
from geo.parse import sentence as sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.fragments import Fragment
    from geo.frames import Scene

_CONSIDER = frozenset("consider weigh discuss mull".split())
_PURPOSE = frozenset("describe call portray present frame".split())
_APART = frozenset({"conj", "ccomp", "parataxis"})
"""Clauses beside the movement's own, with days of their own."""
_BACK = 60
_PRONOUNS = frozenset({"she", "it", "they"})
_NO_PLACE = frozenset({"bow", "path", "stern", "airspace", "service", "fray", "race", "talk", "history", "market"})
_LEAVES = frozenset({"leave", "depart"})
_FOUND = frozenset(
    "find rescue escort shadow free relieve replace evacuate accompany tow watch monitor follow trail tail track meet guard protect "
    "screen assist".split()
)
"""Verbs whose "by" phrase is the force: "the crew were found by a frigate"."""
_NOMINAL = {
    "dispatch": "in_transit", "transit": "in_transit", "passage": "in_transit", "departure": "in_transit", "arrival": "arrived",
    "withdrawal": "withdrawn", "return": "withdrawn", "exercise": "exercising", "drill": "exercising", "rotation": "arrived",
}  # fmt: skip
"""What nouns of movement say; the rest say that forces are there."""
_COMING = re.compile(
    r"\b(?:next\s+(?:week|month|year|spring|summer|autumn|winter|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)|tomorrow|tonight|shortly|soon|later\s+this"
    r"|at\s+the\s+end\s+of\s+(?:the|this|next)|before\s+(?:Christmas|the\s+end))",
    re.IGNORECASE,
)
_GO_ON = frozenset({"stay", "remain", "keep", "maintain"})
_BY_MODE = {"negation": "denied", "hypothetical": "hypothetical"}
_BACK_HOME = frozenset({"home", "back", "homeward"})
_MADE_FAST = frozenset({"moor", "dock", "berth", "anchor"})
_AT_HOME = frozenset({"mobilise", "mobilize"})
_ONWARD = frozenset({"to", "towards", "toward", "into", "for"})
_TOWARDS = frozenset({"to", "for", "into", "towards", "toward", "in", "off", "near", "at", "within", "across", "around"})
_BY_WAY = frozenset("on over above along alongside beside outside inside between past through up opposite against round throughout".split())
"""Words of place that tell where forces are if none of those before does."""
_OUT_OF = frozenset({"operate", "fly", "work", "base"})
"""Verbs whose "from" says where forces are."""


@dataclass(frozen=True, slots=True)
class Move:
    """A movement verb or noun with the assets that it moves."""

    token: Token
    actor: Actor | None
    assets: tuple[Asset, ...]
    nouns: tuple[Token, ...]
    nominal: bool = True
    fragment: Fragment | None = None


def deployments(scene: Scene) -> tuple[Deployment, ...]:
    """Read the deployments of a report, of every mode, in order of their first evidence."""
    taken: set[str] = set()
    out: list[Deployment] = []
    muster(scene)
    for sentence in scene.doc.sents:
        bare = tuple(_bare(scene, sentence))
        free = [t for t in sentence if not any(m.fragment and m.fragment.start <= t.idx < m.fragment.end for m in bare)]
        told: set[int] = set()
        moves = itertools.chain((m for token in free for m in _moves(scene, token)), bare, _standing(scene, sentence, told))
        for move in moves:
            record = _record(scene, move, taken)
            if record is None:
                continue
            told.update(n.i for n in move.nouns)
            if not any(_same(record, o) for o in out):
                taken.add(record.id)
                out.append(record)
    return tuple(out)


def _bare(scene: Scene, sentence: Sentence) -> Iterator[Move]:
    """Read a line without a verb: "PNS Shamsheer due Djibouti Thursday", "HMS Calder: Gulf of Aden"."""
    yield from (_as_move(scene, found) for found in fragments.fragments(scene, sentence))


def _standing(scene: Scene, sentence: Sentence, told: set[int]) -> Iterator[Move]:
    """Read where forces are of which the movements of a sentence, read before, told nothing."""
    yield from (_as_move(scene, found) for found in presence.standing(scene, sentence, told))


def _as_move(scene: Scene, found: Fragment) -> Move:
    """Make a movement of forces that no verb moves."""
    force = any(is_force(n) for n in found.nouns)
    assets = tuple(asset(scene, n, force=force) for n in found.nouns)
    actor = owners.of(scene, found.nouns[0], None, found.nouns) or owners.flag(scene, found.nouns[0])
    return Move(found.nouns[0], owners.in_context(scene, actor, found.nouns[0], found.nouns), assets, found.nouns, fragment=found)


def _moves(scene: Scene, token: Token) -> list[Move]:
    """Match a movement word whose object (or subject, for verbs like arrive) is an asset; "each" gives one to every doer."""
    readings = (list(_shared_out(scene, token, *parts)) for parts in _readings(scene, token) if parts is not None)
    return next(filter(None, readings), [])


def _readings(scene: Scene, token: Token) -> Iterator[tuple[Token, Token | None] | None]:
    """Give what a word moves and who moves it, the surest reading first."""
    lex, lemma = arsenal(), token.lemma_.lower()
    if token.pos_ == "NOUN" and lemma in lex.nouns and token.dep_ != "compound" and not _of_verb(token):
        yield _nominal(token)
    if token.pos_ not in {"VERB", "AUX"} or _only_says_which(token):
        return
    verb = verb_of(token)
    if lemma in lex.staged and (staged := _staged(token)) is not None:
        yield staged
    elif verb is not None and (verb.words or lemma not in lex.staged):
        yield _moved(scene, token, verb)
    if token.pos_ == "VERB" and (verb is None or verb.moves == "object"):
        yield _stays(scene, token)


def _only_says_which(verb: Token) -> bool:
    """Tell "based at Tontouta" in "aircraft based at Tontouta join the operation": which ones, of whom another verb tells more."""
    noun = verb.head
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and noun.dep_ == "nsubj" and noun.head.lemma_.lower() in arsenal().verbs


def _shared_out(scene: Scene, token: Token, moved: Token, doer: Token | None) -> Iterator[Move]:
    """Give a movement to each state whose forces move."""
    nouns = [n for m in (moved, *_company(token)) for n in nouns_of(m) if type_of(n) is not None]
    for actor, held in owners.by_owner(scene, token, doer, nouns):
        force = (actor is not None and actor.kind in owners.FORCES) or any(shared(scene, n) for n in held)
        if held and (force or any(is_force(n) for n in held)):
            who = owners.in_context(scene, actor, token, held)
            yield Move(token, who, tuple(asset(scene, n, force=force) for n in held), tuple(held), nominal=token.pos_ == "NOUN")


def _moved(scene: Scene, verb: Token, entry: Verb) -> tuple[Token, Token | None] | None:
    """Give what a verb moves and who moves it; verbs like arrive move their subject."""
    if verb.pos_ == "AUX" and verb.dep_ in {"aux", "auxpass"}:
        return None
    thing = patient(verb)
    if verb.lemma_ == "be" and (housed := _housed(verb)) is not None:
        return housed, None
    own = entry.moves != "object" and not passive(verb)
    if own and entry.moves == "both" and thing is not None and any(is_force(n) for n in nouns_of(thing)):
        own = False
    if verb.lemma_ in _FOUND and (passive(verb) or thing is None) and (escort := _escort(verb)) is not None:
        return escort, escort
    if verb.lemma_ in _FOUND and passive(verb):
        return None
    moved = _subject(verb) if own else thing
    if own and moved is not None and moved.lower_ in _PRONOUNS:
        moved = _ship_before(moved)
    if moved is None or (own and type_of(moved) == "missile_system") or not _tells(scene, verb, moved, entry):
        return None
    return moved, None if own else agent(verb)


def _housed(verb: Token) -> Token | None:
    """Give the forces that a place is home to: "Rota is home to five destroyers"."""
    homes = (c for c in verb.children if c.dep_ == "attr" and c.lemma_ in {"home", "base", "host", "station"})
    return next((t for c in homes for p in c.children if p.lower_ in {"to", "of", "for"} for t in p.children if t.dep_ == "pobj"), None)


def _escort(verb: Token) -> Token | None:
    """Give the forces in the "by" phrase of a verb, also of one that the parser takes for a past: "limped in, shadowed by a cutter"."""
    if passive(verb):
        return agent(verb)
    by = (t for p in verb.rights if p.lower_ == "by" for t in p.children if t.dep_ == "pobj")
    return next((t for t in by if any(is_force(n) for n in nouns_of(t))), None)


def _stays(scene: Scene, verb: Token) -> tuple[Token, Token | None] | None:
    """Give the forces that a verb of no list puts somewhere ("swung at anchor off Jask").

    What tells of violence, of building or of words says nothing of where forces are.
    """
    lemma = verb.lemma_.lower()
    if lemma in arsenal().still or lemma in claim_reader.SPEECH | claim_reader.DENIAL or (_tells_event(verb) and not _fills(scene, verb)):
        return None
    moved = patient(verb) if passive(verb) else _subject(verb)
    if moved is None or verb.dep_ in {"advcl", "xcomp", "pcomp"}:
        return None
    units = [n for n in nouns_of(moved) if is_force(n) or (type_of(n) == "patrol_vessel" and owner(scene, n) is not None)]
    if all(type_of(n) in BODIES for n in units):
        return (moved, None) if units and _bound_for(scene, verb) else None
    return (moved, None) if _somewhere(scene, verb, moved) else None


def _tells_event(verb: Token) -> bool:
    """Tell a verb that tells of an incident, with the words that it needs for that."""
    return any(completed(verb, entry.words) is not None for entry in lexicon().verbs.get(verb.lemma_.lower(), ()))


def _bound_for(scene: Scene, verb: Token) -> bool:
    """Tell "poured into Nembe": a place on the map that the verb is bound for."""
    words = (t for p in verb.children if p.lower_ in _ONWARD for t in p.children if t.dep_ == "pobj")
    return any(_placed(scene, t.left_edge.idx, t.right_edge.idx + len(t.right_edge)) for t in words)


def _subject(verb: Token) -> Token | None:
    """Give the subject of a verb: of several, as where a dateline stands before it, the nearest that is a force."""
    near = (c for c in reversed(list(verb.lefts)) if c.dep_ in {"nsubj", "nsubjpass"})
    return next((c for c in near if any(is_force(n) for n in nouns_of(c))), None) or subject(verb)


def _ship_before(pronoun: Token) -> Token | None:
    """Find what a pronoun stands for: "she" for the last ship that was a subject before, "it" and "they" for what was last told of."""
    before = list(pronoun.doc[max(0, pronoun.i - _BACK) : pronoun.i])[::-1]
    if pronoun.lower_ == "she":
        ships = [t for t in before if is_force(t) and type_of(t) not in BODIES]
        return next((t for t in ships if t.dep_ in {"nsubj", "nsubjpass", "poss"}), ships[0] if len(ships) == 1 else None)
    last = next((t for t in before if t.dep_ in {"nsubj", "nsubjpass", "dobj"} and t.pos_ in {"NOUN", "PROPN"}), None)
    return last if last is not None and is_force(last) else None


def _tells(scene: Scene, verb: Token, moved: Token, entry: Verb) -> bool:
    """Tell whether a verb tells a movement here: some need a place, an object, or the noun of their phrase."""
    lex, lemma = arsenal(), verb.lemma_.lower()
    thing = patient(verb)
    if lemma in lex.beside and thing is None:
        return False
    if thing is not None and thing.lemma_.lower() in _NO_PLACE:
        return False  # entered the airspace, ordered a frigate from a yard
    if lemma in lex.placed and not entry.words and not (_underway(verb) or _somewhere(scene, verb, moved)):
        return False
    if lemma in {"send", "dispatch"} and any(c.dep_ == "conj" and c.lemma_ in {"arrive", "reach"} for c in verb.children):
        return False  # "was dispatched and reached the tanker": the arrival tells it
    left = _left(verb) if lemma in _LEAVES and not entry.words else None
    # "leaving a gash in her side" leaves no place.
    return left is None or bool(_placed(scene, left.left_edge.idx, left.idx + len(left)))


def _underway(verb: Token) -> bool:
    """Tell "is on its way to", "are en route to", "is bound for"."""
    return verb.lemma_ == "be" and any(t.lower_ in arsenal().underway for c in verb.children for t in (c, *c.children))


def _nominal(noun: Token) -> tuple[Token, Token | None] | None:
    """Give what a noun of movement moves ("the arrival of two frigates", "an exercise by eight warships") and whose it is."""
    ties = {"by", "with", "involving"} if noun.lemma_.lower() in arsenal().exercises else {"of"}
    holders = noun.subtree if noun.lemma_.lower() in arsenal().exercises else noun.children
    tied = (t for p in holders if p.lower_ in ties for t in p.children if t.dep_ in {"pobj", "dobj"})
    moved = next((t for t in tied if any(is_force(n) for n in nouns_of(t)) or "of" in ties), None)
    if noun.lemma_.lower() in arsenal().eyes and noun.head.lower_ not in {"under", "beneath"}:
        return None
    doer = next((c for c in noun.children if c.dep_ in {"poss", "nmod", "compound", "amod"}), None)
    return None if moved is None else (moved, doer)


def _staged(verb: Token) -> tuple[Token, Token | None] | None:
    """Give who exercises: "eight warships held drills off ..."."""
    staged, who = patient(verb), agent(verb)
    if staged is None or who is None:
        return None
    # "three days of drills"
    inner = (t for p in staged.children if p.lower_ == "of" for t in p.children)
    return (who, who) if any(t.lemma_.lower() in arsenal().exercises for t in (staged, *inner)) else None


def _of_verb(noun: Token) -> bool:
    """Tell the noun of a phrase that its verb tells already ("ordered the deployment")."""
    return noun.dep_ == "dobj" and noun.head.lemma_ in arsenal().verbs


def _left(verb: Token) -> Token | None:
    """Give what a verb of leaving has as its object."""
    return next((c for c in verb.children if c.dep_ in {"dobj", "obj"}), None)


def _placed(scene: Scene, start: int, end: int) -> list[Match]:
    """List the mentions of a stretch of text that are on the map."""
    return [m for m in scene.within(scene.matches, start, end) if m.geometry is not None]


def _somewhere(scene: Scene, verb: Token, moved: Token) -> bool:
    """Tell "is at the base", "have two ships at sea" from "are ready", "is at anchor": a place hangs on the verb or on what it moves."""
    if any(c.lower_ in arsenal().nearby for c in verb.children if c.dep_ in {"advmod", "acomp", "prt"}):
        return True  # "was alongside", "are ashore"
    holders = (verb, moved, *(c for c in verb.children if c.dep_ == "acomp"))
    ties = [p for holder in holders for p in holder.children if p.dep_ == "prep"]
    ties += [q for p in ties for q in p.children if q.dep_ == "prep"]  # "as far as Ushant"
    if _fills(scene, verb):
        return True
    for word in (t for p in ties for t in p.children if t.dep_ == "pobj"):
        inside = _placed(scene, word.left_edge.idx, word.right_edge.idx + len(word.right_edge))
        if word.lemma_.lower() in arsenal().somewhere or inside:
            return True
    return any(m.mention.role == "offset" for m in scene.starting(scene.matches, verb.idx + 1, sentence_of(verb).end_char))


def _fills(scene: Scene, verb: Token) -> bool:
    """Tell "crowd Subic Bay": waters or a town full of forces."""
    return verb.lemma_.lower() in arsenal().filled and any(
        _placed(scene, t.left_edge.idx, t.idx + len(t)) for t in verb.children if t.dep_ == "dobj"
    )


def _company(verb: Token) -> Iterator[Token]:
    """Find what sails along: "with three destroyers", "accompanied by two frigates"."""
    escorts = [c for c in verb.children if c.lemma_ in {"accompany", "escort"}]
    for word, ties in ((verb, {"with", "alongside"}), *((e, {"by"}) for e in escorts)):
        yield from (t for p in word.children if p.lower_ in ties for t in p.children if t.dep_ == "pobj")


def _record(scene: Scene, move: Move, taken: set[str]) -> Deployment | None:
    """Fill a deployment, or give None when the words tell none: a habit, a purpose, an asset with neither place nor number."""
    mode = claim_reader.modality(move.token, nominal=move.nominal) if move.fragment is None else _plain_mode(move.fragment)
    if mode is None:
        return None
    if any(c.lower_ == "no" for n in move.nouns for c in n.lefts):
        mode = claim_reader.Modality("negation")  # "no soldiers going to the border"
    if mode.mode == "future" and move.token.lemma_ in _GO_ON:
        mode = claim_reader.Modality("actual")  # who "will stay" is there already
    if mode.mode == "actual" and _scheduled(move):
        mode = claim_reader.Modality("future")
    sentence = sentence_of(move.token)
    places, left = _ends(scene, move)
    origin = left[0].mention.text if left else None
    plain = {n.text for n in move.nouns}  # "frigates" are no number of them
    counted = any(a.name or (a.count is not None and a.count.text not in plain) for a in move.assets)
    where, role = _where(scene, move, places)
    placed = move.token.lemma_.lower() in arsenal().placed
    bare = not (counted or origin or placed or move.fragment) or _answers_call(move)
    if where["geometry_method"] == "none" and mode.mode == "actual" and bare:
        return None
    found = _when(scene, move)
    about = claim_reader.attributions(move.token, scene.actors)
    named = tuple(c for c in about if c.claimant != "not named")
    said = claim_reader.assertion(named, actor_names=frames.side(scene, move.actor), own_voice=not about, hearsay=len(named) < len(about))
    if said == "denied":
        mode = claim_reader.Modality("negation")
    under_way = move.fragment is not None and move.fragment.status == "in_transit"  # "due Djibouti on Thursday" is at sea today
    if mode.mode == "actual" and not under_way and frames.ahead(scene, found):
        mode = claim_reader.Modality("future")
    if mode.mode == "actual" and arranged.invented(scene.report.text):
        mode = claim_reader.Modality("hypothetical")
    status = _status(move, mode.mode, ends=bool(origin and places))
    kind = "words" if move.fragment else "noun" if move.nominal else "verb"
    quoted = [frames.evidence(scene, sentence, f"deployment: {kind} {move.token.text!r}")]
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
        destination=(where.get("where_text") or _unlocated(move)) if role == "destination" else None,
        base=where.get("where_text") if role == "base" else None,
        purpose_claimed=_purpose(move.token),
        **where,
        **frames.date_fields(found),
    )
    return replace(record, title=titles.deployment(record))


def _plain_mode(fragment: Fragment) -> claim_reader.Modality:
    """Give the mode of a line without a verb, which tells what is, or what is to be."""
    return claim_reader.Modality("future" if fragment.status in {"planned", "ordered"} else "actual")


def _ends(scene: Scene, move: Move) -> tuple[list[Match], list[Match]]:
    """Give the places that forces are at or go to, and those that they come from."""
    if move.fragment is not None:
        return frames.finest(scene, move.fragment.places), [m for m in (move.fragment.origin,) if m is not None]
    governed = frames.governed(scene, move.token, within=move.nouns)
    left = [
        m
        for m in governed
        if _preposition(scene, m) == "from" or (_leaves(move) and _preposition(scene, m) not in {"to", "for", "towards"})
    ]
    ties = [(m, _preposition(scene, m)) for m in governed if m not in left]
    there = frames.finest(scene, [m for m, tie in ties if tie in _TOWARDS] or [m for m, tie in ties if tie in _BY_WAY])
    return (left, []) if not there and move.token.lemma_ in _OUT_OF else (there, left)


def _when(scene: Scene, move: Move) -> When | None:
    """Give the date of the movement: the nearest that hangs on its own verb, not on another clause of the sentence."""
    if move.fragment is not None:
        inside = scene.within(scene.dates, move.fragment.start, move.fragment.end)
        return next((w for w in inside if w.valid_until is None), None)
    sentence = sentence_of(move.token)
    inside = [w for w in scene.within(scene.dates, sentence.start_char, sentence.end_char) if w.valid_until is None]
    own = [w for w in inside if _dates(scene.token(w.start, w.end), move.token)]
    found = min(own, key=lambda w: (frames.steps(move.token, scene.token(w.start, w.end)), w.start), default=None)
    return found or (_going_on(scene, sentence) if _told_of_then(move.token) else None)


def _told_of_then(verb: Token) -> bool:
    """Tell a verb in the past, which goes on from the day that was named before it."""
    return verb.tag_ == "VBD" or any(c.tag_ == "VBD" and c.dep_ == "auxpass" for c in verb.children)


def _going_on(scene: Scene, sentence: Sentence) -> When | None:
    """Give the day that a paragraph named last before a sentence, or that of the message it stands in."""
    text = scene.report.text
    start = text.rfind("\n\n", 0, sentence.start_char) + 1
    days = [w for w in scene.within(scene.dates, start, sentence.start_char) if w.valid_until is None and w.date_prec in {1, 2}]
    return days[-1] if days else None


def _dates(word: Token | None, moving: Token) -> bool:
    """Tell whether a date belongs to a movement: under its verb, or under the verb that it goes on from without a doer of its own."""
    if word is None or moving in word.ancestors:
        path = [] if word is None else list(itertools.takewhile(lambda t: t != moving, (word, *word.ancestors)))
        return not any(t.dep_ in _APART and t.pos_ in {"VERB", "AUX"} for t in path)
    verb = next((t for t in word.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    return verb is None or (verb in set(moving.ancestors) and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in moving.children))


def _leaves(move: Move) -> bool:
    """Tell a departure: the place beside it is where the forces come from."""
    return move.token.lemma_ in _LEAVES


def _scheduled(move: Move) -> bool:
    """Tell the present of what is to come: "relieves her next week", "is sending a third", "join the operation for a week"."""
    verb = move.token
    if move.nominal or verb.pos_ != "VERB":
        return False
    helper = next((c for c in verb.children if c.dep_ in {"aux", "auxpass"}), None)
    if helper is not None and (verb.tag_ != "VBG" or helper.lower_ not in {"is", "are"}):
        return False
    if helper is None and verb.tag_ not in {"VBZ", "VBP"}:
        return False
    sending = verb.tag_ == "VBG" and verb.lemma_ in {"send", "dispatch"}
    turns = verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ in {"join", "relieve", "replace"}
    sentence = sentence_of(verb)
    return sending or turns or bool(_COMING.search(sentence.text))


def _for_good(move: Move) -> bool:
    """Tell forces that leave and do not come back: troops, or "the last submarine"."""
    return any(type_of(n) in BODIES or any(c.lower_ == "last" for c in n.lefts) for n in move.nouns)


def _answers_call(move: Move) -> bool:
    """Tell help sent to a scene ("dispatched a patrol boat to investigate") from forces deployed."""
    kinds = {a.type for a in move.assets}
    if move.actor is not None and move.actor.country is not None and "other" not in kinds:
        return False
    return move.token.lemma_ in {"send", "dispatch"} and kinds <= {"patrol_vessel", "helicopter", "drone", "other"}


def _unlocated(move: Move) -> str | None:
    """Give the words of a place that is not on the map: "to the area", "reached the scene"."""
    if move.nominal:
        return None
    ties = (t for p in move.token.children if p.lower_ in _TOWARDS for t in p.children if t.dep_ == "pobj")
    words = (*ties, *(c for c in move.token.children if c.dep_ == "dobj" and c not in move.nouns))
    word = next((w for w in words if w.lemma_.lower() in arsenal().somewhere), None)
    return frames.phrase(word) if word is not None else None


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
    # "in the waters of Taiwan" is in.
    found = next((t for t in token.ancestors if t.pos_ in {"ADP", "VERB", "AUX"} and t.lower_ != "of"), None)
    if found is not None and found.pos_ == "ADP":
        return "from" if found.head.lower_ == "out" else found.lower_
    # "reached Aden" is where they are; the subject of a verb is who they are.
    return "at" if token.dep_ in {"dobj", "obj", "npadvmod", "advmod"} else ""


def _status(move: Move, mode: str, *, ends: bool) -> str:
    """Give the status: by mode first, then by the words of a line without a verb, then by the verb."""
    if mode in _BY_MODE:
        return _BY_MODE[mode]
    if move.fragment is not None:
        return move.fragment.status
    head, lemma = move.token.head.lemma_, move.token.lemma_.lower()
    if mode == "future":
        return "under_consideration" if head in _CONSIDER else "ordered" if head in {"order", "authorise", "authorize"} else "planned"
    if move.nominal:
        return _NOMINAL.get(lemma, "present")
    return _by_words(move, ends=ends) or _by_verb(move.token)


def _by_words(move: Move, *, ends: bool) -> str | None:
    """Read what the words beside a verb make of it: "on her way home", "the last soldiers left", "are moored"."""
    verb = move.token
    if _underway(verb):
        return "withdrawn" if any(t.lower_ in _BACK_HOME for t in verb.subtree) else "in_transit"
    if _leaves(move) and not ends and _for_good(move):
        return "withdrawn"
    if verb.lemma_ in _MADE_FAST and (verb.dep_ == "acl" or any(c.lemma_ == "be" for c in verb.children)):
        return "present"
    # "has moved a ship from X to Y": it is there.
    return "arrived" if verb.lemma_ == "move" and ends else None


def _by_verb(verb: Token) -> str:
    """Give what a verb says; one of no list says that forces go on to somewhere, or are there."""
    entry = verb_of(verb)
    if verb.lemma_.lower() in arsenal().staged and _staged(verb) is not None:
        return "exercising"
    if entry is not None:
        return entry.status
    return "in_transit" if any(c.lower_ in _ONWARD for c in verb.children if c.dep_ == "prep") else "present"


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
