"""Search by words: what it finds beside a plain scan of all texts, as a page, as data, and in a box while one types."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.authority.register import Register
from plan_graph.errors import InputError
from plan_graph.graph.queries import bind, find, run
from plan_graph.graph.store import open_store
from plan_graph.iri import DEFAULT_BASE
from plan_graph.web.search.folding import _Folded, fold
from plan_graph.web.search.index import Entry, Index, entries
from plan_graph.web.search.names import Names
from plan_graph.web.search.results import LONGEST, PAGE, page, search
from plan_graph.web.search.terms import Terms, as_it_stands, occurrences

from .conftest import Served

TASK = f"{DEFAULT_BASE}task/ln-2016-revitalisation/"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def rows(built: Path) -> Rows:
    table = run(open_store(built), bind(find("search-texts"), {}))
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


@pytest.fixture(scope="module")
def terms(register: Register) -> Terms:
    return Terms(register)


@pytest.fixture(scope="module")
def index(rows: Rows, terms: Terms) -> Index:
    return Index(entries(rows), terms)


def scanned(rows: Rows, parts: list[str]) -> set[str]:
    """Give the resources with all parts in their texts, letter by letter: a scan without any index."""
    texts: dict[str, str] = {}
    for row in rows:
        texts[row["resource"]] = texts.get(row["resource"], "") + "\n" + row["words"].lower()
    return {iri for iri, text in texts.items() if all(part.lower() in text for part in parts)}


def found(index: Index, asked: str) -> set[str]:
    return {index.entries[at].iri for at in index.hits(index.terms.wanted(asked))}


# what is asked, and the parts it must come to: in this plan the words are found wherever the letters stand
AS_LETTERS = (
    ("省财政厅", ["省财政厅"]),
    ("农业", ["农业"]),
    ("农业的补贴", ["农业", "补贴"]),
    ("补贴 省财政厅", ["补贴", "省财政厅"]),
    ("国家和东北", ["国家", "东北"]),
    ("棚户区改造", ["棚户区改造"]),
    ("棚户区", ["棚户区"]),
    ("徐大堡", ["徐大堡"]),  # no dictionary has it
    ("徐大堡核电", ["徐大堡", "核电"]),
    ("改革委", ["改革委"]),
    ("水", ["水"]),
    ("港 电", ["港", "电"]),
    ("的", ["的"]),
    ("500千伏", ["500", "千伏"]),
    ("2017-035", ["2017", "035"]),
    ("Finance", ["finance"]),
    ("FINANCE", ["finance"]),
    ("\uff26inance", ["finance"]),  # a letter of full width
    ("農業", ["农业"]),
    ("瀋陽", ["沈阳"]),
    ("省財政廳　補貼", ["省财政厅", "补贴"]),
    ("“沈阳”", ["沈阳"]),
    ('"牵头单位：省财政厅"', ["牵头单位：省财政厅"]),
    ("「牵头单位：省财政厅」 沈阳", ["牵头单位：省财政厅", "沈阳"]),
    ('"，有关市人民政府；"', ["，有关市人民政府；"]),
    ("“沈阳", ["沈阳"]),
    ('沈阳"', ["沈阳"]),
    ("沈阳 没有这个词", ["没有这个词"]),
)  # fmt: skip


@pytest.mark.parametrize(("asked", "parts"), AS_LETTERS, ids=[asked for asked, _ in AS_LETTERS])
def test_words_beside_a_scan(index: Index, rows: Rows, asked: str, parts: list[str]) -> None:
    assert found(index, asked) == scanned(rows, parts)


def test_numbers_and_words_of_latin_letters_are_whole(index: Index, rows: Rows) -> None:
    assert found(index, "50") < scanned(rows, ["50"])
    assert found(index, "fin") == set() != scanned(rows, ["fin"])


MADE = (
    Entry("a", "task", "a", (("text", "推进研究生命起源"),)),
    Entry("b", "task", "b", (("text", "培养研究生，研究生教育"),)),
    Entry("c", "task", "c", (("text", "省发展改革委牵头"), ("clause", "农业\n补贴"))),
    Entry("d", "body", "农业局", (("name", "农业局"), ("written", "农业局（补贴办）"))),
)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("研究生", "b"),  # in 研究生命 it is no word
        ('"研究生"', "ba"),  # but letters
        ("发展改革委", "c"),  # a word within a word
        ("改革", "c"),
        ("农业 补贴", "dc"),  # in one resource, also in two of its texts; the shorter ranks higher
        ('"农业 补贴"', "c"),  # a line end is a blank
        ("农业补贴", "dc"),
        ("起源 研究生", ""),
        ("", ""),
        ("，。！？()*:^-+", ""),
        ('""', ""),
        ('"" “”', ""),
    ],
)
def test_what_a_word_is(terms: Terms, asked: str, expected: str) -> None:
    index = Index(MADE, terms)
    assert "".join(index.entries[at].iri for at in index.hits(terms.wanted(asked))) == expected


def test_bm25(terms: Terms) -> None:
    """By hand: two of four texts hold 农业, once each; k1 is 1.2 and b 0.75."""
    index = Index(MADE, terms)
    lengths = [sum(terms.of(fold("\n".join(words for _, words in entry.texts))).values()) for entry in MADE]
    mean = sum(lengths) / 4
    hits = index.hits(terms.wanted("农业"))
    count = terms.of(fold("农业局\n农业局（补贴办）"))["农业"]
    rarity = 0.6931471805599453  # ln(1 + (4 - 2 + 0.5) / (2 + 0.5))
    assert hits[3] == pytest.approx(rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * lengths[3] / mean)))
    assert index.score("农业", terms.wanted("农业")) > hits[3] > 0
    assert index.score("渔业", terms.wanted("农业")) == 0


TEXT = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from([*"省市的水电港", "农业", "补贴", "財政", " ", '"', "“", "”", "*", "AND", "2016", "\uff21", "\n"]), max_size=12).map("".join),
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(asked=TEXT)
def test_any_text_can_be_asked(index: Index, asked: str) -> None:
    hits = search(index, asked)
    assert hits.total == sum(hits.kinds.values())
    wanted = index.terms.wanted(asked)
    holding = index.hits(wanted)
    for at, score in holding.items():
        text = fold("\n".join(words for _, words in index.entries[at].texts))
        assert score > 0
        assert all(one in text for one in (*wanted.words, *wanted.phrases))  # words are also letters
    if hits.mode == "words":
        assert {at for at, _ in hits.hits} == set(holding)
    for hit in page(index, hits, 1):
        for passage in hit.passages:
            original = next(words for field, words in hit.entry.texts if field == passage.field)
            assert passage.text.strip("…") in original or passage.text.strip("…") in "\n".join(w for _, w in hit.entry.texts)  # fmt: skip
            for piece, marked in passage.pieces:
                assert not marked or any(one in fold(piece) or fold(piece) in one for one in (*hits.wanted.words, *hits.wanted.phrases))  # fmt: skip


def test_characters_folded_together_are_folded_as_one_by_one() -> None:
    text = "".join(map(chr, [*range(0x20, 0x3000, 7), *range(0x3400, 0xD800, 3), *range(0xF900, 0x10000)]))
    alone, together = _Folded(), _Folded()
    together.add(map(ord, text))
    together.add([])
    assert [together[ord(one)] for one in text] == [alone[ord(one)] for one in text]
    assert text.translate(together) == fold(text)


@given(text=st.text(alphabet=st.characters(), max_size=60))
def test_folding_keeps_length_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    for begin, end in occurrences(fold(text), as_it_stands(text[:5])):
        assert 0 <= begin < end <= len(text)


@settings(deadline=None, max_examples=100)
@given(text=TEXT, asked=TEXT)
def test_a_text_of_its_own_is_read_as_an_indexed_one(terms: Terms, text: str, asked: str) -> None:
    wanted = terms.wanted(asked)
    index = Index((Entry("a", "task", "a", (("text", text),)), *MADE), terms)
    assert index.score(text, wanted) == pytest.approx(index.hits(wanted).get(0, 0.0))


def test_where_words_find_nothing_letters_are_looked_for(index: Index, rows: Rows) -> None:
    hits = search(index, "外交")
    assert hits.mode == "substring" and hits.total == len(scanned(rows, ["外交"])) > 0
    assert search(index, "外交 亚特兰蒂斯").mode == "nothing"
    assert search(index, "。").mode == "unasked"
    assert search(index, "省财政厅").mode == "words"


def test_who_is_so_named_comes_first(index: Index) -> None:
    for name in ("省财政厅", "沈阳", "辽宁省农村经济委员会", "2016-057", "省林业局", "210100"):
        hits = search(index, name)
        first = index.entries[hits.hits[0][0]]
        assert name in [words for _, words in first.texts], name


def test_a_question_has_a_limit(index: Index) -> None:
    search(index, "水" * LONGEST)
    with pytest.raises(InputError, match=r"^a search takes 1,000 characters, this one has 1,001"):
        search(index, "水" * (LONGEST + 1))
    with pytest.raises(InputError, match=r"^there is no kind 'x'"):
        search(index, "水", "x")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("省财政厅", "辽宁省财政厅"),
        ("省财", "辽宁省财政厅"),
        ("財政", "辽宁省财政厅"),
        ("lnsczt", "辽宁省财政厅"),
        ("czt", "辽宁省财政厅"),
        ("caizheng", "辽宁省财政厅"),
        ("liao ning sheng cai", "辽宁省财政厅"),
        ("沈阳", "沈阳市"),
        ("shenyang", "沈阳市"),
        ("2016-057", "2016-057"),
        ("着力完善", "着力完善体制机制"),
    ],
)
def test_names_completed(index: Index, typed: str, expected: str) -> None:
    assert Names(index.entries).suggest(typed)[0].entry.name == expected


def test_nothing_is_completed(index: Index) -> None:
    names = Names(index.entries)
    assert [names.suggest(typed) for typed in ("", " ", "qqqq", "亚特兰蒂斯", '"', "*")] == [[]] * 6
    assert len(names.suggest("省")) == 10


# --- over HTTP --------------------------------------------------------------------------------------------------------


def get(served: Served, path: str, accept: str = "*/*", **parameters: str) -> httpx.Response:
    return served.client.get(path, params=parameters, headers={"accept": accept})


def test_json_pages_and_counts(served: Served, index: Index) -> None:
    expected = [index.entries[at].iri for at, _ in search(index, "省财政厅").hits]
    got: list[str] = []
    for number in ("1", "2", "3"):
        answer = get(served, "/search", "application/json", q="省财政厅", page=number).json()
        assert (answer["total"], answer["pages"], answer["page"]) == (51, 3, int(number))
        got += [one["iri"] for one in answer["results"]]
        for one in answer["results"]:
            for passage in one["passages"]:
                assert all(passage["text"][begin:end] for begin, end in passage["marks"])
    assert got == expected
    tasks = get(served, "/search.json", q="省财政厅", kind="task").json()
    assert tasks["kinds"] == {"task": 50, "body": 1} and tasks["total"] == 50
    assert {one["kind"] for one in tasks["results"]} == {"task"} and len(tasks["results"]) == PAGE
    assert tasks["results"][0]["address"].startswith("/task/ln-2016-revitalisation/")
    beyond = get(served, "/search.json", q="省财政厅", page="99").json()
    assert beyond["page"] == 3


def test_downloads_hold_every_hit(served: Served) -> None:
    lines = list(csv.DictReader(io.StringIO(get(served, "/search.csv", q="省财政厅").text)))
    assert len(lines) == 51 and lines[0]["name"] == "辽宁省财政厅"
    assert get(served, "/search", "text/tab-separated-values", q="水").text.startswith("name\tkind\tscore\twords\tresource\n")  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(get(served, "/search.xlsx", q="省财政厅").content))
    assert book.active is not None and book.active.max_row == 52
    assert get(served, "/search.pdf", q="水").status_code == 404
    assert get(served, "/search", "image/png", q="水").status_code == 406


def test_the_page(served: Served) -> None:
    answer = get(served, "/search", "text/html", q="补贴", lang="zh")
    assert answer.status_code == 200 and "共 3 项" in answer.text and "<mark>补贴</mark>" in answer.text
    assert "/search.csv?q=%E8%A1%A5%E8%B4%B4" in answer.text
    assert "按词没有结果" in get(served, "/search", "text/html", q="外交", lang="zh").text
    assert "没有找到“亚特兰蒂斯”" in get(served, "/search", "text/html", q="亚特兰蒂斯", lang="zh").text
    assert "All words between blanks" in get(served, "/search", "text/html", lang="en").text
    attack = get(served, "/search", "text/html", q='"><script>alert(1)</script>')
    assert "<script>alert" not in attack.text


HOSTILE = (
    *("*", '"', '"""', "'", "';--", "a' OR '1'='1", "NEAR(a b)", "text:水", "水 AND", "NOT", "(", "{a b}:c", "^水", "水*"),
    *("\x00", "\ufffe", "\uffff", "%", "%00", "\\", "\\u0000", "🀄" * 50, "́" * 100, "水 " * 400, "\n\t ", "。" * 900),
    *("'" * 1000, "((((((((((", "[[[[", "$1", "{{ 7*7 }}", "<b>", "\u202e水", "ﷺ" * 10),
)  # fmt: skip


