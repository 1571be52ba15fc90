"""Tell totals from events ("the third attack this year", "raises the total to 119 killed"), and count out events told together."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geo import casualties, frames, repeats, tallies, telegraph
from geo import claims as claim_reader
from geo.drafts import Draft, bare, kind, told
from geo.lexicon import is_a, lexicon
from geo.model import Actor, Count, EventsCount
from geo.parse import agent, climb, lemmas, text_in
from geo.quantities import MONTH_NAMES
from geo.sieve import sieve
from geo.triggers import full_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geo.frames import Scene
    from geo.model import When

_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_THINGS = {
    "incident": "other", "case": "other", "attack": "other", "raid": "other", "boarding": "boarding", "hijacking": "hijack",
    "hijack": "hijack", "kidnapping": "kidnapping", "abduction": "kidnapping", "robbery": "robbery", "strike": "strike_on_vessel",
    "airstrike": "strike_on_vessel", "seizure": "seizure", "interception": "seizure", "collision": "collision_or_ramming",
    "ramming": "collision_or_ramming", "mine": "mine_incident", "arrest": "detention", "detention": "detention", "explosion": "explosion",
    "hold-up": "robbery", "theft": "robbery", "heist": "robbery", "burglary": "robbery", "shooting": "fired_upon", "blast": "explosion",
    "bombardment": "airstrike_land", "shelling": "airstrike_land",
    "violation": "airspace_violation", "incursion": "airspace_violation", "assault": "other", "report": "other", "event": "other",
    "intrusion": "other", "occurrence": "other", "asam": "other", "bombing": "strike_on_vessel", "attempt": "attempted_boarding",
    "approach": "suspicious_approach", "kidnap": "kidnapping", "interdiction": "seizure", "sinking": "strike_on_vessel",
}  # fmt: skip
"""What is counted, by its noun, and the type of event it stands for."""
_ONE = "|".join(f"{noun[:-1]}(?:y|ies)" if noun.endswith("y") else f"{noun}(?:e?s)?" for noun in _THINGS)
_MANY = "|".join(f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}e?s" for noun in _THINGS)
_NOUN = rf"(?P<thing>{_ONE})\b"
_THING = re.compile(rf"\b{_NOUN}", re.IGNORECASE)
_ORDINAL = re.compile(
    rf"(?P<be>\b(?:was|is|were|marks|marked|becomes|became)\s+(?:at\s+least\s+)?|\b(?:reported|suffered|saw|recorded|after|in|with)\s+|[,;:–—-]\s*)"
    rf"(?:the|its|their|his|her)\s+(?P<n>{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))\s+(?:(?!of\b)[\w-]+\s+){{0,3}}"
    rf"(?:{_NOUN}|(?=(?:in\s+(?:a|\w+\s+)|this|since|so\s+far)\b))",
    re.IGNORECASE,
)
_NTH = sieve(
    rf"\b(?:was|is|were|marks|marked|becomes|became)\s+(?:at\s+least\s+)?(?:the|its|their|his|her)\s+(?P<n>{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))\s",
)
"""What happened counted in other words: "the fourth use of water cannon since May"."""
_NTH_CRAFT = sieve(
    rf"\b(?:was|is|were|marks|marked|becomes|became)\s+(?:at\s+least\s+)?the\s+(?P<n>{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))\s+(?:[\w-]+\s+)?"
    rf"(?:vessel|ship|boat|tanker|freighter|carrier|dhow|trawler|bulker)\b[^.;]{{0,70}}?"
    r"\b(?P<done>hit|attacked|struck|boarded|hijacked|sunk|seized|taken|damaged|targeted|robbed|holed|detained|rammed|lost)\b",
)
"""Ships counted for what befell them: "the second vessel Iran had taken since Tuesday"."""
_COUNTED = re.compile(
    rf"\s+(?:(?:such|similar|known|separate|reported|confirmed|suspected|suspicious|armed|violent|further|other|maritime|piracy)\s+){{0,2}}"
    rf"{_NOUN}|\s+(?:(?!(?:in|of|by|from|and|or|to|on|at|for|with|that|who|were|was|are|is|have|has|had|after|during|since)\b)[\w-]+\s+){{1,2}}"
    rf"(?P<many>{_MANY})\b",
    re.IGNORECASE,
)
_TALLY = re.compile(rf"{_NOUN}:?\s+\d+(?=\s*(?:[,;.]|$))", re.IGNORECASE)
"""What a list of figures counts, the figure last: "attacks 14, hijacks 3"."""
_CRAFT = r"(?:vessels|ships|boats|tankers|freighters|carriers|dhows|trawlers|yachts|barges|merchantmen)"
_SUFFERED = re.compile(
    rf"\s+(?:[\w-]+\s+){{0,4}}{_CRAFT}\s+(?:(?:were|was|have\s+been|had\s+been|has\s+been)\s+)?"
    r"(?P<done>hit|attacked|struck|boarded|hijacked|sunk|seized|damaged|targeted|robbed|rammed|bombed|burnt|burned|destroyed|shot\s+at)\b",
    re.IGNORECASE,
)
_CABLES = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}(?:cables|pipelines|pipes)\b[^.;]{0,40}?\s(?:(?:were|was|have\s+been|had\s+been)\s+)?(?P<done>cut|severed|damaged|broken|hit)\b",
    re.IGNORECASE,
)
_PEOPLE = r"(?:seafarers|sailors|crew(?:\s+members|men)?|fishermen|fishers|people|persons|mariners|seamen|lives|dockers|migrants)"
_BEFELL = re.compile(
    rf"\s+(?:of\s+)?(?:[\w-]+\s+){{0,3}}{_PEOPLE}\s+(?:(?:had|have|has)\s+(?:been\s+)?|were\s+)?"
    r"(?P<done>kidnapped|abducted|taken|hurt|injured|killed|disappeared|detained|arrested|lost)\b",
    re.IGNORECASE,
)
"""What befell people over a time: persons are counted, not events."""
_FATES = {"kidnapped": "kidnapping", "abducted": "kidnapping", "taken": "kidnapping", "detained": "detention", "arrested": "detention"}
_DONE = {
    "boarded": "boarding", "hijacked": "hijack", "seized": "seizure", "robbed": "robbery", "taken": "seizure", "detained": "detention",
    "hit": "strike_on_vessel", "struck": "strike_on_vessel", "sunk": "strike_on_vessel", "rammed": "collision_or_ramming",
}  # fmt: skip
_HARM = re.compile(rf"\b(?:{'|'.join(_DONE)}|attacked|damaged|cut|severed|holed|bombed|shelled)\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(?:since|so\s+far|to\s+date|(?:this|last)\s+(?:year|month|season|week)|between\s+\w+(?:\s+\d{4})?\s+and|(?:in|over|during)\s+the\s+(?:first|past|last)"
    r"|in\s+a\s+(?:year|month|week|fortnight)|(?:in|during|for)\s+(?:(?:all\s+(?:of\s+)?|the\s+whole\s+of\s+)?)(?:19|20)\d\d|from\s+\w+\s+to"
    r"|(?:first|second|third|fourth|last|this|previous|past|current)\s+(?:quarter|half|semester|season)|(?:year|month|week)\s+to\s+date"
    r"|in\s+(?:just|little|barely|under|over|less\s+than|more\s+than|nearly|almost)\s+(?:over\s+|under\s+)?\w+\s+(?:days|weeks?|months?|years?)"
    r"|(?:in|over|within)\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:days|weeks|months|years)"
    rf"|(?:until|through|to\s+the\s+end\s+of)\s+(?:the\s+end\s+of\s+)?(?:{MONTH_NAMES}))\b|\(\s*(?:19|20)\d\d\s*:\s*\d+\s*\)",
    re.IGNORECASE,
)
_RUNNING = sieve(
    r"\b(?:rais|br[io]|t[ao]k|push|lift)\w*\s+(?:the\s+|its\s+|to\s+)?(?:[\w-]+\s+){0,3}(?:total|toll|number|count|tally)\b|\ba\s+total\s+of\b"
    r"|\b(?:has|have|had)\s+(?:logged|recorded|counted|registered|documented|tallied)\b",
)
_YEAR_OF = r"(?:(?:19|20)\d\d\b|last\s+year|(?:previous|preceding)\s+year|year\s+(?:before|earlier))"
_COMPARED = re.compile(
    rf"\s+(?:in|for|during|over)\s+(?:the\s+)?(?:whole\s+of\s+|all\s+(?:of\s+)?|same\s+(?:\w+\s+)?(?:period|time|months|weeks|quarter)\s+(?:(?:of|in)\s+)?(?:the\s+)?)?{_YEAR_OF}"
    r"|\s+(?:a|the|one)\s+year\s+(?:earlier|ago|before)|\s+(?:the\s+(?:previous|preceding)|last)\s+year",
    re.IGNORECASE,
)
"""What follows the figure that a total is held against: "79 in 2024", "two in the same period of 2025"."""
_FIGURE = re.compile(rf"\b(?:the\s+)?{_YEAR_OF}[^.;]{{0,40}}\b(?:figure|number|total)\s+(?:was|stood\s+at|had\s+been)\s+\Z", re.IGNORECASE)
_SPREAD = sieve(
    r"\bwithin\s+(?:[\w-]+\s+){1,3}(?:hours?|days?|weeks?)\b|\bin\s+(?:(?!an?\b)[\w-]+\s+){0,2}(?:separate|different)\s+\w+",
)
_COUNTED_OFF = re.compile(
    r"\s*(?:(?:in|during)\s+(?:the\s+(?:first|second|third|fourth|fifth|last|other)|another)\b"
    r"|the\s+(?:first|second|third|fourth|fifth|last|other)\s+(?:incident|case|attack|ship|vessel|boat|tanker|carrier|strike)\b)",
    re.IGNORECASE,
)
_BESIDE = frozenset({",", ";", ":", "–", "—", "-", "in", "with"})
"""What stands before a total that is told beside its event: "..., the fifth this year", "in the third such attack this month"."""
_IN_MONTH = re.compile(rf"\bin\s+(?:{MONTH_NAMES})\b")
_SECOND, _MONTH_LONG = 2, 4
_NEXT_CHARACTERS = 3
"""Between one sentence and the next."""
_BETWEEN = re.compile(r"\s*(?:,|and|,\s*and)\s*")


def told_apart(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Replace what is told of a total by one aggregate, and a number of events that are counted out by one event each."""
    out: list[Draft] = []
    moved: dict[int, int] = {}
    drawn: dict[int, list[int]] = {}
    for i, draft in enumerate(drafts):
        drawn.setdefault(draft.sentence.start, []).append(i)
    for sentence in scene.sentences:
        mine = drawn.get(sentence.start, [])
        moved |= dict.fromkeys(mine, len(out))
        own = _told(scene, sentence, [drafts[i] for i in mine], out)
        if not any(d.mode.mode == "actual" for d in own) and (part := _counted_off(scene, sentence, out)) is not None:
            own.append(part)
        # A figure of another year is held against the total of its own sentence, or of the last one where its own tells nothing.
        total = next((d for d in reversed(own or out[-1:]) if d.aggregate and d.events is not None and d.mode.mode == "actual"), None)
        held = [] if total is None else _compared(scene, sentence, total)
        own = [replace(d, when=None) if held and d is total and d.when == held[0].when else d for d in own] + held
        if not own and out and out[-1].aggregate and 0 <= sentence.start_char - out[-1].sentence.end_char <= _NEXT_CHARACTERS:
            out[-1] = _mourned(scene, out[-1], sentence)
        out += own
    return [replace(d, part_of=moved.get(d.part_of, d.part_of)) if d.part_of is not None and not d.counted_off else d for d in out]


