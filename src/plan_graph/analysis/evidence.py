"""What two tasks have in common, and what that is taken to mean: the values that duplicates and lineage give."""

from __future__ import annotations

from dataclasses import dataclass

from plan_graph.analysis.facts import TaskFacts

Span = tuple[int, int]
MEANS = "\uff1d"
"""Between two wordings of one meaning: the full-width sign =."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing both tasks have.

    ``kind`` is phrase (the same run of characters), word, synonym (as each puts it, joined by :data:`MEANS`), place,
    document, target, lead, body or theme; ``value`` is the thing in Chinese; ``weight`` says in bits how rare it is
    among the tasks compared. ``left`` and ``right`` are where it stands in the two ``TaskFacts.text``, half-open in
    code points of that text, empty for what no wording of the text carries (a body, a theme).
    """

    kind: str
    value: str
    weight: float
    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two tasks that may be about the same thing, ``left`` before ``right``, for a person to judge.

    ``score`` is from 0 to 1; ``why`` says what makes the pair one to look at: other-lead, other-year, other-document.
    """

    left: TaskFacts
    right: TaskFacts
    score: float
    why: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A later task that takes up an earlier one.

    ``kind`` is continues, advances, completes, splits or merges; ``score`` is from 0 to 1.
    """

    earlier: TaskFacts
    later: TaskFacts
    kind: str
    score: float
    evidence: tuple[Evidence, ...]
