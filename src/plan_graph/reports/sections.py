"""A report: a title, figures, tables with notes, each wording in zh and en; shown, printed and written from one value.

A CSV, TSV or JSON has the keys of columns, which stay; an Excel sheet, a page and the screen have their names.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from plan_graph.graph.formats import as_workbook
from plan_graph.graph.queries import Table
from plan_graph.model.plan import Role
from plan_graph.reports.words import Words, listed

Cell = Words | str | int | float | None

ROLES = {
    Role.LEAD: Words("牵头", "leads"),
    Role.SUPPORT: Words("配合", "supports"),
    Role.RESPONSIBLE: Words("负责", "responsible"),
    Role.GUIDE: Words("指导", "guides"),
}
PERIOD = Words("全部年度", "all years")
NONE = Words("（无）", "(none)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in files, its name, and whether people see it on the screen and on a page.

    ``many`` tells that its cells list things with 、 between them, of which the screen has the first.
    """

    key: str
    name: Words
    shown: bool = True
    many: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its title; ``notes`` say how to read it, ``empty`` what it means that there are no rows.

    ``whole`` tells that it is short and never cut on the screen.
    """

    key: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Words, ...] = ()
    empty: Words = NONE
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the head of a report: its key in JSON, its name, its value."""

    key: str
    name: Words
    value: Cell


@dataclass(frozen=True, slots=True)
class Report:
    """A whole answer; ``main`` is the key of the section that a CSV or TSV has where none is asked for."""

    title: Words
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    main: str
    notes: tuple[Words, ...] = ()


def roles(found: Sequence[Role]) -> Words:
    """Name the roles of a body on a task."""
    return listed((ROLES[one] for one in found), "、", ", ")


def same(name: str) -> Words:
    """Give a name that is the same in both languages."""
    return Words(name, name)


def plain(section: Section) -> Table:
    """Give a section as a table for programs: keys of columns, every column, Chinese where a cell has two wordings."""
    return Table(
        tuple(column.key for column in section.columns),
        tuple(tuple(cell.zh if isinstance(cell, Words) else cell for cell in row) for row in section.rows),
    )


def readable(section: Section, lang: str, *, every: bool = False) -> Table:
    """Give a section as a table for people, with the columns that are shown, or with every one."""
    at = [n for n, column in enumerate(section.columns) if every or column.shown]
    return Table(
        tuple(section.columns[n].name.of(lang) for n in at),
        tuple(tuple(said(row[n], lang) for n in at) for row in section.rows),
    )


def said(cell: Cell, lang: str) -> str | int | float | None:
    """Give a cell in a language; a number stays one."""
    return cell.of(lang) if isinstance(cell, Words) else cell


def number_text(number: float) -> str:
    """Write a number for people: three decimals at most, and that it is smaller than these can say."""
    if abs(number) >= 0.001:
        return f"{number:.3f}".rstrip("0").rstrip(".")
    return "0" if number == 0 else "<0.001" if number > 0 else ">-0.001"


def as_json(report: Report) -> bytes:
    """Write the title, the figures and the rows of every section, with keys that stay."""
    whole = {
        "title": report.title._asdict(),
        "figures": {one.key: said(one.value, "zh") for one in report.figures},
        "notes": [note._asdict() for note in report.notes],
        "sections": {
            one.key: [dict(zip(table.columns, map(_number, row), strict=True)) for row in table.rows]
            for one in report.sections
            for table in [plain(one)]
        },
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def as_xlsx(report: Report, lang: str) -> bytes:
    """Write an Excel workbook: a sheet of figures and notes, then one for each section.

    :raises InputError: where a sheet or a cell would be too large.
    """
    head = Table(
        (Words("项目", "item").of(lang), Words("值", "value").of(lang)),
        (
            *((one.name.of(lang), said(one.value, lang)) for one in report.figures),
            *((Words("说明", "note").of(lang), note.of(lang)) for note in report.notes),
            *((one.title.of(lang), note.of(lang)) for one in report.sections for note in one.notes),
        ),
    )
    sheets = [
        (one.title.of("en" if lang == "en" else "zh"), readable(one, lang, every=True)) for one in report.sections
    ]
    return as_workbook([(Words("概况", "summary").of("en" if lang == "en" else "zh"), head), *sheets])


def _number(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value
