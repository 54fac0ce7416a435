"""Leading groups, joint conferences, task forces and headquarters that no register records, and their offices.

They are named at length, so one name means one body at a place: the place and the name written out are all there is
to know of it. The id is the name in pinyin. The group or conference is a standing body, its office a body of its
own, and 成员单位 its members, who are a collective that nobody can list.
"""

from __future__ import annotations

import re
from datetime import date

from plan_graph.authority.places import COUNTRY, PlaceNames
from plan_graph.model.register import Body, Collective, Place

_GROUP = (
    "(?:领导小组|协调小组|工作小组|工作专班|专班|指挥部|联席会议|协调机制|推进小组|专项小组|执行小组|推进组|专项工作组)"
)
_WORDS = "(?:“[^”]{1,20}”|[^、，；（）()])"  # 市“双随机、一公开”联席会议
_STANDING = re.compile(rf"(?P<group>{_WORDS}{{2,40}}?{_GROUP})(?:制度)?(?P<office>办公室|办|综合组)?")
_MEMBERS = re.compile(
    rf"(?P<group>{_WORDS}{{2,40}}?(?<![直级属全]))(?:制度)?(?:各|有关|相关|其他|其它|的)*"
    r"(?:成员单位|组成单位|成员部门)"
)
_NAMELESS = re.compile(rf"[省市县区州盟旗]?(?:工作|各|有关|相关|该|本)*{_GROUP}(?:办公室|办)?")
_SOURCE = "named so in a plan; no record"
Standing = Body | Collective


def read(name: str, names: PlaceNames, place: str, on: date | None, issuer: str = "") -> Standing | None:
    """Read a name as a standing body, its office or its members, or give ``None``.

    :param place: the code of the issuer's place
    :param issuer: the name of the issuer; in the plan of a group 领导小组办公室 is its own
    """
    members = _MEMBERS.fullmatch(name)
    if not (members or _STANDING.fullmatch(name) or _NAMELESS.fullmatch(name)) or name.startswith(
        ("各", "有关", "相关")
    ):
        return None
    for code, rest in _owners(name, names, place, on):
        if code in names.places and not _NAMELESS.fullmatch(_group(rest)):
            return _made(code, rest, names, members is not None)
    for code, own in _owners(issuer, names, place, on) if issuer else ():
        group = _STANDING.match(own)
        tail = next((name[at.end() :] for at in re.finditer(_GROUP, name)), None)
        if code in names.places and group and tail is not None and not _NAMELESS.fullmatch(group["group"]):
            return _made(code, group["group"] + tail, names, members is not None)
    return None


def _made(code: str, rest: str, names: PlaceNames, members: bool) -> Standing:
    whole = rest if code == COUNTRY else names.whole(code) + rest
    return make(f"{code}/{slug(rest)}", whole, names.places[code], members)


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


def slug(words: str) -> str:
    """Give words in pinyin, as the end of an id."""
    from pypinyin import lazy_pinyin

    return re.sub(r"[^a-z0-9]+", "-", "-".join(lazy_pinyin(words)).lower()).strip("-")
