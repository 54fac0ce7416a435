"""What earlier builds had and the graph that is served has not: which resources are gone, and what took their place.

Nothing in a graph itself says that a resource is no more: a body that was dissolved and a plan that was replaced are
still described. A resource is gone only when a later build leaves it out, as when a reading was corrected.

Of a task that is under another IRI now, and of what belonged to it, the place was taken by the task that says the same
(``analysis.revision``); of a body, place or document by the one that has its name now. Where that is not known, nothing
is said but that it is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from plan_graph.analysis.facts import task_facts
from plan_graph.analysis.revision import Revision, revision
from plan_graph.graph.store import open_store, read_quads
from plan_graph.iri import DCTERMS, SKOS, Base
from plan_graph.web.shipped import holds

RETIRED = "retired.ttl"  # in the folder of a release: what releases before it had
_OF_TASK = ("task", "participation", "target")
_NAMED = ("body", "collective", "place", "document", "theme")
_Names = Mapping[tuple[str, str], set[str]]


def gone(store: Store, base: str, earlier: Sequence[Path], *, described: bool = False) -> dict[str, tuple[str, ...]]:
    """Give the IRIs below a base that earlier builds describe and a store does not know, with what took their place.

    A store knows what it describes and, unless ``described`` is wanted, what it names. What a release before said to be
    gone stays so: whoever publishes a third time has only the second at hand.

    :raises NotFoundError: if there is no graph at a path.
    :raises InputError: if one is not the RDF its name says.
    """
    if not earlier:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    facts, names, parsed = task_facts(store), _names(store, base), Base(base)
    for path in earlier:
        before = open_store(path)
        moved = _moved(revision(task_facts(before), facts))
        called = _by_iri(_names(before, base))
        for iri in sorted(_subjects(before, base)):
            if not (_described(store, iri) if described else _known(store, iri)):
                found[iri] = _replaced_by(iri, parsed, moved, called, names, lambda one: _described(store, one))
    for path in earlier:
        for iri, others in sorted(_gone_before(path / RETIRED).items()):
            there = _described(store, iri) if described else _known(store, iri)
            if iri.startswith(base) and iri not in found and not there:
                places = [(one,) if _described(store, one) else found.get(one, ()) for one in others]
                found[iri] = tuple(sorted({one for some in places for one in some}))
    return found


def _gone_before(file: Path) -> dict[str, list[str]]:
    """Give what the file of a release says to be gone, with what took its place; nothing where there is none."""
    found: dict[str, list[str]] = {}
    for one in sorted(read_quads(file), key=str) if file.is_file() else ():
        assert isinstance(one.subject, NamedNode)
        others = found.setdefault(one.subject.value, [])
        if one.predicate == DCTERMS.isReplacedBy:
            others.append(one.object.value)  # type: ignore[union-attr]
    return found


def _subjects(store: Store, base: str) -> set[str]:
    return {
        quad.subject.value
        for quad in store
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(base)
    }


def _described(store: Store, iri: str) -> bool:
    if not isinstance(store, Store):
        return holds(store, "known", resource=iri)
    return next(store.quads_for_pattern(NamedNode(iri), None, None, None), None) is not None


def _known(store: Store, iri: str) -> bool:
    if _described(store, iri) or not isinstance(store, Store):
        return _described(store, iri)
    one = NamedNode(iri)
    return next(store.quads_for_pattern(None, None, one, None), None) is not None or store.contains_named_graph(one)


def _moved(found: Revision) -> dict[str, str]:
    return {pair.old.iri: pair.new.iri for pair in found.pairs if pair.old and pair.new and pair.moved}


def _names(store: Store, base: str) -> _Names:
    """Give the resources that have a name, by kind and name; of an endpoint they are not asked."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    parsed = Base(base)
    for predicate in (SKOS.prefLabel, DCTERMS.title) if isinstance(store, Store) else ():
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


def _by_iri(names: _Names) -> Mapping[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, iris in names.items():
        for iri in iris:
            found[iri].append(key)
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
    called: Mapping[str, Sequence[tuple[str, str]]],
    names: _Names,
    there: Callable[[str], bool],
) -> tuple[str, ...]:
    """Give what took the place of a resource, as far as that is known."""
    try:
        kind, fields = base.parse(iri)
    except ValueError:
        return ()
    if kind in _OF_TASK:
        task = base.iri("task", document=fields["document"], task=fields["task"]).value
        one = moved.get(task, task if there(task) else "")
        return (one,) if one else ()
    return tuple(sorted({other for key in called.get(iri, ()) for other in names.get(key, ())}))
