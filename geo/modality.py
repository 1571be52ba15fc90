"""Tell what is said to have happened from what might, will or did not: the mode of an event word, with its cue.

The modes are PLOVER's auxiliary modes (actual, historical, future, hypothetical, negation; openeventdata/PLOVER manual).
Nothing here decides what is true: it reads the report's own hedges, on the dependency path from an event word to the root.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo import negation
from geo.claims import SPEECH, takes_back
from geo.holders import held, of_noun
from geo.model import Mode, Span
from geo.parse import climb, sentence, text_of
from geo.scope import CLAIM_NOUNS, content_of, reach, settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_FUTURE_HEADS = frozenset(
    (
        "plan intend prepare expect consider propose vow pledge schedule set promise order approve ask authorise "
        "authorize weigh decide agree plot conspire hope want wish aim mean offer volunteer swear"
    ).split()
)
_TELLING = frozenset(
    "say claim report believe think understand know presume allege find see hear show appear seem happen manage begin start continue "
    "proceed come get rush turn prove estimate".split()
)
"""Verbs whose infinitive tells what happened, not what was to happen."""
_VOUCHES = frozenset("confirm believe think suggest claim allege report".split())
_ATTEMPTS = frozenset("attempt try fail seek".split())
_DOUBTS = frozenset("threaten risk fear worry warn".split())
_MODALS: dict[str, Mode] = {
    "could": "hypothetical",
    "would": "hypothetical",
    "might": "hypothetical",
    "may": "hypothetical",
    "should": "hypothetical",
    "must": "hypothetical",
    "will": "future",
    "shall": "future",
    "'ll": "future",
    "wo": "future",
}
_RECALLED = frozenset({"recall", "remember", "note", "appear", "seem"})
_IMAGINED = frozenset("imagine suppose assume envisage envision hypothesise hypothesize".split())
_TRIALS = frozenset("acquit jail convict sentence indict extradite prosecute imprison trial inquest verdict lawsuit tribunal".split())
_UNBACKED = re.compile(
    r"\b(?:nothing|no\s+(?:evidence|proof|sign|trace|record|confirmation|truth|basis|substance|foundation)|without\s+(?:evidence|proof))\b[^.;]{0,60}\b(?:claims?|reports?|rumou?rs?|that)\b",
    re.IGNORECASE,
)
"""What is said not to be borne out before an event word is told."""
_WHOEVER = frozenset("anyone anybody whoever those any everyone all every each".split())
_AVOIDED = frozenset(
    "avoid avert prevent deter refuse decline escape forbid discourage refrain abstain desist dissuade prohibit ban bar restrain foil "
    "thwart forgo".split()
)
_HINDERED = frozenset("avert prevent deter foil".split())
_ALERTS = frozenset({"alert", "alarm", "warning", "call", "report", "claim"})
_CANCELS = frozenset({"cancel", "withdraw", "retract", "rescind", "discount", "discard"})
_SHOWN = frozenset("film book novel documentary series drama play game painting exhibition".split())
"""What shows or tells things that nobody reports."""
_SCENES = frozenset("film movie book novel documentary painting chapter scene episode sequel thriller comic musical opera".split())
"""Where what is told in the present tense is played: "in the film's best scene, hijackers drag the captain ..."."""
_OPEN = frozenset({"possible", "likely", "feared", "conceivable", "probable", "imminent"})
_RECORDS = frozenset("record report sign evidence indication word trace confirmation demand claim mention".split())
_CONDITIONS = frozenset({"if", "unless", "whether"})
_HABITS = frozenset("often usually regularly routinely traditionally frequently always typically sometimes".split())
_RATE = re.compile(r"\b(?:an?|per|every|each)\s+(?:year|month|week|day|night|season)\b", re.IGNORECASE)
_STAGED = frozenset(
    "video footage clip photograph picture painting novel simulate rehearse depict portray film dramatise dramatize practise".split()
)
"""Words below which things are played or shown, not told: an exercise that simulates a boarding, footage of a boat being hit."""
_SAME_IN_PAST = frozenset({"hit", "cut", "set", "put", "cast", "shed", "split"})


@dataclass(frozen=True, slots=True)
class Modality:
    """A mode and the words that show it; `attempted` is set for "tried to board"."""

    mode: Mode
    cue: Span | None = None
    attempted: bool = False


Read = tuple["Modality | None"]
"""What cues decide; a mode of None is that no event is told."""


def modality(trigger: Token, *, nominal: bool = False) -> Modality | None:
    """Read the mode of an event word, or None when the words tell no event: a habit or a purpose.

    Follows the dependency path upwards: negation counts on the event's own clause only, modals and plans on every clause above
    until a clause of speech.

    >>> from geo.parse import parse
    >>> modality(parse("The navy did not board the vessel.")[4]).mode
    'negation'
    >>> modality(parse("It was used by the navy to seize vessels.")[7]) is None
    True
    """
    judged = _judged(trigger)
    if judged is not None:
        return judged
    told = _held(trigger, nominal=nominal)
    if told is not None:
        return told[0]
    node = _clause(trigger) if nominal else trigger
    cued = None if nominal and settled(trigger) else next(_cues(node, trigger), None)
    if cued is not None:
        return cued[0]
    staged = any(step.lemma_ in _STAGED or any(c.dep_ == "nsubj" and c.lemma_ in _SHOWN for c in step.children) for step in climb(trigger))
    return None if _habitual(node) or staged or _played(node) or _bidden(node) else Modality("actual")


def _of_report(verb: Token) -> bool:
    """Tell a verb of which a report is the object: "report 045-26 has been withdrawn"."""
    things = (c for c in verb.children if c.dep_ in {"nsubjpass", "dobj"})
    # "Note: report 045-26": the number, or what stands before the colon, passes for the head.
    return any(t.lemma_ in CLAIM_NOUNS for c in things for t in (c, *c.lefts, *(a for a in c.children if a.dep_ == "appos")))


_WHERE = frozenset({"on", "off", "in", "near", "at", "by", "against"})


def _bidden(verb: Token) -> bool:
    """Tell what readers are told to do: "Report all attacks to the centre"; in "Strike on boat kills three" a noun passes for a verb."""
    if verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in _WHERE:
        return False
    return verb.tag_ == "VB" and verb.dep_ == "ROOT" and not any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in verb.lefts)


def _held(trigger: Token, *, nominal: bool) -> Read | None:
    """Read what holds an event noun or a gerund: "fears of an attack", "postponed a raid", "decided against ramming it"."""
    if nominal and (doubted := _of_noun(trigger)) is not None:
        return (doubted,)
    found = held(trigger) if nominal or trigger.tag_ == "VBG" else None
    if found is not None:
        return (Modality(found[0], _cue(found[1])) if found[0] is not None else None,)
    taken_back = next((s for s in climb(trigger) if takes_back(s.text) and _of_report(s)), None)
    if taken_back is not None:
        return (Modality("negation", _cue(taken_back)),)  # "the report that it was boarded is withdrawn"
    if nominal and trigger.dep_ in {"dobj", "nsubjpass"} and trigger.head.lemma_ in _FUTURE_HEADS:
        return (Modality("future", _cue(trigger.head)),)  # "ordered the deployment"
    return None


def _played(verb: Token) -> bool:
    """Tell the present tense of a play: "in the film pirates board a ship"."""
    inside = (t for p in verb.children if p.lower_ == "in" for t in p.subtree)
    return verb.tag_ in {"VBZ", "VBP"} and any(t.lemma_.lower() in _SCENES for t in inside)


def _judged(trigger: Token) -> Modality | None:
    """Read what a court or the report itself made of it: a trial is about the past, a rumour that was false about nothing."""
    refused = _refused(trigger)
    if refused is not None:
        return refused
    unbacked = _UNBACKED.search(text_of(trigger.doc), sentence(trigger).start_char, trigger.idx)
    if unbacked is not None:
        return Modality("negation", Span(unbacked.start(), unbacked.end(), unbacked.group()))
    judged = next((found for s in itertools.islice(reach(trigger), 1, None) if (found := _judgement(s)) is not None), None)
    return judged or next((Modality("negation", _cue(v)) for s in reach(trigger) if (v := negation.verdict(s, trigger)) is not None), None)


def _judgement(step: Token) -> Modality | None:
    """Read one word above an event: a trial, who rules out, who imagines, nobody who says so."""
    verb, above = step.pos_ == "VERB", step.head
    if step.lemma_ in _TRIALS and step.pos_ in {"VERB", "NOUN"}:
        return Modality("historical", _cue(step))
    if step.lemma_ in _IMAGINED and verb:
        return Modality("hypothetical", _cue(step))
    cue = negation.untrue(step)
    if step.lemma_ in SPEECH and step.dep_ == "xcomp":
        cue = cue or negation.wrong(above)  # "it would be wrong to say that ..."
    if step.dep_ == "nsubjpass" and step.lemma_ in _ALERTS and above.lemma_ in _CANCELS:
        cue = above
    silent = verb and step.lemma_ in SPEECH and any(c.dep_ == "nsubj" and c.lower_ in negation.NOBODY for c in step.lefts)
    if silent or (step.lemma_ == "rule" and any(c.lower_ == "out" for c in step.children)):
        cue = step
    return Modality("negation", _cue(cue)) if cue is not None else None


def _refused(trigger: Token) -> Modality | None:
    """Read what kept an event from happening: "prevented them from boarding", "avoided a collision", "ruled out an attack"."""
    head = trigger.head
    if trigger.dep_ in {"dobj", "xcomp", "nsubjpass"} and head.lemma_ in _AVOIDED:
        vain = next((t for t in (head.head, *head.children) if t.dep_ == "neg" or t.lemma_ in {"fail", "unable", "powerless"}), None)
        if vain is not None and trigger.dep_ == "dobj" and head.lemma_ in _HINDERED:
            return Modality("actual", _cue(vain))  # "failed to prevent the seizure"
        return Modality("negation", _cue(head))
    if trigger.dep_ == "dobj" and head.lemma_ == "rule" and any(c.lower_ == "out" for c in head.children):
        return Modality("negation", _cue(head))
    if trigger.dep_ == "pcomp" and head.lower_ == "from" and head.head.lemma_ in _AVOIDED | {"stop", "keep", "block"}:
        return Modality("negation", _cue(head.head))
    before = head.nbor(-1) if head.i else head
    if trigger.dep_ in {"pcomp", "pobj"} and head.lower_ in {"of", "than"} and before.lower_ in {"instead", "short", "rather"}:
        return Modality("negation", _cue(before))
    refused = negation.nor(trigger)
    if refused is not None:
        return Modality("negation", _cue(refused))
    denied = trigger.dep_ == "attr" and any(c.dep_ == "neg" for c in head.children)
    return Modality("negation", _cue(head)) if denied else None  # "it was not an attack"


def _cues(node: Token, trigger: Token) -> Iterator[Read]:
    """Walk up from a clause and give what its cues decide, nearest first; `(None,)` is a purpose."""
    for step in reach(node):
        if step.pos_ not in {"VERB", "AUX", "NOUN"}:
            continue
        if step is not node and step.lemma_ in SPEECH and not _infinitive(node):
            yield from _not_said(step)
            return
        found = _own_cue(step, trigger) if step is node else _modal(step)
        if found is not None:
            yield (found,)
        if _infinitive(step) or (step.tag_ == "VBG" and step.dep_ == "xcomp" and step.head.lemma_ in _FUTURE_HEADS | _DOUBTS):
            yield (_governed(step),)
        if step.dep_ in {"acl", "relcl", "pobj", "pcomp"} and (noun := _noun_above(step)) is not None:
            yield (noun,)
        if step.dep_ == "relcl" or _told_anew(step):
            return


def _not_said(verb: Token) -> Iterator[Read]:
    """Read who does not say so: "did not confirm that a drone had hit her", but not "did not say why it had"."""
    refused = next((c for c in verb.children if c.dep_ == "neg"), None)
    clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    asked = clause is not None and any(t.tag_ in {"WRB", "WP", "WDT"} for t in clause.lefts)
    if refused is not None and clause is not None and not asked and verb.lemma_ in _VOUCHES:
        yield (Modality("hypothetical", _cue(refused)),)


def _told_anew(verb: Token) -> bool:
    """Tell a past tense with a subject of its own beside a modal, which does not reach it: "they would have ...; as it was, they left"."""
    apart = verb.dep_ == "conj" and verb.tag_ == "VBD" and any(c.dep_ == "nsubj" for c in verb.lefts)
    return apart and any(c.dep_ == "aux" and c.lower_ in _MODALS for c in verb.head.children)


def _clause(noun: Token) -> Token:
    """Find the verb that governs a nominal event ("carried out strikes", "strikes that killed")."""
    for step in noun.ancestors:
        if step.pos_ in {"VERB", "AUX"}:
            return step
    return noun


def _own_cue(step: Token, trigger: Token) -> Modality | None:
    """Read negation, modals and conditions on the event's own clause."""
    holders = {step.i: step, trigger.i: trigger}.values()
    for holder in holders:
        for child in holder.children:
            negates = child.dep_ == "neg" and child.text[0].isalpha()  # a bar of a table is none
            if negates or (child.dep_ in {"det", "preconj", "cc"} and child.lower_ in {"no", "neither"}):
                return Modality("negation", _cue(child))
            if child.dep_ in {"nsubj", "nsubjpass", "dobj"} and (child.lower_ in negation.NOBODY or negation.no_one(child)):
                return Modality("negation", _cue(child))
        if holder.dep_ == "pcomp" and holder.head.lower_ == "without":
            return Modality("negation", _cue(holder.head))
    fronted = negation.fronted(step)
    if fronted is not None and not settled(trigger):
        return Modality("negation", _cue(fronted))
    subjects = (s for s in step.children if s.dep_ in {"nsubj", "nsubjpass", "dobj"})
    negated = next((c for s in subjects for c in s.children if negation.none_of(c)), None)
    return Modality("negation", _cue(negated)) if negated is not None and step.i == trigger.i else _modal(step)


