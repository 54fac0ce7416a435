"""The page to print: well-formed, every link resolves, nothing from elsewhere, and what Chromium makes of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from lxml import etree

from plan_graph.graph.store import open_store
from plan_graph.reports.figures.gallery import Plate, plates
from plan_graph.reports.whole.content import Content, gather
from plan_graph.reports.whole.html import page
from plan_graph.reports.whole.markup import figure, text
from plan_graph.reports.words import Words

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
SECTIONS = [
    *("summary", "load", "ties", "themes", "positions", "blocks", "years", "gaps"),
    *("duplicates", "lineage", "evidence", "method"),
]


@pytest.fixture(scope="session")
def vectors(full: Content) -> list[Plate]:
    return plates(full, forms=("svg",))


@pytest.fixture(scope="session")
def raw(full: Content, vectors: list[Plate]) -> bytes:
    return page(full, vectors)


@pytest.fixture(scope="session")
def root(raw: bytes) -> etree._Element:
    return etree.fromstring(raw)  # the page is XML too


def said(root: etree._Element) -> str:
    return re.sub(r"\s+", " ", "".join(root.itertext()))


# --- form ------------------------------------------------------------------------------------------------------------


def test_an_html_parser_reads_what_an_xml_parser_reads(raw: bytes, root: etree._Element) -> None:
    assert raw.startswith(b"<!DOCTYPE html>\n")
    other = lxml.html.fromstring(raw)
    assert len(other.xpath("//table")) == len(root.findall(f".//{XHTML}table")) > 10
    assert [e.get("id") for e in other.xpath("//section")] == SECTIONS
    assert other.xpath("string(//title)") == root.findtext(f"{XHTML}head/{XHTML}title")


def test_ids_are_unique_and_links_resolve(root: etree._Element) -> None:
    ids = Counter(e.get("id") for e in root.iter() if e.get("id"))
    assert [one for one, count in ids.items() if count > 1] == []
    links = [e.get("href", "") for e in root.iter(f"{XHTML}a")]
    assert len(links) > 200
    assert [link for link in links if not link.startswith("#") or link[1:] not in ids] == []
    within = [value for e in root.iter() for value in re.findall(r"url\(#([^)]+)\)", " ".join(e.attrib.values()))]
    within += [e.get("{http://www.w3.org/1999/xlink}href", "")[1:] for e in root.iter(f"{SVG}use")]
    assert len(within) > 100
    assert set(within) <= set(ids)


def test_the_contents_list_every_section(root: etree._Element) -> None:
    listed = [e.get("href") for e in root.findall(f".//{XHTML}nav//{XHTML}a")]
    assert listed == [f"#{key}" for key in SECTIONS]


def test_nothing_comes_from_elsewhere(raw: bytes, root: etree._Element) -> None:
    assert not root.findall(f".//{XHTML}script") and not root.findall(f".//{XHTML}link")
    assert not [e for e in root.iter() if e.get("src") or e.get("onclick") or e.get("onload")]
    bare = re.sub(rb'xmlns(:\w+)?="[^"]+"', b"", raw)
    assert re.findall(rb"https?://", bare) == []
    assert b"@import" not in bare and not re.search(rb"url\((?!#)", bare)


def test_tables_have_a_head_that_is_repeated(root: etree._Element) -> None:
    for table in root.iter(f"{XHTML}table"):
        heads = table.findall(f"{XHTML}thead/{XHTML}tr/{XHTML}th")
        assert heads
        assert {len(row) for row in table.findall(f"{XHTML}tbody/{XHTML}tr")} == {len(heads)}
    style = root.findtext(f".//{XHTML}style") or ""
    for rule in ("size: A4", "table-header-group", "break-inside: avoid", "break-before: page", "counter(pages)"):
        assert rule in style


def test_figures_are_inline_with_real_text(root: etree._Element, vectors: list[Plate]) -> None:
    figures = {e.get("id"): e for e in root.iter(f"{XHTML}figure")}
    assert set(figures) == {f"fig-{plate.name}" for plate in vectors}
    for plate in vectors:
        (svg,) = figures[f"fig-{plate.name}"].findall(f"{SVG}svg")
        assert svg.get("viewBox") and svg.get("role") == "img" and svg.get("width") is None
        assert plate.title.zh in (svg.get("aria-label") or "")
        assert any(plate.title.zh == e.text for e in svg.iter(f"{SVG}text"))
        assert plate.reading.zh in said(figures[f"fig-{plate.name}"])


# --- content ---------------------------------------------------------------------------------------------------------


def test_what_it_says(root: etree._Element, full: Content) -> None:
    words = said(root)
    for wanted in (
        "任务 193 项、机构 65 个",
        "任务最多的是省发展改革委：122 项，其中牵头 65 项、配合 57 项。",
        "共同任务最多的是省财政厅与省发展改革委：30 项，预期 32.0 项（q 0.906），不多于任务量所能解释的。",
        "协作显著多于任务量所能解释的有 44 对",
        "抽样 1,000 次，种子 0",
        full.sources[0].sha256,
        "没有配合单位 no support：47",
        "whether they worked together the text does not say",
    ):
        assert wanted in words


def test_evidence_quotes_the_clause_and_where_it_stands(root: etree._Element, built: Path, full: Content) -> None:
    text_ = (built / "text" / "ln-2016-revitalisation.txt").read_text(encoding="utf-8")
    articles = root.findall(f".//{XHTML}section[@id='evidence']/{XHTML}article")
    cited = {e.get("href") for e in root.iter(f"{XHTML}a") if e.get("class") == "t"}
    assert {f"#{e.get('id')}" for e in articles} == cited
    by_id = {task.id: task for task in full.facts}
    for article in articles:
        task = by_id[(article.findtext(f"{XHTML}h4") or "").strip()]
        assert article.findtext(f"{XHTML}blockquote") == task.clause
        place = re.search(r"text/ln-2016-revitalisation\.txt (\d+)–(\d+)", said(article))
        assert place is not None
        quoted = text_[int(place[1]) : int(place[2])]
        assert quoted.startswith(task.parties[0].written[:2]) and quoted in task.clause


def test_pairs_above_expectation_are_listed_with_expected_p_and_q(root: etree._Element) -> None:
    first = root.find(f".//{XHTML}section[@id='ties']/{XHTML}table")
    assert first is not None
    rows = [[said(cell) for cell in row] for row in first.findall(f"{XHTML}tbody/{XHTML}tr")]
    assert len(rows) == 44
    assert rows[0][:6] == ["省发展改革委", "省工业和信息化委", "27", "19.6", "<0.001", "0.010"]


def test_duplicates_and_lineage(root: etree._Element) -> None:
    words = said(root)
    assert "短语 phrase “=1+1”；牵头机构 lead “省农委”" in words
    assert "只列前 40 行，共 87 行，其余见工作簿。" in words


def test_without_duplicates_and_lineage(content: Content) -> None:
    assert "尚未计算。" in said(etree.fromstring(page(content, [])))
    none = replace(content, duplicates=(), lineage=())
    assert "没有发现任务的沿革。" in said(etree.fromstring(page(none, [])))


def test_one_body(nongwei: Content) -> None:
    root = etree.fromstring(page(nongwei, plates(nongwei, forms=("svg",), only=("network", "flows"))))
    words = said(root)
    assert "责任关系报告：省农委" in words
    assert "省农委（辽宁省农村经济委员会）：牵头 9 项、配合 15 项，与 30 个机构有共同任务。" in words
    assert len(root.findall(f".//{XHTML}article")) == 24  # all its tasks
    partners = root.find(f".//{XHTML}section[@id='ties']/{XHTML}table")
    assert partners is not None
    assert len(partners.findall(f"{XHTML}tbody/{XHTML}tr")) == 30
    assert "blocks" not in [e.get("id") for e in root.iter(f"{XHTML}section")]


@pytest.mark.parametrize(
    ("lang", "wanted", "other"), [("zh", "谁和谁协作", "Who coordinates"), ("en", "Who coordinates", "谁和谁协作")]
)
def test_one_language(content: Content, lang: str, wanted: str, other: str) -> None:
    root = etree.fromstring(page(content, [], lang))
    assert root.get("lang") == lang
    assert wanted in said(root)
    assert other not in said(root)


def test_several_plans_without_years(several: Path) -> None:
    content = gather(open_store(several))
    root = etree.fromstring(page(content, plates(content, forms=("svg",), only=("flows", "load"))))
    assert "没有画“机构的进入、延续与退出”：任务没有写明两个以上的年度。" in said(root)
    assert "city/001" in said(root)
    assert "加强宣传。" in said(root)  # of a task without anyone


# --- escaping --------------------------------------------------------------------------------------------------------


def test_hostile_text_stays_text(hostile: Content) -> None:
    raw = page(hostile, plates(hostile, forms=("svg",), only=("network", "theme-body", "load")))
    root = etree.fromstring(raw)
    assert not root.findall(f".//{XHTML}script")
    assert not [e for e in root.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2] in ("i", "script")]
    assert "<script>" in said(root)
    assert not lxml.html.fromstring(raw).xpath("//script")


@pytest.mark.parametrize(
    ("value", "escaped"),
    [
        ("甲&乙", "甲&amp;乙"),
        ("</style>", "&lt;/style&gt;"),
        ("a'b\"", "a&#x27;b&quot;"),
        ("a\x00b", "a\ufffdb"),
        ("互联\ue008网", "互联网"),
        ("\U0002a6d6", "\U0002a6d6"),
        (None, "None"),
    ],
)
def test_escaping(value: object, escaped: str) -> None:
    assert text(value) == escaped


def test_a_figure_keeps_its_references_when_ids_change() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" height="9pt" '
        b'viewBox="0 0 9 9"><metadata/><style>*{}</style><defs><path id="p"/></defs><use xlink:href="#p" '
        b'clip-path="url(#c)" style="fill: url(#h)"/><clipPath id="c"/></svg>'
    )
    made = etree.fromstring(f'<x xmlns="http://www.w3.org/1999/xhtml">{figure(svg, "f", "题", "")}</x>')
    use = next(made.iter(f"{SVG}use"))
    assert dict(use.attrib) == {
        "{http://www.w3.org/1999/xlink}href": "#f-p",
        "clip-path": "url(#f-c)",
        "style": "fill: url(#f-h)",
    }
    assert {e.get("id") for e in made.iter() if e.get("id")} == {"f", "f-p", "f-c"}
    assert not list(made.iter(f"{SVG}style")) and not list(made.iter(f"{SVG}metadata"))


def test_the_same_bytes_each_time(full: Content, vectors: list[Plate], raw: bytes) -> None:
    assert page(full, vectors) == raw
    assert Words("甲", "").of("en") == "甲"


# --- Chromium --------------------------------------------------------------------------------------------------------

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed to print with")
def test_chromium_prints_it(raw: bytes, tmp_path: Path) -> None:
    from pdfminer.high_level import extract_text
    from pdfminer.pdfpage import PDFPage

    assert BROWSER is not None
    (tmp_path / "report.html").write_bytes(raw)
    run = subprocess.run(
        [
            BROWSER,
            *("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--disable-extensions"),
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--print-to-pdf={tmp_path / 'report.pdf'}",
            (tmp_path / "report.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (tmp_path / "report.pdf").is_file(), run.stderr
    with (tmp_path / "report.pdf").open("rb") as file:
        boxes = [[round(value) for value in one.mediabox] for one in PDFPage.get_pages(file)]
    assert {tuple(box[2:]) for box in boxes} <= {(595, 842), (596, 842), (595, 841)}  # A4
    assert 25 <= len(boxes) <= 55
    printed = extract_text(tmp_path / "report.pdf").split("\f")[: len(boxes)]
    assert f"1 / {len(boxes)}" in printed[0]
    printed = [unicodedata.normalize("NFKC", one) for one in printed]  # a PDF may name 老 by its radical
    whole = re.sub(r"\s+", "", "".join(printed))
    for wanted in ("责任关系报告", "谁和谁协作", "协作网络", "省发展改革委", "没有配合单位", "任务原文", "方法与来源"):
        assert wanted in whole
    pairs = [one for one in printed if "expected" in one and "shared" in one and "省政府金融办" in one]
    assert len(pairs) >= 2  # the head of the table of ties stands on each of its pages
    assert all(len(re.sub(r"\s+", "", one)) > 150 for one in printed[:-1])  # no page is left almost empty
