"""Score the records of piracy messages: the day of the event, and the kind of attack in the bureau's own four words.

Of a message with several records the first event that happened counts; a message without one is a miss, never left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from matching import same_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = dict[str, Any]

KINDS = {
    "boarding": "Boarded",
    "robbery": "Boarded",
    "kidnapping": "Boarded",
    "attempted_boarding": "Attempted",
    "suspicious_approach": "Attempted",
    "fired_upon": "Fired Upon",
    "hijack": "Hijacked",
}
"""Our types in the words of the International Maritime Bureau; its `Suspicious` is no attack and is left out."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATED = re.compile(rf"\b{_DAY}[ .\-/]*{_MONTH}\b|\b{_MONTH}\s*{_DAY}\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b", re.IGNORECASE)


def dated(row: Row) -> bool:
    """Say whether the text of a message holds a day and a month."""
    return bool(_DATED.search(row["text"]))


def dates(rows: Sequence[Row], answers: Sequence[Row]) -> Row:
    """Score the day of the event, on the rows whose text holds a day and a month.

    Returns
    -------
    dict
        `exact` and `within_a_day` as shares of all those rows, `found` the share with an event, `rows` how many they are.

    """
    asked = [(row, event(answer)) for row, answer in zip(rows, answers, strict=True) if dated(row)]
    days = [(row["date"], found and found["date_start"]) for row, found in asked]
    return {
        "exact": _share(wanted == found for wanted, found in days),
        "within_a_day": _share(bool(same_day({"date_start": wanted}, {"date_start": found})) for wanted, found in days),
        "found": _share(found is not None for _, found in asked),
        "rows": len(asked),
    }


def types(rows: Sequence[Row], answers: Sequence[Row]) -> Row:
    """Score the kind of attack over the bureau's four words.

    Returns
    -------
    dict
        `accuracy`, `macro_f1`, the F1 of each word in `f1`, and `rows`.

    """
    kinds = sorted(set(KINDS.values()))
    pairs = [(row["type"], kind(answer)) for row, answer in zip(rows, answers, strict=True) if row["type"] in kinds]
    scores = {word: _f1(word, pairs) for word in kinds}
    return {
        "accuracy": _share(wanted == found for wanted, found in pairs),
        "macro_f1": sum(scores.values()) / len(kinds),
        "f1": scores,
        "rows": len(pairs),
    }


def event(answer: Row) -> Row | None:
    """Give the first event of an answer that happened."""
    happened: Iterator[Row] = (row for row in answer["incidents"] if (row["auxiliary_mode"], row["record_kind"]) == ("actual", "event"))
    return next(happened, None)


def kind(answer: Row) -> str | None:
    """Give the bureau's word for an answer, None without an event or for a type that it has no word for."""
    found = event(answer)
    return KINDS.get(found["event_type"]) if found else None


def _f1(word: str, pairs: Sequence[tuple[str, str | None]]) -> float:
    both = sum(wanted == found == word for wanted, found in pairs)
    either = sum((wanted == word) + (found == word) for wanted, found in pairs)
    return 2 * both / either if either else 0.0


def _share(right: Iterable[bool]) -> float | None:
    answers = list(right)
    return sum(answers) / len(answers) if answers else None


SCORERS = {"dates": dates, "types": types}
