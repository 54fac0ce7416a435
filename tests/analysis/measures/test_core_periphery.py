"""Core and periphery: every division tried by hand, the search beside it, coreness beside least squares by definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

import networkx as nx
import numpy as np
import numpy.typing as npt
import pytest

from plan_graph.analysis.measures import core_periphery as module
from plan_graph.analysis.measures import matrix
from plan_graph.analysis.measures.core_periphery import CorePeriphery, Crossing, core_periphery
from plan_graph.analysis.measures.coreness import coreness, minimal_residual

CROSSINGS: tuple[Crossing, ...] = ("tied", "ignored")


def fit(graph: nx.Graph | nx.DiGraph, core: Iterable[str], crossing: Crossing) -> float | None:
    """The correlation by its definition, pair by pair; None where it has none."""
    inside = np.isin(list(graph), list(core))
    pairs = ~np.eye(len(graph), dtype=bool)
    both, either = inside[:, None] & inside, inside[:, None] | inside
    if crossing == "ignored":
        pairs &= both | ~either
    ties, ideal = nx.to_numpy_array(graph, weight="shared")[pairs], (both if crossing == "ignored" else either)[pairs]
    if len(ties) == 0 or np.ptp(ties) == 0 or np.ptp(ideal.astype(int)) == 0:
        return None
    return float(np.corrcoef(ties, ideal)[0, 1])


def best(graph: nx.Graph | nx.DiGraph, crossing: Crossing) -> float | None:
    cores = (core for size in range(len(graph) + 1) for core in combinations(graph, size))
    return max((found for core in cores if (found := fit(graph, core, crossing)) is not None), default=None)


def ideal(core: int, size: int) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(f"n{at}" for at in range(size))
    graph.add_edges_from((f"n{i}", f"n{j}") for i in range(core) for j in range(i + 1, size))
    return graph


@pytest.mark.parametrize(("core", "size"), [(1, 5), (2, 6), (4, 10), (5, 30), (8, 40)])
def test_an_ideal_core_is_found(core: int, size: int) -> None:
    found = core_periphery(ideal(core, size))
    assert (found.core, found.exact) == (frozenset(f"n{at}" for at in range(core)), size <= 16)
    assert found.fit == pytest.approx(1)


def test_a_clique_among_isolates_is_a_core_if_crossing_is_ignored() -> None:
    graph = nx.complete_graph(["a", "b", "c"])
    graph.add_nodes_from("defg")
    found = core_periphery(graph, crossing="ignored")
    assert (found.core, found.exact) == (frozenset("abc"), True)
    assert found.fit == pytest.approx(1)
    assert core_periphery(graph).fit == pytest.approx(best(graph, "tied"))


@pytest.mark.parametrize("crossing", CROSSINGS)
@pytest.mark.parametrize(("directed", "most"), [(False, 1), (False, 6), (True, 1), (True, 6)])
@pytest.mark.parametrize("seed", range(5))
def test_nothing_fits_better(
    seed: int, directed: bool, most: int, crossing: Crossing, drawn: Callable[..., nx.Graph]
) -> None:
    graph = drawn(3 + seed, 0.45, seed, directed=directed, most=most)
    found = core_periphery(graph, crossing=crossing)
    expected = best(graph, crossing)
    assert (found.fit is None) == (expected is None)
    if expected is not None:
        assert found.fit == pytest.approx(expected)
        assert found.fit == pytest.approx(fit(graph, found.core, crossing))


@pytest.mark.parametrize("dense", [1000, 0])
@pytest.mark.parametrize("crossing", CROSSINGS)
@pytest.mark.parametrize(("directed", "most"), [(False, 1), (True, 6)])
@pytest.mark.parametrize("seed", range(12))
def test_the_search_finds_what_trying_all_finds(
    seed: int,
    directed: bool,
    most: int,
    crossing: Crossing,
    dense: int,
    drawn: Callable[..., nx.Graph],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = drawn(9 + seed % 4, 0.15 + 0.04 * seed, seed, directed=directed, most=most)
    exact = core_periphery(graph, crossing=crossing)
    monkeypatch.setattr(module, "ENUMERATED", 2)
    monkeypatch.setattr(matrix, "DENSE", dense)
    found = core_periphery(graph, crossing=crossing)
    assert (exact.exact, found.exact) == (True, False)
    assert found.fit == pytest.approx(exact.fit)
    assert fit(graph, found.core, crossing) == pytest.approx(exact.fit)


def test_the_search_goes_on_past_worse_divisions(
    drawn: Callable[..., nx.Graph], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the two computed beginnings it misses 8 of 120 best divisions; if it stopped at the first worse one, 26."""
    found = 0
    for seed in range(60):
        graph = drawn(12, 0.35, seed, most=1 + seed % 4)
        for crossing in CROSSINGS:
            with monkeypatch.context() as context:
                exact = core_periphery(graph, crossing=crossing).fit
                context.setattr(module, "ENUMERATED", 2)
                found += core_periphery(graph, crossing=crossing, starts=0).fit == pytest.approx(exact)
    assert found >= 108


def test_the_search_is_seeded(drawn: Callable[..., nx.Graph]) -> None:
    graph = drawn(40, 0.2, 1, most=5)
    assert core_periphery(graph, seed=3) == core_periphery(graph, seed=3)


