"""Find counts of people, vessels and events in running text: words, digits, ranges and their qualifiers.

A count is a range, as casualty recorders keep it: "at least 76" is low 76, best 76, high null; "dozens" is low 24.
Years, dates, times, coordinates, ordinals, money, shares, distances, ages and hull numbers are no counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo import gloss
from geo.errors import UsageError
from geo.model import Count

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "dozen": 12}
_WORDS = {**{w: i for i, w in enumerate(_UNITS.split())}, **{w: 10 * i for i, w in enumerate(_TENS.split(), 2)}}
# Low and high of words that give only an order of magnitude; "several" is at least two, as is any plural.
_VAGUE: dict[str, tuple[int, int | None]] = {
    "hundreds of thousands": (200_000, 999_999),
    "tens of thousands": (20_000, 99_999),
    "thousands": (2_000, 9_999),
    "hundreds": (200, 999),
    "tens": (20, 99),
    "scores": (40, None),
    "dozens": (24, None),
    "several dozen": (24, None),
    "a few dozen": (24, None),
    "several hundred": (200, 999),
    "a few hundred": (200, 999),
    "several thousand": (2_000, 9_999),
    "a few thousand": (2_000, 9_999),
    "several": (2, None),
    "multiple": (2, None),
    "numerous": (2, None),
    "a number of": (2, None),
    "a handful of": (2, None),
    "a few": (2, None),
}
_PAIRS = ("a couple of", "a pair of", "a couple", "both")
_HARMED = (
    "casualties|casualty|injur(?:y|ies)|deaths?|fatalit(?:y|ies)|survivors?|victims?|wounded|losses|loss of life"
    "|people|persons?|crew|sailors|hostages"
)

_SMALL = "|".join(sorted(_WORDS, key=lambda w: (-len(w), w)))
_SCALE = "hundred|thousand|million|dozen"
_WORD_NUMBER = (
    rf"(?:(?:an?|half an?)\s+(?:{_SCALE})|(?:{_SMALL}))"
    rf"(?:[\s-]+(?:(?<=hundred\s)and\s+|(?<=thousand\s)and\s+)?(?:{_SMALL}|{_SCALE})){{0,7}}"
)
_DIGITS = r"\d{1,3}(?:,\d{3}){1,3}|\d{1,9}(?:\.\d{1,9})?(?=\s*(?:thousand|million))|\d{1,9}"
_FIGURE = rf"(?:{_DIGITS})(?:\s*(?:thousand|million|dozen|hundred))?"
_NUMBER = rf"(?:{_WORD_NUMBER}|{_FIGURE})"
_VAGUE_WORDS = "|".join(sorted((w.replace(" ", r"\s+") for w in _VAGUE), key=lambda w: (-len(w), w)))
_BOUND = (
    r"(?P<least>at\s+least|no\s+(?:fewer|less)\s+than|not\s+less\s+than|a\s+minimum\s+of|(?P<over>more\s+than|over|upwards?\s+of|above|exceeding|in\s+excess\s+of))"
    r"|(?P<most>up\s+to|as\s+many\s+as|at\s+most|no\s+more\s+than|not\s+more\s+than|a\s+maximum\s+of|(?P<under>fewer\s+than|less\s+than|under|below))"
    r"|(?P<close>nearly|almost|close\s+to|just\s+under)|(?P<about>about|around|some|roughly|approximately|approx\.?|an\s+estimated|circa|~)"
)
# Units after which a number measures something else than people, vessels or events.
_MEASURES = (
    r"nm|nmi|n\.?\s?m\.|nautical|miles?|mi|km|kms|kilomet\w+|met(?:er|re)s?|m|cm|mm|feet|foot|ft|yards?|yds?|inch(?:es)?|knots?|kts?|kn|mph|kph|cables?|fathoms?"
    r"|degrees?|deg|hours?|hrs?|minutes?|mins?|seconds?|days?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies)|nights?|a\.?m\b|p\.?m\b|o'clock"
    r"|UTC|GMT|LT|Z|[Ll]ocal(?=\s+time)|tons?|tonnes?|t|kg|kilos?|kilograms?|grams?|pounds?|lbs?|lit(?:er|re)s?|gallons?|barrels?|bbl|gross|dwt|grt|GT|DWT|GRT|TEU"
    r"|per\s?cent|percent|pc|percentage|dollars?|euros?|pesos?|USD|EUR|GBP|billion|bn|m\b|calib(?:er|re)|[NSEW](?![a-z])|times|thirds?|quarters?|fifths?|tenths?|halves|points?|horsepower|hp|kW|MW|MHz|kHz"
)
MONTH_NAMES = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_MONTHS = rf"(?-i:{MONTH_NAMES}|{MONTH_NAMES.upper()})"
_MEASURED = rf"(?:%|(?:{_MEASURES})(?![A-Za-z]|-\d))"
_AFTER = (
    # Signs, ordinals, ages and other compounds ("30-day"), telephone numbers, months.
    r"(?!\s?(?:%|°|º|['′’]\s?[\dNSEW]|[\"″”]\s?[NSEW]\b|/\d|:\d|\.\d|,\d)|(?-i:st|nd|rd|th|ST|ND|RD|TH)\b|-(?!plus\b|[a-z]+\s+\d)[A-Za-z]|[A-Za-z]|\d|\s\d{3}[\s\-]\d"
    rf"|[\s\-]*(?:of\s+)?{_MEASURED}|\s+(?:of\s+)?{_MONTHS}\b"
    # Half of a range, degrees before minutes, fractions, addresses, money.
    r"|\s*[\-–]\s*\d|\s+\d{1,2}(?:\.\d+)?\s?(?-i:[NSEW])\b|\s+\d/\d|\s+(?:block|thousand|million|billion)\b|\s+of\s+[mb]illions"
    rf"|\s*(?:-|–|\bto\b|\bor\b|\band\b)\s*(?:[\d.,]+[\s\-]*{_MEASURED}|\d{{1,2}}\s+(?:of\s+)?{_MONTHS}\b))"
)
_COUNTED = (
    r"people|persons?|men|women|children|troops|soldiers|sailors|marines|personnel|crew\w*|ships|vessels|boats|aircraft|jets|civilians|members|fighters|migrants"
    r"|robbers|pirates|skiffs|speed\s?boats|individuals|fishermen|hostages|attackers|thieves|perpetrators"
)
# "One" counts where people or what befell them stand beside it: "one sailor", "one dead", "killing one"; not "one of the", "one official".
_FATES = "killed|dead|died|drowned|wounded|injured|hurt|missing|abducted|kidnapped|rescued|survived|survivor|fatality|death|casualty"
_ONE_AFTER = re.compile(
    rf"\s+(?:(?:other|more|was|is|were|remains?|crew|alleged|suspected|\w+(?:ese|an|ish|ino|i))\s+)?"
    rf"(?:{_COUNTED}|{_FATES}|man|woman|child|soldier|sailor|marine|member|fighter|migrant|robber|pirate|hostage|fisherman|boat|vessel|ship|skiff"
    r"|(?:dock|port|oil|rescue)?\s?worker|docker|stevedore|seafarer|passenger|guard|officer|rating|cadet|boy|girl|life)\b",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(r"\b(?:kill|wound|injur|rescu|abduct|kidnapp?|leav)(?:ed|e|es|s|ing)\s+$", re.IGNORECASE)
_COUNTED_NEXT = re.compile(rf"\s+(?:(?:\w+\s+)?(?:{_COUNTED})|dead|wounded|injured|missing|survivors)\b", re.IGNORECASE)
_SCAN = re.compile(
    rf"(?P<none>\b(?:no\s+(?:one\b|(?:\w+\s+){{0,2}}(?:{_HARMED})\b)|no-one|nobody|none|not\s+a\s+single|zero(?=\s+(?:{_HARMED}))))\b"
    rf"|(?:\b(?:{_BOUND})\s+|~)?(?:(?P<between>\b(?:between|from))\s+)?(?<![\w$€£#])(?:"
    rf"(?P<low>(?<![\d.,:/\-–]){_NUMBER})(?:\s*(?:-|–|—|\bto\b|\bor\b|(?(between)\band\b|\bto\b))\s*(?P<high>{_NUMBER}))?"
    rf"|(?P<vague>{_VAGUE_WORDS})|(?P<pair>{'|'.join(_PAIRS)})|(?P<article>an?|single)(?=\s))\b"
    rf"{_AFTER}(?:\s?\(\d{{1,5}}\))?(?P<more>\s+or\s+more|-plus|\s+plus|\+)?(?P<so>\s+or\s+so)?",
    re.IGNORECASE,
)
# Words before a number that make it a name: hull numbers, articles, channels, resolutions.
_NAMED = re.compile(
    r"(?:\b(?:DDG|CVN|LHD|LPD|LHA|LSD|LCS|FFG|SSN|SSGN|SSBN|CG|WMSL|WMEC|WPC|DNC|NAVAREA|HYDRO\w+|IMO|MMSI|No|Nos|Nr|no|number|Number|Article|Articles|article|Resolution|resolution"
    r"|Chapter|Section|section|page|pages|channel|Channel|CH|Flight|flight|Boeing|Airbus|Type|type|Phase|phase|Route|route|Highway|Pier|pier|Berth|berth|Buoy|buoy|hatch|hold"
    r"|Group|Force|Squadron|Fleet|Unit|Zone|Block|Area|area|chart|Chart|aged?|Level|level|Day|day|VHF|light|district|gate|room|seat|book|volume)\.?\s+|[$€£#]\s?|\b(?-i:[NS])\s?)$",
    re.IGNORECASE,
)
_NAMED_MONTH = re.compile(rf"\b{_MONTHS}\.?\s+(?:\d{{1,2}}\s*(?:-|–|to|and)\s*)?$")
_AGE = re.compile(r"[A-Z]\w+(?:,|\s\()\s?$")
_YEAR_LIKE = re.compile(r"(?:1[89]|20)\d\d")
_PHONE = re.compile(r"\d[\d\s\-]*$")


def find(text: str, *, articles: bool = False, language: str | None = None) -> tuple[Count, ...]:
    """Find the counts in a text, in order, none overlapping.

    With `articles`, "a", "an" and every "one" count as exactly 1; else "one" counts only beside people or what befell them.
    `qualifier` is `exact`, `at_least`, `at_most`, `about` or `none_reported`. A text in a `language` that `gloss` has a table for is
    read through English.

    >>> [(c.low, c.best, c.high, c.qualifier) for c in find("at least 76 people on more than a dozen boats")]
    [(76, 76, None, 'at_least'), (13, None, None, 'at_least')]
    >>> find("12 nm off the coast on 7 April 2025, Article 5, the 76th")
    ()
    """
    if (read := gloss.gloss(text, language)) is not None:
        return tuple(read.back(count) for count in _all(read.text, articles=articles))
    return tuple(_all(text, articles=articles))


def value(text: str) -> Count:
    """Read one phrase as a count, articles included.

    Raises
    ------
    UsageError
        The phrase holds no number.

    >>> value("tens of thousands of troops").high
    99999

    """
    for count in _all(text, articles=True):
        return count
    message = f"no number in {text!r}; write one in words or digits, as in `at least 12` or `two to three`"
    raise UsageError(message)


def _all(text: str, *, articles: bool) -> Iterator[Count]:
    """Give every count the scan finds that its surroundings do not rule out."""
    for match in _SCAN.finditer(text):
        if match["none"]:
            yield Count(0, 0, 0, "none_reported", match.group(), match.start(), match.end())
        elif _counts(text, match, articles=articles):
            # "From 6,500" is no range, so its first word is none of the count.
            start, end = match.start("low") if match["between"] and not match["high"] else match.start(), match.end()
            yield _count(match, start, end, text[start:end])


def _counts(text: str, match: re.Match[str], *, articles: bool) -> bool:
    """Tell a count from a year, a name, a date, a phone number or a mere article."""
    low = (match["low"] or "").lower()
    bounded = match["least"] or match["most"] or match["close"] or match["about"]
    if match["article"]:
        return articles and not bounded
    if low == "one" and not match["high"] and not bounded:
        return articles or bool(_ONE_AFTER.match(text, match.end()) or _ONE_BEFORE.search(text, max(0, match.start() - 20), match.start()))
    # Numbers in words are counts; the doubts below are about digits.
    if not low[:1].isdigit():
        return True
    first = match.start("low")
    before = text[max(0, first - 40) : first]
    if _NAMED.search(text, max(0, match.start() - 20), match.start()) and not match["between"]:
        return False
    if _NAMED_MONTH.search(before) or _PHONE.search(before):
        return False
    if _AGE.search(before) and text[match.end() : match.end() + 1] in {",", ")"}:
        return False
    if _is_label(before, text[match.end() : match.end() + 40], match["high"]):
        return False
    if _YEAR_LIKE.fullmatch(low) and not bounded:
        return bool(_COUNTED_NEXT.match(text, match.end()))
    # "03 robbers" is a count in messages; "0440" and "01" elsewhere are times and numbers of things.
    return not (low.startswith("0") and len(low) > 1) or bool(_COUNTED_NEXT.match(text, match.end()))


def _is_label(before: str, after: str, high: str | None) -> bool:
    """Tell a number in a name ("tanker RANGER 1", "report 95-0002") or before a list item from a count."""
    if high and high.startswith("0"):
        return True
    if (not before or before.endswith("\n")) and after.startswith(". "):
        return True
    # In a text of mixed case a number right after a word in capitals belongs to that name, unless people or vessels follow.
    return bool(re.search(r"\b[A-Z]{3,}\s$", before)) and not re.match(r"\s+[A-Z]{2}", after) and not _COUNTED_NEXT.match(after)


def _count(match: re.Match[str], start: int, end: int, text: str) -> Count:
    """Work out low, best and high."""
    if match["vague"]:
        low, high = _VAGUE[" ".join(match["vague"].lower().split())]
        return Count(low, None, None if match["least"] else high, "at_least" if match["least"] else "about", text, start, end)
    first = _value(match["low"]) if match["low"] else 2 if match["pair"] else 1
    if match["high"]:
        low, high = sorted((first, _value(match["high"])))
        return Count(low, None, high, "about", text, start, end)
    return Count(*_bounds(match, first), text, start, end)


def _bounds(match: re.Match[str], number: int) -> tuple[int | None, int | None, int | None, str]:
    """Apply the words around a number: low, best, high and the qualifier."""
    # "More than a dozen" says nothing of the best figure, "at least 76" gives the one that is known.
    if match["over"]:
        return number + 1, None, None, "at_least"
    if match["least"] or match["more"]:
        return number, number, None, "at_least"
    if match["under"]:
        return None, None, max(number - 1, 0), "at_most"
    if match["most"]:
        return None, None, number, "at_most"
    if match["close"]:
        return None, number, number, "about"
    if match["about"] or match["so"]:
        return None, number, None, "about"
    return number, number, number, "exact"


def _value(text: str) -> int:
    """Read a number in digits or words; "half a dozen" is 6.

    >>> _value("a hundred and five"), _value("two dozen"), _value("1.5 million"), _value("twenty-one thousand")
    (105, 24, 1500000, 21000)
    """
    words = re.findall(r"[\d.,]+|[a-z]+", text.lower())
    if words[:1] == ["half"]:
        return round(_value(" ".join(words[1:])) / 2)
    total, current = 0.0, 0.0
    for word in words:
        if word[0].isdigit():
            current += float(word.replace(",", ""))
        elif word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] >= 1_000:
                total, current = total + current, 0.0
        else:
            current += _WORDS.get(word, 0)
    return round(total + current)