def _mourned(scene: Scene, total: Draft, sentence: Sentence) -> Draft:
    """Add to a total the victims that the next sentence counts."""
    more = {k: c for k, (c, _) in casualties.find(scene, sentence).items() if k not in total.casualties}
    return told(scene, total, sentence, "casualties in a later sentence", casualties=total.casualties | more) if more else total


def _told(scene: Scene, sentence: Sentence, own: list[Draft], before: Sequence[Draft]) -> list[Draft]:
    """Give the events of a sentence: its total alone, or each of those that it counts out."""
    first = min((d.trigger.token.idx for d in own if d.aggregate and d.events is not None), default=sentence.end_char)
    total = _total(scene, sentence, before, beside=bool(own))
    if total is not None and (hit := _ORDINAL.search(text_in(sentence))) is not None and hit.group("be").strip().lower() in _BESIDE and own:
        # "..., the fifth abduction this year": beside the event.
        return [*own, replace(total, when=total.when, matches=())]
    if total is None and (row := _in_row(sentence, own)) is not None:
        return row
    own = repeats.in_attacks(own)
    if total is not None and len(whole := repeats.in_attacks([*own, total])) <= len(own):
        return whole
    if total is None and (tally := _tallied(scene, sentence, own, before)) is not None:
        return tally
    if total is not None and tallies.shares(sentence):
        return [total]
    if total is not None and (total.trigger.token.idx < first or _RUNNING.search(text_in(sentence))):
        # What a later sentence tells of victims was bound to the events before they were summed.
        members = [d for d in own if _own_day(d, total)]
        own = [d for d in own if d not in members]
        total = replace(total, casualties={k: c for d in own for k, c in d.casualties.items()} | total.casualties)
        return [total, *members]
    if _SPREAD.search(text_in(sentence)):
        return [_spread(scene, d) for d in own]
    each = [one for d in repeats.with_second(scene, own) for one in _each(scene, repeats.many(scene, d))]
    sums = [d for d in each if d.aggregate and d.mode.mode == "actual"]
    return [d for d in each if d.aggregate or not any(_within(d, total) for total in sums)]


