"""How a later task goes on with an earlier one: it continues, advances or completes it, or is one of several.

What a link is about stands in the wording both share; the clauses that hold it tell how far the work has got.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from plan_graph.analysis.facts import TaskFacts
from plan_graph.analysis.similarity import Run, Wordings, once
from plan_graph.analysis.stages import builds_on, clause_around, finished, goes_on, least_stage, sentence_around, stage

_MOST_OF = 0.6  # what part of an earlier task is most of it
_TELLING = 1 / 3  # what part of the weight of the heaviest phrase a phrase has that says how far the work has got
_MOST_TELLING = 2  # and of how many of these one tells that it is done


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tasks to be weighed: an earlier and a later one by index, and the wording they share."""

    earlier: int
    later: int
    runs: tuple[Run, ...]


def kinds_of(tasks: Sequence[TaskFacts], wordings: Wordings, pairs: Sequence[Pair]) -> list[str]:
    """Say of each link how it goes on.

    Merges and splits are said where the work itself was joined or divided, not where one task touches two: what was
    most of each of two earlier tasks stands in one clause; or a task goes on in several that have no other origin.
    """
    from_one: dict[tuple[int, int | None], list[Pair]] = defaultdict(list)
    to_one: dict[tuple[int, int | None], list[Pair]] = defaultdict(list)
    for pair in pairs:
        from_one[pair.earlier, tasks[pair.later].year].append(pair)
        to_one[pair.later, tasks[pair.earlier].year].append(pair)
    found: list[str] = []
    for pair in pairs:
        earlier, later = tasks[pair.earlier], tasks[pair.later]
        together = to_one[pair.later, earlier.year]
        apart = from_one[pair.earlier, later.year]
        whole = [one for one in together if once(one.runs) >= _MOST_OF * wordings.bits(one.earlier)]
        if pair in whole and _joined(later.text, pair, whole):
            found.append("merges")
        elif len(apart) > 1 and all(len(to_one[one.later, earlier.year]) == 1 for one in apart) and _parted(apart):
            found.append("splits")
        else:
            found.append(_step(earlier.text, later.text, pair))
    return found


def _joined(text: str, pair: Pair, together: Sequence[Pair]) -> bool:
    """Tell whether the later task names in one clause what two earlier tasks had each for itself.

    A clause that only builds on them (依托) joins nothing.
    """
    own = {clause for run in pair.runs[:1] if not builds_on(_cut(text, clause := clause_around(text, run.right)))}
    return any(
        other is not pair
        and other.runs
        and clause_around(text, other.runs[0].right) in own
        and not _overlap(other.runs[0].right, pair.runs[0].right)
        for other in together
        if pair.runs
    )


def _parted(apart: Sequence[Pair]) -> bool:
    """Tell whether the later tasks take up different stretches of the earlier one."""
    firsts = [pair.runs[0].left for pair in apart if pair.runs]
    return len(firsts) == len(apart) and not any(
        _overlap(one, other) for at, one in enumerate(firsts) for other in firsts[at + 1 :]
    )


def _step(earlier: str, later: str, pair: Pair) -> str:
    """Compare how far the clauses have got that hold what the link is mostly about.

    Advanced is what has left an early stage or has reached a later one, unless the later clause says 继续.
    """
    telling = [run for run in pair.runs if run.weight >= _TELLING * pair.runs[0].weight]
    said = [(_said(earlier, run.left), _said(later, run.right)) for run in telling]
    if any(finished(after[0]) and not finished(before[0]) for before, after in said[:_MOST_TELLING]):
        return "completes"
    if any(goes_on(after[0]) for _, after in said):
        return "continues"
    return "advances" if any(_further(earlier, later, run) for run in telling) else "continues"


def _further(earlier: str, later: str, run: Run) -> bool:
    """Tell whether the later text says of a run that it has got further than the earlier says wherever it names it.

    By the clauses that hold it, or where one shows no stage by its sentence.
    """
    texts = ((earlier, run.text), (later, run.beside or run.text))
    before, after = ([_said(text, at.span()) for at in re.finditer(re.escape(said), text)] for text, said in texts)
    return any(0 < _furthest(end, before) < _furthest(end, after) for end in (stage, least_stage))


def _furthest(end: Callable[[str], int], said: Iterable[tuple[str, str]]) -> int:
    return max((next(filter(None, map(end, one)), 0) for one in said), default=0)


def _said(text: str, span: tuple[int, int]) -> tuple[str, str]:
    """Give the clause and the sentence around a span."""
    return _cut(text, clause_around(text, span)), _cut(text, sentence_around(text, span))


def _cut(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
