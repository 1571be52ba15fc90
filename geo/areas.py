"""Open the zone layer and say in which of its areas points lie: ten million points a second, from a raster and exact edges.

>>> index([-66.9, 200.0], [10.5, 0.0]).tolist()[1]
-1
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from geo import arcs
from geo.errors import CoordinateError
from geo.layers import OFFICIAL, Layer, cache_folder, open_layer
from geo.model import Zone

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray

    from geo.arcs import Arcs

ORDER = (
    "land",
    "internal_waters",
    "archipelagic_waters",
    "territorial_sea",
    "contiguous_zone",
    "eez",
    "high_seas",
    "antarctic_treaty_area",
    "other_regime",
)
"""Zone types, innermost first."""

OUTSIDE = -1
"""The number of no area: outside the layer, or not a position."""

_MOST_DEGREES = 1000
"""What is greater is no mistaken degree but a projected coordinate."""

_VARIANTS = 3
_INNER = frozenset({"land", "internal_waters", "archipelagic_waters", "territorial_sea"})
_OURS = frozenset({"land", "high_seas", "antarctic_treaty_area", "other_regime"})
_UNITS_PER_DEG = arcs.UNITS_PER_DEG
_CHUNK = 1 << 15
"""Points looked up together: their arrays stay in the processor's cache."""

_PAIRS = 1 << 20
"""Points times edges of their cells, at most, that are worked on together."""


