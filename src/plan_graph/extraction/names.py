"""A list of names in a clause → one name each, shared beginnings and endings written out.

``、`` is the list comma; ``，`` marks a change of level and ends a name too. Brackets keep what they hold
together. A name that only makes sense with its neighbour gets what they share: the ending
(``沈阳、大连市人民政府``) or the beginning (``市住建局、审批服务局``). A string that holds several bodies or
collectives (``省商务厅等省（中）直有关单位``, ``各县政府及园区管委会``) gives them all; 和 and 及 inside a name
(``人力资源和社会保障局``) part nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from plan_graph.extraction.beginnings import DEPARTMENT, beginning, begins, has_no_departments, went_on
from plan_graph.extraction.committees import of_the_same_place, two_parties
from plan_graph.extraction.endings import COUNTED, ENDINGS, FIRM, OPEN_PLACES, Piece, borrowed, of_fields
from plan_graph.extraction.pieces import CONNECTIVE, EACH, SPACE, WORD_INSIDE, pieces_of
from plan_graph.model.text import Span

_CACHED = 8192  # the same names come again and again
_COLLECTIVE = re.compile(
    r"(?:[省市县区州]?有关|[省市县区州]?相关|各|其他|其它|省（中）直|中省直|成员|组成|国务院|中央|全[省市县区]|[省市县区]直|[省市县区]级|驻).*"
    r"(?:单位|部门|政府|机构|企业|地区|银行|院校|组织|方面|区县|县区|县市|办局|委局|街道|乡镇|地市|市州|委会|金融机构|[处科股]室)[）)]?"
)
_LOOSELY = re.compile(
    r".*(?:单位|部门|地区|[协学商]会|企业|机构|院校|高校|公司|集团|媒体|园区|街道|乡镇|[处科股]室|[团会党业]组织)\x00*"
)
# 等5个部门: closes the list, names nobody
_NO_NAME = re.compile(
    r"(?:(?:[\d一二三四五六七八九十]+|几)?[个家]?)(?:部门|单位|企业|机构|地区|处室|科室)\x00*(?:[和、及]?(?:单位|部门))?"
)
# 等部门和各市政府: closes the list and goes on with another name
_CLOSING = re.compile(r"(?:[\d一二三四五六七八九十几]*[个家]?)(?:部门|单位)(?:以及|及|和|与)(?!部门|单位)")
# where a line break between two names was lost: 市司法局市财政局
_RUN_TOGETHER = re.compile(
    r"(?:(?<=[局厅办部府处社院])|(?<=公司))(?=(?:[省市县区州](?!场)|各|中国|国网)[^、，]{2,}?"
    r"(?:[局厅委办部府处社会院行]|公司|集团)(?:$|[省市县区各中国（(]))"
)
# 甲区发改局甲区大数据中心: the second begins as the first did
_PLACE_AGAIN = re.compile(
    r"^([\u4e00-\u9fff]{1,4}[省市县区州旗镇乡])[^、，（(]{1,12}?[局厅办部委院社心会](?=\1[^、，]{1,14}[局厅委办部府处社会院行心]$)"
)
# a line that ends inside a name of two fields, and the rest of it: 省自然资源和 / 规划厅
_FIELDS = (
    "资源|社会|城乡|住房|市场|监督|自然|农业|农村|文化|广播|电视|旅游|生态|环境|工业|信息|经济|交通|运输|卫生|健康|应急|医疗|退役|军人|"
    "行政|公共|人力|科学|技术|发展|改革|国有|资产|民族|宗教|体育|综合|事务|知识|产权|药品|食品|安全|城市|管理|建设|规划"
)
_BROKEN_NAME = re.compile(
    rf"(?:(?<=[和及与])|(?<={_FIELDS}))[ \u3000]*\n[ \u3000]*"
    r"(?![省市县区州旗盟各]|有关|相关)(?=[\u4e00-\u9fff]{1,8}(?:[厅局委办部]|中心)(?:[（(〔\x00、，,；;\n]|$))"
)
STARS = "★☆▲△◆●○◎※#√*\uff0a"
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
_BY_FIELD = re.compile(rf"{DEPARTMENT}|海关|外汇|地方|银行")  # 海关、税务、外汇等部门
# 县移动, 市城投, 人行甲中支
_SHORT_OF_A_FIRM = re.compile(
    r"[省市县区州旗](?:移动|联通|电信|铁塔|广电|邮政|烟草|供电|电力|燃气|水务|公交|[城交国农水文旅建产铁]投|城[发建])"
    r"|[\u4e00-\u9fff]{2,8}中支"
)
_DISTRICT = re.compile("[\u4e00-\u9fff]{1,4}[市县区旗]")
_JOINT = re.compile(r"以及|及|和|与")
_JOINED = re.compile(r"[、 ]?(?:以及|及|和|与)?")
_BESIDE = re.compile(
    r"各|有关|相关|省|市|县|区|州|旗|全|国|中央|园区|开发区|高新区|经开区|乡镇|街道|驻|人民|部队|其他|试点|属地|地方|企业|成员"
)
_PART_OF_A_NAME = frozenset(["政府", "人民政府", "单位", "部门", "机构", "企业", "街道", "乡镇", "县", "区"])
_AFTER_ITS_COMMITTEE = frozenset(["管委会", "管理委员会", "办事处"])  # 甲区党工委和管委会
# the last words of a body's or a collective's name
NAME_ENDS = re.compile(
    r"(?:[局厅委办部署院联]|^各[市县区州旗]|^(?:各|有关|相关)[^、，]{1,12}(?:乡镇|镇街?|街道|村)|政府|委会|公司|集团|部门|单位|中心|办公室|海关|[分支银]行|[促联工协学]会|[总支大]队)\x00*$"
)
_PARK = re.compile("[\u4e00-\u9fff]{2}(?<![公花校家田果茶菜乐游])园$")  # 甲物流园, which has an office, and no 公园
_ORGANISATIONS = re.compile("(?:群团|社会|党|行业|自治|志愿|合作)组织$")
_LISTED = 4  # names of a list, of which one may read as no body
_SHORT = 20
_AFTER = re.compile(r"[ \u3000]+")


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


def split_names(text: str, span: Span, mask: str) -> list[Name]:
    """Split a list of names. ``mask`` is ``span`` of the text with nested brackets blanked out.

    >>> t = "沈阳、大连市人民政府，省商务厅等省直有关单位"
    >>> [n.name for n in split_names(t, Span(0, len(t)), t)]
    ['沈阳市人民政府', '大连市人民政府', '省商务厅', '省直有关单位']
    >>> t = "市住建局、审批服务局，各县政府及园区管委会"
    >>> [(n.name, n.group) for n in split_names(t, Span(0, len(t)), t)]
    [('市住建局', 0), ('市审批服务局', 0), ('各县政府', 1), ('园区管委会', 1)]
    """
    pieces = pieces_of(span, mask)
    names: list[Name] = []
    lent = False  # whether the name before took its ending from a later one
    before: tuple[str, str] | None = None  # what a bare department may share: place, place with party committee
    done = 0  # pieces that a run of fields has taken
    for index, piece in enumerate(pieces):
        if index < done:
            continue
        if piece.opens and names:
            names[-1] = replace(names[-1], open=True)
        if fields := of_fields(text, pieces, index):
            whole, opened, end = fields
            done = index + len(whole)
            run = zip(whole, pieces[index:done], strict=True)
            names += [Name(name, one.span, group=one.group, part=one.part) for name, one in run]
            last = pieces[done - 1]
            names[-1] = replace(names[-1], open=opened, span=Span(last.span.begin, end))
            before = begins(whole[0])
            if end < last.span.end:  # 公安、交通部门和各乡镇
                rest = replace(last, span=Span(end, last.span.end), mask=last.mask[end - last.span.begin :])
                names += _parted(text, rest)
            lent = False
            continue
        written = piece.span.of(text)
        if lent and (counted := COUNTED.fullmatch(written)):
            name = counted["own"] + counted["rest"]
            names.append(Name(name, piece.span, bool(counted["open"]), piece.group, piece.part))
            before = None
            lent = False
            continue
        lent = False
        if ending := borrowed(text, pieces, index):
            lent = piece.joined
            names.append(
                Name(_clean(written) + ending[0], Span(piece.span.begin, ending[1]), group=piece.group, part=piece.part)
            )
            before = None
            continue
        found = _parted(text, piece)
        for at, name in enumerate(found):
            if before and (shared := beginning(name.name, before)):
                found[at] = replace(name, name=shared + name.name)
                before = went_on(before)
            elif own := begins(name.name):
                before = own
            elif not name.name.startswith(("各", "有关", "相关")) and not has_no_departments(name.name):
                before = None  # another government stands between: nothing is shared across it
        names += found
        if not piece.joined:
            before = None
    return _committees(text, names) if "委" in mask else names


def _committees(text: str, names: list[Name]) -> list[Name]:
    """Part party committees from the governments of the same place: 各市党委和政府, 沈阳市委、市政府."""
    made: list[Name] = []
    for name in names:
        if both := two_parties(name.name):
            span = name.span
            committee, sign, government = span.of(text).partition("委")
            first = Span(span.begin, span.begin + len(committee + sign))
            rest = Span(span.end - len(government.lstrip("、和及与以")), span.end)
            made += [replace(name, name=both[0], span=first, open=False), replace(name, name=both[1], span=rest)]
            continue
        beside = made and _JOINED.fullmatch(text, made[-1].span.end, max(made[-1].span.end, name.span.begin))
        own = of_the_same_place(made[-1].name, name.name) if beside else ""
        made.append(replace(name, name=own) if own else name)
    return made


def unbroken(masked: str) -> str:
    """Put blanks that part nothing where a line of a cell ends inside a name: 省人力资源社会 / 保障厅.

    >>> unbroken("省自然资源和\\n规划厅\\n省财政厅").replace("\\x00", "+")
    '省自然资源和+规划厅\\n省财政厅'
    """
    return _BROKEN_NAME.sub(lambda hit: "\x00" * len(hit[0]), masked) if "\n" in masked else masked


def taken_apart(names: list[Name]) -> list[Name]:
    """Part names of a cell that a lost line break ran together: 市司法局市财政局."""
    apart: list[Name] = []
    for name in names:
        cuts = [hit.start() for hit in _RUN_TOGETHER.finditer(name.name)] if len(name.name) > 7 else []
        if not cuts and (again := _PLACE_AGAIN.match(name.name)):
            cuts = [again.end()]
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
        or name in ("各地", "各地方")
        or bool(_PARK.search(name))
        or bool(_ORGANISATIONS.search(name))
        or bool(_BY_FIELD.fullmatch(name))
        or bool(_SHORT_OF_A_FIRM.fullmatch(name))
        or bool(_COLLECTIVE.fullmatch(name))
    )


def only_fields(names: Sequence[str]) -> bool:
    """Tell whether names say a field of work and no body of it: 金融, 税务."""
    return all(_BY_FIELD.fullmatch(name) for name in names)


def mostly_bodies(names: Sequence[str]) -> bool:
    """Tell whether names read as bodies: all of two, most of more (中国科大 among others has no ending of a body)."""
    odd = sum(not plausible(name) for name in names)
    return not odd or (len(names) >= _LISTED and odd * _LISTED <= len(names) and all(len(n) <= _SHORT for n in names))


def _clean(written: str) -> str:
    """Drop the white space a line break or a PDF left inside a Chinese name."""
    if not SPACE.search(written):
        return written
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", written)


def _parted(text: str, piece: Piece) -> list[Name]:
    """Part a name from what 等 adds to it, and names that 和 or 及 joins."""
    if piece.mask[:1] in STARS or piece.mask[-1:] in STARS:  # ★省数据局: which of them leads is said elsewhere
        inner = piece.mask.strip(STARS)
        first = piece.span.begin + len(piece.mask) - len(piece.mask.lstrip(STARS))
        if inner:
            piece = replace(piece, span=Span(first, first + len(inner)), mask=inner)
    written, masked, begin = piece.span.of(text), piece.mask, piece.span.begin
    where = piece.group, piece.part
    if not WORD_INSIDE.search(masked):
        return [Name(_clean(written), piece.span, False, *where)]
    at = masked.find("等", 2)
    if at > 0 and (among := OPEN_PLACES.fullmatch(masked)):
        place, others = Span(begin, begin + at), Span(begin + at + 1, begin + len(written))
        return [Name(among["own"] + among["office"], place, True, *where), Name(among["rest"], others, False, *where)]
    while at > 0:
        after = masked[at + 1 :]
        joint = _JOINT.match(after) or _CLOSING.match(after)
        rest = after[joint.end() :] if joint else after
        bare = not rest or _NO_NAME.fullmatch(rest)
        before_ends = masked[at - 1] in ENDINGS or masked[at - 1] == "\x00"
        next_one = CONNECTIVE.split(rest)[0]
        if bare or joint or _COLLECTIVE.fullmatch(next_one) or (before_ends and _LOOSELY.fullmatch(next_one)):
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
    whole = [each.span() for each in EACH.finditer(masked)] if "各" in masked else []
    for joint in _JOINT.finditer(masked):
        if any(first < joint.start() < last for first, last in whole):
            continue  # 各市及省直管县教育局
        left, right = masked[start : joint.start()], masked[joint.end() :]
        if (
            (_complete(left) or _before_a_collective(left, right))
            and len(right) >= 2
            and right not in _PART_OF_A_NAME
            and not (right in _AFTER_ITS_COMMITTEE and left.endswith("工委"))
            and _stands_alone(left, right)
        ):
            own = Span(begin + start, begin + joint.start())
            names.append(Name(_clean(written[start : joint.start()]), own, False, *where))
            start = joint.end()
    names.append(Name(_clean(written[start:]), Span(begin + start, begin + len(written)), False, *where))
    return names


def _complete(left: str) -> bool:
    return len(left) >= 2 and (left[-1] in FIRM + "\x00" or bool(_COLLECTIVE.fullmatch(left)) or _each(left))


def _before_a_collective(left: str, right: str) -> bool:
    """Tell whether a name that ends like one stands before a collective: 大连海关和有关部门."""
    ends = len(left) > 2 and left[-1] in ENDINGS
    return (ends or left == "各地") and right.startswith(("有关", "相关", "各", "其他"))


def _each(left: str) -> bool:
    return left[0] == "各" and (left[-1] in ENDINGS or left[-1] == "\x00")


def _stands_alone(left: str, right: str) -> bool:
    if right[0] == "其" and not right.startswith("其他"):
        return False  # 甲局及其所属单位
    if any(right.startswith(part) and right[len(part) :][:1] in ("", "等", "、") for part in _PART_OF_A_NAME):
        return False  # 各县党委和政府
    if _BESIDE.match(right):
        return not right.startswith(("市场", "省份")) or left[-1] in FIRM
    if _DISTRICT.fullmatch(right) and _COLLECTIVE.fullmatch(left):
        return True  # 市直有关单位及甲区
    return left[-1] in "厅局委办府会行司社部署院" and len(right) >= 3 and plausible(right.replace("\x00", "）"))
