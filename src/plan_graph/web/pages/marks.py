"""Marked text: spans of a text → pieces that nest right, for a template to write as elements.

Spans that cross are cut where the earlier one ends, so that every piece lies within one other or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text, half-open in code points: what kind it is, what it says, and where it leads."""

    begin: int
    end: int
    kind: str
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: plain, or under a mark, in which case its text is that of the pieces within.

    ``anchor`` is where it begins if its mark begins there too, else ``None``: an id in the page.
    """

    text: str = ""
    mark: Mark | None = None
    anchor: int | None = None
    inside: list[Piece] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The text of it all."""
        return self.text + "".join(one.words for one in self.inside)


def nest(text: str, marks: Iterable[Mark], offset: int = 0) -> list[Piece]:
    """Cut a text that begins at ``offset`` into pieces by its marks; what lies outside the text is left out.

    O(marks · depth + length).
    """
    end = offset + len(text)
    waiting = sorted(
        (
            (max(one.begin, offset), min(one.end, end), at, one)
            for at, one in enumerate(marks)
            if one.begin < end and one.end > offset and one.begin < one.end
        ),
        key=lambda item: (item[0], -item[1], item[2]),
    )
    return _fill(text, offset, offset, end, waiting)


def _fill(text: str, offset: int, begin: int, end: int, waiting: list[tuple[int, int, int, Mark]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = begin
    while waiting:
        first, last, _, mark = waiting.pop(0)
        if first > at:
            pieces.append(Piece(text[at - offset : first - offset]))
        inside: list[tuple[int, int, int, Mark]] = []
        later: list[tuple[int, int, int, Mark]] = []
        for other in waiting:
            if other[0] >= last:
                later.append(other)
                continue
            inside.append((other[0], min(other[1], last), other[2], other[3]))
            if other[1] > last:  # it crosses the end: its rest goes on behind
                later.append((last, other[1], other[2], other[3]))
        waiting = sorted(later, key=lambda item: (item[0], -item[1], item[2]))
        anchor = first if first == mark.begin else None
        pieces.append(Piece(mark=mark, anchor=anchor, inside=_fill(text, offset, first, last, inside)))
        at = last
    if at < end:
        pieces.append(Piece(text[at - offset : end - offset]))
    return pieces


def with_words(text: str, words: Sequence[str], at_most: int) -> list[Piece]:
    """Give the beginning of a text, or the stretch where the words stand, with the words marked."""
    places = sorted((at, at + len(word)) for word in words for at in _all(text, word))
    begin = 0
    if places and places[0][1] > at_most:
        begin = max(0, places[0][0] - at_most // 4)
    part = text[begin : begin + at_most]
    marks = [Mark(first, last, "found") for first, last in places]
    pieces = nest(part, marks, begin)
    if begin:
        pieces.insert(0, Piece("…"))
    if begin + at_most < len(text):
        pieces.append(Piece("…"))
    return pieces


def _all(text: str, word: str) -> Iterable[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
