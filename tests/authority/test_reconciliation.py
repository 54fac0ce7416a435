"""The values of the reconciliation service: what its specification asks, and what a name comes to."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.authority.reasons import REASONS, RULES
from plan_graph.authority.reconciliation.asked import MOST, TooManyError, read_date, read_json
from plan_graph.authority.reconciliation.extension import PROPERTIES, extend, propose
from plan_graph.authority.reconciliation.manifest import manifest
from plan_graph.authority.reconciliation.queries import CERTAIN, Reconciler
from plan_graph.authority.reconciliation.records import LEVELS, kinds
from plan_graph.authority.reconciliation.suggestions import suggest
from plan_graph.authority.register import Register
from plan_graph.errors import InputError
from plan_graph.iri import DEFAULT_BASE, LEVEL

RECONCILER = Reconciler(Register.load())


def ask(**query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = RECONCILER.answer({"q": query})["q"]["result"]
    return found


def of(**properties: Any) -> list[dict[str, Any]]:
    return [{"pid": key, "v": value} for key, value in properties.items()]


GUANGAN = of(issuer="广安市人民政府")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"query": "市发改委", "properties": GUANGAN}, [("body/511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": of(issuer="511600")}, [("body/511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": of(issuer=["511600"])}, [("body/511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": of(issuer=511600)}, [("body/511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": of(issuer={"id": "body/511600/szf"})}, [("body/511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": of(issuer={"name": "广安市"})}, [("body/511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": of(place="广安市")}, [("body/511600/fgw", 100, True)]),
        ({"query": "四川省财政厅"}, [("body/510000/czt", 100, True)]),
        ({"query": " 财政部 "}, [("body/000000/caizheng", 100, True)]),
        ({"query": "各县（市、区）人民政府", "properties": GUANGAN}, [("collective/511600/ge-xian-zf", 100, True)]),
        # the day of the document: before the reform, after it, and a day that nobody can read
        ({"query": "省工商局", "properties": of(issuer="210000", date="2017-06-01")}, [("body/210000/gongshang", 100, True)]),
        (
            {"query": "省工商局", "properties": of(issuer="210000", date="2020-06-01"), "limit": 2},
            [("body/210000/scjg", 45, False), ("body/210000/gongshang", 25, False)],
        ),
        ({"query": "省工商局", "properties": of(issuer="210000", date="soon")}, [("body/210000/gongshang", 50, False)]),
        # what is asked of the bearer: its place, what contains it, its level
        ({"query": "省财政厅", "properties": of(issuer="210000", place="辽宁")}, [("body/210000/czt", 100, True)]),
        ({"query": "沈阳市财政局", "properties": of(place="辽宁省")}, [("body/210100/czj", 100, True)]),
        ({"query": "省财政厅", "properties": of(issuer="210000", place="沈阳市")}, [("body/210000/czt", 50, False)]),
        ({"query": "省财政厅", "properties": of(issuer="210000", level="省级")}, [("body/210000/czt", 100, True)]),
        ({"query": "省财政厅", "properties": of(issuer="210000", level="county")}, [("body/210000/czt", 50, False)]),
        ({"query": "省财政厅", "properties": of(issuer="210000", place="亚特兰蒂斯")}, [("body/210000/czt", 50, False)]),
        # types
        ({"query": "市发改委", "properties": GUANGAN, "type": "department"}, [("body/511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": GUANGAN, "type": "body"}, [("body/511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": GUANGAN, "type": ["firm"]}, []),
        ({"query": "市发改委", "properties": GUANGAN, "limit": 0}, []),
        # ids
        ({"query": "body/210000/czt"}, [("body/210000/czt", 100, True)]),
        ({"query": "210000/czt"}, [("body/210000/czt", 100, True)]),
        ({"query": f"{DEFAULT_BASE}collective/210000/ge-shi-zf"}, [("collective/210000/ge-shi-zf", 100, True)]),
        # a name that looks like one
        ({"query": "省财政局", "properties": of(issuer="210000"), "limit": 1}, [("body/210000/czt", 24, False)]),
        ({"query": "乙丙丁戊"}, []),
        ({"query": ""}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_candidates(query: dict[str, Any], expected: list[tuple[str, int, bool]]) -> None:
    assert [(one["id"], one["score"], one["match"]) for one in ask(**query)][: len(expected) or None] == expected


def test_a_match_names_its_rule() -> None:
    (one, *_) = ask(query="省工商局", properties=of(issuer="210000", date="2017"))
    assert one["features"] == [
        {"id": "rule:short-form", "value": True},
        {"id": "name", "value": 1.0},
        {"id": "date", "value": True},
    ]
    assert one["type"] == [{"id": "department", "name": "政府部门 Government department"}, {"id": "body", "name": "机构 body"}]  # fmt: skip
    after, before = ask(query="省工商局", properties=of(issuer="210000", date="2020"))[:2]
    assert after["features"][0] == {"id": "successor", "value": True}
    assert before["features"][0] == {"id": "reason:not-at-that-date", "value": True}


def test_a_leading_group_that_no_register_has_is_no_match() -> None:
    (one, *_) = ask(query="省推进“互联网+政务服务”工作领导小组办公室", properties=of(issuer="210000"))
    assert (one["score"], one["match"], one["features"][0]["id"]) == (75, False, "rule:standing-body")


def test_without_a_name_properties_choose() -> None:
    found = ask(properties=of(place="210100"), limit=100)
    assert {one["id"].split("/")[1][:4] for one in found} == {"2101"}
    assert not any(one["match"] for one in found)
    assert ask(properties=of(issuer="210000")) == []


NAMES = [
    "省财政厅",
    "省工商局",
    "市发改委",
    "各市人民政府",
    "某某局",
    "财政部",
    "省级有关部门",
    "沈阳市财政局",
    "body/210000/czt",
]


@settings(deadline=None, max_examples=150)
@given(
    name=st.one_of(st.sampled_from(NAMES), st.text(max_size=20)),
    issuer=st.sampled_from(["", "210000", "广安市人民政府", "x"]),
    day=st.sampled_from(["", "2017", "2020-01-01", "soon", "9999-99-99"]),
    place=st.sampled_from(["", "辽宁", "沈阳市", "x"]),
    level=st.sampled_from(["", "省级", "county", "x"]),
)
def test_no_match_without_a_rule_and_never_against_a_property(
    name: str, issuer: str, day: str, place: str, level: str
) -> None:
    found = ask(query=name, properties=of(issuer=issuer, date=day, place=place, level=level), limit=100)
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    assert len({one["id"] for one in found}) == len(found)
    for one in found:
        features = {feature["id"]: feature["value"] for feature in one["features"]}
        assert len(features) == len(one["features"])
        rules = [key.removeprefix("rule:") for key in features if key.startswith("rule:")]
        assert all(rule in {*RULES, "identifier"} for rule in rules)
        assert all(key.removeprefix("reason:") in REASONS for key in features if key.startswith("reason:"))
        if one["match"]:
            assert one["score"] == CERTAIN and len(rules) == 1
            assert not any(value is False for value in features.values())
    assert sum(one["match"] for one in found) <= 1


@pytest.mark.parametrize(
    ("batch", "says"),
    [
        ([], "a batch of queries is an object"),
        ({"q": "财政部"}, "a batch of queries is an object"),
        ({"q": {"query": 7}}, "query q: query is a text"),
        ({"q": {"query": "财政部", "limit": "many"}}, "query q: query is a text"),
        ({"q": {"query": "财政部", "limit": True}}, "query q: query is a text"),
        ({"q": {"query": "财政部", "limit": float("inf")}}, "query q: query is a text"),
        ({"q": {"query": "财政部", "type": 7}}, "query q: type is an id"),
        ({"q": {"query": "财政部", "type": [7]}}, "query q: type is an id"),
        ({"q": {"query": "财政部", "properties": {}}}, "query q: properties is a list"),
        ({"q": {"query": "财政部", "properties": [{"pid": "issuer"}]}}, "query q: a property has pid and v"),
        ({"q": {"query": "财政部", "properties": [{"pid": 1, "v": 1}]}}, "query q: a property has pid and v"),
    ],
)
def test_a_batch_that_is_none(batch: object, says: str) -> None:
    with pytest.raises(InputError, match=f"^{says}"):
        RECONCILER.answer(batch)


def test_a_batch_has_a_limit() -> None:
    assert len(RECONCILER.answer({str(n): {} for n in range(MOST)})) == MOST
    with pytest.raises(TooManyError, match=f"^{MOST + 1} queries in one batch"):
        RECONCILER.answer({str(n): {} for n in range(MOST + 1)})
    with pytest.raises(TooManyError):
        extend(RECONCILER, {"ids": ["body/210000/czt"] * (MOST + 1), "properties": []})


@pytest.mark.parametrize(
    ("text", "says"),
    [("", ""), ("{", r"line 1, column 2"), ("[" * 100_000, ""), ("NaN", ""), ("-Infinity", ""), ("9" * 5000, "")],
)
def test_what_is_no_json(text: str, says: str) -> None:
    with pytest.raises(InputError, match=f"^the parameter holds no JSON.*{says}"):
        read_json(text)


def test_half_a_surrogate_pair_is_no_text() -> None:
    assert read_json('{"\\ud800": "\\ud83d\\ude00 \\udc00"}') == {"?": "\U0001f600 ?"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2018-10-31", date(2018, 10, 31)),
        ("2018-10-31T00:00:00Z", date(2018, 10, 31)),  # as OpenRefine writes days
        ("2018-10-31T08:00:00.000+08:00", date(2018, 10, 31)),
        ("2018年10月31日", date(2018, 10, 31)),
        ("2018/1/5", date(2018, 1, 5)),
        ("2018.10", date(2018, 10, 15)),
        ("2018年10月", date(2018, 10, 15)),
        ("2018年", date(2018, 7, 1)),
        ("2018", date(2018, 7, 1)),
        ("0000", None),
        ("2018-13-01", None),
        ("soon", None),
        ("", None),
    ],
)  # fmt: skip
def test_days(words: str, expected: date | None) -> None:
    assert read_date(words) == expected


def test_the_manifest_names_version_spaces_and_services() -> None:
    made = manifest("https://example.org/id/", "https://example.org/reconcile")
    assert made["versions"] == ["0.2"]
    assert made["identifierSpace"] == "https://example.org/id/"
    assert made["batchSize"] == MOST
    assert made["view"]["url"] == "https://example.org/reconcile/view?id={{id}}"
    assert made["suggest"].keys() == {"entity", "type", "property"}
    assert made["suggest"]["type"]["flyout_service_path"] == "/flyout/type?id=${id}"


def test_levels_are_those_of_the_vocabulary() -> None:
    assert set(LEVELS) == set(LEVEL)
    words = [word for others in LEVELS.values() for word in others]
    assert len(words) == len(set(words))


def test_suggestions() -> None:
    entities = suggest(RECONCILER, "entity", "国家发展改革")["result"]
    assert entities[0]["id"] == "body/000000/fgw"
    assert suggest(RECONCILER, "entity", "210000/czt")["result"][0]["name"] == "辽宁省财政厅"
    assert suggest(RECONCILER, "entity", "辽宁省财政厅")["result"][0]["id"] == "body/210000/czt"
    assert suggest(RECONCILER, "entity", "")["result"] == []
    first, second = (suggest(RECONCILER, "entity", "国家", cursor)["result"] for cursor in (0, 20))
    assert len(first) == 20
    assert not {one["id"] for one in first} & {one["id"] for one in second}
    (department,) = suggest(RECONCILER, "type", "政府部门")["result"]
    assert department["id"] == "department" and department["broader"][0]["id"] == "body"
    assert {one["id"] for one in suggest(RECONCILER, "type", "")["result"]} <= {*kinds(), "body", "collective"}
    assert [one["id"] for one in suggest(RECONCILER, "property", "")["result"]] == ["issuer", "date", "place", "level"]
    assert [one["id"] for one in suggest(RECONCILER, "property", "LEV")["result"]] == ["level"]


def test_extension() -> None:
    ids = ["body/210000/gongshang", "210000/czt", "collective/210000/ge-shi-zf", "body/none"]
    asked = {"ids": ids, "properties": [{"id": one} for one in ("name", "successor", "validUntil", "member", "short")]}
    found = extend(RECONCILER, asked)
    assert [one["id"] for one in found["meta"]] == ["name", "successor", "validUntil", "member", "short"]
    assert found["meta"][1]["type"]["id"] == "body"
    assert found["rows"]["body/210000/gongshang"] == {
        "name": [{"str": "辽宁省工商行政管理局"}],
        "successor": [{"id": "body/210000/scjg", "name": "辽宁省市场监督管理局"}],
        "validUntil": [{"date": "2018-11-02T00:00:00Z"}],
        "member": [],
        "short": [{"str": "省工商局"}],
    }
    assert found["rows"]["210000/czt"]["name"] == [{"str": "辽宁省财政厅"}]
    assert len(found["rows"]["collective/210000/ge-shi-zf"]["member"]) == 14
    assert not any(found["rows"]["body/none"].values())


def test_every_property_of_every_kind_of_record_can_be_fetched() -> None:
    ids = [f"body/{one}" for one in RECONCILER.register.bodies]
    ids += [f"collective/{one}" for one in RECONCILER.register.collectives]
    got = set()
    for at in range(0, len(ids), MOST):
        found = extend(RECONCILER, {"ids": ids[at : at + MOST], "properties": [{"id": one} for one in PROPERTIES]})
        json.dumps(found)
        got |= {name for row in found["rows"].values() for name, values in row.items() if values}
    assert got == set(PROPERTIES)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ([], "an extension is an object"),
        ({"ids": "x", "properties": []}, "ids is a list"),
        ({"ids": [1], "properties": []}, "ids is a list"),
        ({"ids": [], "properties": ["name"]}, "properties is a list"),
        ({"ids": [], "properties": [{"id": "colour"}]}, "there is no property 'colour'"),
    ],
)
def test_an_extension_that_is_none(asked: object, says: str) -> None:
    with pytest.raises(InputError, match=f"^{says}"):
        extend(RECONCILER, asked)


def test_properties_are_proposed_by_type() -> None:
    assert [one["id"] for one in propose("collective")["properties"]] == [
        *("name", "alias", "nameEn", "placeCode", "member", "memberRule", "source")
    ]
    few = propose("department", 2)
    assert (few["type"], few["limit"], len(few["properties"])) == ("department", 2, 2)
    assert "type" not in propose("")
