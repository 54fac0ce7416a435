from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from plan_graph.publish.dumps import write_context, write_dumps
from plan_graph.publish.release import Release

FORMS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}


def quads(file: Path, form: RdfFormat) -> set[Quad]:
    return set(parse(gzip.decompress(file.read_bytes()), form))


def test_every_form_holds_the_same_quads(liaoning: Release, tmp_path: Path) -> None:
    made = write_dumps(liaoning, tmp_path)
    assert sorted(made) == sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    wanted = set(parse(path=str(liaoning.graph), format=RdfFormat.N_QUADS))
    for ending, form in FORMS.items():
        assert quads(tmp_path / f"dumps/graph.{ending}.gz", form) == wanted, ending
    by_graph = {
        Quad(one.subject, one.predicate, one.object, graph)
        for graph in {one.graph_name for one in wanted}
        for one in quads(tmp_path / f"dumps/graphs/{str(graph.value).rpartition('/')[2]}.ttl.gz", RdfFormat.TURTLE)
    }
    assert by_graph == wanted


def test_the_dump_of_quads_is_the_build_byte_for_byte(small: Release, tmp_path: Path) -> None:
    write_dumps(small, tmp_path)
    content = gzip.decompress((tmp_path / "dumps/graph.nq.gz").read_bytes())
    assert content == small.graph.read_bytes()
    assert content.splitlines() == sorted(set(content.splitlines()))


def test_the_context_is_the_one_that_the_dump_has(small: Release, tmp_path: Path) -> None:
    write_dumps(small, tmp_path)
    write_context(small, tmp_path)
    dump = json.loads(gzip.decompress((tmp_path / "dumps/graph.jsonld.gz").read_bytes()))
    assert dump["@context"] == json.loads((tmp_path / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert dump["@context"]["leadBy"] == {"@id": "pg:leadBy", "@type": "@id"}


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_writes_the_same_bytes(small: Release, tmp_path: Path, seed: str) -> None:
    """Neither the order of hashes nor the day of writing is in a file."""
    code = (
        "import sys; from pathlib import Path; from plan_graph.publish.dumps import write_dumps;"
        "from plan_graph.publish.release import release;"
        "write_dumps(release(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    there, here = tmp_path / "there", tmp_path / "here"
    subprocess.run(
        [sys.executable, "-c", code, small.build, there],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        check=True,
    )
    for name in write_dumps(small, here):
        assert (here / name).read_bytes() == (there / name).read_bytes(), name
