"""Read a report as the messages it is made of: one line of a list, one warning, one telegram, each with its own place and day."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.frames import FINENESS
from geo.messages import at_sea, is_loud, is_message
from geo.model import MAPPED_ROLES, Claim
from geo.parse import text_in
from geo.quantities import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span as Sentence

    from geo.frames import Scene
    from geo.model import Match, When

_MONTH = rf"(?i:{MONTH_NAMES})"
_DAY = (
    rf"(?:(?:19|20)\d\d-\d\d-\d\d\b|\d{{6}}\s?(?:Z|UTC|GMT|LT|[A-Z])?\s?{_MONTH}\b|\d{{1,2}}(?:st|nd|rd|th)?[\s-]?{_MONTH}\b"
    rf"|{_MONTH}\.?\s\d{{1,2}}\b"
    r"|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?(?=[\s:,|]))"
)
"""A day as messages and lists write it: 2 Nov, Nov 2, 2025-11-02, 02/11, 02.11.2025, 021930Z NOV."""
_BULLET = (
    r"[ \t]*(?:[-*•–][ \t]+)?(?:\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)][ \t]+|\d{1,3}[ \t]*\|[ \t]*)?(?:\d{1,3}[ \t]{2,})?"
    r"(?:\(U\)[ \t]+)?"
)
_MESSAGE_CHARACTERS = 2000
_DATED = re.compile(r"\s*\d{1,2}[./]\d{1,2}[./]\d{4}")
_WATERS = re.compile(r"\s*[A-Z][A-Z ()/.,'-]{3,60}:")
_LABELS = (
    "SOURCE|REPORT|CORRECTION|NOTE|UPDATE|POSITION|TIME|DATE|DTG|INCIDENT|TYPE|LOCATION|LATITUDE|LONGITUDE|LAT|LONG|VESSEL|VICTIM|AGGRESSOR"
    "|DESCRIPTION|REFERENCE|GEOGRAPHICAL|SUBREGION|SUBJECT|FROM|TO|CC|STATUS|ADVICE|GUIDANCE|DETAILS|SUMMARY|NARRATIVE|FLAG|CARGO|IMO|CREW"
    "|WEAPONS|ACTION|REMARKS|AREA|HOSTILITY|ATTACKERS|CALL|PLACE|SHIP|EVENT|DETAIL|POSN|WHERE|WHEN|ATTACK|NARRATION"
)
"""Words that head a field of one message, and no message of their own."""
_HEADED = re.compile(
    rf"\s*(?:[A-Z][A-Z ()/.,'-]{{3,60}}:|(?i:on\s+)?(?:\d{{1,2}}[./ ](?:\d{{1,2}}|[A-Z][A-Za-z]{{2,8}})[./ ,]|{_DAY})"
    r"|[A-Z][\w ,.'-]{2,60}(?:\s{8}|\n\n(?![\s\S]*\S\s*\n\s*\n\s*\S))"
    rf"|(?i:{_LABELS})\b[A-Za-z /()]{{0,30}}:[^\n]*\n(?:[^\n]*\n){{0,2}}?\s*(?i:{_LABELS})\b[A-Za-z /()]{{0,30}}:"
    r"|(?:UKMTO|MDAT-?GoG|JMIC|MSCHOA|MSCIO|ReCAAP|ASAM|NAVTEX|NAVWARN|NAVAREA|HYDRO[A-Z]{3,4})\b(?![^.\n]{0,80}\b(?:sa(?:id|ys)|told)\b)"
    r"|(?:[^\n]{0,60}\n)?\d\d:?\d\dZ?\s[^\n]*\n\d\d:?\d\dZ?\s[^\n]*\n\d\d:?\d\dZ?\s)"
)
"""A message begins with its waters in capitals and a colon or in a column or line of their own, with its date, with two fields, with the
centre that sends it, or with the hours of a log.

