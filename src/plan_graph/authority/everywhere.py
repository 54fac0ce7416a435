"""One kind of body at every place of a level: 各市（州）教育局, 有关县（市、区）法院, 各级教育部门.

A determiner, a noun for places, and what a name pattern (stems.csv) has after a place, or 部门 for its 局, 厅 or 委.
Which level is meant follows from the noun and from whose plan it is; the members are the bodies of that kind which were
there on the day. 各级 and 各地 do not say down to which level and 部门 not what the bodies are called, so their members
stay open.
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
from plan_graph.model.register import Collective, Place

_WHICH = re.compile("(?P<all>各个|各|所有|全体)?(?P<some>有关|相关|涉及)?的?(?=.)")
_LISTED = re.compile("[省市县区州盟旗](?:、[市县区旗州盟乡镇])+级?")  # 市、区财政局: at every level
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
    # of a province: its cities, and their counties; 市、县 in a plan of a city is a county-level city, or a county
    ("both", re.compile(r"市(?:（[州盟地]+）)?[、]?(?:州、)?县(?:（[市县区旗、]+）|[、]?市?[、]?区)?|市州、?县市区")),
    ("county", re.compile(f"(?=.*[县区旗]){_UNIT}(?:[、（]*{_UNIT}）?)*")),
    ("every", re.compile("级")),
    ("local", re.compile("地方?|地区")),
)
_OPEN = ("every", "local")
_LABELS = {
    "province": "省（区、市）",
    "prefecture": "市（州）",
    "both": "市、县（市、区）",
    "county": "县（市、区）",
    "every": "级",
    "local": "地",
}
_BELOW = {
    "state": ("province", *_OPEN),
    "province": ("prefecture", "both", "county", *_OPEN),
    "prefecture": ("county", *_OPEN),
    "county": ("every",),
}
_DOWN = ("county", "prefecture", "province")
_BOTH = ("prefecture", "county")
# 教育主管部门 for 教育局: what may stand before the word, and what that word stands for
_DEPARTMENT = re.compile("(?P<what>.+?)(?:部门|机关)")
_IN_CHARGE = ("", "行政主管", "行政", "主管", "管理", "监管")
_OFFICES = ("局", "厅", "委", "部", "办", "院")
_ANY = "-bumen"  # at the end of the key where the text says 部门
_NAMED_SO = re.compile("(?:局|厅|委员会|部|办公室|院)$")
_LONGEST = 16  # characters of a noun
_OTHER_FORM = re.compile("（(?:[厅局委办]|[^（）]{2,10}[厅局委办])）$")  # 交通运输局（委）, 市场监管局（知识产权局）
_WITHIN = re.compile("（[^（）]{2,10}）(?=[厅局委办]$)")  # 市场监管（知识产权）局


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Reads such names."""

    stems: Stems
    names: PlaceNames
    cuts: Cuts

    def read(self, name: str, place: Place, on: date | None) -> Collective | None:
        """Read a name, its brackets round, in a plan of a place, or give ``None``."""
        if listed := _LISTED.match(name):
            name = "各级" + name[listed.end() :]
        which = _WHICH.match(name)
        if which is None or not which[0]:
            return None
        rest = _WITHIN.sub("", _OTHER_FORM.sub("", name[which.end() :]))
        for level, stems, end in self._readings(rest, place):
            if key := self._key(stems, place, level, on):
                key += end
                return self._collective(key, place, level, "youguan" if which["some"] else "ge", on)
        return None

    def _key(self, stems: tuple[Stem, ...], place: Place, level: str, on: date | None) -> str:
        """Give the kind that most places have, or that those furthest down have where no one level is meant."""
        for each in _DOWN if level in _OPEN else _BOTH[::-1] if level == "both" else (level,):
            fitting = Counter(stem.key for stem in stems for _ in self._members(stem, place, each, on))
            if fitting:
                return min(fitting, key=lambda one: (-fitting[one], one))
        return ""

    def by_id(self, identifier: str, on: date | None) -> Collective | None:
        """Give the collective an id stands for (``510000/ge-prefecture-jyj``) with its members on a day."""
        code, _, own = identifier.partition("/")
        which, _, rest = own.partition("-")
        level, _, key = rest.partition("-")
        place = self.names.places.get(code)
        known = which in ("ge", "youguan") and level in _LABELS and key.removesuffix(_ANY) in self.stems.by_key
        return self._collective(key, place, level, which, on) if place and known else None

    def _readings(self, rest: str, place: Place) -> Iterator[tuple[str, tuple[Stem, ...], str]]:
        """Give the level, the patterns after the place and the end of their key, the longest noun first."""
        for end in range(min(len(rest) - 1, _LONGEST), 0, -1):
            named, key = self.stems.by_form.get(("", rest[end:]), ()), ""
            if not named:
                named, key = self._departments(rest[end:]), _ANY
            if named:
                below = _BELOW.get(place.level, ())
                nouns = (level for level, noun in _NOUNS if noun.fullmatch(rest, 0, end))
                level = next((level for level in nouns if level != "both" or level in below), "")
                if level in below:
                    yield level, named, key

    def _departments(self, after: str) -> tuple[Stem, ...]:
        """Give the patterns that 教育部门 means: 教育局 and 教育厅."""
        found = _DEPARTMENT.fullmatch(after)
        for ending in _IN_CHARGE if found else ():
            if found and found["what"].endswith(ending):
                what = found["what"].removesuffix(ending)
                offices = (self.stems.by_form.get(("", what + office), ()) for office in _OFFICES)
                if what and (stems := tuple(dict.fromkeys(stem for some in offices for stem in some))):
                    return stems
        return ()

    def _members(self, stem: Stem, place: Place, level: str, on: date | None) -> Iterator[str]:
        if level == "both":
            for each in _BOTH:
                yield from self._members(stem, place, each, on)
            return
        own = (place.code,) if place.level == level else ()  # 各级 holds the place itself
        for code in own or self.names.members(place.code, level, on):
            if stem.fits(code, level) and stem.body(self.names.places[code], self.cuts).alive(on):
                yield f"{code}/{stem.key}"

    def _collective(self, key: str, place: Place, level: str, which: str, on: date | None) -> Collective:
        stems = self.stems.by_key[key.removesuffix(_ANY)]
        among = () if level in _OPEN or key.endswith(_ANY) else stems
        members = tuple(dict.fromkeys(one for stem in among for one in self._members(stem, place, level, on)))
        whose = ("" if place.code == COUNTRY else place.name) + ("有关" if which == "youguan" else "各")
        name = stems[0].name.replace(CITY, "").replace(SHORT, PLACE).replace(PLACE, whose + _LABELS[level])
        if key.endswith(_ANY):
            name = _NAMED_SO.sub("部门", name)
        return Collective(
            id=f"{place.code}/{which}-{level}-{key}",
            name=name,
            member_rule="unresolved" if not members else "some" if which == "youguan" else "all",
            members=members,
            source=f"stems.csv {stems[0].key}: {stems[0].source}",
        )
