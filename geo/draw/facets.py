"""Say what a record can be asked by: kind, actor, standing, mode, source, waters, review. Codes stay codes; the page has their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from geo.draw import words
from geo.model import Deployment, Incident

if TYPE_CHECKING:
    from geo.model import Record

Index = Mapping[str, tuple[int, str]]
"""The number of each report in the list of sources, and who published it, by the report's id."""

LEAST_SHARE: Final = 0.1
"""A zone that holds less of the shape than this is no answer to "in whose waters"."""


def facets(record: Record, *, names: Mapping[str, str], index: Index) -> dict[str, list[str]]:
    """Give the values of a record under each heading; none where nothing is known."""
    told = [index[report][1] for report in dict.fromkeys(e.report_id for e in record.evidence) if report in index]
    actor = getattr(record, "actor", None) or names.get(getattr(record, "actor_country", None) or "", "")
    zones = [words.waters_of(zone, names) for zone in record.zones if zone.share >= LEAST_SHARE]
    return {
        "kind": [_kind(record)],
        "actor": [actor] if actor else [],
        "standing": [record.assertion],
        "mode": [record.auxiliary_mode],
        "source": list(dict.fromkeys(told)),
        "zone": list(dict.fromkeys(zones)),
        "review": [record.review.state],
    }


def _kind(record: Record) -> str:
    """Give the event type of an incident, or the kind of the first thing deployed."""
    if isinstance(record, Incident):
        return record.event_type
    assets = record.assets if isinstance(record, Deployment) else ()
    return assets[0].type if assets else "force"
