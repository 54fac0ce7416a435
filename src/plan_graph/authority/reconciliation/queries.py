"""Queries of the reconciliation service → candidates, each with its score, its features, and whether it is certain.

A name is resolved as everywhere (``authority.resolve``). ``match`` is true for what a rule of the resolver, or the id
itself, names, and only if no property that was asked speaks against it. The rule stands among the features of the
candidate (``rule:short-form``), or the reason why there is none (``reason:not-at-that-date``).

================== =====
certain            100   a rule gives one record, or an id was asked for
standing body       75   a leading group by its full name, which no register records
in doubt            50   the register offers it: several bear the name, or it was not there on that day
successor           45   what a body in doubt went on as, where it was there on the day that was asked
alike               0–40 a recorded name that looks like it; the score is the likeness
at the place        10   no name was asked, only a place, a level or a type
================== =====

A property that speaks against a candidate halves its score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from plan_graph.authority.issuer import issuing_place
from plan_graph.authority.reconciliation.asked import Asked, read_batch, read_date
from plan_graph.authority.reconciliation.near import NearNames, likeness
from plan_graph.authority.reconciliation.records import (
    LEVELS,
    Record,
    described,
    entity_id,
    kinds,
    names_of,
    record_of,
    types_of,
)
from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver
from plan_graph.iri import DEFAULT_BASE
from plan_graph.model.register import Body, Resolution

CERTAIN, STANDING, POSSIBLE, SUCCESSOR, ALIKE, THERE = 100.0, 75.0, 50.0, 45.0, 40.0, 10.0
PROPERTIES = (
    ("issuer", "发文机关 issuer: 谁的文件，名称或行政区划代码 whose document it is, a name or the code of a place"),
    ("date", "发文日期 date: 2018-10-31，或年份 or a year"),
    ("place", "所属地区 place: 名称或代码，含其下级 a name or a code, with what is in it"),
    ("level", "层级 level: state, province, prefecture, county"),
)


@dataclass(frozen=True)
class Reconciler:
    """Reconciles names with the registers; ``base`` is the IRI below which the resources of the graph are."""

    register: Register
    base: str = DEFAULT_BASE

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The types: kinds of bodies by id."""
        return kinds()

    @cached_property
    def near(self) -> NearNames:
        """The recorded names by their pairs of characters."""
        return NearNames(self.register)

    def answer(self, batch: object) -> dict[str, Any]:
        """Answer a batch of queries: its keys, each with candidates, best first.

        :raises TooManyError: for a batch that is too large.
        :raises InputError: for a batch that is none; the sentence names the query.
        """
        found = _Batch(self)
        return {key: {"result": found.candidates(query)} for key, query in read_batch(batch).items()}

    def preload(self) -> None:
        """Read what queries need, so that none of them has to: patterns, zones, rules, near names."""
        batch = _Batch(self)
        for name in ("省财政厅", "各市人民政府", "经济技术开发区管委会", "某某工作领导小组办公室", "某某局"):
            batch.candidates(Asked(name, frozenset(), 1, {"issuer": ("210000",), "date": ("2018",)}))

    def id_of(self, words: str) -> str:
        """Give the id that a text is: the id itself, an IRI, or the end of one without its kind."""
        words = words.removeprefix(self.base)
        return words if words.startswith(("body/", "collective/")) else f"body/{words}"


@dataclass(frozen=True)
class _Context:
    """How the names of a query are to be understood, and what its bearer must be."""

    place: str
    on: date | None
    dated: bool  # no date was asked, or one that could be read
    places: frozenset[str] | None
    levels: frozenset[str] | None


