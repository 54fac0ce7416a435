"""Pages of what is not there: 404 of what never was, 410 of what earlier releases had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from plan_graph.publish.layout import LANGUAGES, home, page_file, relink, stem
from plan_graph.publish.release import Release
from plan_graph.publish.retired import Retired
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


def paths(site: Site) -> list[str]:
    """Give where the pages of what is gone are, without their endings."""
    found = (site.local(iri) for iri in site.gone)
    return sorted(stem(address) for address in found if address and "#" not in address and not home(address)[1])


def files(release: Release, site: Site, gone: Iterable[Retired]) -> Iterator[tuple[str, bytes]]:
    """Give the pages that hosts answer with, and one in the place of each resource that is gone.

    A host sends ``404.html`` for any address, so its links name the whole path of the site.
    """
    root = urlsplit(release.site).path
    replaced = {one.iri: one.replaced_by for one in gone}
    for lang in LANGUAGES:
        for status in _SAID:
            yield _page(site, f"/{status}", status, lang, root)
        for iri in sorted(site.gone):
            address = site.local(iri)
            if address and "#" not in address and not home(address)[1]:
                yield _page(site, address, 410, lang, None, replaced.get(iri, ()))


def _page(
    site: Site, address: str, status: int, lang: str, root: str | None, others: Iterable[str] = ()
) -> tuple[str, bytes]:
    visit = Visit(address, {}, (), lang)
    own = page_file(address, lang)
    names = Names.of(site, others, lang)
    markup = problem_page(
        visit,
        site.build,
        status,
        visit.t(*_SAID[status]),
        live=False,
        linked="",
        replaced=[(site.local(one), names(one)) for one in others],
    )
    return own, relink(markup, lang, own, root).encode()
