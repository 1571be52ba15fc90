"""Build the lookup that says in which area of the zone layer a point lies: a raster, and the edges in the cells that several areas share.

A cell of the raster holds the number of its one area, -1 outside the layer, or -2 less the number of a shared cell. A shared cell has
the area of one point inside it and the edges that touch it, each with the areas to its left and right: the last edge that a straight
way from that point crosses says where the way ends. Seconds.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .zones_store import SCALE, read_cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

INPUTS: tuple[str, ...] = ("layers/zones",)

FORMAT = 1
CELL_DEG = 0.1
"""Side of a cell of the raster."""

INSIDE = (0.52345679, 0.48765433)
"""Where in a cell its known point lies, from the south-west corner in sides: no line that people draw runs through it."""

OUTSIDE = -1
_ZONES = Path(__file__).resolve().parents[1] / "zones"
_SIDE = round(CELL_DEG * SCALE)
_WIDE, _HIGH = round(360 / CELL_DEG), round(180 / CELL_DEG)


def build(*, out: Path, node_modules: Path) -> None:  # noqa: ARG001 - every builder is called so
    """Write the lookup of the committed zones (`.npy` columns and `manifest.json`) into a folder."""
    write(_ZONES, out)


def write(zones: Path, out: Path) -> None:
    """Write the lookup of a zone layer into a folder."""
    edges, sides = _edges(zones)
    row, crossing, east = _scan(edges, sides)
    # The edges of the world are crossed by no way; where a layer ends before them, its own edge counts.
    kept = ~_at_world_edge(edges)
    edges, sides = edges[kept], sides[kept]
    cells, numbers = _touched(edges)
    shared, starts = np.unique(cells, return_index=True)
    raster = _known(row, crossing, east)
    known = raster[shared]
    raster[shared] = -2 - np.arange(len(shared))
    columns = {
        "raster": raster.astype("<i4"),
        "starts": np.append(starts, len(cells)).astype("<i4"),
        "known": known.astype("<i2"),
        "edges": edges[numbers].astype("<i4"),
        "sides": sides[numbers].astype("<i2"),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, column in columns.items():
        np.save(out / f"{name}.npy", column)
    _write_manifest(out, sorted(columns), zones)


def _edges(zones: Path) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give every edge between two areas once (n, 4: from x, y to x, y) with the areas to its left and right; the outside is -1."""
    cells, rings, polygons, parts = read_cells(zones)
    ring_of = np.repeat(np.arange(len(rings) - 1), np.diff(rings))
    inner = np.ones(len(cells), dtype=bool)
    inner[rings[1:] - 1] = False
    start = np.flatnonzero(inner)
    a, b, ring = cells[start], cells[start + 1], ring_of[start]
    shell = np.zeros(len(rings) - 1, dtype=bool)
    shell[polygons[:-1]] = True
    twice = np.zeros(len(rings) - 1)
    np.add.at(twice, ring, (a[:, 0] * b[:, 1] - b[:, 0] * a[:, 1]).astype(float))
    area_of_ring = np.repeat(np.repeat(np.arange(len(parts) - 1), np.diff(parts)), np.diff(polygons))
    # Turned so that the area lies to the left: shells run against the clock then, holes with it.
    turn = ((twice > 0) != shell)[ring]
    a, b = np.where(turn[:, None], b, a), np.where(turn[:, None], a, b)
    return _paired(a, b, area_of_ring[ring])


