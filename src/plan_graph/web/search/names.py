"""Names completed while they are typed: any name of a resource, part of it, or its pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pypinyin import lazy_pinyin

from plan_graph.web.search.folding import fold
from plan_graph.web.search.index import Entry

_TYPED = re.compile(r"[a-z' ]+")
_KINDS = ("body", "collective", "place", "theme", "document", "plan", "name", "task")  # which comes first, all else alike


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A resource, and the name under which it was found."""

    entry: Entry
    name: str


@dataclass(frozen=True, slots=True)
class _Name:
    at: int
    name: str
    folded: str
    pinyin: str
    initials: str


class Names:
    """All names of all resources, looked through one by one: some thousand take a few milliseconds."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._names: list[_Name] = []
        for at, entry in enumerate(self._entries):
            for name in dict.fromkeys(words for field, words in entry.texts if field not in ("text", "clause")):
                sounds = [sound.lower() for sound in lazy_pinyin(name, errors="ignore")]
                self._names.append(_Name(at, name, fold(name), "".join(sounds), "".join(sound[0] for sound in sounds)))

    def suggest(self, typed: str, limit: int = 10) -> list[Suggestion]:
        """Give the resources that a beginning, a part or the pinyin of a name stands for, best first.

        In this order: the name itself, a name that begins so, one whose initials in pinyin begin so (``czt``), whose
        pinyin begins so (``caizheng``), a name that has it inside; then by kind, the shorter name first.
        """
        wanted = fold(typed).strip()
        if not wanted:
            return []
        sound = re.sub("[' ]", "", wanted) if _TYPED.fullmatch(wanted) else ""
        found: dict[int, tuple[tuple[int, int, int, str], str]] = {}
        for one in self._names:
            rank = _rank(one, wanted, sound)
            if rank is not None:
                key = (rank, _KINDS.index(self._entries[one.at].kind), len(one.name), one.name)
                if one.at not in found or key < found[one.at][0]:
                    found[one.at] = (key, one.name)
        best = sorted(found.items(), key=lambda item: (item[1][0], item[0]))[:limit]
        return [Suggestion(self._entries[at], name) for at, (_, name) in best]


def _rank(one: _Name, wanted: str, sound: str) -> int | None:
    inside = one.folded.find(wanted)
    if inside == 0:
        return 0 if one.folded == wanted else 1
    if sound and one.initials.startswith(sound):
        return 2
    if sound and one.pinyin.startswith(sound):
        return 3
    return 4 if inside > 0 else 5 if len(sound) > 1 and sound in one.initials else None
