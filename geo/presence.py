"""Read where forces are from sentences that tell something else: "the regiment outside Tartus was reloaded twice"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo import frames
from geo.assets import BODIES, arsenal, is_force, owner, type_of
from geo.fragments import Fragment, after, stands
from geo.lexicon import lexicon, tells_event
from geo.modality import modality
from geo.parts import headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.frames import Scene
    from geo.model import Match

_THERE = re.compile(
    r"\s*,?\s*(?:(?:which|that|who)\s+(?:is|are)\s+)?(?:(?:now|already|still|currently|permanently)\s+)?(?:(?:based|stationed|deployed|operating"
    r"|posted|parked|moored|anchored|on\s+(?:patrol|station|duty|watch)|at\s+anchor|in\s+port)\s+)?(?:in|off|at|near|on|around|inside|outside|over|along|across)\s+"
    r"(?:and\s+around\s+)?(?:the\s+(?:(?:coast|waters|skies|shores)\s+(?:of|off)\s+)?)?",
    re.IGNORECASE,
)
"""What ties a place to the forces right before it."""
_ANY = frozenset({"no", "any", "every", "each"})
_HELD = frozenset({"the", "these", "those", "its", "their", "his", "her", "our"})


def standing(scene: Scene, sentence: Sentence, told: set[int]) -> Iterator[Fragment]:
    """Find the forces of a sentence that no word of movement tells of, and that are somewhere all the same."""
    if sentence.start_char < headline(scene):
        return
    for noun in sentence:
        if noun.i in told or noun.lemma_ == "missile" or not is_force(noun) or not stands(scene, noun):
            continue
        place = _beside(scene, noun, sentence.end_char)
        if place is not None and _happens(noun):
            yield Fragment((noun,), "present", sentence.start_char, sentence.end_char, (place,), None)


def _beside(scene: Scene, noun: Token, end: int) -> Match | None:
    """Find the place in the phrase of certain forces: "the S-400 regiment outside Tartus"."""
    start = after(scene, noun)
    tie = _THERE.match(scene.report.text, start, end)
    place = next((m for m in scene.starting(scene.matches, start, end) if m.geometry is not None), None)
    if tie is None or place is None or place.mention.start > tie.end() or not _certain(scene, noun):
        return None
    return place if not _made_or_hit(noun) and _hangs(scene, place, noun) else None


def _hangs(scene: Scene, place: Match, noun: Token) -> bool:
    """Tell whether a place hangs on the forces before it, not on the verb of their sentence."""
    word = scene.token(place.mention.start, place.mention.end)
    while word is not None and word.pos_ not in {"VERB", "AUX"} and word.head.i != word.i:
        word = word.head
        if word.i == noun.i or noun in word.children:
            return True
    return False


def _certain(scene: Scene, noun: Token) -> bool:
    """Tell forces that are some: counted, named, owned, or told of before; not any that there may be ("warships in the Gulf need fuel")."""
    if noun.pos_ == "PROPN" or any(t.lower_ in _HELD or t.pos_ == "NUM" for left in noun.lefts for t in left.subtree):
        return True
    single = noun.tag_ == "NN" and any(t.dep_ == "det" and t.lower_ not in _ANY for t in noun.lefts)
    return single or frames.count_of(scene, noun) is not None or owner(scene, noun) is not None


def _made_or_hit(noun: Token) -> bool:
    """Tell forces that are built, bought, lost or killed there."""
    top = noun
    while top.dep_ in {"appos", "conj", "compound", "nmod"} or (top.dep_ == "pobj" and top.head.lower_ == "of"):
        top = top.head if top.dep_ != "pobj" else top.head.head
    verb = top.head
    suffers = top.dep_ in {"dobj", "nsubjpass"} or (top.dep_ == "pobj" and verb.pos_ == "ADP")
    verb = verb.head if verb.pos_ == "ADP" else verb
    lemma, event = verb.lemma_.lower(), verb.pos_ == "VERB" and tells_event(verb)
    if type_of(noun) in BODIES and (suffers or top.dep_ == "nsubj") and (lemma in arsenal().still or event):
        return True
    if top.dep_ == "attr" and any(c.dep_ == "nsubj" for c in verb.children):
        return True  # "he was a marine in Da Nang"
    told = verb.pos_ == "NOUN" and lemma in lexicon().nouns  # "the ramming of a boat by a cutter"
    return suffers and (lemma in arsenal().made or event or told)


def _happens(noun: Token) -> bool:
    """Tell what is so, not what is planned, denied or supposed."""
    mode = modality(noun, nominal=True)
    denied = any(c.lower_ == "no" for c in noun.lefts)
    return mode is not None and mode.mode == "actual" and not denied
