"""A report as one HTML page that stands alone and prints well on A4, in fonts that have Chinese."""

from __future__ import annotations

from html import escape

from plan_graph.reports.sections import Cell, Report, Section, number_text, said
from plan_graph.reports.words import Words

_STYLE = """
@page{size:A4;margin:16mm 14mm}
body{font:10.5pt/1.6 'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',SimSun,sans-serif;
max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:18pt;margin:0 0 .3rem}h2{font-size:13pt;margin:1.6rem 0 .4rem;border-bottom:1px solid #888;
break-after:avoid}
[lang=en]{font-size:.88em;color:#444}
dl{display:grid;grid-template-columns:max-content auto;gap:.1rem 1rem;margin:.6rem 0}dt{color:#444}dd{margin:0}
table{border-collapse:collapse;width:100%;margin:.4rem 0;font-size:9pt;line-height:1.45}
th,td{border:1px solid #999;padding:.2rem .35rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
th{background:#eee;word-break:keep-all;font-weight:600}td.n{text-align:right}td.n,td.s{white-space:nowrap}
th [lang=en],td.s [lang=en]{display:block}
thead{display:table-header-group}tr{break-inside:avoid}
p{margin:.3rem 0}.note{font-size:9pt;color:#444}
@media print{body{margin:0;padding:0;max-width:none}th{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""
_SHORT = 12  # characters up to which a cell is not broken: an id, a role, a place in the text


def as_html(report: Report, lang: str) -> bytes:
    """Write the page in zh, en or both; every wording is escaped, nothing is loaded from elsewhere."""
    figures = "".join(f"<dt>{_words(one.name, lang)}</dt><dd>{_cell(one.value, lang)}</dd>" for one in report.figures)
    body = "".join(_section(one, lang) for one in report.sections)
    title = escape(report.title.of(lang))
    return (
        f"<!doctype html>\n<html lang={'en' if lang == 'en' else 'zh-CN'}>\n<head><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'>"
        f"<title>{title}</title>\n<style>{_STYLE}</style></head>\n<body>\n<h1>{_words(report.title, lang)}</h1>\n"
        f"{_notes(report.notes, lang)}<dl>{figures}</dl>\n{body}</body></html>\n"
    ).encode()


def _section(section: Section, lang: str) -> str:
    head = f"<section id='{escape(section.key)}'><h2>{_words(section.title, lang)}</h2>\n"
    notes = _notes(section.notes, lang)
    if not section.rows:
        return f"{head}<p>{_words(section.empty, lang)}</p>\n{notes}</section>\n"
    at = [n for n, column in enumerate(section.columns) if column.shown]
    columns = "".join(f"<th scope=col>{_words(section.columns[n].name, lang)}" for n in at)
    rows = "\n".join("<tr>" + "".join(_data(row[n], lang) for n in at) for row in section.rows)
    return f"{head}<table><thead><tr>{columns}</thead>\n<tbody>{rows}</tbody></table>\n{notes}</section>\n"


def _data(cell: Cell, lang: str) -> str:
    short = all(len(one) <= _SHORT for one in (cell if isinstance(cell, Words) else [str(cell or "")]))
    kind = " class=n" if isinstance(cell, int | float) else " class=s" if short else ""
    return f"<td{kind}>{_cell(cell, lang)}"


def _cell(cell: Cell, lang: str) -> str:
    if isinstance(cell, Words):
        return _words(cell, lang)
    return escape(number_text(cell) if isinstance(cell, float) else str(said(cell, lang) if cell is not None else "–"))


def _words(words: Words, lang: str) -> str:
    if lang != "both" or words.zh == words.en or not words.en:
        return escape(words.of(lang))
    return f"{escape(words.zh)} <span lang=en>{escape(words.en)}</span>"


def _notes(notes: tuple[Words, ...], lang: str) -> str:
    return "".join(f"<p class=note>{_words(note, lang)}</p>\n" for note in notes)
