"""Check the address of online tiles: a page that asks the network asks one server, which it names to its reader and to the browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from geo.draw.language import say
from geo.errors import UsageError

CREDITS: Final[dict[str, str]] = {"openstreetmap.org": "© OpenStreetMap contributors"}
"""What a server's licence asks to be written on the map, by the end of its name."""

EXAMPLE: Final = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Tiles:
    """A server of map tiles: the template of its addresses, the origin that the page may ask, and whom to credit."""

    url: str
    origin: str
    host: str
    credit: str


def read(url: str) -> Tiles:
    """Read the address of tiles.

    Raises
    ------
    UsageError
        It is no web address, names no single server, or lacks a place for zoom, column and row.

    >>> read(EXAMPLE).origin, read(EXAMPLE).credit
    ('https://tile.openstreetmap.org', '© OpenStreetMap contributors')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    host = parts.netloc.lower()
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        message = f"{url!r} is no address of tiles on one named server; give one such as {EXAMPLE}"
        raise UsageError(message)
    if missing := [gap for gap in ("{z}", "{x}", "{y}") if gap not in parts.path + parts.query]:
        message = f"{url!r} has no {missing[0]}, so every tile would be the same; give one such as {EXAMPLE}"
        raise UsageError(message)
    credit = next((words for name, words in CREDITS.items() if f".{host}".endswith(f".{name}")), host)
    return Tiles(url, f"{parts.scheme}://{host}", host, credit)


def said(server: Tiles) -> dict[str, str]:
    """Say for the page what it asks of whom."""
    note = say("Online map: this page asks {host} for its tiles, so {host} learns what is looked at.", host=server.host)
    return {"url": server.url, "note": note, "credit": say("Online map: {credit}", credit=server.credit)}
