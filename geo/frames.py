"""Bind an event word to its arguments: who, what, where, when, how many, who says so. What incidents and deployments share."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import operator
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from shapely import unary_union

from geo import actors as actor_reader
from geo import dates, quantities, shapes
from geo.claims import SPEECH, actor_at, antecedent, named_again
from geo.model import AREA_METHODS, MAPPED_ROLES, Actor, Claim, Count, Evidence, Match, Mention, Report, When, ZoneClaim
from geo.parse import bounds, climb, text_in, text_of
from geo.parse import sentence as sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

_SEA_KINDS = frozenset(
    {"ocean", "sea", "gulf", "bay", "strait", "channel", "passage", "sound", "sea_sector", "bank", "reef", "shoal", "canal"}
)
_BARRIERS = frozenset({"ccomp", "relcl"})
FINENESS = (
    "coordinates",
    "bearing_offset",
    "distance_only",
    "facility",
    "place_point",
    "near",
    "between",
    "off_coast",
    "direction_only",
    "line",
    "region_polygon",
    "multi_region",
    "country_polygon",
)
"""Methods from the finest to the coarsest: a nested place ("off Venezuela in the Caribbean") takes the finest."""
_UCDP = {
    "coordinates": 1,
    "bearing_offset": 2,
    "distance_only": 2,
    "facility": 1,
    "place_point": 1,
    "near": 2,
    "between": 5,
    "off_coast": 2,
    "direction_only": 2,
    "line": 5,
    "region_polygon": 4,
    "multi_region": 7,
    "country_polygon": 6,
}
"""UCDP GED `where_prec` for a place on land; 7 for everything at sea."""
_ACLED = {
    "coordinates": 1,
    "place_point": 1,
    "facility": 1,
    "bearing_offset": 2,
    "distance_only": 2,
    "near": 2,
    "off_coast": 2,
    "direction_only": 2,
}
"""ACLED `geo_precision`; 3 for regions and countries."""
_DATELINE = re.compile(r"\s*[^\W\d_a-zà-ÿ][^\d_a-zà-ÿ]{2,40}(?:,\s*[\w .]{2,30})?,\s*")
_DASH = re.compile(r"\s*(?:\([^)]{1,30}\)\s*)?(?:-{1,2}|–|—)\s")
_OUTSIDE = re.compile(
    r"\b(?:outside|beyond|not\s+(?:in|inside|within))\s+(?:of\s+)?(?:the\s+|its\s+|their\s+)?(?:\w+(?:['’]s)?\s+)?$", re.IGNORECASE
)
_LIKENED = re.compile(r"\b(?:as|like|unlike)\s+(?:(?:happened|it\s+did|they\s+did)\s+)?(?:in\s+|on\s+)?$", re.IGNORECASE)
"""What stands before the day of another event: "as in 2019"."""
_AWAY = frozenset({"to", "for", "into", "toward", "towards", "from"})
_CLOSE = frozenset({"close", "next", "near", "adjacent", "damage", "nearer", "closer", "home", "due", "out"})
_DISTANCES = frozenset({"mile", "nm", "kilometre", "kilometer", "km", "metre", "meter", "yard", "far", "away", "off"})
_ROW = frozenset("time attack strike incident case occasion raid boarding seizure one second third fourth fifth sixth".split())
"""What is counted in a row."""
_BESIDE = re.compile(
    r"[,–—-]\s*(?:the|its|their|his|her)\s+(?:[\w-]+\s+)?(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))\b[^,;]*\Z",
    re.IGNORECASE,
)
"""What stands between an event and the time of a row that it is one of: "seized a tanker, the third to be taken since May"."""
_LIVING = "1950"
"""A report without a date of its own is not news of what lies before this year."""
_SENTENCES = "sentences"
_OF_SPAN, _OF_MATCH = operator.attrgetter("start"), operator.attrgetter("mention.start")
HISTORICAL_DAYS = 548
"""An event dated this long before publication is background, not news: a year and a half."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One report with everything that was read in it: what a frame binds from."""

    report: Report
    doc: Doc
    matches: tuple[Match, ...]
    actors: tuple[Actor, ...]
    dates: tuple[When, ...]
    counts: tuple[Count, ...]
    start: int = 0
    end: int | None = None
    """Where a part of a report begins and ends; the whole of it if not set."""

    @property
    def text(self) -> str:
        """Give the words of this part."""
        return self.report.text[self.start : self.end]

    @property
    def sentences(self) -> list[Sentence]:
        """List the sentences of this part, cut at its edges; the number of an entry is none of its words."""
        end = len(self.report.text) if self.end is None else self.end
        # Listed once a report: one of many messages is asked for the sentences of each.
        every = self.doc.user_data.get(_SENTENCES)
        if every is None:
            every = self.doc.user_data[_SENTENCES] = [(s.end_char, s.start, s.end) for s in self.doc.sents]
        first, last = (bisect.bisect_left(every, (edge,)) for edge in (self.start + 1, end))
        inside = (self._clipped(a, b, end) for _, a, b in every[first : last + 1])
        return [s for s in inside if s]

    def _clipped(self, first: int, last: int, end: int) -> Sentence:
        """Give the words of a sentence that lie in this part."""
        while first < last and self.doc[first].idx < self.start:
            first += 1
        while first < last and self.doc[last - 1].idx >= end:
            last -= 1
        return self.doc[first:last]

    def part(self, start: int, end: int) -> Scene:
        """Give a stretch of the report as a scene of its own, with what was read in it; who acts is known from the whole."""
        matches, days, counts = (tuple(self.within(items, start, end)) for items in (self.matches, self.dates, self.counts))
        return replace(self, matches=matches, dates=days, counts=counts, start=start, end=end)

    def within(self, items: Sequence[Any], start: int, end: int) -> list[Any]:
        """List the items (anything with start and end, or a match), sorted by start, that lie inside a stretch of text."""
        return [i for i in self.starting(items, start, end + 1) if _end(i) <= end]

    def starting(self, items: Sequence[Any], start: int, end: int) -> Sequence[Any]:
        """List the items, sorted by start, that start in a stretch of text."""
        # Asked of every sentence: to look at all of a long report each time would take the square of its length.
        where = _OF_MATCH if items and isinstance(items[0], Match) else _OF_SPAN
        first, last = (bisect.bisect_left(items, edge, key=where) for edge in (start, end))
        return items[first:last]

    def token(self, start: int, end: int) -> Token | None:
        """Give the head word of a stretch of text."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None and len(span) else None


def scene(report: Report, doc: Doc | None, matches: Sequence[Match]) -> Scene | None:
    """Read actors, dates and counts once for all frames; None without a parse."""
    if doc is None:
        return None
    text = report.text
    return Scene(
        report, doc, tuple(matches), _actors(text, text_of(doc)), dates.find(text, published=report.published), quantities.find(text)
    )


def _actors(text: str, calm: str) -> tuple[Actor, ...]:
    """Read the actors as written, and in lines of capitals as the parse calmed them: the same letters, so the same offsets."""
    found = actor_reader.find(text)
    more = (a for start, lines in _calmed(text, calm) for a in _shifted(actor_reader.find(lines), start))
    return tuple(sorted((*found, *(a for a in more if not any(f.start < a.end and a.start < f.end for f in found))), key=lambda a: a.start))


def _calmed(text: str, calm: str) -> Iterator[tuple[int, str]]:
    """Give each run of lines that the parse reads in other letters, with where it starts."""
    at = 0
    lines = zip(calm.splitlines(keepends=True), text.splitlines(keepends=True), strict=True)
    for other, run in itertools.groupby(lines, key=lambda pair: pair[0] != pair[1]):
        stretch = "".join(line for line, _ in run)
        if other:
            yield at, stretch
        at += len(stretch)


def _shifted(found: Sequence[Actor], by: int) -> Iterator[Actor]:
    """Move actors that were read in a stretch of a text to where they stand in it."""
    return (replace(actor, start=actor.start + by, end=actor.end + by) for actor in found)


def where(scene: Scene, trigger: Token, *, within: Sequence[Token] = ()) -> list[Match]:
    """Find the places that an event word governs in its sentence: the finest, or all that are coordinated with it.

    A place inside somebody's words, or inside a clause about something else, is not the event's.
    """
    near = governed(scene, trigger, within=within)
    return finest(scene, [m for m in near if not _elsewhere(scene, m)])


def _elsewhere(scene: Scene, match: Match) -> bool:
    """Tell where something was going or came from: "was towed to Brest", "a jet from Beja", "bound for Ulsan"."""
    token = scene.token(match.mention.start, match.mention.end)
    if token is None or match.mention.role != "place":
        return False
    tie = next((t for t in token.ancestors if t.pos_ in {"ADP", "VERB", "AUX"}), None)
    if tie is None or tie.pos_ != "ADP":
        return False
    return tie.lower_ in _AWAY and tie.head.lower_ not in _CLOSE and not (tie.lower_ == "from" and tie.head.lemma_.lower() in _DISTANCES)


def governed(scene: Scene, trigger: Token, *, within: Sequence[Token] = ()) -> list[Match]:
    """List all the places that an event word governs in its sentence: on its own clause, else on those it continues."""
    inside = _mapped(scene, sentence_of(trigger))
    near = [m for m in inside if _governs(scene, trigger, m, within)]
    return near or [m for m in inside if _governs(scene, trigger, m, _clauses(trigger))]


def finest(scene: Scene, near: Sequence[Match]) -> list[Match]:
    """Keep the finest of some places and those that are coordinated with it."""
    if not near:
        return []
    first = min(near, key=lambda m: (FINENESS.index(m.geometry_method), m.mention.start))
    head = scene.token(first.mention.start, first.mention.end)
    joined = [m for m in near if m is not first and _coordinated(head, scene.token(m.mention.start, m.mention.end), scene, first, m)]
    return sorted([first, *joined], key=lambda m: m.mention.start)


def place_fields(matches: Sequence[Match], text: str) -> dict[str, Any]:
    """Give the fields of a record that say where: one match as it is, several as one multi-region without a point."""
    located = [m for m in matches if m.geometry is not None]
    if not located:
        return {"geometry_method": "none"}
    first = located[0]
    words = text[located[0].mention.start : located[-1].mention.end] if len(located) > 1 else _written(first.mention)
    common = {
        "where_text": " ".join(words.split()),
        "where_prec": where_prec(located),
        "geo_precision": _ACLED.get(first.geometry_method, 3),
    }
    if len(located) == 1:
        return common | {
            k: getattr(first, k)
            for k in (
                "geometry_method",
                "geometry",
                "longitude",
                "latitude",
                "coordinate_uncertainty_m",
                "coverage",
                "label_longitude",
                "label_latitude",
                "anchor",
            )
        }
    return common | areas(located) | {"geo_precision": 3}


def _written(mention: Mention) -> str:
    """Give the words of a mention; of a figure the first and the last of its positions."""
    if mention.figure is None or len(mention.figure.positions) < 3:
        return mention.text
    first, last = mention.figure.positions[0], mention.figure.positions[-1]
    return f"{mention.text[: first.end - mention.start]} … {last.text}"


def areas(matches: Sequence[Match]) -> dict[str, Any]:
    """Unite several places into one multi-region, labelled where the largest is; points join as the discs they stand for."""
    largest = max(matches, key=lambda m: m.geometry.area if m.geometry is not None else 0.0)
    united = unary_union([_disc(m) if m.longitude is not None else m.geometry for m in matches])
    return {
        "geometry_method": "multi_region",
        "geometry": united,
        "label_longitude": largest.label_longitude,
        "label_latitude": largest.label_latitude,
    }


def without_point(fields: dict[str, Any]) -> dict[str, Any]:
    """Take the pin off: an aggregate keeps its area, and a lone point becomes the disc that it stands for."""
    if fields.get("longitude") is None:
        return fields
    longitude, latitude, radius_m = (fields[k] for k in ("longitude", "latitude", "coordinate_uncertainty_m"))
    area = {"geometry_method": "region_polygon", "geometry": shapes.disc(longitude, latitude, radius_km=radius_m / 1000)}
    pin = {"longitude": None, "latitude": None, "coordinate_uncertainty_m": None}
    return fields | area | pin | {"label_longitude": longitude, "label_latitude": latitude}


def _disc(match: Match) -> BaseGeometry:
    """Give the disc of a point: its position is known no better."""
    if match.longitude is None or match.latitude is None or match.coordinate_uncertainty_m is None:
        message = f"{match.mention.text!r} is no point"
        raise ValueError(message)
    return shapes.disc(match.longitude, match.latitude, radius_km=match.coordinate_uncertainty_m / 1000)


def where_prec(matches: Sequence[Match]) -> int:
    """Give UCDP's `where_prec`: 7 for everything at sea, however fine; else by how the text says it."""
    if any((m.place is not None and m.place.kind in _SEA_KINDS) or m.geometry_method in {"off_coast", "multi_region"} for m in matches):
        return 7
    return max(_UCDP.get(m.geometry_method, 7) for m in matches)