def _in_row(sentence: Sentence, own: list[Draft]) -> list[Draft] | None:
    """Make a total of what a sentence only counts: "it was the fourth use of water cannon since May"."""
    hit = _NTH.search(text_in(sentence))
    if hit is None or not _PERIOD.search(text_in(sentence), hit.end()):
        return None
    number, at = _number(hit["n"]), sentence.start_char + hit.end()
    behind = [d for d in own if d.trigger.token.idx >= at and d.trigger.nominal and d.mode.mode == "actual"]
    return [replace(d, aggregate=True, events=EventsCount(number, number, number)) if d in behind else d for d in own] if behind else None


def _tallied(scene: Scene, sentence: Sentence, own: list[Draft], before: Sequence[Draft]) -> list[Draft] | None:
    """Give the total of a sentence that lists counts or says what figure is reached, beside the event that it tells, or null."""
    counts = scene.within(scene.counts, sentence.start_char, sentence.end_char)
    known = [d for d in (*before, *own) if d.mode.mode == "actual"]
    if not counts or not (known or _at_sea(sentence)):
        return None
    follows = bool(before) and before[-1].aggregate and 0 <= sentence.start_char - before[-1].sentence.end_char <= _NEXT_CHARACTERS
    tally = tallies.listed(sentence)
    whole = tally is not None or (follows and tallies.shares(sentence))
    if whole:
        return [_summed(scene, sentence, tally)] if tally is not None else [d for d in own if d.mode.mode != "actual"] + _first(own, counts)
    tally = tallies.reached(sentence, counts)
    if tally is None or not known:
        return None
    return [*(d for d in own if d.trigger.token.idx < tally.start), _summed(scene, sentence, tally, known[-1])]


