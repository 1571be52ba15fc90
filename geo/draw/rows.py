"""Draw the rows of anybody's GeoDataFrame: every point is a mark, every line or surface an area; nothing is read, judged or placed anew."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import shapely
from pyproj.exceptions import ProjError

from geo.draw import payload, shapes, window, words
from geo.draw.language import say
from geo.draw.sheet import sheet
from geo.errors import UsageError
from geo.model import Match, Mention
from geo.shapes import as_they_lie, within_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo.draw.sheet import Named, Sheet

REVIEW: Final = "Drawn from a table as it is: nothing in it was read or checked by this program"
MOST_KINDS: Final = 40
"""A column of more different values is no kind to choose by."""


def build(frame: gpd.GeoDataFrame, *, title: str | None, named: Named) -> dict[str, Any]:
    """Give the page's data for a frame, as `payload.build` does for a Dossier.

    Raises
    ------
    UsageError
        The frame has no geometry or no CRS, or a column that was named is not in it.

    """
    told = sheet(frame, named)
    placed = [(row, part, match) for row, one in enumerate(_degrees(frame)) for part, match in enumerate(_matches(one, told, row))]
    view = window.choose(shapes.boxes(match.geometry for _, _, match in placed if match.geometry is not None))
    areas = shapes.areas([match for _, _, match in placed], view)
    few = len({told.said("kind", row) for row in range(len(frame))}) <= MOST_KINDS
    rows = [
        {"id": f"row-{row + 1}{f'-{part + 1}' if part else ''}", **_row(told, row, match, few=few), **shapes.drawn(match, areas, view)}
        for row, part, match in placed
    ]
    return payload.laid_out(rows, areas, view, {"other": "Record"}) | {
        "title": title or (say("1 record of a table") if len(frame) == 1 else say("{n} records of a table", n=len(frame))),
        "under": words.span([(day, row["dates"][2]) for row in rows for day in row["dates"][:2] if day]),
        "as_of": None,
        "review": say(REVIEW) if rows else "",
        "left_off": "",
        "held_back": [0, 0],
        "coarsened": [0, 0],
        "empty": _empty(rows),
        "unplaced": [],
        "sources": [],
        "texts": [],
    }


def _degrees(frame: gpd.GeoDataFrame) -> list[BaseGeometry | None]:
    """Give the geometries in longitude and latitude, without heights; None where there is none."""
    try:
        geometry = frame.geometry
    except AttributeError as error:
        message = "the frame has no geometry column; name it with frame.set_geometry('...')"
        raise UsageError(message) from error
    if frame.empty:
        return []
    if geometry.crs is None:
        message = "the frame has no CRS, so its coordinates may mean anything; say which it has, such as frame.set_crs('EPSG:4326')"
        raise UsageError(message)
    try:
        placed = shapely.force_2d(geometry.to_crs("OGC:CRS84").to_numpy())
    except ProjError as error:
        message = f"the frame's CRS {geometry.crs.name!r} cannot be turned into degrees ({error}); say with set_crs where on Earth it lies"
        raise UsageError(message) from error
    placed = placed if geometry.crs.is_geographic else as_they_lie(placed)
    return [None if one is None or one.is_empty else one for one in placed]


def _matches(geometry: BaseGeometry | None, told: Sheet, row: int) -> Iterator[Match]:
    """Give the marks of a row, one a point, and one area of all its lines and surfaces; else the reason why it is not drawn."""
    title = told.said("title", row) or say("Row {n}", n=row + 1)
    mention = Mention(0, len(title), title, "place")
    if geometry is None or not _on_earth(geometry):
        why = say("the row has no geometry" if geometry is None else "the position is none on the earth, and is not drawn")
        yield Match(mention, reasons=(why,))
        return
    parts = [within_world(part if part.is_valid else shapely.make_valid(part)) for part in _parts(geometry)]
    for part in parts:
        if isinstance(part, shapely.Point):
            yield Match(mention, "coordinates", part, part.x, part.y, _metres(told.said("uncertainty", row)))
    if wide := [part for part in parts if not isinstance(part, shapely.Point)]:
        yield Match(mention, "region_polygon", shapely.union_all(wide))


def _on_earth(geometry: BaseGeometry) -> bool:
    """Say whether a geometry lies between the poles: a projection gives infinity for what it cannot turn into degrees."""
    west, south, east, north = geometry.bounds
    return all(map(math.isfinite, geometry.bounds)) and south >= -90 and north <= 90 and west >= -360 and east <= 360


def _parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    """Take collections apart, however deep."""
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _parts(part)
    elif not geometry.is_empty:
        yield geometry


def _metres(written: str) -> float | None:
    """Read a radius; what is none, or not above 0, is not known."""
    try:
        radius = float(written)
    except ValueError:
        return None
    return radius if 0 < radius < math.inf else None


def _row(told: Sheet, row: int, match: Match, *, few: bool) -> dict[str, Any]:
    """Give a row in the form of a record; its columns stand in its panel, so that none can be taken for a field of ours."""
    when, dates = told.when(row)
    text, kind = told.said("text", row), told.said("kind", row)
    return {
        "type": "row",
        "glyph": "other",
        "section": "row" if match.geometry is not None else "unplaced",
        "mode": "actual",
        "title": match.mention.text,
        "when": when,
        "where": _where(match),
        "badge": "",
        "tags": [],
        "dates": list(dates),
        "facets": {"kind": [kind]} if kind and few else {},
        "facts": [["Where", _place(match)], *([name, [cell]] for name, cell in told.rest(row))],
        "evidence": [{"pieces": [[text, ""]], "source": -1}] if text else [],
        "told": None,
        "related": [],
    }


def _where(match: Match) -> str:
    """Say in short where a row lies."""
    if match.geometry is None:
        return match.reasons[0]
    if match.longitude is None or match.latitude is None:
        return say("area" if shapely.get_dimensions(match.geometry) == 2 else "line")
    return words.position(match.longitude, match.latitude, match.coordinate_uncertainty_m)


def _place(match: Match) -> list[str]:
    """Say where a row lies and how surely."""
    if match.longitude is None:
        return [_where(match)]
    radius = match.coordinate_uncertainty_m
    surely = say("Uncertain by {distance}.", distance=words.distance(radius)) if radius else say("The table does not say how surely.")
    return [_where(match), surely]


def _empty(rows: list[dict[str, Any]]) -> str:
    """Say why the map shows nothing; empty when it shows something."""
    if any(row["section"] == "row" for row in rows):
        return ""
    if rows:
        return say("Nothing is on this map: no row of the table has a position that can be drawn.")
    return say("Nothing is on this map: the table has no rows.")
