"""Reports of the command line on a page: their tables with links, and the same as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plan_graph.errors import InputError
from plan_graph.graph.formats import as_csv, as_tsv
from plan_graph.reports.sections import Cell, Report, Section, as_json, as_xlsx, number_text, plain, said
from plan_graph.web.pages import asked
from plan_graph.web.pages.visit import File, Visit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Mapping[str, Cell]
Links = Mapping[str, Callable[[Row], str | None]]
"""Column → function of a row that gives the address its cell leads to."""
ROWS = 100  # of a long table that a page shows; files have all
_WIDE, _UNBROKEN = ("text", "clause", "theme"), ("id", "year", "where")


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown, and where it leads."""

    text: str
    kind: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as it is shown: its columns as (name, kind) pairs, its rows and how many there are in all, its notes."""

    key: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Shown, ...], ...]
    total: int
    notes: tuple[str, ...]
    empty: str


def shape(
    section: Section,
    visit: Visit,
    links: Links | None = None,
    leave: tuple[str, ...] = (),
    at_most: int | None = None,
) -> Shape:
    """Give a section of a report as a table of a page, without the columns ``leave``; of its rows the first."""
    kept = [(n, one) for n, one in enumerate(section.columns) if one.shown and one.key not in leave]
    kinds = {one.key: _kind(section, n) for n, one in kept}
    keys = [one.key for one in section.columns]
    rows = []
    for row in section.rows[:at_most]:
        named = dict(zip(keys, row, strict=True))
        rows.append(
            tuple(
                Shown(
                    str(row[n]) if one.key == "year" and row[n] else text(row[n], visit.lang),
                    kinds[one.key],
                    links[one.key](named) if links and one.key in links else None,
                )
                for n, one in kept
            )
        )
    return Shape(
        section.key,
        section.title.of(visit.lang),
        tuple((one.name.of(visit.lang), kinds[one.key]) for _, one in kept),
        tuple(rows),
        len(section.rows),
        tuple(note.of(visit.lang) for note in section.notes),
        section.empty.of(visit.lang),
    )


def text(cell: Cell, lang: str) -> str:
    """Write a cell for people; what is not known is a dash."""
    value = said(cell, lang)
    if value is None:
        return "–"
    return number_text(value) if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value


def figures(report: Report, lang: str, leave: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Give the figures of the head of a report, each with its name."""
    return [(one.name.of(lang), text(one.value, lang)) for one in report.figures if one.key not in leave]


def file(report: Report, visit: Visit, name: str) -> File:
    """Give a report as the file that the address asks for, byte for byte what ``--format`` of the command line gives.

    :raises NotFoundError: for a form there is not.
    :raises InputError: for a table that the report does not have.
    """
    listed = {one.key: one for one in report.sections}
    section = listed.get(visit.one("list") or report.main)
    if section is None:
        raise InputError(
            f"this answer has no table {visit.one('list')}; list takes {', '.join(listed)}",
            f"这个结果没有表 {visit.one('list')}；list 可取 {'、'.join(listed)}",
        )
    form = visit.arguments["form"]
    forms: Mapping[str, tuple[Callable[[], bytes], str]] = {
        "xlsx": (lambda: as_xlsx(report, visit.lang), XLSX),
        "csv": (lambda: as_csv(plain(section)), "text/csv; charset=utf-8"),
        "tsv": (lambda: as_tsv(plain(section)), "text/tab-separated-values; charset=utf-8"),
        "json": (lambda: as_json(report), "application/json"),
    }
    write, media = asked.form(visit, forms)
    return File(write(), media, "" if form == "json" else f"{name}.{form}")


def _kind(section: Section, at: int) -> str:
    key = section.columns[at].key
    if key in _WIDE:
        return "wide"
    if key in _UNBROKEN:
        return "date"
    values = [row[at] for row in section.rows if row[at] is not None]
    return "num" if values and all(isinstance(value, int | float) for value in values) else ""
