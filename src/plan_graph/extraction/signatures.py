"""Who signed a document and when: the bodies and the date that stand together, in whatever way dates are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from plan_graph.extraction.numbering import number_of
from plan_graph.model.plan import Issuer
from plan_graph.model.text import Span

SPACE = "[ \t\u3000\xa0]*"
_DIGIT = "[0-9０-９]"
_HAN = r"[〇○\uff2f\uff4fOo零一二三四五六七八九十]"
_DATE = re.compile(
    rf"(?P<y>{_DIGIT}(?:{SPACE}{_DIGIT}){{3}}|{_HAN}(?:{SPACE}{_HAN}){{3}}){SPACE}年"
    rf"{SPACE}(?P<m>{_DIGIT}(?:{SPACE}{_DIGIT})?|{_HAN}{{1,2}}){SPACE}月"
    rf"{SPACE}(?P<d>{_DIGIT}(?:{SPACE}{_DIGIT})?|{_HAN}{{1,3}}){SPACE}日"
)
_DASHED = re.compile(rf"({_DIGIT}{{4}})[-/.．－]({_DIGIT}{{1,2}})[-/.．－]({_DIGIT}{{1,2}})")
_HALF = {n: n - 0xFEE0 for n in range(0xFF10, 0xFF5B) if chr(n).isalnum()}
_ZERO = str.maketrans(dict.fromkeys("○\uff2f\uff4fOo零", "〇"))
_BODY = re.compile(
    r"[\u4e00-\u9fff（）()·]{1,44}"
    r"(?:政府|办公厅|办公室|委员会|委|办|厅|局|部|院|府|会|署|总社|总行|总队|领导小组|联席会议|中心|集团|公司"
    r"|银行|[\u4e00-\u9fff]{2}司|妇联|残联|文联|侨联|工商联|社科联|科协|团中央|联防联控机制)"
)
_NO_BODY = re.compile(r"关于|印发|的|现将|已经|同意|贯彻|各|有关|相关|附件|抄送|目录|第[一二三四五六七八九十]")
_RELATIVE = re.compile(
    r"[省市县区州镇乡](?![\u4e00-\u9fff]{0,3}[市县区镇乡])"
)  # 省财政厅: in a table, not under a text
_CONTINUED = re.compile(r"(?:工作)?(?:领导小组|联席会议|委员会|指挥部|协调小组|办公室|办公厅)")  # the rest of a name
# 甲省乙厅甲省丙局: the names of bodies of one place, run together
_OF_PLACE = re.compile(r"(?:中共)?(?P<place>[\u4e00-\u9fff]{1,8}?[省市县区州盟旗])[\u4e00-\u9fff]")
_SEAL = re.compile(r"[（(][^（）()\n]{0,30}(?:代章|盖章|印章|公章|章)[）)]$")
_NAMED = 3  # characters of a place with a name: 甲市 is in other words too
_BREAK = "。；;！？：:，,"
_NOTE = r"[（(](?:此件|本件|此文|公开|信息公开|主动公开|依申请公开|不予公开)[^（）()\n]{0,20}[）)]"
_WORD = re.compile(r"\S+")
_LINE_ENDS = re.compile(rf"{SPACE}(?:\n|$)")
_CLOSED = re.compile(rf"{SPACE}[）)]{SPACE}(?:\n|$)")
_NOTES = re.compile(rf"\s*(?:{_NOTE}\s*)+")
# what follows the date of a text that came on one line, and of a text that has come to its end
_LAST = re.compile(
    rf"\s*(?:$|{_NOTE}|附件|附表|相关附件|抄送|抄报|主动公开|公开属性|信息公开|公开方式|[\u4e00-\u9fff]{{2,30}}{SPACE}"
    rf"{_DIGIT}{{4}}{SPACE}年[^\n]{{1,14}}印发|[—－-]+{SPACE}\d+{SPACE}[—－-]+)"
)
# lines that stand between a text and its signature: whom to ask, annexes
_BETWEEN = re.compile(r"联系人|联系电话|咨询电话|电\s*话|传\s*真|邮\s*箱|电子邮件|^\s*附\s*[件表]")
_OF_ANNEXES = re.compile(r"\s*[2-9][0-9]?[.．、]")  # 2.乙清单, under 附件：1.甲清单
_FURTHER = 600  # a page may end in links; where more follows, a date at the end of a line signs nothing


@dataclass(frozen=True, slots=True)
class Signature:
    """A date that stands alone, with the bodies above it, if any; ``end`` is after the notes on publication."""

    issuers: tuple[Issuer, ...]
    issued: date
    span: Span
    begin: int
    end: int


def plain(written: str) -> str:
    """Write a name or number with half-width letters and digits, without spaces and line ends.

    >>> plain("甲政发〔２０２０〕 2 号")
    '甲政发〔2020〕2号'
    """
    return "".join(written.translate(_HALF).split())


def is_body(words: str) -> bool:
    """Tell whether words read as the full name of a body that may issue documents.

    >>> [is_body(w) for w in ("国务院", "浙江省人民政府办公厅", "各市人民政府", "实施方案")]
    [True, True, False, False]
    """
    own = _OF_PLACE.match(words)
    once = own is None or len(own["place"]) < _NAMED or words.count(own["place"]) == 1
    return bool(_BODY.fullmatch(words)) and len(words) > 2 and once and not _NO_BODY.search(words)


def read_date(written: str) -> date | None:
    """Read a date in digits or Han characters; None if the words hold none or name no day.

    >>> [str(read_date(w)) for w in ("2025 年11 月5 日", "二○二一年十一月三十日", "2018-12-11", "2020年2月30日")]
    ['2025-11-05', '2021-11-30', '2018-12-11', 'None']
    """
    found = _DATE.search(written) or _DASHED.search(written)
    if found is None:
        return None
    year, month, day = (number_of(plain(part).translate(_ZERO)) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None  # 2月30日


def signatures(text: str, title: Span | None) -> Iterator[Signature]:
    """Give the dates that stand alone on a line, or at the end of a text without lines, in order.

    ``title`` is the title of the plan a notice carries: in a text without lines it follows the date.
    """
    first = len(text) - len(text.lstrip())
    for found in _DATE.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        above = text[line : found.start()].strip()
        bracketed = above in ("（", "(")  # （2025年1月5日）, under a title
        issued = read_date(found[0])
        at_top = line <= first and (not above or bracketed)
        if issued is None or at_top or not _ends(text, found.end(), title, bracketed):
            continue
        issuers = () if bracketed else _signers(text, found.start())
        if above and not bracketed and not (issuers and _apart(text, issuers[0].span.begin)):
            continue  # a date in a sentence
        notes = _NOTES.match(text, found.end())
        yield Signature(
            issuers,
            issued,
            Span(*found.span()),
            issuers[0].span.begin if issuers else found.start(),
            notes.end() if notes else found.end() + bracketed,
        )


def _ends(text: str, at: int, title: Span | None, bracketed: bool) -> bool:
    """Tell whether nothing of a sentence follows a date."""
    if bracketed:
        return bool(_CLOSED.match(text, at))
    if title is not None and at <= title.begin < at + 60 and not text[at : title.begin].strip():
        return True
    return bool(_LINE_ENDS.match(text, at) or _LAST.match(text, at))


def closes(text: str, signature: Signature, known: frozenset[str]) -> bool:
    """Tell whether a signature after the first number is the document's own, not a cell of a table."""
    if any(one.name in known for one in signature.issuers):
        return True
    if not signature.issuers:
        alone = not text[signature.span.end :].strip() and "\n" in text
        return alone or signature.end > signature.span.end + 1  # the last line, or （此件公开发布） after it
    if any(_RELATIVE.match(one.name) for one in signature.issuers):
        return False
    return bool(_LAST.match(text, signature.span.end)) or len(text[signature.end :].strip()) < _FURTHER


