"""Name candidate places, offline: a memory-mapped index of names, with a geopy-shaped `geocode` and `reverse`.

The index is built by `layers/builders/gazetteer.py` from GeoNames, Natural Earth, airportsdata and our own sourced tables.
A name is looked up by its fold: no case, no marks, no punctuation. Coordinates are WGS84 lon/lat.
"""

from __future__ import annotations

import bisect
import json
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo import layers, settings, spelling
from geo.added import Added
from geo.errors import LayerError, UsageError
from geo.model import Place

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from pathlib import Path

    from geopy.location import Location
    from shapely.geometry.base import BaseGeometry

_MAIN, _ALTERNATE, _CURATED, _CODE = 0, 1, 2, 3
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "&": " and "})
_DROPPED = re.compile(r"[.'`\u02b0-\u02ff\u2018\u2019\u0300-\u036f]+")
_BREAKS = re.compile(r"[^a-z0-9]+")
# An initialism keeps its full stops; a possessive 's stands apart, so that "Aruba's" is Aruba and "St Mary's" can still be found.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}(?![^\W\d_])|&|(?<=[^\W_])['’]s\b|[^\W_]+(?:['’`](?!s\b)[^\W_]+)*")
_SOFT_GAP = re.compile(r"[\s\-–'’/]*")
_STOP_GAP = re.compile(r"\.[ \t\n]?")
_ABBREVIATIONS = frozenset({"st", "ste", "sta", "sto", "mt", "ft", "pt", "s", "n", "e", "w", "gt", "is", "p", "tg", "tj", "kep", "sel"})


class Token(NamedTuple):
    """A word of running text with its key; `open` says that a name may run on from the word before."""

    start: int
    end: int
    key: str
    open: bool
    capital: bool


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Fold a name to its key: no case, no marks, no full stops or apostrophes, one space for any other break.

    >>> fold("Port-au-Prince"), fold("São Tomé"), fold("U.S."), fold("N'Djamena")
    ('port au prince', 'sao tome', 'us', 'ndjamena')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return _BREAKS.sub(" ", _DROPPED.sub("", plain)).strip()


@lru_cache(maxsize=1)
def open_gazetteer() -> Gazetteer:
    """Open the built index once and keep it (frozen; safe to share between threads and after a fork).

    >>> open_gazetteer() is open_gazetteer()
    True
    """
    return Gazetteer()


