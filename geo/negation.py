"""Find the words that say that something was not so: "no ship", "at no point", "nor", "it is not true that", "the report was a hoax"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.claims import DENIAL
from geo.scope import BEARERS

if TYPE_CHECKING:
    from spacy.tokens import Token

_FALSE = frozenset(
    (
        "false untrue wrong unfounded baseless fake mistaken incorrect erroneous hoax nonsense rubbish fabrication lie myth duplicate "
        "misunderstanding invention error exaggeration untruth alarm"
    ).split()
)
_TRUE = frozenset({"true", "right", "correct", "accurate", "well-founded"})
_INNOCENT = frozenset(
    "flare boom thunder thunderclap lightning meteor meteorite demolition firework drill exercise rehearsal salute blasting".split()
)
"""What a bang or an alarm turns out to have been."""
NOBODY = frozenset({"none", "nobody", "nothing", "neither", "no-one"})
_TURNS = frozenset("no not none never nor neither hardly scarcely".split())
"""What turns verb and subject round when it stands first."""


def verdict(step: Token, trigger: Token) -> Token | None:
    """Find what calls a report, or the event itself, false: "the rumour was a hoax", "proved to be untrue", "was dismissed"."""
    above = step.head
    own = step.i == trigger.i or step.lemma_ in BEARERS
    if not own or step.dep_ not in {"nsubj", "nsubjpass"} or above.pos_ not in {"VERB", "AUX"}:
        return None
    if step.dep_ == "nsubjpass" and above.lemma_ in DENIAL and step.i != trigger.i:
        return above
    if above.lemma_ in {"turn", "prove"} and step.i != trigger.i and not any(t.lower_ in _TRUE for t in above.subtree):
        return above  # "reports that ... turned out to be a misunderstanding"
    holders = (above, *(c for c in above.children if c.dep_ in {"xcomp", "prep"}))
    if above.lemma_ == "be" and step.i == trigger.i and _quoted(step):
        return next((c for c in above.children if c.dep_ == "attr"), None)
    said = (c for holder in holders for c in holder.children if c.dep_ in {"acomp", "oprd", "attr", "pobj", "advcl"})
    return next((c for c in said if c.lemma_.lower() in _FALSE or (c.lemma_ in _INNOCENT and c.dep_ == "attr")), None)


def _quoted(word: Token) -> bool:
    """Tell a word that stands alone in quotation marks, held at arm's length: the "attack" was a line of floats."""
    around = word.doc[max(0, word.i - 1) : word.i + 2]
    return len(around) == 3 and all(t.is_quote for t in (around[0], around[2]))


def wrong(head: Token) -> Token | None:
    """Find the word that calls a statement false: "it is untrue to say that ..."."""
    return next((t for t in (head, *head.children) if t.lower_ in _FALSE and t.pos_ == "ADJ"), None)


def untrue(verb: Token) -> Token | None:
    """Find what calls the content of a clause untrue: "it is not true that ...", "it was false that ..."."""
    said = next((c for c in verb.children if c.dep_ == "acomp"), None) if verb.lemma_ == "be" else None
    if said is None or not any(c.dep_ in {"ccomp", "csubj", "xcomp"} for c in verb.children):
        return None
    refused = next((c for c in verb.children if c.dep_ == "neg"), None)
    return said if said.lower_ in _FALSE else refused if said.lower_ in _TRUE else None


def nor(verb: Token) -> Token | None:
    """Find the negation that "or" and "nor" carry on: "did not stop or board the ship"."""
    head = verb.head
    if verb.dep_ != "conj" or head.i == verb.i or not any(c.dep_ == "cc" and c.lower_ in {"or", "nor"} for c in head.children):
        return None
    return next((c for c in head.children if (c.dep_ == "neg" and c.text[0].isalpha()) or c.lower_ == "neither"), None)


def none_of(word: Token) -> bool:
    """Tell what makes nobody of a subject: "no ship", "neither the trawler nor its crew", "not one of the masters", "not a single boat"."""
    if word.lower_ == "not":
        return word.i < word.head.i and word.nbor().lower_ in {"one", "a", "an", "any"}
    # "Hardly any ships were", "denied that any ship had been".
    return (word.dep_ == "det" and word.lower_ in {"no", "any"}) or (word.lower_ == "neither" and word.dep_ in {"det", "preconj", "cc"})


def fronted(verb: Token) -> Token | None:
    """Find the negation that turns a statement round: "at no point was she boarded", "not once did they fire", "in none was ..."."""
    top, helper = verb, next((c for c in verb.lefts if c.dep_ in {"aux", "auxpass"}), None)
    if (verb.dep_ == "acl" and verb.head.dep_ == "attr") or (verb.dep_ in {"ccomp", "acomp"} and verb.head.lemma_ in {"have", "be"}):
        # "In none was a ship hijacked", "Never had a ship been hijacked": the parser takes the helping verb for the main one.
        top = helper = verb.head.head if verb.dep_ == "acl" else verb.head
    who = next((c for c in top.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if helper is None or (who is None and top is verb) or (who is not None and who.i < helper.i):
        return None
    before = list(verb.doc[top.left_edge.i : helper.i])
    if any(t.lower_ == "before" for t in before):
        return None  # "never before had they ...": now they have
    return next((t for t in before if t.lower_ in _TURNS), None)


def no_one(token: Token) -> bool:
    """Tell "no one" as a subject, which the parser reads as two words."""
    return token.lower_ == "one" and any(c.lower_ == "no" for c in token.lefts)
