"""Sorted files of lines → one: what ``sort -u`` would give of them all, with memory for a line of each."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

_AT_ONCE = 64  # files open side by side
_JOINED = 1 << 16  # lines written in one go

Lines = Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Size:
    """Quads written, and triples: what is left when the same triple in several graphs counts once."""

    quads: int
    triples: int


def merge(parts: Iterable[Lines], out: Path, spare: Path) -> Size:
    """Write the sorted lines of all parts into ``out``, each line once.

    Many parts are first merged by groups into files in the folder ``spare``. O(n log parts) comparisons.

    :raises OSError: if writing fails.
    """
    todo = list(parts)
    number = 0
    while len(todo) > _AT_ONCE:
        group, todo = todo[:_AT_ONCE], todo[_AT_ONCE:]
        file = spare / f"merged-{number}"
        number += 1
        _write(group, file)
        todo.append(lambda file=file: _lines(file))  # type: ignore[misc]
    return _write(todo, out)


def write_lines(content: bytes, file: Path) -> Lines:
    """Put lines into a file and give them as a part for :func:`merge`."""
    file.write_bytes(content)
    return lambda: _lines(file)


def _lines(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        yield from opened


def _write(parts: list[Lines], out: Path) -> Size:
    quads = triples = 0
    last = before = b""
    batch: list[bytes] = []
    with ExitStack() as stack, out.open("wb") as file:
        sources = [part() for part in parts]
        for source in sources:
            stack.callback(source.close)  # type: ignore[attr-defined]
        for line in heapq.merge(*sources):
            if line == last:
                continue
            last = line
            quads += 1
            triple = line[: line.rindex(b" <")]  # all but the graph: equal triples stand next to each other
            if triple != before:
                triples += 1
                before = triple
            batch.append(line)
            if len(batch) == _JOINED:
                file.write(b"".join(batch))
                batch.clear()
        file.write(b"".join(batch))
    return Size(quads, triples)
