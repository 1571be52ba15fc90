"""Write one record for the page: its glyph, its line in the list, the rows and the evidence of its panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo import settings, titles
from geo.draw import facets, terms, words
from geo.draw.language import is_english, retell, say
from geo.draw.lists import pieces
from geo.model import Deployment, Incident

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.draw.facets import Index
    from geo.model import Claim, Dossier, Evidence, Match, Record

FAMILIES: Final[dict[str, str]] = {
    **dict.fromkeys(
        (
            "strike_on_vessel",
            "missile_attack",
            "naval_drone_attack",
            "fired_upon",
            "airstrike_land",
            "armed_clash",
            "explosion",
            "mine_incident",
        ),
        "strike",
    ),
    **dict.fromkeys(("boarding", "attempted_boarding", "hijack", "kidnapping", "seizure", "detention", "robbery"), "seizure"),
    **dict.fromkeys(("suspicious_approach", "advisory", "electronic_interference", "airspace_violation"), "warning"),
}
"""Event type to glyph family; what is not here is `other`."""

ASSETS: Final[dict[str, str]] = {
    **dict.fromkeys(("fighter", "bomber", "patrol_aircraft", "helicopter", "drone"), "air"),
    **dict.fromkeys(("personnel", "militia"), "people"),
    "missile_system": "force",
    "other": "force",
}
"""Asset type to glyph; every other asset floats."""

CLAIM, PLACE, DATE = "claim", "place", "date"


def row(record: Record, dossier: Dossier, *, drawn: dict[str, Any], names: Mapping[str, str], index: Index) -> dict[str, Any]:
    """Give one record: how it is drawn, its line in the list, and its panel.

    Parameters
    ----------
    record, dossier
        The record, and what it was read with (the mention behind its place says why it is there).
    drawn
        Its mark, shape and area; see `shapes.drawn`.
    names
        Names of countries and territories by their code.
    index
        Number of each report in the list of sources, and who published it.

    """
    return {
        "id": record.id,
        "type": record.record_type,
        "glyph": _glyph(record),
        "section": _section(record),
        "mode": record.auxiliary_mode,
        "title": _title(record),
        "when": words.period(record.date_start, record.date_end, record.date_prec),
        "where": record.where_text or say("place not stated"),
        "badge": _badge(record),
        "tags": _tags(record),
        "dates": [record.date_start, record.date_end, record.date_prec],
        "facets": facets.facets(record, names=names, index=index),
        **drawn,
        "facts": _facts(record, dossier, names),
        "evidence": [_evidence(e, record, index) for e in _sentences(record.evidence)],
        "told": _told(record, index),
        "related": [[words.plain(r.type), r.id] for r in record.relations],
    }


def _title(record: Record) -> str:
    """Say the title that the record's fields give in the page's language; one that somebody else gave stays as it is."""
    if is_english():
        return record.title
    if isinstance(record, Deployment):
        return titles.deployment(record, say) if record.title == titles.deployment(record) else record.title
    if not isinstance(record, Incident):
        return record.title
    # All but the words for its kind, which no field holds.
    rest = titles.incident(record, ("", ""))
    if not rest or not record.title.endswith(rest):
        return say(record.title)
    return titles.incident(record, (words.plain(record.event_type),) * 2, say)


def _glyph(record: Record) -> str:
    """Choose the glyph family: by event for incidents, by the first asset for deployments."""
    if isinstance(record, Incident):
        return FAMILIES.get(record.event_type, "other")
    assets = record.assets if isinstance(record, Deployment) else ()
    return ASSETS.get(assets[0].type, "ship") if assets else "force"


def _section(record: Record) -> str:
    """Choose the part of the list that a record stands in."""
    if record.auxiliary_mode != "actual":
        return "apart"
    return record.record_type if record.geometry is not None else "unplaced"


def _badge(record: Record) -> str:
    """Say what an aggregate sums."""
    if record.record_kind != "aggregate":
        return ""
    count = record.events_count if isinstance(record, Incident) else None
    return say("total of {events}", events=say("{n} events", n=words.number(count))) if count else say("a total")


def _tags(record: Record) -> list[str]:
    """Give the short words that qualify a record in the list."""
    modes = {"historical": "Historical", "future": "Planned", "hypothetical": "Hypothetical", "negation": "Said not to be so"}
    mode = None if record.assertion == "denied" else modes.get(record.auxiliary_mode)
    assertion = record.assertion if record.assertion != "reported" else None
    total = "Total" if record.record_kind == "aggregate" else None
    return [words.plain(tag).lower() for tag in (mode, total, assertion) if tag]


def _facts(record: Record, dossier: Dossier, names: Mapping[str, str]) -> list[list[Any]]:
    """Give the rows of the panel as [heading, lines]."""
    state = [f"{say(terms.ASSERTIONS[record.assertion])}."]
    if record.auxiliary_mode != "actual":
        state.append(f"{say(terms.MODES[record.auxiliary_mode])}.")
    rows: list[tuple[str, list[str]]] = [
        ("Standing", state),
        ("When", words.when(record)),
        ("Where", words.where(record)),
        ("In whose waters", words.waters(record, names)),
        ("Zone check", words.zone_check(record)),
        *words.what(record, names),
        ("Who says so", [words.claim(c) for c in record.claims]),
        ("Why is this here", _why(record, dossier)),
        ("Checked", [_checked(record)]),
    ]
    return [[heading, lines] for heading, lines in rows if lines]


def _checked(record: Record) -> str:
    """Say whether a person has looked at the record."""
    review = record.review
    if review.state == "unreviewed":
        return say("Not yet checked by a person.")
    who = say(" by {who}", who=review.by) if review.by else ""
    on = say(" on {date}", date=words.day(review.on)) if review.on else ""
    return f"{words.plain(review.state)}{who}{on}{': ' + review.reason if review.reason else ''}."


def _told(record: Record, index: Index) -> dict[str, Any] | None:
    """Say which reports tell a joined record, why they were joined, what was said before, and on what they do not agree."""
    merge = record.merge
    if merge is None:
        return None
    return {
        "sources": [index[report][0] for report in merge.reports if report in index],
        "independent": merge.independent_sources,
        "joined": [_named(text, merge.reports, index) for text in merge.reasons[1:]],
        "before": [
            [words.plain(s.field), s.value, words.day(s.published), index[s.report_id][0] if s.report_id in index else -1]
            for s in merge.superseded
        ],
        "apart": [_named(text, merge.reports, index) for text in merge.contradictions],
    }


def _named(text: str, reports: Sequence[str], index: Index) -> str:
    """Put the publishers of reports for their ids, which may be names of somebody's files."""
    for report in reports:
        publisher = index[report][1] if report in index else say("a report")
        text = text.replace(f"({report})", f"({publisher})").replace(repr(report), f"“{publisher}”")
    return text


