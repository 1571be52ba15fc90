"""List what stands beside the records: the reports, the names that could not be located, the inputs that could not be read, whole texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.draw import words
from geo.draw.language import say
from geo.model import MAPPED_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Dossier, Match, Reading, Record, Report, Source


def sources(dossier: Dossier) -> list[dict[str, Any]]:
    """Give the reports: who published what when, and a link when it is one."""
    return [_source(reading.report.source, reading) for reading in dossier.readings]


def _source(source: Source, reading: Reading) -> dict[str, Any]:
    """Give one source; the name of a local file never stands in for a title."""
    return {
        "title": source.title or say("Report without a title"),
        "publisher": source.publisher or say("publisher not stated"),
        "published": words.day(source.published),
        "url": _link(source.url),
        "archived": _link(source.archived_url),
        "notes": list(reading.notes),
    }


def _link(url: str | None) -> str:
    """Keep web addresses only: a page that people mail must not run or open anything else."""
    return url if url and url.lower().startswith(("https://", "http://")) and not any(c.isspace() for c in url) else ""


def unplaced(dossier: Dossier) -> list[list[str]]:
    """List the names that could not be located and the inputs that could not be read, as [name, reason]."""
    rows = [_lost(m) for reading in dossier.readings for m in reading.matches if m.geometry is None and m.mention.role in MAPPED_ROLES]
    rows += [[say("An input that could not be read"), failure.message] for failure in dossier.failures]
    return [list(row) for row in dict.fromkeys(map(tuple, rows))]


def _lost(match: Match) -> list[str]:
    """Give a name that could not be located and why."""
    return [f"“{match.mention.text}”", "; ".join(match.reasons) or say("no such place is known here")]


def texts(dossier: Dossier, records: Sequence[Record]) -> list[list[list[str]]]:
    """Give the reports whole, with the evidence marked."""
    spans = [(e.report_id, e.start, e.end) for r in records for e in r.evidence]
    return [_text(report, sorted({(s, e, "evidence") for name, s, e in spans if name == report.id})) for report in dossier.reports]


def _text(report: Report, marks: Sequence[tuple[int, int, str]]) -> list[list[str]]:
    """Give one report in pieces."""
    return pieces(report.text, marks)


def places(dossier: Dossier, records: Sequence[Record]) -> list[Match]:
    """Give the located names that no record uses, each once."""
    used: dict[str, set[str]] = {}
    spans = {(e.report_id, e.start, e.end) for record in records for e in record.evidence}
    for record in records:
        for evidence in record.evidence:
            used.setdefault(evidence.report_id, set()).add(record.where_text or "")
    found: dict[tuple[str, bytes], Match] = {}
    for reading in dossier.readings:
        for match in reading.matches:
            mention, report = match.mention, reading.report.id
            # "eastern Pacific" is used by a record of "the Caribbean and the eastern Pacific".
            mine = (report, mention.start, mention.end) in spans or any(mention.text in text for text in used.get(report, ()))
            if match.geometry is not None and not mine:
                found.setdefault((mention.text, match.geometry.wkb), match)
    return list(found.values())


def pieces(text: str, marks: Sequence[tuple[int, int, str]]) -> list[list[str]]:
    """Cut a text at its marks (start, end in code points, kind); a mark that overlaps an earlier one is left out.

    >>> pieces("off Aruba today", [(4, 9, "place")])
    [['off ', ''], ['Aruba', 'place'], [' today', '']]
    """
    cut, at = [], 0
    for start, end, kind in marks:
        if start >= at:
            cut += [[text[at:start], ""], [text[start:end], kind]]
            at = end
    return [piece for piece in [*cut, [text[at:], ""]] if piece[0]]
