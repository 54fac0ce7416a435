"""Whose name it is: one body, one collective, or neither with the reason and the candidates.

Issuer first, then date: ``省财政厅`` in a Liaoning plan is the Liaoning department, under another issuer it is
another body. A name is resolved only through what the registers record, each resolution names the rule that made
it, and a name that two records could mean is nobody's. The rules, in this order (those of a name by itself are in
``meaning``):

``full-name``, ``short-form``, ``alias``
    a record of bodies.csv bears exactly this name, or a university of universities.csv its full one.
``zone``
    the name of the committee of a zone of zones.csv, or its kind alone where the issuer has one such zone.
``town``
    the name of the government of a town or the office of a street that towns.csv has in the place meant.
``collective``, ``collective-rule``
    a record of collectives.csv bears it, or a rule reads it: of collective_rules.csv, or of everywhere.py.
``pattern``
    a name of stems.csv stands after the name of a place, or after 省, 市, 县 said by the issuer.
``implied-place``
    a name of stems.csv stands alone and the issuer's place is meant (发展改革委 in a plan of a province).
``standing-body``
    a leading group, joint conference or task force, its office or its members, by their name at length (standing.py).
``same-document``
    of the bodies before and after a reform that was under way, the one of the time of all others the document names.
``outer-name``
    a bracket follows a name that resolves (市委组织部（市人才办））; the name inside is kept beside it.

One character off a body the same document names is reported as a suspected slip, not merged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from plan_graph.authority.meaning import Meaning
from plan_graph.authority.register import Register
from plan_graph.authority.standing import read as read_standing
from plan_graph.authority.variants import suspected_slip
from plan_graph.model import Body, Collective, Resolution
from plan_graph.script import simplified

_AUTHORITIES = ("szf", "sw")  # of a place: its government, its party committee
# why a name that no record and no pattern has is not in the register, as its last words tell
_UNKNOWN = (
    (
        "standing-group",
        re.compile(r".*(?:领导小组|协调小组|工作组|专班|指挥部|联席会议|协调机制|成员单位|组成单位)(?:办公室)?"),
    ),
    ("zone", re.compile(r".*(?:管委会|管理委员会|[区城园]管理局)")),
    ("below-county", re.compile(r".*(?:[镇乡]|街道)(?:人民政府|政府|党委|办事处|办)?|.*(?:村|社区)(?:委会|居委会)?")),
    ("internal-unit", re.compile(r"[厅部局委][内直机].*|厅.*|.*(?:[处科股室站]|(?<!公)司)|.*(?:处室|科室)(?:（.*）)?")),
)
# what every department has of its own, before it is the place's: 信息中心 in a plan of a department is no 省信息中心
_OWN_UNITS = (
    *("办公室", "信息中心", "宣教中心", "宣传中心", "培训中心", "监测中心", "评估中心", "机关服务中心"),
    *("后勤服务中心", "专员办", "督察办", "审批办", "机关党委", "机关纪委", "直属事业单位"),
)
_GOVERNMENT_OFFICE = re.compile(r".*(?:人民政府|委员会)办公[厅室]")  # it has no departments of its own to name
_CALLED = "厅局委部办"  # what the name of a department ends with
_SHORTEST, _LONGEST = 3, 40  # characters of a name, and of two


@dataclass(frozen=True)
class Resolver:
    """Resolves the names of one document.

    ``issuer_place`` is the GB/T 2260 code of the issuing government's place ("" if unknown, "000000" for the
    country), ``issued`` the document's date (None if unknown), ``named`` every name the document uses, for
    suspected slips, ``issuer`` the issuer's name, whose internal units a plan may name, or the title that may begin
    with it. Resolutions are kept, so that a name costs its search once.
    """

    register: Register
    issuer_place: str
    issued: date | None
    named: frozenset[str] = frozenset()
    issuer: str = ""
    _known: dict[str, Resolution] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _meaning(self) -> Meaning:
        """What names mean by themselves."""
        return Meaning(self.register, self.issuer_place, self.issued)

    @cached_property
    def _alike(self) -> dict[str, list[str]]:
        """The names the document uses by what is never a slip in them: two characters, in the shortest one."""
        names: dict[str, list[str]] = {}
        for name in self.named:
            names.setdefault(name[: 2 if len(name) > 2 else 1], []).append(name)
        return names

    def resolve(self, name: str) -> Resolution:
        """Resolve one name as written out; never raises, never guesses."""
        found = self._known.get(name)
        if found is None:
            found = self._resolve(name)
            simple = simplified(name) if found.rule == "none" else name
            if simple != name and (known := self._resolve(simple)).rule != "none":
                found = replace(known, name=name)  # the registers are in simplified characters
            self._known[name] = found
        return found

    def _resolve(self, name: str) -> Resolution:
        found = self._meaning.of(name)
        if name in _OWN_UNITS and found.rule in ("none", "implied-place") and self._department:
            return self._internal(name)
        if found.reason == "not-in-register":
            return self._unrecorded(name)
        if found.reason == "several-bodies" and (body := self._of_its_time(found.candidates)):
            return Resolution(name, "same-document", body=body)
        if found.reason == "not-at-this-level" and len(beside := self._near(name)) == 1:  # 省财政局 beside 省财政厅
            return Resolution(name, "none", reason="suspected-variant", candidates=beside)
        if found.body and found.body.pattern:
            near = (self.register.bodies.get(one) for one in self._near(name))
            recorded = tuple(one.id for one in near if one and _may_be_one(found.body, one))
            recorded = recorded or self._recorded_beside(found.body)
            if len(recorded) == 1:  # the register knows the body under the other name
                return Resolution(name, "none", reason="suspected-variant", candidates=recorded)
        return found

    def _of_its_time(self, candidates: tuple[str, ...]) -> Body | None:
        """Of bodies before and after a reform that was under way, give the one of the time of the document's others.

        A document that names 市卫生健康委 and 市医疗保障局, and no body that the reform ended, was written after it.
        """
        fitting = []
        for body in map(self.register.body, candidates):
            before, after = _under_way(body, self.issued)
            span = before or after
            if span is None:
                return None
            if self._times.get((body.id.split("/")[0], *span)) == {"before" if before else "after"}:
                fitting.append(body)
        return fitting[0] if len(fitting) == 1 else None

    @cached_property
    def _times(self) -> dict[tuple[str, date, date], set[str]]:
        """Of each reform under way at a place, on which side of it the bodies are that the document names."""
        times: dict[tuple[str, date, date], set[str]] = {}
        for name in self.named:
            body = self._meaning.of(name).body
            if body is None:
                continue
            place = body.id.split("/")[0]
            for side, span in zip(("before", "after"), _under_way(body, self.issued), strict=True):
                if span:
                    times.setdefault((place, *span), set()).add(side)
        return times

    def _unrecorded(self, name: str) -> Resolution:
        """Say what a name is that no record, rule or pattern has, as far as its words tell."""
        standing = read_standing(name, self.register.place_names, self.issuer_place, self.issued)
        if isinstance(standing, Collective):
            return Resolution(name, "standing-body", collective=standing)
        if standing:
            return Resolution(name, "standing-body", body=standing)
        if authorities := self._authorities(name):
            return Resolution(name, "none", reason="place", candidates=authorities)
        near = self._near(name)
        if len(near) == 1 and self.issuer_place:
            return Resolution(name, "none", reason="suspected-variant", candidates=near)
        reason = next((reason for reason, words in _UNKNOWN if words.fullmatch(name)), "not-in-register")
        if reason == "internal-unit" or self._begins_with_issuer(name):
            return self._internal(name)
        both = self._two_names(name) if reason == "not-in-register" else ()
        return Resolution(name, "none", reason="two-names" if both else reason, candidates=both or near)

    def _two_names(self, name: str) -> tuple[str, ...]:
        """Give the two bodies that a name is of if a comma is put into it, at one place only.

        Commas are lost where the cells of a table hold names under one another, and lines are joined.
        """
        found = {
            (one.body.id, two.body.id)
            for at in range(_SHORTEST, min(len(name), _LONGEST) - _SHORTEST + 1)
            if (one := self._meaning.of(name[:at].strip())).body and (two := self._meaning.of(name[at:].strip())).body
        }
        return found.pop() if len(found) == 1 else ()

    def _authorities(self, name: str) -> tuple[str, ...]:
        """Give the governments and party committees of the places that a name means, if it is that of a place."""
        splits = self.register.place_names.splits(name, self.issuer_place, self.issued)
        codes = {code for split in splits if split.end == len(name) for code in split.codes}
        return tuple(
            f"{code}/{key}"
            for code in sorted(codes)
            for key in _AUTHORITIES
            if self.register.place_names.alive(code, self.issued)
            and any(
                stem.fits(code, self.register.places[code].level) for stem in self.register.stems.by_key.get(key, ())
            )
        )

    def _internal(self, name: str) -> Resolution:
        """Say of what a unit is a part, where the issuer is a department; else it is simply not known."""
        if self._department is None:
            return Resolution(name, "none", reason="not-in-register")
        return Resolution(name, "none", reason="internal-unit", candidates=(self._department.id,))

    @cached_property
    def _department(self) -> Body | None:
        """The department that issued the document: the issuer, that whose office it is, or the first of its title.

        Of 省生态环境厅办公室 it is 省生态环境厅; a government and its office are no department.
        """
        for end in range(min(len(self.issuer), _LONGEST), _SHORTEST, -1):
            if end < len(self.issuer) and self.issuer[end - 1] not in _CALLED:
                continue
            if found := self._meaning.of(self.issuer[:end]).body:
                whole = found.kind.endswith("government") or _GOVERNMENT_OFFICE.fullmatch(found.name)
                return None if whole else found
        return None

    def _begins_with_issuer(self, name: str) -> bool:
        """Tell whether a name is one of a part of the issuer: 市场监管厅登记注册局 in a plan of that department."""
        own = self._department
        ends = range(len(name) - 2, _SHORTEST, -1) if own else ()
        return any(name[end - 1] in _CALLED and self._meaning.of(name[:end]).body == own for end in ends)

    def _recorded_beside(self, made: Body) -> tuple[str, ...]:
        """Give the recorded bodies of the same place and time whose full name is one character off."""
        place = made.id.split("/")[0]
        return tuple(
            body.id
            for body in self.register.recorded_at(place)
            if _may_be_one(made, body) and body.alive(self.issued) and suspected_slip(made.name, body.name)
        )

    def _near(self, name: str) -> tuple[str, ...]:
        """Give the bodies the document names by a name one character off."""
        near = {
            found.body.id
            for begin in {name[:2], name[:1]}
            for other in self._alike.get(begin, ())
            if suspected_slip(name, other) and (found := self._meaning.of(other)).body
        }
        return tuple(sorted(near))


def _under_way(body: Body, on: date | None) -> tuple[tuple[date, date] | None, tuple[date, date] | None]:
    """Give the span of the reform under way on a day that ended a body, and that of the one that made it."""
    ended = made = None
    if on and body.ending and body.latest and body.ending <= on <= body.latest:
        ended = (body.ending, body.latest)
    if on and body.earliest and body.begun and body.earliest <= on < body.begun:
        made = (body.earliest, body.begun)
    return ended, made


def _may_be_one(body: Body, other: Body) -> bool:
    """Tell whether two bodies may be one: 农业委员会 and 商业委员会 do different work, for all their one character."""
    return body.function == other.function or not (body.function and other.function)
