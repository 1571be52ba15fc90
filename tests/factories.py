"""Build sample Dossiers from the nouns: made-up reports in our own words, with every kind of geometry and stance."""

from __future__ import annotations

import math
from dataclasses import replace

import shapely

from geo.model import (
    Anchor,
    Asset,
    AssetCount,
    Casualties,
    Claim,
    Count,
    Deployment,
    Dossier,
    EventsCount,
    Evidence,
    Failure,
    Incident,
    Match,
    Mention,
    Merge,
    Reading,
    Relation,
    Report,
    Review,
    Sea,
    Source,
    Superseded,
    Vessel,
    Zone,
    ZoneCheck,
    ZoneClaim,
    record_id,
)

SENTENCES = {
    "strike": "The defence ministry of Examplia said on Tuesday that its aircraft struck a speedboat 45 nautical miles northwest of Aruba, killing three people.",
    "denied": "Venezuela’s foreign ministry denied that any such boat had left its coast.",
    "campaign": "Since September at least 21 strikes in the Caribbean and the eastern Pacific have killed at least 83 people, according to the ministry.",
    "boarding": "Coast guards boarded the tanker Morning Heron at 12-30.5N 071-20.3W on 20 October and found no cargo.",
    "approach": "A skiff with four people approached a bulk carrier near Willemstad and turned away after flares were fired.",
    "anchorage": "Two robbers climbed aboard a container ship at the Callao anchorage before dawn and fled with paint. 🛥️ Nobody was hurt.",
    "carrier": "An aircraft carrier and three destroyers are in the Caribbean Sea, the navy said.",
    "fighters": "Ten fighter jets arrived at Roosevelt Roads in Puerto Rico.",
    "plan": "A second amphibious ship is to sail to Trinidad next month.",
    "past": "In 1989 troops landed in Panama.",
    "rumour": "A fisherman said he had heard an explosion somewhere at sea.",
    "venezuela": "Militia units were called up across Venezuela.",
    "water": "A patrol ship used water cannon against a fishing boat off La Guaira.",
}


def report(name: str = "alpha", *, keys: tuple[str, ...] = tuple(SENTENCES), **source: str) -> Report:
    """Write a report out of the sentences, one a line."""
    values = {
        "title": "Boats, strikes and denials: a week at sea",
        "publisher": "The Example Courier",
        "published": "2025-11-14",
        "url": "https://courier.example/a-week-at-sea",
    }
    return Report(name, "\n".join(SENTENCES[key] for key in keys), Source(**{**values, **source}))


def evidence(text: Report, key: str, rule: str = "test.rule") -> Evidence:
    """Give a sentence of the report as evidence."""
    start = text.text.index(SENTENCES[key])
    return Evidence(text.id, start, start + len(SENTENCES[key]), SENTENCES[key], rule)


def claim(text: Report, key: str, cue: str, claimant: str, kind: str = "state", stance: str = "asserts") -> Claim:
    """Give a claim whose cue stands in a sentence of the report."""
    start = text.text.index(cue, text.text.index(SENTENCES[key]))
    return Claim(claimant, kind, stance, cue, start, start + len(cue))  # type: ignore[arg-type]


def disc(longitude: float, latitude: float, radius_km: float) -> shapely.Polygon:
    """Give a circle on the ground, near enough for a drawing."""
    turns = [2 * math.pi * i / 48 for i in range(48)]
    up = radius_km / 111.32
    across = up / math.cos(math.radians(latitude))
    return shapely.Polygon([(longitude + across * math.cos(t), latitude + up * math.sin(t)) for t in turns])


def sector(longitude: float, latitude: float, *, near_km: float, far_km: float, bearing: float, half_width: float) -> shapely.Polygon:
    """Give a ring's sector on the ground, near enough for a drawing."""
    turns = [math.radians(bearing - half_width + 2 * half_width * i / 16) for i in range(17)]

    def at(km: float, turn: float) -> tuple[float, float]:
        return longitude + km / 111.32 * math.sin(turn) / math.cos(math.radians(latitude)), latitude + km / 111.32 * math.cos(turn)

    return shapely.Polygon([*(at(far_km, t) for t in turns), *(at(near_km, t) for t in reversed(turns))])


