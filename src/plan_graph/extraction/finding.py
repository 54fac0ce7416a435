"""All clauses of a text, in brackets and in sentences, and what looks like one but is not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from plan_graph.extraction.brackets import Group, groups, mask, unclosed
from plan_graph.extraction.clause import (
    Reading,
    label_for_all,
    likely,
    read_alone,
    read_group,
    read_sentence,
)
from plan_graph.extraction.document_rules import Says, Statement, statements
from plan_graph.extraction.events import events
from plan_graph.extraction.markers import BULLETS, LABEL, NO_STOP, STRONG, is_time
from plan_graph.extraction.names import NAME_ENDS, mostly_bodies
from plan_graph.extraction.parties import MARK
from plan_graph.extraction.persons import names_a_person
from plan_graph.extraction.prose import last_sentences, prose
from plan_graph.extraction.taken import Taken
from plan_graph.extraction.unread_tables import cells_of_bodies, lines_of_bodies
from plan_graph.model.plan import Doubt
from plan_graph.model.text import Span

# a bracket group that no rule reads and that holds one of these is reported
_LOOKS = re.compile(
    r"牵头(?:[单部考，,；;、：:]|$)"
    r"|(?:责任|主办|承办|协办|配合|参与|参加|协同|协助|支持|负责|落实|指导|实施|主管|协管|督导)(?:[^，。；（）]{0,4}(?:单位|部门|领导|人))?\s*[：:]"
    r"|(?:负责|配合|参与|落实|主办|承办|协办|督办|主责|协同|协助)。?$"
    r"|[局厅委办院府位门司会镇乡](?:业务|具体|统筹|检查|监督|组织)*(?:指导|督导|督促|实施|推进|承担)。?$"
)
_BRACKET_BEHIND = re.compile(r"[（(〔][^（()）〔〕]*[）)〕]$")
_OF_AN_OFFICE = re.compile(r"[局委办部厅府会院][^、，]{2,8}[处科股室]$")  # 区经济发展局农业处
_LINE_END = re.compile(r"[ \u3000]*\n[ \u3000]*(?=[^\s])")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]")
# what after a label that is not read is worth a look
_SAYS_WHO = re.compile("牵头|责任单位|责任部门|配合单位|分工[：:].*(?:负责|配合|指导|落实|实施|承担)")
_COLON = re.compile(r"[：:]")
_FIELD_NUMBER = re.compile(
    r"\n[ \t\u3000]*[（(]?[0-9]{1,2}[.．、）)][ \u3000]*$"
)  # 2.牵头单位：甲局 / 3.责任单位：乙局
_FURTHEST = 18  # no label is longer
_LONGEST = 400  # nor a list of names outside brackets
_LABEL_BEFORE = re.compile(
    r"(?:单位|部门|机构|主体|领导|同志|人|时限|时间|期限|日期|节点|要求|安排|分工|责任|牵头|主责|考核|配合|协办|参与|主办|承办|协同|协助"
    r"|指导|支持|协作|参加|会办|会商|进度|处室|科室|股室|站所|科[（(]室)[）)]?[ \u3000]*$"
)
_BOUNDARY = "\n。；;，,）)〕］】：:！？”"
# the number of the next item ends a list too, where a text came on one line
_STOP = re.compile(
    r"[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)]|(?P<number>[0-9]{1,2}[.．、][ \u3000]?(?=[\u4e00-\u9fff“]))"
    r"|(?<=[局委厅办部府日底会处社院行司心队道镇县市区门位关联协校所站科室合责）)])"
    r"[ \u3000]*[一二三四五六七八九十]{1,3}、(?=[\u4e00-\u9fff])"
    r"|以上(?:各项)?(?:措施|政策|任务|意见)|本(?:措施|意见|方案|办法|通知|计划|政策|规定)(?:自|由|有效)|附件[：:]"
    r"|[。；;\n（〔(）〕)]"
)
# a sentence that says that somebody is not listed again, with what it says they do
_NOT_AGAIN = re.compile(r"不再(?:逐一|一一|重复|另行|单独|分别)?(?:列出|列示|赘列|罗列|列举|列名|单列)")
_DO = re.compile("负责|落实|实施|配合|参与|责任")
_LONGEST_SENTENCE = 150
_BY_ORDER = "牵头单位"  # the label of those whose place in the list says who leads
_NUMBERED = re.compile(r"[ \u3000]*[0-9]{1,2}[.．、]")  # 责任单位：1.甲局 2.乙局
_BULLET = re.compile(rf"(?:^|\n)[ \t\u3000]*(?P<mark>[{BULLETS}]{{1,2}})[ \t\u3000]*$")
_BULLET_ITSELF = re.compile(rf"[{BULLETS}]{{1,2}}[ \t\u3000]*")


# the heads of a table that could not be read as one: 序号  工作任务  责任单位, side by side or under one another
_HEAD = r"[^\s，。；：、（）()|]"
_GAP = r"[ \t\u3000|]"
_HEAD_OF_BODIES = rf"{_HEAD}{{0,4}}(?:责任|牵头|配合|主办|协办|负责){_HEAD}{{0,4}}(?:单位|部门|主体|[科处股]室)"
_HEADS = re.compile(
    rf"(?m)^{_GAP}*(?=[^\n]*(?:序号|任务|事项|措施|举措|内容|工作))"
    rf"(?:{_HEAD}{{2,12}}{_GAP}+){{1,6}}{_HEAD_OF_BODIES}(?:{_GAP}+{_HEAD}{{1,12}}){{0,6}}{_GAP}*$"
    rf"|^{_GAP}*(?:序号|(?:工作|重点|主要|目标)?(?:任务|事项|内容)|(?:工作|主要|具体)?(?:措施|举措)){_GAP}*\n[\s|]*"
    rf"(?:{_HEAD}{{2,12}}{_GAP}*\n[\s|]*){{0,5}}?{_HEAD_OF_BODIES}{_GAP}*$"
)


@dataclass(frozen=True)
class Found:
    """The readings and the statements outside them, in order, and what a person should look at."""

    readings: tuple[Reading, ...]
    loose: tuple[Statement, ...]
    doubts: tuple[Doubt, ...]


def find(text: str, within: Span, but: Sequence[Span] = ()) -> Found:
    """Find the clauses in a stretch of text, outside the stretches ``but`` (tables).

    Each kind of form is one pass over the text: linear in its length.
    """
    readings: list[Reading] = []
    doubts: list[Doubt] = []
    taken = Taken(but)
    marked: list[Span] = []
    said = list(statements(text, within))
    in_brackets = list(groups(text, within))
    ruled = _ruled_by_a_sentence(said, in_brackets)
    stated = ""  # the label of a rule that a clause with a verb states
    alone = ""  # the label by which a rule says who leads among names alone
    for group in in_brackets:
        if group.span in taken:
            continue
        reading = read_group(text, group) if likely(group.mask) else None
        reading = reading or _names_of_a_rule(text, group, alone, stated, ruled)
        if reading:
            readings.append(reading)
            doubts += _left_over(reading)
            taken.add(group.span)
            if reading.rule.name == "B8" and any(s.wide for s in reading.statements):
                alone = reading.parties[0].label
            alone = label_for_all(text, reading) or alone
            stated = stated or _stated(reading)
        elif MARK.fullmatch(group.mask):
            marked.append(group.span)  # of a name of a list: the label before it tells
        elif likely(group.mask) and any(s.span.end == group.span.end - 1 for s in statements(text, group.span)):
            continue  # says of all clauses who leads
        elif _listed(text, group) and (names_alone(group.mask) or _names_mostly(text, group)):
            doubts.append(Doubt(group.span, "clause"))
        elif not likely(group.mask):
            continue
        elif _LOOKS.search(group.mask):
            label = LABEL.match(group.mask.strip())
            person = label is not None and (label.lastgroup or "").startswith("P")
            doubts.append(Doubt(group.span, "person" if person else "clause"))
            taken.add(group.span)
    readings += (never_closed := _never_closed(text, within, taken))
    doubts += [doubt for reading in never_closed for doubt in _left_over(reading)]
    labels, unread = _sentences_with_labels(text, within, taken)
    readings += labels
    doubts += unread
    doubts += _without_a_list(text, within, taken, marked)
    in_prose, unread = prose(text, within, taken, Taken(r.span for r in readings))
    readings += in_prose
    doubts += unread
    readings += last_sentences(text, within, taken, [d.span for d in doubts])
    inside = Taken(r.span for r in readings)
    loose = tuple(s for s in said if s.span not in inside)
    in_loose = Taken(s.span for s in loose)
    doubts = [d for d in doubts if d.kind != "sentence" or d.span not in in_loose]
    doubts += _not_added(text, within, Taken([*(s.span for s in said), *(d.span for d in doubts)]))
    return Found(tuple(sorted(readings, key=lambda r: r.span)), loose, tuple(sorted(doubts, key=lambda d: d.span)))


def _ruled_by_a_sentence(said: Sequence[Statement], in_brackets: Sequence[Group]) -> str:
    """Give a label if a sentence outside brackets says who leads in all clauses: names alone may be clauses then."""
    brackets = Taken(group.span for group in in_brackets)
    ordered = (Says.FIRST_LEADS, Says.BEFORE_COMMA_LEADS)
    return _BY_ORDER if any(s.says in ordered and s.span not in brackets for s in said) else ""


def _not_added(text: str, within: Span, known: Taken) -> list[Doubt]:
    """Report the sentences that speak of parties not listed again and were read as no statement."""
    found: list[Doubt] = []
    for hit in _NOT_AGAIN.finditer(text, within.begin, within.end):
        begin = max(within.begin, hit.start() - _LONGEST_SENTENCE)
        before = re.split(r"[。；;\n]", text[begin : hit.start()])[-1].lstrip("（(〔[ \u3000")
        span = Span(hit.start() - len(before), hit.end())
        if _DO.search(before) and span not in known:
            found.append(Doubt(span, "sentence"))
    return found


def _never_closed(text: str, within: Span, taken: Taken) -> list[Reading]:
    """Read the brackets that are never closed and hold nothing but a clause up to the end of the line."""
    found: list[Reading] = []
    for group in unclosed(text, within):
        if group.span not in taken and likely(group.mask) and (reading := read_group(text, group)):
            found.append(reading)
            taken.add(group.span)
    return found


def _without_a_list(text: str, within: Span, taken: Taken, marked: Sequence[Span]) -> list[Doubt]:
    """Give the marks of names that no list took, and the heads and the lines of tables that were not read."""
    heads = [Span(*hit.span()) for hit in _HEADS.finditer(text, within.begin, within.end)]
    unread = [head for head in heads if head not in taken]
    ends = [text.find("\n", head.begin, within.end) for head in unread[1:]]  # from there on it is the next head's turn
    rows = [
        line
        for head, end in zip(unread, [*ends, -1], strict=False)
        for line in lines_of_bodies(text, head.end, end if end >= 0 else within.end)
    ]
    found: list[Doubt] = []
    for span in sorted({*marked, *heads, *rows, *cells_of_bodies(text, within.begin, within.end)}):
        if span not in taken:
            found.append(Doubt(span, "clause"))
            taken.add(span)
    return found


def _listed(text: str, group: Group) -> bool:
    """Tell whether a bracket stands behind a sentence or holds a list, or ends a numbered line: 1.甲行动（乙局）."""
    if "、" in group.mask or text[group.span.begin - 1 : group.span.begin] in ("。", "；"):
        return True
    if text[group.span.end : group.span.end + 1] not in ("\n", ""):
        return False
    before = text[text.rfind("\n", 0, group.span.begin) + 1 : group.span.begin].strip()
    return bool(_ITEM.match(before)) and not NAME_ENDS.search(before) and not _OF_AN_OFFICE.search(before)


def names_alone(masked: str) -> bool:
    """Tell whether a bracket holds names and nothing else: who they are to the task it does not say."""
    pieces = [one for one in re.split("[、，,；;]", masked) if not is_time(one)]
    return (
        bool(pieces)
        and not masked.startswith(("包括", "含", "如", "例如", "即"))
        and all(
            2 <= len(one) <= 30
            and (NAME_ENDS.search(one) or _OF_AN_OFFICE.search(one))
            and not re.search(r"[\s。；：“”]", one)
            for one in pieces
        )
    )


def _names_mostly(text: str, group: Group) -> bool:
    """Tell whether a list behind a sentence begins with a name and is names by half at least: 甲局、某市、乙局."""
    pieces = [one for one in re.split("[、，,；;]", group.mask) if not is_time(one)]
    named = [
        bool(NAME_ENDS.search(one) or one.startswith(("各", "有关", "相关")) or one.endswith("科协")) for one in pieces
    ]
    return (
        len(pieces) > 1
        and named[0]
        and 2 * sum(named) >= len(named)
        and text[group.span.begin - 1 : group.span.begin] in ("。", "；")
        and all(2 <= len(one) <= 30 and not re.search(r"[\s。：“”]", one) for one in pieces)
    )


def _stated(reading: Reading) -> str:
    """Give a label if a clause states who leads in all below: names alone behind a sentence are read so too."""
    wide = any(s.wide and s.says in (Says.FIRST_LEADS, Says.BEFORE_COMMA_LEADS) for s in reading.statements)
    return _BY_ORDER if wide else ""


def _names_of_a_rule(text: str, group: Group, alone: str, stated: str, ruled: str) -> Reading | None:
    """Read a bracket of nothing but names, of which a rule says who leads: anywhere, or behind a sentence only.

    ``alone``, ``stated`` and ``ruled`` are the labels of rules that clauses of names alone, clauses with a verb and
    sentences state, or "".
    """
    if not (alone or stated or ruled):
        return None
    if ruled and _listed(text, group) and names_alone(group.mask):
        return read_alone(text, group, ruled)
    if alone and names_alone(group.mask):
        return read_alone(text, group, alone)
    behind = text[group.span.begin - 1 : group.span.begin] in ("。", "；", "\n")
    if not behind or re.search(r"[\s。；：“”]|^(?:包括|含|如|例如|即)", group.mask):
        return None
    reading = read_alone(text, group, alone or stated or ruled)
    return reading if reading and all(_ends_as_a_body(p.name.name) for p in reading.parties) else None


def _ends_as_a_body(name: str) -> bool:
    name = _BRACKET_BEHIND.sub("", name)
    return bool(NAME_ENDS.search(name) or name.endswith(("总社", "学会")) or name.startswith(("各", "有关", "相关")))


def _left_over(reading: Reading) -> list[Doubt]:
    persons = [*reading.persons, *(party.name.span for party in reading.parties if names_a_person(party.name.name))]
    return [*(Doubt(p, "person") for p in persons), *(Doubt(o, "clause") for o in reading.odd)]


def _sentences_with_labels(text: str, within: Span, taken: Taken) -> tuple[list[Reading], list[Doubt]]:
    """Read ``牵头单位：…。责任单位：…。`` outside brackets: labels that follow each other are one clause."""
    runs: list[list[Span]] = []  # of labels with their names
    kinds = ""  # of the labels of the last run
    for colon in _COLON.finditer(text, within.begin, within.end):
        if not _LABEL_BEFORE.search(text, max(within.begin, colon.start() - 8), colon.start()):
            continue
        first = max(within.begin, colon.start() - _FURTHEST)
        label = next((hit for hit in LABEL.finditer(text, first, colon.end()) if hit.end() >= colon.end()), None)
        if label is None:
            continue
        bullet = _BULLET.search(text, max(within.begin, label.start() - 8), label.start())
        opens = bullet.start("mark") if bullet else label.start()
        before = text[max(within.begin, opens - 8) : opens].rstrip(" \t\u3000")
        if before and before[-1] not in _BOUNDARY and not (STRONG.match(label[0]) and before[-1] not in NO_STOP):
            continue
        first = _goes_on(text, colon.end())
        stop = _list_end(text, first, min(within.end, first + _LONGEST + 1))
        span = Span(opens, stop)
        if span in taken or stop - colon.end() > _LONGEST:
            continue
        kind = (label.lastgroup or "")[0]
        between = text[runs[-1][-1].end : span.begin] if runs else "-"
        another = kind == "L" and bool(set(kinds) & set("LRSG")) and between.count("\n") > 1
        if runs and not _FIELD_NUMBER.sub("", between).strip("。；;，, \t\u3000\n") and not another:
            runs[-1].append(span)  # blank lines may part the labels of one clause, but a lead after them begins another
            kinds += kind
        else:
            runs.append([span])
            kinds = kind
    readings: list[Reading] = []
    doubts: list[Doubt] = []
    for run, is_an_event in zip(runs, events(text, runs), strict=True):
        if is_an_event:
            continue
        end = run[-1].end
        whole = Span(run[0].begin, end + (text[end : end + 1] in ("。", "；")))
        bullet = _BULLET_ITSELF.match(text, whole.begin)
        reading = read_sentence(text, Span(bullet.end() if bullet else whole.begin, end))
        if reading and mostly_bodies([p.name.name for p in reading.parties]):
            readings.append(replace(reading, span=whole))
            doubts += _left_over(reading)
            taken.add(whole)
        elif _SAYS_WHO.search(text, whole.begin, whole.end):
            label = LABEL.match(text, whole.begin, whole.end)
            person = label is not None and (label.lastgroup or "").startswith("P")
            doubts.append(Doubt(whole, "person" if person else "clause"))
            taken.add(whole)
    return readings, doubts


def _goes_on(text: str, begin: int) -> int:
    """Give where names after a label begin: on the next line, where the label ends its own and no label follows."""
    hit = _LINE_END.match(text, begin)
    return hit.end() if hit and not LABEL.match(text, hit.end()) and not _ITEM.match(text, hit.end()) else begin


def _list_end(text: str, begin: int, end: int) -> int:
    """Give where the names after a label end; a semicolon may part them (责任单位：甲局；各县政府。)."""
    stop = _stop(text, begin, end)
    while text[stop : stop + 1] in ("；", ";") and stop > begin:
        following = _stop(text, stop + 1, end)
        if not names_alone(mask(text[stop + 1 : following])):
            break
        stop = following
    return stop


def _stop(text: str, begin: int, end: int) -> int:
    """Give where names after a label end: a stop, a line end, or a bracket that was not opened after it."""
    depth = 0
    numbered = _NUMBERED.match(text, begin)
    for hit in _STOP.finditer(text, begin, end):
        if hit["number"] and numbered:
            continue
        if len(hit[0]) > 1 and not depth:
            return hit.start()
        if hit[0] in "（〔(":
            depth += 1
        elif hit[0] in "）〕)":
            if not depth:
                return hit.start()
            depth -= 1
        elif hit[0] == "\n" and not depth and _listed_on(text, hit.start()):
            continue
        elif not depth or hit[0] == "\n":
            return hit.start()
    return end


def _listed_on(text: str, line_end: int) -> bool:
    """Tell whether a list goes on in the next line: 责任单位：甲局、 / 乙局. After a comma it must be names alone."""
    following = _LINE_END.match(text, line_end)
    if following is None or text[line_end - 1] not in "、，,":
        return False
    if text[line_end - 1] != "、":
        end = text.find("\n", following.end())
        rest = text[following.end() : end if end >= 0 else len(text)].rstrip(" \u3000。；;")
        if len(rest) > _LONGEST or not names_alone(mask(rest)):
            return False
    return not LABEL.match(text, following.end()) and not _ITEM.match(text, following.end())
