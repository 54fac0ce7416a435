"""Endings that names of a list share: 沈阳、大连市政府 are two governments, 甲经开区、乙新区管委会 two committees."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_graph.extraction.beginnings import DEPARTMENT
from plan_graph.model.text import Span

# The last characters of a name that can stand alone; what has none of them waits for its neighbour's.
ENDINGS = (
    "府厅局委办部院署会行司团关社处室心站队学校所厂企位门员组区市县省州盟旗直府场台馆网库港段系统构者军街"
    "科股联协道班矿坊央镇乡村家庭业商体人户"
)
FIRM = "府厅局委办部院署会行司团社处室心站队校所组联协"  # endings that end a name even before 和
_SHARED = re.compile(
    r"(?P<own>(?![^和及与]{1,8}[市县区州旗][和及与])(?!各|有关|相关|其他|全|国|省|市(?![^、，]{2,}(?:新区|园区|[发经高][展开新]区))|县|区)(?:[^\s、，]{1,8}?|[^\s、，]{1,12}?[）)]))"
    r"[两二三四五六七八九]?(?P<level>(?:省|自治区|市|县|区|州|盟|旗|片区|新区|经开区|开发区|高新区|镇|乡|街道)(?:[（(〔][市县区州盟旗、，乡镇街道]{1,8}[）)〕])?)?"
    r"(?P<office>人民政府|政府办|政府|管委会|党委[和、及与]?(?:人民)?政府|党委|委|(?<=街道)办事处|(?<=街道)办"
    r"|(?<=[片新发高园]区)(?:开发|建设)?管理(?:局|委员会)"
    r"|(?:党工委|工委)(?:(?:和|、|及|与|以及)?(?:管委会|管理委员会|办事处))?)"
)
_LEVELS = "市县区州盟旗省镇乡"
_STREET = "街道"
_SHORT = "委办局厅府联协行部会院企"  # endings of names of two characters: 县委, 残联
_ZONE = re.compile(
    r"(?:新|片|经开|开发|高新|园|管理|保税|度假|景|名胜|功能|经济|试验|示范|产业|工业|旅游|文旅|自贸|临空|生态|物流|综保|合作|港|"
    r"[）)])区$"
)
# districts whose names end as those of zones do
_DISTRICT = frozenset(
    {
        "浦东新区",
        "滨海新区",
        "沈北新区",
        "清新区",
        "永新区",
        "泉港区",
        "大港区",
        "东港区",
        "海港区",
        "茂港区",
        "铁山港区",
        "高港区",
        "黄石港区",
        "龙港区",
        "下花园区",
        "梁园区",
        "绿园区",
        "金园区",
    }
)

# what has no ending of a body and is no place all the same: 市电信, 国网供电, 资阳发展
_NO_PLACE = re.compile(
    r"^(?:[省市县区州]|中国|中[石国铁建交核电粮]|国网|国家|南方|全国)|电信|移动|联通|铁塔|邮政|石油|石化|电网|供电|电力|烟草|发展|投资|建设|"
    r"水务|燃气|能源|交投|城投|文旅|农投|产投|银行|保险|证券|铁路|航空|机场|高速|传媒|通信|网络|科技|金控|国投|热力|公交|地铁"
)
_ALSO_CALLED = re.compile(r"(?<=政府)[（(〔][^（()）〔〕]*[）)〕]$")
_GOES_ON = re.compile(r"等|以及|[和及与](?=各|有关|相关|省|市|其他)")  # what a shared ending may be followed by
# 甲、乙、丙三市政府: the last of a counted list
# 甲、乙、丙等市人民政府: the same, the list left open
COUNTED = re.compile(
    r"(?P<own>[^\s、，等]{2,8}?)(?:(?P<open>等)(?:[\d两二三四五六七八九十]+个?)?|[两二三四五六七八九])"
    r"(?P<rest>(?:地级?)?[市县区州旗](?:人民政府|政府|党委[和、及与]?(?:人民)?政府|党委|管委会))"
)
# 甲区等相关区政府: 甲区政府, and a collective beside it
OPEN_PLACES = re.compile(
    r"(?P<own>[^\s、，等]{1,8}(?P<level>[市县区州旗]))等(?P<rest>(?:各?有关|各?相关|各)(?P=level)(?P<office>人民政府|政府|管委会))"
)
_TOWNS = re.compile(r"(?!各|有关|相关|乡)[^\s、，]{2,4}(?P<level>镇|乡|街道)")
_CITIES = re.compile(r"[^\s、，]{2}市")


# 公安、交通、安监部门; 市财政、教育、卫生局: fields of work that share what their offices are called
_FIELD_WORDS = (
    rf"(?:国土资源|纪检监察|检验检疫|(?:{DEPARTMENT}|组织|宣传|统战|运管|水文|交警|电信|通信|河务|城建|运政|路政){{1,2}})"
    "(?:行政|综合|监管|监督|管理|执法)*(?<![委办联会协院投处心])"  # 农委, 妇联 and the like are bodies, no fields
)
_FIELD = re.compile(rf"(?P<of>(?:各级|地方|[省市县区州旗盟]委|[省市县区州旗盟]级?|自治区))?(?P<field>{_FIELD_WORDS})")
_ITS_OFFICE = re.compile(
    rf"(?P<own>{_FIELD_WORDS})(?:(?P<office>(?:行政)?(?:主管|管理)?部门|局|厅|部)(?P<open>等)?|(?P<closed>等)(?:[0-9一二三四五六七八九十]+个)?(?:有关|相关)?(?:部门|单位))"
    r"(?:$|(?:和|及|与|以及)(?=各|有关|相关))"
)
_HALF_A_FIELD = frozenset(
    {"住房", "人力资源", "广播", "经济", "社会", "工业", "信息化", "文化"}
)  # 人力资源、社会保障局


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a list between two commas: its mask, whether 、 joins it to the next, what was counted before it.

    ``opens`` tells of a 等 before it, which leaves the list before it open.
    """

    span: Span
    mask: str
    joined: bool  # 、 joins it to the next
    group: int
    part: int
    opens: bool = False


