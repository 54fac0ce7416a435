"""What a document says of itself: title, number, issuers, date, addressees, the documents it rests on.

The text before the first number says most of it; a signature may stand there, where a notice carries the plan,
or at the end. What is not stated stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from plan_graph.extraction.brackets import mask
from plan_graph.extraction.citations import citations
from plan_graph.extraction.names import split_names
from plan_graph.extraction.signatures import SPACE, Signature, closes, is_body, pieces, plain, read_date, signatures
from plan_graph.extraction.titles import (
    NUMBER,
    carried,
    find_title,
    following,
    handed_on,
    key,
    lines,
    own_title,
    own_titles,
    title_words,
    trim,
)
from plan_graph.model.plan import Addressee, Citation, Issuer, Metadata, Notice
from plan_graph.model.text import Span

_BRACKETED_NUMBER = re.compile(rf"[（(]?({NUMBER.pattern})[）)]?")
_ORDER = re.compile(rf"第{SPACE}[0-9０-９]{{1,5}}{SPACE}号")
_ORDERS = re.compile(rf"(?:[\u4e00-\u9fff]{{2,30}}令{SPACE}){_ORDER.pattern}")
_LABELS = {  # names of the fields at the head of a government page
    "title": ("标题", "名称", "文件标题", "文件名称"),
    "number": ("发文字号", "文号", "文件编号", "文件字号", "发文文号"),
    "issuer": ("发文机关", "发文机构", "发文单位", "制发机关", "制定机关"),
    "date": ("成文日期", "发文日期", "制发日期", "印发日期"),
    "publisher": ("发布机构", "发布单位", "公开机构", "公开责任部门"),
}
_SPACED_NUMBER = re.compile(
    rf"(?:^|[ \t\u3000\n])(?:发{SPACE})?文{SPACE}(?:字{SPACE})?号[ \u3000]+(?P<value>{NUMBER.pattern})"
)
_OWN_PLACE = re.compile(r"[省市县区州盟旗镇乡](?=(?:人民)?政府)")  # 区人民政府办公室: of which, its page says
_FIELD = {
    field: re.compile(
        rf"(?:^|\n|[ \t\u3000]){SPACE}[【\[]?(?:{'|'.join(SPACE.join(name) for name in names)}){SPACE}[】\]]?"
        rf"(?:[：:]|(?=\n)|[\t\u3000])\s*(?P<value>[^\n\t\u3000]+)"
    )
    for field, names in _LABELS.items()
}
_TO = re.compile(r"[^。；！？\n《》]{2,240}?[：:]")
_PARTY = re.compile(
    r"(?:各|有关|相关|国务院|中央|省|市|县|区|州|驻|镇|乡|全).*|.*(?:政府|委员会|管委会|公司|集团|厅|局|部门|单位)"
)
_PARTY_ENDS = re.compile(
    r".*(?:政府|办|厅|局|委|部|院|会|部门|单位|机构|地区|企业|公司|集团|学校|院校|大学|医院|所|中心|站|处|室|社区|"
    r"园区|新区|开发区|[文自临高经]\w?区|街道|镇|乡|村|科|队|组|联|行|社|团|直|方面|同志)[）)]?"
)
_NO_PARTY = re.compile(
    r"(?:责任|牵头|主办|承办|发布)(?:单位|部门|机构)$|为|根据|按照|现|特|经(?!济|信|开|贸|合)|附件|抄[送报]|联系|电话|(?:.*(?:日期|时间|如下|发文机关|发布机构|字号|文号|分类|属性|来源))$"
)
_COPIED = re.compile(r"关于印发(.{2,100}?)的通知")
_CODE_AT_END = re.compile(r"(?:^|[：:；;\s\d.、])([\u4e00-\u9fff]{1,12})$")
_NUMBER_LENGTH = 60  # no document number is longer
_RED_HEAD = re.compile(r"(?P<who>.{3,60}?)(?:文件|令)")
_WHO = re.compile(r"(?P<who>[^《》]+?)(?:关于|印发|转发|批转)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Titles:
    """The title of the plan, and where it begins if it stands alone; the notice's, if a notice carries the plan."""

    plan: Span | None
    alone: bool
    handed_on: tuple[Citation, ...]
    notice: bool
    notice_title: Span | None


