"""Name the owner of a shore: Natural Earth's countries in one-degree pieces, overseas parts by their boxes, shared islands divided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

PIECE_DEG = 1.0
"""Side of the pieces that countries are cut into, so that the nearest to a point is found fast."""

# Natural Earth codes what ISO does not, or otherwise. Guantanamo is leased, not ceded; the base areas on Cyprus have no code;
# nobody claims Bir Tawil, which has no coast; reefs without a code go to the state that ISO lists them under.
_REMAP = {
    "ALD": "ALA", "ATC": "AUS", "BJN": "COL", "BRI": "BRA", "BRT": "EGY", "CSI": "AUS", "ESB": "CYP", "KOS": "XKX", "PGA": "XSP",
    "PSX": "PSE", "SAH": "ESH", "SCR": "XSH", "SDS": "SSD", "SER": "COL", "USG": "CUB", "WSB": "CYP",
}  # fmt: skip
# West, south, east, north of overseas parts that Natural Earth keeps inside their sovereign.
_PARTS = (
    ("FRA", (-62.0, 15.7, -60.9, 16.7), "GLP"),
    ("FRA", (-61.4, 14.3, -60.7, 15.0), "MTQ"),
    ("FRA", (-55.0, 1.5, -51.0, 6.5), "GUF"),
    ("FRA", (55.0, -21.6, 56.0, -20.7), "REU"),
    ("FRA", (44.8, -13.2, 45.5, -12.4), "MYT"),
    ("NLD", (-69.0, 11.5, -62.0, 18.0), "BES"),
    ("NOR", (-10.0, 70.5, -7.0, 71.5), "SJM"),
    ("NOR", (8.0, 73.5, 36.0, 81.5), "SJM"),
    ("NOR", (3.0, -55.0, 4.0, -54.0), "BVT"),
    ("NZL", (-173.0, -10.0, -171.0, -8.0), "TKL"),
    ("IOA", (105.0, -11.0, 106.5, -10.0), "CXR"),
    ("IOA", (96.0, -13.0, 97.5, -11.0), "CCK"),
)


class Names:
    """Natural Earth in one-degree pieces."""

    def __init__(self, pieces: list[BaseGeometry], codes: list[str]) -> None:
        self.pieces, self.codes = np.array(pieces, dtype=object), np.array(codes)
        self.tree = shapely.STRtree(pieces)

    def nearest(self, points: NDArray[np.float64]) -> tuple[NDArray[np.str_], NDArray[np.float64]]:
        """Give the code of the nearest piece to each point, and how far it is in degrees."""
        (which, found), distance = self.tree.query_nearest(shapely.points(points), return_distance=True, all_matches=True)
        # Two states touch at a border: the alphabetically first keeps the build deterministic.
        order = np.lexsort((self.codes[found], which))
        _, first = np.unique(which[order], return_index=True)
        return self.codes[found[order]][first], distance[order][first]

    def divide(self, polygon: BaseGeometry) -> Iterator[tuple[shapely.Polygon, str]]:
        """Divide shared land along the borders; the strips that they leave over go to the nearest owner."""
        for tile in pieces(polygon, PIECE_DEG):
            found = self.tree.query(shapely.box(*tile.bounds))
            near = sorted(((str(self.codes[i]), self.pieces[i]) for i in found), key=lambda row: row[0])
            if len({code for code, _ in near}) == 1:
                yield from ((part, near[0][0]) for part in polygons(tile))
                continue
            rest = tile
            for code, piece in near:
                yield from ((part, code) for part in polygons(shapely.intersection(tile, piece)))
                rest = shapely.difference(rest, piece)
            # A strip may run past a border, so it is cut small before each bit is named.
            bits = [bit for strip in polygons(rest) for small in pieces(strip, 0.05) for bit in polygons(small)]
            if bits:
                middles = shapely.get_coordinates(shapely.point_on_surface(bits))
                yield from zip(bits, self.nearest(middles)[0].tolist(), strict=True)


def read_names(path: Path) -> Names:
    """Load Natural Earth's countries."""
    import geopandas as gpd  # noqa: PLC0415 - build time only

    frame = gpd.read_file(f"zip://{path}")
    found, codes = [], []
    for code, geometry in sorted(zip(frame["ADM0_A3"], frame.geometry, strict=True), key=lambda row: str(row[0])):
        for part, owner in _parts(geometry, code):
            for piece in pieces(part, PIECE_DEG):
                found.append(piece)
                codes.append(owner)
    return Names(found, codes)


def _parts(geometry: BaseGeometry, code: str) -> Iterator[tuple[BaseGeometry, str]]:
    """Give each polygon of a country with the code of the overseas part whose box holds it."""
    for polygon in shapely.get_parts(geometry):
        x, y = polygon.representative_point().coords[0]
        boxes = [owner for country, box, owner in _PARTS if country == code and box[0] <= x <= box[2] and box[1] <= y <= box[3]]
        yield polygon, boxes[0] if boxes else _REMAP.get(code, code)


def pieces(geometry: BaseGeometry, size: float) -> Iterator[BaseGeometry]:
    """Cut a geometry along a grid of so many degrees, halving it until it fits."""
    if geometry.is_empty:
        return
    low, high = (np.floor(np.array(corner) / size + 1e-9) for corner in (geometry.bounds[:2], geometry.bounds[2:]))
    high = np.where(np.isclose(np.array(geometry.bounds[2:]) / size, high) & (high > low), high - 1, high)
    axis = int(np.argmax(high - low))
    if high[axis] <= low[axis]:
        yield geometry
        return
    west, south, east, north = geometry.bounds
    cut = float((low[axis] + high[axis] + 1) // 2 * size)
    boxes = (
        (shapely.box(west, south, cut, north), shapely.box(cut, south, east, north))
        if axis == 0
        else (shapely.box(west, south, east, cut), shapely.box(west, cut, east, north))
    )
    for box in boxes:
        yield from pieces(_flat(shapely.intersection(geometry, box)), size)


def _flat(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a geometry: a cut along a border leaves points and lines too."""
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry
    return shapely.MultiPolygon(polygons(geometry))


def polygons(geometry: BaseGeometry) -> list[shapely.Polygon]:
    """Give the polygons of any geometry."""
    parts = shapely.get_parts(geometry)
    deeper = [polygon for part in parts if part.geom_type.startswith(("Multi", "Geometry")) for polygon in polygons(part)]
    return deeper + [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
