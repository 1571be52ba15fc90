"""Hold the words for the codes of a record, one table a field; neutral, and never a finding of ours."""

from __future__ import annotations

from typing import Final

ASSERTIONS: Final[dict[str, str]] = {
    "retracted": "Retracted",
    "denied": "Denied by all who speak",
    "disputed": "Disputed",
    "independently_confirmed": "Confirmed independently, the report says",
    "confirmed_by_actor": "Confirmed by the actor",
    "confirmed_by_victim": "Confirmed by the side hit",
    "claimed": "Claimed by one party",
    "alleged": "Alleged",
    "reported": "Reported",
}
"""What the report says of its own statement; never what we found."""

MODES: Final[dict[str, str]] = {
    "actual": "Happened or is there, according to the report",
    "historical": "Historical: told as background",
    "future": "Planned or announced",
    "hypothetical": "Hypothetical: it might happen",
    "negation": "Said not to have happened, or not to be there",
}

METHODS: Final[dict[str, str]] = {
    "coordinates": "From a position written in the report.",
    "bearing_offset": "From a distance and a direction{anchor}. Both are rounded, so the place is somewhere in the shape drawn.",
    "distance_only": "From a distance{anchor} without a direction. The place is somewhere in the band drawn.",
    "direction_only": "From a direction{anchor} without a distance. The place is somewhere in the area drawn; no point is meant.",
    "near": "Near a named place{anchor}. The place is somewhere in the shape drawn.",
    "off_coast": "Off a coast{anchor}. The place is somewhere in the band drawn.",
    "between": "Between two named places. The place is somewhere in the corridor drawn.",
    "line": "A line, not a point.",
    "facility": "At a port, berth or anchorage. The place is somewhere in the shape drawn.",
    "place_point": "At a named place; the mark stands for the whole of it.",
    "region_polygon": "Only the area is known. All of it is drawn; no point in it is meant.",
    "country_polygon": "Only the country is known. All of it is drawn; no point in it is meant.",
    "multi_region": "Only several areas together are known. All are drawn; no point in them is meant.",
    "none": "Not on the map: the report gives no place that could be located.",
}

WHERE_ROLES: Final[dict[str, str]] = {
    "destination": "This is the destination.",
    "origin": "This is where it started from.",
    "via": "This is on the way.",
    "search_area": "This is the area searched.",
    "base": "This is the base.",
}

ZONE_TYPES: Final[dict[str, str]] = {
    "land": "On land",
    "internal_waters": "Internal waters",
    "archipelagic_waters": "Archipelagic waters",
    "territorial_sea": "Territorial sea",
    "contiguous_zone": "Contiguous zone",
    "eez": "Exclusive economic zone",
    "high_seas": "High seas",
    "antarctic_treaty_area": "Antarctic Treaty area",
    "other_regime": "Waters under a regime of their own",
}

ZONE_STATUS: Final[dict[str, str]] = {
    "agreed": "agreed boundary",
    "computed_median": "computed median line",
    "unilateral": "unilateral limit",
    "disputed": "disputed",
    "joint": "joint regime",
    "unproclaimed": "not proclaimed",
}

LEGAL: Final[dict[str, str]] = {
    "piracy": "If the report is right, it would fall under piracy (UNCLOS, Articles 101 and 58(2)). Not a finding.",
    "armed_robbery_against_ships": "If the report is right, it would fall under armed robbery against ships. Not a finding.",
    "use_of_force": "If the report is right, it would fall under the rules on the use of force. Not a finding.",
    "law_enforcement": "If the report is right, it would fall under law enforcement at sea. Not a finding.",
}

CLAIMANTS: Final[dict[str, str]] = {
    "state": "a state",
    "armed_group": "an armed group",
    "victim_operator": "the operator concerned",
    "ngo": "an organisation",
    "media": "media",
    "anonymous_official": "an unnamed official",
    "expert": "an expert",
}

STANCES: Final[dict[str, str]] = {"asserts": "says so", "denies": "denies it", "disputes": "disputes it"}

PRECISIONS: Final[dict[int, str]] = {2: "known to a few days", 3: "known to the week", 4: "known to the month", 5: "known to the year"}

MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
