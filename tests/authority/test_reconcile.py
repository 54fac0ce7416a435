"""The values of the reconciliation service: what its specification asks, and what a name comes to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from plan_graph.authority.reconcile import (
    manifest,
    reconcile,
    suggest_entities,
    suggest_properties,
    suggest_types,
)
from plan_graph.authority.register import Register
from plan_graph.errors import InputError

REGISTER = Register.load()
KINDS = {"department": "政府部门", "firm": "企业"}


def ask(**query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = reconcile(REGISTER, KINDS, {"q": query})["q"]["result"]
    return found


ISSUER = {"pid": "issuer", "v": "广安市人民政府"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"query": "市发改委", "properties": [ISSUER]}, [("511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": [{"pid": "issuer", "v": "511600"}]}, [("511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": [{"pid": "issuer", "v": ["511600"]}]}, [("511600/fgw", 100, True)]),
        (
            {
                "query": "市发改委",
                "properties": [{"pid": "issuer", "v": {"id": "511600/szf", "name": "广安市人民政府"}}],
            },
            [("511600/fgw", 100, True)],
        ),
        ({"query": "四川省财政厅"}, [("510000/czt", 100, True)]),
        ({"query": " 财政部 "}, [("000000/caizheng", 100, True)]),
        ({"query": "各县（市、区）人民政府", "properties": [ISSUER]}, [("511600/ge-xian-zf", 100, True)]),
        (
            {"query": "省工商局", "properties": [ISSUER, {"pid": "date", "v": "2021-06-01"}]},
            [("510000/gongshang", 50, False)],
        ),
        ({"query": "市发改委", "properties": [ISSUER], "type": "department"}, [("511600/fgw", 100, True)]),
        ({"query": "市发改委", "properties": [ISSUER], "type": ["firm"]}, []),
        ({"query": "市发改委", "properties": [ISSUER], "limit": 0}, []),
        ({"query": "市发改委"}, []),  # whose city is not said
        ({"query": "某某局", "properties": [ISSUER]}, []),
        ({}, []),
    ],
)
def test_candidates(query: dict[str, Any], expected: list[tuple[str, int, bool]]) -> None:
    assert [(one["id"], one["score"], one["match"]) for one in ask(**query)] == expected


def test_an_answer_has_what_the_specification_asks() -> None:
    (one,) = ask(query="财政部")
    assert one.keys() == {"id", "name", "description", "score", "match", "type"}
    assert one["type"] == [{"id": "department", "name": "政府部门"}]
    json.dumps(one)


@pytest.mark.parametrize(
    ("batch", "says"),
    [
        ([], "a batch of queries is an object"),
        ({"q": "财政部"}, "a batch of queries is an object"),
        ({"q": {"query": 7}}, "query q: query is a text"),
        ({"q": {"query": "财政部", "limit": "many"}}, "query q: query is a text"),
        ({"q": {"query": "财政部", "properties": {}}}, "query q: properties is a list"),
        ({"q": {"query": "财政部", "properties": [{"pid": "issuer"}]}}, "query q: a property has pid and v"),
        ({"q": {"query": "财政部", "properties": [{"pid": "date", "v": "soon"}]}}, "query q: soon is no date"),
        ({str(n): {} for n in range(1001)}, "1001 queries in one batch"),
    ],
)
def test_a_batch_that_is_none(batch: object, says: str) -> None:
    with pytest.raises(InputError, match=f"^{says}"):
        reconcile(REGISTER, KINDS, batch)


def test_the_manifest_names_version_spaces_and_suggestions() -> None:
    made = manifest("https://example.org/id/", "https://example.org/reconcile")
    assert "0.2" in made["versions"]
    assert made["identifierSpace"] == "https://example.org/id/body/"
    assert "{{id}}" in made["view"]["url"]
    assert made["suggest"].keys() == {"entity", "type", "property"}
    assert "suggest" not in manifest("https://example.org/id/")


def test_suggestions() -> None:
    entities = suggest_entities(REGISTER, "国家发展改革", 3)["result"]
    assert entities[0]["id"] == "000000/fgw"
    assert len(suggest_entities(REGISTER, "国家", 3)["result"]) == 3
    assert suggest_entities(REGISTER, "")["result"] == []
    assert suggest_types(KINDS, "部门")["result"] == [{"id": "department", "name": "政府部门"}]
    assert [one["id"] for one in suggest_properties("")["result"]] == ["issuer", "date"]


# what the schemas of version 0.2 ask of an answer, in our own words: key, type, whether it must be there
MANIFEST = (
    *(("versions", list, True), ("name", str, True), ("identifierSpace", str, True), ("schemaSpace", str, True)),
    *(("view", dict, False), ("suggest", dict, False), ("batchSize", int, False)),
)
CANDIDATE = (
    *(("id", str, True), ("name", str, True), ("score", float, True), ("match", bool, False)),
    *(("description", str, False), ("type", list, False)),
)
SUGGESTED = (("id", str, True), ("name", str, True), ("description", str, False))


def agrees(value: dict[str, Any], asked: tuple[tuple[str, type, bool], ...]) -> bool:
    """Tell whether an object has every key it must have, no other, and values of the right type."""
    known = {key: kind for key, kind, _ in asked}
    return (
        all(key in value for key, _, needed in asked if needed)
        and value.keys() <= known.keys()
        and all(isinstance(value[key], known[key]) for key in value)
    )


def test_answers_have_the_keys_and_types_of_the_specification() -> None:
    assert agrees(manifest("https://example.org/id/", "https://example.org/reconcile"), MANIFEST)
    found = reconcile(REGISTER, KINDS, {"a": {"query": "财政部"}, "b": {"query": "某某局"}})
    assert found.keys() == {"a", "b"}
    assert all(one.keys() == {"result"} for one in found.values())
    assert all(agrees(one, CANDIDATE) for one in found["a"]["result"])
    for answer in (suggest_entities(REGISTER, "国家"), suggest_types(KINDS, ""), suggest_properties("")):
        assert answer.keys() == {"result"}
        assert answer["result"]
        assert all(agrees(one, SUGGESTED) for one in answer["result"])
    assert not agrees({"id": "a", "name": "b"}, CANDIDATE)  # no score
