"""Time the join of points with the zone layer against geopandas in one run: ratios hold on any machine, seconds do not.

    python bench/zones.py [--points N] [--slow N] [--lines FILE] [--json FILE]

The same random points, evenly spread over longitude and latitude, are asked in every way; `--slow` of them in the way that takes
hours for millions, fifty times as many where frames are made. Processor time of one process is counted, so that a busy machine does
not matter. The answers of the lookup are compared with shapely's on 200,000 points first. With `--lines`, Natural Earth's maritime
lines (GeoJSON), it also measures how far these lie from the layer's boundaries.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

CHECKED = 200_000
KINDS = ("Treaty", "Median")
_APART_DEG = 0.005


class Line(NamedTuple):
    """One way to join: how many points it was given, millions of them a second, and how many times faster the lookup is."""

    what: str
    points: int
    rate: float
    times: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, time, print a table, write JSON where it is asked for."""
    parser = argparse.ArgumentParser(description="Time the join of points with the zone layer against geopandas.")
    parser.add_argument("--points", type=int, default=10_000_000, metavar="N", help="points for the fast ways (default: ten million)")
    parser.add_argument("--slow", type=int, default=10_000, metavar="N", help="points for the slowest way (default: 10,000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--lines", type=Path, metavar="FILE", help="Natural Earth's maritime lines, to measure boundaries against")
    options = parser.parse_args(arguments)
    differing = differences(CHECKED)
    print(f"{differing} of {CHECKED:,} answers differ from shapely's")
    lines = joins(options.points, options.slow)
    for line in lines:
        print(f"{line.what:<44} {line.points:>12,} points {line.rate:>9.3f} M/s {line.times:>9.1f} x slower")
    off = {kind: deviations(options.lines, kind) for kind in KINDS} if options.lines else {}
    for kind, found in off.items():
        half, tenth = np.quantile(found, (0.5, 0.9))
        name = f"{kind.lower()} lines of Natural Earth"
        print(f"{name:<44} {len(found):>12,} {half:.1f} km off (the worst tenth: {tenth:.1f} km or more)")
    if options.json:
        figures = {"differing": differing, **{line.what: line._asdict() for line in lines}}
        figures |= {f"{kind.lower()} lines, km": float(np.median(found)) for kind, found in off.items()}
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def differences(count: int) -> int:
    """Count the points that the lookup and shapely place in different areas."""
    from geo import zones  # noqa: PLC0415 - seconds of imports, not paid by --help

    lons, lats = _random(count, seed=7)
    layer = zones.open_areas()
    point, part = shapely.STRtree(layer.parts).query(shapely.points(lons, lats), predicate="intersects")
    expected = np.full(count, -1)
    # Of several the first in table order.
    order = np.argsort(-part, kind="stable")
    expected[point[order]] = layer.area_of[part[order]]
    return int((expected != zones.index(lons, lats)).sum())


def deviations(path: Path, kind: str) -> NDArray[np.float64]:
    """Measure how far each line of a kind lies from the nearest boundary between two territories: half of it is nearer than so many km."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - seconds of imports, not paid by --help

    from geo import zones  # noqa: PLC0415 - as above

    layer = zones.open_areas()
    held = [frozenset(zone.territory for zone in rows if zone.territory) for rows in layer.of_area]
    between = [held[one] != held[other] and bool(held[one]) and bool(held[other]) for one, other in layer.sides.tolist()]
    ours = shapely.get_coordinates(shapely.segmentize(layer.lines[between], _APART_DEG))
    tree = KDTree(_earth(ours))
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    drawn = [row["geometry"] for row in features if kind in row["properties"]["featurecla"]]
    theirs = [shapely.get_coordinates(shapely.segmentize(shapely.geometry.shape(line), _APART_DEG)) for line in drawn]
    return np.array([np.median(tree.query(_earth(points))[0]) / 1000 for points in theirs])


def _earth(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn WGS84 degrees into earth-centred metres, where straight distances order as those over the ellipsoid do."""
    from pyproj import Transformer  # noqa: PLC0415 - as above

    turned = Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True).transform(*lonlat.T, np.zeros(len(lonlat)))
    return np.stack(turned, axis=1)


def joins(many: int, few: int) -> list[Line]:
    """Time every way to join."""
    import geopandas as gpd  # noqa: PLC0415 - as above

    from geo import zones  # noqa: PLC0415 - as above

    lons, lats = _random(many, seed=1)
    zones.index(lons[:1000], lats[:1000])
    index = _seconds(lambda: zones.index(lons, lats)) / many
    layer, some, first = zones.layer(), (lons[: few * 50], lats[: few * 50]), (lons[:few], lats[:few])
    ways = [
        ("lookup, arrays to area numbers", many, index),
        ("lookup, zones.join of a frame", few * 50, _framed(*some, zones.join)),
        ('geopandas.sjoin, predicate="within"', few * 50, _framed(*some, lambda frame: gpd.sjoin(frame, layer, predicate="within"))),
        ("geopandas.sjoin, default predicate", few, _framed(*first, lambda frame: gpd.sjoin(frame, layer))),
    ]
    return [Line(what, points, 1e-6 / each, each / index) for what, points, each in ways]


def _framed(lons: NDArray[np.float64], lats: NDArray[np.float64], way: Callable[[gpd.GeoDataFrame], object]) -> float:
    """Time a way that takes a frame, per point; making the frame is not counted."""
    import geopandas as gpd  # noqa: PLC0415 - as above

    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lons, lats), crs="EPSG:4326")
    way(frame.iloc[:10])
    return _seconds(lambda: way(frame)) / len(frame)


def _seconds(run: Callable[[], object]) -> float:
    """Measure the processor time of a call."""
    start = time.process_time()
    run()
    return time.process_time() - start


def _random(count: int, *, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Spread points over the window of the layer."""
    from geo import zones  # noqa: PLC0415 - as above

    rng = np.random.default_rng(seed)
    west, south, east, north = zones.open_areas().window
    return rng.uniform(west, east, count), rng.uniform(south, north, count)


if __name__ == "__main__":
    raise SystemExit(main())
