"""Documents: the text with every fact highlighted is the text, exactly; the list and one document say what queries say."""

from __future__ import annotations

import html
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from plan_graph.graph.queries import bind, find, run
from plan_graph.graph.store import open_store
from plan_graph.web.pages.divided import LONG, Heading, divided
from plan_graph.web.pages.documents import Row, listed, pieced
from plan_graph.web.pages.marking import Mark, highlighted

from .conftest import Served, serving

PLAN = "ln-2016-revitalisation"
CITED = "fagaizhenxing-2016-1772"
BEGUN = re.compile(r'<(?:span|a) class="mark ([a-z]+)"(?: id="char-(\d+)")?')


def words(markup: str) -> str:
    """Take markup without its tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def article(page: str) -> str:
    found = re.search(r'<article class="text" lang="zh-Hans">\n(.*)\n</article>', page, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="session")
def page(served: Served) -> str:
    return served.client.get(f"/document/{PLAN}?part=all").text


@pytest.fixture(scope="session")
def facts(built: Path) -> list[Row]:
    table = run(open_store(built), bind(find("text-facts"), {"document": PLAN}))
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


# --- the text --------------------------------------------------------------------------------------------------------


def test_without_its_tags_the_page_is_the_text(page: str, built: Path) -> None:
    assert words(article(page)) == (built / "text" / f"{PLAN}.txt").read_bytes().decode()


def test_there_are_as_many_highlights_as_facts(page: str, facts: list[Row]) -> None:
    kinds = Counter(kind for kind, _ in BEGUN.findall(article(page)))
    assert kinds == Counter(
        kind for *_, kind in {(row["begin"], row["end"], row["object"], row["kind"]) for row in facts}
    )
    for kind, count in kinds.items():
        assert re.search(rf'id="show-{kind}".*?<span class="soft">{count}</span></label>', page)


def test_the_facts_are_those_of_the_gold(page: str, gold: list[dict[str, Any]]) -> None:
    kinds = Counter(kind for kind, _ in BEGUN.findall(article(page)))
    assert kinds["task"] == kinds["clause"] == len(gold)
    fields = {"lead": "lead", "support": "support", "target": "targets", "deadline": "deadlines"}
    assert {kind: kinds[kind] for kind in fields} == {
        kind: sum(len(task[field]) for task in gold) for kind, field in fields.items()
    }


def test_each_highlight_leads_to_its_page(page: str, facts: list[Row]) -> None:
    text = article(page)
    kinds = Counter(kind for kind, _ in BEGUN.findall(text))
    assert text.count("<a ") == kinds.total() - kinds["clause"]  # a clause stands with its task, which has the link
    addresses = Counter(html.unescape(one) for one in re.findall(r'<a [^>]*?href="([^"]+)"', text))
    tasks = Counter(f"/task/{PLAN}/{row['objectName']}" for row in facts if row["kind"] == "task")
    assert all(addresses[address] >= count for address, count in tasks.items())
    assert addresses["/body/210000/czt"] == sum(
        row["object"].endswith("/body/210000/czt") for row in facts if row["object"]
    )
    assert addresses[f"/document/{CITED}"] == 1


def test_every_begin_is_a_place_to_jump_to(page: str, facts: list[Row]) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {f"char-{row['begin']}" for row in facts} == {one for one in ids if one.startswith("char-")}
    text = article(page)
    for row in facts:
        after = words(text[text.index(f' id="char-{row["begin"]}"') :].partition(">")[2])
        assert after.startswith(row["quote"][:20].split("\n")[0])


def test_a_name_not_resolved_is_marked_too(page: str) -> None:
    assert f'id="char-6054" href="/name/{PLAN}/char-6054" title="配合：省林业局">省林业局</a>' in page


def test_a_graph_without_its_texts_gives_them_from_its_passages(built: Path, facts: list[Row], tmp_path: Path) -> None:
    """A graph of one file alone holds no text; what passages hold stands where it did, and nothing is made up."""
    graph = tmp_path / "graph.nq"
    shutil.copy(built / "graph.nq", graph)
    text = (built / "text" / f"{PLAN}.txt").read_text(encoding="utf-8")
    made = pieced(facts, len(text))
    assert len(made) == len(text)
    assert all(ours in (theirs, "…", "\n", "\u200b") for ours, theirs in zip(made, text, strict=True))
    assert sum(ours == theirs for ours, theirs in zip(made, text, strict=True)) > 0.93 * len(text)
    with serving(graph) as alone:
        page = alone.client.get(f"/document/{PLAN}?part=all").text
    assert words(article(page)) == made
    assert "…处是图中没有的文字" in page and "/text/" not in page
    assert {kind for kind, _ in BEGUN.findall(article(page))} == {row["kind"] for row in facts}


def test_a_text_that_is_not_the_one_read_is_not_shown(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "build"
    (folder / "text").mkdir(parents=True)
    shutil.copy(built / "graph.nq", folder / "graph.nq")
    text = (built / "text" / f"{PLAN}.txt").read_text(encoding="utf-8")
    (folder / "text" / f"{PLAN}.txt").write_text(text.replace("省财政厅", "某财政厅"), encoding="utf-8")
    with serving(folder) as other:
        page = other.client.get(f"/document/{PLAN}").text
    assert "某财政厅" not in page and "…处是图中没有的文字" in page


# --- marking ---------------------------------------------------------------------------------------------------------


class Nesting(HTMLParser):
    """Fails where elements do not nest, or a link stands in a link."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        assert not (tag == "a" and "a" in self.open)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _mark(begin: int, end: int, kind: str = "place", sign: str = "") -> Mark:
    return Mark(begin, end, kind, f"/{kind}", "what it is", sign)


