"""Draw the table of ports out of UN/LOCODE 2023-1: the sea ports that GeoNames' cities lack, each with its position checked.

Run as `python -m builders.ports` in `layers/`, with the packages of the extra `layers`, `searoute` 1.6.0, and `npm ci` and
`npm install --no-save sea-ports@0.0.9` done there. What a port must pass: its position can be read, lies by the land of its own country
and by the sea, and no namesake or subdivision speaks against it. A position that only a wrong hemisphere letter explains is mirrored and
says so. What else fails, or has no position, is tried again with the position that the lists of ports of the two other packages give for
its code; where these differ, give one position to two codes, leave the subdivision that the port is listed under, or fail too, the port
is left out and counted.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from . import gazetteer_areas as areas
from . import gazetteer_names as names
from . import gazetteer_sources as sources
from . import topojson

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

EDITION = "UN/LOCODE 2023-1"
COLUMNS = ("code", "name", "aliases", "country", "kind", "longitude", "latitude", "source")

OWN_KM = 10.0
"""How far a port may lie from the land of its country: whole minutes (1.9 km), moles, islets that Natural Earth lacks."""

SEA_KM = 10.0
"""How far a port may lie from the sea. Farther in are river ports: those that are a town are in GeoNames, the others are left out."""

AGREE_KM = 15.0
"""How far two lists of ports may put one port apart."""

SAME_KM = 25.0
"""A city of the same name within this distance is the port."""

ROADS_KM, TERMINAL_KM = 30.0, 370.0
"""How far an anchorage and a terminal (200 nautical miles) may lie off their country, if no other shore is nearer."""

_MISPLACED = frozenset(("IDSPA", "IDSPH"))
"""Listed in the wrong place by searoute, which no check sees: Selat Pandjang in the port of Panjang, Senipah 130 km south of itself."""

_ROOT = Path(__file__).resolve().parents[1]
_POSITION = re.compile(r"(\d\d)([0-5]\d)([NS]) ([01]\d\d)([0-5]\d)([EW])")
# Behind these stands what the port belongs to, not its name: "Amunitan/Aparri", "Calbayog, Samar", "Hammarvika - Frøya".
_TAIL = re.compile(r"\s*(?:[/,(].*| - .*)$")
_SHORT = re.compile(r" Pt$")
_BRACKETS = re.compile(r"\((?:ex )?([^()]+)\)")
_TERMINAL = re.compile(r"\b(terminal|field|platform|fpso|fso|marine|oil|lng|spm|buoy)\b", re.IGNORECASE)
_COMMON = frozenset("anchorage bay berth harbour harbor island islands port free terminal marina pier river reserve other".split())


@dataclass(frozen=True, slots=True)
class Port:
    """A sea port of UN/LOCODE; `state` is its ISO 3166-2 code or ""."""

    code: str
    name: str
    aliases: tuple[str, ...]
    country: str
    state: str
    longitude: float
    latitude: float
    note: str = ""
    kind: str = "port"
    source: str = EDITION


class Shore:
    """The edges of some land, to measure from."""

    def __init__(self, land: BaseGeometry) -> None:
        """Take the land apart into its edges."""
        points, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(land)), return_index=True)
        keep = ring[1:] == ring[:-1]
        self.edges = np.stack([points[:-1][keep], points[1:][keep]], axis=1)
        self.tree = shapely.STRtree(shapely.linestrings(self.edges))
        self.land = land
        shapely.prepare(land)

    def km(self, lon: NDArray[np.float64], lat: NDArray[np.float64], *, reach_deg: float = 0.5) -> NDArray[np.float64]:
        """Give the distance to the nearest edge, on a plane that is true near each point; infinite beyond the reach."""
        scale = np.column_stack([np.cos(np.radians(lat)).clip(0.05), np.ones_like(lat)])
        reach = reach_deg / scale
        boxes = shapely.box(lon - reach[:, 0], lat - reach[:, 1], lon + reach[:, 0], lat + reach[:, 1])
        row, edge = self.tree.query(boxes)
        start, end = ((self.edges[edge, i] - np.column_stack([lon, lat])[row]) * scale[row] * 111.2 for i in (0, 1))
        along = end - start
        share = (-(start * along).sum(axis=1) / (along**2).sum(axis=1).clip(1e-12)).clip(0, 1)
        found = np.full(len(lon), np.inf)
        np.minimum.at(found, row, np.hypot(*(start + along * share[:, None]).T))
        return found

    def off_km(self, lon: NDArray[np.float64], lat: NDArray[np.float64], *, reach_deg: float = 0.5) -> NDArray[np.float64]:
        """Give the distance to the land, 0 on it."""
        return np.where(shapely.intersects_xy(self.land, lon, lat), 0.0, self.km(lon, lat, reach_deg=reach_deg))


class Checks:
    """What a position is held against: the sea, the land of each country, the subdivisions, the cities."""

    def __init__(self, node_modules: Path, iso3: dict[str, str]) -> None:
        """Read Natural Earth and GeoNames."""
        parts = areas.parts(node_modules, iso3)
        self.sea = Shore(topojson.read(node_modules / "world-atlas" / "land-10m.json", layer="land")[0][2])
        self.lands = {country: Shore(shape) for country, shape in areas.country_shapes(parts).items()}
        self.states = {p.iso: Shore(p.shape) for p in parts if p.iso}
        self.cities: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for city in sources.city_rows(iso3):
            for key in {key for name in city.names for key in names.keys(name)}:
                self.cities[city.country, key].append((city.longitude, city.latitude))

    def placed(self, ports: Sequence[Port]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Say which ports lie by the land of their country, and which by the sea."""
        lon, lat = (np.array([getattr(p, axis) for p in ports], dtype=float) for axis in ("longitude", "latitude"))
        own = np.zeros(len(ports), dtype=bool)
        for country in {p.country for p in ports} & self.lands.keys():
            rows = np.array([i for i, p in enumerate(ports) if p.country == country])
            own[rows] = self.lands[country].off_km(lon[rows], lat[rows]) <= OWN_KM
        return own, self.sea.km(lon, lat) <= SEA_KM

    def offshore(self, port: Port) -> bool:
        """Say whether an anchorage or a terminal lies at sea, not too far off its country, and no shore is nearer than its own."""
        if port.country not in self.lands:
            return False
        lon, lat = np.array([port.longitude]), np.array([port.latitude])
        any_km, own_km = (float(s.off_km(lon, lat, reach_deg=3.5)[0]) for s in (self.sea, self.lands[port.country]))
        return any_km > 0 and own_km <= min(TERMINAL_KM if port.kind == "terminal" else ROADS_KM, 1.05 * any_km + 2)

    def city_km(self, port: Port) -> float | None:
        """Give the distance to the nearest city of the port's name in its country, or null when there is none."""
        keys = {key for name in (port.name, *port.aliases) for key in names.keys(name)}
        there = [place for key in keys for place in self.cities.get((port.country, key), ())]
        return min((_km(port, *place) for place in there), default=None)

    def in_state(self, port: Port) -> bool:
        """Say whether a port lies in the subdivision that it is listed under (false where none is)."""
        shore = self.states.get(port.state)
        return shore is not None and bool(shore.off_km(np.array([port.longitude]), np.array([port.latitude]))[0] <= OWN_KM)


