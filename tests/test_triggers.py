"""Ways of telling an event: by families of words, doers, things and means; and what sounds like one and is none."""

import pytest
from scenes import scene

from geo.deployments import deployments
from geo.incidents import incidents


def told(text: str) -> list[str]:
    """List the types of the events that a text tells to have happened."""
    return [i.event_type for i in incidents(scene(text)) if i.auxiliary_mode == "actual" and i.record_kind == "event"]


WAYS = [
    ("The tanker came under attack 30 miles off Aden on Tuesday.", "strike_on_vessel"),
    ("A mine exploded under the bow of a coaster off Sulina on Friday.", "mine_incident"),
    ("A missile slammed into the bulk carrier Ocean Grace south of Aden on Wednesday.", "missile_attack"),
    ("An unmanned boat packed with explosives rammed a tanker off Tuapse on Sunday.", "naval_drone_attack"),
    ("A fishing boat was raked with machine-gun fire off Zawiya on Saturday, wounding two men.", "fired_upon"),
    ("Commandos rappelled onto the deck of the cargo ship Navarino in the Sea of Oman on Tuesday.", "boarding"),
    ("Somali pirates seized a bulk carrier 400 nm east of Hobyo on Tuesday.", "hijack"),
    ("The captain and the chief engineer were snatched from their tug off Sabah on Thursday.", "kidnapping"),
    ("Robbers made off with engine parts from a bulker at anchor off Batam on Saturday.", "robbery"),
    ("Customs officers found 800 kg of heroin aboard a dhow off Kerala on Friday.", "seizure"),
    ("Two Chinese vessels sideswiped a Filipino fishing boat off Pag-asa on Thursday.", "collision_or_ramming"),
    ("A data cable between Finland and Germany was cut on Monday.", "sabotage"),
    ("A Russian drone strayed into Romanian airspace near Tulcea on Saturday.", "airspace_violation"),
    ("Russian drones struck grain silos at the port of Izmail on Tuesday, killing one person.", "airstrike_land"),
    ("A yacht was followed for an hour by a skiff with six men off Al Mukalla on Tuesday.", "suspicious_approach"),
    ("The ferry is believed to have struck a mine off Kertch on Sunday.", "mine_incident"),
    ("A limpet mine tore a hole in the hull of a product tanker at anchor off Ceyhan on Monday.", "mine_incident"),
    ("Masked men scaled the side of a car carrier off Tawi-Tawi before dawn on Monday.", "boarding"),
    ("Marines from the frigate searched a stateless dhow off Duqm for six hours on Sunday.", "boarding"),
    ("Gunmen dragged the captain of a coaster into a speedboat off Bonny on Sunday.", "kidnapping"),
    ("Two seamen were seized from a trawler by militants in the Sulu Sea on Friday.", "kidnapping"),
    ("Attackers sprayed the bridge of a tanker with bullets 90 miles off Hodeidah on Monday.", "fired_upon"),
    ("Six suspected pirates were captured by a Spanish frigate off Somalia on Sunday.", "detention"),
    ("Explosive-laden drones targeted two tankers in the Black Sea on Friday night.", "strike_on_vessel"),
    ("A boat packed with explosives hit a tanker at anchor off Jizan on Tuesday.", "naval_drone_attack"),
    ("The fuel port of Ras Isa was hit by US air raids on Saturday.", "airstrike_land"),
    ("Navigation signals were jammed over the eastern Gulf on Sunday, forcing tankers to slow down.", "electronic_interference"),
    ("A helicopter hovered ten metres above a fisheries plane over Scarborough Shoal on Tuesday.", "suspicious_approach"),
    ("The air force shot down three drones over the Red Sea on Sunday.", "other"),
    ("Baltic cable cut again; Sweden opens inquiry", "sabotage"),
    ("A missile came down 200 metres from a supply vessel off Ras Tanura on Monday.", "missile_attack"),
    ("If you are just joining us: an explosion tore open a chemical tanker off Fujairah on Monday.", "explosion"),
    ("Unidentified drones overflew the naval harbour at Karlskrona on Sunday.", "airspace_violation"),
    ("The coast guard detained eleven Venezuelans off Icacos on Monday.", "detention"),
    ("The taking of five seamen from a bunker tanker off Cotonou was reported on Monday.", "kidnapping"),
    ("Four perpetrators sighted in the engine room of a bulk carrier off Batam.", "boarding"),
    ("The crew of a bulk carrier found on Monday that engine spares were missing.", "robbery"),
    ("A frigate trained her guns on a customs cutter off Cherbourg on Monday.", "other"),
    ("Two cutters blocked a supply boat near Second Thomas Shoal on Monday.", "suspicious_approach"),
    ("Russia attacked Izmail with drones on Monday, officials said.", "airstrike_land"),
    ("Two drones flew into the wheelhouse of a ferry at Chornomorsk on Friday.", "strike_on_vessel"),
    ("A missile landed 200 yards astern of the tanker Ulla 60 miles southwest of Hodeidah on 9 May.", "missile_attack"),
    ("Houthi gunners sent two missiles toward a container ship in the Bab el Mandeb on Thursday.", "strike_on_vessel"),
    ("A patrol boat that the military blew up off the coast on 2 May had been carrying fuel.", "strike_on_vessel"),
    ("Drones damaged a ferry ramp at Kerch on 18 April.", "airstrike_land"),
    ("Debris from a downed drone set fire to a fuel store in Tuapse on Monday.", "airstrike_land"),
    ("Overnight, two missiles landed inside the naval base at Feodosia.", "airstrike_land"),
    ("The master reported shooting from a white boat 15 miles off Al Mukha on 3 May.", "fired_upon"),
    ("The helicopter crew shot out the engines of a go-fast off Acapulco on 3 May.", "fired_upon"),
    ("Snipers disabled the outboards of the go-fast boat 200 miles west of Quepos on 6 May.", "fired_upon"),
    ("Marksmen aboard a helicopter stopped the boat's engines with rifle fire off Manta on 6 May.", "fired_upon"),
    ("Iran has taken a tanker off Jask, the owner said on Monday.", "seizure"),
    ("In November the products tanker Talia was diverted off Khor Fakkan and held for a week.", "seizure"),
    ("The ship was turned back after a destroyer called her on the radio on Saturday off Chabahar.", "seizure"),
    ("The Iranian navy made the freighter change course for Bandar Abbas on 4 May.", "seizure"),
    ("A dhow carrying 2 tonnes of hashish was stopped by HMS Calder in the Arabian Sea on 5 May.", "seizure"),
    ("Police at Rotterdam caught 3 tonnes of cocaine among bananas aboard the reefer Atlantic Star on 3 May.", "seizure"),
    ("The bulk carrier was entered shortly before dawn off Pulau Cula on 3 May.", "boarding"),
    ("Intruders were found on the poop of a bulker at Chattogram on 4 May; they fled when the alarm was raised.", "boarding"),
    ("A helicopter had put a special unit on the ship's deck off Bornholm on 2 May.", "boarding"),
    ("Unauthorised persons on board bulk carrier, Singapore Strait, 3 May.", "boarding"),
    ("Two men on the anchor chain of a container ship were chased off with hoses at Chattogram on 3 May.", "suspicious_approach"),
    ("Robbers tried to climb the anchor chain of a tanker at Callao on 3 May.", "attempted_boarding"),
    ("A ladder was hooked onto the rail of the tanker off Lagos on 3 May before the crew raised the alarm.", "boarding"),
    ("Engine parts were taken from a bulk carrier in the Singapore Strait on 3 May.", "robbery"),
    ("The crew of a fishing boat lost their engines to pirates off Esmeraldas on 3 May.", "robbery"),
    ("The bosun of a tanker was tied up by four men off Karimun on 3 May.", "other"),
    ("A duty oiler was held at knifepoint in the engine room of a bulker off Karimun on 3 May.", "other"),
    ("A tug lost ropes and a life raft to thieves at Tema anchorage on 3 May.", "robbery"),
    ("A dhow believed taken 60 nm off Eyl on 3 May with 11 crew.", "hijack"),
    ("A tanker fell to pirates 300 miles east of Hobyo on 3 May.", "hijack"),
    ("Six fishermen have been held by gunmen in the mangroves of Bakassi since Sunday.", "kidnapping"),
    ("Three of the crew were led into a speedboat by the attackers off Brass on 3 May.", "kidnapping"),
    ("A container ship outran two skiffs 300 miles east of Mogadishu on 3 May.", "suspicious_approach"),
    ("A Chinese cutter came within 20 miles of Hualien on Friday and told a Taiwanese ship to leave.", "suspicious_approach"),
    ("A skiff with a ladder sped toward a bulker 100 nm off Bosaso on 3 May and turned away.", "suspicious_approach"),
    ("Two skiffs kept up with a bulk carrier for half an hour off Socotra on 3 May.", "suspicious_approach"),
    ("A Russian fighter flew within five metres of a British patrol plane over the Black Sea on 3 May.", "suspicious_approach"),
    ("Skiffs gave chase to a tanker 200 miles off Hobyo on 3 May.", "suspicious_approach"),
    ("The yacht's crew was followed through the Gulf of Aden by a white skiff on 3 May.", "suspicious_approach"),
    ("A destroyer shadowed the patrol ship off Paracel on 3 May and told it to turn away.", "seizure"),
    ("Chinese cutters doused a Philippine boat off Pag-asa on 3 May.", "water_cannon"),
    ("A Chinese ship trained its hoses on the fishery boat at Sabina Shoal on 3 May.", "water_cannon"),
    ("A cable cut off Jiangjun on 3 May was repaired within a week.", "sabotage"),
    ("The cable between Rauma and Gävle stopped carrying data on Sunday.", "sabotage"),
    ("An anchor was dragged over the gas pipeline off Paldiski on 3 May.", "sabotage"),
    ("Divers found a cut in the cable off Keelung on 3 May, and prosecutors suspect a freighter's anchor.", "sabotage"),
    ("A drone touched off Gogland turned into Finnish airspace on Tuesday.", "airspace_violation"),
    ("Two Su-35s spent four minutes in Estonian airspace near Vaindloo on Friday.", "airspace_violation"),
    ("Drones circled over the naval base at Karlskrona on Sunday night.", "airspace_violation"),
    ("Lithuania said a balloon from Belarus had come over its border on Friday.", "airspace_violation"),
    ("A military drone came down on Romanian soil near Plauru on Sunday.", "airspace_violation"),
    ("Ships in the Gulf of Finland saw their positions jump to an airport on Tuesday.", "electronic_interference"),
    ("Gunmen fought soldiers aboard patrol boats at Bonny on Saturday; four died.", "armed_clash"),
    ("Smugglers shot it out with a navy patrol off Tumaco on 3 May.", "armed_clash"),
    ("A drone was shot down by an F-35 over the Arabian Sea on Monday.", "other"),
    ("The destroyer fired flares at boats that came within 150 metres of it in the Strait of Hormuz on Monday.", "suspicious_approach"),
    ("A chief officer was beaten with an iron bar off Karimun on Monday.", "other"),
    ("The tanker, seized off Jask on Monday by the Revolutionary Guards, lies off Bandar Abbas.", "seizure"),
    ("Three men tried to get up the side of a tanker off Lagos on Monday.", "attempted_boarding"),
    ("It would be recalled that pirates boarded a tanker off Cotonou on Sunday.", "boarding"),
]


