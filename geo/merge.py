"""Make one record of an event that many reports tell: all evidence kept, later figures before earlier ones, contradictions shown.

Only records of different reports are joined: a report that tells two events means two. Each join says why, in `Record.merge`.
The joined record keeps the id of its earliest member and takes its place; totals are linked to the events they sum, never added to them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from geo import checks, settings, titles
from geo.compare import PROGRESS, Telling, agreement, family, points, units, window
from geo.frames import FINENESS
from geo.lexicon import lexicon
from geo.model import Casualties, Deployment, Dossier, Incident, Merge, Relation, Superseded
from geo.origins import origins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.compare import Record, Sign
    from geo.model import Count

    _Scores = dict[tuple[int, int], float]
    _Rivals = defaultdict[tuple[int, str], list[tuple[float, int]]]

_WHERE: Final = (
    "where_text", "where_role", "geometry_method", "geometry", "longitude", "latitude", "coordinate_uncertainty_m", "coverage",
    "label_longitude", "label_latitude", "anchor", "where_prec", "geo_precision",
)  # fmt: skip
_WHEN: Final = ("date_start", "date_end", "date_prec", "date_text", "anchor_date")
_ASSERTIONS: Final = (
    "retracted", "disputed", "independently_confirmed", "confirmed_by_actor", "confirmed_by_victim", "reported", "claimed", "alleged",
)  # fmt: skip
"""What the joined record is: the first that a member is. What one report says in its own voice is no longer only claimed."""


def merge(dossier: Dossier) -> Dossier:
    """Join the records of different reports that tell the same events; nothing is lost, nothing is counted twice.

    >>> merge(Dossier()) == Dossier()
    True
    """
    if len(dossier.readings) < 2:
        return dossier
    stamped = _with_origins(dossier)
    tellings = _tellings(stamped)
    clusters = _clusters(tellings)
    joined = {cluster[0].order: _join(cluster) for cluster in clusters if len(cluster) > 1}
    kept = {cluster[0].order: joined.get(cluster[0].order, cluster[0].record) for cluster in clusters}
    renamed = {telling.record.id: cluster[0].record.id for cluster in clusters for telling in cluster}
    linked = _linked([(t, kept[t.order]) for t in tellings if t.order in kept], renamed)
    return _replaced(stamped, tellings, linked)


def _with_origins(dossier: Dossier) -> Dossier:
    """Stamp each report and its records with where its text comes from."""
    found = origins(dossier.reports)
    readings = []
    for reading, origin in zip(dossier.readings, found, strict=True):
        source = replace(reading.report.source, origin=origin)
        incidents = tuple(replace(r, source=source) for r in reading.incidents)
        deployments = tuple(replace(r, source=source) for r in reading.deployments)
        report = replace(reading.report, source=source)
        readings.append(replace(reading, report=report, incidents=incidents, deployments=deployments))
    return replace(dossier, readings=tuple(readings))


def _tellings(dossier: Dossier) -> list[Telling]:
    """List every record with its report, in reading order: incidents, then deployments of each report."""
    told: list[Telling] = []
    for reading in dossier.readings:
        records: tuple[Record, ...] = (*reading.incidents, *reading.deployments)
        told += [Telling(r, reading.report, reading.report.source.origin, len(told) + i) for i, r in enumerate(records)]
    return told


def _clusters(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Group the tellings of one event, the surest pairs first; every member must agree with every other.

    Each group is sorted by publication, then by order: its first member names it.
    """
    pairs = {(a.order, b.order): signs for a, b in _pairs(tellings) if (signs := agreement(a, b)) is not None}
    scores = {pair: points(signs) for pair, signs in pairs.items()}
    rivals = _rivals(scores, tellings)
    home = {t.order: {t.order} for t in tellings}
    for pair in sorted(scores, key=lambda p: (-scores[p], p)):
        one, other = home[pair[0]], home[pair[1]]
        if scores[pair] < settings.MERGE_POINTS or one is other or _rivalled(pair, scores[pair], rivals, tellings):
            continue
        if all(_ordered(a, b) in pairs for a in one for b in other):
            one |= other
            home.update(dict.fromkeys(other, one))
    groups = {min(group): group for group in home.values()}
    return [sorted((tellings[i] for i in group), key=lambda t: (t.when, t.order)) for group in groups.values()]


def _rivals(scores: _Scores, tellings: Sequence[Telling]) -> _Rivals:
    """List for each record and each other report the scores of that report's events with it."""
    found: _Rivals = defaultdict(list)
    for (one, other), score in scores.items():
        found[one, tellings[other].report.id].append((score, other))
        found[other, tellings[one].report.id].append((score, one))
    return found


