"""The whole graph to take away: N-Quads, TriG and JSON-LD of all, Turtle of each named graph, packed by gzip.

The build's N-Quads are sorted, and every other form keeps their order within a graph, so that the same build gives the
same bytes and ``diff`` of two unpacked dumps shows what changed. Nothing is held in memory but a stretch of lines and
one resource: the lines of each named graph go into a file of their own first.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse

from plan_graph.iri import Base
from plan_graph.publish.packing import packed, write_rdf
from plan_graph.publish.release import Release
from plan_graph.web.jsonld import write_dataset

FOLDER = "dumps"
CONTEXT = "context.jsonld"
_AT_ONCE = 50_000  # lines in memory


def write_dumps(release: Release, folder: Path) -> list[Path]:
    """Write ``dumps/graph.{nq,trig,jsonld}.gz`` and ``dumps/graphs/NAME.ttl.gz``."""
    place = folder / FOLDER
    made = [place / f"graph.{form}.gz" for form in ("nq", "trig", "jsonld")]
    with packed(made[0]) as out, release.graph.open("rb") as lines:
        shutil.copyfileobj(lines, out, 1 << 20)
    with tempfile.TemporaryDirectory() as spare:
        graphs = split(release.graph, Path(spare))
        with packed(made[1]) as out:
            write_rdf(chain.from_iterable(map(_quads, graphs.values())), out, RdfFormat.TRIG)
        with packed(made[2]) as out:
            write_dataset(((iri, _lines(file)) for iri, file in graphs.items()), release.names, out)
        for iri, file in graphs.items():
            one = place / "graphs" / f"{Base(release.base).parse(iri)[1]['name']}.ttl.gz"
            with packed(one) as out:
                write_rdf(_triples(file), out, RdfFormat.TURTLE)
            made.append(one)
    return [file.relative_to(folder) for file in made]


def write_context(release: Release, folder: Path) -> list[Path]:
    """Write the context of JSON-LD, the one that the service has at ``/context.jsonld``."""
    context = {"@context": release.names.context()}
    (folder / CONTEXT).write_text(json.dumps(context, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [Path(CONTEXT)]


def split(graph: Path, spare: Path) -> dict[str, Path]:
    """Put the lines of each named graph of canonical N-Quads into a file: IRI → file, by rising IRI, in their order."""
    waiting: dict[bytes, list[bytes]] = defaultdict(list)
    files: dict[bytes, Path] = {}

    def flush() -> None:
        for name, lines in waiting.items():
            file = files.setdefault(name, spare / f"{len(files)}.nq")
            with file.open("ab") as out:
                out.writelines(lines)
        waiting.clear()

    with graph.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            waiting[line[line.rindex(b" <") + 2 : line.rindex(b">")]].append(line)
            if number % _AT_ONCE == 0:
                flush()
    flush()
    return {name.decode(): files[name] for name in sorted(files)}


def _quads(file: Path) -> Iterator[Quad]:
    return parse(path=str(file), format=RdfFormat.N_QUADS)


def _triples(file: Path) -> Iterator[Triple]:
    return (quad.triple for quad in _quads(file))


def _lines(file: Path) -> Iterator[str]:
    """Give the triples of canonical N-Quads, each as it is written there."""
    with file.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line[: line.rindex(" <")]
