"""Say in whose waters a point or a geometry lies, how surely, and on what basis. An approximation, never a claim of authority.

The layer is a partition of its window into areas; each area carries the zones that hold it. Answers come from shapely and
numpy alone; geopandas is imported only by `join` and `layer`.

>>> [zone.zone_type for zone in at(-66.9, 10.5)[0]]
['land']
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo import coast
from geo.errors import UsageError
from geo.gazetteer import open_gazetteer
from geo.layers import open_layer
from geo.model import Sea, Zone

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.model import Place

_SAMPLES = 3000
_MOST_SAMPLES = 60_000
_LEAST_SHARE = 0.005
_ORDER = (
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
_SEAS = frozenset({"ocean", "sea", "gulf", "bay", "strait", "channel", "passage", "sound"})
_OVERLAYS = frozenset({"contiguous_zone"})
_SHARED = frozenset({"disputed", "joint"})
_UNITS_PER_DEG = 100_000


@dataclass(frozen=True)
class Areas:
    """The layer in memory: areas of the partition (`parts` with the `area_of` each), and the zones that hold each area."""

    window: tuple[float, float, float, float]
    rows: tuple[Zone, ...]
    rows_of: tuple[tuple[int, ...], ...]
    parts: NDArray[Any]
    area_of: NDArray[np.intp]
    lines: NDArray[Any]
    sides: NDArray[np.intp]

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index the parts by their boxes."""
        return shapely.STRtree(self.parts)

    @cached_property
    def of_area(self) -> tuple[tuple[Zone, ...], ...]:
        """Give the zones of each area, innermost first."""
        return tuple(tuple(sorted((self.rows[i] for i in rows), key=_innermost)) for rows in self.rows_of)


def at(longitudes: ArrayLike, latitudes: ArrayLike) -> list[tuple[Zone, ...]]:
    """Give the zones of each point, innermost first; none where the layer does not reach.

    Parameters
    ----------
    longitudes, latitudes
        WGS84 degrees, scalars or equal-length sequences.

    >>> [(zone.zone_type, zone.territory) for zone in at([-109.0], [11.5])[0]]
    [('eez', 'CLP')]

    """
    lons, lats = _pair(longitudes, latitudes)
    areas = open_areas()
    found = index(lons, lats)
    shore = np.full(len(lons), np.nan)
    inside = found >= 0
    shore[inside] = coast.distance_to_coast_nm(lons[inside], lats[inside])
    edges = _edge_distances(found, lons, lats)
    return [
        tuple(
            replace(zone, distance_to_coast_nm=_tenth(shore[i]), distance_to_boundary_nm=_tenth(edges.get((i, zone), np.inf)))
            for zone in (areas.of_area[found[i]] if found[i] >= 0 else ())
        )
        for i in range(len(lons))
    ]


def index(longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.intp]:
    """Give the number of the area that holds each point, -1 outside the layer; of two that share an edge, the first.

    >>> index(0.0, 0.0).tolist()
    [-1]

    """
    lons, lats = _pair(longitudes, latitudes)
    areas = open_areas()
    answer = np.full(len(lons), -1, dtype=np.intp)
    point, part = areas.tree.query(shapely.points(lons, lats))
    order = np.argsort(part, kind="stable")
    point, part = point[order], part[order]
    for rows in np.split(np.arange(len(part)), np.flatnonzero(np.diff(part)) + 1):
        if not len(rows):
            continue
        who, polygon = point[rows], areas.parts[part[rows[0]]]
        shapely.prepare(polygon)
        inside = shapely.intersects_xy(polygon, lons[who], lats[who])
        hit = who[inside & (answer[who] < 0)]
        answer[hit] = areas.area_of[part[rows[0]]]
    return answer


def covers(longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.bool_]:
    """Say which points lie in the window of the layer; outside it no owner is guessed.

    >>> covers([-66.9, 30.0], [10.5, 45.0]).tolist()
    [True, False]

    """
    lons, lats = _pair(longitudes, latitudes)
    west, south, east, north = open_areas().window
    return np.asarray((lons >= west) & (lons <= east) & (lats >= south) & (lats <= north))


