"""The words of clauses: labels, verbs, times, what is no name, and the heads of columns."""

from __future__ import annotations

import pytest

from plan_graph.extraction.markers import KINDS, LABEL, NOT_A_NAME, TIME, VERB, label_kind


def kind_of_label(words: str) -> str:
    hit = LABEL.fullmatch(words + "：")
    return (hit.lastgroup or "")[0] if hit else ""


def verb_of(words: str) -> tuple[str, str]:
    """Return the kind of the verb at the end and the names before it."""
    hit = VERB.fullmatch(words)
    return (next(kind for kind in "lgsr" if hit[kind]), hit["names"]) if hit else ("", words)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            "L",
            "牵头单位 牵头部门 牵头 牵头责任单位 牵头考核单位 牵头负责单位 主办单位 主办部门 主办 主责单位 第一责任单位 牵头处室",
        ),
        (
            "S",
            "配合单位 配合部门 配合 协办单位 协办 参与单位 参与部门 参加单位 协同单位 协同责任单位 协助单位 支持单位",
        ),
        ("S", "协作单位 配合责任单位 共同责任单位 会办单位 协同配合单位"),
        ("R", "责任单位 责任部门 责任主体 责任机构 责任 责任分工 任务分工 分工 落实单位 实施单位 承办单位 承办部门"),
        ("R", "具体责任单位 工作责任单位 负责单位 实施主体 责任处室 责任科室 执行单位 任务责任单位 整改责任单位"),
        ("G", "指导单位 督导单位 督办单位 业务指导单位 指导部门"),
        (
            "T",
            "完成时限 完成时间 时限 时间 期限 时间节点 时间进度 进度安排 办结时限 完成日期 完成期限 时限要求 推进时间",
        ),
        ("P", "责任领导 牵头领导 分管领导 责任人 负责人 联系人 包保领导 牵头人 具体责任人 责任市领导 分管省领导"),
        ("P", "县级领导 市级责任领导 包抓领导"),
        ("", "单位 任务 内容 组长 序号 备注 电话 责任书 附件 地点"),
    ],
)
def test_labels_have_kinds(kind: str, words: str) -> None:
    assert {word: kind_of_label(word) for word in words.split()} == dict.fromkeys(words.split(), kind)
    assert not kind or kind in KINDS


@pytest.mark.parametrize(
    ("words", "kind", "names"),
    [
        ("甲局牵头", "l", "甲局"),
        ("甲局牵头负责", "l", "甲局"),
        ("甲局牵头组织实施", "l", "甲局"),
        ("甲专班牵头单位牵头", "l", "甲专班牵头单位"),
        ("甲局负责牵头", "l", "甲局"),
        ("甲局主办", "l", "甲局"),
        ("乙局配合", "s", "乙局"),
        ("乙局、丙局按职责分工配合", "s", "乙局、丙局"),
        ("乙局参与", "s", "乙局"),
        ("乙局参加", "s", "乙局"),
        ("乙局协办", "s", "乙局"),
        ("乙局积极配合", "s", "乙局"),
        ("乙局密切配合", "s", "乙局"),
        ("乙局配合做好", "s", "乙局"),
        ("甲局负责", "r", "甲局"),
        ("甲局负责落实", "r", "甲局"),
        ("甲局、乙局按职责分工负责", "r", "甲局、乙局"),
        ("甲局、乙局按照各自职责分工负责", "r", "甲局、乙局"),
        ("甲局、乙局等部门按职责分工负责", "r", "甲局、乙局等部门"),
        ("甲局、乙局根据职责分工落实", "r", "甲局、乙局"),
        ("甲局具体负责", "r", "甲局"),
        ("甲局、乙局分别负责", "r", "甲局、乙局"),
        ("甲局、乙局共同负责", "r", "甲局、乙局"),
        ("甲局组织实施", "r", "甲局"),
        ("甲局指导", "g", "甲局"),
        ("甲局负责指导", "g", "甲局"),
        ("甲局督导", "g", "甲局"),
        ("甲局指导监督", "g", "甲局"),
        ("甲局", "", "甲局"),
        ("甲局负责人", "", "甲局负责人"),
        ("甲局牵头单位", "", "甲局牵头单位"),
    ],
)
def test_verbs_stand_at_the_end(words: str, kind: str, names: str) -> None:
    assert verb_of(words) == (kind, names)


@pytest.mark.parametrize(
    "words",
    [
        "6月底完成",
        "2021年6月底前",
        "2021年6月底前完成",
        "2021年12月31日前完成",
        "2021年底前",
        "２０２１年底前完成",
        "年内完成",
        "年底前",
        "今年底前完成",
        "到2025年",
        "于2021年6月底前完成",
        "2021年第三季度",
        "第二季度完成",
        "上半年完成",
        "2021年上半年",
        "2021年",
        "2021年6月",
        "6月中旬",
        "十二月底前完成",
        "持续推进",
        "持续实施",
        "长期坚持",
        "长期",
        "全年",
        "常态化推进",
        "立即整改",
        "按计划推进",
        "2021 年 6 月底前",
        "2021年底前基本完成",
        "汛前完成",
        "2021年春节前",
    ],
)
def test_times(words: str) -> None:
    assert TIME.fullmatch(words)


@pytest.mark.parametrize(
    "words", ["甲局", "各县政府", "市长期护理保险中心", "甲局负责", "乙局2021年底前完成", "三季度工作组", "甲年"]
)
def test_what_is_no_time(words: str) -> None:
    assert not TIME.fullmatch(words)


@pytest.mark.parametrize(
    "words",
    [
        "甲局2020年底前",
        "6月底前",
        "年内办结",
        "下同",
        "列首位的为牵头单位",
        "甲局：乙局",
        "甲局。乙局",
        "甲局负责",
        "由甲局",
    ],
)
def test_what_a_list_of_names_does_not_hold(words: str) -> None:
    assert NOT_A_NAME.search(words)


@pytest.mark.parametrize("words", ["甲局", "各县（市、区）政府", "市委办", "甲专班牵头单位", "市年鉴办", "甲大学"])
def test_names_pass(words: str) -> None:
    assert not NOT_A_NAME.search(words)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("牵头单位", "L"),
        ("市级牵头单位", "L"),
        ("牵头部门", "L"),
        ("责任单位", "R"),
        ("责任单位及责任人", "R"),
        ("市级责任单位", "R"),
        ("责任部门", "R"),
        ("责任科", "R"),  # 责任科（室）
        ("配合单位", "S"),
        ("协办部门", "S"),
        ("完成时限", "T"),
        ("拟投入运营时间", "T"),
        ("计划完成时间", "T"),
        ("进度安排", "T"),
        ("责任人", "P"),
        ("分管领导", "P"),
        ("序号", None),
        ("建议责任单位", None),  # of whom a plan asks something
        ("任务", None),
        ("工作内容", None),
        ("备注", None),
        ("", None),
    ],
)
def test_heads_of_columns_have_kinds(head: str, kind: str | None) -> None:
    assert label_kind(head) == kind
