"""Packed files that are the same bytes whenever and wherever they are made."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from plan_graph.iri import PREFIXES


@contextmanager
def packed(file: Path) -> Iterator[BinaryIO]:
    """Open a file to be packed by gzip while it is written; it holds neither its name nor a time (RFC 1952)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as out:
        yield cast("BinaryIO", out)


def write_rdf(statements: Iterable[Triple] | Iterable[Quad], out: BinaryIO, form: RdfFormat) -> None:
    """Write Turtle or TriG with the usual prefixes in order; Oxigraph puts them in a new one each time."""
    head = sorted(f"@prefix {prefix}: <{namespace}> .\n".encode() for prefix, namespace in PREFIXES.items())
    out.writelines(head)
    serialize(statements, cast("BinaryIO", _After(sum(map(len, head)), out)), form, prefixes=PREFIXES)


class _After:
    """Leaves out the first bytes of what is written."""

    def __init__(self, left_out: int, out: BinaryIO) -> None:
        self.left_out, self.out = left_out, out

    def write(self, content: bytes) -> int:
        """Write what comes after them."""
        skipped = min(self.left_out, len(content))
        self.left_out -= skipped
        self.out.write(content[skipped:])
        return len(content)

    def flush(self) -> None:
        """Do nothing: the file is closed by whom it was opened."""
