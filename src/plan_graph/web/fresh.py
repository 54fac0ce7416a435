"""Answers that are the same until the graph changes: their ETag, and whether a client has them already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from starlette.requests import Request

from plan_graph.web.negotiation import takes_gzip
from plan_graph.web.pool import Pool

NEGOTIATED = "Accept, Accept-Encoding, Accept-Language, Cookie"  # what pages and what stands beside them depend on


def tag(request: Request, *parts: str, packed: bool = True) -> str:
    """Give the ETag of what depends on the build and these words alone.

    ``packed`` says that it is compressed for those who take that: it has another tag for them.
    """
    pool: Pool = request.app.state.pool
    if packed and takes_gzip(request.headers.get("accept-encoding", "")):
        parts = (*parts, "gzip")
    everything = "\n".join((str(pool.known["build"]), *parts))
    return f'"{hashlib.blake2b(everything.encode(), digest_size=10).hexdigest()}"'


def freshness(request: Request, vary: str, *parts: str, packed: bool = True) -> dict[str, str]:
    """Give the headers of what depends on the build, on the headers named in ``vary`` and on ``parts`` alone."""
    if packed and "Accept-Encoding" not in vary:
        vary = f"{vary}, Accept-Encoding"
    return {"ETag": tag(request, *parts, packed=packed), "Cache-Control": "no-cache", "Vary": vary}


def unchanged(request: Request, fresh: Mapping[str, str]) -> bool:
    """Tell whether the client has what it asks for (RFC 9110, section 13.1.2)."""
    return same(request, fresh["ETag"])


def same(request: Request, mark: str) -> bool:
    """Tell whether the client has what bears this ETag."""
    marks = request.headers.get("if-none-match", "").split(",")
    return mark in [one.strip().removeprefix("W/") for one in marks]
