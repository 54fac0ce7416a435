"""Whose name it is: by issuer, then by date; in doubt by nobody, with the reason and the candidates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver
from plan_graph.authority.variants import one_character_off, suspected_slip
from plan_graph.model.register import Body, Collective

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)


def body(id: str, name: str, short: str, *aliases: str, since: str = "", until: str = "") -> Body:
    first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    return Body(id, name, short, "", "province", id[:6], aliases, valid_from=first, valid_until=last)


# two provinces; in the first the forestry department gave way to a bureau, and two bodies share an alias
BODIES = [
    body("210000/czt", "辽宁省财政厅", "省财政厅", "辽宁财政厅"),
    body("210000/lyt", "辽宁省林业厅", "省林业厅", until="2018-10-01"),
    body("210000/lyj", "辽宁省林业和草原局", "省林草局", since="2018-10-01"),
    body("210000/fgw", "辽宁省发展和改革委员会", "省发展改革委", "省发改委"),
    body("210000/gzw", "辽宁省国有资产监督管理委员会", "省国资委", "省委员会"),
    body("210000/wjw", "辽宁省卫生和计划生育委员会", "省卫生计生委", "省委员会"),
    body("220000/czt", "吉林省财政厅", "省财政厅"),
    body("220000/jyt", "吉林省教育厅", "省教育厅"),
    body("210100/szf", "沈阳市人民政府", "沈阳市政府"),
]
EACH = Collective("210000/cities", "各市人民政府", "all", ("210100/szf",), ("各市政府",))
WHOLE = Register.load()
# records alone: no patterns
REGISTER = replace(WHOLE, bodies={b.id: b for b in BODIES}, collectives={EACH.id: EACH}, patterns=())
ISSUED = date(2016, 10, 30)


def resolver(place: str = "210000", issued: date | None = ISSUED, named: frozenset[str] = frozenset()) -> Resolver:
    return Resolver(REGISTER, place, issued, named)


def test_what_a_name_means_is_searched_once_for_an_issuer_and_a_day() -> None:
    register = replace(REGISTER)
    first = Resolver(register, "210000", ISSUED).resolve("省财政厅")
    assert list(register.answers) == [("省财政厅", "210000", ISSUED)]
    assert Resolver(register, "210000", ISSUED, frozenset({"省财政厅"})).resolve("省财政厅") is first
    assert Resolver(register, "220000", ISSUED).resolve("省财政厅") != first
    assert Resolver(register, "210000", date(2019, 1, 1)).resolve("省林业厅").reason == "not-at-that-date"
    assert Resolver(register, "210000", ISSUED).resolve("省林业厅").body


@pytest.mark.parametrize(
    ("name", "place", "issued", "rule", "id"),
    [
        ("辽宁省财政厅", "210000", ISSUED, "full-name", "210000/czt"),
        ("省财政厅", "210000", ISSUED, "short-form", "210000/czt"),
        ("省财政厅", "220000", ISSUED, "short-form", "220000/czt"),  # the issuer decides
        ("省财政厅", "210100", ISSUED, "short-form", "210000/czt"),  # a city's plan means its province
        ("省发改委", "210000", ISSUED, "alias", "210000/fgw"),
        ("省林业厅", "210000", date(2018, 9, 30), "short-form", "210000/lyt"),  # its last day
        ("省林草局", "210000", date(2018, 10, 1), "short-form", "210000/lyj"),  # its successor's first
        ("省林业厅", "210000", None, "short-form", "210000/lyt"),  # an unknown date excludes nothing
        ("沈阳市人民政府", "", None, "full-name", "210100/szf"),  # a full name needs no issuer
        ("吉林省教育厅", "210000", ISSUED, "full-name", "220000/jyt"),  # nor is it bound to one
    ],
)
def test_bodies(name: str, place: str, issued: date | None, rule: str, id: str) -> None:
    found = resolver(place, issued).resolve(name)
    assert found.body is not None
    assert (found.name, found.rule, found.body.id) == (name, rule, id)
    assert (found.collective, found.reason, found.candidates) == (None, "", ())


@pytest.mark.parametrize("name", ["各市人民政府", "各市政府"])
def test_collectives_stay_collectives(name: str) -> None:
    found = resolver().resolve(name)
    assert (found.rule, found.body, found.collective) == ("collective", None, EACH)


@pytest.mark.parametrize(
    ("name", "place", "issued", "reason", "candidates"),
    [
        ("省财政厅", "", ISSUED, "issuer-unknown", ("210000/czt", "220000/czt")),
        ("各市人民政府", "", ISSUED, "issuer-unknown", ("210000/cities",)),
        ("省教育厅", "210000", ISSUED, "other-issuer", ("220000/jyt",)),
        ("省林业厅", "210000", date(2018, 10, 1), "not-at-that-date", ("210000/lyt",)),
        ("省林草局", "210000", date(2018, 9, 30), "not-at-that-date", ("210000/lyj",)),
        ("省委员会", "210000", ISSUED, "several-bodies", ("210000/gzw", "210000/wjw")),
        ("省公安厅", "210000", ISSUED, "not-in-register", ()),
        ("财政厅", "210000", ISSUED, "not-in-register", ()),  # nothing is added
        ("省财政厅 ", "210000", ISSUED, "not-in-register", ()),  # nothing is taken away
        ("", "210000", ISSUED, "not-in-register", ()),
    ],
)
def test_in_doubt_the_reason(
    name: str, place: str, issued: date | None, reason: str, candidates: tuple[str, ...]
) -> None:
    found = resolver(place, issued).resolve(name)
    assert (found.rule, found.reason, found.candidates) == ("none", reason, candidates)
    assert (found.body, found.collective) == (None, None)


@pytest.mark.parametrize(
    ("name", "named", "reason", "candidates"),
    [
        ("省林业局", {"省林业厅"}, "suspected-variant", ("210000/lyt",)),
        ("省林业局", set(), "not-in-register", ()),  # only beside the other name
        ("省林业局", {"省林业厅", "省林业委"}, "suspected-variant", ("210000/lyt",)),  # one unknown is no candidate
        ("省教育局", {"省教育厅"}, "not-in-register", ()),  # a body of another province
        ("省发展改单委", {"省发展改革委"}, "suspected-variant", ("210000/fgw",)),
        ("省国税委", {"省国资委"}, "not-in-register", ()),  # a short name with another word in it
    ],
)
def test_a_suspected_slip_is_flagged_and_never_merged(
    name: str, named: set[str], reason: str, candidates: tuple[str, ...]
) -> None:
    found = resolver(named=frozenset(named | {name})).resolve(name)
    assert (found.rule, found.body, found.collective) == ("none", None, None)
    assert (found.reason, found.candidates) == (reason, candidates)


def test_two_possible_slips_are_both_candidates() -> None:
    twins = [body("210000/a", "辽宁省甲乙丙丁厅", "省甲乙丙丁厅"), body("210000/b", "辽宁省甲乙丙丁委", "省甲乙丙丁委")]
    register = replace(REGISTER, bodies={b.id: b for b in twins})
    found = Resolver(register, "210000", ISSUED, frozenset({"省甲乙丙丁厅", "省甲乙丙丁委"})).resolve("省甲乙丙丁局")
    assert (found.reason, found.candidates) == ("not-in-register", ("210000/a", "210000/b"))


@pytest.mark.parametrize(
    ("left", "right", "off"),
    [
        ("省林业局", "省林业厅", True),
        ("省林业厅", "省林业", True),
        ("省林厅", "省林业厅", True),
        ("甲省林业厅", "省林业厅", True),
        ("省林业厅", "省林业厅", False),
        ("省林业局", "省农业厅", False),
        ("省林业", "省林业厅局", False),
        ("", "甲", True),
        ("", "", False),
    ],
)
def test_one_character_off(left: str, right: str, off: bool) -> None:
    assert one_character_off(left, right) is one_character_off(right, left) is off


@pytest.mark.parametrize(
    ("name", "other", "slip"),
    [
        ("省林业局", "省林业厅", True),  # the kind of body
        ("省财政", "省财政厅", True),  # the kind left out
        ("省发展改单委", "省发展改革委", True),  # a character of a long name
        ("省安监局", "省质监局", False),  # two bureaus
        ("省民委", "省农委", False),
        ("省委", "省农委", False),
        ("省外侨办", "省外办", False),
        ("大连证监局", "大连银监局", False),
        ("辽阳市人民政府", "沈阳市人民政府", False),  # two cities
    ],
)
def test_names_that_differ_on_purpose_are_no_slips(name: str, other: str, slip: bool) -> None:
    assert suspected_slip(name, other) is suspected_slip(other, name) is slip


@EXACT
@given(st.text("省林业厅局草", max_size=6), st.text("省林业厅局草", max_size=6))
def test_one_character_off_is_edit_distance_one(left: str, right: str) -> None:
    def distance(one: str, other: str) -> int:
        if not one or not other:
            return len(one) + len(other)
        if one[0] == other[0]:
            return distance(one[1:], other[1:])
        return 1 + min(distance(one[1:], other[1:]), distance(one[1:], other), distance(one, other[1:]))

    assert one_character_off(left, right) == (distance(left, right) == 1)


NAMES = sorted(REGISTER.by_name)


@EXACT
@given(
    st.sampled_from(NAMES) | st.text("省市各林业厅财政", max_size=6),
    st.sampled_from(["", "210000", "210100", "220000"]),
    st.none() | st.dates(date(2010, 1, 1), date(2024, 1, 1)),
    st.frozensets(st.sampled_from(NAMES)),
)
def test_a_resolution_is_one_record_or_a_reason(
    name: str, place: str, issued: date | None, named: frozenset[str]
) -> None:
    found = resolver(place, issued, named).resolve(name)
    assert (found.body is not None) + (found.collective is not None) + (found.rule == "none") == 1
    assert bool(found.reason) == (found.rule == "none")
    if record := found.body or found.collective:
        assert record in REGISTER.by_name[name]


def test_names_in_traditional_characters_are_found_by_their_simplified_ones() -> None:
    found = Resolver(REGISTER, "210000", date(2016, 10, 30)).resolve("省財政廳")
    assert (found.name, found.body and found.body.id) == ("省財政廳", "210000/czt")
    assert Resolver(REGISTER, "210000", date(2016, 10, 30)).resolve("省農務廳").rule == "none"
