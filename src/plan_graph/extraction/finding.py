"""All clauses of a text, in brackets and in sentences, and what looks like one but is not read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from plan_graph.extraction.brackets import Group, groups, mask, unclosed
from plan_graph.extraction.clause import (
    Reading,
    label_for_all,
    likely,
    read_alone,
    read_group,
    read_plain,
    read_sentence,
)
from plan_graph.extraction.document_rules import Says, Statement, statements
from plan_graph.extraction.events import events, hosted
from plan_graph.extraction.markers import BULLETS, LABEL, NO_STOP, STRONG, is_time
from plan_graph.extraction.names import plausible
from plan_graph.extraction.segments import MARK
from plan_graph.model import Doubt, Span

# a bracket group that no rule reads and that holds one of these is reported
_LOOKS = re.compile(
    r"牵头(?:[单部考，,；;、：:]|$)"
    r"|(?:责任|主办|承办|协办|配合|参与|参加|协同|协助|支持|负责|落实|指导|实施|主管|协管|督导)(?:[^，。；（）]{0,4}(?:单位|部门|领导|人))?\s*[：:]"
    r"|(?:负责|配合|参与|落实|主办|承办|协办|督办|主责|协同|协助)。?$"
)
_NAME_ENDS = re.compile(
    r"(?:[局厅委办部署院联]|^各[市县区州旗]|^(?:各|有关|相关)[^、，]{1,12}(?:乡镇|镇街?|街道|村)|政府|委会|公司|集团|部门|单位|中心|办公室|海关|[分支银]行|[促联工协学]会|[总支大]队)\x00*$"
)
_BRACKET_BEHIND = re.compile(r"[（(〔][^（()）〔〕]*[）)〕]$")
_LINE_END = re.compile(r"[ \u3000]*\n[ \u3000]*(?=[^\s])")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]")
_ITEM_AFTER = re.compile(rf"(?<=[。；）)〕])[ \u3000]*(?:{_ITEM.pattern}|[一二三四五六七八九十]是)")
_COLON = re.compile(r"[：:]")
_LISTED = 4  # names of a list, of which one may read as no body
_SHORT = 20
_FIELD_NUMBER = re.compile(
    r"\n[ \t\u3000]*[（(]?[0-9]{1,2}[.．、）)][ \u3000]*$"
)  # 2.牵头单位：甲局 / 3.责任单位：乙局
_FURTHEST = 18  # no label is longer
_LONGEST = 400  # nor a list of names outside brackets
_SENTENCE = 600  # nor a sentence
_LABEL_BEFORE = re.compile(
    r"(?:单位|部门|机构|主体|领导|同志|人|时限|时间|期限|日期|节点|要求|安排|分工|责任|牵头|主责|考核|配合|协办|参与|主办|承办|协同|协助"
    r"|指导|支持|协作|参加|会办|会商|进度|处室|科室|股室|站所|科[（(]室)[）)]?[ \u3000]*$"
)
_BOUNDARY = "\n。；;，,）)〕］】：:！？”"
# the number of the next item ends a list too, where a text came on one line
_STOP = re.compile(
    r"[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)]|(?P<number>[0-9]{1,2}[.．、](?=[\u4e00-\u9fff“]))"
    r"|(?<=[局委厅办部府日底会处社院行司心队道镇县市区门位关联协校所站）)])"
    r"[ \u3000]*[一二三四五六七八九十]{1,3}、(?=[\u4e00-\u9fff])"
    r"|以上(?:各项)?(?:措施|政策|任务|意见)|本(?:措施|意见|方案|办法|通知|计划|政策|规定)(?:自|由|有效)|附件[：:]"
    r"|[。；;\n（〔(）〕)]"
)
_NUMBERED = re.compile(r"[ \u3000]*[0-9]{1,2}[.．、]")  # 责任单位：1.甲局 2.乙局
# prose that says who is to lead or to answer for something
# 责任单位为县甲局: a label in a sentence, at its beginning or after a comma
_LABEL_IS = re.compile(r"(?<![^。；;，,\s）)])(?:牵头|责任|配合)(?:单位|部门)[为是](?=[省市县区国中各])")
# …开工。县甲局负责。 names and nothing else before 负责, in the last sentence of a paragraph
_RESPONSIBLE = re.compile(r"(?<=[。；;])[^。；;：:\n]{2,100}负责(?:落实|实施|组织实施)?(?=。?[ \u3000]*(?:\n|$))")
_PROSE = re.compile(
    _LABEL_IS.pattern
    + r"|牵头|分工(?:负责|落实|配合|实施)|分别负责|由[^，。；\n]{2,60}?(?:负责|承担|主办|承办|组织落实|组织实施)"
    r"|会同[^，。；\n]{2,30}?(?:部门|单位|局|厅|委)"
)
_HELPED = re.compile(r"由[^，。；]{2,80}(?:牵头|负责)[，,][^。；]{2,160}?(?:配合|参与|参加|协助|协同)(?=[，,])")
# by whom, at the beginning of a part of a sentence: 关于甲的问题，由乙部会同丙部负责
_BY_AND_WITH = re.compile(
    r"(?<![^，,。；;：:）)．.、\s])由[^，。；]{2,80}(?:负责|承办)[，,][^。；]{2,160}(?:配合|参与|参加|协助|协办|协同|支持)"
)
_TOGETHER = re.compile(
    r"(?<![^，,。；;：:）)\s])由[^，。；]{2,40}(?:会同|(?<=[局厅委部办])会(?=[省市县区]))[^，。；]{2,160}"
    r"(?:负责(?:落实|组织实施)?|组织(?:落实|实施)|研究提出[^，。；]{0,6}(?:意见|方案))"
    r"(?=[。；;\n]|$)"
)
_IN_PROSE = ("C9", "C11", "C13", "C14")  # rules for whole sentences
_KINDS_OF_ACTORS = re.compile(
    r"(?:龙头|骨干|领军|链主|重点|国有|民营|科技|各类|省内|市内)*(?:企业|高校|院校|院所|科研院所|科研机构|学校|医院|社会|市场|行业协会|协会"
    r"|金融机构|银行|社会组织|基层|农户|合作社)+"
)
_BULLET = re.compile(rf"(?:^|\n)[ \t\u3000]*(?P<mark>[{BULLETS}]{{1,2}})[ \t\u3000]*$")
_BULLET_ITSELF = re.compile(rf"[{BULLETS}]{{1,2}}[ \t\u3000]*")
_NO_PROSE = re.compile(
    r"负责解释|龙头|企业牵头|牵头(?:制定|参与|建设|申报|承担|实施|组建|开展)[^。；]{0,4}(?:标准|项目)"
)


# the heads of a table that could not be read as one: 序号  工作任务  责任单位, side by side or under one another
_HEAD = r"[^\s，。；：、（）()]"
_HEAD_OF_BODIES = rf"{_HEAD}{{0,4}}(?:责任|牵头|配合|主办|协办){_HEAD}{{0,4}}(?:单位|部门|主体)"
_HEADS = re.compile(
    rf"(?m)^[ \t\u3000]*(?=[^\n]*(?:序号|任务|事项|措施|举措|内容|工作))"
    rf"(?:{_HEAD}{{2,12}}[ \t\u3000]+){{1,6}}{_HEAD_OF_BODIES}"
    rf"(?:[ \t\u3000]+{_HEAD}{{1,12}}){{0,6}}[ \t\u3000]*$"
    rf"|^[ \t\u3000]*序号[ \t\u3000]*\n\s*(?:{_HEAD}{{2,12}}[ \t\u3000]*\n\s*){{1,5}}?{_HEAD_OF_BODIES}[ \t\u3000]*$"
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
    taken = _Taken(but)
    marked: list[Span] = []
    stated = ""  # the label of a rule that a clause with a verb states
    alone = ""  # the label by which a rule says who leads among names alone
    for group in groups(text, within):
        if group.span in taken:
            continue
        reading = read_group(text, group) if likely(group.mask) else None
        if reading is None and (alone or stated):
            reading = _names_of_a_rule(text, group, alone, stated)
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
        elif _listed(text, group) and _names_alone(group.mask):
            doubts.append(Doubt(group.span, "clause"))
        elif not likely(group.mask):
            continue
        elif _LOOKS.search(group.mask):
            label = LABEL.match(group.mask.strip())
            person = label is not None and (label.lastgroup or "").startswith("P")
            doubts.append(Doubt(group.span, "person" if person else "clause"))
            taken.add(group.span)
    never_closed = _never_closed(text, within, taken)
    readings += never_closed
    doubts += [doubt for reading in never_closed for doubt in _left_over(reading)]
    labels, unread = _sentences_with_labels(text, within, taken)
    readings += labels
    doubts += unread
    doubts += _without_a_list(text, within, taken, marked)
    prose, unread = _prose(text, within, taken, _Taken(r.span for r in readings))
    readings += prose
    doubts += unread
    readings += _last_sentences(text, within, taken, [d.span for d in doubts])
    inside = _Taken(r.span for r in readings)
    loose = tuple(s for s in statements(text, within) if s.span not in inside)
    said = _Taken(s.span for s in loose)
    doubts = [d for d in doubts if d.kind != "sentence" or d.span not in said]
    return Found(tuple(sorted(readings, key=lambda r: r.span)), loose, tuple(sorted(doubts, key=lambda d: d.span)))


def _never_closed(text: str, within: Span, taken: _Taken) -> list[Reading]:
    """Read the brackets that are never closed and hold nothing but a clause up to the end of the line."""
    found: list[Reading] = []
    for group in unclosed(text, within):
        if group.span not in taken and likely(group.mask) and (reading := read_group(text, group)):
            found.append(reading)
            taken.add(group.span)
    return found


def _without_a_list(text: str, within: Span, taken: _Taken, marked: Sequence[Span]) -> list[Doubt]:
    """Give the marks of names that no list took, and the heads of tables that were not read."""
    heads = [Span(*hit.span()) for hit in _HEADS.finditer(text, within.begin, within.end)]
    found: list[Doubt] = []
    for span in sorted([*marked, *heads]):
        if span not in taken:
            found.append(Doubt(span, "clause"))
            taken.add(span)
    return found


def _listed(text: str, group: Group) -> bool:
    """Tell whether a bracket stands behind a sentence or holds a list."""
    return "、" in group.mask or text[group.span.begin - 1 : group.span.begin] in ("。", "；")


def _names_alone(masked: str) -> bool:
    """Tell whether a bracket holds names and nothing else: who they are to the task it does not say."""
    pieces = [one for one in re.split("[、，,；;]", masked) if not is_time(one)]
    return (
        bool(pieces)
        and not masked.startswith(("包括", "含", "如", "例如", "即"))
        and all(
            2 <= len(one) <= 30 and _NAME_ENDS.search(one) and not re.search(r"[\s。；：“”]", one) for one in pieces
        )
    )


def _stated(reading: Reading) -> str:
    """Give a label if a clause states who leads in all below: names alone behind a sentence are read so too."""
    wide = any(s.wide and s.says in (Says.FIRST_LEADS, Says.BEFORE_COMMA_LEADS) for s in reading.statements)
    return "牵头单位" if wide else ""


def _names_of_a_rule(text: str, group: Group, alone: str, stated: str) -> Reading | None:
    """Read a bracket of nothing but names, of which a rule says who leads: anywhere, or behind a sentence only."""
    if alone and _names_alone(group.mask):
        return read_alone(text, group, alone)
    behind = text[group.span.begin - 1 : group.span.begin] in ("。", "；", "\n")
    if not behind or re.search(r"[\s。；：“”]|^(?:包括|含|如|例如|即)", group.mask):
        return None
    reading = read_alone(text, group, alone or stated)
    return reading if reading and all(_ends_as_a_body(p.name.name) for p in reading.parties) else None


def _ends_as_a_body(name: str) -> bool:
    name = _BRACKET_BEHIND.sub("", name)
    return bool(_NAME_ENDS.search(name) or name.endswith(("总社", "学会")) or name.startswith(("各", "有关", "相关")))


def _left_over(reading: Reading) -> list[Doubt]:
    return [*(Doubt(p, "person") for p in reading.persons), *(Doubt(o, "clause") for o in reading.odd)]


class _Taken:
    """Disjoint stretches that are spoken for."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)

    def __contains__(self, span: Span) -> bool:
        before = bisect_right(self.spans, span.begin, key=lambda s: s.begin)
        if before and self.spans[before - 1].end > span.begin:
            return True
        return before < len(self.spans) and self.spans[before].begin < span.end

    def beginning(self, begin: int, end: int) -> list[Span]:
        """Give those that begin in a stretch."""
        first = bisect_left(self.spans, begin, key=lambda s: s.begin)
        return self.spans[first : bisect_left(self.spans, end, key=lambda s: s.begin)]

    def add(self, span: Span) -> None:
        self.spans.insert(bisect_right(self.spans, span), span)


