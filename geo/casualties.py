"""Count the people an event killed, injured, abducted or saved, each count with the words that say so.

A number counts people only when a word of harm or rescue governs it in its own clause: "three strikes that killed eleven" has eleven dead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.lexicon import lexicon
from geo.model import Count
from geo.parse import passive, subject, text_in
from geo.sieve import sieve
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
    "perish": "killed",
    "succumb": "killed",
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
    (
        "boatswain bosun boy cadet captain child cook crewman crewmember deckhand diver docker dockworker electrician engineer fisher "
        "fisherman fitter girl guard helmsman lookout man marine master mate motorman observer officer oiler passenger pilot pumpman "
        "rating sailor seafarer seaman skipper soldier stevedore steward watchkeeper watchman wiper woman worker"
    ).split()
)
"""Nouns that count one person in the singular: "her bosun was killed"."""
_DONE_TO = frozenset({"kill", "injure", "wound", "rescue", "abduct", "kidnap"})
_OWN = frozenset({"killed", "missing", "survivors"})
"""What befalls those who did something before."""
_SURE = frozenset({"be", "have"})
_HARMED = r"(?:hurt|injured|harmed|wounded|killed|touched|hit|lost|missing|abducted|taken)"
_WAS = r"(?:(?:was|were|is|are|has|have|had|been|being|reported|reportedly|said|to|be)\s+){1,4}"
_HANDS = (
    r"(?:crew(?:\s*members?)?|crewm[ae]n|sailors?|seafarers?|passengers?|fisherm[ae]n|persons?|people|hands?|personnel|casualt(?:y|ies))"
)
_UNHURT = sieve(
    r"\b(?:no\s+(?:injur(?:y|ies)|casualt(?:y|ies)|deaths?|fatalit(?:y|ies)|loss\s+of\s+life|victims?|dead|wounded)\b"
    rf"|no\s+(?:one|body|{_HANDS})\b[^.;,]{{0,40}}?\b{_HARMED}"
    rf"|nobody\b[^.;,]{{0,30}}?\b{_WAS}{_HARMED}|nobody\s+{_HARMED}"
    rf"|none\s+of\s+(?:the|her|its|their|those|his)\s+(?:[\w-]+\s+){{0,4}}{_WAS}(?:\w+\s+)?{_HARMED}"
    r"|without\s+(?:any\s+)?(?:injur(?:y|ies)|casualties|loss(?:\s+of\s+life)?|victims?|anyone\s+(?:being\s+)?(?:hurt|injured|killed|hit|touched))"
    r"|no\s+lives\s+were\s+lost|costs?\s+no\s+lives|(?:both|all(?:\s+\w+)?)\s+(?:lived|survived)"
    rf"|(?:all\s+(?:[\w-]+\s+){{0,3}}|both\s+|the\s+)?(?:crew|{_HANDS}|hostages?|persons)\s+(?:members?\s+)?(?:on\s*board\s+|aboard\s+)?(?:{_WAS})?(?:all\s+)?"
    r"(?:reported\s+)?(?:and\s+(?:vessel|ship)\s+(?:are\s+)?)?(?:to\s+be\s+)?(?:released\s+|freed\s+|left\s+|recovered\s+)?"
    r"(?:safe|unharmed|uninjured|unhurt|unscathed|accounted\s+for))\b",
)
"""Ways to say that nobody was hurt."""
_NUMBERED = 8
"""Words from a number to what befell those it counts: "the number of people who were killed"."""
_LIVES = frozenset({"cost", "claim", "take", "lose"})


def find(scene: Scene, sentence: Sentence) -> dict[str, tuple[Count, Token]]:
    """List the people killed, injured, missing ... that a sentence counts, with the word that says what befell them."""
    found: dict[str, tuple[Count, Token]] = {}
    for count in scene.within(scene.counts, sentence.start_char, sentence.end_char):
        token = scene.token(count.start, count.end)
        fate = token and (_numbered(token) or _fate(token))
        if fate is not None:
            found.setdefault(_befell(fate), (count, fate))
    found = _singles(sentence) | found
    unhurt = _UNHURT.search(text_in(sentence))
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
            told.setdefault(_befell(fate), []).append((token, fate))
    return {name: (_together([token for token, _ in hurt]), hurt[0][1]) for name, hurt in told.items()}


def _together(people: list[Token]) -> Count:
    """Count people named one by one, by the word for the first."""
    first, number = people[0], len(people)
    return Count(number, number, number, "exact", first.text, first.idx, first.idx + len(first))


def _befell(fate: Token) -> str:
    """Name what befell the people counted; "lives" were lost."""
    return _HURT.get(fate.lemma_.lower(), "killed")


def _life(token: Token) -> Token | None:
    """Find the lives in "cost at least 68 lives" and in "1,312 persons have lost their lives"."""
    noun = token if token.pos_ == "NOUN" else token.head
    if noun.lemma_ == "life" and noun.head.lemma_ in _LIVES:
        return noun
    lost = noun.head.lemma_ == "lose" and noun.dep_ == "nsubj"
    return next((c for c in noun.head.children if c.dep_ == "dobj" and c.lemma_ == "life"), None) if lost else None


def _numbered(token: Token) -> Token | None:
    """Find what befell them in "to 163 the number of people killed"."""
    after = token.doc[token.i + 1 : token.i + _NUMBERED]
    if [t.lower_ for t in after[:3]] not in (["the", noun, "of"] for noun in ("number", "total", "toll")):
        return None
    return next((t for t in after if t.lemma_.lower() in _HURT), None)


def _fate(token: Token) -> Token | None:
    """Find the word that says what befell the people counted: above the number in its own clause, or beside its noun."""
    steps = [token, *token.ancestors][:5]
    if (close := _life(token) or _close(token)) is not None:
        return close
    for step in steps:
        if step.lemma_.lower() in _HURT and step.pos_ in {"VERB", "ADJ", "NOUN", "ADV"}:
            return None if _of_things(token, step) else step
        if step.lemma_ == "shoot" and (dead := next((c for c in step.children if c.lower_ == "dead"), None)) is not None:
            return dead  # "one man was shot dead"
        if step.lemma_ == "be" and (state := next((c for c in step.children if c.dep_ == "acomp" and c.lower_ in _HURT), None)) is not None:
            return state  # "152 people are dead"
        if step.pos_ == "VERB":
            # "Two jumped and drowned".
            return next((c for c in step.conjuncts if c.pos_ == "VERB" and c.i > step.i and _HURT.get(c.lemma_) in _OWN), None)
    return next((c for s in steps[:2] for c in s.children if c.lemma_.lower() in {"dead", "missing"} and c.i > token.i), None)


def _close(token: Token) -> Token | None:
    """Find what befell the people counted, right beside them: "at least 119 killed", "three missing crew", "and two wounded"."""
    noun = token.head if token.dep_ == "nummod" else token
    beside = [c for c in noun.children if c.dep_ in {"acl", "amod"} and token.i < c.i <= noun.i + 1]
    if noun is token and token.i + 1 < len(token.doc):
        beside.append(token.nbor(1))  # a number without its noun
    told = (w for w in beside if w.tag_ in {"VBN", "VBD", "VBG", "JJ"} and w.lemma_.lower() in _HURT)
    return next((w for w in told if not _of_things(token, w)), None)


def _of_things(token: Token, fate: Token) -> bool:
    """Tell a number of things or events from one of people ("three strikes that killed ...")."""
    # "22 strikes and 83 dead": a number without a noun stands for itself.
    noun = token if token.pos_ == "NOUN" or token.dep_ == "conj" else token.head
    lex = lexicon()
    things = EVENT_NOUNS.union(*(lex.classes[c] for c in ("vessel", "cargo", "land", "missile", "aircraft")))
    if noun.i == fate.i or noun.lemma_.lower() in things:
        return noun.i != fate.i
    # Who kills kills somebody: "ONE CREW KILLED" lacks its auxiliary.
    acts = fate.pos_ == "VERB" and fate.lemma_ in _DONE_TO and any(c.dep_ == "dobj" for c in fate.children)
    doer = subject(fate) if acts and not passive(fate) else None
    return doer is not None and doer.i == noun.i
