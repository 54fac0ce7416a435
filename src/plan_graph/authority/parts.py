"""Parts of the issuer: what a department or a zone calls without a place in its own plan, and what it begins with.

政策法规处 in a plan of 四川省财政厅 is its own, 社会发展局 in a plan of a zone is the zone's, and 市人社局就业科 is a
part of 市人社局 in any plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from plan_graph.authority import made
from plan_graph.authority.meaning import Meaning
from plan_graph.authority.zones import NAMED as ZONES
from plan_graph.authority.zones import OFFICES as ZONE_OFFICES
from plan_graph.model.register import Body, Resolution

# what every department has of its own, before it is the place's: 信息中心 in a plan of a department is no 省信息中心
_OWN_UNITS = (
    *("办公室", "信息中心", "宣教中心", "宣传中心", "培训中心", "监测中心", "评估中心", "机关服务中心"),
    *("后勤服务中心", "专员办", "督察办", "审批办", "机关党委", "机关纪委", "直属事业单位"),
)
_GOVERNMENT_OFFICE = re.compile(r".*(?:人民政府|委员会)办公[厅室]")  # it has no departments of its own to name
_CALLED = "厅局委部办"  # what the name of a department ends with
_IN_FULL = {"委": "委员会", "办": "办公室"}
# a unit's name, and one that says by its end that it is a part where a department speaks
_UNIT = re.compile("(?!.*(?:[各等、]|有关|相关|处室|科室|单位|公司))[\u4e00-\u9fff0-9（）]{2,20}")
_PART = re.compile(".{2,16}(?:[处科股室局办站队]|中心|党委|纪委|专班|小组|部)")
# several of them: 厅直单位, 各处室, 有监管职能的处室
_UNITS = re.compile(
    "(?:[厅局委部本]|机关|其[他它]|各|有关|相关)*"
    "(?:(?:直属|所属|直|属)(?:各|有关|相关)*(?:企?事业)?单位|(?:内设)?(?:处室|科室|机构))(?:和(?:直属|所属)?单位)?"
    "|(?:有|涉及|承担)[^，；]{2,20}的处室|[厅局委]?机关(?:各|有关|相关)处室.{0,8}"
)
_UNIT_OF = re.compile(
    "(?!.*(?:[各等、的]|有关|相关|单位))[\u4e00-\u9fff]{1,16}"
    "(?:[处科股室站所队]|中心|分局|大厅|窗口|办事处|车务段|分公司)"
)
_HAS_UNITS = ("department", "party-organ", "central-branch", "management-committee", "firm", "bank")
_HEADS = (*_CALLED, *ZONES, "集团", "公司", "银行")  # what the name of a body ends with that stands before its unit
_OF_ZONES = (*ZONES, *ZONE_OFFICES, "执行委员会", "执委会")  # what the name of a zone or its committee ends with
# what a zone's own plan says before the name of one of its offices
_OF_ZONE = re.compile(
    "^(?:(?:开发区|园区|新区|高新区|经开区|示范区|合作区|实验区|试验区|[本全我]?区)(?![域块直级]|管理))?"
    "(?:(?:管委会|执委会)(?=..))?"
)
_SHORTEST, _LONGEST = 3, 40  # characters of a name, and of two


@dataclass(frozen=True)
class Parts:
    """Reads names of parts of the ``issuer``: its name, or the title that may begin with it."""

    meaning: Meaning
    issuer: str

    def read(self, name: str, found: Resolution) -> Resolution | None:
        """Read a name as that of a part of the issuer, or of all its parts, whatever it means by itself."""
        if self.of and _UNITS.fullmatch(name):
            return Resolution(name, "unit", collective=made.units(self.of))
        return self.resolve(name) if self._is_own(name, found) else None

    def _is_own(self, name: str, found: Resolution) -> bool:
        """Tell whether a name without a place is that of a part of the issuer, a department or a zone.

        财政局 in a plan of a zone is the zone's and not the city's; 执法局 in a plan of a department is its own.
        """
        own = self.of
        if own is None or found.rule not in ("none", "implied-place"):
            return False
        if name in _OWN_UNITS:
            return True
        unread = found.rule == "none" and found.reason in ("not-at-this-level", "which-place", "not-in-register")
        if own.kind == "management-committee":
            unread = unread or found.reason == "not-at-that-date"
            return (unread or found.rule == "implied-place") and self.is_part(name)
        return unread and found.reason == "not-at-this-level" and not made.relative(name)

    def of_another(self, name: str) -> Body | None:
        """Give the unit of a department that the name itself says: 市人社局就业科 is one of 市人社局."""
        of, rest = self.head(name)
        units = _PART if of and of.kind == "management-committee" else _UNIT_OF
        return made.unit(rest, of, self.meaning.register.places) if of and units.fullmatch(rest) else None

    def head(self, name: str) -> tuple[Body | None, str]:
        """Give the department that a name begins with, and the rest of the name."""
        for end in range(len(name) - 2, _SHORTEST - 1, -1):
            body = self.meaning.of(name[:end]).body if name[:end].endswith(_HEADS) else None
            if body and body.kind in _HAS_UNITS:
                return body, name[end:]
        return None, name

    def resolve(self, name: str) -> Resolution:
        """Give a unit as a part of the department or the zone that issued the document; else it is not known."""
        own = self.of
        if own is None:
            return Resolution(name, "none", reason="not-in-register")
        part = self._part(name)
        if not _UNIT.fullmatch(part):
            return Resolution(name, "none", reason="internal-unit", candidates=(own.id,))
        return Resolution(name, "unit", body=made.unit(part, own, self.meaning.register.places))

    def _part(self, name: str) -> str:
        """Give the name of a part of the issuer without what it says of the issuer: 厅 of 厅法规处."""
        own = self.of
        for end in range(len(name) - 2, _SHORTEST, -1) if own else ():
            said = name[end - 1] in _CALLED or name[:end].endswith(ZONE_OFFICES)
            if said and self.meaning.of(name[:end]).body == own:
                return name[end:]
        if own and own.kind == "management-committee":
            return _OF_ZONE.sub("", name, count=1)
        return name[1:] if own and len(name) > 2 and own.name.endswith(_IN_FULL.get(name[0], name[0])) else name

    @cached_property
    def of(self) -> Body | None:
        """The department or the zone that issued the document: the issuer, whose office it is, or first of its title.

        Of 省生态环境厅办公室 it is 省生态环境厅; a government and its office are no department.
        """
        for end in range(min(len(self.issuer), _LONGEST), _SHORTEST, -1):
            words = self.issuer[:end]
            if end < len(self.issuer) and words[-1] not in _CALLED and not words.endswith(_OF_ZONES):
                continue
            if found := self.meaning.of(words).body:
                whole = found.kind.endswith("government") or _GOVERNMENT_OFFICE.fullmatch(found.name)
                return None if whole else found
        return None

    def begins(self, name: str) -> bool:
        """Tell whether a name is one of a part of the issuer: 市场监管厅登记注册局 in a plan of that department."""
        return self.of is not None and self._part(name) != name

    def is_part(self, name: str) -> bool:
        """Tell whether a name without a place is that of a part of the department: 登记注册局, 协调中心."""
        own = self.of
        part = self._part(name) if own else ""
        return bool(part) and (part != name or not made.relative(name)) and bool(_PART.fullmatch(part))
