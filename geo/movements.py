"""Read which words of a sentence move forces, or say that they are somewhere, and which (`layers/lexicon/assets.toml`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo import claims as claim_reader
from geo import fragments, frames, owners, presence
from geo.assets import BODIES, Verb, arsenal, asset, is_force, kind_before, nouns_of, owner, shared, type_of, verb_of
from geo.lexicon import is_a, tells_event
from geo.parse import agent, forms, group, passive, patient, subject
from geo.parse import sentence as sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.fragments import Fragment
    from geo.frames import Scene
    from geo.model import Actor, Asset, Match

_TOLD_BY = frozenset({"VERB", "AUX", "NOUN"})
"""What words a movement is told by."""
_BACK = 60
_PRONOUNS = frozenset({"she", "it", "they"})
_SEEN = frozenset({"track", "watch", "monitor", "follow", "trail", "tail", "shadow", "escort", "accompany", "meet"})
"""Verbs after which those are there too that suffer it."""
_UNREADY = frozenset("order sale display offer construction build service reserve need trouble production".split())
"""What forces are "on", "in" or "under" that are nowhere for it."""
_AT_REST = frozenset({"lie", "stand", "sit", "ride", "come", "sail", "wait", "lurk", "be"})
_NO_PLACES = frozenset({"PERSON", "DATE", "TIME", "EVENT"})
_NO_PLACE = frozenset({"bow", "path", "stern", "airspace", "flag", "service", "fray", "race", "talk", "history", "market"})
LEAVES = frozenset({"leave", "depart"})
_FOUND = frozenset(
    "find rescue escort shadow free relieve replace evacuate accompany tow watch monitor follow trail tail track meet guard protect "
    "screen assist treat".split()
)
"""Verbs whose "by" phrase is the force: "the crew were found by a frigate"."""
ONWARD = frozenset({"to", "towards", "toward", "into", "for"})


@dataclass(frozen=True, slots=True)
class Move:
    """A movement verb or noun with the assets that it moves."""

    token: Token
    actor: Actor | None
    assets: tuple[Asset, ...]
    nouns: tuple[Token, ...]
    nominal: bool = True
    fragment: Fragment | None = None


def movements(scene: Scene, sentence: Sentence, told: set[int]) -> Iterator[Move]:
    """Read the movements of a sentence, those without a verb last; `told` is filled meanwhile with the forces that records tell of."""
    kinds = [t for t in sentence if type_of(t) is not None]
    if not (kinds or any(lower in _PRONOUNS for lower, _, _ in forms(sentence.doc)[sentence.start : sentence.end])):
        return
    armed = any(is_force(t) for t in kinds)
    bare = tuple(_as_move(scene, found) for found in fragments.fragments(scene, sentence)) if armed else ()
    words = [t for t in sentence if t.pos_ in _TOLD_BY]
    free = [t for t in words if not any(m.fragment and m.fragment.start <= t.idx < m.fragment.end for m in bare)]
    for token in free:
        yield from _moves(scene, token)
    yield from bare
    if armed:
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
    if lemma in lex.staged and (found := staged(token)) is not None:
        yield found
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
        force = (actor is not None and actor.kind in owners.FORCES) or any(shared(scene, n) for n in held) or _flown(token, held)
        if held and (force or any(is_force(n) for n in held)):
            who = owners.in_context(scene, actor, token, held)
            assets = tuple(_of_coast_guard(asset(scene, n, force=force), n, who) for n in held)
            yield Move(token, who, assets, tuple(held), nominal=token.pos_ == "NOUN")


def _of_coast_guard(ship: Asset, noun: Token, who: Actor | None) -> Asset:
    """Take the plain ships of a coast guard for patrol vessels."""
    plain = who is not None and who.kind == "coast_guard" and noun.lemma_.lower() in {"ship", "vessel"}
    return replace(ship, type="patrol_vessel") if plain else ship


def _flown(verb: Token, nouns: list[Token]) -> bool:
    """Tell drones with a base: "drones fly daily from Manta"."""
    based = verb.lemma_ in {"fly", "operate", "base"} and any(p.lower_ in {"from", "out", "at"} for p in verb.children)
    return based and any(type_of(n) == "drone" for n in nouns)


def _moved(scene: Scene, verb: Token, entry: Verb) -> tuple[Token, Token | None] | None:
    """Give what a verb moves and who moves it; verbs like arrive move their subject."""
    if verb.pos_ == "AUX" and verb.dep_ in {"aux", "auxpass"}:
        return None
    thing = _subject(verb) if passive(verb) and verb.dep_ != "acl" else patient(verb)
    if verb.lemma_ == "be" and (housed := _housed(verb)) is not None:
        return housed, None
    own = entry.moves != "object" and not passive(verb)
    if own and thing is not None and _takes_forces(verb, thing, entry) and any(is_force(n) for n in nouns_of(thing)):
        own = False  # "has flown two jets from Rota"
    if verb.lemma_ in _FOUND and (passive(verb) or thing is None) and (escort := _escort(verb)) is not None:
        return escort, escort
    if verb.lemma_ in _FOUND - _SEEN and passive(verb):
        return None
    turned = thing if verb.lemma_ in _AT_REST else None  # "off Mahé lay two frigates"
    moved = (_subject(verb) or turned) if own else thing
    if moved is None and passive(verb):
        moved = next((s for c in verb.children if c.dep_ == "auxpass" for s in c.children if s.dep_ == "nsubj"), None)  # "remains deployed"
    if own and moved is not None and _other_sails(verb, moved):
        return None
    if own and moved is not None and moved.lower_ in _PRONOUNS:
        moved = _ship_before(moved)
    if moved is None or (own and moved.lemma_ == "missile") or not _tells(scene, verb, moved, entry):
        return None
    return moved, None if own else agent(verb)


def _takes_forces(verb: Token, thing: Token, entry: Verb) -> bool:
    """Tell a verb that can move what is its object."""
    plain = (e for e in arsenal().verbs.get(verb.lemma_.lower(), ()) if e.moves != "self" and not e.words)
    return entry.moves == "both" or (thing.dep_ == "dobj" and any(plain))


def _other_sails(verb: Token, moved: Token) -> bool:
    """Tell whose course it is where a participle follows another vessel: "detained the tanker, sailing without papers" is the tanker's."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or moved.head.i == verb.i or not tells_event(verb.head):
        return False
    thing = patient(verb.head)
    return thing is not None and moved.i < thing.i < verb.i and is_a(thing, ("vessel",))


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
    if lemma in arsenal().still or lemma in claim_reader.SPEECH | claim_reader.DENIAL or (tells_event(verb) and not _fills(scene, verb)):
        return None
    moved = patient(verb) if passive(verb) else _subject(verb)
    if moved is None or verb.dep_ in {"advcl", "xcomp", "pcomp"}:
        return None
    units = [n for n in nouns_of(moved) if is_force(n) or (type_of(n) == "patrol_vessel" and owner(scene, n) is not None)]
    if all(type_of(n) in BODIES for n in units):
        return (moved, None) if units and _bound_for(scene, verb) else None
    return (moved, None) if _somewhere(scene, verb, moved) else None


