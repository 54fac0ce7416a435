"""The records of the bodies, collectives and places that a dataset names, from the authority registers."""

from __future__ import annotations

from collections.abc import Iterable

from plan_graph.authority.register import Register
from plan_graph.graph.statements.writer import Graph
from plan_graph.iri import DCTERMS, FOAF, KIND, LEVEL, M8G, ORG, PG, SCHEMA, SKOS, Base
from plan_graph.model import Body, Collective, Place, Plan, Resolution

_ORGANISATIONS = {"firm", "bank", "institute"}


def named(
    plans: Iterable[tuple[Plan, Iterable[Resolution]]], register: Register
) -> tuple[set[str], set[str], set[str]]:
    """Give the ids of all bodies, collectives and places that plans name, and those these refer to."""
    bodies: set[str] = set()
    collectives: set[str] = set()
    places: set[str] = set()
    for plan, resolutions in plans:
        for found in resolutions:
            bodies |= {found.body.id} if found.body else set()
            collectives |= {found.collective.id} if found.collective else set()
            bodies |= {c for c in found.candidates if c in register.bodies}
        places |= {code for task in plan.tasks for place in task.places for code in place.codes}
    for collective in collectives:
        bodies |= set(register.collectives[collective].members)
    todo = list(bodies)
    while todo:
        parent = register.bodies[todo.pop()].parent
        if parent and parent not in bodies:
            bodies.add(parent)
            todo.append(parent)
    for body in bodies:
        places |= {register.bodies[body].seat, *register.bodies[body].jurisdiction}
    todo = list(places)
    while todo:
        parent = register.places[todo.pop()].parent
        if parent and parent not in places:
            places.add(parent)
            todo.append(parent)
    return bodies, collectives, places


def describe_registers(
    bodies: set[str], collectives: set[str], places: set[str], register: Register, base: Base
) -> Graph:
    """Give the records as the named graph ``graph/authority``."""
    graph = Graph(base, "authority")
    graph.activity(
        "authority", "从登记册中取出所用的机构与地名", "records of the bodies and places named, from the registers"
    )
    for body in sorted(bodies):
        _body(graph, register.bodies[body])
    for collective in sorted(collectives):
        _collective(graph, register.collectives[collective])
    for place in sorted(places):
        _place(graph, register.places[place])
    return graph


def _body(graph: Graph, body: Body) -> None:
    base = graph.base
    iri = base.iri("body", id=body.id)
    graph.types(iri, ORG.FormalOrganization if body.kind in _ORGANISATIONS else M8G.PublicOrganisation, FOAF.Agent)
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
    for code in body.jurisdiction:
        graph.add(iri, PG.jurisdiction, base.iri("place", code=code))
    graph.day(iri, PG.validFrom, body.valid_from)
    graph.day(iri, PG.validUntil, body.valid_until)
    graph.string(iri, DCTERMS.source, body.source)


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
    for alias in dict.fromkeys((place.short, *place.aliases)):
        if alias and alias != place.name:
            graph.label(iri, SKOS.altLabel, alias)
    graph.string(iri, SKOS.notation, place.code)
    graph.string(iri, M8G.code, place.code)
    graph.add(iri, M8G.level, LEVEL[place.level])
    if place.parent:
        graph.add(iri, SCHEMA.containedInPlace, graph.base.iri("place", code=place.parent))
