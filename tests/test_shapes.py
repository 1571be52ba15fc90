"""Shapes on the ellipsoid, against distances that pyproj measures."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Point, box

from geo import shapes

_GEOD = Geod(ellps="WGS84")
longitudes = st.floats(-179.9, 179.9)
latitudes = st.floats(-75, 75)


def _away_km(longitude: float, latitude: float, corners: np.ndarray) -> np.ndarray:
    """Measure from a point to many."""
    count = len(corners)
    return np.asarray(_GEOD.inv(np.full(count, longitude), np.full(count, latitude), corners[:, 0], corners[:, 1])[2]) / 1000


@given(longitudes, latitudes, st.floats(1, 300))
def test_a_disc_has_its_radius_anywhere(longitude: float, latitude: float, radius: float) -> None:
    shape = shapes.disc(longitude, latitude, radius_km=radius)
    assert shape.is_valid
    assert shape.bounds[0] >= -180
    assert shape.bounds[2] <= 180
    corners = shapely.get_coordinates(shape)
    inner = corners[np.abs(np.abs(corners[:, 0]) - 180) > 1e-6]
    assert np.allclose(_away_km(longitude, latitude, inner), radius, rtol=1e-3)


@given(longitudes, latitudes, st.floats(0, 359), st.floats(30, 400))
def test_a_sector_holds_its_target(longitude: float, latitude: float, bearing: float, distance: float) -> None:
    shape = shapes.sector(longitude, latitude, bearing_deg=bearing, half_width_deg=22.5, low_km=0.8 * distance, high_km=1.2 * distance)
    target = shapes.destination(longitude, latitude, bearing_deg=bearing, distance_km=distance)
    behind = shapes.destination(longitude, latitude, bearing_deg=bearing + 180, distance_km=distance)
    assert shape.is_valid
    assert shape.buffer(1e-6).covers(Point(target))
    assert not shape.covers(Point(behind))


def test_a_whole_ring_when_no_bearing_is_known() -> None:
    ring = shapes.sector(0.0, 0.0, bearing_deg=0.0, half_width_deg=180.0, low_km=50.0, high_km=100.0)
    assert not ring.covers(Point(0, 0))
    assert all(ring.covers(Point(shapes.destination(0.0, 0.0, bearing_deg=b, distance_km=75))) for b in range(0, 360, 30))


@pytest.mark.parametrize("latitude", [0.0, 12.5, 60.0])
def test_a_band_lies_between_its_distances(latitude: float) -> None:
    island = box(-70.1, latitude - 0.05, -69.9, latitude + 0.05)
    band = shapes.band(island, low_km=20.0, high_km=50.0)
    shore = shapely.get_coordinates(shapely.segmentize(island.exterior, 0.002))
    away = [float(_away_km(x, y, shore).min()) for x, y in shapely.get_coordinates(band)]
    assert min(away) > 18.5
    assert max(away) < 52
    assert band.disjoint(island)


def test_a_corridor_crosses_the_date_line_in_two_parts() -> None:
    shape = shapes.corridor((179.0, 0.0), (-179.0, 0.0), width_km=30.0)
    assert shape.covers(Point(179.9, 0.0))
    assert shape.covers(Point(-179.9, 0.0))
    assert not shape.covers(Point(0.0, 0.0))
    assert shape.bounds[0] >= -180


@pytest.mark.parametrize(
    ("bearing", "bounds"), [(0, (0, 2, 4, 4)), (180, (0, 0, 4, 2)), (90, (2, 0, 4, 4)), (45, (2, 2, 4, 4)), (225, (0, 0, 2, 2))]
)
def test_a_part_is_the_side_that_is_named(bearing: float, bounds: tuple[float, float, float, float]) -> None:
    assert shapes.part(box(0, 0, 4, 4), bearing_deg=bearing).bounds == bounds


def test_the_radius_holds_every_corner() -> None:
    area = box(-70, 12, -69, 13)
    radius = shapes.radius_km(area, -69.5, 12.5)
    assert shapes.disc(-69.5, 12.5, radius_km=radius * 1.01).covers(area)
    assert not shapes.disc(-69.5, 12.5, radius_km=radius * 0.97).covers(area)
