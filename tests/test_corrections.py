"""A person's word on a record: confirmed, rejected, moved, re-dated; signed, and never lost in silence."""

import json
from pathlib import Path

import pytest
import shapely

from geo import corrections
from geo.errors import UsageError
from geo.model import Dossier, Evidence, Incident, Reading, Report

WORDS = "Two men boarded the tanker off Aruba."


def dossier(*, record: str = "a" * 12, words: str = WORDS) -> Dossier:
    incident = Incident(
        id=record, title="Boarding", event_type="boarding", evidence=(Evidence("note.txt", 0, len(words), words, "boarding"),), where_text="Aruba",
        geometry_method="region_polygon", geometry=shapely.box(-70.5, 12.7, -70.0, 13.0),
    )  # fmt: skip
    return Dossier((Reading(Report("note.txt", words), incidents=(incident,)),))


def entry(**changes: object) -> dict[str, object]:
    return {
        "record": "a" * 12,
        "evidence": WORDS,
        "state": "confirmed",
        "by": "A. Editor",
        "on": "2025-11-12",
        "reason": "called the owner",
    } | changes


def test_a_confirmation_is_signed() -> None:
    done, missed = corrections.apply(dossier(), [entry()])
    review = done.incidents[0].review
    assert (review.state, review.by, review.on, review.reason) == ("confirmed", "A. Editor", "2025-11-12", "called the owner")
    assert missed == []


def test_a_changed_report_is_matched_by_its_words() -> None:
    done, missed = corrections.apply(dossier(record="b" * 12), [entry(state="rejected")])
    assert done.incidents[0].review.state == "rejected"
    assert missed == []


def test_what_no_longer_matches_is_reported() -> None:
    done, missed = corrections.apply(dossier(record="b" * 12, words="Other words."), [entry()])
    assert done.incidents[0].review.state == "unreviewed"
    assert len(missed) == 1
    assert "Two men boarded" in missed[0]


def test_a_moved_mark_has_its_radius_its_zones_and_its_past() -> None:
    done, _ = corrections.apply(
        dossier(), [entry(state="corrected", longitude=-70.2, latitude=12.9, radius_m=4000, date_start="2025-11-09")]
    )
    record = done.incidents[0]
    assert (record.longitude, record.latitude, record.coordinate_uncertainty_m) == (-70.2, 12.9, 4000.0)
    assert (record.date_start, record.date_end, record.date_prec) == ("2025-11-09", "2025-11-09", 1)
    assert sum(z.share for z in record.zones if z.zone_type != "contiguous_zone") == pytest.approx(1, abs=0.02)
    assert "read by machine: Aruba" in (record.review.reason or "")


BAD = [
    ({"state": "maybe"}, "maybe"),
    ({"by": ""}, "'by'"),
    ({"reason": None}, "'reason'"),
    ({"on": "12/11/2025"}, "12/11/2025"),
    ({"longitude": -70.0}, "latitude"),
    ({"longitude": 12.0, "latitude": -170.0, "radius_m": 5}, "-170"),
    ({"longitude": 12.0, "latitude": 7.0, "radius_m": 0}, "radius"),
    ({"record": None, "evidence": ""}, "names no record"),
]


@pytest.mark.parametrize(("change", "words"), BAD)
def test_a_bad_entry_is_named_before_anything_is_applied(tmp_path: Path, change: dict[str, object], words: str) -> None:
    path = tmp_path / "fixes.json"
    path.write_text(json.dumps({"format": 1, "corrections": [entry(), entry(**change)]}), encoding="utf-8")
    with pytest.raises(UsageError, match="correction 2") as caught:
        corrections.read(path)
    assert words in str(caught.value)


@pytest.mark.parametrize("text", ["", "[]", '{"format": 9, "corrections": []}', "not json"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "fixes.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"fixes\.json"):
        corrections.read(path)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "fixes.json"
    path.write_text(json.dumps({"format": 1, "corrections": [entry()]}), encoding="utf-8")
    assert corrections.read(path) == [entry()]
