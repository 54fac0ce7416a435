"""Cards of tasks: 任务名称, 牵头单位, 配合单位 under one another, or side by side in wider tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from plan_graph.extraction.task_rows import Columns, Row, head_words, kind_of_label, row_of, words_of
from plan_graph.model.text import Span, Table
from plan_graph.reading.table_columns import is_of_bodies

_PAIR = 2  # a label and what it holds; labels that say who does it or by when, at least
# what stands left of what it holds, in a card for each task
_CARD_LABEL = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:单位|部门|主体|机构|领导|责任人|负责人|联系人|联系电话|时限|时间|期限|日期|名称|目标|内容|任务|措施|举措"
    r"|要求|备注|问题|依据|成效|进度|进展|项目|标准|事项|类别|领域|编号|序号)"
)
_INLINE = re.compile(
    r"\s*(?P<label>[\u4e00-\u9fff]{0,6}(?:单位|部门|主体|领导|责任人|负责人|时限|时间|期限))[：:]\s*(?P<what>\S[^：:]*?)\s*"
)


def cards_of(text: str, table: Table) -> list[list[tuple[Span, Span]]]:
    """Give the records of a table of labels and what they hold: a card for each task, or one.

    A label and what it holds stand side by side, in two columns or several times in a row. A record ends where its
    first label comes again. Empty unless two labels at least say who does it or by when.
    """
    wide = any(len(row) != _PAIR for row in table.rows)
    if wide:
        pairs = _pairs(text, table)
    else:
        pairs = [(row[0], row[1]) for row in table.rows if row[0].begin < row[0].end and row[0] != row[1]]
    kinds = [kind_of_label(text, label) for label, _ in pairs]
    labelled = {kind for kind in kinds if kind}
    held = any(kind_of_label(text, what) for _, what in pairs)
    if held or len(labelled) < _PAIR or not labelled & set("LSRG") or not pairs or kinds[0]:
        return []
    first = words_of(text, pairs[0][0])
    made: list[list[tuple[Span, Span]]] = []
    for label, what in pairs:
        if words_of(text, label) == first:
            made.append([])
        made[-1].append((label, what))
    return made


def _pairs(text: str, table: Table) -> list[tuple[Span, Span]]:
    """Give the labels of a card whose rows hold one or several of them; empty where anything else stands in a row."""
    times = Counter(cell for row in table.rows for cell in set(row) if cell.begin < cell.end)
    pairs: list[tuple[Span, Span]] = []
    for row in table.rows:
        cells = [cell for cell in dict.fromkeys(row) if cell.begin < cell.end]
        cells = cells[1:] if len(cells) > 1 and times[cells[0]] > 1 else cells  # 任务一, over all rows of its card
        while cells:
            if inline := _INLINE.fullmatch(text, cells[0].begin, cells[0].end):
                pair = Span(*inline.span("label")), Span(*inline.span("what"))
                cells = cells[1:]
            elif len(cells) > 1 and _CARD_LABEL.fullmatch(head_words(text, cells[0])) and cells[1] != cells[0]:
                pair = cells[0], cells[1]
                cells = cells[2:]
            else:
                return []
            kind = kind_of_label(text, pair[0])
            if kind and kind in "LSRG" and not is_of_bodies(words_of(text, pair[1])):
                return []
            pairs.append(pair)
    return pairs


def row_of_card(text: str, record: Sequence[tuple[Span, Span]]) -> Row | None:
    """Read one record: what has no label of its own kind is what is to be done."""
    kinds = [kind_of_label(text, label) for label, _ in record]
    columns = Columns({at: kind for at, kind in enumerate(kinds) if kind})
    columns.labels = {at: head_words(text, record[at][0]) for at in columns.kinds}
    columns.words = [at for at, kind in enumerate(kinds) if not kind]
    row = row_of(text, [what for _, what in record], columns, record[0][0].begin)
    return row and replace(row, line=Span(record[0][0].begin, row.line.end))
