"""``plan-graph lineage`` and ``plan-graph duplicates``: tasks that take up or may repeat each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plan_graph.cli.answer import checked_form, deliver, report_options
from plan_graph.cli.choice import plan_options
from plan_graph.cli.shared import graph_option, main
from plan_graph.errors import InputError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from plan_graph.analysis.facts import TaskFacts
    from plan_graph.authority.words import Words

_least = click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=None,
    metavar="SCORE",
    help="Score a pair must reach, from 0 to 1 最低得分.  [default: see docs/similarity.md]",
)
_authority = click.option(
    "--authority",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder of registers, for words and names 登记册文件夹.",
)


@main.command(name="lineage")
@graph_option
@plan_options
@click.option("--task", default=None, metavar="ID", help="Only what is linked with one task 只看与一项任务相关的.")
@click.option(
    "--kind",
    type=click.Choice(["continues", "advances", "completes", "splits", "merges"]),
    default=None,
    help="Only one kind of link 只看一种方式.",
)
@_least
@_authority
@report_options("links", "kinds", "new", "ended")
def lineage_command(
    graph: Path,
    plan: str | None,
    issuer: str | None,
    level: str | None,
    year: int | None,
    task: str | None,
    kind: str | None,
    least: float | None,
    authority: Path | None,
    form: str | None,
    what: str | None,
    rows: int,
    bom: bool,
    output: Path | None,
) -> None:
    """Show which task takes up an earlier one: continues, advances, completes, splits or merges it.

    任务沿革：后一年（后一份计划）的任务承接了此前哪些任务，依据是什么；哪些是新的，哪些没有下文。 --year is the year of
    the later task. A build publishes the same links in the graph, unless it was made with --no-lineage.

    \b
    Example 示例:
      plan-graph lineage --year 2017
      plan-graph lineage --task 2018-009
      plan-graph lineage -o lineage.xlsx
    """
    from plan_graph.analysis.lineage import LEAST, history, links
    from plan_graph.reports.alike import lineage_report

    form = checked_form(form, what, output)
    _, facts = _read(graph, plan, issuer, level, year)
    found = links(facts, _words(authority), least=LEAST if least is None else least)
    if year is not None:
        found = [link for link in found if link.later.year == year]
    if kind is not None:
        found = [link for link in found if link.kind == kind]
    if task is not None:
        one = _task(facts, task)
        found = history(found, one)
        linked = {side.iri for link in found for side in (link.earlier, link.later)} | {one.iri}
        facts = [fact for fact in facts if fact.iri in linked]
    deliver(lineage_report(facts, found, year), form, what, rows, bom, output)


@main.command(name="duplicates")
@graph_option
@plan_options
@click.option("--body", default=None, metavar="NAME", help="Only pairs one of which it leads 只看由某机构牵头的.")
@_least
@_authority
@report_options("pairs")
def duplicates_command(
    graph: Path,
    plan: str | None,
    issuer: str | None,
    level: str | None,
    year: int | None,
    body: str | None,
    least: float | None,
    authority: Path | None,
    form: str | None,
    what: str | None,
    rows: int,
    bom: bool,
    output: Path | None,
) -> None:
    """List tasks that may be about the same thing under other leads, in other years or documents.

    可能重复、交叉的任务：说的是同一件事，而牵头单位、年度或文件不同；按得分排列，标出共同的措辞，供人判断。

    \b
    Example 示例:
      plan-graph duplicates --year 2016
      plan-graph duplicates --body 省农委 -o duplicates.xlsx
    """
    from plan_graph.analysis.duplicates import LEAST, candidates
    from plan_graph.analysis.names import names, one_of
    from plan_graph.reports.alike import duplicates_report

    form = checked_form(form, what, output)
    store, facts = _read(graph, plan, issuer, level, year)
    if year is not None:
        facts = [fact for fact in facts if fact.year == year]
    found = candidates(facts, _words(authority), least=LEAST if least is None else least)
    if body is not None:
        bodies = frozenset(party.body for fact in facts for party in fact.parties)
        one = one_of(names(store), body, bodies)
        found = [pair for pair in found if one.id in pair.left.leads | pair.right.leads]
    deliver(duplicates_report(facts, found), form, what, rows, bom, output)


def _read(
    graph: Path, plan: str | None, issuer: str | None, level: str | None, year: int | None
) -> tuple[Store, list[TaskFacts]]:
    """Read the tasks of the chosen plans, those of other years too."""
    from plan_graph.analysis.choice import Choice, check
    from plan_graph.analysis.facts import task_facts
    from plan_graph.graph.store import open_store

    store = open_store(graph)
    choice = Choice(plan, issuer, level, year=year)
    facts = task_facts(store, choice.parameters)
    check(store, choice, facts, {fact.year for fact in facts if fact.year is not None}, graph)
    return store, facts


def _words(authority: Path | None) -> Words:
    from plan_graph.authority.register import Register
    from plan_graph.authority.words import Words

    return Words(Register.load(authority))


def _task(facts: list[TaskFacts], name: str) -> TaskFacts:
    """Give the task with an id (2016-026), plan/id, or IRI.

    :raises InputError: if no task or several have it.
    """
    found = [fact for fact in facts if name in (fact.id, f"{fact.plan}/{fact.id}", fact.iri)]
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{fact.plan}/{fact.id}" for fact in found[:5])
        raise InputError(
            f"several plans have a task {name}: {listed}; write plan/task",
            f"有几个计划都有任务 {name}：{listed}，请写作 计划/任务",
        )
    raise InputError(
        f"there is no task {name}; its id is like {facts[0].id} (plan-graph query tasks)",
        f"没有任务 {name}；任务编号的写法如 {facts[0].id}（见 plan-graph query tasks）",
    )
