"""Find what a report names: places, positions, offsets, zone claims, ships and what only looks like a place, each with its role.

The gazetteer proposes (longest name first), the parse is a second opinion, and `roles` decides before anything gets a geometry.
Offsets are Unicode code points, half open; mentions come sorted by start and never overlap.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geo import gloss, offsets, positions, roles, settings, ships, sites
from geo.bodies import GENERIC
from geo.datelines import datelines
from geo.gazetteer import fold
from geo.messages import heads, is_about_waters, is_label, is_telegraph
from geo.misspelt import is_plain, respelt
from geo.model import Mention, Report, Span
from geo.roles import Name, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from geo.gazetteer import Gazetteer
    from geo.model import Offset, Place
    from geo.roles import Page


class _Found(NamedTuple):
    """A mention on trial: of two that overlap the lower order stays, then the longer."""

    order: int
    mention: Mention


_ZONE = re.compile(
    r"\b(?:(?:in|outside|within|from|into)\s+)?(?P<zone>(?:international|neutral)\s+(?:waters|airspace)|(?:the\s+)?high\s+seas?"
    r"|(?:(?:the|its|their|his)\s+)?"
    r"(?:territorial|national|internal|inland|archipelagic|sovereign|jurisdictional)\s+(?:waters|seas?)"
    r"|exclusive\s+economic\s+zones?(?:\s+\(EEZ\))?|(?:contiguous|economic)\s+zone|EEZ)\b",
    re.IGNORECASE,
)
_ZONE_OF = re.compile(r"\s+(?:of|off|belonging\s+to|claimed\s+by)\s+(?:the\s+)?$", re.IGNORECASE)
_ZONE_POSSESSOR = re.compile(r"(?:['’]s?)?\s+(?:\d+[\s-](?:mile|nm|nautical[\s-]mile)\s+)?$")
_FLAG = re.compile(
    r"\s+(?:flag|flagged|registry|registered|register)\b|[\s-]?-(?:flag|flagged|registered|owned|led|backed|funded|trained|operated"
    r"|managed|crewed|sponsored|allied|linked|aligned)\b",
    re.IGNORECASE,
)
_FLAG_OF = re.compile(r"\bflag\s+of\s+(?:the\s+)?$")
_UNKNOWN_BEFORE = re.compile(r"\b[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|\d+|of|al|el|de|la)){0,4}(?:\s*\([^)]{1,20}\))?\s*,\s*$")
_SEAT = re.compile(r"\b(?!The )(?:[A-Z][\w’'-]+ )?[A-Z][\wÀ-ÿ]+\b")
_UNDERWAY = re.compile(r"(?:bound|en\s?route|on\s+(?:its|her|the|their)\s+way|destined)\b", re.IGNORECASE)
_SET_OFF = re.compile(r"(?:,|\b(?:at|in|off|near|around|outside|port|anchored|berthed|moored|docked))\s+(?:the\s+)?$")
_MONEY = re.compile(r"\s?[$£€]")
_WIND = re.compile("[NS]?[NS][EW]|NM")
_COAST_OF = re.compile(r"\s+of\s+(?:the\s+)?[A-Z]")
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?P<whose>its|their|his|her|[A-Z][\w.]*(?:['’]s?)?"
    r"|overseas)\s+(?:own\s+)?(?:overseas\s+)?(?P<group>(?:overseas\s+)?Caribbean\s+(?:overseas\s+)?"
    r"(?:territor(?:y|ies)|islands|possessions|dependencies|colonies))\b"
)
_GROUPS = {
    "GBR": "im:british-caribbean-territories",
    "FRA": "im:french-caribbean",
    "NLD": "im:dutch-caribbean",
    "USA": "im:us-caribbean-territories",
}
_AREAS = frozenset(
    {
        "country",
        "admin1",
        "sea",
        "gulf",
        "ocean",
        "bay",
        "region",
        "continent",
        "strait",
        "channel",
        "island",
        "territory",
        "sea_sector",
        "sound",
        "island_group",
    }
)
_FIGURE, _POSITION, _ZONES, _SHIPS, _LINES, _OFFSETS, _NAMES, _DEMONYMS, _SITES = range(9)
GIVEN = ("a given span",)
_NEXT_WORDS = 40
_SEEN_BEFORE, _SEEN_AFTER = 140, 80
"""How far from a name the rules look that judge it."""


def find(report: Report, doc: Doc | None, *, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Find the mentions of a report, sorted by start, not overlapping; given spans are taken as they are.

    Parameters
    ----------
    report
        Its text is read, never altered; one in a language that `gloss` has a table for is read through English.
    doc
        The parse of that text (of its gloss, if it is in another language), or null: then rules and the gazetteer decide alone.
    gazetteer
        Proposes names.

    >>> from geo.gazetteer import open_gazetteer
    >>> from geo.model import Report
    >>> report = Report("a", "A boat was hit 45 nautical miles northwest of Aruba.")
    >>> [(m.role, m.text) for m in find(report, None, gazetteer=open_gazetteer())]
    [('offset', '45 nautical miles northwest of Aruba')]

    """
    text = report.text
    if report.spans is not None:
        return tuple(_given(text, start, end, gazetteer) for start, end in report.spans)
    if (read := gloss.gloss(text, report.source.language, gazetteer)) is not None:
        english = Report(report.id, read.text)
        return tuple(read.back(mention) for mention in find(english, doc, gazetteer=gazetteer))
    page = roles.page(text, doc, gazetteer)
    maritime = is_about_waters(text, gazetteer)
    headed = _headed(text, gazetteer) if maritime else ()
    judged = _judged(page, headed, maritime=maritime)
    written = positions.find(text)
    found = [
        _Found(_FIGURE, Mention(f.start, f.end, f.text, "position", (f"{f.kind} of positions",), figure=f))
        for f in positions.figures(text, written)
    ]
    found += [_Found(_POSITION, Mention(p.start, p.end, p.text, "position", (f"coordinates ({p.notation})",), position=p)) for p in written]
    found += _zones(text, judged, gazetteer)
    found += [_Found(_SHIPS, Mention(a, b, text[a:b], "ship", (cue,))) for a, b, cue in ships.ships(page)]
    found += _groups(page, judged)
    found += _datelines(page, headed)
    found += _relations(page, judged, maritime=maritime)
    found += [_Found(_NAMES, _named(page, n, v)) for n, v in judged if v.role != "person" or roles.weight(n) >= settings.KNOWN_CUED]
    found += _demonyms(page, maritime=maritime)
    if not maritime:
        found += [_Found(_SITES, Mention(a, b, text[a:b], "place", ("named by its kind",))) for a, b in sites.sites(text)]
    return tuple(_apart(found))