def read(folder: Path, iso3: dict[str, str], tally: Counter[str], *, ports: bool = True) -> list[Port]:
    """Read the sea ports (function 1) or all others; count those whose position is missing or cannot be read (it is then not a number)."""
    other: dict[str, list[str]] = defaultdict(list)
    found: dict[str, Port] = {}
    for row in _lines(folder):
        _, iso2, code, name, _, state, functions, _, _, _, written, *_ = row
        if row[0] == "=" and " = " in name:
            alias, _, own = name.partition(" = ")
            other[f"{iso2} {own}"].append(alias)
        elif row[0] != "X" and functions.startswith("1") is ports and iso2 in iso3:
            tally["sea ports" if ports else "others"] += 1
            lon, lat = _position(written)
            if np.isnan(lon):
                tally["position unreadable" if written else "no position"] += 1
            known = [n for n in _BRACKETS.findall(name) if names.usable(n)] + other.get(f"{iso2} {name}", [])
            name, state = _SHORT.sub(" Port", _TAIL.sub("", name)), f"{iso2}-{state}" if state else ""
            port = Port(iso2 + code, name, tuple(known), iso3[iso2], state, lon, lat)
            # A few codes stand twice, with the same position.
            found.setdefault(port.code, port)
    return list(found.values())


def _position(written: str) -> tuple[float, float]:
    """Read a position to the minute, as longitude and latitude; not a number where it cannot be read."""
    position = _POSITION.fullmatch(written)
    if position is None:
        return np.nan, np.nan
    lat, lon = (int(position[i]) + int(position[i + 1]) / 60 for i in (1, 4))
    return round(-lon if position[6] == "W" else lon, 4), round(-lat if position[3] == "S" else lat, 4)


def witnessed(ports: Sequence[Port], lists: Sequence[tuple[str, dict[str, tuple[float, float]]]]) -> Iterator[Port]:
    """Give ports at the position that other lists have for their codes, if these do not differ and no other code has it too."""
    shared = {place for _, at in lists for place, n in Counter(at.values()).items() if n > 1}
    for port in ports:
        told = [replace(port, longitude=at[port.code][0], latitude=at[port.code][1], source=who) for who, at in lists if port.code in at]
        places = [(p.longitude, p.latitude) for p in told]
        if told and shared.isdisjoint(places) and all(_km(told[0], *place) <= AGREE_KM for place in places):
            yield told[0]


