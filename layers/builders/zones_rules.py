"""Apply treaties, rulings and disputes of `transfers.csv`. Data, not code.

A transfer: inside the ring, the waters of some owners go to others, as far as these reach. A division: so between parts of one state,
whose reach is that of the state. A line: the waters of those named first lie to the right of it, of
the others to its left, as far as `^` says (degrees of latitude). Joint: inside the ring the waters are held by all who are named.
A claim: the ring holds shores; all waters nearest to them are answered with the rivals as well. A dispute: only those that would be
the rival's without these shores. A contest: the waters of some owners inside the ring are claimed by the others too.

The corner `NIC-COL-2012:1-6` of a ring is those points of `boundaries.csv`; `@lon,lat` only closes the ring far from the line,
on waters that nobody named in the row holds, so it has no legal meaning. Rows apply in order, whole groups together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from .zones_coast import ecef, read_table
from .zones_lines import METRES_PER_NM, limit, medians

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from scipy.spatial import KDTree
    from shapely.geometry.base import BaseGeometry

    from .zones_coast import Bounds, Coast

_EEZ_NM = 200
_STEP_DEG = 0.05
_BY_SHORE = frozenset({"claim", "dispute"})
# Datums that a treaty states, by what its text calls them; an unstated one is taken as it stands.
_DATUMS = {"PSAD56": "EPSG:4248", "NAD27": "EPSG:4267", "ED50": "EPSG:4230"}
_SHORTEST = frozenset({"geodesic", "great circle"})
"""Sides that a text draws as the shortest way; others run straight in degrees, as meridians and parallels do and rhumb lines nearly."""

Corner = tuple[float, float, bool]


@dataclass(frozen=True)
class Rule:
    """An area in which waters of `given` owners go to the nearest of `taken`; or to all of them (joint); or are also claimed by them.

    `reach` indexes the shores of each taker; `source` the disputed shores, `shores` those of everybody else, with their owners.
    """

    area: BaseGeometry
    kind: str
    given: frozenset[str]
    taken: tuple[str, ...]
    status: str
    basis: str
    territorial: bool
    reach: dict[str, KDTree]
    shores: tuple[KDTree, NDArray[np.str_]] | None = None
    source: KDTree | None = None

    @property
    def joint(self) -> bool:
        """Say whether all takers hold the area together."""
        return self.kind == "joint"


def read_rules(tables: Path, coast: Coast, window: Bounds) -> list[Rule]:
    """Read the transfers whose area touches the window, in order."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - build time only

    corners, frame = _corners(tables / "boundaries.csv"), shapely.box(*window)
    xyz, rules = ecef(coast.lonlat), []
    for row in sorted(read_table(tables / "transfers.csv"), key=lambda row: int(row["order"])):
        for area, given, taken in _areas(row, corners):
            if not shapely.intersects(area, frame) and row["kind"] not in _BY_SHORE:
                continue
            own = {code: coast.full & (coast.owner == code) for code in taken}
            reach = {code: KDTree(xyz[mask]) for code, mask in own.items() if mask.any()}
            rule = Rule(area, row["kind"], given, taken, row["status"], row["basis"], row["territorial_sea"] == "yes", reach)
            rule = _disputing(rule, coast) if rule.kind in _BY_SHORE else rule
            # A taker without a shore within reach of the window can take nothing in it; a shore beyond reach disputes nothing in it.
            if rule.source is not None or rule.kind == "contest" or (reach and rule.kind not in _BY_SHORE):
                rules.append(rule)
    return rules


def _areas(
    row: dict[str, str], corners: dict[tuple[str, int], Corner]
) -> list[tuple[BaseGeometry, frozenset[str], tuple[str, ...]]]:
    """Give the area of a row with who gives and who takes; a line has two areas, one on either side."""
    given, taken = row["from_owners"].split(";"), tuple(row["to_owners"].split(";"))
    if row["kind"] != "line":
        return [(shapely.make_valid(shapely.Polygon(_path(row["ring"], corners, closed=True))), frozenset(given), taken)]
    path, _, width = row["ring"].partition("^")
    points = _path(path, corners, closed=False)
    scale = np.array([np.cos(np.radians(points[:, 1].mean())), 1.0])
    flat = shapely.LineString(points * scale)
    sides = [shapely.buffer(flat, side * float(width), single_sided=True) for side in (1, -1)]
    left, right = (shapely.make_valid(shapely.transform(side, lambda xy: xy / scale)) for side in sides)
    return [(left, frozenset(given), taken), (right, frozenset(taken), tuple(given))]


