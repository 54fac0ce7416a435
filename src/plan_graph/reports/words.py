"""Wordings in Chinese with English beside them, and numbers as people read them."""

from __future__ import annotations

from typing import NamedTuple

from plan_graph.model import Role


class Words(NamedTuple):
    """The same said in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: str, between: str = " ") -> str:
        """Give the wording in zh, en or both, Chinese first.

        >>> Words("牵头", "lead").say("both"), Words("牵头", "lead").say("en"), Words("p", "p").say("both")
        ('牵头 lead', 'lead', 'p')
        """
        if lang == "zh" or not self.en:
            return self.zh
        if lang == "en" or self.zh == self.en:
            return self.en
        return f"{self.zh}{between}{self.en}"


ROLES = {
    Role.LEAD: Words("牵头", "lead"),
    Role.RESPONSIBLE: Words("负责", "responsible"),
    Role.SUPPORT: Words("配合", "support"),
    Role.GUIDE: Words("指导", "guide"),
}
NO_THEME = Words("（未分主题）", "(no theme)")
NO_YEAR = Words("（未写年度）", "(no year)")


def probability(value: float | None) -> str:
    """Write a p or q: three decimals, that it is smaller, or a dash where it was not computed."""
    if value is None:
        return "–"
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def percent(value: float | None) -> str:
    """Write a share without decimals, or a dash where it has no meaning."""
    return "–" if value is None else f"{value:.0%}"
