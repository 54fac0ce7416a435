"""Policy documents that several plans name are one, by number or by title."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan_graph.corpus import Options, build_corpus
from plan_graph.corpus.documents import Documents
from plan_graph.graph.queries import bind, named_queries, run
from plan_graph.graph.store import open_store

LONG = "国务院关于某某工作的指导意见"


@pytest.mark.parametrize(
    ("records", "same", "reason"),
    [
        (
            [("a/cited-1", "甲", "国发〔2018〕42号"), ("b/cited-2", "乙", "国发（2018）42 号")],
            [("b/cited-2", "a/cited-1")],
            "brackets",
        ),
        (
            [("a/cited-1", "甲", "国发〔2018〕42号"), ("b/cited-2", "乙", "国发〔2018〕42 号")],
            [("b/cited-2", "a/cited-1")],
            "number",
        ),
        ([("a/cited-1", LONG, ""), ("b/cited-2", LONG, "")], [("b/cited-2", "a/cited-1")], "title"),
        (
            [("a/cited-1", LONG, ""), ("b/cited-2", f"关于{LONG} ", "国发〔2018〕42号")],
            [("b/cited-2", "a/cited-1")],
            "one number",
        ),
        ([("a/cited-1", LONG, "国发〔2018〕1号"), ("b/cited-2", LONG, "国发〔2018〕2号")], [], "two numbers"),
        ([("a/cited-1", "实施方案", ""), ("b/cited-2", "实施方案", "")], [], "a title that many bear"),
        ([("a/cited-1", LONG, ""), ("plan", LONG, "")], [("a/cited-1", "plan")], "a plan stands for itself"),
        ([("a/cited-1", LONG, ""), ("a/cited-1", LONG, "")], [], "one record"),
        (
            [("a/cited-1", LONG, "国发〔2018〕1号"), ("b/cited-2", LONG, ""), ("c/cited-3", "丙", "国发〔2018〕1号")],
            [("b/cited-2", "a/cited-1"), ("c/cited-3", "a/cited-1")],
            "by title and by number",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_records_of_one_document(records: list[tuple[str, str, str]], same: list[tuple[str, str]], reason: str) -> None:
    for order in (records, records[::-1]):
        made = Documents()
        for record in order:
            made.add([record])
        assert made.same() == same, reason


def test_a_document_two_plans_name_is_counted_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(
            f"某市{name}计划\n一、落实《{LONG}》（国发〔2018〕42号）。（牵头单位：市甲局）\n二、办好《实施方案》。（市乙局负责）\n",
            encoding="utf-8",
        )
    made = build_corpus([tmp_path / "one.txt", tmp_path / "two.txt"], tmp_path / "b", Options(keywords=False, draws=0))
    assert made.report is not None
    assert made.report.conforms
    found = run(open_store(made.out), bind(named_queries()["documents-of-several-plans"], {}))
    at = {name: n for n, name in enumerate(found.columns)}
    assert [(row[at["title"]], row[at["number"]], row[at["plans"]]) for row in found.rows] == [
        (LONG, "国发〔2018〕42号", 2)
    ]
