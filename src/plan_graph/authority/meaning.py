"""What a name means by itself to one issuer on one day: through the records, the lists and the patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from plan_graph.authority.places import COUNTRY, relative_word
from plan_graph.authority.register import MOST_KEPT, Register
from plan_graph.authority.stems import Stem
from plan_graph.authority.towns import OFFICES as TOWN_OFFICES
from plan_graph.authority.universities import SCHOOL
from plan_graph.authority.zones import NAMED as ZONES
from plan_graph.authority.zones import OFFICES
from plan_graph.model.register import Body, Collective, Resolution

_Record = TypeVar("_Record", Body, Body | Collective)
_BRACKET = re.compile(r"(?P<outer>[^（(〔]+)[（(〔](?P<inner>[^（()）〔〕]+)[）)〕]")
_WITHIN = re.compile(r"(?P<begin>[^（(〔]+)[（(〔](?P<inner>[^（()）〔〕]{2,10})[）)〕](?P<end>[厅局委办部])")
_CUT_SHORT = (("管委", "管委会"), ("集团", "集团有限公司"))  # 西海岸新区管委
_RELATIVE = ("各", "有关", "相关")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Says what names mean in a plan of ``issuer_place`` (a GB/T 2260 code) of the day ``issued``, as a resolver has.

    The rules are those of ``resolve`` up to ``implied-place``, and ``outer-name``.
    """

    register: Register
    issuer_place: str
    issued: date | None

    def of(self, name: str) -> Resolution:
        """Resolve a name by itself; what it means to one issuer on one day is kept for all documents of that day."""
        kept = self.register.answers
        asked = (name, self.issuer_place, self.issued)
        if (found := kept.get(asked)) is None:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            found = kept[asked] = self._searched(name)
        return found

    def _searched(self, name: str) -> Resolution:
        found = self._read(name)
        for ending, full in _CUT_SHORT:
            if found.rule == "none" and name.endswith(ending):
                whole = self._read(name.removesuffix(ending) + full)
                found = replace(whole, name=name) if whole.rule != "none" else found
        return found

    def _read(self, name: str) -> Resolution:
        recorded = self._recorded(name)
        if recorded.rule != "none" and not self._may_be_local(recorded):
            return recorded
        if listed := self._listed(name):
            return listed
        if collective := self.register.collective_rules.read(name, self.issuer_place, self.issued):
            return Resolution(name, "collective-rule", collective=collective)
        made = self._by_pattern(name)
        if made.reason == "several-bodies":  # of the issuer's own: not the state's then, and nothing better is known
            return made
        if made.rule == "none":
            made = recorded if recorded.rule != "none" else self._nested(name) or made
        elsewhere = recorded.reason == "other-issuer" and made.reason != "not-in-register"
        if made.rule != "none" or elsewhere or recorded.reason == "not-in-register":
            unknown = made.rule == "none" and not self.issuer_place and name.startswith(_RELATIVE)
            return Resolution(name, "none", reason="issuer-unknown") if unknown else made
        return recorded

    def _listed(self, name: str) -> Resolution | None:
        """Resolve by a list that is read when a name ends like one of its own: zones, towns, universities."""
        if name.endswith(OFFICES):
            return self._zone(name)
        if name.endswith(ZONES) and (named := self._zone_alone(name)):
            return named
        if name.endswith(TOWN_OFFICES):
            return self._town(name)
        if SCHOOL.search(name) and (school := self.register.universities.named(name)):
            return Resolution(name, "full-name", body=self.register.body(school))
        return None

    def _zone(self, name: str) -> Resolution | None:
        """Resolve the administrative committee of a development zone; give candidates where several could be meant."""
        found, sure = self.register.zones.read(name, self.register.place_names, self.issuer_place, self.issued)
        if not found:
            return None
        if sure:
            return Resolution(name, "zone", body=self.register.body(found[0].id))
        reason = "several-bodies" if len(found) > 1 else "zone"
        return Resolution(name, "none", reason=reason, candidates=tuple(sorted(one.id for one in found)))

    def _zone_alone(self, name: str) -> Resolution | None:
        """Resolve a zone that stands where a party does: 白银高新区 for its committee, the only authority it has."""
        found = self.register.by_name.get(name + OFFICES[0], ())
        if len(found) == 1 and isinstance(found[0], Body) and found[0].alive(self.issued):
            return Resolution(name, "zone", body=found[0])
        return zone if name not in ZONES and (zone := self._zone(name + OFFICES[0])) and zone.body else None

    def _town(self, name: str) -> Resolution | None:
        """Resolve the government of a town or the office of a street; give candidates where several bear the name."""
        found = self.register.towns.read(name, self.register.place_names, self.issuer_place, self.issued)
        if not found:
            return None
        if len(found) == 1:
            return Resolution(name, "town", body=self.register.body(found[0].id))
        return Resolution(name, "none", reason="several-bodies", candidates=tuple(sorted(one.id for one in found)))

    def _nested(self, name: str) -> Resolution | None:
        """Resolve the name before a bracket, and keep the one inside beside it: 市委组织部（市人才办）.

        The two may share their last word: 市市场监管（知识产权）局.
        """
        if nested := _BRACKET.fullmatch(name):
            before, within = nested["outer"], nested["inner"]
        elif nested := _WITHIN.fullmatch(name):
            before, within = nested["begin"] + nested["end"], nested["inner"] + nested["end"]
        else:
            return None
        outer = self.of(before)
        if outer.body is None:
            return None
        inner = self.of(within)
        beside = inner.body.id if inner.body and inner.body.id != outer.body.id else ""
        return Resolution(name, "outer-name", body=outer.body, beside=beside)

    def _recorded(self, name: str) -> Resolution:
        """Resolve by the records that bear exactly this name."""
        found = self.register.by_name.get(name, ())
        if not found:
            return Resolution(name, "none", reason="not-in-register")
        relative = name.startswith(_RELATIVE) or bool(relative_word(name))
        if relative and not self.issuer_place:
            return Resolution(name, "none", reason="issuer-unknown", candidates=tuple(sorted(r.id for r in found)))
        here = [r for r in found if not relative or self._in_scope(r, name)]
        alive = [r for r in here if not isinstance(r, Body) or r.alive(self.issued)]
        alive = self._surely(alive)
        if len(alive) == 1:
            record = alive[0]
            if isinstance(record, Collective):
                return Resolution(name, "collective", collective=record)
            rule = "full-name" if name == record.name else "short-form" if name == record.short else "alias"
            return Resolution(name, rule, body=record)
        reason = "several-bodies" if alive else "not-at-that-date" if here else "other-issuer"
        return Resolution(name, "none", reason=reason, candidates=tuple(sorted(r.id for r in found)))

    def _may_be_local(self, recorded: Resolution) -> bool:
        """Tell whether a short name of a state body may mean a body of the issuer (国资委 in a plan of a city)."""
        body = recorded.body
        return bool(
            body
            and recorded.rule != "full-name"
            and body.id.startswith(COUNTRY)
            and self.issuer_place not in ("", COUNTRY)
        )

    def _by_pattern(self, name: str) -> Resolution:
        """Resolve by the name of a place and a stem."""
        met: list[tuple[Stem, str]] = []  # stems that bear the name, at places where they cannot be
        which_place = False
        for stems, codes, rule in self._readings(name):
            if not codes:
                which_place = True
            bodies = []  # of every place that bears the name: 铁西区 is in two cities
            for code in codes:
                fitting = {}
                there = self.register.place_names.alive(code, self.issued)
                for stem in stems:
                    if stem.fits(code, self._level(code)):
                        body = self.register.body(f"{code}/{stem.key}")
                        if there and body.alive(self.issued):
                            fitting[body.id] = body
                    met.append((stem, code))
                bodies += self._surely(list(fitting.values()))
            if len(bodies) == 1:
                return Resolution(name, rule, body=bodies[0])
            if bodies:
                candidates = tuple(sorted(body.id for body in bodies))
                return Resolution(name, "none", reason="several-bodies", candidates=candidates)
        dated = sorted({f"{code}/{stem.key}" for stem, code in met if stem.fits(code, self._level(code))})
        if dated:
            return Resolution(name, "none", reason="not-at-that-date", candidates=tuple(dated))
        if which_place:
            reason = "which-place" if self.issuer_place else "issuer-unknown"
            return Resolution(name, "none", reason=reason)
        return Resolution(name, "none", reason="not-at-this-level" if met else "not-in-register")

    def _readings(self, name: str) -> Iterator[tuple[tuple[Stem, ...], tuple[str, ...], str]]:
        """Give every way to read a name as a stem at a place: the stems, the places, the rule.

        Of several places given together each could be meant.
        """
        by_form = self.register.stems.by_form
        for before in self.register.stems.beginnings(name):
            rest = name[len(before) :]
            for split in self.register.place_names.splits(rest, self.issuer_place, self.issued):
                if stems := by_form.get((before, rest[split.end :])):
                    yield from ((stems, codes, "pattern") for codes in split.choices or ((),))
            if (stems := by_form.get((before, rest))) and self.issuer_place != COUNTRY:
                yield stems, (self.issuer_place,) if self.issuer_place else (), "implied-place"
        if name.endswith("分局"):
            yield from self._branches(name)

    def _branches(self, name: str) -> Iterator[tuple[tuple[Stem, ...], tuple[str, ...], str]]:
        """Read 临沂市生态环境局沂南县分局, a form with 市 before the county, as the bureau of a county of that city."""
        for city in self.register.place_names.splits(name, self.issuer_place, self.issued):
            place = self.register.places.get(city.code)
            if place is None or place.level != "prefecture" or not place.name.endswith(("市", "州")):
                continue
            written = place.name[-1] + name[city.end :]
            for before in self.register.stems.beginnings(written):
                rest = written[len(before) :]
                splits = self.register.place_names.splits(rest, city.code, self.issued) if len(before) > 1 else ()
                for split in splits:
                    codes = tuple(code for code in split.codes if self.register.places[code].parent == city.code)
                    if codes and (stems := self.register.stems.by_form.get((before, rest[split.end :]))):
                        yield stems, codes, "pattern"

    def _surely(self, found: list[_Record]) -> list[_Record]:
        """Of bodies that bear one name while a reform is under way, keep the one that surely was there."""
        if len(found) < 2:
            return found
        sure = [one for one in found if not isinstance(one, Body) or one.surely(self.issued)]
        return sure if len(sure) == 1 else found

    def _level(self, code: str) -> str:
        return self.register.places[code].level

    def _in_scope(self, record: Body | Collective, name: str) -> bool:
        """Tell whether 省 or 市 in a name can mean the record's place: the issuer's own, or one above it."""
        place = record.id.split("/")[0]
        if relative_word(name) in ("", "省", "自治区") or place.endswith("0000"):
            return self.register.province_of(place) == self.register.province_of(self.issuer_place)
        return place in self.register.place_names.above(self.issuer_place)