def other_lists(searoute: Path, sea_ports: Path) -> list[tuple[str, dict[str, tuple[float, float]]]]:
    """Read the positions by code of `ports.geojson` of searoute and `ports.json` of sea-ports."""
    features = json.loads(searoute.read_text(encoding="utf-8"))["features"]
    listed = json.loads(sea_ports.read_text(encoding="utf-8"))
    return [
        ("ports.geojson of searoute 1.6.0", {f["properties"]["port"]: _rounded(f["geometry"]["coordinates"]) for f in features}),
        ("ports.json of sea-ports 0.0.9", {code: _rounded(p["coordinates"]) for code, p in listed.items() if p.get("coordinates")}),
    ]


def _rounded(at: Sequence[float]) -> tuple[float, float]:
    """Round a position to 11 m."""
    return round(at[0], 4), round(at[1], 4)


def _lines(folder: Path) -> Iterator[list[str]]:
    """Give the lines of the code list."""
    for path in sorted(folder.glob("*CodeListPart?.csv")):
        with path.open(encoding="latin-1", newline="") as file:
            yield from csv.reader(file)


def checked(ports: Sequence[Port], checks: Checks, tally: Counter[str]) -> Iterator[Port]:
    """Give the ports that pass, mended where the fault is evident, and count every class."""
    for port, own, sea in zip(ports, *checks.placed(ports), strict=True):
        found = port if own else _mended(port, checks)
        if found is None or (own and not sea):
            tally["inland" if own else "far from its country"] += 1
            continue
        away = checks.city_km(found)
        if away is not None and away <= SAME_KM:
            tally["a city that GeoNames has" + (", hemisphere mended" if found.note else "")] += 1
        elif away is not None and not checks.in_state(found):
            tally["a namesake elsewhere in the country, no subdivision to tell"] += 1
        elif not names.usable(found.name) or set(names.fold(found.name).split()) <= _COMMON:
            tally["no usable name"] += 1
        else:
            tally[f"kept: {found.kind}" + (f", {found.note}" if found.note else "")] += 1
            yield found


def _mended(port: Port, checks: Checks) -> Port | None:
    """Take an anchorage or a terminal at sea as it is; mirror what is far from its country, if one hemisphere alone explains it."""
    at_sea = replace(port, kind="terminal") if _TERMINAL.search(port.name) else port
    if checks.offshore(at_sea):
        return at_sea
    turned = [
        replace(port, longitude=x * port.longitude, latitude=y * port.latitude, note=f"hemisphere mended ({what})")
        for x, y, what in ((-1, 1, "E/W"), (1, -1, "N/S"), (-1, -1, "both"))
    ]
    fine = [p for p, own, sea in zip(turned, *checks.placed(turned), strict=True) if own and sea]
    # Argyll is an oil field in the North Sea before it is a wrongly written town: a second witness is asked for.
    return fine[0] if len(fine) == 1 and (checks.in_state(fine[0]) or (checks.city_km(fine[0]) or SAME_KM) < SAME_KM) else None


def _km(port: Port, longitude: float, latitude: float) -> float:
    """Give the distance from a port on a plane that is true near it."""
    east = (port.longitude - longitude + 180) % 360 - 180
    return float(np.hypot(east * np.cos(np.radians(port.latitude)), port.latitude - latitude)) * 111.2


def write(ports: Sequence[Port], path: Path) -> None:
    """Write the table, one port a line, sorted by its code."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for p in sorted(ports, key=lambda p: p.code):
            source = ", ".join(filter(None, (p.source, p.note)))
            table.writerow([p.code, p.name, "|".join(dict.fromkeys(p.aliases)), p.country, p.kind, p.longitude, p.latitude, source])


def main(folder: Path, searoute: Path, sea_ports: Path) -> None:
    """Write `gazetteer/ports.csv` from the folder of the code list and the two other lists; print what became of every class."""
    tally: Counter[str] = Counter()
    again: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    iso3 = {r["iso2"]: r["iso3"] for r in sources.countries()}
    checks = Checks(_ROOT / "node_modules", iso3)
    ports = read(folder, iso3, tally)
    found = list(checked([p for p in ports if not np.isnan(p.longitude)], checks, tally))
    kept = {p.code for p in found}
    more = witnessed([p for p in ports if p.code not in kept | _MISPLACED], other_lists(searoute, sea_ports))
    found += checked([p for p in more if p.state not in checks.states or checks.in_state(p)], checks, again)
    # Oil fields and floating terminals are no sea ports by their codes, but ships lie there.
    rest = [p for p in read(folder, iso3, beside, ports=False) if not np.isnan(p.longitude)]
    found += [p for p in checked(rest, checks, beside) if p.kind == "terminal"]
    write(found, _ROOT / "gazetteer" / "ports.csv")
    print(json.dumps({EDITION: tally, "other lists": again, "no ports": beside}, indent=1))


if __name__ == "__main__":
    searoute = sources.package("searoute") / "data" / "ports.geojson"
    main(sources.package("pyunlocode") / "csv", searoute, _ROOT / "node_modules" / "sea-ports" / "lib" / "ports.json")
