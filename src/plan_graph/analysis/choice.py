"""Which participations of a graph are counted, and as whose: the choice, its rows, and the ties between them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plan_graph.analysis.defaults import DRAWS, SEED
from plan_graph.analysis.rows import drawn, issuers, memberships, memberships_by_successor, plans, themes, ties
from plan_graph.errors import InputError
from plan_graph.model.network import Membership, Tie

if TYPE_CHECKING:
    from pyoxigraph import Store

_LISTED = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """Tasks of one plan, issuing body, level, theme (its heading) or year; ``None`` is any.

    With ``by_successor`` bodies that a reform ended count as what they went on as.
    """

    plan: str | None = None
    issuer: str | None = None
    level: str | None = None
    theme: str | None = None
    year: int | None = None
    by_successor: bool = False

    @property
    def parameters(self) -> dict[str, str]:
        """What is chosen, the year aside, as parameters of the queries of participations."""
        named = {"plan": self.plan, "issuer": self.issuer, "level": self.level, "theme": self.theme}
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a choice gives: participations of all years, and ties of the year it names.

    ``draws`` is ``None`` where the ties are those the graph holds, else from how many draws they were computed for
    these rows; with 0 there are none. ``published`` are the draws and the seed of those the graph holds. ``ended``
    are the bodies named in the year that count as others, ``split`` those of them that count as several.
    """

    choice: Choice
    rows: tuple[Membership, ...]
    ties: tuple[Tie, ...]
    draws: int | None
    seed: int = SEED
    ended: frozenset[str] = frozenset()
    split: frozenset[str] = frozenset()
    published: tuple[int, int] | None = None

    @property
    def about(self) -> dict[str, str]:
        """What was chosen and computed, to be written into a file of the network."""
        found = dict(self.choice.parameters)
        if self.choice.by_successor:
            found["bodies"] = "by successor"
        if self.draws is not None:
            found |= {"draws": str(self.draws), "draws_seed": str(self.seed)}
        elif self.published is not None:
            found |= {"draws": str(self.published[0]), "draws_seed": str(self.published[1])}
        return found


def choose(store: Store, choice: Choice, *, draws: int | None = None, place: Path | None = None) -> Chosen:
    """Give the participations that a choice means, and the ties between their single bodies.

    The ties are those the graph holds only if all its participations are counted as they stand and ``draws`` is
    ``None``. Otherwise expected, p and q are computed for the chosen rows, in their null model, from ``draws``
    draws (by default 1,000; 0: no ties).

    :raises InputError: if nothing fits; it names what there is. ``place`` is where the graph lies, for the message.
    """
    ended: frozenset[str] = frozenset()
    split: frozenset[str] = frozenset()
    if choice.by_successor:
        found = memberships_by_successor(store, choice.parameters)
        rows = tuple(dict.fromkeys(row for row, _ in found))  # two bodies that merged are one on a task of both
        ended, split = _went_on([(row, named) for row, named in found if choice.year in (None, row.year)])
    else:
        rows = tuple(memberships(store, choice.parameters))
    check(store, choice, rows, {row.year for row in rows if row.year is not None}, place)
    anew = bool(choice.parameters) or choice.by_successor or draws is not None
    if not anew:
        return Chosen(choice, rows, tuple(ties(store, choice.year)), None, published=drawn(store))
    from plan_graph.analysis.significance import ties_within  # numpy takes long to load

    draws = DRAWS if draws is None else draws
    tested = ties_within(rows, choice.year, draws=draws) if draws else []
    return Chosen(choice, rows, tuple(tested), draws, SEED, ended, split)


def _went_on(found: Sequence[tuple[Membership, str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the bodies named that count as others, and those of them that count as several."""
    counted: dict[str, set[str]] = {}
    for row, named in found:
        counted.setdefault(named, set()).add(row.body)
    ended = frozenset(named for named, bodies in counted.items() if bodies != {named})
    return ended, frozenset(named for named in ended if len(counted[named]) > 1)


def check(
    store: Store, choice: Choice, found: Collection[object], years: Collection[int], place: Path | None = None
) -> None:
    """Refuse a choice in which nobody takes part in anything, or a year in which nobody does.

    ``found`` is what was read of the chosen tasks of all years, ``years`` are theirs.

    :raises InputError: with what there is.
    """
    if not found:
        raise _nothing(store, choice, place)
    if choice.year is not None and choice.year not in years:
        listed = ", ".join(map(str, sorted(years))) or "not stated"
        listed_zh = "、".join(map(str, sorted(years))) or "（未写明）"
        if choice.parameters:
            raise InputError(
                f"none of the chosen tasks of {choice.year} names who takes part; the years of those that do: {listed}",
                f"所选任务中没有写明参与单位的 {choice.year} 年任务；写明的年度有 {listed_zh}",
            )
        raise InputError(
            f"the graph has no tasks of {choice.year} that name who takes part; the years of those that do: {listed}",
            f"图中没有写明参与单位的 {choice.year} 年任务；写明的年度有 {listed_zh}",
        )


def _nothing(store: Store, choice: Choice, place: Path | None) -> InputError:
    """Say why a choice has no rows, and what could be chosen."""
    chosen = choice.parameters
    if not chosen:
        return InputError(
            f"the graph{f' at {place}' if place else ''} holds no participations; "
            "build it from a plan with responsibility clauses",
            f"{f'{place} 处的' if place else ''}图谱没有参与关系，请用写明责任分工的计划文件生成",
        )
    others = {name: value for name, value in chosen.items() if name != "theme"}
    if choice.theme is not None and memberships(store, others):
        listed, listed_zh = _some(themes(store, others))
        return InputError(
            f"no tasks with participations stand under the theme {choice.theme}; the themes are {listed} "
            "(plan-graph query tasks-by-theme)",
            f"主题“{choice.theme}”之下没有写明参与关系的任务；主题有 {listed_zh}（见 plan-graph query tasks-by-theme）",
        )
    others = {name: value for name, value in chosen.items() if name != "issuer"}
    if choice.issuer is not None and memberships(store, others):
        listed, listed_zh = _some(issuers(store))
        return InputError(
            f"no plan with participations is issued by {choice.issuer}; the issuers are {listed} "
            "(plan-graph query plans)",
            f"图中没有{choice.issuer}印发且写明参与关系的计划；发文机关有 {listed_zh}（见 plan-graph query plans）",
        )
    asked = ", ".join(f"{name} {value}" for name, value in chosen.items())  # as options and addresses name it
    listed, listed_zh = _some(plans(store))
    return InputError(
        f"no plan of the graph with participations fits {asked}; its plans are {listed} (plan-graph query plans)",
        f"图中没有符合 {asked} 且写明参与关系的计划；图中的计划有 {listed_zh}（见 plan-graph query plans）",
    )


def _some(names: Sequence[str]) -> tuple[str, str]:
    """List names, the first ten of many, in English and in Chinese; none is said."""
    if not names:
        return "none", "（无）"
    more = " …" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more, "、".join(names[:_LISTED]) + more
