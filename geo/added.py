"""Read the GeoNames dumps that a user added with `geo layers add`: places by the hash of a folded name, from SQLite files on disk.

They are written by `layers/builders/dump.py`, into the user's cache folder.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.model import Place

if TYPE_CHECKING:
    from geo.layers import Layer


class Added:
    """One added dump; safe to share between threads and after a fork, because each has a connection of its own."""

    def __init__(self, layer: Layer) -> None:
        """Note where it is; nothing is read before it is asked for."""
        self._uri = f"{(layer.path / 'places.sqlite').as_uri()}?mode=ro&immutable=1"
        self._mine = threading.local()
        self.places = lru_cache(maxsize=16384)(self._read_places)

    def get(self, place_id: str) -> Place | None:
        """Give the place of an id ("gn:3646738"), or null."""
        scheme, _, number = place_id.partition(":")
        if scheme != "gn" or not number.isdigit():
            return None
        row = self._connection().execute(_BY_ID, (int(number),)).fetchone()
        return row and _place(row)

    def _read_places(self, key: str) -> tuple[Place, ...]:
        """Give the places of a folded name: those that bear it as their own first, then by population."""
        return tuple(_place(row) for row in self._connection().execute(_BY_NAME, (_hash(key),)))

    def _connection(self) -> sqlite3.Connection:
        """Give the connection of this thread in this process."""
        if getattr(self._mine, "process", None) != os.getpid():
            self._mine.process, self._mine.base = os.getpid(), sqlite3.connect(self._uri, uri=True)
        base: sqlite3.Connection = self._mine.base
        return base


_BY_ID = "select id, name, kind, country, longitude, latitude, population, admin1 from place where id = ?"
_BY_NAME = """
select id, place.name, kind, country, longitude, latitude, population, admin1 from name join place on id = place
where hash = ? order by own desc, population desc, id limit 60
"""


def _place(row: tuple[int, str, str, str, float, float, int, str]) -> Place:
    """Read a row as a place."""
    number, name, kind, country, longitude, latitude, population, admin1 = row
    source = f"GeoNames {number} (added)"
    return Place(f"gn:{number}", name, kind, country or None, longitude, latitude, None, population, admin1 or None, source)


def _hash(key: str) -> int:
    """Hash a folded name to 63 bits, as the builder does (a test holds them together)."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1