@dataclass(frozen=True)
class Areas:
    """The layer in memory: the zones that hold each area of the partition, and (read when first asked for) its polygons and lines.

    `parts` are polygons with the `area_of` each; `lines` run between the two areas of `sides`. Numbers of areas in the file are
    multiplied by `variants`: an official zone is one area as it is, one with a contiguous zone over it, and one as territorial sea.
    """

    window: tuple[float, float, float, float]
    rows: tuple[Zone, ...]
    rows_of: tuple[tuple[int, ...], ...]
    path: Path
    variants: int = 1

    @cached_property
    def _shapes(self) -> tuple[NDArray[Any], NDArray[np.intp]]:
        parts, area_of = read_parts(self.path)
        return parts, area_of * self.variants

    @cached_property
    def arcs(self) -> Arcs:
        """Give the edges of the polygons, whose areas are numbered without variants."""
        return arcs.read(self.path)

    @property
    def parts(self) -> NDArray[Any]:
        """Give the polygons."""
        return self._shapes[0]

    @property
    def area_of(self) -> NDArray[np.intp]:
        """Give the number of the area that each polygon belongs to."""
        return self._shapes[1]

    @cached_property
    def lines(self) -> NDArray[Any]:
        """Give the lines between areas."""
        return np.asarray(self.arcs.lines[self.arcs.line_arcs])

    @cached_property
    def sides(self) -> NDArray[np.intp]:
        """Give the numbers of the areas on either side of each line."""
        return self.arcs.line_sides * self.variants

    @cached_property
    def of_area(self) -> tuple[tuple[Zone, ...], ...]:
        """Give the zones of each area, innermost first."""
        return tuple(tuple(sorted((self.rows[i] for i in rows), key=innermost)) for rows in self.rows_of)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The mapped lookup (see its builder): a raster, and the edges of the cells that several areas share."""

    side: int
    wide: int
    high: int
    inside: tuple[float, float]
    raster: NDArray[np.int32]
    starts: NDArray[np.int32]
    known: NDArray[np.int16]
    edges: NDArray[np.int32]
    sides: NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class _Merged:
    """Official zones over ours: the areas of both, the official lookup, what each area of ours makes of theirs, and its new number."""

    areas: Areas
    grid: _Grid
    variant: NDArray[np.intp]
    kept: NDArray[np.intp]


def innermost(zone: Zone) -> tuple[int, str, str]:
    """Sort zones innermost first, then by territory code."""
    return ORDER.index(zone.zone_type), zone.territory or "", zone.status


def index(longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.intp]:
    """Give the number of the area that holds each point, -1 outside the layer and for what is no position.

    Parameters
    ----------
    longitudes, latitudes
        WGS84 degrees, scalars or equal-length sequences.

    >>> index(float("nan"), 0.0).tolist()
    [-1]

    """
    lons, lats = pair(longitudes, latitudes)
    answer = _numbers(_grid(), lons, lats)
    merged = _merged()
    if merged is None:
        return answer
    official = _numbers(merged.grid, lons, lats)
    return np.where(official >= 0, official * _VARIANTS + merged.variant[answer], merged.kept[answer])


def _numbers(grid: _Grid, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.intp]:
    """Look up points, so many at a time."""
    answer = np.empty(len(lons), dtype=np.intp)
    for start in range(0, len(lons), _CHUNK):
        part = slice(start, start + _CHUNK)
        answer[part] = _looked_up(grid, lons[part], lats[part])
    return answer


def _looked_up(grid: _Grid, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.int32]:
    """Look up some points."""
    x, y = lons * _UNITS_PER_DEG, lats * _UNITS_PER_DEG
    x += 180 * _UNITS_PER_DEG
    y += 90 * _UNITS_PER_DEG
    wrong = ~((x >= 0) & (x <= grid.wide * grid.side) & (y >= 0) & (y <= grid.high * grid.side))
    if wrong.any():
        x[wrong], y[wrong] = 0, 0
    column, row = (x * (1 / grid.side)).astype(np.int32), (y * (1 / grid.side)).astype(np.int32)
    np.minimum(column, grid.wide - 1, out=column)
    np.minimum(row, grid.high - 1, out=row)
    value = grid.raster[row * grid.wide + column]
    shared = np.flatnonzero(value < OUTSIDE)
    if len(shared):
        known = [(cells[shared] + at) * grid.side for cells, at in zip((column, row), grid.inside, strict=True)]
        value[shared] = _walked(grid, -2 - value[shared], x[shared], y[shared], known)
    value[wrong] = OUTSIDE
    return np.asarray(value)


def _walked(
    grid: _Grid, cell: NDArray[np.int32], x: NDArray[np.float64], y: NDArray[np.float64], known: list[NDArray[Any]]
) -> NDArray[np.int16]:
    """Walk from the known point of each cell to the point: the side of the last edge crossed is where it lies."""
    first = grid.starts[cell]
    counts = grid.starts[cell + 1] - first
    if counts.sum() > _PAIRS and len(cell) > 1:
        # Many points in cells full of fjords: in halves, so that memory stays small.
        halves = (slice(None, len(cell) // 2), slice(len(cell) // 2, None))
        return np.concatenate([_walked(grid, cell[half], x[half], y[half], [at[half] for at in known]) for half in halves])
    answer = grid.known[cell]
    point = np.repeat(np.arange(len(cell)), counts)
    row = np.arange(len(point)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    # Units from the known point: small numbers, so nothing is lost.
    fx, fy = known[0] - 180 * _UNITS_PER_DEG, known[1] - 90 * _UNITS_PER_DEG
    edge = grid.edges[row]
    ax, ay, bx, by = edge[:, 0] - fx[point], edge[:, 1] - fy[point], edge[:, 2] - fx[point], edge[:, 3] - fy[point]
    dx, dy = (x - known[0])[point], (y - known[1])[point]
    hit = np.flatnonzero((dx * ay > dy * ax) != (dx * by > dy * bx))
    ax, ay, bx, by, dx, dy = ax[hit], ay[hit], bx[hit] - ax[hit], by[hit] - ay[hit], dx[hit], dy[hit]
    before, after = by * ax - bx * ay, bx * (dy - ay) - by * (dx - ax)
    across = np.flatnonzero((before > 0) != (after > 0))
    hit, before, after = hit[across], before[across], after[across]
    order = np.lexsort((before / (before - after), point[hit]))
    hit, after = hit[order], after[order]
    last = np.flatnonzero(np.diff(point[hit], append=-1))
    sides = grid.sides[row[hit[last]]]
    answer[point[hit[last]]] = np.where(after[last] > 0, sides[:, 0], sides[:, 1])
    return answer


def pair(longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give two flat arrays of equal length.

    Raises
    ------
    ValueError
        They do not pair, or are no numbers (a `CoordinateError`).

    """
    try:
        lons, lats = np.atleast_1d(np.asarray(longitudes, dtype=float)), np.atleast_1d(np.asarray(latitudes, dtype=float))
    except (TypeError, ValueError) as error:
        message = f"longitudes and latitudes are no numbers ({error}); give decimal degrees (geo.positions.parse reads written ones)"
        raise CoordinateError(message) from error
    if lons.shape != lats.shape or lons.ndim != 1:
        message = (
            f"longitudes of shape {lons.shape!r} do not pair with latitudes of shape {lats.shape!r}; give two flat sequences of one length"
        )
        raise ValueError(message)
    return lons, lats


def wrong(longitude: float, latitude: float) -> str | None:
    """Say what is wrong with a position, null if nothing is; swapped columns are suspected aloud.

    >>> wrong(10.5, -166.9)
    'latitude -166.9 is not within -90 to 90 (longitude 10.5); are longitude and latitude swapped?'

    """
    if not (np.isfinite(longitude) and np.isfinite(latitude)):
        return f"longitude {longitude!r}, latitude {latitude!r} is not a position; give two numbers in degrees"
    if max(abs(longitude), abs(latitude)) > _MOST_DEGREES:
        given = f"longitude {longitude:.10g}, latitude {latitude:.10g}"
        return f"{given} look like metres of a projection; reproject them to WGS84 degrees (EPSG:4326)"
    if abs(latitude) > 90:
        turn = "are longitude and latitude swapped?" if abs(latitude) <= 180 and abs(longitude) <= 90 else "give WGS84 degrees"
        return f"latitude {latitude:g} is not within -90 to 90 (longitude {longitude:g}); {turn}"
    if abs(longitude) > 180:
        turn = f"west of Greenwich is negative, so write {longitude - 360:g}" if 180 < longitude < 360 else "give WGS84 degrees"
        return f"longitude {longitude:g} is not within -180 to 180 (latitude {latitude:g}); {turn}"
    return None