@pytest.mark.parametrize(
    ("text", "marks", "markup"),
    [
        ("a<b\n&c", [], "<p>a&lt;b</p>\n<p>&amp;c</p>"),
        (
            "甲乙丙",
            [_mark(1, 2)],
            '<p>甲<a class="mark place" id="char-1" href="/place" title="what it is">乙</a>丙</p>',
        ),
        (  # the sign of a task is its link
            "甲乙",
            [_mark(0, 2, "task", "1")],
            '<p><span class="mark task" id="char-0"><a class="sign" href="/task" aria-label="1"></a>甲乙</span></p>',
        ),
        (  # over a line end: one fact, one link, two elements
            "甲乙\n丙丁",
            [_mark(1, 4)],
            '<p>甲<span class="mark place" id="char-1" title="what it is"><a href="/place">乙</a></span></p>\n'
            '<p><span class="mark place on">丙</span>丁</p>',
        ),
        (  # two that coincide: the outer one's link is at its end
            "甲",
            [_mark(0, 1, "lead"), _mark(0, 1, "place")],
            '<p><span class="mark lead" id="char-0" title="what it is">'
            '<a class="mark place" href="/place" title="what it is">甲</a>'
            '<a class="sign after" href="/lead" aria-label="what it is"></a></span></p>',
        ),
        (  # two that cross
            "甲乙丙",
            [_mark(0, 2, "lead"), _mark(1, 3, "place")],
            '<p><span class="mark lead" id="char-0" title="what it is"><a href="/lead">甲</a>'
            '<span class="mark place" id="char-1" title="what it is"><a href="/place">乙</a></span></span>'
            '<span class="mark place on">丙</span></p>',
        ),
    ],
)
def test_marking(text: str, marks: list[Mark], markup: str) -> None:
    assert highlighted(text, marks) == markup


def test_marking_never_loses_a_character_or_a_fact() -> None:
    random_ = random.Random(20161030)
    for _ in range(2000):
        text = "".join(random_.choice('ab<&"\n') for _ in range(random_.randint(0, 15)))
        marks = []
        for kind in "abcdef"[: random_.randint(0, 6)]:
            begin = random_.randint(0, len(text))
            end = random_.randint(begin, len(text))
            marks.append(_mark(begin, end, kind, random_.choice(["", "s"])))
        markup = str(highlighted(text, marks))
        assert words(markup) == text
        assert Counter(kind for kind, _ in BEGUN.findall(markup)) == Counter(one.kind for one in marks)
        assert markup.count("<a ") == len(marks)
        assert Counter(re.findall(r'id="char-(\d+)"', markup)) == Counter({str(one.begin) for one in marks})
        nesting = Nesting()
        nesting.feed(markup)
        assert not nesting.open


