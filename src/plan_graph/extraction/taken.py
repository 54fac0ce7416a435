"""Stretches of a text that are spoken for, so that no form is read out of what another was read out of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from plan_graph.model.text import Span


class Taken:
    """Disjoint stretches that are spoken for."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)

    def __contains__(self, span: Span) -> bool:
        before = bisect_right(self.spans, span.begin, key=lambda s: s.begin)
        if before and self.spans[before - 1].end > span.begin:
            return True
        return before < len(self.spans) and self.spans[before].begin < span.end

    def beginning(self, begin: int, end: int) -> list[Span]:
        """Give those that begin in a stretch."""
        first = bisect_left(self.spans, begin, key=lambda s: s.begin)
        return self.spans[first : bisect_left(self.spans, end, key=lambda s: s.begin)]

    def add(self, span: Span) -> None:
        """Speak for one more, apart from those there are."""
        self.spans.insert(bisect_right(self.spans, span), span)
