"""Cut the maritime zones to a window: areas to fill and to name under the pointer, limits and boundaries to draw as lines.

Areas are nested (an owner's land and territorial sea, these and the contiguous zone, these and the exclusive economic zone): the page
draws land over them, so no coast is carried twice. Lines are those between two areas, never an edge made by cutting.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.arcs import joined
from geo.draw import terms, window, words
from geo.draw.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.arcs import Arcs
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

BASES: Final = 3
"""Bases that are named where a pointer rests; an owner's waters may rest on a dozen treaties."""

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
    return [*_nested(areas, view, names), *_lines(areas, view)]


def _nested(areas: Areas, view: Window, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Give each owner's areas at each level: a level is the ones before it and its own."""
    near, tolerance = _touching(areas.arcs.part_bounds, view.carried), view.tolerance_deg * COARSER
    beside = set((np.unique(areas.arcs.area_of[near]) * areas.variants).tolist())
    numbers: dict[tuple[str, ...], int] = {}
    group = np.full(len(areas.of_area), -1)
    for level, added in LEVELS:
        drawn: dict[int, tuple[list[Zone], tuple[str, ...]]] = {}
        for owners, among in sorted(_by_owners(areas, added).items()):
            here = [number for number in among if number - number % areas.variants in beside]
            if not here:
                continue
            group[among] = number = numbers.setdefault(owners, len(numbers))
            if found := [zone for area in here for zone in areas.of_area[area] if zone.zone_type == level]:
                drawn[number] = found, owners
        edges, of = areas.arcs.around(np.where(np.isin(group, list(drawn)), group, -1)[:: areas.variants], near)
        # What only the pointer asks for may be coarser than what is filled.
        edges, of, lines = _thinned(areas.arcs, edges, of, tolerance * (2 if level == "eez" else 1), tolerance)
        for number, (found, owners) in drawn.items():
            rings = _rings(lines[slice(*np.searchsorted(of, [number, number + 1]))], view)
            yield _area(level, _name(found[0], owners, names), _bases(found), rings)


def _thinned(
    arcs: Arcs, edges: NDArray[np.int64], of: NDArray[np.int64], tolerance: float, least: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[Any]]:
    """Thin edges, each alike for all that it bounds; islands too small to be seen are left out before that."""
    ends = arcs.points[np.stack([arcs.starts[edges], arcs.starts[edges + 1] - 1])]
    seen = (ends[0] != ends[1]).any(axis=1) | _large(arcs.bounds[edges], least)
    edges, of = edges[seen], of[seen]
    once, back = np.unique(edges, return_inverse=True)
    return edges, of, np.asarray(shapely.simplify(arcs.lines[once], tolerance))[back]


def _rings(lines: NDArray[Any], view: Window) -> list[list[int]]:
    """Write the rings that lines make inside a window, without those that nobody could see."""
    rings = [ring for ring in joined(lines) if len(ring) > 3]
    if not rings:
        return []
    shapes: NDArray[Any] = np.array([shapely.Polygon(ring) for ring in rings], dtype=object)
    seen = shapes[_large(shapely.bounds(shapes), view.tolerance_deg * COARSER)]
    return window.rings(*window.clip_each(seen, view.carried), scale=view.ground_scale)


def _large(bounds: NDArray[np.float64], tolerance: float) -> NDArray[np.bool_]:
    """Say which bounds are of what is large enough to be seen."""
    return np.asarray(np.hypot(*(bounds[:, 2:] - bounds[:, :2]).T) >= LEAST * tolerance)


def _bases(found: Sequence[Zone]) -> str:
    """Say on what an owner's waters in the window rest: on equidistance first, then on treaties, the first few of them."""
    told = dict.fromkeys(words.zone_basis(zone) for zone in sorted(found, key=lambda zone: (zone.status != "computed_median", zone.basis)))
    return "; ".join([*islice(told, BASES), *(["…"] if len(told) > BASES else [])])


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


def _lines(areas: Areas, view: Window) -> Iterator[dict[str, Any]]:
    """Give the limits and boundaries, one entry a kind."""
    kinds: dict[str, list[int]] = {}
    tolerance = view.tolerance_deg * COARSER
    for number in np.flatnonzero(_touching(shapely.bounds(areas.lines), view.carried)).tolist():
        one, other = (areas.of_area[side] for side in areas.sides[number])
        if kind := _kind(one, other):
            kinds.setdefault(kind, []).append(number)
    for kind, numbers in sorted(kinds.items()):
        thin = shapely.simplify(areas.lines[numbers], tolerance)
        pieces = window.clip_each(thin[_large(shapely.bounds(thin), tolerance)], view.carried)
        yield {"kind": kind, "name": "", "basis": "", "rings": [], "lines": window.lines(*pieces, scale=view.ground_scale)}


def _touching(bounds: NDArray[np.float64], box: Box) -> NDArray[np.bool_]:
    """Say which bounds touch a box, which may reach over the date line."""
    west, south, east, north = bounds.T
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
