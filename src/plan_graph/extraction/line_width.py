"""The width at which the lines of a text were broken, and which lines reach it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plan_graph.extraction.page_lines import is_page

_FEWEST = 15  # lines from which a width can be told
_WIDEST = 140  # columns; longer lines are paragraphs
SLACK = 4  # columns that punctuation or a Latin word may leave empty at the end of a line
ENDED = tuple("。；：！？:;")
OPENS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节条款部编篇]|[一二三四五六七八九十百]{1,4}、|[（(](?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})[）)]"
    r"|[0-9０-９]{1,3}\s?(?:[、．﹒](?!(?!20\d\d ?年)[0-9０-９])|\.(?!\d))|[①-⑳㈠-㈩⑴-⑽]|附\s?件\s?\d{0,2}\s*$)"
)
# a date, a number of a document, a note on publication: lines of their own, which neither go on nor are gone on with
ALONE = re.compile(
    r"\s*(?:[（(](?:此件|本件|此文|主动公开|公开)[^）)]{0,20}[）)]|(?:20\d\d|二[〇○零O][〇○零O一二三四五六七八九十]{2})\s?年"
    r"\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"
    r"|[\u4e00-\u9fff]{2,16}\s?[〔\[（(]\s?20\d\d\s?[〕\]）)]\s?\d{1,5}\s?号)\s*"
)
LABELLED = re.compile(r"\s*[\u4e00-\u9fff]{0,6}(?:单位|部门|机构|主体|[科处股]室)[：:]")
WHOLE_NAME = re.compile("(?:[局厅委办部署院会府处室科司社心队行区县市州团]|公司|单位|部门|负责|配合|牵头)$")
INDENTED = re.compile(r"\u3000\u3000|[ \t]{4}")
_FULL_SHARE, _OPEN_SHARE = 0.4, 0.55  # of the lines of a wrapped text: reach the width; do not end a sentence there
_BROKEN_OFF, _BROKEN_SHARE = 4, 0.2  # lines, and their share, that reach a width no line exceeds and break off there
_SOME_SHARE, _WHOLE_SHARE = 0.15, 0.5  # reach the width alone; reach it alone or with their neighbours
_UNEXCEEDED_SHARE, _UNEXCEEDED_OFF = 0.4, 0.1  # the same where no line exceeds the width; break off there


def width_of(lines: Sequence[str]) -> tuple[int | None, frozenset[int]]:
    """Give the width at which lines were broken, in columns, or None if they were not; and which lines reach it."""
    columns = {at: columns_of(line) for at, line in enumerate(lines) if line.strip() and not is_page(line)}
    if len(columns) < _FEWEST:
        return None, frozenset()
    width = sorted(columns.values())[len(columns) * 9 // 10]
    if not 20 <= width <= _WIDEST:
        return None, frozenset()
    full = {at for at, wide in columns.items() if width - SLACK <= wide <= width + SLACK}
    still_open = sum(not lines[at].rstrip().endswith((*ENDED, "）", ")", "〕")) for at in full)
    if still_open < _OPEN_SHARE * len(full):
        return None, frozenset()
    pieces = _in_pieces(lines, columns, width) if len(full) >= _SOME_SHARE * len(columns) else set()
    together, every = len(full) + len(pieces), len(columns)
    unexceeded = max(columns.values()) <= width + SLACK
    goes_on = sum(_breaks_off(lines, at) for at in full) if unexceeded else 0
    nearly = goes_on >= max(_BROKEN_OFF, _UNEXCEEDED_OFF * every) and together >= _UNEXCEEDED_SHARE * every
    if len(full) >= _FULL_SHARE * every or together >= _WHOLE_SHARE * every or nearly:
        return width, frozenset(pieces)
    if goes_on >= max(_BROKEN_OFF, _BROKEN_SHARE * every):  # short items among few lines that go on
        return width, frozenset()
    return None, frozenset()


def _breaks_off(lines: Sequence[str], at: int) -> bool:
    """Tell whether a line ends no sentence and the next begins no item."""
    following = lines[at + 1] if at + 1 < len(lines) else ""
    ended = lines[at].rstrip().endswith((*ENDED, "）", ")", "〕"))
    return bool(following.strip()) and not ended and not OPENS.match(following) and not INDENTED.match(following)


def _begins(line: str) -> bool:
    return bool(OPENS.match(line) or LABELLED.match(line))


def _in_pieces(lines: Sequence[str], columns: Mapping[int, int], width: int) -> set[int]:
    """Give the lines that reach the width only together: a PDF whose letters are spaced breaks one line in many."""
    found: set[int] = set()
    run: list[int] = []
    total = 0
    for at, wide in columns.items():
        if wide >= width - SLACK or (run and (at != run[-1] + 1 or _begins(lines[at]))):
            run, total = [], 0
        if wide >= width - SLACK:
            continue
        if ALONE.fullmatch(lines[at]) or (LABELLED.match(lines[at]) and WHOLE_NAME.search(lines[at].rstrip())):
            run, total = [], 0
            continue
        run.append(at)
        total += wide
        if total >= width - SLACK:
            if total <= width + SLACK:
                found.update(run)
            run, total = [], 0
    return found


def columns_of(line: str) -> int:
    """Count the columns of a line: in GB18030 a Han character or its punctuation is two bytes, a Latin letter one."""
    return len(line.strip("\f\r ").rstrip("\u3000").encode("gb18030", "replace"))
