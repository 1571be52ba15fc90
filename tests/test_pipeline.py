"""The whole line on real sentences: what users rely on, report by report."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from geo import locate, parse, pipeline
from geo.model import Failure, Report, Source, to_json

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@pytest.fixture(scope="module")
def strikes():
    return pipeline.dossier([str(SEEDS / "caribbean-strikes.md")])


def only(records, **wanted):
    (found,) = [record for record in records if all(getattr(record, name) == value for name, value in wanted.items())]
    return found


def analyse(text, **given):
    return pipeline.analyse(Report("a", text, Source(published="2025-11-11", **given)))


def test_the_strikes_are_one_total_over_two_seas(strikes):
    total = only(strikes.incidents, record_kind="aggregate")
    killed = total.casualties.killed
    assert (killed.low, killed.best, killed.high) == (76, 76, None)
    assert total.events_count.low == 13
    assert (total.geometry_method, total.geometry.geom_type, total.longitude) == ("multi_region", "MultiPolygon", None)
    assert {sea.name for sea in total.seas} >= {"Caribbean Sea"}
    assert total.date_start == "2025-09-01"
    assert "alleged" in total.target_status
    assert {claim.claimant_type for claim in total.claims} >= {"ngo", "expert"}


def test_the_fishing_vessels_are_told_by_one_side_and_disputed_by_the_other(strikes):
    event = only(strikes.incidents, record_kind="event")
    assert event.assertion == "disputed"
    assert [(claim.stance, claim.claimant_type) for claim in event.claims] == [("asserts", "state"), ("disputes", "state")]
    assert "fishing" in event.target


def test_the_forces_are_two_deployments(strikes):
    ships, troops = strikes.deployments
    assert [(asset.type, asset.count.low) for asset in ships.assets] == [
        ("nuclear_submarine", 1),
        ("warship", 2),
        ("carrier_strike_group", 1),
    ]
    assert (ships.actor_country, ships.geometry_method) == ("USA", "region_polygon")
    assert "Western Hemisphere" in ships.purpose_claimed
    (personnel,) = troops.assets
    assert (personnel.count.low, personnel.count.high, troops.actor_country) == (20_000, 99_999, "VEN")


def test_capitals_that_mean_governments_are_not_on_the_map(strikes):
    (reading,) = strikes.readings
    capitals = [match for match in reading.matches if match.mention.text in {"Washington", "Caracas"}]
    assert len(capitals) == 2
    assert all(match.geometry is None and match.place for match in capitals)


def test_the_british_caribbean_territories_are_five_and_no_incident(strikes):
    (reading,) = strikes.readings
    match = only(
        reading.matches, place=next(m.place for m in reading.matches if m.place and m.place.id == "im:british-caribbean-territories")
    )
    assert match.geometry is not None
    assert all("territories" not in (record.where_text or "") for record in strikes.records)


@pytest.mark.parametrize(
    "sentence",
    [
        "For years the coast guard used the data to track, intercept and seize boats off Aruba.",
        "It could be accused of aiding unlawful killings, a senior official said.",
        "The navy did not strike any vessel off Aruba.",
        "If a vessel were struck off Aruba, the navy would answer.",
    ],
)
def test_habits_denials_and_conditions_put_nothing_on_the_map(sentence):
    reading = analyse(sentence)
    assert [r.title for r in (*reading.incidents, *reading.deployments) if r.auxiliary_mode == "actual" and r.geometry is not None] == []


def test_evidence_is_the_reports_own_words():
    dossier = pipeline.dossier([str(path) for path in sorted(SEEDS.glob("*.txt"))])
    texts = {report.id: report.text for report in dossier.reports}
    assert dossier.records
    for record in dossier.records:
        for evidence in record.evidence:
            assert texts[evidence.report_id][evidence.start : evidence.end] == evidence.text


def test_the_same_report_gives_the_same_records(strikes):
    again = pipeline.dossier([str(SEEDS / "caribbean-strikes.md")])
    assert json.dumps(to_json(again.records)) == json.dumps(to_json(strikes.records))


def test_a_broken_line_fails_in_its_place_and_the_rest_goes_on():
    lines = b'{"id":"a","text":"A boat sank off Aruba."}\n{"id":\n{"id":"c","text":"Nothing."}\n'
    first, broken, last = pipeline.readings(["-"], stdin=io.BytesIO(lines), records=False)
    assert isinstance(broken, Failure)
    assert (first.report.id, broken.line, last.report.id) == ("a", 2, "c")


def test_a_fault_of_ours_costs_one_report_and_is_told(monkeypatch):
    whole = locate.locate

    def fail(report, mentions, *, gazetteer):
        if report.id == "b":
            message = "boom"
            raise ZeroDivisionError(message)
        return whole(report, mentions, gazetteer=gazetteer)

    monkeypatch.setattr("geo.locate.locate", fail)
    lines = b"".join(json.dumps({"id": name, "text": "A boat off Aruba."}).encode() + b"\n" for name in "abc")
    first, fault, last = pipeline.readings(["-"], stdin=io.BytesIO(lines), records=False)
    assert (first.report.id, fault.code, last.report.id) == ("a", "fault", "c")
    assert "ZeroDivisionError: boom" in fault.message
    with pytest.raises(ZeroDivisionError):
        list(pipeline.readings(["-"], stdin=io.BytesIO(lines), records=False, strict=True))


def test_given_spans_are_located_one_each_in_order():
    text = "From Bonaire to Aruba."
    line = json.dumps({"id": "a", "text": text, "spans": [[16, 21], [5, 12]]}).encode()
    (reading,) = pipeline.readings(["-"], stdin=io.BytesIO(line + b"\n"), records=False)
    assert [(match.mention.start, match.mention.text) for match in reading.matches] == [(16, "Aruba"), (5, "Bonaire")]


def test_a_note_on_an_impossible_position_is_in_words_and_says_what_to_do():
    notes = analyse("A tanker was boarded at 12-75N 045-10E.").notes
    assert "'12-75N 045-10E': minutes over 59; it is not drawn: check it against the source" in notes


def test_notes_say_what_the_reader_should_know():
    assert analyse("Nothing at all happened.").notes == ("no place in the text could be put on a map",)
    assert "without capitals" in analyse("robbers boarded a tanker at the anchorage of lagos last night").notes[0]
    assert any("written in Spanish" in note for note in analyse("El barco fue abordado cerca de Aruba.", language="es").notes)


def test_without_a_model_names_are_still_found_and_the_reader_is_told(monkeypatch):
    monkeypatch.setattr(parse, "model", lambda: None)
    reading = analyse("A tanker was boarded 20 nm north of Aruba, in position 12-50N 070-00W.")
    assert {match.mention.role for match in reading.matches if match.geometry is not None} == {"offset", "position"}
    assert any("no language model" in note for note in reading.notes)


DATELINES = [
    ("PORT SUDAN, May 4, 2025 (Reuters) - A drone hit a tanker on Sunday.", "2025-05-04"),
    ("Strike on a port\n\nABIDJAN, 7 June 2022 - A boat was boarded on Monday.", "2022-06-07"),
    ("CARACAS, 14 de octubre de 2025. Una lancha fue atacada.", "2025-10-14"),
]


@pytest.mark.parametrize(("text", "day"), DATELINES)
def test_a_dateline_dates_a_report_that_has_no_other_date(text, day):
    reading = pipeline.analyse(Report("a", text))
    assert reading.report.published == day
    assert f"publication date {day} taken from the dateline" in reading.notes


@pytest.mark.parametrize("text", ["On May 4, 2025 a drone hit a tanker off Aruba.", "A tanker was hit off Aruba, on May 4, 2025 - the second."])
def test_a_day_in_a_sentence_is_no_dateline(text):
    assert pipeline.analyse(Report("a", text)).report.published is None


def test_another_century_is_no_news():
    reading = pipeline.analyse(Report("a", "In April 1805 the fleet sailed from Gibraltar with 27 warships."))
    assert {r.auxiliary_mode for r in reading.deployments} <= {"historical"}