def _named(page: Page, name: Name, verdict: Verdict) -> Mention:
    """Make the mention of a name; a person's is as long as the parse says."""
    start, end = name.start, name.end
    entity = page.entity(name) if verdict.role == "person" else None
    if entity is not None and entity.label_ == "PERSON":
        words = entity.text.removesuffix("'s").removesuffix("’s")
        start, end = min(start, entity.start_char), max(end, entity.start_char + len(words))
    return Mention(start, end, page.text[start:end], verdict.role, (verdict.reason,), _taken_for([name]))


def _given(text: str, start: int, end: int, gazetteer: Gazetteer) -> Mention:
    """Make a mention of a given span: a position if it reads as one, a demonym if it is one, else a place."""
    written = text[start:end]
    if inside := positions.find(written):
        p = inside[0]
        return Mention(start, end, written, "position", (f"coordinates ({p.notation})",), position=p)
    if gazetteer.demonym(written) and not any(p.kind == "country" for p in gazetteer.lookup(written)[:1]):
        return Mention(start, end, written, "demonym", ("a nationality",))
    return Mention(start, end, written, "place", GIVEN)


def _judged(page: Page, headed: Sequence[_Headed], *, maritime: bool) -> list[tuple[Name, Verdict]]:
    """Give the names of the text with their verdicts; an unsure one needs a sure one of the same name."""
    told: _Told = {}
    names = respelt(page, list(_names(page)))
    verdicts = [(n, v) for n in names if (v := _verdict(page, n, headed, told, maritime=maritime))]
    people = _people(page, verdicts)
    verdicts = [(n, _PERSON if fold(n.text) in people and v.role in {"place", "metonym"} else v) for n, v in verdicts]
    sure = {fold(n.text) for n, v in verdicts if v.sure and v.role in {"place", "metonym"}} | (page.places - people)
    named = Verdict("place", "named as a place elsewhere in the text")
    kept = [(n, named if v.role == "person" and not v.sure and fold(n.text) in sure else v) for n, v in verdicts]
    return [(n, v) for n, v in kept if v.sure or v.role == "person" or fold(n.text) in sure]