def metadata(text: str, preamble: Span) -> Metadata:
    """Read what a document says of itself; ``preamble`` is the text before the first numbered block."""
    head = lines(text, preamble)
    titles = _titles(text, preamble, head)
    first = titles.notice_title or titles.plan
    number = _number(text, head, titles)
    stated = _stated_issuers(text, head, first)
    known = frozenset(one.name for one in stated)
    signed = list(signatures(text, titles.plan if titles.alone else None))
    front = max(preamble.end, titles.plan.begin if titles.plan and titles.alone else 0)
    issued, issued_at, signature = _issued(text, signed, front, known)
    issuers = (signature.issuers if signature else ()) or stated or _field_issuers(text, preamble)
    issuers = _with_place(text, preamble, issuers)
    named = citations(text, preamble)
    own = title_words(titles.plan.of(text)) if titles.plan else ""
    mine = {key(own), *(key(one.title) for one in titles.handed_on)}
    if titles.notice_title:
        mine.add(key(carried(title_words(titles.notice_title.of(text)))))
    return Metadata(
        title=own,
        title_span=titles.plan,
        number=plain(number.of(text)) if number else "",
        number_span=number,
        issuer=issuers[0].name if issuers else "",
        issuer_span=issuers[0].span if issuers else None,
        issued=issued,
        issued_span=issued_at,
        addressees=_addressees(text, head, titles.plan if titles.alone else None),
        citations=tuple(c for c in named if key(c.title) not in mine),
        notice=_notice(text, titles, signed, front),
        issuers=issuers,
    )


def _titles(text: str, preamble: Span, head: list[Span]) -> _Titles:
    found = find_title(text, head) or _field(text, preamble, "title")
    handed = handed_on(text, preamble)
    of_notice = carried(title_words(found.of(text))) if found else ""
    if not handed and not of_notice:
        return _Titles(found, found is not None, (), False, None)
    if found and own_titles(text, preamble):  # several plans: none of them is the document
        return _Titles(found, True, handed, False, None)
    after = max([found.end if of_notice and found else 0, *(one.span.end for one in handed)])
    names = [name for name in (of_notice, *(one.title for one in handed)) if name]
    own = own_title(text, names, after) or _below(text, preamble, after)
    notice = found if found and of_notice else None
    if own:
        return _Titles(own, True, handed, True, notice)
    if not handed:  # one document, which says what it hands on in its own text
        return _Titles(found, True, (), False, None)
    return _Titles(Span(handed[0].span.begin + 1, handed[0].span.end - 1), False, handed, True, notice)


def _below(text: str, preamble: Span, after: int) -> Span | None:
    """Find a title below the signature of the notice, worded otherwise than the notice words it."""
    signed = next((s for s in signatures(text, None) if after <= s.span.begin < preamble.end), None)
    return following(text, signed.end, lines(text, Span(signed.end, preamble.end))) if signed else None


def _notice(text: str, titles: _Titles, signed: list[Signature], front: int) -> Notice | None:
    if not titles.notice:
        return None
    if titles.plan and titles.alone:
        end = titles.plan.begin
    elif ends := [s.end for s in signed if s.span.begin < front]:
        end = ends[0]
    else:  # nothing marks the plan off: the line with the sentence that hands it on
        end = text.find("\n", max(one.span.end for one in titles.handed_on))
        end = len(text) if end < 0 else end
    span = trim(text, 0, end)
    title = titles.notice_title
    return Notice(title_words(title.of(text)) if title else "", title, span)


def _number(text: str, head: list[Span], titles: _Titles) -> Span | None:
    for at, line in enumerate(head):
        words = line.of(text)
        if found := _BRACKETED_NUMBER.fullmatch(words):
            return Span(line.begin + found.start(1), line.begin + found.end(1))
        signed = re.match(rf"({NUMBER.pattern}){SPACE}签发人", words)
        if signed:
            return Span(line.begin, line.begin + signed.end(1))
        if _ORDERS.fullmatch(words):
            return line
        if _ORDER.fullmatch(words):
            above = head[at - 1] if at else None
            return Span(above.begin, line.end) if above and above.of(text).endswith("令") else line
    return _number_in_fields(text, Span(0, head[-1].end if head else 0)) or _number_of_copy(text, titles)


def _number_in_fields(text: str, within: Span) -> Span | None:
    """Give the number in a labelled field at the head of a page, on a line of its own or beside others."""
    if field := _field(text, within, "number"):
        found = NUMBER.match(text, field.begin, field.end)
        return Span(*found.span()) if found else None
    spaced = _SPACED_NUMBER.search(text, within.begin, within.end)
    return Span(*spaced.span("value")) if spaced else None


def _number_of_copy(text: str, titles: _Titles) -> Span | None:
    """Find the number before the name of this very notice, as in the list of attached files of a page."""
    if not titles.notice or not titles.plan:
        return None
    own = key(title_words(titles.plan.of(text)))
    for name in _COPIED.finditer(text, titles.plan.end):
        if key(name[1]) != own:
            continue
        before = text[max(0, name.start() - _NUMBER_LENGTH) : name.start()]
        for found in NUMBER.finditer(before):
            if found.end() == len(before):
                code = _CODE_AT_END.search(before, max(0, found.start() - 8), found.end("code"))
                at = name.start() - len(before)
                return Span(at + code.start(1), name.start()) if code else None
    return None


