"""Which document of a build a gold is about, and which task of the build is which of the gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from plan_graph.evaluate.annotation import Annotation, Item, plain_number, wording

Pair = tuple[Item | None, Item | None]  # gold, build
WAYS = ("sha256", "number", "id", "title")  # of finding a document, the surest first


@dataclass(frozen=True, slots=True)
class Match:
    """A gold beside the document of the build it is about; ``by`` says how it was found.

    ``same_text`` tells whether offsets of the one count in the other. ``pairs`` has every task of both once,
    in the order of the gold, then those the gold does not have.
    """

    gold: Annotation
    build: Annotation
    by: str
    same_text: bool
    pairs: tuple[Pair, ...]


def find_document(gold: Annotation, builds: Sequence[Annotation]) -> tuple[Annotation, str] | None:
    """Give the document of a build that a gold is about: by hash of text or file, 文号, id, or title."""
    for one in builds:
        if gold.hashes & one.hashes:
            return one, "sha256"
    number = plain_number(gold.number)
    numbered = [one for one in builds if number and plain_number(one.number) == number]
    if len(numbered) == 1:
        return numbered[0], "number"
    for one in numbered or builds:
        if one.id == gold.id:
            return one, "id"
    for one in numbered or builds:
        if gold.title and plain_number(one.title) == plain_number(gold.title):
            return one, "title"
    return None


def match(gold: Annotation, build: Annotation, by: str = "sha256") -> Match:
    """Match the tasks of two annotations of one document.

    In the same text two tasks are one if their wording begins at the same character, be the indent or the number
    counted or not; those left over are matched by greatest overlap, the greatest first. In another text of the
    document (a page instead of a text file, say) offsets mean nothing: tasks are aligned in order by their numbers.
    """
    same = by == "sha256"
    found = _by_place(gold.items, build.items, build.text or "") if same else _by_order(gold.items, build.items)
    back = set(found.values())
    pairs: list[Pair] = [(item, build.items[found[at]] if at in found else None) for at, item in enumerate(gold.items)]
    pairs += [(None, item) for at, item in enumerate(build.items) if at not in back]
    return Match(gold, build, by, same, tuple(pairs))


def _by_place(gold: Sequence[Item], build: Sequence[Item], text: str) -> dict[int, int]:
    starts = {wording(text, item.begin, item.number): at for at, item in enumerate(build)}
    found: dict[int, int] = {}
    for at, item in enumerate(gold):
        other = starts.get(wording(text, item.begin, item.number))
        if other is not None:
            found[at] = other
    ends = (end for item in (*gold, *build) for end in (item.begin + 1, *(end for _, end in item.clauses)))
    length = max((len(text), *ends))  # of two readings the text is not at hand
    wide, narrow = _ranged(gold, length), _ranged(build, length)
    taken = set(found.values())
    overlaps = sorted(
        (-shared, a, b)
        for a, one in enumerate(wide)
        if a not in found
        for b, other in enumerate(narrow)
        if b not in taken and (shared := min(one[1], other[1]) - max(one[0], other[0])) > 0
    )
    for _, a, b in overlaps:
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)
    return found


def _ranged(items: Sequence[Item], length: int) -> list[tuple[int, int]]:
    """Give the range of each task; one without an end ends where the next begins."""
    nexts = (*(item.begin for item in items[1:]), length)
    return [(item.begin, until if item.end is None else item.end) for item, until in zip(items, nexts, strict=False)]


def _by_order(gold: Sequence[Item], build: Sequence[Item]) -> dict[int, int]:
    left, right = ([plain_number(item.number) for item in items] for items in (gold, build))
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return {block.a + k: block.b + k for block in blocks for k in range(block.size)}


def as_reading(one: Annotation, other: Annotation) -> Match:
    """Match two readers' annotations of one text, the first in the place of the gold."""
    return match(one, other, "sha256")
