"""Texts in traditional characters: read in simplified ones, and what was found given as it is written."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from plan_graph.model.plan import Plan
from plan_graph.model.text import Document, Span

_TRADITIONAL = re.compile("牽頭|責任[單部]|負責|實施|關於|組織")
_HAN = re.compile("[\u3400-\u9fff]")
_AROUND = 300  # characters before a name in which what it shares with others stands


def is_traditional(text: str) -> bool:
    """Tell whether a text is in traditional characters, by words that plans are full of."""
    return bool(_TRADITIONAL.search(text))


def as_written(plan: Plan, read: str, written: str) -> Plan:
    """Give a plan that was read in the text ``read`` with the characters of ``written``, which is as long."""

    def words(value: str, span: Span | None) -> str:
        if not _HAN.search(value):
            return value
        at = read.find(value, span.begin, span.end) if span else read.find(value)
        if at < 0 and span:
            at = read.rfind(value, 0, span.begin)  # the head of a table, far above its row
        if at >= 0:
            return written[at : at + len(value)]
        if span is None:
            return value
        near = Span(max(0, span.begin - _AROUND), span.end)  # the nearest character of a shape decides
        shapes = dict(zip(near.of(read), near.of(written), strict=True))
        return "".join(shapes.get(char, char) for char in value)

    def given(value: Any, span: Span | None = None) -> Any:
        if isinstance(value, str):
            return words(value, span)
        if isinstance(value, tuple):
            return tuple(given(one, span) for one in value)
        if is_dataclass(value) and not isinstance(value, (type, Span, Document)):
            own = getattr(value, "span", None) or span
            return replace(value, **{f.name: given(getattr(value, f.name), own) for f in fields(value) if f.init})
        return value

    made: Plan = given(plan)
    return made
