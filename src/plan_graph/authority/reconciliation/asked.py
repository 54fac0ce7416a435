"""What a client sends: JSON read strictly, queries and their properties in a form of our own."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from plan_graph.errors import InputError

MOST = 500  # queries of one batch, and ids of one extension
LONGEST = 500  # characters of a name
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?")


class TooManyError(InputError):
    """A batch of more queries than one request may have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: a name, what types its bearer may have, how many candidates, and properties as texts by id."""

    name: str
    types: frozenset[str]
    limit: int
    properties: Mapping[str, tuple[str, ...]]


def read_json(text: str) -> Any:
    """Read JSON; half a surrogate pair becomes a question mark, for it is no text.

    :raises InputError: for what is no JSON, and for the numbers JSON does not have.
    """

    def refuse(constant: str) -> NoReturn:
        raise ValueError(constant)

    try:
        found = json.loads(text, parse_constant=refuse)
        if "\\ud" in text.lower():  # an escape may say half of a pair
            found = json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
        return found
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        where_zh = (
            f"（第 {error.lineno} 行第 {error.colno} 列）" if where and isinstance(error, json.JSONDecodeError) else ""
        )
        raise InputError(f"the parameter holds no JSON{where}", f"参数不是 JSON{where_zh}") from error


def read_batch(batch: object) -> dict[str, Asked]:
    """Read a batch of queries (section 4.1 of the specification).

    :raises TooManyError: for more queries than ``MOST``.
    :raises InputError: for a batch that is none; the sentence names the query.
    """
    if not isinstance(batch, dict) or not all(isinstance(one, dict) for one in batch.values()):
        raise InputError(
            "a batch of queries is an object whose values are objects; see the specification, section 4",
            "查询批次应为对象，各值也应为对象，见规范第 4 节",
        )
    check_number(len(batch))
    return {key: _read(key, query) for key, query in batch.items()}


def check_number(found: int) -> None:
    """Refuse what is too much for one request.

    :raises TooManyError: for more than ``MOST``.
    """
    if found > MOST:
        raise TooManyError(f"{found} queries in one batch; send {MOST} at most", f"一批有 {found} 条，至多 {MOST} 条")


def _read(key: str, query: Mapping[str, Any]) -> Asked:
    label = key[:40]
    name, limit, types = query.get("query", ""), query.get("limit", 10), query.get("type", [])
    number = isinstance(limit, int | float) and not isinstance(limit, bool) and math.isfinite(limit)
    if not isinstance(name, str) or not number:
        raise InputError(
            f"query {label}: query is a text and limit a number", f"查询 {label}：query 应为文字，limit 应为数"
        )
    types = [types] if isinstance(types, str) else types
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise InputError(f"query {label}: type is an id or a list of ids", f"查询 {label}：type 应为类型标识或其列表")
    properties = _properties(label, query.get("properties", []))
    return Asked(name.strip()[:LONGEST], frozenset(types), min(max(0, int(limit)), 100), properties)


def _properties(label: str, properties: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(properties, list):
        raise InputError(f"query {label}: properties is a list", f"查询 {label}：properties 应为列表")
    made: dict[str, tuple[str, ...]] = {}
    for one in properties:
        if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise InputError(f"query {label}: a property has pid and v", f"查询 {label}：每个属性须有 pid 和 v")
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        words = tuple(text for value in values if (text := _text(value)))
        if words:
            made[one["pid"]] = (*made.get(one["pid"], ()), *words)
    return made


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("id", value.get("name", ""))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:LONGEST] if isinstance(value, str | int | float) else ""


def read_date(words: str) -> date | None:
    """Read 2018-10-31, 2018年10月31日 or a time of that day; a month or a year alone means the middle of it.

    >>> read_date("2018-10-31T00:00:00Z"), read_date("2017"), read_date("soon")
    (datetime.date(2018, 10, 31), datetime.date(2017, 7, 1), None)
    """
    found = _DATE.fullmatch(words)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return date(year or 0, month or 7, day or (15 if month else 1))
    except ValueError:
        return None
