"""Make a layer of Marine Regions' files, which a user has downloaded: verified, laid over each other, then stored as our own are.

The files are World_EEZ, World_12NM, World_24NM and World_High_Seas, each a shapefile or a GeoPackage, zipped or not; each is kept, so that
one added later joins those added before. What no file says stays ours: land, and without 12 and 24 nm files those limits (see `geo.areas`).
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from . import driver, waters
from .npm import BuildError
from .official_faces import Held, pieces
from .zones_store import FORMAT, Atom, Row, arrays

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from numpy.typing import NDArray

    from .official_faces import Landward

NAME = "official-zones"
SUFFIXES = frozenset({".shp", ".gpkg"})
ATTRIBUTION = "Flanders Marine Institute, Maritime Boundaries Geodatabase (marineregions.org), CC BY 4.0"
KINDS = {
    "12nm": ("territorial_sea", r"12.?nm|territorial"),
    "24nm": ("contiguous_zone", r"24.?nm|contiguous"),
    "high_seas": ("high_seas", r"high.?seas"),
    "eez": ("eez", r"eez|200.?nm|exclusive.economic"),
}
"""What a file may hold: the zone type that it becomes, and the words that tell it by, in the order to look."""

_OTHERS = re.compile(r"land|union|iho|ecs|internal|archipelagic|boundaries", re.IGNORECASE)
"""Files of Marine Regions whose names would be taken for one of those."""

_DEGREES = frozenset({("EPSG", "4326"), ("OGC", "CRS84")})
_ROUNDING_DEG = 1e-6
_OVERLAP_DEG2 = 1e-4
"""Zones may overlap by so much (about 1 km2): the file's own lines are not noded."""


def recognises(path: Path) -> bool:
    """Say whether a file may hold official zones: by its kind, by what a zip or a folder holds, or else by its name."""
    if (path.is_dir() or zipfile.is_zipfile(path)) and _members(path):
        return True
    return path.suffix.lower() in SUFFIXES or _kind(path.stem) is not None


def add(path: Path, cache: Path, progress: Callable[[str], None], landward: Landward) -> str:
    """Verify a file and store it, over what was added before, as a layer in the user's folder; give the words that say what came of it.

    `landward` says of points which of our waters within 12 nm they lie in (none: beyond).

    Raises
    ------
    BuildError
        The file cannot be read, is of no known kind, has another CRS, lacks an attribute, or its zones are broken or overlap.

    """
    progress(f"reading {path.name}")
    kind, frame = _read(path)
    progress(f"verifying {len(frame)} zones")
    _verify(kind, frame)
    if kind == "24nm" and "eez" not in _made_of(cache / NAME):
        message = f"{path.name!r} holds contiguous zones, which lie over EEZs that are not there yet; add World_EEZ first"
        raise BuildError(message)
    cache.mkdir(parents=True, exist_ok=True)
    with driver.locked(cache, wait=False):
        for left in cache.glob(f".{NAME}.*"):
            shutil.rmtree(left)
        progress("writing and indexing")
        made_of = _beside(kind, frame, path.stem, cache, landward)
    return _told(kind, path, len(frame), made_of)


def _beside(kind: str, frame: gpd.GeoDataFrame, stem: str, cache: Path, landward: Landward) -> dict[str, str]:
    """Make the layer of this file and those added before in a folder beside the old one, and rename it into place."""
    made_of = {**_made_of(cache / NAME), kind: stem}
    with tempfile.TemporaryDirectory(dir=cache, prefix=f".{NAME}.") as folder:
        fresh = Path(folder) / NAME
        fresh.mkdir()
        frame.to_file(fresh / f"{kind}.gpkg")
        for each in made_of.keys() - {kind}:
            shutil.copyfile(cache / NAME / f"{each}.gpkg", fresh / f"{each}.gpkg")
        held = {each: _held(each, frame if each == kind else _kept(fresh / f"{each}.gpkg")) for each in KINDS if each in made_of}
        _write(fresh, pieces(held, landward), made_of)
        driver.swap(fresh, cache / NAME)
    return made_of


def remove(cache: Path) -> bool:
    """Take the official zones away again; say whether there were any."""
    there = (cache / NAME).is_dir()
    if there:
        shutil.rmtree(cache / NAME)
    return there


def _told(kind: str, path: Path, count: int, made_of: dict[str, str]) -> str:
    """Say what a file was taken for, and what it stands together with."""
    words = f"added {NAME}: {count} zones of {path.name}, taken for {KINDS[kind][0]}"
    if others := [name for each, name in made_of.items() if each != kind]:
        words += f"; together with {', '.join(others)}"
    return f"{words}; {ATTRIBUTION}"


def _made_of(out: Path) -> dict[str, str]:
    """Read which files were added before, by kind; of a damaged layer none are known, and it is made anew."""
    try:
        made_of: dict[str, str] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["made_of"]
    except (OSError, ValueError, LookupError):
        return {}
    return {kind: name for kind, name in made_of.items() if (out / f"{kind}.gpkg").is_file()}


