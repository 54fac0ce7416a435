"""How far a piece of work has got, by the verbs of the clause that names it.

Plans speak of work in a few set phrases, from 研究 (to study) to 建成 (built). The table below orders them in six
stages; it was made by reading the Liaoning plan of 2016–2018 and the eighteen plans of ``data/gold``.
"""

from __future__ import annotations

import re

STAGES: tuple[tuple[int, str, str], ...] = (
    (1, "研究 studied", "研究|论证|可行性|调研|摸清|听取|谋划|对接|探索"),
    (2, "申报 drafted or applied for", "申报|申请|争取|力争|争设|争创|制定|编制|起草|前期|准备|提出"),
    (3, "批准 decided and begun", "批复|批准|出台|印发|确定|设立|组建|启动|开工|试点|规划|开展"),
    (4, "推进 under way", "推进|推动|加快|实施|建设|落实|加大|加强|改造|健全|建立|完善|支持|发展|抓好|改组"),
    (5, "深化 widened or in use", "推广|扩大|全面|全省|深化|进一步|提升|打造|优化|普及|动态|简化|新增|依托|发挥"),
    (6, "完成 finished or summed up", "建成|完成|竣工|投产|总结|验收|投入使用|投入运营|落地|评估"),
)
"""Stage, what it means, and the words that show it."""

_WORDS = {stage: re.compile(words) for stage, _, words in STAGES}
_FINISHED = re.compile("建成|基本完成|完成(?!.{0,12}(?:申报|准备))|竣工|投产|总结|验收|投入使用|投入运营")
_GOES_ON = re.compile("继续|持续")
_BUILDS_ON = re.compile("依托|基础上")
_BREAK = re.compile("[，。；！？：]")


def clause_begins(text: str) -> tuple[int, ...]:
    """Give where the stretches between marks (，。；：！？) begin, the first at 0.

    >>> clause_begins("推进甲，建设乙。")
    (0, 4, 8)
    """
    return (0, *(mark.end() for mark in _BREAK.finditer(text)))


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
    (3, 4, 6)
    """
    return max((number for number, found in _WORDS.items() if found.search(words)), default=0)


def least_stage(words: str) -> int:
    """Give the earliest stage that the words of a clause show, 0 if they show none."""
    return min((number for number, found in _WORDS.items() if found.search(words)), default=0)


def goes_on(words: str) -> bool:
    """Tell whether a clause says itself that the work goes on as before."""
    return _GOES_ON.search(words) is not None


def builds_on(words: str) -> bool:
    """Tell whether a clause names only what other work builds on."""
    return _BUILDS_ON.search(words) is not None


def finished(words: str) -> bool:
    """Tell whether a clause says that the work is done or summed up."""
    return _FINISHED.search(words) is not None
