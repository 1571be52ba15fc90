"""Tell whether two drafts are one event told twice: what a second telling may add, and what makes it another event."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from geo.frames import FINENESS
from geo.lexicon import is_a
from geo.parse import climb, group, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from geo.drafts import Draft
    from geo.model import Match

KIN = (
    frozenset(
        "strike_on_vessel missile_attack naval_drone_attack explosion fired_upon airstrike_land armed_clash other mine_incident".split()
    ),
    frozenset("hijack kidnapping seizure robbery boarding detention fired_upon strike_on_vessel suspicious_approach other".split()),
    frozenset("boarding attempted_boarding suspicious_approach fired_upon armed_clash robbery other".split()),
    frozenset("collision_or_ramming armed_clash suspicious_approach other".split()),
    frozenset("water_cannon armed_clash suspicious_approach explosion other".split()),
    frozenset("sabotage explosion mine_incident other".split()),
)
"""Types that one event may be told by."""
_STEPS = frozenset("collision_or_ramming boarding seizure detention hijack kidnapping".split())
_VAGUE = frozenset({"other", "explosion", "armed_clash"})
"""Types that say little of what happened: a second telling under such a name says nothing new."""
_CRAFT = tuple(
    frozenset(words.split())
    for words in (
        "tanker freighter bulker carrier coaster containership boxship reefer merchantman merchant vlcc supertanker cargo container bulk",
        "warship frigate destroyer corvette submarine gunboat minehunter minesweeper patrol cutter landing amphibious",
        "trawler longliner fishing pirogue canoe seiner dhow lancha panga banca bangka",
        "yacht sailboat catamaran ketch sloop sailing schooner",
        "ferry liner cruise passenger ro-ro",
        "tug barge pusher towboat",
    )
)
"""Kinds of craft that nobody mistakes for one another."""
_AFLOAT = frozenset("strike_on_vessel fired_upon mine_incident".split())
"""Types that name what was hit: something afloat."""
_FORCES = frozenset({"armed_forces", "coast_guard", "agency"})
_ANYBODY = frozenset({"armed men", "armed persons", "armed individuals", "gunmen", "gunman", "assailants"})
"""Doers that the text names by their weapons alone: they may be anybody's."""
_POINTERS = frozenset("the this that these those its their his her our such latest".split())
_NEW = frozenset("another first second third fourth fifth other separate further different new earlier previous initial later a an".split())
_APART = re.compile(
    r"^\W*(?:in\s+(?:a|an|another|the)\s+(?:separate|second|third|different|similar|other|earlier|previous|unrelated|further)\b|separately\b"
    r"|elsewhere\b|meanwhile\b|in\s+another\b|also\s+on\b|(?:[\w-]+\s+){0,3}(?:hours?|minutes?|days?|weeks?|months?)\s+(?:earlier|later|before|after)\b|earlier\s+(?:that|in|this)\b)",
    re.IGNORECASE,
)
_OTHER = frozenset("another second third fourth fifth separate further different".split())
_SEPARATE = re.compile(
    r"^\W*(?:in\s+(?:a|an|another)\s+(?:separate|second|third|different|similar|other|unrelated|further)\b|separately\b|elsewhere\b|in\s+another\b)",
    re.IGNORECASE,
)
_FAR_CHARACTERS = 4000
"""How far back a second telling may point: a long article."""
_APART_DEGREES = 1.0
"""Places farther from one another than this are two places."""


def one(first: Draft, again: Draft) -> bool:
    """Tell whether a later draft tells the event of an earlier one again.

    It does where their types, doers, days, places and objects may be the same and nothing in it speaks of something new.
    """
    if not akin(first, again) or not 0 <= again.sentence.start_char - first.sentence.start_char <= _FAR_CHARACTERS:
        return False
    if first.sentence.start == again.sentence.start or not one_day(first, again):
        return False
    if differ(first, again):
        return False
    if _names(first) & _names(again):
        return True
    points = points_back(again)
    if not points and (_new(again) or _APART.search(text_in(again.sentence))):
        return False
    near = _near(first.matches, again.matches)
    return (points and (near or not _own_day(first, again))) or (near and not _own_day(first, again))


def differ(first: Draft, again: Draft) -> bool:
    """Tell what cannot be one event: craft of two kinds or two names, or words of another: "a second ship", "in a separate attack"."""
    pairs = ((_kinds(first), _kinds(again)), (_names(first), _names(again)))
    if any(one and other and not set(one) & set(other) for one, other in pairs):
        return True
    later = again.sentence.start != first.sentence.start
    return later and (_another(again) or bool(_SEPARATE.match(text_in(again.sentence))))


