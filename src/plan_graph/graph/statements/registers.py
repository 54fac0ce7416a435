"""The records of the bodies, collectives and places that a dataset names, from the authority registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from plan_graph.authority.issuer import as_of, issued_at
from plan_graph.authority.made import make as make_body
from plan_graph.authority.made import of_unit
from plan_graph.authority.places import COUNTRY
from plan_graph.authority.register import Register
from plan_graph.authority.standing import make
from plan_graph.graph.statements.writer import Graph
from plan_graph.iri import DCTERMS, FOAF, KIND, LEVEL, M8G, ORG, PG, SCHEMA, SKOS, Base
from plan_graph.model.plan import Plan
from plan_graph.model.register import Body, Change, Collective, Place, Resolution

_OFFICES = ("办公室", "办", "综合组")  # of a leading group: a body, no collaboration of bodies
ORGANISATIONS = frozenset({"firm", "bank", "institute"})  # kinds of bodies that are neither government nor party
_MADE = ("standing-body", "own-name", "unit")  # rules by which a body is made of its name


@dataclass
class Records:
    """What a dataset needs of the registers: ids of bodies, collectives, places and changes.

    ``made`` gives the full names of bodies that no register records and of the members of standing bodies: an id is
    all pinyin.
    A collective read by rule has its members on the day of the document, so its id is followed by the day:
    ``511600/ge-xian-zf@2021-06-01``. Sets of strings, so that the pieces of a corpus can be joined.
    """

    bodies: set[str] = field(default_factory=set)
    collectives: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    made: dict[str, str] = field(default_factory=dict)

    def add(self, other: Records) -> None:
        """Take in what another part of the dataset needs."""
        self.bodies |= other.bodies
        self.collectives |= other.collectives
        self.places |= other.places
        self.made |= other.made

    def body(self, identifier: str, register: Register) -> Body:
        """Give a body the dataset names."""
        if identifier in self.made:
            place = register.places[identifier.split("/", maxsplit=1)[0]]
            of = of_unit(identifier)
            return make_body(identifier, self.made[identifier], place, register.body(of).kind if of else "")
        return register.body(identifier)

    def collective(self, identifier: str, register: Register) -> Collective:
        """Give a collective the dataset names."""
        if identifier in self.made:
            made = make(
                identifier, self.made[identifier], register.places[identifier.split("/", maxsplit=1)[0]], members=True
            )
            assert isinstance(made, Collective)
            return made
        return register.collective(identifier)


def named(plans: Iterable[tuple[Plan, Iterable[Resolution]]], register: Register) -> Records:
    """Give all bodies, collectives and places that plans name, those these refer to, and what became of them."""
    records = Records()
    for plan, resolutions in plans:
        issued = as_of(plan.metadata)
        for found in resolutions:
            if found.body:
                records.bodies.add(found.body.id)
            if found.beside:
                records.bodies.add(found.beside)
            if found.collective:
                dated = f"@{issued}" if issued and found.rule == "collective-rule" else ""
                records.collectives.add(found.collective.id + dated)
            group = found.collective if found.rule == "standing-body" else None
            if found.rule in _MADE and (record := found.body or group):
                records.made[record.id] = record.name
            records.bodies.update(c for c in found.candidates if register.knows(c))
        if (issuing := issued_at(plan, register).code) not in ("", COUNTRY):
            records.places.add(issuing)
        records.places |= {code for task in plan.tasks for place in task.places for code in place.codes}
    for collective in records.collectives:
        records.bodies |= set(records.collective(collective, register).members)
    _close(records.bodies, lambda body: (records.body(body, register).parent, *register.successors(body)))
    for body in records.bodies:
        record = records.body(body, register)
        records.places |= {record.seat, *_jurisdiction(record)}
    _close(records.places, lambda code: (register.places[code].parent,))
    return records


def _jurisdiction(body: Body) -> tuple[str, ...]:
    """Give the places a body covers; the country, which has no code of GB/T 2260, is said by the body's level."""
    return tuple(code for code in body.jurisdiction if code != COUNTRY)


def _close(ids: set[str], related: Callable[[str], Iterable[str]]) -> None:
    """Add what is related to the ids, and what is related to that, until nothing is new."""
    todo = list(ids)
    while todo:
        for one in related(todo.pop()):
            if one and one not in ids:
                ids.add(one)
                todo.append(one)


