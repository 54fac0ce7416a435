"""What is on the pages of a PDF: characters and ruled lines with their positions, by pdfminer.six.

Runs in a process of its own (``pdf_process`` starts it): a few kilobytes of PDF can ask for hours and gigabytes. It
reads the file from standard input and writes a line of JSON for each page.

What pdfminer.six does to guess words and paragraphs (``LAParams``, ``LTTextBox``) is not used: it knows neither the
indents nor the line ends of Chinese text.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import logging
import math
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import dict_value, resolve1, stream_value
from pdfminer.psexceptions import PSException

from plan_graph.reading.radicals import characters

if TYPE_CHECKING:
    from pdfminer.pdfcolor import PDFColorSpace
    from pdfminer.pdfdevice import PDFTextSeq
    from pdfminer.pdffont import PDFFont
    from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
    from pdfminer.pdftypes import PDFStream
    from pdfminer.utils import Matrix, PathSegment

MAX_PAGES = 2_000
MAX_CHARACTERS = 2_000_000
MAX_PAGE_CHARACTERS = 100_000
MAX_DRAWN = 50_000  # parts of the drawings of a page; a map has more, and no table
_MAX_DEPTH = 20  # of drawings within drawings
_MAX_FIGURES = 20_000
_THIN = 3.0  # points: a filled shape no wider is a ruled line
_STRAIGHT = 1.0
_OUTLINES = 200  # parts of drawings: a few ruled lines are no text
_EMPTY = 16  # bytes that nothing takes when packed
_HIDDEN = 3  # the text rendering mode of what a program has recognised under a picture
# what pdfminer.six raises for broken files
_WRONG_SHAPE = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_DAMAGE = (PSException, OSError, struct.error, zlib.error, *_WRONG_SHAPE)

Rule = tuple[float, float, float, float]


class OverLimitError(Exception):
    """A page holds too much; the message is the key of the reason in ``pdf_process``."""


def main(seconds: int, memory: int) -> None:
    """Read a PDF from standard input; write its pages as lines of JSON, the last perhaps the reason to refuse it.

    ``seconds`` of processor time and bytes of ``memory`` are what it may take, where the system can limit them.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    logging.disable(logging.CRITICAL)
    for line in pages(sys.stdin.buffer.read()):
        sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")


def pages(raw: bytes) -> Iterator[dict[str, Any]]:
    """Give each page as a dictionary, or ``{"refused": reason, "of": number}`` as the last.

    A page has ``width`` and ``height`` in points, ``text`` with ``at`` (left, right, base line and size of each
    character, from the upper left corner, the text upright), ``rules`` (left, top, right, bottom), the numbers of
    characters that are ``unknown``, ``askew`` and ``hidden``, whether it has something ``drawn`` that may be text, and
    whether it is too ``crowded`` to look for tables.
    """
    number = total = 0
    try:
        document = PDFDocument(PDFParser(io.BytesIO(raw)))
        listed = list(itertools.islice(PDFPage.create_pages(document), MAX_PAGES + 1))
        if len(listed) > MAX_PAGES:
            yield {"refused": "pages", "of": 0}
            return
        if not listed or len(listed) < _count(document):
            yield {"refused": "damaged", "of": 0}
            return
        device = _Device()
        interpreter = PDFPageInterpreter(PDFResourceManager(), device)
        for number, page in enumerate(listed, 1):
            streams = [stream_value(stream) for stream in page.contents]
            packed = [len(stream.rawdata or b"") for stream in streams]
            interpreter.process_page(page)
            if any(size > _EMPTY and stream.data == b"" for size, stream in zip(packed, streams, strict=True)):
                yield {"refused": "page", "of": number}  # what cannot be unpacked is passed over without a word
                return
            total += len(device.glyphs)
            if total > MAX_CHARACTERS:
                yield {"refused": "characters", "of": number}
                return
            yield device.page()
    except PDFEncryptionError:
        yield {"refused": "password", "of": 0}
    except OverLimitError as error:
        yield {"refused": str(error), "of": number}
    except _DAMAGE:
        yield {"refused": "page" if number else "damaged", "of": number}


def _count(document: PDFDocument) -> int:
    """Give the number of pages that the file says it has."""
    stated = resolve1(dict_value(document.catalog.get("Pages")).get("Count"))
    return stated if isinstance(stated, int) else 0


