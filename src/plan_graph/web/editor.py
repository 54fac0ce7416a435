"""/sparql as a whole: the editor and the Service Description where no query is asked, else the protocol."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from plan_graph.web.browse import page
from plan_graph.web.endpoint import ask, sparql
from plan_graph.web.fresh import NEGOTIATED, freshness, unchanged
from plan_graph.web.job import Job
from plan_graph.web.representation import HTML, RDF, choose

_editor = page("sparql")


async def at_sparql(request: Request) -> Response:
    """Answer what is asked at /sparql; who takes anything and asks no query gets the Service Description."""
    named = request.query_params
    if request.method == "POST" or "query" in named or "update" in named:
        return await sparql(request)
    media = choose(request.headers.get("accept") or "*/*", {**RDF, "html": HTML})
    if media is None:
        return await sparql(request)
    return await (_editor(request) if media == HTML else _service(request, media))


async def _service(request: Request, media: str) -> Response:
    url = str(request.base_url)
    fresh = {
        **freshness(request, NEGOTIATED, "service", media, url),
        "Link": f'<{url}.well-known/void>; rel="describedby"',
    }
    if unchanged(request, fresh):
        return Response(status_code=304, headers=fresh)
    answer = await ask(request, Job("service", {"media": media, "url": url}))
    if answer.status_code == 200:
        answer.headers.update(fresh)
    return answer