def of_fields(text: str, pieces: list[Piece], index: int) -> tuple[list[str], bool, int] | None:
    """Give the names of a run of fields that share what their offices are called, whether 等 leaves it open, its end.

    What stands before the first belongs to all: 各级公安、交通部门 are 各级公安部门 and 各级交通部门.
    """
    first = _FIELD.fullmatch(pieces[index].span.of(text))
    if first is None or not pieces[index].joined:
        return None
    fields = [first["field"]]
    while index + 1 < len(pieces) and pieces[index].joined:
        index += 1
        words = pieces[index].span.of(text)
        if last := _ITS_OFFICE.match(words):
            fields.append(last["own"])
            office = last["office"] or ""
            if office in ("局", "厅") and not _HALF_A_FIELD.isdisjoint(fields):
                return None
            if office == "部" and not (first["of"] or "").endswith("委"):  # 县委组织、宣传部
                return None
            whole = [(first["of"] or "") + one + office for one in fields]
            return whole, bool(last["open"] or last["closed"]), pieces[index].span.begin + last.end()
        another = _FIELD.fullmatch(words)
        if another is None or another["of"]:
            return None
        fields.append(another["field"])
    return None


def borrowed(text: str, pieces: list[Piece], index: int) -> tuple[str, int] | None:
    """Give the ending a bare name shares with a later name of the same list, and where that name ends.

    甲、乙市政府 share 市政府; 甲区、乙区政府 share 政府; without a level (甲乙、丙丁委) the two must be of one length.
    """
    bare = pieces[index].span.of(text)
    level = bare[-1] if bare[-1] in _LEVELS and not (len(bare) == 2 and bare[-1] in "州旗盟") else ""  # 苏州, 常州
    if len(bare) > 2 and bare.endswith(_STREET):
        level = _STREET
    if not _may_borrow(bare, level):
        return None
    city: tuple[str, int] | None = None
    nearest = ""  # the level of the first name after it that has one
    while index + 1 < len(pieces) and pieces[index].joined:
        index += 1
        later = pieces[index].span
        words = later.of(text)
        if ending := _closing(words, level):
            return ending, later.end
        shorter = _ALSO_CALLED.sub("", words)  # 甲、乙市人民政府（丙管委会）
        if found := _SHARED.fullmatch(_GOES_ON.split(shorter, maxsplit=1)[0]):
            end = later.begin + found.end()
            own, above, office = found["own"], found["level"] or "", found["office"]
            if level:
                zones = not above and office == "管委会" and _is_zone(bare)  # 甲开发区、乙铁路港管委会
                alike = above[-1:] in _LEVELS + "）)〕" and _is_zone(bare) == _is_zone(own + above)
                alike = above == _STREET if level == _STREET else alike  # 甲街道、乙街道办事处
                return (office, end) if zones or (above and alike) else None
            above = nearest or above
            return (above + office, end) if above or len(own) == len(bare) else None
        if not nearest and _has_level(words) and len(words) <= 6:
            nearest = words[-1]
        if not level and len(bare) == 2 and _CITIES.fullmatch(words):
            city = city or ("市", later.end)  # a later name may still add an office: 甲、乙市、丙市政府
        if not level and (town := _TOWNS.fullmatch(words)):
            city = city or (town["level"], later.end)
        if words[-1] in ENDINGS and words[-1] not in _LEVELS and not (len(words) == 2 and words[-1] not in _SHORT):
            return city
    return city


def _closing(words: str, level: str) -> str:
    """Give the ending that the last of a counted or open list lends: 市政府, or 政府 to a name with its level."""
    if counted := COUNTED.fullmatch(words):
        return counted["rest"][1:] if level else counted["rest"]
    among = OPEN_PLACES.fullmatch(words) if level else None
    return among["office"] if among and among["level"] == level else ""


def _may_borrow(bare: str, level: str) -> bool:
    """Tell whether a name may lack its ending: a place, with its level or without, and no complete name."""
    if bare.startswith(("各", "有关", "相关", "其他")) or bare.endswith(("）", ")", "〕", "军区")):
        return False
    if level:
        return True
    if bare[-1] in ENDINGS and not (len(bare) == 2 and bare[-1] not in _SHORT):
        return False  # 汉台 and 城关 are places all the same
    return not _NO_PLACE.search(bare) and (len(bare) <= 4 or "区" in bare)


def _is_zone(name: str) -> bool:
    return bool(_ZONE.search(name)) and name.rpartition("市")[2] not in _DISTRICT


def _has_level(name: str) -> bool:
    """Tell whether a name says what kind of place it is: 恩施州 does, 苏州 and 锦州 do not."""
    return name[-1] in _LEVELS and not (len(name) == 2 and name[-1] in "州旗盟")
