"""What changed between two builds, or between a plan and its revision: tasks, roles, bodies, and all a task states.

Tasks are the same where they say the same; numbers move when a task is put in between, so a number alone proves
nothing. Tasks are aligned within a pair of documents in four steps, each taking what the ones before left:

1. wording and clause the same; 2. wording the same; 3. number the same and the wording alike (``SAME_NUMBER``);
4. wording alike (``ALIKE``), the most alike first. What is left was removed or is new.

How alike two wordings are is the Sørensen–Dice coefficient of their pairs of neighbouring characters (Dice 1945,
Ecology 26:297–302; Adamson and Boreham 1974, Information Storage and Retrieval 10:253–260), which needs no
dictionary and counts every repetition.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from plan_graph.analysis.evidence import Span
from plan_graph.analysis.facts import NamedDocument, Party, TaskFacts, TaskTarget
from plan_graph.errors import InputError
from plan_graph.model.plan import Role

SAME_NUMBER, ALIKE = 0.3, 0.5
"""Least likeness of the wordings of two tasks taken for one: of the same number, and of another."""

FIELDS = (
    *("number", "year", "theme", "text", "role", "party", "clause"),
    *("place", "document", "target", "deadline"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise: its field (of ``FIELDS``), what it was and what it is; "" where there was none.

    Of a ``role`` and a ``party``, ``body`` is the id of the participant. Of a ``text`` and a ``clause``, ``cut`` and
    ``put`` are the stretches taken out of the old and put into the new.
    """

    field: str
    old: str
    new: str
    body: str = ""
    old_role: Role | None = None
    new_role: Role | None = None
    cut: tuple[Span, ...] = ()
    put: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A task before and after: ``old`` is ``None`` for a new task, ``new`` for a removed one; then nothing changed.

    ``likeness`` of the wordings is from 0 to 1; 1.0 where they are the same.
    """

    old: TaskFacts | None
    new: TaskFacts | None
    likeness: float
    changes: tuple[Change, ...] = ()

    @property
    def kind(self) -> str:
        """Give added, removed, changed, moved (its IRI is another and nothing else is) or same."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        if any(change.field != "number" for change in self.changes):
            return "changed"
        return "moved" if self.moved else "same"

    @property
    def moved(self) -> bool:
        """Tell whether the task is under another IRI."""
        return self.old is not None and self.new is not None and self.old.iri != self.new.iri


@dataclass(frozen=True, slots=True)
class Load:
    """Tasks of a body before and after: those it answers for (leads, or is responsible for), and all."""

    body: str
    name: str
    old_leads: int
    new_leads: int
    old_tasks: int
    new_tasks: int


