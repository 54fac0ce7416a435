"""The workbook of a report: tasks, participations, bodies, ties and what they share, duplicates, lineage, gaps."""

from __future__ import annotations

from plan_graph.reports.whole.bodies import body_rows
from plan_graph.reports.whole.book import Book
from plan_graph.reports.whole.content import Content
from plan_graph.reports.whole.explain import explanation
from plan_graph.reports.whole.gaps import gaps
from plan_graph.reports.whole.sheets import Page, write
from plan_graph.reports.whole.sheets_of_pairs import duplicates_page, gaps_page, lineage_page, shared_page, ties_page
from plan_graph.reports.whole.sheets_of_tasks import bodies_page, participations_page, sources_page, tasks_page


def workbook(content: Content, lang: str = "both", seed: int = 0) -> bytes:
    """Write the workbook of a report; ``seed`` is of the communities.

    :raises InputError: for more rows than a sheet holds.
    """
    return write(pages(content, lang, seed), content.title().of(lang), lang)


def pages(content: Content, lang: str = "both", seed: int = 0) -> list[Page]:
    """Give the sheets of a report as typed tables."""
    rows = body_rows(content, seed)
    book = Book(
        content,
        rows,
        gaps(content, rows),
        {task.iri: at for at, task in enumerate(content.facts)},
        {row.body: at for at, row in enumerate(rows)},
        lang,
    )
    shared, firsts = shared_page(book)
    made = [
        tasks_page(book),
        participations_page(book),
        bodies_page(book),
        ties_page(book, firsts),
        shared,
        duplicates_page(book),
        lineage_page(book),
        gaps_page(book),
        sources_page(book),
    ]
    return [explanation(content, made, lang, seed), *made]
