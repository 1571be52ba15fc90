"""Draw a `Dossier` as one self-contained page: no request, no script but its own, the same bytes for the same input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.draw import care, document, payload
from geo.draw.language import LANGUAGES, table
from geo.errors import UsageError

if TYPE_CHECKING:
    import folium

    from geo.model import Dossier

__all__ = ["draw", "page"]


def page(
    dossier: Dossier,
    *,
    title: str | None = None,
    full_text: bool = False,
    reviewed_only: bool = False,
    coarsen_km: float = care.COARSEN_KM,
    delay_hours: float = 0,
    language: str = "en",
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
        Language of the page's own words: en, es or fr. What is said of records stays in English, quotations as they are.

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
    if language not in LANGUAGES:
        message = f"the page has no words in {language!r}; give one of {', '.join(LANGUAGES)}"
        raise UsageError(message)
    for name, amount in (("--coarsen", coarsen_km), ("--delay", delay_hours)):
        if not 0 <= amount < float("inf"):
            message = f"{name} is {amount!r}; give a number of 0 or more"
            raise UsageError(message)
    script, style, notices = document.bundle()
    dossier, coarse = care.coarsened(dossier, coarsen_km)
    data = payload.build(dossier, title=title, full_text=full_text, reviewed_only=reviewed_only, delay_hours=delay_hours)
    data |= {"coarsened": [coarse, coarsen_km], "language": language, "words": table(language)}
    data["notices"] = notices
    return document.assemble(data, script=script, style=style)


def draw(dossier: Dossier, **options: Any) -> folium.Map:  # noqa: ANN401 - those of `page`
    """Give the same page as a `folium.Map`, for notebooks and for code that saves or embeds one; it takes what `page` takes.

    >>> from geo.model import Dossier
    >>> draw(Dossier()).get_root().render().startswith("<!doctype html>")
    True

    """
    from geo.draw import notebook  # noqa: PLC0415 - half a second of imports that the command line never needs

    return notebook.wrap(page(dossier, **options))
