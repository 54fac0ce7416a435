"""The same facts as tidy tables: one row a fact, one column a variable, written as Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from plan_graph.authority.register import Register
from plan_graph.model.plan import Plan, Task
from plan_graph.model.register import Resolution

Row = dict[str, Any]
_ROWS_AT_ONCE = 10_000
_DIGITS, _PLACES = 24, 6  # of a decimal number, in all and behind the point

# table → column → type; the order is the order in the file
COLUMNS: dict[str, dict[str, str]] = {
    "documents": {
        "document": "string",
        "title": "string",
        "number": "string",
        "issuer": "string",
        "issued": "date",
        "file": "string",
        "sha256": "string",
        "encoding": "string",
        "media_type": "string",
        "code_points": "int",
    },
    "sections": {
        "document": "string",
        "section": "string",
        "number": "string",
        "title": "string",
        "year": "int",
        "stated_tasks": "int",
        "theme": "string",
        "begin": "int",
        "end": "int",
    },
    "tasks": {
        "document": "string",
        "task": "string",
        "year": "int",
        "number": "int",
        "number_as_written": "string",
        "section": "string",
        "theme": "string",
        "text": "string",
        "clause": "string",
        "begin": "int",
        "end": "int",
    },
    "participations": {
        "document": "string",
        "task": "string",
        "year": "int",
        "theme": "string",
        "role": "string",
        "position": "int",
        "name_as_written": "string",
        "role_as_written": "string",
        "participant": "string",
        "participant_kind": "string",
        "participant_name": "string",
        "resolution_rule": "string",
        "clause_rule": "string",
        "begin": "int",
        "end": "int",
    },
    "citations": {
        "document": "string",
        "task": "string",
        "title": "string",
        "number": "string",
        "relation": "string",
        "written": "string",
        "stands_for": "string",
        "reason": "string",
        "begin": "int",
        "end": "int",
    },
    "places": {
        "document": "string",
        "task": "string",
        "written": "string",
        "code": "string",
        "name": "string",
        "inside": "string",
        "begin": "int",
        "end": "int",
    },
    "targets": {
        "document": "string",
        "task": "string",
        "value": "decimal",
        "unit": "string",
        "counted": "string",
        "comparator": "string",
        "baseline": "decimal",
        "begin": "int",
        "end": "int",
    },
    "deadlines": {
        "document": "string",
        "task": "string",
        "written": "string",
        "by": "date",
        "begin": "int",
        "end": "int",
    },
    "parts": {"document": "string", "kind": "string", "reason": "string", "begin": "int", "end": "int"},
    "origins": {"document": "string", "place": "string", "begin": "int", "end": "int"},
    "keywords": {"document": "string", "task": "string", "rank": "int", "word": "string"},
    "ties": {
        "left": "string",
        "left_name": "string",
        "right": "string",
        "right_name": "string",
        "year": "int",
        "shared_tasks": "int",
        "co_lead_tasks": "int",
        "lead_support_tasks": "int",
        "newman_weight": "float",
        "expected_tasks": "float",
        "p": "float",
        "q": "float",
    },
    "directed_ties": {
        "lead": "string",
        "lead_name": "string",
        "support": "string",
        "support_name": "string",
        "year": "int",
        "shared_tasks": "int",
    },
    "lineage": {
        "earlier_document": "string",
        "earlier": "string",
        "later_document": "string",
        "later": "string",
        "kind": "string",
        "score": "float",
        "wording": "string",
    },
}


def rows(plan: Plan, resolutions: Mapping[str, Resolution], register: Register) -> dict[str, list[Row]]:
    """Give the rows of one document for every table that a text fills."""
    text, about, name = plan.document.text, plan.metadata, plan.document.id
    theme_of = {s.path: s.theme for s in plan.sections}
    made: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    made["documents"].append(
        {
            "document": name,
            "title": about.title,
            "number": about.number,
            "issuer": about.issuer,
            "issued": about.issued,
            "file": plan.document.name,
            "sha256": plan.document.sha256,
            "encoding": plan.document.encoding,
            "media_type": plan.document.media_type,
            "code_points": len(text),
        }
    )
    for section in plan.sections:
        made["sections"].append(
            {
                "document": name,
                "section": "/".join(map(str, section.path)),
                "number": section.number,
                "title": section.title,
                "year": section.year,
                "stated_tasks": section.stated_tasks,
                "theme": section.theme,
                "begin": section.title_span.begin,
                "end": section.title_span.end,
            }
        )
    for one in plan.document.origins:
        made["origins"].append(
            {"document": name, "place": one.place, "begin": one.span.begin, "end": one.span.end},
        )
    for part in plan.parts:
        made["parts"].append(
            {
                "document": name,
                "kind": part.kind.value,
                "reason": part.reason,
                "begin": part.span.begin,
                "end": part.span.end,
            }
        )
    for task in plan.tasks:
        theme = theme_of.get(task.section, "")
        own: Row = {"document": name, "task": task.id}
        made["tasks"].append(
            own
            | {
                "year": task.year,
                "number": task.number,
                "number_as_written": task.number_as_written,
                "section": "/".join(map(str, task.section)),
                "theme": theme,
                "text": "".join(s.of(text) for s in task.text_spans),
                "clause": "".join(c.span.of(text) for c in task.clauses),
                "begin": task.text_spans[0].begin,
                "end": task.text_spans[-1].end,
            }
        )
        for clause in task.governing:
            for mention in clause.mentions:
                found = resolutions[mention.name]
                record = found.body or found.collective
                made["participations"].append(
                    own
                    | {
                        "year": task.year,
                        "theme": theme,
                        "role": mention.role.value,
                        "position": mention.position,
                        "name_as_written": mention.name,
                        "role_as_written": mention.label,
                        "participant": record.id if record else "",
                        "participant_kind": "body" if found.body else "collective" if record else "unresolved",
                        "participant_name": record.name if record else mention.name,
                        "resolution_rule": found.rule,
                        "clause_rule": clause.rule,
                        "begin": mention.span.begin,
                        "end": mention.span.end,
                    }
                )
        made["citations"] += [own | row for row in _citations(task, text)]
        for place in task.places:
            for code in place.codes:
                made["places"].append(
                    own
                    | {"written": place.written, "code": code, "name": register.places[code].name}
                    | {"inside": place.inside, "begin": place.span.begin, "end": place.span.end}
                )
        for target in task.targets:
            made["targets"].append(
                own
                | {"value": target.value, "unit": target.unit, "counted": target.counted}
                | {"comparator": target.comparator, "baseline": target.baseline}
                | {"begin": target.span.begin, "end": target.span.end}
            )
        for deadline in task.deadlines:
            made["deadlines"].append(
                own
                | {"written": deadline.written, "by": deadline.by}
                | {"begin": deadline.span.begin, "end": deadline.span.end}
            )
    return made


def _citations(task: Task, text: str) -> Iterator[Row]:
    """Give a row for each document named, and for each that a back reference means, or one that says why none."""
    for one in task.citations:
        yield {
            "title": one.title,
            "number": one.number,
            "relation": one.relation.value,
            "written": one.span.of(text),
            "stands_for": one.stands_for,
            "reason": "",
            "begin": one.span.begin,
            "end": one.span.end,
        }
    for back in task.references:
        for meant in (None,) if back.reason else back.documents:
            yield {
                "title": "",
                "number": meant.number if meant else "",
                "relation": back.relation.value,
                "written": back.written,
                "stands_for": (meant.stands_for or meant.title) if meant else "",
                "reason": back.reason,
                "begin": back.span.begin,
                "end": back.span.end,
            }


def _fitting(value: Decimal | None) -> Decimal | None:
    """Round a number to the places of its column, and leave one out that has more digits than it holds."""
    if value is None or abs(value) >= 10 ** (_DIGITS - _PLACES) - 1:  # which rounding may make one digit longer
        return None
    return round(value, _PLACES) if int(value.as_tuple().exponent) < -_PLACES else value


class TableWriter:
    """Writes every table as ``folder/<table>.parquet`` while rows come in; to be used in a ``with`` block.

    The bytes depend on the rows, their order and pyarrow alone. Rows wait in memory up to a few thousand a table.
    Decimal numbers have 18 digits before the point and 6 behind it: what has more is rounded, or empty if it is too
    large; the graph has every number whole.
    """

    def __init__(self, folder: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {
            "string": pa.string(),
            "int": pa.int64(),
            "float": pa.float64(),
            "date": pa.date32(),
            "decimal": pa.decimal128(_DIGITS, _PLACES),
        }
        folder.mkdir(parents=True, exist_ok=True)
        self._rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self._begun: set[str] = set()
        self._writers = {
            name: pq.ParquetWriter(
                folder / f"{name}.parquet", pa.schema([(column, types[kind]) for column, kind in columns.items()])
            )
            for name, columns in COLUMNS.items()
        }

    def add(self, tables: Mapping[str, Iterable[Row]]) -> None:
        """Append rows to the tables named.

        :raises OSError: if writing fails.
        """
        for name, rows in tables.items():
            numbers = [column for column, kind in COLUMNS[name].items() if kind == "decimal"]
            self._rows[name] += (
                [row | {one: _fitting(row[one]) for one in numbers} for row in rows] if numbers else rows
            )
            if len(self._rows[name]) >= _ROWS_AT_ONCE:
                self._flush(name)

    def _flush(self, name: str) -> None:
        import pyarrow as pa

        writer = self._writers[name]
        writer.write_table(pa.Table.from_pylist(self._rows[name], schema=writer.schema))
        self._rows[name] = []
        self._begun.add(name)

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for name, writer in self._writers.items():
            if kind is None and (self._rows[name] or name not in self._begun):
                self._flush(name)
            writer.close()
