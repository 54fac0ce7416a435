"""Tables: over how many pages, and on narrow screens: which become lists of what each row says, with which labels."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

LONGEST = 60_000  # bytes of the rows of one page, about
_CELL = re.compile(r"<(tr|td|th)\b")
_LABELS = 512  # that are remembered
_WORDED, _WITH_WIDE = 3, 2  # columns other than figures from which a table is one of wordings


def are_wordings(columns: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a table with these columns, as (label, class) pairs, is read rather than scanned.

    >>> are_wordings([("机构", ""), ("任务", "num"), ("牵头", "num")])
    False
    >>> are_wordings([("编号", "id"), ("正文", "wide")])
    True
    """
    kinds = [kind for _, kind in columns if kind != "num"]
    return len(kinds) >= (_WITH_WIDE if "wide" in kinds else _WORDED)


@functools.lru_cache(_LABELS)
def _label(heading: str) -> Markup:
    return escape(Markup(heading).striptags())


def labelled(rows: Markup, columns: Sequence[tuple[str, str]]) -> Markup:
    """Write the label of its column to each cell of rows but the first of each, which is what its row is about.

    >>> labelled(Markup('<tr><th scope="row">1</th><td class="num">2</td></tr>'), [("编号", "id"), ("任务", "num")])
    Markup('<tr><th scope="row">1</th><td class="num" data-label="任务">2</td></tr>')
    """
    plain = str(rows)  # a piece of markup would be markup again, made anew
    labels = [_label(label) for label, _ in columns]
    at = 0
    made, before = [], 0
    for found in _CELL.finditer(plain):
        if found[1] == "tr":
            at = 0
            continue
        if 0 < at < len(labels):
            end = plain.index(">", found.end())
            made += [plain[before:end], f' data-label="{labels[at]}"']
            before = end
        at += 1
    return Markup("".join([*made, plain[before:]]))


def division(lengths: Iterable[int], at_most: int, longest: int = LONGEST) -> list[range]:
    """Divide rows of these lengths over pages: each as many as there is room for, at least one; no rows are one page.

    >>> division([30, 40, 50, 200, 10, 10, 10], at_most=2, longest=100)
    [range(0, 2), range(2, 3), range(3, 4), range(4, 6), range(6, 7)]
    """
    pages: list[range] = []
    begin = at = taken = 0
    for at, length in enumerate(lengths, 1):
        if at - 1 > begin and (at - 1 - begin == at_most or taken + length > longest):
            pages.append(range(begin, at - 1))
            begin, taken = at - 1, 0
        taken += length
    return [*pages, range(begin, at)]
