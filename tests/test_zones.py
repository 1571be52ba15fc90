"""Zones: points that everybody knows, a partition of the world without gaps or seams, shares that sum to one, bad input that is named."""

from __future__ import annotations

import csv
import json
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import layers, zones
from geo.errors import CoordinateError, LayerError, UsageError
from geo.layers import open_layer, verify
from geo.shapes import disc, unrolled

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

TABLES = Path(__file__).resolve().parents[1] / "layers"

KNOWN = [
    # longitude, latitude, innermost zone, territory, sovereign
    (-66.90, 10.48, "land", "VEN", "VEN"),  # Caracas
    (-66.95, 10.70, "territorial_sea", "VEN", "VEN"),  # off La Guaira
    (-68.20, 12.50, "contiguous_zone", "BES", "NLD"),  # north-east of Bonaire
    (-69.97, 12.52, "land", "ABW", "NLD"),  # Aruba
    (-63.62, 15.50, "territorial_sea", "VEN", "VEN"),  # south of Isla de Aves
    (-75.00, 15.00, "eez", "JAM", "JAM"),
    (-109.22, 11.50, "eez", "CLP", "FRA"),  # Clipperton
    (-110.00, 5.00, "high_seas", None, None),
    (-61.55, 16.25, "land", "GLP", "FRA"),
    (-61.00, 14.64, "land", "MTQ", "FRA"),
    (-52.33, 4.94, "land", "GUF", "FRA"),
    (-64.78, 32.40, "territorial_sea", "BMU", "GBR"),
    (-92.50, -2.50, "eez", "ECU", "ECU"),  # Galapagos
    (-80.30, 24.00, "territorial_sea", "BHS", "BHS"),  # Cay Sal Bank
    (-75.12, 19.92, "land", "CUB", "CUB"),  # Guantanamo is leased, not ceded
    (2.35, 48.86, "land", "FRA", "FRA"),  # Paris
    (144.8, 13.2, "territorial_sea", "GUM", "USA"),
    (160.9, 9.0, "eez", "MHL", "MHL"),  # south of Ujelang, nearer to named land of Micronesia
    (136.0, 21.5, "eez", "JPN", "JPN"),  # Okinotorishima
    (5.0, 3.5, "eez", "NGA", "NGA"),
    (55.6, -20.7, "territorial_sea", "REU", "FRA"),
    (23.6, 37.85, "territorial_sea", "GRC", "GRC"),  # off Piraeus
    (-180.0, -17.5, "archipelagic_waters", "FJI", "FJI"),
    (180.0, -17.5, "archipelagic_waters", "FJI", "FJI"),
    (-77.5, 25.5, "archipelagic_waters", "BHS", "BHS"),
    (-69.5, 20.4, "archipelagic_waters", "DOM", "DOM"),  # Silver Bank
    (122.0, -5.0, "archipelagic_waters", "IDN", "IDN"),  # Banda Sea
    (-82.5, 21.9, "internal_waters", "CUB", "CUB"),  # Gulf of Batabano
    (-79.0, 8.3, "internal_waters", "PAN", "PAN"),  # Gulf of Panama
    (-180.0, 71.2, "land", "RUS", "RUS"),  # Wrangel Island lies across the antimeridian
    (180.0, 71.2, "land", "RUS", "RUS"),
    (0.0, 90.0, "high_seas", None, None),
    (20.0, 88.0, "high_seas", None, None),
    (100.0, -75.0, "land", "ATA", None),
    (100.0, -61.0, "antarctic_treaty_area", None, None),
    (51.0, 41.0, "other_regime", None, None),  # the Caspian Sea
]


@pytest.mark.parametrize(("lon", "lat", "kind", "territory", "sovereign"), KNOWN)
def test_known_points(lon: float, lat: float, kind: str, territory: str | None, sovereign: str | None) -> None:
    first = zones.at(lon, lat)[0][0]
    assert (first.zone_type, first.territory, first.sovereign) == (kind, territory, sovereign)


def test_contiguous_zone_stands_beside_the_eez() -> None:
    found = zones.at(-68.2, 12.5)[0]
    assert [zone.zone_type for zone in found] == ["contiguous_zone", "eez"]
    assert {zone.territory for zone in found} == {"BES"}