def _disputing(rule: Rule, coast: Coast) -> Rule:
    """Part the shores into those of the ring and all others; without any in reach the rule stays without a source."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - build time only

    mine = shapely.contains_xy(rule.area, coast.lonlat) & np.isin(coast.owner, list(rule.given))
    others = coast.full & ~mine
    if not mine.any():
        return rule
    xyz = ecef(coast.lonlat)
    far = (KDTree(xyz[others]), coast.owner[others]) if others.any() else None
    return replace(rule, source=KDTree(xyz[mine]), shores=far)


def rule_lines(rules: list[Rule], coast: Coast, window: Bounds) -> list[BaseGeometry]:
    """Draw the edge of each area; inside it the reach of whoever takes, and equidistance between several takers."""
    lines: list[BaseGeometry] = []
    for rule in rules:
        if rule.kind in _BY_SHORE:
            lines += _dispute_lines(rule, coast)
            continue
        lines.append(shapely.segmentize(shapely.boundary(rule.area), 1.0))
        if rule.kind == "contest":
            continue
        west, south, east, north = rule.area.bounds
        bounds = (max(west, window[0]), max(south, window[1]), min(east, window[2]), min(north, window[3]))
        inside = [line for tree in rule.reach.values() for line in limit(tree, _EEZ_NM, bounds)]
        if len(rule.taken) > 1 and not rule.joint:
            mine = coast.full & np.isin(coast.owner, rule.taken)
            inside += medians(coast.lonlat[mine], coast.owner[mine])
        cut = shapely.intersection(np.array(inside, dtype=object), rule.area)
        lines += [part for part in shapely.get_parts(cut).tolist() if part.length > 0]
    return lines


def _dispute_lines(rule: Rule, coast: Coast) -> list[BaseGeometry]:
    """Draw how far the disputed shores are the nearest, and who would be nearest without them, within 200 nm of them."""
    mine = shapely.contains_xy(rule.area, coast.lonlat) & np.isin(coast.owner, list(rule.given))
    near, wider = _around(rule.area, 1), _around(rule.area, 2)
    around = (coast.full | mine) & shapely.contains_xy(wider, coast.lonlat)
    named = np.where(mine, "*", coast.owner)
    lines = medians(coast.lonlat[around], named[around])
    rest = around & ~mine
    if rule.kind == "dispute":
        lines += medians(coast.lonlat[rest], coast.owner[rest])
    cut = shapely.intersection(np.array(lines, dtype=object), near)
    return [part for part in shapely.get_parts(cut).tolist() if part.length > 0]


def _around(area: BaseGeometry, times: int) -> BaseGeometry:
    """Give the box that reaches 200 nm, or twice that, beyond an area."""
    west, south, east, north = area.bounds
    high = 3.5 * times
    wide = high / np.cos(np.radians(min(max(abs(south), abs(north)) + high, 85)))
    return shapely.box(west - wide, south - high, east + wide, north + high)


def _rivals(rule: Rule, points: NDArray[np.float64], owner: NDArray[np.str_]) -> NDArray[np.str_]:
    """Name the rivals at each point, "" where there are none: all who claim, or whoever would be nearest without the disputed shores."""
    held = np.isin(owner, list(rule.given))
    everyone = ";".join(rule.taken)
    if rule.kind == "contest":
        shapely.prepare(rule.area)
        return np.where(held & shapely.contains_xy(rule.area, points[:, 0], points[:, 1]), everyone, "")
    if rule.source is None:
        message = f"the rule {rule.basis!r} disputes nothing; give it the kind 'dispute' and a ring that holds shores"
        raise ValueError(message)
    xyz = ecef(points)
    if rule.shores is None:
        return np.where(held & (rule.kind == "claim"), everyone, "")
    theirs, nearest = rule.shores[0].query(xyz)
    held &= rule.source.query(xyz)[0] < theirs
    if rule.kind == "claim":
        return np.where(held, everyone, "")
    name = rule.shores[1][nearest]
    return np.where(held & np.isin(name, rule.taken) & (theirs <= _EEZ_NM * METRES_PER_NM), name, "")


def transferred(
    rules: list[Rule], points: NDArray[np.float64], owner: NDArray[np.str_], wide: NDArray[np.bool_]
) -> tuple[NDArray[np.str_], NDArray[np.intp], NDArray[np.str_]]:
    """Give the owner of each point (degrees) after the rules, the number of the rule that decided, or -1, and the rivals ("A;B") or "".

    `wide` says which points lie beyond the territorial sea; a rule that spares territorial seas leaves the others alone.
    A joint area keeps its owner here: its rule says whose it is.
    """
    owner, decided, rival = owner.copy(), np.full(len(points), -1), np.full(len(points), "", dtype="U40")
    for number, rule in enumerate(rules):
        if rule.kind in _BY_SHORE or rule.kind == "contest":
            against = np.where(wide | rule.territorial, _rivals(rule, points, owner), "")
            rival = np.where(against != "", against, rival)
            decided[against != ""] = number
            continue
        shapely.prepare(rule.area)
        here = shapely.contains_xy(rule.area, points[:, 0], points[:, 1]) & np.isin(owner, list(rule.given))
        rows = np.flatnonzero(here & (wide | rule.territorial))
        reach = np.stack([tree.query(ecef(points[rows]))[0] for tree in rule.reach.values()])
        near = (reach.min(axis=0) <= _EEZ_NM * METRES_PER_NM) | (rule.kind == "division")
        takers = np.array(list(rule.reach))[reach.argmin(axis=0)]
        owner[rows[near]] = takers[near]
        decided[rows[near]] = number
    return owner, decided, rival


def _corners(path: Path) -> dict[tuple[str, int], Corner]:
    """Read the turning points in WGS84, moved from the datum of the treaty, and whether the side to the next is a geodesic."""
    from pyproj import Transformer  # noqa: PLC0415 - build time only

    shifts = {name: Transformer.from_crs(code, "EPSG:4326", always_xy=True) for name, code in _DATUMS.items()}
    found = {}
    for row in read_table(path):
        lon, lat = float(row["lon"]), float(row["lat"])
        if row["datum"] in shifts:
            lon, lat = shifts[row["datum"]].transform(lon, lat)
        found[row["boundary_id"], int(row["seq"])] = (lon, lat, row["line_type"] in _SHORTEST)
    return found


def _path(text: str, corners: dict[tuple[str, int], Corner], *, closed: bool) -> NDArray[np.float64]:
    """Read the corners of a ring or a line: `ID:first-last`, forwards or backwards, and `@lon,lat`; sides are drawn in short steps."""
    points: list[tuple[float, float]] = []
    for token in text.split():
        if token.startswith("@"):
            lon, lat = token[1:].split(",")
            points.append((float(lon), float(lat)))
            continue
        name, _, span = token.rpartition(":")
        first, last = (int(number) for number in span.split("-"))
        run = [corners[name, number] for number in range(min(first, last), max(first, last) + 1)]
        drawn = [point for here, there in pairwise(run) for point in _side(here, there)] + [run[-1][:2]]
        points += drawn if first <= last else drawn[::-1]
    line = shapely.LinearRing(points) if closed else shapely.LineString(points)
    return np.asarray(shapely.get_coordinates(shapely.segmentize(line, _STEP_DEG)))


def _side(here: Corner, there: Corner) -> list[tuple[float, float]]:
    """Draw a side without its end: a long geodesic in steps, everything else straight."""
    from pyproj import Geod  # noqa: PLC0415 - build time only

    (west, south, shortest), (east, north, _) = here, there
    steps = int(np.hypot(east - west, north - south) / _STEP_DEG)
    if not shortest or not steps:
        return [here[:2]]
    return [here[:2], *Geod(ellps="WGS84").npts(west, south, east, north, steps)]
