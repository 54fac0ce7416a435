"""Where in a text a number may stand that opens an item.

In a text that came on one line an item begins after a full stop or a bracket too, and titles and headings run into
their first item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plan_graph.extraction.numbering import ANNEX, BARE_RANK, HAN_DIGITS, LINE_ONLY, STYLES, Mark, number_of
from plan_graph.model.text import Span

# a number that lost its full stop (30 优化服务) opens an item where it alone is missing between 29. and 31.
_BARE = re.compile(r"(?P<mark>[0-9０-９]{1,3})[ \u3000\t]+(?=[\u4e00-\u9fff“])(?![年月日时个项家万亿元亩公人次])")
_ANNEX = re.compile(
    rf"(?P<mark>附[ \u3000]?[件表录][ \u3000]?(?P<n>[0-9０-９]{{1,2}}|[{HAN_DIGITS}]{{1,3}})?)[ \u3000]*(?=\n)"
)
_UNITS = re.compile(r"[ ]?(?:万|亿|千|百|倍|个|％|%|分|元|亩|公里|吨|版)")
# white space, and the marks of a heading or of bold type in a text that was Markdown
_BEFORE = r"[ \t\u3000\xa0\u2000-\u200b\ufeff]*"
_INDENT = re.compile(_BEFORE)
_START = re.compile(
    rf"\f?{_BEFORE}(?:#{{1,6}} |\*\*|__)?{_BEFORE}(?=[附第（(〔0-9０-９一二三四五六七八九十〇零百①-⑳⑴-⒇⒈-⒛㈠-㈩])"
)
_HAN_N = "一二三四五六七八九十"
# where a number may stand inside a line; the first character alone is tried at most places
_NUMBER = re.compile(
    rf"[第（(〔①-⑳⑴-⒇⒈-⒛㈠-㈩{_HAN_N}0-9０-９](?:(?<=[（(〔])(?=(?:[{_HAN_N}]{{1,3}}|[0-9０-９]{{1,3}})[）)〕])"
    rf"|(?<=[{_HAN_N}])(?<![{_HAN_N}]{{2}})(?=[{_HAN_N}]{{0,2}}(?:[、是]| 、))"
    rf"|(?<=第)(?=[{HAN_DIGITS}]{{1,4}}条)"
    r"|(?<=[0-9０-９])(?<![0-9０-９]{2})(?=[0-9０-９]{0,2}[ ]?[．﹒、.])|(?<=[①-⑳⑴-⒇⒈-⒛㈠-㈩]))"
)
_BOUNDARY = frozenset("。；;：:！？）)〕］】”’…")
_CLASS = re.compile(rf"[（(〔][{_HAN_N}]+[）)〕][类级型档款项条号]")  # （二）类以上: a class of things
_FIRST_ITEM = re.compile(
    r"[（(][一1１][）)]|[1１][．﹒.](?![0-9０-９])|1[.．]1(?=[\u4e00-\u9fff])|第一条|(?<![第之统唯])一是"
)
_RUN_IN = re.compile(r"[0-9]{1,2}[．﹒.](?=[\u4e00-\u9fff])")
_HEADED = re.compile(rf"[ \t\u3000]*(?:[{_HAN_N}]{{1,3}}、|[（(][{_HAN_N}]{{1,3}}[）)])")
_CHAPTER_BEFORE = re.compile(rf"第[{HAN_DIGITS}]{{1,3}}(?:章|部分|篇)[^。；;，,\n]{{1,24}}$")  # 第二章 规划与设置第四条
_HEADLINE = 120  # the title of a text on one line, with its number, is no longer
_FIRST_AFTER_COMMA = re.compile(r"[（(]1[）)]|①")
_TITLE_WORD = ("方案", "意见", "措施", "计划", "办法", "通知", "细则", "规划", "要点", "规定", "安排", "清单")
_BEYOND_ONE = "(?:[二三四五六七八九]?十[一二三四五六七八九]?|[二三四五六七八九])"
# in a text on one line a sentence before a number may lack its full stop
_NOT_BEFORE = frozenset("第之周款条项统同唯单前后上下期附" + _HAN_N)
_PERIODS = frozenset("预长短中近初后早定")  # …稳定市场预期（二十）…, not 一期（二）
_GOES_ON = re.compile(
    rf"(?:{_BEYOND_ONE}、|[（(](?:{_BEYOND_ONE}|[0-9]{{1,2}})[）)]|[0-9]{{1,2}}[.．﹒][ \u3000]?)"
    rf"(?![{_HAN_N}])[\u4e00-\u9fff“][^、]"
)
# （六）规范收费和罚款16.及时公开: a short heading runs into an item, whatever its last character
_HEADING_BEFORE = re.compile(rf"[（(][{_HAN_N}]{{1,3}}[）)][^。；;！？，,：:（()）〔〕]{{4,30}}$")
_FLAT = 1000  # a longer line is a whole text, or a large part of one
_FEW = 2  # line ends of a text on one line, a head and a foot apart
SHORT = 45  # a heading that runs into its first item is no longer
BARRIER = re.compile(r"[。；;！？]")
_ANNEXES = re.compile(r"附[ \u3000]?件[ \u3000]?[0-9０-９]?[：:]")
# what ends a list of annexes in a text on one line: the date of the signature, the first annex itself, a sentence
_AFTER_ANNEXES = re.compile(r"20\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|附[ \u3000]?件|[。；;！？]")


def lists_of_annexes(text: str, within: Span) -> Iterator[Span]:
    """Give the lists 附件：1．… 2．…: names of annexes, not items."""
    last = line_end = within.begin
    few = text.count("\n", within.begin, within.end) <= _FEW
    for hit in _ANNEXES.finditer(text, within.begin, within.end):
        if hit.start() < last:
            continue
        if text[hit.start() - 1 : hit.start()] in ("（", "(", "见", "《"):
            continue
        if line_end < hit.end():
            line_end = text.find("\n", hit.end(), within.end)
            line_end = within.end if line_end < 0 else line_end
        end = line_end
        if few or end - hit.start() > _FLAT:
            stop = _AFTER_ANNEXES.search(text, hit.end(), end)
            last = stop.start() if stop else end
            yield Span(hit.end(), last)
            continue
        while end < within.end:
            line_end = text.find("\n", end + 1, within.end)
            line_end = within.end if line_end < 0 else line_end
            at = _INDENT.match(text, end + 1, line_end)
            style = STYLES[5][2].match(text, at.end() if at else end + 1, line_end)
            if not style and line_end - end < 80 and (following := _next_line(text, line_end, within.end)):
                style = STYLES[5][2].match(text, following)  # the name of an annex goes on over two lines
            if not style or line_end - end > 80:
                break
            end = line_end
        last = end
        yield Span(hit.end(), end)


def _next_line(text: str, line_end: int, end: int) -> int:
    """Give where the next line begins after its indent, or 0."""
    at = _INDENT.match(text, line_end + 1, end) if line_end < end else None
    return at.end() if at else 0


def candidates(text: str, within: Span, ends: frozenset[int]) -> Iterator[Mark]:
    """Give the numbers of a stretch of text that may open items, in order; ``ends`` is where clauses end.

    A number at the beginning of a line may, and inside a line one behind what lets an item begin. Linear in the length.
    """
    places: list[tuple[int, int]] = []  # where a mark may stand; where its line begins, or -1 inside a line
    at = within.begin
    few = text.count("\n", within.begin, within.end) <= _FEW
    while at < within.end:
        end = text.find("\n", at, within.end)
        end = within.end if end < 0 else end
        start = _START.match(text, at, end)
        begin = start.end() if start else at
        if start:
            places.append((begin, at))
        flat = few or end - at > _FLAT
        places += [
            (hit.start(), -1)
            for hit in _NUMBER.finditer(text, begin + 1, end)
            if hit.start() in ends or _may_stand(text, hit.start(), at, flat)
        ]
        at = end + 1
    for place, line in places:
        if line >= 0 and (annex := _ANNEX.match(text, place, within.end)):
            yield Mark(ANNEX, number_of(annex["n"] or "一"), Span(*annex.span("mark")), line, True)
            continue
        for rank, _, pattern in STYLES:
            if line < 0 and rank in LINE_ONLY:
                continue
            hit = pattern.match(text, place, within.end)
            if not hit:
                continue
            if rank == 6 and _UNITS.match(text, hit.end("mark")):
                break
            groups = hit.groupdict()
            written = groups.get("n3") or groups["n"] or groups.get("n2") or ""
            above = int(re.split("[.．]", hit["mark"])[-2]) if rank == 6 else 0
            begin = place if line < 0 else line
            yield Mark(rank, number_of(written), Span(hit.start("mark"), hit.end("mark")), begin, line >= 0, above)
            break
        else:
            if line >= 0 and (bare := _BARE.match(text, place, within.end)):
                yield Mark(BARE_RANK, number_of(bare["mark"]), Span(*bare.span("mark")), line, True, bare=True)


def _may_stand(text: str, at: int, line: int, flat: bool) -> bool:
    """Tell whether what stands before a number inside a line lets an item begin there."""
    before = at - 1
    while before > line and text[before] in " \u3000":
        before -= 1
    char = text[before]
    if char in "．." and text.startswith("一是", at):
        return True  # 1.一是…二是…
    if char in _BOUNDARY:
        return not _CLASS.match(text, at)
    if not "\u4e00" <= char <= "\u9fff":
        return char in "，,、" and bool(_FIRST_AFTER_COMMA.match(text, at))  # 针对堵点，（1）…（甲局负责）（2）…
    # 二、提升服务能力5.推进… goes on counting, or is no number
    runs_in = at - line < SHORT and _RUN_IN.match(text, at) and _HEADED.match(text, line, at)
    if runs_in or _FIRST_ITEM.match(text, at) or (text.startswith("一、", at) and text.endswith(_TITLE_WORD, line, at)):
        return True
    counted = text[at] in "1１一" and text[at + 1 : at + 2] == "、"
    if counted and flat and char not in _NOT_BEFORE and after_a_title(text, at):
        return True
    heads = text[at] in "第一" and _CHAPTER_BEFORE.search(text, max(line, at - SHORT), at)
    expected = char == "期" and text[before - 1] in _PERIODS
    headed = char == "款" and text[at].isdecimal() and _HEADING_BEFORE.search(text, max(line, at - SHORT), at)
    free = char not in _NOT_BEFORE or expected or headed
    return bool(heads) or (flat and bool(free) and bool(_GOES_ON.match(text, at)))


def after_a_title(text: str, at: int) -> bool:
    """Tell whether a title may be all that stands before a place in a text: no sentence ends there."""
    return at < _HEADLINE and not BARRIER.search(text, 0, at)
