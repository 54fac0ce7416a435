"""One kind of body at every place of a level: 各市（州）教育局, 有关县（市、区）法院, 各省（区、市）发展改革委.

A determiner, a noun for places, and what a name pattern (stems.csv) has after a place. Which level is meant follows
from the noun and from whose plan it is; the members are the bodies of that kind which were there on the day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plan_graph.authority.cuts import Cuts
from plan_graph.authority.places import COUNTRY, PlaceNames
from plan_graph.authority.stems import CITY, PLACE, SHORT, Stem, Stems
from plan_graph.model import Collective, Place

_WHICH = re.compile("(?P<all>各个|各|所有|全体)?(?P<some>有关|相关|涉及)?的?(?=.)")
_UNIT = "(?:自治县|自治州|特区|林区|地区|[县市区旗州盟])"
# nouns for places by the level they mean; the first that reads a noun counts
_NOUNS = (
    ("province", re.compile("省级?|省（区、市）|省、自治区、直辖市|省区市")),
    (
        "prefecture",
        re.compile(
            "(?:地级及?以上|地级|设区的?|省辖)?(?:自治州|地区|[市州盟])(?:[、（]*(?:自治州|地区|[市州盟地])）?)*"
            "|地(?:[、（]*[市州盟]）?)+"
        ),
    ),
    ("county", re.compile(f"(?=.*[县区旗]){_UNIT}(?:[、（]*{_UNIT}）?)*")),
)
_LABELS = {"province": "省（区、市）", "prefecture": "市（州）", "county": "县（市、区）"}
_BELOW = {"state": ("province",), "province": ("prefecture", "county"), "prefecture": ("county",)}
_LONGEST = 16  # characters of a noun
_OTHER_FORM = re.compile("（[厅局委办]）$")  # 交通运输局（委）


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Reads such names."""

    stems: Stems
    names: PlaceNames
    cuts: Cuts

    def read(self, name: str, place: Place, on: date | None) -> Collective | None:
        """Read a name, its brackets round, in a plan of a place, or give ``None``."""
        which = _WHICH.match(name)
        if which is None or not which[0]:
            return None
        rest = _OTHER_FORM.sub("", name[which.end() :])
        for level, after in self._readings(rest, place):
            fitting = Counter(
                stem.key for stem in self.stems.by_form[("", after)] for _ in self._members(stem, place, level, on)
            )
            if fitting:
                key = min(fitting, key=lambda one: (-fitting[one], one))
                return self._collective(key, place, level, "youguan" if which["some"] else "ge", on)
        return None

    def by_id(self, identifier: str, on: date | None) -> Collective | None:
        """Give the collective an id stands for (``510000/ge-prefecture-jyj``) with its members on a day."""
        code, _, own = identifier.partition("/")
        which, _, rest = own.partition("-")
        level, _, key = rest.partition("-")
        place = self.names.places.get(code)
        known = which in ("ge", "youguan") and level in _LABELS and key in self.stems.by_key
        return self._collective(key, place, level, which, on) if place and known else None

    def _readings(self, rest: str, place: Place) -> Iterator[tuple[str, str]]:
        """Give the level and the form after the place, the longest noun first."""
        for end in range(min(len(rest) - 1, _LONGEST), 0, -1):
            if ("", rest[end:]) in self.stems.by_form:
                level = next((level for level, noun in _NOUNS if noun.fullmatch(rest, 0, end)), "")
                if level in _BELOW.get(place.level, ()):
                    yield level, rest[end:]

    def _members(self, stem: Stem, place: Place, level: str, on: date | None) -> Iterator[str]:
        for code in self.names.members(place.code, level, on):
            if stem.fits(code, level) and stem.body(self.names.places[code], self.cuts).alive(on):
                yield f"{code}/{stem.key}"

    def _collective(self, key: str, place: Place, level: str, which: str, on: date | None) -> Collective:
        stems = self.stems.by_key[key]
        members = tuple(dict.fromkeys(one for stem in stems for one in self._members(stem, place, level, on)))
        whose = ("" if place.code == COUNTRY else place.name) + ("有关" if which == "youguan" else "各")
        name = stems[0].name.replace(CITY, "").replace(SHORT, PLACE).replace(PLACE, whose + _LABELS[level])
        return Collective(
            id=f"{place.code}/{which}-{level}-{key}",
            name=name,
            member_rule="some" if which == "youguan" else "all",
            members=members,
            source=f"stems.csv {key}: {stems[0].source}",
        )
