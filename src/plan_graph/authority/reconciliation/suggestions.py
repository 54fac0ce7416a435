"""Entities, types and properties completed while they are typed (section 6 of the specification)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from plan_graph.authority.reconciliation.queries import PROPERTIES, Reconciler
from plan_graph.authority.reconciliation.records import BODY, COLLECTIVE, described, entity_id, record_of, types_of
from plan_graph.authority.register import Register
from plan_graph.model.register import Body, Collective

MOST = 20


def suggest(reconciler: Reconciler, what: str, prefix: str, cursor: int = 0) -> dict[str, Any]:
    """Complete a name or an id of an ``entity``, ``type`` or ``property``; ``cursor`` leaves out as many.

    :raises KeyError: for something else.
    """
    found = {"entity": _entities, "type": _types, "property": _properties}[what](reconciler, prefix.strip())
    return {"result": list(islice(found, cursor, cursor + MOST))}


def _entities(reconciler: Reconciler, prefix: str) -> Iterable[dict[str, Any]]:
    register = reconciler.register
    if not prefix:
        return
    by_id = record_of(register, reconciler.id_of(prefix))
    known = (*register.by_name, *register.universities.by_name)
    names = sorted((name for name in known if name.startswith(prefix)), key=lambda name: (len(name), name))
    seen = set()
    for record in (*((by_id,) if by_id else ()), *(one for name in names for one in _bearing(register, name))):
        if record.id not in seen:
            seen.add(record.id)
            yield {
                "id": entity_id(record),
                "name": record.name,
                "description": described(register, record),
                "notable": types_of(record, reconciler.kinds),
            }


def _bearing(register: Register, name: str) -> tuple[Body | Collective, ...]:
    """Give the records, or the university, that bear a name."""
    return register.by_name.get(name) or (register.body(register.universities.named(name)),)


def _types(reconciler: Reconciler, prefix: str) -> Iterable[dict[str, Any]]:
    broader = [{"id": BODY[0], "name": BODY[1]}]
    for one, label in (BODY, COLLECTIVE, *reconciler.kinds.items()):
        if _holds(prefix, one, label):
            yield {"id": one, "name": label, **({"broader": broader} if one in reconciler.kinds else {})}


def _properties(_: Reconciler, prefix: str) -> Iterable[dict[str, Any]]:
    for one, label in PROPERTIES:
        if _holds(prefix, one, label):
            name, _sign, description = label.partition(": ")
            yield {"id": one, "name": name, "description": description}


def _holds(prefix: str, *texts: str) -> bool:
    return any(prefix.casefold() in text.casefold() for text in texts)
