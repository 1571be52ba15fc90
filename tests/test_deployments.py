"""Deployments read out of whole reports: assets as ranges, status, destination, purpose as claimed."""

import pytest
from scenes import scene

from geo.deployments import deployments
from geo.model import Deployment


def read(text: str) -> tuple[Deployment, ...]:
    return deployments(scene(text))


def one(text: str) -> Deployment:
    found = read(text)
    assert len(found) == 1, [d.title for d in found]
    return found[0]


STATUS = [
    ("The Dutch navy will send two frigates to Aruba next month.", "planned", "future", "NLD"),
    ("Britain is considering sending a destroyer to the Red Sea.", "under_consideration", "future", "GBR"),
    ("The admiral ordered two US frigates to sail to Aruba.", "ordered", "future", "USA"),
    ("The US might send a destroyer to the Gulf of Paria.", "hypothetical", "hypothetical", "USA"),
    ("About 10,000 US troops are stationed in Puerto Rico.", "present", "actual", "USA"),
    ("France has withdrawn its frigate from the Gulf of Guinea.", "withdrawn", "actual", "FRA"),
    ("Three French frigates arrived in Martinique on Thursday.", "arrived", "actual", "FRA"),
    ("Colombia denied that it had sent 2,000 soldiers to the border.", "denied", "negation", "COL"),
    ("In 1989 the United States deployed 27,000 troops to Panama.", "present", "historical", "USA"),
]


@pytest.mark.parametrize(("text", "status", "mode", "country"), STATUS)
def test_status_mode_and_actor(text: str, status: str, mode: str, country: str) -> None:
    record = one(text)
    assert (record.status, record.auxiliary_mode, record.actor_country) == (status, mode, country)
    assert all(text[e.start : e.end] == e.text for e in record.evidence)


ASSETS = [
    ("a nuclear-powered submarine", [("nuclear_submarine", 1, 1, 1)]),
    ("several warships", [("warship", 2, None, None)]),
    ("an aircraft carrier strike group", [("carrier_strike_group", 1, 1, 1)]),
    ("three destroyers and a cruiser", [("destroyer", 3, 3, 3), ("cruiser", 1, 1, 1)]),
    ("tens of thousands of troops", [("personnel", 20_000, None, 99_999)]),
    ("nearly 200,000 soldiers", [("personnel", None, None, 200_000)]),
    ("a dozen fighter jets", [("fighter", 12, 12, 12)]),
]


@pytest.mark.parametrize(("words", "expected"), ASSETS)
def test_assets_are_counted_as_ranges(words: str, expected: list[tuple[str, int | None, int | None, int | None]]) -> None:
    record = one(f"The US military has deployed {words} to the Caribbean.")
    found = [(a.type, a.count.low, a.count.best, a.count.high) if a.count else (a.type, None, None, None) for a in record.assets]
    assert [(t, low, high) for t, low, _, high in found] == [(t, low, high) for t, low, _, high in expected]


def test_a_sea_is_an_area_not_a_pin() -> None:
    record = one("The US military has deployed a submarine to the Caribbean in what it describes as a security operation.")
    assert record.geometry_method == "region_polygon"
    assert record.longitude is None
    assert record.label_longitude is not None
    assert record.purpose_claimed == "a security operation"


def test_forces_raised_at_home_are_the_country_not_its_capital() -> None:
    record = one("Russia protested, with Caracas mobilizing tens of thousands of troops in response.")
    assert (record.actor_country, record.geometry_method, record.where_role) == ("VEN", "country_polygon", "base")
    assert (record.longitude, record.latitude) == (None, None)


def test_a_named_ship_with_company() -> None:
    record = one("The aircraft carrier USS Gerald R. Ford is sailing to the Caribbean with three destroyers.")
    assert record.status == "in_transit"
    assert [a.type for a in record.assets] == ["aircraft_carrier", "destroyer"]


