"""Lists with filters that combine, and the pages of tasks, bodies, places and themes: made here, without a server."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest

from plan_graph.analysis.dossier import dossier
from plan_graph.errors import InputError, NotFoundError
from plan_graph.model.plan import Role
from plan_graph.web.limits import Limits
from plan_graph.web.pages.excerpts import excerpt
from plan_graph.web.pages.filters import Index, Selection, places_of
from plan_graph.web.pages.render import render
from plan_graph.web.pages.templates import environment
from plan_graph.web.pages.visit import Visit
from plan_graph.web.site import Site
from plan_graph.web.worker import prepare

PLAN = "ln-2016-revitalisation"
Parameters = Sequence[tuple[str, str]]
MOST_BYTES = 100_000
NO_MORE: dict[str, object] = {"read_from": None, "earlier": [], "licence": ""}


@pytest.fixture(scope="module")
def site(built: Path) -> Site:
    limits = {name: getattr(Limits(), name) for name in Limits.__dataclass_fields__}
    return prepare({"graph": str(built), "base": "https://w3id.org/plan-graph/id/", "limits": limits, **NO_MORE})


class Made(NamedTuple):
    """An answer: its media type, its headers, its content."""

    media: str
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def words(self) -> str:
        """The text that people see, blanks as one."""
        return " ".join(re.sub(r"<[^>]+>", " ", self.text).split())


def get(site: Site, view: str, path: str, parameters: Parameters = (), lang: str = "zh", **arguments: str) -> Made:
    out = io.BytesIO()
    asked = {
        "view": view,
        "path": path,
        "arguments": {"sent": path, **arguments},
        "parameters": list(parameters),
        "lang": lang,
    }
    reply = render(site, asked, out)
    assert reply.status == 200
    return Made(reply.media_type, reply.headers, out.getvalue())


def total(site: Site, parameters: Parameters) -> int:
    """Read the total off the page."""
    page = get(site, "tasks", "/tasks", parameters).text
    found = re.search(r'class="total" role="status"><b>([\d,]+)</b>', page)
    assert found
    return int(found[1].replace(",", ""))


def selection(site: Site, parameters: Parameters) -> Selection:
    return Selection(site.choices, Visit("/tasks", {}, list(parameters), "zh"))


class Whole(HTMLParser):
    """Checks that elements nest, ids are there once, and nothing is styled or scripted inline."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "circle", "rect", "line", "path"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        assert "style" not in own and tag != "style", own
        assert tag != "script" or "src" in own
        assert not [name for name in own if name.startswith("on")]
        if (id_ := own.get("id")) is not None:
            assert id_ not in self.ids, id_
            self.ids.add(id_)
        if tag == "a" and own.get("href"):
            assert "a" not in self.open, "a link within a link"
            self.links.add(str(own["href"]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, (tag, self.open[-5:])
        self.open.pop()


def whole(page: Made) -> Whole:
    assert len(page.content) < MOST_BYTES
    read = Whole()
    read.feed(page.text)
    read.close()
    assert read.open in ([], ["p"])
    return read


# --- filters ---------------------------------------------------------------------------------------------------------


QUERIES: Sequence[tuple[Parameters, str, Mapping[str, str]]] = (
    ((), "tasks", {}),
    ((("year", "2016"),), "tasks", {"year": "2016"}),
    ((("year", "2018"), ("theme", "着力推进结构调整")), "tasks", {"year": "2018", "theme": "着力推进结构调整"}),
    ((("body", "省农委"),), "tasks", {"body": "省农委"}),
    ((("body", "辽宁省财政厅"), ("year", "2017")), "tasks", {"body": "省财政厅", "year": "2017"}),
    ((("place", "铁岭"),), "tasks", {"place": "铁岭"}),
    ((("place", "211200"), ("body", "210000/nw")), "tasks", {"place": "铁岭市", "body": "省农委"}),
    ((("place", "辽宁省"), ("year", "2016")), "tasks", {"place": "辽宁省", "year": "2016"}),
    ((("plan", PLAN), ("year", "2018")), "tasks", {"plan": PLAN, "year": "2018"}),
    (
        (("year", "2016"), ("theme", "着力推进结构调整"), ("body", "省农委"), ("place", "铁岭县")),
        "tasks",
        {"year": "2016", "theme": "着力推进结构调整", "body": "省农委", "place": "铁岭县"},
    ),
    ((("q", "棚户区"),), "text-search", {"word": "棚户区"}),
    ((("q", "改革"), ("year", "2017")), "text-search", {"word": "改革", "year": "2017"}),
    ((("has", "target"),), "targets", {}),
    ((("has", "target"), ("year", "2018")), "targets", {"year": "2018"}),
    ((("has", "deadline"),), "deadlines", {}),
    ((("has", "produces"),), "documents-produced", {}),
    ((("has", "cites"), ("year", "2016")), "documents-cited", {"year": "2016"}),
    ((("has", "nosupport"), ("year", "2018")), "tasks-without-support", {"year": "2018"}),
    ((("collective", "省政府有关部门"),), "body-dossier", {"body": "省政府有关部门"}),
    ((("body", "210000/czt"), ("body", "210000/nw")), "shared-tasks", {"a": "省财政厅", "b": "省农委"}),
)


@pytest.mark.parametrize(("parameters", "query", "values"), QUERIES, ids=[str(one[0]) for one in QUERIES])
def test_totals_are_those_of_the_named_queries(
    site: Site, parameters: Parameters, query: str, values: Mapping[str, str]
) -> None:
    tasks = {row["task"] for row in site.ask(query, **values)}
    assert {task.iri for task in selection(site, parameters).tasks} == tasks
    assert tasks and total(site, parameters) == len(tasks)


@pytest.mark.parametrize("role", Role)
def test_a_role_is_that_of_the_bodies_chosen(site: Site, role: Role) -> None:
    body = next(agent.id for agent in site.facts.agents.values() if agent.short == "省财政厅")
    wanted = {task.iri for task in site.facts.tasks if body in task.bodies(role)}
    found = selection(site, [("body", body), ("role", role.value)])
    assert {task.iri for task in found.tasks} == wanted
    anybody = selection(site, [("role", role.value)]).tasks
    assert {task.iri for task in anybody} == {
        task.iri for task in site.facts.tasks if any(party.role is role for party in task.parties)
    }


def test_led_and_supported_are_those_of_tasks_by_body(site: Site) -> None:
    table = csv.DictReader(io.StringIO(get(site, "bodies-file", "/bodies.csv", form="csv").text))
    rows = {row["id"]: row for row in table}
    counts = site.ask("tasks-by-body")
    assert counts
    for one in counts:
        own = rows[one["body"].removeprefix(site.base).split("/", 1)[1]]
        assert (int(own["led"]), int(own["supported"])) == (one["led"], one["supported"])


CHOICES: Sequence[Parameters] = (
    (),
    (("year", "2016"),),
    (("year", "2016"), ("year", "2018"), ("role", "lead")),
    (("theme", "institutions"), ("collective", "any")),
    (("body", "省发展改革委"), ("role", "support"), ("q", "建设")),
    (("place", "210100"), ("has", "later")),
    (("body", "省发展改革委"), ("body", "省财政厅"), ("has", "target")),
    (("year", "1999"), ("body", "省财政厅")),
)


@pytest.mark.parametrize("parameters", CHOICES, ids=str)
def test_each_option_leaves_as_many_tasks_as_it_says(site: Site, parameters: Parameters) -> None:
    here = selection(site, parameters)
    for name in ("year", "theme", "body", "role", "place", "collective", "has", "plan"):
        for option in here.options(name):
            several = name in ("body", "collective", "has")
            kept = [one for one in parameters if one[0] != name or several]
            there = [*kept, (name, option.key)] if (name, option.key) not in kept else kept
            assert option.count == len(selection(site, there).tasks), (name, option)


@pytest.mark.parametrize("parameters", CHOICES, ids=str)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lists_are_whole_pages_with_their_filters_in_links(site: Site, parameters: Parameters, lang: str) -> None:
    read = whole(get(site, "tasks", "/tasks", parameters, lang))
    query = urlencode(parameters)
    if total(site, parameters):
        assert f"/tasks.csv?{query}" in read.links or not query
    for at in range(len(parameters)):  # each filter can be taken away
        left = urlencode([*parameters[:at], *parameters[at + 1 :]])
        assert (f"/tasks?{left}" if left else "/tasks") in read.links


def test_pages_of_a_list_have_every_task_once(site: Site) -> None:
    ids: list[str] = []
    for number in range(1, 5):
        page = get(site, "tasks", "/tasks", [("page", str(number)), ("sort", "newest")]).text
        ids += re.findall(r'<p class="which"><a href="/task/[^/]+/([^"]+)">', page)
    assert sorted(ids) == sorted(task.id for task in site.facts.tasks)
    assert [one[:4] for one in ids] == sorted((one[:4] for one in ids), reverse=True)


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xlsx"])
@pytest.mark.parametrize("parameters", CHOICES[:4], ids=str)
def test_files_have_exactly_the_filtered_tasks(site: Site, form: str, parameters: Parameters) -> None:
    wanted = [task.id for task in selection(site, parameters).tasks]
    made = get(site, "tasks-file", f"/tasks.{form}", parameters, form=form)
    assert made.headers["Content-Disposition"] == f'attachment; filename="tasks.{form}"'
    if form == "xlsx":
        with ZipFile(io.BytesIO(made.content)) as book:
            assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == len(wanted) + 1
            assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        return
    if form == "json":
        rows = json.loads(made.text)
    else:
        rows = list(csv.DictReader(io.StringIO(made.text), delimiter="\t" if form == "tsv" else ","))
    assert [row["id"] for row in rows] == wanted
    assert rows[0]["task"].startswith(site.base)


# --- what strangers may ask ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parameters",
    [
        [("role", "boss")],
        [("has", "money")],
        [("sort", "random")],
        [("page", "0")],
        [("page", "-1")],
        [("page", "x")],
        [("page", "99999999999999999999")],
        [("page", "400")],
        [("q", "长" * 100_000)],
        [("q", " ".join("字" * 1 for _ in range(3)) + " 甲" * 300)],
        [("body", f"机构{n}") for n in range(30)],
        [("theme", "x" * 5000)],
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_cannot_be_used_is_said(site: Site, parameters: Parameters) -> None:
    with pytest.raises(InputError) as caught:
        get(site, "tasks", "/tasks", parameters)
    assert caught.value.zh and len(str(caught.value)) < 100_000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", "1999"),
        ("year", "二〇一六"),
        ("body", "省莫须有厅"),
        ("place", "999999"),
        ("theme", "<script>alert(1)</script>"),
        ("collective", "'; DROP TABLE tasks; --"),
        ("plan", "../../etc/passwd"),
        ("q", "<script>alert(1)</script>"),
        ("q", '"><img src=x onerror=alert(1)>'),
        ("body", "\x00\ud7ff\u202e"),
    ],
)
def test_what_is_not_there_gives_an_empty_list_that_helps(site: Site, name: str, value: str) -> None:
    page = get(site, "tasks", "/tasks", [(name, value)])
    whole(page)
    assert total(site, [(name, value)]) == 0
    assert "没有符合全部条件的任务" in page.words
    assert "<script>alert" not in page.text and "<img" not in page.text
    if name != "q":
        assert "图中没有" in page.words


@pytest.mark.parametrize("view", ["bodies", "places", "themes"])
def test_other_lists_take_hostile_words(site: Site, view: str) -> None:
    page = get(site, view, f"/{view}", [("q", '"><script>alert(1)</script>')])
    whole(page)
    assert "<script>alert" not in page.text
    for parameters in ([("sort", "x")], [("page", "7000")], [("page", "x")]):
        with pytest.raises(InputError):
            get(site, view, f"/{view}", parameters)


def test_addresses_of_nothing_are_not_found(site: Site) -> None:
    for view, path, arguments in (
        ("task", "/task/x/1", {"document": "x", "task": "1"}),
        ("task-file", "/task/x/1.csv", {"document": "x", "task": "1", "form": "csv"}),
        ("body", "/body/210000/nobody", {"area": "210000", "id": "nobody"}),
        ("body", "/body/210000/ge-shi-zf", {"area": "210000", "id": "ge-shi-zf"}),  # it is a collective
        ("place", "/place/000001", {"code": "000001"}),
        ("place-file", "/place/000001.csv", {"code": "000001", "form": "csv"}),
        ("theme", "/theme/a/b", {"key": "a/b"}),
        ("theme-file", "/theme/a/b.csv", {"key": "a/b", "form": "csv"}),
    ):
        with pytest.raises(NotFoundError):
            get(site, view, path, (), "zh", **arguments)


# --- every page ------------------------------------------------------------------------------------------------------


def known(site: Site, address: str) -> bool:
    """Tell whether an address of a task, body, place or theme is one of the graph."""
    address = re.sub(r"[?#].*|\.(csv|xlsx|json|ttl|jsonld|nt)$", "", address)
    facts = site.facts
    kind = address.split("/")[1]
    pages = {
        "task": facts.by_address,
        **{key: {one.address for one in facts.agents.values()} for key in ("body", "collective", "name")},
        "place": {one.address for one in facts.places.values()},
        "theme": {one.address for one in facts.themes.values()},
    }
    return kind not in pages or address in pages[kind]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_task_has_its_page(site: Site, lang: str) -> None:
    for task in site.facts.tasks:
        page = get(site, "task", f"/task/{task.plan}/{task.id}", lang=lang, document=task.plan, task=task.id)
        read = whole(page)
        assert all(known(site, link) for link in read.links if link.startswith("/")), task.id
        shown = re.search(r'<div class="text task-text"[^>]*>(.*?)</div>', page.text, re.DOTALL)
        assert shown
        said = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", shown[1]))
        assert said == re.sub(r"\s+", "", task.text + task.clause), task.id


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_body_has_its_dossier(site: Site, lang: str) -> None:
    for agent in site.facts.agents.values():
        view = agent.address.split("/")[1]
        area, id_ = agent.id.split("/")
        page = get(site, view, agent.address, lang=lang, area=area, id=id_)
        read = whole(page)
        assert all(known(site, link) for link in read.links if link.startswith("/")), agent
        found = dossier(site.facts.scope, agent.id)
        figures = re.findall(r"<dd>([\d,]+)</dd>", page.text)
        assert int(figures[0]) == len(found.tasks)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_place_and_theme_has_its_page(site: Site, lang: str) -> None:
    for place in site.facts.places.values():
        read = whole(get(site, "place", place.address, lang=lang, code=place.code))
        assert all(known(site, link) for link in read.links if link.startswith("/")), place
    for theme in site.facts.themes.values():
        read = whole(get(site, "theme", theme.address, lang=lang, key=theme.key))
        assert all(known(site, link) for link in read.links if link.startswith("/")), theme


@pytest.mark.parametrize("view", ["bodies", "places", "themes"])
@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xlsx"])
def test_other_lists_are_files_too(site: Site, view: str, form: str) -> None:
    read = whole(get(site, view, f"/{view}", [("year", "2016")]))
    assert f"/{view}.csv?year=2016" in read.links
    assert get(site, f"{view}-file", f"/{view}.{form}", [("year", "2016")], form=form).content


def test_counts_of_places_include_what_lies_in_them(site: Site) -> None:
    rows = csv.DictReader(io.StringIO(get(site, "places-file", "/places.csv", form="csv").text))
    counts = {row["key"]: int(row["tasks"]) for row in rows}
    for row in site.ask("places"):
        named = {one["task"] for one in site.ask("tasks", place=row["name"])}
        assert counts.get(row["code"], 0) == len(named), row


# --- a task ----------------------------------------------------------------------------------------------------------


def task_page(site: Site, id_: str, lang: str = "zh") -> Made:
    return get(site, "task", f"/task/{PLAN}/{id_}", lang=lang, document=PLAN, task=id_)


def test_a_task_shows_where_everything_stands(site: Site) -> None:
    page = task_page(site, "2016-057")
    for kind, title, words in (
        ("place", "法库县", "法库县"),
        ("target", "高标准农田", "180万亩"),
        ("lead", "辽宁省农村经济委员会", "省农委"),
        ("clause", "", "（牵头单位："),
    ):
        said = f' title="{title}"' if title else ""
        assert re.search(f'<(?:span|a) class="mark {kind}"[^>]*{said}>(<a [^>]*>)?{words}', page.text), words
    for words in ("登记册中的简称", "疑为同一文件或登记册中另一机构名称的笔误", "180", "万亩", "铁岭县"):
        assert words in page.words
    begin = next(row["begin"] for row in site.ask("task-passages", task=f"{site.base}task/{PLAN}/2016-057"))
    assert f"/document/{PLAN}?at={begin}#char-{begin}" in whole(page).links


def test_a_place_in_the_title_of_a_document_is_marked_within_it(site: Site) -> None:
    page = task_page(site, "2016-026").text
    found = re.search(
        r'<span class="mark citation"(.*?)<(?:span|a) class="mark place"[^>]*>(?:<a [^>]*>)?沈阳</a>', page
    )
    assert found and "</span>" not in found[1]


def test_a_task_has_its_history(site: Site) -> None:
    page = task_page(site, "2017-001")
    assert {f"/task/{PLAN}/2016-001", f"/task/{PLAN}/2018-001"} <= whole(page).links
    row = next(
        row
        for row in site.ask("lineage", year="2017")
        if (row["earlierId"], row["laterId"]) == ("2016-001", "2017-001")
    )
    assert f"得分 {row['score']:.2f}" in page.words
    assert row["wording"] in page.words


def test_a_task_as_a_table_has_a_row_for_each_party(site: Site) -> None:
    made = get(site, "task-file", f"/task/{PLAN}/2016-057.csv", document=PLAN, task="2016-057", form="csv")
    rows = list(csv.DictReader(io.StringIO(made.text)))
    task = site.facts.by_address[f"/task/{PLAN}/2016-057"]
    assert {(row["role"], row["written"], int(row["begin"])) for row in rows} == {
        (party.role.value, party.written, party.begin) for party in task.parties
    }


# --- excerpts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "at_most", "expected"),
    [
        ("甲" * 50 + "改革" + "乙" * 50, ["改革"], 20, "…" + "甲" * 5 + "[改革]" + "乙" * 13 + "…"),
        ("改革开放", ["改革", "革开"], 20, "[改革开]放"),
        ("改革再改革", ["改革"], 20, "[改革]再[改革]"),
        ("甲乙改革", ["改革"], 3, "…[改革]"),
        ("甲乙丙", [], 2, "甲乙…"),
        ("甲乙丙", ["丁"], 3, "甲乙丙"),
        ("", ["丁"], 3, ""),
    ],
)
def test_words_are_shown_where_they_stand(text: str, words: Sequence[str], at_most: int, expected: str) -> None:
    pieces = excerpt(text, words, at_most)
    assert "".join(f"[{piece}]" if found else piece for piece, found in pieces) == expected


