"""The dataset as a whole over HTTP: VoID, all quads, and the words that the editor completes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from plan_graph.web.endpoint import ask
from plan_graph.web.fresh import freshness, unchanged
from plan_graph.web.http import problem
from plan_graph.web.job import Job
from plan_graph.web.pool import Pool
from plan_graph.web.representation import RDF, choose, split, suffix_of

QUADS = "application/n-quads"
_PIECE = 1 << 18


async def void(request: Request) -> Response:
    """Describe the dataset in the form of the suffix, or of Accept."""
    suffix = split(request.url.path, RDF)[1]
    media = RDF[suffix] if suffix else choose(request.headers.get("accept", ""), RDF)
    if media is None:
        offered = ", ".join(RDF.values())
        en = f"the dataset is described as {offered}; ask for one of them in Accept, or by its suffix"
        return problem(
            request, 406, "not-acceptable", en, f"数据集描述的格式有 {offered}；请在 Accept 中选择其一，或使用后缀"
        )
    fresh = {**freshness(request, "Accept", "void", media, str(request.base_url))}
    if suffix is None:
        fresh["Content-Location"] = f"/void.{suffix_of(media, RDF)}"
    return await _made(request, fresh, Job("void", {"media": media, "url": str(request.base_url)}))


async def vocabulary(request: Request) -> Response:
    """Give the words that an editor completes."""
    return await _made(request, freshness(request, "Accept-Encoding", "vocabulary"), Job("vocabulary"))


async def context(request: Request) -> Response:
    """Give the context of JSON-LD."""
    return await _made(request, freshness(request, "Accept-Encoding", "context"), Job("context"))


async def _made(request: Request, fresh: dict[str, str], job: Job) -> Response:
    if unchanged(request, fresh):
        return Response(status_code=304, headers=fresh)
    answer = await ask(request, job)
    if answer.status_code == 200:
        answer.headers.update(fresh)
    return answer


async def dump(request: Request) -> Response:
    """Send all quads: the file that is served, whole or in ranges, or packed by gzip as it is read."""
    pool: Pool = request.app.state.pool
    packed = request.url.path.endswith(".gz")
    form = "nq.gz" if packed else "nq"
    fresh = {
        **freshness(request, "Accept-Encoding", "dump", form, packed=False),
        "Content-Disposition": f'attachment; filename="plan-graph-{pool.known["build"]}.{form}"',
    }
    if unchanged(request, fresh):
        return Response(status_code=304, headers=fresh)
    if pool.known["read_from"]:
        en = "this service reads from another endpoint and holds no data itself; take the dump there"
        return problem(request, 404, "not-found", en, "本服务读取另一端点，自身不存数据；请到该端点下载")
    file = Path(pool.known["file"])
    if file.suffix.lower() != ".nq":
        return await _other(request, fresh, packed=packed)
    state = file.stat() if file.is_file() else None
    if state is None or [state.st_ino, state.st_size, state.st_mtime_ns] != pool.known["state"]:
        en = "the graph was built anew since this service started; restart it, and the dump is that of its answers"
        return problem(
            request, 503, "outdated", en, "服务启动后图谱已重新生成；重启服务后再下载", {"Retry-After": "60"}
        )
    if packed:
        return StreamingResponse(_packed(file), headers=fresh, media_type="application/gzip")
    return FileResponse(file, headers=fresh, media_type=QUADS, stat_result=state)


async def _other(request: Request, fresh: dict[str, str], *, packed: bool) -> Response:
    if packed:
        en = "the graph that is served was not given as N-Quads, so there is no packed dump; take /dump.nq"
        return problem(request, 404, "not-found", en, "所服务的图谱不是以 N-Quads 提供的，没有压缩包；请下载 /dump.nq")
    return await _made(request, fresh, Job("dump"))


def _packed(file: Path) -> Iterator[bytes]:
    """Give the pieces of a gzip of a file: the same bytes each time, for it holds no time and no name."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    with file.open("rb") as source:
        while piece := source.read(_PIECE):
            if made := packer.compress(piece):
                yield made
    yield packer.flush()


def routes() -> list[Route]:
    """Give the routes of the dataset as a whole."""
    return [
        Route("/.well-known/void", void),
        Route("/void", void),
        *(Route(f"/void.{suffix}", void) for suffix in RDF),
        Route("/dump.nq", dump),
        Route("/dump.nq.gz", dump),
        Route("/sparql/vocabulary.json", vocabulary),
        Route("/context.jsonld", context),
    ]