def _first(own: list[Draft], counts: Sequence[Count]) -> list[Draft]:
    """Make a total of the first thing that a list of what befell how many tells: "nineteen vessels were boarded, five fired upon"."""
    actual = [d for d in own if d.mode.mode == "actual"]
    return [replace(d, aggregate=True, events=_events(counts[0]), matches=()) for d in actual[:1]]


def _summed(scene: Scene, sentence: Sentence, tally: tallies.Tally, like: Draft | None = None) -> Draft:
    """Make a total of a figure that a sentence gives, of the type of the events before it."""
    token = scene.token(tally.start, tally.start + 1) or sentence.root
    draft = bare(scene, kind("other") if like is None else like.trigger.type, token, sentence, tallies.LIST if like is None else "total")
    actor = None if like is None else like.actor
    return replace(draft, aggregate=True, events=tally.events, when=_span(scene, sentence), matches=(), claims=(), actor=actor)


def _within(part: Draft, total: Draft) -> bool:
    """Tell what a total says of all that it counts: "took part in 19 interceptions, in which 31 tonnes were seized"."""
    if part.trigger.token.i < total.trigger.token.i or part.trigger.type.name not in {total.trigger.type.name, "seizure", "detention"}:
        return False
    return not _own_day(part, total) and all(m in total.matches for m in part.matches)


