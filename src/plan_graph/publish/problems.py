"""Pages of what is not there: 404 of what never was, 410 of what earlier releases had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from plan_graph.publish.layout import LANGUAGES, page_file, relink
from plan_graph.publish.release import Release
from plan_graph.publish.retired import retired
from plan_graph.web.pages.naming import Names
from plan_graph.web.pages.problem import problem_page
from plan_graph.web.pages.visit import Visit
from plan_graph.web.site import Site

_SAID = {
    404: ("此地址没有内容", "there is nothing at this address"),
    410: (
        "此资源见于早先的版本，本版本已不再包含；可搜索相关内容",
        "this resource was in an earlier release and is in this one no more; search for what took its place",
    ),
}


def files(release: Release, site: Site) -> Iterator[tuple[str, bytes]]:
    """Give the pages that hosts answer with, and one in the place of each resource that is gone.

    A host sends ``404.html`` for any address, so its links name the whole path of the site.
    """
    root = urlsplit(release.site).path
    replaced = {one.iri: one.replaced_by for one in retired(release)}
    for lang in LANGUAGES:
        for status in _SAID:
            yield _page(site, f"/{status}", status, lang, root)
        names = Names(site, {one for those in replaced.values() for one in those}, lang)
        for iri in sorted(site.gone):
            address = site.local(iri)
            if address and "#" not in address:
                others = [(site.local(one), names(one)) for one in replaced.get(iri, ())]
                yield _page(site, address, 410, lang, None, others)


def _page(
    site: Site,
    address: str,
    status: int,
    lang: str,
    root: str | None,
    replaced: Sequence[tuple[str | None, str]] = (),
) -> tuple[str, bytes]:
    visit = Visit(address, {}, (), lang)
    own = page_file(address, lang)
    said = visit.t(*_SAID[status])
    markup = problem_page(visit, site.build, status, said, live=False, linked="", replaced=replaced)
    return own, relink(markup, lang, own, root).encode()
