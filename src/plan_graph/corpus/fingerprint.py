"""What the result for a document depends on besides its bytes, as one short word."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from plan_graph import __version__
from plan_graph.hashing import hashes, packages
from plan_graph.resources import resource

_PACKAGE = Path(__file__).parents[1]
# what these do comes after the pieces
_DISPLAY = ("cli", "terminal", "analysis", "reports", "evaluate", "web", "publish")


def fingerprint(authority: Path | None) -> str:
    """Hash the software (version, sources, ontology, packages it runs on) and the registers in a folder.

    Another word means that every document must be read again; the place of the files plays no part.
    """
    parts = [__version__, list(sys.version_info[:3]), packages()]
    parts += [hashes(_sources(), _PACKAGE), hashes(resource("ontology").glob("*.ttl"), resource("ontology"))]
    parts.append([*registers(authority).items()])
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def registers(authority: Path | None) -> dict[str, str]:
    """Give the SHA-256 of each register in a folder, by the name of its file."""
    folder = authority or resource("data", "authority")
    return dict(hashes(folder.glob("*.csv"), folder))


def _sources() -> Iterator[Path]:
    return (p for p in _PACKAGE.rglob("*.py") if p.relative_to(_PACKAGE).parts[0] not in _DISPLAY)