def test_a_claim_beyond_12_nm_is_a_disputed_eez_that_keeps_its_breadth() -> None:
    (zone,) = zones.at(-79.6, -10.0)[0]
    assert (zone.zone_type, zone.territory, zone.status, zone.claimed_breadth_nm) == ("eez", "PER", "disputed", 200)


def test_a_joint_area_answers_both_states() -> None:
    found = zones.at(-79.0, 15.4)[0]
    assert [(zone.territory, zone.status) for zone in found] == [("COL", "joint"), ("JAM", "joint")]


def test_disputed_waters_answer_every_claimant() -> None:
    # Off the Essequibo, and between Isla de Aves and Dominica.
    assert [(zone.territory, zone.status) for zone in zones.at(-58.4, 8.5)[0]] == [("GUY", "disputed"), ("VEN", "disputed")]
    assert {zone.territory for zone in zones.at(-63.2, 14.7)[0]} == {"DMA", "VEN"}
    assert {zone.territory for zone in zones.at(-75.03, 18.47)[0]} == {"HTI", "UMI"}  # Navassa
    # Between Hokkaido and Kunashir, off Shikotan; off the Falklands; off Abu Musa.
    assert {zone.territory for zone in zones.at(148.0, 43.5)[0]} == {"JPN", "RUS"}
    assert {zone.territory for zone in zones.at(-57.0, -51.0)[0]} == {"ARG", "FLK"}
    assert {zone.territory for zone in zones.at(55.1, 25.9)[0]} == {"ARE", "IRN"}
    assert len({zone.territory for zone in zones.at(114.3, 10.3)[0]}) == 6
    # East of the river nobody disputes it.
    assert [zone.territory for zone in zones.at(-57.6, 7.0)[0]] == ["GUY"]


@pytest.mark.parametrize(
    ("lon", "lat", "claimants"),
    [
        (-88.26, 16.07, {"BLZ", "GTM", "HND"}),  # Sapodilla Cayes
        (119.7, 24.0, {"CHN", "TWN"}),
        (36.8, 22.8, {"EGY", "SDN"}),  # off Halaib
        (-67.1, 44.49, {"CAN", "USA"}),  # Machias Seal Island
        (-140.5, 70.6, {"CAN", "USA"}),  # between the meridian and equidistance
        (114.365, 10.377, {"BRN", "CHN", "MYS", "PHL", "TWN", "VNM"}),  # Itu Aba itself
        (-58.6, -51.75, {"ARG", "FLK"}),  # East Falkland
        (-13.2, 27.15, {"ESH", "MAR"}),  # Laayoune
    ],
)
def test_waters_and_land_that_are_claimed_name_all_who_claim(lon: float, lat: float, claimants: set[str]) -> None:
    found = zones.at(lon, lat)[0]
    assert {zone.territory for zone in found} == claimants
    assert {zone.status for zone in found} == {"disputed"}


def test_islets_have_the_owner_that_rules_them() -> None:
    # Both halves of Bajo Nuevo, Sanafir, Pedra Branca, Norrskär, and islets of Agathonisi.
    lons, lats = [-78.7, -78.58, 34.703, 104.41, 20.62, 27.008], [15.85, 15.85, 27.9353, 1.332, 63.24, 37.463]
    assert [found[0].territory for found in zones.at(lons, lats)] == ["COL", "COL", "SAU", "SGP", "FIN", "GRC"]


OF_THEIR_OWN = {
    # Coded apart from their sovereign.
    "im:clipperton", "im:navassa-island", "im:norfolk-island", "im:west-island-cocos", "im:baker-island", "im:howland-island", "im:jarvis-island",
    "im:johnston-atoll", "im:kingman-reef", "im:midway-islands", "im:palmyra-atoll", "im:bassas-da-india", "im:europa-island",
    "im:grande-glorieuse", "im:juan-de-nova", "im:tromelin", "im:matthew-hunter",
    # A bank that the Dominican baselines enclose and the Turks and Caicos claim; a shoal and terminals beyond a computed line.
    "im:mouchoir-bank", "im:one-fathom-bank", "im:laminaria-field", "im:muda-marine-terminal", "im:al-basrah-oil-terminal",
    "im:tazerka-terminal",
}  # fmt: skip
WIDE = {"region", "sea_sector", "sea", "gulf", "bay", "ocean", "strait", "channel", "passage", "peninsula"}


