"""Numbers that open an item: the styles of Chinese official writing, and what they count to.

Styles and their order follow GB/T 9704 (一、 above （一） above 1． above （1）), with those that plans use besides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_graph.model.text import Span

HAN_DIGITS = "〇零一二三四五六七八九十百"
_DIGITS = {"零": 0, "两": 2} | {char: value for value, char in enumerate("〇一二三四五六七八九")}
_N = rf"(?P<n>[{HAN_DIGITS}]+)"
# rank (outer to inner), name, pattern; a rank of LINE_ONLY opens an item at the beginning of a line alone
STYLES: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (0, "第一章", re.compile(rf"(?P<mark>第{_N}(?:章|部分|篇))[ \u3000]*")),
    (1, "第一节", re.compile(rf"(?P<mark>第{_N}节)(?=[ \u3000])[ \u3000]*")),
    (
        2,
        "第一条",
        re.compile(
            rf"(?P<mark>第(?P<n>[{HAN_DIGITS}]+|[0-9]{{1,3}})条)"
            r"(?=[ \u3000]|[^规款所第的、，,。；;之至到和或及与项中）)])[ \u3000]*"
        ),
    ),
    (3, "一、", re.compile(rf"(?P<mark>{_N} ?(?:、|[.．](?![0-9０-９一二三四五六七八九十])))")),
    (4, "（一）", re.compile(rf"(?P<mark>[（(〔]{_N}[）)〕]|(?P<n2>[㈠-㈩]))")),
    (
        5,
        "1．",
        re.compile(
            r"(?P<mark>(?P<n>[0-9０-９]{1,4})[ ]?(?:[．﹒、]|\.(?![0-9０-９])|\.(?=20\d\d ?年|\d{3}|\d[A-Za-z]))"
            r"|(?P<n2>[⒈-⒛]))[ \u3000]*"
        ),
    ),
    (
        6,
        "1.1",
        re.compile(
            r"(?P<mark>[0-9]{1,2}[.．](?P<n>[0-9]{1,2})(?:[.．](?P<n3>[0-9]{1,2}))?)"
            r"(?=[ \u3000]*[\u4e00-\u9fff“《])[ \u3000]*"
        ),
    ),
    (7, "（1）", re.compile(r"(?P<mark>[（(]?(?P<n>[0-9０-９]{1,3})[）)]|(?P<n2>[⑴-⒇]))")),
    (8, "①", re.compile(r"(?P<mark>(?P<n>[①-⑳]))")),
    (9, "一是", re.compile(rf"(?P<mark>{_N}(?:是|要)(?=[^否非不]))[：，、,]?")),
)
ANNEX = -1  # the rank of 附件1 on a line of its own: what follows belongs to nothing above
TITLE = -2  # the rank of the title of one of several plans in a text: its annexes belong to it
LINE_ONLY = frozenset({0, 1})
BARE_RANK = 5  # the rank of 1．, which a number that lost its full stop has too


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that may open an item: rank of its style, what it counts to, where, and whether a line begins there."""

    rank: float
    number: int
    span: Span
    begin: int
    line: bool
    above: int = 0  # of a number such as 2.1: the 2
    bare: bool = False  # without the full stop that others of its style have


def number_of(written: str) -> int:
    """Read a Chinese, full-width, circled or ordinary number up to 999.

    >>> [number_of(n) for n in ("一", "十", "十二", "二十", "一百零六", "１０６", "⑪", "㈢", "⒉")]
    [1, 10, 12, 20, 106, 106, 11, 3, 2]
    """
    for first, last in ("①⑳", "⑴⒇", "⒈⒛", "㈠㈩"):
        if first <= written <= last:
            return ord(written) - ord(first) + 1
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
