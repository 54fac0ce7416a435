"""``plan-graph what-if``: the network if bodies were merged or abolished, or tasks moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plan_graph.cli.answer import checked_form, deliver, report_options
from plan_graph.cli.choice import plan_options, read_scope
from plan_graph.cli.shared import graph_option, lang, main, write
from plan_graph.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from plan_graph.analysis.names import Named
    from plan_graph.analysis.scenario import Step
    from plan_graph.analysis.scope import Scope

_PICTURES = ("svg", "png")
_ORDER = "plan-graph order of steps"
_STEPS = ("merge", "abolish", "to", "move", "lead")


class _InOrder(click.Command):
    """A command that keeps in which order its options were given: click gives all values of one option together."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and note the order in the context."""
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[_ORDER] = [one.name for one in order if one.name in _STEPS]
        return super().parse_args(ctx, args)


@main.command(name="what-if", cls=_InOrder)
@graph_option
@plan_options
@click.option("--merge", multiple=True, metavar="A,B=C", help="Bodies become one, C may be a new name 合并为.")
@click.option("--abolish", multiple=True, metavar="A", help="A body ends; --to says who takes over 撤销.")
@click.option("--to", multiple=True, metavar="B", help="Who takes over from the body abolished 任务转给.")
@click.option("--move", multiple=True, metavar="TASK", help="A task, by its id, gets another lead 任务改由.")
@click.option("--lead", multiple=True, metavar="B", help="The new lead of the task moved 新的牵头机构.")
@click.option(
    "--layer",
    type=click.Choice(["co-lead", "lead-support", "any"]),
    default="any",
    show_default=True,
    help="Which relation makes a tie 关系层.",
)
@report_options("bodies", "network", "ties", "cutPoints", "dropped", more=_PICTURES)
def what_if_command(
    graph: Path,
    plan: str | None,
    issuer: str | None,
    level: str | None,
    year: int | None,
    merge: tuple[str, ...],
    abolish: tuple[str, ...],
    to: tuple[str, ...],
    move: tuple[str, ...],
    lead: tuple[str, ...],
    layer: str,
    form: str | None,
    what: str | None,
    rows: int,
    bom: bool,
    output: Path | None,
) -> None:
    """Compare the network before and after bodies merge or end, or tasks get another lead.

    假设机构合并、撤销，或任务改由另一家牵头，比较调整前后的协作网络。
    Steps are taken in the order given. A merged body has one role on a task: lead beats support. With --move the
    single bodies that led the task give it up. With -o FILE.svg or FILE.png it is a figure.

    \b
    Example 示例:
      plan-graph what-if --merge 省农委,省林业厅=省农林厅
      plan-graph what-if --abolish 省物价局 --to 省发展改革委 --move 2016-019 --lead 省财政厅
      plan-graph what-if --merge 沈阳海关,大连海关=辽宁海关 -o what-if.svg
    """
    from plan_graph.analysis.measures.groups import body_groups
    from plan_graph.analysis.names import names
    from plan_graph.analysis.network import Layer
    from plan_graph.analysis.scenario import scenario
    from plan_graph.reports.scenario import population, scenario_report, steps_said

    form = checked_form(form, what, output, _PICTURES)
    given = _given({"merge": merge, "abolish": abolish, "to": to, "move": move, "lead": lead})
    store, scope, chosen = read_scope(graph, plan, issuer, level, year, tested=False)
    known = names(store)
    groups = {body: group.value for body, group in body_groups(store, scope.bodies).items()}
    found = scenario(scope.rows, list(_steps(given, scope, known)), Layer(layer), groups)
    if form in _PICTURES:
        from plan_graph.reports.figures.scenario import scenario_figure

        labels = {body: known[body].short if body in known else label for body, label in found.labels.items()}
        about = population(scope, found, Layer(layer), chosen)
        write(scenario_figure(found, labels, steps_said(scope, found, known), about, form, lang()), output)
        return
    deliver(scenario_report(scope, found, known, Layer(layer), chosen), form, what, rows, bom, output)


def _given(values: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """Give the steps in the order written: merge with its two sides, abolish with --to, move with --lead.

    :raises InputError: for no step, or one without its other half.
    """
    left = {name: iter(given) for name, given in values.items()}
    order: list[str] = click.get_current_context().meta[_ORDER]
    if not order:
        raise InputError(
            "what-if needs a step; give --merge A,B=C, --abolish A --to B, or --move TASK --lead B",
            "请写明调整：--merge 甲,乙=丙，--abolish 甲 --to 乙，或 --move 任务 --lead 乙",
        )
    steps: list[tuple[str, str, str]] = []
    at = 0
    while at < len(order):
        name = order[at]
        if name == "merge":
            sources, equals, target = next(left["merge"]).partition("=")
            if not (equals and sources.strip() and target.strip()):
                raise InputError(
                    f"--merge {sources}{equals}{target} is not A,B=C; write the bodies, =, and what they become",
                    f"--merge {sources}{equals}{target} 应写作 甲,乙=丙",
                )
            steps.append(("merge", sources, target.strip()))
            at += 1
            continue
        half = {"abolish": "to", "move": "lead"}.get(name)
        if half is None or order[at + 1 : at + 2] != [half]:
            raise InputError(
                "--abolish A is followed by --to B, and --move TASK by --lead B; give them in pairs",
                "--abolish 之后应接 --to，--move 之后应接 --lead，请成对给出",
            )
        steps.append((name, next(left[name]).strip(), next(left[half]).strip()))
        at += 2
    return steps


def _steps(given: list[tuple[str, str, str]], scope: Scope, known: Mapping[str, Named]) -> Iterator[Step]:
    """Find the bodies and tasks meant; a body that a merger makes new is known to the steps after it.

    :raises InputError: for a collective, which is no single body, or an unknown name or task.
    """
    from plan_graph.analysis.names import Named, one_of
    from plan_graph.analysis.scenario import Abolish, Merge, Move
    from plan_graph.analysis.selection import select

    all_known = dict(known)

    def body(asked: str) -> Named:
        found = one_of(all_known, asked, scope.bodies)
        if found.collective:
            raise InputError(
                f"{found.name} is a collective or an unresolved name, not a single body; it cannot be merged, "
                "abolished or given tasks",
                f"“{found.name}”是集合称谓或未确认的名称，不是单一机构，不能合并、撤销或接任务",
            )
        return found

    for kind, first, second in given:
        if kind == "merge":
            sources = tuple(dict.fromkeys(body(one).id for one in re.split("[,，、]", first) if one.strip()))
            try:
                into = body(second)
            except NotFoundError:
                into = all_known[f"new/{second}"] = Named(f"new/{second}", second, second, (second,))
            yield Merge(sources, into.id, into.name)
        elif kind == "abolish":
            gone, into = body(first), body(second)
            if gone.id == into.id:
                raise InputError(
                    f"{gone.name} cannot take over from itself; name another body after --to",
                    f"{gone.name}不能接自己的任务，请在 --to 后写另一个机构",
                )
            yield Abolish(gone.id, into.id, into.name)
        else:
            (task,) = select(scope, ids=[first])
            into = body(second)
            yield Move(task.iri, into.id, into.name)
