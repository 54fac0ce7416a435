"""The read API of the service in OpenAPI 3.1: what can be asked, where, in which forms.

Which pages have their tables as files is read from the routes of the service, which resources there are from the
patterns of their IRIs; examples are resources of the release, so that every operation can be tried as it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from plan_graph import __version__
from plan_graph.graph.queries import named_queries
from plan_graph.iri import Base
from plan_graph.publish.release import Release
from plan_graph.reports.words import Words
from plan_graph.web.pages.registry import ADDRESSES, LISTS, TABLES
from plan_graph.web.representation import OF_QUERIES, RDF
from plan_graph.web.search.media import MEDIA
from plan_graph.web.sparql.results import SOLUTIONS

FILE = "openapi.json"
_LISTS: Mapping[str, Words] = {
    "tasks-file": Words("任务清单", "tasks"),
    "bodies-file": Words("机构清单", "bodies"),
    "places-file": Words("地区清单", "places"),
    "themes-file": Words("主题清单", "themes"),
    "plans-file": Words("计划清单", "plans"),
    "documents-file": Words("文件清单", "documents"),
}
# kind of resource → address of its description, and what it is
_RESOURCES: Mapping[str, tuple[str, Words]] = {
    "task": ("/task/{document}/{task}", Words("一项任务", "a task")),
    "body": ("/body/{area}/{id}", Words("一个机构", "a body")),
    "collective": ("/collective/{area}/{id}", Words("一个集合称谓", "a collective")),
    "place": ("/place/{code}", Words("一个地区", "a place")),
    "plan": ("/plan/{document}", Words("一个计划", "a plan")),
    "document": ("/document/{document}", Words("一份文件", "a document")),
    "target": ("/target/{document}/{task}/{number}", Words("一个量化目标", "a target")),
    "participation": (
        "/participation/{document}/{task}/{participation}",
        Words("一项参与", "a participation"),
    ),
    "tie": ("/tie/{period}/{left}/{right}", Words("两机构之间的联系", "a tie between two bodies")),
}
_FILES = {"task": "task-file", "body": "body-file", "collective": "collective-file", "place": "place-file"}


def write_openapi(release: Release, folder: Path) -> list[Path]:
    """Write ``openapi.json``."""
    content = json.dumps(openapi(release), ensure_ascii=False, indent=1) + "\n"
    (folder / FILE).write_text(content, encoding="utf-8")
    return [Path(FILE)]


def openapi(release: Release) -> dict[str, Any]:
    """Describe the service over a release."""
    server = release.endpoint.removesuffix("sparql") or "http://127.0.0.1:8080/"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{release.title.zh} {release.title.en}",
            "description": f"{release.description.zh}\n\n{release.description.en}",
            "version": __version__,
            **({"license": {"name": "data", "url": release.licence}} if release.licence else {}),
        },
        "servers": [{"url": server.rstrip("/")}],
        "paths": {**_questions(), **_lists(), **_resources(release), **_whole()},
        "components": {
            "schemas": {
                "Problem": {
                    "description": "what was wrong and what to do (RFC 9457)",
                    "type": "object",
                    "properties": {
                        **{name: {"type": "string"} for name in ("type", "title", "detail", "detail_zh")},
                        "status": {"type": "integer"},
                    },
                }
            }
        },
    }


def _operation(
    name: str, words: Words, media: Sequence[str], parameters: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """Give one operation of GET: what it answers with, as which media types, or a problem."""
    stated = {"schema": {"$ref": "#/components/schemas/Problem"}}
    problem: dict[str, Any] = {"application/problem+json": stated, "application/json": stated, "text/plain": {}}
    return {
        "operationId": name,
        "summary": f"{words.zh} {words.en}",
        "parameters": list(parameters),
        "responses": {
            "200": {"description": f"{words.zh} {words.en}", "content": {one: {} for one in media}},
            "default": {"description": "问题 a problem", "content": problem},
        },
    }


def _in(where: str, name: str, example: str, words: str = "", options: Sequence[str] = ()) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name, "in": where, "required": where == "path", "example": example}
    if words:
        made["description"] = words
    made["schema"] = {"type": "string", **({"enum": list(options)} if options else {})}
    return made


def _form(forms: Mapping[str, str]) -> dict[str, Any]:
    return _in("path", "format", next(iter(forms)), "格式 form of the answer", tuple(forms))


def _media(forms: Mapping[str, str]) -> list[str]:
    return [media.partition(";")[0] for media in forms.values()]


def _questions() -> dict[str, Any]:
    """Give what takes a question: SPARQL, named queries, search, names completed."""
    query = "SELECT * { ?s ?p ?o } LIMIT 1"
    sparql = _operation(
        "sparql",
        Words("SPARQL 1.1 查询", "a query in SPARQL 1.1"),
        (*SOLUTIONS, *RDF.values()),
        [{**_in("query", "query", query), "required": True}],
    )
    names = sorted(named_queries())
    search = [
        _in("query", "q", "财政", "关键词 words"),
        _in("query", "kind", "task", "类别 kind of resource"),
        {**_in("query", "page", "1", "页 page"), "schema": {"type": "integer", "minimum": 1}, "example": 1},
        _form(MEDIA),
    ]
    return {
        "/sparql": {"get": sparql},
        "/query/{name}.{format}": {
            "get": _operation(
                "query",
                Words(
                    "命名查询的结果；查询各有参数，见 /queries",
                    "the answer of a named query; parameters are at /queries",
                ),
                _media(OF_QUERIES),
                [_in("path", "name", "plans", "查询名 name of the query", names), _form(OF_QUERIES)],
            )
        },
        "/search.{format}": {"get": _operation("search", Words("检索", "search by words"), _media(MEDIA), search)},
        "/suggest": {
            "get": _operation(
                "suggest",
                Words("补全名称", "names completed"),
                ("application/json", "application/x-suggestions+json"),
                [_in("query", "q", "财政")],
            )
        },
        "/reconcile": {
            "get": _operation(
                "reconcile",
                Words("名称对照服务（Reconciliation Service API 0.2）", "reconciliation of names (API 0.2)"),
                ("application/json",),
            )
        },
    }


def _lists() -> dict[str, Any]:
    return {
        _template(ADDRESSES[name]): {
            "get": _operation(name.removesuffix("-file"), words, _media(LISTS), [_form(LISTS)])
        }
        for name, words in _LISTS.items()
    }


def _template(address: str) -> str:
    """Write the address of a route as OpenAPI does.

    >>> _template("/tasks.{form:listed}")
    '/tasks.{format}'
    """
    return re.sub(r"\{form(?::\w+)?\}", "{format}", address)


def _resources(release: Release) -> dict[str, Any]:
    """Give the description of each kind of resource the release has one of, with that as example."""
    base = Base(release.base)
    examples: dict[str, str] = {}
    for iri in sorted({quad.subject.value for quad in release.store if isinstance(quad.subject, NamedNode)}):
        try:
            kind = base.parse(iri)[0]
        except ValueError:
            continue
        local = f"/{iri[len(release.base) :]}"
        if kind in _RESOURCES and kind not in examples and local.count("/") == _RESOURCES[kind][0].count("/"):
            examples[kind] = local
    made = {}
    for kind, (address, words) in _RESOURCES.items():
        if kind not in examples:
            continue
        forms = {**RDF, **(TABLES if kind in _FILES else {})}
        values = zip(re.findall(r"\{(\w+)\}", address), examples[kind].split("/")[2:], strict=True)
        parameters = [_in("path", name, value) for name, value in values]
        made[f"{address}.{{format}}"] = {"get": _operation(kind, words, _media(forms), [*parameters, _form(forms)])}
    return made


def _whole() -> dict[str, Any]:
    """Give what is of the dataset as a whole, and of the service."""
    return {
        "/void.{format}": {
            "get": _operation(
                "void", Words("数据集的说明（VoID）", "what the dataset is (VoID)"), _media(RDF), [_form(RDF)]
            )
        },
        "/ns.{format}": {
            "get": _operation("ontology", Words("本体", "the ontology"), _media(LISTS), [_form({**RDF, **TABLES})])
        },
        "/context.jsonld": {
            "get": _operation("context", Words("JSON-LD 的上下文", "the context of JSON-LD"), ("application/ld+json",))
        },
        "/dump.nq": {"get": _operation("dump", Words("全部四元组", "all quads"), ("application/n-quads",))},
        "/dump.nq.gz": {
            "get": _operation("packed", Words("全部四元组（压缩）", "all quads, packed"), ("application/gzip",))
        },
        "/health": {
            "get": _operation(
                "health", Words("服务状态与限制", "state and limits of the service"), ("application/json",)
            )
        },
    }
