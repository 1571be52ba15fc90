"""Apply what a person said of the records: confirm, reject, move, re-date. The file is small JSON that a newsroom can keep and sign.

    {"format": 1, "corrections": [
      {"record": "f22cf326356b", "evidence": "Two men boarded ...", "state": "corrected", "by": "A. Editor", "on": "2025-11-12",
       "reason": "position given by the owner", "longitude": -70.1, "latitude": 12.6, "radius_m": 5000}]}

A correction finds its record by id, and after the report changed by the words of its first evidence; what finds none is reported,
never dropped in silence.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from shapely.geometry import Point

from geo.errors import UsageError
from geo.model import Deployment, Dossier, Incident, Record, Review

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
_STATES = ("confirmed", "corrected", "rejected")
_TEXTS = ("by", "reason")
_MOVE = ("longitude", "latitude", "radius_m")
_R = TypeVar("_R", Incident, Deployment)


def read(path: Path) -> list[dict[str, Any]]:
    """Read a corrections file and check every entry before anything is applied.

    Raises
    ------
    UsageError
        The file is missing, is no JSON, or an entry is incomplete; the message names the entry and what it lacks.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = pathlib.Path(folder, "none.json").write_text('{"format": %d, "corrections": []}' % FORMAT)
    ...     read(pathlib.Path(folder, "none.json"))
    []
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"the corrections {path.name!r} cannot be read ({error}); give a JSON file as docs/corrections.md shows"
        raise UsageError(message) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("corrections"), list):
        message = f'the corrections {path.name!r} are not of format {FORMAT}; they start with {{"format": {FORMAT}, "corrections": [...]}}'
        raise UsageError(message)
    for number, entry in enumerate(data["corrections"], start=1):
        _check(entry, f"correction {number} in {path.name!r}")
    return list(data["corrections"])


def apply(dossier: Dossier, entries: list[dict[str, Any]]) -> tuple[Dossier, list[str]]:
    """Apply corrections to the records of a dossier.

    Returns
    -------
    (dossier, missed): the corrected dossier, and one line for each entry that no longer finds its record.

    >>> from geo.model import Dossier
    >>> apply(Dossier(), [])[1]
    []
    """
    matched = {id(entry): record.id for entry in entries if (record := _find(dossier, entry)) is not None}
    by_record = {matched[id(entry)]: entry for entry in entries if id(entry) in matched}
    readings = tuple(
        replace(
            reading,
            incidents=tuple(_corrected(r, by_record.get(r.id)) for r in reading.incidents),
            deployments=tuple(_corrected(r, by_record.get(r.id)) for r in reading.deployments),
        )
        for reading in dossier.readings
    )
    missed = [
        f"no record matches the correction of {e.get('record')!r} ({str(e.get('evidence'))[:60]!r})"
        for e in entries
        if id(e) not in matched
    ]
    return replace(dossier, readings=readings), missed


def _find(dossier: Dossier, entry: dict[str, Any]) -> Record | None:
    """Find the record of an entry: by id, else by the words of its evidence, or how they begin, if they are one record's alone."""
    for record in dossier.records:
        if record.id == entry.get("record"):
            return record
    words = entry.get("evidence")
    # A page carries only the beginning of a very long sentence.
    same = [r for r in dossier.records if words and any(e.text.startswith(words) for e in r.evidence)]
    return same[0] if len(same) == 1 else None


def _corrected(record: _R, entry: dict[str, Any] | None) -> _R:
    """Set the review, then move and re-date as the entry says; zones are joined anew for a moved mark."""
    if entry is None:
        return record
    reason = entry["reason"] if entry["state"] != "corrected" else f"{entry['reason']} (read by machine: {_before(record)})"
    record = replace(record, review=Review(entry["state"], entry["by"], entry["on"], reason))
    if "date_start" in entry:
        record = replace(
            record, date_start=entry["date_start"], date_end=entry.get("date_end", entry["date_start"]), date_prec=1, date_text=None
        )
    return _moved(record, entry) if "longitude" in entry else record


def _moved(record: _R, entry: dict[str, Any]) -> _R:
    """Put a record where a person put it, with the radius that the person gave."""
    from geo import checks  # noqa: PLC0415 - loads the zones, and only a move needs them

    point = Point(entry["longitude"], entry["latitude"])
    return checks.check(
        replace(
            record,
            record_kind="event",
            geometry_method="place_point",
            geometry=point,
            longitude=point.x,
            latitude=point.y,
            coordinate_uncertainty_m=float(entry["radius_m"]),
            label_longitude=None,
            label_latitude=None,
            anchor=None,
            coverage=None,
        )
    )


def _before(record: Record) -> str:
    """Say in a few words what the machine had read, for the provenance."""
    where = record.where_text or "no place"
    return f"{where}, {record.date_start or 'no date'}"


def _check(entry: Any, name: str) -> None:  # noqa: ANN401 - whatever the JSON held
    """Check one entry: state, who, why, when, and a whole position if any."""
    if not isinstance(entry, dict) or not (entry.get("record") or entry.get("evidence")):
        message = f"{name} names no record; give its id or the words of its evidence"
        raise UsageError(message)
    if entry.get("state") not in _STATES:
        message = f"{name} has the state {entry.get('state')!r}; give one of {', '.join(_STATES)}"
        raise UsageError(message)
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            message = f"{name} lacks {key!r}; a correction is signed and has a reason"
            raise UsageError(message)
    for key in ("on", *(k for k in ("date_start", "date_end") if k in entry)):
        _check_date(entry.get(key), f"{name}: {key!r}")
    _check_move(entry, name)


def _check_date(value: Any, name: str) -> None:  # noqa: ANN401 - whatever the JSON held
    """Check an ISO date."""
    try:
        dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        message = f"{name} is {value!r}; write a date as 2025-11-12"
        raise UsageError(message) from error


def _check_move(entry: dict[str, Any], name: str) -> None:
    """Check that a new position is whole, in range, and has a radius."""
    given = [k for k in _MOVE if k in entry]
    if not given:
        return
    numbers = [entry.get(k) for k in _MOVE]
    absent = ", ".join(k for k in _MOVE if k not in entry) or "numbers"
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        message = f"{name} moves a record but lacks {absent}; give longitude, latitude and radius_m"
        raise UsageError(message)
    longitude, latitude, radius = numbers
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90 and radius > 0):  # type: ignore[operator]
        message = (
            f"{name} moves a record to {longitude}, {latitude} with radius {radius} m; longitude comes first, and the radius is more than 0"
        )
        raise UsageError(message)
