"""The forms in which a search is answered besides its page: as RDF, what the graph states of the resources found."""

from __future__ import annotations

from plan_graph.web.representation import RDF

MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    **RDF,
}