def test_the_places_of_the_gazetteer_lie_in_the_waters_of_their_country() -> None:
    places = []
    for table in sorted((TABLES / "gazetteer").glob("*_*.csv")):
        with table.open(encoding="utf-8") as file:
            places += [row for row in csv.DictReader(file) if row["longitude"] and row["countries"] and row["kind"] not in WIDE]
    assert len(places) > 1000
    found = zones.at(*([float(row[axis]) for row in places] for axis in ("longitude", "latitude")))
    off = {row["id"] for row, held in zip(places, found, strict=True) if not {zone.territory for zone in held} & set(row["countries"].split("|"))}
    assert off == OF_THEIR_OWN


def test_territories_are_coded_as_iso_does() -> None:
    with (TABLES / "gazetteer" / "countries.csv").open(encoding="utf-8") as file:
        countries = {row["iso3"] for row in csv.DictReader(file)}
    ours = {row.territory for row in zones.open_areas().rows if row.territory}
    assert ours - countries <= {"CLP", "XKX"}


@pytest.mark.parametrize(
    ("basis", "right", "left"),
    [
        ("France-Netherlands agreement of 2016", (-62.99, 18.0, "SXM"), (-62.95, 17.98, "BLM")),
        ("Norway-Russia treaty of 2010", (35.5, 72.0, "RUS"), (33.5, 72.0, "NOR")),
        ("Soviet Union-United States agreement of 1990", (-178.9, 61.3, "RUS"), (-177.8, 60.8, "USA")),
        ("Soviet Union-United States agreement of 1990", (-168.6, 70.5, "USA"), (-169.3, 70.5, "RUS")),
        ("China-Viet Nam agreement of 2000", (107.1, 19.0, "VNM"), (107.3, 19.0, "CHN")),
        ("Indonesia-Philippines agreement of 2014", (127.5, 6.0, "IDN"), (127.5, 6.8, "PHL")),
        ("Peru v. Chile", (-71.0, -18.5, "CHL"), (-71.0, -18.2, "PER")),
        ("France-Dominica agreement of 1987", (-59.0, 15.9, "DMA"), (-59.0, 16.5, "GLP")),
        ("France-Dominica agreement of 1987", (-59.0, 15.9, "DMA"), (-59.0, 15.7, "MTQ")),
        ("France-Suriname agreement of 2017", (-53.0, 7.3, "GUF"), (-53.35, 7.3, "SUR")),
        ("Trinidad and Tobago-Venezuela treaty of 1990", (-62.06, 10.3, "VEN"), (-61.91, 10.3, "TTO")),
        ("Trinidad and Tobago's corner", (-61.8, 11.3, "VEN"), (-61.65, 11.3, "TTO")),
        ("France-United Kingdom agreements", (-5.0, 49.4, "GBR"), (-5.0, 49.1, "FRA")),
        ("France-Spain conventions of 1974", (-4.0, 44.8, "ESP"), (-4.0, 45.2, "FRA")),
        ("Australia-France agreement of 1982 (New Caledonia)", (156.5, -21.0, "AUS"), (157.5, -21.0, "NCL")),
        ("Canada-France award of 1992", (-56.3, 44.5, "SPM"), (-56.0, 44.5, "CAN")),
        ("France-Monaco convention of 1984", (7.6, 43.3, "MCO"), (7.45, 43.3, "FRA")),
    ],
)
def test_agreed_lines_part_their_states(basis: str, right: tuple[float, float, str], left: tuple[float, float, str]) -> None:
    found = [zones.at(lon, lat)[0][-1] for lon, lat, _ in (right, left)]
    assert [zone.territory for zone in found] == [right[2], left[2]]
    assert any(basis in row.basis for row in zones.open_areas().rows if row.basis)


def test_treaties_move_what_equidistance_would_give() -> None:
    # West of the 1978 line off Aruba the waters are Venezuelan, though Aruba lies nearer.
    moved = zones.at(-70.3, 14.2)[0][-1]
    assert (moved.territory, moved.status) == ("VEN", "agreed")
    assert "1978" in moved.basis
    # North of the parallel of the 2012 judgment the waters are Nicaraguan, though Providencia lies nearer.
    assert zones.at(-81.2, 14.5)[0][-1].territory == "NIC"


