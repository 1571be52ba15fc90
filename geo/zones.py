"""Say in whose waters a point or a geometry lies, how surely, and on what basis. An approximation, never a claim of authority.

The layer is a partition of the world into areas (`geo.areas`); each area carries the zones that hold it. Answers come from numpy and
shapely alone; geopandas is imported only by `layer`.

>>> [zone.zone_type for zone in at(-66.9, 10.5)[0]]
['land']
"""

from __future__ import annotations

import csv
import json
import warnings
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from pyproj.exceptions import ProjError

from geo import areas as layered
from geo import coast
from geo.areas import Areas, index, innermost, open_areas
from geo.errors import CoordinateError, UsageError
from geo.gazetteer import open_gazetteer
from geo.layers import folder
from geo.model import Sea, Zone
from geo.shapes import as_they_lie, within_world

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.model import Place

__all__ = [
    "COLUMNS", "Areas", "at", "covers", "distance_to_boundary_nm", "distance_to_coast_nm", "index", "join", "layer", "of", "open_areas",
    "outlines", "seas",
]  # fmt: skip

_SAMPLES = 3000
_MOST_SAMPLES = 60_000
_LEAST_SHARE = 0.005
_FEW = 50
_SEAS = frozenset({"ocean", "sea", "gulf", "bay", "strait", "channel", "passage", "sound"})
_OVERLAYS = frozenset({"contiguous_zone"})
_PASSED = frozenset({"internal_waters", "archipelagic_waters", "territorial_sea", "contiguous_zone", "eez"})
_SHARED = frozenset({"disputed", "joint"})

COLUMNS: Final = {
    "zone_type": "zone_type",
    "territory": "territory",
    "sovereign": "sovereign",
    "zone_share": "share",
    "zone_status": "status",
    "zone_basis": "basis",
}
"""The columns that `join` adds, each with the field of the zone that fills it; `zones`, how many zones there are, comes after them."""


def at(longitudes: ArrayLike, latitudes: ArrayLike) -> list[tuple[Zone, ...]]:
    """Give the zones of each point, innermost first; none where the layer does not reach.

    Parameters
    ----------
    longitudes, latitudes
        WGS84 degrees, scalars or equal-length sequences.

    Raises
    ------
    CoordinateError
        A pair is no position; the first such is named.

    >>> [(zone.zone_type, zone.territory) for zone in at([-109.0], [11.5])[0]]
    [('eez', 'CLP')]

    """
    lons, lats = layered.checked(longitudes, latitudes)
    areas = open_areas()
    found = index(lons, lats)
    shore, straits = np.full(len(lons), np.nan), _in_straits(lons, lats)
    inside = found >= 0
    shore[inside] = coast.distance_to_coast_nm(lons[inside], lats[inside])
    edges = _edge_distances(found, lons, lats)
    return [
        tuple(
            replace(
                zone,
                distance_to_coast_nm=_tenth(shore[i]),
                distance_to_boundary_nm=_tenth(edges.get((i, zone), np.inf)),
                strait=_strait(zone, within=bool(straits[i])),
            )
            for zone in (areas.of_area[found[i]] if found[i] >= 0 else ())
        )
        for i in range(len(lons))
    ]


def covers(longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.bool_]:
    """Say which points lie in the layer; outside it no owner is guessed.

    >>> covers([-66.9, 200.0], [10.5, 45.0]).tolist()
    [True, False]

    """
    return np.asarray(index(longitudes, latitudes) != layered.OUTSIDE)


# Reports name the same seas and states again and again.
@lru_cache(maxsize=256)
def of(geometry: BaseGeometry) -> tuple[Zone, ...]:
    """Give the zones that hold a geometry, each with its share of it (equal area), innermost first.

    The shares of the partition sum to 1 inside the layer's window; a part outside it has no zone and is missing from the sum.
    Parts under half a percent are left out. Distances are those of the middle of the part in that zone.

    Raises
    ------
    UsageError
        It is no geometry.
    CoordinateError
        It reaches beyond a pole, or is not in degrees.

    >>> sum(zone.share for zone in of(shapely.Point(-68.2, 12.5).buffer(0.3)) if zone.zone_type != "contiguous_zone")
    1.0

    """
    geometry = _on_earth(geometry)
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
    return tuple(sorted(answers, key=innermost))


