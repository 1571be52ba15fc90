"""Find event words in a sentence: the type they trigger and what they are done to, by the frames of `geo/lexicon.py`."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.claims import SPEECH
from geo.lexicon import Entry, EventType, Frame, is_a, lexicon, official
from geo.parse import agent, completed, forms, passive, patient, text_in, text_of
from geo.parse import sentence as sentence_of
from geo.sieve import sieve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

EVENT_NOUNS = frozenset("strike attack operation killing bombing raid airstrike incident sinking campaign".split())
"""Nouns that point back at violent events: "the strikes", "those attacks"."""

_SHOTS = frozenset({"shot", "round", "fire", "weapon", "burst"})
_PARTICLES = frozenset({"down", "out", "back", "wide"})
"""Struck down, hit back, shot wide: nothing is hit."""
_CHARGES = frozenset("suspicion suspect accuse convict acquit guilty want indict try sentence jail imprison".split())
_DONE_TO_SHIPS = frozenset("hijacking hijack sinking ramming boarding kidnapping abduction bombing".split())
_THINGS = ("vessel", "person", "crew", "named", "land", "cargo", "aircraft", "property", "offshore", "line", "traveller")
"""What may be hijacked, sunk or boarded in earnest."""
_TRADES = frozenset("dock port harbour harbor tug ferry rail pilot general pay wage hunger transport bus postal teachers dockers".split())
_SETTLED = frozenset("avert settle ballot suspend join observe".split())
_QUESTS = frozenset({"search", "scour", "comb", "look"})
"""What one searches is inspected; what one searches for is not there."""
_RULINGS = frozenset({"overturn", "uphold", "annul", "quash", "void"})
_STRIKES = frozenset({"strike", "hit", "damage", "sink"})
_COLLIDES = frozenset({"collide", "hit", "strike", "collision", "ram"})
_HARMLESS = frozenset({"cannon", "flare", "hose", "water", "salute", "starter", "coach", "staff", "worker", "blank"})
_SHOTS_AND_HITS = frozenset({"fired_upon", "strike_on_vessel", "missile_attack", "naval_drone_attack", "airstrike_land"})
_FINDS = frozenset({"find", "recover", "discover", "uncover", "locate", "retrieve"})
_HALTS = frozenset({"stop", "halt"})
"""A seizure only where a force does it."""
_MISHAP = sieve(
    r"\b(?:engine[- ]?room|gas\s+(?:leak|cylinder|bottle|explosion)|boiler|batter(?:y|ies)|fuel[- ]tank|galley"
    r"|(?<!no )(?<!not an )accident\w*|mishap"
    r"|mechanical|malfunction\w*|short[- ]circuit|electrical|weld\w+|volcan\w+|factory|firework\w*|fog|poor\s+visibility|swell|squalls?"
    r"|gales?|heavy\s+(?:weather|seas?)|rough\s+seas?|engines?\s+fail\w*|engine\s+(?:failure|trouble|problem)|steering|human\s+error|misjudg\w+"
    r"|unintention\w+|inadvertent\w*|(?:no|without)\s+(?:sign\s+of\s+)?intent|landslide|earthquake|wear\s+and\s+tear|pilot\s+error"
    r"|lost\s+power|loss\s+of\s+power|blackout|hot\s+work|trawl(?:s|ing)?|nets|caused\s+by\s+(?!(?:an?\s+)?(?:\w+\s+)?(?:mine|bomb|missile|drone|torpedo|charge))"
    r"|colli(?:ded|sion)\s+with\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:pier|quay|bridge|rocks?|reef|whale|iceberg|buoy|ferry|freighter)"
    r"|(?:ran|run|runs|running)\s+aground|ground(?:ed|ing)\s+(?:on|off|in)|capsi[sz]\w+|took\s+on\s+water|freak\s+wave"
    r"|(?:torn|cut|broken|damaged|severed|snapped|ripped|hit|sunk|wrecked|swamped)\s+(?:\w+\s+)?by\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+)?(?:storms?|waves?|tides?|currents?"
    r"|ice|icebergs?|hurricanes?|typhoons?|cyclones?|lightning))\b",
)
_BLUNDER = sieve(r"\b(?:by\s+(?:accident|mistake)|stray|errant|accidental(?:ly)?)\b")
_ARRESTS = frozenset({"detention", "seizure"})
_CIVIL = sieve(
    r"\b(?:over|for|because\s+of)\s+(?:an?\s+|the\s+|its\s+|her\s+)?(?:\w+\s+){0,2}(?:bills?|debts?|wages|arrears|claims?|mortgage|fees|dues|invoices?)\b"
    r"|\bunpaid\b|\bcreditors?\b|\bport[- ]state\b|\bdeficienc\w+|\bunseaworth\w+|\b(?:faulty|expired|defective)\s+\w+|\bdrunk\w*"
    r"|\bover\s+the\s+(?:alcohol\s+)?limit\b",
)
"""What ships and masters are arrested for in port by courts and inspectors: no incident."""
_ACCIDENTS = frozenset({"explosion", "collision_or_ramming", "sabotage"})
"""Types that an accident also has the words of."""
_LAND = re.compile(r"\bon\s+land\b|\bashore\b|\binland\b", re.IGNORECASE)
_ROADSTEADS = frozenset({"roads", "roadstead", "banks"})
"""Words of the sea that look like words of the land."""
_AFLOAT = frozenset("anchorage anchor seafarer sailor fisherman pirate offshore berth seaman deck aboard hull marine nm crewman".split())
_FEW, _SPARSE = 3, 50
"""A report is full of a context from three of its words on, at one in fifty."""
_ABSTRACT = frozenset({"abstract"})
_OFFICE = frozenset({"office"})
_VESSEL = frozenset({"vessel"})
_BACK = 60
"""A pronoun stands for a ship that was named at most this many words before it."""
_ABOARD = frozenset({"aboard", "board"})
_MOVES = frozenset("rappel abseil rope climb clamber swarm scramble jump leap slide descend race speed drift hover circle".split())
"""Verbs of moving, which no one is done to: a participle behind its noun is one that lost its way in the parse."""
_TEAMS = frozenset({"team", "party", "detachment", "crew"})
_NEAR_OFF = frozenset({"explode", "detonate", "land", "fall", "splash"})
"""What happens off a place; of other verbs "off" is a part that changes them: hauled off."""
_IT = frozenset({"it", "her", "them"})
_PRONOUNS = frozenset({"it", "she", "her", "them", "they", "another", "both", "others"})
_MAY_TELL = "types_by_phrase"
"""Where a parse keeps the types that its letters allow."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event word in its sentence."""

    type: EventType
    token: Token
    nominal: bool
    target: Token | None
    rule: str


