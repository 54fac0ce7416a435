"""Events: who hosts, carries out or helps with one is no party to a task."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plan_graph.extraction.clause import UNDERTAKES, Reading
from plan_graph.extraction.markers import HOST
from plan_graph.model.text import Span

_EVENT = re.compile("大赛|比赛|竞赛|论坛|展会|博览会|展览|活动|会议|大会|培训|演出|庆典|仪式|研讨")
_NAMED = 40  # characters before a sentence in which an event is named
_BESIDE = 20  # characters between labels of one event
_LABEL = 4  # characters of a label that tell whose it is


def events(text: str, runs: Sequence[Sequence[Span]]) -> list[bool]:
    """Tell of each run of labels whether it is an event's; one beside it that only helps is too (（三）协办单位：…)."""
    labels = [[text[span.begin : span.begin + _LABEL] for span in run] for run in runs]
    found = [any(HOST.match(label) for label in run) and _help(run) for run in labels]
    for order in (range(1, len(runs)), range(len(runs) - 2, -1, -1)):
        for at in order:
            beside = at - order.step
            first, second = sorted((at, beside))
            near = runs[second][0].begin - runs[first][-1].end < _BESIDE
            found[at] = found[at] or (found[beside] and near and _help(labels[at]))
    return found


def hosted(text: str, reading: Reading) -> bool:
    """Tell whether a sentence says who hosts or carries out an event."""
    labels = {party.label for party in reading.parties}
    if any("主办" in label for label in labels):
        return True
    before = max(0, reading.span.begin - _NAMED)
    return UNDERTAKES in labels and bool(_EVENT.search(text, before, reading.span.begin))


def _help(labels: Sequence[str]) -> bool:
    """Tell whether labels are all such as events have: 主办单位, 承办单位, 协办单位; none speaks of a task."""
    return all(HOST.match(label) or label.startswith(("协办", "支持", "参", "指导")) for label in labels)
