"""The frame of all pages: their look, what every page has, errors as pages; in HTTP and in a real browser."""

from __future__ import annotations

import gzip
import re
from html import unescape
from pathlib import Path
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, ViewportSize
from starlette.routing import compile_path

from plan_graph.authority.reasons import REASONS
from plan_graph.graph.queries import bind, find, run
from plan_graph.graph.store import open_store
from plan_graph.web.pages.problem import problem_page
from plan_graph.web.pages.registry import ADDRESSES, pattern
from plan_graph.web.pages.views import VIEWS
from plan_graph.web.pages.visit import Visit

from .axe import violations
from .conftest import Served

PLAN = "ln-2016-revitalisation"
CITED = "fagaizhenxing-2016-1772"
PAGES = (
    "/",
    "/plans",
    f"/plan/{PLAN}",
    "/documents",
    "/documents?relation=produces",
    "/documents?relation=nothing",
    f"/document/{PLAN}",
    f"/document/{PLAN}/notice",
    f"/document/{CITED}",
    "/ledger",
    f"/ledger?plan={PLAN}",
    "/nowhere",
)
WIDTHS = (390, 768, 1280)
MOST = 100 * 1024  # bytes that a page may weigh on its way
HTML = {"accept": "text/html"}


def get(served: Served, address: str, **headers: str) -> httpx.Response:
    return served.client.get(address, headers={**HTML, **headers})


# --- what every page has ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_has_a_title_one_heading_its_language_and_nothing_inline(
    served: Served, address: str, lang: str
) -> None:
    answer = get(served, address, **{"accept-language": lang})
    assert answer.status_code == (404 if address == "/nowhere" else 200)
    page = answer.text
    assert answer.headers["content-language"] == lang
    assert f'<html lang="{"zh-Hans" if lang == "zh" else "en"}">' in page
    assert re.search(r"<title>.*plan-graph</title>", page)
    assert page.count("<h1>") == 1
    assert not re.search(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|https?://(?!www\.w3)[^\s\"]+\.(js|css)", page
    )
    assert "{{" not in page and "{%" not in page and not re.search(r"\bNone\b(?!:)", re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_light_on_its_way(served: Served, address: str) -> None:
    with served.client.stream("GET", address, headers={**HTML, "accept-encoding": "gzip"}) as answer:
        sent = b"".join(answer.iter_raw())
        packed = answer.headers.get("content-encoding") == "gzip"
        vary = answer.headers["vary"]
    assert len(sent) < MOST
    if packed:
        assert "Accept-Encoding" in vary
        assert gzip.decompress(sent).decode() == get(served, address, **{"accept-encoding": "identity"}).text


def test_pages_in_two_packings_have_two_tags(served: Served) -> None:
    packed, plain = (get(served, "/", **{"accept-encoding": how}) for how in ("gzip", "identity"))
    assert packed.headers["etag"] != plain.headers["etag"]
    again = get(served, "/", **{"accept-encoding": "gzip", "if-none-match": packed.headers["etag"]})
    assert again.status_code == 304 and again.content == b""


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/plans", '<a href="/plans" aria-current="page">'),
        (f"/plan/{PLAN}", '<a href="/plans" aria-current="true">'),
        (f"/document/{PLAN}", '<a href="/documents" aria-current="true">'),
    ],
)
def test_the_menu_says_where_one_is(served: Served, address: str, current: str) -> None:
    page = get(served, address).text
    menu = re.search(r"<nav id=\"menu\".*?</nav>", page, re.DOTALL)
    assert menu and current in menu[0] and menu[0].count("aria-current") == 1


def test_the_other_language_is_a_link_away_and_remembered(served: Served) -> None:
    page = get(served, "/plans?lang=en").text
    (link,) = re.findall(r'<a class="language" href="([^"]+)"', page)
    answer = served.client.get(link.replace("&amp;", "&"))
    assert answer.status_code == 303 and answer.headers["location"] == "/plans"
    assert "lang=zh" in answer.headers["set-cookie"]
    served.client.cookies.clear()


# --- errors ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere", 404, "Not found"),
        ("/plan/nothing", 404, "Not found"),
        ("/document/nothing", 404, "Not found"),
        ("/document/%20%22%3Cx", 404, "Not found"),
        ("/ledger?plan=nothing", 404, "Not found"),
        ("/tasks?page=x", 400, "This cannot be answered as asked"),
    ],
)
def test_an_error_is_a_page_that_helps(served: Served, address: str, status: int, heading: str) -> None:
    answer = get(served, address, **{"accept-language": "en"})
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in answer.text
    assert 'action="/search"' in answer.text and '<a href="/tasks">' in answer.text
    assert 'name="robots" content="noindex"' in answer.text


@pytest.mark.parametrize(
    ("status", "again", "dump"),
    [(400, 0, 0), (404, 0, 0), (406, 0, 0), (413, 0, 0), (429, 1, 0), (500, 1, 0), (503, 1, 1), (504, 0, 1)],
)
def test_a_page_of_an_error_leads_on(status: int, again: int, dump: int) -> None:
    page = problem_page(Visit("/x", {}, [], "en"), "", status, "y=1 is odd", again="/x?y=1&z=%E7%9C%81")
    assert page.count('href="/x?y=1&amp;z=%E7%9C%81"') == again
    assert page.count('href="/dump.nq"') == dump
    assert "y=1 is odd." in page


@pytest.mark.parametrize(
    ("said", "shown"),
    [("the query, too", "The query, too."), ("https://x.example is gone", "https://x.example is gone.")],
)
def test_a_sentence_begins_with_a_capital_letter_but_a_name_does_not(said: str, shown: str) -> None:
    assert f'"lede">{shown}<' in problem_page(Visit("/x", {}, [], "en"), "", 404, said)


