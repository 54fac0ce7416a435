"""Entities of the service: records of bodies and collectives by their ids, and the types they have."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any

from plan_graph.authority.register import Register
from plan_graph.model.register import Body, Collective
from plan_graph.resources import resource

Record = Body | Collective
BODY = ("body", "机构 body")
COLLECTIVE = ("collective", "集合称谓 collective")
LEVELS: Mapping[str, tuple[str, ...]] = {
    "state": ("中央", "国家", "国家级", "中央级"),
    "province": ("省级", "省", "自治区", "直辖市"),
    "prefecture": ("地市级", "市级", "地级", "市"),
    "county": ("县级", "区县级", "县", "区"),
    "township": ("乡镇级", "乡级", "镇级", "乡镇", "镇", "乡", "街道"),
}


def kinds() -> dict[str, str]:
    """Read the kinds of bodies: id → label in Chinese and English."""
    with (resource("data", "authority") / "kinds.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: f"{row['label_zh']} {row['label_en']}" for row in csv.DictReader(file)}


def record_of(register: Register, identifier: str) -> Record | None:
    """Give the record with an id, ``body/210000/czt``; none where the registers have nothing of that id."""
    kind, _, own = identifier.partition("/")
    if kind == BODY[0]:
        return register.body(own) if register.knows(own) else None
    if kind == COLLECTIVE[0] and "@" not in own:  # what follows would ask for the members of a day
        try:
            return register.collective(own)
        except (KeyError, ValueError):
            return None
    return None


def entity_id(record: Record) -> str:
    """Give the id of a record as an entity."""
    return f"{BODY[0] if isinstance(record, Body) else COLLECTIVE[0]}/{record.id}"


def names_of(record: Record) -> tuple[str, ...]:
    """Give all names of a record, its full name first."""
    short = (record.short,) if isinstance(record, Body) else ()
    return tuple(dict.fromkeys(name for name in (record.name, *short, *record.aliases) if name))


def types_of(record: Record, labels: Mapping[str, str]) -> list[dict[str, str]]:
    """Give the types of a record, the narrower first."""
    found = [(record.kind, labels.get(record.kind, record.kind)), BODY] if isinstance(record, Body) else [COLLECTIVE]
    return [{"id": one, "name": label} for one, label in found]


def described(register: Register, record: Record) -> str:
    """Say in a line what sets a record apart from others of its name: place, level and lifetime, or its members."""
    if isinstance(record, Collective):
        members = f"{len(record.members)} 个成员 members" if record.members else "成员未载 members not recorded"
        return f"{COLLECTIVE[1]}, {members}"
    place = register.places.get(record.id.split("/")[0])
    parts = [place.name if place else "", LEVELS[record.level][0]]
    if record.valid_until or record.latest:
        parts.append(f"至 until {record.valid_until or record.latest}")
    if record.pattern:
        parts.append("按名称通例认定，未单独登记 by pattern, no record of its own")
    return ", ".join(part for part in parts if part)


def reference(record: Record) -> dict[str, Any]:
    """Give a record as a value that refers to it."""
    return {"id": entity_id(record), "name": record.name}
