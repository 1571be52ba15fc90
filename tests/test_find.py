"""Finding: what a text names, in which role, and the relations it is said in. The sentences are ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import offsets, parse
from geo.find import find
from geo.gazetteer import open_gazetteer
from geo.messages import at_sea, is_message
from geo.model import MAPPED_ROLES, Mention, Report


def _found(text: str, *, parsed: bool = True) -> tuple[Mention, ...]:
    """Find the mentions of a text, with or without the parse."""
    return find(Report("a", text), parse.parse(text) if parsed else None, gazetteer=open_gazetteer())


def _roles(text: str, *, parsed: bool = True) -> dict[str, str]:
    """Give the role of each mention's text."""
    return {m.text: m.role for m in _found(text, parsed=parsed)}


@pytest.mark.parametrize("parsed", [True, False])
@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Washington said the strike was lawful.", "Washington", "metonym"),
        ("Caracas rejected the claim on Monday.", "Caracas", "metonym"),
        ("The minister accused Washington of piracy.", "Washington", "metonym"),
        ("The plan was described by Moscow as a threat.", "Moscow", "metonym"),
        ("London does not wish to comment.", "London", "metonym"),
        ("Protesters marched in Caracas on Friday.", "Caracas", "place"),
        ("The foreign ministry in Bucharest said two boats were lost.", "Bucharest", "metonym"),
        ("The US Fifth Fleet said it was aware of the report.", "US", "institution"),
        ("Two boats of the Black Sea Fleet were lost.", "Black Sea", "institution"),
        ("Two boats of the U.S. 5th Fleet were lost.", "U.S.", "institution"),
        ("A source in the Security Service of Ukraine spoke of two boats.", "Ukraine", "institution"),
        ("Off Lome, in the Gulf of Guinea, a drone fell on a grain barge.", "Gulf of Guinea", "place"),
        ("In March the landing ship Azov, laden with troops, was moved.", "Azov", "ship"),
        ("The European Union's naval mission has three frigates at sea.", "European Union", "institution"),
        ("Fuel prices rose in the European Union.", "European Union", "place"),
        ("The delegation flew to London yesterday.", "London", "place"),
        ("The US military moved a carrier.", "US", "metonym"),
        ("A study by the University of Georgia was quoted.", "Georgia", "institution"),
        ("Bank of America closed two branches.", "America", "institution"),
        ("The UK Foreign Office would not comment.", "UK", "institution"),
        ("A Venezuelan patrol boat turned back.", "Venezuelan", "demonym"),
        ("The destroyer USS Newport News left port.", "USS Newport News", "ship"),
        ("The boat was in international waters at the time.", "international waters", "zone_claim"),
        ("The boat entered the territorial waters of Guyana at dawn.", "territorial waters of Guyana", "zone_claim"),
        ("BOGOTA, Nov. 11 (Agencia) - Two boats were lost.", "BOGOTA", "dateline"),
        ("Ships gathered in the eastern Pacific.", "eastern Pacific", "place"),
        ("Three men left the bulk carrier Anna Toledo by raft.", "Anna Toledo", "ship"),
        ("They say the cruiser Moskva, the flagship, was sunk.", "Moskva", "ship"),
        ("The corvettes Narvaez and Cartagena de Indias sailed from Lima.", "Cartagena de Indias", "ship"),
        ("The tanker Curacao Trader was boarded at anchor.", "Curacao Trader", "ship"),
        ("The Serena Gulf was on her way from Lima to Dakar.", "Serena Gulf", "ship"),
        ("He wrote a book about the sinking of the Belgrano.", "Belgrano", "ship"),
        ("Iran seized a tanker; the ship Iran seized is at anchor.", "Iran", "metonym"),
        ("The Gulf of Guinea was adrift in rumours.", "Gulf of Guinea", "place"),
        ("The crew slept aboard the Lady Valencia.", "Lady Valencia", "ship"),
        ("Fire broke out on the Corinth Belle, a 90-metre tanker, at dawn.", "Corinth Belle", "ship"),
        ("The Kremlin spoke of piracy.", "Kremlin", "metonym"),
        ("A freighter under the flag of Gambia ran aground.", "Gambia", "demonym"),
        ("Two boats were seized in the Caribbean.", "Caribbean", "place"),
    ],
)
def test_roles(text: str, name: str, role: str, *, parsed: bool) -> None:
    assert _roles(text, parsed=parsed)[name] == role


