"""What the wordings of tasks have in common, weighted by rarity.

Two tasks of plans always share plan language (推进, 改革, 争取国家支持), and that says nothing. A shared word counts by
two things: how few of the tasks compared have it, log2(tasks/tasks with it) (Spärck Jones 1972, Journal of
Documentation 28:11–21), scaled so that a word of two tasks has 8 bits in a plan of a hundred as in a corpus of
thousands, and how little it belongs to Chinese at large, by jieba's dictionary, since in one plan of two
hundred tasks a common word may stand twice by chance. Shared words that follow each other are one phrase, and a phrase
counts as a whole where that is more: 城市轨道交通 is rarer than 城市, 轨道 and 交通. So words are cut as small as the
tasks themselves have them: 农机购置补贴 shares 农机 with 农机报废, whatever the dictionary joins.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from scipy import sparse

from plan_graph.analysis.evidence import MEANS, Evidence, Span
from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.stages import clause_begins
from plan_graph.authority.words import Word, Words

COMMON_BITS, SPECIFIC_BITS = 10.0, 18.0
"""A word of 10 bits or less in Chinese at large (经济 10.3) counts nothing, one of 18 or more (电价 18.6) in full."""

LEAST_WORDING = 4.0
"""Bits: a task of a few words is not wholly shared because one of them is."""

_FULL_BITS = 8.0
"""What a word that only two tasks have weighs, however many are compared: more tasks make it no more telling."""

_FEWEST = 64  # of fewer tasks two that share a word are no rarity
_MOST_TASKS = 200  # a word of more tasks than this brings no two together; it counts once they are compared
_ROWS_AT_ONCE = 2_000
_RUNS_KEPT = 1 << 17  # weights of runs, which tasks have again and again
_CLAUSES_KEPT = 1 << 14  # tasks whose clauses are kept
_LEAST_CLAUSE = 8.0  # bits, one rare word: a clause of less is not wholly shared because it says little
_TWO = re.compile("(?=([\\u4e00-\\u9fffA-Za-z0-9]{2}))")
_LEAST_TWOS = 8.0  # bits: a text of a few characters is not wholly shared because two of them are
_IN_PHRASE = 0.25  # what a plain word inside a phrase counts, of its rarity: 示范基地 after 新型工业化


@dataclass(frozen=True, slots=True)
class Run:
    """Words both texts have one after the other: the phrase, its weight in bits, where it stands in each.

    ``beside`` is how the right text puts it, where that differs: 煤改电 beside 电能替代.
    """

    text: str
    weight: float
    left: Span
    right: Span
    beside: str = ""


@dataclass(frozen=True, slots=True)
class _Clauses:
    """Where the clauses of a text begin, and what the words of each weigh in bits."""

    begins: tuple[int, ...]
    bits: tuple[float, ...]

    def at(self, place: int) -> int:
        """Give the clause that holds a place of the text."""
        return bisect_right(self.begins, place) - 1


class Wordings:
    """The texts of tasks, cut into words, with the rarity of each word among them. O(characters) to make."""

    def __init__(self, tasks: Sequence[TaskFacts], words: Words) -> None:
        self._words = words
        self._texts = [task.text for task in tasks]
        self._plans = [task.plan for task in tasks]
        self._of_plan: dict[str, set[int]] = defaultdict(set)
        for at, task in enumerate(tasks):
            self._of_plan[task.plan].add(at)
        self._split = self._cut_as_small([words.split(text) for text in self._texts])
        self._has: dict[str, set[int]] = defaultdict(set)
        for at, own in enumerate(self._split):
            for word in own:
                if word.text != "|":
                    self._has[word.text].add(at)
        self._unit = _FULL_BITS / math.log2(max(_FEWEST, len(tasks)) / 2)
        self._weight = {word: self._rarity(len(has)) * _specific(words.bits(word)) for word, has in self._has.items()}
        for own in self._split:
            for word in own:
                if word.plain:
                    self._weight[word.text] = 0.0
        self._bits_of = lru_cache(maxsize=_RUNS_KEPT)(self._of_run)
        self._clauses = lru_cache(maxsize=_CLAUSES_KEPT)(self._clauses_of)

    def _cut_as_small(self, split: Sequence[Sequence[Word]]) -> list[tuple[Word, ...]]:
        """Cut words that begin or end with another word of these tasks: 农机具 where a task has 农机. O(words)."""
        alone = {w.text for own in split for w in own if not w.plain}
        cut: dict[str, tuple[int, ...]] = {}

        def places(text: str) -> tuple[int, ...]:
            """Give the places to cut a word at, the longest beginning or end first, and its parts again."""
            if text not in cut:
                at = next(
                    (
                        at
                        for length in range(len(text) - 1, 1, -1)
                        for at, part in ((length, text[:length]), (len(text) - length, text[-length:]))
                        if part in alone
                    ),
                    0,
                )
                cut[text] = (*places(text[:at]), at, *(at + more for more in places(text[at:]))) if at else ()
            return cut[text]

        found: list[tuple[Word, ...]] = []
        for own in split:
            small: list[Word] = []
            for word in own:
                rest, done = word, 0
                for at in () if word.plain else places(word.text):
                    part, rest = self._words.parts(rest, at - done)
                    small.append(part)
                    done = at
                small.append(rest)
            found.append(tuple(small))
        return found

    @cached_property
    def _twos(self) -> list[frozenset[str]]:
        return [frozenset(_TWO.findall(text)) for text in self._texts]

    @cached_property
    def _of_twos(self) -> dict[str, float]:
        return {two: self._rarity(n) for two, n in Counter(two for own in self._twos for two in own).items()}

    @cached_property
    def _twos_of(self) -> list[float]:
        return [math.fsum(self._of_twos[two] for two in own) for own in self._twos]

    def pairs(self, least: float) -> Iterator[tuple[int, int, float]]:
        """Give every two tasks (i < j) whose shared words weigh at least ``least`` bits, with that weight.

        By a sparse product over the words of at most 200 tasks, some thousand rows at a time: no two tasks are
        compared that share no such word. A word counts once, whatever its repetitions. O(shared word pairs).
        """
        rare = [w for w, has in self._has.items() if self._weight[w] > 0 and 2 <= len(has) <= _MOST_TASKS]
        column = {word: at for at, word in enumerate(rare)}
        rows = [[column[w] for w in sorted({word.text for word in own}) if w in column] for own in self._split]
        places = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.intp)
        columns = np.array([c for row in rows for c in row], np.intp)
        shape = (len(rows), max(1, len(rare)))
        has = sparse.csr_array((np.ones(len(columns)), columns, places), shape=shape)
        weights = np.array([self._weight[word] for word in rare] or [0.0])
        weighted = sparse.csr_array((weights[columns] if len(columns) else np.zeros(0), columns, places), shape=shape)
        turned = has.T.tocsr()
        for first in range(0, len(rows), _ROWS_AT_ONCE):
            product = (weighted[first : first + _ROWS_AT_ONCE] @ turned).tocoo()
            left, right = product.row + first, product.col
            kept = (left < right) & (product.data >= least)
            order = np.lexsort((right[kept], left[kept]))
            for i, j, bits in zip(left[kept][order], right[kept][order], product.data[kept][order], strict=True):
                yield int(i), int(j), float(bits)

    def bits(self, i: int) -> float:
        """Give what the wording of a task weighs in all, a word that comes again counting once."""
        return math.fsum(self._weight[word] for word in sorted({w.text for w in self._split[i] if w.text != "|"}))

    def characters(self, i: int, j: int) -> float:
        """Give what part of the pairs of characters of the lighter text both have, by rarity, from 0 to 1.

        Short forms and inversions that share no word still share characters: 县改市 and 县级市. O(characters).
        """
        both = math.fsum(self._of_twos[two] for two in self._twos[i] & self._twos[j])
        return both / max(_LEAST_TWOS, min(self._twos_of[i], self._twos_of[j]))

    def in_clauses(self, i: int, j: int, runs: Sequence[Run]) -> float:
        """Give what part of the lighter of two clauses is shared, for the clauses that share most, from 0 to 1.

        Tasks of several pieces of work have one of them in common: a clause is what stands between two marks
        (，。；：！？). O(runs + words).
        """
        ours, theirs = self._clauses(i), self._clauses(j)
        shared: dict[tuple[int, int], list[Run]] = defaultdict(list)
        for run in runs:
            shared[ours.at(run.left[0]), theirs.at(run.right[0])].append(run)
        return max(
            (
                min(1.0, once(own) / max(_LEAST_CLAUSE, min(ours.bits[left], theirs.bits[right])))
                for (left, right), own in shared.items()
            ),
            default=0.0,
        )

    def _clauses_of(self, i: int) -> _Clauses:
        begins = clause_begins(self._texts[i])
        said: list[set[str]] = [set() for _ in begins]
        for word in self._split[i]:
            if word.text != "|":
                said[bisect_right(begins, word.begin) - 1].add(word.text)
        return _Clauses(begins, tuple(math.fsum(self._weight[word] for word in sorted(own)) for own in said))

    def shared(self, i: int, j: int) -> list[Run]:
        """Give what the texts of two tasks share, heaviest first, nothing twice.

        Greedy string tiling over words (Wise 1993): again and again the heaviest run both have in places not yet
        taken. O(runs in common · runs taken).
        """
        ours, theirs, numbers = self._split[i], self._split[j], self._numbers[i]
        plan = self._plans[i] if self._plans[i] == self._plans[j] else ""

        def weighed(runs: Iterable[tuple[int, int, int]]) -> Iterator[tuple[float, int, int, int]]:
            """Give the runs that weigh something, with their bits."""
            for a, b, length in runs:
                if bits := self._bits_of(numbers[a : a + length], plan):
                    yield bits, a, b, length

        runs = list(weighed(self._runs(i, j)))
        found: list[Run] = []
        while runs:
            weight, a, b, length = best = max(runs, key=_heaviest_first)
            runs = [
                rest for run in runs for rest in (weighed(_free(run[1:], best[1:])) if _meet(run, best) else (run,))
            ]
            left, right = _trimmed(ours[a : a + length], theirs[b : b + length])
            span, other = (left[0].begin, left[-1].end), (right[0].begin, right[-1].end)
            text, beside = self._texts[i][span[0] : span[1]], self._texts[j][other[0] : other[1]]
            found.append(Run(text, weight, span, other, "" if beside == text else beside))
        return found

    @cached_property
    def _known(self) -> list[tuple[str, bool]]:
        """The words of all tasks by number, with whether they are plain; marks have the number 0."""
        return [("|", True), *sorted({(w.text, w.plain) for own in self._split for w in own if w.text != "|"})]

    @cached_property
    def _numbers(self) -> list[tuple[int, ...]]:
        """The words of each task by number."""
        number = {word: at for at, word in enumerate(self._known)}
        return [tuple(number[w.text, w.plain] if w.text != "|" else 0 for w in own) for own in self._split]

    @cached_property
    def _where(self) -> list[dict[int, list[int]]]:
        """Where each word stands in each task."""
        made: list[dict[int, list[int]]] = []
        for own in self._numbers:
            places: dict[int, list[int]] = defaultdict(list)
            for at, word in enumerate(own):
                if word:
                    places[word].append(at)
            made.append(dict(places))
        return made

    def _runs(self, i: int, j: int) -> Iterator[tuple[int, int, int]]:
        """Give the runs of two tasks that can be made longer on neither side: both begins, number of words."""
        ours, theirs, where = self._numbers[i], self._numbers[j], self._where[j]
        for a, word in enumerate(ours):
            for b in where.get(word, ()):
                if a and b and ours[a - 1] == theirs[b - 1] != 0:
                    continue  # the run that begins one word before holds this one
                length = 1
                for mine, other in zip(ours[a + 1 :], theirs[b + 1 :], strict=False):
                    if mine != other or not mine:
                        break
                    length += 1
                yield a, b, length

    def _of_run(self, run: tuple[int, ...], plan: str) -> float:
        """Give the bits of a run: those of its words, or of the phrase as one where that is more.

        ``plan`` is the plan of both tasks, "" if they are of two.
        """
        words = [self._known[number] for number in run]
        said = [text for text, plain in words if not plain]
        if not said:
            return 0.0
        apart = math.fsum(self._weight[text] * self._telling(self._has[text], plan) for text in said)
        if len(run) < 2:
            return apart
        between = math.fsum(_IN_PHRASE * self._rarity(len(self._has[text])) for text, plain in words if plain)
        tasks = set.intersection(*(self._has[text] for text in said))
        whole = self._rarity(len(tasks)) * _specific(math.fsum(self._words.bits(text) for text in said))
        return max(apart, whole * self._telling(tasks, plan)) + between

    def _telling(self, has: set[int], plan: str) -> float:
        """Give what part of the other tasks of a plan lack what two of it have, from 0 to 1; 1 for "", no one plan.

        What the plan as a whole is about, and so most of its tasks name, says nothing of two of them.
        """
        own = self._of_plan.get(plan, set())
        return 1 - (len(has & own) - 2) / (len(own) - 2) if len(own) > 2 else 1.0

    def _rarity(self, tasks: int) -> float:
        return self._unit * math.log2(len(self._split) / tasks)


def evidence(runs: Sequence[Run]) -> tuple[Evidence, ...]:
    """Give runs as evidence, those of one wording together."""
    found: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in runs:
        found[run.text, run.beside].append(run)
    return tuple(
        Evidence(
            "synonym" if beside else "phrase" if len(text) > 4 else "word",
            f"{text}{MEANS}{beside}" if beside else text,
            round(max(run.weight for run in same), 2),
            tuple(sorted(run.left for run in same)),
            tuple(sorted(run.right for run in same)),
        )
        for (text, beside), same in found.items()
    )


def once(runs: Sequence[Run]) -> float:
    """Add up the bits of runs, a wording that comes again counting once."""
    return math.fsum({run.text: run.weight for run in runs}.values())


def frequencies(tasks: Sequence[TaskFacts]) -> Counter[str]:
    """Count the tasks that each body answers for."""
    return Counter(body for task in tasks for body in task.leads)


def same_bodies(one: TaskFacts, other: TaskFacts) -> float:
    """Give what part of the bodies of either task, in any role, both have, from 0 to 1."""
    return len(one.bodies() & other.bodies()) / max(1, len(one.bodies() | other.bodies()))


def logistic(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Give the probability of a logistic model, by feature name; every feature needs its weight."""
    return 1 / (1 + math.exp(-math.fsum(weights[name] * value for name, value in features.items())))