def _bound_for(scene: Scene, verb: Token) -> bool:
    """Tell "poured into Nembe": a place on the map that the verb is bound for."""
    words = (t for p in verb.children if p.lower_ in ONWARD for t in p.children if t.dep_ == "pobj")
    return any(_placed(scene, t.left_edge.idx, t.right_edge.idx + len(t.right_edge)) for t in words)


def _subject(verb: Token) -> Token | None:
    """Give the subject of a verb: of several, as where a dateline stands before it, the nearest that is a force.

    A verb that has none takes the forces right before it: "and a second ship, the BRP Suluan Bay, left".
    """
    near = [c for c in reversed(list(verb.lefts)) if c.dep_ in {"nsubj", "nsubjpass"}]
    if not near and (verb.dep_ == "conj" or verb.tag_ in {"VBD", "VBZ", "VBP"}):
        words = (t for t in reversed(verb.doc[sentence_of(verb).start : verb.i]) if t.pos_ not in {"AUX", "ADV", "PUNCT"})
        before = next(words, verb)
        if is_force(before):
            return before
    return next((c for c in near if any(is_force(n) for n in nouns_of(c))), None) or subject(verb)


def _ship_before(pronoun: Token) -> Token | None:
    """Find what a pronoun stands for: "she" for the last ship that was a subject before, "it" and "they" for what was last told of."""
    before = list(pronoun.doc[max(0, pronoun.i - _BACK) : pronoun.i])[::-1]
    if pronoun.lower_ == "she":
        ships = [t for t in before if is_force(t) and type_of(t) not in BODIES]
        kinds = [k for t in ships if (k := kind_before(t)) is not None]
        ships = [t for t in ships if t not in kinds]
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
    if lemma in lex.placed and not entry.words and not (underway(verb) or _somewhere(scene, verb, moved)):
        return False
    if lemma in {"send", "dispatch"} and any(c.dep_ == "conj" and c.lemma_ in {"arrive", "reach"} for c in verb.children):
        return False  # "was dispatched and reached the tanker": the arrival tells it
    if lemma == "be" and any(c.dep_ == "xcomp" for w in (verb, *_judged(verb)) for c in w.children):
        return False  # "is to join", "is due to return"
    if lemma == "be" and any(t.lemma_ in _UNREADY for p in verb.children if p.dep_ == "prep" for t in p.children):
        return False  # "are on order from a yard in Ferrol"
    if lemma == "show" and any(c.dep_ in {"acl", "relcl"} and tells_event(c) for c in moved.children):
        return False  # "a video shows a patrol boat ramming a trawler"
    left = _left(verb) if lemma in LEAVES and not entry.words else None
    # "leaving a gash in her side" leaves no place.
    if left is None or left.lemma_.lower() in lex.somewhere or voyage(scene, verb) is not None:
        return True
    return bool(_placed(scene, left.left_edge.idx, left.idx + len(left)))


