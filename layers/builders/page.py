"""Bundle the page's code and styles: one script and one style sheet out of `geo/page/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import npm

if TYPE_CHECKING:
    from pathlib import Path

INPUTS: tuple[str, ...] = ("geo/page",)
"""The whole folder without `node_modules`: sources, lock, bundling script."""


def build(*, out: Path, node_modules: Path) -> None:
    """Write `page.js`, `page.css` and the notices of what they contain into `out`.

    The packages come from the page's own lock; `node_modules` is that folder, installed.

    Raises
    ------
    BuildError
        The bundler failed; its first line of complaint is in the message.

    """
    node = npm.find()
    command = [node.command("node"), "build.mjs", str(out)]
    npm.run(command, cwd=node_modules.parent, node=node, what="bundling the page", cure="mend the source that it names, in geo/page/")
