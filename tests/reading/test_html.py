"""Web pages: the column of the text without what the site puts around it, tables, encodings, and places."""

from __future__ import annotations

import codecs
import re

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document
from plan_graph.reading import html_lines
from plan_graph.reading.assembly import fold
from plan_graph.reading.html import MEDIA_TYPE, read

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=100)
A = "一、建成甲平台，投入使用。（牵头单位：省财政厅；配合单位：省国资委）"
B = "二、建成乙平台，投入使用。（牵头单位：省教育厅；配合单位：省商务厅）"
TASKS = [f"{n}．建成第{n}个平台，投入使用。（牵头单位：省财政厅；配合单位：省国资委）" for n in range(1, 8)]
BODY = "".join(f"<p>{task}</p>" for task in TASKS)


def of(page: str | bytes) -> Document:
    raw = page.encode() if isinstance(page, str) else page
    document = read(raw, "d", "folder/计划.html")
    found_again(document, raw)
    return document


def found_again(document: Document, raw: bytes) -> None:
    """Every place is an XPath of one element of the file, and that element holds what came from it."""
    text = raw.removeprefix(document.bom).decode(document.encoding)
    tree = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    for origin in document.origins:
        (element,) = tree.xpath(origin.place)
        held = "".join(element.xpath(".//text()[not(parent::script or parent::style)]"))
        assert solid(origin.span.of(document.text)) in solid(held)
    for before, after in zip(document.origins, document.origins[1:], strict=False):
        assert before.span.end <= after.span.begin
    assert "\r" not in document.text


def solid(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def page(inner: str) -> str:
    return f"<!DOCTYPE html><html><head><title>网页</title></head><body>{inner}</body></html>"


def lines(inner: str) -> list[str]:
    return of(page(inner)).text.splitlines()


def cells(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.of(document.text) for cell in row] for row in table.rows]


# --- what is a line ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param(f"<p>{A}</p><p>{B}</p>", [A, B], id="paragraphs"),
        pytest.param(f"<p>{A}<br>　　{B}</p>", [A, B], id="line breaks in a paragraph"),
        pytest.param(f"{A}<br/><br/>{B}", [A, B], id="text directly in the body"),
        pytest.param(f"<span>{A}</span><br><font>{B}</font>", [A, B], id="inline elements only"),
        pytest.param(f"{A}{B}", [A + B], id="one line"),
        pytest.param(f"<div>{A}<p>{B}</p>尾声，完毕。</div>", [A, B, "尾声，完毕。"], id="text between blocks"),
        pytest.param(f"<pre>{A}\n{B}\n</pre>", [A, B], id="preformatted"),
        pytest.param(f"<p>{A[:9]}\n    {A[9:]}</p>", [A], id="a line end in the markup is none"),
        pytest.param(f"<ol><li>{A}</li><li>{B}</li></ol>", [A, B], id="list"),
        pytest.param(
            f"<p><span><span>{A[:4]}</span><b>{A[4:9]}</b></span>{A[9:]}</p>", [A], id="runs of one paragraph"
        ),
        pytest.param(f"<p>&nbsp;&#12288;{A}</p><p>&nbsp;</p><p></p>", [A], id="blanks"),
        pytest.param(
            "<p>甲&lt;乙&gt;&amp;&ldquo;丙&rdquo;，&#x4E00;&hellip;&mdash;。</p>",
            ["甲<乙>&“丙”，一…—。"],
            id="entities",
        ),
        pytest.param(f"<p>{A[:9]}<!-- 注 -->{A[9:]}</p><!-- {B} -->", [A], id="comments"),
        pytest.param(f"<!--[if IE]><p>{B}</p><![endif]--><p>{A}</p>", [A], id="conditional comment"),
        pytest.param(
            f"<p>{A[:9]}<script>var x = '{B}';</script>{A[9:]}</p><style>p{{}}</style>", [A], id="script and style"
        ),
        pytest.param(
            "<p>新增100m<sup>2</sup>，减少CO<sub>2</sub>。</p>", ["新增100m2，减少CO2。"], id="raised and lowered"
        ),
        pytest.param(
            f'<p>按照<a href="x">《甲办法》</a>执行，落实。</p><p>{A}</p>',
            ["按照《甲办法》执行，落实。", A],
            id="a link in the text",
        ),
        pytest.param(f"<p>{A}<o:p></o:p></p><p><o:p>&nbsp;</o:p></p>", [A], id="what Word leaves in pages"),
        pytest.param(
            f"<p>{A}</p><p>附件：<a href='1.docx'>任务分工表.docx</a></p>",
            [A, "附件：任务分工表.docx"],
            id="attachment",
        ),
        pytest.param(
            f"<details><summary>一、任务，如下。</summary><p>{A}</p></details>", ["一、任务，如下。", A], id="details"
        ),
        pytest.param(f"<p>{A}<p>{B}", [A, B], id="tags never closed"),
        pytest.param("<p>甲，😀乙。&#128512;</p>", ["甲，😀乙。😀"], id="beyond the basic plane"),
    ],
)
def test_lines(inner: str, expected: list[str]) -> None:
    assert lines(inner) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        f'<p style="display:none">{B}</p>',
        f'<p style="color: red; DISPLAY : NONE;">{B}</p>',
        f'<div style="visibility:hidden"><p>{B}</p></div>',
        f"<p hidden>{B}</p>",
        f"<noscript><p>{B}</p></noscript>",
        f"<template><p>{B}</p></template>",
        f"<textarea>{B}</textarea>",
        f"<select><option>{B}</option></select>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    assert lines(f"<p>{A}</p>{hidden}<p>尾声，完毕。</p>") == [A, "尾声，完毕。"]


