"""Find coordinates written in running text, in every notation that real messages use.

One grammar for `12-30.5N 071-20.3W`, `12:30.5N - 071:20.3W`, `12° 30' 15" N, 70° 1' W`, `1230N 07001W`, `N12 30.5 W071 20.3`,
`Lat 12 30 N Long 70 01 W`, "12 degrees 30 minutes north ...", decimal pairs and MGRS. What looks wrong is flagged, never repaired.
Positions are WGS84; the uncertainty is one unit of the last digit written, because rounding or cutting is not known.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Literal

from geo.errors import CoordinateError
from geo.model import Figure, Position
from geo.settings import KM_PER_NM, KM_PER_STATUTE_MILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNUSABLE_FLAGS = frozenset({"out_of_range", "hemisphere_missing", "minutes_over_59", "seconds_over_59", "longitude_missing"})
"""Flags of a position that must not be drawn: it has no reading that the text supports."""

_METRES_PER_DEGREE = 111_120.0  # sixty nautical miles
_PARTS_PER_DEGREE = (1, 60, 3600)
_MAX_LATITUDE, _MAX_LONGITUDE = 90.0, 180.0
_FULL_CIRCLE_PART = 60

_DASH = r"\-\u2010-\u2015\u2212\u00ad"
_DEGREE = r"(?:[°º˚*]|deg(?:rees?)?\b\.?|grados\b|degrés\b|graus\b)"
_MINUTE = r"(?:['’‘′´`ʹ]|min(?:utes?|utos?)?\b\.?)"
_SECOND = r"(?:[\"”“″]|''|’’|′′|sec(?:onds?)?\b\.?|segundos\b)"
_NUMBER = r"\d{{1,{digits}}}(?:[.,]\d{{1,8}})?"
_TO_MINUTES = rf"(?:\s*(?:{_DEGREE},?|[{_DASH}:])\s*(?:and\s+)?|\s+(?!\d\d?[{_DASH}:]\d))"
_TO_SECONDS = rf"(?:\s*(?:{_MINUTE}|[{_DASH}:])\s*(?:and\s+)?|\.(?=\d\d?(?:\.\d)?\s?[NSEW])|\s+)"
_TAIL = rf"\s*(?:{_DEGREE}|{_SECOND}|{_MINUTE})?[\s,{_DASH}]{{0,2}}"
_NORTH_SOUTH = r"(?:[NS](?:orth|outh|ORTH|OUTH)?|north|south|norte|sur|nord|sud|(?<=[\d°º'′\"″])[ns])(?![A-Za-z])"
_EAST_WEST = r"(?:[EWO](?:ast|est|AST|EST)?|east|west|este|oeste|ouest|(?<=[\d°º'′\"″])[ew])(?![A-Za-z])"
_LATITUDE_WORD = r"(?i:\blat(?:itude)?\b\.?\s*[:=]?\s*)?"
_LONGITUDE_WORD = r"(?i:(?:long?(?:gitude)?|lng)\b\.?\s*[:=]?\s*)?"
_BETWEEN = rf"(?i:\s*lat(?:itude)?\b\.?)?[\s,;:/|.&?{_DASH}]{{0,6}}(?:(?:and|by|y|et)\s+)?"
_BEFORE = r"(?<!\d)(?<!\d[.:,-])(?<!\.\.)"


def _angle(name: str, *, digits: int, parts: tuple[int, ...] = (3, 2, 1)) -> str:
    """Write the pattern of an angle of degrees, minutes, seconds: as many `parts` as given, most first."""
    # A ship's or platform's number may stand before a latitude, so three digits count only where a sign ties them to the minutes.
    whole = _NUMBER.format(digits=digits) if digits == 3 else rf"(?:0\d\d|\d{{3}}(?=[°º{_DASH}:.])|\d{{1,2}})(?:[.,]\d{{1,8}})?"
    degrees = f"(?P<{name}d>{whole})"
    minutes = f"{_TO_MINUTES}(?P<{name}m>{_NUMBER.format(digits=2)})"
    seconds = f"{_TO_SECONDS}(?P<{name}s>{_NUMBER.format(digits=2)})"
    if parts == (1,):
        return degrees
    if parts == (2,):
        return degrees + minutes
    return degrees + minutes + seconds if parts == (3,) else f"{degrees}(?:{minutes}(?:{seconds})?)?"


_SUFFIXED = re.compile(
    rf"{_LATITUDE_WORD}{_BEFORE}(?<![A-Za-z]){_angle('a', digits=2)}{_TAIL}(?P<ah>{_NORTH_SOUTH}){_BETWEEN}{_LONGITUDE_WORD}"
    rf"{_angle('o', digits=3)}(?:{_TAIL}(?P<oh>{_EAST_WEST}|[NS](?![A-Za-z]))|(?P<open>(?![\d{_DASH}:]|\.\d|\s?[A-Z]\b)))",
)
_LONGITUDE_FIRST = re.compile(
    rf"{_LONGITUDE_WORD}{_BEFORE}(?<![A-Za-z]){_angle('o', digits=3)}{_TAIL}(?P<oh>{_EAST_WEST})"
    rf"(?i:[\s,;:/|{_DASH}]{{0,4}}(?:(?:and|by)\s+)?){_LATITUDE_WORD}{_angle('a', digits=2)}{_TAIL}(?P<ah>{_NORTH_SOUTH})",
)
_AFTER_LATITUDE = re.compile(rf"(?:[NS]|orth|outh)[\s,;:/|.{_DASH}]*$")
_PREFIXED = tuple(
    re.compile(
        rf"(?<![A-Za-z\d])(?P<ah>[NS])[\s.:]{{0,2}}{_angle('a', digits=2, parts=parts)}{_TAIL}{_BETWEEN}{_LONGITUDE_WORD}"
        rf"(?P<oh>[EWO])[\s.:]{{0,2}}{_angle('o', digits=3, parts=parts)}(?!\d|\.\d)(?:\s?[\"'°º′″’”])?",
    )
    for parts in ((3,), (2,), (1,))
)
_COMPACT = re.compile(
    rf"(?<![A-Za-z\d.])(?P<a>\d{{4}}(?:\d\d)?(?:\.\d+)?)\s?[{_DASH}]?\s?(?P<ah>[NS])(?![A-Za-z]){_BETWEEN}{_LONGITUDE_WORD}"
    rf"(?P<o>\d{{4,5}}(?:\d\d)?(?:\.\d+)?)\s?[{_DASH}]?\s?(?P<oh>[EWO])(?![A-Za-z])",
)
_SIGNED = rf"(?P<{{name}}>[+{_DASH}]?\d{{{{1,3}}}}(?:\.\d{{{{1,10}}}})?)"
_WORDED = re.compile(
    rf"\blat(?:itude)?\b[\s\"'.:=]{{0,5}}{_SIGNED.format(name='a')}°?[\s,;\"']{{0,6}}(?:and\s+)?"
    rf"(?:long?(?:gitude)?|lng)\b[\s\"'.:=]{{0,5}}{_SIGNED.format(name='o')}(?![\d.]*\d)(?!\s?[NSEW°º'′:{_DASH}\d])°?",
    re.IGNORECASE,
)
_DECIMALS = rf"(?P<{{name}}>[+{_DASH}]?\d{{{{1,3}}}}\.\d{{{{1,10}}}})"
_PAIR = re.compile(
    rf"(?<![\w.,$€£/:{_DASH}])(?<![,;]\s){_DECIMALS.format(name='a')}°?\s{{0,2}}[,;]\s{{0,2}}{_DECIMALS.format(name='o')}°?"
    rf"(?![\w%]|\.\d|\s?(?:%|percent|per cent|million|billion|and\b|,\s?\d|[NSEW]\b))",
)
_PAIR_CUE = re.compile(r"(?:position|posn|coordinates?|coords?|lat\W{0,3}lon\w*|located at|GPS|\()\W{0,4}$", re.IGNORECASE)
# Two stops part degrees, minutes and a third number: seconds, or the decimals of the minutes. Both readings lie within a minute.
_DOTTED = re.compile(
    rf"(?<![\w.])(?P<ad>\d{{1,2}})\.(?P<am>\d\d)\.(?P<as>\d{{1,2}})\s?(?P<ah>[NS])(?![A-Za-z]){_BETWEEN}"
    rf"(?P<od>\d{{1,3}})\.(?P<om>\d\d)\.(?P<os>\d{{1,2}})\s?(?P<oh>[EW])(?![A-Za-z])",
)
_ROW = re.compile(r"(?<![\w.])(?P<a>[+-]?\d{1,2}\.\d{3,10})°?[ \t]*[|\t;,][ \t]*(?P<o>[+-]?\d{1,3}\.\d{3,10})(?![\w%]|\.\d)")
_HEADING = re.compile(r"\blat(?:itude)?\b[^\n]{0,40}\b(?:lon|lng|long|longitude)\b", re.IGNORECASE)
_BOX = re.compile(
    rf"{_BEFORE}(?<![A-Za-z]){_angle('a', digits=2)}{_TAIL}(?P<ah>[NS])\s*(?:and|to|,|[{_DASH}])\s*"
    rf"{_angle('b', digits=2)}{_TAIL}(?P<bh>[NS])[\s,;]*"
    r"(?:(?:and|by|between|from)\s+)*(?i:(?:the\s+)?(?:longitude|meridian)s?\s+(?:of\s+)?)?"
    rf"{_angle('o', digits=3)}{_TAIL}(?P<oh>[EW])\s*(?:and|to|,|[{_DASH}])\s*{_angle('p', digits=3)}{_TAIL}(?P<ph>[EW])(?![A-Za-z])",
)
_HALF = re.compile(
    rf"(?:(?i:\blat(?:itude)?\b\.?\s*[:=]?\s*)|\b(?i:posn?|position)\b\W{{0,3}}|\b(?i:at|in|near)\s+(?=\d\d?[°º{_DASH}:]\d\d))"
    rf"{_angle('a', digits=2)}{_TAIL}(?P<ah>[NS])(?![A-Za-z])"
)
_MISREAD = re.compile(
    rf"(?<![A-Za-z\d])(?=[\dOoIl.:°º{_DASH}]{{0,9}}[OoIl])[\dOoIl]{{1,3}}[:°º{_DASH}][\dOoIl]{{1,2}}(?:[.,][\dOoIl]{{1,3}})?"
    r"(?=\s?[NSEW](?![a-z]))"
)
_DIGITS = str.maketrans("OoIl", "0011")
_SPACED = re.compile(
    rf"(?<![\w.,])(?P<degrees>\d{{1,3}})[ ]{{1,2}}(?P<dash>[{_DASH}:])[ ]{{1,2}}(?P<minutes>\d{{2}})"
    rf"(?:[ ]{{1,2}}(?P<dot>[.,])[ ]{{1,2}}(?P<rest>\d{{1,3}}))?(?=\s?[NSEW](?![A-Za-z]))"
)
"""An angle whose characters a scan has set apart: "12 - 30 . 5 N"."""
_BARE = re.compile(rf"\s*(?P<a>[+{_DASH}]?\d{{1,3}}(?:\.\d+)?)°?[\s,;]+(?P<o>[+{_DASH}]?\d{{1,3}}(?:\.\d+)?)°?\s*")
_MGRS = re.compile(
    r"\b(?P<zone>\d{1,2})(?P<band>[C-HJ-NP-X])\s?(?P<column>[A-HJ-NP-Z])(?P<row>[A-HJ-NP-V])\s?"
    r"(?P<digits>\d{2,5}\s\d{2,5}|\d{4,10})\b"
)


_LEAD_CHARACTERS, _CORNERS = 60, 3
_LISTED = re.compile(r"[\s,;:.\-–]*(?:(?:and|to|thence|then|also|TO|AND|THENCE)\b)?[\s,;:]*(?:[A-Z]\.|\d\.|\([a-z\d]\))?\s*")
_AREA_LEAD = re.compile(
    r"\bareas?\s+(?:of\s+\w+\s+)?(?:bound(?:ed)?|enclosed|delimited|formed)\s+by\b[^\d]{0,40}$|\bbounded\s+by\b[^\d]{0,30}$", re.IGNORECASE
)
_TRACK_LEAD = re.compile(
    r"\b(?:along\s+)?(?:track\s?lines?|lines?|route)\s+(?:joining|between|connecting|from)\b[^\d]{0,30}$|\balong\s+(?:track\s?)?lines?\b[^\d]{0,30}$",
    re.IGNORECASE,
)
_CIRCLE_LEAD = re.compile(
    r"\bwithin\s+(?:a\s+radius\s+of\s+)?(?P<number>\d+(?:[.,]\d+)?)[\s-]?(?P<unit>nautical\s+miles?|miles?|NM|nm|km|kilomet(?:re|er)s?|statute\s+miles?)\s+(?:radius\s+)?(?:of|around|from|cent(?:er|re)d\s+(?:on|at|in))\b[^\d]{0,20}$",
    re.IGNORECASE,
)
_UNITS_KM = {"n": KM_PER_NM, "m": KM_PER_NM, "k": 1.0, "s": KM_PER_STATUTE_MILE}
"""Kilometres in a unit by its first letter: nautical miles, miles at sea, kilometres, statute miles."""


def find(text: str) -> tuple[Position, ...]:
    """Find the positions in a text, in order, none overlapping.

    `coordinate_uncertainty_m` is one unit of the last digit written (whole minutes 1,852 m). `flags` say what looks wrong:
    `minutes_over_59`, `seconds_over_59`, `out_of_range`, `hemisphere_missing`, `hemisphere_letter_o`, `letters_read_as_digits`,
    `longitude_missing` (a latitude alone: its longitude is not a number). See `UNUSABLE_FLAGS`.

    >>> [(p.latitude, p.longitude, p.coordinate_uncertainty_m) for p in find("boarded at 12-30N 071-15W, then adrift")]
    [(12.5, -71.25, 1852.0)]
    >>> find("the index rose 2.5, 3.1 and 4.0 per cent")
    ()
    """
    # Notations overlap ("12.5N" reads as decimal and as prefixed), so the earliest and longest reading wins.
    read, misread = _digits(text)
    boxes = [m.span() for m in _BOX.finditer(read)]
    found = sorted((p for p in _all(read) if not _within(boxes, p.start, p.end)), key=lambda p: (p.start, -p.end))
    kept: list[Position] = []
    for position in found:
        if not kept or position.start >= kept[-1].end:
            kept.append(position)
    halves = [h for h in map(_half, _HALF.finditer(read)) if not _within([*boxes, *((p.start, p.end) for p in kept)], h.start, h.end)]
    return tuple(_as_written(text, p, misread) for p in sorted([*kept, *halves], key=lambda p: p.start))


def _digits(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Read letters that a scan puts for digits, O for 0 and l for 1, where the rest is an angle, and angles it sets apart; say where."""
    text = _SPACED.sub(lambda m: "".join(part or "" for part in m.groups()).ljust(len(m.group())), text)
    misread = [m.span() for m in _MISREAD.finditer(text)]
    for start, end in misread:
        text = text[:start] + text[start:end].translate(_DIGITS) + text[end:]
    return text, misread


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Say whether a stretch overlaps one of some spans."""
    return any(first < end and last > start for first, last in spans)


def _as_written(text: str, position: Position, misread: Sequence[tuple[int, int]]) -> Position:
    """Give a position the words of the text, and a flag where a letter was read as a digit."""
    flags = ("letters_read_as_digits",) if _within(misread, position.start, position.end) else ()
    return replace(position, text=text[position.start : position.end], flags=(*position.flags, *flags))


def figures(text: str, found: tuple[Position, ...]) -> tuple[Figure, ...]:
    """Find the shapes that positions make together, as navigational warnings write them.

    "In area bound by" three or more positions is an area, "trackline joining" two or more a track, "within 5 miles of" one a circle
    (miles at sea are nautical). A position without a reading makes no shape.

    >>> text = "HAZARDOUS OPERATIONS WITHIN 5 MILES OF 12-30N 070-10W."
    >>> [(f.kind, f.radius_km) for f in figures(text, find(text))]
    [('circle', 9.26)]

    """
    shapes: list[Figure] = [_box(text, m) for m in _BOX.finditer(_digits(text)[0])]
    for run in _runs(text, found):
        before = text[max(0, run[0].start - _LEAD_CHARACTERS) : run[0].start]
        if any(UNUSABLE_FLAGS & set(p.flags) for p in run):
            continue
        if len(run) >= _CORNERS and (lead := _AREA_LEAD.search(before)):
            shapes.append(_figure(text, "area", run, lead))
        elif len(run) > 1 and (lead := _TRACK_LEAD.search(before)):
            shapes.append(_figure(text, "track", run, lead))
        elif lead := _CIRCLE_LEAD.search(before):
            radius = float(lead["number"].replace(",", ".")) * _UNITS_KM[lead["unit"][0].lower() if lead["unit"] != "NM" else "n"]
            shapes.append(_figure(text, "circle", run[:1], lead, radius_km=round(radius, 3)))
    return tuple(shapes)


def _box(text: str, match: re.Match[str]) -> Figure:
    """Read "between 12-00N and 13-00N and 070-00W and 071-00W": the four corners of a box."""
    values = {name: _value([match[f"{name}{part}"] for part in "dms"]) for name in "abop"}
    sign = {name: -1 if match[f"{name}h"] in "SW" else 1 for name in "abop"}
    unit = max(value[1] for value in values.values())
    flags = [flag for value in values.values() for flag in value[2]]
    corners = [
        _position(match, sign[lat] * values[lat][0], sign[lon] * values[lon][0], unit, "box", flags)
        for lat, lon in (("a", "o"), ("a", "p"), ("b", "p"), ("b", "o"))
    ]
    return Figure(match.start(), match.end(), text[match.start() : match.end()], "area", tuple(corners))


def _figure(
    text: str, kind: Literal["area", "track", "circle"], run: list[Position], lead: re.Match[str], *, radius_km: float | None = None
) -> Figure:
    """Make a figure that spans from its first words to its last position."""
    start = run[0].start - (len(lead.string) - lead.start())
    return Figure(start, run[-1].end, text[start : run[-1].end], kind, tuple(run), radius_km)


def _runs(text: str, found: tuple[Position, ...]) -> Iterator[list[Position]]:
    """Group positions with nothing but list marks between them."""
    run: list[Position] = []
    for position in found:
        if run and not _LISTED.fullmatch(text, run[-1].end, position.start):
            yield run
            run = []
        run.append(position)
    if run:
        yield run


def parse(text: str) -> Position:
    """Read one position, as a person types it.

    Raises
    ------
    CoordinateError
        The text holds no position, several, or one that lies outside -90..90, -180..180.

    >>> parse("12.5N 68.2W").longitude, parse("-12.5 -68.2").latitude
    (-68.2, -12.5)

    """
    bare = _BARE.fullmatch(text)
    found = (_decimal(bare, "decimal_pair"),) if bare else find(text)
    if len(found) != 1:
        count = "no position" if not found else f"{len(found)} positions"
        message = f"{text!r} holds {count}; write one, latitude first, as `12.5N 68.2W` or `12.5, -68.2`"
        raise CoordinateError(message)
    if wrong := sorted(UNUSABLE_FLAGS & set(found[0].flags)):
        reason = wrong[0].replace("_", " ")
        message = f"{text!r} is no place on Earth ({reason}); latitude comes first, within -90..90, then longitude within -180..180"
        raise CoordinateError(message)
    return found[0]


def _all(text: str) -> Iterator[Position]:
    """Give every reading of every notation, overlaps included."""
    for match in _SUFFIXED.finditer(text):
        # A pair without its second letter is only kept where minutes are written: "5 N 12 men" is no position.
        if match["oh"] or (match["am"] and match["om"] and len(match["od"]) == 3):
            yield _sexagesimal(match)
    # In a list of points a longitude is followed by the next point's latitude: that is no pair.
    yield from (
        _sexagesimal(m) for m in _LONGITUDE_FIRST.finditer(text) if not _AFTER_LATITUDE.search(text, max(0, m.start() - 20), m.start())
    )
    for pattern in _PREFIXED:
        yield from (_sexagesimal(match) for match in pattern.finditer(text) if match.groupdict().get("am") or "." in match["ad"])
    yield from (_dotted(match) for match in _DOTTED.finditer(text))
    if _HEADING.search(text):
        yield from (_decimal(match, "decimal_table") for match in _ROW.finditer(text))
    yield from (_compact(match) for match in _COMPACT.finditer(text))
    yield from (_decimal(match, "decimal_words") for match in _WORDED.finditer(text))
    yield from (_decimal(match, "decimal_pair") for match in _PAIR.finditer(text) if _is_pair(text, match))
    yield from (position for match in _MGRS.finditer(text) if (position := _mgrs(match)))


def _sexagesimal(match: re.Match[str]) -> Position:
    """Read degrees, minutes and seconds with hemisphere letters."""
    groups = match.groupdict()
    latitude, lat_unit, lat_flags = _value([groups.get(f"a{part}") for part in "dms"])
    longitude, lon_unit, lon_flags = _value([groups.get(f"o{part}") for part in "dms"])
    flags = [*lat_flags, *lon_flags]
    # A longitude that ends in N or S is a slip of the sender; which letter was meant is not ours to say.
    letter = (groups["oh"] or "").upper()
    if letter[:1] in ("", "N", "S"):
        flags.append("hemisphere_missing")
    if letter == "O":
        flags.append("hemisphere_letter_o")
    notation = ("decimal_degrees", "degrees_minutes", "degrees_minutes_seconds")[2 if groups.get("as") else bool(groups.get("am"))]
    sign_lat = -1 if groups["ah"].upper().startswith("S") else 1
    sign_lon = -1 if letter[:1] == "W" or letter in {"O", "OESTE", "OUEST"} else 1
    return _position(match, sign_lat * latitude, sign_lon * longitude, max(lat_unit, lon_unit), notation, flags)


def _dotted(match: re.Match[str]) -> Position:
    """Read `12.30.15N 071.20.30W`, good to a minute: whether the last number is seconds or decimals is not known."""
    found = _sexagesimal(match)
    return replace(found, coordinate_uncertainty_m=round(_METRES_PER_DEGREE / 60, 1), notation="dotted")


def _half(match: re.Match[str]) -> Position:
    """Read a latitude that no longitude follows: kept and said, never drawn; a longitude that is not written is not a number."""
    latitude, unit, flags = _value([match[f"a{part}"] for part in "dms"])
    sign = -1 if match["ah"] == "S" else 1
    found = _position(match, sign * latitude, 0.0, unit, "half", [*flags, "longitude_missing"])
    return replace(found, longitude=math.nan)


def _value(parts: list[str | None]) -> tuple[float, float, list[str]]:
    """Add up an angle: its value and the unit of its last digit in degrees, and what looks wrong."""
    written = [part.replace(",", ".") for part in parts if part]
    value = sum(float(part) / scale for part, scale in zip(written, _PARTS_PER_DEGREE, strict=False))
    unit = 10.0 ** -len(written[-1].partition(".")[2]) / _PARTS_PER_DEGREE[len(written) - 1]
    names = ("minutes_over_59", "seconds_over_59")
    return value, unit, [name for part, name in zip(written[1:], names, strict=False) if float(part) >= _FULL_CIRCLE_PART]


def _compact(match: re.Match[str]) -> Position:
    """Read `1230N 07001W`: the last two digits are minutes, or minutes and seconds where there are two more."""
    angles = []
    for name, short in (("a", 4), ("o", 5)):
        whole, dot, decimals = match[name].partition(".")
        cuts = (2,) if len(whole) <= short else (4, 2)
        pieces = [whole[: -cuts[0]], *(whole[-cut : len(whole) - cut + 2] for cut in cuts)]
        angles.append(_value([*pieces[:-1], pieces[-1] + dot + decimals]))
    (latitude, lat_unit, lat_flags), (longitude, lon_unit, lon_flags) = angles
    latitude = -latitude if match["ah"] == "S" else latitude
    longitude = -longitude if match["oh"] in "WO" else longitude
    return _position(match, latitude, longitude, max(lat_unit, lon_unit), "compact", lat_flags + lon_flags)


def _decimal(match: re.Match[str], notation: str) -> Position:
    """Read signed decimal degrees, latitude first."""
    numbers = [re.sub(f"[{_DASH}]", "-", match[name]) for name in ("a", "o")]
    # The coarser of the two decides: "12.5, -68.2143" is no better known than its latitude.
    unit = max(10.0 ** -len(number.partition(".")[2]) for number in numbers)
    return _position(match, float(numbers[0]), float(numbers[1]), unit, notation, [])


def _is_pair(text: str, match: re.Match[str]) -> bool:
    """Tell a pair of coordinates from two numbers in a sentence: a sign, many decimals, or a word that says so."""
    latitude, longitude = (match[name].lstrip("+-\u2212\u2010\u2011\u2012\u2013\u2014\u2015") for name in ("a", "o"))
    if float(latitude) > _MAX_LATITUDE or float(longitude) > _MAX_LONGITUDE:
        return False
    signed = not (match["a"][0].isdigit() and match["o"][0].isdigit())
    fine = min(len(number.partition(".")[2]) for number in (latitude, longitude)) >= 3
    return signed or fine or bool(_PAIR_CUE.search(text, max(0, match.start() - 30), match.start()))


def _position(match: re.Match[str], latitude: float, longitude: float, unit_deg: float, notation: str, flags: list[str]) -> Position:
    """Make the noun: span trimmed, range checked, the unit turned into metres."""
    text = match.group().rstrip(" \n\t,-")
    if abs(latitude) > _MAX_LATITUDE or abs(longitude) > _MAX_LONGITUDE:
        flags = [*flags, "out_of_range"]
    return Position(
        start=match.start(),
        end=match.start() + len(text),
        text=text,
        longitude=round(longitude, 8),
        latitude=round(latitude, 8),
        coordinate_uncertainty_m=round(max(unit_deg * _METRES_PER_DEGREE, 0.1), 1),
        notation=notation,
        flags=tuple(dict.fromkeys(flags)),
    )


def _mgrs(match: re.Match[str]) -> Position | None:
    """Read an MGRS reference as the centre of its square; None where no such square exists.

    Letters as in the military grid reference system (NGA.STND.0037): columns in three sets of eight, rows in a cycle of twenty.
    """
    zone, digits = int(match["zone"]), match["digits"]
    halves = digits.split() if " " in digits else [digits[: len(digits) // 2], digits[len(digits) // 2 :]]
    column = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")[(zone - 1) % 3].find(match["column"])
    if not 1 <= zone <= 60 or column < 0 or len(halves[0]) != len(halves[1]):
        return None
    size = 10.0 ** (5 - len(halves[0]))
    easting = (column + 1) * 100_000 + int(halves[0]) * size + size / 2
    row = ("ABCDEFGHJKLMNPQRSTUV".index(match["row"]) - (0 if zone % 2 else 5)) % 20
    northing = row * 100_000 + int(halves[1]) * size + size / 2
    south = -80 + 8 * "CDEFGHJKLMNPQRSTUVWX".index(match["band"])
    for cycle, margin in product(range(6), (0.0, 0.6)):
        longitude, latitude = _from_utm(zone, easting, northing + cycle * 2_000_000, south_half=south < 0)
        # Band edges cut squares, so a square may begin a little below its own band.
        if south - margin <= latitude < south + (12 if match["band"] == "X" else 8) + margin:
            return _position(match, latitude, longitude, size / _METRES_PER_DEGREE, "mgrs", [])
    return None


def _from_utm(zone: int, easting: float, northing: float, *, south_half: bool) -> tuple[float, float]:
    """Turn UTM metres into WGS84 longitude and latitude, degrees."""
    from pyproj import Proj  # noqa: PLC0415 - heavy, and few texts hold a grid reference

    longitude, latitude = Proj(proj="utm", zone=zone, south=south_half, ellps="WGS84")(easting, northing, inverse=True)
    return float(longitude), float(latitude)
