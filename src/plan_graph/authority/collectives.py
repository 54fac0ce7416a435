"""Names that mean several bodies, read by rule: 各市人民政府, 省级有关部门, 各县（市、区）人民政府.

A collective is a determiner (各: all, 有关: some, unstated which) before a noun of collective_rules.csv, with or
without words that say whose they are. Where the rule names a level, the members are the governments of the
places of that level below the place; otherwise nobody can know them from the text, and they stay open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plan_graph.authority.everywhere import Everywhere
from plan_graph.authority.places import COUNTRY, PlaceNames
from plan_graph.model.register import Collective, Place

_SOME = "(?:各|其他|其它)*(?:有关|相关|涉及|所在)(?:的)?|(?:各)?(?:其他|其它)"
_ALL = "(?:各|各个|所有|全体)"
_OF = re.compile("(?:人民政府|政府|行政公署|行署|府|委|级|直属|直|属|（中）直|中直|本级)*")
_COUNTRY = ("国务院", "中央和国家机关", "中央", "国家")
# 各惠企政策相关单位: what the bodies are concerned with stands before 有关
_CONCERNED = re.compile(r"(?:各)?.{2,24}?(?:有关|相关)(?=单位|部门|企业|机构|处室|科室)")
# 珠三角各地级以上市政府: a part of the places stands before 各
_AMONG = re.compile(r"[^各、，（）]{2,12}(?:(?<![省市州盟县区旗])|(?<=发展区))各(?!级|自|类|项|成员|组成)")
# 各市（含定州、辛集市，下同）政府, 各区县（自治县，以下统称各区县）政府: what is said of the name is no part of it
_SAID = re.compile(r"[，、]?(?:含|包括|以下|下同)[^（）]*(?=）)")
_EMPTY = re.compile(r"（）")
# 地级以上市 in a plan of a city are those of its province
_WIDER = re.compile("地级|设区的?市")
_ROUND = str.maketrans("〈〉<>()〔〕", "（）（）（）（）")
_GOVERNMENT = "szf"  # the key of a place's government
# before the level of members: 市、县 does not say the districts of cities; 直管市 has no city above it
_OUTER, _OWN = "outer-", "own-"
_LAST = "other-"  # before the key of a rule that reads what no other rule and no list of departments does
_SEVERAL = "several"  # of a rule: without a determiner all are meant, if the noun names two levels (区县政府)
_DETERMINED = re.compile(rf"{_SOME}|{_ALL}")
_ALL_WORDS = re.compile(_ALL)


@dataclass(frozen=True, slots=True)
class CollectiveRule:
    """One row of collective_rules.csv: the nouns it reads and who can be meant.

    ``levels`` are the levels of the place whose they are (empty: any); ``members`` the level of the places whose
    governments, or other bodies (``county/sw``: party committees), are the members (empty: not known); ``bare`` says
    who is meant where no determiner stands before the noun: ``all``, ``some``, ``several`` (all, if the noun names
    two levels: 区县政府), or empty: nobody.
    """

    key: str
    name: str
    pattern: re.Pattern[str]
    levels: tuple[str, ...]
    members: tuple[str, ...]
    bare: str
    name_en: str
    source: str


@dataclass(frozen=True, slots=True)
class CollectiveRules:
    """Reads collectives by rule."""

    rules: tuple[CollectiveRule, ...]
    names: PlaceNames
    everywhere: Everywhere
    likely: re.Pattern[str]
    first: tuple[CollectiveRule, ...]
    last: tuple[CollectiveRule, ...]

    @classmethod
    def of(cls, rules: tuple[CollectiveRule, ...], names: PlaceNames, everywhere: Everywhere) -> CollectiveRules:
        """Make the reader; names that hold no determiner and no noun that stands alone are passed over at once."""
        alone = "|".join(f"(?:{rule.pattern.pattern})" for rule in rules if rule.bare)
        either = f"{_DETERMINED.pattern}|^.、.|(?:{alone})$" if alone else f"{_DETERMINED.pattern}|^.、."
        last = tuple(rule for rule in rules if rule.key.startswith(_LAST))
        first = tuple(rule for rule in rules if rule not in last)
        return cls(rules, names, everywhere, re.compile(either), first, last)

    def read(self, name: str, issuer: str, on: date | None) -> Collective | None:
        """Read a name as a collective of the issuer's place or of the place it names, or give ``None``."""
        name = _EMPTY.sub("", _SAID.sub("", name.translate(_ROUND)))
        if not self.likely.search(name):
            return None
        if found := self._read(name, issuer, on, last=False):
            return found
        above = self.names.above(issuer)[1:] if _WIDER.search(name) else ()
        if found := next((one for code in above if (one := self._read(name, code, on, last=False))), None):
            return found
        own = self.names.places.get(issuer)
        everywhere = self.everywhere.read(name, own, on) if own else None
        return everywhere or self._read(name, issuer, on, last=True)

    def _read(self, name: str, issuer: str, on: date | None, *, last: bool) -> Collective | None:
        for code, rest, named in self._owners(name, issuer, on):
            place = self.names.places.get(code)
            if place is None:
                continue
            wider = () if last else (_CONCERNED.match(rest), _AMONG.match(rest))
            for determined in (_DETERMINED.match(rest), *wider):
                if determined and (found := self._determined(rest, determined, place, on, last=last)):
                    return found
            if not named and (found := self._bare(rest, place, on, last=last)):
                return found
        return None

    def _determined(
        self, rest: str, determined: re.Match[str], place: Place, on: date | None, *, last: bool
    ) -> Collective | None:
        all_of_them = _ALL_WORDS.fullmatch(determined[0])
        noun = rest[determined.end() :]
        rule = next((r for r in self._fitting(place, last=last) if r.pattern.fullmatch(noun)), None)
        return self._collective(rule, place, "all" if all_of_them else "some", on) if rule else None

    def _bare(self, noun: str, place: Place, on: date | None, *, last: bool) -> Collective | None:
        for rule in self._fitting(place, last=last):
            several = rule.bare != _SEVERAL or len(set(noun) & set("市县区旗州盟")) > 1
            if rule.bare and several and rule.pattern.fullmatch(noun):
                return self._collective(rule, place, "some" if rule.bare == "some" else "all", on)
        return None

    def _fitting(self, place: Place, *, last: bool) -> Iterator[CollectiveRule]:
        rules = self.last if last else self.first
        return (rule for rule in rules if not rule.levels or place.level in rule.levels)

    def by_id(self, identifier: str, on: date | None) -> Collective | None:
        """Give the collective an id stands for (``511600/ge-xian-zf``) with its members on a day, or today's."""
        code, _, key = identifier.partition("/")
        determiner, _, noun = key.partition("-")
        place = self.names.places.get(code)
        rule = next((r for r in self.rules if r.key == noun), None)
        if place is None or rule is None or determiner not in ("ge", "youguan"):
            return self.everywhere.by_id(identifier, on)
        return self._collective(rule, place, "all" if determiner == "ge" else "some", on)

    def _owners(self, name: str, issuer: str, on: date | None) -> Iterator[tuple[str, str, bool]]:
        """Give the place whose bodies are meant, the rest of the name, and whether the name itself says the place.

        A noun after the bare name of a place needs a determiner: 广安经开区管委会 is one body; 全市 is for several.
        """
        for word in _COUNTRY:
            if name.startswith(word):
                own = _OF.match(name, len(word))
                yield COUNTRY, name[own.end() if own else len(word) :], False
        determined = _DETERMINED.match(name)
        start = determined.end() if determined else 0
        for split in self.names.splits(name[start:], issuer, on):
            if not split.code:
                continue
            rest = name[start + split.end :]
            own = _OF.match(rest)
            if own and own.end():  # 有关省直部门, 省级有关部门: the determiner may stand on either side
                yield split.code, name[:start] + rest[own.end() :], False
            if not start:
                yield split.code, rest, not name.startswith("全")
        yield issuer, name, False

    def _collective(self, rule: CollectiveRule, place: Place, which: str, on: date | None) -> Collective:
        members = tuple(self._members(rule, place, on))
        prefix, word, english = ("youguan", "有关", "concerned") if which == "some" else ("ge", "各", "all")
        return Collective(
            id=f"{place.code}/{prefix}-{rule.key}",
            name=f"{'' if place.code == COUNTRY else place.name}{word}{rule.name}",
            member_rule=which if members else "unresolved",
            members=members,
            name_en=f"{rule.name_en}, {english}" if rule.name_en else "",
            source=f"collective_rules.csv {rule.key}: {rule.source}",
        )

    def _members(self, rule: CollectiveRule, place: Place, on: date | None) -> Iterator[str]:
        for level, _, key in (one.partition("/") for one in rule.members):
            outer, own = level.startswith(_OUTER), level.startswith(_OWN)
            for code in self.names.members(place.code, level.removeprefix(_OUTER).removeprefix(_OWN), on):
                elsewhere = self.names.places[code].parent != place.code
                if not (outer and self.names.is_district(code)) and not (own and elsewhere):
                    yield f"{code}/{key or _GOVERNMENT}"
