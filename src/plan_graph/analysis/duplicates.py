"""Which tasks may be about one thing under different leads, in different years or documents: for a person to judge.

A pair is weighed by the wording both share, and by the places, documents and bodies they have in common, whoever leads
them, by a logistic model fitted to judged pairs (``data/gold/duplicates.csv``, ``duplicates-other-lead.csv``);
``scripts/similarity.py`` fits it and shows how the score is calibrated.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plan_graph.analysis.evidence import Candidate, Evidence
from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.similarity import Run, Wordings, evidence, frequencies, logistic, once, same_bodies
from plan_graph.authority.words import Words

LEAST = 0.2
"""Below an even chance, since an overlap missed costs an office more than a pair looked at in vain."""

WEIGHTS: Mapping[str, float] = {
    "constant": -7.17,
    "wording": 0.93,
    "characters": 2.79,
    "clause": 2.95,
    "bodies": 1.71,
    "place": 1.23,
    "document": 0.84,
    "no-lead": -2.33,
    "elsewhere": -2.25,
}
"""Log odds for each feature of :func:`features`; fitted by ``scripts/similarity.py``."""

_LEAST_BITS = 6.0  # shared wording that brings two tasks to be compared
_MOST_BITS = 8.0
_MOST_IN_PHRASES = 4.0  # how much more than apart words may weigh in phrases; no pair of data/gold is lost by it


@dataclass(frozen=True, slots=True)
class Shared:
    """Two tasks by index, i before j, the wording they share apart from names of places, and what else they share."""

    i: int
    j: int
    runs: tuple[Run, ...]
    beside: tuple[Evidence, ...]


def candidates(tasks: Sequence[TaskFacts], words: Words, *, least: float = LEAST) -> list[Candidate]:
    """Give pairs of tasks that may overlap, the likeliest first.

    Only pairs whose leads, years or plans differ: the same lead in the same year and plan has them before its eyes.
    Blocked by shared rare words, so no two tasks are compared that share none. O(pairs that share a rare word).
    """
    if not tasks:
        return []
    wordings, rarity = Wordings(tasks, words), Rarity(tasks)
    found: list[Candidate] = []
    for i, j, bits in wordings.pairs(_LEAST_BITS):
        left, right = tasks[i], tasks[j]
        why = _why(left, right)
        beside = tuple(rarity.shared(left, right))
        if not why or score(_weighed(tasks, wordings, (i, j), beside, _MOST_IN_PHRASES * bits, 1.0)) < least:
            continue  # most pairs share too little, and what phrases they share takes long to find
        one = compare(tasks, wordings, rarity, i, j)
        value = score(features(tasks, wordings, one))
        if value >= least:
            found.append(Candidate(left, right, round(value, 4), why, (*evidence(one.runs), *one.beside)))
    return sorted(found, key=lambda one: (-one.score, one.left.iri, one.right.iri))


def compare(tasks: Sequence[TaskFacts], wordings: Wordings, rarity: Rarity, i: int, j: int) -> Shared:
    """Give what two tasks share, by index, whether or not they would be brought together."""
    places = {name for at in (i, j) for place in tasks[at].places for name in (place.written, place.name)}
    runs = tuple(run for run in wordings.shared(i, j) if run.text not in places)
    return Shared(i, j, runs, tuple(rarity.shared(tasks[i], tasks[j])))


def features(tasks: Sequence[TaskFacts], wordings: Wordings, one: Shared) -> dict[str, float]:
    """Give the features of a pair, none of which asks whether leads or years are the same.

    Both would tell the pairs of a plan's years apart, which lineage has, and hide those of one year under two leads.

    - ``wording``: log(1 + bits of shared wording)
    - ``characters``: what part of the lighter text is shared, by pairs of characters, from 0 to 1
    - ``clause``: the same for the two clauses that share most, by words
    - ``bodies``: what part of the bodies of either, in any role, both have
    - ``place``, ``document``: rarity of the rarest they share, of 8 bits at most, from 0 to 1
    - ``no-lead``: 1 if nobody answers for one of them, as in chapters on principles and aims
    - ``elsewhere``: 1 if the bodies of one are of other provinces than those of the other, or of the state: the same
      measure of two places is no overlap
    """
    clause = wordings.in_clauses(one.i, one.j, one.runs)
    return _weighed(tasks, wordings, (one.i, one.j), one.beside, once(one.runs), clause)


def _weighed(
    tasks: Sequence[TaskFacts],
    wordings: Wordings,
    pair: tuple[int, int],
    beside: Sequence[Evidence],
    wording: float,
    clause: float,
) -> dict[str, float]:
    left, right = tasks[pair[0]], tasks[pair[1]]
    bits = {kind: max((e.weight for e in beside if e.kind == kind), default=0.0) for kind in ("place", "document")}
    ours, theirs = _provinces(left), _provinces(right)
    return {
        "constant": 1.0,
        "wording": math.log1p(wording),
        "characters": wordings.characters(*pair),
        "clause": clause,
        "bodies": same_bodies(left, right),
        **{kind: min(_MOST_BITS, weight) / _MOST_BITS for kind, weight in bits.items()},
        "no-lead": float(not (left.leads and right.leads)),
        "elsewhere": float(bool(ours and theirs and not ours & theirs)),
    }


def _provinces(task: TaskFacts) -> frozenset[str]:
    """Give the provinces of its bodies by the first two digits of GB/T 2260, 00 for the state."""
    return frozenset(body[:2] for body in task.bodies())


def score(features: Mapping[str, float]) -> float:
    """Give the probability that a reader would say that the tasks overlap, by the logistic model."""
    return logistic(WEIGHTS, features)


def _why(left: TaskFacts, right: TaskFacts) -> tuple[str, ...]:
    found: list[str] = []
    if left.leads != right.leads:
        found.append("other-lead")
    if left.year != right.year:
        found.append("other-year")
    if left.plan != right.plan:
        found.append("other-document")
    return tuple(found)


class Rarity:
    """How few tasks have a lead, a place, a document, a target."""

    def __init__(self, tasks: Sequence[TaskFacts]) -> None:
        self._tasks = len(tasks)
        self._counts: dict[str, Counter[str]] = {"lead": frequencies(tasks)}
        for kind in ("place", "document", "target"):
            self._counts[kind] = Counter(value for task in tasks for value in _values(kind, task))

    def shared(self, one: TaskFacts, other: TaskFacts) -> Iterable[Evidence]:
        """Give what two tasks share beside wording, with its rarity in bits."""
        names = {party.body: party.written for party in one.parties}
        for kind, counts in self._counts.items():
            ours = one.leads if kind == "lead" else set(_values(kind, one))
            theirs = other.leads if kind == "lead" else set(_values(kind, other))
            for value in sorted(ours & theirs):
                weight = round(math.log2(self._tasks / counts[value]), 2)
                yield Evidence(kind, names[value] if kind == "lead" else _ours(kind, value, one), weight)


def _values(kind: str, task: TaskFacts) -> frozenset[str]:
    if kind == "place":
        return frozenset(place.code for place in task.places)
    if kind == "document":
        return frozenset(document.title for document in task.documents)
    return frozenset(f"{target.counted} {target.value:g}{target.unit}" for target in task.targets)


def _ours(kind: str, value: str, task: TaskFacts) -> str:
    if kind == "place":
        return next(place.name for place in task.places if place.code == value)
    return value
