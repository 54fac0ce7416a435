"""PDF: paragraphs and ruled tables as the pages show them, each with its page, and what is refused."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from plan_graph.authority.register import Register
from plan_graph.errors import UnreadableError
from plan_graph.extraction.tasks import extract
from plan_graph.model.plan import Plan, Task
from plan_graph.model.text import Document
from plan_graph.reading import file, pdf_glyphs, pdf_process
from plan_graph.reading.pdf import MEDIA_TYPE, read
from plan_graph.reading.pdf_lines import join

LEFT, EM = 90, 16  # points; a whole line has 26 characters
UPRIGHT, UP, OVER, DOWN = "1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"


class Pdf:
    """Writes a PDF: a font that is not in the file, with a map to Unicode as office programs write it."""

    def __init__(self, mapped: bool = True, encoding: str = "") -> None:
        self.mapped, self.encoding = mapped, encoding
        self.codes: dict[str, int] = {}
        self.objects = [""] * 6
        self.kids: list[str] = []

    def text(self, x: float, y: float, text: str, size: float = EM, turn: str = UPRIGHT, mode: int = 0) -> str:
        """Show text; ``y`` counts from the top of an upright page of 842 points."""
        if self.encoding:
            code = text.encode({"UniGB-UCS2-H": "utf-16-be", "GBK-EUC-H": "gbk"}[self.encoding]).hex()
        else:
            code = "".join(f"{self.codes.setdefault(c, len(self.codes) + 1):04x}" for c in text)
        return f"BT /F {size} Tf {mode} Tr {turn} {x} {842 - y} Tm <{code}> Tj ET\n"

    def add(self, held: str) -> str:
        self.objects.append(held)
        return f"{len(self.objects)} 0 R"

    def stream(self, content: bytes, looks: str = "") -> str:
        return f"<<{looks}/Length {len(content)}>>stream\n{content.decode('latin-1')}\nendstream"

    def page(self, *shown: str, size: tuple[int, int] = (595, 842), looks: str = "", resources: str = "") -> Pdf:
        content = self.add(self.stream("".join(shown).encode("latin-1")))
        self.kids.append(
            self.add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]/Contents {content}{looks}"
                f"/Resources<</Font<</F 3 0 R>>{resources}>>>>"
            )
        )
        return self

    def bytes(self, trailer: str = "") -> bytes:
        pairs = "".join(f"<{n:04x}><{c.encode('utf-16-be').hex()}>\n" for c, n in self.codes.items())
        unicode = (
            f"1 begincodespacerange <0000><ffff> endcodespacerange {len(self.codes)} beginbfchar\n{pairs}endbfchar"
        )
        widths = " ".join(f"{n}[500]" for c, n in self.codes.items() if c.isascii())
        order = "GB1" if self.encoding else "Identity"
        self.objects[:6] = [
            "<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids[{' '.join(self.kids)}]/Count {len(self.kids)}>>",
            f"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/{self.encoding or 'Identity-H'}/DescendantFonts[4 0 R]"
            + ("/ToUnicode 6 0 R>>" if self.mapped and not self.encoding else ">>"),
            f"<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering({order})"
            f"/Supplement 0>>/FontDescriptor 5 0 R/DW 1000/W[{'1 95 500' if self.encoding else widths}]>>",
            "<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120>>",
            self.stream(unicode.encode()),
        ]
        made, at = b"%PDF-1.7\n", []
        for number, held in enumerate(self.objects, 1):
            at.append(len(made))
            made += f"{number} 0 obj\n{held}\nendobj\n".encode("latin-1")
        table = b"".join(b"%010d 00000 n \n" % offset for offset in at)
        return b"%bxref\n0 %d\n0000000000 65535 f \n%btrailer<</Root 1 0 R/Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (
            made, len(at) + 1, table, len(at) + 1, trailer.encode(), len(made),
        )  # fmt: skip


def of(made: Pdf | bytes) -> Document:
    return read(made if isinstance(made, bytes) else made.bytes(), "d", "folder/计划.pdf")


def lines(pdf: Pdf, *rows: tuple[float, str] | tuple[float, str, float], top: float = 100) -> str:
    """Show lines under one another: (indent in characters, text, size)."""
    shown = ""
    for indent, text, *size in rows:
        high = size[0] if size else EM
        shown += pdf.text(LEFT + indent * EM, top, text, high)
        top += 1.75 * high
    return shown


def ruled(
    pdf: Pdf,
    rows: Sequence[Sequence[str | None]],
    xs: Sequence[int],
    top: int = 200,
    high: int = 40,
    as_: str = "line",
    sides: bool = True,
    ends: tuple[bool, bool] = (True, True),
) -> str:
    """Draw a table; ``<`` is merged with the cell to the left, ``^`` with the one above; a bar divides lines.

    ``ends`` tells whether there are lines above the first row and below the last.
    """
    shown = ""
    ys = [top + high * at for at in range(len(rows) + 1)]

    def rule(x0: float, y0: float, x1: float, y1: float) -> str:
        if as_ == "line":
            return f"{x0} {842 - y0} m {x1} {842 - y1} l S\n"
        return f"{x0 - 0.25} {842 - y1 - 0.25} {x1 - x0 + 0.5} {y1 - y0 + 0.5} re f\n"

    for down in range(not ends[0], len(rows) + ends[1]):
        for right in range(len(xs) - 1):
            if not 0 < down < len(rows) or rows[down][right] != "^":
                shown += rule(xs[right], ys[down], xs[right + 1], ys[down])
    for down, row in enumerate(rows):
        for right in range(len(xs)):
            outer = right in (0, len(xs) - 1)
            if (sides and outer) or (not outer and row[right] != "<"):
                shown += rule(xs[right], ys[down], xs[right], ys[down + 1])
        for right, text in enumerate(row):
            for at, part in enumerate((text or "").split("|") if text not in ("<", "^") else ()):
                shown += pdf.text(xs[right] + 3, ys[down] + 14 + 13 * at, part, 10)
    return shown


def cells(document: Document, table: int = 0) -> list[list[str]]:
    return [[cell.of(document.text) for cell in row] for row in document.tables[table].rows]


def places(document: Document) -> list[tuple[str, str]]:
    return [(origin.place, origin.span.of(document.text)) for origin in document.origins]


def han(count: int) -> str:
    return ("推进落实" * 10)[:count]


@pytest.mark.parametrize(
    ("rows", "read_as"),
    [
        ([(2, han(24)), (0, "到位。")], [han(24) + "到位。"]),  # an indented first line and the rest
        ([(2, han(24)), (2, "到位。")], [han(24), "到位。"]),  # two paragraphs by indent
        ([(2, "做好甲。"), (0, "乙方")], ["做好甲。", "乙方"]),  # there was room for more
        (
            [(2, "做好甲。（甲局、乙局按职"), (0, "责分工负责）")],
            ["做好甲。（甲局、乙局按职责分工负责）"],
        ),  # ragged, in brackets
        ([(2, "做好甲（一类"), (0, "1．做好乙。")], ["做好甲（一类", "1．做好乙。"]),  # never closed
        ([(2, han(23) + "，"), (0, "到位。")], [han(23) + "，到位。"]),
        ([(2, han(22)), (0, "2025年底")], [han(22) + "2025年底"]),  # a number is not parted, so the line is short
        ([(2, han(23)), (0, "“四个一”。")], [han(23) + "“四个一”。"]),  # nor is a bracket
        ([(2, "一、做好甲"), (2, han(24)), (0, "到位。")], ["一、做好甲", han(24) + "到位。"]),  # a heading
        ([(0, han(25) + "。"), (0, "（一）做好乙。")], [han(25) + "。", "（一）做好乙。"]),  # numbered at the margin
        ([(0, han(26)), (0, "（一）项所列。")], [han(26) + "（一）项所列。"]),  # in the middle of a sentence
        ([(2, han(24)), (0, "AI模型。")], [han(24) + "AI模型。"]),  # no space beside Han
        ([(2, han(19) + "open data"), (0, "source。")], [han(19) + "open data source。"]),  # a space between words
        (
            [(6.8, "省市县工作推进方案", 22), (10.25, "实施办法", 22), (2, han(24))],
            ["省市县工作推进方案实施办法", han(24)],
        ),
        ([(11, "第一章"), (2, "做好甲。")], ["第一章", "做好甲。"]),  # in the middle, of the size of the text
        ([(2, "做好甲。"), (14, "某省人民政府"), (16, "2025年1月5日")], ["做好甲。", "某省人民政府", "2025年1月5日"]),
        ([(2, "附件：1." + han(20)), (6, "清单")], ["附件：1." + han(20) + "清单"]),  # hanging
        ([(2, "附件：1." + han(20)), (8, han(10))], ["附件：1." + han(20), han(10)]),  # in the middle
        ([(0, "（2025—2027 年）"), (0, "甲")], ["（2025—2027 年）", "甲"]),  # a space that is in the file stays
        ([(2, "\ue001甲１２㐂𠮷·")], ["\ue001甲１２㐂𠮷·"]),  # private use, full width, beyond the basic plane
    ],
)
def test_paragraphs(rows: list[tuple[float, str]], read_as: list[str]) -> None:
    pdf = Pdf()
    body = [(2, han(24)), (0, han(26)), (0, han(26)), (0, "完毕。")]  # what shows where the margins are
    document = of(pdf.page(lines(pdf, *body), lines(pdf, *rows, top=300)))
    assert document.text.splitlines() == [han(24) + han(26) * 2 + "完毕。", *read_as]
    assert document.media_type == MEDIA_TYPE


@pytest.mark.parametrize(
    ("indent", "gap", "joined"),
    [
        (2, 28, True),
        (2, 60, False),  # further below than the line before
        (0, 28, True),
        (0, 60, False),  # without indents the gaps divide
    ],
)
def test_gaps_between_paragraphs(indent: int, gap: int, joined: bool) -> None:
    pdf = Pdf()
    first = [(indent, han(26 - indent)), (0, han(25) + "。")]
    document = of(pdf.page(lines(pdf, *first, *first, *first), pdf.text(LEFT, 240 + gap, "到位。")))
    assert document.text.endswith("。到位。\n") == joined


def test_without_indents_a_gap_divides_after_a_sentence() -> None:
    pdf = Pdf()
    shown = [pdf.text(LEFT, 100 + 60 * at, text) for at, text in enumerate((han(25) + "。", han(26), han(25) + "。"))]
    assert of(pdf.page(*shown)).text.splitlines() == [han(25) + "。", han(26) + han(25) + "。"]


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    pdf = Pdf()
    pdf.page(lines(pdf, (2, han(24)), (0, han(26)))).page(lines(pdf, (0, "到位。"), (2, "一、做好乙")))
    pdf.page(lines(pdf, (2, han(24)), (0, "完毕。")))
    document = of(pdf)
    assert document.text.splitlines() == [han(24) + han(26) + "到位。", "一、做好乙", han(24) + "完毕。"]
    assert places(document) == [
        ("page=1", han(24) + han(26)), ("page=2", "到位。"), ("page=2", "一、做好乙"), ("page=3", han(24) + "完毕。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("feet", "kept"),
    [
        (["— 1 —", "— 2 —", "— 3 —"], []),
        (["- 1 -", "- 2 -", "- 3 -"], []),
        (["第1页 共3页", "第2页 共3页", "第3页 共3页"], []),
        (["1/3", "2/3", "3/3"], []),
        (["１", "２", "\uff13"], []),  # full width
        (["—7—", "—8—", "—9—"], []),  # counted from another page
        (["某省人民政府公报 1", "某省人民政府公报 2", "某省人民政府公报 3"], []),  # equal but for digits
        (["甲方", "乙方", "丙方"], ["甲方", "乙方", "丙方"]),
        (["2016", "1949", ""], ["2016", "1949"]),  # does not count as the pages do
        (["甲方", "甲方", ""], ["甲方", "甲方"]),  # on two pages only
    ],
)
def test_running_feet(feet: list[str], kept: list[str]) -> None:
    pdf = Pdf()
    for high, (foot, what) in enumerate(zip(feet, "甲乙丙", strict=True)):  # not at quite the same height
        pdf.page(lines(pdf, (2, f"做好{what}。"), (2, "办好各事。")), pdf.text(250, 800 + high, foot, 14))
    found = of(pdf).text.splitlines()
    assert [line for line in found if line in feet] == kept
    assert [line for line in found if line not in feet] == [
        "做好甲。",
        "办好各事。",
        "做好乙。",
        "办好各事。",
        "做好丙。",
        "办好各事。",
    ]


@pytest.mark.parametrize(
    ("foot", "kept"),
    [
        ("— 1 —", False),
        ("第1页", False),
        ("2016", True),
        ("https://example.org/a.html 1/1", False),  # as a browser prints it
        ("11/30/26, 7:08 AM 行动方案", False),
        ("办好各事。", True),
    ],
)
def test_the_foot_of_a_single_page(foot: str, kept: bool) -> None:
    pdf = Pdf()
    document = of(pdf.page(lines(pdf, (2, "做好甲。")), pdf.text(250, 800, foot, 14)))
    assert (foot in document.text) == kept


def test_heads_of_odd_and_even_pages() -> None:
    pdf = Pdf()
    for number, what in enumerate("甲乙丙丁戊己庚辛", 1):
        head = "某省文件" if number % 2 else "工作方案"
        pdf.page(pdf.text(90 if number % 2 else 400, 40, head, 10), lines(pdf, (2, f"做好{what}。")))
    assert of(pdf).text.splitlines() == [f"做好{what}。" for what in "甲乙丙丁戊己庚辛"]


def test_annexes_that_begin_at_one_height_keep_their_numbers() -> None:
    pdf = Pdf()
    for number, what in enumerate("甲乙丙", 1):
        pdf.page(lines(pdf, (0, f"附件{number}"), (2, f"{what}清单")))
    assert of(pdf).text.splitlines() == ["附件1", "甲清单", "附件2", "乙清单", "附件3", "丙清单"]


def test_a_line_that_recurs_within_the_text_stays() -> None:
    pdf = Pdf()
    for _ in range(4):
        pdf.page(lines(pdf, (2, "做好甲。"), (2, "同上。"), (2, "做好乙。"), top=400))
    assert of(pdf).text.count("同上。") == 4


@pytest.mark.parametrize(
    ("turn", "looks", "at"),
    [
        (UPRIGHT, "", (90, 100)),
        (UP, "/Rotate 90", (100, 700)),  # a broad table on a turned page
        (DOWN, "/Rotate 270", (100, 200)),
        (OVER, "/Rotate 180", (500, 700)),
        (UP, "", (100, 700)),  # text turned on an upright page
        (DOWN, "", (100, 200)),
        (OVER, "", (500, 700)),
    ],
)
def test_turned_pages(turn: str, looks: str, at: tuple[int, int]) -> None:
    pdf = Pdf()
    step = {UPRIGHT: (0, 28), UP: (28, 0), OVER: (0, -28), DOWN: (-28, 0)}[turn]
    shown = [pdf.text(at[0] + step[0] * n, at[1] + step[1] * n, text, turn=turn) for n, text in enumerate("甲乙丙")]
    document = of(pdf.page(*shown, looks=looks))
    assert document.text.split() == ["甲", "乙", "丙"]
    assert not document.notes


def test_text_askew_is_left_out_with_a_note() -> None:
    pdf = Pdf()
    shown = pdf.text(200, 400, "内部资料", turn="0.7 0.7 -0.7 0.7") + pdf.text(30, 500, "装订线", turn=UP)
    document = of(pdf.page(lines(pdf, (2, "做好甲的工作。")), shown))
    assert document.text == "做好甲的工作。\n"
    assert [note.en for note in document.notes] == ["page 1 (1 in all) with text askew or from top to bottom, not read"]


@pytest.mark.parametrize(
    ("left", "mark", "read_as"),
    [
        (
            430,
            ("删除[王五]: ，以甲", "设置格式[赵六]: 字体: 加粗,", "（复杂文种）"),
            "做好甲、乙的工作，\n实现新的目标。",
        ),
        (430, ("注意[王五]：，以甲", "另外：", "丙"), None),
        (280, ("删除[王五]: ，以甲", "设置格式[赵六]: 字体", "丙"), None),
    ],
    ids=["in the margin", "other words", "on a line of text"],
)
def test_marks_of_a_revision_are_left_out_with_a_note(
    left: int, mark: tuple[str, str, str], read_as: str | None
) -> None:
    pdf = Pdf()
    text = lines(pdf, (2, "做好甲、乙的工作，"), (0, "实现新的目标。"))
    beside = "".join(pdf.text(left, 98 + 14 * at, words, 9) for at, words in enumerate(mark))
    if left < 400:
        text += pdf.text(200, 98, "设置", 9)
        text += pdf.text(218, 112, "一二三四五六七八九", 9)
    document = of(pdf.page(text, beside))
    notes = [note.en for note in document.notes]
    if read_as is None:
        assert not notes
        assert mark[2] in document.text
    else:
        assert document.text == read_as + "\n"
        assert notes == ["page 1 (1 in all) with marks of a revision in the margin, not read"]


@pytest.mark.parametrize(("off", "name"), [(0, "the same place"), (0.4, "bold"), (2, "a shadow")])
def test_what_is_drawn_twice_counts_once(off: float, name: str) -> None:
    pdf = Pdf()
    text = "做好甲甲的工作——2011。"
    document = of(pdf.page(pdf.text(90, 100, text), pdf.text(90 + off, 100 + off / 2, text)))
    assert document.text == text + "\n", name


@pytest.mark.parametrize("encoding", ["UniGB-UCS2-H", "GBK-EUC-H"])
def test_fonts_that_are_not_in_the_file(encoding: str) -> None:
    pdf = Pdf(encoding=encoding)
    assert (
        of(pdf.page(pdf.text(90, 100, "甲"), pdf.text(90, 130, "做好\uff12０２\uff15年工作。"))).text
        == "甲\n做好\uff12０２\uff15年工作。\n"
    )


def test_radicals_are_the_characters_they_look_like() -> None:
    pdf = Pdf(encoding="UniGB-UCS2-H")
    assert of(pdf.page(pdf.text(90, 100, "⼀、省⼈⺠政府"))).text == "一、省人民政府\n"


def test_a_long_dash_is_two() -> None:
    pdf = Pdf()
    assert of(pdf.page(lines(pdf, (2, "发展目标\u2e3a到2030年")))).text == "发展目标——到2030年\n"


def test_join() -> None:
    assert "".join(join(["甲", "AI", "模型", "open", "data", "20", "25", "a-", "b"])) == "甲AI模型open data 2025 a-b"


COLUMNS = (80, 120, 220, 400, 520)
HEAD = ["序号", "领域", "任务", "责任单位"]


@pytest.mark.parametrize("as_", ["line", "thin rectangle"])
def test_a_table_stands_where_it_is(as_: str) -> None:
    pdf = Pdf()
    table = ruled(
        pdf,
        [HEAD, ["1", "医疗", "做好甲|的工作", "省财政厅、|省国资委"], ["2", "^", "做好AI|模型", ""]],
        COLUMNS,
        as_=as_,
    )
    document = of(pdf.page(pdf.text(90, 150, "清单如下："), table, pdf.text(90, 400, "以上。")))
    assert document.text.splitlines() == [
        "清单如下：", "序号\t领域\t任务\t责任单位", "1\t医疗\t做好甲的工作\t省财政厅、省国资委", "2\t\t做好AI模型\t", "以上。",
    ]  # fmt: skip
    assert cells(document)[2] == ["2", "医疗", "做好AI模型", ""]
    rows = document.tables[0].rows
    assert rows[1][1] is rows[2][1]
    assert {place for place, _ in places(document)} == {"page=1"}


@pytest.mark.parametrize(
    ("rows", "sides", "read_as"),
    [
        ([["甲", "<"], ["乙", "丙"]], True, [["甲", "甲"], ["乙", "丙"]]),  # merged over columns
        ([["甲", "<"], ["^", "<"], ["乙", "丙"]], True, [["甲", "甲"], ["甲", "甲"], ["乙", "丙"]]),
        ([["甲", "乙"], ["丙", "丁"]], False, [["甲", "乙"], ["丙", "丁"]]),  # open sides
        ([["甲", "乙"]], True, [["甲", "乙"]]),
    ],
)
def test_merged_and_open_tables(rows: list[list[str | None]], sides: bool, read_as: list[list[str]]) -> None:
    pdf = Pdf()
    assert cells(of(pdf.page(ruled(pdf, rows, (80, 200, 400), sides=sides)))) == read_as


def test_a_box_with_one_text_is_a_line() -> None:
    pdf = Pdf()
    document = of(pdf.page(ruled(pdf, [["甲|乙", ""], ["", ""]], (80, 200, 400))))
    assert (document.text, document.tables) == ("甲乙\n", ())


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        ("60 60 475 700 re S\n", "a frame"),
        ("90 690 m 500 690 l S\n90 650 m 500 650 l S\n", "rules above and below"),
        ("90 640 m 300 640 l S\n200 640 m 200 500 l S\n100 500 m 250 500 l S\n", "a diagram"),
        ("200 680 100 -30 re S\n250 650 m 250 600 l S\n90 600 410 40 re S\n300 640 m 300 600 l S\n", "two boxes"),
        ("100 100 300 600 re f\n", "a coloured ground"),
    ],
)
def test_lines_that_are_no_table(shown: str, reason: str) -> None:
    pdf = Pdf()
    document = of(pdf.page(shown, lines(pdf, (2, "做好甲。"), (2, "做好乙。"), top=180)))
    assert document.text == "做好甲。\n做好乙。\n", reason
    assert not document.tables


@pytest.mark.parametrize(
    ("shown", "read_as"),
    [
        ("省财政厅|省国资委", "省财政厅 省国资委"),  # two names with nothing between them
        ("省财政厅、|省国资委", "省财政厅、省国资委"),
        ("省卫生|健康委", "省卫生健康委"),  # one name
        ("省委|办公厅", "省委办公厅"),
        ("AI|model", "AI model"),
        ("商务部|农业农村部|甲海关", "商务部 农业农村部 甲海关"),  # lines that end early
        ("某某市人力资源和社会|保障局", "某某市人力资源和社会保障局"),  # broken by hand
        ("省委|组织部", "省委组织部"),
        ("国家卫生健康委|员会", "国家卫生健康委员会"),
        ("某某创新中心|有限公司", "某某创新中心有限公司"),
        ("某某企业|关系分析数据集", "某某企业关系分析数据集"),  # no names
        ("工业和信息化部、农|业农村部", "工业和信息化部、农业农村部"),
        # one of them fills its line
        (
            "民政部|中央和国家机关各有关单位领导小组办公室|商务部某某局",
            "民政部 中央和国家机关各有关单位领导小组办公室 商务部某某局",
        ),
    ],
)
def test_lines_of_a_cell(shown: str, read_as: str) -> None:
    pdf = Pdf()
    assert cells(of(pdf.page(ruled(pdf, [["任务", "单位"], ["做好甲。", shown]], (80, 200, 400)))))[1][1] == read_as


def test_a_frame_and_lines_within_it() -> None:
    pdf = Pdf()
    shown = "400 642 m 400 562 l 80 562 l 80 642 l h S\n80 602 m 400 602 l S\n200 642 m 200 562 l S\n"
    texts = [
        pdf.text(x, y, text, 10)
        for x, y, text in ((90, 220, "甲"), (210, 220, "乙"), (90, 260, "丙"), (210, 260, "丁"))
    ]
    assert cells(of(pdf.page(shown, *texts))) == [["甲", "乙"], ["丙", "丁"]]


def test_a_drawing_moves_only_what_is_in_it() -> None:
    pdf = Pdf()
    form = pdf.add(pdf.stream(b"0 0 m 9 9 l S", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[2 0 0 2 90 90]"))
    table = ruled(pdf, [["甲", "乙"], ["丙", "丁"]], (80, 200, 400))
    document = of(pdf.page(pdf.text(90, 150, "之前"), "/X Do\n", table, resources=f"/XObject<</X {form}>>"))
    assert document.text == "之前\n甲\t乙\n丙\t丁\n"


def test_a_table_within_a_drawing() -> None:
    pdf = Pdf()
    content = ruled(pdf, [["甲", "乙"], ["丙", "丁"]], (80, 200, 400)).encode()
    looks = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
    form = pdf.add(pdf.stream(content, looks))
    pdf.page("q 0.5 0 0 0.5 50 50 cm /X Do Q\n", resources=f"/XObject<</X {form}>>")
    assert cells(of(pdf)) == [["甲", "乙"], ["丙", "丁"]]


ABOVE = [HEAD, ["1", "医疗", "做好甲。", "省财政厅"], ["2", "教育", "做好乙。", "省国资委"]]


@pytest.mark.parametrize(
    ("above", "below", "read_as"),
    [
        (
            ABOVE,
            [HEAD, ["3", "交通", "做好丙。", "甲局"]],
            [*ABOVE, ["3", "交通", "做好丙。", "甲局"]],
        ),  # a repeated head
        (ABOVE, [["3", "交通", "做好丙。", "甲局"]], [*ABOVE, ["3", "交通", "做好丙。", "甲局"]]),
        (  # a row goes on: it has no number
            [*ABOVE, ["3", "交通", "做好丙的", "甲局、"]],
            [HEAD, ["", "", "工作。", "乙局"], ["4", "金融", "做好丁。", "丙局"]],
            [*ABOVE, ["3", "交通", "做好丙的工作。", "甲局、乙局"], ["4", "金融", "做好丁。", "丙局"]],
        ),
        (  # a merged first column goes on
            [*ABOVE, ["3", "交通", "做好丙。", "甲局"], ["4", "^", "做好丁。", "乙局"]],
            [["5", "", "做好戊。", "丙局"], ["6", "^", "做好己。", ""]],
            [
                *ABOVE,
                *(
                    [n, "交通", f"做好{c}。", b]
                    for n, c, b in (("3", "丙", "甲局"), ("4", "丁", "乙局"), ("5", "戊", "丙局"), ("6", "己", ""))
                ),
            ],
        ),
        (  # parted within a bracket
            [*ABOVE, ["3", "交通（牵头单", "做好丙。", "甲局"]],
            [["4", "位：乙局）", "做好丁。", ""]],
            [
                *ABOVE,
                ["3", "交通（牵头单位：乙局）", "做好丙。", "甲局"],
                ["4", "交通（牵头单位：乙局）", "做好丁。", ""],
            ],
        ),
        (ABOVE, [["3", "交通", "做好丙。", ""]], [*ABOVE, ["3", "交通", "做好丙。", ""]]),  # nobody is nobody
        (ABOVE, [["", "", "另一项。", ""]], [*ABOVE, ["", "", "另一项。", ""]]),  # what was above had ended
        (  # a merged last column, seen on one side only, does not go on; seen on both it does
            [*ABOVE, ["3", "交通", "做好丙。", "甲局"], ["4", "金融", "做好丁。", "^"]],
            [["5", "科技", "做好戊。", ""], ["6", "文化", "做好己。", "乙局"]],
            [
                *ABOVE,
                ["3", "交通", "做好丙。", "甲局"],
                ["4", "金融", "做好丁。", "甲局"],
                ["5", "科技", "做好戊。", ""],
                ["6", "文化", "做好己。", "乙局"],
            ],
        ),
        (
            [*ABOVE, ["3", "交通", "做好丙。", "甲局"], ["4", "金融", "做好丁。", "^"]],
            [["5", "科技", "做好戊。", ""], ["6", "文化", "做好己。", "^"]],
            [
                *ABOVE,
                *(
                    [n, a, f"做好{b}。", "甲局"]
                    for n, a, b in (("3", "交通", "丙"), ("4", "金融", "丁"), ("5", "科技", "戊"), ("6", "文化", "己"))
                ),
            ],
        ),
        (  # a merged number goes on: another row under it
            [*ABOVE, ["3", "交通", "做好丙", "甲局"], ["^", "^", "做好丁", "乙局"]],
            [["", "", "做好戊", "丙局"]],
            [*ABOVE, ["3", "交通", "做好丙", "甲局"], ["3", "交通", "做好丁", "乙局"], ["3", "交通", "做好戊", "丙局"]],
        ),
        (ABOVE, [["", "合计", "3项", ""]], [*ABOVE, ["", "合计", "3项", ""]]),  # a sum is a row of its own
    ],
)
def test_a_table_goes_on_over_a_page_break(
    above: list[list[str | None]], below: list[list[str | None]], read_as: list[list[str]]
) -> None:
    pdf = Pdf()
    for number, rows in enumerate((above, below), 1):
        shift = 60 * (number - 1)  # the pages of a leaf have different margins
        pdf.page(ruled(pdf, rows, [x + shift for x in COLUMNS], top=100), pdf.text(280, 800, f"— {number} —", 14))
    document = of(pdf)
    assert cells(document) == read_as
    assert len(document.tables) == 1


@pytest.mark.parametrize(
    ("columns", "between", "reason"),
    [((80, 300, 520), "", "other columns"), (COLUMNS, "二、另一张表", "a line stands between")],
)
def test_two_tables_are_two(columns: tuple[int, ...], between: str, reason: str) -> None:
    pdf = Pdf()
    pdf.page(ruled(pdf, ABOVE, COLUMNS)).page(
        pdf.text(90, 80, between), ruled(pdf, [["a", "b", "c", "d"][: len(columns) - 1]], columns)
    )
    assert len(of(pdf).tables) == 2, reason


def test_a_row_over_two_pages_has_both_as_its_place() -> None:
    pdf = Pdf()
    pdf.page(ruled(pdf, [*ABOVE, ["3", "交通", "做好丙的", "甲局"]], COLUMNS))
    pdf.page(ruled(pdf, [["", "", "工作。", ""], ["4", "金融", "做好丁。", "乙局"]], COLUMNS))
    document = of(pdf)
    assert cells(document)[3:] == [["3", "交通", "做好丙的工作。", "甲局"], ["4", "金融", "做好丁。", "乙局"]]
    assert ("page=1", "做好丙的") in places(document)
    assert ("page=2", "工作。") in places(document)


def test_a_row_of_which_one_cell_goes_on() -> None:
    pdf = Pdf()
    pdf.page(ruled(pdf, [*ABOVE, ["3", "交通", "做好丙的", "甲局"]], COLUMNS))
    pdf.page(ruled(pdf, [["", "", "工作。", ""]], COLUMNS))
    assert cells(of(pdf))[3:] == [["3", "交通", "做好丙的工作。", "甲局"]]


TWO = [["任务", "责任单位"], ["做好甲。推进乙。", "甲局、乙局"]]


@pytest.mark.parametrize(
    ("above", "below", "read_as"),
    [
        (
            ["做好某某项目的各项建设工作。积极推", "甲局"],
            ["进丙。", "乙局"],
            ["做好某某项目的各项建设工作。积极推进丙。", "甲局乙局"],
        ),
        (["做好丙", "甲局、省发展改"], ["和丁。", "革委、丙局"], ["做好丙和丁。", "甲局、省发展改革委、丙局"]),
        (["做好丙。", "甲局"], ["做好丁。", "乙局"], None),
        (["1．做好某某项目的工作。并推进丙", "甲局"], ["2．做好丁。", "乙局"], None),
    ],
)
def test_rows_without_numbers_go_on(above: list[str], below: list[str], read_as: list[str] | None) -> None:
    pdf = Pdf()
    pdf.page(ruled(pdf, [*TWO, above], (80, 300, 500))).page(ruled(pdf, [below, TWO[1]], (80, 300, 500)))
    rows = [above, below] if read_as is None else [read_as]
    assert cells(of(pdf)) == [*TWO, *rows, TWO[1]]


SIX = (60, 130, 210, 320, 420, 535)


@pytest.mark.parametrize(
    ("below", "own"),
    [
        (["乙湾", "岸线|整治", "丁镇、|戊镇沿岸", "修复|沙滩。", "乙市己局"], True),
        (["", "工程", "和戊镇", "", ""], False),  # only the long cells go on
    ],
)
def test_a_row_that_has_every_cell_is_a_row_of_its_own(below: list[str], own: bool) -> None:
    # 丙镇沿岸 looks like a list that goes on; of a broken row the short cells end above
    head = ["湾区", "名称", "区域", "内容", "责任单位"]
    first = ["甲湾", "防护林", "甲镇、|乙村、|丙镇沿岸", "建设林带。", "甲市丁局"]
    pdf = Pdf()
    pdf.page(ruled(pdf, [head, ["甲湾", "清淤", "甲湾", "清淤。", "甲局"], first], SIX, high=60))
    pdf.page(ruled(pdf, [head, below, ["丙湾", "清淤", "丙湾", "清淤。", "丙局"]], SIX, high=60))
    rows = cells(of(pdf))
    assert len(rows) == (5 if own else 4)
    assert rows[2][4] == "甲市丁局"
    assert rows[3][4] == ("乙市己局" if own else "丙局")


def test_names_under_one_another_that_stand_alone_elsewhere_are_two() -> None:
    pdf = Pdf()
    names = ["甲厅", "自然资源和规划厅", "林业局", "自然资源和规划厅|林业局", "自然资源和规划厅|测绘局"]
    rows = [["任务", "牵头部门"], *([f"做好{n}。", name] for n, name in zip("甲乙丙丁戊", names, strict=True))]
    read_as = [row[1] for row in cells(of(pdf.page(ruled(pdf, rows, (80, 300, 388)))))]
    assert read_as[4] == "自然资源和规划厅 林业局"
    assert read_as[5] == "自然资源和规划厅测绘局"  # 测绘局 is nowhere else: it may be part of the name


@pytest.mark.parametrize(
    ("rise", "size", "read_as"),
    [(7, 10, "入海河流1断面水质。"), (2, 10, "入海河流1断面水质。")],
)
def test_the_mark_of_a_note_stands_where_it_is(rise: int, size: int, read_as: str) -> None:
    pdf = Pdf()
    line = pdf.text(90, 200, "入海河流") + pdf.text(155, 200 - rise, "1", size) + pdf.text(162, 200, "断面水质。")
    assert of(pdf.page(line)).text == read_as + "\n"


def test_a_small_line_above_a_line_is_a_line() -> None:
    pdf = Pdf()
    assert of(pdf.page(pdf.text(90, 192, "小字。", 8), pdf.text(90, 200, "正文一行。"))).text != "正文一行。小字。\n"


def test_a_browser_draws_no_line_where_a_row_is_broken() -> None:
    pdf = Pdf()
    pdf.page(ruled(pdf, [*ABOVE, ["3", "交通", "做好丙。", "甲局、"]], COLUMNS, top=500, ends=(True, False)))
    whole_page = [["", "", "再做好丁。", "乙局"], ["4", "^", "做好戊。", "丙局"], ["5", "^", "做好己", "丁局"]]
    pdf.page(ruled(pdf, whole_page, COLUMNS, top=60, ends=(False, False)))
    pdf.page(
        ruled(pdf, [["", "", "和庚。", ""], ["6", "金融", "做好辛。", "戊局"]], COLUMNS, top=60, ends=(False, True))
    )
    document = of(pdf)
    assert len(document.tables) == 1
    assert cells(document)[3:] == [
        ["3", "交通", "做好丙。再做好丁。", "甲局、乙局"],
        ["4", "交通", "做好戊。", "丙局"],
        ["5", "交通", "做好己和庚。", "丁局"],
        ["6", "金融", "做好辛。", "戊局"],
    ]


def test_a_row_over_a_whole_page_is_a_row() -> None:
    pdf = Pdf()
    pdf.page(ruled(pdf, [*ABOVE, ["3", "交通", "做好丙、", "甲局、"]], COLUMNS, top=500, ends=(True, False)))
    pdf.page(ruled(pdf, [["", "", "丁、", "乙局、"]], COLUMNS, top=60, ends=(False, False)))
    pdf.page(
        ruled(pdf, [["", "", "戊。", "丙局"], ["4", "金融", "做好辛。", "戊局"]], COLUMNS, top=60, ends=(False, True))
    )
    document = of(pdf)
    assert cells(document)[3:] == [
        ["3", "交通", "做好丙、丁、戊。", "甲局、乙局、丙局"],
        ["4", "金融", "做好辛。", "戊局"],
    ]


IMAGE = "q 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"


def scanned(pages: int, of_: int, foot: str = "") -> Pdf:
    pdf = Pdf()
    for number in range(of_):
        shown = (
            IMAGE + pdf.text(200, 820, foot, 9) if number < pages else lines(pdf, (2, f"做好第{number}件重要工作。"))
        )
        pdf.page(shown)
    return pdf


def test_a_scanned_page_among_others() -> None:
    document = of(scanned(1, 3))
    assert [note.en for note in document.notes] == ["page 1 (1 in all) without text (images), not read"]
    assert [note.zh for note in document.notes] == ["第 1 页（共 1 页）没有文字层（图片），未读入"]


def test_recognised_text_is_read_with_a_note() -> None:
    pdf = Pdf()
    document = of(pdf.page(IMAGE, pdf.text(90, 100, "做好甲的各项重点工作。", mode=3)))
    assert document.text == "做好甲的各项重点工作。\n"
    assert [note.en for note in document.notes] == ["page 1 (1 in all) with text by recognition, which may be wrong"]


def test_a_few_unknown_characters() -> None:
    pdf = Pdf()
    shown = pdf.text(90, 100, "做好甲的各项工作。")
    raw = (
        pdf.page(shown.replace("0003>", "0003>"))
        .bytes()
        .replace(b"<0003><7532>\n", b"")
        .replace(b" 9 beginbfchar", b" 8 beginbfchar")
    )
    document = of(raw)
    assert document.text == "做好\ufffd的各项工作。\n"
    assert [note.en for note in document.notes] == ["page 1 (1 in all) with unknown characters, read as \ufffd"]


def garbage() -> Pdf:
    pdf = Pdf(mapped=False)
    return pdf.page(lines(pdf, (2, "做好甲的各项工作。")))


def plain(pages: int = 1) -> Pdf:
    pdf = Pdf()
    for number in range(1, pages + 1):
        pdf.page(lines(pdf, (2, f"做好第{number}件重要工作。")))
    return pdf


def locked() -> bytes:
    held = f"<{'41' * 32}>"
    return plain().bytes(f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O {held}/U {held}/P -4>>")


def broken_stream() -> bytes:
    pdf = plain()
    content = zlib.compress(pdf.text(90, 100, "做好乙的重要工作。").encode() * 20)
    pdf.objects[6] = pdf.stream(content[:40] + bytes(20) + content[60:], "/Filter/FlateDecode")
    return pdf.bytes()


def lost_page() -> bytes:
    return plain(2).bytes().replace(b"/Type/Page/", b"/Type/Pagf/", 1)


def heavy() -> bytes:
    pdf = Pdf()
    return pdf.page(pdf.text(90, 100, "甲" * 60_000), pdf.text(90, 130, "乙" * 60_000)).bytes()


def nested() -> bytes:
    """Drawings of ten drawings of ten drawings: ten million letters in three kilobytes."""
    pdf = Pdf()
    looks = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>{}>>"
    last = pdf.add(pdf.stream(pdf.text(90, 100, "甲").encode(), looks.format("")))
    for _ in range(7):
        last = pdf.add(pdf.stream(b"/X Do " * 10, looks.format(f"/XObject<</X {last}>>")))
    return pdf.page("/X Do", resources=f"/XObject<</X {last}>>").bytes()


@pytest.mark.parametrize(
    ("raw", "message", "zh"),
    [
        (scanned(2, 3).bytes(), "is scanned: 2 of 3 pages hold no text; give the plan", "是扫描件"),
        (scanned(4, 4, "某某扫描软件制作于二〇二五年").bytes(), "is scanned: 4 of 4", "扫描件"),  # only a foot
        (Pdf().page(IMAGE).bytes(), "is scanned: 1 of 1", "扫描件"),
        (Pdf().page().bytes(), "holds no text", "没有文字"),
        (garbage().bytes(), "which characters 9 of its 9 glyphs are", "没有对应的字符"),
        (locked(), "is protected by a password; save it without one", "密码保护"),
        (plain().bytes()[:-300], "is cut off (its end is missing)", "不完整"),
        (b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF\n", "is damaged (its pages cannot be found)", "已损坏"),
        (broken_stream(), "is damaged (page 1 cannot be read)", "第 1 页无法读取"),
        (lost_page(), "is damaged (its pages cannot be found)", "找不到页面"),
        (plain(2001).bytes(), "has more than 2,000 pages; split it", "超过 2,000 页"),
        (heavy(), "has more than 100,000 characters on page 1", "第 1 页超过 100,000 字"),
        (nested(), "has too many drawings within drawings on page 1", "嵌套过多"),
    ],
)  # fmt: skip
def test_refused(raw: bytes, message: str, zh: str) -> None:
    with pytest.raises(UnreadableError) as error:
        of(raw)
    assert message in str(error.value)
    assert str(error.value).startswith("folder/计划.pdf ")
    assert zh in error.value.zh


def test_too_many_characters_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_glyphs, "MAX_CHARACTERS", 25)
    assert list(pdf_glyphs.pages(plain(3).bytes()))[-1] == {"refused": "characters", "of": 3}


def bomb(letters: int) -> bytes:
    pdf = Pdf()
    pdf.page()
    packed = zlib.compress(b"q Q " * letters, 9)
    pdf.objects[6] = pdf.stream(packed, "/Filter/FlateDecode")
    return pdf.bytes()


@pytest.mark.parametrize(
    ("limit", "value", "letters"),
    [("MAX_SECONDS", 2, 10_000_000), ("MAX_MEMORY", 256 << 20, 100_000_000)],
)
def test_a_small_file_that_asks_for_too_much(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, letters: int
) -> None:
    pytest.importorskip("resource", reason="this system cannot limit a process")
    monkeypatch.setattr(pdf_process, limit, value)
    with pytest.raises(UnreadableError, match=r"takes more than \d+ seconds or \d+ GB to read") as error:
        of(bomb(letters))
    assert "内存" in error.value.zh


def test_a_crowded_page_has_no_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_glyphs, "MAX_DRAWN", 10)
    pdf = Pdf()
    page = next(pdf_glyphs.pages(pdf.page(ruled(pdf, ABOVE, COLUMNS)).bytes()))
    assert (page["crowded"], page["rules"]) == (True, [])


@pytest.mark.parametrize("name", ["计划.pdf", "计划.PDF", "计划"])
def test_a_pdf_is_known_by_what_it_holds(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(plain().bytes())
    assert file.read(tmp_path / name, "d").text == "做好第1件重要工作。\n"


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("计划.docx", plain().bytes(), "holds a PDF document, but its name ends in .docx; name it 计划.pdf"),
        ("计划.pdf", "做好甲。".encode(), "holds plain text, but its name ends in .pdf; name it 计划.txt"),
        ("计划.pdf", bytes(100), "is damaged (it begins with zeros)"),
        ("计划.pdf", b"\x8f\x90\xff\x00\x01" * 100, "is not a PDF document, or its beginning is missing"),
    ],
)
def test_names_and_kinds(tmp_path: Path, name: str, raw: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(UnreadableError) as error:
        file.read(tmp_path / name, "d")
    assert message in str(error.value)


def squeezed(text: str) -> str:
    return "".join(text.split())


def parties(tasks: Sequence[Task]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (squeezed(t.number_as_written), sorted((m.role.value, squeezed(m.name)) for c in t.governing for m in c.mentions))
        for t in tasks
    ]  # fmt: skip


def both(shared: Path, register: Register, number: str, text: str) -> tuple[Plan, Plan]:
    folder = shared / "corpus"
    made = file.read(folder / "original" / f"{number}.pdf", "d"), file.read(folder / f"{number}-{text}", "d")
    return extract(made[0], register), extract(made[1], register)


@pytest.mark.parametrize(
    ("number", "text", "tasks"),
    [("34", "zhejiang-humanoid-2026-36.txt", 21), ("37", "zhejiang-ai-culture-2025.txt", 35)],
)
def test_the_original_gives_what_its_text_gives(
    shared: Path, register: Register, number: str, text: str, tasks: int
) -> None:
    original, typed = both(shared, register, number, text)
    assert parties(original.tasks) == parties(typed.tasks)
    assert len(original.tasks) == tasks
    assert original.metadata.title == typed.metadata.title


def test_an_annex_of_thirteen_pages_is_one_table(shared: Path, register: Register) -> None:
    original, typed = both(shared, register, "33", "zhejiang-industry-dataset-2025-2.txt")
    annex = file.read(shared / "corpus" / "33-zhejiang-industry-dataset-2025-2.annex.tsv", "d")
    assert parties(original.tasks) == parties(typed.tasks) + parties(extract(annex, register).tasks)
    (table,) = original.document.tables
    wanted = [[squeezed(cell.of(annex.text)) for cell in row] for row in annex.tables[-1].rows]
    found = [[squeezed(cell.of(original.document.text)) for cell in row] for row in table.rows]
    for row, (above, here) in zip(wanted[1:], pairwise(wanted), strict=True):
        row[1] = here[1] or above[1]  # the text leaves the merged ones empty
    assert found == wanted
    assert len(found) == 48
