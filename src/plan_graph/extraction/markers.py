"""The words of responsibility clauses: labels that stand before names, verbs that stand after them, times.

Each word has a *kind*, one letter; the rules of ``clause_rules.py`` are patterns over kinds. To teach the grammar a
new word, add it here; to teach it a new order of words, add a rule there.
"""

from __future__ import annotations

import re

# kind → what it says of the names it goes with
KINDS = {
    "L": "a label that names the lead",
    "S": "a label that names those who support",
    "R": "a label that names those responsible",
    "G": "a label that names those who guide",
    "T": "a label before a time",
    "P": "a label before a person",
    "l": "a verb: leads",
    "s": "a verb: supports",
    "r": "a verb: is responsible",
    "g": "a verb: guides",
    "t": "a time without a label",
    "N": "names with neither label nor verb, in a document that says which of them lead",
}
_UNIT = "(?:单位|部门|机构|主体|处室|科室|股室|站所|科)"
# longest words first: 协同责任单位 is no 责任单位
LABELS: tuple[tuple[str, str], ...] = (
    (
        "P",
        r"(?:责任|牵头|分管|联系|包保|包联|协助|配合|主管|挂帅|督导|督办|主要)(?:负责|责任)?(?:[省市县区]?领导)(?:同志)?",
    ),
    ("P", r"[省市县区州](?:政府|委)?领导(?:同志)?|[省市县区州]级(?:责任|牵头|包抓|联系|分管)?领导|包抓领导"),
    ("P", r"责任人|负责人|联系人|牵头人|具体责任人|第一责任人|经办人|承办人|责任校对"),
    (
        "S",
        rf"第[二三四](?:责任|负责|配合){_UNIT}|协同(?:责任|落实|配合)?{_UNIT}?|(?:共同|协助|配合)责任{_UNIT}|(?:配合|协办|参加|参与|协助|支持|协作|会办|会商)(?:责任)?{_UNIT}?",
    ),
    (
        "L",
        rf"(?:第一|主要|总|指标|整改)?(?:牵头|主责|主办)(?:考核|责任|负责|落实|推进|组织|实施){{0,2}}{_UNIT}?|(?:第一|主要|首要)(?:责任|负责){_UNIT}",
    ),
    (
        "R",
        rf"(?:工作|具体|主体|落实|任务|实施|整改|其他|其它|次要)?责任{_UNIT}|(?:责任|任务|职责|部门)?分工(?:方案)?|责任"
        rf"|(?:具体)?(?:组织实施|落实|实施|负责|承办|执行|承担|完成|主管|主体){_UNIT}",
    ),
    ("G", rf"(?:业务)?(?:指导|督导|督办|监管|监督|督查)(?:责任)?{_UNIT}"),
    (
        "T",
        r"(?:计划|拟|预计)?(?:完成|办结|办理|整改|整治|推进|落实)?(?:时限|时间|期限|日期)(?:要求|安排|节点)?|时间(?:节点|进度|安排)|进度(?:安排|要求)|完成日期",
    ),
)
# 责任部门（单位）, 责任科（室）; on a mask the bracket is blank
_ALSO = r"(?:[（(](?:单位|部门|机构|主体|科室|企业|室)[）)]|\x00{3,4}(?=[：:]))?"
# 牵头单位：, 牵头单位——, 牵头单位 市教育局, 牵头单位为市教育局
_COLON = (
    r"(?:[ \u3000]*[：:][ \u3000]*|[ \u3000]*(?:——|--)[ \u3000]*|(?<=单位|部门|主体|时限)[ \u3000]+(?=[省市县区国中各])"
    r"|为(?=[省市县区国中各])|(?<=单位|部门)是(?=[省市县区国中各]))"
)
LABEL = re.compile(
    "(?=[部其次首省市县区监责牵分联包协配主挂督负第一经承共参支会总工具落任职实执完业指计拟时预期进日推办整组])(?:[省市县区镇]级?)?(?:"
    + "|".join(f"(?P<{kind}{i}>{words})" for i, (kind, words) in enumerate(LABELS))
    + ")"
    + _ALSO
    + _COLON
)
# labels of events, not of tasks: read in a clause that also names those who assist (主办/协办), nowhere else
HOST = re.compile(r"主办|承办")