CARIBBEAN = shapely.Polygon(
    [(-87, 16), (-83, 10.5), (-77, 9), (-72, 12.4), (-67, 10.8), (-61.8, 11), (-61.3, 15), (-65, 17.7), (-72, 17.7), (-78, 19.2), (-86, 20)]
)
EASTERN_PACIFIC = shapely.Polygon([(-112, 16), (-105, 19), (-96, 15.4), (-88, 12.6), (-84, 8), (-80, 5), (-81.5, 0), (-90, -2), (-112, 2)])
VENEZUELA = shapely.Polygon(
    [(-73.2, 9.2), (-71.5, 12), (-66, 10.6), (-62, 10.6), (-60, 8.4), (-61.5, 4.5), (-67, 1.5), (-67.5, 6.2), (-72, 7.2)]
)


def zone(kind: str = "eez", territory: str = "ABW", share: float = 1.0, **fields: object) -> Zone:
    """Give a zone with plausible fields."""
    values: dict[str, object] = {
        "sovereign": territory,
        "status": "computed_median",
        "basis": "computed equidistance",
        "distance_to_coast_nm": 38.0,
        "distance_to_boundary_nm": 11.0,
    }
    values |= {"claimed_breadth_nm": None, "strait": False, "layer": "zones", "layer_version": "1", **fields}
    return Zone(zone_type=kind, territory=territory, share=share, **values)  # type: ignore[arg-type]


def incident(text: Report, key: str, event: str, title: str, **fields: object) -> Incident:
    """Give an incident on one sentence."""
    proof = evidence(text, key)
    values: dict[str, object] = {
        "id": record_id(text.id, "incident", event, proof.text),
        "source": text.source,
        "evidence": (proof,),
        **fields,
    }
    return Incident(event_type=event, title=title, **values)  # type: ignore[arg-type]


def deployment(text: Report, key: str, status: str, title: str, **fields: object) -> Deployment:
    """Give a deployment on one sentence."""
    proof = evidence(text, key)
    values: dict[str, object] = {
        "id": record_id(text.id, "deployment", status, proof.text),
        "source": text.source,
        "evidence": (proof,),
        **fields,
    }
    return Deployment(status=status, title=title, **values)  # type: ignore[arg-type]


def point(longitude: float, latitude: float, uncertainty_m: float, method: str, where: str) -> dict[str, object]:
    """Give the fields of a located point."""
    shape = shapely.Point(longitude, latitude) if method == "coordinates" else disc(longitude, latitude, uncertainty_m / 1000)
    return {
        "geometry_method": method,
        "geometry": shape,
        "longitude": longitude,
        "latitude": latitude,
        "coordinate_uncertainty_m": uncertainty_m,
        "where_text": where,
    }


def area(shape: shapely.Geometry, where: str, method: str = "region_polygon", **fields: object) -> dict[str, object]:
    """Give the fields of a located area."""
    return {"geometry_method": method, "geometry": shape, "where_text": where, **fields}


def day(iso: str, words: str) -> dict[str, object]:
    """Give the fields of a date known to the day."""
    return {"date_start": iso, "date_end": iso, "date_prec": 1, "date_text": words, "anchor_date": "2025-11-14"}