def _modal(step: Token) -> Modality | None:
    """Read a condition or a modal verb on a clause."""
    for clause in (step, *(c for c in step.children if c.dep_ == "advcl")):
        condition = next((m for m in clause.children if m.dep_ == "mark" and m.lower_ in _CONDITIONS), None)
        if condition is not None and not any(c.dep_ == "nsubj" and c.lower_ == "you" for c in clause.children):
            return Modality("hypothetical", _cue(condition))  # "if you are just joining us": said to the reader
    aux = next((c for c in step.children if c.dep_ == "aux" and c.lower_ in _MODALS), None)
    wished = next((c for c in step.children if c.dep_ == "auxpass" and c.lower_ == "be"), None)
    if wished is not None and not any(c.dep_ == "aux" for c in step.children) and step.dep_ in {"ccomp", "conj", "advcl"}:
        return Modality("hypothetical", _cue(wished))  # "proposed that suspects be shot"
    if aux is not None and step.lemma_ in _RECALLED:
        return None  # "it will be recalled that pirates boarded her in May"
    if aux is not None and aux.lower_ == "would" and step.dep_ == "ccomp" and step.head.lemma_ in SPEECH:
        return Modality("future", _cue(aux))  # "said it would": a plan in reported speech
    if aux is not None:
        return Modality(_MODALS[aux.lower_], _cue(aux))
    going = step.lower_ == "going" and any(c.dep_ == "xcomp" for c in step.children)
    return Modality("future", _cue(step)) if going else None


