"""Read relations to a place in running text: "45 nm northwest of X", "off X", "near X", "between X and Y", "X anchorage".

Each rule looks at the words before or after a name. Distances become a range in km, because a bare "mile" is nautical in maritime
messages and unresolved elsewhere; bearings are from true north, clockwise.
"""

from __future__ import annotations

import re
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
_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "dozen": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "several": 5,
    "half": 0.5,
}
_UNITS = {
    "nautical": (settings.KM_PER_NM, settings.KM_PER_NM),
    "km": (1.0, 1.0),
    "mile": (settings.KM_PER_STATUTE_MILE, settings.KM_PER_NM),
    "m": (0.001, 0.001),
}

_WIND = (
    r"(?:(?:due\s+)?(?P<wind>(?:north|south)(?:[\s-]*(?:north|south))?[\s-]*(?:east|west)(?:erly|ern)?|(?:east|west)[\s-]*(?:north"
    r"|south)[\s-]*(?:east|west)"
    r"|(?:north|south|east|west)(?:erly|wards?)?|[NS]{1,2}[EW]|[EW][NS][EW]|[NSEW](?=[\s.])\.?))"
)
_NUMBER = rf"(?P<number>\d[\d,]*(?:\.\d+)?|(?:{'|'.join(_WORDS)})(?:[\s-]+(?:{'|'.join(_WORDS)}))*)"
_RANGE = rf"{_NUMBER}(?:\s*(?:-|–|to|or)\s*(?P<upper>\d[\d,]*(?:\.\d+)?|(?:{'|'.join(_WORDS)})))?"
_UNIT = (
    r"(?P<unit>n\.?\s?m\.?i?s?\b\.?|nautical[\s-]+miles?|naut\.?\s+miles?|nautical|miles?|mi\b\.?|m(?=\s)|"
    r"kilomet(?:re|er)s?|kms?\b\.?|met(?:re|er)s?)"
)
_LINK = r"(?:\s*(?:just|well|away|out|directly|to\s+the|to|in\s+the|from\s+the)\s+)*"
_OF_WHAT = (
    r"(?:the\s+)?(?:[Oo]ffshore\s+)?(?:(?:entrance|approaches|mouth|port|harbou?r|coast(?:line)?|coastal\s+(?:town|city|area)s?|shores?"
    r"|island|islands|isle|town|city|village|tip|"
    r"(?:north|south|east|west)\w*\s+(?:coast|tip|shore|end|part)|capital(?:\s+city)?|state|province|peninsula|shore|beach)\s+(?:of"
    r"|off)\s+)*(?:the\s+)?"
    r"(?:(?:Pulau|Palau|Isla|Islas|Île|Ile|Port|Puerto|Porto|Tanjung|Tg\.?|Cape|Ras|Mui|Hon|Kepulauan|P\.)\s+)?"
)
_ABOUT = (
    r"(?:(?:about|approximately|approx\.?|around|some|roughly|nearly|almost|over|more\s+than|less\s+than|just\s+over|an?\s+estimated)\s+)?"
)

