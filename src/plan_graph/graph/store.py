"""The store: the built quads in an embedded Oxigraph, read only."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from plan_graph.errors import InputError, NotFoundError


def graph_file(path: Path) -> Path:
    """Give the N-Quads file meant by a build folder or a file.

    :raises NotFoundError: if there is none.
    """
    file = path / "graph.nq" if path.is_dir() else path
    if not file.is_file():
        raise NotFoundError(f"no graph at {path}; run plan-graph build first, or name a build folder or a .nq file")
    return file


_FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}


def open_store(path: Path) -> Store:
    """Load a build folder or an RDF file (.nq .nt .ttl .trig .jsonld .rdf) into memory.

    :raises NotFoundError: if there is none.
    :raises InputError: if the file is not the RDF its name says, with line and column.
    """
    file = graph_file(path)
    form = _FORMATS.get(file.suffix.lower())
    if form is None:
        raise InputError(f"{file} is no RDF file known here; give one of {', '.join(_FORMATS)}")
    store = Store()
    try:
        store.bulk_load(path=str(file), format=form)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{file} is not valid {form.name}: {error}; build it again") from error
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror or error}); check its permissions") from error
    return store