_Told = dict[tuple[str, int, int, int], Verdict | None]
"""The verdicts on names of a text without a parse, by the words around each."""


def _verdict(page: Page, name: Name, headed: Sequence[_Headed], told: _Told, *, maritime: bool) -> Verdict | None:
    """Judge a name; what heads a message is where it happened, if it is a name at all."""
    if name.spelt:
        return Verdict("place", name.spelt)
    known = roles.weight(name) >= settings.KNOWN_CUED and fold(name.text) not in roles.words()["common"]
    if known and _inside(headed, name.start, name.end):
        return _HEADS
    left = max(0, name.start - _SEEN_BEFORE)
    # Without a parse the same words around a name give the same verdict, as in a table of thousands of lines.
    key = page.text[left : name.end + _SEEN_AFTER], name.start - left, name.end - left, len(name.places)
    if page.doc is not None or key not in told:
        related = _related(page, name, maritime=maritime) or (roles.AT_HOME if _at_home(page, name, headed) else "")
        told[key] = _flagged(page, name) or roles.judge(page, name, related=related)
    return told[key]


_HEADS = Verdict("place", "heads the message: where it happened")


def _inside(headed: Sequence[_Headed], start: int, end: int) -> bool:
    """Say whether a stretch lies in the head of a message, which is no dateline: "RED SEA:", "Aruba-Oranjestad:"."""
    at = bisect.bisect_right(headed, start, key=lambda h: h.start)
    return at > 0 and end <= headed[at - 1].end


class _Headed(NamedTuple):
    """The head of a message with the states that it names: from `start` to `end`, for the text up to `last`."""

    start: int
    end: int
    last: int
    states: frozenset[str]


def _headed(text: str, gazetteer: Gazetteer) -> list[_Headed]:
    """Give the heads of the messages in a text with the states they name."""
    found = []
    for head in heads(text):
        named = [places[0] for _, _, places in gazetteer.scan(text[head.start : head.end])]
        found.append(_Headed(*head, frozenset(p.country for p in named if p.country and p.kind == "country")))
    return found


def _at_home(page: Page, name: Name, headed: Sequence[_Headed]) -> bool:
    """Say whether a name stands where a place does and the state that heads its message has such a place: "GHANA: Robbed at 0200, Tema"."""
    at = bisect.bisect_right(headed, name.start, key=lambda h: h.start)
    if at == 0 or not any(p.country in headed[at - 1].states for p in name.places) or GENERIC.match(page.after(name, 40)):
        return False
    return name.text[:1].isupper() and not page.capitals and bool(_SET_OFF.search(page.before(name, 20)))


_PERSON = Verdict("person", "a person's name elsewhere in the text")


def _people(page: Page, verdicts: Iterable[tuple[Name, Verdict]]) -> set[str]:
    """List the names of small places that the text as a whole uses for a person."""
    votes: Counter[str] = Counter()
    for name, verdict in verdicts:
        if roles.weight(name) < settings.KNOWN_TAGGED:
            votes[fold(name.text)] += roles.leaning(page, name, verdict)
    return {key for key, vote in votes.items() if vote < 0}


def _related(page: Page, name: Name, *, maritime: bool) -> str:
    """Say why a name is a place whatever the parse says: its distance or anchorage is told, or it is all the text; else nothing."""
    after = offsets.after(page.text, name.start, name.end) if maritime else None
    if offsets.before(page.text, name.start, maritime=maritime) or (after is not None and after.method == "facility"):
        return roles.RELATED
    # The parse knows sentences: of a line of a table it takes the half for persons and organisations.
    return roles.LISTED if is_label(page.text) else ""


def _flagged(page: Page, name: Name) -> Verdict | None:
    """Take "Panama-flagged" for a nationality."""
    found = _FLAG.match(page.after(name, 20)) or _FLAG_OF.search(page.before(name, 30))
    return Verdict("demonym", f"says whose with {found.group().strip(' -')!r}") if found else None