def _sentences_with_labels(text: str, within: Span, taken: _Taken) -> tuple[list[Reading], list[Doubt]]:
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
        if reading and _mostly_bodies([p.name.name for p in reading.parties]):
            readings.append(replace(reading, span=whole))
            doubts += _left_over(reading)
            taken.add(whole)
        elif re.search("牵头|责任单位|责任部门|配合单位", text[whole.begin : whole.end]):
            label = LABEL.match(text, whole.begin, whole.end)
            person = label is not None and (label.lastgroup or "").startswith("P")
            doubts.append(Doubt(whole, "person" if person else "clause"))
            taken.add(whole)
    return readings, doubts


def _goes_on(text: str, begin: int) -> int:
    """Give where names after a label begin: on the next line, where the label ends its own and no label follows."""
    hit = _LINE_END.match(text, begin)
    return hit.end() if hit and not LABEL.match(text, hit.end()) and not _ITEM.match(text, hit.end()) else begin


def _mostly_bodies(names: Sequence[str]) -> bool:
    """Tell whether names read as bodies: all of two, most of more (中国科大 among others has no ending of a body)."""
    odd = sum(not plausible(name) for name in names)
    return not odd or (len(names) >= _LISTED and odd * _LISTED <= len(names) and all(len(n) <= _SHORT for n in names))


