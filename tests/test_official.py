"""Official zones that a user adds: verified, then answered with their attribution; what is wrong with a file is said."""

from __future__ import annotations

import importlib
import json
import os
import shutil
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


# The attributes of the EEZ file of Marine Regions, in the order of version 11; version 12 writes them in small letters.
PUBLISHED = (
    "MRGID GEONAME MRGID_TER1 POL_TYPE MRGID_SOV1 TERRITORY1 ISO_TER1 SOVEREIGN1 MRGID_TER2 MRGID_SOV2 TERRITORY2 ISO_TER2 SOVEREIGN2 "
    "MRGID_TER3 MRGID_SOV3 TERRITORY3 ISO_TER3 SOVEREIGN3 X_1 Y_1 MRGID_EEZ AREA_KM2 ISO_SOV1 ISO_SOV2 ISO_SOV3 UN_SOV1 UN_SOV2 UN_SOV3 "
    "UN_TER1 UN_TER2 UN_TER3"
).split()


def _published(version: int, crs: str | None = "EPSG:4326") -> Any:
    """Give two zones with the attributes of a version: those that nobody reads hold numbers or nothing."""
    told = {"MRGID": [1, 2], "GEONAME": ["Aruban Exclusive Economic Zone", "Overlapping claim"], "POL_TYPE": ["200NM", "Overlapping claim"]}
    told |= {"ISO_TER1": ["ABW", "ABW"], "ISO_SOV1": ["NLD", "NLD"], "ISO_TER2": [None, "VEN"], "ISO_SOV2": [None, "VEN"]}
    columns = {name: told.get(name, [0.0, 0.0] if name.startswith(("MRGID", "UN_", "X_", "Y_", "AREA")) else [None, None]) for name in PUBLISHED}
    frame = gpd.GeoDataFrame(columns, geometry=[ARUBA, SEA], crs=crs)
    return frame if version == 11 else frame.rename(columns=str.lower).rename_geometry("the_geom")


@pytest.mark.parametrize(("version", "name"), [(11, "eez_v11.shp"), (11, "eez_v11.gpkg"), (12, "eez_v12.shp"), (12, "eez_v12.gpkg")])
@pytest.mark.filterwarnings("ignore:Normalized/laundered field name")
def test_the_attributes_of_both_versions_are_read(official: Any, tmp_path: Path, version: int, name: str) -> None:
    _published(version).to_file(tmp_path / name)
    assert "2 zones" in official.add(tmp_path / name, tmp_path / "cache", lambda _: None, areas.landward)
    assert _rows(official, tmp_path / "cache") == EEZ | CLAIMED


def test_degrees_by_another_name_are_degrees(official: Any, tmp_path: Path) -> None:
    _published(12, "OGC:CRS84").to_file(tmp_path / "eez_v12.gpkg")
    assert "2 zones" in official.add(tmp_path / "eez_v12.gpkg", tmp_path / "cache", lambda _: None, areas.landward)


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("lost", [".dbf", ".prj", ".shx"])
def test_a_shapefile_without_a_part_of_it_names_the_part(official: Any, tmp_path: Path, lost: str, *, zipped: bool) -> None:
    file = _zones(tmp_path, "eez_v11.shp", [ARUBA])
    (tmp_path / f"eez_v11{lost}").unlink()
    if zipped:
        parts, file = sorted(tmp_path.iterdir()), tmp_path / "World_EEZ.zip"
        with zipfile.ZipFile(file, "w") as archive:
            for part in parts:
                archive.write(part, f"World_EEZ_v11/{part.name}")
    assert official.recognises(file)
    with pytest.raises(official.BuildError, match=rf"'{file.name}' lacks the \{lost} of its shapefile '.*eez_v11\.shp'; keep the files"):
        official.add(file, tmp_path / "cache", lambda _: None, areas.landward)
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("suffix", ["zip", "gpkg"])
def test_a_file_that_is_cut_off_is_refused(official: Any, tmp_path: Path, suffix: str) -> None:
    whole = _zones(tmp_path, "eez_v11.shp", [ARUBA], zipped=True) if suffix == "zip" else _file(tmp_path)
    cut = tmp_path / f"World_EEZ.{suffix}"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert official.recognises(cut)
    with pytest.raises(official.BuildError, match=r"cannot be read as a shapefile or GeoPackage \([^;]*\); download it again"):
        official.add(cut, tmp_path / "cache", lambda _: None, areas.landward)
    assert not (tmp_path / "cache").exists()


def test_a_folder_and_a_file_that_is_not_there_are_named(official: Any, tmp_path: Path) -> None:
    _zones(tmp_path, "eez_v11.shp", [ARUBA])
    assert official.recognises(tmp_path)
    with pytest.raises(official.BuildError, match=r"is a folder; name the file in it: eez_v11\.shp"):
        official.add(tmp_path, tmp_path / "cache", lambda _: None, areas.landward)
    with pytest.raises(official.BuildError, match=r"no file '.*eez_v9\.gpkg'; check the path"):
        official.add(tmp_path / "eez_v9.gpkg", tmp_path / "cache", lambda _: None, areas.landward)


def test_what_fails_half_way_leaves_the_old_layer(official: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    official.add(_file(tmp_path), cache, lambda _: None, areas.landward)
    before = {path: path.read_bytes() for path in (cache / official.NAME).rglob("*") if path.is_file()}
    monkeypatch.setattr(official.waters, "write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        official.add(_file(tmp_path, name="World_EEZ_v13.gpkg"), cache, lambda _: None, areas.landward)
    assert {path: path.read_bytes() for path in cache.rglob("*") if path.is_file() and path.name != ".lock"} == before


FAULTS = [
    (lambda folder: (folder / "zones.npz").unlink(), "zones.npz is missing"),
    (lambda folder: (folder / "zones.npz").write_bytes(b"PK"), "zones.npz: "),
    (lambda folder: (folder / "waters" / "edges.npy").unlink(), "waters/edges.npy is missing"),
    (lambda folder: (folder / "manifest.json").write_text("{"), "manifest.json: "),
]


@pytest.mark.long
def test_a_damaged_official_layer_says_so_and_is_made_anew(official: Any, tmp_path: Path, root: Path) -> None:
    cache = tmp_path / "cache"
    environment = {**os.environ, "INCIDENT_MAPPER_CACHE": str(cache), "PYTHONPATH": str(root)}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "geo", *arguments], env=environment, capture_output=True, text=True, check=False)

    official.add(_file(tmp_path), cache, lambda _: None, areas.landward)
    shutil.copytree(cache, tmp_path / "whole")
    for fault, words in FAULTS:
        shutil.rmtree(cache)
        shutil.copytree(tmp_path / "whole", cache)
        fault(cache / official.NAME)
        told = run("zones", "13.3N 70.0W")
        assert (told.returncode, told.stderr.count("\n")) == (2, 1), told.stderr
        assert f"the layer 'official-zones' is damaged ({words}" in told.stderr
        assert "add its files again" in told.stderr
    assert run("layers", "add", str(_file(tmp_path))).returncode == 0
    assert run("zones", "13.3N 70.0W").returncode == 0
