"""Which place's government issued a document: what 省, 市 and 县 in it mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plan_graph.authority.places import COUNTRY, PlaceNames
from plan_graph.authority.register import Register
from plan_graph.model import Body, Metadata, Plan

_FULL = ("省", "市", "州", "盟", "地区", "县", "区", "旗")
_STATE = ("国务院", "中共中央", "中央", "国家", "中华人民共和国")
_SHORTEST = 2
_FIRMS = frozenset(["firm", "bank"])
_NUMBERED = re.compile(r"[〔\[（(](20\d\d)[〕\]）)]")
_YEAR = re.compile(r"(20\d\d) ?(?:年|[—\-－–~～至])")
_HEAD = 30  # characters of a letterhead that hold its place
_ENOUGH = 3  # names that say which province they are in, before all others of the document are taken to be there


@dataclass(frozen=True, slots=True)
class Issuing:
    """The code of the issuing place ("" if unknown, "000000" for the country) and what it rests on.

    ``basis`` is ``issuer`` (the issuer's name), ``title`` (the document's title begins with it), ``names`` (the
    document names no issuer, and all names of bodies that say their province say this one) or ``beginning`` (nor
    that, and its text begins with the place, as a letterhead on the only line of a text does).
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
    if not issuer and (code := _common(register.place_names, names, on)):
        return Issuing(code, "names")
    return Issuing()


def as_of(about: Metadata) -> date | None:
    """Give the day on which the names of a document are understood: its date, or the middle of the year it states.

    A document without a date may state a year in its number (〔2025〕) or in its title (2025—2027年: the first).
    """
    if about.issued:
        return about.issued
    stated = _NUMBERED.search(about.number) or _YEAR.search(about.title)
    return date(int(stated[1]), 7, 1) if stated else None


def issued_at(plan: Plan, register: Register) -> Issuing:
    """Find the place of the government that issued a plan."""
    about = plan.metadata
    names = (m.name for t in plan.tasks for c in t.governing for m in c.mentions)
    found = issuing_place(register, about.issuer, about.title, names, as_of(about))
    if found.code or about.issuer:
        return found
    code = _place_of(register, plan.document.text[:_HEAD].strip(), as_of(about))
    return Issuing(code, "beginning") if code else found


def _place_of(register: Register, words: str, on: date | None) -> str:
    for length in range(len(words), _SHORTEST, -1):  # 交通运输部办公厅, 国家发展改革委等部门
        for record in register.by_name.get(words[:length], ()):
            if isinstance(record, Body) and record.id.startswith(COUNTRY) and record.kind not in _FIRMS:
                return COUNTRY
    text = words.removeprefix("中共")
    for split in register.place_names.splits(text, "", on):
        if len(split.codes) == 1 and text[: split.end].endswith(_FULL):
            return split.codes[0]
    return COUNTRY if words.startswith(_STATE) else ""


def _common(places: PlaceNames, names: Iterable[str], on: date | None) -> str:
    """Give the one province in which the places lie that names of bodies begin with, if enough of them do."""
    provinces: list[str] = []
    for name in dict.fromkeys(names):
        split = next(places.splits(name, "", on), None)
        if split and len(split.codes) == 1:
            provinces.append(split.codes[0][:2] + "0000")
    return provinces[0] if len(provinces) >= _ENOUGH and len(set(provinces)) == 1 else ""
