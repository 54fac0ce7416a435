"""The pages of a release, made by several processes."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from plan_graph.errors import OutputError
from plan_graph.publish.aside import ended, ends_at_once
from plan_graph.publish.folder import Staged
from plan_graph.publish.pages import Job, PagesSite, make
from plan_graph.publish.release import Release
from plan_graph.publish.retired import Retired
from plan_graph.web.limits import Limits
from plan_graph.web.pages.templates import preload

_LONG = ("/search", "/text/")  # pages that take longest are begun first
_AT_ONCE = 24  # pages a process is given at a time
_NO_LIMIT = 1 << 60
_Made = tuple[dict[str, str], int, int]  # as ``Staged.add`` takes it


def site_of(release: Release, gone: Iterable[Retired] = ()) -> PagesSite:
    """Give what pages are made from; nothing is cut short. ``gone`` is what earlier releases had."""
    store = release.store
    graphs = frozenset(graph.value for graph in store.named_graphs())
    limits = Limits(max_rows=_NO_LIMIT, max_bytes=_NO_LIMIT)
    made = PagesSite(
        store,
        release.base,
        release.version,
        len(store),
        graphs,
        limits,
        release.build,
        release.licence,
        {one.iri: one.replaced_by for one in gone},
    )
    preload(live=False)
    made.choices.preload()
    _ = made.beside
    return made


@contextmanager
def pages(
    release: Release, site: PagesSite, todo: Sequence[Job], staged: Staged, processes: int
) -> Iterator[Iterator[tuple[_Made, int]]]:
    """Begin to make all pages, and give what was made and of how many pages, as it comes.

    In several processes they are made while the block goes on; in one, when they are asked for.
    """
    long = [job for job in todo if job.address.startswith(_LONG)]
    rest = [job for job in todo if not job.address.startswith(_LONG)]
    pieces = [[job] for job in long] + [rest[at : at + _AT_ONCE] for at in range(0, len(rest), _AT_ONCE)]
    global _shared  # noqa: PLW0603 (what forked processes begin with)
    _shared = (release, site, staged)
    if processes == 1:
        yield ((_make(piece), len(piece)) for piece in pieces)
        return
    gc.collect()
    gc.freeze()  # all that is shared stays: no process need look through it for what is left over, nor so copy it
    with ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), ends_at_once) as pool:
        waiting = {pool.submit(_make, piece): len(piece) for piece in pieces}
        try:
            yield ((one.result(), waiting[one]) for one in as_completed(waiting))
        except BrokenProcessPool as error:
            raise ended() from error
        finally:
            gc.unfreeze()
            pool.shutdown(wait=True, cancel_futures=True)


_shared: tuple[Release, PagesSite, Staged]


def _make(piece: Sequence[Job]) -> _Made:
    release, site, into = _shared
    staged = Staged(into.root, into.old, into.known)
    site.prepare(piece)
    try:
        for job in piece:
            make(release, site, job, staged)
    except OSError as error:
        raise OutputError(
            f"writing {error.filename or into.root} failed ({error.strerror}); nothing was changed",
            f"写入 {error.filename or into.root} 失败（{error.strerror}），未作任何改动",
        ) from error
    return staged.made, staged.written, staged.bytes
