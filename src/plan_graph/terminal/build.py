"""After a build: the ledger, the bodies, the ties, where the files are, what to try next."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from plan_graph.analysis.rows import local_id, written_names
from plan_graph.authority.reasons import REASONS
from plan_graph.graph.queries import Table, bind, find, run
from plan_graph.terminal.drawing import console, grid, pick, significance

if TYPE_CHECKING:
    from plan_graph.analysis.significance import TieTable
    from plan_graph.corpus import Failure, Outcome


def show_build(outcome: Outcome, lang: str) -> None:
    """Show the ledger, the bodies, the ties, where the files are, and what to try next."""
    from plan_graph.graph.store import open_store

    out = console()
    if len(outcome.documents) == 1:
        _ledger(out, outcome.documents[0], lang)
    else:
        _overview(out, outcome.documents, lang)
    show_failures(out, outcome.failed, lang)
    if outcome.taken:
        said = pick(
            f"{outcome.taken} 份文件自上次生成后未变，直接沿用（--no-cache 全部重读）",
            f"{outcome.taken} unchanged since the last build were taken over (--no-cache reads them again)",
            lang,
        )
        out.print(Text(said, style="dim"))
    store = open_store(outcome.out)
    short = written_names(store)
    bodies = run(store, bind(find("tasks-by-body"), {}))
    _bodies(out, bodies, short, lang)
    if outcome.ties is not None and outcome.ties.ties:
        _ties(out, store, outcome.ties, short, lang)
    if outcome.report is None:
        checked = pick("未校验", "not validated", lang)
    else:
        checked = pick(
            f"校验通过：{outcome.report.triples:,} 条三元组符合全部 SHACL 形状",
            f"validated: {outcome.report.triples:,} triples conform to every SHACL shape",
            lang,
        )
    out.print(Text("✓ " + checked, style="green" if outcome.report else "yellow"))
    _files(out, outcome, short[local_id(bodies.rows[0][0])] if bodies.rows else "", lang)


_MOST = 60  # lines of the table of documents
_DOUBTS = 10  # passages shown
_WORDS = 60  # characters of a passage shown


def _overview(out: Console, documents: list[dict[str, Any]], lang: str) -> None:
    """Show a line for each document, and the sums."""
    columns = [
        ("文件", "document", False),
        ("任务", "tasks", True),
        ("责任分工", "clauses", True),
        ("参与关系", "mentions", True),
        ("未确认名称", "unresolved", True),
        ("疑似未读", "doubts", True),
        ("警告", "warnings", True),
        ("未读字符", "code points unread", True),
    ]
    title = pick(f"{len(documents)} 份文件", f"{len(documents)} documents", lang)
    table = grid(columns, lang, title)
    lines = [_counted(document) for document in documents]
    for document, counts in list(zip(documents, lines, strict=True))[:_MOST]:
        table.add_row(document["id"], *(f"{count:,}" for count in counts))
    sums = [f"{sum(column):,}" for column in zip(*lines, strict=True)]
    table.add_row(pick("合计", "in all", lang), *sums, style="bold")
    out.print()
    out.print(table)
    if len(documents) > _MOST:
        more = len(documents) - _MOST
        out.print(pick(f"……另有 {more} 份文件，见 report.json", f"… {more} more documents, see report.json", lang))


def _counted(document: dict[str, Any]) -> tuple[int, ...]:
    counts = document["counts"]
    return (
        counts["tasks"],
        counts["clauses"],
        counts["mentions"],
        len(document["unresolved"]),
        len(document["doubts"]),
        len(document["warnings"]),
        counts["unread-code-points"],
    )


def show_failures(out: Console, failed: Sequence[Failure], lang: str) -> None:
    """List the documents that could not be built, each with its reason."""
    if not failed:
        return
    said = pick(
        f"{len(failed)} 份文件未能生成，其余照常写出：",
        f"{len(failed)} could not be built; the others were:",
        lang,
    )
    out.print(Text("✗ " + said, style="bold red"))
    for one in failed:
        name = "" if one.file in one.en else f"{one.file}: "
        out.print(Text(f"  {name}{pick(one.zh, one.en, lang)}", style="red"))


def _ledger(out: Console, document: dict[str, Any], lang: str) -> None:
    counts = document["counts"]
    out.print()
    out.print(Text(document["title"] or document["file"], style="bold"))
    issued = " ".join(filter(None, (document["number"], document["issuer"], document["issued"])))
    out.print(Text(f"{issued or document['file']}  [{document['id']}, {document['encoding']}]", style="dim"))
    parts = [s for s in document["sections"] if s["stated_tasks"] is not None]
    if parts:
        table = grid(
            [("部分", "part", False), ("标题所称", "stated", True), ("读出", "read", True), ("", "", False)], lang
        )
        for part in parts:
            same = part["stated_tasks"] == part["tasks"]
            mark = Text("✓", style="green") if same else Text("✗", style="red")
            table.add_row(part["title"], str(part["stated_tasks"]), str(part["tasks"]), mark)
        out.print(table)
    facts = [
        (pick("任务", "tasks", lang), counts["tasks"]),
        (pick("参与关系", "mentions", lang), counts["mentions"]),
        (pick("牵头", "leads", lang), counts["leads"]),
        (pick("配合", "supports", lang), counts["supports"]),
        (pick("机构", "bodies", lang), counts["bodies"]),
        (pick("集合称谓", "collectives", lang), counts["collectives"]),
        (pick("未确认名称", "unresolved names", lang), counts["unresolved-names"]),
        (pick("文件引用", "citations", lang), counts["citations"]),
        (pick("量化目标", "targets", lang), counts["targets"]),
        (pick("地名", "places", lang), counts["places"]),
        (pick("时限", "deadlines", lang), counts["deadlines"]),
    ]
    out.print(" · ".join(f"{name} [bold]{value:,}[/]" for name, value in facts))
    points = counts["code-points"]
    kinds = [
        (pick("标题", "headings", lang), counts["heading-code-points"]),
        (pick("前言", "preamble", lang), counts["preamble-code-points"]),
        (pick("任务", "tasks", lang), counts["task-code-points"]),
        (pick("责任分工", "clauses", lang), counts["clause-code-points"]),
        (pick("未读", "unread", lang), counts["unread-code-points"]),
    ]
    total = sum(value for _, value in kinds)
    line = " + ".join(f"{name} {value:,}" for name, value in kinds)
    out.print(f"{pick('字符', 'code points', lang)} [bold]{points:,}[/] = {line}" + ("" if total == points else "  ✗"))
    for note in document["notes"]:
        out.print(Text("· " + pick(note["zh"], note["en"], lang), style="dim"))
    for one in document["unresolved"]:
        near = f" ≈ {', '.join(one['candidates'])}" if one["candidates"] else ""
        why = REASONS[one["reason"]][0] if lang == "zh" else one["reason"]
        named = pick("未确认", "not resolved", lang)
        out.print(Text(f"! {named}: {one['name']} ×{one['mentions']} ({why}{near})", style="yellow"))
    if document["doubts"]:
        count = len(document["doubts"])
        said = pick(
            f"{count} 处看似责任分工而未读，见 report.json 的 doubts",
            f"{count} {'passage looks' if count == 1 else 'passages look'} like responsibility but "
            f"{'was' if count == 1 else 'were'} not read: doubts in report.json",
            lang,
        )
        out.print(Text("! " + said, style="yellow"))
        for doubt in document["doubts"][:_DOUBTS]:
            out.print(Text(f"  {doubt['begin']}–{doubt['end']}  {_short(doubt['words'])}", style="yellow"))
    for warning in document["warnings"]:
        out.print(Text("! " + pick(warning["zh"], warning["en"], lang), style="yellow"))


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _WORDS else flat[:_WORDS] + "…"


def _bodies(out: Console, table: Table, short: dict[str, str], lang: str, top: int = 10) -> None:
    if not table.rows:
        return
    count = len(table.rows)
    zh, en = (
        (f"前 {top} 名，共 {count} 个", f"top {top} of {count}") if count > top else (f"共 {count} 个", f"all {count}")
    )
    made = grid(
        [("机构", "body", False), ("牵头", "led", True), ("配合", "supported", True), ("任务", "tasks", True)],
        lang,
        pick(f"牵头任务最多的机构（{zh}）", f"Bodies by tasks led ({en})", lang),
    )
    for body, _, led, supported, _, tasks in table.rows[:top]:
        made.add_row(short[local_id(body)], str(led), str(supported), str(tasks))
    out.print()
    out.print(made)


def _ties(out: Console, store: Any, table: TieTable, short: dict[str, str], lang: str, top: int = 8) -> None:
    columns = [
        ("机构", "body", False),
        ("机构", "body", False),
        ("共同任务", "shared", True),
        ("预期", "expected", True),
        ("p", "p", True),
        ("q", "q", True),
    ]
    most = run(store, bind(find("pairs-by-shared-tasks"), {}))
    made = grid(columns, lang, pick("共同任务最多的机构对", "Pairs that share most tasks", lang))
    for a, _, b, _, shared, expected, p, q, *_ in most.rows[:top]:
        made.add_row(
            short[local_id(a)], short[local_id(b)], str(shared), f"{expected:.1f}", significance(p), significance(q)
        )
    out.print(made)
    least = run(store, bind(find("surprising-pairs"), {}))
    title = pick(
        f"协作显著多于工作量所能预期的机构对（q < 0.05，{len(least.rows)} 对）",
        f"Pairs that coordinate more than their workloads predict (q < 0.05, {len(least.rows)} pairs)",
        lang,
    )
    made = grid(columns, lang, title)
    for a, _, b, _, shared, expected, _, p, q in least.rows[:top]:
        made.add_row(
            short[local_id(a)], short[local_id(b)], str(shared), f"{expected:.1f}", significance(p), significance(q)
        )
    out.print(made if least.rows else Text(title, style="bold"))
    said = pick(
        f"预期、p、q：固定行列和的零模型，{table.draws:,} 次抽样，种子 {table.seed}；集合称谓不计入",
        f"expected, p, q: null model with fixed margins, {table.draws:,} draws, seed {table.seed}; no collectives",
        lang,
    )
    out.print(Text(said, style="dim"))
    _, mixing = table.mixing[0]
    left = mixing.left[-1] if mixing.left else 0.0
    said = pick(
        f"混合情况：{mixing.accepted:.0%} 的交换被接受；原位单元留存 {left:.1%}，平稳值 {mixing.expected:.1%}",
        f"mixing: {mixing.accepted:.0%} of switches accepted; {left:.1%} of cells where they were, "
        f"{mixing.expected:.1%} when stationary",
        lang,
    )
    out.print(Text(said, style="dim"))


def _files(out: Console, outcome: Outcome, body: str, lang: str) -> None:
    place = outcome.out
    table = Grid.grid(padding=(0, 2))
    for name, zh, en in (
        ("graph.nq", f"知识图谱，{outcome.quads:,} 个四元组", f"the graph, {outcome.quads:,} quads"),
        ("tables/", "数据表（Parquet）", "tidy tables (Parquet)"),
        ("text/", "位置所指的文本", "the text that offsets count"),
        ("report.json", "读取台账", "the ledger"),
        *((("validation.html", "校验报告", "validation report"),) if outcome.report else ()),
    ):
        table.add_row(str(place / name), Text(pick(zh, en, lang), style="dim"))
    out.print(table)
    option = "" if str(place) == "build" else f" --graph {shlex.quote(str(place))}"
    years = [part["year"] for one in outcome.documents for part in one["sections"] if part["year"]]
    in_year = f" --year {min(years)}" if years else ""
    out.print()
    out.print(Text(pick("接下来可以试试", "What to try next", lang), style="bold"))
    for command in (
        "plan-graph queries",
        *([f"plan-graph overlap {body if body.isalnum() else shlex.quote(body)}{option}"] if body else []),
        f"plan-graph query tasks-by-body{option} --format xlsx -o bodies.xlsx",
        f"plan-graph network{in_year}{option}",
    ):
        out.print(Text("  " + command), soft_wrap=True)