def _infinitive(token: Token) -> bool:
    """Tell whether a clause is "to ...": a purpose unless its head says otherwise."""
    return token.pos_ == "VERB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in group_heads(token).children)


def group_heads(token: Token) -> Token:
    """Step back along coordination to its first verb, which carries the "to" of all."""
    while token.dep_ == "conj":
        token = token.head
    return token


def _governed(verb: Token) -> Modality | None:
    """Read an infinitive by its head: planned, tried, feared, or a mere purpose (None)."""
    head = group_heads(verb).head
    refused = next((c for c in head.children if c.dep_ == "neg" or (c.dep_ == "det" and c.lower_ == "no")), None)
    of_head = of_noun(head)
    if refused is not None and (head.lemma_ in _FUTURE_HEADS or (of_head is not None and of_head[0] == "future")):
        return Modality("negation", _cue(refused))  # "had no plans to deploy"
    if head.lemma_ in _TELLING:
        no = next((c for c in head.children if c.dep_ == "neg"), None)
        if no is not None:
            return Modality("negation", _cue(no))  # "did not manage to board"
        return _modal(head) or Modality("actual")  # "is said to have sunk", "managed to board"
    if head.lemma_ in _ATTEMPTS:
        no = next((c for c in head.children if c.dep_ == "neg"), None)
        untold = Modality("negation", _cue(no)) if no is not None else _modal(head)  # "may attempt to board"
        return untold or Modality("actual", _cue(head), attempted=True)
    if head.lemma_ in _FUTURE_HEADS or head.lemma_ in {"be", "go", "due", "likely", "ready"}:
        return Modality("future", _cue(head))
    if head.lemma_ in _DOUBTS:
        return Modality("hypothetical", _cue(head))
    return Modality(of_head[0], _cue(head)) if of_head is not None and of_head[0] is not None else None


