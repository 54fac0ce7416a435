"""Reading takes steps in proportion to the length of the text, whatever it repeats: counted, not timed.

A step is a line of ``plan_graph.extraction`` that runs, or a character that a search or a slice of the text goes
through. What regular expressions do inside cannot be counted; for them a process must come to an end with 20,000
characters of everything: most need a hundredth of a second of processor, none is given more than a minute, and one
that backtracks without bound would need years.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any, SupportsIndex

import pytest

from plan_graph import extraction
from plan_graph.authority.register import Register
from plan_graph.errors import UnreadableError
from plan_graph.extraction.tasks import extract
from plan_graph.model.text import Document, Span, Table
from plan_graph.reading.text import decode

FOLDER = str(Path(str(extraction.__file__)).parent)
REGISTER = Register.load()
SIZE = 2_500  # more than the lengths at which some look back stops
AT_MOST = 2.2  # steps for twice the length

REPEATED = [
    *("（", "（甲", "）", "（）", "（甲）", "（（））", "〔甲（乙）〕"),
    *("、", "，", "。", "：", "；", "\n", " ", "\u3000", "，，", "：：", "…"),
    *(
        "牵头",
        "由牵头",
        "由",
        "由甲",
        "由甲局牵头，",
        "由甲局牵头，乙局配合。",
        "由甲局牵头（乙局负责）。",
        "，由牵头",
        "负责",
        "配合",
    ),
    *(
        "牵头：",
        "牵头单位：甲局。",
        "牵头单位：甲局\n",
        "甲事要办好。\n牵头单位\n市教育局\n",
        "牵头单位  市教育局\n",
        "序号  工作任务  牵头单位  配合单位\n1  推进甲  市财政局、  市教育局\n",
        "牵头单位：甲局，",
        "责任单位：",
        "完成时限：",
        "责任领导：甲某；",
    ),
    *("（牵头单位：甲局）", "（牵头单位：", "（牵头单位：甲局，\n", "（甲局牵头，", "（甲局负责）", "甲局牵头乙局牵头"),
    *(
        "（责任单位：甲、",
        "（责任单位：（甲局）、",
        "甲、",
        "甲局、",
        "甲、乙市政府、",
        "各市、",
        "各市、县、",
        "甲和",
        "甲局和",
        "及各",
    ),
    *("等", "甲局等", "等和", "按职责分工", "按职责", "分工负责", "按照职责", "共同具体", "会同", "会同甲局", "甲局商"),
    *(
        "一、",
        "一、甲。",
        "一、甲\n",
        "（一）",
        "（一）甲\n",
        "1．",
        "1．甲。",
        "1．甲\n",
        "1．\n",
        "1.1",
        "1.1甲\n",
        "1",
        "１",
    ),
    *(
        "①甲；",
        "一是甲；",
        "一",
        "百",
        "第一章",
        "第一章 甲\n",
        "一、甲（一）乙1．丙",
        "一、2016年甲\n1．乙\n",
        "1．甲。2．乙。",
    ),
    *(
        "一、甲\n1．乙\n2．丙（甲局负责）\n",
        "一、成员单位职责\n1．甲局：落实。\n2．乙局：落实。\n",
        "1．甲：①乙②丙（甲局负责）\n",
    ),
    *(
        "附件：",
        "附件：1．甲\n",
        "附件：1．甲\n2．乙\n",
        "注：",
        "注：列首位的为牵头单位\n",
        "列第一位",
        "不再",
        "为牵头",
    ),
    *(
        "列首位的为牵头单位",
        "（甲局、乙局负责，列首位的为牵头单位，下同）",
        "逗号前为牵头单位，其余",
        "以下均需",
        "以下均需甲",
    ),
    *(
        "以下均需甲局落实，不再列出",
        "2020年",
        "2020年底前",
        "年底前",
        "6月底完成，",
        "3个",
        "由40%提高到",
        "万亩",
        "不低于",
    ),
    *("“", "《", "《甲》", "《甲", "〔2020〕", "国发〔2020〕1号", "甲", "甲局", "市", "a", "0.5", "（0.5分）"),
    *(
        "沈阳",
        "沈阳市",
        "沈阳、大连市政府，",
        "1．甲。（甲局负责。以下均需乙局落实，不再列出）\n",
        "1．甲。2．乙。现将《",
    ),
    *(
        "《甲〈乙〉》由40%提高到",
        "3个《甲》",
        "（责任单位：甲局、乙局，列首位的为牵头单位，下同）",
        "甲\n列首位的为牵头单位，下同。\n",
    ),
    *(
        "牵头单位：甲局；\n责任单位：乙局\n完成时限：6月底\n",
        "按照《甲》要求制定《乙》",
        "《甲意见》该意见上述文件",
        "《甲》制定方案该《意见》",
        "甲局（牵头）、",
        "甲局牵头 乙局配合 ",
    ),
]


class Counted(str):
    """A text that counts the characters its searches and slices go through."""

    __slots__ = ()
    gone = 0

    def __getitem__(self, at: SupportsIndex | slice) -> str:
        made = super().__getitem__(at)
        Counted.gone += len(made)
        return made

    def find(self, *args: Any) -> int:
        return self._searched(super().find, args)

    def rfind(self, *args: Any) -> int:
        return self._searched(super().rfind, args)

    def _searched(self, search: Callable[..., int], args: tuple[Any, ...]) -> int:
        at = search(*args)
        first = args[1] if len(args) > 1 else 0
        last = min(args[2], len(self)) if len(args) > 2 else len(self)
        forward = search.__name__ == "find"
        Counted.gone += max(0, last - first if at < 0 else at - first if forward else last - at)
        return at


def steps(document: Document) -> int:
    """Count what reading a document takes."""
    count = 0

    def line(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _arg: object) -> Any:
        return line if frame.f_code.co_filename.startswith(FOLDER) else None

    Counted.gone = 0
    before = sys.gettrace()
    sys.settrace(call)
    try:
        extract(replace(document, text=Counted(document.text)), REGISTER)
    except UnreadableError:
        pass
    finally:
        sys.settrace(before)
    return count + Counted.gone


def of(repeated: str, size: int) -> Document:
    text = f"甲计划\n1．甲。{repeated * (size // len(repeated))}\n2．乙。（牵头单位：甲局）\n"
    return decode(text.encode(), "d", "d.txt")


def table_of(rows: int) -> Document:
    text = "任务\t牵头单位\t配合单位\n" + "推进子\t甲局\t乙局、丙局\n" * rows
    made: list[tuple[Span, ...]] = []
    at = 0
    for line in text.splitlines():
        cells: tuple[Span, ...] = ()
        for cell in line.split("\t"):
            cells += (Span(at, at + len(cell)),)
            at += len(cell) + 1
        made.append(cells)
    return replace(decode(text.encode(), "d", "d.txt"), tables=(Table(Span(0, len(text)), tuple(made)),))


def ratio(one: Document, two: Document) -> float:
    steps(of("甲", 0))  # makes what a process makes once: the names of places
    nothing = steps(of("甲", 0))
    return (steps(two) - nothing) / max(1, steps(one) - nothing)


@pytest.mark.parametrize("repeated", REPEATED, ids=repr)
def test_twice_the_length_takes_twice_the_steps(repeated: str) -> None:
    assert ratio(of(repeated, SIZE), of(repeated, 2 * SIZE)) <= AT_MOST


def test_twice_the_blank_lines_among_pages_take_twice_the_steps() -> None:
    one, two = (of(page, len(page)) for page in ("\n— 1 —\n乙" + "\n" * size for size in (SIZE, 2 * SIZE)))
    assert ratio(one, two) <= AT_MOST


def test_twice_the_rows_of_a_table_take_twice_the_steps() -> None:
    assert ratio(table_of(100), table_of(200)) <= AT_MOST


# --- regular expressions ---------------------------------------------------------------------------------------------

PATTERNS = """
import importlib, json, pkgutil, re, resource, sys
import plan_graph.extraction as package