def when(scene: Scene, trigger: Token) -> When | None:
    """Find the date that belongs to an event word: of its own clause or one it continues, else the nearest on the tree in its sentence."""
    inside = scene.within(scene.dates, sentence_of(trigger).start_char, sentence_of(trigger).end_char)
    free = [(w, scene.token(w.start, w.end)) for w in inside if w.valid_until is None]
    free = [one for one in free if not _in_dateline(scene.report.text, one[0])] or free
    free = [one for one in free if not _LIKENED.search(scene.report.text, max(0, one[0].start - 20), one[0].start)]
    free = [one for one in free if not _of_speech(trigger, one[1]) and not (one[0].date_prec != 1 and _of_row(one[1]))]
    free = [one for one in free if not _BESIDE.search(scene.report.text, trigger.idx, one[0].start)]
    own = [t.i for t in _clauses(trigger)]

    def far(word: Token | None) -> int:
        """Count the clauses between: "attacked on Sunday, it said on Monday" happened on Sunday."""
        verb = next((t for t in climb(word) if t.i == trigger.i or t.pos_ in {"VERB", "AUX"}), None) if word is not None else None
        return own.index(verb.i) if verb is not None and verb.i in own else 0 if verb is not None and verb.i == trigger.i else len(own)

    return min(free, key=lambda one: (far(one[1]), steps(trigger, one[1]), one[0].start), default=(None, None))[0]


