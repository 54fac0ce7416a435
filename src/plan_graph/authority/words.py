"""Text cut into words by jieba, with the names of the registers as its user dictionary."""

from __future__ import annotations

import hashlib
import marshal
import math
import re
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from plan_graph.authority.register import Register
from plan_graph.scratch import keep, scratch

_KEPT = 4  # dictionaries of some 10 MB
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z]{2,}")
_PART = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+(?:\.[0-9]+)?%?")
_GAP = "…"
_NUMBER = re.compile(r"[0-9.]+%?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, half-open in code points.

    ``plain`` marks what says nothing of the object: stop words, single characters, numbers, and "|", which stands for
    marks; ``stop`` those of them that a phrase does not begin or end with. ``whole`` marks a word of what a
    synonym means (synonyms.csv) and does not say: its place is that of the whole synonym.
    """

    text: str
    begin: int
    end: int
    plain: bool
    stop: bool = False
    whole: bool = False


class Words:
    """Cuts text into words: :meth:`cut` for counting, :meth:`split` for comparing wording by wording."""

    def __init__(self, register: Register) -> None:
        self._jieba = tokenizer(register)
        self._stop = register.stop_words
        self._means = {written: name for written, name in register.synonyms.items() if _GAP not in written}
        self._longest = max(map(len, self._means), default=0)
        self._apart = [(_gapped(written), name) for written, name in register.synonyms.items() if _GAP in written]

    def cut(self, text: str) -> list[str]:
        """Give the words of two characters or more that are not on the stop list."""
        return cut(self._jieba, text, self._stop)

    def split(self, text: str) -> tuple[Word, ...]:
        """Give all words in order, with their places; marks and blanks as "|".

        Characters that no dictionary joins stand together as one word, for they are mostly names: 徐大堡. Synonyms are
        given as the words of what they mean, where words of the dictionary begin and end with them: 国企, but not in
        中国企业. O(text).
        """
        cut = list(self._jieba.tokenize(text, HMM=False))
        synonyms = self._synonyms(text, cut)
        found: list[Word] = []
        at = 0
        while at < len(cut):
            word, begin, end = cut[at]
            if begin in synonyms:
                end, means = synonyms[begin]
                found += [_placed(one, text, begin, end) for one in self.split(means)]
                while at < len(cut) and cut[at][1] < end:
                    at += 1
                continue
            at += 1
            if self._loose(word):
                while at < len(cut) and cut[at][1] not in synonyms and self._loose(cut[at][0]):
                    end = cut[at][2]
                    at += 1
                found.append(Word(text[begin:end], begin, end, end - begin == 1))
            elif _PART.fullmatch(word):
                found.append(self._made(word, begin, end))
            else:
                found.append(Word("|", begin, end, True, True))
        return tuple(found)

    def parts(self, word: Word, at: int) -> tuple[Word, Word]:
        """Cut a word in two after ``at`` characters; the parts of a synonym keep its place."""
        one, other = (self._made(text, word.begin, word.end, word.whole) for text in (word.text[:at], word.text[at:]))
        if word.whole:
            return one, other
        return replace(one, end=word.begin + at), replace(other, begin=word.begin + at)

    def bits(self, word: str) -> float:
        """Give how rare a word is in Chinese at large, in bits: -log2 of its share in jieba's dictionary.

        经济 10.3, 人才 12.8, 高速公路 14.3, 补贴 16.7, 电价 18.6; some 26 for what the dictionary does not have and for
        names and terms of the registers.
        """
        return math.log2(self._jieba.total / max(1, self._jieba.FREQ.get(word, 0)))

    def _synonyms(self, text: str, cut: list[tuple[str, int, int]]) -> dict[int, tuple[int, str]]:
        """Give where synonyms begin, with their end and meaning; of two that begin together the longer."""
        begins = {begin for _, begin, _ in cut}
        found: dict[int, tuple[int, str]] = {}
        for at, (_, begin, _) in enumerate(cut):
            for _, _, end in cut[at:]:
                if end - begin > self._longest:
                    break
                if means := self._means.get(text[begin:end]):
                    found[begin] = (end, means)
        for pattern, means in self._apart:
            for match in pattern.finditer(text):
                if match.start() in begins and match.end() in begins | {len(text)}:
                    found[match.start()] = (match.end(), means)
        return found

    def _made(self, text: str, begin: int, end: int, whole: bool = False) -> Word:
        return Word(text, begin, end, self._says_nothing(text), text in self._stop, whole)

    def _loose(self, word: str) -> bool:
        return len(word) == 1 and "\u4e00" <= word <= "\u9fff" and word not in self._stop

    def _says_nothing(self, word: str) -> bool:
        return len(word) == 1 or word in self._stop or _NUMBER.fullmatch(word) is not None


def _placed(word: Word, text: str, begin: int, end: int) -> Word:
    """Give a word of what a synonym means its own place in the synonym, or the whole where that does not hold it."""
    own = text.find(word.text, begin, end)
    if own < 0:
        return replace(word, begin=begin, end=end, whole=True)
    return replace(word, begin=own, end=own + len(word.text))


def _gapped(written: str) -> re.Pattern[str]:
    """Read 县…改市: up to four characters may stand between."""
    return re.compile("[\\u4e00-\\u9fff]{0,4}".join(map(re.escape, written.split(_GAP))))


def tokenizer(register: Register) -> Any:
    """Give a jieba tokenizer of our own that knows the register's names and abbreviations.

    To weigh some 12,000 names against jieba's dictionary takes longer than all else that a short command does, so the
    dictionary with them is kept in a folder of this user's (``scratch``), where no other user's file is ever read;
    jieba itself would keep its own in the shared temporary folder.
    """
    jieba = _jieba()
    jieba.setLogLevel(60)
    words = jieba.Tokenizer()
    words.tmp_dir = str(scratch())
    names = _names(register)
    kept = scratch() / f"words-{hashlib.sha256(chr(10).join([jieba.__version__, *names]).encode()).hexdigest()}"
    try:
        words.FREQ, words.total = marshal.loads(kept.read_bytes())
        words.initialized = True
    except (OSError, EOFError, ValueError, TypeError):  # there is none, or it is not whole
        words.initialize()
        for name in names:
            words.add_word(name)
        keep(kept, marshal.dumps((words.FREQ, words.total)))
        _prune(kept.parent)
    return words


def _jieba() -> Any:
    """Import jieba, without the module of setuptools that it opens its files by where that is there.

    It opens them by itself otherwise, and that module takes three times as long to import as all of jieba.
    """
    name = "pkg_resources"
    absent = name not in sys.modules
    if absent:
        sys.modules[name] = None  # type: ignore[assignment] # as the import system says that there is none
    try:
        with warnings.catch_warnings():  # its sources hold escapes that newer Pythons warn of
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if absent:
            del sys.modules[name]
    return jieba


def _names(register: Register) -> list[str]:
    """Give what jieba is told, in the order in which it is told: a later name is weighed with the earlier ones."""
    return [
        *sorted({*register.by_name, *register.themes_by_label, *register.terms}),
        *(name for place in register.places.values() for name in (place.name, place.short) if len(name) > 1),
        *register.abbreviations,
    ]


def _prune(folder: Path) -> None:
    """Leave no more than a few dictionaries, the newest."""
    with suppress(OSError):
        for old in sorted(folder.glob("words-*"), key=lambda one: one.stat().st_mtime)[:-_KEPT]:
            old.unlink()


def cut(words: Any, text: str, stop: frozenset[str]) -> list[str]:
    """Cut a text into words of two characters or more that are not on the stop list."""
    return [w for w in words.cut(text, HMM=False) if w not in stop and _WORD.fullmatch(w)]
