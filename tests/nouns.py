"""Build small records, matches and dossiers for tests; every argument that a test does not care about has a plausible value."""

from __future__ import annotations

from typing import Any

from shapely.geometry import Point, box

from geo.model import (
    Casualties,
    Claim,
    Count,
    Deployment,
    Dossier,
    EventsCount,
    Evidence,
    Incident,
    Match,
    Mention,
    Place,
    Reading,
    Report,
    Source,
    Zone,
    ZoneClaim,
)  # fmt: skip

TEXT = "Two robbers boarded an anchored tanker off Aruba. At least 3 sailors were hurt."
ARUBA = Place("iso:ABW", "Aruba", "territory", "ABW", -69.97, 12.52, 15.0, source="GeoNames 3577279")


def zone(zone_type: str = "eez", territory: str | None = "ABW", share: float = 1.0, **given: Any) -> Zone:
    fields = {
        "sovereign": "NLD", "status": "computed_median", "basis": "computed equidistance", "distance_to_coast_nm": 30.0,
        "distance_to_boundary_nm": 12.0, "claimed_breadth_nm": None, "strait": None, "layer": "zones", "layer_version": "1",
    }  # fmt: skip
    return Zone(zone_type=zone_type, territory=territory, share=share, **{**fields, **given})


def zone_claim(claimed_zone: str, text: str = "the waters") -> ZoneClaim:
    return ZoneClaim(text, claimed_zone, None, 0, len(text))


def incident(**given: Any) -> Incident:
    fields = {
        "id": "0123456789ab",
        "title": "Tanker boarded off Aruba",
        "event_type": "boarding",
        "actor": "two robbers",
        "target": "tanker",
        "date_start": "2025-11-10",
        "date_end": "2025-11-10",
        "date_prec": 1,
        "date_text": "on Monday",
        "anchor_date": "2025-11-11",
        "where_text": "off Aruba",
        "geometry_method": "place_point",
        "geometry": Point(-69.97, 12.52),
        "longitude": -69.97,
        "latitude": 12.52,
        "coordinate_uncertainty_m": 15000.0,
        "evidence": (Evidence("a.txt", 0, 49, TEXT[:49], "incident.boarding"),),
        "casualties": Casualties(injured=Count(3, 3, None, "at_least", "At least 3", 50, 60)),
        "source": Source(publisher="Sample Desk (invented)", published="2025-11-11", title="A sample"),
    }
    return Incident(**{**fields, **given})


def area(**given: Any) -> Incident:
    fields = {
        "id": "aaaaaaaaaaaa",
        "title": "Strikes on vessels in the Caribbean Sea",
        "event_type": "strike_on_vessel",
        "record_kind": "aggregate",
        "actor": "US military",
        "actor_country": "USA",
        "where_text": "the Caribbean",
        "geometry_method": "region_polygon",
        "geometry": box(-80, 10, -62, 20),
        "longitude": None,
        "latitude": None,
        "coordinate_uncertainty_m": None,
        "events_count": EventsCount(13, None, None),
        "claims": (Claim("US administration", "state", "asserts", "claimed", 0, 3),),
    }
    return incident(**{**fields, **given})


def deployment(**given: Any) -> Deployment:
    fields = {
        "id": "bbbbbbbbbbbb",
        "title": "Frigate present off Aruba",
        "status": "present",
        "actor": "Dutch navy",
        "actor_country": "NLD",
        "evidence": (Evidence("a.txt", 0, 10, TEXT[:10], "deployment.present"),),
    }
    return Deployment(**{**fields, **given})


def match(**given: Any) -> Match:
    fields = {
        "mention": Mention(43, 48, "Aruba", "place", ("after “off”",)),
        "geometry_method": "place_point",
        "geometry": Point(-69.97, 12.52),
        "longitude": -69.97,
        "latitude": 12.52,
        "coordinate_uncertainty_m": 15000.0,
        "score": 0.9,
        "place": ARUBA,
        "reasons": ("the only island of the name",),
    }
    return Match(**{**fields, **given})


def dossier(*records: Incident | Deployment, matches: tuple[Match, ...] = (), **given: Any) -> Dossier:
    report = Report("a.txt", TEXT, Source(published="2025-11-11", title="A sample"))
    happened = tuple(record for record in records if isinstance(record, Incident))
    moved = tuple(record for record in records if isinstance(record, Deployment))
    return Dossier((Reading(report, matches=matches, incidents=happened, deployments=moved),), **given)
