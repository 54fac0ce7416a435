"""Views and templates → pages."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any, BinaryIO

from plan_graph.web.job import Reply
from plan_graph.web.pages.registry import VIEWS
from plan_graph.web.pages.templates import frame, template
from plan_graph.web.pages.visit import Visit
from plan_graph.web.site import Site

_EFFORT = 5  # of compression; more takes longer than it saves


def render(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the page of the view ``asked['view']``, compressed where the client takes that (``asked['packed']``).

    :raises NotFoundError: if what the address names is not in the graph.
    :raises InputError: for a parameter that cannot be used.
    """
    parameters = [(key, value) for key, value in asked["parameters"]]
    visit = Visit(asked["path"], asked["arguments"], parameters, asked["lang"])
    page = VIEWS[asked["view"]](site, visit)
    content = template(page.template).render({**frame(visit, site.build), "site": site, **page.values}).encode()
    if asked["packed"]:
        out.write(gzip.compress(content, _EFFORT, mtime=0))
        return Reply(page.status, "text/html; charset=utf-8", {"Content-Encoding": "gzip"})
    out.write(content)
    return Reply(page.status, "text/html; charset=utf-8")
