"""What takes a worker long to find out and is the same for all: kept in files, for a worker may be ended after it."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from plan_graph.scratch import keep

Made = TypeVar("Made")
_MOST = 2_000  # files, after which no more are written


@dataclass(frozen=True, slots=True)
class Remembered:
    """A folder of this service alone, which goes when it ends; without one nothing is remembered."""

    folder: Path | None = None

    def get(self, key: str, make: Callable[[], Made]) -> Made:
        """Give what is remembered of a key, or make it and remember it.

        What cannot be read or written is made again.
        """
        if self.folder is None:
            return make()
        file = self.folder / hashlib.sha256(key.encode()).hexdigest()
        try:
            found: Made = pickle.loads(file.read_bytes())
        except (OSError, EOFError, pickle.UnpicklingError):
            found = make()
            self._put(file, pickle.dumps(found))
        return found

    def _put(self, file: Path, content: bytes) -> None:
        """Write a file, unless there are too many."""
        with suppress(OSError):
            if sum(1 for _ in file.parent.iterdir()) < _MOST:
                keep(file, content)


FORGETFUL = Remembered()
