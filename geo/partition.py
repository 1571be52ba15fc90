"""Check that a layer of zones is what it says: sound polygons in WGS84 that part its window without gaps or overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from geo.areas import Areas

_UNIT = 1e-5
"""A stored unit in degrees."""


def faults(areas: Areas, crs: str | None, *, whole: bool) -> list[str]:
    """List what is wrong with a layer of zones, with figures (empty: all is well); `whole` says that it must fill its window.

    What several states claim or hold together is an area of its own, so no two areas overlap.
    """
    found = [] if crs == "EPSG:4326" else [f"its CRS is {crs!r}, not EPSG:4326"]
    invalid = int((~shapely.is_valid(areas.parts)).sum())
    if invalid:
        found.append(f"{invalid:,} of {len(areas.parts):,} polygons cross themselves")
    sides = np.bincount(areas.arcs.edge_of, minlength=len(areas.arcs.lines))
    if crowded := int((sides > 2).sum()):
        found.append(f"{crowded:,} of {len(sides):,} lines bound more than two areas, so some overlap")
    if not whole:
        return found
    west, south, east, north = areas.window
    # The edge of the window has no area beyond it.
    alone = np.flatnonzero(sides < 2)
    points, line = shapely.get_coordinates(areas.arcs.lines[alone], return_index=True)
    off = np.minimum(np.abs(points - (west, south)), np.abs(points - (east, north))).min(axis=1) > _UNIT / 2
    if lone := len(np.unique(line[off])):
        found.append(f"{lone:,} of {len(sides):,} lines bound one area only, so there is a gap or an overlap beside them")
    area, full = float(shapely.area(areas.parts).sum()), (east - west) * (north - south)
    if abs(area - full) > _UNIT:
        found.append(f"its areas sum to {area:.6f} square degrees, its window has {full:.6f}: {'gaps' if area < full else 'overlaps'}")
    return found


def figures(areas: Areas) -> str:
    """Count what a layer of zones holds."""
    status = [{row.status for row in zones} for zones in areas.of_area]
    shared = ", ".join(f"{sum(word in words for words in status)} {word}" for word in ("disputed", "joint"))
    return f"{len(areas.parts):,} polygons of {len(status):,} areas ({shared})"
