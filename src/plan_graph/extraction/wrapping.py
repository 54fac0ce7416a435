"""A text whose lines were broken at a width, or that is marked up → the same without breaks and marks, and back.

Text copied from a PDF or an e-mail has a line end after every so many characters, and page numbers between; a label,
a name or a date may be broken anywhere. A text in Markdown has ``**`` around headings and labels. Such a text is read
through a *view* from which these breaks and marks are left out; what is found is then given in offsets of the text as
it is.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from plan_graph.extraction.brackets import CLOSE, OPEN
from plan_graph.extraction.numbering import number_of
from plan_graph.model import Document, Part, Plan, Span, Table

_FEWEST = 15  # lines from which a width can be told
_WIDEST = 140  # columns; longer lines are paragraphs
_SLACK = 4  # columns that punctuation or a Latin word may leave empty at the end of a line
_PAGE = re.compile(r"\s*(?:[-—－–―]+\s*\d{1,4}\s*[-—－–―]+|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?)\s*")
_BARE_PAGE = re.compile(r"\s*\d{1,4}\s*(?:/\s*\d{1,4}\s*)?")
# what a browser prints around each page: when and what above, where from and which page of how many below
_PRINTED = re.compile(
    r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?[,，]?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s.*)?"
    r"|(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?"
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2  # lines beside a page break among which heads and feet are looked for
_OFTEN = 3  # pages on which one stands, at least, and on more than half of all
_ENDED = tuple("。；：！？:;")
_HEADING = re.compile(r"\s*([一二三四五六七八九十]{1,3})、")
_OPENS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节条款部编篇]|[一二三四五六七八九十百]{1,4}、|[（(](?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})[）)]"
    r"|[0-9０-９]{1,3}\s?(?:[、．﹒](?!(?!20\d\d ?年)[0-9０-９])|\.(?!\d))|[①-⑳㈠-㈩⑴-⑽]|附\s?件\s?\d{0,2}\s*$)"
)
# a date, a number of a document, a note on publication: lines of their own, which neither go on nor are gone on with
_ALONE = re.compile(
    r"\s*(?:[（(](?:此件|本件|此文|主动公开|公开)[^）)]{0,20}[）)]|(?:20\d\d|二[〇○零O][〇○零O一二三四五六七八九十]{2})\s?年"
    r"\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"
    r"|[\u4e00-\u9fff]{2,16}\s?[〔\[（(]\s?20\d\d\s?[〕\]）)]\s?\d{1,5}\s?号)\s*"
)
_BREAKS_OFF = re.compile(
    r"[，、,]$|(?:单位|部门|机构|主体|时限|时间|期限|领导|人)[：:]$"
)  # ends neither a sentence nor a line
_LEVELS_GO_ON = re.compile(r"[（(〔][市县区州旗镇乡局单位部门街道、，]{1,8}[）)〕]")  # 有关部门 / （单位）
# 甲分局等 / 市级各有关部门
_COLLECTIVE_GOES_ON = re.compile(r"(?:[省市县区州][直级]|各|有关|相关)[^\s，。；：:]{0,10}(?:部门|单位|机构)")
_IN_A_SENTENCE = re.compile("[，。：]")
_LABELLED = re.compile(r"\s*[\u4e00-\u9fff]{0,6}(?:单位|部门|机构|主体|[科处股]室)[：:]")
_WHOLE_NAME = re.compile("(?:[局厅委办部署院会府处室科司社心队行区县市州团]|公司|单位|部门|负责|配合|牵头)$")
_GOES_ON_WITH = re.compile(
    "等|按照?|依据?|根据|分别|具体|共同|分工|负责|配合|参与|牵头|落实|[和及与或]"
)  # names and what they do
_STOPS = re.compile("[、，,；;。：:]")
_FEW, _NEARLY = 2, 8  # characters that are no paragraph; columns by which a line that they go on with may be short
_PAGE_LINES = 15  # lines of a page, at least
# heads of a table whose columns are aligned with spaces; a line of three cells below them is a row and no paragraph
_A_HEAD = re.compile("(?:牵头|责任|配合|主办|协办|负责)[^\\s，。；：、]{0,4}(?:单位|部门|主体)(?=[ \u3000\xa0\n]|$)")
_BESIDE_A_HEAD = re.compile(r"[^\n，。；：、]*[^\s](?:[ \xa0]{2,}|\u3000)[^\s][^\n，。；：、]*")
_BRACKETS = re.compile(f"[{re.escape(OPEN + CLOSE)}]")
_ROWS = 400  # lines of such a table, at most
_CUT_BY_GUTTERS = re.compile(r"[^\s\f](?:[ \xa0]{3,}|\u3000{2,})[^\s](?:[^\n]*[^\s])?(?:[ \xa0]{3,}|\u3000{2,})[^\s]")
_INDENTED = re.compile(r"\u3000\u3000|[ \t]{4}")
# （牵头部 / 门：甲局）: the end of a line inside a label, in a text whose lines are paragraphs otherwise
_LABEL_BROKEN = re.compile(
    r"[（(〔［\[][\u4e00-\u9fff]{1,7}(?P<end>\n[ \t\u3000]*\n?[ \t\u3000]*)"
    r"(?:位|门|[\u4e00-\u9fff]{0,6}(?:单位|部门))[：:]"
)
_MARKED = re.compile(r"(?m)^[ \t]*#{1,6}[ \t]+(?=\S)|\*\*[^*\n]{2,200}\*\*|<br ?/?>")
# what Markdown adds to a line: # before a heading, ** around words, a backslash before a full stop (1\. 建设)
_MARKS = re.compile(r"^[ \t\u3000]*#{1,6}[ \t]+|\*\*|\\(?=[.()\[\]*_#+-])|(?P<break><br ?/?>)")
_BLANK = " \t\u3000"
_INLINE_PAGE = re.compile(r"[—―–－-]{1,2} ?(\d{1,3}) ?[—―–－-]{1,2}")  # where lines were joined: 人力资— 2 —源局
_FEWEST_PAGES = 2
_DEEPEST = 3  # more brackets open than that were never meant to be closed
_FULL_SHARE, _OPEN_SHARE = 0.4, 0.55  # of the lines of a wrapped text: reach the width; do not end a sentence there
_BROKEN_OFF, _BROKEN_SHARE = 4, 0.2  # lines, and their share, that reach a width no line exceeds and break off there
_SOME_SHARE, _WHOLE_SHARE = 0.15, 0.5  # reach the width alone; reach it alone or with their neighbours
_UNEXCEEDED_SHARE, _UNEXCEEDED_OFF = 0.4, 0.1  # the same where no line exceeds the width; break off there


class _Page(NamedTuple):
    """A text whose lines were broken: the width, which lines reach it with their neighbours, and which are left out.

    ``by_page`` tells whether its blank lines end pages.
    """

    lines: Sequence[str]
    width: int | None
    reaching: frozenset[int]
    gone: frozenset[int]
    by_page: bool


class _SoFar(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class View:
    """``text`` without breaks; ``back[i]`` is where its character ``i`` stands in the text of ``length``."""

    text: str
    back: Sequence[int]
    length: int


def view(text: str, tables: Sequence[Table] = ()) -> View | None:
    """Give a text without the breaks of its lines and the marks of Markdown, or None if it has neither.

    It has no breaks if its lines are paragraphs and no page number parts one. A row of a table is a line.

    >>> lines = "\\n".join(["推进数字化改革，建设一张网，提升服务效能，推动共享"] * 20) + "。\\n（责任\\n单位：甲局）"
    >>> "\\n" in view(lines).text[:400], view("一、甲\\n（一）乙\\n")
    (False, None)
    """
    lines = text.split("\n")
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    rows = _under_heads(lines) if _A_HEAD.search(text) else set()
    for span in (one.span for one in tables):
        rows.update(range(bisect_right(begins, span.begin) - 1, bisect_right(begins, span.end)))
    gone = _heads_and_feet(lines)
    left_out = rows | gone
    width, reaching = _width(
        [line if at not in left_out else "" for at, line in enumerate(lines)] if left_out else lines
    )
    marked = bool(_MARKED.search(text))
    inline = _inline_pages(text)
    broken = {hit.start("end"): hit["end"].count("\n") for hit in _LABEL_BROKEN.finditer(text) if not tables}
    paged = gone or "\f" in text or any(_PAGE.fullmatch(line) for line in lines)
    if width is None and not (paged or marked or broken or inline):
        return None
    pieces: list[str] = []
    back = array("L")
    page = _Page(lines, width, reaching, gone, _blank_by_page(lines))
    so_far = _SoFar()
    at = 0
    new = True  # whether a line begins, and does not go on with the one above
    while at < len(lines):
        if at in gone or (at not in rows and _PAGE.fullmatch(lines[at])):  # — 3 — is no line between two labels
            at += 1
            continue
        line, begin = lines[at], begins[at]
        so_far = _with(line, so_far, new)
        marks = _MARKS if marked else _INLINE_PAGE if inline else None
        for piece, first in _shown(line, marks, "" if new else "".join(pieces[-1:])):
            pieces.append(piece)
            back.extend(range(begin + first, begin + first + len(piece)))
        skipped = broken.get(begin + len(line), 0)
        following = at + skipped if skipped else 0
        if not skipped and at not in rows and line.strip() and not _is_page(line):
            following = _following(page, at, so_far)
        new = not following or following in rows
        if not new:
            at = following
            continue
        if at + 1 < len(lines):
            pieces.append("\n")
            back.append(begins[at] + len(lines[at]))
        at += 1
    made = "".join(pieces)
    if len(made) == len(text):
        return None
    back.append(len(text))
    return View(made, back, len(text))


def _under_heads(lines: Sequence[str]) -> set[int]:
    """Give the rows of tables that spaces align, below heads that name who is responsible."""
    found: set[int] = set()
    ends = 0
    for at, line in enumerate(lines):
        if _A_HEAD.search(line) and _BESIDE_A_HEAD.fullmatch(line):
            found.add(at)
            ends = at + _ROWS
        elif at < ends and _CUT_BY_GUTTERS.search(line):
            found.add(at)
    return found


def _with(line: str, before: _SoFar, new: bool) -> _SoFar:
    """Give what a paragraph is with one more line; ``new`` tells whether it begins with that."""
    heading = _HEADING.match(line) if new else None
    opened = sum(1 if c in OPEN else -1 for c in _BRACKETS.findall(line))
    return _SoFar(
        max(0, opened if new else before.opened + opened),
        number_of(heading[1]) if heading else before.heading,
        bool(_IN_A_SENTENCE.search(line)) or (not new and before.said),
        bool(_LABELLED.match(line)) if new else before.labelled,
        not new,
    )


def _shown(line: str, marks: re.Pattern[str] | None, before: str) -> Iterator[tuple[str, int]]:
    """Give the stretches of a line that are no marks, each with where it begins.

    ``before`` is what the line goes on with: blanks at a margin are no part of a sentence, except between words.
    """
    start = int(line.startswith("\f"))
    if before:
        begins = len(line) - len(line[start:].lstrip(_BLANK))
        words = before[-1].isascii() and line[begins : begins + 1].isascii()
        start = max(start, begins - 1) if words else begins
    for mark in marks.finditer(line, start) if marks else ():
        yield line[start : mark.start()], start
        if marks is _MARKS and mark["break"]:  # a line ends inside a cell
            yield "\n", mark.start()
        start = mark.end()
    yield line[start:], start


def _inline_pages(text: str) -> bool:
    """Tell whether page numbers stand inside the lines: each between dashes, each one more than the last."""
    if not _INLINE_PAGE.search(text):
        return False
    numbers = [int(hit[1]) for line in text.split("\n") if not _is_page(line) for hit in _INLINE_PAGE.finditer(line)]
    counted = all(after == before + 1 for before, after in pairwise(numbers))
    return len(numbers) >= _FEWEST_PAGES and counted


def _width(lines: Sequence[str]) -> tuple[int | None, frozenset[int]]:
    """Give the width at which lines were broken, in columns, or None if they were not; and which lines reach it."""
    columns = {at: _columns(line) for at, line in enumerate(lines) if line.strip() and not _is_page(line)}
    if len(columns) < _FEWEST:
        return None, frozenset()
    width = sorted(columns.values())[len(columns) * 9 // 10]
    if not 20 <= width <= _WIDEST:
        return None, frozenset()
    full = {at for at, wide in columns.items() if width - _SLACK <= wide <= width + _SLACK}
    still_open = sum(not lines[at].rstrip().endswith((*_ENDED, "）", ")", "〕")) for at in full)
    if still_open < _OPEN_SHARE * len(full):
        return None, frozenset()
    pieces = _in_pieces(lines, columns, width) if len(full) >= _SOME_SHARE * len(columns) else set()
    together, every = len(full) + len(pieces), len(columns)
    unexceeded = max(columns.values()) <= width + _SLACK
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
    ended = lines[at].rstrip().endswith((*_ENDED, "）", ")", "〕"))
    return bool(following.strip()) and not ended and not _OPENS.match(following) and not _INDENTED.match(following)


def _begins(line: str) -> bool:
    return bool(_OPENS.match(line) or _LABELLED.match(line))


def _in_pieces(lines: Sequence[str], columns: Mapping[int, int], width: int) -> set[int]:
    """Give the lines that reach the width only together: a PDF whose letters are spaced breaks one line in many."""
    found: set[int] = set()
    run: list[int] = []
    total = 0
    for at, wide in columns.items():
        if wide >= width - _SLACK or (run and (at != run[-1] + 1 or _begins(lines[at]))):
            run, total = [], 0
        if wide >= width - _SLACK:
            continue
        if _ALONE.fullmatch(lines[at]) or (_LABELLED.match(lines[at]) and _WHOLE_NAME.search(lines[at].rstrip())):
            run, total = [], 0
            continue
        run.append(at)
        total += wide
        if total >= width - _SLACK:
            if total <= width + _SLACK:
                found.update(run)
            run, total = [], 0
    return found


def _columns(line: str) -> int:
    """Count the columns of a line: in GB18030 a Han character or its punctuation is two bytes, a Latin letter one."""
    return len(line.strip("\f\r ").rstrip("\u3000").encode("gb18030", "replace"))


def _heads_and_feet(lines: Sequence[str]) -> frozenset[int]:
    """Give the lines that a program puts on every page: what stands beside page breaks and is alike on most."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    printed = {at for at in filled if _PRINTED.fullmatch(lines[at].strip())}
    numbers = {at for at in filled if _PAGE.fullmatch(lines[at])}
    bare = {at for at in filled if _BARE_PAGE.fullmatch(lines[at])}
    order = [at for at in filled if at not in printed and at not in numbers and at not in bare]
    breaks = sorted(
        {bisect_left(order, at) for at in filled if at in printed or at in numbers or lines[at].startswith("\f")}
    )
    if len(breaks) < _OFTEN:
        return frozenset(printed) if len(printed) > 1 else frozenset()
    found: dict[str, set[int]] = {}
    for place in breaks:
        for at in order[max(0, place - _EDGE) : place + _EDGE]:
            found.setdefault(" ".join(_DIGITS.sub("#", lines[at]).split()), set()).add(at)
    most = (ats for ats in found.values() if len(ats) >= _OFTEN and 2 * len(ats) > len(breaks))
    return frozenset(printed.union(*most))


