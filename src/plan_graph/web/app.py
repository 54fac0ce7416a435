"""The web application: which address is answered by what."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plan_graph import __version__
from plan_graph.web import assets_service, catalogue
from plan_graph.web.browse import routes
from plan_graph.web.editor import at_sparql
from plan_graph.web.http import problem
from plan_graph.web.pool import Pool
from plan_graph.web.reconciliation.service import routes as reconciliation_routes
from plan_graph.web.search.service import routes as search_routes

# all of it is public: any page may read it, none may send credentials along
_OPEN = {b"access-control-allow-origin": b"*", b"access-control-expose-headers": b"*"}
_PREFLIGHT = {
    b"access-control-allow-methods": b"GET, HEAD, POST",
    b"access-control-allow-headers": b"accept, accept-language, content-type, if-none-match",
    b"access-control-max-age": b"86400",
}
_TO_READ, _TO_POST = b"GET, HEAD, OPTIONS", b"GET, HEAD, POST, OPTIONS"
GUARDS = {
    b"content-security-policy": b"default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
}


_QUERY = 16 * 1024  # bytes of the parameters of an address that is no query and no batch of names
_LONG = ("/sparql", "/reconcile")


class Guarded:
    """Adds to every answer who may read it and what a browser may do with it; answers what browsers ask before."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers added."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = {**_OPEN, **GUARDS}
                own = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *((n, v) for n, v in added.items() if n not in own)]
            await send(message)

        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            allowed = {b"allow": _TO_POST if scope["path"].startswith(_LONG) else _TO_READ}
            headers = list((_PREFLIGHT | allowed).items())
            await guarded({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body"})
            return
        if scope["type"] == "http" and scope["http_version"] == "1.1" and b"host" not in dict(scope["headers"]):
            await _no_host(Request(scope))(scope, receive, guarded)
            return
        if scope["type"] == "http" and len(scope["query_string"]) > _QUERY and not scope["path"].startswith(_LONG):
            await _too_long(Request(scope))(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)


def application(pool: Pool) -> Starlette:
    """Make the application over a pool that has been started."""
    app = Starlette(
        routes=[
            Route("/sparql", at_sparql, methods=["GET", "POST"]),
            Route("/sparql/", at_sparql, methods=["GET", "POST"]),
            Route("/health", health),
            Route("/metrics", metrics),
            *assets_service.routes(),
            *search_routes(),
            *reconciliation_routes(),
            *catalogue.routes(),
            *routes(),
        ],
        middleware=[Middleware(Guarded)],
        exception_handlers={404: _not_found, 405: _not_allowed, 500: _failed},
    )
    app.state.pool = pool
    return app


async def health(request: Request) -> Response:
    """Say that the service is ready, which build it serves, and its limits."""
    pool: Pool = request.app.state.pool
    limits = pool.limits
    return JSONResponse(
        {
            "status": "ready",
            "version": __version__,
            "build": pool.known["build"],
            "quads": pool.known["quads"],
            "limits": {
                "seconds": limits.timeout,
                "rows": limits.max_rows,
                "bytes": limits.max_bytes,
                "query_bytes": limits.max_query,
                "memory_bytes": limits.memory,
                "workers": limits.workers,
                "waiting": limits.waiting,
                "waiting_seconds": limits.patience,
            },
        },
        headers={"Cache-Control": "no-store"},
    )


async def metrics(request: Request) -> Response:
    """Give counts in the text format of Prometheus."""
    pool: Pool = request.app.state.pool
    lines = ["# HELP plan_graph_queries_total Questions by how they ended.", "# TYPE plan_graph_queries_total counter"]
    outcomes = ("answered", "kept", "joined", "refused", "timeout", "memory", "cancelled", "busy", "overload", "failed")
    lines += [f'plan_graph_queries_total{{outcome="{one}"}} {pool.ended[one]}' for one in outcomes]
    for name, meaning, value in (
        ("busy", "Questions being answered.", pool.busy),
        ("long", "Questions being answered that take long.", pool.long),
        ("waiting", "Questions waiting for a worker.", pool.waiting),
        ("workers", "Worker processes.", pool.workers),
    ):
        lines += [
            f"# HELP plan_graph_{name} {meaning}",
            f"# TYPE plan_graph_{name} gauge",
            f"plan_graph_{name} {value}",
        ]
    return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": "no-store"})


def _too_long(request: Request) -> Response:
    en = f"the parameters of this address may have {_QUERY:,} bytes; ask for less at a time"
    return problem(request, 414, "too-long", en, f"此地址的参数最多 {_QUERY:,} 字节，请减少条件")


def _no_host(request: Request) -> Response:
    return problem(request, 400, "no-host", "a request of HTTP/1.1 names its host", "HTTP/1.1 请求须写明主机（Host）")


async def _not_found(request: Request, _: Exception) -> Response:
    return problem(request, 404, "not-found", "there is nothing at this address", "此地址没有内容")


async def _not_allowed(request: Request, error: Exception) -> Response:
    allowed = getattr(error, "headers", None) or {}
    return problem(request, 405, "method", "this address is not asked in this way", "此地址不支持该请求方法", allowed)


async def _failed(request: Request, _: Exception) -> Response:
    return problem(
        request, 500, "failed", "something went wrong here; the log of the service has it", "服务出错，详见服务日志"
    )
