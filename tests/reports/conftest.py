"""What the tests of reports share: the content of the Liaoning report, and one with everything a report can hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from plan_graph.analysis.evidence import Candidate, Evidence, Link
from plan_graph.analysis.facts import Party, TaskFacts
from plan_graph.corpus import Options, build_corpus
from plan_graph.graph.store import open_store
from plan_graph.model.plan import Role
from plan_graph.reports.whole.content import Content, gather

TWO = {
    "city": """沈阳市人民政府
2017年6月1日

口岸开放方案

1．推进口岸合作。（责任单位：市财政局、市商务局）
2．修订管理办法。（责任单位：市财政局、市教育局）
""",
    "other": """大连市人民政府
2018年6月1日

招商引资方案

1．推进招商。（牵头单位：市商务局；配合单位：市财政局）
2．加强宣传。
""",
}


@pytest.fixture(scope="session")
def content(built: Path) -> Content:
    """The report on the Liaoning plan."""
    return gather(open_store(built))


@pytest.fixture(scope="session")
def nongwei(built: Path) -> Content:
    """The report on one body of it."""
    return gather(open_store(built), body="省农委")


@pytest.fixture(scope="session")
def full(content: Content) -> Content:
    """The same report with duplicates and lineage, made up: each later task takes up one of the year before."""
    by_year = {year: [one for one in content.facts if one.year == year] for year in content.years}
    links = [
        Link(by_year[year - 1][at], one, "continues", 0.5 + at / 200, (Evidence("theme", one.theme, 2.5),))
        for year in (2017, 2018)
        for at, one in enumerate(by_year[year])
    ]
    evidence = (Evidence("phrase", "=1+1", 6.25, ((0, 4),), ((1, 5),)), Evidence("lead", "省农委", 1.5))
    pairs = [Candidate(one.earlier, one.later, one.score, ("other-year", "other-lead"), evidence) for one in links[:9]]
    return replace(content, duplicates=tuple(pairs), lineage=tuple(links))


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of two plans of two cities, without years or themes, in which 市财政局 is two bodies; no ties in it."""
    folder = tmp_path_factory.mktemp("two")
    for name, text in TWO.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    files = [folder / f"{name}.txt" for name in TWO]
    return build_corpus(files, folder / "build", Options(validate=False, keywords=False, draws=0)).out


@pytest.fixture(scope="session")
def hostile(content: Content) -> Content:
    """A report whose texts and names look like formulas and markup, or cannot be in a file at all."""
    nasty = '=1+1<script>alert("x")</script>&amp;\x00\x0b甲'

    def spoil(one: TaskFacts) -> TaskFacts:
        parties = tuple(
            Party(p.role, p.body, f"@{p.name}", f"=<b>{p.written}", p.collective, p.begin, p.end) for p in one.parties
        )
        return replace(one, text=nasty, clause=f"-{one.clause}", theme=f"+{one.theme}", parties=parties)

    facts = tuple(spoil(one) for one in content.facts)
    names = {body: f"=<i>{name}</i>" for body, name in content.names.items()}
    sources = tuple(replace(one, title=f"<script>{one.title}") for one in content.sources)
    return replace(content, population=facts, facts=facts, names=names, sources=sources)


Task = Callable[..., TaskFacts]


@pytest.fixture(scope="session")
def task() -> Task:
    """Makes a task: its id, leads and supports as letters (X is a collective), year and theme."""

    def make(id_: str, leads: str = "", supports: str = "", year: int | None = 2016, theme: str = "") -> TaskFacts:
        parties = tuple(
            Party(role, body, f"机构{body}", body, body == "X", 0, 1)
            for role, bodies in ((Role.LEAD, leads), (Role.SUPPORT, supports))
            for body in bodies
        )
        return TaskFacts(f"t/task/p/{id_}", "p", id_, 0, year, theme, "正文", "条款", parties, (), (), (), ())

    return make
