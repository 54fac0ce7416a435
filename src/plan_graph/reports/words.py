"""Wordings in Chinese with English beside them, and numbers as people read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from plan_graph.model.plan import Role


class Words(NamedTuple):
    """The same said in Chinese and in English."""

    zh: str
    en: str

    def of(self, lang: str, between: str = " ") -> str:
        """Give the wording in zh, en or both, Chinese first.

        >>> Words("牵头", "lead").of("both"), Words("牵头", "lead").of("en"), Words("p", "p").of("both")
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
EVIDENCE = {
    "phrase": Words("短语", "phrase"),
    "word": Words("词", "word"),
    "synonym": Words("同义", "synonym"),
    "place": Words("地点", "place"),
    "document": Words("文件", "document"),
    "target": Words("目标", "target"),
    "lead": Words("牵头机构", "lead"),
    "body": Words("机构", "body"),
    "theme": Words("主题", "theme"),
}
WHY = {
    "other-lead": Words("牵头不同", "other lead"),
    "other-year": Words("年度不同", "other year"),
    "other-document": Words("文件不同", "other document"),
}
LINKS = {
    "continues": Words("延续", "continues"),
    "advances": Words("推进", "advances"),
    "completes": Words("完成", "completes"),
    "splits": Words("拆分", "splits"),
    "merges": Words("合并", "merges"),
}
NO_THEME = Words("（未分主题）", "(no theme)")


def listed(words: Iterable[Words], zh: str = "；", en: str = "; ") -> Words:
    """Put wordings one after the other, with a mark between them.

    >>> listed([Words("牵头", "lead"), Words("配合", "support")])
    Words(zh='牵头；配合', en='lead; support')
    """
    kept = list(words)
    return Words(zh.join(one.zh for one in kept), en.join(one.en for one in kept))


def probability(value: float | None) -> str:
    """Write a p or q: three decimals, that it is smaller, or a dash where it was not computed."""
    if value is None:
        return "–"
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def percent(value: float | None) -> str:
    """Write a share without decimals, or a dash where it has no meaning."""
    return "–" if value is None else f"{value:.0%}"


def ems(text: str) -> float:
    """Give the width of a text in units of its size: about, and rather too wide than too narrow.

    >>> ems("省农委"), round(ems("ab 1"), 2)
    (3.0, 2.01)
    """
    return sum(
        1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.3 if c in " .,:;'|il" else 0.68 if c.isupper() else 0.57
        for c in text
    )
