"""Index a GeoNames dump that a user adds (allCountries.zip, VE.zip or the .txt in it): one SQLite file and its manifest.

The dump is streamed out of its archive, and SQLite sorts on disk, so that memory stays flat whatever its size. What is kept are the
features that reports name: places, subdivisions, waters, islands, capes, ports, bases, fields. The reader is `geo.added`.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import sqlite3
import zipfile
import zlib
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from . import driver
from .gazetteer_names import ALTERNATE, MAIN, keys, usable
from .gazetteer_sources import countries
from .npm import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import IO

PREFIX = "geonames-"
ATTRIBUTION = "© GeoNames (CC BY 4.0)"
COLUMNS = 19
"""Tab-separated columns of a line of the main GeoNames table."""

BATCH = 2000
"""Lines that are written at once."""

ROOM = 1.5
"""Free space asked for before the work, as a multiple of the dump's unpacked size (what SQLite sorts in, and the index)."""

_TEXT = re.compile(r"(?i)(?:^|/)(?!readme)[^/]+\.txt$")
_KINDS = {
    "admin1": "A.ADM1",
    "admin2": "A.ADM2 A.ADM3 A.ADM4 A.ADMD",
    "city": "P.PPL P.PPLA P.PPLA2 P.PPLA3 P.PPLA4 P.PPLA5 P.PPLC P.PPLF P.PPLG P.PPLL P.PPLR P.PPLS P.PPLX P.STLMT",
    "ocean": "H.OCN",
    "sea": "H.SEA",
    "gulf": "H.GULF",
    "bay": "H.BAY H.BAYS H.BGHT H.COVE H.ESTY H.FJD H.FJDS H.INLT",
    "strait": "H.STRT",
    "channel": "H.CHN H.CHNM H.CHNN H.NRWS",
    "sound": "H.SD",
    "canal": "H.CNL H.CNLN",
    "reef": "H.RF H.RFC U.RFU",
    "shoal": "H.SHOL U.SHLU",
    "bank": "H.BNK H.BNKX U.BNKU",
    "lake": "H.LK H.LKS H.LGN H.LGNS H.RSV",
    "river_mouth": "H.STMM",
    "delta": "T.DLTA",
    "island": "T.ISL T.ISLF T.ISLM T.ATOL",
    "islet": "T.ISLET T.ISLT T.RK T.RKS",
    "island_group": "T.ISLS",
    "cape": "T.CAPE T.HDLD T.PT T.PTS",
    "peninsula": "T.PEN T.PENX",
    "port": "H.ANCH H.HBR H.HBRX H.RDST L.PRT S.DCKB S.DCKY S.MAR S.PIER S.QUAY S.WHRF",
    "terminal": "S.OILJ S.OILT S.TRMO S.PTRMN",
    "base": "L.MILB L.NVB S.AIRB S.MILB S.NVB",
    "airport": "S.AIRF S.AIRP",
    "oil_field": "L.GASF L.OILF",
    "lighthouse": "S.LTHSE",
    "region": "L.CST L.RGN L.RGNE",
}
KINDS = {code: kind for kind, codes in _KINDS.items() for code in codes.split()}
"""GeoNames feature class and code -> kind of place. Streams, hills and buildings are left out: no report of ours names them."""

_SCHEMA = """
pragma journal_mode = off; pragma synchronous = off; pragma temp_store = file; pragma cache_size = -4000;
create table place (id integer primary key, name text, kind text, country text, longitude real, latitude real, population int, admin1 text);
create temp table written (hash int, place int, own int);
"""
_INDEX = """
create table name (hash int, place int, own int, primary key (hash, place)) without rowid;
insert or ignore into name select hash, place, own from written order by hash, place, own desc;
drop table written;
"""


