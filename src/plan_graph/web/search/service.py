"""Search over HTTP: ``/search`` in any format, ``/suggest`` while somebody types, and what tells browsers of both."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from plan_graph.web.browse import page
from plan_graph.web.endpoint import ask
from plan_graph.web.fresh import freshness, unchanged
from plan_graph.web.http import problem
from plan_graph.web.job import Job
from plan_graph.web.language import language
from plan_graph.web.negotiation import best
from plan_graph.web.search.media import MEDIA

_HTML = "text/html"
_BY_MEDIA = {media.split(";")[0]: name for name, media in MEDIA.items()}


async def search(request: Request) -> Response:
    """Answer a search as a page, or in the format that the suffix or Accept asks for."""
    wanted = request.path_params.get("format")
    if wanted is None:
        offered = (_HTML, *_BY_MEDIA)
        media = best(request.headers.get("accept", ""), offered)
        if media is None:
            en = f"a search can be answered as {', '.join(offered)}; ask for one of them in Accept"
            return problem(request, 406, "not-acceptable", en, f"检索结果的格式有 {'、'.join(offered)}")
        if media == _HTML:
            return await page("search")(request)
        wanted = _BY_MEDIA[media]
    if wanted not in MEDIA:
        return problem(
            request, 404, "not-found", f"a search is answered as {', '.join(MEDIA)}", f"检索结果可为 {'、'.join(MEDIA)}"
        )
    given = request.query_params
    asked = {"q": given.get("q", ""), "kind": given.get("kind", ""), "page": given.get("page") or "1"}
    fresh = freshness(request, "Accept", wanted, request.url.path, request.url.query)
    if unchanged(request, fresh):
        return Response(status_code=304, headers=fresh)
    answer = await ask(request, Job("search", {**asked, "format": wanted}))
    if answer.status_code == 200:
        answer.headers.update(fresh)
    return answer


async def suggest(request: Request) -> Response:
    """Complete a name."""
    asked = {"q": request.query_params.get("q", ""), "lang": language(request), "base": str(request.base_url)}
    answer = await ask(request, Job("suggest", asked))
    answer.headers["Cache-Control"] = "private, max-age=60"
    answer.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    return answer


async def description(request: Request) -> Response:
    """Describe the search to browsers (OpenSearch 1.1), so that it can be added to them."""
    base = str(request.base_url)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "<ShortName>plan-graph</ShortName>\n"
        "<Description>政府计划中的任务、机构、地区、文件 tasks, bodies, places and documents of plans</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f"<Url type={quoteattr('text/html')} template={quoteattr(base + 'search?q={searchTerms}')}/>\n"
        f'<Url type="application/json" template={quoteattr(base + "search.json?q={searchTerms}")}/>\n'
        f'<Url type="application/x-suggestions+json" template={quoteattr(base + "suggest?q={searchTerms}")}/>\n'
        "</OpenSearchDescription>\n"
    )
    return Response(content, media_type="application/opensearchdescription+xml")


def routes() -> list[Route]:
    """Give the routes of the search."""
    return [
        Route("/search", search),
        Route("/search.{format}", search),
        Route("/suggest", suggest),
        Route("/opensearch.xml", description),
    ]
