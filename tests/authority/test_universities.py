"""Universities and colleges: found by their full name, and by nothing else."""

from __future__ import annotations

import csv

import pytest

from plan_graph.authority.reconciliation.queries import Reconciler
from plan_graph.authority.reconciliation.suggestions import suggest
from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver
from plan_graph.resources import resource

REGISTER = Register.load()
RESOLVER = Resolver(REGISTER, "210000", None)


@pytest.mark.parametrize(
    ("name", "place", "level"),
    [
        ("大连理工大学", "210200", "state"),
        ("沈阳工业大学", "210100", "province"),
        ("中国石油大学（北京）", "110000", "state"),
        ("河北工业大学", "120000", "province"),  # its city is in another province
        ("浙江大学", "330100", "state"),  # a record of bodies.csv
    ],
)
def test_a_school(name: str, place: str, level: str) -> None:
    found = RESOLVER.resolve(name)
    assert found.body is not None, found
    assert (found.rule, found.body.name, found.body.seat, found.body.level) == ("full-name", name, place, level)
    assert found.body.kind == "institute"
    assert REGISTER.knows(found.body.id)
    assert REGISTER.body(found.body.id) == found.body


@pytest.mark.parametrize("name", ["大连理工", "理工大学", "某某职业学院", "大连理工大学城市学院分校"])
def test_nothing_else_is_one(name: str) -> None:
    assert RESOLVER.resolve(name).body is None
    assert not REGISTER.knows(f"210200/school-{name}")


def test_a_name_is_completed_while_it_is_typed() -> None:
    found = suggest(Reconciler(REGISTER), "entity", "大连理")["result"]
    assert [one["name"] for one in found] == ["大连理工大学", "大连理工大学城市学院"]


def test_the_list_has_what_no_other_register_has() -> None:
    with resource("data", "authority", "universities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["place"] in REGISTER.places and row["level"] in ("state", "province") for row in rows)
    assert len({row["name"] for row in rows}) == len(rows)
    assert not {row["name"] for row in rows} & set(REGISTER.by_name)
