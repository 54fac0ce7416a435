"""``plan-graph diff``: what changed between two builds, or between a plan and its revision."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plan_graph.cli.answer import checked_form, deliver, report_options
from plan_graph.cli.shared import main, write
from plan_graph.errors import InputError

if TYPE_CHECKING:
    from plan_graph.analysis.facts import TaskFacts
    from plan_graph.analysis.revision import Revision

_RDF = ("ttl", "nt", "jsonld")


@main.command(name="diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "renamed",
    multiple=True,
    metavar="OLD=NEW",
    help="Compare a plan of OLD with another of NEW, by their ids 指定以哪个计划对比哪个计划（可多次）.",
)
@click.option("--exit-code", is_flag=True, help="End with 1 if anything changed, as git diff does 有变化时退出码为 1.")
@report_options("documents", "tasks", "changes", "bodies", more=_RDF)
def diff_command(
    old: Path,
    new: Path,
    renamed: tuple[str, ...],
    exit_code: bool,
    form: str | None,
    what: str | None,
    rows: int,
    bom: bool,
    output: Path | None,
) -> None:
    """Show what changed between two builds: tasks added, removed, renumbered, reworded; roles and bodies.

    两次构建之间，或计划与其修订稿之间，任务、角色、机构有哪些变化。OLD 和 NEW 是生成的文件夹或 RDF 文件。
    Plans of the same id are compared; --as compares a plan with its revision under another id. Tasks are matched by
    what they say, so that one put in between does not make all the following look new. As RDF (ttl, nt, jsonld) the
    changes are Activity Streams.

    \b
    Example 示例:
      plan-graph diff build-2025 build
      plan-graph diff build build --as plan-2016=plan-2017 -o changes.xlsx
      plan-graph diff build-2025 build -o changes.ttl
    """
    from plan_graph.analysis.facts import task_facts
    from plan_graph.analysis.revision import revision
    from plan_graph.graph.store import open_store
    from plan_graph.reports.revision import revision_report

    form = checked_form(form, what, output, _RDF)
    pairs = _pairs(renamed)
    before, after = (task_facts(open_store(path)) for path in (old, new))
    for path, facts in ((old, before), (new, after)):
        if not facts:
            raise InputError(
                f"there are no tasks in {path} to compare; is it the graph of a plan?",
                f"{path} 中没有可比较的任务；它是计划的图谱吗？",
            )
    found = revision(before, after, pairs)
    if form in _RDF:
        write(_as_rdf(found, old, new, [*before, *after], form), output)
    else:
        deliver(revision_report(found), form, what, rows, bom, output)
    if exit_code and found.differs:
        sys.exit(1)


def _pairs(renamed: tuple[str, ...]) -> dict[str, str]:
    """Read OLD=NEW of --as.

    :raises InputError: for what is not two ids, or names one twice.
    """
    pairs: dict[str, str] = {}
    for one in renamed:
        left, sign, right = one.partition("=")
        if not (sign and left and right) or left in pairs:
            raise InputError(
                f"--as {one} is not OLD=NEW, two ids of plans, each old one once (plan-graph query plans lists them)",
                f"--as {one} 不是 原标识=新标识（每个原标识只写一次；标识见 plan-graph query plans）",
            )
        pairs[left] = right
    return pairs


def _as_rdf(found: Revision, old: Path, new: Path, facts: list[TaskFacts], form: str) -> bytes:
    """Write the changes as RDF; their name is made from the digests of both graphs, so the same two give the same."""
    import hashlib

    from pyoxigraph import RdfFormat, serialize

    from plan_graph.graph.statements.revision import REVISION_PREFIXES, describe_revision
    from plan_graph.graph.store import graph_file
    from plan_graph.iri import Base
    from plan_graph.reports.revision import revision_events

    digests: list[str] = []
    for path in (old, new):
        with graph_file(path).open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest()[:12])
    base = Base(facts[0].iri.partition("task/")[0])
    triples = describe_revision("-".join(digests), revision_events(found, base), base)
    kind = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}[form]
    return serialize(triples, format=kind, prefixes=REVISION_PREFIXES) or b""
