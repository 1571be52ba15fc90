"""Count the people an event killed, injured, abducted or saved, each count with the words that say so.

A number counts people only when a word of harm or rescue governs it in its own clause: "three strikes that killed eleven" has eleven dead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.lexicon import lexicon
from geo.model import Count
from geo.parse import passive, subject
from geo.triggers import EVENT_NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.frames import Scene

_HURT: dict[str, str] = {
    "kill": "killed",
    "die": "killed",
    "dead": "killed",
    "death": "killed",
    "drown": "killed",
    "injure": "injured",
    "wound": "injured",
    "hurt": "injured",
    "missing": "missing",
    "miss": "missing",
    "disappear": "missing",
    "vanish": "missing",
    "abduct": "abducted",
    "kidnap": "abducted",
    "hostage": "abducted",
    "rescue": "rescued",
    "survive": "survivors",
    "survivor": "survivors",
    "fatality": "killed",
}
_ONE = frozenset(
    "bosun cadet captain cook crewman crewmember deckhand diver docker electrician engineer fisherman guard helmsman lookout master mate "
    "officer oiler pilot rating sailor seafarer seaman skipper soldier stevedore watchman".split()
)
"""Nouns that count one person in the singular: "her bosun was killed"."""
_DONE_TO = frozenset({"kill", "injure", "wound", "rescue", "abduct", "kidnap"})
_SURE = frozenset({"be", "have"})
_UNHURT = re.compile(
    r"\b(?:no\s+(?:injur(?:y|ies)|casualt(?:y|ies))\b"
    r"|no\s+(?:one|body|crew(?:\s+members?)?|sailors?|seafarers?)\b[^.;]{0,40}?\b(?:hurt|injured|harmed|wounded|killed)"
    r"|nobody\s+(?:was|has\s+been|had\s+been|is|were)\s+(?:hurt|injured|harmed|wounded|killed)"
    r"|(?:went|gone|passed)\s+off\s+without\s+injur(?:y|ies)|without\s+(?:any\s+)?(?:injur(?:y|ies)|casualties)"
    r"|none\s+of\s+(?:the|her|its|their|those)\s+(?:[\w-]+\s+){0,4}(?:was|were|is|are|has\s+been|have\s+been)\s+(?:\w+\s+)?(?:hurt|injured|harmed|wounded|killed)"
    r"|no\s+(?:one|body)\s+(?:aboard|on\s+board|on\s+deck)\s+(?:was|is|were)\s+(?:hurt|injured|harmed)"
    r"|no\s+lives\s+were\s+lost|cost\s+no\s+lives"
    r"|(?:all\s+(?:\w+\s+)?)?crew\s+(?:(?:is|are|was|were|has\s+been|have\s+been)\s+)?(?:all\s+)?(?:reported\s+)?(?:and\s+(?:vessel|ship)\s+(?:are\s+)?)?(?:to\s+be\s+)?"
    r"(?:safe|unharmed|uninjured|unhurt))\b",
    re.IGNORECASE,
)


def find(scene: Scene, sentence: Sentence) -> dict[str, tuple[Count, Token]]:
    """List the people killed, injured, missing ... that a sentence counts, with the word that says what befell them."""
    found: dict[str, tuple[Count, Token]] = {}
    for count in scene.within(scene.counts, sentence.start_char, sentence.end_char):
        token = scene.token(count.start, count.end)
        fate = token and _fate(token)
        if fate is not None:
            found.setdefault(_HURT[fate.lemma_.lower()], (count, fate))
    found = _singles(sentence) | found
    unhurt = _UNHURT.search(sentence.text)
    if unhurt and "injured" not in found:
        start = sentence.start_char + unhurt.start()
        token = scene.token(start, start + len(unhurt.group(0)))
        if token is not None:
            found["injured"] = (Count(0, 0, 0, "none_reported", unhurt.group(0), start, start + len(unhurt.group(0))), token)
    return found


def _singles(sentence: Sentence) -> dict[str, tuple[Count, Token]]:
    """Count those who are named one by one: "the cook was shot dead", "killing the master and a guard"."""
    told: dict[str, list[tuple[Token, Token]]] = {}
    for token in sentence:
        if token.lower_ not in _ONE or token.tag_ != "NN" or any(c.dep_ == "nummod" for c in token.children):
            continue
        fate = _fate(token)
        if fate is not None and not any(c.dep_ in {"neg", "aux"} and c.lemma_ not in _SURE for c in (*fate.children, *fate.head.children)):
            told.setdefault(_HURT[fate.lemma_.lower()], []).append((token, fate))
    return {name: (_together([token for token, _ in hurt]), hurt[0][1]) for name, hurt in told.items()}


def _together(people: list[Token]) -> Count:
    """Count people named one by one, by the word for the first."""
    first, number = people[0], len(people)
    return Count(number, number, number, "exact", first.text, first.idx, first.idx + len(first))


def _fate(token: Token) -> Token | None:
    """Find the word that says what befell the people counted: above the number in its own clause, or beside its noun."""
    steps = [token, *token.ancestors][:5]
    for step in steps:
        if step.lemma_.lower() in _HURT and step.pos_ in {"VERB", "ADJ", "NOUN", "ADV"}:
            return None if _of_things(token, step) else step
        if step.lemma_ == "shoot" and (dead := next((c for c in step.children if c.lower_ == "dead"), None)) is not None:
            return dead  # "one man was shot dead"
        if step.pos_ == "VERB":
            break
    return next((c for s in steps[:2] for c in s.children if c.lemma_.lower() in {"dead", "missing"} and c.i > token.i), None)


def _of_things(token: Token, fate: Token) -> bool:
    """Tell a number of things or events from one of people ("three strikes that killed ...")."""
    noun = token if token.pos_ == "NOUN" else token.head
    lex = lexicon()
    things = EVENT_NOUNS.union(*(lex.classes[c] for c in ("vessel", "cargo", "land", "missile", "aircraft")))
    if noun.i == fate.i or noun.lemma_.lower() in things:
        return noun.i != fate.i
    doer = subject(fate) if fate.pos_ == "VERB" and fate.lemma_ in _DONE_TO and not passive(fate) else None
    return doer is not None and doer.i == noun.i
