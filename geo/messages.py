"""Tell a message from the sea, a line of a list and a news text apart, and find the words that head each message.

A message of a reporting centre or a warning opens with where it happened ("GULF OF ADEN:", "Posn: ..., 12 nm south of X, Y."): what
is named there bounds what the rest may mean.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from geo import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import Gazetteer

_MESSAGE = re.compile(
    r"\b(?:UKMTO|IMB|ASAM|NAVAREA|HYDRO(?:LANT|PAC)|IMO|underway|master|bulk carrier|container ship|skiffs?|robbers|posn|anchored"
    r"|anchorages?|berthed|berth|boarded|chief officer|duty officer|bosun|"
    r"local time|utc|m/v|dhow|cargo ship|merchant vessel|outer roads)\b|\d\s?nm\b|\b\d{4}\s?(?:lt|z)\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"\b(?:Port|Anchorage|Roads|Breakwater|Straits?|SPM|SBM|Terminal|Buoy|Offshore)\b")
_LABEL = re.compile(r"^Off\s|\d\s?(?:miles?|m)\b|\b(?:Harbou?r|Berth|Jetty|Pier|OPL|Selat|Channel)\b", re.IGNORECASE)
_SEA = re.compile(
    r"\b(?:tankers?|vessels?|boats?|ships?|warships?|frigates?|destroyers?|submarines?|crew|pirates?|hijack\w*|navy|naval|coast guard"
    r"|maritime|at sea|sailors?|seized|freighters?|trawlers?|yachts?|barges?|tugs?)\b",
    re.IGNORECASE,
)
_THEATRES = frozenset({"country", "sea", "gulf", "ocean", "bay", "strait", "channel", "sea_sector"})
_LOUD, _LOUD_CHARACTERS = 0.85, 400
_MOORED = re.compile(
    r"\b(?:anchor\w*|berth\w*|moor(?:ed|ing)|alongside|dock(?:ed|s)?|in\s+port|wharf|pier|jetty|terminal|drifting|roads|harbou?r)\b",
    re.IGNORECASE,
)
_SAILING = re.compile(r"\b(?:under\s?way|steaming|sailing|transit\w*|en\s?route|at\s+sea|chased|skiffs?|mother\s?ship)\b", re.IGNORECASE)
_CUES, _LINE_CHARACTERS, _MESSAGE_CHARACTERS, _HEAD_CHARACTERS = 2, 300, 2500, 110
_TELLING_CHARACTERS = 1000
"""A longer paragraph tells more than one event: 97 of 100 ASAM messages and nearly all of IMB's are shorter."""
_ANOTHER = re.compile(
    r"(?:[.!?]['\"”’]?\s+|\n)(?="
    r"(?:[^.\n]{0,60}?\b(?i:an?|another|one|two|three|four|five)\s+(?!(?:nearby|passing|patrol|rescue|second)\b)"
    r"(?:(?!(?:navy|naval|coast|police|patrol|war)\b)[\w’'-]+\s+){0,3}?"
    r"(?:tankers?|carriers?|vessels?|ships?|freighters?|trawlers?|yachts?|ferry|ferries|barges?|tugs?|coasters?)\b"
    r"|(?:Elsewhere|Separately|Meanwhile)\b|In (?:a|another) (?:second |separate |similar |further |third )?(?:incident|attack)\b))"
)
"""What begins a sentence about another ship than the one told of before: "Two tankers were chased off ..."."""

_BLOCK = re.compile(r"(?:^|\n)(?=[^\n])")
_STAMP = re.compile(r"(?:[\s\d.,:;/()#–-]|\b(?:UTC|LT|GMT|Z|[Ll]ocal [Tt]ime|hrs|[Pp]osn?|[Pp]osition|Date|No)\b)*")
_HEAD = re.compile(r"(?P<head>[^\n:]{3,110}?)(?P<stop>[:.](?=\s|$|[A-Z])|(?<=[A-Z)]):(?=\d))")
_ASIDE = re.compile(r"\([^()]*\)|\bNo\.\s?\d*|\b(?:Tg|Sg|Kg|Pt|St|P)\.(?=\s?[A-Z])|\d\.\d")
_SMALL = frozenset(
    "of off the and in at near around about approximately from to nm mile miles km nautical north south east west de la el do da al du "
    "des anchorage anchorages port roads island islands strait straits coast waters river bay channel terminal berth harbour harbor"
    " vicinity outer "
    "inner "
    "area northern southern eastern western".split()
)
_CAPITAL = re.compile(r"[^\W\d_]*[^\W\d_a-z]")


class Head(NamedTuple):
    """The words that head a message: from `start` to `end`, for the text up to `last`."""

    start: int
    end: int
    last: int


@lru_cache(maxsize=8)
def is_message(text: str) -> bool:
    """Say whether a text reads as a message from the sea, where a mile is a nautical mile; a line of a list needs less.

    >>> is_message("Robbers boarded an anchored bulk carrier and the master raised the alarm."), is_message("12 nm off Pulau Aur")
    (True, True)
    """
    cues = {m.group().lower() for m in _MESSAGE.finditer(text)}
    if len(text) <= _LINE_CHARACTERS and (cues or _LINE.search(text) or (_LABEL.search(text) and _names_only(text))):
        return True
    return len(cues) > _CUES or bool(len(text) <= _MESSAGE_CHARACTERS and ((cues and heads(text)) or (is_loud(text) and _of_the_sea(text))))


