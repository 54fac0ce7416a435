"""Measures as reports: every one answers on the plan, on one year, and on next to nothing, and says what it counted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plan_graph.analysis.facts import TaskFacts, task_facts
from plan_graph.analysis.measures.groups import Group
from plan_graph.analysis.network import Layer
from plan_graph.analysis.rows import memberships, written_names
from plan_graph.graph.store import open_store
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role
from plan_graph.reports.measures.comparison import comparison
from plan_graph.reports.measures.population import LAYERS, Population
from plan_graph.reports.measures.registry import FROM_FACTS, MEASURES, OF_ANY_ROLE, OF_SINGLE_BODIES, WEIGHTS, measure
from plan_graph.reports.sections import Report, Section
from plan_graph.reports.words import Words


@pytest.fixture(scope="module")
def about(built: Path) -> Population:
    store = open_store(built)
    rows = tuple(memberships(store))
    groups = {row.body: Group.OTHER if row.body < "210000/h" else Group.FIRM for row in rows}
    facts = tuple(task_facts(store))
    return Population(rows, (), None, Layer.ANY, False, 0, written_names(store), facts, groups, resamples=30)


def small(*tasks: tuple[int, str, str]) -> Population:
    """A population of tasks: year, lead, support ("" for none)."""
    rows: list[Membership] = []
    for at, (year, lead, support) in enumerate(tasks):
        rows.append(Membership(f"t{at}", year, Role.LEAD, lead, lead))
        if support:
            rows.append(Membership(f"t{at}", year, Role.SUPPORT, support, support))
    groups = {row.body: Group.OTHER for row in rows}
    facts = tuple(
        TaskFacts(f"t{at}", "p", str(at), at, year, "主题", "", "", (), (), (), (), ())
        for at, (year, _, _) in enumerate(tasks)
    )
    return Population(tuple(rows), (), None, Layer.ANY, False, 0, {}, facts, groups, resamples=10)


def section(report: Report, key: str) -> Section:
    return {one.key: one for one in report.sections}[key]


def figures(report: Report) -> dict[str, object]:
    return {one.key: one.value for one in report.figures}


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("year", [None, 2018])
def test_every_measure_says_what_it_counted(name: str, year: int | None, about: Population) -> None:
    report = measure(name, replace(about, year=year))
    said = figures(report)
    assert said["tasks"] == len({r.task for r in about.rows if year in (None, r.year) and not r.collective})
    assert said["seed"] == 0
    assert report.sections[0].rows
    for section in report.sections:
        assert all(len(row) == len(section.columns) for row in section.rows)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("tasks", [((2016, "a", ""),), ((2016, "a", "b"),), ((2016, "a", "b"), (2017, "c", ""))])
def test_every_measure_stands_next_to_nothing(name: str, tasks: tuple[tuple[int, str, str], ...]) -> None:
    report = measure(name, small(*tasks))
    for section in report.sections:
        assert all(len(row) == len(section.columns) for row in section.rows)


FEW = small((2016, "a", "b"), (2016, "a", "c"), (2017, "a", "c"))
WITH_COLLECTIVE = replace(FEW, rows=(*FEW.rows, Membership("t0", 2016, Role.SUPPORT, "X", "有关部门", collective=True)))


@pytest.mark.parametrize("name", MEASURES)
def test_the_head_says_of_what_it_is(name: str) -> None:
    chosen = Words("着力", "着力"), Words("按后继机构", "by successor")
    said = figures(measure(name, replace(FEW, layer=Layer.CO_LEAD, chosen=chosen)))
    assert said["chosen"] == Words("着力，按后继机构", "着力, by successor")
    assert said["weight"] == WEIGHTS[name]
    own = Layer.LEAD_SUPPORT if name == "brokerage" else Layer.ANY if name in OF_ANY_ROLE else Layer.CO_LEAD
    assert said["layer"] == LAYERS[own]
    assert "chosen" not in figures(measure(name, FEW))


def test_the_head_of_a_comparison_says_how_many_tasks_each_year_has() -> None:
    assert figures(comparison(FEW, 2016, 2017))["tasks"] == "2→1"


@pytest.mark.parametrize("name", sorted(MEASURES.keys() - OF_SINGLE_BODIES - {"brokerage"}))
def test_collectives_are_counted_where_they_are_asked_for(name: str) -> None:
    without = measure(name, WITH_COLLECTIVE)
    counted = measure(name, replace(WITH_COLLECTIVE, collectives=True))
    assert figures(without)["collectives"] == Words("未计入（1 个，1 次参与）", "left out (1 with 1 participations)")
    assert figures(counted)["collectives"] == Words("计入", "counted in")
    assert (figures(without)["bodies"], figures(counted)["bodies"]) == (3, 4)
    assert counted.sections[0].rows != without.sections[0].rows


@pytest.mark.parametrize("name", sorted(OF_SINGLE_BODIES))
def test_some_measures_are_of_single_bodies_alone(name: str) -> None:
    assert measure(name, replace(WITH_COLLECTIVE, collectives=True)) == measure(name, WITH_COLLECTIVE)


def test_the_backbone_has_every_pair_that_shares_a_task(about: Population) -> None:
    report = measure("backbone", replace(about, draws=20))
    assert len(report.sections[0].rows) == figures(report)["ties"] == 417
    assert "20 draws" in report.notes[0].en


def test_an_interval_holds_what_was_observed_or_is_none(about: Population) -> None:
    rows = measure("bootstrap", about).sections[0].rows
    intervals = [(row[3], row[4], row[5]) for row in rows]
    missing = [one for one in intervals if one[1] is None]
    assert 0 < len(missing) < len(intervals)
    assert all(
        float(str(low)) <= float(str(seen)) <= float(str(high)) for seen, low, high in intervals if low is not None
    )


def test_a_single_tie_has_no_coreness() -> None:
    assert [row[-1] for row in measure("core", small((2016, "a", "b"))).sections[0].rows] == [None, None]
    assert all(row[-1] is not None for row in measure("core", FEW).sections[0].rows)


def test_brokerage_is_of_leads_and_supports(about: Population) -> None:
    assert figures(measure("brokerage", about))["ties"] != figures(measure("holes", about))["ties"]


def test_the_same_seed_gives_the_same_intervals(about: Population) -> None:
    one, other = measure("bootstrap", about), measure("bootstrap", about)
    assert one == other
    assert measure("bootstrap", replace(about, seed=1)) != one


def test_two_years_compared(about: Population) -> None:
    report = comparison(about, 2016, 2018)
    bodies, ties = section(report, "turnover").rows
    for before, after, entered, left, stayed in (bodies[1:6], ties[1:6]):
        assert before == int(str(left)) + int(str(stayed))
        assert after == int(str(entered)) + int(str(stayed))
    assert len(section(report, "ties").rows) == ties[5]
    sizes = {(row[1], row[3]) for row in section(report, "rarefied").rows}
    assert sizes == {("2016", 30), ("2018", 30)}
    turned = comparison(about, 2018, 2016)
    assert section(turned, "turnover").rows[0][3] == bodies[4]


# --- the command -----------------------------------------------------------------------------------------------------


def test_a_measure_by_the_command(cli: Any, built: Path) -> None:
    run = cli("network", "--graph", built, "--measure", "centralisation", "--year", "2018", "--format", "json")
    assert run.returncode == 0, run.stderr.decode()
    said = json.loads(run.stdout)
    assert said["figures"]["tasks"] == 30
    assert {row["key"] for row in said["sections"]["centralisation"]} == {"degree", "betweenness", "closeness"}


def test_years_by_the_command(cli: Any, built: Path) -> None:
    run = cli("network", "--graph", built, "--compare", "2016", "2017", "--layer", "lead-support", "--format", "csv")
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout.decode().startswith("what,before,after,entered,left,stayed")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--compare", "2016", "2019"), "there are 2016, 2017, 2018"),
        (("--compare", "2016", "2016"), "two different years"),
        (("--compare", "2016", "2017", "--measure", "core"), "not both"),
        (("--measure", "core", "--format", "gexf"), "give tables"),
        (("--measure", "core", "--list", "nodes", "--format", "csv"), "give tables"),
        (("--format", "xlsx", "-o", "x.xlsx"), "--measure or --compare"),
        *((("--measure", name, "--by-successor"), "leave out --by-successor") for name in sorted(FROM_FACTS)),
    ],
)
def test_what_cannot_be_asked(cli: Any, built: Path, more: tuple[str, ...], said: str) -> None:
    run = cli("--lang", "en", "network", "--graph", built, *more)
    assert run.returncode == 2
    assert said in run.stderr.decode()