@pytest.mark.parametrize("asked", HOSTILE, ids=[repr(one)[:20] for one in HOSTILE])
def test_nothing_that_is_asked_breaks_it(served: Served, asked: str) -> None:
    for path in ("/search", "/search.json", "/search.xlsx", "/suggest"):
        assert get(served, path, "text/html, */*;q=0.5", q=asked).status_code == 200, path


def test_what_cannot_be_asked_is_said(served: Served) -> None:
    for parameters in (
        {"q": "水" * 1001},
        {"q": "水", "kind": "x"},
        {"q": "水", "page": "0"},
        {"q": "水", "page": "二"},
    ):
        for path in ("/search", "/search.json"):
            answer = get(served, path, "application/json" if path.endswith("json") else "text/html", **parameters)
            assert answer.status_code == 400, (path, parameters)
    assert get(served, "/suggest", q="水" * 1000).json()[1] == []
    assert get(served, "/suggest", q="水" * 5000).status_code == 414


def test_suggestions_are_those_of_opensearch(served: Served) -> None:
    answer = get(served, "/suggest", q="czt", lang="en")
    assert answer.headers["content-type"] == "application/x-suggestions+json"
    typed, names, kinds, addresses = answer.json()
    assert (typed, names, kinds) == ("czt", ["辽宁省财政厅"], ["Bodies · 省财政厅"])
    assert addresses == [f"{served.url}body/210000/czt"]
    root = ElementTree.fromstring(get(served, "/opensearch.xml").text)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    short = root.findtext(f"{space}ShortName")
    assert short and len(short) <= 16
    for url in root.iter(f"{space}Url"):
        assert get(served, url.attrib["template"].replace("{searchTerms}", "czt")).status_code == 200
    forged = served.client.get("/opensearch.xml", headers={"host": 'x"/><evil a="'})
    assert "<evil" not in forged.text


def test_unchanged_answers_are_not_sent_again(served: Served) -> None:
    first = get(served, "/search.json", q="水")
    again = served.client.get("/search.json", params={"q": "水"}, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    json.loads(first.text)