def test_what_was_asked_never_gets_into_a_page_unescaped(served: Served) -> None:
    for address in ("/nowhere?<script>alert(1)</script>", "/documents?relation=<script>alert(1)</script>"):
        assert "<script>alert" not in get(served, address).text


# --- the first pages -------------------------------------------------------------------------------------------------


def test_the_figures_of_the_first_page_are_those_of_the_queries(served: Served, built: Path) -> None:
    store = open_store(built)
    plans = run(store, bind(find("plans"), {})).rows
    bodies = run(store, bind(find("tasks-by-body"), {})).rows
    documents = {row[0] for row in run(store, bind(find("documents"), {})).rows}
    figures = re.findall(r"<dt>[^<]+</dt><dd>([\d,]+)</dd>", get(served, "/").text)
    assert [int(one.replace(",", "")) for one in figures] == [len(plans), 193, len(bodies), len(documents), len(store)]


def test_a_plan_says_how_its_tasks_are_spread(served: Served, built: Path) -> None:
    page = get(served, f"/plan/{PLAN}", **{"accept-language": "en"}).text
    rows = re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", page, re.DOTALL)
    spread = [re.findall(r">(\d+|–)<", row) for row in rows]
    assert [*zip(*([int(n) if n != "–" else 0 for n in row] for row in spread[:5]), strict=True)] == [
        (37, 38, 14, 12, 5),
        (23, 15, 7, 8, 4),
        (11, 9, 6, 4, 0),
        (71, 62, 27, 24, 9),
    ]
    assert spread[5] == ["106", "57", "30", "193"]
    busiest = run(open_store(built), bind(find("tasks-by-body"), {"plan": PLAN})).rows[0]
    assert spread[6] == [str(value) if value else "–" for value in busiest[2:6]]
    assert f'href="/tasks?plan={PLAN}&amp;year=2016&amp;theme=' in page


def test_the_ledger_adds_up(served: Served, built: Path) -> None:
    page = get(served, f"/ledger?plan={PLAN}").text
    row = re.search(r"<tr>\s*<th scope=\"row\" class=\"wide\">.*?</tr>", page, re.DOTALL)
    assert row
    numbers = [int(one.replace(",", "")) for one in re.findall(r'<td class="num">([\d,]+)</td>', row[0])]
    assert sum(numbers[:-1]) == numbers[-1] == len((built / "text" / f"{PLAN}.txt").read_text(encoding="utf-8"))
    assert f'href="/document/{PLAN}?at=6054#char-6054">省林业局</a>' in page


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scheme", "width", "lang"), [("light", 1280, "zh-CN"), ("dark", 390, "en")])
@pytest.mark.parametrize("address", PAGES)
def test_nobody_is_kept_from_a_page(
    served: Served, browser: Browser, address: str, scheme: Literal["light", "dark"], width: int, lang: str
) -> None:
    viewport: ViewportSize = {"width": width, "height": 900}
    with browser.new_context(base_url=served.url, viewport=viewport, color_scheme=scheme, locale=lang) as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(address)
        assert violations(page) == []
        assert [one for one in said if "404" not in one] == []


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_wider_than_its_window(served: Served, browser: Browser, address: str) -> None:
    for width in (320, *WIDTHS):
        with browser.new_context(base_url=served.url, viewport={"width": width, "height": 900}) as context:
            page = context.new_page()
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_pages_need_no_script(served: Served, browser: Browser) -> None:
    """The menu of a phone opens and closes by keyboard without any."""
    with browser.new_context(
        base_url=served.url, viewport={"width": 390, "height": 800}, java_script_enabled=False, locale="en"
    ) as context:
        page = context.new_page()
        page.goto("/plans")
        tasks = page.get_by_role("navigation", name="Main").get_by_role("link", name="Tasks")
        assert not tasks.is_visible()
        page.get_by_role("button", name="Menu").press("Enter")
        tasks.wait_for(state="visible")
        page.keyboard.press("Escape")
        tasks.wait_for(state="hidden")


def test_the_first_stop_of_the_tab_key_skips_to_the_content(served: Served, browser: Browser) -> None:
    with browser.new_context(base_url=served.url, locale="en") as context:
        page = context.new_page()
        page.goto("/plans")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to content"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


COVERED = """() => [...document.querySelectorAll(".matrix td a")].reverse().filter((link, at) => {
  if (at % 5) return false;
  link.focus();
  const { x, y, width, height } = link.getBoundingClientRect();
  return !link.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}).length"""


@pytest.mark.parametrize("width", [390, 1280])
def test_a_cell_of_the_matrix_that_has_the_focus_is_seen(served: Served, browser: Browser, width: int) -> None:
    with browser.new_context(
        base_url=served.url, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.goto("/overlap?top=0")
        assert page.evaluate(COVERED) == 0


def test_every_address_has_a_view() -> None:
    assert VIEWS.keys() == {*ADDRESSES, "sparql"}


@pytest.mark.parametrize("address", ADDRESSES.values())
def test_a_site_that_is_published_routes_as_the_service_does(address: str) -> None:
    assert pattern(address).pattern == compile_path(address)[0].pattern


def test_reasons_of_the_ledger_are_in_the_language_of_the_page(served: Served) -> None:
    chinese, english = (unescape(get(served, f"/ledger?lang={lang}").text) for lang in ("zh", "en"))
    said = [(zh in chinese, en in english) for zh, en in REASONS.values()]
    assert (True, True) in said
    assert all(zh == en for zh, en in said)
    assert not any(zh in english for zh, _ in REASONS.values())
