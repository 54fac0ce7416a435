"""One table, and one list, says the same in whatever layout a converter gives it, or what was lost is reported."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plan_graph.authority.register import Register
from plan_graph.errors import UnreadableError
from plan_graph.extraction.parts import TABLE_REST
from plan_graph.extraction.tasks import extract
from plan_graph.model.plan import Plan
from plan_graph.reading.file import read

if TYPE_CHECKING:  # for mypy this folder is on the path, for pytest the root of the project
    from layout_cases import CASES
    from layouts import LISTS, TABLES, Case, Parties, grid
else:
    from tests.extraction.layout_cases import CASES
    from tests.extraction.layouts import LISTS, TABLES, Case, Parties, grid

REGISTER = Register.load()
MERGED = "one cell of bodies where there are two columns: whether who leads goes on from above, or nobody supports"
LINES = "names of two columns follow each other, one a line: where those who lead end"
# what a layout does not say any more: by layout the cases and why
LOST: dict[str, dict[str, str]] = {
    "html_divs": {"leads merged": MERGED, "none support": MERGED, "lines": LINES},
    "pdf_layout": {
        "no numbers": "no number tells where a row begins",
        "two heads": "the lower heads stand in a block of their own, as a row would",
    },
    "pdf_layout_dense": {
        **dict.fromkeys(
            (
                "lines",
                "leads merged",
                "responsible alone",
                "responsible, last",
                "undertaking",
                "bodies",
                "carrying out",
            ),
            "without blank lines nothing says where a row ends, for it is set in the middle and its words do not tell",
        ),
        "no numbers": "no number tells where a row begins",
        "two heads": "the lower heads stand in a line of their own",
    },
    "browser": {"leads merged": MERGED},
    "pipes_missing": {"leads merged": MERGED},
    "html2text": {"leads merged": MERGED},
    "cells_alone": {"leads merged": MERGED, "none support": MERGED},
    "cells_apart": {"leads merged": MERGED, "none support": MERGED},
    "lines_of_cells": {"leads merged": MERGED, "none support": MERGED, "lines": LINES},
    "one_line": {
        **{"leads merged": MERGED, "none support": MERGED, "lines": LINES, "spaces": LINES},
        "no numbers": "no number tells where a row begins",
    },
}


def plain(text: str) -> str:
    """Give words without blanks, nor the label before what is to be done where all is labelled."""
    return re.sub(r"\s|^工作任务：", "", text)


def stated(plan: Plan) -> dict[str, Parties]:
    """Give what each task of a plan states: its words → (role, name) of its parties."""
    text = plan.document.text
    return {
        plain("".join(span.of(text) for span in task.text_spans)): frozenset(
            (mention.role.value, plain(mention.name)) for clause in task.governing for mention in clause.mentions
        )
        for task in plan.tasks
    }


def check(path: Path, case: Case, made: bytes | str, lost: bool) -> None:
    path.write_bytes(made.encode() if isinstance(made, str) else made)
    try:
        plan = extract(read(path, "d"), REGISTER)
    except UnreadableError:
        assert lost
        return
    found, right = stated(plan), case.stated
    if not lost:
        assert found == right
        return
    assert found != right, "nothing is lost any more"
    for words, parties in found.items():
        assert parties <= right.get(words, frozenset()), "what is lost makes no false party"
    assert plan.doubts or any(part.reason == TABLE_REST for part in plan.parts), "and is reported"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize(("ending", "make"), TABLES.values(), ids=TABLES)
def test_a_table_says_the_same_in_every_layout(
    ending: str, make: Callable[[Any], bytes | str], case: Case, tmp_path: Path
) -> None:
    lost = case.name in LOST.get(make.__name__, {})
    check(tmp_path / f"plan{ending}", case, make(grid(case)), lost)


ONCE = [case for case in CASES if not (case.over[1] or case.again or case.headed or case.between != "、")]


@pytest.mark.parametrize("case", ONCE, ids=lambda case: case.name)
@pytest.mark.parametrize(("ending", "make"), LISTS.values(), ids=LISTS)
def test_a_list_says_the_same_in_every_layout(
    ending: str, make: Callable[[Any], bytes | str], case: Case, tmp_path: Path
) -> None:
    check(tmp_path / f"plan{ending}", case, make(case), case.name in LOST.get(make.__name__, {}))
