"""What is read: the text of a document, its parts and tables, and where in the original they stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points.

    >>> Span(2, 4).of("省财政厅")
    '政厅'
    >>> Span(4, 2)
    Traceback (most recent call last):
        ...
    ValueError: span 4..2 is not a range of code points
    """

    begin: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.begin <= self.end:
            raise ValueError(f"span {self.begin}..{self.end} is not a range of code points")

    def of(self, text: str) -> str:
        """Return the piece of ``text`` this span covers; raise ``ValueError`` if it lies outside."""
        if self.end > len(text):
            raise ValueError(f"span {self.begin}..{self.end} ends after the text ({len(text)} code points)")
        return text[self.begin : self.end]

    def shift(self, by: int) -> Span:
        """Return the same length of text ``by`` code points further on."""
        return Span(self.begin + by, self.end + by)

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside."""
        return self.begin <= other.begin and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should look at, said in Chinese and in English."""

    zh: str
    en: str


class PartKind(Enum):
    """What a stretch of a document is; every code point is in exactly one part."""

    HEADING = "heading"
    PREAMBLE = "preamble"
    TASK = "task"
    CLAUSE = "clause"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document; ``reason`` says why an unread one was not read."""

    kind: PartKind
    span: Span
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document: rows of cells, each the span of the text where the cell's content stands.

    A cell merged over several rows or columns is the same span in all of them, so that a fact read from it
    points at the one place where it is written. An empty cell is an empty span. ``filled`` says that a table of plain
    text has merged cells in all their places too, so that an empty one is not to be filled from above.
    """

    span: Span
    rows: tuple[tuple[Span, ...], ...]
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of the text stands in the original file.

    ``place`` is an XPath of an HTML element, ``page=3`` of a PDF (RFC 8118), a paragraph or cell of a Word
    file, or a cell of a sheet; docs/how-to/formats.md lists the forms.
    """

    span: Span
    place: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text, with all that is needed to find the text in it again.

    ``text`` has ``\\n`` for every line end; ``line_ends`` lists (offset in ``text``, original) for those
    that were something else. ``bom`` holds the byte order mark that stood before the text. For a text file
    these give its bytes back; for another kind ``origins`` map the text, in order, to places of the original.
    """

    id: str
    name: str
    text: str
    encoding: str
    bom: bytes
    line_ends: tuple[tuple[int, str], ...]
    sha256: str
    byte_count: int
    notes: tuple[Note, ...] = ()
    media_type: str = "text/plain"
    tables: tuple[Table, ...] = ()
    origins: tuple[Origin, ...] = ()
