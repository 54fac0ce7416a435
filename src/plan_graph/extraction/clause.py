"""The grammar of responsibility clauses: one table of rules, each with its example.

A clause is a bracket group whose content a rule of ``RULES`` matches. Content is matched on a *mask* in
which everything inside nested brackets is blanked out, so a rule is a flat pattern however deep the
brackets go, and offsets stay those of the text. Scanning is one pass over the text.

To read another convention add a row: a name, a pattern over the mask with named groups, an example, and
the roles its groups give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plan_graph.extraction.names import Name, split_names
from plan_graph.model import Clause, Mention, Role, Span

_OPEN = "（〔(［["
_CLOSE = "）〕)］]"
_BLANK = "\x00"  # stands for a character inside nested brackets: no pattern asks for it


@dataclass(frozen=True, slots=True)
class Rule:
    """One convention. ``roles`` maps a group of names to its role; ``<group>_label`` holds its label."""

    name: str
    pattern: re.Pattern[str]
    example: str
    roles: Mapping[str, Role]
    reads: str


_LEAD = r"(?P<lead_label>牵头(?:单位|部门|考核单位))[：:](?P<lead>[^；;：:]+?)"
_SUPPORT = r"(?P<support_label>(?:配合|协办|参加|参与|协助|支持)(?:单位|部门))[：:](?P<support>[^；;：:]+?)"
_BESIDE = r"(?P<support_label>(?:协同)?责任(?:单位|部门))[：:](?P<support>[^；;：:]+?)"
_END = r"[。；;]?"

RULES: tuple[Rule, ...] = (
    Rule(
        "A1",
        re.compile(rf"{_LEAD}[；;，,。]{_SUPPORT}{_END}"),
        "（牵头单位：省财政厅，有关市人民政府；配合单位：省国资委）",
        {"lead": Role.LEAD, "support": Role.SUPPORT},
        "lead label, then supporting label",
    ),
    Rule(
        "A2",
        re.compile(rf"{_LEAD}[；;，,。]{_BESIDE}{_END}"),
        "（牵头单位：市教育局；责任单位：市财政局）",
        {"lead": Role.LEAD, "support": Role.SUPPORT},
        "lead label, then responsible label: beside a stated lead the others support",
    ),
    Rule(
        "A4",
        re.compile(rf"{_LEAD}{_END}"),
        "（牵头单位：省教育厅）",
        {"lead": Role.LEAD},
        "lead label alone",
    ),
)
_LOOKS = re.compile(
    r"牵头[单部考]|(?:责任|配合|协办|参与|协同)[^，。；（）]{0,4}(?:单位|部门)\s*[：:]|(?:牵头|负责|配合|参与|落实)[）〕)。]?$"
)


@dataclass(frozen=True, slots=True)
class Group:
    """A bracket group at the outermost level, brackets included, and the mask of its inside."""

    span: Span
    mask: str


def groups(text: str, within: Span) -> Iterator[Group]:
    """Give the outermost bracket groups; a bracket that is never closed opens no group."""
    depth = begin = 0
    masked: list[str] = []
    for at in range(within.begin, within.end):
        char = text[at]
        if char in _OPEN:
            if depth == 0:
                begin, masked = at, []
            else:
                masked.append(_BLANK)
            depth += 1
        elif depth:
            if char in _CLOSE:
                depth -= 1
                if depth == 0:
                    yield Group(Span(begin, at + 1), "".join(masked))
                    continue
            masked.append(char if depth == 1 and char not in _CLOSE else _BLANK)


def read_clause(text: str, group: Group) -> Clause | None:
    """Read one bracket group as a clause, or give None if no rule of the table matches."""
    content = group.mask.strip(" \u3000\n")
    offset = group.span.begin + 1 + (len(group.mask) - len(group.mask.lstrip(" \u3000\n")))
    for rule in RULES:
        if found := rule.pattern.fullmatch(content):
            mentions: list[Mention] = []
            for key, role in rule.roles.items():
                span = Span(found.start(key), found.end(key)).shift(offset)
                names: list[Name] = split_names(text, span, found[key])
                for name in names:
                    mentions.append(
                        Mention(name.name, role, found[f"{key}_label"], name.span, len(mentions) + 1, name.open)
                    )
            return Clause(group.span, rule.name, tuple(mentions))
    return None


def clauses(text: str, within: Span) -> tuple[tuple[Clause, ...], tuple[Span, ...]]:
    """Find the clauses in a stretch of text, and the bracket groups that look like one but were not read."""
    read: list[Clause] = []
    doubtful: list[Span] = []
    for group in groups(text, within):
        clause = read_clause(text, group)
        if clause:
            read.append(clause)
        elif _LOOKS.search(group.mask):
            doubtful.append(group.span)
    return tuple(read), tuple(doubtful)