def _members(path: Path) -> list[str]:
    """List the shapefiles and GeoPackages in a zip or a folder."""
    return [name for name in _beside_each_other(path) if name.lower().endswith((".shp", ".gpkg")) and not name.startswith("__MACOSX")]


def _beside_each_other(path: Path) -> list[str]:
    """List the files in a zip or a folder, or those beside a file."""
    if path.suffix.lower() == ".zip" and path.is_file():
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    return [file.name for file in (path if path.is_dir() else path.parent).iterdir()]


def _check_parts(path: Path) -> None:
    """Refuse what is not there, a folder, and a shapefile without the files that belong to it."""
    if path.is_dir():
        message = f"{path.name!r} is a folder; name the file in it: {', '.join(_members(path))}"
        raise BuildError(message)
    if not path.exists():
        message = f"no file {str(path)!r}; check the path"
        raise BuildError(message)
    there = {name.lower() for name in _beside_each_other(path)}
    shapes = _members(path) if path.suffix.lower() == ".zip" else [path.name]
    for shape in (name for name in shapes if name.lower().endswith(".shp")):
        if missing := [suffix for suffix in (".shx", ".dbf", ".prj") if f"{shape[:-4].lower()}{suffix}" not in there]:
            message = (
                f"{path.name!r} lacks the {' and the '.join(missing)} of its shapefile {shape!r}; keep the files of a shapefile together,"
                " or add the zip as it was downloaded"
            )
            raise BuildError(message)


def _polygons(path: Path) -> list[tuple[str, str]]:
    """List the layers of polygons in a file or zip: where each is, and its name."""
    import pyogrio  # noqa: PLC0415 - only this verb needs it

    zipped = path.suffix.lower() == ".zip"
    places = [f"/vsizip/{path}/{member}" for member in _members(path)] if zipped else [str(path)]
    return [(place, name) for place in places for name, kind in pyogrio.list_layers(place).tolist() if "Polygon" in str(kind)]


def _kind(*names: str) -> str | None:
    """Tell what a file holds by the first of some names that says so."""
    for name in names:
        if not _OTHERS.search(name):
            for kind, (_, words) in KINDS.items():
                if re.search(words, name, re.IGNORECASE):
                    return kind
    return None


def _read(path: Path) -> tuple[str, gpd.GeoDataFrame]:
    """Read the file with attributes in lower case; tell what it holds, and say what it lacks."""
    import geopandas as gpd  # noqa: PLC0415 - only this verb needs it

    try:
        _check_parts(path)
        layers = _polygons(path)
        known = [(place, name) for place, name in layers if _kind(name)] or layers[:1]
        frame = gpd.read_file(known[0][0], layer=known[0][1]) if known else None
    except BuildError:
        raise
    except Exception as error:
        # The drivers say what they were doing before what went wrong, and then once more.
        reason = str(error).rsplit("failed: ", 1)[-1].split(";")[0].rstrip(".")
        message = f"{path.name!r} cannot be read as a shapefile or GeoPackage ({reason}); download it again from marineregions.org"
        raise BuildError(message) from error
    if frame is None:
        message = f"{path.name!r} holds no polygons; give World_EEZ, World_12NM, World_24NM or World_High_Seas"
        raise BuildError(message)
    frame = frame.rename(columns={name: name.lower() for name in frame.columns if name != frame.geometry.name})
    if frame.crs is None or frame.crs.to_authority() not in _DEGREES:
        message = f"{path.name!r} has the CRS {frame.crs and frame.crs.name!r}, not WGS 84; export it in EPSG:4326"
        raise BuildError(message)
    kind = _kind(known[0][1], path.stem) or _kind_of_words(path, frame)
    wanted = set() if kind == "high_seas" else {"geoname", "iso_sov1"}
    if missing := wanted - set(frame.columns):
        lacking = min(missing).upper()
        message = f"{path.name!r} lacks the attribute {lacking!r}; give the file as Marine Regions made it (the EEZ of version 11 or 12)"
        raise BuildError(message)
    columns = [name for name in frame.columns if name in {"mrgid", "geoname", "pol_type"} or re.fullmatch(r"iso_(ter|sov)[123]", name)]
    return kind, frame[[*columns, frame.geometry.name]]


def _kind_of_words(path: Path, frame: gpd.GeoDataFrame) -> str:
    """Tell what a renamed file holds by the names and types of its zones."""
    texts = [" ".join(str(record.get(name) or "") for name in ("geoname", "name", "pol_type")) for record in frame.to_dict("records")]
    told = Counter(kind for text in texts if (kind := _kind(text)))
    if not told or _OTHERS.search(path.stem):
        message = (
            f"what {path.name!r} holds cannot be told from its name or its zones; only exclusive economic zones, 12 and 24 nm"
            " zones and high seas are read: give World_EEZ, World_12NM, World_24NM or World_High_Seas by the name it came with"
        )
        raise BuildError(message)
    return told.most_common(1)[0][0]


