"""The list of named queries, and the answer to one."""

from __future__ import annotations

import json
import sys

from rich.box import SIMPLE_HEAD
from rich.table import Table as Grid
from rich.text import Text

from plan_graph.graph.queries import Query, Table, column_labels, named_queries
from plan_graph.iri import shorten
from plan_graph.terminal.drawing import console, grid, pick


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


def hint(query: Query, given: bool, lang: str) -> str:
    """Say what an answer without rows may come from; "" where no rows is simply the answer.

    ``given`` tells whether any parameter was given.
    """
    if "pg:Tie" in query.sparql or "pg:DirectedTie" in query.sparql:
        return pick(
            "没有结果：请核对参数；以 --draws 0 生成的图谱不含协作关系",
            "nothing found: check the parameters; a graph built with --draws 0 holds no ties",
            lang,
        )
    if given:
        return pick(
            "没有结果：请核对参数的写法（plan-graph query bodies 列出机构名称）",
            "nothing found: check the wording of the parameters (plan-graph query bodies lists the bodies)",
            lang,
        )
    return ""


def show_table(query: Query, table: Table, given: bool, limit: int, lang: str) -> None:
    """Show an answer; IRIs shortened, numbers right-aligned, long texts folded; ``given`` as for :func:`hint`."""
    title = pick(query.title.get("zh", query.name), query.title.get("en", ""), lang)
    made = Grid(box=SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    kinds = [_kind(table, at) for at in range(len(table.columns))]
    shown = [at for at in range(len(table.columns)) if kinds[at] != "iri" or len(table.columns) < 3]
    labels = column_labels()
    for at in shown:
        zh, en = labels.get(table.columns[at], (table.columns[at], table.columns[at]))
        made.add_column(
            pick(zh, en, lang) if lang != "both" else f"{zh}\n{en}" if zh != en else zh,
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
    if not table.rows and (why := hint(query, given, lang)):
        said += " · " + why
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
