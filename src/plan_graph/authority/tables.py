"""The registers as tables: CSV files in UTF-8 with a header row, checked while they are read."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from datetime import date
from itertools import chain
from operator import itemgetter
from pathlib import Path

from plan_graph.errors import InputError

# what each register must hold; README.md beside them says what it means
COLUMNS: dict[str, tuple[str, ...]] = {
    "places.csv": (
        *("code", "name", "short", "level", "parent", "seat", "aliases", "former", "name_en"),
        *("first_list", "last_list", "successor", "source"),
    ),
    "place_links.csv": ("code", "target", "relation", "matched", "candidates", "source"),
    "bodies.csv": (
        *("id", "name", "short", "aliases", "kind", "level", "seat", "jurisdiction", "parent", "name_en"),
        *("valid_from", "valid_until", "function", "example", "source"),
    ),
    "stems.csv": (
        *("key", "level", "name", "short", "function", "kind", "valid_from", "valid_until", "only", "parent"),
        *("example", "source"),
    ),
    "zones.csv": ("id", "name", "aliases", "own", "kind", "code", "first_list", "last_list", "source"),
    "towns.csv": ("place", "towns", "began", "ended", "seat", "source"),
    "universities.csv": ("code", "name", "place", "level", "source"),
    "changes.csv": ("id", "kind", "date", "level", "place", "before", "after", "label_zh", "label_en", "source"),
    "cuts.csv": ("reform", "level", "place", "earliest", "latest", "source"),
    "collectives.csv": ("id", "name", "aliases", "member_rule", "members", "standing_body", "name_en", "source"),
    "collective_rules.csv": ("key", "name", "pattern", "level", "bare", "members", "name_en", "example", "source"),
    "documents.csv": ("id", "title", "number", "issuer", "aliases", "source"),
    "themes.csv": ("id", "label_zh", "label_en"),
    "abbreviations.csv": ("written", "codes", "outside", "source"),
    "place_coincidences.csv": ("name", "before", "after", "note"),
    "stop_words.csv": ("word", "reason"),
    "synonyms.csv": ("written", "means", "reason"),
    "terms.csv": ("term", "note"),
}
# cells that hold a day; some may name a reform of cuts.csv instead
_DAYS = {"cuts.csv": ("earliest", "latest")}
_BOUNDS = {
    "bodies.csv": ("valid_from", "valid_until"),
    "stems.csv": ("valid_from", "valid_until"),
    "changes.csv": ("date",),
}


def read_rows(path: Path, key: str | None, reforms: Collection[str] = ()) -> Iterator[dict[str, str]]:
    """Give the rows of a register in order as dictionaries (see :func:`read_cells`)."""
    columns = COLUMNS[path.name]
    for cells in read_cells(path, key, reforms):
        yield dict(zip(columns, cells, strict=True))


def read_cells(path: Path, key: str | None, reforms: Collection[str] = ()) -> list[tuple[str, ...]]:
    """Give the rows of a register in order, their cells in the order of ``COLUMNS`` and without spaces at their ends.

    :param key: the column that must be filled and unique, if any
    :param reforms: the names that may stand in place of a date
    :raises InputError: for a file or column that is missing, a row without its key or with too many or too
        few cells, a key that stands twice, a date that is none; the message names file and line.
    """
    columns = COLUMNS[present(path).name]
    lines, rows = _table(path)
    if key is not None:
        _check_keys(path.name, key, [row[columns.index(key)] for row in rows], lines)
    for bounds, also in ((_DAYS, ()), (_BOUNDS, reforms)):
        for column in bounds.get(path.name, ()):
            _check_bounds(path.name, column, [row[columns.index(column)] for row in rows], lines, also)
    return rows


def present(path: Path) -> Path:
    """Give the path of a register that is there.

    :raises InputError: if it is not.
    """
    if not path.exists():
        raise InputError(
            f"the register {path} is missing; put it back or name another folder",
            f"缺少登记表 {path}，请放回或指定其他文件夹",
        )
    return path


def _table(path: Path) -> tuple[list[int], list[tuple[str, ...]]]:
    """Give the lines on which the rows begin that are not empty, and their cells."""
    name = path.name
    columns = COLUMNS[name]
    table = _cells(path)
    _, header = next(table, (1, []))
    if missing := [column for column in columns if column not in header]:
        raise InputError(
            f"{name}, line 1: no column {', '.join(missing)}; add it",
            f"{name} 第 1 行缺少列 {'、'.join(missing)}，请补上",
        )
    lines, rows = [], []
    for line, cells in table:
        if len(cells) != len(header):
            raise InputError(
                f"{name}, line {line}: {len(cells)} cells for {len(header)} columns; quote a cell with a comma",
                f"{name} 第 {line} 行有 {len(cells)} 格，应为 {len(header)} 格，含逗号的格请加引号",
            )
        lines.append(line)
        rows.append(tuple(map(str.strip, cells)))
    if tuple(header) != columns:
        rows = list(map(itemgetter(*map(header.index, columns)), rows))  # every register has two columns or more
    return lines, rows


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give the cells of every row that is not empty, with the number of the line on which it begins.

    A quoted cell may run over several lines; rows without one are split, which is several times as fast.
    """
    try:
        lines = enumerate(io.StringIO(path.read_bytes().decode("utf-8"), newline=""), 1)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} is not in UTF-8 (byte {error.start}); save it again as UTF-8",
            f"{path.name} 不是 UTF-8 编码（第 {error.start} 字节），请另存为 UTF-8",
        ) from error
    for at, line in lines:
        if '"' in line:
            yield at, next(csv.reader(chain((line,), (more for _, more in lines))))
        elif row := line.rstrip("\r\n"):
            yield at, row.split(",")


def _check_keys(name: str, key: str, keys: list[str], lines: list[int]) -> None:
    if "" in keys:
        line = lines[keys.index("")]
        raise InputError(
            f"{name}, line {line}: no {key}; fill it in or remove the row",
            f"{name} 第 {line} 行没有 {key}，请补上或删去该行",
        )
    if len(set(keys)) < len(keys):
        line, own = next(
            (line, own) for at, (line, own) in enumerate(zip(lines, keys, strict=True)) if own in keys[:at]
        )
        raise InputError(
            f"{name}, line {line}: {key} {own} stands twice; keep one",
            f"{name} 第 {line} 行的 {key} {own} 重复，请只留一行",
        )


def _check_bounds(name: str, column: str, cells: list[str], lines: list[int], reforms: Collection[str]) -> None:
    for cell in dict.fromkeys(cells):
        if not cell or cell in reforms:
            continue
        try:
            day(cell)
        except ValueError as error:
            line = lines[cells.index(cell)]
            also = (", or name a reform of cuts.csv", "，或写 cuts.csv 中改革的名称") if reforms else ("", "")
            raise InputError(
                f"{name}, line {line}: {column} {cell} is no date; write it like 2018-10-31{also[0]}",
                f"{name} 第 {line} 行的 {column} {cell} 不是日期，请写成 2018-10-31 的样子{also[1]}",
            ) from error


def many(cell: str) -> tuple[str, ...]:
    """Give the values of a cell, which are separated by ``|``; a cell has no spaces at its ends."""
    if "|" not in cell:
        return (cell,) if cell else ()
    return tuple([value for one in cell.split("|") if (value := one.strip())])


def day(cell: str) -> date | None:
    """Give the day a cell states, if it states one."""
    return date.fromisoformat(cell) if cell else None