@lru_cache(maxsize=256)
def seas(geometry: BaseGeometry) -> tuple[Sea, ...]:
    """Give the named seas that hold a geometry, each with its share of it: greatest first, of equals the smallest sea first.

    Seas overlap (a gulf is part of a sea), so the shares need not sum to 1. Parts under half a percent are left out. Raises as `of` does.

    >>> [sea.name for sea in seas(shapely.Point(-75.0, 15.0))][:1]
    ['Caribbean Sea']

    """
    geometry = _on_earth(geometry)
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
    """Give the distance to the nearest shore in nautical miles; 0 on land. See `geo.coast`.

    >>> bool(distance_to_coast_nm([-75.0], [15.0])[0] > 100)
    True
    """
    return coast.distance_to_coast_nm(longitudes, latitudes)


def distance_to_boundary_nm(longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.float64]:
    """Give the distance to where the innermost zone of each point ends at another, in nautical miles; the shore does not count.

    Infinite outside the layer, and for a zone that meets no other (an island's land).

    >>> bool(distance_to_boundary_nm([-69.5], [12.0])[0] < 20)
    True
    """
    return np.array(
        [
            min((z.distance_to_boundary_nm for z in zones[:1] if z.distance_to_boundary_nm is not None), default=np.inf)
            for zones in at(longitudes, latitudes)
        ]
    )


def outlines(bounds: tuple[float, float, float, float], tolerance_deg: float = 0.0) -> list[dict[str, Any]]:
    """Draw the zones of a box as GeoJSON features: territorial seas to fill, limits and boundaries as lines.

    A line is never the edge of the box or of the layer. Its `kind` is `baseline`, `territorial_sea_limit`, `contiguous_zone_limit`,
    `eez_limit` or `boundary`; a fill has the kind `territorial_sea`. `tolerance_deg` thins each line between its ends.

    >>> sorted({feature["properties"]["kind"] for feature in outlines((-69.0, 11.0, -67.0, 13.0), 0.01)})
    ['baseline', 'boundary', 'contiguous_zone_limit', 'territorial_sea', 'territorial_sea_limit']

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

    Rows and index stay as they are, the frame itself too. Columns: `zone_type`, `territory`, `sovereign`, `zone_share`, `zone_status`,
    `zone_basis`, `zones` (how many; the contiguous zone, which lies over another, is not counted), each behind `prefix`. A missing or
    empty geometry has none, nor has a point of NaN, which is what geopandas makes of empty cells; one beyond the poles or the date line
    has none either, and a warning says how many there are and what is wrong with the first.

    Raises
    ------
    UsageError
        It is no frame with geometries, has a column of such a name already, or no CRS and coordinates that cannot be degrees.

    >>> import geopandas
    >>> ships = geopandas.GeoDataFrame({"ship": ["Heron"]}, geometry=geopandas.points_from_xy([-109.0], [11.5]), crs="EPSG:4326")
    >>> join(ships)[["ship", "zone_type", "territory"]].values.tolist()
    [['Heron', 'eez', 'CLP']]

    """
    if not (hasattr(frame, "geometry") and hasattr(frame, "columns")):
        lacking = "columns" if hasattr(frame, "geometry") else "geometries"
        message = f"a {type(frame).__name__} has no {lacking}; make it a GeoDataFrame: geopandas.GeoDataFrame(geometry=...)"
        raise UsageError(message)
    if taken := [name for column in (*COLUMNS, "zones") if (name := f"{prefix}{column}") in frame.columns]:
        message = f"the frame has columns of its own called {', '.join(map(repr, taken))}; rename them, or join(frame, prefix='waters_')"
        raise UsageError(message)
    shapes = _degrees(frame)
    points = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    points &= ~shapely.is_empty(shapes)
    beyond = _beyond(shapes, points)
    if beyond.any():
        _warn_beyond(frame, shapes, beyond)
    numbers = index(shapely.get_x(shapes[points]), shapely.get_y(shapes[points]))
    of_area = [_summary(zones) for zones in open_areas().of_area] + [_summary(())]
    asked = zip(shapes[~points], beyond[~points], strict=True)
    others = [_summary(() if shape is None or wrong else of(shape)) for shape, wrong in asked]
    added: dict[str, Any] = {}
    for position, name in enumerate((*COLUMNS, "zones")):
        column = np.empty(len(shapes), dtype=int if name == "zones" else object)
        column[points] = np.array([row[position] for row in of_area], dtype=column.dtype)[numbers]
        column[~points] = [row[position] for row in others]
        added[f"{prefix}{name}"] = column
    return frame.assign(**added)


