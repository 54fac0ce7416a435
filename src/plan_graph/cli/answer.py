"""How the commands that give a report give it: on the screen, or as CSV, TSV, JSON, Excel or a page."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from plan_graph.cli.shared import form_of, lang, output_option, write
from plan_graph.errors import InputError

if TYPE_CHECKING:
    from plan_graph.reports.sections import Report

FORMATS = ("table", "csv", "tsv", "json", "xlsx", "html")
_Command = TypeVar("_Command", bound=Callable[..., Any])


def report_options(*sections: str, more: tuple[str, ...] = ()) -> Callable[[_Command], _Command]:
    """Add --format, --list (of these sections), --rows, --bom and --output.

    ``more`` are formats that the command writes itself.
    """
    options = (
        click.option(
            "--format",
            "form",
            type=click.Choice((*FORMATS, *more)),
            default=None,
            help="Form of the answer 结果格式.  [default: table, or what the ending of --output says]",
        ),
        click.option(
            "--list",
            "what",
            type=click.Choice(sections),
            default=None,
            help="What the CSV or TSV lists CSV、TSV 的内容.  [default: the main table]",
        ),
        click.option(
            "--rows",
            type=click.IntRange(0),
            default=15,
            show_default=True,
            help="Rows a table shows; 0 is all 表格显示行数.",
        ),
        click.option("--bom", is_flag=True, help="Begin a CSV or TSV with a byte order mark, for Excel 供 Excel 打开."),
        output_option,
    )

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def checked_form(form: str | None, what: str | None, output: Path | None, more: tuple[str, ...] = ()) -> str:
    """Give the format meant.

    :raises InputError: as ``form_of`` does, or for --list with a format that has everything.
    """
    meant = form_of(form, output, (*FORMATS, *more))
    if what is not None and meant not in ("csv", "tsv"):
        raise InputError(
            "--list goes with --format csv or tsv; the others hold every table",
            "--list 只用于 --format csv 或 tsv；其他格式包含全部表格",
        )
    return meant


def deliver(report: Report, form: str, what: str | None, rows: int, bom: bool, output: Path | None) -> None:
    """Show or write a report in one of ``FORMATS``."""
    from plan_graph.graph.formats import as_csv, as_tsv
    from plan_graph.reports.page import as_html
    from plan_graph.reports.sections import as_json, as_xlsx, plain

    if form == "table":
        from plan_graph.terminal.sections import show_report

        show_report(report, lang(), rows)
    elif form in ("csv", "tsv"):
        listed = {one.key: one for one in report.sections}
        section = listed.get(what or report.main)
        if section is None:
            raise InputError(
                f"this answer has no table {what!r}; --list takes {', '.join(listed)}",
                f"这个结果没有表 {what!r}；--list 可取 {'、'.join(listed)}",
            )
        mark = codecs.BOM_UTF8 if bom else b""
        write(mark + (as_csv if form == "csv" else as_tsv)(plain(section)), output)
    elif form == "json":
        write(as_json(report), output)
    elif form == "xlsx":
        write(as_xlsx(report, lang()), output)
    else:
        write(as_html(report, lang()), output)
