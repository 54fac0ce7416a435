"""A story: an officer compares two bodies in the browser, and takes the comparison along as an Excel workbook."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from plan_graph.analysis.names import names, one_of
from plan_graph.analysis.overlap import overlap
from plan_graph.analysis.scope import scope
from plan_graph.graph.store import open_store

from .conftest import Served

FINANCE, FARMING = "省财政厅", "省农委"


def test_an_officer_compares_two_bodies_and_exports_excel(
    browser: Browser, served: Served, built: Path, tmp_path: Path
) -> None:
    context = browser.new_context(locale="zh-CN", accept_downloads=True)
    page = context.new_page()
    said: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda one: elsewhere.append(one.url) if urlsplit(one.url).netloc != urlsplit(served.url).netloc else None,
    )
    page.goto(f"{served.url}overlap")
    page.get_by_role("link", name="协作网络").click()
    page.get_by_role("link", name="比较两个机构").click()
    page.get_by_label("机构甲").fill(FINANCE)
    page.get_by_label("机构乙").fill(FARMING)
    page.get_by_role("button", name="比较").click()
    expect(page.locator("h1")).to_have_text("省财政厅（甲）与省农委（乙）的交叉")

    store = open_store(built)
    whole, known = scope(store, {}), names(store)
    found = overlap(whole, one_of(known, FINANCE).id, one_of(known, FARMING).id)
    rows = page.locator("#tasks tbody tr")
    expect(rows).to_have_count(len(found.tasks))
    assert found.tasks[0].quotes[0].words in rows.first.inner_text()
    expect(page.locator("#years tbody tr")).to_have_count(4)

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".xlsx"
    book = load_workbook(file)
    assert book.sheetnames[:3] == ["概况", "各年度", "共同任务"]
    sheet = book["共同任务"]
    head = [cell.value for cell in sheet[1]]
    listed = [dict(zip(head, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert [row["编号"] for row in listed] == [one.task.id for one in found.tasks]
    assert [row["责任分工原文"] for row in listed] == [" ".join(q.words for q in one.quotes) for one in found.tasks]
    said_of = {row[0].value: row[1].value for row in book["概况"].iter_rows()}
    assert said_of["共同任务"] == len(found.tasks)
    assert said_of["判断"] == "明显多于工作量所能解释的"
    assert len(book.sheetnames) == 6 and book[book.sheetnames[3]].max_row > 1

    page.locator("#years").get_by_role("link", name="2016").click()
    expect(page.locator("h1")).to_have_text("省财政厅 – 省农委")
    assert said == [] and elsewhere == []
    context.close()