def _degrees(frame: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """Give the geometries of a frame in WGS84 degrees."""
    if frame.crs is None:
        shapes = np.asarray(frame.geometry, dtype=object)
        bounds = shapely.total_bounds(shapes) if len(shapes) else np.zeros(4)
        if np.isfinite(bounds).all() and (np.abs(bounds) > (180, 90, 180, 90)).any():
            west, south, east, north = bounds
            message = (
                f"the frame has no CRS and its coordinates ({west:g} to {east:g}, {south:g} to {north:g}) are no degrees of longitude and"
                " latitude; say what they are with set_crs, or turn swapped columns round"
            )
            raise UsageError(message)
        return shapes
    try:
        shapes = np.array(frame.geometry.to_crs("EPSG:4326"), dtype=object)
    except ProjError as error:
        message = f"the frame's CRS {frame.crs.name!r} cannot be turned into degrees ({error}); say with set_crs where on Earth it lies"
        raise UsageError(message) from error
    return shapes if frame.crs.is_geographic else as_they_lie(shapes)


def _on_earth(geometry: BaseGeometry) -> BaseGeometry:
    """Bring a geometry within -180..180, its rings in order; what is none, or lies nowhere on Earth, is refused."""
    if not hasattr(geometry, "is_empty"):
        message = f"{geometry!r} is no geometry; give a shapely geometry in degrees of WGS84, or ask `at(lon, lat)` for points"
        raise UsageError(message)
    if geometry.is_empty:
        return geometry
    shapes = np.array([geometry], dtype=object)
    if _beyond(shapes, np.array([False]))[0] or not np.isfinite(shapely.bounds(geometry)).all():
        message = f"the {geometry.geom_type.lower()} is not on Earth: {_beyond_why(geometry)}"
        raise CoordinateError(message)
    return within_world(geometry if geometry.is_valid else shapely.make_valid(geometry))


def _beyond(shapes: NDArray[np.object_], points: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find the geometries that lie beyond the poles; a shape may run over the date line, a point may not."""
    bounds = shapely.bounds(shapes)
    most = np.stack([np.where(points, 180, 360), np.full(len(shapes), 90)] * 2, axis=1)
    return np.asarray((np.abs(bounds) > most).any(axis=1))


def _beyond_why(geometry: BaseGeometry) -> str:
    """Say what is wrong with a geometry that lies nowhere on Earth: with its latitudes first, for it may run over the date line."""
    corners = sorted(shapely.bounds(geometry).reshape(2, 2).tolist(), key=lambda corner: -abs(corner[1]))
    return next(filter(None, (layered.wrong(*corner) for corner in corners)), "it lies beyond the poles")


def _warn_beyond(frame: gpd.GeoDataFrame, shapes: NDArray[np.object_], beyond: NDArray[np.bool_]) -> None:
    """Say how many rows have no place on Earth, and what is wrong with the first."""
    first = int(np.flatnonzero(beyond)[0])
    rows = f"{beyond.sum():,} of {len(shapes):,} rows hold no place on Earth and get no zones"
    warnings.warn(f"{rows}; the first is row {frame.index[first]}: {_beyond_why(shapes[first])}", stacklevel=3)


def _summary(zones: tuple[Zone, ...]) -> tuple[Any, ...]:
    """Sum up the zones of a row: the fields of the one with the greatest share, and how many there are."""
    counted = [zone for zone in zones if zone.zone_type not in _OVERLAYS]
    first = max(counted, key=lambda zone: zone.share, default=None)
    return (*(getattr(first, field) if first else None for field in COLUMNS.values()), len(counted))


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


def _tenth(distance_nm: float) -> float | None:
    """Round a distance to a tenth of a mile, which is what the coast data bear; none where there is none."""
    return round(float(distance_nm), 1) if np.isfinite(distance_nm) else None


def _edge_distances(found: NDArray[np.intp], lons: NDArray[np.float64], lats: NDArray[np.float64]) -> dict[tuple[int, Zone], float]:
    """Measure, for each point and each zone that holds it, how far the zone's edge is (nm)."""
    areas = open_areas()
    return {
        (i, areas.rows[row]): _nearest_segment_nm(_edge(row), lon, lat)
        for i, (area, lon, lat) in enumerate(zip(found.tolist(), lons.tolist(), lats.tolist(), strict=True))
        if area >= 0
        for row in areas.rows_of[area]
    }


@lru_cache(maxsize=512)
def _edge(row: int) -> NDArray[np.float64]:
    """Give the segments (n, 2, 2) where a zone ends or others begin to share it; neither shore nor window nor a change of basis counts."""
    areas = open_areas()
    kind, territory = areas.rows[row].zone_type, areas.rows[row].territory
    owners = [frozenset(areas.rows[other].territory for other in rows if areas.rows[other].zone_type == kind) for rows in areas.rows_of]
    numbers = {held: number for number, held in enumerate(set(owners))}
    held, mine = np.array([numbers[some] for some in owners]), np.array([territory in some for some in owners])
    one, other = areas.sides[:, 0], areas.sides[:, 1]
    return _segments(areas.lines[(held[one] != held[other]) & (mine[one] | mine[other])])


def _segments(lines: NDArray[Any]) -> NDArray[np.float64]:
    """Give the straight pieces of some lines (n, 2, 2)."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    keep = line[1:] == line[:-1]
    return np.stack([points[:-1][keep], points[1:][keep]], axis=1)


def _nearest_segment_nm(segments: NDArray[np.float64], lon: float, lat: float) -> float:
    """Measure the distance from a point to the nearest of some segments, on a plane scaled at the point, then over the ellipsoid."""
    if not len(segments):
        return float("inf")
    scale = np.array([max(np.cos(np.radians(lat)), 1e-6), 1.0])
    here = np.array([lon, lat])
    # What is farther off than the nearest of a few cannot be the nearest of all.
    reach = np.sqrt((_from(segments[::_FEW, 0], here, scale) ** 2).sum(axis=1).min())
    one, other = segments[:, 0, 1], segments[:, 1, 1]
    near = segments[(np.minimum(one, other) <= lat + reach) & (np.maximum(one, other) >= lat - reach)]
    a = _from(near[:, 0], here, scale)
    along = (near[:, 1] - near[:, 0]) * scale
    share = np.clip(-(a * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-18), 0, 1)[:, None]
    nearest = a + share * along
    best = nearest[np.argmin((nearest**2).sum(axis=1))] / scale + here
    return float(coast.distance_nm(here[None], best[None])[0])


def _from(points: NDArray[np.float64], here: NDArray[np.float64], scale: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give where points lie from here, the short way round the earth, in degrees of latitude."""
    away = points - here
    away[:, 0] -= 360 * np.round(away[:, 0] / 360)
    return np.asarray(away * scale)


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
    strait = _strait(rows[0], within=bool(_in_straits(mine[:, 0], mine[:, 1]).mean() >= 0.5))
    measured = replace(rows[0], distance_to_coast_nm=_tenth(shore), distance_to_boundary_nm=_tenth(edge), strait=strait)
    return replace(measured, share=round(share, 3), basis=basis)


@lru_cache(maxsize=1)
def _straits() -> tuple[BaseGeometry, ...]:
    """Read the outlines of the straits that our table lists as used for international navigation."""
    with (folder() / "straits.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_sea(row["place"]) for row in csv.DictReader(file))


def _in_straits(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which points lie in a listed strait."""
    inside = np.zeros(len(lons), dtype=bool)
    for outline in _straits():
        inside |= shapely.contains_xy(outline, lons, lats)
    return inside


def _strait(zone: Zone, *, within: bool) -> bool | None:
    """Say that waters are a listed strait; of all others nothing is known."""
    return True if within and zone.zone_type in _PASSED else None


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
    here, there = ({zone.territory or "" for zone in zones} for zones in (one, other))
    statuses = {zone.status for zones in (one, other) for zone in zones}
    if kinds == {"land"}:
        kind = "land_border"
    elif "high_seas" in kinds:
        kind = "eez_limit"
    elif here != there:
        kind = "boundary"
    elif kinds <= {"internal_waters", "archipelagic_waters", "territorial_sea"}:
        kind = "baseline"
    else:
        kind = "territorial_sea_limit" if "territorial_sea" in kinds else "contiguous_zone_limit"
    return {"kind": kind, "territories": sorted((here | there) - {""}), "disputed": "disputed" in statuses}


def _feature(geometry: BaseGeometry, properties: dict[str, Any]) -> list[dict[str, Any]]:
    """Write a geometry as a GeoJSON feature; an empty one is none."""
    if geometry.is_empty:
        return []
    return [{"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(geometry))}]
