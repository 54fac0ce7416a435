"""Views and templates → pages."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from plan_graph import __version__
from plan_graph.web.job import Reply
from plan_graph.web.pages.registry import VIEWS
from plan_graph.web.pages.visit import Visit
from plan_graph.web.site import Site

TEMPLATES = Path(__file__).parent.parent / "templates"


@functools.cache
def environment() -> Environment:
    """Make the environment of the templates: everything is escaped, and a name that is not given is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@functools.cache
def template(name: str) -> Template:
    """Give a template, compiled once a process."""
    return environment().get_template(name)


def preload() -> None:
    """Compile every template, so that workers have them when they are forked."""
    for name in environment().list_templates(extensions=["html"]):
        template(name)


def render(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the page of the view ``asked['view']``.

    :raises NotFoundError: if what the address names is not in the graph.
    :raises InputError: for a parameter that cannot be used.
    """
    parameters = [(key, value) for key, value in asked["parameters"]]
    visit = Visit(asked["path"], asked["arguments"], parameters, asked["lang"])
    page = VIEWS[asked["view"]](site, visit)
    common = {"site": site, "visit": visit, "t": visit.t, "lang": visit.lang, "version": __version__, "build": site.build}
    out.write(template(page.template).render({**common, **page.values}).encode())
    return Reply(page.status, "text/html; charset=utf-8")
