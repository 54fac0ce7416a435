"""Texts whose lines were broken at a width are read as their paragraphs are, in offsets of the text as it is."""

from __future__ import annotations

import re

import pytest

from plan_graph.authority.register import Register
from plan_graph.extraction.tasks import extract
from plan_graph.extraction.wrapping import view
from plan_graph.model.plan import Plan
from plan_graph.reading.text import decode

REGISTER = Register.load()
PARAGRAPHS = [
    "甲省人民政府办公厅关于推进公共数据开放利用的实施意见",
    "各市人民政府，省政府各部门：",
    "为贯彻落实国家有关部署，加快公共数据开放，提升治理能力和服务水平，结合我省实际，制定本实施意见。",
    "一、主要任务",
    "（一）建设统一平台。依托现有设施，建设全省统一的公共数据平台，2026年6月底前接入不少于3.5万项目录，实现一网通办。"
    "（牵头单位：省经济和信息化厅；责任单位：省发展改革委、省人力资源和社会保障厅、各市人民政府）",
    "（二）完善管理制度。制定公共数据分级分类办法，明确开放清单，推动各地各部门按需共享，到2027年底形成长效机制。"
    "（省数据局牵头，省司法厅、省财政厅、各县（市、区）人民政府按职责分工负责）",
    "（三）培育数据产业。支持企业参与开发利用，培育一批骨干企业，建设若干特色园区，力争产业规模年均增长百分之十五以上。"
    "（责任单位：省商务厅、省科技厅、青岛、烟台市政府）",
    "二、保障措施",
    "（一）加强组织领导。各地各部门要高度重视，健全机制，细化举措，抓好落实，确保各项任务按期完成并取得明显成效。",
    "（二）强化资金保障。统筹现有资金渠道，支持重点项目建设，引导社会资本参与，形成多元投入格局。（省财政厅负责）",
]
WHOLE = "\n".join(PARAGRAPHS) + "\n"


