"""Say in words why a mention or a record is where it is: candidates, signals, role, shape, claims, evidence."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from geo import otherwise
from geo.model import MAPPED_ROLES, Deployment, Incident

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.model import Dossier, Match, Place, Reading

METHODS: Final = {
    "coordinates": "a position written in the text; the radius is one unit of its last digit",
    "bearing_offset": "a distance and a direction from a named place: a sector, because both are rounded",
    "distance_only": "a distance from a named place without a direction: a band",
    "direction_only": "a direction from a named place without a distance: a wedge",
    "near": "near a named place: a disc",
    "off_coast": "off a coast: a band to seaward",
    "between": "between two places: a corridor",
    "line": "a line",
    "facility": "an anchorage, berth or terminal: a disc at the port",
    "place_point": "a named place with its own extent",
    "region_polygon": "a named sea or region: an area, never a point",
    "country_polygon": "a state: an area, never a point",
    "multi_region": "several areas together, never a point",
    "none": "not placed",
}
"""How a geometry was made, for people."""

ZONES_TOLD: Final = 6
"""A sea lies in dozens of zones; the greatest shares tell whose it mostly is."""
PRECISION: Final = {1: "to the day", 2: "within a few days", 3: "to the week", 4: "to the month", 5: "to the year"}


def explain(dossier: Dossier, name: str) -> str:
    """Explain every mention and record that `name` means; an empty answer when the reports hold none.

    Parameters
    ----------
    dossier
        What was read; nothing else is consulted.
    name
        A record id (or its first characters), or words of a mention, a place or a record's title. Case and accents do not count.

    >>> from geo.model import Dossier
    >>> explain(Dossier(), "Aruba")
    ''

    """
    wanted = _fold(name)
    # The same name first: who asks for Aruba does not mean every title that holds the word.
    for fits in (wanted.__eq__, lambda offered: wanted in offered):
        parts = [part for reading in dossier.readings for part in _explain_reading(reading, fits)] if wanted else []
        if parts:
            return "\n\n".join(parts)
    return ""


def names(dossier: Dossier) -> list[str]:
    """List what can be explained: the words of the mentions, then the ids of the records.

    >>> from geo.model import Dossier
    >>> names(Dossier())
    []
    """
    words = dict.fromkeys(match.mention.text for reading in dossier.readings for match in reading.matches)
    return [*words, *(record.id for record in dossier.records)]


def _explain_reading(reading: Reading, fits: Callable[[str], bool]) -> Iterator[str]:
    """Explain the mentions and records of one report whose names fit."""
    for match in reading.matches:
        offered = (match.mention.text, match.place.name if match.place else "", match.anchor.name if match.anchor else "")
        if any(fits(_fold(text)) for text in offered):
            yield "\n".join(_mention_lines(reading, match))
    records: tuple[Incident | Deployment, ...] = (*reading.incidents, *reading.deployments)
    for record in records:
        if any(fits(_fold(text)) for text in (record.id, record.title, record.where_text or "")):
            yield "\n".join(_record_lines(record))


def _mention_lines(reading: Reading, match: Match) -> Iterator[str]:
    """Explain a mention: role, place, score and margin, shape, candidates, the words around it."""
    mention = match.mention
    yield f"“{mention.text}”  {reading.report.id}, characters {mention.start} to {mention.end}"
    yield _row("role", mention.role + ("" if mention.role in MAPPED_ROLES else " (never drawn)"))
    yield from (_row("because", reason) for reason in mention.reasons)
    if match.place:
        yield _row("means", f"{_place(match.place)}, source {match.place.source or 'not stated'}")
    if match.anchor:
        yield _row("starts from", match.anchor.name)
    yield _row("drawn as", METHODS[match.geometry_method])
    yield from _where_lines(match)
    yield from _candidate_lines(match)
    yield from (_row("because", reason) for reason in match.reasons)
    yield from (_row("look here", flag) for flag in match.flags)
    yield from (_row("otherwise", words) for words in otherwise.of_mention(match))
    yield _row("in the text", _context(reading.report.text, mention.start, mention.end))


def _candidate_lines(match: Match) -> Iterator[str]:
    """List how sure the choice is and what else the words could mean."""
    if match.score is None:
        return
    # A score means little by itself; the distance to the next candidate says how sure the choice is.
    rivals = match.runners_up
    margin = f", {match.score - rivals[0].score:.2f} ahead of the next" if rivals else ", no other candidate"
    yield _row("score", f"{match.score:.2f}{margin}")
    for rival in rivals:
        signals = f": {'; '.join(rival.signals)}" if rival.signals else ""
        yield _row("not", f"{_place(rival.place)} {rival.score:.2f}{signals}")


def _record_lines(record: Incident | Deployment) -> Iterator[str]:
    """Explain a record: what, who says so, when, where, in whose waters, on which words."""
    kind = record.event_type if isinstance(record, Incident) else record.status
    yield f"{record.title}  {record.record_type} {record.id}"
    yield _row("is", f"{kind}, {record.record_kind}, {record.auxiliary_mode}; the report gives it as {record.assertion}")
    yield from _who_lines(record)
    yield from (_row("claim", f"{claim.claimant} ({claim.claimant_type}) {claim.stance} it: “{claim.cue}”") for claim in record.claims)
    yield from _when_lines(record)
    yield _row("where", f"{record.where_text or 'not said'} ({record.where_role}): {METHODS[record.geometry_method]}")
    yield from _where_lines(record)
    yield from _zone_lines(record)
    yield from _count_lines(record)
    if isinstance(record, Incident):
        # Worded as a condition, because only a court finds.
        law = record.legal_characterisation
        yield _row("the law", "undetermined" if law == "undetermined" else f"would fall under {law.replace('_', ' ')}; no finding")
    yield from _merge_lines(record)
    yield from (_row("otherwise", words) for words in otherwise.of_record(record))
    for evidence in record.evidence:
        span = f"{evidence.report_id}, characters {evidence.start} to {evidence.end}"
        yield _row("evidence", f"“{evidence.text}” ({span}; rule {evidence.rule})")
    source = [part for part in (record.source.title, record.source.publisher, record.source.published) if part]
    yield _row("source", ", ".join(source) or "not stated")


def _merge_lines(record: Incident | Deployment) -> Iterator[str]:
    """Explain why records of several reports are taken for one event, and what they do not agree on."""
    merge = record.merge
    if merge is None:
        return
    sources = f"{merge.independent_sources} independent source{'s' if merge.independent_sources != 1 else ''}"
    yield _row("joined", f"told by {len(merge.reports)} reports, {sources}; members {', '.join(record.members)}")
    yield from (_row("because", reason) for reason in merge.reasons)
    yield from (_row("before", f"{s.field} {s.value} ({s.report_id}, {s.published})") for s in merge.superseded)
    yield from (_row("look here", f"the reports contradict each other, {line}") for line in merge.contradictions)


def _who_lines(record: Incident | Deployment) -> Iterator[str]:
    """Say who acted on what, or what for; what is not said is left out."""
    country = f" ({record.actor_country})" if record.actor_country else ""
    said = {"by": record.actor and f"{record.actor}{country}"}
    if isinstance(record, Incident):
        said |= {"against": record.target, "called": record.target_status, "with": record.weapon}
    else:
        said |= {"from": record.origin, "by way of": record.via, "to": record.destination, "at": record.base}
        said |= {"purpose": record.purpose_claimed and f"“{record.purpose_claimed}”, as claimed"}
    yield from (_row(label, text) for label, text in said.items() if text)
    yield from (_row(relation.type.replace("_", " "), f"record {relation.id}") for relation in record.relations)


def _when_lines(record: Incident | Deployment) -> Iterator[str]:
    """Say when, how exactly, and from which words."""
    if record.date_start is None and record.date_end is None:
        yield _row("when", "not said")
        return
    span = record.date_start if record.date_start == record.date_end else f"{record.date_start or '…'} to {record.date_end or '(open)'}"
    words = f", from “{record.date_text}”" if record.date_text else ""
    anchor = f" read against {record.anchor_date}" if record.anchor_date else ""
    yield _row("when", f"{span}, {PRECISION.get(record.date_prec or 0, 'precision not known')}{words}{anchor}")


def _where_lines(record: Match | Incident | Deployment) -> Iterator[str]:
    """Say the point and its radius, or that there is none."""
    if record.longitude is not None and record.latitude is not None and record.coordinate_uncertainty_m is not None:
        share = f", which held {record.coverage:.0%} of true positions when measured" if record.coverage else ""
        yield _row("point", f"{record.latitude:.3f}, {record.longitude:.3f} within {record.coordinate_uncertainty_m / 1000:.1f} km{share}")
    elif record.geometry is None:
        yield _row("point", "none: nothing is drawn")
    else:
        # Said outright, because people look for the coordinates.
        yield _row("point", "none: the whole area is meant")


def _zone_lines(record: Incident | Deployment) -> Iterator[str]:
    """Say whose waters the record lies in, on what basis, and whether the text agrees."""
    greatest = sorted(record.zones, key=lambda zone: -zone.share)
    for zone in greatest[:ZONES_TOLD]:
        owner = f"of {zone.territory} " if zone.territory else ""
        kind = zone.zone_type.replace("_", " ")
        yield _row("waters", f"{kind} {owner}({zone.share:.0%}, {zone.status}, by {zone.basis}; an approximation)")
    if len(greatest) > ZONES_TOLD:
        yield _row("waters", f"and {len(greatest) - ZONES_TOLD} more with smaller shares")
    if record.seas:
        yield _row("sea", ", ".join(f"{sea.name} {sea.share:.0%}" for sea in record.seas))
    for claim in record.zone_claims:
        yield _row("the text", f"says “{claim.text}”" + (f" ({claim.claimant})" if claim.claimant else ""))
    if record.zone_check:
        share = "" if record.zone_check.share is None else f": {record.zone_check.share:.0%} of the area fits"
        yield _row("that is", f"{record.zone_check.state.replace('_', ' ')}{share}")


def _count_lines(record: Incident | Deployment) -> Iterator[str]:
    """Say the numbers with their ranges and the words they were read from."""
    if isinstance(record, Deployment):
        for asset in record.assets:
            number = f"{_range(asset.count.low, asset.count.high)} from “{asset.count.text}”" if asset.count else "number not said"
            yield _row("asset", f"{asset.name or asset.type.replace('_', ' ')}: {number}")
        return
    if record.events_count:
        yield _row("events", _range(record.events_count.low, record.events_count.high))
    for part in fields(record.casualties):
        if count := getattr(record.casualties, part.name):
            yield _row(part.name, f"{_range(count.low, count.high)} ({count.qualifier}), from “{count.text}”")


def _range(low: int | None, high: int | None) -> str:
    """Write a range in words."""
    if low is None and high is None:
        return "number not said"
    if high is None:
        return f"at least {low:,}"
    if low is None:
        return f"at most {high:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _context(text: str, start: int, end: int) -> str:
    """Show a mention in its words, 60 characters on either side."""
    # Enough to recognise the sentence, too little to stand in for the report.
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    return " ".join(f"…{before}[{text[start:end]}]{after}…".split())


def _place(place: Place) -> str:
    """Name a place so that nobody takes it for another."""
    return f"{place.name} ({place.kind}, {place.country or 'no state'}, {place.id})"


def _fold(text: str) -> str:
    """Fold case and accents, so that "curacao" finds Curaçao."""
    # Decomposed first: an accent is then a character of its own that can be left out.
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def _row(label: str, text: str) -> str:
    """Set a label and its text in two columns."""
    return f"  {label:<12} {text}"