def is_loud(text: str) -> bool:
    """Say whether a text is written in capitals, as telegrams are.

    >>> is_loud("TANKER FIRED UPON BY THREE BOATS OFF ADEN"), is_loud("A tanker was fired upon off ADEN")
    (True, False)
    """
    letters = [c for c in text[:_LOUD_CHARACTERS] if c.isalpha()]
    return sum(c.isupper() for c in letters) > _LOUD * len(letters)


def _of_the_sea(text: str) -> bool:
    """Say whether a text has more than one word for ships and those who sail them."""
    return len({m.group().lower().rstrip("s") for m in _SEA.finditer(text)}) > 1


def is_about_waters(text: str, gazetteer: Gazetteer) -> bool:
    """Say whether a text is a message, or a short report of ships that is headed with a state or with waters, as no newspaper's is.

    >>> from geo.gazetteer import open_gazetteer
    >>> names = open_gazetteer()
    >>> is_about_waters("YEMEN: Two trawlers were seized by the navy.", names)
    True
    >>> is_about_waters("ADEN: Two trawlers were seized by the navy.", names)
    False
    """
    if is_message(text):
        return True
    if len(text) > _MESSAGE_CHARACTERS or not _of_the_sea(text):
        return False
    names = [name for head in heads(text) for name in re.split(r"\s*[-,;.(/]\s*", text[head.start : head.end])]
    return any(p.kind in _THEATRES for name in names for p in gazetteer.lookup(name)[:1])


@lru_cache(maxsize=8)
def is_telegraph(text: str) -> bool:
    """Say whether a message has a head, is all capitals, or has enough of a message's words that a short news text has not.

    >>> is_telegraph("The trawler was boarded and left Brest."), is_telegraph("BAY OF BISCAY: The trawler was boarded.")
    (False, True)
    """
    return bool(heads(text)) or is_loud(text) or len({m.group().lower() for m in _MESSAGE.finditer(text)}) > _CUES


@lru_cache(maxsize=8)
def at_sea(text: str) -> bool:
    """Say whether a report is about things at sea, whose places are clipped to the water.

    >>> at_sea("The navy says two boats were hit 45 miles off Aruba.")
    True
    """
    return is_message(text) or _of_the_sea(text)


@lru_cache(maxsize=8)
def port_reach_km(text: str) -> float:
    """Give how far from a port that a message names its ship may be: one at anchor is in its roads, one on its way is only off it.

    >>> port_reach_km("A tanker at anchor was boarded"), port_reach_km("A tanker underway was boarded")
    (28.0, 120.0)
    """
    if _MOORED.search(text):
        return settings.NEAR_KM
    return settings.SAILING_KM if _SAILING.search(text) else settings.PASSING_KM


@lru_cache(maxsize=8)
def is_label(text: str) -> bool:
    """Say whether a text is only the name of a place, as in a column of a table: it says where, not how near.

    >>> is_label("Callao, Peru"), is_label("Police raided a bank in Callao, Peru")
    (True, False)
    """
    plain = _ASIDE.sub(" ", text)
    return len(text) <= _HEAD_CHARACTERS and "." not in plain.strip(". ") and _names_only(plain)


@lru_cache(maxsize=8)
def heads(text: str) -> tuple[Head, ...]:
    """Find the heads of the messages in a text, each with the end of its message.

    >>> text = "RED SEA: A tanker was chased."
    >>> [(text[h.start:h.end], h.last) for h in heads(text)]
    [('RED SEA', 29)]
    """
    found = list(_heads(text))
    ends = [*(h.start for h in found[1:]), len(text)]
    return tuple(h._replace(last=end) for h, end in zip(found, ends, strict=False))


@lru_cache(maxsize=8)
def tellings(text: str) -> tuple[Head, ...]:
    """Cut a text into the stretches that tell one event each, as messages do; several paragraphs or a long one tell more, and are left out.

    A message with a head tells one event; another is cut where it comes to another ship.

    >>> text = "A tanker was boarded off Lome. The crew is safe. A yacht was robbed in Colon."
    >>> [text[t.start:t.last] for t in tellings(text)]
    ['A tanker was boarded off Lome. The crew is safe. ', 'A yacht was robbed in Colon.']
    """
    return tuple(part for part in heads(text) or _apart(text) if "\n\n" not in text[part.start : part.last].strip())


def _apart(text: str) -> list[Head]:
    """Cut a text without heads where it comes to another ship; what is too long for a message is left out."""
    cuts = [0, *(m.end() for m in _ANOTHER.finditer(text) if _SEA.search(text, 0, m.start())), len(text)]
    return [Head(start, start, end) for start, end in pairwise(cuts) if end - start <= _TELLING_CHARACTERS]


def _heads(text: str) -> Iterator[Head]:
    """Yield the head of each line that has one; its end is set by the next."""
    for block in _BLOCK.finditer(text):
        stamp = _STAMP.match(text, block.end())
        start = stamp.end() if stamp else block.end()
        found = _HEAD.match(text, start)
        if not found:
            continue
        words = found["head"]
        # In capitals every word looks like a name: there only a colon ends a head.
        loud = words.isupper() and len(words.split()) > 1
        if _names_only(words) and not (loud and found["stop"] != ":"):
            yield Head(start, start + len(words), len(text))


def _names_only(words: str) -> bool:
    """Say whether a phrase holds names, numbers and little words only, and at least one name."""
    tokens = re.findall(r"[^\W_][\w’'/-]*", words)
    named = [t for t in tokens if _CAPITAL.match(t)]
    return bool(named) and all(_CAPITAL.match(t) or t[0].isdigit() or t.lower() in _SMALL for t in tokens)