NOTHING = [
    "The company sent a press release to Aruba.",
    "The minister sent condolences to the families in Caracas.",
    "A cruise ship arrived in Nassau on Sunday.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_moves_no_forces_is_no_deployment(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    "text", ["The coast guard dispatched a patrol boat to the scene.", "A bulk carrier prepared to depart Tema for Lagos."]
)
def test_help_and_trade_are_no_deployments(text: str) -> None:
    assert read(text) == ()


def test_an_order_for_a_deployment_is_still_to_be_carried_out() -> None:
    record = one("Venezuelan President Nicolás Maduro ordered the deployment of 4.5 million militia members across Venezuela.")
    assert (record.status, record.auxiliary_mode, record.assets[0].type) == ("ordered", "future", "militia")


def test_where_forces_leave_is_where_they_come_from() -> None:
    record = one("The destroyer USS Stockdale left San Diego on Monday.")
    assert (record.origin, record.destination, record.geometry) == ("San Diego", None, None)


IN_PASSING = [
    ("The missile battery outside Split has been reloaded twice.", "missile_system", "outside Split"),
    ("Fuel for the three frigates in Rota ran low.", "frigate", "Rota"),
    ("Rota is home to five destroyers.", "destroyer", None),
    ("The dhow was towed in under the eyes of a Dutch frigate.", "frigate", None),
    ("At anchor off Aruba lay two patrol ships of the navy.", "patrol_vessel", "off Aruba"),
    ("Red Sea - frigate Example, corvette Sample", "frigate", "Red Sea"),
    ("Russian frigate lurks off Orkney", "frigate", "off Orkney"),
    ("Naval jets patrol over the Aegean every night.", "fighter", "Aegean"),
]


@pytest.mark.parametrize(("text", "kind", "place"), IN_PASSING)
def test_forces_are_found_where_a_sentence_tells_something_else(text: str, kind: str, place: str | None) -> None:
    record = one(text)
    assert (record.status, record.auxiliary_mode, record.where_text) == ("present", "actual", place)
    assert record.assets[0].type == kind


NOT_THERE = [
    "Two frigates were built in Kiel for Portugal.",
    "Three soldiers were killed in Kidal on Monday.",
    "The captain of the frigate Example lives in Plymouth.",
    "The former destroyer is moored in Baltimore.",
    "Warships in the Gulf burn much fuel.",
    "A tanker was struck by two missiles in the Red Sea.",
]


@pytest.mark.parametrize("text", NOT_THERE)
def test_what_is_built_hit_or_retired_is_not_somewhere(text: str) -> None:
    assert read(text) == ()


WHERE_FORCES_ARE = [
    ("Two Dutch F-35s are at Hato airport in Curaçao.", "present", "NLD", "fighter"),
    ("Brazil keeps two frigates in the Gulf of Guinea.", "present", "BRA", "frigate"),
    ("The destroyer HMS Example passed through the Strait of Gibraltar on Monday.", "in_transit", "GBR", "destroyer"),
    ("Chilean and Peruvian ships hold drills off Callao.", "exercising", None, "warship"),
    ("A French frigate is shadowing the tanker.", "present", "FRA", "frigate"),
    ("The Indian navy has moved a patrol ship from Kochi to Mumbai.", "arrived", "IND", "patrol_vessel"),
    ("The navy held an exercise with eight warships off Aruba.", "exercising", None, "warship"),
    ("Two Norwegian corvettes are en route to the Barents Sea.", "in_transit", "NOR", "warship"),
    ("A US carrier group was diverted to the eastern Mediterranean on Friday.", "in_transit", "USA", "carrier_strike_group"),
    ("Greece scrambled two F-16s over the Aegean on Sunday.", "present", "GRC", "fighter"),
    ("About 600 French soldiers took part in the exercise off Corsica.", "exercising", "FRA", "personnel"),
    ("A South Korean destroyer replaced the Example off Oman in May.", "present", "KOR", "destroyer"),
    ("India has put two submarines to sea.", "in_transit", "IND", "submarine"),
    ("The coast guard cutter Example set sail for the Windward Passage.", "in_transit", None, "coast_guard_cutter"),
    ("The amphibious ship landed 400 marines at Port of Spain.", "arrived", None, "personnel"),
    ("Nigeria has moved a squadron of gunboats into the creeks around Brass.", "in_transit", "NGA", "warship"),
    ("Brazil will contribute one corvette to the force.", "planned", "BRA", "warship"),
]


