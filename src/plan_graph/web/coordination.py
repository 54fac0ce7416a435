"""What pages of networks, ties and overlaps are made from: read from a graph once, then shared by all workers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Store

from plan_graph.analysis.choice import Choice, Chosen, check
from plan_graph.analysis.defaults import DRAWS, SEED
from plan_graph.analysis.names import Named, names
from plan_graph.analysis.rows import kinds, local_id, plans, themes
from plan_graph.analysis.scope import Scope, in_year, read, with_ties
from plan_graph.graph.queries import bind, find, run
from plan_graph.reports.whole.kinds import OTHER, Group, group_of
from plan_graph.web.remembered import FORGETFUL, Remembered

if TYPE_CHECKING:
    import networkx as nx

    from plan_graph.analysis.network import Layer, NodeMeasures, Summary
    from plan_graph.web.positions import Place

_KEPT = 64  # choices of tasks a worker remembers


@dataclass(frozen=True, eq=False)
class Coordination:
    """Who works with whom in a graph, by the same functions as the command line, so that all figures are the same.

    Networks and their measures are computed in ``web.networks``, which is loaded when it is first needed: networkx
    takes long to load, and a published site has no page of a network.
    """

    store: Store
    base: str
    remembered: Remembered = FORGETFUL

    @cached_property
    def names(self) -> dict[str, Named]:
        """Every participant and body by its id."""
        return names(self.store)

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The page of every participant and body by its id."""
        rows = run(self.store, bind(find("body-names"), {})).rows
        return {local_id(iri): f"/{str(iri).removeprefix(self.base)}" for iri, *_ in rows}

    @cached_property
    def short(self) -> dict[str, str]:
        """The form documents write most often of every participant and body by its id."""
        return {body: one.short for body, one in self.names.items()}

    @cached_property
    def kinds(self) -> dict[str, tuple[str, str]]:
        """The ids of kind and level of every body."""
        return kinds(self.store)

    @cached_property
    def groups(self) -> dict[str, Group]:
        """The group of kinds that every body is drawn in."""
        table = run(self.store, bind(find("bodies"), {}))
        id_, kind = table.columns.index("id"), table.columns.index("kind")
        return {str(row[id_]): group_of(str(row[kind])) for row in table.rows}

    def group(self, body: str) -> Group:
        """Give the group a body is drawn in."""
        return self.groups.get(body, OTHER)

    @cached_property
    def plans(self) -> dict[str, str]:
        """The titles of all plans by their ids."""
        table = run(self.store, bind(find("plans"), {}))
        id_, title = table.columns.index("id"), table.columns.index("title")
        return {str(row[id_]): str(row[title]) for row in table.rows}

    @cached_property
    def themes(self) -> list[str]:
        """The headings of all themes."""
        return themes(self.store)

    @cached_property
    def whole(self) -> Scope:
        """All tasks with their clauses and the ties that the graph holds."""
        return with_ties(self.store, read(self.store, {}))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of tasks that name who takes part; a year may have others alone, and no network."""
        return tuple(sorted({row.year for row in self.whole.rows if row.year is not None}))

    @cached_property
    def method(self) -> tuple[int, int, str] | None:
        """How the graph's ties were computed: draws, seed, method; nothing where it has none."""
        table = run(self.store, bind(find("tie-method"), {}))
        row = next(iter(table.rows), None)
        return None if row is None else (int(str(row[1])), int(str(row[2])), str(row[3]))

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Where each body stands on the map: the same in every period and layer, so that maps can be compared."""
        from plan_graph.web import networks

        return networks.positions(self)

    def scope(self, plan: str | None = None, year: int | None = None) -> Scope:
        """Give the tasks of a plan and a year with their ties, as ``plan-graph overlap`` reads them.

        :raises InputError: where there is no such plan, or no task of it is of the year.
        """
        if plan is None or self._is_all(plan):
            check(self.store, Choice(year=year), self.whole.bodies, self.years)
            found = self.whole if year is None else in_year(self.whole, year)
            return replace(found, computed=plan is not None)  # the ties of other years are not asked for
        return _of_plan(self, plan, year)

    def chosen(self, choice: Choice) -> Chosen:
        """Give the participations that a choice means, as ``plan-graph network`` counts them.

        :raises InputError: if nothing fits; it names what there is.
        """
        from plan_graph.web import networks

        return networks.chosen(self, choice)

    def network(self, choice: Choice, layer: Layer) -> nx.Graph | nx.DiGraph:
        """Give a network of single bodies with their kinds, as ``plan-graph network`` makes it; not to be changed.

        :raises InputError: if nothing fits the choice.
        """
        from plan_graph.web import networks

        return networks.network_of(self, choice, layer)

    def summary(self, choice: Choice, layer: Layer) -> Summary:
        """Give the figures of a network as a whole."""
        from plan_graph.web import networks

        return networks.summary(self, self.same(choice), layer)

    def measures(self, choice: Choice, layer: Layer) -> Mapping[str, NodeMeasures]:
        """Give the measures of each body of a network, seed 0; none where it is so large that they take long."""
        from plan_graph.web import networks

        return networks.measured(self, self.same(choice), layer)

    def preload(self) -> None:
        """Read what every page needs."""
        if not plans(self.store):  # a graph of other things is served too
            return
        _ = self.names, self.short, self.addresses, self.groups, self.plans, self.themes, self.method
        if self.whole.bodies:
            from plan_graph.web import networks

            _ = self.places
            networks.preload(self)

    def foresee(self) -> Iterator[None]:
        """Make, step by step, what takes longest of the networks of themes, plans and themes in a year; remember it.

        Expected numbers of a choice of tasks take a thousand draws. Nothing is done where a step would take long.
        """
        from plan_graph.web import networks

        if self.remembered.folder is not None and plans(self.store):
            yield from networks.foresee(self)

    def same(self, choice: Choice) -> Choice:
        """Give the choice that counts the same: a plan that is the only one is the whole graph."""
        if choice.plan is None or choice != Choice(choice.plan, year=choice.year) or not self._is_all(choice.plan):
            return choice
        return Choice(year=choice.year)

    def _is_all(self, plan: str) -> bool:
        """Tell whether a plan is the only one, and its ties are what would be computed for it."""
        return self.plans.keys() == {plan} and self.method is not None and self.method[:2] == (DRAWS, SEED)


@lru_cache(_KEPT)
def _of_plan(site: Coordination, plan: str, year: int | None) -> Scope:
    return site.remembered.get(f"scope {plan} {year}", lambda: _scope(site, plan, year))


def _scope(site: Coordination, plan: str, year: int | None) -> Scope:
    found = read(site.store, {"plan": plan})
    check(site.store, Choice(plan, year=year), found.bodies, found.years)
    return with_ties(site.store, found if year is None else in_year(found, year))
