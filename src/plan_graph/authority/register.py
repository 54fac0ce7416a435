"""The registers in data/authority, read once and looked up by name, issuer and date.

A record is found by exactly what is written in the register: its name, its short form or an alias. Bodies
without a record are made of a name pattern and a place (stems.py); collectives without one by rule
(collectives.py). Nothing is normalised away and nothing is guessed (see resolve.py).
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from plan_graph.authority.changes import ChangeRow, Changes
from plan_graph.authority.collectives import CollectiveRule, CollectiveRules
from plan_graph.authority.cuts import Cuts
from plan_graph.authority.everywhere import Everywhere
from plan_graph.authority.made import PLACE as PLACE_NAMED
from plan_graph.authority.made import named_place, named_town, of_unit, units
from plan_graph.authority.places import PlaceNames
from plan_graph.authority.stems import PLACE, SHORT, Stem, Stems
from plan_graph.authority.tables import day, many, present, read_cells, read_rows
from plan_graph.authority.towns import PREFIX as TOWN
from plan_graph.authority.towns import Towns
from plan_graph.authority.universities import PREFIX as SCHOOL
from plan_graph.authority.universities import Universities
from plan_graph.authority.zones import PREFIX, Zone, Zones
from plan_graph.errors import InputError
from plan_graph.model.register import Body, CitedDocument, Collective, Place, Resolution, Theme
from plan_graph.resources import resource

MOST_KEPT = 20_000  # bodies and answers, of some 1 KB
AUTHORITIES = ("szf", "sw")  # keys of what governs a place: its government, its party committee
_LATER = ("changes.csv", "collective_rules.csv", "zones.csv", "towns.csv", "universities.csv")


@dataclass(frozen=True)
class Register:
    """All curated records: places and abbreviations, bodies, collectives, documents, themes, units, words.

    >>> register = Register.load()
    >>> register.bodies["210000/fgw"].short
    '省发展改革委'
    """

    places: dict[str, Place]
    bodies: dict[str, Body]
    collectives: dict[str, Collective]
    documents: dict[str, CitedDocument]
    themes: dict[str, Theme]
    abbreviations: dict[str, tuple[str, ...]]
    coincidences: dict[str, tuple[tuple[str, str], ...]]
    stop_words: frozenset[str]
    terms: frozenset[str]
    synonyms: dict[str, str]  # wordings of plans to the one they are compared as
    cuts: Cuts
    patterns: tuple[Stem, ...]
    folder: Path = field(compare=False)  # of the registers that are read when a name asks for them

    @classmethod
    def load(cls, folder: Path | None = None) -> Register:
        """Read the registers; ``folder`` defaults to the ones that travel with the package.

        :raises InputError: for a file or column that is missing, a row without its key or with too many or too
            few cells, a key that stands twice, a date that is none; the message names file and line. Of the files
            that only some names ask for, what is in them is looked at then.
        """
        with _uncollected():
            return cls._read(folder or resource("data", "authority"))

    @classmethod
    def _read(cls, folder: Path) -> Register:
        links: dict[str, tuple[str, ...]] = {
            r["code"]: (r["target"],) for r in read_rows(folder / "place_links.csv", "code")
        }
        places = {place.code: place for place in _places(folder / "places.csv", links)}
        cuts = Cuts(
            {
                (r["reform"], r["level"], r["place"]): (day(r["earliest"]), day(r["latest"]))
                for r in read_rows(folder / "cuts.csv", None)
            }
        )
        bodies = {body.id: body for body in _bodies(folder / "bodies.csv", cuts, places)}
        collectives = {
            r["id"]: Collective(
                r["id"],
                r["name"],
                r["member_rule"],
                tuple(_members(r["members"], places)),
                many(r["aliases"]),
                r["name_en"],
                r["standing_body"],
                r["source"],
            )
            for r in read_rows(folder / "collectives.csv", "id")
        }
        documents = {
            r["id"]: CitedDocument(r["id"], r["title"], r["number"], r["issuer"], many(r["aliases"]), r["source"])
            for r in read_rows(folder / "documents.csv", "id")
        }
        themes = {r["id"]: Theme(r["id"], r["label_zh"], r["label_en"]) for r in read_rows(folder / "themes.csv", "id")}
        abbreviations = {r["written"]: many(r["codes"]) for r in read_rows(folder / "abbreviations.csv", "written")}
        coincidences: dict[str, tuple[tuple[str, str], ...]] = {}
        for r in read_rows(folder / "place_coincidences.csv", None):
            coincidences[r["name"]] = (*coincidences.get(r["name"], ()), (r["before"], r["after"]))
        stop_words = frozenset(r["word"] for r in read_rows(folder / "stop_words.csv", "word"))
        terms = frozenset(r["term"] for r in read_rows(folder / "terms.csv", "term"))
        synonyms = {r["written"]: r["means"] for r in read_rows(folder / "synonyms.csv", "written")}
        for name in _LATER:
            present(folder / name)
        return cls(
            *(places, bodies, collectives, documents, themes, abbreviations, coincidences, stop_words, terms, synonyms),
            cuts,
            tuple(_stems(folder / "stems.csv", cuts)),
            folder,
        )

    def recorded_at(self, code: str) -> tuple[Body, ...]:
        """Give the recorded bodies of a place."""
        return self._by_place.get(code, ())

    @cached_property
    def _by_place(self) -> dict[str, tuple[Body, ...]]:
        places: dict[str, tuple[Body, ...]] = {}
        for body in self.bodies.values():
            code = body.id.split("/")[0]
            places[code] = (*places.get(code, ()), body)
        return places

    @cached_property
    def stems(self) -> Stems:
        """The name patterns, by key and by form."""
        return Stems.of(self.patterns)

    @cached_property
    def changes(self) -> Changes:
        """What happened to bodies, by body, read when first asked for.

        :raises InputError: as :meth:`load` does.
        """
        events = tuple(_changes(self.folder / "changes.csv", self.cuts))
        return Changes.of(events, self.stems, self.cuts)

    @cached_property
    def place_names(self) -> PlaceNames:
        """The names of places, for taking them off the beginning of a body's name."""
        return PlaceNames.of(self.places)

    @cached_property
    def collective_rules(self) -> CollectiveRules:
        """The rules that read collectives, read when first asked for.

        :raises InputError: as :meth:`load` does.
        """
        rules = tuple(_collective_rules(self.folder / "collective_rules.csv"))
        return CollectiveRules.of(rules, self.place_names, Everywhere(self.stems, self.place_names, self.cuts))

    @cached_property
    def zones(self) -> Zones:
        """The development zones, read when first asked for.

        :raises InputError: as :meth:`load` does.
        """
        recorded = Zones.recorded(self.bodies.values(), self.places)
        listed = (zone for zone in _zones(self.folder / "zones.csv") if zone.id not in self.bodies)
        return Zones.of((*recorded, *listed))

    @cached_property
    def towns(self) -> Towns:
        """The towns of each county, read when first asked for.

        :raises InputError: as :meth:`load` does.
        """
        rows = read_cells(self.folder / "towns.csv", "place")
        return Towns({r[0]: (r[1], r[2], r[3]) for r in rows}, {r[0]: r[4] for r in rows if r[4]})

    @cached_property
    def universities(self) -> Universities:
        """The universities and colleges, read when first asked for.

        :raises InputError: as :meth:`load` does.
        """
        return Universities.of(read_cells(self.folder / "universities.csv", "code"))

    def body(self, identifier: str) -> Body:
        """Give the body with an id: a record, a zone's committee, a town's government, a school, or by a pattern.

        :raises KeyError: for an id that is none of these.
        """
        if identifier in self.bodies:
            return self.bodies[identifier]
        code, _, key = identifier.partition("/")
        if key.startswith(PREFIX):
            return self.zones.body(identifier, self.place_names)
        if key.startswith(TOWN):
            return self.towns.body(identifier, self.place_names)
        if key.startswith(SCHOOL):
            return self.universities.body(identifier, self.place_names)
        if (made := self._made.get(identifier)) is None:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            made = self._made[identifier] = self._by_stem(code, key)
        return made

    @cached_property
    def _made(self) -> dict[str, Body]:
        """Bodies made of patterns, kept since the same are asked for over and over."""
        return {}

    @cached_property
    def answers(self) -> dict[tuple[str, str, date | None], Resolution]:
        """What a name means to the issuer of a place on a day, as far as it was asked (see resolve.py)."""
        return {}

    def _by_stem(self, code: str, key: str) -> Body:
        place = self.places[code]
        stems = self.stems.by_key[key]
        stem = next((s for s in stems if s.fits(code, place.level)), stems[0])
        above = self.places.get(place.parent)
        # a prefecture's body that belongs to the province bears its name: 新疆维吾尔自治区人民检察院和田分院
        city = above.name if above and "prefecture" in (above.level, place.level) else ""
        return stem.body(place, self.cuts, city, self.place_names.whole(code))

    @cached_property
    def by_name(self) -> dict[str, tuple[Body | Collective, ...]]:
        """Every name, short form and alias → the records that bear it."""
        index: dict[str, tuple[Body | Collective, ...]] = {}
        records: list[Body | Collective] = [*self.bodies.values(), *self.collectives.values()]
        for record in records:
            short = (record.short,) if isinstance(record, Body) else ()
            for name in dict.fromkeys((record.name, *short, *record.aliases)):
                if name:
                    index[name] = (*index.get(name, ()), record)
        return index

    def knows(self, identifier: str) -> bool:
        """Tell whether an id stands for a body: a recorded one, a zone's, a town's, a school, or one by a pattern."""
        code, _, key = identifier.partition("/")
        if key.startswith(PREFIX):
            return identifier in self.bodies or identifier in self.zones.by_id
        if key.startswith(TOWN):
            return code in self.places and any(town.id == identifier for town in self.towns.of(code))
        if key.startswith(SCHOOL):
            return identifier in self.universities.by_id
        return identifier in self.bodies or (code in self.places and key in self.stems.by_key)

    def collective(self, identifier: str) -> Collective:
        """Give the collective with an id; ``@2021-06-01`` after the id asks for the members on that day.

        :raises KeyError: for an id that no record and no rule has.
        """
        own, _, on = identifier.partition("@")
        if own in self.collectives:
            return self.collectives[own]
        if found := self.collective_rules.by_id(own, day(on)):
            return found
        code, _, key = own.partition("/")
        if key == PLACE_NAMED and code in self.places:
            return named_place(code, self.place_names, self.authorities(code))
        if (of := of_unit(own)) and self.knows(of):
            return units(self.body(of))
        if self.knows(town := f"{code}/{key.removeprefix(PLACE_NAMED + '-')}") and town != own:
            return named_town(self.body(town))
        raise KeyError(identifier)

    def authorities(self, code: str) -> tuple[str, ...]:
        """Give the ids of the government and the party committee of a place, as far as its level has them."""
        level = self.places[code].level
        fits = (key for key in AUTHORITIES if any(stem.fits(code, level) for stem in self.stems.by_key.get(key, ())))
        return tuple(f"{code}/{key}" for key in fits)

    def successors(self, identifier: str) -> tuple[str, ...]:
        """Give the ids of the bodies a body went on as."""
        return tuple(self.changes.after(identifier, self.places[identifier.split("/", maxsplit=1)[0]]))

    @cached_property
    def documents_by_title(self) -> dict[str, CitedDocument]:
        """Every title and alias → its document record."""
        return {title: d for d in self.documents.values() for title in (d.title, *d.aliases)}

    @cached_property
    def themes_by_label(self) -> dict[str, Theme]:
        """A theme's heading → its record."""
        return {theme.label: theme for theme in self.themes.values()}

    def province_of(self, code: str) -> str:
        """Give the code of the province a place lies in (itself if it is one)."""
        return code[:2] + "0000"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking through thousands of new records, none of which is garbage."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _members(cell: str, places: dict[str, Place]) -> Iterator[str]:
    for member in many(cell):
        if member.startswith("cities-of:"):
            province = member.removeprefix("cities-of:")
            cities = (p for p in places.values() if p.parent == province and p.level == "prefecture")
            yield from (f"{p.code}/szf" for p in cities if not p.last_list)
        else:
            yield member


