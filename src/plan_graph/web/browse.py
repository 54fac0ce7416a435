"""Pages: which language a visitor speaks, and pages that are the same until the graph changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from plan_graph.web import linked
from plan_graph.web.endpoint import ask
from plan_graph.web.fresh import NEGOTIATED, freshness, unchanged
from plan_graph.web.job import Job
from plan_graph.web.language import LANGUAGES, language
from plan_graph.web.named import Answers
from plan_graph.web.pages.registry import ADDRESSES, as_json
from plan_graph.web.representation import HTML, JSON, choose


def page(view: str) -> Callable[[Request], Awaitable[Response]]:
    """Make the handler of the addresses of a view; who prefers JSON gets that, where the page has it."""

    data = as_json(view)

    async def handler(request: Request) -> Response:
        lang = language(request)
        path = linked.sent(request.scope)
        made, arguments = view, {**request.path_params, "sent": path}
        if data and choose(request.headers.get("accept", ""), {"json": JSON}, HTML) == JSON:
            made, arguments = data, {**arguments, "form": "json"}
        fresh = {
            **freshness(request, NEGOTIATED, lang, path, request.url.query, made),
            "Content-Language": lang,
            **linked.page_headers(request, view),
        }
        if made != view:
            fresh["Content-Location"] = f"{path}.json" + (f"?{request.url.query}" if request.url.query else "")
        if unchanged(request, fresh):
            return Response(status_code=304, headers=fresh)
        job = Job(
            "page",
            {
                "view": made,
                "path": request.url.path,
                "arguments": arguments,
                "parameters": request.query_params.multi_items(),
                "lang": lang,
            },
        )
        answer = await ask(request, job)
        if answer.status_code == 200:
            answer.headers.update(fresh)
        return answer

    return handler


async def switch_language(request: Request) -> Response:
    """Remember the language a visitor chose, and go back to the page it was chosen on."""
    to = request.query_params.get("to", "")
    back = request.query_params.get("back", "/")
    answer = RedirectResponse(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)
    if to in LANGUAGES:
        answer.set_cookie("lang", to, max_age=31_536_000, samesite="lax")
    return answer


def routes() -> list[BaseRoute]:
    """Give the routes of all pages, and of the data about what they show."""
    pages = [Route(address, page(name), name=name) for name, address in ADDRESSES.items()]
    return [Route("/language", switch_language), Answers(), *linked.routes(pages), *pages]