def find(sentence: Sentence, *, known: frozenset[str] = frozenset()) -> Iterator[Trigger]:
    """List the event words of a sentence, a verb and a noun of a type: phrases first, then in their order.

    `known` are the types told earlier in the report: "the strikes" then needs no target of its own.
    """
    seen: set[str] = set()
    used: set[int] = set()
    for trigger, words in _phrases(sentence):
        # "a missile slammed into a container ship": told already by what it was hit with.
        again = trigger.type.name == "strike_on_vessel" and trigger.token.i in used and "missile_attack" in seen
        if trigger.type.name not in seen and not again and not _accident(trigger, sentence):
            seen.add(trigger.type.name)
            used |= words
            yield trigger
    headline = not any(token.pos_ in {"VERB", "AUX"} for token in sentence)
    for token in sentence:
        # First what leaves most words out: every look at a token costs.
        if token.pos_ not in {"VERB", "NOUN"} or token.i in used or token.ent_type_ in {"PERSON", "WORK_OF_ART"}:
            continue
        trigger_at = _at(token, known, headline=headline)
        # A noun may tell that there was none, and a verb beside it that there was: one of each.
        if trigger_at is None or _accident(trigger_at, sentence):
            continue
        name = trigger_at.type.name
        if (f"{name} {token.pos_}" in seen and not _one_more(trigger_at)) or (trigger_at.nominal and name in seen):
            continue
        seen |= {f"{name} {token.pos_}", name}
        yield trigger_at


