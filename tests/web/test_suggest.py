"""The search box in a real browser: names completed while one types, chosen by keyboard or pointer; and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .axe import violations
from .conftest import Served

BOX = "form.search input[name=q]"
OPEN = ".suggestions:not([hidden])"


@pytest.fixture
def tab(browser: Browser, served: Served) -> Iterator[Page]:
    """The first page, in a browser that has asked nobody else and has said nothing on its console."""
    context = browser.new_context(locale="zh-CN", base_url=served.url)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(served.url) else None)
    page.goto("/")
    page.route("**/body/*/*", lambda route: route.fulfill(body="a body"))  # where a choice leads is another test's
    page.route("**/place/*", lambda route: route.fulfill(body="a place"))
    yield page
    assert said == []
    context.close()


def active(page: Page) -> str:
    """Give the words of the option that the box says is the active one."""
    option = page.locator(BOX).get_attribute("aria-activedescendant")
    return (page.locator(f"#{option} span").text_content() or "") if option else ""


def test_a_body_is_found_and_opened_by_keyboard(tab: Page) -> None:
    box = tab.locator(BOX)
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("czt")
    expect(tab.locator(f"{OPEN} [role=option]")).to_have_text(["辽宁省财政厅机构 · 省财政厅"])
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(tab.locator("form.search [role=status]")).to_have_text("1 条建议")
    assert active(tab) == ""
    box.press("ArrowDown")
    assert active(tab) == "辽宁省财政厅"
    expect(tab.locator("[role=option][aria-selected=true]")).to_have_count(1)
    box.press("Enter")
    tab.wait_for_url("**/body/210000/czt")


def test_arrows_go_round_and_escape_closes(tab: Page) -> None:
    box = tab.locator(BOX)
    box.fill("沈阳")  # at once: the names for 沈 would come first
    options = tab.locator(f"{OPEN} [role=option] span")
    expect(options).not_to_have_count(0)
    names = options.all_text_contents()
    assert len(names) > 2 and names[0] == "沈阳市"
    walked = []
    for _ in range(len(names) + 2):
        box.press("ArrowDown")
        walked.append(active(tab))
    assert walked == [*names, "", names[0]]  # after the last one comes what was typed
    box.press("ArrowUp")
    assert active(tab) == ""
    box.press("ArrowUp")
    assert active(tab) == names[-1]
    box.press("Escape")
    expect(tab.locator(OPEN)).to_have_count(0)
    expect(box).to_have_value("沈阳")
    box.press("ArrowDown")
    expect(tab.locator(OPEN)).to_have_count(1)
    box.press("Escape")
    box.press("Enter")  # nothing chosen: a search
    tab.wait_for_url("**/search?q=*")
    expect(tab.locator("main .results li").first).to_be_visible()


def test_a_place_is_chosen_by_pointer_and_leaving_closes(tab: Page) -> None:
    box = tab.locator(BOX)
    box.press_sequentially("大连")
    expect(tab.locator(OPEN)).to_have_count(1)
    tab.locator("h1").click()
    expect(tab.locator(OPEN)).to_have_count(0)
    box.press("End")
    box.press_sequentially("市")
    tab.locator(f"{OPEN} [role=option]", has_text="大连市").first.click()
    tab.wait_for_url("**/place/210200")


def test_what_nothing_begins_with_opens_nothing(tab: Page) -> None:
    with tab.expect_response("**/suggest?q=*"):
        tab.locator(BOX).press_sequentially("qqqq")
    expect(tab.locator("form.search [role=status]")).to_have_text("0 条建议")
    expect(tab.locator(OPEN)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_results_and_suggestions_can_be_used_by_all(browser: Browser, served: Served, scheme: str, width: int) -> None:
    context = browser.new_context(
        base_url=served.url,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 800},
    )
    page = context.new_page()
    page.goto("/search?q=省财政厅")
    page.locator(BOX).fill("")
    page.locator(BOX).press_sequentially("沈阳")
    expect(page.locator(OPEN)).to_have_count(1)
    page.locator(BOX).press("ArrowDown")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()


def test_without_scripts_the_box_is_a_form(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", base_url=served.url)
    page = context.new_page()
    page.goto("/")
    page.locator(BOX).fill("徐大堡")
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator(".results > li")).to_have_count(2)
    page.get_by_role("link", name="任务 2").click()
    page.wait_for_url("**kind=task")
    expect(page.locator(".chip[aria-current=true]")).to_have_text("任务 2")
    context.close()
