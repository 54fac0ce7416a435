"""The content of a clause → segments: names with a verb behind them (甲局牵头，乙局配合)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plan_graph.extraction.brackets import BLANK, OPEN, mask
from plan_graph.extraction.markers import VERB, is_time
from plan_graph.extraction.names import split_names
from plan_graph.extraction.parties import Party, is_body, marked_party, unremarked
from plan_graph.model.text import Span

EDGE = " \u3000\n\t"
_CUT = re.compile(
    r"[，,；;。]|(?<=牵头)(?=会同)|(?<=牵头)[、 \u3000]+|(?<=[导责合])、|(?<=负责|配合|参与)[ \u3000]+"
    r"|(?<=参与|参加|协助|协办|主办|主责|承办|落实|实施)、"
    r"|(?<=牵头)(?=(?!单位|部门|机构|负责|落实|组织|实施|推进|办理|并|统筹)[^，。；、]{2,30}(?:配合|参与|协助|负责|落实)$)"
)
_JOINING = re.compile(r"会同|商(?=省|市|县|有关|国|各)|(?<=[局厅委部办])商|(?<=[局厅委部办])会(?=[省市县区])")
# what stands behind the last verb and its stop, and says how or when: …配合；根据会议安排确定时间
_HOW = re.compile(r"(?:根据|依据|按照|视|待)(?!职责)[^；;。]{4,60}")
_ACTS_LATER = re.compile("牵头|负责|配合|参与|参加|协助|协同|落实|实施|指导|承担|推进")
_TOGETHER_WITH = re.compile(r"(?:并|并应|应)?会同(?P<names>[^，,；;。]+?)(?:共同)?(?:落实|实施|推进|办理|做好|开展)?")
_BY = re.compile(r"(?:具体|主要|统一)?由|会同|和(?![平田县林顺硕静政布龙])|与|联合|同(?![江心仁德安])")
_POST = re.compile(  # 分管副省长, 王五副市长
    r"(?:[\u4e00-\u9fff]{2,3}(?=副?[省市州盟县区旗]长|秘书长))?(?:分管|协管|联系|主管|协助分管)?(?:省|市|州|县|区|自治区)?(?:政府|人民政府)?(?:常务)?副?(?:省长|市长|州长|盟长|县长|区长|旗长|主席|秘书长)"
    r"|(?:分管|协管|联系)(?:的)?(?:省|市|州|县|区)?(?:政府)?领导(?:同志)?"
)
# 责任分工：甲局负责开展规划工作，其他项目由乙局组织实施: after such a label a verb may have an object
_PART_OF_A_DIVISION = re.compile(
    r"(?:(?P<what>[^，,；;由]{0,24})由)?(?P<names>[^，,；;]*?[^，,；;负统共具分全组])"
    r"(?P<verb>(?:负责|共同|具体|统一|分别|全面|主要)*"
    r"(?:(?P<l>牵头(?:负责|组织|实施)*)"
    r"|(?P<g>(?:负责|做好|加强|业务|技术|工作|监督)*(?:检查|督促)*(?:指导|督导|督促|督办))"
    r"|(?P<s>(?:全力|积极|密切|协同|共同|做好)*(?:配合|协助|协同|参与))"
    r"|(?P<r>作为(?:业主|建设|实施|责任)(?:单位|主体)|各司其职|各负其责|组织(?:实施|落实)|负责(?:组织)?(?:实施|落实)?|承担|实施|落实)))"
    r"(?!人|同志|单位|部门|链|制(?![定作订]))(?P<object>[^，,；;]{0,60})"
)
# what such a passage begins with, or adds without names
_NO_PART = re.compile(
    r"(?:按照?|根据|依据|围绕|结合|为|在)[^，,；;]*|(?:各司其职|密切配合|协同配合|形成合力|确保[^，,；;]*)"
)
SEPARATORS = {",": "，", ";": "；", "": " "}


@dataclass(slots=True)
class Segments:
    """The segments of one clause: their kinds in a string, with what parts them, and what they hold.

    ``persons`` are stretches that name persons, ``odd`` pieces of a list that read as no name; ``hosts`` tells
    of a label such as 主办单位, which may be an event's.
    """

    kinds: str = ""
    parties: list[Party] = field(default_factory=list)
    times: list[Span] = field(default_factory=list)
    persons: list[Span] = field(default_factory=list)
    odd: list[Span] = field(default_factory=list)
    hosts: bool = False

    def add(self, kind: str, between: str) -> None:
        """Add a segment's kind and what stands before it."""
        self.kinds += (between if self.kinds else "") + kind