def _paired(a: NDArray[np.int64], b: NDArray[np.int64], area: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Join the two directions of each edge; one between pieces of the same area is none."""
    one, other = a[:, 0] * 2**26 + a[:, 1], b[:, 0] * 2**26 + b[:, 1]
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((high, low))
    same = (low[order][1:] == low[order][:-1]) & (high[order][1:] == high[order][:-1])
    first, second = order[:-1][same], order[1:][same]
    alone = np.ones(len(area), dtype=bool)
    alone[first] = alone[second] = False
    between = area[first] != area[second]
    kept = np.concatenate([first[between], np.flatnonzero(alone)])
    right = np.concatenate([area[second[between]], np.full(alone.sum(), OUTSIDE)])
    return np.hstack([a[kept], b[kept]]), np.stack([area[kept], right], axis=1)


def _at_world_edge(edges: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say which edges run along 180° or lie at a pole."""
    ends = np.abs(edges.reshape(-1, 2, 2))
    return np.asarray((ends == (180 * SCALE, 90 * SCALE)).all(axis=1).any(axis=1))


def _rows(edges: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """List each edge with each row of cells that it touches."""
    low, high = np.minimum(edges[:, 1], edges[:, 3]) + 90 * SCALE, np.maximum(edges[:, 1], edges[:, 3]) + 90 * SCALE
    return _spread((low - 1) // _SIDE, (high + 1) // _SIDE, _HIGH)


def _spread(first: NDArray[np.int64], last: NDArray[np.int64], size: int) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """List each thing with each whole number from its first to its last, cut to what there is."""
    first, last = first.clip(0, size - 1), last.clip(0, size - 1)
    counts = last - first + 1
    which = np.repeat(np.arange(len(first)), counts)
    return which, first[which] + np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)


def _touched(edges: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """List each cell with each edge that touches it, sorted by cell. A cell too many does no harm."""
    which, row = _rows(edges)
    ax, ay, bx, by = edges[which].astype(float).T
    steep = np.where(by == ay, 1.0, by - ay)
    bottom, top = row * _SIDE - 90 * SCALE, (row + 1) * _SIDE - 90 * SCALE
    level = by == ay
    ends = [np.where(level, x, ax + ((y - ay) / steep).clip(0, 1) * (bx - ax)) for x, y in ((ax, bottom), (bx, top))]
    west, east = np.minimum(*ends) + 180 * SCALE, np.maximum(*ends) + 180 * SCALE
    again, column = _spread(((west - 2) // _SIDE).astype(np.int64), ((east + 2) // _SIDE).astype(np.int64), _WIDE)
    cell, edge = row[again] * _WIDE + column, which[again]
    order = np.argsort(cell, kind="stable")
    return cell[order], edge[order]


def _scan(edges: NDArray[np.int64], sides: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Cross each row of cells at the height of its known points: row, longitude in units from 180 W, area to the east; sorted."""
    which, row = _rows(edges)
    height = (row + INSIDE[1]) * _SIDE - 90 * SCALE
    ax, ay, bx, by = edges[which].astype(float).T
    hit = (ay < height) != (by < height)
    which, row, height = which[hit], row[hit], height[hit]
    ax, ay, bx, by = edges[which].astype(float).T
    x = ax + (height - ay) / (by - ay) * (bx - ax) + 180 * SCALE
    # Whoever goes north has the west to the left.
    east = np.where(by > ay, sides[which, 1], sides[which, 0])
    order = np.lexsort((x, row))
    return row[order], x[order], east[order]


def _known(row: NDArray[np.int64], crossing: NDArray[np.float64], east: NDArray[np.int64]) -> NDArray[np.int64]:
    """Name the area of the known point of every cell: what lies east of the last crossing to its west."""
    at = (np.arange(_WIDE) + INSIDE[0]) * _SIDE
    size = float(_WIDE * _SIDE * 2)
    last = np.searchsorted(row * size + crossing, (np.arange(_HIGH)[:, None] * size + at).ravel()) - 1
    found = last.clip(0)
    there = (last >= 0) & (row[found] == np.repeat(np.arange(_HIGH), _WIDE)) if len(row) else np.zeros(_HIGH * _WIDE, dtype=bool)
    return np.where(there, east[found], OUTSIDE) if len(row) else np.full(_HIGH * _WIDE, OUTSIDE)


def _write_manifest(out: Path, columns: list[str], zones: Path) -> None:
    """Name the columns with their hashes, the cells, and the layer that they index."""
    files = {f"{name}.npy": hashlib.sha256((out / f"{name}.npy").read_bytes()).hexdigest() for name in columns}
    manifest = {
        "name": "waters", "format": FORMAT, "layer_version": "1.0.0", "files": files, "cell_deg": CELL_DEG, "inside": list(INSIDE),
        "attribution": "GSHHG (LGPL-3.0+); Natural Earth (public domain); our tables of claims, islets and boundaries",
        "sources": [{"file": "zones.npz", "sha256": hashlib.sha256((zones / "zones.npz").read_bytes()).hexdigest()}],
    }  # fmt: skip
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