@pytest.mark.parametrize(
    ("text", "name"),
    [("GHANA: Robbers boarded a tanker at 0200 local time, Tema.", "Tema"), ("NIGERIA: Robbers boarded a tanker in the Bonny Channel.", "Bonny")],
)
def test_a_name_of_the_state_that_heads_a_message_is_a_place(text: str, name: str) -> None:
    assert ("place", name) in [(m.role, m.text) for m in find(Report("a", text), parse.parse(text), gazetteer=open_gazetteer())]


@pytest.mark.parametrize(
    ("text", "role"),
    [("London Breed met reporters.", "person"), ("Sen. Lincoln Chafee asked for a vote.", "person"), ("Mr. Jordan left early.", "person")],
)
def test_people_named_like_places_are_not_mapped(text: str, role: str) -> None:
    assert {m.role for m in _found(text)} <= {role}


def test_the_place_of_one_sentence_is_the_government_of_the_next() -> None:
    text = "In London, the prime minister met his cabinet. London said it would wait."
    assert [m.role for m in _found(text)] == ["place", "metonym"]


def test_its_territories_are_those_of_the_state_that_is_spoken_of() -> None:
    text = "The United Kingdom keeps radar stations in its Caribbean territories. France does the same in its Caribbean territories."
    labels = [m.label for m in _found(text) if m.label]
    assert labels == ["im:british-caribbean-territories", "im:french-caribbean"]


def test_a_ship_named_once_is_known_again() -> None:
    roles = [m.role for m in _found("The tanker Golden Toledo sailed at noon. On Monday the Golden Toledo was in Lima.")]
    assert roles == ["ship", "ship", "place"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Sweden has lent it three ships.", "metonym"),
        ("Turkey's maritime authority closed the strait.", "metonym"),
        ("Sweden lies north of Poland.", "place"),
        ("Fishermen work off Turkey's coast.", "offset"),
    ],
)
def test_a_country_that_acts_or_owns_is_a_government(text: str, role: str) -> None:
    assert _found(text)[0].role == role


def test_the_text_as_a_whole_says_whether_a_name_is_a_person() -> None:
    text = 'Noma opened a case in May. "No one told me," said Noma. Noma said she would wait. Police met Noma at home.'
    assert {m.role for m in _found(text)} <= {"person"}
    town = "Noma residents met in Noma on Monday. The town of Noma lies in Florida. Noma said no to the plan."
    assert {m.role for m in _found(town) if m.text == "Noma"} <= {"place", "metonym"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Students met at Springfield High School on Monday.", "place"),
        ("The Springfield School Board met on Monday.", "metonym"),
        ("She studied at the University of Springfield.", "institution"),
    ],
)
def test_a_building_that_something_is_at_is_a_place_and_a_public_body_a_government(text: str, role: str) -> None:
    assert _roles(text)["Springfield"] == role


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Manila will file a protest over the two boats.", "Manila", "metonym"),
        ("Tokyo and Canberra voiced concern about the boats.", "Canberra", "metonym"),
        ("Rome is ready to send a second ship.", "Rome", "metonym"),
        ("Washington has eleven warships at sea.", "Washington", "metonym"),
        ("Seoul's last destroyer sailed in June.", "Seoul", "metonym"),
        ("The US Mission called it a kidnapping.", "US", "metonym"),
        ("Majuro has protested to Taipei over the two boats.", "Taipei", "metonym"),
        ("Two marines were lost, according to Maputo.", "Maputo", "metonym"),
        ('Two boats were lost. Moscow: "Fantasy." Nobody knows.', "Moscow", "metonym"),
        ("The boats were searched for by Mexico without success.", "Mexico", "metonym"),
        ("An airstrike of the United States sank two boats.", "United States", "metonym"),
        ('"No," said Aden Farah Kismayo, who owns two boats.', "Aden", "person"),
        ("The Hong Tai 58 was seized at night.", "Hong Tai 58", "ship"),
        ("Caracas woke to explosions on Friday.", "Caracas", "place"),
        ("Honduras is bordered by Nicaragua.", "Nicaragua", "place"),
        ("Jakarta floods every year.", "Jakarta", "place"),
        ("Ecuador's coast is long.", "Ecuador", "place"),
    ],
)
def test_a_capital_that_does_what_no_town_does_stands_for_its_government(text: str, name: str, role: str) -> None:
    found = next(m for m in _found(text, parsed=True) if name in m.text)
    assert found.role == role


