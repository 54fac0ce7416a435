"""A list of names in a clause → one name each, shared beginnings and endings written out.

``、`` is the list comma; ``，`` marks a change of level and ends a name too. Brackets keep what they hold
together. A name that only makes sense with its neighbour's ending (``沈阳、大连市人民政府``) gets it; a
string that holds a body and a collective (``省商务厅等省（中）直有关单位``) gives both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_graph.model import Span

# The last characters of a name that can stand alone; what has none of them waits for its neighbour's.
_ENDINGS = "府厅局委办部院署会行司团关社处室心站队学校所厂企位门员组区市县省州盟旗直府场台馆网库港段系统构者军"
_SHARED = re.compile(
    r"(?P<own>(?!各|有关|相关|其他|全|国|省|市|县|区)[^\s、，]{1,8}?)"
    r"(?P<level>市|县|区|州|盟|旗|新区|经开区|开发区|高新区)?(?P<office>人民政府|政府办|政府|管委会|党委|委)"
)
_LEVELS = "市县区州盟旗"
# 各市、县（区）人民政府 is one name: the 、 in it is no list comma
_EACH = re.compile(f"各[{_LEVELS}]+\x00*(?:、[{_LEVELS}]+\x00*)+(?=(?:人民政府|政府|管委会|党委)?(?:[、，,等]|$))")
_COLLECTIVE = re.compile(
    r"(?:以及|及|和|与)?(?:有关|相关|各|其他|省（中）直|中省直|成员|组成).*(?:单位|部门|政府|机构|企业|地区|银行)"
)
_LOOSELY = re.compile(r".*(?:单位|部门|各地区)")
_NO_NAME = re.compile(r"(?:[\d一二三四五六七八九十]+[个家])?(?:部门|单位)")  # 等5个部门: closes the list, names nobody
_AND_EACH = re.compile(r"(?:以及|及|和|与)(?=各)")


@dataclass(frozen=True, slots=True)
class Name:
    """One name written out; ``open`` if 等 left the list unfinished after it."""

    name: str
    span: Span
    open: bool = False


def split_names(text: str, span: Span, mask: str) -> list[Name]:
    """Split a list of names. ``mask`` is ``span`` of the text with nested brackets blanked out.

    >>> t = "沈阳、大连市人民政府，省商务厅等省直有关单位"
    >>> [n.name for n in split_names(t, Span(0, len(t)), t)]
    ['沈阳市人民政府', '大连市人民政府', '省商务厅', '省直有关单位']
    """
    pieces: list[tuple[Span, bool]] = []  # span, and whether 、 joins it to the next
    begin = 0
    kept = {at for each in _EACH.finditer(mask) for at in range(*each.span())}
    for at, char in enumerate(mask + "，"):
        if char in "、，," and at not in kept:
            piece = mask[begin:at]
            lead = len(piece) - len(piece.lstrip(" \u3000\n"))
            piece = piece.strip(" \u3000\n")
            if piece:
                start = span.begin + begin + lead
                pieces.append((Span(start, start + len(piece)), char == "、"))
            begin = at + 1
    names: list[Name] = []
    for index, (piece_span, _) in enumerate(pieces):
        written = piece_span.of(text)
        masked = mask[piece_span.begin - span.begin : piece_span.end - span.begin]
        shared = _borrow(text, pieces, index)
        if shared:
            names.append(Name(written + shared[0], Span(piece_span.begin, shared[1])))
        else:
            names += _open(written, masked, piece_span)
    return names


def _borrow(text: str, pieces: list[tuple[Span, bool]], index: int) -> tuple[str, int] | None:
    """Give the ending a bare name shares with a later name of the same list, and where that name ends.

    甲、乙市政府 share 市政府; 甲区、乙区政府 share 政府; without a level (甲乙、丙丁委) the two must be of one length.
    """
    bare = pieces[index][0].of(text)
    level = bare[-1] if bare[-1] in _LEVELS else ""
    if bare.startswith(("各", "有关", "相关", "其他")) or (bare[-1] in _ENDINGS and not level):
        return None
    while index + 1 < len(pieces) and pieces[index][1]:
        index += 1
        later = pieces[index][0]
        if found := _SHARED.fullmatch(later.of(text)):
            own, above, office = found["own"], found["level"] or "", found["office"]
            if level:
                return (office, later.end) if above.endswith(level) else None
            return (above + office, later.end) if above or len(own) == len(bare) else None
        last = later.of(text)[-1]
        if last in _ENDINGS and last not in _LEVELS:
            return None
    return None


def _open(written: str, masked: str, span: Span) -> list[Name]:
    """Part a name from what 等 adds to it."""
    at = masked.find("等", 2)
    while at > 0:
        before, after = written[:at], written[at + 1 :]
        bare = not after or _NO_NAME.fullmatch(after)
        if bare or _COLLECTIVE.fullmatch(after) or (before[-1] in _ENDINGS and _LOOSELY.fullmatch(after)):
            names = [Name(before, Span(span.begin, span.begin + at), open=True)]
            begin = span.begin + at + 1
            for cut in [] if bare else [*_AND_EACH.finditer(after), None]:
                end = span.begin + at + 1 + cut.start() if cut else span.end
                if begin < end:
                    names.append(Name(written[begin - span.begin : end - span.begin], Span(begin, end)))
                begin = end + len(cut[0]) if cut else end
            return names
        at = masked.find("等", at + 1)
    return [Name(written, span)]
