"""The templates of all pages, compiled once a process; the server process has them too, for pages that say an error."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from plan_graph import __version__
from plan_graph.scratch import scratch
from plan_graph.web import assets
from plan_graph.web.pages.compiling import Compiled
from plan_graph.web.pages.tables import are_wordings, labelled
from plan_graph.web.pages.visit import Page, Visit

if TYPE_CHECKING:
    from plan_graph.web.site import Site

TEMPLATES = Path(__file__).parent.parent / "templates"
_SECTIONS = 256  # of pages whose links to others are kept
BESIDE = ("ttl", "jsonld", "nt")  # suffixes of the files that stand beside the pages of a published site


@functools.cache
def environment(lang: str, live: bool = True) -> Environment:
    """Make the environment of the templates: everything is escaped, and a name that is not given is an error.

    ``live`` says that there is a service behind the pages: those of a published site lead to files alone. What is the
    same for all pages is known to macros too, so that a file of macros is read once and not for each page.
    """
    made = Compiled(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        # compiled they are read in a tenth of the time
        bytecode_cache=FileSystemBytecodeCache(str(scratch()), f"__jinja2c_{lang}_%s.cache"),
    )
    made.lang = lang
    visit = Visit("", {}, (), lang)
    made.globals.update(
        static=assets.address,
        t=visit.t,
        lang=lang,
        live=live,
        version=__version__,
        navigation=functools.partial(_navigation, lang, live),
    )
    made.filters.update(labelled=labelled, are_wordings=are_wordings, beside=beside)
    return made


@functools.cache
def template(name: str, lang: str, live: bool = True) -> Template:
    """Give a template in a language, compiled once a process."""
    return environment(lang, live).get_template(name)


def preload(live: bool = True) -> None:
    """Compile every template, so that workers have them when they are forked."""
    assets.preload()
    for lang in ("zh", "en"):
        for name in environment(lang, live).list_templates(extensions=["html"]):
            template(name, lang, live)


def _navigation(lang: str, live: bool, path: str) -> Markup:
    """Give the links of the head of a page: those of all pages of a section are the same."""
    section = f"/{path.strip('/').split('/')[0]}"
    return _links(lang, live, path if path == section else f"{section}/")


@functools.lru_cache(_SECTIONS)
def _links(lang: str, live: bool, path: str) -> Markup:
    return Markup(template("navigation.html", lang, live).render(path=path))


def beside(formats: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep of what a page can be taken as, as (label, address) pairs, the files that a published site has.

    >>> beside([("Excel", "/task/a/1.xlsx"), ("Turtle", "/task/a/1.ttl")])
    [('Turtle', '/task/a/1.ttl')]
    """
    endings = tuple(f".{suffix}" for suffix in BESIDE)
    return [(label, address) for label, address in formats if address.endswith(endings)]


def frame(visit: Visit, build: str) -> dict[str, Any]:
    """Give what ``base.html`` needs, and with it every page."""
    return {"visit": visit, "build": build}


def written(site: Site, visit: Visit, page: Page, *, live: bool = True, **more: Any) -> str:
    """Write a page of the service (``live``) or of a published site by its template; ``more`` is what that is given."""
    values = {**frame(visit, site.build), "site": site, **page.values, **more}
    return template(page.template, visit.lang, live).render(values)
