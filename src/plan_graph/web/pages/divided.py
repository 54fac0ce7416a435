"""Where a long text is divided, so that a page is soon there: at its headings, the highest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONG = 7_000  # characters of a part: with all that is marked in them a page of about 80 KB


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where it begins, how deep it is (any number, a higher one is deeper), its words."""

    begin: int
    depth: int
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a text that begin from ``begin`` to before ``end``, and the headings they are known by."""

    begin: int
    end: int
    title: str


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands from one cut to the next: the titles of the headings it is under, the highest first."""

    begin: int
    end: int
    path: tuple[str, ...] = ()


def divided(text: str, headings: Iterable[Heading]) -> list[Part]:
    """Divide a text into parts of at most ``LONG`` characters, in order and without gaps.

    A part is one section or several that follow each other, never the end of one and the beginning of the next higher
    one. A section that is longer is divided at the headings within it, one without any between its lines; a line is
    never divided, so that one longer line is a longer part. The end of the last part is beyond the text's.

    >>> [(part.begin, part.title) for part in divided("一、甲" + "文" * 6000 + chr(10) + "二、乙" + "文" * 6000,
    ...     [Heading(2, 1, "甲"), Heading(6006, 1, "乙")])]
    [(0, '甲'), (6004, '乙')]
    """
    ordered = sorted(headings, key=lambda one: one.begin)
    groups: list[list[_Section]] = []
    for one in _cut(text, _Section(0, len(text) + 1), ordered):
        if groups and one.end - groups[-1][0].begin <= LONG and len(one.path) >= len(groups[-1][-1].path):
            groups[-1].append(one)
        else:
            groups.append([one])
    return [Part(group[0].begin, group[-1].end, _title(group)) for group in groups]


def _cut(text: str, section: _Section, headings: Sequence[Heading]) -> list[_Section]:
    """Cut a section until no piece is too long."""
    if section.end - section.begin <= LONG + 1 and section.path:
        return [section]
    within = [one for one in headings if section.begin < one.begin < section.end]
    if not within:
        return _between_lines(text, section)
    highest = min(one.depth for one in within)
    cuts = [_Section(section.begin, section.end, section.path)]
    for one in within:
        begin = text.rfind("\n", 0, one.begin) + 1
        if one.depth == highest and begin > cuts[-1].begin:
            cuts[-1] = _Section(cuts[-1].begin, begin, cuts[-1].path)
            cuts.append(_Section(begin, section.end, (*section.path, one.title)))
        elif one.depth == highest:  # the text begins with it
            cuts[-1] = _Section(begin, section.end, (*section.path, one.title))
    return [piece for one in cuts for piece in _cut(text, one, [h for h in within if h.depth > highest])]


def _between_lines(text: str, section: _Section) -> list[_Section]:
    made = [section]
    line = section.begin
    while (after := text.find("\n", line, section.end) + 1) and after < section.end:
        following = text.find("\n", after, section.end)
        last = made[-1]
        if (section.end if following < 0 else following + 1) - last.begin > LONG:
            made[-1:] = [_Section(last.begin, after, section.path), _Section(after, section.end, section.path)]
        line = after
    return made


def _title(group: Sequence[_Section]) -> str:
    """Name a part by its first section and the last, leaving out those that only lead to the next."""
    named = [
        one
        for one, following in zip(group, [*group[1:], None], strict=True)
        if following is None or following.path[: len(one.path)] != one.path or following.path == one.path
    ]
    first, last = named[0].path, named[-1].path
    title = " · ".join(first)
    return f"{title} – {last[-1]}" if last and last != first else title