# Reports name the same seas and states again and again.
@lru_cache(maxsize=256)
def of(geometry: BaseGeometry) -> tuple[Zone, ...]:
    """Give the zones that hold a geometry, each with its share of it (equal area), innermost first.

    The shares of the partition sum to 1 inside the layer's window; a part outside it has no zone and is missing from the sum.
    Parts under half a percent are left out. Distances are those of the middle of the part in that zone.

    >>> sum(zone.share for zone in of(shapely.Point(-68.2, 12.5).buffer(0.3)) if zone.zone_type != "contiguous_zone")
    1.0

    """
    if geometry.is_empty:
        return ()
    points = _sample(geometry)
    if len(points) == 1:
        return at(points[:, 0], points[:, 1])[0]
    areas, found = open_areas(), index(points[:, 0], points[:, 1])
    shares = _rounded(Counter(found.tolist()), len(found))
    zones: dict[Zone, float] = {}
    for area, share in shares.items():
        for zone in areas.of_area[area]:
            zones[zone] = zones.get(zone, 0.0) + share
    answers = [_placed(rows, share, points, found) for rows, share in _merged(zones)]
    return tuple(sorted(answers, key=_innermost))


@lru_cache(maxsize=256)
def seas(geometry: BaseGeometry) -> tuple[Sea, ...]:
    """Give the named seas that hold a geometry, each with its share of it: greatest first, of equals the smallest sea first.

    Seas overlap (a gulf is part of a sea), so the shares need not sum to 1. Parts under half a percent are left out.

    >>> [sea.name for sea in seas(shapely.Point(-75.0, 15.0))][:1]
    ['Caribbean Sea']

    """
    if geometry.is_empty:
        return ()
    places, tree = _sea_areas()
    points = shapely.points(_sample(geometry))
    found = []
    for place in (places[number] for number in tree.query(geometry).tolist()):
        shape = _sea(place.id)
        share = float(shapely.intersects(shape, points).mean())
        if share >= _LEAST_SHARE:
            found.append((-round(share, 3), shape.area, place))
    return tuple(Sea(place.name, place.id, -share) for share, _, place in sorted(found, key=lambda row: (*row[:2], row[2].id)))


def distance_to_coast_nm(longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.float64]:
    """Give the distance to the nearest shore in nautical miles; 0 on land. See `geo.coast`."""
    return coast.distance_to_coast_nm(longitudes, latitudes)


def distance_to_boundary_nm(longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.float64]:
    """Give the distance to where the innermost zone of each point ends at another, in nautical miles; the shore does not count.

    Infinite outside the layer, and for a zone that meets no other (an island's land).

    """
    return np.array(
        [
            min((z.distance_to_boundary_nm for z in zones[:1] if z.distance_to_boundary_nm is not None), default=np.inf)
            for zones in at(longitudes, latitudes)
        ]
    )


def outlines(bounds: tuple[float, float, float, float], tolerance_deg: float = 0.0) -> list[dict[str, Any]]:
    """Draw the zones of a box as GeoJSON features: territorial seas to fill, limits and boundaries as lines.

    A line is never the edge of the box or of the layer. Its `kind` is `territorial_sea_limit`, `contiguous_zone_limit`,
    `eez_limit` or `boundary`; a fill has the kind `territorial_sea`. `tolerance_deg` thins each line between its ends.

    >>> sorted({feature["properties"]["kind"] for feature in outlines((-69.0, 11.0, -67.0, 13.0), 0.01)})
    ['boundary', 'contiguous_zone_limit', 'territorial_sea', 'territorial_sea_limit']

    """
    areas, box = open_areas(), shapely.box(*bounds)
    fills = [i for i, zones in enumerate(areas.of_area) if zones[0].zone_type == "territorial_sea"]
    features = []
    for i in fills:
        mine = areas.parts[areas.area_of == i]
        near = mine[shapely.intersects(box, shapely.envelope(mine))]
        if len(near):
            area = shapely.clip_by_rect(shapely.simplify(shapely.multipolygons(near), tolerance_deg), *bounds)
            features += _feature(area, {"kind": "territorial_sea", **_named(areas.of_area[i][0])})
    for number in np.flatnonzero(shapely.intersects(box, shapely.envelope(areas.lines))).tolist():
        one, other = (areas.of_area[side] for side in areas.sides[number])
        if {(zone.zone_type, zone.territory) for zone in one} == {(zone.zone_type, zone.territory) for zone in other}:
            continue
        properties = _line_kind(one, other)
        line = shapely.clip_by_rect(shapely.simplify(areas.lines[number], tolerance_deg), *bounds)
        features += _feature(line, properties)
    return features


