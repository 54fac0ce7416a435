"""Clauses drawn at random: as written, and what they say by their own words.

What a clause says is told here anew, from the conventions alone: the grammar that is tested is not asked. Only the
labels come from its words (``markers.LABELS``), each with the kind it has there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from plan_graph.extraction.markers import LABELS
from plan_graph.model.plan import Role

LEAD, SUPPORT, RESPONSIBLE, GUIDE = Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE, Role.GUIDE

# --- lists of names --------------------------------------------------------------------------------------------------

NAMES = (
    *("省财政厅", "省国资委", "市教育局", "市市场监管局", "省总工会", "团省委", "大连海关", "省委政法委", "甲大学"),
    *("乙银行", "人民银行沈阳分行", "国网甲省电力公司", "中央网信办", "国家发展改革委", "甲区人民政府", "丙医院"),
    *("乙高新区管委会", "省人力资源和社会保障厅", "市粮食和物资储备局", "中央和国家机关工委", "市改革与发展研究室"),
    *("市委组织部（市人才办）", "省农业农村厅（省乡村振兴局）", "甲委（乙办〔丙组〕）", "甲学会(乙会[丙会])"),
    *("有关市人民政府", "各成员单位", "各有关部门", "省直有关单位", "相关企业", "省（中）直有关单位", "各县政府"),
    *("各县（市、区）人民政府", "各市、县〔市、区〕政府", "各市（州）、县政府", "各市、州、县人民政府", "各省级政府"),
)
# at the head of a list alone: after 省财政厅 they would take its place
BARE = ("人力资源和社会保障局", "教育部", "财政部", "住房和城乡建设局", "发展改革委", "组织部", "网信办")
# written together, for they share a beginning or an ending, or 和 joins them
TOGETHER = {
    "沈阳、大连市人民政府": ("沈阳市人民政府", "大连市人民政府"),
    "本溪、丹东、营口市政府": ("本溪市政府", "丹东市政府", "营口市政府"),
    "铁西区、沈河区政府": ("铁西区政府", "沈河区政府"),
    "甲经开区、乙新区管委会": ("甲经开区管委会", "乙新区管委会"),
    "市住建局、审批服务局": ("市住建局", "市审批服务局"),
    "省委组织部、宣传部": ("省委组织部", "省委宣传部"),
    "市司法局和市财政局": ("市司法局", "市财政局"),
}
# what may close a list: whether it leaves the list open, and the names it adds
OPEN: dict[str, tuple[bool, tuple[str, ...]]] = {
    "": (False, ()),
    "等": (True, ()),
    "等部门": (True, ()),
    "等5个部门": (True, ()),
    "等有关部门": (True, ("有关部门",)),
    "等省（中）直有关单位": (True, ("省（中）直有关单位",)),
}
BELOW: dict[str, tuple[bool, tuple[str, ...]]] = {  # convention C5
    "等和各省级人民政府": (True, ("各省级人民政府",)),
    "和有关区县政府": (False, ("有关区县政府",)),
    "及各县（市、区）人民政府": (False, ("各县（市、区）人民政府",)),
    "与相关企业": (False, ("相关企业",)),
    "等国务院相关部门及各地区": (True, ("国务院相关部门", "各地区")),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a list; ``group`` counts the ``comma`` before it."""

    name: str
    open: bool = False
    group: int = 0
    comma: str = "，"


@dataclass(frozen=True, slots=True)
class Listed:
    written: str
    names: tuple[Named, ...]


_FIRM = [name for name in NAMES if name[-1] in "厅局委办部府处院会" and "、" not in name]  # 和 after them joins
_ITEMS = st.one_of(
    st.sampled_from(NAMES).map(lambda name: Listed(name, (Named(name),))),
    st.sampled_from(NAMES).map(lambda name: Listed(name, (Named(name),))),
    st.sampled_from(sorted(TOGETHER)).map(lambda names: Listed(names, tuple(map(Named, TOGETHER[names])))),
)
_FIRST = st.one_of(_ITEMS, _ITEMS, st.sampled_from(BARE).map(lambda name: Listed(name, (Named(name),))))