def wrapped(width: int, every: int = 0, page: str = "— {} —") -> str:
    """Break each paragraph after so many characters, with a page number after each so many lines."""
    lines = [p[at : at + width] for p in PARAGRAPHS for at in range(0, len(p), width)]
    made: list[str] = []
    for number, line in enumerate(lines, 1):
        made.append(line)
        if every and number % every == 0:
            made.append(page.format(number // every))
    return "\n".join(made) + "\n"


def read(text: str) -> Plan:
    return extract(decode(text.encode(), "d", "d.txt"), REGISTER)


def parties(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [
        (t.number_as_written, m.role.value, m.name, m.label)
        for t in plan.tasks
        for c in t.governing
        for m in c.mentions
    ]


def plain(text: str) -> str:
    return re.sub(r"\s+|— \d+ —|第\d页|\f", "", text)


@pytest.mark.parametrize("width", range(16, 41))
@pytest.mark.parametrize(("every", "page"), [(0, ""), (7, "— {} —"), (9, "第{}页"), (8, "\f— {} —")])
def test_a_wrapped_text_is_read_like_its_paragraphs(width: int, every: int, page: str) -> None:
    text, whole = wrapped(width, every, page), read(WHOLE)
    plan = read(text)
    assert parties(plan) == parties(whole)
    assert [str(d.by) for t in plan.tasks for d in t.deadlines] == [str(d.by) for t in whole.tasks for d in t.deadlines]
    assert plan.metadata.title == whole.metadata.title
    assert "".join(p.span.of(text) for p in plan.parts) == text
    for mine, other in zip(plan.tasks, whole.tasks, strict=True):
        assert plain("".join(s.of(text) for s in mine.text_spans)) == plain(
            "".join(s.of(WHOLE) for s in other.text_spans)
        )
        for clause, same in zip(mine.clauses, other.clauses, strict=True):
            assert plain(clause.span.of(text)) == same.span.of(WHOLE)
            for mention, alike in zip(clause.mentions, same.mentions, strict=True):
                assert plain(mention.span.of(text)) == alike.span.of(WHOLE)


def test_the_name_of_an_organisation_that_a_line_end_breaks_has_its_place() -> None:
    whole = WHOLE.replace("支持企业", "支持青岛市数据协会")
    for width in range(20, 32):
        text = "\n".join(p[at : at + width] for p in whole.splitlines() for at in range(0, len(p), width)) + "\n"
        held = [p for t in read(text).tasks for p in t.places if p.organisation]
        assert [(p.inside, plain(p.organisation.of(text))) for p in held if p.organisation] == [("青岛市数据协会",) * 2]


def test_short_items_among_few_lines_that_go_on() -> None:
    items = "".join(f"（{n}）办好甲事。（甲局负责）\n" for n in "一二三四五六七八九十")
    long = "推进数字化改革建设一张网，提升服务效能，推动共享，办好实事（省甲局、省乙厅负责）"
    lines = "".join(f"{n}、{long[:18]}\n{long[18:38]}\n{long[38:]}\n" for n in "一二三四")
    assert [name for *_, name, _ in parties(read(lines + "五、丙\n" + items))][:4] == ["省甲局", "省乙厅"] * 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (WHOLE, "paragraphs"),
        ("一、甲\n" * 40, "short lines, each a sentence of its own"),
        (
            "\n".join(f"{n}．做好第{n}项工作，确保取得实效，形成机制，推动发展。" for n in range(1, 40)),
            "equal lines that end",
        ),
        ("甲" * 30 + "\n" + "乙" * 30, "two lines are no width"),
        ("", "nothing"),
    ],
)
def test_other_texts_have_no_view(text: str, reason: str) -> None:
    assert view(text) is None, reason


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("**一、总体安排**\n\n  **（一）建设平台**\n\n{}\n\n**（二）培育产业**\n\n乙。", "bold headings"),
        ("## 一、总体安排\n### （一）建设平台\n{}\n### （二）培育产业\n乙。", "marks of headings"),
        ("一、总体安排\n（一）建设**平台**。{}\n（二）培育产业。乙。", "bold words"),
    ],
)
@pytest.mark.parametrize(
    "clause", ["（**责任单位**：甲局、丙局）", "（责任单\n\n位：甲局、丙局）", "（责任单位：甲局、丙局）"]
)
def test_marked_up_texts_and_broken_labels(text: str, name: str, clause: str) -> None:
    plan = read(text.format(clause))
    assert [(t.number_as_written, [m.name for c in t.governing for m in c.mentions]) for t in plan.tasks] == [
        ("（一）", ["甲局", "丙局"]),
        ("（二）", []),
    ], name
    assert [t.clauses[0].span.of(plan.document.text) for t in plan.tasks if t.clauses] == [clause]
    assert "".join(p.span.of(plan.document.text) for p in plan.parts) == plan.document.text


def test_a_marked_up_table_is_read_like_its_words() -> None:
    text = (
        "**一、甲**\n\n**（一）建设平台。**完成对接。（**牵头单位：**省数据局，**配合单位：**省财政厅）\n\n**分工表**\n\n"
        "| 序号 | 工作任务 | **牵头单位** | 配合单位 |\n| --- | --- | --- | --- |\n"
        "| 1 | 建设平台 | **省数据局** | 省财政厅<br>省公安厅 |\n| 2 | 建设中心 | 省教育厅<br />省司法厅 | 省民政厅 |\n"
    )
    plan = read(text)
    assert [[m.name for c in t.governing for m in c.mentions] for t in plan.tasks] == [
        ["省数据局", "省财政厅"],
        ["省数据局", "省财政厅", "省公安厅"],
        ["省教育厅", "省司法厅", "省民政厅"],
    ]
    assert all(m.span.of(text) == m.name for t in plan.tasks for c in t.clauses for m in c.mentions)
    assert "".join(p.span.of(text) for p in plan.parts) == text


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    text = "⼀、建设平台。（责任单位：省⼈⼒社保厅、⻓春市⼈⺠政府）\n⼆、培育产业。\n"
    plan = read(text)
    assert plan.document.text == text
    assert [m.name for c in plan.tasks[0].governing for m in c.mentions] == ["省人力社保厅", "长春市人民政府"]


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("（责任单位：省人力社\n— 3 —\n保厅、县水利局）", "省人力社保厅"),
        ("（责任单位：省经信厅、\n－ 12 －\n省人力社保厅）", "省人力社保厅"),
        ("（牵头单位：省教育厅；\n第 3 页 共 9 页\n责任单位：省人力社保厅）", "省人力社保厅"),
    ],
)
def test_a_page_number_inside_a_clause_is_no_name(clause: str, name: str) -> None:
    found = [m.name for m in read(f"一、甲\n（一）乙。{clause}\n（二）丙。\n").tasks[0].clauses[0].mentions]
    assert name in found
    assert not [n for n in found if re.search(r"\d", n)]


