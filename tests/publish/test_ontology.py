from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse

from plan_graph.publish.ontology import write_ontology
from plan_graph.publish.release import Release


def test_the_version_of_the_ontology_is_at_its_own_address(small: Release, tmp_path: Path) -> None:
    made = write_ontology(small, tmp_path)
    stated = {
        quad.predicate.value.rpartition("#")[2]: quad.object.value
        for quad in parse(path=str(tmp_path / "ontology/plan-graph.ttl"), format=RdfFormat.TURTLE)
        if str(quad.subject) == "<https://w3id.org/plan-graph/ns>"
    }
    (version,) = [one for one in made if one.parts[0] == "ns"]
    assert stated["versionIRI"] == f"https://w3id.org/plan-graph/{version.with_suffix('')}"
    assert version.stem == stated["versionInfo"] and stated["changeNote"].startswith(stated["versionInfo"])
    assert (tmp_path / version).read_bytes() == (tmp_path / "ontology/plan-graph.ttl").read_bytes()
