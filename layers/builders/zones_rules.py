"""Apply treaties, rulings and disputes of `transfers.csv`. Data, not code.

A transfer: inside the ring, the waters of some owners go to others. Joint: inside the ring they are held by all who are named.
A claim: the ring holds shores; all waters nearest to them are answered with the rival as well. A dispute: only those that
would be the rival's without these shores.

The corner `NIC-COL-2012:1-6` of a ring is those points of `boundaries.csv`; `@lon,lat` only closes the ring far from the line,
on waters that nobody named in the row holds, so it has no legal meaning. Rows apply in order, whole groups together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
_DISPUTED = frozenset({"claim", "dispute"})
# Datums that a treaty states, by what its text calls them; an unstated one is taken as it stands.
_DATUMS = {"PSAD56": "EPSG:4248", "NAD27": "EPSG:4267"}


@dataclass(frozen=True)
class Rule:
    """An area in which waters of `given` owners go to the nearest of `taken`; or to all of them (joint); or are also claimed by them.

    `reach` indexes the shores of each taker; `shores` those of everybody but the disputed ones, with their owners.
    """

    area: shapely.Polygon
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

    corners = _corners(tables / "boundaries.csv")
    xyz, rules = ecef(coast.lonlat), []
    for row in sorted(read_table(tables / "transfers.csv"), key=lambda row: int(row["order"])):
        area = shapely.make_valid(shapely.Polygon(_ring(row["ring"], corners)))
        taken = tuple(row["to_owners"].split(";"))
        reach = {code: KDTree(xyz[coast.full & (coast.owner == code)]) for code in taken if (coast.full & (coast.owner == code)).any()}
        # A taker without a shore within reach of the window can take nothing in it.
        if reach and shapely.intersects(area, shapely.box(*window)):
            given = frozenset(row["from_owners"].split(";"))
            rule = Rule(area, row["kind"], given, taken, row["status"], row["basis"], row["territorial_sea"] == "yes", reach)
            rules.append(_disputing(rule, coast) if rule.kind in _DISPUTED else rule)
    return rules


def _disputing(rule: Rule, coast: Coast) -> Rule:
    """Part the shores into those of the ring and all others."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - build time only

    mine = shapely.contains_xy(rule.area, coast.lonlat) & np.isin(coast.owner, list(rule.given))
    others = coast.full & ~mine
    xyz = ecef(coast.lonlat)
    return replace(rule, source=KDTree(xyz[mine]), shores=(KDTree(xyz[others]), coast.owner[others]))


def rule_lines(rules: list[Rule], coast: Coast) -> list[BaseGeometry]:
    """Draw the edge of each area; inside it the reach of whoever takes, and equidistance between several takers."""
    lines: list[BaseGeometry] = []
    for rule in rules:
        if rule.kind in _DISPUTED:
            lines += _dispute_lines(rule, coast)
            continue
        lines.append(shapely.segmentize(shapely.boundary(rule.area), 1.0))
        inside = [line for tree in rule.reach.values() for line in limit(tree, _EEZ_NM, rule.area.bounds)]
        if len(rule.taken) > 1 and not rule.joint:
            mine = coast.full & np.isin(coast.owner, rule.taken)
            inside += medians(coast.lonlat[mine], coast.owner[mine])
        cut = shapely.intersection(np.array(inside, dtype=object), rule.area)
        lines += [part for part in shapely.get_parts(cut).tolist() if part.length > 0]
    return lines


def _dispute_lines(rule: Rule, coast: Coast) -> list[BaseGeometry]:
    """Draw how far the disputed shores are the nearest, and who would be nearest without them, within 200 nm of them."""
    mine = shapely.contains_xy(rule.area, coast.lonlat) & np.isin(coast.owner, list(rule.given))
    near = shapely.box(*rule.area.bounds).buffer(4)
    around = coast.full & shapely.contains_xy(near.buffer(4), coast.lonlat)
    named = np.where(mine, "*", coast.owner)
    lines = medians(coast.lonlat[around], named[around])
    rest = around & ~mine
    if rule.kind == "dispute":
        lines += medians(coast.lonlat[rest], coast.owner[rest])
    cut = shapely.intersection(np.array(lines, dtype=object), near)
    return [part for part in shapely.get_parts(cut).tolist() if part.length > 0]


