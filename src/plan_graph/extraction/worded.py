"""Numbers with a word before them (``任务1：``, ``问题一、``, ``举措3.``), which open items too.

Such a number says nothing of its rank: ``任务1：`` stands beneath ``一、`` in one plan and beneath ``（一）`` in
another, and has ``（一）`` beneath it in a third. So it is put right beneath what is open where the first of them
stands, or right above what begins to count behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plan_graph.model.text import Span

_WORDS = "任务|问题|举措|措施|行动|工程|项目|事项|指标|目标|清单|要点|对策|课题"
_HAN_N = "一二三四五六七八九十"
_NUMBERED = (
    rf"(?P<word>(?:重点|主要|具体|专项|整改|改革|创新|工作|反馈)*(?:{_WORDS}))[ ]?"
    rf"(?P<n>[0-9０-９]{{1,3}}|[{_HAN_N}]{{1,3}})"
)
_STOP = r"(?:[ ]?[：:、．]|[ ]?\.(?![0-9])|[】\]]|(?=[ \u3000]{1,4}[\u4e00-\u9fff“《]))"
_BEFORE = r"[ \t\u3000\xa0\u2000-\u200b\ufeff]*"
LINE = rf"{_BEFORE}(?:#{{1,6}} |\*\*|__)?{_BEFORE}[【\[]?{_NUMBERED}{_STOP}"  # what such a line begins with
_LINE = re.compile(rf"\f?(?=[^\n]{{0,20}}(?:{_WORDS})){LINE.replace('[【', '(?P<mark>[【', 1)})")
_INSIDE = re.compile(rf"(?<=[。；;）)〕])[ \u3000]?(?P<mark>{_NUMBERED}[：:、])")


@dataclass(frozen=True, slots=True)
class Hit:
    """One such number as it stands: its word, the number as written, where; ``line`` if a line begins with it."""

    word: str
    written: str
    span: Span
    begin: int
    line: bool


def worded(text: str, within: Span) -> Iterator[Hit]:
    """Find the numbers with words, at the beginnings of lines and behind sentences; linear in the text's length."""
    if not re.search(_NUMBERED, text):
        return
    at = within.begin
    while at < within.end:
        end = text.find("\n", at, within.end)
        end = within.end if end < 0 else end
        if line := _LINE.match(text, at, end):
            yield Hit(line["word"], line["n"], Span(*line.span("mark")), at, True)
        for hit in _INSIDE.finditer(text, at, end):
            yield Hit(hit["word"], hit["n"], Span(*hit.span("mark")), hit.start("mark"), False)
        at = end + 1


def rank_between(above: float, after: tuple[float, int] | None) -> float:
    """Give the rank for numbers with a word: ``above`` is open before the first, ``after`` stands behind it.

    >>> rank_between(3, (7, 1)), rank_between(4, (4, 1)), rank_between(4, (4, 3)), rank_between(4, None)
    (3.5, 3.5, 4.5, 4.5)
    """
    if after and after[1] == 1 and after[0] < above + 0.5:
        return after[0] - 0.5
    return above + (0.25 if above % 1 else 0.5)
