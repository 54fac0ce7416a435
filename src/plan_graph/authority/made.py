"""Bodies of which no more is known than their name: firms, institutions, associations, and units of the issuer.

``own-name``: a name that says whose it is (市热线中心, 广安市某某集团) and ends with a word for a firm, an institution
or an association is one body of that place; its full name is the name written out, by expansion alone. One with a name
of its own may leave the place to the reader. Offices of government and party (局, 委, 办) and the committees of zones
are records or follow patterns of the registers, never this rule: a name that these do not have may be a slip, and is
left for somebody to look at.
``unit``: what a department or a zone calls without a place in its own document (政策法规处, 社会发展局) is a part of
it.
``place``: a place that stands where a party does (西湖区) means its authorities; which of them, its government or its
party committee, is not said, so it is a collective of both.

The ids are the names in pinyin behind ``own-`` and ``unit-``; that of a unit ends with the key of the body it is of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from plan_graph.authority import standing
from plan_graph.authority.places import COUNTRY, PlaceNames, relative_word
from plan_graph.model.register import Body, Collective, Place

OWN, UNIT, PLACE = "own-", "unit-", "place"
_OF = "-of-"
_SOURCE = "named so in a plan; no record"
# what the names of bodies end with, by their kind; the first that reads a name counts
_KINDS = (
    ("bank", re.compile(r".*(?:银行|农商行|信用社|联社)(?:股份有限公司)?(?:.{2,8}(?:分行|支行))?")),
    ("firm", re.compile(r".*(?:公司|集团|电厂|热电厂|水厂|交易所|车务段|电站)")),
    ("institute", re.compile(r".*(?:研究院|研究所|研究中心|科学院|设计院|规划院|大学|学院|学校|党校)")),
    ("peoples-organisation", re.compile(r".*(?:协会|学会|商会|联合会|促进会|基金会|研究会|联谊会|志愿服务队)")),
    (
        "public-institution",
        re.compile(
            r".*(?:中心|医院|[书物档化术技览念育]馆|报社|杂志社|通讯社|记者站|分社|[^领]事务所|[视电总]台"
            r"|[测理护检车总东南西北]站|大厅|总队|支队|大队|[理护办务保](?:处|所)"
            r"|测绘院|检测院|检验院|仲裁院|仲裁委员会|分院|机场|[海陆新]港)"
        ),
    ),
    ("central-branch", re.compile(r".*(?:海关|海事局|边检站|边检总站|边防检查站)")),
)
_OF_A_PLACE = ("institute",)  # kinds of which the name must say the place
_PLAIN = re.compile("[\u4e00-\u9fffA-Za-z0-9·“”（）()—-]{4,40}")
# what no name of one body holds
_NO_NAME = re.compile(
    r"领导小组|工作组|指挥部|专班|联席会议|协调机制|[各等的或按由]|有关|相关|涉及|所有|全部|其[他它]|以及|负责|牵头|责任|配合"
    r"|会同|落实|成员|单位|部门|企业$|主管|主办"
    r"|(?<=[局委办厅部院司所站队会心])[和与及]|^[和与及]|[和与及]$|[（(](?![集原挂]|中国)"
)
# 市 in 市场服务中心 is no city
_NO_PLACE = re.compile(
    "市场|市民|市容|市政(?:公用|工程|园林|道路|设施|管网)|区域|区块|县域|省际|省级|市级|区级|县级|地方"
)
# a trade alone is no name: 供水公司, 燃气集团
_TRADE = re.compile(
    r"(?:城市|国有|地方|大型|重点|骨干|公用|公共|事业|服务|供水|供电|供气|供热|热力|燃气|天然气|自来水|水务|电力|电网|通信|电信"
    r"|运营|平台|投资|融资|担保|保险|物业|公交|交通|客运|运输|物流|港口|航空|铁路|开发|建设|管理|经营|环卫|环境|工程|施工|监理"
    r"|科技|文化|旅游|农业|商业|商贸|粮食|金融|证券|期货|基金|企业|中介|行业|专业|信息|技术|龙头|上市|股份|有限|责任|产业|园区"
    r"|培训|检测|监测|评估|服务|事务|综合|指挥|调度|数据|政务|急救|应急)*"
    r"(?:公司|集团|银行|中心|协会|商会|学会|学校|学院|大学|医院|研究院|研究所|基金会|交易所|电厂|水厂|机场|站|队)"
)
# firms by a short name, if a place stands before it
_SHORT_FIRM = re.compile(
    "(?:(?:城市)?燃气|水务|供水|热力|地铁|公交|港务|电网|城投|交投|水投|产投|文旅|城建|轨道)(?:集团)?"
)
_OUTER = re.compile("(?P<name>[^（()）]{4,40})[（(][^（()）]{2,20}[）)]")
_WHOLE = ("全", "本", "我")
_FULL = "省市县区州盟旗"  # what the full name of a place ends with
# short names of counties that are words
_WORDS = re.compile(
    "资源|新兴|平安|和平|长寿|建设|城区|郊区|东方|大方|富民|民乐|民权|新建|河口|友谊|前进|向阳|安居|南部|城中|新城|新市|新区"
    "|文昌|集贤|大同|普安|安定|永安|南方|北方|华南|江南|城东|城西|城南|城北|中山|工农|红旗|双创|大通|通道|环江"
)
_BY_NAME = ("firm", "bank", "central-branch")  # kinds of which a name without a place is whole
_STATE = ("国家", "中国", "全国", "中央", "国务院")
_COMMITTEE = re.compile("(?:管理|执行)委员会$")
_HUBS = re.compile("机场|[火汽]?车站|[东南西北]站|海关|港")  # what may stand alone after the name of its city
_SHORTEST = 3  # characters of a name after its place


def own_name(
    name: str, names: PlaceNames, issuer: str, on: date | None, *, part: bool = False
) -> tuple[Body, str] | None:
    """Read a name as that of one body of which no more is known, or give ``None``; with its part after the place.

    :param part: whether a name that says no place may be that of a part of the issuer; then only a firm is read
    """
    outer = _OUTER.fullmatch(name)
    name = outer["name"] if outer else name
    if not _PLAIN.fullmatch(name) or _NO_NAME.search(name):
        return None
    code, said = _owner(name, names, issuer, on)
    rest = name[len(said) :].removeprefix("政府") if said else name
    kind = kind_of(rest) or ("firm" if said and not _is_relative(said) and _SHORT_FIRM.fullmatch(rest) else "")
    if not kind:
        return None
    if not code:
        return _unsaid(name, kind, names, issuer, part=part)
    if len(rest) < _SHORTEST and not ((_HUBS.fullmatch(rest) or kind == "firm") and not _is_relative(said)):
        return None
    full = said in (names.places[code].name, names.whole(code)) or _is_relative(said)
    return _made(code, rest if full else name, names.whole(code) + rest if full else name, kind, names)


def _unsaid(name: str, kind: str, names: PlaceNames, issuer: str, *, part: bool) -> tuple[Body, str] | None:
    """Read a name that says no place: the state's by its first word, or the issuer's if it is no office."""
    if name.startswith(_STATE):
        return _made(COUNTRY, name, name, kind, names)
    told = kind not in _OF_A_PLACE and not (part and kind != "firm") and not relative(name)
    if not told or _TRADE.fullmatch(name) or issuer not in names.places:
        return None
    return _made(issuer, name, name if kind in _BY_NAME else names.whole(issuer) + name, kind, names)


def _made(code: str, own: str, whole: str, kind: str, names: PlaceNames) -> tuple[Body, str]:
    return _body(f"{code}/{OWN}{standing.slug(own)}", whole, kind, names.places[code]), own


def kind_of(name: str) -> str:
    """Give the kind of body that the end of a name says, or ""."""
    return next((kind for kind, words in _KINDS if words.fullmatch(name)), "")


def relative(name: str) -> bool:
    """Tell whether a name begins with 省, 市, 县 or 区 as the word for a place."""
    return bool(relative_word(name)) and not _NO_PLACE.match(name)


def _is_relative(said: str) -> bool:
    """Tell whether a place is said by its level alone: 市, 全市."""
    return said[:1] in _WHOLE or relative_word(said) == said


def _owner(name: str, names: PlaceNames, issuer: str, on: date | None) -> tuple[str, str]:
    """Give the place that a name begins with and how it says it, or "" twice.

    The name of a place without 市 or 县 counts if it is the issuer's, or lies in it: 资源 is a county in Guangxi.
    """
    if _NO_PLACE.match(name):
        return "", ""
    own = names.above(issuer)
    for split in names.splits(name, issuer, on):
        said, code = name[: split.end], split.code
        if not code or _WORDS.fullmatch(said):
            continue
        above = names.above(code)
        near = code in own or issuer in (*above, COUNTRY) or bool(set(own[-1:]) & set(above))
        near = near or names.places[code].level == "prefecture"
        if said[-1] in _FULL or code.endswith("0000") or near:
            return code, said
    return "", ""


def unit(own: str, of: Body, places: dict[str, Place]) -> Body:
    """Make a unit of a department, or an office of a zone: 法规处 of 四川省财政厅 is 四川省财政厅法规处."""
    code, _, key = of.id.partition("/")
    whole = (_COMMITTEE.sub("", of.name) if of.kind == "management-committee" else of.name) + own
    return make(f"{code}/{UNIT}{standing.slug(own)}{_OF}{key}", whole, places[code], of.kind)


def units(of: Body) -> Collective:
    """Make the units of a department together: 各处室, 厅直单位 in its own plan."""
    code, _, key = of.id.partition("/")
    name = _COMMITTEE.sub("", of.name) + "各内设机构和直属单位"
    return Collective(f"{code}/{UNIT}all{_OF}{key}", name, "unresolved", source="units named together in a plan")


def of_unit(identifier: str) -> str:
    """Give the id of the body that the body with an id is a unit of, or ""."""
    code, _, key = identifier.partition("/")
    return f"{code}/{key.rpartition(_OF)[2]}" if key.startswith(UNIT) else ""


def named_place(code: str, names: PlaceNames, members: Sequence[str]) -> Collective:
    """Make the authorities of a place that stands where a party does."""
    return Collective(f"{code}/{PLACE}", names.whole(code), "some", tuple(members), source="a place named as a party")


def named_town(town: Body) -> Collective:
    """Make the authorities of a town that stands where a party does, of which only its government has a record."""
    code, _, key = town.id.partition("/")
    name = next((town.name.removesuffix(one) for one in ("人民政府", "办事处") if town.name.endswith(one)), town.name)
    return Collective(f"{code}/{PLACE}-{key}", name, "some", (town.id,), source="a place named as a party")


def make(identifier: str, name: str, place: Place, of: str = "") -> Body:
    """Make a body of its id and its full name, as far as these tell.

    :param of: the kind of the body it is a unit of, if it is one; a unit is of that kind, an office of a zone is a
        department
    """
    _, _, key = identifier.partition("/")
    if whole := of_unit(identifier):
        own = of == "department" and not name.endswith("处") and kind_of(name) == "public-institution"
        kind = "public-institution" if own else of
        return _body(identifier, name, "department" if kind == "management-committee" else kind, place, whole)
    if key.startswith(OWN):
        return _body(identifier, name, kind_of(name) or "firm", place)
    body = standing.make(identifier, name, place, members=False)
    assert isinstance(body, Body)
    return body


def _body(identifier: str, name: str, kind: str, place: Place, parent: str = "") -> Body:
    return Body(
        id=identifier,
        name=name,
        short="",
        kind=kind,
        level=place.level,
        seat=place.seat if place.code == COUNTRY else place.code,
        parent=parent,
        jurisdiction=(place.code,),
        source=_SOURCE,
        pattern=True,
    )
