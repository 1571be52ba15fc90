"""Turn a Dossier into the page's data: everything in words, every geometry in whole numbers, so that the page's code stays small."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from geo import layers
from geo.draw import care, columns, ground, lists, records, shapes, waters, window, words
from geo.draw.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.draw.window import Window
    from geo.model import Dossier, Match, Record, Source

CHECKED: Final = frozenset({"confirmed", "corrected"})
"""States of a review that stand for a person's yes."""

LEGEND: Final[dict[str, str]] = {
    "strike": "Strike, attack or explosion",
    "seizure": "Boarding, seizure or robbery",
    "warning": "Suspicious approach or warning",
    "other": "Other incident",
    "ship": "Ships deployed",
    "air": "Aircraft deployed",
    "people": "Personnel deployed",
    "force": "Other forces deployed",
    "place": "Place named, no event read there",
}

ATTRIBUTION: Final = (
    "Places: GeoNames (CC BY 4.0), Natural Earth, own tables. Coasts, borders: Natural Earth. "
    "Zones: computed from GSHHG (LGPL) coasts; some baselines © OpenStreetMap contributors (ODbL)."
)
DISCLAIMER: Final = (
    "Zones, borders and names are approximations for orientation; they imply no view on any claim and have no legal authority."
)


def build(dossier: Dossier, *, title: str | None, full_text: bool, reviewed_only: bool, delay_hours: float) -> dict[str, Any]:
    """Give the page's data for a Dossier.

    Raises
    ------
    LayerError
        The basemap is not built.

    """
    wanted = [r for r in dossier.records if r.review.state != "rejected" and (not reviewed_only or r.review.state in CHECKED)]
    shown = [r for r in wanted if not care.fresh(r, dossier.as_of, delay_hours)]
    # The place of what is held back is not told as a mere name either.
    named = lists.places(dossier, wanted if delay_hours > 0 else shown)
    view = _view(shown, named)
    areas = shapes.areas([*shown, *named], view)
    rows = _rows(shown, named, dossier, areas, view)
    return laid_out(rows, areas, view) | {
        "title": title or _title(shown, dossier),
        "under": _under(shown, dossier),
        "as_of": dossier.as_of,
        "review": _review(shown, dossier),
        "left_off": _left_off(dossier, wanted),
        "held_back": [len(wanted) - len(shown), delay_hours],
        "empty": _empty(shown, named, dossier),
        "unplaced": lists.unplaced(dossier),
        "sources": lists.sources(dossier),
        "texts": lists.texts(dossier, shown) if full_text else [],
    }


def laid_out(rows: Sequence[dict[str, Any]], areas: shapes.Areas, view: Window, legend: Mapping[str, str] = LEGEND) -> dict[str, Any]:
    """Give what a page of rows needs, whatever they are rows of: the view, the ground and the waters below them, the legend."""
    return {
        "fit": view.fit,
        "window": view.carried,
        "scale": window.SCALE,
        "ground_scale": view.ground_scale,
        "base": ground.cut(view),
        "zones": waters.cut(view, ground.names()) if rows else [],
        "legend": [[name, text] for name, text in legend.items() if any(row["glyph"] == name for row in rows)],
        "records": rows,
        "part": columns.PART,
        "areas": [area["drawn"] for area in areas.values()],
        "attribution": layers.credited(say(ATTRIBUTION)),
        "disclaimer": say(DISCLAIMER),
    }


def _view(shown: Sequence[Record], named: Sequence[Match]) -> Window:
    """Frame what happened or is there; without that, the places named."""
    happened = [r.geometry for r in shown if r.geometry is not None and r.auxiliary_mode == "actual"]
    return window.choose(shapes.boxes(happened or [m.geometry for m in named if m.geometry is not None]))


def _rows(shown: Sequence[Record], named: Sequence[Match], dossier: Dossier, areas: shapes.Areas, view: Window) -> list[dict[str, Any]]:
    """Give the records, then the names that no record uses."""
    names = ground.names()
    index = {reading.report.id: (i, _publisher(reading.report.source)) for i, reading in enumerate(dossier.readings)}
    rows = [records.row(r, dossier, drawn=shapes.drawn(r, areas, view), names=names, index=index) for r in shown]
    return rows + [records.place(m, i, drawn=shapes.drawn(m, areas, view)) for i, m in enumerate(named)]


def _publisher(source: Source) -> str:
    """Name who published a report; its title stands in for one that does not say."""
    return source.publisher or source.title or say("Report without a title")


def _left_off(dossier: Dossier, wanted: Sequence[Record]) -> str:
    """Say how many records are not here because of a person's word, or for want of it."""
    missing = len(dossier.records) - len(wanted)
    return say("{n} records left off: rejected by a person, or not yet checked by one.", n=missing) if missing else ""


def _title(shown: Sequence[Record], dossier: Dossier) -> str:
    """Count what is shown; a headline would put the source's claims in our voice."""
    kinds = Counter(record.record_type for record in shown if record.auxiliary_mode == "actual")
    parts = [_count(kinds[kind], kind) for kind in ("incident", "deployment") if kinds[kind]]
    reports = _count(len(dossier.readings), "report")
    return say("{records} read from {reports}", records=words.listed(parts) or say("No incidents or deployments"), reports=reports)


def _count(number: int, noun: str) -> str:
    """Write a number with its noun."""
    return say(f"1 {noun}") if number == 1 else say(f"{{n}} {noun}s", n=number)


def _under(shown: Sequence[Record], dossier: Dossier) -> str:
    """Say the span of dates and the newest publication date."""
    actual = [r for r in shown if r.auxiliary_mode == "actual"]
    dates = [(text, r.date_prec) for r in actual for text in (r.date_start, r.date_end) if text]
    # What began and has no end named runs on: "since", not "in".
    running = any(r.date_start and not r.date_end for r in actual)
    unknown = say("Publication date not known") if dossier.readings else ""
    as_of = say("As of {date}", date=words.day(dossier.as_of)) if dossier.as_of else unknown
    line = " · ".join(part for part in (words.span(dates, running=running), as_of) if part)
    return line[:1].upper() + line[1:]


def _review(shown: Sequence[Record], dossier: Dossier) -> str:
    """Say how many records a person has checked; empty once all are."""
    if not shown:
        return say("Read by machine from the listed reports") if dossier.readings else ""
    checked = sum(r.review.state in CHECKED for r in shown)
    if checked == len(shown):
        return ""
    return say("{n} of {m} records checked by a person; read by machine from the listed reports", n=checked, m=len(shown))


def _empty(shown: Sequence[Record], named: Sequence[Match], dossier: Dossier) -> str:
    """Say why the map shows no record; empty when it shows one."""
    if any(r.geometry is not None and r.auxiliary_mode == "actual" for r in shown):
        return ""
    if not dossier.readings:
        return say("Nothing is on this map: no report could be read.")
    rings = " " + say("The places that the reports name are shown as rings.") if named else ""
    if not shown and not named:
        return say(
            "Nothing is on this map: no incident or deployment was read in the reports, and no place could be located. "
            "“geo explain” tells what was read, and why no more."
        )
    if not shown:
        return say("No incident or deployment was read in the reports.") + rings
    if any(r.auxiliary_mode == "actual" for r in shown):
        return say("No record is on this map: the reports give no place that could be located. The records are in the list.") + rings
    return say("No record is on this map: the reports tell of plans, possibilities, the past or what did not happen. See the list.") + rings