def _one_more(trigger: Trigger) -> bool:
    """Tell a further event of a kind in its sentence, told of another with a verb of its own: "...; another was damaged off Sinop"."""
    thing = trigger.target
    if thing is None or trigger.nominal or not any(c.dep_ in {"nsubjpass", "nsubj"} for c in trigger.token.lefts):
        return False
    return thing.lower_ == "another" or any(c.lower_ in {"another", "second", "third"} for c in thing.lefts)


def _at(token: Token, known: frozenset[str], *, headline: bool) -> Trigger | None:
    """Match one word: a verb, a noun, or the verb of a headline, which the parser takes for a noun."""
    if token.pos_ == "VERB":
        # "Royal Marines fast-roped onto the deck": a verb that the parser hangs on the noun before it.
        return None if token.dep_ == "amod" and token.i < token.head.i else _verb(token)
    found = None if token.dep_ == "compound" else _noun(token, known)
    return _headline(token) if found is None and headline else found


def _accident(trigger: Trigger, sentence: Sentence) -> bool:
    """Tell a blast, a collision or a broken cable whose sentence says how it came about without anybody's will."""
    if _BLUNDER.search(text_in(sentence)):
        return True
    if trigger.type.name in _ARRESTS and _CIVIL.search(text_in(sentence)):
        return True
    # "sunk after a collision with rocks": harm that nobody is said to have done.
    suffered = trigger.type.name == "strike_on_vessel" and not trigger.nominal and agent(trigger.token) is None
    return (suffered or trigger.type.name in _ACCIDENTS) and bool(_MISHAP.search(text_in(sentence)))


def _phrases(sentence: Sentence) -> Iterator[tuple[Trigger, set[int]]]:
    """List what the expressions of the types find on the text itself, with the words that they take up."""
    text = text_in(sentence)
    small = text.lower()
    for event in _told_in(sentence.doc):
        hit = event.phrase.pattern.search(text) if event.phrase is not None and event.phrase.may(small) else None
        token = _word(sentence, hit) if hit is not None else None
        if hit is None or token is None or is_a(target := _aim(token), _ABSTRACT) or is_a(_speaker(token), _OFFICE):
            continue
        words = {t.i for t in sentence if sentence.start_char + hit.start() <= t.idx < sentence.start_char + hit.end()}
        yield Trigger(event, token, token.pos_ != "VERB", target, f"phrase {hit.group(0)!r}"), words


def _told_in(doc: Doc) -> list[EventType]:
    """List the types whose expressions may stand in a report, by the letters that each needs."""
    if _MAY_TELL not in doc.user_data:
        small = text_of(doc).lower()
        doc.user_data[_MAY_TELL] = [e for e in lexicon().types if e.phrase is not None and e.phrase.may(small)]
    found: list[EventType] = doc.user_data[_MAY_TELL]
    return found


def _speaker(token: Token) -> Token | None:
    """Give who does what an expression tells: a regulator's warning shot hits no ship."""
    verb = next((t for t in (token, *token.ancestors) if t.pos_ == "VERB"), None)
    return agent(verb) if verb is not None and verb.lemma_ not in SPEECH else None


