"""A Word file (DOCX) → Document: paragraphs and tables in order, with the automatic numbers written out.

The XML is read by lxml itself: python-docx knows neither numbering nor tracked changes nor merged cells, so
little of it would be left, and it loads every picture. Places are counted as python-docx counts
``Document.paragraphs`` and ``Document.tables``, from 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document, Note
from plan_graph.reading.assembly import Assembly, Cell, spaced
from plan_graph.reading.docx_runs import Runs
from plan_graph.reading.numbering import Numbering, attribute, number, word
from plan_graph.reading.package import open_package, parse
from plan_graph.reading.tables import with_text_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = "word/document.xml"
_MAX_COLUMNS = 1024  # Word allows 63
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}


def read(raw: bytes, document_id: str, name: str) -> Document:
    """Read a Word file.

    :raises UnreadableError: if it is damaged, protected, larger unpacked than the limits of ``package``, or empty.
    """
    package = open_package(raw, name)
    main = parse(package, _MAIN, name)
    numbering = Numbering(_optional(package, "word/numbering.xml", name), _optional(package, "word/styles.xml", name))
    body = main.find(word("body"))
    if body is None:
        raise UnreadableError(
            f"{name} holds no body of text; open it and save it again", f"{name} 中没有正文，请打开后重新保存"
        )
    reader = _Reader(name, numbering)
    reader.body(body)
    _note(reader, package)
    return with_text_tables(reader.assembly.document(document_id, name, raw, MEDIA_TYPE))


def _optional(package: ZipFile, path: str, name: str) -> _Element | None:
    return parse(package, path, name) if path in package.NameToInfo else None


class _Reader:
    def __init__(self, name: str, numbering: Numbering) -> None:
        self.name = name
        self.assembly = Assembly()
        self.numbering = numbering
        self.runs = Runs()
        self._open: list[list[tuple[str, str]]] = [[]]  # lines of paragraphs that go on in the next
        self.boxes = 0

    def body(self, body: _Element, within: str = "") -> None:
        """Read the blocks of a body or of a text box, which stands ``within`` a place."""
        paragraphs = tables = 0
        for block in _blocks(body):
            if _local(block) == "p":
                paragraphs += 1
                self._paragraph(block, f"{within}paragraph={paragraphs}")
            else:
                tables += 1
                self._table(block, f"{within}table={tables}")
        for line in self._open:
            self.assembly.line(line)
        self._open = [[]]
        self._boxes(f"{within}paragraph={paragraphs}")

    def _boxes(self, place: str) -> None:
        """Read the text boxes anchored in a paragraph that has just been read, behind it."""
        boxes, self.runs.boxes = self.runs.boxes, []
        for count, box in enumerate(boxes, 1):
            self.boxes += 1
            self.body(box, f"{place};textbox={count};")

    def _paragraph(self, paragraph: _Element, place: str) -> None:
        first, *others = self.runs.lines(paragraph)
        self._open[-1].append((first, place))
        self._open += [[(line, place)] for line in others]
        if _joined(paragraph):
            return
        number = self.numbering.of(paragraph)  # an empty paragraph is counted too
        if any(text.strip() for line in self._open for text, _ in line):
            self._open[0].insert(0, (number, self._open[0][0][1]))
            for line in self._open:
                self.assembly.line(line)
        self._open = [[]]
        self._boxes(place)

    def _table(self, table: _Element, place: str) -> None:
        rows: list[list[Cell]] = []
        alone: list[tuple[list[str], str]] = []
        above: dict[int, Cell] = {}
        empty = Cell()
        for down, row in enumerate(_rows(table), 1):
            properties = row.find(word("trPr"))
            if properties is not None and properties.find(word("del")) is not None:
                continue
            before = number(properties.find(word("gridBefore"))) if properties is not None else 0
            cells: list[Cell] = [empty] * max(0, min(before, _MAX_COLUMNS))
            below: dict[int, Cell] = {}
            for right, element in enumerate(_children(row, "tc"), 1):
                looks = element.find(word("tcPr"))
                span = number(looks.find(word("gridSpan")), default=1) if looks is not None else 1
                merge = looks.find(word("vMerge")) if looks is not None else None
                where = f"{place};row={down};cell={right}"
                lines = self._cell(element)  # read in any case: its paragraphs count for the numbers
                text = spaced(lines)
                cell = Cell(((text, where),) if text else ())
                alone.append((lines, where))
                if merge is not None and (attribute(merge) or "continue") == "continue":
                    cell = above.get(len(cells), cell)
                if merge is not None:
                    below[len(cells)] = cell
                cells += [cell] * max(1, min(span, _MAX_COLUMNS - len(cells)))
            above = below
            rows.append(cells)
        if max(map(len, rows), default=0) > 1:
            self.assembly.table(rows, self.name)
            return
        for lines, where in alone:  # a frame around text
            for line in lines:
                self.assembly.line([(line, where)])

    def _cell(self, cell: _Element) -> list[str]:
        """Give the lines of a cell, those of tables and text boxes in it too."""
        found: list[str] = []
        for block in _blocks(cell):
            if _local(block) == "p":
                first, *others = self.runs.lines(block)
                found += [first if _joined(block) else self.numbering.of(block) + first, *others]
                boxes, self.runs.boxes = self.runs.boxes, []
                self.boxes += len(boxes)
                found += [line for box in boxes for line in self._cell(box)]
            else:
                found += [line for row in _rows(block) for inner in _children(row, "tc") for line in self._cell(inner)]
        return found


def _local(element: _Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _children(element: _Element, wanted: str) -> Iterator[_Element]:
    for child in element:
        kind = _local(child)
        if kind == wanted:
            yield child
        elif kind in _WRAPPERS:
            yield from _children(child, wanted)


def _rows(table: _Element) -> Iterator[_Element]:
    return _children(table, "tr")


def _blocks(element: _Element) -> Iterator[_Element]:
    for child in element:
        kind = _local(child)
        if kind in ("p", "tbl"):
            yield child
        elif kind in _WRAPPERS:
            yield from _blocks(child)


def _joined(paragraph: _Element) -> bool:
    """Tell whether the mark at the end of a paragraph was deleted, so that it goes on in the next."""
    return paragraph.find(f"{word('pPr')}/{word('rPr')}/{word('del')}") is not None


def _note(reader: _Reader, package: ZipFile) -> None:
    notes, skipped = reader.assembly.notes, reader.runs.skipped
    names = {
        "del": ("修订中删除的文字", "tracked deletions"),
        "vanish": ("隐藏文字", "hidden text"),
        "footnoteReference": ("脚注", "footnotes"),
        "endnoteReference": ("尾注", "endnotes"),
        "commentReference": ("批注", "comments"),
    }
    for kind, (zh, en) in names.items():
        if skipped.get(kind):
            notes.append(Note(f"未读入{zh}（{skipped[kind]} 处）", f"left out: {en} ({skipped[kind]})"))
    if reader.boxes:
        notes.append(
            Note(
                f"文本框（{reader.boxes} 处）读在所在段落之后",
                f"text boxes were read behind the paragraph that holds them ({reader.boxes})",
            )
        )
    if any(path.startswith("word/afchunk") for path in package.NameToInfo):
        notes.append(Note("未读入嵌入的其他文件", "left out: embedded other files"))
    for format in sorted(reader.numbering.unknown):
        notes.append(
            Note(f"编号格式 {format} 未知，写作阿拉伯数字", f"number format {format} is not known, written in digits")
        )
