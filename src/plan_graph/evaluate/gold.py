"""Gold files: JSON Lines, a head and then one line a task; docs/how-to/gold.md describes them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from plan_graph.errors import InputError, NotFoundError
from plan_graph.evaluate.annotation import Annotation, Goal, Item, Party
from plan_graph.model.plan import Role

FORMAT = "plan-graph gold 1"
HEAD = ("format", "id", "number", "title", "sha256", "readers", "convention", "note")
TASK = (
    *("number", "begin", "clauses", "parties", "deadlines", "citations", "places", "targets"),
    *("task", "theme", "first", "last", "organisations", "note"),
)
PARTY = ("name", "role", "label", "inherited", "participant")
TARGET = ("value", "unit", "of", "comparator", "baseline")
COMPARATORS = ("=", ">=", "<=", ">", "<", "~")
_DIGITS = 30  # no plan counts beyond this, and a number is compared written out in full
_KINDS = {str: ("string", "字符串"), bool: ("true or false", "true 或 false"), list: ("list", "列表")}
T = TypeVar("T")
_ROLES = tuple(role.value for role in Role)


class _LineError(Exception):
    """What is wrong with a line, in English and Chinese."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en, self.zh = en, zh


def load_all(path: Path) -> list[Annotation]:
    """Read a gold file, or every ``.jsonl`` of a folder, in the order of their names.

    :raises NotFoundError: if there is no such file or folder.
    :raises InputError: if a folder holds no gold or two of one document, or a line is not as the format says.
    """
    if path.is_dir():
        files = sorted(path.glob("*.jsonl"))
        if not files:
            raise InputError(
                f"{path} holds no gold file (.jsonl); name a gold file or a folder of them",
                f"{path} 中没有标注文件（.jsonl），请指定标注文件或其文件夹",
            )
        return _distinct([(file, load(file)) for file in files])
    return [load(path)]


def _distinct(loaded: Sequence[tuple[Path, Annotation]]) -> list[Annotation]:
    """Refuse a folder with two gold files of one document: the second would be scored against nothing."""
    seen: dict[str, Path] = {}
    for file, one in loaded:
        for key in (one.id, *one.hashes):
            if key in seen:
                raise InputError(
                    f"{seen[key]} and {file.name} are both of {one.id}; keep one in the folder, or name a single file",
                    f"{seen[key]} 与 {file.name} 标注的是同一份文件 {one.id}，请只留一个，或指定单个文件",
                )
            seen[key] = file
    return [one for _, one in loaded]


