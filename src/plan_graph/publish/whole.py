"""A release → a folder that any static host serves: pages, data beside them, and the parts of ``parts``."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plan_graph import __version__
from plan_graph.output import LIST, changed, check_listed, listed, recover, replaced
from plan_graph.publish.aside import aside, ends_in_order
from plan_graph.publish.folder import Staged
from plan_graph.publish.inputs import fingerprint
from plan_graph.publish.record import check_version
from plan_graph.publish.release import Release
from plan_graph.steps import Progress, Step


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: files in all, those whose bytes are new, bytes, resources with a page, files left out."""

    files: int
    written: int
    bytes: int
    resources: int
    removed: int


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
    with (
        ends_in_order(),
        replaced(out, lambda _: "", durable=False) as root,
        _parts(release, root, processes) as written,
    ):
        # loaded while the parts are begun: it takes long
        from plan_graph.publish import assets, hosting, making, pages, problems, sitemap
        from plan_graph.publish.retired import retired

        staged = Staged(root, old, known)
        gone = retired(release)
        site = making.site_of(release, gone)
        todo = list(pages.jobs(site))
        with making.pages(release, site, todo, staged, processes) as pieces:
            made_of = made_of or fingerprint(release)
            for name, content in (
                *pages.texts(release.build),
                *assets.files(),
                *hosting.files(release.site, release.base, problems.paths(site)),
                *problems.files(release, site, gone),
                *sitemap.files(release, [job.address for job in todo]),
            ):
                staged.put(name, content)
            done = 0
            for made, several in pieces:
                staged.add(*made)
                done += several
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
        from plan_graph.publish.parts import PARTS  # they load much that pages do not need

        for name, part in PARTS:
            yield name, part(release, root)

    if processes == 1:
        yield write()
        return
    with aside(write) as written:
        yield written
