"""Documents meant by a word and not named again: 上述文件, 该方案, 前述《意见》; settled backwards only.

A back reference (回指) stands for a document that was named in 《》 before it, never for a later one. It is looked for
in the task itself, else in the section and then in the text before, and there only one document may fit. A reference
with a kind (该方案) fits documents of that kind. Where several could be meant, or none was named, or a document
without a title came between, it stays open with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plan_graph.extraction.citations import citations, relation_of, short_titles, with_full_titles
from plan_graph.extraction.titles import carried, key
from plan_graph.model.plan import Citation, Metadata, Reference, Section, Task
from plan_graph.model.text import Span

_MORE = "(?:实施|行动|工作|总体|指导|若干|发展|专项|建设|管理|改革|试点|创建|暂行|三年)*"
_SURE = "文件|通知|方案|规划|办法|条例|细则|纲要"
_ELSE = "意见|计划|规定|决定|标准|目录|制度|规程|规则|指南|指引"  # these mean other things too
# 该规划区, 上述规定动作, 该文件夹: another word
_GOES_ON = (
    "(?!夹|柜|袋|格式|区|院|局|设计|用地|范围|师|展|红线|条件|书|单(?!位)|到|其|义务|箱|征集|征求|反馈|建议|性|于|因素|权"
    "|动作|时间|时限|期限|比例|程序|标准|化|地|厂房|生育|单列|比选|库|稿|起草|编制组)"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
_REFERENCE = re.compile(
    rf"(?:(?P<one>(?<![应本活])该|这(?:一|个|份|部))|(?:上述|前述|(?<![应本活])该等))(?:(?P<count>[{''.join(_COUNTS)}])[个份部项])?"
    rf"(?:有关|相关|各)?(?P<kind>{_MORE}(?:{_SURE}|{_ELSE})){_GOES_ON}"
)
_BEGINNING = re.compile("[该这上前]")  # of a reference: found many times as fast
_BEFORE_TITLE = re.compile(r"(?:上述|前述|(?<![应本活])该|这(?:一|个|份|部))$")
_MARKED_TITLE = re.compile("(?:上述|前述|该|这[一个份部])《")
_KIND_ALONE = re.compile(rf"{_MORE}(?:{_SURE}|{_ELSE})")
_OTHER_THINGS = re.compile(rf"{_MORE}(?:{_ELSE})")
_ANY = "文件"
_TAIL = re.compile(r"(?:[（(〔][^（）()〔〕]*[）)〕])+$")
_LIST = re.compile(r"[和及与、，以]*")
_NUMBER = re.compile(r"[（(][^（）()]{4,40}[）)]")
_MAKING = r"(?:制定|制订|编制|编写|出台|印发|起草|拟订|拟定|形成|提出)[^《》。；;\n]{0,24}?"
_WINDOW = 1000  # characters before a reference in which another document may come between
_FURTHEST = 16  # titles before a reference that are told apart
_LONGEST = 200  # characters of a title

NONE_NAMED, SEVERAL, UNTITLED = "no-document-named", "several-documents", "document-without-title"


@dataclass(frozen=True, slots=True)
class _Named:
    """A document named in 《》; ``run`` counts the lists of titles (《甲》和《乙》 are one)."""

    citation: Citation
    run: int

    @property
    def title(self) -> str:
        return self.citation.stands_for or self.citation.title

    def fits(self, kind: str) -> bool:
        """Tell whether a title is of a kind; a notice is also of the kind of what it hands on."""
        return kind == _ANY or any(_TAIL.sub("", t).endswith(kind) for t in (self.title, carried(self.title)) if t)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A back reference as it stands; ``count`` is 0 where it says no number, ``one`` where it can mean only one."""

    span: Span
    kind: str
    one: bool
    count: int
    cited: Citation | None = None  # for 该《意见》


