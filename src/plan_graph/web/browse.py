"""Pages: in which language, as data where that is preferred, and the same until the graph changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from plan_graph.web import linked
from plan_graph.web.endpoint import ask
from plan_graph.web.fresh import NEGOTIATED, freshness, unchanged
from plan_graph.web.http import problem
from plan_graph.web.job import Job
from plan_graph.web.language import LANGUAGES, language
from plan_graph.web.named import Answers
from plan_graph.web.pages.registry import ADDRESSES, ELSEWHERE, data_of
from plan_graph.web.representation import HTML, choose, suffix_of


def page(view: str) -> Callable[[Request], Awaitable[Response]]:
    """Make the handler of the addresses of a view; who prefers data gets that, in the forms that the page has."""

    data, forms = data_of(view)
    elsewhere, forms = ELSEWHERE.get(view, ("", forms))

    async def handler(request: Request) -> Response:
        lang = language(request)
        path = linked.sent(request.scope)
        made, arguments, form = view, {**request.path_params, "sent": path}, ""
        if not view.endswith(linked.FILES):
            media = choose(request.headers.get("accept", ""), forms, HTML)
            if media is None:
                return _refused(request, elsewhere or path, forms)
            if media != HTML and elsewhere:
                to = f"{elsewhere}.{suffix_of(media, forms)}{_query(request)}"
                return RedirectResponse(to, 303, {"Vary": "Accept"})
            if media != HTML:
                made, form = data, suffix_of(media, forms) or ""
                arguments["form"] = form
        fresh = {
            **freshness(request, NEGOTIATED, lang, path, request.url.query, made, form),
            "Content-Language": lang,
            **linked.page_headers(request, view),
        }
        if made != view:
            fresh["Content-Location"] = f"{path}.{form}{_query(request)}"
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


def _refused(request: Request, path: str, forms: Mapping[str, str]) -> Response:
    offered, query = ", ".join((HTML, *forms.values())), _query(request)
    beside = [f'<{path}.{form}{query}>; rel="alternate"; type="{media}"' for form, media in forms.items()]
    en = f"this page is here as {offered}; ask for one of them in Accept"
    zh = f"此页的格式有 {offered}；请在 Accept 中选择其一"
    return problem(request, 406, "not-acceptable", en, zh, {"Link": ", ".join(beside)} if beside else None)


def _query(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""


async def switch_language(request: Request) -> Response:
    """Remember the language a visitor chose, and go back to the page it was chosen on."""
    to = request.query_params.get("to", "")
    back = request.query_params.get("back", "/")
    answer = RedirectResponse(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)
    if to in LANGUAGES:
        answer.set_cookie("lang", to, max_age=31_536_000, samesite="lax")
    return answer


async def _without_stroke(request: Request) -> Response:
    return RedirectResponse(request.url.path.rstrip("/") + _query(request), 308)


def routes() -> list[BaseRoute]:
    """Give the routes of all pages, and of the data about what they show."""
    pages = [Route(address, page(name), name=name) for name, address in ADDRESSES.items()]
    lists = [address for address in ADDRESSES.values() if "{" not in address and not address.endswith("/")]
    slips = [Route(f"{address}/", _without_stroke) for address in lists if f"{address}/" not in ADDRESSES.values()]
    return [Route("/language", switch_language), *slips, Answers(), *linked.routes(pages), *pages]