def _own_day(part: Draft, total: Draft) -> bool:
    """Tell one that is counted but has its day: "logged five events, among them a dhow fired on last Tuesday"."""
    when = part.when
    recent = when is not None and when != total.when and when.date_end is not None and (when.date_prec or 9) < _MONTH_LONG
    return recent and when is not None and when.start > total.trigger.token.idx and not part.aggregate


def _total(scene: Scene, sentence: Sentence, before: Sequence[Draft], *, beside: bool) -> Draft | None:
    """Read a sentence that counts events over a time; `beside` says that it tells an event too, which "the fourth in a year" may count."""
    found = _ordinal(sentence, beside=beside) or _counted(scene, sentence)
    if found is None:
        return None
    events, name, start = found
    such = name == "other" and re.search(r"\b(?:such|kind|sort)\b", text_in(sentence))
    like = next((d for d in reversed(before) if d.mode.mode == "actual" and (such or d.trigger.type.name == name)), None)
    known = like is not None or name == "airspace_violation"
    if not known and (_on_land(sentence) if name == "other" else not _at_sea(sentence)):
        return None  # "the third attack on the city this year", "the third robbery in the quarter"
    event = like.trigger.type if such and like is not None and "case" in text_in(sentence).lower() else kind(name)
    token = scene.token(start, start + 1) or sentence.root
    draft = bare(scene, event, token, sentence, "total")
    hurt = {fate: count for fate, (count, _) in casualties.find(scene, sentence).items()}
    when = _span(scene, sentence)
    if events is None and when is not None and when.date_prec == 1 and name in _FATES.values():
        return None  # "eleven men have been held since Monday"
    mode = replace(draft.mode, mode="historical") if frames.historical(scene, when) else draft.mode
    return replace(
        draft, aggregate=True, events=events, casualties=hurt, when=when, mode=mode, matches=tuple(frames.where(scene, token)),
        actor=(like.actor if like is not None else None) or _who(scene, token),
        claims=tuple(c for c in claim_reader.attributions(token, scene.actors) if c.claimant != "not named"),
    )  # fmt: skip


def _at_sea(sentence: Sentence) -> bool:
    """Tell a total of ships and waters, or of a report that is full of them."""
    words = set(lemmas(sentence))
    known = lexicon().contexts["sea"] | lexicon().contexts["arms"] | lexicon().classes["vessel"]
    return bool(words & known) or full_of(sentence.doc, "sea")