class _Before:
    """The documents of a text, by kind, for looking back from a place in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.named = _named(text)
        self.kinds: dict[str, tuple[list[_Named], list[int], list[int]]] = {}

    def of_kind(self, kind: str) -> tuple[list[_Named], list[int], list[int]]:
        """Give the documents of a kind, where each begins, and for each the last before it with another title."""
        if kind not in self.kinds:
            fitting = [n for n in self.named if n.fits(kind) and n.title != kind]
            other: list[int] = []
            for at, one in enumerate(fitting):
                same = at and fitting[at - 1].title == one.title
                other.append(other[-1] if same else at - 1)
            self.kinds[kind] = fitting, [n.citation.span.begin for n in fitting], other
        return self.kinds[kind]

    def meant(self, asked: _Asked, holder: Span, around: Sequence[Span]) -> tuple[list[Citation], str]:
        """Give the documents meant, or those that could be with the reason why it is open."""
        fitting, begins, other = self.of_kind(asked.kind)
        high = bisect_left(begins, asked.span.begin)
        low = high
        for scope in (holder, *around, Span(0, len(self.text))):
            low = bisect_left(begins, scope.begin, hi=high)
            if low < high:
                break
        if low == high:
            return [], NONE_NAMED
        last = fitting[high - 1]
        recent = fitting[max(low, high - _FURTHEST) : high]
        different = list({n.title: n for n in recent}.values())
        run = [n for n in different if n.run == last.run]
        if asked.count:
            lists = (run, different) if high - low <= _FURTHEST else (run,)
            meant = next((many for many in lists if len(many) == asked.count), [])
        elif other[high - 1] < low or (asked.one and holder.begin <= begins[low] and len(run) == 1):
            meant = [last]
        else:
            meant = []
        if not meant:
            return [n.citation for n in different], SEVERAL
        kinds = _SURE if asked.kind == _ANY else re.escape(asked.kind)
        after = max(meant[-1].citation.span.end, holder.begin, asked.span.begin - _WINDOW)
        untitled = re.search(rf"{_MAKING}(?:{kinds})", self.text[after : asked.span.begin])
        bare = any(_KIND_ALONE.fullmatch(n.title) for n in meant)  # 《意见》 that nothing introduced
        return [n.citation for n in meant], UNTITLED if untitled or bare else ""


def with_references(
    text: str, about: Metadata, preamble: Span, tasks: list[Task], sections: Iterable[Section]
) -> tuple[Metadata, list[Task]]:
    """Settle the back references of the preamble and of every task.

    A short title that a reference word points back with (该《意见》) gets the full one; others are added.
    """
    if next(_pointers(text, Span(0, len(text))), None) is None and not _MARKED_TITLE.search(text):
        return about, tasks
    before = _Before(text)
    own = key(about.title)
    wide = {s.path: s.span for s in sections}
    found, full = _settled(before, [preamble], preamble, [], own)
    about = replace(about, references=found, citations=_with_full(about.citations, full))
    made = []
    for task in tasks:
        around = [wide[task.section[:n]] for n in range(len(task.section), 0, -1) if task.section[:n] in wide]
        found, full = _settled(before, task.text_spans, task.span, around, own)
        made.append(
            replace(task, references=found, citations=_with_full(task.citations, full)) if found or full else task
        )
    return about, made


def _pointers(text: str, within: Span) -> Iterator[re.Match[str]]:
    """Find words that point back at a document: 该方案, 上述三个文件."""
    after = within.begin
    for beginning in _BEGINNING.finditer(text, within.begin, within.end):
        if beginning.start() >= after and (hit := _REFERENCE.match(text, beginning.start(), within.end)):
            after = hit.end()
            yield hit


def _named(text: str) -> list[_Named]:
    """Give every document named in 《》 in the text, in order."""
    made: list[_Named] = []
    end = -1
    for one in with_full_titles(citations(text, Span(0, len(text))), short_titles(text)):
        joined = end >= 0 and _LIST.fullmatch(text, end, one.span.begin)
        number = _NUMBER.match(text, one.span.end)
        end = number.end() if number else one.span.end
        if len(one.title) <= _LONGEST:
            made.append(_Named(one, made[-1].run + (not joined) if made else 0))
    return made


def _asked(text: str, span: Span) -> Iterator[_Asked]:
    for hit in _pointers(text, span):
        where = Span(hit.start(), hit.end())
        yield _Asked(where, hit["kind"], bool(hit["one"]) and not hit["count"], _COUNTS.get(hit["count"] or "", 0))
    for one in citations(text, span):
        before = _BEFORE_TITLE.search(text, max(span.begin, one.span.begin - 3), one.span.begin)
        if before and _KIND_ALONE.fullmatch(one.title):
            yield _Asked(one.span, one.title, True, 0, one)


def _settled(
    before: _Before, spans: Sequence[Span], holder: Span, around: Sequence[Span], own: str
) -> tuple[tuple[Reference, ...], dict[Span, str]]:
    """Give the back references of a task, and the full titles of the short ones in 《》 it points back with."""
    references: list[Reference] = []
    full: dict[Span, str] = {}
    for span in spans:
        for asked in _asked(before.text, span):
            meant, reason = before.meant(asked, holder, around)
            if reason == NONE_NAMED and not asked.cited and _OTHER_THINGS.fullmatch(asked.kind):
                continue  # 上述标准, 该计划: no document at all
            if any(key(one.stands_for or one.title) == own for one in meant):
                continue  # the plan itself
            if asked.cited and not reason:
                full[asked.span] = meant[0].stands_for or meant[0].title
                continue
            how, cue = relation_of(before.text, span, asked.span.begin, asked.span.end)
            references.append(Reference(asked.span.of(before.text), how, asked.span, tuple(meant), reason, cue))
    return tuple(sorted(references, key=lambda r: r.span)), full


def _with_full(found: tuple[Citation, ...], full: dict[Span, str]) -> tuple[Citation, ...]:
    return tuple(replace(one, stands_for=full.get(one.span, one.stands_for)) for one in found) if full else found
