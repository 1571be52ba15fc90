"""Coast: land and sea, distances against the geodesic, owners of shores, clipping."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import coast

pyproj = pytest.importorskip("pyproj")
GEOD = pyproj.Geod(ellps="WGS84")


@pytest.mark.parametrize(
    ("lon", "lat", "land"),
    [
        (-66.9, 10.48, True),  # Caracas
        (-68.2, 12.9, False),
        (-85.5, 11.6, True),  # Lake Nicaragua: a lake is land
        (2.35, 48.85, True),  # Paris
        (140.0, 30.0, False),
        (-0.5, -75.0, True),  # Antarctica
        (179.99, 0.0, False),
        (-180.0, 66.5, True),  # Chukotka, on the antimeridian
    ],
)
def test_land_and_sea(lon: float, lat: float, *, land: bool) -> None:
    assert bool(coast.is_land(lon, lat)[0]) is land


@pytest.mark.parametrize(
    ("lon", "lat", "owner"),
    [(-68.2, 12.9, "BES"), (-70.2, 12.75, "ABW"), (-109.0, 10.0, "CLP"), (142.0, 41.0, "JPN"), (-60.5, 14.6, "MTQ")],
)
def test_nearest_shore_has_an_owner(lon: float, lat: float, owner: str) -> None:
    assert coast.nearest_shore(lon, lat)[0] == owner


@given(st.floats(-179, 179), st.floats(-70, 70))
def test_the_distance_is_the_geodesic_to_the_place_named(lon: float, lat: float) -> None:
    _, x, y, distance = coast.nearest_shore(lon, lat)
    assert distance == pytest.approx(GEOD.inv(lon, lat, x, y)[2] / 1852, rel=2e-3, abs=0.01)


@given(st.floats(-129, -51), st.floats(-14, 39))
def test_no_shore_is_nearer_than_the_nearest(lon: float, lat: float) -> None:
    distance = coast.nearest_shore(lon, lat)[3]
    for bearing in range(0, 360, 45):
        x, y, _ = GEOD.fwd(lon, lat, bearing, distance * 1852 * 0.98)
        # Land inside the circle would have had a nearer shore, unless the point itself is on land.
        assert bool(coast.is_land(x, y)[0]) == bool(coast.is_land(lon, lat)[0])


def test_arrays_and_scalars_agree() -> None:
    lons, lats = np.linspace(-100, -60, 40), np.linspace(5, 35, 40)
    together = coast.distance_to_coast_nm(lons, lats)
    alone = [float(coast.distance_to_coast_nm(x, y)[0]) for x, y in zip(lons, lats, strict=True)]
    assert together == pytest.approx(alone, abs=1e-6)
    assert (together[coast.is_land(lons, lats)] == 0).all()


def test_the_seam_at_180_is_no_shore() -> None:
    # 179.9 E and 179.9 W in the mid Pacific are equally far from the same atolls.
    assert coast.distance_to_coast_nm(179.99, 25.0)[0] == pytest.approx(coast.distance_to_coast_nm(-179.99, 25.0)[0], abs=2)


def test_clips_share_a_geometry_between_land_and_sea() -> None:
    disc = shapely.Point(-68.27, 12.2).buffer(0.4)
    sea, land = coast.clip_to_sea(disc), coast.clip_to_land(disc)
    assert not sea.is_empty
    assert not land.is_empty
    assert sea.area + land.area == pytest.approx(disc.area, rel=1e-9)
    assert shapely.intersection(sea, land).area == pytest.approx(0, abs=1e-9)


def test_clips_of_nothing_are_nothing() -> None:
    assert coast.clip_to_sea(shapely.Polygon()).is_empty
    assert coast.clip_to_land(shapely.box(-31, 20, -30, 21)).is_empty


def test_points_must_pair() -> None:
    with pytest.raises(ValueError, match="do not pair"):
        coast.is_land([1.0, 2.0], [1.0])


def test_a_shore_that_rounding_crossed_can_still_be_clipped() -> None:
    """A ring in Sardinia crosses itself once its corners are rounded to the stored unit."""
    near = shapely.Point(8.54, 39.78).buffer(0.5)
    assert 0 < coast.clip_to_sea(near).area < near.area
