"""Numbers that open an item: the styles of Chinese official writing, where they may stand, what they count to.

Styles and their order follow GB/T 9704 (一、 above （一） above 1． above （1）), with those that plans use
besides. In a text that came on one line an item begins after a full stop or a bracket too; so a mark inside a
line opens an item only where it goes on counting, or begins a count that a later mark goes on with.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plan_graph.extraction.worded import Hit, rank_between, worded
from plan_graph.model import Span

_HAN_DIGITS = "〇零一二三四五六七八九十百"
_DIGITS = {"零": 0, "两": 2} | {char: value for value, char in enumerate("〇一二三四五六七八九")}
_N = rf"(?P<n>[{_HAN_DIGITS}]+)"
# rank (outer to inner), name, pattern; a rank of LINE_ONLY opens an item at the beginning of a line alone
STYLES: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (0, "第一章", re.compile(rf"(?P<mark>第{_N}(?:章|部分|篇))[ \u3000]*")),
    (1, "第一节", re.compile(rf"(?P<mark>第{_N}节)(?=[ \u3000])[ \u3000]*")),
    (
        2,
        "第一条",
        re.compile(
            rf"(?P<mark>第(?P<n>[{_HAN_DIGITS}]+|[0-9]{{1,3}})条)"
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
# a number that lost its full stop (30 优化服务) opens an item where it alone is missing between 29. and 31.
_BARE = re.compile(r"(?P<mark>[0-9０-９]{1,3})[ \u3000\t]+(?=[\u4e00-\u9fff“])(?![年月日时个项家万亿元亩公人次])")
_MISREAD = re.compile(r"(?<=[）)〕。\n])(?P<mark>[0-9]{1,2}。)(?=[\u4e00-\u9fff“])")  # 11。 between 10. and 12.
ANNEX = -1  # the rank of 附件1 on a line of its own: what follows belongs to nothing above
TITLE = -2  # the rank of the title of one of several plans in a text: its annexes belong to it
_ANNEX = re.compile(
    rf"(?P<mark>附[ \u3000]?[件表录][ \u3000]?(?P<n>[0-9０-９]{{1,2}}|[{_HAN_DIGITS}]{{1,3}})?)[ \u3000]*(?=\n)"
)
LINE_ONLY = frozenset({0, 1})
_BRACKETED_HAN = 4  # the rank of （一）
_BARE_RANK = 5
_WITHIN = 6  # the rank of 1.1
_RUNNING = 7  # the rank of （1）
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
    rf"|(?<=第)(?=[{_HAN_DIGITS}]{{1,4}}条)"
    r"|(?<=[0-9０-９])(?<![0-9０-９]{2})(?=[0-9０-９]{0,2}[ ]?[．﹒、.])|(?<=[①-⑳⑴-⒇⒈-⒛㈠-㈩]))"
)
_BOUNDARY = frozenset("。；;：:！？）)〕］】”’…")
_CLASS = re.compile(rf"[（(〔][{_HAN_N}]+[）)〕][类级型档款项条号]")  # （二）类以上: a class of things
_FIRST_ITEM = re.compile(
    r"[（(][一1１][）)]|[1１][．﹒.](?![0-9０-９])|1[.．]1(?=[\u4e00-\u9fff])|第一条|(?<![第之统唯])一是"
)
_RUN_IN = re.compile(r"[0-9]{1,2}[．﹒.](?=[\u4e00-\u9fff])")
_HEADED = re.compile(rf"[ \t\u3000]*(?:[{_HAN_N}]{{1,3}}、|[（(][{_HAN_N}]{{1,3}}[）)])")
_CHAPTER_BEFORE = re.compile(
    rf"第[{_HAN_DIGITS}]{{1,3}}(?:章|部分|篇)[^。；;，,\n]{{1,24}}$"
)  # 第二章 规划与设置第四条
_TIME_BEFORE = re.compile(r"(?:时限|时间|期限)[：:][^。；;：:]{1,24}$")  # 完成时限：12月30日（二）…
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
_BRACKETED = re.compile(r"[（(〔][^（()）〔〕\n]{2,120}[）)〕]")
_SKIPPED = 3  # numbers a count may lack, one with the number itself
_SHORT = 45  # a heading that runs into its first item is no longer
_BARRIER = re.compile(r"[。；;！？]")
_ANNEXES = re.compile(r"附[ \u3000]?件[ \u3000]?[0-9０-９]?[：:]")
# what ends a list of annexes in a text on one line: the date of the signature, the first annex itself, a sentence
_AFTER_ANNEXES = re.compile(r"20\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|附[ \u3000]?件|[。；;！？]")


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


def marks(text: str, within: Span, but: Sequence[Span] = ()) -> list[Mark]:
    """Find the numbers that open items in a stretch of text, outside the stretches ``but``.

    ``but`` are sorted and disjoint: clauses, tables, quoted titles. Linear in the length of the text.
    """
    taken = _apart([*but, *_lists_of_annexes(text, within)])
    ends = frozenset(span.end for span in but)
    found = [m for m in _candidates(text, within, ends) if not _inside(taken, m.span.begin)]
    if misread := [m for m in _MISREAD.finditer(text, within.begin, within.end) if not _inside(taken, m.start())]:
        bare = [Mark(_BARE_RANK, int(m[0][:-1]), Span(*m.span()), m.start(), False, bare=True) for m in misread]
        found = sorted([*found, *bare], key=lambda mark: mark.span)
    found = _missing_alone(found) if any(m.bare for m in found) else found
    held = [Span(m.start() + 1, m.end()) for m in _BRACKETED.finditer(text, within.begin, within.end)] if found else []
    found = [m for m in found if m.line or not _inside(held, m.span.begin)]
    first = next((at for at, mark in enumerate(found) if mark.rank != ANNEX), len(found))
    kept = _counting(text, found[first:], ends)  # before the first item 附件 heads the plan itself
    return _with_words(kept, [hit for hit in worded(text, within) if not _inside(taken, hit.span.begin)])


def _with_words(kept: list[Mark], hits: Sequence[Hit]) -> list[Mark]:
    """Add the numbers with words that count, each kind of word with the rank its place gives it."""
    for word in dict.fromkeys(hit.word for hit in hits):
        run = [(hit, number_of(hit.written)) for hit in hits if hit.word == word]
        counted: list[tuple[Hit, int]] = []
        for index, (hit, number) in enumerate(run):
            goes_on = bool(counted) and number == counted[-1][1] + 1
            begins = number == 1 and index + 1 < len(run) and run[index + 1][1] == 2
            if goes_on or begins:
                counted.append((hit, number))
        if len(counted) < 2:
            continue
        first = counted[0][0].span.begin
        before = [mark for mark in kept if mark.span.begin < first]
        after = next((mark for mark in kept if mark.span.begin > counted[0][0].span.end), None)
        above = before[-1].rank if before else ANNEX
        rank = rank_between(above, (after.rank, after.number) if after else None)
        ours = [Mark(rank, number, hit.span, hit.begin, hit.line) for hit, number in counted]
        inside = [mark.span for mark in ours]
        kept = sorted([*(m for m in kept if not _inside(inside, m.span.begin)), *ours], key=lambda mark: mark.span)
    return kept


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Sort stretches and join those that overlap: a list of annexes may stand in a cell of a table."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.begin < joined[-1].end:
            joined[-1] = Span(joined[-1].begin, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _inside(spans: Sequence[Span], at: int) -> bool:
    before = bisect_right(spans, at, key=lambda s: s.begin)
    return bool(before) and at < spans[before - 1].end


def _missing_alone(found: Sequence[Mark]) -> list[Mark]:
    """Drop the bare numbers but those that fill a gap of one in a count of numbers with full stops."""
    stopped = [(mark.span.begin, mark.number) for mark in found if mark.rank == _BARE_RANK and not mark.bare]
    kept: list[Mark] = []
    for mark in found:
        if mark.bare:
            at = bisect_right(stopped, (mark.span.begin, 0))
            if [n for _, n in stopped[max(0, at - 1) : at + 1]] != [mark.number - 1, mark.number + 1]:
                continue
        kept.append(mark)
    return kept


def _lists_of_annexes(text: str, within: Span) -> Iterator[Span]:
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


def _candidates(text: str, within: Span, ends: frozenset[int]) -> Iterator[Mark]:
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
                yield Mark(_BARE_RANK, number_of(bare["mark"]), Span(*bare.span("mark")), line, True, bare=True)


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
    runs_in = at - line < _SHORT and _RUN_IN.match(text, at) and _HEADED.match(text, line, at)
    if runs_in or _FIRST_ITEM.match(text, at) or (text.startswith("一、", at) and text.endswith(_TITLE_WORD, line, at)):
        return True
    counted = text[at] in "1１一" and text[at + 1 : at + 2] == "、"
    if counted and flat and char not in _NOT_BEFORE and _after_a_title(text, at):
        return True
    heads = text[at] in "第一" and _CHAPTER_BEFORE.search(text, max(line, at - _SHORT), at)
    expected = char == "期" and text[before - 1] in _PERIODS
    headed = char == "款" and text[at].isdecimal() and _HEADING_BEFORE.search(text, max(line, at - _SHORT), at)
    free = char not in _NOT_BEFORE or expected or headed
    return bool(heads) or (flat and bool(free) and bool(_GOES_ON.match(text, at)))


def _after_a_title(text: str, at: int) -> bool:
    """Tell whether a title may be all that stands before a place in a text: no sentence ends there."""
    return at < _HEADLINE and not _BARRIER.search(text, 0, at)


def _counting(text: str, found: list[Mark], ends: frozenset[int]) -> list[Mark]:
    """Keep the marks at the beginning of a line, and inside lines those that count on or begin a count.

    ``ends`` is where clauses end: after one an item may begin without any full stop.
    """
    of_rank: dict[float, list[int]] = {}
    for index, mark in enumerate(found):
        of_rank.setdefault(mark.rank, []).append(index)
    after = {index: found[following] for indices in of_rank.values() for index, following in pairwise(indices)}
    # a chapter may hold one item alone where others hold more: 二、健全机制1.…三、提高水平1.…2.…
    counting = {found[index].rank for index, mark in after.items() if _begins(found[index], mark)} & {4, 5}
    kept: list[Mark] = []
    last: dict[float, int] = {}  # of each rank; a count may run on under the next heading
    over = 0  # the 2 of the last 2.1
    ran = 0  # the last （9） under an item before: 1.…（1）…（2）…2.…（3）…
    for index, mark in enumerate(found):
        before = last.get(mark.rank)
        following = after.get(index)
        if _before_digits(text, mark):
            counted = _begins(mark, following) or (
                mark.number == (before or 0) + 1 and not (following and following.number == mark.number)
            )
        elif mark.line:
            counted = mark.rank != 9 or mark.number == 1 or before is not None
        elif mark.rank == 6:  # inside a line 2.1 goes on only under 2. or after 1.1, 1.2
            goes_on = mark.above in (last.get(5), over) and mark.number == (before or 0) + 1
            begins = mark.number == 1 and mark.above == over + 1 and (bool(over) or _follows(following, mark))
            counted = goes_on or begins
        elif before is not None and mark.span.begin in ends and before < mark.number <= before + _SKIPPED:
            counted = True  # a number that was lost or misread (11。) does not take those after it with it
        elif _over_a_gap(text, mark, before, following):
            counted = True
        elif before is not None and mark.number == before + 1:  # but not 对符合（二）类的
            inside_words = text[mark.span.begin - 1].isalnum() and mark.span.begin not in ends
            counted = mark.rank != 4 or not inside_words or _runs_on(text, kept, mark) or _after_a_time(text, mark)
        elif mark.rank == _RUNNING and ran and mark.number == ran + 1:
            after_words = text[mark.span.begin - 1].isalnum() and mark.span.begin not in ends
            counted = not after_words or _runs_on(text, kept, mark)
        else:
            inside_words = text[mark.span.begin - 1].isalnum() and mark.rank > 3 and mark.span.begin not in ends
            begins = _begins(mark, following) or (mark.number == 1 and mark.rank in counting)
            opens = not kept and mark.rank in (4, _BARE_RANK) and _after_a_title(text, mark.span.begin)
            counted = begins and (not inside_words or opens or _runs_on(text, kept, mark))
        if not counted:
            continue
        last[mark.rank] = mark.number
        ran = mark.number if mark.rank == _RUNNING else ran
        over = mark.above if mark.rank == 6 else over if mark.rank > 6 else 0
        for deeper in [rank for rank in last if rank >= _WITHIN and rank > mark.rank]:
            last.pop(deeper)  # 1.1, （1）, ① and 一是 count within the item that holds them
        kept.append(mark)
    return kept


def _begins(mark: Mark, following: Mark | None) -> bool:
    """Tell whether a 1 is followed by a 2."""
    return mark.number == 1 and following is not None and following.number == 2


def _over_a_gap(text: str, mark: Mark, before: int | None, following: Mark | None) -> bool:
    """Tell whether （六） after a full stop goes on counting from （三）: a （七） follows, and few are missing."""
    return (
        mark.rank == _BRACKETED_HAN
        and before is not None
        and before + 1 < mark.number <= before + _SKIPPED
        and following is not None
        and following.number == mark.number + 1
        and text[: mark.span.begin].rstrip(" \u3000")[-1:] == "。"
    )


def _before_digits(text: str, mark: Mark) -> bool:
    """Tell whether a number such as 2. stands right before digits: 2.2021年底前 may be an item, or no number at all."""
    return mark.rank == 5 and text[mark.span.end - 1] == "." and text[mark.span.end : mark.span.end + 1].isdigit()


def _follows(after: Mark | None, mark: Mark) -> bool:
    """Tell whether 1.2 comes after 1.1."""
    return after is not None and after.above == mark.above and after.number == mark.number + 1


def _after_a_time(text: str, mark: Mark) -> bool:
    return bool(_TIME_BEFORE.search(text, max(0, mark.span.begin - _SHORT), mark.span.begin))


def _runs_on(text: str, kept: list[Mark], mark: Mark) -> bool:
    """Tell whether a heading runs into its first item: 三、主要任务（一）…"""
    if not kept or kept[-1].rank >= mark.rank or mark.span.begin - kept[-1].span.end > _SHORT:
        return False
    return not _BARRIER.search(text, kept[-1].span.end, mark.span.begin)
