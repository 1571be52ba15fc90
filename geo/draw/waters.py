"""Cut the maritime zones to a window: areas to fill and to name under the pointer, limits and boundaries to draw as lines.

Areas are nested (an owner's land and territorial sea, these and the contiguous zone, these and the exclusive economic zone): the page
draws land over them, so no coast is carried twice. Lines are those between two areas, never an edge made by cutting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.draw import terms, window, words
from geo.draw.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.draw.window import Window
    from geo.model import Zone
    from geo.zones import Areas

    Box = tuple[float, float, float, float]

LEVELS: Final = (
    ("territorial_sea", frozenset({"land", "internal_waters", "archipelagic_waters", "territorial_sea"})),
    ("contiguous_zone", frozenset({"contiguous_zone"})),
    ("eez", frozenset({"eez"})),
)
"""What each level adds to the one before it."""

LEAST: Final = 8
"""What is smaller than so many tolerances (about four pixels of the first view) is left out: the islets of a map of the world."""

COARSER: Final = 6
"""Zones are thinned this much more than shapes: they are approximations, and smooth."""


def cut(view: Window, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the zones inside a window, ready for the page: innermost first.

    Raises
    ------
    LayerError
        The zone layer is missing.

    """
    from geo import zones  # noqa: PLC0415 - reads a layer of megabytes, which an honestly empty map has no use for

    areas = zones.open_areas()
    box = view.carried
    tolerance = view.tolerance_deg * COARSER
    return [*_nested(areas, box, tolerance, names), *_lines(areas, box, tolerance)]


def _nested(areas: Areas, box: Box, tolerance: float, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Give each owner's areas at each level."""
    near = _beside(areas.parts, box)
    grown: dict[tuple[str, ...], BaseGeometry] = {}
    for level, added in LEVELS:
        for owners, numbers in sorted(_by_owners(areas, added).items()):
            among = np.zeros(len(areas.of_area), dtype=bool)
            among[numbers] = True
            parts = areas.parts[near & among[areas.area_of]]
            zone = next((z for i in numbers for z in areas.of_area[i] if z.zone_type == level), None)
            if not len(parts):
                continue
            # Each level is the one before it and its own parts: a coast once dissolved is not met again.
            grown[owners] = shapely.coverage_union_all([*shapely.get_parts(grown.get(owners, shapely.MultiPolygon())), *parts])
            if zone is not None:
                # What only the pointer asks for may be coarser than what is filled.
                shape = _seen(shapely.simplify(grown[owners], tolerance * (2 if level == "eez" else 1)), tolerance)
                yield _area(level, _name(zone, owners, names), words.zone_basis(zone), window.rings(window.clip(shape, box)))


def _seen(shape: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Leave out the parts of a shape that nobody could see."""
    return shapely.MultiPolygon(_large(shapely.get_parts(shape), tolerance).tolist())


def _large(geometries: NDArray[Any], tolerance: float) -> NDArray[Any]:
    """Keep the geometries that are large enough to be seen."""
    west, south, east, north = shapely.bounds(geometries).T
    return np.asarray(geometries[np.hypot(east - west, north - south) >= LEAST * tolerance])


def _area(kind: str, name: str, basis: str, rings: list[list[int]]) -> dict[str, Any]:
    """Give a zone to fill and to name."""
    return {"kind": kind, "name": name, "basis": basis, "rings": rings, "lines": []}


def _by_owners(areas: Areas, kinds: frozenset[str]) -> dict[tuple[str, ...], list[int]]:
    """Group the areas whose innermost zone is of these kinds by whoever it belongs to; a disputed one belongs to all who claim it."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, zones in enumerate(areas.of_area):
        if zones[0].zone_type in kinds:
            owners = tuple(sorted({zone.territory for zone in zones if zone.territory}))
            groups.setdefault(owners, []).append(number)
    return groups


def _name(zone: Zone, owners: tuple[str, ...], names: Mapping[str, str]) -> str:
    """Name a zone for the reader."""
    return say("{zone} of {owner}", zone=say(terms.ZONE_TYPES[zone.zone_type]), owner=words.listed([names.get(o, o) for o in owners]))


def _lines(areas: Areas, box: Box, tolerance: float) -> Iterator[dict[str, Any]]:
    """Give the limits and boundaries, one entry a kind."""
    kinds: dict[str, list[int]] = {}
    for number in np.flatnonzero(_beside(areas.lines, box)).tolist():
        one, other = (areas.of_area[side] for side in areas.sides[number])
        if kind := _kind(one, other):
            kinds.setdefault(kind, []).append(number)
    for kind, numbers in sorted(kinds.items()):
        pieces = window.clip_each(_large(shapely.simplify(areas.lines[numbers], tolerance), tolerance), box)
        yield {"kind": kind, "name": "", "basis": "", "rings": [], "lines": window.lines(*pieces)}


def _beside(geometries: NDArray[Any], box: Box) -> NDArray[np.bool_]:
    """Say which geometries have bounds that touch a box, which may reach over the date line."""
    west, south, east, north = shapely.bounds(geometries).T
    turns = [(west + turn <= box[2]) & (east + turn >= box[0]) for turn in (-360, 0, 360)]
    return np.asarray(np.logical_or.reduce(turns) & (south <= box[3]) & (north >= box[1]))


def _kind(one: tuple[Zone, ...], other: tuple[Zone, ...]) -> str | None:
    """Say how the line between two areas is drawn: by the outermost zone that ends there; a border on land is none of ours."""
    inner = {one[0].zone_type, other[0].zone_type}
    if inner == {"land"}:
        return None
    if {zone.territory for zone in one} != {zone.territory for zone in other}:
        return "disputed" if "disputed" in {zone.status for zone in (*one, *other)} else "boundary"
    if {zone.zone_type for zone in one} == {zone.zone_type for zone in other}:
        return None  # the same waters on another basis
    if inner <= LEVELS[0][1]:
        return None  # a baseline is no limit
    if "high_seas" in inner:
        return "boundary"
    return "territorial_limit" if inner & {"territorial_sea", "internal_waters", "land"} else "contiguous_limit"
