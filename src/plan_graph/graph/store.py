"""The store: the built quads in an embedded Oxigraph, read only."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from plan_graph.errors import InputError, NotFoundError


def graph_file(path: Path) -> Path:
    """Give the N-Quads file meant by a build folder, the folder of a published release, or a file.

    :raises NotFoundError: if there is none.
    """
    file = path
    if path.is_dir():
        file, published = path / "graph.nq", path / _DUMP
        file = published if published.is_file() and not file.is_file() else file
    if not file.is_file():
        raise NotFoundError(
            f"no graph at {path}; run plan-graph build first, or name a build folder or a .nq file",
            f"{path} 处没有图谱，请先运行 plan-graph build，或指定生成的文件夹或 .nq 文件",
        )
    return file


@dataclass(frozen=True, slots=True)
class Within:
    """A store of which some named graphs alone are looked at, whatever is asked."""

    store: Store
    graphs: Sequence[NamedNode | DefaultGraph]

    def query(self, query: str, *, use_default_graph_as_union: bool = True) -> Any:
        """Answer over the union of these graphs, as :meth:`pyoxigraph.Store.query` does over that of all."""
        assert use_default_graph_as_union
        return self.store.query(query, default_graph=list(self.graphs))


_DUMP = Path("dumps", "graph.nq.gz")  # where a published release has its quads
_PACKED = ".gz"
_FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}


def read_quads(path: Path) -> Iterator[Quad]:
    """Parse a build folder, a published release or an RDF file, packed by gzip or not, term by term as written.

    A store would not do for validation: Oxigraph keeps ``xsd:nonNegativeInteger`` and its like as ``xsd:integer``.

    :raises NotFoundError: if there is none.
    :raises InputError: if the file is not the RDF its name says, with line and column.
    """
    file, form = _file(path)
    with _explained(file, form):
        if file.suffix == _PACKED:
            with gzip.open(file) as content:
                yield from parse(input=cast("BinaryIO", content), format=form)
        else:
            yield from parse(path=str(file), format=form)


def open_store(path: Path) -> Store:
    """Load a build folder, a published release or an RDF file into memory.

    A file ends in .nq, .nt, .ttl, .trig, .jsonld or .rdf, and in .gz after that if it is packed.

    :raises NotFoundError: if there is none.
    :raises InputError: if the file is not the RDF its name says, with line and column.
    """
    file, form = _file(path)
    store = Store()
    # in memory ``bulk_load`` takes as long, and two thirds more memory while it does
    with _explained(file, form):
        if file.suffix == _PACKED:
            with gzip.open(file) as content:
                store.load(cast("BinaryIO", content), form)
        else:
            store.load(path=str(file), format=form)
    return store


def _file(path: Path) -> tuple[Path, RdfFormat]:
    file = graph_file(path)
    form = _FORMATS.get(Path(file.name.removesuffix(_PACKED)).suffix.lower())
    if form is None:
        raise InputError(
            f"{file} is no RDF file known here; give one of {', '.join(_FORMATS)}",
            f"{file} 不是可识别的 RDF 文件；请给出 {'、'.join(_FORMATS)} 之一",
        )
    return file, form


@contextmanager
def _explained(file: Path, form: RdfFormat) -> Iterator[None]:
    try:
        yield
    except (SyntaxError, ValueError, EOFError, zlib.error) as error:
        raise InputError(
            f"{file} is not valid {form.name}: {error}; build it again",
            f"{file} 不是有效的 {form.name}：{error}；请重新生成",
        ) from error
    except OSError as error:
        raise InputError(
            f"{file} cannot be read ({error.strerror or error}); check its permissions", f"无法读取 {file}，请检查权限"
        ) from error
