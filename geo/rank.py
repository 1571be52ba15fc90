"""Rank the candidates of every name by the whole document: soft votes, one sense a name, a score that a reader can check.

Signals of a candidate: how well known it is, whether it bears the name itself, the container written behind the name ("Paris, Texas"),
how much the other names speak for its country and its subdivision, and how near they are. All weights stand in `geo.settings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo import settings
from geo.gazetteer import fold
from geo.model import Candidate
from geo.roles import prominence

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from numpy.typing import NDArray

    from geo.model import Place


class Question(NamedTuple):
    """A name to rank: as written, what it may mean, what is written behind it as its container.

    `weight` is how loud it speaks for its region, `spot` says that distances are measured from it: then a town is meant, not its state.
    """

    text: str
    places: tuple[Place, ...]
    container: tuple[Place, ...] = ()
    weight: float = 1.0
    spot: bool = False


class _Table(NamedTuple):
    """All candidates of a document as columns; `name` says which question a row belongs to."""

    name: NDArray[np.int64]
    base: NDArray[np.float64]
    country: NDArray[np.int64]
    state: NDArray[np.int64]
    unit: NDArray[np.float64]
    wide: NDArray[np.bool_]


def rank(
    questions: Sequence[Question], *, capitals: Container[str] = frozenset(), sovereign: Callable[[str], str] = str
) -> tuple[tuple[Candidate, ...], ...]:
    """Score the candidates of each name, best first; the scores of a name and of "none of these" sum to 1.

    `capitals` holds the ids of capital cities, which are talked of more than their size says. `sovereign` gives the state of a
    territory: a report of the US Coast Guard speaks for San Juan in Puerto Rico as for any in the States.

    >>> from geo.gazetteer import open_gazetteer
    >>> look = open_gazetteer().lookup
    >>> texas = look("Texas")
    >>> best = rank([Question("Paris", look("Paris"), texas), Question("Texas", texas)])[0][0]
    >>> best.place.admin1, best.signals[-1]
    ('US.TX', "inside 'Texas', which is written behind it")
    """
    asked = [q for q in questions if q.places]
    if not asked:
        return tuple(() for _ in questions)
    table = _table(asked, capitals, sovereign)
    table = table._replace(base=table.base + settings.RANK_BESIDE * _beside(table, len(asked)))
    weights = np.array([q.weight for q in asked])
    share = _softmax(table.base, table.name, len(asked))
    score = table.base
    for _ in range(settings.RANK_ROUNDS):
        score = table.base + _votes(table, share, weights)
        share = _softmax(score, table.name, len(asked))
    answers = iter(_answers(asked, table, score))
    return tuple(next(answers) if q.places else () for q in questions)


def _table(asked: Sequence[Question], capitals: Container[str], sovereign: Callable[[str], str]) -> _Table:
    """Lay the candidates of all names out as columns."""
    rows = [(i, q, p) for i, q in enumerate(asked) for p in q.places]
    countries: dict[str, int] = {}
    states: dict[str, int] = {}
    country = np.array([countries.setdefault(sovereign(p.country), len(countries)) if p.country else -1 for _, _, p in rows])
    state = np.array([states.setdefault(p.admin1 or "", len(states)) if p.admin1 else -1 for _, _, p in rows])
    lon, lat = (np.radians([getattr(p, axis) for _, _, p in rows]) for axis in ("longitude", "latitude"))
    unit = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    wide = np.array([p.kind in _WIDE for _, _, p in rows])
    base = np.array([_base(q, p) + settings.RANK_CAPITAL * (p.id in capitals) for _, q, p in rows])
    return _Table(np.array([i for i, _, _ in rows]), base, country, state, unit, wide)


_WIDE = frozenset({"country", "continent", "ocean", "region"})


def _base(question: Question, place: Place) -> float:
    """Score a candidate by itself: fame, own name, container."""
    known = settings.RANK_PRIOR * prominence(place)
    own = settings.RANK_OWN_NAME if _bears(question.text, place) else 0.0
    inside = settings.RANK_CONTAINER if inside_any(place, question.container) else 0.0
    if question.container and not inside and place.kind in {"city", "airport", "admin2"}:
        inside = -settings.RANK_CONTAINER / 2
    return known + own + inside - (_namesake(question, place) if place.kind == "admin1" else 0.0)


def _namesake(question: Question, state: Place) -> float:
    """Take from a state what its city of the same name is meant by: Mombasa, Lagos, New York."""
    if any(
        p.kind == "city"
        and p.admin1 == state.admin1
        and p.population >= settings.RANK_NAMESAKE_PEOPLE
        and (_bears(question.text, p) or p.name == state.name)
        for p in question.places
    ):
        return settings.RANK_NAMESAKE * (2.0 if question.spot else 1.0)
    return settings.RANK_NAMESAKE if question.spot else 0.0


def _bears(text: str, place: Place) -> bool:
    """Say whether a place's own name is the name written (or the place is one of our own rows, whose aliases are all its own)."""
    return place.id.startswith(("im:", "country:")) or fold(place.name) in {fold(text), f"{fold(text)} city"}


def inside_any(place: Place, containers: Sequence[Place]) -> bool:
    """Say whether a place lies in one of the countries or subdivisions."""
    return any(
        (c.kind == "country" and place.country == c.country and place.kind != "country")
        or (c.kind == "admin1" and place.admin1 == c.admin1 and place.id != c.id)
        for c in containers
    )


