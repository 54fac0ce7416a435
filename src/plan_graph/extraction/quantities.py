"""Quantified targets and deadlines stated in a text.

A target is a number with a unit that counts what the task is to reach. Units are a closed list, so that
specifications (500千伏), names (5号线), classes of size (35蒸吨及以上, 20吨以上) and years are not targets.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from plan_graph.extraction.numbering import number_of
from plan_graph.model.plan import Deadline, Target
from plan_graph.model.text import Span

_UNITS = (
    "平方公里|平方千米|平方米|立方米|千瓦时|万千瓦|千瓦|公里|千米|公顷|人次|美元|吨|亩|元|个|所|家|项|人|名|户|套|条|座|"
    "件|种|辆|台|张|头|只|株|处|间|床"
)
_COMPARATORS = {
    "不少于": ">=",
    "不低于": ">=",
    "不超过": "<=",
    "不高于": "<=",
    "不多于": "<=",
    "至少": ">=",
    "至多": "<=",
    "最多": "<=",
    "超过": ">",
    "突破": ">",
    "高于": ">",
    "多于": ">",
    "低于": "<",
    "少于": "<",
    "约": "~",
    "近": "~",
}
_LEAST = "|".join(_COMPARATORS)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = rf"个百分点|(?:百万|千万|万|亿)?(?:{_UNITS})|%|％"
_MORE_OR_LESS = r"(?P<about>左右)?(?P<over>及?以上|以内|以下)?"
_NUMBER = re.compile(
    rf"(?<![\d.第\-－—])(?<!\d[,，])(?:(?P<least>{_LEAST})了?)?"
    rf"(?P<n>{_DIGITS})(?P<unit>{_UNIT}){_MORE_OR_LESS}"
)
_HAN_NUMBER = re.compile(
    rf"(?<![第一二两三四五六七八九十百千万“几数])(?:(?P<least>{_LEAST})了?)?"
    r"(?P<n>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"  # not 两三个: about that many
    r"(?P<unit>个|所|家|人|项)(?!方面|层面|层次|阶段|月|小时|工作日|领域|问题|别|性|员|才|行业|人)" + _MORE_OR_LESS
)
_ANY_NUMBER = re.compile(r"\d|[一二两三四五六七八九十][个所家人项十]")
_DIGITS_RUN = re.compile(r"\d+")
_HAN_DIGIT = re.compile("[一二两三四五六七八九十]")
_LEAST_BEFORE = re.compile(rf"(?:{_LEAST})了?$")
_LEAST_LENGTH = 4
_TO = r"[至到~～—–－-]"
_RANGE_BEFORE = re.compile(rf"[\d一二两三四五六七八九十](?:{_UNIT})?{_TO}$")  # 3至5个: no one value to reach
_RANGE_AFTER = re.compile(rf"{_TO}[\d一二两三四五六七八九十]")
_RISE = re.compile(
    rf"[由从](?P<from>{_DIGITS})(?:{_UNIT})?(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|压减)"
    rf"(?:到|至)(?P<to>{_DIGITS})(?P<unit>{_UNIT}){_MORE_OR_LESS}"
)
_FURTHEST = 60  # characters before a number with a date between
_QUOTED = re.compile(r"“[^”“\n]{0,400}”|《[^》\n]{0,400}》")
_STOP = "，。；;：:！？（）()\n"
# what stands between the start of the sentence and the thing counted: verbs, prepositions, 其中 and the like
_LEADING = re.compile(
    r"^.*(?:组织|规划|计划|推进|推动|完成|实施|建成|建设|新增|新建|启动|修订|选择|支持|争取|实现|开展|打造|培育|引进|"
    r"设立|成立|吸引|保留|其中|力争|确保|关于|将|把|对|使)(?=..)"
)
_UNIT_BEFORE = re.compile(rf"(?:{_UNIT})(?:左右|及?以上|以内|以下)?[和与及]?")
_TRAILING = re.compile(r"(?:达到|至少|约|近|不少于|不低于|超过|共|各|的)$")
_DATED = re.compile(
    r"(?:到|至|在|于|力争|确保|争取)?(?<!\d)"
    r"(?:[2２][0０]\d{2} ?年 ?(?:\d{1,2} ?月)?(?:\d{1,2} ?日)?|\d{1,2} ?月(?:\d{1,2} ?日)?)"
    r"(?:底|末|内|[上中下]旬|[上下]半年)?(?:[之以]?前|[之以]?内)?(?:完成)?"
)
_TRAILING_VERB = re.compile(r"(?:开展|申报|建设任务|建设|实施|推进|进行|要求|任务).*$")
_TRAILING_PHRASE = re.compile(r"(?:[向对为由][^，]{0,6}|[和与及的])$")


def targets(text: str, within: Span) -> tuple[Target, ...]:
    """Find the targets in order; ``counted`` is the phrase beside the number that says of what."""
    if not _ANY_NUMBER.search(text, within.begin, within.end):
        return ()
    quoted = _quoted(text, within)
    found: list[Target] = []
    taken: list[Span] = []
    for hit in _RISE.finditer(text, within.begin, within.end):
        span = Span(hit.start("from"), hit.end())
        counted = _before(text, within, hit.start())
        how = _comparator("", hit["about"], hit["over"])
        found.append(Target(_value(hit["to"]), _unit(hit["unit"]), counted, how, span, _value(hit["from"])))
        taken.append(Span(*hit.span()))
    for pattern, first in ((_NUMBER, _DIGITS_RUN), (_HAN_NUMBER, _HAN_DIGIT)):
        for hit in _hits(pattern, first, text, within):
            span = Span(hit.start("n"), hit.end())
            if _covered(taken, span) or _covered(quoted, span):
                continue
            target = _target(text, within, hit, span)
            if target:
                found.append(target)
    return tuple(sorted(found, key=lambda t: t.span))


def _hits(pattern: re.Pattern[str], first: re.Pattern[str], text: str, within: Span) -> Iterator[re.Match[str]]:
    """Give what ``pattern.finditer`` gives, trying only where a number stands, or what it begins with before it."""
    at = within.begin
    while number := first.search(text, at, within.end):
        least = _LEAST_BEFORE.search(text, max(at, number.start() - _LEAST_LENGTH), number.start())
        hit = least and pattern.match(text, least.start(), within.end)
        hit = hit or pattern.match(text, number.start(), within.end)
        if hit:
            yield hit
        at = hit.end() if hit else number.end()


def _target(text: str, within: Span, hit: re.Match[str], span: Span) -> Target | None:
    groups = hit.groupdict()
    if _RANGE_BEFORE.search(text, max(within.begin, hit.start() - 8), hit.start()) or _RANGE_AFTER.match(
        text, hit.end()
    ):
        return None
    least, over, about = groups["least"], groups["over"], groups["about"]
    rest = text[hit.end() : hit.end() + 1]
    if over and rest and rest not in _STOP + "、":
        return None  # 20吨以上工业燃煤锅炉: a class of size
    if hit["n"] == "一" and not least and not over:
        return None  # 一个, 一家: indefinite
    after = _after(text, within, hit.end())
    counted = after if after and not over and not about else ""
    counted = counted or _before(text, within, hit.start())
    return Target(
        _value(hit["n"]),
        _unit(hit["unit"]),
        counted or after,
        _comparator(least, about, over),
        Span(span.begin, hit.end()),
    )


def _comparator(least: str | None, about: str | None, over: str | None) -> str:
    if over:
        return "<=" if over in ("以内", "以下") else ">="
    return _COMPARATORS[least] if least else "~" if about else "="


def _after(text: str, within: Span, at: int) -> str:
    end = at
    while end < within.end and text[end] not in _STOP + "、" and not text[end].isdigit():
        end += 1
    phrase = _TRAILING_PHRASE.sub("", _TRAILING_VERB.sub("", text[at:end]))
    return "" if phrase in ("", "左右", "要求") else phrase


def _before(text: str, within: Span, at: int) -> str:
    begin = at
    while begin > within.begin and text[begin - 1] not in _STOP + "、" and not text[begin - 1].isdigit():
        begin -= 1
    if text[begin : begin + 2].strip()[:1] in ("年", "月", "日") and text[begin - 1 : begin].isdigit():
        return _before_a_date(text, within, at)
    phrase = text[begin:at].strip(" \u3000")
    if begin > within.begin and text[begin - 1].isdigit():
        phrase = _UNIT_BEFORE.sub("", phrase)  # 55%和50%: what belongs to the number before
    return _LEADING.sub("", _TRAILING.sub("", phrase))


def _before_a_date(text: str, within: Span, at: int) -> str:
    """Give the phrase before a number without the date in it: 面积到2018年底前达到3.14万亩 counts 面积."""
    first = max(within.begin, at - _FURTHEST)
    begin = at
    while begin > first and text[begin - 1] not in _STOP + "、":
        begin -= 1
    undated = _DATED.sub("", text[begin:at])
    if len(undated) == at - begin:
        return ""
    return _before(undated, Span(0, len(undated)), len(undated))


def _value(written: str) -> Decimal:
    return Decimal(written.replace(",", "")) if written[0].isdigit() else Decimal(number_of(written))


def _unit(written: str) -> str:
    return written.replace("％", "%")


def _covered(spans: Sequence[Span], span: Span) -> bool:
    """Tell whether one of some disjoint spans, sorted, covers another."""
    before = bisect_right(spans, span.begin, key=lambda s: s.begin)
    return bool(before) and spans[before - 1].end >= span.end


def _quoted(text: str, within: Span) -> tuple[Span, ...]:
    """Give the spans of slogans and titles: a number in them is part of a name."""
    return tuple(Span(*m.span()) for m in _QUOTED.finditer(text, within.begin, within.end))


_YEAR = r"(?<!\d)[2２][0０]\d{2} ?年 ?"  # text out of a PDF has spaces in its dates
_BY = "[之以]?前"
_DEADLINE = re.compile(
    rf"(?:(?P<year>{_YEAR}))?(?<!\d)(?P<month>\d{{1,2}}) ?月 ?(?:底|末|(?P<day>\d{{1,2}}) ?日)?(?:{_BY}|底|完成)"
    rf"|(?P<year2>{_YEAR})(?:底|末|年底|年?内)(?:{_BY})?"
    rf"|(?P<before>{_YEAR}){_BY}"
    rf"|到(?P<year3>{_YEAR})(?:[底末](?:{_BY})?|(?P<month3>\d{{1,2}}) ?月[底末]?(?:{_BY})?|(?!至|-|{_BY}|\d))"
    rf"|(?P<year4>{_YEAR})(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)(?:{_BY}|[底末内])?"
    rf"|(?P<goal>{_YEAR})(?=[，,])"  # 2022年，全市普遍使用: what is to be so in a year to come
    rf"|(?<![\d一二三四五六七八九十两几半])(?P<within>(?:今年)?年内|年底{_BY}|年底(?!考核|总结|评估|述职|评议))"
    rf"|(?P<season>(?:[春秋]季)?开学{_BY}|(?:主?汛期|入冬|供暖期?)(?:来临)?{_BY})"
    rf"|(?<![\d年])(?:第?(?P<quarter5>[一二三四])季度|(?P<half5>[上下])半年)(?:[底末]?{_BY}|[底末])"
    rf"|(?P<each>每(?:月|季度?|半年|年)(?:[底末初])?[ ]?\d{{1,2}} ?日{_BY})"
)
_LIKELY_TIME = re.compile(
    r"每[月季半年]|[春秋]季开学|开学|主?汛期|入冬|供暖|第?[一二三四]季度|[上下]半年"
    r"|[2２][0０]\d\d ?年|(?<!\d)\d{1,2} ?月|到[2２]|今年年内|年内|年底"
)
# what makes a time another's than the task's: it is past, of another year, or when something begins
_ELSEWHEN = re.compile(r"(?:截至|截止|自|从|去年?|上年|前年|明年?|次年|翌年)$")
_EACH = re.compile("每(?:年|季度?|月)(?=$)")
_SINCE = re.compile(r"起|开始|以来")


def deadlines(text: str, within: Span, year: int | None) -> tuple[Deadline, ...]:
    """Find the times by which something is to be done; a time without a year takes the task's ``year``."""
    found: list[Deadline] = []
    titles: tuple[Span, ...] | None = None
    at = within.begin
    while likely := _LIKELY_TIME.search(text, at, within.end):
        hit = _DEADLINE.match(text, likely.start(), within.end)
        at = hit.end() if hit else likely.start() + 1
        if hit is None:
            continue
        span = Span(*hit.span())
        titles = _quoted(text, within) if titles is None else titles
        if _ELSEWHEN.search(text, max(within.begin, span.begin - 2), span.begin) or _SINCE.match(text, span.end):
            continue
        if hit["each"] or hit["season"]:
            if not _covered(titles, span):
                found.append(Deadline(span.of(text), None, span))  # 每月25日前, 秋季开学前: no one day
            continue
        day = _last_day(hit, year)
        if _covered(titles, span) or (day is None and not _undated(hit, year)):
            continue
        if each := _EACH.search(text, max(within.begin, span.begin - 3), span.begin):
            span, day = Span(each.start(), span.end), None  # 每年12月底前 is no one day
        found.append(Deadline(span.of(text), day, span))
    return tuple(found)


