"""How the page of a report looks, on the screen and on A4."""

from __future__ import annotations

from plan_graph.reports.figures.fonts import CSS

STYLE = (
    """
@page { size: A4; margin: 16mm 14mm 18mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555 } }
* { box-sizing: border-box }
html { background: #fff; color: #1a1a1a; font: 15px/1.65 FONTS }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.7rem; line-height: 1.35; margin: 0 0 .3rem }
h2 { font-size: 1.25rem; border-bottom: 2px solid #0b4f86; padding-bottom: .2rem; margin: 2.6rem 0 .8rem }
h3 { font-size: 1.02rem; margin: 1.6rem 0 .4rem }
p { margin: .4rem 0 }
a { color: #0b4f86 }
[lang=en] { color: #555; font-size: .88em; font-weight: normal }
html[lang=en] { font-size: 15px; color: #1a1a1a }
.lead { font-size: 1.02rem }
nav ol { columns: 2; padding-left: 1.4rem; margin: .4rem 0 1rem }
ul.facts { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem 1.6rem; margin: .8rem 0 }
ul.facts b { display: block; font-size: 1.5rem; line-height: 1.2; color: #0b4f86 }
figure { margin: 1rem 0; text-align: center }
figure svg { width: 100%; height: auto; max-width: 52rem }
figcaption { text-align: left; font-size: .9rem; color: #333 }
table { border-collapse: collapse; width: 100%; font-size: .84rem; line-height: 1.45; margin: .6rem 0 1rem }
th, td { border: 1px solid #c8c8c8; padding: .22rem .4rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere }
th { background: #e6edf4; font-weight: 600 }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; overflow-wrap: normal }
td.k, th.k { white-space: nowrap; overflow-wrap: normal }
td.wide, th.wide { width: 46% }
a.t { white-space: nowrap }
th [lang=en] { display: block }
tr.above td { background: #fff4d6 }
blockquote { margin: .3rem 0; padding: 0 0 0 .7rem; border-left: 3px solid #bbd3e6; color: #333 }
article { border-top: 1px solid #ddd; padding: .5rem 0 }
article h4 { margin: 0 0 .2rem; font-size: .95rem }
.small { font-size: .82rem; color: #555; overflow-wrap: anywhere }
@media print {
  html { font-size: 9.5pt; line-height: 1.5 }
  body { max-width: none; padding: 0 }
  a { color: inherit; text-decoration: none }
  section { break-before: page }
  section.flow { break-before: auto }
  h2 { margin-top: 0 }
  h2, h3, h4 { break-after: avoid }
  figure, article, tr, blockquote { break-inside: avoid }
  figure svg { max-height: 226mm }
  thead { display: table-header-group }
  table { font-size: 8pt }
  p { orphans: 2; widows: 2 }
  th, tr.above td { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
"""
).replace("FONTS", CSS)
"""The style sheet, without a resource from elsewhere."""
