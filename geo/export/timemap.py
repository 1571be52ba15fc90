"""Write the records as the events of TimeMap (Forensic Architecture), as its event schema has them: every value a string.

An area has no latitude and longitude there, so that no country becomes a pin. TimeMap's own configuration says how dates are written; its
default, month first, is used.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from geo.export.rows import shorten
from geo.model import Incident

if TYPE_CHECKING:
    from geo.model import Dossier, Record


def events(dossier: Dossier) -> str:
    r"""Write a list of events, one a line.

    >>> from geo.model import Dossier
    >>> events(Dossier())
    '[\n\n]\n'
    """
    lines = ",\n".join(json.dumps(_event(record), ensure_ascii=False, separators=(",", ":")) for record in dossier.records)
    return f"[\n{lines}\n]\n"


def _event(record: Record) -> dict[str, str | list[str]]:
    """Give a record as an event."""
    kind = record.event_type if isinstance(record, Incident) else getattr(record, "status", "")
    source = record.source
    said = [f"{record.assertion}; {record.auxiliary_mode}; review: {record.review.state}", source.publisher, source.title, source.url]
    pinned = record.longitude is not None and record.latitude is not None
    return {
        "id": record.id,
        "description": f"{record.title}\n\n{shorten(record.evidence[0].text)}",
        "date": dt.date.fromisoformat(record.date_start).strftime("%m/%d/%Y") if record.date_start else "",
        "time": (record.time_utc or "").removesuffix("Z"),
        "time_precision": f"UCDP {record.date_prec}" if record.date_prec else "",
        "location": record.where_text or "",
        "latitude": str(record.latitude) if pinned else "",
        "longitude": str(record.longitude) if pinned else "",
        "type": record.record_type,
        "category": kind,
        "category_full": f"{record.record_type}: {kind.replace('_', ' ')}",
        "associations": [kind],
        "sources": [],
        "comments": " | ".join(part for part in said if part),
    }
