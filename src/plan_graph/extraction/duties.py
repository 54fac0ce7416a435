"""Lists by body: ``4.县财政局：落实…`` under a heading such as 领导小组成员单位职责.

Each line is a task of the body it names. A heading that speaks of persons (各级路长职责) or of the offices of a
leading group makes no such list, nor does a line whose first words are no body. Where the headings themselves are
bodies (一、县教育局 with 1. 2. beneath) what is beneath them is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from plan_graph.extraction.brackets import mask
from plan_graph.extraction.clause import Reading, named_rule
from plan_graph.extraction.endings import ENDINGS
from plan_graph.extraction.names import split_names, unbroken
from plan_graph.extraction.outline import Block, heading_title
from plan_graph.extraction.parties import Party, unremarked
from plan_graph.model.plan import Doubt, Task
from plan_graph.model.text import Span

_HEADING = re.compile(
    r"(?:成员|有关|相关|责任|各|部门|牵头|配合|参与)?(?:单位|部门|方|部门和单位)(?:的)?(?:主要|工作|具体)?(?P<word>职责(?:分工|任务)?|分工|责任|任务)"
    r"|^(?:工作|任务|责任|部门|职责|具体|主要)?(?P<word2>职责分工|职责任务|责任分工|工作分工|任务分工|部门分工|职能分工|工作职责分工)"
    r"|^(?:工作|部门)(?P<word3>职责)$"
)
_IN_A_TITLE = re.compile(r"(?:单位|部门)(?:的)?(?:主要|工作|具体)?(?P<word>职责(?:分工|任务)?)")
_FEWEST_OF_TITLE = 3  # items that begin with bodies
_NOT_HERE = re.compile(r"办公室职责|组长|人员职责|领导小组职责|路长|河长|林长|田长|员职责")
_FEWEST_BY_FORM = 4
_INDENT = r"[ \u3000●•·■◆▪◇○—\-]{0,8}"
_FIRST_WORDS = re.compile(_INDENT + r"(?P<names>[^：:。；;\n]{2,60}?)[ \u3000]{0,8}(?P<end>[：:])")
# 市卫生局：负责…: a body and, behind the colon, what it does
_DOES = re.compile(
    _FIRST_WORDS.pattern + r"(?=[ \u3000]*(?:主要|具体|统一|全面|要|应|按照?职责分工)*"
    r"(?:负责|牵头|会同|配合|协助|指导|督促|监督|协调|组织|统筹|落实|做好|抓好|承担|参与|依据职[责能]|根据职[责能]|按照?职[责能]|加强|开展|保障|推进))"
)
_OWN_DUTIES = re.compile(r"的?(?:主要|工作|具体)?职责$")  # 县教育局的主要职责：…
_NO_BODY = re.compile("负责|^(?:自行|各自|共同|需要?|建议|提请|恳请|拟?由)")
_ACTING = re.compile(
    _INDENT + r"(?P<names>[^：:。，；;\n]{2,40}?)[ \u3000]{0,8}(?P<end>(?:主要|具体)?(?:负责|牵头|承担|协助|配合))"
)
_LINE = re.compile(r"[^\n]+")
_LINE_NUMBERED = re.compile(
    r"[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|.*[。；：:，,]"
)  # no line that heads a list
_LONGEST_LINE = 30
_STOPPED = re.compile(_INDENT + r"(?P<names>[^：:。，；;\n]{2,24}?)(?P<end>。)")

# 各部门要抓好落实，其职责分工为：, the line before a list without numbers
_LEADS_IN = re.compile(
    r"(?:^|[。；;，,]|(?:其|具体|各?(?:有关|相关|成员|责任)?(?:单位|部门)))的?(?:主要|工作|具体|任务)?"
    r"(?P<word>职责(?:分工)?|责任分工|任务分工|分工)(?:安排|情况)?(?:为|是|如下)?[ \u3000]*[：:][ \u3000]*$"
)
# …成员单位职责省甲厅：负责…。省乙厅：…: a list whose lines were lost, heading and all
_RUN_ON = re.compile(r"(?:单位|部门)的?(?:主要|工作|具体)?职责(?:分工|任务)?(?P<stop>[：:。]?)(?=[\u4e00-\u9fff])")
_HEAD_BEFORE = re.compile(r"(?:附件[0-9０-９一二三四五六七八九十]{0,2}|[。；;：:，,\n])")
_LONGEST_HEAD = 40
_FEWEST_RUN_ON = 3
_SENTENCE = re.compile("(?<=[。；;])")

# a title of a division of work, whose headings may be the bodies
_DIVIDED = re.compile("(?P<word>(?:任务|责任|职责|工作|目标)?(?:分解|分工)|责任清单)")
# narrower than the endings of names: 一、重点产业 heads no body's tasks
_HEADED = re.compile(
    r"(?:[府厅局委办部院署]|公司|委会|[残妇]联|乡镇|街道|[支大]队|银行|(?<!成员)(?:单位|部门)"
    r"|^[省市县区州旗盟镇乡][^、，]{1,14}(?:中心|[所站会社校场]))[）)]?$"
)
# groups made for one occasion are no bodies: 安保组：负责…, 组委会办公室
_GROUPS = re.compile(
    r"(?![省市县区州旗盟镇乡国])[^、，]{2,8}组|组委会(?:办公室)?|(?:领导小组|指挥部|工作专班|专班)?办公室"
)
# 一、县文旅局牵头的工作: a heading that says what the body is to what is beneath
_WORK_OF = re.compile(
    r"(?P<verb>牵头|主办|负责|承担|配合)(?:负责|落实|推进|组织|实施)*的?(?:重点|主要)?(?:工作|任务|事项|项目)+$"
)
# offices of a leading group, whose duties name no body
_OF_A_GROUP = re.compile(r"[路河林田湖链]长|领导小组|指挥部|专班|联席会议|^办公室")
_KINDS_OF_BODIES = re.compile("(?:牵头|责任|配合|协办|主办|参与)(?:单位|部门)$")


def duty_readings(text: str, heading: Block, above: Block | None = None) -> dict[int, Reading]:
    """Read the lines of a list by body: begin of the line → the body whose duty it is.

    At least two lines must begin with bodies. Under an item of the list's chapter (三、成员单位职责 第五条 …), the
    heading being ``above``, and beneath a line that leads them in (其职责分工为：), most of them, with a colon.
    """
    label = _label(text, heading)
    chapter = "" if label or above is None else _label(text, above)
    chapter = chapter or _led_in(text, heading.body.begin, heading.children[0].span.begin if heading.children else 0)
    if not (label or chapter):
        return {}
    forms = (_FIRST_WORDS, _ACTING, _STOPPED) if label else (_FIRST_WORDS,)
    found: dict[int, Reading] = {}
    for child in heading.children:
        if child.children:
            continue
        if reading := _begins_with_bodies(text, child, label or chapter, forms):
            found[child.span.begin] = reading
    fewest = 2 if label else max(3, len(heading.children) / 2)
    return found if len(found) >= fewest else {}


def duties_under_lines(text: str, blocks: Sequence[Block]) -> dict[int, Reading]:
    """Read items that count from 1 right beneath a line without a number, such as 各部门职责分工, as such lists."""
    found: dict[int, Reading] = {}
    for at, block in enumerate(blocks):
        found |= duties_under_lines(text, block.children)
        if block.number != 1 or not block.line or block.children:
            continue
        before = text[max(0, block.span.begin - 2 * _LONGEST_LINE) : block.span.begin].rstrip()
        above = before.rpartition("\n")[2].strip() if "\n" in before else ""
        label = _label_of(above) if 2 <= len(above) <= _LONGEST_LINE and not _LINE_NUMBERED.match(above) else ""
        if not label:
            continue
        end = next((k for k in range(at + 1, len(blocks)) if not _goes_on(block, blocks[k])), len(blocks))
        run = blocks[at:end]
        read = {one.span.begin: r for one in run if (r := _begins_with_bodies(text, one, label))}
        found |= read if len(read) > 1 and 2 * len(read) >= len(run) else {}
    return found


def _goes_on(first: Block, block: Block) -> bool:
    return block.rank == first.rank and block.number > 1 and not block.children


def duties_of_title(text: str, blocks: Sequence[Block], title: str) -> dict[int, Reading]:
    """Read outermost items of a document whose title says 成员单位职责, where most begin with a body and a colon."""
    hit = None if _NOT_HERE.search(title) else _IN_A_TITLE.search(title)
    if hit is None:
        return {}
    found: dict[int, Reading] = {}
    for block in blocks:
        line = _FIRST_WORDS.match(text, block.body.begin, block.body.end) if not block.children else None
        if line and (reading := duty(text, Span(*line.span("names")), hit["word"])):
            found[block.span.begin] = reading
    return found if len(found) >= max(_FEWEST_OF_TITLE, len(blocks) / 2) else {}


def duties_by_form(text: str, blocks: Sequence[Block]) -> dict[int, Reading]:
    """Read runs of items that each begin with a body, a colon and what it does, whatever they stand under.

    Four in a row are such a list, even where no heading or one of other words (三、任务分解) says so.
    """
    found: dict[int, Reading] = {}
    run: dict[int, Reading] = {}
    for block in (*blocks, None):
        reading = None if block is None or block.children else _begins_with_bodies(text, block, "职责", (_DOES,))
        if reading and block:
            run[block.span.begin] = reading
            continue
        found |= run if len(run) >= _FEWEST_BY_FORM else {}
        run = {}
        end = min(block.body.end, block.body.begin + _LONGEST_HEAD) if block else 0
        if block and block.children and not _NOT_HERE.search(text, block.body.begin, end):
            found |= duties_by_form(text, block.children)
    return found


def unread_duties(text: str, tasks: Sequence[Task]) -> list[Doubt]:
    """Give the bodies with which tasks begin that have no clause, what they do behind a colon: too few to read."""
    found: list[Doubt] = []
    for task in tasks:
        hit = None if task.clauses or not task.text_spans else _DOES.match(text, task.text_spans[0].begin)
        if hit and not _OF_A_GROUP.search(hit["names"]) and duty(text, Span(*hit.span("names")), "职责"):
            found.append(Doubt(Span(*hit.span("names")), "clause"))
    return found


def headed_by_bodies(
    text: str, blocks: Sequence[Block], title: str, above: Block | None = None
) -> Iterator[tuple[Block, Reading]]:
    """Give the headings that are bodies, with the bodies: at least two, and half of those beside them.

    The heading ``above``, or the document's title for the outermost, must speak of a division of work.
    """
    said = _DIVIDED.search(title) if above is None else None
    label = _label(text, above) if above else said["word"] if said else ""
    holding = [block for block in blocks if block.children]
    found = [(b, r) for b in holding if (r := _heads(text, b, label))]
    if len(found) > 1 and 2 * len(found) >= len(holding):
        yield from found
    for block in holding:
        yield from headed_by_bodies(text, block.children, title, block)


def duties_beside_headings(
    text: str, headed: Iterable[tuple[Block, Reading]], blocks: Sequence[Block]
) -> dict[int, Reading]:
    """Read the items without items of their own that stand beside headings which are bodies: 三、市甲局 / 打通乙路。

    Their first line is a body and what follows is what it is to do.
    """
    labels = {block.span.begin: reading.parties[0].label for block, reading in headed}
    return _beside(text, labels, blocks) if labels else {}


def _beside(text: str, labels: Mapping[int, str], blocks: Sequence[Block]) -> dict[int, Reading]:
    found: dict[int, Reading] = {}
    label = next((labels[block.span.begin] for block in blocks if block.span.begin in labels), "")
    for block in blocks:
        if block.children:
            found |= _beside(text, labels, block.children)
        elif label and "\n" in block.body.of(text).strip() and (reading := _heads(text, block, label)):
            found[block.span.begin] = reading
    return found


def _begins_with_bodies(
    text: str, block: Block, label: str, forms: Sequence[re.Pattern[str]] = (_FIRST_WORDS, _ACTING, _STOPPED)
) -> Reading | None:
    hits = (form.match(text, block.body.begin, block.body.end) for form in forms)
    return next((r for hit in hits if hit and (r := duty(text, Span(*hit.span("names")), label))), None)


def _heads(text: str, block: Block, label: str) -> Reading | None:
    title = heading_title(text, block.body)
    words = title.of(text).rstrip("：:")
    work = _WORK_OF.search(words)
    words = words[: work.start()] if work else words
    label = work["verb"] if work else label
    reading = duty(text, Span(title.begin, title.begin + len(words)), label) if words and label else None
    if reading and work:
        kind = {"牵头": "L", "主办": "L", "配合": "S"}.get(label, "R")
        reading = replace(reading, parties=tuple(replace(party, kind=kind) for party in reading.parties))
    named = [party.name.name for party in reading.parties] if reading else []
    return reading if all(_HEADED.search(n) and not _KINDS_OF_BODIES.search(n) for n in named) else None


def _label(text: str, heading: Block) -> str:
    """Give the word for duty of a heading such as 成员单位职责, or "" if it heads no list by body."""
    return _label_of(
        re.split("[。\n：:]|第[一二三四五六七八九十]{1,3}条", heading.body.of(text).strip(), maxsplit=1)[0]
    )


def _label_of(title: str) -> str:
    hit = _HEADING.search(title)
    if not hit or _NOT_HERE.search(title) or len(title) > 40:
        return ""
    return hit["word"] or hit["word2"] or hit["word3"]


def with_lines(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make items of the lines of such a list that have no numbers: those that begin with a body and what it does.

    Their marks are empty, and their numbers count the lines. In a text that came on one line the sentences that
    begin with a body and a colon are the lines.
    """
    made: list[Block] = []
    for block in blocks:
        if block.children:
            made.append(replace(block, children=with_lines(text, block.children)))
        else:
            lined = _itemised(text, block)
            made += [lined] if lined.children else _run_on(text, lined)
    return tuple(made)


