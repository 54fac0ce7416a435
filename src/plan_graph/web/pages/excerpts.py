"""Short pieces of a text for lists, with the words that were looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def excerpt(text: str, words: Sequence[str], at_most: int) -> list[tuple[str, bool]]:
    """Give the beginning of a text, or the stretch where the first word stands, cut where words begin and end.

    Each piece tells whether it is one of the words. ``at_most`` is in characters; … says that something is left out.
    """
    places = _joined(sorted((at, at + len(word)) for word in words for at in _all(text, word)))
    begin = max(0, places[0][0] - at_most // 4) if places and places[0][1] > at_most else 0
    end = min(len(text), begin + at_most)
    pieces = [("…", False)] if begin else []
    at = begin
    for first, last in places:
        if first >= end:
            break
        pieces += [(text[at:first], False), (text[first : min(last, end)], True)]
        at = min(last, end)
    pieces.append((text[at:end] + ("…" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece[0]]


def _all(text: str, word: str) -> Iterable[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _joined(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one of places that overlap."""
    made: list[tuple[int, int]] = []
    for begin, end in places:
        if made and begin < made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((begin, end))
    return made