@st.composite
def lists(
    draw: DrawFn, ends: dict[str, tuple[bool, tuple[str, ...]]] = OPEN, comma: str = "，", most: int = 3
) -> Listed:
    """Draw a list, on two levels where there is a ``comma`` for them."""
    written = ""
    names: list[Named] = []
    for group in range(draw(st.integers(1, 2)) if comma else 1):
        for at in range(draw(st.integers(1, most))):
            item = draw(_ITEMS if written else _FIRST)
            written += ("、" if at else comma if written else "") + item.written
            names += [replace(one, group=group, comma=comma) for one in item.names]
    end = draw(st.sampled_from(sorted(ends)))
    left_open, more = ends[end]
    if end:
        last = draw(st.sampled_from(_FIRM if end in BELOW else NAMES))
        written += "、" + last
        names.append(Named(last, left_open, names[-1].group, comma))
    names += [replace(names[-1], name=name, open=False) for name in more]
    return Listed(written + end, tuple(names))


# --- words -----------------------------------------------------------------------------------------------------------

# labels that are read only beside another: not drawn
_NOT_ALONE = re.compile(
    r"^主要(?:责任|负责)|(?:会办|会商|协作|督办|督查|监督|监管|执行|完成)(?:责任)?(?:..)?$|^(?:任务|职责)?分工"
)
WORDS = {
    kind: st.one_of(*(st.from_regex(words, fullmatch=True) for k, words in LABELS if k == kind)).filter(
        lambda label: not _NOT_ALONE.search(label) or label.endswith(("时限", "时间", "期限", "日期"))
    )
    for kind in "LSRGT"
}
VERBS = {  # p: responsible each for their part
    "l": ("牵头", "牵头负责", "牵头落实", "共同牵头", "联合牵头", "牵头组织实施", "统筹牵头", "按职责牵头", "主办"),
    "s": ("配合", "参与", "参加", "协助", "协办", "协同", "支持", "按职责分工配合", "积极配合", "共同参与", "配合落实"),
    "r": ("负责", "落实", "负责落实", "具体负责", "组织实施", "承担", "共同负责", "抓好落实", "负责组织实施"),
    "p": ("按职责分工负责", "按照职责分工负责", "分别负责", "按职责负责", "分工负责", "按各自职责分工落实"),
    "g": ("指导", "督导", "负责指导", "加强指导", "业务指导", "指导监督", "督促指导"),
}
# a time as written, what of it is the deadline, and the last day it allows in a plan of 2020
TIMES = (
    ("2020年底前完成", "2020年底前", date(2020, 12, 31)),
    ("6月底前", "6月底前", date(2020, 6, 30)),
    ("9月底完成", "9月底完成", date(2020, 9, 30)),
    ("年内完成", "年内", date(2020, 12, 31)),
    ("2021年6月底前完成", "2021年6月底前", date(2021, 6, 30)),
    ("第三季度完成", "第三季度完成", date(2020, 9, 30)),
    ("2025年12月", "2025年12月", date(2025, 12, 31)),
    ("持续推进", "持续推进", None),
    ("长期坚持", "长期坚持", None),
)
FIRST_LEADS = (
    *("列首位的为牵头单位，下同", "列第一位的为牵头单位，下同", "排在第一位的部门为牵头部门，下同"),
    *("排名第一的单位为牵头单位，以下同", "第一个单位为牵头单位，其余为配合单位，下同", "首位为主办单位，以下均同"),
    *("列第一位的单位牵头，下同", "排在首位的为牵头责任单位，其他单位按职责分工负责，下同", "顿号前为牵头单位，下同"),
)
COMMA_LEADS = (
    *("逗号前为牵头单位，下同", "逗号前为牵头单位，其余按职责分工负责，下同", "逗号之前为主责单位，以下同"),
    *("逗号前的单位为牵头单位，逗号后为配合单位，下同", "分号前为牵头单位，下同"),
)
FOR_ITSELF = ("列首位的为牵头单位", "第一个为主办单位", "逗号前为牵头单位", "逗号前的单位为牵头单位")
_HEAD = re.compile(".*(?:单位|部门|机构|主体|时限|期限)")  # of a sentence


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the document; ``mark`` is the comma before which the leads stand, empty for the first name."""

    written: str
    mark: str
    wide: bool = True


def states(written: str, wide: bool = True) -> Statement:
    """Make a statement of its words: 逗号前… and 分号前… name the comma before which the leads stand."""
    return Statement(written, {"逗": "，", "分": "；"}.get(written[0], ""), wide)


# --- clauses ---------------------------------------------------------------------------------------------------------

# rule → the orders of kinds it reads: labels L S R G T, verbs l s r p g, h (甲局会同乙局负责), R* (责任部门 first),
# M* (主要责任单位, with nobody beside them),
# b (with governments below), m (甲局（牵头）, in a list of those responsible), t a time; between them what parts them,
# + for 会同
SHAPES: dict[str, tuple[str, ...]] = {
    "D1": ("t，L", "t；L；S", "t，R", "t，L，R", "T；R", "T；L；S", "t，r", "t，p", "t，l，s", "t，l，r", "t，s"),
    "B5": ("L", "R", "S", "L。R", "L；S", "L。S。R", "R。S", "L\nR", "L。\nS", "G。R", "R。L", "L。R。T", "R；T"),
    "C9": ("l，s", "l，r", "l，p", "l、s", "l，p，s"),
    "C11": ("p", "p，s"),
    "C13": ("r，s", "r，s，s"),
    "C14": ("h",),
    "A1": ("L；S", "L。S", "L S", "L；S；S", "L；S；T", "L；T；S"),
    "A2": ("L；R", "L。R", "L R", "L；R；S", "L；S；R", "L；R；T"),
    "A3": ("L，S", "L，R", "R；L", "S；L", "R，L", "L；G", "L，G", "R；L；S", "L，R；S", "G；L；R"),
    "A4": ("L", "L；T"),
    "B7": ("M*",),
    "A5": ("S", "S；S", "S，S", "S。T"),
    "B4": ("R*",),
    "B1": ("R", "R；T", "m"),
    "B6": ("R；S", "R，S", "R S", "G；R", "R；G", "R；S；G", "R*；S"),
    "G2": ("G",),
    "C1": ("l，r", "l，p", "l；p", "l、p", "l，p，r", "l+r"),
    "C2": ("l，s", "l；s", "l、s", "l，s，s"),
    "C12": ("s，l", "r，l", "p；l", "s，r，l"),
    "C8": ("l",),
    "C6": ("g，r", "g，s", "g；p", "r，g", "p，g", "l，g，r", "l，g", "g，l", "g、r"),
    "C6b": ("r，s，g", "g，r，s", "g；p；s"),
    "C7": ("h",),
    "C5": ("b",),
    "C3b": ("p",),
    "C3": ("r",),
    "C10": ("r，s", "p，s", "r；s", "s", "r，r", "r，s，s"),
}
STATED = {  # the rules that a statement makes of others
    "B2": (("B1", "B4"), ""),
    "B3": (("B1", "B4"), "，"),
    "C4": (("C3", "C3b", "C5", "C7"), ""),
    "C4b": (("C3", "C3b", "C5", "C7"), "，"),
}
SENTENCES = ("B5", "C9", "C11", "C13", "C14")
_SPELT = {"，": "，,", "；": "；;", " ": " \u3000\n", "。": "。", "、": "、"}
OUTER = ("（）", "()", "〔〕", "［］", "【】", "[]")


@dataclass(frozen=True, slots=True)
class Party:
    named: Named
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Written:
    """A clause as written, with what it says by its own words; offsets count from its beginning."""

    rule: str
    text: str
    parties: tuple[Party, ...]
    times: tuple[tuple[int, int, date | None], ...] = ()
    statement: Statement | None = None
    stated_at: int = -1


@st.composite
def clauses(draw: DrawFn, rule: str, statement: Statement | None = None) -> Written:
    """Draw a clause that the rule reads by its own words; with a statement in it, if one is given."""
    shape = draw(st.sampled_from(SHAPES[rule]))
    sentence = rule in SENTENCES
    comma = draw(st.sampled_from("，,")) if statement is None or statement.mark != "；" else "；"
    comma = "" if rule in ("C13", "C14") else comma
    text = "" if sentence else draw(st.sampled_from(OUTER))
    text, close = text[:1], text[1:]
    parties: list[Party] = []
    times: list[tuple[int, int, date | None]] = []
    tokens = re.findall(r"[RM]\*|[A-Za-z]|[^A-Za-z*]+", shape)
    for at, (before, token, after) in enumerate(zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)):
        if at % 2:
            text += "会同" if token == "+" else token if sentence else draw(st.sampled_from(_SPELT[token]))
            continue
        if token in "tT":
            if token == "T":
                text += draw(WORDS["T"]) + "："
            written, read, by = draw(st.sampled_from(TIMES))
            times.append((len(text), len(text) + len(read), by))
            text += written
        elif token[0] in "LSRGMm":
            text, said = draw(_labelled(text, token, "S" in shape, comma, sentence))
            parties += said
        else:
            if not parties and before == "" and (rule in ("C13", "C14") or draw(st.booleans())):
                text += "由"
            text, said = draw(_verbal(text, token, after, comma, sentence))
            parties += said
    if not sentence and tokens[-1] not in "tT" and statement is None and draw(st.booleans()):
        written, read, by = draw(st.sampled_from(TIMES if shape[0] in "lsrpgbh" else TIMES[:-2]))
        times.append((len(text) + 1, len(text) + 1 + len(read), by))
        text += "，" + written
    stated_at = -1
    if statement is not None:
        around = draw(st.sampled_from(("，", "。", "；", "（）", "〔〕")))
        stated_at = len(text) + 1
        text += around[:1] + statement.written + around[1:]
    if rule == "B5":
        text += draw(st.sampled_from(["。", "；", ""]))
    return Written(rule, text + close, tuple(parties), tuple(times), statement, stated_at)


@st.composite
def _labelled(draw: DrawFn, text: str, token: str, hosts: bool, comma: str, sentence: bool) -> tuple[str, list[Party]]:
    kind = "R" if token in ("m", "M*") else token[0]
    if token in ("R*", "M*"):
        label = "责任部门" if token == "R*" else "主要责任单位"
    else:  # 主办单位 beside no 协办单位 is an event's
        label = draw(WORDS[kind])
        if (re.match("主办|承办", label) and (sentence or not hosts)) or (sentence and not _HEAD.fullmatch(label)):
            label = {"L": "牵头单位", "S": "配合单位", "R": "责任单位", "G": "指导单位", "T": "完成时限"}[kind]
    if token != "R*" and label.startswith("责任部门"):
        label = "责任单位"
    text += label + draw(st.sampled_from("：:"))
    if token == "m":
        first, second = draw(st.sampled_from(NAMES[:8])), draw(st.sampled_from(NAMES[:8]))
        text += f"{first}（牵头）、{second}"
        return text, [Party(Named(first), "L", "牵头"), Party(Named(second), "R", label)]
    listed = draw(lists(OPEN | BELOW, comma))
    return text + listed.written, [Party(one, kind, label) for one in listed.names]


@st.composite
def _verbal(draw: DrawFn, text: str, token: str, after: str, comma: str, sentence: bool) -> tuple[str, list[Party]]:
    comma = "" if comma == "；" else comma
    if token == "h":
        listed, other = draw(lists({"": (False, ())}, "", 1)), draw(lists(OPEN, "", 2).filter(_no_bare))
        text += f"{listed.written}会同{other.written}"
        names = (*listed.names, *other.names)
    else:
        listed = draw(lists(BELOW if token == "b" else OPEN, comma))
        text, names = text + listed.written, listed.names
    words = VERBS.get(token, VERBS["r"] + VERBS["p"])
    if sentence:  # looked for by these words
        words = tuple(w for w in words if token not in "lpr" or re.search("牵头|分工(?:负责|落实)|^负责$", w))
        words = ("负责", "负责落实") if token == "h" else words
        words = tuple(w for w in words if token != "s" or "分工" not in w)  # which is C11's
    if after in "、+" and after:  # the verb must show where it ends
        words = tuple(w for w in words if w.endswith("牵头" if token == "l" else "导"))
    verb = draw(st.sampled_from(words))
    return text + verb, [Party(one, "r" if token in "phb" else token, verb) for one in names]


def _no_bare(listed: Listed) -> bool:
    return not listed.names[0].name.startswith(BARE)


# --- documents -------------------------------------------------------------------------------------------------------

Told = tuple[
    str,  # rule
    tuple[int, int],  # span
    tuple[tuple[str, Role, str, bool], ...],  # name, role, label or verb, open
    tuple[tuple[int, int, date | None], ...],  # deadlines
    tuple[tuple[int, int], ...],  # basis
]

WORDING = ("推进甲工作", "完善乙机制，优化丙流程", "建设丁平台", "支持戊园区建设，加强己管理", "修订《庚办法》")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document, and what the clauses of each task say; ``inherited`` are those that stand elsewhere."""

    text: str
    tasks: tuple[tuple[Told, ...], ...]
    inherited: tuple[tuple[Told, ...], ...] = ()


