"""``/reconcile`` over HTTP: manifest, batches, extension, suggestions, flyouts, previews; open to pages of all origins.

``callback=NAME`` wraps an answer to GET as JSONP, for clients older than CORS; NAME is letters, digits, ``_ . $``.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from plan_graph.web.endpoint import ask
from plan_graph.web.fresh import NEGOTIATED
from plan_graph.web.http import TooLargeError, body_of, problem
from plan_graph.web.job import Job
from plan_graph.web.language import language
from plan_graph.web.sparql.request import FORM, BadRequestError, pairs

_LARGEST = 4 * 1024**2  # bytes of a batch, percent-encoded
_CALLBACK = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.]{0,99}")
_ASKED = ("queries", "extend")
_KINDS = ("entity", "type", "property")
_WORDS = ("id", "prefix", "cursor", "type", "limit")
_EMBEDDED = "default-src 'self'; frame-ancestors *; base-uri 'none'; form-action 'none'"


async def endpoint(request: Request) -> Response:
    """Answer a batch of queries or an extension, or describe the service to whoever asks nothing."""
    try:
        given = pairs(request.scope["query_string"])
        if request.method == "POST":
            media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if media != FORM:
                en = f"a batch is posted as {FORM}; name it in Content-Type"
                return problem(request, 415, "media-type", en, f"POST 的 Content-Type 应为 {FORM}")
            given += pairs(await body_of(request, _LARGEST))
    except BadRequestError as error:
        return problem(request, error.status, "bad-request", str(error), error.zh)
    except TooLargeError:
        en = f"a batch may have {_LARGEST:,} bytes, this one has more; send it in parts"
        return problem(request, 413, "too-large", en, f"一批最多 {_LARGEST:,} 字节，此批超出；请分批发送")
    asked = {name: value for name, value in given if name in _ASKED}
    if len(asked) > 1:
        en, zh = "queries and extend are asked one at a time", "queries 与 extend 请分别提交"
        return problem(request, 400, "bad-request", en, zh)
    what = next(iter(asked), "manifest")
    if what == "manifest" and request.method == "POST":
        en, zh = "the form holds neither queries nor extend", "表单中没有 queries，也没有 extend"
        return problem(request, 400, "bad-request", en, zh)
    return await _answer(request, {"what": what, **asked})


def part(what: str) -> Callable[[Request], Awaitable[Response]]:
    """Make the handler of a part of the service that is asked by parameters alone."""

    async def handler(request: Request) -> Response:
        words = {name: request.query_params[name] for name in _WORDS if name in request.query_params}
        answer = await _answer(request, {"what": what, **words, "kind": request.url.path.rpartition("/")[2]})
        if what == "preview":
            answer.headers["Content-Security-Policy"] = _EMBEDDED
        return answer

    return handler


async def _answer(request: Request, asked: dict[str, str]) -> Response:
    callback = request.query_params.get("callback") if request.method != "POST" else None
    if callback is not None and not _CALLBACK.fullmatch(callback):
        en, zh = "the callback is no name of a function", "callback 不是函数名"
        return problem(request, 400, "bad-request", en, zh)
    service = str(request.base_url) + "reconcile"
    job = Job("reconcile", {**asked, "service": service, "lang": language(request)})
    answer = await ask(request, job, packed=callback is None)
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Vary"] = NEGOTIATED
    if callback is None or not answer.headers.get("content-type", "").startswith("application/json"):
        return answer
    script = b"/**/" + callback.encode() + b"(" + await _content(answer) + b");"
    return Response(script, answer.status_code, {"Vary": "Accept"}, "text/javascript; charset=utf-8")


async def _content(answer: Response) -> bytes:
    if not isinstance(answer, StreamingResponse):
        return bytes(answer.body)
    return b"".join(
        [bytes(piece) if not isinstance(piece, str) else piece.encode() async for piece in answer.body_iterator]
    )


def routes() -> list[Route]:
    """Give the routes of the service."""
    parts = (
        *((f"/reconcile/suggest/{kind}", "suggest") for kind in _KINDS),
        *((f"/reconcile/flyout/{kind}", "flyout") for kind in _KINDS),
        ("/reconcile/properties", "properties"),
        ("/reconcile/preview", "preview"),
        ("/reconcile/view", "view"),
    )
    return [
        Route("/reconcile", endpoint, methods=["GET", "POST"]),
        *(Route(address, part(what)) for address, what in parts),
    ]
