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
``unit``
    what a department or a zone calls without a place in its own document is a part of it (made.py).
``place``
    a place that stands where a party does means its authorities, its government or its party committee.
``own-name``
    a firm, an institution or an association that no record has, by its own name at the place it says (made.py).
``same-document``
    of the bodies before and after a reform, the one of the time of all others that the document names: where a reform
    was under way, and where the document has no date.
``outer-name``
    a bracket follows a name that resolves (市委组织部（市人才办））; the name inside is kept beside it.

One character off a body the same document names is reported as a suspected slip, not merged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from plan_graph.authority import made
from plan_graph.authority.meaning import Meaning
from plan_graph.authority.parts import Parts
from plan_graph.authority.register import Register
from plan_graph.authority.standing import read as read_standing
from plan_graph.authority.towns import KINDS as TOWNS
from plan_graph.authority.variants import one_character_off, suspected_slip
from plan_graph.model.register import Body, Collective, Resolution
from plan_graph.script import simplified

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
_MONTH = timedelta(days=31)
_SHORT = 4  # characters of names in which another one makes another body: 糖业局 and 林业局
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
    def _parts(self) -> Parts:
        """The parts of the issuer."""
        return Parts(self._meaning, self.issuer)

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
        if own := self._parts.read(name, found):
            return own
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
        if self.issued is None:
            return self._of_the_others(candidates)
        fitting = []
        for body in map(self.register.body, candidates):
            before, after = _under_way(body, self.issued)
            span = before or after
            if span is None:
                return None
            if self._times.get((body.id.split("/")[0], *span)) == {"before" if before else "after"}:
                fitting.append(body)
        return fitting[0] if len(fitting) == 1 else None

    def _of_the_others(self, candidates: tuple[str, ...]) -> Body | None:
        """Of bodies of one name at different times, give the one that was there with all others a document names."""
        first, last = self._others
        if first and last and first > last:
            return None
        fitting = [body for body in map(self.register.body, candidates) if _was_there(body, first, last)]
        return fitting[0] if len(fitting) == 1 else None

    @cached_property
    def _others(self) -> tuple[date | None, date | None]:
        """The first and the last day on which all bodies were there that a document without a date surely names."""
        bodies = [found.body for name in sorted(self.named) if (found := self._meaning.of(name)).body]
        return (
            max((body.earliest for body in bodies if body.earliest), default=None),
            min((body.latest for body in bodies if body.latest), default=None),
        )

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
        names = self.register.place_names
        standing = read_standing(name, names, self.issuer_place, self.issued, self.issuer)
        if isinstance(standing, Collective):
            return Resolution(name, "standing-body", collective=standing)
        if standing:
            return Resolution(name, "standing-body", body=standing)
        return self._place(name) or self._by_itself(name)

    def _by_itself(self, name: str) -> Resolution:
        """Resolve a name as that of a unit or by its own words, or say what may be wrong with it."""
        near = self._near(name)
        if len(near) == 1 and self.issuer_place:
            return Resolution(name, "none", reason="suspected-variant", candidates=near)
        both = self._two_names(name)
        reason = next((reason for reason, words in _UNKNOWN if words.fullmatch(name)), "not-in-register")
        if self._parts.begins(name):
            return self._parts.resolve(name)
        if not both and (own := self._parts.of_another(name) or self._own_name(name)):
            return Resolution(name, "unit" if made.of_unit(own.id) else "own-name", body=own)
        if reason == "internal-unit" or self._parts.is_part(name):
            return self._parts.resolve(name)
        both = both if reason == "not-in-register" else ()
        return Resolution(name, "none", reason="two-names" if both else reason, candidates=both or near)

    def _place(self, name: str) -> Resolution | None:
        """Resolve the name of a place or a town to its authorities, if one is meant; 市 alone names none."""
        if town := self._town(name):
            return Resolution(name, "place", collective=made.named_town(town))
        codes = self._places(name)
        if not codes:
            return None
        members = tuple(one for code in codes for one in self.register.authorities(code))
        if len(codes) > 1 or len(name) < 2:
            return Resolution(name, "none", reason="place", candidates=members)
        named = made.named_place(codes[0], self.register.place_names, members)
        return Resolution(name, "place", collective=named)

    def _town(self, name: str) -> Body | None:
        """Give the government or office of the town that a name is of, if exactly one is meant."""
        office = next((offices[-1] for kind, (_, offices) in TOWNS.items() if name.endswith(kind)), "")
        return self._meaning.of(name + office).body if office and len(name) > 2 else None

    def _own_name(self, name: str) -> Body | None:
        """Give the body that a name of its own means; what may be a slip for the name of another means none."""
        names = self.register.place_names
        read = made.own_name(name, names, self.issuer_place, self.issued, part=self._parts.of is not None)
        if read is None or self._slip(name, *read):
            return None
        return read[0]

    def _slip(self, name: str, body: Body, after: str) -> bool:
        """Tell whether a name is one character off one that bodies bear: 市不动产登及中心 and 市不动产登记中心."""
        place = body.id.split("/")[0]
        level = self.register.places[place].level
        recorded = self.register.by_name
        return any(_off(name, one, kind=True) for one in recorded if one[0] == name[0]) or any(
            not before and _off(after, form, kind=False) and any(stem.fits(place, level) for stem in stems)
            for (before, form), stems in self.register.stems.by_form.items()
        )

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

    def _places(self, name: str) -> list[str]:
        """Give the codes of the places that a name means, if it is that of a place."""
        names = self.register.place_names
        splits = names.splits(name, self.issuer_place, self.issued)
        codes = {code for split in splits if split.end == len(name) for code in split.codes}
        return sorted(code for code in codes if names.alive(code, self.issued) and self.register.authorities(code))

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


def _off(name: str, other: str, *, kind: bool) -> bool:
    """Tell whether a name is one character off another; of short ones only one left out, or ``kind``, the last one."""
    if abs(len(name) - len(other)) > 1 or not one_character_off(name, other):
        return False
    if len(name) == len(other):
        return (kind and name[:-1] == other[:-1]) or (min(len(name), len(other)) > _SHORT and name[-1] == other[-1])
    return max(len(name), len(other)) > _SHORT


def _was_there(body: Body, first: date | None, last: date | None) -> bool:
    """Tell whether a body may have been there between two days that others leave.

    One that a reform ended within a month of the day on which the others began was not, if the document names no
    other that it ended; nor was one that a reform made, if the document names one that it ended and none that it made.
    """
    if last and body.earliest and body.begun:
        none = first is None or first < body.earliest
        if body.earliest >= last or (none and last <= body.begun + _MONTH):
            return False
    if first is None or body.latest is None or body.ending is None:
        return True
    over = body.ending <= first + _MONTH and (last is None or last > body.latest)
    return body.latest > first and not over


def _may_be_one(body: Body, other: Body) -> bool:
    """Tell whether two bodies may be one: 农业委员会 and 商业委员会 do different work, for all their one character."""
    return body.function == other.function or not (body.function and other.function)