@pytest.mark.parametrize(("text", "status", "country", "kind"), WHERE_FORCES_ARE)
def test_where_forces_are_and_whose(text: str, status: str, country: str | None, kind: str) -> None:
    record = one(text)
    assert (record.status, record.actor_country, record.assets[0].type) == (status, country, kind)


def test_each_of_several_states_has_its_own() -> None:
    records = read("Romania, Bulgaria and Turkey each have two minehunters at sea.")
    assert [(r.actor_country, r.assets[0].count.best) for r in records if r.assets[0].count] == [("ROU", 2), ("BGR", 2), ("TUR", 2)]


def test_ships_of_two_states_are_two_deployments() -> None:
    records = read("An Italian destroyer and a French frigate were in the area.")
    assert [(r.actor_country, r.assets[0].type) for r in records] == [("ITA", "destroyer"), ("FRA", "frigate")]


def test_both_ends_of_a_movement() -> None:
    record = one("Russia has pulled most of its fleet back from Sevastopol to Novorossiysk.")
    assert (record.status, record.origin, record.destination) == ("withdrawn", "Sevastopol", "Novorossiysk")


def test_a_day_of_another_clause_is_not_the_movement_s() -> None:
    lent, arrived = read("Sweden has lent it three minehunters, and two Dutch fighter jets arrived in Curaçao on Monday.")
    assert lent.date_start is None
    assert arrived.date_start is not None


NOTHING_MOVED = [
    "A Chinese militia vessel rammed the boat, leaving a gash in her side.",
    "The boat steered into a Chinese ship that was lawfully at anchor.",
    "Ten cargo ships are at the port of Santos.",
    "The frigates have new radars.",
    "The ministry set a deadline for the frigate.",
    "The captain took part in the debate about the destroyer.",
    "The navy is ready.",
]


@pytest.mark.parametrize("text", NOTHING_MOVED)
def test_what_is_no_deployment(text: str) -> None:
    assert [d.title for d in read(text)] == []


WITHOUT_A_VERB = [
    ("PNS Shamsheer due Djibouti Thursday.", "in_transit", "PAK", "warship", "Djibouti"),
    ("TCG Gemlik patrolling south of Mogadishu since 3 November.", "present", "TUR", "warship", "south of Mogadishu"),
    ("INS Kaveri escorting two grain ships, Berbera to Bosaso.", "in_transit", "IND", "warship", "Bosaso"),
    ("USS Harlan - Arabian Sea", "present", "USA", "warship", "Arabian Sea"),
    ("French frigate Languedoc alongside at Larnaca.", "arrived", "FRA", "frigate", "Larnaca"),
    ("HMS Calder (frigate), Gulf of Aden.", "present", "GBR", "frigate", "Gulf of Aden"),
    ("NORWEGIAN COAST GUARD SHIP HAVNES ON SCENE.", "present", "NOR", "patrol_vessel", None),
]


@pytest.mark.parametrize(("text", "status", "country", "kind", "destination"), WITHOUT_A_VERB)
def test_lines_without_a_verb(text: str, status: str, country: str, kind: str, destination: str | None) -> None:
    record = one(text)
    assert (record.status, record.actor_country, record.assets[0].type, record.destination) == (status, country, kind, destination)
    assert record.auxiliary_mode == "actual"


def test_a_list_of_positions_has_one_record_a_ship() -> None:
    records = read("Forces in the area: HMS Calder (frigate), Gulf of Aden; FS Languedoc, southern Red Sea; JS Akebono, off Socotra.")
    assert [(r.actor_country, r.destination) for r in records] == [
        ("GBR", "Gulf of Aden"), ("FRA", "southern Red Sea"), ("JPN", "off Socotra"),
    ]  # fmt: skip


