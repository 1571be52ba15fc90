"""Text in, an honest map out: places, incidents and deployments in reports, offline, with their uncertainty and their sources.

The verbs of the command line, from nouns to nouns. Each is loaded when it is first asked for, so `import geo` costs next to nothing.

>>> import geo
>>> reading = geo.analyse(geo.Report("a", "A boat sank off Aruba."), records=False)
>>> reading.matches[0].place.name
'Aruba'
>>> geo.frame(geo.Dossier((reading,))).crs.to_string()
'OGC:CRS84'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo import corrections, explain, export, gazetteer, merge, read, store, zones
    from geo.draw import Drawing as _Drawing
    from geo.export import frame
    from geo.model import Deployment, Dossier, Incident, Reading, Report, Source
    from geo.pipeline import analyse, dossier

    # A module that can be called, which no type checker would believe of its file.
    draw: _Drawing

__version__ = "0.1.0"

__all__ = [
    "Deployment", "Dossier", "Incident", "Reading", "Report", "Source",
    "analyse", "corrections", "dossier", "draw", "explain", "export", "frame", "gazetteer", "merge", "read", "store", "zones",
]  # fmt: skip

_HOMES = {
    "analyse": "pipeline", "dossier": "pipeline", "frame": "export",
    **dict.fromkeys(("Deployment", "Dossier", "Incident", "Reading", "Report", "Source"), "model"),
}  # fmt: skip

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load a module of the list, or a name out of its module, on first use."""
        if name not in __all__:
            message = f"module 'geo' has no attribute {name!r}"
            raise AttributeError(message)
        module = importlib.import_module(f"geo.{_HOMES.get(name, name)}")
        return getattr(module, name) if name in _HOMES else module

    def __dir__() -> list[str]:
        """List what can be asked for."""
        return sorted([*globals(), *__all__])