def _judged(verb: Token) -> Iterator[Token]:
    """Find what forces are said to be: "due", "ready", "able"."""
    yield from (c for c in verb.children if c.dep_ == "acomp")


def voyage(scene: Scene, verb: Token) -> str | None:
    """Give where a voyage begins that is one place in a report of ships: "left Colombo for Chennai"."""
    left = _left(verb) if verb.lemma_.lower() in LEAVES else None
    ways = (m for m in scene.within(scene.matches, verb.idx, sentence_of(verb).end_char) if m.mention.start == verb.idx)
    return frames.phrase(left) if left is not None and any(m.mention.offset is not None for m in ways) else None


def underway(verb: Token) -> bool:
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


def staged(verb: Token) -> tuple[Token, Token | None] | None:
    """Give who exercises: "eight warships held drills off ..."."""
    staged, who = patient(verb), agent(verb)
    if staged is None or who is None:
        return None
    if not any(is_force(n) for n in nouns_of(who)):
        beside = (t for word in (verb, staged) for t in _company(word))
        who = next((t for t in beside if any(is_force(n) for n in nouns_of(t))), who)  # "the army is holding drills with 300 soldiers"
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
    if any(c.lower_ == "away" and any(t.lemma_ in {"mile", "nm", "kilometre", "km"} for t in c.children) for c in verb.children):
        return True  # "was 12 miles away"
    # "man the crossing at Sumy", "a bomber and a tanker on Wake Island"
    beside = (c for c in verb.children if c.dep_ in {"acomp", "dobj"} or (c.dep_ == "conj" and type_of(c) is not None))
    holders = (verb, *group(moved), *beside, *(c for n in group(moved) for c in n.rights if c.dep_ == "appos"))
    ties = [p for holder in holders for p in holder.children if p.dep_ == "prep"]
    ties += [q for p in ties for q in p.children if q.dep_ == "prep"]  # "as far as Ushant"
    if _fills(scene, verb):
        return True
    for word in (t for p in ties for t in p.children if t.dep_ == "pobj"):
        inside = _placed(scene, word.left_edge.idx, word.right_edge.idx + len(word.right_edge))
        if word.lemma_.lower() in arsenal().somewhere or inside or _named_place(word):
            return True
    return any(m.mention.role == "offset" for m in scene.starting(scene.matches, verb.idx + 1, sentence_of(verb).end_char))


def _named_place(word: Token) -> bool:
    """Tell a place by its name that is on no map: "sit at Macuro"."""
    return word.pos_ == "PROPN" and word.head.lower_ in {"at", "off", "near", "around"} and word.ent_type_ not in _NO_PLACES


def _fills(scene: Scene, verb: Token) -> bool:
    """Tell "crowd Subic Bay": waters or a town full of forces."""
    return verb.lemma_.lower() in arsenal().filled and any(
        _placed(scene, t.left_edge.idx, t.idx + len(t)) for t in verb.children if t.dep_ == "dobj"
    )


def _company(verb: Token) -> Iterator[Token]:
    """Find what sails along: "with three destroyers", "accompanied by two frigates"."""
    escorts = [c for c in verb.children if c.lemma_ in {"accompany", "escort"}]
    for word, ties in ((verb, {"with", "alongside"}), *((e, {"by"}) for e in escorts)):
        yield from (t for p in word.rights if p.lower_ in ties for t in p.children if t.dep_ == "pobj")
