"""Spanish and French reports: names with their roles, positions, distances, dates and counts; what is said of other languages."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import dates, find, gazetteer, gloss, locate, pipeline, quantities, read, tongues
from geo.model import Incident, Match, Reading, Report, Source

PUBLISHED = "2025-11-11"
"""A Tuesday."""


class Read(NamedTuple):
    """What a report must give: mentions on the map (text, anchor or place), those off it (text, role), dates, counts."""

    language: str
    text: str
    mapped: tuple[tuple[str, str], ...] = ()
    unmapped: tuple[tuple[str, str], ...] = ()
    dates: tuple[tuple[str, str | None, str | None], ...] = ()
    counts: tuple[tuple[str, int | None, int | None, int | None], ...] = ()


REPORTS = {
    "es-agency": Read(
        "es",
        "CARACAS, 11 nov (Agencia) - Caracas rechazó el martes el despliegue de unos 1.500 efectivos estadounidenses en Puerto Rico y "
        "acusó a Washington de violar sus aguas territoriales. Según la Armada de Colombia, una lancha fue hundida el 2 de septiembre de "
        "2025 a 45 millas náuticas al noroeste de Aruba, en aguas internacionales; once personas murieron y tres siguen desaparecidas.",
        (("Puerto Rico", "Puerto Rico"), ("45 millas náuticas al noroeste de Aruba", "Aruba")),
        (
            ("CARACAS", "dateline"), ("Caracas", "metonym"), ("estadounidenses", "demonym"), ("Washington", "metonym"),
            ("aguas territoriales", "zone_claim"), ("Colombia", "institution"), ("aguas internacionales", "zone_claim"),
        ),
        (
            ("11 nov", "2025-11-11", "2025-11-11"), ("martes", "2025-11-11", "2025-11-11"),
            ("2 de septiembre de 2025", "2025-09-02", "2025-09-02"),
        ),
        (("unos 1.500", None, 1500, None), ("once", 11, 11, 11), ("tres", 3, 3, 3)),
    ),
    "es-no-accents": Read(
        "es",
        'El buque pesquero "Virgen del Valle" fue abordado anoche frente a la isla de Margarita, a unos 12,5 kilometros al norte de '
        "Porlamar, informo el gobierno venezolano. Al menos 4 tripulantes resultaron heridos. La Universidad del Zulia dijo que decenas de "
        "pescadores de la Peninsula de Paria no salen a faenar desde septiembre.",
        (
            ("frente a la isla de Margarita", "Margarita Island"), ("a unos 12,5 kilometros al norte de Porlamar", "Porlamar"),
            ("Peninsula de Paria", "Paria Peninsula"),
        ),
        (("Virgen del Valle", "ship"), ("venezolano", "demonym"), ("Zulia", "institution")),
        (("anoche", "2025-11-10", "2025-11-10"), ("desde septiembre", "2025-09-01", None)),
        (("Al menos 4", 4, 4, None), ("decenas", 20, None, 99)),
    ),
    "es-campaign": Read(
        "es",
        "Desde principios de septiembre han muerto al menos 76 personas en veinte ataques en el mar Caribe y el Pacífico oriental, entre "
        "Colombia y Ecuador. El presidente Nicolás Maduro denunció el lunes pasado una agresión. El ministro Vladimir Padrino aseguró que "
        "hace dos semanas un avión voló cerca de La Orchila.",
        (
            ("mar Caribe", "Caribbean Sea"), ("Pacífico oriental", "eastern Pacific Ocean"), ("entre Colombia y Ecuador", "Colombia"),
            ("cerca de La Orchila", "La Orchila"),
        ),
        (("Vladimir", "person"),),
        (
            ("Desde principios de septiembre", "2025-09-01", None), ("el lunes pasado", "2025-11-10", "2025-11-10"),
            ("hace dos semanas", "2025-10-25", "2025-10-31"),
        ),
        (("al menos 76", 76, 76, None), ("veinte", 20, 20, 20)),
    ),
    "es-position": Read(
        "es",
        "Aviso a los navegantes: en posición 12°30'N 071°20'O un petrolero fondeado frente a Puerto Cabello fue interceptado por un "
        "destructor entre Bonaire y Curazao el 3 de noviembre a las 08:15 UTC. A bordo iban veintitrés marineros; dos mil quinientas "
        "toneladas de crudo siguen en sus tanques.",
        (("12°30'N 071°20'O", ""), ("frente a Puerto Cabello", "Puerto Cabello"), ("entre Bonaire y Curazao", "Bonaire")),
        (),
        (("3 de noviembre a las 08:15 UTC", "2025-11-03", "2025-11-03"),),
        (("veintitrés", 23, 23, 23),),
    ),
    "es-capitals": Read(
        "es",
        "ESTADOS UNIDOS ATACA LANCHA FRENTE A LAS COSTAS DE VENEZUELA; HAY SEIS MUERTOS\n\nEl ataque, el quinto desde finales de "
        "septiembre, ocurrió el viernes en el sur del Golfo de Venezuela, a 20 millas al este de Punto Fijo. La Casa Blanca negó que hubiera "
        "civiles a bordo. Londres pidió explicaciones.",
        (
            ("FRENTE A LAS COSTAS DE VENEZUELA", "Venezuela"), ("sur del Golfo de Venezuela", "Gulf of Venezuela"),
            ("20 millas al este de Punto Fijo", "Punto Fijo"),
        ),
        (("ESTADOS UNIDOS", "metonym"), ("Casa Blanca", "metonym"), ("Londres", "metonym")),
        (("desde finales de septiembre", "2025-09-21", None), ("viernes", "2025-11-07", "2025-11-07")),
        (("SEIS", 6, 6, 6),),
    ),
    "es-numbers": Read(
        "es",
        "Cerca de 200.000 personas huyeron entre el 2 y el 5 de octubre de la costa del Pacífico de Colombia hacia Ecuador. En Tumaco hubo "
        "treinta y un muertos, una docena de heridos y más de una veintena de desaparecidos; fueron rescatados cientos de pescadores. "
        "Decenas de miles de migrantes esperan en Panamá. La semana pasada llegaron de 20 a 30 familias.",
        (("Pacífico", "Pacific Ocean"), ("Colombia", "Colombia"), ("Ecuador", "Ecuador"), ("Tumaco", "Tumaco"), ("Panamá", "Panama")),
        (),
        (("2 y el 5 de octubre", "2025-10-02", "2025-10-05"), ("La semana pasada", "2025-11-03", "2025-11-09")),
        (
            ("Cerca de 200.000", None, 200000, None), ("treinta y un", 31, 31, 31), ("una docena", 12, 12, 12),
            ("más de una veintena", 21, None, None), ("cientos", 200, None, 999), ("Decenas de miles", 20000, None, 99999),
            ("20 a 30", 20, None, 30),
        ),
    ),
    "es-red-sea": Read(
        "es",
        "Un carguero de bandera panameña fue alcanzado por un misil el pasado jueves a 60 millas náuticas al oeste de Hodeida, en el sur "
        "del mar Rojo. La nave Ocean Pearl navegaba rumbo a Adén. Ningún tripulante resultó herido, según la Guardia Costera. Teherán "
        "desmintió su participación.",
        (("60 millas náuticas al oeste de Hodeida", "Hodeidah"), ("sur del mar Rojo", "Southern Red Sea"), ("Adén", "Aden")),
        (("panameña", "demonym"), ("Ocean Pearl", "ship"), ("Teherán", "metonym")),
        (("el pasado jueves", "2025-11-06", "2025-11-06"),),
        (("Ningún tripulante", 0, 0, 0),),
    ),
    "fr-agency": Read(
        "fr",
        "PARIS, 11 novembre (Agence) - Washington a affirmé mardi qu'une embarcation avait été détruite le 1er septembre 2025 à 45 milles "
        "nautiques au nord-ouest d'Aruba, dans les eaux internationales. Onze personnes sont mortes. Caracas a rejeté cette version et "
        "dénonce une violation des eaux territoriales vénézuéliennes.",
        (("45 milles nautiques au nord-ouest d'Aruba", "Aruba"),),
        (
            ("PARIS", "dateline"), ("Washington", "metonym"), ("eaux internationales", "zone_claim"), ("Caracas", "metonym"),
            ("eaux territoriales vénézuéliennes", "zone_claim"),
        ),
        (
            ("11 novembre", "2025-11-11", "2025-11-11"), ("mardi", "2025-11-11", "2025-11-11"),
            ("1er septembre 2025", "2025-09-01", "2025-09-01"),
        ),
        (("Onze", 11, 11, 11),),
    ),
    "fr-rescue": Read(
        "fr",
        "Le chalutier « Germinal » a été abordé hier au large de l'île de la Tortue, près de Port-de-Paix, selon la Marine nationale. "
        "Quatre-vingt-dix-sept migrants ont été secourus et une vingtaine sont portés disparus. La frégate FS Germinal a quitté "
        "Fort-de-France la semaine dernière pour le golfe de Guinée.",
        (
            ("au large de l'île de la Tortue", "Tortuga (Haiti)"), ("près de Port-de-Paix", "Port-de-Paix"),
            ("Fort-de-France", "Fort-de-France"), ("golfe de Guinée", "Gulf of Guinea"),
        ),
        (("Germinal", "ship"), ("FS Germinal", "ship")),
        (("hier", "2025-11-10", "2025-11-10"), ("la semaine dernière", "2025-11-03", "2025-11-09")),
        (("Quatre-vingt-dix-sept", 97, 97, 97), ("une vingtaine", None, 20, None)),
    ),
    "fr-deployment": Read(
        "fr",
        "Depuis fin septembre, plus de 1 500 soldats américains ont été déployés à Porto Rico et dans le sud de la mer des Caraïbes, entre "
        "la Martinique et la Guadeloupe. Par 12 degrés 30 minutes de latitude nord et 71 degrés 20 minutes de longitude ouest, un pétrolier "
        "a signalé deux embarcations rapides.",
        (
            ("Porto Rico", "Puerto Rico"), ("sud de la mer des Caraïbes", "southern Caribbean Sea"),
            ("entre la Martinique et la Guadeloupe", "Martinique"),
            ("12 degrés 30 minutes de latitude nord et 71 degrés 20 minutes de longitude ouest", ""),
        ),
        (("américains", "demonym"),),
        (("Depuis fin septembre", "2025-09-21", None),),
        (("plus de 1 500", 1501, None, None), ("deux", 2, 2, 2)),
    ),
    "fr-red-sea": Read(
        "fr",
        "Un porte-conteneurs a été attaqué il y a deux semaines dans le détroit de Bab el-Mandeb, à 12,5 milles à l'ouest d'Hodeïda, au "
        "Yémen. L'équipage, de 23 marins, est sain et sauf. Le président Emmanuel Macron a condamné l'attaque jeudi ; Téhéran dément toute "
        "implication et la Maison-Blanche exige une enquête.",
        (("détroit de Bab el-Mandeb", "Bab el-Mandeb"), ("12,5 milles à l'ouest d'Hodeïda", "Hodeidah"), ("Yémen", "Yemen")),
        (("Téhéran", "metonym"), ("Maison-Blanche", "metonym")),
        (("il y a deux semaines", "2025-10-25", "2025-10-31"), ("jeudi", "2025-11-06", "2025-11-06")),
        (("23", 23, 23, 23),),
    ),
    "fr-guinea": Read(
        "fr",
        "Le navire, battant pavillon libérien, a été arraisonné mercredi dernier à une vingtaine de milles au sud de Cotonou. Des pirates "
        "ont enlevé six marins ; un marin est mort et trois blessés ont été évacués vers Lomé. Près de 40 attaques ont eu lieu depuis "
        "janvier entre la Côte d'Ivoire et le Nigeria. L'université d'Abidjan en compte une douzaine de plus.",
        (
            ("une vingtaine de milles au sud de Cotonou", "Cotonou"), ("Lomé", "Lomé"),
            ("entre la Côte d'Ivoire et le Nigeria", "Ivory Coast"),
        ),
        (("libérien", "demonym"), ("Abidjan", "institution")),
        (("mercredi dernier", "2025-11-05", "2025-11-05"), ("depuis janvier", "2025-01-01", None)),
        (("six", 6, 6, 6), ("trois", 3, 3, 3), ("Près de 40", None, 40, 40), ("une douzaine de", 12, 12, 12)),
    ),
    "fr-message": Read(
        "fr",
        "AVIS URGENT AUX NAVIGATEURS. NAVIRE EN FEU EN POSITION 05-12.5N 003-44.0O, A 8 MILLES NAUTIQUES AU SUD D'ABIDJAN. TROIS MARINS "
        "DISPARUS DEPUIS LE 9 NOVEMBRE 2025 A 0430 UTC. LES NAVIRES SONT PRIES DE SE TENIR A PLUS DE 5 MILLES.",
        (("05-12.5N 003-44.0O", ""), ("8 MILLES NAUTIQUES AU SUD D'ABIDJAN", "Abidjan")),
        (),
        (("DEPUIS LE 9 NOVEMBRE 2025 A 0430 UTC", "2025-11-09", None),),
        (("TROIS", 3, 3, 3),),
    ),
    "fr-channel": Read(
        "fr",
        "Dans la nuit de lundi à mardi, soixante et onze personnes ont été secourues dans la Manche, à environ 15 kilomètres au nord de "
        "Calais. Au moins quatre personnes sont mortes et une dizaine sont portées disparues. Londres et Paris ont annoncé fin octobre un "
        "accord ; la préfecture du Pas-de-Calais compte des centaines de départs, 1,5 million de repas et 3 500 tentes.",
        (("la Manche", "English Channel"), ("environ 15 kilomètres au nord de Calais", "Calais"), ("Pas-de-Calais", "Pas-de-Calais")),
        (("Londres", "metonym"), ("Paris", "metonym")),
        (("lundi à mardi", "2025-11-10", "2025-11-11"), ("fin octobre", "2025-10-21", "2025-10-31")),
        (
            ("soixante et onze", 71, 71, 71), ("Au moins quatre", 4, 4, None), ("une dizaine", None, 10, None),
            ("centaines", 200, None, 999), ("1,5 million", 1500000, 1500000, 1500000), ("3 500", 3500, 3500, 3500),
        ),
    ),
    "es-prefecture": Read(
        "es",
        "La Prefectura Naval Argentina detectó un buque chino a 5 millas marinas dentro de la zona económica exclusiva argentina, al este "
        "de Puerto Madryn. El capitán Juan Córdoba ordenó perseguirlo durante ocho horas. El buque Perla Fingida escapó hacia aguas "
        "internacionales el 21 de octubre y permanecerá vigilado hasta el jueves.",
        (("al este de Puerto Madryn", "Puerto Madryn"),),
        (
            ("Argentina", "institution"), ("chino", "demonym"), ("zona económica exclusiva argentina", "zone_claim"), ("Juan", "person"),
            ("Córdoba", "person"), ("Perla Fingida", "ship"), ("aguas internacionales", "zone_claim"),
        ),
        (("21 de octubre", "2025-10-21", "2025-10-21"), ("hasta el jueves", None, "2025-11-13")),
    ),
    "fr-pacific": Read(
        "fr",
        "NOUMÉA - Un patrouilleur de la Marine nationale a arraisonné un cargo immatriculé au Panama. Trois tonnes de cocaïne ont été "
        "saisies, selon l'Otan. Le navire venait du Mexique. Les douze membres d'équipage, des Philippins et un Ukrainien, sont détenus "
        "depuis vendredi. Manille a convoqué l'ambassadeur.",
        (("Mexique", "Mexico"),),
        (("NOUMÉA", "dateline"), ("Panama", "demonym"), ("Philippins", "demonym"), ("Ukrainien", "demonym"), ("Manille", "metonym")),
        (("depuis vendredi", "2025-11-07", None),),
        (("douze", 12, 12, 12),),
    ),
}  # fmt: skip


def _matches(report: Read) -> tuple[Match, ...]:
    names = gazetteer.open_gazetteer()
    written = Report("a", report.text, Source(published=PUBLISHED, language=report.language))
    return locate.locate(written, find.find(written, None, gazetteer=names), gazetteer=names)


@pytest.fixture(params=REPORTS.values(), ids=REPORTS)
def report(request: pytest.FixtureRequest) -> Read:
    """Give each report in turn."""
    found: Read = request.param
    return found


def test_the_language_of_a_report_is_told(report: Read) -> None:
    assert read.language(report.text) == report.language


def test_places_positions_and_distances_are_on_the_map(report: Read) -> None:
    found = [(m.mention.text, (m.place.name if m.place else "")) for m in _matches(report) if m.geometry is not None]
    assert found == list(report.mapped)


def test_governments_peoples_ships_and_claims_are_not_on_the_map(report: Read) -> None:
    found = [(m.mention.text, m.mention.role) for m in _matches(report) if m.geometry is None]
    assert found == list(report.unmapped)


def test_dates_are_resolved(report: Read) -> None:
    found = [(w.date_text, w.date_start, w.date_end) for w in dates.find(report.text, published=PUBLISHED, language=report.language)]
    assert found == list(report.dates)


def test_counts_are_ranges(report: Read) -> None:
    found = [(c.text, c.low, c.best, c.high) for c in quantities.find(report.text, language=report.language)]
    assert found == list(report.counts)


DATES = [
    ("es", "el martes", "2025-11-11", "2025-11-11"),
    ("es", "el próximo jueves", "2025-11-13", "2025-11-13"),
    ("es", "a mediados de octubre", "2025-10-11", "2025-10-20"),
    ("es", "a finales de septiembre de 2024", "2024-09-21", "2024-09-30"),
    ("es", "el 02/09/2025", "2025-09-02", "2025-09-02"),
    ("es", "del 28 de octubre al 3 de noviembre", "2025-10-28", "2025-11-03"),
    ("es", "desde el lunes", "2025-11-10", None),
    ("es", "hace tres días", "2025-11-08", "2025-11-08"),
    ("es", "el mes pasado", "2025-10-01", "2025-10-31"),
    ("es", "el año pasado", "2024-01-01", "2024-12-31"),
    ("es", "esta semana", "2025-11-10", "2025-11-16"),
    ("es", "anteayer", "2025-11-09", "2025-11-09"),
    ("es", "en los últimos dos meses", "2025-09-11", "2025-11-11"),
    ("es", "el fin de semana", "2025-11-08", "2025-11-09"),
    ("fr", "mardi", "2025-11-11", "2025-11-11"),
    ("fr", "jeudi prochain", "2025-11-13", "2025-11-13"),
    ("fr", "à la mi-octobre", "2025-10-11", "2025-10-20"),
    ("fr", "fin septembre 2024", "2024-09-21", "2024-09-30"),
    ("fr", "le 02/09/2025", "2025-09-02", "2025-09-02"),
    ("fr", "du 28 octobre au 3 novembre", "2025-10-28", "2025-11-03"),
    ("fr", "depuis lundi", "2025-11-10", None),
    ("fr", "il y a trois jours", "2025-11-08", "2025-11-08"),
    ("fr", "le mois dernier", "2025-10-01", "2025-10-31"),
    ("fr", "l'an dernier", "2024-01-01", "2024-12-31"),
    ("fr", "cette semaine", "2025-11-10", "2025-11-16"),
    ("fr", "avant-hier", "2025-11-09", "2025-11-09"),
    ("fr", "ces deux derniers mois", "2025-09-11", "2025-11-11"),
    ("fr", "le week-end dernier", "2025-11-08", "2025-11-09"),
    ("fr", "jusqu'au 15 novembre", None, "2025-11-15"),
]


@pytest.mark.parametrize(("language", "text", "first", "last"), DATES, ids=[row[1] for row in DATES])
def test_a_date_in_words(language: str, text: str, first: str | None, last: str | None) -> None:
    (found,) = dates.find(text, published=PUBLISHED, language=language)
    assert (found.date_start, found.date_end) == (first, last)
    assert found.date_text == text[found.start : found.end]


COUNTS = [
    ("es", "no menos de once muertos", 11, 11, None),
    ("es", "casi 200.000 efectivos", None, 200_000, 200_000),
    ("es", "hasta 12 tripulantes", None, None, 12),
    ("es", "una decena de lanchas", None, 10, None),
    ("es", "un muerto", 1, 1, 1),
    ("es", "varios heridos", 2, None, None),
    ("es", "cinco mil doscientos treinta y cuatro soldados", 5234, 5234, 5234),
    ("es", "entre cinco y ocho personas", 5, None, 8),
    ("es", "1,5 millones de personas", 1_500_000, 1_500_000, 1_500_000),
    ("es", "cientos de miles de personas", 200_000, None, 999_999),
    ("es", "sin heridos", 0, 0, 0),
    ("fr", "pas moins de onze morts", 11, 11, None),
    ("fr", "près de 200 000 soldats", None, 200_000, 200_000),
    ("fr", "jusqu'à 12 marins", None, None, 12),
    ("fr", "une dizaine de vedettes", None, 10, None),
    ("fr", "un mort", 1, 1, 1),
    ("fr", "plusieurs blessés", 2, None, None),
    ("fr", "cinq mille deux cent trente-quatre soldats", 5234, 5234, 5234),
    ("fr", "entre cinq et huit personnes", 5, None, 8),
    ("fr", "1,5 million de personnes", 1_500_000, 1_500_000, 1_500_000),
    ("fr", "soixante-dix-huit disparus", 78, 78, 78),
    ("fr", "quatre-vingts rescapés", 80, 80, 80),
    ("fr", "des dizaines de milliers de personnes", 20_000, None, 99_999),
    ("fr", "contre quatorze un an plus tôt", 14, 14, 14),
]


@pytest.mark.parametrize(("language", "text", "low", "best", "high"), COUNTS, ids=[row[1] for row in COUNTS])
def test_a_count_in_words(language: str, text: str, low: int | None, best: int | None, high: int | None) -> None:
    (found,) = quantities.find(text, language=language)
    assert (found.low, found.best, found.high) == (low, best, high)


@pytest.mark.parametrize(("language", "text"), [("es", "2.500 toneladas a 12,5 nudos"), ("fr", "5 % des 12,5 millions d'euros"), ("es", "una lancha")])
def test_measures_and_articles_are_no_counts(language: str, text: str) -> None:
    assert quantities.find(text, language=language) == ()


def test_o_is_west_in_spanish_and_french_and_doubtful_elsewhere() -> None:
    """In German and Dutch the letter stands for the east, so that an English text that has it is flagged."""
    names = gazetteer.open_gazetteer()
    flags = {}
    for language in ("es", "fr", "en"):
        report = Report("a", "12°30'N 071°20'O", Source(language=language))
        (mention,) = find.find(report, None, gazetteer=names)
        assert mention.position is not None
        flags[language] = mention.position.flags
        assert mention.text == report.text
    assert flags == {"es": (), "fr": (), "en": ("hemisphere_letter_o",)}


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Der Frachter wurde am Dienstag vor der Küste von Somalia von Piraten angegriffen und die Besatzung ist nicht verletzt.", "German"),
        ("O navio foi atacado na costa da Somália por piratas e a tripulação não ficou ferida, de acordo com a marinha.", "Portuguese"),
        ("Het schip werd dinsdag voor de kust van Somalië door piraten aangevallen en de bemanning is niet gewond geraakt.", "Dutch"),
        ("هاجم القراصنة سفينة الشحن قبالة سواحل الصومال يوم الثلاثاء ولم يصب أحد من الطاقم بأذى وفقا للبحرية", "not known here"),
    ],
)
def test_another_language_gives_names_only_and_one_note_says_so(text: str, note: str) -> None:
    reading = pipeline.analyse(Report("a", text))
    (said,) = [n for n in reading.notes if "written in" in n]
    assert note in said
    assert "only names and positions" in said
    assert not reading.incidents
    assert not [m for m in reading.matches if m.mention.role == "offset"]


def test_a_spanish_report_says_how_it_was_read() -> None:
    reading = pipeline.analyse(Report("a", REPORTS["es-campaign"].text))
    assert reading.report.source.language == "es"
    assert any("written in Spanish: read by rules through English" in note for note in reading.notes)


EVENTS = [
    ("es", "Los piratas tenían en su poder desde el 3 de mayo un pesquero capturado frente a Garacad.", "hijack", "actual", "2025-05-03"),
    ("es", "Piratas les quitaron los motores a cuatro lanchas frente a Guayaquil el sábado.", "robbery", "actual", "2025-11-08"),
    ("es", "Un caza ruso entró en el espacio aéreo de Estonia el viernes.", "airspace_violation", "actual", "2025-11-07"),
    ("es", "Los once tripulantes siguen detenidos en Puerto Cabello desde el lunes.", "detention", "actual", "2025-11-10"),
    ("fr", "Des voleurs sont montés sur un ravitailleur au mouillage de Pointe-Noire dimanche.", "boarding", "actual", "2025-11-09"),
    ("fr", "Un chimiquier a repoussé une tentative d'abordage à 90 milles de Mombasa le 3 mai.", "attempted_boarding", "actual", "2025-05-03"),
    ("fr", "Des commandos ont pris pied sur un pétrolier au large de Brest lundi.", "boarding", "actual", "2025-11-10"),
    ("es", "La Armada de Colombia interceptó el martes una lancha rápida a 40 millas al norte de Punta Gallinas.", "seizure", "actual", "2025-11-11"),
    ("es", "Se incautaron 3 toneladas de cocaína en un carguero fondeado frente a Colón.", "seizure", "actual", None),
    ("es", "Han sido incautadas dos toneladas de cocaína en aguas de Ecuador.", "seizure", "actual", None),
    ("es", "El pesquero fue abordado por hombres armados cerca de Tumaco el 4 de noviembre.", "boarding", "actual", "2025-11-04"),
    ("es", "Una patrullera abrió fuego contra un pesquero frente a Cumaná.", "fired_upon", "actual", None),
    ("es", "Piratas secuestraron a cuatro marineros al sur de Cotonú.", "kidnapping", "actual", None),
    ("es", "Un misil alcanzó a un petrolero en el mar Rojo.", "missile_attack", "actual", None),
    ("es", "El buque habría sido atacado por un dron frente a Adén.", "strike_on_vessel", "actual", None),
    ("es", "La lancha no fue hundida por la Armada de Colombia.", "strike_on_vessel", "negation", None),
    ("es", "Si los piratas abordaran el petrolero, la armada respondería.", "boarding", "hypothetical", None),
    ("es", "La fragata embistió a una lancha pesquera cerca de Cádiz.", "collision_or_ramming", "actual", None),
    ("fr", "La marine française a arraisonné lundi un voilier au large de la Martinique.", "seizure", "actual", "2025-11-10"),
    ("fr", "Deux tonnes de cocaïne ont été saisies à bord d'un cargo au large de Cayenne.", "seizure", "actual", None),
    ("fr", "Quatre marins ont été enlevés dans la nuit de samedi à dimanche au sud de Lomé.", "kidnapping", "actual", "2025-11-08"),
    ("fr", "Une vedette a ouvert le feu sur un chalutier près de Conakry.", "fired_upon", "actual", None),
    ("fr", "Un pétrolier aurait été touché par un missile en mer Rouge.", "missile_attack", "actual", None),
    ("fr", "Le cargo n'a pas été attaqué par des pirates.", "other", "negation", None),
    ("fr", "Un cotre a éperonné une vedette près de Kinmen.", "collision_or_ramming", "actual", None),
    ("fr", "Des pirates ont tenté d'aborder un vraquier au large de Lagos.", "attempted_boarding", "actual", None),
    ("es", "Una mina dañó a un mercante en el mar Negro.", "mine_incident", "actual", None),
    ("es", "Un dron naval alcanzó a un buque ruso frente a Sebastopol.", "naval_drone_attack", "actual", None),
    ("es", "Un cable submarino fue cortado en el mar Báltico.", "sabotage", "actual", None),
    ("es", "La señal GPS fue interferida en el golfo Pérsico.", "electronic_interference", "actual", None),
    ("es", "Varias lanchas se acercaron a un granelero en el golfo de Adén.", "suspicious_approach", "actual", None),
    ("es", "El carguero fue secuestrado por piratas frente a Somalia.", "hijack", "actual", None),
    ("es", "Una patrullera venezolana retuvo un pesquero trinitense.", "detention", "actual", None),
    ("fr", "Le cargo a été détourné par des pirates au large de la Somalie.", "hijack", "actual", None),
    ("fr", "Téhéran nie avoir attaqué le pétrolier.", "strike_on_vessel", "negation", None),
    ("fr", "Les forces américaines ont coulé une embarcation dans le Pacifique.", "strike_on_vessel", "actual", None),
    ("es", "Cuatro encapuchados asaltaron el lunes en la rada del Callao un quimiquero chipriota.", "robbery", "actual", "2025-11-10"),
    ("es", "Apresada por la Marina israelí la goleta Aurora, al norte de Port Said.", "seizure", "actual", None),
    ("es", "Cortan un cable submarino entre Suecia y Letonia.", "sabotage", "actual", None),
    ("es", "Salvamento Marítimo rescató a 57 migrantes al sur de Arguineguín.", "other", "actual", None),
    ("fr", "Frappé par un drone, le vraquier a pris feu au large d'Hodeïda.", "strike_on_vessel", "actual", None),
    ("fr", "On a tiré sur un chalutier au large de Banana.", "fired_upon", "actual", None),
    ("fr", "Quarante migrants secourus au large de Calais.", "other", "actual", None),
    ("fr", "Un vraquier battant pavillon libérien a été touché par un missile au large d'Aden.", "missile_attack", "actual", None),
]


@pytest.mark.parametrize(("language", "text", "kind", "mode", "day"), EVENTS, ids=[row[1] for row in EVENTS])
def test_an_event_is_read(language: str, text: str, kind: str, mode: str, day: str | None) -> None:
    reading = pipeline.analyse(Report("a", text, Source(published=PUBLISHED, language=language)))
    assert [(i.event_type, i.auxiliary_mode, i.date_start) for i in reading.incidents] == [(kind, mode, day)]
    _holds_the_words(reading)


MOVES = [
    ("es", "La Armada de Chile ha desplegado dos fragatas en Punta Arenas.", "present", "CHL"),
    ("es", "El portaaviones zarpó hacia el mar Caribe.", "in_transit", None),
    ("es", "La fragata llegó a Cádiz el lunes.", "arrived", None),
    ("es", "Colombia enviará tres patrulleras al golfo de Urabá.", "planned", "COL"),
    ("fr", "La France a déployé deux frégates en mer Rouge.", "present", "FRA"),
    ("fr", "Le porte-hélicoptères a quitté Toulon lundi.", "in_transit", None),
    ("fr", "La frégate fait route vers Djibouti.", "in_transit", None),
    ("es", "España mantiene una fragata en el océano Índico.", "present", "ESP"),
    ("es", "Dos buques de guerra rusos atracaron en La Habana el lunes.", "arrived", "RUS"),
    ("es", "El gobierno ordenó el despliegue de 200 infantes de marina en Buenaventura.", "ordered", None),
    ("fr", "L'Italie enverra deux patrouilleurs en mer Rouge.", "planned", "ITA"),
    ("fr", "Quelque 500 soldats ont été déployés à Mayotte.", "present", None),
    ("es", "Llegó a Cartagena el patrullero oceánico San Andrés.", "arrived", None),
    ("es", "Desde el domingo está en Trujillo el buque hospital Comfort.", "present", None),
    ("es", "Tres buques de la Marina peruana participan en maniobras frente al Callao.", "exercising", "PER"),
    ("fr", "Le patrouilleur La Combattante a quitté Fort-de-France pour Saint-Martin.", "in_transit", None),
    ("fr", "Le Kenya rappelle son patrouilleur de la frontière somalienne.", "withdrawn", "KEN"),
]


@pytest.mark.parametrize(("language", "text", "status", "country"), MOVES, ids=[row[1] for row in MOVES])
def test_a_deployment_is_read(language: str, text: str, status: str, country: str | None) -> None:
    reading = pipeline.analyse(Report("a", text, Source(published=PUBLISHED, language=language)))
    assert [(d.status, d.actor_country) for d in reading.deployments] == [(status, country)]
    _holds_the_words(reading)


def test_who_says_so_is_read_with_the_words_of_the_report() -> None:
    text = "Según la Guardia Costera, un misil alcanzó a un petrolero frente a Adén. Tres marineros murieron."
    (incident,) = pipeline.analyse(Report("a", text, Source(published=PUBLISHED, language="es"))).incidents
    assert [(c.claimant, c.cue) for c in incident.claims] == [("coast guard", "Según")]
    assert incident.casualties.killed is not None
    assert (incident.casualties.killed.best, incident.casualties.killed.text) == (3, "Tres")
    assert incident.where_text == "frente a Adén"


@pytest.mark.parametrize("name", REPORTS)
def test_what_a_record_quotes_stands_in_the_report(name: str) -> None:
    told = REPORTS[name]
    _holds_the_words(pipeline.analyse(Report("a", told.text, Source(published=PUBLISHED, language=told.language))))


def _holds_the_words(reading: Reading) -> None:
    """Check that all spans of a reading's records slice the words that they give out of its text."""
    text = reading.report.text
    for record in (*reading.incidents, *reading.deployments):
        spans = [(part.start, part.end, part.text) for part in (*record.evidence, *record.zone_claims)]
        spans += [(claim.start, claim.end, claim.cue) for claim in record.claims]
        if isinstance(record, Incident):
            deaths = record.casualties
            spans += [(c.start, c.end, c.text) for c in (deaths.killed, deaths.injured, deaths.missing, deaths.abducted, deaths.rescued) if c]
        assert record.evidence
        assert all(words == text[start:end] and words for start, end, words in spans)
        assert record.where_text is None or record.where_text in text
        assert record.date_text is None or record.date_text in text


@given(st.lists(st.sampled_from(" ".join(r.text for r in REPORTS.values()).split()), max_size=40), st.sampled_from(sorted(tongues.languages())))
def test_every_stretch_of_a_gloss_stands_for_a_stretch_of_the_text(words: list[str], language: str) -> None:
    text = " ".join(words)
    read_through = gloss.gloss(text, language)
    assert read_through is not None
    assert len(read_through.text) == len(read_through.starts) == len(read_through.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(read_through.starts, read_through.ends, strict=True))
    for count in quantities.find(text, language=language):
        assert count.text == text[count.start : count.end]