VERBS_OF_NO_LIST = [
    ("The French frigate swung at her moorings off Larnaca all week.", "present"),
    ("Two Indian destroyers were refuelled at Salalah on Monday.", "present"),
    ("The last 300 French soldiers left Chad on Thursday.", "withdrawn"),
    ("The Italian destroyer is on her way back to Taranto.", "withdrawn"),
    ("Ten Dutch fighter jets touched down in Curaçao on Saturday.", "arrived"),
    ("Two Danish minehunters will stay in Kiel.", "present"),
]


@pytest.mark.parametrize(("text", "status"), VERBS_OF_NO_LIST)
def test_where_ships_are_by_whatever_verb(text: str, status: str) -> None:
    assert (one(text).status, one(text).auxiliary_mode) == (status, "actual")


@pytest.mark.parametrize(
    "text",
    [
        "The frigate was built in Ferrol in 2009.",
        "A destroyer was launched in Nagasaki on Monday.",
        "Warship struck by missile off Hodeidah.",
        "No warships in the area.",
        "A landing ship had gone down in the Black Sea.",
        "The navy bought four frigates from a yard in Gdansk.",
    ],
)
def test_what_tells_of_ships_and_not_of_where_they_are(text: str) -> None:
    assert [r for r in read(text) if r.auxiliary_mode == "actual"] == []


def test_the_frigate_is_whose_it_was() -> None:
    _, second = read("A Greek frigate left Souda on Monday. The frigate anchored off Larnaca on Wednesday.")
    assert (second.status, second.actor_country) == ("arrived", "GRC")


def test_forces_are_those_of_who_tells_of_them() -> None:
    assert one("Iran says some 3,000 marines are exercising off Jask.").actor_country == "IRN"


WHAT_FORCES_DO = [
    ("A French Falcon 50 from Djibouti circled overhead for three hours.", "present", "FRA", "patrol_aircraft"),
    ("Overhead, a German P-3 kept the skiffs in sight until dark.", "present", "DEU", "patrol_aircraft"),
    ("An Indian destroyer was already alongside when the second skiff came in.", "present", "IND", "destroyer"),
    ("Turkish soldiers poured into Afrin on Saturday.", "in_transit", "TUR", "personnel"),
    ("The Russian navy began three days of drills off Tartus with ten ships.", "exercising", "RUS", "warship"),
    ("Poland put two pairs of F-16s in the air.", "present", "POL", "fighter"),
]


@pytest.mark.parametrize(("text", "status", "country", "kind"), WHAT_FORCES_DO)
def test_what_forces_do(text: str, status: str, country: str, kind: str) -> None:
    record = one(text)
    assert (record.status, record.actor_country, record.assets[0].type) == (status, country, kind)


@pytest.mark.parametrize(
    "text",
    [
        "A Chinese cutter turned its hoses on the trawler.",
        "A Russian jet entered Estonian airspace for a minute.",
        "A Danish frigate ran aground and lost power.",
        "The Italian destroyer costs two billion euros.",
        "An Indian frigate hailed the tanker on channel 16.",
    ],
)
def test_what_forces_do_that_puts_them_nowhere(text: str) -> None:
    assert [r for r in read(text) if r.auxiliary_mode == "actual"] == []


TO_COME = [
    ("A German frigate relieves the Dutch one off Gotland at the end of the month.", "planned"),
    ("A Portuguese ship of the navy goes home from Luanda next week.", "planned"),
    ("Chile is sending a patrol aircraft from Concon tonight.", "planned"),
]


@pytest.mark.parametrize(("text", "status"), TO_COME)
def test_the_present_of_what_is_to_come(text: str, status: str) -> None:
    assert [(r.status, r.auxiliary_mode) for r in read(text)] == [(status, "future")]


def test_where_forces_are_is_told_in_passing() -> None:
    records = read("Paris said a frigate already in the Gulf of Oman would accompany two ships on Wednesday.")
    assert ("present", "actual", "Gulf of Oman") in [(r.status, r.auxiliary_mode, r.destination) for r in records]


def test_a_list_names_the_type_behind_the_ship() -> None:
    record = one("- HSwMS Norrtull, corvette: on patrol between Gotland and Ventspils.")
    assert (record.status, record.actor_country, record.assets[0].name) == ("present", "SWE", "HSwMS Norrtull")


