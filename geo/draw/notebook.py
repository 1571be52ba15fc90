"""Dress the page as a `folium.Map`: `_repr_html_`, `.save()`, `.get_root().render()` and `.add_to()` give the self-contained page."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, NoReturn

import folium
from branca.element import Element, Figure

from geo.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

HEIGHT = 640
"""Pixels of a notebook cell's map."""


def wrap(text: str) -> folium.Map:
    """Give a finished page the manners of a folium map."""
    figure = PageFigure(text)
    figure.map = PageMap(text)
    figure.map._parent = figure  # noqa: SLF001 - `add_child` would put folium's own scripts, with their remote addresses, beside ours
    return figure.map


def frame(text: str) -> str:
    """Write the page into a frame; a frame keeps the page's policy and style apart from the notebook's."""
    return f'<iframe title="Map" srcdoc="{html.escape(text)}" style="width:100%;height:{HEIGHT}px;border:0"></iframe>'


class PageFigure(Figure):  # type: ignore[misc]
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


class PageMap(folium.Map):  # type: ignore[misc]
    """A folium map whose content is the page."""

    def __init__(self, text: str) -> None:
        super().__init__(tiles=None)
        self._text = text
        # folium counts on these; ours are inside the page.
        self.default_js, self.default_css = [], []

    def add_child(self, child: Any, name: str | None = None, index: int | None = None) -> NoReturn:  # noqa: ANN401
        """Refuse: a folium layer needs scripts from the network, which the page does not load."""
        message = f"{type(child).__name__!r} cannot be added to this page; build a folium.Map of your own from `geo.export.geojson(dossier)`"
        raise UsageError(message)

    def render(self, **_: Any) -> None:  # noqa: ANN401
        """Write a frame with the page into another figure; see `add_to`."""
        root = self.get_root()
        if not isinstance(root, PageFigure):
            root.html.add_child(Element(frame(self._text)), name=self.get_name())

    def save(self, outfile: str | Path | IO[bytes], close_file: bool = True, **_: Any) -> None:  # noqa: ANN401, FBT001, FBT002 - folium's signature
        """Write the page to a file."""
        data = self._text.encode("utf-8")
        if hasattr(outfile, "write"):
            outfile.write(data)
            if close_file:
                outfile.close()
            return
        from pathlib import Path  # noqa: PLC0415

        Path(outfile).write_bytes(data)

    def _repr_html_(self, **_: Any) -> str:  # noqa: ANN401
        return frame(self._text)
