"""Write the tables of the documentation that repeat what the data say: figures, sources, packages, event types, the order of imports."""

from __future__ import annotations

import ast
import html
import importlib.metadata
import json
import math
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "bench"))

from measure import FAULTS, TRIALS  # noqa: E402 - bench/ is a folder of scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOKS = {"acled": "ACLED", "plover": "PLOVER", "imb": "IMB", "ukmto": "UKMTO"}

CORPORA = {
    "lgl": "local news (Local-Global Lexicon)",
    "geowebnews": "web news (GeoWebNews)",
    "asam": "anti-shipping activity messages",
    "imb": "piracy narratives",
    "locdesc": "short phrases of place",
    "zones-points": "positions of incidents",
    "zones-areas": "42 owners, wider Caribbean and eastern Pacific",
    "zones-owners": "random points in official zones, west Pacific",
    "events-a": "our annotated reports, half a: rules were written with it",
    "events-b": "our annotated reports, half b: its misses are read by nobody who writes a rule",
    "events-c": "our annotated reports, set c: by a third hand",
    "events-d": "our annotated reports, set d: rules were written with it",
    "events-e": "our annotated reports, set e: its misses are read by nobody who writes a rule",
    "events-f": "our annotated reports, set f: English of sixteen kinds",
    "events-g": "our annotated reports, set g: Spanish and French",
    "events-h": "our annotated reports, set h: ordinary reports, rules were written with it",
    "events-i": "our annotated reports, set i: ordinary reports, its misses are read by nobody who writes a rule",
    "events-j": "our annotated reports, set j: ordinary reports, rules were written with it",
    "events-k": "our annotated reports, set k: ordinary reports, rules were written with it",
    "sentences-modality": "short cases: what happened, and what did not",
    "sentences-totals": "short cases: one event or many, told once or twice",
    "sentences-incidents": "short cases: incidents of every type",
    "sentences-deployments": "short cases: deployments, and what is none",
    "sentences-messages": "short cases: messages in telegraph style",
    "sentences-spanish": "short cases: Spanish",
    "sentences-french": "short cases: French",
    "reports": "every text above",
}
FIGURES = {
    "overlap.F1": "names found, placed or not: harmonic mean of precision and recall (F1)",
    "e2e_f1.F1": "names found **and** placed within 161 km: F1; a wrong pin costs twice",
    "end_to_end.acc161": "of names that are given, share placed within 161 km",
    "calibration.error": "mean gap between the score of a place and how often such a score is right",
    "within_25": "position taken out of the text: share of all reports placed within 25 km of it",
    "coverage": "the same: share of the placed whose true position lies inside the shape drawn",
    "median_area_km2": "the same: median area of that shape, km²",
    "within_2": "position written in the text: share of reports placed within 2 km of it",
    "points": "points asked",
    "eez_country": "share whose answered owner is the recorded one",
    "inside_12nm_class": "share on the right side of 12 nm, 3 nm about the line left out",
    "within_3pct": "owners whose sea area is within 3 % of the published one",
    "median_abs": "median error of an owner's sea area, as a share of it",
    "owners": "share answered with the right owner",
    "mean_owners": "owners answered a point",
    "exact": "share of messages with a day and a month whose event carries the right day",
    "accuracy": "share of messages whose kind of attack is the bureau's",
    "macro_f1": "the same: F1 over the four kinds, each counting alike",
    "incidents.precision": "incidents: share of those told that are true",
    "incidents.recall": "incidents: share of the true ones that are told",
    "deployments.precision": "deployments: share of those told that are true",
    "deployments.recall": "deployments: share of the true ones that are told",
    "incidents.slots.type": "of the incidents found: the type is right",
    "incidents.slots.date": "of the incidents found: the day is right, or one off",
    "incidents.slots.assertion": "of the incidents found: the standing (`assertion`) is right",
    "incidents.slots.mode": "of the incidents found: happened, planned, denied or past (`auxiliary_mode`) is right",
    "mapped.precision": "names that are drawn: share of them that should be",
    "mapped.recall": "names that should be drawn: share of them that are",
    "traps.fired": "words that look like an event and are none, and were taken for one",
    "right": "share of cases from which exactly those records come out that happened",
    "faults": "texts that the program broke down on",
}
PERCENT = {"overlap.F1", "e2e_f1.F1", "end_to_end.acc161"}
RIVALS = {"CLAVIN": (0.42, 0.50), "Edinburgh Geoparser": (0.44, 0.58), "CamCoder": (0.48, 0.56), "Yahoo PlaceSpotter": (0.51, 0.48)}
"""F1 of other systems on LGL and GeoWebNews, found and placed within 161 km, from their stored outputs of 2018 and 2019."""

