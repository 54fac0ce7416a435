"""What changed between two builds, as triples: Activity Streams 2.0, with what replaced a task that moved.

Create, Update, Delete, Move, Add and Remove are as in https://www.w3.org/TR/activitystreams-vocabulary/ (W3C
Recommendation of 23 May 2017). No actor and no time are stated: who changed a plan, and when, no build knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from plan_graph.iri import AS, DCTERMS, M8G, PREFIXES, RDF, ROLE, XSD, Base

REVISION_PREFIXES = {**PREFIXES, "as": AS.namespace}


@dataclass(frozen=True, slots=True)
class Event:
    """One change: its kind (Create, Update, Delete, Move, Add, Remove) and what it happened to.

    ``object``, ``origin`` and ``target`` are IRIs as Activity Streams has them: a Move is from ``origin`` to
    ``target``, an Add puts the object onto ``target``, a Remove takes it off ``origin``. ``role`` is the role that a
    body has, or had, on the task.
    """

    kind: str
    object: str
    origin: str = ""
    target: str = ""
    role: str = ""
    zh: str = ""
    en: str = ""


def describe_revision(name: str, events: Sequence[Event], base: Base) -> list[Triple]:
    """State the changes in order, all of them members of one collection, ``revision/NAME``."""
    whole = base.iri("revision", name=name)
    made = [
        Triple(whole, RDF.type, AS.Collection),
        Triple(whole, AS.name, Literal("两次构建之间的变化", language="zh")),
        Triple(whole, AS.name, Literal("What changed between two builds", language="en")),
        Triple(whole, AS.totalItems, Literal(str(len(events)), datatype=XSD.nonNegativeInteger)),
    ]
    for number, event in enumerate(events, start=1):
        one = base.iri("revision-change", name=name, number=number)
        made += [
            Triple(whole, AS["items"], one),
            Triple(one, RDF.type, AS[event.kind]),
            Triple(one, AS.object, NamedNode(event.object)),
        ]
        if event.origin:
            made.append(Triple(one, AS.origin, NamedNode(event.origin)))
        if event.target:
            made.append(Triple(one, AS.target, NamedNode(event.target)))
        if event.role:
            made.append(Triple(one, M8G.role, ROLE[event.role]))
        for text, language in ((event.zh, "zh"), (event.en, "en")):
            if text:
                made.append(Triple(one, AS.summary, Literal(text, language=language)))
        if event.kind == "Move":
            made += [
                Triple(NamedNode(event.origin), DCTERMS.isReplacedBy, NamedNode(event.target)),
                Triple(NamedNode(event.target), DCTERMS.replaces, NamedNode(event.origin)),
            ]
    return made
