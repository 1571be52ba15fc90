"""Write the one line that names a record, in our words and from its fields: what is only claimed says so, and by whom.

The phrases are English and whole, so that whoever hands in a `say` of another language gets the title in that one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.model import AssetCount, Claim, Count, Deployment, EventsCount, Incident, Record

Say = Callable[..., str]
"""Says a phrase, its `{names}` filled in."""

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
_SAID = frozenset({"ship", "the ship", "the vessel", "vessel"})
"""Words for a target that say no more than the kind of event does."""
_MODE_WORDS = {"future": "planned", "hypothetical": "hypothetical", "negation": "said not to have happened", "historical": "earlier"}


def english(phrase: str, /, **values: object) -> str:
    """Say a phrase as it stands.

    >>> english("at least {n}", n=1300)
    'at least 1,300'
    """
    return phrase.format(**{name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()})


def incident(record: Incident, words: tuple[str, str], say: Say = english) -> str:
    """Title an incident: type, number, victims, and whose word it is.

    >>> from geo.model import Evidence, Incident
    >>> record = Incident(id="a", title="", event_type="boarding", evidence=(Evidence("r", 0, 1, "x", "y"),))
    >>> incident(record, ("Boarding of a vessel", "Boardings of vessels"))
    'Boarding of a vessel'
    """
    parts = [words[record.record_kind == "aggregate"]]
    target = (record.target or "").removesuffix("'s").removesuffix("’s")
    if record.record_kind == "event" and target and not record.target_status and target.lower() not in _SAID:
        parts[0] = f"{parts[0]} ({target})"
    if record.record_kind == "aggregate":
        parts.append(say("total of {events}", events=_events(record.events_count, say)))
    if record.where_text:
        parts.append(_short(record.where_text))
    if (killed := record.casualties.killed) is not None:
        parts.append(say("{n} reported killed", n=people(killed, say)))
    if record.target_status:
        parts.append(say("drug link alleged"))
    return _voiced(record, ", ".join(parts), say)


def deployment(record: Deployment, say: Say = english) -> str:
    """Title a deployment: status, assets, where."""
    assets = ", ".join(_asset(a.type, a.count, say) for a in record.assets[:3])
    where = record.destination or record.base or record.where_text
    what = say(_STATUS_WORDS[record.status])
    head = say("{what} by {actor}", what=what, actor=record.actor) if record.actor else what
    line = say("{head}: {assets}", head=head, assets=assets) + (f", {where}" if where else "")
    return _voiced(record, line, say)


def _short(words: str) -> str:
    """Cut the words for a place to what a title holds: an area named by its corners is longer than a line."""
    return words if len(words) <= _PLACE_CHARACTERS else f"{words[:_PLACE_CHARACTERS].rsplit(' ', 1)[0]} …"


def people(count: Count, say: Say = english) -> str:
    """Say a number of people as a range in words.

    >>> from geo.model import Count
    >>> people(Count(76, 76, None, "at_least", "at least 76", 0, 11))
    'at least 76'
    """
    return _range(count.low, count.best, count.high, say)


def _events(count: EventsCount | None, say: Say) -> str:
    """Say how many events a total sums."""
    if count is None:
        return say("an unstated number of events")
    return say("{n} events", n=_range(count.low, count.best, count.high, say))


def _range(low: int | None, best: int | None, high: int | None, say: Say) -> str:
    """Say a range: exact, at least, at most, between."""
    if low is not None and low == high:
        return say("{n}", n=low)
    if low is not None and high is not None:
        return say("{low} to {high}", low=low, high=high)
    if low is not None:
        return say("at least {n}", n=low)
    return say("at most {n}", n=high) if high is not None else say("about {n}", n=best)


def _asset(kind: str, count: AssetCount | None, say: Say) -> str:
    """Name an asset with its number."""
    word = _ASSET_WORDS.get(kind, kind.replace("_", " "))
    if count is None or (count.low, count.high) == (1, 1):
        return say(word)
    plural = word if word.endswith(("personnel", "militia", "aircraft", "other")) else f"{word}s"
    return f"{_range(count.low, count.best, count.high, say)} {say(plural)}"


def _voiced(record: Record, line: str, say: Say) -> str:
    """Add the mode, and who claims and who disputes what nobody confirms."""
    if record.auxiliary_mode in _MODE_WORDS and (record.record_type == "incident" or record.auxiliary_mode == "historical"):
        line = f"{line} ({say(_MODE_WORDS[record.auxiliary_mode])})"
    says = _names(record.claims, {"asserts"}, say)
    against = _names(record.claims, {"denies", "disputes"}, say)
    if record.assertion in {"claimed", "disputed", "denied", "confirmed_by_actor", "confirmed_by_victim"} and says:
        stated = "{line}, as stated by {who}" if record.assertion.startswith("confirmed") else "{line}, as claimed by {who}"
        line = say(stated, line=line, who=says)
    if record.assertion == "alleged":
        line = f"{line} ({say('alleged')})"
    denied = "{line}; denied by {who}" if record.assertion == "denied" else "{line}; disputed by {who}"
    return say(denied, line=line, who=against) if against else line


def _names(claims: tuple[Claim, ...], stances: set[str], say: Say) -> str:
    """List at most two claimants of the given stances, in order."""
    found = list(dict.fromkeys(c.claimant for c in claims if c.stance in stances))[:2]
    return say("{one} and {other}", one=found[0], other=found[1]) if len(found) > 1 else "".join(found)
