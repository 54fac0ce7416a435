"""Examples of the clause grammar and what is read from them, for the page of the reference that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from plan_graph.authority.register import Register
from plan_graph.extraction.clause_rules import DUTIES, TABLE, Rule
from plan_graph.extraction.tasks import extract
from plan_graph.model.plan import Clause, Plan, Role
from plan_graph.reading.text import decode

Outcome = Callable[[Iterable[Clause], dict[Role, str]], str]
# Forms of clauses met in plans, each in our own words; the page says what becomes of each.
FORMS: tuple[tuple[str, str, str], ...] = (
    ("两个标签以分号相隔", "two labels, a semicolon between", "（牵头部门：省教育厅；配合部门：省财政厅）"),
    ("两个标签以逗号相隔", "two labels, a comma between", "（牵头单位：市教育局，责任单位：市财政局、市审计局）"),
    (
        "六角括号，名称内另有括号",
        "hexagonal brackets, brackets inside a name",
        "〔牵头单位：市教育局，责任单位：各县（市、区）人民政府〕",
    ),
    ("只有牵头", "a lead alone", "（牵头考核单位：市教育局）"),
    ("协同责任单位", "jointly responsible", "（牵头单位：市教育局；协同责任单位：市财政局）"),
    ("没有牵头的责任单位", "responsible bodies without a lead", "（责任单位：市教育局、市财政局）"),
    (
        "首条写明：列第一位的牵头",
        "a rule stated once: the first leads",
        "（责任单位：市教育局、市财政局。列第一位的为牵头单位，下同）",
    ),
    (
        "首条写明：逗号前的牵头",
        "a rule stated once: those before the comma lead",
        "（责任单位：市教育局、市财政局，市审计局。逗号前为牵头单位，下同）",
    ),
    ("不加括号的两句", "two sentences, no brackets", "牵头单位：市教育局。责任单位：市财政局。"),
    ("动词：牵头，负责", "verbs: leads, is responsible", "（市教育局牵头，市财政局按职责分工负责）"),
    ("动词：牵头，配合", "verbs: leads, supports", "（市教育局牵头，市财政局配合）"),
    ("动词：负责", "a verb alone: is responsible", "（市教育局、市财政局负责）"),
    ("动词：指导，落实", "verbs: guides, carries out", "（市教育局指导，各县区政府落实）"),
    ("会同有关部门", "together with those concerned", "（市教育局会同有关部门负责）"),
    ("时限在前", "a deadline first", "（6月底完成，牵头考核单位：市教育局）"),
    ("时限在后", "a deadline as third label", "（牵头单位：市教育局；配合单位：市财政局；完成时限：6月底）"),
    ("主办、协办", "hosts and co-hosts", "（主办单位：市教育局；协办单位：市财政局）"),
    ("正文叙述", "running text", "由市教育局牵头，市财政局、市审计局配合。"),
    ("括号没有闭合", "a bracket that is not closed", "（牵头单位：市教育局"),
    ("参加单位", "participants", "（牵头单位：市教育局；参加单位：市财政局）"),
    ("责任领导", "a person in charge", "（责任领导：某副市长；责任单位：市教育局）"),
    ("时间夹在动词之间", "a time among verbs", "（市教育局牵头，2020年底前完成）"),
    ("标签里又用动词", "verbs after a label", "（责任单位：市教育局牵头，市财政局配合）"),
    ("正文里的牵头", "leading, in prose", "支持龙头企业牵头组建联盟。"),
    ("负责解释", "interprets the text", "本办法由市教育局负责解释。"),
    ("活动的主办单位", "the host of an event", "（主办单位：市教育局）"),
)

# Lists of names, and what splitting makes of them.
LISTS = (
    "省财政厅，有关市人民政府",
    "沈阳、大连市人民政府",
    "省商务厅等省（中）直有关单位",
    "省教育厅、省科技厅等",
    "各县（市、区）人民政府、市委组织部（市人才办）",
    "市住建局、审批服务局",
    "各区县政府及园区管委会",
    "省委组织部、宣传部、教育厅",
    "市人力资源和社会保障局和有关部门",
    "各市、州、县人民政府",
)
STATEMENTS: tuple[tuple[str, str], ...] = (
    (
        "第一位牵头 the first leads",
        "1．甲。（责任单位：市教育局、市财政局。列第一位的为牵头单位，下同）\n2．乙。（责任单位：市财政局、市审计局）",
    ),
    (
        "逗号前牵头 before the comma",
        "1．甲。（责任单位：市教育局，市财政局。逗号前为牵头单位，下同）\n2．乙。（责任单位：市财政局、市审计局）",
    ),
    (
        "不再列出 not listed again",
        "1．甲。（省教育厅指导，各市政府负责落实。以下均需各市政府落实，不再列出）\n2．乙。（省财政厅指导）",
    ),
)


def read(text: str) -> Plan:
    """Read a text as a plan."""
    return extract(decode(text.encode(), "example", "example.txt"), Register.load())


def read_example(rule: Rule) -> list[Clause]:
    """Read a rule's example as a small document, and give its clauses.

    :raises ValueError: if another rule read it.
    """
    text = rule.example
    if rule.form == DUTIES:
        text = f"{rule.context}\n1．{text}\n2．市财政局：保障经费。"
    elif rule.form != TABLE:
        text = f"1．推进甲。{text}"
    found = [clause for task in read(text).tasks[:1] for clause in task.governing]
    if {clause.rule for clause in found} != {rule.name}:
        raise ValueError(f"the example of {rule.name} is read by {[clause.rule for clause in found]}: {rule.example}")
    return found


def outcome_of(text: str, roles: dict[Role, str], outcome: Outcome) -> str:
    """Say what becomes of a form: read, reported or left alone."""
    plan = read(f"1．推进甲。{text}")
    found = [clause for task in plan.tasks for clause in task.governing]
    if found:
        return f"`{found[0].rule}`<br>{outcome(found, roles)}"
    return "台账报告 reported, not read" if plan.doubts else "不是责任分工 no clause"


def statements_read(roles: dict[Role, str], outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """Give each statement with an example of two tasks and what each becomes."""
    for name, text in STATEMENTS:
        tasks = read(text).tasks
        made = "<br>".join(f"{t.number_as_written} {outcome(t.governing, roles)}" for t in tasks)
        yield name, text.replace("\n", "<br>"), made


def names_of(text: str) -> str:
    """Give the names of a list, one a line."""
    plan = read(f"1．推进甲。（牵头单位：{text}）")
    mentions = [m for task in plan.tasks for clause in task.clauses for m in clause.mentions]
    return "<br>".join(m.name + (" (+ 等)" if m.open else "") for m in mentions)
