"""Tell which reports are copies of one text: five prints of one agency story are one independent source.

A credit line names the agency; texts that share half of their five-word runs were written once (Broder, On the resemblance and
containment of documents, 1997: containment of w-shingles).
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geo import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Report

_WORD: Final = re.compile(r"[^\W_]+")
_AGENCIES: Final = (
    "Reuters", "Associated Press", "AP", "Agence France-Presse", "AFP", "EFE", "dpa", "DPA", "ANSA", "Xinhua", "TASS", "Interfax", "Kyodo",
    "Yonhap", "UPI", "PA Media", "PTI", "ANI", "Lusa", "Europa Press", "Bernama", "Antara", "Ukrinform", "Anadolu", "Anadolu Agency",
)  # fmt: skip
_NAMES: Final = "|".join(sorted(map(re.escape, _AGENCIES), key=len, reverse=True))
_CREDIT: Final = re.compile(
    rf"\((?P<a>{_NAMES})\)\s*[-–—:]|^(?:By\s+|Source:\s*|[-–—]\s*|©\s*)(?P<b>{_NAMES})\s*\.?$|(?<=\n)\(?(?P<c>{_NAMES})\)?\s*$",
    re.MULTILINE,
)
"""Where a print names the agency: "CARACAS (AFP) -", a line of its own at the top or the end."""

_FULL_NAMES: Final = {"AP": "Associated Press", "AFP": "Agence France-Presse", "DPA": "dpa", "Anadolu Agency": "Anadolu"}
_RUN, _SAMPLE, _COMMON = 5, 4, 64
"""Words in a run; one run in so many is kept (by its own hash, so both texts keep the same); a run in more reports tells nothing."""


def origins(reports: Sequence[Report]) -> tuple[str | None, ...]:
    """Give the origin of each report's text: the one stated, the agency of its credit line, or the first report it is a copy of.

    None for a text that stands alone.

    >>> from geo.model import Report
    >>> story = "ARUBA (AFP) - A boat was stopped by the coast guard on Monday and brought to port with nine people on board."
    >>> origins([Report("a", story), Report("b", "A ferry was late.")])
    ('Agence France-Presse', None)
    """
    stated = [report.source.origin or _credited(report.text) for report in reports]
    first = _copies(reports)
    return tuple(stated[i] or stated[f] or (reports[f].id if first.count(f) > 1 else None) for i, f in enumerate(first))


def _credited(text: str) -> str | None:
    """Read the agency in the credit line of a print: in its first lines or its last."""
    for part in (text[: settings.CREDIT_CHARACTERS], text[-settings.CREDIT_CHARACTERS :]):
        if found := _CREDIT.search(part):
            name = found["a"] or found["b"] or found["c"]
            return _FULL_NAMES.get(name, name)
    return None


def _copies(reports: Sequence[Report]) -> list[int]:
    """Give for each report the number of the first report whose text it shares (its own where there is none)."""
    runs = [_runs(report.text) for report in reports]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    first = list(range(len(reports)))
    for i, mine in enumerate(runs):
        shared: defaultdict[int, int] = defaultdict(int)
        for run in mine:
            for j in holders[run]:
                shared[j] += 1
            if len(holders[run]) < _COMMON:
                holders[run].append(i)
        copied = (j for j, n in sorted(shared.items()) if n >= settings.COPY_SHARE * max(1, min(len(mine), len(runs[j]))))
        j = next(copied, i)
        # Two short notes can share a stock phrase: a copy shares several runs.
        if j != i and shared[j] >= settings.COPY_RUNS:
            first[i] = first[j]
    return first


def _runs(text: str) -> frozenset[int]:
    """Hash the runs of five words, and keep one in four by its hash."""
    words = [word.lower() for word in _WORD.findall(text)]
    runs = (" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
    return frozenset(h for run in runs if (h := zlib.crc32(run.encode("utf-8", "surrogatepass"))) % _SAMPLE == 0)
