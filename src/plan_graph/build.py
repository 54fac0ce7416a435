"""One document through all stages: read, extract, resolve, describe."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from plan_graph.authority.issuer import Issuing, as_of, issued_at, issuing_place
from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver
from plan_graph.extraction.ledger import ledger
from plan_graph.extraction.tasks import extract
from plan_graph.graph.statements.document import describe_document
from plan_graph.graph.tables import Row, rows
from plan_graph.iri import Base
from plan_graph.model.network import Membership
from plan_graph.model.plan import Plan
from plan_graph.model.register import Resolution
from plan_graph.reading.file import read

_HEAD = 40  # characters at the beginning of a text that hold its issuer, where nothing else says it


@dataclass(frozen=True)
class Built:
    """One document's plan, its names resolved, its counts, quads and table rows."""

    plan: Plan
    resolutions: dict[str, Resolution]
    issuing: Issuing
    counts: dict[str, int]
    quads: list[Quad]
    tables: dict[str, list[Row]]

    @property
    def memberships(self) -> list[Membership]:
        """The rows the analysis counts: one a participation."""
        return [
            Membership(
                task=f"{row['document']}/{row['task']}",
                year=row["year"],
                role=mention.role,
                body=row["participant"] or f"name:{row['name_as_written']}",
                label=row["participant_name"],
                collective=row["participant_kind"] != "body",
            )
            for row, mention in zip(
                self.tables["participations"],
                (m for t in self.plan.tasks for c in t.governing for m in c.mentions),
                strict=True,
            )
        ]


def resolve_names(plan: Plan, register: Register) -> dict[str, Resolution]:
    """Resolve every name a plan uses: in clauses, as addressee, as issuer."""
    about = plan.metadata
    mentioned = [m.name for t in plan.tasks for c in t.governing for m in c.mentions]
    names = [*mentioned, *(a.name for a in about.addressees), *(i.name for i in about.issuers)]
    issuing = issued_at(plan, register)
    places = dict.fromkeys((issuing.code, *_others(plan, register)))
    words = plan.document.text.lstrip()[:_HEAD] if issuing.basis == "beginning" else about.title
    resolvers = [Resolver(register, code, as_of(about), frozenset(mentioned), about.issuer or words) for code in places]
    return {name: _resolved(name, resolvers) for name in dict.fromkeys(names)}


def _others(plan: Plan, register: Register) -> list[str]:
    """Give the places of the other issuers of a document: 重庆市政府办公厅 and 四川省政府办公厅."""
    about = plan.metadata
    return [code for one in about.issuers[1:] if (code := issuing_place(register, one.name, on=as_of(about)).code)]


def _resolved(name: str, resolvers: list[Resolver]) -> Resolution:
    """Resolve a name for the first issuer, and for another one where 省 or 县 means nothing to the first."""
    first = resolvers[0].resolve(name)
    if first.reason != "which-place":
        return first
    return next((other for one in resolvers[1:] if (other := one.resolve(name)).rule != "none"), first)


def build(path: Path, document_id: str, register: Register, base: Base) -> Built:
    """Take one file through reading, extraction, resolution and description.

    :raises UnreadableError: if the file cannot be read or holds no task.
    """
    plan = extract(read(path, document_id), register)
    resolutions = resolve_names(plan, register)
    counts = ledger(plan, resolutions)
    graph = describe_document(plan, resolutions, counts, register, base)
    return Built(plan, resolutions, issued_at(plan, register), counts, graph.quads, rows(plan, resolutions, register))
