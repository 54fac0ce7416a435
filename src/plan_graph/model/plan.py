"""What a text says: a plan with its sections, tasks, clauses and the names in them, each with its passage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from plan_graph.model.text import Document, Note, Part, Span


class Role(Enum):
    """What a clause makes of a named party."""

    LEAD = "lead"  # 牵头
    SUPPORT = "support"  # 配合, 参与, or 负责 beside a stated lead
    RESPONSIBLE = "responsible"  # 负责, 责任单位, where the text states no lead
    GUIDE = "guide"  # 指导


class Relation(Enum):
    """How a text stands to a document it names."""

    CITES = "cites"
    IMPLEMENTS = "implements"  # 贯彻落实, 实施, 按照
    PRODUCES = "produces"  # 制定, 编制, 出台
    REVISES = "revises"  # 修订, 修改完善


@dataclass(frozen=True, slots=True)
class Citation:
    """A document named in the text; ``span`` covers the title with its 《》.

    ``stands_for`` is the full title where the text gave one before: 《…的意见》（以下简称《意见》）.
    """

    title: str
    number: str
    relation: Relation
    span: Span
    cue: str = ""
    stands_for: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A back reference (上述文件, 该方案) to documents named before it.

    ``documents`` are their last mentions before it; where ``reason`` is not empty it is open, and they are those
    that could be meant.
    """

    written: str
    relation: Relation
    span: Span
    documents: tuple[Citation, ...] = ()
    reason: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name that reads as a place.

    ``codes`` are GB/T 2260 codes (an abbreviation such as 沈大 names two). ``inside`` is the name of
    the organisation the place name is part of, ``organisation`` where that name stands (line ends of the text may
    be in it); such a mention does not locate the task.
    """

    written: str
    codes: tuple[str, ...]
    span: Span
    inside: str = ""
    organisation: Span | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity a task is to reach; ``value`` counts ``unit`` as written (180 and 万亩)."""

    value: Decimal
    unit: str
    counted: str
    comparator: str
    span: Span
    baseline: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time by which a task is to be done: as written, and the last day it allows.

    ``by`` is ``None`` where the text names no day (持续推进, 长期坚持).
    """

    written: str
    by: date | None
    span: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One party of one clause.

    ``name`` is the name with shared beginnings and endings written out; ``span`` is where it stands, up to an
    ending that it shares with names after it; a beginning that it shares with names before it is not in it.
    ``open`` says that 等 left the list unfinished, ``doubtful`` that the role follows from a rule that hardly
    means this party (a collective that stands first where the first is to lead).
    """

    name: str
    role: Role
    label: str
    span: Span
    position: int
    open: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A responsibility clause: the span with its brackets, the rule that read it, its parties.

    ``basis`` are the statements of the document that decided the roles (列首位的为牵头单位，下同), wherever
    they stand. ``deadlines`` are the times the clause itself states.
    """

    span: Span
    rule: str
    mentions: tuple[Mention, ...]
    basis: tuple[Span, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A passage that looks like responsibility but was read as none, for a person to look at.

    ``kind`` is ``clause`` (a bracket or label no rule reads), ``sentence`` (prose that says who leads) or
    ``person`` (a clause that names a person, who is no body).
    """

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Section:
    """A year part or a theme of a plan; ``path`` counts the headings above and including it."""

    path: tuple[int, ...]
    title: str
    number: str
    span: Span
    title_span: Span
    year: int | None = None
    stated_tasks: int | None = None
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One numbered task, or one row of a task table.

    ``text_spans`` hold its wording: after the number, without the clauses. ``inherited`` are clauses that
    stand elsewhere and govern this task too (以下均需…落实，不再列出; a merged cell of a table).
    """

    id: str
    number: int
    number_as_written: str
    year: int | None
    section: tuple[int, ...]
    span: Span
    text_spans: tuple[Span, ...]
    clauses: tuple[Clause, ...] = ()
    citations: tuple[Citation, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    inherited: tuple[Clause, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def governing(self) -> tuple[Clause, ...]:
        """The clauses that say who is responsible: its own, then the inherited."""
        return self.clauses + self.inherited


@dataclass(frozen=True, slots=True)
class Addressee:
    """A party the document is addressed to, as written."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issued the document, as written."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice (通知) that carries a plan: a document of its own, whose annex the plan is.

    ``title`` is empty where the text does not give the notice's own title.
    """

    title: str
    title_span: Span | None
    span: Span


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; a missing part is empty and its span is ``None``.

    Values are without line ends and with half-width digits; the spans hold what is written. ``issuer`` is the
    first of ``issuers``, which are several where bodies issued the document jointly (联合发文).
    """

    title: str = ""
    title_span: Span | None = None
    number: str = ""
    number_span: Span | None = None
    issuer: str = ""
    issuer_span: Span | None = None
    issued: date | None = None
    issued_span: Span | None = None
    addressees: tuple[Addressee, ...] = ()
    citations: tuple[Citation, ...] = ()
    notice: Notice | None = None
    issuers: tuple[Issuer, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything extraction found in a document, before names are resolved."""

    document: Document
    metadata: Metadata
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    parts: tuple[Part, ...]
    warnings: tuple[Note, ...] = ()
    doubts: tuple[Doubt, ...] = ()
