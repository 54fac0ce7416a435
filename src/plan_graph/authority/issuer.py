"""Which place's government issued a document: what 省, 市 and 县 in it mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plan_graph.authority.places import COUNTRY, PlaceNames, relative_word
from plan_graph.authority.register import Register
from plan_graph.authority.zones import NAMED, OFFICES
from plan_graph.model.plan import Metadata, Plan
from plan_graph.model.register import Body, Place

_FULL = ("省", "市", "州", "盟", "地区", "县", "区", "旗")
_STATE = ("国务院", "中共中央", "中央", "国家", "中华人民共和国")
_SHORTEST = 2
_FIRMS = frozenset(["firm", "bank"])
_NUMBERED = re.compile(r"[〔\[（(](20\d\d)[〕\]）)]")
_YEAR = re.compile(r"(20\d\d) ?(?:年|[—\-－–~～至])")
_PERIOD = re.compile("十([一二三四五六])?五[”」』]?(?:期间|时期|规划|[^年、]{0,20}(?:规划|方案|计划|纲要))")
_NUMERALS = (None, "一", "二", "三", "四", "五", "六")
_HEAD = 30  # characters of a letterhead that hold its place
_SHORTEST_ZONE, _LONGEST_ZONE = 4, 30  # characters of the name of a zone, and of two
_ENOUGH = 3  # names that say which province they are in, before all others of the document are taken to be there
_OFTEN = 3  # how often a text must write the place it is of, and how much oftener than any other
_NO_LOCAL = ("部", "总局", "署")  # what the names of bodies of the state alone end with
_STATE_NAME = ("国家", "中国", "全国", "中央")
# 省, 市, 县 that names of bodies begin with → the levels of the place whose plan it is
_SAID = {
    **dict.fromkeys(("省", "自治区"), ("province",)),
    **dict.fromkeys(("市", "州", "盟", "地区", "自治州"), ("prefecture", "province", "county")),
    **dict.fromkeys(("县", "区", "旗", "自治县", "特区", "林区"), ("county",)),
}


@dataclass(frozen=True, slots=True)
class Issuing:
    """The code of the issuing place ("" if unknown, "000000" for the country) and what it rests on.

    ``basis`` is ``issuer`` (the issuer's name), ``title`` (the document's title begins with it), ``names`` (the
    document names no issuer, and all names of bodies that say their province say this one, or they are the state's),
    ``beginning`` (nor that, or the issuer is 市政府办公室 without its city, and the text begins with the place, as a
    letterhead on the only line of a text does) or ``text`` (the text writes this place far oftener than any other of
    the level that 省, 市 or 县 in the names say).
    """

    code: str = ""
    basis: str = ""


def issuing_place(
    register: Register, issuer: str, title: str = "", names: Iterable[str] = (), on: date | None = None
) -> Issuing:
    """Find the place of the government, party committee or department that issued a document.

    :param names: the names of bodies in the document's clauses, for a document that names no issuer
    :param on: the document's date

    >>> register = Register.load()
    >>> issuing_place(register, "中共广安市委办公室").code, issuing_place(register, "国务院办公厅").code
    ('511600', '000000')
    """
    for basis, words in (("issuer", issuer), ("title", title)):
        if words and (code := _place_of(register, words, on)):
            return Issuing(code, basis)
    names = tuple(dict.fromkeys(names)) if _placeless(issuer) else ()
    if code := _common(register.place_names, names, on) or _of_state(register, names):
        return Issuing(code, "names")
    return Issuing()


def as_of(about: Metadata) -> date | None:
    """Give the day on which the names of a document are understood: its date, or the middle of the year it states.

    A document without a date may state a year in its number (〔2025〕) or in its title (2025—2027年: the first), or the
    five years of a plan (“十四五”: the first).
    """
    if about.issued:
        return about.issued
    stated = _NUMBERED.search(about.number) or _YEAR.search(about.title)
    if stated is None and (period := _PERIOD.search(about.title)):
        return date(2001 + 5 * _NUMERALS.index(period[1]), 7, 1)
    return date(int(stated[1]), 7, 1) if stated else None


def issued_at(plan: Plan, register: Register) -> Issuing:
    """Find the place of the government that issued a plan."""
    about = plan.metadata
    names = tuple(dict.fromkeys(m.name for t in plan.tasks for c in t.governing for m in c.mentions))
    on, text = as_of(about), plan.document.text
    found = issuing_place(register, about.issuer, about.title, names, on)
    if found.basis in ("issuer", "title") or not _placeless(about.issuer):
        return found
    levels = _levels((about.issuer,) if about.issuer else names)
    code = _place_of(register, text[:_HEAD].strip(), on)
    if code and (not found.code or _finer(register, code, found.code, levels)):
        return Issuing(code, "beginning")
    settled = found.code and not _finer(register, "", found.code, levels)
    code = "" if settled else _oftenest(register.place_names, text, about.number, levels, found.code)
    if not code and not settled and levels[:1] == ("province",):
        code = _of_parts(register, text)
    return Issuing(code, "text") if code else found


def _of_parts(register: Register, text: str) -> str:
    """Give the province whose cities, counties and zones a text writes far oftener than those of any other.

    A plan of a province may name itself by 省 alone, and still its parts: 赣江新区.
    """
    written: Counter[str] = Counter()
    for name, codes in register.place_names.codes.items():
        provinces = {register.province_of(code) for code in codes}
        if len(provinces) == 1 and len(name) > _SHORTEST and name.endswith(_FULL) and not codes[0].endswith("0000"):
            written[provinces.pop()] += text.count(name)
    for body in register.bodies.values():
        if body.function == "zone":
            forms = {form.removesuffix(one) for form in (body.name, *body.aliases) for one in OFFICES}
            written[register.province_of(body.id)] += max(text.count(form) for form in forms if len(form) > _SHORTEST)
    (code, most), (_, next_most) = [*written.most_common(2), ("", 0), ("", 0)][:2]
    return code if most >= _OFTEN and most >= _OFTEN * next_most else ""


def _placeless(issuer: str) -> bool:
    """Tell whether an issuer leaves its place to the reader: none is named, or 省政府办公厅, 市发展改革委."""
    return not issuer or bool(_said(issuer.removeprefix("中共")))


def _levels(names: Iterable[str]) -> tuple[str, ...]:
    """Give the levels that a plan may be of, by the word that most of its names begin with: 市 of 市财政局."""
    said = Counter(_SAID[word] for name in names if (word := _said(name)))
    return said.most_common(1)[0][0] if said else ()


def _said(name: str) -> str:
    """Give the 省, 市 or 县 that a name begins with, or ""; 市场监管局 begins with none."""
    word = relative_word(name)
    return word if word in _SAID and not name.startswith("市场") else ""


def _finer(register: Register, code: str, province: str, levels: tuple[str, ...]) -> bool:
    """Tell whether names say a level below the province in which they lie, and a place, if given, is one there."""
    below = province in register.places and bool(levels) and register.places[province].level not in levels[:1]
    return below and (not code or (code != province and province in register.place_names.above(code)))


def _oftenest(places: PlaceNames, text: str, number: str, levels: tuple[str, ...], within: str) -> str:
    """Give the place that a text writes far oftener than any other of the first of the levels that has one.

    A plan names its own place again and again, as the issuer of others, in the names of programmes and of firms. The
    short name of a province counts by itself (湖北), that of a city or a county once its full one is written, or if the
    document's number begins with its first character.
    """
    for level in levels:
        written: Counter[str] = Counter()
        for code, place in places.places.items():
            here = place.level == level and not place.last_list and (not within or within in places.above(code))
            if here and (times := _times(text, number, place)):
                written[code] = times
        ranked = [*written.most_common(2), ("", 0)]
        if ranked[0][1] >= _OFTEN and ranked[0][1] >= _OFTEN * ranked[1][1]:
            return ranked[0][0]
        if ranked[0][1]:
            return ""
    return ""


def _times(text: str, number: str, place: Place) -> int:
    """Count the name of a place, but not where 市 belongs to 市场: 广州市场."""
    full = text.count(place.name) - (text.count(place.name + "场") if place.name.endswith("市") else 0)
    alone = full or place.level == "province" or number.startswith(place.name[0])
    return text.count(place.short) if place.short and alone else full


def _place_of(register: Register, words: str, on: date | None) -> str:
    for length in range(len(words), _SHORTEST, -1):  # 交通运输部办公厅, 国家发展改革委等部门
        for record in register.by_name.get(words[:length], ()):
            if isinstance(record, Body) and record.id.startswith(COUNTRY) and record.kind not in _FIRMS:
                return _branch_at(register, words[length:], on) or COUNTRY
    text = words.removeprefix("中共")
    for split in register.place_names.splits(text, "", on):
        if len(split.codes) == 1 and text[: split.end].endswith(_FULL):
            return split.codes[0]
    return COUNTRY if words.startswith(_STATE) else _zone_at(register, text, on)


def _zone_at(register: Register, words: str, on: date | None) -> str:
    """Give the place of the zone that a name begins with: 徐州经济技术开发区管委会办公室, 平潭综合实验区."""
    for end in range(min(len(words), _LONGEST_ZONE), _SHORTEST_ZONE, -1):
        core = next((words[:end].removesuffix(one) for one in OFFICES if words[:end].endswith(one)), words[:end])
        for record in (*register.by_name.get(words[:end], ()), *register.by_name.get(core + OFFICES[0], ())):
            if isinstance(record, Body) and record.function == "zone":
                return record.id.split("/")[0]
        if not core.endswith(NAMED):
            continue
        found, sure = register.zones.read(core + OFFICES[0], register.place_names, "", on)
        if sure:
            return found[0].place
    return ""


def _branch_at(register: Register, words: str, on: date | None) -> str:
    """Give the place of a branch that bears the name of its head office before its own: 国家税务总局广东省税务局."""
    for split in register.place_names.splits(words, "", on):
        if len(split.codes) == 1 and words[: split.end].endswith(_FULL) and words[split.end :].endswith("局"):
            return split.codes[0]
    return ""


def _common(places: PlaceNames, names: Iterable[str], on: date | None) -> str:
    """Give the one province in which the places lie that names of bodies begin with, if enough of them do."""
    provinces: list[str] = []
    for name in names:
        split = next(places.splits(name, "", on), None)
        if split and len(split.codes) == 1:
            provinces.append(split.codes[0][:2] + "0000")
    return provinces[0] if len(provinces) >= _ENOUGH and len(set(provinces)) == 1 else ""


def _of_state(register: Register, names: tuple[str, ...]) -> str:
    """Give the country, if many names of a document can be those of state bodies alone and none is said to be local."""
    if any(map(_said, names)):
        return ""
    state = sum(
        name.startswith(_STATE_NAME) or name.endswith(_NO_LOCAL)
        for name in names
        if any(isinstance(one, Body) and one.id.startswith(COUNTRY) for one in register.by_name.get(name, ()))
    )
    return COUNTRY if state >= _ENOUGH and 2 * state >= len(names) else ""
