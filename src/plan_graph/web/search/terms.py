"""The terms under which a text is found: its words, and the words within them.

A text is folded (``folding``) and cut by jieba, which knows the names of the registers. 省发展改革委 is one word; under
发展改革委, 发展 and 改革, which the dictionary has too, it is found as well, but 外交 is not found in 对外交流, for
there it is no word.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from plan_graph.authority.register import Register
from plan_graph.authority.words import tokenizer
from plan_graph.web.search.folding import fold

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[0-9a-z]+")
_PART = re.compile(r'"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』|([^\s"“”「」『』]+)')


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text must hold: each of ``words`` as one of its words, each of ``phrases`` letter by letter, all folded.

    ``parts`` are what was written between blanks; a text that holds them as they stand ranks before others.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    @property
    def ranking(self) -> tuple[str, ...]:
        """What is not asked of a text, but ranks it higher."""
        return tuple(part for part in self.parts if part not in self.words and part not in self.phrases)


class Terms:
    """Cuts texts and what is asked for in the same way."""

    def __init__(self, register: Register) -> None:
        self._jieba: Any = tokenizer(register)
        self._stop = register.stop_words
        self._inside: dict[str, tuple[str, ...]] = {}

    def cut(self, folded: str) -> list[str]:
        """Cut a folded text into words; marks and blanks are left out."""
        return [word for word in self._jieba.cut(folded, HMM=False) if word[0].isalnum()]

    def of(self, folded: str) -> Counter[str]:
        """Give the terms of a folded text and how often each stands there. O(text)."""
        found: Counter[str] = Counter()
        for word in self.cut(folded):
            inside = self._inside.get(word)
            if inside is None:
                inside = self._within(word)
                if len(self._inside) < _KEPT:
                    self._inside[word] = inside
            found.update(inside)
        return found

    def _within(self, word: str) -> tuple[str, ...]:
        """Give a word, and the words of two characters or more that are in it."""
        length = len(word) if HAN.match(word) else 0
        pieces = (
            word[begin:end]
            for begin in range(length - 1)
            for end in range(begin + 2, min(begin + _LONGEST, length) + 1)
            if end - begin < length
        )
        return (word, *(piece for piece in pieces if self._jieba.FREQ.get(piece)))

    def wanted(self, text: str) -> Wanted:
        """Read what somebody asks for.

        Between quotation marks ("…", “…”, 「…」) stands a phrase. All else is cut into words. A character that no
        dictionary joins to others is looked for together with the word after it, or else the one before it, as a
        phrase (徐大堡, 改革委); 的, 和 and other stop words beside words are left out. A quotation mark without its
        partner is a blank, as all marks are. What holds no letter, digit or character asks for nothing.
        """
        words: dict[str, None] = {}
        phrases: dict[str, None] = {}
        parts: dict[str, None] = {}
        for found in _PART.finditer(fold(text)):
            *quoted, plain = found.groups()
            phrase = next((one for one in quoted if one is not None), None)
            if phrase is not None:
                if _says(phrase):
                    phrases[phrase.strip()] = None
            elif _says(plain):
                parts[plain] = None
                self._read(plain, words, phrases)
        return Wanted(tuple(words), tuple(phrases), tuple(parts))

    def _read(self, part: str, words: dict[str, None], phrases: dict[str, None]) -> None:
        cut = [word for word in self._jieba.cut(part, HMM=False) if word]
        alone = sum(word[0].isalnum() for word in cut) == 1
        pieces: list[tuple[str, bool]] = []  # what stands in a text, and whether it is one word
        loose, beside = "", False  # characters not joined yet; whether they follow the last piece
        for word in [*cut, " "]:
            single = len(word) == 1 and not _LATIN.match(word)
            if not word[0].isalnum() or (single and word in self._stop and not alone):
                if loose and beside:
                    pieces[-1] = (pieces[-1][0] + loose, False)
                elif loose:
                    pieces.append((loose, False))
                loose, beside = "", False
            elif single:
                loose += word
            else:
                pieces.append((loose + word, not loose))
                loose, beside = "", True
        for piece, is_word in pieces:
            (words if is_word else phrases)[piece] = None


def as_it_stands(text: str) -> Wanted:
    """Read what somebody asks for as phrases only: each part between blanks, letter by letter."""
    found = (next(one for one in part.groups() if one is not None).strip() for part in _PART.finditer(fold(text)))
    return Wanted(phrases=tuple(dict.fromkeys(part for part in found if _says(part))))


def occurrences(folded: str, wanted: Wanted) -> list[tuple[int, int]]:
    """Give where words and phrases stand in a folded text: half-open, in order, not overlapping."""
    found: list[tuple[int, int]] = []
    for one in (*wanted.words, *wanted.phrases):
        pattern = re.escape(one)
        if one in wanted.words and _LATIN.fullmatch(one):
            pattern = rf"(?<![0-9a-z]){pattern}(?![0-9a-z])"
        found += [match.span() for match in re.finditer(pattern, folded)]
    made: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if made and begin <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((begin, end))
    return made


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)


_LONGEST = 12  # characters of a word within a word
_KEPT = 100_000  # words of which it is remembered what is within them
