"""Leading groups, joint conferences, task forces and headquarters that no register records, and their offices.

They are named at length, so one name means one body at a place: the place and the name written out are all there is
to know of it. The id is the name in pinyin. The group or conference is a standing body, its office a body of its
own, and 成员单位 its members, who are a collective that nobody can list.
"""

from __future__ import annotations

import re
from datetime import date

from plan_graph.authority.places import COUNTRY, PlaceNames
from plan_graph.model import Body, Collective, Place

_GROUP = r"(?:领导小组|协调小组|工作小组|工作专班|专班|指挥部|联席会议|协调机制|推进小组|专项小组)"
_STANDING = re.compile(rf"(?P<group>[^、，；（）()]{{2,40}}?{_GROUP})(?:制度)?(?P<office>办公室|办|综合组)?")
_MEMBERS = re.compile(
    rf"(?P<group>[^、，；（）()]{{2,40}}?(?:{_GROUP}|委员会|工作组))(?:制度)?(?:各|有关|相关|的)*(?:成员单位|组成单位|成员部门)"
)
_NAMELESS = re.compile(rf"(?:工作|各|有关|相关|该|本)*{_GROUP}(?:办公室|办)?")
_SOURCE = "named so in a plan; no record"
Standing = Body | Collective


def read(name: str, names: PlaceNames, issuer: str, on: date | None) -> Standing | None:
    """Read a name as a standing body, its office or its members, or give ``None``."""
    members = _MEMBERS.fullmatch(name)
    if (members is None and _STANDING.fullmatch(name) is None) or name.startswith(("各", "有关", "相关")):
        return None
    for code, rest in _owners(name, names, issuer, on):
        place = names.places.get(code)
        if place is None or _NAMELESS.fullmatch(rest) or (members and _NAMELESS.fullmatch(_group(rest))):
            continue
        return make(f"{code}/{_slug(rest)}", names.whole(code) + rest, place, members is not None)
    return None


def make(identifier: str, name: str, place: Place, members: bool) -> Standing:
    """Make the body or the collective with an id and a full name."""
    if members:
        group = _group(name)
        return Collective(identifier, name, "unresolved", standing_body=group, source=_SOURCE)
    return Body(
        id=identifier,
        name=name,
        short="",
        kind="leading-group",
        level=place.level,
        seat=place.seat if place.code == COUNTRY else place.code,
        jurisdiction=(place.code,),
        source=_SOURCE,
        pattern=True,
    )


def _group(name: str) -> str:
    found = _MEMBERS.fullmatch(name)
    return found["group"] if found else name


def _owners(name: str, names: PlaceNames, issuer: str, on: date | None) -> list[tuple[str, str]]:
    """Give the places a name may belong to with the rest of it, the one it names first, then the issuer's."""
    named = [(split.code, name[split.end :]) for split in names.splits(name, issuer, on) if split.code]
    own = [(code, rest.removeprefix("政府") if rest.startswith("政府") else rest) for code, rest in named]
    return [*((code, rest) for code, rest in own if len(rest) > 3), *([(issuer, name)] if issuer and not own else [])]


def _slug(words: str) -> str:
    from pypinyin import lazy_pinyin

    return re.sub(r"[^a-z0-9]+", "-", "-".join(lazy_pinyin(words)).lower()).strip("-")
