"""Draw the lines of the zones: equidistance between owners, and the limits at so many miles from the shore.

Distances are chords in earth-centred metres. Up to 200 nm a chord orders points as the geodesic does (it is 52 m shorter
at 200 nm, whatever the bearing), so nothing here is a degree buffer and nothing has a seam.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from .zones_coast import ecef

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.spatial import KDTree

    from .zones_coast import Bounds

METRES_PER_NM = 1852.0
_AXES = np.array([6378137.0, 6378137.0, 6356752.314245179])
_REACH_M = 206 * METRES_PER_NM
_STEP_DEG = 0.05
_LATTICE = ((12.5, 0.03), (50.0, 0.04), (np.inf, 0.1))
"""Up to so many miles from the shore, the lattice is so many degrees wide."""
_SHARED_DEG = 0.5
_CELL_DEG, _BEARINGS = 0.05, 16


def lonlat(xyz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn points on the ellipsoid, in earth-centred metres, into WGS84 degrees."""
    flat = (_AXES[2] / _AXES[0]) ** 2
    return np.degrees(np.stack([np.arctan2(xyz[:, 1], xyz[:, 0]), np.arctan2(xyz[:, 2], np.hypot(xyz[:, 0], xyz[:, 1]) * flat)], axis=1))


def medians(points: NDArray[np.float64], owner: NDArray[np.str_]) -> list[shapely.LineString]:
    """Draw where the nearest shore changes owner, as far as 206 nm from it (WGS84 degrees).

    The Voronoi diagram on the sphere (a convex hull) says which shores meet; each corner is then solved on the ellipsoid:
    the points equally far from three others lie on a line, and that line meets the ellipsoid once on our side.
    """
    from scipy.spatial import ConvexHull  # noqa: PLC0415 - build time only

    if len(np.unique(owner)) < 2:
        return []
    kept = _telling(points, owner)
    points, first = np.unique(np.round(points[kept], 6), axis=0, return_index=True)
    owner, xyz = owner[kept][first], ecef(points)
    if len(points) < 5:
        return []
    hull = ConvexHull(xyz / np.linalg.norm(xyz, axis=1)[:, None])
    left, right, a = _ridges(hull, owner)
    needed, index = np.unique(np.concatenate([left, right]), return_inverse=True)
    corners = _corners(xyz[hull.simplices[needed]], hull.equations[needed, :3])
    start, end = corners[index[: len(left)]], corners[index[len(left) :]]
    return _curves(start, end, xyz[a])


def _telling(points: NDArray[np.float64], owner: NDArray[np.str_]) -> NDArray[np.intp]:
    """Keep every shore point beside another owner's; of the others the outermost of each small cell, which alone are seen from afar.

    Seen from half a degree away the nearest of a cell is one of them within 100 m.
    """
    _, code = np.unique(owner, return_inverse=True)
    keep = _beside(np.floor(points / _SHARED_DEG).astype(np.int64), code)
    cell = np.column_stack([np.floor(points / _CELL_DEG).astype(np.int64), code])
    order = np.lexsort(cell.T)
    starts = np.flatnonzero(np.concatenate([[True], (np.diff(cell[order], axis=0) != 0).any(axis=1)]))
    sizes = np.diff(np.append(starts, len(points)))
    flat = points[order] * np.stack([np.cos(np.radians(points[order, 1])), np.ones(len(points))], axis=1)
    for angle in np.arange(_BEARINGS) * 2 * np.pi / _BEARINGS:
        reach = flat @ (np.cos(angle), np.sin(angle))
        keep[order[reach == np.repeat(np.maximum.reduceat(reach, starts), sizes)]] = True
    return np.flatnonzero(keep)


