"""The grammar of responsibility clauses: one table of rules, each with its example.

A clause is a bracket group whose content a rule of ``RULES`` matches. Content is matched on a *mask* in
which everything inside nested brackets is blanked out, so a rule is a flat pattern however deep the
brackets go, and offsets stay those of the text. Scanning is one pass over the text.

To read another convention add a row: a name, a pattern over the mask with named groups, an example, and
the roles its groups give.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plan_graph.extraction.names import split_names
from plan_graph.model import Clause, Mention, Role, Span

_OPEN = "（〔(［[【"
_CLOSE = "）〕)］]】"
_BLANK = "\x00"  # stands for a character inside nested brackets: no pattern asks for it


@dataclass(frozen=True, slots=True)
class Rule:
    """One convention. ``roles`` maps a group of names to its role; ``<group>_label`` holds its label."""

    name: str
    pattern: re.Pattern[str]
    example: str
    roles: Mapping[str, Role]
    reads: str


_LEAD = r"(?P<lead_label>牵头(?:单位|部门|考核单位))[：:](?P<lead>[^；;：:。]+?)"
_SUPPORT = r"(?P<support_label>(?:配合|协办|参加|参与|协助|支持)(?:单位|部门))[：:](?P<support>[^；;：:。]+?)"
_BESIDE = r"(?P<support_label>(?:协同)?责任(?:单位|部门))[：:](?P<support>[^；;：:。]+?)"
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
# what a list of names does not hold: a time, a verb, the beginning of a rule; a clause that seems to is not read
_NOT_A_NAME = re.compile(r"\d[年月日](?:[底末]?[之以]?前|[底末])|年内|下同|(?:完成|推进|负责|牵头|配合|参与|落实)$")
# a bracket group that no rule reads and that holds one of these is reported
_LOOKS = re.compile(
    r"牵头(?:[单部考，,；;、：:]|$)"
    r"|(?:责任|主办|承办|协办|配合|参与|参加|协同|协助|支持|负责|落实|指导)(?:[^，。；（）]{0,4}(?:单位|部门|领导|人))?\s*[：:]"
    r"|(?:负责|配合|参与|落实|主办|承办|协办|督办)。?$"
)
# a label that no bracket holds, with what follows it
_LABEL_ALONE = re.compile(r"(?:牵头|牵头考核|配合|协同责任|责任)(?:单位|部门)[：:][^\n（）()〔〕［］【】]*")


@dataclass(frozen=True, slots=True)
class Group:
    """A bracket group at the outermost level, brackets included, and the mask of its inside."""

    span: Span
    mask: str


def groups(text: str, within: Span) -> Iterator[Group]:
    """Give the outermost bracket groups in order; a bracket that is never closed opens no group."""
    opened: list[int] = []
    outermost: list[Span] = []
    for at in range(within.begin, within.end):
        if text[at] in _OPEN:
            opened.append(at)
        elif text[at] in _CLOSE and opened:
            begin = opened.pop()
            while outermost and outermost[-1].begin > begin:
                outermost.pop()
            outermost.append(Span(begin, at + 1))
    for span in outermost:
        yield Group(span, _mask(text[span.begin + 1 : span.end - 1]))


def _mask(inside: str) -> str:
    depth = 0
    masked: list[str] = []
    for char in inside:
        depth += char in _OPEN
        masked.append(_BLANK if depth else char)
        depth -= char in _CLOSE
    return "".join(masked)


def read_clause(text: str, group: Group) -> Clause | None:
    """Read one bracket group as a clause, or give None if no rule of the table matches names alone."""
    content = group.mask.strip(" \u3000\n")
    offset = group.span.begin + 1 + (len(group.mask) - len(group.mask.lstrip(" \u3000\n")))
    for rule in RULES:
        found = rule.pattern.fullmatch(content)
        if found and (mentions := _mentions(text, rule, found, offset)):
            return Clause(group.span, rule.name, mentions)
    return None


def _mentions(text: str, rule: Rule, found: re.Match[str], offset: int) -> tuple[Mention, ...]:
    """Give the parties of a matched rule, or none where one of its lists is empty or holds more than names."""
    mentions: list[Mention] = []
    for key, role in rule.roles.items():
        names = split_names(text, Span(found.start(key), found.end(key)).shift(offset), found[key])
        if not names or any(_NOT_A_NAME.search(name.name) for name in names):
            return ()
        for name in names:
            mentions.append(Mention(name.name, role, found[f"{key}_label"], name.span, len(mentions) + 1, name.open))
    return tuple(mentions)


def clauses(text: str, within: Span) -> tuple[tuple[Clause, ...], tuple[Span, ...]]:
    """Find the clauses in a stretch of text, and what looks like one, in brackets or not, but was not read."""
    read: list[Clause] = []
    doubtful: list[Span] = []
    for group in groups(text, within):
        clause = read_clause(text, group)
        if clause:
            read.append(clause)
        elif _LOOKS.search(group.mask):
            doubtful.append(group.span)
    known = sorted((*(clause.span for clause in read), *doubtful))
    for label in _LABEL_ALONE.finditer(text, within.begin, within.end):
        before = bisect_right(known, label.start(), key=lambda span: span.begin)
        if not before or known[before - 1].end <= label.start():
            doubtful.append(Span(*label.span()))
    return tuple(read), tuple(sorted(doubtful))