def describe_registers(records: Records, register: Register, base: Base) -> Graph:
    """Give the records as the named graph ``graph/authority``."""
    graph = Graph(base, "authority")
    graph.activity(
        "authority", "从登记册中取出所用的机构与地名", "records of the bodies and places named, from the registers"
    )
    for body in sorted(records.bodies):
        _body(graph, records.body(body, register))
    for change in register.changes.of_bodies(records.bodies, register.places):
        _change(graph, change)
    for collective in sorted(records.collectives):
        _collective(graph, records.collective(collective, register))
    for place in sorted(records.places):
        _place(graph, register.places[place])
    return graph


def _body(graph: Graph, body: Body) -> None:
    base = graph.base
    iri = base.iri("body", id=body.id)
    graph.types(iri, ORG.FormalOrganization if body.kind in ORGANISATIONS else M8G.PublicOrganisation, FOAF.Agent)
    if body.kind == "leading-group" and not body.name.endswith(_OFFICES):
        graph.types(iri, ORG.OrganizationalCollaboration)
    graph.label(iri, SKOS.prefLabel, body.name, body.name_en)
    graph.label(iri, DCTERMS.title, body.name)
    for alias in dict.fromkeys((body.short, *body.aliases)):
        if alias and alias != body.name:
            graph.label(iri, SKOS.altLabel, alias)
    graph.string(iri, DCTERMS.identifier, body.id)
    graph.add(iri, ORG.classification, KIND[body.kind])
    graph.add(iri, M8G.level, LEVEL[body.level])
    if body.parent:
        graph.add(iri, ORG.subOrganizationOf, base.iri("body", id=body.parent))
    graph.add(iri, DCTERMS.spatial, base.iri("place", code=body.seat))
    for code in _jurisdiction(body):
        graph.add(iri, PG.jurisdiction, base.iri("place", code=code))
    graph.day(iri, PG.validFrom, body.valid_from)
    graph.day(iri, PG.validUntil, body.valid_until)
    graph.string(iri, PG.function, body.function)
    graph.string(iri, DCTERMS.source, body.source)


def _change(graph: Graph, change: Change) -> None:
    base = graph.base
    iri = base.iri("change", id=change.id)
    graph.types(iri, ORG.ChangeEvent)
    graph.label(iri, SKOS.prefLabel, change.label, change.label_en)
    graph.string(iri, DCTERMS.identifier, change.id)
    graph.string(iri, PG.changeKind, change.kind)
    graph.day(iri, DCTERMS.date, change.happened)
    if change.happened is None:
        graph.day(iri, PG.notBefore, change.earliest)
        graph.day(iri, PG.notAfter, change.latest)
    for body in change.before:
        graph.add(iri, ORG.originalOrganization, base.iri("body", id=body))
        graph.add(base.iri("body", id=body), ORG.changedBy, iri)
    for body in change.after:
        graph.add(iri, ORG.resultingOrganization, base.iri("body", id=body))
        graph.add(base.iri("body", id=body), ORG.resultedFrom, iri)
    graph.string(iri, DCTERMS.source, change.source)


def _collective(graph: Graph, collective: Collective) -> None:
    iri = graph.base.iri("collective", id=collective.id)
    graph.types(iri, PG.CollectiveReference, FOAF.Agent)
    graph.label(iri, SKOS.prefLabel, collective.name, collective.name_en)
    graph.label(iri, DCTERMS.title, collective.name)
    for alias in collective.aliases:
        graph.label(iri, SKOS.altLabel, alias)
    graph.string(iri, DCTERMS.identifier, collective.id)
    graph.string(iri, PG.memberRule, collective.member_rule)
    graph.label(iri, PG.standingBody, collective.standing_body)
    for member in collective.members:
        graph.add(iri, PG.possibleMember, graph.base.iri("body", id=member))
    graph.string(iri, DCTERMS.source, collective.source)


def _place(graph: Graph, place: Place) -> None:
    iri = graph.base.iri("place", code=place.code)
    graph.types(iri, SCHEMA.AdministrativeArea, M8G.AdminUnit, DCTERMS.Location)
    graph.label(iri, SKOS.prefLabel, place.name, place.name_en)
    for alias in dict.fromkeys((place.short, *place.aliases, *(name for name, _ in place.former))):
        if alias and alias != place.name:
            graph.label(iri, SKOS.altLabel, alias)
    graph.string(iri, SKOS.notation, place.code)
    graph.string(iri, M8G.code, place.code)
    graph.add(iri, M8G.level, LEVEL[place.level])
    if place.parent:
        graph.add(iri, SCHEMA.containedInPlace, graph.base.iri("place", code=place.parent))
    for link in place.links:
        graph.add(iri, SKOS.closeMatch, NamedNode(link))
    graph.month(iri, PG.firstListed, place.first_list)
    graph.month(iri, PG.lastListed, place.last_list)