def _beside(cell: NDArray[np.int64], code: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Say which points lie in a cell that has another owner in it or beside it."""
    shared: set[tuple[int, int]] = set()
    held: dict[tuple[int, int], set[int]] = {}
    for x, y, number in np.unique(np.column_stack([cell, code]), axis=0).tolist():
        held.setdefault((x, y), set()).add(number)
    for x, y in held:
        around = [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if len(set().union(*(held.get(near, ()) for near in around))) > 1:
            shared.update(around)
    keys, back = np.unique(cell, axis=0, return_inverse=True)
    return np.array([(x, y) in shared for x, y in keys.tolist()])[back.ravel()]


def _ridges(hull: object, owner: NDArray[np.str_]) -> tuple[NDArray[np.intp], ...]:
    """List the pairs of neighbouring facets whose shared edge joins two owners, with one shore of that edge."""
    simplices, neighbours = hull.simplices, hull.neighbors  # type: ignore[attr-defined]
    found = []
    for k in range(3):
        a, b = simplices[:, (k + 1) % 3], simplices[:, (k + 2) % 3]
        keep = np.flatnonzero((owner[a] != owner[b]) & (np.arange(len(simplices)) < neighbours[:, k]))
        found.append((keep, neighbours[keep, k], a[keep]))
    return tuple(np.concatenate(column) for column in zip(*found, strict=True))


def _corners(triangles: NDArray[np.float64], normals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Find the point of the ellipsoid equally far from the three corners of each triangle, on the side of the normal."""
    first, e1, e2 = triangles[:, 0], triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    normal = np.cross(e1, e2)
    square = np.einsum("ij,ij->i", normal, normal)[:, None]
    s1, s2 = np.einsum("ij,ij->i", e1, e1)[:, None], np.einsum("ij,ij->i", e2, e2)[:, None]
    centre = first + np.cross(s1 * e2 - s2 * e1, normal) / np.where(square == 0, 1, 2 * square)
    direction = normal / np.sqrt(np.where(square == 0, 1, square))
    direction *= np.sign(np.einsum("ij,ij->i", direction, normals))[:, None]
    p, d = centre / _AXES, direction / _AXES
    qa, qb, qc = (np.einsum("ij,ij->i", u, v) for u, v in ((d, d), (p, d), (p, p)))
    root = np.sqrt(np.maximum(qb**2 - qa * (qc - 1), 0))
    solved = centre + ((root - qb) / np.where(qa == 0, 1, qa))[:, None] * direction
    # Three shores on one line have no such point; the sphere's answer is then as good, and it lies far out at sea.
    flat = (square[:, 0] == 0) | ~np.isfinite(solved).all(axis=1)
    return np.where(flat[:, None], normals * _AXES[0], solved)


def _curves(start: NDArray[np.float64], end: NDArray[np.float64], a: NDArray[np.float64]) -> list[shapely.LineString]:
    """Draw each ridge in short steps on the ellipsoid, as far as it is near the shore `a` on its one side."""
    lines = []
    steps = np.ceil(np.linalg.norm(end - start, axis=1) / (_STEP_DEG * 111_000)).clip(1, 4000).astype(int)
    for count in np.unique(steps):
        rows = steps == count
        share = np.linspace(0, 1, count + 1)[None, :, None]
        path = start[rows][:, None] * (1 - share) + end[rows][:, None] * share
        path /= np.sqrt(((path / _AXES) ** 2).sum(axis=2, keepdims=True))
        near = np.linalg.norm(path - a[rows][:, None], axis=2) < _REACH_M
        degrees = lonlat(path.reshape(-1, 3)).reshape(path.shape[0], count + 1, 2)
        # Across the antimeridian the line is drawn as far as it: the tile on the other side draws the rest.
        across = np.abs(np.diff(degrees[:, :, 0], axis=1)) > 180
        if across.any():
            lines.append(_over_the_seam(degrees, near, across))
        keep = near[:, 1:] & near[:, :-1] & ~across
        pieces = np.stack([degrees[:, :-1][keep], degrees[:, 1:][keep]], axis=1)
        lines.append(shapely.linestrings(pieces))
    return np.concatenate(lines).tolist() if lines else []


def _over_the_seam(degrees: NDArray[np.float64], near: NDArray[np.bool_], across: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Draw the pieces that cross 180 degrees twice: once on either side of it, running over the edge."""
    rows = across & near[:, 1:] & near[:, :-1]
    ends = np.stack([degrees[:, :-1][rows], degrees[:, 1:][rows]], axis=1)
    east, west = ends.copy(), ends.copy()
    east[..., 0] %= 360
    west[..., 0] = east[..., 0] - 360
    return np.concatenate([shapely.linestrings(east), shapely.linestrings(west)])


def limit(tree: KDTree, distance_nm: float, bounds: Bounds) -> list[shapely.LineString]:
    """Draw the line so many nautical miles from the nearest point of a tree of shore points, in short straight pieces.

    Squares that the line may cross are sampled ten by ten; each crossing of a side is then moved along the direction to
    its nearest shore until it lies within a metre of the distance. Chords of arcs cost at most 60 m.
    """
    step = next(step for reach, step in _LATTICE if distance_nm <= reach)
    values, corners = _sampled(tree, distance_nm, bounds, step)
    points, pairs = _crossings(values - distance_nm * METRES_PER_NM, corners, step)
    if not len(points):
        return []
    for _ in range(4):
        xyz = ecef(points)
        distance, nearest = tree.query(xyz)
        away = (xyz - tree.data[nearest]) / np.maximum(distance, 1)[:, None]
        moved = xyz + away * (distance_nm * METRES_PER_NM - distance)[:, None]
        there = lonlat(moved / np.sqrt(((moved / _AXES) ** 2).sum(axis=1, keepdims=True)))
        # A tile at the antimeridian samples beyond it; its points stay on its own side.
        there[:, 0] += 360 * np.round((points[:, 0] - there[:, 0]) / 360)
        points = there
    return shapely.linestrings(points[pairs]).tolist()


def _sampled(tree: KDTree, distance_nm: float, bounds: Bounds, step: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure the distance to the shore on a lattice in each square that the line may cross (n, 11, 11), with its south-west corner."""
    size = 10 * step
    # One square more all round: a line that ended at the bounds would leave its faces open there.
    west, south = (np.floor(bound / size - 1) * size for bound in bounds[:2])
    x, y = np.meshgrid(np.arange(west, bounds[2] + size, size), np.arange(south, bounds[3] + size, size))
    corners = np.stack([x.ravel(), y.ravel()], axis=1)
    middle = tree.query(ecef(corners + size / 2))[0]
    # Distance changes no faster than position, so half a diagonal decides which squares can hold the line.
    corners = corners[np.abs(middle - distance_nm * METRES_PER_NM) < 0.72 * size * 111_700]
    lattice = np.arange(11) * step
    at = corners[:, None, None, :] + np.stack(np.meshgrid(lattice, lattice), axis=2)[None]
    return tree.query(ecef(at.reshape(-1, 2)), workers=-1)[0].reshape(len(corners), 11, 11), corners


def _crossings(values: NDArray[np.float64], corners: NDArray[np.float64], step: float) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """March the squares of each lattice: points where a side changes sign, and which two of them a piece of line joins."""
    sides, names = [], []
    for axis, (dx, dy) in enumerate(((1, 0), (0, 1))):
        first, second = values[:, : 11 - dy, : 11 - dx], values[:, dy:, dx:]
        block, row, column = np.nonzero((first < 0) != (second < 0))
        a, b = first[block, row, column], second[block, row, column]
        share = a / (a - b)
        sides.append(corners[block] + np.stack([(column + share * dx) * step, (row + share * dy) * step], axis=1))
        names.append(((block * 11 + row) * 11 + column) * 2 + axis)
    points, name = np.concatenate(sides), np.concatenate(names)
    order = np.argsort(name)
    points, name = points[order], name[order]
    if not len(name):
        return points, np.empty((0, 2), dtype=np.intp)
    block, row, column = np.nonzero(np.ones((len(values), 10, 10), dtype=bool))
    cell = (block * 11 + row) * 11 + column
    # South, west, north and east side of each small square, as indexes of crossings or -1.
    ids = np.stack([cell * 2, cell * 2 + 1, (cell + 11) * 2, (cell + 1) * 2 + 1], axis=1)
    at = np.searchsorted(name, ids).clip(0, max(len(name) - 1, 0))
    at = np.where(name[at] == ids, at, -1)
    count = (at >= 0).sum(axis=1)
    two, four = at[count == 2], at[count == 4]
    pairs = [two[two >= 0].reshape(-1, 2), four[:, :2], four[:, 2:]]
    return points, np.concatenate(pairs)