def fresh(first: Draft, again: Draft) -> bool:
    """Tell a later telling of something new ("a warehouse", "two tankers") that shares neither day nor place with the first."""
    if again.sentence.start == first.sentence.start or not _new(again):
        return False
    shared = bool(first.matches and again.matches) or (first.when is not None and again.when is not None)
    return not shared


def _another(draft: Draft) -> bool:
    """Tell an event, or what it befell, that is called another."""
    words = [draft.trigger.token] if draft.trigger.nominal else group(draft.trigger.target) if draft.trigger.target is not None else []
    return any(c.lower_ in _OTHER for word in words for c in word.lefts)


def akin(first: Draft, other: Draft, *, steps: bool = False, ground: bool = True) -> bool:
    """Tell whether two drafts may be one event: modes agree, the types are akin, and the doers are not of two states.

    `steps` also takes what one action is told by in steps: "rammed and boarded"; without `ground` one may be on land and one afloat.
    """
    if first.aggregate or other.aggregate or first.mode.mode != other.mode.mode or other.part_of is not None:
        return False
    if rivals(first, other):
        return False
    if ground and {_ground(first), _ground(other)} == {True, False}:
        return False
    return _kindred(first, other, (*KIN, _STEPS) if steps else KIN)


def _kindred(first: Draft, other: Draft, kins: Iterable[frozenset[str]]) -> bool:
    """Tell whether one event may go by the types of both."""
    names = {first.trigger.type.name, other.trigger.type.name}
    return len(names) == 1 or any(names <= kin for kin in kins)


def rivals(first: Draft, other: Draft) -> bool:
    """Tell doers of two sides: of two states, or a state and pirates; "the marines" and "armed men" may be anybody's."""
    one, two = first.actor, other.actor
    if one is None or two is None or one.country == two.country:
        return False
    return not any(a.country is None and (a.kind in _FORCES or a.name in _ANYBODY) for a in (one, two))


def recalls(first: Draft, again: Draft) -> bool:
    """Tell a noun that only points at what was told: "watched the seizure", "was behind the kidnapping".

    One with a day or a place of its own that is not the first's tells another event.
    """
    token = again.trigger.token
    pointing = again.trigger.nominal and token.pos_ == "NOUN" and _pointed(token)
    if not pointing or first.aggregate or again.aggregate or first.mode.mode != again.mode.mode or not _kindred(first, again, KIN):
        return False
    apart = again.sentence.start_char - first.sentence.start_char
    return 0 < apart <= _FAR_CHARACTERS and _near(first.matches, again.matches) and (not _dated(again) or _same_days(first, again))


def _dated(draft: Draft) -> bool:
    """Tell whether a noun's day is its own: in its phrase or beside its verb, not in another clause."""
    when, token = draft.when, draft.trigger.token
    span = token.doc.char_span(when.start, when.end, alignment_mode="expand") if when is not None else None
    if span is None:
        return False
    verb = next((t for t in climb(token) if t.pos_ in {"VERB", "AUX"}), token)
    return any(t.i == token.i for t in climb(span.root)) or next((t for t in climb(span.root) if t.pos_ in {"VERB", "AUX"}), None) == verb


def _same_days(first: Draft, again: Draft) -> bool:
    """Tell whether two days may be one, told once by the clock there and once by the clock here."""
    known = [w for w in (first.when, again.when) if w is not None and w.date_start is not None]
    if len(known) < 2 or one_day(first, again):
        return True
    early, late = sorted(dt.date.fromisoformat(w.date_start or "") for w in known)
    return (late - early).days <= 1 and all(w.date_prec == 1 for w in known)


def one_day(first: Draft, other: Draft) -> bool:
    """Tell whether nothing says that they happened at different times."""
    known = [w for w in (first.when, other.when) if w is not None and w.date_start is not None]
    if len(known) < 2 or known[0].date_start == known[1].date_start:
        return True
    early, late = sorted(known, key=lambda w: w.date_start or "")
    return (early.date_end or early.date_start or "") >= (late.date_start or "") and early.date_prec != late.date_prec


def points_back(draft: Draft) -> bool:
    """Tell words that point at what was told: "the boarding", "it was hit", "her captain was detained", "the latest clash"."""
    token, target = draft.trigger.token, draft.trigger.target
    if draft.trigger.nominal and token.pos_ == "NOUN":
        return _pointed(token)
    return target is not None and (_left_out(draft) or target.pos_ == "PRON" or _pointed(target))