_HOW = (
    "(?:按照?(?:各自)?(?:的)?(?:工作|职责|职能|任务|部门|责任|权限|分工|要求|管理)*+|依据?(?:职责|职能)(?:分工)?+|根据(?:职责|职能)?分工|"
    "在(?:各自)?(?:的)?(?:职责|职能)(?:范围)?内|各司其职|各尽其责|结合(?:各自|本地)?实际|参照|分别|共同|具体|分工|各自|各负其责|积极|密切|协同(?!$|支持)|联合|分头|切实|全力|统筹|组织|抓好|做好|推动|抓|贯彻|认真|一并|共)*+"
)
_DO = "(?:负总责|负责|落实|实施|推进|执行|承担|办理|完成|落地|开展)"
_HELP = "(?:配合|参与|参加|协助|协办|会办|协同|支持)"
VERBS: tuple[tuple[str, str], ...] = (
    (
        "l",
        r"为(?:总)?牵头(?:责任)?(?:单位|部门)|"
        rf"(?:总体?|共同|联合|负责|具体|统筹|分别|按照?(?:各自)?(?:的)?(?:工作)?(?:职责|职能)?(?:分工)?)*+(?:牵头|主办|主抓|主责|抓总|总抓)(?:并?(?:按照?(?:各自)?职责(?:分工)?)?(?:组织|负责|统筹|推动|抓总?)*{_DO}?(?:落实|实施|推进|制定|编制|起草|研究|出台|督导|指导|督促|督办|协调)?)?|统筹(?:抓总)?$",
    ),
    (
        "g",
        rf"(?:负责|加强|做好|具体|统筹|业务|督促|监督|组织)*(?:指导|督导|督促|督办)(?:{_DO}|监督|督促|推动|和监督|和督促)*",
    ),
    (
        "s",
        rf"为(?:配合|协办|参与|协同|协助)(?:责任)?(?:单位|部门)|{_HOW}{_HELP}(?:{_DO}|组织|抓好|做好|工作|配合|参与)*(?:并{_HOW}{_DO})?",
    ),
    (
        "r",
        rf"[为是](?:责任|实施|落实)(?:单位|部门|主体)|{_HOW}{_DO}(?:{_DO}|组织|具体|抓好|牵头)*|各负其责|各司其职|承办|研究提出(?:具体|贯彻)?(?:落实|实施)?(?:意见|方案)",
    ),
)
VERB = re.compile(
    r"(?P<names>.*?)(?!(?<=群团|社会|行业|党团|中介|民间|基层|自治|群众|公益|合作|志愿)组织)(?=[为是在参会按依根分共具各积密协联切全统组抓做推贯认一牵主总负落实执承办完开配参支指督业加监结研])(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in VERBS)
    + r")(?:(?:有关|相关|各项|本职|对应|各自)*工作|(?:有关|相关|对应)任务)?"
)

BULLETS = "-*+•·●○■□◆◇▪▫▲△►▶–—"  # before a line of a list

_D = "[0-9０-９]"
_DATE = (
    rf"(?:(?:{_D}{{4}}|[〇一二三四五六七八九○]{{4}}|今|当|次|每|本|明)?[ ]?年)?"
    rf"[ ]?(?:(?:{_D}{{1,2}}|[一二三四五六七八九十]{{1,2}})[ ]?月(?:份)?)?"
    rf"[ ]?(?:{_D}{{1,2}}[ ]?日)?(?:第?[一二三四1-4]季度|上半年|下半年)?(?:年底|月底|底|末|内|上旬|中旬|下旬|初)?"
)
_BY = "(?:之前|以前|前)?"
# a stretch between commas that says when
TIME = re.compile(
    rf"(?:于|在|到|力争|确保|计划|拟|须|应|自)?(?=[^，,；;。]*(?:\d|[０-９]|年|月|季度|长期|持续|常态|全年|即时|立即|适时|及时|按|实时)){_DATE}{_BY}"
    r"(?:(?:全面|基本|全部|逐步|率先|取得)?(?:完成|建成|启动|落实|办结|实施|见效|实现|到位|推进|出台|印发|开展|执行|整改到位|取得实效|取得明显成效)+)?"
    r"|(?:(?:之后|此后|并)?(?:长期|持续|常态化?|贯穿(?:全年|始终|全过程)|全年|即时|立即|适时|及时|分年度|分阶段|按时序|按计划|按要求|按进度|按时间节点|逐年|每年|每季度|每月|实时)"
    r"(?:坚持|推进|开展|实施|落实|完成|执行|进行|见效|整改|推动|组织|更新|抓好)*)"
    r"|(?:于|在|力争|确保|计划|拟|争取|原则上)?(?:20\d\d ?年|[0-9０-９]{1,2} ?月|今年|年内|年底|[上下]半年"
    r"|每年|每季|每月|长期|持续|常态|全年"
    r"|第[一二三四]季度)[^厅局委办部府院、，；。：]{0,24}"
    r"|(?:于|在|力争|确保)?(?:[今明次]年|每年)?(?:主?汛期?|雨季|汛期|春节|国庆|开学|入冬|入汛|封冻|采暖[期季]|供暖[期季]?|秋收|春耕|农忙)"
    r"(?:之?前|以前|期间|后)(?:全面|基本|全部)?(?:完成|到位|建成|落实|启动|投用)?"
)
# no time lacks all of these; cheap, for most pieces of a list are names
_MAY_BE_A_TIME = re.compile(
    r"[0-9０-９年月季底]|贯穿|[汛雨春国开入封暖秋忙].{0,6}[前间后]|长期|持续|常态|及时|适时|即时|立即|实时|按时序|按计划|按要求|按进度|按时间|分阶段"
)


