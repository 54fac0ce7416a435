"""Networks of a graph and what is computed of them: made when somebody asks, and remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache

import networkx as nx

from plan_graph.analysis.choice import Choice, Chosen, choose
from plan_graph.analysis.defaults import DRAWS
from plan_graph.analysis.export import with_kinds
from plan_graph.analysis.network import Layer, NodeMeasures, Summary, describe, measures, network
from plan_graph.analysis.scope import SIGNIFICANT
from plan_graph.errors import InputError
from plan_graph.web.coordination import Coordination
from plan_graph.web.positions import Place, places

_KEPT = 64  # choices of tasks a worker remembers
_SEED = 0  # of the command line
_AT_ONCE = 150  # bodies, up to which networks are measured before anybody asks
_MEASURED = 500  # bodies, above which shortest paths between all of them take long


def preload(site: Coordination) -> None:
    """Measure the networks of all years and of each, unless there are many bodies."""
    if len(site.network(Choice(), Layer.ANY)) <= _AT_ONCE:
        often = [(None, layer) for layer in Layer] + [(year, Layer.ANY) for year in site.years]
        for year, layer in often:
            site.summary(Choice(year=year), layer)
            site.measures(Choice(year=year), layer)


def foresee(site: Coordination) -> Iterator[None]:
    """Make the networks of themes, plans and themes in a year, each a step, unless there are many bodies."""
    if len(site.network(Choice(), Layer.ANY)) > _AT_ONCE:
        return
    of_themes = [Choice(theme=one) for one in site.themes]
    of_years = [replace(one, year=year) for one in of_themes for year in site.years]
    for choice in [*of_themes, *(Choice(plan=one) for one in site.plans), *of_years]:
        with suppress(InputError):  # nobody takes part in any of its tasks
            site.summary(choice, Layer.ANY)
            site.measures(choice, Layer.ANY)
        yield


def positions(site: Coordination) -> dict[str, Place]:
    """Give where each body stands on the map of all tasks."""
    graph = site.network(Choice(), Layer.ANY)
    edges = ((one, other, own["shared"], own.get("q", 1.0) < SIGNIFICANT) for one, other, own in graph.edges(data=True))
    return places(sorted(graph), edges)


@lru_cache(_KEPT)
def network_of(site: Coordination, choice: Choice, layer: Layer) -> nx.Graph | nx.DiGraph:
    """Give the network of a choice; not to be changed."""
    found, same = site.chosen(choice), site.same(choice)
    if same != choice:
        made = site.network(same, layer).copy()
        made.graph.update(found.about)
        return made
    made = with_kinds(network(found.rows, layer, year=choice.year, ties=found.ties), site.kinds)
    made.graph.update(found.about)
    return made


@lru_cache(_KEPT)
def summary(site: Coordination, choice: Choice, layer: Layer) -> Summary:
    """Give the figures of a network as a whole."""
    return site.remembered.get(f"summary {choice} {layer}", lambda: describe(site.network(choice, layer)))


@lru_cache(_KEPT)
def measured(site: Coordination, choice: Choice, layer: Layer) -> Mapping[str, NodeMeasures]:
    """Give the measures of each body; none where there are many."""
    return site.remembered.get(f"measures {choice} {layer}", lambda: _measured(site.network(choice, layer)))


def _measured(graph: nx.Graph | nx.DiGraph) -> dict[str, NodeMeasures]:
    return {one.body: one for one in measures(graph, _SEED)} if len(graph) <= _MEASURED else {}


@lru_cache(_KEPT)
def chosen(site: Coordination, choice: Choice) -> Chosen:
    """Give the participations that a choice means."""
    if (same := site.same(choice)) != choice:
        of_graph = site.chosen(same)
        ties = sorted(of_graph.ties, key=lambda tie: (tie.left, tie.right))
        return replace(of_graph, choice=choice, ties=tuple(ties), draws=DRAWS, published=None)
    return site.remembered.get(f"chosen {choice}", lambda: choose(site.store, choice))