def load(path: Path) -> Annotation:
    """Read one gold file.

    :raises NotFoundError: if there is no such file.
    :raises InputError: if a line is not as the format says; the message names the line.
    """
    if not path.is_file():
        raise NotFoundError(f"no gold file at {path}; check the path", f"没有标注文件 {path}，请检查路径")
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # splitlines would cut at U+2028 inside a name too
    except UnicodeDecodeError as error:
        raise InputError(f"gold {path} is not UTF-8; save it as UTF-8", f"标注文件 {path} 不是 UTF-8 编码") from error
    head: dict[str, Any] | None = None
    items: list[Item] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = _record(line)
            if head is None:
                head = _head(record)
            else:
                items.append(_item(record))
                if len(items) > 1 and items[-1].begin <= items[-2].begin:
                    raise _LineError("begin is not after the task before it", "begin 应大于上一项任务的 begin")
        except _LineError as bad:
            raise InputError(
                f"gold {path}, line {number}: {bad.en}", f"标注文件 {path} 第 {number} 行：{bad.zh}"
            ) from bad
    if head is None:
        raise InputError(f"gold {path} is empty; its first line is the head", f"标注文件 {path} 是空的，首行应为文件头")
    return Annotation(
        head.get("id") or path.stem,
        head.get("number", ""),
        head.get("title", ""),
        frozenset([head["sha256"]] if head.get("sha256") else []),
        tuple(items),
        tuple(head.get("readers", ())),
        head.get("convention", ""),
    )


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line, parse_float=Decimal, object_pairs_hook=_once)
        json.dumps(record, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as error:
        raise _LineError(f"not JSON ({error.msg}, column {error.colno})", f"不是 JSON（{error.colno} 列）") from error
    except UnicodeEncodeError as error:
        raise _LineError("a lone surrogate (\\ud800 to \\udfff)", "含有不成对的代理码（\\ud800–\\udfff）") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets a thousand deep
        raise _LineError("not JSON that can be read", "不是可读的 JSON") from error
    if not isinstance(record, dict):
        raise _LineError("not a JSON object", "不是 JSON 对象")
    return record


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise _LineError(f"the key {twice!r} twice", f"键 {twice!r} 出现两次")
    return record


def _head(record: dict[str, Any]) -> dict[str, Any]:
    if record.get("format") != FORMAT:
        raise _LineError(f'the first line is the head, with "format": "{FORMAT}"', f'首行应含 "format": "{FORMAT}"')
    _known(record, HEAD)
    for key in ("id", "number", "title", "convention", "note"):
        _typed(record, key, str)
    if "sha256" in record and not re.fullmatch(r"[0-9a-f]{64}", str(record["sha256"])):
        raise _LineError("sha256 is not 64 digits of 0-9a-f", "sha256 应为 64 位十六进制小写数字")
    _strings(record, "readers")
    return record


def _item(record: dict[str, Any]) -> Item:
    _known(record, TASK)
    for key in ("number", "task", "theme", "first", "last", "note"):
        _typed(record, key, str)
    begin = record.get("begin")
    if type(begin) is not int or begin < 0 or "number" not in record:
        raise _LineError('a task has "number", a string, and "begin", an offset', "任务须有 number 和 begin")
    deadlines, by = _pairs(record, "deadlines", "written", "by")
    citations, relations = _pairs(record, "citations", "title", "relation")
    return Item(
        record["number"],
        begin,
        None,
        tuple(_list(record, "clauses", _span) or ()),
        _list(record, "parties", _party),
        deadlines,
        citations,
        _strings(record, "places"),
        _list(record, "targets", _target),
        record.get("task", ""),
        record.get("theme"),
        record.get("first"),
        record.get("last"),
        _strings(record, "organisations"),
        by,
        relations,
    )


def _party(value: Any) -> Party:
    _object(value, "parties", PARTY)
    for key in ("name", "role", "label", "participant"):
        _typed(value, key, str)
    _typed(value, "inherited", bool)
    if not value.get("name"):
        raise _LineError("a party without a name", "责任方没有名称")
    if value.get("role") not in _ROLES:
        listed = ", ".join(_ROLES)
        raise _LineError(f"role is none of {listed}", f"role 应为 {listed} 之一")
    own = {"label": "", "inherited": False, "participant": None} | value
    return Party(**own)


def _target(value: Any) -> Goal:
    _object(value, "targets", TARGET)
    for key in ("unit", "of", "comparator"):
        _typed(value, key, str)
    comparator = value.get("comparator", "=")
    if comparator not in COMPARATORS:
        raise _LineError(
            f"comparator is none of {' '.join(COMPARATORS)}", f"comparator 应为 {' '.join(COMPARATORS)} 之一"
        )
    baseline = value.get("baseline")
    of = value.get("of", "")
    number = _decimal(value.get("value"))
    return Goal(number, value.get("unit", ""), of, comparator, None if baseline is None else _decimal(baseline))


def _decimal(value: Any) -> Decimal:
    try:
        if isinstance(value, bool) or value is None:
            raise InvalidOperation
        number = Decimal(value)
        if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
            raise InvalidOperation
        return number
    except (InvalidOperation, TypeError, ValueError) as error:
        raise _LineError(f"{value!r} is not a number", f"{value!r} 不是数字") from error


def _span(value: Any) -> tuple[int, int]:
    match value:
        case [int(begin), int(end)] if 0 <= begin < end and bool not in (type(begin), type(end)):
            return begin, end
    raise _LineError(f"clause {value!r} is not [begin, end]", f"条款 {value!r} 应为 [起点, 终点]")


def _pairs(record: dict[str, Any], key: str, first: str, second: str) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Give a list of strings, or of objects with a string each and something more: ``{"written": …, "by": …}``."""

    def pair(value: Any) -> tuple[str, str]:
        if isinstance(value, str):
            return value, ""
        _object(value, key, (first, second))
        for part in (first, second):
            _typed(value, part, str)
        if first not in value:
            raise _LineError(f"an entry of {key} without {first}", f"{key} 中有一项没有 {first}")
        return value[first], value.get(second, "")

    found = _list(record, key, pair)
    return (None, ()) if found is None else (tuple(a for a, _ in found), tuple(b for _, b in found))


def _list(record: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> tuple[T, ...] | None:
    if key not in record:
        return None
    _typed(record, key, list)
    return tuple(read(value) for value in record[key])


def _strings(record: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise _LineError(f"{key} holds {value!r}, which is no string", f"{key} 中的 {value!r} 不是字符串")
        return value

    return _list(record, key, read)


def _typed(record: Mapping[str, Any], key: str, kind: type) -> None:
    if key in record and not isinstance(record[key], kind):
        en, zh = _KINDS[kind]
        raise _LineError(f"{key} is {record[key]!r} and should be a {en}", f"{key} 应为{zh}，而不是 {record[key]!r}")


def _object(value: Any, key: str, known: Iterable[str]) -> None:
    if not isinstance(value, dict):
        raise _LineError(f"{key} holds {value!r}, which is no object", f"{key} 中的 {value!r} 不是对象")
    _known(value, known)


def _known(record: Mapping[str, Any], known: Iterable[str]) -> None:
    """A key nobody knows is an error: a misspelt one would otherwise pass for "not annotated"."""
    unknown = sorted(set(record) - set(known))
    if unknown:
        listed = ", ".join(known)
        raise _LineError(f"unknown key {unknown[0]!r}; known are {listed}", f"没有键 {unknown[0]!r}，可用的有 {listed}")
