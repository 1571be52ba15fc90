"""Write the patterns of dates: months and weekdays in five languages, and each way to write a day, a period or a time before now.

`dates` reads what they match.
"""

from __future__ import annotations

import itertools
import re

from geo.sieve import sieve

_ENGLISH = "January February March April May June July August September October November December"
_ROMANCE = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
)
_SHORT = {"Sept": 9, "setiembre": 9}
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_ONES = "zero one two three four five six seven eight nine ten eleven twelve"

MONTHS: dict[str, int] = {
    **{name.lower(): i for i, name in enumerate(_ENGLISH.split(), 1)},
    **{name[:3].lower(): i for i, name in enumerate(_ENGLISH.split(), 1)},
    **{name: i for names in _ROMANCE for i, name in enumerate(names.split(), 1)},
    **{name.lower(): i for name, i in _SHORT.items()},
}
WEEKDAYS = {name.lower(): i for i, name in enumerate(_DAYS.split())}
NUMBERS = {**{name: i for i, name in enumerate(_ONES.split())}, "a": 1, "an": 1, "couple of": 2, "a couple of": 2}


def _any(names: list[str]) -> str:
    """Write a pattern of alternatives, the longest of each first letter first: a word is compared with those of its letter alone."""
    ordered = sorted(set(names), key=lambda name: (name[0], -len(name), name))
    letters = itertools.groupby(ordered, key=lambda name: name[0])
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(re.escape(name[1:]) for name in group)})" for letter, group in letters)


# English months need their capital, since "may" and "march" are verbs; the others are written small too. Only short forms take a stop.
_FULL = [form for name in _ENGLISH.split() for form in (name, name.upper())]
_ABBREVIATED = [form for name in (*(n[:3] for n in _ENGLISH.split()), "Sept") for form in (name, name.upper())]
_SMALL = [form for names in (*_ROMANCE, "setiembre") for name in names.split() for form in (name, name.capitalize(), name.upper())]
_MONTH_EN = rf"(?:(?:{_any(_FULL)})\b|(?:{_any(_ABBREVIATED)})\b\.?+)"
_MONTH = rf"(?:(?:{_any(_FULL + _SMALL)})\b|(?:{_any(_ABBREVIATED)})\b\.?)"
_UNSURE = {"may", "march", "mar", "april", "june", "august", "jan", "dec", "sep"}
# These are names or verbs as well, so alone they count only after a word of time.
_SURE_MONTH = rf"(?:{_any([name for name in _FULL + _ABBREVIATED if name.lower() not in _UNSURE])})\b"
_DAY = r"(?:3[01]|[12]\d|[0O]?[1-9])(?:st|nd|rd|th|ST|ND|RD|TH|º|er)?(?!\d|[:.]\d)"
# "26 Dec, 1950 local time" writes an hour, not a year; 1571 is on no clock.
_YEAR = r"(?:(?:1[6-9]|20)\d\d|1[0-5][6-9]\d)(?!\d|,\d|\s*(?:local\s+time|UTC|GMT|LT|hrs?|hours)\b)"
_SHORT_YEAR = r"(?:'|(?<=[\s-]))\d\d(?=\s+(?:at|AT|while|WHILE|in|IN|when)\b|\s*[,.;:)](?!\d)|\s*$)"
_TO = r"\s*(?:[-–—/&]|\b(?i:to|through|thru|until|till|and|or|y|et|e|al|a|au)\b)\s*"
_WEEKDAY = rf"(?:{_any([f for n in _DAYS.split() for f in (n, n.upper())])})"
_NAMED = rf"(?:{_WEEKDAY}|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?),?\s+(?:the\s+)?"
_PART = r"(?P<part>[Ee]arly|EARLY|[Mm]id|MID|[Ll]ate|LATE|(?:[Tt]he\s+)?(?:beginning|start|middle|end)\s+of)[\s\-–]+"
_COUNT = rf"(?P<n>\d{{1,3}}|{_any(list(NUMBERS))}|few|a few|several|some)"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
_HALF_DAY = r"(?:\s+(?:morning|afternoon|evening|night))?"