def _on_land(sentence: Sentence) -> bool:
    """Tell a total that is about towns and houses, and names neither craft nor waters."""
    classes = lexicon().classes
    words = set(lemmas(sentence))
    return bool(words & (classes["land"] | classes["shore"])) and not words & (lexicon().contexts["sea"] | classes["vessel"])


def _compared(scene: Scene, sentence: Sentence, total: Draft) -> list[Draft]:
    """Give the figure of another year that a total is held against, as a total of its own."""
    text = scene.report.text
    for count in scene.within(scene.counts, max(sentence.start_char, total.trigger.token.idx), sentence.end_char):
        behind = _COMPARED.match(text, count.end)
        before = _FIGURE.search(text[sentence.start_char : count.start])
        same = total.events is not None and count.best == total.events.best
        if same or count.best is None or not (behind or before):
            continue
        start, end = (count.end, behind.end()) if behind else (sentence.start_char, count.start)
        when = next((w for w in scene.within(scene.dates, start, end) if w.valid_until is None), None)
        token = scene.token(count.start, count.end) or sentence.root
        draft = bare(scene, total.trigger.type, token, sentence, "total of another year")
        return [replace(draft, aggregate=True, events=_events(count), when=when, actor=total.actor, matches=(), claims=())]
    return []


def _who(scene: Scene, token: Token) -> Actor | None:
    """Find who did what a total counts: "the navy has carried out 14 strikes", "ten ships were hit by rebels"."""
    verb = next((t for t in climb(token) if t.pos_ == "VERB"), None)
    return None if verb is None else frames.actor_of(scene, agent(verb))


def _ordinal(sentence: Sentence, *, beside: bool) -> tuple[EventsCount, str, int] | None:
    """Read "it was the third attack of its kind this year"."""
    text = text_in(sentence)
    hit = _ORDINAL.search(text) or _NTH_CRAFT.search(text)
    if hit is None or not (_PERIOD.search(text) or _IN_MONTH.search(text)):
        return None
    number = _number(hit.group("n"))
    if number == _SECOND and (hit.groupdict().get("be") or "").strip().lower() in {"in", "with"}:
        return None  # "in the second such incident in a week": it is told of the event alone
    done = hit.groupdict().get("done")
    thing = None if done else _THING.search(text, 0, hit.end())
    if not (beside or done or thing or _HARM.search(text)):
        return None  # "a protest, its 11th this year"
    name = _type(thing.group("thing")) if thing is not None else _DONE.get((done or "").lower(), "other")
    return EventsCount(number, number, number), name, sentence.start_char + hit.start("n")


def _number(ordinal: str) -> int:
    """Give the number of an ordinal: "third", "11th"."""
    written = ordinal.lower()
    return _ORDINALS.index(written) + 2 if written in _ORDINALS else int(written[:-2])


def _counted(scene: Scene, sentence: Sentence) -> tuple[EventsCount | None, str, int] | None:
    """Read "87 such cases between January and August", "14 ships were hit since the autumn"."""
    counts = scene.within(scene.counts, sentence.start_char, sentence.end_char)
    listed = list(itertools.islice(_TALLY.finditer(text_in(sentence)), 2)) if len(counts) > 1 else ()
    if len(listed) > 1:
        return None, "other", sentence.start_char + listed[0].start()  # of several kinds: no one number
    if not counts or not (_PERIOD.search(text_in(sentence)) or _RUNNING.search(text_in(sentence))):
        return None
    text = scene.report.text
    for count in counts:
        if (count.low or 0) < 2:
            continue
        hit = _COUNTED.match(text, count.end)
        if hit is not None:
            return _events(count), _named(hit), hit.end() - 1
        hit = _SUFFERED.match(text, count.end)
        if hit is not None:
            return _events(count), _DONE.get(hit.group("done").lower(), "other"), hit.start("done")
        hit = _CABLES.match(text, count.end)
        if hit is not None:
            return _events(count), "sabotage", hit.start("done")
    return _befell(scene, sentence)


