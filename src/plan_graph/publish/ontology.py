"""The ontology's files: terms, concept schemes and shapes, and the version of the terms under its own address.

The page that explains them is that of the service, ``/ns``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from plan_graph.iri import OWL
from plan_graph.publish.release import Release
from plan_graph.resources import resource
from plan_graph.web.addresses import ONTOLOGY

FOLDER = "ontology"
FILES = ("plan-graph.ttl", "schemes.ttl", "shapes.ttl")


def write_ontology(release: Release, folder: Path) -> list[Path]:
    """Write ``ontology/*.ttl``, and ``ns/VERSION.ttl``, which is where ``owl:versionIRI`` points to."""
    (version,) = {
        quad.object.value
        for quad in release.ontology
        if quad.predicate == OWL.versionInfo and getattr(quad.subject, "value", "") == ONTOLOGY
    }
    made = [Path(FOLDER, name) for name in FILES] + [Path("ns", f"{version}.ttl")]
    for source, target in zip((*FILES, FILES[0]), made, strict=True):
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(resource("ontology", source), folder / target)
    return made
