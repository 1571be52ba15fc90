"""Say a record's fields in words that a reader can check: when, where and how surely, in whose waters, how many, who says so.

Everything is neutral: what only a claimant states is never said in our own voice. Distances are given in km and nautical miles.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from geo.draw import terms
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
        return "date not stated"
    parts = iso[:10].split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > len("ymd"):
        return iso
    month = f"{terms.MONTHS[int(parts[1]) - 1]} " if len(parts) > 1 and 1 <= int(parts[1]) <= len(terms.MONTHS) else ""
    number = f"{int(parts[2])} " if len(parts) == len("ymd") else ""
    return f"{number}{month}{parts[0]}"


def period(start: str | None, end: str | None, precision: int | None) -> str:
    """Write a span of dates as finely as it is known; one end missing leaves it open.

    >>> period("2025-09-02", "2025-09-02", 1), period("2025-09-01", "2025-09-30", 4), period("2025-09-29", "2025-10-03", 2)
    ('2 September 2025', 'September 2025', '29 September to 3 October 2025')
    >>> period("2025-09-01", None, 4)
    'since September 2025'
    """
    if start is None or end is None:
        known = start or end
        return day(None) if known is None else f"{'until' if start is None else 'since'} {day(coarse(known, precision))}"
    first, last = coarse(start, precision), coarse(end, precision)
    return day(first) if first == last else f"{_shortened(first, last)} to {day(last)}"


def _shortened(first: str, last: str) -> str:
    """Leave off the year, or the month too, that the end of a span repeats."""
    written = day(first)
    if len(first) == len(last) == len("2025-09-02") and first[:7] == last[:7]:
        return written.split(" ", maxsplit=1)[0]
    return written.removesuffix(f" {first[:4]}") if first[:4] == last[:4] else written


def when(record: Record) -> list[str]:
    """Say when, how exactly that is known, and from which words of the report."""
    line = period(record.date_start, record.date_end, record.date_prec)
    exactness = terms.PRECISIONS.get(record.date_prec or 0)
    clock = f", {record.time_utc.removesuffix('Z').removesuffix(' UTC')} UTC" if record.time_utc else ""
    lines = [line + clock + (f" ({exactness})" if exactness else "")]
    if record.date_text:
        against = f", read against {day(record.anchor_date)}" if record.anchor_date else ""
        lines.append(f"From the words “{record.date_text}”{against}.")
    if record.valid_until:
        lines.append(f"In force until {day(record.valid_until)}.")
    return lines


def distance(metres: float) -> str:
    """Write a distance in km and nautical miles with two figures that mean something.

    >>> distance(1900), distance(34_000), distance(180)
    ('1.9 km (1.0 nm)', '34 km (18 nm)', '180 m')
    """
    if metres < 1000:
        return f"{metres:.0f} m"
    km, nm = metres / 1000, metres / 1000 / KM_PER_NM
    return f"{km:.1f} km ({nm:.1f} nm)" if km < 10 else f"{km:,.0f} km ({nm:,.0f} nm)"


def position(longitude: float, latitude: float, uncertainty_m: float | None) -> str:
    """Write a position with as many decimals as its uncertainty warrants.

    >>> position(-69.98251, 12.51, 1900.0)
    '12.51° N, 69.98° W'
    """
    places = 1 if (uncertainty_m or 0) > 10_000 else 2 if (uncertainty_m or 0) > 500 else 4
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.{places}f}° {north}, {abs(longitude):.{places}f}° {east}"


def where(record: Record | Match) -> list[str]:
    """Say where, how that was read, and how far off it may be."""
    text = record.mention.text if isinstance(record, Match) else record.where_text
    role = "event" if isinstance(record, Match) else record.where_role
    lines = [f"“{text}”"] if text else []
    anchor = f" from {record.anchor.name}" if record.anchor and record.geometry_method.endswith(("offset", "only")) else ""
    lines.append(terms.METHODS[record.geometry_method].format(anchor=anchor))
    if record.longitude is not None and record.latitude is not None and record.coordinate_uncertainty_m is not None:
        spot = position(record.longitude, record.latitude, record.coordinate_uncertainty_m)
        lines.append(f"Around {spot}, uncertain by {distance(record.coordinate_uncertainty_m)}.")
    if record.coverage:
        lines.append(f"Where the true position was known, shapes like this one held it {record.coverage:.0%} of the time.")
    if role in terms.WHERE_ROLES and record.geometry is not None:
        lines.append(terms.WHERE_ROLES[role])
    return lines


def waters(record: Record, names: Mapping[str, str]) -> list[str]:
    """Say in whose waters and on what basis, each line marked as an approximation; then the named seas."""
    parts = sorted(record.zones, key=lambda part: -part.share) if len(record.zones) > FEW_ZONES else record.zones
    lines = [zone(part, names) for part in parts[:MOST_ZONES]]
    if len(parts) > MOST_ZONES:
        lines.append(f"And {len(parts) - MOST_ZONES} more, each with at most {parts[MOST_ZONES].share:.0%} of the shape.")
    distances = sorted({part.distance_to_coast_nm for part in record.zones if part.distance_to_coast_nm is not None})
    if distances and record.longitude is not None:
        lines.append(f"About {distances[0]:,.0f} nm from the nearest coast.")
    seas = ", ".join(sea.name if sea.share > ALL_BUT else f"{sea.name} ({sea.share:.0%})" for sea in record.seas[:MOST_SEAS])
    return [*lines, f"Named waters: {seas}."] if seas else lines


ALL_BUT: Final = 0.995
"""From this share on, a part is the whole."""

FEW_ZONES, MOST_ZONES, MOST_SEAS = 3, 6, 3
"""More zones than the first are sorted by share; more than the second are counted; of seas the greatest few are named."""


def zone(part: Zone, names: Mapping[str, str]) -> str:
    """Say one zone: kind, territory, share of the geometry, and on what the answer rests."""
    share = f", {part.share:.0%} of the shape" if part.share < ALL_BUT else ""
    basis = "" if part.zone_type == "land" else f" (approximation: {zone_basis(part)})"
    return waters_of(part, names) + share + basis


def waters_of(part: Zone, names: Mapping[str, str]) -> str:
    """Name a zone by its kind and whose it is."""
    owner = names.get(part.territory, part.territory) if part.territory else ""
    if part.zone_type == "land":
        return f"On land{f' in {owner}' if owner else ''}"
    return terms.ZONE_TYPES.get(part.zone_type, plain(part.zone_type)) + (f" of {owner}" if owner else "")


def zone_basis(part: Zone) -> str:
    """Say on what a zone rests: its status, unless that is the ordinary one, and its basis."""
    status = "" if part.basis and part.status in ORDINARY else terms.ZONE_STATUS.get(part.status, part.status)
    return ", ".join(text for text in (status, part.basis) if text)


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
    said = [
        f"The report says “{claim.text}”" + (f", after {claim.claimant}" if claim.claimant else "") + "." for claim in record.zone_claims
    ]
    share = record.zone_check.share
    part = f" {share:.0%} of the shape lies in waters that fit." if share is not None and record.zone_check.state == "undetermined" else ""
    return [*said, verdicts[record.zone_check.state] + part]


def number(count: Count | EventsCount, *, qualifier: str = "") -> str:
    """Write a range as a reader says it.

    >>> from geo.model import Count, EventsCount
    >>> number(Count(76, 76, None, "at_least", "at least 76", 0, 11)), number(EventsCount(3, None, 5))
    ('at least 76', '3 to 5')
    """
    qualifier = qualifier or getattr(count, "qualifier", "")
    low, best, high = count.low, count.best, count.high
    figure = best if best is not None else low if low is not None else high
    if figure is None:
        return "a number not stated"
    if qualifier == "about":
        return f"about {figure:,}"
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,} to {high:,}"
    if low is None and high is not None:
        return f"at most {high:,}"
    return f"at least {figure:,}" if low is not None else f"{figure:,}"


def casualties(people: Casualties, *, claimed: str) -> list[str]:
    """Say who was hurt, as ranges, and by whose word when the report has it from one side only."""
    lines = []
    for name in ("killed", "injured", "missing", "abducted", "rescued", "survivors"):
        count: Count | None = getattr(people, name)
        if count is None:
            continue
        noun = "survivors" if name == "survivors" else name
        text = (
            f"None {noun}, the report says"
            if count.qualifier == "none_reported" or count.best == count.high == 0
            else f"{number(count)} {noun}"
        )
        lines.append(text[0].upper() + text[1:] + claimed)
    return lines


def claimed_by(record: Record) -> str:
    """Say ", as claimed by X" while a statement rests on one side's word; empty when it does not."""
    if record.assertion not in {"claimed", "alleged", "disputed", "denied", "retracted"}:
        return ""
    speakers = list(dict.fromkeys(claim.claimant for claim in record.claims if claim.stance == "asserts"))
    return f", as claimed by {' and '.join(speakers)}" if speakers else ", as claimed"


