"""What stands on every page of a text: numbers of pages, running heads and feet, what a browser prints around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

PAGE = re.compile(r"\s*(?:[-—－–―]+\s*\d{1,4}\s*[-—－–―]+|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?)\s*")
_BARE_PAGE = re.compile(r"\s*\d{1,4}\s*(?:/\s*\d{1,4}\s*)?")
# what a browser prints around each page: when and what above, where from and which page of how many below
_PRINTED = re.compile(
    r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?[,，]?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s.*)?"
    r"|(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?"
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2  # lines beside a page break among which heads and feet are looked for
_OFTEN = 3  # pages on which one stands, at least, and on more than half of all
INLINE_PAGE = re.compile(r"[—―–－-]{1,2} ?(\d{1,3}) ?[—―–－-]{1,2}")  # where lines were joined: 人力资— 2 —源局
_FEWEST_PAGES = 2


def inline_pages(text: str) -> bool:
    """Tell whether page numbers stand inside the lines: each between dashes, each one more than the last."""
    if not INLINE_PAGE.search(text):
        return False
    numbers = [int(hit[1]) for line in text.split("\n") if not is_page(line) for hit in INLINE_PAGE.finditer(line)]
    counted = all(after == before + 1 for before, after in pairwise(numbers))
    return len(numbers) >= _FEWEST_PAGES and counted


def heads_and_feet(lines: Sequence[str]) -> frozenset[int]:
    """Give the lines that a program puts on every page: what stands beside page breaks and is alike on most."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    printed = {at for at in filled if _PRINTED.fullmatch(lines[at].strip())}
    numbers = {at for at in filled if PAGE.fullmatch(lines[at])}
    bare = {at for at in filled if _BARE_PAGE.fullmatch(lines[at])}
    order = [at for at in filled if at not in printed and at not in numbers and at not in bare]
    breaks = sorted(
        {bisect_left(order, at) for at in filled if at in printed or at in numbers or lines[at].startswith("\f")}
    )
    if len(breaks) < _OFTEN:
        return frozenset(printed) if len(printed) > 1 else frozenset()
    found: dict[str, set[int]] = {}
    for place in breaks:
        for at in order[max(0, place - _EDGE) : place + _EDGE]:
            found.setdefault(" ".join(_DIGITS.sub("#", lines[at]).split()), set()).add(at)
    most = (ats for ats in found.values() if len(ats) >= _OFTEN and 2 * len(ats) > len(breaks))
    return frozenset(printed.union(*most))


def is_page(line: str) -> bool:
    """Tell whether a line is the number of a page and no more."""
    return bool(PAGE.fullmatch(line) or _BARE_PAGE.fullmatch(line))
