"""A story: an officer looks for the tasks of a body in one year, reads one, goes on to the body, and takes Excel home."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from .axe import violations
from .browsing import SIZES, opened
from .conftest import Served

PLAN = "ln-2016-revitalisation"


def test_an_officer_finds_tasks_and_takes_them_along(browser: Browser, served: Served, tmp_path: Path) -> None:
    with opened(browser, served) as page:
        page.goto("/tasks")
        expect(page.locator(".total")).to_contain_text("193")
        page.get_by_role("checkbox", name=re.compile("^2017")).click()  # takes effect at once
        page.wait_for_url("**/tasks?year=2017")
        expect(page.get_by_role("checkbox", name=re.compile("^2017"))).to_be_checked()
        page.get_by_label("机构（名称或标识）").fill("省农委")
        page.get_by_role("button", name="应用").click()
        page.wait_for_url("**/tasks?**body=**")
        assert "year=2017" in page.url and "q=" not in page.url and "sort=" not in page.url
        links = page.locator("ol.tasks .which a[href^='/task/']")
        shown = links.count()
        expect(page.locator(".total")).to_contain_text(str(shown))
        assert 0 < shown < 50

        with page.expect_download() as waiting:
            page.get_by_role("link", name="Excel").click()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        assert file.name == "tasks.xlsx"
        rows = list(load_workbook(file).active.iter_rows(values_only=True))
        assert len(rows) == shown + 1
        assert {row[1] for row in rows[1:]} == {2017}
        assert all("辽宁省农村经济委员会" in str(row) for row in rows[1:])

        first = links.first.inner_text()
        links.first.click()
        page.wait_for_url(f"**/task/{PLAN}/{first}")
        clause = page.locator(".task-text .mark.clause")
        expect(clause).to_contain_text("牵头")
        ground = clause.evaluate("one => getComputedStyle(one).backgroundColor")
        assert ground != "rgba(0, 0, 0, 0)"
        expect(page.get_by_role("list", name="图例")).to_contain_text("责任分工")

        page.locator(".task-text .mark a", has_text="省农委").last.click()
        page.wait_for_url("**/body/210000/nw")
        expect(page.get_by_role("heading", level=1)).to_have_text("辽宁省农村经济委员会")
        expect(page.locator(".ego svg.around")).to_be_visible()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Excel").click()
        waiting.value.save_as(tmp_path / "dossier.xlsx")
        book = load_workbook(BytesIO((tmp_path / "dossier.xlsx").read_bytes()), read_only=True)
        assert "牵头或负责的任务" in book.sheetnames and "协作伙伴（按意外程度）" in book.sheetnames


def test_the_same_without_scripts(browser: Browser, served: Served) -> None:
    with opened(browser, served, scripts=False) as page:
        page.goto("/tasks")
        page.get_by_role("checkbox", name=re.compile("^2017")).check()
        page.get_by_label("机构（名称或标识）").fill("省农委")
        page.get_by_role("button", name="应用").click()
        page.wait_for_url("**/tasks?**year=2017**")
        chips = page.get_by_role("list", name="已选条件")
        expect(chips).to_contain_text("省农委")
        before = int(page.locator(".total b").inner_text())
        chips.get_by_role("link", name=re.compile("省农委")).click()
        after = int(page.locator(".total b").inner_text())
        assert 0 < before < after
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")


def test_filters_open_on_a_phone(browser: Browser, served: Served) -> None:
    with opened(browser, served, size="phone") as page:
        page.goto("/tasks")
        year = page.get_by_role("checkbox", name=re.compile("^2018"))
        expect(year).to_be_hidden()
        page.get_by_role("button", name="筛选与排序").click()
        year.click()  # the list that answers opens with its filters shut, so nothing is left to look at
        page.wait_for_url("**/tasks?year=2018")


PAGES = (
    *("/tasks", "/tasks?year=2016&q=改革", "/tasks?body=省莫须有厅", "/bodies", "/places", "/themes"),
    *(f"/task/{PLAN}/2016-057", f"/task/{PLAN}/2016-020", f"/task/{PLAN}/2017-001"),
    *("/body/210000/fgw", "/body/210000/szf", "/collective/210000/ge-shi-zf", f"/name/{PLAN}/char-6054"),
    *("/place/210100", "/place/210000", "/theme/livelihood"),
)


@pytest.mark.parametrize("size", SIZES)
def test_pages_fit_every_screen_and_everybody(browser: Browser, served: Served, size: str) -> None:
    with opened(browser, served, size=size) as page:
        for address in PAGES:
            answer = page.goto(address)
            assert answer is not None and answer.status == 200, address
            spare = page.evaluate("document.documentElement.clientWidth - document.documentElement.scrollWidth")
            assert spare >= 0, address
            assert violations(page) == [], address
