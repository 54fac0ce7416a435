"""Tables of tasks: one row a task, the heads of the columns are the labels.

A table is read if a head names those who lead, support or are responsible and another holds the tasks. A cell
merged over rows holds for all of them; a group cell with a clause in it (``医疗健康（牵头单位：…）``) too. A task
merged over several rows is one task. A table of two columns may be a card for each task instead: 任务名称, 牵头单位,
配合单位 under one another, or side by side in wider ones. A table by body (部门, 职责) is a list by body: each row is
the task of the body it names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from plan_graph.extraction.brackets import groups
from plan_graph.extraction.clause import Reading, named_rule, read_cell, read_group
from plan_graph.extraction.clause_rules import BY_BODY
from plan_graph.extraction.document_rules import Statement, statements
from plan_graph.extraction.duties import duty
from plan_graph.extraction.markers import label_kind
from plan_graph.extraction.parties import Party
from plan_graph.model.text import Document, Span, Table
from plan_graph.reading.table_columns import is_of_bodies

_HEAD_ROWS = 5
_LONGEST_HEAD = 16
_PAIR = 2
_WITHOUT_MERGES = frozenset({"text/plain", "text/csv", "text/tab-separated-values"})
_NUMBER = re.compile(r"序号|编号|序列?|No\.?|项次|条目号?")
_GROUP = re.compile(r"领域|类别|分类|板块|方面|类型|一级|大类|行业|专项|部分")
_EMPTY = re.compile(r"[\s/\uff0f—－\-–无]*")
_TOTAL = re.compile(r"[合总小共][\s\u3000]*计")
_DITTO = re.compile(r"同上|同前|〃|″")
_LEADING = re.compile(r"[（(]?([0-9０-９]{1,3})(?:[.．﹒、）)](?![0-9０-９])|[ \u3000])[ \u3000]*")
_DIGITS = re.compile(r"\d+|[０-９]+")
# the heads of a table by body
_BODIES = re.compile(
    r"(?:[省市县区州旗镇]?[直级]|成员|职能|有关|相关|政府|参与|涉及|各)*(?:部门|单位)(?:名称|[、和或及](?:单位|部门|乡镇|街道))?"
)
_DUTIES = re.compile(
    r"[^、，,：:]{0,8}(?:职责|任务|分工|重点领域|(?:工作|主要|重点)(?:内容|事项|工作|举措|措施))(?:[、和与及]?(?:职责|任务|分工))?"
)
_WORDED = re.compile(r"(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){5}")  # a cell that says what is to be done
_OF_BODIES = tuple("LSRG")
_KIND_OF_BODIES = re.compile("(?:单位|部门|主体|机构|企业|人|组)$")
# what stands left of what it holds, in a card for each task
_CARD_LABEL = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:单位|部门|主体|机构|领导|责任人|负责人|联系人|联系电话|时限|时间|期限|日期|名称|目标|内容|任务|措施|举措"
    r"|要求|备注|问题|依据|成效|进度|进展|项目|标准|事项|类别|领域|编号|序号)"
)
_INLINE = re.compile(
    r"\s*(?P<label>[\u4e00-\u9fff]{0,6}(?:单位|部门|主体|领导|责任人|负责人|时限|时间|期限))[：:]\s*(?P<what>\S[^：:]*?)\s*"
)
_NO_LABEL = re.compile(r"[、，,：:]|^(?:各|有关|相关|其他)")  # 各责任单位 are those who do it


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds a task: its line, its number cell, the cells that say what is to be done, its clause.

    ``reading`` has the parties of all its cells, ``cells`` the stretches they stand in; those outside ``line``
    are merged cells of a row above, ``odd`` cells that should name bodies and hold something else.
    """

    line: Span
    number: Span
    words: tuple[Span, ...]
    reading: Reading | None
    cells: tuple[Span, ...]
    odd: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table of tasks: its stretch, its caption or head, the rows with a task, and what its head states."""

    span: Span
    caption: Span
    head: Span
    rows: tuple[Row, ...]
    statements: tuple[Statement, ...] = ()


@dataclass(slots=True)
class _Columns:
    kinds: dict[int, str] = field(default_factory=dict)  # L S R G T P
    labels: dict[int, str] = field(default_factory=dict)
    number: int = -1
    words: list[int] = field(default_factory=list)
    by_body: bool = False


def task_tables(document: Document) -> list[TaskTable]:
    """Give the tables of a document that hold tasks, in order."""
    plain = document.media_type in _WITHOUT_MERGES
    found = [_read(document.text, table, plain) for table in document.tables]
    return [one for one in found if one is not None]


def _read(text: str, table: Table, plain: bool) -> TaskTable | None:
    if records := _records(text, table):
        begin = Span(table.span.begin, table.span.begin)
        cards = tuple(row for record in records if (row := _record(text, record)))
        return TaskTable(table.span, _caption(text, table), begin, cards) if cards else None
    head, columns = _head(text, table)
    if columns is None:
        head, columns = _by_body(text, table)
    if columns is None:
        return None
    body: Sequence[tuple[Span, ...]] = table.rows[head + 1 :]
    body = _filled(text, body, columns) if plain and not table.filled else body
    line = _line(table.rows[head], table)
    stated = tuple(s for at in range(head + 1) for s in statements(text, _line(table.rows[at], table)))
    heads = {_words(text, cell) for cell in table.rows[head]}
    rows: list[Row] = []
    above: Sequence[Span] = ()
    for cells in _repeated(text, body, columns):
        first = next((_words(text, cell) for cell in cells if cell.begin < cell.end), "")
        if _TOTAL.fullmatch(first):
            continue
        own = {_words(text, cell) for cell in cells}
        if own <= heads or _is_heading(text, cells, columns) or _is_head(cells, table.rows[head], columns):
            continue  # a head repeated on the next page; a heading inside the table; a second row of the head
        if row := _row(text, cells, columns, _previous(rows, table)):
            if rows and _of_one_task(text, above, cells, columns):
                rows[-1] = _joined(rows[-1], row)
            else:
                rows.append(row)
            above = cells
    if not rows:
        return None
    return TaskTable(table.span, _caption(text, table), line, tuple(rows), stated)


def _records(text: str, table: Table) -> list[list[tuple[Span, Span]]]:
    """Give the records of a table of labels and what they hold: a card for each task, or one.

    A label and what it holds stand side by side, in two columns or several times in a row. A record ends where its
    first label comes again. Empty unless two labels at least say who does it or by when.
    """
    wide = any(len(row) != _PAIR for row in table.rows)
    if wide:
        pairs = _pairs(text, table)
    else:
        pairs = [(row[0], row[1]) for row in table.rows if row[0].begin < row[0].end and row[0] != row[1]]
    kinds = [_kind(text, label) for label, _ in pairs]
    labelled = {kind for kind in kinds if kind}
    held = any(_kind(text, what) for _, what in pairs)
    if held or len(labelled) < _PAIR or not labelled & set("LSRG") or not pairs or kinds[0]:
        return []
    first = _words(text, pairs[0][0])
    made: list[list[tuple[Span, Span]]] = []
    for label, what in pairs:
        if _words(text, label) == first:
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
            elif len(cells) > 1 and _CARD_LABEL.fullmatch(_head_words(text, cells[0])) and cells[1] != cells[0]:
                pair = cells[0], cells[1]
                cells = cells[2:]
            else:
                return []
            kind = _kind(text, pair[0])
            if kind and kind in "LSRG" and not is_of_bodies(_words(text, pair[1])):
                return []
            pairs.append(pair)
    return pairs


def _kind(text: str, cell: Span) -> str | None:
    words = _head_words(text, cell)
    return label_kind(words) if words and len(words) <= _LONGEST_HEAD else None


def _record(text: str, record: Sequence[tuple[Span, Span]]) -> Row | None:
    """Read one record: what has no label of its own kind is what is to be done."""
    kinds = [_kind(text, label) for label, _ in record]
    columns = _Columns({at: kind for at, kind in enumerate(kinds) if kind})
    columns.labels = {at: _head_words(text, record[at][0]) for at in columns.kinds}
    columns.words = [at for at, kind in enumerate(kinds) if not kind]
    row = _row(text, [what for _, what in record], columns, record[0][0].begin)
    return row and replace(row, line=Span(record[0][0].begin, row.line.end))


def _is_heading(text: str, cells: Sequence[Span], columns: _Columns) -> bool:
    """Tell whether a row is one cell, or one beside a number, merged from the tasks over those who do them."""
    filled = {at: cell for at, cell in enumerate(cells) if cell.begin < cell.end}
    tasks = {filled[at] for at in columns.words if at in filled}
    return (
        len({_words(text, cell) for cell in filled.values()}) < 2  # once, or again in every place it covers
        or any(filled[at] in tasks for at in columns.kinds if at in filled)
    )


def _is_head(cells: Sequence[Span], head: Sequence[Span], columns: _Columns) -> bool:
    """Tell whether the label of a column is merged into a row below it."""
    return any(at < len(cells) and cells[at] == head[at] and head[at].begin < head[at].end for at in columns.kinds)


def _filled(text: str, rows: Sequence[tuple[Span, ...]], columns: _Columns) -> list[tuple[Span, ...]]:
    """Repeat down the columns what a text copied from merged cells has once: groups, and who leads.

    An empty cell of those who support is empty: nobody does.
    """
    leading = "L" if "L" in columns.kinds.values() else "R"
    down = {c for c, kind in columns.kinds.items() if kind == leading}
    last: dict[int, Span] = {}
    made: list[tuple[Span, ...]] = []
    for cells in rows:
        filled = list(cells)
        if sum(cell.begin < cell.end for cell in cells) > 1:
            for column, cell in enumerate(cells):
                group = column not in columns.kinds and column != columns.number and column not in columns.words
                if not (group or column in down):
                    continue
                if _words(text, cell):
                    last[column] = cell
                elif column in last:
                    filled[column] = last[column]
        made.append(tuple(filled))
    return made


def _repeated(text: str, rows: Sequence[tuple[Span, ...]], columns: _Columns) -> Iterator[tuple[Span, ...]]:
    """Put the cell above where a cell says 同上."""
    above: tuple[Span, ...] = ()
    for cells in rows:
        above = tuple(
            above[at] if at < len(above) and at in columns.kinds and _DITTO.fullmatch(_words(text, cell)) else cell
            for at, cell in enumerate(cells)
        )
        yield above


def _of_one_task(text: str, above: Sequence[Span], cells: Sequence[Span], columns: _Columns) -> bool:
    """Tell whether the cells that say what is to be done, and the number, are merged with those of the row above."""
    said = [at for at in (*columns.words, columns.number) if 0 <= at < len(cells)]
    alike = all(at < len(above) and (above[at] == cells[at] or not _words(text, cells[at])) for at in said)
    return alike and not columns.by_body and any(_words(text, cells[at]) for at in columns.words if at < len(cells))


def _joined(row: Row, below: Row) -> Row:
    """Join a row to the one above it whose task it shares; a cell merged over both counts once."""
    reading = row.reading or below.reading
    if row.reading and below.reading:
        known = {party.name.span for party in row.reading.parties}
        reading = replace(
            row.reading,
            span=Span(row.reading.span.begin, max(row.reading.span.end, below.reading.span.end)),
            parties=(*row.reading.parties, *(p for p in below.reading.parties if p.name.span not in known)),
            times=tuple(dict.fromkeys((*row.reading.times, *below.reading.times))),
            statements=tuple(dict.fromkeys((*row.reading.statements, *below.reading.statements))),
            persons=tuple(dict.fromkeys((*row.reading.persons, *below.reading.persons))),
        )
    return replace(
        row,
        line=Span(row.line.begin, max(row.line.end, below.line.end)),
        reading=reading,
        cells=tuple(dict.fromkeys((*row.cells, *below.cells))),
        odd=tuple(dict.fromkeys((*row.odd, *below.odd))),
    )


def _previous(rows: list[Row], table: Table) -> int:
    return rows[-1].line.end if rows else table.span.begin


def _head(text: str, table: Table) -> tuple[int, _Columns | None]:
    """Find the row of the heads: the last of the first rows that has labels, and what each column is."""
    for at, cells in enumerate(table.rows[:_HEAD_ROWS]):
        columns = _Columns()
        groups: list[int] = []
        above = table.rows[at - 1] if at else ()
        for column, cell in enumerate(cells):
            words = _head_words(text, cell) or (_head_words(text, above[column]) if column < len(above) else "")
            kind = label_kind(words) if len(words) <= _LONGEST_HEAD else None
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
    words = _words(text, cell)
    return cell != label and is_of_bodies(words) and not _kind(text, cell) and not _KIND_OF_BODIES.search(words)


def _by_body(text: str, table: Table) -> tuple[int, _Columns | None]:
    """Find the head of a table by body: a column of bodies, at least half of them read as such, beside their duties."""
    for at, cells in enumerate(table.rows[:_HEAD_ROWS]):
        heads = [_head_words(text, cell) for cell in cells]
        bodies = [column for column, words in enumerate(heads) if _BODIES.fullmatch(words)]
        duties = [column for column, words in enumerate(heads) if _DUTIES.fullmatch(words)]
        if len({cells[column] for column in bodies}) != 1 or not duties:
            continue
        body, what = bodies[0], duties[0]
        rows = [row for row in table.rows[at + 1 :] if max(body, what) < len(row) and row[body].begin < row[body].end]
        named = {row[body] for row in rows if duty(text, row[body], heads[what])}
        worded = [row for row in rows if _WORDED.match(row[what].of(text))]
        if len(named) < _PAIR or 2 * len(named) < len({row[body] for row in rows}) or 2 * len(worded) < len(rows):
            continue
        columns = _Columns({body: "R"}, {body: heads[what]}, by_body=True)
        columns.number = next((column for column, words in enumerate(heads) if _NUMBER.fullmatch(words)), -1)
        columns.words = [column for column in range(len(cells)) if column not in (body, columns.number)]
        return at, columns
    return 0, None


def _head_words(text: str, cell: Span) -> str:
    return re.sub(r"[（(〔].*|\s+", "", cell.of(text))


def _is_label(text: str, cell: Span) -> bool:
    words = _head_words(text, cell)
    return len(words) <= _LONGEST_HEAD and not _NO_LABEL.search(words) and label_kind(words) is not None


def _row(text: str, cells: Sequence[Span], columns: _Columns, after: int) -> Row | None:
    own = [cell for cell in cells if cell.begin >= after and cell.begin < cell.end]
    if not own:
        return None
    line = Span(min(c.begin for c in own), max(c.end for c in own))
    words = tuple(
        dict.fromkeys(
            cells[c] for c in columns.words if c < len(cells) and not _EMPTY.fullmatch(_words(text, cells[c]))
        )
    )
    if not words:
        return None
    parties: list[Party] = []
    times: list[Span] = []
    persons: list[Span] = []
    stretches: list[Span] = []
    odd: list[Span] = []
    said: list[Statement] = []
    unclear = _in_several(cells, columns)
    for column, cell in enumerate(cells):
        kind = columns.kinds.get(column)
        if _EMPTY.fullmatch(_words(text, cell)):
            continue
        if cell in unclear:
            odd += [cell] if cell not in odd else []
            continue
        if kind == "T":
            times.append(cell)
        elif kind == "P":
            persons.append(cell)
        elif kind:
            read = _bodies(text, cell, kind, columns, columns.labels[column])
            parties += read
            said += statements(text, cell)
            (stretches if read else odd).append(cell)
        else:
            for group in groups(text, cell):
                if inner := read_group(text, group):
                    parties += inner.parties
                    times += inner.times
                    stretches.append(group.span)
    number, words = _numbered(text, line, words, cells[columns.number] if 0 <= columns.number < len(cells) else None)
    rule = BY_BODY if columns.by_body else "E1"
    reading = (
        Reading(line, named_rule(rule), tuple(parties), tuple(dict.fromkeys(times)), tuple(said), tuple(persons))
        if parties
        else None
    )
    mine = tuple(w for w in words if w.begin >= after) or words[:1]
    return Row(line, number, mine, reading, tuple(dict.fromkeys(stretches)), tuple(odd))


def _bodies(text: str, cell: Span, kind: str, columns: _Columns, label: str) -> list[Party]:
    """Read a cell that names bodies; in a table by body they must read as bodies."""
    if not columns.by_body:
        return read_cell(text, cell, kind, label)
    found = duty(text, cell, label, BY_BODY)
    return list(found.parties) if found else []


def _in_several(cells: Sequence[Span], columns: _Columns) -> set[Span]:
    """Give the cells that stand in columns of unlike heads: who of them leads is not said."""
    kinds: dict[Span, set[str]] = {}
    for column, kind in columns.kinds.items():
        if column < len(cells):
            kinds.setdefault(cells[column], set()).add(kind)
    return {cell for cell, of in kinds.items() if len(of) > 1}


def _numbered(text: str, line: Span, words: tuple[Span, ...], cell: Span | None) -> tuple[Span, tuple[Span, ...]]:
    """Give where the number of a row stands and its words: without a column for it, the number may begin them."""
    if cell is not None:
        return cell, words
    for at, one in enumerate(words):
        found = _LEADING.match(text, one.begin, one.end)
        if found and found.end() < one.end:
            rest = Span(found.end(), one.end)
            return Span(one.begin, found.end()), (*words[:at], rest, *words[at + 1 :])
    return Span(line.begin, line.begin), words


def row_number(text: str, row: Row, position: int) -> int:
    """Give the number a row states, else its position."""
    found = _DIGITS.search(row.number.of(text))
    return int(found[0]) if found and len(found[0]) <= 6 else position


def _words(text: str, cell: Span) -> str:
    return cell.of(text).strip()


def _line(cells: Sequence[Span], table: Table) -> Span:
    filled = [cell for cell in cells if cell.begin < cell.end]
    if not filled:
        return Span(table.span.begin, table.span.begin)
    return Span(min(c.begin for c in filled), max(c.end for c in filled))


def _caption(text: str, table: Table) -> Span:
    """Give the line before the table, if it is short and no sentence; else the head's first cell."""
    end = table.span.begin
    while end > 0 and text[end - 1] in "\n \u3000\t":
        end -= 1
    begin = text.rfind("\n", 0, end) + 1
    begin += len(text[begin:end]) - len(text[begin:end].lstrip(" \u3000\t"))
    if 1 < end - begin <= 60 and text[end - 1] not in "。；：:，）" and "\t" not in text[begin:end]:
        return Span(begin, end)
    return _line(table.rows[0], table)