def _issued(
    text: str, signed: list[Signature], front: int, known: frozenset[str]
) -> tuple[date | None, Span | None, Signature | None]:
    """Choose the date of issue: signed before the plan, signed at the end, in a field of the page, unsigned."""
    before = [s for s in signed if s.span.begin < front]
    behind = [s for s in signed if s.span.begin >= front and closes(text, s, known)]
    best = next((s for s in (*before, *behind) if s.issuers), None)
    if best is None and (field := _field(text, Span(0, front), "date")) and (day := read_date(field.of(text))):
        return day, field, None
    best = best or next(iter((*before, *behind)), None)
    return (best.issued, best.span, best) if best else (None, None, None)


def _stated_issuers(text: str, head: list[Span], title: Span | None) -> tuple[Issuer, ...]:
    """Read the issuers from the red head (…文件, …令) or from the beginning of the title (…关于…)."""
    for at, line in enumerate(head):
        words = line.of(text).rstrip()
        red = _RED_HEAD.fullmatch(words)
        if red and (title is None or line.begin <= title.begin):
            found = _bodies(text, trim(text, line.begin, line.begin + red.end("who")))
            above = at
            while found and above and (more := _bodies(text, head[above - 1])):
                found, above = (*more, *found), above - 1
            if found:
                return found
    who = _WHO.match(text, title.begin, title.end) if title else None
    return _bodies(text, trim(text, *who.span("who"))) if who else ()


def _bodies(text: str, span: Span) -> tuple[Issuer, ...]:
    found = tuple(Issuer(plain(s.of(text)), s) for s in pieces(text, span))
    return found if found and all(is_body(one.name) for one in found) else ()


def _field(text: str, within: Span, field: str) -> Span | None:
    """Give the value of a labelled field at the head of a page: 发文字号：…"""
    found = _FIELD[field].search(text, within.begin, within.end)
    return trim(text, *found.span("value")) if found else None


def _field_issuers(text: str, preamble: Span) -> tuple[Issuer, ...]:
    field = _field(text, preamble, "issuer")
    return _bodies(text, field) if field else ()


def _with_place(text: str, preamble: Span, issuers: tuple[Issuer, ...]) -> tuple[Issuer, ...]:
    """Give the government that issued a document as its page names it, where the document leaves out the place."""
    if len(issuers) != 1 or not _OWN_PLACE.match(issuers[0].name):
        return issuers
    field = _field(text, preamble, "publisher")
    found = _bodies(text, field) if field else ()
    own = issuers[0].name.replace("人民", "")
    same = len(found) == 1 and found[0].name.replace("人民", "").endswith(own) and found[0].name != issuers[0].name
    return found if same else issuers


def _addressees(text: str, head: list[Span], title: Span | None) -> tuple[Addressee, ...]:
    """Read whom the document is addressed to: names up to a colon, over several lines, or with the text after it."""
    for at, line in enumerate(head):
        if title and line.begin > title.end and at > 40:
            break
        found = _TO.match(text, line.begin, line.end)
        if found is None:
            continue
        begin = at
        while begin and _runs_on(head[begin - 1].of(text)):
            begin -= 1
        span = Span(head[begin].begin, found.end() - 1)
        words = span.of(text)
        if "\n" in words:
            words = re.sub(r"\s", " ", words)
        masked = mask(words)
        names = [n for n in split_names(text, span, masked) if n.name.strip()]
        if names and _are_parties([n.name for n in names]):
            return _with_owner([Addressee(plain(n.name), n.span) for n in names])
    return ()


def _runs_on(line: str) -> bool:
    """Tell whether a list of addressees goes on below this line."""
    words = plain(line)
    listed = words.endswith(("，", "、", ",")) or bool(re.match("各.*[，、]", words))
    return listed and not re.search("[。：:；《》]", words)


def _are_parties(names: list[str]) -> bool:
    if any(map(_NO_PARTY.match, names)):
        return False
    return bool(_PARTY.fullmatch(names[0])) and all(_PARTY_ENDS.fullmatch(n) or _PARTY.fullmatch(n) for n in names)


def _with_owner(found: list[Addressee]) -> tuple[Addressee, ...]:
    """Give 各直属机构 after 省政府各厅委 its owner: 省政府各直属机构."""
    named: list[Addressee] = []
    owner = ""
    for one in found:
        prefix = re.match(
            r"(省委|(?:省|市|县|区|自治区|省人民|市人民|县人民|区人民)政府|市委|国务院|县委|区委)(?=各)", one.name
        )
        if prefix:
            owner = prefix[1]
        elif owner and re.match(r"各(?:直属|部门|委|办|厅|局|机构)", one.name):
            named.append(Addressee(owner + one.name, one.span))
            continue
        named.append(one)
    return tuple(named)