def _idiom(token: Token) -> bool:
    """Tell words that strike nothing: struck down, a strike by dockers, a detention that a court struck down."""
    above, classes = token.head, lexicon().classes
    if token.dep_ == "dobj" and (above.lemma_.lower() in _RULINGS or any(c.dep_ == "prt" and c.lower_ == "down" for c in above.children)):
        return True
    if token.head.dep_ == "prep" and token.head.head.lemma_.lower() in _CHARGES | {"charge"} and token.dep_ == "pobj":
        return True  # "on suspicion of sabotage": what somebody is held for
    if token.lemma_.lower() == "strike" and token.pos_ == "NOUN" and _at_work(token):
        return True  # "the strike by tug crews", "a dock strike"
    if token.lemma_.lower() == "strike" and any(t.lemma_.lower() in classes["labour"] for t in sentence_of(token)):
        return True
    struck = (t for p in token.children if p.dep_ == "prep" and p.lower_ == "with" for t in p.children)
    return token.lemma_ in _COLLIDES and any(is_a(thing, ("fixed", "nature")) for thing in struck)


def _at_work(strike: Token) -> bool:
    """Tell a strike of those who lay down their work, by whose it is or what is done about it."""
    if any(is_a(t, ("crew",)) for t in _authors(strike)) or any(c.lower_ in _TRADES for c in strike.lefts):
        return True
    return strike.head.pos_ == "VERB" and strike.head.lemma_ in _SETTLED


def _aim(token: Token) -> Token | None:
    """Find what a phrase is aimed at: "fired two missiles at a tanker" is aimed at the tanker."""
    verb = token if token.pos_ == "VERB" else token.head
    aimed = (
        t for p in verb.children if p.dep_ == "prep" and p.lower_ in {"at", "on", "upon", "against"} for t in p.children if t.dep_ == "pobj"
    )
    target = next((t for t in aimed if t.ent_type_ not in {"DATE", "TIME"}), None)
    if target is None and token.pos_ == "VERB":
        target = patient(token)
    return None if is_a(target, ("missile",)) or (target is not None and target.lemma_ in _SHOTS) else target


def _verb(token: Token) -> Trigger | None:
    """Match a verb whose object, and doer or means where they matter, are of the right class."""
    entries = lexicon().verbs.get(token.lemma_.lower())
    if not entries or _idiom(token):
        return None
    doer = _doer(token)
    if doer is not None and doer.pos_ == "NOUN" and doer.lemma_.lower() in lexicon().nouns and not is_a(doer, _VESSEL):
        return None  # "a strike hit a boat": the noun tells it
    for entry in entries:
        last = completed(token, entry.words)
        if last is None or _led_off(token, entry) or _at_place(token, last):
            continue
        target, by = _suffers(token, last, entry), doer
        if target is None and _clipped(token) and is_a(doer, entry.frame.targets - {"named"}):
            target, by = doer, None
        if is_a(target, _ABSTRACT) or _compared(target) or _nothing(entry, token, target):
            return None  # opened fire on a policy, sank more ships than a rival owns, found no weapons
        if _done_to(target, entry.frame, token) and _done_by(token, by, entry.frame):
            return Trigger(entry.type, token, nominal=False, target=target, rule=f"verb {_written(token, last)!r}")
    return None


def _clipped(verb: Token) -> bool:
    """Tell the passive of a headline or a digest, which lost its auxiliary: "Cable cut off Sweden", "Two men seen on deck."."""
    if verb.tag_ not in {"VBD", "VBN"} or any(c.dep_ in {"aux", "auxpass", "dobj"} for c in verb.children):
        return False
    doer = agent(verb)
    if verb.i and verb.nbor(-1).text == "," and any(c.dep_ == "conj" and c.tag_ in {"VBZ", "VBP", "VBD"} for c in verb.children):
        return True  # "The tanker, seized off Jask on Monday, lies off Bandar Abbas"
    bare = doer is not None and doer.pos_ == "NOUN" and not any(c.dep_ in {"det", "poss"} for c in doer.lefts)
    return bare or not sentence_of(verb).text.rstrip().endswith((".", "!", "?", '"', "”"))


def _led_off(verb: Token, entry: Entry) -> bool:
    """Tell a verb whose particle makes another of it, where the entry does not have it: struck down, hit back, shot wide, search for."""
    if any(c.dep_ == "prt" and c.lower_ in _PARTICLES and c.lower_ not in entry.words for c in verb.children):
        return True
    return verb.lemma_ in _QUESTS and any(c.lower_ == "for" and c.i == verb.i + 1 for c in verb.children)


