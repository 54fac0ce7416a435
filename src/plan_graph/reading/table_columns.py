"""What the columns of a table in plain text hold, and which of them the cells of a row stand in.

A text of a table often has fewer cells in a row than heads: what is merged with the row above is missing, and from a
page empty cells are too. Cells that end in several lines come as more of them. A row is put into its columns in the
one way in which its cells agree with the heads; cells for which there are several stand in all of those columns at
once, so that nobody takes who supports for who leads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from plan_graph.model.text import Span

NUMBER, BODIES, TIME, PERSONS, GROUP, REMARK, TASK = "nbtpgrx"
_HEADS = (
    (NUMBER, re.compile(r"序号|编号|序列?|No\.?|项次|条目号?", re.I)),
    (PERSONS, re.compile(r".*(?:领导|责任人|负责人|联系人|牵头人|承办人)")),
    (
        BODIES,
        re.compile(
            r"(?:.*(?:责任|牵头|配合|负责|参与|参加|协同|协助|支持|承办|主办|协办|主责|主管|实施|落实|承担|指导|督导|监管|执行|完成|推进|主要|主体)"
            r"[^，。；]{0,6})?(?:单位|部门|主体|机构|科室|处室|股室)(?:及[^，。]{1,5})?|(?:牵头|责任|配合|主责|协办|主办|承办)"
        ),
    ),
    (TIME, re.compile(r".*(?:时限|时间|期限|日期|进度|节点)(?:要求|安排)?")),
    (REMARK, re.compile(r"备注|说明|附注|进展(?:情况)?|完成情况|落实情况")),
    (GROUP, re.compile(r".*(?:领域|类别|分类|板块|方面|类型|大类|行业|专项|部分)")),
)
_LONGEST_HEAD = 14
_STOPS = re.compile("[，。；：、,;:|\t]")
_NUMBER = re.compile(r"[0-9０-９]{1,3}[.．、]?")
_TIME = re.compile(
    r"(?=.{1,24}$)(?:.*(?:[0-9０-９一二三四五六七八九十]\s*[年月日]|季度|年底|月底|年内|半年|全年|每年|每月|长期|持续|常态|贯穿|适时|即时|立即).*|[12]\d{3}[-./年]\d{1,2}.*)"
)
_PARTED = re.compile(r"[、，,；;\s]+")
_BRACKETS = re.compile(r"[（(〔][^（）()〔〕]*[）)〕]")
_ENDS_AS_A_BODY = re.compile(
    r"(?:[局委办厅部院会府处科室队所站社心团司位门道镇乡校行企署关区县市州盟旗庭]|公司|电网|电信|移动|联通|铁塔|银行|高校|医院|[残妇文侨]联|社科联|工商联|[科文]协)等?\W*$"
)
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[、，\s]+[\u4e00-\u9fff·]{2,4})*")
_LONGEST_BODY, _LONGEST_GROUP, _LONGEST_PERSON, _SHORT_TASK = 30, 24, 4, 4
_NOBODY = ("/", "无", "—", "-")
_GOES_ON = ("、", "，", ",")
# what it costs that a column has no cell, and that it has one line more than one
_MISSING = {NUMBER: 9, BODIES: 6, TIME: 3, PERSONS: 2, GROUP: 1, REMARK: 0, TASK: 12}
_MORE = {NUMBER: 99, BODIES: 5, TIME: 4, PERSONS: 2, GROUP: 2, REMARK: 1, TASK: 1}
_NEVER = 1000


def column_kind(head: str) -> str:
    """Tell what a column holds by its head.

    >>> [column_kind(h) for h in ("序 号", "重点任务", "牵头单位", "完成时限", "责任领导", "备注", "重点领域")]
    ['n', 'x', 'b', 't', 'p', 'r', 'g']
    """
    words = re.sub(r"\s+|[（(].*", "", head)
    return next((kind for kind, words_of in _HEADS if words_of.fullmatch(words)), TASK)


def is_head(words: str) -> bool:
    """Tell whether words may be the head of a column: a few, without any stop."""
    words = re.sub(r"[（(][^（）()]*[）)]", "", words)
    return 0 < len(words) <= _LONGEST_HEAD and not _STOPS.search(words) and not words[-1:].isdigit()


@lru_cache(4096)
def is_of_bodies(words: str) -> bool:
    """Tell whether a cell names bodies and nothing else, by how its names end.

    >>> [w for w in ("市教育局、市财政局", "建设平台。", "2024年底", "各县（市、区）人民政府") if is_of_bodies(w)]
    ['市教育局、市财政局', '各县（市、区）人民政府']
    """
    names = [one for one in _PARTED.split(_BRACKETS.sub("", words).strip()) if one]
    good = sum(2 <= len(n) <= _LONGEST_BODY and bool(_ENDS_AS_A_BODY.search(n)) for n in names)
    return bool(names) and 4 * good >= 3 * len(names) and all(len(n) > 1 for n in names) and "。" not in words


def _cost(kind: str, words: str) -> int:
    """Say how badly a line agrees with what a column holds; ``_NEVER`` where it cannot stand there."""
    number, time = bool(_NUMBER.fullmatch(words)), bool(_TIME.fullmatch(words))
    bodies = is_of_bodies(words)
    if kind == GROUP:
        return _NEVER if number or len(words) > _LONGEST_GROUP or "。" in words else 2 * (bodies or time)
    if kind == REMARK:
        return 2 + 2 * bodies + 2 * time
    if kind == TASK:
        return 8 if number else 3 * bodies + 3 * time + (len(words) < _SHORT_TASK)
    can = {
        NUMBER: number,
        BODIES: bodies or words in _NOBODY,
        TIME: time,
        PERSONS: bool(_PERSON.fullmatch(words)) and not (bodies and len(words) > _LONGEST_PERSON),
    }
    return 0 if can[kind] else _NEVER


def fitted(  # noqa: PLR0912
    text: str, cells: Sequence[Span], kinds: Sequence[str], loose: bool = False, single: bool = False
) -> tuple[int, list[Span | None]] | None:
    """Put cells into columns in their order; give what it costs and the cell of each column, or None if none fits.

    None stands for a column without a cell. A column may have several cells, and those that might stand in one as well
    as in another stand in both.
    ``loose`` says that cells of the table end in several lines: then two lines of bodies are not surely two cells.
    ``single`` says that no cell has several lines.
    """
    if not cells:
        return None
    words = [cell.of(text).strip() for cell in cells]
    missing = _MISSING | ({BODIES: 0} if loose else {})
    more = dict.fromkeys(_MORE, _NEVER) if single else _MORE | ({BODIES: 0} if loose else {})
    wide, high = len(kinds), len(cells)
    # forward[i][c]: the least cost of cells[:i] in columns up to c, the last of them in c; backward likewise from there
    enter = [[_NEVER * wide] * wide for _ in range(high)]
    skipped = [sum(missing[k] for k in kinds[:c]) for c in range(wide + 1)]
    own = [[_cost(kind, one) for kind in kinds] for one in words]
    joined = [at > 0 and (words[at - 1].endswith(_GOES_ON) or words[at][:1] in _GOES_ON) for at in range(high)]
    for i in range(high):
        for c in range(wide):
            if own[i][c] >= _NEVER:
                continue
            ways = [skipped[c]] if i == 0 else []
            if i:
                ways.append(enter[i - 1][c] + (0 if joined[i] else more[kinds[c]]))
                ways += [enter[i - 1][b] + skipped[c] - skipped[b + 1] for b in range(c) if not joined[i]]
            enter[i][c] = own[i][c] + min(ways)
    leave = [[_NEVER * wide] * wide for _ in range(high)]
    for i in range(high - 1, -1, -1):
        for c in range(wide):
            if i == high - 1:
                leave[i][c] = skipped[wide] - skipped[c + 1]
                continue
            ways = [leave[i + 1][c] + own[i + 1][c] + (0 if joined[i + 1] else more[kinds[c]])]
            ways += [
                leave[i + 1][d] + own[i + 1][d] + skipped[d] - skipped[c + 1]
                for d in range(c + 1, wide)
                if not joined[i + 1]
            ]
            leave[i][c] = min(ways)
    best = min((enter[high - 1][c] + leave[high - 1][c] for c in range(wide)), default=_NEVER)
    if best >= _NEVER:
        return None
    stands = [[c for c in range(wide) if enter[i][c] + leave[i][c] == best] for i in range(high)]
    made: list[Span | None] = [None] * wide
    for i, columns in enumerate(stands):
        for c in columns:
            before = made[c]
            made[c] = cells[i] if before is None else Span(before.begin, cells[i].end)
    shared = [c for columns in stands if len(columns) > 1 for c in columns]
    if shared:  # one stretch for all of them
        of = [made[c] for c in range(min(shared), max(shared) + 1) if made[c] is not None]
        whole = Span(min(s.begin for s in of if s), max(s.end for s in of if s))
        for c in range(min(shared), max(shared) + 1):
            made[c] = whole
    return best, made


def may_stand(kind: str, words: str) -> bool:
    """Tell whether a cell agrees with what its column holds, without a doubt."""
    return _cost(kind, words) <= (0 if kind != TASK else 2)


def agree(text: str, cells: Sequence[Span], kinds: Sequence[str]) -> bool:
    """Tell whether as many cells as columns agree with what they hold, each without a doubt."""
    said = [cell.of(text).strip() for cell in cells]
    return all(may_stand(kind, one) for kind, one in zip(kinds, said, strict=True))
