"""Governments of towns and offices of streets: one town of the county meant, or open with the candidates."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver
from plan_graph.authority.towns import KINDS, NEWER, OLDER
from plan_graph.model.register import Resolution
from plan_graph.resources import resource

REGISTER = Register.load()
DAY = date(2021, 6, 1)


def resolve(name: str, issuer: str, on: date | None = DAY) -> Resolution:
    return Resolver(REGISTER, issuer, on).resolve(name)


def rows() -> list[dict[str, str]]:
    with resource("data", "authority", "towns.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "issuer", "id", "full"),
    [
        ("象州镇人民政府", "451322", "451322/town-100", "象州县象州镇人民政府"),
        ("石龙镇政府", "451322", "451322/town-101", "象州县石龙镇人民政府"),
        ("石龙镇人民政府", "451300", "451322/town-101", "象州县石龙镇人民政府"),  # the only one in the city
        ("象州县石龙镇人民政府", "450000", "451322/town-101", "象州县石龙镇人民政府"),
        ("石龙镇人民政府", "441900", "441900/town-102", "东莞市石龙镇人民政府"),  # a city without counties
        ("中关村街道办事处", "110108", "110108/town-011", "北京市海淀区中关村街道办事处"),
        ("中关村街道办", "110108", "110108/town-011", "北京市海淀区中关村街道办事处"),
        ("将台地区办事处", "110105", "110105/town-023", "北京市朝阳区将台地区办事处"),
    ],
)
def test_a_town(name: str, issuer: str, id: str, full: str) -> None:
    found = resolve(name, issuer)
    assert found.body is not None, found
    assert (found.rule, found.body.id, found.body.name) == ("town", id, full)
    assert (found.body.kind, found.body.level) == ("township-government", "township")
    assert REGISTER.knows(id)
    assert REGISTER.body(id) == found.body


@pytest.mark.parametrize(
    ("name", "issuer", "reason", "candidates"),
    [
        ("石龙镇人民政府", "450000", "below-county", ()),  # of which county is not said
        ("石龙镇人民政府", "", "below-county", ()),
        ("城关镇人民政府", "341500", "several-bodies", ("341522/town-100", "341523/town-100")),
        ("某某镇人民政府", "451322", "below-county", ()),
        ("石龙镇", "450000", "below-county", ()),  # of which county is not said
    ],
)
def test_no_town(name: str, issuer: str, reason: str, candidates: tuple[str, ...]) -> None:
    found = resolve(name, issuer)
    assert (found.rule, found.reason, found.candidates) == ("none", reason, candidates)


def test_a_town_that_began_or_ended_between_the_lists() -> None:
    """The list of 2018 has 张塝镇 as the newer one has 张榜镇: each is good up to, or from, the other list."""
    began, ended = resolve("张塝镇人民政府", "421126"), resolve("张榜镇人民政府", "421126")
    assert began.body is not None
    assert ended.body is not None
    assert (began.body.earliest, ended.body.latest) == (OLDER, NEWER)
    assert resolve("张塝镇人民政府", "421126", date(2015, 1, 1)).body is None
    assert resolve("张榜镇人民政府", "421126", date(2024, 1, 1)).body is None


def test_every_town_has_a_place_a_kind_and_a_number_of_its_own() -> None:
    for row in rows():
        assert row["place"] in REGISTER.places
        towns = REGISTER.towns.of(row["place"])
        assert len({town.id for town in towns}) == len(towns)
        assert all(town.name.endswith(tuple(KINDS)) and town.number[:3].isdigit() for town in towns)


def test_every_town_of_some_counties_comes_home() -> None:
    astray = []
    for row in rows()[::25]:
        resolver = Resolver(REGISTER, row["place"], None)
        for town in REGISTER.towns.of(row["place"]):
            body = REGISTER.body(town.id)
            for name in (body.name, body.short, *body.aliases):
                found = resolver.resolve(name)
                if found.body != body and town.id not in found.candidates:
                    astray.append((name, town.id, found))
    assert astray == []


def test_a_seat_is_a_town_of_its_county() -> None:
    seats = [row for row in rows() if row["seat"]]
    assert len(seats) > 300
    for row in seats:
        assert row["seat"] in {town.name for town in REGISTER.towns.of(row["place"]) if town.ended is None}
        assert "GeoNames" in row["source"]
    assert REGISTER.towns.seats["421126"] == "漕河镇"


def test_the_seat_of_a_prefecture_is_a_place_in_it() -> None:
    seats = {p.code: p.seat for p in REGISTER.places.values() if p.level == "prefecture" and p.seat}
    assert seats["653100"] == "653101"
    assert all(REGISTER.places[seat].parent == code for code, seat in seats.items())