def _of_speech(trigger: Token, word: Token | None) -> bool:
    """Tell the day on which something was only said: "pirates have seized a ship, the navy said on Monday"."""
    if word is None or word in trigger.ancestors:
        return False  # "since March 28, when a drone hit a tug"
    verb = next((t for t in climb(word) if t.pos_ in {"VERB", "AUX"}), None)
    return verb is not None and verb.i != trigger.i and verb.lemma_ in SPEECH and trigger not in verb.lefts


def _of_row(word: Token | None) -> bool:
    """Tell the time over which something was counted: "the third time this year", "the fourth in a month"."""
    above = next((t for t in word.ancestors if t.pos_ != "ADP"), None) if word is not None else None
    return above is not None and any(t.ent_type_ == "ORDINAL" for t in (above, *above.lefts)) and above.lemma_ in _ROW


def _in_dateline(text: str, found: When) -> bool:
    """Tell the date behind the place of writing: "JAKARTA, Oct 3 - ...": the day of the report, not of what it tells."""
    line = text[text.rfind("\n", 0, found.start) + 1 : found.start]
    return bool(_DATELINE.fullmatch(line) and _DASH.match(text, found.end))


def date_fields(found: When | None) -> dict[str, Any]:
    """Give the fields of a record that say when."""
    if found is None:
        return {}
    return {k: getattr(found, k) for k in ("date_start", "date_end", "date_prec", "date_text", "anchor_date", "time_utc", "valid_until")}


