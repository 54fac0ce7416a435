"""What the graph states of all resources of a list, as one document of RDF: the list as Turtle, as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import islice

from pyoxigraph import Triple

from plan_graph.iri import PREFIXES
from plan_graph.web.describe import write
from plan_graph.web.representation import RDF
from plan_graph.web.shipped import statements
from plan_graph.web.site import Site

_AT_ONCE = 200  # resources of one question


def listed(site: Site, iris: Iterable[str], form: str) -> tuple[bytes, str, dict[str, str]]:
    """Give the document of resources in a form of RDF (its suffix): content, media type, headers.

    It has the statements of each, with its participations if it is a task, and the names of what they link to. As
    everywhere, it ends at the most rows of an answer, and then says so in ``Plan-Graph-Truncated``.
    """
    asked = iter(dict.fromkeys(iris))
    made: dict[str, Triple] = {}
    while (some := list(islice(asked, _AT_ONCE))) and len(made) <= site.limits.max_rows:
        made |= {str(triple): triple for triple in statements(site.store, some)}
    media, out = RDF[form], BytesIO()
    written = write(site, media, [made[line] for line in sorted(made)], PREFIXES, out)
    headers = {"Plan-Graph-Rows": str(written.rows)}
    if written.cut or some:
        headers["Plan-Graph-Truncated"] = written.cut or "rows"
    return out.getvalue(), media + ("; charset=utf-8" if media.startswith("text/") else ""), headers
