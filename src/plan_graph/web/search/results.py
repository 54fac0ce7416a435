"""What a search found: kinds with counts, a page of hits with the passages that hold what was asked, or all as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plan_graph.errors import InputError
from plan_graph.graph.queries import Table
from plan_graph.web.search.folding import fold
from plan_graph.web.search.index import FIELDS, Entry, Index
from plan_graph.web.search.terms import Wanted, as_it_stands, occurrences

LONGEST = 1000  # characters that may be asked for
PAGE = 20
KINDS: Mapping[str, tuple[str, str]] = {
    "task": ("任务", "Tasks"),
    "body": ("机构", "Bodies"),
    "collective": ("集合称谓", "Collectives"),
    "place": ("地区", "Places"),
    "document": ("文件", "Documents"),
    "theme": ("主题", "Themes"),
    "plan": ("计划", "Plans"),
    "name": ("未确认名称", "Names left open"),
}
LABELS: Mapping[str, tuple[str, str]] = {
    "text": ("正文", "text"),
    "clause": ("责任分工", "clause"),
    "number": ("编号", "number"),
    "name": ("名称", "name"),
    "written": ("原文写法", "as written"),
    "former": ("前身", "formerly"),
}
_WINDOW = 140  # characters of a passage
_BEFORE = 30  # of them, before the first word found


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text: pieces in order, each with whether it is what was asked for."""

    field: str
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The passage as plain text."""
        return "".join(piece for piece, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Hit:
    """A resource that was found, with its score and the passages that say why."""

    entry: Entry
    score: float
    name: Passage
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search.

    ``mode`` says how it was found: by ``words``; as ``substring``, where words found nothing; ``nothing`` where
    nothing was found, or ``unasked`` where nothing was asked for. ``kinds`` counts hits of every kind, ``hits`` are
    the numbers of those of the chosen kind with their scores.
    """

    asked: str
    wanted: Wanted
    mode: str
    kinds: Mapping[str, int]
    kind: str
    hits: Sequence[tuple[int, float]]

    @property
    def total(self) -> int:
        """How many hits there are of the chosen kind, or of all."""
        return len(self.hits)

    @property
    def pages(self) -> int:
        """How many pages they take."""
        return max(1, -(-self.total // PAGE))


def search(index: Index, asked: str, kind: str = "") -> Found:
    """Search by words; where these find nothing, for the parts as they stand. A resource so named comes first.

    :raises InputError: for a kind that there is not, or a question that is too long.
    """
    if kind and kind not in KINDS:
        raise InputError(
            f"there is no kind {kind[:40]!r}; the kinds are {', '.join(KINDS)}",
            f"没有类型 {kind[:40]!r}；可用的有 {'、'.join(KINDS)}",
        )
    if len(asked) > LONGEST:
        raise InputError(
            f"a search takes {LONGEST:,} characters, this one has {len(asked):,}; ask for less",
            f"检索词最多 {LONGEST:,} 个字符，现有 {len(asked):,} 个；请缩短",
        )
    wanted = index.terms.wanted(asked)
    scores, mode = index.hits(wanted), "words"
    if not scores:
        wanted = as_it_stands(asked)
        scores = index.hits(wanted)
        mode = "substring" if scores else "nothing" if wanted else "unasked"
    called = fold(asked).strip(' "“”')
    best = sorted(scores.items(), key=lambda one: not _is_called(index.entries[one[0]], called))
    kinds = Counter(index.entries[at].kind for at, _ in best)
    chosen = [(at, score) for at, score in best if not kind or index.entries[at].kind == kind]
    return Found(asked, wanted, mode, {one: kinds[one] for one in KINDS if kinds[one]}, kind, chosen)


def _is_called(entry: Entry, called: str) -> bool:
    return any(field not in ("text", "clause") and fold(words) == called for field, words in entry.texts)


def page(index: Index, found: Found, number: int) -> list[Hit]:
    """Give the hits of a page, from 1; of a page that is none, nothing."""
    return [_hit(index.entries[at], score, found.wanted) for at, score in found.hits[(number - 1) * PAGE :][:PAGE]]


def _hit(entry: Entry, score: float, wanted: Wanted) -> Hit:
    """Say why an entry was found: the texts that hold the most of what was asked, two at most."""
    texts = [(field, words, occurrences(fold(words), wanted)) for field, words in entry.texts if words != entry.name]
    found = sorted((one for one in texts if one[2]), key=lambda one: (-_different(one[1], wanted), _ORDER[one[0]]))
    if entry.kind == "task":  # its text is what a reader wants to see, found or not
        found = found[:2] if any(one[0] == "text" for one in found[:2]) else [*_text_of(texts), *found[:1]]
    passages = tuple(_passage(*one) for one in sorted(found[:2], key=lambda one: _ORDER[one[0]]))
    return Hit(entry, score, _marked("name", entry.name, occurrences(fold(entry.name), wanted)), passages)


def _text_of(texts: Sequence[tuple[str, str, list[tuple[int, int]]]]) -> list[tuple[str, str, list[tuple[int, int]]]]:
    return [one for one in texts if one[0] == "text"][:1]


def _different(words: str, wanted: Wanted) -> int:
    folded = fold(words)
    return sum(one in folded for one in (*wanted.words, *wanted.phrases))


def _passage(field: str, words: str, places: list[tuple[int, int]]) -> Passage:
    """Cut a long text to where the most of what was asked stands together."""
    if len(words) <= _WINDOW:
        return _marked(field, words, places)
    starts = [max(0, min(begin - _BEFORE, len(words) - _WINDOW)) for begin, _ in places] or [0]
    begin = max(starts, key=lambda start: (sum(start <= b and e <= start + _WINDOW for b, e in places), -start))
    end = begin + _WINDOW
    inside = [(max(b, begin) - begin, min(e, end) - begin) for b, e in places if b < end and e > begin]
    made = _marked(field, words[begin:end], inside)
    before = (("…", False),) if begin else ()
    after = (("…", False),) if end < len(words) else ()
    return Passage(field, (*before, *made.pieces, *after))


def _marked(field: str, words: str, places: list[tuple[int, int]]) -> Passage:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for begin, end in [*places, (len(words), len(words))]:
        pieces += [(words[at:begin], False), (words[begin:end], True)]
        at = end
    return Passage(field, tuple(piece for piece in pieces if piece[0]))


def table(index: Index, found: Found) -> Table:
    """Give all hits as rows, for a download."""
    rows = []
    for at, score in found.hits:
        entry = index.entries[at]
        hit = _hit(entry, score, found.wanted)
        words = " … ".join(passage.text for passage in hit.passages)
        rows.append((entry.name, entry.kind, round(score, 4), words, entry.iri))
    return Table(("name", "kind", "score", "words", "resource"), tuple(rows))


def values(index: Index, found: Found, number: int, local: Any) -> dict[str, Any]:
    """Give a page of hits as plain values, for JSON; ``local`` gives the address here of an IRI."""
    return {
        "query": found.asked,
        "mode": found.mode,
        "words": found.wanted.words,
        "phrases": found.wanted.phrases,
        "kind": found.kind or None,
        "kinds": found.kinds,
        "total": found.total,
        "page": number,
        "pages": found.pages,
        "results": [
            {
                "iri": hit.entry.iri,
                "address": local(hit.entry.iri),
                "kind": hit.entry.kind,
                "name": hit.entry.name,
                "score": round(hit.score, 4),
                "passages": [{"field": p.field, "text": p.text, "marks": _marks(p)} for p in hit.passages],
            }
            for hit in page(index, found, number)
        ],
    }


def _marks(passage: Passage) -> list[tuple[int, int]]:
    """Give where in a passage what was asked stands, half-open in code points."""
    made, at = [], 0
    for piece, marked in passage.pieces:
        if marked:
            made.append((at, at + len(piece)))
        at += len(piece)
    return made


_ORDER = {field: at for at, field in enumerate(FIELDS)}