def test_that_month_is_of_the_year_just_named() -> None:
    record = one("The force left in 2021, and the last French ship sailed from Pemba that July.")
    assert (record.auxiliary_mode, record.date_start) == ("historical", "2021-07-01")


def test_which_forces_is_no_deployment_beside_what_they_do() -> None:
    assert [r.status for r in read("French aircraft of the navy based at Lorient flew to Dakar on Monday.")] == ["in_transit"]


def test_a_place_that_is_not_on_the_map_keeps_its_words() -> None:
    record = one("An Italian frigate has been diverted to the area from the Gulf of Aden.")
    assert (record.destination, record.origin, record.geometry_method) == ("area", "Gulf of Aden", "none")


def test_a_story_goes_on_from_the_day_it_named() -> None:
    (record,) = read("A tanker was boarded off Lome on 5 November. Two French frigates reached the scene.")
    assert (record.status, record.date_start) == ("arrived", "2025-11-05")


def test_next_day_is_the_day_after() -> None:
    (record,) = read("A tanker was boarded off Lome on 5 November. A French frigate reached the scene next day.")
    assert record.date_start == "2025-11-06"


def test_frigates_of_no_number_and_no_place_are_none() -> None:
    assert read("Frigates escorted convoys here in the tanker war.") == ()


def test_a_voyage_in_a_report_of_ships_is_a_departure() -> None:
    (record,) = read("Robbers boarded a chemical tanker at the anchorage on 3 November. The frigate Talwar left Colombo for Chennai.")
    assert (record.status, record.origin) == ("in_transit", "Colombo")


GOING_ON = [
    ("Spain has sent the frigate Alcudia to Haifa, where it arrived on 4 November.", "arrived", "Haifa"),
    ("The Greek frigate Nestos reached the area on Monday and searched for the missing with its helicopter.", "present", "area"),
]


@pytest.mark.parametrize(("text", "status", "where"), GOING_ON)
def test_one_movement_told_in_two_clauses_is_one(text: str, status: str, where: str) -> None:
    assert [(r.status, r.destination) for r in read(text)] == [(status, where)]


NAMED_BEHIND = [
    ("The EU NAVFOR frigate Monte Alba is in the vicinity and is monitoring the dhow.", "frigate", "Monte Alba"),
    ("The Bulgarian minehunter Zora is searching the approaches to the port as part of a group with Greece.", "minehunter", "Zora"),
]


@pytest.mark.parametrize(("text", "kind", "name"), NAMED_BEHIND)
def test_a_ship_is_typed_by_the_word_before_her_name(text: str, kind: str, name: str) -> None:
    assert [(a.type, a.name) for a in one(text).assets] == [(kind, name)]


THERE = [
    "Under the plan the alliance has three corvettes, a minehunter and maritime patrol aircraft in the region.",
    "Six F-16 fighters stand at Souda nearly every day.",
    "Two P-3 patrol aircraft fly from Sigonella nearly every day.",
    "A French Navy patrol aircraft watched the boarding on Tuesday.",
    "The Danish Navy ship Triton continues operations north of Aruba.",
]


@pytest.mark.parametrize("text", THERE)
def test_forces_are_there_whatever_they_do(text: str) -> None:
    assert [(r.status, r.auxiliary_mode) for r in read(text)] == [("present", "actual")]


NOT_THERE = [
    "The cruiser USS Fort Alder is due to return to Norfolk in early December, the Navy said.",
    "Latvian border guards detained the tanker Sea Lark, sailing without a valid flag, in the Gulf of Riga.",
    "Talks go on, the armed forces ministry in Paris announced.",
    "Shadow Fleet: Gulf of Finland",
]


@pytest.mark.parametrize("text", NOT_THERE)
def test_what_is_due_held_or_an_office_is_not_there(text: str) -> None:
    assert [r for r in read(text) if r.auxiliary_mode == "actual"] == []