def _of_noun(event: Token) -> Modality | None:
    """Read a noun above a nominal event: "fears of an attack", "plans for a blockade"."""
    verb = event.head
    if event.dep_ in {"nsubj", "nsubjpass"} and any(c.lower_ in _OPEN for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}):
        return Modality("hypothetical", _cue(verb))  # "further attacks are possible"
    if event.dep_ != "pobj" or event.head.dep_ != "prep":
        return None
    noun = event.head.head
    refused = next((c for c in noun.children if c.lower_ == "no"), None)
    return Modality("negation", _cue(refused)) if refused is not None and noun.lemma_ in _RECORDS else None  # "no record of an explosion"


def _noun_above(step: Token) -> Modality | None:
    """Read a noun that governs a clause: "fears that ...", "a plan to ..."."""
    noun = content_of(step) or (step.head if step.dep_ in {"acl", "relcl"} else step.head.head)
    found = of_noun(noun)
    return Modality(found[0], _cue(noun)) if found is not None and found[0] is not None else None


def _habitual(verb: Token) -> bool:
    """Tell a habit or an ability: "used to seize", "often board", "can operate"."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "use":
        return True
    # "anyone who hijacks a ship", "any ship that enters": a rule, not an event.
    if verb.tag_ in {"VBZ", "VBP"} and verb.dep_ == "relcl" and any(t.lower_ in _WHOEVER for t in (verb.head, *verb.head.lefts)):
        return True
    if verb.tag_ in {"VBZ", "VBP"} and _RATE.search(sentence(verb).text):
        return True  # "seizes about 20 boats a year"
    if _whenever(verb):
        return True
    # "used it to follow, stop and seize": the parser loses the "to", the bare form keeps it.
    if verb.dep_ == "conj" and verb.lower_ == verb.lemma_ and verb.lower_ not in _SAME_IN_PAST and not list(verb.lefts):
        return True
    return any((c.dep_ == "advmod" and c.lower_ in _HABITS) or (c.dep_ == "aux" and c.lower_ == "can") for c in verb.children)


def _whenever(verb: Token) -> bool:
    """Tell a case that is only thought of: "explains who pays when a ship is detained"."""
    present = any(t.tag_ in {"VBZ", "VBP"} for t in (verb, *verb.children) if t.dep_ == "auxpass" or t is verb)
    about = any(c.lower_ in {"a", "an"} for s in verb.children if s.dep_ in {"nsubj", "nsubjpass"} for c in s.lefts)
    told = sentence(verb).root.tag_ in {"VBZ", "VBP"}
    return present and about and told and any(c.lower_ in {"when", "whenever"} for c in verb.children)


def _cue(token: Token) -> Span:
    """Give a token as a span."""
    return Span(token.idx, token.idx + len(token), token.text)
