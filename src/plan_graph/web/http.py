"""What all answers over HTTP have in common: headers, errors in the form asked for, bodies sent from files."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Mapping, Sequence

from pyoxigraph import serialize
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from plan_graph.graph.statements.retired import retirements
from plan_graph.graph.statements.service import failure
from plan_graph.web.language import language
from plan_graph.web.negotiation import best
from plan_graph.web.pages.problem import problem_page
from plan_graph.web.pages.visit import Visit
from plan_graph.web.pool import Answer
from plan_graph.web.representation import RDF, encoded
from plan_graph.web.sparql.results import TRIPLES

_PIECE = 1 << 16
_PROBLEM = "application/problem+json"


class TooLargeError(Exception):
    """A body longer than a request may have."""


async def body_of(request: Request, at_most: int) -> bytes:
    """Read the body of a request.

    :raises TooLargeError: as soon as it is longer than ``at_most`` bytes.
    """
    made = bytearray()
    async for piece in request.stream():
        made += piece
        if len(made) > at_most:
            raise TooLargeError
    return bytes(made)


async def until_gone(request: Request) -> None:
    """Wait until the client has closed its connection; the body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def send(answer: Answer, headers: Mapping[str, str] | None = None) -> Response:
    """Send what a worker wrote: at once where it is short, else piece by piece as the client takes it."""
    reply, file = answer.reply, answer.file
    length = len(answer.content) if file is None else os.fstat(file.fileno()).st_size
    every = {"Content-Type": reply.media_type, **reply.headers, **(headers or {})}
    if length <= _PIECE:
        return Response(answer.content, reply.status, every)
    return StreamingResponse(_pieces(answer), reply.status, {**every, "Content-Length": str(length)})


async def _pieces(answer: Answer) -> AsyncIterator[bytes]:
    if answer.file is None:
        for at in range(0, len(answer.content), _PIECE):
            yield answer.content[at : at + _PIECE]
        return
    with answer.file as file:
        at = 0
        while piece := os.pread(file.fileno(), _PIECE, at):
            yield piece
            at += len(piece)
            await asyncio.sleep(0)


def problem(
    request: Request,
    status: int,
    reason: str,
    en: str,
    zh: str,
    headers: Mapping[str, str] | None = None,
    gone: tuple[str, Sequence[tuple[str, str, str, str]]] | None = None,
) -> Response:
    """Say what is wrong in one sentence: RFC 9457 JSON, a page for a browser, RDF, or plain text.

    ``request.state.media`` is the form the address asked for, where that is not left to Accept. ``gone`` is the IRI of
    a resource whose place others took: IRI, address here, name in Chinese and in English of each; the address is told
    in ``Link`` too, as ``successor-version`` (RFC 5829).
    """
    itself, others = gone or ("", ())
    offered = ("text/plain", _PROBLEM, "application/json", "text/html", *RDF.values())
    media = getattr(request.state, "media", None) or best(request.headers.get("accept", ""), offered) or "text/plain"
    every = {"Plan-Graph-Reason": reason, "Vary": "Accept", **(headers or {})}
    if others:
        every["Link"] = ", ".join(f'<{encoded(address)}>; rel="successor-version"' for _, address, *_ in others)
    if media in RDF.values():
        triples = failure(f"{request.base_url}{request.url.path[1:]}", status, en, zh)
        triples += retirements([(itself, [iri for iri, *_ in others])]) if others else []
        return Response(serialize(triples, format=TRIPLES[media]), status, every, media)
    if "json" in media:
        told = {"type": "about:blank", "title": reason, "status": status, "detail": en, "detail_zh": zh}
        told |= {"replaced_by": [iri for iri, *_ in others]} if others else {}
        content = json.dumps(told, ensure_ascii=False)
        return Response(content + "\n", status, every, media)
    if media == "text/html":
        visit = Visit(request.url.path, {}, request.query_params.multi_items(), language(request))
        replaced = [(address, visit.t(*names)) for _, address, *names in others]
        build = str(request.app.state.pool.known["build"])
        raw, query = request.scope.get("raw_path", b"/").decode("latin-1"), request.url.query
        again = f"/{raw.lstrip('/')}{query and '?'}{query}" if request.method == "GET" else ""
        page = problem_page(visit, build, status, visit.t(zh, en), replaced=replaced, again=again)
        said = {"Content-Language": visit.lang, "Vary": "Accept, Accept-Language, Cookie"}
        return Response(page, status, {**every, **said}, media)
    here = "".join(f"{request.base_url}{address[1:]}\n" for _, address, *_ in others)
    return Response(f"{en}\n{zh}\n{here}", status, every, media)
