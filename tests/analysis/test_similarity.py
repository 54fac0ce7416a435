"""What two wordings share: the heaviest run first, nothing twice, as when all is looked through after each run."""

from __future__ import annotations

import random

import pytest

from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.similarity import Wordings
from plan_graph.authority.register import Register
from plan_graph.authority.words import Words

OBJECTS = (
    "高标准农田",
    "冷链物流",
    "农机",
    "农机具",
    "口岸",
    "徐大堡",
    "电价",
    "推进",
    "建设",
    "30",
    "，",
    "。",
    "棚户区",
)


def _wordings(texts: list[str], words: Words) -> Wordings:
    tasks = [
        TaskFacts(f"t{at}", "p", f"1-{at}", at, None, "", text, "", (), (), (), (), ()) for at, text in enumerate(texts)
    ]
    return Wordings(tasks, words)


def _tiled(wordings: Wordings, i: int, j: int) -> list[tuple[float, int, int, int]]:
    """Tile two texts by trying every run in places not taken, again after each: (bits, both begins, words)."""
    ours, theirs = wordings._split[i], wordings._split[j]
    taken: tuple[set[int], set[int]] = (set(), set())
    found: list[tuple[float, int, int, int]] = []
    while True:
        best = (0.0, 0, 0, 0)
        for a in range(len(ours)):
            for b in range(len(theirs)):
                n = 0
                while (
                    a + n < len(ours)
                    and b + n < len(theirs)
                    and ours[a + n].text == theirs[b + n].text != "|"
                    and a + n not in taken[0]
                    and b + n not in taken[1]
                ):
                    n += 1
                begins = not (a and b and ours[a - 1].text == theirs[b - 1].text != "|")
                begins = begins or a - 1 in taken[0] or b - 1 in taken[1]
                if n and begins and (bits := wordings._of_run(wordings._numbers[i][a : a + n])) > best[0]:
                    best = (bits, a, b, n)
        if not best[0]:
            return found
        found.append(best)
        taken[0].update(range(best[1], best[1] + best[3]))
        taken[1].update(range(best[2], best[2] + best[3]))


@pytest.mark.parametrize("seed", range(8))
def test_runs_are_those_of_a_plain_tiling(seed: int, register: Register) -> None:
    draw = random.Random(seed)
    texts = ["".join(draw.choices(OBJECTS, k=draw.randrange(1, 24))) for _ in range(12)]
    wordings = _wordings(texts, Words(register))
    shared = 0
    for i, text in enumerate(texts):
        for j in range(i + 1, len(texts)):
            runs = wordings.shared(i, j)
            assert [run.weight for run in runs] == [bits for bits, *_ in _tiled(wordings, i, j)]
            assert all(text[slice(*run.left)] == run.text for run in runs)
            assert all(texts[j][slice(*run.right)] == (run.beside or run.text) for run in runs)
            shared += len(runs)
    assert shared