def test_limits_are_measured_from_a_baseline_where_one_is_listed() -> None:
    # Fifteen miles off the line between the banks north of Hispaniola, and sixty off its shore.
    inside, outside = zones.at([-69.7, -69.7], [20.6, 21.0])
    assert [zone.zone_type for zone in inside] == ["archipelagic_waters"]
    assert inside[0].status == "unilateral"
    assert "Law 66-07" in inside[0].basis
    assert outside[0].zone_type == "territorial_sea"


def test_the_bisector_of_2007_parts_nicaragua_from_honduras_but_spares_the_cays() -> None:
    north, south, cay = zones.at([-81.5, -81.5, -82.55], [15.75, 15.4, 15.15])
    assert (north[-1].territory, south[-1].territory) == ("HND", "NIC")
    assert (cay[0].zone_type, cay[0].territory) == ("territorial_sea", "HND")


def test_no_territory_carries_the_code_of_its_far_sovereign() -> None:
    found = {row.territory for row in zones.open_areas().rows}
    assert found >= {"GLP", "MTQ", "GUF", "REU", "MYT", "BES", "ABW", "CUW", "BMU", "FLK", "SJM", "TKL", "ALA"}
    with (TABLES / "claims.csv").open(encoding="utf-8") as file:
        sovereigns = {row["territory"]: row["sovereign"] for row in csv.DictReader(file)}
    assert all(row.sovereign == (sovereigns[row.territory] or None) for row in zones.open_areas().rows if row.territory)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_point_of_the_world_lies_in_one_zone_or_in_a_shared_one(lon: float, lat: float) -> None:
    found = [zone for zone in zones.at(lon, lat)[0] if zone.zone_type != "contiguous_zone"]
    assert found
    assert len(found) == 1 or {zone.status for zone in found} <= {"joint", "disputed"}


@pytest.mark.long
def test_the_partition_covers_the_world_once() -> None:
    layer = zones.open_areas()
    assert shapely.is_valid(layer.parts).all()
    assert np.isclose(shapely.area(layer.parts).sum(), 360 * 180, rtol=1e-9)


def test_the_lookup_answers_as_shapely_does() -> None:
    rng = np.random.default_rng(7)
    lons, lats = rng.uniform(-180, 180, 20_000), rng.uniform(-90, 90, 20_000)
    layer = zones.open_areas()
    point, part = shapely.STRtree(layer.parts).query(shapely.points(lons, lats), predicate="intersects")
    expected = np.full(len(lons), -1)
    expected[point] = layer.area_of[part]
    assert (zones.index(lons, lats) == expected).all()


def test_no_seam_at_180() -> None:
    lats = np.arange(-89.5, 90.0, 0.5)
    west, east = (zones.index(np.full(len(lats), lon), lats) for lon in (-179.9999, 179.9999))
    # Limits may fall between two points 22 m apart; more would be a seam.
    assert (west != east).mean() < 0.01


def test_tiles_leave_no_line_behind() -> None:
    lines = zones.open_areas().lines
    points, line = shapely.get_coordinates(lines, return_index=True)
    inside = line[1:] == line[:-1]
    a, b = points[:-1][inside], points[1:][inside]
    # A line of more than a degree along a side of the tiles; the Antarctic Treaty area begins at one.
    for axis in (0, 1):
        along = (a[:, axis] == b[:, axis]) & (a[:, axis] % 30 == 0) & (np.abs(a - b).max(axis=1) > 1) & (a[:, axis] != -60)
        assert not along.any()


def test_distances_are_those_of_the_line_and_the_shore() -> None:
    zone = zones.at(-110.0, 5.0)[0][0]
    assert zone.distance_to_boundary_nm is not None
    assert zone.distance_to_coast_nm is not None
    # High seas begin 200 nm from the shore, so the two distances differ by that at least.
    assert zone.distance_to_coast_nm - zone.distance_to_boundary_nm == pytest.approx(200, abs=0.5)


