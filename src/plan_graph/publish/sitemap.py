"""For search engines: all pages of a site in both languages (sitemaps.org), and where that list is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from plan_graph.publish.layout import LANGUAGES, page_file
from plan_graph.publish.release import Release

MOST = 25_000
"""Pages a list has; each is there in two languages, and the protocol allows 50,000 addresses."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def files(release: Release, pages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Give ``sitemap.xml`` of the pages with these addresses, further lists if they are many, and ``robots.txt``."""
    pieces = [pages[at : at + MOST] for at in range(0, len(pages), MOST)]
    if len(pieces) == 1:
        yield "sitemap.xml", _listed(release, pieces[0])
    else:
        names = [f"sitemap-{at}.xml" for at in range(1, len(pieces) + 1)]
        for name, piece in zip(names, pieces, strict=True):
            yield name, _listed(release, piece)
        index = "".join(
            f"<sitemap><loc>{escape(release.address(name), quote=False)}</loc></sitemap>\n" for name in names
        )
        yield "sitemap.xml", f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{index}</sitemapindex>\n".encode()
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {release.address('sitemap.xml')}\n".encode()


def _listed(release: Release, pages: Sequence[str]) -> bytes:
    made = [
        f"<url><loc>{escape(release.address(page_file(page, lang)), quote=False)}</loc></url>\n"
        for page in pages
        for lang in LANGUAGES
    ]
    return f"{_HEAD}<urlset {_NAMESPACE}>\n{''.join(made)}</urlset>\n".encode()