def test_a_text_that_looks_like_a_script_stays_text() -> None:
    source = '{% import "lists.html" as lists %}{{ lists.pieces(pieces) }}'
    pieces = excerpt("<b>&<script>alert(1)</script>", ["<script>"], 90)
    made = environment("zh").from_string(source).render(pieces=pieces)
    assert made.strip() == ('&lt;b&gt;&amp;<mark class="mark found">&lt;script&gt;</mark>alert(1)&lt;/script&gt;')


def test_names_that_look_like_a_script_stay_text(site: Site) -> None:
    label = '"><script>alert(1)</script>'
    facts = site.facts
    agent, theme = facts.agents["210000/czt"], facts.themes["livelihood"]
    hostile = replace(
        facts,
        agents={**facts.agents, agent.id: replace(agent, name=label, short=label, others=(label,), source=label)},
        themes={**facts.themes, theme.key: replace(theme, name=label, name_en=label, keywords=(label,))},
    )
    other = replace(site, build="hostile")
    other.__dict__.update(facts=hostile, index=Index(hostile))
    pages = [
        get(other, "tasks", "/tasks", [("body", agent.id), ("theme", theme.key)]),
        get(other, "bodies", "/bodies", [("q", label)]),
        get(other, "body", agent.address, area="210000", id="czt"),
        get(other, "themes", "/themes"),
        get(other, "theme", theme.address, key=theme.key),
    ]
    for page in pages:
        whole(page)
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text


def test_sets_of_tasks_are_bits() -> None:
    assert places_of(0) == []
    assert places_of(0b101001) == [0, 3, 5]
