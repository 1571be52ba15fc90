"""Coordinates in running text: every notation, honest uncertainty, nothing repaired, nothing invented."""

from __future__ import annotations

import itertools
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import positions
from geo.errors import CoordinateError

MINUTE, TENTH, SECOND, DEGREE = 1852.0, 185.2, 30.9, 111_120.0

_WRITTEN = [
    "{lat:02}-{lam:02}{ns} {lon:03}-{lom:02}{ew}",
    "{lat:02}:{lam:02}{ns} - {lon:03}:{lom:02}{ew}",
    "{lat:02}-{lam:02}-{las:02}{ns} {lon:03}-{lom:02}-{los:02}{ew}",
    "{lat:02}{lam:02}{ns} {lon:03}{lom:02}{ew}",
    "{lat}° {lam:02}' {las:02}\" {ns}, {lon}° {lom:02}' {los:02}\" {ew}",
    "{lat}°{lam:02}′{ns} {lon}°{lom:02}′{ew}",
    "{lat:02}–{lam:02}{ns} – {lon:03}–{lom:02}{ew}",
    "{ns}{lat:02} {lam:02} {ew}{lon:03} {lom:02}",
    "Lat {lat:02} {lam:02} {ns} Long {lon:03} {lom:02} {ew}",
    "{lat:02}.{lam:02}.{las:02}{ns} {lon:03}.{lom:02}.{los:02}{ew}",
]
"""The notations of angles, as formats."""

NOTATIONS = [
    ("12-30.5N 071-20.3W", 12.508333, -71.338333, TENTH),
    ("12:30.5N - 071:20.3W", 12.508333, -71.338333, TENTH),
    ("12–30.5N – 071–20.3W", 12.508333, -71.338333, TENTH),
    ("12-30.5N, 071-20.3W", 12.508333, -71.338333, TENTH),
    ("12-30.5N071-20.3W", 12.508333, -71.338333, TENTH),
    ("12-30.5 N 071-20.3 W", 12.508333, -71.338333, TENTH),
    ("12-30-15N 071-20-30W", 12.504167, -71.341667, SECOND),
    ("12-30S 071-20E", -12.5, 71.333333, MINUTE),
    ("12 - 30 . 5 N 071 - 20 . 3 W", 12.508333, -71.338333, TENTH),
    ("1230N 07120W", 12.5, -71.333333, MINUTE),
    ("1230.5N 07120.3W", 12.508333, -71.338333, TENTH),
    ("123015N 0712030W", 12.504167, -71.341667, SECOND),
    ("12° 30' 15\" N, 71° 20' 30\" W", 12.504167, -71.341667, SECOND),
    ("12°30′15″N 71°20′30″W", 12.504167, -71.341667, SECOND),
    ("12º30'15''N 71º20'30''W", 12.504167, -71.341667, SECOND),
    ("12°30.5′N 71°20.3′W", 12.508333, -71.338333, TENTH),
    ("12° 30' N / 71° 20' W", 12.5, -71.333333, MINUTE),
    ("71° 20' W, 12° 30' N", 12.5, -71.333333, MINUTE),
    ("N12 30.5 W071 20.3", 12.508333, -71.338333, TENTH),
    ("S 12 30.5 E 101 20.3", -12.508333, 101.338333, TENTH),
    ("N 12° 30' 15\" W 71° 20' 30\"", 12.504167, -71.341667, SECOND),
    ("Lat 12 30 N Long 71 20 W", 12.5, -71.333333, MINUTE),
    ("Latitude 12°30'N, Longitude 71°20'W", 12.5, -71.333333, MINUTE),
    ("12 30 N 71 20 W", 12.5, -71.333333, MINUTE),
    ("12 30N, 071 20W", 12.5, -71.333333, MINUTE),
    ("12.5N 71.2W", 12.5, -71.2, 11_112.0),
    ("12.504° N 71.342° W", 12.504, -71.342, 111.1),
    ("12.5 north, 71.2 west", 12.5, -71.2, 11_112.0),
    ("12 degrees 30 minutes north, 71 degrees 20 minutes west", 12.5, -71.333333, MINUTE),
    ("12 deg 30 min N 71 deg 20 min W", 12.5, -71.333333, MINUTE),
    ("lat: 12.51, lon: -71.34", 12.51, -71.34, 1111.2),
    ("12.5041, -71.3417", 12.5041, -71.3417, 11.1),
    ("(12.5, 71.2)", 12.5, 71.2, 11_112.0),
    ("12N 71W", 12.0, -71.0, DEGREE),
    ("18PYT1234567890", 11.462992, -73.05347, 1.0),
    ("18P YT 12345 67890", 11.462992, -73.05347, 1.0),
]


