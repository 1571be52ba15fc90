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
    r"|aircraft|assault|landing|missile|rescue|support|training|merchant)\s+)?(?:tankers?|freighters?|destroyer|frigate|cruiser|corvette"
    r"|trawler|ferry|carrier|submarine|yacht|bulker|vessel|cutter|warship|tug|ship|boat|minehunter|minesweeper|dhow|barge|icebreaker)"
)
_SHIP_NAME = (
    r"[\"“'‘]?(?P<name>[A-ZÀ-Þ][\w.’'-]*(?:[ -](?:[A-ZÀ-Þ][\w.’'-]*|(?:of|de|del|du|des|la|el|los|las)\b(?=\s+[A-Z])"
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
    rf"|\bthe\s+{_SHIP_NAME.replace('name', 'also')},\s+an?\s+[^,.;]{{0,40}}?{_VESSEL}\b"
)
_SHIP_IN_BRACKETS = re.compile(
    r"\b(?:vessel|ship|tanker|carrier|tug|barge|dhow|trawler|boat|yacht|freighter|ferry"
    r"|ro-ro)\s*\((?P<name>[A-Z0-9][A-Z0-9 .'-]{2,40})\)",
    re.IGNORECASE,
)
_CUES = ((_SHIP, "after a ship's prefix"), (_SHIP_IN_BRACKETS, "a ship's name in brackets"), (_SHIP_BY_TYPE, "after a ship's type"))


def ships(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield where a ship is named, and by which cue; one that was named once is known again."""
    text, known = page.text, set[str]()
    for pattern, cue in _CUES:
        for m in pattern.finditer(text):
            group = "name" if m["name"] else "also"
            name = re.sub(r"(?:['’]s?|[.’'-]+)$", "", m[group])
            if pattern is not _SHIP_BY_TYPE or not (page.capitals or _well_known(page, name)):
                known.add(name)
                yield m.start() if pattern is _SHIP else m.start(group), m.start(group) + len(name), cue
    # A ship of one word may be named after what the text is about: only a longer name is sure to be hers again.
    for name in sorted(n for n in known if " " in n):
        for m in re.finditer(rf"\b{re.escape(name)}\b", text):
            yield *m.span(), "the ship named elsewhere in the text"


def _well_known(page: Page, name: str) -> bool:
    """Say whether what stands behind a ship's type is a country, a nationality or a common word rather than her name."""
    first = re.split(r"[ -]", name)[0]
    country = page.gazetteer.lookup(name, kinds={"country", "admin1"}) or page.gazetteer.lookup(first, kinds={"country"})
    common = fold(first) in words()["common"] and (first == name or " of " in name)
    return bool(country or common or page.gazetteer.demonym(first))
