"""Hold back what could hurt people: places of refuge are drawn coarsely, and fresh records can be left off for some hours."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from shapely.geometry import Point

if TYPE_CHECKING:
    from geo.model import Deployment, Dossier, Incident, Record

    _R = TypeVar("_R", Incident, Deployment)

COARSEN_KM: Final = 10.0
"""Smallest circle around places of refuge, unless the user asks for another."""

KM_PER_DEGREE: Final = 111.2

REFUGE: Final = re.compile(
    r"\b(homes?|houses?|apartments?|flats?|residences?|shelters?|refuges?|safe house|hospitals?|clinics?|schools?|orphanages?|"
    r"(?:refugee|migrant|displaced|tent)\W+camps?|camps?\W+(?:for|of)\W+(?:refugees|migrants|displaced)|\d+\w?\W+(?:\w+\W+){1,3}(?:street|road|avenue|lane)|"
    r"casas?|viviendas?|refugios?|albergues?|hospitales|clínicas?|escuelas?|campamentos?|"
    r"domiciles?|maisons?|abris?|foyers?|hôpital|hôpitaux|cliniques?|écoles?|camps?\W+de\W+(?:réfugiés|déplacés))\b",
    re.IGNORECASE,
)
"""Words of a place where people live, shelter or are treated, in the languages that reports are read in."""


def coarsened(dossier: Dossier, km: float) -> tuple[Dossier, int]:
    """Draw records at places of refuge no finer than a circle of some km, its middle moved; say how many these are.

    The middle is moved to the next crossing of a grid, so that it does not give the place away; the circle still holds it.
    """
    readings, count = [], 0
    for reading in dossier.readings:
        incidents = tuple(_coarse(r, km) for r in reading.incidents)
        deployments = tuple(_coarse(r, km) for r in reading.deployments)
        count += sum(
            new is not old for new, old in zip((*incidents, *deployments), (*reading.incidents, *reading.deployments), strict=True)
        )
        readings.append(replace(reading, incidents=incidents, deployments=deployments))
    return (replace(dossier, readings=tuple(readings)), count) if count else (dossier, 0)


def _coarse(record: _R, km: float) -> _R:
    """Make a record's place coarser if it is a place of refuge that is known better."""
    if record.longitude is None or record.latitude is None or (record.coordinate_uncertainty_m or 0) >= km * 1000:
        return record
    if not REFUGE.search(record.where_text or "") and not REFUGE.search(str(getattr(record, "target", None) or "")):
        return record
    latitude = _snapped(record.latitude, km / KM_PER_DEGREE)
    longitude = _snapped(record.longitude, km / KM_PER_DEGREE / max(math.cos(math.radians(latitude)), 0.05))
    # A grid's crossing lies at most 0.71 of its mesh away.
    radius = max(km * 1000, 710 * km + (record.coordinate_uncertainty_m or 0))
    return replace(record, geometry=Point(longitude, latitude), longitude=longitude, latitude=latitude, coordinate_uncertainty_m=radius)


def _snapped(value: float, mesh: float) -> float:
    """Move a value to the nearest line of a grid."""
    return round(round(value / mesh) * mesh, 3)


def fresh(record: Record, as_of: str | None, hours: float) -> bool:
    """Say whether less than some hours may lie between a record and the day of the newest report.

    The clock is not asked: the same reports give the same page. What has no date may be as new as its report; what has neither is fresh.

    >>> from geo.model import Evidence, Incident
    >>> one = Incident(id="a", event_type="other", title="t", evidence=(Evidence("r", 0, 1, "x", "r"),), date_end="2025-11-13")
    >>> fresh(one, "2025-11-14", 24), fresh(one, "2025-11-15", 24), fresh(one, "2025-11-14", 0)
    (True, False, False)
    """
    if hours <= 0:
        return False
    latest = record.date_end or record.date_start or record.source.published
    if as_of is None or latest is None:
        return True
    # From the end of its day to the beginning of the newest report's.
    between = _day(as_of) - _day(latest) - dt.timedelta(days=1)
    return between < dt.timedelta(hours=hours)


def _day(iso: str) -> dt.date:
    """Read a date; of a month or a year its first day."""
    year, month, day = (*iso[:10].split("-"), "1", "1")[:3]
    return dt.date(int(year), int(month), int(day))