@pytest.mark.parametrize(("text", "event_type"), WAYS)
def test_an_event_is_told_in_many_ways(text: str, event_type: str) -> None:
    assert told(text) == [event_type]


NONE = [
    "Two ferries collided in fog off Zanzibar on Monday, injuring six passengers.",
    "A gas cylinder exploded on a houseboat in Kochi on Friday.",
    "A cable off Mauritania was cut by an undersea landslide.",
    "An inquiry found that the cable off Hanko had been torn by a winter storm in March.",
    "In the drill, commandos stormed a tanker that actors had seized off Cyprus.",
    "A missile hit the old frigate, which was sunk as a target off Hawaii on Friday.",
    "The tanker was neither seized nor stopped, its manager said.",
    "The report that pirates had seized the tug was a hoax, police said.",
    "The warship refrained from boarding the tanker.",
    "He ruled out that a drone had hit the ferry.",
    "Imagine that a missile hits a cruise ship off Cyprus.",
    "The law punishes anyone who hijacks a ship.",
    "Owners want protection from missile attacks on their ships.",
    "During the tanker war Iraq and Iran attacked more than 400 ships.",
    "A trial of men accused of hijacking a tanker began on Monday.",
    "Democrats opened fire on the policy.",
    "The embassy says it has fired nothing at Qatar.",
    "The minister called the levy a hijacking of the public purse in the port.",
    "Nobody proposes that suspects be shot at sea.",
    "To ask the Secretary of State whether any tanker has been boarded in the Channel.",
    "Was the tanker hit by a missile?",
    "A dock strike at Durban ended on Monday.",
    "Pirates did not manage to get aboard the tanker off Brass, its owner said.",
    "Reports that a tanker had been hijacked off Yemen turned out to be a misunderstanding.",
    "There is no truth in claims that a ferry was fired on off Sevastopol.",
    "An alert about an attack on a bulker off Socotra was cancelled.",
    "Nobody has claimed that the ferry was rammed.",
    "The coast guard seizes about 20 boats a year in the bay.",
    "The old frigate was sunk by torpedoes as an artificial reef off Brazil.",
    "Hackers hijacked the port authority's website and demanded money.",
    "In 1987 a tanker hit a mine in the Gulf. That autumn Iranian boats fired on a freighter off Dubai, the book says.",
    'During the exercise the frigate left port, officers said. Two submarines "sank" a tanker off Norway.',
    "A coaster was arrested at Qingdao over a bunker bill on Monday.",
    "The strike by tug crews at Rotterdam began on Friday.",
    "A frigate relieves another off Gdansk at the end of the month.",
    "A man is held in Turku on suspicion of sabotage of a cable.",
    "Rebels attacked a village near Maiduguri on Sunday, killing ten.",
    "India has kept two warships in the Gulf of Oman since February to protect its shipping.",
    "An Italian frigate of the European mission has been diverted to the Gulf of Aden.",
    "A tug hosed the burning tanker off Kertch on Sunday.",
    "A ship entered service with the Finnish coast guard on Monday.",
    "Shell has taken a tanker on charter for two years.",
    "Fishermen have lost their nets to seals this year.",
    "The tanker stopped its engines off Gibraltar on Monday to change crews.",
    "Residents fought soldiers' plans for a firing range near the coast.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_only_sounds_like_an_event_is_none(text: str) -> None:
    assert told(text) == []


def test_what_came_of_an_attack_is_part_of_it_and_another_ship_is_not() -> None:
    text = "Drones struck the port of Izmail overnight, damaging a ferry, while off Tuapse a tanker was rocked by an explosion."
    assert told(text) == ["strike_on_vessel", "explosion"]


def test_craft_of_two_kinds_are_two_events() -> None:
    text = "A tanker was hit by a drone off Aden on Monday. An official said the frigate had been sunk by a drone as well."
    assert told(text) == ["strike_on_vessel", "strike_on_vessel"]


def test_another_of_a_kind_in_its_sentence_is_an_event_too() -> None:
    text = "A drone hit a tanker off Sinop on Friday; another, the Mersa, was damaged by a drone 40 km north of Samsun on Sunday."
    assert told(text) == ["strike_on_vessel", "strike_on_vessel"]


def test_ships_in_a_row_are_a_total() -> None:
    text = "Iran seized a tanker off Qeshm on Sunday. It was the second vessel Iran had taken since Tuesday, the owners said."
    assert [(i.event_type, i.record_kind) for i in incidents(scene(text))] == [("seizure", "event"), ("seizure", "aggregate")]


def test_what_its_speaker_takes_back_did_not_happen() -> None:
    text = "An official said the frigate had been sunk off Aden by a drone. He withdrew the statement within the hour."
    (record,) = incidents(scene(text))
    assert (record.auxiliary_mode, record.assertion) == ("negation", "retracted")


def test_the_clock_goes_on_with_the_day_before_it() -> None:
    text = "Robbers boarded a bulk carrier off Batam on Sunday. An hour later four men boarded a second ship, police said."
    assert [i.date_start for i in incidents(scene(text))] == ["2025-11-09", "2025-11-09"]


def test_the_time_of_a_row_dates_no_event() -> None:
    (record,) = incidents(scene("Drones hit the oil depot at Feodosia for the third time this year."))
    assert record.date_start is None


def test_their_forces_are_those_of_who_speaks() -> None:
    (record,) = incidents(scene("The Houthis said their naval forces had attacked a bulk carrier in the Gulf of Aden on Sunday."))
    assert (record.actor_country, record.assertion) == ("YEM", "confirmed_by_actor")


def test_a_real_attack_beside_an_exercise_is_told() -> None:
    assert told("A missile hit a tanker off Aden on Tuesday while three navies held an exercise near Socotra.") == ["missile_attack"]


def test_one_event_told_again_is_one_record() -> None:
    text = (
        "US strike kills two aboard suspected drug boat in Caribbean\n\n"
        "The US military struck a boat in the southern Caribbean on Wednesday, killing two people, the defence secretary said. "
        "The attack was carried out in international waters, he said in a post that showed the vessel exploding.\n\n"
        "Our strike was lawful, he added. The bodies have not been recovered."
    )
    assert told(text) == ["strike_on_vessel"]


def test_two_days_in_a_sentence_are_two_events() -> None:
    text = (
        "A speedboat with a tonne of cocaine was intercepted off Cadiz on 6 March and a yacht with 800 kilos was boarded 200 miles west of "
        "the Canary Islands on 11 March."
    )
    assert len(told(text)) == 2


MOVES = [
    ("A Chinese destroyer put into Djibouti on Thursday for supplies.", "arrived", "CHN"),
    ("P-8 aircraft from Sigonella are monitoring the Black Sea.", "present", None),
    ("The submarine slipped out of Faslane on Wednesday.", "in_transit", None),
    ("An Indian patrol aircraft circled the hijacked ship on Monday.", "present", "IND"),
    ("The carrier Truman went home to Norfolk on Sunday.", "withdrawn", None),
]


@pytest.mark.parametrize(("text", "status", "country"), MOVES)
def test_forces_are_told_by_families_of_verbs(text: str, status: str, country: str | None) -> None:
    assert [(d.status, d.actor_country) for d in deployments(scene(text))] == [(status, country)]


INVENTED = [
    "SATIRE: Seagulls hijacked a ferry off Dover on Monday and sailed it to Calais.",
    (
        "The pirates came at break of day\nAnd boarded us in Cawsand Bay,\nThey stole the rum, they stole the bread,\n"
        "They left the bosun for the dead,\nAnd when the navy came to fight\nThe pirates vanished with the light."
    ),
]


@pytest.mark.parametrize("text", INVENTED)
def test_satire_and_verse_tell_nothing_that_happened(text: str) -> None:
    assert told(text) == []


def test_attacks_on_a_city_are_no_incidents_at_sea() -> None:
    found = incidents(scene("It was the third attack on the city this year."))
    assert [i for i in found if i.auxiliary_mode == "actual"] == []


CORRECTED = [
    ("A US strike on a boat in the Caribbean on Monday killed 12 people. Correction: the number is 9, not 12.", 9),
    ("A US strike on a boat off Aruba on Monday killed 17 people, an earlier version said 17. The correct figure is 14, not 17.", 14),
]


@pytest.mark.parametrize(("text", "dead"), CORRECTED)
def test_a_report_corrects_its_own_number(text: str, dead: int) -> None:
    (record,) = (i for i in incidents(scene(text)) if i.auxiliary_mode == "actual")
    assert record.casualties.killed is not None
    assert record.casualties.killed.best == dead
    assert any(e.rule == "corrected" for e in record.evidence)


def test_a_text_may_begin_with_its_event_word() -> None:
    assert told("Seized by pirates off Eyl on Monday, the dhow drifts.") == ["hijack"]
