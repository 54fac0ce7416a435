"""Lines as a screen of fixed columns shows them: how wide words are, and which columns they take."""

from __future__ import annotations

from collections.abc import Sequence


def wide(character: str) -> int:
    """Say how many columns of the screen a character takes."""
    return 2 if ord(character) > 0x2000 else 1


def width(words: str, han: int = 2) -> int:
    """Say how many columns words take, where a Han character takes ``han``: pdftotext may count it as one."""
    return sum(wide(c) if han > 1 else 1 for c in words)


def over(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]], gap: int = 1) -> list[tuple[int, int]]:
    """Lay stretches over each other; those with fewer than ``gap`` columns between them become one.

    >>> over([(0, 4), (8, 10)], [(2, 6)]), over([(0, 4), (8, 10)], [(2, 7)], gap=2)
    ([(0, 6), (8, 10)], [(0, 10)])
    """
    made: list[tuple[int, int]] = []
    for begin, end in sorted([*one, *other]):
        if made and begin < made[-1][1] + gap:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((begin, end))
    return made