def _meet(run: tuple[float, int, int, int], other: tuple[float, int, int, int]) -> bool:
    """Tell whether two runs have a word of either side in common."""
    return -other[3] < other[1] - run[1] < run[3] or -other[3] < other[2] - run[2] < run[3]


def _free(run: tuple[int, int, int], taken: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    """Give what is left of a run, as runs, where another takes words of either side: both begins, number of words.

    >>> list(_free((0, 10, 5), (2, 30, 1)))
    [(0, 10, 2), (3, 13, 2)]
    """
    a, b, length = run
    at = 0
    for begin in sorted((taken[0] - a, taken[1] - b)):
        if begin >= length or begin + taken[2] <= at:
            continue
        if begin > at:
            yield a + at, b + at, begin - at
        at = begin + taken[2]
    if at < length:
        yield a + at, b + at, length - at


def _heaviest_first(run: tuple[float, int, int, int]) -> tuple[float, int, int]:
    weight, left, right, _ = run
    return weight, -left, -right


def _specific(bits: float) -> float:
    return min(1.0, max(0.0, (bits - COMMON_BITS) / (SPECIFIC_BITS - COMMON_BITS)))


def _trimmed(left: Sequence[Word], right: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """Leave out plain words at the ends: 推进…工作 is not what is shared."""
    first = next(at for at, word in enumerate(left) if not word.stop)
    last = next(at for at in range(len(left) - 1, -1, -1) if not left[at].stop)
    return left[first : last + 1], right[first : last + 1]
