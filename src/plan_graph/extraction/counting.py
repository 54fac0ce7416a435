"""Which numbers of a text open items: those that count.

A number at the beginning of a line opens one; inside a line it does only where it goes on counting, or begins a count
that a later one goes on with.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from plan_graph.extraction.number_places import BARRIER, SHORT, after_a_title, candidates, lists_of_annexes
from plan_graph.extraction.numbering import ANNEX, BARE_RANK, Mark, number_of
from plan_graph.extraction.worded import Hit, rank_between, worded
from plan_graph.model.text import Span

_MISREAD = re.compile(r"(?<=[）)〕。\n])(?P<mark>[0-9]{1,2}。)(?=[\u4e00-\u9fff“])")  # 11。 between 10. and 12.
_BRACKETED_HAN = 4  # the rank of （一）
_WITHIN = 6  # the rank of 1.1
_RUNNING = 7  # the rank of （1）
_TIME_BEFORE = re.compile(r"(?:时限|时间|期限)[：:][^。；;：:]{1,24}$")  # 完成时限：12月30日（二）…
_BRACKETED = re.compile(r"[（(〔][^（()）〔〕\n]{2,120}[）)〕]")
_SKIPPED = 3  # numbers a count may lack, one with the number itself


def marks(text: str, within: Span, but: Sequence[Span] = ()) -> list[Mark]:
    """Find the numbers that open items in a stretch of text, outside the stretches ``but``.

    ``but`` are sorted and disjoint: clauses, tables, quoted titles. Linear in the length of the text.
    """
    taken = _apart([*but, *lists_of_annexes(text, within)])
    ends = frozenset(span.end for span in but)
    found = [m for m in candidates(text, within, ends) if not _inside(taken, m.span.begin)]
    if misread := [m for m in _MISREAD.finditer(text, within.begin, within.end) if not _inside(taken, m.start())]:
        bare = [Mark(BARE_RANK, int(m[0][:-1]), Span(*m.span()), m.start(), False, bare=True) for m in misread]
        found = sorted([*found, *bare], key=lambda mark: mark.span)
    found = _missing_alone(found) if any(m.bare for m in found) else found
    held = [Span(m.start() + 1, m.end()) for m in _BRACKETED.finditer(text, within.begin, within.end)] if found else []
    found = [m for m in found if m.line or not _inside(held, m.span.begin)]
    first = next((at for at, mark in enumerate(found) if mark.rank != ANNEX), len(found))
    kept = _counting(text, found[first:], ends)  # before the first item 附件 heads the plan itself
    return _with_words(kept, [hit for hit in worded(text, within) if not _inside(taken, hit.span.begin)])


def _with_words(kept: list[Mark], hits: Sequence[Hit]) -> list[Mark]:
    """Add the numbers with words that count, each kind of word with the rank its place gives it."""
    for word in dict.fromkeys(hit.word for hit in hits):
        run = [(hit, number_of(hit.written)) for hit in hits if hit.word == word]
        counted: list[tuple[Hit, int]] = []
        for index, (hit, number) in enumerate(run):
            goes_on = bool(counted) and number == counted[-1][1] + 1
            begins = number == 1 and index + 1 < len(run) and run[index + 1][1] == 2
            if goes_on or begins:
                counted.append((hit, number))
        if len(counted) < 2:
            continue
        first = counted[0][0].span.begin
        before = [mark for mark in kept if mark.span.begin < first]
        after = next((mark for mark in kept if mark.span.begin > counted[0][0].span.end), None)
        above = before[-1].rank if before else ANNEX
        rank = rank_between(above, (after.rank, after.number) if after else None)
        ours = [Mark(rank, number, hit.span, hit.begin, hit.line) for hit, number in counted]
        inside = [mark.span for mark in ours]
        kept = sorted([*(m for m in kept if not _inside(inside, m.span.begin)), *ours], key=lambda mark: mark.span)
    return kept


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Sort stretches and join those that overlap: a list of annexes may stand in a cell of a table."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.begin < joined[-1].end:
            joined[-1] = Span(joined[-1].begin, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _inside(spans: Sequence[Span], at: int) -> bool:
    before = bisect_right(spans, at, key=lambda s: s.begin)
    return bool(before) and at < spans[before - 1].end


def _missing_alone(found: Sequence[Mark]) -> list[Mark]:
    """Drop the bare numbers but those that fill a gap of one in a count of numbers with full stops."""
    stopped = [(mark.span.begin, mark.number) for mark in found if mark.rank == BARE_RANK and not mark.bare]
    kept: list[Mark] = []
    for mark in found:
        if mark.bare:
            at = bisect_right(stopped, (mark.span.begin, 0))
            if [n for _, n in stopped[max(0, at - 1) : at + 1]] != [mark.number - 1, mark.number + 1]:
                continue
        kept.append(mark)
    return kept


def _counting(text: str, found: list[Mark], ends: frozenset[int]) -> list[Mark]:
    """Keep the marks at the beginning of a line, and inside lines those that count on or begin a count.

    ``ends`` is where clauses end: after one an item may begin without any full stop.
    """
    of_rank: dict[float, list[int]] = {}
    for index, mark in enumerate(found):
        of_rank.setdefault(mark.rank, []).append(index)
    after = {index: found[following] for indices in of_rank.values() for index, following in pairwise(indices)}
    # a chapter may hold one item alone where others hold more: 二、健全机制1.…三、提高水平1.…2.…
    counting = {found[index].rank for index, mark in after.items() if _begins(found[index], mark)} & {4, 5}
    kept: list[Mark] = []
    last: dict[float, int] = {}  # of each rank; a count may run on under the next heading
    over = 0  # the 2 of the last 2.1
    ran = 0  # the last （9） under an item before: 1.…（1）…（2）…2.…（3）…
    for index, mark in enumerate(found):
        before = last.get(mark.rank)
        following = after.get(index)
        if _before_digits(text, mark):
            counted = _begins(mark, following) or (
                mark.number == (before or 0) + 1 and not (following and following.number == mark.number)
            )
        elif mark.line:
            counted = mark.rank != 9 or mark.number == 1 or before is not None
        elif mark.rank == 6:  # inside a line 2.1 goes on only under 2. or after 1.1, 1.2
            goes_on = mark.above in (last.get(5), over) and mark.number == (before or 0) + 1
            begins = mark.number == 1 and mark.above == over + 1 and (bool(over) or _follows(following, mark))
            counted = goes_on or begins
        elif before is not None and mark.span.begin in ends and before < mark.number <= before + _SKIPPED:
            counted = True  # a number that was lost or misread (11。) does not take those after it with it
        elif _over_a_gap(text, mark, before, following):
            counted = True
        elif before is not None and mark.number == before + 1:  # but not 对符合（二）类的
            inside_words = text[mark.span.begin - 1].isalnum() and mark.span.begin not in ends
            counted = mark.rank != 4 or not inside_words or _runs_on(text, kept, mark) or _after_a_time(text, mark)
        elif mark.rank == _RUNNING and ran and mark.number == ran + 1:
            after_words = text[mark.span.begin - 1].isalnum() and mark.span.begin not in ends
            counted = not after_words or _runs_on(text, kept, mark)
        else:
            inside_words = text[mark.span.begin - 1].isalnum() and mark.rank > 3 and mark.span.begin not in ends
            begins = _begins(mark, following) or (mark.number == 1 and mark.rank in counting)
            opens = not kept and mark.rank in (4, BARE_RANK) and after_a_title(text, mark.span.begin)
            counted = begins and (not inside_words or opens or _runs_on(text, kept, mark))
        if not counted:
            continue
        last[mark.rank] = mark.number
        ran = mark.number if mark.rank == _RUNNING else ran
        over = mark.above if mark.rank == 6 else over if mark.rank > 6 else 0
        for deeper in [rank for rank in last if rank >= _WITHIN and rank > mark.rank]:
            last.pop(deeper)  # 1.1, （1）, ① and 一是 count within the item that holds them
        kept.append(mark)
    return kept


def _begins(mark: Mark, following: Mark | None) -> bool:
    """Tell whether a 1 is followed by a 2."""
    return mark.number == 1 and following is not None and following.number == 2


def _over_a_gap(text: str, mark: Mark, before: int | None, following: Mark | None) -> bool:
    """Tell whether （六） after a full stop goes on counting from （三）: a （七） follows, and few are missing."""
    return (
        mark.rank == _BRACKETED_HAN
        and before is not None
        and before + 1 < mark.number <= before + _SKIPPED
        and following is not None
        and following.number == mark.number + 1
        and text[: mark.span.begin].rstrip(" \u3000")[-1:] == "。"
    )


def _before_digits(text: str, mark: Mark) -> bool:
    """Tell whether a number such as 2. stands right before digits: 2.2021年底前 may be an item, or no number at all."""
    return mark.rank == 5 and text[mark.span.end - 1] == "." and text[mark.span.end : mark.span.end + 1].isdigit()


def _follows(after: Mark | None, mark: Mark) -> bool:
    """Tell whether 1.2 comes after 1.1."""
    return after is not None and after.above == mark.above and after.number == mark.number + 1


def _after_a_time(text: str, mark: Mark) -> bool:
    return bool(_TIME_BEFORE.search(text, max(0, mark.span.begin - SHORT), mark.span.begin))


def _runs_on(text: str, kept: list[Mark], mark: Mark) -> bool:
    """Tell whether a heading runs into its first item: 三、主要任务（一）…"""
    if not kept or kept[-1].rank >= mark.rank or mark.span.begin - kept[-1].span.end > SHORT:
        return False
    return not BARRIER.search(text, kept[-1].span.end, mark.span.begin)
