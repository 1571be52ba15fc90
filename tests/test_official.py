"""Official zones that a user adds: verified, then answered with their attribution; what is wrong with a file is said."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geo import areas, partition
from geo.draw import document

gpd = pytest.importorskip("geopandas")

ARUBA, SEA = shapely.box(-71.07, 12, -69, 13.5), shapely.box(-71.07, 13.5, -69, 15)


def _file(folder: Path, *, name: str = "World_EEZ_v12.gpkg", crs: str = "EPSG:4326", **changed: Any) -> Path:
    """Write a file as Marine Regions writes it, with two zones of our own."""
    columns: dict[str, Any] = {
        "MRGID": [1.0, 2.0],
        "GEONAME": ["Aruban zone", "Overlapping claim: Aruba / Venezuela"],
        "POL_TYPE": ["200NM", "Overlapping claim"],
        "ISO_TER1": ["ABW", "ABW"],
        "ISO_SOV1": ["NLD", "NLD"],
        "ISO_TER2": [None, "VEN"],
        "ISO_SOV2": [None, "VEN"],
        "geometry": [ARUBA, SEA],
    }
    gpd.GeoDataFrame({**columns, **changed}, crs=crs).to_file(folder / name)
    return folder / name


@pytest.fixture
def official(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    # The builders are scripts beside their tables, importable only from there.
    monkeypatch.syspath_prepend(str(root))
    return importlib.import_module("layers.builders.official")


@pytest.mark.long
def test_official_zones_answer_with_their_source(tmp_path: Path, root: Path) -> None:
    environment = {**os.environ, "INCIDENT_MAPPER_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(root)}
    program = [sys.executable, "-m", "geo.cli"]
    added = [*program, "layers", "add", str(_file(tmp_path))]
    words = subprocess.run(added, env=environment, capture_output=True, text=True, check=True).stdout
    assert "2 zones" in words
    assert "CC BY 4.0" in words
    points = "lon,lat\n-70.0,13.3\n-70.2,12.7\n-70.0,14.0\n-69.97,12.52\n-66.9,10.48\n-60.0,14.0\n-71.08,14.0\n-71.06,14.0\n"
    (tmp_path / "points.csv").write_text(points, encoding="utf-8")
    command = [*program, "zones", str(tmp_path / "points.csv"), "--format", "jsonl"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    far, near, contested, ashore, caracas, beyond, outside, inside = (json.loads(line)["zones"] for line in told.splitlines())
    assert [(zone["zone_type"], zone["territory"], zone["sovereign"], zone["status"]) for zone in far] == [("eez", "ABW", "NLD", "agreed")]
    assert far[0]["basis"] == "Marine Regions 1: Aruban zone"
    assert (near[0]["zone_type"], near[0]["territory"]) == ("territorial_sea", "ABW")
    assert {(zone["territory"], zone["status"]) for zone in contested} == {("ABW", "disputed"), ("VEN", "disputed")}
    assert ashore[0]["territory"] == "ABW"
    assert (caracas[0]["zone_type"], caracas[0]["layer"]) == ("land", "zones")
    # The official file holds no zone there, and it says whose waters they are.
    assert beyond == []
    # Its edge counts, within a cell of the lookup too.
    assert (outside, len(inside)) == ([], 2)
    # With a file of territorial seas their limit is no longer ours.
    subprocess.run([*program, "layers", "add", str(_zones(tmp_path, "eez_12nm_v4.gpkg", [shapely.box(-71, 12, -69, 12.65)]))], env=environment, check=True)
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    far, near, _, ashore, caracas, *_ = (json.loads(line)["zones"] for line in told.splitlines())
    assert [zones[0]["zone_type"] for zones in (far, near, ashore, caracas)] == ["eez", "eez", "territorial_sea", "land"]
    # Its licence asks for the credit wherever its zones are shown.
    for shown in (["layers", "list"], ["zones", "13.3 -70.0", "--format", "geojson"]):
        told = subprocess.run([*program, *shown], env=environment, capture_output=True, text=True, check=True).stdout
        assert "Flanders Marine Institute" in told
    drawn = [*program, "map", "-", "-o", "-"]
    page = subprocess.run(drawn, env=environment, capture_output=True, text=True, check=True, input="A ship was boarded off Aruba.").stdout
    assert "Flanders Marine Institute" in document.unpack(page)["attribution"]
    removed = [*program, "layers", "remove", "official-zones"]
    assert "removed" in subprocess.run(removed, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"crs": "EPSG:3857", "geometry": [shapely.box(0, 0, 1e5, 1e5), shapely.box(2e5, 0, 3e5, 1e5)]}, "not WGS 84; export it in EPSG:4326"),
        ({"geometry": [ARUBA, None]}, "'Overlapping claim: Aruba / Venezuela' has no area"),
        ({"geometry": [ARUBA, shapely.box(-70, 12, -68, 14)]}, "overlap"),
        ({"geometry": [shapely.Polygon([(-71, 12), (-69, 13), (-69, 12), (-71, 13)]), SEA]}, "'Aruban zone' crosses itself"),
        ({"geometry": [ARUBA, shapely.box(1000, 13.5, 1100, 15)]}, "no degrees"),
    ],
)
def test_a_faulty_file_is_refused_with_the_reason(official: Any, tmp_path: Path, changed: dict[str, Any], words: str) -> None:
    with pytest.raises(official.BuildError, match=words):
        official.add(_file(tmp_path, **changed), tmp_path / "cache", lambda _: None, areas.landward)
    assert not (tmp_path / "cache").exists()


def test_version_11_may_reach_a_hair_over_the_date_line(official: Any, tmp_path: Path) -> None:
    file = _file(tmp_path, name="eez_v11.gpkg", geometry=[ARUBA, shapely.box(179, 13.5, 180.0000000001, 15)])
    assert "2 zones of eez_v11.gpkg" in official.add(file, tmp_path / "cache", lambda _: None, areas.landward)


def _rows(official: Any, cache: Path) -> set[tuple[str, ...]]:
    """Give the zones of the layer, type, territory, status, with whether each of some points lies in an area of it."""
    folder = cache / official.NAME
    table = json.loads((folder / "zones.json").read_text(encoding="utf-8"))
    parts, area_of = areas.read_parts(folder / "zones.npz")
    found = set()
    points = {"inner": (-70.2, 12.1), "near": (-70.2, 12.3), "far": (-70.2, 13.2), "claimed": (-70.2, 14), "open": (-61, 14), "south": (-61, -65)}
    for name, (lon, lat) in points.items():
        for part in shapely.contains_xy(parts, lon, lat).nonzero()[0]:
            rows = [table["rows"][row] for row in table["atoms"][area_of[part]]]
            found |= {(name, row["zone_type"], row["territory"] or "", row["status"]) for row in rows}
    return found


def _zones(folder: Path, name: str, shapes: list[Any], *, zipped: bool = False, **columns: Any) -> Path:
    """Write a file of zones of Aruba, zipped as Marine Regions does it."""
    wide = {"GEONAME": "Aruban zone", "ISO_TER1": "ABW", "ISO_SOV1": "NLD", **columns}
    held = {column: [value] * len(shapes) for column, value in wide.items() if value is not None}
    gpd.GeoDataFrame(held, geometry=shapes, crs="EPSG:4326").to_file(folder / name)
    if not zipped:
        return folder / name
    archive = (folder / name).with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as target:
        for file in sorted(folder.glob(f"{Path(name).stem}.*")):
            if file != archive:
                target.write(file, f"World_zones/{file.name}")
    return archive


EEZ = {("inner", "eez", "ABW", "agreed"), ("near", "eez", "ABW", "agreed"), ("far", "eez", "ABW", "agreed")}
CLAIMED = {("claimed", "eez", "ABW", "disputed"), ("claimed", "eez", "VEN", "disputed")}


@pytest.mark.parametrize(("suffix", "zipped"), [("shp", False), ("shp", True), ("gpkg", False), ("gpkg", True)])
def test_files_added_one_after_another_stand_together(official: Any, tmp_path: Path, suffix: str, *, zipped: bool) -> None:
    cache = tmp_path / "cache"

    def add(file: Path) -> str:
        assert official.recognises(file)
        return str(official.add(file, cache, lambda _: None, areas.landward))

    add(_file(tmp_path))
    assert _rows(official, cache) == EEZ | CLAIMED
    told = add(_zones(tmp_path, f"eez_12nm_v4.{suffix}", [shapely.box(-71, 12, -69, 12.2)], zipped=zipped))
    assert "taken for territorial_sea; together with World_EEZ_v12" in told
    sea = {("inner", "territorial_sea", "ABW", "agreed"), *EEZ} - {("inner", "eez", "ABW", "agreed")}
    assert _rows(official, cache) == sea | CLAIMED
    told = add(_zones(tmp_path, f"eez_24nm_v4.{suffix}", [shapely.box(-71, 12, -69, 12.4)], zipped=zipped))
    assert "taken for contiguous_zone" in told
    assert _rows(official, cache) == sea | CLAIMED | {("near", "contiguous_zone", "ABW", "agreed")}
    high = [shapely.box(-65, -70, -55, 20)]
    told = add(_zones(tmp_path, f"High_Seas_v2.{suffix}", high, zipped=zipped, GEONAME=None, ISO_TER1=None, ISO_SOV1=None, NAME="High Seas"))
    assert "taken for high_seas" in told
    # South of 60° S the Antarctic Treaty applies, and our layer says so.
    assert _rows(official, cache) == sea | CLAIMED | {("near", "contiguous_zone", "ABW", "agreed"), ("open", "high_seas", "", "agreed")}


def test_what_a_renamed_file_holds_is_told_from_its_zones(official: Any, tmp_path: Path) -> None:
    file = _zones(tmp_path, "mine.gpkg", [ARUBA], POL_TYPE="12NM")
    assert "taken for territorial_sea" in official.add(file, tmp_path / "cache", lambda _: None, areas.landward)


def test_an_island_claimed_by_two_has_both(official: Any, tmp_path: Path) -> None:
    both = {"ISO_TER2": "ABW", "ISO_SOV2": "VEN", "POL_TYPE": "12NM"}
    file = _zones(tmp_path, "eez_12nm_v3.gpkg", [shapely.box(-71, 12, -69, 12.2)], **both)
    official.add(file, tmp_path / "cache", lambda _: None, areas.landward)
    table = json.loads((tmp_path / "cache" / official.NAME / "zones.json").read_text(encoding="utf-8"))
    assert {(row["sovereign"], row["status"]) for row in table["rows"]} == {("NLD", "disputed"), ("VEN", "disputed")}


def test_zones_that_overlap_undeclared_are_disputed(official: Any, tmp_path: Path) -> None:
    shapes = [shapely.box(-71, 12, -69, 12.2), shapely.box(-70.5, 12, -68, 12.2)]
    frame = gpd.GeoDataFrame({"GEONAME": ["One", "Two"], "ISO_SOV1": ["NLD", "VEN"]}, geometry=shapes, crs="EPSG:4326")
    frame.to_file(tmp_path / "eez_12nm_v4.gpkg")
    official.add(tmp_path / "eez_12nm_v4.gpkg", tmp_path / "cache", lambda _: None, areas.landward)
    assert {row[2:] for row in _rows(official, tmp_path / "cache") if row[0] == "inner"} == {("NLD", "disputed"), ("VEN", "disputed")}


def test_polygons_are_taken_from_beside_boundaries(official: Any, tmp_path: Path) -> None:
    _file(tmp_path, name="World_EEZ_v12.gpkg")
    line = gpd.GeoDataFrame({"LINE_NAME": ["x"]}, geometry=[shapely.LineString([(-71, 13), (-69, 13)])], crs="EPSG:4326")
    for number, layer in enumerate(("eez_boundaries_v12", "eez_v12")):
        frame = line if number == 0 else gpd.read_file(tmp_path / "World_EEZ_v12.gpkg")
        frame.to_file(tmp_path / "both.gpkg", layer=layer)
    assert "2 zones of both.gpkg, taken for eez" in official.add(tmp_path / "both.gpkg", tmp_path / "cache", lambda _: None, areas.landward)


@pytest.mark.parametrize(
    ("name", "columns", "words"),
    [
        ("eez_12nm_v4.gpkg", {"ISO_SOV1": None}, "lacks the attribute 'ISO_SOV1'"),
        ("eez_24nm_v4.gpkg", {}, "add World_EEZ first"),
        ("eez_internal_waters_v4.gpkg", {}, "cannot be told from its name"),
        ("EEZ_land_union_v4.gpkg", {"POL_TYPE": "200NM"}, "cannot be told from its name"),
    ],
)
def test_a_file_that_cannot_stand_is_refused(official: Any, tmp_path: Path, name: str, columns: dict[str, Any], words: str) -> None:
    with pytest.raises(official.BuildError, match=words):
        official.add(_zones(tmp_path, name, [ARUBA], **columns), tmp_path / "cache", lambda _: None, areas.landward)
    assert not (tmp_path / "cache").exists()


def test_a_file_of_something_else_is_refused(official: Any, tmp_path: Path) -> None:
    gpd.GeoDataFrame({"name": ["x"]}, geometry=[ARUBA], crs="EPSG:4326").to_file(tmp_path / "other.gpkg")
    with pytest.raises(official.BuildError, match="cannot be told from its name or its zones"):
        official.add(tmp_path / "other.gpkg", tmp_path / "cache", lambda _: None, areas.landward)
    (tmp_path / "broken.gpkg").write_bytes(b"nothing")
    with pytest.raises(official.BuildError, match="cannot be read"):
        official.add(tmp_path / "broken.gpkg", tmp_path / "cache", lambda _: None, areas.landward)


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ([(-180, -90, 0, 90), (0, -90, 180, 90)], None),
        ([(-180, -90, 0, 90), (1, -90, 180, 90)], "gaps"),
        ([(-180, -90, 10, 90), (0, -90, 180, 90)], "overlaps"),
    ],
)
def test_gaps_and_overlaps_are_found(official: Any, tmp_path: Path, boxes: list[tuple[float, ...]], words: str | None) -> None:
    zone = official.Row("eez", None, "", "", None)
    np.savez(tmp_path / "zones.npz", **official.arrays([official.Atom((zone,), shapely.multipolygons([shapely.box(*box)])) for box in boxes]))
    layer = areas.Areas((-180, -90, 180, 90), (), (), tmp_path / "zones.npz")
    told = partition.faults(layer, "EPSG:4326", whole=True)
    assert told == [] if words is None else any(words in line for line in told)
    assert partition.faults(layer, None, whole=True)[0] == "its CRS is None, not EPSG:4326"
