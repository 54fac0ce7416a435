"""Where a line of a text that was broken at a width breaks off, and which line goes on with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from plan_graph.extraction.brackets import CLOSE, OPEN
from plan_graph.extraction.line_width import ALONE, ENDED, INDENTED, LABELLED, OPENS, SLACK, WHOLE_NAME, columns_of
from plan_graph.extraction.numbering import number_of
from plan_graph.extraction.page_lines import PAGE, is_page

_HEADING = re.compile(r"\s*([一二三四五六七八九十]{1,3})、")
_BREAKS_OFF = re.compile(
    r"[，、,]$|(?:单位|部门|机构|主体|时限|时间|期限|领导|人)[：:]$"
)  # ends neither a sentence nor a line
_LEVELS_GO_ON = re.compile(r"[（(〔][市县区州旗镇乡局单位部门街道、，]{1,8}[）)〕]")  # 有关部门 / （单位）
# 甲分局等 / 市级各有关部门
_COLLECTIVE_GOES_ON = re.compile(r"(?:[省市县区州][直级]|各|有关|相关)[^\s，。；：:]{0,10}(?:部门|单位|机构)")
_IN_A_SENTENCE = re.compile("[，。：]")
_GOES_ON_WITH = re.compile(
    "等|按照?|依据?|根据|分别|具体|共同|分工|负责|配合|参与|牵头|落实|[和及与或]"
)  # names and what they do
_STOPS = re.compile("[、，,；;。：:]")
_FEW, _NEARLY = 2, 8  # characters that are no paragraph; columns by which a line that they go on with may be short
_PAGE_LINES = 15  # lines of a page, at least
_BRACKETS = re.compile(f"[{re.escape(OPEN + CLOSE)}]")
_DEEPEST = 3  # more brackets open than that were never meant to be closed


class Broken(NamedTuple):
    """A text whose lines were broken: the width, which lines reach it with their neighbours, and which are left out.

    ``by_page`` tells whether its blank lines end pages.
    """

    lines: Sequence[str]
    width: int | None
    reaching: frozenset[int]
    gone: frozenset[int]
    by_page: bool


class SoFar(NamedTuple):
    """What a paragraph is up to the end of a line.

    ``opened`` counts its brackets not yet closed, ``heading`` is the number of the last heading 一、: 统 / 一、规范
    goes on. ``said`` tells whether it has a comma or a stop, ``labelled`` whether a label begins it, ``long`` whether
    it has several lines.
    """

    opened: int = 0
    heading: int = 0
    said: bool = False
    labelled: bool = False
    long: bool = False


def with_line(line: str, before: SoFar, new: bool) -> SoFar:
    """Give what a paragraph is with one more line; ``new`` tells whether it begins with that."""
    heading = _HEADING.match(line) if new else None
    opened = sum(1 if c in OPEN else -1 for c in _BRACKETS.findall(line))
    return SoFar(
        max(0, opened if new else before.opened + opened),
        number_of(heading[1]) if heading else before.heading,
        bool(_IN_A_SENTENCE.search(line)) or (not new and before.said),
        bool(LABELLED.match(line)) if new else before.labelled,
        not new,
    )


def continuation(page: Broken, at: int, so_far: SoFar) -> int:
    """Give the line that goes on where line ``at``, the last of a paragraph so far, breaks off, or 0.

    The line has words, and is no number of a page.
    """
    lines, width, gone = page.lines, page.width, page.gone
    opened = 0 < so_far.opened <= _DEEPEST
    line = lines[at].rstrip()
    after, parted = at + 1, False
    while after < len(lines) and (
        (width is not None and is_page(lines[after]))
        or PAGE.fullmatch(lines[after])
        or after in gone
        or not lines[after].strip("\f ")
    ):
        parted = parted or bool(lines[after].strip("\f "))
        after += 1
    if after >= len(lines):
        return 0
    if after > at + 1 and not parted and "\f" not in "".join(lines[at + 1 : after + 1]):
        inside = opened or line.endswith(("，", "、")) or (page.by_page and _breaks_off_full(line, width))
        if width is None or not inside or after > at + 2:
            return 0  # a blank line parts paragraphs, but inside a bracket it is the end of a page
    beyond = lines[after].lstrip("\f")
    if INDENTED.match(beyond) or (OPENS.match(beyond) and not _within(line, beyond, width, so_far.heading)):
        return 0
    labelled = line.endswith(ENDED) and LABELLED.match(beyond)
    listed = so_far.labelled and WHOLE_NAME.search(line) and _begins_no_name(beyond)  # a list that fills its line
    if not opened and (ALONE.fullmatch(line) or ALONE.fullmatch(beyond) or labelled or listed):
        return 0
    if width is None:
        return after if parted and (opened or not line.endswith((*ENDED, "）", ")", "〕"))) else 0
    columns = columns_of(line)
    full = at in page.reaching or columns >= width - SLACK or len(line.strip()) >= width // 2 - 1  # or by characters
    flowing = bool(page.reaching) and so_far.said and so_far.long
    flowing = flowing and not (so_far.labelled and WHOLE_NAME.search(line))
    goes_on = (
        opened
        or full
        or _BREAKS_OFF.search(line)
        or _LEVELS_GO_ON.match(beyond)
        or (flowing and not line.endswith((*ENDED, "）", ")", "〕", "”")))
        or (line.endswith("等") and _COLLECTIVE_GOES_ON.match(beyond))
        or (len(beyond.strip()) <= _FEW and columns >= width - _NEARLY and not line.endswith(ENDED))
    )
    return after if goes_on else 0


def _begins_no_name(line: str) -> bool:
    """Tell whether what stands before the first comma or stop of a line is no name, nor the end of one."""
    stop = _STOPS.search(line)
    piece = line[: stop.start()].strip() if stop else ""
    return len(piece) > _FEW and not WHOLE_NAME.search(piece) and not _GOES_ON_WITH.match(piece)


def _breaks_off_full(line: str, width: int | None) -> bool:
    """Tell whether a line reaches the width and ends no sentence."""
    return width is not None and columns_of(line) >= width - SLACK and not line.endswith((*ENDED, "）", ")", "〕", "”"))


def blank_by_page(lines: Sequence[str]) -> bool:
    """Tell whether blank lines stand so far apart that they end pages and not paragraphs."""
    filled = sum(bool(line.strip()) for line in lines)
    return filled >= _PAGE_LINES * sum(not line.strip() for line in lines[:-1])


def _within(line: str, beyond: str, width: int | None, count: int) -> bool:
    """Tell whether a full line breaks off within 统一、规范: the number that follows is not the next."""
    heading = _HEADING.match(beyond)
    full = width is not None and columns_of(line) >= width - SLACK and not line.endswith((*ENDED, "）", ")", "〕"))
    return bool(full and count and heading and number_of(heading[1]) != count + 1)
