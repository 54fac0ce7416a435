"""A worker process: answers one job at a time over a graph that it cannot change, within limits set by the system.

While a query from outside runs, the process can open no file and no connection (``RLIMIT_NOFILE``): the descriptors it
may have are all taken, the last one by the file that the answer goes into. So no query, however written, reads a file
or calls out. ``RLIMIT_DATA`` bounds what it may allocate, ``RLIMIT_FSIZE`` what it may write, ``RLIMIT_CPU`` how long
it may go on should the server be gone.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import json
import math
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from pyoxigraph import Store

from plan_graph import __version__
from plan_graph.errors import GoneError, InputError, NotFoundError
from plan_graph.graph.formats import as_parquet, as_xlsx
from plan_graph.graph.queries import Table
from plan_graph.graph.remote import EndpointError, Remote
from plan_graph.graph.store import graph_file, open_store
from plan_graph.web.gone import gone
from plan_graph.web.job import LENGTH, Job, Reply, receive
from plan_graph.web.kept import LONGEST
from plan_graph.web.limits import OUT_OF_MEMORY, Limits
from plan_graph.web.negotiation import NotAcceptableError
from plan_graph.web.pages import documents, templates
from plan_graph.web.pages.naming import Names
from plan_graph.web.remembered import Remembered
from plan_graph.web.site import Site
from plan_graph.web.sparql.evaluate import RefusedError
from plan_graph.web.work import FOREIGN, WORK


def prepare(settings: Mapping[str, Any], folder_of_service: Path | None = None) -> Site:
    """Read the graph and all that jobs need; workers may write into ``folder_of_service``.

    :raises NotFoundError: if there is no graph.
    :raises InputError: if it is not the RDF its name says.
    """
    as_parquet(Table(("a",), (("a",),)))  # what writers load when they are used is loaded once, for all workers
    as_xlsx(Table((), ()))
    limits = Limits(**settings["limits"])
    path = Path(settings["graph"])
    folder: Path | None = None
    if settings["read_from"]:
        store = cast(Store, Remote(settings["read_from"], limits.timeout, limits.max_bytes))
        digest = hashlib.sha256(f"{settings['read_from']} {time.time()}".encode()).hexdigest()[:12]
    else:
        store = open_store(path)
        folder = path if path.is_dir() else None
        with graph_file(path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    graphs = frozenset(graph.value for graph in store.named_graphs())
    site = Site(
        store,
        settings["base"],
        f"{__version__}-{digest}",
        len(store),
        graphs,
        limits,
        folder,
        settings["licence"],
        gone(store, settings["base"], [Path(one) for one in settings["earlier"]]),
        Remembered(None if settings["read_from"] else folder_of_service),
        Path(settings["authority"]) if settings.get("authority") else None,
    )
    templates.preload()
    site.preload()
    if site.embedded:
        documents.preload(site)
    if isinstance(store, Remote):
        store.close()  # a worker that is forked opens connections of its own
    return site


def served_file(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Give the file of the graph, and by what it is told whether it is still the same; nothing of an endpoint.

    :raises NotFoundError: if there is no graph.
    """
    if settings["read_from"]:
        return {"file": "", "state": []}
    file = graph_file(Path(settings["graph"]))
    state = file.stat()
    return {"file": str(file), "state": [state.st_ino, state.st_size, state.st_mtime_ns]}


def serve(site: Site, channel: socket.socket) -> None:
    """Answer jobs until the server closes the channel."""
    gc.freeze()  # else looking for garbage would copy the memory that is shared, in the midst of a page
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write past the limit is an error, not the end
    channel = _confine(site.limits, channel)
    while True:
        head, descriptors, _, _ = socket.recv_fds(channel, LENGTH.size, 1)
        if len(head) < LENGTH.size or not descriptors:
            return
        with os.fdopen(descriptors[0], "wb", buffering=1 << 16) as out:
            job = Job.unpack(receive(channel, LENGTH.unpack(head)[0]))
            _bound_time(site.limits.timeout)
            with _alone() if job.kind in FOREIGN and isinstance(site.store, Store) else nullcontext():
                reply = _answer(site, job, out)
            content = (packed(reply, out) if job.packed else reply).pack()
        if isinstance(site.store, Remote):
            site.store.close()  # a connection kept by a worker that waits is one less for the others
        channel.sendall(LENGTH.pack(len(content)) + content)