@dataclass
class _Batch:
    """The queries of one request: those of one issuer and day share a resolver."""

    reconciler: Reconciler
    _resolvers: dict[tuple[str, date | None], Resolver] = field(default_factory=dict)
    _issuers: dict[tuple[str, date | None], str] = field(default_factory=dict)

    def candidates(self, asked: Asked) -> list[dict[str, Any]]:
        context = self._context(asked.properties)
        made: dict[str, dict[str, Any]] = {}
        for record, score, why in self._found(asked, context):
            if asked.types and not asked.types & {one["id"] for one in types_of(record, self.reconciler.kinds)}:
                continue
            candidate = self._candidate(record, score, why, asked.name, context)
            made.setdefault(candidate["id"], candidate)
        return sorted(made.values(), key=lambda one: -one["score"])[: asked.limit]

    def _context(self, properties: Mapping[str, tuple[str, ...]]) -> _Context:
        register = self.reconciler.register
        days = [read_date(words) for words in properties.get("date", ())]
        on = next((day for day in days if day), None)
        places = None
        if "place" in properties:
            places = frozenset(code for words in properties["place"] for code in self._codes(words))
        levels = None
        if "level" in properties:
            levels = frozenset(_level(words) for words in properties["level"])
        issuer = next(iter(properties.get("issuer", ())), "")
        place = self._issuing(issuer, on)
        if not place and not issuer and places is not None and len(places) == 1:
            (place,) = places
        return _Context(place if place in register.places else "", on, not days or on is not None, places, levels)

    def _codes(self, words: str) -> tuple[str, ...]:
        register = self.reconciler.register
        code = words.removeprefix(self.reconciler.base).removeprefix("place/")
        return (code,) if code in register.places else register.place_names.codes.get(words, ())

    def _issuing(self, issuer: str, on: date | None) -> str:
        """Give the place of an issuer, said by its name, its id or the code of its place."""
        code = self.reconciler.id_of(issuer).removeprefix("body/").split("/")[0]
        if code in self.reconciler.register.places:
            return code
        if not issuer:
            return ""
        if (issuer, on) not in self._issuers:
            self._issuers[issuer, on] = issuing_place(self.reconciler.register, issuer, on=on).code
        return self._issuers[issuer, on]

    def _resolve(self, name: str, context: _Context) -> Resolution:
        key = (context.place, context.on)
        if key not in self._resolvers:
            self._resolvers[key] = Resolver(self.reconciler.register, *key)
        return self._resolvers[key].resolve(name)

    def _found(self, asked: Asked, context: _Context) -> Iterator[tuple[Record, float, str]]:
        register = self.reconciler.register
        if not asked.name:
            yield from ((body, THERE, "") for body in self._there(asked, context))
            return
        known = record_of(register, self.reconciler.id_of(asked.name))
        if known:
            yield known, CERTAIN, "rule:identifier"
            return
        found = self._resolve(asked.name, context)
        record = found.body or found.collective
        if record and found.rule not in ("own-name", "unit"):  # which say no more than the name asked for
            yield record, STANDING if found.rule == "standing-body" else CERTAIN, f"rule:{found.rule}"
            return
        for body in (register.body(one) for one in found.candidates if register.knows(one)):
            yield body, POSSIBLE, f"reason:{found.reason}"
            after = (register.body(one) for one in register.successors(body.id) if register.knows(one))
            yield from ((one, SUCCESSOR, "successor") for one in after if context.on and one.alive(context.on))
        yield from self._alike(asked, context)

    def _alike(self, asked: Asked, context: _Context) -> Iterator[tuple[Record, float, str]]:
        """Give records with a name that looks alike; where the place of the issuer is known, in its province alone."""
        register = self.reconciler.register
        for name, how in self.reconciler.near.find(asked.name):
            for record in register.by_name[name]:
                code = record.id.split("/")[0]
                alive = not isinstance(record, Body) or record.alive(context.on)
                if alive and (not context.place or code[:2] in (context.place[:2], "00")):
                    yield record, round(ALIKE * how, 1), "alike"

    def _there(self, asked: Asked, context: _Context) -> Iterator[Record]:
        """Give the recorded bodies that have all properties asked for, where at least one was asked."""
        if context.places is not None or context.levels is not None or asked.types:
            for body in self.reconciler.register.bodies.values():
                if body.alive(context.on) and all(fits for _, fits in self._fits(body, context)):
                    yield body

    def _fits(self, record: Record, context: _Context) -> Iterator[tuple[str, bool]]:
        """Say of each property asked for whether a record has it."""
        if context.places is not None:
            yield "place", any(self._within(record.id.split("/")[0], code) for code in context.places)
        if context.levels is not None:
            yield "level", isinstance(record, Body) and record.level in context.levels
        if not context.dated:
            yield "date", False
        elif context.on is not None:
            yield "date", not isinstance(record, Body) or record.alive(context.on)

    def _within(self, code: str, area: str) -> bool:
        places = self.reconciler.register.places
        while code and code != area:
            code = places[code].parent if code in places else ""
        return bool(code)

    def _candidate(self, record: Record, score: float, why: str, name: str, context: _Context) -> dict[str, Any]:
        fits = dict(self._fits(record, context))
        features: list[dict[str, Any]] = [{"id": why, "value": True}] if why else []
        if name:
            features.append({"id": "name", "value": round(max(likeness(name, own) for own in names_of(record)), 3)})
        features += [{"id": key, "value": value} for key, value in fits.items()]
        certain = score == CERTAIN and all(fits.values())
        return {
            "id": entity_id(record),
            "name": record.name,
            "description": described(self.reconciler.register, record),
            "score": score if all(fits.values()) else score / 2,
            "match": certain,
            "type": types_of(record, self.reconciler.kinds),
            "features": features,
        }


def _level(words: str) -> str:
    """Give the level that a word means; a word that means none is itself, which no body has."""
    word = words.rsplit("/", maxsplit=1)[-1]
    return next((level for level, others in LEVELS.items() if word == level or word in others), word)
