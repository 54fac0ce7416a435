"""``plan-graph room``: who should be in the room for some tasks."""

from __future__ import annotations

import re
from pathlib import Path

import click

from plan_graph.cli.answer import checked_form, deliver, report_options
from plan_graph.cli.choice import plan_options, read_scope
from plan_graph.cli.shared import graph_option, main
from plan_graph.errors import InputError


@main.command(name="room")
@graph_option
@plan_options
@click.option("--theme", default="", metavar="T", help="Tasks of a theme: its heading, or a part of it 主题标题.")
@click.option("--place", default="", metavar="P", help="Tasks that name a city or county, or a part of it 市县名称.")
@click.option("--tasks", "ids", default="", metavar="ID,ID,…", help="Tasks by their ids 任务编号，以逗号分隔.")
@click.option("--text", "words", default="", metavar="WORDS", help="Tasks that hold all the words 正文或分工中的词.")
@report_options("invited", "reasons", "cover", "unnamed", "places", "usual", "regulars", "tasks")
def room_command(
    graph: Path,
    plan: str | None,
    issuer: str | None,
    level: str | None,
    year: int | None,
    theme: str,
    place: str,
    ids: str,
    words: str,
    form: str | None,
    what: str | None,
    rows: int,
    bom: bool,
    output: Path | None,
) -> None:
    """Say who should be invited for some tasks, why, and who is not named but might be missed.

    应请谁到会：所选任务点名的机构（附依据）、须落实的集合称谓、没有列为责任方的市县、没有点名而应考虑的机构、最少请哪几家。
    Give one or more of --theme, --place, --tasks and --text; a task must fit them all.

    \b
    Example 示例:
      plan-graph room --theme 着力鼓励创新创业 --year 2018
      plan-graph room --place 大连 --text 自贸
      plan-graph room --tasks 2016-057,2016-058 -o room.html
    """
    from plan_graph.analysis.names import names
    from plan_graph.analysis.room import collected, room
    from plan_graph.analysis.selection import select, tasks_in_place
    from plan_graph.reports.room import room_report
    from plan_graph.reports.words import Words

    form = checked_form(form, what, output)
    asked = [one for one in re.split(r"[,，、\s]+", ids) if one]
    given = {"--theme": theme.strip(), "--place": place.strip(), "--tasks": ",".join(asked), "--text": words.strip()}
    if not any(given.values()):
        raise InputError(
            "room needs to know which tasks; give --theme, --place, --tasks or --text",
            "请说明是哪些任务：用 --theme、--place、--tasks 或 --text",
        )
    store, scope, chosen = read_scope(graph, plan, issuer, level, year)
    within = tasks_in_place(store, given["--place"]) if given["--place"] else None
    tasks = select(scope, theme=given["--theme"], ids=asked, words=words, within=within)
    how = " ".join(f"{option} {value}" for option, value in given.items() if value)
    how = " ".join([how, *(f"--{name} {value}" for name, value in chosen.items())])
    report = room_report(scope, room(scope, tasks, collected(store)), names(store), Words(how, how))
    deliver(report, form, what, rows, bom, output)
