"""Name the ships of a text, by their prefix, their type or what they are said to be: none is the town it is named after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.gazetteer import fold
from geo.roles import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.roles import Page

_VESSEL = (
    r"(?:(?:oil|chemical|product|bulk|car|crude|fuel|gas|LNG|container|cargo|patrol|cable|supply|research|survey|hospital|fishing|cruise"
    r"|aircraft|assault|landing|missile|rescue|support|training|merchant)\s+)?(?:tankers?|freighters?|destroyers?|frigates?|cruisers?|corvettes?"
    r"|trawlers?|ferry|carriers?|submarines?|yacht|bulker|reefer|vessel|cutters?|warships?|tug|ship|boat|minehunters?|minesweepers?|dhow|barge"
    r"|icebreaker|longliner|coaster|schooner|flagship)"
)
# A full stop is hers inside a word and behind an abbreviation ("St. Anne"); elsewhere it closes the sentence.
_WORD = r"[A-ZÀ-Þ](?:[\w’'-]|\.(?=\S)|(?<=\b[A-Z])\.|(?<=\bSt)\.|(?<=\bSta)\.)*"
_SHIP_NAME = (
    rf"[\"“'‘]?(?P<name>{_WORD}(?:[ -](?:{_WORD}|(?:of|de|del|du|des|la|el|los|las)\b(?=\s+[A-Z])"
    r"|\d{1,4}\b(?!\s*(?:nautical|miles?|nm|NM|km|kilomet|met(?:re|er)s|people|crew|degrees)\b))){0,4})[\"”'’]?"
)
_SHIP = re.compile(
    r"\b(?:USS|USNS|USCGC|USAV|HMS|HMCS|HMAS|HMNZS|HNLMS|HDMS|HSwMS|HTMS|FGS|KNM|NRP|IRIS|FNS|CCGS|RFA|RSS|INS|FS|ARV|ARBV|ARC|ARM|BAP|BNS|BRP|KD|NNS|ORP|TCG|PNS"
    r"|ROKS|JS|ITS|ESPS|KRI|M/V|MV|M/T|MT|M/S|F/V|FV|S/V|SV|S/Y|R/V|RV|LNG/C)\s+" + _SHIP_NAME
)
_SHIP_BY_TYPE = re.compile(
    rf"(?:\b{_VESSEL}(?:,?\s+(?:the|named|called|registered\s+as))?"
    rf"|\b(?:aboard|on\s+board|engine\s+room\s+of|master\s+of|crew\s+of)(?:\s+the)?|[-–]flagged)"
    rf"\s+(?!MV\b|M/V\b|MT\b){_SHIP_NAME}(?!\s+(?:coast|waters|flag|navy))"
    rf"|\bthe\s+{_SHIP_NAME.replace('name', 'also')},\s+an?\s+(?:(?!(?:on|at|in|by|from|fell|hit)\b)[\w-]+\s+){{0,5}}?{_VESSEL}\b"
)
_MORE = re.compile(rf"(?:,|,?\s+and)\s+{_SHIP_NAME}")
"""The next of several ships: "the corvettes Almirante and Santa Rosa"."""
_SEVERAL = re.compile(
    r"(?:destroyer|frigate|cruiser|corvette|trawler|carrier|submarine|cutter|warship|minehunter|minesweeper|tanker|freighter)s\s+$"
)
# What only a ship does or has done to it, where no word says that she is one.
_SAILS = (
    r"(?:(?:was|were|is|had\s+been|has\s+been)\s+)?(?:on\s+(?:its|her)\s+way|bound\s+for|en\s+route|carrying|laden|anchored|berthed|moored"
    r"|adrift|found\s+adrift|vanished|sailed|foundered|capsized|ran\s+aground|went\s+down|weighed\s+anchor)\b"
)
_SHIP_BY_DEED = re.compile(
    rf"\b[Tt]he\s+{_SHIP_NAME}(?=(?:,\s[^,.]{{3,40}},|,)?\s+{_SAILS})"
    rf"|\b[Tt]he\s+(?P<numbered>{_WORD}(?:[ ]{_WORD}){{0,3}}[ ]\d{{1,3}})(?=\s+(?:was|is|had|has)\b)"
    rf"|\b(?:sinking|wreck|torpedoing|capsizing|hijacking)\s+of\s+the\s+{_SHIP_NAME.replace('name', 'also')}"
)
_SHIP_IN_BRACKETS = re.compile(
    r"\b(?:vessel|ship|tanker|carrier|tug|barge|dhow|trawler|boat|yacht|freighter|ferry"
    r"|ro-ro)\s*\((?P<name>[A-Z0-9][A-Z0-9 .'-]{2,40})\)",
    re.IGNORECASE,
)
_CUES = (
    (_SHIP, "after a ship's prefix"),
    (_SHIP_IN_BRACKETS, "a ship's name in brackets"),
    (_SHIP_BY_TYPE, "after a ship's type"),
    (_SHIP_BY_DEED, "does what a ship does"),
)
_LANDS, _REGIONS = {"country", "territory"}, {"admin1", "ocean", "sea", "gulf", "bay", "strait", "channel", "sound"}
_FORCES = {"guard", "guards", "coast", "air"}
_SURE = frozenset({_SHIP, _SHIP_IN_BRACKETS})


def ships(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield where a ship is named, and by which cue; one that was named once is known again."""
    text, known = page.text, set[str]()
    for pattern, cue in _CUES:
        for m in pattern.finditer(text):
            group = next(key for key, words in m.groupdict().items() if words)
            for start, name in _named(text, m, group):
                doing = pattern not in _SURE and _does(page, name, start, known=pattern is _SHIP_BY_TYPE)
                if pattern in _SURE or not (page.capitals or doing or _well_known(page, name)):
                    known.add(name)
                    yield m.start() if pattern is _SHIP else start, start + len(name), cue
    # A ship of one word may be named after what the text is about: only a longer name, or an article, makes sure that it is she again.
    for name in sorted(known):
        article = "" if " " in name else r"(?<=\b[Tt]he )"
        for m in re.finditer(rf"{article}\b{re.escape(name)}\b(?![ -][A-Z])", text):
            yield *m.span(), "the ship named elsewhere in the text"


