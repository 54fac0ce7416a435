"""Words that set a task or a theme apart, cut by jieba with the register's names as its user dictionary."""

from __future__ import annotations

import math
import re
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from plan_graph.authority.register import Register

_WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z]{2,}")


def tokenizer(register: Register) -> Any:
    """Give a jieba tokenizer of our own that knows the register's names and abbreviations.

    jieba keeps its parsed dictionary in a file of the shared temporary folder; ours goes to a folder of
    this user's, so that another user's file is never read.
    """
    with warnings.catch_warnings():  # its sources hold escapes and an import that newer Pythons warn of
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(60)
    words = jieba.Tokenizer()
    cache = Path(tempfile.gettempdir()) / f"plan-graph-{_user()}"
    cache.mkdir(mode=0o700, exist_ok=True)
    words.tmp_dir = str(cache)
    words.initialize()
    for name in sorted({*register.by_name, *register.themes_by_label, *register.terms}):
        words.add_word(name)
    for place in register.places.values():
        for name in (place.name, place.short):
            if len(name) > 1:
                words.add_word(name)
    for written in register.abbreviations:
        words.add_word(written)
    return words


def _user() -> str:
    import os

    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def cut(words: Any, text: str, stop: frozenset[str]) -> list[str]:
    """Cut a text into words of two characters or more that are not on the stop list."""
    return [w for w in words.cut(text, HMM=False) if w not in stop and _WORD.fullmatch(w)]


def keywords(texts: Sequence[Sequence[str]], count: int) -> list[tuple[str, ...]]:
    """Rank the words of each text by term frequency × log inverse document frequency (Spärck Jones 1972).

    At most ``count`` words a text; equal weights in the order of first occurrence. A word that stands in
    every text weighs nothing and is left out.
    """
    frequency = Counter(word for text in texts for word in set(text))
    return [rank(Counter(text), frequency, len(texts), count) for text in texts]


def rank(terms: Counter[str], frequency: Counter[str], texts: int, count: int) -> tuple[str, ...]:
    """Rank the words of one text: ``terms`` counts them in order of first occurrence, ``frequency`` the texts of each.

    See :func:`keywords`, which does it for texts that are all at hand.
    """
    weight = {w: n * math.log(texts / frequency[w]) for w, n in terms.items()}
    return tuple(sorted((w for w in weight if weight[w] > 0), key=lambda w: -weight[w])[:count])


def pooled(texts: Iterable[tuple[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Join the words of texts that share a key, keys in order of first occurrence."""
    joined: dict[str, list[str]] = {}
    for key, words in texts:
        joined.setdefault(key, []).extend(words)
    return joined
