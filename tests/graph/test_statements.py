"""What the graph says: against the gold, against the tables, and against itself."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from plan_graph.analysis.rows import memberships
from plan_graph.analysis.significance import ties as compute_ties
from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver
from plan_graph.build import resolve_names
from plan_graph.extraction.tasks import extract
from plan_graph.graph.statements.derived import describe_shortcuts
from plan_graph.graph.statements.document import describe_document
from plan_graph.graph.statements.registers import describe_registers, named
from plan_graph.graph.statements.writer import Graph, decimal_form, nquads
from plan_graph.graph.store import open_store, read_quads
from plan_graph.graph.validate import to_rdflib, validate
from plan_graph.iri import (
    DCTERMS,
    ELI,
    M8G,
    NIF,
    ORG,
    PG,
    PROV,
    QUDT,
    RDF,
    SCHEMA,
    SKOS,
    Base,
)
from plan_graph.model.network import Tie
from plan_graph.model.text import Document, Origin, Span

BASE = Base()
DOCUMENT = "ln-2016-revitalisation"


@pytest.fixture(scope="module")
def quads(built: Path) -> list[Quad]:
    return list(read_quads(built))


@pytest.fixture(scope="module")
def facts(quads: list[Quad]) -> dict[tuple[str, str], list[Any]]:
    """(subject, predicate) → objects."""
    found: dict[tuple[str, str], list[Any]] = {}
    for quad in quads:
        assert isinstance(quad.subject, NamedNode)
        found.setdefault((quad.subject.value, quad.predicate.value), []).append(quad.object)
    return found


def of_type(quads: list[Quad], one: NamedNode) -> set[str]:
    return {
        q.subject.value
        for q in quads
        if q.predicate == RDF.type and q.object == one and isinstance(q.subject, NamedNode)
    }


def test_participations_equal_the_gold(facts: dict[Any, list[Any]], gold: list[dict[str, Any]]) -> None:
    for task in gold:
        iri = BASE.iri("task", document=DOCUMENT, task=task["task"]).value
        stated: dict[str, list[tuple[int, str]]] = {"lead": [], "support": []}
        for one in facts[iri, M8G.hasParticipation.value]:
            (role,) = facts[one.value, M8G.role.value]
            (name,) = facts[one.value, PG.nameAsWritten.value]
            (at,) = facts[one.value, SCHEMA.position.value]
            stated[role.value.rsplit("/", 1)[1]].append((int(at.value), name.value))
        assert [n for _, n in sorted(stated["lead"])] == task["lead"]
        assert [n for _, n in sorted(stated["support"])] == task["support"]


def test_every_passage_is_its_text(quads: list[Quad], facts: dict[Any, list[Any]], built: Path) -> None:
    text = (built / "text" / f"{DOCUMENT}.txt").read_bytes().decode()
    passages = of_type(quads, NIF.RFC5147String) - of_type(quads, NIF.Context)
    assert len(passages) > 1000
    for iri in passages:
        (begin,), (end,), (words,) = (facts[iri, p.value] for p in (NIF.beginIndex, NIF.endIndex, NIF.anchorOf))
        assert text[int(begin.value) : int(end.value)] == words.value
        assert iri.endswith(f"#char={begin.value},{end.value}")
    (whole,) = of_type(quads, NIF.Context)
    assert facts[whole, NIF.endIndex.value][0].value == str(len(text))
    assert facts[whole, PG.sha256.value][0].value == hashlib.sha256(text.encode()).hexdigest()


def test_every_fact_of_a_task_has_its_passage(quads: list[Quad], facts: dict[Any, list[Any]]) -> None:
    for kind in (M8G.Participation, PG.Task, PG.Target):
        for iri in of_type(quads, kind):
            assert facts.get((iri, PROV.wasQuotedFrom.value)), iri
    named: dict[str, set[str]] = {}
    for (subject, predicate), objects in facts.items():
        if predicate == "http://www.w3.org/2005/11/its/rdf#taIdentRef":
            for whole in facts.get((subject, NIF.superString.value), []):
                named.setdefault(whole.value, set()).update(o.value for o in objects)
    for iri in of_type(quads, PG.Task):
        (wording,) = facts[iri, PROV.wasQuotedFrom.value]
        for predicate in (DCTERMS.spatial, ELI.cites, ELI.based_on, PG.produces, PG.revises):
            for value in facts.get((iri, predicate.value), []):
                assert value.value in named[wording.value], (iri, predicate, value)
        assert set(map(str, facts.get((iri, ELI.based_on.value), []))) <= set(
            map(str, facts.get((iri, ELI.cites.value), []))
        )


def test_shortcuts_are_what_the_participations_say(quads: list[Quad]) -> None:
    shortcuts = BASE.iri("graph", name="shortcuts")
    held = {q for q in quads if q.graph_name == shortcuts}
    assert held == set(describe_shortcuts([q for q in quads if q.graph_name != shortcuts], BASE).quads)
    assert sum(q.predicate == PG.leadBy for q in held) == 326
    assert sum(q.predicate == PG.supportedBy for q in held) == 410


def test_graphs_keep_stated_and_derived_apart(quads: list[Quad]) -> None:
    names = {q.graph_name.value.removeprefix(BASE.base) for q in quads if isinstance(q.graph_name, NamedNode)}
    assert names == {
        f"graph/{n}" for n in (DOCUMENT, "authority", "vocabulary", "shortcuts", "keywords", "lineage", "ties")
    }
    home = {
        PG.leadBy: "shortcuts",
        PG.supportedBy: "shortcuts",
        SCHEMA.keywords: "keywords",
        PG.sharedTasks: "ties",
        M8G.hasParticipation: DOCUMENT,
        ORG.classification: "authority",
    }
    for predicate, name in home.items():
        found = {q.graph_name for q in quads if q.predicate == predicate}
        assert found == {BASE.iri("graph", name=name)}, predicate


def test_every_graph_names_the_activity_that_made_it(quads: list[Quad]) -> None:
    made = {q.subject for q in quads if q.predicate == PROV.wasGeneratedBy}
    assert made == {q.graph_name for q in quads}


def test_the_document(facts: dict[Any, list[Any]]) -> None:
    iri = BASE.iri("document", id=DOCUMENT).value

    def values(predicate: NamedNode) -> set[str]:
        return {o.value.removeprefix(BASE.base) for o in facts.get((iri, predicate.value), [])}

    assert values(DCTERMS.title) == {"加快推进辽宁老工业基地新一轮振兴发展三年滚动计划（2016-2018年）（修订稿）"}
    assert values(ELI.date_document) == {"2016-10-30"}
    assert values(ELI.passed_by) == {"body/210000/szf"}
    assert len(values(DCTERMS.audience)) == 3
    assert len(values(ELI.based_on)) == 2
    assert len(values(ELI.amends)) == 1
    numbers = {
        o.value for cited in facts[iri, ELI.cites.value] for o in facts.get((cited.value, ELI.id_local.value), [])
    }
    assert numbers == {"中发〔2016〕7号", "辽委发〔2016〕17号", "发改振兴〔2016〕1772号"}


def test_the_notice_that_carries_the_plan(facts: dict[Any, list[Any]], built: Path) -> None:
    plan = BASE.iri("document", id=DOCUMENT)
    notice = BASE.iri("document", id=f"{DOCUMENT}/notice")
    assert facts[notice.value, ELI.has_annex.value] == [plan]
    assert facts[plan.value, ELI.is_annex_of.value] == [notice]
    for predicate in (ELI.date_document, ELI.passed_by, DCTERMS.audience, PROV.wasDerivedFrom):
        assert set(facts[notice.value, predicate.value]) == set(facts[plan.value, predicate.value])
    (title,) = facts[notice.value, DCTERMS.title.value]
    assert title.value == f"《{facts[plan.value, DCTERMS.title.value][0].value}》的印发通知（原文未列标题）"
    assert facts[notice.value, DCTERMS.identifier.value][0].value == f"{DOCUMENT}/notice"
    text = (built / "text" / f"{DOCUMENT}.txt").read_bytes().decode()
    quoted = [facts[p.value, NIF.anchorOf.value][0].value for p in facts[notice.value, PROV.wasQuotedFrom.value]]
    assert sorted(quoted, key=len) == ["2016年10月30日", text[: text.index("2016年10月30日") + 11]]


NOTICE = "甲市办公室关于印发《乙方案》的通知\n甲办发〔2020〕5号\n现将《乙方案》印发给你们。\n"
SIGNED = "甲市办公室\n甲市财政局\n2020年1月2日\n"
PLAN = "乙方案\n为推进乙工作，结合甲市实际，制定本方案。\n一、修路。\n（一）修好路。（责任单位：甲市财政局）\n"


def described(
    register: Register, text: str, media_type: str = "text/plain", places: Mapping[str, str] | None = None
) -> dict[Any, list[Any]]:
    """Describe a text, parts of which stand in ``places`` of the original; what is said must hold by the shapes."""
    origins = [
        Origin(Span(text.index(words), text.index(words) + len(words)), place)
        for words, place in (places or {}).items()
    ]
    raw = text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    document = Document(
        "sample", "sample", text, "utf-8", b"", (), digest, len(raw), media_type=media_type, origins=tuple(origins)
    )
    plan = extract(document, register)
    resolver = Resolver(register, "", plan.metadata.issued, frozenset())
    resolutions = {one.name: resolver.resolve(one.name) for one in plan.metadata.issuers}
    resolutions |= resolve_names(plan, register)
    graph = describe_document(plan, resolutions, {}, register, BASE)
    report = validate(
        to_rdflib(
            [*graph.quads, *describe_registers(named([(plan, resolutions.values())], register), register, BASE).quads]
        )
    )
    assert [finding.en for finding in report.findings] == []
    found: dict[tuple[str, str], list[Any]] = {}
    for quad in graph.quads:
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        found.setdefault((quad.subject.value, quad.predicate.value), []).append(quad.object)
    return found


def test_a_notice_with_a_title_and_two_issuers(register: Register) -> None:
    found = described(register, NOTICE + SIGNED + PLAN)
    for name, title in (("sample/notice", "甲市办公室关于印发《乙方案》的通知"), ("sample", "乙方案")):
        iri = BASE.iri("document", id=name).value
        assert [t.value for t in found[iri, DCTERMS.title.value]] == [title]
        assert [t.value for t in found[iri, ELI.id_local.value]] == ["甲办发〔2020〕5号"]
        issuers = {found[i.value, SKOS.prefLabel.value][0].value for i in found[iri, ELI.passed_by.value]}
        assert issuers == {"甲市办公室", "甲市财政局"}
        quoted = {found[p.value, NIF.anchorOf.value][0].value for p in found[iri, PROV.wasQuotedFrom.value]}
        assert {title, "甲办发〔2020〕5号", "2020年1月2日"} <= quoted


def test_a_plan_without_notice_is_one_document(register: Register) -> None:
    found = described(register, PLAN)
    documents = {s for (s, p), o in found.items() if p == RDF.type.value and ELI.LegalResource in o}
    assert documents == {BASE.iri("document", id="sample").value}
    assert not any(p in (ELI.has_annex.value, ELI.is_annex_of.value) for _, p in found)


def test_passages_give_their_places_in_the_original(register: Register) -> None:
    found = described(register, PLAN, "application/pdf", {"为推进乙": "page=1", "修好": "page=2", "路。（": "page=3"})
    source = BASE.iri("source", document="sample")
    (media,) = found[source.value, DCTERMS.format.value]
    assert media.value == "https://www.iana.org/assignments/media-types/application/pdf"
    placed = {
        found[s, NIF.anchorOf.value][0].value: [v.value for v in o]
        for (s, p), o in found.items()
        if p == PG.originalPlace.value
    }
    assert placed["修好路。"] == ["page=2", "page=3"]
    assert "乙方案" not in placed
    for (subject, predicate), values in found.items():
        if predicate == PROV.wasDerivedFrom.value and "#char=" in subject:
            assert values[0] == source
            assert (subject, PG.originalPlace.value) in found


def test_a_text_file_has_no_other_places(quads: list[Quad], facts: dict[Any, list[Any]]) -> None:
    assert not [q for q in quads if q.predicate == PG.originalPlace]
    (media,) = facts[BASE.iri("source", document=DOCUMENT).value, DCTERMS.format.value]
    assert media.value == "https://www.iana.org/assignments/media-types/text/plain"


def test_sections_and_themes(quads: list[Quad], facts: dict[Any, list[Any]]) -> None:
    stated = {
        facts[iri, PG.year.value][0].value: int(facts[iri, PG.statedTaskCount.value][0].value)
        for iri in of_type(quads, ELI.LegalResourceSubdivision)
        if (iri, PG.statedTaskCount.value) in facts
    }
    assert stated == {"2016": 106, "2017": 57, "2018": 30}
    themes = Counter(o.value for (_, p), objects in facts.items() if p == DCTERMS.subject.value for o in objects)
    assert sorted(themes.values()) == [2, 3, 3, 3, 3]  # five themes shared across the years; 2018 has four


def test_the_slip_is_kept_and_flagged(quads: list[Quad], facts: dict[Any, list[Any]]) -> None:
    (name,) = of_type(quads, PG.UnresolvedName)
    assert facts[name, SKOS.prefLabel.value][0].value == "省林业局"
    assert facts[name, PG.suspectedVariantOf.value] == [BASE.iri("body", id="210000/lyt")]
    pointed = [s for (s, p), objects in facts.items() if p == M8G.hasParticipant.value and NamedNode(name) in objects]
    assert pointed == [f"{BASE.base}participation/{DOCUMENT}/2016-057/support-4"]


def test_collectives(facts: dict[Any, list[Any]]) -> None:
    everyone = BASE.iri("collective", id="210000/ge-shi-zf").value
    assert len(facts[everyone, PG.possibleMember.value]) == 14
    assert facts[everyone, PG.memberRule.value][0].value == "all"
    some = BASE.iri("collective", id="210000/youguan-shi-zf").value
    assert facts[some, PG.memberRule.value][0].value == "some"


def test_every_body_of_the_plan_is_described(quads: list[Quad], facts: dict[Any, list[Any]]) -> None:
    bodies = {
        o.value
        for (_, p), objects in facts.items()
        if p == M8G.hasParticipant.value
        for o in objects
        if "/body/" in o.value
    }
    assert len(bodies) == 65
    for iri in bodies:
        for predicate in (
            SKOS.prefLabel,
            DCTERMS.identifier,
            DCTERMS.title,
            DCTERMS.spatial,
            ORG.classification,
            M8G.level,
        ):
            assert (iri, predicate.value) in facts, (iri, predicate)
    del quads


def test_targets_count_the_unit_as_written(facts: dict[Any, list[Any]]) -> None:
    target = BASE.iri("target", document=DOCUMENT, task="2016-057", number=1).value
    assert facts[target, QUDT.numericValue.value][0].value == "180.0"
    assert facts[target, QUDT.unit.value] == [PG["unit-TenThousandMu"]]
    assert facts[target, SCHEMA.unitText.value][0].value == "万亩"
    rise = BASE.iri("target", document=DOCUMENT, task="2016-089", number=1).value
    assert facts[rise, PG.baselineValue.value][0].value == "40.0"


def test_ties_are_what_the_participations_give(built: Path, facts: dict[Any, list[Any]], quads: list[Quad]) -> None:
    table = compute_ties(memberships(open_store(built)), draws=1000, seed=0)
    published = of_type(quads, PG.Tie)
    assert len(published) == len(table.ties)

    def check(tie: Tie) -> None:
        period = "all" if tie.year is None else str(tie.year)
        left, right = tie.left.replace("/", "."), tie.right.replace("/", ".")
        iri = BASE.iri("tie", period=period, left=left, right=right).value
        assert int(facts[iri, PG.sharedTasks.value][0].value) == tie.shared
        assert float(facts[iri, PG.pValue.value][0].value) == tie.p
        assert float(facts[iri, PG.expectedTasks.value][0].value) == tie.expected

    for tie in table.ties:
        check(tie)
    (most,) = [t for t in table.ties if t.year is None and {t.left, t.right} == {"210000/fgw", "210000/czt"}]
    assert most.shared == 30
    assert 31 < most.expected < 33
    assert most.p > 0.7


def test_tables_and_graph_agree(built: Path, facts: dict[Any, list[Any]]) -> None:
    rows = pq.read_table(built / "tables" / "participations.parquet").to_pylist()
    stated = Counter(
        (s.value.rsplit("/", 2)[-2], p.value.rsplit("/", 1)[1])
        for (subject, predicate), objects in facts.items()
        if predicate == M8G.role.value
        for s, p in [(NamedNode(subject), objects[0])]
    )
    assert Counter((r["task"], r["role"]) for r in rows) == stated
    words = {(r["task"], r["word"]) for r in pq.read_table(built / "tables" / "keywords.parquet").to_pylist()}
    published = {
        (s.rsplit("/", 1)[1], o.value)
        for (s, p), objects in facts.items()
        if p == SCHEMA.keywords.value and "/task/" in s
        for o in objects
    }
    assert words == published


def test_labels_have_a_language(quads: list[Quad]) -> None:
    for quad in quads:
        if quad.predicate in (SKOS.prefLabel, SKOS.altLabel, DCTERMS.title, PG.nameAsWritten, SCHEMA.keywords):
            assert isinstance(quad.object, Literal)
            assert quad.object.language in ("zh", "en"), quad


def test_iris_are_ascii_and_parse_back(quads: list[Quad]) -> None:
    mine = {
        node.value
        for quad in quads
        for node in (quad.subject, quad.object)
        if isinstance(node, NamedNode) and node.value.startswith(BASE.base)
    }
    for iri in mine:
        assert re.fullmatch(r"[!-~]+", iri)
        assert "%" not in iri
        BASE.parse(iri)


def test_a_graph_writes_each_quad_once_and_sorted() -> None:
    graph = Graph(BASE, "sample")
    for value in (2, 1, 2):
        graph.integer(BASE.iri("place", code="210100"), SCHEMA.position, value)
    lines = nquads(graph.quads).splitlines()
    assert len(lines) == 2
    assert lines == sorted(lines)
    assert nquads([]) == b""


@pytest.mark.parametrize(
    ("value", "written"), [(0.1, "0.1"), (1e-07, "0.0000001"), (1e16, "10000000000000000.0"), (3.0, "3.0")]
)
def test_decimals_have_no_exponent(value: float, written: str) -> None:
    assert decimal_form(value) == written
