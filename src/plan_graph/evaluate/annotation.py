"""What is compared: the tasks of one document as a reader, or a build, has them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Party:
    """One name in one role; ``label`` is the word that gives the role, as written."""

    name: str
    role: str
    label: str = ""
    inherited: bool = False
    participant: str | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A quantified target: ``of`` is what is counted."""

    value: Decimal
    unit: str
    of: str
    comparator: str = "="
    baseline: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A task: where it begins (its number's first character), what stands in it.

    ``None`` says that this was not annotated, so that it is not scored; an empty tuple that there is none.
    ``end`` is where the task ends, or ``None`` where only the next task's begin says so. ``task``,
    ``theme``, ``first``, ``last``, ``organisations``, the dates in ``by`` and the ``relations`` of
    citations are further facts a gold may have; they are not scored against a build.
    """

    number: str
    begin: int
    end: int | None = None
    clauses: tuple[tuple[int, int], ...] = ()
    parties: tuple[Party, ...] | None = None
    deadlines: tuple[str, ...] | None = None
    citations: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    targets: tuple[Goal, ...] | None = None
    task: str = ""
    theme: str | None = None
    first: str | None = None
    last: str | None = None
    organisations: tuple[str, ...] | None = None
    by: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """One document: what names it, and its tasks in the order of the text.

    ``hashes`` are the SHA-256 of the text or of the file it came from; ``text`` is known of a build only.
    """

    id: str
    number: str
    title: str
    hashes: frozenset[str]
    items: tuple[Item, ...]
    readers: tuple[str, ...] = ()
    convention: str = ""
    text: str | None = None


def plain(words: str) -> str:
    """Give words without white space, so that line ends of a PDF or a page make no difference.

    >>> plain("2025 年\\n底")
    '2025年底'
    """
    return "".join(words.split())


def plain_number(written: str) -> str:
    """Give a number or 文号 as it is compared: full-width forms folded, no white space, one kind of bracket.

    >>> plain_number("国办发〔2０1６〕121 号") == plain_number("国办发[2016]121号")
    True
    """
    folded = plain(unicodedata.normalize("NFKC", written))
    return folded.translate(str.maketrans("〔〕﹝﹞", "[][]"))


def wording(text: str, begin: int, number: str) -> int:
    """Give where the wording of a task begins: after white space, its number, and white space again.

    >>> wording("　　（一）\\u3000加快", 0, "（一）")
    6
    """
    at = _skip(text, begin)
    return _skip(text, at + len(number)) if number and text.startswith(number, at) else at


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