def claim(said: Claim) -> str:
    """Say who takes which stance, and the words that show it; a longer phrase speaks for itself."""
    kind = terms.CLAIMANTS.get(said.claimant_type, said.claimant_type)
    stance = "" if said.stance == "asserts" and len(said.cue.split()) > LONG_CUE else f" {terms.STANCES[said.stance]}"
    return f"{said.claimant} ({kind}){stance}: “{said.cue}”"


LONG_CUE: Final = 3
"""Words after which a cue is a phrase of its own."""


def plain(code: str) -> str:
    """Turn a code of ours into words.

    >>> plain("strike_on_vessel")
    'Strike on vessel'
    """
    words = code.replace("_", " ")
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
        events = f"Total of {number(record.events_count)} events{claimed}" if record.events_count else "A total over several events"
        yield "Sum", [f"{events}. It is not added to its parts and has no point on the map."]
    yield "Actor", [_actor(record.actor, record.actor_country, names)]
    yield "Target", [", ".join(part for part in (record.target, record.target_status) if part)]
    yield "Weapon", [record.weapon or ""]
    yield "Vessels", [vessel(ship) for ship in record.vessels]
    yield "People", casualties(record.casualties, claimed=claimed)
    yield "Law", [terms.LEGAL.get(record.legal_characterisation, "")]


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
        yield plain(name), [field[name] or ""]
    yield "Purpose", [f"{field['purpose_claimed']} (as claimed)" if field["purpose_claimed"] else ""]


