"""Keep a store in one GeoPackage: the layers of an export, the history beside them, written through SQLite's own locks and transactions."""

from __future__ import annotations

import json
import os
import sqlite3
import struct
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo import settings
from geo.errors import StoreError
from geo.export import formats, styles
from geo.export.rows import line
from geo.export.tables import kind, tables
from geo.model import Dossier
from geo.store import Entry, check_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.export.tables import Table

FORMAT: Final = 1
_HISTORY: Final = (
    "CREATE TABLE record_history (id TEXT NOT NULL, revision INTEGER NOT NULL, change TEXT NOT NULL, saved_at TEXT NOT NULL, "
    "merged_into TEXT, record TEXT, PRIMARY KEY (id, revision))"
)
_TYPES: Final = {"integer": "INTEGER", "real": "REAL", "boolean": "BOOLEAN", "text": "TEXT"}
_HEADER: Final = struct.Struct("<2sBBi4d")
_KINDS: Final = {"not a database": "no GeoPackage", "no such table": "no store of ours"}
# Little endian, with the box of the geometry.
_FLAGS: Final = 0b0000_0011
_SRS: Final = 4326


@contextmanager
def opened(path: Path, *, write: bool) -> Iterator[Package]:
    """Open a GeoPackage for one transaction; a writer waits for the one before it.

    Raises
    ------
    StoreError
        It is missing, busy, full, not to be written to, or no store of ours; it was not changed.

    """
    try:
        if write and not path.exists():
            _create(path)
        # Never made by opening; and a reader may have to roll back what a run without a disk left behind.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=settings.STORE_WAIT_S)) as file:
            file.isolation_level = None
            _check(file, path, write=write)
            for number, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
                file.create_function(name, 1, lambda blob, at=4 + number: _HEADER.unpack_from(blob)[at], deterministic=True)
            # The triggers that GDAL keeps a spatial index with ask for these; an empty geometry is never written.
            file.create_function("ST_IsEmpty", 1, lambda blob: blob is None, deterministic=True)
            file.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            try:
                if write:
                    _migrate(file, path)
                yield Package(file)
            except BaseException:
                if file.in_transaction:
                    file.execute("ROLLBACK")
                raise
            file.execute("COMMIT")
    except (sqlite3.Error, OSError) as error:
        if isinstance(error, StoreError):
            raise
        message = f"cannot {'write' if write else 'read'} the store {str(path)!r}: {error}; nothing was changed, mend that and save again"
        raise StoreError(message) from error


class Package:
    """The store in a GeoPackage, while its transaction is open."""

    def __init__(self, file: sqlite3.Connection) -> None:
        """Take the connection."""
        self._file = file

    def newest(self, ids: Sequence[str] | None) -> dict[str, Entry]:
        """Give the newest entry of each of these records, of all if none are named."""
        chosen = "" if ids is None else "WHERE id IN (SELECT value FROM json_each(?)) "
        given = () if ids is None else (json.dumps(list(ids)),)
        rows = self._file.execute(f"SELECT * FROM record_history {chosen}ORDER BY id, revision", given)  # noqa: S608 - our own words
        return {row[0]: _entry(row) for row in rows}

    def versions(self, record_id: str) -> list[Entry]:
        """Give every entry of a record, oldest first."""
        rows = self._file.execute("SELECT * FROM record_history WHERE id = ? ORDER BY revision", (record_id,))
        return [_entry(row) for row in rows]

    def put(self, table: Table, owners: Sequence[str]) -> None:
        """Replace the rows of these owners by the table's, and keep the extent of the layer."""
        delete = f'DELETE FROM "{table.name}" WHERE "{table.owner}" IN (SELECT value FROM json_each(?))'  # noqa: S608 - our own names
        self._file.execute(delete, (json.dumps(list(owners)),))
        names = [*table.columns, "geom"] if table.geometry else list(table.columns)
        marks = ", ".join("?" * len(names))
        quoted = ", ".join(f'"{name}"' for name in names)
        shapes = table.shapes or (None,) * len(table.rows)
        paired = zip(table.rows, shapes, strict=True)
        rows = ([*(row.get(name) for name in table.columns), _blob(shape)][: len(names)] for row, shape in paired)
        self._file.executemany(f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})', rows)  # noqa: S608 - our own names
        if table.geometry:
            box = ", ".join(f"{to} = (SELECT {of} FROM rtree_{table.name}_geom)" for to, of in _EXTENT.items())  # noqa: S608 - our own names
            self._file.execute(f"UPDATE gpkg_contents SET {box} WHERE table_name = ?", (table.name,))  # noqa: S608 - our own names

    def remember(self, entries: Sequence[Entry]) -> None:
        """Append to the history."""
        rows = [(e.id, e.revision, e.change, e.saved_at, e.merged_into, e.record and line(e.record)) for e in entries]
        self._file.executemany("INSERT INTO record_history VALUES (?, ?, ?, ?, ?, ?)", rows)


