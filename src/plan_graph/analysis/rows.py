"""The rows the analysis counts, from a store by shipped queries: anyone can ask for them again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plan_graph.graph.queries import bind, find, run
from plan_graph.model import Membership, Role, Tie

if TYPE_CHECKING:
    from pyoxigraph import Store

_LOCAL = re.compile(r"^.*/(?:body|collective|name)/")


def memberships(store: Store) -> list[Membership]:
    """Ask the query ``participations``: one row for each participant of each task."""
    table = run(store, bind(find("participations"), {}))
    return [
        Membership(
            str(task), int(str(year)) if year is not None else None, Role(role), _id(who), str(name), bool(open_)
        )
        for task, year, role, who, name, open_ in table.rows
    ]


def ties(store: Store, year: int | None) -> list[Tie]:
    """Ask the query ``pairs-by-shared-tasks`` for one year, or for all years together."""
    values = {} if year is None else {"year": str(year)}
    table = run(store, bind(find("pairs-by-shared-tasks"), values))
    return [
        Tie(
            _id(a),
            _id(b),
            year,
            _int(shared),
            _int(co),
            _int(ls),
            _float(newman),
            _float(expected),
            _float(p),
            _float(q),
        )
        for a, _, b, _, shared, expected, p, q, co, ls, newman in table.rows
    ]


def _id(iri: object) -> str:
    return _LOCAL.sub("", str(iri))


def _int(value: object) -> int:
    return int(str(value))


def _float(value: object) -> float:
    return float(str(value))