def is_time(words: str) -> bool:
    """Tell whether a piece of a clause says when, and nothing else.

    >>> [w for w in ("6月底前", "长期坚持", "省财政厅", "2020年底前完成") if is_time(w)]
    ['6月底前', '长期坚持', '2020年底前完成']
    """
    return bool(_MAY_BE_A_TIME.search(words) and TIME.fullmatch(words))


# labels that begin a clause, or go on with one, also where the stop before them was lost; after these characters they
# are words of a sentence
STRONG = re.compile(r"(?:牵头|责任|配合)(?:责任)?(?:单位|部门)|完成时限")
NO_STOP = "各该本其由为是的和及与或、任主要第一体同协"
# what may stand before a label that names bodies: a time, however it is worded (达到省定进度后、按省要求时限完成)
BEFORE_A_LABEL = re.compile(
    r"[^：:。；;]{0,40}(?:完成|推进|落实|实施|开展|见效|成效|启动|建成|到位|出台|印发|制定|坚持|时限"
    r"|[0-9０-９] ?[月日]|季度|年底|年内)[^：:。；;]{0,12}"
)
# what a list of names does not hold: a time, a verb, the beginning of a rule; a clause that seems to is not read
NOT_A_NAME = re.compile(
    r"\d[年月日](?:[底末]?[之以]?前|[底末])|年内|下同|不再|牵头的|为牵头|为(?:第一|主要|直接)?(?:责任|负责|联系)人|均为|适用范围|[。：:；;]|^”|^“(?![^”]{2,24}”[^“”]{2,}(?:单位|部门|专班|机构|小组)$)|“[^”]*$|^[^“]*”|^(?:以上|以下|其中|包括|其余|另有)|^(?:[现当]场|[网线]上|线下|窗口|专人)$"
    r"|(?:完成|推进|负责|牵头|配合|参与|落实|解释|制定|承担|组建|联系|到位)$|^(?:由|对(?![外口台])|将(?!乐)|把|在(?![\u4e00-\u9fff]{1,2}(?:高校|院校|高等学校|企业|央企|单位|机构|金融机构))|与|和(?![平田县林顺硕静政布龙])|及|经(?![济信开贸管合发协委办科适营])|按|可(?!克))"
)


def label_kind(words: str) -> str | None:
    """Give the kind of a label without its colon, as the head of a column has it, or None.

    >>> [label_kind(w) for w in ("牵头单位", "责任单位及责任人", "完成时限", "序号")]
    ['L', 'R', 'T', None]
    """
    if words.startswith(("建议", "恳请")):
        return None  # whom a plan asks for something, in a list of what it wishes of those above
    found = LABEL.fullmatch(words + "：")
    if found:
        return (found.lastgroup or "")[0]
    for kind, inside in _IN_A_HEAD:
        if re.search(inside, words):
            return kind
    return None


_IN_A_HEAD = (
    ("T", r"(?:时限|时间|期限|日期)(?:要求|节点|安排)?$|^(?:时限|时间|进度)"),
    ("L", r"(?:牵头|主办|主责)(?:责任|负责|落实|推进|组织|实施)*(?:单位|部门|科室|处室|股室)"),
    ("R", r"(?:责任|承办|实施|落实|负责|具体责任|主管)(?:单位|部门|科室|处室|股室)"),
    ("S", r"(?:配合|协办|参与|参加|协同|协助|支持)(?:责任)?(?:单位|部门|科室|处室|股室)"),
    ("P", r"(?:责任|分管|牵头|包保|联系)(?:领导|人)|负责人|联系电话"),
)
