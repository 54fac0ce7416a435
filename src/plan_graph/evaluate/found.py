"""What a build found, from its tables and texts: the same values a gold file gives."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from plan_graph.errors import InputError
from plan_graph.evaluate.annotation import Annotation, Goal, Item, Party

_FACTS = ("participations", "deadlines", "citations", "places", "targets")
_NEEDED = {  # the columns read here
    "documents": ("document", "title", "number", "sha256"),
    "tasks": ("document", "task", "number_as_written", "text", "begin", "end"),
    "participations": ("document", "task", "role", "name_as_written", "role_as_written"),
    "deadlines": ("document", "task", "written"),
    "citations": ("document", "task", "title"),
    "places": ("document", "task", "name", "inside"),
    "targets": ("document", "task", "value", "unit", "counted", "comparator", "baseline"),
}


def load_build(folder: Path) -> list[Annotation]:
    """Read the documents of a build folder, in the order of its table of documents.

    :raises InputError: if the folder is no finished build of this version.
    """
    tables = {name: _table(folder, name, columns) for name, columns in _NEEDED.items()}
    facts: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = {}
    for name in _FACTS:
        facts[name] = defaultdict(list)
        for row in tables[name]:
            facts[name][row["document"], row["task"]].append(row)
    tasks: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in tables["tasks"]:
        tasks[row["document"]].append(row)
    return [_document(folder, row, tasks[row["document"]], facts) for row in tables["documents"]]


def ledgers(folder: Path) -> list[dict[str, Any]]:
    """Give what report.json of a build says of each document: counts, doubts, unresolved names.

    :raises InputError: if the folder holds no report.json that can be read.
    """
    file = folder / "report.json"
    try:
        return list(json.loads(file.read_text(encoding="utf-8"))["documents"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{file} cannot be read as a build's report; build again: plan-graph build FILE --out {folder}",
            f"{file} 不是可读的生成报告，请重新生成：plan-graph build FILE --out {folder}",
        ) from error


def _document(
    folder: Path,
    row: dict[str, Any],
    tasks: list[dict[str, Any]],
    facts: dict[str, dict[tuple[str, str], list[dict[str, Any]]]],
) -> Annotation:
    file = folder / "text" / f"{row['document']}.txt"
    raw = file.read_bytes() if file.is_file() else None
    hashes = {row["sha256"]} | ({hashlib.sha256(raw).hexdigest()} if raw is not None else set())
    return Annotation(
        row["document"],
        row["number"] or "",
        row["title"] or "",
        frozenset(h for h in hashes if h),
        tuple(_item(task, *(facts[name][row["document"], task["task"]] for name in _FACTS)) for task in tasks),
        text=None if raw is None else raw.decode("utf-8"),
    )


def _item(
    task: dict[str, Any],
    parties: Iterable[dict[str, Any]],
    deadlines: Iterable[dict[str, Any]],
    citations: Iterable[dict[str, Any]],
    places: Iterable[dict[str, Any]],
    targets: Iterable[dict[str, Any]],
) -> Item:
    return Item(
        task["number_as_written"] or "",
        task["begin"],
        task["end"],
        parties=tuple(Party(p["name_as_written"], p["role"], p["role_as_written"] or "") for p in parties),
        deadlines=tuple(d["written"] for d in deadlines),
        citations=tuple(c["title"] for c in citations if c["title"]),  # a back reference has no title of its own
        places=tuple(p["name"] for p in places if not p["inside"]),
        targets=tuple(
            Goal(_number(t["value"]), t["unit"], t["counted"], t["comparator"], _baseline(t["baseline"]))
            for t in targets
        ),
        task=task["task"],
    )


def _number(value: Any) -> Decimal:
    return Decimal("Infinity") if value is None else Decimal(value)  # none: too large for a table


def _baseline(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _table(folder: Path, name: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = folder / "tables" / f"{name}.parquet"
    if not file.is_file():
        raise InputError(
            f"{folder} is no build: it has no tables/{name}.parquet; make one: plan-graph build FILE --out {folder}",
            f"{folder} 不是生成结果（没有 tables/{name}.parquet），请先生成：plan-graph build FILE --out {folder}",
        )
    try:
        lacking = sorted(set(columns) - set(pq.read_schema(file).names))
        rows = [] if lacking else pq.read_table(file, columns=list(columns)).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"{file} cannot be read as a Parquet table; build again: plan-graph build FILE --out {folder}",
            f"{file} 不是可读的 Parquet 数据表，请重新生成：plan-graph build FILE --out {folder}",
        ) from error
    if lacking:
        raise InputError(
            f"{file} has no column {lacking[0]}, so another version wrote it; build again with this one",
            f"{file} 没有 {lacking[0]} 列，是其他版本写出的，请用本版本重新生成",
        )
    return list(rows)