def _at_place(verb: Token, last: Token) -> bool:
    """Tell an "off" that says where: "hauled in nets off Karasu" carries nobody off."""
    return last.lower_ == "off" and verb.lemma_ not in _NEAR_OFF and any(c.dep_ == "pobj" and c.pos_ == "PROPN" for c in last.children)


def _doer(verb: Token) -> Token | None:
    """Find who or what does it: the agent; the relative clause "that hit ..." has what stands before it."""
    return agent(verb)


def _written(token: Token, last: Token) -> str:
    """Give an entry as it stands in the text."""
    return token.text if last.i == token.i else f"{token.text} … {last.text}" if last.i > token.i + 1 else f"{token.text} {last.text}"


def _suffers(verb: Token, last: Token, entry: Entry) -> Token | None:
    """Find what it is done to: the object of the verb or of its last word, else the nearest thing of the right class after it."""
    if entry.suffers:
        return verb.head if verb.dep_ == "acl" else agent(verb)
    # A clause behind a noun may have a subject of its own: "the report that the ship had been boarded".
    own = next((c for c in verb.lefts if c.dep_ == "nsubjpass" and c.pos_ == "NOUN"), None)
    if own is not None or (passive(verb) and verb.lemma_ not in _MOVES):
        own = own if own is not None else patient(verb)
        if own is not None and entry.words and entry.frame.targets and not is_a(own, entry.frame.targets):
            # "an anchor was dragged over a pipeline"
            own = next((c for c in last.children if c.dep_ == "pobj" and is_a(c, entry.frame.targets)), own)
        return own if own is not None else _lost(verb, entry.frame.targets - {"named"})
    held = next((c for c in last.children if c.dep_ == "pobj"), None) if last.i != verb.i else None
    if held is not None and (not entry.frame.targets or is_a(held, entry.frame.targets) or held.lower_ in _IT):
        return held
    own = patient(verb) if verb.lemma_ not in _MOVES or not passive(verb) else None
    target = own if not entry.words else next((c for c in verb.children if c.dep_ == "dobj" and c.i != last.i), None)
    if target is not None and target.tag_ == "WDT" and verb.dep_ == "relcl":
        target = verb.head  # "a boat that the navy blew up"
    wanted = entry.frame.targets - {"named"}
    if target is None or ((entry.words or verb.dep_ in {"acl", "amod"}) and not is_a(target, entry.frame.targets)):
        after = itertools.takewhile(_same_clause, verb.doc[last.i + 1 : sentence_of(verb).end])
        near = next((t for t in after if t.pos_ in {"NOUN", "PROPN"} and t.dep_ != "compound" and is_a(t, wanted)), None)
        target = near if near is not None else target
    return _under(verb) if target is None and last.lower_ in _ABOARD else target


def _under(verb: Token) -> Token | None:
    """Find the ship that was named before: "coast guards clambered aboard uninvited"."""
    before = (t for t in reversed(verb.doc[max(0, verb.i - _BACK) : verb.i]) if t.pos_ in {"NOUN", "PROPN"} and _head_noun(t))
    return next((t for t in before if is_a(t, _VESSEL)), None)


def _same_clause(token: Token) -> bool:
    """Tell a word that no further clause begins with; "Greek-owned" is part of what it describes."""
    return token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"amod", "aux", "auxpass"}


def _lost(verb: Token, wanted: frozenset[str]) -> Token | None:
    """Find the subject of a passive that the parser hung on a date before it: "On 6 March a boat was stopped"."""
    before = itertools.takewhile(_same_clause, reversed(verb.doc[sentence_of(verb).start : verb.i]))
    return next((t for t in before if t.pos_ in {"NOUN", "PROPN"} and t.dep_ != "compound" and is_a(t, wanted)), None)


