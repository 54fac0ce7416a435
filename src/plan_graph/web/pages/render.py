"""Views and templates → pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from plan_graph.errors import NotFoundError
from plan_graph.web.describe import gone_at
from plan_graph.web.job import Reply
from plan_graph.web.pages.templates import written
from plan_graph.web.pages.views import VIEWS
from plan_graph.web.pages.visit import File, Visit
from plan_graph.web.site import Site


def render(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the page, or the file, of the view ``asked['view']``.

    :raises NotFoundError: if what the address names is not in the graph.
    :raises GoneError: if an earlier build had it.
    :raises InputError: for a parameter that cannot be used.
    """
    parameters = [(key, value) for key, value in asked["parameters"]]
    visit = Visit(asked["path"], asked["arguments"], parameters, asked["lang"])
    try:
        page = VIEWS[asked["view"]](site, visit)
    except NotFoundError as error:
        raise gone_at(site, visit.arguments["sent"]) or error from error
    if isinstance(page, File):
        out.write(page.content)
        return Reply(200, page.media_type, page.headers)
    out.write(written(site, visit, page).encode())
    return Reply(page.status, "text/html; charset=utf-8", {})
