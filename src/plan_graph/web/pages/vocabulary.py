"""The project's own vocabulary: every term, concept and shape with its names, what it means, and an example."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from plan_graph.iri import PG, shorten
from plan_graph.reports.sections import Column, Section
from plan_graph.reports.words import Words
from plan_graph.web.addresses import ONTOLOGY
from plan_graph.web.pages.diagram import diagram
from plan_graph.web.pages.naming import Names
from plan_graph.web.pages.tasks import file
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.shipped import rows
from plan_graph.web.site import Site

_KINDS = (
    ("Class", "类", "Classes"),
    ("ObjectProperty", "对象属性", "Object properties"),
    ("DatatypeProperty", "数据属性", "Datatype properties"),
    ("NamedIndividual", "个体", "Individuals"),
)


def vocabulary(site: Site, visit: Visit) -> Page:
    """List the terms of the ontology, each with an anchor by which its IRI is reached, then concepts and shapes."""
    terms: dict[str, dict[str, Any]] = {}
    for row in rows(site.ontology, "vocabulary"):
        term = terms.setdefault(row["term"], {"name": row["term"].removeprefix(PG.namespace), "kind": row["kind"]})
        for link in ("domain", "range", "above"):
            if row[link]:
                term.setdefault(link, [])
                term[link] += [row[link]] if row[link] not in term[link] else []
        if row["language"] == visit.lang:
            term |= {"label": row["label"], "comment": row["comment"]}
    _examples(site, terms)
    linked = {iri for term in terms.values() for link in ("domain", "range", "above") for iri in term.get(link, ())}
    linked |= {iri for term in terms.values() for iri in term.get("example", ())}
    parts = [
        (visit.t(zh, en), [term for term in terms.values() if term["kind"].endswith("#" + kind)])
        for kind, zh, en in _KINDS
    ]
    about = {row["language"]: row for row in rows(site.ontology, "vocabulary-head")}
    leads: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in terms.values():
        if term["kind"].endswith("#ObjectProperty"):
            for ends in ((one, other) for one in term.get("domain", ()) for other in term.get("range", ())):
                leads[ends].append(term["name"])
    return Page(
        "vocabulary.html",
        {
            "parts_of": [(title, listed) for title, listed in parts if listed],
            "about": about[visit.lang],
            "names": Names.of(site, linked, visit.lang),
            "iri": ONTOLOGY,
            "short": shorten,
            "diagram": diagram(leads),
            "schemes": _schemes(site, visit.lang),
            "shapes": [
                row | {"name": row["shape"].partition("#")[2], "targets": row["targets"].split()}
                for row in rows(site.shapes, "shapes")
                if row["language"] == visit.lang
            ],
        },
    )


def download(site: Site, visit: Visit) -> File:
    """Give the terms as a table, a row each, with names and meanings in both languages."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows(site.ontology, "vocabulary"):
        term = found.setdefault(row["term"], {"kind": row["kind"].rpartition("#")[2]})
        for link in ("domain", "range", "above"):
            term[link] = {**term.get(link, {}), **({shorten(row[link]): None} if row[link] else {})}
        term |= {f"label-{row['language']}": row["label"], f"comment-{row['language']}": row["comment"]}
    columns = (
        Column("term", Words("术语", "term")),
        Column("kind", Words("种类", "kind")),
        Column("label", Words("中文名称", "Chinese name")),
        Column("labelEn", Words("英文名称", "English name")),
        Column("comment", Words("中文说明", "Chinese definition")),
        Column("commentEn", Words("英文说明", "English definition")),
        Column("domain", Words("定义域", "domain"), many=True),
        Column("range", Words("值域", "range"), many=True),
        Column("above", Words("上位术语", "broader terms"), many=True),
        Column("iri", Words("术语（IRI）", "term (IRI)")),
    )
    worded = ("label-zh", "label-en", "comment-zh", "comment-en")
    cells = tuple(
        (
            iri.removeprefix(PG.namespace),
            term["kind"],
            *(term.get(one) for one in worded),
            *("、".join(term[link]) or None for link in ("domain", "range", "above")),
            iri,
        )
        for iri, term in found.items()
    )
    return file(Section("vocabulary", Words("词汇表", "Vocabulary"), columns, cells), visit, "vocabulary")


def _examples(site: Site, terms: dict[str, dict[str, Any]]) -> None:
    """Say how often each term is used in the graph, and where for instance: a resource, or one and what it has."""
    for iri, (number, example) in site.instances.items():
        if iri in terms:
            terms[iri] |= {"used": number, "example": [example]}
    for row in site.uses:
        if row["property"] in terms:
            subject, _, value = row["example"].partition(" ")
            link = terms[row["property"]]["kind"].endswith("#ObjectProperty")
            terms[row["property"]] |= {
                "used": row["triples"],
                "example": [subject, value] if link else [subject],
                "value": "" if link else value,
            }


def _schemes(site: Site, lang: str) -> list[dict[str, Any]]:
    """Give the concept schemes of the project, each with its concepts, as far as the graph has them."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows(site.store, "schemes"):
        if row["language"] == lang and site.local(row["scheme"]) and not row["scheme"].startswith(site.base):
            scheme = found.setdefault(row["scheme"], {"iri": row["scheme"], "about": row["about"], "concepts": []})
            scheme["concepts"].append(row)
    names = Names.of(site, found, lang)
    return [scheme | {"label": names(iri)} for iri, scheme in found.items()]
