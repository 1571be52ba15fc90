"""Write what the documentation says after the code and the data: options, record fields, schema, figures. `python tests/reference.py` renews all.

A page is written by hand but for its blocks between `<!-- made: NAME -->` and `<!-- /made -->`, and the output of its examples.
"""

from __future__ import annotations

import argparse
import json
import re
import types
import typing
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import inventory
from shapely.geometry.base import BaseGeometry

from geo import arguments, model, settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
WORDS = {
    "schema_version": "version of these fields; a new field is minor, a removed or re-meant one is major",
    "record_type": "which of the two it is",
    "id": "12 hex digits over what the record says, not over its offsets: one added word upstream renames nothing",
    "members": "ids of the records that a merged one was made of",
    "record_kind": "`aggregate` is a campaign or running total: never a point, and it never adds to its parts",
    "title": "one line in our words; what is only claimed says so and by whom",
    "auxiliary_mode": "only `actual` is on the map; the others are listed beside it (PLOVER's term)",
    "assertion": "what the report says, not what we found; the first that applies, from left to right",
    "claims": "who says so, in which stance, with the words that show it",
    "review": "what a person said of the record",
    "date_start": "ISO 8601",
    "date_end": "ISO 8601; null while open (“since September”)",
    "date_prec": "UCDP: 1 day, 2 two to six days, 3 week, 4 month, 5 year",
    "date_text": "the words the date was read from",
    "anchor_date": "the publication date that relative words were read against",
    "time_utc": "time of day, UTC",
    "valid_until": "when a warning expires",
    "where_text": "the words the place was read from",
    "where_role": "what the place is to the event",
    "geometry_method": "how the geometry was made; see the method page",
    "geometry": "GeoJSON, WGS84; a disc, sector, band or corridor is its polygon",
    "longitude": "degrees; null for areas, lines and directions, so that no table turns a country into a pin",
    "latitude": "degrees; null likewise",
    "coordinate_uncertainty_m": "radius in metres around the point; never 0; null for areas",
    "coverage": "share of true positions that such a geometry held when measured",
    "label_longitude": "where to write an area's name",
    "label_latitude": "where to write an area's name",
    "anchor": "the place an offset starts from, with distance in metres and bearing in degrees from true north",
    "where_prec": "UCDP 1 to 7; 7 is everything at sea",
    "geo_precision": "ACLED 1 to 3",
    "zones": "in whose waters, by share of the geometry; see the zones page",
    "seas": "named seas, by share of the geometry",
    "zone_claims": "what the text says about the waters",
    "zone_check": "whether that fits: consistent from 90 % of the geometry, inconsistent up to 10 %",
    "evidence": "the sentences the record rests on; `text[start:end]` of the report, in Unicode code points",
    "source": "where the report comes from; `reliability` is the analyst's grade, null until one is given",
    "relations": "how it stands to other records",
    "merge": "for a record told by several reports: which, on how many independent sources, why they were joined, what a later one replaced",
    "event_type": "see the table of event types",
    "actor": "who did it, as far as the text says",
    "actor_country": "ISO 3166-1 alpha-3",
    "target": "what it was done to, in the text's words",
    "target_status": "what the target is said to be (“alleged drug boat”)",
    "weapon": "with what, in the text's words",
    "vessels": "ships and boats, with flag, numbers and what became of them",
    "events_count": "how many events an aggregate sums",
    "casualties": "people, each as a range; “at least 76” is low 76, best 76, high null; “no one was hurt” is 0 with `none_reported`",
    "legal_characterisation": "what it would fall under, never a finding; see the method page",
    "status": "how far the movement is",
    "assets": "what is deployed and how many; “several” is low 2, “tens of thousands” 20,000 to 99,999",
    "origin": "where from",
    "via": "by way of",
    "destination": "where to",
    "base": "where stationed",
    "purpose_claimed": "what for, as its owner says",
}
"""A sentence for every field; a test demands that none is missing."""


def commands() -> str:
    """Write the table of commands, each with a link to its page."""
    rows = (f"| [`geo {name}`]({name}.md) | {parser.description} |\n" for name, parser in parsers().items())
    return "| command | what it does |\n|---|---|\n" + "".join(rows)


