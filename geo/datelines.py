"""Find where a report was filed: the town that an agency, a paper or a ministry writes before its first sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geo import settings
from geo.quantities import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import Gazetteer


class Filed(NamedTuple):
    """A town in a dateline, or the state that stands by it ("ODESA, Ukraine")."""

    start: int
    end: int
    settled: str
    """The place it is, where the state beside it leaves no choice; empty where the report must tell."""
    alone: bool
    """It is a town without its state, as no message about the sea is headed."""


_WORD = r"[A-ZÀ-Þ][\w.'’À-ÿ-]*(?<![.-])"
_TOWN = rf"{_WORD}(?:[ ](?:{_WORD}|of|de|del|au|la)){{0,4}}"
_STATE = rf"[A-ZÀ-Þ][\w.'’À-ÿ-]*(?:[ ]{_WORD}){{0,2}}"
_WEEKDAY = r"(?:[A-Za-zÀ-ÿ]+day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
_MONTH = rf"(?i:{MONTH_NAMES})\.?"
_YEAR = r"(?:,?[ ](?:de[ ]|del[ ]|of[ ])?\d{4})?"
_DAY = rf"(?:le[ ])?(?:{_WEEKDAY},?[ ])?(?:\d{{1,2}}(?:st|er|º)?[ ](?:de[ ]|of[ ])?{_MONTH}|{_MONTH}[ ]\d{{1,2}}){_YEAR}"
_LINE = re.compile(
    r"(?:^|(?<=[a-z][.!?][ ])|(?<=[a-z][ ][.!?][ ]))[ \t]*(?:\w+[ ]\d[\d/.-]*,[ ])?"
    rf"(?P<towns>{_TOWN}(?:[ ]?/[ ]?{_TOWN})?)(?P<state>,[ ]{_STATE}?(?=\W))??"
    rf"(?P<day>,?[ ]{_DAY})?(?P<by>[ ]*[(\[][^)\]\n]{{2,40}}[)\]])?"
    rf"(?P<stop>[ ]*(?:\.?[ ]?[-–—]{{1,3}}|[:|])\s|\.[ ](?=[A-ZÀ-Þ])|[ ]*\|?[ ]*{_DAY}[ ]*$|$)",
    re.MULTILINE,
)
_BYLINE = re.compile(rf"^(?:By|Por|Par|De)[ ][^\n,]{{3,60}}?[ ](?:in|en|à|at)[ ](?P<towns>{_TOWN})[ ]*$", re.MULTILINE)
_SEATS = frozenset({"city", "port", "admin1", "admin2", "admin3", "country", "territory"})
# Names of places somewhere that are rather the label of what follows.
_LABELS = frozenset("area date time place position total source bilan monday tuesday wednesday thursday friday saturday sunday".split())


def datelines(text: str, gazetteer: Gazetteer) -> Iterator[Filed]:
    """Yield the towns of the datelines of a text; what heads an entry of a list is not told from them here.

    A town in capitals is one before any break; one in small letters needs a day or an agency behind it, or a headline above it.

    >>> from geo.gazetteer import open_gazetteer
    >>> [text[f.start:f.end] for text in ("MIAMI, Fla. - A cutter sailed.",) for f in datelines(text, open_gazetteer())]
    ['MIAMI', 'Fla.']
    """
    for found in _LINE.finditer(text):
        if _is_dateline(text, found):
            yield from _towns(found, gazetteer)
    for found in _BYLINE.finditer(text, 0, settings.DATELINE_CHARACTERS):
        yield from _towns(found, gazetteer)


def _is_dateline(text: str, found: re.Match[str]) -> bool:
    """Say whether what looks like a dateline is written as one."""
    stop = found["stop"].strip()
    if not stop and not found["day"]:
        return False  # "Tema Anchorage, Ghana (position by radar)" is a line of a table.
    dated = bool(found["day"] or found["by"] or stop[-1:].isalnum())
    # Behind the head of the text a lone word and a break may be anything: the entry of a list, a bullet's bold words, a label.
    head = found.start("towns") < settings.DATELINE_CHARACTERS
    if found["towns"].isupper():
        return dated or stop.strip(". ")[:1] in {"-", "–", "—"} or (head and bool(stop)) or stop == ":"
    below = head and "\n" in text[: found.start("towns")]
    return (dated and (below or bool(found["by"]))) or (below and stop in {":", ".-", ". -"})


def _towns(found: re.Match[str], gazetteer: Gazetteer) -> Iterator[Filed]:
    """Yield each town that is known, with its state where that is written."""
    start = found.start("towns")
    # An entry of a list is headed with its state: "PERU: Robbers boarded ..."; papers file from towns.
    headed = found.re is _LINE and found["stop"].strip() == ":" and not found["day"]
    for town in re.split(r"[ ]?/[ ]?", found["towns"]):
        start = found.string.index(town, start)
        state = (found.groupdict().get("state") or "") if start + len(town) == found.end("towns") else ""
        places = gazetteer.lookup(town + state) or gazetteer.lookup(town)
        kind = places[0].kind if places else ""
        if kind in _SEATS and "." not in town and town.lower() not in _LABELS and not (headed and kind == "country"):
            settled = places[0].id if state and len(places) == 1 else ""
            yield Filed(start, start + len(town), settled, not state and any(place.kind == "city" for place in places[:2]))
            if gazetteer.lookup(beside := state.lstrip(", ")):
                yield Filed(found.end("state") - len(beside), found.end("state"), "", alone=False)
        start += len(town)