def _names(page: Page) -> Iterator[Name]:
    """Yield the gazetteer's names in the text, then the places that only the parse sees."""
    taken: list[tuple[int, int]] = []
    fames: dict[str, float | None] = {}
    for start, end, places in page.gazetteer.scan(page.text):
        article = _ARTICLE.match(page.text, start, end)
        begin = article.end() if article and page.gazetteer.lookup(page.text[article.end() : end]) else start
        taken.append((begin, end))
        written = page.text[begin:end]
        if written not in fames:
            fames[written] = None if _no_name(page, written, places) else roles.weight(Name(begin, end, written, places))
        fame = fames[written]
        if fame is not None and not (_MONEY.match(page.text, end) or _side(page.text, begin, end) or _wind(page, begin, end)):
            yield Name(begin, end, written, places, fame)
    for m in _SEAT.finditer(page.text):
        if not _taken(taken, m.start(), m.end()) and page.gazetteer.government(m.group()):
            yield Name(m.start(), m.end(), m.group(), ())
    for entity in page.entities:
        side = _side(page.text, entity.start_char, entity.end_char)
        if side or entity.label_ not in {"GPE", "LOC"} or _taken(taken, entity.start_char, entity.end_char):
            continue
        written = entity.text.strip()
        name = Name(entity.start_char, entity.start_char + len(written), written, ())
        if roles.foreign(page, name, entity.label_):
            yield name._replace(places=page.gazetteer.lookup(written))


def _no_name(page: Page, written: str, places: Sequence[Place]) -> bool:
    """Say whether words are no name of a place here: generic ones, or a nationality that is no country's or sea's own name."""
    ours = any(p.id.startswith(("im:", "country:")) for p in places[:1])
    return _generic(written, places) or (page.gazetteer.demonym(written) is not None and not ours)


def _generic(name: str, places: Sequence[Place]) -> bool:
    """Say whether a name is made of words that only say what a thing is, as "Inner Harbor" or "Pilot Station"; Cape Town is known."""
    plain = all(map(is_plain, fold(name).split()))
    known = " " in name and any(roles.prominence(p) >= settings.KNOWN_ALONE and fold(p.name) == fold(name) for p in places)
    return plain and not known and not any(p.id.startswith(("im:", "country:")) for p in places)


def _wind(page: Page, start: int, end: int) -> bool:
    """Say whether a name is a wind or a unit, which in a message is no state: "NE", "NM"."""
    return _WIND.fullmatch(page.text, start, end) is not None and is_about_waters(page.text, page.gazetteer)


def _side(text: str, start: int, end: int) -> bool:
    """Say whether a name is the coast of another that follows: "East Coast of Aruba"."""
    return text[start:end].endswith(("Coast", "coast")) and _COAST_OF.match(text, end) is not None


