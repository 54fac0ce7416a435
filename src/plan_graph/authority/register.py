"""The registers in data/authority, read once and looked up by name, issuer and date.

A record is found by exactly what is written in the register: its name, its short form or an alias. Nothing
is normalised away and nothing is guessed; a name that is not there is not resolved (see resolve.py).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from plan_graph.errors import InputError
from plan_graph.model import Body, CitedDocument, Collective, Place, Theme
from plan_graph.resources import resource

# what each register must hold; README.md beside them says what it means
COLUMNS: dict[str, tuple[str, ...]] = {
    "places.csv": ("code", "name", "short", "level", "parent", "aliases", "name_en", "source"),
    "bodies.csv": (
        *("id", "name", "short", "aliases", "kind", "level", "seat", "jurisdiction", "parent", "name_en"),
        *("valid_from", "valid_until", "source"),
    ),
    "collectives.csv": ("id", "name", "aliases", "member_rule", "members", "standing_body", "name_en", "source"),
    "documents.csv": ("id", "title", "number", "issuer", "aliases", "source"),
    "themes.csv": ("id", "label_zh", "label_en"),
    "abbreviations.csv": ("written", "codes", "outside", "source"),
    "place_coincidences.csv": ("name", "before", "after", "note"),
    "stop_words.csv": ("word", "reason"),
    "terms.csv": ("term", "note"),
}
_DAYS = {"valid_from", "valid_until"}


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

    @classmethod
    def load(cls, folder: Path | None = None) -> Register:
        """Read the registers; ``folder`` defaults to the ones that travel with the package.

        :raises InputError: for a file or column that is missing, a row without its key or with too many or too
            few cells, a key that stands twice, a date that is none; the message names file and line.
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
        terms = frozenset(r["term"] for r in _rows(folder / "terms.csv", "term"))
        return cls(places, bodies, collectives, documents, themes, abbreviations, coincidences, stop_words, terms)

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
        raise InputError(
            f"the register {path} is missing; put it back or name another folder",
            f"缺少登记表 {path}，请放回或指定其他文件夹",
        )
    seen: set[str] = set()
    for line, row in _table(path):
        if key is not None:
            if not row[key]:
                raise InputError(
                    f"{path.name}, line {line}: no {key}; fill it in or remove the row",
                    f"{path.name} 第 {line} 行没有 {key}，请补上或删去该行",
                )
            if row[key] in seen:
                raise InputError(
                    f"{path.name}, line {line}: {key} {row[key]} stands twice; keep one",
                    f"{path.name} 第 {line} 行的 {key} {row[key]} 重复，请只留一行",
                )
            seen.add(row[key])
        yield row


def _table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Give every row with the number of the line it begins on."""
    try:
        reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} is not in UTF-8 (byte {error.start}); save it again as UTF-8",
            f"{path.name} 不是 UTF-8 编码（第 {error.start} 字节），请另存为 UTF-8",
        ) from error
    header = next(reader, [])
    if missing := [column for column in COLUMNS[path.name] if column not in header]:
        raise InputError(
            f"{path.name}, line 1: no column {', '.join(missing)}; add it",
            f"{path.name} 第 1 行缺少列 {'、'.join(missing)}，请补上",
        )
    line = reader.line_num + 1
    for cells in reader:
        if cells and len(cells) != len(header):
            raise InputError(
                f"{path.name}, line {line}: {len(cells)} cells for {len(header)} columns; quote a cell with a comma",
                f"{path.name} 第 {line} 行有 {len(cells)} 格，应为 {len(header)} 格，含逗号的格请加引号",
            )
        row = {column: cell.strip() for column, cell in zip(header, cells, strict=False)}
        for column in _DAYS & row.keys():
            try:
                _day(row[column])
            except ValueError as error:
                raise InputError(
                    f"{path.name}, line {line}: {column} {row[column]} is no date; write it like 2018-10-31",
                    f"{path.name} 第 {line} 行的 {column} {row[column]} 不是日期，请写成 2018-10-31 的样子",
                ) from error
        if row:
            yield line, row
        line = reader.line_num + 1  # a quoted cell may run over several lines


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
