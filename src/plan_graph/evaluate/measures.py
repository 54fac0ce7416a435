"""Precision, recall and F1 of counted facts, pooled and averaged; agreement of two readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

Fact = tuple[str, ...]  # the task first


class Measures:
    """Precision, recall and F1 from counts of hits, misses and false finds."""

    __slots__ = ()
    counts: tuple[int, int, int]

    @property
    def precision(self) -> float:
        """Share of the facts found that are in the gold; 1 where nothing was found."""
        hits, _, false = self.counts
        return hits / (hits + false) if hits + false else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold's facts that were found; 1 where the gold has none."""
        hits, missed, _ = self.counts
        return hits / (hits + missed) if hits + missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        hits, missed, false = self.counts
        return 2 * hits / (2 * hits + missed + false) if hits or missed or false else 1.0


@dataclass(frozen=True, slots=True)
class Score(Measures):
    """How well one kind of fact was found, with every miss and every false find for a report.

    >>> one = Score("tasks", 3, missed=(("2016-004",),), false=())
    >>> one.precision, one.recall, round(one.f1, 3)
    (1.0, 0.75, 0.857)
    """

    kind: str
    hits: int
    missed: tuple[Fact, ...]
    false: tuple[Fact, ...]

    @property
    def counts(self) -> tuple[int, int, int]:  # type: ignore[override]
        """Hits, misses, false finds."""
        return self.hits, len(self.missed), len(self.false)


@dataclass(frozen=True, slots=True)
class Count(Measures):
    """Hits, misses and false finds without the facts.

    >>> Count((3, 1, 0)).plus(Count((1, 0, 1))).counts
    (4, 1, 1)
    """

    counts: tuple[int, int, int]

    def plus(self, other: Measures) -> Count:
        """Give the counts of both together."""
        a, b = self.counts, other.counts
        return Count((a[0] + b[0], a[1] + b[1], a[2] + b[2]))


def compare(kind: str, wanted: Iterable[Fact], found: Iterable[Fact]) -> Score:
    """Compare facts as multisets: a fact found twice but wanted once is one hit and one false find."""
    want, have = Counter(wanted), Counter(found)
    return Score(kind, (have & want).total(), _sorted(want - have), _sorted(have - want))


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Give Cohen's kappa of two readers' categories for the same items; ``None`` without items.

    Agreement beyond what the readers' own shares of each category would give by chance (Cohen 1960,
    Educational and Psychological Measurement 20, 37-46). Where both use a single category throughout,
    chance agreement is already complete and kappa is undefined; 1 is given, as they never differ.

    >>> kappa([("lead", "lead"), ("support", "support"), ("support", "lead"), ("support", "support")])
    0.5
    """
    if not pairs:
        return None
    n = len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / n
    chance = sum(left[c] * right[c] for c in left) / n**2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def _sorted(facts: Counter[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts.elements()))
