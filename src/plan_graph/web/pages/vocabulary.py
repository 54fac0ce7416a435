"""The project's own vocabulary: every term with its names and what it means."""

from __future__ import annotations

from typing import Any

from plan_graph.iri import PG
from plan_graph.web.addresses import ONTOLOGY
from plan_graph.web.pages.naming import Names
from plan_graph.web.pages.visit import Page, Visit
from plan_graph.web.shipped import rows
from plan_graph.web.site import Site

_KINDS = (
    ("Class", "类", "Classes"),
    ("ObjectProperty", "对象属性", "Object properties"),
    ("DatatypeProperty", "数据属性", "Datatype properties"),
    ("NamedIndividual", "个体", "Individuals"),
)


def vocabulary(site: Site, visit: Visit) -> Page:
    """List the terms of the ontology, each with an anchor by which its IRI is reached."""
    terms: dict[str, dict[str, Any]] = {}
    for row in rows(site.ontology, "vocabulary"):
        term = terms.setdefault(row["term"], {"name": row["term"].removeprefix(PG.namespace), "kind": row["kind"]})
        for link in ("domain", "range", "above"):
            if row[link]:
                term.setdefault(link, [])
                term[link] += [row[link]] if row[link] not in term[link] else []
        if row["language"] == visit.lang:
            term |= {"label": row["label"], "comment": row["comment"]}
    linked = {iri for term in terms.values() for link in ("domain", "range", "above") for iri in term.get(link, ())}
    parts = [
        (visit.t(zh, en), [term for term in terms.values() if term["kind"].endswith("#" + kind)])
        for kind, zh, en in _KINDS
    ]
    about = {row["language"]: row for row in rows(site.ontology, "vocabulary-head")}
    return Page(
        "vocabulary.html",
        {
            "parts_of": [(title, listed) for title, listed in parts if listed],
            "about": about[visit.lang],
            "names": Names(site, linked, visit.lang),
            "iri": ONTOLOGY,
        },
    )