def _answer(site: Site, job: Job, out: BinaryIO) -> Reply:
    try:
        return WORK[job.kind](site, job.arguments, out)
    except InputError as error:
        status, reason = next((status, reason) for kind, status, reason in _REFUSALS if isinstance(error, kind))
        return _refusal(status, reason, error, out, _took_its_place(site, error))
    except MemoryError:
        return _refusal(503, "memory", InputError(*OUT_OF_MEMORY), out)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        return _refusal(503, "limit", InputError(*OUT_OF_BOUNDS), out)


def packed(reply: Reply, out: BinaryIO) -> Reply:
    """Compress what was written, where that is worth it; what there is no memory for stays as it is."""
    out.flush()
    length = os.fstat(out.fileno()).st_size
    if reply.status != 200 or length < _LEAST or reply.media_type.endswith(_PACKED_ALREADY):
        return reply
    try:
        effort = _EFFORT if length < LONGEST else _EFFORT_IF_LONG
        content = gzip.compress(os.pread(out.fileno(), length, 0), effort, mtime=0)
    except MemoryError:
        return reply
    out.seek(0)
    out.truncate()
    out.write(content)
    return replace(reply, headers={**reply.headers, "Content-Encoding": "gzip"})


_LEAST = 500  # bytes, below which compression saves next to nothing
_EFFORT, _EFFORT_IF_LONG = 5, 1  # more takes longer than it saves
_PACKED_ALREADY = ("sheet", "parquet", "gzip")  # how media types end whose content is compressed itself
_REFUSALS = (
    (NotAcceptableError, 406, "not-acceptable"),
    (EndpointError, 502, "endpoint"),
    (RefusedError, 400, "refused"),
    (GoneError, 410, "gone"),
    (NotFoundError, 404, "not-found"),
    (InputError, 400, "bad-request"),
)
OUT_OF_BOUNDS = (
    "the question went beyond what a query may do here; ask for less, or take the dump",
    "查询超出了允许的范围，请缩小范围，或下载全部数据",
)


def _took_its_place(site: Site, error: InputError) -> dict[str, str]:
    """Give what is to be said of a resource that is gone: its IRI; IRI, address and names of each that replaced it."""
    if not isinstance(error, GoneError) or not error.replaced_by:
        return {}
    names = Names.of(site, error.replaced_by, "zh"), Names.of(site, error.replaced_by, "en")
    addresses = [site.local(iri) or iri for iri in error.replaced_by]
    kinds = ("任务 ", "Task ") if addresses[0].startswith("/task/") else ("", "")
    others = [
        (iri, address, *(kind + of(iri) for kind, of in zip(kinds, names, strict=True)))
        for iri, address in zip(error.replaced_by, addresses, strict=True)
    ]
    return {"Plan-Graph-Gone": json.dumps([error.iri, others])}


def _refusal(status: int, why: str, error: InputError, out: BinaryIO, more: Mapping[str, str] | None = None) -> Reply:
    """Say an error: the server gives it the form the client asked for."""
    out.seek(0)
    out.truncate()
    out.write(f"{error}\n{error.zh}".encode())
    return Reply(status, "error", {"Plan-Graph-Reason": why, **(more or {})})


def _confine(limits: Limits, channel: socket.socket) -> socket.socket:
    """Leave nothing open but the channel, as descriptor 3, and bound what the process may take all its life."""
    if channel.fileno() != _CHANNEL:
        os.dup2(channel.fileno(), _CHANNEL)
        channel.detach()
        channel = socket.socket(fileno=_CHANNEL)
    os.closerange(_CHANNEL + 1, 1024)
    if sys.platform == "linux":
        at_most = _data_in_use() + limits.memory
        resource.setrlimit(resource.RLIMIT_DATA, (at_most, at_most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.max_bytes + _SPARE,) * 2)
    return channel


def _data_in_use() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmData"))


def _bound_time(seconds: float) -> None:
    """Let the system end this process some time after its deadline, should nobody be left to do it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


@contextmanager
def _alone() -> Iterator[None]:
    """While this lasts no file and no connection can be opened: every descriptor there may be is taken."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (_CHANNEL + 2, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


_CHANNEL = 3
_SPARE = 1 << 20  # what a writer may add after it has seen that the limit is reached
