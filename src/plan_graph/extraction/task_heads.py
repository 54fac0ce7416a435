"""The head of a table of tasks: which row it is, and which columns hold what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plan_graph.extraction.duties import duty
from plan_graph.extraction.markers import label_kind
from plan_graph.extraction.task_rows import LONGEST_HEAD, WORDED, Columns, head_words, kind_of_label, words_of
from plan_graph.model.text import Span, Table
from plan_graph.reading.table_columns import is_of_bodies

_HEAD_ROWS = 5
_FEWEST = 2  # bodies of a table by body
_NUMBER = re.compile(r"序号|编号|序列?|No\.?|项次|条目号?")
_GROUP = re.compile(r"领域|类别|分类|板块|方面|类型|一级|大类|行业|专项|部分")
# the heads of a table by body
_BODIES = re.compile(
    r"(?:[省市县区州旗镇]?[直级]|成员|职能|有关|相关|政府|参与|涉及|各)*(?:部门|单位)(?:名称|[、和或及](?:单位|部门|乡镇|街道))?"
)
_DUTIES = re.compile(
    r"[^、，,：:]{0,8}(?:职责|任务|分工|重点领域|(?:工作|主要|重点)(?:内容|事项|工作|举措|措施))(?:[、和与及]?(?:职责|任务|分工))?"
)
_OF_BODIES = tuple("LSRG")
_KIND_OF_BODIES = re.compile("(?:单位|部门|主体|机构|企业|人|组)$")
_NO_LABEL = re.compile(r"[、，,：:]|^(?:各|有关|相关|其他)")  # 各责任单位 are those who do it


def head_of(text: str, table: Table) -> tuple[int, Columns | None]:
    """Find the row of the heads: the last of the first rows that has labels, and what each column is."""
    for at, cells in enumerate(table.rows[:_HEAD_ROWS]):
        columns = Columns()
        groups: list[int] = []
        above = table.rows[at - 1] if at else ()
        for column, cell in enumerate(cells):
            words = head_words(text, cell) or (head_words(text, above[column]) if column < len(above) else "")
            kind = label_kind(words) if len(words) <= LONGEST_HEAD else None
            if kind:
                columns.kinds[column] = kind
                columns.labels[column] = words
            elif _NUMBER.fullmatch(words):
                columns.number = column
            elif words and not _GROUP.search(words):
                columns.words.append(column)
            elif words:
                groups.append(column)
        if len(cells) < 2 or not set(columns.kinds.values()) & set("LSRG"):
            continue
        if any(columns.kinds.get(k) in _OF_BODIES and _names_bodies(text, cells[k], one) for k, one in _beside(cells)):
            continue  # a label and what it holds, side by side
        columns.words = columns.words or groups
        if not columns.words and columns.number < 0:
            continue
        below = table.rows[at + 1] if at + 1 < min(len(table.rows), _HEAD_ROWS) else ()
        if any(_is_label(text, cell) for cell in below if cell not in cells):
            continue  # a head of two rows: the lower one has the labels
        return at, columns
    return 0, None


def _beside(cells: Sequence[Span]) -> Iterator[tuple[int, Span]]:
    """Give the place of each cell with the cell right of it."""
    yield from enumerate(cells[1:])


def _names_bodies(text: str, label: Span, cell: Span) -> bool:
    words = words_of(text, cell)
    return cell != label and is_of_bodies(words) and not kind_of_label(text, cell) and not _KIND_OF_BODIES.search(words)


def head_by_body(text: str, table: Table) -> tuple[int, Columns | None]:
    """Find the head of a table by body: a column of bodies, at least half of them read as such, beside their duties."""
    for at, cells in enumerate(table.rows[:_HEAD_ROWS]):
        heads = [head_words(text, cell) for cell in cells]
        bodies = [column for column, words in enumerate(heads) if _BODIES.fullmatch(words)]
        duties = [column for column, words in enumerate(heads) if _DUTIES.fullmatch(words)]
        if len({cells[column] for column in bodies}) != 1 or not duties:
            continue
        body, what = bodies[0], duties[0]
        rows = [row for row in table.rows[at + 1 :] if max(body, what) < len(row) and row[body].begin < row[body].end]
        named = {row[body] for row in rows if duty(text, row[body], heads[what])}
        worded = [row for row in rows if WORDED.match(row[what].of(text))]
        if len(named) < _FEWEST or 2 * len(named) < len({row[body] for row in rows}) or 2 * len(worded) < len(rows):
            continue
        columns = Columns({body: "R"}, {body: heads[what]}, by_body=True)
        columns.number = next((column for column, words in enumerate(heads) if _NUMBER.fullmatch(words)), -1)
        columns.words = [column for column in range(len(cells)) if column not in (body, columns.number)]
        return at, columns
    return 0, None


def _is_label(text: str, cell: Span) -> bool:
    words = head_words(text, cell)
    return len(words) <= LONGEST_HEAD and not _NO_LABEL.search(words) and label_kind(words) is not None