A line that more than one paragraph follows is a headline."""
_CRAFT = re.compile(
    r"\b(?:vessels?|ships?|tankers?|yachts?|tugs?|barges?|trawlers?|dhows?|bulk(?:er|\s+carrier)s?|freighters?|ferry|cargo|crew|pirates?"
    r"|m[/.]?[vt]|fishing\s+boats?|anchor(?:ed|age)|underway)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"\b(?:report(?:ed|s)?|per|dated|as\s+of|since|until|updated?)\W+(?:on\s+|in\s+)?$", re.IGNORECASE)
_REPORTING = re.compile(r",?\s{1,2}(?:report(?:ing|s)|newsletter|bulletin)\b", re.IGNORECASE)
"""Words beside a day on which something was only told."""
_VOYAGE = re.compile(
    r"\b(?:arrived|left|departed|sailed|dropped\s+anchor)\b(?:(?!board|attack|rob|hijack|pirat|fired|approach|st[oe]l|chas|seiz)[^.;]){0,60}\Z",
    re.IGNORECASE,
)
"""Words before a day on which a ship only sailed, before anything happened to her."""
_SUMS = re.compile(
    r"\s*(?:(?:FIRST|SECOND|THIRD|FOURTH)\s+(?:QUARTER|HALF)|TOTALS?|STATISTICS|FIGURES|YEAR[- ]TO[- ]DATE|NOTES?|CORRECTIONS?)\b"
)
"""What heads the sums or notes at the foot of a list of messages, which are none."""
_NAMED_DAY = re.compile(r"\s+(?:attacks?|hijack\w*|boarding|robbery|incident|kidnapping|raid)\b", re.IGNORECASE)
_HOUR = re.compile(r"\b[012]\d[0-5]\d\s*(?:hrs|hours|LT|UTC|GMT|Z|local)\b", re.IGNORECASE)
_UTC = re.compile(r"\b(?P<hour>[01]\d[0-5]\d|2[0-3][0-5]\d)\s*(?:UTC|GMT|Z)\b", re.IGNORECASE)
_FIELD = re.compile(
    rf"\s*(?:{_LABELS})\b(?<!DESCRIPTION)(?<!DETAILS)(?<!NARRATIVE)(?<!SUMMARY)[A-Z /()]{{0,30}}:[^\n]{{0,80}}\s*\Z", re.IGNORECASE
)
_CANCELS = re.compile(r"\s*(?:\d{1,2}[.)]\s*)?cancel(?:s|led)?\s+(?:navarea|hydro\w+|navtex|coastal|(?:this\s+)?warning)\b", re.IGNORECASE)
_HEADS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # Forms: paragraphs that begin with the same kind of field.
        r"(?:\A|(?<=\n\n))[ \t]*(?:(?:Attack|Incident|Report|Event|Case|Ref)\w*(?:[ \t]+(?:Number|No\.?|ID|Ref\w*))?|Date\b[^:\n]{0,20}):",
        # Warnings of a centre: "UKMTO WARNING 018-26 - ATTACK", "UKMTO INCIDENT #021".
        r"^[ \t]*(?:[A-Z]+ )?(?:WARNING|ADVISORY|INCIDENT|ALERT) (?:NO\.? ?|#)?\d[\d/-]*\b",
        # Warnings to navigation: "NAVAREA IX 0377/25", "COASTAL WARNING 87/25".
        r"^[ \t]*(?:NAVAREA [IVX]+|HYDRO(?:LANT|PAC|ARC)|[A-Z ]*\bWARNING)\s+(?:NR\.?\s*)?\d+/\d+",
        # A week day by day: "MONDAY. Singapore Strait. ...", "Tuesday: ...".
        r"^[ \t]*(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)[ \t]?[.:–—-][ \t]",
        # Live reports: "04.11.2025: 2310 LT: ...", "083-25 04.11.2025: 2310 LT: ...".
        r"^[ \t]*(?:\d{2,4}[-/]\d\d[ \t]+)?\d{1,2}[./]\d{1,2}[./]\d{4}\b",
        # Entries by reference number: "2014-63 ...", "ASAM 2014-63", "3. UPDATE 2014-63. ...".
        r"^[ \t]*(?:\d{1,3}[.)][ \t]+)?(?:(?:ASAM|UPDATE|CORRECTION|CANCELLED)[ \t]+)?(?:19|20)\d\d-\d{1,4}\b(?!-)",
        # Entries that are called incidents or cases and have a number.
        r"^[ \t]*(?:Incident|Case|Report|Item|INCIDENT|CASE|REPORT|ITEM)[ \t]+(?:No\.?[ \t]*)?\d{1,3}[.:)]",
        # A list by days: "- 4 November: ...", "2. On 4 Nov, ...".
        r"^[ \t]*(?:[-*•–][ \t]+|\(?\d{1,3}[.)][ \t]+)(?:\(U\)[ \t]+)?(?:[Oo]n[ \t]+)?\d{1,2}[ \t]+[JFMASOND][a-z]{2,8}\b",
        # A list of days without bullets, or of places and days: "02 Nov 25  2315 ...", "Lome, 3 November: ...".
        # Paragraphs of an article begin with "On Sunday, 2 November, ...".
        rf"^{_BULLET}(?!(?:On|In|By|Since|From|Until|After|Before|As)\b)(?:[A-Z][^\n.;:|]{{1,60}}?[ \t]*[,|(–-][ \t]*(?:on[ \t]+)?)?{_DAY}",
        # Rows and entries that begin with a number: "118-25 | ...", "#118 - ...".
        r"^[ \t]*(?:#[ \t]?\d{1,4}\b|\d{2,4}[-/]\d\d[ \t]*[|:–-][ \t])",
        # A weekly list: "3. SOMALIA: On 25 May ...", "(U) PERU: ...", or without its numbers.
        (
            r"^[ \t]*(?:[-*•–][ \t]+)?(?:\(?\d{1,3}[.)][ \t]+)?(?:\(U\)[ \t]+)?"
            rf"(?!(?:{_LABELS})\b)[A-Z][A-Z ()/.,'-]{{3,60}}:\s(?=\S)"
        ),
    )
)
"""How a message begins, where a report holds several; the first kind that repeats."""
_SAID = re.compile(r"\bsaid\b")
"""Who speaks, and is not named first, speaks to the press."""
_TITLE = re.compile(r"\s*#*\s*\S[^\n]{10,160}[^\n.:,]\n\s*\n")
_SOURCE = re.compile(
    r"\bSOURCE:\s*(?:THE\s+)?(?P<who>MASTER|CSO|COMPANY\s+SECURITY\s+OFFICER|OWNERS?|OPERATOR|CREW)\b"
    r"|(?<=the\s)(?P<master>master)\s+(?:of\s+(?:an?|the)\s+[\w ]{3,30}\s+)?report(?:ed|s)\b",
    re.IGNORECASE,
)
_INNOCENT = re.compile(
    r"\b(?:capsiz\w+|agrounds?|grounded|adrift|derelict|medevac|(?:sank|sunk|collision|collided)|engine\s+(?:failure|trouble)"
    r"|cable[- ]laying|dredging|(?:gunnery|firing|naval)\s+exercises?|rocket\s+launch\w*|space\s+debris)\b",
    re.IGNORECASE,
)
_HOSTILE = re.compile(
    r"\b(?:pirat\w+|robb\w+|armed|gunm[ae]n|assailants?|perpetrators?|intruders?|attack\w*|hijack\w*|kidnap\w*|board(?:ed|ing)|fired|shots?"
    r"|missiles?|drones?|explo\w+|thie(?:f|ves)|sto(?:le|len)|suspicious\w*|militants?|skiffs?|rebels?|seiz\w+|mines?|rammed|abduct\w*|theft"
    r"|speed\s?boats?|knives|guns?|rifles?|hostages?|guerr?illas?|detain\w*|arrest\w*|threat\w*|bomb\w*|harass\w*)\b",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"\b(?:was|were|as|(?:turned\s+out|found|confirmed|known|believed)\s+to\s+(?:be|have\s+been))\s+(?:an?\s+|only\s+|merely\s+|local\s+|drifting\s+|empty\s+)*"
    r"(?:fishing\s+(?:skiffs?|boats?|vessels?|dhows?|crafts?|gear|nets?|floats?)|fisherm[ae]n|false\s+(?:alarm|alert)|tanks?|containers?|logs?"
    r"|buoys?|fenders?|drums?|barrels?|whales?|balloons?|debris|(?:customs|port|police|quarantine)\s+(?:officers?|officials?)|pilot\s+boats?)\b"
    r"|\bfalse\s+(?:alarm|alert)\b",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\b(?:this|the|above|previous|earlier)\s+(?:asam|report|alert|incident)\s+(?:is|was|has\s+been|should\s+be)\s+(?:hereby\s+|therefore\s+)?"
    r"(?:cancell?ed|withdrawn|retracted|disregarded)\b",
    re.IGNORECASE,
)
"""What takes a whole message back."""
_COLON = re.compile(r"\s*[A-Z][\w ,.()'-]{2,40}:\s?(?=[A-Z])(?![^.]{0,400}\bsaid\b)")
_CENTRES = _HEADS[:2]
_NUMBER = re.compile(
    r"\s*(?:[-*•–][ \t]+)?(?:#?\d[\d/-]{0,7}[ \t]+[|:–-][ \t]*|\d{1,3}[ \t]{2,}|\d{2,4}[-/]\d\d[ \t]+(?=\d{1,2}[./]))?"
    r"(?:\(?\d{1,3}[.)][ \t]+(?=[A-Z(\d]))?(?:\(U\)[ \t]+)?"
    r"(?:(?:Incident|Case|Report|Item)[ \t]+\d{1,3}[.:)][ \t]+)?"
)
_TITLED = re.compile(r"\n[ \t]*\n(?P<title>[^\n]{3,60}[^\n:.]\n)\Z")
_TITLE_CHARACTERS = 80
_FEW = 0.2
"""An update within one message of a list, set off by a blank line, makes no list of long messages."""
_PARAGRAPH = re.compile(r"\n\s*\n")


def parts(scene: Scene) -> list[Scene]:
    """Split a report that holds several messages of one kind; what stands before and after them is a part of its own.

    A report of one message, or of none, is one part.
    """
    text = scene.report.text
    heads = ([m.start() for m in head.finditer(text)] for head in _HEADS)
    starts = next((found for found in heads if len(found) > 1), None)
    if starts is None:
        return [scene]
    starts = [_with_title(text, start) for start in starts]
    cuts = sorted({0, *starts, _tail(text, starts), len(text)})
    return [scene.part(_NUMBER.match(text, a, b).end(), b) for a, b in itertools.pairwise(cuts) if text[a:b].strip()]  # type: ignore[union-attr]


def _with_title(text: str, start: int) -> int:
    """Begin an entry with the short line over it that a blank line sets off: "Boarded - 063-25"."""
    title = _TITLED.search(text, max(0, start - _TITLE_CHARACTERS), start)
    return title.start("title") if title is not None else start


def _tail(text: str, starts: list[int]) -> int:
    """Find where the last message ends: where few before it hold a blank line, at its first; else with the report."""
    parted = [bool(_PARAGRAPH.search(text[a:b].strip())) for a, b in itertools.pairwise(starts)]
    last = _PARAGRAPH.search(text, starts[-1])
    return len(text) if last is None or sum(parted) > len(parted) * _FEW else last.end()


def message_place(scene: Scene) -> list[Match]:
    """Give the place of a whole message, which writes it in a line or a heading of its own; none in a news article.

    A report with a single position has that; a short message from the sea has the finest place it names.
    """
    mapped = [m for m in scene.matches if m.geometry is not None and m.mention.role in MAPPED_ROLES]
    positions = [m for m in mapped if m.mention.role == "position"]
    if len({(m.longitude, m.latitude) for m in positions}) == 1:
        return positions[:1]
    if positions or not is_telegraph(scene):
        return []
    finest = sorted(mapped, key=lambda m: (FINENESS.index(m.geometry_method), m.coordinate_uncertainty_m or 0.0, m.mention.start))
    return finest[:1]


def message_when(scene: Scene) -> When | None:
    """Give the date of a whole message: the first day it names, not one on which something was only reported."""
    text, telegraph = scene.text, is_telegraph(scene)
    one_telling = not _PARAGRAPH.search(text.strip()) and at_sea(text)
    if not telegraph and not (_short(text) and (is_message(text) or one_telling)):
        return None
    days = [w for w in scene.dates if w.valid_until is None and w.date_prec in {1, 2} and w.date_start is not None]
    told = [w for w in days if not _only_told(text, w.start - scene.start, w.end - scene.start)] or days
    named = [w for w in told if _NAMED_DAY.match(text, w.end - scene.start)]
    told = named if len(named) == 1 else told
    one = (telegraph and _heads(text)) or len({w.date_start for w in told}) == 1
    return _at_its_hour(scene, told[0]) if told and one else None


def _at_its_hour(scene: Scene, found: When) -> When:
    """Keep the hour of an event and not that of its report: "REPORTED 10 NOV 0640 UTC. AT 0555 UTC A TANKER WAS ...": 05:55."""
    text, start, end = scene.text, found.start - scene.start, found.end - scene.start
    if found.time_utc is None or not _only_told(text, start, end):
        return found
    hours = {m["hour"] for m in _UTC.finditer(text) if not start <= m.start() < end}
    hour = hours.pop() if len(hours) == 1 else None
    return replace(found, time_utc=hour and f"{hour[:2]}:{hour[2:]}Z")


def _only_told(text: str, start: int, end: int) -> bool:
    """Tell a day on which something was only reported, or on which the ship only sailed."""
    before = text[max(0, start - 100) : start]
    return bool(_REPORTED.search(before[-30:]) or _REPORTING.match(text, end) or _VOYAGE.search(before))


def is_telegraph(scene: Scene) -> bool:
    """Tell a short message from the sea, which tells one event, from an article."""
    text = scene.text
    if not _short(text) or _SUMS.match(text) or not (_heads(text) or not (_PARAGRAPH.search(text.strip()) or _SAID.search(text))):
        return False
    placed = _heads(text) or any(m.mention.role == "position" for m in scene.matches)
    return is_message(text) or (placed and bool(_CRAFT.search(text) or (len(text) < len(scene.report.text) and at_sea(scene.report.text))))


@lru_cache(maxsize=16)
def _short(text: str) -> bool:
    """Tell a text that is no longer than a message, white space left aside; asked of every event word of a report."""
    return len(text) < _MESSAGE_CHARACTERS or len(" ".join(text.split())) < _MESSAGE_CHARACTERS


@lru_cache(maxsize=16)
def _heads(text: str) -> bool:
    """Tell a text that begins as a message does, or is all capitals."""
    return bool(_HEADED.match(text)) or any(head.match(text.lstrip()) for head in _CENTRES) or is_loud(text)


def sources(scene: Scene) -> tuple[Claim, ...]:
    """Read who on board or ashore told a message: "SOURCE: MASTER", "the master reported"."""
    hit = _SOURCE.search(scene.text)
    if hit is None:
        return ()
    start, end = scene.start + hit.start(), scene.start + hit.end()
    who = (hit.group("who") or hit.group("master")).lower()
    return (Claim(who, "victim_operator", "asserts", scene.report.text[start:end], start, end),)


def begins(scene: Scene) -> bool:
    """Tell a message by how it begins, or by its capitals; where its type is asked, a country and a colon will do: "Ecuador: ..."."""
    return _heads(scene.text) or bool(_COLON.match(scene.text))


def stamped(scene: Scene) -> bool:
    """Tell a message by its stamp: a position, or an hour of four digits."""
    return any(m.mention.role == "position" for m in scene.matches) or bool(_HOUR.search(scene.text))


def one_event(scene: Scene, days: Iterable[When | None]) -> bool:
    """Tell a message whose event words are steps of one event: it begins as a message, and its events share their day.

    What begins with its date has that day, whatever days follow; a list of messages has a day each.
    """
    text = scene.text
    if not is_telegraph(scene):
        return False
    return bool(_DATED.match(text)) or len({w.date_start or w.date_text.lower() for w in days if w is not None}) <= 1


def headed(scene: Scene) -> bool:
    """Tell a message that begins with its waters in capitals: it is the record of an incident, whatever its words."""
    return is_telegraph(scene) and bool(_WATERS.match(scene.text))


def field(sentence: Sentence) -> bool:
    """Tell a field of a message, which is no sentence: "INCIDENT TYPE: Attack"; what a warning cancels is told by no one any more."""
    return bool(_CANCELS.match(text_in(sentence)) or _FIELD.match(text_in(sentence)))


def harmless(scene: Scene) -> bool:
    """Tell a message that explains what was reported: "assessed as a fishing skiff", "a false alert"."""
    return bool(_HARMLESS.search(scene.text))


def withdrawn(scene: Scene) -> bool:
    """Tell a message that takes itself, or the report before it, back: "This report is cancelled."."""
    return bool(_WITHDRAWN.search(scene.text))


def innocent(scene: Scene) -> bool:
    """Tell a message of a mishap or of works at sea, in which nobody means harm, from one of an incident."""
    return bool(_INNOCENT.search(scene.text)) and not _HOSTILE.search(scene.text)


def headline(scene: Scene) -> int:
    """Give where the headline of an article ends; 0 where the text begins without one."""
    hit = _TITLE.match(scene.text)
    return scene.start + hit.end() if hit is not None and scene.start == 0 and not is_telegraph(scene) else 0
