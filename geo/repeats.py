"""Tell what was done again and again, or to many over a time, from a single event; and read a second event that its verb is left out of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geo import frames
from geo.lexicon import is_a
from geo.model import EventsCount
from geo.parse import climb, patient, text_in

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geo.drafts import Draft
    from geo.frames import Scene
    from geo.model import When

_NUMBERS = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|several|many|numerous|countless)"
_AGAIN = re.compile(
    rf"\b(?:repeatedly|twice|{_NUMBERS}\s+times|on\s+{_NUMBERS}\s+(?:\w+\s+)?occasions|time\s+and\s+again|over\s+and\s+over"
    r"|regularly|routinely|frequently|habitually|usually|often|every\s+(?:few\s+)?(?:day|night|week|month|year)s?|on\s+a\s+(?:daily|nightly|weekly)\s+basis"
    r"|(?P<time>day|night|week|month|season|year)\s+(?:after|in,?\s+\w+)\s+(?P=time)(?:\s+out)?)\b"
    r"|\b(?:almost\s+|nearly\s+)?(?:daily|nightly)(?=\s*(?:[,.;]|$))",
    re.IGNORECASE,
)
_LATELY = re.compile(
    r"\b(?:in|over|during|for)\s+(?:the\s+)?(?:recent|past\s+few|last\s+few|past\s+several)\s+(?:weeks|months|years)\b"
    r"|\bsince\b|\b(?:this|last)\s+(?:year|season|month|autumn|summer|spring|winter)\b|\b(?:so\s+far|to\s+date)\b"
    r"|\b(?:in|over|during)\s+the\s+(?:past|last|first)\s+[\w-]+(?:\s+[\w-]+)?\b|\b(?:in|during)\s+(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_TALLIES = frozenset("number count tally total toll figure".split())
_ONCE_MORE = re.compile(
    rf"\b(?:another|again|{_NUMBERS}\s+(?:more|others)|a\s+(?:second|third|fourth)|each\s+time|both\s+times)\b"
    r"|\band\s+(?:then\s+)?on\s*\Z",
    re.IGNORECASE,
)
_DAYS = 7
"""What was done to several within fewer days may be one action."""
_MANY = 2
_MONTH = 4
"""The precision of a date that is a month."""
_MONTHS = 45


def many(scene: Scene, draft: Draft) -> Draft:
    """Make a total of an act that is told of many over a time, or again and again: "boats have been fired on", "rammed twice since May"."""
    if draft.aggregate or draft.mode.mode != "actual" or draft.trigger.type.name == "advisory" or _one_day(draft.when):
        return draft
    if _again(draft):
        return replace(draft, aggregate=True)
    target = _befallen(draft)
    if target is not None and draft.trigger.type.name == "seizure" and is_a(target, ("cargo", "drugs")) and _long(draft):
        return replace(draft, aggregate=True)  # "has seized 41 tonnes since January"
    # Of persons several are taken or hurt at once.
    if target is None or target.tag_ != "NNS" or not is_a(target, ("vessel", "line")):
        return draft
    count = frames.count_of(scene, target)
    number = EventsCount(count.low, count.best, count.high) if count is not None and (count.low or 0) >= _MANY else None
    counted = number is not None or any(c.dep_ == "nummod" for c in target.children)
    if _tallied(target) or (_over_time(draft, target) and (counted or _unnumbered(target))):
        return replace(draft, aggregate=True, events=number)
    return draft


def with_second(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Add the event of a second day that a sentence tells without its verb: "boarded a tanker on Monday and another on Thursday"."""
    if len(drafts) != 1 or drafts[0].aggregate or drafts[0].mode.mode != "actual" or not _one_day(drafts[0].when):
        return drafts
    first = drafts[0]
    day = _second_day(scene, first)
    # Where it was, to whom and with what harm, the words left out do not say.
    return drafts if day is None else [first, replace(first, when=day, matches=(), casualties={}, vessels=(), target_text=None)]


