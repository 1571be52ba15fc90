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


@pytest.fixture
def limits(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    pytest.importorskip("scipy", reason="the packages that build the zone layer (locks/layers.lock) are not here")
    monkeypatch.syspath_prepend(str(root))
    return importlib.import_module("layers.builders.zones_limits")


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


def test_a_limit_moved_inward_is_the_line_that_it_was_measured_from(limits: Any) -> None:
    islands = np.array([shapely.box(x, y, x + 0.05, y + 0.05) for x, y in ((0, 0), (1, 0), (0.5, 0.8))], dtype=object)
    hull = shapely.union_all(islands).convex_hull
    # At the equator a mile is a minute on both axes; the lattice that draws limits rounds sharp corners by 2 km.
    ((ring, measured),) = limits.rings({"ABC": hull.buffer(0.2)}, "ABC", islands, archipelago=True)
    assert shapely.hausdorff_distance(shapely.LinearRing(ring), hull.exterior) < 0.03
    assert measured.all()


def test_where_a_neighbour_ends_the_limit_nothing_is_measured_from_it(limits: Any) -> None:
    islands = np.array([shapely.box(x, y, x + 0.05, y + 0.05) for x, y in ((0, 0), (1, 0), (0.5, 0.8))], dtype=object)
    drawn = shapely.union_all(islands).convex_hull.buffer(0.2)
    theirs = shapely.box(1.15, -1, 3, 2)
    ((ring, measured),) = limits.rings({"ABC": drawn.difference(theirs), "XYZ": theirs}, "ABC", islands, archipelago=True)
    assert shapely.Polygon(ring).bounds[2] < 1.06, "the ring reaches past the islands to the neighbour"
    near = [side for side, kept in zip(np.stack([ring[:-1], ring[1:]], axis=1), measured, strict=True) if not kept]
    assert near
    assert all((side[:, 0] > 0.9).all() for side in near)


def test_a_lone_island_has_its_shore(limits: Any) -> None:
    island = shapely.box(0, 0, 0.1, 0.1)
    with pytest.raises(ValueError, match="'ABC' can be worked out"):
        limits.rings({"ABC": island.buffer(0.2)}, "ABC", np.array([island], dtype=object), archipelago=True)


# Republic Act 9522 of the Philippines (2009), base points PAB-01 to PAB-05A.
_LAW = [(121.95770, 21.11604), (122.16287, 19.96061), (122.33863, 18.30981), (122.52454, 17.12119)]


@pytest.mark.slow
def test_the_points_of_a_law_lie_on_the_baseline_worked_out(limits: Any) -> None:
    ((ring, _), *_rest) = limits.rings(limits.read_limits(), "PHL", np.empty(0, dtype=object), archipelago=True)
    assert shapely.distance(shapely.LinearRing(ring), shapely.points(_LAW)).max() < 0.03
