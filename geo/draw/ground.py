"""Cut the basemap to a window: land, borders, names of countries, territories and seas."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from shapely.ops import polylabel

from geo import layers
from geo.draw import window
from geo.draw.language import language, say

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Box = tuple[float, float, float, float]

LEVELS: Final = 6
SOURCE_SCALE: Final = 100_000
LEAST_CORNER: Final = 12
"""A piece of a country smaller than this part of the view, squared, has no room for its name."""

MOST_POINTS: Final = 14_000
"""Points of land that a page may carry; the finest level that stays below is taken."""


def names() -> dict[str, str]:
    """Give what the page's language calls every country and territory by its ISO 3166-1 alpha-3 code, and every sea by its English name."""
    labels = _labels(layers.built("basemap"))
    codes = {row["code"]: _called(row) for row in labels["countries"]}
    # Clipperton has no code.
    return {"CLP": say("Clipperton Island"), **codes, **{row["name"]: _called(row) for row in labels["waters"]}}


def cut(view: window.Window) -> dict[str, Any]:
    """Give the land, borders and labels inside a window, ready for the page.

    Raises
    ------
    LayerError
        The basemap is not built.

    """
    path, box = layers.built("basemap"), view.carried
    for level in range(LEVELS):
        last, beside = level == LEVELS - 1, _beside(path, f"land_{level}", box)
        # Most levels are left for the number of their points alone, which is known without reading them.
        if last or int((beside[:, 1] - beside[:, 0]).sum()) < MOST_POINTS * 4:
            coordinates, ring = _read(path, f"land_{level}", beside)
            land = window.clip_each(np.asarray(shapely.polygons(shapely.linearrings(coordinates, indices=ring))), box)
            if last or int(shapely.get_num_coordinates(land).sum()) < MOST_POINTS:
                break
    coordinates, line = _read(path, f"borders_{level}", _beside(path, f"borders_{level}", box))
    borders = window.clip_each(np.asarray(shapely.linestrings(coordinates, indices=line)), box)
    scale = view.ground_scale
    shapes = {"land": window.rings(*land, scale=scale), "borders": window.lines(*borders, scale=scale)}
    return {**shapes, "labels": _inside(_labels(path), view)}


@lru_cache(maxsize=1)
def _labels(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Read the names once."""
    data: dict[str, list[dict[str, Any]]] = json.loads((path / "labels.json").read_text(encoding="utf-8"))
    return data


def _beside(path: Path, name: str, box: Box) -> NDArray[np.int64]:
    """Give the first point and the one after the last of each ring or line whose bounds touch the window."""
    bounds = np.load(path / f"{name}_bounds.npy") / SOURCE_SCALE
    offsets = np.load(path / f"{name}_offsets.npy").astype(np.int64)
    west, south, east, north = box
    beside = np.zeros(len(bounds), dtype=bool)
    for turn in (-360, 0, 360):
        beside |= (bounds[:, 0] + turn <= east) & (bounds[:, 2] + turn >= west)
    beside &= (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    return np.stack([offsets[:-1], offsets[1:]], axis=1)[beside]


def _read(path: Path, name: str, spans: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Read the points of some rings or lines, and which of them each point is of; the rest stays on disk."""
    units = np.asarray(np.load(path / f"{name}.npy", mmap_mode="r"))
    # An empty piece first, for a window that holds nothing.
    points = np.concatenate([units[:0], *(units[first:end] for first, end in spans.tolist())]) / SOURCE_SCALE
    return points, np.repeat(np.arange(len(spans)), spans[:, 1] - spans[:, 0])


def _inside(labels: dict[str, list[dict[str, Any]]], view: window.Window) -> list[list[Any]]:
    """Give the labels in the window as [name, size, is_water, places to write it], the roomiest first."""
    found = []
    for kind, is_water in (("countries", 0), ("waters", 1)):
        for row in labels[kind]:
            spots = _spots(row, view)
            if spots:
                found.append([_called(row), row["size"], is_water, spots])
    return sorted(found, key=lambda label: (-label[1], label[0]))


def _called(row: dict[str, Any]) -> str:
    """Give a name in the page's language, where the tables have it."""
    name: str = row.get(language(), row["name"])
    return name


def _spots(row: dict[str, Any], view: window.Window) -> list[list[float]]:
    """Give the places where a name may stand: its own, and first the middle of the corner that the first view shows of a country."""
    west, south, east, north = view.carried
    own = [round(window.shift(row["longitude"], view.carried), 2), row["latitude"]]
    seen = view.fit[0] < own[0] < view.fit[2] and view.fit[1] < own[1] < view.fit[3]
    spots = [own] if west < own[0] < east and south < own[1] < north else []
    if seen or not row.get("outline"):
        return spots
    pieces = shapely.get_parts(window.clip(shapely.polygons(row["outline"]), view.fit))
    polygons = [piece for piece in pieces if isinstance(piece, shapely.Polygon)]
    largest = max(polygons, key=lambda piece: piece.area, default=None)
    if largest is None or largest.area < ((view.fit[2] - view.fit[0]) / LEAST_CORNER) ** 2:
        return spots
    spot = polylabel(largest, tolerance=largest.length / 200)
    return [[round(spot.x, 2), round(spot.y, 2)], *spots]
