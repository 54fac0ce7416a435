"""What is computed, not stated: shortcuts, keywords, ties; each in its own graph with its activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from plan_graph.graph.statements.task import SHORTCUTS
from plan_graph.graph.statements.writer import Graph
from plan_graph.iri import M8G, PG, PPLAN, ROLE, SCHEMA, SKOS, Base
from plan_graph.model.network import DirectedTie, LineageLink, Tie
from plan_graph.model.plan import Role
from plan_graph.resources import resource

Term = NamedNode | BlankNode | Literal | Triple


def describe_shortcuts(stated: Iterable[Quad], base: Base) -> Graph:
    """Join task, role and participant of each participation into one triple."""
    graph = Graph(base, "shortcuts")
    graph.activity("shortcuts", "由参与关系推出的直接关系", "direct relations derived from the participations")
    task_of: dict[Term, NamedNode] = {}
    role_of: dict[Term, Term] = {}
    party_of: dict[Term, NamedNode] = {}
    for quad in stated:
        if quad.predicate == M8G.hasParticipation and isinstance(quad.subject, NamedNode):
            task_of[quad.object] = quad.subject
        elif quad.predicate == M8G.role:
            role_of[quad.subject] = quad.object
        elif quad.predicate == M8G.hasParticipant and isinstance(quad.object, NamedNode):
            party_of[quad.subject] = quad.object
    properties: dict[Term, NamedNode] = {ROLE[role.value]: SHORTCUTS[role] for role in Role}
    for participation, task in task_of.items():
        graph.add(task, properties[role_of[participation]], party_of[participation])
    return graph


def describe_keywords(
    tasks: Mapping[NamedNode, tuple[str, ...]], themes: Mapping[NamedNode, tuple[str, ...]], base: Base
) -> Graph:
    """Attach the words that set a task or a theme apart."""
    graph = Graph(base, "keywords")
    graph.activity(
        "keywords",
        "由分词得到的关键词",
        "words that set a task or theme apart",
        method="jieba words without the hidden Markov model, authority names as user dictionary, stop list removed, "
        "ranked by term frequency times log inverse document frequency over the tasks of the dataset",
    )
    for table in (tasks, themes):
        for subject, words in table.items():
            for word in words:
                graph.label(subject, SCHEMA.keywords, word)
    return graph


def describe_same(pairs: Iterable[tuple[str, str]], base: Base) -> Graph:
    """Say which records mean one document; a pair is a record and the one that stands for the document."""
    graph = Graph(base, "documents")
    graph.activity(
        "documents",
        "文号相同，或标题相同而文号不相抵触的文件，视为同一文件",
        "records that mean one document",
        method="the same document number, or one title of ten characters or more without two numbers",
    )
    for one, chief in pairs:
        graph.add(NamedNode(one), SKOS.exactMatch, NamedNode(chief))
    return graph


def describe_ties(
    ties: Iterable[Tie], directed: Iterable[DirectedTie], base: Base, *, draws: int, seed: int, method: str
) -> Graph:
    """Publish ties and directed ties, with the draws, the seed and the method they rest on."""
    graph = Graph(base, "ties")
    graph.activity(
        "ties",
        "由任务×机构矩阵计算的协作关系",
        "coordination ties computed from the tasks by bodies matrix",
        draws=draws,
        seed=seed,
        method=method,
    )
    for tie in ties:
        _tie(graph, tie)
    for one in directed:
        _directed(graph, one)
    return graph


def _tie(graph: Graph, tie: Tie) -> None:
    base = graph.base
    iri = base.iri("tie", period=_period(tie.year), left=_key(tie.left), right=_key(tie.right))
    graph.types(iri, PG.Tie)
    graph.add(iri, PG.between, base.iri("body", id=tie.left))
    graph.add(iri, PG.between, base.iri("body", id=tie.right))
    graph.integer(iri, PG.sharedTasks, tie.shared)
    graph.integer(iri, PG.coLeadTasks, tie.co_lead)
    graph.integer(iri, PG.leadSupportTasks, tie.lead_support)
    graph.decimal(iri, PG.newmanWeight, tie.newman)
    graph.decimal(iri, PG.expectedTasks, tie.expected)
    graph.decimal(iri, PG.pValue, tie.p)
    graph.decimal(iri, PG.qValue, tie.q)
    graph.year(iri, PG.year, tie.year)


def _directed(graph: Graph, tie: DirectedTie) -> None:
    base = graph.base
    iri = base.iri("directed-tie", period=_period(tie.year), lead=_key(tie.lead), support=_key(tie.support))
    graph.types(iri, PG.DirectedTie)
    graph.add(iri, PG.from_, base.iri("body", id=tie.lead))
    graph.add(iri, PG.to, base.iri("body", id=tie.support))
    graph.integer(iri, PG.sharedTasks, tie.shared)
    graph.year(iri, PG.year, tie.year)


def describe_lineage(links: Iterable[LineageLink], base: Base, *, method: str) -> Graph:
    """Publish which task takes up which, asserted by the software, with the wording both share."""
    graph = Graph(base, "lineage")
    graph.activity(
        "lineage",
        "由措辞、牵头单位、主题和次序推断的任务沿革",
        "which task takes up which, inferred from wording, leads, theme and order",
        method=method,
    )
    software = base.iri("software", name="plan-graph")
    for link in links:
        earlier = base.iri("task", document=link.earlier_document, task=link.earlier)
        later = base.iri("task", document=link.later_document, task=link.later)
        iri = base.iri(
            "lineage",
            later_document=link.later_document,
            later=link.later,
            earlier_document=link.earlier_document,
            earlier=link.earlier,
        )
        graph.types(iri, PG.LineageLink)
        graph.add(iri, PG.earlier, earlier)
        graph.add(iri, PG.later, later)
        graph.string(iri, PG.lineageKind, link.kind)
        graph.decimal(iri, PG.score, link.score)
        graph.add(iri, PG.assertedBy, software)
        for words in link.wording:
            graph.label(iri, PG.sharedWording, words)
        graph.add(later, PPLAN.isPrecededBy, earlier)
    return graph


def _period(year: int | None) -> str:
    return "all" if year is None else str(year)


def _key(body: str) -> str:
    return body.replace("/", ".")


def vocabulary(base: Base) -> Graph:
    """Give the concept schemes (roles, kinds of body, levels, metrics), so that every concept has its label."""
    graph = Graph(base, "vocabulary")
    graph.activity(
        "vocabulary", "角色、机构类型、层级与指标的概念表", "concept schemes: roles, kinds of body, levels, metrics"
    )
    raw = resource("ontology", "schemes.ttl").read_bytes()
    graph.quads += (Quad(t.subject, t.predicate, t.object, graph.name) for t in parse(raw, format=RdfFormat.TURTLE))
    return graph
