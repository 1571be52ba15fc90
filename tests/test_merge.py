"""One event told by many reports becomes one record with all its evidence; two events stay two."""

from __future__ import annotations

import json

import pytest

from geo import cli, explain, merge, pipeline
from geo.model import Dossier, Report, Source
from geo.origins import origins

STRIKE = (
    "WASHINGTON (AP) - The US military struck a boat in the eastern Pacific on Sunday, killing three people, the defence secretary said on "
    "Monday.\n\nThe vessel was in international waters, he said. Since September at least 15 strikes have killed at least 61 people."
)
PRINT = STRIKE.replace(" on Monday", "")
UPDATE = (
    "Four people died when American forces hit a boat in the eastern Pacific Ocean on 9 November 2025, the Pentagon said in a statement on "
    "Wednesday, raising an earlier toll of three. At least 64 people have been killed in 16 strikes since September."
)
ROBBERY = "On 3 March 2025 at 0200 LT three robbers armed with knives boarded the tanker Blue Heron at Callao anchorage and stole paint."
AGAIN = "3 March 2025: Callao anchorage, Peru. Robbers boarded the tanker Blue Heron and escaped with ship's stores."


def read(*texts: tuple[str, str, str]) -> Dossier:
    """Read (id, text, publication date) into one dossier."""
    reports = [Report(name, text, Source(published=published)) for name, text, published in texts]
    return Dossier(tuple(pipeline.analyse(report) for report in reports))


@pytest.fixture(scope="module")
def strikes() -> Dossier:
    return merge.merge(read(("a", STRIKE, "2025-11-10"), ("b", PRINT, "2025-11-10"), ("c", UPDATE, "2025-11-12")))


def test_one_event_is_one_record(strikes):
    assert [(r.record_kind, len(r.members)) for r in strikes.incidents] == [("event", 3), ("aggregate", 3)]
    assert [r.id for r in strikes.incidents] == [r.members[0] for r in strikes.incidents]
    assert {e.report_id for e in strikes.incidents[0].evidence} == {"a", "b", "c"}


def test_evidence_slices_back_out_of_its_report(strikes):
    texts = {report.id: report.text for report in strikes.reports}
    for record in strikes.records:
        assert all(texts[e.report_id][e.start : e.end] == e.text for e in record.evidence)


def test_copies_of_an_agency_story_are_one_source(strikes):
    assert strikes.incidents[0].merge.independent_sources == 2
    assert [report.source.origin for report in strikes.reports] == ["Associated Press", "Associated Press", None]


def test_a_later_figure_replaces_the_earlier_and_history_is_kept(strikes):
    event, total = strikes.incidents
    assert event.casualties.killed.best == 4
    assert [(s.field, s.value, s.report_id) for s in event.merge.superseded] == [("killed", "3", "a")]
    assert (total.events_count.best, total.casualties.killed.low) == (16, 64)


def test_every_merge_is_explained(strikes):
    told = explain.explain(strikes, strikes.incidents[0].id)
    assert "told by 3 reports, 2 independent sources" in told
    assert "both on 2025-11-09" in told


def test_a_total_is_linked_to_the_events_it_sums():
    with_side = read(
        ("a", "The US military struck a boat off Aruba on 9 November 2025, killing three.", "2025-11-10"),
        ("b", "US forces have carried out 16 strikes on boats in the Caribbean since September, killing at least 64 people.", "2025-11-12"),
    )
    event, total = merge.merge(with_side).incidents
    assert [(x.type, x.id) for x in event.relations] == [("part_of", total.id)]


def test_two_messages_of_one_robbery():
    merged = merge.merge(read(("asam", ROBBERY, "2025-03-05"), ("imb", AGAIN, "2025-03-07")))
    (record,) = [r for r in merged.incidents if r.auxiliary_mode == "actual"]
    assert len(record.members) >= 2
    assert "the same ship (Blue Heron)" in " ".join(record.merge.reasons)


APART = [
    pytest.param(ROBBERY, ROBBERY.replace("3 March", "9 March"), id="another day"),
    pytest.param(ROBBERY, ROBBERY.replace("Blue Heron", "Grey Heron"), id="another ship"),
    pytest.param(ROBBERY, ROBBERY.replace("Callao", "Lagos"), id="another place"),
    pytest.param(STRIKE, STRIKE.replace("killing three", "killing eight").replace("(AP)", "(AFP)"), id="another toll, no word of an update"),
    pytest.param(STRIKE, "The navy plans to strike boats in the eastern Pacific on Sunday.", id="a plan"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_events_stay_two(one, other):
    before = read(("a", one, "2025-11-10"), ("b", other, "2025-11-11"))
    events = [r for r in merge.merge(before).incidents if r.record_kind == "event"]
    assert sorted(r.id for r in events) == sorted(r.id for r in before.incidents if r.record_kind == "event")


def test_a_report_that_tells_two_events_means_two():
    twice = "US forces struck a boat off Aruba on Sunday, killing two. US forces struck a boat off Curacao on Sunday, killing two."
    alone = read(("a", twice, "2025-11-10"))
    assert merge.merge(alone) == alone


def test_the_order_of_reports_changes_no_content(strikes):
    turned = merge.merge(read(("c", UPDATE, "2025-11-12"), ("b", PRINT, "2025-11-10"), ("a", STRIKE, "2025-11-10")))
    assert {r.casualties.killed.best for r in turned.incidents} == {r.casualties.killed.best for r in strikes.incidents}
    assert sum(len(r.members) for r in turned.incidents) == sum(len(r.members) for r in strikes.incidents)


def test_a_stated_origin_stands():
    reports = [Report("a", STRIKE, Source(origin="Example Wire")), Report("b", PRINT.replace("(AP)", "(our correspondent)"))]
    assert origins(reports) == ("Example Wire", "Example Wire")


def test_short_notes_with_a_stock_phrase_are_no_copies():
    reports = [Report("a", "All crew are reported safe. The boat sank."), Report("b", "All crew are reported safe. The ferry was late.")]
    assert origins(reports) == (None, None)


@pytest.mark.long
def test_the_map_of_a_folder_shows_one_event_once(tmp_path, capsys):
    lines = [{"id": n, "text": t, "published": d} for n, t, d in (("a", STRIKE, "2025-11-10"), ("c", UPDATE, "2025-11-12"))]
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert cli.main(["map", str(path), "-o", str(tmp_path / "map.html")]) == 0
    assert "2 incidents" in capsys.readouterr().out
    assert cli.main(["map", str(path), "--no-merge", "-o", str(tmp_path / "map.html")]) == 0
    assert "4 incidents" in capsys.readouterr().out