def validity(scene: Scene) -> dict[str, Any]:
    """Give the end of a warning, which stands in a sentence of its own ("cancel this message 142300Z NOV 25")."""
    return next(({"valid_until": w.valid_until} for w in scene.dates if w.valid_until), {})


def historical(scene: Scene, found: When | None) -> bool:
    """Tell whether a date lies far before publication: background, not news."""
    last = found and (found.date_end or found.date_start)
    if last and scene.report.published is None:
        return last < _LIVING
    if not last or scene.report.published is None or (found is not None and found.date_end is None and found.date_prec == 4):
        return False
    return (dt.date.fromisoformat(scene.report.published) - dt.date.fromisoformat(last)).days > HISTORICAL_DAYS


def ahead(scene: Scene, found: When | None) -> bool:
    """Tell whether a day lies after publication: an exercise or a closure that is announced."""
    published = scene.report.published
    return bool(found and found.date_start and published and found.date_prec in {1, 2} and found.date_start > published)


def count_of(scene: Scene, noun: Token) -> Count | None:
    """Find the number that counts a noun: inside its phrase, before it, and not another noun's."""
    start = min((t.idx for t in noun.lefts), default=noun.idx)
    start = min([start, *(t.idx for left in noun.lefts for t in left.subtree)])
    quantity = _of_quantity(noun)
    if quantity is not None:
        start = min([quantity.idx, *(t.idx for left in quantity.lefts for t in left.subtree)])
    phrase = scene.within(scene.counts, start, noun.idx + len(noun))
    return phrase[-1] if phrase else None


