"""Lines → paragraphs: which line goes on in the next is seen from the margins, the indent and the numbering."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from plan_graph.reading.pdf_lines import Line, join
from plan_graph.reading.pdf_process import Page

_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,5}[章节条款部编篇]|[一二三四五六七八九十百]{1,4}[、．.]"
    r"|[（(][一二三四五六七八九十百\d]{1,4}[）)]|\d{1,3}\s?(?:[、．]|\.(?!\d)|[）)])|[①-⑳㈠-㈩⑴-⑽]|附件?[\d:：]"
)
_ENDED = tuple("。：；！？）〕】.:;!?)")
_HANGING = re.compile(r"附件|" + _NUMBERED.pattern)
_CLOSERS = "，。、；：！？）〕》】”’％%"
_OPEN, _CLOSE = "（(〔［【", "）)〕］】"
_BRACKETED = 8  # lines: names in brackets run no longer
_TITLE = 1.12  # times the size of the text


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a page begin and end, in points; ``size`` is of the text, ``indented`` of first lines."""

    left: float
    right: float
    size: float
    indented: bool

    def title(self, line: Line) -> bool:
        """Tell whether a line is one of a title: larger than the text, and in the middle."""
        return line.size > _TITLE * self.size and self.centred(line)

    def centred(self, line: Line) -> bool:
        """Tell whether a line stands in the middle, away from both margins."""
        aside = 0.3 * line.size
        off = (line.x0 + line.x1 - self.left - self.right) / 2
        if line.x0 < self.left + aside or line.x1 > self.right - aside or abs(off) > 0.7 * line.size:
            return False
        return line.size > _TITLE * self.size or line.x0 > self.left + 2.8 * line.size


def margins(pages: Sequence[Page], found: Mapping[int, Sequence[Line]]) -> dict[int, Margins]:
    """Measure the margins of each page, from all pages of its width that are even, or odd, as it is."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for page in pages:
        groups[round(page.width), page.number % 2].append(page.number)
    sizes = Counter[float]()
    for lines in found.values():
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 1.0
    made: dict[int, Margins] = {}
    for (width, _), numbers in groups.items():
        text = [line for number in numbers for line in found.get(number, ()) if abs(line.size - size) < 0.2 * size]
        left = _margin([line.x0 for line in text], size)
        right = -_margin([-line.x1 for line in text], size)
        if right - left < 0.5 * width:  # a list of short lines: take the margins to be equal
            right = max(right, width - left)
        first = sum(1 for line in text if 1.2 * size < line.x0 - left < 2.8 * size)
        flush = sum(1 for line in text if line.x0 - left < 0.7 * size)
        for number in numbers:
            made[number] = Margins(left, right, size, first > 0.08 * (first + flush))
    return made


def _margin(ends: Sequence[float], size: float) -> float:
    """Give the outermost place where several lines begin: one alone may hang out."""
    needed = max(2, round(0.03 * len(ends))) if len(ends) > 5 else 1
    ordered = sorted(ends)
    for at in range(len(ordered)):
        near = [end for end in ordered[at:] if end - ordered[at] < 0.5 * size]
        if len(near) >= needed:
            return median(near)
    return ordered[0] if ordered else 0.0


def paragraphs(lines: Iterable[Line], measured: Mapping[int, Margins]) -> list[list[Line]]:
    """Put the lines of a paragraph together, also over page breaks."""
    found: list[list[Line]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, measured[found[-1][-1].page], measured[line.page]):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def pieces(paragraph: Sequence[Line]) -> list[tuple[str, str]]:
    """Give the text of a paragraph, each line with its page."""
    texts = join([line.text for line in paragraph])
    return [(text, f"page={line.page}") for text, line in zip(texts, paragraph, strict=True)]


def _goes_on(paragraph: Sequence[Line], line: Line, above: Margins, here: Margins) -> bool:  # noqa: PLR0911
    last = paragraph[-1]
    if abs(last.size - line.size) > 0.1 * max(last.size, line.size):
        return False
    below = line.y - last.y if line.page == last.page else 0.0
    if above.title(last) or here.title(line):
        near = line.page == last.page and below < 2.2 * line.size
        return near and above.title(last) and here.title(line) and not _NUMBERED.match(line.text)
    if above.centred(last) or here.centred(line):
        return False
    room = above.right - last.x1 > _unbroken(line) + 0.6 * line.size  # what follows would still have had room
    if room and (_NUMBERED.match(line.text) or not _in_brackets(paragraph)):
        return False
    if len(paragraph) > 1 and last.page == paragraph[-2].page and below > 1.5 * (last.y - paragraph[-2].y):
        return False
    ended = last.text.endswith(_ENDED)
    indent = line.x0 - here.left
    if indent <= 0.7 * line.size:
        if ended and _NUMBERED.match(line.text):
            return False
        return here.indented or not (ended and below > 2.2 * line.size)
    if _NUMBERED.match(line.text) or not _HANGING.match(paragraph[0].text):
        return False
    hanging = line.x0 - here.left > 2.8 * line.size or not here.indented
    return hanging and indent < 9 * line.size and not last.text.endswith(tuple("。！？"))


def _in_brackets(paragraph: Sequence[Line]) -> bool:
    """Tell whether a paragraph stops within brackets: set ragged, it goes on though its last line is short."""
    depth = 0
    for char in reversed("".join(line.text for line in paragraph[-_BRACKETED:])):
        depth += (char in _CLOSE) - (char in _OPEN)
        if depth < 0:
            return True
    return False


def _unbroken(line: Line) -> float:
    """Give the width of what cannot be parted at the begin of a line: a word, or a character and what closes it."""
    word = re.match(r"[A-Za-z0-9.,%/+-]+", line.text)
    count = 0.5 * len(word[0]) if word else 1.0
    rest = line.text[len(word[0]) if word else 1 :]
    return (count + len(rest) - len(rest.lstrip(_CLOSERS))) * line.size