def test_a_dateline_behind_a_headline_and_an_entry_of_a_list() -> None:
    assert _roles("Two boats lost off the coast. BEIRUT: Two boats were lost on Monday.")["BEIRUT"] == "dateline"
    assert _roles("1. PERU: Robbers boarded an anchored tanker.\n2. NIGERIA: A tanker was boarded.")["PERU"] == "place"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("HELSINKI. Two boats were lost on Monday.", ["HELSINKI"]),
        ("Two boats lost\n\nODESA, Ukraine, Nov 12 (Agency) - Two boats were lost.", ["ODESA", "Ukraine"]),
        ("Two boats lost\n\nMIAMI, Fla. (Nov. 12, 2025) -- Two boats were lost.", ["MIAMI", "Fla."]),
        ("Two boats lost\n\nTema, November 12 - Two boats were lost.", ["Tema"]),
        ("Ministry of Defence\nRelease 12/2025\nLisbon, 12 November 2025\n\nTwo boats were lost.", ["Lisbon"]),
        ("Two boats lost\n\nLIMA/QUITO | Wednesday 12 November 2025\n\nTwo boats were lost.", ["LIMA", "QUITO"]),
        ("Two boats lost\n\nBy our correspondent in Port Harcourt\n\nTwo boats were lost.", ["Port Harcourt"]),
        ("Two boats lost\n\nDubai: Two boats were lost.", ["Dubai"]),
        ("Two boats were lost off Lima, and on November 12 - a Wednesday - one more.", []),
        ("Two boats lost\n\nDATE: 12 November 2025\nAREA: Gulf of Guinea", []),
        ("U.S. Navy Release\n\nTwo boats were lost.", []),
        ("Tema Anchorage, Ghana (position by radar)", []),
    ],
)
def test_datelines_as_newsrooms_and_ministries_write_them(text: str, lines: list[str]) -> None:
    assert [words for words, role in _roles(text).items() if role == "dateline"] == lines


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("ECUADOR: Robbers in two skiffs boarded an anchored bulk carrier; the master raised the alarm.", "ECUADOR", "place"),
        ("RED SEA: Pirates in two skiffs chased a tanker.", "RED SEA", "place"),
        ("Ecuador-Manta:Robbers boarded an anchored bulk carrier.", "Ecuador", "place"),
        ("MANTA, ECUADOR: Robbers boarded an anchored bulk carrier.", "MANTA", "place"),
        ("QUITO: Robbers in skiffs boarded a bulk carrier off Manta, said its master.", "QUITO", "dateline"),
        ("QUITO, Nov 11 (Agencia) - Robbers in skiffs boarded a bulk carrier, said its master.", "QUITO", "dateline"),
    ],
)
def test_a_message_is_headed_with_where_it_happened_and_news_with_where_it_was_filed(text: str, name: str, role: str) -> None:
    assert _roles(text)[name] == role


def test_money_is_no_state() -> None:
    assert "US" not in _roles("Robbers boarded an anchored tanker and stole US $900.")


def test_names_of_one_letter_and_acronyms_are_no_places() -> None:
    assert not _found("Plan A was better than plan B, said Mr Y. The NGO and the MBA students agreed.")


@pytest.mark.parametrize("parsed", [True, False])
def test_offsets_stay_right_behind_emoji_other_scripts_and_noise(*, parsed: bool) -> None:
    for text in ("🚢🔥 Caracas was calm.", "Столица 🇻🇪 — Caracas — 加拉加斯 was calm.", "l1m@ ~~ Car acas //// Caracas was ca1m."):
        mentions = _found(text, parsed=parsed)
        assert "Caracas" in {m.text for m in mentions}
        assert all(text[m.start : m.end] == m.text for m in mentions)