def divided(text: str, content: str, offset: int) -> Segments | None:
    """Cut a division of work into its parts, who each is, what they do and to what; None if any part has no names.

    What stands behind the verb is what they do it to: 甲局负责开展规划编制工作.
    """
    found = Segments()
    pending: int | None = None
    gap = ""
    for piece in re.finditer(r"[^，,；;。]+", content):
        words = piece[0].strip(EDGE)
        start = piece.start() + piece[0].index(words) if words else piece.start()
        between = SEPARATORS.get(gap, gap) or " "
        gap = content[piece.end() : piece.end() + 1]
        if not words or (pending is None and _NO_PART.fullmatch(words)):
            continue
        part = _PART_OF_A_DIVISION.fullmatch(words)
        if part is None:
            pending = start if pending is None else pending
            continue
        kind = next(k for k in "lgsr" if part[k])
        first = start + part.start("names") if pending is None else pending
        listed = content[first : start + part.end("names")]
        if not _acting(found, text, listed, offset + first, kind, part[kind], between):
            return None
        pending = None
    return found if pending is None and found.parties else None


def verbal(text: str, content: str, offset: int) -> Segments | None:
    """Cut content with verbs; None where names are left without a verb, or a list holds more than names."""
    found = Segments()
    pending: int | None = None
    at = 0
    gap = ""
    for cut in [*_CUT.finditer(content), None]:
        end = cut.start() if cut else len(content)
        words = content[at:end].strip(EDGE)
        start = at + (len(content[at:end]) - len(content[at:end].lstrip(EDGE)))
        between = SEPARATORS.get(gap, gap) or " "
        verb = VERB.fullmatch(words) if words else None
        if words and is_time(words):
            if pending is not None:
                return None
            found.add("t", between)
            found.times.append(Span(offset + start, offset + start + len(words)))
        elif verb and (verb["names"] or pending is not None):
            kind = next(k for k in "lgsr" if verb[k])
            begin = start if pending is None else pending
            stretch = content[begin : start + len(verb["names"])]
            if not _acting(found, text, stretch, offset + begin, kind, verb[kind], between):
                return None
            pending = None
        elif verb and found.parties and verb["r"]:
            pass  # 甲局牵头，负责落实: says no more than 牵头
        elif (
            found.parties
            and pending is None
            and (beside := _TOGETHER_WITH.fullmatch(words))
            and not _ACTS_LATER.search(content, end)
        ):
            # 甲局负责，会同乙局: who stands beside those before
            if not _acting(found, text, beside["names"], offset + start + beside.start("names"), "s", "会同", between):
                return None
        elif words:
            pending = start if pending is None else pending
        if cut:
            gap = cut[0].strip() if cut[0].strip() in ("，", ",", "；", ";", "。", "、") else ""
            at = cut.end()
    if pending is not None and found.parties and content[pending - 1 : pending] in tuple("；;。"):
        return found if _HOW.fullmatch(content, pending) else None
    return None if pending is not None else found


def _acting(found: Segments, text: str, inside: str, offset: int, kind: str, verb: str, between: str) -> bool:
    """Add the names before a verb; in a list without a label each must read as the name of a body."""
    inside = inside.rstrip(EDGE + "，,、")
    if inside and not inside.strip(BLANK) and text[offset] in OPEN:  # （甲局、乙局）按职责分工负责
        inside = mask(text[offset + 1 : offset + len(inside) - 1])
        offset += 1
    if by := _BY.match(inside):
        offset, inside = offset + by.end(), inside[by.end() :]
    listed = _JOINING.sub(lambda hit: "、" * len(hit[0]), inside)
    names = [unremarked(name) for name in split_names(text, Span(offset, offset + len(inside)), listed)]
    if names and all(_POST.fullmatch(name.name) for name in names):  # 分管副省长负责
        found.add("P", between)
        found.persons += [name.span for name in names]
        return True
    if not names or not all(is_body(name.name) for name in names):
        return False
    found.add(kind, between)
    found.parties += [marked_party(name, kind, verb) for name in names]
    return True
