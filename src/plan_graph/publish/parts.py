"""The parts of a published site, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plan_graph.publish import catalogue, dumps, frames, networks, ontology, openapi, record, retired, tables
from plan_graph.publish.release import Release

Part = Callable[[Release, Path], list[Path]]
"""Writes its files into a folder and gives their paths, relative to it."""

PARTS: tuple[tuple[str, Part], ...] = (
    ("dumps", dumps.write_dumps),
    ("tables", tables.write_tables),
    ("networks", networks.write_networks),
    ("context", dumps.write_context),
    ("frames", frames.write_frames),
    ("ontology", ontology.write_ontology),
    ("openapi", openapi.write_openapi),
    ("retired", retired.write_retired),
    ("void", catalogue.write_void),
    ("catalogue", catalogue.write_catalogue),
    ("citation", record.write_citation),
    ("record", record.write_record),
    ("checksums", record.write_sums),
)
"""Name and function of each part. What a part says of files (sizes, checksums) is of those written before it."""
