"""The files in static/: read and compressed once, told apart by their content, kept by browsers until it changes."""

from __future__ import annotations

import functools
import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file: its media type, the hash of its content, the content as it is and compressed."""

    media: str
    mark: str
    plain: bytes
    packed: bytes


@functools.cache
def files() -> dict[str, Path]:
    """Give all files by their paths in the folder."""
    return {file.relative_to(FOLDER).as_posix(): file for file in sorted(FOLDER.rglob("*")) if file.is_file()}


@functools.cache
def read(file: Path) -> Asset:
    """Give a file as it is sent."""
    content = file.read_bytes()
    media = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Asset(media + charset, _mark(content), content, gzip.compress(content, 9, mtime=0))


def _mark(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=8).hexdigest()


@functools.cache
def address(name: str) -> str:
    """Give the address of a file, by which browsers keep it for good: it has the hash of the content.

    Modules that a script imports have none, and browsers ask each time whether they have changed.
    """
    return f"/static/{name}?v={_mark((FOLDER / name).read_bytes())}"


def preload() -> None:
    """Know the address of every file, so that workers need not open them for a page."""
    for name in files():
        address(name)
