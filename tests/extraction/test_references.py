"""Words that mean a document named before (上述文件, 该方案, 该《意见》): settled backwards, or open with the reason."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from plan_graph.authority.register import Register
from plan_graph.corpus import Options, build_corpus
from plan_graph.evaluate.found import load_build
from plan_graph.extraction.references import NONE_NAMED, SEVERAL, UNTITLED
from plan_graph.extraction.tasks import extract
from plan_graph.graph.store import read_quads
from plan_graph.iri import ELI
from plan_graph.model.plan import Plan, Reference, Relation
from plan_graph.reading.text import decode

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=150)
REGISTER = Register.load()


def read(text: str) -> Plan:
    return extract(decode(text.encode(), "d", "d.txt"), REGISTER)


def titles(one: Reference) -> list[str]:
    return [d.stands_for or d.title for d in one.documents]


def references(*tasks: str) -> list[Reference]:
    """Read tasks under one heading, and give the back references of the last."""
    items = "".join(f"（{'一二三四五'[i]}）{task}\n" for i, task in enumerate(tasks))
    return list(read(f"甲市工作安排\n一、任务\n{items}").tasks[-1].references)


@pytest.mark.parametrize(
    ("text", "written", "meant", "reason"),
    [
        ("落实《甲意见》，按上述文件办。", "上述文件", ["甲意见"], "the one document of the task"),
        ("落实《甲意见》，按前述文件办。", "前述文件", ["甲意见"], "前述"),
        ("落实《甲方案》，按该方案办。", "该方案", ["甲方案"], "a kind that the title ends with"),
        ("落实《甲方案（试行）》，按该方案办。", "该方案", ["甲方案（试行）"], "a bracket at the end of the title"),
        ("落实《甲实施方案》，按该方案办。", "该方案", ["甲实施方案"], "a longer kind in the title"),
        ("落实《甲实施方案》，按该实施方案办。", "该实施方案", ["甲实施方案"], "in the reference too"),
        ("落实《甲方案》，实施《乙规划》，按该方案办。", "该方案", ["甲方案"], "the other is of another kind"),
        ("落实《甲方案》。实施《乙方案》。按该方案办。", "该方案", ["乙方案"], "该 means one: the last before it"),
        ("落实《甲方案》。实施《乙规划》。按该文件办。", "该文件", ["乙规划"], "文件 is any document"),
        ("落实《关于印发甲方案的通知》，按该方案办。", "该方案", ["关于印发甲方案的通知"], "what a notice hands on"),
        ("落实《关于印发甲方案的通知》，按该通知办。", "该通知", ["关于印发甲方案的通知"], "and the notice"),
        ("落实《甲方案》和《乙意见》，按上述两个文件办。", "上述两个文件", ["甲方案", "乙意见"], "a list of so many"),
        ("落实《甲方案》。实施《乙意见》。按上述2个文件办。", "上述2个文件", ["甲方案", "乙意见"], "so many in all"),
        ("落实《甲方案》，再次落实《甲方案》，按上述文件办。", "上述文件", ["甲方案"], "one document named twice"),
        ("落实《甲方案》，按该方案办。实施《乙方案》。", "该方案", ["甲方案"], "never the one after it"),
        (
            "落实《甲省乙意见》（以下简称《意见》），按《意见》和上述文件办。",
            "上述文件",
            ["甲省乙意见"],
            "a short title",
        ),
        ("落实《甲办法》，这一办法要宣传。", "这一办法", ["甲办法"], "这一"),
    ],
)
def test_documents_meant(text: str, written: str, meant: list[str], reason: str) -> None:
    (one,) = references(text)
    assert (one.written, titles(one), one.reason) == (written, meant, ""), reason


@pytest.mark.parametrize(
    ("text", "candidates", "why", "reason"),
    [
        ("按上述文件办。", [], NONE_NAMED, "nothing before it"),
        ("按上述文件办，落实《甲意见》。", [], NONE_NAMED, "only after it"),
        ("落实《甲意见》，按该方案办。", [], NONE_NAMED, "none of the kind"),
        ("落实《甲方案》和《乙意见》，按上述文件办。", ["甲方案", "乙意见"], SEVERAL, "one of the list, or all of it"),
        ("落实《甲方案》和《乙方案》，按该方案办。", ["甲方案", "乙方案"], SEVERAL, "a list, though one is meant"),
        ("落实《甲方案》。实施《乙方案》。按上述方案办。", ["甲方案", "乙方案"], SEVERAL, "上述 may mean both"),
        ("落实《甲方案》和《乙意见》，按上述三个文件办。", ["甲方案", "乙意见"], SEVERAL, "three of two"),
        ("落实《甲方案》，制定实施方案，将该方案报送。", ["甲方案"], UNTITLED, "another plan came between"),
        ("落实《甲方案》，印发工作通知，按上述文件办。", ["甲方案"], UNTITLED, "another document came between"),
        ("落实《意见》，按上述文件办。", ["意见"], UNTITLED, "a short title that nothing introduced"),
    ],
)
def test_references_that_stay_open(text: str, candidates: list[str], why: str, reason: str) -> None:
    (one,) = references(text)
    assert (titles(one), one.reason) == (candidates, why), reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("落实《甲规划》，各地应该规划先行。", "应该 and a verb"),
        ("落实《甲规划》，该规划区内不得建设。", "another word"),
        ("落实《甲方案》，按照本方案办。", "本方案 is the plan itself"),
        ("落实《甲意见》，达到上述标准。", "a word that means other things, and no such document"),
        ("落实《甲方案》，实施方案。", "no word that points back"),
        ("在该项目中制定方案。", "another noun"),
    ],
)
def test_no_references(text: str, reason: str) -> None:
    assert references(text) == [], reason


@pytest.mark.parametrize(
    ("tasks", "meant", "why", "reason"),
    [
        (("落实《甲方案》。", "按该方案办。"), ["甲方案"], "", "the one of its kind in the section"),
        (("落实《甲方案》，实施《乙规划》。", "按该方案办。"), ["甲方案"], "", "beside one of another kind"),
        (("落实《甲方案》。", "实施《乙方案》。", "按该方案办。"), ["甲方案", "乙方案"], SEVERAL, "two in other tasks"),
        (("落实《甲方案》。", "实施《乙方案》，按该方案办。"), ["乙方案"], "", "the task's own comes first"),
        (("落实《甲方案》。", "制定实施方案，将该方案报送。"), ["甲方案"], UNTITLED, "the task has a new one"),
    ],
)
def test_other_tasks_of_the_section(tasks: tuple[str, ...], meant: list[str], why: str, reason: str) -> None:
    (one,) = references(*tasks)
    assert (titles(one), one.reason) == (meant, why), reason


def test_the_section_comes_before_the_text() -> None:
    plan = read("甲市安排\n一、甲\n（一）落实《甲方案》。\n二、乙\n（一）落实《乙方案》。\n（二）按该方案办。\n")
    assert titles(plan.tasks[-1].references[0]) == ["乙方案"]
    plan = read("甲市安排\n一、甲\n（一）落实《甲方案》。\n二、乙\n（一）做好丙。\n（二）按该方案办。\n")
    assert titles(plan.tasks[-1].references[0]) == ["甲方案"]


@pytest.mark.parametrize(
    ("text", "relation", "cue"),
    [
        ("宣传《甲办法》，汇编上述文件。", Relation.CITES, ""),
        ("宣传《甲办法》，落实上述文件要求。", Relation.IMPLEMENTS, "要求"),
        ("宣传《甲办法》，适时修订该办法。", Relation.REVISES, "修订"),
    ],
)
def test_relations(text: str, relation: Relation, cue: str) -> None:
    (one,) = references(text)
    assert (one.relation, one.cue) == (relation, cue)


@pytest.mark.parametrize(
    ("text", "full", "reason"),
    [
        ("落实《甲省乙意见》，按照上述《意见》办。", "甲省乙意见", "上述《意见》"),
        ("落实《甲省乙实施意见》，按照该《实施意见》办。", "甲省乙实施意见", "a longer kind"),
        ("落实《甲省乙意见》，按照《意见》办。", "", "no word that points back"),
        ("按照该《意见》办，落实《甲省乙意见》。", "", "never forward"),
        ("落实《甲意见》和《乙意见》，按照该《意见》办。", "", "two could be meant"),
    ],
)
def test_short_titles_that_a_word_points_back_with(text: str, full: str, reason: str) -> None:
    (task,) = read(f"甲市安排\n一、{text}\n").tasks
    (one,) = (c for c in task.citations if c.title in ("意见", "实施意见"))
    assert one.stands_for == full, reason
    assert bool(task.references) == (not full and "该《" in text), "an open one is kept with its reason"


def test_the_plan_itself_is_no_reference() -> None:
    plan = read("甲市乙方案\n现将《甲市乙方案》印发给你们。\n一、按该方案办。\n")
    assert plan.tasks[0].references == ()


def test_the_preamble() -> None:
    plan = read("甲市乙方案\n为落实《丙意见》，根据前述文件精神，制定本方案。\n一、做好丁。\n")
    (one,) = plan.metadata.references
    assert (titles(one), one.relation) == (["丙意见"], Relation.IMPLEMENTS)


@EXACT
@given(
    st.lists(
        st.sampled_from(["《甲方案》", "《乙意见》", "《意见》", "和", "。", "上述文件", "该方案", "上述两个", "按"])
    )
)
def test_a_reference_is_its_words_and_means_what_stands_before(pieces: list[str]) -> None:
    plan = read(f"甲市安排\n一、{''.join(pieces)}完\n")
    for one in plan.tasks[0].references:
        assert one.written == one.span.of(plan.document.text)
        assert all(d.span.end <= one.span.begin for d in one.documents)
        assert one.documents or one.reason == NONE_NAMED


def test_what_a_build_says_of_them(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    words = "一、落实《甲方案》。\n二、落实该方案要求。\n三、实施《乙方案》，按照上述文件精神，与上述三个文件衔接。\n"
    file.write_text(f"甲市安排\n{words}", encoding="utf-8")
    build_corpus([file], tmp_path / "b", Options(draws=0, keywords=False))
    rows = pq.read_table(tmp_path / "b" / "tables" / "citations.parquet").to_pylist()
    assert [(r["task"], r["title"], r["written"], r["stands_for"], r["reason"]) for r in rows] == [
        ("001", "甲方案", "《甲方案》", "", ""),
        ("002", "", "该方案", "甲方案", ""),
        ("003", "乙方案", "《乙方案》", "", ""),
        ("003", "", "上述文件", "乙方案", ""),
        ("003", "", "上述三个文件", "", SEVERAL),
    ]
    (build,) = load_build(tmp_path / "b")
    assert [item.citations for item in build.items] == [("甲方案",), (), ("乙方案",)], "gold lists titles in 《》 only"
    cited: dict[str, set[str]] = {}
    for quad in read_quads(tmp_path / "b"):
        if quad.predicate == ELI.based_on:
            assert isinstance(quad.subject, NamedNode)
            assert isinstance(quad.object, NamedNode)
            cited.setdefault(quad.subject.value.rsplit("/", 1)[1], set()).add(quad.object.value)
    assert cited["001"] == cited["002"], "one document, named once and meant once"
    assert len(cited["003"]) == 1, "what stays open is not in the graph"
