"""Ranking: the document decides which of the namesakes is meant."""

from __future__ import annotations

import pytest

from geo.gazetteer import open_gazetteer
from geo.rank import Question, rank


def _ranked(*names: str, container: str | None = None) -> dict[str, str | None]:
    """Rank names together; give each name's first-level subdivision or country."""
    look = open_gazetteer().lookup
    inside = look(container, kinds={"country", "admin1"}) if container else ()
    questions = [Question(n, look(n), inside if i == 0 else ()) for i, n in enumerate(names)]
    found = rank(questions, capitals=open_gazetteer().capitals())
    return {n: c[0].place.admin1 or c[0].place.country for n, c in zip(names, found, strict=True)}


def test_the_famous_one_without_any_context() -> None:
    assert _ranked("Paris") == {"Paris": "FR.11"}
    assert _ranked("Caracas") == {"Caracas": "VE.25"}


@pytest.mark.parametrize(
    ("name", "container", "admin1"), [("Paris", "Texas", "US.TX"), ("Richmond", "Virginia", "US.VA"), ("Georgetown", "Guyana", "GY.12")]
)
def test_the_container_decides(name: str, container: str, admin1: str) -> None:
    assert _ranked(name, container=container)[name] == admin1


def test_the_other_names_decide() -> None:
    alone = _ranked("Barcelona")["Barcelona"]
    among = _ranked("Barcelona", "Puerto La Cruz", "Cumaná", "Maturín", "Venezuela")["Barcelona"]
    assert alone == "ES.56"
    assert among == "VE.02"


def test_a_town_beside_its_county_outweighs_larger_namesakes_that_lie_apart() -> None:
    assert _ranked("Paris", "Henry County") == {"Paris": "US.TN", "Henry County": "US.TN"}
    assert _ranked("Lancaster", "York", "Cumbria")["Lancaster"] == "GB.ENG"


def test_scores_are_shares_with_room_for_none_of_these() -> None:
    look = open_gazetteer().lookup
    (found,) = rank([Question("Springfield", look("Springfield"))])
    scores = [c.score for c in found]
    assert scores == sorted(scores, reverse=True)
    assert 0 < sum(scores) < 1
    assert scores[0] < 0.6
    (sure,) = rank([Question("Venezuela", look("Venezuela"))])
    assert sure[0].score > 0.9


def test_a_namesake_outside_the_country_said_loses() -> None:
    look = open_gazetteer().lookup
    question = Question("Valencia", look("Valencia"), look("Venezuela", kinds={"country"}))
    assert rank([question])[0][0].place.country == "VEN"


def test_a_distance_is_measured_from_the_town_not_from_its_state() -> None:
    look = open_gazetteer().lookup
    assert rank([Question("Mombasa", look("Mombasa"), spot=True)])[0][0].place.kind == "city"


def test_signals_say_what_spoke() -> None:
    look = open_gazetteer().lookup
    best = rank([Question("Paris", look("Paris"), look("Texas", kinds={"admin1"}))])[0][0]
    assert any("Texas" in s for s in best.signals)
    assert any("people" in s for s in best.signals)


def test_no_candidates_no_answer() -> None:
    assert rank([Question("Nowhere", ())]) == ((),)
    assert rank([]) == ()


def test_a_state_speaks_for_its_territories() -> None:
    look, sovereign = open_gazetteer().lookup, open_gazetteer().sovereign
    questions = [
        Question("San Juan", look("San Juan")),
        Question("United States", look("United States")),
        Question("Mona Passage", look("Mona Passage")),
    ]
    assert rank(questions, sovereign=sovereign)[0][0].place.country == "PRI"