def test_two_ships_of_a_state_are_two() -> None:
    records = read("The BRP Santo Cruz has been patrolling the area since May, and a second ship, the BRP Luna Bay, left Manila on Monday.")
    assert [(r.status, r.assets[0].name) for r in records] == [("present", "BRP Santo Cruz"), ("in_transit", "BRP Luna Bay")]


def test_a_headline_tells_no_second_return() -> None:
    lead = "ASTORIA, Ore. - The crew of the Coast Guard Cutter Alder Point returned to Astoria on Friday."
    records = read(f"Coast Guard cutter returns to Astoria after patrol\n\n{lead}\n\nThe crew was glad.\n\nSo were their families.\n")
    assert [(r.status, r.evidence[0].text) for r in records] == [("withdrawn", lead.partition(" - ")[2])]


def test_a_ship_of_two_words_is_known_again_without_her_type() -> None:
    text = "Coast Guard Cutter Alder Point seized two boats off Haiti. Alder Point left Norfolk on April 6."
    assert ("in_transit", "actual", "Norfolk") in [(r.status, r.auxiliary_mode, r.origin) for r in read(text)]


def test_the_present_with_a_day_is_a_timetable() -> None:
    text = "Coast Guard Cutter Alder Point seized two boats. Alder Point returns to Astoria, Oregon, on Friday."
    assert [r.auxiliary_mode for r in read(text) if r.status in {"planned", "withdrawn"}] == ["future"]


MISREAD = [
    ("A Korean destroyer, the ROKS Haeseong, called at Muscat on Sunday and sails today.", "arrived", "Muscat"),
    ("Russia's Black Sea Fleet has moved most of its ships from Sevastopol to Novorossiysk.", "arrived", "Novorossiysk"),
    ("The Abraham Lincoln, a carrier, which arrived in the Arabian Sea in May, is operating off Oman.", "present", "off Oman"),
    ("Japan's P-3 aircraft fly from Djibouti only twice a week.", "present", None),
]


@pytest.mark.parametrize(("text", "status", "where"), MISREAD)
def test_the_forces_right_before_a_verb_are_its_own(text: str, status: str, where: str | None) -> None:
    assert [(r.status, where and r.destination) for r in read(text)] == [(status, where)]


MORE_THERE = [
    ("The French navy has flown an Atlantique 2 patrol aircraft from Lorient since Saturday.", "present", None),
    ("Finland moved the minelayer Porkkala from Hanko to the mouth of the bay on Wednesday.", "arrived", None),
    ("Two new patrol boats now sit at Tarabo.", "present", "Tarabo"),
    ("The Chinese carrier was sailing 220 nautical miles east of Taiwan on Monday.", "present", "220 nautical miles east of Taiwan"),
    ("British minehunters left Bahrain for home in January.", "withdrawn", None),
    ("The destroyer USS Kittery is now escorting two tankers through the strait.", "present", "strait"),
]


@pytest.mark.parametrize(("text", "status", "where"), MORE_THERE)
def test_what_the_words_beside_a_verb_make_of_it(text: str, status: str, where: str | None) -> None:
    assert [(r.status, where and r.destination) for r in read(text)] == [(status, where)]


def test_who_takes_part_in_an_exercise_to_come_is_to_come_too() -> None:
    text = "NAVAREA IX 371/25\nARABIAN SEA. GUNNERY EXERCISE FROM 260300 TO 261300 UTC NOV 25 IN AREA WITHIN 20 MILES OF 24-10N 065-30E. FOUR FRIGATES TAKE PART."
    assert [r for r in read(text) if r.auxiliary_mode == "actual"] == []


def test_a_helicopter_carrier_is_no_aircraft_carrier() -> None:
    assert [a.type for a in one("France keeps a helicopter carrier off Togo.").assets] == ["amphibious_assault_ship"]


def test_cutters_are_of_the_one_coast_guard_of_the_report() -> None:
    text = "The U.S. Coast Guard seized two boats off Haiti on Monday. The cutters Alder Point and Sentinel remain off Haiti."
    assert {r.actor_country for r in read(text)} == {"USA"}
