"""Hold every constant and threshold, alphabetical, each with its unit and its source.

Nothing here is read from the environment or changed at run time: same input, same layers, same bytes out.
"""

from __future__ import annotations

ADDED_PREFIX = "geonames-"
"""How the folder of an added GeoNames dump begins, in the folder of the built indexes."""

ANCHORAGE_RADIUS_KM = 23.0
"""Reach of an anchorage, roads or berth, seaward of its port, beside half the radius of the town. Measured: 85 % within 22 km."""

BESIDE_KM = 100.0
"""How far a port may lie from the town, the island or the waters that a message writes behind it: "Kabil, Batam"."""

BETWEEN_MIN_WIDTH_KM = 25.0
"""Least width of the corridor for "between X and Y"; else a quarter of the distance X-Y."""

CACHE_VARIABLE = "INCIDENT_MAPPER_CACHE"
"""Environment variable that moves the folder of the built indexes."""

CITY_DENSITY_KM2 = 2500.0
"""People in a square km of a city, to guess the radius of one from its population. Own choice: between Lagos and Los Angeles."""

CITY_EXTENT_KM = 2.0
"""Least radius of a city, town or village: GeoNames puts the point somewhere in its middle."""

CITY_EXTENT_MAX_KM = 30.0
"""Largest radius of a city."""

COPY_RUNS = 5
"""Sampled runs of words that a copy shares at least (one run in four is sampled)."""

COPY_SHARE = 0.5
"""Share of the shorter text's runs from which two texts are prints of one."""

COVERAGE: dict[str, float] = {
    "bearing_offset 0": 0.97,
    "bearing_offset 1": 0.80,
    "bearing_offset 2": 0.84,
    "bearing_offset 3": 0.89,
    "bearing_offset 4": 0.94,
    "country_polygon": 0.95,
    "distance_only": 0.83,
    "facility": 0.89,
    "near": 0.88,
    "off_coast": 0.82,
    "region_polygon": 0.93,
}
"""Share of true positions that the geometry of each method held, measured with the positions removed from the text on 5,030 ASAM messages
and IMB narratives (`bench/calibration.py --shapes` prints the table; half the rows were fitted on, the other half agrees within 0.03 but
for 0.73 against 0.87 in class 1). `bearing_offset` is by the classes of `OFFSET_CLASSES_KM`. Positions farther than 161 km outside, 7 % of
ASAM's and 0.3 % of IMB's, are another place than the one meant: left out. `country_polygon` is a state with its zone, as in messages."""

CASE_WORDS = 8
"""A text of fewer words without a capital is a search, not a report that lost its capitals."""

CREDIT_CHARACTERS = 400
"""How far from its start or end a print names the agency it is from."""

DATELINE_CHARACTERS = 300
"""How far into a text its dateline begins at most: behind a headline."""

