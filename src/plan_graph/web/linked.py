"""Resources of the graph at their addresses: as pages or as data, by suffix and by Accept, with 303 from /id/.

The IRI of a resource is BASE + ``body/210000/czt``. ``/body/210000/czt`` answers with its page or, where the client
prefers data, with its description and the address of that description in Content-Location;
``/body/210000/czt.ttl`` is that description. ``/id/body/210000/czt`` sends on to one of them with 303.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from plan_graph.iri import Base
from plan_graph.web import addresses
from plan_graph.web.endpoint import ask
from plan_graph.web.fresh import NEGOTIATED, freshness, unchanged
from plan_graph.web.http import problem
from plan_graph.web.job import Job
from plan_graph.web.pages.registry import TABLES, data_of
from plan_graph.web.pool import Pool
from plan_graph.web.representation import HTML, PLAIN, RDF, choose, encoded, split, suffix_of

FORMS = {**RDF, "txt": PLAIN}  # text only of what is one
FILES = ("-file", "-data")  # how the names of addresses of files end
RESOURCE = "resource"  # the name of the page of resources that have none of their own kind


def sent(scope: Scope) -> str:
    """Give the path of a request as it was sent, percent-encoding and all."""
    raw = scope.get("raw_path") or encoded(scope["path"]).encode()
    return str(raw.decode("latin-1").partition("?")[0])


def is_resource(base: str, path: str, page: str | None) -> bool:
    """Tell whether an address is that of a resource; ``page`` is the name of the page that would answer, if any."""
    if page in (None, RESOURCE):
        return path != "/"
    if page.endswith(FILES):
        return False
    for iri in addresses.iris(base, path):
        if not iri.startswith(base):
            return True
        try:
            Base(base).parse(iri)
        except ValueError:
            continue
        return True
    return False


def links(pool: Pool, path: str) -> str:
    """Give the value of the Link header of a resource's representations."""
    stem = encoded(path)
    iri = encoded(next(iter(addresses.iris(pool.known["base"], path)), "")).replace("%23", "#")
    forms = [f'<{stem}.{suffix}>; rel="alternate describedby"; type="{media}"' for suffix, media in RDF.items()]
    licence = pool.known.get("licence")
    return ", ".join(
        [
            f'<{stem}>; rel="alternate"; type="{HTML}"',
            *forms,
            f'<{stem}>; rel="canonical"',
            f'<{iri}>; rel="describes"',
            *([f'<{licence}>; rel="license"'] if licence else []),
        ]
    )


class Data(BaseRoute):
    """Requests for data: an address with the suffix of a form of RDF, or an Accept that prefers one to a page.

    ``pages`` are the routes of the pages, which answer what this one leaves.
    """

    def __init__(self, pages: Sequence[Route]) -> None:
        self.pages = pages

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take what is for a resource and asks for something other than a page."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return Match.NONE, {}
        pool: Pool = scope["app"].state.pool
        stem, suffix = split(sent(scope), FORMS)
        if suffix == "txt" and _text(pool, stem) is None:  # what is named so itself, or nothing
            stem, suffix = sent(scope), None
        page = next((one.name for one in self.pages if one.matches({**scope, "path": stem})[0] is Match.FULL), None)
        if not is_resource(pool.known["base"], stem, page):
            return Match.NONE, {}
        own = data_of(page)[1]
        media = FORMS[suffix] if suffix else _preferred(Request(scope), pool, stem, own)
        if media == HTML or media in own.values():
            return Match.NONE, {}
        return Match.FULL, {"stem": stem, "suffix": suffix, "media": media}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        answer = await _answer(request, scope["stem"], scope["suffix"], scope["media"])
        await answer(scope, receive, send)


def _preferred(request: Request, pool: Pool, path: str, own: Mapping[str, str]) -> str | None:
    first = (PLAIN, HTML) if _text(pool, path) else (HTML,)
    return choose(request.headers.get("accept", ""), {**RDF, **own}, *first)


async def _answer(request: Request, stem: str, suffix: str | None, media: str | None) -> Response:
    pool: Pool = request.app.state.pool
    if media is None:
        offered = ", ".join((HTML, *RDF.values()))
        return problem(
            request,
            406,
            "not-acceptable",
            f"a resource is here as {offered}; ask for one of them in Accept, or by its suffix",
            f"资源的格式有 {offered}；请在 Accept 中选择其一，或使用后缀",
            {"Link": links(pool, stem)},
        )
    request.state.media = media
    text = _text(pool, stem) if media == PLAIN else None
    fresh = {
        **freshness(request, "Accept" if suffix else NEGOTIATED, media, stem, packed=text is None),
        "Link": links(pool, stem),
    }
    if suffix is None and media in RDF.values():
        fresh["Content-Location"] = f"{stem}.{suffix_of(media, RDF)}"
    if unchanged(request, fresh):
        return Response(status_code=304, headers=fresh)
    if text is not None:
        return FileResponse(text, headers={**fresh}, media_type="text/plain; charset=utf-8")
    answer = await ask(request, Job("describe", {"path": stem, "whole": sent(request.scope), "media": media}))
    answer.headers.update(fresh if answer.status_code == 200 else {"Vary": fresh["Vary"]})
    return answer


def _text(pool: Pool, path: str) -> Path | None:
    """Give the file of a document's text, if the address is that of a text and the build has it."""
    folder, _, name = path.rpartition("/")
    file = Path(pool.known["graph"], "text", name)
    known = (
        not pool.known["read_from"]
        and folder == "/text"
        and name.endswith(".txt")
        and "%" not in name
        and file.is_file()
    )
    return file if known else None


async def send_on(request: Request) -> Response:
    """Send from the address of a thing to that of its page or of its description, whichever the client prefers."""
    pool: Pool = request.app.state.pool
    path = "/" + sent(request.scope)[len("/id") :].lstrip("/")  # an address that begins with // is another host's
    stem, suffix = split(path, RDF)
    media = RDF[suffix] if suffix else _preferred(request, pool, stem, TABLES)
    if media is None:
        return await _answer(request, stem, None, None)
    to = f"{stem}.{suffix_of(media, RDF)}" if media in RDF.values() else stem  # where the rest is chosen by Accept
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(to + query, 303, {"Vary": "Accept", "Cache-Control": "no-cache"})


def page_headers(request: Request, page: str) -> Mapping[str, str]:
    """Give what is added to the headers of a page: where its data is, if it is that of a resource."""
    pool: Pool = request.app.state.pool
    path = sent(request.scope)
    return {"Link": links(pool, path)} if is_resource(pool.known["base"], path, page) else {}


def routes(pages: Sequence[Route]) -> list[BaseRoute]:
    """Give the routes of resources; they come before those of ``pages``."""
    return [Route("/id/{local:path}", send_on), Data(pages)]
