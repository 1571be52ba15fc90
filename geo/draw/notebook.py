"""Dress the page as a `folium.Map`: `_repr_html_`, `.save()`, `.get_root().render()` and `.add_to()` give the self-contained page."""

from __future__ import annotations

import html
import os
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import folium
from branca.element import Element, Figure

from geo.errors import UsageError
from geo.whole import beside

HEIGHT = 640
"""Pixels of a notebook cell's map."""


def wrap(text: str) -> folium.Map:
    """Give a finished page the manners of a folium map."""
    figure = PageFigure(text)
    figure.map = PageMap(text)
    # Not `figure.add_child`: that puts folium's own scripts, with their remote addresses, beside ours.
    figure.map._parent = figure  # noqa: SLF001
    return figure.map


def frame(text: str) -> str:
    """Write the page into a frame, which keeps its policy and style apart from the notebook's."""
    return f'<iframe title="Map" srcdoc="{html.escape(text)}" style="width:100%;height:{HEIGHT}px;border:0"></iframe>'


class PageFigure(Figure):
    """A figure that renders to the page itself."""

    map: PageMap

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_: Any) -> str:  # noqa: ANN401 - branca's signature
        """Give the page."""
        return self._text

    def _repr_html_(self, **_: Any) -> str:  # noqa: ANN401
        return frame(self._text)


class PageMap(folium.Map):
    """A folium map whose content is the page."""

    def __init__(self, text: str) -> None:
        super().__init__(tiles=None)
        self._text = text
        # folium loads these from the network; ours are inside the page.
        self.default_js, self.default_css = [], []

    def add_child(self, child: Any, **_: Any) -> NoReturn:  # type: ignore[override]  # noqa: ANN401
        """Refuse: a folium layer needs scripts from the network, which the page does not load."""
        message = (
            f"{type(child).__name__!r} cannot be added to this page; build a folium.Map of your own from `geo.export.geojson(dossier)`"
        )
        raise UsageError(message)

    def render(self, **_: Any) -> str:  # noqa: ANN401
        """Give the page; inside another figure, put a frame with the page there too."""
        root = self.get_root()
        if isinstance(root, Figure) and not isinstance(root, PageFigure):
            root.html.add_child(Element(frame(self._text)), name=self.get_name())
        return self._text

    def save(self, outfile: str | bytes | Path | BinaryIO, close_file: bool = True, **_: Any) -> None:  # noqa: ANN401, FBT001, FBT002 - folium's signature
        """Write the page to a file, which appears whole or not at all."""
        data = self._text.encode("utf-8")
        if isinstance(outfile, str | bytes | Path):
            with beside(Path(os.fsdecode(outfile))) as draft:
                draft.write_bytes(data)
        else:
            outfile.write(data)
            if close_file:
                outfile.close()

    def _repr_html_(self, **_: Any) -> str:  # noqa: ANN401
        return frame(self._text)
