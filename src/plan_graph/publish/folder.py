"""The new folder of a site while it is made: what is the same as before is the same file, what is not is written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path


class Staged:
    """A folder that takes the place of an earlier one, whose files have these SHA-256.

    A file with the bytes it had becomes a hard link to the earlier one, so that its time stays and programs that
    copy sites skip it; where a link cannot be made it is written. ``made`` are the files so far with their SHA-256,
    ``written`` how many of them are new, ``bytes`` what all take.
    """

    def __init__(self, root: Path, old: Path, known: Mapping[str, str]) -> None:
        self.root, self.old, self.known = root, old, known
        self.made: dict[str, str] = {}
        self.written = self.bytes = 0
        self._folders: set[str] = {""}

    def put(self, name: str, content: bytes) -> None:
        """Write a file, by its path in the folder."""
        digest = hashlib.sha256(content).hexdigest()
        self._make_folder(name.rpartition("/")[0])
        if not self._linked(name, digest):
            with open(os.path.join(self.root, name), "wb", buffering=0) as file:  # noqa: PTH118, PTH123 (14,000 times)
                file.write(content)
            self.written += 1
        self._note(name, digest, len(content))

    def adopt(self, name: str) -> None:
        """Take note of a file that somebody else wrote into the folder."""
        content = (self.root / name).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if self.known.get(name) == digest:
            (self.root / name).unlink()
        if not self._linked(name, digest):
            self.written += 1
        self._note(name, digest, len(content))

    def add(self, made: Mapping[str, str], written: int, size: int) -> None:
        """Take note of what another process put into the folder: what its ``made``, ``written``, ``bytes`` say."""
        self.made |= made
        self.written += written
        self.bytes += size

    def _note(self, name: str, digest: str, size: int) -> None:
        self.made[name] = digest
        self.bytes += size

    def _make_folder(self, name: str) -> None:
        if name not in self._folders:
            (self.root / name).mkdir(parents=True, exist_ok=True)
            self._folders.add(name)

    def _linked(self, name: str, digest: str) -> bool:
        if self.known.get(name) != digest:
            return False
        try:
            os.link(self.old / name, self.root / name)
        except OSError:  # a file system without links
            (self.root / name).write_bytes((self.old / name).read_bytes())
        return True
