"""Answers that are the same until the graph changes: their ETag, and whether a client has them already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from starlette.requests import Request

from plan_graph.web.pool import Pool

NEGOTIATED = "Accept, Accept-Encoding, Accept-Language, Cookie"  # what pages and what stands beside them depend on


def tag(pool: Pool, *parts: str) -> str:
    """Give the ETag of what depends on the build and these words alone."""
    everything = "\n".join((str(pool.known["build"]), *parts))
    return f'"{hashlib.blake2b(everything.encode(), digest_size=10).hexdigest()}"'


def freshness(pool: Pool, vary: str, *parts: str) -> dict[str, str]:
    """Give the headers of what depends on the build, on the headers named in ``vary`` and on ``parts`` alone."""
    return {"ETag": tag(pool, *parts), "Cache-Control": "no-cache", "Vary": vary}


def unchanged(request: Request, fresh: Mapping[str, str]) -> bool:
    """Tell whether the client has what it asks for (RFC 9110, section 13.1.2)."""
    marks = request.headers.get("if-none-match", "").split(",")
    return fresh["ETag"] in [one.strip().removeprefix("W/") for one in marks]
