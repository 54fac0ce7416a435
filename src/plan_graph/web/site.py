"""What a worker has at hand: the graph, its names, what is known of the service."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode, Store

from plan_graph.analysis.dossier import Events, body_events
from plan_graph.authority.register import Register
from plan_graph.graph.queries import Query, bind, column_labels, find, named_queries, run
from plan_graph.graph.remote import EndpointError
from plan_graph.graph.statements.service import SERVICE_PREFIXES, Statistics
from plan_graph.graph.store import Within
from plan_graph.iri import PPLAN, RDF
from plan_graph.web import addresses, counted, jsonld, shipped, terms
from plan_graph.web.coordination import Coordination
from plan_graph.web.limits import Limits
from plan_graph.web.pages.facts import Facts, read
from plan_graph.web.pages.filters import Index as Choices
from plan_graph.web.remembered import FORGETFUL, Remembered
from plan_graph.web.search.functions import Function, functions
from plan_graph.web.search.index import Index, entries
from plan_graph.web.search.names import Names
from plan_graph.web.search.terms import Terms

if TYPE_CHECKING:
    from plan_graph.authority.reconciliation.queries import Reconciler

_IS_A, _PLAN = RDF.type, PPLAN.Plan
_FEW = 4  # plans
_WORD = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_PASSAGE = re.compile(r"text/(.+)\.txt#char=(\d+),\d+")


@dataclass(frozen=True)
class Site:
    """A graph that is served.

    ``graphs`` are the IRIs of its named graphs, ``base`` the IRI below which its resources are, ``build`` a word that
    is the same for the same graph and software: what every answer depends on. ``folder`` is the build that the graph
    came from, if it came from one: the texts stand there. ``licence`` is the IRI of the licence the data is offered
    under, or empty; ``gone`` are the IRIs that earlier builds had and this one has not, each with those of what took
    its place. What is costly to know is made before workers are forked (``preload``) and shared by them; what only
    some pages need is ``remembered``.
    """

    store: Store
    base: str
    build: str
    quads: int
    graphs: frozenset[str]
    limits: Limits
    folder: Path | None = None
    licence: str = ""
    gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False, compare=False)
    remembered: Remembered = FORGETFUL
    authority: Path | None = None

    @property
    def embedded(self) -> bool:
        """Whether the graph is here in memory, and not behind another endpoint."""
        return isinstance(self.store, Store)

    @cached_property
    def ontology(self) -> Store:
        """The terms of the project's own vocabulary."""
        return terms.ontology()

    @cached_property
    def shapes(self) -> Store:
        """The shapes that the graph was checked by."""
        return terms.ontology("shapes.ttl")

    @cached_property
    def terms(self) -> dict[str, tuple[str, str]]:
        """What classes and properties are called in Chinese and English, by IRI."""
        return terms.labels(self.ontology)

    @cached_property
    def jsonld(self) -> jsonld.Terms:
        """The names that JSON-LD is written with."""
        return jsonld.terms(self.ontology, SERVICE_PREFIXES)

    @cached_property
    def queries(self) -> dict[str, Query]:
        """The named queries, by name."""
        return named_queries()

    @cached_property
    def columns(self) -> dict[str, tuple[str, str]]:
        """What columns of named queries are called in Chinese and English."""
        return column_labels()

    @cached_property
    def statistics(self) -> Statistics:
        """What is counted of the dataset."""
        return counted.count(self.store)

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many triples each named graph holds, by its IRI."""
        return {row["graph"]: row["triples"] for row in shipped.rows(self.store, "graphs")}

    @cached_property
    def instances(self) -> dict[str, tuple[int, str]]:
        """How many instances each class has, and an example."""
        examples = {row["class"]: row["example"] for row in shipped.rows(self.store, "example")}
        classes = shipped.rows(self.store, "classes")
        return {row["class"]: (row["entities"], examples[row["class"]]) for row in classes if row["class"] in examples}

    @cached_property
    def uses(self) -> list[dict[str, Any]]:
        """How often each property of the project is used, with an example."""
        return shipped.rows(self.store, "term-use")

    @cached_property
    def words(self) -> bytes:
        """The words that an editor completes, as JSON."""
        return counted.words(self.store, self.statistics, self.terms)

    @cached_property
    def plans(self) -> list[dict[str, Any]]:
        """The plans there are, as the query ``plans`` gives them."""
        return self.ask("plans")

    def ask(self, name: str, **values: str) -> list[dict[str, Any]]:
        """Give the answer of a named query as rows by column.

        :raises InputError: for a parameter that the query does not take, or a value not of its type.
        """
        return run(self.store, bind(find(name), values)).by_column()

    def ask_of(self, plan: str, name: str) -> list[dict[str, Any]]:
        """Give the answer of a named query about one plan, for which no other plan's graph needs to be looked at.

        Each plan has a graph of its own, so that the time does not grow with their number. Of few plans all are looked
        at: the union of all graphs is read faster than that of some.
        """
        if len(self.apart) <= _FEW:
            return self.ask(name, plan=plan)
        graphs = [NamedNode(graph) for graph in sorted(self.graphs) if plan in self.apart.get(graph, (plan,))]
        return run(Within(self.store, (DefaultGraph(), *graphs)), bind(find(name), {"plan": plan})).by_column()

    @cached_property
    def apart(self) -> dict[str, set[str]]:
        """The named graphs that plans have of their own, each with the identifiers of these plans."""
        found: dict[str, set[str]] = defaultdict(set)
        names = {row["plan"]: row["id"] for row in self.plans}
        for quad in self.store.quads_for_pattern(None, _IS_A, _PLAN, None) if self.embedded else ():
            if isinstance(quad.graph_name, NamedNode) and isinstance(quad.subject, NamedNode):
                found[quad.graph_name.value].add(names.get(quad.subject.value, ""))
        return dict(found)

    def local(self, iri: str) -> str | None:
        """Give the address here of a resource of the graph (``/body/210000/czt``), or nothing for others."""
        return addresses.local(self.base, iri)

    def address(self, iri: str) -> str | None:
        """Give where to read about a resource: its page, or for a passage its place in the text of its document."""
        found = _PASSAGE.fullmatch(iri[len(self.base) :]) if iri.startswith(self.base) else None
        return addresses.place_in_text(found[1], int(found[2])) if found else self.local(iri)

    @cached_property
    def coordination(self) -> Coordination:
        """Give what pages of networks, ties and overlaps are made from."""
        return Coordination(self.store, self.base, self.remembered)

    @cached_property
    def facts(self) -> Facts:
        """Give all that is stated of the tasks, and of whom and what they name."""
        return read(self.store, self.base, self.coordination.whole)

    @cached_property
    def events(self) -> Events:
        """Give what happened to bodies."""
        return body_events(self.store)

    @cached_property
    def choices(self) -> Choices:
        """Give which tasks have which value of which filter."""
        return Choices(self.facts)

    @cached_property
    def register(self) -> Register:
        """The registers: those in ``authority``, else those that come with the software."""
        return Register.load(self.authority)

    @cached_property
    def index(self) -> Index:
        """What is searched by words."""
        return Index(entries(self.ask("search-texts")), Terms(self.register))

    @cached_property
    def names(self) -> Names:
        """All names of the graph, for completing them."""
        return Names(self.index.entries)

    @cached_property
    def functions(self) -> dict[NamedNode, Function]:
        """The functions that SPARQL is extended by."""
        return functions(self.index)

    @cached_property
    def reconciler(self) -> Reconciler:
        """What reconciles names with the registers."""
        from plan_graph.authority.reconciliation.queries import Reconciler

        return Reconciler(self.register, self.base)

    def text(self, document: str, sha256: str) -> str | None:
        """Give the published text of a document that was read: the one whose offsets the graph counts, or nothing.

        ``sha256`` is what the graph says of it; a file that is another text is none.
        """
        if self.folder is None or not _WORD.fullmatch(document):
            return None
        try:
            content = (self.folder / "text" / f"{document}.txt").read_bytes()
        except FileNotFoundError:
            return None
        return content.decode() if hashlib.sha256(content).hexdigest() == sha256 else None

    def preload(self) -> None:
        """Make what pages need and what is the same for all of them."""
        self.coordination.preload()
        self.choices.preload()
        for made in (self.names, self.functions):
            assert made is not None
        self.reconciler.preload()
        shipped.preload()
        for name in ("ontology", "shapes", "terms", "jsonld", "queries", "columns"):
            getattr(self, name)
        with suppress(EndpointError):  # an endpoint that cannot count in time is asked again when it matters
            for name in ("plans", "statistics", "words", "instances", "uses"):
                getattr(self, name)
