"""Whose place is it: a list of events lends no event the place of another, and reads the place that heads a paragraph."""

from scenes import scene

from geo.incidents import incidents

WEEK = (
    "SEA LANES THIS WEEK: six cases\n\n"
    "TUESDAY. Pirates shot dead a captain and threw three of his men overboard.\n\n"
    "WEDNESDAY. Scarborough Shoal. A Chinese coast guard cutter turned water cannon on a fisheries vessel for half an hour.\n\n"
    "FRIDAY. Gunmen in two skiffs boarded a dhow about 200 nautical miles east of Socotra.\n"
)


def test_no_event_of_a_list_is_pinned_to_the_place_of_another() -> None:
    where = {record.event_type: record.where_text for record in incidents(scene(WEEK)) if record.record_kind == "event"}
    assert where["boarding"] == "about 200 nautical miles east of Socotra"
    assert where["other"] is None


def test_a_place_that_heads_a_paragraph_is_that_of_its_event() -> None:
    (record,) = (record for record in incidents(scene(WEEK)) if record.event_type == "water_cannon")
    assert record.where_text == "Scarborough Shoal"


def test_a_message_still_lends_its_place_to_the_event_in_its_details() -> None:
    text = "UKMTO WARNING 018-26 - ATTACK\n\nPOSITION: 14-47N 042-10E\n\nDETAILS: A tanker was boarded by six armed men."
    assert [record.where_text for record in incidents(scene(text))] == ["14-47N 042-10E"]


def test_marines_and_weeks_are_no_places() -> None:
    text = "Boats with a fresh set of Marines for the outpost were rammed near Second Thomas Shoal on Saturday."
    assert [record.where_text for record in incidents(scene(text))] == ["near Second Thomas Shoal"]
