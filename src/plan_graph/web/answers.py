"""The answer of a named query in any of its formats."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from pyoxigraph import QueryBoolean, QuerySolutions

from plan_graph.analysis.rows import with_plans
from plan_graph.errors import InputError
from plan_graph.graph.formats import BINARY, FORMATS
from plan_graph.graph.queries import Query, Table, bind, find, labelled, run
from plan_graph.web.job import Reply
from plan_graph.web.listed import listed
from plan_graph.web.representation import ANSWERS, RDF
from plan_graph.web.site import Site
from plan_graph.web.sparql.results import write_boolean, write_rows

_BESIDE = ("lang", "bom", "page")  # what an address may say besides the parameters of its query


def named(site: Site, name: str) -> Query:
    """Give the named query of this name.

    :raises NotFoundError: if there is none; the message lists names that come near.
    """
    return site.queries.get(name) or find(name)


def values_of(query: Query, parameters: Sequence[Sequence[str]]) -> dict[str, str]:
    """Read the parameters of an address: those that are empty are not given.

    :raises InputError: for a parameter the query does not take, or one that is given twice.
    """
    made: dict[str, str] = {}
    known = [one.name for one in query.parameters]
    for name, value in parameters:
        if name in _BESIDE and name not in known:
            continue
        if name not in known:
            listed = ", ".join(known)
            raise InputError(
                f"the query {query.name} takes no parameter {name!r}" + (f"; it takes {listed}" if listed else ""),
                f"查询 {query.name} 没有参数 {name!r}" + (f"；可用参数：{listed}" if listed else ""),
            )
        if not value.strip():
            continue
        if name in made:
            raise InputError(f"the parameter {name} is given twice; give it once", f"参数 {name} 出现两次，请只给一次")
        made[name] = value.strip()
    return made


def bound(query: Query, values: Mapping[str, str]) -> str:
    """Give the text of a query with its values, as an address gives them.

    :raises InputError: for a missing value, or one not of its type.
    """
    missing = [one for one in query.parameters if one.required and one.name not in values]
    if missing:
        one = missing[0]
        raise InputError(
            f"the query {query.name} needs the parameter {one.name}: {one.en}; add {one.name}=… to its address",
            f"查询 {query.name} 需要参数 {one.name}（{one.zh}），请在地址中加上 {one.name}=…",
        )
    return bind(query, values)


def table(site: Site, query: Query, values: Mapping[str, str]) -> Table:
    """Give the whole answer of a named query.

    :raises InputError: for a missing value, or one not of its type.
    """
    return run(site.store, bound(query, values))


def answer(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the answer of the query ``asked['name']`` in the form ``asked['form']``.

    As RDF it is what the graph states of the resources that the answer names.

    :raises NotFoundError: if there is no query of this name.
    :raises InputError: for parameters that cannot be used.
    """
    query = named(site, asked["name"])
    parameters = asked["parameters"]
    text = bound(query, values_of(query, parameters))
    form = asked["form"]
    if form in RDF:
        cells = (cell for row in run(site.store, text).rows for cell in row)
        iris = (cell for cell in cells if isinstance(cell, str) and cell.startswith(site.base))
        content, media, headers = listed(site, iris, form)
        out.write(content)
        return Reply(200, media, {**headers, **_named(query, form)})
    media = ANSWERS[form]
    if form == "rq":
        out.write(text.encode())
        return Reply(200, media + "; charset=utf-8", _named(query, form))
    if form in ("srj", "srx"):
        return _standard(site, text, media, out, _named(query, form))
    made = run(site.store, text)
    if form == "xlsx":  # people read it: as the command line writes it
        made = labelled(with_plans(made, len(site.plans) > 1))
    marked = form in ("csv", "tsv") and any(name == "bom" and value == "1" for name, value in parameters)
    out.write((codecs.BOM_UTF8 if marked else b"") + FORMATS[form](made))
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Reply(200, media + charset, {"Plan-Graph-Rows": str(len(made.rows)), **_named(query, form)})


def _standard(site: Site, text: str, media: str, out: BinaryIO, headers: Mapping[str, str]) -> Reply:
    found = site.store.query(text, use_default_graph_as_union=True)
    if isinstance(found, QueryBoolean):
        write_boolean(media, bool(found), out)
        return Reply(200, media, headers)
    assert isinstance(found, QuerySolutions)
    variables = [variable.value for variable in found.variables]
    written = write_rows(media, variables, found, out, site.limits.max_rows, site.limits.max_bytes)
    cut = {"Plan-Graph-Truncated": written.cut} if written.cut else {}
    return Reply(200, media, {"Plan-Graph-Rows": str(written.rows), **cut, **headers})


def _named(query: Query, form: str) -> dict[str, str]:
    how = "attachment" if form in BINARY else "inline"
    return {"Content-Disposition": f'{how}; filename="{query.name}.{form}"'}
