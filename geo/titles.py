"""Write the one line that names a record, in our words and from its fields: what is only claimed says so, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.model import AssetCount, Claim, Count, Deployment, EventsCount, Incident, Record

_ASSET_WORDS = {"nuclear_submarine": "nuclear-powered submarine", "personnel": "personnel", "aircraft_carrier": "aircraft carrier"}
_STATUS_WORDS = {
    "ordered": "Deployment ordered",
    "planned": "Deployment planned",
    "under_consideration": "Deployment under consideration",
    "in_transit": "Deployment under way",
    "arrived": "Arrival",
    "present": "Deployment",
    "exercising": "Exercise",
    "withdrawn": "Withdrawal",
    "denied": "Deployment denied",
    "hypothetical": "Possible deployment",
}
_PLACE_CHARACTERS = 60
_MODE_WORDS = {"future": "planned", "hypothetical": "hypothetical", "negation": "said not to have happened", "historical": "earlier"}


def incident(record: Incident, words: tuple[str, str]) -> str:
    """Title an incident: type, number, victims, and whose word it is.

    >>> from geo.model import Evidence, Incident
    >>> record = Incident(id="a", title="", event_type="boarding", evidence=(Evidence("r", 0, 1, "x", "y"),))
    >>> incident(record, ("Boarding of a vessel", "Boardings of vessels"))
    'Boarding of a vessel'
    """
    parts = [words[record.record_kind == "aggregate"]]
    if record.record_kind == "event" and record.target and not record.target_status:
        parts[0] = f"{parts[0]} ({record.target})"
    if record.record_kind == "aggregate":
        parts.append(f"total of {_events(record.events_count)}")
    if record.where_text:
        parts.append(_short(record.where_text))
    if (killed := record.casualties.killed) is not None:
        parts.append(f"{people(killed)} reported killed")
    if record.target_status:
        parts.append("drug link alleged")
    return _voiced(record, ", ".join(parts))


def deployment(record: Deployment) -> str:
    """Title a deployment: status, assets, where."""
    assets = ", ".join(_asset(a.type, a.count) for a in record.assets[:3])
    where = record.destination or record.base or record.where_text
    by = f" by {record.actor}" if record.actor else ""
    line = f"{_STATUS_WORDS[record.status]}{by}: {assets}" + (f", {where}" if where else "")
    return _voiced(record, line)


def _short(words: str) -> str:
    """Cut the words for a place to what a title holds: an area named by its corners is longer than a line."""
    return words if len(words) <= _PLACE_CHARACTERS else f"{words[:_PLACE_CHARACTERS].rsplit(' ', 1)[0]} …"


def people(count: Count) -> str:
    """Say a number of people as a range in words.

    >>> from geo.model import Count
    >>> people(Count(76, 76, None, "at_least", "at least 76", 0, 11))
    'at least 76'
    """
    return _range(count.low, count.best, count.high)


def _events(count: EventsCount | None) -> str:
    """Say how many events a total sums."""
    return "an unstated number of events" if count is None else f"{_range(count.low, count.best, count.high)} events"


def _range(low: int | None, best: int | None, high: int | None) -> str:
    """Say a range: exact, at least, at most, between."""
    if low is not None and low == high:
        return f"{low:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    if low is not None:
        return f"at least {low:,}"
    return f"at most {high:,}" if high is not None else f"about {best:,}"


def _asset(kind: str, count: AssetCount | None) -> str:
    """Name an asset with its number."""
    word = _ASSET_WORDS.get(kind, kind.replace("_", " "))
    if count is None or (count.low, count.high) == (1, 1):
        return word
    plural = word if word.endswith(("personnel", "militia", "aircraft", "other")) else f"{word}s"
    return f"{_range(count.low, count.best, count.high)} {plural}"


def _voiced(record: Record, line: str) -> str:
    """Add the mode, and who claims and who disputes what nobody confirms."""
    if record.auxiliary_mode in _MODE_WORDS and (record.record_type == "incident" or record.auxiliary_mode == "historical"):
        line = f"{line} ({_MODE_WORDS[record.auxiliary_mode]})"
    says = _names(record.claims, {"asserts"})
    against = _names(record.claims, {"denies", "disputes"})
    if record.assertion in {"claimed", "disputed", "denied", "confirmed_by_actor", "confirmed_by_victim"} and says:
        line = f"{line}, as claimed by {says}" if not record.assertion.startswith("confirmed") else f"{line}, as stated by {says}"
    if record.assertion == "alleged":
        line = f"{line} (alleged)"
    return f"{line}; {'denied' if record.assertion == 'denied' else 'disputed'} by {against}" if against else line


def _names(claims: tuple[Claim, ...], stances: set[str]) -> str:
    """List at most two claimants of the given stances, in order."""
    return " and ".join(list(dict.fromkeys(c.claimant for c in claims if c.stance in stances))[:2])
