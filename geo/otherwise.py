"""Say what would have changed an answer: the words that, had they stood there or been missing, would lead to another one.

Each sentence follows from a rule of the step that decided (roles, ranking, modality, assertion, zone check, legal character) and from
the fields it left on the noun; nothing is read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import settings
from geo.model import MAPPED_ROLES, Incident

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.model import Deployment, Match

_ROLES: Final = {
    "metonym": "it would be drawn if something were said to be or happen in it (“in {text}”), not done by it",
    "institution": "it would be drawn if the name stood by itself, outside the organisation's",
    "demonym": "it would be drawn if the place itself were named, not who or what is of it",
    "person": "it would be drawn if the words said “in {text}” or named its state behind it",
    "ship": "it would be drawn if nothing about it were a ship's: no prefix, no type, no flag",
    "zone_claim": "a position or a named place beside it would be drawn; the words about the waters are checked against that",
    "dateline": "it would be drawn if the report said that something happened there",
}
_MODES: Final = {
    "historical": "a date less than a year and a half before the report would make it news, on the map",
    "future": "told as done (“has sent”, not “will send”), it would be on the map",
    "hypothetical": "told without a condition or a “could”, it would be on the map",
    "negation": "without the denial or the “no”, it would be on the map",
}
_ASSERTIONS: Final = {
    "claimed": "it would be “reported” if the report said so in its own voice, “disputed” if another side denied it",
    "alleged": "it would be “claimed” if somebody were named as saying so",
    "disputed": "it would be “claimed” or “reported” without the denial",
    "denied": "it would be “disputed” if anybody in the report asserted it",
    "reported": "it would be “claimed” if the report only passed on what one side says",
    "confirmed_by_actor": "it would be “claimed” if the speaker were not the one who acted",
    "confirmed_by_victim": "it would be “claimed” if the speaker were neither owner nor crew",
    "independently_confirmed": "it would be “reported” without the independent confirmation",
    "retracted": "it would stand without the retraction",
}


def of_mention(match: Match) -> Iterator[str]:
    """Say what would have changed the answer for a mention."""
    mention = match.mention
    if mention.role not in MAPPED_ROLES:
        yield _ROLES[mention.role].format(text=mention.text)
    if match.place is None and mention.role in {"place", "offset"}:
        yield "it would be placed if the gazetteer knew the name (`geo layers add` takes a GeoNames dump) or a known place stood behind it"
    if match.runners_up and match.place is not None:
        rival = match.runners_up[0].place
        state = rival.admin1 or rival.country or "its state"
        lead = (match.score or 0.0) - match.runners_up[0].score
        named = f"{rival.name} ({rival.kind}, {rival.country or 'no state'})"
        yield f"it would mean {named} with {state} written behind it; the lead is {lead:.2f}"
    elif match.place is not None and match.score is not None and match.score < 1:
        yield f"another meaning would need another place of that name; below {settings.LEAST_SCORE:g} it would be listed without a place"
    if match.geometry_method in {"region_polygon", "country_polygon"} and mention.role == "place":
        yield "a town, a distance or a position would make it finer than an area"


def of_record(record: Incident | Deployment) -> Iterator[str]:
    """Say what would have changed the answer for a record."""
    if record.auxiliary_mode != "actual":
        yield _MODES[record.auxiliary_mode]
    yield _ASSERTIONS[record.assertion]
    if record.geometry is None:
        yield "it would be on the map if its own clause named a place, a position, or a distance from a place"
    if record.date_start is None:
        yield "it would be on the timeline if its own clause named a day, or a weekday and the report its publication date"
    elif record.anchor_date and record.date_text:
        yield f"another publication date than {record.anchor_date} would move the date read from “{record.date_text}”"
    if record.zone_check is not None and record.zone_check.state == "undetermined":
        yield (
            f"the zone check would be consistent from {settings.ZONE_CONSISTENT_SHARE:.0%} of the area on and inconsistent up to "
            f"{settings.ZONE_INCONSISTENT_SHARE:.0%}: a finer place would decide it"
        )
    if isinstance(record, Incident) and record.legal_characterisation == "undetermined":
        yield (
            "a private actor, a second craft and the whole area beyond the territorial sea would make it piracy (UNCLOS 101), the whole "
            "area inside it armed robbery (IMO A.1025(26)), a state actor a use of force or law enforcement"
        )
