"""Say a record's fields in words that a reader can check: when, where and how surely, in whose waters, how many, who says so.

Everything is neutral: what only a claimant states is never said in our own voice. Distances are given in km and nautical miles.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from geo.draw import terms
from geo.draw.language import figure, first_day, percent, say
from geo.model import Incident, Match, coarse
from geo.settings import KM_PER_NM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.model import Asset, Casualties, Claim, Count, EventsCount, Record, Vessel, Zone

DAY = 1
"""The UCDP date precisions that change how a date is written."""


def day(iso: str | None) -> str:
    """Write an ISO date as people do; what is no date stays as it is.

    >>> day("2025-09-02"), day("2025-09"), day(None)
    ('2 September 2025', 'September 2025', 'date not stated')
    """
    if not iso:
        return say("date not stated")
    parts = iso[:10].split("-")
    return _written(parts, len(parts)) if all(part.isdigit() for part in parts) and len(parts) <= len("ymd") else iso


def _written(parts: Sequence[str], count: int) -> str:
    """Write the last so many parts of a date: without its year where that is said elsewhere."""
    known: dict[str, str] = {"year": parts[0]}
    if len(parts) > 1 and 1 <= int(parts[1]) <= len(terms.MONTHS):
        known["month"] = say(terms.MONTHS[int(parts[1]) - 1])
    if len(parts) == len("ymd"):
        known["day"] = first_day(int(parts[2]))
    shown = [name for name in ("year", "month", "day") if name in known][-count:]
    return say(" ".join(f"{{{name}}}" for name in reversed(shown)), **{name: known[name] for name in shown})


def period(start: str | None, end: str | None, precision: int | None) -> str:
    """Write a span of dates as finely as it is known; one end missing leaves it open.

    >>> period("2025-09-02", "2025-09-02", 1), period("2025-09-01", "2025-09-30", 4), period("2025-09-29", "2025-10-03", 2)
    ('2 September 2025', 'September 2025', '29 September to 3 October 2025')
    >>> period("2025-09-01", None, 4)
    'since September 2025'
    """
    if start is None or end is None:
        known = start or end
        if known is None:
            return day(None)
        return say("until {date}" if start is None else "since {date}", date=day(coarse(known, precision)))
    return _stretch(coarse(start, precision), coarse(end, precision))


def _stretch(first: str, last: str) -> str:
    """Write from when to when."""
    return day(first) if first == last else say("{first} to {last}", first=_shortened(first, last), last=day(last))


def _shortened(first: str, last: str) -> str:
    """Leave off the year, or the month too, that the end of a span repeats."""
    parts = first.split("-")
    if len(first) == len(last) == len("2025-09-02") and first[:7] == last[:7]:
        return _written(parts, 1)
    return _written(parts, len(parts) - 1) if first[:4] == last[:4] and len(parts) > 1 else day(first)


def when(record: Record) -> list[str]:
    """Say when, how exactly that is known, and from which words of the report."""
    line = period(record.date_start, record.date_end, record.date_prec)
    exactness = terms.PRECISIONS.get(record.date_prec or 0)
    clock = f", {record.time_utc.removesuffix('Z').removesuffix(' UTC')} UTC" if record.time_utc else ""
    lines = [line + clock + (f" ({say(exactness)})" if exactness else "")]
    if record.date_text and record.anchor_date:
        lines.append(say("From the words “{words}”, read against {date}.", words=record.date_text, date=day(record.anchor_date)))
    elif record.date_text:
        lines.append(say("From the words “{words}”.", words=record.date_text))
    if record.valid_until:
        lines.append(say("In force until {date}.", date=day(record.valid_until)))
    return lines


def distance(metres: float) -> str:
    """Write a distance in km and nautical miles with two figures that mean something.

    >>> distance(1900), distance(34_000), distance(180)
    ('1.9 km (1.0 nm)', '34 km (18 nm)', '180 m')
    """
    if metres < 1000:
        return f"{metres:.0f} m"
    km, nm = metres / 1000, metres / 1000 / KM_PER_NM
    places = 1 if km < 10 else 0
    return say("{km} km ({nm} nm)", km=figure(km, places), nm=figure(nm, places))


def position(longitude: float, latitude: float, uncertainty_m: float | None) -> str:
    """Write a position with as many decimals as its uncertainty warrants.

    >>> position(-69.98251, 12.51, 1900.0)
    '12.51° N, 69.98° W'
    """
    places = 1 if (uncertainty_m or 0) > 10_000 else 2 if (uncertainty_m or 0) > 500 else 4
    north, east = say("N" if latitude >= 0 else "S"), say("E" if longitude >= 0 else "W")
    return f"{figure(abs(latitude), places)}° {north}, {figure(abs(longitude), places)}° {east}"


def where(record: Record | Match) -> list[str]:
    """Say where, how that was read, and how far off it may be."""
    text = record.mention.text if isinstance(record, Match) else record.where_text
    role = "event" if isinstance(record, Match) else record.where_role
    lines = [f"“{text}”"] if text else []
    anchored = record.anchor and record.geometry_method.endswith(("offset", "only"))
    anchor = say(" from {place}", place=record.anchor.name) if record.anchor and anchored else ""
    lines.append(say(terms.METHODS[record.geometry_method], anchor=anchor))
    if record.longitude is not None and record.latitude is not None and record.coordinate_uncertainty_m is not None:
        spot = position(record.longitude, record.latitude, record.coordinate_uncertainty_m)
        lines.append(say("Around {spot}, uncertain by {distance}.", spot=spot, distance=distance(record.coordinate_uncertainty_m)))
    if record.coverage:
        held = percent(record.coverage)
        lines.append(say("Where the true position was known, shapes like this one held it {share} of the time.", share=held))
    if role in terms.WHERE_ROLES and record.geometry is not None:
        lines.append(say(terms.WHERE_ROLES[role]))
    return lines


def waters(record: Record, names: Mapping[str, str]) -> list[str]:
    """Say in whose waters and on what basis, each line marked as an approximation; then the named seas."""
    parts = sorted(record.zones, key=lambda part: -part.share) if len(record.zones) > FEW_ZONES else record.zones
    lines = [zone(part, names) for part in parts[:MOST_ZONES]]
    if len(parts) > MOST_ZONES:
        most = percent(parts[MOST_ZONES].share)
        lines.append(say("And {n} more, each with at most {share} of the shape.", n=len(parts) - MOST_ZONES, share=most))
    distances = sorted({part.distance_to_coast_nm for part in record.zones if part.distance_to_coast_nm is not None})
    if distances and record.longitude is not None:
        lines.append(say("About {n} nm from the nearest coast.", n=figure(distances[0])))
    called = [(names.get(sea.name, sea.name), sea.share) for sea in record.seas[:MOST_SEAS]]
    seas = ", ".join(name if share > ALL_BUT else f"{name} ({percent(share)})" for name, share in called)
    return [*lines, say("Named waters: {seas}.", seas=seas)] if seas else lines


ALL_BUT: Final = 0.995
"""From this share on, a part is the whole."""

FEW_ZONES, MOST_ZONES, MOST_SEAS = 3, 6, 3
"""More zones than the first are sorted by share; more than the second are counted; of seas the greatest few are named."""


def zone(part: Zone, names: Mapping[str, str]) -> str:
    """Say one zone: kind, territory, share of the geometry, and on what the answer rests."""
    share = say(", {share} of the shape", share=percent(part.share)) if part.share < ALL_BUT else ""
    basis = "" if part.zone_type == "land" and part.status in ORDINARY else f" ({say('approximation: {basis}', basis=zone_basis(part))})"
    return waters_of(part, names) + share + basis


def waters_of(part: Zone, names: Mapping[str, str]) -> str:
    """Name a zone by its kind and whose it is."""
    owner = names.get(part.territory, part.territory) if part.territory else ""
    if part.zone_type == "land":
        return say("On land in {owner}", owner=owner) if owner else say("On land")
    kind = say(terms.ZONE_TYPES[part.zone_type]) if part.zone_type in terms.ZONE_TYPES else plain(part.zone_type)
    return say("{zone} of {owner}", zone=kind, owner=owner) if owner else kind


def zone_basis(part: Zone) -> str:
    """Say on what a zone rests: its status, unless that is the ordinary one, and its basis."""
    status = "" if part.basis and part.status in ORDINARY else say(terms.ZONE_STATUS.get(part.status, part.status))
    return ", ".join(text for text in (status, say(part.basis) if part.basis else "") if text)


ORDINARY: Final = frozenset({"computed_median", "agreed"})
"""States of a zone whose basis says it all."""


def zone_check(record: Record) -> list[str]:
    """Say whether what the report says about the waters fits the computed zones."""
    if record.zone_check is None:
        return []
    verdicts = {
        "consistent": "This fits the computed zones.",
        "inconsistent": "This does not fit the computed zones.",
        "undetermined": "The shape lies partly in waters that fit and partly in others, so this stays open.",
        "not_checkable": "This cannot be checked against computed zones.",
    }
    by, alone = "The report says “{words}”, after {who}.", "The report says “{words}”."
    said = [say(by if claim.claimant else alone, words=claim.text, who=claim.claimant) for claim in record.zone_claims]
    verdict, share = say(verdicts[record.zone_check.state]), record.zone_check.share
    if share is not None and record.zone_check.state == "undetermined":
        verdict += " " + say("{share} of the shape lies in waters that fit.", share=percent(share))
    return [*said, verdict]


def number(count: Count | EventsCount, *, qualifier: str = "") -> str:
    """Write a range as a reader says it.

    >>> from geo.model import Count, EventsCount
    >>> number(Count(76, 76, None, "at_least", "at least 76", 0, 11)), number(EventsCount(3, None, 5))
    ('at least 76', '3 to 5')
    """
    qualifier = qualifier or getattr(count, "qualifier", "")
    low, best, high = count.low, count.best, count.high
    known = best if best is not None else low if low is not None else high
    if known is None:
        return say("a number not stated")
    if qualifier == "about":
        return say("about {n}", n=known)
    if low is not None and high is not None:
        return figure(low) if low == high else say("{low} to {high}", low=low, high=high)
    if low is None and high is not None:
        return say("at most {n}", n=high)
    return say("at least {n}", n=known) if low is not None else figure(known)


def casualties(people: Casualties, *, claimed: str) -> list[str]:
    """Say who was hurt, as ranges, and by whose word when the report has it from one side only."""
    lines = []
    for name in ("killed", "injured", "missing", "abducted", "rescued", "survivors"):
        count: Count | None = getattr(people, name)
        if count is None:
            continue
        none = count.qualifier == "none_reported" or count.best == count.high == 0
        text = say(f"None {name}, the report says") if none else say(f"{{n}} {name}", n=number(count))
        lines.append(text[0].upper() + text[1:] + claimed)
    return lines


def claimed_by(record: Record) -> str:
    """Say ", as claimed by X" while a statement rests on one side's word; empty when it does not."""
    if record.assertion not in {"claimed", "alleged", "disputed", "denied", "retracted"}:
        return ""
    speakers = list(dict.fromkeys(claim.claimant for claim in record.claims if claim.stance == "asserts"))
    return say(", as claimed by {who}", who=listed(speakers)) if speakers else say(", as claimed")