def say(clause: Written, at: int, standing: Statement | None, stated_at: int) -> Told:
    """Say what a clause says at its place, beside the statement that holds there."""
    kinds = {party.kind for party in clause.parties}
    leads = bool(kinds & set("Ll"))
    carries_out = RESPONSIBLE if clause.rule == "C6" else SUPPORT
    beside = {"R": RESPONSIBLE, "r": RESPONSIBLE, "S": SUPPORT, "s": carries_out}
    if leads:
        beside = dict.fromkeys("RrSs", SUPPORT)
    of_kind = {"L": LEAD, "l": LEAD, "G": GUIDE, "g": GUIDE} | beside
    roles = [of_kind[party.kind] for party in clause.parties]
    rule = clause.rule
    basis: tuple[tuple[int, int], ...] = ()
    if standing is not None and not leads and kinds & set("Rr"):
        basis = ((stated_at, stated_at + len(standing.written)),)
        rule = next((made for made, (of, m) in STATED.items() if rule in of and bool(m) == bool(standing.mark)), rule)
        ours = [n for n, role in enumerate(roles) if role is RESPONSIBLE]
        place = {n: clause.parties[n].named.group if _counts(clause.parties[n], standing.mark) else 0 for n in ours}
        first = ours[:1] if not standing.mark else [n for n in ours if place[n] == min(place.values())]
        if not standing.mark or len(set(place.values())) > 1:
            roles = [LEAD if n in first else SUPPORT if n in ours else role for n, role in enumerate(roles)]
    said = tuple((p.named.name, role, p.label, p.named.open) for p, role in zip(clause.parties, roles, strict=True))
    times = tuple((at + begin, at + end, by) for begin, end, by in clause.times)
    return rule, (at, at + len(clause.text)), said, times, basis


