"""SHACL validation with pyshacl, and a report a domain person reads.

The shapes are parsed by rdflib, so the data is made of rdflib terms too: mixing terms of two parser families
makes equal strings unequal. Findings carry both languages and quote the text the broken fact came from.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import BNode, Identifier, Node

from plan_graph.iri import NIF, PG, PROV, shorten
from plan_graph.resources import resource


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken constraint. ``quote`` is the text of the source the fact came from, "" if there is none."""

    focus: str
    path: str
    value: str
    zh: str
    en: str
    shape: str
    severity: str
    quote: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome: ``findings`` sorted by focus, path and value; ``turtle`` the SHACL report graph."""

    conforms: bool
    findings: tuple[Finding, ...]
    triples: int
    turtle: str


def to_rdflib(quads: Iterable[ox.Quad | ox.Triple]) -> Graph:
    """Copy quads into one rdflib graph (the union of the named graphs), term by term."""
    graph = Graph()
    add = graph.store.add
    terms: dict[object, Node] = {}
    plain = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")

    def term(node: object) -> Node:
        found = terms.get(node)
        if found is None:
            if isinstance(node, ox.NamedNode):
                found = URIRef(node.value)
            elif isinstance(node, ox.Literal):
                if node.language:
                    found = Literal(node.value, lang=node.language)
                elif node.datatype == plain:
                    found = Literal(node.value)
                else:
                    found = Literal(node.value, datatype=URIRef(node.datatype.value), normalize=False)
            else:
                assert isinstance(node, ox.BlankNode)
                found = BNode(node.value)
            terms[node] = found
        return found

    for quad in quads:
        add((term(quad.subject), term(quad.predicate), term(quad.object)), graph)
    return graph


@lru_cache(maxsize=4)
def _shapes(path: Path) -> Graph:
    # Through the same conversion as the data: one family of terms, and five times faster than rdflib's Turtle parser.
    return to_rdflib(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def validate(data: Graph, shapes: Path | None = None) -> Report:
    """Check a graph against ontology/shapes.ttl (or other shapes).

    :returns: the report; a graph with findings is not an error here.
    """
    from pyshacl import validate as shacl

    conforms, results, _ = shacl(data, shacl_graph=_shapes(shapes or resource("ontology", "shapes.ttl")))
    assert isinstance(results, Graph)
    findings = sorted(
        (_finding(results, result, data) for result in results.subjects(RDF.type, SH.ValidationResult)),
        key=lambda f: (f.focus, f.path, f.value, f.en),
    )
    return Report(bool(conforms), tuple(findings), len(data), results.serialize(format="turtle"))


def _finding(results: Graph, result: Node, data: Graph) -> Finding:
    def one(predicate: URIRef) -> str:
        value = results.value(result, predicate)
        return "" if value is None else str(value)

    messages = {getattr(m, "language", None): str(m) for m in results.objects(result, SH.resultMessage)}
    focus = results.value(result, SH.focusNode)
    return Finding(
        focus=one(SH.focusNode),
        path=one(SH.resultPath),
        value=one(SH.value),
        zh=messages.get("zh", ""),
        en=messages.get("en", next(iter(sorted(messages.values())), "")),
        shape=one(SH.sourceShape),
        severity=one(SH.resultSeverity).rsplit("#", 1)[-1],
        quote=_quote(data, focus) if isinstance(focus, Identifier) else "",
    )


def _quote(data: Graph, focus: Identifier) -> str:
    """Give the text a node was read from: its clause, or what its passage stands in, or the passage itself."""
    anchor, within = URIRef(NIF.anchorOf.value), URIRef(NIF.superString.value)
    for predicate in (PG.clause, PROV.wasQuotedFrom):
        for passage in sorted(data.objects(focus, URIRef(predicate.value)), key=str):
            whole = data.value(passage, within) if predicate == PROV.wasQuotedFrom else None
            for words in data.objects(whole or passage, anchor):
                return str(words)
    return str(data.value(focus, anchor) or "")


def as_text(report: Report, lang: str = "both", limit: int = 50) -> str:
    """Write the report for a terminal: a line of summary, then each finding in zh and en with its quote."""
    lines = [summary(report, lang)]
    for finding in report.findings[:limit]:
        lines.append("")
        said = [text for text, code in ((finding.zh, "zh"), (finding.en, "en")) if text and lang in (code, "both")]
        lines += [("  " if at else "✗ ") + text for at, text in enumerate(said or [finding.en])]
        lines.append(f"  {shorten(finding.focus)}  {shorten(finding.path)}  {shorten(finding.value)}".rstrip())
        if finding.quote:
            where = {"zh": "原文", "en": "text"}.get(lang, "原文 text")
            lines.append(f"  {where}: {finding.quote}")
    if len(report.findings) > limit:
        more = len(report.findings) - limit
        zh, en = f"另有 {more} 处，见 JSON 或 Turtle 报告", f"{more} more findings; see the JSON or Turtle report"
        lines.append("\n… " + (zh if lang == "zh" else en if lang == "en" else f"{zh} {en}"))
    return "\n".join(lines) + "\n"


def summary(report: Report, lang: str = "both") -> str:
    """Say the outcome in one line, in zh, en or both."""
    count = len(report.findings)
    if report.conforms:
        zh = f"{report.triples:,} 条三元组符合全部形状约束"
        en = f"{report.triples:,} triples conform to every shape"
    else:
        zh = f"{report.triples:,} 条三元组中有 {count} 处不符合形状约束"
        what = "finding" if count == 1 else "findings"
        en = f"{count} {what} in {report.triples:,} triples: the graph does not conform"
    return zh if lang == "zh" else en if lang == "en" else f"{zh} {en}"


def as_json(report: Report) -> str:
    """Write the report as JSON: conforms, triples, findings."""
    return (
        json.dumps(
            {
                "conforms": report.conforms,
                "triples": report.triples,
                "findings": [asdict(f) for f in report.findings],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def as_turtle(report: Report) -> str:
    """Give the SHACL validation report graph as Turtle."""
    return report.turtle


def as_html(report: Report) -> str:
    """Write the report as one page that stands alone and prints."""
    rows = "".join(
        f"<tr><td>{html.escape(f.zh)}<br><span lang=en>{html.escape(f.en)}</span></td>"
        f"<td><code>{html.escape(shorten(f.focus))}</code></td><td><code>{html.escape(shorten(f.path))}</code></td>"
        f"<td>{html.escape(shorten(f.value))}</td><td>{html.escape(f.quote)}</td></tr>"
        for f in report.findings
    )
    table = (
        "<table><thead><tr><th>问题 finding<th>节点 node<th>属性 property<th>取值 value<th>原文 text</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
        if rows
        else ""
    )
    return (
        "<!doctype html><html lang=zh><meta charset=utf-8><title>校验报告 Validation report</title>"
        "<meta name=viewport content='width=device-width'>"
        "<style>body{font:16px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;margin:2rem auto;max-width:72rem;"
        "padding:0 1rem;color:#1a1a1a;background:#fff}table{border-collapse:collapse;width:100%}"
        "th:nth-child(1){width:34%}th:nth-child(2){width:22%}th:nth-child(5){width:24%}"
        "th,td{border:1px solid #bbb;padding:.4rem .6rem;text-align:left;vertical-align:top}"
        "th{background:#f0f0f0}code{font-size:.85em;overflow-wrap:anywhere}</style>"
        f"<h1>校验报告 Validation report</h1><p>{html.escape(summary(report))}</p>{table}</html>\n"
    )
