"""What the graph states of all resources of a list, as one document of RDF: the list as Turtle, as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import islice

from pyoxigraph import Triple

from plan_graph.errors import InputError
from plan_graph.iri import PREFIXES
from plan_graph.web.describe import write
from plan_graph.web.representation import RDF
from plan_graph.web.shipped import statements
from plan_graph.web.site import Site

_AT_ONCE = 200  # resources of one question


def listed(site: Site, iris: Iterable[str], form: str) -> tuple[bytes, str, dict[str, str]]:
    """Give the document of resources in a form of RDF (its suffix): content, media type, headers.

    It has the statements of each, with its participations if it is a task, and the names of what they link to.

    :raises InputError: if they are more than an answer may have: who saves a file would not see that it is cut.
    """
    asked = iter(dict.fromkeys(iris))
    made: dict[str, Triple] = {}
    while some := list(islice(asked, _AT_ONCE)):
        made |= {str(triple): triple for triple in statements(site.store, some)}
        if len(made) > site.limits.max_rows:
            raise _too_many(site)
    media, out = RDF[form], BytesIO()
    written = write(site, media, [made[line] for line in sorted(made)], PREFIXES, out)
    if written.cut:
        raise _too_many(site)
    headers = {"Plan-Graph-Rows": str(written.rows)}
    return out.getvalue(), media + ("; charset=utf-8" if media.startswith("text/") else ""), headers


def _too_many(site: Site) -> InputError:
    most = f"{site.limits.max_rows:,}"
    return InputError(
        f"what the graph states of this list is more than an answer may have, {most} triples; "
        "narrow the list by its filters, or take all data from /dump.nq.gz",
        f"图谱对这个列表的陈述超过一次回答的上限（{most} 条三元组）；请用筛选缩小列表，或从 /dump.nq.gz 下载全部数据",
    )
