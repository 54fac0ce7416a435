"""Places named in a text: full names, short names, abbreviations; apart from organisations' names.

Characters that spell a place by coincidence are the danger (``海城`` in 沿海城市, ``大连`` in 扩大连片). Three
rules keep them out: a register of coincidences gives the neighbours a name must not have; a county's bare short
name counts only beside another place name; and the short name of a firm is no place (``本钢集团``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from plan_graph.authority.register import Register
from plan_graph.model.plan import PlaceMention
from plan_graph.model.register import Place
from plan_graph.model.text import Span

_ORGANISATION = (
    "大学|学院|学校|中学|医院|银行|公司|集团|分院|研究院|研究所|科学院|海关|分行|支行|电视台|日报社|"
    "协会|商会|基金会|人民政府|政府|法院|检察院|[市县区]委(?![托派任])|(?<![格布结全大开时当政])局"
)
# within an organisation's name no verb, particle or punctuation stands between the place and the kind
_INNER = r"[^\s，。；、：:（）()《》〈〉“”\d和与及至的在为向把将对等推建创开展支加实启完进]"
_ORG_AFTER = re.compile(rf"{_INNER}{{0,10}}?(?:{_ORGANISATION})")
_ORG_TAIL = re.compile(r"[^\s，。；、：:（）()《》“”\d]{1,16}?(?:中心|研究院|研究所|基地)")
_ORG_BEFORE = re.compile(r"(?:中国科学院|中科院|国家开发银行|中国人民银行|人民银行|中国农业发展银行|中国进出口银行)$")
_BEFORE = "(?:{})$"  # of a guard: what stands before a name
_ANYTHING = _BEFORE.format("")
_JOINT = re.compile(r"[、和与及至—\-－~～（）()]")


_LAST: list[PlaceFinder] = []


def place_finder(register: Register, issuer: str) -> PlaceFinder:
    """Give the finder for documents of an issuer's place (its code, "" if unknown).

    One a province is kept, for a pattern takes longer than a plan.
    """
    province = issuer[:2]
    for one in _LAST:
        if one.register is register and one.province == province:
            return one
    _LAST[:] = [PlaceFinder(register, province), *(one for one in _LAST if one.register is register)]
    return _LAST[0]


@dataclass(frozen=True)
class PlaceFinder:
    """Finds places with the names of a register; compile once, use for every task.

    ``province`` is the two digits of the issuer's province, whose places are read by all their names; of the
    places elsewhere only full names that no other place bears count (吉林市, 通化市), for a short name out of
    its province spells too many other words.
    """

    register: Register
    province: str

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[str, ...], bool]]:
        """Every written name → (codes, whether it needs a neighbour that is a place)."""
        names: dict[str, tuple[tuple[str, ...], bool]] = {}
        for place in self._own:
            if place.level == "province":
                continue
            for name in (place.name, *place.aliases):
                names.setdefault(name, ((place.code,), False))
            if len(place.short) >= 2:
                names.setdefault(place.short, ((place.code,), place.level == "county"))
        for written, codes in self.register.abbreviations.items():
            if any(code[:2] == self.province for code in codes) or not self.province.strip("0"):
                names[written] = (codes, False)
        for name, code in self._elsewhere.items():
            names.setdefault(name, ((code,), False))
        return names

    @cached_property
    def _own(self) -> tuple[Place, ...]:
        """The places of the province, those that ended last: an older name of a place that goes on is that place."""
        own = (p for p in self.register.places.values() if p.code[:2] == self.province and p.level != "state")
        return tuple(sorted(own, key=lambda p: (bool(p.last_list), p.code)))

    @cached_property
    def _elsewhere(self) -> dict[str, str]:
        """Full names of provinces and prefectures outside the issuer's province → their code."""
        bearers: dict[str, list[str]] = {}
        for place in self.register.places.values():
            bearers.setdefault(place.name, []).append(place.code)
        return {
            place.name: place.code
            for place in self.register.places.values()
            if place.level in ("province", "prefecture")
            and place.code[:2] != self.province
            and len(bearers[place.name]) == 1
        }

    @cached_property
    def _namesakes(self) -> dict[str, dict[str, str]]:
        """Every name that several places bear (铁西区) → the code one level up → the place."""
        above: dict[str, dict[str, str]] = {}
        for place in self._own:
            for name in (place.name, *place.aliases, *((place.short,) if len(place.short) >= 2 else ())):
                above.setdefault(name, {})[place.parent] = place.code
        return {name: places for name, places in above.items() if len(places) > 1}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(n) for n in sorted(self._names, key=lambda n: (-len(n), n))) or r"(?!)")

    @cached_property
    def _guards(self) -> dict[str, tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]:
        return {
            name: tuple((re.compile(_BEFORE.format(b)), re.compile(a)) for b, a in pairs)
            for name, pairs in self.register.coincidences.items()
        }

    def find(self, text: str, within: Span) -> tuple[PlaceMention, ...]:
        """Give every mention in order; those inside an organisation's name say so in ``inside``."""
        hits = [m for m in self._pattern.finditer(text, within.begin, within.end) if not self._coincidence(text, m)]
        mentions: list[PlaceMention] = []
        organisation = Span(0, 0)
        last: dict[str, int] = {}  # a place's code → where it was last named
        for index, hit in enumerate(hits):
            if index:
                last.update(dict.fromkeys(self._names[hits[index - 1][0]][0], index))
            codes, needs_neighbour = self._names[hit[0]]
            if hit[0] in self._namesakes:
                one = max((p for p in self._namesakes[hit[0]] if p in last), key=lambda p: last[p], default="")
                if not one:
                    continue  # 铁西区 without its city: which one is not said
                codes = (self._namesakes[hit[0]][one],)
            if needs_neighbour and not self._beside_place(text, hits, index):
                continue
            if not organisation.begin <= hit.start() < organisation.end:
                organisation = _organisation(text, within, hits, index)
            span = Span(hit.start(), hit.end())
            if organisation.begin <= hit.start() < organisation.end:
                mentions.append(PlaceMention(hit[0], codes, span, organisation.of(text), organisation))
            else:
                mentions.append(PlaceMention(hit[0], codes, span))
        return tuple(mentions)

    def _coincidence(self, text: str, hit: re.Match[str]) -> bool:
        """Tell whether a guard forbids the name, or the short name it begins with (海城市 in 沿海城市).

        What the name itself says after the short one forbids nothing by itself: 朝阳区 in a plan of Beijing.
        """
        for name in (hit[0][:length] for length in range(2, len(hit[0]) + 1)):
            end = hit.start() + len(name)
            for before, after in self._guards.get(name, ()):
                left, found = before.search(text, max(0, hit.start() - 6), hit.start()), after.match(text, end, end + 6)
                own = found is not None and end < found.end() <= hit.end() and before.pattern == _ANYTHING
                if left and found and not own:
                    return True
        return False

    def _beside_place(self, text: str, hits: list[re.Match[str]], index: int) -> bool:
        """Tell whether another place name stands next to this one, with one joint or nothing between."""
        hit = hits[index]
        before, after = text[max(0, hit.start() - 2) : hit.start()], text[hit.end() : hit.end() + 1]
        province = any(before == p.short for p in self.register.places.values() if p.level == "province")
        if province or before[-1:] == "至" or after == "至":
            return True
        for other in hits[max(0, index - 1) : index + 2]:
            gap = text[other.end() : hit.start()] if other.end() <= hit.start() else text[hit.end() : other.start()]
            if other is not hit and len(gap) <= 1 and (not gap or _JOINT.fullmatch(gap)):
                return True
        return False


def _organisation(text: str, within: Span, hits: list[re.Match[str]], index: int) -> Span:
    """Give the span of the organisation's name a place name is part of, or an empty span."""
    hit = hits[index]
    found = _ORG_AFTER.match(text, hit.end() - hit[0].endswith(("市", "县", "区")), within.end)  # 沈阳市委
    if not found:
        return Span(0, 0)
    begin, end = hit.start(), found.end()
    if before := _ORG_BEFORE.search(text, max(within.begin, begin - 8), begin):
        begin = before.start()
    for later in range(index + 1, len(hits)):  # 中国科学院沈阳分院丹东…中心: a unit of it, named after its seat
        place = hits[later]
        if place.start() > end:
            break
        if place.start() == end and (tail := _ORG_TAIL.match(text, place.end(), within.end)):
            end = tail.end()
    return Span(begin, end)
