"""Keep a store in a PostGIS database, in a schema of its own, with the layers, the history and the meaning of the GeoPackage."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from geo import settings
from geo.errors import StoreError
from geo.export.tables import kind, tables
from geo.model import Dossier
from geo.store import Entry, check_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import sqlalchemy as sa

    from geo.export.tables import Table

SCHEMA: Final = "incident_mapper"
# Any number that no other program takes: "geo" and the format.
_LOCK: Final = 0x67656F01


@contextmanager
def opened(address: str, *, write: bool) -> Iterator[Database]:
    """Open a database for one transaction; a writer waits for the one before it.

    Raises
    ------
    StoreError
        It is out of reach, went away, lacks PostGIS, or is newer than this program; it was not changed.

    """
    try:
        import geoalchemy2  # noqa: F401, PLC0415 - an extra; its types hook into SQLAlchemy
        import psycopg  # noqa: F401, PLC0415
        import sqlalchemy as sa  # noqa: PLC0415
    except ImportError as error:
        message = f"a store in PostGIS needs {error.name}; install incident-mapper[postgis], or name a GeoPackage"
        raise StoreError(message) from error
    try:
        url = sa.make_url(address.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
        # Without its password, which belongs on no screen and in no log.
        name = url.render_as_string(hide_password=True).replace("+psycopg", "")
        engine = sa.create_engine(url, connect_args={"connect_timeout": settings.STORE_WAIT_S}, poolclass=sa.NullPool)
        with engine.begin() as connection:
            _prepare(connection, name, write=write)
            yield Database(connection)
    except sa.exc.SQLAlchemyError as error:
        words = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        message = f"the store {address.rpartition('@')[2]!r} failed: {words}; nothing was changed, mend that and save again"
        raise StoreError(message) from error


class Database:
    """The store in PostGIS, while its transaction is open."""

    def __init__(self, connection: sa.Connection) -> None:
        """Take the connection."""
        self._connection = connection

    def newest(self, ids: Sequence[str] | None) -> dict[str, Entry]:
        """Give the newest entry of each of these records, of all if none are named."""
        past = _metadata().tables[f"{SCHEMA}.record_history"]
        wanted = past.select().order_by(past.c.id, past.c.revision)
        rows = self._connection.execute(wanted if ids is None else wanted.where(past.c.id == _any(ids)))
        return {row.id: Entry(*row) for row in rows}

    def versions(self, record_id: str) -> list[Entry]:
        """Give every entry of a record, oldest first."""
        past = _metadata().tables[f"{SCHEMA}.record_history"]
        return [Entry(*row) for row in self._connection.execute(past.select().where(past.c.id == record_id).order_by(past.c.revision))]

    def put(self, table: Table, owners: Sequence[str]) -> None:
        """Replace the rows of these owners by the table's."""
        from geoalchemy2.shape import from_shape  # noqa: PLC0415 - an extra

        into = _metadata().tables[f"{SCHEMA}.{table.name}"]
        self._connection.execute(into.delete().where(into.c[table.owner] == _any(owners)))
        shapes = table.shapes or (None,) * len(table.rows)
        rows = [
            {name: row.get(name) for name in table.columns} | ({"geom": shape and from_shape(shape, srid=4326)} if table.geometry else {})
            for row, shape in zip(table.rows, shapes, strict=True)
        ]
        if rows:
            self._connection.execute(into.insert(), rows)

    def remember(self, entries: Sequence[Entry]) -> None:
        """Append to the history."""
        if entries:
            past = _metadata().tables[f"{SCHEMA}.record_history"]
            self._connection.execute(past.insert(), [{name: getattr(entry, name) for name in past.c.keys()} for entry in entries])  # noqa: SIM118 - of columns, not of a dict


