"""What a document says of itself, before the first task and at its end, however it is set out."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.authority.issuer import issued_at
from plan_graph.authority.register import Register
from plan_graph.extraction.metadata import metadata
from plan_graph.extraction.outline import outline
from plan_graph.extraction.tasks import extract
from plan_graph.extraction.titles import collected
from plan_graph.model.plan import Metadata, Relation
from plan_graph.model.text import Span
from plan_graph.reading.text import decode

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

NOTICE = """各市人民政府，省政府各厅委、各直属机构：
　　现将《甲计划》印发给你们，请认真执行。

甲省人民政府
2016年10月30日

　　甲计划

　　为落实《乙意见》（国发〔2016〕1号）和《丙方案》，制定本计划。
"""


BODY = "为推进乙工作，结合甲市实际，制定本方案，具体内容如下所述。\n"


def read(text: str, before: str = "") -> Metadata:
    """Read a text; ``before`` is where its first numbered block begins."""
    return metadata(text, Span(0, text.index(before) if before else len(text)))


def words(text: str, span: Span | None) -> str:
    return span.of(text) if span else ""


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
        ("我局起草了《甲计划》（以下简称《计划》）。现将《计划》印发给你们。\n", "甲计划", "a short title there"),
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


def test_the_number_a_collection_gives_a_document_is_no_item() -> None:
    text = "7. 杭州市甲局 杭州市乙局关于印发某某方案的通知\n各单位：\n一、任务\n（一）推进甲。（责任单位：市丙局）\n（二）推进丁。\n"
    plan = extract(decode(text.encode(), "d", "7.txt"), Register.load())
    about = plan.metadata
    assert about.title == "杭州市甲局 杭州市乙局关于印发某某方案的通知"
    assert [one.name for one in about.issuers] == ["杭州市甲局", "杭州市乙局"]
    assert issued_at(plan, Register.load()).code == "330100"
    assert [task.number_as_written for task in plan.tasks] == ["（一）", "（二）"]


@pytest.mark.parametrize(
    "text",
    [
        "7. 推进甲市工作关于乙的方案\n一、任务\n",  # no body
        "1. 甲市乙局关于丙的通知\n2. 甲市丁局关于戊的通知\n",  # a list of documents
        "1. 甲市乙局关于丙的工作要加快\n2. 丁\n",
    ],
)
def test_the_number_of_an_item_is_none_of_a_collection(text: str) -> None:
    assert collected(text) is None


def test_a_signature_at_the_end() -> None:
    text = "甲意见\n为推进乙，提出意见。\n一、做好乙。\n国务院\n２０１２年１２月１日\n（此件公开发布）\n"
    about = read(text, "一、")
    assert (about.issuer, about.issued) == ("国务院", date(2012, 12, 1))
    assert words(text, about.issued_span) == "２０１２年１２月１日"
    assert words(text, about.issuer_span) == "国务院"


@pytest.mark.parametrize(
    ("end", "issuer", "reason"),
    [
        ("甲省人民政府办公厅\n2020年1月2日\n", "甲省人民政府办公厅", "last lines"),
        ("甲省人民政府办公厅\n2020年1月2日\n附件：1.清单\n", "甲省人民政府办公厅", "before the annexes"),
        ("甲省人民政府办公厅\n2020年1月2日\n（信息公开形式：主动公开）\n", "甲省人民政府办公厅", "a note of its form"),
        ("甲省人民政府办公厅\n（甲省数据局代章）\n2020年1月2日\n", "甲省人民政府办公厅", "sealed by another"),
        ("甲省人民政府办公厅（代章）\n2020年1月2日\n", "甲省人民政府办公厅", "sealed for it"),
        (
            "甲省制造业发展（数字经济）\n领导小组办公室\n2020年1月2日\n",
            "甲省制造业发展（数字经济）领导小组办公室",
            "two lines",
        ),
        ("甲省人民政府办公厅2020年1月2日（此件公开发布）", "甲省人民政府办公厅", "a text on one line"),
        ("甲省人民政府办公厅2020年1月2日相关附件：", "甲省人民政府办公厅", "a page on one line"),
        ("甲省财政厅办公室\n2020年1月2日印发\n", "", "who printed it, and when"),
        ("甲省财政厅办公室2020年1月2日印发\n", "", "printed, on one line"),
        ("省财政厅\n2020年1月2日\n", "", "cells of a table: who and by when"),
        ("甲省人民政府2020年1月2日召开会议。\n", "", "a sentence"),
    ],
)
def test_what_ends_a_document(end: str, issuer: str, reason: str) -> None:
    about = read("甲意见\n为推进乙。\n一、做好乙。" + ("\n" if end[-1] == "\n" else "") + end, "一、")
    assert about.issuer == issuer, reason
    assert about.issued == (date(2020, 1, 2) if issuer else None)


def test_a_date_alone_on_the_last_line_is_the_date_of_issue() -> None:
    about = read("甲意见\n为推进乙。\n一、做好乙。\n2020年1月2日\n", "一、")
    assert (about.issuer, about.issued) == ("", date(2020, 1, 2))


@pytest.mark.parametrize(
    ("written", "issued"),
    [
        ("二〇二一年十一月五日", date(2021, 11, 5)),
        ("二○二一年十一月五日", date(2021, 11, 5)),
        ("二零二一年十二月三十一日", date(2021, 12, 31)),
        ("二O二O年十月二十日", date(2020, 10, 20)),
        ("2 0 2 1年1 月 5 日", date(2021, 1, 5)),
        ("２０２１年１月６日", date(2021, 1, 6)),
        ("二〇二一年十三月一日", None),
    ],
)
def test_dates(written: str, issued: date | None) -> None:
    assert read(f"甲计划\n甲省人民政府\n{written}\n").issued == issued


def test_a_date_in_brackets_under_the_title() -> None:
    assert read("甲计划\n（2020年1月2日）\n").issued == date(2020, 1, 2)
    assert read("甲计划\n（2020年1月2日通过）\n").issued is None


@pytest.mark.parametrize(
    ("signed", "issuers", "reason"),
    [
        ("甲省发展和改革委员会\n甲省财政厅\n", ["甲省发展和改革委员会", "甲省财政厅"], "a line each"),
        ("甲省发展和改革委员会　　甲省财政厅\n", ["甲省发展和改革委员会", "甲省财政厅"], "beside each other"),
        ("甲省财政厅\n（盖章）\n", ["甲省财政厅"], "one, and where to seal"),
        (
            "甲乙部\n甲国人民银行\n乙局综合司\n全国丙妇联\n",
            ["甲乙部", "甲国人民银行", "乙局综合司", "全国丙妇联"],
            "the state",
        ),
        ("联系人：张某，联系电话：123\n甲省经济厅　甲省财政厅\n", ["甲省经济厅", "甲省财政厅"], "after whom to ask"),
        ("附件：1.丙清单\n2.丁表\n甲省经济厅\n甲省财政厅\n", ["甲省经济厅", "甲省财政厅"], "after the annexes"),
        ("附件：丙清单\n甲省经济厅\n甲省财政厅\n", ["甲省经济厅", "甲省财政厅"], "after one annex"),
    ],
)
def test_joint_issuers(signed: str, issuers: list[str], reason: str) -> None:
    text = f"乙方案\n{BODY}{signed}2020年1月2日\n"
    about = read(text)
    assert [one.name for one in about.issuers] == issuers, reason
    assert [one.span.of(text) for one in about.issuers] == issuers
    assert (about.issuer, about.issuer_span) == (about.issuers[0].name, about.issuers[0].span)


@pytest.mark.parametrize(
    ("text", "issuers", "reason"),
    [
        ("甲省财政厅文件\n关于做好乙的通知\n", ["甲省财政厅"], "the red head"),
        ("甲省经济厅\n甲省财政厅文件\n关于做好乙的通知\n", ["甲省经济厅", "甲省财政厅"], "a red head of two"),
        ("甲省人民政府令\n第5号\n甲省乙办法\n", ["甲省人民政府"], "an order"),
        ("甲省人民政府关于做好乙的通知\n", ["甲省人民政府"], "the title"),
        ("中共甲县委 甲县人民政府关于乙的意见\n", ["中共甲县委", "甲县人民政府"], "a title of two"),
        ("甲乙省丙厅甲乙省丁局关于戊的通知\n", ["甲乙省丙厅", "甲乙省丁局"], "two run together"),
        (
            "甲乙市丙局中共甲乙市委丁办公室甲乙市戊局文件\n关于己的通知\n",
            ["甲乙市丙局", "中共甲乙市委丁办公室", "甲乙市戊局"],
            "three",
        ),
        (
            "甲乙省丙局国网甲乙省电力公司文件\n关于丁的通知\n",
            ["甲乙省丙局", "国网甲乙省电力公司"],
            "a firm of the state",
        ),
        ("甲乙省丙厅稿纸甲乙省丙厅关于丁的通知\n", [], "what is between them is no body"),
        ("发文机关：甲省人民政府\n关于做好乙的通知\n", ["甲省人民政府"], "a field of the page"),
        (
            "发布机构: 甲乙区政府办公室\n区人民政府办公室关于丙的通知\n",
            ["甲乙区政府办公室"],
            "whose place the page says",
        ),
        ("发布机构: 甲乙区财政局\n区人民政府办公室关于丙的通知\n", ["区人民政府办公室"], "published by another"),
        ("甲省乙工作关于做好丙的通知\n", [], "no body"),
        ("做好乙的通知\n来源：甲省人民政府\n", [], "where a page was taken from"),
    ],
)
def test_issuers_without_signature(text: str, issuers: list[str], reason: str) -> None:
    about = read(text)
    assert [one.name for one in about.issuers] == issuers, reason
    assert [one.span.of(text) for one in about.issuers] == issuers


@pytest.mark.parametrize(
    ("text", "title", "reason"),
    [
        (
            "甲省人民政府关于加快发展\n乙产业的指导意见\n甲政发〔2020〕1号\n",
            "甲省人民政府关于加快发展乙产业的指导意见",
            "two",
        ),
        (
            "甲省乙和丙深度融合创新发展\n实施方案（２０２０年）\n",
            "甲省乙和丙深度融合创新发展实施方案（2020年）",
            "no 关于",
        ),
        ("甲县委办\n关于做好乙方案\n编制工作\n的通知\n", "甲县委办关于做好乙方案编制工作的通知", "four lines"),
        ("乙行动计划\n（2025—2027年）\n", "乙行动计划（2025—2027年）", "years below"),
        ("乙办法\n（试行）\n（此件公开发布）\n", "乙办法（试行）", "on trial, and public"),
        ("甲市人民政府关于乙的意见甲政发〔2025〕2号\n", "甲市人民政府关于乙的意见", "number on the line"),
        ("甲市政府文件甲政发〔2025〕2 号甲市政府关于乙的通知\n", "甲市政府关于乙的通知", "all three on the line"),
        ("甲市关于乙的意见各县人民政府，市直各部门：请办。", "甲市关于乙的意见", "addressees on the line"),
        (
            "甲省乙厅甲省乙厅关于征求丙意见的函省直有关部门:请回复。",
            "甲省乙厅关于征求丙意见的函",
            "a red head that ran on",
        ),
        (
            "关于商请会签丙的函省委丁部，" + "省戊厅、" * 60 + "省己局：请回复。",
            "关于商请会签丙的函",
            "many addressees",
        ),
        ("全文\n甲市乙方案\n", "甲市乙方案", "a heading of the page"),
        ("甲市关于征求《乙厅<丙措施>》意见的函\n", "甲市关于征求《乙厅<丙措施>》意见的函", "a title in a title"),
        ("首页 > 通知公告\n通知公告\n甲市乙工作方案\n字体：大 中 小\n", "甲市乙工作方案", "a page"),
        ("标　　题：甲市乙工作\n索 引 号：1\n为了乙。\n", "甲市乙工作", "a field of the page"),
        ("抄送：省委各部门。\n", "", "copies"),
    ],
)
def test_titles_over_lines(text: str, title: str, reason: str) -> None:
    about = read(text)
    assert about.title == title, reason
    assert about.notice is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("各市人民政府：", ["各市人民政府"]),
        ("各市、县人民政府，省直各部门:", ["各市、县人民政府", "省直各部门"]),
        ("省政府各厅委、各直属机构：", ["省政府各厅委", "省政府各直属机构"]),
        ("各县（市、区）人民政府，市直各部门：请办好，如下：", ["各县（市、区）人民政府", "市直各部门"]),
        ("各县人民政府，\n市直各部门：", ["各县人民政府", "市直各部门"]),
        ("各县人民政府，市直各\n部门：", ["各县人民政府", "市直各部门"]),
        ("各县（市、区）经信局，甲经开区、乙新区管委会：", ["各县（市、区）经信局", "甲经开区管委会", "乙新区管委会"]),
        ("请各市。抓紧落实：", []),  # a sentence
        ("各市人民政府", []),  # no colon
        ("为推进乙，提出以下意见：", []),  # a sentence
        ("抄送：省委各部门", []),  # copies
        ("发文机关：甲省人民政府", []),  # a field
        ("联系电话：123", []),
    ],
)
def test_addressees(line: str, names: list[str]) -> None:
    assert [a.name for a in read("甲市乙通知\n" + line + "\n").addressees] == names


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("甲计划\n甲政发〔2016〕3号\n", "甲政发〔2016〕3号", "under the title"),
        ("甲政发［２０１６］９ 号\n甲计划\n", "甲政发［2016］9号", "wide digits and a space"),
        ("甲计划\n（甲政发〔2016〕3号）\n", "甲政发〔2016〕3号", "in brackets"),
        ("甲省乙厅甲乙函〔2016〕3号甲省乙厅关于丙的函省直各部门：请办。", "甲乙函〔2016〕3号", "after the issuer"),
        ("甲发改ab[2016]第12号\n甲计划\n", "甲发改ab[2016]第12号", "letters, square brackets, 第"),
        ("甲政发〔2016〕3号　　签发人：某某\n甲计划\n", "甲政发〔2016〕3号", "who signed it beside"),
        ("甲省人民政府令\n第 5 号\n甲办法\n", "甲省人民政府令第5号", "an order"),
        ("甲部令第5号\n甲办法\n", "甲部令第5号", "an order on one line"),
        ("发文字号：甲政发〔2016〕3号\n甲计划\n", "甲政发〔2016〕3号", "a field of the page"),
        ("文　号\n甲政发〔2016〕3号\n甲计划\n", "甲政发〔2016〕3号", "a cell beside"),
        ("发布机构 甲办 文    号 甲政办〔2016〕3号\n甲计划\n", "甲政办〔2016〕3号", "fields beside each other"),
        ("甲计划\n来文号 甲政办〔2016〕3号\n", "", "another's"),
        ("甲计划\n按照甲政发〔2016〕3号执行\n", "", "another document's"),
        ("甲计划\n贯彻《乙》（甲政发〔2016〕3号）要求。\n", "", "a citation"),
    ],
)
def test_the_document_number(text: str, number: str, reason: str) -> None:
    about = read(text)
    assert about.number == number, reason
    assert "".join(words(text, about.number_span).split()).translate(str.maketrans("０１２６９", "01269")) == number


NOTICES = {
    "title in two lines, years in a third": (
        "甲市办公室关于印发乙\n行动计划\n（2025—2027年）的通知\n各县人民政府：\n现将《乙行动计划（2025—2027年）》"
        "印发给你们。\n甲市办公室\n2025年1月2日\n",
        "乙行动计划\n（2025—2027年）\n" + BODY,
        "甲市办公室关于印发乙行动计划（2025—2027年）的通知",
        "乙行动计划（2025—2027年）",
    ),
    "no title of its own": (
        "各县人民政府：\n《乙方案》已经市政府同意，现印发给你们。\n甲市办公室\n2025年1月2日\n（此件公开发布）\n",
        "　　乙方案\n" + BODY,
        "",
        "乙方案",
    ),
    "named in the title alone": (
        "甲市办公室关于印发“乙”方案的通知\n各县人民政府：\n请认真执行。\n甲市办公室\n2025年1月2日\n",
        "“乙”方案\n" + BODY,
        "甲市办公室关于印发“乙”方案的通知",
        "“乙”方案",
    ),
    "worded otherwise": (
        "甲市办公室关于印发《乙方案》的通知\n各县人民政府：\n现将《乙方案》印发给你们。\n甲市办公室\n2025年1月2日\n",
        "甲市乙工作方案\n" + BODY,
        "甲市办公室关于印发《乙方案》的通知",
        "甲市乙工作方案",
    ),
    "on one line": (
        "各县人民政府：《乙方案》已经市政府同意，现印发给你们。甲市办公室2025年1月2日",
        "乙方案" + BODY,
        "",
        "乙方案",
    ),
    "with numbers of its own": (
        "关于印发《乙方案》的通知\n各县人民政府：\n现将《乙方案》印发给你们，并要求：\n一、抓紧。\n二、抓好。\n"
        "甲市办公室\n2025年1月2日\n附件\n",
        "乙方案\n" + BODY,
        "关于印发《乙方案》的通知",
        "乙方案",
    ),
    "with wide digits in the plan": (
        "关于印发《2020年乙方案》的通知\n各县人民政府：\n请执行。\n甲市办公室\n2025年1月2日\n",
        "２０２０年乙\n方案\n" + BODY,
        "关于印发《2020年乙方案》的通知",
        "2020年乙方案",
    ),
}


@pytest.mark.parametrize("case", NOTICES)
def test_a_notice_and_its_plan_are_two_documents(case: str) -> None:
    carrier, plan, title, own = NOTICES[case]
    text = carrier + plan
    about = metadata(text, Span(0, text.find("一、") if "一、" in text else len(text)))
    assert about.title == own
    assert about.title_span is not None
    assert about.title_span.begin == len(carrier) + len(plan) - len(plan.lstrip())
    assert about.notice is not None
    assert about.notice.title == title
    assert about.notice.span == Span(0, len(carrier.rstrip()))
    assert bool(about.notice.title_span) == bool(title)
    assert (about.issued, about.issuer) == (date(2025, 1, 2), "甲市办公室")
    assert [a.name for a in about.addressees] == ["各县人民政府"]
    assert about.citations == ()


def test_a_notice_with_several_plans() -> None:
    text = (
        "甲市办公室关于印发乙丙两个方案的通知\n各县人民政府：\n《乙方案》《丙办法》已经市政府同意，现印发给你们。\n"
        "甲市办公室\n2025年1月2日\n\n乙方案\n\n为推进乙，制定本方案。\n一、甲事。（县甲局负责）\n二、要求。办好。\n\n"
        "丙办法\n\n为推进丙，制定本办法，具体内容如下所述。\n一、丁事。\n1．戊。（县丙局负责）\n2．己。（县乙局负责）\n附件\n清单\n一、庚。\n"
    )
    plan = extract(decode(text.encode(), "d", "d.txt"), Register.load())
    about = plan.metadata
    assert (about.title, about.notice, about.citations) == ("甲市办公室关于印发乙丙两个方案的通知", None, ())
    assert (about.issuer, about.issued) == ("甲市办公室", date(2025, 1, 2))
    assert [(s.path, s.title) for s in plan.sections] == [
        ((1,), "乙方案"),
        ((2,), "丙办法"),
        ((2, 1), "丁事"),
        ((2, 2), "清单"),
    ]
    assert [[s.of(text) for s in task.text_spans] for task in plan.tasks] == [
        ["甲事。"],
        ["要求。办好。"],  # no title and no purpose of the next plan
        ["戊。"],
        ["己。"],
        ["庚。"],
    ]
    assert plan.warnings == ()


def test_what_is_no_notice_of_a_plan() -> None:
    for text in (
        "甲市办公室关于做好乙工作的通知\n各县：\n请按照《丙方案》执行。\n",
        "甲市办公室关于印发乙清单的通知\n各县人民政府：\n乙如下。\n",
        "乙方案\n落实甲市印发的《丙意见》。\n",
    ):
        assert read(text).notice is None
        assert read(text).title == text.split("\n", maxsplit=1)[0]


def test_a_notice_whose_plan_stands_elsewhere() -> None:
    text = "各县：\n现将《乙方案》印发给你们。\n请执行。\n"
    about = read(text)
    assert about.title == "乙方案"
    assert about.notice is not None
    assert about.notice.span.of(text) == "各县：\n现将《乙方案》印发给你们。"


def test_the_number_before_the_name_of_this_notice_in_a_list_of_files() -> None:
    text = "各县：《乙方案》已经同意，现印发给你们。甲市办公室2025年1月2日乙方案" + BODY
    files = "一、做好乙。附件：甲府规〔2025〕8号关于印发《乙方案》的通知.pdf"
    about = read(text + files, "一、")
    assert about.number == "甲府规〔2025〕8号"
    assert words(text + files, about.number_span) == about.number
    assert read(text + files.replace("《乙方案》", "《丙方案》"), "一、").number == ""


PIECES = [
    "各市人民政府",
    "：",
    "\n",
    "　　",
    "现将",
    "《",
    "》",
    "乙方案",
    "印发给你们。",
    "甲市人民政府",
    "2025年1月2日",
    "（",
    "）",
]
PIECES += [
    "关于",
    "的通知",
    "甲政发〔2025〕2号",
    "文件",
    "领导小组办公室",
    "代章",
    "二〇二〇年一月一日",
    " ",
    "，",
    "一、",
    "（试行）",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.integers(0, 200))
@settings(max_examples=300, deadline=None)
def test_every_value_stands_where_its_span_says(text: str, before: int) -> None:
    about = metadata(text, Span(0, min(before, len(text))))
    pairs = [(about.title, about.title_span), (about.number, about.number_span), (about.issuer, about.issuer_span)]
    pairs += [(one.name, one.span) for one in about.issuers]
    if about.notice:
        pairs.append((about.notice.title, about.notice.title_span))
        assert about.notice.span.of(text).strip() == about.notice.span.of(text)
    for value, span in pairs:
        assert bool(value) == (span is not None)
        assert "".join(words(text, span).split()) == "".join(value.split())
    assert (about.issued is None) == (about.issued_span is None)


# What the texts of the shared corpus do not say (the index has it from the pages around them).
UNSAID = {
    "title": {"15", "16", "17", "18", "23", "24", "25", "26", "30"},
    "document_number": {"15", "16"},
    "issuer": {"16", "37"},
    "date": {"37"},
}
# Where the index gives the day a page was published, or another issuer than the one that signed.
OTHERWISE = {
    "title": {},
    "document_number": {},
    "issuer": {"30": "广安市人民政府"},
    "date": {
        "16": "2021-11-04",
        "17": "2022-09-28",
        "18": "2022-06-21",
        "23": "2020-09-10",
        "24": "2019-12-24",
        "25": "2019-02-19",
    },
}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus of real documents is not on this machine")
def test_the_shared_corpus() -> None:
    with (CORPUS / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["file"].endswith(".txt")]
    for row in rows:
        text = (CORPUS / row["file"]).read_text(encoding="utf-8")
        about = metadata(text, outline(text).preamble)
        name = row["file"][:2]
        found = {
            "title": about.notice.title if about.notice else about.title,
            "document_number": about.number,
            "issuer": about.issuer,
            "date": str(about.issued or ""),
        }
        for field, value in found.items():
            stated = "" if name in UNSAID[field] else OTHERWISE[field].get(name, row[field])
            assert value == stated or (field == "title" and stated and value.endswith(stated)), (row["file"], field)
