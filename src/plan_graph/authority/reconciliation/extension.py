"""Properties of entities that a client fetches once they are reconciled (section 7 of the specification)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plan_graph.authority.reconciliation.asked import check_number
from plan_graph.authority.reconciliation.queries import Reconciler
from plan_graph.authority.reconciliation.records import BODY, COLLECTIVE, Record, entity_id, record_of, reference
from plan_graph.authority.register import Register
from plan_graph.errors import InputError
from plan_graph.model.register import Body

Cell = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its name, whether bodies and collectives have it, its values, and the type of entities it gives."""

    name: str
    of: tuple[str, ...]
    values: Callable[[Register, Any], Sequence[Cell]]
    type: tuple[str, str] | None = None


def _text(get: Callable[[Register, Any], str]) -> Callable[[Register, Any], Sequence[Cell]]:
    return lambda register, record: [{"str": words}] if (words := get(register, record)) else []


def _day(get: Callable[[Body], date | None]) -> Callable[[Register, Any], Sequence[Cell]]:
    return lambda _, body: [{"date": f"{day.isoformat()}T00:00:00Z"}] if (day := get(body)) else []


def _place(register: Register, body: Body) -> str:
    code = body.id.split("/")[0]
    return register.places[code].name if code in register.places else ""


def _seat(register: Register, body: Body) -> str:
    return register.places[body.seat].name if body.seat in register.places else body.seat


def _bodies(register: Register, ids: Sequence[str]) -> list[Cell]:
    return [reference(register.body(one)) for one in ids if register.knows(one)]


_B, _C = (BODY[0],), (COLLECTIVE[0],)
PROPERTIES: Mapping[str, Property] = {
    "name": Property("全称 full name", _B + _C, _text(lambda _, one: str(one.name))),
    "short": Property("简称 short name", _B, _text(lambda _, one: str(one.short))),
    "alias": Property("其他名称 other names", _B + _C, lambda _, one: [{"str": name} for name in one.aliases]),
    "nameEn": Property("英文名称 name in English", _B + _C, _text(lambda _, one: str(one.name_en))),
    "kind": Property("类型 kind", _B, _text(lambda _, one: str(one.kind))),
    "level": Property("层级 level", _B, _text(lambda _, one: str(one.level))),
    "function": Property("职能 function", _B, _text(lambda _, one: str(one.function))),
    "place": Property("所属地区 place", _B, _text(_place)),
    "placeCode": Property("行政区划代码 code of the place", _B + _C, _text(lambda _, one: str(one.id.split("/")[0]))),
    "seat": Property("驻地 seat", _B, _text(_seat)),
    "parent": Property("上级机构 part of", _B, lambda r, one: _bodies(r, [one.parent] if one.parent else []), BODY),
    "validFrom": Property("起始 valid from", _B, _day(lambda one: one.valid_from)),
    "validUntil": Property("终止 valid until", _B, _day(lambda one: one.valid_until)),
    "successor": Property("后续机构 went on as", _B, lambda r, one: _bodies(r, r.successors(one.id)), BODY),
    "member": Property("成员 members", _C, lambda r, one: _bodies(r, one.members), BODY),
    "memberRule": Property("成员范围 which members", _C, _text(lambda _, one: str(one.member_rule))),
    "source": Property("依据 source", _B + _C, _text(lambda _, one: str(one.source))),
}


def propose(kind: str, limit: int | None = None) -> dict[str, Any]:
    """Give the properties that entities of a type have; of no type, or one that is not known, those of bodies."""
    which = kind if kind == COLLECTIVE[0] else BODY[0]
    found = [{"id": one, "name": what.name} for one, what in PROPERTIES.items() if which in what.of]
    made: dict[str, Any] = {"properties": found if limit is None else found[:limit]}
    return {**made, **({"type": kind} if kind else {}), **({} if limit is None else {"limit": limit})}


def extend(reconciler: Reconciler, asked: object) -> dict[str, Any]:
    """Give the values of properties of entities: every id with every property, an empty list where there is none.

    :raises TooManyError: for more ids than one request may have.
    :raises InputError: for a request that is none, or a property that there is not.
    """
    ids, wanted = _read(asked)
    meta = []
    for one in wanted:
        what = PROPERTIES[one]
        kind = {"type": {"id": what.type[0], "name": what.type[1]}} if what.type else {}
        meta.append({"id": one, "name": what.name, **kind})
    rows = {one: _row(reconciler, record_of(reconciler.register, reconciler.id_of(one)), wanted) for one in ids}
    return {"meta": meta, "rows": rows}


def _row(reconciler: Reconciler, record: Record | None, wanted: Sequence[str]) -> dict[str, list[Cell]]:
    def values(one: str) -> list[Cell]:
        what = PROPERTIES[one]
        has = record is not None and entity_id(record).split("/")[0] in what.of
        return [*what.values(reconciler.register, record)] if has else []

    return {one: values(one) for one in wanted}


def _read(asked: object) -> tuple[list[str], list[str]]:
    if not isinstance(asked, dict):
        raise InputError("an extension is an object with ids and properties", "扩展请求应为含 ids 与 properties 的对象")
    ids, wanted = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise InputError("ids is a list of ids", "ids 应为标识的列表")
    if not isinstance(wanted, list) or not all(isinstance(p, dict) and isinstance(p.get("id"), str) for p in wanted):
        raise InputError("properties is a list of objects that have an id", "properties 应为含 id 的对象的列表")
    check_number(len(ids))
    properties = [one["id"] for one in wanted]
    if unknown := next((one for one in properties if one not in PROPERTIES), None):
        raise InputError(
            f"there is no property {unknown[:40]!r}; the properties are {', '.join(PROPERTIES)}",
            f"没有属性 {unknown[:40]!r}；可用的有 {'、'.join(PROPERTIES)}",
        )
    return ids, properties