def _left_out(draft: Draft) -> bool:
    """Tell an event whose ship an earlier sentence names: "Armed men climbed aboard"."""
    return draft.trigger.target is not None and draft.trigger.target.i < draft.sentence.start


def names_nothing_new(first: Draft, again: Draft) -> bool:
    """Tell a nominal beside the event that it calls something: "rammed a boat in the latest clash", "struck, with an explosion on deck"."""
    token = again.trigger.token
    if not again.trigger.nominal or token.pos_ != "NOUN" or (again.matches and not _near(first.matches, again.matches)):
        return False
    if own_subject(token, first.trigger.token, ("vessel", "land")):
        return False  # "hit the port, while a tanker was rocked by an explosion"
    vague = again.trigger.type.name in _VAGUE and first.trigger.type.name not in _VAGUE
    return _pointed(token) or (vague and not _new(again))


def own_subject(token: Token, first: Token, classes: tuple[str, ...] = ()) -> bool:
    """Tell an event word, later than the first, whose clause has a subject of its own: no pronoun, and of the classes if any are given."""
    clause = next((t for t in climb(token) if t.pos_ == "VERB"), token)
    subjects = (c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ != "PRON" and c.i != token.i)
    return clause.i != first.i and any(not classes or is_a(c, classes) for c in subjects)


def finer(first: tuple[Match, ...], other: tuple[Match, ...]) -> tuple[Match, ...]:
    """Give the places that say more: a distance off a port goes before a sea."""
    if not first or not other:
        return first or other
    ranks = [FINENESS.index(places[0].geometry_method) for places in (first, other)]
    offset = FINENESS.index("distance_only")
    return other if ranks[1] <= offset < ranks[0] else first


def _own_day(first: Draft, again: Draft) -> bool:
    """Tell a later draft that gives a day where the earlier gave none: it may be another."""
    mine = again.when is not None and again.when.date_start is not None
    return mine and (first.when is None or first.when.date_start is None)


def _pointed(noun: Token) -> bool:
    """Tell a noun that points back: "the attack", "its seizure"; "the theft of ropes from a carrier" says itself which."""
    of = (t for p in noun.children if p.dep_ == "prep" and p.lower_ == "of" for t in p.children if t.dep_ == "pobj" and t.pos_ == "NOUN")
    if any(not any(c.lower_ in _POINTERS for c in t.children) for t in of):
        return False
    return any(c.lower_ in _POINTERS for c in noun.children) and not any(c.lower_ in _NEW for c in noun.children)


def _new(draft: Draft) -> bool:
    """Tell an event on something new: "a second boat", "another tanker", "two men"; the trigger itself may be new: "a raid"."""
    token, target = draft.trigger.token, draft.trigger.target
    if draft.trigger.nominal and token.pos_ == "NOUN" and any(c.lower_ in _NEW - {"a", "an"} for c in token.children):
        return True
    if target is None or target.pos_ == "PRON" or _left_out(draft) or not is_a(target, ("vessel", "person", "land", "line")):
        return False
    return any(c.lower_ in _NEW or c.dep_ == "nummod" for word in group(target) for c in word.children)


def _near(first: Iterable[Match], again: Iterable[Match]) -> bool:
    """Tell whether nothing says that they happened at different places."""
    ours, theirs = ([m.geometry for m in places if m.geometry is not None] for places in (first, again))
    return not ours or not theirs or any(a.distance(b) < _APART_DEGREES for a in ours for b in theirs)


def _names(draft: Draft) -> set[str]:
    """Give the names of ships that a draft is about."""
    target = draft.trigger.target
    named = {v.name.casefold().removeprefix("the ") for v in draft.vessels if v.name}
    return named or ({target.lower_} if target is not None and target.pos_ == "PROPN" and is_a(target, ("vessel", "named")) else set())


def _kinds(draft: Draft) -> set[int]:
    """Give which kinds of craft a draft is about: a tanker is no frigate, a ship may be either."""
    target = draft.trigger.target
    words = {w for one in group(target) for t in (one, *one.lefts) for w in (t.lemma_.lower(), t.lower_)} if target is not None else set()
    return {number for number, kind in enumerate(_CRAFT) if words & kind}


def _ground(draft: Draft) -> bool | None:
    """Tell whether something on land was hit, or something afloat; None where it is not said."""
    if draft.trigger.type.name in _AFLOAT or is_a(draft.trigger.target, ("vessel",)):
        return False
    return True if draft.trigger.type.name == "airstrike_land" or is_a(draft.trigger.target, ("land",)) else None
