"""The rows the analysis counts, from a store by shipped queries: anyone can ask for them again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from plan_graph.graph.queries import Table, bind, find, run
from plan_graph.model.network import Membership, Tie
from plan_graph.model.plan import Role

if TYPE_CHECKING:
    from pyoxigraph import Store

_TASK = re.compile(r"/task/([^/]+)/[^/]+$")
_LOCAL = re.compile(r"^.*/(?:body|collective|name)/")


def memberships(store: Store, chosen: Mapping[str, str] | None = None) -> list[Membership]:
    """Ask the query ``participations``: one row for each participant of each task.

    ``chosen`` are parameters of that query: plan, issuer, level, theme, year.
    """
    found = (
        _membership(task, year, role, who, name, open_)
        for task, year, _, role, who, name, open_ in _ask(store, "participations", chosen)
    )
    return list(dict.fromkeys(found))  # a task under two headings has a row for each


def memberships_by_successor(store: Store, chosen: Mapping[str, str] | None = None) -> list[tuple[Membership, str]]:
    """Ask the query ``participations-by-successor``: each row with the id of the body that the text names.

    Bodies that a reform ended count as what they went on as, so that one participant of the text may be several
    rows (its body was split), and two of them the same membership (their bodies were merged). ``chosen`` is as for
    ``memberships``.
    """
    return [
        (_membership(task, year, role, who, name, open_), local_id(named))
        for task, year, _, role, who, name, open_, named, _ in _ask(store, "participations-by-successor", chosen)
    ]


def ties(store: Store, year: int | None) -> list[Tie]:
    """Ask the query ``pairs-by-shared-tasks`` for one year, or for all years together."""
    values = {} if year is None else {"year": str(year)}
    table = run(store, bind(find("pairs-by-shared-tasks"), values))
    return [
        Tie(
            local_id(a),
            local_id(b),
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


def drawn(store: Store) -> tuple[int, int] | None:
    """Ask the query ``tie-method``: from how many draws, and which seed, expected, p and q of the graph are."""
    found = run(store, bind(find("tie-method"), {})).rows
    return (_int(found[0][1]), _int(found[0][2])) if found else None


def plans(store: Store) -> list[str]:
    """Ask the query ``plans`` for the ids of all plans, each once: it has a row for each issuer."""
    rows = run(store, bind(find("plans"), {})).rows
    return list(dict.fromkeys(str(row[0]).rpartition("/plan/")[2] for row in rows))


def issuers(store: Store) -> list[str]:
    """Ask the query ``plans`` for the names of all bodies that issued plans, each once."""
    table = run(store, bind(find("plans"), {}))
    name = table.columns.index("issuerName")
    return list(dict.fromkeys(str(row[name]) for row in table.rows if row[name]))


def themes(store: Store, chosen: Mapping[str, str] | None = None) -> list[str]:
    """Ask the query ``tasks-by-theme`` for the headings of all themes, in the order of their ids.

    ``chosen`` are parameters of that query: plan, issuer, level, year.
    """
    return list(dict.fromkeys(str(theme) for _, theme, *_ in _ask(store, "tasks-by-theme", chosen) if theme))


def kinds(store: Store) -> dict[str, tuple[str, str]]:
    """Ask the query ``bodies``: for each body the ids of its kind (``central-branch``) and level (``province``)."""
    return {str(id_): (str(kind), str(level)) for _, id_, *_, kind, level in _ask(store, "bodies", None)}


def plan_of(iri: object) -> str:
    """Give the id of the plan in a task's IRI: ``…/task/a-plan/2016-001`` → ``a-plan``; "" for any other IRI."""
    found = _TASK.search(str(iri))
    return found[1] if found else ""


def with_plans(table: Table, several: bool) -> Table:
    """Say of each task which plan it belongs to, where the graph holds several: two plans may have a task 2016-001."""
    at = next((n for n in range(len(table.columns)) if any(plan_of(row[n]) for row in table.rows)), None)
    if at is None or not several:
        return table
    columns, rows = table.columns, table.rows
    return Table(
        (*columns[:at], "planId", *columns[at:]),
        tuple((*row[:at], plan_of(row[at]) or None, *row[at:]) for row in rows),
    )


def written_names(store: Store) -> dict[str, str]:
    """Ask the query ``names-as-written``: for each participant the name documents write most often.

    Where plans of several places write several bodies alike (市财政局), each goes by its full name.
    """
    short: dict[str, tuple[str, str]] = {}
    for participant, full, written, _ in run(store, bind(find("names-as-written"), {})).rows:
        short.setdefault(local_id(participant), (str(written), str(full)))
    bearers = Counter(written for written, _ in short.values())
    return {body: full if bearers[written] > 1 else written for body, (written, full) in short.items()}


def local_id(iri: object) -> str:
    """Give the register id in a participant's IRI: ``…/body/210000/fgw`` → ``210000/fgw``."""
    return _LOCAL.sub("", str(iri))


def _ask(store: Store, query: str, values: Mapping[str, str] | None) -> Sequence[tuple[object, ...]]:
    return run(store, bind(find(query), values or {})).rows


def _membership(task: object, year: object, role: object, who: object, name: object, open_: object) -> Membership:
    when = None if year is None else _int(year)
    return Membership(str(task), when, Role(role), local_id(who), str(name), bool(open_))


def _int(value: object) -> int:
    return int(str(value))


def _float(value: object) -> float:
    return float(str(value))
