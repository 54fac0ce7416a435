"""What a request may take: time, memory, rows, bytes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from plan_graph.errors import InputError

_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
# what is said when an answer is given up, in English and Chinese
OUT_OF_MEMORY = (
    "the answer needs more memory than one question may take; ask for less of it",
    "回答所需内存超出单次查询的上限，请缩小查询范围",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a service; seconds and bytes.

    ``workers`` are the processes for questions that are answered at once; twice as many may be busy with long ones.
    ``waiting`` questions wait for a worker, each up to ``patience``, and have ``timeout`` from when they have one;
    answers of ``kept`` bytes in all are kept.
    """

    timeout: float = 10.0
    workers: int = max(2, os.cpu_count() or 2)
    memory: int = 1024**3
    max_rows: int = 100_000
    max_bytes: int = 64 * 1024**2
    max_query: int = 256 * 1024
    waiting: int = 500
    patience: float = 30.0
    kept: int = 64 * 1024**2

    @property
    def long(self) -> int:
        """How many workers may be busy with long questions at a time."""
        return 2 * self.workers


def size_of(text: str) -> int:
    """Read a size such as ``512M`` or ``1G`` in bytes.

    :raises InputError: if it is none.
    """
    found = re.fullmatch(r"(\d{1,9})\s*([KMG]?)i?B?", text.strip(), re.IGNORECASE)
    if found is None or int(found[1]) == 0:
        raise InputError(f"{text!r} is no size; write one like 512M or 1G", f"{text!r} 不是大小，请写成 512M 或 1G")
    return int(found[1]) * _UNITS[found[2].upper()]
