"""A list of names cut into pieces: at its commas, at spaces between names that are complete, at 和 between two places.

A comma inside one name (各市、县（区）人民政府, “双随机、一公开”) cuts nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from plan_graph.extraction.committees import TOGETHER
from plan_graph.extraction.endings import FIRM, Piece
from plan_graph.model.text import Span

_LEVEL = "(?:自治区|自治[州县]|直辖市|计划单列市|省?直管[市县]|神农架林区|林区|矿区|省|市|县|区|州|盟|旗|乡|镇|街道)"
_OFFICE = "(?:有关|相关)?(?:部门|单位)|市场监管|(?:中级)?(?:人民)?法院|(?:人民)?检察院"
_BUREAU = "[教财民卫人农文住交水商司审统医工信应林公][^、，]{1,12}(?:局|部门)"
# 各市、县（区）人民政府 is one name: the 、 in it is no list comma
EACH = re.compile(
    f"各{_LEVEL}+\x00*(?:[、和及](?:省?直管[市县]|[县区旗州])\x00*)+(?={_BUREAU}|{_OFFICE})"  # 各市、县教育局
    r"|(?:各|有关|相关|各有关)(?:[市县区旗]\x00*、)*(?:县级市|盟(?:行政公署|行署)、(?:各)?(?:设区的)?市)"
    r"(?=(?:人民政府|政府)?(?:[、，,；;。等和及与以]|$)|(?:人民政府|政府)\s)"
    f"|(?:各|其他|沿[江海线边]|试点|有关|相关|[^\x00、，,；;。]{{1,12}}所在地?的?)(?:有关|相关)?(?:设区)?{_LEVEL}+\x00*(?:[、和及](?:{_LEVEL}|[农林渔]?场)+\x00*)+"
    r"(?=级?(?:人民政府|政府|管委会|党委和政府|党委|办事处)?\x00*(?:[、，,；;。等和及与以]|$)|(?:人民政府|政府)\x00*\s)"
    r"|各地(?:[、和及][州市盟]\x00*)+(?=人民政府|政府|行政公署|行署|[、，,；;。等和及与]|$)"  # 各地、州、市人民政府
    r"|各(?:部、)?委、(?:办|厅|局)(?:、(?:办|厅|局|院|行|室))*"  # 市直各委、办、局
    # 中央、省驻市有关单位
    r"|(?<![^\x00、，,和及与])(?:中央|[中部])、(?:[省市]、?){1,2}[驻属直][^、，,；;。\x00]{0,8}(?:单位|企业|部门|机构)"
    # 甲局等具有登记、保管职能的部门
    r"|(?<=等)(?:具有|负有|承担|享有|拥有)[^，,；;。\x00]{2,30}?(?:职[责能权]|权限?|任务)的[^、，,；;。\x00]{0,8}(?:部门|单位|机构|企业)"
    r"|(?:各|[省市县区]?有关|[省市县区]?相关)(?:级|有关|相关)*(?:部门|单位|地区|街道|乡镇)、(?:有关|相关)?(?:部门|单位|机构)(?=[、，,；;。等]|$)"
    rf"|(?<![^\x00、，,和及与])[省市县](?:、[市县区乡镇]\x00*)+级?"  # 省、市、县级政府; 市、区机管局
    rf"(?=人民政府|政府|党委|{_BUREAU}|[^、，,；;。\x00]{{2,12}}(?:局|委|办|部门|中心)(?:[、，,；;。]|$))"
)
_LEVELS_LISTED = re.compile("[省市县中部央]、[省市县区乡镇州]")
_MAY_HOLD_COMMAS = ("各", "有关", "相关", "的", "所在")
CONNECTIVE = re.compile(r"以及(?=.)|(?:及|和|与)(?=各|有关|相关)")
_TWO_PLACES = re.compile(
    rf"(?P<body>(?!各|有关|相关)[^和及与]{{2,20}}(?:[{FIRM}]|海关|公司|集团|[分支银]行)|各[^和及与]{{1,16}}政府)(?:以及|[和及与])(?P<place>[^和及与]{{2,8}}[市县区])|"
    r"(?P<first>(?!各|有关|相关)[^和及与]{1,8}[市县区州旗])[和及与](?P<second>(?!各|有关|相关)[^和及与]{1,8}[市县区州旗](?:人民政府|政府|管委会|党委))"
)
_QUOTED = re.compile(r"“[^”]*”")
WORD_INSIDE = re.compile("[等和及与]")
_EACH_SPACED = re.compile("各[省市县区州旗盟]{1,2}\x00+[ \u3000](?![省市县区各有相驻])")
# 各县（市） 区人民政府, 甲区 人民政府: the office of the place before the space
_OFFICE_OF_BEFORE = re.compile(
    "(?:[市县区州旗盟镇乡]|[\u4e00-\u9fff]\x00+)[ ](?:[县区旗]\x00*)?"
    "(?:人民政府|政府|管委会|管理委员会|党委|街道办事处|办事处)$"
)
SPACE = re.compile(r"\s")
_SPACED = FIRM + "府政县区市镇乡道\x00"  # what ends a name before a space: 县农业 农村局 is one name on two lines
# 人行 甲市分行, 市住房和城乡 建设局: a part of a name that a space broke
_BROKEN_OFF = re.compile(
    r"[^行\x00-\x7f]{2,6}(?:分行|支行|中心支行|分公司)|(?:股份|有限|责任|控股|集团|总)*公司|.*(?:城乡|社会|行政|财政|民政|邮政|城市)"
)
# what else ends a name before a space; a part of a bank or a firm (沈阳分行, 有限公司) ends the one before it
_SPACED_ENDS = re.compile(
    r"(?![和及与]).*(?:海关|公司|集团|[分支银]行|国开行|农发行|[总支大]队|中心|地区|单位|部门|机构|企业|法院|检察院|高校|团中央|工商联)"
)
_JOINING = ("、", "/", "／", "\\")
_LIST_COMMA = re.compile(rf"[、，,；;]|(?<=[{FIRM}\x00])[/／\\](?=[\u4e00-\u9fff]{{2}})|$")


def pieces_of(span: Span, mask: str) -> list[Piece]:
    """Cut at the commas, and at spaces between names that are complete."""
    pieces: list[Piece] = []
    begin = group = part = 0
    kept: set[int] = set()
    if any(word in mask for word in _MAY_HOLD_COMMAS) or _LEVELS_LISTED.search(mask):
        kept.update(at for each in EACH.finditer(mask) for at in range(*each.span()))
    if "“" in mask:  # 市“双随机、一公开”联席会议
        kept.update(at for quoted in _QUOTED.finditer(mask) for at in range(*quoted.span()))
    if "党" in mask:  # 各县（市、区）党委、政府
        kept.update(both.end() - 1 for both in TOGETHER.finditer(mask))
    for cut in _LIST_COMMA.finditer(mask):
        at = cut.start()
        if at in kept:
            continue
        for first, last in _spaced(mask, begin, at):
            opens = bool(pieces) and mask[first] == "等" and last - first > 2  # 甲局、等各单位
            start = first + opens
            where = Span(span.begin + start, span.begin + last)
            pieces += _and(where, mask[start:last], cut[0] in _JOINING, group, part)
            pieces[-1] = replace(pieces[-1], opens=True) if opens else pieces[-1]
        if cut[0] in ("，", ",") and pieces:
            group += 1
        elif cut[0] in ("；", ";") and pieces:
            part += 1
        begin = at + 1
    return pieces


def _and(where: Span, masked: str, joined: bool, group: int, part: int) -> list[Piece]:
    """Part 甲县和乙区人民政府, which share an ending as if a comma stood between; drop 以及 before a name."""
    if not WORD_INSIDE.search(masked):
        return [Piece(where, masked, joined, group, part)]
    if lead := CONNECTIVE.match(masked):
        where, masked = Span(where.begin + lead.end(), where.end), masked[lead.end() :]
    both = _TWO_PLACES.fullmatch(masked)
    if both is None:
        return [Piece(where, masked, joined, group, part)]
    first, second = ("first", "second") if both["first"] else ("body", "place")
    return [
        Piece(Span(where.begin, where.begin + both.end(first)), both[first], True, group, part),
        Piece(Span(where.begin + both.start(second), where.end), both[second], joined, group, part),
    ]


def _spaced(mask: str, begin: int, end: int) -> list[tuple[int, int]]:
    piece = mask[begin:end]
    begin, piece = begin + len(piece) - len(piece.lstrip()), piece.strip()
    if not piece:
        return []
    if not SPACE.search(piece):
        return [(begin, begin + len(piece))]
    if _EACH_SPACED.match(piece):  # 各市（州） 交通局
        return [(begin, begin + len(piece))]
    words = [(begin + m.start(), begin + m.end()) for m in re.finditer(r"[^ \u3000\t\n]+", piece)]
    whole = [(begin, begin + len(piece))]
    if any(_OFFICE_OF_BEFORE.search(mask[b:e] + " " + mask[b2:e2]) for (b, e), (b2, e2) in pairwise(words)):
        return whole
    return words if len(words) > 1 and all(_ends_before_a_space(mask[b:e]) for b, e in words) else whole


def _ends_before_a_space(word: str) -> bool:
    """Tell whether a word between spaces is a whole name, be the list left open after it or not."""
    word = word.removesuffix("等")
    ended = word[-1:] in tuple(_SPACED) or bool(_SPACED_ENDS.fullmatch(word))
    return len(word) > 2 and word[0] != "\x00" and ended and not _BROKEN_OFF.fullmatch(word)
