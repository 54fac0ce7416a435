"""A release → a folder that any static host serves: pages, data beside them, and the parts of ``parts``."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plan_graph import __version__
from plan_graph.errors import OutputError
from plan_graph.output import LIST, changed, check_listed, listed, recover, replaced
from plan_graph.publish import assets, hosting, parts, problems, sitemap
from plan_graph.publish.aside import aside, ended
from plan_graph.publish.folder import Staged
from plan_graph.publish.inputs import fingerprint
from plan_graph.publish.pages import Job, PagesSite, jobs, make, texts
from plan_graph.publish.record import check_version
from plan_graph.publish.release import Release
from plan_graph.publish.retired import Retired, retired
from plan_graph.steps import Progress, Step
from plan_graph.web.limits import Limits
from plan_graph.web.pages.templates import preload

_LONG = ("/search", "/text/")  # pages that take longest are begun first
_AT_ONCE = 24  # pages a process is given at a time
_NO_LIMIT = 1 << 60
_Made = tuple[dict[str, str], int, int]  # as ``Staged.add`` takes it


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: files in all, those whose bytes are new, bytes, resources with a page, files left out."""

    files: int
    written: int
    bytes: int
    resources: int
    removed: int


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
    return made


def publish(release: Release, out: Path, processes: int = 1, tell: Progress = lambda _: None) -> Published:
    """Write the site of a release into the folder ``out``, whole or not at all.

    Of an earlier site that stands there the files that are the same stay as they are; those that are no more go.

    :raises InputError: if something stands at ``out`` that no earlier run wrote or that somebody changed since.
    :raises OutputError: if writing fails; the earlier folder is then as it was.
    """
    recover(out, changed)
    check_listed(out)
    old = Path(os.path.realpath(out))
    check_version(release, old)
    known = listed(old)
    made_of = fingerprint(release) if known else ""
    if known and (same := _as_it_was(old, made_of)):
        return same
    tell(Step("graph"))
    _ = release.store  # read before processes begin, which share it
    with replaced(out, lambda _: "", durable=False) as root, _parts(release, root, processes) as written:
        staged = Staged(root, old, known)
        gone = retired(release)
        site = site_of(release, gone)
        todo = list(jobs(site))
        with _pages(release, site, todo, staged, processes) as pieces:
            made_of = made_of or fingerprint(release)
            for name, content in (
                *texts(release.build),
                *assets.files(),
                *hosting.files(release.site, release.base, problems.paths(site)),
                *problems.files(release, site, gone),
                *sitemap.files(release, [job.address for job in todo]),
            ):
                staged.put(name, content)
            done = 0
            for made, pages in pieces:
                staged.add(*made)
                done += pages
                tell(Step("pages", done, len(todo)))
        for name, paths in written:
            tell(Step("parts", name=name))
            for path in paths:
                staged.adopt(path.as_posix())
        resources = sum(bool(one.iri) for one in todo)
        contents = {
            "software": f"plan-graph {__version__}",
            "made_of": made_of,
            "resources": resources,
            "bytes": staged.bytes,
            "files": dict(sorted(staged.made.items())),
        }
        (root / LIST).write_text(json.dumps(contents, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return Published(len(staged.made), staged.written, staged.bytes, resources, len(known.keys() - staged.made.keys()))


def _as_it_was(out: Path, made_of: str) -> Published | None:
    """Give what stands in a folder, its files being those of its list, if it was made of the same."""
    contents = json.loads((out / LIST).read_text(encoding="utf-8"))
    if contents.get("made_of") != made_of:
        return None
    return Published(len(contents["files"]), 0, contents["bytes"], contents["resources"], 0)


@contextmanager
def _parts(release: Release, root: Path, processes: int) -> Iterator[Iterator[tuple[str, list[Path]]]]:
    """Begin to write all parts, and give the files of each; in one process they are written when asked for."""

    def write() -> Iterator[tuple[str, list[Path]]]:
        for name, part in parts.PARTS:
            yield name, part(release, root)

    if processes == 1:
        yield write()
        return
    with aside(write) as written:
        yield written


@contextmanager
def _pages(
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
    with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
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
