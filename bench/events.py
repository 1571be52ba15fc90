"""Score the program's records, traps and roles against annotated reports (`seeds/annotated/README.md` says how they are written).

    python bench/events.py seeds/annotated/a [--misses] [--json]

A record counts as found where its type is compatible and its evidence overlaps, one to one; type, date and actor decide between several.
Precision and recall are over `actual` records, so a planned deployment that comes out as one that happened is a false one.
Exit 0 scored, 2 bad usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from matching import DEPLOYMENT_SLOTS, INCIDENT_SLOTS, Told, left, outcome, overlap, paired, stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matching import Outcome, Row, Slot

    from geo.model import Reading

UNREAD = frozenset({"b", "e", "i"})
"""The sets that are scored and never looked into."""


class Sides(NamedTuple):
    """What a reader wants and what the program found in one report."""

    wanted: list[Told]
    found: list[Told]


class Score:
    """Counts over reports; `misses` are lines for a person, in the order of the reports."""

    def __init__(self) -> None:
        """Start empty."""
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.misses: list[str] = []

    def share(self, *name: str) -> float | None:
        """Give right answers over asked ones, None where nothing was asked."""
        asked = self.counts[*name, "asked"]
        return self.counts[*name, "right"] / asked if asked else None

    def ask(self, *name: str, right: bool) -> None:
        """Count one answer."""
        self.counts[*name, "asked"] += 1
        self.counts[*name, "right"] += right


def main(arguments: Sequence[str] | None = None) -> int:
    """Score a folder and print a table, or JSON."""
    parser = argparse.ArgumentParser(description="Score the program against annotated reports.")
    parser.add_argument("folder", type=Path, help="a folder of NAME.txt and NAME.gold.json, such as seeds/annotated/a")
    parser.add_argument("--misses", action="store_true", help="list what went wrong (never of the sets that stay unread)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(arguments)
    if not any(options.folder.glob("*.gold.json")):
        parser.error(f"{str(options.folder)!r} holds no NAME.gold.json; name a folder such as seeds/annotated/a")
    if options.misses and options.folder.resolve().name in UNREAD:
        parser.error(f"{options.folder.name!r} is scored without being read; ask for the misses of seeds/annotated/a")
    score = scored(options.folder)
    print(json.dumps(figures(score), indent=2) if options.json else table(figures(score)))
    if options.misses:
        print("\n".join(["", *score.misses]))
    return 0


def scored(folder: Path) -> Score:
    """Read every report of a folder and count what came out right."""
    score = Score()
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".gold.json")
        score.misses.append(f"== {name}")
        try:
            reading = _read(path.with_name(f"{name}.txt"), gold["published"])
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and named
            score.counts["faults",] += 1
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
        else:
            judge(score, gold, reading)
    return score


def judge(score: Score, gold: Row, reading: Reading) -> None:
    """Count one report: its incidents, its deployments, its traps, the roles of its names."""
    from geo.model import to_json  # noqa: PLC0415 - the tests of the matching need no package data

    text = reading.report.text
    outcomes = {}
    for kind, slots, records in (("incident", INCIDENT_SLOTS, reading.incidents), ("deployment", DEPLOYMENT_SLOTS, reading.deployments)):
        found = [Told(to_json(record), tuple((part.start, part.end) for part in record.evidence)) for record in records]
        outcomes[kind] = outcome([_told(text, row) for row in gold[f"{kind}s"]], found)
        count(score, f"{kind}s", outcomes[kind], slots)
    mentions = Sides([_mentioned(text, row) for row in gold["mentions"]], [_placed(match) for match in reading.matches])
    count_roles(score, mentions)
    for row in gold["traps"]:
        trap = Told(row, stretches(text, row["quote"]))
        fired = mapped(trap, mentions) if row["must_not"] == "map" else sprung(trap, outcomes[row["must_not"]])
        score.ask("traps", row["kind"], right=not fired)
        if fired:
            score.misses.append(f"  trap {row['kind']}, no {row['must_not']}: {row['quote']!r} ({row['why']})")


def sprung(trap: Told, result: Outcome) -> bool:
    """Say whether a false record rests on the words of a trap; a total is only sprung by a single event."""
    false = [told for told in result.false if trap.row["kind"] != "total" or told.row.get("record_kind") == "event"]
    return any(overlap(trap, told) for told in false)


def mapped(trap: Told, mentions: Sides) -> bool:
    """Say whether the words of a trap got a geometry, where they do not also name a place to be mapped."""
    from geo.model import MAPPED_ROLES  # noqa: PLC0415 - as above

    allowed = [told for told in mentions.wanted if told.row["role"] in MAPPED_ROLES]
    spans = tuple(span for span in trap.spans if not any(overlap(Told({}, (span,)), told) for told in allowed))
    return any(told.row["mapped"] and overlap(Told({}, spans), told) for told in mentions.found)


def count(score: Score, kind: str, result: Outcome, slots: Sequence[Slot]) -> None:
    """Count what was found, missed and false, and the slots of what was found."""
    score.counts[kind, "found"] += len(result.pairs) + len(result.false)
    score.counts[kind, "wanted"] += len(result.pairs) + len(result.missed)
    score.counts[kind, "matched"] += len(result.pairs)
    for wanted, found in result.pairs:
        for name, same in slots:
            answer = same(wanted.row, found.row)
            if answer is not None:
                score.ask(kind, "slots", name, right=answer)
            if answer is False:
                score.misses.append(f"  {kind} {name}: {_brief(wanted)} but found {_brief(found)}")
    for wanted, found in (*result.pairs, *result.modes):
        score.ask(kind, "slots", "mode", right=wanted.row["auxiliary_mode"] == found.row["auxiliary_mode"])
    score.misses += [f"  {kind} missed: {_brief(told)}" for told in result.missed]
    score.misses += [f"  {kind} false: {_brief(told)}" for told in result.false]


def count_roles(score: Score, mentions: Sides) -> None:
    """Count the roles of names, and what is mapped against what should be."""
    from geo.model import MAPPED_ROLES  # noqa: PLC0415 - as above

    pairs = paired(mentions.wanted, mentions.found, overlap)
    for wanted, found in pairs:
        role = wanted.row["role"]
        score.counts["roles", role, "matched"] += role == found.row["role"]
        right = role in MAPPED_ROLES
        score.counts["mapped", "matched"] += right and found.row["mapped"]
        score.counts["mapped", "forbidden"] += not right and found.row["mapped"]
        if role != found.row["role"]:
            score.misses.append(f"  role {role}: {wanted.row['quote']!r} but found {found.row['role']}: {found.row['text']!r}")
    for told in left(mentions.wanted, pairs, 0):
        score.misses.append(f"  role {told.row['role']}: {told.row['quote']!r} not found")
    for told in mentions.wanted:
        score.counts["roles", told.row["role"], "wanted"] += 1
        score.counts["mapped", "wanted"] += told.row["role"] in MAPPED_ROLES
    for told in mentions.found:
        score.counts["roles", told.row["role"], "found"] += 1
        score.counts["mapped", "found"] += told.row["mapped"]


def figures(score: Score) -> Row:
    """Give the shares that are reported and held."""
    counts = score.counts
    result: Row = {}
    for kind in ("incidents", "deployments"):
        names = [key[2] for key in counts if key[:2] == (kind, "slots") and key[-1] == "asked"]
        result[kind] = _quality(counts, kind)
        result[kind]["slots"] = {name: score.share(kind, "slots", name) for name in names}
        result[kind]["asked"] = {name: counts[kind, "slots", name, "asked"] for name in names}
    kinds = sorted({key[1] for key in counts if key[0] == "traps"})
    asked = {kind: counts["traps", kind, "asked"] for kind in kinds}
    fired = {kind: asked[kind] - counts["traps", kind, "right"] for kind in kinds}
    result["traps"] = {
        "set": sum(asked.values()),
        "fired": sum(fired.values()),
        "kinds": {kind: {"set": asked[kind], "fired": fired[kind]} for kind in kinds},
    }
    roles = sorted({key[1] for key in counts if key[0] == "roles"})
    result["roles"] = {role: _quality(counts, "roles", role) for role in roles}
    result["mapped"] = {**_quality(counts, "mapped"), "forbidden": counts["mapped", "forbidden"]}
    result["faults"] = counts["faults",]
    return result


def table(result: Row) -> str:
    """Lay the figures out for a reader."""
    head = f"{'':<24}{'precision':>10}{'recall':>8}{'f1':>7}{'wanted':>8}{'found':>7}{'matched':>9}"
    lines = [head, *(_row(kind, result[kind]) for kind in ("incidents", "deployments")), ""]
    lines += [*(_row(f"role {role}", quality) for role, quality in result["roles"].items()), _row("mapped", result["mapped"])]
    lines += [f"mapped but must not be  {result['mapped']['forbidden']}", ""]
    for kind in ("incidents", "deployments"):
        lines += [f"{kind} {name:<15}{_number(right)} of {result[kind]['asked'][name]}" for name, right in result[kind]["slots"].items()]
    lines += ["", f"traps fired {result['traps']['fired']} of {result['traps']['set']}"]
    lines += [f"  {kind:<15}{trap['fired']} of {trap['set']}" for kind, trap in result["traps"]["kinds"].items()]
    return "\n".join([*lines, *([f"faults {result['faults']}"] if result["faults"] else [])])


def _read(path: Path, published: str | None) -> Reading:
    """Read a report as `geo incidents --published` does; what it breaks down on is raised."""
    from geo import pipeline  # noqa: PLC0415 - as above
    from geo.model import Failure  # noqa: PLC0415 - as above

    (reading,) = pipeline.readings([str(path)], published=published, strict=True)
    if isinstance(reading, Failure):
        raise ValueError(reading.message)  # noqa: TRY004 - the input is wrong, not its type
    return reading


def _told(text: str, row: Row) -> Told:
    return Told(row, tuple(span for words in (row["evidence"], *row.get("also", ())) for span in stretches(text, words)))


def _mentioned(text: str, row: Row) -> Told:
    """Find a mention by the count of its letters; occurrences may overlap only with themselves, which no name does."""
    return Told(row, (stretches(text, row["quote"])[row.get("nth", 1) - 1],))


def _placed(match: Any) -> Told:  # noqa: ANN401 - a `Match`, or what a test makes of one
    mention = match.mention
    return Told({"role": mention.role, "text": mention.text, "mapped": match.geometry is not None}, ((mention.start, mention.end),))


def _quality(counts: Counter[tuple[str, ...]], *name: str) -> Row:
    """Give precision, recall and F1 of what was found against what is wanted."""
    matched, found, wanted = (counts[*name, part] for part in ("matched", "found", "wanted"))
    shares = {
        "precision": matched / found if found else None,
        "recall": matched / wanted if wanted else None,
        "f1": 2 * matched / (found + wanted) if found + wanted else None,
    }
    return {**shares, "wanted": wanted, "found": found, "matched": matched}


def _row(name: str, quality: Row) -> str:
    shares = (_number(quality[key]) for key in ("precision", "recall", "f1"))
    counts = (quality[key] for key in ("wanted", "found", "matched"))
    return "{:<24}{:>10}{:>8}{:>7}{:>8}{:>7}{:>9}".format(name, *shares, *counts)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _brief(told: Told) -> str:
    """Tell a record in a line."""
    row = told.row
    evidence = row["evidence"] if isinstance(row["evidence"], str) else row["evidence"][0]["text"]
    place = row.get("where") or row.get("where_text") or row.get("destination")
    kind = row.get("event_type") or row["status"]
    parts = (kind, row.get("record_kind"), row["auxiliary_mode"], row.get("assertion"), row["date_start"], row["actor_country"], place)
    return f"[{', '.join(part for part in parts if part)}] {evidence[:110]!r}"


if __name__ == "__main__":
    sys.exit(main())
