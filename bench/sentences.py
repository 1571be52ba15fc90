"""Score the program's records on short cases (`seeds/sentences/README.md`): one to four sentences, and what must come out of them.

    python bench/sentences.py NAME [--half odd|even] [--misses] [--json]

A case is right where exactly those actual records come out that it lists; one of another mode must not come out as having happened.
Types that two careful readers may call the same event by count as one (`matching.KIN`), as do the statuses of a deployment that happened;
`named` is how many of the records found have the very type or status.
Exit 0 scored, 2 bad usage.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from matching import akin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Reading

FOLDER = Path(__file__).resolve().parents[1] / "seeds" / "sentences"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
PUBLISHED = "2025-11-11"
HALVES = {"odd": slice(0, None, 2), "even": slice(1, None, 2)}
"""The odd cases are written rules with; the even ones only say whether those rules hold elsewhere."""
MODES = ("historical", "future", "hypothetical", "negation")
KINDS = ("incidents", "deployments")
STATUSES = frozenset({"ordered", "in_transit", "arrived", "present", "exercising", "withdrawn"})
"""What an actual deployment may be."""


class Record(NamedTuple):
    """What is compared of a record: type or status, event or aggregate, mode."""

    name: str
    aggregate: bool = False
    mode: str = "actual"


class Case(NamedTuple):
    """A short text with the records of either kind that a reader wants."""

    text: str
    language: str
    published: str
    incidents: tuple[Record, ...]
    deployments: tuple[Record, ...]


class Told(NamedTuple):
    """The records of either kind that came out of a case."""

    incidents: tuple[Record, ...]
    deployments: tuple[Record, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Score a corpus and print a line, or JSON."""
    parser = argparse.ArgumentParser(description="Score the program against short cases.")
    parser.add_argument("name", choices=NAMES, help="a corpus of seeds/sentences")
    parser.add_argument("--half", choices=HALVES, help="only every other case: odd to write rules with, even to confirm them")
    parser.add_argument("--misses", action="store_true", help="list the cases that are wrong (not of the even half, which confirms)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(arguments)
    if options.misses and options.half != "odd":
        parser.error("the even cases only confirm and are not looked into; ask for --half odd --misses")
    cases = read(FOLDER / f"{options.name}.toml")[HALVES.get(options.half, slice(None))]
    told = [answer(case) for case in cases]
    figures = score(cases, told)
    print(json.dumps(figures, indent=2) if options.json else "\n".join(f"{name:<24}{_number(value)}" for name, value in _flat(figures)))
    if options.misses:
        print("\n".join(_miss(case, one) for case, one in zip(cases, told, strict=True) if not right(case, one)))
    return 0


def read(path: Path) -> list[Case]:
    """Read the cases of a corpus.

    >>> record("boarding aggregate historical")
    Record(name='boarding', aggregate=True, mode='historical')

    """
    return [_case(row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def record(words: str) -> Record:
    """Read a record as a corpus writes it: a type, `aggregate` for a total, a mode other than actual."""
    name, *rest = words.split()
    strange = set(rest) - {"event", "aggregate", "actual", *MODES}
    if strange:
        message = f"{words!r} says {', '.join(sorted(strange))}; after the type stand 'aggregate' and one of {', '.join(MODES)}"
        raise ValueError(message)
    return Record(name, "aggregate" in rest, next((word for word in rest if word in MODES), "actual"))


def answer(case: Case) -> Told:
    """Read a case with the program."""
    from geo import pipeline  # noqa: PLC0415 - the tests of the scoring need no package data
    from geo.model import Report, Source  # noqa: PLC0415 - as above

    reading: Reading = pipeline.analyse(Report("case", case.text, Source(published=case.published, language=case.language)))
    happened = tuple(Record(one.event_type, one.record_kind == "aggregate", one.auxiliary_mode) for one in reading.incidents)
    return Told(happened, tuple(Record(one.status, mode=one.auxiliary_mode) for one in reading.deployments))


def score(cases: Sequence[Case], told: Sequence[Told]) -> dict[str, Any]:
    """Give the share of cases that are right, and precision and recall of the actual records of either kind."""
    figures: dict[str, Any] = {"right": _share(sum(map(right, cases, told)), len(cases)), "cases": len(cases)}
    for kind in KINDS:
        sides = [(_actual(getattr(case, kind)), _actual(getattr(one, kind))) for case, one in zip(cases, told, strict=True)]
        pairs = [pair for wanted, found in sides for pair in paired(wanted, found)]
        wanted, found = (sum(len(side[which]) for side in sides) for which in (0, 1))
        named = sum(one.name == other.name for one, other in pairs)
        shares = {"precision": _share(len(pairs), found), "recall": _share(len(pairs), wanted), "named": _share(named, len(pairs))}
        figures[kind] = {**shares, "wanted": wanted, "found": found}
    return figures


def right(case: Case, told: Told) -> bool:
    """Say whether exactly the wanted actual records came out.

    >>> case = Case("...", "en", "2025-11-11", (Record("boarding"),), ())
    >>> right(case, Told((Record("seizure"),), ())), right(case, Told((), ()))
    (True, False)

    """
    sides = [(_actual(getattr(case, kind)), _actual(getattr(told, kind))) for kind in KINDS]
    return all(len(wanted) == len(found) == len(paired(wanted, found)) for wanted, found in sides)


def paired(wanted: Sequence[Record], found: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Pair records one to one, those of the same name first.

    >>> paired([Record("seizure"), Record("boarding")], [Record("boarding"), Record("present")])
    [(Record(name='boarding', aggregate=False, mode='actual'), Record(name='boarding', aggregate=False, mode='actual'))]

    """
    pairs, todo, rest = [], list(wanted), list(found)
    for same in (lambda one, other: one.name == other.name, _akin):
        for one in list(todo):
            fit = next((other for other in rest if other.aggregate == one.aggregate and same(one, other)), None)
            if fit is not None:
                pairs.append((one, fit))
                todo.remove(one)
                rest.remove(fit)
    return pairs


def _case(row: dict[str, Any]) -> Case:
    records = (tuple(map(record, row.get(kind, ()))) for kind in KINDS)
    return Case(row["text"], row.get("lang", "en"), row.get("published", PUBLISHED), *records)


def _actual(records: Sequence[Record]) -> list[Record]:
    return [one for one in records if one.mode == "actual"]


def _akin(one: Record, other: Record) -> bool:
    """Say whether two records may be the same: of deployments any two, of incidents two types of one kind."""
    return {one.name, other.name} <= STATUSES or (not {one.name, other.name} & STATUSES and akin(one.name, other.name))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _flat(figures: dict[str, Any]) -> list[tuple[str, float | None]]:
    """Name each figure by its path."""
    flat: list[tuple[str, float | None]] = []
    for name, value in figures.items():
        flat += [(f"{name}.{inner}", one) for inner, one in value.items()] if isinstance(value, dict) else [(name, value)]
    return flat


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _miss(case: Case, told: Told) -> str:
    """Tell a wrong case in a few lines."""
    sides = [f"    {kind}: wanted {_words(getattr(case, kind))}, found {_words(getattr(told, kind))}" for kind in KINDS]
    return "\n".join([f"  {case.text!r}", *sides])


def _words(records: Sequence[Record]) -> str:
    rows = ((one.name, "aggregate" if one.aggregate else "", one.mode if one.mode != "actual" else "") for one in records)
    return ", ".join(" ".join(filter(None, row)) for row in rows) or "nothing"


if __name__ == "__main__":
    sys.exit(main())