def incidents(text: Report) -> tuple[Incident, ...]:
    """Give one incident of each kind that a page treats in its own way."""
    ministry = claim(text, "strike", "said", "Defence ministry of Examplia")
    denial = claim(text, "denied", "denied", "Foreign ministry of Venezuela", stance="denies")
    offset = sector(-70.0, 12.5, near_km=70, far_km=98, bearing=315, half_width=22.5)
    strike = incident(
        text, "strike", "strike_on_vessel", "Strike on a speedboat, three killed, as claimed by the defence ministry of Examplia",
        evidence=(evidence(text, "strike"), evidence(text, "denied")), claims=(ministry, denial), assertion="disputed",
        geometry_method="bearing_offset", geometry=offset, longitude=-70.54, latitude=13.03, coordinate_uncertainty_m=34_000.0, coverage=0.9,
        where_text="45 nautical miles northwest of Aruba", anchor=Anchor("im:aruba", "Aruba", 83_340.0, 315.0), **day("2025-11-11", "on Tuesday"),
        zones=(zone(share=0.71), zone("eez", "COL", 0.29, distance_to_coast_nm=60.0)), seas=(Sea("Caribbean Sea", "im:caribbean-sea", 1.0),),
        zone_claims=(ZoneClaim("international waters", "high_seas", "Defence ministry of Examplia", 0, 20),), zone_check=ZoneCheck("consistent", 1.0),
        actor="Examplian aircraft", target="speedboat", weapon="aircraft", vessels=(Vessel(type="speedboat", outcome="sunk"),),
        casualties=Casualties(killed=Count(3, 3, 3, "exact", "three people", 0, 5)), legal_characterisation="use_of_force",
    )  # fmt: skip
    campaign = incident(
        text, "campaign", "strike_on_vessel", "At least 21 strikes since September, as claimed by the ministry", record_kind="aggregate",
        claims=(claim(text, "campaign", "according to", "Defence ministry of Examplia"),), assertion="claimed",
        **area(shapely.MultiPolygon([CARIBBEAN, EASTERN_PACIFIC]), "Caribbean and eastern Pacific", "multi_region", label_longitude=-97.0, label_latitude=8.0),
        date_start="2025-09-01", date_end="2025-11-14", date_prec=4, date_text="Since September", anchor_date="2025-11-14",
        events_count=EventsCount(21, 21, None), casualties=Casualties(killed=Count(83, 83, None, "at_least", "at least 83 people", 0, 5)),
    )  # fmt: skip
    boarding = incident(
        text, "boarding", "boarding", "Tanker Morning Heron boarded", assertion="confirmed_by_actor", claims=(claim(text, "boarding", "found", "Coast guards"),),
        **point(-71.3383, 12.5083, 185.0, "coordinates", "12-30.5N 071-20.3W"), **day("2025-10-20", "20 October"),
        zones=(zone("eez", "COL"),), vessels=(Vessel("Morning Heron", "tanker", "PAN", "9000001"),), review=Review("confirmed", "A. Reader", "2025-11-15"),
    )  # fmt: skip
    approach = incident(
        text,
        "approach",
        "suspicious_approach",
        "Skiff approached a bulk carrier",
        **point(-68.93, 12.11, 25_000.0, "near", "near Willemstad"),
        **day("2025-11-02", "2 November"),
    )
    robbery = incident(
        text, "anchorage", "robbery", "Container ship robbed at anchor", **point(-77.2, -12.03, 15_000.0, "facility", "Callao anchorage"),
        date_start="2025-10-06", date_end="2025-10-12", date_prec=3, casualties=Casualties(injured=Count(0, 0, 0, "none_reported", "Nobody", 0, 5)),
        legal_characterisation="armed_robbery_against_ships",
    )  # fmt: skip
    cannon = incident(
        text,
        "water",
        "water_cannon",
        "Water cannon used against a fishing boat",
        **point(-66.93, 10.75, 26_000.0, "off_coast", "off La Guaira"),
        **day("2025-11-09", "Sunday"),
    )
    past = incident(
        text,
        "past",
        "armed_clash",
        "Troops landed in Panama",
        auxiliary_mode="historical",
        **point(-79.5, 9.0, 20_000.0, "place_point", "Panama"),
        date_start="1989-01-01",
        date_end="1989-12-31",
        date_prec=5,
    )
    rumour = incident(text, "rumour", "explosion", "Explosion at sea, alleged", assertion="alleged")
    return strike, campaign, boarding, approach, robbery, cannon, past, rumour


def deployments(text: Report, campaign: str) -> tuple[Deployment, ...]:
    """Give one deployment of each kind that a page treats in its own way."""
    return (
        deployment(
            text, "carrier", "present", "Aircraft carrier and three destroyers in the Caribbean Sea", **area(CARIBBEAN, "Caribbean Sea"),
            assets=(Asset("aircraft_carrier", count=AssetCount(1, 1, 1, "An")), Asset("destroyer", count=AssetCount(3, 3, 3, "three"))),
            relations=(Relation("same_campaign", campaign),), actor="Navy",
        ),
        deployment(text, "fighters", "arrived", "Ten fighters at Roosevelt Roads", **point(-65.64, 18.245, 3_000.0, "place_point", "Roosevelt Roads"), assets=(Asset("fighter", count=AssetCount(10, 10, 10, "Ten")),)),
        deployment(text, "venezuela", "present", "Militia called up in Venezuela", **area(VENEZUELA, "Venezuela", "country_polygon"), assets=(Asset("militia"),), actor_country="VEN"),
        deployment(text, "plan", "planned", "Amphibious ship to sail to Trinidad", auxiliary_mode="future", **point(-61.3, 10.4, 40_000.0, "place_point", "Trinidad"), assets=(Asset("amphibious_assault_ship"),)),
    )  # fmt: skip


