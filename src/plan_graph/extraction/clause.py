"""The grammar of responsibility clauses: which rule of the table reads one, and with which parties.

A clause is read in two steps. Its content is cut into *segments*, each of one kind: names with a label before
them (``牵头单位：…``) or a verb behind them (``…牵头``), or a time (``segments.py``, with the words of
``markers.py``). The kinds, with what parts them, make a short string such as ``L；S``; the first rule of ``RULES``
whose pattern matches that string says which role each kind has. Content is read on a *mask* in which everything
inside nested brackets is blanked out, so nothing here depends on how deep the brackets go, and offsets stay those
of the text.

To read another convention add a row, and its words to ``markers.py`` if they are new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from plan_graph.extraction.acting import EDGE, Segments, verbal
from plan_graph.extraction.brackets import BLANK, CLOSE, OPEN, Group, mask
from plan_graph.extraction.clause_rules import BRACKET, DUTIES, MAIN, RULES, SENTENCE, TABLE, Rule
from plan_graph.extraction.document_rules import Says, Statement, statements
from plan_graph.extraction.markers import BULLETS, LABEL
from plan_graph.extraction.names import only_fields, split_names, taken_apart, unbroken
from plan_graph.extraction.parties import Party, is_odd, marked_party, unremarked
from plan_graph.extraction.segments import LIST_NUMBER, alone, labelled, led_then_names, verbal_then_labelled
from plan_graph.model.text import Span

_BY_FORM = {form: [rule for rule in RULES if rule.form == form] for form in (BRACKET, SENTENCE, TABLE, DUTIES)}
_ASIDE = re.compile(r"[，；。、 ]?[tTP](?=[，；。、 ]|$)")  # times and persons
_BY_NAME = {rule.name: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Reading:
    """A clause as it stands: what rule reads it, its parties, times and statements; no roles yet.

    ``persons`` are names of persons, who are no bodies; ``odd`` pieces of its lists that read as no name.
    """

    span: Span
    rule: Rule
    parties: tuple[Party, ...]
    times: tuple[Span, ...] = ()
    statements: tuple[Statement, ...] = ()
    persons: tuple[Span, ...] = ()
    odd: tuple[Span, ...] = ()


UNDERTAKES = "承办"  # read in a sentence that also says who assists, and where no event is spoken of
_LEADING = re.compile(
    r"(?:(?:牵头|主办|主责)(?:责任|负责)?|(?:第一|主要|首要)(?:责任|负责)(?=单位|部门))(?:单位|部门)?"
)
_SAME = re.compile(r"[，,。；;、]?[ ]?(?:以下|下)同[。；;]?$")  # 甲局负责，下同
_SAME_AFTER = re.compile(r"[（(](?:以下|下)同[）)]")  # （责任单位：甲局）（下同）
_NAMED_AS_LEAD = re.compile(
    r"(?:其中)?(?P<name>[^，,；;、]{2,20}?)(?:为|是|作为)(?P<label>(?:总)?牵头(?:责任)?(?:单位|部门))"
)
_SAME_BEHIND = re.compile(r"[，,；;。]?[（(]?(?:以下|下)(?:均)?同")  # （…列首位的为牵头单位），下同
_PERSON = re.compile(r"(?<=[局厅委办部会院司])[ \u3000]+[\u4e00-\u9fff]{2,4}(?=$|[、，])")  # 甲局 张三
_BROKEN = re.compile(r"([\u4e00-\u9fff]{1,5})([ \u3000]*\n\s*)([\u4e00-\u9fff]{1,3}[：:])")  # 责任单 / 位：
# 只明确一个部门的，其他有关部门配合，不一一列出: what it says of all clauses is reported, not read
_NOT_LISTED = re.compile(r"[。；;](?P<said>[^。；;]*不(?:再)?(?:逐一|一一)(?:列出|列举|列名|列示)[^。；;]*)$")
_NOBODY = re.compile(r"[无/／—－\-]+")
_NEXT_BULLET = re.compile(rf"\n[ \t\u3000]*[{BULLETS}]{{1,2}}[ \t\u3000]*")
_LIMIT = re.compile("时限[：:]")  # no event has one
_LIKELY = re.compile(
    r"牵头|责任|负责|配合|参与|参加|指导|落实|协同|协助|协办|主办|承办|实施|督导|主责|承担|支持|"
    r"[位门][：:]|统筹|抓总|分工|执行|完成|会办|会商|协作|督办|督查|监督|监管|推进|开展|办理|主抓|负总责|"
    r"各负其责|各司其职"
)


def likely(content: str) -> bool:
    """Tell whether content holds any word of the grammar; cheap, to pass over most brackets."""
    return bool(_LIKELY.search(content))


def read_group(text: str, group: Group) -> Reading | None:
    """Read one bracket group as a clause, or give None if no rule reads it whole."""
    inside = _BROKEN.sub(_whole, group.mask).replace("\n", " ")  # a line that a PDF broke
    reading = _read(text, group.span, group.span.begin + 1, inside, BRACKET) if likely(inside) else None
    if reading and text[group.span.begin] == "【" and only_fields([p.name.name for p in reading.parties]):
        return None  # 【金融支持】: what an article is about
    if reading and any(not s.wide for s in reading.statements) and _SAME_BEHIND.match(text, group.span.end):
        return replace(reading, statements=tuple(replace(s, wide=True) for s in reading.statements))
    return reading


def _whole(broken: re.Match[str]) -> str:
    """Put a line end behind a label that it broke; what follows stays where it is."""
    first, gap, rest = broken.groups()
    label = LABEL.search(first + rest)
    return first + rest + " " * len(gap) if label and label.start() < len(first) else broken[0]


def label_for_all(text: str, reading: Reading) -> str:
    """Give the label that a clause says once for all below (责任单位：…，下同), or "".

    From there on names alone in brackets are read by it.
    """
    labels = {party.label for party in reading.parties}
    if reading.rule.name not in ("B1", "B4", MAIN) or len(labels) > 1:
        return ""
    within = _SAME.search(text[reading.span.begin : reading.span.end].rstrip(CLOSE))
    return labels.pop() if within or _SAME_AFTER.match(text, reading.span.end) else ""


def read_alone(text: str, group: Group, label: str) -> Reading | None:
    """Read a bracket group of names alone, in a document that says by ``label`` (牵头单位) which of them lead."""
    found = alone(text, group.mask.rstrip(EDGE + "。"), group.span.begin + 1, label)
    return Reading(group.span, _BY_NAME["B8"], tuple(found.parties)) if found else None


def read_sentence(text: str, span: Span) -> Reading | None:
    """Read a stretch outside brackets (``牵头单位：…。责任单位：…。``) as a clause, or give None."""
    masked = mask(span.of(text))
    masked = _NEXT_BULLET.sub(lambda hit: "\n" + " " * (len(hit[0]) - 1), masked) if "\n" in masked else masked
    return _read(text, span, span.begin, masked, SENTENCE)


def read_plain(text: str, span: Span) -> Reading | None:
    """Read a sentence that is nothing but a clause as if it stood in brackets, or give None."""
    return _read(text, span, span.begin, mask(span.of(text)), BRACKET)


def _read(text: str, span: Span, offset: int, masked: str, form: str) -> Reading | None:
    stated = tuple(statements(text, Span(offset, offset + len(masked))))
    content = _SAME.sub("", _without(stated, text, masked, offset)).rstrip(EDGE + "。；;，,、.．")
    unlisted = _NOT_LISTED.search(content) if "一列" in content else None
    content = content[: unlisted.start()] if unlisted else content
    found = (
        labelled(text, content, offset) or verbal_then_labelled(text, content, offset)
        if LABEL.search(content)
        else verbal(text, content, offset)
    )
    if found is None and form == BRACKET and "牵头" in content:
        found = led_then_names(text, content, offset)
    ruled = next((s for s in stated if s.says is not Says.ALSO), None) if found is None and form == BRACKET else None
    if ruled is not None:
        said = _LEADING.search(text, ruled.span.begin, ruled.span.end)
        bare = alone(text, content, offset, said[0]) if said else None
        return Reading(span, _BY_NAME["B8"], tuple(bare.parties), (), stated) if bare else None
    if found is None or not found.parties:
        return None
    rule = _rule(found.kinds, content, form, stated)
    if (
        rule is None and form == SENTENCE and LABEL.match(content)
    ):  # 部门分工：甲局牵头。 a label is as good as brackets
        rule = _rule(found.kinds, content, BRACKET, stated)
    urged = any(party.kind == "g" for party in found.parties)  # 甲局督办，乙局承办
    if any(party.label == UNDERTAKES for party in found.parties) and not urged and (not rule or rule.name != "C13"):
        return None  # （甲局承办）: an event's
    hosts = {one for one in ("主办", "承办") if re.search(rf"{one}(?:单位|部门)?[：:]", content)}
    task = re.search("[Ss]", found.kinds) or _LIMIT.search(content)
    if rule is None or (found.hosts and (len(hosts) > 1 or not task)):
        return None  # 主办单位 alone, or beside 承办单位, is an event's
    _named_as_leads(text, found)
    if rule.name == MAIN:
        found.parties = [replace(party, kind="R") for party in found.parties]
    if unlisted:
        found.odd.append(Span(offset + unlisted.start("said"), offset + unlisted.end("said")))
    return Reading(span, rule, tuple(found.parties), tuple(found.times), stated, tuple(found.persons), tuple(found.odd))


def _named_as_leads(text: str, found: Segments) -> None:
    """Take what a list adds of one of its names (甲局、乙局，其中甲局为牵头单位): that one leads."""
    for odd in list(found.odd):
        said = _NAMED_AS_LEAD.fullmatch(odd.of(text))
        at = next((k for k, p in enumerate(found.parties) if said and p.name.name == said["name"]), -1)
        if said and at >= 0 and found.parties[at].kind == "R":
            found.parties[at] = replace(found.parties[at], kind="L", label=said["label"])
            found.odd.remove(odd)


def _without(stated: Sequence[Statement], text: str, masked: str, offset: int) -> str:
    """Give content without its statements: up to the first, or with blanks for a bracket that holds nothing else."""
    for one in stated:
        begin, end = one.span.begin - offset, one.span.end - offset
        if masked[begin : begin + 1] != BLANK:
            return masked[:begin].rstrip(EDGE + "，,。；;、" + OPEN)
        while begin and masked[begin - 1] == BLANK and text[offset + begin] not in OPEN:
            begin -= 1
        while end < len(masked) and masked[end] == BLANK and text[offset + end - 1] not in CLOSE:
            end += 1
        masked = masked[:begin] + " " * (end - begin) + masked[end:]
    return masked


def _rule(kinds: str, content: str, form: str, stated: tuple[Statement, ...]) -> Rule | None:
    plain = _ASIDE.sub("", kinds).lstrip("，；。、 ")
    for rule in _BY_FORM[form]:
        if rule.says and rule.says not in {s.says for s in stated}:
            continue
        if rule.compiled.fullmatch(kinds if rule.pattern.startswith("[tT]") else plain) and (
            not rule.words or re.search(rule.words, content)
        ):
            return rule
    return None


def named_rule(name: str) -> Rule:
    """Give the rule of that name; raise ``KeyError`` if there is none."""
    return _BY_NAME[name]


def read_cell(text: str, cell: Span, kind: str, label: str) -> list[Party]:
    """Read a cell of a column that names bodies: names, or a clause of its own (牵头单位：甲局；配合单位：乙局).

    Where the cell holds more than names the list is empty.
    """
    whole = unbroken(mask(cell.of(text)))
    stated = tuple(statements(text, cell)) if "\x00" in whole or "牵头" in whole else ()
    masked = re.sub(r"[；;\n]", "，", _without(stated, text, whole, cell.begin)).replace("会同", "、、")
    masked = LIST_NUMBER.sub(lambda hit: "，" * len(hit[0]), masked)
    masked = re.sub(r"。\s*$", lambda hit: " " * len(hit[0]), masked)
    if re.search("人|领导", label):
        masked = _PERSON.sub(lambda hit: " " * len(hit[0]), masked)
    inner = None
    if LABEL.search(masked):
        inner = labelled(text, mask(cell.of(text)).rstrip(EDGE + "。"), cell.begin)
    elif re.search("牵头|配合$|负责$|参与$", masked):
        inner = verbal(text, masked.rstrip(EDGE + "。"), cell.begin)
    if inner is not None and inner.parties:
        if kind == "L" and all(party.kind == "r" for party in inner.parties):  # 牵头单位 | 甲局、乙局按职责分工负责
            return [replace(party, kind=kind, label=label) for party in inner.parties]
        return inner.parties
    names = [n for n in taken_apart(split_names(text, cell, masked)) if not _NOBODY.fullmatch(n.name)]
    parties = [marked_party(unremarked(name), kind, label) for name in names]
    return [] if any(is_odd(party.name.name) for party in parties) else parties


def under(rule: Rule, says: Says) -> Rule:
    """Give the rule that reads the same kinds where the document makes a statement (B1 → B2)."""
    return next(
        (other for other in RULES if other.says is says and other.pattern == rule.pattern and other.form == rule.form),
        rule,
    )
