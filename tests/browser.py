"""Drive a real Chromium over pages on disk, with the network cut twice and every request, error and refusal written down."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOCAL = ("file:", "data:", "blob:", "about:")
DESKTOP, PHONE = (1280, 800), (360, 740)
FLAGS = [
    "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip


@dataclass
class Visit:
    """A page that is open, and what it did."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """Demand that the page asked for nothing and complained of nothing."""
        assert self.requests == []
        assert self.complaints == []


def executable() -> str:
    """Find a Chromium: none is a reason to skip on a desk, and a failure where CI promises one."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium is installed, and CI has to have one")
    if found is None:
        pytest.skip("no Chromium is installed; set CHROMIUM to its path")
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start one browser for all tests."""
    path = executable()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a skip must not need it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Callable[..., Any]:
    """Open HTML from disk in a fresh profile: `with visit(html) as seen: seen.page...`."""

    @contextmanager
    def opened(
        html: str,
        *,
        size: tuple[int, int] = DESKTOP,
        scheme: str = "light",
        address: str = "",
        before: str = "",
        ready: bool = True,
        answers: dict[str, Callable[[Any], None]] | None = None,
        **options: Any,
    ) -> Iterator[Visit]:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, device_scale_factor=1, locale="en-GB", timezone_id="UTC",
            color_scheme=scheme, **{"reduced_motion": "reduce", **options},
        )  # fmt: skip
        context.route("**/*", lambda route: route.continue_() if route.request.url.startswith(LOCAL) else route.abort())
        for pattern, answer in (answers or {}).items():
            context.route(pattern, answer)
        seen = Visit(context.new_page())
        seen.page.on("request", lambda request: seen.requests.append(request.url) if not request.url.startswith(LOCAL) else None)
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("console", lambda message: seen.complaints.append(message.text) if message.type in {"error", "warning"} else None)
        seen.page.on("dialog", lambda dialog: (seen.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        if before:
            seen.page.add_init_script(before)
        try:
            seen.page.goto(path.as_uri() + address)
            if ready:
                seen.page.wait_for_selector("html[data-ready]")
            yield seen
        finally:
            context.close()

    return opened