def _rivals(rule: Rule, points: NDArray[np.float64], owner: NDArray[np.str_]) -> NDArray[np.str_]:
    """Name the rival at each point, "" where nobody disputes it: the one rival, or whoever would be nearest without the disputed shores."""
    if rule.source is None or rule.shores is None:
        message = f"the rule {rule.basis!r} disputes nothing; give it the kind 'dispute' and a ring that holds shores"
        raise ValueError(message)
    xyz = ecef(points)
    theirs, nearest = rule.shores[0].query(xyz)
    held = np.isin(owner, list(rule.given)) & (rule.source.query(xyz)[0] < theirs)
    everywhere = rule.kind == "claim"
    name = np.full(len(points), rule.taken[0]) if everywhere else rule.shores[1][nearest]
    reach = np.zeros(len(points)) if everywhere else theirs
    return np.where(held & np.isin(name, rule.taken) & (reach <= _EEZ_NM * METRES_PER_NM), name, "")


def transferred(
    rules: list[Rule], points: NDArray[np.float64], owner: NDArray[np.str_], wide: NDArray[np.bool_]
) -> tuple[NDArray[np.str_], NDArray[np.intp], NDArray[np.str_]]:
    """Give the owner of each point (degrees) after the rules, the number of the rule that decided, or -1, and the rival or "".

    `wide` says which points lie beyond 12 nm; a rule that spares territorial seas leaves the others alone.
    A joint area keeps its owner here: its rule says whose it is.
    """
    owner, decided, rival = owner.copy(), np.full(len(points), -1), np.full(len(points), "", dtype="U3")
    for number, rule in enumerate(rules):
        if rule.kind in _DISPUTED:
            against = np.where(wide | rule.territorial, _rivals(rule, points, owner), "")
            rival = np.where(against != "", against, rival)
            decided[against != ""] = number
            continue
        shapely.prepare(rule.area)
        here = shapely.contains_xy(rule.area, points[:, 0], points[:, 1]) & np.isin(owner, list(rule.given))
        rows = np.flatnonzero(here & (wide | rule.territorial))
        reach = np.stack([tree.query(ecef(points[rows]))[0] for tree in rule.reach.values()])
        near = reach.min(axis=0) <= _EEZ_NM * METRES_PER_NM
        takers = np.array(list(rule.reach))[reach.argmin(axis=0)]
        owner[rows[near]] = takers[near]
        decided[rows[near]] = number
    return owner, decided, rival


def _corners(path: Path) -> dict[tuple[str, int], tuple[float, float]]:
    """Read the turning points in WGS84, moved from the datum that the treaty states."""
    from pyproj import Transformer  # noqa: PLC0415 - build time only

    found = {}
    for row in read_table(path):
        lon, lat = float(row["lon"]), float(row["lat"])
        if row["datum"] in _DATUMS:
            lon, lat = Transformer.from_crs(_DATUMS[row["datum"]], "EPSG:4326", always_xy=True).transform(lon, lat)
        found[row["boundary_id"], int(row["seq"])] = (lon, lat)
    return found


def _ring(text: str, corners: dict[tuple[str, int], tuple[float, float]]) -> NDArray[np.float64]:
    """Read the corners of a ring: `ID:first-last`, forwards or backwards, and `@lon,lat`; sides are drawn in short steps."""
    points: list[tuple[float, float]] = []
    for token in text.split():
        if token.startswith("@"):
            lon, lat = token[1:].split(",")
            points.append((float(lon), float(lat)))
            continue
        name, _, span = token.rpartition(":")
        first, last = (int(number) for number in span.split("-"))
        points += [corners[name, number] for number in range(first, last + (1 if last >= first else -1), 1 if last >= first else -1)]
    ring = shapely.LinearRing(points)
    return np.asarray(shapely.get_coordinates(shapely.segmentize(ring, _STEP_DEG)))
