"""Baselines: what the table holds, and which waters they enclose."""

from __future__ import annotations

import csv
import importlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def baselines(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(root))
    return importlib.import_module("layers.builders.zones_baselines")


def _coast(baselines: Any, *land: shapely.Polygon) -> Any:
    none = np.empty((0, 2))
    return baselines.Coast(none, np.empty(0, dtype="U3"), np.empty(0, dtype=bool), list(land), ["ABC"] * len(land), shapely.Polygon())


def test_every_baseline_has_a_source_and_a_claimant(root: Path, baselines: Any) -> None:
    with (root / "layers" / "claims.csv").open(encoding="utf-8", newline="") as file:
        territories = {row["territory"] for row in csv.DictReader(file)}
    with (root / "layers" / "baselines.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["source"] and row["basis"] and row["territory"] in territories for row in rows)
    for line in baselines.read_baselines(root / "layers"):
        assert len(line.path) >= (4 if line.closed else 2), line.basis
        assert np.abs(np.diff(line.path, axis=0)).max() < 15, f"a side spans an ocean, or the path forgets to run past 180: {line.basis}"
        assert line.closed or line.zone_type == "internal_waters", f"an open line cannot hold archipelagic waters: {line.basis}"


def test_a_straight_baseline_encloses_the_bay_behind_it_and_nothing_else(baselines: Any) -> None:
    bay = shapely.Polygon([(0, 0), (4, 0), (4, 2), (3, 2), (3, 1), (1, 1), (1, 2), (0, 2)])
    # The law's points lie a little off our shore.
    line = baselines.Baseline("ABC", "internal_waters", "a law", np.array([(1.0, 2.01), (3.0, 2.01)]))
    ((_, area),) = baselines.waters([line], _coast(baselines, bay), (-10.0, -10.0, 10.0, 10.0))
    assert shapely.contains_xy(area, 2, 1.5)
    assert not shapely.contains_xy(area, 2, 2.5)
    assert not shapely.contains_xy(area, 2, 0.5)


def test_a_ring_past_180_holds_the_waters_on_both_sides(baselines: Any) -> None:
    ring = baselines.Baseline("ABC", "archipelagic_waters", "a law", np.array([(179.0, 0), (181, 0), (181, 1), (179, 1), (179, 0)]))
    ((_, west),) = baselines.waters([ring], _coast(baselines), (150.0, -15.0, 180.0, 15.0))
    ((_, east),) = baselines.waters([ring], _coast(baselines), (-180.0, -15.0, -150.0, 15.0))
    assert west.bounds == (179.0, 0.0, 180.0, 1.0)
    assert east.bounds == (-180.0, 0.0, -179.0, 1.0)