def test_a_change_of_basis_within_the_waters_of_one_owner_is_no_boundary() -> None:
    areas = zones.open_areas()
    held = [sorted((zone.zone_type, zone.territory or "") for zone in found) for found in areas.of_area]
    same = [number for number, (one, other) in enumerate(areas.sides.tolist()) if held[one] == held[other] and held[one][0][0] == "eez"]
    longest = sorted(areas.lines[same], key=shapely.length)[-10:]
    middles = [line.interpolate(0.5, normalized=True) for line in longest]
    nearest = [found[0].distance_to_boundary_nm for found in zones.at([middle.x for middle in middles], [middle.y for middle in middles])]
    # An agreed line may run beside the old one, so not each is far from a boundary.
    assert max(distance or 0 for distance in nearest) > 10
    # Where a joint area begins, the waters of either state end.
    assert (zones.at(-79.0, 16.05)[0][0].distance_to_boundary_nm or 0) < 2


def test_what_is_no_position_is_named() -> None:
    with pytest.raises(CoordinateError, match=r"point 1: latitude 95 is not within -90 to 90 .* \(and 1 more\)"):
        zones.at([2.0, 140.0, 500.0], [50.0, 95.0, 0.0])
    with pytest.raises(CoordinateError, match="swapped"):
        zones.at(12.5, -168.2)
    with pytest.raises(CoordinateError, match="longitude 500"):
        zones.at(500.0, 0.0)
    with pytest.raises(CoordinateError, match="nan"):
        zones.at(float("nan"), 0.0)
    with pytest.raises(CoordinateError, match=r"are no numbers .*'west'"):
        zones.at([1.0, "west"], [2.0, 3.0])
    assert zones.index([500.0, float("nan")], [0.0, 0.0]).tolist() == [-1, -1]
    assert zones.covers([500.0, 140.0], [0.0, 30.0]).tolist() == [False, True]


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(-68.2, 12.5).buffer(0.3),
        shapely.box(-85, 9, -60, 22),
        shapely.LineString([(-72, 12), (-62, 16)]),
        shapely.MultiPoint([(-66.9, 10.5), (-68.2, 12.5), (-75, 15)]),
        shapely.box(-130, -15, -50, 40),
        shapely.box(-180, -90, 180, 90),
    ],
)
def test_shares_of_the_partition_sum_to_one(shape: shapely.Geometry) -> None:
    found = zones.of(shape)
    # What several states hold or claim appears once for each with the same basis; Peru alone claims its wide territorial sea.
    shared: dict[tuple[str, str], float] = {}
    total = 0.0
    for zone in found:
        if zone.zone_type == "contiguous_zone":
            continue
        if zone.status in {"joint", "disputed"} and zone.claimed_breadth_nm is None:
            shared[zone.zone_type, zone.basis] = max(zone.share, shared.get((zone.zone_type, zone.basis), 0.0))
        else:
            total += zone.share
    assert total + sum(shared.values()) == pytest.approx(1, abs=1e-9)
    assert all(zone.share >= 0.005 for zone in found)
    assert zones.of(shape) == found


@pytest.mark.long
def test_a_shape_over_the_date_line_is_the_two_that_it_is_cut_into() -> None:
    over = shapely.box(178, -19, 182, -17)
    cut = shapely.MultiPolygon([shapely.box(178, -19, 180, -17), shapely.box(-180, -19, -178, -17)])
    for asked in (zones.of, zones.seas):
        assert asked(over) == asked(cut)
    line = zones.of(shapely.LineString([(179, -18), (181, -18)]))
    assert sum(zone.share for zone in line if zone.zone_type != "contiguous_zone") == pytest.approx(1)


@pytest.mark.long
def test_shares_agree_with_the_areas_of_the_polygons() -> None:
    box = shapely.box(-72, 11, -66, 14)
    frame = zones.layer()
    frame = frame[frame["zone_type"] != "contiguous_zone"]
    cut = frame.assign(geometry=frame.geometry.intersection(box)).to_crs("EPSG:6933")
    exact = (cut.assign(km2=cut.area).groupby(["zone_type", "territory"])["km2"].sum() / cut.area.sum()).to_dict()
    for zone in zones.of(box):
        if zone.zone_type != "contiguous_zone":
            assert zone.share == pytest.approx(exact[zone.zone_type, zone.territory], abs=0.01)


def test_outlines_never_stroke_the_edge_of_the_box() -> None:
    bounds = (-131.0, 10.0, -100.0, 41.0)
    features = zones.outlines(bounds, 0.02)
    assert {feature["properties"]["kind"] for feature in features} >= {"territorial_sea", "eez_limit", "boundary"}
    lines = [feature for feature in features if feature["properties"]["kind"] != "territorial_sea"]
    for line in shapely.get_parts([shapely.geometry.shape(feature["geometry"]) for feature in lines]):
        points = shapely.get_coordinates(line)
        both = (points[1:, 0] == points[:-1, 0]) & np.isin(points[1:, 0], (-131.0, -100.0))
        both |= (points[1:, 1] == points[:-1, 1]) & np.isin(points[1:, 1], (10.0, 41.0))
        assert not both.any()