def _apart(text: str, begin: int) -> bool:
    before = text[max(0, begin - 60) : begin].rstrip(" \t\u3000\xa0")
    return not before or before[-1] in "\n。！？；：）)”"


def _signers(text: str, at: int) -> tuple[Issuer, ...]:
    """Read upward from a date: one body a line, or several on a line, or one over two lines."""
    found: list[Issuer] = []
    lines = _upward(text, at)
    for line in lines:
        words = plain(line.of(text))
        if _CONTINUED.match(words) and (above := next(lines, None)) is not None:
            whole = Span(above.begin, line.end)
            if is_body(plain(whole.of(text))):
                found.insert(0, Issuer(plain(whole.of(text)), whole))
                continue
        names = [Issuer(plain(s.of(text)), s) for s in pieces(text, line)]
        if not all(is_body(one.name) for one in names):
            break
        found[0:0] = names
    if len(found) > 1 and not _after_the_text(text, found[0].span.begin):
        return tuple(found[-1:])  # names above it in a list are no signers
    return tuple(found)


def _after_the_text(text: str, begin: int) -> bool:
    before = text[max(0, begin - 200) : begin]
    gap = before[len(before.rstrip()) :]
    if not before.strip() or gap.count("\n") > 1 or before.rstrip()[-1] in "。！？；）)”":
        return True
    lines = before.rstrip().split("\n")
    while len(lines) > 1 and _OF_ANNEXES.match(lines[-1]):
        lines.pop()
    return bool(_BETWEEN.search(lines[-1]))


def _upward(text: str, at: int) -> Iterator[Span]:
    """Give the lines above a place, the nearest first, without seals; stop at the end of a sentence."""
    for _ in range(24):
        while at and not text[at - 1].strip():
            at -= 1
        floor = max(0, at - 200)
        begin = 1 + max(text.rfind(stop, floor, at) for stop in "\n" + _BREAK)
        words = text[begin:at]
        seal = _SEAL.search(words)
        own = words[: seal.start()] if seal else words
        if own.strip():
            yield Span(begin + len(own) - len(own.lstrip()), begin + len(own.rstrip()))
        elif not seal:
            return
        if begin == 0 or text[begin - 1] != "\n":
            return
        at = begin


def pieces(text: str, span: Span) -> list[Span]:
    """Part names that spaces or line ends stand between; one name printed with spaces inside stays whole.

    Names that run together are parted before the name of their place.
    """
    parts = [part for m in _WORD.finditer(text, span.begin, span.end) for part in _apart_by_place(text, *m.span())]
    named = all(is_body(plain(p.of(text))) and not _CONTINUED.match(p.of(text)) for p in parts)
    return parts if named else [span]


def _apart_by_place(text: str, begin: int, end: int) -> list[Span]:
    own = _OF_PLACE.match(text, begin, end)
    if own is None or len(own["place"]) < _NAMED:
        return [Span(begin, end)]
    again = re.compile(rf"(?<=[厅局会委办室府院])(?:中共|国网)?{own['place']}(?=[\u4e00-\u9fff]{{2}})")
    cuts = [begin, *(hit.start() for hit in again.finditer(text, begin + 1, end)), end]
    parts = [Span(*pair) for pair in pairwise(cuts)]
    return parts if all(is_body(part.of(text)) for part in parts) else [Span(begin, end)]
