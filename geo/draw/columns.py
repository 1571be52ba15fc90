"""Write records as columns, what their panels say apart in parts: a page of many thousands is small, and open before it is read whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PART: Final = 500
"""Records whose panels are unpacked together."""

PANEL: Final = ("facts", "evidence", "told", "related")
"""What only the panel, the search and the files to take away need."""


def columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give every field of the rows but the panel's as one column; one of few values is a list of them and their numbers.

    >>> columns([{"id": "a", "type": "x"}, {"id": "b", "type": "x"}, {"id": "c", "type": "x"}])
    {'id': ['a', 'b', 'c'], 'type': {'of': ['x'], 'at': [0, 0, 0]}}
    """
    names = [name for name in (rows[0] if rows else ()) if name not in PANEL]
    return {name: _column([row[name] for row in rows]) for name in names}


def parts(rows: Sequence[Mapping[str, Any]]) -> list[list[list[Any]]]:
    """Give what the panels say, in the order of `PANEL`, some hundred records together."""
    return [[[row[name] for name in PANEL] for row in rows[at : at + PART]] for at in range(0, len(rows), PART)]


def rows(core: Mapping[str, Any], panels: Iterable[Sequence[Sequence[Any]]]) -> list[dict[str, Any]]:
    """Put rows together again: the inverse of `columns` and `parts`."""
    said = [dict(zip(PANEL, one, strict=True)) for part in panels for one in part]
    whole = {name: [c["of"][i] for i in c["at"]] if isinstance(c, dict) else c for name, c in core.items()}
    return [{**{name: column[i] for name, column in whole.items()}, **panel} for i, panel in enumerate(said)]


def _column(values: list[Any]) -> list[Any] | dict[str, list[Any]]:
    """Write a column, by number where few values repeat."""
    keys = [json.dumps(value, sort_keys=True) for value in values]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    if 2 * len(numbers) > len(values):
        return values
    return {"of": [json.loads(key) for key in numbers], "at": [numbers[key] for key in keys]}