def _taken(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Say whether one of the sorted spans overlaps a stretch."""
    at = bisect.bisect_left(spans, (end,))
    return at > 0 and spans[at - 1][1] > start


def _relations(page: Page, judged: Sequence[tuple[Name, Verdict]], *, maritime: bool) -> Iterator[_Found]:
    """Yield the offsets: a relation and its anchor, one mention spanning both."""
    places = [(n, v) for n, v in judged if v.role in {"place", "metonym"}]
    last, telegraph = None, maritime and is_telegraph(page.text)
    for index, (name, verdict) in enumerate(places):
        following = places[index + 1][0] if index + 1 < len(places) else None
        pair = offsets.between(page.text, (name.start, name.end), (following.start, following.end)) if following else None
        if pair and following:
            yield _offset(page.text, pair, (name, following))
            continue
        found = offsets.before(page.text, name.start, maritime=maritime)
        way = _way(page, name, last, places[index + 1 : index + 3]) if maritime and (not found or found.method == "facility") else None
        # What is no telegram tells of other voyages, too: there a ship must be under way as it happens.
        if way and (telegraph or _UNDERWAY.match(way.mention.text)):
            yield way
            last = name
            continue
        found = found or _past_unknown(page, name, last, maritime=maritime)
        if not found and (verdict.role == "place" or not page.doc):
            found = offsets.after(page.text, name.start, name.end) if maritime or "coast" in page.after(name, 30) else None
            found = found or (offsets.part(page.text, name.start) if name.places and name.places[0].kind in _AREAS else None)
        last = name
        if found:
            yield _offset(page.text, found, (name,))


def _way(page: Page, name: Name, last: Name | None, following: Sequence[tuple[Name, Verdict]]) -> _Found | None:
    """Read where a voyage starts or ends: in a message that is no place where something happened."""
    # The state of the first port may stand between the two: "from Penang, Malaysia to Belawan".
    for other in [n for n, _ in following]:
        if (way := offsets.way(page.text, (name.start, name.end), (other.start, other.end))) and way[1]:
            return _offset(page.text, way[0], (name, other))
    alone = offsets.way(page.text, (name.start, name.end), None)
    if alone is None:
        return None
    start = max(alone[0].start, last.end if last else 0)
    return _offset(page.text, replace(alone[0], start=start, text=page.text[start : alone[0].end]), (name,))


def _past_unknown(page: Page, name: Name, last: Name | None, *, maritime: bool) -> Offset | None:
    """Read "12 nm south of Unknown Rock, Known Port": the anchor is not in the gazetteer, the place that holds it is."""
    left = max(0, name.start - 70, last.end if last else 0)
    unknown = _UNKNOWN_BEFORE.search(page.text[left : name.start])
    if not unknown:
        return None
    begin = left + unknown.start()
    if found := offsets.before(page.text, begin, maritime=maritime):
        return offsets.vague(found, maritime=maritime)
    # An anchorage that nobody knows lies off its town; off its country it could be anywhere.
    if not maritime or any(p.kind in {"country", "admin1"} for p in name.places[:1]):
        return None
    facility = offsets.facility(page.text, begin, unknown.group().rstrip(" ,"))
    return offsets.vague(facility, maritime=True) if facility else None


def _offset(text: str, offset: Offset, anchors: Sequence[Name]) -> _Found:
    """Make the mention of an offset and its anchors."""
    start = min(offset.start, *(a.start for a in anchors)) if anchors else offset.start
    end = max(offset.end, *(a.end for a in anchors)) if anchors else offset.end
    words = " ".join(offset.text.split())
    spans = tuple(Span(a.start, a.end, a.text) for a in anchors)
    reasons = (f"said in relation to a place: {words!r}", *(a.spelt for a in anchors if a.spelt))
    return _Found(_OFFSETS, Mention(start, end, text[start:end], "offset", reasons, _taken_for(anchors), offset=offset, anchors=spans))


def _taken_for(anchors: Sequence[Name]) -> str:
    """Give the id of the place that the only name of a mention is taken for, if it is misspelt."""
    return anchors[0].places[0].id if len(anchors) == 1 and anchors[0].spelt else ""


def _zones(text: str, judged: Sequence[tuple[Name, Verdict]], gazetteer: Gazetteer) -> Iterator[_Found]:
    """Yield the claims about waters, with the state they name."""
    every = [Span(n.start, n.end, n.text) for n, _ in judged]
    starts = [n.start for n in every]
    for m in _ZONE.finditer(text):
        names = every[bisect.bisect_left(starts, m.start() - 2 * _NEXT_WORDS) : bisect.bisect_right(starts, m.end() + _NEXT_WORDS)]
        start, end = m.span("zone")
        start += len(m["zone"]) - len(re.sub(r"^(?:the|its|their|his)\s+", "", m["zone"], flags=re.IGNORECASE))
        anchors = [n for n in names if 0 <= n.start - end < _NEXT_WORDS and _ZONE_OF.fullmatch(text[end : n.start])]
        owners = [n for n in names if 0 <= start - n.end < _NEXT_WORDS and _ZONE_POSSESSOR.fullmatch(text[n.end : start])]
        word = re.search(r"[A-Z][\w-]+(?=\s+$)", text[max(0, start - 40) : start])
        if not owners and word and gazetteer.demonym(word.group()):
            begin = max(0, start - 40) + word.start()
            owners = [Span(begin, begin + len(word.group()), word.group())]
        start = owners[0].start if owners else start
        end = anchors[0].end if anchors else end
        reason = f"says whose waters: {m['zone']!r}"
        yield _Found(_ZONES, Mention(start, end, text[start:end], "zone_claim", (reason,), anchors=tuple((anchors or owners)[:1])))


def _groups(page: Page, judged: Sequence[tuple[Name, Verdict]]) -> Iterator[_Found]:
    """Yield "its Caribbean territories" as the territories of the state that "its" stands for."""
    spoken: list[tuple[int, str, str]] = []
    for m in _GROUP.finditer(page.text):
        whose = re.sub(r"['’]s?$", "", m["whose"])
        owner, why = _state(page, whose), f"{whose!r} says whose"
        if owner is None:
            spoken = spoken or _spoken(page, judged)
            before = spoken[: bisect.bisect_left(spoken, (m.start(),))][-_NEXT_WORDS:]
            # The state that the sentence is about comes first in it, and a pronoun takes up what was said last at its start.
            begin = max(page.text.rfind(". ", 0, m.start()), page.text.rfind("\n", 0, m.start())) + 1
            owners = sorted((at < begin, at if at >= begin else -at, name, iso3) for at, name, iso3 in before if iso3 in _GROUPS)
            if not owners:
                continue
            owner, why = owners[0][3], f"{whose!r} stands for {owners[0][2]!r}"
        if owner in _GROUPS:
            start, end = m.span("group")
            yield _Found(_ZONES, Mention(start, end, m["group"], "place", ("a group of territories; " + why,), label=_GROUPS[owner]))


def _spoken(page: Page, judged: Sequence[tuple[Name, Verdict]]) -> list[tuple[int, str, str]]:
    """List the states that the text speaks of, by name or nationality: where, how, which."""
    named = [(n.start, n.text, iso3) for n, _ in judged if (iso3 := _state(page, n.text))]
    return sorted([*named, *((start, page.text[start:end], iso3) for start, end, iso3 in _nationalities(page))])


def _state(page: Page, word: str) -> str | None:
    """Give the state that a name or nationality stands for."""
    place = next((p for p in page.gazetteer.lookup(word, kinds={"country"})), None)
    return place.country if place else page.gazetteer.demonym(word)


def _datelines(page: Page, headed: Sequence[_Headed]) -> Iterator[_Found]:
    """Yield the places of datelines: where a report was filed, not where anything happened."""
    for filed in () if page.capitals else datelines(page.text, page.gazetteer):
        # Papers file from a town ("DELHI:"); a message is headed with waters, a state, or a port and its state.
        if filed.alone or not _inside(headed, filed.start, filed.end):
            words = page.text[filed.start : filed.end]
            yield _Found(_LINES, Mention(filed.start, filed.end, words, "dateline", ("where the report was filed",), filed.settled))


def _nationalities(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield the nationality words of the text: start, end, country."""
    for m in _CAPITAL.finditer(page.text):
        longer = _NEXT_CAPITAL.match(page.text, m.end())
        for end in (longer.end(), m.end()) if longer else (m.end(),):
            if iso3 := page.gazetteer.demonym(page.text[m.start() : end]):
                yield m.start(), end, iso3
                break


_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*?[\wÀ-ÿ](?:(?=[^\w])|$)")
_NEXT_CAPITAL = re.compile(r"[ -][A-Z]\w+")
_COAST = re.compile(r"\s+(?:coast(?:line|al)?|shores?|mainland|waters)\b", re.IGNORECASE)


def _demonyms(page: Page, *, maritime: bool) -> Iterator[_Found]:
    """Yield the nationalities, and the waters or coast that one names: "off the Venezuelan coast"."""
    for start, end, _ in _nationalities(page):
        word = page.text[start:end]
        name = Name(start, end, word, ())
        entity = page.entity(name)
        if entity is not None and (entity.label_ == "LANGUAGE" or (entity.label_ == "PERSON" and len(entity) > len(word.split()))):
            continue
        if (token := page.token(start)) is not None and any(c.pos_ == "PROPN" and c.dep_ == "compound" for c in token.lefts):
            continue
        coast = offsets.before(page.text, start, maritime=maritime) if _COAST.match(page.text, end) else None
        # "240 nm off the Somali coast" states a distance, which "off the Somali coast" alone does not.
        stated = coast is not None and coast.method in {"bearing_offset", "distance_only"}
        related = coast if stated else offsets.after(page.text, start, end, demonym=True) or coast
        if related:
            yield _offset(page.text, related, (name,))
        else:
            yield _Found(_DEMONYMS, Mention(start, end, word, "demonym", ("a nationality",)))


def _apart(found: Iterable[_Found]) -> Iterator[Mention]:
    """Keep of overlapping mentions the one of lower order, then the longer; yield them by start."""
    # Kept spans stay sorted, so that a long report costs a bisection a mention and not a walk over all of them.
    kept: list[tuple[int, int, Mention]] = []
    for f in sorted(found, key=lambda f: (f.order, f.mention.start - f.mention.end, f.mention.start)):
        m = f.mention
        at = bisect.bisect_left(kept, (m.start,))
        free = (at == 0 or kept[at - 1][1] <= m.start) and (at == len(kept) or kept[at][0] >= m.end)
        if m.end > m.start and free:
            kept.insert(at, (m.start, m.end, m))
    return (m for _, _, m in kept)
