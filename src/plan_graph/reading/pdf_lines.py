"""The characters of a page → lines; lines that stand on most pages, and page numbers, are left out."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from plan_graph.reading.assembly import wide
from plan_graph.reading.pdf_process import Glyph, Page

_SAME_LINE = 0.45  # of the size: how far base lines on one line lie apart
_SMALL, _RAISED = 0.8, 0.6  # of the size of the line they stand in: how small a raised mark is, how high
_WORD_GAP = 0.15  # of the size, between letters
_TAB_GAP = 1.2  # of the size, between Han: two names on one line
_EDGE = 2  # lines at the top and at the bottom of a page among which running heads and feet are looked for
_DIGITS = re.compile(r"\d+")  # full-width ones too
_BARE = re.compile(
    r"[-—–―－_~·•.|\s]*(?:第\s*)?#(?:\s*页)?(?:[,，/\uff0f\s]*(?:共|of)?\s*#\s*页?)?[-—–―－_~·•.|\s]*", re.I
)
_ANNEX = re.compile(r"附[件表录图]")  # several may begin at one height, equal but for their numbers
# what a browser prints around each page: when and what above, where from and which page of how many below
_PRINTED = re.compile(
    r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?[,，]?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s.*)?"
    r"|\S{3,}://\S+(?:\s+\d{1,4}/\d{1,4})?"
)
_DASHED = re.compile(r"[-—–―－~·•]\s*#\s*[-—–―－~·•]|第\s*#\s*页.*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its left and right end, base line and size in points, and its page."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    page: int


def lines(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Put characters into lines, from top to bottom; what is drawn twice at one place counts once."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.y, g.x0)):
        row = rows[-1] if rows else None
        if row is not None and glyph.y - row[0].y <= _SAME_LINE * (glyph.size + row[0].size) / 2:
            row.append(glyph)
        else:
            rows.append([glyph])
    found = (_line(sorted(row, key=lambda g: g.x0), page) for row in _with_raised(rows))
    return [line for line in found if line.text]


def _with_raised(rows: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """Put the marks of notes and exponents into the line they stand in: small, and each in a gap of that line."""
    made: list[list[Glyph]] = []
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else []
        if below and all(_raised(glyph, below) for glyph in row):
            below += row
        else:
            made.append(row)
    return made


def _raised(mark: Glyph, row: Sequence[Glyph]) -> bool:
    first = row[0]
    return (
        mark.size < _SMALL * first.size
        and first.y - mark.y <= _RAISED * first.size
        and not any(one.x0 < (mark.x0 + mark.x1) / 2 < one.x1 and not one.text.isspace() for one in row)
        and any(0 <= mark.x0 - one.x1 <= first.size and not one.text.isspace() for one in row)
    )


def _line(row: Sequence[Glyph], page: int) -> Line:
    kept: list[Glyph] = []
    for glyph in row:
        if not any(_twice(other, glyph) for other in kept[-3:]):
            kept.append(glyph)
    solid = [glyph for glyph in kept if not glyph.text.isspace()]
    if not solid:
        return Line("", 0, 0, 0, 0, page)
    written: list[str] = []
    before: Glyph | None = None
    for glyph in kept:
        if before is not None and not glyph.text.isspace() and not before.text.isspace():
            between_words = not wide(before.text) and not wide(glyph.text)
            if glyph.x0 - before.x1 > (_WORD_GAP if between_words else _TAB_GAP) * max(glyph.size, before.size):
                written.append(" ")
        written.append(glyph.text)
        before = glyph
    size = median(glyph.size for glyph in solid)
    base = median(glyph.y for glyph in solid)
    return Line("".join(written).strip(), solid[0].x0, max(g.x1 for g in solid), base, size, page)


def _twice(one: Glyph, two: Glyph) -> bool:
    """Tell whether a letter is drawn again over itself, as programs do for bold type and for shadows."""
    width = max(one.x1 - one.x0, 0.2 * one.size)
    return one.text == two.text and abs(one.x0 - two.x0) < 0.3 * width and abs(one.y - two.y) < 0.3 * one.size


def join(texts: Sequence[str]) -> list[str]:
    """Give the pieces of a wrapped text, each but the last with what belongs between it and the next.

    >>> "".join(join(["省安诊儿", "AI", "模型的 open", "source", "版本20", "25"]))
    '省安诊儿AI模型的 open source版本2025'
    """
    made = []
    for at, text in enumerate(texts):
        after = texts[at + 1] if at + 1 < len(texts) else ""
        words = bool(text and after) and not wide(text[-1]) and not wide(after[0])
        tight = words and ((text[-1].isdigit() and after[0].isdigit()) or text[-1] in "-/" or after[0] in "-/")
        made.append(text + (" " if words and not tight else ""))
    return made


def without_running(pages: Sequence[Page], found: dict[int, list[Line]]) -> dict[int, list[Line]]:
    """Leave out running heads, running feet and page numbers.

    One is among the outermost lines of a page, at one height and equal but for digits on most pages, or on most odd
    or most even ones; a page number also if it counts as the pages do, or stands between dashes at the very edge;
    and what a browser prints there.
    """
    heights = {page.number: page.height for page in pages}
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    offsets: Counter[int] = Counter()
    edges = {number: _edges(lines, heights[number]) for number, lines in found.items()}
    for number, both in edges.items():
        for line, from_edge in itertools.chain(*both):
            if not _ANNEX.match(line.text):
                seen[_key(line.text), from_edge].add(number)
            if _BARE.fullmatch(_key(line.text)):
                offsets[_first_number(line.text) - number] += 1
    kept = {}
    for number, lines in found.items():
        out: set[int] = set()
        for outer in edges[number]:
            for line, from_edge in outer:
                same = _near(seen, _key(line.text), from_edge)
                printed = _PRINTED.fullmatch(line.text)
                if not printed and not _running(same, len(pages)) and not _number(line, number, offsets):
                    break  # what stands further in is text
                out.add(id(line))
        kept[number] = [line for line in lines if id(line) not in out]
    return kept


def _edges(lines: Sequence[Line], height: float) -> tuple[list[tuple[Line, int]], list[tuple[Line, int]]]:
    """Give the outermost lines at the top and at the bottom, each with its distance from that edge, outer ones first.

    Distances from the bottom are negative.
    """
    top = [(line, round(line.y)) for line in lines[:_EDGE] if line.y < 0.2 * height]
    bottom = [(line, -round(height - line.y)) for line in lines[: -_EDGE - 1 : -1] if line.y > 0.8 * height]
    return top, bottom


def _key(text: str) -> str:
    return re.sub(r"\s+", " ", _DIGITS.sub("#", text))


def _near(seen: dict[tuple[str, int], set[int]], key: str, from_edge: int) -> set[int]:
    return set[int]().union(*(seen.get((key, from_edge + off), ()) for off in range(-3, 4)))


def _running(on: set[int], pages: int) -> bool:
    if len(on) < 3:
        return False
    return len(on) > 0.5 * pages or any(
        sum(1 for n in on if n % 2 == odd) > 0.7 * len(range(1 + (odd == 0), pages + 1, 2)) for odd in (0, 1)
    )


def _number(line: Line, page: int, offsets: Counter[int]) -> bool:
    key = _key(line.text)
    if not _BARE.fullmatch(key):
        return False
    return bool(_DASHED.fullmatch(key)) or offsets[_first_number(line.text) - page] > 1


def _first_number(text: str) -> int:
    match = re.search(r"\d{1,6}", text)
    return int(match[0]) if match else 0
