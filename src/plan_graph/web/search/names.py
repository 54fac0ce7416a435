"""Names completed while they are typed: any name of a resource, part of it, or its pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plan_graph.web.search.folding import fold
from plan_graph.web.search.index import Entry

_TYPED = re.compile(r"[a-z' ]+")
_KINDS = (
    "body",
    "collective",
    "place",
    "theme",
    "document",
    "plan",
    "name",
    "task",
)  # which comes first, all else alike


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A resource, and the name under which it was found; ``former`` if that is one of a body it came from."""

    entry: Entry
    name: str
    former: bool


@dataclass(frozen=True, slots=True)
class _Name:
    at: int
    name: str
    former: bool
    folded: str
    sounds: tuple[str, ...]
    pinyin: str
    initials: str


class Names:
    """All names of all resources, looked through one by one: some thousand take a few milliseconds."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        from pypinyin import lazy_pinyin  # its dictionaries take long to load, and only names need them

        self._entries = tuple(entries)
        self._names: list[_Name] = []
        for at, entry in enumerate(self._entries):
            for field, name in entry.texts:
                if field in ("text", "clause"):
                    continue
                sounds = tuple(sound.lower() for sound in lazy_pinyin(name, errors="ignore"))
                initials = "".join(sound[0] for sound in sounds)
                self._names.append(_Name(at, name, field == "former", fold(name), sounds, "".join(sounds), initials))

    def suggest(self, typed: str, limit: int = 10) -> list[Suggestion]:
        """Give the resources that a beginning, a part or the pinyin of a name stands for, best first.

        In this order: the name itself, a name that begins so, one whose initials in pinyin begin so (``czt``), whose
        pinyin begins so (``caizheng``), one that has it inside, one that has its pinyin or initials inside; then a
        name of its own before one of a body it came from, by kind, the shorter name first.
        """
        wanted = fold(typed).strip()
        if not wanted:
            return []
        sound = re.sub("[' ]", "", wanted) if _TYPED.fullmatch(wanted) else ""
        found: dict[int, tuple[tuple[int, bool, int, int, str], Suggestion]] = {}
        for one in self._names:
            rank = _rank(one, wanted, sound)
            if rank is not None:
                entry = self._entries[one.at]
                key = (rank, one.former, _KINDS.index(entry.kind), len(one.name), one.name)
                if one.at not in found or key < found[one.at][0]:
                    found[one.at] = (key, Suggestion(entry, one.name, one.former))
        best = sorted(found.items(), key=lambda item: (item[1][0], item[0]))[:limit]
        return [suggestion for _, (_, suggestion) in best]


def _rank(one: _Name, wanted: str, sound: str) -> int | None:
    inside = one.folded.find(wanted)
    if inside == 0:
        return 0 if one.folded == wanted else 1
    if sound and one.initials.startswith(sound):
        return 2
    if sound and one.pinyin.startswith(sound):
        return 3
    if inside > 0:
        return 4
    return 5 if len(sound) > 1 and _sounds_inside(one, sound) else None


def _sounds_inside(one: _Name, sound: str) -> bool:
    """Tell whether pinyin, or its initials, begin so with some character of a name: caizheng in 辽宁省财政厅."""
    if sound in one.initials:
        return True
    if sound not in one.pinyin:
        return False
    at = 0
    for syllable in one.sounds:
        if one.pinyin.startswith(sound, at):
            return True
        at += len(syllable)
    return False
