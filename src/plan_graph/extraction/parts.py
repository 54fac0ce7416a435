"""What every stretch of a document is: parts that cover the text once, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from plan_graph.model.text import Part, PartKind, Span

AFTER_CLAUSE = "paragraph after the clause, outside any numbered task"
UNDER_HEADING = "prose under a heading, not a numbered task"
BARE_NUMBER = "a number without any wording"
SIGNATURE = "signature, date and notes after the last task"
ANNEX_TEXT = "an annex without numbered items"
NO_TASK_TABLE = "a table that holds no tasks"
TABLE_REST = "a row or cell of a task table that states no task"


def overlay(parts: list[Part], more: Iterable[Part]) -> list[Part]:
    """Put parts over others: where they overlap, those put on top remain. Both are sorted and disjoint."""
    made: list[Part] = []
    below = iter(parts)
    current = next(below, None)
    for top in sorted(more, key=lambda p: p.span):
        if top.span.begin == top.span.end:
            continue
        while current is not None and current.span.end <= top.span.begin:
            made.append(current)
            current = next(below, None)
        if current is not None and current.span.begin < top.span.begin:
            made.append(replace(current, span=Span(current.span.begin, top.span.begin)))
        made.append(top)
        while current is not None and current.span.end <= top.span.end:
            current = next(below, None)
        if current is not None and current.span.begin < top.span.end:
            current = replace(current, span=Span(top.span.end, current.span.end))
    while current is not None:
        made.append(current)
        current = next(below, None)
    return made


def closed(parts: list[Part], text: str) -> list[Part]:
    """Make the parts meet and cover the text: white space belongs to the part before it."""
    kept: list[Part] = []
    for part in parts:
        if part.span.begin == part.span.end:
            continue
        blank = not part.span.of(text).strip() and part.kind is not PartKind.CLAUSE
        same = part.kind is PartKind.UNREAD and kept and kept[-1].reason == part.reason
        if kept and (blank or same):
            last = kept[-1]
            kept[-1] = Part(last.kind, Span(last.span.begin, part.span.end), last.reason)
        else:
            kept.append(part)
    made: list[Part] = []
    for index, part in enumerate(kept):
        end = kept[index + 1].span.begin if index + 1 < len(kept) else len(text)
        made.append(Part(part.kind, Span(made[-1].span.end if made else 0, end), part.reason))
    return made


def render(parts: tuple[Part, ...], text: str) -> str:
    """Give the text back from its parts; equal to ``text`` exactly when the parts cover it once, in order."""
    return "".join(part.span.of(text) for part in parts)


def minus(span: Span, holes: Iterable[Span]) -> list[Span]:
    """Give what is left of a stretch without others, which are sorted."""
    left: list[Span] = []
    at = span.begin
    for hole in holes:
        if hole.end <= at or hole.begin >= span.end:
            continue
        if hole.begin > at:
            left.append(Span(at, hole.begin))
        at = max(at, hole.end)
    if at < span.end:
        left.append(Span(at, span.end))
    return left
