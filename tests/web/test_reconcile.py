"""The reconciliation service over HTTP: every answer beside the specification, and the way a client such as OpenRefine goes."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema
import pytest

from plan_graph.authority.reconciliation.asked import MOST
from plan_graph.iri import DEFAULT_BASE

from . import reconciliation_schemas as schemas
from .conftest import Served

ISSUER = {"pid": "issuer", "v": "辽宁省人民政府"}


def agrees(value: Any, schema: schemas.Schema) -> Any:
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


def post(served: Served, **form: Any) -> httpx.Response:
    return served.client.post("/reconcile", data={name: json.dumps(value) for name, value in form.items()})


def result(served: Served, **query: Any) -> list[dict[str, Any]]:
    answer = agrees(post(served, queries={"q": query}).json(), schemas.RESULTS)
    found: list[dict[str, Any]] = answer["q"]["result"]
    return found


def test_the_schemas_see_what_is_wrong() -> None:
    good = {"id": "a", "name": "b", "description": "", "score": 1, "match": True, "type": [{"id": "c", "name": "d"}], "features": [{"id": "e", "value": True}]}  # fmt: skip
    agrees({"q": {"result": [good]}}, schemas.RESULTS)
    for bad in ({**good, "score": "1"}, {**good, "extra": 1}, {key: good[key] for key in good if key != "id"}):
        with pytest.raises(jsonschema.ValidationError):
            agrees({"q": {"result": [bad]}}, schemas.RESULTS)


def test_a_client_goes_all_the_way(served: Served, gold: list[dict[str, Any]]) -> None:
    """A column of a hundred names as the plan writes them: described, reconciled, chosen, previewed, extended."""
    manifest = agrees(served.client.get("/reconcile").json(), schemas.MANIFEST)
    assert manifest["identifierSpace"] == DEFAULT_BASE and manifest["batchSize"] >= 100

    column = [name for task in gold for role in ("lead", "support") for name in task.get(role, ())][:100]
    day = {"pid": "date", "v": "2016-10-30T00:00:00Z"}
    batch = {f"q{at}": {"query": name, "type": "body", "type_strict": "should", "limit": 3, "properties": [ISSUER, day]} for at, name in enumerate(column)}  # fmt: skip
    answer = agrees(post(served, queries=batch).json(), schemas.RESULTS)
    assert answer.keys() == batch.keys()
    found = {name: [one for one in answer[f"q{at}"]["result"] if one["match"]] for at, name in enumerate(column)}
    matched = {(name, one["id"]) for name, matches in found.items() for one in matches}
    assert len(matched) > 15 and {name for name, _ in matched} >= {"省编委办", "省财政厅", "省发展改革委"}
    assert matched == {pair for pair in _in_the_graph(served) if pair[0] in column}

    ids = sorted({one for _, one in matched})
    for one in ids[:3]:
        view = served.client.get(manifest["view"]["url"].replace("{{id}}", quote(one, safe="")))
        assert (view.status_code, view.headers["location"]) == (303, f"/{one}")
        preview = served.client.get(manifest["preview"]["url"].replace("{{id}}", quote(one, safe="")))
        assert preview.status_code == 200 and manifest["identifierSpace"] + one in preview.text
        assert "frame-ancestors *" in preview.headers["content-security-policy"]

    place = manifest["extend"]["propose_properties"]
    proposed = served.client.get(place["service_url"] + place["service_path"], params={"type": "body", "limit": "50"})
    wanted = [{"id": one["id"]} for one in agrees(proposed.json(), schemas.PROPOSED)["properties"]]
    values = agrees(post(served, extend={"ids": ids, "properties": wanted}).json(), schemas.EXTENSION)
    assert list(values["rows"]) == ids and [one["id"] for one in values["meta"]] == [one["id"] for one in wanted]
    assert all(row["name"] and row["placeCode"] for row in values["rows"].values())


def _in_the_graph(served: Served) -> set[tuple[str, str]]:
    """Give every name as the plan writes it, with the body that the build took it for."""
    query = """PREFIX pg: <https://w3id.org/plan-graph/ns#> PREFIX m8g: <http://data.europa.eu/m8g/>
        PREFIX org: <http://www.w3.org/ns/org#> SELECT DISTINCT ?name ?body {
        ?p pg:nameAsWritten ?name ; m8g:hasParticipant ?body . ?body org:classification ?kind }"""
    rows = served.query(query).json()["results"]["bindings"]
    return {(row["name"]["value"], row["body"]["value"].removeprefix(DEFAULT_BASE)) for row in rows}


def test_day_and_issuer_change_the_answer(served: Served) -> None:
    def first(*properties: dict[str, Any]) -> tuple[str, bool]:
        one = result(served, query="省工商局", properties=[*properties])[0]
        return one["id"], one["match"]

    before, after = {"pid": "date", "v": "2017"}, {"pid": "date", "v": "2020-01-01"}
    assert first(ISSUER, before) == ("body/210000/gongshang", True)
    assert first(ISSUER, after) == ("body/210000/scjg", False)
    assert first(before, {"pid": "issuer", "v": "四川省人民政府"}) == ("body/510000/gongshang", True)
    assert not first(before)[1]


def test_get_is_for_looking(served: Served) -> None:
    queries = json.dumps({"q": {"query": "财政部"}})
    plain = served.client.get("/reconcile", params={"queries": queries})
    assert plain.json() == post(served, queries={"q": {"query": "财政部"}}).json()
    wrapped = served.client.get("/reconcile", params={"queries": queries, "callback": "jQuery1.go"})
    assert wrapped.headers["content-type"].startswith("text/javascript")
    assert json.loads(wrapped.text.removeprefix("/**/jQuery1.go(").removesuffix(");")) == plain.json()
    for callback in ("alert(1)//", "", "1x", "a b", "x" * 101, "é"):
        assert served.client.get("/reconcile", params={"callback": callback}).status_code == 400


@pytest.mark.parametrize(
    ("kind", "prefix", "schema", "first"),
    [
        ("entity", "辽宁省财", schemas.ENTITIES, "body/210000/czt"),
        ("entity", "body/210000/czt", schemas.ENTITIES, "body/210000/czt"),
        ("type", "department", schemas.TYPES, "department"),
        ("type", "", schemas.TYPES, "body"),
        ("property", "da", schemas.PROPERTIES, "date"),
    ],
)
def test_suggestions_and_flyouts(served: Served, kind: str, prefix: str, schema: schemas.Schema, first: str) -> None:
    suggest = served.client.get("/reconcile").json()["suggest"][kind]
    url = suggest["service_url"] + suggest["service_path"]
    found = agrees(served.client.get(url, params={"prefix": prefix}).json(), schema)["result"]
    assert found[0]["id"] == first
    assert found[1:] == served.client.get(url, params={"prefix": prefix, "cursor": "1"}).json()["result"][: len(found) - 1]  # fmt: skip
    flyout = suggest["service_url"] + suggest["flyout_service_path"].replace("${id}", quote(first, safe=""))
    assert found[0]["name"].split()[0] in agrees(served.client.get(flyout).json(), schemas.FLYOUT)["html"]


def test_every_answer_is_open_to_pages_of_all_origins(served: Served) -> None:
    paths = ("", "?queries={}", "/suggest/entity?prefix=x", "/flyout/type?id=body", "/properties", "/preview?id=x", "/view?id=x", "?queries=[")  # fmt: skip
    for path in paths:
        answer = served.client.get(f"/reconcile{path}", headers={"origin": "https://example.org"})
        assert answer.headers["access-control-allow-origin"] == "*", path
    for path in ("", "/suggest/entity", "/properties"):
        preflight = served.client.options(f"/reconcile{path}", headers={"origin": "https://example.org", "access-control-request-method": "POST"})  # fmt: skip
        assert preflight.status_code == 204 and "POST" in preflight.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("?queries=", 400),
        ("?queries=[", 400),
        ("?queries=[]", 400),
        ("?queries=%22x%22", 400),
        ('?queries={"q":{"query":"x","limit":NaN}}', 400),
        ('?queries={"q":{"query":"x","limit":1e999}}', 400),
        ('?queries={"q":{"query":"x","limit":-7}}', 200),
        ("?queries=%FF", 400),
        ("?queries={}&extend={}", 400),
        ("?extend={}", 400),
        ("?extend=7", 400),
        ("/suggest/entity", 200),
        ("/suggest/colour", 404),
        ("/suggest/entity?prefix=x&cursor=-1", 400),
        ("/suggest/entity?prefix=x&cursor=9999999999", 400),
        ("/suggest/entity?prefix=x&cursor=99999999", 200),
        ("/properties?limit=x", 400),
        ("/properties?type=colour&limit=0", 200),
        ("/flyout/entity?id=body/nothing", 404),
        ("/flyout/type", 404),
        ("/flyout/property?id=%00", 404),
        ("/preview", 404),
        ("/preview?id=body/210000/", 404),
        ("/preview?id=collective/..", 404),
        ("/preview?id=collective/210000/ge-shi-zf@soon", 404),
        ("/preview?id=body/999999/czt", 404),
        ("/preview?id=%3Cscript%3E", 404),
        ("/preview?id=body/110000/czj", 200),
    ],
)
def test_what_cannot_be_answered_is_said(served: Served, path: str, status: int) -> None:
    assert served.client.get("/reconcile" + path).status_code == status


def test_odd_batches(served: Served) -> None:
    odd = ["\x00", "'", '"', "%", "\\", "省" * 5000, "（（（（", "省）", "各各各各", "\u202e", "🀄", " ", "body/", "/", "collective/", "210000/", f"{DEFAULT_BASE}"]  # fmt: skip
    batch = {name: {"query": name, "properties": [{"pid": pid, "v": name} for pid in ("issuer", "date", "place", "level", "colour")]} for name in odd}  # fmt: skip
    answer = agrees(post(served, queries=batch).json(), schemas.RESULTS)
    assert list(answer) == odd
    assert not any(one["match"] for found in answer.values() for one in found["result"])
    half = served.client.post("/reconcile", data={"queries": '{"\\ud800": {"query": "\\udfff财政部"}}'})
    assert half.status_code == 200 and list(half.json()) == ["?"]
    deep = served.client.post("/reconcile", data={"queries": "[" * 200_000})
    assert deep.status_code == 400
    assert served.client.post("/reconcile", json={}).status_code == 415
    assert served.client.post("/reconcile", data={"other": "x"}).status_code == 400


def test_what_is_too_much_is_refused(served: Served) -> None:
    assert post(served, queries={str(n): {"query": "财政部"} for n in range(MOST)}).status_code == 200
    assert post(served, queries={str(n): {"query": "财政部"} for n in range(MOST + 1)}).status_code == 413
    assert post(served, extend={"ids": ["x"] * (MOST + 1), "properties": []}).status_code == 413
    assert served.client.post("/reconcile", data={"queries": "x" * 5_000_000}).status_code == 413


def test_what_is_not_in_the_graph_is_shown_all_the_same(served: Served) -> None:
    shown = served.client.get("/reconcile/view", params={"id": "body/110000/czj", "lang": "en"})
    assert shown.status_code == 200 and "北京市财政局" in shown.text and "Kind" in shown.text
    group = served.client.get("/reconcile/preview", params={"id": "collective/210000/ge-shi-zf"})
    assert "沈阳市人民政府" in group.text
