"""What a later task takes up of an earlier one: between the years of a plan, and between plans.

Wording alone finds little of it: the same work is a scheme in one year and a construction site in the next. So a pair
is weighed by wording, bodies and order within a theme together, by a logistic model fitted to a reading of the
Liaoning plan (``data/gold/lineage.csv``); ``scripts/similarity.py`` fits it and says how well it does.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plan_graph.analysis.evidence import Evidence, Link
from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.lineage_kinds import Pair, kinds_of
from plan_graph.analysis.similarity import (
    LEAST_WORDING,
    Run,
    Wordings,
    evidence,
    frequencies,
    logistic,
    once,
    same_bodies,
)
from plan_graph.authority.words import Words
from plan_graph.model.network import LineageLink

LEAST = 0.4
"""The score a link must reach: where precision and recall are equal when each later task is left out of the fit."""

WEIGHTS: Mapping[str, float] = {
    "constant": -9.37,
    "wording": 1.76,
    "other-lead": -1.21,
    "share": 1.43,
    "clause": 1.61,
    "order": 1.33,
    "best": 1.34,
    "bodies": 1.91,
    "characters": 1.22,
}
"""Log odds for each feature of :func:`features`; fitted by ``scripts/similarity.py``."""

METHOD = (
    "logistic model over shared wording weighted by rarity and its share of the task and of its clauses, shared "
    f"characters, leads and bodies, and order among the surest links of a theme; links with a score of {LEAST:g} or "
    "more; fitted to a reading of the Liaoning plan of 2016-2018 by two readers; between plans a shared lead and a "
    "third of the text besides; kinds by the verbs of the clauses that hold the wording"
)

_IN_PLAN_BITS, _BETWEEN_PLANS_BITS = 2.0, 12.0  # wording that brings two tasks to be compared
_LEAD_BITS = 2.0  # or a lead as rare as this, in one theme of one plan
_SURE = 0.7  # links that others are put in order by
_LEAST_SHARE = 1 / 3


def links(tasks: Sequence[TaskFacts], words: Words, *, least: float = LEAST) -> list[Link]:
    """Give the links between tasks of different years of a plan, and between plans of different dates.

    Sorted by later, then earlier task. A link within a plan needs two years; between plans the years of the tasks,
    or the days the plans were issued. Blocked: only tasks that share rare wording are compared, or in one theme of a
    plan a lead of few tasks. O(pairs that share a rare word).
    """
    plans: dict[str, list[TaskFacts]] = defaultdict(list)
    for task in tasks:
        plans[task.plan].append(task)
    found: list[Link] = []
    for own in plans.values():
        if len({task.year for task in own}) > 1:
            found += _links(own, words, least, between=False)
    if len(plans) > 1:
        found += _links(tasks, words, least, between=True)
    return sorted(found, key=lambda link: (link.later.iri, link.earlier.iri))


def _links(tasks: Sequence[TaskFacts], words: Words, least: float, *, between: bool) -> list[Link]:
    """Give the links within a plan, weighed among its own tasks, or those between plans, weighed among all."""
    wordings = Wordings(tasks, words)
    pairs = candidates(tasks, wordings, between=between)
    kept: list[tuple[Pair, float]] = []
    for pair, one in zip(pairs, features(tasks, wordings, pairs), strict=True):
        value = score(one)
        lead = tasks[pair.earlier].leads & tasks[pair.later].leads
        if value >= least and (not between or (lead and _between_plans(one))):
            kept.append((pair, value))
    kinds = kinds_of(tasks, wordings, [pair for pair, _ in kept])
    leads = frequencies(tasks)
    return [
        Link(
            tasks[pair.earlier],
            tasks[pair.later],
            kind,
            round(value, 4),
            (*evidence(pair.runs), *_beside_wording(tasks, pair, leads)),
        )
        for (pair, value), kind in zip(kept, kinds, strict=True)
    ]


def _between_plans(features: Mapping[str, float]) -> bool:
    """Tell whether two tasks of different plans with a lead in common have enough else: the reading is within a plan.

    They share a third of the lighter text, and are each other's best. Of the seven such pairs in the eighteen annotated
    plans five are about the same work, read once; without this rule there are many more, mostly phrases that all plans
    have.
    """
    return features["share"] >= _LEAST_SHARE and features["best"] == 2


def history(found: Sequence[Link], task: TaskFacts) -> list[Link]:
    """Give the links that lead to a task or on from it, however many steps away."""
    kept: list[Link] = []
    for forward in (False, True):
        reached = {task.iri}
        waiting = [task.iri]
        while waiting:
            here = waiting.pop()
            for link in found:
                near, far = (link.earlier, link.later) if forward else (link.later, link.earlier)
                if near.iri == here:
                    kept.append(link)
                    if far.iri not in reached:
                        reached.add(far.iri)
                        waiting.append(far.iri)
    return sorted(set(kept), key=lambda link: (link.later.iri, link.earlier.iri))


def stated(link: Link) -> LineageLink:
    """Give a link as it is published."""
    return LineageLink(
        link.earlier.plan,
        link.earlier.id,
        link.later.plan,
        link.later.id,
        link.kind,
        link.score,
        tuple(one.value for one in link.evidence if one.kind in ("phrase", "word", "synonym")),
    )


def features(tasks: Sequence[TaskFacts], wordings: Wordings, pairs: Sequence[Pair]) -> list[dict[str, float]]:
    """Give the features of pairs, the order among the surest of them included.

    - ``wording``: log(1 + bits of what they share), without what a better pair of the later task shares more of
    - ``share``, ``characters``: what part of the lighter text is shared, by words and by pairs of characters
    - ``clause``: the same for the two clauses that share most, by words: one piece of work of a task that has several
    - ``bodies``: what part of the bodies of either, in any role, both have
    - ``other-lead``: 1 if both have leads, no one in common
    - ``best``: 1 if no other task of that earlier year scores higher for the later task, 1 more if none of that later
      year does for the earlier one
    - ``order``: in a theme of one plan, how well the pair fits between the sure links around it, from 0 to 1
    """
    left = _left_over(tasks, pairs)
    given: list[dict[str, float]] = []
    for pair, bits in zip(pairs, left, strict=True):
        earlier, later = tasks[pair.earlier], tasks[pair.later]
        lighter = min(wordings.bits(pair.earlier), wordings.bits(pair.later))
        given.append(
            {
                "constant": 1.0,
                "wording": math.log1p(bits),
                "other-lead": float(bool(earlier.leads and later.leads and not earlier.leads & later.leads)),
                "share": min(1.0, once(pair.runs) / max(LEAST_WORDING, lighter)),
                "clause": wordings.in_clauses(pair.earlier, pair.later, pair.runs),
                "order": 0.0,
                "best": 0.0,
                "bodies": same_bodies(earlier, later),
                "characters": wordings.characters(pair.earlier, pair.later),
            }
        )
    first = [
        score(one | {"order": float(_one_theme(tasks, pair)), "best": 1.0})
        for one, pair in zip(given, pairs, strict=True)
    ]
    best_of_later, best_of_earlier = _best(tasks, pairs, first)
    for at, (one, fit) in enumerate(zip(given, _order(tasks, pairs, first), strict=True)):
        one["order"] = fit
        one["best"] = float(at in best_of_later) + float(at in best_of_earlier)
    return given


def _one_theme(tasks: Sequence[TaskFacts], pair: Pair) -> bool:
    theme = tasks[pair.earlier].theme
    return bool(theme) and theme == tasks[pair.later].theme


def _best(tasks: Sequence[TaskFacts], pairs: Sequence[Pair], scores: Sequence[float]) -> tuple[set[int], set[int]]:
    """Give the pairs that score highest of their later task among those of one year before it, and the other way."""
    later: dict[tuple[int, str, int | None], int] = {}
    earlier: dict[tuple[int, str, int | None], int] = {}
    for at, pair in enumerate(pairs):
        one, other = tasks[pair.earlier], tasks[pair.later]
        for best, key in ((later, (pair.later, one.plan, one.year)), (earlier, (pair.earlier, other.plan, other.year))):
            if key not in best or scores[at] > scores[best[key]]:
                best[key] = at
    return set(later.values()), set(earlier.values())


def score(features: Mapping[str, float]) -> float:
    """Give the probability of a link by the logistic model."""
    return logistic(WEIGHTS, features)


def candidates(tasks: Sequence[TaskFacts], wordings: Wordings, *, between: bool = False) -> list[Pair]:
    """Give the pairs to be weighed: within plans, or between plans."""
    found: set[tuple[int, int]] = set()
    for i, j, _ in wordings.pairs(_BETWEEN_PLANS_BITS if between else _IN_PLAN_BITS):
        pair = _in_order(tasks, i, j)
        if pair and (tasks[i].plan != tasks[j].plan) is between:
            found.add(pair)
    if not between:
        found |= set(_by_lead(tasks))
    return [Pair(i, j, tuple(wordings.shared(i, j))) for i, j in sorted(found)]


def _by_lead(tasks: Sequence[TaskFacts]) -> Iterator[tuple[int, int]]:
    """Give the pairs of a theme of a plan that share a lead of few tasks."""
    leads = frequencies(tasks)
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, task in enumerate(tasks):
        for body in task.leads:
            if task.year is not None and math.log2(len(tasks) / leads[body]) >= _LEAD_BITS:
                groups[task.plan, task.theme, body].append(at)
    for group in groups.values():
        for i in group:
            for j in group:
                if tasks[i].year is not None and (tasks[i].year or 0) < (tasks[j].year or 0):
                    yield i, j


def _in_order(tasks: Sequence[TaskFacts], i: int, j: int) -> tuple[int, int] | None:
    """Give the earlier and the later of two tasks, ``None`` if neither is."""
    one, other = _time(tasks[i], tasks[j]), _time(tasks[j], tasks[i])
    if one == other or not one or not other:
        return None
    return (i, j) if one < other else (j, i)


def _time(task: TaskFacts, beside: TaskFacts) -> str:
    """Give the time to compare a task by: its year where both state one, else the day its plan was issued."""
    if task.year is not None and beside.year is not None and (task.plan == beside.plan or task.year != beside.year):
        return str(task.year)
    return "" if task.plan == beside.plan else task.issued


def _left_over(tasks: Sequence[TaskFacts], pairs: Sequence[Pair]) -> list[float]:
    """Give the bits of wording of each pair that no better pair of the later task has more of.

    引进一批法人金融机构 in the later task comes from the task that says it, not from one that says 金融机构.
    """
    groups: dict[tuple[int, str, int | None], list[int]] = defaultdict(list)
    for at, pair in enumerate(pairs):
        earlier = tasks[pair.earlier]
        groups[pair.later, earlier.plan, earlier.year].append(at)
    left = [0.0] * len(pairs)
    for group in groups.values():
        best_first = sorted(group, key=lambda at: (-_plain_weight(tasks, pairs[at]), pairs[at].earlier))
        above: list[Run] = []
        for at in best_first:
            left[at] = once([run for run in pairs[at].runs if not any(_holds(better, run) for better in above)])
            above += pairs[at].runs
    return left


def _plain_weight(tasks: Sequence[TaskFacts], pair: Pair) -> float:
    earlier, later = tasks[pair.earlier], tasks[pair.later]
    same = 2.0 * (earlier.theme == later.theme) + 4.0 * bool(earlier.leads & later.leads)
    return once(pair.runs) + same


def _holds(better: Run, run: Run) -> bool:
    shared = min(better.right[1], run.right[1]) - max(better.right[0], run.right[0])
    return 2 * shared >= run.right[1] - run.right[0] and better.weight > run.weight + 0.5


def _order(tasks: Sequence[TaskFacts], pairs: Sequence[Pair], scores: Sequence[float]) -> list[float]:
    """Tell how well each pair fits in order: 1 between the sure links next to it, less with each task of distance."""
    sure: dict[tuple[str, str, int | None, int | None], dict[int, tuple[float, int]]] = defaultdict(dict)
    for pair, value in zip(pairs, scores, strict=True):
        earlier, later = tasks[pair.earlier], tasks[pair.later]
        if value >= _SURE and earlier.plan == later.plan and earlier.theme == later.theme:
            own = sure[earlier.plan, earlier.theme, earlier.year, later.year]
            own[later.order] = max(own.get(later.order, (0.0, 0)), (value, earlier.order))
    found: list[float] = []
    for pair in pairs:
        earlier, later = tasks[pair.earlier], tasks[pair.later]
        if earlier.plan != later.plan or earlier.theme != later.theme:
            found.append(0.0)
            continue
        own = sure[earlier.plan, earlier.theme, earlier.year, later.year]
        before = max((at for at in own if at < later.order), default=None)
        after = min((at for at in own if at > later.order), default=None)
        low = -math.inf if before is None else own[before][1]
        high = math.inf if after is None else own[after][1]
        low, high = min(low, high), max(low, high)
        off = max(0.0, low - earlier.order, earlier.order - high)
        found.append(math.exp(-off / 4))
    return found


def _beside_wording(tasks: Sequence[TaskFacts], pair: Pair, leads: Mapping[str, int]) -> Iterable[Evidence]:
    earlier, later = tasks[pair.earlier], tasks[pair.later]
    names = {party.body: party.written for party in earlier.parties}
    for body in sorted(earlier.leads & later.leads):
        yield Evidence("lead", names[body], round(math.log2(len(tasks) / leads[body]), 2))
    if earlier.theme and earlier.theme == later.theme:
        yield Evidence("theme", earlier.theme, 0.0)
