"""The values that flow through plan-graph: frozen, without behaviour beyond what keeps them true.

Offsets are Unicode code points of the published text, half-open: ``text[begin:end]`` is the evidence. Records that
are made by the thousand at every start (``Place``, ``Body``) are named tuples, which take a tenth of the time of frozen
dataclasses to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points.

    >>> Span(2, 4).of("省财政厅")
    '政厅'
    >>> Span(4, 2)
    Traceback (most recent call last):
        ...
    ValueError: span 4..2 is not a range of code points
    """

    begin: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.begin <= self.end:
            raise ValueError(f"span {self.begin}..{self.end} is not a range of code points")

    def of(self, text: str) -> str:
        """Return the piece of ``text`` this span covers; raise ``ValueError`` if it lies outside."""
        if self.end > len(text):
            raise ValueError(f"span {self.begin}..{self.end} ends after the text ({len(text)} code points)")
        return text[self.begin : self.end]

    def shift(self, by: int) -> Span:
        """Return the same length of text ``by`` code points further on."""
        return Span(self.begin + by, self.end + by)

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside."""
        return self.begin <= other.begin and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should look at, said in Chinese and in English."""

    zh: str
    en: str


class Role(Enum):
    """What a clause makes of a named party."""

    LEAD = "lead"  # 牵头
    SUPPORT = "support"  # 配合, 参与, or 负责 beside a stated lead
    RESPONSIBLE = "responsible"  # 负责, 责任单位, where the text states no lead
    GUIDE = "guide"  # 指导


class PartKind(Enum):
    """What a stretch of a document is; every code point is in exactly one part."""

    HEADING = "heading"
    PREAMBLE = "preamble"
    TASK = "task"
    CLAUSE = "clause"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document; ``reason`` says why an unread one was not read."""

    kind: PartKind
    span: Span
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document: rows of cells, each the span of the text where the cell's content stands.

    A cell merged over several rows or columns is the same span in all of them, so that a fact read from it
    points at the one place where it is written. An empty cell is an empty span. ``filled`` says that a table of plain
    text has merged cells in all their places too, so that an empty one is not to be filled from above.
    """

    span: Span
    rows: tuple[tuple[Span, ...], ...]
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of the text stands in the original file.

    ``place`` is an XPath of an HTML element, ``page=3`` of a PDF (RFC 8118), a paragraph or cell of a Word
    file, or a cell of a sheet; docs/how-to/formats.md lists the forms.
    """

    span: Span
    place: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text, with all that is needed to find the text in it again.

    ``text`` has ``\\n`` for every line end; ``line_ends`` lists (offset in ``text``, original) for those
    that were something else. ``bom`` holds the byte order mark that stood before the text. For a text file
    these give its bytes back; for another kind ``origins`` map the text, in order, to places of the original.
    """

    id: str
    name: str
    text: str
    encoding: str
    bom: bytes
    line_ends: tuple[tuple[int, str], ...]
    sha256: str
    byte_count: int
    notes: tuple[Note, ...] = ()
    media_type: str = "text/plain"
    tables: tuple[Table, ...] = ()
    origins: tuple[Origin, ...] = ()


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


class Place(NamedTuple):
    """A division of GB/T 2260 with its names.

    ``former`` are the names the code had in earlier lists, each with the month of the last list that has it.
    ``first_list`` and ``last_list`` are the months of the first and the last code list that has the place,
    ``2019-10``; empty where it is in all lists from the year 2000 on, or still in the newest. ``successor`` is
    the code under which the place went on, ``seat`` the code of the place its government sits in, both empty
    where not known. ``links`` are IRIs of near matches elsewhere (its city in GeoNames).
    """

    code: str
    name: str
    short: str
    level: str
    parent: str
    aliases: tuple[str, ...] = ()
    name_en: str = ""
    source: str = ""
    seat: str = ""
    former: tuple[tuple[str, str], ...] = ()
    first_list: str = ""
    last_list: str = ""
    successor: str = ""
    links: tuple[str, ...] = ()


class Body(NamedTuple):
    """An organisation with a record in the register, or made of a name pattern and a place (``pattern``).

    ``function`` groups bodies that do the same work at other places, levels and times (``finance``).
    ``valid_from`` and ``valid_until`` are days a source gives, the second the first day without the body;
    ``earliest`` and ``latest`` the widest span in which it may have been there, where only a reform's span is known,
    ``begun`` the day from which on it surely was and ``ending`` the first on which it may have been no more.
    """

    id: str
    name: str
    short: str
    kind: str
    level: str
    seat: str
    aliases: tuple[str, ...] = ()
    name_en: str = ""
    parent: str = ""
    jurisdiction: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    function: str = ""
    pattern: bool = False
    earliest: date | None = None
    latest: date | None = None
    begun: date | None = None
    ending: date | None = None

    def surely(self, on: date | None) -> bool:
        """Tell whether the body was there on a day beyond doubt; on no day means at any time."""
        return on is None or ((self.begun is None or self.begun <= on) and (self.ending is None or on < self.ending))

    def alive(self, on: date | None) -> bool:
        """Tell whether the body may have been there on a day; on no day means at any time."""
        if on is None:
            return True
        first = self.valid_from or self.earliest
        ended = on >= self.valid_until if self.valid_until else self.latest is not None and on > self.latest
        return (first is None or first <= on) and not ended


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to bodies: ``kind`` is renamed, merged, split, moved, founded or abolished.

    ``before`` and ``after`` are ids of bodies. ``happened`` is the day, ``None`` where only a span is known:
    ``earliest`` to ``latest``.
    """

    id: str
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    label: str
    label_en: str = ""
    earliest: date | None = None
    latest: date | None = None
    source: str = ""

    @property
    def happened(self) -> date | None:
        """The day, where it is known."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True, slots=True)
class Collective:
    """A name for several bodies. ``member_rule`` is all, some or unresolved."""

    id: str
    name: str
    member_rule: str
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    name_en: str = ""
    standing_body: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document others cite, with a readable id; ``number`` is its document number (文号)."""

    id: str
    title: str
    number: str = ""
    issuer: str = ""
    aliases: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A heading that recurs across the years of a plan."""

    key: str
    label: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whose name it is: one body, one collective, or neither with the reason and the candidates.

    ``beside`` is the id of the body named in a bracket after the name (市委组织部（市人才办）): another name of
    the same staff or a unit of it, kept apart and linked.
    """

    name: str
    rule: str
    body: Body | None = None
    collective: Collective | None = None
    reason: str = ""
    candidates: tuple[str, ...] = ()
    beside: str = ""


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