def _done_to(target: Token | None, frame: Frame, verb: Token) -> bool:
    """Tell whether the object is of a class that a frame takes; a pronoun stands for the ship before it."""
    if is_a(target, frame.not_to):
        return False
    if not frame.targets or is_a(target, frame.targets):
        return True
    return target is not None and target.lower_ in _PRONOUNS and frame.targets >= _VESSEL and _afloat(verb)


def _afloat(token: Token) -> bool:
    """Tell whether a ship was named shortly before a word."""
    return any(is_a(t, _VESSEL) for t in token.doc[max(0, token.i - _BACK) : token.i] if t.pos_ in {"NOUN", "PROPN"})


def _nothing(entry: Entry, verb: Token, target: Token | None) -> bool:
    """Tell what was not found, and what is no shot: "found no drugs", "fired water cannon", "fired flares"."""
    thing = next((c for c in verb.children if c.dep_ == "dobj"), target)
    if thing is None:
        return False
    if verb.lemma_ == "fire" and thing.lemma_.lower() in _HARMLESS:
        return True
    if entry.type.name in _SHOTS_AND_HITS and any(t.lemma_.lower() in _HARMLESS for t in _means(verb)):
        return True  # "blasted a boat with water cannon": a type of its own
    return verb.lemma_ in _FINDS and any(c.lower_ in {"no", "any"} for c in thing.children)


def _compared(target: Token | None) -> bool:
    """Tell a number in a comparison: "more ships than the navy owns"."""
    if target is None or not any(c.lower_ == "more" for c in target.children):
        return False
    return any(t.lower_ == "than" for t in target.subtree if t.i > target.i)


def _done_by(verb: Token, doer: Token | None, frame: Frame) -> bool:
    """Tell whether the doer, or the means, is of a class that a frame takes."""
    team = doer is not None and doer.lemma_ in _TEAMS and official(doer)
    if doer is not None and not team and is_a(doer, frame.not_by) and not ("official" in frame.not_by and not official(doer)):
        return False
    if "official" in frame.not_by and official(doer):
        return False
    if verb.lemma_ in _STRIKES and is_a(doer, _VESSEL) and not official(doer) and not is_a(doer, ("naval_drone",)):
        return False  # a ferry hits a pier, a tug is struck by a freighter
    cutter = "official" in frame.by and doer is not None and doer.pos_ == "PROPN" and is_a(doer, _VESSEL) and full_of(verb.doc, "law")
    if verb.lemma_ in _HALTS and not official(doer) and not is_a(doer, frame.by) and not cutter:
        return False
    if not frame.by or cutter:
        return True
    if is_a(doer, frame.by) or ("official" in frame.by and official(doer)) or any(is_a(t, frame.by) for t in _means(verb)):
        return True
    return doer is None and frame.unsaid is not None and _among(verb, frame.unsaid)


def _means(verb: Token) -> Iterator[Token]:
    """Give what something is done with: "hit the boat with a missile", "in a drone strike"."""
    for preposition in verb.children:
        if preposition.dep_ in {"prep", "agent"} and preposition.lower_ in {"with", "by", "using"}:
            yield from (t for t in preposition.children if t.dep_ == "pobj")


def _among(verb: Token, context: str) -> bool:
    """Tell whether the sentence of a verb holds a word of a context besides it, or the report is full of them."""
    words = lexicon().contexts[context]
    return any(t.lemma_.lower() in words or t.lower_ in words for t in sentence_of(verb) if t.i != verb.i) or full_of(verb.doc, context)


def _headline(token: Token) -> Trigger | None:
    """Match the verb of a headline, which the parser takes for a noun: "Robbers board bulker in Singapore Strait"."""
    if token.i > 0 and token.nbor(-1).pos_ in {"DET", "ADP", "ADJ", "PRON"}:
        return None  # "the shadow fleet"
    before = [t for t in sentence_of(token) if t.i < token.i and t.pos_ in {"NOUN", "PROPN"}]
    after = [t for t in sentence_of(token) if t.i > token.i and t.pos_ in {"NOUN", "PROPN"}]
    for entry in lexicon().verbs.get(token.lower_.removesuffix("s"), ()) if before else ():
        target = next((t for t in after if is_a(t, entry.frame.targets or _VESSEL)), None)
        if entry.words or entry.suffers or target is None or (entry.frame.by and not is_a(before[-1], entry.frame.by)):
            continue
        if not any(is_a(t, (*entry.frame.not_by, "labour")) for t in before):
            return Trigger(entry.type, token, nominal=True, target=target, rule=f"headline {token.text!r}")
    return None


