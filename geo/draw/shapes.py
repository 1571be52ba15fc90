"""Decide how a record stands on the map: a mark with a radius, a mark with a shape, or an area that is never a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely.ops import polylabel

from geo.draw import window
from geo.model import AREA_METHODS, Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geo.draw.window import Window
    from geo.model import Record

    Located = Record | Match
    Areas = dict[bytes, dict[str, Any]]


def boxes(geometries: Iterable[BaseGeometry]) -> Iterator[tuple[float, float, float, float]]:
    """Give the bounds of every part: a country cut at the date line has two, far apart in numbers and near on the globe."""
    for geometry in geometries:
        for part in getattr(geometry, "geoms", (geometry,)):
            yield part.bounds


def is_area(item: Located) -> bool:
    """Say whether something is drawn as an area with a label, never as a point."""
    aggregate = not isinstance(item, Match) and item.record_kind == "aggregate"
    return item.longitude is None or aggregate or item.geometry_method in AREA_METHODS


def areas(items: Iterable[Located], view: Window) -> Areas:
    """Draw each area once, however many records mean it, with its name and the place of its label."""
    found: Areas = {}
    for item in items:
        if item.geometry is None or not is_area(item):
            continue
        key = shapely.to_wkb(item.geometry)
        if key not in found:
            found[key] = {"number": len(found), "drawn": {**_shape(item.geometry, view), "label": _label(item, view), "name": name(item)}}
    return found


def name(item: Located) -> str:
    """Give the report's own words for a place."""
    return item.mention.text if isinstance(item, Match) else item.where_text or ""


def drawn(item: Located, found: Areas, view: Window) -> dict[str, Any]:
    """Give a record's mark, the shape that it may be anywhere in, or the number of its area; all null when nothing is drawn."""
    ways: dict[str, Any] = {"mark": None, "shape": None, "area": None}
    if item.geometry is not None and is_area(item):
        ways["area"] = found[shapely.to_wkb(item.geometry)]["number"]
    elif item.longitude is not None and item.latitude is not None:
        radius = round(item.coordinate_uncertainty_m or 0)
        ways["mark"] = [round(window.shift(item.longitude, view.carried), 5), round(item.latitude, 5), radius]
        if item.geometry is not None and item.geometry.geom_type.endswith("Polygon"):
            ways["shape"] = _shape(item.geometry, view)["rings"]
    return ways


def _shape(geometry: BaseGeometry, view: Window) -> dict[str, Any]:
    """Write a geometry's rings and lines, simplified to what a screen can show."""
    west, south, east, north = geometry.bounds
    tolerance = min(view.tolerance_deg, max(east - west, north - south) / 200)
    simple = window.clip(geometry.simplify(tolerance), view.carried)
    return {"rings": window.rings(simple), "lines": window.lines(simple)}


def _label(item: Located, view: Window) -> list[float]:
    """Choose where to write on an area: as given, else the middle of its roomiest part."""
    longitude, latitude = item.label_longitude, item.label_latitude
    if longitude is None or latitude is None:
        spot = _middle(item.geometry or shapely.Point())
        longitude, latitude = spot.x, spot.y
    return [round(window.shift(longitude, view.carried), 3), round(latitude, 3)]


def _middle(geometry: BaseGeometry) -> shapely.Point:
    """Give a point well inside a geometry's largest polygon, or on it when it has none."""
    polygons = [part for part in shapely.get_parts(geometry) if isinstance(part, shapely.Polygon)]
    if not polygons:
        return geometry.representative_point()
    largest = max(polygons, key=lambda part: part.area)
    return polylabel(largest, tolerance=largest.length / 500)