def evidence(scene: Scene, sentence: Sentence, rule: str) -> Evidence:
    """Quote a sentence as evidence, without the space around it."""
    raw = text_in(sentence)
    start = sentence.start_char + len(raw) - len(raw.lstrip())
    return quote(scene, start, start + len(raw.strip()), rule)


def quote(scene: Scene, start: int, end: int, rule: str) -> Evidence:
    """Quote a stretch of the text as evidence."""
    return Evidence(scene.report.id, start, end, scene.report.text[start:end], rule)


def zone_claims(scene: Scene, sentence: Sentence, claims: Sequence[Claim]) -> tuple[ZoneClaim, ...]:
    """List what a sentence says about the waters ("in international waters"), with the claimant if there is one."""
    who = claims[0].claimant if claims else None
    said = [m.mention for m in scene.within(scene.matches, sentence.start_char, sentence.end_char) if m.mention.role == "zone_claim"]
    return tuple(_zone_claim(scene.report.text, m.start, m.end, who) for m in said)


def _zone_claim(text: str, start: int, end: int, who: str | None) -> ZoneClaim:
    """Make a zone claim; "outside its territorial waters" claims all that lies beyond them."""
    outside = _OUTSIDE.search(text, max(0, start - 40), start)
    if outside is None:
        return ZoneClaim(text[start:end], "unknown", who, start, end)
    return ZoneClaim(text[outside.start() : end], "international_waters", who, outside.start(), end)


def actor_of(scene: Scene, token: Token | None) -> Actor | None:
    """Find the actor behind an agent word: at it, inside its phrase, or what its pronoun stands for."""
    if token is None:
        return None
    found = actor_at(token, scene.actors)
    if found is None and token.pos_ == "PRON":
        found = antecedent(token, scene.actors)
    if found is None:
        # "a boarding team of the US Coast Guard"
        whose = (t for p in token.children if p.lower_ == "of" for t in p.children if t.dep_ == "pobj")
        found = next((a for t in whose if (a := actor_at(t, scene.actors)) is not None), None)
    return named_again(token, scene.actors) or found if found is None or found.country is None else found


