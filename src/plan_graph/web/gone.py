"""What earlier builds had and the graph that is served has not: resources that answer 410 Gone.

Nothing in a graph itself says that a resource is no more: a body that was dissolved and a plan that was replaced are
still described. A resource is gone only when a later build leaves it out, as when a reading was corrected.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Store

from plan_graph.graph.store import read_quads
from plan_graph.web.shipped import holds


def gone(store: Store, base: str, earlier: Sequence[Path]) -> frozenset[str]:
    """Give the IRIs below a base that are subjects in earlier builds, and of which the store says nothing.

    :raises NotFoundError: if there is no graph at a path.
    :raises InputError: if one is not the RDF its name says.
    """
    before = {
        quad.subject.value
        for path in earlier
        for quad in read_quads(path)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(base)
    }
    return frozenset(iri for iri in before if not holds(store, "known", resource=iri))
