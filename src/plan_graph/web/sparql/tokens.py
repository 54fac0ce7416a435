"""The terminals of a SPARQL query (SPARQL 1.1 Query, section 19.8), and what can be told from them alone.

``SERVICE`` and ``FROM`` stand as words of their own in exactly one rule of the grammar each (ServiceGraphPattern,
DatasetClause), and nowhere else outside strings, IRIs, names, variables and comments. So the words that are left when
those are taken away say whether a query has such a clause, wherever it stands. A ``<`` may begin an IRI or be an
operator, which only the whole grammar decides: both readings are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urljoin

_PREFIX = r"[^\W\d_](?:[\w.\-·]*[\w\-·])?"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[\w:]|{_ESCAPE})(?:(?:[\w.:\-·]|{_ESCAPE})*(?:[\w:\-·]|{_ESCAPE}))?"
_TERMINALS = (
    ("space", r"[ \t\r\n]+|#[^\r\n]*"),
    ("iri", r"<[^<>\"{}|^`\\\x00-\x20]*>"),
    ("string", r'"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""' + r"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''"),
    ("short", r'"(?:[^"\\\n\r]|\\.)*"' + r"|'(?:[^'\\\n\r]|\\.)*'"),
    ("variable", r"[?$]\w+"),
    ("language", r"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*"),
    ("blank", r"_:\w(?:[\w.\-·]*[\w\-·])?"),
    ("name", rf"(?:{_PREFIX})?:(?:{_LOCAL})?"),
    ("number", r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"),
    ("word", r"[^\W\d]\w*"),
    ("mark", r"[\s\S]"),
)
_IRIS_FIRST = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _TERMINALS), re.DOTALL)
_OPERATORS_FIRST = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern.replace('<', '<(?![?$])', 1) if kind == 'iri' else pattern})"
        for kind, pattern in _TERMINALS
    ),
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Token(NamedTuple):
    """A terminal: its kind, its text, where it begins."""

    kind: str
    text: str
    begin: int


def tokens(query: str, *, operators_first: bool = False) -> Iterator[Token]:
    """Give the terminals of a query but spaces and comments; what is no terminal is a mark of one character.

    ``operators_first`` reads ``<?`` as an operator before a variable instead of as the beginning of an IRI.
    """
    for found in (_OPERATORS_FIRST if operators_first else _IRIS_FIRST).finditer(query):
        kind = str(found.lastgroup)
        if kind != "space":
            yield Token("string" if kind == "short" else kind, found[0], found.start())


class Clauses(NamedTuple):
    """What a query has: where a SERVICE clause begins, the graphs its FROM clauses name, how deep its brackets go.

    A graph is given with where its clause stands; one whose name cannot be told is the empty text.
    """

    service: int | None
    graphs: tuple[tuple[str, int], ...]
    depth: int


def clauses(query: str, base: str = "") -> Clauses:
    """Look for SERVICE and FROM in a query, in both readings of ``<`` and with its ``\\\\u`` escapes resolved."""
    readings = [_read(query, base, first) for first in (False, True)]
    if _ESCAPED.search(query):
        plain = _ESCAPED.sub(_unescaped, query)
        readings += [_read(plain, base, first) for first in (False, True)]
    services = [one.service for one in readings if one.service is not None]
    graphs = dict.fromkeys(graph for one in readings for graph in one.graphs)
    return Clauses(min(services, default=None), tuple(graphs), max(one.depth for one in readings))


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= 0x10FFFF else found[0]


def _read(query: str, base: str, operators_first: bool) -> Clauses:
    service: int | None = None
    graphs: list[tuple[str, int]] = []
    depth = open_now = 0
    prefixes: dict[str, str] = {}
    found = list(tokens(query, operators_first=operators_first))
    for at, token in enumerate(found):
        if token.kind == "mark":
            open_now += (token.text in "({[") - (token.text in ")}]")
            depth = max(depth, open_now)
        if token.kind != "word":
            continue
        word = token.text.upper()
        after = found[at + 1 : at + 3]
        if word == "SERVICE":
            service = token.begin if service is None else service
        elif word == "BASE" and after and after[0].kind == "iri":
            base = urljoin(base, after[0].text[1:-1])
        elif word == "PREFIX" and len(after) > 1 and after[1].kind == "iri":
            prefixes[after[0].text] = urljoin(base, after[1].text[1:-1])
        elif word == "FROM":
            name = after[1] if len(after) > 1 and after[0].text.upper() == "NAMED" else after[0] if after else None
            graphs.append((_iri(name, base, prefixes), token.begin))
    return Clauses(service, tuple(graphs), depth)


def _iri(token: Token | None, base: str, prefixes: dict[str, str]) -> str:
    if token is None:
        return ""
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1])
    prefix, colon, local = token.text.partition(":")
    return prefixes.get(prefix + colon, "") + re.sub(r"\\(.)", r"\1", local) if prefix + colon in prefixes else ""


def position(query: str, at: int) -> str:
    """Say where in a query something stands: ``2:14``, line and column, both from 1."""
    before = query[:at]
    return f"{before.count(chr(10)) + 1}:{at - before.rfind(chr(10))}"


def in_order(query: str, variables: Sequence[str]) -> list[str]:
    """Give the variables of ``SELECT *`` in the order in which the query names them; those of others as they are.

    >>> in_order("SELECT * { ?s ?p ?o }", ["o", "p", "s"])
    ['s', 'p', 'o']
    """
    found = tokens(query)
    head = (one for one in found if one.kind == "word" and one.text.upper() == "SELECT")
    if next(head, None) is None:
        return list(variables)
    first = next((one.text for one in found if one.text.upper() not in ("DISTINCT", "REDUCED")), "")
    if first != "*":
        return list(variables)
    named = dict.fromkeys(one.text[1:] for one in found if one.kind == "variable")
    return sorted(variables, key=list(named).index) if set(variables) <= named.keys() else list(variables)