def in_attacks(own: list[Draft]) -> list[Draft]:
    """Make one total of what befell several in a number of attacks: "14 fishermen were kidnapped in three attacks"."""
    for verb in own:
        means = {t.i for p in verb.trigger.token.children if p.lower_ == "in" for t in p.children if t.dep_ == "pobj"}
        counted = next((d for d in own if d.aggregate and d.events is not None and d.trigger.token.i in means), None)
        if counted is not None and not verb.trigger.nominal and not verb.aggregate and verb.mode == counted.mode:
            whole = replace(verb, aggregate=True, events=counted.events, when=verb.when or counted.when)
            return [whole if d is verb else d for d in own if d.trigger.token.i not in means]
    return own


def _second_day(scene: Scene, first: Draft) -> When | None:
    """Find another day behind that of an event, after a word for one more."""
    start = max(first.when.end if first.when is not None else 0, first.trigger.token.idx)
    for day in scene.within(scene.dates, start, first.sentence.end_char):
        between = scene.report.text[start : day.start]
        if _one_day(day) and _differ(first.when, day) and ";" not in between and _ONCE_MORE.search(between):
            return day  # type: ignore[no-any-return]
    return None


def _again(draft: Draft) -> bool:
    """Tell whether words of its own clause say that it was done more than once."""
    sentence = draft.sentence
    clause = next((t for t in climb(draft.trigger.token) if t.pos_ in {"VERB", "AUX"}), draft.trigger.token)
    for hit in _AGAIN.finditer(text_in(sentence)):
        span = sentence.doc.char_span(sentence.start_char + hit.start(), sentence.start_char + hit.end(), alignment_mode="expand")
        above = None if span is None else next((t for t in climb(span.root) if t.pos_ in {"VERB", "AUX"}), None)
        if above is not None and above.i in {clause.i, draft.trigger.token.i}:
            return True
    return False


def _befallen(draft: Draft) -> Token | None:
    """Find what a verb befell; an expression of the text has but its verb."""
    if draft.trigger.nominal:
        return None
    return patient(draft.trigger.token) if draft.trigger.rule.startswith("phrase") else draft.trigger.target


def _over_time(draft: Draft, target: Token) -> bool:
    """Tell an act over a time: an open or long stretch of days, or a year; or words for one beside a perfect tense."""
    when = draft.when
    if when is not None and when.date_start is not None:
        if when.date_prec == _MONTH and _pair(target):
            return False  # "in February two boats were hosed"
        return when.date_end is None or (dt.date.fromisoformat(when.date_end) - dt.date.fromisoformat(when.date_start)).days >= _DAYS
    verb = draft.trigger.token
    perfect = any(c.dep_ == "aux" and c.lower_ in {"have", "has", "had"} for c in verb.children)
    return perfect and bool(_LATELY.search(text_in(draft.sentence)) or _unnumbered(target))


def _pair(noun: Token) -> bool:
    """Tell two of a kind, which may well be met at once."""
    return any(c.dep_ == "nummod" and c.lower_ in {"two", "2"} for c in noun.children)


def _unnumbered(noun: Token) -> bool:
    """Tell a plural of a kind: "tankers", "merchant ships"; not "the two boats", "its ships"."""
    return noun.tag_ == "NNS" and not any(c.dep_ in {"det", "poss", "nummod", "relcl"} or c.pos_ == "PRON" for c in noun.children)


def _long(draft: Draft) -> bool:
    """Tell a time that is open or lasts for months: what was found over it was found on several days."""
    when = draft.when
    if when is None or when.date_start is None:
        return False
    if when.date_end is None:
        return True
    return (dt.date.fromisoformat(when.date_end) - dt.date.fromisoformat(when.date_start)).days >= _MONTHS


def _tallied(target: Token) -> bool:
    """Tell what is only counted: "the number of ships hit this autumn"."""
    return target.dep_ == "pobj" and target.head.lower_ == "of" and target.head.head.lemma_.lower() in _TALLIES


def _one_day(when: When | None) -> bool:
    return when is not None and when.date_start is not None and when.date_prec == 1


def _differ(one: When | None, other: When) -> bool:
    return one is not None and one.date_start != other.date_start
