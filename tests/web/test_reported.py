"""Tables of reports on pages: the first rows where there are many, with a sentence that says so."""

from __future__ import annotations

import pytest

from plan_graph.reports.sections import Column, Section
from plan_graph.reports.words import Words
from plan_graph.web.pages.reported import shape
from plan_graph.web.pages.templates import environment
from plan_graph.web.pages.visit import Visit

SECTION = Section(
    "tasks",
    Words("任务", "Tasks"),
    (Column("id", Words("编号", "Id")), Column("count", Words("数", "Count"))),
    tuple((f"2016-{number:03}", number) for number in range(1, 1236)),
)


@pytest.mark.parametrize(
    ("lang", "at_most", "rows", "said"),
    [
        ("zh", 2, 2, "此处为前 2 行，共 1,235 行"),
        ("en", 2, 2, "The first 2 of 1,235 rows are shown"),
        ("en", None, 1235, ""),
        ("en", 1235, 1235, ""),
        ("en", 2000, 1235, ""),
    ],
)
def test_a_long_table_says_how_much_of_it_is_shown(lang: str, at_most: int | None, rows: int, said: str) -> None:
    made = shape(SECTION, Visit("/compare", {}, (), lang), at_most=at_most)
    page = str(environment(lang).get_template("reports.html").module.section(made))  # type: ignore[attr-defined]
    assert (len(made.rows), made.total) == (rows, 1235)
    assert page.count("<tr><td") == rows
    assert said in page
    assert ("共" in page or "rows are shown" in page) == bool(said)
