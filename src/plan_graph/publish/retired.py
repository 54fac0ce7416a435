"""What earlier releases had and this one has not, as RDF; ``web.gone`` knows what is gone and what took its place."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from plan_graph.analysis.facts import task_facts
from plan_graph.analysis.revision import revision
from plan_graph.graph.statements.retired import retirements
from plan_graph.graph.statements.revision import REVISION_PREFIXES, describe_revision
from plan_graph.graph.store import graph_file, open_store
from plan_graph.iri import Base
from plan_graph.publish.catalogue import turtle
from plan_graph.publish.release import Release
from plan_graph.reports.revision import revision_events
from plan_graph.web.gone import RETIRED, gone

CHANGES = "changes"  # folder of what changed since each earlier release


@dataclass(frozen=True, slots=True)
class Retired:
    """A resource that is gone: its IRI, and those of the resources that took its place."""

    iri: str
    replaced_by: tuple[str, ...] = ()


def retired(release: Release) -> tuple[Retired, ...]:
    """Give what earlier releases had and this one has not, by rising IRI.

    :raises NotFoundError: if there is no graph at the place of an earlier release.
    :raises InputError: if one is not the RDF its name says.
    """
    found = gone(release.store, release.base, release.earlier, described=True)
    return tuple(Retired(iri, found[iri]) for iri in sorted(found))


def write_retired(release: Release, folder: Path) -> list[Path]:
    """Write ``retired.ttl`` and ``changes/DIGESTS.ttl``, the changes since each earlier release; nothing if none is."""
    if not release.earlier:
        return []
    files = {RETIRED: turtle(retirements((one.iri, one.replaced_by) for one in retired(release)), REVISION_PREFIXES)}
    base, facts = Base(release.base), task_facts(release.store)
    for path in release.earlier:
        name = "-".join(_digest(graph_file(one)) for one in (path, release.build))
        changes = revision(task_facts(open_store(path)), facts)
        files[f"{CHANGES}/{name}.ttl"] = turtle(
            describe_revision(name, revision_events(changes, base), base), REVISION_PREFIXES
        )
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return [Path(name) for name in files]


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:12]
