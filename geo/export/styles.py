"""Style the layers of a GeoPackage for QGIS: a table `layer_styles` inside the file, so that it opens styled and with a legend.

A mark that was not the case (planned, denied, historical) is hollow; an area is hatched, the outline of a point's uncertainty is a line.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Symbol = tuple[str, str, dict[str, str]]
"""Kind of symbol, class of its only layer, that layer's properties; QGIS has a default for every property that is not named."""
Rule = tuple[str, str, Symbol]

_TYPES: Final = {"marker": "0", "line": "1", "fill": "2"}
_ACTUAL: Final = "\"auxiliary_mode\" = 'actual'"
_COLUMNS: Final = (
    "id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256), "
    "f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
    "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME"
)


def _mark(shape: str, colour: str, outline: str, size: str) -> Symbol:
    """Give a mark with an outline that keeps it apart from whatever lies below."""
    return "marker", "SimpleMarker", {"name": shape, "color": colour, "outline_color": outline, "outline_width": "0.4", "size": size}


def _line(colour: str, style: str = "solid") -> Symbol:
    """Give a line."""
    return "line", "SimpleLine", {"line_color": colour, "line_style": style, "line_width": "0.4"}


def _fill(colour: str, outline: str, style: str) -> Symbol:
    """Give a filled or hatched area."""
    return "fill", "SimpleFill", {"color": colour, "outline_color": outline, "outline_width": "0.3", "style": style}


def _edge(zone_type: str) -> str:
    """Give the colour of a zone's edge: where the high seas end another zone begins, or the layer was cut, and that is no line at sea."""
    return "0,0,0,0" if zone_type == "high_seas" else "130,150,170,255"


def _marks(shape: str, colour: str) -> tuple[Rule, ...]:
    """Give the rules of a layer of records."""
    return (
        (_ACTUAL, "took place", _mark(shape, colour, "255,255,255,255", "3")),
        ("ELSE", "planned, denied or past", _mark(shape, "255,255,255,0", colour, "3")),
    )


_WATERS: Final = {
    "land": "235,232,224,255", "internal_waters": "150,185,215,255", "archipelagic_waters": "160,192,220,255",
    "territorial_sea": "172,203,230,255", "contiguous_zone": "189,214,235,255", "eez": "205,224,240,255", "high_seas": "234,243,250,255",
}  # fmt: skip
STYLES: Final[dict[str, tuple[Rule, ...]]] = {
    "incidents": _marks("circle", "200,30,30,255"),
    "deployments": _marks("square", "25,70,160,255"),
    "places": (("", "place named", _mark("diamond", "90,90,90,255", "255,255,255,255", "2")),),
    "areas": (
        ('"is_area" AND "outline_of" = \'incident\'', "incident, somewhere here", _fill("200,30,30,120", "200,30,30,160", "b_diagonal")),
        ('"is_area" AND "outline_of" = \'deployment\'', "forces, somewhere here", _fill("25,70,160,120", "25,70,160,160", "cross")),
        ('NOT "is_area" AND "outline_of" <> \'place\'', "how far off a mark may be", _fill("0,0,0,0", "90,90,90,160", "no")),
        ("ELSE", "place named", _fill("0,0,0,0", "150,150,150,110", "no")),
    ),
    "lines": (("", "line named", _line("200,30,30,200", "dash")),),
    "zones": (
        *((f"\"zone_type\" = '{of}'", of.replace("_", " "), _fill(colour, _edge(of), "solid")) for of, colour in _WATERS.items()),
        ("ELSE", "other", _fill("225,225,225,255", "130,150,170,255", "solid")),
    ),
}
"""Layer -> rules of its renderer: filter, words of the legend, symbol."""


def qml(layer: str) -> str:
    """Write the style of a layer as QML.

    >>> qml("incidents").startswith('<qgis')
    True
    """
    rules, symbols = [], []
    for number, (wanted, words, symbol) in enumerate(STYLES[layer]):
        rules.append(f"<rule key={quoteattr(f'{layer}-{number}')} symbol='{number}' filter={quoteattr(wanted)} label={quoteattr(words)}/>")
        symbols.append(_symbol(number, symbol))
    kind = _TYPES[STYLES[layer][0][2][0]]
    renderer = f"<rules key={quoteattr(layer)}>{''.join(rules)}</rules><symbols>{''.join(symbols)}</symbols>"
    return (
        "<qgis version='3.22.0' styleCategories='Symbology'>"
        f"<renderer-v2 type='RuleRenderer' symbollevels='0' enableorderby='0' forceraster='0'>{renderer}</renderer-v2>"
        f"<blendMode>0</blendMode><featureBlendMode>0</featureBlendMode><layerGeometryType>{kind}</layerGeometryType></qgis>"
    )


def _symbol(number: int, symbol: Symbol) -> str:
    """Write a symbol of one layer."""
    kind, of, properties = symbol
    options = "".join(f"<Option type='QString' name={quoteattr(key)} value={quoteattr(value)}/>" for key, value in properties.items())
    return (
        f"<symbol type='{kind}' name='{number}' alpha='1' clip_to_extent='1' force_rhr='0'>"
        f"<layer class='{of}' enabled='1' locked='0' pass='0'><Option type='Map'>{options}</Option></layer></symbol>"
    )


def put(path: Path, *, on: str, layers: Iterable[str] = STYLES) -> None:
    """Put the styles of these layers into a GeoPackage; `on` is the date that they carry."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(f"CREATE TABLE layer_styles ({_COLUMNS})")
        file.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, "
            "useAsDefault, description, owner, update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, 'incident mapper', '', ?)",
            [(layer, layer, qml(layer), on) for layer in layers],
        )
        file.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            (on,),
        )
