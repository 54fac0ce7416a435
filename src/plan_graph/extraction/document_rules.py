"""What a document says once and means for all its clauses.

Five statements are met: that the first name of a list leads (列首位的为牵头单位，下同), that the names before
the comma lead (逗号前为牵头单位，下同), that those with a mark do (标★的为牵头单位), that all who are responsible do
where no lead is named (无牵头单位的，责任单位即为牵头单位), and that a party is to be added to everything below
(以下均需…落实，不再列出). They stand in the first clause, in a bracket of their own inside it, or in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from plan_graph.extraction.brackets import mask
from plan_graph.extraction.names import STARS, Name, split_names
from plan_graph.model.text import Span

_LEADS = (
    r"(?:均)?(?:为|是|系|作为)(?:(?:总|第一|主要)?(?:牵头|主办|主责)(?:[和或](?:汇总|主办|协调|组织))?(?:责任|负责)?"
    r"|(?:第一|主要|首要)(?:责任|负责))(?:单位|部门)"
    r"(?:[和或、](?:者)?(?:单位|部门|机构)|[和或]汇总单位)?"
)
_WHO = r"(?:的|者|责任|牵头|单位|部门|机构|名称|位)*"
_OR_LEADS = rf"(?:{_LEADS}|牵头(?:负责|落实|组织实施)?)"
_FIRST = (
    r"(?:除[^，,。；;（()）\n]{2,24}外[，,])?"
    rf"(?:(?:其中[，,]?|以上|以下|上述|各项|任务|所列)*(?:{_WHO}中)?[，,]?(?:名单中?)?"
    r"(?:排名?|排列|列|位列|居|位居|排序|顺序)?(?:在|于|为)?"
    rf"(?:(?:第一位|首位|第1位|最前面?|前面|前列首位){_WHO}{_OR_LEADS}|(?:第一|首个|首家|第1|第一个|第一家|前){_WHO}{_LEADS}))"
)
_COMMA = rf"(?:(?:第一个|首个|第1个)?(?P<sep>逗号|分号|顿号)(?:之|以)?前(?:面|边)?(?:所列)?{_WHO}{_LEADS})"
# 标★的为牵头单位, ★为牵头单位, 加“※”号的单位为牵头单位
_MARKED = (
    rf"(?:(?:责任|落实|实施)?(?:单位|部门)?(?:名称|名单)?中?(?:前面?|后面?)?(?:带有?|标有?|标注有?|标记|标明|注有?|加注?|打|画|有))?"
    rf"[“\"‘（(]?(?P<sign>[{re.escape(STARS)}])[”\"’）)]?(?:号|标志|标记|标识|符号)?"
    rf"(?:{_WHO}{_LEADS}|(?:表示|代表)牵头(?:责任)?(?:单位|部门))"
)
_REST = (
    r"(?:[，,；;、。]?(?:逗号之?后|分号之?后|顿号之?后|其余|其他|其它|后面|之后|余下|(?:有关|相关)(?=部门|单位)|[未没无](?:有)?(?:明确|逗号|注明|标注)(?:牵头)?)"
    r"(?:所列)?(?:的)?(?:各?单位|各?部门|者)*"
    r"(?:的)?(?:均)?(?:为|按|是|作为|予以|积极)?[^，,。；;（）()〔〕、\n]{0,18}){0,2}"
)
_SAME = (
    r"以下(?:均|皆|都)?(?:相?同|类同|同此)|下同|后同|全文同|以下均按此执行|不再(?:逐一|一一|另行)?(?:注明|说明|标注)"
)
# 逗号前为牵头单位，以下任务均需…: what it goes on with is said of all below, so it is too
# （逗号前为牵头单位），下同: the bracket of the rule may be closed before 下同
_BELOW = rf"(?:[）)〕]?[，,；;。、]?[ ]?(?:[（(](?:{_SAME})[）)]|(?:{_SAME}))|[，,](?=以下[^。；;]{{0,10}}[均都皆]))?"
# …为牵头单位，各州、市人民政府负责落实，下同: who is added to all below; 涉及各县的由各县政府负责 depends on the task
_ADDED = (
    r"(?:[，,；;](?:(?P<added>(?:各|有关|相关)[^，,。；;（()）\n]{2,24}?)"
    r"(?P<acts>(?:按照?职责分工|分别|具体|组织|抓好)*(?:负责落实|负责|落实|实施|配合|参与))"
    r"|(?:凡)?(?:涉及|属于)[^，,。；;（()）\n]{2,40}(?:[，,]不再(?:逐一|一一)?列出)?)(?=[，,；;。]))?"
)
_UNLISTED = r"不再(?:逐一|一一|重复|另行|单独|分别)?(?:列出|列示|赘列|罗列|列举|列名|注明|单列|列)"
_NOT_AGAIN = (
    r"以下(?:各项|任务|工作|内容|条款|措施|政策|举措|要求|目标|事项|所有)*(?:均|都|皆)(?:需|须|由|要|需要|应由?)(?P<party>[^。；;\n]{1,120}?)"
    r"(?P<verb>(?:按照?职责分工|分别|共同|具体|负责|组织|抓好|贯彻|推动)*(?:落实|实施|负责|执行|配合|参与|推进|承担))"
    rf"[，,、]?(?:下同[，,]?)?{_UNLISTED}"
)
# 各县（市、区）人民政府均为责任单位，以下不再列出: added to its own clause too
_CONCERN_ALL = (
    r"(?P<from>(?:具体|各项|上述|以上|以下|所有)*)(?:任务|工作|措施|政策|举措|事项|责任单位)?中?(?:均|都|皆)(?P<how>涉及|需要?|包含|包括|含)(?P<whom>[^。；;，,\n“”：:]{2,80}?)"
    r"(?P<does>(?:按照?职责分工|具体|组织|抓好|贯彻|负责)*(?:落实|实施|负责|执行|配合|参与|推进|承担))?[，,]"
    rf"(?:不再(?:做|作|另行|单独|具体)*分工|{_UNLISTED})(?:[，,；;]?(?:{_SAME}))?"
)
_ARE_ALL = (
    r"(?<![^。；;，,、（(〔\[\n\s])(?P<each>[^。；;，,\n“”：:]{2,80}?)(?:均|都|皆)(?:为|是|作为|属于?)(?P<as>(?:责任|落实|实施|配合|参与)(?:单位|部门))"
    rf"[，,；;。、]?(?:(?:以下|下面|后文)(?:均|都|各项)?)?(?:{_UNLISTED}|{_SAME})"
)
# 各县（市、区）人民政府负责本辖区内各项任务的组织落实，以下不再列出: of every place, and of all below
_EACH_PLACE = (
    r"(?<![^。；;，,、（(〔\[\n\s])(?P<place>各(?![项类种条]|环节|方面|阶段|任务)[^。；;，,\n“”：:]{2,60}?)"
    r"(?P<part>(?:为|是|作为)(?:以下|下列|上述|以上|所有|全部|各项|有关|相关)*(?:任务|工作|措施|事项|政策|举措)*的?(?:责任|落实|实施|配合|参与)(?:单位|部门|主体)"
    r"|(?:要|须|应|需)?(?:按照?(?:属地(?:管理)?|职责分工|各自职责|职责)(?:的)?(?:原则|要求)?|具体|分别|共同)*(?:负责|抓好|做好|组织|承担)"
    r"(?:(?:本|各自|所在)?(?:辖区|地区|地|行政区域|区域|属地)内?的?)?(?:有关|相关|各项|所有|上述|以上|以下)*(?:任务|工作|措施|事项|政策|举措)*的?(?:组织|贯彻|具体)*(?:落实|实施|推进|执行)(?:工作)?"
    r"|(?:(?:要|须|应)?对[^。；;，,\n]{0,10}(?:辖区|地区|地|行政区域|区域|属地)内?的?[^。；;，,\n]{0,12})?"
    r"(?:负|承担)(?:有)?(?:主体|属地|落实|属地管理|总|全部|直接|组织实施)?(?:的)?责任?)"
    r"(?:[，,](?:均|都|皆|要|须|应|并)*(?:负责|组织|参与|配合|抓好|做好)*(?:落实|实施|推进|执行|参与|配合)(?:工作)?)?"
    rf"[，,；;、](?:(?:以下|下同|下面|后文)(?:均|都|各项|任务)*[，,]?)?{_UNLISTED}"
)
# 无牵头单位的，责任单位即为牵头单位
_EVERY = (
    r"(?:无|没有|未(?:明确|注明|标明|列出|指定))牵头(?:单位|部门)的?(?:任务|事项|工作)?[，,]?(?:由|其|则)?"
    r"(?:所列)?(?:责任|承办)(?:单位|部门)(?:均|都|皆|即)?(?:为|是|作为|视为|视同)牵头(?:单位|部门)"
)
STATEMENT = re.compile(
    rf"(?:注[：:]?|说明[：:]?|\*)?(?:(?P<first>{_FIRST})|(?P<comma>{_COMMA})|(?P<marked>{_MARKED})|(?P<every>{_EVERY})){_REST}{_ADDED}(?P<below>{_BELOW})|(?P<inherit>{_NOT_AGAIN})"
    rf"|(?P<all>{_ARE_ALL})|(?P<everywhere>{_EACH_PLACE})|(?P<concern>{_CONCERN_ALL})"
)
# where a statement may be: cheap, for most texts hold none
_LIKELY = re.compile(
    r"(?:第一|首位|首个|首家|第1|最前|在前|前面|号[之以]?前)[^。\n]{0,16}?(?:牵头|主办|主责|(?:第一|主要|首要)[责负])|以下[^。\n]{0,8}[均都皆]|[均都皆](?:为|是|作为|属)[责落实配参]|[均都皆](?:涉及|需|包?含|包括)|牵头(?:单位|部门)的?[^。\n]{0,8}责任(?:单位|部门)|不再(?:[^，。；;\n]{0,2})(?:列|注明|赘)"
)
_STAR = re.compile(f"[{re.escape(STARS)}]")
_LIKELY_AMONG_STARS = re.compile(rf"{_LIKELY.pattern}|{_STAR.pattern}[^。\n]{{0,10}}?(?:牵头|主办|主责)")
_AROUND = (40, 260)  # a statement begins no earlier and ends no later around that
_BEFORE_ITS_END = 110  # nor earlier before 不再列出


class Says(Enum):
    """What a statement says."""

    FIRST_LEADS = "first"
    BEFORE_COMMA_LEADS = "comma"
    MARKED_LEADS = "mark"
    ALL_LEAD = "every"
    ALSO = "also"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. ``wide`` tells whether it means the clauses below too, or only its own.

    ``parties`` and ``verb`` say who is added to everything below and how.
    """

    says: Says
    span: Span
    wide: bool = True
    mark: str = (
        ""  # for names before a comma: 逗号, or 分号 where it is the semicolon; for marked names what marks them
    )
    parties: tuple[Name, ...] = ()
    verb: str = ""
    here: bool = False  # a party added to the statement's own clause too


