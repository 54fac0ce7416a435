"""What the registers hold: places, bodies, what became of them, collectives, documents and themes.

Records that are made by the thousand at every start (``Place``, ``Body``) are named tuples, which take a tenth of the
time of frozen dataclasses to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


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