_LAST_THIS = r"[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast"
_NO_YEAR_BEFORE = r"(?!\s*(?:block|people|troops|men|soldiers|sailors|ships|vessels|nm|miles|km|UTC|GMT|LT|Z\b|hrs|hours|local))"
# Small short months only between a day and an hour or a year: "7 mar at 0512".
_HASTY = rf"(?:{'|'.join(n[:3].lower() for n in _ENGLISH.split())})(?=\s+at\s+\d|\s+(?:19|20)\d\d\b)"
_DAY_MONTH = rf"(?:{_NAMED})?(?P<d>{_DAY})(?:{_TO}(?P<d2>{_DAY}))?[\s.-]*(?:of\s+|de\s+)?(?P<m>{_MONTH}|{_HASTY})"

# One pattern a way of writing; where two match the same words the longer one wins, so their order does not matter.
_PATTERNS: dict[str, str] = {
    "iso": r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T(?P<time>\d\d:?\d\d)(?::?\d\d(?:\.\d+)?)?(?P<z>Z|[+-]00:?00)?)?(?![\d-])",
    "year_first": r"(?P<y>\d{4})(?P<sep>[/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)(?!\d|[/.]\d)",
    "numeric": r"(?P<d>\d\d?)(?P<sep>[./-])(?P<m>\d\d?)(?P=sep)(?P<y>\d{4})(?!\d|[/.]\d)",
    "group": rf"(?P<d>\d\d)(?P<time>\d{{4}})\s?(?P<z>[A-IK-Z]|UTC|GMT|LT)\s?(?P<m>{_MONTH_EN})(?:\s+(?P<y>\d{{4}}|\d\d)(?!\d))?",
    "groups": rf"(?P<d>\d\d)\d{{4}}\s?(?:Z|UTC)(?:\s+(?P<m>{_MONTH_EN})(?:\s+(?P<y>\d{{4}}|\d\d)(?!\d))?)?"
    rf"\s*(?:-|–|(?i:to|thru|until|and))\s*(?P<d2>\d\d)\d{{4}}\s?(?:Z|UTC)\s+(?P<m2>{_MONTH_EN})(?:\s+(?P<y2>\d{{4}}|\d\d)(?!\d))?",
    "compact": rf"(?P<d>\d\d)-?(?P<m>{_any([name.upper() for name in _ABBREVIATED])})-?(?P<y>\d{{4}}|\d\d)",
    "days_months": rf"(?:{_NAMED})?(?P<d>{_DAY})\s+(?:(?:of|de)\s+)?(?P<m>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?{_TO}(?:{_NAMED})?"
    rf"(?P<d2>{_DAY})\s+(?:(?:of|de)\s+)?(?P<m2>{_MONTH})(?:,?\s+(?:(?:of|de)\s+)?(?P<y2>{_YEAR}))?",
    "day_month": rf"{_DAY_MONTH}(?:[,\s-]*(?:de\s+|of\s+)?(?P<y>{_YEAR}|{_SHORT_YEAR}))?",
    "months_days": rf"(?P<m>{_MONTH_EN})\s+(?P<d>{_DAY})(?:,?\s+(?P<y>{_YEAR}))?"
    rf"{_TO}(?P<m2>{_MONTH_EN})\s+(?P<d2>{_DAY})(?:,?\s+(?P<y2>{_YEAR}))?",
    "month_day": rf"(?:{_NAMED})?(?P<m>{_MONTH_EN})\s*(?P<d>{_DAY}(?!\s?(?:nm|nautical|miles?|km|kts|cables?)\b))"
    rf"(?:{_TO}(?P<d2>{_DAY}))?(?:,?\s+(?P<y>{_YEAR}))?",
    "months": rf"(?:{_PART})?(?P<m>{_MONTH})(?:\s+(?P<y>{_YEAR}))?{_TO}"
    rf"(?:{_PART.replace('part', 'part2')})?(?P<m2>{_MONTH})(?:,?\s+(?:de\s+)?(?P<y2>{_YEAR}))?",
    "month_year": rf"(?:{_PART})?(?P<m>{_MONTH})(?:\s+of|\s+de|,)?\s+(?P<y>{_YEAR})",
    "part_month": rf"{_PART}(?:last\s+|this\s+)?(?P<m>{_MONTH})",
    "month_after": r"(?:(?i:in|since|during|until|till|by|from|through|after|before|of)"
    rf"|(?P<turn>{_LAST_THIS}|[Tt]hat))\s+(?P<m>{_MONTH_EN})(?!,?\s+\d)",
    "month": rf"(?P<m>{_SURE_MONTH})(?!,?\s+\d\d?\b)",
    "years": rf"(?i:between|from)\s+(?P<y>{_YEAR})\s+(?:and|to)\s+(?P<y2>{_YEAR})",
    "decade": r"(?i:in|during|since|of)\s+the\s+(?:(?P<part>early|mid|late)[\s-])?(?P<y>(?:1[89]|20)\d0)s",
    "year_of": rf"(?:[Tt]he|[Aa]|[Ii]ts|[Tt]heir)\s+(?P<y>(?:19|20)\d\d)(?=\s+[a-z]{{3}}){_NO_YEAR_BEFORE}",
    "year": rf"(?:(?i:in|since|during|until|by|from|before|after|of)\s+(?:the\s+year\s+)?(?:{_PART})?"
    rf"|{_PART.replace('part', 'part2')})(?P<y>{_YEAR}){_NO_YEAR_BEFORE}",
    "weekdays": rf"(?:(?:(?i:from)\s+)?(?P<w>{_WEEKDAY})\s*(?:-|–|\bto\b|\bthrough\b)\s*"
    rf"|(?i:between)\s+(?P<w2>{_WEEKDAY})\s+and\s+)(?P<w3>{_WEEKDAY})",
    "weekday": rf"(?:(?P<turn>{_LAST_THIS}|[Cc]oming)\s+)?(?P<w>{_WEEKDAY}){_HALF_DAY}",
    "spoken": r"(?i:(?P<word>the day before yesterday|(?:earlier\s+)?today|yesterday|tomorrow|tonight|last night|overnight"
    rf"|this\s+(?:morning|afternoon|evening))){_HALF_DAY}",
    "turn": r"(?i:(?:(?:earlier|later)\s+)?(?P<turn>last|this|next|past)\s+(?P<unit>week(?:end)?|month|year))(?!s)",
    "weekend": r"(?i:(?:over|during|at)\s+the\s+weekend)",
    "ago": rf"(?i:{_COUNT}\s+{_UNIT}\s+ago)",
    "span": rf"(?i:(?:the\s+)?(?:last|past|recent|previous)\s+(?:{_COUNT}\s+)?(?P<unit>hour|day|week|month|year)s)",
    "step": rf"(?i:{_COUNT}\s+{_UNIT}\s+(?P<way>earlier|later|afterwards"
    r"|(?:before|prior|after)(?!\s+(?:the|an?|his|her|their|its|that|this|he|she|it|they|to)\b)))",
    "next_one": r"(?i:(?:the\s+(?P<way>next|following|previous|same)\s+(?P<unit>day|night|morning|week|month|year)"
    r"|(?P<way2>next|following)\s+(?P<unit2>day|night|morning))"
    r"|(?P<that>that)\s+(?:same\s+)?(?:day|night|morning))",
}
_GLUED = frozenset({"day_month"})
"""What is read too where a lost line break glues it to words in capitals: "SOMALIA11 MAY 1989REBELS"."""
SCANS = {
    name: sieve(
        rf"(?:(?<![\w.])|(?<=[A-Z]{{4}})(?=\d)){pattern}(?:(?![^\W\d_])|(?<=\d\d)(?=[A-Z]{{4}}))"
        if name in _GLUED
        else rf"(?<![\w.]){pattern}(?![^\W\d_])",
        re.NOFLAG,
    )
    for name, pattern in _PATTERNS.items()
}
