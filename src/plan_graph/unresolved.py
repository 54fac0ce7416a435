"""The names of a build that were not resolved, over all its documents, ready to be added to the registers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from plan_graph.authority.reasons import REASONS
from plan_graph.authority.tables import COLUMNS
from plan_graph.errors import InputError, NotFoundError

Row = tuple[str | int | None, ...]


@dataclass(slots=True)
class Unresolved:
    """A name under one issuing place: how often it stands where, and why it means nobody."""

    name: str
    place: str
    reason: str
    mentions: int = 0
    documents: list[str] = field(default_factory=list)
    candidates: tuple[str, ...] = ()


def unresolved(build: Path) -> list[Unresolved]:
    """Read the unresolved names of a build folder, the most frequent first.

    A name is counted by the place of the issuer, for it means another body elsewhere.

    :raises NotFoundError: if the folder is no build
    :raises InputError: if its report cannot be read
    """
    path = build / "report.json"
    if not path.is_file():
        raise NotFoundError(
            f"{build} holds no report.json; name a folder that plan-graph build wrote",
            f"{build} 中没有 report.json，请指定 plan-graph build 写出的文件夹",
        )
    try:
        documents = json.loads(path.read_text(encoding="utf-8"))["documents"]
        found: dict[tuple[str, str, str], Unresolved] = {}
        for document in documents:
            place = (document["issuing_place"] or {}).get("code", "")
            for one in document["unresolved"]:
                key = (one["name"], place, one["reason"])
                entry = found.setdefault(key, Unresolved(*key, candidates=tuple(one["candidates"])))
                entry.mentions += one["mentions"]
                entry.documents.append(document["id"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path.name} in {build} is not a report of this version; build again",
            f"{build} 中的 {path.name} 不是本版本的报告，请重新生成",
        ) from error
    return sorted(found.values(), key=lambda one: (-one.mentions, one.name, one.place))


def name_rows(found: list[Unresolved]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Give the names as a table."""
    columns = ("name", "issuingPlace", "mentions", "documents", "reason", "reasonZh", "candidates", "firstDocument")
    rows = tuple(
        (
            one.name,
            one.place or None,
            one.mentions,
            len(one.documents),
            one.reason,
            REASONS[one.reason][0],
            "|".join(one.candidates) or None,
            one.documents[0],
        )
        for one in found
    )
    return columns, rows


def body_rows(found: list[Unresolved]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Give the names as rows of bodies.csv: id, full name and kind are left to be filled in."""
    columns = COLUMNS["bodies.csv"]
    rows = []
    for one in found:
        known = {
            "id": f"{one.place}/" if one.place else "",
            "short": one.name,
            "seat": one.place,
            "jurisdiction": one.place,
            "source": f"{one.mentions} mentions, first in {one.documents[0]}: {one.reason}",
        }
        rows.append(tuple(known.get(column, "") or None for column in columns))
    return columns, tuple(rows)