def command(name: str) -> str:
    """Write what a command takes, from its parser."""
    parser = parsers()[name]
    rows = [
        f"| {_called(action)} | {_cell(action.help or '')}{_chosen(action)} |\n"
        for action in parser._actions
        if not isinstance(action, argparse._HelpAction) and action.help != argparse.SUPPRESS
    ]
    table = "| argument or option | what it says |\n|---|---|\n" + "".join(rows) if rows else "It takes no options.\n"
    return f"{parser.description}\n\n{table}"


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Give the parser of each command."""
    (subparsers,) = (action for action in arguments.parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(subparsers.choices)


def _called(action: argparse.Action) -> str:
    """Say how an argument or option is written."""
    value = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    return ", ".join(f"`{f'{flag} {value}'.strip()}`" for flag in action.option_strings) or f"`{str(action.metavar or action.dest).replace('|', ' or ')}`"


def _chosen(action: argparse.Action) -> str:
    """Say which values there are to choose from."""
    return f" ({', '.join(f'`{choice}`' for choice in action.choices)})" if action.choices else ""


def _cell(words: str) -> str:
    """Keep a bar inside its cell."""
    return words.replace("|", "\\|")


def record_fields(which: str) -> str:
    """Write the fields of both kinds of record, or those of one alone."""
    shared = {field.name for field in fields(model.Record)}
    noun = model.Deployment if which == "deployment" else model.Incident
    return _table(noun, lambda name: (name in shared) == (which == "both"))


def record_parts() -> str:
    """Write the nouns that a record is made of."""
    nouns = (
        model.Claim, model.Review, model.Anchor, model.Zone, model.Sea, model.ZoneClaim, model.ZoneCheck, model.Evidence, model.Source,
        model.Relation, model.Merge, model.Superseded, model.Vessel, model.EventsCount, model.Casualties, model.Count, model.Asset, model.AssetCount,
    )  # fmt: skip
    return "\n".join(f"### {noun.__name__}\n\n{_noun(noun)}" for noun in nouns)


def schema_link() -> str:
    """Write the sentence that names the schema."""
    name = f"record-{settings.SCHEMA_VERSION}.json"
    return f"Schema version {settings.SCHEMA_VERSION}: [{name}](schema/{name}) (JSON Schema, draft 2020-12); earlier versions stay beside it.\n"


def schema() -> str:
    """Write the JSON Schema of a record (draft 2020-12) from the dataclasses."""
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A record of the incident mapper, version {settings.SCHEMA_VERSION}",
        "oneOf": [_schema(model.Incident, "incident"), _schema(model.Deployment, "deployment")],
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def widths() -> str:
    """Write the table of shapes."""
    s = settings
    rows = {
        "a position": "a point; its radius is one unit of the last digit written (whole minutes 1.9 km, tenths 0.2 km)",
        "N nautical miles in a direction from X": f"below {s.OFFSET_DISC_BELOW_KM:g} km a disc of {s.OFFSET_DISC_RADIUS_KM:g} km (and half the size of X); "
        f"beyond, a piece of a ring: ±{s.OFFSET_BEARING_DEG_8_WINDS:g}° for eight winds, ±{s.OFFSET_BEARING_DEG_16_WINDS:g}° for sixteen, "
        f"{100 * s.OFFSET_NEARER_SHARE:g} % of the distance (at least {s.OFFSET_NEARER_MIN_KM:g} km) nearer to "
        f"{100 * s.OFFSET_FARTHER_SHARE:g} % (at least {s.OFFSET_FARTHER_MIN_KM:g} km) farther, because many count from the coast",
        "N nautical miles off X": "a band to seaward of X's coast, from the coast itself where less than "
        f"{s.OFFSET_CLASSES_KM[1]:g} km are said",
        "a direction from X": f"a wedge of {s.DIRECTION_ONLY_KM:g} km",
        "near X": f"a disc of {s.NEAR_KM:g} km",
        "off X": f"a band from the coast to {s.OFF_COAST_KM:g} km; off its northern tip, the part of it that way",
        "N miles from a place that the gazetteer lacks, in or near X": f"a disc of N miles and {s.UNKNOWN_ANCHOR_KM:g} km around X",
        "from X to Y": "a line, never a point; one end alone is not drawn",
        "between X and Y": f"a corridor, a quarter of the distance wide, at least {s.BETWEEN_MIN_WIDTH_KM:g} km",
        "an anchorage, berth or terminal": f"a disc of {s.ANCHORAGE_RADIUS_KM:g} km and half the size of the port, to seaward, "
        "and up the river as far as the port lies",
        "a port or town in a message from the sea": f"the same with {s.NEAR_KM:g} km: the ship lies in it or off it; "
        f"{s.PASSING_KM:g} km where it is not said to be at anchor or at a berth, {s.SAILING_KM:g} km where it is under way",
        "an island, city or base": "a point with the feature's own extent",
        "a state, a sea, “the eastern Pacific”": "its area with a label, never a point",
        "two seas, a campaign": "several areas, never a point",
    }
    return "| the text gives | geometry |\n|---|---|\n" + "".join(f"| {words} | {shape} |\n" for words, shape in rows.items())


def _table(noun: type, wanted: Any) -> str:
    """Write the fields of a record as a table."""
    hints = typing.get_type_hints(noun)
    rows = [f"| `{f.name}` | {_type(hints[f.name])} | {WORDS[f.name]} |\n" for f in fields(noun) if wanted(f.name)]
    return "| field | values | what |\n|---|---|---|\n" + "".join(rows)


def _noun(noun: type) -> str:
    """Write a part of a record: its docstring and its fields."""
    hints = typing.get_type_hints(noun)
    listed = ", ".join(f"`{f.name}` ({_type(hints[f.name])})" for f in fields(noun))
    return " ".join((noun.__doc__ or "").split()) + f"\n\n{listed}.\n"


def _type(hint: Any) -> str:
    """Say a type in words."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return ", ".join([*(_type(a) for a in arguments if a is not types.NoneType), "null"])
    if origin is tuple:
        return f"list of {_type(arguments[0])}"
    if origin is typing.Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    return {str: "text", int: "integer", float: "number", bool: "true or false", BaseGeometry: "GeoJSON"}.get(
        hint, getattr(hint, "__name__", "")
    )


