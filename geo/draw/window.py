"""Choose the window of a map from its geometries, and write what lies in it as small whole numbers.

The window is west, south, east, north in degrees; east passes 180 when the map crosses the date line, and everything west of `west` is then
written 360 degrees further east.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely import affinity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

SCALE: Final = 10_000
"""Whole numbers are 1e-4 degree, about 11 m."""

LEAST_SPAN: Final = 4.0
"""Degrees that the smallest first view spans, so that one position at sea still shows its coasts."""

MARGIN: Final = 0.08
"""Part of the records' extent left free on each side of the first view."""

SURROUNDINGS: Final = ((20.0, 1.1), (360.0, 0.8))
"""Half the side of the carried window, in sides of the first view, for views up to so many degrees: any screen finds map on all sides."""

MERCATOR_LIMIT: Final = 84.0
WORLD: Final = (-180.0, -60.0, 180.0, 75.0)


@dataclass(frozen=True, slots=True)
class Window:
    """The first view (`fit`) and the box that the page carries a basemap for (`carried`)."""

    fit: tuple[float, float, float, float]
    carried: tuple[float, float, float, float]

    @property
    def tolerance_deg(self) -> float:
        """How much a line may be simplified: a third of a pixel when the first view fills a large screen."""
        return (self.fit[2] - self.fit[0]) / 4500


def choose(boxes: Iterable[tuple[float, float, float, float]]) -> Window:
    """Choose the window for bounding boxes; the world when there are none.

    >>> choose([(-70.0, 12.0, -69.0, 13.0)]).fit
    (-71.5, 10.5, -67.5, 14.5)
    """
    known = [box for box in boxes if all(map(math.isfinite, box))]
    if not known:
        return Window(WORLD, WORLD)
    west, east = _longitudes([(box[0], box[2]) for box in known])
    south, north = min(box[1] for box in known), max(box[3] for box in known)
    width, height = max((east - west) * (1 + 2 * MARGIN), LEAST_SPAN), max((north - south) * (1 + 2 * MARGIN), LEAST_SPAN)
    fit = _around((west + east) / 2, (south + north) / 2, width / 2, height / 2)
    side = max(fit[2] - fit[0], fit[3] - fit[1])
    half = side * next(share for widest, share in SURROUNDINGS if side <= widest)
    return Window(fit, _around((fit[0] + fit[2]) / 2, (fit[1] + fit[3]) / 2, half, half))


def _around(longitude: float, latitude: float, half_width: float, half_height: float) -> tuple[float, float, float, float]:
    """Give the box around a point, within what Mercator can draw and one turn of the globe."""
    half_width = min(half_width, 180.0)
    box = (
        longitude - half_width,
        max(latitude - half_height, -MERCATOR_LIMIT),
        longitude + half_width,
        min(latitude + half_height, MERCATOR_LIMIT),
    )
    return tuple(round(value, 4) for value in box)  # type: ignore[return-value]


def _longitudes(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Give the shortest stretch of longitude that holds every span; its end may pass 180."""
    ordered = sorted(spans)
    gaps, reach = [], ordered[0][1]
    for (_, end), (start, _) in itertools.pairwise(ordered):
        reach = max(reach, end)
        gaps.append((start - reach, reach, start))
    reach = max(reach, ordered[-1][1])
    widest = max(gaps, default=(0.0, 0.0, 0.0))
    # Only a gap wider than the one across the date line makes the map turn over it.
    if widest[0] > ordered[0][0] + 360 - reach:
        return widest[2], widest[1] + 360
    return ordered[0][0], reach


def clip(geometry: BaseGeometry, box: tuple[float, float, float, float]) -> BaseGeometry:
    """Cut a geometry to a window, moving what lies beyond the date line to its side."""
    west, south, east, north = box
    pieces = []
    for turn in (-360, 0, 360):
        low, high = max(west - turn, -180.0), min(east - turn, 180.0)
        if low < high:
            piece = shapely.clip_by_rect(geometry, low, south, high, north)
            pieces.append(affinity.translate(piece, turn) if turn else piece)
    found = [piece for piece in pieces if not piece.is_empty]
    return found[0] if len(found) == 1 else shapely.GeometryCollection(found)


def shift(longitude: float, box: tuple[float, float, float, float]) -> float:
    """Move a longitude by whole turns to where the window shows it."""
    centre = (box[0] + box[2]) / 2
    return longitude - 360 * round((longitude - centre) / 360)


def rings(geometry: BaseGeometry) -> list[list[int]]:
    """Write the rings of all polygons of a geometry, as deltas; fill them by the even-odd rule.

    >>> rings(shapely.box(0, 0, 0.001, 0.001))
    [[10, 0, 0, 10, -10, 0, 0, -10, 10, 0]]
    """
    polygons = [part for part in _parts(geometry) if part.geom_type == "Polygon"]
    return [deltas(shapely.get_coordinates(ring)) for ring in shapely.get_rings(polygons)] if polygons else []


def lines(geometry: BaseGeometry) -> list[list[int]]:
    """Write all lines of a geometry, as deltas."""
    return [deltas(shapely.get_coordinates(part)) for part in _parts(geometry) if part.geom_type == "LineString"]


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Take collections apart, however deep."""
    if not hasattr(geometry, "geoms"):
        return [geometry] if not geometry.is_empty else []
    return [part for member in geometry.geoms for part in _parts(member)]


def deltas(coordinates: NDArray[np.float64]) -> list[int]:
    """Write a line as x, y, then the step to each next point; points that fall together are one."""
    whole = np.round(coordinates[:, :2] * SCALE).astype(np.int64)
    steps = np.diff(whole, axis=0)
    kept = steps[(steps != 0).any(axis=1)]
    return [int(value) for value in np.vstack([whole[:1], kept]).ravel()]
