"""Documents named in a text, and how the text stands to each: cited, implemented, produced or revised."""

from __future__ import annotations

import re

from plan_graph.model import Citation, Relation, Span

_NUMBER = re.compile(
    r"[（(]\s*([\u4e00-\u9fff]{1,12}[〔\[［(（]\s*(?:19|20)\d{2}\s*[〕\]］)）]\s*第?\s*\d{1,5}\s*号)\s*[）)]"
)
_STOP = "。；;\n"
# what stands right before 《, and the relation it gives; the first that matches counts
_BEFORE: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (Relation.REVISES, re.compile(r"(修订|修改完善|修改|修编)[^，。；《》]{0,6}$")),
    (
        Relation.PRODUCES,
        re.compile(
            r"(制定出台|研究制定|研究起草|制定|制订|编制|编写|出台|印发|颁布|起草|拟订|拟定|形成|发布)"
            r"[^，。；、《》]{0,6}$"
        ),
    ),
    (
        Relation.IMPLEMENTS,
        re.compile(r"(贯彻落实|组织实施|贯彻|落实|实施|执行|按照|根据|依据|依照|遵照)[^，。；《》]{0,6}$"),
    ),
)
# what stands right after 》
_AFTER: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (Relation.REVISES, re.compile(r"(?:进行|作出|予以|的)?(修订|修改完善|修改)")),
    (Relation.PRODUCES, re.compile(r"(?:的)?(编制|制定|起草|编写|出台)(?:工作)?")),
    (Relation.IMPLEMENTS, re.compile(r"(?:的)?(要求|规定|精神)")),
)
_AND = re.compile(r"[和及与、，以]*$")


def citations(text: str, within: Span) -> tuple[Citation, ...]:
    """Find the titles in 《》 (〈〉 and 《》 inside kept), with number and relation, in order."""
    found: list[Citation] = []
    at = within.begin
    previous_end = -1
    while (begin := text.find("《", at, within.end)) >= 0:
        end = _closing(text, begin, within.end)
        if end < 0:
            break
        span = Span(begin, end)
        number = _NUMBER.match(text, end, within.end)
        after = number.end() if number else end
        relation, cue = _relation(text, within, begin, after, found, previous_end)
        found.append(Citation(text[begin + 1 : end - 1], number[1] if number else "", relation, span, cue))
        previous_end = after
        at = end
    return tuple(found)


def _closing(text: str, begin: int, limit: int) -> int:
    """Give the offset after the 》 that closes the 《 at ``begin``, or -1."""
    depth = 0
    for at in range(begin, limit):
        if text[at] == "《":
            depth += 1
        elif text[at] == "》":
            depth -= 1
            if depth == 0:
                return at + 1
        elif text[at] == "\n":
            return -1
    return -1


def _relation(
    text: str, within: Span, begin: int, after: int, found: list[Citation], previous_end: int
) -> tuple[Relation, str]:
    for relation, pattern in _AFTER:
        if (cue := pattern.match(text, after, min(after + 12, within.end))) and (
            relation is not Relation.IMPLEMENTS or _cue_before(text, within, begin)[0] is Relation.IMPLEMENTS
        ):
            return relation, cue[1]
    if found and _AND.fullmatch(text, previous_end, begin):
        return found[-1].relation, found[-1].cue  # 出台《…》和《…》: one verb governs the list
    return _cue_before(text, within, begin)


def _cue_before(text: str, within: Span, begin: int) -> tuple[Relation, str]:
    start = max(within.begin, begin - 40)
    before = text[start:begin]
    for stop in _STOP:
        before = before.rsplit(stop, 1)[-1]
    for relation, pattern in _BEFORE:
        if cue := pattern.search(before):
            return relation, cue[1]
    return Relation.CITES, ""
