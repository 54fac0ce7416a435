"""The content of a clause → segments: names with a label before them, or a verb behind them; times and persons.

Content is read on a mask in which nested brackets are blanked out; offsets are those of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from plan_graph.extraction.brackets import BLANK, OPEN, mask
from plan_graph.extraction.markers import BEFORE_A_LABEL, HOST, LABEL, NO_STOP, NOT_A_NAME, STRONG, VERB, is_time
from plan_graph.extraction.names import Name, plausible, split_names
from plan_graph.model import Span

EDGE = " \u3000\n\t"
_COMMAS = "，,；;。、"
# 牵头单位：甲局配合单位：…, where a line break was lost
_BEFORE_A_LABEL = _COMMAS + EDGE + "局厅委办部院会府组队司站社校\x00"
_CUT = re.compile(
    r"[，,；;。]|(?<=牵头)(?=会同)|(?<=牵头)[、 \u3000]+|(?<=[导责合])、|(?<=负责|配合|参与)[ \u3000]+"
    r"|(?<=参与|参加|协助|协办|主办|主责|承办|落实|实施)、"
    r"|(?<=牵头)(?=(?!单位|部门|机构|负责|落实|组织|实施|推进|办理|并|统筹)[^，。；、]{2,30}(?:配合|参与|协助|负责|落实)$)"
)
_JOINING = re.compile(r"会同|商(?=省|市|县|有关|国|各)|(?<=[局厅委部办])商|(?<=[局厅委部办])会(?=[省市县区])")
_PROSE = re.compile(
    r"^(?:鼓励|支持|引导|发挥|采取|通过|探索|坚持)|(?<!职能)(?<!设区)的|(?<!自)由|施行$|运行$|试行$|举行$|同行$|(?<!\d)(?!1[12]\d{1,3}(?!\d))\d{3}|牵头(?!单位|部门|机构)|负责|配合|参与"
)
# 涉及安置区的乡镇人民政府: a name that says which of a kind of bodies are meant
_WHICH_OF_A_KIND = re.compile(
    r"(?:涉及|承担|负有|具有|有|相关|有关|承接|位于|纳入|列入)[^的、，]{0,14}的[^的、，]{0,12}"
    r"(?:政府|单位|部门|机构|乡镇|街道|企业|委会|地区|园区)(?:[（(〔][^（）()]*[）)〕])?"
)
_KIND_OF_BODY = re.compile(
    "(?:牵头|责任|配合|参与|主办|承办|协办|主责|实施)(?:单位|部门)"
)  # in a sentence about clauses
MARK = re.compile("总?牵头(?:单位|部门)?|主责|配合")
_MARKED = re.compile(rf"(?P<name>.+?)[（(〔［\[【](?P<mark>{MARK.pattern})[）)〕］\]】]")
_CLOSING = ("）", ")", "〕", "］", "]", "】")
_LAST_WORDS = ("落实", "实施", "执行", "推进", "承担", "负责", "牵头")
_INCLUDED = re.compile(
    r"(?<=[省市县区州盟旗])[（(〔](?:不?含|包括)[^（）()〔〕]*[）)〕]"
)  # 各市（含辛集市，下同）主管部门
_IN_BRACKETS = re.compile(r"[（(〔\[].*[）)〕\]]")
_ACTING_LAST = re.compile(r"(?P<names>.+)[，,；;](?P<rest>[^，,；;：:]{2,}(?:配合|参与|参加|协助|协办))")
_REMARK = re.compile(
    r"(?P<name>.+?)[（(〔](?:(?:负责人|责任人|联系人|牵头人|责任领导|分管领导|联系电话)[：:]"
    r"|[按依].*(?:原则|职责|分工|要求|需要|权限)|含(?![\u4e00-\u9fff]{1,3}[局办委])|(?:以下)?简称|包括|[^（）()]*下同(?=[）)〕]$)).*[）)〕]"
)
# what stands behind the last verb and its stop, and says how or when: …配合；根据会议安排确定时间
_HOW = re.compile(r"(?:根据|依据|按照|视|待)(?!职责)[^；;。]{4,60}")
_MARKS = re.compile(r"[^：:。；;、，]{0,24}(?:加减分|[加扣减计评赋]分|[0-9０-９.]+ ?分)")
_ACTS_LATER = re.compile("牵头|负责|配合|参与|参加|协助|协同|落实|实施|指导|承担|推进")
_TOGETHER_WITH = re.compile(r"(?:并|并应|应)?会同(?P<names>[^，,；;。]+?)(?:共同)?(?:落实|实施|推进|办理|做好|开展)?")
_BY = re.compile(r"(?:具体|主要|统一)?由|会同|和(?![平田县林顺硕静政布龙])|与|联合|同(?![江心仁德安])")
# 责任单位：甲局牵头，乙局配合; after 部门分工： any verb says so
_SAYS_WHO_DOES_WHAT = {
    False: re.compile(r"牵头(?:[，,；;、]|$|会同)"),
    True: re.compile(
        r"(?:牵头|负责|配合|参与|落实|实施)(?:[，,；;、]|$|会同)"
        r"|[局厅委办府院门位司镇乡区\x00](?:具体|主要|共同)*(?:牵头|负责|配合|协助|组织实施)"
    ),
}
_LEADS_THEN = re.compile(r"(?P<who>.+牵头(?:负责|组织|落实)?)[，,；;](?P<rest>[^：:]+)")
_PLAINLY_A_BODY = re.compile(
    r"(?:[局厅委办部院]|政府|公司|银行|[支大]队|海关|部门|单位|委会|办公室)(?:[（(〔][^（）()]*[）)〕])?$"
    r"|^(?:各|有关|相关)|^[省市县区州旗镇][^，、]{1,12}(?:中心|[会社联])$"
)
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
_SEPARATORS = {",": "，", ";": "；", "": " "}
_LONGEST_NAME = 60
LIST_NUMBER = re.compile(r"(?:^|(?<=[\s、，；;]))[0-9０-９]{1,2}[.．、)）](?![0-9])[ \u3000]*")  # 1.甲局 2.乙局
# what says no more than that each name of a list is responsible: 相关部门按职责分工，各县政府
_EACH_FOR_ITS_PART = re.compile(
    r"(?<=[门位局委厅办院府构会\x00])按照?(?:各自)?(?:的)?职责(?:分工)?(?:负责|落实|配合|推进)?(?=[，,、；;]|$)"
)
_VERB_AT_END = re.compile(
    r"(?P<names>.*?)(?:按照?(?:各自)?(?:职责|职能)(?:分工)?|分工|分别|共同|具体|组织|负责|抓好|认真|切实|推动|做好)*+"
    r"(?:落实|实施|执行|推进|承担|(?<=负责)|(?<=职责|职能|分工|分别|共同)牵头)"
)


@dataclass(frozen=True, slots=True)
class Party:
    """One name of a clause with the kind and the label or verb it goes with."""

    name: Name
    kind: str
    label: str


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


def labelled(text: str, content: str, offset: int) -> Segments | None:
    """Cut content with labels; ``offset`` is where its mask ``content`` begins in the text.

    None where anything but a time stands before the first label, or a label has no name.
    """
    labels = [
        hit
        for hit in LABEL.finditer(content)
        if not (at := hit.start())
        or content[at - 1] in _BEFORE_A_LABEL
        or (STRONG.match(hit[0]) and content[at - 1] not in NO_STOP)
    ]
    if not labels:
        return None
    found = Segments()
    before = content[: labels[0].start()].strip(EDGE + _COMMAS)
    if before:
        at = content.index(before)
        if is_time(before) or BEFORE_A_LABEL.fullmatch(before):
            found.add("t", "")
            found.times.append(Span(offset + at, offset + at + len(before)))
        elif _MARKS.fullmatch(before):
            pass  # （据实加减分，牵头考核单位：甲局）: how a task is marked
        elif (labels[0].lastgroup or "")[0] in "TP" and (verbs := verbal(text, before, offset + at)):
            found = verbs  # 甲局牵头，乙局配合。完成时间：年底
        else:
            return None
    for hit, following in zip(labels, [*labels[1:], None], strict=True):
        begin = hit.end()
        inside = content[begin : following.start() if following else len(content)].rstrip(EDGE + _COMMAS)
        stretch = Span(offset + begin, offset + begin + len(inside))
        kind, label = (hit.lastgroup or "")[0], re.sub(r"[为是]$|[：:—\-\s]+$|\x00", "", hit[0])
        gap = content[: hit.start()].rstrip(EDGE)[-1:]
        between = _SEPARATORS.get(gap, gap) if gap in _COMMAS else " "
        found.hosts |= bool(HOST.match(label))
        if kind == "P":
            found.add("P", between)
            found.persons.append(Span(offset + hit.start(), stretch.end))
        elif kind == "T":
            found.add("T", between)
            found.times.append(stretch)
        elif kind == "R" and _SAYS_WHO_DOES_WHAT["分工" in label].search(inside):
            if not _acted(found, text, inside, stretch.begin, label, between):
                return None
        elif not _listed(found, text, inside, stretch.begin, kind, label, between):
            return None
    return found


def _acted(found: Segments, text: str, inside: str, offset: int, label: str, between: str) -> bool:
    """Add what a label such as 责任单位 says with verbs; names without a verb after those who lead are responsible."""
    verbs, rest = verbal(text, inside, offset), None
    if verbs is None and "分工" in label:
        verbs = divided(text, inside, offset)
    if verbs is None and (rest := _LEADS_THEN.fullmatch(inside)):  # 责任单位：甲局牵头，乙局、丙局
        verbs = verbal(text, rest["who"], offset)
    if verbs is None:
        return False
    found.add(verbs.kinds, between)
    found.parties += verbs.parties
    found.times += verbs.times
    return rest is None or _listed(found, text, rest["rest"], offset + rest.start("rest"), "r", label, "，")


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
        between = _SEPARATORS.get(gap, gap) or " "
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


def verbal_then_labelled(text: str, content: str, offset: int) -> Segments | None:
    """Cut content with verbs that ends with labels of times or persons: 甲局牵头，乙局配合；完成时限：年底前."""
    label = LABEL.search(content)
    if label is None or (label.lastgroup or "")[0] not in "TP":
        return None
    before = content[: label.start()].rstrip(EDGE)
    found = verbal(text, before.rstrip(_COMMAS), offset) if before[-1:] in _COMMAS else None
    last = labelled(text, content[label.start() :], offset + label.start()) if found and found.parties else None
    if found is None or last is None or last.parties:
        return None
    found.add(last.kinds, _SEPARATORS.get(before[-1], before[-1]))
    found.times += last.times
    found.persons += last.persons
    return found


def led_then_names(text: str, content: str, offset: int) -> Segments | None:
    """Read 甲局牵头，乙局、丙局, where those beside the lead have no verb, as long as all are plainly bodies."""
    hit = _LEADS_THEN.fullmatch(content)
    verbs = verbal(text, hit["who"], offset) if hit else None
    if hit is None or verbs is None or set(verbs.kinds) - set("l，；。、 "):
        return None
    rest = alone(text, hit["rest"], offset + hit.start("rest"), verbs.parties[0].label)
    if rest is None or not all(_PLAINLY_A_BODY.search(party.name.name) for party in rest.parties):
        return None
    verbs.add("s", "，")
    verbs.parties += [replace(party, kind="s") for party in rest.parties]
    return verbs


def alone(text: str, content: str, offset: int, label: str) -> Segments | None:
    """Read content as names alone, each a body or a collective, with the label of a rule; None if it holds more."""
    listed = content.replace("会同", "、、")
    names = [unremarked(n) for n in split_names(text, Span(offset, offset + len(content)), listed)]
    if not names or not all(_body(name.name) and not _KIND_OF_BODY.fullmatch(name.name) for name in names):
        return None
    found = Segments()
    found.add("N", "")
    found.parties += [marked_party(name, "R", label) for name in names]
    return found


def _listed(found: Segments, text: str, inside: str, offset: int, kind: str, label: str, between: str) -> bool:
    """Add the names after a label, if there is one at least.

    牵头单位：甲局，乙局配合 goes on with a verb. Times between commas go apart; a verb at the end (…具体组织实施)
    is no name; a piece that reads as no name is kept apart for a person to see.
    """
    if "。" in inside:
        return False
    acting = _ACTING_LAST.fullmatch(inside) if kind == "L" else None
    verbs = verbal(text, acting["rest"], offset + acting.start("rest")) if acting else None
    if acting and verbs:
        inside = acting["names"]
    verb = _VERB_AT_END.fullmatch(inside) if inside.endswith(_LAST_WORDS) else None
    if verb and verb["names"] and not is_time(re.split("[，,；;]", inside)[-1].strip(EDGE)):
        inside = verb["names"]
    parties: list[Party] = []
    odd: list[Span] = []
    times: list[Span] = []
    inside = LIST_NUMBER.sub(lambda hit: "，" * len(hit[0]), inside)
    for begin, end in _runs(inside, times, offset):
        listed = inside[begin:end].replace("会同", "、、")
        if "职责" in listed:
            listed = _EACH_FOR_ITS_PART.sub(lambda hit: " " * len(hit[0]), listed)
        for name in map(unremarked, split_names(text, Span(offset + begin, offset + end), listed)):
            if is_odd(name.name) or len(name.name) > _LONGEST_NAME:
                odd.append(name.span)
            else:
                parties.append(marked_party(name, kind, label))
    if not parties:
        return False
    found.add(kind, between)
    for _ in times:
        found.add("t", "，")
    found.parties += parties
    if verbs:
        found.add(verbs.kinds, "，")
        found.parties += verbs.parties
    found.odd += odd
    found.times += times
    return True


def _runs(inside: str, times: list[Span], offset: int) -> list[tuple[int, int]]:
    """Give the stretches of a list between the times in it; the times go to ``times``."""
    runs: list[tuple[int, int]] = []
    broken = True
    for piece in re.finditer(r"[^，,；;]+", inside):
        words = piece[0].strip(EDGE)
        if not words:
            continue
        if is_time(words):
            times.append(Span(offset + piece.start(), offset + piece.end()))
            broken = True
        elif broken:
            runs.append(piece.span())
            broken = False
        else:
            runs[-1] = (runs[-1][0], piece.end())
    return runs


def marked_party(name: Name, kind: str, label: str) -> Party:
    """Give the party of a name; 甲局（牵头） says in brackets what its one name does."""
    own = _MARKED.fullmatch(name.name) if name.name[-1:] in _CLOSING else None
    if own is None:
        return Party(name, kind, label)
    bare = replace(name, name=own["name"], span=Span(name.span.begin, name.span.begin + len(own["name"])))
    return Party(bare, "S" if own["mark"] == "配合" else "L", own["mark"])


def unremarked(name: Name) -> Name:
    """Take a bracket off a name that names a person or says how the body is concerned: 乙区政府（按属地原则）."""
    hit = _REMARK.fullmatch(name.name) if name.name[-1:] in _CLOSING else None
    if hit is None:
        return name
    return replace(name, name=hit["name"], span=Span(name.span.begin, name.span.begin + len(hit["name"])))


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
        between = _SEPARATORS.get(gap, gap) or " "
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
    if not names or not all(_body(name.name) for name in names):
        return False
    found.add(kind, between)
    found.parties += [marked_party(name, kind, verb) for name in names]
    return True


def _body(name: str) -> bool:
    return plausible(name) and not is_odd(name) and not (_PROSE.search(name) and not _WHICH_OF_A_KIND.fullmatch(name))


@lru_cache(8192)
def is_odd(name: str) -> bool:
    """Tell whether a piece of a list holds what no name does: outside its brackets, or a label anywhere."""
    name = _INCLUDED.sub("", name)
    if name[-1:] not in _CLOSING:
        return bool(NOT_A_NAME.search(name))
    return bool(NOT_A_NAME.search(_IN_BRACKETS.sub("", name)) or LABEL.search(name))
