"""Hold records against their published JSON Schema (`docs/schema/`, in the package under `geo/_schema`).

The schema is of few words (type, const, enum, properties, required, items, anyOf, oneOf), and so is what reads it here; the tests hold it
against an independent validator.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.errors import SchemaError
from geo.export.rows import plain
from geo.settings import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.model import Dossier

_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "null": (type(None),), "number": (int, float),
    "integer": (int,),
}  # fmt: skip


def validate(dossier: Dossier) -> int:
    """Check every record as it is exported, and count them.

    Raises
    ------
    SchemaError
        A record does not keep the schema; the message names it, the field and what is wrong.

    >>> from geo.model import Dossier
    >>> validate(Dossier())
    0
    """
    published = schema()
    for record in dossier.records:
        wrong = next(problems(plain(record), published), None)
        if wrong:
            message = f"record {record.id!r} does not keep the schema {SCHEMA_VERSION}: {wrong}; report it with the text it was read from"
            raise SchemaError(message)
    return len(dossier.records)


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Read the schema of this version.

    Raises
    ------
    SchemaError
        It is missing from this installation.

    >>> schema()["title"].startswith("A record of the incident mapper")
    True
    """
    here = Path(__file__).resolve().parents[1]
    for folder in (here / "_schema", here.parent / "docs" / "schema"):
        path = folder / f"record-{SCHEMA_VERSION}.json"
        if path.is_file():
            data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return data
    message = f"the schema of version {SCHEMA_VERSION} is missing from this installation; install incident-mapper again"
    raise SchemaError(message)


def problems(value: Any, wanted: dict[str, Any], where: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """Yield what is wrong with a value, each with the path to it.

    >>> list(problems({"a": 1}, {"type": "object", "properties": {"a": {"type": "string"}}}))
    ["'a' is 1, not string"]
    """
    named = f"'{where.lstrip('.')}'" if where else "it"
    branches = wanted.get("oneOf") or wanted.get("anyOf")
    if branches:
        found = [list(problems(value, branch, where)) for branch in branches]
        # The nearest branch says best what is wrong.
        yield from min(found, key=len)
    elif "const" in wanted or "enum" in wanted:
        if value not in wanted.get("enum", [wanted.get("const")]):
            yield f"{named} is {value!r}, not one of {', '.join(map(str, wanted.get('enum', [wanted.get('const')])))}"
    elif not _is(value, wanted["type"]):
        yield f"{named} is {value!r:.80}, not {wanted['type']}"
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from problems(item, wanted.get("items", {"type": "object"}), f"{where}[{number}]")
    elif isinstance(value, dict):
        yield from _members(value, wanted, where)


def _members(value: dict[str, Any], wanted: dict[str, Any], where: str) -> Iterator[str]:
    """Yield what is wrong with the members of an object."""
    known = wanted.get("properties", {})
    yield from (f"{where}.{name} is missing".lstrip(".") for name in wanted.get("required", ()) if name not in value)
    if wanted.get("additionalProperties") is False:
        yield from (f"{where}.{name} is not in the schema".lstrip(".") for name in value if name not in known)
    for name, part in known.items():
        if name in value:
            yield from problems(value[name], part, f"{where}.{name}")


def _is(value: Any, name: str) -> bool:  # noqa: ANN401 - any JSON value
    """Say whether a value is of a type in JSON's sense: true is no number."""
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES[name]) or (name == "integer" and isinstance(value, float) and value.is_integer())