def test_page_numbers_inside_a_line_are_no_part_of_a_name() -> None:
    text = "某计划— 1 —一、甲。（责任单位：省人力社— 2 —保厅）二、乙。（责任单位：甲局）— 3 —"
    assert [name for *_, name, _ in parties(read(text))] == ["省人力社保厅", "甲局"]
    assert view("一、甲（3—5—7）。（责任单位：甲局）二、乙。") is None, "they do not count on"


def in_pieces(width: int) -> str:
    """Break each paragraph after so many characters, and most of the lines again after commas."""
    lines: list[str] = []
    for paragraph in PARAGRAPHS * 3:
        for number, at in enumerate(range(0, len(paragraph), width)):
            line = paragraph[at : at + width]
            lines += [line] if number % 4 == 1 else [one for one in re.split("(?<=[、，：])", line) if one]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("width", [18, 20, 26, 33])
def test_lines_broken_in_pieces_are_read_like_paragraphs(width: int) -> None:
    whole = read("\n".join(PARAGRAPHS * 3) + "\n")
    plan = read(in_pieces(width))
    assert parties(plan) == parties(whole)
    assert [t.number for t in plan.tasks] == [t.number for t in whole.tasks]


def test_a_date_stands_on_a_line_of_its_own() -> None:
    head = "甲省发展和改革委员会\n（代章）\n2026年4月10日\n甲省工作要点\n"
    through = view(head + in_pieces(20))
    assert through is not None
    assert through.text.startswith(head)


def test_a_page_may_end_inside_a_bracket() -> None:
    text = in_pieces(26) + "（四）甲。（牵头\n\n单位：省经信厅，\n\n省商务厅）\n\n（五）乙。\n"
    assert [m.name for c in read(text).tasks[-2].clauses for m in c.mentions] == ["省经信厅", "省商务厅"]


def test_what_ends_no_line_goes_on_with_the_next() -> None:
    text = in_pieces(26) + "（四）甲。\n责任单位：\n省经信厅、\n各有关部门\n（单位）\n"
    names = [m.name for c in read(text).tasks[-1].clauses for m in c.mentions]
    assert names == ["省经信厅", "各有关部门（单位）"]


@pytest.mark.parametrize(
    ("tail", "names"),
    [
        pytest.param(
            "（四）建设甲项目，完善乙机制，推进丙工作。\n牵头单位：省经信厅。责任单位：省科技厅、省财政厅、省统\n\n计局、省商务厅。",
            ["省经信厅", "省科技厅", "省财政厅", "省统计局", "省商务厅"],
            id="a page ends inside a name outside brackets",
        ),
        pytest.param(
            "（四）甲。\n责任单位：\n省经信厅、某市银保监分局等\n省级各有关部门\n完成时限：年底\n",
            ["省经信厅", "某市银保监分局", "省级各有关部门"],
            id="a collective below a list left open",
        ),
        pytest.param(
            "（四）甲。\n责任单位：省科技厅、某高新区管委\n会\n（五）乙。\n",
            ["省科技厅", "某高新区管委会"],
            id="one character is no paragraph",
        ),
        pytest.param(
            "（四）甲。\n牵头单位：省经信厅。\n责任单位：省科技厅、\n省统计局、\n省住房和城乡\n建设厅。\n",
            ["省经信厅", "省科技厅", "省统计局", "省住房和城乡建设厅"],
            id="pieces of a list",
        ),
        pytest.param(
            "（四）甲。由省经信厅统筹推进全省工作，\n定期通报进展情况。\n各市政府和某区、\n某港区管委会负责\n统筹推进本地“一件事”\n工作，按照规程组织实施。\n",
            [],
            id="prose whose line happens to end behind a verb",
        ),
    ],
)
def test_a_text_in_pieces_goes_on_over_the_ends_of_lines_and_pages(tail: str, names: list[str]) -> None:
    tasks = read(in_pieces(20) + tail).tasks
    found = [m.name for t in tasks if t.number_as_written == "（四）" for c in t.clauses for m in c.mentions]
    assert found == names


