"""The files in static/ are sent: compressed where a client takes that, and not again where it has them."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from plan_graph.web import assets
from plan_graph.web.fresh import same
from plan_graph.web.negotiation import takes_gzip


async def asset(request: Request) -> Response:
    """Send a file, compressed where the client takes that.

    Browsers ask each time whether it has changed, and never again for one that ``v=`` names by its hash.
    """
    file = assets.files().get(request.path_params["path"])
    if file is None:
        raise HTTPException(404)
    found = assets.read(file)
    packed = takes_gzip(request.headers.get("accept-encoding", "")) and len(found.packed) < len(found.plain)
    named = request.query_params.get("v") == found.mark
    headers = {
        "ETag": f'"{found.mark}{"-gzip" if packed else ""}"',
        "Cache-Control": "public, max-age=31536000, immutable" if named else "no-cache",
        "Vary": "Accept-Encoding",
    }
    if same(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(found.packed if packed else found.plain, headers=headers, media_type=found.media)


def routes() -> list[Route]:
    """Give the routes of the files."""
    return [Route("/static/{path:path}", asset)]
