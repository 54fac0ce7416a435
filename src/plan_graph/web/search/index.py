"""The index: which resources hold what is asked for, best first (BM25).

An inverted index of Python arrays, made once before workers are forked and only read by them. It was measured beside
SQLite FTS5 in memory over the same terms (benchmarks in docs/how-to/search.md): questions of words take both a fraction
of a millisecond, but FTS5 has no exact substring in texts that are cut into words, its connection must not be used over
a fork, so that every worker would hold an index of its own, and its query language has to be kept away from what people
type. Here a phrase is looked for in the texts themselves, among those that hold all its characters.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plan_graph.web.search.folding import fold
from plan_graph.web.search.terms import HAN, Terms, Wanted

FIELDS = ("text", "clause", "number", "name", "written", "former")  # what texts are; the first says more
K1, B = 1.2, 0.75  # as Robertson and others recommend, and as Lucene has them


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource with all its texts, each with what it is: one of ``FIELDS``."""

    iri: str
    kind: str
    name: str
    texts: tuple[tuple[str, str], ...]


def entries(rows: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Read the answer of the named query ``search-texts``."""
    made: dict[str, tuple[str, str, dict[str, str]]] = {}
    for row in rows:
        _, _, texts = made.setdefault(row["resource"], (row["kind"], row["name"], {}))
        words, field = str(row["words"]), row["field"]
        texts[words] = min(texts.get(words, field), field, key=FIELDS.index)  # a name is a text once
    return tuple(
        Entry(iri, kind, name, tuple((field, words) for words, field in texts.items()))
        for iri, (kind, name, texts) in made.items()
    )


class Index:
    """Resources by the terms of their texts."""

    def __init__(self, found: Sequence[Entry], terms: Terms) -> None:
        self.entries = tuple(found)
        self.terms = terms
        self.numbers = {entry.iri: at for at, entry in enumerate(self.entries)}
        self._folded = tuple("\n".join(fold(words) for _, words in entry.texts) for entry in self.entries)
        self._lengths = array("I")
        self._words: dict[str, tuple[array[int], array[int]]] = {}
        self._characters: dict[str, array[int]] = {}
        for at, folded in enumerate(self._folded):
            found_terms = terms.of(folded)
            self._lengths.append(sum(found_terms.values()))
            for term, count in found_terms.items():
                where, counts = self._words.setdefault(term, (array("I"), array("I")))
                where.append(at)
                counts.append(count)
            for character in sorted(set(HAN.findall(folded))):
                self._characters.setdefault(character, array("I")).append(at)
        self._mean = sum(self._lengths) / max(1, len(self._lengths))

    @property
    def postings(self) -> dict[str, array[int]]:
        """The numbers of the entries that have each term, rising."""
        return {term: where for term, (where, _) in self._words.items()}

    @property
    def lengths(self) -> array[int]:
        """How many terms each entry has."""
        return self._lengths

    def hits(self, wanted: Wanted) -> dict[int, float]:
        """Give the numbers of the entries that hold all that is wanted, with their scores, best first."""
        if not wanted:
            return {}
        needed = [self._counts(term, wanted) for term in (*wanted.words, *wanted.phrases)]
        holding = set(needed[0]).intersection(*needed[1:])
        needed += [self._counts(part, wanted) for part in wanted.ranking]
        scores = {at: self._score([(len(one), one.get(at, 0)) for one in needed], self._lengths[at]) for at in holding}
        return dict(sorted(scores.items(), key=lambda one: (-one[1], one[0])))

    def _counts(self, term: str, wanted: Wanted) -> dict[int, int]:
        """Give the entries that hold a word, or a phrase, and how often.

        A phrase is looked for where all its Han characters are, in any order.
        """
        if term in wanted.words:
            return dict(zip(*self._words.get(term, ((), ())), strict=True))
        among = [self._characters.get(character, ()) for character in set(HAN.findall(term))]
        where = set(among[0]).intersection(*among[1:]) if among else range(len(self._folded))
        return {at: count for at in where if (count := self._folded[at].count(term))}

    def _score(self, found: Sequence[tuple[int, int]], length: int) -> float:
        """Weigh how many entries hold each term, and how often one text of so many terms does."""
        made = 0.0
        for having, count in found:
            rarity = math.log(1 + (len(self.entries) - having + 0.5) / (having + 0.5))
            made += rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * length / (self._mean or 1)))
        return made

    def score(self, text: str, wanted: Wanted) -> float:
        """Give the score of a text of its own: rarity and mean length are those of the index.

        It is 0 unless the text holds all that is wanted; else it is more than 0.
        """
        folded = fold(text)
        if not wanted or not all(one in folded for one in (*wanted.words, *wanted.phrases)):
            return 0.0
        terms = self.terms.of(folded)
        if not all(word in terms for word in wanted.words):
            return 0.0
        found = [(len(self._counts(word, wanted)), terms[word]) for word in wanted.words]
        found += [(len(self._counts(p, wanted)), folded.count(p)) for p in (*wanted.phrases, *wanted.ranking)]
        return self._score(found, sum(terms.values()))