@dataclass(frozen=True, slots=True)
class Revision:
    """What changed: documents compared (old id, new id), documents of one side only, pairs of tasks, loads of bodies.

    ``pairs`` are in the order of the new tasks, the removed ones after those of their document. ``loads`` are of the
    bodies whose figures changed.
    """

    compared: tuple[tuple[str, str], ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    pairs: tuple[Pair, ...]
    loads: tuple[Load, ...]

    @property
    def differs(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.only_old or self.only_new or any(pair.kind != "same" for pair in self.pairs))


def revision(old: Sequence[TaskFacts], new: Sequence[TaskFacts], renamed: Mapping[str, str] | None = None) -> Revision:
    """Compare the tasks of two graphs, document by document.

    Documents of the same id are compared, and those of ``renamed`` (old id → new id). O(n·m) for the tasks of two
    documents that are not the same word by word, else O(tasks).

    :raises InputError: if ``renamed`` names a document that is not there, or one twice.
    """
    before, after = _by_plan(old), _by_plan(new)
    compared = _compared(before, after, dict(renamed or {}))
    pairs: list[Pair] = []
    for left, right in compared:
        pairs += [Pair(a, b, likeness, changes(a, b)) for a, b, likeness in align(before[left], after[right])]
    taken, met = {left for left, _ in compared}, {right for _, right in compared}
    only_old = tuple(plan for plan in before if plan not in taken)
    only_new = tuple(plan for plan in after if plan not in met)
    pairs += [Pair(None, task, 0.0) for plan in only_new for task in after[plan]]
    pairs += [Pair(task, None, 0.0) for plan in only_old for task in before[plan]]
    return Revision(tuple(compared), only_old, only_new, tuple(pairs), _loads(old, new))


def _by_plan(tasks: Iterable[TaskFacts]) -> dict[str, list[TaskFacts]]:
    found: dict[str, list[TaskFacts]] = defaultdict(list)
    for task in tasks:
        found[task.plan].append(task)
    return dict(found)


def _compared(
    before: Mapping[str, object], after: Mapping[str, object], renamed: dict[str, str]
) -> list[tuple[str, str]]:
    for side, ids in ((before, list(renamed)), (after, list(renamed.values()))):
        for one in ids:
            if one not in side:
                has = ", ".join(sorted(side)) or "none"
                raise InputError(
                    f"there is no plan {one!r} to compare; there are: {has}",
                    f"没有可比较的计划 {one!r}；现有：{has}",
                )
            if ids.count(one) > 1:
                raise InputError(f"{one} is compared twice; name it once", f"{one} 出现了两次，请只写一次")
    targets = set(renamed.values())
    same = [(one, one) for one in before if one in after and one not in renamed and one not in targets]
    return sorted([*renamed.items(), *same])


def align(old: Sequence[TaskFacts], new: Sequence[TaskFacts]) -> list[tuple[TaskFacts | None, TaskFacts | None, float]]:
    """Say which task of a document is which of another, with the likeness of their wordings; see the module."""
    left, right = dict(enumerate(old)), dict(enumerate(new))
    found: dict[int, tuple[int, float]] = {}  # place in new → place in old

    def take(a: int, b: int, likeness: float) -> None:
        found[b] = (a, likeness)
        del left[a], right[b]

    for key in (_wording_and_clause, _wording):
        for a, b in _same(left, right, key):
            take(a, b, 1.0)
    ours = {a: _grams(task.text) for a, task in left.items()}
    theirs = {b: _grams(task.text) for b, task in right.items()}
    for a, b in _same(left, right, lambda task: task.id):
        if (likeness := dice(ours[a], theirs[b])) >= SAME_NUMBER:
            take(a, b, likeness)
    scored = ((dice(ours[a], theirs[b]), a, b) for a in left for b in right)
    for likeness, a, b in sorted((one for one in scored if one[0] >= ALIKE), key=lambda one: (-one[0], one[1:])):
        if a in left and b in right:
            take(a, b, likeness)
    pairs: list[tuple[TaskFacts | None, TaskFacts | None, float]] = [
        (old[found[b][0]], task, found[b][1]) if b in found else (None, task, 0.0) for b, task in enumerate(new)
    ]
    return [*pairs, *((task, None, 0.0) for task in left.values())]


def _same(
    left: Mapping[int, TaskFacts], right: Mapping[int, TaskFacts], key: Callable[[TaskFacts], Hashable]
) -> list[tuple[int, int]]:
    """Give the places of tasks with the same key; of several with one key, the first with the first."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for a, task in left.items():
        waiting[key(task)].append(a)
    return [(waiting[key(task)].pop(0), b) for b, task in right.items() if waiting[key(task)]]


def _wording(task: TaskFacts) -> str:
    return re.sub(r"\s+", "", task.text)


def _wording_and_clause(task: TaskFacts) -> tuple[str, str]:
    return _wording(task), task.clause


def _grams(text: str) -> Counter[str]:
    text = re.sub(r"\s+", "", text)
    return Counter(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def dice(left: Counter[str], right: Counter[str]) -> float:
    """Give the Sørensen–Dice coefficient of two bags: from 0 (nothing in common) to 1 (the same).

    >>> round(dice(Counter(["改革", "革方"]), Counter(["改革", "革后"])), 2)
    0.5
    """
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0


def changes(old: TaskFacts | None, new: TaskFacts | None) -> tuple[Change, ...]:
    """Give all that is otherwise between two readings of one task, in the order of ``FIELDS``."""
    if old is None or new is None:
        return ()
    found: list[Change] = []
    for field, was, now in (
        ("number", old.id, new.id),
        ("year", str(old.year or ""), str(new.year or "")),
        ("theme", old.theme, new.theme),
    ):
        if was != now:
            found.append(Change(field, was, now))
    if _wording(old) != _wording(new):
        found.append(_edited("text", old.text, new.text))
    parties = _parties(old.parties, new.parties)
    found += parties
    if not parties and old.clause != new.clause:
        found.append(_edited("clause", old.clause, new.clause))
    for field, left, right in (
        ("place", [(p.code, p.written) for p in old.places], [(p.code, p.written) for p in new.places]),
        ("document", [_document(d) for d in old.documents], [_document(d) for d in new.documents]),
        ("target", [_target(t) for t in old.targets], [_target(t) for t in new.targets]),
        ("deadline", [(d.by, d.written) for d in old.deadlines], [(d.by, d.written) for d in new.deadlines]),
    ):
        found += _listed(field, left, right)
    return tuple(found)


def _document(one: NamedDocument) -> tuple[str, str]:
    return f"{one.relation} {one.title}", f"《{one.title}》"


def _target(one: TaskTarget) -> tuple[str, str]:
    return f"{one.counted} {one.value} {one.unit}", f"{one.counted} {one.value:g}{one.unit}"


def _listed(field: str, old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> list[Change]:
    """Give what was taken off a list and what was put on it; (key, as people read it)."""
    before, after = dict(old), dict(new)
    return [
        *(Change(field, shown, "") for key, shown in before.items() if key not in after),
        *(Change(field, "", shown) for key, shown in after.items() if key not in before),
    ]


def _parties(old: Iterable[Party], new: Iterable[Party]) -> list[Change]:
    """Compare participants: who came, who went, and whose role is another."""
    before, after = _roles(old), _roles(new)
    found: list[Change] = []
    for body in dict.fromkeys([*before, *after]):
        was, now = before.get(body, {}), after.get(body, {})
        gone = [role for role in was if role not in now]
        come = [role for role in now if role not in was]
        while gone and come:
            left, right = gone.pop(0), come.pop(0)
            found.append(Change("role", was[left], now[right], body, left, right))
        found += [Change("party", was[role], "", body, role, None) for role in gone]
        found += [Change("party", "", now[role], body, None, role) for role in come]
    return sorted(found, key=lambda one: one.field != "role")


def _roles(parties: Iterable[Party]) -> dict[str, dict[Role, str]]:
    found: dict[str, dict[Role, str]] = defaultdict(dict)
    for one in parties:
        found[known_as(one)][one.role] = one.written
    return dict(found)


def known_as(party: Party) -> str:
    """Give the id of a participant; of a name nobody knows the name itself, for its place in the text moves."""
    return f"name:{party.written}" if party.body.startswith("name:") or "/char-" in party.body else party.body


def _edited(field: str, old: str, new: str) -> Change:
    """Compare two texts character by character (Ratcliff and Obershelp's pattern matching, as in difflib)."""
    steps = [step for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if step[0] != "equal"]
    return Change(
        field,
        old,
        new,
        cut=tuple((a, b) for _, a, b, _, _ in steps if a < b),
        put=tuple((a, b) for _, _, _, a, b in steps if a < b),
    )


def _loads(old: Sequence[TaskFacts], new: Sequence[TaskFacts]) -> tuple[Load, ...]:
    names: dict[str, str] = {}
    counts: list[tuple[Counter[str], Counter[str]]] = []
    for side in (old, new):
        leads: Counter[str] = Counter()
        tasks: Counter[str] = Counter()
        for task in side:
            leads.update(task.leads)
            tasks.update(task.bodies())
            names.update((party.body, party.name) for party in task.parties if not party.collective)
        counts.append((leads, tasks))
    (old_leads, old_tasks), (new_leads, new_tasks) = counts
    every = [
        Load(body, name, old_leads[body], new_leads[body], old_tasks[body], new_tasks[body])
        for body, name in names.items()
    ]
    changed = [one for one in every if (one.old_leads, one.old_tasks) != (one.new_leads, one.new_tasks)]
    return tuple(sorted(changed, key=lambda one: (-abs(one.new_tasks - one.old_tasks), one.body)))
