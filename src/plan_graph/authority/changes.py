"""What happened to bodies: mergers, splits, renamings, with the bodies before and after kept apart.

A row of changes.csv with level ``state`` names bodies. A row with another level names keys of stems.csv and holds
at every place of that level: 工商, 质监 and 食药监 of a province became its market supervision. Which of the old
bodies a place really had is not known from such a row, so only those that are recorded or named in a dataset count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from plan_graph.authority.cuts import Cuts
from plan_graph.authority.stems import MUNICIPALITIES, Stems
from plan_graph.model.register import Change, Place


class ChangeRow(NamedTuple):
    """One row of changes.csv; ``date`` is an ISO date or the name of a reform, ``place`` a code or empty for any."""

    id: str
    kind: str
    date: str
    levels: tuple[str, ...]
    place: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    label: str
    label_en: str
    source: str

    @property
    def names_bodies(self) -> bool:
        """Whether the row names bodies by id, rather than by keys that hold at every place of its levels."""
        return "/" in (*self.before, *self.after)[0]


@dataclass(frozen=True, slots=True)
class Changes:
    """All rows, by the key or id of each body they name."""

    rows: tuple[ChangeRow, ...]
    by_body: dict[str, tuple[ChangeRow, ...]]
    stems: Stems
    cuts: Cuts

    @classmethod
    def of(cls, rows: tuple[ChangeRow, ...], stems: Stems, cuts: Cuts) -> Changes:
        """Index the rows."""
        by_body: dict[str, tuple[ChangeRow, ...]] = {}
        for row in rows:
            for one in dict.fromkeys((*row.before, *row.after)):
                by_body[one] = (*by_body.get(one, ()), row)
        return cls(rows, by_body, stems, cuts)

    def after(self, body: str, place: Place) -> Iterator[str]:
        """Give the ids of the bodies a body went on as, one step further."""
        for row in self._rows(body, place):
            if self._own(body, row) in row.before:
                yield from self._after(row, place, ())

    def of_bodies(self, bodies: Collection[str], places: dict[str, Place]) -> Iterator[Change]:
        """Give every change that has a body of a dataset before it, sorted by id, each once."""
        found: dict[str, Change] = {}
        for body in bodies:
            place = places[body.split("/")[0]]
            for row in self._rows(body, place):
                change = self._change(row, place, bodies, places)
                if change.before or (not row.before and change.after):
                    found[change.id] = change
        yield from (found[key] for key in sorted(found))

    def _rows(self, body: str, place: Place) -> Iterator[ChangeRow]:
        level = "municipality" if place.code in MUNICIPALITIES else place.level
        for row in dict.fromkeys((*self.by_body.get(body, ()), *self.by_body.get(body.split("/")[1], ()))):
            if row.names_bodies or (level in row.levels and row.place in ("", place.code)):
                yield row

    @staticmethod
    def _own(body: str, row: ChangeRow) -> str:
        """Give the word by which a row names a body: its id, or its key."""
        return body if row.names_bodies else body.split("/")[1]

    def _change(self, row: ChangeRow, place: Place, bodies: Collection[str], places: dict[str, Place]) -> Change:
        if row.names_bodies:
            # One event wherever its bodies lie: it is named after the place of the first, not of the one looked at.
            place = places[(*row.before, *row.after)[0].split("/")[0]]
            before = tuple(b for b in row.before if b in bodies)
            after = tuple(b for b in row.after if b in bodies)
        else:
            before = tuple(f"{place.code}/{key}" for key in row.before if f"{place.code}/{key}" in bodies)
            after = tuple(self._after(row, place, bodies))
        first, last = self.cuts.span(row.date, place.level, place.code)
        return Change(
            f"{place.code}/{row.id}", row.kind, before, after, row.label, row.label_en, first, last, row.source
        )

    def _after(self, row: ChangeRow, place: Place, bodies: Collection[str]) -> Iterator[str]:
        """Give the bodies after a change at a place; of several names for one body only the one that is known."""
        ids = (
            row.after
            if "/" in "".join(row.after)
            else tuple(
                f"{place.code}/{key}"
                for key in row.after
                if any(stem.fits(place.code, place.level) for stem in self.stems.by_key.get(key, ()))
            )
        )
        if len(ids) <= 1 or row.kind == "split" or "/" in "".join(row.after):
            yield from ids
        else:
            yield from (one for one in ids if one in bodies)
