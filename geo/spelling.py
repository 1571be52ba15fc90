"""Compare spellings: names without their spaces, with one word for all the ways to write cape or island, and letters that differ.

`close` is the same rule that `layers/builders/gazetteer_names.py` writes the index of coastal names by (a test holds them together).
"""

from __future__ import annotations

import re
import tomllib

from geo import layers

_LINES = tomllib.loads((layers.folder() / "lexicon" / "spellings.toml").read_text(encoding="utf-8"))["ways"]
WAYS = {way: words[0] for words in map(str.split, _LINES) for way in words}
"""Words that stand before a name, by every way to write them."""

_KIND = re.compile(
    r"^(?:tanjung|pulau|kepulauan|selat|sungai|teluk|ko(?=.{5})|khawr|ras(?=.{5})|jazirat|port|puerto|porto|kota|kuala|muara|bandar|saint|santa|san)"
    r"|(?:islands?|bay|point|river)$"
)
_SHORT, _LONG = 5, 9


def close(key: str) -> str:
    """Give a folded name without its spaces, its first word in one of the ways to write it.

    >>> close("tg pinang"), close("tanjungpinang"), close("lagos")
    ('tanjungpinang', 'tanjungpinang', 'lagos')
    """
    first, _, rest = key.partition(" ")
    return (WAYS.get(first, first) + rest.replace(" ", "")) if rest else key


def allowed(close_name: str) -> int:
    """Give how many letters of a name may differ: none of a short one, two of a long one; what kind of place it is does not count."""
    letters = len(_KIND.sub("", close_name))
    return 0 if letters < _SHORT else 1 if letters < _LONG else 2


def distance(one: str, other: str, most: int) -> int:
    """Count the letters to change, drop, add or swap that lead from one name to another; more than `most` is `most` + 1.

    >>> distance("conackry", "conakry", 2), distance("biera", "beira", 1), distance("lagos", "lome", 1)
    (1, 1, 2)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
