"""A list of names in a clause → one name each, shared beginnings and endings written out.

``、`` is the list comma; ``，`` marks a change of level and ends a name too. Brackets keep what they hold
together. A name that only makes sense with its neighbour gets what they share: the ending
(``沈阳、大连市人民政府``) or the beginning (``市住建局、审批服务局``). A string that holds several bodies or
collectives (``省商务厅等省（中）直有关单位``, ``各县政府及园区管委会``) gives them all; 和 and 及 inside a name
(``人力资源和社会保障局``) part nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from plan_graph.model import Span

# The last characters of a name that can stand alone; what has none of them waits for its neighbour's.
ENDINGS = (
    "府厅局委办部院署会行司团关社处室心站队学校所厂企位门员组区市县省州盟旗直府场台馆网库港段系统构者军街"
    "联协道班矿坊央镇乡村家庭业商体人户"
)
_FIRM = "府厅局委办部院署会行司团社处室心站队校所组联协"  # endings that end a name even before 和
_SHARED = re.compile(
    r"(?P<own>(?![^和及与]{1,8}[市县区州旗][和及与])(?!各|有关|相关|其他|全|国|省|市(?![^、，]{2,}(?:新区|园区|[发经高][展开新]区))|县|区)[^\s、，]{1,8}?)"
    r"[两二三四五六七八九]?(?P<level>(?:省|自治区|市|县|区|州|盟|旗|片区|新区|经开区|开发区|高新区|镇|乡|街道)(?:[（(〔][市县区、，乡镇街道]{1,8}[）)〕])?)?"
    r"(?P<office>人民政府|政府办|政府|管委会|党委|委|(?<=街道)办事处|(?<=街道)办)"
)
_LEVELS = "市县区州盟旗省"
_SHORT = "委办局厅府联协行部会院企"  # endings of names of two characters: 县委, 残联
_LEVEL = "(?:自治区|直辖市|计划单列市|省?直管[市县]|神农架林区|林区|矿区|省|市|县|区|州|盟|旗|乡|镇|街道)"
_BUREAU = "[教财民卫人农文住交水商司审统医工信应林公][^、，]{1,12}(?:局|部门)"
# 各市、县（区）人民政府 is one name: the 、 in it is no list comma
_EACH = re.compile(
    f"各{_LEVEL}+\x00*(?:[、和及](?:省?直管[市县]|[县区旗州])\x00*)+(?={_BUREAU})"  # 各市、县教育局
    f"|(?:各|其他|沿[江海线边]|试点|有关|相关)(?:有关|相关)?(?:设区)?{_LEVEL}+\x00*(?:[、和及]{_LEVEL}+\x00*)+"
    r"(?=(?:人民政府|政府|管委会|党委和政府|党委|办事处)?(?:[、，,；;。等和及与以]|$))"
    f"|各{_LEVEL}+\x00*党委、(?=(?:人民政府|政府|管委会))"  # 各县（市、区）党委、政府
    r"|各(?:级|有关|相关)*(?:部门|单位|地区|街道|乡镇)、(?:有关|相关)?(?:部门|单位|机构)(?=[、，,；;。等]|$)"
    rf"|(?<![^\x00、，,和及与])[省市县](?:、[市县区乡镇])+级?(?=人民政府|政府|{_BUREAU})"  # 省、市、县级人民政府
)
_LEVELS_LISTED = re.compile("[省市县]、[市县区乡镇州]")
_CONNECTIVE = re.compile(r"以及(?=.)|(?:及|和|与)(?=各|有关|相关)")
_TWO_PLACES = re.compile(
    rf"(?P<body>(?!各|有关|相关)[^和及与]{{2,20}}[{_FIRM}])(?:以及|[和及与])(?P<place>[^和及与]{{2,8}}[市县区])|"
    r"(?P<first>(?!各|有关|相关)[^和及与]{1,8}[市县区州旗])[和及与](?P<second>(?!各|有关|相关)[^和及与]{1,8}[市县区州旗](?:人民政府|政府|管委会|党委))"
)
_CACHED = 8192  # the same names come again and again
_ZONE = re.compile(r"(?:新|片|经开|开发|高新|园|管理|保税|度假|景|功能|经济|试验|示范|产业|工业|旅游|合作|港)区$")
# what has no ending of a body and is no place all the same: 市电信, 国网供电, 资阳发展
_NO_PLACE = re.compile(
    r"^(?:[省市县区州]|中国|中[石国铁建交核电粮]|国网|国家|南方|全国)|电信|移动|联通|铁塔|邮政|石油|石化|电网|供电|电力|烟草|发展|投资|建设|"
    r"水务|燃气|能源|交投|城投|文旅|农投|产投|银行|保险|证券|铁路|航空|机场|高速|传媒|通信|网络|科技|金控|国投|热力|公交|地铁"
)
_GOES_ON = re.compile(r"等|以及|[和及与](?=各|有关|相关|省|市|其他)")  # what a shared ending may be followed by
# 甲、乙、丙三市政府: the last of a counted list
_COUNTED = re.compile(
    r"(?P<own>[^\s、，]{2,8}?)[两二三四五六七八九](?P<rest>[市县区州旗](?:人民政府|政府|党委|管委会))"
)
_CITIES = re.compile(r"[^\s、，]{2}市")
# departments whose bare name beside a fuller one shares its beginning: 市住建局、审批服务局
_DEPARTMENT = (
    r"行政审批|审批服务|政务服务|发展改革|发展和改革|发改|工业和信息化|经济和信息化|经济信息化|工信|经信|教育|教体|科学技术|科技|"
    r"民族宗教|民族|民宗|公安|民政|司法|财政|人力资源(?:和)?社会保障|人力社保|人社|自然资源|规划|生态环境|环境保护|环保|"
    r"住房(?:和)?城乡建设|住建|城乡建设|建设|城市管理|城管|交通运输|交通|水利|水务|农业农村|农业|农委|农办|商务|"
    r"文化|文旅|文广|广电|体育|旅游|卫生|卫健|医疗保障|医保|退役军人|应急|审计|国资|外事|市场监管|市场监督管理|"
    r"统计|信访|林业|林草|园林|粮食|金融|大数据|数据|数字|机关事务|乡村振兴|扶贫|安监|安全监管|质监|工商|"
    r"食品药品|食药监|药监|招商|投资促进|供销|档案|残联|妇联|科协|工商联|文联|侨联|总工会|网信|国防动员|人防|"
    r"国土|市容|计生|卫计|物价|监察|质量技术|民防|侨务|法制|法治|新闻出版|文物|电影|疾控|疾病预防|综合行政执法|综合执法|"
    r"执法|检察|(?:人民)?法院|人民检察|海洋|渔业|畜牧|邮政管理|气象|消防|地方金融|知识产权|口岸|港航|公路|房管|房产|"
    r"公积金|税务|烟草|政协|城投|交警|通信发展|红十字|机构编制"
)
_BARE = re.compile(
    rf"(?![^\s、，]*(?:总局|(?<!公安)分局|支局|[^场]监管局$|[省县]|(?<!城)市(?!场|政)|(?<!社)区))(?:{_DEPARTMENT})[^\s、，]{{0,10}}?"
    r"(?:厅|局|委|办|委员会|办公室|联|协|会|社|中心|(?<=检察)院|(?<=交警)大队)(?:[（(〔].*[）)〕])?"
    r"|(?:编|台|侨)办(?:公室)?|消防(?:救援)?[支大总]队|交警[支大]队|残联|妇联|科协|文联|侨联|工商联|总工会|政协|(?:人民)?法院"
)
_PARTY = re.compile(r"(?:组织|宣传|统战|政法|社会工作|编|改革|网信|财经|农|老干部|巡察|台)(?:部|委|办|局|办公室)")
_PARTY_ONLY = re.compile(r"(?:组织|宣传|统战)部|政法委|网信办")
_BEFORE = re.compile(
    r"(?P<place>(?:省|市|县|区|州|盟|旗|自治区|镇|乡)|[^\s、，]{1,6}(?:省|市|县|区|州|盟|旗))"
    rf"(?P<party>委|党委)?(?=(?:{_DEPARTMENT}|组织部|宣传部|统战部|政法委|编办|编委办|机构编制|党校|政研|老干|巡察|社会工作部))"
)
_COLLECTIVE = re.compile(
    r"(?:有关|相关|各|其他|其它|省（中）直|中省直|成员|组成|国务院|中央|全[省市县区]|[省市县区]直|[省市县区]级|驻).*"
    r"(?:单位|部门|政府|机构|企业|地区|银行|院校|组织|方面|区县|县区|县市|办局|委局|街道|乡镇|地市|市州|委会|金融机构)[）)]?"
)
_LOOSELY = re.compile(r".*(?:单位|部门|地区|[协学商]会|企业|机构|院校|高校|公司|集团|媒体|园区|街道|乡镇)\x00*")
# 等5个部门: closes the list, names nobody
_NO_NAME = re.compile(
    r"(?:(?:[\d一二三四五六七八九十]+|几)?[个家]?)(?:部门|单位|企业|机构|地区)\x00*(?:[和、及](?:单位|部门))?"
)
# 等部门和各市政府: closes the list and goes on with another name
_CLOSING = re.compile(r"(?:[\d一二三四五六七八九十几]*[个家]?)(?:部门|单位)(?:以及|及|和|与)(?!部门|单位)")
_QUOTED = re.compile(r"“[^”]*”")
# where a line break between two names was lost: 市司法局市财政局
_RUN_TOGETHER = re.compile(
    r"(?:(?<=[局厅办部府处社院])|(?<=公司))(?=(?:[省市县区州](?!场)|各|中国|国网)[^、，]{2,}?"
    r"(?:[局厅委办部府处社会院行]|公司|集团)(?:$|[省市县区各中国（(]))"
)
_WORD_INSIDE = re.compile("[等和及与]")
_FIRMS = frozenset(
    [
        "中国石油",
        "中国石化",
        "中国海油",
        "国家电网",
        "南方电网",
        "中国华能",
        "中国大唐",
        "中国华电",
        "国家能源",
        "中国中铁",
    ]
)
_FIRMS |= frozenset(
    ["电信", "移动", "联通", "铁塔", "广电", "邮政", "电力", "中国移动", "中国电信", "中国联通", "中国铁塔"]
)
_BY_FIELD = re.compile(rf"{_DEPARTMENT}|海关|外汇|地方|银行")  # 海关、税务、外汇等部门
_SPACE = re.compile(r"\s")
_JOINT = re.compile(r"以及|及|和|与")
_BESIDE = re.compile(
    r"各|有关|相关|省|市|县|区|州|旗|全|国|中央|园区|开发区|高新区|经开区|乡镇|街道|驻|人民|部队|其他|试点|属地|地方|企业|成员"
)
_PART_OF_A_NAME = frozenset(["政府", "人民政府", "单位", "部门", "机构", "企业", "街道", "乡镇", "县", "区"])
_SPACED = _FIRM + "府政县区市镇乡道\x00"  # what ends a name before a space: 县农业 农村局 is one name on two lines
_OF_A_BANK = re.compile(r"[\u4e00-\u9fff]{2,6}(?:分行|支行|中心支行)")
_AFTER = re.compile(r"[ \u3000]+")
_JOINING = ("、", "/", "／", "\\")
_LIST_COMMA = re.compile(rf"[、，,；;]|(?<=[{_FIRM}\x00])[/／\\](?=[\u4e00-\u9fff]{{2}})|$")


@dataclass(frozen=True, slots=True)
class Name:
    """One name written out; ``open`` if 等 left the list unfinished after it.

    ``group`` counts the ``，`` before it, ``part`` the ``；``: where a document says that the names before the
    comma lead, these are the names of group 0.
    """

    name: str
    span: Span
    open: bool = False
    group: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    mask: str
    joined: bool  # 、 joins it to the next
    group: int
    part: int


def split_names(text: str, span: Span, mask: str) -> list[Name]:
    """Split a list of names. ``mask`` is ``span`` of the text with nested brackets blanked out.

    >>> t = "沈阳、大连市人民政府，省商务厅等省直有关单位"
    >>> [n.name for n in split_names(t, Span(0, len(t)), t)]
    ['沈阳市人民政府', '大连市人民政府', '省商务厅', '省直有关单位']
    >>> t = "市住建局、审批服务局，各县政府及园区管委会"
    >>> [(n.name, n.group) for n in split_names(t, Span(0, len(t)), t)]
    [('市住建局', 0), ('市审批服务局', 0), ('各县政府', 1), ('园区管委会', 1)]
    """
    pieces = _pieces(span, mask)
    names: list[Name] = []
    before: tuple[str, str] | None = None  # what a bare department may share: place, place with party committee
    for index, piece in enumerate(pieces):
        written = piece.span.of(text)
        if index and pieces[index - 1].joined and (counted := _COUNTED.fullmatch(written)):
            name = counted["own"] + counted["rest"]
            names.append(Name(name, piece.span, group=piece.group, part=piece.part))
            before = None
            continue
        if ending := _borrow(text, pieces, index):
            names.append(
                Name(_clean(written) + ending[0], Span(piece.span.begin, ending[1]), group=piece.group, part=piece.part)
            )
            before = None
            continue
        found = _parted(text, piece)
        for at, name in enumerate(found):
            if shared := _beginning(name.name, before):
                found[at] = replace(name, name=shared + name.name)
            elif own := _begins(name.name):
                before = own
            elif not name.name.startswith(("各", "有关", "相关")):
                before = None  # 大连海关 stands between: nothing is shared across it
        names += found
        if not piece.joined:
            before = None
    return names


def taken_apart(names: list[Name]) -> list[Name]:
    """Part names of a cell that a lost line break ran together: 市司法局市财政局."""
    apart: list[Name] = []
    for name in names:
        cuts = [hit.start() for hit in _RUN_TOGETHER.finditer(name.name)] if len(name.name) > 7 else []
        if not cuts or len(name.name) != name.span.end - name.span.begin:
            apart.append(name)
            continue
        for begin, end in zip([0, *cuts], [*cuts, len(name.name)], strict=True):
            span = Span(name.span.begin + begin, name.span.begin + end)
            apart.append(replace(name, name=name.name[begin:end], span=span, open=name.open and end == len(name.name)))
    return apart


@lru_cache(_CACHED)
def plausible(name: str) -> bool:
    """Tell whether a string reads as the name of a body or a collective, as far as its last character says."""
    if not 2 <= len(name) <= 60:
        return False
    return (
        name[-1] in ENDINGS
        or name[-1] in "）)〕]"
        or name in _FIRMS
        or bool(_BY_FIELD.fullmatch(name))
        or bool(_COLLECTIVE.fullmatch(name))
    )


def _pieces(span: Span, mask: str) -> list[_Piece]:
    """Cut at the commas, and at spaces between names that are complete."""
    pieces: list[_Piece] = []
    begin = group = part = 0
    kept: set[int] = set()
    if "各" in mask or _LEVELS_LISTED.search(mask):
        kept.update(at for each in _EACH.finditer(mask) for at in range(*each.span()))
    if "“" in mask:  # 市“双随机、一公开”联席会议
        kept.update(at for quoted in _QUOTED.finditer(mask) for at in range(*quoted.span()))
    for cut in _LIST_COMMA.finditer(mask):
        at = cut.start()
        if at in kept:
            continue
        for first, last in _spaced(mask, begin, at):
            where = Span(span.begin + first, span.begin + last)
            pieces += _and(where, mask[first:last], cut[0] in _JOINING, group, part)
        if cut[0] in ("，", ",") and pieces:
            group += 1
        elif cut[0] in ("；", ";") and pieces:
            part += 1
        begin = at + 1
    return pieces


def _and(where: Span, masked: str, joined: bool, group: int, part: int) -> list[_Piece]:
    """Part 甲县和乙区人民政府, which share an ending as if a comma stood between; drop 以及 before a name."""
    if not _WORD_INSIDE.search(masked):
        return [_Piece(where, masked, joined, group, part)]
    if lead := _CONNECTIVE.match(masked):
        where, masked = Span(where.begin + lead.end(), where.end), masked[lead.end() :]
    both = _TWO_PLACES.fullmatch(masked)
    if both is None:
        return [_Piece(where, masked, joined, group, part)]
    first, second = ("first", "second") if both["first"] else ("body", "place")
    return [
        _Piece(Span(where.begin, where.begin + both.end(first)), both[first], True, group, part),
        _Piece(Span(where.begin + both.start(second), where.end), both[second], joined, group, part),
    ]


def _spaced(mask: str, begin: int, end: int) -> list[tuple[int, int]]:
    piece = mask[begin:end]
    begin, piece = begin + len(piece) - len(piece.lstrip()), piece.strip()
    if not piece:
        return []
    if not _SPACE.search(piece):
        return [(begin, begin + len(piece))]
    words = [(begin + m.start(), begin + m.end()) for m in re.finditer(r"[^ \u3000\t\n]+", piece)]
    if len(words) > 1 and all(
        mask[b] != "\x00" and len(mask[b:e]) > 2 and mask[e - 1] in _SPACED and not _OF_A_BANK.fullmatch(mask[b:e])
        for b, e in words
    ):
        return words
    return [(begin, begin + len(piece))]


def _clean(written: str) -> str:
    """Drop the white space a line break or a PDF left inside a Chinese name."""
    if not _SPACE.search(written):
        return written
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", written)


def _beginning(name: str, before: tuple[str, str] | None) -> str:
    if before is None:
        return ""
    place, party = before
    kind = _bare_kind(name)
    if kind.startswith("party"):
        return party or (place + "委" if kind == "party only" else place)
    return place if kind else ""


@lru_cache(_CACHED)
def _bare_kind(name: str) -> str:
    """Tell whether a name lacks its beginning: ``party`` organ, ``party only``, ``department``, or "" """
    if _PARTY.fullmatch(name):
        return "party only" if _PARTY_ONLY.fullmatch(name) else "party"
    return "department" if _BARE.fullmatch(name) else ""


@lru_cache(_CACHED)
def _begins(name: str) -> tuple[str, str] | None:
    """Give what bare names after this one may share: its place, and its place with the party committee."""
    own = _BEFORE.match(name)
    return (own["place"], own["place"] + own["party"] if own["party"] else "") if own else None


def _borrow(text: str, pieces: list[_Piece], index: int) -> tuple[str, int] | None:
    """Give the ending a bare name shares with a later name of the same list, and where that name ends.

    甲、乙市政府 share 市政府; 甲区、乙区政府 share 政府; without a level (甲乙、丙丁委) the two must be of one length.
    """
    bare = pieces[index].span.of(text)
    level = bare[-1] if bare[-1] in _LEVELS and not (len(bare) == 2 and bare[-1] in "州旗盟") else ""  # 苏州, 常州
    if not _may_borrow(bare, level):
        return None
    city: tuple[str, int] | None = None
    nearest = ""  # the level of the first name after it that has one
    while index + 1 < len(pieces) and pieces[index].joined:
        index += 1
        later = pieces[index].span
        words = later.of(text)
        if found := _SHARED.fullmatch(_GOES_ON.split(words, maxsplit=1)[0]):
            end = later.begin + found.end()
            own, above, office = found["own"], found["level"] or "", found["office"]
            if level:
                alike = above[-1:] in _LEVELS + "）)〕" and bool(_ZONE.search(bare)) == bool(_ZONE.search(own + above))
                return (office, end) if above and alike else None
            above = nearest or above
            return (above + office, end) if above or len(own) == len(bare) else None
        if not nearest and _has_level(words) and len(words) <= 6:
            nearest = words[-1]
        if not level and len(bare) == 2 and _CITIES.fullmatch(words):
            city = city or ("市", later.end)  # a later name may still add an office: 甲、乙市、丙市政府
        if words[-1] in ENDINGS and words[-1] not in _LEVELS and not (len(words) == 2 and words[-1] not in _SHORT):
            return city
    return city


def _may_borrow(bare: str, level: str) -> bool:
    """Tell whether a name may lack its ending: a place, with its level or without, and no complete name."""
    if bare.startswith(("各", "有关", "相关", "其他")) or bare.endswith(("）", ")", "〕", "军区")):
        return False
    if level:
        return True
    if bare[-1] in ENDINGS and not (len(bare) == 2 and bare[-1] not in _SHORT):
        return False  # 汉台 and 城关 are places all the same
    return not _NO_PLACE.search(bare) and (len(bare) <= 4 or "区" in bare)


def _has_level(name: str) -> bool:
    """Tell whether a name says what kind of place it is: 恩施州 does, 苏州 and 锦州 do not."""
    return name[-1] in _LEVELS and not (len(name) == 2 and name[-1] in "州旗盟")


def _parted(text: str, piece: _Piece) -> list[Name]:
    """Part a name from what 等 adds to it, and names that 和 or 及 joins."""
    written, masked, begin = piece.span.of(text), piece.mask, piece.span.begin
    where = piece.group, piece.part
    if not _WORD_INSIDE.search(masked):
        return [Name(_clean(written), piece.span, False, *where)]
    at = masked.find("等", 2)
    while at > 0:
        after = masked[at + 1 :]
        joint = _JOINT.match(after) or _CLOSING.match(after)
        rest = after[joint.end() :] if joint else after
        bare = not rest or _NO_NAME.fullmatch(rest)
        before_ends = masked[at - 1] in ENDINGS or masked[at - 1] == "\x00"
        if bare or joint or _COLLECTIVE.fullmatch(rest) or (before_ends and _LOOSELY.fullmatch(rest)):
            names = _joined(written[:at], masked[:at], begin, where)
            names[-1] = replace(names[-1], open=True)
            if not bare:
                start = at + 1 + (joint.end() if joint else 0)
                names += _joined(written[start:], masked[start:], begin + start, where)
            return names
        at = masked.find("等", at + 1)
    return _joined(written, masked, begin, where)


def _joined(written: str, masked: str, begin: int, where: tuple[int, int]) -> list[Name]:
    names: list[Name] = []
    start = 0
    whole = [each.span() for each in _EACH.finditer(masked)] if "各" in masked else []
    for joint in _JOINT.finditer(masked):
        if any(first < joint.start() < last for first, last in whole):
            continue  # 各市及省直管县教育局
        left, right = masked[start : joint.start()], masked[joint.end() :]
        if (
            (_complete(left) or _before_a_collective(left, right))
            and len(right) >= 2
            and right not in _PART_OF_A_NAME
            and _stands_alone(left, right)
        ):
            own = Span(begin + start, begin + joint.start())
            names.append(Name(_clean(written[start : joint.start()]), own, False, *where))
            start = joint.end()
    names.append(Name(_clean(written[start:]), Span(begin + start, begin + len(written)), False, *where))
    return names


def _complete(left: str) -> bool:
    return len(left) >= 2 and (left[-1] in _FIRM + "\x00" or bool(_COLLECTIVE.fullmatch(left)) or _each(left))


def _before_a_collective(left: str, right: str) -> bool:
    """Tell whether a name that ends like one stands before a collective: 大连海关和有关部门."""
    return len(left) > 2 and left[-1] in ENDINGS and right.startswith(("有关", "相关", "各", "其他"))


def _each(left: str) -> bool:
    return left[0] == "各" and (left[-1] in ENDINGS or left[-1] == "\x00")


def _stands_alone(left: str, right: str) -> bool:
    if right[0] == "其" and not right.startswith("其他"):
        return False  # 甲局及其所属单位
    if any(right.startswith(part) and right[len(part) :][:1] in ("", "等", "、") for part in _PART_OF_A_NAME):
        return False  # 各县党委和政府
    if _BESIDE.match(right):
        return not right.startswith(("市场", "省份")) or left[-1] in _FIRM
    return left[-1] in "厅局委办府会行司社部署院" and len(right) >= 3 and plausible(right.replace("\x00", "）"))
