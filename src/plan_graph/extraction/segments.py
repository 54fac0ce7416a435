"""The content of a clause → segments: names with a label before them, times and persons.

Content is read on a mask in which nested brackets are blanked out; offsets are those of the text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from plan_graph.extraction.acting import EDGE, SEPARATORS, Segments, divided, verbal
from plan_graph.extraction.markers import BEFORE_A_LABEL, HOST, LABEL, NO_STOP, STRONG, is_time
from plan_graph.extraction.names import split_names
from plan_graph.extraction.parties import Party, is_body, is_odd, marked_party, unremarked
from plan_graph.model.text import Span

_COMMAS = "，,；;。、"
# 牵头单位：甲局配合单位：…, where a line break was lost
_BEFORE_A_LABEL = _COMMAS + EDGE + "局厅委办部院会府组队司站社校\x00"
_KIND_OF_BODY = re.compile(
    "(?:牵头|责任|配合|参与|主办|承办|协办|主责|实施)(?:单位|部门)"
)  # in a sentence about clauses
_LAST_WORDS = ("落实", "实施", "执行", "推进", "承担", "负责", "牵头")
_ACTING_LAST = re.compile(r"(?P<names>.+)[，,；;](?P<rest>[^，,；;：:]{2,}(?:配合|参与|参加|协助|协办))")
_MARKS = re.compile(r"[^：:。；;、，]{0,24}(?:加减分|[加扣减计评赋]分|[0-9０-９.]+ ?分)")
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
        between = SEPARATORS.get(gap, gap) if gap in _COMMAS else " "
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
    found.add(last.kinds, SEPARATORS.get(before[-1], before[-1]))
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
    if not names or not all(is_body(name.name) and not _KIND_OF_BODY.fullmatch(name.name) for name in names):
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