def side(scene: Scene, actor: Actor | None) -> frozenset[str]:
    """Name everybody in the report who speaks for an actor: itself, and those of its country."""
    if actor is None:
        return frozenset()
    return frozenset({actor.name, *(a.name for a in scene.actors if a.country is not None and a.country == actor.country)})


def _mapped(scene: Scene, sentence: Sentence) -> list[Match]:
    """List the matches with a geometry inside a sentence."""
    inside = scene.within(scene.matches, sentence.start_char, sentence.end_char)
    return [m for m in inside if m.geometry is not None and m.mention.role in MAPPED_ROLES]


def _governs(scene: Scene, trigger: Token, match: Match, within: Sequence[Token]) -> bool:
    """Tell whether a place hangs on the event; a position does wherever it stands."""
    token = scene.token(match.mention.start, match.mention.end)
    return token is not None and (hangs(trigger, token, within) or match.mention.role == "position")


def hangs(trigger: Token, token: Token, within: Sequence[Token] = ()) -> bool:
    """Tell whether a word hangs on an event: below it, below its clause, or below one of the given words."""
    roots = {trigger.i, *(w.i for w in within)}
    above = {t.i for t in climb(trigger)}
    roots |= {t.i for t in _clauses(trigger)[:1]}
    for step in climb(token):
        if step.i in roots:
            return True
        if step.i not in above and (step.dep_ in _BARRIERS or _beside(step)):
            return False
    return False


def _beside(step: Token) -> bool:
    """Tell a clause beside another, with a subject of its own: "was hit off Aden, and jets bombed Hodeidah"."""
    own = any(c.dep_ in {"nsubj", "nsubjpass", "auxpass"} for c in step.lefts)
    return own and step.dep_ in {"conj", "parataxis", "advcl"} and step.pos_ in {"VERB", "AUX"}


def _clauses(trigger: Token) -> list[Token]:
    """List the clause of an event word and those it continues ("intercepted it off Haiti, arresting two")."""
    clause = next((t for t in climb(trigger) if t.pos_ in {"VERB", "AUX"}), trigger)
    chain = [clause]
    while chain[-1].dep_ in {"conj", "advcl", "xcomp"} and chain[-1].head.pos_ in {"VERB", "AUX"}:
        chain.append(chain[-1].head)
    return chain


def _coordinated(head: Token | None, other: Token | None, scene: Scene, first: Match, second: Match) -> bool:
    """Tell whether two places stand side by side ("in Caribbean and eastern Pacific waters")."""
    if head is None or other is None or (first.geometry_method in AREA_METHODS) != (second.geometry_method in AREA_METHODS):
        return False
    low, high = sorted((first, second), key=lambda m: m.mention.start)
    between = scene.report.text[low.mention.end : high.mention.start].lower().strip()
    return (
        between in {"and", "and the", ",", ", and", ", and the", "and in the", "or", "waters and the", "sea and the", "and in"}
        or other in head.conjuncts
    )


def _of_quantity(noun: Token) -> Token | None:
    """Find the quantity noun above "of": "tens of thousands of troops", "dozens of boats"."""
    return noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in {"NOUN", "NUM"} else None


def steps(one: Token, other: Token | None) -> int:
    """Count the steps on the tree between two words of a sentence."""
    if other is None or sentence_of(one) != sentence_of(other):
        return 99
    mine = [t.i for t in climb(one)]
    for up, step in enumerate(climb(other)):
        if step.i in mine:
            return up + mine.index(step.i)
    return 99


def _end(item: Any) -> int:  # noqa: ANN401 - a span or a match
    return int(item.mention.end if isinstance(item, Match) else item.end)


def phrase(token: Token) -> str:
    """Give a noun phrase in the report's words without its clauses."""
    start, end = bounds(token, without=frozenset({"relcl", "acl", "prep", "appos", "conj", "cc", "advcl", "det"}))
    return " ".join(text_of(token.doc)[start:end].split())
