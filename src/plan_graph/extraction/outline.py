"""The outline of a document: numbered blocks, what is a heading and what is a task.

A block that holds deeper blocks is a heading; a block that holds none is a task. So the same two lines read
``（一）`` as a theme in a plan whose tasks are ``1．`` and as a task in a plan that goes no deeper. Items inside
a paragraph (一是…二是…) and items with one clause for them all are parts of the item that holds them, which is
then the task: it is the clauses that tell (:func:`fold`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from plan_graph.extraction.counting import marks
from plan_graph.extraction.numbering import ANNEX, TITLE, Mark
from plan_graph.model.text import Span

_YEAR = re.compile(r"(?<![到至从自])(20\d{2})年")  # 到2020年… states a goal, not the year of the tasks
_YEARS = re.compile(r"\d{4}年?\s*[-—–－至到~～]\s*20\d{2}年")
_COUNT = re.compile(r"[（(](\d{1,4})项[）)]")
_COUNT_AT_END = re.compile(r"(?<![ \u3000])[ \u3000]*[（(]\d{1,4}项[）)]\s*$")
_ARTICLE, _CHAPTER = 2, 3  # ranks of 第一条 and of 一、
_SOME = 2  # articles that run on under the next 一、
_STRUCTURE = 4  # 一、 and （一） are parts of a document wherever they stand; deeper styles inside a line enumerate


@dataclass(frozen=True, slots=True)
class Block:
    """A numbered block: its own words only, not those of the blocks beneath.

    ``span`` covers the own words with number, indent and line end; ``mark`` the number as written; ``body``
    what follows it, without the last line end. ``line`` tells whether a line begins with the number.
    ``children`` are the blocks beneath.
    """

    rank: float
    number: int
    span: Span
    mark: Span
    body: Span
    line: bool = True
    children: tuple[Block, ...] = ()

    @property
    def end(self) -> int:
        """Where the block ends with all that is beneath it."""
        return self.children[-1].end if self.children else self.span.end


@dataclass(frozen=True, slots=True)
class Outline:
    """``preamble`` is what stands before the first block; ``blocks`` the outermost ones in order."""

    preamble: Span
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Open:
    mark: Mark
    end: int
    children: list[Block]


def outline(text: str, within: Span | None = None, but: Sequence[Span] = (), titles: Sequence[Span] = ()) -> Outline:
    """Find the numbered blocks of a text; linear in its length. In the stretches ``but`` no block begins.

    Each of the ``titles`` heads what follows it, annexes too.
    """
    within = within or Span(0, len(text))
    found = _chapters(marks(text, within, but))
    heads = [Mark(TITLE, n, Span(one.begin, one.begin), one.begin, True) for n, one in enumerate(titles, start=1)]
    found = sorted([*found, *heads], key=lambda mark: mark.begin) if heads else found
    roots: list[Block] = []
    stack: list[_Open] = []

    def close(rank: float) -> None:
        while stack and stack[-1].mark.rank >= rank:
            done = stack.pop()
            mark = done.mark
            end = done.end
            body_end = end - 1 if text[end - 1 : end] == "\n" else end
            block = Block(
                mark.rank,
                mark.number,
                Span(mark.begin, end),
                mark.span,
                Span(mark.span.end, max(mark.span.end, body_end)),
                mark.line,
                tuple(done.children),
            )
            (stack[-1].children if stack else roots).append(block)

    for index, mark in enumerate(found):
        following = found[index + 1].begin if index + 1 < len(found) else within.end
        end = mark.begin + len(text[mark.begin : following].rstrip(" \t\u3000\n"))
        end = max(end, mark.span.end)
        end += text[end:following].startswith("\n")  # blank lines at the end are no part of a block
        if not mark.line:
            end = following
        close(mark.rank)
        stack.append(_Open(mark, min(end, following), []))
    close(TITLE)
    return Outline(Span(within.begin, found[0].begin if found else within.end), tuple(roots))


def _chapters(found: list[Mark]) -> list[Mark]:
    """Put 一、 above 第一条 where articles run on under it (一、机构 第一条 二、职责 第二条), as chapters."""
    pairs = [(one, two) for one, two in pairwise(found) if {one.rank, two.rank} == {_ARTICLE, _CHAPTER}]
    over = sum(one.rank == _CHAPTER and two.number > 1 for one, two in pairs)
    under = sum(one.rank == _ARTICLE and two.number == 1 for one, two in pairs)
    if over < _SOME or over <= under:
        return found
    return [replace(mark, rank=_ARTICLE - 1) if mark.rank == _CHAPTER else mark for mark in found]


def unnumbered(text: str, within: Span, clauses: Sequence[Span]) -> Outline:
    """Make a block of each paragraph with a clause, for a text without any number; a list's numbers may be lost.

    A clause on a line of its own belongs to the line before. Marks are empty, and numbers count the blocks.
    """
    begins: list[int] = []
    ends: list[int] = []
    for clause in clauses:
        begin = text.rfind("\n", within.begin, clause.begin) + 1 or within.begin
        if not text[begin : clause.begin].strip():
            before = len(text[within.begin : begin].rstrip()) + within.begin
            begin = text.rfind("\n", within.begin, before) + 1 or within.begin
        end = text.find("\n", clause.end, within.end)
        end = within.end if end < 0 else end
        if ends and begin <= ends[-1]:
            ends[-1] = max(ends[-1], end)
            continue
        begins.append(begin)
        ends.append(end)
    blocks = tuple(
        Block(_STRUCTURE + 1, number, Span(begin, following), Span(begin, begin), Span(begin, end))
        for number, (begin, end, following) in enumerate(zip(begins, ends, [*begins[1:], within.end], strict=False), 1)
    )
    return Outline(Span(within.begin, begins[0] if begins else within.end), blocks)


def fold(
    text: str, blocks: tuple[Block, ...], clauses: Sequence[Span], unread: Sequence[Span] = ()
) -> tuple[tuple[Block, ...], list[Block]]:
    """Make one block of items that only one clause at their end governs, and of items without any in a paragraph.

    ``clauses`` are the spans of the clauses, sorted. Items inside a line stay items where two of them have clauses
    of their own, or the last and what holds them, or where they are the parts of a text that came on one line. Items
    with a line each stay, unless they are deeper than （一）, and the last alone has a clause while every other item
    of that style, wherever one has a clause, has its own.
    ``unread`` are what looks like a clause and was not read: an item that holds one is governed by no other's.
    Gives the blocks and those that were folded under a clause at their end.
    """
    begins = [span.begin for span in clauses]
    doubtful = sorted(span.begin for span in unread)
    governed: list[Block] = []
    series = list(_series(blocks))
    own = _with_own_clauses(text, series, begins)
    flat = sum(not b.line for b in _all(blocks)) > sum(b.line for b in _all(blocks))

    def folded(block: Block) -> Block:
        children = tuple(folded(child) for child in block.children)
        if not children:
            return block
        said = bisect_left(begins, block.span.end) > bisect_left(begins, block.span.begin)  # has a clause of its own
        kept: list[Block] = []
        for run in _runs(children):
            has = [bool(_held(child, begins)) for child in run]
            last_only = has[-1] and not any(has[:-1])
            inside = [not child.line for child in run]
            if any(inside) and (not any(has) or (last_only and len(run) > 1 and not said)):
                part = flat and run[0].rank <= _STRUCTURE + 1
                if part and (not any(has) or own[run[0].rank, False] or own[run[0].rank, True]):
                    kept += run
                    continue
                block = _absorb(text, block, kept, run[-1].end)
                kept = list(block.children)
                continue
            if _ends_in_fields(text, run, has, clauses, begins):  # 1.主要任务：… 2.责任单位：甲局
                block = _absorb(text, block, kept, run[-1].end)
                kept = list(block.children)
                continue
            alone = len(run) > 1 and last_only and not said
            alone = alone and not own[run[0].rank, _on_a_line_of_its_own(text, run[-1], begins)]
            alone = alone and not any(_held(child, doubtful) for child in run[:-1])
            if alone and run[0].rank > _STRUCTURE and block.rank > ANNEX and _closes(text, run[-1], clauses, begins):
                block = _absorb(text, block, kept, run[-1].end)
                kept = list(block.children)
                governed.append(block)
                continue
            kept += run
        return replace(block, children=tuple(kept))

    return tuple(folded(block) for block in blocks), governed


def _ends_in_fields(
    text: str, run: Sequence[Block], has: Sequence[bool], clauses: Sequence[Span], begins: list[int]
) -> bool:
    """Tell whether the items with clauses are nothing else: fields of what holds them all, behind the others."""
    if len(run) < 2 or not any(has) or has[0] or any(block.children for block in run):
        return False
    first = has.index(True)
    for block, holds in zip(run[first:], has[first:], strict=True):
        if not holds:
            continue
        at = block.body.begin + len(block.body.of(text)) - len(block.body.of(text).lstrip())
        one = clauses[bisect_left(begins, block.span.begin)]
        if one.begin != at or text[at] in "（(〔【[" or text[one.end : block.body.end].strip(" \t\u3000\n。；;"):
            return False
    return all(has[first:])


def _absorb(text: str, block: Block, kept: list[Block], end: int) -> Block:
    """Lengthen the last item that is kept, or the block itself, to hold what stands up to ``end``."""
    if kept:
        return replace(block, children=(*kept[:-1], _absorb(text, kept[-1], list(kept[-1].children), end)))
    return _longer(text, replace(block, children=()), end)


def _longer(text: str, block: Block, end: int) -> Block:
    body_end = end - 1 if text[end - 1 : end] == "\n" else end
    return replace(
        block, span=Span(block.span.begin, end), body=Span(block.body.begin, max(block.body.begin, body_end))
    )


def _all(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _all(block.children)


def _runs(children: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Give the children in series: one style, counting up."""
    run: list[Block] = []
    for child in children:
        if run and (child.rank != run[-1].rank or child.number <= run[-1].number):
            yield tuple(run)
            run = []
        run.append(child)
    if run:
        yield tuple(run)


