"""What earlier releases had and this one has not: which resources are gone, and what took their place.

Of a task that is under another IRI now, and of what belonged to it, the place was taken by the task that says the same
(``analysis.revision``); of a body, place or document by the one that has its name now. Where that is not known, nothing
is said but that it is gone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from plan_graph.analysis.facts import task_facts
from plan_graph.analysis.revision import Revision, revision
from plan_graph.graph.statements.catalogue import retirements
from plan_graph.graph.statements.revision import REVISION_PREFIXES, describe_revision
from plan_graph.graph.store import graph_file, open_store
from plan_graph.iri import DCTERMS, SKOS, Base
from plan_graph.publish.catalogue import turtle
from plan_graph.publish.release import Release
from plan_graph.reports.revision import revision_events

RETIRED = "retired.ttl"
CHANGES = "changes"  # folder of what changed since each earlier release
_OF_TASK = ("task", "participation", "target")
_NAMED = ("body", "collective", "place", "document", "theme")


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
    if not release.earlier:
        return ()
    found: dict[str, Retired] = {}
    now = _subjects(release.store, release.base)
    facts = task_facts(release.store)
    names = _names(release.store, release.base)
    for path in release.earlier:
        before = open_store(path)
        moved = _moved(revision(task_facts(before), facts))
        called = _names(before, release.base)
        for iri in _subjects(before, release.base) - now:
            found[iri] = Retired(iri, _replaced_by(iri, Base(release.base), moved, called, names, now))
    return tuple(found[iri] for iri in sorted(found))


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


def _subjects(store: Store, base: str) -> set[str]:
    return {
        quad.subject.value
        for quad in store
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(base)
    }


def _moved(found: Revision) -> dict[str, str]:
    return {pair.old.iri: pair.new.iri for pair in found.pairs if pair.old and pair.new and pair.moved}


def _names(store: Store, base: str) -> Mapping[tuple[str, str], set[str]]:
    """Give the resources that have a name, by kind and name."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    parsed = Base(base)
    for predicate in (SKOS.prefLabel, DCTERMS.title):
        for quad in store.quads_for_pattern(None, predicate, None):
            if (
                isinstance(quad.subject, NamedNode)
                and isinstance(quad.object, Literal)
                and quad.object.language == "zh"
            ):
                kind = _kind(quad.subject.value, parsed)
                if kind in _NAMED:
                    found[kind, quad.object.value].add(quad.subject.value)
    return found


def _kind(iri: str, base: Base) -> str:
    try:
        return base.parse(iri)[0]
    except ValueError:
        return ""


def _replaced_by(
    iri: str,
    base: Base,
    moved: Mapping[str, str],
    before: Mapping[tuple[str, str], set[str]],
    names: Mapping[tuple[str, str], set[str]],
    now: Collection[str],
) -> tuple[str, ...]:
    """Give what took the place of a resource, as far as that is known."""
    try:
        kind, fields = base.parse(iri)
    except ValueError:
        return ()
    if kind in _OF_TASK:
        task = base.iri("task", document=fields["document"], task=fields["task"]).value
        one = moved.get(task, task if task in now else "")
        return (one,) if one else ()
    called = [key for key, those in before.items() if iri in those]
    return tuple(sorted({other for key in called for other in names.get(key, ())}))
