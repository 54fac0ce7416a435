"""What a long command says while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done, how far, with which file.

    ``doing`` is reading, registers, keywords, lineage, ties, validating or writing; of a site graph, pages or parts.
    """

    doing: str
    done: int = 0
    total: int = 0
    name: str = ""


Progress = Callable[[Step], None]
