"""Search for a pattern only in a text that holds the letters it needs: most sentences hold none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

try:
    from re import _constants, _parser  # type: ignore[attr-defined]
except ImportError:  # No public part of Python parses patterns: where this one is gone, every text is searched.
    _parser = None

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHORTEST = 3
"""Fewer letters stand in nearly every sentence."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """A pattern, and strings of small letters of which one is in whatever it matches; none where there are no such strings."""

    pattern: re.Pattern[str]
    needs: tuple[str, ...]

    def may(self, small: str) -> bool:
        """Tell whether a text, in small letters, may hold a match."""
        for need in self.needs:
            if need in small:
                return True
        return not self.needs

    def search(self, text: str) -> re.Match[str] | None:
        """Find the first match of the pattern."""
        return self.pattern.search(text) if self.may(text.lower()) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find all matches of the pattern."""
        return self.pattern.finditer(text) if self.may(text.lower()) else iter(())


def sieve(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> Sieve:
    r"""Compile a pattern, and read off it what letters it needs.

    >>> sieve(r"\b(?:drills?|war\s?games?)\b").needs, sieve(r"\d+").needs
    (('drill', 'game'), ())
    """
    needs = _needs(_parser.parse(pattern, flags)) if _parser else frozenset[str]()
    return Sieve(re.compile(pattern, flags), tuple(sorted(n for n in needs if not any(o in n and o != n for o in needs))))


def _needs(tree: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Read the strings of letters of which one is in whatever a parsed pattern matches: of all its parts, the surest."""
    best, run = frozenset[str](), ""
    for code, argument in tree:
        if code is _constants.LITERAL:
            run += chr(argument).lower()
            continue
        best, run = _surer(_surer(best, frozenset({run})), _needs_of(code, argument)), ""
    return _surer(best, frozenset({run}))


def _needs_of(code: object, argument: Any) -> frozenset[str]:  # noqa: ANN401 - what the standard library hands out
    """Read what one part of a pattern needs: a group its inside, a choice one of what each way needs, a repetition what it repeats."""
    if code is _constants.SUBPATTERN:
        return _needs(argument[3])
    if code is _constants.BRANCH:
        ways = [_needs(way) for way in argument[1]]
        return frozenset[str]().union(*ways) if all(ways) else frozenset()
    if code in {_constants.MAX_REPEAT, _constants.MIN_REPEAT} and argument[0] >= 1:
        return _needs(argument[2])
    return frozenset()


def _surer(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Choose the needs with the longest of shortest strings, the fewer of two alike; what needs hardly a letter needs none."""
    if not other or min(map(len, other)) < _SHORTEST:
        return one
    return max(one, other, key=lambda needs: (min(map(len, needs), default=0), -len(needs)))
