"""Which body of a graph a name stands for: its register id, full name, short name, other names, or as written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from plan_graph.analysis.rows import local_id, written_names
from plan_graph.errors import NotFoundError
from plan_graph.graph.queries import bind, find, run

if TYPE_CHECKING:
    from pyoxigraph import Store

_NEAR = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A body by its register id; ``short`` is the form documents write most often, or the full name if others bear it.

    ``collective`` marks a collective reference or a name nobody resolved, as in ``facts.Party``. ``others`` are all
    its names, sorted.
    """

    id: str
    name: str
    short: str
    others: tuple[str, ...] = ()
    collective: bool = False


def names(store: Store) -> dict[str, Named]:
    """Ask the queries ``body-names`` and ``names-as-written``: every participant and body of a graph by its id."""
    written = written_names(store)
    full: dict[str, tuple[str, bool]] = {}
    others: dict[str, set[str]] = defaultdict(set)
    for iri, name, other in run(store, bind(find("body-names"), {})).rows:
        body = local_id(iri)
        full[body] = (str(name), "/body/" not in str(iri))
        others[body].add(str(other))
    return {
        body: Named(body, name, written.get(body, name), tuple(sorted(others[body])), collective)
        for body, (name, collective) in full.items()
    }


def one_of(known: Mapping[str, Named], asked: str, present: Collection[str] = ()) -> Named:
    """Give the body that a name stands for: an id before a full name before any other name.

    What nobody resolved, and a collective, has no full name: one document's 市财政局 is not the only one. Where several
    bodies bear the name, the one among ``present`` (the ids that take part) is meant, if it is one.

    :raises NotFoundError: if no body is called so, or several are; the message lists names that come near.
    """
    words = asked.strip()
    if words in known:
        return known[words]
    found = bearers(known, words)
    if len(found) > 1:
        found = [one for one in found if one.id in present] or found
    if len(found) == 1:
        return found[0]
    if found:
        listed = [f"{one.name} ({one.id})" for one in sorted(found, key=lambda one: one.id)]
        raise NotFoundError(
            f"{words!r} is the name of several bodies: {', '.join(listed)}; give the id in brackets",
            f"“{words}”是几个机构的名称：{'、'.join(listed)}；请改写括号中的标识",
        )
    close = near(words, known.values())
    raise NotFoundError(
        f"no body of the graph is called {words!r}; "
        + (f"did you mean {', '.join(close)}?" if close else "plan-graph query body-names lists their names"),
        f"图中没有名为“{words}”的机构；"
        + (f"是不是 {'、'.join(close)}？" if close else "plan-graph query body-names 列出全部名称"),
    )


def bearers(known: Mapping[str, Named], words: str) -> list[Named]:
    """Give those that a name may stand for: whose full name it is, else all that bear it."""
    return [one for one in known.values() if one.name == words and not one.collective] or [
        one for one in known.values() if words == one.name or words in one.others
    ]


def near(words: str, known: Iterable[Named]) -> list[str]:
    """Give names that come near, one a body: those that hold the words first, then those with like characters."""
    bodies: dict[str, str] = {}
    for one in sorted(known, key=lambda one: one.id):
        for name in one.others:
            bodies.setdefault(name, one.short)
    holding = sorted((n for n in bodies if words and words in n), key=lambda n: (len(n), n))
    return list(dict.fromkeys(bodies[n] for n in [*holding, *get_close_matches(words, bodies, _NEAR, 0.5)]))[:_NEAR]
