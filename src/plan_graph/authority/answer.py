"""What the registers answer about names: plain values for a table, JSON or a service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from plan_graph.authority.issuer import Issuing, issuing_place
from plan_graph.authority.reasons import REASONS, RULES
from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver
from plan_graph.errors import InputError
from plan_graph.model.register import Body, Resolution

COLUMNS = ("name", "rule", "id", "fullName", "level", "place", "validFrom", "validUntil", "reason", "candidates")


def answer(register: Register, names: Sequence[str], issuer: str, on: date | None) -> dict[str, Any]:
    """Resolve names and say by what rule, with lifetimes, successors, members or candidates.

    :param issuer: the issuer's name, or the code of its place, or ""
    :raises InputError: for an issuer whose place nobody knows
    """
    issuing = _issuing(register, issuer, on)
    resolver = Resolver(register, issuing.code, on, frozenset(names), "" if issuer.isdigit() else issuer)
    place = register.places.get(issuing.code)
    return {
        "issuer": issuer,
        "issuing_place": {"code": place.code, "name": place.name, "level": place.level} if place else None,
        "date": on.isoformat() if on else None,
        "names": [describe(register, resolver.resolve(name)) for name in names],
    }


def _issuing(register: Register, issuer: str, on: date | None) -> Issuing:
    if not issuer:
        return Issuing()
    found = Issuing(issuer, "issuer") if issuer in register.places else issuing_place(register, issuer, on=on)
    if not found.code:
        raise InputError(
            f"the place of the issuer {issuer} is not known; give its full name or the code of its place (511600)",
            f"无法判断发文机关 {issuer} 所在的地方，请写全称或行政区划代码（如 511600）",
        )
    return found


def describe(register: Register, found: Resolution) -> dict[str, Any]:
    """Give a resolution as plain values."""
    zh, en = RULES.get(found.rule) or REASONS[found.reason]
    made: dict[str, Any] = {"name": found.name, "rule": found.rule, "zh": zh, "en": en}
    if found.body:
        made["body"] = describe_body(register, found.body)
        if found.beside:
            made["beside"] = describe_body(register, register.body(found.beside))
    elif found.collective:
        one = found.collective
        members = [{"id": m, "name": register.body(m).name} for m in one.members]
        made["collective"] = {"id": one.id, "name": one.name, "member_rule": one.member_rule, "members": members}
    else:
        made["reason"] = found.reason
        made["candidates"] = [
            {"id": one, "name": register.body(one).name} for one in found.candidates if register.knows(one)
        ]
    return made


def describe_body(register: Register, body: Body) -> dict[str, Any]:
    """Give a body as plain values: names, kind, place, lifetime, what it went on as, source."""
    place = register.places[body.id.split("/")[0]]
    return {
        "id": body.id,
        "name": body.name,
        "other_names": [name for name in (body.short, *body.aliases) if name],
        "kind": body.kind,
        "level": body.level,
        "function": body.function,
        "place": {"code": place.code, "name": place.name},
        "seat": body.seat,
        "valid_from": body.valid_from.isoformat() if body.valid_from else None,
        "valid_until": body.valid_until.isoformat() if body.valid_until else None,
        "not_before": body.earliest.isoformat() if body.earliest else None,
        "not_after": body.latest.isoformat() if body.latest else None,
        "successors": [{"id": one, "name": register.body(one).name} for one in register.successors(body.id)],
        "by_pattern": body.pattern,
        "source": body.source,
    }


def answer_rows(found: dict[str, Any]) -> tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]]:
    """Give an answer as a table: its columns, and a row a name."""
    rows = []
    for one in found["names"]:
        body, collective = one.get("body"), one.get("collective")
        record = body or collective or {}
        rows.append(
            (
                one["name"],
                one["rule"],
                record.get("id"),
                record.get("name"),
                record.get("level"),
                body["place"]["code"] if body else None,
                body["valid_from"] if body else None,
                body["valid_until"] if body else None,
                one.get("reason"),
                "|".join(c["id"] for c in one.get("candidates", ())) or None,
            )
        )
    return COLUMNS, tuple(rows)