def _places(path: Path, links: dict[str, tuple[str, ...]]) -> Iterator[Place]:
    for cells in read_cells(path, "code"):
        code, name, short, level, parent, seat, aliases, former, name_en, first, last, successor, source = cells
        others = many(aliases) if aliases else ()
        earlier = (
            tuple((old, until) for old, _, until in (one.partition("@") for one in many(former))) if former else ()
        )
        ends = (earlier, first, last, successor, links.get(code, ()))
        yield Place(code, name, short, level, parent, others, name_en, source, seat, *ends)


def _bodies(path: Path, cuts: Cuts, places: dict[str, Place]) -> Iterator[Body]:
    for cells in read_cells(path, "id", cuts.reforms):
        identifier, name, short, aliases, kind, level, seat, jurisdiction, parent, name_en, *rest = cells
        valid_from, valid_until, function, _, source = rest
        code = identifier.partition("/")[0]
        its = places[code].level if code in places else level
        first = cuts.span(valid_from, its, code)
        last = cuts.span(valid_until, its, code)
        yield Body(
            *(identifier, name, short, kind, level, seat, many(aliases), name_en, parent, many(jurisdiction)),
            first[0] if first[0] == first[1] else None,
            last[0] if last[0] == last[1] else None,
            source,
            function,
            earliest=first[0],
            latest=last[1],
            begun=first[1],
            ending=last[0],
        )


