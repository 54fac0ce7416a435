"""The templates of all pages, compiled once a process; the server process has them too, for pages that say an error."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.visitor import NodeTransformer

from plan_graph import __version__
from plan_graph.scratch import scratch
from plan_graph.web import assets
from plan_graph.web.pages.tables import are_wordings, labelled
from plan_graph.web.pages.visit import Visit

TEMPLATES = Path(__file__).parent.parent / "templates"
BESIDE = ("ttl", "jsonld", "nt")  # suffixes of the files that stand beside the pages of a published site


class _Wordings(NodeTransformer):
    """Puts the wording of a language in the place of ``t("任务", "Tasks")``."""

    def __init__(self, lang: str) -> None:
        self.at = ("zh", "en").index(lang)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (as jinja2 names them)
        """Choose, if the call is one of constants."""
        self.generic_visit(node)
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        chosen = called == "t" and len(node.args) > 1 and all(isinstance(one, nodes.Const) for one in node.args)
        return node.args[self.at] if chosen else node


class _Environment(Environment):
    """An environment of one language: a page has a hundred wordings, which are chosen when it is compiled."""

    lang = "zh"

    def _generate(self, source: nodes.Template, *arguments: Any, **named: Any) -> str:
        return super()._generate(_Wordings(self.lang).visit(source), *arguments, **named)


@functools.cache
def environment(lang: str) -> Environment:
    """Make the environment of the templates: everything is escaped, and a name that is not given is an error."""
    made = _Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        # compiled they are read in a tenth of the time
        bytecode_cache=FileSystemBytecodeCache(str(scratch()), f"__jinja2_{lang}_%s.cache"),
    )
    made.lang = lang
    made.globals["static"] = assets.address
    made.filters.update(labelled=labelled, are_wordings=are_wordings, beside=beside)
    return made


@functools.cache
def template(name: str, lang: str) -> Template:
    """Give a template in a language, compiled once a process."""
    return environment(lang).get_template(name)


def preload() -> None:
    """Compile every template, so that workers have them when they are forked."""
    assets.preload()
    for lang in ("zh", "en"):
        for name in environment(lang).list_templates(extensions=["html"]):
            template(name, lang)


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
