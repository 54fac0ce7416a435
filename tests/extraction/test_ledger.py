"""The ledger: every count of it, on a plan small enough to count by hand, and its sums on the real one."""

from __future__ import annotations

from plan_graph.authority.register import Register
from plan_graph.build import resolve_names
from plan_graph.extraction.ledger import ledger
from plan_graph.extraction.tasks import extract
from plan_graph.iri import METRIC
from plan_graph.model.plan import Plan
from plan_graph.model.register import Resolution
from plan_graph.reading.text import decode

TEXT = """各市人民政府：
现将《甲计划》印发给你们。
辽宁省人民政府
2016年10月30日
甲计划
一、2016年重点工作（3项）
说明。
1．制定《乙办法》，在沈阳市年内建成3个园区。（牵头单位：省财政厅，有关市人民政府；配合单位：省莫须有厅）
2．按照《乙办法》支持大连海关，建成2个中心。（牵头单位：省财政厅）
附注。
"""


def test_every_count(register: Register) -> None:
    plan = extract(decode(TEXT.encode(), "d", "d.txt"), register)
    counts = ledger(plan, resolve_names(plan, register))
    assert counts == {
        "tasks": 2,
        "stated-tasks": 3,
        "sections": 1,
        "clauses": 2,
        "mentions": 4,
        "leads": 3,
        "supports": 1,
        "bodies": 1,
        "collectives": 1,
        "unresolved-names": 1,
        "citations": 2,
        "documents": 1,
        "places": 1,
        "targets": 2,
        "deadlines": 1,
        "tasks-without-clause": 0,
        "tasks-without-support": 1,
        "warnings": 1,
        "code-points": len(TEXT),
        "heading-code-points": len("甲计划\n一、2016年重点工作（3项）\n"),
        "preamble-code-points": TEXT.index("甲计划\n一"),
        "task-code-points": len(
            "1．制定《乙办法》，在沈阳市年内建成3个园区。2．按照《乙办法》支持大连海关，建成2个中心。"
        ),
        "clause-code-points": len(
            "（牵头单位：省财政厅，有关市人民政府；配合单位：省莫须有厅）\n（牵头单位：省财政厅）"
        ),
        "unread-code-points": len("说明。\n\n附注。\n"),
    }


def test_no_stated_count_no_metric(register: Register) -> None:
    plan = extract(decode("计划\n1．甲。\n".encode(), "d", "d.txt"), register)
    counts = ledger(plan, {})
    assert "stated-tasks" not in counts
    assert (counts["tasks"], counts["tasks-without-clause"], counts["tasks-without-support"]) == (1, 1, 1)


def test_the_metrics_are_those_of_the_vocabulary(plan: Plan, register: Register) -> None:
    assert set(ledger(plan, resolve_names(plan, register))) == set(METRIC)


def test_the_parts_add_up(plan: Plan) -> None:
    unresolved = {m.name: Resolution(m.name, "none") for t in plan.tasks for c in t.clauses for m in c.mentions}
    counts = ledger(plan, unresolved)
    parts = ("heading", "preamble", "task", "clause", "unread")
    assert sum(counts[f"{part}-code-points"] for part in parts) == counts["code-points"] == len(plan.document.text)
    assert counts["leads"] + counts["supports"] == counts["mentions"]
    assert (counts["bodies"], counts["collectives"], counts["unresolved-names"]) == (0, 0, len(unresolved))