def test_a_baseline_is_no_limit() -> None:
    kinds = {feature["properties"]["kind"] for feature in zones.outlines((-69.9, 20.6, -69.7, 20.9), 0.01)}
    assert kinds == {"baseline", "territorial_sea"}


def test_a_limit_in_disputed_waters_is_no_boundary() -> None:
    # Around the Falklands both claim all of it, so only the breadth changes at 12 nm.
    kinds = {feature["properties"]["kind"] for feature in zones.outlines((-59.5, -53.2, -57.5, -52.4), 0.01)}
    assert "boundary" not in kinds
    assert "territorial_sea_limit" in kinds


def test_seas_name_the_waters() -> None:
    assert zones.seas(shapely.Point(-75, 15))[0].name == "Caribbean Sea"
    assert zones.seas(shapely.Polygon()) == ()


def test_join_keeps_the_rows_and_adds_the_zone() -> None:
    shapes = [shapely.Point(-66.9, 10.48), None, shapely.Point(-68.2, 12.5).buffer(0.01), shapely.Point(), shapely.Point(-110, 5)]
    frame = gpd.GeoDataFrame({"name": list("abcde")}, geometry=shapes, crs="EPSG:4326", index=[9, 3, 7, 3, 1])
    joined = zones.join(frame)
    assert joined.index.tolist() == [9, 3, 7, 3, 1]
    assert joined["name"].tolist() == list("abcde")
    assert joined["zone_type"].fillna("").tolist() == ["land", "", "eez", "", "high_seas"]
    assert joined["territory"].fillna("").tolist() == ["VEN", "", "BES", "", ""]
    assert joined["zones"].tolist() == [1, 0, 1, 0, 1]
    mercator = zones.join(frame.to_crs("EPSG:3857"))
    assert mercator["zone_type"].equals(joined["zone_type"])


def test_join_refuses_metres_without_a_crs() -> None:
    metres = gpd.GeoDataFrame(geometry=gpd.points_from_xy([-7447000.0], [1173000.0]))
    with pytest.raises(UsageError, match=r"no CRS.*set_crs"):
        zones.join(metres)
    assert zones.join(gpd.GeoDataFrame(geometry=gpd.points_from_xy([-66.9], [10.48])))["territory"].tolist() == ["VEN"]


def test_join_wants_geometries() -> None:
    pd = pytest.importorskip("pandas")
    for table in (pd.DataFrame({"lon": [-66.9], "lat": [10.48]}), [(-66.9, 10.48)]):
        with pytest.raises(UsageError, match="has no geometries; make it a GeoDataFrame"):
            zones.join(table)


@pytest.mark.parametrize(
    ("lon", "lat", "words"),
    [
        (12.5, -168.2, r"row 8: latitude -168\.2 is not within -90 to 90 .*swapped"),
        (140.0, 95.0, r"row 8: latitude 95 "),
        (500.0, 0.0, r"row 8: longitude 500 is not within -180 to 180"),
        (200.0, 10.0, r"row 8: longitude 200 .*so write -160"),
        (500000.0, 4600000.0, r"row 8: longitude 500000, latitude 4600000 look like metres"),
    ],
)
def test_join_counts_the_rows_that_lie_nowhere(lon: float, lat: float, words: str) -> None:
    points = gpd.points_from_xy([-66.9, lon, math.nan, lon], [10.48, lat, math.nan, lat])
    frame = gpd.GeoDataFrame(geometry=points, crs="EPSG:4326", index=[7, 8, 9, 10])
    with pytest.warns(UserWarning, match=rf"^2 of 4 rows hold no place on Earth and get no zones; the first is {words}"):
        joined = zones.join(frame)
    assert joined["zones"].tolist() == [1, 0, 0, 0]
    assert joined["territory"].fillna("").tolist() == ["VEN", "", "", ""]


