"""The questions that the service itself asks of a graph: files in web/questions, in the form of the named queries.

They serve pages and descriptions and are no part of the published questions in queries/.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Store, Triple

from plan_graph.graph.queries import Query, bind, parse, run
from plan_graph.web import direct

FOLDER = Path(__file__).parent / "questions"
_SLOT = "VALUES ?resource { UNDEF }"


@functools.cache
def question(name: str) -> Query:
    """Give a question of the service by its name."""
    return parse(name, (FOLDER / f"{name}.rq").read_text(encoding="utf-8"))


def preload() -> None:
    """Read every question, so that workers have them when they are forked."""
    for file in sorted(FOLDER.glob("*.rq")):
        question(file.stem)


def rows(store: Store, name: str, **values: str) -> list[dict[str, Any]]:
    """Give the answer of a question as rows by column."""
    if isinstance(store, Store) and name in direct.ROWS:
        found = direct.ROWS[name](store, **values)
        if found is not None:
            return found
    return run(store, bind(question(name), values)).by_column()


def holds(store: Store, name: str, **values: str) -> bool:
    """Give the answer of a question that is answered by yes or no."""
    if isinstance(store, Store) and name == "known" and _is_iri(values["resource"]) and direct.known(store, **values):
        return True
    return bool(run(store, bind(question(name), values)).rows[0][0])


def triples(store: Store, name: str, **values: str) -> list[Triple]:
    """Give the triples of a CONSTRUCT question, once each, in the order of their N-Triples."""
    made = direct.description(store, **values) if isinstance(store, Store) and name == "description" else None
    if made is None:
        answer: Any = store.query(bind(question(name), values), use_default_graph_as_union=True)
        made = set(answer)
    return sorted(made, key=str)


def statements(store: Store, iris: Iterable[str]) -> list[Triple]:
    """Give what is stated of resources, and what those are called that they link to; a triple may come twice."""
    wanted = sorted({iri for iri in iris if _is_iri(iri)})
    if not wanted:
        return []
    asked = question("statements").sparql.replace(_SLOT, _values(wanted))
    answer: Any = store.query(asked, use_default_graph_as_union=True)
    return list(answer)


def labels(store: Store, iris: Iterable[str]) -> dict[str, dict[str, str]]:
    """Give the names of resources: IRI → language → name; the best there is in each language.

    A preferred label is better than a label, that than a title, and an identifier is the last resort.
    """
    wanted = sorted({iri for iri in iris if _is_iri(iri)})
    if not wanted:
        return {}
    if isinstance(store, Store):
        return direct.labels(store, wanted)
    found: dict[str, dict[str, str]] = {}
    table = run(store, question("labels").sparql.replace(_SLOT, _values(wanted)))
    for iri, _, language, label in table.rows:
        found.setdefault(str(iri), {}).setdefault(str(language), str(label))
    return found


def _values(iris: Iterable[str]) -> str:
    return f"VALUES ?resource {{ {' '.join(str(NamedNode(iri)) for iri in iris)} }}"


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