STAGES = {
    "cli": "commands and files", "merge": "many reports", "pipeline": "the straight line", "zones": "what happened, in whose waters",
    "claims": "who says so", "locate": "where", "find": "what is named", "dates": "what is written", "read": "text and ground",
    "layers": "nouns and files",
}  # fmt: skip
"""What a stretch of layers is about, from the layer with that module downwards; for the picture."""


def event_types() -> str:
    """Write the event types with the nearest term of other codebooks, from the lexicon."""
    lexicon = _toml("layers/lexicon/events.toml")
    types = lexicon["types"] | lexicon["crosswalk"]
    rows = [
        f"| `{name}` | {row['words'][0]} | {' | '.join(row.get(book) or '–' for book in BOOKS)} |\n" for name, row in sorted(types.items())
    ]
    return f"| `event_type` | in a title | {' | '.join(BOOKS.values())} |\n|---|---|{'---|' * len(BOOKS)}\n" + "".join(rows)


def figures(*families: str) -> str:
    """Write what the quality gate holds, for the trials whose names begin so (or for all)."""
    limits = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))
    rows = [
        f"| {_corpus(name)} | {FIGURES[path]} | {_held(limits['tenth'], name, path)} | {_held(limits['whole'], name, path)} |\n"
        for name, path in held()
        if not families or f"{name}.".startswith(families)
    ]
    return "| measured on | figure | every tenth row | every row |\n|---|---|---|---|\n" + "".join(rows)


def rivals() -> str:
    """Write how other systems do on raw news beside what is held of ours."""
    limits = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))["whole"]
    rows = [f"| {name} | {local:.2f} | {web:.2f} |\n" for name, (local, web) in RIVALS.items()]
    ours = " | ".join(_held(limits, corpus, "e2e_f1.F1") for corpus in ("lgl", "geowebnews"))
    return "| system | local news (LGL) | web news (GeoWebNews) |\n|---|---|---|\n" + "".join(rows) + f"| this program | {ours} |\n"


def held() -> list[tuple[str, str]]:
    """List the figures that the gate holds: name of the trial, path of the figure."""
    named = [(trial.name, metric.path) for trial in TRIALS for metric in trial.metrics]
    return [*named, tuple(FAULTS.split(".", 1))]


def _corpus(name: str) -> str:
    """Say what a trial is measured on."""
    return next(words for start, words in CORPORA.items() if name.startswith(start))


def _held(limits: dict[str, dict[str, float]], name: str, path: str) -> str:
    """Write a limit: shares with two places, rounded to the lenient side, counts and areas as they are."""
    error = f"{name}.{path}" in limits["ceilings"]
    value = limits["ceilings" if error else "floors"].get(f"{name}.{path}")
    if value is None:
        return "–"
    value = value / 100 if path in PERCENT else value
    digits = 1 if value >= 10 else 100
    value = (math.ceil if error else math.floor)(round(value * digits, 6)) / digits
    return f"{'≤' if error else '≥'} {value:,.0f}" if value >= 10 or path == "faults" else f"{'≤' if error else '≥'} {value:.2f}"


def sources() -> str:
    """Write where the data come from, from the list that the tests and `geo layers` read too."""
    rows = [
        f"| {source['name']} ({source['version']}) | {source['licence'].removeprefix('LicenseRef-')} | {source['gives']} "
        f"| {source['attribution'] or '–'} | `layers/LICENSES/{source['notice']}` |\n"
        for source in _toml("layers/SOURCES.toml")["source"]
    ]
    return "| source | licence | what we take | words that a page shows | notice |\n|---|---|---|---|---|\n" + "".join(rows)


def credits_due() -> str:
    """Write the words that the licences ask a published map to carry, each once."""
    words = dict.fromkeys(source["attribution"] for source in _toml("layers/SOURCES.toml")["source"] if source["attribution"])
    return "".join(f"- {line}\n" for line in words)


def python_packages() -> str:
    """Write the packages of the run lock with their licences, as each package states its own."""
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "locks" / "run.lock").read_text(encoding="utf-8"), re.MULTILINE)
    versions: dict[str, list[str]] = {}
    for name, version in pins:
        versions.setdefault(name, []).append(version)
    rows = [f"| {name} | {', '.join(dict.fromkeys(both))} | {_licence(name)} |\n" for name, both in versions.items()]
    return "| package | version | licence |\n|---|---|---|\n" + "".join(rows)


