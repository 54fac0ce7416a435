"""A text whose lines were broken at a width, or that is marked up → the same without breaks and marks, and back.

Text copied from a PDF or an e-mail has a line end after every so many characters, and page numbers between; a label,
a name or a date may be broken anywhere. A text in Markdown has ``**`` around headings and labels. Such a text is read
through a *view* from which these breaks and marks are left out; what is found is then given in offsets of the text as
it is.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from plan_graph.extraction.going_on import Broken, SoFar, blank_by_page, continuation, with_line
from plan_graph.extraction.line_width import width_of
from plan_graph.extraction.page_lines import INLINE_PAGE, PAGE, heads_and_feet, inline_pages, is_page
from plan_graph.model.plan import Plan
from plan_graph.model.text import Document, Part, Span, Table

# heads of a table whose columns are aligned with spaces; a line of three cells below them is a row and no paragraph
_A_HEAD = re.compile("(?:牵头|责任|配合|主办|协办|负责)[^\\s，。；：、]{0,4}(?:单位|部门|主体)(?=[ \u3000\xa0\n]|$)")
_BESIDE_A_HEAD = re.compile(r"[^\n，。；：、]*[^\s](?:[ \xa0]{2,}|\u3000)[^\s][^\n，。；：、]*")
_ROWS = 400  # lines of such a table, at most
_CUT_BY_GUTTERS = re.compile(r"[^\s\f](?:[ \xa0]{3,}|\u3000{2,})[^\s](?:[^\n]*[^\s])?(?:[ \xa0]{3,}|\u3000{2,})[^\s]")
# （牵头部 / 门：甲局）: the end of a line inside a label, in a text whose lines are paragraphs otherwise
_LABEL_BROKEN = re.compile(
    r"[（(〔［\[][\u4e00-\u9fff]{1,7}(?P<end>\n[ \t\u3000]*\n?[ \t\u3000]*)"
    r"(?:位|门|[\u4e00-\u9fff]{0,6}(?:单位|部门))[：:]"
)
_MARKED = re.compile(r"(?m)^[ \t]*#{1,6}[ \t]+(?=\S)|\*\*[^*\n]{2,200}\*\*|<br ?/?>")
# what Markdown adds to a line: # before a heading, ** around words, a backslash before a full stop (1\. 建设)
_MARKS = re.compile(r"^[ \t\u3000]*#{1,6}[ \t]+|\*\*|\\(?=[.()\[\]*_#+-])|(?P<break><br ?/?>)")
_BLANK = " \t\u3000"


@dataclass(frozen=True, slots=True)
class View:
    """``text`` without breaks; ``back[i]`` is where its character ``i`` stands in the text of ``length``."""

    text: str
    back: Sequence[int]
    length: int


def view(text: str, tables: Sequence[Table] = ()) -> View | None:
    """Give a text without the breaks of its lines and the marks of Markdown, or None if it has neither.

    It has no breaks if its lines are paragraphs and no page number parts one. A row of a table is a line.

    >>> lines = "\\n".join(["推进数字化改革，建设一张网，提升服务效能，推动共享"] * 20) + "。\\n（责任\\n单位：甲局）"
    >>> "\\n" in view(lines).text[:400], view("一、甲\\n（一）乙\\n")
    (False, None)
    """
    lines = text.split("\n")
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    rows = _under_heads(lines) if _A_HEAD.search(text) else set()
    for span in (one.span for one in tables):
        rows.update(range(bisect_right(begins, span.begin) - 1, bisect_right(begins, span.end)))
    gone = heads_and_feet(lines)
    left_out = rows | gone
    width, reaching = width_of(
        [line if at not in left_out else "" for at, line in enumerate(lines)] if left_out else lines
    )
    marked = bool(_MARKED.search(text))
    inline = inline_pages(text)
    broken = {hit.start("end"): hit["end"].count("\n") for hit in _LABEL_BROKEN.finditer(text) if not tables}
    paged = gone or "\f" in text or any(PAGE.fullmatch(line) for line in lines)
    if width is None and not (paged or marked or broken or inline):
        return None
    pieces: list[str] = []
    back = array("L")
    page = Broken(lines, width, reaching, gone, blank_by_page(lines))
    so_far = SoFar()
    at = 0
    new = True  # whether a line begins, and does not go on with the one above
    while at < len(lines):
        if at in gone or (at not in rows and PAGE.fullmatch(lines[at])):  # — 3 — is no line between two labels
            at += 1
            continue
        line, begin = lines[at], begins[at]
        so_far = with_line(line, so_far, new)
        marks = _MARKS if marked else INLINE_PAGE if inline else None
        for piece, first in _shown(line, marks, "" if new else "".join(pieces[-1:])):
            pieces.append(piece)
            back.extend(range(begin + first, begin + first + len(piece)))
        skipped = broken.get(begin + len(line), 0)
        following = at + skipped if skipped else 0
        if not skipped and at not in rows and line.strip() and not is_page(line):
            following = continuation(page, at, so_far)
        new = not following or following in rows
        if not new:
            at = following
            continue
        if at + 1 < len(lines):
            pieces.append("\n")
            back.append(begins[at] + len(lines[at]))
        at += 1
    made = "".join(pieces)
    if len(made) == len(text):
        return None
    back.append(len(text))
    return View(made, back, len(text))


def _under_heads(lines: Sequence[str]) -> set[int]:
    """Give the rows of tables that spaces align, below heads that name who is responsible."""
    found: set[int] = set()
    ends = 0
    for at, line in enumerate(lines):
        if _A_HEAD.search(line) and _BESIDE_A_HEAD.fullmatch(line):
            found.add(at)
            ends = at + _ROWS
        elif at < ends and _CUT_BY_GUTTERS.search(line):
            found.add(at)
    return found


def _shown(line: str, marks: re.Pattern[str] | None, before: str) -> Iterator[tuple[str, int]]:
    """Give the stretches of a line that are no marks, each with where it begins.

    ``before`` is what the line goes on with: blanks at a margin are no part of a sentence, except between words.
    """
    start = int(line.startswith("\f"))
    if before:
        begins = len(line) - len(line[start:].lstrip(_BLANK))
        words = before[-1].isascii() and line[begins : begins + 1].isascii()
        start = max(start, begins - 1) if words else begins
    for mark in marks.finditer(line, start) if marks else ():
        yield line[start : mark.start()], start
        if marks is _MARKS and mark["break"]:  # a line ends inside a cell
            yield "\n", mark.start()
        start = mark.end()
    yield line[start:], start


def through_view(document: Document, through: View) -> Document:
    """Give a document as it is seen through a view, its tables too."""

    def seen(one: Span) -> Span:
        return Span(bisect_left(through.back, one.begin), bisect_left(through.back, one.end))

    tables = tuple(
        replace(one, span=seen(one.span), rows=tuple(tuple(seen(cell) for cell in row) for row in one.rows))
        for one in document.tables
    )
    return replace(document, text=through.text, tables=tables)


def in_original(plan: Plan, document: Document, through: View) -> Plan:
    """Give a plan that was read through a view in offsets of the document."""
    back, length = through.back, through.length

    def boundary(at: int) -> int:
        return 0 if at == 0 else length if at >= len(back) - 1 else back[at - 1] + 1

    def span(one: Span) -> Span:
        if one.begin == one.end:
            return Span(boundary(one.begin), boundary(one.begin))
        return Span(back[one.begin], back[one.end - 1] + 1)

    def moved(value: Any) -> Any:
        if isinstance(value, Span):
            return span(value)
        if isinstance(value, tuple):
            return tuple(moved(one) for one in value)
        if isinstance(value, Part):
            return replace(value, span=Span(boundary(value.span.begin), boundary(value.span.end)))
        if isinstance(value, Document):
            return document
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: moved(getattr(value, f.name)) for f in fields(value) if f.init})
        return value

    made: Plan = moved(plan)
    return made
