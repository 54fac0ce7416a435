"""Lists of names: where they are split, where not, and what is written out."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.extraction import endings
from plan_graph.extraction.brackets import groups
from plan_graph.extraction.names import Name, split_names
from plan_graph.model.text import Span
from plan_graph.resources import resource

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)


def split(names: str) -> tuple[str, list[Name]]:
    """Split a list as a clause holds it; return the text with it."""
    text = f"（{names}）"
    (group,) = groups(text, Span(0, len(text)))
    return text, split_names(text, Span(1, len(text) - 1), group.mask)


@pytest.mark.parametrize(
    ("names", "expected", "reason"),
    [
        ("甲局、乙局", ["甲局", "乙局"], "the list comma"),
        ("甲局，乙局", ["甲局", "乙局"], "a change of level"),
        ("甲局,乙局", ["甲局", "乙局"], "a half-width comma"),
        ("甲局 、 乙局", ["甲局", "乙局"], "spaces around"),
        ("、甲局、", ["甲局"], "nothing between commas"),
        ("甲局", ["甲局"], "one name"),
        ("，、", [], "none"),
        ("人力资源和社会保障局、粮食和储备局", ["人力资源和社会保障局", "粮食和储备局"], "和 inside a name"),
        ("甲委（乙办、丙办）、丁局", ["甲委（乙办、丙办）", "丁局"], "、 inside a bracket"),
        ("各县（市、区）政府、甲局", ["各县（市、区）政府", "甲局"], "brackets hold a name together"),
        ("甲大学、乙公司、丙银行", ["甲大学", "乙公司", "丙银行"], "other kinds of body"),
        ("★甲局、乙局*、丙局", ["甲局", "乙局", "丙局"], "stars, which say who leads"),
    ],
)
def test_splitting(names: str, expected: list[str], reason: str) -> None:
    _, found = split(names)
    assert [name.name for name in found] == expected, reason
    assert not any(name.open for name in found)


@pytest.mark.parametrize(
    ("names", "expected", "reason"),
    [
        ("甲海关 乙海关 省商务厅", ["甲海关", "乙海关", "省商务厅"], "customs houses"),
        ("省农业担保公司 各金融机构 甲集团", ["省农业担保公司", "各金融机构", "甲集团"], "firms and collectives"),
        ("人行甲分行 省财政厅", ["人行甲分行", "省财政厅"], "a branch with its bank"),
        ("各市、州、县人民政府 省财政厅", ["各市、州、县人民政府", "省财政厅"], "a collective of several levels"),
        ("省商务厅 国务院相关部门 各地区", ["省商务厅", "国务院相关部门", "各地区"], "collectives"),
        ("某某银行 甲市分行", ["某某银行甲市分行"], "a branch on the line after its bank"),
        ("甲集团 有限公司", ["甲集团有限公司"], "the end of a firm's name"),
        ("有关部门 和单位", ["有关部门和单位"], "和 goes on"),
        ("县农业 农村局", ["县农业农村局"], "a name on two lines"),
    ],
)
def test_spaces_where_lines_ended_in_a_cell(names: str, expected: list[str], reason: str) -> None:
    _, found = split(names)
    assert [name.name for name in found] == expected, reason


@pytest.mark.parametrize(
    ("names", "expected", "reason"),
    [
        ("沈阳、大连市人民政府", ["沈阳市人民政府", "大连市人民政府"], "two cities share an ending"),
        ("本溪、丹东、营口市政府", ["本溪市政府", "丹东市政府", "营口市政府"], "three cities"),
        ("本溪、丹东市政府、甲局", ["本溪市政府", "丹东市政府", "甲局"], "the list goes on"),
        ("和平、沈河区政府", ["和平区政府", "沈河区政府"], "two districts"),
        ("凌海、义县人民政府", ["凌海县人民政府", "义县人民政府"], "a county of one character"),
        ("沈阳、大连市委", ["沈阳市委", "大连市委"], "two party committees"),
        ("甲经开区、乙新区管委会", ["甲经开区管委会", "乙新区管委会"], "the level is written, the office shared"),
        ("和平区、沈河区、铁西区政府", ["和平区政府", "沈河区政府", "铁西区政府"], "three of them"),
        ("沈阳、大连市、鞍山市政府", ["沈阳市政府", "大连市政府", "鞍山市政府"], "the level on some"),
        ("发改、工信委", ["发改委", "工信委"], "words of one length share 委"),
        ("甲开发区、乙铁路港管委会", ["甲开发区管委会", "乙铁路港管委会"], "a zone and a port"),
        ("泉港区、甲乙县人民政府", ["泉港区人民政府", "甲乙县人民政府"], "a district whose name ends as a zone's"),
        ("甲局、各区〈新区、合作区〉", ["甲局", "各区〈新区、合作区〉"], "brackets of titles are brackets"),
        ("各区人民政府〈含甲区、乙管委会〉、丙局", ["各区人民政府〈含甲区、乙管委会〉", "丙局"], "these too"),
        ("甲街道、乙街道办事处", ["甲街道办事处", "乙街道办事处"], "two streets"),
        ("大连海关和本溪市、丹东市政府", ["大连海关", "本溪市政府", "丹东市政府"], "a customs house before 和"),
    ],
)
def test_shared_endings_are_written_out(names: str, expected: list[str], reason: str) -> None:
    _, found = split(names)
    assert [name.name for name in found] == expected, reason


@pytest.mark.parametrize(
    ("names", "expected", "reason"),
    [
        ("沈阳、省财政厅", ["沈阳", "省财政厅"], "a department shares no ending"),
        ("沈阳、省国资委", ["沈阳", "省国资委"], "nor does a commission of the province"),
        ("甲移动、市政府", ["甲移动", "市政府"], "nor a government without a place"),
        ("甲移动、各市人民政府", ["甲移动", "各市人民政府"], "nor a collective"),
        ("甲移动、有关市人民政府", ["甲移动", "有关市人民政府"], "nor another"),
        ("甲新区、乙市政府", ["甲新区", "乙市政府"], "a zone is no city"),
        ("沈阳市、省财政厅", ["沈阳市", "省财政厅"], "no government follows"),
        ("沈阳、省财政厅、大连市政府", ["沈阳", "省财政厅", "大连市政府"], "a department stands between"),
        ("沈阳，大连市政府", ["沈阳", "大连市政府"], "，ends the list"),
        ("甲、乙海关", ["甲", "乙海关"], "only governments and committees share"),
        ("各市、甲市政府", ["各市", "甲市政府"], "a collective needs no ending"),
        ("甲镇、乙街道办事处", ["甲镇", "乙街道办事处"], "a town is no street"),
        ("有关市、甲市政府", ["有关市", "甲市政府"], "nor does another"),
    ],
)
def test_what_shares_no_ending_is_left_as_written(names: str, expected: list[str], reason: str) -> None:
    _, found = split(names)
    assert [name.name for name in found] == expected, reason


@pytest.mark.parametrize(
    ("names", "expected", "reason"),
    [
        ("各市、州、县人民政府", ["各市、州、县人民政府"], "three levels, one collective"),
        ("各市、县〔市、区〕政府", ["各市、县〔市、区〕政府"], "with a bracket"),
        ("各市（州）、县政府", ["各市（州）、县政府"], "with a bracket in the middle"),
        ("省直有关部门，各市、县（区）政府", ["省直有关部门", "各市、县（区）政府"], "after another"),
        ("各市、县，甲局", ["各市、县", "甲局"], "levels without an office"),
        ("市、区机管局，甲局", ["市、区机管局", "甲局"], "one bureau at two levels"),
        ("甲局、市、县财政局", ["甲局", "市、县财政局"], "after another"),
        ("各县、市财政局", ["各县", "市财政局"], "a bureau of the city is another name"),
        ("各市、省直有关部门", ["各市", "省直有关部门"], "and so is the province"),
        ("各市人民政府、甲局", ["各市人民政府", "甲局"], "one level"),
    ],
)
def test_levels_of_a_collective_stay_together(names: str, expected: list[str], reason: str) -> None:
    _, found = split(names)
    assert [name.name for name in found] == expected, reason


@pytest.mark.parametrize(
    ("names", "expected", "reason"),
    [
        ("甲局等", [("甲局", True)], "等 alone"),
        ("甲局、乙局等", [("甲局", False), ("乙局", True)], "only the last is open"),
        ("甲局等有关部门", [("甲局", True), ("有关部门", False)], "a body and a collective"),
        ("甲局等省（中）直有关单位", [("甲局", True), ("省（中）直有关单位", False)], "a bracket in the collective"),
        ("甲局等部门", [("甲局", True)], "部门 names nobody"),
        ("甲局等5个部门", [("甲局", True)], "nor does a count of them"),
        ("甲移动等相关企业", [("甲移动", True), ("相关企业", False)], "an unusual ending before 等"),
        (
            "甲区、乙新区等相关区政府",
            [("甲区政府", False), ("乙新区政府", True), ("相关区政府", False)],
            "places share the office of the collective after 等",
        ),
        ("甲区等相关单位", [("甲区", True), ("相关单位", False)], "which has no office to share"),
        ("甲局等省直部门和单位", [("甲局", True), ("省直部门和单位", False)], "和 inside a collective"),
        (
            "甲部等国务院相关部门及各地区",
            [("甲部", True), ("国务院相关部门", False), ("各地区", False)],
            "two collectives",
        ),
        ("甲局等和各省级政府", [("甲局", True), ("各省级政府", False)], "和 before the collective"),
        ("省高等教育处", [("省高等教育处", False)], "等 inside a word"),
        ("市平等院", [("市平等院", False)], "and another"),
        ("省高等学校主管部门", [("省高等学校主管部门", False)], "even before 部门"),
        ("甲局（乙等有关单位）", [("甲局（乙等有关单位）", False)], "等 inside a bracket"),
    ],
)
def test_open_lists(names: str, expected: list[tuple[str, bool]], reason: str) -> None:
    _, found = split(names)
    assert [(name.name, name.open) for name in found] == expected, reason


def test_a_span_holds_everything_a_name_was_made_of() -> None:
    text, found = split("沈阳、大连市人民政府，省商务厅等省（中）直有关单位")
    assert [(name.name, name.span.of(text)) for name in found] == [
        ("沈阳市人民政府", "沈阳、大连市人民政府"),
        ("大连市人民政府", "大连市人民政府"),
        ("省商务厅", "省商务厅"),
        ("省（中）直有关单位", "省（中）直有关单位"),
    ]


WHOLE = st.builds(
    "{}{}".format, st.text("甲乙丙丁", min_size=1, max_size=5), st.sampled_from(["厅", "局", "办", "银行"])
)


@EXACT
@given(st.lists(WHOLE, min_size=1, max_size=8), st.sampled_from("、，,"))
def test_splitting_undoes_joining(names: list[str], comma: str) -> None:
    text, found = split(comma.join(names))
    assert [name.name for name in found] == names
    assert [name.span.of(text) for name in found] == names


@EXACT
@given(
    st.lists(st.text("甲乙丙丁", min_size=2, max_size=3), min_size=2, max_size=5),
    st.sampled_from(["市政府", "县人民政府"]),
)
def test_a_shared_ending_reaches_every_name_before_it(cities: list[str], ending: str) -> None:
    _, found = split("、".join(cities) + ending)
    assert [name.name for name in found] == [city + ending for city in cities]


@EXACT
@given(st.text("甲市政府、，等有关部门各县区（） ", max_size=30))
def test_spans_lie_in_the_list_and_keep_its_order(names: str) -> None:
    text = names.replace("（", "").replace("）", "")
    found = split_names(text, Span(0, len(text)), text)
    assert [name.span.begin for name in found] == sorted({name.span.begin for name in found})
    for name in found:
        assert name.name
        assert name.span.end <= len(text)
        assert name.name == name.span.of(text) or name.span.of(text).startswith(name.name[0])


@pytest.mark.parametrize(
    ("names", "expected", "reason"),
    [
        (
            "市教育局、住建局、公交集团、财政局，国网某市供电公司",
            ["市教育局", "市住建局", "市公交集团", "市财政局", "国网某市供电公司"],
            "a firm told by what it does alone is of the same place",
        ),
        ("省能源局、电力公司、移动公司", ["省能源局", "省电力公司", "移动公司"], "a firm of the whole country is not"),
        ("住建局、公交集团", ["住建局", "公交集团"], "nothing to share"),
        (
            "各市、县〔区〕市场监管局、审批服务管理局，某东市场监管局",
            ["各市、县〔区〕市场监管局", "各市、县〔区〕审批服务管理局", "某东市场监管局"],
            "what the bureaus of each place share",
        ),
        (
            "各县（市、区）人民政府、开发区管委会",
            ["各县（市、区）人民政府", "开发区管委会"],
            "a zone is of no county",
        ),
        (
            "市公安局、甲海关等具有登记、保管职能的政府部门和单位",
            ["市公安局", "甲海关", "具有登记、保管职能的政府部门和单位"],
            "a collective told by its powers",
        ),
        (
            "各县（市）\n区人民政府、某（度假）\n区管委会、甲区\n人民政府",
            ["各县（市）区人民政府", "某（度假）区管委会", "甲区人民政府"],
            "a line ends before the office of a place",
        ),
        ("市财政局 区人民政府", ["市财政局", "区人民政府"], "a government after a body is another"),
    ],
)
def test_names_that_share_and_names_that_a_line_parts(names: str, expected: list[str], reason: str) -> None:
    assert [name.name for name in split(names)[1]] == expected, reason


def test_every_district_that_ends_as_a_zone_does_is_known_for_one() -> None:
    with resource("data", "authority", "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {one.partition("@")[0] for row in rows for one in (row["name"], *row["former"].split("|"))} - {"", "新区"}
    assert {name for name in names if endings._ZONE.search(name)} == endings._DISTRICT
