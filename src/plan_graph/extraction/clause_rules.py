"""The rules of responsibility clauses: one table, each row with its name, a pattern, an example and its roles.

``clause.py`` cuts a clause into segments and asks these rules, in their order, for the first that matches. To read
another convention add a row, and its words to ``markers.py`` if they are new.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from plan_graph.extraction.document_rules import Says
from plan_graph.model.plan import Role

_LEAD, _SUPPORT, _ALL, _GUIDE = Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE, Role.GUIDE
BRACKET, SENTENCE, TABLE, DUTIES = "bracket", "sentence", "table", "duties"


@dataclass(frozen=True, slots=True)
class Rule:
    """One convention.

    ``pattern`` is matched against the kinds of a clause (``markers.KINDS``; times and persons left out, unless
    the pattern begins with ``[tT]``), ``words`` must be found in the clause where given, ``says`` is a statement
    of the document that must hold. ``roles`` maps kinds to roles; under a statement, those that are
    responsible become lead or support.
    """

    name: str
    pattern: str
    example: str
    roles: Mapping[str, Role]
    reads: str
    form: str = BRACKET
    words: str = ""
    says: Says | None = None
    context: str = ""
    compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", re.compile(self.pattern))


_SOME = "[，；。、 ]?"
BY_BODY = "E2"  # the rule for tables whose rows are bodies with their duties
MAIN = "B7"  # the rule under which a label such as 主要责任单位 leads nobody
RULES: tuple[Rule, ...] = (
    Rule(
        "D1",
        rf"[tT]{_SOME}[LRSGlrsg].*",
        "（6月底完成，牵头考核单位：市教育局）",
        {"L": _LEAD, "l": _LEAD, "S": _SUPPORT, "s": _SUPPORT, "R": _ALL, "r": _ALL, "G": _GUIDE, "g": _GUIDE},
        "a time first, then labels or verbs as in the rules below",
    ),
    Rule(
        "B5",
        r"[LRSG](?:[，；。、 ][LRSG])*",
        "牵头单位：市教育局。责任单位：市财政局。",
        {"L": _LEAD, "R": _ALL, "S": _SUPPORT, "G": _GUIDE},
        "labels in sentences of their own, without brackets",
        SENTENCE,
    ),
    Rule(
        "C9",
        rf"l(?:{_SOME}[srg])+",
        "由市教育局牵头，市财政局、市审计局配合。",
        {"l": _LEAD, "s": _SUPPORT, "r": _SUPPORT, "g": _GUIDE},
        "a whole sentence that says who leads and who supports",
        SENTENCE,
    ),
    Rule(
        "C11",
        rf"r(?:{_SOME}[rs])*",
        "市教育局、市财政局按职责分工负责。",
        {"r": _ALL, "s": _SUPPORT},
        "a whole sentence that says who is responsible each for their part",
        SENTENCE,
        words="分工|分别",
    ),
    Rule(
        "C13",
        rf"r(?:{_SOME}s)+",
        "由市教育局负责，市财政局、市审计局配合。",
        {"r": _ALL, "s": _SUPPORT},
        "a sentence that says by whom something is done and who supports",
        SENTENCE,
        words="^由",
    ),
    Rule(
        "C14",
        r"r",
        "由市教育局会同市财政局等部门负责落实。",
        {"r": _ALL},
        "a sentence that says by whom something is done, and together with whom; or who sees to a question of a list",
        SENTENCE,
        words="^由.*会(?:同|[省市县区])",
    ),
    Rule(
        "A1",
        r"L(?:[；。 ]S)+",
        "（牵头单位：省财政厅，有关市人民政府；配合单位：省国资委）",
        {"L": _LEAD, "S": _SUPPORT},
        "lead label, then supporting label",
    ),
    Rule(
        "A2",
        r"L(?:[；。 ][RS])+",
        "（牵头单位：市教育局；责任单位：市财政局）",
        {"L": _LEAD, "R": _SUPPORT, "S": _SUPPORT},
        "lead label, then responsible label: beside a stated lead the others support",
    ),
    Rule(
        "A3",
        rf"(?:L(?:{_SOME}[RSLGsrg])+|[RSG](?:{_SOME}[RSG])*{_SOME}L(?:{_SOME}[RSG])*)",
        "〔牵头单位：市教育局，责任单位：各县（市、区）人民政府〕",
        {"L": _LEAD, "R": _SUPPORT, "r": _SUPPORT, "S": _SUPPORT, "s": _SUPPORT, "G": _GUIDE, "g": _GUIDE},
        "the same with a comma between the labels, or the labels in another order",
    ),
    Rule(
        MAIN,
        r"L",
        "（主要责任单位：市教育局、市财政局）",
        {"R": _ALL},
        "the main ones of those responsible, with nobody beside them: no lead stated",
        words="^主要(?:责任|负责)",
    ),
    Rule("A4", r"L", "（牵头单位：省教育厅）", {"L": _LEAD}, "lead label alone"),
    Rule("A5", r"S(?:[，；。]S)*", "（配合单位：市财政局）", {"S": _SUPPORT}, "supporting label alone"),
    Rule(
        "B2",
        r"R",
        "（责任单位：市教育局、市财政局，列首位的为牵头单位，下同）",
        {"R": _ALL},
        "responsible label in a document that says the first name leads; the rest support",
        says=Says.FIRST_LEADS,
    ),
    Rule(
        "B3",
        r"R",
        "〔责任单位：市教育局，市财政局（逗号前为牵头单位，其余按职责分工负责，下同）〕",
        {"R": _ALL},
        "responsible label in a document that says the names before the comma lead; without a comma none leads",
        says=Says.BEFORE_COMMA_LEADS,
    ),
    Rule(
        "B9",
        r"R",
        "（责任单位：★市教育局、市财政局，标★的为牵头单位，下同）",
        {"R": _ALL},
        "responsible label in a document that says the names with a mark lead; without any none leads",
        says=Says.MARKED_LEADS,
    ),
    Rule("B4", r"R", "（责任部门：市教育局、市财政局）", {"R": _ALL}, "the same with 部门", words="^责任部门"),
    Rule(
        "B1", r"R", "（责任单位：市教育局、市财政局，各县人民政府）", {"R": _ALL}, "responsible label, no lead stated"
    ),
    Rule(
        "B6",
        r"[RG](?:[，；。 ][RSG])+",
        "（责任单位：市教育局；配合单位：市财政局）",
        {"R": _ALL, "S": _SUPPORT, "G": _GUIDE},
        "responsible label, then supporting or guiding label, no lead stated",
    ),
    Rule(
        "B8",
        r"N",
        "（市教育局、市财政局，列首位的为牵头单位，下同）",
        {"R": _ALL},
        "names alone, with a rule for which of them lead; from there on names alone in brackets are read so",
        words="牵头|主办|主责",
    ),
    Rule("G2", r"G", "（指导单位：省教育厅）", {"G": _GUIDE}, "guiding label alone"),
    Rule(
        "C1",
        rf"l(?:{_SOME}r)+",
        "（市教育局牵头，市财政局、市审计局按职责分工负责）",
        {"l": _LEAD, "r": _SUPPORT},
        "one leads, the others are responsible: beside a stated lead they support",
    ),
    Rule(
        "C2",
        rf"l(?:{_SOME}s)+",
        "（市教育局牵头，市财政局配合）",
        {"l": _LEAD, "s": _SUPPORT},
        "one leads, the others support",
    ),
    Rule(
        "C12",
        rf"[sr](?:{_SOME}[sr])*{_SOME}l(?:{_SOME}[sr])*",
        "（市财政局配合，市教育局牵头）",
        {"l": _LEAD, "s": _SUPPORT, "r": _SUPPORT},
        "the same with the lead last, or after the first of the others",
    ),
    Rule("C8", r"l", "（市教育局、市财政局牵头负责）", {"l": _LEAD}, "all lead"),
    Rule(
        "C6b",
        rf"(?=.*g)(?=.*r)(?=.*s)[rsg](?:{_SOME}[rsg])*",
        "（市教育局负责，市财政局配合，省教育厅指导）",
        {"g": _GUIDE, "r": _ALL, "s": _SUPPORT},
        "one guides, some carry it out, others support",
    ),
    Rule(
        "C6",
        rf"(?:g(?:{_SOME}[rsgl])*|[rl](?:{_SOME}[rs])*{_SOME}g(?:{_SOME}[rsg])*|l(?:{_SOME}[rsg])+)",
        "（省教育厅指导，各市人民政府负责落实）",
        {"l": _LEAD, "g": _GUIDE, "r": _ALL, "s": _ALL},
        "one guides, the others carry it out; beside a stated lead they support",
    ),
    Rule(
        "C4",
        r"r",
        "（市教育局、市财政局等负责。列第一位的为牵头单位，下同）",
        {"r": _ALL},
        "are responsible, in a document that says the first name leads; the rest support",
        says=Says.FIRST_LEADS,
    ),
    Rule(
        "C4b",
        r"r",
        "（市教育局，市财政局负责。逗号前为牵头单位，下同）",
        {"r": _ALL},
        "are responsible, in a document that says the names before the comma lead",
        says=Says.BEFORE_COMMA_LEADS,
    ),
    Rule("C7", r"r", "（市教育局会同有关部门负责）", {"r": _ALL}, "one together with others", words="会同"),
    Rule(
        "C5",
        r"r",
        "（教育部、财政部等和各省级人民政府负责）",
        {"r": _ALL},
        "bodies and governments below are responsible",
        words="[和及与](?:各|有关|相关)",
    ),
    Rule(
        "C3b",
        r"r",
        "（教育部、财政部等按职责分工负责）",
        {"r": _ALL},
        "are responsible each for their part, no lead stated",
        words="分工|分别|职责",
    ),
    Rule("C3", r"r", "（市教育局、市财政局负责）", {"r": _ALL}, "are responsible, no lead stated"),
    Rule(
        "C10",
        rf"(?:r(?:{_SOME}[rs])+|s)",
        "（市教育局负责，市财政局配合）",
        {"r": _ALL, "s": _SUPPORT},
        "one is responsible, the others support",
    ),
    Rule(
        "E1",
        r".*[LRSGlrsg].*",
        "任务\t牵头单位\t责任单位\t完成时限\n建设平台\t市教育局\t市财政局\t12月底",
        {"L": _LEAD, "l": _LEAD, "R": _ALL, "r": _ALL, "S": _SUPPORT, "s": _SUPPORT, "G": _GUIDE, "g": _GUIDE},
        "a table: one row a task, the heads of the columns are the labels; without a lead column R are responsible",
        TABLE,
    ),
    Rule(
        BY_BODY,
        r"R",
        "部门\t职责\n市教育局\t落实校园安全责任。\n市财政局\t统筹安排资金。",
        {"R": _ALL},
        "a table by body: one row a body, beside it what it is to do",
        TABLE,
    ),
    Rule(
        "G1",
        r"R",
        "市教育局：落实校园安全责任。",
        {"R": _ALL},
        "a list by body under a heading such as 成员单位职责: each line is that body's task",
        DUTIES,
        context="五、成员单位职责",
    ),
)
# names alone at the ends of the items of a document that says nowhere what they are: read by ``bare_lists``
NAMES_ONLY = Rule(
    "B11",
    r"N",
    "（市教育局、市财政局）",
    {"R": _ALL},
    "names alone at the end of nearly every item of a document that says nowhere what they are to it",
)
