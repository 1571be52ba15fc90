"""Open our page, folium's and geopandas' in the same headless Chromium: size, time until it answers, memory, time of a filter.

    python bench/page.py [--records N ...] [--rounds N] [--json FILE]

The goals for our page are said with it, and what each part of it weighs. The pages of folium and geopandas ask content delivery networks
for their scripts; these are answered from npm packages that the script fetches once into a temporary folder, so that nobody is charged for
a network. A time is the later of the load event and the end of the last long task; the fastest round of each counts, and all are opened in
turn. The processor time is that of the page's own thread until it rests, which other work on the machine cannot stretch. Needs the
development tools, a Chromium and npm; `geopandas.explore` joins where its matplotlib and mapclassify are installed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import factories  # noqa: E402
import folium  # noqa: E402
import geopandas as gpd  # noqa: E402
from folium.plugins import FastMarkerCluster, MarkerCluster  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from geo import draw  # noqa: E402
from geo.draw import document  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.model import Record

PACKAGES = ("leaflet@1.9.3", "jquery@3.7.1", "leaflet.markercluster@1.1.0")
SERVED = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
}
LAST_TASK = """
window.lastTask = 0;
const note = (one) => { window.lastTask = Math.max(window.lastTask, one.startTime + one.duration); };
new PerformanceObserver((list) => list.getEntries().forEach(note))
  .observe({ entryTypes: ["longtask"] });
"""
READY = "Math.max(performance.timing.loadEventEnd - performance.timing.navigationStart, window.lastTask)"
HEAP = "(window.gc && gc(), performance.memory.usedJSHeapSize / 1e6)"
FILTER = """() => {
  const handle = document.querySelector(".track input");
  if (!handle) return null;
  const start = performance.now();
  handle.value = Number(handle.value) + 20;
  handle.dispatchEvent(new Event("input"));
  return performance.now() - start;
}"""
SETTLED_MS, MOST_MS = 1500, 180_000
SLOWEST = 20_000
"""More markers than this are not asked of what writes a script for each: that takes minutes and gigabytes."""


GOALS: dict[int, dict[str, float]] = {
    100: {"megabytes": 0.5, "ready_s": 0.5},
    1000: {"ready_s": 0.5},
    10_000: {"ready_s": 0.7, "filter_ms": 50},
    100_000: {"ready_s": 2.5, "heap_mb": 40},
}
"""The most that our page may cost, by the number of its records."""


class Opened(NamedTuple):
    """What one page cost: its size, the time to make it, until it answers, on the processor, its memory, and a step of its time filter."""

    megabytes: float
    made_s: float
    ready_s: float
    busy_s: float
    heap_mb: float
    filter_ms: float | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Make and open every page, print a table, write JSON where it is asked for."""
    parser = argparse.ArgumentParser(description="Open our page and folium's in the same Chromium.")
    parser.add_argument("--records", type=int, nargs="+", default=[100, 1000, 10_000, 100_000], metavar="N", help="records on the maps")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="rounds; the fastest of each counts (default: 1)")
    parser.add_argument("--json", metavar="FILE", help="write the figures here too")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        assets = _assets(Path(folder))
        found = {count: _compare(count, options.rounds, assets, Path(folder)) for count in options.records}
    print("| records | page | MB | made in s | answers after s | processor s | heap MB | time filter ms |")
    print("|---|---|---|---|---|---|---|---|")
    for count, pages in found.items():
        for name, one in pages.items():
            step = "" if one.filter_ms is None else f"{one.filter_ms:.0f}"
            times = f"{one.made_s:.1f} | {one.ready_s:.2f} | {one.busy_s:.2f}"
            print(f"| {count:,} | {name} | {one.megabytes:.2f} | {times} | {one.heap_mb:.0f} | {step} |")
    for count, pages in found.items():
        for name, most in GOALS.get(count, {}).items():
            cost = getattr(pages["ours"], name)
            print(f"{count:,} records, {name}: {cost:.2f} of {most:g}, {'met' if cost <= most else 'NOT met'}")
        print(f"{count:,} records, kB: " + ", ".join(f"{name} {size / 1000:,.0f}" for name, size in _parts(count).items()))
    if options.json:
        Path(options.json).write_text(
            json.dumps({n: {k: v._asdict() for k, v in p.items()} for n, p in found.items()}, indent=1), encoding="utf-8"
        )
    return 0


def _parts(count: int) -> dict[str, int]:
    """Weigh the parts of our page."""
    page = draw.page(factories.many(count))
    script, style, _ = document.bundle()
    data = document.unpack(page)
    blocks = document.blocks(page)
    sizes = {
        "script": len(script.encode()),
        "style": len(style.encode()),
        "land and names": len(document.pack(data["base"])),
        "zones": len(document.pack(data["zones"])),
        "panels": sum(map(len, blocks[1:])),
    }
    return {**sizes, "records and the rest": len(page.encode()) - sum(sizes.values())}


def _assets(folder: Path) -> Path:
    """Fetch what folium's pages load."""
    npm = shutil.which("npm") or "npm"
    command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", "--silent", *PACKAGES]
    subprocess.run(command, check=True)
    return folder / "node_modules"


