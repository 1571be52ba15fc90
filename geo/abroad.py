"""Read the records of a report in another language in its gloss, and carry them back to the words of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from geo import titles
from geo.frames import scene
from geo.lexicon import lexicon
from geo.model import Deployment, Incident

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from geo.frames import Scene
    from geo.gloss import Gloss
    from geo.model import Claim, Match, Report

_WORDS = ("where_text", "destination", "origin", "base", "date_text")
"""Fields that quote the report."""
R = TypeVar("R", "Incident", "Deployment")


def scene_of(report: Report, read: Gloss, doc: Doc | None, matches: Sequence[Match]) -> Scene | None:
    """Set the scene in English: what it quotes as words of the report (a place, a date, a count) is in the words of the original."""
    english = replace(report, text=read.text, source=replace(report.source, language="en"))
    over = read.over([(match.mention.start, match.mention.end) for match in matches])
    moved = [replace(m, mention=replace(m.mention, start=start, end=end)) for m, (start, end) in zip(matches, over, strict=True)]
    set_in = scene(english, doc, sorted(moved, key=lambda m: m.mention.start))
    if set_in is None:
        return None
    days = tuple(replace(when, date_text=_words(read, when.start, when.end)) for when in set_in.dates)
    counts = tuple(replace(count, text=_words(read, count.start, count.end)) for count in set_in.counts)
    return replace(set_in, dates=days, counts=counts)


def back(record: R, read: Gloss, report: Report) -> R:
    """Carry a record of the gloss back: its evidence, claims and counts are stretches of the original."""
    carried: dict[str, Any] = {
        "evidence": tuple(read.back(part) for part in record.evidence),
        "claims": tuple(_told(read, claim) for claim in record.claims),
        "zone_claims": tuple(read.back(claim) for claim in record.zone_claims),
        "source": report.source,
    }
    carried |= {name: _written(read, words) for name in _WORDS if (words := getattr(record, name, None))}
    if isinstance(record, Incident):
        carried["casualties"] = read.parts_back(record.casualties)
    return _titled(replace(record, **carried))


def _titled(record: R) -> R:
    """Title a record anew: the place in it is in the words of the report."""
    if isinstance(record, Deployment):
        return replace(record, title=titles.deployment(record))
    words = next((event.words for event in lexicon().types if event.name == record.event_type), None)
    return replace(record, title=titles.incident(record, words)) if words else record


def _written(read: Gloss, words: str) -> str:
    """Give words that may be those of the gloss in the words of the report."""
    at = -1 if words in read.original else read.text.find(words)
    return words if at < 0 else " ".join(_words(read, at, at + len(words)).split())


def _told(read: Gloss, claim: Claim) -> Claim:
    """Carry a claim back, its cue in the words of the report."""
    start, end = read.span(claim.start, claim.end)
    return replace(claim, start=start, end=end, cue=read.original[start:end])


def _words(read: Gloss, start: int, end: int) -> str:
    """Give the words of the original that a stretch of the gloss stands for."""
    first, last = read.span(start, end)
    return read.original[first:last]