def test_a_fact_beyond_the_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="beyond a text of 3 characters"):
        highlighted("甲乙丙", [_mark(2, 4)])


# --- parts of a long text --------------------------------------------------------------------------------------------


def test_the_parts_are_the_text_and_small_pages(served: Served, page: str) -> None:
    first = served.client.get(f"/document/{PLAN}").text
    assert served.client.get(f"/document/{PLAN}?part=1").text.count("<p>") == first.count("<p>")
    several = len(set(re.findall(r"\?part=(\d+)#text", first))) + 1
    assert several > 1
    pages = [served.client.get(f"/document/{PLAN}?part={number}").text for number in range(1, several + 1)]
    assert "\n".join(words(article(one)) for one in pages) == words(article(page))
    counted = sum((Counter(kind for kind, _ in BEGUN.findall(article(one))) for one in pages), Counter[str]())
    assert counted == Counter(kind for kind, _ in BEGUN.findall(article(page)))
    assert max(len(one.encode()) for one in pages) < 100_000


@pytest.mark.parametrize("at", [0, 6054, 18_900])
def test_a_character_is_in_the_part_that_is_asked_for_by_it(served: Served, facts: list[Row], at: int) -> None:
    nearest = max(row["begin"] for row in facts if row["begin"] <= at) if at else 0
    page = served.client.get(f"/document/{PLAN}?at={nearest}").text
    begins = [int(one) for _, one in BEGUN.findall(article(page)) if one]
    assert min(begins) <= nearest <= max(begins)
    for begin in re.findall(r'<li><a href="#char-(\d+)"', page):  # what the contents find on the page is there
        assert f'id="char-{begin}"' in article(page)


@pytest.mark.parametrize("asked", ["part=0", "part=99", "part=x", "at=x", "at=-1", "at=99999999999"])
def test_a_part_there_is_not_is_the_first(served: Served, asked: str) -> None:
    assert article(served.client.get(f"/document/{PLAN}?{asked}").text) == article(
        served.client.get(f"/document/{PLAN}").text
    )


def test_a_text_is_divided_at_headings_else_between_lines() -> None:
    random_ = random.Random(7)
    for _ in range(300):
        lines = ["文" * random_.choice((0, 3, 900, 2500)) for _ in range(random_.randint(1, 30))]
        text = "\n".join(lines)
        starts = [0, *(found.end() for found in re.finditer("\n", text))]
        headings = [Heading(start, random_.randint(1, 3), f"题{start}") for start in starts if random_.random() < 0.3]
        parts = divided(text, headings)
        assert parts[0].begin == 0 and parts[-1].end == len(text) + 1
        assert all(one.end == after.begin for one, after in pairwise(parts))
        assert {one.begin for one in parts} <= set(starts)
        assert all(one.end - one.begin <= LONG + 1 for one in parts)  # no line is longer
    assert [one.title for one in divided("文" * 9000, [])] == [""]


# --- the list, and a document that is only named ---------------------------------------------------------------------


def test_the_list_has_every_document_once(served: Served, built: Path) -> None:
    table = run(open_store(built), bind(find("documents"), {}))
    page = served.client.get("/documents").text
    shown = re.findall(r'<td class="wide"><a href="(/document/[^"]+)">', page)
    expected = {str(row[0]).removeprefix("https://w3id.org/plan-graph/id") for row in table.rows}
    assert len(shown) == len(set(shown)) and set(shown) == expected
    assert f"{len(expected)} 份文件" in page


@pytest.mark.parametrize("relation", ["read", "based_on", "cites", "amends", "produces", "revises"])
def test_the_list_can_be_narrowed(served: Served, built: Path, relation: str) -> None:
    table = run(open_store(built), bind(find("documents"), {}))
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    expected = [one.document for one in listed(rows) if relation in one.relations]
    page = served.client.get(f"/documents?relation={relation}&plan={PLAN}").text
    shown = re.findall(r'<td class="wide"><a href="(/document/[^"]+)">', page)
    assert shown == [one.removeprefix("https://w3id.org/plan-graph/id") for one in expected] != []


