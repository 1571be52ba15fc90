"""Take a name that no index holds, where a place must stand, for the one place that is spelt nearly so.

Only in messages from the sea and in lines that only name a place: there what stands before a state, behind "off" or before "anchorage" is
a place, however it is written. In other texts an unknown word is left alone.
"""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING, NamedTuple

from geo import offsets, roles, settings
from geo.gazetteer import fold
from geo.messages import is_about_waters, is_label
from geo.roles import Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.model import Place
    from geo.roles import Page

TAKEN = "taken for"
"""How the reason begins that says what a misspelt name was taken for."""

_RUN = re.compile(r"[A-ZÀ-Þ][\w’'-]+\.?(?:\s+(?:[A-ZÀ-Þ][\w’'-]+|(?:de|del|la|al|el)(?=\s+[A-Z])))*")
_WORD = re.compile(r"[\w’'-]+")
_STATE_BEHIND = re.compile(r"(?:\s+\w+){0,3}\s*,\s*")
_PLAIN = re.compile(r"[NSEW]{1,3}|[A-Z]{1,4}|\d.*")
_KINDS = frozenset({"bay", "island", "islands", "point", "river"})
_NEAR_CHARACTERS, _MOST_WORDS, _MANY = 80, 4, 16


def respelt(page: Page, names: Sequence[Name]) -> list[Name]:
    """Give the names of a message or a line with the misspelt ones among them, by start; `names` are the known ones, by start.

    >>> from geo.gazetteer import open_gazetteer
    >>> page = roles.page("Conackry Roads, Guinea", None, open_gazetteer())
    >>> state = Name(16, 22, "Guinea", page.gazetteer.lookup("Guinea"))
    >>> [(name.text, name.spelt) for name in respelt(page, [state])]
    [('Conackry', "taken for 'Conakry' (one letter differs)"), ('Guinea', '')]
    """
    label = is_label(page.text)
    if not label and not is_about_waters(page.text, page.gazetteer):
        return [*names]
    known = _Known(sorted(names, key=lambda n: n.end))
    sure = _Known([n for n in known.names if roles.weight(n) >= settings.KNOWN_ALONE])
    found = [taken for run in _RUN.finditer(page.text) if (taken := _taken(page, run, known, sure, label=label))]
    lost = {id(n) for f in found for n in known.within(f.start, f.end)}
    return sorted([*(n for n in names if id(n) not in lost), *found], key=lambda n: n.start)


class _Known(NamedTuple):
    """Names by where they end."""

    names: list[Name]

    def within(self, start: int, end: int) -> list[Name]:
        """List the names that share letters with a stretch."""
        at = bisect.bisect_right(self.names, start, key=lambda n: n.end)
        return [n for n in self.names[at : at + _MANY] if n.start < end]

    def before(self, start: int) -> list[Name]:
        """List the last names before a place in the text, the nearest first."""
        at = bisect.bisect_right(self.names, start, key=lambda n: n.end)
        return self.names[max(0, at - _MOST_WORDS) : at][::-1]

    def after(self, end: int) -> list[Name]:
        """List the names that end behind a place in the text, the nearest first."""
        at = bisect.bisect_left(self.names, end, key=lambda n: n.end)
        return self.names[at : at + _MOST_WORDS]


def _taken(page: Page, run: re.Match[str], names: _Known, sure: _Known, *, label: bool) -> Name | None:
    """Take a part of a run of capitals for a place of the state named beside it, if none of the run's names lies there."""
    after = sure.after(run.end())
    countries = _countries(after, run.end()) or _countries(sure.before(run.start()), run.start())
    known = names.within(run.start(), run.end())
    held = [n for n in known if roles.weight(n) >= settings.KNOWN_ALONE]
    there = [n for n in known if any(p.country in countries for p in n.places)]
    # Of "Off Muskat Oman" the state is known, and the rest may be misspelt; of "Cape Town Roads" there is no rest.
    if not countries or not all(_state(n.places) for n in held):
        return None
    for start, end in _parts(page.text, run.start(), min((n.start for n in held), default=run.end())):
        whole = any(n.start <= start and n.end >= end for n in there)
        if not whole and (label or _must(page, after, start, end)):
            written = page.text[start:end]
            if found := page.gazetteer.misspelt(written, countries=countries):
                return Name(start, end, written, (found[0],), spelt=f"{TAKEN} {found[0].name!r} ({found[1]})")
    return None


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what may be the name in a run of capitals, the longest first: without the words behind it and before it that name no place."""
    words = [(w.start(), w.end(), w.group()) for w in _WORD.finditer(text, start, end)]
    plain = [bool(_PLAIN.fullmatch(text)) or is_plain(fold(text)) for _, _, text in words]
    while plain and plain[-1] and words[-1][2].lower() not in _KINDS:
        words.pop()
        plain.pop()
    first = next((i for i, is_plain in enumerate(plain) if not is_plain), 0)
    for at in range(first + 1 if words else 0):
        if len(words) - at <= _MOST_WORDS:
            yield words[at][0], words[-1][1]


def is_plain(word: str) -> bool:
    """Say whether a folded word only says what a thing is, or is a common one."""
    lists = roles.words()
    return word in lists["common"] or word in lists["parts"]


def _must(page: Page, after: Sequence[Name], start: int, end: int) -> bool:
    """Say whether a place must stand there: behind a distance or "off", before an anchorage, or before a comma and a state."""
    if offsets.before(page.text, start, maritime=True):
        return True
    found = offsets.after(page.text, start, end)
    behind = after and _STATE_BEHIND.fullmatch(page.text[end : after[0].start])
    return (found is not None and found.method == "facility") or bool(behind and _state(after[0].places))


def _countries(names: Sequence[Name], at: int) -> frozenset[str]:
    """Give the states of the nearest known name on one side."""
    for name in names:
        if min(abs(name.start - at), abs(at - name.end)) > _NEAR_CHARACTERS:
            break
        if name.places and name.places[0].country:
            return frozenset((name.places[0].country,))
    return frozenset()


def _state(places: Sequence[Place]) -> bool:
    """Say whether a name is first of all that of a state or one of its parts."""
    return bool(places) and places[0].kind in {"country", "territory", "admin1"}
