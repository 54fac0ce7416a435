"""Which representation of a resource is asked for: the one place where suffixes and Accept headers are read.

A representation has an address of its own (``/body/210000/czt.ttl``) and a media type by which it is chosen at the
address of the resource (``/body/210000/czt``).
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

from plan_graph.web.negotiation import best

HTML = "text/html"
PLAIN = "text/plain"
JSON = "application/json"
# suffix → media type; the order is that of preference where a client has none
RDF: Mapping[str, str] = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
ANSWERS: Mapping[str, str] = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": JSON,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "srj": "application/sparql-results+json",
    "srx": "application/sparql-results+xml",
    "rq": "application/sparql-query",
}
# in which the answer of a named query is given; as RDF: what the graph states of the resources that it names
OF_QUERIES: Mapping[str, str] = {**ANSWERS, **RDF}
_KEPT = "/:@!$&'()*+,;=-._~%"  # what may stand in the path of an address as it stands in an IRI


def split(path: str, forms: Mapping[str, str]) -> tuple[str, str | None]:
    """Cut the suffix of a known form off a path.

    >>> split("/body/210000/czt.ttl", RDF)
    ('/body/210000/czt', 'ttl')
    >>> split("/tie/all/210200.yinjian/210200.zhengjian", RDF)
    ('/tie/all/210200.yinjian/210200.zhengjian', None)
    """
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and suffix in forms and stem else (path, None)


def choose(accept: str, forms: Mapping[str, str], *first: str) -> str | None:
    """Give the media type to answer with by an Accept header, or nothing if the client takes none of them.

    ``first`` are offered besides ``forms`` and before them.

    >>> choose("text/turtle;q=0.9, text/html;q=0.5", RDF, HTML)
    'text/turtle'
    >>> choose("*/*", RDF, HTML), choose("image/png", RDF, HTML)
    ('text/html', None)
    """
    return best(accept, (*first, *forms.values()))


def suffix_of(media: str, forms: Mapping[str, str]) -> str | None:
    """Give the suffix of a media type, or nothing if it has none."""
    return next((suffix for suffix, one in forms.items() if one == media), None)


def encoded(local: str) -> str:
    """Write a part of an IRI so that it can stand in the path of an address; what is encoded already is kept.

    >>> encoded("text/x.txt#char=0,5")
    'text/x.txt%23char=0,5'
    """
    return quote(local, safe=_KEPT)


def decodings(path: str) -> tuple[str, ...]:
    """Give the parts of IRIs that the path of an address, as it was sent, may stand for: itself first, then decoded.

    >>> decodings("text/x.txt%23char=0,5")
    ('text/x.txt%23char=0,5', 'text/x.txt#char=0,5')
    """
    return tuple(dict.fromkeys((path, unquote(path))))