def checked(longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give two flat arrays of equal length in which every pair is a position.

    Raises
    ------
    CoordinateError
        A pair is none: the first such is named, with its number, and how many there are.

    """
    lons, lats = pair(longitudes, latitudes)
    bad = np.flatnonzero(~((np.abs(lons) <= 180) & (np.abs(lats) <= 90)))
    if len(bad):
        first = int(bad[0])
        also = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
        message = f"point {first}: {wrong(float(lons[first]), float(lats[first]))}{also}"
        raise CoordinateError(message)
    return lons, lats


@lru_cache(maxsize=1)
def open_areas() -> Areas:
    """Open the zone layer once: the official one over ours, where the user has added it.

    Raises
    ------
    LayerError
        The layer is missing or of another format.

    """
    merged = _merged()
    return open_one("zones") if merged is None else merged.areas


def landward(longitudes: ArrayLike, latitudes: ArrayLike) -> list[str | None]:
    """Give the zone type of points that our own layer places ashore or within the territorial sea; null for those beyond."""
    kinds = [zones[0].zone_type if zones[0].zone_type in _INNER else None for zones in open_one("zones").of_area]
    return [kinds[number] if number >= 0 else None for number in _numbers(_grid(), *pair(longitudes, latitudes)).tolist()]


@lru_cache(maxsize=1)
def _merged() -> _Merged | None:
    """Lay official zones over ours. Theirs say whose waters they are; ours what is land, high seas, territorial sea, contiguous zone."""
    if not (cache_folder() / OFFICIAL / "manifest.json").is_file():
        return None
    ours, theirs, files = open_one("zones"), open_one(OFFICIAL), open_layer(OFFICIAL).manifest["made_of"]
    first = [(zones[0].zone_type, zones[-1].zone_type != zones[0].zone_type) for zones in ours.of_area]
    variant = np.array([2 if kind in _INNER else int(overlaid and kind == "contiguous_zone") for kind, overlaid in first] + [0])
    shift = len(theirs.rows_of) * _VARIANTS
    # Without official EEZs ours stay; with them, what they leave out is nobody's.
    stays = [kind in _OURS or "eez" not in files for kind, _ in first]
    kept = np.array([shift + number if stay else OUTSIDE for number, stay in enumerate(stays)] + [OUTSIDE])
    count = len(theirs.rows)
    limited = [replace(row, basis=f"{row.basis}; limit computed") for row in theirs.rows]
    coast = [replace(row, zone_type=kind) for kind in ("contiguous_zone", "territorial_sea") for row in limited]
    rows_of: list[tuple[int, ...]] = []
    for held in theirs.rows_of:
        eez = tuple(row for row in held if theirs.rows[row].zone_type == "eez")
        overlaid = tuple(row + count for row in eez) if "24nm" not in files else ()
        rows_of += [held, (*overlaid, *held), tuple(row + 2 * count for row in eez) if eez and "12nm" not in files else held]
    rows_of += [tuple(row + 3 * count for row in held) for held in ours.rows_of]
    areas = Areas(ours.window, (*theirs.rows, *coast, *ours.rows), tuple(rows_of), theirs.path, _VARIANTS)
    return _Merged(areas, _map(open_layer(OFFICIAL).path / "waters"), variant, kept)


def open_one(name: str) -> Areas:
    """Open one layer of zones by itself: `zones`, or the official one."""
    found = open_layer(name)
    table = json.loads((found.path / "zones.json").read_text(encoding="utf-8"))
    rows = tuple(row_zone(row, found.manifest) for row in table["rows"])
    west, south, east, north = found.manifest["window"]
    return Areas((west, south, east, north), rows, tuple(map(tuple, table["atoms"])), found.path / "zones.npz")


def row_zone(row: dict[str, Any], manifest: dict[str, Any]) -> Zone:
    """Make a zone of a row of the layer's table."""
    version = manifest["layer_version"]
    return Zone(**row, share=1.0, distance_to_coast_nm=None, distance_to_boundary_nm=None, layer=manifest["name"], layer_version=version)


def read_parts(path: Path) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Read the polygons of the areas, and the number of the area that each belongs to."""
    edges = arcs.read(path)
    return arcs.polygons(edges), edges.area_of


@lru_cache(maxsize=1)
def _grid() -> _Grid:
    """Map the lookup of the layer."""
    return _map(open_layer("waters").path)


def _map(path: Path) -> _Grid:
    """Map the columns of a lookup."""
    found = Layer("waters", path, json.loads((path / "manifest.json").read_text(encoding="utf-8")))
    columns = {name: np.load(found.path / f"{name}.npy", mmap_mode="r") for name in ("raster", "starts", "known", "edges", "sides")}
    cell = found.manifest["cell_deg"]
    first, second = found.manifest["inside"]
    # A view of plain arrays: a mapped one costs a microsecond more at every access.
    plain = {name: column.view(np.ndarray) for name, column in columns.items()}
    return _Grid(round(cell * _UNITS_PER_DEG), round(360 / cell), round(180 / cell), (first, second), **plain)