_DISTANCE = re.compile(
    rf"{_ABOUT}(?<![\w.])(?P<lead>(?:{_RANGE})[\s-]*{_UNIT}(?:s\b)?\s*,?)(?:{_LINK}{_WIND})?\s*(?:from|of|off|outside|away\s+from"
    rf"|offshore(?:\s+(?:of|from))?)\s+{_OF_WHAT}$",
    re.IGNORECASE,
)
_BEARING = re.compile(
    rf"(?P<bearing>\d{{1,3}}(?:\.\d+)?)\s*(?:°|º|deg(?:rees?)?\b\.?)\s*(?:T\b|true)?\s*(?:[,/]|and|at"
    rf"|by)?\s*{_RANGE}\s*{_UNIT}\s*(?:from|of|off)\s+{_OF_WHAT}$",
    re.IGNORECASE,
)
_DIRECTION = re.compile(rf"\b(?:to\s+the\s+|just\s+)?{_WIND}\s+(?:of|from)\s+{_OF_WHAT}$", re.IGNORECASE)
_OFF = re.compile(
    r"\b(?:(?:just|lying|(?<!international\s)(?<!territorial\s)(?<!national\s)waters?)\s+)?(?:off(?:\s+of|shore(?:\s+(?:of|from))?)?|in\s+(?:the\s+)?(?:coastal\s+)?waters\s+(?:off|of"
    r"|around|near))\s+"
    r"(?:the\s+)?(?:(?:\w+\s+)?(?:coast|coastline|shores?|tip|waters)\s+(?:of|off)\s+)?(?:the\s+)?(?:\w{4,9}ern\s+)?$",
    re.IGNORECASE,
)
_OFF_HEAD = re.compile(r"(?:['’]s?)?\s+(?:[A-Z][a-z]+\s+|\w{4,9}ern\s+|\w+\s+)?(?:coast|coastline|shores?)\b")
_NEAR = re.compile(
    r"\b(?:near(?:\s+to|by)?|close\s+to|(?:in\s+(?:the\s+)?)?(?:immediate\s+)?vicinity\s+(?:of|off)?|not\s+far\s+from|adjacent\s+to"
    r"|in\s+(?:the\s+)?proximity\s+(?:of|to)|"
    r"on\s+(?:the\s+)?approach(?:es)?\s+to|outside|(?<!international\s)(?<!territorial\s)(?<!national\s)waters\s+(?:around|near))\s+"
    + _OF_WHAT
    + "$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:(?:port|island|islands|coast|city)s?\s+of\s+)?(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s+and\s+(?:the\s+)?(?:(?:port|island|islands|coast|city)\s+of\s+)?(?:the\s+)?", re.IGNORECASE)
