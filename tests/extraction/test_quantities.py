"""Quantified targets and deadlines: what counts, what does not, value, unit, comparator and day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.extraction.quantities import clause_deadlines, deadlines, targets
from plan_graph.model.plan import Deadline, Target
from plan_graph.model.text import Span

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)


def find(text: str) -> tuple[Target, ...]:
    return targets(text, Span(0, len(text)))


def due(text: str, year: int | None = 2016) -> tuple[Deadline, ...]:
    return deadlines(text, Span(0, len(text)), year)


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator", "counted"),
    [
        ("新建农田180万亩", "180", "万亩", "=", "农田"),
        ("吸引资本500亿元", "500", "亿元", "=", "资本"),
        ("高职40个", "40", "个", "=", "高职"),
        ("支持4所高校", "4", "所", "=", "高校"),
        ("投资1.5亿元", "1.5", "亿元", "=", "投资"),
        ("投资1,234.5万元", "1234.5", "万元", "=", "投资"),  # not 234.5
        ("培育１０家企业", "10", "家", "=", "企业"),  # full-width digits
        ("覆盖率达到95％", "95", "%", "=", "覆盖率"),
        ("比重提高3个百分点", "3", "个百分点", "=", "比重提高"),
        ("出台两个配套文件", "2", "个", "=", "配套文件"),
        ("建设十二个园区", "12", "个", "=", "园区"),
        ("二十一所学校", "21", "所", "=", "学校"),
        ("每村至少一人", "1", "人", ">=", "每村"),
        ("占比不低于60%", "60", "%", ">=", "占比"),
        ("占比低于60%", "60", "%", "<", "占比"),
        ("占比不高于60%", "60", "%", "<=", "占比"),
        ("用时不超过3个", "3", "个", "<=", "用时"),
        ("产值超过500亿元", "500", "亿元", ">", "产值"),
        ("产值突破了500亿元", "500", "亿元", ">", "产值"),
        ("里程约30公里", "30", "公里", "~", "里程"),
        ("培训10个左右", "10", "个", "~", "培训"),
        ("产值500亿元以上", "500", "亿元", ">=", "产值"),
        ("企业二十家以上", "20", "家", ">=", "企业"),
        ("企业100家及以上。", "100", "家", ">=", "企业"),
        ("企业100家以上，其中甲业占大部分", "100", "家", ">=", "企业"),
        ("企业5家以内", "5", "家", "<=", "企业"),
        ("（省级100个）", "100", "个", "=", "省级"),  # a bracket is no part of the phrase
        ("　　专管员不少于2名", "2", "名", ">=", "专管员"),
    ],
)
def test_a_target(text: str, value: str, unit: str, comparator: str, counted: str) -> None:
    (one,) = find(text)
    assert (one.value, one.unit, one.comparator, one.baseline) == (Decimal(value), unit, comparator, None)
    assert counted in one.counted


@pytest.mark.parametrize(
    ("text", "baseline", "value", "unit", "comparator"),
    [
        ("比例由40%提高到80%", "40", "80", "%", "="),
        ("比例由2.5%提高至3.5％", "2.5", "3.5", "%", "="),
        ("里程从30公里增加到50公里", "30", "50", "公里", "="),  # the whole unit
        ("企业由1,000家增加到2,000家", "1000", "2000", "家", "="),
        ("能耗从12个百分点下降到10个百分点", "12", "10", "个百分点", "="),
        ("里程由5千米扩大到8千米以上", "5", "8", "千米", ">="),
    ],
)
def test_a_target_with_its_baseline(text: str, baseline: str, value: str, unit: str, comparator: str) -> None:
    (one,) = find(text)
    assert (one.value, one.baseline) == (Decimal(value), Decimal(baseline))
    assert (one.unit, one.comparator) == (unit, comparator)
    assert one.span.of(text) == text[text.index(baseline[0]) :]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("建设500千伏变电站", "a specification"),
        ("地铁5号线", "a name"),
        ("35蒸吨及以上锅炉", "a class of size in another unit"),
        ("20吨以上工业锅炉", "a class of size"),
        ("两个以上配套文件", "a class of size in words"),
        ("第一批项目", "an ordinal"),
        ("第3个五年", "an ordinal in digits"),
        ("一个中心", "indefinite"),
        ("每县一所学校", "indefinite again"),
        ("一批项目", "indefinite without a unit"),
        ("若干家企业", "no number"),
        ("三个方面", "what the text itself is divided into"),
        ("三个月", "a time"),
        ("5年内", "a span of time"),
        ("2016年", "a year"),
        ("从2016年增加到2018年", "two years"),
        ("12月", "a month"),
        ("“百家千户1个”计划", "a slogan"),
        ("《30个甲办法》", "a title"),
        ("3至5个", "a range has no one value"),
        ("3-5家", "a range with a hyphen"),
        ("10—20家", "and a dash"),
        ("3个至5个", "and the unit twice"),
        ("三至五家", "and in words"),
        ("两三个园区", "about that many"),
        ("20余家", "more than that, unknown"),
        ("下降-3%", "below zero"),
        ("1，200家", "a number with a full-width comma may be two"),
        ("编号2016-57项", "part of a number"),
        ("1.5万亿元", "a unit that is not on the list"),
    ],
)
def test_no_target(text: str, reason: str) -> None:
    assert find(text) == (), reason


def test_targets_come_in_order_and_apart() -> None:
    text = "建成两个园区、3个中心，投资由5亿元增加到8亿元，企业10家"
    assert [(str(t.value), t.span.of(text)) for t in find(text)] == [
        ("2", "两个"),
        ("3", "3个"),
        ("8", "5亿元增加到8亿元"),
        ("10", "10家"),
    ]


def test_the_phrase_of_one_number_is_not_the_next_ones() -> None:
    assert [t.counted for t in find("甲率和乙率分别达到55%和50%")] == ["甲率和乙率分别", ""]
    assert [t.counted for t in find("甲3个左右和乙5个")] == ["甲", "乙"]


def test_only_the_given_stretch_counts() -> None:
    text = "甲3个，乙5个，丙7个"
    assert [t.value for t in targets(text, Span(4, 8))] == [5]
    assert [d.written for d in deadlines("年内甲，6月底前乙", Span(4, 10), 2016)] == ["6月底前"]


@pytest.mark.parametrize(
    ("text", "written", "by"),
    [
        ("年内完成甲", "年内", date(2016, 12, 31)),
        ("今年年内完成甲", "今年年内", date(2016, 12, 31)),
        ("年底前完成甲", "年底前", date(2016, 12, 31)),
        ("2020年底前完成甲", "2020年底前", date(2020, 12, 31)),
        ("2016年年底前完成甲", "2016年年底前", date(2016, 12, 31)),
        ("2017年末完成甲", "2017年末", date(2017, 12, 31)),
        ("2017年内完成甲", "2017年内", date(2017, 12, 31)),
        ("6月底前完成甲", "6月底前", date(2016, 6, 30)),
        ("6月30日前完成甲", "6月30日前", date(2016, 6, 30)),
        ("2018年6月底前完成甲", "2018年6月底前", date(2018, 6, 30)),
        ("2016年2月底前完成甲", "2016年2月底前", date(2016, 2, 29)),  # a leap year
        ("2017年2月底前完成甲", "2017年2月底前", date(2017, 2, 28)),
        ("12月完成甲", "12月完成", date(2016, 12, 31)),
        ("1月1日前完成甲", "1月1日前", date(2016, 1, 1)),
        ("到2027年，建成甲", "到2027年", date(2027, 12, 31)),
        ("到2020年底", "到2020年底", date(2020, 12, 31)),
        ("2020年前完成甲", "2020年前", date(2019, 12, 31)),
        ("2020年以前完成甲", "2020年以前", date(2019, 12, 31)),
        ("2019年12月31日以前完成甲", "2019年12月31日以前", date(2019, 12, 31)),
        ("2020 年底前完成甲", "2020 年底前", date(2020, 12, 31)),  # not the end of this year
        ("2020 年 6 月 30 日前", "2020 年 6 月 30 日前", date(2020, 6, 30)),
        ("２０２０年底前", "２０２０年底前", date(2020, 12, 31)),
        ("三季度末出台甲", "三季度末", date(2016, 9, 30)),
        ("上半年前完成甲", "上半年前", date(2016, 6, 30)),
        ("秋季开学前投用", "秋季开学前", None),
        ("主汛期前完成甲", "主汛期前", None),
        ("每月25日前报送", "每月25日前", None),
        ("每季度末5日前报送", "每季度末5日前", None),
    ],
)
def test_a_deadline(text: str, written: str, by: date | None) -> None:
    (one,) = due(text)
    assert (one.written, one.by) == (written, by)
    assert one.span.of(text) == written


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("从2016年开始", "a beginning"),
        ("2016年起", "a beginning"),
        ("从2016年6月底起", "a beginning"),
        ("自2016年底", "a beginning"),
        ("2016年底开始", "a beginning"),
        ("截至2015年底", "the past"),
        ("去年底", "last year"),
        ("去年年底", "last year"),
        ("明年6月底前", "another year, which the text does not name"),
        ("到2016年至2018年", "a span of years"),
        ("到2016-2018年", "a span of years"),
        ("3年内", "a length of time"),
        ("半年内", "a length of time"),
        ("两年内", "a length of time"),
        ("2018年6月", "a month, no limit"),
        ("2月30日前", "no such day"),
        ("6月0日前", "no such day"),
        ("13月底前", "no such month"),
        ("0月底前", "no such month"),
        ("《到2020年规划》", "inside a title"),
        ("“年内清零”行动", "inside a slogan"),
        ("上半年", "no day"),
        ("年底考核机制", "what is done at the end of a year"),
    ],
)
def test_no_deadline(text: str, reason: str) -> None:
    assert due(text) == (), reason


def test_without_a_year_a_time_is_kept_as_written() -> None:
    assert [(d.written, d.by) for d in due("年内完成甲，6月底前完成乙", None)] == [("年内", None), ("6月底前", None)]
    assert due("13月底前完成甲", None) == ()
    assert [d.by for d in due("2018年6月底前完成甲", None)] == [date(2018, 6, 30)]


def test_what_comes_every_year_has_no_day_and_what_was_is_no_deadline() -> None:
    assert [(d.written, d.by) for d in due("每年12月底前报告", 2022)] == [("每年12月底前", None)]
    assert due("2018年4月30日前注册登记的车辆", 2022) == ()
    assert due("2020年，全省实现增长", 2022) == ()
    assert [d.by for d in due("2023年，全省普遍使用；2024年上半年、2025年第三季度，到2026年6月底前", 2022)] == [
        *(date(2023, 12, 31), date(2024, 6, 30), date(2025, 9, 30), date(2026, 6, 30)),
    ]


NUMBERS = st.decimals(min_value=Decimal("0.1"), max_value=99999, places=1)


@EXACT
@given(NUMBERS, st.sampled_from(["亿元", "万亩", "公里", "%", "个百分点", "家", "万千瓦"]))
def test_a_written_number_is_read_back(value: Decimal, unit: str) -> None:
    (one,) = find(f"总量达到{value}{unit}。")
    assert (one.value, one.unit) == (value, unit)


@EXACT
@given(
    st.text("一两十二第至少由到提高0123456789.,%亿元个家以上左右年月底前内《》“”，。", max_size=40),
    st.none() | st.just(2016),
)
def test_spans_lie_in_the_text(text: str, year: int | None) -> None:
    found = find(text)
    assert [t.span for t in found] == sorted(t.span for t in found)
    assert all(t.span.end <= len(text) and t.value >= 0 and t.span.begin < t.span.end for t in found)
    assert all(d.span.of(text) == d.written for d in due(text, year))


@pytest.mark.parametrize("written", ["0000年", "0000年底", "0000年前", "0001年前", "0000年5月"])
def test_a_year_that_is_none_gives_no_day(written: str) -> None:
    """It stopped the build: there is no year 0 for ``date``."""
    assert [one.by for one in clause_deadlines(written, Span(0, len(written)), 2016)] == [None]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("草场面积2018年底前达到3.14万亩", "草场面积"),
        ("2018年底前达到3.14万亩", ""),
        ("绿化率到2020年达到35%", "绿化率"),
        ("2017年底前建设棚户区12万套", "棚户区"),
        ("12月底前新增床位300张", "床位"),
        ("2022年3000座", ""),
    ],
)
def test_by_when_is_not_what_is_counted(text: str, counted: str) -> None:
    assert [target.counted for target in find(text)] == [counted]
