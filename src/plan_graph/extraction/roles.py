"""Readings → clauses: the role of every party, by the clause's own words and by what the document says once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plan_graph.extraction.clause import Reading, under
from plan_graph.extraction.document_rules import Says, Statement
from plan_graph.extraction.parties import Party
from plan_graph.model.plan import Clause, Deadline, Mention, Role
from plan_graph.model.text import Span

_COLLECTIVE = ("各", "有关", "相关", "全", "其他")
INHERITED = "B10"  # the rule of parties that a statement such as 以下均需…落实，不再列出 adds


def settle(
    readings: Sequence[Reading], loose: Iterable[Statement] = (), standing: Statement | None = None, text: str = ""
) -> list[tuple[Clause, Reading]]:
    """Give each reading its roles, in the order of the text.

    ``loose`` are statements outside clauses. A statement holds from where it stands on; one that says 下同, or
    stands alone, for everything below, another for its own clause only. ``standing`` is one that holds from the
    beginning, such as a note at the end of a document (注：列首位的为牵头单位). ``text`` is asked for marks at names.
    """
    settled: list[tuple[Clause, Reading]] = []
    waiting = sorted(loose, key=lambda s: s.span)
    for reading in sorted(readings, key=lambda r: r.span):
        while waiting and waiting[0].span < reading.span:
            one = waiting.pop(0)
            standing = standing if one.says is Says.ALSO else one
        own = next((s for s in reading.statements if s.says is not Says.ALSO), None)
        says = own or standing
        settled.append((_clause(reading, says, text), reading))
        if own and own.wide:
            standing = own
    return settled


def _clause(reading: Reading, says: Statement | None, text: str) -> Clause:
    roles = dict(reading.rule.roles)
    roles.setdefault("S", Role.SUPPORT)
    kinds = {party.kind for party in reading.parties}
    leads = bool(kinds & set("Ll"))
    if leads:
        beside = dict.fromkeys("RrSs", Role.SUPPORT)
        roles |= beside | {"L": Role.LEAD, "l": Role.LEAD}
    marked = [(party, roles[party.kind]) for party in reading.parties]
    rule, doubtful = reading.rule, -1
    basis: tuple[Span, ...] = ()
    if says is not None and not leads and kinds & set("Rr"):
        rule, basis = under(rule, says.says), (says.span,)
        marked, doubtful = _ruled(marked, says, text)
    return Clause(
        reading.span,
        rule.name,
        tuple(
            Mention(p.name.name, role, p.label, p.name.span, position, p.name.open, position - 1 == doubtful)
            for position, (p, role) in enumerate(marked, start=1)
        ),
        basis,
        tuple(Deadline("", None, span) for span in reading.times),
    )


def _ruled(marked: list[tuple[Party, Role]], stated: Statement, text: str) -> tuple[list[tuple[Party, Role]], int]:
    """Give lead and support by a statement; and which party the statement hardly means, or -1."""
    ours = [at for at, (party, role) in enumerate(marked) if role is Role.RESPONSIBLE]
    first = stated.says is Says.FIRST_LEADS
    if not ours:
        return marked, -1
    if first:
        leads = {ours[0]}
    elif stated.says is Says.ALL_LEAD:
        leads = set(ours)
    elif stated.says is Says.MARKED_LEADS:
        leads = {at for at in ours if stated.mark in _beside(text, marked[at][0].name.span)}
        if not leads:
            return marked, -1
    else:
        semicolon = stated.mark == "分号"
        groups = {at: marked[at][0].name.part if semicolon else marked[at][0].name.group for at in ours}
        if len(set(groups.values())) < 2:  # no comma at the top level: nobody is said to lead
            return marked, -1
        leads = {at for at in ours if groups[at] == min(groups.values())}
    made: list[tuple[Party, Role]] = [
        (party, Role.LEAD if at in leads else Role.SUPPORT if role is Role.RESPONSIBLE else role)
        for at, (party, role) in enumerate(marked)
    ]
    return made, ours[0] if first and marked[ours[0]][0].name.name.startswith(_COLLECTIVE) else -1


def _beside(text: str, span: Span) -> str:
    """Give the characters right beside a name."""
    return text[max(0, span.begin - 1) : span.begin] + text[span.end : span.end + 1]


def inherited(statement: Statement, stating: Iterable[Clause], own: Iterable[Clause]) -> Clause:
    """Give the clause that a statement such as 以下均需…落实，不再列出 adds to a task with clauses of its own.

    ``own`` are the task's clauses: beside a lead the party supports, where nobody leads it is responsible as they
    are. ``stating`` is the clause the statement stands in: a party that leads or guides there does so here too.
    """
    named = {m.name: m.role for clause in stating for m in clause.mentions if m.role in (Role.LEAD, Role.GUIDE)}
    led = any(mention.role is Role.LEAD for clause in own for mention in clause.mentions)
    role = Role.SUPPORT if led or statement.verb.startswith(("配合", "参与")) else Role.RESPONSIBLE
    mentions = tuple(
        Mention(name.name, named.get(name.name, role), statement.verb, name.span, position, name.open)
        for position, name in enumerate(statement.parties, start=1)
    )
    return Clause(statement.span, INHERITED, mentions, (statement.span,))