def test_join_without_a_crs_sees_swapped_columns() -> None:
    with pytest.raises(UsageError, match=r"-168\.2 to -168\.2\) are no degrees .* turn swapped columns round"):
        zones.join(gpd.GeoDataFrame(geometry=gpd.points_from_xy([12.5], [-168.2])))


def test_points_must_pair() -> None:
    with pytest.raises(ValueError, match="do not pair"):
        zones.at([1.0, 2.0], [1.0])


def test_the_layer_is_what_its_manifest_says() -> None:
    layer = open_layer("zones")
    assert verify(layer) == []
    assert verify(open_layer("waters")) == []
    assert {"sources", "window", "method", "attribution"} <= set(layer.manifest)


def test_a_lookup_of_other_zones_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layers.folder()  # the tables stay where they are
    stale = tmp_path / "_built" / "waters"
    stale.mkdir(parents=True)
    manifest = {"format": 1, "sources": [{"file": "zones.npz", "sha256": "of an older layer"}]}
    (stale / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    monkeypatch.setattr(layers, "_HERE", tmp_path)
    monkeypatch.setenv("INCIDENT_MAPPER_CACHE", str(tmp_path / "cache"))
    with pytest.raises(LayerError, match=r"'waters' is not built; run `geo layers build`"):
        open_layer("waters")
    manifest["sources"] = [{"file": "zones.npz", "sha256": open_layer("zones").manifest["files"]["zones.npz"]}]
    (stale / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert open_layer("waters").path == stale


def test_every_row_of_the_tables_has_a_source() -> None:
    for name in ("baselines", "boundaries", "claims", "islets", "labels", "straits"):
        with (TABLES / f"{name}.csv").open(encoding="utf-8") as file:
            assert all(row["source"].strip() for row in csv.DictReader(file)), name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("FRA-DMA-1987", 1), ("FRA-VEN-1980", 2)),
        (("FRA-DMA-1987", 14), ("FRA-VEN-1980", 3)),
        (("FRA-LCA-1981", 1), ("FRA-VEN-1980", 4)),
        (("FRA-LCA-1981", 17), ("BRB-LCA-2017", 1)),
        (("FRA-BRB-2009", 1), ("BRB-LCA-2017", 1)),
        (("FRA-GBR-AIA-1996", 8), ("FRA-ATG-2017-BLM", 1)),
    ],
)
def test_lines_of_three_states_meet_in_one_point(one: tuple[str, int], other: tuple[str, int]) -> None:
    # Read in different instruments, so a misread digit shows.
    with (TABLES / "boundaries.csv").open(encoding="utf-8") as file:
        corners = {(row["boundary_id"], int(row["seq"])): (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}
    assert corners[one] == pytest.approx(corners[other], abs=0.007)


def test_what_the_claims_say_beyond_breadths_names_where_it_was_read() -> None:
    with (TABLES / "claims.csv").open(encoding="utf-8") as file:
        rows = {row["territory"]: row for row in csv.DictReader(file)}
    for code, row in rows.items():
        protesters = [state for column in ("baselines_protested_by", "sea_protested_by") for state in row[column].split(";") if state]
        assert set(protesters) <= set(rows) - {code}, code
        assert not row["eez_since"] or (row["eez_nm"] and 1945 < int(row["eez_since"]) < 2030), code
        # Beyond the package that says who is a party: the law, the study or the report.
        read = ";" in row["more_sources"] or "factbook" not in row["more_sources"]
        assert read or not (row["eez_since"] or row["baselines_protested_by"] or row["historic_waters"]), code
        # The Factbook itself says whose wide territorial sea is not recognised.
        assert bool(row["sea_protested_by"]) == (float(row["territorial_sea_nm"] or 0) > 12), code


def test_a_listed_strait_is_marked() -> None:
    assert all(zone.strait for zone in zones.at(56.4, 26.55)[0])  # Hormuz
    assert zones.at(-5.6, 35.95)[0][0].strait  # Gibraltar
    assert zones.at(-75.0, 15.0)[0][0].strait is None


@pytest.mark.parametrize("thing", [None, "POINT (1 2)", (1.0, 2.0)])
def test_what_is_no_geometry_is_refused_with_a_cure(thing: object) -> None:
    with pytest.raises(UsageError, match=r"is no geometry; give a shapely geometry"):
        zones.of(thing)  # type: ignore[arg-type]


@pytest.mark.parametrize("ask", [zones.of, zones.seas])
@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (shapely.Point(0, 89).buffer(3), "the polygon is not on Earth: latitude 92 is not within -90 to 90"),
        (shapely.box(0, -92, 1, -91), "latitude -92 is not within -90 to 90"),
        (shapely.box(185, 80, 200, 95), "latitude 95 is not within"),
        (shapely.Point(12, 95), "are longitude and latitude swapped"),
        (shapely.Point(600, 10), "longitude 600 is not within -180 to 180"),
        (shapely.Point(np.nan, np.nan), "is not a position"),
        (shapely.Point(5e5, 4e6).buffer(1000), "look like metres of a projection"),
    ],
)
def test_a_geometry_that_is_not_on_earth_is_refused_whole(ask: Callable[[BaseGeometry], object], shape: BaseGeometry, said: str) -> None:
    with pytest.raises(CoordinateError, match=re.escape(said)):
        ask(shape)


