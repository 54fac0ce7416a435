"""Where things are in a published site: which file a page of the service is, and the link from one file to another.

A page at ``/body/210000/czt`` is the file ``body/210000/czt.html`` in Chinese and ``en/body/210000/czt.html`` in
English, with ``body/210000/czt.ttl`` and its like beside the first. Links are relative, so that the site works below
any address and from a folder.

Who takes part in a task is told on the page of the task, and a tie in one year on that of the tie in all years: they
are parts of these documents, and have no files of their own (:func:`home`).
"""

from __future__ import annotations

import functools
import html
import re
from urllib.parse import unquote

from plan_graph.web.pages.templates import BESIDE

LANGUAGES = ("zh", "en")
# what is told on the page of something else: pattern of its address → that page, and the place on it
PARTS = (
    (re.compile(r"/participation/([^/]+/[^/]+)/([a-z]+-\d+)"), "/task/{0}", "{1}"),
    (re.compile(r"/((?:directed-)?tie)/(\d{4})/([^/]+/[^/]+)"), "/{0}/all/{2}", "year-{1}"),
)
ENGLISH = "en/"
SEARCH = "/search"
# lists whose narrower forms are answered by the search of the site, for a file cannot choose
_CHOSEN = ("/tasks",)
# pages of the service that choose or compute while somebody waits: a folder has none of them
_LIVE = ("/network", "/overlap", "/compare", "/compare-years", "/queries", "/query", "/sparql", "/health", "/reconcile")
_PAGED = re.compile(r"(?:^|&)page=(\d+)(?:&|$)")
_NAMES = ("href", "src", "action")  # of the attributes that have links
_OTHER = 'href="/language?'  # to the same page in the other language
_KEPT = 50_000  # links remembered


def page_file(address: str, lang: str, page: int = 1) -> str:
    """Give the file of a page; ``page`` is its number in a list of several.

    >>> page_file("/body/210000/czt", "zh"), page_file("/", "en"), page_file("/tasks", "zh", 2)
    ('body/210000/czt.html', 'en/index.html', 'tasks-2.html')
    """
    before = ENGLISH if lang == "en" else ""
    return f"{before}{stem(address)}{f'-{page}' if page > 1 else ''}.html"


def stem(address: str) -> str:
    """Give what the files of an address have in common: its path, without a suffix.

    >>> stem("/theme/"), stem("/ns"), stem("/text/a.txt")
    ('theme/index', 'ns/index', 'text/a.txt')
    """
    local = unquote(address).lstrip("/")
    return f"{local}index" if local in ("", "ns/") or local.endswith("/") else "ns/index" if local == "ns" else local


def home(address: str) -> tuple[str, str]:
    """Give the address of the page on which a resource is told, and its place there, or "" where that is its own.

    >>> home("/participation/ln-2016/2016-057/lead-1")
    ('/task/ln-2016/2016-057', 'lead-1')
    >>> home("/task/ln-2016/2016-057")
    ('/task/ln-2016/2016-057', '')
    """
    for pattern, page, place in PARTS:
        if found := pattern.fullmatch(address):
            return page.format(*found.groups()), place.format(*found.groups())
    return address, ""


def target(link: str, lang: str, own: str) -> str | None:
    """Give the file, with query and fragment, that a link of the service leads to, or nothing if the site has none.

    ``own`` is the file of the page of the same language on which it stands.

    >>> target("/document/a?at=12#char-12", "zh", "task/a/1.html")
    'document/a.html#char-12'
    >>> target("/tasks?body=210000/czt", "en", "en/home.html")
    'en/search.html?body=210000/czt'
    >>> target("/sparql?query=ASK", "zh", "home.html") is None
    True
    """
    path, _, fragment = link.partition("#")
    path, _, query = path.partition("?")
    if path.startswith("/ns%23"):
        path, fragment = "/ns", path[len("/ns%23") :]
    if path == "/language":
        return own.removeprefix(ENGLISH) if lang == "en" else ENGLISH + own
    if "/" + path.split("/")[1] in _LIVE:
        return None
    path, place = home(path)
    fragment = fragment or place
    return _file(path, query, lang) + (f"#{fragment}" if fragment else "")


def _file(path: str, query: str, lang: str) -> str:
    before, dot, suffix = path.rpartition(".")
    if dot and suffix in BESIDE:
        return f"{stem(before)}.{suffix}"
    if path.startswith(_FILES):
        return path[1:]
    page = _PAGED.search(query)
    if page:
        return page_file(path, lang, int(page[1]))
    return f"{page_file(SEARCH, lang)}?{query}" if path in _CHOSEN and query else page_file(path, lang)


_FILES = ("/static/", "/.well-known/", "/dumps/", "/catalog.ttl", "/SHA256SUMS")


def relink(markup: str, lang: str, own: str, root: str | None = None) -> str:
    """Make the links of a page of the service links from the file ``own`` to files of the site.

    A link to what a site does not have is left without an address. ``root`` is put before the paths of files; without
    it they are relative to ``own``.
    """
    up = "../" * own.count("/") if root is None else root
    links = _links(lang, up)
    other = f'href="{html.escape(up + str(target("/language", lang, own)))}"'
    for name in _NAMES:
        before, *rest = markup.split(f' {name}="/')  # many times as fast as a regular expression
        pieces = [before]
        for one in rest:
            link, _, after = one.partition('"')
            attribute = f'{name}="/{link}"'
            pieces += " ", other if attribute.startswith(_OTHER) else links[attribute], after
        markup = "".join(pieces)
    return markup


class _Links(dict[str, str]):
    """Attributes of the service with a link → those of pages in one language, ``up`` being the way to the top."""

    def __init__(self, lang: str, up: str) -> None:
        self.lang, self.up = lang, up

    def __missing__(self, attribute: str) -> str:
        if len(self) >= _KEPT:
            self.clear()
        name, _, link = attribute[:-1].partition('="')
        found = target(html.unescape(link), self.lang, "")
        made = f'data-{name}=""' if found is None else f'{name}="{html.escape(self.up + found)}"'
        self[attribute] = made
        return made


@functools.lru_cache(64)
def _links(lang: str, up: str) -> _Links:
    return _Links(lang, up)
