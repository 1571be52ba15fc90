"""Make a layer of Marine Regions' file of exclusive economic zones, which a user has downloaded: verified, then stored as our own are.

The file is a shapefile (zipped or not) or a GeoPackage, with the attributes of its versions 11 or 12. Its polygons say whose a zone is;
land, high seas and the 12 and 24 nm limits inside it stay ours (see `geo.areas`).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from . import waters
from .npm import BuildError
from .zones_store import FORMAT, SCALE, Atom, Row, arrays

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

NAME = "official-zones"
SUFFIXES = frozenset({".shp", ".zip", ".gpkg"})
ATTRIBUTION = "Flanders Marine Institute, Maritime Boundaries Geodatabase (marineregions.org), CC BY 4.0"
_KINDS = {"200NM": "agreed", "Overlapping claim": "disputed", "Joint regime": "joint"}
_ROUNDING_DEG = 1e-6
_OVERLAP_DEG2 = 1e-4
"""Zones may overlap by so much (about 1 km2): the file's own lines are not noded."""


def recognises(path: Path) -> bool:
    """Say whether a file is of a kind that may hold official zones; a zip must hold a shapefile."""
    if path.suffix.lower() != ".zip" or not zipfile.is_zipfile(path):
        return path.suffix.lower() in SUFFIXES - {".zip"}
    with zipfile.ZipFile(path) as archive:
        return any(name.lower().endswith(".shp") for name in archive.namelist())


def add(path: Path, cache: Path, progress: Callable[[str], None]) -> str:
    """Verify a file and store it as a layer in the user's folder; give the words that say what came of it.

    Raises
    ------
    BuildError
        The file cannot be read, has another CRS, lacks an attribute, or its zones are broken or overlap.

    """
    progress(f"reading {path.name}")
    frame = _read(path)
    progress(f"verifying {len(frame)} zones")
    shapes = _verified(frame)
    rows = [_rows(record) for record in frame.drop(columns=frame.geometry.name).to_dict("records")]
    out = cache / NAME
    out.mkdir(parents=True, exist_ok=True)
    progress("writing and indexing")
    _write(out, rows, shapes, path)
    waters.write(out, out / "waters")
    return f"added {NAME}: {len(rows)} zones of {path.name}; {ATTRIBUTION}"


def remove(cache: Path) -> bool:
    """Take the official zones away again; say whether there were any."""
    there = (cache / NAME).is_dir()
    if there:
        shutil.rmtree(cache / NAME)
    return there


def _read(path: Path) -> gpd.GeoDataFrame:
    """Read the file with attributes in lower case, and say what it lacks."""
    import geopandas as gpd  # noqa: PLC0415 - only this verb needs it

    try:
        frame = gpd.read_file(path)
    except Exception as error:
        message = f"{path.name!r} cannot be read as a shapefile or GeoPackage ({error}); download it again from marineregions.org"
        raise BuildError(message) from error
    frame = frame.rename(columns={name: name.lower() for name in frame.columns if name != frame.geometry.name})
    missing = {"geoname", "pol_type", "iso_sov1"} - set(frame.columns)
    if missing:
        message = f"{path.name!r} lacks the attribute {min(missing).upper()!r}; give Marine Regions' World_EEZ of version 11 or 12"
        raise BuildError(message)
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        message = f"{path.name!r} has the CRS {frame.crs and frame.crs.name!r}, not WGS 84; export it in EPSG:4326"
        raise BuildError(message)
    kinds = set(frame["pol_type"])
    if not kinds <= set(_KINDS):
        others = ", ".join(sorted(map(repr, kinds - set(_KINDS))))
        message = f"{path.name!r} holds {others}; only exclusive economic zones are read, give World_EEZ"
        raise BuildError(message)
    return frame


def _verified(frame: gpd.GeoDataFrame) -> NDArray[Any]:
    """Check that every zone is a sound polygon on the globe and that none lies over another."""
    shapes = np.asarray(frame.geometry, dtype=object)
    names = frame["geoname"].tolist()
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
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = one < other
    shared = shapely.area(shapely.intersection(shapes[one[pairs]], shapes[other[pairs]]))
    if (shared > _OVERLAP_DEG2).any():
        worst = int(np.argmax(shared))
        first, second = names[int(one[pairs][worst])], names[int(other[pairs][worst])]
        message = f"{first!r} and {second!r} overlap; the official file declares its overlaps as zones of their own, download it again"
        raise BuildError(message)
    return shapes


def _rows(record: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Write the zones of one polygon: one for each state that holds or claims it."""
    status = _KINDS[record["pol_type"]]
    found = {}
    for number in "123":
        sovereign = _text(record.get(f"iso_sov{number}"))
        territory = _text(record.get(f"iso_ter{number}")) or sovereign
        if territory:
            found[territory] = sovereign or territory
    basis = f"Marine Regions {_text(record.get('mrgid')) or ''}: {record['geoname']}".replace(" :", ":")
    same = {"status": status, "basis": basis, "claimed_breadth_nm": None, "strait": None}
    return tuple({"zone_type": "eez", "territory": code, "sovereign": sovereign, **same} for code, sovereign in found.items())


def _text(value: object) -> str | None:
    """Read an attribute that may be missing; whole numbers without their point."""
    if value is None or value != value:  # noqa: PLR0124 - not a number is not itself
        return None
    return str(int(value)) if isinstance(value, float) else str(value)


def _write(out: Path, rows: list[tuple[dict[str, Any], ...]], shapes: NDArray[Any], source: Path) -> None:
    """Write the layer as our own is written; areas of the same zones are one."""
    groups: dict[str, list[int]] = {}
    for number, held in enumerate(rows):
        groups.setdefault(json.dumps(held), []).append(number)
    whole = shapely.set_precision(shapes, 1 / SCALE)
    atoms = [Atom((Row("eez", None, "", "", None),), shapely.multipolygons(_parts(whole[numbers]))) for numbers in groups.values()]
    np.savez_compressed(out / "zones.npz", **arrays(atoms))
    table = {"atoms": [], "rows": []}
    for key in groups:
        held = json.loads(key)
        table["atoms"].append(list(range(len(table["rows"]), len(table["rows"]) + len(held))))
        table["rows"] += held
    (out / "zones.json").write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    files = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("zones.json", "zones.npz")}
    manifest = {
        "name": NAME, "format": FORMAT, "layer_version": source.stem, "files": files, "crs": "EPSG:4326", "attribution": ATTRIBUTION,
        "window": [round(float(value), 5) for value in shapely.total_bounds(shapes)],
    }  # fmt: skip
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _parts(shapes: NDArray[Any]) -> list[shapely.Polygon]:
    """Give the polygons of some shapes."""
    return [part for part in shapely.get_parts(shapes).tolist() if part.geom_type == "Polygon" and part.area > 0]
