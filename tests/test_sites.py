"""Sites: streets and buildings that no gazetteer holds, and the town that the text puts them in. The sentences are ours."""

from __future__ import annotations

import pytest

from geo.find import find
from geo.gazetteer import open_gazetteer
from geo.locate import locate
from geo.model import Match, Report
from geo.parse import parse
from geo.sites import sites


def _matches(text: str, spans: tuple[tuple[int, int], ...] | None = None) -> dict[str, Match]:
    """Locate the names of a text, or the spans given."""
    report, names = Report("a", text, spans=spans), open_gazetteer()
    found = find(report, parse(text) if spans is None else None, gazetteer=names)
    return {m.mention.text: m for m in locate(report, found, gazetteer=names)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A fire on East Elm Street closed the road.", ["East Elm Street"]),
        ("At Blue Heron Hospital nobody slept.", ["Blue Heron Hospital"]),
        ("Traffic on I-75 and Route 12 stood still near Lake Osprey.", ["I-75", "Route 12", "Lake Osprey"]),
        ("The Street was empty and the River rose.", []),
    ],
)
def test_a_site_is_named_by_its_kind(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in sites(text)] == found


def test_a_street_is_in_the_town_that_is_written_beside_it() -> None:
    match = _matches("A man was shot on Heron Street in Caracas. Another died in Lima.")["Heron Street"]
    assert match.place is not None
    assert match.place.name == "Caracas"
    assert match.geometry_method == "place_point"
    assert "in 'Caracas', where the text puts it" in match.reasons
    assert match.coordinate_uncertainty_m is not None
    assert match.coordinate_uncertainty_m >= 2000


def test_a_street_that_the_text_puts_nowhere_is_listed_and_not_drawn() -> None:
    match = _matches("A man was shot in Caracas. Nobody on Heron Street had heard of him.")["Heron Street"]
    assert (match.place, match.geometry) == (None, None)
    assert match.reasons == ("not in the gazetteer",)


def test_a_given_span_that_no_gazetteer_holds_names_the_town_of_the_report_and_is_not_drawn() -> None:
    text = "Caracas is quiet. In Caracas the shops of Heron Lane are shut."
    spans = tuple((text.index(w), text.index(w) + len(w)) for w in ("Caracas", "Heron Lane"))
    match = _matches(text, spans)["Heron Lane"]
    assert match.place is not None
    assert match.place.name == "Caracas"
    assert match.geometry is None
    assert any("mostly about 'Caracas'" in r for r in match.reasons)
