"""What a document says of itself: title, number, issuer, date, addressees, the documents it rests on."""

from __future__ import annotations

import re
from datetime import date

from plan_graph.extraction.citations import citations
from plan_graph.model import Addressee, Citation, Metadata, Relation, Span

_LINE = re.compile(r"[^\n]+")
_DATE = re.compile(
    r"[ \u3000]*(\d{4})[ \u3000]*年[ \u3000]*(\d{1,2})[ \u3000]*月[ \u3000]*(\d{1,2})[ \u3000]*日[ \u3000]*"
)
_NUMBER = re.compile(
    r"[ \u3000]*([\u4e00-\u9fff]{1,12}[〔\[［(（](?:19|20)\d{2}[〕\]］)）]\s*第?\d{1,5}\s*号)[ \u3000]*"
)
_ISSUER = re.compile(
    r"[ \u3000]*([\u4e00-\u9fff（）]{4,40}?(?:政府|办公厅|办公室|委员会|委|厅|局|部|院|府|会))[ \u3000]*"
)
_NO_TITLE = re.compile(r"[（(][^（）()]*[）)]")  # （此件公开发布）
_FORWARDS = re.compile(r"现将《")


def metadata(text: str, preamble: Span) -> Metadata:
    """Read the lines before the first numbered block; what is not stated there stays empty."""
    lines = [
        Span(m.start() + len(m[0]) - len(m[0].lstrip(" \t\u3000")), m.start() + len(m[0].rstrip(" \t\u3000")))
        for m in _LINE.finditer(text, preamble.begin, preamble.end)
        if m[0].strip(" \t\u3000")
    ]
    named = citations(text, preamble)
    forwarded = next((c for c in named if _FORWARDS.search(text, max(0, c.span.begin - 2), c.span.begin + 1)), None)
    issued, issued_at = _issued(text, lines)
    issuer = lines[issued_at - 1] if issued_at else None
    if issuer is not None and not _ISSUER.fullmatch(issuer.of(text)):
        issuer = None
    title = _title(text, lines, forwarded, issuer)
    number = next((line for line in lines if _NUMBER.fullmatch(line.of(text))), None)
    addressees = _addressees(text, lines)
    own = title.of(text) if title else ""
    return Metadata(
        title=own,
        title_span=title,
        number=number.of(text) if number else "",
        issuer=issuer.of(text) if issuer else "",
        issuer_span=issuer,
        issued=issued,
        issued_span=lines[issued_at] if issued_at is not None and issued else None,
        addressees=addressees,
        citations=tuple(c for c in named if c is not forwarded and c.title != own),
    )


def _issued(text: str, lines: list[Span]) -> tuple[date | None, int | None]:
    for index, line in enumerate(lines):
        found = _DATE.fullmatch(line.of(text))
        if found and index:
            try:
                return date(int(found[1]), int(found[2]), int(found[3])), index
            except ValueError:
                continue  # 2月30日: not a date, so not the date of issue
    return None, None


def _title(text: str, lines: list[Span], forwarded: Citation | None, issuer: Span | None) -> Span | None:
    """Give the line that is the title: the one the notice forwards, else the first that reads as one."""
    if forwarded:
        for line in lines:
            if line.of(text) == forwarded.title:
                return line
        return Span(forwarded.span.begin + 1, forwarded.span.end - 1)
    for line in lines:
        words = line.of(text)
        if line == issuer or words.endswith(("。", "：", ":", "；", "，")) or _NO_TITLE.fullmatch(words):
            continue
        if len(words) <= 100 and not _DATE.fullmatch(words) and not _NUMBER.fullmatch(words):
            return line
    return None


def _addressees(text: str, lines: list[Span]) -> tuple[Addressee, ...]:
    for line in lines:
        words = line.of(text)
        if words.endswith(("：", ":")) and len(words) < 200 and "。" not in words:
            found = []
            for piece in re.finditer(r"[^、，,]+", words[:-1]):
                begin = line.begin + piece.start()
                found.append(Addressee(piece[0], Span(begin, begin + len(piece[0]))))
            return _with_prefix(found)
    return ()


def _with_prefix(found: list[Addressee]) -> tuple[Addressee, ...]:
    """Give 各直属机构 after 省政府各厅委 its owner: 省政府各直属机构."""
    named: list[Addressee] = []
    owner = ""
    for one in found:
        prefix = re.match(r"(省委|省政府|市委|市政府|国务院|县委|县政府)(?=各)", one.name)
        if prefix:
            owner = prefix[1]
        elif owner and re.match(r"各(?:直属|部门|委|办|厅|局|机构)", one.name):
            named.append(Addressee(owner + one.name, one.span))
            continue
        named.append(one)
    return tuple(named)


def rests_on(found: tuple[Citation, ...], *relations: Relation) -> tuple[Citation, ...]:
    """Give the citations that stand in one of these relations."""
    return tuple(c for c in found if c.relation in relations)