def _noun(token: Token, known: frozenset[str]) -> Trigger | None:
    """Match a nominal event by its target: "strikes on vessels", "a boarding", or a vessel elsewhere in the sentence."""
    entries = lexicon().nouns.get(token.lemma_.lower())
    if (
        not entries
        or token.dep_ in {"nmod", "amod"}
        or token.head.lower_ == "under"
        or _hyphened(token)
        or _out_of_work(token)
        or _idiom(token)
    ):
        return None
    if token.lemma_.lower() in _DONE_TO_SHIPS and any(t.pos_ == "NOUN" and not is_a(t, _THINGS) for t in _of(token)):
        return None  # "a hijacking of the public purse"
    # What it is aimed at in so many words goes before any craft of the sentence: "strikes on a port".
    aimed = [e for e in entries if any(is_a(t, e.frame.targets - {"named"}) for t in _objects(token))]
    for entry in (*aimed, *entries):
        target = next(_targets(token, entry.frame), None)
        if is_a(target, entry.frame.not_to) or (entry.frame.by and not any(is_a(t, entry.frame.by) for t in _authors(token))):
            continue
        if target is None and not entry.frame.targets:
            target = next((t for t in _objects(token) if is_a(t, ("vessel", "land"))), None)
        if target is not None or not entry.frame.targets or entry.type.name in known:
            return Trigger(entry.type, token, nominal=True, target=target, rule=f"noun {token.text!r}")
    return None


def _of(noun: Token) -> Iterator[Token]:
    """Give what a nominal is of: "the sinking of a ferry"."""
    yield from (t for p in noun.children if p.dep_ == "prep" and p.lower_ == "of" for t in p.children if t.dep_ == "pobj")


def _hyphened(token: Token) -> bool:
    """Tell the first half of a compound: "strike-group"."""
    return token.i + 1 < len(token.doc) and token.nbor().text == "-"


def _out_of_work(token: Token) -> bool:
    """Tell the idiom "on strike", where nothing is struck."""
    return token.head.lower_ == "on" and not any(c.dep_ in {"det", "amod", "compound", "nummod", "poss"} for c in token.children)


def _objects(noun: Token) -> Iterator[Token]:
    """Give the objects of a nominal event: "strikes on a port", "a strike that hit a boat", "destroyed in a strike"."""
    for preposition in noun.children:
        if preposition.dep_ == "prep" and preposition.lower_ in {"on", "against", "of", "at", "aboard", "upon", "into"}:
            yield from (t for t in preposition.children if t.dep_ == "pobj")
    clauses = [c for c in noun.children if c.dep_ in {"relcl", "acl"}]
    if noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.pos_ == "VERB":
        clauses.append(noun.head)
    elif noun.dep_ == "pobj" and noun.head.lower_ in {"in", "by", "during"} and noun.head.head.pos_ == "VERB":
        clauses.append(noun.head.head)
    yield from (found for clause in clauses if (found := patient(clause)) is not None and found.i != noun.i)


def _authors(noun: Token) -> Iterator[Token]:
    """Give whose a nominal event is: "a pirate attack", "a raid by gunmen", "the robbers' attack"."""
    yield from (c for c in noun.children if c.dep_ in {"compound", "nmod", "amod", "poss"})
    yield from (t for p in noun.children if p.lower_ == "by" for t in p.children if t.dep_ == "pobj")
    # "in an attack on Saturday gunmen took ..."
    if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during"} and (doer := agent(noun.head.head)) is not None:
        yield doer


