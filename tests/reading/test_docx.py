"""Word files: what Word shows when all tracked changes are accepted, in order, each piece with its place."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document
from plan_graph.reading.assembly import fold
from plan_graph.reading.docx import MEDIA_TYPE, read

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=100)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LIST = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
GONE = '<w:rPr><w:del w:id="1"/></w:rPr>'


def docx(body: str, namespace: str = W, **parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{namespace}" xmlns:mc="{MC}"><w:body>{body}<w:sectPr/></w:body></w:document>',
        )
        for name, inner in {"numbering": LIST, **parts}.items():
            package.writestr(f"word/{name}.xml", f'<w:x xmlns:w="{namespace}">{inner}</w:x>')
    return held.getvalue()


def of(body: str, namespace: str = W, **parts: str) -> Document:
    return read(docx(body, namespace, **parts), "d", "folder/计划.docx")


def run(text: str, more: str = "") -> str:
    return f"<w:r>{more}<w:t>{text}</w:t></w:r>"


def p(*inner: str, looks: str = "") -> str:
    """A paragraph of runs; what is no markup is text."""
    runs = "".join(one if one.startswith("<") else run(one) for one in inner)
    return f"<w:p><w:pPr>{looks}</w:pPr>{runs}</w:p>" if looks else f"<w:p>{runs}</w:p>"


def tc(*inner: str, looks: str = "") -> str:
    blocks = "".join(one if one.startswith("<") else p(one) for one in inner) or "<w:p/>"
    return f"<w:tc><w:tcPr>{looks}</w:tcPr>{blocks}</w:tc>"


def tr(*cells: str, looks: str = "") -> str:
    properties = f"<w:trPr>{looks}</w:trPr>" if looks else ""
    return f"<w:tr>{properties}{''.join(one if one.startswith('<') else tc(one) for one in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


SPAN2, DOWN, ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
BOX = "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(p("甲") + p("乙"), "甲\n乙\n", id="paragraphs"),
        pytest.param(p("一、建成", "平台", "。"), "一、建成平台。\n", id="runs are one text"),
        pytest.param(p() + p("　") + p("甲"), "甲\n", id="empty paragraphs leave no line"),
        pytest.param(p("甲", "<w:r><w:br/></w:r>", "乙"), "甲\n乙\n", id="a line break ends a line"),
        pytest.param(p("甲", '<w:r><w:br w:type="page"/></w:r>', "附件"), "甲\n附件\n", id="a page break too"),
        pytest.param(p("甲", "<w:r><w:cr/></w:r>", "乙"), "甲\n乙\n", id="and a carriage return"),
        pytest.param(p("甲", "<w:r><w:lastRenderedPageBreak/></w:r>", "乙"), "甲乙\n", id="where Word broke a page is nothing"),
        pytest.param(p("甲", "<w:r><w:tab/></w:r>", "乙"), "甲 乙\n", id="tab"),
        pytest.param(p(run("甲\n乙")), "甲 乙\n", id="a line end inside a run is a space, as Word shows it"),
        pytest.param(p("A", "<w:r><w:noBreakHyphen/></w:r>", "B", "<w:r><w:softHyphen/></w:r>", "C"), "A-BC\n", id="hyphens"),
        pytest.param(p('<w:r><w:sym w:font="Wingdings" w:char="2460"/></w:r>', "甲"), "①甲\n", id="symbol"),
        pytest.param(p('<w:r><w:sym w:char="no"/></w:r>', "甲"), "\ufffd甲\n", id="a symbol without a code"),
        pytest.param(p("按照", f"<w:hyperlink>{run('《甲办法》')}</w:hyperlink>", "执行。"), "按照《甲办法》执行。\n", id="hyperlink"),
        pytest.param(
            p(field("begin"), "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>", field("separate"), "3", field("end"), "页"),
            "3页\n",
            id="a field shows its result",
        ),
        pytest.param(p(field("begin"), "<w:r><w:instrText>TC</w:instrText></w:r>", field("end"), "甲"), "甲\n", id="a field without one"),
        pytest.param(
            p(field("begin"), field("begin"), field("separate"), "内", field("end"), field("separate"), "外", field("end")),
            "外\n",
            id="a field in the instruction of a field",
        ),
        pytest.param(p(field("begin"), "<w:r><w:instrText>X</w:instrText></w:r>") + p("甲"), "甲\n", id="a field never ended"),
        pytest.param(p(field("end"), "甲"), "甲\n", id="a field never begun"),
        pytest.param(p(f'<w:fldSimple w:instr="DATE">{run("2016年")}</w:fldSimple>'), "2016年\n", id="simple field"),
        pytest.param(p("甲", f"<w:ins>{run('乙')}</w:ins>", "<w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"), "甲乙\n", id="tracked"),
        pytest.param(p(f"<w:moveFrom>{run('甲')}</w:moveFrom>") + p(f"<w:moveTo>{run('甲')}</w:moveTo>"), "甲\n", id="moved"),
        pytest.param(p("建成", looks=GONE) + p("平台。") + p("乙"), "建成平台。\n乙\n", id="a deleted paragraph mark joins"),
        pytest.param(p("建成", looks=GONE), "建成\n", id="the last mark deleted"),
        pytest.param(p("甲", run("暗", "<w:rPr><w:vanish/></w:rPr>")), "甲\n", id="hidden"),
        pytest.param(p("甲", run("明", '<w:rPr><w:vanish w:val="0"/></w:rPr>')), "甲明\n", id="not hidden"),
        pytest.param(
            p(f"<w:r><w:ruby><w:rt>{run('cai')}</w:rt><w:rubyBase>{run('财')}</w:rubyBase></w:ruby></w:r>"), "财\n", id="ruby"
        ),
        pytest.param(f"<w:sdt><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>" + p(f"<w:sdt><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>"), "甲\n乙\n", id="content controls"),
        pytest.param(p("甲", BOX.format(p("框") + p("二"))) + p("乙"), "甲\n框\n二\n乙\n", id="text box"),
        pytest.param(p(BOX.format(p("外", BOX.format(p("内")))), "甲"), "甲\n外\n内\n", id="a text box in a text box"),
        pytest.param(p("甲", looks=GONE) + p(BOX.format(p("框")), "乙"), "甲乙\n框\n", id="a text box behind a deleted paragraph mark"),
        pytest.param(p("甲", "<w:r><w:pict><w:group><w:txbxContent>" + p("框") + "</w:txbxContent></w:group></w:pict></w:r>"), "甲\n框\n", id="a text box of old"),
        pytest.param(p("甲", f"<w:del>{BOX.format(p('框'))}</w:del>"), "甲\n", id="a text box that was deleted"),
        pytest.param(p("甲", '<w:r><w:footnoteReference w:id="2"/></w:r>', "乙"), "甲乙\n", id="footnote"),
        pytest.param(p('<w:bookmarkStart w:name="x"/>', "甲", '<w:proofErr w:type="spellStart"/>', "乙", "<!-- 注 -->"), "甲乙\n", id="marks"),
        pytest.param(p("甲", looks=NUMBERED) + p("乙", looks=NUMBERED), "一、甲\n二、乙\n", id="numbers"),
        pytest.param(p(looks=NUMBERED) + p("乙", looks=NUMBERED), "二、乙\n", id="an empty paragraph counts"),
        pytest.param(
            p("<w:del><w:r><w:delText>废</w:delText></w:r></w:del>", looks=NUMBERED + GONE) + p("乙", looks=NUMBERED),
            "一、乙\n",
            id="a deleted paragraph does not",
        ),
        pytest.param(p("甲", "<w:r><w:br/></w:r>", "乙", looks=NUMBERED), "一、甲\n乙\n", id="the number is on the first line"),
    ],
)  # fmt: skip
def test_the_text(body: str, text: str) -> None:
    document = of(body)
    assert document.text == text
    assert (document.name, document.media_type, document.encoding) == ("计划.docx", MEDIA_TYPE, "binary")


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        (p("甲", "<w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"), ["left out: tracked deletions (1)"]),
        (p("甲", run("暗", "<w:rPr><w:vanish/></w:rPr>")), ["left out: hidden text (1)"]),
        (
            p("甲", *(f"<w:r><w:{kind}Reference/></w:r>" for kind in ("footnote", "footnote", "endnote", "comment"))),
            ["left out: footnotes (2)", "left out: endnotes (1)", "left out: comments (1)"],
        ),
        (p("甲"), []),
    ],
)
def test_what_is_left_out_is_said(body: str, notes: list[str]) -> None:
    document = of(body)
    assert [note.en for note in document.notes] == notes
    assert all("未读入" in note.zh for note in document.notes)


def test_an_unknown_format_of_numbers_and_files_inside_are_said() -> None:
    raw = docx(p("甲", looks=NUMBERED), numbering=LIST.replace("chineseCounting", "thaiCounting"), afchunk1="")
    notes = [note.en for note in read(raw, "d", "d.docx").notes]
    assert notes == ["left out: embedded other files", "number format thaiCounting is not known, written in digits"]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        pytest.param(tbl(tr("1", "甲"), tr("2", "乙")), [["1", "甲"], ["2", "乙"]], id="plain"),
        pytest.param(tbl(tr(tc("甲", looks=SPAN2), "乙"), tr("1", "2", "3")), [["甲", "甲", "乙"], ["1", "2", "3"]], id="merged across"),
        pytest.param(
            tbl(tr(tc("甲", looks=DOWN), "1"), tr(tc(looks=ON), "2"), tr("乙", "3")), [["甲", "1"], ["甲", "2"], ["乙", "3"]], id="merged down"
        ),
        pytest.param(
            tbl(tr(tc("甲", looks=SPAN2 + DOWN), "1"), tr(tc(looks=SPAN2 + ON), "2")), [["甲", "甲", "1"], ["甲", "甲", "2"]], id="both"
        ),
        pytest.param(
            tbl(tr(tc("甲", looks=DOWN), "1"), tr(tc("乙", looks=DOWN), "2"), tr(tc(looks=ON), "3")),
            [["甲", "1"], ["乙", "2"], ["乙", "3"]],
            id="a second merge below the first",
        ),
        pytest.param(tbl(tr("0", "1"), tr(tc("甲", looks=ON), "2")), [["0", "1"], ["甲", "2"]], id="goes on from nothing"),
        pytest.param(tbl(tr("1", "2"), tr("3", looks='<w:gridBefore w:val="1"/>')), [["1", "2"], ["", "3"]], id="begins later"),
        pytest.param(tbl(tr("1", "2", "3"), tr("4")), [["1", "2", "3"], ["4", "", ""]], id="short row"),
        pytest.param(tbl(tr("1", "废", looks='<w:del w:id="1"/>'), tr("1", "甲")), [["1", "甲"]], id="deleted row"),
        pytest.param(f"<w:sdt><w:sdtContent>{tbl(tr('1', '甲'))}</w:sdtContent></w:sdt>", [["1", "甲"]], id="in a control"),
        pytest.param(tbl(tr(tc("省财政厅", "省国资委"), "甲")), [["省财政厅 省国资委", "甲"]], id="paragraphs of a cell"),
        pytest.param(tbl(tr(tc(p("牵头", "<w:r><w:br/></w:r>", "单位")), "甲")), [["牵头 单位", "甲"]], id="a break in a cell"),
        pytest.param(tbl(tr(tc(p(looks=NUMBERED)), "甲"), tr(tc(p(looks=NUMBERED)), "乙")), [["一、", "甲"], ["二、", "乙"]], id="a column of numbers only"),
        pytest.param(tbl(tr(tc(tbl(tr("1", "2"), tr("3", "4")), "<w:p/>"), "甲")), [["1 2 3 4", "甲"]], id="a table in a cell"),
        pytest.param(tbl(tr(tc("甲", looks='<w:gridSpan w:val="-3"/>'), "乙")), [["甲", "乙"]], id="a span below one"),
        pytest.param(tbl(tr(tc("甲", looks='<w:gridSpan w:val="x"/>'), "乙")), [["甲", "乙"]], id="a span that is no number"),
        pytest.param(tbl(tr("甲", "")), [["甲", ""]], id="empty cell"),
    ],
)  # fmt: skip
def test_tables(table: str, rows: list[list[str]]) -> None:
    document = of(p("前") + table + p("后"))
    (found,) = document.tables
    assert [[cell.of(document.text) for cell in row] for row in found.rows] == rows
    assert document.text.startswith("前\n")
    assert document.text.endswith("\n后\n")
    # what is the same text twice in these tables is one merged cell
    filled = [cell for row in found.rows for cell in row if cell.begin < cell.end]
    assert len(set(filled)) == len({cell.of(document.text) for cell in filled})


def test_a_table_of_one_column_is_lines() -> None:
    document = of(tbl(tr(tc("一、甲。", "二、乙。")), tr("三、丙。")))
    assert (document.text, document.tables) == ("一、甲。\n二、乙。\n三、丙。\n", ())
    assert [o.place for o in document.origins] == [
        "table=1;row=1;cell=1",
        "table=1;row=1;cell=1",
        "table=1;row=2;cell=1",
    ]


def test_places_count_paragraphs_and_tables_of_the_body() -> None:
    document = of(
        p("甲")
        + p()
        + tbl(tr("1", tc("乙", looks=SPAN2), "丙"))
        + p("丁", "<w:r><w:br/></w:r>", "戊")
        + tbl(tr("2", "己"))
    )
    assert [(o.span.of(document.text), o.place) for o in document.origins] == [
        ("甲", "paragraph=1"),
        ("1", "table=1;row=1;cell=1"),
        ("乙", "table=1;row=1;cell=2"),
        ("丙", "table=1;row=1;cell=3"),
        ("丁", "paragraph=3"),
        ("戊", "paragraph=3"),
        ("2", "table=2;row=1;cell=1"),
        ("己", "table=2;row=1;cell=2"),
    ]


def test_a_place_leads_back_to_the_text_in_the_file() -> None:
    body = p("甲", "乙") + p("丙", looks=NUMBERED) + tbl(tr("1", "丁"))
    tree = etree.fromstring(f'<w:body xmlns:w="{W}">{body}</w:body>')
    document = of(body)
    tags = {"paragraph": "p", "table": "tbl", "row": "tr", "cell": "tc"}
    for origin in document.origins:
        element = tree
        for step in origin.place.split(";"):
            kind, at = step.split("=")
            element = element.findall(f"{{{W}}}{tags[kind]}")[int(at) - 1]
        assert origin.span.of(document.text).endswith("".join(element.itertext()))  # before it, the automatic number


def test_the_strict_form_of_the_format_is_read_too() -> None:
    document = of(
        p("甲", looks=NUMBERED) + tbl(tr("1", "乙")), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert document.text == "一、甲\n1\t乙\n"


@pytest.mark.parametrize(
    ("raw", "en", "zh"),
    [
        pytest.param(docx(""), "holds no text; give", "没有文字", id="no paragraph"),
        pytest.param(docx(p("　")), "holds no text; give", "没有文字", id="blank"),
        pytest.param(docx(p(BOX.format(p()))), "holds no text; give", "没有文字", id="an empty text box only"),
        pytest.param(docx(tbl(*[tr(tc("甲", looks='<w:gridSpan w:val="99999"/>'))] * 500)), "holds a table of 500 rows and 1,024 columns", "500 行 1,024 列", id="a table without end"),
        pytest.param(docx("<w:tbl><w:tr><w:tc>" * 2000 + p("甲") + "</w:tc></w:tr></w:tbl>" * 2000), "is nested too deeply", "嵌套过深", id="tables in tables"),
        pytest.param(docx("<w:ins>" * 10_000 + p("甲") + "</w:ins>" * 10_000), "is nested too deeply", "嵌套过深", id="insertions in insertions"),
    ],
)  # fmt: skip
def test_what_is_refused(raw: bytes, en: str, zh: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read(raw, "d", "计划.docx")
    assert str(raised.value).startswith(f"计划.docx {en}")
    assert raised.value.zh.startswith("计划.docx ")
    assert zh in raised.value.zh
    assert "请" in raised.value.zh


def test_a_file_without_a_body_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    with pytest.raises(UnreadableError, match=r"^计划\.docx holds no body of text; open it and save it again$"):
        read(held.getvalue(), "d", "计划.docx")


def test_tables_in_tables_are_read_to_the_limit_of_the_parser() -> None:
    deep = 60
    assert of("<w:tbl><w:tr><w:tc>" * deep + p("甲") + "</w:tc></w:tr></w:tbl>" * deep).text == "甲\n"


WORDS = st.text(alphabet="甲乙丙ab（）。 　", max_size=8)


@EXACT
@given(
    st.lists(
        st.one_of(WORDS, st.lists(st.lists(st.tuples(WORDS, st.integers(1, 3), st.sampled_from(["", DOWN, ON])), min_size=1, max_size=3), max_size=3)),
        max_size=5,
    )
)  # fmt: skip
def test_any_body_gives_ordered_places_and_cells_as_put_in(parts: list[str | list[list[tuple[str, int, str]]]]) -> None:
    body = p("首")
    for part in parts:
        if isinstance(part, str):
            body += p(run(part))
        else:
            body += tbl(
                *(
                    tr(*(tc(p(run(text)), looks=f'<w:gridSpan w:val="{wide}"/>{merge}') for text, wide, merge in row))
                    for row in part
                )
            )
    document = of(body)
    text = document.text
    assert "\r" not in text
    for before, after in zip(document.origins, document.origins[1:], strict=False):
        assert before.span.end <= after.span.begin
    assert document.origins[-1].span.end <= len(text)
    lines = [fold(part) for part in parts if isinstance(part, str)]
    assert [line for line in lines if line and line not in text.split("\n")] == []
    put = {fold(word) for part in parts if not isinstance(part, str) for row in part for word, *_ in row}
    assert {cell.of(text) for table in document.tables for row in table.rows for cell in row} <= put | {""}


def test_the_place_of_a_text_box_is_that_of_its_paragraph_and_its_own() -> None:
    table = f"<w:tbl><w:tr>{tc('丙')}{tc('丁')}</w:tr></w:tbl>"
    document = of(
        p("甲")
        + p("乙", BOX.format(p("框") + table))
        + f"<w:tbl><w:tr>{tc('戊', p(BOX.format(p('己'))))}{tc('庚')}</w:tr></w:tbl>"
    )
    assert [(o.span.of(document.text), o.place) for o in document.origins] == [
        ("甲", "paragraph=1"),
        ("乙", "paragraph=2"),
        ("框", "paragraph=2;textbox=1;paragraph=1"),
        ("丙", "paragraph=2;textbox=1;table=1;row=1;cell=1"),
        ("丁", "paragraph=2;textbox=1;table=1;row=1;cell=2"),
        ("戊 己", "table=1;row=1;cell=1"),
        ("庚", "table=1;row=1;cell=2"),
    ]


def test_text_boxes_that_were_read_are_said() -> None:
    notes = of(p("甲", BOX.format(p("框")), BOX.format(p()))).notes
    assert [(note.en, note.zh) for note in notes] == [
        ("text boxes were read behind the paragraph that holds them (1)", "文本框（1 处）读在所在段落之后")
    ]
