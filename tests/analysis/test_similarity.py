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


def _wordings(texts: list[str], words: Words, plans: str = "") -> Wordings:
    """Give the wordings of tasks, each of its own plan by letter, by default all of p."""
    tasks = [
        TaskFacts(f"t{at}", (plans or "p" * len(texts))[at], f"1-{at}", at, None, "", text, "", (), (), (), (), ())
        for at, text in enumerate(texts)
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
                if n and begins and (bits := wordings._of_run(wordings._numbers[i][a : a + n], "p")) > best[0]:
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


def test_what_most_tasks_of_a_plan_name_says_nothing_of_two_of_them(register: Register) -> None:
    texts = [f"棚户区{word}" for word in ("改造", "供水", "道路", "绿化", "消防", "电梯")] + ["清理口岸"]
    words = Words(register)
    one_plan, two_plans = (_wordings(texts, words, plans).shared(0, 5)[0].weight for plans in ("pppppqq", "pppppqp"))
    assert _wordings(texts, words, "ppppppq").shared(0, 5) == []  # each task of the plan names it
    assert one_plan == two_plans > 0  # between plans it counts, whatever else there is
    less = _wordings(texts, words, "ppppppp").shared(0, 5)[0].weight  # one task of the plan does not name it
    assert 0 < less < one_plan


@pytest.mark.parametrize(
    ("left", "right", "least", "most"),
    [
        ("建设棚户区，清理口岸农机。", "完成棚户区建设，推进冷链物流。", 0.8, 1.0),  # one piece of work is the same
        ("清理口岸冷链物流棚户区。", "推进棚户区高标准农田电价农机。", 0.1, 0.6),  # both clauses have more
        ("建设棚户区。", "推进冷链物流。", 0.0, 0.0),
        ("", "推进冷链物流。", 0.0, 0.0),
    ],
)
def test_two_clauses_that_share_most(left: str, right: str, least: float, most: float, register: Register) -> None:
    wordings = _wordings([left, right, *(f"供水{n}" for n in range(60))], Words(register), "pq" + "r" * 60)
    share = wordings.in_clauses(0, 1, wordings.shared(0, 1))
    assert least <= share <= most
    assert share == wordings.in_clauses(1, 0, wordings.shared(1, 0))
