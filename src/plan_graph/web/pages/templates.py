"""The templates of all pages, compiled once a process; the server process has them too, for pages that say an error."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template

from plan_graph import __version__
from plan_graph.scratch import scratch
from plan_graph.web.pages.tables import are_wordings, labelled
from plan_graph.web.pages.visit import Visit

TEMPLATES = Path(__file__).parent.parent / "templates"
BESIDE = ("ttl", "jsonld", "nt")  # suffixes of the files that stand beside the pages of a published site


@functools.cache
def environment() -> Environment:
    """Make the environment of the templates: everything is escaped, and a name that is not given is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=FileSystemBytecodeCache(str(scratch())),  # compiled they are read in a tenth of the time
    )
    made.filters.update(labelled=labelled, are_wordings=are_wordings, beside=beside)
    return made


@functools.cache
def template(name: str) -> Template:
    """Give a template, compiled once a process."""
    return environment().get_template(name)


def preload() -> None:
    """Compile every template, so that workers have them when they are forked."""
    for name in environment().list_templates(extensions=["html"]):
        template(name)


def beside(formats: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep of what a page can be taken as, as (label, address) pairs, the files that a published site has.

    >>> beside([("Excel", "/task/a/1.xlsx"), ("Turtle", "/task/a/1.ttl")])
    [('Turtle', '/task/a/1.ttl')]
    """
    endings = tuple(f".{suffix}" for suffix in BESIDE)
    return [(label, address) for label, address in formats if address.endswith(endings)]


def frame(visit: Visit, build: str) -> dict[str, Any]:
    """Give what ``base.html`` needs, and with it every page.

    ``live`` says that there is a service behind the page: a page of a published site leads to files alone.
    """
    return {"visit": visit, "t": visit.t, "lang": visit.lang, "version": __version__, "build": build, "live": True}
