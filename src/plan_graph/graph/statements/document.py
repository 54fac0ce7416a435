"""What a document says of itself: metadata, text, sections, the ledger, and the names it leaves open."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from plan_graph.authority.issuer import issued_at
from plan_graph.authority.places import COUNTRY
from plan_graph.authority.reasons import REASONS
from plan_graph.authority.register import Register
from plan_graph.graph.statements.task import describe_task, documents_named
from plan_graph.graph.statements.writer import Graph
from plan_graph.iri import (
    CHINESE,
    DCAT,
    DCTERMS,
    DQV,
    ELI,
    FOAF,
    ITSRDF,
    METRIC,
    NIF,
    PG,
    PPLAN,
    PROV,
    RDFS,
    SCHEMA,
    SKOS,
    Base,
    media_type,
)
from plan_graph.model.plan import Citation, Plan, Relation, Section
from plan_graph.model.register import Resolution
from plan_graph.model.text import PartKind, Span

UNREAD = {
    "paragraph after the clause, outside any numbered task": "责任分工之后、任务编号之外的段落",
    "prose under a heading, not a numbered task": "标题之下、未编号的文字",
    "a number without any wording": "只有编号、没有内容",
    "signature, date and notes after the last task": "最后一项任务之后的落款、日期与附注",
    "an annex without numbered items": "没有编号事项的附件",
    "a table that holds no tasks": "不是任务清单的表格",
    "a row or cell of a task table that states no task": "任务表中不表述任务的行或格",
}


class Description:
    """The graph of one document in the making, with the IRIs its facts share."""

    def __init__(self, plan: Plan, resolutions: Mapping[str, Resolution], register: Register, base: Base) -> None:
        self.plan = plan
        self.resolutions = resolutions
        self.register = register
        self.id = plan.document.id
        self.graph = Graph(base, self.id)
        self.base = base
        self.document = base.iri("document", id=self.id)
        self.text = base.iri("text", document=self.id)
        self.plan_iri = base.iri("plan", document=self.id)
        self.source = base.iri("source", document=self.id)
        self._begins = [origin.span.begin for origin in plan.document.origins]
        self._passages: set[NamedNode] = set()
        self._cited: dict[str, NamedNode] = {}
        self._names: dict[str, NamedNode] = {}
        self._themes: dict[str, NamedNode] = {}

    def passage(self, span: Span, within: Span | None = None, named: NamedNode | None = None) -> NamedNode:
        """Describe a stretch of the text once, and give its IRI."""
        iri = self.base.passage(self.id, span)
        graph = self.graph
        if iri not in self._passages:
            self._passages.add(iri)
            graph.types(iri, NIF.RFC5147String)
            graph.count(iri, NIF.beginIndex, span.begin)
            graph.count(iri, NIF.endIndex, span.end)
            graph.add(iri, NIF.referenceContext, self.text)
            graph.string(iri, NIF.anchorOf, span.of(self.plan.document.text))
            for place in self._places(span):
                graph.string(iri, PG.originalPlace, place)
                graph.add(iri, PROV.wasDerivedFrom, self.source)
        if within is not None and within != span:
            graph.add(iri, NIF.superString, self.passage(within))
        if named is not None:
            graph.add(iri, ITSRDF.taIdentRef, named)
        return iri

    def _places(self, span: Span) -> Iterator[str]:
        """Give the places of the original file where a stretch of the text stands, from the first to the last."""
        origins = self.plan.document.origins
        for index in range(max(0, bisect_right(self._begins, span.begin) - 1), len(origins)):
            if origins[index].span.begin >= span.end:
                return
            if origins[index].span.end > span.begin:
                yield origins[index].place

    def participant(self, name: str, span: Span) -> NamedNode:
        """Give the body or collective a name stands for; an unresolved name gets a resource of its own."""
        found = self.resolutions[name]
        if found.body:
            return self.base.iri("body", id=found.body.id)
        if found.collective:
            return self.base.iri("collective", id=found.collective.id)
        if name not in self._names:
            iri = self._names[name] = self.base.iri("name", document=self.id, begin=span.begin)
            graph = self.graph
            graph.types(iri, PG.UnresolvedName, FOAF.Agent)
            graph.label(iri, SKOS.prefLabel, name)
            graph.label(iri, DCTERMS.title, name)
            graph.string(iri, DCTERMS.identifier, f"{self.id}/char-{span.begin}")
            graph.label(iri, PG.unresolvedReason, *REASONS[found.reason])
            for one in found.candidates:
                if self.register.knows(one):  # a collective of another place is no candidate for a body
                    graph.add(iri, PG.candidate, self.base.iri("body", id=one))
            if found.reason == "suspected-variant":
                graph.add(iri, PG.suspectedVariantOf, self.base.iri("body", id=found.candidates[0]))
        return self._names[name]

    def cited(self, citation: Citation) -> NamedNode:
        """Give the IRI of a document named in the text, and describe it once."""
        title = citation.stands_for or citation.title
        if title not in self._cited:
            known = self.register.documents_by_title.get(title)
            own = known.id if known else f"{self.id}/cited-{citation.span.begin}"
            iri = self._cited[title] = self.base.iri("document", id=own)
            graph = self.graph
            graph.types(iri, ELI.LegalResource, PROV.Entity)
            graph.label(iri, DCTERMS.title, known.title if known else title)
            graph.string(iri, DCTERMS.identifier, own)
            graph.string(iri, ELI.id_local, citation.number or (known.number if known else ""))
        return self._cited[title]

    def theme(self, section: Section) -> NamedNode:
        """Give the concept of a theme heading: the register's, or one of this document's own."""
        if section.theme not in self._themes:
            known = self.register.themes_by_label.get(section.theme)
            key = known.key if known else "/".join([self.id, *map(str, section.path)])
            iri = self._themes[section.theme] = self.base.iri("theme", key=key)
            graph = self.graph
            graph.types(iri, SKOS.Concept)
            graph.label(iri, SKOS.prefLabel, section.theme, known.label_en if known else "")
            graph.string(iri, DCTERMS.identifier, key)
            graph.add(iri, SKOS.inScheme, self.base.iri("themes"))
        return self._themes[section.theme]

    def section(self, path: tuple[int, ...]) -> NamedNode:
        """Give the IRI of a section, or of the document for the empty path."""
        return self.base.iri("section", document=self.id, path="/".join(map(str, path))) if path else self.document

    def period(self, first: int, last: int) -> NamedNode:
        """Describe a span of years and give its IRI."""
        iri = self.base.iri("period", span=str(first) if first == last else f"{first}-{last}")
        graph = self.graph
        graph.types(iri, DCTERMS.PeriodOfTime)
        label = f"{first}" if first == last else f"{first}–{last}"
        graph.label(iri, RDFS.label, f"{label}年", label)
        graph.year(iri, DCAT.startDate, first)
        graph.year(iri, DCAT.endDate, last)
        return iri


def describe_document(
    plan: Plan, resolutions: Mapping[str, Resolution], counts: Mapping[str, int], register: Register, base: Base
) -> Graph:
    """Say all that the text says, as the named graph of its document."""
    made = Description(plan, resolutions, register, base)
    graph = made.graph
    graph.activity(
        f"read-{made.id}",
        f"从文件文本中读取任务与责任分工：{made.id}",
        f"tasks and responsibilities read from the text of {made.id}",
    )
    _document(made)
    _text(made)
    if plan.sections:
        graph.types(base.iri("themes"), SKOS.ConceptScheme)
        graph.label(base.iri("themes"), SKOS.prefLabel, "任务主题", "Themes of tasks")
    for section in plan.sections:
        _section(made, section)
    for task in plan.tasks:
        describe_task(made, task)
    for part in plan.parts:
        if part.kind is PartKind.UNREAD:
            iri = made.passage(part.span)
            graph.types(iri, PG.UnreadPassage)
            graph.label(iri, PG.unreadReason, UNREAD[part.reason], part.reason)
    for metric, value in counts.items():
        iri = base.iri("quality", document=made.id, metric=metric)
        graph.types(iri, DQV.QualityMeasurement)
        graph.add(iri, DQV.computedOn, made.document)
        graph.add(iri, DQV.isMeasurementOf, METRIC[metric])
        graph.integer(iri, DQV.value, value)
    return graph


def _document(made: Description) -> None:
    """Describe the plan's document; what its notice says of issue (number, date, issuers, audience) holds for both."""
    graph, about, base = made.graph, made.plan.metadata, made.base
    title = about.title or made.plan.document.name
    _issue(made, made.document)
    graph.label(made.document, DCTERMS.title, title)
    graph.string(made.document, DCTERMS.identifier, made.id)
    if about.title_span:
        graph.add(made.document, PROV.wasQuotedFrom, made.passage(about.title_span))
    if about.notice:
        notice = base.iri("document", id=f"{made.id}/notice")
        _issue(made, notice)
        # a text may leave the notice's title out; the graph then says so instead of making one up
        graph.label(notice, DCTERMS.title, about.notice.title or f"《{title}》的印发通知（原文未列标题）")
        graph.string(notice, DCTERMS.identifier, f"{made.id}/notice")
        for span in (about.notice.span, about.notice.title_span):
            if span:
                graph.add(notice, PROV.wasQuotedFrom, made.passage(span))
        graph.add(notice, ELI.has_annex, made.document)
        graph.add(made.document, ELI.is_annex_of, notice)
    for citation, span, relation in documents_named(about):
        cited = made.cited(citation)
        made.passage(span, named=cited)
        graph.add(made.document, ELI.amends if relation is Relation.REVISES else ELI.cites, cited)
        if relation is Relation.IMPLEMENTS:
            graph.add(made.document, ELI.based_on, cited)
    years = [s.year for s in made.plan.sections if s.year]
    graph.types(made.plan_iri, PPLAN.Plan, PROV.Entity)
    graph.label(made.plan_iri, DCTERMS.title, title)
    graph.string(made.plan_iri, DCTERMS.identifier, made.id)
    graph.add(made.plan_iri, PROV.wasDerivedFrom, made.document)
    if years:
        graph.add(made.plan_iri, DCTERMS.temporal, made.period(min(years), max(years)))


