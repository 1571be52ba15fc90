"""Put data, script and style into one HTML file that asks the network for nothing and runs nothing but its own script."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from typing import TYPE_CHECKING, Any

from geo import layers
from geo.draw import columns
from geo.errors import LayerError, PageError

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = re.compile(r'<script type="application/json"[^>]*>"([^"]*)"</script>')

_DOCUMENT = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="incident-mapper">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<noscript><p>This map is drawn by a script inside this file, and scripts are off here. Open the file in a browser.</p></noscript>
<script type="application/json" id="data">"{data}"</script>{panels}
<script>{script}</script>
</body>
</html>
"""


def bundle() -> tuple[str, str, str]:
    """Give the page's script, style and third-party notices.

    Raises
    ------
    PageError
        The bundle is not built: this installation was made without npm.

    """
    try:
        path = layers.built("page")
    except LayerError as error:
        message = "the page's script is not built; install a released wheel, or run `make page` with npm in reach"
        raise PageError(message) from error
    return _read(path, "page.js"), _read(path, "page.css"), _read(path, "NOTICES.txt")


def assemble(data: dict[str, Any], *, script: str, style: str, origin: str = "") -> str:
    """Write the file: the same data, script and style give the same bytes. Pictures may come from one origin, if any is named."""
    # Both stand inside elements that end at their closing tag, wherever it occurs.
    if "</script" in script.lower() or "</style" in style.lower():
        message = "the page's bundle holds a closing tag; build it again with `make page`"
        raise PageError(message)
    rows = data.get("records", [])
    core = {**data, "records": columns.columns(rows)}
    panels = "".join(f'\n<script type="application/json" class="panels">"{pack(part)}"</script>' for part in columns.parts(rows))
    # Half an emoji, cut by whoever made the report, cannot be written to a file.
    title = html.escape(data["title"]).encode("utf-8", "replace").decode("utf-8")
    return _DOCUMENT.format(
        language=data.get("language", "en"),
        policy=_policy(script, style, origin),
        title=title,
        style=style,
        data=pack(core),
        panels=panels,
        script=script,
    )


def pack(data: Any) -> str:  # noqa: ANN401 - any JSON
    """Write data as JSON, gzip, base64: characters that no parser of HTML can take for a tag."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    packed = gzip.compress(text.encode("utf-8", "replace"), 9, mtime=0)
    # Byte 9 names the system that packed it (RFC 1952, 2.3.1), which Python versions write differently: unknown.
    return base64.b64encode(packed[:9] + b"\xff" + packed[10:]).decode("ascii")


def unpack(page: str) -> dict[str, Any]:
    """Read a page's data back, the records as rows.

    >>> unpack(assemble({"title": "t", "records": []}, script="", style=""))["title"]
    't'
    """
    parts = [json.loads(gzip.decompress(base64.b64decode(text))) for text in blocks(page)]
    return {**parts[0], "records": columns.rows(parts[0]["records"], parts[1:])}


def blocks(page: str) -> list[str]:
    """Give a page's blocks of data as they are packed: first what it opens with, then the panels of its records."""
    return _BLOCK.findall(page)


def _policy(script: str, style: str, origin: str) -> str:
    """Allow this script and this style by their hashes, pictures made by the page or from one origin, and nothing else."""
    rules = (
        "default-src 'none'",
        f"script-src '{_hash(script)}'",
        f"style-src '{_hash(style)}'",
        f"img-src data: blob: {origin}".rstrip(),
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _hash(text: str) -> str:
    """Hash an inline element as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _read(path: Path, name: str) -> str:
    """Read a file of the bundle."""
    return (path / name).read_text(encoding="utf-8")
