"""Whose names they are, and the names nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from plan_graph.authority.reasons import REASONS
from plan_graph.terminal.drawing import console, grid, pick

if TYPE_CHECKING:
    from plan_graph.unresolved import Unresolved

_SHOWN = 6  # members and candidates that are named
_LEVELS = {"state": "中央", "province": "省级", "prefecture": "地市级", "county": "县级", "township": "乡镇级"}


def show_answer(found: dict[str, Any], lang: str) -> None:
    """Show each name with what it means, the rule, the lifetime and what became of the body."""
    out = console()
    if place := found["issuing_place"]:
        said = pick(f"发文地：{place['name']}", f"issued in {place['name']}", lang)
        day = f"，{found['date']}" if found["date"] else ""
        out.print(Text(f"{said}{day} ({place['code']}, {place['level']})", style="dim"))
    for one in found["names"]:
        out.print(Text(f"{one['name']}", style="bold"), Text(pick(one["zh"], one["en"], lang)))
        if body := one.get("body"):
            _show_body(body, lang, "  → ")
            if beside := one.get("beside"):
                _show_body(beside, lang, "  + ")
        elif collective := one.get("collective"):
            out.print(Text(f"  → {collective['name']}  ({collective['id']}, {collective['member_rule']})"))
            _list(collective["members"], pick("可能的成员", "possible members", lang))
        elif one["candidates"]:
            _list(one["candidates"], pick("候选", "candidates", lang))


def _show_body(body: dict[str, Any], lang: str, arrow: str) -> None:
    out = console()
    level = pick(_LEVELS[body["level"]], body["level"], lang)
    out.print(Text(f"{arrow}{body['name']}  ({body['id']}, {level})"))
    begin = body["valid_from"] or (f"{body['not_before']}?" if body["not_before"] else "")
    end = body["valid_until"] or (f"{body['not_after']}?" if body["not_after"] else "")
    if begin or end:
        out.print(Text(f"    {pick('存续', 'from … until', lang)}: {begin or '…'} – {end or '…'}"))
    if body["successors"]:
        _list(body["successors"], pick("后为", "went on as", lang), "    ")
    out.print(Text(f"    {pick('依据', 'source', lang)}: {body['source']}", style="dim"))


def _list(bodies: list[dict[str, str]], title: str, indent: str = "    ") -> None:
    if not bodies:
        return
    shown = "、".join(f"{one['name']} ({one['id']})" for one in bodies[:_SHOWN])
    more = f" … +{len(bodies) - _SHOWN}" if len(bodies) > _SHOWN else ""
    console().print(Text(f"{indent}{title}: {shown}{more}"))


def show_unresolved(found: list[Unresolved], lang: str) -> None:
    """Show the names nobody knows, most frequent first."""
    out = console()
    if not found:
        out.print(Text(pick("所有名称都已确认", "every name is resolved", lang), style="bold"))
        return
    columns = [
        ("名称", "name", False),
        ("发文地", "issued in", False),
        ("次数", "mentions", True),
        ("文件数", "documents", True),
        ("原因", "reason", False),
        ("候选", "candidates", False),
    ]
    made = grid(columns, lang, pick("未确认的名称", "Names that were not resolved", lang))
    for one in found:
        reason = pick(REASONS[one.reason][0], REASONS[one.reason][1], lang)
        counts = (str(one.mentions), str(len(one.documents)))
        made.add_row(*map(Text, (one.name, one.place or "–", *counts, reason, " ".join(one.candidates))))
    out.print(made)
    said = pick(
        "补充登记：plan-graph unresolved --rows -o new.csv，填好后加入登记册，再以 --authority 重新生成",
        "to add them: plan-graph unresolved --rows -o new.csv, complete it, put it into your registers, build again",
        lang,
    )
    out.print(Text(said, style="dim"))
