"""What workers do for a search: hits as JSON or as a table, names completed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from plan_graph.errors import InputError
from plan_graph.graph.formats import FORMATS
from plan_graph.graph.queries import Table, labelled
from plan_graph.web.job import Reply
from plan_graph.web.listed import listed
from plan_graph.web.representation import RDF
from plan_graph.web.search.media import MEDIA
from plan_graph.web.search.names import Suggestion
from plan_graph.web.search.results import KINDS, LABELS, search, table, values
from plan_graph.web.site import Site

SUGGESTIONS = "application/x-suggestions+json"


def find(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write what a search finds: as JSON a page of hits, in any other format all of them.

    :raises InputError: for a kind or page that there is not, or a question that is too long.
    """
    found = search(site.index, asked["q"], asked["kind"])
    if asked["format"] == "json":
        number = page_number(asked["page"], found.pages)
        made = values(site.index, found, number, site.local)
        out.write((json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode())
        return Reply(200, MEDIA["json"])
    if asked["format"] in RDF:
        iris = (site.index.entries[at].iri for at, _ in found.hits)
        content, media, headers = listed(site, iris, asked["format"])
        out.write(content)
        return Reply(200, media, {**headers, "Content-Disposition": "attachment; filename=" + _file(asked)})
    rows = table(site.index, found)
    headers = {"Plan-Graph-Rows": str(len(rows.rows)), "Content-Disposition": "attachment; filename=" + _file(asked)}
    if len(rows.rows) > site.limits.max_rows:
        rows = Table(rows.columns, rows.rows[: site.limits.max_rows])
        headers["Plan-Graph-Truncated"] = "rows"
    out.write(FORMATS[asked["format"]](labelled(rows) if asked["format"] == "xlsx" else rows))
    return Reply(200, MEDIA[asked["format"]], headers)


def _file(asked: Mapping[str, Any]) -> str:
    return f"search.{asked['format']}"


def _about(one: Suggestion, at: int) -> list[str]:
    """Say of which kind a resource is, and the name it was found by if that is another than its own."""
    name = f"{LABELS['former'][at]} {one.name}" if one.former else one.name
    return [KINDS[one.entry.kind][at], *((name,) if one.name != one.entry.name else ())]


def page_number(asked: str, pages: int) -> int:
    """Read the number of a page; beyond the last one it is the last.

    :raises InputError: if it is no whole number from 1.
    """
    if not asked.isascii() or not asked.isdigit() or not 0 < len(asked) <= 9 or int(asked) == 0:
        raise InputError(f"{asked[:40]!r} is no page; pages count from 1", f"{asked[:40]!r} 不是页码，页码从 1 起")
    return min(int(asked), pages)


def suggest(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write names that begin so, in the form of OpenSearch Suggestions: what was typed, names, kinds, addresses."""
    found = site.names.suggest(asked["q"][:100])
    at = 1 if asked["lang"] == "en" else 0
    kinds = [" · ".join(_about(one, at)) for one in found]
    addresses = [asked["base"].rstrip("/") + (site.local(one.entry.iri) or "/") for one in found]
    made = [asked["q"], [one.entry.name for one in found], kinds, addresses]
    out.write(json.dumps(made, ensure_ascii=False).encode())
    return Reply(200, SUGGESTIONS)