@pytest.mark.parametrize("style", ["visibility: hidden", "display:none"])
def test_a_page_that_a_script_is_to_show_is_read(style: str) -> None:
    document = of(f"<html><body style='{style}'><div><p>{A}</p><p style='{style}'>{B}</p></div></body></html>")
    assert document.text == f"{A}\n"


@pytest.mark.parametrize(
    "whole",
    [
        f"<p>{A}</p><p>{B}</p>",  # a piece of a page
        f"{A}<br>{B}",
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head></head><body><p>{A}</p><p>{B}</p></body></html>',
        f"<HTML>\r\n<BODY>\r\n<P>{A}\r\n<P>{B}\r\n</BODY></HTML>",
    ],
)
def test_forms_of_a_page(whole: str) -> None:
    document = of(whole)
    assert document.text == f"{A}\n{B}\n"
    assert (document.name, document.media_type, document.encoding) == ("计划.html", MEDIA_TYPE, "utf-8")


# --- the column of the text ----------------------------------------------------------------------------------------

TOP = (
    '<div class="header"><a href="/">首页</a><a href="/a">政务公开</a><a href="/b">政务服务</a><form><input><button>搜索</button></form></div>'
    '<div class="crumb">当前位置：<a href="/">首页</a>&gt;<a href="/z">政策文件</a></div>'
)
END = (
    '<div class="related"><p>相关链接：</p><ul><li><a href="1">关于甲工作的解读，一图看懂</a></li><li><a href="2">新闻发布会；实录</a></li>'
    '<li><a href="3">答记者问，全文</a></li></ul></div>'
    '<div class="foot"><p>版权所有：某省人民政府办公厅，地址：某市某路1号。</p><p>网站标识码：2100000001　某ICP备123号</p></div>'
)
BAR = "<div>发布时间：2016-10-30 来源：省政府办公厅 【字体：大 中 小】</div>"
NOTICE, NUMBER, SIGNED, DATE = "关于印发甲计划的通知", "某政发〔2016〕1号", "某省人民政府", "2016年10月30日"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param(
            f"<h1>{NOTICE}</h1>{BAR}<div id='UCAP-CONTENT'>{BODY}</div>",
            [NOTICE, *TASKS],
            id="a content element by its name",
        ),
        pytest.param(
            f"<div class='bt'>{NOTICE}</div><div class='TRS_Editor'><style>p{{}}</style>{BODY}<p>{DATE}</p></div><p>责任编辑：甲</p>",
            [NOTICE, *TASKS, DATE],
            id="title by its class, editor's line",
        ),
        pytest.param(
            f"<div><h1>{NOTICE}</h1>{BAR}<p>{NUMBER}</p><div>{BODY}</div><p>{SIGNED}</p><p>{DATE}</p></div>",
            [NOTICE, NUMBER, *TASKS, SIGNED, DATE],
            id="title, number and signature beside the column",
        ),
        pytest.param(
            f"<div><div class='title'>{NOTICE}</div><div>{NUMBER}</div><div>{BODY}</div><div>{DATE}</div></div>",
            [NOTICE, NUMBER, *TASKS, DATE],
            id="the same without paragraphs",
        ),
        pytest.param(f"<h2>{NOTICE}</h2><ol>{BODY.replace('p>', 'li>')}</ol>", [NOTICE, *TASKS], id="heading and list"),
        pytest.param(
            f"<main><article><header><h1>{NOTICE}</h1><time>2016-10-30</time></header>{BODY}<footer>责任编辑</footer></article>"
            "<aside><p>热点新闻，如下。</p></aside></main>",
            [NOTICE, *TASKS],
            id="elements of HTML 5",
        ),
        pytest.param(
            f"<table><tr><td width='20%'><ul><li><a href='1'>首页</a></li><li><a href='2'>政策</a></li><li><a href='3'>新闻</a></li></ul></td>"
            f"<td><p>{NOTICE}</p>{BODY}</td></tr></table>",
            [NOTICE, *TASKS],
            id="a page laid out by a table",
        ),
        pytest.param(
            f"<table><tr><td><table><tr><td><table><tr><td>{BODY}</td></tr></table></td></tr></table></td></tr></table>",
            TASKS,
            id="tables in tables",
        ),
        pytest.param(
            "<table><tr><td>索引号：</td><td>0001/2018</td></tr><tr><td>发文机关：</td><td>省政府</td></tr></table>"
            f"<div><h1>{NOTICE}</h1><div>{BODY}</div></div>",
            [NOTICE, *TASKS],
            id="the card of the catalogue",
        ),
        pytest.param(
            f"<div>{BODY}<p>关闭小煤矿20处。</p><p>打印机更换。</p><p>来源于企业的数据。</p><p>规范版权所有者权益。（牵头单位：省版权局）</p>"
            "<p>【打印】【关闭窗口】</p><p>扫一扫在手机打开当前页</p></div>",
            [
                *TASKS,
                "关闭小煤矿20处。",
                "打印机更换。",
                "来源于企业的数据。",
                "规范版权所有者权益。（牵头单位：省版权局）",
            ],
            id="tasks that begin as buttons do",
        ),
    ],
)
def test_the_column_of_the_text(inner: str, expected: list[str]) -> None:
    document = of(page(f"{TOP}<div>{inner}</div>{END}"))
    assert document.text.splitlines() == expected
    assert [n.en for n in document.notes if "around the text of the page" in n.en], "what is left out is said"


