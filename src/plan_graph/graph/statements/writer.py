"""Collects the quads of one named graph, with the literals the vocabulary asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from plan_graph import __version__
from plan_graph.iri import PG, PROV, RDF, RDFS, SCHEMA, XSD, Base


class Graph:
    """One named graph under construction; ``quads`` grows, nothing is taken back."""

    def __init__(self, base: Base, name: str) -> None:
        self.base = base
        self.name = base.iri("graph", name=name)
        self.quads: list[Quad] = []

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Add one triple."""
        self.quads.append(Quad(subject, predicate, value, self.name))

    def types(self, subject: NamedNode, *classes: NamedNode) -> None:
        """Say what a resource is."""
        for one in classes:
            self.add(subject, RDF.type, one)

    def label(self, subject: NamedNode, predicate: NamedNode, zh: str, en: str = "") -> None:
        """Add a text with its language: Chinese, and English where there is one."""
        if zh:
            self.add(subject, predicate, Literal(zh, language="zh"))
        if en:
            self.add(subject, predicate, Literal(en, language="en"))

    def string(self, subject: NamedNode, predicate: NamedNode, value: str) -> None:
        """Add a plain string, if it is not empty."""
        if value:
            self.add(subject, predicate, Literal(value))

    def integer(self, subject: NamedNode, predicate: NamedNode, value: int) -> None:
        """Add a whole number."""
        self.add(subject, predicate, Literal(str(value), datatype=XSD.integer))

    def count(self, subject: NamedNode, predicate: NamedNode, value: int) -> None:
        """Add an offset or a length."""
        self.add(subject, predicate, Literal(str(value), datatype=XSD.nonNegativeInteger))

    def decimal(self, subject: NamedNode, predicate: NamedNode, value: Decimal | float) -> None:
        """Add a decimal in its canonical form, never with an exponent."""
        self.add(subject, predicate, Literal(decimal_form(value), datatype=XSD.decimal))

    def day(self, subject: NamedNode, predicate: NamedNode, value: date | None) -> None:
        """Add a date, if there is one."""
        if value:
            self.add(subject, predicate, Literal(value.isoformat(), datatype=XSD.date))

    def month(self, subject: NamedNode, predicate: NamedNode, value: str) -> None:
        """Add a month written like 2019-10, if there is one."""
        if value:
            self.add(subject, predicate, Literal(value, datatype=XSD.gYearMonth))

    def year(self, subject: NamedNode, predicate: NamedNode, value: int | None) -> None:
        """Add a year, if there is one."""
        if value:
            self.add(subject, predicate, Literal(f"{value:04d}", datatype=XSD.gYear))

    def activity(self, name: str, zh: str, en: str, **parameters: int | str) -> NamedNode:
        """Say which activity of which software made this graph; parameters become pg: properties.

        No time is recorded: the same input must give the same bytes.
        """
        activity = self.base.iri("activity", name=name)
        software = self.base.iri("software", name="plan-graph")
        self.types(activity, PROV.Activity)
        self.label(activity, RDFS.label, zh, en)
        self.add(self.name, PROV.wasGeneratedBy, activity)
        self.add(activity, PROV.wasAssociatedWith, software)
        self.types(software, PROV.SoftwareAgent)
        self.label(software, RDFS.label, "plan-graph", "plan-graph")
        self.string(software, SCHEMA.softwareVersion, __version__)
        for key, value in parameters.items():
            if isinstance(value, int):
                self.integer(activity, PG[key], value)
            else:
                self.add(activity, PG[key], Literal(value, language="en"))
        return activity


def decimal_form(value: Decimal | float) -> str:
    """Write a number as the canonical xsd:decimal.

    >>> [decimal_form(v) for v in (Decimal("180"), 31.9, 0.0005, Decimal("1E+2"))]
    ['180.0', '31.9', '0.0005', '100.0']
    """
    text = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
    if "." not in text:
        return text + ".0"
    text = text.rstrip("0")
    return text + "0" if text.endswith(".") else text


def nquads(quads: Iterable[Quad]) -> bytes:
    """Write quads as canonical N-Quads: each once, lines sorted by their bytes (no blank nodes, so canonical)."""
    raw = serialize(quads, format=RdfFormat.N_QUADS)
    assert raw is not None
    return b"\n".join(sorted(set(raw.rstrip(b"\n").split(b"\n")))) + b"\n" if raw else b""
