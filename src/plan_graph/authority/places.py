"""Names of places at the beginning of a body's name, relative to the place of the issuer.

省 in a plan of Liaoning is Liaoning; 市 in a plan of a city is the city, in a plan of one of its districts the
city above; 区 is the district, or the autonomous region in a plan of its government.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from plan_graph.model.register import Place

COUNTRY = "000000"
_BARE = "市县区旗"  # 沈阳, 桂平, 西湖 of a place that is no province
_AUTONOMOUS = ("自治州", "自治县", "自治旗")
_RELATIVE = ("自治区", "自治州", "自治县", "省", "市", "州", "盟", "地区", "林区", "特区", "县", "区", "旗")
# by their first character, in that order
_RELATIVE_WORDS = {one[0]: tuple(word for word in _RELATIVE if word[0] == one[0]) for one in _RELATIVE}
_NO_DISTRICT = ("林区", "特区")  # of the rank of a county: named without the city
_SEA = ("群岛", "海域")
_WHOLE = ("全", "本", "我")
_APART = ("710000", "810000", "820000")


@dataclass(frozen=True, slots=True)
class Split:
    """A place word at the beginning of a string: the codes it may stand for, and where it ends.

    The codes are ``ranked``, best first, for 省, 市 or 县; of several places that bear one name none comes first.
    """

    codes: tuple[str, ...]
    end: int
    ranked: bool = False

    @property
    def choices(self) -> tuple[tuple[str, ...], ...]:
        """Give the codes in the order in which to try them, those together between which nothing decides."""
        return tuple((code,) for code in self.codes) if self.ranked else (self.codes,)

    @property
    def code(self) -> str:
        """Give the one code it stands for, or "" where several could be meant."""
        return self.codes[0] if self.codes and (self.ranked or len(self.codes) == 1) else ""


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The names of places with the codes that bear them."""

    places: dict[str, Place]
    codes: dict[str, tuple[str, ...]]
    longest: dict[str, int]  # first character → length of the longest name that begins with it
    districts: frozenset[str]  # names of districts without 区
    # place and level → the places of that level in it, in order; made when first asked for
    lower: dict[tuple[str, str], list[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, places: dict[str, Place]) -> PlaceNames:
        """Index places by name, short name, alias, former name, and name without 市, 县, 区, 旗 or its peoples."""
        codes: dict[str, tuple[str, ...]] = {}
        for code, place in places.items():
            for name in _borne(place):
                if len(name) >= 2:
                    codes[name] = (*codes[name], code) if name in codes else (code,)
        longest: dict[str, int] = {}
        for name in codes:
            if longest.get(name[0], 0) < len(name):
                longest[name[0]] = len(name)
        ours = frozenset(p.name[:-1] for p in places.values() if p.name[-1] == "区" and p.level != "province")
        return cls(places, codes, longest, ours)

    def above(self, code: str) -> tuple[str, ...]:
        """Give the code of a place and of those that contain it, up to the province."""
        chain: list[str] = []
        while code in self.places:
            chain.append(code)
            code = self.places[code].parent
        return tuple(chain)

    def whole(self, code: str) -> str:
        """Give the name of a place as official names have it: a district with the city it lies in, 杭州市西湖区.

        There are five 鼓楼区, and none of them is named alone.
        """
        place = self.places[code]
        city = self.places.get(place.parent)
        named = self.is_district(code) and city is not None and city.name.endswith("市")
        return city.name + _called(place) if named and city else _called(place)

    def is_district(self, code: str) -> bool:
        """Tell whether a place is a district of a city (市辖区)."""
        place = self.places[code]
        name = _called(place)
        return place.level == "county" and name.endswith("区") and not name.endswith(_NO_DISTRICT)

    def below(self, code: str, level: str) -> Sequence[str]:
        """Give the codes of the places of a level that lie in a place."""
        if not self.lower:
            lower: dict[tuple[str, str], list[str]] = {}
            for one, place in self.places.items():
                for above in (*self.above(place.parent), COUNTRY) if one != COUNTRY else ():
                    lower.setdefault((above, place.level), []).append(one)
            self.lower.update(lower)
        return self.lower.get((code, level), ())

    def members(self, code: str, level: str, on: date | None) -> Iterator[str]:
        """Give the codes of the places of a level meant by 各 or 有关: there on the day, or in the newest list.

        Taiwan, Hong Kong and Macau are no members of 各省（区、市）, waters without a district none of 各县（市、区）.
        """
        for one in self.below(code, level):
            there = self.alive(one, on) if on else not self.places[one].last_list
            if there and one not in _APART and not _called(self.places[one]).endswith(_SEA):
                yield one

    def alive(self, code: str, on: date | None) -> bool:
        """Tell whether a place was there on a day, as far as the code lists show.

        A list and the next are some months apart, so a year is left on either side.
        """
        if on is None:
            return True
        place, year = self.places[code], on.year
        return not (
            (place.first_list and year < int(place.first_list[:4]) - 1)
            or (place.last_list and year > int(place.last_list[:4]) + 1)
        )

    def splits(self, text: str, issuer: str, on: date | None) -> Iterator[Split]:
        """Give every way to take a place word off the beginning of a text, the longest first.

        ``issuer`` is the code of the issuer's place ("" if unknown): it decides between places of one name and
        says what 省 or 市 means.
        """
        chain = self.above(issuer)
        relative = list(self._relative(text, chain))
        for length in self._lengths(text):
            if codes := self._meant(text[:length], chain):
                best = self._nearest(codes, chain, on)
                yield from self._within(text, length, best, on)
                yield Split(best, length)
        yield from relative

    def _meant(self, name: str, chain: tuple[str, ...]) -> tuple[str, ...]:
        """Give the places that bear a name; a district without 区 is meant in plans of its own province alone.

        巴州 is a district of Bazhong in Sichuan, and in Xinjiang the prefecture.
        """
        codes = self.codes.get(name, ())
        if name in self.districts:
            codes = tuple(c for c in codes if self.places[c].name != name + "区" or chain[-1:] == (c[:2] + "0000",))
        return codes

    def _within(self, text: str, start: int, codes: tuple[str, ...], on: date | None) -> Iterator[Split]:
        """Give the names of places that follow those of places they lie in: 杭州市西湖区, 浙江省杭州市西湖区."""
        rest = text[start:]
        for length in self._lengths(rest):
            if lower := self.codes.get(rest[:length]):
                under = tuple(c for c in lower if set(self.above(c)[1:]) & set(codes) and self.alive(c, on))
                if under:
                    yield from self._within(text, start + length, under, on)
                    yield Split(under, start + length)

    def _lengths(self, text: str) -> range:
        return range(min(self.longest.get(text[:1], 0), len(text)), 1, -1)

    def _nearest(self, codes: tuple[str, ...], chain: tuple[str, ...], on: date | None) -> tuple[str, ...]:
        """Keep the places nearest to the issuer: itself or above, its own, those of its province, any."""
        there = tuple(c for c in codes if self.alive(c, on)) or codes
        if len(there) > 1:  # of two codes of one place, an older and a newer, the newer
            there = tuple(c for c in there if not self.places[c].last_list) or there
        if len(there) < 2 or not chain:
            return there
        for near in (
            [c for c in there if c in chain],
            *([c for c in there if own in self.above(c)] for own in chain),
        ):
            if near:
                return tuple(near)
        return there

    def _relative(self, text: str, chain: tuple[str, ...]) -> Iterator[Split]:
        start = 1 if text[:1] in _WHOLE else 0
        for word in _RELATIVE_WORDS.get(text[start : start + 1], ()):
            if text.startswith(word, start):
                codes = tuple(c for c in chain if self.places[c].name.endswith(word))
                yield Split(codes, start + len(word), ranked=True)
        if text.startswith(("地委", "地直"), start) and text[start + 2 :]:  # 地委组织部, 地直各单位 of a 地区
            yield Split(tuple(c for c in chain if self.places[c].name.endswith("地区")), start + 1, ranked=True)


def _called(place: Place) -> str:
    """Give the name of a place, or of the district whose islands the lists name: 西沙区 for 西沙群岛."""
    if not place.name.endswith(_SEA):
        return place.name
    return next((name for name in place.aliases if name.endswith("区")), place.name)


def _borne(place: Place) -> dict[str, None]:
    """Give the names that a place bears, in order and each once."""
    name, short = place.name, place.short
    borne = dict.fromkeys((name, short))
    if place.aliases or place.former:
        former = [name for name, _ in place.former]
        short_former = [name[:-1] for name in former if name[-1] == "市" and len(name) > 2]  # 襄樊 of 襄樊市
        borne |= dict.fromkeys((*place.aliases, *former, *short_former))
    if name[-1] in _BARE and place.level != "province":
        borne[name[:-1]] = None
    if short and name[-3:] in _AUTONOMOUS:
        borne[short + name[-3:]] = None  # 湘西自治州, without its peoples
    return borne


def relative_word(text: str) -> str:
    """Give the relative place word a name begins with, or "".

    >>> relative_word("全省现代物流工作联席会议"), relative_word("财政部")
    ('省', '')
    """
    start = 1 if text[:1] in _WHOLE else 0
    words = _RELATIVE_WORDS.get(text[start : start + 1], ())
    return next((word for word in words if text.startswith(word, start)), "")
