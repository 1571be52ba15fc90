"""Check a record against the zones: whose waters, whether a claim about them fits, what the law would call it.

Nothing here changes what a report says; every answer is a field of its own beside it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from geo import settings
from geo.model import Deployment, Incident, ZoneCheck

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geo.model import Zone, ZoneClaim

INWARD: Final = frozenset({"land", "internal_waters", "archipelagic_waters", "territorial_sea"})
BEYOND: Final = frozenset({"eez", "high_seas"})
FITTING: Final[dict[str, frozenset[str]]] = {
    "land": frozenset({"land"}),
    "internal_waters": frozenset({"internal_waters"}),
    "archipelagic_waters": frozenset({"archipelagic_waters"}),
    # Everyday speech calls all waters up to 12 nm territorial, the inner ones too.
    "territorial_sea": frozenset({"territorial_sea", "internal_waters", "archipelagic_waters"}),
    "contiguous_zone": frozenset({"contiguous_zone"}),
    "eez": frozenset({"eez"}),
    "high_seas": frozenset({"high_seas"}),
    # No UNCLOS term: navies use it for all waters beyond the territorial sea.
    "international_waters": BEYOND,
}
"""Zone types that fit what a text claims of the waters. A claim that is not a key is not checkable."""

_WORDS: Final = (
    ("international_waters", re.compile(r"\binternational\s+(?:waters|seas?)\b", re.IGNORECASE)),
    ("high_seas", re.compile(r"\bhigh\s+seas?\b", re.IGNORECASE)),
    ("contiguous_zone", re.compile(r"\bcontiguous\b", re.IGNORECASE)),
    ("eez", re.compile(r"\beconomic\s+zones?\b|\bEEZ\b", re.IGNORECASE)),
    ("archipelagic_waters", re.compile(r"\barchipelagic\b", re.IGNORECASE)),
    ("internal_waters", re.compile(r"\b(?:internal|inland)\s+(?:waters|seas?)\b", re.IGNORECASE)),
    ("territorial_sea", re.compile(r"\b(?:territorial|national|sovereign)\s+(?:waters|seas?)\b", re.IGNORECASE)),
)

WHOLE: Final = 0.995
"""Shares are rounded to three digits: from here on a geometry lies wholly in the zones counted."""
STATE_KINDS: Final = frozenset({"state", "armed_forces", "coast_guard", "government", "official"})
USES_OF_FORCE: Final = frozenset({
    "strike_on_vessel", "missile_attack", "naval_drone_attack", "fired_upon", "water_cannon", "collision_or_ramming",
    "airstrike_land", "armed_clash",
})  # fmt: skip
LAW_ENFORCEMENT: Final = frozenset({"boarding", "seizure", "detention"})
DEPREDATIONS: Final = frozenset({"boarding", "fired_upon", "hijack", "kidnapping", "robbery"})
"""Violence, detention or depredation, the acts of UNCLOS 101(a)."""
THREATS: Final = DEPREDATIONS | {"attempted_boarding"}
"""The same and the threat of it, which IMO A.1025(26) adds for armed robbery."""

_SECOND_CRAFT: Final = re.compile(
    r"\b(skiffs?|speed ?boats?|mother ?ships?|dhows?|pirogues?|canoes?|launch(?:es)?|helicopters?|small craft|fast craft"
    r"|(?:small|fast|fishing|wooden) boats?)\b",
    re.IGNORECASE,
)
_Checked = TypeVar("_Checked", Incident, Deployment)


def check(record: _Checked) -> _Checked:
    """Give the record with its zones, its seas, its zone claims checked and its legal character derived.

    Zones are those of the whole uncertainty: a point answers for the disc around it.

    Raises
    ------
    LayerError
        The zones are not built.

    """
    record = replace(record, zone_claims=tuple(replace(claim, claimed_zone=claimed_zone(claim)) for claim in record.zone_claims))
    area = footprint(record)
    if area is None:
        return replace(record, zone_check=zone_check(record.zone_claims, ()))
    from geo import zones  # noqa: PLC0415 - a record without a geometry needs no zones

    found = zones.of(area)
    record = replace(record, zones=found, seas=zones.seas(area), zone_check=zone_check(record.zone_claims, found))
    if isinstance(record, Incident):
        return replace(record, legal_characterisation=legal_character(record))
    return record


def footprint(record: Incident | Deployment) -> BaseGeometry | None:
    """Give the area a record may lie in: its polygon, or the disc of its uncertainty around its point.

    >>> from geo.pipeline import dossier
    >>> import io
    >>> told = dossier("-", stdin=io.BytesIO(b"Robbers boarded a tanker in position 12-30.5N 071-20.3W."))
    >>> footprint(told.incidents[0]).geom_type
    'Polygon'
    """
    if record.longitude is None or record.latitude is None or record.coordinate_uncertainty_m is None:
        return record.geometry
    if record.geometry is not None and record.geometry.geom_type != "Point":
        return record.geometry
    from geo import shapes  # noqa: PLC0415 - the geodesic is needed for points alone

    return shapes.disc(record.longitude, record.latitude, radius_km=record.coordinate_uncertainty_m / 1000)


def claimed_zone(claim: ZoneClaim) -> str:
    """Name the zone that a claim means; words that are no zone of the law of the sea stay `unknown`.

    >>> from geo.model import ZoneClaim
    >>> claimed_zone(ZoneClaim("Venezuelan territorial waters", "unknown", None, 0, 29))
    'territorial_sea'
    """
    if claim.claimed_zone in FITTING:
        return claim.claimed_zone
    return next((zone for zone, words in _WORDS if words.search(claim.text)), claim.claimed_zone)


def zone_check(claims: Iterable[ZoneClaim], zones: Iterable[Zone]) -> ZoneCheck | None:
    """Hold what the text says of the waters against the waters.

    Of several claims the one that fits worst speaks: a reader wants the contradiction. `None` where nothing is claimed.

    Parameters
    ----------
    claims
        The text's words about the waters; see `FITTING` for those that can be checked.
    zones
        The zones of the whole geometry with their shares; empty where the layer does not reach.

    >>> from geo.model import ZoneClaim
    >>> zone_check([ZoneClaim("an international strait", "strait", None, 0, 23)], [])
    ZoneCheck(state='not_checkable', share=None)

    """
    claims, zones = tuple(claims), tuple(zones)
    if not claims:
        return None
    shares = [_fitting_share(claim, zones) for claim in claims if claim.claimed_zone in FITTING]
    if not shares or not zones:
        return ZoneCheck("not_checkable")
    share = round(min(shares), 3)
    # What lies beyond the layer might fit or not.
    unknown = 1.0 - _share(zones)
    if share >= settings.ZONE_CONSISTENT_SHARE:
        return ZoneCheck("consistent", share)
    return ZoneCheck("inconsistent" if share + unknown <= settings.ZONE_INCONSISTENT_SHARE else "undetermined", share)


def legal_character(incident: Incident) -> str:
    """Say what an incident would fall under; never a finding.

    A state actor gives `use_of_force` or `law_enforcement`. A private one gives `piracy` (UNCLOS 101, 58(2)) when a second craft is
    named and all of the geometry lies beyond the territorial sea, `armed_robbery_against_ships` (IMO A.1025(26)) when all of it lies
    inside. Everything else, armed groups included, is `undetermined`.

    >>> from geo.pipeline import dossier
    >>> import io
    >>> told = dossier("-", stdin=io.BytesIO(b"The US Navy struck a boat 60 nm north of Aruba."))
    >>> legal_character(told.incidents[0])
    'use_of_force'
    """
    kind = actor_kind(incident)
    if kind == "state":
        if incident.event_type in LAW_ENFORCEMENT:
            return "law_enforcement"
        return "use_of_force" if incident.event_type in USES_OF_FORCE else "undetermined"
    where = {zone.zone_type for zone in incident.zones} - {"contiguous_zone"}
    if kind != "private" or _share(incident.zones) < WHOLE:
        return "undetermined"
    if where <= BEYOND and incident.event_type in DEPREDATIONS and _second_craft(incident):
        return "piracy"
    inside = where <= INWARD and where != {"land"}
    return "armed_robbery_against_ships" if inside and incident.event_type in THREATS else "undetermined"


def actor_kind(incident: Incident) -> str:
    """Tell a state from a private actor; an armed group is neither, because its ends are contested.

    >>> from geo.pipeline import dossier
    >>> import io
    >>> told = dossier("-", stdin=io.BytesIO(b"Robbers boarded a tanker at Lagos anchorage, Nigeria."))
    >>> actor_kind(told.incidents[0])
    'private'
    """
    return _kind_of(incident.actor) if incident.actor else "unknown"


@lru_cache(maxsize=1024)
def _kind_of(name: str) -> str:
    """Tell the kind of an actor by its name; the same few act again and again."""
    from geo import actors  # noqa: PLC0415 - only records with an actor need its table

    kinds = {actor.kind for actor in actors.find(name)}
    if "armed_group" in kinds:
        return "armed_group"
    if kinds & STATE_KINDS:
        return "state"
    return "private" if "private" in kinds else "unknown"


def _fitting_share(claim: ZoneClaim, zones: tuple[Zone, ...]) -> float:
    """Add up the shares that a claim allows: of the zones it means, and of the state it names."""
    fitting, owner = FITTING[claim.claimed_zone], _claimed_owner(claim.text)
    return _share(z for z in zones if z.zone_type in fitting and (not owner or owner in {z.territory, z.sovereign}))


def _share(zones: Iterable[Zone]) -> float:
    """Add up shares; a part disputed by several claimants counts once, and what lies over another zone not at all."""
    total, disputed, zones = 0.0, set(), tuple(zones)
    partition = [zone for zone in zones if zone.zone_type != "contiguous_zone"] or zones
    for zone in partition:
        if zone.status in {"disputed", "joint"}:
            # The row of each state repeats the same part with the same share.
            if (zone.zone_type, zone.basis, zone.share) in disputed:
                continue
            disputed.add((zone.zone_type, zone.basis, zone.share))
        total += zone.share
    return min(1.0, total)


@lru_cache(maxsize=1024)
def _claimed_owner(text: str) -> str | None:
    """Read whose waters a claim names ("territorial waters of Aruba"): the code, when exactly one state is named."""
    from geo.gazetteer import open_gazetteer  # noqa: PLC0415 - claims about waters are rare

    gazetteer = open_gazetteer()
    owners = {places[0].country for _, _, places in gazetteer.scan(text) if places and places[0].kind in {"country", "territory"}}
    owners |= {gazetteer.demonym(word) for word in re.findall(r"[^\W\d_]+", text)}
    named = {owner for owner in owners if owner}
    return named.pop() if len(named) == 1 else None


def _second_craft(incident: Incident) -> bool:
    """Tell whether another ship or aircraft than the target is named, as UNCLOS 101(a)(i) demands."""
    if len(incident.vessels) > 1:
        return True
    target = (incident.target or "").casefold()
    words = {found.group().casefold() for evidence in incident.evidence for found in _SECOND_CRAFT.finditer(evidence.text)}
    return any(word not in target for word in words)