def _issue(made: Description, document: NamedNode) -> None:
    """Say under which number, when, by whom and to whom a document was issued, and where the text says so."""
    graph, about = made.graph, made.plan.metadata
    graph.types(document, ELI.LegalResource, PROV.Entity)
    graph.string(document, ELI.id_local, about.number)
    graph.day(document, ELI.date_document, about.issued)
    graph.add(document, DCTERMS.language, CHINESE)
    graph.add(document, PROV.wasDerivedFrom, made.source)
    for span in (about.number_span, about.issued_span):
        if span:
            graph.add(document, PROV.wasQuotedFrom, made.passage(span))
    if (issuing := issued_at(made.plan, made.register).code) not in ("", COUNTRY):
        graph.add(document, DCTERMS.spatial, made.base.iri("place", code=issuing))
    for parties, relation in ((about.issuers, ELI.passed_by), (about.addressees, DCTERMS.audience)):
        for one in parties:
            party = made.participant(one.name, one.span)
            graph.add(document, relation, party)
            made.passage(one.span, named=party)


def _text(made: Description) -> None:
    graph, document = made.graph, made.plan.document
    source = made.source
    graph.types(source, PROV.Entity)
    graph.string(source, DCTERMS.identifier, made.id)
    graph.string(source, PG.fileName, document.name)
    graph.string(source, PG.sha256, document.sha256)
    graph.string(source, PG.encoding, document.encoding)
    graph.add(source, DCTERMS.format, media_type(document.media_type))
    graph.integer(source, PG.byteCount, document.byte_count)
    graph.types(made.text, NIF.Context, NIF.RFC5147String)
    graph.count(made.text, NIF.beginIndex, 0)
    graph.count(made.text, NIF.endIndex, len(document.text))
    graph.string(made.text, PG.sha256, hashlib.sha256(document.text.encode()).hexdigest())
    graph.add(made.text, PROV.wasDerivedFrom, source)


def _section(made: Description, section: Section) -> None:
    graph = made.graph
    iri = made.section(section.path)
    graph.types(iri, ELI.LegalResourceSubdivision)
    graph.add(iri, ELI.is_part_of, made.section(section.path[:-1]))
    graph.integer(iri, SCHEMA.position, section.path[-1])
    graph.label(iri, DCTERMS.title, section.title)
    graph.string(iri, DCTERMS.identifier, "/".join([made.id, *map(str, section.path)]))
    graph.string(iri, ELI.number, section.number)
    graph.year(iri, PG.year, section.year)
    if section.stated_tasks is not None:
        graph.integer(iri, PG.statedTaskCount, section.stated_tasks)
    if section.theme:
        graph.add(iri, DCTERMS.subject, made.theme(section))
    graph.add(iri, PROV.wasQuotedFrom, made.passage(section.title_span))