def _zones(path: Path) -> Iterator[Zone]:
    for identifier, name, aliases, own, kind, code, _, _, source in read_cells(path, "id"):
        yield Zone(identifier, name, many(aliases), own, kind, code, source)


def _stems(path: Path, cuts: Cuts) -> Iterator[Stem]:
    for cells in read_cells(path, None, cuts.reforms):
        key, level, name, short, function, kind, valid_from, valid_until, only, parent, _, source = cells
        where = many(only)
        never = tuple(one[1:] for one in where if one[0] == "-")
        where = tuple(one for one in where if one[0] != "-") if never else where
        named = (key, many(level), name, many(short), function, kind)
        stem = Stem(*named, valid_from, valid_until, where, parent, source, never)
        if not stem.key or not (PLACE in stem.name or SHORT in stem.name):
            raise InputError(
                f"{path.name}: the row of {stem.key or stem.name} needs a key and {PLACE} in its name",
                f"{path.name} 中 {stem.key or stem.name} 一行须有 key，name 中须有 {PLACE}",
            )
        yield stem


def _changes(path: Path, cuts: Cuts) -> Iterator[ChangeRow]:
    for identifier, kind, day_, level, place, before, after, *words in read_cells(path, "id", cuts.reforms):
        yield ChangeRow(identifier, kind, day_, many(level), place, many(before), many(after), *words)


def _collective_rules(path: Path) -> Iterator[CollectiveRule]:
    for r in read_rows(path, "key"):
        try:
            pattern = re.compile(r["pattern"])
        except re.error as error:
            raise InputError(
                f"{path.name}, {r['key']}: the pattern is no regular expression ({error.msg}); correct it",
                f"{path.name} 中 {r['key']} 的 pattern 不是正则表达式，请更正",
            ) from error
        levels, members = many(r["level"]), many(r["members"])
        yield CollectiveRule(r["key"], r["name"], pattern, levels, members, r["bare"], r["name_en"], r["source"])
