"""Development zones and their administrative committees: 徐州经济技术开发区管委会, 高新区管委会 in a city's own plan.

A name is read from its end: the committee, the kind of zone (经开区 for 经济技术开发区), what is its own, the place. It
means a zone of zones.csv whose place and own part are these. Without either, 高新区管委会 is the issuer's, where the
register has exactly one zone of that kind there; in a city's plan that one must have a code beside the counties, for
only of these do the lists name all, or bear the city's name alone (咸阳高新区); one with a name of its own is called by
it. A county that shares its name with others is the issuer's own, or none. A zone named as a party stands for its
committee.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from plan_graph.authority.places import COUNTRY, PlaceNames, relative_word
from plan_graph.model.register import Body, Place

OFFICES = ("管委会", "管理委员会")
PREFIX = "zone-"  # of the key in a zone's id
# what the name of a zone ends with → its kind; a longer word comes before the one it ends with
FORMS = {
    "经济技术产业开发区": "economic",
    "经济技术开发区": "economic",
    "经济开发区": "economic",
    "经开区": "economic",
    "高新技术产业开发区": "high-tech",
    "高新技术产业示范区": "high-tech",
    "高新技术产业园区": "high-tech",
    "高新技术产业园": "high-tech",
    "高技术产业开发区": "high-tech",
    "高新技术开发区": "high-tech",
    "高新区": "high-tech",
    "综合保税区": "comprehensive-bonded",
    "综保区": "comprehensive-bonded",
    "保税港区": "bonded-port",
    "保税区": "bonded",
    "边境经济技术合作区": "border",
    "边境经济合作区": "border",
    "边合区": "border",
    "工业集中区": "industrial-cluster",
    "工业园区": "industrial-park",
    "工业园": "industrial-park",
    "产业园区": "industry-park",
    "产业园": "industry-park",
    "示范区": "demonstration",
    "试验区": "experimental",
    "实验区": "experimental",
    "合作区": "cooperation",
    "管理区": "administration",
    "台商投资区": "taiwan-investment",
    "经济区": "economic-area",
    "开发区": "development",
    "新区": "new-area",
    "园区": "park",
}
NAMED = tuple(FORMS)
# kinds said without a name
_ALONE = ("economic", "high-tech", "comprehensive-bonded", "bonded", "new-area", "taiwan-investment")
_COUNTY = 6  # digits of a code beside the counties


class Zone(NamedTuple):
    """One row of zones.csv; ``own`` is its name without the place and the kind, empty if it bears only the place's."""

    id: str
    name: str
    aliases: tuple[str, ...]
    own: str
    kind: str
    code: str
    source: str

    @property
    def place(self) -> str:
        """The code of the place whose zone it is."""
        return self.id.split("/", maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones, by id, by full name, by own part and kind, and by place and kind."""

    by_id: dict[str, Zone]
    by_name: dict[str, tuple[Zone, ...]]
    by_own: dict[tuple[str, str], tuple[Zone, ...]]
    by_place: dict[tuple[str, str], tuple[Zone, ...]]

    @classmethod
    def of(cls, zones: Iterable[Zone]) -> Zones:
        """Index zones."""
        made = cls({}, {}, {}, {})
        for zone in zones:
            made.by_id[zone.id] = zone
            for name in (zone.name, *zone.aliases):
                made.by_name[name] = (*made.by_name.get(name, ()), zone)
            made.by_own[zone.own, zone.kind] = (*made.by_own.get((zone.own, zone.kind), ()), zone)
            made.by_place[zone.place, zone.kind] = (*made.by_place.get((zone.place, zone.kind), ()), zone)
        return made

    @staticmethod
    def recorded(bodies: Iterable[Body], places: dict[str, Place]) -> Iterator[Zone]:
        """Give the zones whose committees are recorded bodies."""
        for body in bodies:
            name = body.name.removesuffix(OFFICES[1])
            form = next((form for form in FORMS if name.endswith(form)), "")
            if form and name != body.name and body.function == "zone":
                place = places[body.id.split("/", maxsplit=1)[0]]
                own = name.removesuffix(form)
                borne = next((word for word in (place.name, place.short) if word and own.startswith(word)), "")
                yield Zone(body.id, name, (), own.removeprefix(borne), FORMS[form], "", body.source)

    def read(self, name: str, names: PlaceNames, issuer: str, on: date | None) -> tuple[tuple[Zone, ...], bool]:
        """Give the zones whose committee a name may mean, and whether it surely means the one, if it is one."""
        core = next((name.removesuffix(office) for office in OFFICES if name.endswith(office)), "")
        form = next((form for form in FORMS if core.endswith(form)), "")
        for found, sure in self._readings(core, form, names, issuer, on) if form else ():
            exact = tuple(zone for zone in found if zone.name.endswith(form))  # 经济开发区 beside 经济技术开发区
            own = tuple(zone for zone in found if len(zone.code) == _COUNTY)  # 新乡经开区 beside one of 新乡县
            for one in (exact, own):
                if len(one) == 1:
                    return one, sure
            if found:
                return found, sure and len(found) == 1
        return (), False

    def _readings(
        self, core: str, form: str, names: PlaceNames, issuer: str, on: date | None
    ) -> Iterator[tuple[tuple[Zone, ...], bool]]:
        kind, front = FORMS[form], core.removesuffix(form)
        if not front:
            yield self._alone(kind, issuer, names)
            return
        around = _around(issuer)
        yield tuple(z for z in self.by_own.get((front, kind), ()) if around and z.place.startswith(around)), True
        for split in names.splits(front, issuer, on):
            own = front[split.end :]
            for code in split.codes:
                if relative_word(front[: split.end]):
                    if not own:
                        yield self._alone(kind, code, names)
                elif not _told(code, front, names, around):
                    continue
                within = (z for z in self.by_own.get((own, kind), ()) if code in names.above(z.place))
                yield tuple(z for z in within if own or z.place == code), True
        exact = self.by_name.get(core, ())
        yield tuple(z for z in exact if _told(z.place, front, names, around)), True

    def _alone(self, kind: str, code: str, names: PlaceNames) -> tuple[tuple[Zone, ...], bool]:
        """Give the zones of a kind that are a place's own, and whether these are all."""
        found = self.by_place.get((code, kind), ()) if kind in _ALONE else ()
        namesakes = tuple(zone for zone in found if not zone.own)  # 西安经开区 beside one with a name of its own
        found = namesakes if len(namesakes) == 1 else found
        county = code in names.places and names.places[code].level == "county"
        return found, county or all(len(zone.code) == _COUNTY or not zone.own for zone in found)

    def body(self, identifier: str, names: PlaceNames) -> Body:
        """Give the administrative committee of a zone.

        :raises KeyError: for an id that no zone has.
        """
        zone = self.by_id[identifier]
        place = names.places[zone.place]
        return Body(
            id=zone.id,
            name=zone.name + OFFICES[1],
            short=zone.name + OFFICES[0],
            kind="management-committee",
            level=place.level,
            seat=place.code,
            aliases=tuple(alias + office for alias in zone.aliases for office in OFFICES),
            parent=f"{place.code}/szf",
            source=f"zones.csv: {zone.source}",
            function="zone",
        )


def _around(issuer: str) -> str:
    """Give the first digits of the codes in the issuer's prefecture, or in its province if it is one."""
    return "" if issuer in ("", COUNTRY) else issuer[:2] if issuer.endswith("0000") else issuer[:4]


def _told(code: str, front: str, names: PlaceNames, around: str) -> bool:
    """Tell whether a name says which place it means: a city, one near the issuer, or one whose city it says.

    海港 is a district of Qinhuangdao, and the name of other zones elsewhere.
    """
    place = names.places[code]
    above = [names.places[one] for one in names.above(code)[1:]]
    said = any(front.startswith(word) for one in above for word in (one.name, one.short) if word)
    return place.level != "county" or said or bool(around and code.startswith(around))