def join(frame: gpd.GeoDataFrame, *, prefix: str = "") -> gpd.GeoDataFrame:
    """Add zone columns to a frame of points or shapes (any CRS): the zone with the greatest share, and the number of zones.

    Columns: `zone_type`, `territory`, `sovereign`, `zone_share`, `zone_status`, `zone_basis`, `zones` (how many), each behind `prefix`.
    A row without a geometry has none. The frame itself stays as it is.

    Raises
    ------
    UsageError
        The frame has a column of such a name already.

    >>> import geopandas
    >>> ships = geopandas.GeoDataFrame({"ship": ["Heron"]}, geometry=geopandas.points_from_xy([-109.0], [11.5]), crs="EPSG:4326")
    >>> join(ships)[["ship", "zone_type", "territory"]].values.tolist()
    [['Heron', 'eez', 'CLP']]

    """
    shapes = frame.geometry if frame.crs is None else frame.geometry.to_crs("EPSG:4326")
    answers = [() if shape is None or shape.is_empty else tuple(z for z in of(shape) if z.zone_type not in _OVERLAYS) for shape in shapes]
    first = [max(zones, key=lambda zone: zone.share, default=None) for zones in answers]
    columns = {
        "zone_type": "zone_type",
        "territory": "territory",
        "sovereign": "sovereign",
        "zone_share": "share",
        "zone_status": "status",
        "zone_basis": "basis",
    }
    added: dict[str, Any] = {name: [getattr(zone, field) if zone else None for zone in first] for name, field in columns.items()}
    added = {f"{prefix}{name}": values for name, values in {**added, "zones": [len(zones) for zones in answers]}.items()}
    if taken := [name for name in added if name in frame.columns]:
        message = f"the frame has columns of its own called {', '.join(map(repr, taken))}; rename them, or join(frame, prefix='waters_')"
        raise UsageError(message)
    return frame.assign(**added)


def layer() -> gpd.GeoDataFrame:
    """Give the whole layer as a frame, one row a zone: its type, owner, status, basis and polygon (EPSG:4326)."""
    import geopandas as gpd  # noqa: PLC0415 - heavy, and only this verb needs it

    areas = open_areas()
    shapes = [
        shapely.coverage_union_all(areas.parts[np.isin(areas.area_of, [i for i, rows in enumerate(areas.rows_of) if row in rows])])
        for row in range(len(areas.rows))
    ]
    columns = ("zone_type", "territory", "sovereign", "status", "basis", "claimed_breadth_nm", "strait")
    return gpd.GeoDataFrame({name: [getattr(row, name) for row in areas.rows] for name in columns}, geometry=shapes, crs="EPSG:4326")


@lru_cache(maxsize=1)
def open_areas() -> Areas:
    """Open the zone layer once.

    Raises
    ------
    LayerError
        The layer is missing or of another format.

    """
    found = open_layer("zones")
    table = json.loads((found.path / "zones.json").read_text(encoding="utf-8"))
    rows = tuple(row_zone(row, found.manifest["layer_version"]) for row in table["rows"])
    parts, area_of, lines, sides = read_arrays(found.path / "zones.npz")
    west, south, east, north = found.manifest["window"]
    return Areas((west, south, east, north), rows, tuple(map(tuple, table["atoms"])), parts, area_of, lines, sides)


def row_zone(row: dict[str, Any], layer_version: str) -> Zone:
    """Make a zone of a row of the layer's table."""
    return Zone(**row, share=1.0, distance_to_coast_nm=None, distance_to_boundary_nm=None, layer="zones", layer_version=layer_version)


def read_arrays(path: Path) -> tuple[NDArray[Any], NDArray[np.intp], NDArray[Any], NDArray[np.intp]]:
    """Read the parts of the areas and the lines between areas."""
    with np.load(path) as file:
        points, rings, polygons, parts = _points(file["points"]), _offsets(file["rings"]), _offsets(file["polygons"]), file["parts"]
        lines, starts, sides = _points(file["lines"]), _offsets(file["line_starts"]), file["line_sides"].astype(np.intp)
    shapes = shapely.from_ragged_array(shapely.GeometryType.POLYGON, points, (rings, polygons))
    drawn = shapely.from_ragged_array(shapely.GeometryType.LINESTRING, lines, (starts,))
    return shapes, np.repeat(np.arange(len(parts)), parts), drawn, sides


