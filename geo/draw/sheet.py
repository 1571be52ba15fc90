"""Put anybody's GeoDataFrame into words: which of its columns are the title, the text, the date, and what each cell says."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypedDict

import pandas as pd

from geo import settings
from geo.draw import words
from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Hashable

    import geopandas as gpd

    Dates = tuple[str | None, str | None, int | None]

USUAL: Final[dict[str, tuple[str, ...]]] = {
    "title": ("title", "name", "headline", "label", "event", "vessel", "ship"),
    "text": ("text", "description", "summary", "narrative", "notes", "remarks", "comment", "evidence"),
    "date": ("date_start", "date", "event_date", "datetime", "timestamp", "time", "when", "day", "year"),
    "end": ("date_end", "end_date", "end", "until"),
    "kind": ("event_type", "kind", "type", "category"),
    "uncertainty": ("coordinate_uncertainty_m", "coordinateuncertaintyinmeters", "uncertainty_m", "accuracy_m"),
}
"""What such columns are called, the likeliest first; capitals, spaces, dots and hyphens do not matter."""
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d)(?:[T ].*)?)?(?:\.0)?")
_UNKNOWN: Final = (None, None, None)


class Named(TypedDict, total=False):
    """The columns to take, where their names are not usual ones."""

    title_column: Hashable
    text_column: Hashable
    date_column: Hashable
    end_column: Hashable
    kind_column: Hashable
    uncertainty_column: Hashable


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a page is made of, by their place in the frame: names may repeat, and need not be text."""

    title: int | None = None
    text: int | None = None
    date: int | None = None
    end: int | None = None
    kind: int | None = None
    uncertainty: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A frame in words: the names of its columns, its cells column by column (empty where nothing is known), and which are which."""

    names: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    columns: Columns

    def said(self, what: str, row: int) -> str:
        """Give what a row says as its title, its text, ...; empty where the sheet has no such column.

        >>> Sheet(("name",), (("Heron",),), Columns(title=0)).said("title", 0)
        'Heron'
        """
        at: int | None = getattr(self.columns, what)
        return "" if at is None else self.cells[at][row]

    def rest(self, row: int) -> list[tuple[str, str]]:
        """Give everything else that a row says, under the frame's own names."""
        apart = {self.columns.title, self.columns.text}
        said = enumerate((name, cells[row]) for name, cells in zip(self.names, self.cells, strict=True))
        return [(name, cell) for at, (name, cell) in said if cell and at not in apart]

    def when(self, row: int) -> tuple[str, Dates]:
        """Say when, with the days for the timeline; a date that is not written as ISO 8601 has it stays as it is."""
        written = self.said("date", row)
        start, end, precision = days(written)
        if start is None:
            return written or words.day(None), _UNKNOWN
        last = days(self.said("end", row))[1]
        end = last if last and last > start else end
        return words.period(start, end, precision), (start, end, precision)


def sheet(frame: gpd.GeoDataFrame, named: Named) -> Sheet:
    """Put a frame into words.

    Raises
    ------
    UsageError
        A column that was named is not in the frame, or is there twice.

    >>> import geopandas as gpd
    >>> sheet(gpd.GeoDataFrame({"Vessel": ["Heron"], "seen": ["2025-11-02"]}), {"date_column": "seen"}).columns
    Columns(title=0, text=None, date=1, end=None, kind=None, uncertainty=None)
    """
    cells = tuple(_cells(frame, number) for number in range(frame.shape[1]))
    return Sheet(tuple(map(str, frame.columns)), cells, _columns(frame, named))


def _columns(frame: gpd.GeoDataFrame, named: Named) -> Columns:
    """Find the columns that were named, else those with a usual name."""
    known = {field.name: f"{field.name}_column" for field in fields(Columns)}
    if unknown := [name for name in named if name not in known.values()]:
        message = f"{unknown[0]!r} is no option for a frame; give title, language, tiles_url or {', '.join(known.values())}"
        raise UsageError(message)
    plain: dict[str, int] = {}
    for number, name in enumerate(frame.columns):
        if not _is_shape(frame, number):
            plain.setdefault(re.sub(r"[\s\-.]+", "_", str(name).strip().lower()), number)
    found: dict[str, int | None] = {}
    for what, option in known.items():
        given: Any = named.get(option)
        usual = next((plain[name] for name in USUAL[what] if name in plain), None)
        found[what] = usual if given is None else _named(frame, given)
    return Columns(**found)


def _named(frame: gpd.GeoDataFrame, name: Hashable) -> int:
    """Find a column that the caller named."""
    places = [number for number, one in enumerate(frame.columns) if one == name]
    if len(places) != 1:
        having = ", ".join(map(repr, frame.columns))
        message = f"{'several' if places else 'no'} columns are called {name!r}; the frame has {having}: name one that occurs once"
        raise UsageError(message)
    return places[0]


def _is_shape(frame: gpd.GeoDataFrame, number: int) -> bool:
    """Say whether a column holds geometries, which say nothing in words."""
    return str(frame.dtypes.iloc[number]) == "geometry"


def _cells(frame: gpd.GeoDataFrame, number: int) -> tuple[str, ...]:
    """Write a column in words."""
    if _is_shape(frame, number):
        return ("",) * len(frame)
    return tuple(_text(value) for value in frame.iloc[:, number].tolist())


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    """Write a cell on one line, no longer than the evidence of a record may be."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    whole = value.isoformat() if isinstance(value, dt.date) else str(value)
    text = " ".join(whole.removesuffix("T00:00:00").split())
    return text if len(text) <= settings.EVIDENCE_CHARACTERS else f"{text[: settings.EVIDENCE_CHARACTERS - 1]}…"


def days(written: str) -> Dates:
    """Read the first and last day of a date as ISO 8601 writes it, in UTC, with UCDP's precision; nothing else is guessed at.

    >>> days("2025-11-02T23:30:00-05:00"), days("2024-02"), days("1989"), days("2/11/2025")
    (('2025-11-03', '2025-11-03', 1), ('2024-02-01', '2024-02-29', 4), ('1989-01-01', '1989-12-31', 5), (None, None, None))
    """
    found = _ISO.fullmatch(written)
    if not found:
        return _UNKNOWN
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if day:
            moment = dt.datetime.fromisoformat(written)
            on = (moment.astimezone(dt.UTC) if moment.tzinfo else moment).date().isoformat()
            return on, on, 1
        last = dt.date(year or 1, month or 12, monthrange(year or 1, month or 12)[1])
    except ValueError:
        return _UNKNOWN
    return last.replace(month=month or 1, day=1).isoformat(), last.isoformat(), 4 if month else 5