def _schema(hint: Any, kind: str | None = None) -> dict[str, Any]:
    """Turn a type into JSON Schema."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_schema(a) for a in arguments]}
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0])}
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        parts = {f.name: _schema(hints[f.name]) for f in fields(hint)}
        if kind:
            parts["record_type"] = {"const": kind}
        return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}
    if hint is BaseGeometry:
        return {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}}
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}[hint]}


BLOCKS = {
    "command": command,
    "commands": commands,
    "credits": inventory.credits_due,
    "event-types": inventory.event_types,
    "figures": inventory.figures,
    "layers": inventory.import_layers,
    "npm-packages": inventory.npm_packages,
    "python-packages": inventory.python_packages,
    "record-fields": record_fields,
    "record-parts": record_parts,
    "rivals": inventory.rivals,
    "schema": schema_link,
    "sources": inventory.sources,
    "widths": widths,
}
"""What a page may ask for between `<!-- made: NAME ARGUMENTS -->` and `<!-- /made -->`."""

_BLOCK = re.compile(r"(<!-- made: ([^\n]+?) -->\n).*?(<!-- /made -->)", re.DOTALL)


def filled(page: str) -> str:
    """Write the blocks of a page that are made from the code and the data again."""

    def block(match: re.Match[str]) -> str:
        name, *arguments = match[2].split()
        return f"{match[1]}\n{BLOCKS[name](*arguments)}\n{match[3]}"

    return _BLOCK.sub(block, page)


MADE = {
    DOCS / "schema" / f"record-{settings.SCHEMA_VERSION}.json": schema,
    DOCS / "images" / "architecture.svg": inventory.picture,
}
"""Files that are made as a whole."""


def main() -> None:
    """Write everything in the documentation that is made from code and data; the output of its examples is the work of `examples`."""
    for path, make in MADE.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make(), encoding="utf-8", newline="")
    for path in sorted(DOCS.rglob("*.md")):
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
