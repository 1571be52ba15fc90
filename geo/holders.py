"""Read what holds an event noun or a gerund: the verb it is the object of, the noun behind whose preposition it stands, its adjective.

"Postponed a raid", "a film about the hijacking", "braced for attacks", "decided against ramming it" name an event and do not tell one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.scope import definite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from geo.model import Mode

_OFF = frozenset(
    "avert avoid foil thwart forestall preempt prevent abort scrap shelve cancel veto refuse decline forgo ban bar forbid prohibit outlaw "
    "deter exclude renounce".split()
)
_OFF_WITH = {"call": "off", "rule": "out", "stave": "off", "head": "off", "put": "off"}
_DELAYED = frozenset("postpone delay defer".split())
_THOUGHT_OF = frozenset(
    "discuss debate mull ponder weigh contemplate explore moot float suggest fear predict forecast anticipate imagine envisage foresee "
    "demand urge advocate".split()
)
"""Of what is done to an event that nobody names as a known one."""
_TIES: dict[str, tuple[Mode, frozenset[str]]] = {
    "of": ("hypothetical", frozenset("warn speak talk dream think".split())),
    "about": ("hypothetical", frozenset("warn talk think worry".split())),
    "for": ("hypothetical", frozenset("prepare brace train drill call push ask plead press hope wait plan".split())),
    "from": ("hypothetical", frozenset("protect defend shield safeguard".split())),
    "with": ("hypothetical", frozenset({"threaten"})),
    "against": ("hypothetical", frozenset("warn guard protect defend insure arm".split())),
}
"""Verbs by the preposition that ties an event to them."""
_TURNED_DOWN = {
    "against": frozenset("decide vote advise argue counsel".split()),
    "for": frozenset({"mistake"}),
    "with": frozenset({"confuse"}),
}
_NOUNS: dict[str, tuple[Mode | None, frozenset[str]]] = {
    "thought of": (
        "hypothetical",
        frozenset(
            "fear risk threat possibility prospect danger concern option protection defence defense safety shield insurance warning talk "
            "speculation rumour rumor likelihood chance scenario case event prevention deterrence ban prohibition moratorium cover".split()
        ),
    ),
    "planned": ("future", frozenset("plan intention proposal decision order request plot preparation".split())),
    "denied": ("negation", frozenset("denial absence lack".split())),
    "remembered": ("historical", frozenset("anniversary commemoration memorial remembrance".split())),
    "shown": (None, frozenset("film movie novel documentary play opera musical thriller".split())),
}
_ADJECTIVES: dict[str, tuple[Mode, frozenset[str]]] = {
    "planned": ("future", frozenset("planned proposed scheduled upcoming forthcoming intended impending".split())),
    "thought of": (
        "hypothetical",
        frozenset("threatened potential feared imminent looming hypothetical would-be fictional fictitious".split()),
    ),
    "off": ("negation", frozenset("averted aborted cancelled canceled postponed fake imaginary fabricated non-existent".split())),
}
_AHEAD = frozenset("loom await threaten".split())
_ENDS = frozenset("end halt stop".split())
_SERIES = frozenset("series wave string campaign round spate number kind sort".split())

Held = tuple["Mode | None", "Token"]
"""A mode, or None where no event is told, and the word that says so."""


def held(event: Token) -> Held | None:
    """Read what holds an event noun or a gerund, or give None where nothing does.

    >>> from geo.parse import parse
    >>> held(parse("The army postponed a raid on the port.")[4])
    ('future', postponed)
    >>> held(parse("The army announced a raid on the port.")[4]) is None
    True
    """
    top = _whole(event)
    return next(_holders(event, top), None)


def of_noun(noun: Token) -> Held | None:
    """Read a noun that a clause or an event hangs on: "fears that ...", "a plan to ...", "a denial of ...".

    >>> from geo.parse import parse
    >>> of_noun(parse("There were fears of a raid.")[2])
    ('hypothetical', fears)
    """
    return next(((mode, noun) for mode, nouns in _NOUNS.values() if noun.pos_ == "NOUN" and noun.lemma_ in nouns), None)


def _holders(event: Token, top: Token) -> Iterator[Held]:
    """Give what holds an event, the nearest first."""
    for mode, words in _ADJECTIVES.values():
        yield from ((mode, c) for t in (event, top) for c in t.lefts if c.lower_ in words and c.dep_ == "amod")
    known = definite(event)
    above = top.head
    if top.dep_ in {"dobj", "nsubjpass"} or (top.dep_ == "xcomp" and top.tag_ == "VBG"):
        yield from _object(above, known=known)
    elif top.dep_ == "nsubj" and above.lemma_ in _AHEAD:
        yield "hypothetical", above
    elif top.dep_ in {"pobj", "pcomp"}:
        yield from _tied(above, known=known)


def _object(verb: Token, *, known: bool) -> Iterator[Held]:
    """Read a verb whose object is an event."""
    particle = _OFF_WITH.get(verb.lemma_)
    if verb.lemma_ in _OFF or (particle is not None and any(c.lower_ == particle for c in verb.children)):
        yield "negation", verb
    elif verb.lemma_ in _DELAYED:
        yield "future", verb
    elif verb.lemma_ in _THOUGHT_OF and not known:
        yield "hypothetical", verb


def _tied(tie: Token, *, known: bool) -> Iterator[Held]:
    """Read a verb or noun that a preposition ties an event to."""
    holder, word = tie.head, tie.lower_
    if holder.pos_ == "VERB":
        mode, verbs = _TIES.get(word, (None, frozenset()))
        if holder.lemma_ in _TURNED_DOWN.get(word, ()):
            yield "negation", holder
        elif mode is not None and holder.lemma_ in verbs and not known:
            yield mode, holder
    elif (found := of_noun(holder)) is not None:
        yield from () if known and found[0] == "hypothetical" else (found,)
    elif holder.lemma_ in _ENDS and word == "to" and not known:
        yield None, holder  # "called for an end to attacks on ships"


def _whole(event: Token) -> Token:
    """Step from an event to the noun that stands for it in its clause: the first of several, or what it is a series of."""
    top = event
    while True:
        if top.dep_ == "conj" and top.head.i != top.i and top.head.pos_ == top.pos_:
            top = top.head
        elif top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_ in _SERIES:
            top = top.head.head
        else:
            return top
