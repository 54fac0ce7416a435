"""The SPARQL editor in a real browser that reaches no other host: completion, answers, errors, charts, downloads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .conftest import Served

COUNTED = "SELECT ?c (COUNT(*) AS ?n) WHERE { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) LIMIT 7"


class Visitor:
    """A page in a browser; what it asked of other hosts and what its console said are kept."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.elsewhere: list[str] = []
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.route("**/*", self._guard)

    def _guard(self, route: Route) -> None:
        if route.request.url.startswith(self.url):
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()

    def write(self, text: str) -> None:
        """Put a text in place of what is in the editor, by the keyboard alone."""
        self.page.locator(".cm-content").focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def written(self) -> str:
        return "\n".join(self.page.locator(".cm-line").all_inner_texts())


@pytest.fixture(params=["zh-CN", "en-GB"])
def visitor(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    context = browser.new_context(locale=request.param, viewport={"width": 1280, "height": 900})
    one = Visitor(context.new_page(), served.url)
    one.page.goto(f"{served.url}sparql")
    one.page.locator(".cm-content").wait_for()
    yield one
    context.close()
    assert one.elsewhere == []
    assert one.said == []


def test_a_query_is_answered_without_leaving_the_page(visitor: Visitor) -> None:
    page = visitor.page
    visitor.write(COUNTED)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#result tbody tr")).to_have_count(7)
    assert page.url.startswith(f"{visitor.url}sparql?query=SELECT"), "the address is that of the answer"
    first = page.locator("#result tbody tr").first
    assert first.locator("a").get_attribute("href")
    assert first.locator("td.num").inner_text().isdigit()
    page.go_back()
    expect(page.locator("#result tbody tr")).to_have_count(0)


def test_words_are_completed_from_the_data(visitor: Visitor) -> None:
    page = visitor.page
    for typed, offered in (("pg:lead", "pg:leadBy"), ("牵头", "pg:leadBy"), ("skos:pref", "skos:prefLabel")):
        visitor.write("SELECT * WHERE { ?task ")
        page.keyboard.type(typed)
        option = page.locator(".cm-tooltip-autocomplete li", has_text=offered).first
        option.wait_for()
        page.wait_for_timeout(100)  # the editor takes no click in the 75 ms after it has shown its words
        option.click()
        text = visitor.written()
        prefix = offered.partition(":")[0]
        assert text.count(f"PREFIX {prefix}: <") == 1, "what is completed is declared"
        assert f"?task {offered}" in text


def test_classes_graphs_and_variables_are_completed(visitor: Visitor) -> None:
    page = visitor.page
    for before, typed, offered in (
        ("SELECT * WHERE { ?s a ", "Task", "pg:Task"),
        ("SELECT * WHERE { GRAPH ", "<", "graph/ties>"),
        ("SELECT ?body WHERE { ", "?b", "?body"),
    ):
        visitor.write(before)
        page.keyboard.type(typed)
        expect(page.locator(".cm-tooltip-autocomplete li", has_text=offered).first).to_be_visible()
        assert visitor.written().endswith(before + typed), "nothing is completed before it is chosen"
        page.keyboard.press("Escape")


def test_an_error_is_shown_at_its_place(visitor: Visitor) -> None:
    page = visitor.page
    visitor.write("SELECT * WHERE {\n  ?s ?p SERVICE <http://x/> { ?s ?p ?o }\n}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#result [role=alert]")).to_be_visible()
    expect(page.locator(".cm-lintRange-error, .cm-lintPoint-error")).to_have_count(1)
    assert page.locator("#result [role=alert]").get_attribute("data-line") == "2"
    visitor.said = [said for said in visitor.said if "400" not in said]  # the browser itself says that


def test_charts_show_numbers(visitor: Visitor) -> None:
    page = visitor.page
    visitor.write(COUNTED)
    page.keyboard.press("Control+Enter")
    page.locator("#result tbody tr").first.wait_for()
    page.locator("[data-kind=bars]").click()
    expect(page.locator(".chart .bar")).to_have_count(7)
    expect(page.locator("#result table")).to_be_hidden()
    page.locator("[data-kind=line]").click()
    expect(page.locator(".chart .dot")).to_have_count(7)
    page.locator("[data-kind=table]").click()
    expect(page.locator("#result table")).to_be_visible()


def test_answers_are_downloaded(visitor: Visitor) -> None:
    page = visitor.page
    visitor.write(COUNTED)
    page.keyboard.press("Control+Enter")
    with page.expect_download() as waiting:
        page.locator("#result .downloads a", has_text="CSV").click()
    lines = waiting.value.path().read_text(encoding="utf-8").splitlines()
    assert (lines[0], len(lines)) == ("c,n", 8)


def test_a_query_too_long_for_an_address_is_posted(visitor: Visitor) -> None:
    page = visitor.page
    visitor.write(COUNTED + "\n#" + "注" * 3000)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#result tbody tr")).to_have_count(7)
    with page.expect_download() as waiting:
        page.locator("#result .downloads button", has_text="CSV").click()
    assert waiting.value.path().read_text(encoding="utf-8").startswith("c,n")


def test_named_queries_are_examples(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("select[name=example]").select_option("plans")
    page.locator(".examples button").click()
    page.locator(".cm-content").wait_for()
    assert "# title@en:" in visitor.written()
    page.locator("#ask button").click()
    page.locator("#result tbody tr").first.wait_for()


def test_tab_leaves_the_editor(visitor: Visitor) -> None:
    visitor.page.locator(".cm-content").focus()
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.closest('#ask button') !== null")


def test_without_javascript_the_form_works(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}sparql")
    page.locator("#query").fill(COUNTED)
    page.locator("#ask button").click()
    expect(page.locator("#result tbody tr")).to_have_count(7)
    expect(page.locator("#query")).to_have_value(COUNTED)
    context.close()