def _actor(name: str | None, country: str | None, names: Mapping[str, str]) -> str:
    """Name an actor and the state behind it, once."""
    state = names.get(country or "", country or "")
    return f"{name} ({state})" if name and state and state.casefold() not in name.casefold() else name or state


def vessel(ship: Vessel) -> str:
    """Name a vessel with what is known of it; nothing when no more is known than that it is one."""
    labels = (("flag", ship.flag), ("IMO", ship.imo), ("MMSI", ship.mmsi), ("", ship.outcome))
    ids = ", ".join(f"{label} {value}".strip() for label, value in labels if value)
    name = " ".join(part for part in (ship.type, ship.name) if part)
    if not ids:
        return "" if name in {"vessel", "ship", "boat"} else name
    return f"{name or 'vessel without a name'} ({ids})"


def asset(item: Asset) -> str:
    """Name what is deployed, and how many in the report's own words.

    >>> from geo.model import Asset, AssetCount
    >>> asset(Asset("destroyer", count=AssetCount(2, None, None, "Several")))
    'Destroyer: several'
    """
    parts = (plain(item.type), item.name, f"({item.hull})" if item.hull else "", item.unit)
    named = " ".join(part for part in parts if part)
    return f"{named}: {item.count.text.lower()}" if item.count and item.count.text else named


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
        return f"since {day(first)}"
    return day(first) if first == last else f"{_shortened(first, last)} to {day(last)}"


def _is_date(text: str) -> bool:
    """Say whether a text is a whole ISO date."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