DIRECTION_ONLY_KM = 150.0
"""Length of the wedge for "north of X" without a distance."""

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG), for ranking by distance; shapes are geodesic on WGS84."""

EEZ_NM = 200.0
"""Outer limit of the exclusive economic zone from the baseline. UNCLOS, Article 57."""

EVIDENCE_CHARACTERS = 300
"""Longest evidence sentence that a page or export carries by default."""

GAZETTEER_CANDIDATES = 60
"""Most places that one name is looked up as: "San José" has hundreds, and none beyond these is ever meant."""

GAZETTEER_WORDS = 8
"""Longest name in running text, in words."""

HARBOUR_KM = 10.0
"""Radius about a port that counts as its harbour, on whichever side of the shore it is drawn."""

HARBOUR_SLACK_KM = 6.0
"""How far an anchorage, a berth or a place near a port may lie behind the shore: harbours lie up rivers, and coasts are thinned."""

HEAD_REACH_KM = 700.0
"""How far from what heads a message a name in it may lie: beyond, a voyage ends, an owner or a reporter sits there."""

INLAND_KM = 100.0
"""How far behind the shore a town that ships call at may lie: the ports of the Congo lie up to 90 km from it, as the coast is drawn."""

KM_PER_NM = 1.852
"""Kilometres in an international nautical mile (exact; First International Extraordinary Hydrographic Conference, 1929)."""

KM_PER_STATUTE_MILE = 1.609344
"""Kilometres in an international mile (exact; agreement of 1959)."""

LAYER_FORMAT = 1
"""Version of the on-disk format that layers and indexes declare in their manifests."""

KNOWN_ALONE = 5.0
"""Fame (log10 of population, 9 for a state) from which a name that nothing contradicts is a place without any cue."""

KNOWN_CUED = 3.0
"""The same with a cue beside it: "in X", "X residents", "X, Ohio"."""

KNOWN_INSIDE = 6.5
"""The same when the parse takes a longer phrase for a person or an organisation."""

KNOWN_TAGGED = 5.5
"""The same when the parse takes the name itself for a person or an organisation."""

LARGE_ANCHOR_KM = 60.0
"""An anchor with a larger radius is measured from its edge, not from its middle ("60 nm east of Somalia")."""

LEAST_SCORE = 0.27
"""Below this score the best candidate is no answer: the name is listed as unmatched. A share of 0.05, see `SCORE_OFFSET`."""

PARSE_CHARACTERS = 20_000
"""A longer text is parsed in parts: the parser takes some 20 kB of memory a word until a part is done."""
MAX_TEXT_CHARACTERS = 1_000_000
"""Longest report that is read whole. A longer text is read up to here, and the reader is told."""

MERGE_LONG_DAYS = 31
"""A record that spans more days than this is compared with all of its kind."""

MERGE_POINTS = 4.0
"""Points of agreement from which two records are one event."""

MERGE_SLACK_DEG = 0.1
"""What two reports may differ in naming one spot: 6 nm."""

MERGE_SLIP_DAYS = 1
"""What two reports may differ in the day of one event: time zones and editions."""

MERGE_SLIP_HOURS = 6.0
"""What they may differ in its time of day: local time taken for UTC is more, and stays apart."""

MERGE_UNDATED_DAYS = 7
"""An event without a date is taken to lie within so many days before its report."""

MISSPELT_SCORE = 0.8
"""By how much a score falls where a name was taken for one that is spelt nearly so."""

NEAR_KM = 28.0
"""Radius of the disc for "near X"."""

OFFSET_BEARING_DEG_8_WINDS = 40.0
"""Half width of the sector for a bearing given as one of eight winds. At the half step of 22.5 a quarter of true positions fell outside."""

OFFSET_BEARING_DEG_16_WINDS = 20.0
"""Half width of the sector for a bearing given as one of sixteen winds."""

OFFSET_DISC_BELOW_KM = 20.0
"""Below this stated distance an offset is a disc, not a sector."""

OFFSET_DISC_RADIUS_KM = 15.0
"""Radius of that disc, beside half the radius of the town. Measured on IMB phrases: max(15 km, 0.4 D) held 84 % below 20 km."""

OFFSET_CLASSES_KM = (20.0, 60.0, 150.0, 400.0)
"""Edges of the classes of distance by which the coverage of offsets is measured."""

OFFSET_FARTHER_MIN_KM = 18.0
"""Least that an offset may lie farther than stated: distances are counted from the coast as often as from the town."""

OFFSET_FARTHER_SHARE = 0.12
"""The same as a share of the stated distance. Fitted with `OFFSET_NEARER_SHARE` and `OFFSET_BEARING_DEG_8_WINDS` on every other row of ASAM
and IMB: wider sectors and thinner rings held 0.86 instead of 0.80, in a smaller area."""

OFFSET_FARTHER_UNAIMED_KM = 25.0
"""Least that a distance without a direction may lie farther: it is counted along any way to the place."""

OFFSET_NEARER_COAST_SHARE = 0.5
"""How much nearer, as a share, a thing may lie to a long coast: the distance is from one stretch of it, and another may be nearer."""

OFFSET_NEARER_MIN_KM = 8.0
"""Least that an offset may lie nearer than stated."""

OFFSET_NEARER_SHARE = 0.08
"""The same as a share of the stated distance."""

OFF_COAST_KM = 100.0
"""Width of the seaward band for "off X". Measured on IMB and ASAM: 80 % lie within 86 km of the town named."""

PASSING_KM = 40.0
"""Reach of a port that a message names for a ship that is not said to lie at anchor or at a berth. Measured: 80 % lie within 41 km."""

POSITION_DISAGREEMENT_KM = 30.0
"""A position and the place named beside it disagree beyond max(this, half the stated distance)."""

RANK_BESIDE = 2.0
"""Weight of the other names that may mean a place close by: a town and its county."""

RANK_BESIDE_KM = 25.0
"""Scale of that closeness."""

RANK_CALIBRATION = 1.0
"""Temperature of the final shares of a name's candidates."""