def test_a_table_beside_the_prose_is_of_the_text() -> None:
    table = "".join(f"<tr><td>{n}</td><td>建成平台{n}</td><td>省财政厅</td></tr>" for n in range(30))
    document = of(page(f"{TOP}<div><div>{BODY}</div><div><table>{table}</table></div></div>{END}"))
    assert [row[1] for row in cells(document)] == [f"建成平台{n}" for n in range(30)]
    assert document.text.startswith(TASKS[0])


# --- tables --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        pytest.param("<tr><th>任务</th><th>单位</th></tr><tr><td>甲</td><td>乙</td></tr>", [["任务", "单位"], ["甲", "乙"]], id="plain"),
        pytest.param(
            "<thead><tr><th>任务</th><th>单位</th></tr></thead><tbody><tr><td>甲</td><td>乙</td></tr></tbody>",
            [["任务", "单位"], ["甲", "乙"]],
            id="head and body",
        ),
        pytest.param(
            "<tr><th rowspan=2>序号</th><th colspan=2>分工</th></tr><tr><th>任务</th><th>单位</th></tr>"
            "<tr><td>1</td><td rowspan='2'>甲</td><td>乙</td></tr><tr><td>2</td><td>丙</td></tr>",
            [["序号", "分工", "分工"], ["序号", "任务", "单位"], ["1", "甲", "乙"], ["2", "甲", "丙"]],
            id="merged",
        ),
        pytest.param(
            "<tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr>",
            [["甲", "1"], ["甲", "2"], ["甲", "3"]],
            id="merged to the end",
        ),
        pytest.param("<tr><td rowspan=99>甲</td><td>1</td></tr><tr><td>2</td></tr>", [["甲", "1"], ["甲", "2"]], id="beyond the end"),
        pytest.param("<tr><td rowspan='x' colspan='-2'>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>", [["甲", "1"], ["乙", "2"]], id="spans that are no numbers"),
        pytest.param("<tr><td>甲</td><td>乙</td><td>丙</td></tr><tr><td>丁</td></tr>", [["甲", "乙", "丙"], ["丁", "", ""]], id="short row"),
        pytest.param("<tr><td>甲</td><td></td></tr><tr><td>&nbsp;</td><td>　</td></tr><tr><td>乙</td><td>丙</td></tr>", [["甲", ""], ["乙", "丙"]], id="empty row and cell"),
        pytest.param(
            "<tr><td>甲</td><td><p>省财政厅</p>\n<p>省国资\n委</p>省教育厅<br>省商务厅</td></tr><tr><td>乙</td><td>丙</td></tr>",
            [["甲", "省财政厅 省国资委 省教育厅 省商务厅"], ["乙", "丙"]],
            id="paragraphs and breaks of a cell",
        ),
        pytest.param("<tr><td>甲<script>x</script></td><td>乙<!-- 丙 --></td></tr><tr style='display:none'><td>暗</td><td>暗</td></tr><tr><td>丁</td><td>戊</td></tr>", [["甲", "乙"], ["丁", "戊"]], id="what is not shown"),
    ],
)  # fmt: skip
def test_tables(table: str, rows: list[list[str]]) -> None:
    document = of(page(f"<p>{A}</p><table>{table}</table><p>{B}</p>"))
    assert cells(document) == rows
    assert (document.text.startswith(A + "\n"), document.text.endswith(f"\n{B}\n")) == (True, True)
    filled = [cell for row in document.tables[0].rows for cell in row if cell.begin < cell.end]
    assert len(set(filled)) == len({cell.of(document.text) for cell in filled}), "a merged cell is one span"


