"""The files in static/: read and compressed once, told apart by their content, kept by browsers until it changes."""

from __future__ import annotations

import functools
import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from plan_graph.web.fresh import same
from plan_graph.web.negotiation import takes_gzip

FOLDER = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file: its media type, the hash of its content, the content as it is and compressed."""

    media: str
    mark: str
    plain: bytes
    packed: bytes


@functools.cache
def _files() -> dict[str, Path]:
    return {file.relative_to(FOLDER).as_posix(): file for file in sorted(FOLDER.rglob("*")) if file.is_file()}


@functools.cache
def _read(file: Path) -> Asset:
    content = file.read_bytes()
    media = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Asset(media + charset, _mark(content), content, gzip.compress(content, 9, mtime=0))


def _mark(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=8).hexdigest()


@functools.cache
def address(name: str) -> str:
    """Give the address of a file, by which browsers keep it for good: it has the hash of the content.

    Modules that a script imports have none, and browsers ask each time whether they have changed.
    """
    return f"/static/{name}?v={_mark((FOLDER / name).read_bytes())}"


async def asset(request: Request) -> Response:
    """Send a file, compressed where the client takes that.

    Browsers ask each time whether it has changed, and never again for one that ``v=`` names by its hash.
    """
    file = _files().get(request.path_params["path"])
    if file is None:
        raise HTTPException(404)
    found = _read(file)
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


def preload() -> None:
    """Know the address of every file, so that workers need not open them for a page."""
    for name in _files():
        address(name)


def routes() -> list[Route]:
    """Give the routes of the files."""
    return [Route("/static/{path:path}", asset)]
