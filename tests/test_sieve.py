"""A pattern is searched for only where its letters are, and finds what it would find anywhere."""

import re

import pytest

from geo.sieve import sieve

NEEDS = [
    (r"\b(?:drills?|war\s?games?)\b", ("drill", "game")),
    (r"drills?|war\s?games?|\d+", ()),  # one way needs no letter
    (r"(?:naval\s+)?drill", ("drill",)),  # what may be missing is not needed
    (r"(?:navy\s+)+drills?", ("drill",)),
    (r"(?:naval\s+){0,2}ship(?!yard)(?<!hospital ship)", ("ship",)),  # what must not stand there is not needed
    (r"(?=.*frigate)\w+", ()),
    (r"in the \d+", ("in the ",)),
    (r"on|off", ()),  # too short to tell anything
    (r"injured|injur(?:y|ies)", ("injur",)),
    (r"MINE", ("mine",)),
]


@pytest.mark.parametrize(("pattern", "needs"), NEEDS)
def test_the_letters_a_pattern_needs_are_read_off_it(pattern: str, needs: tuple[str, ...]) -> None:
    assert sieve(pattern).needs == needs


TEXTS = ["Naval drills off Kavala.", "A WAR GAME", "no letters: 12", "an INJURY, an injured cook", "in the 1990s", "hospital ship", ""]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("pattern", [pattern for pattern, _ in NEEDS])
def test_a_sieve_finds_what_its_pattern_finds(pattern: str, text: str) -> None:
    plain = re.compile(pattern, re.IGNORECASE)
    assert [m.span() for m in sieve(pattern).finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert getattr(sieve(pattern).search(text), "span", tuple)() == getattr(plain.search(text), "span", tuple)()
