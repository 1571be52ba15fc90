"""Choose the window of a map from its geometries, and write what lies in it as small whole numbers.

The window is west, south, east, north in degrees; east passes 180 when the map crosses the date line, and everything west of `west` is then
written 360 degrees further east.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from shapely import affinity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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

GROUND_SCALES: Final = (100, 200, 500, 1_000, 2_000, 5_000, SCALE)
"""Whole numbers a degree for coasts and zones: the coarsest that is a quarter of what they are thinned by is taken."""

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

    @property
    def ground_scale(self) -> int:
        """Whole numbers a degree of coasts and zones."""
        return next((scale for scale in GROUND_SCALES if scale * self.tolerance_deg >= 4), SCALE)


def choose(boxes: Iterable[tuple[float, float, float, float]]) -> Window:
    """Choose the window for bounding boxes; the world when there are none.

    >>> choose([(-70.0, 12.0, -69.0, 13.0)]).fit
    (-71.5, 10.5, -67.5, 14.5)
    """
    known = [box for box in boxes if all(map(math.isfinite, box))]
    if not known:
        return Window(WORLD, (-180.0, -70.0, 180.0, MERCATOR_LIMIT))
    west, east = _longitudes([(box[0], box[2]) for box in known])
    south, north = min(box[1] for box in known), max(box[3] for box in known)
    width, height = max((east - west) * (1 + 2 * MARGIN), LEAST_SPAN), max((north - south) * (1 + 2 * MARGIN), LEAST_SPAN)
    fit = _around((west + east) / 2, (south + north) / 2, width / 2, height / 2)
    side = max(fit[2] - fit[0], fit[3] - fit[1])
    half = side * next(share for widest, share in SURROUNDINGS if side <= widest)
    carried = _around((fit[0] + fit[2]) / 2, (fit[1] + fit[3]) / 2, half, half)
    # Whole in every scale, so that what was cut at the frame lies on it.
    return Window(fit, tuple(round(value, 2) for value in carried))  # type: ignore[arg-type]


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
    return clip_each(np.array([geometry], dtype=object), box)[0]


def clip_each(geometries: NDArray[Any], box: tuple[float, float, float, float]) -> list[BaseGeometry]:
    """Cut each of many geometries to a window, as `clip` does one."""
    west, south, east, north = box
    found: list[list[BaseGeometry]] = [[] for _ in geometries]
    for turn in (-360, 0, 360):
        low, high = max(west - turn, -180.0), min(east - turn, 180.0)
        if low < high:
            pieces = shapely.clip_by_rect(geometries, low, south, high, north)
            for number in np.flatnonzero(~shapely.is_empty(pieces)).tolist():
                found[number].append(affinity.translate(pieces[number], turn) if turn else pieces[number])
    return [pieces[0] if len(pieces) == 1 else shapely.GeometryCollection(pieces) for pieces in found]


def shift(longitude: float, box: tuple[float, float, float, float]) -> float:
    """Move a longitude by whole turns to where the window shows it."""
    centre = (box[0] + box[2]) / 2
    return longitude - 360 * round((longitude - centre) / 360)


def rings(*geometries: BaseGeometry, scale: int = SCALE) -> list[list[int]]:
    """Write the rings of all polygons of some geometries, as deltas; fill those of one geometry by the even-odd rule.

    >>> rings(shapely.box(0, 0, 0.001, 0.001))
    [[10, 0, 0, 10, -10, 0, 0, -10, 10, 0]]
    """
    return deltas(shapely.get_rings([part for part in _parts(geometries) if part.geom_type == "Polygon"]), scale)


def lines(*geometries: BaseGeometry, scale: int = SCALE) -> list[list[int]]:
    """Write all lines of some geometries, as deltas."""
    return deltas([part for part in _parts(geometries) if part.geom_type == "LineString"], scale)


def _parts(geometries: Iterable[BaseGeometry]) -> Iterator[BaseGeometry]:
    """Take collections apart, however deep."""
    for geometry in geometries:
        if hasattr(geometry, "geoms"):
            yield from _parts(geometry.geoms)
        elif not geometry.is_empty:
            yield geometry


def deltas(drawn: Sequence[BaseGeometry] | NDArray[Any], scale: int = SCALE) -> list[list[int]]:
    """Write each line as x, y, then the step to each next point; points that fall together are one."""
    points, line = shapely.get_coordinates(drawn, return_index=True)
    whole = np.round(points * scale).astype(np.int64)
    steps, first = np.diff(whole, axis=0, prepend=0), np.diff(line, prepend=-1) != 0
    steps[first] = whole[first]
    # All lines at once: a page has thousands, and most are short.
    kept = first | (steps != 0).any(axis=1)
    starts = np.flatnonzero(first[kept]).tolist()
    written: list[int] = steps[kept].ravel().tolist()
    return [written[2 * start : 2 * end] for start, end in itertools.pairwise([*starts, len(written) // 2])]