def _is_page(line: str) -> bool:
    return bool(_PAGE.fullmatch(line) or _BARE_PAGE.fullmatch(line))


def _following(page: _Page, at: int, so_far: _SoFar) -> int:
    """Give the line that goes on where line ``at``, the last of a paragraph so far, breaks off, or 0.

    The line has words, and is no number of a page.
    """
    lines, width, gone = page.lines, page.width, page.gone
    opened = 0 < so_far.opened <= _DEEPEST
    line = lines[at].rstrip()
    after, parted = at + 1, False
    while after < len(lines) and (
        (width is not None and _is_page(lines[after]))
        or _PAGE.fullmatch(lines[after])
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
    if _INDENTED.match(beyond) or (_OPENS.match(beyond) and not _within(line, beyond, width, so_far.heading)):
        return 0
    labelled = line.endswith(_ENDED) and _LABELLED.match(beyond)
    listed = so_far.labelled and _WHOLE_NAME.search(line) and _begins_no_name(beyond)  # a list that fills its line
    if not opened and (_ALONE.fullmatch(line) or _ALONE.fullmatch(beyond) or labelled or listed):
        return 0
    if width is None:
        return after if parted and (opened or not line.endswith((*_ENDED, "）", ")", "〕"))) else 0
    columns = _columns(line)
    full = at in page.reaching or columns >= width - _SLACK or len(line.strip()) >= width // 2 - 1  # or by characters
    flowing = bool(page.reaching) and so_far.said and so_far.long
    flowing = flowing and not (so_far.labelled and _WHOLE_NAME.search(line))
    goes_on = (
        opened
        or full
        or _BREAKS_OFF.search(line)
        or _LEVELS_GO_ON.match(beyond)
        or (flowing and not line.endswith((*_ENDED, "）", ")", "〕", "”")))
        or (line.endswith("等") and _COLLECTIVE_GOES_ON.match(beyond))
        or (len(beyond.strip()) <= _FEW and columns >= width - _NEARLY and not line.endswith(_ENDED))
    )
    return after if goes_on else 0


def _begins_no_name(line: str) -> bool:
    """Tell whether what stands before the first comma or stop of a line is no name, nor the end of one."""
    stop = _STOPS.search(line)
    piece = line[: stop.start()].strip() if stop else ""
    return len(piece) > _FEW and not _WHOLE_NAME.search(piece) and not _GOES_ON_WITH.match(piece)


def _breaks_off_full(line: str, width: int | None) -> bool:
    """Tell whether a line reaches the width and ends no sentence."""
    return width is not None and _columns(line) >= width - _SLACK and not line.endswith((*_ENDED, "）", ")", "〕", "”"))


def _blank_by_page(lines: Sequence[str]) -> bool:
    """Tell whether blank lines stand so far apart that they end pages and not paragraphs."""
    filled = sum(bool(line.strip()) for line in lines)
    return filled >= _PAGE_LINES * sum(not line.strip() for line in lines[:-1])


def _within(line: str, beyond: str, width: int | None, count: int) -> bool:
    """Tell whether a full line breaks off within 统一、规范: the number that follows is not the next."""
    heading = _HEADING.match(beyond)
    full = width is not None and _columns(line) >= width - _SLACK and not line.endswith((*_ENDED, "）", ")", "〕"))
    return bool(full and count and heading and number_of(heading[1]) != count + 1)


def through_view(document: Document, through: View) -> Document:
    """Give a document as it is seen through a view, its tables too."""

    def seen(one: Span) -> Span:
        return Span(bisect_left(through.back, one.begin), bisect_left(through.back, one.end))

    tables = tuple(
        replace(one, span=seen(one.span), rows=tuple(tuple(seen(cell) for cell in row) for row in one.rows))
        for one in document.tables
    )
    return replace(document, text=through.text, tables=tables)


def in_original(plan: Plan, document: Document, through: View) -> Plan:
    """Give a plan that was read through a view in offsets of the document."""
    back, length = through.back, through.length

    def boundary(at: int) -> int:
        return 0 if at == 0 else length if at >= len(back) - 1 else back[at - 1] + 1

    def span(one: Span) -> Span:
        if one.begin == one.end:
            return Span(boundary(one.begin), boundary(one.begin))
        return Span(back[one.begin], back[one.end - 1] + 1)

    def moved(value: Any) -> Any:
        if isinstance(value, Span):
            return span(value)
        if isinstance(value, tuple):
            return tuple(moved(one) for one in value)
        if isinstance(value, Part):
            return replace(value, span=Span(boundary(value.span.begin), boundary(value.span.end)))
        if isinstance(value, Document):
            return document
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: moved(getattr(value, f.name)) for f in fields(value) if f.init})
        return value

    made: Plan = moved(plan)
    return made
