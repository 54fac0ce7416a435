"""How far a piece of work has got, by the verbs of the clause that names it.

Plans speak of work in a few set phrases, from 研究 (to study) to 建成 (built). The table below orders them in five
stages; it was made by reading the Liaoning plan of 2016–2018 and the eighteen plans of ``data/gold``.
"""

from __future__ import annotations

import re

STAGES: tuple[tuple[int, str, str], ...] = (
    (1, "筹划 sought or studied", "研究|争取|申请|申报|调研|论证|前期|摸清|谋划|力争|提出|对接|听取"),
    (2, "部署 decided and begun", "制定|编制|出台|起草|启动|开展|组织开展|试点|设立|组建|开工|规划"),
    (3, "推进 under way", "推进|推动|加快|实施|建设|落实|加大|加强|改造|健全|建立|完善|支持|发展|抓好|确定|改组"),
    (4, "深化 widened", "推广|扩大|全面|深化|进一步|提升|打造|优化|普及|持续|动态调整|简化|新增"),
    (5, "完成 finished or summed up", "建成|完成|竣工|投产|总结|验收|投入使用|投入运营|落地|中期评估"),
)
"""Stage, what it means, and the words that show it."""

_WORDS = {stage: re.compile(words) for stage, _, words in STAGES}
_FINISHED = re.compile("建成|基本完成|完成(?!.{0,12}(?:申报|准备))|竣工|投产|总结|验收|投入使用|投入运营")
_BREAK = re.compile("[，。；！？：]")


def clause_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Give the stretch between two marks (，。；：！？) that holds a span of the text, half-open."""
    begin = max((mark.end() for mark in _BREAK.finditer(text, 0, span[0])), default=0)
    after = _BREAK.search(text, span[1])
    return begin, after.start() if after else len(text)


def sentence_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Give the stretch between two full stops or semicolons that holds a span of the text, half-open."""
    begin = max(text.rfind(mark, 0, span[0]) for mark in "。；") + 1
    ends = [at for mark in "。；" if (at := text.find(mark, span[1])) >= 0]
    return begin, min(ends, default=len(text))


def stage(words: str) -> int:
    """Give the furthest stage that the words of a clause show, 0 if they show none.

    >>> stage("启动沈阳机场二跑道工程前期工作"), stage("开工建设沈阳机场二跑道"), stage("建成")
    (2, 3, 5)
    """
    return max((number for number, found in _WORDS.items() if found.search(words)), default=0)


def least_stage(words: str) -> int:
    """Give the earliest stage that the words of a clause show, 0 if they show none."""
    return min((number for number, found in _WORDS.items() if found.search(words)), default=0)


def finished(words: str) -> bool:
    """Tell whether a clause says that the work is done or summed up."""
    return _FINISHED.search(words) is not None
