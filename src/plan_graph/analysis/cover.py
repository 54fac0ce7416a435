"""The smallest set of bodies that touches every task: minimum set cover, exact where it can be, else greedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

STEPS = 100_000
"""Branches the exact search may try; beyond them the best set found so far is given, and said not to be proven."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Bodies that together are on every task that has a single body.

    ``tasks`` gives for each body the tasks it touches; ``untouched`` are tasks without any single body. ``exact``
    tells that no smaller set exists; several may be as small.
    """

    bodies: tuple[str, ...]
    tasks: tuple[tuple[str, ...], ...]
    untouched: tuple[str, ...]
    exact: bool


def cover(parties: Mapping[str, Iterable[str]], order: Sequence[str], steps: int = STEPS) -> Cover:
    """Give a smallest set of bodies that touches every task; of equals, bodies early in ``order`` are tried first.

    ``parties`` gives for each task its single bodies, all of which ``order`` must hold. Greedy (Chvátal 1979,
    Mathematics of Operations Research 4:233–235) first; then branch and bound on the task with the fewest bodies,
    pruned where even bodies of the largest reach would need as many: exponential at worst, so ``steps`` bounds it.
    """
    kept = {task: frozenset(bodies) for task, bodies in parties.items()}
    number = {task: at for at, task in enumerate(task for task, bodies in kept.items() if bodies)}
    reach = {body: sum(1 << number[task] for task in number if body in kept[task]) for body in order}
    choices = [sum(1 << at for at, body in enumerate(order) if body in kept[task]) for task in number]
    every = (1 << len(number)) - 1
    best = _greedy(order, reach, every)
    search = _Search([reach[body] for body in order], choices, [order.index(body) for body in best], steps)
    search.run(every, [])
    chosen = sorted(search.best)
    return Cover(
        bodies=tuple(order[at] for at in chosen),
        tasks=tuple(tuple(task for task in number if order[at] in kept[task]) for at in chosen),
        untouched=tuple(task for task, bodies in kept.items() if not bodies),
        exact=search.steps > 0,
    )


def _greedy(order: Sequence[str], reach: Mapping[str, int], every: int) -> list[str]:
    chosen: list[str] = []
    while every:
        body = max(order, key=lambda one: (reach[one] & every).bit_count())  # the first of equals
        chosen.append(body)
        every &= ~reach[body]
    return chosen


@dataclass(slots=True)
class _Search:
    """Branch and bound over bit sets: ``reach`` of each body in tasks, ``choices`` of each task in bodies."""

    reach: list[int]
    choices: list[int]
    best: list[int]
    steps: int

    def run(self, left: int, chosen: list[int]) -> None:
        """Try every way to touch the tasks ``left``; keep it in ``best`` if it needs fewer bodies."""
        if not left:
            if len(chosen) < len(self.best):
                self.best = list(chosen)
            return
        self.steps -= 1
        if self.steps <= 0:
            return
        most = max((one & left).bit_count() for one in self.reach)
        if len(chosen) + -(-left.bit_count() // most) >= len(self.best):
            return
        task = min(_ones(left), key=lambda at: self.choices[at].bit_count())
        bodies = sorted(_ones(self.choices[task]), key=lambda at: -(self.reach[at] & left).bit_count())
        for body in bodies:
            self.run(left & ~self.reach[body], [*chosen, body])


def _ones(bits: int) -> list[int]:
    return [at for at in range(bits.bit_length()) if bits >> at & 1]
