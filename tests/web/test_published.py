"""The search of a published site in a real browser, from which nothing but the site can be reached."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from plan_graph.publish import assets, search
from plan_graph.publish.layout import page_file
from plan_graph.publish.making import site_of
from plan_graph.publish.pages import Job, PagesSite, page
from plan_graph.publish.release import Release, release
from plan_graph.web.pages.filters import Selection
from plan_graph.web.pages.visit import Visit
from plan_graph.web.search.results import search as searched

from .axe import violations

SHOWN = ("/", "/search", "/tasks", "/bodies", "/task/ln-2016-revitalisation/2016-057", "/body/210000/czt")
TIE = "/tie/all/210000.czt/210000.fgw"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def published(built: Path) -> Release:
    return release(built, site="https://example.org/plans/")


@pytest.fixture(scope="module")
def site(published: Release) -> PagesSite:
    return site_of(published)


@pytest.fixture(scope="module")
def folder(published: Release, site: PagesSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a site that are looked at here, with its index."""
    root = tmp_path_factory.mktemp("published")
    files = dict(assets.files())
    files[search.FILE] = search.index(site)
    for address in (*SHOWN, TIE):
        for lang in ("zh", "en"):
            files[page_file(address, lang)] = page(published, site, Job(address), lang)[0].encode()
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def tab(browser: Browser, url: str) -> Iterator[Page]:
    """A tab that reaches nothing but the site; a word on its console or another address asked fails the test."""
    context = browser.new_context(base_url=url)
    said: list[str] = []
    made = context.new_page()
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    # what a page still loads when it is left is given up; what cannot be had is not
    made.on("requestfailed", lambda one: said.append(one.url) if one.failure != "net::ERR_ABORTED" else None)
    context.route(lambda address: not address.startswith(url), lambda route: route.abort())
    yield made
    context.close()
    assert said == []


def hits(tab: Page) -> list[str]:
    """Give the addresses of all hits, best first."""
    more = tab.get_by_role("button", name="Show more")
    while more.count():
        more.click()
    found = tab.locator("#found ol.results h2 a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [f"/{one.removesuffix('.html')}" for one in found]


def test_the_index_is_small(folder: Path) -> None:
    assert (folder / search.FILE).stat().st_size < 300_000


@pytest.mark.parametrize(
    "asked",
    [
        "棚户区改造",
        "省财政厅",
        "財政廳",  # as they write it elsewhere
        "沈阳 棚户区",
        '"国家开发银行"',
        "徐大堡",
        "省发展改革委",
        "外交",
        "省的财政厅",
        "改造和建设",
        "2016-057",
        "着力保障和改善民生",
        "\uff11\uff18\uff10万亩",  # digits as wide as characters
        "没有这样的词语",
    ],
)
def test_what_is_found_is_what_the_service_finds(tab: Page, site: PagesSite, asked: str) -> None:
    tab.goto(f"en/search.html?{urlencode({'q': asked})}")
    service = [site.local(site.index.entries[at].iri) for at, _ in searched(site.index, asked).hits]
    found = hits(tab)
    assert set(found) == set(service)
    assert found[:1] == service[:1]
    assert tab.locator("#found .empty").count() == (not service)


@pytest.mark.parametrize(
    "chosen",
    [
        [("body", "210000/czt")],
        [("body", "210000/czt"), ("year", "2017"), ("role", "lead"), ("role", "responsible")],
        [("body", "210000/czt"), ("body", "210000/fgw")],
        [("year", "2016"), ("year", "2018"), ("has", "target")],
        [("place", "210000"), ("theme", "livelihood")],
        [("role", "lead")],
        [("collective", "any"), ("has", "nosupport")],
    ],
)
def test_tasks_are_chosen_as_in_the_service(tab: Page, site: PagesSite, chosen: list[tuple[str, str]]) -> None:
    tab.goto(f"en/search.html?{urlencode(chosen)}")
    tasks = Selection(site.choices, Visit("/tasks", {}, chosen, "en")).tasks
    assert set(hits(tab)) == {site.local(task.iri) for task in tasks}
    assert tasks
    assert tab.locator("#found .chips a.chip").count() >= len(chosen)


def test_a_filter_is_taken_away(tab: Page) -> None:
    tab.goto("search.html?body=210000/czt&year=2017")
    both = tab.locator("#found p.soft").first.inner_text()
    tab.get_by_role("link", name="年度 2017 去掉").click()
    assert "year" not in tab.url
    assert tab.locator("#found p.soft").first.inner_text() != both


def test_without_scripts_the_lists_are_named(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("en/search.html?q=a")
    assert "begin at the lists" in tab.locator("main").inner_text()
    context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_keeps_anybody_out(tab: Page, lang: str) -> None:
    for address in (*SHOWN, TIE, "/search?q=棚户区", "/search?body=210000/czt"):
        path, _, query = address.partition("?")
        tab.goto(f"{page_file(path, lang)}?{query}")
        assert violations(tab) == [], address


def test_the_other_language_is_a_link_away(tab: Page) -> None:
    tab.goto("task/ln-2016-revitalisation/2016-057.html")
    tab.get_by_role("link", name="English").click()
    assert tab.url.endswith("/en/task/ln-2016-revitalisation/2016-057.html")
    tab.get_by_role("link", name="中文").click()
    assert tab.url.endswith("/task/ln-2016-revitalisation/2016-057.html")
    assert "/en/" not in tab.url


def test_a_folder_on_disk_is_searched_too(browser: Browser, folder: Path) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{(folder / 'search.html').as_uri()}?{urlencode({'q': '棚户区改造'})}")
    assert tab.locator("#found ol.results li").count() > 0
    context.close()
