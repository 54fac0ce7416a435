"""The outline of a document: numbered blocks, what is a heading and what is a task.

A line that begins with a number in one of the styles of Chinese official writing opens a block. A block
that holds deeper blocks is a heading; a block that holds none is a task. So the same two lines read
``（一）`` as a theme in a plan whose tasks are ``1．`` and as a task in a plan that goes no deeper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_graph.model import Span

_HAN_DIGITS = "〇零一二三四五六七八九十百"
_DIGITS = {"零": 0, "两": 2} | {char: value for value, char in enumerate("〇一二三四五六七八九")}
# rank (outer to inner), name, pattern of a line's beginning; the order of GB/T 9704 official documents
STYLES: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (0, "第一章", re.compile(rf"(?P<mark>第(?P<n>[{_HAN_DIGITS}]+)(?:章|部分|篇))[ \u3000]*")),
    (1, "一、", re.compile(rf"(?P<mark>(?P<n>[{_HAN_DIGITS}]+)、)")),
    (2, "（一）", re.compile(rf"(?P<mark>[（(〔](?P<n>[{_HAN_DIGITS}]+)[）)〕])")),
    (3, "1．", re.compile(r"(?P<mark>(?P<n>[0-9０-９]{1,4})(?:[．﹒、]|\.(?![0-9０-９])))")),
    (4, "（1）", re.compile(r"(?P<mark>[（(](?P<n>[0-9０-９]{1,3})[）)])")),
    (5, "①", re.compile(r"(?P<mark>(?P<n>[①-⑳]))")),
)
_INDENT = re.compile(r"[ \t\u3000\xa0]*")
_YEAR = re.compile(r"(?<![到至从自])(20\d{2})年")  # 到2020年… states a goal, not the year of the tasks
_YEARS = re.compile(r"\d{4}年?\s*[-—–－至到~～]\s*20\d{2}年")
_COUNT = re.compile(r"[（(](\d{1,4})项[）)]")
_COUNT_AT_END = re.compile(r"[ \u3000]*[（(]\d{1,4}项[）)]\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A numbered block: its own lines only, not those of the blocks beneath.

    ``span`` covers the whole lines with indent and line end; ``mark`` the number as written; ``body``
    what follows it, without the last line end. ``children`` are the blocks beneath.
    """

    rank: int
    number: int
    span: Span
    mark: Span
    body: Span
    children: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """``preamble`` is what stands before the first block; ``blocks`` the outermost ones in order."""

    preamble: Span
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Open:
    rank: int
    number: int
    begin: int
    mark: Span
    end: int
    children: list[Block]


def outline(text: str) -> Outline:
    """Find the numbered blocks of a text; linear in its length."""
    roots: list[Block] = []
    stack: list[_Open] = []
    first = len(text)

    def close(rank: int) -> None:
        while stack and stack[-1].rank >= rank:
            done = stack.pop()
            body_end = done.end - 1 if text[done.end - 1 : done.end] == "\n" else done.end
            block = Block(
                done.rank,
                done.number,
                Span(done.begin, done.end),
                done.mark,
                Span(done.mark.end, max(done.mark.end, body_end)),
                tuple(done.children),
            )
            (stack[-1].children if stack else roots).append(block)

    begin = 0
    while begin < len(text):
        end = text.find("\n", begin) + 1 or len(text)
        indent = _INDENT.match(text, begin, end)
        at = indent.end() if indent else begin
        found = _style(text, at, end)
        if found:
            rank, number, mark = found
            first = min(first, begin)
            close(rank)
            stack.append(_Open(rank, number, begin, mark, end, []))
        elif stack and text[begin:end].strip() and not stack[-1].children:
            stack[-1].end = end  # an unnumbered paragraph goes on with the block above it
        begin = end
    close(-1)
    return Outline(Span(0, first), tuple(roots))


def _style(text: str, at: int, end: int) -> tuple[int, int, Span] | None:
    for rank, _, pattern in STYLES:
        if found := pattern.match(text, at, end):
            return rank, number_of(found["n"]), Span(*found.span("mark"))
    return None


def number_of(written: str) -> int:
    """Read a Chinese, full-width, circled or ordinary number up to 999.

    >>> [number_of(n) for n in ("一", "十", "十二", "二十", "一百零六", "１０６", "⑪")]
    [1, 10, 12, 20, 106, 106, 11]
    """
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    if written.isdecimal():
        return int(written)
    if not set(written) & set("十百"):  # 一〇六: digit by digit
        return int("".join(str(_DIGITS[char]) for char in written))
    total = digit = 0
    for char in written:
        if char == "百":
            total += (digit or 1) * 100
            digit = 0
        elif char == "十":
            total += (digit or 1) * 10
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def heading_year(title: str) -> int | None:
    """Give the one year a heading states, or None: a range such as 2016-2018年 is no single year."""
    found = _YEAR.findall(title)
    return int(found[0]) if len(found) == 1 and not _YEARS.search(title) else None


def heading_count(title: str) -> int | None:
    """Give the number of tasks a heading states, as 106 in ``重点工作（106项）``, or None."""
    found = _COUNT.search(title)
    return int(found[1]) if found else None


def heading_title(text: str, body: Span) -> Span:
    """Give the span of a heading's words: the first sentence or line without count, spaces and full stop."""
    words = _COUNT_AT_END.sub("", re.split("[。\n]", body.of(text), maxsplit=1)[0])
    lead = len(words) - len(words.lstrip())
    return Span(body.begin + lead, body.begin + max(lead, len(words.rstrip())))