def _counts(party: Party, mark: str) -> bool:
    return mark == party.named.comma.replace(",", "，")


@st.composite
def starred(draw: DrawFn) -> Drawn:
    """Draw a document that says which mark those who lead have; in a clause without any nobody is said to lead."""
    mark = draw(st.sampled_from("★☆▲△※*"))
    statement = (
        draw(st.sampled_from(("标{}的为牵头单位", "带“{}”的为牵头单位", "加{}的单位为牵头单位"))).format(mark)
        + "，下同"
    )
    text = "甲省2020年工作计划\n"
    tasks: list[tuple[Told, ...]] = []
    basis: tuple[tuple[int, int], ...] = ()
    for n in range(draw(st.integers(1, 3))):
        text += f"{n + 1}．{draw(st.sampled_from(WORDING))}。"
        at = len(text)
        names = draw(st.lists(st.sampled_from([n for n in _FIRM if n[-1] in "局厅部院"]), min_size=1, max_size=4))
        leads = draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names)))
        after = draw(st.booleans())
        marked = [
            (name + mark if after else mark + name) if one else name for name, one in zip(names, leads, strict=True)
        ]
        text += "（责任单位：" + "、".join(marked)
        if not n:
            text += "，"
            basis = ((len(text), len(text) + len(statement)),)
            text += statement
        text += "）"
        beside = SUPPORT if any(leads) else RESPONSIBLE
        said = tuple((one, LEAD if lead else beside, "责任单位", False) for one, lead in zip(names, leads, strict=True))
        tasks.append((("B9", (at, len(text)), said, (), basis),))
        text += "\n"
    return Drawn(text, tuple(tasks))