def _softmax(score: NDArray[np.float64], name: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """Turn scores into shares that sum to 1 within each name."""
    top = np.full(count, -np.inf)
    np.maximum.at(top, name, score)
    power = np.exp((score - top[name]) / settings.RANK_TEMPERATURE)
    total = np.asarray(np.bincount(name, power, count), dtype=np.float64)
    return np.asarray(power / total[name])


def _votes(table: _Table, share: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give what the other names say for each candidate: its country, its subdivision, and nearness to their best."""
    weighted = share * weights[table.name]
    total = max(1.0, float(weights.sum()))
    votes = settings.RANK_COUNTRY * _agreement(table.country, table.name, weighted, total)
    votes += settings.RANK_STATE * _agreement(table.state, table.name, weighted, total)
    return votes + settings.RANK_NEAR * _nearness(table, share, weights)


def _agreement(code: NDArray[np.int64], name: NDArray[np.int64], weighted: NDArray[np.float64], total: float) -> NDArray[np.float64]:
    """Give the share of the other names' votes for the code of each candidate, on a damped scale (0 for no code)."""
    known = code >= 0
    size = int(code.max(initial=0)) + 1
    votes = np.bincount(code[known], weighted[known], size)
    # A name's candidates of one country speak for each other only through other names.
    own = np.zeros((int(name.max()) + 1, size))
    np.add.at(own, (name[known], code[known]), weighted[known])
    others = np.where(known, votes[code] - own[name, code], 0.0)
    return np.asarray(np.log1p(np.maximum(others, 0.0)) / np.log1p(total))


def _nearness(table: _Table, share: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give how near the other names' present best are, as a damped sum of exp(-distance / scale)."""
    count = len(weights)
    order = np.lexsort((-share, table.name))
    best = order[np.concatenate([[True], table.name[order][1:] != table.name[order][:-1]])]
    kept = best[~table.wide[best]][: settings.RANK_WITNESSES]
    if not len(kept):
        return np.zeros(len(share))
    distance = settings.EARTH_RADIUS_KM * np.arccos(np.clip(table.unit @ table.unit[kept].T, -1.0, 1.0))
    near = np.exp(-distance / settings.RANK_NEAR_KM) * (weights[table.name[kept]] * share[kept])
    near[table.name[:, None] == table.name[kept][None, :]] = 0.0
    return np.asarray(np.log1p(near.sum(axis=1)) / np.log1p(max(2.0, float(count))))


def _beside(table: _Table, count: int) -> NDArray[np.float64]:
    """Count the other names that have any candidate beside each candidate: a town and its county are hardly so by chance.

    Which of them is meant need not be known yet, so a pair of small namesakes can outweigh two famous ones that lie apart.
    """
    rows = np.flatnonzero(~table.wide & (table.name < settings.RANK_WITNESSES))
    found = np.zeros(len(table.name))
    if not len(rows):
        return found
    starts = np.flatnonzero(np.concatenate([[True], np.diff(table.name[rows]) > 0]))
    owners = table.name[rows][starts]
    close = np.maximum.reduceat(np.clip(table.unit[rows] @ table.unit[rows].T, -1.0, 1.0), starts, axis=1)
    near = np.exp(-settings.EARTH_RADIUS_KM * np.arccos(close) / settings.RANK_BESIDE_KM)
    near[table.name[rows][:, None] == owners[None, :]] = 0.0
    found[rows] = np.log1p(near.sum(axis=1)) / np.log1p(max(2.0, float(count)))
    return found


def _answers(asked: Sequence[Question], table: _Table, score: NDArray[np.float64]) -> list[tuple[Candidate, ...]]:
    """Turn final scores into candidates, best first, with a share kept for "none of these"."""
    found: list[tuple[Candidate, ...]] = []
    for i, q in enumerate(asked):
        rows = np.flatnonzero(table.name == i)
        mine = score[rows]
        power = np.exp((mine - mine.max()) / settings.RANK_CALIBRATION)
        # A name that nothing supports may mean a place we do not hold: the weaker its best, the larger that share.
        nothing = np.exp((settings.RANK_NONE - mine.max()) / settings.RANK_CALIBRATION)
        shares = power / (power.sum() + nothing)
        order = np.argsort(-shares, kind="stable")[: 1 + settings.RUNNERS_UP]
        scores = _calibrated(shares, int(order[0]))
        found.append(tuple(Candidate(q.places[k], float(scores[k]), _signals(q, q.places[k])) for k in order))
    return found


def _calibrated(shares: NDArray[np.float64], best: int) -> NDArray[np.float64]:
    """Turn shares into probabilities: the best one's is fitted, the others keep their proportions in what it leaves."""
    sure = 1 / (1 + np.exp(-settings.SCORE_OFFSET - settings.SCORE_SLOPE * shares[best]))
    scores = shares * min(1.0, (1 - sure) / max(1e-9, 1 - shares[best]))
    scores[best] = sure
    return np.asarray(scores)


def _signals(question: Question, place: Place) -> tuple[str, ...]:
    """Say in words what speaks for a candidate."""
    words = [f"{place.kind}, {place.population:,} people" if place.population else place.kind]
    if not _bears(question.text, place):
        words.append(f"also written {question.text!r}")
    if inside_any(place, question.container):
        words.append(f"inside {question.container[0].name!r}, which is written behind it")
    return tuple(words)
