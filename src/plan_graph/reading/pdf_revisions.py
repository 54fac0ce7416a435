"""The marks of a revision that Word prints in the margin (删除[甲]: …, 设置格式[甲]: …): no text of the plan.

They stand beside the lines, to the right of all text, one under another, at heights of their own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from plan_graph.reading.pdf_process import Glyph, Page

_MARK = re.compile(
    r"(?:删除(?:的内容|了)?|设置格式|带格式的?|插入|批注|移动|Deleted|Inserted|Formatted|Comment(?:ed)?)[ ]?"
    r"[\[［][^\[\]［］]{1,16}[\]］][ ]?[:：]"
)
_SAME_LINE = 0.45  # of the size: how far base lines on one line lie apart
_APART = 1.0  # of the size: how far from the text the margin begins
_ALIGNED = 4.0  # points: how far apart the marks begin
_ROOM = 1.0  # points


def without_revisions(page: Page) -> tuple[Page, int]:
    """Give the page without the marks in its margin, and how many characters of them there were."""
    rows = _rows(page.glyphs)
    begins = [begin for row in rows if (begin := _begin(row)) is not None]
    if not begins or max(begins) - min(begins) > _ALIGNED:
        return page, 0
    edge = min(begins) - _ROOM
    if any(_crossed(row, edge) for row in rows):
        return page, 0
    kept = tuple(glyph for glyph in page.glyphs if glyph.x0 < edge)
    left = sum(1 for glyph in page.glyphs if glyph.x0 >= edge and not glyph.text.isspace())
    return replace(page, glyphs=kept), left


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted((g for g in glyphs if not g.text.isspace()), key=lambda g: (g.y, g.x0)):
        if rows and glyph.y - rows[-1][0].y <= _SAME_LINE * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.x0) for row in rows]


def _begin(row: Sequence[Glyph]) -> float | None:
    """Give where a mark begins in a row, with nothing close before it."""
    written = "".join(glyph.text[:1] for glyph in row)
    for hit in _MARK.finditer(written):
        first = row[hit.start()]
        if not hit.start() or first.x0 - row[hit.start() - 1].x1 >= _APART * first.size:
            return first.x0
    return None


def _crossed(row: Sequence[Glyph], edge: float) -> bool:
    """Tell whether a row of text goes on over the edge."""
    for one, two in itertools.pairwise(row):
        if one.x0 < edge <= two.x0:
            return two.x0 - one.x1 < _APART * min(one.size, two.size)
    return False