def _points(planes: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Undo the storage of points: bytes to differences, differences to units, units to degrees."""
    steps = np.ascontiguousarray(planes.transpose(0, 2, 1)).reshape(2, -1).view("<i4")
    return np.ascontiguousarray(np.cumsum(steps, axis=1, dtype=np.int64).T) / _UNITS_PER_DEG


def _offsets(lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Turn lengths into offsets that start at 0."""
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


def _pair(longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give two flat arrays of equal length."""
    lons, lats = np.atleast_1d(np.asarray(longitudes, dtype=float)), np.atleast_1d(np.asarray(latitudes, dtype=float))
    if lons.shape != lats.shape or lons.ndim != 1:
        message = (
            f"longitudes of shape {lons.shape!r} do not pair with latitudes of shape {lats.shape!r}; give two flat sequences of one length"
        )
        raise ValueError(message)
    return lons, lats


def _innermost(zone: Zone) -> tuple[int, str, str]:
    """Sort zones innermost first, then by territory code."""
    return _ORDER.index(zone.zone_type), zone.territory or "", zone.status


def _same(one: Zone, other: Zone) -> bool:
    """Say whether two rows are one zone, parted only by what its limits rest on."""
    return (one.zone_type, one.territory) == (other.zone_type, other.territory)


def _tenth(distance_nm: float) -> float | None:
    """Round a distance to a tenth of a mile, which is what the coast data bear; none where there is none."""
    return round(float(distance_nm), 1) if np.isfinite(distance_nm) else None


def _edge_distances(found: NDArray[np.intp], lons: NDArray[np.float64], lats: NDArray[np.float64]) -> dict[tuple[int, Zone], float]:
    """Measure, for each point and each zone that holds it, how far the zone's edge is (nm)."""
    areas = open_areas()
    answer: dict[tuple[int, Zone], float] = {}
    held = {row for area in np.unique(found[found >= 0]).tolist() for row in areas.rows_of[area]}
    for row in sorted(held):
        who = np.flatnonzero([area >= 0 and row in areas.rows_of[area] for area in found.tolist()])
        edge = _edge(row)
        for i in who.tolist():
            answer[i, areas.rows[row]] = _nearest_segment_nm(edge, float(lons[i]), float(lats[i]))
    return answer


@lru_cache(maxsize=512)
def _edge(row: int) -> NDArray[np.float64]:
    """Give the segments (n, 2, 2) where a zone meets another; neither shore nor window counts."""
    areas = open_areas()
    holds = np.array([row in rows for rows in areas.rows_of])
    return _segments(areas.lines[holds[areas.sides[:, 0]] != holds[areas.sides[:, 1]]])


def _segments(lines: NDArray[Any]) -> NDArray[np.float64]:
    """Give the straight pieces of some lines (n, 2, 2)."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    keep = line[1:] == line[:-1]
    return np.stack([points[:-1][keep], points[1:][keep]], axis=1)


def _nearest_segment_nm(segments: NDArray[np.float64], lon: float, lat: float) -> float:
    """Measure the distance from a point to the nearest of some segments, on a plane scaled at the point, then over the ellipsoid."""
    if not len(segments):
        return float("inf")
    scale = np.array([np.cos(np.radians(lat)), 1.0])
    a, b = ((segments[:, end] - (lon, lat)) * scale for end in (0, 1))
    along = b - a
    share = np.clip(-(a * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-18), 0, 1)[:, None]
    nearest = a + share * along
    best = nearest[np.argmin((nearest**2).sum(axis=1))] / scale + (lon, lat)
    return float(coast.distance_nm(np.array([[lon, lat]]), best[None])[0])


def _sample(geometry: BaseGeometry) -> NDArray[np.float64]:
    """Spread points evenly, always the same ones: over a polygon by equal area, along a line by length, points as they are."""
    if shapely.get_dimensions(geometry) == 0:
        return np.asarray(shapely.get_coordinates(geometry))
    if shapely.get_dimensions(geometry) == 1:
        line = shapely.line_interpolate_point(np.asarray(geometry, dtype=object), np.linspace(0, 1, 201), normalized=True)
        return np.asarray(shapely.get_coordinates(line))
    west, south, east, north = geometry.bounds
    low, high = np.sin(np.radians([south, north]))
    count = min(_MOST_SAMPLES, _SAMPLES * (east - west) * (north - south) / max(geometry.area, 1e-12))
    columns = max(8, round(np.sqrt(count * (east - west) / max(north - south, 1e-9))))
    columns = min(columns, int(count))
    rows = max(8, round(count / columns))
    x = west + (np.arange(columns) + 0.5) / columns * (east - west)
    # Equal steps of the sine of latitude are equal areas.
    y = np.degrees(np.arcsin(low + (np.arange(rows) + 0.5) / rows * (high - low)))
    grid = np.stack(np.meshgrid(x, y), axis=2).reshape(-1, 2)
    shapely.prepare(geometry)
    inside = grid[shapely.contains_xy(geometry, grid[:, 0], grid[:, 1])]
    return inside if len(inside) else np.asarray(shapely.get_coordinates(geometry.representative_point()))


def _rounded(counts: Counter[int], total: int) -> dict[int, float]:
    """Turn counts into shares of three digits that sum to 1 (less what lies outside); small parts go to the others."""
    outside = counts.pop(-1, 0)
    whole = round((total - outside) / total * 1000)
    kept = {area: n for area, n in sorted(counts.items()) if n / total >= _LEAST_SHARE}
    if not kept:
        return {}
    exact = {area: n / sum(kept.values()) * whole for area, n in kept.items()}
    floors = {area: int(value) for area, value in exact.items()}
    # The largest remainders take what rounding down left over, so that the sum is exact.
    for area in sorted(exact, key=lambda area: (floors[area] - exact[area], area))[: whole - sum(floors.values())]:
        floors[area] += 1
    return {area: thousandths / 1000 for area, thousandths in floors.items()}


def _merged(zones: dict[Zone, float]) -> list[tuple[list[Zone], float]]:
    """Join the rows of one zone that rest on different treaties; what is disputed or joint stays apart, once for each state."""
    groups: dict[tuple[str, ...], list[Zone]] = {}
    for zone in zones:
        apart = (zone.status, zone.basis) if zone.status in _SHARED else ()
        groups.setdefault((zone.zone_type, zone.territory or "", *apart), []).append(zone)
    ranked = [sorted(rows, key=lambda zone: (-zones[zone], zone.basis)) for rows in groups.values()]
    return [(rows, sum(zones[zone] for zone in rows)) for rows in ranked]


@lru_cache(maxsize=1)
def _sea_areas() -> tuple[list[Place], shapely.STRtree]:
    """Index the named seas of the gazetteer that have an outline by its bounds; the outlines stay on disk."""
    rows = open_gazetteer().bounds(_SEAS)
    return [place for place, _ in rows], shapely.STRtree([shapely.box(*bounds) for _, bounds in rows])


@lru_cache(maxsize=512)
def _sea(place_id: str) -> BaseGeometry:
    """Read the outline of a named sea and prepare it for many questions."""
    shape = open_gazetteer().polygon(place_id) or shapely.MultiPolygon()
    shapely.prepare(shape)
    return shape


def _placed(rows: list[Zone], share: float, points: NDArray[np.float64], found: NDArray[np.intp]) -> Zone:
    """Make one zone of its rows: their bases, the status of the greatest, and the distances of the sample nearest to the middle."""
    areas = open_areas()
    numbers = {areas.rows.index(zone) for zone in rows}
    mine = points[np.isin(found, [i for i, held in enumerate(areas.rows_of) if not numbers.isdisjoint(held)])]
    middle = mine[np.argmin(((mine - mine.mean(axis=0)) ** 2).sum(axis=1))]
    shore = float(coast.distance_to_coast_nm(middle[:1], middle[1:])[0])
    edge = _nearest_segment_nm(_edge(min(numbers)), float(middle[0]), float(middle[1]))
    basis = "; ".join(sorted({zone.basis for zone in rows}))
    return replace(rows[0], share=round(share, 3), basis=basis, distance_to_coast_nm=_tenth(shore), distance_to_boundary_nm=_tenth(edge))


def _named(zone: Zone) -> dict[str, Any]:
    """Give what a reader of a map needs of a zone."""
    return {
        "zone_type": zone.zone_type,
        "territory": zone.territory,
        "sovereign": zone.sovereign,
        "status": zone.status,
        "basis": zone.basis,
    }


def _line_kind(one: tuple[Zone, ...], other: tuple[Zone, ...]) -> dict[str, Any]:
    """Name the line between two areas by what changes there."""
    kinds = {zones[0].zone_type for zones in (one, other)}
    owners = sorted({zone.territory or "" for zones in (one, other) for zone in zones})
    statuses = {zone.status for zones in (one, other) for zone in zones}
    if kinds == {"land"}:
        kind = "land_border"
    elif "high_seas" in kinds:
        kind = "eez_limit"
    elif len(owners) > 1:
        kind = "boundary"
    else:
        kind = "territorial_sea_limit" if "territorial_sea" in kinds else "contiguous_zone_limit"
    return {"kind": kind, "territories": [owner for owner in owners if owner], "disputed": "disputed" in statuses}


def _feature(geometry: BaseGeometry, properties: dict[str, Any]) -> list[dict[str, Any]]:
    """Write a geometry as a GeoJSON feature; an empty one is none."""
    if geometry.is_empty:
        return []
    return [{"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(geometry))}]