def test_a_geometry_over_a_pole_is_answered_whole() -> None:
    (sea,) = zones.of(disc(0.0, 89.9, radius_km=300))
    assert (sea.zone_type, sea.share) == ("high_seas", 1.0)


@pytest.mark.parametrize(
    "shape",
    [
        shapely.box(-70, 12, -70, 13),
        shapely.Polygon([(-70, 12), (-69, 13), (-70, 13), (-69, 12)]),
        shapely.Polygon([(179, 12), (181, 13), (179, 13), (181, 12)]),
        shapely.LineString([(-70, 13), (-70, 13)]),
    ],
    ids=["without an area", "rings that cross", "rings that cross over the date line", "a line of one point"],
)
def test_a_geometry_that_is_not_sound_is_answered_as_what_it_covers(shape: BaseGeometry) -> None:
    shares = [zone.share for zone in zones.of(shape) if zone.zone_type != "contiguous_zone"]
    assert sum(shares) == pytest.approx(1)
    assert zones.seas(shape)


@pytest.mark.parametrize(
    ("shape", "crs", "zone_type", "territory"),
    [
        (shapely.Point(3327792, -1840000).buffer(50_000), 3832, "archipelagic_waters", "FJI"),  # over the date line, in a CRS of the Pacific
        (shapely.LineString([(3226472, -1840000), (3449111, -1840000)]), 3832, "archipelagic_waters", "FJI"),
        (shapely.Point(0, 0).buffer(300_000), 3995, "high_seas", None),  # the North Pole
        (shapely.Point(0, 0).buffer(500_000), 3031, "land", "ATA"),  # the South Pole
    ],
    ids=["date line", "line over it", "north pole", "south pole"],
)
def test_a_projected_shape_over_the_edge_of_the_map_is_joined_as_it_lies(shape: BaseGeometry, crs: int, zone_type: str, territory: str) -> None:
    (row,) = zones.join(gpd.GeoDataFrame(geometry=[shape], crs=crs)).to_dict("records")
    assert (row["zone_type"], row["territory"]) == (zone_type, territory)
    assert row["zone_share"] > 0.7


def test_a_ring_about_a_pole_keeps_its_hole() -> None:
    outer, inner = (shapely.Point(0, 0).buffer(radius) for radius in (2.5e6, 2.4e6))
    ring, whole = (gpd.GeoSeries([shape], crs=3995).to_crs(4326)[0] for shape in (outer.difference(inner), outer))
    assert unrolled(whole).contains(shapely.Point(20, 89))
    assert not unrolled(ring).intersects(shapely.Point(20, 89))
    assert unrolled(ring).intersects(shapely.Point(-170, 67.5))


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (gpd.GeoSeries([shapely.Point(1, 1)], crs=4326), "a GeoSeries has no columns; make it a GeoDataFrame"),
        (gpd.GeoDataFrame(geometry=[shapely.Point(1, 1)], crs='LOCAL_CS["a plan",UNIT["metre",1]]'), "the frame's CRS 'a plan' cannot be turned into degrees"),
    ],
)  # fmt: skip
def test_a_frame_that_lies_nowhere_is_refused_with_a_cure(frame: gpd.GeoDataFrame, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        zones.join(frame)


def test_a_frame_without_rows_needs_no_crs() -> None:
    assert [*zones.join(gpd.GeoDataFrame(geometry=[])).columns] == ["geometry", *zones.COLUMNS, "zones"]