def _why(record: Record, dossier: Dossier) -> list[str]:
    """Say which rule read the record and what led to its place."""
    rules = ", ".join(dict.fromkeys(e.rule for e in record.evidence))
    found = _match(record, dossier)
    return [say("Read by rule {rules}.", rules=rules), *(_reasons(found) if found else [])]


def _reasons(match: Match) -> list[str]:
    """Give the reasons of a located name as sentences begin."""
    return list(dict.fromkeys(words.begun(retell(reason)) for reason in (*match.mention.reasons, *match.reasons, *match.flags)))


def _match(record: Record, dossier: Dossier) -> Match | None:
    """Find the mention that gave a record its place."""
    reports = {e.report_id for e in record.evidence}
    candidates = (m for reading in dossier.readings if reading.report.id in reports for m in reading.matches)
    return next((m for m in candidates if record.where_text and m.mention.text == record.where_text), None)


def _sentences(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Leave out words that another piece of evidence holds: they are marked there."""
    return [e for e in evidence if not any(_within(e, other) for other in evidence)]


def _within(inner: Evidence, outer: Evidence) -> bool:
    """Say whether one piece of evidence lies inside a longer one."""
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and inner.report_id == outer.report_id and outer.start <= inner.start and inner.end <= outer.end


def _evidence(evidence: Evidence, record: Record, index: Index) -> dict[str, Any]:
    """Give an evidence sentence in pieces, with the words that carried the reading marked, and its source."""
    text = evidence.text
    if cut := len(text) > settings.EVIDENCE_CHARACTERS:
        text = text[: settings.EVIDENCE_CHARACTERS].rpartition(" ")[0] or text[: settings.EVIDENCE_CHARACTERS]
    return {
        "pieces": pieces(text, _marks(text, evidence, record)) + ([["…", ""]] if cut else []),
        "source": index[evidence.report_id][0] if evidence.report_id in index else -1,
    }


def _marks(text: str, evidence: Evidence, record: Record) -> list[tuple[int, int, str]]:
    """Find the cues of claims, the place and the date inside a sentence, as code points."""
    marks = [(c.start - evidence.start, c.end - evidence.start, CLAIM) for c in record.claims if _holds(c, evidence, text)]
    for phrase, kind in ((record.where_text, PLACE), (record.date_text, DATE)):
        at = text.find(phrase) if phrase else -1
        if phrase and at >= 0:
            marks.append((at, at + len(phrase), kind))
    return sorted(marks)


def _holds(claim: Claim, evidence: Evidence, text: str) -> bool:
    """Say whether a claim's cue stands in this sentence: offsets of another report would mark the wrong words."""
    start, end = claim.start - evidence.start, claim.end - evidence.start
    return 0 <= start < end <= len(text) and text[start:end] == claim.cue


def place(match: Match, number: int, *, drawn: dict[str, Any]) -> dict[str, Any]:
    """Give a name that was located and that no record uses, in the form of a record."""
    facts = [["Where", words.where(match)], ["Why is this here", _reasons(match) or [say("A place named in the report.")]]]
    kind = words.plain(match.place.kind if match.place else "position")
    return {
        "id": f"place-{number}",
        "type": "place",
        "glyph": "place",
        "section": "place",
        "mode": "actual",
        "title": match.place.name if match.place else match.mention.text,
        "when": kind,
        "where": f"“{match.mention.text}”",
        "badge": say("named in the text"),
        "tags": [],
        "dates": [None, None, None],
        "facets": {},
        **drawn,
        "facts": facts,
        "evidence": [],
        "told": None,
        "related": [],
    }