def _series(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    yield from _runs(blocks)
    for block in blocks:
        yield from _series(block.children)


def _with_own_clauses(text: str, series: list[tuple[Block, ...]], begins: list[int]) -> dict[tuple[float, bool], bool]:
    """Tell of each style whether some item that is not the last of its series has a clause; on a line of its own."""
    own: dict[tuple[float, bool], bool] = defaultdict(bool)
    for run in series:
        for child in run[:-1]:
            if _held(child, begins):
                own[run[0].rank, _on_a_line_of_its_own(text, child, begins)] = True
    return own


def _on_a_line_of_its_own(text: str, block: Block, begins: list[int]) -> bool:
    """Tell whether the last clause in a block begins a line."""
    at = begins[bisect_left(begins, block.end) - 1]
    line = text.rfind("\n", block.span.begin, at) + 1
    return line > 0 and not text[line:at].strip()


def _held(block: Block, begins: list[int]) -> int:
    return bisect_left(begins, block.end) - bisect_left(begins, block.span.begin)


def _closes(text: str, block: Block, clauses: Sequence[Span], begins: list[int]) -> bool:
    """Tell whether a clause is the last thing in a block."""
    last = clauses[bisect_left(begins, block.end) - 1]
    return not text[last.end : block.end].strip(" \t\u3000\n。；;")


def heading_year(title: str) -> int | None:
    """Give the one year a heading states, or None: a range such as 2016-2018年 is no single year."""
    found = _YEAR.findall(title)
    return int(found[0]) if len(found) == 1 and not _YEARS.search(title) else None


def heading_count(title: str) -> int | None:
    """Give the number of tasks a heading states, as 106 in ``重点工作（106项）``, or None."""
    found = _COUNT.search(title)
    return int(found[1]) if found else None


def heading_title(text: str, body: Span) -> Span:
    """Give the span of a heading's words: the first sentence or line without count, spaces and full stop.

    After 附件1 on a line of its own that is the next line.
    """
    whole = body.of(text)
    begin = body.begin + len(whole) - len(whole.lstrip())
    words = _COUNT_AT_END.sub("", re.split("[。\n]", whole.strip(), maxsplit=1)[0])
    return Span(min(begin, body.end), min(begin + len(words.rstrip().rstrip("*_")), body.end))
