"""What is computed of many tasks: who takes part with whom, and which task takes up which."""

from __future__ import annotations

from dataclasses import dataclass

from plan_graph.model.plan import Role


@dataclass(frozen=True, slots=True)
class Membership:
    """One participant of one task in one role: the row that the analysis counts.

    ``body`` is the participant's register id (``210000/fgw``); ``collective`` marks what is not one
    body: a collective reference or a name nobody resolved.
    """

    task: str
    year: int | None
    role: Role
    body: str
    label: str
    collective: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """Two bodies on the same tasks in one period (``year`` None: all years), ``left`` < ``right``.

    ``expected``, ``p`` and ``q`` are of ``shared`` under the fixed-margin null model over
    tasks × bodies with collectives left out; ``newman`` is Newman's weight, the sum of 1/(k−1).
    """

    left: str
    right: str
    year: int | None
    shared: int
    co_lead: int
    lead_support: int
    newman: float
    expected: float
    p: float
    q: float


@dataclass(frozen=True, slots=True)
class LineageLink:
    """A later task takes up an earlier one; both are named by document and identifier.

    ``kind`` is continues, advances, completes, splits or merges, ``score`` from 0 to 1; ``wording`` is what the texts
    of both say alike.
    """

    earlier_document: str
    earlier: str
    later_document: str
    later: str
    kind: str
    score: float
    wording: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectedTie:
    """Tasks that ``lead`` leads and ``support`` supports in one period."""

    lead: str
    support: str
    year: int | None
    shared: int
