"""Names that bodies of one kind bear at any place: 省财政厅, 市财政局, 县财政局 of anywhere.

A stem is an official name with ``{place}`` where the name of the place stands, and the shorter forms in use.
A body made of a stem and a place has the id ``PLACECODE/KEY``; a record with that id in bodies.csv is better
known and wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from plan_graph.authority.cuts import Cuts
from plan_graph.model.register import Body, Place

MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
PLACE, SHORT = "{place}", "{short}"  # the place's full name, and its short one (中国证监会浙江监管局)
CITY = "{city}"  # the name of the city above, in names of bodies that belong to it (来宾市象州生态环境局)
_PARTY = "中共"


class Stem(NamedTuple):
    """One row of stems.csv: ``name`` is the official name with a place in it, ``short`` what is written after a place.

    ``valid_from`` and ``valid_until`` are an ISO date, a reform's name or empty; ``only`` the provinces with such
    bodies (none: all), ``never`` the codes of single places without one.
    """

    key: str
    levels: tuple[str, ...]
    name: str
    short: tuple[str, ...]
    function: str
    kind: str
    valid_from: str
    valid_until: str
    only: tuple[str, ...]
    parent: str
    source: str
    never: tuple[str, ...] = ()

    def forms(self) -> Iterable[tuple[str, str]]:
        """Give every form as the part before the place and the part after it; the official one first."""
        for form in (self.name, *self.short):
            if "{" in form:
                before, _, after = form.replace(CITY, "").replace(SHORT, PLACE).partition(PLACE)
                yield before, after
            else:
                yield "", form
                if self.name.startswith(_PARTY + PLACE):
                    yield _PARTY, form

    def fits(self, code: str, level: str) -> bool:
        """Tell whether a place of this level can have such a body.

        A municipality (直辖市) has bodies named like those of a province or in its own way.
        """
        wanted = "municipality" if code in MUNICIPALITIES else level
        return wanted in self.levels and (not self.only or code[:2] in self.only) and code not in self.never

    def body(self, place: Place, cuts: Cuts, above: str = "", whole: str = "") -> Body:
        """Make the body of this kind at a place; days are given only where a source has the day.

        :param above: the name of the city above, for names that hold it; where there is none, as in a municipality,
            the place's full name stands alone
        :param whole: how the place is named in official names, if not by its name alone: 杭州市西湖区
        """
        whole = whole or place.name
        first = cuts.span(self.valid_from, place.level, place.code)
        last = cuts.span(self.valid_until, place.level, place.code)
        form = next((s for s in self.short if PLACE not in s), "")
        short = place.short or place.name
        name = self.name if above else self.name.replace(CITY + SHORT, PLACE)
        full, plain = (name.replace(PLACE, one) for one in ((place.name if CITY in name else whole), place.name))
        full, plain = (one.replace(CITY, above).replace(SHORT, short) for one in (full, plain))
        return Body(
            id=f"{place.code}/{self.key}",
            name=full,
            short=place.name + form if form else "",
            kind=self.kind,
            level=place.level,
            seat=place.code,
            aliases=(plain,) if plain != full else (),  # 西湖区财政局
            parent=f"{place.code}/{self.parent}" if self.parent else "",
            jurisdiction=(place.code,),
            valid_from=first[0] if first[0] == first[1] else None,
            valid_until=last[0] if last[0] == last[1] else None,
            source=f"stems.csv {self.key}: {self.source}",
            function=self.function,
            pattern=True,
            earliest=first[0],
            latest=last[1],
            begun=first[1],
            ending=last[0],
        )


@dataclass(frozen=True, slots=True)
class Stems:
    """All stems, by key and by form; ``befores`` are the parts before a place, by their first character."""

    by_key: dict[str, tuple[Stem, ...]]
    by_form: dict[tuple[str, str], tuple[Stem, ...]]
    befores: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, stems: Iterable[Stem]) -> Stems:
        """Index the stems. A key may have several rows: one pattern whose lifetime differs from level to level."""
        by_key: dict[str, tuple[Stem, ...]] = {}
        by_form: dict[tuple[str, str], tuple[Stem, ...]] = {}
        for stem in stems:
            by_key[stem.key] = (*by_key[stem.key], stem) if stem.key in by_key else (stem,)
            for form in dict.fromkeys(stem.forms()):
                by_form[form] = (*by_form[form], stem) if form in by_form else (stem,)
        befores: dict[str, tuple[str, ...]] = {}
        for before in sorted({before for before, _ in by_form}, key=lambda b: (-len(b), b)):
            befores[before[:1]] = (*befores.get(before[:1], ()), before)
        return cls(by_key, by_form, befores)

    def beginnings(self, name: str) -> Iterator[str]:
        """Give the parts before a place with which a name begins, the longest first, "" at last."""
        yield from (before for before in self.befores.get(name[:1], ()) if name.startswith(before))
        if name:
            yield from self.befores.get("", ())