_EXTENT: Final = {"min_x": "min(minx)", "min_y": "min(miny)", "max_x": "max(maxx)", "max_y": "max(maxy)"}


def _create(path: Path) -> None:
    """Make an empty store under another name, and link it in whole; of two that do so at once, the first wins."""
    draft = path.resolve().with_name(f".{path.stem}-{os.getpid()}.gpkg")
    try:
        for number, table in enumerate(tables(Dossier())):
            formats.skeleton(table, draft, append=number > 0)
        styles.put(draft, on="1970-01-01T00:00:00.000Z", layers=[table.name for table in tables(Dossier()) if table.geometry])
        with closing(sqlite3.connect(draft)) as file, file:
            file.execute(_HISTORY)
            file.execute(f"CREATE TABLE {formats.STORE_TABLE} (format INTEGER NOT NULL, schema_version TEXT NOT NULL)")
            file.execute(f"INSERT INTO {formats.STORE_TABLE} VALUES (?, ?)", (FORMAT, settings.SCHEMA_VERSION))  # noqa: S608 - our own name
            for table in tables(Dossier()):
                unique = "UNIQUE " if table.owner == "id" else ""
                file.execute(f'CREATE {unique}INDEX "{table.name}_owner" ON "{table.name}" ("{table.owner}")')
        os.link(draft, path.resolve())
    except FileExistsError:
        return
    except RuntimeError as error:
        # GDAL does not say what stood in its way.
        raise OSError(f"{error} (is the disk full?)") from error  # noqa: EM102, TRY003 - `opened` makes the message of it
    finally:
        draft.unlink(missing_ok=True)


def _check(file: sqlite3.Connection, path: Path, *, write: bool) -> None:
    """Refuse a file that is no store, and one that this program cannot take over."""
    try:
        rows = file.execute(f"SELECT format, schema_version FROM {formats.STORE_TABLE}").fetchall()  # noqa: S608 - our own name
    except sqlite3.DatabaseError as error:
        what = next((kind for words, kind in _KINDS.items() if words in str(error)), None)
        if what is None:
            raise
        message = f"{str(path)!r} is {what} ({error}) and is left alone; name a file that does not exist yet, and it is made"
        raise StoreError(message) from error
    if check_version(rows[0][1], repr(str(path))) and not write:
        return
    if rows[0][0] > FORMAT:
        message = f"the store {str(path)!r} is of format {rows[0][0]}, newer than {FORMAT} of this program; update incident-mapper"
        raise StoreError(message)


def _migrate(file: sqlite3.Connection, path: Path) -> None:
    """Add the columns that a later schema brought; what older records do not say is null there."""
    version = file.execute(f"SELECT schema_version FROM {formats.STORE_TABLE}").fetchone()[0]  # noqa: S608 - our own name
    if not check_version(version, repr(str(path))):
        return
    for table in tables(Dossier()):
        present = {row[1] for row in file.execute(f'PRAGMA table_info("{table.name}")')}
        for name in table.columns:
            if name not in present:
                file.execute(f'ALTER TABLE "{table.name}" ADD COLUMN "{name}" {_TYPES[kind(name)]}')
    file.execute(f"UPDATE {formats.STORE_TABLE} SET schema_version = ?", (settings.SCHEMA_VERSION,))  # noqa: S608 - our own name


def _entry(row: tuple[Any, ...]) -> Entry:
    """Read a row of the history."""
    name, revision, change, saved_at, merged_into, record = row
    return Entry(name, revision, change, saved_at, merged_into, json.loads(record) if record else None)


def _blob(geometry: BaseGeometry | None) -> bytes | None:
    """Write a geometry as GeoPackage has it: a header with its box, then WKB."""
    if geometry is None:
        return None
    west, south, east, north = geometry.bounds
    wkb: bytes = shapely.to_wkb(geometry, byte_order=1)
    return _HEADER.pack(b"GP", 0, _FLAGS, _SRS, west, east, south, north) + wkb
