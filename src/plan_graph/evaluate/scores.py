"""A build against gold: measures per document and field, averages, and every error with both readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plan_graph.errors import InputError
from plan_graph.evaluate.annotation import Annotation, Item
from plan_graph.evaluate.fields import FIELDS, LISTED, role_pairs, score_fields
from plan_graph.evaluate.found import load_build
from plan_graph.evaluate.gold import load_all
from plan_graph.evaluate.matching import WAYS, Match, as_reading, find_document, match
from plan_graph.evaluate.measures import Count, Fact, Measures, Score, kappa

HEADLINE = "party"
_AROUND = 20  # code points shown on either side of a passage
_LONG = 120


@dataclass(frozen=True, slots=True)
class Error:
    """What one field of one task says in the gold and in the build, where the two differ, and the passage."""

    document: str
    field: str
    number: str
    begin: int
    gold: tuple[str, ...]
    build: tuple[str, ...]
    passage: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One document's scores and errors."""

    match: Match
    scores: dict[str, Score]
    errors: tuple[Error, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All documents of a gold that a build has, and the gold that it has not."""

    documents: tuple[Evaluated, ...]
    missing: tuple[Annotation, ...]

    def micro(self) -> dict[str, Count]:
        """Give the measures of each field over the facts of all documents together."""
        return {field: _pooled(one.scores[field] for one in self._with(field)) for field in self._fields()}

    def macro(self) -> dict[str, float]:
        """Give the mean F1 of each field over the documents in which gold or build has a fact of it."""
        means: dict[str, float] = {}
        for field in self._fields():
            found = [one.scores[field].f1 for one in self._with(field) if any(one.scores[field].counts)]
            means[field] = sum(found) / len(found) if found else 1.0
        return means

    def _fields(self) -> list[str]:
        return [field for field in FIELDS if any(field in one.scores for one in self.documents)]

    def _with(self, field: str) -> list[Evaluated]:
        return [one for one in self.documents if field in one.scores]


def evaluate(gold: Path, build: Path) -> Evaluation:
    """Score a build folder against a gold file or a folder of them.

    :raises InputError: if either cannot be read, or the build has none of the gold's documents.
    """
    return compare_all(load_all(gold), load_build(build), str(gold), str(build))


def compare_all(golds: Sequence[Annotation], builds: Sequence[Annotation], gold: str, build: str) -> Evaluation:
    """Score documents of a build against gold; ``gold`` and ``build`` name the two in errors.

    :raises InputError: if the build has none of the gold's documents.
    """
    left = list(builds)
    found: dict[int, tuple[Annotation, str]] = {}
    for rank in range(len(WAYS)):  # the surest way first, so that no other gold takes a document by its title
        for at, one in enumerate(golds):
            pick = None if at in found else find_document(one, left)
            if pick and WAYS.index(pick[1]) <= rank:
                found[at] = pick
                left.remove(pick[0])
    if not found:
        raise InputError(
            f"the build at {build} has none of the {len(golds)} documents of {gold}; build the texts the gold is about",
            f"{build} 中没有 {gold} 所标注的 {len(golds)} 份文件，请先生成被标注的文件",
        )
    documents = tuple(_evaluated(match(golds[at], *found[at])) for at in sorted(found))
    return Evaluation(documents, tuple(one for at, one in enumerate(golds) if at not in found))


def agreement(one: Annotation, other: Annotation) -> tuple[dict[str, Score], float | None, int]:
    """Give two readers' agreement on one text: F1 per field, kappa of the roles, and over how many names.

    What no reader marked has no number, so that chance-corrected measures of finding names are undefined and F1 is
    the measure (Hripcsak and Rothschild 2005, JAMIA 12, 296-298); given a name both have, its role is a nominal
    category of two readers without gaps, for which Cohen's kappa is made (Cohen 1960).
    """
    both = as_reading(one, other)
    pairs = role_pairs(both)
    return score_fields(both), kappa(pairs), len(pairs)


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Give an evaluation as JSON values; docs/how-to/gold.md describes the keys."""
    return {
        "documents": [
            {
                "document": one.match.build.id,
                "gold": one.match.gold.id,
                "number": one.match.gold.number,
                "title": one.match.gold.title,
                "convention": one.match.gold.convention,
                "matched_by": one.match.by,
                "fields": {field: _measured(score) for field, score in one.scores.items()},
                "errors": [
                    {"field": e.field, "task": e.number, "begin": e.begin}
                    | {"gold": list(e.gold), "build": list(e.build), "passage": e.passage}
                    for e in one.errors
                ],
            }
            for one in evaluation.documents
        ],
        "micro": {field: _measured(count) for field, count in evaluation.micro().items()},
        "macro": {field: {"f1": round(mean, 4)} for field, mean in evaluation.macro().items()},
        "not_in_build": [one.id for one in evaluation.missing],
    }


Rows = tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]


