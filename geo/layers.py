"""Find, open and verify the layers: our own tables and the indexes built from them."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo import settings
from geo.errors import LayerError

OFFICIAL = "official-zones"
"""The layer that `geo layers add` makes of Marine Regions' file."""

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer on disk and what its manifest says.

    `path` is its folder; `manifest` holds `format`, `layer_version`, `sources` and `files` (name -> SHA-256).
    """

    name: str
    path: Path
    manifest: dict[str, Any]


@lru_cache(maxsize=1)
def folder() -> Path:
    """Give the folder of the tables: inside the installed package, else beside a source checkout.

    Raises
    ------
    LayerError
        Neither is there: the installation is incomplete.

    """
    for candidate in (_HERE / "_layers", _HERE.parent / "layers"):
        if (candidate / "SOURCES.toml").is_file():
            return candidate
    message = "the layers are missing from this installation; install incident-mapper again"
    raise LayerError(message)


def cache_folder() -> Path:
    """Give the per-user folder for indexes built after the installation."""
    if override := os.environ.get(settings.CACHE_VARIABLE):
        return Path(override)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "incident-mapper"


def open_layer(name: str) -> Layer:
    """Open a built index (`gazetteer`, `basemap`, `coast`, `page`) or a committed layer (`zones`).

    Raises
    ------
    LayerError
        No folder of that name has a readable manifest of the expected format, a file of it is missing, or the lookup there (`waters`) is of
        other zones.

    """
    for path in (_HERE / "_built" / name, cache_folder() / name, folder() / name):
        manifest = path / "manifest.json"
        if manifest.is_file():
            layer = Layer(name, path, _read_manifest(name, manifest))
            if missing := [file for file in layer.manifest.get("files", ()) if not (path / file).is_file()]:
                raise damaged(layer.path, f"{missing[0]} is missing")
            if name != "waters" or _fits(layer):
                return layer
    message = f"the layer {name!r} is not built; run `geo layers build` once (it needs the build packages), or install a released wheel"
    raise LayerError(message)


def added() -> list[Layer]:
    """Give what the user added with `geo layers add`, by name; one that is damaged or of another format is an error.

    Raises
    ------
    LayerError
        A manifest cannot be read.

    """
    found = sorted(cache_folder().glob(f"{settings.ADDED_PREFIX}*/manifest.json"))
    return [Layer(path.parent.name, path.parent, _read_manifest(path.parent.name, path)) for path in found]


def credited(attribution: str) -> str:
    """Add to an attribution whom the official zones come from, where the user has added them."""
    path = cache_folder() / OFFICIAL / "manifest.json"
    return f"{attribution} Official zones: {_read_manifest(OFFICIAL, path)['attribution']}." if path.is_file() else attribution


def built(name: str) -> Path:
    """Give the folder of an index or layer; see `open_layer`."""
    return open_layer(name).path


def verify(layer: Layer) -> list[str]:
    """List the files of a layer whose bytes are not those of its manifest (empty: all is well)."""
    files: dict[str, str] = layer.manifest.get("files", {})
    return [name for name, digest in sorted(files.items()) if _sha256(layer.path / name) != digest]


def _fits(waters: Layer) -> bool:
    """Say whether a lookup was made of the zones that are here: of others, its numbers would name other areas and nobody would notice."""
    made_of = {source.get("sha256") for source in waters.manifest.get("sources", ())}
    return open_layer("zones").manifest["files"]["zones.npz"] in made_of


def damaged(folder: Path, fault: str) -> LayerError:
    """Give the error of a layer that cannot be read, with its cure."""
    cure = "add its files again" if folder.name == OFFICIAL else "run `geo layers build` or install again"
    return LayerError(f"the layer {folder.name!r} is damaged ({fault}); {cure}")


def _read_manifest(name: str, path: Path) -> dict[str, Any]:
    """Read a manifest; a damaged one or one of another format is an error that says so."""
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise damaged(path.parent, f"{path.name}: {error}") from error
    if manifest.get("format") != settings.LAYER_FORMAT:
        message = (
            f"the layer {name!r} has format {manifest.get('format')!r}, this version reads {settings.LAYER_FORMAT}; run `geo layers build`"
        )
        raise LayerError(message)
    return manifest


def _sha256(path: Path) -> str:
    """Hash a file's bytes; a missing file hashes to nothing."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