def test_a_message_in_capitals_names_its_places() -> None:
    text = "UKMTO WARNING 012: MASTER REPORTS SKIFF APPROACHED VESSEL OFF SALALAH, OMAN. CREW SAFE."
    assert {m.text for m in _found(text)} >= {"OMAN"}


def test_two_seas_are_two_mentions() -> None:
    names = [m.text for m in _found("Strikes on boats in Caribbean and eastern Pacific waters went on.") if m.role == "place"]
    assert names == ["Caribbean", "eastern Pacific waters"]


@pytest.mark.parametrize("parsed", [True, False])
@pytest.mark.parametrize(
    ("phrase", "method", "bearing", "low", "high"),
    [
        ("45 nautical miles northwest of Aruba", "bearing_offset", 315.0, 83.3, 83.3),
        ("about 12nm SSW of Aruba", "bearing_offset", 202.5, 22.2, 22.2),
        ("60 km off Aruba", "distance_only", None, 60.0, 60.0),
        ("twenty-five miles east of Aruba", "bearing_offset", 90.0, 40.2, 46.3),
        ("10 to 15 nm north of Aruba", "bearing_offset", 0.0, 18.5, 27.8),
        ("045 degrees, 12 nm from Aruba", "bearing_offset", 45.0, 22.2, 22.2),
        ("on a bearing of 045 degrees, 12 nm from Aruba", "bearing_offset", 45.0, 22.2, 22.2),
        ("12 nm on a bearing of 045 degrees from Aruba", "bearing_offset", 45.0, 22.2, 22.2),
        ("two hundred and ten nautical miles north by east of Aruba", "bearing_offset", 11.25, 388.9, 388.9),
        ("1,140 km W of Aruba", "bearing_offset", 270.0, 1140.0, 1140.0),
        ("three cables south of Aruba", "bearing_offset", 180.0, 0.6, 0.6),
        ("5 statute miles WNW of Aruba", "bearing_offset", 292.5, 8.0, 8.0),
        ("7.5 nm off shore Aruba", "distance_only", None, 13.9, 13.9),
        ("20 nm off the north coast of Aruba", "distance_only", 0.0, 37.0, 37.0),
        ("off the northern tip of Aruba", "off_coast", 0.0, None, None),
        ("at the entrance to Aruba", "near", None, None, None),
        ("north-east of Aruba", "direction_only", 45.0, None, None),
        ("off the coast of Aruba", "off_coast", None, None, None),
        ("near Aruba", "near", None, None, None),
        ("in the vicinity of Aruba", "near", None, None, None),
        ("between Aruba and Curaçao", "between", None, None, None),
    ],
)
def test_offsets(phrase: str, method: str, bearing: float | None, low: float | None, high: float | None, *, parsed: bool) -> None:
    text = f"The report says that a boat sank {phrase}."
    (mention,) = [m for m in _found(text, parsed=parsed) if m.role == "offset"]
    assert mention.text == phrase
    assert mention.offset is not None
    assert (mention.offset.method, mention.offset.bearing_deg) == (method, bearing)
    assert mention.anchors[0].text == "Aruba"
    if low is not None and high is not None:
        assert mention.offset.distance_low_km == pytest.approx(low, abs=0.1)
        assert mention.offset.distance_high_km == pytest.approx(high, abs=0.1)


def test_the_coast_of_a_nationality_is_an_offset() -> None:
    (mention,) = [m for m in _found("Two boats were stopped off the Venezuelan coast.") if m.role == "offset"]
    assert (mention.text, mention.anchors[0].text) == ("off the Venezuelan coast", "Venezuelan")


def test_a_mile_is_nautical_in_a_message_from_the_sea() -> None:
    message = "Robbers boarded an anchored bulk carrier, 10 miles north of Lagos. The master raised the alarm."
    (mention,) = [m for m in _found(message) if m.role == "offset"]
    assert mention.offset is not None
    assert mention.offset.distance_low_km == mention.offset.distance_high_km == pytest.approx(18.52)