@st.composite
def duties(draw: DrawFn) -> Drawn:
    """Draw a list by body under a heading that says so."""
    label = draw(st.sampled_from(("职责", "职责分工", "任务分工")))
    text = (
        f"甲省2020年工作计划\n一、{draw(st.sampled_from(('成员单位', '部门'))) if label != '任务分工' else ''}{label}\n"
    )
    tasks: list[tuple[Told, ...]] = []
    for n in range(draw(st.integers(2, 4))):
        text += f"{n + 1}．"
        listed = draw(lists({"": (False, ())}, "", 2))
        said = tuple((one.name, RESPONSIBLE, label, False) for one in listed.names)
        tasks.append((("G1", (len(text), len(text) + len(listed.written)), said, (), ()),))
        text += f"{listed.written}：{draw(st.sampled_from(WORDING))}。\n"
    return Drawn(text, tuple(tasks))


@st.composite
def by_body(draw: DrawFn) -> Drawn:
    """Draw a table by body: one row a body, beside it what it is to do."""
    head = draw(st.sampled_from(("部门", "单位", "成员单位", "单位名称", "有关部门")))
    label = draw(st.sampled_from(("职责", "工作任务", "主要职责", "重点领域")))
    text = f"甲省2020年职责清单\n{head}\t{label}\n"
    tasks: list[tuple[Told, ...]] = []
    listed = draw(st.lists(lists({"": (False, ())}, "", 2), min_size=2, max_size=4, unique_by=lambda one: one.written))
    for one in listed:
        said = tuple((name.name, RESPONSIBLE, label, False) for name in one.names)
        tasks.append((("E2", (len(text), len(text) + len(one.written)), said, (), ()),))
        text += f"{one.written}\t{draw(st.sampled_from(WORDING))}\n"
    return Drawn(text, tuple(tasks))


@st.composite
def alone(draw: DrawFn) -> Drawn:
    """Draw a document whose clauses are names alone, the first with a rule for which of them leads."""
    statement = draw(st.sampled_from(FIRST_LEADS))
    label = next(word for word in ("牵头责任单位", "牵头单位", "牵头部门", "主办单位", "牵头") if word in statement)
    text = "甲省2020年工作计划\n"
    tasks: list[tuple[Told, ...]] = []
    basis: tuple[tuple[int, int], ...] = ()
    for n in range(draw(st.integers(1, 3))):
        text += f"{n + 1}．{draw(st.sampled_from(WORDING))}。"
        at = len(text)
        names = draw(st.lists(st.sampled_from([n for n in _FIRM if n[-1] in "局厅委办部院"]), min_size=1, max_size=3))
        text += "（" + "、".join(names)
        if not n:
            text += "，"
            basis = ((len(text), len(text) + len(statement)),)
            text += statement
        text += "）"
        said = tuple((name, SUPPORT if place else LEAD, label, False) for place, name in enumerate(names))
        tasks.append((("B8", (at, len(text)), said, (), basis),))
        text += "\n"
    return Drawn(text, tuple(tasks))
