"""Read points from a table, row by row, so that a file larger than memory is no trouble; a row without a position says why.

>>> import io
>>> list(points(io.StringIO("lat;lon" + chr(10) + "10.48;-66.9"), lon="lon", lat="lat"))
[Row(line=2, given=('-66.9', '10.48'), point=(-66.9, 10.48))]
"""

from __future__ import annotations

import csv
import itertools
from typing import TYPE_CHECKING, NamedTuple

from geo import areas
from geo.errors import CoordinateError, ReadError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

Point = tuple[float, float]


class Row(NamedTuple):
    """A row of a table: its line of the file, its longitude and latitude as written, and the point that they are, or why they are none."""

    line: int
    given: tuple[str, str]
    point: Point | CoordinateError


def points(file: TextIO, *, lon: str, lat: str) -> Iterator[Row]:
    """Read each row of a table (commas, semicolons or tabs); one that holds no position gives the error instead.

    Raises
    ------
    UsageError
        The table has no such columns, or no rows at all.
    ReadError
        It is not UTF-8, or no table.

    """
    try:
        yield from _rows(file, lon, lat)
    except UnicodeDecodeError as error:
        message = f"the table is not UTF-8 ({error.reason} at byte {error.start}); save it as CSV UTF-8"
        raise ReadError(message) from error
    except csv.Error as error:
        message = f"the table cannot be read ({error}); save it as CSV UTF-8"
        raise ReadError(message) from error


def _rows(file: TextIO, lon: str, lat: str) -> Iterator[Row]:
    """Read the header, check it, and read the rows."""
    header = file.readline()
    if not header.strip():
        message = "the table is empty; give a line that names the columns (longitude and latitude: --lon, --lat) and a line a point"
        raise UsageError(message)
    # Spreadsheets of half the world separate by semicolons.
    rows = csv.DictReader(itertools.chain([header], file), delimiter=max(",;\t", key=header.count), skipinitialspace=True, restval="")
    columns = rows.fieldnames or ()
    missing = [name for name in (lon, lat) if name not in columns]
    if missing:
        message = f"the table has no column {missing[0]!r} but {', '.join(columns)}; name yours with --lon and --lat"
        raise UsageError(message)
    empty = True
    for row in rows:
        empty = False
        yield Row(rows.line_num, (row[lon], row[lat]), _point(row[lon], row[lat]))
    if empty:
        message = "the table has a header but no rows; give at least one point"
        raise UsageError(message)


def _point(lon: str, lat: str) -> Point | CoordinateError:
    """Read a row's decimal degrees, or say what is wrong with them."""
    try:
        longitude, latitude = float(lon), float(lat)
    except ValueError:
        return CoordinateError(f"no position in longitude {lon!r}, latitude {lat!r}; write decimal degrees such as -68.2 and 12.5")
    fault = areas.wrong(longitude, latitude)
    return CoordinateError(fault) if fault else (longitude, latitude)