_FACILITY = re.compile(
    r"(?:['’]s)?\s*(?:\(?[A-Z]\)?\s+|No\.?\s*\d+\s+)?(?:(?:inner|outer|quarantine|bunker(?:ing)?|explosives?|general|main|port|sea|oil"
    r"|eastern|western|northern|southern|east|west|"
    r"north|south|OTB|STS|OPL|pilot|waiting|designated|tanker|cargo|container|international|SPM|SBM|LNG|LPG|loading|[A-Z]\d?)\s+)*(?:anchorages?|roads?|roadstead|berth|wharf|pier|jetty|terminal"
    r"|buoy|fairway(?:\s+buoy)?|pilot\s+station|port\s+limits|"
    r"harbou?r|port|waiting\s+area|anch(?:orage)?\.?|OPL|shipyard|docks?|quay)\b",
    re.IGNORECASE,
)
_FACILITY_BEFORE = re.compile(
    r"\b(?:at\s+)?(?:the\s+)?(?:(?:inner|outer)\s+)?(?:anchorage|roads|port|harbou?r|anchor(?:ed|ing)?|berth(?:ed)?|moored"
    r"|at\s+anchor)\s+(?:area\s+)?(?:of|at|off|in)\s+(?:the\s+)?(?:port\s+of\s+)?$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:the\s+)?(?P<wind>(?:north|south)(?:[\s-]*(?:east|west))?(?:ern)?|(?:east"
    r"|west)(?:ern)?)(?:most)?\s+(?:part\s+of\s+(?:the\s+)?|half\s+of\s+(?:the\s+)?|end\s+of\s+(?:the\s+)?|"
    r"reaches\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_WATERS = re.compile(r"(?:['’]s?)?\s+(?:coastal\s+)?waters\b")
_BEFORE_CHARACTERS = 140


def before(text: str, start: int, *, maritime: bool) -> Offset | None:
    """Read the relation that ends where a name starts, or null.

    >>> o = before("hit 45 nautical miles northwest of Aruba", 35, maritime=True)
    >>> o.method, round(o.distance_low_km), o.bearing_deg
    ('bearing_offset', 83, 315.0)
    """
    left = max(0, start - _BEFORE_CHARACTERS)
    words = text[left:start]
    for found in _readings(words, maritime=maritime):
        offset, begin = found
        return Offset(left + begin, start, text[left + begin : start], *offset)
    return None


def after(text: str, start: int, end: int, *, demonym: bool = False) -> Offset | None:
    """Read the relation that the words after a name make: "off X's coast", "X anchorage", "Venezuelan waters".

    >>> after("at Lagos anchorage", 3, 8).method
    'facility'
    """
    tail = text[end : end + 80]
    if (head := _OFF_HEAD.match(tail)) and (
        off := re.search(r"\b(?:off|along|near)\s+(?:the\s+)?(?:\w{4,9}ern\s+)?$", text[max(0, start - 40) : start], re.IGNORECASE)
    ):
        begin = max(0, start - 40) + off.start()
        return Offset(begin, end + head.end(), text[begin : end + head.end()], "off_coast", 0.0, settings.OFF_COAST_KM, seaward=True)
    if waters := _WATERS.match(tail):
        return Offset(start, end + waters.end(), text[start : end + waters.end()], "off_coast", 0.0, settings.OFF_COAST_KM, seaward=True)
    if not demonym and (found := _FACILITY.match(tail)):
        return Offset(end, end + found.end(), text[end : end + found.end()], "facility", 0.0, settings.ANCHORAGE_RADIUS_KM, seaward=True)
    return None


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


def _readings(
    words: str, *, maritime: bool
) -> Iterator[tuple[tuple[Method, float | None, float | None, float | None, float | None, bool], int]]:
    """Yield (method, low, high, bearing, half width, seaward) and where the words of it start, the most exact first."""
    if m := _BEARING.search(words):
        low, high = _distance(m, maritime=maritime)
        yield ("bearing_offset", low, high, float(m["bearing"]) % 360, settings.OFFSET_BEARING_DEG_16_WINDS, False), m.start()
    if (m := _DISTANCE.search(words)) and _unit(m["unit"], maritime=maritime) is not None:
        low, high = _distance(m, maritime=maritime)
        wind = m["wind"]
        width = None if wind is None else _half_width(wind)
        method: Method = "distance_only" if wind is None else "bearing_offset"
        yield (method, low, high, None if wind is None else _bearing(wind), width, wind is None), m.start()
    if m := _DIRECTION.search(words):
        yield ("direction_only", 0.0, settings.DIRECTION_ONLY_KM, _bearing(m["wind"]), _half_width(m["wind"]), False), m.start()
    if m := _OFF.search(words):
        yield ("off_coast", 0.0, settings.OFF_COAST_KM, None, None, True), m.start()
    if m := _NEAR.search(words):
        yield ("near", 0.0, settings.NEAR_KM, None, None, False), m.start()
    if m := _FACILITY_BEFORE.search(words):
        yield ("facility", 0.0, settings.ANCHORAGE_RADIUS_KM, None, None, True), m.start()


def _bearing(wind: str) -> float:
    """Give the bearing of a wind as written: "NNW", "north-west", "southeasterly".

    >>> _bearing("NNW"), _bearing("north westerly"), _bearing("S.")
    (337.5, 315.0, 180.0)
    """
    plain = re.sub(r"[^a-z]", "", wind.lower())
    names = [_LETTERS[letter] for letter in plain] if len(plain) <= 3 else re.findall("north|south|east|west", plain)
    name = names[0] + "-" + "".join(names[1:]) if len(names) == 3 else "".join(names)
    return WINDS.get(name, WINDS.get(names[0], 0.0))


def _half_width(wind: str) -> float:
    """Give the half width of the sector: a wind between the main eight is a finer statement."""
    return settings.OFFSET_BEARING_DEG_8_WINDS if _bearing(wind) % 45 == 0 else settings.OFFSET_BEARING_DEG_16_WINDS


def _unit(unit: str, *, maritime: bool) -> tuple[float, float] | None:
    """Give the km of a unit as (low, high), or null when it is none ("m" is a mile only in a maritime message)."""
    plain = re.sub(r"[\s.-]", "", unit.lower())
    if plain.startswith(("nm", "naut")):
        return _UNITS["nautical"]
    if plain.startswith(("mi", "m")) and not plain.startswith("met"):
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
    """Read a number in digits or simple words: "12.5", "twenty five", "two hundred"."""
    if words[0].isdigit():
        return float(words.replace(",", "").rstrip("."))
    total = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        value = _WORDS[word]
        total = max(total, 1.0) * value if word in {"hundred", "dozen"} else total + value
    return total