class Feature(NamedTuple):
    """A line of the dump that is kept, as its row of the index, with its names (written -> how they belong to it)."""

    row: tuple[int, str, str, str, float, float, int, str]
    names: dict[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was added: under which name, how many places of how many lines."""

    name: str
    places: int
    lines: int


def add(path: Path, out: Path, echo: Callable[[str], None], progress: Callable[[str], None] = lambda _: None) -> Outcome:
    """Index the dump `path` into a folder of its own in `out`, written beside and renamed.

    Raises
    ------
    BuildError
        The file is no dump of GeoNames or a damaged one, there is no room, or another process is adding one.

    """
    with opened(path) as (lines, size):
        first = next(lines, b"")
        if not _is_geonames(first):
            raise _refused(path, "it is no table of GeoNames (19 columns with tabs, a number first)")
        out.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(out).free < ROOM * size:
            message = f"{ROOM * size / 1e9:.1f} GB of free space are needed in {str(out)!r} to index {path.name!r}\ncure: free some"
            raise BuildError(message)
        with driver.locked(out, wait=False):
            echo(f"indexing {path.name} (once) ...")
            iso3 = {row["iso2"]: row["iso3"] for row in countries()}
            return _written(path, out, _features(path, first, lines, iso3, progress))


def remove(name: str, out: Path) -> None:
    """Take an added dump away again.

    Raises
    ------
    BuildError
        None of that name was added.

    """
    if not name.startswith(PREFIX) or not (out / name / "manifest.json").is_file():
        message = f"{name!r} was not added\ncure: `geo layers list` names what was; only that can be removed"
        raise BuildError(message)
    with driver.locked(out, wait=False):
        shutil.rmtree(out / name)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Iterator[bytes], int]]:
    """Open the table in an archive or a text file: its lines, and how many bytes it is unpacked.

    Raises
    ------
    BuildError
        The file cannot be read, is no archive, or holds no single table.

    """
    try:
        if not zipfile.is_zipfile(path):
            if path.suffix.lower() == ".zip" and path.exists():
                raise _refused(path, "it is no zip archive, or only the beginning of one")
            with path.open("rb") as file:
                yield iter(file), path.stat().st_size
            return
        with zipfile.ZipFile(path) as archive:
            tables = [m for m in archive.infolist() if _TEXT.search(m.filename)]
            if len(tables) != 1:
                held = ", ".join(m.filename for m in archive.infolist()[:5]) or "nothing"
                raise _refused(path, f"it should hold one table (such as VE.txt) and holds {held}")
            with archive.open(tables[0]) as file:
                yield iter(io.BufferedReader(_Raw(file), 1 << 20)), tables[0].file_size
    except BuildError:
        raise
    except (OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, zipfile.BadZipFile) as error:
        raise _refused(path, getattr(error, "strerror", None) or str(error) or type(error).__name__) from error


class _Raw(io.RawIOBase):
    """A member of an archive as a raw stream: its own line iterator is ten times slower than a buffered one."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member = member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._member.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _refused(path: Path, why: str) -> BuildError:
    """Say why a file is not taken, and what to give instead."""
    message = (
        f"{path.name!r} cannot be added: {why}\ncure: give a country's file or allCountries.zip as GeoNames exports it, downloaded whole"
    )
    return BuildError(message)


def _is_geonames(line: bytes) -> bool:
    """Say whether a line looks like one of the main GeoNames table."""
    cells = line.split(b"\t")
    return len(cells) == COLUMNS and cells[0].isdigit()


def _features(
    path: Path, first: bytes, lines: Iterator[bytes], iso3: dict[str, str], progress: Callable[[str], None]
) -> Iterator[Feature | None]:
    """Give a feature for every line, or null for one that is not kept; a damaged line ends it all."""
    number, line = 1, first
    while line:
        try:
            cells = line.decode("utf-8").rstrip("\r\n").split("\t")
            if len(cells) != COLUMNS:
                raise _refused(path, f"line {number:,} has {len(cells)} of {COLUMNS} columns")
            yield feature(cells, iso3)
        except ValueError as error:
            raise _refused(path, f"line {number:,} is damaged ({error})") from error
        if number % 100_000 == 0:
            progress(f"{number / 1e6:.1f} million lines")
        number, line = number + 1, next(lines, b"")
    progress("")


def feature(cells: list[str], iso3: dict[str, str]) -> Feature | None:
    """Read the cells of a line, or null when its kind is not kept."""
    kind = KINDS.get(f"{cells[6]}.{cells[7]}")
    if kind is None:
        return None
    written = {n: ALTERNATE for n in cells[3].split(",") if usable(n)} | {cells[1]: MAIN}
    latitude, longitude = float(cells[4]), float(cells[5])
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        message = f"no position on earth: {cells[4]}, {cells[5]}"
        raise ValueError(message)
    admin1 = f"{cells[8]}.{cells[10]}" if cells[10] else ""
    country = iso3.get(cells[8], "")
    return Feature((int(cells[0]), cells[1], kind, country, longitude, latitude, int(cells[14] or 0), admin1), written)


def key_hash(key: str) -> int:
    """Hash a folded name to 63 bits: of a hundred million names no two share one."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


def _written(path: Path, out: Path, features: Iterator[Feature | None]) -> Outcome:
    """Write the index beside its place and put it there."""
    name = PREFIX + re.sub(r"[^a-z0-9-]+", "-", path.stem.lower())
    fresh = out / f".{name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        places, lines = _index(fresh / "places.sqlite", features)
        if not places:
            raise _refused(path, "it holds no place of a kind that is kept")
        source = {"file": path.name, "sha256": driver.digest(path)}
        manifest = {"name": name, "attribution": ATTRIBUTION, "sources": [source], "places": places}
        (fresh / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        driver.seal(fresh, source["sha256"])
        driver.swap(fresh, out / name)
    except sqlite3.Error as error:
        message = (
            f"the index of {path.name!r} could not be written ({error})\ncure: free some space in {str(out)!r} and in the temporary folder"
        )
        raise BuildError(message) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Outcome(name, places, lines)


def _index(file: Path, features: Iterator[Feature | None]) -> tuple[int, int]:
    """Write the tables and give the number of places and of lines."""
    lines = 0
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        base.executescript(_SCHEMA)
        base.execute("begin")
        while batch := list(islice(features, BATCH)):
            lines += len(batch)
            kept = [f for f in batch if f is not None]
            base.executemany("insert or replace into place values (?, ?, ?, ?, ?, ?, ?, ?)", (f.row for f in kept))
            base.executemany("insert into written values (?, ?, ?)", _name_rows(kept))
        base.execute("commit")
        base.executescript(_INDEX)
        return base.execute("select count(*) from place").fetchone()[0], lines


def _name_rows(features: list[Feature]) -> Iterator[tuple[int, int, int]]:
    """Give (hash of the key, place, whether it is the place's own name) for every name."""
    for found in features:
        for name, kind in found.names.items():
            for key in keys(name):
                yield key_hash(key), found.row[0], int(kind == MAIN)
