"""A query of a stranger over the graph: refused if it reaches outside it, else answered within the limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from plan_graph.errors import InputError
from plan_graph.iri import PREFIXES
from plan_graph.web.job import Reply
from plan_graph.web.negotiation import NotAcceptableError, best
from plan_graph.web.site import Site
from plan_graph.web.sparql.results import SOLUTIONS, TRIPLES, Written, write_boolean, write_rows, write_triples
from plan_graph.web.sparql.tokens import clauses, in_order, position

_LONGEST = 300
_DEEPEST = 100  # brackets in brackets: a parser that calls itself has an end
_UPDATE = re.compile(
    r"(?:\s|#[^\n]*\n|(?:PREFIX|BASE)\b[^<]*<[^>]*>)*(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.I,
)


class QueryError(InputError):
    """A query that cannot be answered; ``line`` and ``column`` say where in it, both from 1, where that is known."""

    def __init__(self, message: str, zh: str, place: tuple[int, int] | None = None) -> None:
        super().__init__(message, zh)
        self.line = place[0] if place else None
        self.column = place[1] if place else None


class RefusedError(QueryError):
    """A query that asks for something which is not done here."""


def evaluate(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Answer ``asked['query']`` over the graphs of ``asked['default']`` and ``asked['named']``.

    Without graphs the query is over all of them together, and GRAPH over each. ``asked['accept']`` chooses the format.

    :raises InputError: if the query does not parse, cannot be evaluated or asks for what is refused.
    :raises NotAcceptableError: if the client takes none of the formats that the query's answer has.
    """
    with answered(site, asked) as answer:
        if isinstance(answer, QueryBoolean):
            media = _choose(asked["accept"], SOLUTIONS)
            write_boolean(media, bool(answer), out)
            return _reply(site, media, Written(1))
        if isinstance(answer, QuerySolutions):
            media = _choose(asked["accept"], SOLUTIONS)
            given = [variable.value for variable in answer.variables]
            names = in_order(asked["query"], given)
            rows = answer if names == given else (tuple(row[name] for name in names) for row in answer)
            written = write_rows(media, names, rows, out, site.limits.max_rows, site.limits.max_bytes)
            return _reply(site, media, written)
        media = _choose(asked["accept"], tuple(TRIPLES))
        written = write_triples(media, answer, PREFIXES, out, site.limits.max_rows, site.limits.max_bytes)
        return _reply(site, media, written)


@contextmanager
def answered(site: Site, asked: Mapping[str, Any]) -> Iterator[QueryBoolean | QuerySolutions | QueryTriples]:
    """Ask a query over its graphs; while the answer is read, what goes wrong is said in one sentence.

    :raises InputError: if the query does not parse, cannot be evaluated or asks for what is refused.
    """
    query = asked["query"]
    default, named = asked.get("default") or [], asked.get("named") or []
    from_clauses = check(query, site.graphs, asked.get("base") or "")
    dataset: dict[str, Any] = {}
    if default or named:
        dataset = {"default_graph": _nodes(default), "named_graphs": _nodes(named)}
    elif not from_clauses:
        dataset = {"use_default_graph_as_union": True}
    try:
        yield site.store.query(query, base_iri=asked.get("base") or None, custom_functions=site.functions, **dataset)
    except (SyntaxError, ValueError, RuntimeError) as error:
        if isinstance(error, InputError):
            raise
        raise _explained(query, error) from error


def check(query: str, graphs: Iterable[str], base: str = "") -> bool:
    """Refuse a query with SERVICE, or FROM a graph that is not served; tell whether it has FROM.

    :raises RefusedError: with the place in the query.
    """
    found = clauses(query, base)
    if found.depth > _DEEPEST:
        raise RefusedError(
            f"the query has brackets {found.depth:,} deep, {_DEEPEST} are allowed; write it flatter",
            f"查询的括号嵌套达 {found.depth:,} 层，上限为 {_DEEPEST} 层，请改写",
        )
    if found.service is not None:
        at = position(query, found.service)
        raise RefusedError(
            f"SERVICE at {at} is refused: this endpoint asks no other; query that one itself",
            f"第 {at} 处的 SERVICE 被拒绝：本端点不向其他端点转发查询，请直接查询该端点",
            _place(at),
        )
    known = frozenset(graphs)
    for graph, begin in found.graphs:
        if graph not in known:
            at = position(query, begin)
            raise RefusedError(
                f"FROM at {at} names a graph that is not served here; GRAPH ?g {{}} lists those that are",
                f"第 {at} 处的 FROM 指定的图不在本数据集中；可用 GRAPH ?g {{}} 列出现有的图",
                _place(at),
            )
    return bool(found.graphs)


def _place(at: str) -> tuple[int, int]:
    line, _, column = at.partition(":")
    return int(line), int(column)


def _nodes(iris: Sequence[str]) -> list[NamedNode]:
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise InputError(f"a graph of the request is no IRI: {error}", f"请求中的图不是 IRI：{error}") from error


def _choose(accept: str, offered: Sequence[str]) -> str:
    media = best(accept, offered)
    if media is None:
        raise NotAcceptableError(
            f"this query can be answered as {', '.join(offered)}; ask for one of them in Accept or with format=",
            f"此查询的结果格式有 {'、'.join(offered)}；请在 Accept 或 format= 中选择其一",
        )
    return media


def _reply(site: Site, media: str, written: Written) -> Reply:
    headers = {"Plan-Graph-Rows": str(written.rows)}
    if written.cut:
        headers["Plan-Graph-Truncated"] = written.cut
        limit = site.limits.max_rows if written.cut == "rows" else site.limits.max_bytes
        headers["Plan-Graph-Limit"] = f"{limit} {written.cut}"
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Reply(200, media + charset, headers)


def _explained(query: str, error: Exception) -> QueryError:
    """Say what Oxigraph found, shortly: it may list every token it knows, which helps nobody."""
    why = " ".join(str(error).split()) or type(error).__name__
    found = re.match(r"error at (\d+):(\d+): expected (.*)", why)
    if found is None:
        why = why if len(why) <= _LONGEST else why[:_LONGEST] + "…"
        return QueryError(f"the query cannot be answered: {why}", f"查询无法执行：{why}")
    if _UPDATE.match(query):
        return RefusedError(
            "this endpoint is read only: it takes SELECT, ASK, CONSTRUCT and DESCRIBE, no update",
            "本端点只读：只接受 SELECT、ASK、CONSTRUCT 与 DESCRIBE，不接受更新",
        )
    line, column = int(found[1]), int(found[2])
    near = (query.splitlines() or [""])[line - 1 : line]
    rest = near[0][column - 1 : column + 19].strip() if near else ""
    place = f"near {rest!r}" if rest else "where it ends"
    place_zh = f"“{rest}”附近" if rest else "查询结尾处"
    return QueryError(
        f"the query is no SPARQL 1.1: it cannot be read at line {line}, column {column}, {place}",
        f"查询不符合 SPARQL 1.1 语法：第 {line} 行第 {column} 列（{place_zh}）无法解析",
        (line, column),
    )
