"""The registers in data/authority, read once and looked up by name, issuer and date.

A record is found by exactly what is written in the register: its name, its short form or an alias. Nothing
is normalised away and nothing is guessed; a name that is not there is not resolved (see resolve.py).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from plan_graph.errors import InputError
from plan_graph.model import Body, CitedDocument, Collective, Place, Theme
from plan_graph.resources import resource


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

    @classmethod
    def load(cls, folder: Path | None = None) -> Register:
        """Read the registers; ``folder`` defaults to the ones that travel with the package.

        :raises InputError: for a row without its key, or a key that stands twice.
        """
        folder = folder or resource("data", "authority")
        places = {
            r["code"]: Place(
                r["code"],
                r["name"],
                r["short"],
                r["level"],
                r["parent"],
                _many(r["aliases"]),
                r["name_en"],
                r["source"],
            )
            for r in _rows(folder / "places.csv", "code")
        }
        bodies = {
            r["id"]: Body(
                r["id"],
                r["name"],
                r["short"],
                r["kind"],
                r["level"],
                r["seat"],
                _many(r["aliases"]),
                r["name_en"],
                r["parent"],
                _many(r["jurisdiction"]),
                _day(r["valid_from"]),
                _day(r["valid_until"]),
                r["source"],
            )
            for r in _rows(folder / "bodies.csv", "id")
        }
        governments = {b.seat: b.id for b in bodies.values() if b.kind == "city-government"}
        collectives = {
            r["id"]: Collective(
                r["id"],
                r["name"],
                r["member_rule"],
                tuple(_members(r["members"], places, governments)),
                _many(r["aliases"]),
                r["name_en"],
                r["standing_body"],
                r["source"],
            )
            for r in _rows(folder / "collectives.csv", "id")
        }
        documents = {
            r["id"]: CitedDocument(r["id"], r["title"], r["number"], r["issuer"], _many(r["aliases"]), r["source"])
            for r in _rows(folder / "documents.csv", "id")
        }
        themes = {r["id"]: Theme(r["id"], r["label_zh"], r["label_en"]) for r in _rows(folder / "themes.csv", "id")}
        abbreviations = {r["written"]: _many(r["codes"]) for r in _rows(folder / "abbreviations.csv", "written")}
        coincidences: dict[str, tuple[tuple[str, str], ...]] = {}
        for r in _rows(folder / "place_coincidences.csv", None):
            coincidences[r["name"]] = (*coincidences.get(r["name"], ()), (r["before"], r["after"]))
        stop_words = frozenset(r["word"] for r in _rows(folder / "stop_words.csv", "word"))
        return cls(places, bodies, collectives, documents, themes, abbreviations, coincidences, stop_words)

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

    def issuer_place(self, issuer: str) -> str:
        """Give the code of the place whose government or party issued a document, or "" if unknown."""
        for place in sorted(self.places.values(), key=lambda p: -len(p.name)):
            if issuer.startswith(place.name) or issuer.startswith("中共" + place.name):
                return place.code
        return ""


def _rows(path: Path, key: str | None) -> Iterator[dict[str, str]]:
    if not path.exists():
        raise InputError(f"the register {path} is missing; put it back or name another folder")
    seen: set[str] = set()
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            clean = {k: (v or "").strip() for k, v in row.items() if k}
            if key is not None:
                if not clean.get(key):
                    raise InputError(f"{path.name}, line {line}: no {key}; fill it in or remove the row")
                if clean[key] in seen:
                    raise InputError(f"{path.name}, line {line}: {key} {clean[key]} stands twice; keep one")
                seen.add(clean[key])
            yield clean


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _members(cell: str, places: dict[str, Place], governments: dict[str, str]) -> Iterator[str]:
    for member in _many(cell):
        if member.startswith("cities-of:"):
            province = member.removeprefix("cities-of:")
            yield from sorted(governments[c] for c, p in places.items() if p.parent == province and c in governments)
        else:
            yield member
