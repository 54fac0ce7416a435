"""What stands before the first task: title, number, issuer, date, addressees, documents it rests on."""

from __future__ import annotations

from datetime import date

import pytest

from plan_graph.extraction.metadata import metadata, rests_on
from plan_graph.model import Metadata, Relation, Span

NOTICE = """各市人民政府，省政府各厅委、各直属机构：
　　现将《甲计划》印发给你们，请认真执行。

甲省人民政府
2016年10月30日

　　甲计划

　　为落实《乙意见》（国发〔2016〕1号）和《丙方案》，制定本计划。
"""


def read(text: str) -> Metadata:
    return metadata(text, Span(0, len(text)))


def test_a_notice_that_forwards_a_plan() -> None:
    about = read(NOTICE)
    assert (about.title, about.number, about.issuer, about.issued) == (
        "甲计划",
        "",
        "甲省人民政府",
        date(2016, 10, 30),
    )
    assert [a.name for a in about.addressees] == ["各市人民政府", "省政府各厅委", "省政府各直属机构"]
    assert [a.span.of(NOTICE) for a in about.addressees] == ["各市人民政府", "省政府各厅委", "各直属机构"]
    assert about.title_span is not None
    assert about.title_span.begin == NOTICE.index("　甲计划") + 1  # the line of its own, not the notice's mention
    assert about.issuer_span is not None
    assert about.issuer_span.of(NOTICE) == "甲省人民政府"
    assert about.issued_span is not None
    assert about.issued_span.of(NOTICE) == "2016年10月30日"


def test_the_documents_it_rests_on() -> None:
    about = read(NOTICE)
    assert [(c.title, c.number, c.relation) for c in about.citations] == [
        ("乙意见", "国发〔2016〕1号", Relation.IMPLEMENTS),
        ("丙方案", "", Relation.IMPLEMENTS),
    ]
    assert rests_on(about.citations, Relation.IMPLEMENTS) == about.citations
    assert rests_on(about.citations, Relation.PRODUCES, Relation.CITES) == ()


def test_its_own_title_is_no_document_it_rests_on() -> None:
    about = read(NOTICE + "《甲计划》执行《丁规定》。\n")
    assert [c.title for c in about.citations] == ["乙意见", "丙方案", "丁规定"]


@pytest.mark.parametrize(
    ("text", "title", "reason"),
    [
        ("甲计划\n", "甲计划", "the first line"),
        ("　　甲计划　\n", "甲计划", "without the spaces around"),
        ("甲政发〔2016〕3号\n甲计划\n", "甲计划", "after the document number"),
        ("甲政发〔2016〕3 号\n甲计划\n", "甲计划", "a number with a space"),
        ("各市人民政府：\n甲计划\n", "甲计划", "after the addressees"),
        ("甲省人民政府\n2016年1月1日\n甲计划\n", "甲计划", "after issuer and date"),
        ("（此件公开发布）\n甲计划\n", "甲计划", "after a bracket"),
        ("为推进甲，制定本计划。\n", "", "a sentence is no title"),
        ("现将《甲计划》印发给你们。\n", "甲计划", "from the notice where it has no line of its own"),
        ("", "", "nothing"),
        ("\n \n", "", "blank lines"),
        ("甲" * 101 + "\n", "", "a line too long for a title"),
    ],
)
def test_titles(text: str, title: str, reason: str) -> None:
    about = read(text)
    assert about.title == title, reason
    assert (about.title_span.of(text) if about.title_span else "") == title


@pytest.mark.parametrize(
    ("text", "issued", "issuer", "reason"),
    [
        ("甲市人民政府\n2016年2月28日\n", date(2016, 2, 28), "甲市人民政府", "two lines"),
        ("　　甲市委员会\n　　2016年2月28日\n", date(2016, 2, 28), "甲市委员会", "indented"),
        ("甲省人民政府\n2016 年2 月28 日\n", date(2016, 2, 28), "甲省人民政府", "spaces out of a PDF"),
        ("甲计划\n2016年2月28日\n", date(2016, 2, 28), "", "a line that is no body"),
        ("2016年2月28日\n", None, "", "a date without a line before it"),
        ("甲市人民政府\n2016年2月30日\n", None, "", "no such day"),
        ("甲市人民政府\n2016年2月\n", None, "", "a month"),
        ("甲市人民政府于2016年2月28日印发\n", None, "", "a date in a sentence"),
    ],
)
def test_issuer_and_date(text: str, issued: date | None, issuer: str, reason: str) -> None:
    about = read(text)
    assert (about.issued, about.issuer) == (issued, issuer), reason
    assert (about.issued_span is None) == (issued is None)
    assert (about.issuer_span is None) == (not issuer)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("各市人民政府：", ["各市人民政府"]),
        ("各市、县人民政府，省直各部门:", ["各市", "县人民政府", "省直各部门"]),
        ("省政府各厅委、各直属机构：", ["省政府各厅委", "省政府各直属机构"]),
        ("请各市。抓紧落实：", []),  # a sentence
        ("各市人民政府", []),  # no colon
    ],
)
def test_addressees(line: str, names: list[str]) -> None:
    assert [a.name for a in read(line + "\n").addressees] == names


def test_the_document_number() -> None:
    assert read("甲计划\n甲政发〔2016〕3号\n").number == "甲政发〔2016〕3号"
    assert read("甲计划\n按照甲政发〔2016〕3号执行\n").number == ""
