"""What the graph says of a resource, as RDF: a symmetric description, bounded, by web/questions/description.rq."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, BinaryIO

from pyoxigraph import NamedNode, Triple

from plan_graph.errors import GoneError, InputError, NotFoundError
from plan_graph.iri import PG, PREFIXES
from plan_graph.web import addresses
from plan_graph.web.job import Reply
from plan_graph.web.jsonld import MEDIA, compact
from plan_graph.web.shipped import holds, rows, triples
from plan_graph.web.site import Site
from plan_graph.web.sparql.results import Written, tidy, write_triples

INCOMING = 1000  # statements with the resource as value that a description has at most


def resolve(site: Site, path: str) -> str:
    """Give the IRI of the resource at an address, as it was sent.

    :raises GoneError: if an earlier build had it.
    :raises NotFoundError: if there is none.
    """
    for iri in addresses.iris(site.base, path):
        if _known(site, iri):
            return iri
    if (gone := gone_at(site, path)) is not None:
        raise gone
    raise NotFoundError(
        "the graph says nothing of this resource; check its address, or search for its name",
        "图谱中没有此资源，请检查地址，或按名称搜索",
    )


def gone_at(site: Site, path: str) -> GoneError | None:
    """Give what is to be said of an address whose resource is gone; nothing of any other."""
    iri = next((iri for iri in addresses.iris(site.base, path) if iri in site.gone), None)
    if iri is None:
        return None
    en, zh = (
        "this resource was in an earlier build and is in this one no more",
        "此资源见于早先的版本，本版本已不再包含",
    )
    if not site.gone[iri]:
        en, zh = f"{en}; search for what took its place", f"{zh}；可搜索相关内容"
    return GoneError(en, zh, iri, site.gone[iri])


def _known(site: Site, iri: str) -> bool:
    if iri == addresses.ONTOLOGY:
        return True
    try:
        return holds(site.store, "known", resource=iri) or holds(site.ontology, "known", resource=iri)
    except InputError:  # what was sent makes no IRI
        return False


def description(site: Site, iri: str) -> list[Triple]:
    """Give the triples of a description; of the vocabulary, the whole ontology."""
    if iri == addresses.ONTOLOGY:
        return sorted({quad.triple for quad in site.ontology}, key=str)
    made = triples(site.store, "description", resource=iri)
    if iri.startswith(PG.namespace):
        made = sorted({*made, *triples(site.ontology, "description", resource=iri)}, key=str)
    return made


def write(
    site: Site, media: str, made: list[Triple], prefixes: Mapping[str, str], out: BinaryIO, first: str = ""
) -> Written:
    """Write the triples of a document, in the order they are given, so that the same data is the same bytes.

    JSON-LD is compacted, with what it says of the resource ``first`` before the rest.
    """
    if media == MEDIA:
        kept = made[: site.limits.max_rows]
        out.write(compact(kept, site.jsonld, first))
        return Written(len(kept), "rows" if len(kept) < len(made) else "")
    content = BytesIO()
    written = write_triples(media, made, prefixes, content, site.limits.max_rows, site.limits.max_bytes)
    out.write(tidy(media, content.getvalue()))
    return written


def describe(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the description of the resource at ``asked['path']`` in ``asked['media']``.

    :raises GoneError: if an earlier build had it.
    :raises NotFoundError: if there is none.
    """
    try:
        iri = resolve(site, asked["path"])
    except GoneError:
        raise
    except NotFoundError:
        if asked["whole"] == asked["path"]:
            raise
        iri = resolve(site, asked["whole"])  # a name that itself ends like the suffix of a form
    made = description(site, iri)
    written = write(site, asked["media"], made, PREFIXES, out, iri)
    headers = {"Plan-Graph-Rows": str(written.rows)}
    total = sum(row["total"] for row in rows(site.store, "incoming-totals", resource=iri))
    if total > INCOMING:
        told = sum(triple.object == NamedNode(iri) for triple in made)
        headers |= {"Plan-Graph-Incoming": f"{told} of {total}"} if told < total else {}
    if written.cut:
        headers["Plan-Graph-Truncated"] = written.cut
    return Reply(200, asked["media"] + ("; charset=utf-8" if asked["media"].startswith("text/") else ""), headers)
