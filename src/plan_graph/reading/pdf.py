"""A PDF with a text layer → Document: paragraphs and ruled tables in order, each with its page.

The characters are read by pdfminer.six (MIT). On three plans of 47 pages it, pdfplumber (which is built on it) and
pypdfium2 give the same characters, all as the plans have them. In one run pypdfium2 did 104 pages a second,
pdfminer.six 33 as used here, and pdfplumber 22 with its tables; but where a font is not in the file, as in much that
older programs wrote, PDFium takes one of the machine's instead: widths then differ from machine to machine, and
without a Chinese font it leaves out lines of one character and turned text without a word. PyMuPDF is under the AGPL.

Not read: scanned pages, annotations, form fields, text set from top to bottom, columns side by side; tables without
ruled lines come out as lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document, Note
from plan_graph.reading.assembly import Assembly
from plan_graph.reading.pdf_lines import Line, lines, without_running
from plan_graph.reading.pdf_paragraphs import margins, paragraphs, pieces
from plan_graph.reading.pdf_process import Page, pages
from plan_graph.reading.pdf_revisions import without_revisions
from plan_graph.reading.pdf_tables import PageTable, continued, tables

MEDIA_TYPE = "application/pdf"
_FEW = 10  # characters: a page with a picture and no more beside head and foot is a scanned one
_MOST = 0.5
_NAMED = 12  # pages that a note names


def read(raw: bytes, document_id: str, name: str) -> Document:
    """Read a PDF.

    :raises UnreadableError: if it is damaged, protected by a password, over a limit of ``pdf_glyphs``, or most of its
        pages are scanned or hold characters that nobody can tell.
    """
    pared = [without_revisions(page) for page in pages(raw, name)]
    found = [page for page, _ in pared]
    assembly = Assembly()
    rest: dict[int, list[Line]] = {}
    ruled: dict[int, list[PageTable]] = {}
    for page in found:
        ruled[page.number], outside = tables(page)
        rest[page.number] = lines(outside, page.number)
    running = {number: sum(len(line.text) for line in lines) for number, lines in rest.items()}
    rest = without_running(found, rest)
    for number, lines_left in rest.items():
        running[number] -= sum(len(line.text) for line in lines_left)
    assembly.notes += _judged(found, running, name)
    revised = [page.number for page, left_out in pared if left_out]
    if revised:
        assembly.notes.append(
            _note(revised, "页边的修订标记，未读入", "with marks of a revision in the margin, not read")
        )
    measured = margins(found, rest)
    open_lines: list[Line] = []

    def flush() -> None:
        for paragraph in paragraphs(open_lines, measured):
            assembly.line(pieces(paragraph))
        open_lines.clear()

    for block in _blocks(found, rest, ruled):
        if isinstance(block, Line):
            open_lines.append(block)
        else:
            flush()
            cells = block.filled
            if len(cells) > 1:
                assembly.table(block.rows, name)
            else:  # a box
                assembly.line(cells[0].pieces)
    flush()
    return assembly.document(document_id, name, raw, MEDIA_TYPE)


def _blocks(
    found: Sequence[Page], rest: dict[int, list[Line]], ruled: dict[int, list[PageTable]]
) -> list[Line | PageTable]:
    """Give lines and tables as they follow one another; a table that goes on over a page break is one."""
    blocks: list[Line | PageTable] = []
    for page in found:
        here: list[Line | PageTable] = [*rest[page.number], *ruled[page.number]]
        for block in sorted(here, key=lambda b: b.y if isinstance(b, Line) else b.top):
            last = blocks[-1] if blocks else None
            whole = continued(last, block) if isinstance(last, PageTable) and isinstance(block, PageTable) else None
            if whole is not None:
                blocks[-1] = whole
            else:
                blocks.append(block)
    return blocks


def _judged(found: Sequence[Page], running: dict[int, int], name: str) -> list[Note]:
    """Say what of the pages is not read; ``running`` counts the characters of their heads and feet.

    :raises UnreadableError: if that is most of it.
    """
    solid = {page.number: sum(1 for glyph in page.glyphs if not glyph.text.isspace()) for page in found}
    scanned = [page.number for page in found if page.drawn and solid[page.number] - running[page.number] < _FEW]
    filled = [page for page in found if page.drawn or solid[page.number]]
    if len(scanned) > _MOST * len(filled):
        raise UnreadableError(
            f"{name} is scanned: {len(scanned)} of {len(found)} pages hold no text; give the plan as text, a web page "
            "or a Word document, or recognise the text first",
            f"{name} 是扫描件：{len(found)} 页中有 {len(scanned)} 页没有文字层，"
            "请给出文本、网页或 Word 文档，或先做文字识别",
        )
    total = sum(solid.values())
    unknown = sum(page.unknown for page in found)
    if unknown > _MOST * total:
        raise UnreadableError(
            f"{name} does not say which characters {unknown:,} of its {total:,} glyphs are (a font without a map to "
            "Unicode); save it again from the program that made it, or give the plan as text",
            f"{name} 的 {total:,} 个字形中有 {unknown:,} 个没有对应的字符（字体缺少 Unicode 映射），"
            "请用原软件重新导出，或给出文本",
        )
    recognised = [page.number for page in found if page.hidden > _MOST * solid[page.number]]
    cases = (
        (scanned, "没有文字层（图片），未读入", "without text (images), not read"),
        (
            [p.number for p in found if p.unknown],
            "有字符无法辨认，写作 \ufffd",
            "with unknown characters, read as \ufffd",
        ),
        (
            [p.number for p in found if p.askew],
            "有竖排或斜排的文字，未读入",
            "with text askew or from top to bottom, not read",
        ),
        ([p.number for p in found if p.crowded], "图形过多，未找表格", "with too much drawing to look for tables"),
        (recognised, "的文字是识别出来的，可能有错字", "with text by recognition, which may be wrong"),
    )
    return [_note(numbers, zh, en) for numbers, zh, en in cases if numbers]


def _note(numbers: Sequence[int], zh: str, en: str) -> Note:
    more = len(numbers) > _NAMED
    named_zh = "、".join(map(str, numbers[:_NAMED])) + ("等" if more else "")
    named = ", ".join(map(str, numbers[:_NAMED])) + (" and more" if more else "")
    return Note(f"第 {named_zh} 页（共 {len(numbers)} 页）{zh}", f"page {named} ({len(numbers)} in all) {en}")