def _compare(count: int, rounds: int, assets: Path, folder: Path) -> dict[str, Opened]:
    """Make each page of so many records once, open all in turn."""
    dossier = factories.many(count)
    makers: dict[str, Callable[[], str]] = {"ours": lambda: draw.page(dossier)}
    makers |= {
        name: (lambda make=make: make(dossier.records)) for name, make in RIVALS.items() if count <= SLOWEST or make in (_fast, _geojson)
    }
    made: dict[str, tuple[Path, float]] = {}
    for name, make in makers.items():
        start = time.perf_counter()
        text = make()
        path = folder / f"{name.replace(' ', '-')}-{count}.html"
        path.write_text(text, encoding="utf-8")
        made[name] = path, time.perf_counter() - start
    best: dict[str, Opened] = {}
    for _ in range(rounds):
        for name, (path, seconds) in made.items():
            one = _open(path, seconds, assets)
            best[name] = min(best.get(name, one), one, key=lambda opened: opened.ready_s)
    return best


def _open(path: Path, made_s: float, assets: Path) -> Opened:
    """Open one page in a fresh browser, with nothing but those packages behind the network."""
    with sync_playwright() as playwright:
        flags = ["--disable-gpu", "--js-flags=--expose-gc", "--enable-precise-memory-info", "--host-resolver-rules=MAP * ~NOTFOUND"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(MOST_MS)
        page.add_init_script(LAST_TASK)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.route("**/*", lambda route: _serve(route, assets))
        page.goto(path.as_uri(), timeout=MOST_MS)
        ended = -1.0
        while (last := page.evaluate(READY)) > ended:
            ended = last
            page.wait_for_timeout(SETTLED_MS)
        busy = next(one["value"] for one in session.send("Performance.getMetrics")["metrics"] if one["name"] == "TaskDuration")
        ready, heap, step = ended / 1000, page.evaluate(HEAP), page.evaluate(FILTER)
        browser.close()
    return Opened(path.stat().st_size / 1e6, made_s, ready, busy, heap, step)


def _serve(route: Any, assets: Path) -> None:  # noqa: ANN401 - Playwright's route
    """Answer what is on disk or in the packages; refuse the rest."""
    address = route.request.url
    if address.startswith(("file:", "data:", "blob:")):
        route.continue_()
    elif (name := address.rsplit("/", 1)[-1]) in SERVED:
        route.fulfill(path=assets / SERVED[name])
    else:
        route.abort()


def _map() -> folium.Map:
    """Give an empty map without tiles, as an offline page has to be."""
    return folium.Map([14, -74], zoom_start=5, tiles=None, maxZoom=18)


def _text(record: Record) -> str:
    """Give what a popup shows."""
    return f"{record.title}<br>{record.date_start}<br>{record.where_text}<br>{record.evidence[0].text}"


def _markers(records: Sequence[Record]) -> str:
    """Draw folium's plain markers."""
    drawn = _map()
    for record in records:
        folium.Marker([record.latitude, record.longitude], popup=_text(record)).add_to(drawn)
    return str(drawn.get_root().render())


def _clusters(records: Sequence[Record]) -> str:
    """Draw folium's clustered markers."""
    drawn = _map()
    MarkerCluster([[r.latitude, r.longitude] for r in records], popups=[_text(r) for r in records]).add_to(drawn)
    return str(drawn.get_root().render())


def _fast(records: Sequence[Record]) -> str:
    """Draw folium's fast clusters, whose callback puts the text on a marker."""
    drawn = _map()
    callback = "function (row) { return L.marker(new L.LatLng(row[0], row[1])).bindPopup(row[2]); }"
    FastMarkerCluster([[r.latitude, r.longitude, _text(r)] for r in records], callback=callback).add_to(drawn)
    return str(drawn.get_root().render())


def _geojson(records: Sequence[Record]) -> str:
    """Draw folium's GeoJSON circles on a canvas."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [r.longitude, r.latitude]},
            "properties": {"title": r.title, "when": r.date_start, "where": r.where_text, "evidence": r.evidence[0].text},
        }
        for r in records
    ]
    drawn = folium.Map([14, -74], zoom_start=5, tiles=None, maxZoom=18, prefer_canvas=True)
    popup = folium.GeoJsonPopup(["title", "when", "where", "evidence"])
    folium.GeoJson({"type": "FeatureCollection", "features": features}, marker=folium.CircleMarker(radius=5), popup=popup).add_to(drawn)
    return str(drawn.get_root().render())


def _explore(records: Sequence[Record]) -> str:
    """Draw what geopandas makes of a frame."""
    told = {
        "title": [r.title for r in records],
        "when": [r.date_start for r in records],
        "where": [r.where_text for r in records],
        "evidence": [r.evidence[0].text for r in records],
    }
    points = gpd.points_from_xy([r.longitude for r in records], [r.latitude for r in records])
    drawn = gpd.GeoDataFrame(told, geometry=points, crs="EPSG:4326").explore(tiles=None, popup=True, map_kwds={"maxZoom": 18})
    return str(drawn.get_root().render())


EXPLORES = all(map(find_spec, ("matplotlib", "mapclassify")))
RIVALS: dict[str, Callable[[Sequence[Record]], str]] = {
    "folium Marker": _markers,
    "MarkerCluster": _clusters,
    "FastMarkerCluster": _fast,
    "GeoJson on canvas": _geojson,
    **({"geopandas.explore": _explore} if EXPLORES else {}),
}

if __name__ == "__main__":
    sys.exit(main())
