"""Who acts and speaks: kind, country and a neutral name, in sentences of our own."""

from __future__ import annotations

import csv
import itertools
import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import actors, layers

NAMED = [
    # in this text, these words, are this kind, of this country, with this name
    ("The US military moved two ships.", "The US military", "armed_forces", "USA", "US military"),
    ("Soon American forces arrived.", "American forces", "armed_forces", "USA", "US forces"),
    ("the Colombian navy met them", "the Colombian navy", "armed_forces", "COL", "Colombian Navy"),
    ("THE VENEZUELAN NAVY MET THEM", "VENEZUELAN NAVY", "armed_forces", "VEN", "Venezuelan Navy"),
    ("Trinidad and Tobago's coast guard", "Trinidad and Tobago's coast guard", "coast_guard", "TTO", "Trinidadian Coast Guard"),
    ("Off Borkum the Royal Navy waited.", "Royal Navy", "armed_forces", "GBR", "Royal Navy"),
    ("It was seized by the IRGC.", "IRGC", "armed_forces", "IRN", "Iranian Revolutionary Guards"),
    ("New Zealand Defence Force aircraft", "New Zealand Defence Force", "armed_forces", "NZL", "New Zealand defence force"),
    ("the government of Panama agreed", "the government of Panama", "government", "PAN", "Panamanian government"),
    ("The US administration was slow.", "The US administration", "government", "USA", "US administration"),
    ("The UK Foreign Office replied.", "The UK Foreign Office", "government", "GBR", "UK Foreign Office"),
    ("Dominican authorities replied.", "Dominican authorities", "government", None, "Dominican authorities"),
    ("Caracas rejected that.", "Caracas", "government", "VEN", "Venezuelan government"),
    ("The White House was silent.", "White House", "government", "USA", "US government"),
    ("In 2019 Norway objected.", "Norway", "state", "NOR", "Norway"),
    ("Then Israeli strikes hit the pier.", "Israeli", "state", "ISR", "Israel"),
    ("and the Americans left", "Americans", "state", "USA", "United States"),
    ("US Defense Secretary remarks", "US Defense Secretary", "official", "USA", "US defense secretary"),
    ("Norwegian Prime Minister Kari Nordmann spoke.", "Norwegian Prime Minister Kari Nordmann", "official", "NOR", "Norwegian Prime Minister Kari Nordmann"),
    ("said Ghanaian Foreign Ministry spokeswoman Ama Owusu", "Ghanaian Foreign Ministry spokeswoman Ama Owusu", "official", "GHA", "Ghanaian spokeswoman Ama Owusu"),
    ("Gen. Ama de la Cruz said so.", "Gen. Ama de la Cruz", "official", None, "Gen. Ama de la Cruz"),
    ("a senior British security official said", "a senior British security official", "anonymous_official", "GBR", "UK security official"),
    ("two U.S. officials said", "two U.S. officials", "anonymous_official", "USA", "US officials"),
    ("the president of Ghana, Ama Owusu, said", "the president of Ghana, Ama Owusu", "official", "GHA", "Ghanaian president Ama Owusu"),
    ("A Pentagon spokesman declined.", "A Pentagon spokesman", "official", "USA", "Pentagon spokesman"),
    ("Kremlin spokesman Ivan Ivanov said", "Kremlin spokesman Ivan Ivanov", "official", "RUS", "Kremlin spokesman Ivan Ivanov"),
    ("Norway's defence minister, Kari Nordmann, said", "Norway's defence minister, Kari Nordmann", "official", "NOR", "Norwegian defence minister Kari Nordmann"),
    ("two people familiar with the plan", "two people familiar", "anonymous_official", None, "two people familiar"),
    ("sources familiar with the plan", "sources familiar", "anonymous_official", None, "sources familiar"),
    ("Human rights groups objected.", "Human rights groups", "ngo", None, "human rights groups"),
    ("Amnesty International objected.", "Amnesty International", "ngo", None, "Amnesty International"),
    ("while legal experts doubt it", "legal experts", "expert", None, "legal experts"),
    ("the UN High Commissioner for Human Rights Ana Ruiz", "UN High Commissioner for Human Rights Ana Ruiz", "international_organisation", None, None),
    ("UKMTO reported a boarding.", "UKMTO", "international_organisation", None, "UKMTO"),
    ("a Reuters reporter", "Reuters", "media", None, "Reuters"),
    ("The Houthis claimed it.", "Houthis", "armed_group", None, "Ansar Allah (Houthis)"),
    ("ELN guerrillas held the river.", "ELN guerrillas", "armed_group", None, "National Liberation Army (ELN)"),
    ("Somali pirates boarded.", "Somali pirates", "private", "SOM", "Somali pirates"),
    ("Six robbers fled.", "robbers", "private", None, "robbers"),
    ("The ship's owners confirmed it.", "The ship's owners", "operator", None, "ship's owners"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "kind", "country", "name"), NAMED, ids=[row[1] for row in NAMED])
