"""The fields that are scored, and the facts each task has of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from plan_graph.evaluate.annotation import Goal, Item, Party, plain, plain_number
from plan_graph.evaluate.matching import Match, Pair
from plan_graph.evaluate.measures import Fact, Score, compare

FIELDS = ("task", "number", "name", "role", "party", "deadline", "citation", "place", "target")
NAMES = {  # what a field is called, and what it counts
    "task": ("任务", "task", "任务是否找到", "the task was found"),
    "number": ("编号", "number", "任务的编号", "the task's number"),
    "name": ("名称", "name", "任务中出现的责任方名称，不论角色", "a party of the task, whatever its role"),
    "role": ("角色", "role", "双方都有的名称的角色", "the role, of names that both have"),
    "party": ("责任方", "party", "任务、角色、名称三者皆同", "task, role and name all the same"),
    "deadline": ("时限", "deadline", "时限的文字", "the deadline's wording"),
    "citation": ("引用文件", "citation", "《》中的标题", "the title within 《》"),
    "place": ("地点", "place", "地点全称", "the place's full name"),
    "target": (
        *("指标", "target"),
        *("数值、单位、比较符、基数，且所计对象相符", "value, unit, comparator, baseline, and what is counted"),
    ),
}
LISTED = ("task", "number", "party", "deadline", "citation", "place", "target")  # name and role show in party


def score_fields(match: Match) -> dict[str, Score]:
    """Score every field the gold has; one it does not annotate at all is left out.

    Facts of a task that only the gold has are misses, those of a task that only the build has are false finds.
    A field is compared in the tasks where the gold (and the other, if that is a reading) annotates it, and in
    tasks that are not in the gold if the gold annotates it somewhere.
    """
    pairs = tuple(enumerate(match.pairs))
    scores = {
        "task": compare("task", *_both(pairs, lambda _: [()])),
        "number": compare("number", *_both(pairs, lambda item: [(plain_number(item.number),)])),
    }
    of = {"name": _names, "party": _parties, "deadline": _deadlines, "citation": _citations, "place": _places}
    for field, facts in of.items():
        if kept := _annotated(pairs, field):
            scores[field] = compare(field, *_both(kept, facts))
    if kept := _annotated(pairs, "party"):
        scores["role"] = compare("role", *_roles(kept))
    if kept := _annotated(pairs, "target"):
        wanted, found = _both(kept, _targets)
        scores["target"] = compare("target", wanted, loosely(found, wanted))
    return {field: scores[field] for field in FIELDS if field in scores}


def role_pairs(match: Match) -> list[tuple[str, str]]:
    """Give, for every name of a task that both have, the role in the one and in the other, several joined by +."""
    found: list[tuple[str, str]] = []
    for left, right in match.pairs:
        if left and right and left.parties is not None and right.parties is not None:
            ours, theirs = _roles_of(left.parties), _roles_of(right.parties)
            found += [("+".join(ours[n]), "+".join(theirs[n])) for n in ours if n in theirs]
    return found


_VALUE: dict[str, Callable[[Item], object]] = {
    "name": lambda item: item.parties,
    "party": lambda item: item.parties,
    "deadline": lambda item: item.deadlines,
    "citation": lambda item: item.citations,
    "place": lambda item: item.places,
    "target": lambda item: item.targets,
}
Numbered = tuple[int, Pair]


def _annotated(pairs: Iterable[Numbered], field: str) -> list[Numbered]:
    value = _VALUE[field]
    kept = [one for one in pairs if all(item is None or value(item) is not None for item in one[1])]
    return kept if any(gold for _, (gold, _) in kept) else []


def _both(pairs: Iterable[Numbered], facts: Callable[[Item], Iterable[Fact]]) -> tuple[list[Fact], list[Fact]]:
    wanted: list[Fact] = []
    found: list[Fact] = []
    for at, (gold, build) in pairs:
        wanted += [(str(at), *fact) for fact in facts(gold)] if gold else []
        found += [(str(at), *fact) for fact in facts(build)] if build else []
    return wanted, found


def _names(item: Item) -> Iterable[Fact]:
    return dict.fromkeys((plain(p.name),) for p in item.parties or ())


def _parties(item: Item) -> Iterable[Fact]:
    return dict.fromkeys((p.role, plain(p.name)) for p in item.parties or ())


def _deadlines(item: Item) -> Iterable[Fact]:
    return dict.fromkeys((plain(d),) for d in item.deadlines or ())


def _citations(item: Item) -> Iterable[Fact]:
    return dict.fromkeys((plain(c),) for c in item.citations or ())


def _places(item: Item) -> Iterable[Fact]:
    return dict.fromkeys((p,) for p in item.places or ())


def _targets(item: Item) -> list[Fact]:
    return [_target(t) for t in item.targets or ()]


def _target(t: Goal) -> Fact:
    return decimal(t.value), plain(t.unit), t.comparator, decimal(t.baseline), plain(t.of)


def _roles(pairs: Iterable[Numbered]) -> tuple[list[Fact], list[Fact]]:
    wanted: list[Fact] = []
    found: list[Fact] = []
    for at, (gold, build) in pairs:
        ours = _roles_of(gold.parties or ()) if gold else {}
        theirs = _roles_of(build.parties or ()) if build else {}
        for name in ours.keys() & theirs.keys():
            wanted += [(str(at), name, role) for role in ours[name]]
            found += [(str(at), name, role) for role in theirs[name]]
    return wanted, found


def _roles_of(parties: Iterable[Party]) -> dict[str, list[str]]:
    roles: dict[str, set[str]] = {}
    for party in parties:
        roles.setdefault(plain(party.name), set()).add(party.role)
    return {name: sorted(own) for name, own in roles.items()}


def loosely(found: Iterable[Fact], wanted: Iterable[Fact]) -> list[Fact]:
    """Give the found targets, a phrase that holds the gold's phrase for the same quantity replaced by it.

    Of several such phrases the longest is taken, so that an empty one does not use up what another needs.
    """
    left = sorted(wanted, key=lambda fact: -len(fact[-1]))
    fitted: list[Fact] = []
    for fact in found:
        same = next((w for w in left if w[:-1] == fact[:-1] and w[-1] in fact[-1]), None)
        if same:
            left.remove(same)
        fitted.append(same or fact)
    return fitted


def decimal(value: Decimal | int | None) -> str:
    """Give a number as it is compared: written out, without zeros at the end; nothing for none."""
    return "" if value is None else f"{Decimal(value).normalize():f}"