def score_rows(evaluation: Evaluation) -> Rows:
    """Give columns and rows: one for each field of each document, then those of all documents together."""
    columns = ("document", "field", "hits", "missed", "false", "precision", "recall", "f1")
    scored = [(one.match.gold.id, one.scores) for one in evaluation.documents]
    rows: list[tuple[object, ...]] = [
        (id, field, *_measured(score).values()) for id, scores in scored for field, score in scores.items()
    ]
    rows += [("micro", field, *_measured(count).values()) for field, count in evaluation.micro().items()]
    rows += [("macro", field, *[None] * 5, round(mean, 4)) for field, mean in evaluation.macro().items()]
    return columns, tuple(rows)


def error_rows(evaluation: Evaluation) -> Rows:
    """Give columns and rows: one for each field of each task that gold and build read differently."""
    columns = ("document", "field", "task", "begin", "gold", "build", "passage")
    errors = [e for one in evaluation.documents for e in one.errors]
    return columns, tuple(
        (e.document, e.field, e.number, e.begin, " | ".join(e.gold), " | ".join(e.build), e.passage) for e in errors
    )


def _measured(score: Measures) -> dict[str, float | int]:
    hits, missed, false = score.counts
    return {
        "hits": hits,
        "missed": missed,
        "false": false,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def _pooled(scores: Iterable[Score]) -> Count:
    whole = Count((0, 0, 0))
    for score in scores:
        whole = whole.plus(score)
    return whole


def _evaluated(one: Match) -> Evaluated:
    scores = score_fields(one)
    errors: list[tuple[int, int, Error]] = []
    for order, field in enumerate(LISTED):
        if field not in scores:
            continue
        wrong: dict[int, tuple[list[Fact], list[Fact]]] = {}
        for side, facts in enumerate((scores[field].missed, scores[field].false)):
            for fact in facts:
                wrong.setdefault(int(fact[0]), ([], []))[side].append(fact[1:])
        for at, (missed, false) in wrong.items():
            if field != "task" and None in one.pairs[at]:
                continue  # the whole task is missed or invented: said once
            errors.append((at, order, _error(one, field, at, missed, false)))
    return Evaluated(one, scores, tuple(error for *_, error in sorted(errors, key=lambda e: e[:2])))


def _error(one: Match, field: str, at: int, missed: Sequence[Fact], false: Sequence[Fact]) -> Error:
    gold, build = one.pairs[at]
    item = gold or build
    assert item is not None
    readings = [_said(field, facts, whose) for facts, whose in ((missed, gold), (false, build))]
    return Error(
        one.gold.id,
        field,
        item.number,
        item.begin,
        readings[0],
        readings[1],
        _passage(one, gold, build, field, [fact[-1] for fact in (*missed, *false) if fact]),
    )


def _said(field: str, facts: Sequence[Fact], whose: Item | None) -> tuple[str, ...]:
    """Write a reading: what the one has and the other has not; of a task, its number as written."""
    if field in ("task", "number"):
        return (whose.number,) if whose else ()
    if field == "target":
        return tuple(f"{'' if sign == '=' else sign}{value}{unit} {of}".strip() for value, unit, sign, _, of in facts)
    return tuple(" ".join(fact) for fact in facts)


def _passage(one: Match, gold: Item | None, build: Item | None, field: str, words: Sequence[str]) -> str:
    """Give the words of the text that an error is about: the clauses, what surrounds a find, or the task's start."""
    text = one.build.text or ""
    item = gold if gold and one.same_text else build
    if item is None or not text:
        return ""
    if field == "party" and item.clauses:
        return _short(" … ".join(text[begin:end] for begin, end in item.clauses))
    if field in ("deadline", "citation", "place", "target"):
        begin = item.begin
        end = item.end or next((g.begin for g in one.gold.items if g.begin > begin), len(text))
        at = next((p for word in words if word and (p := text.find(word, begin, end)) >= 0), -1)
        if at >= 0:
            return _short(text[max(begin, at - _AROUND) : at + 2 * _AROUND])
    return _short(text[item.begin : item.begin + 2 * _AROUND])


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= _LONG else one_line[: _LONG - 1] + "…"
