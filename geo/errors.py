"""Say who is at fault and what to do about it.

    GeoError
    ├── UsageError          the call is wrong: an option, a missing file
    ├── ReadError           an input cannot be read: empty, binary, broken
    ├── LayerError          a layer or index is missing, stale or damaged
    ├── CoordinateError     a position is out of range or has no reading
    ├── PageError           the page cannot be drawn
    ├── StoreError          a store is out of reach, busy, full or of another kind
    └── SchemaError         a record does not keep the published schema

The command line turns every `GeoError` into one line on stderr and its `exit_code`.
"""

from __future__ import annotations


class GeoError(Exception):
    """Something a person can mend; the message names the input, the cause and the cure."""

    code = "error"
    exit_code = 2


class UsageError(GeoError, ValueError):
    """The call asks for what cannot be: mend the argument that the message quotes."""

    code = "usage"


class ReadError(GeoError, OSError):
    """An input is missing, empty, binary or broken: give the text itself, or another format."""

    code = "unreadable"


class LayerError(GeoError, LookupError):
    """A layer or index is missing or damaged: run `geo layers build`, or install again."""

    code = "layer"


class CoordinateError(GeoError, ValueError):
    """A position has no reading or lies outside -90..90, -180..180: write it as `12.5N 68.2W`."""

    code = "coordinate"


class PageError(GeoError, RuntimeError):
    """The page bundle is missing: install a released wheel, or run `make page` with npm in reach."""

    code = "page"


class StoreError(GeoError, OSError):
    """A store cannot be opened, written or understood; nothing was changed: do what the message says and save again."""

    code = "store"


class SchemaError(GeoError, ValueError):
    """A record does not keep the published schema: a fault of ours, to be reported."""

    code = "schema"
    exit_code = 70
