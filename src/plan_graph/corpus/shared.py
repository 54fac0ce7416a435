"""What several documents say of one resource: themes, periods, documents that more than one of them cites.

Each document is validated by itself. That finds all there is to find, except where several documents describe the
same resource and their statements together break a shape that none breaks alone: two numbers for one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from plan_graph.graph.statements.writer import nquads
from plan_graph.iri import RDF, Base

if TYPE_CHECKING:
    from plan_graph.graph.validate import Report


def outside(quads: Iterable[Quad], document_id: str, base: Base) -> list[str]:
    """Give what a document says of resources that are not its own, and of itself, as N-Quads lines.

    The types of what these statements point to are among them, as shapes ask for them.
    """
    own = re.compile(rf"(?:.*/)?(?:read-)?{re.escape(document_id)}(?:\.txt)?(?:[/#].*)?")
    itself = base.iri("document", id=document_id)
    kept: list[Quad] = []
    types: dict[NamedNode, list[Quad]] = {}
    for quad in quads:
        subject = quad.subject
        if not isinstance(subject, NamedNode):
            continue
        if quad.predicate == RDF.type:
            types.setdefault(subject, []).append(quad)
        if subject == itself or not own.fullmatch(subject.value.removeprefix(base.base)):
            kept.append(quad)
    objects = {q.object for q in kept if isinstance(q.object, NamedNode) and q.object in types}
    kept += (quad for one in objects for quad in types[one])
    return nquads(kept).decode().splitlines() if kept else []


class Shared:
    """The statements of all documents about what they share; grows with the resources, not with the documents."""

    def __init__(self) -> None:
        self._said: dict[str, set[frozenset[str]]] = {}

    def add(self, lines: Iterable[str]) -> None:
        """Take the statements of one document (see :func:`outside`)."""
        said: dict[str, set[str]] = {}
        for line in lines:
            subject, rest = line.rsplit(" ", 2)[0].split(" ", 1)
            said.setdefault(subject, set()).add(rest)
        for subject, statements in said.items():
            self._said.setdefault(subject, set()).add(frozenset(statements))

    def conflicts(self) -> dict[str, frozenset[str]]:
        """Give the resources of which no single document says all that is said: subject → all statements."""
        found: dict[str, frozenset[str]] = {}
        for subject, ways in self._said.items():
            if len(ways) > 1:
                whole = frozenset().union(*ways)
                if whole not in ways:
                    found[subject] = whole
        return found

    def check(self, around: Iterable[Quad]) -> Report | None:
        """Validate what only the documents together can break; ``around`` are registers and concept schemes.

        The report has findings about shared resources only; ``None`` where no statements came together.
        """
        from dataclasses import replace

        from plan_graph.graph.validate import to_rdflib, validate

        together = self.conflicts()
        if not together:
            return None
        needed = {one.split(" ", 1)[1] for said in together.values() for one in said}
        text = [f"{subject} {one} ." for subject, said in sorted(together.items()) for one in sorted(said)]
        kind = f"<{RDF.type.value}> "
        for subject in sorted(needed & self._said.keys() - together.keys()):
            said = frozenset().union(*self._said[subject])
            text += (f"{subject} {one} ." for one in sorted(said) if one.startswith(kind))
        triples = parse("\n".join(text).encode(), format=RdfFormat.N_TRIPLES)
        report = validate(to_rdflib([*around, *triples]))
        focuses = {subject.strip("<>") for subject in together}
        findings = tuple(one for one in report.findings if one.focus in focuses)
        return replace(report, findings=findings, conforms=not findings)
