"""Names without a record: a place and a name that bodies of one kind bear; collectives by rule; what became of bodies."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from plan_graph.authority.made import make
from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver

ROOT = Path(__file__).parents[2]
REGISTER = Register.load()
DAY = date(2021, 6, 1)


def resolver(place: str, on: date | None = DAY, named: frozenset[str] = frozenset(), issuer: str = "") -> Resolver:
    return Resolver(REGISTER, place, on, named, issuer)


@pytest.mark.parametrize(
    ("name", "place", "rule", "id", "full"),
    [
        ("省财政厅", "510000", "pattern", "510000/czt", "四川省财政厅"),
        ("四川省财政厅", "", "pattern", "510000/czt", "四川省财政厅"),  # a full name needs no issuer
        ("四川财政厅", "510000", "pattern", "510000/czt", "四川省财政厅"),
        ("市财政局", "511600", "pattern", "511600/czj", "广安市财政局"),
        ("市财政局", "511602", "pattern", "511600/czj", "广安市财政局"),  # in a plan of its district
        ("区财政局", "511602", "pattern", "511602/czj", "广安市广安区财政局"),
        ("市财政局", "511681", "pattern", "511681/czj", "华蓥市财政局"),  # a county-level city is the city itself
        ("省财政厅", "511681", "pattern", "510000/czt", "四川省财政厅"),
        ("市财政局", "310000", "pattern", "310000/czj", "上海市财政局"),  # a municipality names bodies as a city
        ("自治区财政厅", "450000", "pattern", "450000/czt", "广西壮族自治区财政厅"),
        ("区财政厅", "450000", "pattern", "450000/czt", "广西壮族自治区财政厅"),
        ("广西财政厅", "450000", "pattern", "450000/czt", "广西壮族自治区财政厅"),
        ("州财政局", "422800", "pattern", "422800/czj", "恩施土家族苗族自治州财政局"),
        ("恩施州财政局", "420000", "pattern", "422800/czj", "恩施土家族苗族自治州财政局"),
        ("杭州市西湖区财政局", "330000", "pattern", "330106/czj", "杭州市西湖区财政局"),
        ("铁西区政府", "210300", "pattern", "210303/szf", "鞍山市铁西区人民政府"),  # of two in the province, the issuer's own
        ("浙江省杭州市西湖区财政局", "", "pattern", "330106/czj", "杭州市西湖区财政局"),
        ("地委组织部", "652900", "pattern", "652900/zzb", "中共阿克苏地区委员会组织部"),
        ("地委", "652900", "implied-place", "652900/dw", "中共阿克苏地方委员会"),
        ("检察分院", "653200", "implied-place", "653200/jcyfy", "新疆维吾尔自治区人民检察院和田分院"),  # of the province
        ("省人大监察司法委", "510000", "pattern", "510000/rdjcsf", "四川省人民代表大会监察和司法委员会"),
        ("省人大法制委", "510000", "pattern", "510000/rdfz", "四川省人民代表大会法制委员会"),  # not 法制工作委员会
        ("西湖区财政局", "330100", "pattern", "330106/czj", "杭州市西湖区财政局"),  # of five, the one in the issuer's city
        ("吉林省财政厅", "", "pattern", "220000/czt", "吉林省财政厅"),
        ("吉林市财政局", "", "pattern", "220200/czj", "吉林市财政局"),
        ("财政局", "511600", "implied-place", "511600/czj", "广安市财政局"),
        ("发展改革委", "510000", "implied-place", "510000/fgw", "四川省发展和改革委员会"),
        ("市发改委", "511600", "pattern", "511600/fgw", "广安市发展和改革委员会"),
        ("市委组织部", "511600", "pattern", "511600/zzb", "中共广安市委员会组织部"),
        ("中共广安市委组织部", "", "pattern", "511600/zzb", "中共广安市委员会组织部"),
        ("组织部", "511600", "implied-place", "511600/zzb", "中共广安市委员会组织部"),
        ("团市委", "511600", "pattern", "511600/tsw", "中国共产主义青年团广安市委员会"),
        ("省税务局", "510000", "pattern", "510000/shuiwu", "国家税务总局四川省税务局"),  # 省 proves no local body
        ("市税务局", "511600", "pattern", "511600/shuiwu", "国家税务总局广安市税务局"),
        ("广安银保监分局", "511600", "pattern", "511600/yinbaojian-fj", "中国银行保险监督管理委员会广安监管分局"),
        ("人行广安市中心支行", "511600", "pattern", "511600/renhang-zz", "中国人民银行广安市中心支行"),
        ("象州生态环境局", "451322", "pattern", "451322/sthjj", "来宾市象州生态环境局"),  # a branch of the city's
        ("区生态环境局", "310115", "pattern", "310115/sthjj", "上海市浦东新区生态环境局"),  # no city between
        ("县生态环境分局", "341126", "pattern", "341126/sthjfj", "滁州市凤阳县生态环境分局"),
        ("临沂市生态环境局沂南县分局", "370000", "pattern", "371321/sthjfj", "临沂市沂南县生态环境分局"),
        ("巴州发改委", "650000", "pattern", "652800/fgw", "巴音郭楞蒙古自治州发展和改革委员会"),
        ("巴州发改委", "510000", "pattern", "511902/fgw", "巴中市巴州区发展和改革委员会"),  # a district without 区
        ("林区政府", "429021", "pattern", "429021/szf", "神农架林区人民政府"),
        ("特区财政局", "520203", "pattern", "520203/czj", "六枝特区财政局"),
        ("市政府", "511600", "pattern", "511600/szf", "广安市人民政府"),
        ("市委", "511600", "pattern", "511600/sw", "中共广安市委员会"),
    ],
)  # fmt: skip
def test_a_body_of_anywhere(name: str, place: str, rule: str, id: str, full: str) -> None:
    found = resolver(place).resolve(name)
    assert found.body is not None, found
    assert (found.rule, found.body.id, found.body.name) == (rule, id, full)
    assert found.body.pattern


@pytest.mark.parametrize(
    ("name", "place", "id"),
    [
        ("发展改革委", "000000", "000000/fgw"),  # in a text of the State Council it is the national one
        ("国家发展改革委", "511600", "000000/fgw"),
        ("财政部", "511600", "000000/caizheng"),
        ("统计局", "000000", "000000/tongji"),
        ("海关总署", "210000", "000000/haiguan"),
        ("大连海关", "210000", "210200/haiguan"),  # a central branch seated there
    ],
)
def test_state_bodies(name: str, place: str, id: str) -> None:
    found = resolver(place).resolve(name)
    assert found.body is not None
    assert found.body.id == id


@pytest.mark.parametrize(
    ("name", "place", "id"),
    [
        ("南沙区政府", "460000", "460322/szf"),  # 三沙市, which code lists have as islands
        ("南沙区人民政府", "460300", "460322/szf"),
        ("三沙市南沙区人民政府", "", "460322/szf"),
        ("西沙区政府", "460000", "460321/szf"),
        ("南沙区政府", "440000", "440115/szf"),
        ("南沙区人民政府", "440100", "440115/szf"),
        ("广州市南沙区政府", "460000", "440115/szf"),
    ],
)
def test_two_districts_of_one_name(name: str, place: str, id: str) -> None:
    found = resolver(place).resolve(name)
    assert found.body is not None, found
    assert found.body.id == id


def test_waters_have_no_government() -> None:
    counties = resolver("460000").resolve("各市、县（市、区）人民政府").collective
    cities = resolver("460000").resolve("各市县政府").collective
    assert counties is not None
    assert cities is not None
    assert {one for one in counties.members if one.startswith("4603")} == {"460300/szf", "460321/szf", "460322/szf"}
    assert {one for one in cities.members if one.startswith("4603")} == {"460300/szf"}  # 市、县 counts no districts


def test_city_government_and_party_committee_are_three() -> None:
    named = resolver("210000")
    government, committee = named.resolve("大连市人民政府").body, named.resolve("大连市委").body
    assert government is not None
    assert committee is not None
    assert (government.id, committee.id) == ("210200/szf", "210200/sw")
    assert named.resolve("大连").body is None
    university = named.resolve("大连理工大学").body
    assert university is not None
    assert (university.name, university.kind) == ("大连理工大学", "institute")


@pytest.mark.parametrize(
    ("name", "on", "id"),
    [
        ("省工商局", "2016-10-30", "510000/gongshang"),
        ("省市场监管局", "2020-10-30", "510000/scjg"),
        ("省环保厅", "2016-10-30", "510000/hbt"),
        ("省生态环境厅", "2020-10-30", "510000/sthjt"),
        ("省国税局", "2016-10-30", "510000/guoshui"),
    ],
)
def test_the_body_of_the_day(name: str, on: str, id: str) -> None:
    found = resolver("510000", date.fromisoformat(on)).resolve(name)
    assert found.body is not None, found
    assert found.body.id == id


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("省工商局", "2021-06-01"),
        ("省生态环境厅", "2016-06-01"),
        ("省国税局", "2021-06-01"),
        ("省经信委", "2021-06-01"),
        ("省数据局", "2020-06-01"),
    ],
)
def test_a_body_that_was_not_there(name: str, on: str) -> None:
    found = resolver("510000", date.fromisoformat(on)).resolve(name)
    assert (found.rule, found.reason) == ("none", "not-at-that-date")
    assert len(found.candidates) == 1


@pytest.mark.parametrize(
    ("name", "place", "on", "candidates"),
    [
        # a planning commission of a province was renamed at a day nobody has told
        ("省计委", "420000", "2001-06-01", ("420000/fzjhw", "420000/jihuaw")),
        ("市委网信办", "511600", "2019-01-15", ("511600/wxb", "511600/wxblz")),
        ("网信办", "511602", "2019-01-15", ("511602/wxb", "511602/wxblz")),  # nor is it the state's then
    ],
)
def test_no_body_while_both_may_have_been_there(name: str, place: str, on: str, candidates: tuple[str, ...]) -> None:
    found = resolver(place, date.fromisoformat(on)).resolve(name)
    assert (found.rule, found.reason, found.candidates) == ("none", "several-bodies", candidates)


@pytest.mark.parametrize(
    ("name", "place", "on", "id", "reason"),
    [
        ("人行武汉分行", "420000", "2021-06-01", "420100/renhang", ""),
        ("人行武汉分行", "420000", "2024-06-01", "", "not-at-that-date"),  # regional branches ended in 2023-08
        ("人行湖北省分行", "420000", "2024-06-01", "420000/renhang-fh", ""),
        ("市人行", "420100", "2024-06-01", "", "not-at-this-level"),  # a capital has no branch of its own
        ("人行武汉市中心支行", "420000", "2021-06-01", "", "not-at-this-level"),
        ("市人行", "420600", "2024-06-01", "420600/renhang-fh", ""),
        ("市人行", "210200", "2024-06-01", "210200/renhang-fh", ""),  # a city with independent planning status has
        ("市外汇局", "330100", "2024-06-01", "", "not-at-this-level"),
    ],
)
def test_branches_of_the_central_bank(name: str, place: str, on: str, id: str, reason: str) -> None:
    found = resolver(place, date.fromisoformat(on)).resolve(name)
    assert (found.body.id if found.body else "", found.reason) == (id, reason)


def test_no_body_of_a_place_that_had_ended() -> None:
    assert resolver("370000", date(2016, 6, 1)).resolve("莱芜市政府").body is not None
    found = resolver("370000", date(2021, 6, 1)).resolve("莱芜市政府")
    assert (found.reason, found.candidates) == ("not-at-that-date", ("371200/szf",))


@pytest.mark.parametrize(
    ("name", "place", "reason"),
    [
        ("县财政局", "511600", "which-place"),  # of a city with several counties
        ("省财政厅", "", "issuer-unknown"),
        ("省财政局", "510000", "not-at-this-level"),  # 局 and 厅 are not the same
        ("各县（市、区）人民政府", "", "issuer-unknown"),
        ("领导小组办公室", "511600", "standing-group"),  # of which group is not said
        ("铁西区政府", "210000", "several-bodies"),  # two cities of the province have one
        ("鼓楼区各部门", "320000", "not-in-register"),  # whose departments is not said
        ("某某新区管委会", "511600", "zone"),
        ("某某镇人民政府", "511621", "below-county"),
        ("广安经开区甲", "511600", "not-in-register"),
        ("省某某厅", "510000", "not-in-register"),  # the departments of a province are known
        ("水务运营公司", "511600", "not-in-register"),  # a trade, no name
        ("理工大学", "511600", "not-in-register"),
        ("市某某中心和数据中心", "511600", "not-in-register"),  # two names
        ("", "511600", "not-in-register"),
    ],
)
def test_why_nobody(name: str, place: str, reason: str) -> None:
    found = resolver(place).resolve(name)
    assert (found.rule, found.reason) == ("none", reason)


@pytest.mark.parametrize(
    ("name", "place", "issuer", "id", "full", "of"),
    [
        (
            "政策法规科",
            "350600",
            "漳州市科学技术局",
            "unit-zheng-ce-fa-gui-ke-of-kjj",
            "漳州市科学技术局政策法规科",
            "kjj",
        ),
        ("厅甲处", "510000", "四川省生态环境厅", "unit-jia-chu-of-sthjt", "四川省生态环境厅甲处", "sthjt"),
        # with the issuer's own name before it
        (
            "省生态环境厅甲局",
            "510000",
            "四川省生态环境厅办公室",
            "unit-jia-ju-of-sthjt",
            "四川省生态环境厅甲局",
            "sthjt",
        ),
        (
            "生态环境厅甲处",
            "510000",
            "四川省生态环境厅办公室",
            "unit-jia-chu-of-sthjt",
            "四川省生态环境厅甲处",
            "sthjt",
        ),
        (
            "甲处",
            "510000",
            "省生态环境厅2021年度计划",
            "unit-jia-chu-of-sthjt",
            "四川省生态环境厅甲处",
            "sthjt",
        ),  # a title
        ("执法局", "510000", "四川省交通运输厅", "unit-zhi-fa-ju-of-jtysl", "四川省交通运输厅执法局", "jtysl"),
        (
            "市人社局就业科",
            "511600",
            "广安市人民政府",
            "unit-jiu-ye-ke-of-rsj",
            "广安市人力资源和社会保障局就业科",
            "rsj",
        ),
        # what every department has
        ("信息中心", "510000", "四川省财政厅", "unit-xin-xi-zhong-xin-of-czt", "四川省财政厅信息中心", "czt"),
        # the offices of a zone are not those of the city
        (
            *("财政局", "320300", "徐州经济技术开发区管理委员会", "unit-cai-zheng-ju-of-zone-jjjskfq"),
            *("徐州经济技术开发区财政局", "zone-jjjskfq"),
        ),
        (
            *("区社会事业局", "350100", "平潭综合实验区管委会办公室", "unit-she-hui-shi-ye-ju-of-pingtan"),
            *("平潭综合实验区社会事业局", "pingtan"),
        ),
    ],
)
def test_a_unit_of_the_issuer(name: str, place: str, issuer: str, id: str, full: str, of: str) -> None:
    kind = "public-institution" if name.endswith("中心") else "department"
    found = resolver(place, issuer=issuer).resolve(name)
    assert found.body is not None, found
    code = found.body.id.split("/")[0]
    assert (found.rule, found.body.id, found.body.name) == ("unit", f"{code}/{id}", full)
    assert (found.body.kind, found.body.parent) == (kind, f"{code}/{of}")


@pytest.mark.parametrize(
    ("name", "issuer", "reason"),
    [
        ("政策法规科", "漳州市人民政府", "not-in-register"),
        ("甲处", "四川省人民政府办公厅", "not-in-register"),
        ("省生态环境厅登记注册局", "四川省财政厅", "not-in-register"),
        ("甲处等处室", "四川省财政厅", "internal-unit"),  # several
    ],
)
def test_no_unit_of_the_issuer(name: str, issuer: str, reason: str) -> None:
    found = resolver("510000", issuer=issuer).resolve(name)
    assert (found.rule, found.reason) == ("none", reason)


@pytest.mark.parametrize("name", ["各处室", "厅直单位", "直属事业单位", "机关各处室", "有甲职能的处室", "厅直属各单位"])
def test_the_units_of_the_issuer_together(name: str) -> None:
    found = resolver("510000", issuer="四川省财政厅").resolve(name)
    assert found.collective is not None, found
    assert (found.rule, found.collective.id) == ("unit", "510000/unit-all-of-czt")
    assert found.collective.name == "四川省财政厅各内设机构和直属单位"
    assert REGISTER.collective(found.collective.id) == found.collective
    assert resolver("510000", issuer="四川省人民政府").resolve(name).rule != "unit"


def test_a_body_of_the_province_is_no_unit_of_its_department() -> None:
    of_the_province = resolver("510000", issuer="四川省人民政府办公厅").resolve("信息中心")
    assert of_the_province.rule == "implied-place"
    assert resolver("510000", issuer="四川省财政厅").resolve("省信息中心").body == of_the_province.body
    found = resolver("320300", issuer="徐州经济技术开发区管理委员会").resolve("市财政局")
    assert found.body and found.body.id == "320300/czj"


@pytest.mark.parametrize(
    ("name", "place", "id", "full", "kind"),
    [
        ("市热线中心", "511600", "511600/own-re-xian-zhong-xin", "广安市热线中心", "public-institution"),
        ("广安市甲乙集团", "511600", "511600/own-jia-yi-ji-tuan", "广安市甲乙集团", "firm"),
        ("广安甲乙集团", "511600", "511600/own-guang-an-jia-yi-ji-tuan", "广安甲乙集团", "firm"),  # as it is written
        ("甲乙燃气有限公司", "511600", "511600/own-jia-yi-ran-qi-you-xian-gong-si", "甲乙燃气有限公司", "firm"),
        ("甲乙服务中心", "511600", "511600/own-jia-yi-fu-wu-zhong-xin", "广安市甲乙服务中心", "public-institution"),
        ("国家某某中心", "511600", "000000/own-guo-jia-mou-mou-zhong-xin", "国家某某中心", "public-institution"),
        (
            "资源配置中心",
            "450000",
            "450000/own-zi-yuan-pei-zhi-zhong-xin",
            "广西壮族自治区资源配置中心",
            "public-institution",
        ),
        (
            "市场服务促进中心",
            "511600",
            "511600/own-shi-chang-fu-wu-cu-jin-zhong-xin",
            "广安市市场服务促进中心",
            "public-institution",
        ),
        (
            "甲乙日报社（甲网管理中心）",
            "511600",
            "511600/own-jia-yi-ri-bao-she",
            "广安市甲乙日报社",
            "public-institution",
        ),
    ],
)
def test_a_name_of_its_own(name: str, place: str, id: str, full: str, kind: str) -> None:
    found = resolver(place).resolve(name)
    assert found.body is not None, found
    assert (found.rule, found.body.id, found.body.name, found.body.kind) == ("own-name", id, full, kind)
    assert found.body == make(found.body.id, found.body.name, REGISTER.places[id.split("/", maxsplit=1)[0]])


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("省某某办", "511600"),  # offices and committees of zones are records or follow patterns
        ("市莫须有局", "511600"),
        ("广安某某产业园区管委会", "511600"),
        ("市不动产登及中心", "511600"),
        ("市城建设局", "511600"),  # 城乡建设局
        ("市财攻局", "511600"),  # 财政局
        ("市各有关中心", "511600"),
        ("县级重点企业", "511600"),
        ("市某某委", "511600"),
        ("某某办公室", "511600"),  # an office says whose it is
        ("某某开发区管委会", "511600"),
        ("甲乙有限公司", ""),  # nor is the issuer known
    ],
)
def test_no_name_of_its_own(name: str, place: str) -> None:
    assert resolver(place).resolve(name).rule != "own-name"


@pytest.mark.parametrize(
    ("name", "place", "bodies"),
    [
        ("省财政厅省教育厅", "210000", ("210000/czt", "210000/jyt")),
        ("省财政厅 省教育厅", "210000", ("210000/czt", "210000/jyt")),
        ("沈阳市财政局沈阳市教育局", "210100", ("210100/czj", "210100/jyj")),
        ("省财政厅王五", "210000", None),
        ("省财政厅省某某厅", "210000", None),
        ("省财政厅" * 20, "210000", None),
    ],
)
def test_two_names_without_a_comma_are_reported(name: str, place: str, bodies: tuple[str, ...] | None) -> None:
    found = resolver(place).resolve(name)
    assert found.rule == "none"
    assert (found.reason == "two-names") == bool(bodies)
    assert found.candidates == (bodies or found.candidates)


@pytest.mark.parametrize(
    ("name", "place", "id", "beside"),
    [
        ("市市场监管（知识产权）局", "511600", "511600/scjg", "511600/zscq"),
        ("省市场监管（知识产权）局", "510000", "510000/scjg", "510000/zscq"),
        ("省交通运输（航空）厅", "510000", "510000/jtysl", ""),  # no body of the second name is known
    ],
)
def test_two_names_may_share_their_last_word(name: str, place: str, id: str, beside: str) -> None:
    found = resolver(place).resolve(name)
    assert found.body is not None, found
    assert (found.rule, found.body.id, found.beside) == ("outer-name", id, beside)


def test_members_of_a_group_keep_its_name() -> None:
    found = resolver("420000").resolve("省甲工作领导小组各成员单位")
    assert found.collective is not None, found
    assert (found.rule, found.collective.standing_body) == ("standing-body", "湖北省甲工作领导小组")


def test_a_zone_named_as_a_party_is_its_committee() -> None:
    found = resolver("620400", date(2023, 3, 31)).resolve("白银高新区")
    assert found.body is not None, found
    assert (found.rule, found.body.id) == ("zone", "620400/baiyin-gxq")
    assert resolver("320300").resolve("徐州经开区").body == resolver("320300").resolve("徐州经开区管委会").body
    assert resolver("511600").resolve("某某经开区").body is None
    assert resolver("320300").resolve("开发区").body is None  # a kind alone is no name


@pytest.mark.parametrize(
    ("name", "place", "id", "rule", "members", "reason"),
    [
        ("珠三角各地级以上市政府", "440000", "440000/youguan-shi-zf", "some", 21, "those of a part of the province"),
        ("各市（含定州、辛集市，下同）政府", "130000", "130000/ge-shi-zf", "all", 11, "what is said of the name"),
        (
            "各区县（自治县，以下统称各区县）政府",
            "500000",
            "500000/ge-xian-zf",
            "all",
            38,
            "and how it is called later",
        ),
        ("设区市人民政府", "350000", "350000/ge-shi-zf", "all", 9, "without 各"),
        ("各省直管县〔市〕政府", "410000", "410000/ge-shengzhi-zf", "all", 1, "in no city"),
        ("市级部门", "510100", "510100/ge-zhi-bumen", "unresolved", 0, "departments without 各"),
        ("各中介服务行业主管部门", "360700", "360700/ge-other-bumen", "unresolved", 0, "named by what they do"),
        ("其他涉行政许可单位", "360700", "360700/youguan-other-bumen", "unresolved", 0, "and by who is not meant"),
        ("各供热企业", "150500", "150500/ge-zhu-qiye", "unresolved", 0, "firms of a kind"),
        ("全市市政公用服务企业", "440600", "440600/ge-gongyong", "unresolved", 0, "those of the whole city"),
        ("各市（州）市场监管局（知识产权局）", "510000", "510000/ge-prefecture-scjg", "all", 21, "a second name"),
        ("各市市场监管（知识产权）局", "330000", "330000/ge-prefecture-scjg", "all", 11, "within the first"),
        ("各市、县（市、区）财政局", "510000", "510000/ge-both-czj", "all", 205, "cities and counties of a province"),
        ("各市、县〔区〕财政局", "640000", "640000/ge-both-czj", "all", 27, "so with districts alone"),
        ("各县（市、区）财政局", "510000", "510000/ge-county-czj", "all", 184, "counties alone"),
        ("各市、县财政局", "510100", "510100/ge-county-czj", "all", 20, "in a city 市 is a county-level city"),
        ("开发区（投资区）管委会", "350600", "350600/ge-yuanqu", "unresolved", 0, "zones of two kinds"),
        ("有关市、县（区）教育部门", "640000", "640000/youguan-both-jyj-bumen", "unresolved", 0, "bodies of any name"),
        ("地方", "000000", "000000/youguan-zhudi", "unresolved", 0, "places, of which nothing is said"),
    ],
)
def test_collectives_said_in_other_ways(name: str, place: str, id: str, rule: str, members: int, reason: str) -> None:
    found = resolver(place, date(2021, 6, 1)).resolve(name).collective
    assert found is not None, reason
    assert (found.id, found.member_rule, len(found.members)) == (id, rule, members), reason


def test_a_name_in_brackets_stands_beside() -> None:
    found = resolver("511600").resolve("市委组织部（市人才办）")
    assert found.body is not None
    assert (found.rule, found.body.id, found.beside) == ("outer-name", "511600/zzb", "511600/rcb")


def test_a_slip_beside_a_recorded_body_is_flagged() -> None:
    """Elsewhere 省林业局 is a body like others; in Liaoning of 2016 the register knows the department."""
    for named in (frozenset({"省林业厅"}), frozenset[str]()):
        found = resolver("210000", date(2016, 10, 30), named).resolve("省林业局")
        assert (found.rule, found.reason, found.candidates) == ("none", "suspected-variant", ("210000/lyt",))
    found = resolver("510000", date(2016, 10, 30)).resolve("省林业厅")
    assert found.body is not None
    found = resolver("510000", named=frozenset({"省财政厅", "省财政局"})).resolve("省财政局")
    assert (found.reason, found.candidates) == ("suspected-variant", ("510000/czt",))
    assert resolver("510000").resolve("省财政局").reason == "not-at-this-level"


def test_bodies_that_do_different_work_are_no_slips_of_each_other() -> None:
    """重庆市商业委员会 is a record, one character off 农业委员会 and 商务委员会."""
    for name, on, id in (("市农委", date(2016, 6, 1), "500000/nyw"), ("市商务委", date(2021, 6, 1), "500000/sww")):
        found = resolver("500000", on).resolve(name)
        assert found.body is not None, found
        assert found.body.id == id


@pytest.mark.parametrize(
    ("name", "place", "id", "rule", "members"),
    [
        ("各县（市、区）人民政府", "511600", "511600/ge-xian-zf", "all", 6),
        ("各县(市、区)政府", "511600", "511600/ge-xian-zf", "all", 6),
        ("各县〈市、区〉人民政府", "511600", "511600/ge-xian-zf", "all", 6),
        ("各县<市、区>人民政府", "511600", "511600/ge-xian-zf", "all", 6),
        ("区县（市）政府", "511600", "511600/ge-xian-zf", "all", 6),
        ("有关县（市、区）人民政府", "511600", "511600/youguan-xian-zf", "some", 6),
        ("各市（州）人民政府", "510000", "510000/ge-shi-zf", "all", 21),
        ("各市、州、直管市及神农架林区人民政府", "420000", "420000/ge-shi-zhixia-zf", "all", 17),
        ("各市（地）教育局", "540000", "540000/ge-prefecture-jyj", "all", 7),
        ("各市（州）教育局", "510000", "510000/ge-prefecture-jyj", "all", 21),
        ("有关县（市、区）法院", "511600", "511600/youguan-county-jcfy", "some", 6),
        ("各市委宣传部", "330000", "330000/ge-prefecture-xcb", "all", 11),
        ("各省（区、市）发展改革委", "000000", "000000/ge-province-fgw", "all", 31),
        ("各设区市交通运输局（委）", "350000", "350000/ge-prefecture-jtysj", "all", 9),
        ("各级教育部门", "510000", "510000/ge-every-jyj-bumen", "unresolved", 0),  # down to which level is not said
        ("各级财政部门", "511600", "511600/ge-every-czj-bumen", "unresolved", 0),
        ("市、区财政局", "310000", "310000/ge-every-czj", "unresolved", 0),  # the city's and those of its districts
        ("各级农业农村主管部门", "510000", "510000/ge-every-nyncj-bumen", "unresolved", 0),
        ("各级卫生健康行政部门", "000000", "000000/ge-every-wsjkj-bumen", "unresolved", 0),
        ("各级公安机关", "511602", "511602/ge-every-gaj-bumen", "unresolved", 0),
        ("各级残联", "510000", "510000/ge-every-cl", "unresolved", 0),
        ("各地教育部门", "510000", "510000/ge-local-jyj-bumen", "unresolved", 0),
        ("各市（州）教育部门", "510000", "510000/ge-prefecture-jyj-bumen", "unresolved", 0),  # not all are called 局
        ("各级部门", "510000", "510000/ge-geji-bumen", "unresolved", 0),
        ("各市、州、县人民政府", "420000", "420000/ge-shi-xian-zf", "all", 78),
        ("各省级人民政府", "000000", "000000/ge-sheng-zf", "all", 31),
        ("市级有关部门", "511600", "511600/youguan-bumen", "unresolved", 0),
        ("有关市级部门", "511600", "511600/youguan-bumen", "unresolved", 0),
        ("市直各单位", "511600", "511600/ge-bumen", "unresolved", 0),
        ("国务院相关部门和单位", "000000", "000000/youguan-bumen", "unresolved", 0),
        ("各惠企政策相关单位", "460200", "460200/youguan-bumen", "unresolved", 0),
        ("园区管委会", "511600", "511600/ge-yuanqu", "unresolved", 0),
        ("各乡镇人民政府", "451322", "451322/ge-xiangzhen-zf", "unresolved", 0),
        ("各成员单位", "511600", "511600/ge-chengyuan", "unresolved", 0),
        ("各县（市、区）党委", "511600", "511600/ge-xian-dw", "all", 6),
        ("有关县委", "511600", "511600/youguan-xian-dw", "some", 6),
        ("各市党委", "510000", "510000/ge-shi-dw", "all", 21),
        ("各省（区、市）党委", "000000", "000000/ge-sheng-dw", "all", 31),
        ("各级党委", "511600", "511600/ge-geji-dw", "unresolved", 0),
        ("各级政府", "511600", "511600/ge-geji", "unresolved", 0),
        ("试点城市政府", "000000", "000000/youguan-shidian-zf", "unresolved", 0),
        ("属地政府", "330100", "330100/youguan-zf-suozaidi", "unresolved", 0),  # another collective
        ("各人民团体", "420000", "420000/ge-quntuan", "unresolved", 0),
    ],
)
def test_collectives_by_rule(name: str, place: str, id: str, rule: str, members: int) -> None:
    found = resolver(place).resolve(name)
    assert found.collective is not None, found
    assert (found.rule, found.collective.id) == ("collective-rule", id)
    assert (found.collective.member_rule, len(found.collective.members)) == (rule, members)
    assert all(map(REGISTER.knows, found.collective.members))
    assert REGISTER.collective(f"{id}@{DAY}") == found.collective


@pytest.mark.parametrize(
    ("name", "id", "full"),
    [
        (
            "市某某创业联席会议办公室",
            "511600/mou-mou-chuang-ye-lian-xi-hui-yi-ban-gong-shi",
            "广安市某某创业联席会议办公室",
        ),
        ("广安市某某工作专班", "511600/mou-mou-gong-zuo-zhuan-ban", "广安市某某工作专班"),
        ("全省某某协调小组", "510000/mou-mou-xie-tiao-xiao-zu", "四川省某某协调小组"),
        ("某某指挥部", "511600/mou-mou-zhi-hui-bu", "广安市某某指挥部"),
        (
            "市“甲、乙”监管联席会议",
            "511600/jia-yi-jian-guan-lian-xi-hui-yi",
            "广安市“甲、乙”监管联席会议",
        ),
    ],
)
def test_a_leading_group_without_a_record(name: str, id: str, full: str) -> None:
    found = resolver("511600").resolve(name)
    assert found.body is not None
    assert (found.rule, found.body.id, found.body.name, found.body.kind) == ("standing-body", id, full, "leading-group")


@pytest.mark.parametrize("name", ["领导小组办公室", "市领导小组办公室"])
def test_in_a_plan_of_a_leading_group_its_office_is_its_own(name: str) -> None:
    found = resolver("511600", issuer="广安市甲工作领导小组办公室").resolve(name)
    assert found.body is not None, found
    assert (found.rule, found.body.name) == ("standing-body", "广安市甲工作领导小组办公室")


def test_a_group_of_the_state_bears_no_name_of_the_country() -> None:
    found = resolver("000000").resolve("甲工作领导小组")
    assert found.body is not None
    assert found.body.name == "甲工作领导小组"


def test_a_leading_group_of_the_state_sits_in_the_capital() -> None:
    found = resolver("000000").resolve("中央应对某某工作领导小组")  # the country is no place of the graph
    assert found.body is not None
    assert (found.body.level, found.body.seat, found.body.jurisdiction) == ("state", "110000", ("000000",))


def test_the_members_of_a_leading_group_without_a_record() -> None:
    found = resolver("511600").resolve("市某某联席会议成员单位")
    assert found.collective is not None
    assert found.collective.id == "511600/mou-mou-lian-xi-hui-yi-cheng-yuan-dan-wei"
    assert (found.collective.member_rule, found.collective.standing_body) == ("unresolved", "广安市某某联席会议")


@pytest.mark.parametrize(
    "name", ["市教育局", "广安经开区管委会", "县政府", "各", "有关", "市人民医院", "市委", "县党委"]
)
def test_no_collective(name: str) -> None:
    assert resolver("511600").resolve(name).collective is None


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("510000/gongshang", "510000/scjg"),
        ("510000/hbt", "510000/sthjt"),
        ("000000/yinjian", "000000/yinbaojian"),
        ("000000/yinbaojian", "000000/jinrong"),
    ],
)
def test_what_a_body_went_on_as(body: str, after: str) -> None:
    assert after in REGISTER.successors(body)


def test_resolving_is_the_same_each_time() -> None:
    names = ["市财政局", "市发改委", "各县（市、区）人民政府", "某局"]
    one, two = resolver("511600"), resolver("511600")
    assert [one.resolve(n) for n in names] == [two.resolve(n) for n in reversed(names)][::-1]
    assert [one.resolve(n) for n in names] == [one.resolve(n) for n in names]


def sampled(name: str = "resolutions.csv") -> list[dict[str, str]]:
    with (ROOT / "data" / "gold" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("sample", ["resolutions.csv", "resolutions-2.csv"])
def test_a_sample_checked_by_hand_is_resolved_the_same(sample: str) -> None:
    changed = []
    for row in sampled(sample):
        day = date.fromisoformat(row["as_of"]) if row["as_of"] else None
        found = resolver(row["issuing_place"], day).resolve(row["written"])
        record = found.body or found.collective
        if record is None or (record.id, record.name) != (row["id"], row["name"]):
            changed.append((row["written"], row["id"], record and record.id))
    assert changed == []


def test_the_notes_count_the_verdicts_of_the_sample() -> None:
    counts = Counter[str]()
    for row in sampled():
        counts[row["verdict"]] += int(row["mentions"])
    notes = (ROOT / "data" / "gold" / "NOTES.md").read_text(encoding="utf-8")
    stated = {
        verdict: int(n)
        for verdict, n in re.findall(r"^\| (right|name-not-verified|wrong): .*\| (\d+) \|$", notes, re.M)
    }
    assert stated == dict.fromkeys(stated, 0) | counts
    assert sum(counts.values()) == 300


@pytest.mark.parametrize(
    ("name", "issuer", "on", "code", "members"),
    [
        ("深圳市", "440000", "2019-06-01", "440300", ("440300/sw", "440300/szf")),
        ("北京市", "000000", "2019-06-01", "110000", ("110000/sw", "110000/szf")),
        ("大连", "210000", "2016-10-30", "210200", ("210200/sw", "210200/szf")),
        ("昆山市", "320000", "2012-03-01", "320583", ("320583/sw", "320583/szf")),
        ("沙坪坝区", "500000", "2020-01-01", "500106", ("500106/sw", "500106/szf")),
    ],
)
def test_a_place_alone_is_its_authorities(name: str, issuer: str, on: str, code: str, members: tuple[str, ...]) -> None:
    found = resolver(issuer, date.fromisoformat(on)).resolve(name)
    assert found.collective is not None
    assert (found.rule, found.collective.id, found.collective.member_rule) == ("place", f"{code}/place", "some")
    assert tuple(sorted(found.collective.members)) == members
    assert REGISTER.collective(found.collective.id) == found.collective


def test_a_town_alone_is_its_authorities() -> None:
    found = resolver("511602").resolve("协兴镇")
    assert found.collective is not None, found
    assert (found.rule, found.collective.name, found.collective.member_rule) == ("place", "广安市广安区协兴镇", "some")
    assert [REGISTER.body(one).name for one in found.collective.members] == ["广安市广安区协兴镇人民政府"]
    assert REGISTER.collective(found.collective.id) == found.collective
    assert resolver("511602").resolve("某某镇").reason == "below-county"


def test_the_cities_of_a_province_in_a_plan_of_one_of_them() -> None:
    found = resolver("440100").resolve("各地级以上市政府")
    assert found.collective is not None, found
    assert (found.collective.id, len(found.collective.members)) == ("440000/ge-shi-zf", 21)


@pytest.mark.parametrize(
    ("beside", "body"),
    [
        ("市卫生健康委、市财政局", "511600/wxb"),
        ("市卫生计生委、市财政局", "511600/wxblz"),
        ("市卫生健康委、市卫生计生委", None),
        ("市财政局", None),
    ],
)
def test_a_document_without_a_date_is_dated_by_the_bodies_it_names(beside: str, body: str | None) -> None:
    found = resolver("511600", None, frozenset({"市委网信办", *beside.split("、")})).resolve("市委网信办")
    assert (found.body and found.body.id) == body
    assert (found.rule, found.reason) == (("same-document", "") if body else ("none", "several-bodies"))


def test_one_of_several_places_is_nobody() -> None:
    found = resolver("000000", date(2019, 6, 1)).resolve("鼓楼区")
    assert (found.rule, found.reason) == ("none", "place")


def test_a_place_that_had_ended_is_not_told_as_one() -> None:
    assert resolver("340000", date(2020, 1, 1)).resolve("巢湖地区").reason == "not-in-register"


@pytest.mark.parametrize(
    ("beside", "body"),
    [
        ("市卫生健康委、市财政局", "511600/bbdw"),  # founded by the reform
        ("市卫生计生委、市财政局", "511600/bianban"),  # ended by it
        ("市卫生健康委、市卫生计生委", None),  # both: nothing is told
        ("市财政局", None),
        ("省卫生健康委", None),  # of another place
    ],
)
def test_a_reform_under_way_is_dated_by_the_documents_other_bodies(beside: str, body: str | None) -> None:
    found = resolver("511600", date(2019, 2, 21), frozenset({"市委编办", *beside.split("、")})).resolve("市委编办")
    if body:
        assert (found.rule, found.body and found.body.id) == ("same-document", body)
    else:
        assert (found.reason, found.candidates) == ("several-bodies", ("511600/bbdw", "511600/bianban"))
