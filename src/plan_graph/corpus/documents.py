"""Policy documents that several plans name: which of their records mean one document.

Two records are one document if they state one number (文号); or if they bear one title of ten characters or more and
do not state two numbers. A shorter title (《实施方案》) is borne by many.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

Record = tuple[str, str, str]  # IRI, title, number
SHORTEST = 10
_ROUND = str.maketrans("〔〕[]", "()()")  # 国发〔2018〕42号 and 国发（2018）42号 are one
_MARKS = re.compile(r"[\s《》〈〉“”\"'‘’「」]")


class Documents:
    """Records of documents, as each plan has them; grows with the records."""

    def __init__(self) -> None:
        self._records: dict[str, tuple[str, str]] = {}

    def add(self, records: Iterable[Record]) -> None:
        """Take the records of one plan."""
        for iri, title, number in records:
            known = self._records.get(iri, ("", ""))
            self._records[iri] = (known[0] or _plain(title), known[1] or _plain(number))

    def same(self) -> list[tuple[str, str]]:
        """Give pairs of IRIs, each record and the one that stands for its document, sorted.

        A plan's own record stands for the document, else one of the register, else the first by its IRI.
        """
        by_number: dict[str, list[str]] = {}
        by_title: dict[str, list[str]] = {}
        for iri, (title, number) in self._records.items():
            if number:
                by_number.setdefault(number, []).append(iri)
            if len(title) >= SHORTEST:
                by_title.setdefault(title, []).append(iri)
        group = {iri: iri for iri in self._records}

        def join(iris: list[str]) -> None:
            roots = {_root(group, iri) for iri in iris}
            for root in roots:
                group[root] = min(roots)

        for iris in by_number.values():
            join(iris)
        for iris in by_title.values():
            numbers = {number for iri in iris if (number := self._records[iri][1])}
            if len(numbers) <= 1:
                join(iris)
        members: dict[str, list[str]] = {}
        for iri in self._records:
            members.setdefault(_root(group, iri), []).append(iri)
        pairs = []
        for iris in members.values():
            chief = min(iris, key=lambda iri: ("/cited-" in iri, iri))
            pairs += [(iri, chief) for iri in iris if iri != chief]
        return sorted(pairs)


def _root(group: dict[str, str], iri: str) -> str:
    while group[iri] != iri:
        iri = group[iri]
    return iri


def _plain(words: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", words).translate(_ROUND)).removeprefix("关于")
