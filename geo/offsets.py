"""Read relations to a place in running text: "45 nm northwest of X", "off X", "near X", "between X and Y", "X anchorage".

Each rule looks at the words before or after a name. Distances become a range in km, because a bare "mile" is nautical in maritime
messages and unresolved elsewhere; bearings are from true north, clockwise.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo import settings
from geo.model import Offset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.model import Method

WINDS = {
    "north": 0.0,
    "north-northeast": 22.5,
    "northeast": 45.0,
    "east-northeast": 67.5,
    "east": 90.0,
    "east-southeast": 112.5,
    "southeast": 135.0,
    "south-southeast": 157.5,
    "south": 180.0,
    "south-southwest": 202.5,
    "southwest": 225.0,
    "west-southwest": 247.5,
    "west": 270.0,
    "west-northwest": 292.5,
    "northwest": 315.0,
    "north-northwest": 337.5,
}
"""The sixteen winds and their bearings."""

_LETTERS = {"n": "north", "e": "east", "s": "south", "w": "west"}
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS: dict[str, float] = {
    "a": 1,
    "an": 1,
    **{word: value for value, word in enumerate(_ONES, 1)},
    **{word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)},
    "couple": 2,
    "few": 3,
    "several": 5,
    "half": 0.5,
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
}
_MULTIPLIERS = frozenset({"dozen", "hundred", "thousand"})
_UNITS = {
    "nautical": (settings.KM_PER_NM, settings.KM_PER_NM),
    "km": (1.0, 1.0),
    "mile": (settings.KM_PER_STATUTE_MILE, settings.KM_PER_NM),
    "m": (0.001, 0.001),
    "cable": (settings.KM_PER_NM / 10, settings.KM_PER_NM / 10),
    "statute": (settings.KM_PER_STATUTE_MILE, settings.KM_PER_STATUTE_MILE),
    "yard": (0.0009144, 0.0009144),
}
"""Kilometres in a unit, as (low, high): outside maritime messages a bare mile may be statute or nautical."""

_UNIT_STARTS = {"nm": "nautical", "naut": "nautical", "sea": "nautical", "stat": "statute", "cab": "cable", "y": "yard"}
_FULL_CIRCLE = 360

_WIND = (
    r"(?:(?:due\s+)?(?P<wind>(?:north|south|east|west)(?:[\s-]*(?:east|west))?\s+by\s+(?:north|south|east|west)"
    r"|[NSEW][EW]?\s?(?:x|by)\s?[NSEW](?=[\s.])"
    r"|(?:north|south)(?:[\s-]*(?:north|south))?[\s-]*(?:east|west)(?:erly|ern)?|(?:east|west)[\s-]*(?:north"
    r"|south)[\s-]*(?:east|west)"
    r"|(?:north|south|east|west)(?:erly|ern|wards?)?|[NS]{1,2}[/-]?[EW]|[EW][NS][EW]|[NSEW](?=[\s.])\.?)(?:['’]ly)?)"
)
_WORD = f"(?:{'|'.join(_WORDS)})"
_NUMBER = rf"(?P<number>\d[\d,]*(?:\.\d+)?|{_WORD}\b(?:[\s-]+(?:and[\s-]+)?{_WORD}\b)*)"
_RANGE = rf"{_NUMBER}(?:\s*(?:-|–|to|or)\s*(?P<upper>\d[\d,]*(?:\.\d+)?|{_WORD}\b(?:[\s-]+{_WORD}\b)*))?"
_UNIT = (
    r"(?P<unit>n\.?\s?m\.?i?s?\b\.?|nautical[\s-]+miles?|naut\.?\s+mi(?:les?)?\b|sea\s+miles?|nautical|statute\s+miles?|miles?"
    r"|mi\b\.?|m(?=\s)|cables?(?:\s+lengths?)?|yards?|kilomet(?:re|er)s?|kms?\b\.?|met(?:re|er)s?)"
)
_LINK = r"(?:\s*(?:just|well|away|out|directly|to\s+the|to|in\s+the|from\s+the|in\s+an?)\s+)*"
_SIDE = r"(?P<side>(?:north|south)(?:[\s-]*(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|[NSEW]{1,2}\b)(?:most)?"
_OF_WHAT = (
    r"(?:the\s+)?(?:[Oo]ffshore\s+)?(?:(?:entrance|approaches|mouth|port|harbou?r|breakwater|fairway\s+buoy|sea\s?buoy|pilot\s+station"
    r"|light(?:house)?|anchorage|roads|estuary|delta|coast(?:line)?|coastal\s+(?:town|city|area)s?|shores?|mainland|outskirts"
    r"|island|islands|isle|town|city|village|tip|capital(?:\s+city)?|state|province|peninsula|beach|"
    + _SIDE
    + r"\s+(?:coast(?:line)?|tip|shores?|end|part|point|side|edge|entrance))\s+(?:of|off|to)\s+)*(?:the\s+)?"
    r"(?:(?:Pulau|Palau|Isla|Islas|Île|Ile|Port|Puerto|Porto|Tanjung|Tg\.?|Cape|Ras|Mui|Hon|Kepulauan|P\.|[Aa]l|[Ee]l)\s+)?"
)
_MARK = (
    r"(?:(?:fairway|sea\s?buoy|buoy|pilot\s+station|breakwater|anchorage|coast|entrance|terminal|port)"
    r"(?:\s*,\s*|\s+(?:at|from|in)\s+(?:the\s+)?)|(?:fairway\s+buoy|sea\s?buoy|pilot\s+station|breakwater)\s+)?"
)
"""A mark whose town stands behind it: "2 nm off the sea buoy, X"."""
_ABOUT = (
    r"(?:(?:about|approximately|approx\.?|around|some|roughly|nearly|almost|over|more\s+than|less\s+than|just\s+over|an?\s+estimated)\s+)?"
)

_DISTANCE = re.compile(
    rf"{_ABOUT}(?<![\w.])(?P<lead>(?:{_RANGE})[\s-]*{_UNIT}(?:s\b)?\s*,?)"
    rf"(?:{_LINK}{_WIND}(?:\s+(?:direction|side))?|\s+[a-z]{{6,12}}(?=\s+of))?"
    rf"(?:\s*(?:from|of|off(?:\s+of|\s?shore(?:\s+(?:of|from))?)?|outside|away\s+from|seawards?\s+of|coast\s+of)\s+{_OF_WHAT}{_MARK}"
    r"|(?:(?<=\s[NSEW])|(?<=\s[NSEW]{2})|(?<=\s[NSEW]{3})|(?<=north)|(?<=south)|(?<=east)|(?<=west))\s+)$",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:within|inside|less\s+than|up\s+to|no\s+more\s+than)\s+(?:about\s+|some\s+|a\s+radius\s+of\s+)?$", re.IGNORECASE
)
_BEARING = re.compile(
    rf"(?:\b(?:on\s+an?\s+)?(?:true\s+)?(?:bearing|brg)\s+(?:of\s+)?)?(?P<bearing>\d{{1,3}}(?:\.\d+)?)\s*(?:°|º|deg(?:rees?)?\b\.?|T\b"
    rf"|(?<=\d\d\d)(?=[\s/,]))\s*(?:\(?T\b\)?"
    rf"|\(?true\)?)?\s*(?:[,/]|and|at|by)?\s*(?:(?:at\s+)?(?:a\s+)?distance\s+(?:of\s+)?)?{_RANGE}\s*{_UNIT}\s*(?:from|of"
    rf"|off)\s+{_OF_WHAT}$",
    re.IGNORECASE,
)
_BEARING_BEHIND = re.compile(
    rf"{_RANGE}\s*{_UNIT}\s*,?\s*(?:away\s+)?(?:(?:on|at|in)\s+)?(?:an?\s+)?(?:true\s+)?(?:bearing|direction|course)?\s*(?:of\s+)?"
    rf"(?P<bearing>\d{{1,3}}(?:\.\d+)?)\s*(?:°|º|deg(?:rees?)?\b\.?)\s*(?:\(?T\b\)?|\(?true\)?)?\s*(?:from|of|off)\s+{_OF_WHAT}$",
    re.IGNORECASE,
)
_DIRECTION = re.compile(rf"\b(?:to\s+the\s+|just\s+)?{_WIND}\s+(?:of|from)\s+{_OF_WHAT}$", re.IGNORECASE)
_OFF = re.compile(
    r"\b(?:(?:just|lying|(?<!international\s)(?<!territorial\s)(?<!national\s)waters?)\s+)?(?:off(?:\s+of|\s?shore(?:\s+(?:of"
    r"|from))?)?|in\s+(?:the\s+)?(?:coastal\s+)?waters\s+(?:off|of"
    r"|around|near))\s+"
    r"(?:the\s+)?(?:(?:"
    + _SIDE
    + r"\s+)?(?:\w+\s+)?(?:coast|coastline|shores?|tip|waters|end|port|island|town|city|state|mouth|entrance)\s+(?:of|off"
    r"|to)\s+)?(?:the\s+)?(?:\w{4,9}ern\s+)?"
    r"(?:(?:Pulau|Palau|Isla|Islas|Port|Puerto|Porto|Tanjung|Tg\.?|Cape|Ras)\s+)?$",
    re.IGNORECASE,
)
_OFF_HEAD = re.compile(r"(?:['’]s?)?\s+(?:[A-Z][a-z]+\s+|\w{4,9}ern\s+|\w+\s+)?(?:coast|coastline|shores?)\b", re.IGNORECASE)
_OFF_BEFORE = re.compile(
    r"\b(?:off|along|near)\s+(?:the\s+)?(?:(?:\w{4,9}ern|[NSEW]{1,2}|(?:north|south)(?:[\s-]*(?:east|west))?|east|west)\s+)?$",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:near(?:\s+to|by)?|close\s+to|(?:in\s+(?:the\s+)?)?(?:immediate\s+)?vicinity\s+(?:of|off)?|not\s+far\s+from|adjacent\s+to"
    r"|in\s+(?:the\s+)?proximity\s+(?:of|to)|"
    r"on\s+(?:the\s+)?approach(?:es)?\s+to|outside|(?<!international\s)(?<!territorial\s)(?<!national\s)waters\s+(?:around|near))\s+"
    + _OF_WHAT
    + "$",
    re.IGNORECASE,
)
_AT_PART = re.compile(
    r"\b(?:(?:at|in|near|by|on|inside|outside)\s+)?the\s+(?:"
    + _SIDE
    + r"\s+)?(?:entrance|approach(?:es)?|mouth|tip|head|point|edge)\s+(?:to|of)\s+(?:the\s+)?(?:(?:port|island|river|bay|strait"
    r"|gulf)\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:(?:port|island|islands|coast|city)s?\s+of\s+)?(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(
    r"(?:\s+(?:islands?|isles?|port|city))?\s*,?\s+and\s+(?:the\s+)?(?:(?:port|island|islands|coast|city)\s+of\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_FACILITY = re.compile(
    r"(?:['’]s)?\s*(?:\(?[A-Z]\)?\s+|No\.?\s*\d+\s+)?(?:(?:inner|outer|quarantine|bunker(?:ing)?|explosives?|general|main|port|sea|oil"
    r"|eastern|western|northern|southern|east|west|"
    r"north|south|river|sea|secure|crude|product|OTB|STS|OPL|pilot|waiting|designated|tanker|cargo|container|international|SPM|SBM"
    r"|LNG|LPG|loading|inland|working|transhipment|coal|ore|gas|naval|fishing|mooring|data|bay|[A-Z]\d?)\s+)*"
    r"(?:anchorages?|roads?|roadstead|berth|wharf|pier|jetty|terminal"
    r"|sea\s?buoy|buoys?|fairway(?:\s+buoy)?|(?:pilot|signal)\s+(?:boarding\s+)?(?:station|ground|area)|bar|port\s+limits?|breakwater|entrance|approach(?:es)?|estuary|mooring|"
    r"harbou?r|port|waiting\s+area|anch(?:orage)?\.?|OPL|shipyard|docks?|quay)\b",
    re.IGNORECASE,
)
_FACILITY_BEFORE = re.compile(
    r"\b(?:at\s+)?(?:the\s+)?(?:(?:inner|outer)\s+)?(?:anchorage|roads|port|harbou?r|anchor(?:ed|ing)?|berth(?:ed)?|moored(?:\s+to\s+(?:an?\s+|the\s+)?buoy)?"
    r"|at\s+anchor|alongside|docked)\s+(?:area\s+)?(?:of|at|off|in)\s+(?:the\s+)?(?:port\s+of\s+)?$"
    r"|\b(?:at|in|while|when)\s+(?:the\s+|(?:inner|outer)\s+|at\s+)*(?:anchorage|roads|port|berth|anchor|anchored|berthed|moored|docked)\s*,\s*$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:the\s+)?(?P<wind>(?:north|south)(?:[\s-]*(?:east|west))?(?:ern)?|(?:east"
    r"|west)(?:ern)?)(?:most)?\s+(?:part\s+of\s+(?:the\s+)?|half\s+of\s+(?:the\s+)?|end\s+of\s+(?:the\s+)?|"
    r"reaches\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_GOING = (
    r"(?:en[\s-]?route|in\s+route|underway|bound|head(?:ing|ed)|proceed(?:ed|ing|s)?|sail(?:ed|ing|s)?|steam(?:ed|ing)|voyage|passage"
    r"|transit(?:ing|ed)?|destined|destination|course|travell?(?:ed|ing)|divert(?:ed|ing)|escort(?:ed|ing)?|tow(?:ed|ing)?|taken"
    r"|continu(?:ed|ing)|return(?:ed|ing|s)?"
    r"|on\s+(?:its|her|the|their)\s+way|depart(?:ed|ing|ure)|left|leaving|mov(?:ed|ing)|transferred|brought|shift(?:ed|ing)"
    r"|carrying|trip|route"
    r"|coming|arrived|escap(?:ed|ing)|fled|cargo|trading|going|towards?|moving)"
)
_PORT_OF = r"(?:the\s+)?(?:(?:ports?|harbou?r|city|island|anchorage)\s+of\s+)?(?:the\s+)?"
_ON = r"(?:\s+(?!and\b|when\b|while\b|where\b|off\b|near\b)[\w’'()-]+,?){0,9}?\s+"
_WENT = re.compile(rf"\b{_GOING}\b{_ON}(?:to|for|towards?|into)\b", re.IGNORECASE)
_TO = re.compile(
    rf"\b{_GOING}\b{_ON}(?:to|for|towards?|into|via)\s+{_PORT_OF}$|\ben\s?route\s+{_PORT_OF}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"(?:\b{_GOING}\b{_ON}(?:from|out\s+of)|\b(?:departed|left|leaving|sailed|having\s+left)|\bon\s+departure\s+from"
    rf"|\blast\s+port(?:\s+of\s+call)?(?:\s+(?:was|being))?)[:\s]+{_PORT_OF}$",
    re.IGNORECASE,
)
_NEXT_PORT = re.compile(rf"\b(?:next\s+port(?:\s+of\s+call)?|destination|eta)(?:\s+(?:was|is|being))?[:\s]+{_PORT_OF}$", re.IGNORECASE)
_ONWARD = re.compile(rf"(?:\s*,[^.;]{{0,40}})?\s+(?:and\s+(?:bound|heading|headed)\s+)?(?:to|for|towards?)\s+{_PORT_OF}$", re.IGNORECASE)
_WAY = re.compile(
    rf"\b(?:from|of|departed|left|leaving|sailed|port|call|was|is|being|to|for|towards?|into|via|route|destination|eta)[:\s]+{_PORT_OF}$",
    re.IGNORECASE,
)
"""How the words of any way end: soon asked, and most names follow others."""
_WAY_CHARACTERS = 60
_REPORTED_BEFORE = re.compile(
    r"\b(?:reporting|rescue|co-?ordination|security|information|command|operations?|fusion)\s+cent(?:re"
    r"|er)s?(?:\s*\(\w+\))?,?\s+(?:(?:in|at|of)\s+)?(?:the\s+)?$"
    r"|\b(?:MRCC|JRCC|RCC|MRSC|PRC|IMB|UKMTO|VTS|VTIS|IFC|embassy|consulate|hospitals?|court|prison)\s+(?:in\s+|at\s+)?$"
    r"|\b(?:according\s+to|informed|notified|contacted|alerted|called)\s+(?:the\s+)?$|\breported\s+to\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_REPORTED_AFTER = re.compile(
    r"(?:['’]s?)?\s+(?:(?:[Pp]ort|[Mm]arine|[Mm]aritime|[Ww]ater|[Cc]oast|[Rr]adio|[Ss]ignal)\s+)?"
    r"(?:VTS|VTIS|VTMS|MRCC|JRCC|RCC|MRSC|[Cc]ontrol\b|[Aa]uthorit|[Pp]olice|[Nn]avy|[Nn]avies|[Cc]oast\s?[Gg]uard|[Rr]adio\b"
    r"|PAKSPMM|POCC|MPA\b"
    r"|[Ss]ignal\s+[Ss]tation\s+(?:was|were|did))|[\s-]+(?:[Bb]ased|BASED)\b",
)
_WATERS = re.compile(r"(?:['’]s?)?\s+(?:coastal\s+)?waters\b")
_BEFORE_CHARACTERS = 140
# Most names stand without a relation: one look for its little words spares the long patterns.
_ANY = re.compile(
    r"\b(?:off?|from|near\w*|close|vicinity|proximity|adjacent|outside|offshore|shore|waters|approach\w*|anchor\w*|roads|port|harbou?r|berth\w*"
    r"|moored|to|distance|(?:[NSEW]{1,3}|\w*(?:north|south|east|west))(?=\s$))\b",
    re.IGNORECASE,
)
_ANY_UNIT = re.compile(r"mi|nm|n\.\s?m|km|naut|met|cable|yard|\dm?\s", re.IGNORECASE)


def before(text: str, start: int, *, maritime: bool) -> Offset | None:
    """Read the relation that ends where a name starts, or null.

    >>> o = before("hit 45 nautical miles northwest of Aruba", 35, maritime=True)
    >>> o.method, round(o.distance_low_km), o.bearing_deg
    ('bearing_offset', 83, 315.0)
    """
    left = max(0, start - _BEFORE_CHARACTERS)
    found = _relation(text[left:start], maritime=maritime)
    if found is None:
        return None
    offset, begin = found
    return Offset(left + begin, start, text[left + begin : start], *offset)


_Reading = tuple[tuple["Method", float | None, float | None, float | None, float | None, bool], int]
"""Method, low, high, bearing, half width, seaward; and where the words of it start."""


@lru_cache(maxsize=4096)
def _relation(words: str, *, maritime: bool) -> _Reading | None:
    """Give the most exact relation that some words end with; it is asked of a name when it is judged and when it is placed."""
    return next(_readings(words, maritime=maritime), None) if _ANY.search(words) else None


def after(text: str, start: int, end: int, *, demonym: bool = False) -> Offset | None:
    """Read the relation that the words after a name make: "off X's coast", "X anchorage", "Venezuelan waters".

    >>> after("at Lagos anchorage", 3, 8).method
    'facility'
    """
    tail = text[end : end + 80]
    if (head := _OFF_HEAD.match(tail)) and (off := _OFF_BEFORE.search(text[max(0, start - 40) : start])):
        begin = max(0, start - 40) + off.start()
        return Offset(begin, end + head.end(), text[begin : end + head.end()], "off_coast", 0.0, settings.OFF_COAST_KM, seaward=True)
    if waters := _WATERS.match(tail):
        return Offset(start, end + waters.end(), text[start : end + waters.end()], "off_coast", 0.0, settings.OFF_COAST_KM, seaward=True)
    if not demonym and (found := _FACILITY.match(tail)):
        return Offset(end, end + found.end(), text[end : end + found.end()], "facility", 0.0, settings.ANCHORAGE_RADIUS_KM, seaward=True)
    return None


def facility(text: str, start: int, words: str) -> Offset | None:
    """Read the name of an anchorage, a berth or a terminal that starts somewhere: "Deep Water Anchorage".

    >>> facility("at Long Jetty, Aruba", 3, "Long Jetty").method
    'facility'
    """
    if not re.search(rf"{_FACILITY.pattern}\W*$", " " + words, re.IGNORECASE):
        return None
    return Offset(start, start + len(words), text[start : start + len(words)], "facility", 0.0, settings.ANCHORAGE_RADIUS_KM, seaward=True)


def vague(offset: Offset, *, maritime: bool) -> Offset:
    """Loosen a relation whose own anchor is unknown: it holds about as well for the known place that the anchor lies in."""
    reach = (offset.distance_high_km or 0.0) + settings.UNKNOWN_ANCHOR_KM
    loose = replace(offset, method="near", distance_low_km=0.0, distance_high_km=reach)
    return replace(loose, bearing_deg=None, half_width_deg=None, seaward=maritime)


def between(text: str, first: tuple[int, int], second: tuple[int, int]) -> Offset | None:
    """Read "between X and Y" from two names that follow each other.

    >>> between("seized between Aruba and Curacao", (15, 20), (25, 32)).method
    'between'
    """
    left = max(0, first[0] - 40)
    found = _BETWEEN.search(text[left : first[0]])
    if not found or not _AND.fullmatch(text[first[1] : second[0]]):
        return None
    start = left + found.start()
    return Offset(start, second[1], text[start : second[1]], "between")


def way(text: str, first: tuple[int, int], second: tuple[int, int] | None) -> tuple[Offset, bool] | None:
    """Read the way of a voyage: "en route from X to Y", "bound for X", "left X"; true when the second name ends it.

    >>> way("en route from Aruba to Curacao", (14, 19), (23, 30))[1]
    True
    """
    if not _WAY.search(text, max(0, first[0] - _WAY_CHARACTERS), first[0]):
        return None
    left = max(0, first[0] - _BEFORE_CHARACTERS)
    words = re.split(r"[.;:](?=\s)", text[left : first[0]])[-1]
    left = first[0] - len(words)
    found = _FROM.search(words)
    both = bool(second and (found or re.search(rf"\bfrom\s+{_PORT_OF}$", words)) and _ONWARD.fullmatch(text[first[1] : second[0]]))
    if both and second:
        start = left + (found.start() if found else words.rfind("from"))
        return Offset(start, second[1], text[start : second[1]], "line"), True
    found = found or _TO.search(words) or _NEXT_PORT.search(words)
    if not found:
        return None
    return Offset(left + found.start(), first[0], text[left + found.start() : first[0]], "line"), False


def told(text: str, start: int, end: int) -> bool:
    """Say whether a name is that of somebody who was told or reports: "the rescue centre in X", "X port control".

    >>> told("Master informed Lagos port control.", 16, 21)
    True
    """
    return bool(_REPORTED_BEFORE.search(text[max(0, start - 60) : start]) or _REPORTED_AFTER.match(text[end : end + 40]))


def going(text: str, start: int) -> bool:
    """Say whether the sentence up to a place tells where something went: "the tanker was taken to an anchorage off X".

    >>> going("It was hit. The tanker was taken to anchorage off Aruba.", 50), going("The tanker was hit off Aruba.", 23)
    (True, False)
    """
    words = re.split(r"[.;:](?=\s)", text[max(0, start - _BEFORE_CHARACTERS) : start])[-1]
    return _WENT.search(words) is not None


def part(text: str, start: int) -> Offset | None:
    """Read the part of an area that a name is said with: "the southern Red Sea", "northern part of X".

    >>> part("in the southern Red Sea", 16).bearing_deg
    180.0
    """
    left = max(0, start - 40)
    found = _PART.search(text[left:start])
    if not found:
        return None
    begin = left + found.start("wind")
    return Offset(begin, start, text[begin:start], "region_polygon", bearing_deg=_bearing(found["wind"]))


def _readings(words: str, *, maritime: bool) -> Iterator[_Reading]:
    """Yield the relations that some words end with, the most exact first."""
    counted = _ANY_UNIT.search(words) is not None
    m = (_BEARING.search(words) or _BEARING_BEHIND.search(words)) if counted else None
    if m and float(m["bearing"]) <= _FULL_CIRCLE and _unit(m["unit"], maritime=maritime):
        low, high = _distance(m, maritime=maritime)
        yield ("bearing_offset", low, high, float(m["bearing"]) % 360, settings.OFFSET_BEARING_DEG_16_WINDS, False), m.start()
    if counted and (m := _DISTANCE.search(words)) and _unit(m["unit"], maritime=maritime) is not None:
        low, high = _distance(m, maritime=maritime)
        wind = m["wind"]
        if wind is None and (most := _AT_MOST.search(words, 0, m.start("lead"))):
            yield ("near", 0.0, high, None, None, maritime), most.start()
        width = None if wind is None else _half_width(wind)
        method: Method = "distance_only" if wind is None else "bearing_offset"
        yield (method, low, high, _side(m) if wind is None else _bearing(wind), width, wind is None), m.start()
    if m := _DIRECTION.search(words):
        yield ("direction_only", 0.0, settings.DIRECTION_ONLY_KM, _bearing(m["wind"]), _half_width(m["wind"]), False), m.start()
    if m := _OFF.search(words):
        yield ("off_coast", 0.0, settings.OFF_COAST_KM, _side(m), None, True), m.start()
    if m := _NEAR.search(words) or _AT_PART.search(words):
        yield ("near", 0.0, settings.NEAR_KM, _side(m), None, False), m.start()
    if m := _FACILITY_BEFORE.search(words):
        yield ("facility", 0.0, settings.ANCHORAGE_RADIUS_KM, None, None, True), m.start()


def _side(found: re.Match[str]) -> float | None:
    """Give the bearing of the side of a place that is named: "off the northern tip of X"."""
    return _bearing(found["side"]) if found["side"] else None


def _bearing(wind: str) -> float:
    """Give the bearing of a wind as written: "NNW", "north-west", "southeasterly".

    >>> _bearing("NNW"), _bearing("north westerly"), _bearing("S."), _bearing("north by west")
    (337.5, 315.0, 180.0, 348.75)
    """
    if point := re.fullmatch(r"(.+?)\s*(?:x|by)\s*(\w+)", wind.lower().strip(". ")):
        first, second = _bearing(point[1]), _bearing(point[2])
        # A point of the compass: an eighth of a right angle from the first wind towards the second.
        return (first + math.copysign(11.25, (second - first + 180) % 360 - 180)) % 360
    plain = re.sub(r"[^a-z]", "", re.sub(r"['’]ly$", "", wind.lower()))
    names = [_LETTERS[letter] for letter in plain] if len(plain) <= 3 else re.findall("north|south|east|west", plain)
    name = names[0] + "-" + "".join(names[1:]) if len(names) == 3 else "".join(names)
    return WINDS.get(name, WINDS.get(names[0], 0.0))


def _half_width(wind: str) -> float:
    """Give the half width of the sector: a wind between the main eight is a finer statement."""
    return settings.OFFSET_BEARING_DEG_8_WINDS if _bearing(wind) % 45 == 0 else settings.OFFSET_BEARING_DEG_16_WINDS


def _unit(unit: str, *, maritime: bool) -> tuple[float, float] | None:
    """Give the km of a unit as (low, high), or null when it is none ("m" is a mile only in a maritime message)."""
    plain = re.sub(r"[\s.-]", "", unit.lower())
    for start, name in _UNIT_STARTS.items():
        if plain.startswith(start):
            return _UNITS[name]
    if plain.startswith("m") and not plain.startswith("met"):
        if plain == "m" and not maritime:
            return None
        return _UNITS["nautical"] if maritime else _UNITS["mile"]
    return _UNITS["m"] if plain.startswith("met") else _UNITS["km"]


def _distance(found: re.Match[str], *, maritime: bool) -> tuple[float, float]:
    """Give the distance of a match as a range in km."""
    low, high = _unit(found["unit"], maritime=maritime) or (0.0, 0.0)
    first = _number(found["number"])
    last = _number(found["upper"]) if found["upper"] else first
    return first * low, max(first, last) * high


def _number(words: str) -> float:
    """Read a number in digits or words.

    >>> _number("12.5"), _number("1,140"), _number("7,5"), _number("two hundred and ten"), _number("two and a half")
    (12.5, 1140.0, 7.5, 210.0, 2.5)
    """
    if words[0].isdigit():
        return float(re.sub(r",(?=\d{3}(?!\d))", "", words).replace(",", ".", 1).replace(",", "").rstrip("."))
    total = part = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        value = _WORDS.get(word, 0.0)
        if word == "thousand":
            total, part = total + max(part, 1.0) * value, 0.0
        elif word in _MULTIPLIERS:
            part = max(part, 1.0) * value
        elif word == "half" or not (word in {"a", "an"} and part):
            part += value
    return total + part
