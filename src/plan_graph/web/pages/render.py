"""Views and templates → pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from plan_graph.web.job import Reply
from plan_graph.web.pages.templates import frame, template
from plan_graph.web.pages.views import VIEWS
from plan_graph.web.pages.visit import File, Visit
from plan_graph.web.site import Site


def render(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the page, or the file, of the view ``asked['view']``.

    :raises NotFoundError: if what the address names is not in the graph.
    :raises InputError: for a parameter that cannot be used.
    """
    parameters = [(key, value) for key, value in asked["parameters"]]
    visit = Visit(asked["path"], asked["arguments"], parameters, asked["lang"])
    page = VIEWS[asked["view"]](site, visit)
    if isinstance(page, File):
        content, status, media, headers = page.content, 200, page.media_type, page.headers
    else:
        values = {**frame(visit, site.build), "site": site, **page.values}
        content, status = template(page.template).render(values).encode(), page.status
        media, headers = "text/html; charset=utf-8", {}
    out.write(content)
    return Reply(status, media, headers)
