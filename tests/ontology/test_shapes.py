"""Every shape accepts the valid graph, and rejects a small edit of it with its own message in both languages.

A case edits cases/valid.ttl: it removes triples (``[]`` stands for any value) and adds others, and names the
constraint components by which the shape must reject the result. No other shape may reject it, except those
listed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

ONTOLOGY = Path(__file__).parents[2] / "ontology"
VALID = (Path(__file__).parent / "cases" / "valid.ttl").read_text(encoding="utf-8")
PREFIXES = "\n".join(line for line in VALID.splitlines() if line.startswith("@prefix"))
PGSH = Namespace("https://w3id.org/plan-graph/shapes#")
LANGUAGES = {"en", "zh"}
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
NOT_CONSTRAINTS = {*TARGETS, RDF.type, RDFS.label, SH.path, SH.name, SH.message, SH.qualifiedValueShape}


@dataclass(frozen=True)
class Case:
    """One edit of the valid graph; ``also`` names further shapes that must reject it too."""

    shape: str
    components: str
    remove: str = ""
    add: str = ""
    also: str = ""
    rename: tuple[str, str] | None = None


# shape, subject and property of which exactly one value is allowed, a second value, what it breaks besides the count
EXACTLY_ONE = (
    ("identifier", "task:2016-001 dcterms:identifier", '"2016-002"@zh', "datatype"),
    ("identifier", "ex:source dcterms:identifier", "5", "datatype"),
    ("title", "doc:rules dcterms:title", '""@en', "languageIn minLength"),
    ("title", "coll:cities dcterms:title", '"cities"', "languageIn"),
    ("position", "sec:2016 schema:position", '"1"', "datatype"),
    ("description", "part:lead-1 dcterms:description", '"lead"@en', "languageIn"),
    ("quoted-from", "ex:target prov:wasQuotedFrom", "char:24\\,27", ""),
    ("sha256", "ex:text pg:sha256", '"BBBB"', "pattern"),
    ("Source-encoding", "ex:source pg:encoding", "8", "datatype"),
    ("Source-format", "ex:source dcterms:format", '"text/html"', "nodeKind pattern"),
    ("Text-source", "ex:text prov:wasDerivedFrom", "ex:elsewhere", "class"),
    ("Passage-text", "char:11\\,17 nif:referenceContext", "ex:source", "class"),
    ("Passage-original", "char:46\\,50 prov:wasDerivedFrom", "ex:elsewhere", "class"),
    ("Passage-words", "char:0\\,10 nif:anchorOf", '"计划"@zh', "datatype"),
    ("end", "char:0\\,10 nif:endIndex", "12", "datatype"),
    ("Plan-document", "ex:plan prov:wasDerivedFrom", "ex:source", "class"),
    ("Period-start", "period:2016 dcat:startDate", '"2016年"', "datatype pattern"),
    ("Period-end", "period:2016 dcat:endDate", '"2016-12"^^xsd:gYearMonth', "datatype pattern"),
    ("Section-whole", "sec:2016 eli:is_part_of", "doc:rules", ""),
    ("Task-plan", "task:2017-001 pplan:isStepOfPlan", "doc:plan", "class"),
    ("Task-section", "task:2017-001 dcterms:isPartOf", "sec:2016", ""),
    ("Participation-role", "part:lead-1 m8g:role", "pgrole:leader", "in"),
    ("Participation-participant", "part:lead-1 m8g:hasParticipant", "body:szf", ""),
    ("Participation-name", "part:lead-1 pg:nameAsWritten", '""@en', "languageIn minLength"),
    ("Participation-role-wording", "part:lead-1 pg:roleAsWritten", '"牵头单位"', "languageIn"),
    ("Participation-resolution", "part:lead-1 pg:resolutionRule", '"full-name"@en', "datatype"),
    ("Participation-clause-rule", "part:lead-1 pg:clauseRule", "7", "datatype"),
    ("Target-value", "ex:target qudt:numericValue", "50", "datatype"),
    ("Target-unit-wording", "ex:target schema:unitText", '"mu"@en', "languageIn"),
    ("Target-counted", "ex:target rdfs:label", '"plants"@en', "languageIn"),
    ("Target-comparator", "ex:target pg:comparator", '"=="@en', "datatype pattern"),
    ("QualityMeasurement-document", "ex:quality dqv:computedOn", "ex:source", "class"),
    ("QualityMeasurement-metric", "ex:quality dqv:isMeasurementOf", "pgmetric:words", "in"),
    ("QualityMeasurement-value", "ex:quality dqv:value", "-1.5", "datatype minInclusive"),
    ("FormalOrganization-kind", "body:steel org:classification", "pgkind:party-organ", "in"),
    ("Body-seat", "body:steel dcterms:spatial", "body:szf", "class"),
    ("Body-level", "body:czt m8g:level", "pglevel:city", "in"),
    ("CollectiveReference-rule", "coll:cities pg:memberRule", '"most"@en', "datatype pattern"),
    ("ChangeEvent-kind", "ex:change pg:changeKind", '"vanished"@en', "datatype pattern"),
    ("ChangeEvent-source", "ex:change dcterms:source", '""@zh', "datatype minLength"),
    ("Place-level", "place:210000 m8g:level", "pglevel:state", "in"),
    ("shared-tasks", "ex:directed-tie pg:sharedTasks", "0.5", "datatype minInclusive"),
    ("Tie-co-lead", "ex:tie pg:coLeadTasks", "-1.5", "datatype minInclusive"),
    ("Tie-lead-support", "ex:tie pg:leadSupportTasks", "2.5", "datatype lessThanOrEquals"),
    ("Tie-newman", "ex:tie pg:newmanWeight", "-1", "datatype minInclusive"),
    ("Tie-expected", "ex:tie pg:expectedTasks", "-1", "datatype minInclusive"),
    ("Tie-p", "ex:tie pg:pValue", "0", "datatype minExclusive"),
    ("Tie-q", "ex:tie pg:qValue", "2", "datatype maxInclusive"),
    ("DirectedTie-from", "ex:directed-tie pg:from", "body:steel", ""),
    ("DirectedTie-to", "ex:directed-tie pg:to", "body:steel", ""),
    ("Software-version", "ex:software schema:softwareVersion", "0.2", "datatype"),
    ("LineageLink-later", "ex:lineage pg:later", '"2018-001"', "nodeKind"),
    ("LineageLink-kind", "ex:lineage pg:lineageKind", '"repeats"@en', "datatype pattern"),
    ("LineageLink-asserted-by", "ex:lineage pg:assertedBy", '"reader"', "nodeKind"),
)

# shape, subject and property of which at most one value is allowed, further values, what they break
AT_MOST_ONE = (
    ("Task-number", "task:2017-001 pg:numberAsWritten", "1", "maxCount datatype"),
    ("year", "task:2016-001 pg:year", "2017", "maxCount datatype"),
    ("year", "ex:tie pg:year", '"17"^^xsd:gYear', "maxCount pattern"),
    ("period", "task:2016-001 dcterms:temporal", "doc:rules", "maxCount class"),
    ("record-source", "coll:cities dcterms:source", '"plan"@en', "maxCount datatype"),
    ("Document-number", "doc:plan eli:id_local", "17", "maxCount datatype"),
    ("Document-date", "doc:plan eli:date_document", '"2016-10-31"', "maxCount datatype"),
    ("Document-language", "doc:plan dcterms:language", '"zh"', "maxCount nodeKind"),
    ("Document-source", "doc:plan prov:wasDerivedFrom", "doc:rules", "maxCount class"),
    ("Passage-within", "char:46\\,50 nif:superString", "char:0\\,10", "maxCount"),
    ("Passage-deadline", "char:24\\,27 pg:deadline", '"2016-11-30"^^xsd:date', "maxCount"),
    ("Section-number", "sec:2016 eli:number", "1", "maxCount datatype"),
    ("Section-theme", "sec:2016 dcterms:subject", "doc:rules, doc:plan", "maxCount class"),
    ("Section-stated-tasks", "sec:2016 pg:statedTaskCount", "-0.5", "maxCount datatype minInclusive"),
    ("Participation-open-list", "part:support-1 pg:openList", '"yes"', "maxCount datatype"),
    ("Participation-doubtful", "part:lead-1 pg:doubtful", '"yes"', "maxCount datatype"),
    ("Target-unit", "ex:target qudt:unit", '"万亩"', "maxCount nodeKind"),
    ("Target-baseline", "ex:target pg:baselineValue", "40", "maxCount datatype"),
    ("UnresolvedName-variant", "ex:name pg:suspectedVariantOf", "body:steel", "maxCount"),
    ("Body-parent", "body:czt org:subOrganizationOf", "body:steel", "maxCount"),
    ("Body-valid-from", "body:szf pg:validFrom", '"1955-08-01"', "maxCount datatype lessThanOrEquals"),
    ("Body-valid-from", "body:szf pg:validFrom", '"2031-01-01"^^xsd:date', "maxCount lessThanOrEquals"),
    ("Body-valid-until", "body:szf pg:validUntil", '"2030"^^xsd:gYear', "maxCount datatype"),
    ("Body-function", "body:gone pg:function", '"Finance"@en', "maxCount datatype pattern"),
    ("ChangeEvent-span", "ex:change pg:notBefore", '"2020-01-01"^^xsd:date', "maxCount lessThanOrEquals"),
    ("ChangeEvent-span", "ex:change pg:notBefore", '"2018"^^xsd:gYear', "maxCount datatype lessThanOrEquals"),
    ("CollectiveReference-standing-body", "coll:cities pg:standingBody", '"group"@en', "maxCount languageIn"),
    ("Place-first-list", "place:210100 pg:firstListed", '"2001-12-31"^^xsd:date', "maxCount datatype"),
    ("Place-last-list", "place:210100 pg:lastListed", '"2020"^^xsd:gYear', "maxCount datatype"),
    ("Place-parent", "place:210100 schema:containedInPlace", "place:210100", "maxCount"),
    ("Activity-draws", "ex:activity pg:draws", "-0.5", "maxCount datatype minInclusive"),
    ("Activity-seed", "ex:activity pg:seed", "-0.5", "maxCount datatype minInclusive"),
    ("Activity-switches", "ex:activity pg:switchesPerEdge", "-0.5", "maxCount datatype minInclusive"),
    ("LineageLink-score", "ex:lineage pg:score", "2", "maxCount datatype maxInclusive"),
    ("LineageLink-score", "ex:lineage pg:score", "-0.1", "maxCount minInclusive"),
    ("LineageLink-shared-wording", "ex:lineage pg:sharedWording", '"电价"', "datatype languageIn"),
)

# shape, a node it checks, the type that node must not lack, shapes that check the same node
NODES = (
    ("Document", "doc:rules", "eli:LegalResource", ""),
    ("Source", "ex:source", "prov:Entity", ""),
    ("Text", "ex:text", "nif:RFC5147String", ""),
    ("Passage", "char:46\\,50", "nif:RFC5147String", ""),
    ("OrganisationMention", "char:20\\,24", "pg:OrganisationMention", "Passage"),
    ("UnreadPassage", "char:90\\,95", "pg:UnreadPassage", "Passage"),
    ("Plan", "ex:plan", "prov:Entity", ""),
    ("Period", "period:2016", "", ""),
    ("Section", "sec:2016", "", "whole"),
    ("Concept", "<https://example.org/id/theme/institutions>", "", ""),
    ("Task", "task:2017-001", "pplan:Step", ""),
    ("Participation", "part:lead-1", "m8g:Participation", ""),
    ("Target", "ex:target", "qudt:QuantityValue", ""),
    ("UnresolvedName", "ex:name", "foaf:Agent", "agent"),
    ("QualityMeasurement", "ex:quality", "", ""),
    ("PublicOrganisation", "body:szf", "foaf:Agent", "agent"),
    ("FormalOrganization", "body:steel", "foaf:Agent", ""),
    ("ChangeEvent", "ex:change", "", ""),
    ("CollectiveReference", "coll:cities", "foaf:Agent", "agent"),
    ("agent", "body:szf", "foaf:Agent", "PublicOrganisation"),
    ("Place", "place:210100", "dcterms:Location", ""),
    ("Place", "place:210000", "m8g:AdminUnit", ""),
    ("Tie", "ex:tie", "", ""),
    ("DirectedTie", "ex:directed-tie", "", ""),
    ("Activity", "ex:activity", "prov:Activity", ""),
    ("Software", "ex:software", "", ""),
    ("LineageLink", "ex:lineage", "", ""),
    ("whole", "sec:2016", "", "Section"),
)

# shapes of another form
EDITS = (
    Case("preferred-name", "qualifiedMinCount", "body:czt skos:prefLabel []"),
    Case("preferred-name", "qualifiedMinCount", "place:210000 skos:prefLabel '辽宁省'@zh"),
    Case("preferred-name", "uniqueLang minLength", add='place:210100 skos:prefLabel ""@zh'),
    Case("preferred-name", "languageIn", add='ex:name skos:prefLabel "bureau", "Büro"@de'),
    Case("other-name", "languageIn minLength", add='coll:cities skos:altLabel ""@en'),
    Case("keywords", "languageIn", add='task:2017-001 schema:keywords "works"'),
    Case("registered-body", "minCount", add="ex:tie pg:between coll:cities", also="Tie-between"),
    Case("registered-body", "minCount", add="ex:name pg:candidate body:nowhere"),
    Case("registered-body", "minCount", add="coll:cities pg:possibleMember coll:cities"),
    Case("agent", "class", add="doc:plan dcterms:audience body:nowhere"),
    Case("agent", "class nodeKind pattern", add='task:2017-001 pg:leadBy "省财政厅"'),
    Case("whole", "or", "sec:2016 eli:is_part_of []", "sec:2016 eli:is_part_of ex:plan"),
    Case("whole", "or", "task:2017-001 dcterms:isPartOf []", "task:2017-001 dcterms:isPartOf sec:2019"),
    Case("Document", "class", add="task:2017-001 eli:cites doc:nowhere"),
    Case(
        "quoted-from",
        "nodeKind",
        "ex:target prov:wasQuotedFrom []",
        'ex:target prov:wasQuotedFrom "五十万亩"',
        also="Passage Passage-text Passage-words",
    ),
    Case("Task-wording", "minCount", "task:2017-001 prov:wasQuotedFrom []"),
    Case(
        "Task-wording",
        "nodeKind",
        "task:2017-001 prov:wasQuotedFrom []",
        'task:2017-001 prov:wasQuotedFrom "修路"',
        also="Passage Passage-text Passage-words",
    ),
    Case("Source-name", "datatype maxCount", add='ex:source pg:fileName "a.txt"@en'),
    Case("Source-name", "minCount", "ex:source pg:fileName []"),
    Case("Source-size", "datatype minInclusive maxCount", add="ex:source pg:byteCount -1.5"),
    Case("Source-size", "minCount", "ex:source pg:byteCount []"),
    Case("begin", "minCount", "char:0\\,10 nif:beginIndex []"),
    Case("begin", "maxCount datatype", add="char:11\\,17 nif:beginIndex 12"),
    Case("begin", "maxCount lessThanOrEquals", add='char:11\\,17 nif:beginIndex "18"^^xsd:nonNegativeInteger'),
    Case("end", "maxCount datatype", add='ex:text nif:endIndex "-1"^^xsd:nonNegativeInteger', also="begin"),
    Case("Text-begin", "hasValue", "ex:text nif:beginIndex []", 'ex:text nif:beginIndex "1"^^xsd:nonNegativeInteger'),
    Case("Passage-named", "minCount", add="char:46\\,50 itsrdf:taIdentRef body:nowhere"),
    Case("deadline", "datatype", add='task:2016-001 pg:deadline "2017"^^xsd:gYear'),
    Case("OrganisationMention-place", "minCount", "char:20\\,24 pg:containsPlaceName []"),
    Case("UnreadPassage-reason", "minCount", "char:90\\,95 pg:unreadReason '附件标题'@zh"),
    Case("UnreadPassage-reason", "maxCount uniqueLang", add="char:90\\,95 pg:unreadReason '附件'@zh"),
    Case("UnreadPassage-reason", "maxCount languageIn", add="char:90\\,95 pg:unreadReason 'Anhang'@de"),
    Case("label-in-both", "minCount", "period:2016 rdfs:label '2016'@en"),
    Case("label-in-both", "maxCount uniqueLang", add="period:2016 rdfs:label 'in 2016'@en"),
    Case("label-in-both", "maxCount languageIn", add="ex:activity rdfs:label 'Bindungen'@de"),
    Case("Concept-scheme", "minCount", "<https://example.org/id/theme/institutions> skos:inScheme []"),
    Case("Concept-scheme", "nodeKind", add='<https://example.org/id/theme/institutions> skos:inScheme "themes"'),
    Case("Participation-role-basis", "class", add="part:lead-1 pg:roleBasis ex:tie"),
    Case("Participation-role-basis", "nodeKind class", add='part:lead-1 pg:roleBasis "下同"'),
    Case("Passage-place", "datatype", add='char:46\\,50 pg:originalPlace "第一页"@zh'),
    Case("Passage-place", "minLength", add='char:46\\,50 pg:originalPlace ""'),
    Case("Notice-plan", "equals", "doc:notice eli:has_annex []"),
    Case("Notice-plan", "equals", "doc:plan eli:is_annex_of []"),
    Case("Document", "class", "doc:notice a eli:LegalResource"),
    Case("Document-annex", "maxCount", add="doc:plan eli:is_annex_of doc:rules", also="Notice-plan"),
    Case("Source-format", "pattern", "ex:source dcterms:format []", "ex:source dcterms:format ex:text"),
    Case("Task-places", "class", add="task:2017-001 dcterms:spatial place:nowhere"),
    Case("Task-deadline-wording", "languageIn", add='task:2016-001 pg:deadlineAsWritten "年内"'),
    Case("Task-deadlinePassage", "class", add="task:2016-001 pg:deadlinePassage ex:tie"),
    Case("Task-deadlinePassage", "nodeKind class", add='task:2016-001 pg:deadlinePassage "年内"'),
    Case("UnresolvedName-reason", "qualifiedMinCount", "ex:name pg:unresolvedReason '名录中没有此名'@zh"),
    Case("UnresolvedName-reason", "languageIn", add="ex:name pg:unresolvedReason 'unbekannt'@de"),
    Case(
        "UnresolvedName-reason-in-english", "qualifiedMinCount", "ex:name pg:unresolvedReason 'not in the register'@en"
    ),
    Case("Participation-task", "minCount", "task:2016-001 m8g:hasParticipation part:lead-1"),
    Case("Participation-task", "maxCount", add="task:2017-001 m8g:hasParticipation part:lead-1"),
    Case("PublicOrganisation-kind", "minCount", "body:czt org:classification []", also="registered-body"),
    Case("PublicOrganisation-kind", "maxCount in", add="body:czt org:classification pgkind:firm"),
    Case("Place", "class", add="body:czt pg:jurisdiction place:nowhere"),
    Case("Place-code", "minCount equals", "place:210000 m8g:code []"),
    Case("Place-code", "maxCount equals pattern", add='place:210000 m8g:code "21"'),
    Case("Place-code", "equals", "place:210000 skos:notation []", 'place:210000 skos:notation "210001"'),
    Case("Place-below-province", "in", add="place:210000 schema:containedInPlace place:210100"),
    Case("Tie-between", "minCount", "ex:tie pg:between body:szf"),
    Case("Tie-between", "maxCount", add="ex:tie pg:between body:steel"),
    Case("Tie-co-lead", "lessThanOrEquals", "ex:tie pg:coLeadTasks []", "ex:tie pg:coLeadTasks 3"),
    Case("Tie-lead-support", "minInclusive", "ex:tie pg:leadSupportTasks []", "ex:tie pg:leadSupportTasks -1"),
    Case("Tie-p", "lessThanOrEquals", "ex:tie pg:pValue []", "ex:tie pg:pValue 0.2"),
    Case("Activity", "class", add="ex:graph-shortcuts prov:wasGeneratedBy ex:nothing"),
    Case("Activity-method", "uniqueLang", add='ex:activity pg:method "swaps"@en'),
    Case("Activity-method", "languageIn", add='ex:activity pg:method "Tausch"@de'),
    Case("Activity-software", "minCount", "ex:activity prov:wasAssociatedWith []"),
    Case("Activity-software", "class", add="ex:activity prov:wasAssociatedWith body:szf"),
    Case("Software-name", "minCount", "ex:software rdfs:label []"),
    Case("LineageLink-earlier", "minCount", "ex:lineage pg:earlier []"),
    Case("LineageLink-earlier", "maxCount nodeKind", add='ex:lineage pg:earlier "2015-001"'),
    Case("LineageLink-earlier", "maxCount disjoint", add="ex:lineage pg:earlier task:2017-001"),
)


def cases() -> list[Case]:
    """Return every case, those written out and those that follow from the tables."""
    rows = list(EDITS)
    for shape, place, value, broken in EXACTLY_ONE:
        rows.append(Case(shape, "minCount", f"{place} []"))
        rows.append(Case(shape, f"maxCount {broken}", add=f"{place} {value}"))
    rows += [Case(shape, broken, add=f"{place} {value}") for shape, place, value, broken in AT_MOST_ONE]
    for shape, node, kind, also in NODES:
        rows.append(Case(shape, "pattern", also=also, rename=(node, "https://example.org/id/%E5%B9%B4")))
        rows.append(Case(shape, "nodeKind pattern", also="*", rename=(node, "")))
        if kind:
            rows.append(Case(shape, "class", f"{node} a {kind}", also="*"))
    return rows


@cache
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes.ttl", format="turtle")


def turtle(text: str) -> Graph:
    return Graph().parse(data=f"{PREFIXES}\n{text} .", format="turtle")


def edited(case: Case) -> Graph:
    """Return the valid graph with the edit of ``case``; raise AssertionError if it removes nothing."""
    graph = Graph().parse(data=VALID, format="turtle")
    for subject, predicate, value in turtle(case.remove) if case.remove else ():
        pattern = (subject, predicate, None if isinstance(value, BNode) else value)
        assert pattern in graph, f"{case.remove} is not in the valid graph"
        graph.remove(pattern)
    if case.add:
        graph += turtle(case.add)
    if case.rename:
        (old,) = turtle(f"{case.rename[0]} a rdfs:Resource").subjects()
        new = URIRef(case.rename[1]) if case.rename[1] else BNode()
        for triple in list(graph):
            if old in triple:
                graph.remove(triple)
                subject, predicate, value = triple
                graph.add((new if subject == old else subject, predicate, new if value == old else value))
    return graph


def validate(graph: Graph) -> tuple[bool, Graph]:
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes(), advanced=False, inference="none")
    return bool(conforms), report


def parameter(component: Node) -> str:
    """Return the parameter of a core constraint component: minCount of sh:MinCountConstraintComponent."""
    name = str(component).removeprefix(str(SH)).removesuffix("ConstraintComponent")
    return name[0].lower() + name[1:]


def local(node: Node) -> str:
    return str(node).removeprefix(str(PGSH))


def all_shapes() -> set[Node]:
    return {shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in shapes().subjects(RDF.type, kind)}


def with_target() -> set[Node]:
    return {shape for shape in all_shapes() if any(shapes().value(shape, target) for target in TARGETS)}


def names(case: Case) -> str:
    return f"{case.shape}-{case.components.strip().replace(' ', '+')}"


def test_the_valid_graph_conforms() -> None:
    graph = Graph().parse(data=VALID, format="turtle")
    assert validate(graph)[0]
    graph.parse(ONTOLOGY / "schemes.ttl", format="turtle")
    conforms, report = validate(graph)
    assert conforms, report.serialize()


def test_text_typed_as_string_is_the_same_as_plain_text() -> None:
    graph = Graph()
    for subject, predicate, value in Graph().parse(data=VALID, format="turtle"):
        plain = isinstance(value, Literal) and value.datatype is None and value.language is None
        graph.add((subject, predicate, Literal(value, datatype=XSD.string) if plain else value))
    assert validate(graph)[0]


@pytest.mark.parametrize("case", cases(), ids=names)
def test_an_edit_is_rejected_by_its_shape_in_both_languages(case: Case) -> None:
    conforms, report = validate(edited(case))
    assert not conforms
    rejecting = {local(shape) for shape in report.objects(None, SH.sourceShape)}
    if case.also != "*":
        assert rejecting == {case.shape, *case.also.split()}
    results = list(report.subjects(SH.sourceShape, PGSH[case.shape]))
    found = {component for result in results for component in report.objects(result, SH.sourceConstraintComponent)}
    assert {parameter(component) for component in found} == set(case.components.split())
    said = set(shapes().objects(PGSH[case.shape], SH.message))
    assert all(set(report.objects(result, SH.resultMessage)) == said for result in results)


def test_every_constraint_of_every_shape_has_a_case() -> None:
    stated = {
        (local(shape), str(predicate).removeprefix(str(SH)))
        for shape in with_target()
        for predicate in shapes().predicates(shape)
        if predicate not in NOT_CONSTRAINTS
    }
    shown = {(case.shape, component) for case in cases() for component in case.components.split()}
    assert shown == stated


def test_every_class_has_a_node_shape() -> None:
    expected = Graph().parse(data=VALID, format="turtle")
    classes = {kind for _, kind in expected.subject_objects(RDF.type)}
    covered = {
        kind
        for shape in shapes().subjects(RDF.type, SH.NodeShape)
        for predicate in (SH.targetClass, SH["class"])
        for kind in shapes().objects(shape, predicate)
    }
    assert classes - covered == {SKOS.ConceptScheme}


def test_a_shape_without_target_is_used_by_one_that_has_a_case() -> None:
    used = set(shapes().objects(None, SH.qualifiedValueShape))
    for members in shapes().objects(None, SH["or"]):
        used |= set(shapes().items(members))
    assert all_shapes() - with_target() == used


def test_every_shape_has_an_iri_and_says_what_is_wrong_in_both_languages() -> None:
    graph = shapes()
    for shape in all_shapes():
        assert isinstance(shape, URIRef) and shape in PGSH
        label = SH.name if (shape, RDF.type, SH.PropertyShape) in graph else RDFS.label
        for predicate in (label, SH.message):
            texts = [text for text in graph.objects(shape, predicate) if isinstance(text, Literal)]
            assert Counter(text.language for text in texts) == Counter(LANGUAGES), (local(shape), predicate)
            assert all(text.strip() for text in texts)
        for text in graph.objects(shape, SH.message):
            assert isinstance(text, Literal)
            assert text.endswith("。" if text.language == "zh" else ".")


def test_no_two_shapes_say_the_same() -> None:
    texts = Counter(shapes().objects(None, SH.message))
    assert [text for text, count in texts.items() if count > 1] == []


def test_the_shapes_are_core_shacl_and_well_formed() -> None:
    assert not any(shapes().objects(None, SH.sparql))
    valid = Graph().parse(data=VALID, format="turtle")
    assert pyshacl.validate(valid, shacl_graph=shapes(), meta_shacl=True)[0]


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [("Participation-role", "role"), ("Body-level", "level"), ("QualityMeasurement-metric", "metric")],
)
def test_lists_of_allowed_concepts_are_the_schemes(shape: str, scheme: str) -> None:
    concepts = set(schemes().subjects(SKOS.inScheme, URIRef(f"https://w3id.org/plan-graph/{scheme}/")))
    assert allowed(shape) == concepts


def test_kinds_are_divided_between_public_and_formal_organisations() -> None:
    kinds = set(schemes().subjects(SKOS.inScheme, URIRef("https://w3id.org/plan-graph/kind/")))
    public, formal = allowed("PublicOrganisation-kind"), allowed("FormalOrganization-kind")
    assert public | formal == kinds
    assert public & formal == set()


@cache
def schemes() -> Graph:
    return Graph().parse(ONTOLOGY / "schemes.ttl", format="turtle")


def allowed(shape: str) -> set[Node]:
    (values,) = shapes().objects(PGSH[shape], SH["in"])
    return set(shapes().items(values))
