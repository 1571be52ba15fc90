"""Give what the commands answer as the machine contract has it: lines of JSON, GeoJSON features, rows of a table."""

from __future__ import annotations

import io
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo import coast, export, positions, tables, zones
from geo.errors import CoordinateError, UsageError
from geo.model import mention_json, to_json
from geo.settings import SCHEMA_VERSION

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from geo.model import Deployment, Failure, Incident, Reading, Zone

TOGETHER: Final = 1000
"""Points of a table answered together."""


def reading_line(command: str, reading: Reading) -> str:
    """Write a report's answer as the machine contract has it, in one line of JSON."""
    answer: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "id": reading.report.id}
    if command == "places":
        # A mention at a time: those of a book, all at once as dictionaries, take most of the time to collect again.
        mentions = ",".join(export.line(mention_json(match)) for match in reading.matches)
        return f'{export.line(answer)[:-1]},"mentions":[{mentions}]}}'
    if command == "incidents":
        answer["incidents"] = to_json(reading.incidents)
    return export.line(answer | {"deployments": to_json(reading.deployments)})


def failure_line(failure: Failure) -> str:
    """Write a failed input's answer, in its place."""
    return export.line({"id": failure.id, "line": failure.line, "error": {"code": failure.code, "message": failure.message}})


def features(command: str, reading: Reading) -> list[dict[str, Any]]:
    """Give a report's answer as GeoJSON features."""
    if command == "places":
        return export.mention_features(reading)
    return [export.feature(record) for record in _records(command, reading)]


def _records(command: str, reading: Reading) -> tuple[Incident | Deployment, ...]:
    """Give the records that a command answers with."""
    return reading.deployments if command == "deployments" else (*reading.incidents, *reading.deployments)


def rows(options: argparse.Namespace, reading: Reading) -> list[dict[str, Any]]:
    """Give a report's answer as rows: every column for CSV, the few that people read for a table."""
    whole = options.format == "csv"
    if options.command == "places":
        return [export.mention_row(reading, match) if whole else export.mention_columns(match) for match in reading.matches]
    return [export.row(record) if whole else export.record_columns(record) for record in _records(options.command, reading)]


def zone_answers(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Answer points a thousand at a time; a row without a readable position gives its error in its place."""
    points = enumerate(_points(options), start=1)
    while some := list(itertools.islice(points, TOGETHER)):
        good = [row.point for _, row in some if not isinstance(row.point, CoordinateError)]
        found = iter(zip(good, zones.at([lon for lon, _ in good], [lat for _, lat in good]), strict=True))
        for number, row in some:
            if isinstance(row.point, CoordinateError):
                failed = {"id": str(number), "line": row.line, "error": {"code": row.point.code, "message": str(row.point)}}
                # Rows of a table say what was given in the columns of it.
                given = dict(zip(("longitude", "latitude"), row.given, strict=True))
                yield failed | given if options.format in {"csv", "table"} else failed
            else:
                yield _point_answer(*next(found))


def _point_answer(point: tuple[float, float], inside: tuple[Zone, ...]) -> dict[str, Any]:
    """Give a point's zones, seas and distance to the coast as the machine contract has it."""
    # Measured again only where no zone brings it along: a nearest shore costs milliseconds.
    distance = inside[0].distance_to_coast_nm if inside else float(coast.distance_to_coast_nm(*point)[0])
    return {
        "longitude": round(point[0], 6),
        "latitude": round(point[1], 6),
        "zones": to_json(inside),
        "seas": to_json(zones.seas(shapely.Point(point))),
        "distance_to_coast_nm": distance and round(distance, 1),
    }


def _points(options: argparse.Namespace) -> Iterator[tables.Row]:
    """Read one position, or the rows of a CSV file (- for stdin)."""
    words = [text.strip() for text in options.position]
    if words == ["-"]:
        given = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
        yield from tables.points(given, lon=options.lon, lat=options.lat)
    elif len(words) == 1 and Path(words[0]).is_file():
        with Path(words[0]).open(encoding="utf-8-sig", newline="") as file:
            yield from tables.points(file, lon=options.lon, lat=options.lat)
    elif len(words) == 1 and Path(words[0]).suffix.lower() in {".csv", ".tsv", ".txt"}:
        message = f"no file {words[0]!r}; check the path, or give a position such as '12.5N 68.2W'"
        raise UsageError(message)
    else:
        position = positions.parse(" ".join(words))
        yield tables.Row(1, (words[0], words[-1]), (position.longitude, position.latitude))