def _named(text: str, found: re.Match[str], group: str) -> Iterator[tuple[int, str]]:
    """Yield the name in a match, and those that follow where several ships are named: where each begins, and its words."""
    several = _SEVERAL.search(text, 0, found.start(group)) if found.re is _SHIP_BY_TYPE else None
    one: re.Match[str] | None = found
    while one is not None:
        yield one.start(group), re.sub(r"(?:['’]s?|[.’'-]+)$", "", one[group])
        one, group = _MORE.match(text, one.end(group)) if several else None, "name"


def _well_known(page: Page, name: str) -> bool:
    """Say whether what stands where a ship is named is a country, a nationality or a common word rather than her name."""
    first, *rest = re.split(r"[ -]", name)
    common = fold(first) in words()["common"] and (first == name or " of " in name)
    country = page.gazetteer.lookup(first, kinds={"country"}) or page.gazetteer.demonym(first)
    force = any(word.lower() in words()["body"] | _FORCES for word in rest)
    return common or bool(page.gazetteer.lookup(name, kinds=_LANDS)) or bool(country and (force or not rest or "-" in name))


def _does(page: Page, name: str, start: int, *, known: bool) -> bool:
    """Say whether a region acts behind a ship's type ("the tanker Texas had stopped"); where no type is known, whether waters are named."""
    if not page.gazetteer.lookup(name, kinds=_REGIONS if known else _REGIONS - {"admin1"}):
        return False
    token = page.token(start)
    if token is None or not known:
        return not known or page.text[start + len(name) :][:1] not in {",", ".", ";"}
    # In "the tanker Texas" her type stands under her name; a doer stands apart from it.
    return token.dep_ in {"nsubj", "poss"} and not any(left.i == token.i - 1 for left in token.lefts)
