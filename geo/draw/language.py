"""Say the page's words in the language that is asked for: English stands in the code, one table a language holds the rest.

A phrase that a table lacks is said in English, and a test looks for those. What a report says is never translated.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.draw.french import PHRASES as FRENCH
from geo.draw.spanish import PHRASES as SPANISH

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES: Final[dict[str, dict[str, str]]] = {"en": {}, "es": SPANISH, "fr": FRENCH}
LANGUAGES: Final = tuple(TABLES)
_CODE: Final = re.compile(r"[A-Z][a-z0-9 ,]+")
LEAST_GROUPED: Final = 10_000
"""Spanish writes thousands apart from this figure on."""

_SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")
"""The language of the page that is being written, for the length of a `with`: every sentence of a panel would have to hand it on."""


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Say everything inside in one language.

    >>> with spoken("fr"):
    ...     say("Save")
    'Enregistrer'
    """
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def say(phrase: str, /, **values: object) -> str:
    """Say a phrase, its `{names}` filled in.

    >>> with spoken("es"):
    ...     say("Confirmed"), say("since {date}", date="2025")
    ('Confirmado', 'desde 2025')
    """
    words = TABLES[_SPOKEN.get()].get(phrase, phrase)
    if not values:
        return words
    return words.format(**{name: figure(value) if isinstance(value, int) else value for name, value in values.items()})


def retell(sentence: str) -> str:
    """Say a finished English sentence, by the phrase whose shape it has; one of no such shape stays English.

    >>> with spoken("fr"):
    ...     retell("within 0 to 75 km of Crete, seaward"), retell("of another shape")
    ('de 0 à 75 km de Crete, vers le large', 'of another shape')
    """
    words = TABLES[_SPOKEN.get()]
    if not words or sentence in words:
        return words.get(sentence, sentence)
    for shape, said in _shapes(_SPOKEN.get()):
        if found := shape.fullmatch(sentence):
            return said.format(**{name: _piece(words, value) for name, value in found.groupdict().items()})
    return sentence


def _piece(words: dict[str, str], value: str) -> str:
    """Say what stands in a gap of a sentence: a code, such as the kind of a place, in words; a name as it is."""
    coded = words.get(value.replace("_", " ").capitalize()) if value.islower() else None
    return coded.lower() if coded else words.get(value, value)


@lru_cache(maxsize=len(TABLES))
def _shapes(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Give the phrases that may be the shape of a sentence as patterns: those that begin small and hold a gap, the longest first."""
    phrases = [phrase for phrase in TABLES[language] if re.match(r"[a-z]|\{kind\}", phrase) and "{" in phrase]
    gaps = {phrase: re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(phrase)) for phrase in phrases}
    return [(re.compile(gaps[phrase]), TABLES[language][phrase]) for phrase in sorted(phrases, key=len, reverse=True)]


def figure(value: float, places: int = 0) -> str:
    """Write a number as the language does.

    >>> figure(12_345.6, 1)
    '12,345.6'
    >>> with spoken("es"):
    ...     figure(12_345.6, 1), figure(1234)
    ('12.345,6', '1234')
    """
    written = f"{value:,.{places}f}"
    language = _SPOKEN.get()
    if language == "en":
        return written
    group = "\u202f" if language == "fr" else "." if abs(value) >= LEAST_GROUPED else ""
    return written.replace(",", "\0").replace(".", ",").replace("\0", group)


def percent(share: float) -> str:
    """Write a share of 1.

    >>> percent(0.9)
    '90%'
    """
    return f"{share:.0%}" if _SPOKEN.get() == "en" else f"{share * 100:.0f}\u00a0%"


def first_day(number: int) -> str:
    """Write the day of a month: French has an ordinal for the first."""
    return "1er" if number == 1 and _SPOKEN.get() == "fr" else str(number)


def language() -> str:
    """Give the code of the language that is spoken.

    >>> language()
    'en'
    """
    return _SPOKEN.get()


def is_english() -> bool:
    """Say whether what is written in English can stay as it is."""
    return _SPOKEN.get() == "en"


def table(language: str, script: str) -> dict[str, str]:
    """Give the phrases of a language that the page's script asks for: those that stand in it, and the names of codes.

    >>> table("fr", 't("Save")')["Save"], table("en", 't("Save")')
    ('Enregistrer', {})
    """
    return {phrase: words for phrase, words in TABLES[language].items() if phrase in script or _CODE.fullmatch(phrase)}
