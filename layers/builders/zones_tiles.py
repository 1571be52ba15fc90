"""Join tiles: where two meet, each gets the corners that the other has on their common side, so that areas still share their edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray


def stitched(polygons: list[shapely.Polygon], step: int, scale: int) -> list[shapely.Polygon]:
    """Give polygons with every corner that another of them has on a side of the tiles (`step` stored units apart, `scale` a degree)."""
    whole = np.array(polygons, dtype=object)
    points, index = shapely.get_coordinates(whole, return_index=True)
    cells = np.rint(points * scale).astype(np.int64)
    corners: dict[tuple[int, int], NDArray[np.int64]] = {}
    on = cells % step == 0
    for axis in (0, 1):
        mine = cells[on[:, axis]]
        order = np.lexsort((mine[:, 1 - axis], mine[:, axis]))
        for line in np.split(mine[order], np.flatnonzero(np.diff(mine[order, axis])) + 1):
            if len(line):
                corners[axis, int(line[0, axis])] = np.unique(line[:, 1 - axis])
    touching = np.unique(index[on.any(axis=1)])
    whole[touching] = [_with_corners(polygon, corners, step, scale) for polygon in whole[touching]]
    return whole.tolist()


def _with_corners(polygon: shapely.Polygon, corners: dict[tuple[int, int], NDArray[np.int64]], step: int, scale: int) -> shapely.Polygon:
    """Put the corners of its neighbours into the sides of a polygon."""
    rings = [np.rint(shapely.get_coordinates(ring) * scale).astype(np.int64) for ring in (polygon.exterior, *polygon.interiors)]
    shell, *holes = (_ring(ring, corners, step) / scale for ring in rings)
    return shapely.Polygon(shell, holes)


def _ring(cells: NDArray[np.int64], corners: dict[tuple[int, int], NDArray[np.int64]], step: int) -> NDArray[np.int64]:
    """Put corners into the sides of a ring that run along a side of the tiles."""
    first, second = cells[:-1], cells[1:]
    added: dict[int, NDArray[np.int64]] = {}
    for axis in (0, 1):
        along = (first[:, axis] == second[:, axis]) & (first[:, axis] % step == 0)
        for row in np.flatnonzero(along).tolist():
            line = corners[axis, int(first[row, axis])]
            a, b = int(first[row, 1 - axis]), int(second[row, 1 - axis])
            between = line[(line > min(a, b)) & (line < max(a, b))]
            if len(between):
                more = np.full((len(between), 2), first[row, axis])
                more[:, 1 - axis] = between if a < b else between[::-1]
                added[row] = more
    if not added:
        return cells
    after = np.repeat([row + 1 for row in added], [len(more) for more in added.values()])
    return np.insert(cells, after, np.concatenate(list(added.values())), axis=0)
