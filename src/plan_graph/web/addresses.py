"""Which address of the service an IRI has, and which IRIs an address may stand for.

Below the base IRI a resource has the address of its local part: BASE + ``body/210000/czt`` is at ``/body/210000/czt``.
The vocabulary and the lists of concepts have namespaces of their own, and are at ``/ns`` and ``/role/lead``.
"""

from __future__ import annotations

from collections.abc import Iterator

from plan_graph.iri import KIND, LEVEL, METRIC, PG, ROLE
from plan_graph.web.representation import decodings

ONTOLOGY = PG.namespace.rstrip("#")
# address of a namespace → the namespace
NAMESPACES = {
    "/ns#": PG.namespace,
    "/role/": ROLE.namespace,
    "/kind/": KIND.namespace,
    "/level/": LEVEL.namespace,
    "/metric/": METRIC.namespace,
}


def local(base: str, iri: str) -> str | None:
    """Give the address here of a resource, or nothing for an IRI of somewhere else.

    >>> local("https://example.org/id/", "https://example.org/id/place/210100")
    '/place/210100'
    >>> local("https://example.org/id/", "https://w3id.org/plan-graph/ns#Task")
    '/ns#Task'
    """
    if iri.startswith(base):
        return "/" + iri[len(base) :].replace("?", "%3F")
    for address, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            return address + iri[len(namespace) :]
    return "/ns" if iri == ONTOLOGY else None


def iris(base: str, path: str) -> Iterator[str]:
    """Give the IRIs that an address, as it was sent, may stand for; the likeliest first.

    >>> list(iris("https://example.org/id/", "/role/lead"))
    ['https://w3id.org/plan-graph/role/lead', 'https://example.org/id/role/lead']
    >>> list(iris("https://example.org/id/", "/caf%C3%A9"))
    ['https://example.org/id/caf%C3%A9', 'https://example.org/id/café']
    """
    for part in decodings(path):
        for address, namespace in NAMESPACES.items():
            if part.startswith(address):
                yield namespace + part[len(address) :]
            elif part == address.rstrip("/#"):
                yield ONTOLOGY if address == "/ns#" else namespace
        if part.startswith("/"):
            yield base + part[1:]


def place_in_text(document: str, begin: int) -> str:
    """Give where a character stands in the text of a document; of a long text, in the part that has it.

    >>> place_in_text("ln-2016", 6054)
    '/document/ln-2016?at=6054#char-6054'
    """
    return f"/document/{document}?at={begin}#char-{begin}"
