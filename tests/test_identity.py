"""One event told twice is one record, and two events that look alike are two."""

import pytest
from scenes import scene

from geo.incidents import incidents
from geo.model import Incident


def happened(text: str) -> list[Incident]:
    return [record for record in incidents(scene(text)) if record.auxiliary_mode == "actual"]


TOLD_TWICE = [
    "Iran's Guards seized a product tanker off Khor Fakkan on Friday. A patrol aircraft of the US Navy watched the seizure on Friday.",
    "Gunmen took five sailors from a supply ship off Brass on Sunday. No group said it was behind the kidnapping, and no demand had come by Monday.",
    "The U.S. military said on Monday it had struck a boat. The command said the strike was carried out on Sunday 190 miles southwest of Tumaco.",
    "The frigate HMS Lanchester of the Royal Navy seized 900 kg of heroin from a dhow in the Arabian Sea. The marines boarded the dhow at first light.",
    (
        "Iranian forces have seized the product tanker Green Rose, the third vessel to be taken in the Strait of Hormuz since late May. Gunmen landed on deck "
        "by rope on Friday and took control of the bridge, owner Baltic Ships said in a statement."
    ),
]


@pytest.mark.parametrize("text", TOLD_TWICE)
def test_words_that_point_at_what_was_told_tell_no_second_event(text: str) -> None:
    assert len(happened(text)) == 1


def test_an_event_of_another_day_or_number_is_another_though_the_words_point() -> None:
    text = "Pirates boarded a tanker off Lome on Sunday. The owner said that the boarding on 3 November had cost it dear."
    assert [i.date_start for i in happened(text)] == ["2025-11-09", "2025-11-03"]
    text = "Gunmen fired on an army boat on the Cuyuni River on Tuesday. The first attack, on a boat with supplies, took place at noon on Monday."
    assert [i.date_start for i in happened(text)] == ["2025-11-11", "2025-11-10"]


def test_a_state_and_pirates_are_two_doers() -> None:
    text = "Pirates boarded a dhow off Hobyo on Sunday. The Indian Navy boarded the dhow."
    assert [i.actor_country for i in happened(text)] == [None, "IND"]


def test_a_ship_that_a_state_takes_control_of_is_seized_on_its_own_day() -> None:
    (record,) = happened(TOLD_TWICE[-1])
    assert (record.event_type, record.actor_country, record.date_start) == ("seizure", "IRN", "2025-11-07")


def test_a_ship_that_is_left_out_is_the_one_told_before() -> None:
    text = "The coast guard seized a purse seiner off Betio on Friday. Officers went aboard without resistance."
    assert len(happened(text)) == 1


def test_an_ordinal_counts_only_what_its_sentence_tells() -> None:
    text = "Chinese ships fired water cannon at a supply boat near Pag-asa Island on Friday. Manila will file a protest, its 11th this year."
    assert [i.record_kind for i in happened(text)] == ["event"]
    text = "Chinese ships fired water cannon at a supply boat near Pag-asa Island on Friday. The attack was the third this month."
    assert [i.record_kind for i in happened(text)] == ["event", "aggregate"]


def test_a_participle_may_begin_a_text() -> None:
    assert happened("Seized off Jask on Monday, the tanker lies off Bandar Abbas.")