def dossier() -> Dossier:
    """Give a Dossier with every kind of record, a name that could not be located and an input that could not be read."""
    text = report()
    happened = incidents(text)
    lost = Match(Mention(0, 13, "Port Nowhere", "place"), reasons=("no such place in the gazetteer",))
    return Dossier(
        (Reading(text, matches=(lost,), incidents=happened, deployments=deployments(text, happened[1].id)),),
        (Failure("b.pdf", None, "unreadable", "the file is empty"),),
    )


def many(count: int) -> Dossier:
    """Give a Dossier with this many incidents, spread over the Caribbean, one in five on the spot of another."""
    text = report("many", keys=("boarding", "approach", "strike"))
    kinds = ("boarding", "suspicious_approach", "strike_on_vessel", "collision_or_ramming")
    rows = []
    for i in range(count):
        j = i - 1 if i % 5 == 4 else i
        spot = point(
            -62 - 24 * ((j * 0.618034) % 1),
            10.5 + 8 * ((j * 0.754878) % 1),
            (185.0, 1852.0, 18_500.0)[i % 3],
            "coordinates",
            f"position {j}",
        )
        one = incident(
            text,
            ("boarding", "approach", "strike")[i % 3],
            kinds[i % 4],
            f"Event number {i} reported at sea",
            **spot,
            **day(f"2025-{1 + i % 11:02d}-{1 + i % 28:02d}", "that day"),
            zones=(zone(),),
        )
        rows.append(replace(one, id=f"{i:012x}"))
    return Dossier((Reading(text, incidents=tuple(rows)),))


ATTACKS = (
    "<img src=x onerror=\"window.ran='img'\">",
    "</script><script>window.ran='script'</script>",
    "`;window.ran='backtick';`",
    "${window.ran='template'}",
    "C:\\path\\2019\\u0041 \\x41",
    '"><svg onload="window.ran=\'svg\'"><style>body{display:none}</style>',
    "{{7*7}} {% raw %} <!-- ]]> &lt;b&gt; \u202e\u0000 '\"",
    "javascript:window.ran='link'//",
    "');window.ran='quote';//\\');window.ran='quoted';//\u2028window.ran='line'",
    '<iframe srcdoc="<script>parent.window.ran=1</script>"></iframe><a href="data:text/html,x">x</a><base href="https://x.example/">',
)
"""Ten texts that have run, or broken a page, where text was written as code."""


def hostile(attack: str) -> Dossier:
    """Give a Dossier that carries a payload in every text a page shows."""
    text = Report(
        attack,
        f"{attack} said so near {attack}.",
        Source(url=f"https://x.example/{attack}".replace(" ", "%20"), publisher=attack, title=attack, published="2025-01-01"),
    )
    other = Report("b", attack, Source(url=attack, title=attack, publisher=attack))
    proof = Evidence(text.id, 0, len(text.text), text.text, attack)
    spot = point(-70.0, 12.0, 30_000.0, "near", attack)
    one = Incident(
        id="a" * 12, event_type="boarding", title=attack, evidence=(proof,), source=text.source, date_text=attack, actor=attack, target=attack, weapon=attack,
        claims=(Claim(attack, "state", "asserts", attack, 0, len(attack)),), vessels=(Vessel(name=attack, flag=attack, type=attack),),
        review=Review("corrected", attack, "2025-01-02", attack), **spot,
    )  # fmt: skip
    wide = replace(
        one,
        id="b" * 12,
        geometry=CARIBBEAN,
        geometry_method="region_polygon",
        longitude=None,
        latitude=None,
        coordinate_uncertainty_m=None,
        merge=Merge((text.id, other.id), 2, (attack,), (Superseded("title", attack, other.id, "2025-01-01"),), (attack,)),
    )
    lost = Match(Mention(0, 1, attack, "place"), reasons=(attack,), flags=(attack,))
    readings = Reading(text, matches=(lost,), incidents=(one, wide), notes=(attack,)), Reading(other)
    return Dossier(readings, (Failure(attack, 1, "x", attack),))