def test_the_caption_is_the_line_above_the_table() -> None:
    document = of(
        page(
            "<table><caption>任务表</caption><tr><td>任务</td><td>单位</td></tr><tr><td>甲</td><td>乙</td></tr></table>"
        )
    )
    assert document.text == "任务表\n任务\t单位\n甲\t乙\n"


def test_a_table_in_a_laid_out_page_is_a_table() -> None:
    inner = "<table><tr><td>任务</td><td>单位</td></tr><tr><td>甲</td><td>乙</td></tr></table>"
    document = of(page(f"<table><tr><td><p>{A}</p>{inner}<p>{B}</p></td></tr></table>"))
    assert document.text == f"{A}\n任务\t单位\n甲\t乙\n{B}\n"
    assert cells(document) == [["任务", "单位"], ["甲", "乙"]]


# --- encodings -----------------------------------------------------------------------------------------------------

RARE = A + "朱镕基，囍、喆。"  # 镕 is not in GB 2312


def labelled(label: str) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"></head><body><p>{RARE}</p></body></html>'


@pytest.mark.parametrize(
    ("label", "encoding", "named"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "gbk", "gb18030"),  # what every page of the nineties says
        ("gb2312", "gb18030", "gb18030"),
        ("gbk", "gbk", "gb18030"),
        ("gb2312", "utf-8", "utf-8"),  # saved anew
        ("utf-8", "gbk", "gb18030"),
        ("iso-8859-1", "utf-8", "utf-8"),  # what servers and editors write where nobody chose
        ("windows-1252", "gbk", "gb18030"),
        ("no-such", "utf-8", "utf-8"),
        ("utf-16", "utf-16-le", "utf-16-le"),
        ("utf-16", "utf-16-be", "utf-16-be"),
        ("big5", "utf-8", "utf-8"),
    ],
)
def test_encodings_and_what_a_page_says_of_its_own(label: str, encoding: str, named: str) -> None:
    document = of(labelled(label).encode(encoding))
    assert (document.text, document.encoding) == (RARE + "\n", named)
    assert [n.en for n in document.notes] == ([] if named == "utf-8" else [f"decoded from {named.upper()}"])


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_byte_order_marks(bom: bytes, encoding: str) -> None:
    document = read(bom + labelled("gb2312").encode(encoding), "d", "d.html")
    assert (document.text, document.encoding, document.bom) == (RARE + "\n", encoding, bom)


def test_big5_is_read_where_the_page_says_so() -> None:
    words = "一、建成甲平臺，投入使用。（牽頭單位：財政廳）"
    document = of(labelled("big5").replace(RARE, words).encode("big5"))
    assert (document.text, document.encoding) == (words + "\n", "big5")


