"""The words of a place that is not on the map: a record quotes them and draws nothing."""

import pytest
from scenes import scene

from geo.incidents import incidents


@pytest.mark.parametrize(("text", "where"), [
    ("Armed men kidnapped two anglers from a houseboat at Koloba on Monday.", "Koloba"),
    ("The tanker Moss Lark was seized by border guards on Sunday morning off Vaskarby.", "off Vaskarby"),
    ("Pirates hijacked a dhow 60 nm east of Garrubad on Monday.", "60 nm east of Garrubad"),
])  # fmt: skip
def test_a_place_that_is_not_on_the_map_is_quoted_and_not_drawn(text: str, where: str) -> None:
    (record,) = incidents(scene(text))
    assert (record.where_text, record.geometry_method, record.geometry) == (where, "none", None)


@pytest.mark.parametrize("text", [
    "Gunmen fired at the Ocean Wren near Christmas.",
    "Robbers boarded a tanker on Monday, said the harbour office at Qorimbo.",
    "Robbers boarded the tug Moss Lark on Monday.",
])  # fmt: skip
def test_neither_a_ship_nor_a_day_nor_who_speaks_is_a_place(text: str) -> None:
    (record,) = incidents(scene(text))
    assert record.where_text is None
