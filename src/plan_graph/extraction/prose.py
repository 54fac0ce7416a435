"""Clauses in running text: 由甲局牵头，乙局配合; a last sentence of names and 负责; other prose that says who leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from plan_graph.extraction.brackets import mask
from plan_graph.extraction.clause import Reading, named_rule, read_plain, read_sentence
from plan_graph.extraction.clause_rules import BRACKET
from plan_graph.extraction.events import hosted
from plan_graph.extraction.names import NAME_ENDS, mostly_bodies
from plan_graph.extraction.parties import Party
from plan_graph.extraction.segments import alone
from plan_graph.extraction.taken import Taken
from plan_graph.model.plan import Doubt
from plan_graph.model.text import Span

_ITEM_AFTER = re.compile(
    r"(?<=[。；）)〕])[ \u3000]*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[一二三四五六七八九十]是)"
)
_SENTENCE = 600  # no sentence is longer
# （1）综合协调组省甲厅牵头: the number and the group that stand before the names, where a line break was lost
_NUMBER_BEFORE = re.compile(
    r"[ \u3000]*(?:[（(][0-9０-９一二三四五六七八九十]{1,3}[）)]|[0-9０-９]{1,3}[)）、．])[ \u3000]*"
)
_GROUP_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,10}(?<![领导协调作进]小)(?:组|专班)[ \u3000]*(?=[省市县区州旗国中])")
# 责任单位为县甲局: a label in a sentence, at its beginning or after a comma
_LABEL_IS = re.compile(r"(?<![^。；;，,\s）)])(?:牵头|责任|配合)(?:单位|部门)[为是](?=[省市县区国中各])")
# …开工。县甲局负责。 names and nothing else before 负责, in the last sentence of a paragraph
_RESPONSIBLE = re.compile(
    r"(?<=[。；;—])(?!—)[^。；;：:\n—]{2,100}负责(?:落实|实施|组织实施)?(?=。?[ \u3000]*(?:\n|$))"
)
# prose that says who is to lead or to answer for something
_PROSE = re.compile(
    _LABEL_IS.pattern + r"|牵头|分工(?:负责|落实|配合|实施)(?!方案|意见|细则|计划)|分别负责"
    r"|由[^，。；\n]{2,60}?(?:负责|承担|主办|承办|组织落实|组织实施)"
    r"|会同[^，。；\n]{2,30}?(?:部门|单位|[局厅委部办])"
)
_HELPED = re.compile(r"由[^，。；]{2,80}(?:牵头|负责)[，,][^。；]{2,160}?(?:配合|参与|参加|协助|协同)(?=[，,])")
# by whom, at the beginning of a part of a sentence: 关于甲的问题，由乙部会同丙部负责
_BY_AND_WITH = re.compile(
    r"(?<![^，,。；;：:）)．.、\s])由[^，。；]{2,80}(?:负责|承办)[，,][^。；]{2,160}(?:配合|参与|参加|协助|协办|协同|支持)"
)
# 此项工作由甲局、乙局共同负责: a sentence about nothing but who does what the item says
_THIS_WORK = re.compile(
    r"(?<![^。；;\n \u3000])(?:此|该|这|本|上述|以上|以下)(?:[一二三四五六七八九十0-9]*项)?"
    r"(?:工作|任务|措施|事项|政策|内容|要求)[，,]?(?:均|都)?(?=由)"
)
_TOGETHER = re.compile(
    r"(?<![^，,。；;：:）)\s])由[^，。；]{2,40}(?:会同|(?<=[局厅委部办])会(?=[省市县区]))[^，。；]{2,160}"
    r"(?:负责(?:落实|组织实施)?|组织(?:落实|实施)|研究提出[^，。；]{0,6}(?:意见|方案))"
    r"(?=[。；;\n]|$)"
)
# 关于“甲”的问题，由乙部会同丙部研究制定办法: one question of a list, and who is to see to it
_QUESTION = re.compile(
    r"(?<![^。；;：:）)、.．\n \u3000])关于(?:[“《][^\n]{2,300}?[”》]|[^。；;，,\n]{2,200}?)"
    r"(?:的?(?:问题|事项|要求|任务|工作|内容|建议))?[，,](?P<by>由|请)(?P<who>[^。；;\n]{2,300})(?=[。；;\n]|$)"
)
_SEES_TO = re.compile(
    r"(?:分别|共同|各自|按照?职责分工|具体|抓紧|尽快|认真|切实|牵头|统筹|组织|继续)*"
    r"(?:负责|落实|实施|制[定订]|提出|完善|出台|修[订改]|研究|办理|推[进动]|开展|组织|抓好|做好|起草|编制|明确|解决|协调|承担|安排)"
)
_LED_BY = re.compile(r"(?P<lead>[^，,]{2,60}?)牵头(?:负责|组织)?[，,、]?(?:并?会同|商)?(?P<beside>.*)")
_SOMEBODY_ELSE = re.compile("由|牵头|配合|会同|参与|协助")
# …，制定了《甲方案》: what is told is done, and says who leads nothing that is to be done
_DONE = re.compile(
    r"[，,][^。；;\n]{0,80}?(?:制[定订]|完成|开展|形成|编制|组织|研究|起草|印发|建立|召开|出台|修订|提出|进行|梳理)了"
)
# who leads or is responsible, behind what is to be done
_ACTS = re.compile("牵头|按?职责分工负责|负责")
_SHORTEST_TASK = 4
_AN_INSTITUTE = re.compile("(?:大学|学院|医院|研究[院所]|[办所站社会校])$")
_ROOM = re.compile("[省市县区州盟旗府署委][^、，]{0,6}(?:督查|研究|参事|政研|政策研究)室$")
_BRACKET_BEHIND = re.compile(r"[（(〔][^（()）〔〕]*[）)〕]$")
# …420眼，县甲局负责，10月底前完成。 the same in the last sentence of a paragraph, with nobody who leads
_THEN_RESPONSIBLE = re.compile(
    r"(?<=[，,])[省市县区州盟旗][^，,。；;：:\n—]{2,100}负责(?:落实|实施|组织实施)?"
    r"(?:[，,][^，,。；;：:\n]{2,24})?(?=。?[ \u3000]*(?:\n|$))"
)
_IN_PROSE = ("C9", "C11", "C13", "C14")  # rules for whole sentences
_KINDS_OF_ACTORS = re.compile(
    r"(?:龙头|骨干|领军|链主|重点|国有|民营|科技|各类|省内|市内)*(?:企业|高校|院校|院所|科研院所|科研机构|学校|医院|社会|市场|行业协会|协会"
    r"|金融机构|银行|社会组织|基层|农户|合作社)+"
)
_NO_PROSE = re.compile(
    r"负责解释|龙头|企业牵头|牵头(?:制定|参与|建设|申报|承担|实施|组建|开展)[^。；]{0,4}(?:标准|项目)"
)


def prose(text: str, within: Span, taken: Taken, clauses: Taken) -> tuple[list[Reading], list[Doubt]]:
    """Read whole sentences such as 由甲局牵头，乙局配合; report other prose that says who leads.

    Where a clause follows in the same paragraph it is that which says so, and the sentence tells how.
    """
    readings = _questions(text, within, taken)
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
        start = _names_begin(text, start, hit.start())
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
        reading = reading or _said_of_a_task(text, begin, end, by < 0 and not labels)
        if reading and (hosted(text, reading) or _anybody(reading) or _DONE.match(text, reading.span.end, end)):
            reading = None
        if reading and _before_a_clause(text, reading.span.end, within.end, clauses):
            reading = None
        named = reading and labels and mostly_bodies([party.name.name for party in reading.parties])
        if reading and (reading.rule.name in _IN_PROSE or reading.rule.form == BRACKET or named):
            readings.append(reading)
            taken.add(reading.span)
        elif span.begin < span.end and not _NO_PROSE.search(text, begin, end):
            doubts.append(Doubt(span, "sentence"))
    return readings, doubts


def _said_of_a_task(text: str, begin: int, end: int, behind: bool) -> Reading | None:
    """Read a sentence about 此项工作, or else, if ``behind``, one that ends with who does what it says."""
    if this := _THIS_WORK.search(text, begin, end):
        return _of_this_work(text, Span(this.start(), end), this.end())
    return _behind_the_task(text, begin, end) if behind else None


def _behind_the_task(text: str, begin: int, end: int) -> Reading | None:
    """Read the rest of a sentence that first says what is to be done: …建设甲工程，县甲局牵头，县乙局配合，年底前完成.

    From the comma before the first that leads or is responsible nothing but the clause may stand, and all its
    names must be plainly bodies.
    """
    masked = mask(text[begin:end])
    verb = _ACTS.search(masked)
    comma = max(masked.rfind(mark, 0, verb.start()) for mark in "，,") if verb else -1
    if comma < _SHORTEST_TASK:
        return None
    reading = read_plain(text, Span(begin + comma + 1, end))
    plainly = reading and all(_plainly_a_body(party.name.name) for party in reading.parties)
    return (
        reading if reading and plainly and not reading.odd and set("lr") & {p.kind for p in reading.parties} else None
    )


def _of_this_work(text: str, span: Span, begin: int) -> Reading | None:
    """Read what follows 此项工作: by whom it is done, with nothing but names, each plainly a body."""
    reading = read_plain(text, Span(begin, span.end))
    plainly = reading and all(
        _plainly_a_body(p.name.name) or _AN_INSTITUTE.search(p.name.name) for p in reading.parties
    )
    return replace(reading, span=span) if reading and plainly and not reading.odd else None


def _plainly_a_body(name: str) -> bool:
    bare = _BRACKET_BEHIND.sub("", name)
    return bool(NAME_ENDS.search(bare) or _ROOM.search(bare))


def _questions(text: str, within: Span, taken: Taken) -> list[Reading]:
    """Read the sentences of a list of questions that say who is to see to each."""
    found: list[Reading] = []
    for hit in _QUESTION.finditer(text, within.begin, within.end):
        span = Span(hit.start("by"), hit.end())
        if span in taken:
            continue
        led = _LED_BY.fullmatch(hit["who"])
        offset = hit.start("who")
        if led:
            leads = alone(text, led["lead"], offset, "牵头")
            beside = _seeing_to(text, led["beside"], offset + led.start("beside"), "s")
            whole = not led["beside"] or bool(beside) or bool(_SEES_TO.match(led["beside"]))
            parties = [replace(party, kind="l") for party in leads.parties] + beside if leads and whole else []
            rule = "C9" if beside else "C8"
        else:
            parties, rule = _seeing_to(text, hit["who"], offset, "r"), "C14"
        if parties:
            found.append(Reading(span, named_rule(rule), tuple(parties)))
            taken.add(span)
    return found


def _seeing_to(text: str, who: str, offset: int, kind: str) -> list[Party]:
    """Read names, and what they do behind them; none where anybody else comes into it."""
    for verb in _SEES_TO.finditer(who):
        if not verb.start():
            return []
        names = alone(text, who[: verb.start()], offset, verb[0])
        if names:
            return [] if _SOMEBODY_ELSE.search(who, verb.end()) else [replace(p, kind=kind) for p in names.parties]
    return []


def _names_begin(text: str, start: int, end: int) -> int:
    for before in (_NUMBER_BEFORE, _GROUP_BEFORE):
        found = before.match(text, start, end)
        start = found.end() if found else start
    return start


def last_sentences(text: str, within: Span, taken: Taken, unread: Sequence[Span]) -> list[Reading]:
    """Read the last sentences of paragraphs that are names and 负责, outside what is read or reported."""
    found: list[Reading] = []
    reported = Taken(unread)
    hits = [
        *_RESPONSIBLE.finditer(text, within.begin, within.end),
        *_THEN_RESPONSIBLE.finditer(text, within.begin, within.end),
    ]
    for hit in hits:
        span = Span(*hit.span())
        reading = None if span in taken or span in reported else read_plain(text, span)
        if reading and all(NAME_ENDS.search(party.name.name) for party in reading.parties):
            found.append(reading)
            taken.add(span)
    return found


def _before_a_clause(text: str, at: int, end: int, clauses: Taken) -> bool:
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