def test_a_document_that_is_only_named_says_where(served: Served, built: Path) -> None:
    iri = f"https://w3id.org/plan-graph/id/document/{CITED}"
    table = run(open_store(built), bind(find("document-mentions"), {"document": iri}))
    page = served.client.get(f"/document/{CITED}").text
    begins = {row[table.columns.index("begin")] for row in table.rows}
    assert {int(one) for one in re.findall(rf'href="/document/{PLAN}\?at=\d+#char-(\d+)"', page)} == begins != set()
    assert "发改振兴〔2016〕1772号" in page and "<article" not in page


def test_a_notice_leads_to_the_text_it_stands_in(served: Served) -> None:
    page = served.client.get(f"/document/{PLAN}/notice").text
    assert f'href="/document/{PLAN}#text"' in page and f'href="/document/{PLAN}"' in page


def test_of_what_is_carried_out_the_citation_is_not_said_again() -> None:
    row = {"document": "d", "title": "t", "number": None, "planId": "p"}
    (one,) = listed([{**row, "relation": "based_on", "tasks": 2}, {**row, "relation": "cites", "tasks": 2}])
    assert dict(one.relations) == {"based_on": 2}
    (one,) = listed([{**row, "relation": "based_on", "tasks": 1}, {**row, "relation": "cites", "tasks": 2}])
    assert dict(one.relations) == {"based_on": 1, "cites": 2}


# --- several plans ---------------------------------------------------------------------------------------------------

ONE = """甲县人民政府关于加快农业发展的实施方案

　　一、重点工作
　　1．建设高标准农田3万亩。（牵头单位：县农业农村局；配合单位：县财政局）
　　2．落实《甲县口岸管理办法》。（责任单位：县商务局）
"""


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Served]]:
    from plan_graph.corpus import Options, build_corpus

    folder = tmp_path_factory.mktemp("several-plans")
    for name in ("first", "second"):
        (folder / f"{name}.txt").write_text(ONE.replace("甲", name[0]), encoding="utf-8")
    options = Options(validate=False, draws=0, keywords=False)
    out = build_corpus([folder / "first.txt", folder / "second.txt"], folder / "build", options).out
    with serving(out) as served:
        yield out, served


@pytest.mark.parametrize("name", ["first", "second"])
def test_each_of_several_plans_has_its_own_facts(several: tuple[Path, Served], name: str) -> None:
    out, served = several
    page = served.client.get(f"/document/{name}").text
    assert words(article(page)) == (out / "text" / f"{name}.txt").read_text(encoding="utf-8")
    assert set(re.findall(r'href="/task/([^/]+)/', article(page))) == {name}
    assert served.client.get(f"/plan/{name}").status_code == 200


def test_several_plans_are_listed_and_can_be_chosen(several: tuple[Path, Served]) -> None:
    _, served = several
    assert "2 个计划，4 项任务" in served.client.get("/plans").text
    assert "2 份文件" in served.client.get("/documents?plan=first").text
    assert "全部文件" in served.client.get("/ledger").text


# --- in a browser ----------------------------------------------------------------------------------------------------


def test_evidence_is_shown_where_it_stands_and_kinds_can_be_switched_off(served: Served, browser: Browser) -> None:
    with browser.new_context(base_url=served.url, java_script_enabled=False, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"/document/{PLAN}?at=6054#char-6054")
        name = page.locator("#char-6054")
        assert name.inner_text() == "省林业局"
        box = name.bounding_box()
        assert box and 0 <= box["y"] < 700
        assert name.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
        ground = "one => getComputedStyle(one).backgroundColor"
        nothing = "rgba(0, 0, 0, 0)"
        other = page.locator(".text .mark.support").first
        assert other.evaluate(ground) != nothing
        page.locator("#show-support").uncheck()
        assert other.evaluate(ground) == nothing
        assert page.locator(".text .mark.lead").first.evaluate(ground) != nothing
        page.locator("#show-task").uncheck()
        assert not page.locator(".text .mark.task > .sign").first.is_visible()


def test_a_place_in_another_part_is_found(served: Served, browser: Browser) -> None:
    """Addresses with a character and no part are in the world: a script asks for the part that has it."""
    with browser.new_context(base_url=served.url) as context:
        page = context.new_page()
        page.goto(f"/document/{PLAN}#char-11139")
        page.wait_for_url("**?at=11139#char-11139")
        assert page.locator("#char-11139").is_visible()