# --- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "en", "zh"),
    [
        pytest.param(page("<img src='1.jpg'>"), "holds no text; give", "没有文字", id="a picture"),
        pytest.param(page("<script>document.write('甲')</script>"), "holds no text; give", "没有文字", id="a script"),
        pytest.param("<html></html>", "holds no text; give", "没有文字", id="nothing"),
        pytest.param("<html><frameset><frame src='a.html'><frame src='计划/b.html'></frameset></html>",
                     "holds no text itself, only frames that show a.html, 计划/b.html; give", "显示的是 a.html、计划/b.html，", id="frames"),
        pytest.param("<html><frameset><frame src='a.html'><noframes><body>不支持框架</body></noframes></frameset></html>",
                     "holds no text itself, only frames that show a.html; give", "显示的是 a.html，", id="frames, with a word for old browsers"),
        pytest.param(page("<iframe src='正文.html'></iframe>"), "holds no text itself, only frames that show 正文.html", "正文.html", id="an inline frame"),
        pytest.param("<html><frameset></frameset></html>", "holds no text; give", "没有文字", id="no frames"),
        pytest.param("<!-- 甲 -->", "holds no text; give", "没有文字", id="a comment"),
        pytest.param(page("<div>" * 10_000 + A + "</div>" * 10_000), "is nested too deeply or holds", "嵌套过深", id="deep"),
        pytest.param(page("<table><tr><td>" * 10_000 + A), "is nested too deeply or holds", "嵌套过深", id="deep tables"),
        pytest.param(page("<p><span>" * 10_000 + A), "is nested too deeply or holds", "嵌套过深", id="deep spans"),
        pytest.param(page(f"<p>甲\x00{A}</p>"), "is binary, not text", "二进制", id="binary"),
        pytest.param(page(f"<p>{A}</p>").encode()[:-30] + b"\xe4\xb8", "is cut off in the middle", "断开", id="cut in a character"),
        pytest.param(page("<p>é à</p>").encode("latin-1", "replace"), "is neither UTF-8", "既不是 UTF-8", id="another language"),
    ],
)  # fmt: skip
def test_what_is_refused(raw: str | bytes, en: str, zh: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read(raw.encode() if isinstance(raw, str) else raw, "d", "计划.html")
    assert str(raised.value).startswith(f"计划.html {en}")
    assert raised.value.zh.startswith("计划.html ")
    assert zh in raised.value.zh
    assert "请" in raised.value.zh


def test_entities_of_its_own_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    document = read(
        f'<!DOCTYPE html [<!ENTITY a "ha">{laughs}]><html><body><p>{A}&i;</p></body></html>'.encode(), "d", "d.html"
    )
    assert f"{A}&i;\n" in document.text
    assert len(document.text) < 1_000


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_lines, "MAX_CELLS", 50)
    huge = "<tr><td rowspan=65534 colspan=1000>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr>"
    with pytest.raises(UnreadableError, match=r"^d\.html holds a table of more than 50 cells \(line 1\); split it"):
        read(page(f"<table>{huge}</table>").encode(), "d", "d.html")


def test_a_page_cut_off_is_said() -> None:
    document = of(page(f"<p>{A}</p><p>{B}</p>").split("</p></body>")[0])
    assert document.text == f"{A}\n{B}\n"
    assert [n.en for n in document.notes] == ["the page has no end (</html>) and may be cut off: compare"]


# --- any page ------------------------------------------------------------------------------------------------------

WORDS = st.text(alphabet="甲乙，。a <&\n　", min_size=1, max_size=8).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
TAGS = st.sampled_from(["p", "div", "span", "b", "li", "ul", "h2", "td", "tr", "table", "pre", "blockquote", "center"])
NODES = st.recursive(WORDS, lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)), max_leaves=15)


def markup(node: str | tuple[str, list[object]]) -> str:
    if isinstance(node, str):
        return node
    tag, inner = node
    return f"<{tag}>{''.join(markup(one) for one in inner)}</{tag}>"  # type: ignore[arg-type]


@EXACT
@given(st.lists(NODES, max_size=5))
def test_any_markup_keeps_its_text_once_and_in_order(nodes: list[str | tuple[str, list[object]]]) -> None:
    inner = "".join(markup(node) for node in nodes)
    raw = page(f"<p>{A}</p>{inner}<p>{B}</p>").encode()
    document = of(raw)
    shown = lxml.html.document_fromstring(raw.decode()).body.text_content()
    assert solid(document.text) == solid(fold(shown))
    for table in document.tables:
        spans = [cell for row in table.rows for cell in row]
        assert all(table.span.covers(cell) for cell in spans)


def test_a_task_that_speaks_of_the_site_is_no_foot() -> None:
    page = (
        "<html><body><div class='content'><p>一、任务</p><p>（一）推进甲事，按时完成。</p>"
        "<p>（二）做好留言办理。完善网站功能，确保“我为政府网站找错”平台留言按时答复，做到接诉必应、办结必告。</p>"
        "<p>（三）推进乙事，按时完成。</p></div><div><p>政府网站找错　技术支持：某公司</p><p>某ICP备123号</p></div></body></html>"
    )
    text = read(page.encode(), "d", "d.html").text
    assert "（二）做好留言办理。" in text
    assert "某公司" not in text