def _list_end(text: str, begin: int, end: int) -> int:
    """Give where the names after a label end; a semicolon may part them (责任单位：甲局；各县政府。)."""
    stop = _stop(text, begin, end)
    while text[stop : stop + 1] in ("；", ";") and stop > begin:
        following = _stop(text, stop + 1, end)
        if not _names_alone(mask(text[stop + 1 : following])):
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
        if len(rest) > _LONGEST or not _names_alone(mask(rest)):
            return False
    return not LABEL.match(text, following.end()) and not _ITEM.match(text, following.end())


def _prose(text: str, within: Span, taken: _Taken, clauses: _Taken) -> tuple[list[Reading], list[Doubt]]:
    """Read whole sentences such as 由甲局牵头，乙局配合; report other prose that says who leads.

    Where a clause follows in the same paragraph it is that which says so, and the sentence tells how.
    """
    readings: list[Reading] = []
    doubts: list[Doubt] = []
    last = -1
    for hit in _PROSE.finditer(text, within.begin, within.end):
        if hit.start() < last or Span(hit.start(), hit.start() + 1) in taken:
            continue
        begin, end = _sentence(text, within, hit.start())
        last = end
        span = Span(begin, end)
        if span in taken:
            inner = taken.beginning(begin, end)
            if any(s.begin <= hit.start() < s.end for s in inner):
                last = next(s.end for s in inner if s.begin <= hit.start() < s.end)
                continue
            end = (
                min(s.begin for s in inner if s.begin > hit.start())
                if any(s.begin > hit.start() for s in inner)
                else end
            )
            begin = max((s.end for s in inner if s.end <= hit.start()), default=begin)
            span = Span(begin, end)
            last = end
        by = text.rfind("由", begin, hit.start() + 1) if hit[0].startswith(("牵头", "由")) else -1
        start = by if by >= 0 else begin
        start += len(text[start:end]) - len(text[start:end].lstrip(" \t\u3000—–－-"))
        if text[end - 1 : end] in ("）", ")") and not re.search("[（(]", text[start:end]):
            end -= 1  # of a bracket that was never opened
        reading = None
        labels = _LABEL_IS.match(text, hit.start())
        start = hit.start() if labels else start
        says = labels or re.search("牵头|分工|分别|主办", text[start:end]) or _BY_AND_WITH.match(text, start, end)
        if not says and (together := _TOGETHER.search(text, begin, end)):
            start = together.start()
            says = together
        if says and end - start < 300:
            reading = read_sentence(text, Span(start, end)) if start < end else None
            if reading is None and by >= 0 and (helped := _HELPED.match(text, start, end)):
                reading = read_sentence(text, Span(start, helped.end()))  # what follows says how
        if reading and (hosted(text, reading) or _anybody(reading)):
            reading = None
        if reading and _before_a_clause(text, reading.span.end, within.end, clauses):
            reading = None
        named = reading and labels and _mostly_bodies([party.name.name for party in reading.parties])
        if reading and (reading.rule.name in _IN_PROSE or named):
            readings.append(reading)
            taken.add(reading.span)
        elif span.begin < span.end and not _NO_PROSE.search(text, begin, end):
            doubts.append(Doubt(span, "sentence"))
    return readings, doubts