def _itemised(text: str, block: Block) -> Block:
    label = _label(text, block)
    forms = (_FIRST_WORDS, _ACTING) if label else (_FIRST_WORDS,)
    begins = [
        line.start()
        for line in _LINE.finditer(text, block.body.begin, block.body.end)
        if any(
            (hit := form.match(text, line.start(), line.end()))
            and duty(text, Span(*hit.span("names")), label or "职责")
            for form in forms
        )
    ]
    first = text.find("\n", block.body.begin, block.body.end)
    begins = [begin for begin in begins if begin > first >= 0]
    if len(begins) < (2 if label else _FEWEST_RUN_ON) or not (label or _led_in(text, block.body.begin, begins[0])):
        return block
    children = tuple(
        Block(block.rank + 1, number, Span(begin, end), Span(begin, begin), Span(begin, end - (text[end - 1] == "\n")))
        for number, (begin, end) in enumerate(pairwise([*begins, block.span.end]), start=1)
    )
    head = Span(block.body.begin, begins[0] - 1)
    return replace(block, span=Span(block.span.begin, begins[0]), body=head, children=children)


def _led_in(text: str, begin: int, end: int) -> str:
    """Give the word for duty of the line that leads in a list, or ""."""
    line = text[begin:end].rstrip("\n").rpartition("\n")[2]
    hit = None if _NOT_HERE.search(line) else _LEADS_IN.search(line)
    return hit["word"] if hit else ""