def _targets(token: Token, frame: Frame) -> Iterator[Token]:
    """Give what a nominal event may be aimed at: its own object, its modifier, then anything of the class in the sentence."""
    yield from (t for t in _objects(token) if is_a(t, frame.targets))
    yield from (c for c in token.children if c.dep_ in {"compound", "nmod"} and is_a(c, frame.targets))
    classes = frame.targets - {"named", "place"}
    yield from (t for t in sentence_of(token) if _head_noun(t) and t.i != token.i and is_a(t, classes))


def _head_noun(token: Token) -> bool:
    """Tell a noun that stands for itself: the ferry in "a ferry", not in "a ferry quay"."""
    return token.pos_ in {"NOUN", "PROPN"} and not (token.dep_ == "compound" and token.head.pos_ == "NOUN")


def in_context(trigger: Trigger, sentence: Sentence, *, known: bool = False) -> bool:
    """Tell whether an event stands where its type belongs: at sea, or among arms; in its sentence or all over the report.

    `known` says that the report has told an event of such a place before.

    A robbery, a collision or a clash is nothing to a maritime desk in a report about a court case or a trade talk.
    """
    if trigger.type.context is None:
        return True
    words = lexicon().contexts[trigger.type.context]
    if trigger.type.context == "sea":
        words |= lexicon().classes["vessel"]
    if _ashore(sentence, trigger.type.context):
        return False
    if trigger.type.context == "arms" and trigger.rule.startswith("phrase"):
        return True  # "traded fire" names the arms itself
    # "Drones hit ...": the parser may take the word for a name, which keeps its plural.
    if any({t.lemma_.lower(), t.lower_, t.lower_.removesuffix("s")} & words for t in sentence if t.i != trigger.token.i):
        return True
    if trigger.type.context == "sea" and _new_on_land(trigger):
        return False
    if known:
        return True
    return full_of(sentence.doc, trigger.type.context)


def full_of(doc: Doc, context: str) -> bool:
    """Tell a report that is full of the words of a context."""
    words, key = lexicon().contexts[context], f"context {context}"
    if context == "sea":
        words |= lexicon().classes["vessel"]
    # Counted once a report: it is asked of every event word.
    if key not in doc.user_data:
        lemmas, times = np.unique(doc.to_array("LEMMA"), return_counts=True)
        counted = zip(lemmas.tolist(), times.tolist(), strict=True)
        doc.user_data[key] = sum(n for lemma, n in counted if doc.vocab.strings[lemma].lower() in words)
    return bool(doc.user_data[key] >= max(_FEW, len(doc) // _SPARSE))


def _ashore(sentence: Sentence, context: str) -> bool:
    """Tell a sentence of banks, lorries and villages that names no craft and nothing of the sea: a crime on land."""
    classes = lexicon().classes
    words = {lemma for lower, lemma, _ in forms(sentence.doc)[sentence.start : sentence.end] if lower not in _ROADSTEADS}
    if words & classes["vessel"]:
        return False
    on_land = bool(_LAND.search(text_in(sentence)))
    return on_land or (context == "sea" and bool(words & classes["shore"]) and not words & _AFLOAT)


def _new_on_land(trigger: Trigger) -> bool:
    """Tell an event about something new without a word of the sea: "robbed a money changer" is no sequel of what ships met."""
    target = trigger.target
    return target is not None and target.pos_ == "NOUN" and any(c.lower_ in {"a", "an"} for c in target.children)


def _word(sentence: Sentence, hit: re.Match[str]) -> Token | None:
    """Give the head word of a phrase found in a sentence."""
    span = sentence.doc.char_span(sentence.start_char + hit.start(), sentence.start_char + hit.end(), alignment_mode="expand")
    if span is None or not len(span):
        return None
    # "the dhow is in navy custody": the custody tells it, not the "is".
    return next((t for t in reversed(span) if t.pos_ == "NOUN"), span.root) if span.root.pos_ == "AUX" else span.root
