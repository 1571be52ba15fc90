"""Write what the program answers to the sample reports: `python tests/golden.py` (or `make golden`).

`seeds/NAME.expected.json` holds the fields that users rely on, to be read as a diff; `maps/NAME.html` is the page.
A page is large, so it is renewed only when it says something else; `--pages` renews all, for a change of their look.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import examples
import reference

from geo import dates, draw, pipeline, quantities
from geo.draw import document
from geo.model import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.model import Deployment, Incident, Match, Reading, Report

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
RECORD_FIELDS = (
    *("title", "record_kind", "auxiliary_mode", "assertion", "date_start", "date_end", "date_prec"),
    *("where_text", "where_role", "geometry_method", "longitude", "latitude", "coordinate_uncertainty_m"),
)
LEAST = 0.05
INCIDENT_FIELDS = ("event_type", "actor", "actor_country", "target", "target_status", "legal_characterisation")
DEPLOYMENT_FIELDS = ("status", "actor", "actor_country", "origin", "destination", "base", "purpose_claimed")


def samples() -> list[Path]:
    """List the sample reports that have a page."""
    return [path for path in sorted(SEEDS.iterdir()) if path.suffix in {".txt", ".md", ".html"} and path.name != "README.md"]


def translated() -> list[Path]:
    """List the sample reports in other languages than English: answers without a page."""
    return sorted((SEEDS / "languages").glob("*.txt"))


def expected(sample: Path) -> Path:
    """Name the file with the expected answers of a sample."""
    return sample.with_suffix(".expected.json")


def answer(sample: Path) -> str:
    """Read a sample and give the compact answer as JSON text, one record or mention a line."""
    (reading,) = pipeline.dossier([str(sample)]).readings
    parts = {name: [json.dumps(item, ensure_ascii=False) for item in items] for name, items in _parts(reading).items()}
    blocks = (f" {json.dumps(name)}: [\n" + ",\n".join(f"  {item}" for item in items) + "\n ]" for name, items in parts.items())
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def page(sample: Path) -> str:
    """Draw the page of a sample."""
    return draw.page(pipeline.dossier([str(sample)]))


def _parts(reading: Reading) -> dict[str, list[Any]]:
    return {
        "notes": list(reading.notes),
        "incidents": [_record(record, INCIDENT_FIELDS) for record in reading.incidents],
        "deployments": [_record(record, DEPLOYMENT_FIELDS) for record in reading.deployments],
        "mentions": [_mention(match) for match in reading.matches],
        **_figures(reading.report),
    }


def _figures(report: Report) -> dict[str, list[Any]]:
    """List dates and counts where no record carries them: the report is not in English."""
    if (language := report.source.language) == "en":
        return {}
    when = dates.find(report.text, published=report.published, language=language)
    counts = quantities.find(report.text, language=language)
    return {
        "dates": [[w.date_text, w.date_start, w.date_end, w.date_prec] for w in when],
        "counts": [[c.text, c.low, c.best, c.high, c.qualifier] for c in counts],
    }


def _record(record: Incident | Deployment, own: tuple[str, ...]) -> dict[str, Any]:
    data = to_json(record)
    short = {name: data[name] for name in (*RECORD_FIELDS, *own) if data[name] is not None}
    short["claims"] = [f"{claim.claimant} {claim.stance}: {claim.cue}" for claim in record.claims]
    # The greatest shares, coarsely: a coast read a little finer is no change that a reviewer wants to see.
    greatest = sorted(record.zones, key=lambda zone: -zone.share)[:4]
    short["zones"] = [
        f"{zone.zone_type} {zone.territory or '-'} {zone.share:.1f} {zone.status}" for zone in greatest if zone.share >= LEAST
    ]
    short["seas"] = [f"{sea.name} {sea.share:.1f}" for sea in record.seas if sea.share >= LEAST]
    short["zone_check"] = record.zone_check and record.zone_check.state
    short["zone_claims"] = [f"{claim.text}: {claim.claimed_zone}" for claim in record.zone_claims]
    short["evidence"] = [evidence.text[:80] for evidence in record.evidence]
    short |= dict(_counts(data))
    return short


def _counts(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for who, count in (data.get("casualties") or {}).items():
        if count:
            yield who, [count["low"], count["best"], count["high"], count["qualifier"]]
    if data.get("events_count"):
        yield "events_count", list(data["events_count"].values())
    if "assets" in data:
        yield (
            "assets",
            [
                [asset["type"], asset["name"], asset["count"] and [asset["count"]["low"], asset["count"]["high"]]]
                for asset in data["assets"]
            ],
        )


def _mention(match: Match) -> list[Any]:
    return [match.mention.text, match.mention.role, match.geometry_method, match.place and match.place.id]


def main() -> None:
    """Write the expected answers and say what changed in them, the documentation, and the maps that say something else than before."""
    reference.main()
    examples.renew(examples.PAGES)
    for sample in [*translated(), *samples()]:
        target, made = expected(sample), answer(sample)
        before = target.read_text(encoding="utf-8") if target.exists() else "{}"
        sys.stdout.write("".join(f"{line}\n" for line in changes(sample.stem, json.loads(before), json.loads(made))))
        target.write_text(made, encoding="utf-8")
    for sample in samples():
        target, made = drawn(sample), page(sample)
        if "--pages" in sys.argv or not target.exists() or content(target.read_text(encoding="utf-8")) != content(made):
            target.write_text(made, encoding="utf-8", newline="")


def changes(name: str, before: dict[str, list[Any]], after: dict[str, list[Any]]) -> Iterator[str]:
    """Say what an answer gained (+), lost (-) and tells otherwise (~), a line each; two records are one by their first evidence."""
    for part in dict.fromkeys([*before, *after]):
        old, new = ({_key(item): item for item in parts.get(part, ())} for parts in (before, after))
        yield from (f"- {name} {part}: {_short(old[key])}" for key in old if key not in new)
        yield from (f"+ {name} {part}: {_short(new[key])}" for key in new if key not in old)
        for key in (key for key in old if key in new and old[key] != new[key]):
            yield f"~ {name} {part}: {_short(new[key])}"
            for field in dict.fromkeys([*old[key], *new[key]]):
                was, is_now = (item.get(field) for item in (old[key], new[key]))
                if was != is_now:
                    yield f"    {field}: {was!r} -> {is_now!r}"


def _key(item: Any) -> str:
    """Tell an item from the others: a record by kind and first evidence, anything else by all that it says."""
    if not isinstance(item, dict):
        return json.dumps(item, ensure_ascii=False)
    return f"{item.get('record_kind')} {item.get('event_type') or item.get('status')} {(item.get('evidence') or ['?'])[0]}"


def _short(item: Any) -> str:
    """Say an item in a line."""
    if not isinstance(item, dict):
        return json.dumps(item, ensure_ascii=False)
    return f"{item['title']} ({item.get('date_start') or 'no date'}, {item.get('geometry_method')}, {item.get('auxiliary_mode')})"


def drawn(sample: Path) -> Path:
    """Say where the committed page of a sample lies."""
    return ROOT / "maps" / f"{sample.stem}.html"


def content(made: str) -> dict[str, Any]:
    """Unpack what a page says, without its ground: coasts and borders are drawn a hair apart on other processors."""
    return {name: part for name, part in document.unpack(made).items() if name not in {"base", "zones"}}


if __name__ == "__main__":
    main()