def _last_sentences(text: str, within: Span, taken: _Taken, unread: Sequence[Span]) -> list[Reading]:
    """Read the last sentences of paragraphs that are names and 负责, outside what is read or reported."""
    found: list[Reading] = []
    reported = _Taken(unread)
    for hit in _RESPONSIBLE.finditer(text, within.begin, within.end):
        span = Span(*hit.span())
        reading = None if span in taken or span in reported else read_plain(text, span)
        if reading and all(_NAME_ENDS.search(party.name.name) for party in reading.parties):
            found.append(reading)
            taken.add(span)
    return found


def _before_a_clause(text: str, at: int, end: int, clauses: _Taken) -> bool:
    """Tell whether a clause follows before the paragraph ends or another item begins in it."""
    stop = text.find("\n", at, min(end, at + _SENTENCE))
    stop = stop if stop >= 0 else min(end, at + _SENTENCE)
    item = _ITEM_AFTER.search(text, at, stop)
    return bool(clauses.beginning(at, item.start() if item else stop))


def _anybody(reading: Reading) -> bool:
    """Tell whether those who lead are no body but a kind of them: 企业牵头，高校院所参与."""
    leads = [party.name.name for party in reading.parties if party.kind in "Ll"]
    return bool(leads) and all(_KINDS_OF_ACTORS.fullmatch(name) for name in leads)


def _sentence(text: str, within: Span, at: int) -> tuple[int, int]:
    first, last = max(within.begin, at - _SENTENCE), min(within.end, at + _SENTENCE)
    begin = max(first, *(text.rfind(mark, first, at) + 1 for mark in "。；;\n！？"))
    ends = [e for e in (text.find(mark, at, last) for mark in "。；;\n！？") if e >= 0]
    return begin, min(ends, default=last)
