"""Places named in a text, kept apart from coincidences of characters and from organisations' names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.authority.register import Register
from plan_graph.extraction.places import PlaceFinder
from plan_graph.model.plan import PlaceMention
from plan_graph.model.text import Span

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)


@pytest.fixture(scope="module")
def finder(register: Register) -> PlaceFinder:
    return PlaceFinder(register, "21")


def find(finder: PlaceFinder, text: str) -> tuple[PlaceMention, ...]:
    return finder.find(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("在沈阳市开展试点", [("沈阳市", "210100")], "a full name"),
        ("在沈阳开展试点", [("沈阳", "210100")], "a short name"),
        ("推进沈阳经济区建设", [("沈阳", "210100")], "inside a region's name"),
        ("大连新机场", [("大连", "210200")], "inside a project's name"),
        ("丹东港", [("丹东", "210600")], "not 东港"),
        ("抚顺县", [("抚顺县", "210421")], "the longest name counts"),
        ("本溪满族自治县", [("本溪满族自治县", "210521")], "an autonomous county"),
        ("岫岩县", [("岫岩县", "210323")], "its usual form"),
        ("普兰店市", [("普兰店市", "210214")], "an older name"),
        ("沈阳、大连", [("沈阳", "210100"), ("大连", "210200")], "in order"),
        ("沈阳市和平区", [("沈阳市", "210100"), ("和平区", "210102")], "city and district"),
        ("大洼区", [("大洼区", "211104")], "a district alone"),
        ("海城市", [("海城市", "210381")], "a county-level city by its full name"),
        ("兴城市", [("兴城市", "211481")], "another"),
        ("西丰、昌图", [("西丰", "211223"), ("昌图", "211224")], "counties by short names beside each other"),
        ("阜新至昌图", [("阜新", "210900"), ("昌图", "211224")], "the ends of a line"),
        ("西丰至边界", [("西丰", "211223")], "one end of a line"),
        ("边界至西丰", [("西丰", "211223")], "the other end"),
        ("辽宁海城", [("海城", "210381")], "a county's short name after the province's"),
        ("沈阳法库", [("沈阳", "210100"), ("法库", "210124")], "and after its city's"),
        ("西丰试点", [], "a county's bare short name alone may be anything"),
        ("辽宁省", [], "the province itself"),
        ("北京市", [("北京市", "110000")], "a province elsewhere by its full name"),
        ("北京市朝阳区", [("北京市", "110000")], "its district is not the city in Liaoning"),
        ("通化市", [("通化市", "220500")], "a city elsewhere by its full name"),
        ("北京", [], "a short name elsewhere spells too many other words"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_places(finder: PlaceFinder, text: str, expected: list[tuple[str, str]], reason: str) -> None:
    assert [(m.written, *m.codes) for m in find(finder, text)] == expected, reason
    assert not any(m.inside for m in find(finder, text))


@pytest.mark.parametrize(
    "text",
    [
        *("沿海城市加快发展", "渤海城市群", "上海城市更新", "新兴城市", "振兴城市面貌", "湖北镇村", "创新民生服务"),
        *("扩大连片开发", "重大连接工程", "强大连锁网络", "马鞍山经验", "朝阳产业", "朝阳行业", "朝阳区"),
        *("广东港澳合作", "公开原则", "展开原料采购", "平台安全", "后台安装", "民营口岸", "国营口岸", "牡丹东路"),
        *("查清原因", "弄清原因", "本钢集团", "村庄河道治理", "灯塔企业", "鞍钢集团", "抚矿集团"),
    ],
)
def test_coincidences_are_no_places(finder: PlaceFinder, text: str) -> None:
    assert find(finder, text) == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("扩大大连市场", "大连"),
        ("沿海海城市", "海城市"),
        ("推进朝阳建设", "朝阳"),
        ("鞍山产业", "鞍山"),
        ("营口口岸", "营口"),
    ],
)
def test_guards_let_the_place_itself_through(finder: PlaceFinder, text: str, written: str) -> None:
    assert find(finder, text)[0].written.startswith(written)


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        *(("支持沈阳药科大学", "沈阳药科大学"), ("大连理工大学", "大连理工大学"), ("大连海关", "大连海关")),
        *(("营口银行", "营口银行"), ("人民银行沈阳分行", "人民银行沈阳分行"), ("沈阳铁路局", "沈阳铁路局")),
        *(("中国科学院沈阳分院", "中国科学院沈阳分院"), ("沈阳机床集团", "沈阳机床集团"), ("大连市政府", "大连市政府")),
        *(("沈阳市公安局", "沈阳市公安局"), ("铁岭市委", "铁岭市委"), ("沈阳市第一医院", "沈阳市第一医院")),
    ],
)
def test_a_place_in_an_organisations_name(finder: PlaceFinder, text: str, organisation: str) -> None:
    assert [m.inside for m in find(finder, text)] == [organisation]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("沈阳建设国家医院", [("沈阳", "")], "a verb between place and kind"),
        ("大连和营口银行", [("大连", ""), ("营口", "营口银行")], "和 between"),
        ("沈阳产业布局", [("沈阳", "")], "布局 is no bureau"),
        ("沈阳市委托第三方", [("沈阳市", "")], "委托 is no committee"),
        ("沈阳农业大学在大连", [("沈阳", "沈阳农业大学"), ("大连", "")], "another place after it"),
        (
            "中国科学院沈阳分院丹东育成中心",
            [("沈阳", "中国科学院沈阳分院丹东育成中心"), ("丹东", "中国科学院沈阳分院丹东育成中心")],
            "a unit of the organisation, named after its seat",
        ),
    ],
)
def test_where_an_organisations_name_ends(
    finder: PlaceFinder, text: str, expected: list[tuple[str, str]], reason: str
) -> None:
    assert [(m.written, m.inside) for m in find(finder, text)] == expected, reason


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("沈大经济带", ("210100", "210200")),
        ("沈丹高铁", ("210100", "210600")),
        ("哈长沈大", ("210100", "210200")),  # Harbin and Changchun lie beyond
        ("京沈客专", ("210100",)),
        ("锦赤铁路", ("210700",)),
        ("沈抚同城化", ("210100", "210400")),
    ],
)
def test_an_abbreviation_names_several_places(finder: PlaceFinder, text: str, codes: tuple[str, ...]) -> None:
    assert [m.codes for m in find(finder, text)] == [codes]


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        ("沈阳市铁西区", ["210100", "210106"], "the district of the city named before"),
        ("鞍山市铁西区", ["210300", "210303"], "and that of the other"),
        ("鞍山市千山区、铁西区", ["210300", "210311", "210303"], "with another district between"),
        ("沈阳铁西区和鞍山铁西区", ["210100", "210106", "210300", "210303"], "each its own"),
        ("铁西区", [], "which one is not said"),
    ],
)
def test_namesakes_need_their_city(finder: PlaceFinder, text: str, codes: list[str], reason: str) -> None:
    assert [code for m in find(finder, text) for code in m.codes] == codes, reason


def test_every_full_name_is_found_with_its_city(finder: PlaceFinder, register: Register) -> None:
    for place in register.places.values():
        if place.code.startswith("21") and place.level != "province" and not place.last_list:
            above = register.places[place.parent].name if place.level == "county" else ""
            assert place.code in find(finder, above + place.name)[-1].codes, place.name


def test_every_abbreviation_is_found_in_a_plan_of_its_province(register: Register) -> None:
    for written, codes in register.abbreviations.items():
        for province in {code[:2] for code in codes}:
            found = find(PlaceFinder(register, province), written)
            assert [(m.written, m.codes) for m in found] == [(written, codes)]


def test_a_guard_of_a_short_name_lets_the_whole_name_through(register: Register) -> None:
    """朝阳区 is no place of Liaoning, and a district of Beijing in a plan of Beijing."""
    found = find(PlaceFinder(register, "11"), "推进朝阳区、海淀区建设，发展朝阳产业")
    assert [(m.written, m.codes) for m in found] == [("朝阳区", ("110105",)), ("海淀区", ("110108",))]


def test_a_region_elsewhere_is_no_place_of_the_plan(finder: PlaceFinder) -> None:
    assert find(finder, "对接京津冀协同发展") == ()


def test_only_the_given_stretch_counts(finder: PlaceFinder) -> None:
    assert [m.written for m in finder.find("沈阳大连鞍山", Span(2, 4))] == ["大连"]


@EXACT
@given(st.text("沈阳大连海城市铁西区、和至大学银行局", max_size=30))
def test_every_mention_is_its_span(finder: PlaceFinder, text: str) -> None:
    found = find(finder, text)
    assert [m.span for m in found] == sorted({m.span for m in found})
    for mention in found:
        assert mention.span.of(text) == mention.written
        assert mention.codes
        assert not mention.inside or mention.inside in text
