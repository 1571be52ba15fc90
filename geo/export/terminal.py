"""Set rows for reading in a terminal: aligned columns where they fit, else a block a row; wide characters count for what they take."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SENTENCES: Final = 45
"""A column wider than this holds sentences."""
WAYS: Final = ((False, 20), (True, 40), (False, 14), (True, 30))
"""How columns give way, one after the other: the widest if it holds sentences or the others, down to which width."""
GAP: Final = 2


def table(rows: Sequence[dict[str, Any]], *, width: int = 160, strong: Callable[[str], str] = str) -> str:
    """Set rows as an aligned table; columns give way until it fits `width` characters, and what is cut ends in "…".

    Parameters
    ----------
    rows
        What to set; every name that occurs is a column.
    width
        Characters of a line.
    strong
        What sets headings apart, such as a terminal's bold.

    >>> print(table([{"zone": "eez", "share": 1.0}, {"zone": "high_seas", "share": None}]))
    zone       share
    eez        1.0
    high_seas  –
    >>> print(table([{"what": "Tanker boarded in the anchorage of Callao before dawn", "where": "Callao"}], width=32))
    what   Tanker boarded in the
           anchorage of Callao
           before dawn
    where  Callao
    """
    if not rows:
        return ""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns, *([_plain(row.get(name)) for name in columns] for row in rows)]
    widths = _widths([max(columns_of(cells[i]) for cells in lines) for i in range(len(columns))], width)
    if widths is None:
        return _blocks(lines, width=width, strong=strong)
    heading, *rest = ["  ".join(_fit(cell, w) for cell, w in zip(cells, widths, strict=True)).rstrip() for cells in lines]
    return "\n".join([strong(heading), *rest])


def _widths(wanted: Sequence[int], width: int) -> list[int] | None:
    """Share a line out among columns; None where they would tell too little."""
    widths = list(wanted)
    long = max(range(len(widths)), key=widths.__getitem__)
    for sentences, least in WAYS:
        those = [i for i in range(len(widths)) if sentences == (i == long and wanted[i] > SENTENCES)]
        while sum(widths) + GAP * (len(widths) - 1) > width:
            widest = max(those, key=widths.__getitem__, default=None)
            if widest is None or widths[widest] <= least:
                break
            widths[widest] -= 1
    return widths if sum(widths) + GAP * (len(widths) - 1) <= width else None


def _blocks(lines: Sequence[Sequence[str]], *, width: int, strong: Callable[[str], str]) -> str:
    """Set each row as a block: a name and its value a line, long values over several."""
    names, *rows = lines
    left = max(columns_of(name) for name in names) + GAP
    return "\n\n".join("\n".join(_entry(name, cell, left, width, strong) for name, cell in zip(names, row, strict=True)) for row in rows)


def _entry(name: str, cell: str, left: int, width: int, strong: Callable[[str], str]) -> str:
    """Set one value beside its name."""
    # By code points: a line of wide characters is half as many.
    room = max(20, width - left) // (2 if columns_of(cell) > len(cell) else 1)
    first, *more = textwrap.wrap(cell, room, break_on_hyphens=False) or ["–"]
    return "\n".join([strong(name) + " " * (left - columns_of(name)) + first, *(" " * left + line for line in more)])


def columns_of(text: str) -> int:
    """Count the columns that a text takes in a terminal.

    >>> columns_of("Aruba"), columns_of("馬祖")
    (5, 4)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(letter: str) -> int:
    """Count the columns of a character: two for a wide one, none for an accent of the one before it."""
    if unicodedata.category(letter) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _plain(value: Any) -> str:  # noqa: ANN401 - any value of a cell
    """Write a cell for reading: one line, no control characters (a report must not steer the terminal)."""
    if value is None or value == "":
        return "–"
    return "".join(c if c.isprintable() else " " for c in str(value))


def _fit(text: str, width: int) -> str:
    """Pad or cut a cell to its column."""
    taken = columns_of(text)
    if taken <= width:
        return text + " " * (width - taken)
    kept, room = "", width - 1
    for letter in text:
        room -= _columns(letter)
        if room < 0:
            break
        kept += letter
    return f"{kept}…" + " " * (width - 1 - columns_of(kept))