_LOOSELY = re.compile(
    r"(?:(?P<year>\d{4}|[２０-９]{4})[ ]?年[ ]?)?"
    r"(?:(?P<month>\d{1,2}|[０-９]{1,2}|[一二三四五六七八九十]{1,2})[ ]?月(?:份)?[ ]?)?"
    r"(?:(?P<day>\d{1,2}|[０-９]{1,2})[ ]?日)?(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)?"
    r"(?P<end>年底|底|末|年内|内)?(?P<by>[之以]?前)?"
)


def clause_deadlines(text: str, span: Span, year: int | None) -> tuple[Deadline, ...]:
    """Read what a clause or a cell of a table gives as a time: dates however short (2025年12月), or words (长期坚持).

    A stretch without any date is one deadline without a day.
    """
    words = span.of(text)
    lead = len(words) - len(words.lstrip(" \t\n\u3000"))
    written = Span(span.begin + lead, max(span.begin + lead, span.begin + len(words.rstrip(" \t\n\u3000"))))
    if written.begin == written.end:
        return ()
    if found := deadlines(text, written, year):
        return found
    for hit in _LOOSELY.finditer(text, written.begin, written.end):
        if hit[0] and (day := _loosely(hit, year)):
            return (Deadline(written.of(text), day, written),)
    return (Deadline(written.of(text), None, written),)


