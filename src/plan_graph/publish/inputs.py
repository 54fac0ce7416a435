"""What a site depends on, as one short word: while it is the same, publishing again would make the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from plan_graph import __version__
from plan_graph.hashing import hashes, packages
from plan_graph.publish.release import Release
from plan_graph.resources import resource

_PACKAGE = Path(__file__).parents[1]
_AGAIN = ("cache", "__pycache__")  # folders of what can be made again, which no page shows
_OF_FILES = ("build", "earlier")  # fields of a release that name folders: their files count, not where they are


def fingerprint(release: Release) -> str:
    """Hash the software with its templates, queries and registers, the files of the build and of those before it, and
    what the release says.
    """
    stated = {one.name: repr(getattr(release, one.name)) for one in fields(release) if one.name not in _OF_FILES}
    folders = [_PACKAGE, resource("ontology"), resource("queries"), resource("data", "authority")]
    parts = [__version__, list(sys.version_info[:3]), packages(), sorted(stated.items())]
    parts += [hashes(_files(folder), folder) for folder in (*folders, release.build)]
    parts += [_earlier(folder) for folder in release.earlier]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _earlier(folder: Path) -> list[tuple[str, str]]:
    """Hash an earlier build or release, or a graph alone."""
    if folder.is_file():
        return hashes(iter([folder]), folder.parent)
    return hashes(_files(folder), folder)


def _files(folder: Path) -> Iterator[Path]:
    for place, inner, names in os.walk(folder):
        inner[:] = [one for one in inner if one not in _AGAIN]
        yield from (Path(place) / name for name in names)
