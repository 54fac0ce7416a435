"""A paper as Markdown, and its tables as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plan_graph.graph.formats import as_csv
from plan_graph.graph.queries import Table as Answer
from plan_graph.reports.paper.claims import number, span
from plan_graph.reports.paper.grid import Cell, Column, Table
from plan_graph.reports.words import Words, probability

_PLACES = 6  # decimals of a CSV: what the same run gives on any machine


def prose(words: Words, lang: str) -> str:
    """Write a paragraph, in both languages one below the other.

    >>> prose(Words("二", "two"), "both")
    '二\\n\\ntwo'
    """
    return words.of(lang, "\n\n")


def joined(words: Iterable[Words]) -> Words:
    """Put sentences together to a paragraph; a Chinese one ends in 。, an English one in a full stop."""
    said = list(words)
    return Words("".join(one.zh for one in said), " ".join(one.en for one in said))


def bullets(words: Iterable[Words], lang: str) -> str:
    """Write a list, a point each, the English below the Chinese."""
    return "\n".join(f"- {one.of(lang, '<br>')}" for one in words)


def heading(words: Words, lang: str, depth: int = 2) -> str:
    """Write a heading."""
    return f"{'#' * depth} {words.of(lang)}"


def markdown(table: Table, lang: str) -> str:
    """Write a table with its title above and its caption below."""
    shown = table.rows if table.shown is None else table.rows[: table.shown]
    heads = [_safe(one.name.of(lang, "<br>")) for one in table.columns]
    lines = [heads, ["---" if _text(table, at) else "--:" for at in range(len(heads))]]
    lines += [[_cell(cell, one, lang) for cell, one in zip(row, table.columns, strict=True)] for row in shown]
    notes = list(table.caption)
    if len(shown) < len(table.rows):
        notes.append(
            Words(
                f"只列前 {len(shown)} 行，共 {len(table.rows):,} 行，其余见 `tables/{table.key}.csv`。",
                f"First {len(shown)} of {len(table.rows):,} rows; all are in `tables/{table.key}.csv`.",
            )
        )
    title = Words(f"**表 {table.key}　{table.title.zh}**", f"**Table {table.key}. {table.title.en}**")
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{title.of(lang, '<br>')}\n\n{body}\n\n{prose(_small(joined(notes)), lang)}"


def csv(table: Table, lang: str) -> bytes:
    """Write all rows, an interval as two columns, numbers with up to six decimals, nothing where there is nothing."""
    heads: list[str] = []
    for one in table.columns:
        name = one.name.of(lang)
        ends = (Words("下限", "low"), Words("上限", "high"))
        heads += [f"{name} {end.of(lang)}" for end in ends] if one.interval else [name]
    rows = [
        tuple(
            value
            for cell, one in zip(row, table.columns, strict=True)
            for value in (_pair(cell) if one.interval else (_plain(cell, lang),))
        )
        for row in table.rows
    ]
    return as_csv(Answer(tuple(heads), tuple(rows)))


def _small(words: Words) -> Words:
    return Words(f"<small>{words.zh}</small>", f"<small>{words.en}</small>")


def _pair(cell: Cell) -> tuple[float | None, float | None]:
    if not isinstance(cell, tuple) or isinstance(cell, Words):
        return None, None
    return round(float(cell[0]), _PLACES), round(float(cell[1]), _PLACES)


def _plain(cell: Cell, lang: str) -> str | int | float | None:
    if isinstance(cell, Words):
        return cell.of(lang)
    if isinstance(cell, tuple):
        return span(cell)
    return round(cell, _PLACES) if isinstance(cell, float) else cell


def _cell(cell: Cell, column: Column, lang: str) -> str:
    if isinstance(cell, Words):
        return _safe(cell.of(lang))
    if isinstance(cell, tuple):
        return span(cell, column.digits)
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return _safe(cell)
    if column.chance:
        return probability(cell).replace("<", "&lt;")
    return f"{cell:,}" if isinstance(cell, int) else number(cell, column.digits)


def _text(table: Table, at: int) -> bool:
    """Tell whether a column holds words, and so stands to the left."""
    return any(isinstance(row[at], str | Words) for row in table.rows)


def _safe(text: str) -> str:
    """Keep a name of the text from being taken for markup."""
    kept = " ".join(text.replace("<br>", "\x00").split())
    for sign, written in (("\\", "\\\\"), ("|", "\\|"), ("<", "&lt;"), ("*", "\\*"), ("_", "\\_"), ("`", "\\`")):
        kept = kept.replace(sign, written)
    return kept.replace("\x00", "<br>")


def lines(parts: Sequence[str]) -> bytes:
    """Put the pieces of a page together, a blank line between them."""
    return ("\n\n".join(part for part in parts if part) + "\n").encode()
