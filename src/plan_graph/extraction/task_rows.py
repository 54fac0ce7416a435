"""One row of a table of tasks: its cells → what is to be done, its number, and who does it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from plan_graph.extraction.brackets import groups
from plan_graph.extraction.clause import Reading, named_rule, read_cell, read_group
from plan_graph.extraction.clause_rules import BY_BODY
from plan_graph.extraction.document_rules import Statement, statements
from plan_graph.extraction.duties import duty
from plan_graph.extraction.markers import label_kind
from plan_graph.extraction.parties import Party
from plan_graph.model.text import Span

LONGEST_HEAD = 16
_EMPTY = re.compile(r"[\s/\uff0f—－\-–无]*")
_LEADING = re.compile(r"[（(]?([0-9０-９]{1,3})(?:[.．﹒、）)](?![0-9０-９])|[ \u3000])[ \u3000]*")
_DIGITS = re.compile(r"\d+|[０-９]+")
WORDED = re.compile(r"(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){5}")  # a cell that says what is to be done


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


@dataclass(slots=True)
class Columns:
    """What the columns of a table hold, by their place: labels and their kinds, the number, what is to be done."""

    kinds: dict[int, str] = field(default_factory=dict)  # L S R G T P
    labels: dict[int, str] = field(default_factory=dict)
    number: int = -1
    words: list[int] = field(default_factory=list)
    by_body: bool = False


def kind_of_label(text: str, cell: Span) -> str | None:
    """Give the kind of the label that a cell is, or nothing if it is none."""
    words = head_words(text, cell)
    return label_kind(words) if words and len(words) <= LONGEST_HEAD else None


def head_words(text: str, cell: Span) -> str:
    """Give the words of a head without blanks and what stands in brackets."""
    return re.sub(r"[（(〔].*|\s+", "", cell.of(text))


def row_of(text: str, cells: Sequence[Span], columns: Columns, after: int) -> Row | None:
    """Read a row; nothing where all of its cells stand before ``after`` or none says what is to be done."""
    own = [cell for cell in cells if cell.begin >= after and cell.begin < cell.end]
    if not own:
        return None
    line = Span(min(c.begin for c in own), max(c.end for c in own))
    words = tuple(
        dict.fromkeys(
            cells[c] for c in columns.words if c < len(cells) and not _EMPTY.fullmatch(words_of(text, cells[c]))
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
        if _EMPTY.fullmatch(words_of(text, cell)):
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


def _bodies(text: str, cell: Span, kind: str, columns: Columns, label: str) -> list[Party]:
    """Read a cell that names bodies; in a table by body they must read as bodies."""
    if not columns.by_body:
        return read_cell(text, cell, kind, label)
    found = duty(text, cell, label, BY_BODY)
    return list(found.parties) if found else []


def _in_several(cells: Sequence[Span], columns: Columns) -> set[Span]:
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


def words_of(text: str, cell: Span) -> str:
    """Give the words of a cell."""
    return cell.of(text).strip()
