"""Named queries at addresses of their own: ``/query/tasks`` as a page, ``/query/tasks.csv?year=2016`` as data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from plan_graph.web.endpoint import ask
from plan_graph.web.fresh import NEGOTIATED, freshness, unchanged
from plan_graph.web.http import problem
from plan_graph.web.job import Job
from plan_graph.web.representation import HTML, OF_QUERIES, choose, split, suffix_of


class Answers(BaseRoute):
    """Requests for the answer of a named query as data, by suffix or by Accept; pages are left to others."""

    prefix = "/query/"

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take what is for a named query and asks for something other than a page."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return Match.NONE, {}
        stem, suffix = split(scope["path"], OF_QUERIES)
        name = stem.removeprefix(self.prefix)
        if not stem.startswith(self.prefix) or not name or "/" in name:
            return Match.NONE, {}
        media = OF_QUERIES[suffix] if suffix else choose(Request(scope).headers.get("accept", ""), OF_QUERIES, HTML)
        found = {"query_name": name, "media": media, "suffix": suffix}
        return (Match.NONE, {}) if media == HTML else (Match.FULL, found)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        answer = await _answer(request, scope["query_name"], scope["media"], scope["suffix"])
        await answer(scope, receive, send)


async def _answer(request: Request, name: str, media: str | None, suffix: str | None) -> Response:
    if media is None:
        offered = ", ".join((HTML, *OF_QUERIES.values()))
        en = f"a named query is answered as {offered}; ask for one of them in Accept, or by its suffix"
        zh = f"命名查询的格式有 {offered}；请在 Accept 中选择其一，或使用后缀"
        return problem(request, 406, "not-acceptable", en, zh)
    form = suffix_of(media, OF_QUERIES) or "csv"
    fresh = freshness(request, "Accept" if suffix else NEGOTIATED, "query", name, form, request.url.query)
    query = f"?{request.url.query}" if request.url.query else ""
    others = [
        f'<{Answers.prefix}{name}.{one}{query}>; rel="alternate"; type="{kind}"' for one, kind in OF_QUERIES.items()
    ]
    fresh["Link"] = ", ".join([f'<{Answers.prefix}{name}{query}>; rel="canonical"', *others])
    if suffix is None:
        fresh["Content-Location"] = f"{Answers.prefix}{name}.{form}{query}"
    if unchanged(request, fresh):
        return Response(status_code=304, headers=fresh)
    parameters = request.query_params.multi_items()
    answer = await ask(request, Job("named", {"name": name, "form": form, "parameters": parameters}))
    if answer.status_code == 200:
        answer.headers.update(fresh)
    return answer