RANK_CAPITAL = 1.0
"""Weight of being the capital of a state."""

RANK_CONTAINER = 6.0
"""Weight of a container written behind a name ("Paris, Texas"): stronger than any fame."""

RANK_COUNTRY = 5.0
"""Weight of the other names' votes for a candidate's country."""

RANK_NAMESAKE = 1.2
"""What a first-level subdivision loses to its city of the same name."""

RANK_NAMESAKE_PEOPLE = 100_000
"""Inhabitants from which that city is the one meant."""

RANK_NEAR = 3.0
"""Weight of the other names' nearness."""

RANK_NEAR_KM = 300.0
"""Scale of that nearness."""

RANK_NONE = 1.5
"""Score of "none of these": a village without any support in the text scores about as much."""

RANK_OWN_NAME = 1.5
"""Weight of bearing the name itself rather than as another name."""

RANK_PRIOR = 0.85
"""Weight of fame, on the scale of log10(population)."""

RANK_ROUNDS = 3
"""Rounds of voting."""

RANK_STATE = 3.5
"""Weight of the other names' votes for a candidate's first-level subdivision."""

RANK_TEMPERATURE = 0.7
"""Temperature of the shares that vote: below 1 the leading sense of a name speaks loudest."""

RANK_WITNESSES = 60
"""Most names that are asked how near they are: a long report names no new region after these."""

REVERSE_KM = 500.0
"""Beyond this distance from any city a reverse lookup answers nothing."""

RUNNERS_UP = 5
"""Other candidates that a match keeps."""

SAILING_KM = 120.0
"""Reach of a port that a message names for a ship on its way. Measured: three in four of those within 250 km lie so near."""

SCHEMA_VERSION = "1.1.0"
"""Version of the record fields. A new field is minor, a removed or re-meant one is major."""

SCORE_OFFSET = -1.2
"""With `SCORE_SLOPE` the logistic of a share that gives the score: the probability that the place is right within 161 km. Fitted on the
given names of one half of two sets of news; on the other half the mean gap of ten bins is 0.047 (0.069 for the bare share)."""

SCORE_SLOPE = 4.4
"""See `SCORE_OFFSET`."""

SHORE_SLACK_KM = 3.0
"""How far a shape at sea may run inland: harbours and river mouths lie behind the shore of any coast data."""

STORE_WAIT_S = 60
"""How long a run waits for a store: for the writer before it, or for the database to answer."""

UNKNOWN_ANCHOR_KM = 40.0
"""How far an anchor that the gazetteer lacks may lie from the known place that it is said to be in ("Deep Water Anchorage, Santos")."""

WATERS_KM = 100.0
"""How far an island or a region named as the place of a message from the sea reaches seaward: the ship lies off it. A state reaches as far
as its economic zone may, `EEZ_NM`; so does "off" a state."""

WATERS_EDGE_KM = (4.0, 40.0)
"""Least and most that a sea, a strait or a bay reaches beyond its outline in a message, else `WATERS_EDGE_SHARE` of its radius: waters have
no fence, and their outlines are thinned."""

WATERS_EDGE_SHARE = 0.08
"""See `WATERS_EDGE_KM`."""

ZONE_CONSISTENT_SHARE = 0.9
"""A zone claim is consistent when at least this share of the geometry lies in zones that fit it."""

ZONE_INCONSISTENT_SHARE = 0.1
"""A zone claim is inconsistent when at most this share fits it."""