def test_lines_are_broken_at_a_width_that_none_exceeds_and_few_reach() -> None:
    lines: list[str] = []
    for number in range(1, 21):
        lines += [
            f"{number}．推进数字化改革，建设一张网、一个库、一朵云等"
            if number < 10
            else f"{number}．推进数字化改革，建设一张网、一个库、一朵云"
        ]
        lines += [
            "基础设施。（市经信局负责）",
            *(["开展评估和检查，确保见效。"] if number % 2 else ["加强宣传。", "开展评估。"]),
        ]
        lines += ["每季通报一次情况，发现问题", "督促整改和服务到位，不走样。"]
    lines[7:7] = [
        "加大资金投入力度，完善制度，引导社会各界参与建设",
        "。（责任单位：市经信局、市财政局，排名第一位的为",
        "牵头责任单位，下同）",
    ]
    plan = read("\n".join(["一、任务", *lines]) + "\n21．丙。（责任单位：市科技局、市财政局）\n")
    assert [(m.name, m.role.value) for m in plan.tasks[-1].clauses[0].mentions] == [
        ("市科技局", "lead"),
        ("市财政局", "support"),
    ]


def test_a_form_feed_begins_no_other_line() -> None:
    plan = read("一、甲\n1．乙。（责任单位：省经信厅）\n\f2．丙。（责任单位：省商务厅）\n")
    assert [(t.number, t.clauses[0].mentions[0].name) for t in plan.tasks] == [(1, "省经信厅"), (2, "省商务厅")]


def test_back_leads_to_every_character() -> None:
    text = wrapped(22, 5)
    through = view(text)
    assert through is not None
    assert through.length == len(text)
    assert [text[at] for at in through.back[:-1]] == list(through.text)
    assert list(through.back) == sorted(set(through.back))


def test_a_bracketed_number_begins_a_line_after_a_heading_without_stop() -> None:
    words = "推进公共数据开放利用，健全共享机制，完善管理制度，培育数据产业，提升治理能力和服务水平，确保取得实效。"
    paragraphs = ["一、主要任务"]
    for part in (1, 2, 3):
        paragraphs.append(f"{part}.持续深化全省公共数据资源管理体制和开放利用机")
        paragraphs += [f"（{n}）{words}" for n in (2 * part - 1, 2 * part)]
    plan = read("\n".join(p[at : at + 24] for p in paragraphs for at in range(0, len(p), 24)) + "\n")
    assert [t.number_as_written for t in plan.tasks] == [f"（{n}）" for n in range(1, 7)]


@pytest.mark.parametrize("between", ["\n\n— {} —\n\f甲省公共数据文件汇编\n\n", "\n— {} —\n\n甲省公共数据文件汇编\n"])
@pytest.mark.parametrize("every", [4, 5])
def test_a_running_head_is_no_part_of_a_paragraph(between: str, every: int) -> None:
    lines = wrapped(30).split("\n")
    pages = ["\n".join(lines[at : at + every]) for at in range(0, len(lines), every)]
    text = pages[0] + "".join(between.format(number) + page for number, page in enumerate(pages[1:], 1))
    plan = read(text)
    assert parties(plan) == parties(read(WHOLE))
    assert plan.metadata.title == PARAGRAPHS[0]