def _rivalled(pair: tuple[int, int], score: float, rivals: _Rivals, tellings: Sequence[Telling]) -> bool:
    """Say whether a record fits two events of one report equally well: then nobody can say which of them it tells."""
    return any(
        rival != theirs and other >= score
        for mine, theirs in (pair, pair[::-1])
        for other, rival in rivals[mine, tellings[theirs].report.id]
    )


def _ordered(a: int, b: int) -> tuple[int, int]:
    """Name a pair."""
    return (a, b) if a < b else (b, a)


def _pairs(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Yield the pairs worth comparing, once each: one kind, days that can meet."""
    buckets: defaultdict[tuple[str, str, str, int], list[Telling]] = defaultdict(list)
    for telling in tellings:
        for day in _days(telling):
            buckets[(family(telling.record), telling.record.record_kind, telling.record.auxiliary_mode, day)].append(telling)
    seen: set[tuple[int, int]] = set()
    for bucket in buckets.values():
        for one, other in combinations(bucket, 2):
            if (one.order, other.order) not in seen:
                seen.add((one.order, other.order))
                yield one, other


def _days(telling: Telling) -> Iterable[int]:
    """Give the days whose bucket a telling stands in; what has no date, and what runs for long, meets all of its kind in one."""
    days = window(telling)
    if days is None or (days[1] - days[0]).days > settings.MERGE_LONG_DAYS:
        return (0,)
    return range(days[0].toordinal(), days[1].toordinal() + settings.MERGE_SLIP_DAYS + 1)


def _join(cluster: Sequence[Telling]) -> Record:
    """Make one record of the tellings of one event (sorted by publication)."""
    base = cluster[0].record
    records = [t.record for t in cluster]
    changes: dict[str, Any] = {
        "members": tuple(r.id for r in records),
        "evidence": tuple(dict.fromkeys(e for r in records for e in r.evidence)),
        "claims": _unique(records, "claims", lambda c: (c.claimant, c.stance)),
        "zone_claims": _unique(records, "zone_claims", lambda c: (c.claimed_zone, c.claimant)),
        "assertion": _assertion(records),
        "actor": next((r.actor for r in records if r.actor), None),
        "actor_country": next((r.actor_country for r in records if r.actor_country), None),
        "valid_until": next((r.valid_until for r in reversed(records) if r.valid_until), None),
        "time_utc": next((r.time_utc for r in records if r.time_utc), None),
        **_taken(min(records, key=lambda r: FINENESS.index(r.geometry_method) if r.geometry is not None else 99), _WHERE),
        **_taken(min(records, key=lambda r: (r.date_start is None, r.date_prec or 9)), _WHEN),
        "merge": _explained(cluster),
    }
    if isinstance(base, Deployment):
        deployment = replace(base, **changes)
        return checks.check(replace(deployment, title=titles.deployment(deployment)))
    incident = replace(base, **changes, **_incident([r for r in records if isinstance(r, Incident)]))
    words = next((e.words for e in lexicon().types if e.name == incident.event_type), None)
    return checks.check(replace(incident, title=titles.incident(incident, words)) if words else incident)


def _taken(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """Take some fields of a record together: a place and its uncertainty belong to each other."""
    return {name: getattr(record, name) for name in names}


def _unique(records: Sequence[Record], name: str, key: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a tuple of one noun
    """Join the tuples of a field, the first of each key."""
    return tuple({key(x): x for r in reversed(records) for x in reversed(getattr(r, name))}.values())[::-1]


def _incident(records: Sequence[Incident]) -> dict[str, Any]:
    """Join what only incidents have: the latest figures, the ships, the latest type."""
    named = _unique(records, "vessels", lambda v: (v.name or v.imo or "").lower())
    events = [r.events_count for r in records if r.events_count is not None]
    return {
        "event_type": records[-1].event_type,
        "target": next((r.target for r in records if r.target), None),
        "target_status": next((r.target_status for r in records if r.target_status), None),
        "weapon": next((r.weapon for r in records if r.weapon), None),
        "vessels": tuple(v for v in named if v.name or v.imo) or named[:1],
        "events_count": events[-1] if events else None,
        "casualties": Casualties(**{f.name: _latest([getattr(r.casualties, f.name) for r in records]) for f in fields(Casualties)}),
    }


def _latest(counts: Sequence[Count | None]) -> Count | None:
    """Give the latest figure that any report has."""
    return next((c for c in reversed(counts) if c is not None), None)


def _assertion(records: Sequence[Record]) -> str:
    """Say how sure the joined record is: denied when all deny it, disputed when only some do, else the strongest of its members."""
    said = {r.assertion for r in records}
    if said == {"denied"}:
        return "denied"
    if "denied" in said:
        return "disputed"
    return next(a for a in _ASSERTIONS if a in said)


def _explained(cluster: Sequence[Telling]) -> Merge:
    """Say why records were joined, on how many independent sources, and what gave way or stays in contradiction."""
    first = cluster[0]
    reasons: list[str] = []
    for other in cluster[1:]:
        signs = max((s for t in cluster if t is not other and (s := agreement(t, other))), key=points, default=())
        reasons.append(f"{other.report.id!r}: " + "; ".join(_words(signs)))
    superseded, contradictions = _differences(cluster)
    reports = tuple(dict.fromkeys(t.report.id for t in cluster))
    return Merge(
        reports=reports,
        independent_sources=len({t.origin or t.report.id for t in cluster}),
        reasons=(f"{first.report.id!r} tells it first", *reasons),
        superseded=superseded,
        contradictions=contradictions,
    )


def _words(signs: Iterable[Sign]) -> list[str]:
    """Say signs in words, those against it marked."""
    return [sign.words if sign.points >= 0 else f"although {sign.words}" for sign in signs]


def _differences(cluster: Sequence[Telling]) -> tuple[tuple[Superseded, ...], tuple[str, ...]]:
    """List the figures that a later report replaced, and those that reports of one day contradict."""
    superseded, contradictions = [], []
    for name, told in _figures(cluster).items():
        last, value = told[-1]
        for telling, other in told[:-1]:
            if other == value:
                continue
            if telling.report.published and last.report.published and telling.report.published < last.report.published:
                superseded.append(Superseded(name, other, telling.report.id, telling.report.published))
            else:
                contradictions.append(f"{name}: {other} ({telling.report.id}), {value} ({last.report.id})")
    # Two prints of one figure are one piece of history.
    return tuple({(s.field, s.value): s for s in reversed(superseded)}.values())[::-1], tuple(dict.fromkeys(contradictions))


def _figures(cluster: Sequence[Telling]) -> dict[str, list[tuple[Telling, str]]]:
    """Give for each figure what each telling says, in order of publication."""
    told: defaultdict[str, list[tuple[Telling, str]]] = defaultdict(list)
    for telling in cluster:
        record = telling.record
        if not isinstance(record, Incident):
            continue
        told["event_type"].append((telling, record.event_type))
        for field in fields(Casualties):
            if (count := getattr(record.casualties, field.name)) is not None:
                told[field.name].append((telling, titles.people(count)))
    return told


def _linked(rows: Sequence[tuple[Telling, Record]], renamed: dict[str, str]) -> dict[int, Record]:
    """Point relations at the records that are left, link events to the totals of other reports, and steps of one deployment."""
    totals = [(t, r) for t, r in rows if r.record_kind == "aggregate" and isinstance(r, Incident) and r.auxiliary_mode == "actual"]
    linked: dict[int, Record] = {}
    before: list[Deployment] = []
    for telling, record in rows:
        relations = [Relation(x.type, renamed.get(x.id, x.id)) for x in record.relations if renamed.get(x.id, x.id) != record.id]
        if isinstance(record, Incident) and record.record_kind == "event":
            relations += [Relation("part_of", total.id) for of, total in totals if _part(telling, record, of, total)]
        if isinstance(record, Deployment):
            relations += [Relation("update_of", older.id) for older in before if _goes_on(older, record)]
            before.append(record)
        linked[telling.order] = replace(record, relations=tuple(dict.fromkeys(relations)))
    return linked


def _part(telling: Telling, record: Incident, of: Telling, total: Record) -> bool:
    """Say whether an event is one of those that a total sums: its type, its side, its days, its waters."""
    if not isinstance(total, Incident) or record.auxiliary_mode != "actual" or total.event_type != record.event_type:
        return False
    if record.actor_country is None or record.actor_country != total.actor_country or record.date_start is None:
        return False
    mine, span = window(telling), window(of)
    if mine is None or span is None or not span[0] <= mine[0] <= span[1]:
        return False
    return record.geometry is None or total.geometry is None or bool(record.geometry.intersects(total.geometry))


def _goes_on(older: Deployment, newer: Deployment) -> bool:
    """Say whether a deployment goes on from an earlier step: a unit of the same name, a later status."""
    if older.status not in PROGRESS or newer.status not in PROGRESS or PROGRESS.index(older.status) >= PROGRESS.index(newer.status):
        return False
    return bool(units(older) & units(newer))


def _replaced(dossier: Dossier, tellings: Sequence[Telling], left: dict[int, Record]) -> Dossier:
    """Put the records that are left where they stood; those that were joined to them are gone."""
    by_report: defaultdict[str, list[Record]] = defaultdict(list)
    for telling in tellings:
        if telling.order in left:
            by_report[telling.report.id].append(left[telling.order])
    readings = tuple(
        replace(
            reading,
            incidents=tuple(r for r in by_report[reading.report.id] if isinstance(r, Incident)),
            deployments=tuple(r for r in by_report[reading.report.id] if isinstance(r, Deployment)),
        )
        for reading in dossier.readings
    )
    return replace(dossier, readings=readings)