def _licence(name: str) -> str:
    """Read the licence out of a package's own metadata: the expression, the classifiers, or the first line of the field."""
    try:
        told = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return "– (other systems only)"
    classes = [text.rsplit(" :: ", 1)[1] for text in told.get_all("Classifier") or () if text.startswith("License :: OSI Approved :: ")]
    stated = (told.get("License") or "").strip().splitlines()
    return told.get("License-Expression") or ", ".join(classes) or (stated[0] if stated else "see the package")


def npm_packages() -> str:
    """Write what the page carries and the builders read from npm."""
    rows = []
    read = {"in every map": "geo/page", "read by the builders": "layers", "read by `make layers`": "locks/zones"}
    for where, folder in read.items():
        packages = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        rows += [
            f"| {path.removeprefix('node_modules/')} | {package['version']} | {package['license']} | {where} |\n"
            for path, package in packages.items()
            if path and not package.get("dev")
        ]
    return "| package | version | licence | where |\n|---|---|---|---|\n" + "".join(rows)


def import_layers() -> str:
    """Write the order of imports with the job of each module, from the contract and the modules' own first lines."""
    rows = [f"| {number} | {' '.join(f'`{name}`' for name in names)} | {_jobs(names)} |\n" for number, names in enumerate(contract(), start=1)]
    return "| layer | modules | job |\n|---|---|---|\n" + "".join(rows)


def contract() -> list[list[str]]:
    """Read the layers of the import contract, the highest first."""
    (told,) = _toml("pyproject.toml")["tool"]["importlinter"]["contracts"]
    return [[name.strip(" ()") for name in layer.split("|")] for layer in told["layers"]]


def _jobs(names: list[str]) -> str:
    """Say what the modules of a layer do, each in the first sentence of its own docstring."""
    return "<br>".join(_job(name) for name in names)


def _job(name: str) -> str:
    """Read the first sentence of a module's docstring."""
    plain = ROOT / "geo" / f"{name}.py"
    source = plain if plain.exists() else ROOT / "geo" / name / "__init__.py"
    words = " ".join((ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or "").split())
    return words.split(". ")[0].rstrip(".").replace("|", "\\|") + "."


def picture() -> str:
    """Draw the order of imports: a row a layer, a stretch of rows a stage; light and dark by the reader's own setting."""
    rows = contract()
    height = 62 + 27 * len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif">\n'
        f'<title id="t">The modules of geo, from the command line down to the errors</title>\n'
        f'<desc id="d">A module may import from the rows below it, never from those above it or beside it.</desc>\n'
        f"<style>rect{{fill:#fff}} .m{{fill:#e4eef3;stroke:#3d6a80}} text{{fill:#1c2b33;font-size:12px}} .s{{fill:#56676f;font-style:italic}} .l{{stroke:#56676f}}\n"
        f"@media (prefers-color-scheme: dark){{rect{{fill:#12191d}} .m{{fill:#1e323c;stroke:#6fa3bb}} text{{fill:#e6eef2}} .s{{fill:#9fb2bb}} .l{{stroke:#9fb2bb}}}}</style>\n"
        f'<rect width="760" height="{height}" rx="6"/>\n'
        '<text x="16" y="24">text → read → find → locate → incidents, deployments → zones, checks → merge → draw, export, explain</text>\n'
        '<text class="s" x="16" y="43">imports run down: a module knows the rows below it, and none above or beside it</text>\n'
        + "".join(f"{line}\n" for line in _rows(rows))
        + "</svg>\n"
    )


def _rows(rows: list[list[str]]) -> Iterator[str]:
    """Draw the rows, with the name of a stage and a line above where one begins."""
    for number, names in enumerate(rows):
        top = 56 + 27 * number
        for name in names:
            if name in STAGES:
                yield f'<path class="l" d="M16 {top - 2.5}H744" stroke-width=".5"/>'
                yield f'<text class="s" x="16" y="{top + 15}">{html.escape(STAGES[name])}</text>'
        width = 536 / len(names)
        for place, name in enumerate(names):
            left = 208 + place * width
            yield f'<rect class="m" x="{left:.1f}" y="{top}" width="{width - 4:.1f}" height="22" rx="3"/>'
            yield f'<text x="{left + (width - 4) / 2:.1f}" y="{top + 15}" text-anchor="middle">{name}</text>'


def _toml(path: str) -> dict[str, Any]:
    """Read a TOML file of the repository."""
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))
