"""Take the picture of the README: the page of the sample report, light and dark. `make picture` (needs a Chromium)."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

import browser
import golden
from playwright.sync_api import sync_playwright

IMAGES = golden.ROOT / "docs" / "images"
SIZE = {"width": 1100, "height": 620}
SMALLER = """async (png) => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL("image/webp", 0.85).split(",")[1];
}"""
"""A screenshot is a PNG of 200 kB; the browser itself writes it as WebP, in a quarter of that."""


def main() -> None:
    """Draw the page anew, open it in either scheme, and write what is seen."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_text(golden.page(golden.SEEDS / "caribbean-strikes.md"), encoding="utf-8", newline="")
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=browser.FLAGS)
        for scheme in ("light", "dark"):
            page = chromium.new_page(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce", locale="en-GB")
            page.goto(path.as_uri())
            page.wait_for_selector("html[data-ready]")
            png = base64.b64encode(page.screenshot()).decode()
            # The page's own policy lets nothing be fetched, data neither.
            blank = chromium.new_page()
            (IMAGES / f"demo-{scheme}.webp").write_bytes(base64.b64decode(blank.evaluate(SMALLER, png)))
        chromium.close()


if __name__ == "__main__":
    main()