def test_what_a_browser_prints_around_a_page_is_left_out() -> None:
    lines = wrapped(30).split("\n")
    pages = ["\n".join(lines[at : at + 7]) for at in range(0, len(lines), 7)]
    text = "\f".join(
        f"3/14/26, 9:26 AM   某个标题\n{page}\nhttps://example.org/art.html   {number}/{len(pages)}\n"
        for number, page in enumerate(pages, 1)
    )
    assert parties(read(text)) == parties(read(WHOLE))


def test_blanks_at_the_margin_are_no_part_of_a_sentence() -> None:
    begins = {paragraph[:9] for paragraph in PARAGRAPHS}
    lines = [("    " if line[:9] in begins else "  ") + line for line in wrapped(30).split("\n")]
    plan = read("\n".join(lines))
    assert parties(plan) == parties(read(WHOLE))


def test_a_han_number_within_a_sentence_begins_no_line() -> None:
    """统 / 一、规范 is no heading: the one above was not the number before it."""
    lines = wrapped(30).split("\n")
    lines.insert(-2, "（三）健全监督评价机制。省数据局要会同有关部门健全制度，推动标准统")
    lines.insert(-2, "一、流程规范，定期通报。（省审计厅负责）")
    plan = read("\n".join(lines))
    assert [
        t.number_as_written for t in plan.tasks if any(m.name == "省审计厅" for c in t.clauses for m in c.mentions)
    ] == ["（三）"]
    assert [s.number for s in plan.sections if s.number.endswith("、")] == ["一、", "二、"]


def test_a_page_number_parts_no_labels() -> None:
    plan = read(wrapped(22) + "（四）乙。\n牵头单位：省经信厅\n— 3 —\n责任单位：省科技厅\n（五）丙。\n")
    found = [(m.name, m.role.value) for c in plan.tasks[-2].clauses for m in c.mentions]
    assert found == [("省经信厅", "lead"), ("省科技厅", "support")]


def test_a_line_that_begins_with_numbers_of_a_list_is_no_item() -> None:
    tail = "（四）整合各类政务服务热线，除一一〇、119、\n120、122等紧急热线外统一受理。（省经信厅牵头，省商务厅配合）\n"
    tasks = [t for t in read(wrapped(22) + tail).tasks if t.number_as_written in ("（四）", "120、")]
    assert [(t.number_as_written, len(t.clauses)) for t in tasks] == [("（四）", 1)]


@pytest.mark.parametrize(
    ("after", "names"),
    [
        (
            "各县要抓好组织实施，按月报送进展情况，及时总结经验做法，形成典型案例。",
            [("lead", "市发展改革委"), ("lead", "市教育体育局")],
        ),
        (
            "按职责分工负责，市民政局",
            [("lead", "市发展改革委"), ("lead", "市教育体育局"), ("lead", "市民政局")],
        ),
        ("、市民政局", [("lead", "市发展改革委"), ("lead", "市教育体育局"), ("lead", "市民政局")]),
        ("资助中心、市民政局", [("lead", "市发展改革委"), ("lead", "市教育体育局资助中心"), ("lead", "市民政局")]),
    ],
)
def test_a_label_line_that_fills_its_line_goes_on_with_names_alone(after: str, names: list[tuple[str, str]]) -> None:
    prose = "各地各部门要把推进重点任务落实作为当前工作的重中之重，加强组织领导，压实工作责任，完善机制，确保实效。"
    lines = [f"（{'一二三四五六七八'[at]}）{prose}" for at in range(8)]
    lines += ["二、重点任务", "（一）推进政务服务一网通办改革", "牵头单位：市发展改革委、市教育体育局", after]
    text = "一、总体要求\n" + "\n".join(line[at : at + 18] for line in lines for at in range(0, len(line), 18)) + "\n"
    assert [(role, name) for _, role, name, _ in parties(read(text))] == names