@pytest.mark.parametrize("crossing", CROSSINGS)
@pytest.mark.parametrize(
    "graph",
    [
        nx.Graph(),
        nx.empty_graph(["a"]),
        nx.path_graph(["a", "b"]),
        nx.empty_graph("abcd"),
        nx.complete_graph(list("abcd")),
        nx.DiGraph(),
        nx.empty_graph([f"n{at}" for at in range(20)]),
        nx.complete_graph([f"n{at}" for at in range(20)]),
    ],
)
def test_without_anything_to_compare_there_is_no_core(graph: nx.Graph, crossing: Crossing) -> None:
    assert core_periphery(graph, crossing=crossing) == CorePeriphery(frozenset(), None, len(graph) <= 16)


def test_isolates_are_of_the_periphery() -> None:
    graph = ideal(3, 9)
    graph.add_nodes_from(["x", "y"])
    assert core_periphery(graph).core == {"n0", "n1", "n2"}


# --- continuous ------------------------------------------------------------------------------------------------------


def residual(ties: npt.NDArray[np.float64], c: npt.NDArray[np.float64]) -> float:
    off = ~np.eye(len(c), dtype=bool)
    return float(((ties - np.outer(c, c))[off] ** 2).sum())


@pytest.mark.parametrize("size", [5, 12])
@pytest.mark.parametrize("seed", range(4))
def test_ties_made_of_coreness_give_it_back(seed: int, size: int) -> None:
    expected = np.random.default_rng(seed).uniform(0.1, 3, size)
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        [(f"n{i}", f"n{j}", expected[i] * expected[j]) for j in range(size) for i in range(j)], weight="shared"
    )
    found = coreness(graph)
    assert found.fit == pytest.approx(1)
    scaled = expected / np.linalg.norm(expected)
    assert found.coreness == pytest.approx({f"n{at}": value for at, value in enumerate(scaled)}, abs=1e-5)


@pytest.mark.parametrize("dense", [1000, 0])
@pytest.mark.parametrize(("directed", "most"), [(False, 1), (True, 1), (True, 6)])
@pytest.mark.parametrize("seed", range(3))
def test_no_other_coreness_leaves_less(
    seed: int,
    directed: bool,
    most: int,
    dense: int,
    drawn: Callable[..., nx.Graph],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of its direction the best length, and nothing near or drawn at random is better; the fit is a correlation."""
    monkeypatch.setattr(matrix, "DENSE", dense)
    graph = drawn(9, 0.4, seed, directed=directed, most=most)
    one_way = nx.to_numpy_array(graph, weight="shared")
    ties = (one_way + one_way.T) / 2
    found = coreness(graph)
    c = np.array(list(found.coreness.values()))
    assert np.linalg.norm(c) == pytest.approx(1)
    assert c.min() >= 0
    off = ~np.eye(len(c), dtype=bool)
    products = np.outer(c, c)
    assert found.fit == pytest.approx(np.corrcoef(one_way[off], products[off])[0, 1])
    scale = np.sqrt((ties * products)[off].sum() / (products[off] ** 2).sum())
    least = residual(ties, c * scale)
    random = np.random.default_rng(seed)
    for step in (1e-3, 1e-2, 0.1, 1.0):
        for _ in range(200):
            other = np.maximum(0, c * scale + step * random.normal(size=len(c)))
            assert residual(ties, other) >= least - 1e-9


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (nx.Graph(), {}),
        (nx.empty_graph(["a"]), {"a": 0}),
        (nx.empty_graph(["a", "b"]), {"a": 0, "b": 0}),
        (nx.complete_graph(["a", "b", "c"]), dict.fromkeys("abc", 3**-0.5)),
        (nx.cycle_graph(list("abcde")), dict.fromkeys("abcde", 5**-0.5)),  # ties differ, products do not
    ],
)
def test_where_all_pairs_are_alike_nothing_fits(graph: nx.Graph, expected: dict[str, float]) -> None:
    found = coreness(graph)
    assert found.fit is None
    assert found.coreness == pytest.approx(expected)


def test_random_beginnings_find_what_computed_ones_miss() -> None:
    random = np.random.default_rng(31)
    size = int(random.integers(6, 16))
    tied = np.triu((random.random((size, size)) < random.uniform(0.1, 0.5)) * random.integers(1, 7, (size, size)), 1)
    ties = (tied + tied.T).astype(float)
    assert residual(ties, minimal_residual(ties)) < 0.98 * residual(ties, minimal_residual(ties, starts=0))


def test_the_correlation_has_no_best_coreness(networks: dict[str, nx.Graph]) -> None:
    """Why it is not what is maximised: in the karate club it grows while all become equal, past that of the coreness."""
    club = networks["karate"]
    ties, off = nx.to_numpy_array(club, weight=None), ~np.eye(len(club), dtype=bool)
    degree = ties.sum(axis=1) / ties.sum(axis=1).max()
    nearer = [1 + step * degree for step in (1.0, 0.3, 0.1, 0.03, 0.01)]
    fits = [np.corrcoef(ties[off], np.outer(c, c)[off])[0, 1] for c in nearer]
    assert fits == sorted(fits)
    assert fits[-1] > (coreness(club).fit or 1)


def test_of_a_star_the_middle_outgrows_all() -> None:
    found = coreness(nx.star_graph(["middle", "a", "b", "c"]))
    assert found.fit == pytest.approx(1, abs=1e-6)
    assert found.coreness["middle"] > 0.999


def test_isolates_have_no_coreness(networks: dict[str, nx.Graph]) -> None:
    assert coreness(networks["marriage"]).coreness["Pucci"] == pytest.approx(0, abs=1e-9)
    assert coreness(networks["marriage"], seed=1) == coreness(networks["marriage"], seed=1)