def _befell(scene: Scene, sentence: Sentence) -> tuple[None, str, int] | None:
    """Read "11 sailors have been hurt this year", where no events are counted."""
    for count in scene.within(scene.counts, sentence.start_char, sentence.end_char):
        hit = _BEFELL.match(scene.report.text, count.end) if (count.low or 0) > 1 else None
        if hit is not None:
            return None, _FATES.get(hit.group("done").lower(), "other"), hit.start("done")
    return None


def _events(count: Count) -> EventsCount:
    return EventsCount(count.low, count.best, count.high)


def _named(hit: re.Match[str]) -> str:
    """Give the type of event that counted words name: "17 water cannon attacks"."""
    if "water cannon" in hit[0].lower():
        return "water_cannon"
    return _type(hit["thing"] or hit["many"])


def _type(noun: str) -> str:
    """Give the type of event that a noun in either number stands for."""
    word = noun.lower()
    return next(kind for thing, kind in _THINGS.items() if word in {thing, f"{thing}s", f"{thing}es", f"{thing[:-1]}ies"})


def _span(scene: Scene, sentence: Sentence) -> When | None:
    """Give the longest time that a sentence names: a total's, not a day's."""
    inside = [w for w in scene.within(scene.dates, sentence.start_char, sentence.end_char) if w.valid_until is None]
    return max(inside, key=lambda w: (w.date_start is not None and w.date_end is None, w.date_prec or 0), default=None)


def _counted_off(scene: Scene, sentence: Sentence, before: Sequence[Draft]) -> Draft | None:
    """Read one of several events that a text counts off, in whatever words: "in the second, the intruders fled empty-handed"."""
    index = next((i for i, d in reversed(list(enumerate(before))) if d.aggregate and d.mode.mode == "actual"), None)
    if index is None or not _COUNTED_OFF.match(text_in(sentence)):
        return None
    sign = next(iter(telegraph.signs([sentence])), None)
    if sign is None:
        return None
    token = scene.token(sign.start, sign.end) or sentence.root
    draft = bare(scene, kind(sign.type), token, sentence, f"sign {scene.report.text[sign.start : sign.end]!r}")
    places = frames.where(scene, token) or frames.where(scene, sentence.root)
    return replace(draft, matches=tuple(places), when=frames.when(scene, token) or before[index].when, part_of=index, counted_off=True)


def _spread(scene: Scene, draft: Draft) -> Draft:
    """Make a total of an act on several ships one after the other: "boarded three carriers within four hours"."""
    target = draft.trigger.target
    count = frames.count_of(scene, target) if target is not None and target.pos_ == "NOUN" else None
    if draft.aggregate or count is None or (count.low or 0) < 2 or not is_a(target, ("vessel",)):
        return draft
    return replace(draft, aggregate=True, events=_events(count))


def _each(scene: Scene, draft: Draft) -> list[Draft]:
    """Make one event of each of "eight, four and three people killed in three strikes"."""
    number = draft.events.best if draft.events is not None else None
    if not draft.aggregate or number is None:
        return [draft]
    hurt = casualties.find(scene, draft.sentence)
    listed = _listed(scene, draft.sentence, number)
    if "killed" not in hurt or not listed:
        return [draft]
    return [replace(draft, aggregate=False, events=None, casualties={"killed": count}) for count in listed]


def _listed(scene: Scene, sentence: Sentence, number: int) -> list[Count]:
    """Find as many counts as there are events, side by side."""
    counts = scene.within(scene.counts, sentence.start_char, sentence.end_char)
    text = scene.report.text
    for first in range(len(counts) - number + 1):
        run = counts[first : first + number]
        if all(_BETWEEN.fullmatch(text, a.end, b.start) for a, b in itertools.pairwise(run)):
            return run
    return []
