"""Named queries: one question a file in queries/, with labels, parameters and a SPARQL text.

The head of a file is comments::

    # title@zh: 各机构牵头与配合的任务数
    # title@en: Tasks led and supported by each body
    # question@zh: …
    # question@en: …
    # param: year year 年份 | Year
    # param: body text! 机构名称 | Name of a body (省财政厅)

A parameter line gives name, type (``text``, ``year``, ``integer``, ``iri``, ``word``), ``!`` if it is required, and its
meaning in zh and en. In the text the parameter stands as ``VALUES ?name { UNDEF }``, once or more; a value given
replaces ``UNDEF``. So every file is valid SPARQL as it stands, and a value can never change the query around it.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from plan_graph.errors import InputError, NotFoundError
from plan_graph.resources import resource


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value a query takes; ``kind`` is text, year, integer, iri or word."""

    name: str
    kind: str
    required: bool
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question with its SPARQL text."""

    name: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    sparql: str


@runtime_checkable
class Asked(Protocol):
    """What can be asked a query: a store in memory, or an endpoint."""

    def query(self, query: str, *, use_default_graph_as_union: bool = False) -> Any:
        """Answer as :meth:`pyoxigraph.Store.query` does."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer: column names, and rows of plain values (str, int, float, bool, None)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def by_column(self) -> list[dict[str, Any]]:
        """Give each row as values by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


_HEAD = re.compile(r"#\s*(title|question)@(zh|en):\s*(.+)")
_PARAM = re.compile(r"#\s*param:\s*(\w+)\s+(text|year|integer|iri|word)(!?)\s+(.+?)\s*\|\s*(.+)")
_SLOT = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}")


def parse(name: str, text: str) -> Query:
    """Read a query file's head and text.

    :raises InputError: for a parameter line that cannot be read.
    """
    title: dict[str, str] = {}
    question: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if found := _HEAD.match(line):
            (title if found[1] == "title" else question)[found[2]] = found[3].strip()
        elif found := _PARAM.match(line):
            parameters.append(Parameter(found[1], found[2], bool(found[3]), found[4], found[5].strip()))
        elif re.match(r"#\s*param\b", line):
            raise InputError(
                f"query {name}: the line {line!r} is not '# param: name type meaning in Chinese | in English', "
                "with type text, year, integer, iri or word",
                f"查询 {name} 的参数行 {line!r} 应写作“# param: 名称 类型 中文含义 | 英文含义”，"
                "类型为 text、year、integer、iri 或 word",
            )
        elif line.strip() and not line.startswith("#"):
            break
    return Query(name, title, question, tuple(parameters), text)


def named_queries() -> dict[str, Query]:
    """Read every query that travels with the package, by name."""
    return {p.stem: parse(p.stem, p.read_text(encoding="utf-8")) for p in sorted(resource("queries").glob("*.rq"))}


def column_labels() -> dict[str, tuple[str, str]]:
    """Read what the columns of the named queries are called: variable → (zh, en)."""
    with (resource("queries") / "columns.csv").open(encoding="utf-8", newline="") as file:
        return {row["variable"]: (row["zh"], row["en"]) for row in csv.DictReader(file)}


def labelled(table: Table, lang: str = "both") -> Table:
    """Name the columns in zh, en or both and put IRIs last: the table an office opens.

    A variable without a label keeps its name.
    """
    labels = column_labels()

    def is_link(at: int) -> bool:
        if labels.get(table.columns[at], ("",))[0].endswith("（IRI）"):
            return True
        values = [row[at] for row in table.rows if row[at] is not None]
        return bool(values) and all(str(value).startswith(("http://", "https://")) for value in values)

    def name(at: int) -> str:
        zh, en = labels.get(table.columns[at], (table.columns[at], table.columns[at]))
        return zh if lang == "zh" else en if lang == "en" or zh == en else f"{zh} {en}"

    links = [at for at in range(len(table.columns)) if is_link(at)]
    order = [at for at in range(len(table.columns)) if at not in links] + links
    return Table(tuple(map(name, order)), tuple(tuple(row[at] for at in order) for row in table.rows))


def find(name: str) -> Query:
    """Give the named query, or the one in a ``.rq`` file.

    :raises NotFoundError: if there is neither; the message lists names that come near.
    """
    path = Path(name)
    if path.suffix == ".rq":
        if not path.is_file():
            raise NotFoundError(f"no query file at {path}; check the path", f"没有查询文件 {path}，请检查路径")
        try:
            return parse(path.stem, path.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            raise InputError(
                f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8",
                f"{path} 不是 UTF-8 文本（第 {error.start} 字节），请另存为 UTF-8",
            ) from error
    shipped = resource("queries") / f"{name}.rq"
    if re.fullmatch(r"[a-z0-9-]+", name) and shipped.is_file():
        return parse(name, shipped.read_text(encoding="utf-8"))
    import difflib

    near = difflib.get_close_matches(name, named_queries(), n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "plan-graph queries lists them"
    raise NotFoundError(
        f"there is no query named {name!r}; {hint}",
        f"没有名为 {name!r} 的查询" + (f"，是不是 {'、'.join(near)}？" if near else "，plan-graph queries 可列出全部"),
    )


def bind(query: Query, values: Mapping[str, str]) -> str:
    """Write parameter values into a query's text.

    :raises InputError: for an unknown parameter, a missing required one, or a value not of its type.
    """
    known = {p.name: p for p in query.parameters}
    for name in values:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise InputError(
                f"query {query.name} takes no parameter {name!r} (its parameters: {listed})",
                f"查询 {query.name} 没有参数 {name!r}（可用参数：{listed}）",
            )
    terms: dict[str, str] = {}
    slots = set(_SLOT.findall(query.sparql))
    for parameter in query.parameters:
        if parameter.name not in values:
            if parameter.required:
                raise InputError(
                    f"query {query.name} needs --param {parameter.name}=… ({parameter.zh}, {parameter.en})",
                    f"查询 {query.name} 需要 --param {parameter.name}=…（{parameter.zh}）",
                )
            continue
        if parameter.name not in slots:
            raise InputError(
                f"query {query.name} has no VALUES ?{parameter.name} {{ UNDEF }} for its parameter; write it in",
                f"查询 {query.name} 缺少参数所需的 VALUES ?{parameter.name} {{ UNDEF }}，请补上",
            )
        terms[parameter.name] = _term(parameter, values[parameter.name])
    # one pass over the text as written: what a value holds is never searched for another's place
    return _SLOT.sub(lambda m: f"VALUES ?{m[1]} {{ {terms[m[1]]} }}" if m[1] in terms else m[0], query.sparql)


def bind_each(query: Query, name: str, values: Iterable[str]) -> str:
    """Write several values of one parameter into a query's text: the question of each of them, asked at once.

    The first column says of which value a row is; among the rows of one value the order is that of the query.

    :raises InputError: for a value not of its type.
    """
    (parameter,) = (one for one in query.parameters if one.name == name)
    listed = " ".join(_term(parameter, one) for one in values)
    text = _SLOT.sub(lambda m: f"VALUES ?{name} {{ {listed} }}" if m[1] == name else m[0], query.sparql)
    return _SELECT.sub(lambda m: f"{m[0]}?{name} ", text, count=1)


_SELECT = re.compile(r"^SELECT (?:DISTINCT )?", re.MULTILINE)


def _term(parameter: Parameter, value: str) -> str:
    value = value.strip()
    if value and parameter.kind in ("text", "word"):
        quoted = "".join(_ESCAPES.get(c, c) for c in value)
        return f'"{quoted}"@zh' if parameter.kind == "text" else f'"{quoted}"'
    if parameter.kind == "year" and re.fullmatch(r"\d{4}", value):  # ２０１６ is a year too
        return f'"{int(value):04}"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    if parameter.kind == "integer" and re.fullmatch(r"\d{1,9}", value):
        return str(int(value))
    if parameter.kind == "iri" and re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value):
        return f"<{value}>"
    raise InputError(
        f"parameter {parameter.name}={value!r} is not of type {parameter.kind}; {parameter.en}",
        f"参数 {parameter.name}={value!r} 类型不符（应为 {parameter.kind}：{parameter.zh}）",
    )


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def run(store: object, sparql: str) -> Table:
    """Ask a SELECT or ASK query of a pyoxigraph store, or of an endpoint (``Remote``), over the union of its graphs.

    :raises InputError: for a query that does not parse or cannot be evaluated, or that is neither SELECT nor ASK, in
        one sentence.
    """
    import pyoxigraph as ox

    assert isinstance(store, Asked)
    try:
        answer = store.query(sparql, use_default_graph_as_union=True)
        if isinstance(answer, ox.QueryBoolean):
            return Table(("answer",), ((bool(answer),),))
        if not isinstance(answer, ox.QuerySolutions):
            raise InputError(
                "only SELECT and ASK queries give a table; rewrite the CONSTRUCT or DESCRIBE",
                "只有 SELECT 与 ASK 查询能得到表格，请改写 CONSTRUCT 或 DESCRIBE",
            )
        columns = tuple(v.value for v in answer.variables)
        return Table(columns, tuple(tuple(map(value_of, row)) for row in answer))
    except InputError:
        raise
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        why = why if len(why) <= _LONGEST else why[:_LONGEST] + "…"  # a parser may list every token it knows
        raise InputError(f"the query cannot be run: {why}", f"查询无法运行：{why}") from error


_LONGEST = 200
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"
_WHOLE = frozenset({"integer", "nonNegativeInteger", "int", "long", "gYear"})
_PARTS = frozenset({"decimal", "double", "float"})


def value_of(term: object) -> object:
    """Give a term as a plain value: a number, true or false, text; an IRI as its text, nothing for an unbound one."""
    literal, named = _classes()
    if isinstance(term, named):
        return term.value
    if isinstance(term, literal):
        text = term.value
        kind = "" if term.language else term.datatype.value.rpartition("#")[2]
        if kind == "string":
            return text
        if kind in _WHOLE and (text.isdecimal() or re.fullmatch(r"[+-]?\d+", text)):
            return int(text)
        if kind in _PARTS and re.fullmatch(_NUMBER, text):
            return float(text)
        return text in ("true", "1") if kind == "boolean" else text
    return None if term is None else str(term)


@functools.cache
def _classes() -> tuple[type[Any], type[Any]]:
    import pyoxigraph as ox

    return ox.Literal, ox.NamedNode
