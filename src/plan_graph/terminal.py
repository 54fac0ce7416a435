"""What the command line shows: tables in Chinese and English, drawn by rich. Numbers come from shipped queries."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from plan_graph.analysis.rows import local_id, written_names
from plan_graph.graph.queries import Query, Table, bind, find, named_queries, run
from plan_graph.iri import shorten

if TYPE_CHECKING:
    from plan_graph.analysis.network import Layer, LeftOut
    from plan_graph.analysis.significance import TieTable
    from plan_graph.corpus import Outcome

PIPE_WIDTH = 200  # columns where standard output is no terminal


def console() -> Console:
    """Give a console as wide as the terminal, or wide enough for a table in a pipe."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False)


def pick(zh: str, en: str, lang: str) -> str:
    """Give the wording in the language asked for, Chinese first where both are."""
    return zh if lang == "zh" else en if lang == "en" else f"{zh} {en}"


def grid(columns: Sequence[tuple[str, str, bool]], lang: str, title: str = "") -> Grid:
    """Make a table; a column is (zh, en, whether its cells are numbers)."""
    made = Grid(box=SIMPLE_HEAD, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    for zh, en, number in columns:
        head = f"{zh}\n{en}" if lang == "both" else zh if lang == "zh" else en
        made.add_column(head, justify="right" if number else "left", overflow="fold", header_style="bold cyan")
    return made


def show_build(outcome: Outcome, lang: str) -> None:
    """Show the ledger, the bodies, the ties, where the files are, and what to try next."""
    from plan_graph.graph.store import open_store

    out = console()
    for document in outcome.documents[:5]:
        _ledger(out, document, lang)
    if len(outcome.documents) > 5:
        more = len(outcome.documents) - 5
        out.print(pick(f"……另有 {more} 份文件，见 report.json", f"… {more} more documents, see report.json", lang))
    store = open_store(outcome.out)
    short = written_names(store)
    _bodies(out, run(store, bind(find("tasks-by-body"), {})), short, lang)
    if outcome.ties is not None:
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
    _files(out, outcome, lang)


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
        named = pick("未确认", "not resolved", lang)
        out.print(Text(f"! {named}: {one['name']} ×{one['mentions']} ({one['reason']}{near})", style="yellow"))
    for warning in document["warnings"]:
        out.print(Text("! " + pick(warning["zh"], warning["en"], lang), style="yellow"))


def _bodies(out: Console, table: Table, short: dict[str, str], lang: str, top: int = 10) -> None:
    made = grid(
        [("机构", "body", False), ("牵头", "led", True), ("配合", "supported", True), ("任务", "tasks", True)],
        lang,
        pick(
            f"承担任务最多的机构（前 {top} 名，共 {len(table.rows)} 个）",
            f"Bodies by tasks (top {top} of {len(table.rows)})",
            lang,
        ),
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
        made.add_row(short[local_id(a)], short[local_id(b)], str(shared), f"{expected:.1f}", _p(p), _p(q))
    out.print(made)
    least = run(store, bind(find("surprising-pairs"), {}))
    title = pick(
        f"协作显著多于工作量所能预期的机构对（q < 0.05，{len(least.rows)} 对）",
        f"Pairs that coordinate more than their workloads predict (q < 0.05, {len(least.rows)} pairs)",
        lang,
    )
    made = grid(columns, lang, title)
    for a, _, b, _, shared, expected, _, p, q in least.rows[:top]:
        made.add_row(short[local_id(a)], short[local_id(b)], str(shared), f"{expected:.1f}", _p(p), _p(q))
    out.print(made)
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


def _p(value: object) -> str:
    number = float(str(value))
    return "<0.001" if number < 0.001 else f"{number:.3f}"


def _files(out: Console, outcome: Outcome, lang: str) -> None:
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
    option = "" if str(place) == "build" else f" --graph {place}"
    out.print()
    out.print(Text(pick("接下来可以试试", "What to try next", lang), style="bold"))
    for command in (
        "plan-graph queries",
        f"plan-graph query shared-tasks --param a=省财政厅 --param b=省农委{option}",
        f"plan-graph query tasks-by-body{option} --format xlsx -o bodies.xlsx",
        f"plan-graph network --year 2016{option}",
    ):
        out.print(Text("  " + command), soft_wrap=True)


def show_queries(form: str, lang: str) -> None:
    """List the named queries."""
    found = named_queries()
    if form == "json":
        listed = [
            {
                "name": q.name,
                "title": dict(q.title),
                "question": dict(q.question),
                "parameters": [
                    {"name": p.name, "type": p.kind, "required": p.required, "zh": p.zh, "en": p.en}
                    for p in q.parameters
                ],
            }
            for q in found.values()
        ]
        sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
        return
    made = grid([("名称", "name", False), ("问题", "question", False), ("参数", "parameters", False)], lang)
    for q in found.values():
        parameters = " ".join(p.name if p.required else f"[{p.name}]" for p in q.parameters)
        question = "\n".join(q.question[k] for k in ("zh", "en") if lang in (k, "both"))
        made.add_row(q.name, question, Text(parameters))
    out = console()
    out.print(made)
    said = pick("[方括号] 中的参数可省略", "parameters in [brackets] may be left out", lang)
    out.print(Text(f"plan-graph query NAME --param KEY=VALUE   ({said})", style="dim"))


def show_table(query: Query, table: Table, limit: int, lang: str) -> None:
    """Show an answer; IRIs shortened, numbers right-aligned, long texts folded."""
    title = pick(query.title.get("zh", query.name), query.title.get("en", ""), lang)
    made = Grid(box=SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    kinds = [_kind(table, at) for at in range(len(table.columns))]
    shown = [at for at in range(len(table.columns)) if kinds[at] != "iri" or len(table.columns) < 3]
    for at in shown:
        made.add_column(
            table.columns[at],
            justify="right" if kinds[at] == "number" else "left",
            overflow="fold",
            header_style="bold cyan",
            min_width=12 if kinds[at] == "text" else None,
        )
    rows = table.rows[: limit or None]
    for row in rows:
        made.add_row(*(Text(_cell(row[at])) for at in shown))
    out = console()
    out.print(made)
    hidden = [table.columns[at] for at in range(len(table.columns)) if at not in shown]
    said = pick(f"{len(table.rows):,} 行", f"{len(table.rows):,} rows", lang)
    if len(rows) < len(table.rows):
        said += " " + pick(
            f"（显示前 {len(rows)} 行，--rows 0 显示全部）", f"(first {len(rows)} shown; --rows 0 shows all)", lang
        )
    if hidden:
        said += " · " + pick(
            f"IRI 列 {', '.join(hidden)} 见 --format csv", f"IRI columns {', '.join(hidden)}: --format csv", lang
        )
    out.print(Text(said, style="dim"))


def _kind(table: Table, at: int) -> str:
    values = [row[at] for row in table.rows if row[at] is not None]
    if values and all(isinstance(v, int | float) and not isinstance(v, bool) for v in values):
        return "number"
    if values and all(isinstance(v, str) and v.startswith(("http://", "https://")) for v in values):
        return "iri"
    return "text" if any(len(str(v)) > 30 for v in values) else "short"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, float):
        return f"{value:g}" if abs(value) >= 0.0001 or value == 0 else f"{value:.1e}"
    text = str(value)
    return shorten(text) if text.startswith(("http://", "https://")) else text


def show_network(
    graph: Any, store: Any, layer: Layer, year: int | None, omitted: LeftOut | None, seed: int, lang: str, top: int = 15
) -> None:
    """Show a network made from a store: as a whole, its bodies by strength, its ties by shared tasks."""
    from plan_graph.analysis.export import edge_rows
    from plan_graph.analysis.network import describe, measures

    names = {
        "co-lead": ("共同牵头", "co-lead"),
        "lead-support": ("牵头→配合（有向）", "lead → support (directed)"),
        "any": ("同在一项任务", "on the same task in any role"),
    }
    whole = describe(graph)
    short = written_names(store)
    tested = any("p" in own or "pair_p" in own for _, _, own in graph.edges(data=True))
    out = console()
    when = str(year) if year else pick("全部年度", "all years", lang)
    out.print(
        Text(
            f"{pick('协作网络', 'Coordination network', lang)} · {pick(*names[layer.value], lang)} · {when}",
            style="bold",
        )
    )
    path = "–" if whole.path_length is None else f"{whole.path_length:.2f}"
    facts = [
        (pick("机构", "bodies", lang), whole.nodes),
        (pick("关系", "ties", lang), whole.ties),
        (pick("孤立", "isolates", lang), whole.isolates),
        (pick("密度", "density", lang), f"{whole.density:.3f}"),
        (pick("连通分支", "components", lang), whole.components),
        (pick("最大分支的平均步数", "mean path in the giant component", lang), path),
        (pick("传递性", "transitivity", lang), f"{whole.transitivity:.3f}"),
    ]
    out.print(" · ".join(f"{name} [bold]{value}[/]" for name, value in facts))
    if omitted is None:
        said = pick("集合称谓与未确认名称已计入", "collectives and unresolved names are counted in", lang)
    else:
        said = pick(
            f"未计入的集合称谓与未确认名称：{omitted.collectives} 个，{omitted.participations} 次参与",
            f"left out: {omitted.collectives} collectives and unresolved names "
            f"with {omitted.participations} participations",
            lang,
        )
    out.print(Text(said, style="dim"))
    found = measures(graph, seed)
    made = grid(
        [
            ("机构", "body", False),
            ("度", "degree", True),
            ("强度", "strength", True),
            *([("出", "out", True), ("入", "in", True)] if whole.directed else []),
            ("中介", "betweenness", True),
            ("接近", "closeness", True),
            ("约束", "constraint", True),
            ("社群", "community", True),
        ],
        lang,
        pick(f"机构（按强度，前 {top} 名）", f"Bodies by strength (top {top})", lang),
    )
    for one in found[:top]:
        made.add_row(
            short[one.body],
            str(one.degree),
            str(one.strength),
            *([str(one.out_strength), str(one.in_strength)] if whole.directed else []),
            f"{one.betweenness:.3f}",
            f"{one.closeness:.3f}",
            "–" if one.constraint is None else f"{one.constraint:.3f}",
            str(one.community),
        )
    out.print(made)
    rows = sorted(edge_rows(graph), key=lambda r: (-int(str(r["shared"])), str(r["source"]), str(r["target"])))
    prefix = "" if layer.value == "any" else "pair_"
    made = grid(
        [
            ("机构" if not whole.directed else "牵头", "body" if not whole.directed else "lead", False),
            ("机构" if not whole.directed else "配合", "body" if not whole.directed else "support", False),
            ("共同任务", "shared", True),
            ("Newman", "Newman", True),
            *([("同组任务", "pair shared", True)] if prefix and tested else []),
            *([("预期", "expected", True), ("p", "p", True), ("q", "q", True)] if tested else []),
        ],
        lang,
        pick(f"关系（按共同任务，前 {top} 条）", f"Ties by shared tasks (top {top})", lang),
    )
    for row in rows[:top]:
        cells = [
            short[str(row["source"])],
            short[str(row["target"])],
            str(row["shared"]),
            f"{row['newman']:.2f}",
        ]
        if tested:
            if prefix:
                cells.append("–" if row["pair_shared"] is None else str(row["pair_shared"]))
            expected = row[f"{prefix}expected"]
            cells += (
                ["–", "–", "–"]
                if expected is None
                else [f"{expected:.1f}", _p(row[f"{prefix}p"]), _p(row[f"{prefix}q"])]
            )
        made.add_row(*cells)
    out.print(made)
    notes = pick(
        f"中介、接近以 1/共同任务数 为距离；社群：Louvain，种子 {seed}",
        f"betweenness and closeness take 1/shared tasks as distance; communities: Louvain, seed {seed}",
        lang,
    )
    if prefix and tested:
        notes += "；" + pick(
            "预期、p、q 指两机构任何角色的共同任务", "expected, p, q are of tasks shared in any role", lang
        )
    out.print(Text(notes, style="dim"))
