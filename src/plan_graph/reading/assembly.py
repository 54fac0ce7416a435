"""Lines and tables → Document: the canonical text, the spans of its cells, and where each piece came from.

One paragraph is one line; one row of a table is one line, its cells divided by tabs. What stands in a cell
merged over several places is written once, at the first of them, and all of them share its span.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document, Note, Origin, Span, Table
from plan_graph.reading.radicals import characters

MAX_CELLS = 500_000  # takes some 0.7 GB of memory; annexes of plans have thousands
BINARY = "binary"  # the encoding of a file that is no text, as the command `file --mime-encoding` calls it

_WIDE = "\u2e80-\u9fff\uac00-\ud7ff\ue000-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’—…·"
_SPACE = "\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\ufeff"
_BLANKS = re.compile(f"[{_SPACE}]*[\n\t\r\x0b\x0c\x85\u2028\u2029][{_SPACE}]*|[{_SPACE}]+")
_BREAK = re.compile("[\n\t\r\x0b\x0c\x85\u2028\u2029]")
_WIDE_CHARACTER = re.compile(f"[{_WIDE}]")
_EDGES = "".join(chr(c) for c in (*range(0x21), *range(0x7F, 0xA1), 0x3000, 0xFEFF, *range(0x2000, 0x2010)))

Pieces = Sequence[tuple[str, str]]


def wide(character: str) -> bool:
    """Tell whether a character is Han or its punctuation, beside which no space is set."""
    return bool(_WIDE_CHARACTER.match(character))


def fold(text: str) -> str:
    """Put text on one line: blanks become one space, and line breaks between Han nothing.

    >>> fold("  省发展改革委、\\n省财政厅\\t按职责  分工 "), fold("AI\\nmodel")
    ('省发展改革委、省财政厅按职责 分工', 'AI model')
    """

    def blank(match: re.Match[str]) -> str:
        begin, end = match.span()
        if not begin or end == len(text):
            return ""
        between_han = wide(text[begin - 1]) and wide(text[end])
        return "" if between_han and _BREAK.search(match[0]) else " "

    return _BLANKS.sub(blank, text).strip(_EDGES)


def spaced(lines: Iterable[str]) -> str:
    """Put the lines of one cell on one line: a space marks where each ended, for it may divide two names.

    >>> spaced(["省财政厅", " 省国资委\u3000", ""])
    '省财政厅 省国资委'
    """
    return " ".join(filter(None, map(fold, lines)))


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell of a table, as (text, place) pieces; a merged one stands in all the places it covers."""

    pieces: Pieces = ()

    @property
    def text(self) -> str:
        """Return what the cell says, on one line."""
        return fold("".join(text for text, _ in self.pieces))


class Assembly:
    """Collects lines and tables in the order of the document."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._origins: list[Origin] = []
        self._tables: list[Table] = []
        self.notes: list[Note] = []

    def line(self, pieces: Pieces) -> None:
        """Add a paragraph; one without any text leaves no line."""
        if self._add(pieces).begin < self._length:
            self._raw("\n")

    def table(self, rows: Sequence[Sequence[Cell]], name: str) -> None:
        """Add a table; rows without any text are left out, short ones are filled with empty cells.

        :raises UnreadableError: if it has more than ``MAX_CELLS`` places.
        """
        rows = [row for row in rows if any(cell.pieces for cell in row)]
        width = max(map(len, rows), default=0)
        if width * len(rows) > MAX_CELLS:
            raise UnreadableError(
                f"{name} holds a table of {len(rows):,} rows and {width:,} columns, more than {MAX_CELLS:,} cells; "
                "split it into documents",
                f"{name} 中的表有 {len(rows):,} 行 {width:,} 列，超过 {MAX_CELLS:,} 格的上限，请拆分",
            )
        begin = self._length
        written: dict[int, Span] = {}
        spans: list[tuple[Span, ...]] = []
        for row in rows:
            places: list[Span] = []
            for at in range(width):
                if at:
                    self._raw("\t")
                cell = row[at] if at < len(row) else None
                if cell is None:
                    places.append(Span(self._length, self._length))
                    continue
                if id(cell) not in written:
                    written[id(cell)] = self._add(cell.pieces)
                places.append(written[id(cell)])
            self._raw("\n")
            spans.append(tuple(places))
        if spans:
            self._tables.append(Table(Span(begin, self._length - 1), tuple(spans)))

    @property
    def empty(self) -> bool:
        """Whether nothing was written but blanks."""
        return not any(part.strip(_EDGES) for part in self._parts)

    def document(
        self, document_id: str, name: str, raw: bytes, media_type: str, encoding: str = BINARY, bom: bytes = b""
    ) -> Document:
        """Give the document.

        :raises UnreadableError: if there is no text in it.
        """
        text = "".join(self._parts)
        if self.empty:
            raise UnreadableError(
                f"{name} holds no text; give a file that holds the text of a plan",
                f"{name} 中没有文字，请给出含有计划正文的文件",
            )
        digest = hashlib.sha256(raw).hexdigest()
        short = re.split(r"[/\\]", name)[-1]
        return Document(
            document_id, short, text, encoding, bom, (), digest, len(raw), tuple(self.notes), media_type,
            tuple(self._tables), tuple(self._origins),
        )  # fmt: skip

    def _raw(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _add(self, pieces: Pieces) -> Span:
        """Write pieces as one line without its end; give where the line stands."""
        begin = self._length
        for text, place in folded(_merged(pieces)):
            if not text:
                continue
            last = self._origins[-1] if self._origins else None
            here = Span(self._length, self._length + len(text))
            if last is not None and last.place == place and last.span.end == here.begin:
                self._origins[-1] = Origin(Span(last.span.begin, here.end), place)
            else:
                self._origins.append(Origin(here, place))
            self._raw(text)
        return Span(begin, self._length)


def folded(pieces: Pieces) -> Iterable[tuple[str, str]]:
    """Put pieces on one line as :func:`fold` does, each with its place; a blank goes with the piece before it."""
    line = fold("".join(text for text, _ in pieces))
    if len(pieces) == 1:
        yield line, pieces[0][1]
        return
    at = 0  # in line
    for text, place in pieces:
        solid = sum(1 for c in text if not _is_blank(c))
        begin = at
        while solid and at < len(line):
            solid -= not _is_blank(line[at])
            at += 1
        while at < len(line) and at > begin and _is_blank(line[at]):
            at += 1
        yield line[begin:at], place
    if at < len(line):
        yield line[at:], pieces[-1][1]


def _merged(pieces: Pieces) -> Pieces:
    merged: list[tuple[list[str], str]] = []
    for text, place in pieces:
        if merged and merged[-1][1] == place:
            merged[-1][0].append(text)
        else:
            merged.append(([text], place))
    return [(characters("".join(texts)), place) for texts, place in merged]


def _is_blank(character: str) -> bool:
    return character == "\u3000" or bool(_BLANKS.match(character))
