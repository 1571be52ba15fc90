"""The Python API: everything from `import geo`, loaded late, typed, with examples that run."""

from __future__ import annotations

import doctest
import importlib
import inspect
import operator
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import geopandas
import pandas as pd
import pytest

import geo
from geo import settings
from geo.errors import UsageError

MODULES = ["geo", *(found.name for found in pkgutil.walk_packages(geo.__path__, "geo.") if not re.search(r"\._|\.page", found.name))]
REPORT = "Two robbers boarded an anchored tanker off Aruba on 10 November 2025."


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_import_loads_nothing_until_asked(plain_environment):
    code = "import sys, geo; print(sorted(m for m in sys.modules if m.startswith('geo.') or m.split('.')[0] in {'numpy', 'pandas', 'shapely', 'spacy'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=plain_environment, cwd=Path(geo.__file__).parents[1])
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", geo.__all__)
def test_every_name_is_there_and_explained(name):
    assert inspect.getdoc(getattr(geo, name))
    assert name in dir(geo)


def test_what_is_not_there_says_so():
    with pytest.raises(AttributeError, match="has no attribute 'nowhere'"):
        _ = geo.nowhere


def test_a_report_is_a_frame_in_one_line(report):
    frame = geo.frame(geo.dossier(report, published="2025-11-11"))
    assert isinstance(frame, geopandas.GeoDataFrame)
    assert frame[["event_type", "date_start"]].to_numpy().tolist() == [["boarding", "2025-11-10"]]


def test_what_the_documentation_names_can_be_called(root):
    # Its examples are run by test_examples.
    names = re.findall(r"`geo\.([\w.]+)\(", (root / "docs" / "python.md").read_text(encoding="utf-8"))
    assert len(names) > 10
    assert [name for name in names if not callable(operator.attrgetter(name)(geo))] == []


def test_zones_join_a_frame_and_leave_its_columns_alone():
    points = geopandas.GeoDataFrame({"ship": ["a", "b"], "zone_type": ["mine", "too"]}, geometry=geopandas.points_from_xy([-68.2, -66.9], [12.5, 10.48]), crs="EPSG:4326")
    with pytest.raises(UsageError, match=r"'zone_type'.*prefix="):
        geo.zones.join(points)
    joined = geo.zones.join(points, prefix="sea_")
    assert joined["zone_type"].tolist() == ["mine", "too"]
    assert joined["sea_zone_type"].tolist()[1] == "land"
    assert list(points.columns) == ["ship", "zone_type", "geometry"], "the caller's frame is as it was"


def test_a_row_without_a_place_has_no_zone():
    points = geopandas.GeoDataFrame({"ship": ["a", "b"]}, geometry=[None, geopandas.points_from_xy([-66.9], [10.48])[0]], crs="EPSG:4326")
    joined = geo.zones.join(points)
    assert joined["zones"].tolist() == [0, 1]
    assert pd.isna(joined["territory"].iloc[0])


def test_the_types_are_shipped():
    assert (Path(geo.__file__).parent / "py.typed").is_file()
    assert geo.frame.__annotations__["return"] == "gpd.GeoDataFrame"
    assert settings.SCHEMA_VERSION