def test_an_actor_has_its_kind_its_country_and_a_neutral_name(
    text: str, words: str, kind: str, country: str | None, name: str | None
) -> None:
    found = next(actor for actor in actors.find(text) if actor.text == words)
    assert (found.kind, found.country, found.name) == (kind, country, name or words)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "In the Gulf of Mexico and the Gulf of Oman.",
        "She studied at the University of Panama.",
        "They crossed Latin America on foot.",
        "Venezuelan fishermen mended nets in Washington Square.",
        "Douglas County lies inland.",
        "It may rain on Monday.",
        "",
    ],
)
def test_places_and_adjectives_alone_are_no_actors(text: str) -> None:
    assert [actor for actor in actors.find(text) if actor.kind in {"state", "government"}] == []


def test_a_surname_means_the_same_person_later() -> None:
    text = "Norwegian Prime Minister Kari Nordmann spoke first. Later Nordmann left."
    first, later = actors.find(text)
    assert (later.text, later.name, later.country) == ("Nordmann", first.name, "NOR")


def test_a_country_told_once_holds_for_the_person() -> None:
    text = "President Kari Nordmann spoke. Norwegian President Kari Nordmann then left."
    assert {(actor.name, actor.country) for actor in actors.find(text)} == {("Norwegian President Kari Nordmann", "NOR")}


def test_a_government_called_after_its_leader_has_the_country_of_the_leader() -> None:
    found = actors.find("Norwegian Prime Minister Kari Nordmann spoke. The Nordmann government agreed.")
    assert (found[1].text, found[1].kind, found[1].country) == ("The Nordmann government", "government", "NOR")


def test_who_leads_a_government_has_its_country() -> None:
    found = actors.find("The Ghanaian government, led by President Ama Owusu, agreed.")
    assert [(actor.kind, actor.country) for actor in found] == [("government", "GHA"), ("official", "GHA")]


def test_names_are_read_across_line_breaks() -> None:
    found = actors.find("A White\nHouse official met the New\nZealand foreign\nminister and the Royal\nNavy.")
    assert [(actor.kind, actor.country) for actor in found] == [("anonymous_official", "USA"), ("official", "NZL"), ("armed_forces", "GBR")]


def test_a_possessive_does_not_enter_a_name() -> None:
    (found,) = (actor for actor in actors.find("Prime Minister Kari Nordmann’s office was shut.") if actor.kind == "official")
    assert found.name == "Prime Minister Kari Nordmann"


def test_every_country_is_known_by_its_name() -> None:
    with (layers.folder() / "gazetteer" / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["name"], row["iso3"]) for row in csv.DictReader(file)]
    wrong = {
        name: iso3
        for name, iso3 in rows
        if [a.country for a in actors.find(f"Officials of {name} met.") if a.kind != "expert"][:1] != [iso3]
    }
    assert wrong == {}


def test_the_lexicon_gives_no_name_two_kinds() -> None:
    data = tomllib.loads((layers.folder() / "lexicon" / "actors.toml").read_text(encoding="utf-8"))
    forms = [form for table in data["names"].values() for name, others in table.items() for form in {name, *others}]
    assert sorted(form for form in set(forms) if forms.count(form) > 1) == []
    assert {owner for owner in data["country"] if not any(owner in table for table in data["names"].values())} == set()


@given(st.text(alphabet="USA Ukofficialsminter.'’\nPrdGB", max_size=60))
def test_spans_hold_in_any_text(text: str) -> None:
    found = actors.find(text)
    assert all(text[a.start : a.end] == a.text and a.name for a in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


@pytest.mark.parametrize(
    "line", ["the US military ", "President Kari Nordmann and Nordmann ", "A. ", "U.S. ", "a senior ", "The ", "x" * 60 + " "]
)
def test_a_long_text_takes_no_longer_than_its_length_warrants(line: str) -> None:
    text = line * (200_000 // len(line))
    start = time.process_time()
    actors.find(text)
    assert time.process_time() - start < 5


def test_patterns_cut_to_a_text_find_what_the_whole_patterns_find() -> None:
    text = "The Dutch navy and the Colombian government said that Houthi rebels had left the Pentagon's list, CNN reported."
    actors._compiled.cache_clear()
    first = actors.find(text)
    for country in ("Chile", "Peru", "Japan", "Kenya", "Spain", "Italy", "Malta", "Cuba", "Haiti", "Egypt", "Qatar", "Oman", "Yemen", "Ghana", "Togo", "Benin", "Gabon", "Palau"):
        actors.find(f"The navy of {country} sailed.")
    assert actors.find(text) == first
    assert len(first) > 3