def _kept(path: Path) -> gpd.GeoDataFrame:
    """Read a file that was added before."""
    import geopandas as gpd  # noqa: PLC0415 - only this verb needs it

    return gpd.read_file(path)


def _verify(kind: str, frame: gpd.GeoDataFrame) -> None:
    """Check that every zone is a sound polygon on the globe and that no EEZ lies over another."""
    shapes = np.asarray(frame.geometry, dtype=object)
    names = frame["geoname"].tolist() if "geoname" in frame.columns else [f"zone {number}" for number in range(len(frame))]
    faults = {"has no area": shapely.is_empty(shapes) | shapely.is_missing(shapes), "crosses itself": ~shapely.is_valid(shapes)}
    for fault, bad in faults.items():
        if bad.any():
            message = f"{names[int(np.flatnonzero(bad)[0])]!r} {fault} ({int(bad.sum())} zones do); repair the file, or download it again"
            raise BuildError(message)
    west, south, east, north = shapely.total_bounds(shapes)
    # Version 11 itself reaches to 180.0000000001.
    if west < -180 - _ROUNDING_DEG or south < -90 or east > 180 + _ROUNDING_DEG or north > 90:
        message = f"the zones reach from {west:g}, {south:g} to {east:g}, {north:g}: these are no degrees; export the file in EPSG:4326"
        raise BuildError(message)
    if kind == "eez":
        _verify_apart(shapes, names)


def _verify_apart(shapes: NDArray[Any], names: list[str]) -> None:
    """Check that no zone lies over another."""
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = one < other
    shared = shapely.area(shapely.intersection(shapes[one[pairs]], shapes[other[pairs]]))
    if (shared > _OVERLAP_DEG2).any():
        worst = int(np.argmax(shared))
        first, second = names[int(one[pairs][worst])], names[int(other[pairs][worst])]
        message = f"{first!r} and {second!r} overlap; the official file declares its overlaps as zones of their own, download it again"
        raise BuildError(message)


def _held(kind: str, frame: gpd.GeoDataFrame) -> Held:
    """Give the shapes of a file and the zones of each."""
    rows = [_rows(kind, record) for record in frame.drop(columns=frame.geometry.name).to_dict("records")]
    return Held(tuple(rows), np.asarray(frame.geometry, dtype=object))


def _rows(kind: str, record: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Write the zones of one polygon: one for each state that holds or claims it."""
    name = _text(record.get("geoname")) or "High Seas"
    basis = f"Marine Regions {_text(record.get('mrgid')) or ''}: {name}".replace(" :", ":")
    same = {"basis": basis, "claimed_breadth_nm": None, "strait": None}
    if kind == "high_seas":
        return ({"zone_type": kind, "territory": None, "sovereign": None, "status": "agreed", **same},)
    found: dict[tuple[str, str], None] = {}
    for number in "123":
        sovereign = _text(record.get(f"iso_sov{number}"))
        # Of an island that two states claim the file gives the island twice, each time with another sovereign.
        if territory := _text(record.get(f"iso_ter{number}")) or sovereign:
            found[territory, sovereign or territory] = None
    words = f"{_text(record.get('pol_type'))} {name}".lower()
    status = "joint" if "joint" in words else "disputed" if "overlap" in words or len(found) > 1 else "agreed"
    same |= {"status": status}
    return tuple({"zone_type": KINDS[kind][0], "territory": code, "sovereign": sovereign, **same} for code, sovereign in found)


def _text(value: object) -> str | None:
    """Read an attribute that may be missing; whole numbers without their point."""
    if value is None or value != value:  # noqa: PLR0124 - not a number is not itself
        return None
    return str(int(value)) if isinstance(value, float) else str(value)


def _write(out: Path, found: dict[str, list[shapely.Polygon]], made_of: dict[str, str]) -> None:
    """Write the layer and its lookup as our own are written; areas of the same zones are one."""
    atoms = [Atom((Row("eez", None, "", "", None),), shapely.multipolygons(parts)) for parts in found.values()]
    np.savez_compressed(out / "zones.npz", **arrays(atoms))
    numbers: dict[str, int] = {}
    held = [[numbers.setdefault(json.dumps(row), len(numbers)) for row in json.loads(key)] for key in found]
    table = {"atoms": held, "rows": [json.loads(row) for row in numbers]}
    (out / "zones.json").write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    waters.write(out, out / "waters")
    made = sorted(path for path in out.rglob("*") if path.is_file() and path.suffix != ".gpkg")
    files = {path.relative_to(out).as_posix(): driver.digest(path) for path in made}
    bounds = shapely.total_bounds([atom.area for atom in atoms])
    manifest = {
        "name": NAME, "format": FORMAT, "layer_version": " + ".join(made_of.values()), "made_of": made_of, "files": files,
        "crs": "EPSG:4326", "attribution": ATTRIBUTION, "window": [round(float(value), 5) for value in bounds],
    }  # fmt: skip
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