def _any(ids: Sequence[str]) -> Any:  # noqa: ANN401 - an expression of SQLAlchemy
    """Compare with a list in one parameter: a run may name more records than a statement has room for."""
    import sqlalchemy as sa  # noqa: PLC0415 - an extra
    from sqlalchemy.dialects.postgresql import ARRAY  # noqa: PLC0415

    return sa.any_(sa.literal(list(ids), ARRAY(sa.Text)))


@lru_cache(maxsize=1)
def _metadata() -> sa.MetaData:
    """Describe the tables once: the layers of an export, the history, and what version they are of."""
    import sqlalchemy as sa  # noqa: PLC0415 - an extra
    from geoalchemy2 import Geometry  # noqa: PLC0415
    from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415

    types = {"integer": sa.BigInteger, "real": sa.Double, "boolean": sa.Boolean, "text": sa.Text}
    made = sa.MetaData(schema=SCHEMA)
    for table in tables(Dossier()):
        columns: list[Any] = [
            sa.Column(name, types[kind(name)], index=name == table.owner, unique=name == table.owner == "id") for name in table.columns
        ]
        if table.geometry:
            columns.append(sa.Column("geom", Geometry(table.geometry.upper(), srid=4326, spatial_index=True)))
        sa.Table(table.name, made, sa.Column("fid", sa.BigInteger, sa.Identity(), primary_key=True), *columns)
    sa.Table(
        "record_history", made, sa.Column("id", sa.Text, primary_key=True), sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("change", sa.Text, nullable=False), sa.Column("saved_at", sa.Text, nullable=False), sa.Column("merged_into", sa.Text),
        sa.Column("record", JSONB(none_as_null=True)),
    )  # fmt: skip
    sa.Table("store", made, sa.Column("schema_version", sa.Text, nullable=False))
    return made


def _prepare(connection: sa.Connection, name: str, *, write: bool) -> None:
    """Wait for other writers, make or migrate the tables, and refuse a database that cannot hold them."""
    import sqlalchemy as sa  # noqa: PLC0415 - an extra

    # Kept until the transaction ends, however it ends.
    connection.execute(sa.text(f"SELECT {'pg_advisory_xact_lock' if write else 'pg_advisory_xact_lock_shared'}({_LOCK})"))
    there = sa.inspect(connection).has_table("store", schema=SCHEMA)
    if not write and not there:
        message = f"{name} holds no store; geo export --store makes one"
        raise StoreError(message)
    version = _metadata().tables[f"{SCHEMA}.store"]
    if not there:
        _check_postgis(connection, name)
        connection.execute(sa.schema.CreateSchema(SCHEMA, if_not_exists=True))
        _metadata().create_all(connection)
        connection.execute(version.insert().values(schema_version=settings.SCHEMA_VERSION))
    elif check_version(connection.execute(version.select()).scalar_one(), name) and write:
        _migrate(connection)
        connection.execute(version.update().values(schema_version=settings.SCHEMA_VERSION))


def _check_postgis(connection: sa.Connection, name: str) -> None:
    """Refuse a database without PostGIS before anything is made in it."""
    import sqlalchemy as sa  # noqa: PLC0415 - an extra

    if not connection.execute(sa.text("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'")).scalar_one():
        message = f"{name} has no PostGIS; let its owner run CREATE EXTENSION postgis there, then save again"
        raise StoreError(message)


def _migrate(connection: sa.Connection) -> None:
    """Add the columns that a later schema brought; what older records do not say is null there."""
    import sqlalchemy as sa  # noqa: PLC0415 - an extra

    for table in tables(Dossier()):
        present = {column["name"] for column in sa.inspect(connection).get_columns(table.name, schema=SCHEMA)}
        into = _metadata().tables[f"{SCHEMA}.{table.name}"]
        for name in table.columns:
            if name not in present:
                kind_of = into.c[name].type.compile(connection.dialect)
                connection.execute(sa.text(f'ALTER TABLE {SCHEMA}.{table.name} ADD COLUMN "{name}" {kind_of}'))
