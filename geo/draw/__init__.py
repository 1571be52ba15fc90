"""Draw a `Dossier` or a GeoDataFrame as one self-contained page: no request, no script but its own, the same bytes for the same input."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from geo.draw import care, document, payload, tiles
from geo.draw.language import LANGUAGES, spoken, table
from geo.errors import UsageError
from geo.model import Deployment, Dossier, Incident, Reading, Record, Report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    import folium
    import geopandas as gpd

    from geo.draw.sheet import Named

__all__ = ["draw", "page", "page_of_frame"]


def page(
    dossier: Dossier,
    *,
    title: str | None = None,
    full_text: bool = False,
    reviewed_only: bool = False,
    coarsen_km: float = care.COARSEN_KM,
    delay_hours: float = 0,
    language: str = "en",
    tiles_url: str | None = None,
) -> str:
    """Write the map of a Dossier as one HTML file.

    Parameters
    ----------
    dossier
        What was read; nothing else is consulted but the basemap and the zones.
    title
        The heading; by default the records and reports are counted.
    full_text
        Carry the reports' whole texts, and say so; by default only the evidence sentences are carried.
    reviewed_only
        Leave off every record that no person has confirmed or corrected.
    coarsen_km
        Smallest circle around homes, shelters, hospitals, schools and camps.
    delay_hours
        Leave off what may be newer than this many hours before the newest report.
    language
        Language of the page and of what it says of records: en, es or fr. Quotations stay as they are.
    tiles_url
        Address of online map tiles, with {z}, {x} and {y}: the one case in which the page asks the network, and says so.

    Raises
    ------
    PageError
        The page's script is not built.
    LayerError
        The basemap is not built.

    >>> from geo.model import Dossier
    >>> page(Dossier()).startswith("<!doctype html>")
    True

    """
    if full_text and delay_hours > 0:
        message = "whole texts would tell what the delay holds back; leave out --full-text or --delay"
        raise UsageError(message)
    _check_language(language)
    for name, amount in (("--coarsen", coarsen_km), ("--delay", delay_hours)):
        if not 0 <= amount < float("inf"):
            message = f"{name} is {amount!r}; give a number of 0 or more"
            raise UsageError(message)
    dossier, coarse = care.coarsened(dossier, coarsen_km)
    with spoken(language):
        data = payload.build(dossier, title=title, full_text=full_text, reviewed_only=reviewed_only, delay_hours=delay_hours)
    return _page(data | {"coarsened": [coarse, coarsen_km]}, language, tiles_url)


def page_of_frame(
    frame: gpd.GeoDataFrame, *, title: str | None = None, language: str = "en", tiles_url: str | None = None, **named: Unpack[Named]
) -> str:
    """Write the map of a GeoDataFrame that somebody else made as one HTML file, with all its columns.

    Parameters
    ----------
    frame
        Rows with points, lines, surfaces or a mixture, in any CRS; one that is not said is an error.
    title, language, tiles_url
        As for `page`.
    **named
        `title_column`, `text_column`, `date_column`, `end_column`, `kind_column`, `uncertainty_column` (metres): where they are not named,
        columns with usual names are taken (`title` or `name`, `text` or `description`, `date`, ...), whatever their capitals.

    Raises
    ------
    UsageError
        The frame has no geometry or no CRS, or lacks a column that was named.

    >>> import geopandas
    >>> ships = geopandas.GeoDataFrame({"name": ["Heron"]}, geometry=geopandas.points_from_xy([-70.1], [12.9]), crs="EPSG:4326")
    >>> "1 record of a table" in page_of_frame(ships)
    True

    """
    from geo.draw import rows  # noqa: PLC0415 - loads geopandas, which a map of reports does without

    _check_language(language)
    with spoken(language):
        data = rows.build(frame, title=title, named=named)
    return _page(data, language, tiles_url)


def _check_language(language: str) -> None:
    """Refuse a language that the page has no words in."""
    if language not in LANGUAGES:
        message = f"the page has no words in {language!r}; give one of {', '.join(LANGUAGES)}"
        raise UsageError(message)


def _page(data: dict[str, Any], language: str, tiles_url: str | None) -> str:
    """Put the data into the page, which may ask for pictures at one origin, if at any."""
    online = tiles.read(tiles_url) if tiles_url else None
    script, style, notices = document.bundle()
    with spoken(language):
        said = tiles.said(online) if online else None
    data |= {"language": language, "words": table(language, script), "notices": notices, "tiles": said}
    return document.assemble(data, script=script, style=style, origin=online.origin if online else "")


def draw(data: Dossier | Iterable[Incident | Deployment] | gpd.GeoDataFrame, **options: Any) -> folium.Map:  # noqa: ANN401 - those of the page
    """Give the page as a `folium.Map`, for notebooks and for code that saves or embeds one; `geo.draw(...)` is the same.

    Parameters
    ----------
    data
        A `Dossier`; some of its records, or those of a store; or any GeoDataFrame (see `page_of_frame`).
    **options
        Those of `page`, and for a frame those of `page_of_frame`.

    >>> draw(Dossier()).get_root().render().startswith("<!doctype html>")
    True

    """
    from geo.draw import notebook  # noqa: PLC0415 - half a second of imports that the command line never needs

    if isinstance(data, Dossier):
        return notebook.wrap(page(data, **options))
    # Not asked by its class: that would load geopandas for every map.
    given: Any = data
    if not hasattr(data, "to_crs"):
        return notebook.wrap(page(_dossier(given), **options))
    return notebook.wrap(page_of_frame(given.to_frame("geometry") if given.ndim == 1 else given, **options))


def _dossier(records: Iterable[Incident | Deployment]) -> Dossier:
    """Put records under the reports that they come from, as far as they know them."""
    if hasattr(records, "columns"):
        message = (
            "a table without geometry cannot be drawn; make it one with geometry: "
            "geopandas.GeoDataFrame(table, geometry=geopandas.points_from_xy(table['lon'], table['lat']), crs='EPSG:4326')"
        )
        raise UsageError(message)
    found: dict[str, list[Incident | Deployment]] = {}
    for record in records if not isinstance(records, Record) else [records]:
        if not isinstance(record, Incident | Deployment):
            message = f"{type(record).__name__!r} cannot be drawn; give a Dossier, records of one, or a GeoDataFrame"
            raise UsageError(message)
        found.setdefault(record.evidence[0].report_id, []).append(record)
    return Dossier(tuple(_reading(name, told) for name, told in found.items()))


def _reading(name: str, told: list[Incident | Deployment]) -> Reading:
    """Give the reading of a report of which only the records are at hand."""
    incidents = tuple(record for record in told if isinstance(record, Incident))
    deployments = tuple(record for record in told if isinstance(record, Deployment))
    return Reading(Report(name, "", told[0].source), incidents=incidents, deployments=deployments)


class Drawing(ModuleType):
    """Make this module a thing that can be called: `geo.draw(dossier)` is `geo.draw.draw(dossier)`."""

    def __call__(self, data: Dossier | Iterable[Incident | Deployment] | gpd.GeoDataFrame, **options: Any) -> folium.Map:  # noqa: ANN401
        """Draw."""
        return draw(data, **options)


sys.modules[__name__].__class__ = Drawing
