"""The groups that a study of Chinese plans asks about, from the kind and level that the registers give a body."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from plan_graph.graph.queries import bind, find, run

if TYPE_CHECKING:
    from pyoxigraph import Store


class Group(StrEnum):
    """A group of bodies; the value is what a table in English calls it."""

    PROVINCIAL_DEPARTMENT = "provincial department"  # 省级政府部门
    CENTRAL_BRANCH = "central branch"  # 中央驻地方机构
    CENTRAL_DEPARTMENT = "central department"  # 国务院部门
    GOVERNMENT = "government"  # governments of any level, departments and zones below the province
    PARTY = "party organ"  # 党的委员会及其工作机关
    FIRM = "firm or bank"  # 企业、银行
    OTHER = "other"  # the rest, and what no register records: collectives, unresolved names


_BY_KIND = {
    "中央驻地方机构": Group.CENTRAL_BRANCH,
    "国务院": Group.GOVERNMENT,
    "省级人民政府": Group.GOVERNMENT,
    "市级人民政府": Group.GOVERNMENT,
    "县级人民政府": Group.GOVERNMENT,
    "乡镇人民政府、街道办事处": Group.GOVERNMENT,
    "园区管理委员会": Group.GOVERNMENT,
    "党的委员会": Group.PARTY,
    "党委工作机关": Group.PARTY,
    "企业": Group.FIRM,
    "银行": Group.FIRM,
}
_DEPARTMENT = "政府部门"
_BY_LEVEL = {"中央": Group.CENTRAL_DEPARTMENT, "省级": Group.PROVINCIAL_DEPARTMENT}


def group_of(kind: str, level: str) -> Group:
    """Return the group of a body by its kind (org:classification) and level, both by their Chinese labels."""
    if kind == _DEPARTMENT:
        return _BY_LEVEL.get(level, Group.GOVERNMENT)
    return _BY_KIND.get(kind, Group.OTHER)


def body_groups(store: Store, bodies: Iterable[str]) -> dict[str, Group]:
    """Ask the query ``bodies`` for kind and level; return the group of each of ``bodies`` (register ids)."""
    answer = run(store, bind(find("bodies"), {}))
    body, kind, level = (answer.columns.index(name) for name in ("id", "kind", "level"))
    known = {str(row[body]): group_of(str(row[kind]), str(row[level])) for row in answer.rows}
    return {each: known.get(each, Group.OTHER) for each in bodies}
