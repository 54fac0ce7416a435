"""Years at the same number of tasks: the closed formula against every subset, the draws against the formula."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.analysis.measures.rarefaction import BUILT_IN, Rarefied, expected_seen, rarefy
from plan_graph.analysis.network import Layer, network
from plan_graph.analysis.rows import memberships
from plan_graph.errors import InputError
from plan_graph.graph.store import open_store
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role

SUPPORT = Role.SUPPORT


def rows_of(year: int, *tasks: str) -> list[Membership]:
    """Return rows of a year for tasks as letters of their bodies; X is a collective."""
    return [
        Membership(f"{year}-{at:02}", year, SUPPORT, body, body, collective=body == "X")
        for at, bodies in enumerate(tasks)
        for body in bodies
    ]


ROWS = rows_of(2016, "AB", "ABC", "AD", "E", "BX", "ACE") + rows_of(2017, "AB", "X", "C")


def by_figure(found: list[Rarefied], year: int) -> dict[str, Rarefied]:
    return {one.figure: one for one in found if one.year == year}


def subset_figures(rows: list[Membership], size: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the built-in figures of every choice of tasks, by the networks themselves."""
    found = []
    for chosen in combinations(sorted({row.task for row in rows}), size):
        graph = network([row for row in rows if row.task in chosen], Layer.ANY)
        n, ties = len(graph), graph.number_of_edges()
        shared = sum(own["shared"] for _, _, own in graph.edges(data=True))
        density = 2 * ties / (n * (n - 1)) if n > 1 else 0.0
        found.append((n, ties, density, 2 * ties / n if n else 0.0, 2 * shared / n if n else 0.0))
    return np.array(found, np.float64)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_against_every_subset(size: int) -> None:
    found = rarefy(ROWS, size=size, draws=4000, seed=1)
    for year in (2016, 2017):
        exact = subset_figures([row for row in ROWS if row.year == year], size)
        for at, name in enumerate(BUILT_IN):
            one = by_figure(found, year)[name]
            assert one.size == size
            assert abs(one.mean - exact[:, at].mean()) <= 4 * exact[:, at].std() / math.sqrt(4000) + 1e-12
            assert exact[:, at].min() - 1e-12 <= one.low <= one.high <= exact[:, at].max() + 1e-12
            if name in ("bodies", "ties"):
                assert one.closed == pytest.approx(exact[:, at].mean())
            else:
                assert one.closed is None


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sets(st.integers(0, 7)), max_size=5), st.data())
def test_the_closed_formula_against_every_subset(things: list[set[int]], data: st.DataObject) -> None:
    size = data.draw(st.integers(0, 8))
    counts = np.array([len(one) for one in things], np.intp)
    seen = [sum(bool(one & set(chosen)) for one in things) for chosen in combinations(range(8), size)]
    assert expected_seen(counts, 8, size) == pytest.approx(np.mean(seen), abs=1e-12)


def test_the_closed_formula_in_large() -> None:
    # one of N tasks is drawn with chance n/N, one of two with 1 - (N-n)(N-n-1)/(N(N-1))
    assert expected_seen(np.array([1]), 100_000, 1234) == pytest.approx(0.01234, rel=1e-9)
    wanted = 1 - (100_000 - 1234) * (100_000 - 1235) / (100_000 * 99_999)
    assert expected_seen(np.array([2, 2]), 100_000, 1234) == pytest.approx(2 * wanted, rel=1e-9)


def test_the_smallest_year_is_drawn_whole() -> None:
    found = by_figure(rarefy(ROWS, draws=20), 2017)
    assert [(one.tasks, one.size) for one in found.values()] == [(3, 3)] * 5
    assert (found["bodies"].observed, found["ties"].observed, found["density"].observed) == (3, 1, 1 / 3)
    for one in found.values():
        assert one.observed == one.low == one.high == pytest.approx(one.mean)


def test_observed_is_of_the_whole_year() -> None:
    year = [row for row in ROWS if row.year == 2016]
    whole = subset_figures(year, 6)[0]
    found = by_figure(rarefy(ROWS, draws=3), 2016)
    assert [found[name].observed for name in BUILT_IN] == pytest.approx(whole.tolist())


def test_any_figure_of_the_network() -> None:
    found = rarefy(
        ROWS, draws=500, figure_draws=300, figures={"ties again": lambda graph: float(graph.number_of_edges())}
    )
    own, again = by_figure(found, 2016)["ties"], by_figure(found, 2016)["ties again"]
    assert (own.draws, again.draws) == (500, 300)
    first = by_figure(rarefy(ROWS, draws=300), 2016)["ties"]  # the same draws, only fewer
    assert (again.observed, again.mean, again.low, again.high) == (first.observed, first.mean, first.low, first.high)


def test_same_seed_same_figures_whatever_the_order_of_rows() -> None:
    assert rarefy(ROWS, draws=50, seed=3) == rarefy(ROWS[::-1], draws=50, seed=3)
    assert rarefy(ROWS, draws=50, seed=3) != rarefy(ROWS, draws=50, seed=4)


def test_liaoning(built: Path) -> None:
    rows = memberships(open_store(built))
    found = rarefy(rows)
    assert [(year, by_figure(found, year)["ties"].tasks) for year in (2016, 2017, 2018)] == [
        (2016, 106),
        (2017, 57),
        (2018, 30),
    ]
    for year, ties, bodies in ((2016, 124.97, 35.80), (2017, 117.11, 35.57), (2018, 134.0, 40.0)):
        one = by_figure(found, year)
        assert one["ties"].closed == pytest.approx(ties, abs=0.01)
        assert one["bodies"].closed == pytest.approx(bodies, abs=0.01)
        assert one["ties"].mean == pytest.approx(ties, abs=5)


# --- edges -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [[], [Membership("t", None, SUPPORT, "A", "A")]])
def test_no_year_no_figure(rows: list[Membership]) -> None:
    assert rarefy(rows) == []


@pytest.mark.parametrize(("tasks", "bodies"), [(("X",), 0), (("A",), 1), (("AB",), 2)])
def test_one_task(tasks: tuple[str, ...], bodies: int) -> None:
    found = by_figure(rarefy(rows_of(2016, *tasks), draws=4), 2016)
    assert (found["bodies"].mean, found["bodies"].closed) == (bodies, bodies)
    assert (found["density"].mean, found["ties"].closed) == (float(bodies == 2), float(bodies == 2))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [({"size": 4}, "4 tasks"), ({"size": 0}, "0 tasks"), ({"draws": 0}, "0 draws"), ({"seed": -1}, "seed -1")],
)
def test_impossible_numbers_are_refused(arguments: dict[str, int], said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        rarefy(ROWS, **arguments)  # type: ignore[arg-type]
    assert error.value.zh
