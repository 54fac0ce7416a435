"""The registers as a reconciliation service: the values of the Reconciliation Service API, version 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ : a client such as OpenRefine sends
a batch of names and gets candidates. Here are the requests and answers as plain values; serving them over HTTP is
another module's work. A name is resolved as everywhere (resolve.py): a certain match has the score 100, candidates
that the register offers in doubt have 50. The properties ``issuer`` (a name or the code of a place) and ``date``
say how a name is to be understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plan_graph.authority.issuer import issuing_place
from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver
from plan_graph.errors import InputError
from plan_graph.model import Body, Collective

VERSION = "0.2"
CERTAIN, POSSIBLE = 100.0, 50.0
MOST = 1000  # queries of one batch
PROPERTIES = (("issuer", "发文机关 issuer: a name, or the code of its place"), ("date", "发文日期 date: 2021-06-01"))
COLLECTIVE = ("collective", "集合称谓 collective")


def manifest(base: str, service: str = "") -> dict[str, Any]:
    """Describe the service (section 4.1 of the specification).

    :param base: the IRI below which bodies have their IRIs, ending in /
    :param service: the address of the service, for its suggestions; "" leaves them out
    """
    made: dict[str, Any] = {
        "versions": [VERSION],
        "name": "plan-graph 机构登记册 bodies of China's government plans",
        "identifierSpace": f"{base}body/",
        "schemaSpace": f"{base}kind/",
        "view": {"url": f"{base}body/{{{{id}}}}"},
        "batchSize": MOST,
    }
    if service:
        paths = {"entity": "entity", "type": "type", "property": "property"}
        made["suggest"] = {k: {"service_url": service, "service_path": f"/suggest/{v}"} for k, v in paths.items()}
    return made


def reconcile(register: Register, kinds: Mapping[str, str], batch: object) -> dict[str, Any]:
    """Answer a batch of queries (section 4.3): query id → candidates, best first.

    :param kinds: id of a kind of body → its label
    :raises InputError: for a batch that is none; the sentence names the query
    """
    if not isinstance(batch, dict) or not all(isinstance(one, dict) for one in batch.values()):
        raise InputError(
            "a batch of queries is an object whose values are objects; see the specification, section 4.3",
            "查询批次应为对象，各值也应为对象，见规范第 4.3 节",
        )
    if len(batch) > MOST:
        raise InputError(
            f"{len(batch)} queries in one batch; send {MOST} at most", f"一批有 {len(batch)} 条查询，至多 {MOST} 条"
        )
    return {key: {"result": _candidates(register, kinds, key, query)} for key, query in batch.items()}


def _candidates(register: Register, kinds: Mapping[str, str], key: str, query: dict[str, Any]) -> list[dict[str, Any]]:
    name = query.get("query", "")
    limit = query.get("limit", 10)
    if not isinstance(name, str) or not isinstance(limit, int | float):
        raise InputError(
            f"query {key}: query is a text and limit a number", f"查询 {key}：query 应为文字，limit 应为数"
        )
    issuer, on = _asked(key, query.get("properties", []))
    place = issuer if issuer in register.places else issuing_place(register, issuer, on=on).code if issuer else ""
    found = Resolver(register, place, on).resolve(name.strip())
    wanted = query.get("type", [])
    types = {wanted} if isinstance(wanted, str) else set(wanted)
    if found.body or found.collective:
        made = [_candidate(found.body or found.collective, kinds, CERTAIN, match=True)]
    else:
        made = [
            _candidate(register.body(one), kinds, POSSIBLE, match=False)
            for one in found.candidates
            if register.knows(one)
        ]
    return [one for one in made if not types or types & {t["id"] for t in one["type"]}][: max(0, int(limit))]


def _asked(key: str, properties: object) -> tuple[str, date | None]:
    """Give the issuer and the day a query names."""
    if not isinstance(properties, list):
        raise InputError(f"query {key}: properties is a list", f"查询 {key}：properties 应为列表")
    issuer, on = "", None
    for one in properties:
        if not isinstance(one, dict) or "pid" not in one or "v" not in one:
            raise InputError(f"query {key}: a property has pid and v", f"查询 {key}：每个属性须有 pid 和 v")
        value = one["v"][0] if isinstance(one["v"], list) and one["v"] else one["v"]
        words = str(value.get("id", "") if isinstance(value, dict) else value).strip()
        if one["pid"] == "issuer":
            issuer = words.split("/")[0] if words[:6].isdigit() else words
        elif one["pid"] == "date" and words:
            try:
                on = date.fromisoformat(words)
            except ValueError as error:
                raise InputError(
                    f"query {key}: {words} is no date; write it like 2018-10-31",
                    f"查询 {key}：{words} 不是日期，请写成 2018-10-31 的样子",
                ) from error
    return issuer, on


def _candidate(record: Body | Collective | None, kinds: Mapping[str, str], score: float, match: bool) -> dict[str, Any]:
    assert record is not None
    if isinstance(record, Body):
        kind, description = (record.kind, kinds.get(record.kind, record.kind)), f"{record.level}, {record.seat}"
    else:
        kind, description = COLLECTIVE, record.member_rule
    return {
        "id": record.id,
        "name": record.name,
        "description": description,
        "score": score,
        "match": match,
        "type": [{"id": kind[0], "name": kind[1]}],
    }


def suggest_entities(register: Register, prefix: str, limit: int = 10) -> dict[str, Any]:
    """Complete the beginning of a name of a recorded body (section 4.5.1)."""
    begins = (name for name in register.by_name if name.startswith(prefix)) if prefix else iter(())
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(begins, key=lambda n: (len(n), n)):
        for record in register.by_name[name]:
            if len(found) < limit:
                found.setdefault(record.id, {"id": record.id, "name": record.name, "description": name})
    return {"result": list(found.values())}


def suggest_types(kinds: Mapping[str, str], prefix: str) -> dict[str, Any]:
    """Give the kinds of body whose id or label holds some words (section 4.5.3)."""
    both = [*kinds.items(), COLLECTIVE]
    return {"result": [{"id": i, "name": n} for i, n in both if prefix in i or prefix in n]}


def suggest_properties(prefix: str) -> dict[str, Any]:
    """Give the properties a query may have (section 4.5.2)."""
    return {"result": [{"id": i, "name": n} for i, n in PROPERTIES if prefix in i or prefix in n]}
