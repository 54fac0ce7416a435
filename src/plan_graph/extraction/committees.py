"""党委和政府: a party committee and a government named in one string are two parties.

What stands before both belongs to each (各县（市、区）党委和政府 are 各县（市、区）党委 and 各县（市、区）政府), and a
government named right after a party committee is of the same place (沈阳市委、市政府).
"""

from __future__ import annotations

import re

_AND = "(?:、|和|及|与|以及)?"
_GOVERNMENT = "人民政府|政府"
_ZONE = "管委会|管理委员会|办事处"
_LEVEL = "省|市|县|区|州|盟|旗"
_BOTH = re.compile(
    rf"(?P<of>.*?)(?:(?P<party>党委){_AND}(?P<other>{_GOVERNMENT})|(?P<work>党?工委){_AND}(?P<office>{_ZONE}))"
)
_RUN_TOGETHER = re.compile(rf"(?P<of>.*?(?P<level>{_LEVEL}))委(?P=level)(?P<other>{_GOVERNMENT})")
_JOINED = re.compile(
    rf"(?P<of>.*?(?:{_LEVEL})(?:[（(〔][^（()）〔〕]*[）)〕])?)委(?:和|及|与|以及)(?P<other>{_GOVERNMENT})"
)
_COMMITTEE = re.compile(rf"(?P<of>.*?(?P<level>{_LEVEL})(?:[（(〔][^（()）〔〕]*[）)〕])?)委")
# 各乡镇（街道）党（工）委, 高新区工委: whose government or office may follow bare, with another in brackets
_OF_A_PLACE = re.compile(r"(?P<of>[^、，]{2,}?)(?:党委(?:[（(〔]党?工委[）)〕])?|党[（(〔]工[）)〕]委|党?工委)")
_BARE_OFFICE = re.compile(rf"(?:{_GOVERNMENT}|{_ZONE})(?:[（(〔](?:{_GOVERNMENT}|{_ZONE})[）)〕])?")
_ITS_GOVERNMENT = re.compile(rf"(?P<level>{_LEVEL})?(?P<other>{_GOVERNMENT})")
# where a list comma parts a committee from the government that shares its place
TOGETHER = re.compile(
    rf"党委、(?=(?:{_GOVERNMENT})(?:[、，,；;。等和及与）)]|$))|工委、(?=(?:{_ZONE})(?:[、，,；;。等和及与）)]|$))"
)


def two_parties(name: str) -> tuple[str, str] | None:
    """Give the party committee and the government a name holds, each with the place, or None.

    >>> two_parties("各县（市、区）党委和政府"), two_parties("省委省政府"), two_parties("市党委办公室")
    (('各县（市、区）党委', '各县（市、区）政府'), ('省委', '省政府'), None)
    """
    if "委" not in name:
        return None
    if both := _BOTH.fullmatch(name):
        party, other = both["party"] or both["work"], both["other"] or both["office"]
        return both["of"] + party, both["of"] + other
    if both := _RUN_TOGETHER.fullmatch(name) or _JOINED.fullmatch(name):
        return both["of"] + "委", both["of"] + both["other"]
    return None


def of_the_same_place(committee: str, government: str) -> str:
    """Give a government named right after a party committee with the committee's place, or "" if it is none.

    >>> of_the_same_place("沈阳市委", "市政府"), of_the_same_place("沈阳市委", "县政府")
    ('沈阳市政府', '')
    >>> of_the_same_place("各镇（街道）党（工）委", "政府（办事处）")
    '各镇（街道）政府（办事处）'
    """
    own, its = _COMMITTEE.fullmatch(committee), _ITS_GOVERNMENT.fullmatch(government)
    if own and its and its["level"] in (None, own["level"]):
        return own["of"] + its["other"]
    place = _OF_A_PLACE.fullmatch(committee) if _BARE_OFFICE.fullmatch(government) else None
    return place["of"] + government if place else ""
