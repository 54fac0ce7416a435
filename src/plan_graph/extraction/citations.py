"""Documents named in a text, and how the text stands to each: cited, implemented, produced or revised."""

from __future__ import annotations

import re
from dataclasses import replace

from plan_graph.model.plan import Citation, Relation
from plan_graph.model.text import Span

_NUMBER = re.compile(
    r"[（(]\s*([\u4e00-\u9fff]{1,12}[〔\[［(（]\s*(?:19|20)\d{2}\s*[〕\]］)）]\s*第?\s*\d{1,5}\s*号)\s*[）)]"
)
# 《…的意见》（甲政发〔2020〕1号，以下简称《意见》）
_SHORT = re.compile(
    r"《(?P<full>[^《》\n]{2,80})》(?:[（(][^（()）《》\n]{0,40}[）)])?[（(，,]?[^（()）《》\n。]{0,40}?(?:以下|下称|统称)?(?:简称|统称)(?:为)?"
    r"[：:]?《(?P<short>[^《》\n]{1,30})》"
)
_MARK = re.compile(r"[《》\n]")
_WORD = re.compile(r"\S")
_STOP = "。；;\n"
# what stands right before 《, and the relation it gives; the cue nearest to it counts
_BEFORE: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (
        Relation.REVISES,
        re.compile(r"(修订|修改完善|修改|修编)(?P<along>(?:并|和)?(?:组织)?(?:实施|执行))?[^，。；《》]{0,6}$"),
    ),
    (
        Relation.PRODUCES,
        re.compile(
            r"(制定出台|研究制定|研究起草|制定|制订|编制|编写|出台|印发|颁布|起草|拟订|拟定|形成|发布)"
            r"(?P<along>(?:并|和)?(?:组织)?(?:实施|执行))?[^，。；、《》]{0,6}$"
        ),
    ),
    (
        Relation.IMPLEMENTS,
        re.compile(r"(贯彻落实|组织实施|贯彻|落实|实施|执行|按照|根据|依据|依照|遵照)[^，。；《》]{0,6}$"),
    ),
)
# 国务院印发的《…》: the making is done, and somebody else's
_MADE = re.compile(r"(?:修订|修改|修编|制定|制订|编制|编写|出台|印发|颁布|起草|拟订|拟定|发布|下发|转发)的$")
# what stands right after 》
_AFTER: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (Relation.REVISES, re.compile(r"(?:进行|作出|予以|的)?(修订|修改完善|修改)")),
    (Relation.PRODUCES, re.compile(r"(?:的)?(编制|制定|起草|编写|出台)(?:工作)?")),
    (Relation.IMPLEMENTS, re.compile(r"(?:的)?(要求|规定|精神)")),
)
_OBJECT = re.compile(r"(?!工作|任务|和|及|与|并|等)[\u4e00-\u9fff《“]")  # 按照《…》制定方案: not the document
_AND = re.compile(r"[和及与、，以]*$")


def citations(text: str, within: Span) -> tuple[Citation, ...]:
    """Find the titles in 《》 (〈〉 and 《》 inside kept), with number and relation, in order."""
    found: list[Citation] = []
    previous_end = -1
    first = 0  # where the list begins that the title continues: 对《…》和《…》进行修订
    for span in _titles(text, within):
        if previous_end < 0 or not _AND.fullmatch(text, previous_end, span.begin):
            first = len(found)
        number = _NUMBER.match(text, span.end, within.end)
        after = number.end() if number else span.end
        relation, cue = relation_of(text, within, span.begin, after, found[-1] if first < len(found) else None)
        title = text[span.begin + 1 : span.end - 1]
        if cue and first < len(found) and not found[-1].cue:
            found[first:] = [replace(one, relation=relation, cue=cue) for one in found[first:]]
        found.append(Citation(title, number[1] if number else "", relation, span, cue))
        previous_end = after
    return tuple(found)


def short_titles(text: str) -> tuple[tuple[str, str, int], ...]:
    """Give the short titles a text introduces: the short one, the full one, and where the short one stands.

    >>> short_titles("按照《甲省关于乙的意见》（甲政发〔2020〕1号，以下简称《意见》）")
    (('意见', '甲省关于乙的意见', 30),)
    """
    return tuple((hit["short"], hit["full"], hit.start("short")) for hit in _SHORT.finditer(text))


def with_full_titles(found: tuple[Citation, ...], shorts: tuple[tuple[str, str, int], ...]) -> tuple[Citation, ...]:
    """Say what short titles stand for: the last full title given before, never one that comes later."""
    if not shorts:
        return found
    made = []
    for one in found:
        full = next((f for s, f, at in reversed(shorts) if s == one.title and at <= one.span.begin + 1), "")
        made.append(replace(one, stands_for=full) if full else one)
    return tuple(made)


def _titles(text: str, within: Span) -> list[Span]:
    """Give the outermost pairs of 《 and 》 that hold something on one line; a 《 left open holds nothing."""
    opened: list[int] = []
    outermost: list[Span] = []
    for mark in _MARK.finditer(text, within.begin, within.end):
        if mark[0] == "《":
            opened.append(mark.start())
        elif mark[0] == "\n":
            opened.clear()
        elif opened:
            begin = opened.pop()
            while outermost and outermost[-1].begin > begin:
                outermost.pop()
            if _WORD.search(text, begin + 1, mark.start()):
                outermost.append(Span(begin, mark.end()))
    return outermost


def relation_of(
    text: str, within: Span, begin: int, after: int, beside: Citation | None = None
) -> tuple[Relation, str]:
    """Tell how a text stands to a document it names from ``begin`` on, and the word that says so.

    :param after: where the title ends, with its number
    :param beside: the document before it in one list, whose verb governs it too
    """
    for relation, pattern in _AFTER:
        cue = pattern.match(text, after, min(after + 12, within.end))
        if cue is None:
            continue
        if relation is Relation.IMPLEMENTS:
            if _cue_before(text, within, begin)[0] is Relation.IMPLEMENTS:
                return relation, cue[1]
        elif not _OBJECT.match(text, cue.end(), within.end):
            return relation, cue[1]
    if beside:
        return beside.relation, beside.cue  # 出台《…》和《…》: one verb governs the list
    return _cue_before(text, within, begin)


def _cue_before(text: str, within: Span, begin: int) -> tuple[Relation, str]:
    start = max(within.begin, begin - 40)
    before = text[start:begin]
    for stop in _STOP:
        before = before.rsplit(stop, 1)[-1]
    best, best_cue, nearest = Relation.CITES, "", -1
    for relation, pattern in _BEFORE:
        if relation in (Relation.REVISES, Relation.PRODUCES) and _MADE.search(before):
            continue
        if cue := pattern.search(before):
            end = cue.end(cue.lastindex or 1)
            if end > nearest:  # 制定贯彻《…》的意见: the verb beside the title
                best, best_cue, nearest = relation, cue[1], end
    return best, best_cue
