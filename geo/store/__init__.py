"""Keep records over many runs: one GeoPackage for a desk, or PostGIS for a newsroom, with one meaning.

A run adds the records that are new and updates those that changed, by id, in one transaction: another writer waits, and a run that breaks
off leaves nothing. Each version of a record stays in `record_history`. What a person confirmed, corrected or rejected is not undone by a
later run of the machine, and what was merged into another record does not come back beside it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from geo import model
from geo.errors import StoreError
from geo.export.rows import plain
from geo.export.tables import tables
from geo.model import Deployment, Dossier, Incident
from geo.settings import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.export.tables import Table


@dataclass(frozen=True)
class Entry:
    """A version of a record in the history: `added`, `updated`, or `merged` into another one (then it has no fields of its own)."""

    id: str
    revision: int
    change: str
    saved_at: str
    merged_into: str | None
    record: dict[str, Any] | None


@dataclass(frozen=True)
class Saved:
    """What a run did to a store; `kept` are records that a person reviewed or that stand merged in another, and were left alone."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0

    def __str__(self) -> str:
        """Say it in one line."""
        left = f"{self.unchanged} unchanged, {self.kept} kept as a person or a merge left them"
        return f"stored: {self.added} added, {self.updated} updated, {left}"


class Backend(Protocol):
    """A store while its transaction is open."""

    def newest(self, ids: Sequence[str] | None) -> dict[str, Entry]:
        """Give the newest entry of each of these records, of all if none are named."""

    def versions(self, record_id: str) -> list[Entry]:
        """Give every entry of a record, oldest first."""

    def put(self, table: Table, owners: Sequence[str]) -> None:
        """Replace the rows of these owners by the table's."""

    def remember(self, entries: Sequence[Entry]) -> None:
        """Append to the history."""


def save(dossier: Dossier, target: str | Path) -> Saved:
    """Add and update the records of a dossier, all or nothing.

    Parameters
    ----------
    dossier
        What was read, corrected and merged.
    target
        A GeoPackage (made if it is not there) or the address of a PostGIS database, `postgresql://...`.

    Raises
    ------
    StoreError
        The store is out of reach, busy, full, newer than this program or no store of ours; it was not changed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(Dossier(), f"{folder}/incidents.gpkg")
    Saved(added=0, updated=0, unchanged=0, kept=0)
    """
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    absorbed = {member: record.id for record in dossier.records for member in record.members if member != record.id}
    with _opened(target, write=True) as store:
        before = store.newest([*(record.id for record in dossier.records), *absorbed])
        changes = {record.id: _change(record, before.get(record.id)) for record in dossier.records}
        written = {name for name, change in changes.items() if change in {"added", "updated"}}
        entries = [Entry(r.id, _next(before, r.id), changes[r.id], now, None, plain(r)) for r in dossier.records if r.id in written]
        gone = [name for name, into in absorbed.items() if into in written and _state(before.get(name)) != "merged"]
        entries += [Entry(name, _next(before, name), "merged", now, absorbed[name], None) for name in gone]
        owners = [*written, *gone, *(report.id for report in dossier.reports)]
        for table in tables(_only(dossier, written)):
            store.put(table, owners)
        store.remember(entries)
    return Saved(**Counter(changes.values()))


def records(target: str | Path) -> tuple[Incident | Deployment, ...]:
    """Read back the records of a store as they stand, by date and id.

    Raises
    ------
    StoreError
        There is no such store.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = save(Dossier(), f"{folder}/incidents.gpkg")
    ...     records(f"{folder}/incidents.gpkg")
    ()
    """
    with _opened(target, write=False) as store:
        found = [_record(entry.record) for entry in store.newest(None).values() if entry.record is not None]
    return tuple(sorted(found, key=lambda record: (record.date_start or "", record.id)))


def history(target: str | Path, record_id: str) -> tuple[Entry, ...]:
    """Read back every version of a record, oldest first.

    Raises
    ------
    StoreError
        There is no such store.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = save(Dossier(), f"{folder}/incidents.gpkg")
    ...     history(f"{folder}/incidents.gpkg", "f22cf326356b")
    ()
    """
    with _opened(target, write=False) as store:
        return tuple(store.versions(record_id))


def is_address(target: str | Path) -> bool:
    """Say whether a target is the address of a database, not a file.

    >>> is_address("postgresql://desk@localhost/incidents"), is_address("incidents.gpkg")
    (True, False)
    """
    return "://" in str(target)


def check_version(stored: str, name: str) -> bool:
    """Say whether a store of this version has to be migrated first.

    Raises
    ------
    StoreError
        It is newer than this program, or of another major version.

    >>> check_version(SCHEMA_VERSION, "a.gpkg"), check_version("1.0.0", "a.gpkg")
    (False, True)
    """
    theirs, ours = (tuple(int(part) for part in version.split(".")) for version in (stored, SCHEMA_VERSION))
    if theirs > ours:
        message = f"the store {name} has records of schema {stored}, newer than {SCHEMA_VERSION} of this program; update incident-mapper"
        raise StoreError(message)
    if theirs[0] != ours[0]:
        message = f"the store {name} has records of schema {stored}, which {SCHEMA_VERSION} cannot take over; save the reports to a new one"
        raise StoreError(message)
    return theirs < ours


@contextmanager
def _opened(target: str | Path, *, write: bool) -> Iterator[Backend]:
    """Open the kind of store that the target names, for one transaction."""
    if is_address(target):
        from geo.store import postgis  # noqa: PLC0415 - an extra

        with postgis.opened(str(target), write=write) as store:
            yield store
        return
    if Path(target).suffix.lower() != ".gpkg":
        message = (
            f"no store is called {str(target)!r}; name a GeoPackage such as incidents.gpkg, or a database as postgresql://user@host/name"
        )
        raise StoreError(message)
    from geo.store import package  # noqa: PLC0415 - half a second of imports

    with package.opened(Path(target), write=write) as store:
        yield store


def _change(record: Incident | Deployment, before: Entry | None) -> str:
    """Say what a record does to the store."""
    if before is None:
        return "added"
    if before.record is None:
        return "kept"
    if before.record["review"]["state"] != "unreviewed" and record.review.state == "unreviewed":
        return "kept"
    return "unchanged" if before.record == plain(record) else "updated"


def _next(before: dict[str, Entry], name: str) -> int:
    """Give the number of a record's next version."""
    return before[name].revision + 1 if name in before else 1


def _state(entry: Entry | None) -> str | None:
    """Give the last change of a record."""
    return entry.change if entry else None


def _only(dossier: Dossier, ids: set[str]) -> Dossier:
    """Leave in a dossier only the records that are written."""
    readings = (
        replace(
            reading,
            incidents=tuple(record for record in reading.incidents if record.id in ids),
            deployments=tuple(record for record in reading.deployments if record.id in ids),
        )
        for reading in dossier.readings
    )
    return replace(dossier, readings=tuple(readings))


def _record(data: dict[str, Any]) -> Incident | Deployment:
    """Rebuild a record; what a later schema added is unknown there."""
    if data["record_type"] == "incident":
        return model.from_json(Incident, data)
    return model.from_json(Deployment, data)
