"""The index of the search of a site: texts and names with their words, and what tasks can be chosen by.

A browser cannot cut Chinese into words, so that is done here, by jieba with the names of the registers, as for the
service. The script (static/site-search.js) reads a question by the longest words of this index that it holds.

The index is one script that sets one value, for a page opened from a folder may load scripts and no other files:

- ``kinds``: the kinds of entries, each with its name in Chinese and English
- ``fields``: what a text of an entry is, likewise
- ``entries``: [number of the kind, path of the page without its ending, name, text, text, …], where a text begins with
  the number of its field and a blank
- ``lengths``: how many terms each entry has
- ``words`` and ``holding``: all terms, between blanks; for each, between semicolons, the entries that have it: rising
  numbers, each as the difference to the one before it less one
- ``keys``: [filter, value, Chinese, English], what tasks are chosen by
- ``tasks``: for each entry that is a task, by its number: [numbers of its keys], {number of a body's key: its roles}
- ``same``: characters that are written for another, each before the one it is read as
- ``stop``: characters that are left out beside words
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from plan_graph.publish.layout import stem
from plan_graph.reports.sections import ROLES
from plan_graph.web.pages.facts import Facts
from plan_graph.web.pages.filters import FILTERS
from plan_graph.web.search.folding import fold, prepare
from plan_graph.web.search.index import FIELDS
from plan_graph.web.search.results import KINDS, LABELS
from plan_graph.web.site import Site

FILE = "static/search-index.js"
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000))


def index(site: Site) -> bytes:
    """Give the index of a graph as a script."""
    found = site.index
    kinds = list(KINDS)
    words = found.postings
    made = {
        "kinds": [[kind, *KINDS[kind]] for kind in kinds],
        "fields": [[field, *LABELS[field]] for field in FIELDS],
        "entries": [
            [
                kinds.index(entry.kind),
                stem(site.local(entry.iri) or ""),
                entry.name,
                *(f"{FIELDS.index(field)} {text}" for field, text in entry.texts),
            ]
            for entry in found.entries
        ],
        "lengths": list(found.lengths),
        "words": " ".join(words),
        "holding": ";".join(_steps(holding) for holding in words.values()),
        **_choices(site, [entry.iri for entry in found.entries]),
        "same": "".join(_same({character for entry in found.entries for _, text in entry.texts for character in text})),
        "stop": "".join(sorted(word for word in site.register.stop_words if len(word) == 1)),
    }
    return f"globalThis.planGraph = {json.dumps(made, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _steps(rising: Iterable[int]) -> str:
    made, before = [], -1
    for number in rising:
        made.append(str(number - before - 1))
        before = number
    return ",".join(made)


def _choices(site: Site, iris: list[str]) -> dict[str, Any]:
    facts: Facts = site.facts
    numbers: dict[tuple[str, str], int] = {}
    tasks: dict[int, Any] = {}
    places = {iri: at for at, iri in enumerate(iris)}
    for task in facts.tasks:
        keys = [numbers.setdefault(key, len(numbers)) for key in dict.fromkeys(site.choices.values(task))]
        roles: dict[int, list[str]] = {}
        for party in task.parties:
            key = numbers["collective" if party.collective else "body", party.body]
            if party.role.value not in roles.setdefault(key, []):
                roles[key].append(party.role.value)
        tasks[places[task.iri]] = [keys, {key: " ".join(of) for key, of in roles.items()}]
    labels = site.choices.label
    return {
        "filters": {name: list(words) for name, words in _filters()},
        "roles": {role.value: [words.of("zh"), words.of("en")] for role, words in ROLES.items()},
        "keys": [[name, key, labels(name, key, "zh"), labels(name, key, "en")] for name, key in numbers],
        "tasks": tasks,
    }


def _filters() -> Iterator[tuple[str, tuple[str, str]]]:
    for name, words in FILTERS.items():
        yield name, (words.of("zh"), words.of("en"))


def _same(used: set[str]) -> Iterator[str]:
    """Give pairs of a character that nobody wrote here and the one of the texts that it is read as."""
    folded = set(fold("".join(used)))
    for begin, end in _HAN:
        characters = "".join(map(chr, range(begin, end)))
        prepare(characters)
        for written, read in zip(characters, fold(characters), strict=True):
            if written != read and read in folded:
                yield written + read