def listed(names: Sequence[str]) -> str:
    """List names.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    return say("{one} and {other}", one=", ".join(names[:-1]), other=names[-1]) if len(names) > 1 else "".join(names)


def claim(said: Claim) -> str:
    """Say who takes which stance, and the words that show it; a longer phrase speaks for itself."""
    kind = say(terms.CLAIMANTS.get(said.claimant_type, said.claimant_type))
    stance = "" if said.stance == "asserts" and len(said.cue.split()) > LONG_CUE else f" {say(terms.STANCES[said.stance])}"
    return say("{head}: {assets}", head=f"{said.claimant} ({kind}){stance}", assets=f"“{said.cue}”")


LONG_CUE: Final = 3
"""Words after which a cue is a phrase of its own."""


def plain(code: str) -> str:
    """Turn a code of ours into words.

    >>> plain("strike_on_vessel")
    'Strike on vessel'
    """
    return say(begun(code.replace("_", " ")))


def begun(words: str) -> str:
    """Write words as a sentence begins."""
    return words[:1].upper() + words[1:]


def what(record: Record, names: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Give the rows that say what happened or what is deployed, each with its heading."""
    rows = _incident(record, names) if isinstance(record, Incident) else _deployment(record, names)
    return [(heading, [line for line in lines if line]) for heading, lines in rows if any(lines)]


