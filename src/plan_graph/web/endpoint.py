"""/sparql: requests of the SPARQL 1.1 Protocol, handed to workers; what workers say, sent as HTTP."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from plan_graph.web.fresh import NEGOTIATED
from plan_graph.web.http import TooLargeError, body_of, problem, send, until_gone
from plan_graph.web.job import Job
from plan_graph.web.language import language
from plan_graph.web.negotiation import best, takes_gzip
from plan_graph.web.pool import Answer, Pool, UnansweredError
from plan_graph.web.representation import HTML
from plan_graph.web.sparql.request import Asked, BadRequestError, asked, asked_by_post, pairs
from plan_graph.web.sparql.results import SOLUTIONS, TRIPLES

_FOR_FORM = 3  # percent-encoding makes three bytes of one


async def sparql(request: Request) -> Response:
    """Answer a query: with its result, or for a browser with a page that shows it."""
    pool: Pool = request.app.state.pool
    limit = pool.limits.max_query
    try:
        url = pairs(request.scope["query_string"])
        if request.method == "POST":
            content = await body_of(request, limit * _FOR_FORM)
            question = asked_by_post(request.headers.get("content-type", ""), url, content)
        else:
            question = asked(url)
    except BadRequestError as error:
        return problem(request, error.status, "bad-request", str(error), error.zh)
    except TooLargeError:
        return _too_large(request, limit)
    if len(question.query.encode()) > limit:
        return _too_large(request, limit)
    if question.media is None and best(request.headers.get("accept", ""), (*SOLUTIONS, *TRIPLES, HTML)) == HTML:
        return await _page(request, question)
    return await ask(request, _job(request, question))


async def _page(request: Request, question: Asked) -> Response:
    """Answer a query with a page, for a browser."""
    lang = language(request)
    shown = {
        "path": request.url.path,
        "parameters": request.query_params.multi_items(),
        "lang": lang,
        **_job(request, question).arguments,
    }
    answer = await ask(request, Job("result", shown))
    answer.headers.update({"Content-Language": lang, "Vary": NEGOTIATED})
    return answer


def _job(request: Request, question: Asked) -> Job:
    accept = question.media or request.headers.get("accept", "")
    return Job(
        "sparql",
        {
            "query": question.query,
            "default": question.default,
            "named": question.named,
            "accept": accept,
            "base": str(request.url.replace(query="")),
        },
    )


async def ask(request: Request, job: Job, *, packed: bool = True) -> Response:
    """Have a worker do a job while the client waits; a client that goes takes its job along.

    The answer is compressed where the client takes that, unless it is not to be ``packed``.
    """
    pool: Pool = request.app.state.pool
    packed = packed and takes_gzip(request.headers.get("accept-encoding", ""))
    job = replace(job, packed=packed)
    asking = asyncio.create_task(pool.ask(job))
    gone = asyncio.create_task(until_gone(request))
    try:
        await asyncio.wait({asking, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            asking.cancel()
            return Response(status_code=499)  # nobody reads it
        return _answered(request, asking.result())
    except UnansweredError as error:
        retry = {} if error.retry is None else {"Retry-After": str(error.retry)}
        return problem(request, error.status, error.reason, str(error), error.zh, {**retry, **dump(request)})
    finally:
        gone.cancel()
        if not asking.done():
            asking.cancel()


def _answered(request: Request, answer: Answer) -> Response:
    reply = answer.reply
    if reply.media_type == "error":
        en, _, zh = answer.content.decode().partition("\n")
        gone = json.loads(reply.headers.get("Plan-Graph-Gone", "null"))
        return problem(request, reply.status, reply.headers["Plan-Graph-Reason"], en, zh, gone=gone)
    truncated = dump(request) if "Plan-Graph-Truncated" in reply.headers else {}
    return send(answer, {"Vary": "Accept, Accept-Encoding", **truncated})


def dump(request: Request) -> dict[str, str]:
    """Give the header that says where all data is."""
    return {"Link": f'<{request.base_url}dump.nq>; rel="alternate"; type="application/n-quads"'}


def _too_large(request: Request, limit: int) -> Response:
    en = f"a query may have {limit:,} bytes, this one has more; shorten it, or ask in parts"
    zh = f"查询最多 {limit:,} 字节，此查询超出；请缩短或分次查询"
    return problem(request, 413, "too-large", en, zh)
