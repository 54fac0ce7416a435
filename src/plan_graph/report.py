"""report.json: the ledger of each document, the null model, the outcome of validation; and the validation reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plan_graph import __version__
from plan_graph.authority.issuer import as_of
from plan_graph.build import Built
from plan_graph.graph.tables import COLUMNS
from plan_graph.iri import Base
from plan_graph.model.plan import Reference

if TYPE_CHECKING:
    from plan_graph.analysis.significance import TieTable
    from plan_graph.graph.validate import Report


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be built while others were: its file's name and SHA-256 ("" if unreadable), why."""

    id: str
    file: str
    sha256: str
    zh: str
    en: str


def entry(one: Built) -> dict[str, Any]:
    """Give a document's entry in report.json."""
    plan, about = one.plan, one.plan.metadata
    names: dict[str, int] = {}
    for row in one.tables["participations"]:
        if row["participant_kind"] == "unresolved":
            names[row["name_as_written"]] = names.get(row["name_as_written"], 0) + 1
    return {
        "id": plan.document.id,
        "file": plan.document.name,
        "sha256": plan.document.sha256,
        "encoding": plan.document.encoding,
        "notes": [asdict(n) for n in plan.document.notes],
        "title": about.title,
        "number": about.number,
        "issuer": about.issuer,
        "issuing_place": {"code": one.issuing.code, "basis": one.issuing.basis} if one.issuing.code else None,
        "issued": about.issued.isoformat() if about.issued else None,
        "names_as_of": day.isoformat() if (day := as_of(about)) else None,
        "addressees": [a.name for a in about.addressees],
        "sections": [
            {
                "number": s.number,
                "title": s.title,
                "year": s.year,
                "stated_tasks": s.stated_tasks,
                "tasks": sum(t.section[: len(s.path)] == s.path for t in plan.tasks),
            }
            for s in plan.sections
        ],
        "counts": one.counts,
        "unresolved": [
            {
                "name": name,
                "mentions": count,
                "reason": one.resolutions[name].reason,
                "candidates": list(one.resolutions[name].candidates),
            }
            for name, count in sorted(names.items(), key=lambda n: (-n[1], n[0]))
        ],
        "references": [
            _reference(one) for found in (about.references, *(t.references for t in plan.tasks)) for one in found
        ],
        "doubts": [
            {
                "begin": doubt.span.begin,
                "end": doubt.span.end,
                "kind": doubt.kind,
                "words": doubt.span.of(plan.document.text),
            }
            for doubt in plan.doubts
        ],
        "warnings": [asdict(n) for n in plan.warnings],
    }


def _reference(one: Reference) -> dict[str, Any]:
    """Give a back reference (上述文件): the documents meant, or those that could be and why it is open."""
    titles = [d.stands_for or d.title for d in one.documents]
    return {
        "begin": one.span.begin,
        "end": one.span.end,
        "words": one.written,
        "documents": [] if one.reason else titles,
        "reason": one.reason,
        "candidates": titles if one.reason else [],
    }


def write_reports(
    folder: Path,
    documents: list[dict[str, Any]],
    failed: Iterable[Failure],
    report: Report | None,
    table: TieTable | None,
    base: Base,
    registers: Mapping[str, str],
) -> None:
    """Write ``report.json`` and, after a validation, ``validation.json``, ``.html`` and ``.ttl`` into a folder.

    ``failed`` are the documents that could not be built while others were, each with file, SHA-256 and reason;
    ``registers`` are the files of the registers that names were settled by, each with its SHA-256.
    """
    network = None
    if table is not None:
        network = {
            "draws": table.draws,
            "seed": table.seed,
            "method": table.method,
            "ties": len(table.ties),
            "directed_ties": len(table.directed),
            "mixing": [
                {
                    "year": year,
                    "accepted": round(m.accepted, 4),
                    "expected_left": round(m.expected, 4),
                    "steps": list(m.steps),
                    "left": [round(x, 4) for x in m.left],
                    "settled_after": m.settled,
                }
                for year, m in table.mixing
            ],
        }
    whole = {
        "software": f"plan-graph {__version__}",
        "base": base.base,
        "tables": list(COLUMNS),
        "documents": documents,
        "failed": [
            {"id": one.id, "file": one.file, "sha256": one.sha256, "reason": {"zh": one.zh, "en": one.en}}
            for one in failed
        ],
        "registers": dict(registers),
        "network": network,
        "validation": None if report is None else {"conforms": report.conforms, "triples": report.triples},
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    (folder / "report.json").write_text(text, encoding="utf-8", newline="\n")
    if report is not None:
        from plan_graph.graph.validate import as_html, as_json

        (folder / "validation.json").write_text(as_json(report), encoding="utf-8", newline="\n")
        (folder / "validation.html").write_text(as_html(report), encoding="utf-8", newline="\n")
        (folder / "validation.ttl").write_text(report.turtle, encoding="utf-8", newline="\n")