def statements(text: str, within: Span) -> Iterator[Statement]:
    """Find the statements in a stretch of text, in order.

    >>> [s.says.value for s in statements("甲局、乙局，列首位的为牵头单位，下同", Span(0, 18))]
    ['first']
    """
    at = within.begin
    starred = _STAR.search(text, within.begin, within.end)
    for likely in (_LIKELY_AMONG_STARS if starred else _LIKELY).finditer(text, within.begin, within.end):
        before = _BEFORE_ITS_END if likely[0].startswith("不再") else _AROUND[0]
        first, last = max(at, likely.start() - before), min(within.end, likely.end() + _AROUND[1])
        hit = STATEMENT.search(text, first, last)
        if hit is None or hit.start() > likely.end():
            continue
        at = hit.end()
        span = Span(hit.start() + len(hit[0]) - len(hit[0].lstrip("，, ")), hit.end())
        if hit["inherit"]:
            party = Span(*hit.span("party"))
            names = tuple(split_names(text, party, mask(party.of(text))))
            yield Statement(Says.ALSO, span, True, "", names, hit["verb"])
        elif hit["concern"]:
            party = Span(*hit.span("whom"))
            names = tuple(split_names(text, party, mask(party.of(text))))
            here = hit["from"] != "以下"
            yield Statement(Says.ALSO, span, True, "", names, hit["does"] or hit["how"], here=here)
        elif hit["all"]:
            party = Span(*hit.span("each"))
            names = tuple(split_names(text, party, mask(party.of(text))))
            yield Statement(Says.ALSO, span, True, "", names, hit["as"], here=True)
        elif hit["everywhere"]:
            party = Span(*hit.span("place"))
            names = tuple(split_names(text, party, mask(party.of(text))))
            yield Statement(Says.ALSO, span, True, "", names, hit["part"], here=True)
        elif hit["every"]:
            yield Statement(Says.ALL_LEAD, span, bool(hit["below"]))
        elif hit["marked"]:
            yield Statement(Says.MARKED_LEADS, span, bool(hit["below"]), hit["sign"])
        else:
            by_first = hit["first"] or hit["sep"] == "顿号"  # before the list comma stands one name
            says = Says.FIRST_LEADS if by_first else Says.BEFORE_COMMA_LEADS
            yield Statement(says, span, bool(hit["below"]), hit["sep"] or "")
        if hit["added"] and hit["below"]:
            party = Span(*hit.span("added"))
            names = tuple(split_names(text, party, mask(party.of(text))))
            yield Statement(Says.ALSO, Span(party.begin, hit.end()), True, "", names, hit["acts"], here=True)
