"""What a result depends on besides what it is made from: the software and its files, as hashes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path


def hashes(files: Iterator[Path], root: Path) -> list[tuple[str, str]]:
    """Give the SHA-256 of files, sorted by their paths in a folder."""
    return sorted((f.relative_to(root).as_posix(), hashlib.sha256(f.read_bytes()).hexdigest()) for f in files)


@lru_cache(maxsize=1)
def packages() -> list[tuple[str, str]]:
    """List the packages this one declares and their versions; none where it runs without being installed."""
    found: list[tuple[str, str]] = []
    try:
        needed = metadata.requires("plan-graph") or []
    except metadata.PackageNotFoundError:
        return []
    for one in needed:
        name = re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0]
        try:
            found.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append((name, ""))
    return found