class _Device(PDFTextDevice):
    """Takes down what the interpreter of a page draws, in the coordinates of the page."""

    ctm: Matrix

    def __init__(self) -> None:
        super().__init__(PDFResourceManager())
        self._clear()

    def _clear(self) -> None:
        self.glyphs: list[tuple[str, int, float, float, float, float, float]] = []  # text, turn, two ends, size
        self.strokes: list[tuple[float, float, float, float, float]] = []  # two corners, how thick a line may be
        self.parts = self.images = self.figures = self.askew = self.hidden = 0
        self._around: list[Matrix] = []
        self._mode = 0

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        self._clear()
        self.ctm = ctm
        left, bottom, right, top = page.mediabox
        self._corners = _applied(ctm, left, bottom), _applied(ctm, right, top)

    def begin_figure(self, name: str, bbox: Sequence[float], matrix: Matrix) -> None:  # noqa: ARG002
        self._around.append(self.ctm)
        self.figures += 1
        if len(self._around) > _MAX_DEPTH or self.figures > _MAX_FIGURES:
            raise OverLimitError("figures")

    def end_figure(self, name: str) -> None:  # noqa: ARG002
        self.ctm = self._around.pop()

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        self._mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,  # noqa: ARG002
        graphicstate: PDFGraphicState,  # noqa: ARG002
    ) -> float:
        try:
            text = font.to_unichr(cid).replace("\u2e3a", "——")  # a browser draws the two as one
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        advance = font.char_width(cid) * fontsize * scaling
        a, b, c, d, _, _ = matrix
        quarters = math.atan2(b, a) / (math.pi / 2)
        turn = round(quarters) % 4
        if font.is_vertical() or abs(quarters - round(quarters)) > 0.05:
            self.askew += not text.isspace()
            return advance
        self.hidden += self._mode == _HIDDEN and not text.isspace()
        size = abs(fontsize) * math.sqrt(abs(a * d - b * c))
        begin, end = _applied(matrix, 0, rise), _applied(matrix, advance, rise)
        width = 1 / max(1, len(text))  # a ligature is told in letters
        for at, letter in enumerate(text):
            x0, y0 = (one + (two - one) * at * width for one, two in zip(begin, end, strict=True))
            x1, y1 = (one + (two - one) * (at + 1) * width for one, two in zip(begin, end, strict=True))
            self.glyphs.append((_plain(letter), turn, x0, y0, x1, y1, size))
        if len(self.glyphs) + self.askew > MAX_PAGE_CHARACTERS:
            raise OverLimitError("page characters")
        return advance

    def paint_path(
        self,
        graphicstate: PDFGraphicState,  # noqa: ARG002
        stroke: bool,
        fill: bool,
        evenodd: bool,  # noqa: ARG002
        path: Sequence[PathSegment],
    ) -> None:
        self.parts += len(path)
        if self.parts > MAX_DRAWN:
            return
        outline: list[tuple[float, float]] = []
        curved = False
        for segment in (*path, ("m",)):
            kind, *numbers = segment
            if kind == "m":
                self._draw(outline, stroke, fill and not curved)
                outline, curved = [], False
            curved = curved or kind in ("c", "v", "y")
            if kind == "h":
                outline += outline[:1]
            elif len(numbers) > 1:
                outline.append(_applied(self.ctm, *numbers[-2:]))

    def _draw(self, outline: list[tuple[float, float]], stroke: bool, fill: bool) -> None:
        if stroke:
            self.strokes += [(*one, *two, _STRAIGHT) for one, two in itertools.pairwise(outline)]
        elif fill and outline:
            xs, ys = zip(*outline, strict=True)
            self.strokes.append((min(xs), min(ys), max(xs), max(ys), _THIN))

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        self.parts += 1
        self.images += 1
        # some programs draw a border as an image of one colour
        self.strokes.append((*_applied(self.ctm, 0, 0), *_applied(self.ctm, 1, 1), _THIN))

    def page(self) -> dict[str, Any]:
        """Give the page as :func:`pages` says; it is turned so that most of its text is upright."""
        turns = Counter(glyph[1] for glyph in self.glyphs)
        turn = turns.most_common(1)[0][0] if turns else 0
        corners = [_turned(turn, *corner) for corner in self._corners]
        left, top = min(x for x, _ in corners), max(y for _, y in corners)

        def placed(x: float, y: float) -> tuple[float, float]:
            x, y = _turned(turn, x, y)
            return round(x - left, 2), round(top - y, 2)

        text: list[str] = []
        at: list[float] = []
        for character, turned, x0, y0, x1, y1, size in self.glyphs:
            if turned == turn:
                (begin, base), (end, _) = placed(x0, y0), placed(x1, y1)
                text.append(character)
                at += (min(begin, end), max(begin, end), base, round(size, 2))
            else:
                self.askew += not character.isspace()
        rules = [rule for *ends, most in self.strokes for rule in _rule(placed(*ends[:2]), placed(*ends[2:]), most)]
        return {
            "width": round(abs(corners[0][0] - corners[1][0]), 2),
            "height": round(abs(corners[0][1] - corners[1][1]), 2),
            "text": characters("".join(text)), "at": at, "rules": [] if self.parts > MAX_DRAWN else rules,
            "unknown": text.count("\ufffd"), "askew": self.askew, "hidden": self.hidden,
            "drawn": self.images > 0 or self.parts > _OUTLINES, "crowded": self.parts > MAX_DRAWN,
        }  # fmt: skip


def _plain(character: str) -> str:
    code = ord(character)
    lost = (code < 0x20 and character not in "\t\n\r") or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000
    return "\ufffd" if lost else character


def _rule(one: tuple[float, float], two: tuple[float, float], most: float) -> Iterator[Rule]:
    """Give the line that two corners make, if they make one: level or upright, its thickness left out."""
    (left, right), (top, bottom) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    if bottom - top <= most < right - left:
        middle = round((top + bottom) / 2, 2)
        yield left, middle, right, middle
    elif right - left <= most < bottom - top:
        middle = round((left + right) / 2, 2)
        yield middle, top, middle, bottom


def _turned(turn: int, x: float, y: float) -> tuple[float, float]:
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
