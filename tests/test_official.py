"""Official zones that a user adds: verified, then answered with their attribution; what is wrong with a file is said."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geo.draw import document

if TYPE_CHECKING:
    from pathlib import Path

gpd = pytest.importorskip("geopandas")

ARUBA, SEA = shapely.box(-71, 12, -69, 13.5), shapely.box(-71, 13.5, -69, 15)


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
    points = "lon,lat\n-70.0,13.3\n-70.2,12.7\n-70.0,14.0\n-69.97,12.52\n-66.9,10.48\n-60.0,14.0\n"
    (tmp_path / "points.csv").write_text(points, encoding="utf-8")
    command = [*program, "zones", str(tmp_path / "points.csv"), "--format", "jsonl"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    far, near, contested, ashore, caracas, beyond = (json.loads(line)["zones"] for line in told.splitlines())
    assert [(zone["zone_type"], zone["territory"], zone["sovereign"], zone["status"]) for zone in far] == [("eez", "ABW", "NLD", "agreed")]
    assert far[0]["basis"] == "Marine Regions 1: Aruban zone"
    assert (near[0]["zone_type"], near[0]["territory"]) == ("territorial_sea", "ABW")
    assert {(zone["territory"], zone["status"]) for zone in contested} == {("ABW", "disputed"), ("VEN", "disputed")}
    assert ashore[0]["territory"] == "ABW"
    assert (caracas[0]["zone_type"], caracas[0]["layer"]) == ("land", "zones")
    # The official file holds no zone there, and it says whose waters they are.
    assert beyond == []
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
        ({"POL_TYPE": ["12NM", "12NM"]}, "holds '12NM'; only exclusive economic zones are read"),
        ({"geometry": [ARUBA, shapely.box(-70, 12, -68, 14)]}, "overlap"),
        ({"geometry": [shapely.Polygon([(-71, 12), (-69, 13), (-69, 12), (-71, 13)]), SEA]}, "'Aruban zone' crosses itself"),
        ({"geometry": [ARUBA, shapely.box(1000, 13.5, 1100, 15)]}, "no degrees"),
    ],
)
def test_a_faulty_file_is_refused_with_the_reason(official: Any, tmp_path: Path, changed: dict[str, Any], words: str) -> None:
    with pytest.raises(official.BuildError, match=words):
        official.add(_file(tmp_path, **changed), tmp_path / "cache", lambda _: None)
    assert not (tmp_path / "cache").exists()


def test_version_11_may_reach_a_hair_over_the_date_line(official: Any, tmp_path: Path) -> None:
    file = _file(tmp_path, name="eez_v11.gpkg", geometry=[ARUBA, shapely.box(179, 13.5, 180.0000000001, 15)])
    assert "2 zones of eez_v11.gpkg" in official.add(file, tmp_path / "cache", lambda _: None)


def test_a_file_of_something_else_is_refused(official: Any, tmp_path: Path) -> None:
    gpd.GeoDataFrame({"name": ["x"]}, geometry=[ARUBA], crs="EPSG:4326").to_file(tmp_path / "other.gpkg")
    with pytest.raises(official.BuildError, match="lacks the attribute 'GEONAME'"):
        official.add(tmp_path / "other.gpkg", tmp_path / "cache", lambda _: None)
    (tmp_path / "broken.gpkg").write_bytes(b"nothing")
    with pytest.raises(official.BuildError, match="cannot be read"):
        official.add(tmp_path / "broken.gpkg", tmp_path / "cache", lambda _: None)