class Gazetteer:
    """Places by name, from the built index and the dumps that the user added, or from the folder `path` alone.

    Stands where a geopy geocoder stands: `geocode` and `reverse` take the same arguments and give `geopy.location.Location`.

    >>> Gazetteer().geocode("Caracas").address
    'Caracas, Distrito Capital, Venezuela'
    """

    def __init__(self, path: Path | None = None) -> None:
        """Map the columns; nothing is read before it is asked for.

        Raises
        ------
        LayerError
            The index is not built.

        """
        import marisa_trie  # noqa: PLC0415 - only to open the index

        self.path = path or layers.built("gazetteer")
        self._added = [] if path else [Added(layer) for layer in layers.added()]
        self._trie = marisa_trie.Trie().mmap(str(self.path / "names.marisa"))
        self._columns = {name: self._map(name) for name in _COLUMNS}
        lists: dict[str, list[str]] = json.loads((self.path / "lists.json").read_text(encoding="utf-8"))
        self._kinds, self._countries, self._states = lists["kind"], lists["country"], lists["admin1"]
        self._words: dict[str, Any] = json.loads((self.path / "words.json").read_text(encoding="utf-8"))
        self._demonyms = {fold(k): v for k, v in self._words["demonyms"].items()}
        self._governments = {fold(k): v for k, v in self._words["governments"].items()}
        self._place = lru_cache(maxsize=65536)(self._read_place)
        self._area = lru_cache(maxsize=512)(self._read_area)
        # The names of a report come again, in it and in the next: what is read of each is kept.
        self._row = lru_cache(maxsize=65536)(self._find_row)
        self._named = lru_cache(maxsize=8192)(self._all_named)
        self._area_rows = self._columns["area_place"]

    def lookup(self, name: str, *, kinds: Container[str] | None = None) -> tuple[Place, ...]:
        """Give the places that a name may mean, most prominent first (at most `settings.GAZETTEER_CANDIDATES`).

        >>> [p.kind for p in Gazetteer().lookup("caribbean sea")][:1]
        ['sea']
        """
        places = self._named(fold(name), name)
        return places if kinds is None else tuple(self._candidates(fold(name), name, kinds))

    def misspelt(self, name: str, *, countries: frozenset[str]) -> tuple[Place, str] | None:
        """Give the place by the sea that a misspelt name of these countries stands for, and how it differs; null if that is not plain.

        >>> place, why = Gazetteer().misspelt("Conackry", countries=frozenset({"GIN"}))
        >>> place.name, why
        ('Conakry', 'one letter differs')
        """
        wanted = spelling.close(fold(name))
        most = spelling.allowed(wanted)
        found = [(spelling.distance(wanted, written, most), row) for written, row in self._alike(wanted, most, countries)]
        best = min((d for d, _ in found), default=most + 1)
        # Of two that differ as little, one must be ten times as large.
        rows = sorted({row for d, row in found if d == best}, key=lambda row: -int(self._columns["prominence"][row]))
        places = [self._place(row) for row in rows]
        known = [int(self._columns["prominence"][row]) / 20 for row in rows]
        if best > most or any(k > known[0] - 1 and not _beside(places[0], p, 0.5) for k, p in zip(known, places, strict=True)):
            return None
        return places[0], ("the spaces differ", "one letter differs", "two letters differ")[best]

    def _alike(self, wanted: str, most: int, countries: frozenset[str]) -> Iterator[tuple[str, int]]:
        """Yield the close spellings of some countries' names that begin and are about as long as one, each with its row."""
        letters, starts, rows = self._close()
        codes = [i for i, country in enumerate(self._countries) if country in countries]
        like = (letters[starts[:-1]] == ord(wanted[:1] or " ")) & (np.abs(np.diff(starts) - len(wanted)) <= most)
        for i in np.flatnonzero(like & np.isin(self._columns["country"][rows], codes)).tolist():
            yield bytes(letters[starts[i] : starts[i + 1]]).decode("ascii"), int(rows[i])

    @lru_cache(maxsize=1)  # noqa: B019 - one gazetteer lives as long as the process
    def _close(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Map the close spellings when the first misspelt name asks for them: letters, where each begins, the row of each."""
        if not (self.path / "close.npy").is_file():
            message = "the index of names was built by an earlier version and holds no spellings; run `geo layers build`"
            raise LayerError(message)
        return self._map("close"), self._map("close_start").astype(np.int64), self._map("close_row")

    def get(self, place_id: str) -> Place:
        """Give the place of an id.

        Raises
        ------
        UsageError
            No place has that id.

        >>> open_gazetteer().get("country:ABW").name
        'Aruba'
        """
        row = self._row(place_id)
        if row is None and (place := next(filter(None, (a.get(place_id) for a in self._added)), None)):
            return place
        if row is None:
            message = f"no place has the id {place_id!r} in this index; look names up with `lookup`"
            raise UsageError(message)
        return self._place(row)

    def polygon(self, place_id: str) -> BaseGeometry | None:
        """Give the area of a place, WGS84, or null when it is only a point.

        >>> names = open_gazetteer()
        >>> names.polygon("im:caribbean-sea").geom_type, names.polygon(names.lookup("Oranjestad")[0].id)
        ('MultiPolygon', None)
        """
        row = self._row(place_id)
        return None if row is None else self._area(row)

    def areas(self, kinds: Container[str]) -> list[tuple[Place, BaseGeometry]]:
        """List the places of some kinds that have an area, with it.

        >>> sorted(place.name for place, _ in open_gazetteer().areas({"ocean"}))[:2]
        ['Arctic Ocean', 'Atlantic Ocean']
        """
        rows = [int(r) for r in self._area_rows if self._kinds[self._columns["kind"][r]] in kinds]
        return [(self._place(r), area) for r in rows if (area := self._area(r)) is not None]

    def bounds(self, kinds: Container[str]) -> list[tuple[Place, tuple[float, float, float, float]]]:
        """List the places of some kinds that have an area, with its bounds; `polygon` gives the area of one.

        >>> next(box for place, box in open_gazetteer().bounds({"country"}) if place.country == "ABW")
        (-70.0624, 12.4177, -69.8768, 12.6322)
        """
        c = self._columns
        # To test the outlines of all seas takes a quarter of a second, and a report names waters in few of them.
        found = []
        for index, row in enumerate(self._area_rows.tolist()):
            if self._kinds[c["kind"][row]] in kinds:
                first, last = (int(c["ring_point"][c["polygon_ring"][c["area_polygon"][i]]]) for i in (index, index + 1))
                points = np.asarray(c["points"])[first:last]
                west, south, east, north = (float(value) / 1e4 for value in (*points.min(axis=0), *points.max(axis=0)))
                found.append((self._place(row), (west, south, east, north)))
        return found

    def country(self, code: str) -> Place:
        """Give a country or territory by its ISO 3166-1 code of two or three letters.

        >>> Gazetteer().country("VE").name
        'Venezuela'
        """
        return self.get(f"country:{self._words['iso2'].get(code.upper(), code.upper())}")

    def sovereign(self, iso3: str) -> str:
        """Give the sovereign of a territory (itself for a state).

        >>> open_gazetteer().sovereign("GUF"), open_gazetteer().sovereign("BRA")
        ('FRA', 'BRA')
        """
        return str(self._words["sovereigns"].get(iso3, iso3))

    @lru_cache(maxsize=512)  # noqa: B019 - one gazetteer lives as long as the process
    def capital(self, iso3: str) -> Place | None:
        """Give the capital city of a country, or null.

        >>> open_gazetteer().capital("VEN").name
        'Caracas'
        """
        name = self._words["capitals"].get(iso3)
        found = self.lookup(name, kinds={"city"}) if name else ()
        return next((p for p in found if p.country == iso3), None)

    @lru_cache(maxsize=1)  # noqa: B019 - one gazetteer lives as long as the process
    def capitals(self) -> frozenset[str]:
        """Give the ids of all capital cities.

        >>> open_gazetteer().capital("VEN").id in open_gazetteer().capitals()
        True
        """
        return frozenset(p.id for iso3, s in self._words["sovereigns"].items() if iso3 == s and (p := self.capital(iso3)))

    def demonym(self, word: str) -> str | None:
        """Give the country that a nationality word stands for: "Venezuelan" gives VEN.

        >>> open_gazetteer().demonym("Venezuelan"), open_gazetteer().demonym("venezolano")
        ('VEN', 'VEN')
        """
        return self._demonyms.get(fold(word))

    def government(self, name: str) -> str | None:
        """Give the state whose government a name may stand for: a capital, "White House", "Kremlin".

        >>> open_gazetteer().government("Kremlin"), open_gazetteer().government("Richmond")
        ('RUS', None)
        """
        return self._governments.get(fold(name))

    def scan(self, text: str) -> Iterator[tuple[int, int, tuple[Place, ...]]]:
        """Find the longest names of the gazetteer in running text, on word boundaries, left to right, not overlapping.

        A name must start with a capital, or hold one ("eastern Pacific", "mar Caribe"); codes such as US must be in capitals.

        >>> [(start, end, places[0].name) for start, end, places in open_gazetteer().scan("from the eastern Pacific to Aruba")]
        [(9, 24, 'eastern Pacific Ocean'), (28, 33, 'Aruba')]
        """
        tokens = list(_tokens(text))
        at = 0
        while at < len(tokens):
            found = self._longest(text, tokens, at)
            # "the Gulf" is a name, but in "the Gulf of Guinea" the article is none.
            if found and tokens[at].key == "the" and (after := self._longest(text, tokens, at + 1)) and after[0] > found[0]:
                at, found = at + 1, after
            if found:
                last, places = found
                yield tokens[at].start, tokens[last].end, places
                at = last + 1
            else:
                at += 1

    def geocode(self, query: str, *, exactly_one: bool = True, **_: object) -> Location | list[Location] | None:
        """Answer as a geopy geocoder does: the place of an address such as "Richmond, Virginia", or null.

        >>> Gazetteer().geocode("Richmond, Virginia").raw["country"]
        'USA'
        """
        name, *containers = [part.strip() for part in query.split(",") if part.strip()] or [""]
        places = self.lookup(name)
        for container in containers:
            inside = [p for p in places if self._within(p, container)]
            places = tuple(inside) or places
        answers = [self._location(p) for p in places]
        if not answers:
            return None
        return answers[0] if exactly_one else answers

    def reverse(self, query: Sequence[float] | str, *, exactly_one: bool = True, **_: object) -> Location | list[Location] | None:
        """Answer as a geopy geocoder does: the city nearest to (latitude, longitude), in geopy's order, or null beyond 500 km.

        >>> open_gazetteer().reverse((12.5, -70.0)).address
        'Santa Cruz, Aruba'
        """
        values = [float(v) for v in query.split(",")] if isinstance(query, str) else list(query)
        latitude, longitude = values[0], values[1]
        rows = np.flatnonzero(self._columns["kind"] == self._kinds.index("city"))
        lat = np.radians(self._columns["latitude"][rows] / 1e5)
        lon = np.radians(self._columns["longitude"][rows] / 1e5)
        here_lat, here_lon = np.radians(latitude), np.radians(longitude)
        cosine = np.sin(lat) * np.sin(here_lat) + np.cos(lat) * np.cos(here_lat) * np.cos(lon - here_lon)
        order = np.argsort(-cosine, kind="stable")[: 1 if exactly_one else 10]
        near = [r for r in order if cosine[r] > np.cos(settings.REVERSE_KM / 6371.0)]
        answers = [self._location(self._place(int(rows[r]))) for r in near]
        if not answers:
            return None
        return answers[0] if exactly_one else answers

    def container(self, place: Place) -> Place | None:
        """Give the first-level subdivision of a place, or null.

        >>> names = open_gazetteer()
        >>> names.container(names.lookup("Richmond")[0]).name
        'Virginia'
        """
        if not place.admin1 or place.kind == "admin1":
            return None
        return self._subdivisions().get(place.admin1)

    def address(self, place: Place) -> str:
        """Write a place with its subdivision and country: "Richmond, Virginia, United States".

        >>> names = open_gazetteer()
        >>> names.address(names.lookup("Richmond")[0])
        'Richmond, Virginia, United States'
        """
        state = self.container(place)
        country = self.country(place.country).name if place.country and place.kind != "country" else None
        parts = (place.name, state.name if state else None, country)
        return ", ".join(dict.fromkeys(p for p in parts if p))

    def _within(self, place: Place, container: str) -> bool:
        """Say whether a place lies in the country or subdivision of that name."""
        for other in self.lookup(container, kinds={"country", "admin1"}):
            if other.kind == "country" and place.country == other.country:
                return True
            if other.kind == "admin1" and place.admin1 == other.admin1 and place.id != other.id:
                return True
        return False

    def _location(self, place: Place) -> Location:
        """Wrap a place as geopy does, with everything we know in `raw`."""
        from geopy.location import Location  # noqa: PLC0415 - only for an answer in geopy's form
        from geopy.point import Point  # noqa: PLC0415

        raw = {f: getattr(place, f) for f in place.__slots__}
        return Location(self.address(place), Point(place.latitude, place.longitude), raw)

    def _longest(self, text: str, tokens: list[Token], at: int) -> tuple[int, tuple[Place, ...]] | None:
        """Give the last token and the places of the longest name that starts at a token."""
        best: tuple[int, tuple[Place, ...]] | None = None
        if tokens[at].key in {"s", "and"} and not tokens[at].capital:
            return None
        for key, ends in _windows(tokens, at):
            for prefix in self._prefixes(key, ends):
                last = ends.get(len(prefix))
                if last is None or (best and last <= best[0]):
                    continue
                end = tokens[last].end
                # The full stop of "Va." is not in the word, but says that it is a code.
                written = text[tokens[at].start : end + text.startswith(".", end)]
                places = self._accept(written, prefix, tokens[at : last + 1])
                if places:
                    best = last, places
                    break
        return best

    def _accept(self, written: str, key: str, tokens: list[Token]) -> tuple[Place, ...]:
        """Give the places of a key if the text writes it as a name."""
        if not any(t.capital for t in tokens) or len(key) == 1:
            return ()
        own = not tokens[0].capital or not tokens[-1].capital
        if own and len(tokens) == 1:
            return ()
        places = self._named(key, written)
        # Words in lower case at either end belong to names of our own tables only ("eastern Pacific", "Caribbean waters").
        return tuple(p for p in places if p.id.startswith(("im:", "country:"))) if own else places

    def _prefixes(self, key: str, ends: Iterable[int]) -> list[str]:
        """List the names that a key begins with, the longest first."""
        found: list[str] = self._trie.prefixes(key)
        if self._added:
            held = set(found)
            found += [p for n in ends if (p := key[:n]) not in held and len(p) > 2 and any(a.places(p) for a in self._added)]
            found.sort(key=len)
        return found[::-1]

    def _all_named(self, key: str, written: str) -> tuple[Place, ...]:
        """List the places of a key, whatever their kind."""
        return tuple(self._candidates(key, written, None))

    def _candidates(self, key: str, written: str, kinds: Container[str] | None) -> Iterator[Place]:
        """Yield the places of a key, most prominent first, then what added dumps hold besides."""
        built = list(self._built(key, written, kinds))
        yield from built
        for place in self._besides(key, built) if self._added and len(key) > 2 else ():
            if kinds is None or place.kind in kinds:
                yield place

    def _besides(self, key: str, built: list[Place]) -> Iterator[Place]:
        """Yield the places of added dumps that are not among these already, by their id or as a namesake close by."""
        seen = list(built)
        for place in (p for a in self._added for p in a.places(key)):
            if not any(p.id == place.id or _beside(p, place) for p in seen) and self._row(place.id) is None:
                seen.append(place)
                yield place

    def _built(self, key: str, written: str, kinds: Container[str] | None) -> Iterator[Place]:
        """Yield the places of a key in the built index, most prominent first; codes only when written in capitals."""
        number = self._trie.get(key)
        if number is None:
            return
        first, last = self._columns["key_start"][number : number + 2]
        capitals = written.replace(".", "").isupper() or (written[:1].isupper() and written.endswith("."))
        given = 0
        for pair in self._columns["key_place"][first:last]:
            row, kind = divmod(int(pair), 4)
            short = len(key) < 3
            if (kind == _CODE and not capitals) or (short and kind != _CODE):
                continue
            place = self._place(row)
            if kinds is None or place.kind in kinds:
                yield place
                given += 1
            if given == settings.GAZETTEER_CANDIDATES:
                return

    def _map(self, name: str) -> np.ndarray[Any, Any]:
        """Map one column."""
        column: np.ndarray[Any, Any] = np.load(self.path / f"{name}.npy", mmap_mode="r")
        return column

    def _text(self, column: str, row: int) -> str:
        """Read a string of a column."""
        first, last = self._columns[f"{column}_start"][row : row + 2]
        return bytes(self._columns[column][first:last]).decode("utf-8")

    def _find_row(self, place_id: str) -> int | None:
        """Find the row of an id by bisection: rows are sorted by the bytes of their ids."""
        count = len(self._columns["kind"])
        wanted = place_id.encode("utf-8")
        row = bisect.bisect_left(range(count), wanted, key=lambda r: self._text("id", r).encode("utf-8"))
        return row if row < count and self._text("id", row) == place_id else None

    def _read_place(self, row: int) -> Place:
        """Read a place from the columns."""
        c = self._columns
        place_id, extent = self._text("id", row), int(c["extent"][row])
        scheme, _, number = place_id.partition(":")
        source = self._text("source", row) or {"gn": f"GeoNames {number}", "icao": f"airportsdata {number}"}.get(scheme, "")
        return Place(
            place_id,
            self._text("name", row),
            self._kinds[c["kind"][row]],
            self._countries[c["country"][row]] or None,
            int(c["longitude"][row]) / 1e5,
            int(c["latitude"][row]) / 1e5,
            extent / 10 if extent else None,
            int(c["population"][row]),
            self._states[c["admin1"][row]] or None,
            source,
        )

    def _read_area(self, row: int) -> BaseGeometry | None:
        """Read the area of a row from the ragged columns."""
        index = int(np.searchsorted(self._area_rows, row))
        if index == len(self._area_rows) or self._area_rows[index] != row:
            return None
        c = self._columns
        p0, p1 = (int(v) for v in c["area_polygon"][index : index + 2])
        rings = np.asarray(c["polygon_ring"][p0 : p1 + 1], dtype=np.int64)
        points = np.asarray(c["ring_point"][rings[0] : rings[-1] + 1], dtype=np.int64)
        coordinates = np.asarray(c["points"][points[0] : points[-1]], dtype=np.float64) / 1e4
        offsets = (points - points[0], rings - rings[0], np.array([0, p1 - p0]))
        area: BaseGeometry = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, coordinates, offsets)[0]
        # Rounding to 11 m can fold a thin spit over itself.
        return area if area.is_valid else shapely.make_valid(area)

    @lru_cache(maxsize=1)  # noqa: B019 - one gazetteer lives as long as the process
    def _subdivisions(self) -> dict[str, Place]:
        """Read the first-level subdivisions by their GeoNames code."""
        rows = np.flatnonzero(self._columns["kind"] == self._kinds.index("admin1"))
        return {p.admin1: p for p in (self._place(int(r)) for r in rows) if p.admin1}


_COLUMNS = (
    "id",
    "id_start",
    "name",
    "name_start",
    "key_start",
    "key_place",
    "prominence",
    "source",
    "source_start",
    "longitude",
    "latitude",
    "population",
    "extent",
    "kind",
    "country",
    "admin1",
    "area_place",
    "area_polygon",
    "polygon_ring",
    "ring_point",
    "points",
)


def _beside(one: Place, other: Place, degrees: float = 0.1) -> bool:
    """Say whether two places of one name lie so close that they are one: a town and its ward, an island and its village."""
    reach = degrees + (one.extent_km or 0.0) / 111.2
    return abs(one.latitude - other.latitude) < reach and abs((one.longitude - other.longitude + 180) % 360 - 180) < reach


def _tokens(text: str) -> Iterator[Token]:
    """Split running text into words with their keys."""
    end = 0
    previous = ""
    for found in _TOKEN.finditer(text):
        written = found.group()
        gap = text[end : found.start()]
        # A full stop inside a name follows an abbreviation (St. Lucia), never a whole word: that is the end of a sentence.
        joined = gap == " " or bool(_SOFT_GAP.fullmatch(gap)) or (previous.lower() in _ABBREVIATIONS and bool(_STOP_GAP.fullmatch(gap)))
        key = "and" if written == "&" else fold(written)
        yield Token(found.start(), found.end(), key, joined and "\n\n" not in gap, written[0].isupper() or written[0].isdigit())
        previous, end = written, found.end()


def _windows(tokens: list[Token], at: int) -> Iterator[tuple[str, dict[int, int]]]:
    """Join the words from a token on, and say which token ends at which length; a possessive is glued on, then left out.

    "Aruba's" ends at Aruba; what follows belongs to no name with it.
    """
    key = tokens[at].key
    ends, bare = {len(key): at}, None
    for index in range(at + 1, min(at + settings.GAZETTEER_WORDS, len(tokens))):
        token = tokens[index]
        if not token.open:
            break
        possessive = token.key == "s" and token.end - token.start == 2
        if possessive and bare is None:
            bare = key, dict(ends)
        key = key + token.key if possessive else f"{key} {token.key}"
        ends[len(key)] = index
    yield key, ends
    if bare is not None:
        yield bare