def _incident(record: Incident, names: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Give the rows of an incident."""
    claimed = claimed_by(record)
    yield "Kind", [plain(record.event_type)]
    if record.record_kind == "aggregate":
        count = record.events_count
        events = say("Total of {n} events", n=number(count)) + claimed if count else say("A total over several events")
        yield "Sum", [f"{events}. {say('It is not added to its parts and has no point on the map.')}"]
    yield "Actor", [_actor(record.actor, record.actor_country, names)]
    yield "Target", [", ".join(part for part in (record.target, record.target_status) if part)]
    yield "Weapon", [record.weapon or ""]
    yield "Vessels", [vessel(ship) for ship in record.vessels]
    yield "People", casualties(record.casualties, claimed=claimed)
    law = terms.LEGAL.get(record.legal_characterisation)
    yield "Law", [say(law) if law else ""]


def _deployment(record: Record, names: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Give the rows of a deployment."""
    field = {
        name: getattr(record, name)
        for name in ("status", "actor", "actor_country", "assets", "origin", "via", "destination", "base", "purpose_claimed")
    }
    yield "Status", [plain(field["status"])]
    yield "Force", [_actor(field["actor"], field["actor_country"], names)]
    yield "Assets", [asset(item) for item in field["assets"]]
    for name in ("origin", "via", "destination", "base"):
        yield name.capitalize(), [field[name] or ""]
    claimed = say("{purpose} (as claimed)", purpose=field["purpose_claimed"])
    yield "Purpose", [claimed if field["purpose_claimed"] else ""]


def _actor(name: str | None, country: str | None, names: Mapping[str, str]) -> str:
    """Name an actor and the state behind it, once."""
    state = names.get(country or "", country or "")
    return f"{name} ({state})" if name and state and state.casefold() not in name.casefold() else name or state


def vessel(ship: Vessel) -> str:
    """Name a vessel with what is known of it; nothing when no more is known than that it is one."""
    labels = ((say("flag"), ship.flag), ("IMO", ship.imo), ("MMSI", ship.mmsi), ("", ship.outcome))
    ids = ", ".join(f"{label} {value}".strip() for label, value in labels if value)
    name = " ".join(part for part in (ship.type, ship.name) if part)
    if not ids:
        return "" if name in {"vessel", "ship", "boat"} else name
    return f"{name or say('vessel without a name')} ({ids})"


def asset(item: Asset) -> str:
    """Name what is deployed, and how many in the report's own words.

    >>> from geo.model import Asset, AssetCount
    >>> asset(Asset("destroyer", count=AssetCount(2, None, None, "Several")))
    'Destroyer: several'
    """
    parts = (plain(item.type), item.name, f"({item.hull})" if item.hull else "", item.unit)
    named = " ".join(part for part in parts if part)
    return say("{head}: {assets}", head=named, assets=item.count.text.lower()) if item.count and item.count.text else named


def span(dates: Sequence[tuple[str, int | None]], *, running: bool = False) -> str:
    """Say from when to when, for the line under the title; each date comes with its precision. What runs on has no last day.

    >>> span([("2025-11-14", 1), ("2025-09-01", 4)])
    'September to 14 November 2025'
    >>> span([("2025-09-01", 4)], running=True)
    'since September 2025'
    """
    known = sorted((text, precision or DAY) for text, precision in dates if _is_date(text))
    if not known:
        return ""
    first, last = coarse(*known[0]), coarse(*known[-1])
    if running:
        return say("since {date}", date=day(first))
    return _stretch(first, last)


def _is_date(text: str) -> bool:
    """Say whether a text is a whole ISO date."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
