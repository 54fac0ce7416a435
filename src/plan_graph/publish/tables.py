"""The tidy tables to take away: Parquet as the build wrote it, CSV beside it, and what the columns are.

``tables/csv-metadata.json`` describes the CSV files as CSV on the Web does (Metadata Vocabulary for Tabular Data, W3C
Recommendation of 17 December 2015): titles in Chinese and English, types, keys between the tables, and of which
resource of the graph a row speaks. Texts that a spreadsheet would run as a formula have an apostrophe before them in
the CSV, as everywhere (``graph.formats.guarded``); Parquet has them as they are.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from plan_graph.graph.formats import as_csv
from plan_graph.graph.queries import Table
from plan_graph.graph.tables import COLUMNS
from plan_graph.publish.release import Release
from plan_graph.publish.words import COLUMN_WORDS, TABLE_WORDS

FOLDER = "tables"
METADATA = "csv-metadata.json"
_TYPES = {"string": "string", "int": "integer", "float": "double", "date": "date", "decimal": "decimal"}
_KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("document",),
    "sections": ("document", "section"),
    "tasks": ("document", "task"),
}
_TASK = ("document", "task")
# table → (table it points to, columns here, columns there); every table with a document points to the documents
_POINTS: dict[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    **dict.fromkeys(
        ("participations", "citations", "places", "targets", "deadlines", "keywords"), (("tasks", _TASK, _TASK),)
    ),
    "lineage": (
        ("tasks", ("earlier_document", "earlier"), _TASK),
        ("tasks", ("later_document", "later"), _TASK),
    ),
}
_ABOUT = {
    "documents": "document/{document}",
    "sections": "section/{document}/{+section}",
    "tasks": "task/{document}/{task}",
}


def write_tables(release: Release, folder: Path) -> list[Path]:
    """Write ``tables/NAME.parquet``, ``tables/NAME.csv`` and ``tables/csv-metadata.json``."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    made = []
    for name in COLUMNS:
        source = release.build / "tables" / f"{name}.parquet"
        shutil.copyfile(source, place / source.name)
        _as_csv(source, place / f"{name}.csv")
        made += [place / source.name, place / f"{name}.csv"]
    (place / METADATA).write_text(json.dumps(described(release), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [file.relative_to(folder) for file in (*made, place / METADATA)]


def _as_csv(source: Path, target: Path) -> None:
    """Write a table of Parquet as CSV, a few thousand rows at a time."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(source) as table, target.open("wb") as out:
        columns = tuple(table.schema_arrow.names)
        head = as_csv(Table(columns, ()))
        out.write(head)
        for batch in table.iter_batches(10_000):
            rows = tuple(zip(*(column.to_pylist() for column in batch.columns), strict=True))
            out.write(as_csv(Table(columns, rows))[len(head) :])


def described(release: Release) -> dict[str, Any]:
    """Describe the tables as CSV on the Web does."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": _in_both(release.title),
        "dc:license": {"@id": release.licence},
        "dc:issued": {"@value": release.issued.isoformat(), "@type": "xsd:date"},
        "dialect": {"lineTerminators": ["\n"]},
        "tables": [_table(release, name) for name in COLUMNS],
    }


def _table(release: Release, name: str) -> dict[str, Any]:
    keys = _POINTS.get(name, ())
    if name != "documents" and "document" in COLUMNS[name]:
        keys = (*keys, ("documents", ("document",), ("document",)))
    schema: dict[str, Any] = {
        "columns": [
            {
                "name": column,
                "titles": {"und": column},
                "dc:title": _in_both(COLUMN_WORDS[column]),
                "datatype": _TYPES[kind],
            }
            for column, kind in COLUMNS[name].items()
        ]
    }
    if name in _KEYS:
        schema["primaryKey"] = list(_KEYS[name])
    if name in _ABOUT:
        schema["aboutUrl"] = release.base + _ABOUT[name]
    if keys:
        schema["foreignKeys"] = [
            {"columnReference": list(here), "reference": {"resource": f"{table}.csv", "columnReference": list(there)}}
            for table, here, there in keys
        ]
    return {"url": f"{name}.csv", "dc:title": _in_both(TABLE_WORDS[name]), "tableSchema": schema}


def _in_both(words: tuple[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in zip(("zh", "en"), words, strict=True)]
