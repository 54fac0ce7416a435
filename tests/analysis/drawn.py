"""Tasks made for tests: a letter is a body, X and Y are collectives; and scopes of them drawn at random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from plan_graph.analysis.facts import NamedPlace, Party, TaskFacts
from plan_graph.analysis.scope import Passage, Scope
from plan_graph.model.network import Tie
from plan_graph.model.plan import Role

EXACT = settings(derandomize=True, deadline=None, database=None)
COLLECTIVES = "XY"
NAMES = dict(zip("ABCDEFXY", ("甲局", "乙局", "丙局", "丁局", "戊局", "己局", "有关部门", "各市"), strict=True))


def task(
    id_: str,
    leads: str = "",
    supports: str = "",
    *,
    responsible: str = "",
    year: int | None = None,
    theme: str = "",
    text: str = "推进工作。",
    places: Iterable[NamedPlace] = (),
    parties: Iterable[Party] = (),
) -> TaskFacts:
    """Make a task of the plan p; each letter of ``leads``, ``supports``, ``responsible`` is a party."""
    own = [
        Party(role, who, NAMES[who], NAMES[who], who in COLLECTIVES, 10 * at, 10 * at + 2)
        for role, letters in ((Role.LEAD, leads), (Role.SUPPORT, supports), (Role.RESPONSIBLE, responsible))
        for at, who in enumerate(letters)
    ]
    return TaskFacts(
        iri=f"https://example.org/task/p/{id_}",
        plan="p",
        id=id_,
        order=0,
        year=year,
        theme=theme,
        text=text,
        clause=f"（{leads}；{supports}）",
        parties=(*own, *parties),
        places=tuple(places),
        documents=(),
        targets=(),
        deadlines=(),
    )


def scope_of(*tasks: TaskFacts, ties: Iterable[Tie] = (), year: int | None = None) -> Scope:
    """Make a scope of tasks; each has one clause, which all its parties stand in."""
    clauses = {one.iri: (Passage(one.clause, 0, 1000),) for one in tasks}
    return Scope(tasks, clauses, {(tie.left, tie.right, tie.year): tie for tie in ties}, year)


def tie(left: str, right: str, shared: int = 1, q: float = 0.01, expected: float = 0.5, year: int | None = None) -> Tie:
    """Make a tie."""
    return Tie(left, right, year, shared, 0, 0, 1.0, expected, q, q)


@st.composite
def tasks(draw: DrawFn) -> list[TaskFacts]:
    """Draw up to eight tasks of up to six bodies and two collectives; a body may both lead and support."""
    letters = st.text("ABCDEFXY", max_size=4).map(lambda drawn: "".join(dict.fromkeys(drawn)))
    found = draw(
        st.lists(
            st.tuples(letters, letters, st.sampled_from([None, 2016, 2017]), st.sampled_from(["", "一", "二"])),
            max_size=8,
        )
    )
    return [
        task(f"{at:03}", leads, supports, year=year, theme=theme)
        for at, (leads, supports, year, theme) in enumerate(found)
    ]


@st.composite
def scopes(draw: DrawFn) -> Scope:
    """Draw tasks, and for every two bodies that share one a tie with some q in each period."""
    found = draw(tasks())
    ties = []
    for year in (None, *sorted({one.year for one in found if one.year is not None})):
        shared = Counter(
            pair for one in found if year is None or one.year == year for pair in combinations(sorted(one.bodies()), 2)
        )
        ties += [
            tie(*pair, count, draw(st.sampled_from([0.01, 0.04, 0.2, 1.0])), draw(st.sampled_from([0.5, 1.0])), year)
            for pair, count in sorted(shared.items())
        ]
    return scope_of(*found, ties=ties)


def bodies() -> SearchStrategy[str]:
    """Draw a body or a collective."""
    return st.sampled_from("ABCDEFXY")
