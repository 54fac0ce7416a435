"""A document's piece: one file with all that the whole needs of it.

The file is the SHA-256 of what follows, a line end, and then gzip: first a line of JSON (key, entry of the report,
text, rows, names), then the quads of the document as sorted N-Quads lines. The same document gives the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from sys import intern
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from plan_graph.authority.register import Register
from plan_graph.build import Built
from plan_graph.corpus.documents import Record
from plan_graph.corpus.shared import outside
from plan_graph.graph.statements.registers import Records, named
from plan_graph.graph.statements.writer import nquads
from plan_graph.graph.tables import COLUMNS, Row
from plan_graph.iri import DCTERMS, ELI, RDF, Base
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role
from plan_graph.report import entry

_DIGEST = 65  # hexadecimal digits and a line end
_LEVEL = 4  # a twentieth of the size; more takes longer than it saves


@dataclass(frozen=True, slots=True)
class Piece:
    """A document as the whole sees it, without its quads (see ``lines``).

    ``themes`` maps the paths of its sections to IRIs of themes; ``records`` are the ids of the bodies, collectives
    and places it names, ``documents`` those it is or names; ``outside`` are its statements about resources that
    other documents may describe too.
    """

    path: Path
    id: str
    text: str
    entry: dict[str, Any]
    tables: dict[str, list[Row]]
    parties: list[Membership]
    themes: dict[str, str]
    records: Records
    documents: list[Record]
    outside: list[str]


def key_of(sha256: str, document_id: str, name: str, base: Base, validated: bool, fingerprint: str) -> str:
    """Give the word that changes with anything the piece of a document depends on."""
    parts = [sha256, document_id, name, base.base, validated, fingerprint]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def pack(key: str, built: Built, derived: Iterable[Quad], register: Register, base: Base) -> bytes:
    """Make the content of a document's piece, with its quads and those derived from it alone."""
    document = built.plan.document
    records = named([(built.plan, built.resolutions.values())], register)
    head = {
        "key": key,
        "id": document.id,
        "entry": entry(built),
        "text": document.text,
        "tables": {t: [[row[c] for c in columns] for row in built.tables[t]] for t, columns in COLUMNS.items()},
        "parties": [[m.task, m.year, m.role.value, m.body] for m in built.memberships if not m.collective],
        "themes": _themes(built, base),
        "documents": _documents(built),
        "records": [sorted(records.bodies), sorted(records.collectives), sorted(records.places), records.made],
        "outside": outside(built.quads, document.id, base),
    }
    raw = io.BytesIO()
    with gzip.GzipFile(fileobj=raw, mode="wb", filename="", compresslevel=_LEVEL, mtime=0) as packed:
        packed.write(json.dumps(head, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass") + b"\n")
        packed.write(nquads([*built.quads, *derived]))
    content = raw.getvalue()
    return hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def is_intact(path: Path, key: str) -> bool:
    """Tell whether a file is a whole piece with this key; a file that is damaged or missing is none."""
    try:
        content = path.read_bytes()
        if hashlib.sha256(content[_DIGEST:]).hexdigest().encode() + b"\n" != content[:_DIGEST]:
            return False
        return bool(_head(path)["key"] == key)
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error):
        return False


def read_piece(path: Path) -> Piece:
    """Read all of a piece but its quads."""
    head = _head(path)
    tables = {table: [_row(cells, columns) for cells in head["tables"][table]] for table, columns in COLUMNS.items()}
    parties = [
        Membership(intern(task), year, Role(role), intern(body), "") for task, year, role, body in head["parties"]
    ]
    bodies, collectives, places, standing = head["records"]
    return Piece(
        path,
        head["id"],
        head["text"],
        head["entry"],
        tables,
        parties,
        head["themes"],
        Records(set(bodies), set(collectives), set(places), standing),
        [(iri, title, number) for iri, title, number in head["documents"]],
        head["outside"],
    )


def lines(path: Path) -> Iterator[bytes]:
    """Give the quads of a piece: sorted lines with their line ends."""
    with path.open("rb") as file:
        file.seek(_DIGEST)
        with gzip.GzipFile(fileobj=file, mode="rb") as packed:
            packed.readline()
            yield from packed


def _head(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        file.seek(_DIGEST)
        with gzip.GzipFile(fileobj=file, mode="rb") as packed:
            head: dict[str, Any] = json.loads(packed.readline().decode("utf-8", "surrogatepass"))
            return head


def _row(cells: list[Any], columns: dict[str, str]) -> Row:
    return {name: _value(cell, kind) for cell, (name, kind) in zip(cells, columns.items(), strict=True)}


def _value(cell: Any, kind: str) -> Any:
    if cell is None or kind not in ("date", "decimal"):
        return cell
    return date.fromisoformat(cell) if kind == "date" else Decimal(cell)


def _documents(built: Built) -> list[Record]:
    """Give IRI, title and number of every document a plan is or names, read back from the quads."""
    kinds: list[str] = []
    titles: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for quad in built.quads:
        if not isinstance(quad.subject, NamedNode):
            continue
        if quad.predicate == RDF.type and quad.object == ELI.LegalResource:
            kinds.append(quad.subject.value)
        elif quad.predicate in (DCTERMS.title, ELI.id_local) and isinstance(quad.object, Literal):
            (titles if quad.predicate == DCTERMS.title else numbers)[quad.subject.value] = quad.object.value
    return [(iri, titles.get(iri, ""), numbers.get(iri, "")) for iri in sorted(set(kinds))]


def _themes(built: Built, base: Base) -> dict[str, str]:
    """Give the theme of each section: path → IRI, read back from the quads."""
    found: dict[str, str] = {}
    prefix = f"{base.base}section/{built.plan.document.id}/"
    for quad in built.quads:
        section, theme = quad.subject, quad.object
        if quad.predicate != DCTERMS.subject or not isinstance(section, NamedNode) or not isinstance(theme, NamedNode):
            continue
        if section.value.startswith(prefix):
            found[section.value.removeprefix(prefix)] = theme.value
    return found