def _run_on(text: str, block: Block) -> list[Block]:
    """Part a list by body that runs on behind an item, with its heading, from the item; its last if there are more."""
    for hit in reversed(list(_RUN_ON.finditer(text, block.body.begin, block.body.end))):
        begins = [hit.end()] if _begins_a_duty(text, hit.end(), block.body.end) else []
        if not begins:
            continue
        sentences = _SENTENCE.finditer(text, hit.end() + 1, block.body.end)
        begins += [at.start() for at in sentences if _begins_a_duty(text, at.start(), block.body.end)]
        if len(begins) < _FEWEST_RUN_ON:
            continue
        first = max(block.body.begin, hit.start() - _LONGEST_HEAD)
        head = max((cut.end() for cut in _HEAD_BEFORE.finditer(text, first, hit.start())), default=first)
        children = tuple(
            Block(
                block.rank + 1, number, Span(begin, end), Span(begin, begin), Span(begin, end - (text[end - 1] == "\n"))
            )
            for number, (begin, end) in enumerate(pairwise([*begins, block.span.end]), start=1)
        )
        title = Span(head, hit.end() - len(hit["stop"]))
        listed = Block(block.rank, 0, Span(head, hit.end()), Span(head, head), title, children=children)
        own = replace(block, span=Span(block.span.begin, head), body=Span(block.body.begin, head))
        return [own, listed]
    return [block]


def _begins_a_duty(text: str, at: int, end: int) -> bool:
    hit = _FIRST_WORDS.match(text, at, end)
    return bool(hit and duty(text, Span(*hit.span("names")), "职责"))


def duty(text: str, words: Span, label: str, rule: str = "G1") -> Reading | None:
    """Read the first words of a line, or a cell, as the bodies whose duty it is, or give None."""
    own = _OWN_DUTIES.search(words.of(text))
    span = Span(words.begin, words.begin + own.start()) if own and own.start() > 1 else words
    listed = unbroken(mask(span.of(text))).replace("\n", "，")
    names = [unremarked(name) for name in split_names(text, span, listed)]
    if not names or not all(
        n.name[-1] in ENDINGS + "）)"
        and len(n.name) <= 24
        and not _NO_BODY.search(n.name)
        and not _GROUPS.fullmatch(n.name)
        and not _KINDS_OF_BODIES.fullmatch(n.name)
        for n in names
    ):
        return None
    return Reading(span, named_rule(rule), tuple(Party(name, "R", label) for name in names))
