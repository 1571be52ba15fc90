"""Fold names to keys and write the name index: one marisa trie, ragged `.npy` columns of places.

`fold` is the same rule as `geo.gazetteer.fold` (a test holds them together): this module must import nothing of `geo`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAIN, ALTERNATE, CURATED, CODE = 0, 1, 2, 3
"""How a name belongs to its place: its own, another from GeoNames, one of our tables, an abbreviation to be written in capitals."""

# Latin letters, marks and punctuation only: a name in another script cannot be read out of these texts.
_LATIN = re.compile(r"[\x20-\x7e\xa0-\u024f\u02b0-\u036f\u1e00-\u1eff\u2010-\u201f]+")
_SPELLINGS = (("saint ", "st "), ("sainte ", "ste "), ("fort ", "ft "), ("mount ", "mt "))
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "&": " and "})
_DROPPED = re.compile(r"[.'`\u02b0-\u02ff\u2018\u2019\u0300-\u036f]+")
_BREAKS = re.compile(r"[^a-z0-9]+")

_HARBOUR = re.compile(r"(.{3,}?)(?: Marine| Oil)? (?:Anchorage|Port|Harbou?r|Roads|Terminal|Naval Base)")
_EXCHANGED = tuple(
    words.split() for words in ("tanjung tanjong tg tj", "pulau pulo p", "kepulauan kep", "selat sel", "ko koh", "si sri")
)
_LINES = tomllib.loads((Path(__file__).resolve().parents[1] / "lexicon" / "spellings.toml").read_text(encoding="utf-8"))["ways"]
WAYS = {way: words[0] for words in map(str.split, _LINES) for way in words}
_ISLE = re.compile(r"^(?:pulau pulau|pulau|pulo|kepulauan|koh?|jazireh ye|isla|ilha|ile) | (?:islands?|islets?|group|dao)$")
_SINGLE = ("{} island", "pulau {}", "pulo {}", "p {}", "{} is")
_ISLES = {"island": _SINGLE, "islet": _SINGLE, "island_group": ("{} islands", "{} island", "kepulauan {}", "kep {}")}
# Where names are English words, the name without its harbour is one too: "Coal Harbour", "Pearl Harbor".
ENGLISH = frozenset(("USA", "GBR", "CAN", "AUS", "NZL", "IRL", "ZAF"))


def fold(name: str) -> str:
    """Fold a name to its key: no case, no marks, no full stops or apostrophes, one space for any other break.

    >>> fold("Port-au-Prince"), fold("São Tomé"), fold("U.S."), fold("N'Djamena")
    ('port au prince', 'sao tome', 'us', 'ndjamena')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return _BREAKS.sub(" ", _DROPPED.sub("", plain)).strip()


def usable(name: str) -> bool:
    """Say whether an alternate name can be met in running Latin text: capital first, three letters or more, not a code."""
    if not 3 <= len(name) <= 60 or not _LATIN.fullmatch(name) or not name[0].isupper():
        return False
    return not (name.isupper() and len(name) <= 4) and not any(c in name for c in ",(/;0123456789")


def keys(name: str) -> Iterable[str]:
    """Give the key of a name and of its usual other spelling (Saint, St)."""
    key = fold(name)
    if key:
        yield key
    for long, short in _SPELLINGS:
        if key.startswith(long):
            yield short + key[len(long) :]
        elif key.startswith(short):
            yield long + key[len(short) :]


def bare(name: str) -> str:
    """Give the name without the kind of harbour behind it ("Tanjung Priok Anchorage"), or "" where there is none."""
    found = _HARBOUR.fullmatch(name)
    return found[1] if found else ""


def variants(name: str, kind: str) -> Iterable[str]:
    """Give keys under which a place is met besides its own: shortened or exchanged words, two words written as one.

    >>> sorted(variants("Tanjung Pelepas", "port"))
    ['tanjong pelepas', 'tanjungpelepas', 'tg pelepas', 'tj pelepas']
    >>> sorted(variants("Anambas", "island_group"))
    ['anambas island', 'anambas islands', 'kep anambas', 'kepulauan anambas']
    """
    key = fold(name)
    first, _, rest = key.partition(" ")
    for words in _EXCHANGED:
        if rest and first in words:
            yield from (f"{word} {rest}" for word in words if word != first)
    if first == "port" and rest:
        yield f"{rest} port"
    if kind in _ISLES:
        plain = _ISLE.sub("", key)
        yield from (form.format(plain) for form in _ISLES[kind] if plain and form.format(plain) != key)
    elif rest and " " not in rest and min(len(first), len(rest)) > 2:
        yield first + rest


def close(key: str) -> str:
    """Give a folded name without its spaces, its first word in one of the ways to write it (the rule of `geo.spelling.close`).

    >>> close("tg pinang"), close("tanjungpinang")
    ('tanjungpinang', 'tanjungpinang')
    """
    first, _, rest = key.partition(" ")
    return (WAYS.get(first, first) + rest.replace(" ", "")) if rest else key


def write_close(names: Mapping[str, Iterable[int]], *, out: Path) -> None:
    """Write what a misspelt name may stand for, from close spelling -> place rows: `close.npy`, `close_start.npy`, `close_row.npy`."""
    pairs = sorted((name.encode(), row) for name, rows in names.items() for row in rows)
    np.save(out / "close.npy", np.frombuffer(b"".join(name for name, _ in pairs), dtype=np.uint8))
    np.save(out / "close_start.npy", np.concatenate([[0], np.cumsum([len(name) for name, _ in pairs])]).astype(np.uint32))
    np.save(out / "close_row.npy", np.array([row for _, row in pairs], dtype=np.int32))


def write(names: Mapping[str, Mapping[int, int]], prominence: np.ndarray, *, out: Path) -> None:
    """Write `names.marisa`, `name_start.npy` and `name_place.npy` from key -> {place row: kind of name}.

    A pair is `row * 4 + kind`; the pairs of a key stand most prominent first, an own name before another's alternate one.
    """
    import marisa_trie  # noqa: PLC0415 - the tests of folding need no trie

    trie = marisa_trie.Trie(sorted(names))
    trie.save(str(out / "names.marisa"))
    ordered = sorted(names, key=trie.get)
    lengths = np.fromiter((len(names[k]) for k in ordered), dtype=np.int64, count=len(ordered))
    pairs = np.empty(int(lengths.sum()), dtype=np.int32)
    at = 0
    for key in ordered:
        rows = sorted(names[key].items(), key=lambda item: (-prominence[item[0]] + 0.7 * (item[1] == ALTERNATE), item[0]))
        for row, kind in rows:
            pairs[at] = row * 4 + kind
            at += 1
    np.save(out / "key_start.npy", np.concatenate([[0], lengths.cumsum()]).astype(np.uint32))
    np.save(out / "key_place.npy", pairs)