texts, at_one_place, pieces, windows = json.load(sys.stdin)
found = {}
for module in pkgutil.iter_modules(package.__path__):
    for name, value in vars(importlib.import_module(f"{package.__name__}.{module.name}")).items():
        if isinstance(value, re.Pattern) and value not in found:
            found[value] = f"{module.name}.{name}"
for pattern, name in found.items():
    print(name, flush=True)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 60
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    for text in texts:
        if name not in at_one_place:
            for _ in pattern.finditer(text, 0, windows.get(name, len(text))):
                pass
        text = text[:1500] if name in pieces else text
        pattern.match(text)
        pattern.fullmatch(text)
print("done")
"""
LONG = 20_000
SEARCHED = [
    *(
        "（",
        "（甲）",
        "）",
        "、",
        "，",
        "。",
        "：",
        "\n",
        " ",
        "\u3000",
        "牵头",
        "由牵头",
        "由",
        "负责",
        "责任单位：",
        "等",
        "甲局等",
    ),
    *(
        "按职责分工",
        "按职责",
        "分工",
        "按照职责分工负责",
        "会同",
        "一、",
        "一、甲",
        "（一）",
        "1．",
        "1",
        "1.1",
        "一",
        "第一",
        "附件：",
    ),
    *("列第一位", "逗号前", "以下均需", "不再", "2020年", "《", "“", "甲", "市", "各市、", "甲和", "甲\n", " \n"),
]
# asked of one piece of a clause, which has a greatest length
PIECES_ONLY = ["markers.VERB", "segments._VERB_AT_END"]
# searched for around one place only: how many characters
WINDOWS = {"document_rules.STATEMENT": 400}


def asked_at_one_place() -> list[str]:
    """Give the names of patterns, in each module that has them, that the sources match at one place and never search for.

    A search with one of them may take the square of the length (``.*局`` runs on anew from every character), and
    nobody waits for it; from one place it takes the length.
    """
    origin: dict[str, str] = {}
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for path in Path(FOLDER).glob("*.py"):
        of_name: dict[ast.expr, str] = {}
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module:
                above = node.module.rpartition(".")[2]
                origin |= {f"{path.stem}.{one.name}": f"{above}.{one.name}" for one in node.names}
            elif isinstance(node, ast.Attribute):
                of_name[node.value] = node.attr
        for node in nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                name = f"{path.stem}.{node.id}"
                asked[origin.get(name, name)].add(of_name.get(node, "handed on"))
    return sorted(
        n for n in {*asked, *origin} if asked[origin.get(n, n)] and asked[origin.get(n, n)] <= {"match", "fullmatch"}
    )


def test_what_is_searched_for_is_told_from_what_is_matched() -> None:
    once = asked_at_one_place()
    assert {"metadata._PARTY", "titles._LIST", "tasks._NOTE"} <= set(once), "asked by match and fullmatch alone"
    assert not {"markers.LABEL", "segments.LABEL", "number_places._NUMBER", "quantities._LEADING"} & set(once), (
        "searched for"
    )
    assert not {"titles.NUMBER", "metadata.NUMBER"} & set(once), "searched for in one module, matched in another"
    assert set(PIECES_ONLY) <= set(once)


def test_no_pattern_backtracks_on_long_texts() -> None:
    texts = [text * (LONG // len(text)) for text in SEARCHED]
    done = subprocess.run(
        [sys.executable, "-c", PATTERNS],
        input=json.dumps([texts, asked_at_one_place(), PIECES_ONLY, WINDOWS]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.endswith("done\n"), f"no end with {done.stdout.splitlines()[-1:]}; {done.stderr}"
    assert len(done.stdout.splitlines()) > 60