@pytest.mark.parametrize(("text", "latitude", "longitude", "uncertainty"), NOTATIONS, ids=[row[0] for row in NOTATIONS])
def test_every_notation_is_read_with_the_unit_of_its_last_digit(text: str, latitude: float, longitude: float, uncertainty: float) -> None:
    sentence = f"The launch was last seen at {text}, drifting."
    (found,) = positions.find(sentence)
    assert (found.latitude, found.longitude) == pytest.approx((latitude, longitude), abs=2e-6)
    assert found.coordinate_uncertainty_m == uncertainty
    assert sentence[found.start : found.end] == found.text
    assert found.flags == ()


@pytest.mark.parametrize(
    "text",
    [
        "The index rose 2.5, 3.1 and 4.0 per cent.",
        "He paid 2.50, 3.75 and left.",
        "It was 12.5, 13.5 metres at most.",
        "Call 757 398 6700 or 757-398-6775.",
        "Between 0815 and 1230 on 12-11-2025.",
        "Version 12.5.1, build 3.4.5.",
        "The score was 12-10 in the north end.",
        "About 45 nm N of the cape, 12 men in 2 skiffs.",
        "Hull 1234 N and pier 56 E.",
        "Room 5GHZ2020 was empty.",
        "",
    ],
)
def test_other_numbers_are_no_positions(text: str) -> None:
    assert positions.find(text) == ()


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("12-75N 071-20W", "minutes_over_59"),
        ("12-30-75N 071-20-10W", "seconds_over_59"),
        ("95-10N 071-20W", "out_of_range"),
        ("12-30N 191-20W", "out_of_range"),
        ("l2-3ON 071-20W", "letters_read_as_digits"),
        ("12-30N", "longitude_missing"),
        ("12-30N 071-20", "hemisphere_missing"),
        ("12-30N 071-20N", "hemisphere_missing"),
        ("12° 30' N, 71° 20' O", "hemisphere_letter_o"),
    ],
)
def test_what_looks_wrong_is_flagged(text: str, flag: str) -> None:
    (found,) = positions.find(f"position {text} at noon")
    assert flag in found.flags


@pytest.mark.parametrize("text", ["Latitude 12-30S was crossed at noon.", "The boat was last seen at 12-30.0S."])
def test_a_latitude_alone_has_no_longitude(text: str) -> None:
    (found,) = positions.find(text)
    assert found.latitude == -12.5
    assert math.isnan(found.longitude)
    assert set(found.flags) & positions.UNUSABLE_FLAGS


@pytest.mark.parametrize(
    "sides",
    [
        "between 12-30N and 13-00N and 071-00W and 072-00W",
        "between 12-30N and 13-00N and between 071-00W and 072-00W",
        "bounded by 12°30'N, 13°00'N, 071°00'W and 072°00'W",
        "between the parallels of 12-30N and 13-00N and the meridians of 071-00W and 072-00W",
    ],
)
def test_a_box_of_latitudes_and_longitudes_is_an_area(sides: str) -> None:
    text = f"Keep clear of the area {sides}."
    assert positions.find(text) == ()
    (box,) = positions.figures(text, ())
    assert box.kind == "area"
    assert {(p.latitude, p.longitude) for p in box.positions} == {(12.5, -71), (12.5, -72), (13, -72), (13, -71)}


_SIXTIETHS = st.integers(0, 59)
_LATITUDES = st.tuples(st.integers(0, 89), _SIXTIETHS, _SIXTIETHS, st.sampled_from("NS"))
_LONGITUDES = st.tuples(st.integers(0, 179), _SIXTIETHS, _SIXTIETHS, st.sampled_from("EW"))


@given(_LATITUDES, _LONGITUDES, st.sampled_from(_WRITTEN))
def test_every_notation_reads_back_within_its_uncertainty(
    latitude: tuple[int, int, int, str], longitude: tuple[int, int, int, str], form: str
) -> None:
    (lat, lat_min, lat_sec, ns), (lon, lon_min, lon_sec, ew) = latitude, longitude
    written = form.format(lat=lat, lam=lat_min, las=lat_sec, ns=ns, lon=lon, lom=lon_min, los=lon_sec, ew=ew)
    (found,) = positions.find(f"The launch was last seen at {written}, drifting.")
    sign_lat, sign_lon = (1 if ns == "N" else -1), (1 if ew == "E" else -1)
    seconds = ("las" in form) / 3600
    true = sign_lat * (lat + lat_min / 60 + lat_sec * seconds), sign_lon * (lon + lon_min / 60 + lon_sec * seconds)
    assert abs(found.latitude - true[0]) * 111_120 <= found.coordinate_uncertainty_m
    assert abs(found.longitude - true[1]) * 111_120 <= found.coordinate_uncertainty_m


def test_a_flagged_value_is_what_was_written() -> None:
    (found,) = positions.find("12-75N 071-20W")
    assert found.latitude == pytest.approx(13.25)


def test_a_list_of_points_keeps_its_pairs() -> None:
    text = "IN AREA BOUND BY\n 08-15.96N 057-02.23W, 08-15.96N 056-54.25W,\n 07-58.60N 056-54.25W."
    found = positions.find(text)
    assert [round(p.latitude, 3) for p in found] == [8.266, 8.266, 7.977]
    assert [round(p.longitude, 3) for p in found] == [-57.037, -56.904, -56.904]