@pytest.mark.parametrize(
    ("voyage", "names"),
    [
        ("en route from Callao to Guayaquil", ["Callao", "Guayaquil"]),
        ("en route from Callao, Peru to Guayaquil", ["Callao", "Guayaquil"]),
        ("bound for Guayaquil", ["Guayaquil"]),
        ("proceeding to Callao anchorage", ["Callao"]),
    ],
)
def test_a_voyage_in_a_message_is_a_line_and_no_place(voyage: str, names: list[str]) -> None:
    found = _found(f"Robbers boarded a tanker {voyage} while underway. The master raised the alarm.")
    (way,) = [m for m in found if m.offset is not None and m.offset.method == "line"]
    assert [a.text for a in way.anchors] == names
    assert not [m for m in found if m.role == "place"]


def test_an_anchorage_in_a_message_is_a_facility() -> None:
    (mention,) = [
        m for m in _found("Robbers boarded an anchored tanker, Callao inner anchorage, Peru. The crew mustered.") if m.role == "offset"
    ]
    assert (mention.text, mention.offset and mention.offset.method) == ("Callao inner anchorage", "facility")


def test_an_unknown_anchor_falls_back_to_the_place_that_holds_it() -> None:
    text = "Robbers boarded an anchored tanker around 4nm south of Blue Heron Rock, Batam, Indonesia. The master raised the alarm."
    offset = next(m for m in _found(text) if m.role == "offset")
    assert offset.anchors[0].text == "Batam"
    assert offset.offset is not None
    assert (offset.offset.method, offset.offset.bearing_deg) == ("near", None)


def test_given_spans_are_taken_as_they_are() -> None:
    text = "Lima, then Oz, then 12.5N 68.2W, then Peruvian."
    spans = tuple((text.index(w), text.index(w) + len(w)) for w in ("Peruvian", "Lima", "Oz", "12.5N 68.2W"))
    mentions = find(Report("a", text, spans=spans), None, gazetteer=open_gazetteer())
    assert [(m.text, m.role) for m in mentions] == [
        ("Peruvian", "demonym"),
        ("Lima", "place"),
        ("Oz", "place"),
        ("12.5N 68.2W", "position"),
    ]


def test_the_kind_of_text() -> None:
    news = "The president said the economy would grow. Shops in Lima were open."
    assert not at_sea(news)
    assert not is_message(news * 6)
    assert is_message("UKMTO WARNING 017 - the master reports that four men in a skiff fired upon the vessel underway.")


@given(st.text(alphabet=st.sampled_from("ab NSEW.,0123456789-'’\nLimaPeruofnm "), max_size=120))
def test_mentions_are_sorted_apart_and_say_their_text(text: str) -> None:
    last = 0
    for m in _found(text, parsed=False):
        assert last <= m.start < m.end
        assert text[m.start : m.end] == m.text
        assert m.reasons
        last = m.end


def test_offsets_read_every_wind() -> None:
    for wind, bearing in offsets.WINDS.items():
        found = offsets.before(f"30 nm {wind} of ", len(f"30 nm {wind} of "), maritime=True)
        assert found is not None
        assert found.bearing_deg == bearing


def test_only_places_positions_and_offsets_are_mapped() -> None:
    assert set(MAPPED_ROLES) == {"place", "position", "offset"}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("She flew to Cape Town on Monday.", "Cape Town", "place"),
        ("Rain fell across the Western Cape on Monday.", "Western Cape", "place"),
        ("The European and African teams drew.", "African", "demonym"),
        ("Saint Lucian fishermen mended their nets.", "Saint Lucian", "demonym"),
        ("Korean sailors mended their nets.", "Korean", "demonym"),
        ("Nova Scotia RCMP say the boat sank at night.", "Nova Scotia", "metonym"),
    ],
)
def test_a_name_of_common_words_is_a_name(text: str, name: str, role: str) -> None:
    assert _roles(text)[name] == role


def test_an_african_american_is_of_no_continent() -> None:
    assert "African" not in [m.text for m in _found("An African-American poet read her verses.")]


def test_a_town_in_the_name_of_a_lighthouse_or_a_paper_is_no_place_of_its_own() -> None:
    assert "Riohacha" not in [m.text for m in _found("The Lighthouse of Riohacha printed a correction.", parsed=False)]
