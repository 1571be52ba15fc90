"""The nouns: invariants, the JSON contract and its round trip."""

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import model
from geo.model import (
    Anchor,
    Asset,
    AssetCount,
    Casualties,
    Claim,
    Count,
    Deployment,
    EventsCount,
    Evidence,
    Incident,
    Match,
    Mention,
    Report,
    Source,
    Zone,
)

EVIDENCE = (Evidence("note.txt", 0, 18, "Two men boarded it.", "boarding: verb"),)
SHARED = [
    "schema_version", "record_type", "id", "members", "record_kind", "title", "auxiliary_mode", "assertion", "claims", "review", "date_start", "date_end",
    "date_prec", "date_text", "anchor_date", "time_utc", "valid_until", "where_text", "where_role", "geometry_method", "geometry", "longitude", "latitude",
    "coordinate_uncertainty_m", "coverage", "label_longitude", "label_latitude", "anchor", "where_prec", "geo_precision", "zones", "seas", "zone_claims",
    "zone_check", "evidence", "source", "relations", "merge",
]  # fmt: skip
INCIDENT = [
    "event_type",
    "actor",
    "actor_country",
    "target",
    "target_status",
    "weapon",
    "vessels",
    "events_count",
    "casualties",
    "legal_characterisation",
]
DEPLOYMENT = ["status", "actor", "actor_country", "assets", "origin", "via", "destination", "base", "purpose_claimed"]


def full_incident() -> Incident:
    return Incident(
        id="a" * 12, title="Boarding", event_type="boarding", evidence=EVIDENCE, geometry=shapely.Point(-70.123456, 12.5), geometry_method="coordinates",
        longitude=-70.123456, latitude=12.5, coordinate_uncertainty_m=1900.0, anchor=Anchor("im:aruba", "Aruba", 83000.0, 315.0),
        claims=(Claim("the master", "victim_operator", "asserts", "said", 3, 7),), source=Source(publisher="Sample Desk", published="2025-11-11"),
        zones=(Zone("eez", "ABW", "NLD", 1.0, "computed_median", "computed equidistance", 20.5, 3.25, None, None, "zones", "1"),),
        events_count=EventsCount(1, 1, 1), casualties=Casualties(injured=Count(0, 0, 0, "none_reported", "no one", 1, 2)),
    )  # fmt: skip


def test_record_keys_are_the_published_ones_in_order() -> None:
    assert list(model.to_json(full_incident())) == SHARED + INCIDENT
    deployment = Deployment(
        id="b" * 12, title="t", status="present", evidence=EVIDENCE, assets=(Asset("frigate", count=AssetCount(2, 2, 2, "two")),)
    )
    assert list(model.to_json(deployment)) == SHARED + DEPLOYMENT


def test_records_survive_the_json_round_trip() -> None:
    data = json.loads(json.dumps(model.to_json(full_incident())))
    again = model.from_json(Incident, data)
    assert model.to_json(again) == data
    assert again.casualties.injured is not None
    assert again.casualties.injured.best == 0
    assert again.anchor == Anchor("im:aruba", "Aruba", 83000.0, 315.0)


def test_coordinates_carry_no_more_digits_than_the_uncertainty_warrants() -> None:
    data = model.to_json(full_incident())
    assert (data["longitude"], data["latitude"]) == (-70.123, 12.5)
    assert data["geometry"] == {"type": "Point", "coordinates": [-70.123, 12.5]}


@pytest.mark.parametrize("method", sorted(model.AREA_METHODS))
def test_an_area_cannot_carry_a_point(method: str) -> None:
    with pytest.raises(ValueError, match="cannot carry a point"):
        Incident(
            id="x",
            title="t",
            event_type="other",
            evidence=EVIDENCE,
            geometry_method=method,
            longitude=1.0,
            latitude=1.0,
            coordinate_uncertainty_m=1.0,
        )
    with pytest.raises(ValueError, match="cannot carry a point"):
        Match(Mention(0, 3, "Sea", "place"), geometry_method=method, longitude=1.0)


def test_an_aggregate_is_never_a_point() -> None:
    with pytest.raises(ValueError, match="cannot carry a point"):
        Incident(
            id="x",
            title="t",
            event_type="other",
            record_kind="aggregate",
            evidence=EVIDENCE,
            geometry_method="place_point",
            longitude=1.0,
            latitude=1.0,
            coordinate_uncertainty_m=9.0,
        )


def test_a_record_without_evidence_is_refused() -> None:
    with pytest.raises(ValueError, match="no evidence"):
        Incident(id="x", title="t", event_type="other", evidence=())


def test_uncertainty_is_never_zero() -> None:
    with pytest.raises(ValueError, match="never 0"):
        Match(
            Mention(0, 5, "Aruba", "place"),
            geometry_method="place_point",
            geometry=shapely.Point(-70, 12),
            longitude=-70.0,
            latitude=12.0,
            coordinate_uncertainty_m=0.0,
        )


def test_a_metonym_has_no_geometry() -> None:
    with pytest.raises(ValueError, match="has no geometry"):
        Match(Mention(0, 10, "Washington", "metonym"), geometry_method="place_point", geometry=shapely.Point(-77, 39))


def test_record_ids_depend_on_words_not_on_offsets() -> None:
    one = model.record_id("a.txt", "incident", "boarding", "Two men boarded.")
    assert one == model.record_id("a.txt", "incident", "boarding", "Two men boarded.")
    assert one != model.record_id("b.txt", "incident", "boarding", "Two men boarded.")
    assert one != model.record_id("a.txt", "incident", "boarding", "Two men boarded.", {one})
    assert len(one) == 12


def test_the_text_is_stamped_with_its_hash() -> None:
    report = Report("a", "x")
    assert report.source.sha256 == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(0.001, 2), st.integers(3, 12))
def test_geojson_shells_run_counterclockwise(lon: float, lat: float, radius: float, corners: int) -> None:
    ring = shapely.Point(lon, lat).buffer(radius, quad_segs=corners).exterior.coords[::-1]
    data = model.to_json(shapely.Polygon(ring))
    assert shapely.LinearRing(data["coordinates"][0]).is_ccw


@given(st.floats(0.1, 2e6))
def test_digits_are_between_one_and_six(uncertainty: float) -> None:
    assert 1 <= model.digits(uncertainty) <= 6
    # A unit of the last digit is never finer than a hundredth of the uncertainty, unless six digits are the cap.
    assert model.digits(uncertainty) == 1 or 111_000 * 10.0 ** -model.digits(uncertainty) * 10 >= uncertainty / 100
