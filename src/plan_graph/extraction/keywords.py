"""Words that set a task or a theme apart, ranked by how often they stand here and how seldom elsewhere."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence


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
