"""Resamples against networks made from repeated tasks, ranks against their definition, BCa against its author."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from plan_graph.analysis.measures import bootstrap as module
from plan_graph.analysis.measures.bootstrap import FAST, BodyInterval, betweenness, bootstrap, closeness, ranks
from plan_graph.analysis.measures.resampling import resamples
from plan_graph.analysis.network import Layer, measures, network
from plan_graph.analysis.rows import memberships
from plan_graph.errors import InputError
from plan_graph.graph.store import open_store
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

SUPPORT = Role.SUPPORT


def rows_of(*tasks: str, year: int | None = None) -> list[Membership]:
    """Return rows for tasks as letters of their bodies; X is a collective."""
    return [
        Membership(f"t{at:02}", year, SUPPORT, body, f"{body}局", collective=body == "X")
        for at, bodies in enumerate(tasks)
        for body in bodies
    ]


ROWS = rows_of("AB", "ABC", "AD", "E", "BX", "ACE", "ABCDE", "X", "AB")


def one_of(found: list[BodyInterval], measure: str, body: str) -> BodyInterval:
    return next(one for one in found if (one.measure, one.body) == (measure, body))


def repeated(rows: list[Membership], counts: list[int]) -> list[Membership]:
    """Return the rows of each task as often as it was drawn, each time under another name."""
    tasks = sorted({row.task for row in rows})
    return [
        Membership(f"{row.task}/{copy}", row.year, row.role, row.body, row.label, row.collective)
        for row in rows
        for copy in range(counts[tasks.index(row.task)])
    ]


def naive(rows: list[Membership], counts: list[int]) -> dict[str, dict[str, float]]:
    """Return the measures of a resample by the network of the repeated tasks; bodies that it lacks are isolates."""
    drawn = repeated(rows, counts)
    graph = network(drawn, Layer.ANY)
    for body in sorted({row.body for row in rows if not row.collective}):
        if body not in graph:
            graph.add_node(body, tasks=0)
    return {
        "tasks": {body: float(own["tasks"]) for body, own in graph.nodes(data=True)},
        "degree": dict(graph.degree),
        "strength": dict(graph.degree(weight="shared")),
        "newman": dict(graph.degree(weight="newman")),
        "betweenness": dict(betweenness(graph)),
        "closeness": dict(closeness(graph)),
    }


def test_every_resample_is_the_network_of_its_tasks() -> None:
    draws = 40
    found = bootstrap(
        ROWS,
        resamples=draws,
        graph_resamples=draws,
        seed=5,
        centralities={"betweenness": betweenness, "closeness": closeness},
    )
    each = [naive(ROWS, counts) for block in resamples(9, draws, 5) for counts in block.tolist()]
    assert {one.measure for one in found} == {*FAST, "betweenness", "closeness"}
    for one in found:
        values = np.array([drawn[one.measure][one.body] for drawn in each])
        assert one.mean == pytest.approx(values.mean(), abs=2e-4)  # network rounds newman to four decimals
        assert (one.low, one.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])), abs=2e-4)
        places = [
            1 + sum(round(other, 4) > round(drawn[one.measure][one.body], 4) for other in drawn[one.measure].values())
            for drawn in each
        ]
        if one.measure != "newman":
            assert (one.rank_low, one.rank_high) == tuple(
                np.quantile(places, [0.025, 0.975], method="inverted_cdf").tolist()
            )
        assert one.label == f"{one.body}局"


def test_observed_is_the_network_itself() -> None:
    found = bootstrap(ROWS, resamples=5, centralities={"betweenness": betweenness, "closeness": closeness})
    whole = {one.body: one for one in measures(network(ROWS, Layer.ANY), 0)}
    for body, own in whole.items():
        for name in ("degree", "strength", "betweenness", "closeness"):
            assert one_of(found, name, body).observed == pytest.approx(getattr(own, name), abs=1e-6)
        assert one_of(found, "tasks", body).observed == network(ROWS, Layer.ANY).nodes[body]["tasks"]


def test_routes_of_equal_length_share_as_in_the_network() -> None:
    """1/10 + 1/5 is as long as 1/20 + 1/4, but in floats it is a little longer."""
    rows = rows_of(*["AB"] * 10, *["BD"] * 5, *["AC"] * 20, *["CD"] * 4)
    found = bootstrap(rows, resamples=1, centralities={"betweenness": betweenness})
    assert one_of(found, "betweenness", "B").observed == pytest.approx(1 / 6)


def test_against_every_resample_there_is() -> None:
    rows = rows_of("AB", "AC", "A")
    exact = [naive(rows, [picked.count(task) for task in range(3)]) for picked in product(range(3), repeat=3)]
    draws = 6000
    for one in bootstrap(rows, resamples=draws, top=1, seed=2):
        values = np.array([drawn[one.measure][one.body] for drawn in exact])
        assert abs(one.mean - values.mean()) <= 4 * values.std() / math.sqrt(draws) + 1e-12
        first = np.mean([max(drawn[one.measure].values()) == drawn[one.measure][one.body] for drawn in exact])
        assert abs(one.top - first) <= 4 * math.sqrt(first * (1 - first) / draws)
        assert one.resamples == draws


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([3.0, 1.0, 2.0], [1, 3, 2]),
        ([1.0, 1.0, 0.0, 0.0, 5.0], [2, 2, 4, 4, 1]),
        ([0.3, 0.1 + 0.2], [1, 1]),  # equal but for the last bit
        ([7.0], [1]),
        ([], []),
    ],
)
def test_ranks_by_hand(values: list[float], places: list[int]) -> None:
    assert ranks(np.array([values]))[0].tolist() == places


def test_percentile_of_degree_lies_low_and_has_no_bca() -> None:
    # B meets 30 others once each: a resample holds some 63 % of these tasks.
    rows = rows_of(*(f"B{chr(0x4E00 + at)}" for at in range(30)))
    own = one_of(bootstrap(rows, resamples=500), "degree", "B")
    assert own.observed == 30
    assert own.high < 30
    assert own.mean == pytest.approx(30 * (1 - (29 / 30) ** 30), abs=0.5)
    assert (own.bca_low, own.bca_high) == (None, None)


def test_bca_as_its_author_has_it() -> None:
    # Efron & Tibshirani 1993, spatial test data A (table 14.1), plug-in variance 171.5: the BCa interval at 90 % is
    # (115.8, 259.6) from 2,000 resamples, the percentile one (100.8, 233.9).
    scores = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41]
    data = np.array(scores, np.float64)
    assert data.var() == pytest.approx(171.5, abs=0.05)
    counts = np.concatenate(list(resamples(26, 4000, 1)))
    drawn = (counts @ data**2) / 26 - (counts @ data / 26) ** 2
    without = np.array([np.delete(data, at).var() for at in range(26)])
    found = module._bca(float(data.var()), drawn, without, 0.9)
    assert found == pytest.approx((115.8, 259.6), rel=0.03)
    assert np.quantile(drawn, [0.05, 0.95]) == pytest.approx((100.8, 233.9), rel=0.03)


def test_sums_are_unbiased_and_have_bca(built: Path) -> None:
    rows = memberships(open_store(built))
    found = bootstrap(rows, seed=1)
    first = one_of(found, "strength", "210000/fgw")
    assert (first.observed, first.rank, first.rank_low, first.rank_high, first.top) == (273, 1, 1, 1, 1.0)
    assert first.mean == pytest.approx(273, rel=0.02)
    assert first.bca_low is not None and first.bca_high is not None
    assert first.low < 273 < first.high
    assert first.bca_low < 273 < first.bca_high
    assert len(found) == 4 * 65
    assert [one.rank for one in found if one.measure == "tasks"] == sorted(
        one.rank for one in found if one.measure == "tasks"
    )


def test_fewer_resamples_for_what_takes_a_graph() -> None:
    found = bootstrap(ROWS, resamples=30, graph_resamples=12, centralities={"betweenness": betweenness})
    assert {(one.measure, one.resamples) for one in found if one.body == "A"} == {
        *((name, 30) for name in FAST),
        ("betweenness", 12),
    }
    assert one_of(found, "betweenness", "A").bca_low is None
    few = bootstrap(ROWS, resamples=5, graph_resamples=12, centralities={"betweenness": betweenness})
    assert one_of(few, "betweenness", "A").resamples == 5


def test_same_seed_same_intervals_whatever_the_order_of_rows() -> None:
    assert bootstrap(ROWS, resamples=50, seed=3) == bootstrap(ROWS[::-1], resamples=50, seed=3)
    assert bootstrap(ROWS, resamples=50, seed=3) != bootstrap(ROWS, resamples=50, seed=4)


# --- edges -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "year"), [([], None), (rows_of("X"), None), (rows_of("AB", year=2016), 1999)])
def test_no_body_no_interval(rows: list[Membership], year: int | None) -> None:
    assert bootstrap(rows, year=year, resamples=3, centralities={"betweenness": betweenness}) == []


@pytest.mark.parametrize(("task", "strength"), [("A", 0.0), ("AB", 1.0)])
def test_one_task_has_no_spread(task: str, strength: float) -> None:
    own = one_of(bootstrap(rows_of(task), resamples=100), "strength", "A")
    assert (own.observed, own.mean, own.low, own.high, own.rank, own.rank_high) == (*[strength] * 4, 1, 1)
    assert (own.bca_low, own.bca_high) == (strength, strength)


@pytest.mark.parametrize(("arguments", "said"), [({"resamples": 0}, "0 draws"), ({"seed": -1}, "seed -1")])
def test_impossible_numbers_are_refused(arguments: dict[str, int], said: str) -> None:
    with pytest.raises(InputError, match=said):
        bootstrap(ROWS, **arguments)  # type: ignore[arg-type]