def _loosely(hit: re.Match[str], year: int | None) -> date | None:
    own = int(hit["year"]) if hit["year"] else year
    if own is None or not (hit["year"] or hit["month"] or hit["quarter"] or hit["half"] or hit["end"]):
        return None
    if not 1 < own <= 9999:  # 0000年: no year
        return None
    if hit["month"]:
        month = number_of(hit["month"])
    elif hit["quarter"]:
        month = 3 * number_of(hit["quarter"])
    elif hit["half"]:
        month = 6 if hit["half"] == "上" else 12
    else:
        return date(own - 1, 12, 31) if hit["by"] and not hit["end"] else date(own, 12, 31)
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(own, month)[1]
    day = int(hit["day"]) if hit["day"] else last
    return date(own, month, day) if 1 <= day <= last else None


def _undated(hit: re.Match[str], year: int | None) -> bool:
    """Tell whether a time lacks nothing but the year, which the document does not state."""
    without = not any(hit[name] for name in ("year", "year2", "before", "year3", "year4", "goal"))
    return year is None and without and (not hit["month"] or 1 <= int(hit["month"]) <= 12)


def _last_day(hit: re.Match[str], year: int | None) -> date | None:
    if hit["month"] and not _past(hit["year"], year):
        own = _year(hit["year"]) if hit["year"] else year
        month = int(hit["month"])
        if own is None or not 1 <= month <= 12:
            return None
        last = calendar.monthrange(own, month)[1]
        day = int(hit["day"]) if hit["day"] else last
        return date(own, month, day) if 1 <= day <= last else None
    if hit["before"]:
        return date(_year(hit["before"]) - 1, 12, 31)
    if hit["month"] or _past(hit["goal"], year):
        return None
    stated = hit["year2"] or hit["year3"] or hit["year4"] or hit["goal"]
    own = _year(stated) if stated else year
    month = _month_of(hit) or 12
    return date(own, month, calendar.monthrange(own, month)[1]) if own else None


def _past(stated: str | None, year: int | None) -> bool:
    """Tell whether a year is before the task's: 2018年4月30日前注册登记的车辆 says what was."""
    return stated is not None and year is not None and _year(stated) < year


def _month_of(hit: re.Match[str]) -> int:
    """Give the last month of a half year or a quarter, or the month stated after 到; 0 where there is none."""
    if half := hit["half"] or hit["half5"]:
        return 6 if half == "上" else 12
    if quarter := hit["quarter"] or hit["quarter5"]:
        return 3 * number_of(quarter)
    return int(hit["month3"]) if hit["month3"] and 1 <= int(hit["month3"]) <= 12 else 0


def _year(written: str) -> int:
    return int(written.rstrip(" 年"))
