"""Keywords of all tasks and themes, with memory for the vocabulary and not for the texts.

The words of each task wait in a file until every document has been counted; then they are ranked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from plan_graph.authority.register import Register
from plan_graph.authority.words import Words
from plan_graph.corpus.piece import Piece
from plan_graph.extraction.keywords import rank
from plan_graph.iri import Base

PER_TASK = 6
PER_THEME = 12


class Keywords:
    """Counts words document by document (:meth:`add`), then ranks them (:meth:`ranked`)."""

    def __init__(self, cutter: Words, register: Register, base: Base, file: Path) -> None:
        self._cutter = cutter
        self._base = base
        self._file = file
        self._common = {base.iri("theme", key=key).value for key in register.themes}
        self._tasks = 0
        self._in_tasks: Counter[str] = Counter()  # word → tasks it stands in
        self._themes = 0
        self._in_themes: Counter[str] = Counter()
        self._shared: dict[str, Counter[str]] = {}  # themes of the register: their words from all documents
        file.write_bytes(b"")

    def add(self, piece: Piece) -> None:
        """Count the words of a document's tasks."""
        tasks: list[tuple[str, str, list[str]]] = []
        own: dict[str, Counter[str]] = {}
        for row in piece.tables["tasks"]:
            words = self._cutter.cut(row["text"])
            theme = piece.themes.get(row["section"], "")
            tasks.append((row["task"], theme, words))
            self._tasks += 1
            self._in_tasks.update(set(words))
            if theme:
                kept = self._shared if theme in self._common else own
                kept.setdefault(theme, Counter()).update(words)
        self._count_themes(own)
        with self._file.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps([piece.id, tasks], ensure_ascii=False) + "\n")

    def _count_themes(self, themes: Mapping[str, Counter[str]]) -> None:
        self._themes += len(themes)
        for words in themes.values():
            self._in_themes.update(words.keys())

    def ranked(self) -> Iterator[tuple[str, dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]]:
        """Give for each document its id, the keywords of its tasks and those of its own themes; "" for common themes.

        To be called once, after all documents were added.
        """
        self._count_themes(self._shared)
        with self._file.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                document, tasks = json.loads(line)
                found: dict[str, tuple[str, ...]] = {}
                themes: dict[str, Counter[str]] = {}
                for task, theme, words in tasks:
                    found[task] = rank(Counter(words), self._in_tasks, self._tasks, PER_TASK)
                    if theme and theme not in self._common:
                        themes.setdefault(theme, Counter()).update(words)
                yield document, found, self._of_themes(themes)
        yield "", {}, self._of_themes(self._shared)

    def _of_themes(self, themes: Mapping[str, Counter[str]]) -> dict[str, tuple[str, ...]]:
        return {iri: rank(words, self._in_themes, self._themes, PER_THEME) for iri, words in themes.items()}