def test_a_number_in_a_name_before_a_position_is_not_its_degrees() -> None:
    (found,) = positions.find("RIG ALPHA 264 29-11.5N 088-57.0W")
    assert found.text == "29-11.5N 088-57.0W"


def test_the_grid_reference_of_a_southern_square_lies_south() -> None:
    (found,) = positions.find("grid 23KPQ8352165436 near the beach")
    assert -24 < found.latitude < -16
    assert found.notation == "mgrs"


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("12.5N 68.2W", 12.5, -68.2),
        ("-12.5 -68.2", -12.5, -68.2),
        ("12.5, -68.2", 12.5, -68.2),
        ("12 -68", 12, -68),
        ("12.5n 68.2w", 12.5, -68.2),
    ],
)
def test_parse_reads_what_a_person_types(text: str, latitude: float, longitude: float) -> None:
    found = positions.parse(text)
    assert (found.latitude, found.longitude) == (latitude, longitude)


@pytest.mark.parametrize("text", ["", "Aruba", "95N 20E", "-68.2 -112.5 3", "12.5N 68.2W 13.5N 68.2W", "100.5, 20.5", "12-30N 071-20"])
def test_parse_says_what_is_wrong_and_what_to_write(text: str) -> None:
    with pytest.raises(CoordinateError) as caught:
        positions.parse(text)
    assert repr(text) in str(caught.value)
    assert "latitude" in str(caught.value)


@given(st.integers(0, 89), st.floats(0, 59.94), st.sampled_from("NS"), st.integers(0, 179), st.floats(0, 59.94), st.sampled_from("EW"))
def test_degrees_and_minutes_round_trip(lat: int, lat_min: float, ns: str, lon: int, lon_min: float, ew: str) -> None:
    (found,) = positions.find(f"at {lat:02}-{lat_min:04.1f}{ns} {lon:03}-{lon_min:04.1f}{ew} today")
    latitude = (lat + lat_min / 60) * (1 if ns == "N" else -1)
    longitude = (lon + lon_min / 60) * (1 if ew == "E" else -1)
    assert (found.latitude, found.longitude) == pytest.approx((latitude, longitude), abs=0.1 / 60)
    assert found.coordinate_uncertainty_m == TENTH


@given(st.text(max_size=80))
def test_spans_hold_in_any_text(text: str) -> None:
    found = positions.find(text)
    assert all(text[p.start : p.end] == p.text and p.coordinate_uncertainty_m > 0 for p in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


@given(st.text(alphabet="0123456789 .,:-°'\"NSEWlatongw\n", max_size=60))
def test_noise_of_the_same_letters_never_breaks_it(text: str) -> None:
    assert all(text[p.start : p.end] == p.text for p in positions.find(text))


@pytest.mark.parametrize("line", ["1" * 50, "12-" * 20, "N" * 30 + " ", "12 30 ", "1.", "12° ", "lat lon "])
def test_a_hostile_text_takes_no_longer_than_its_length_warrants(line: str) -> None:
    text = line * (200_000 // len(line))
    start = time.perf_counter()
    positions.find(text)
    assert time.perf_counter() - start < 5


FIGURES = [
    ("GUNNERY IN AREA BOUND BY 13-30.0N 069-40.0W, 13-30.0N 068-50.0W,\n12-55.0N 068-50.0W, 12-55.0N 069-40.0W.", "area", 4, None),
    ("Operations in an area bounded by:\nA. 10-00N 060-00W\nB. 10-00N 059-00W\nC. 09-00N 059-30W", "area", 3, None),
    ("Cable operations along trackline joining 10-00N 060-00W, 11-00N 061-00W.", "track", 2, None),
    ("Wide berth of vessel within 5 miles of 12-30N 070-10W.", "circle", 1, 9.26),
    ("Keep clear within 10 km radius of position 12-30N 070-10W.", "circle", 1, 10.0),
]


@pytest.mark.parametrize(("text", "kind", "count", "radius"), FIGURES)
def test_positions_that_make_a_shape(text: str, kind: str, count: int, radius: float | None) -> None:
    found = positions.figures(text, positions.find(text))
    assert [(f.kind, len(f.positions), f.radius_km) for f in found] == [(kind, count, radius)]
    assert text[found[0].start : found[0].end] == found[0].text


@pytest.mark.parametrize(
    "text", ["Boarded in position 12-30N 070-10W.", "Seen at 12-30N 070-10W and at 13-30N 071-10W.", "In area bound by 12-30N 070-10W."]
)
def test_positions_that_stand_alone_make_none(text: str) -> None:
    assert positions.figures(text, positions.find(text)) == ()


def test_a_table_with_commas_under_a_heading_holds_positions() -> None:
    found = positions.find("vessel,lat,lon\nAlpha,12.5001,-70.0002\nBeta,12.6001,-70.1002\n")
    assert [(p.latitude, p.longitude) for p in found] == [(12.5001, -70.0002), (12.6001, -70.1002)]
