"""The whole paper as the files of a folder: paper.md, its tables and its figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plan_graph.reports.paper.bodies import make_bodies
from plan_graph.reports.paper.brokers import make_brokers
from plan_graph.reports.paper.choices import make_choices
from plan_graph.reports.paper.corpus import make_corpus
from plan_graph.reports.paper.grid import Part, Table
from plan_graph.reports.paper.markup import bullets, csv, heading, joined, lines, markdown, prose
from plan_graph.reports.paper.methods import WORKS, limits, material, methods
from plan_graph.reports.paper.networks import make_networks
from plan_graph.reports.paper.pairs import make_pairs
from plan_graph.reports.paper.plates import Figure, figures
from plan_graph.reports.paper.randomised import against
from plan_graph.reports.paper.settings import RESAMPLES, Settings
from plan_graph.reports.paper.structure import make_structure
from plan_graph.reports.paper.study import Study, study
from plan_graph.reports.paper.years import make_years
from plan_graph.reports.whole.explain import CAVEAT
from plan_graph.reports.words import Words

if TYPE_CHECKING:
    from pyoxigraph import Store

PAGE = "paper.md"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: the files of its folder by name, its tables, its figures, and which tasks it is about."""

    files: Mapping[str, bytes]
    tables: Sequence[Table]
    figures: Sequence[Figure]
    population: Words


def paper(
    store: Store,
    chosen: Mapping[str, str],
    settings: Settings,
    lang: str = "both",
    forms: Collection[str] = ("svg", "png"),
) -> Paper:
    """Analyse the tasks chosen by plan, issuer or level; the same graph, choice and settings give the same bytes.

    ``forms`` are those of the figures; the page shows the SVG.

    O(resamples) in all: with the standard 1,000 one or two minutes for the Liaoning plan.

    :raises InputError: if no task fits, none names a single body, or no font with Chinese is installed.
    """
    own = study(store, chosen, settings)
    drawn = figures(own, lang, forms)
    tested = against(own.rows, settings.matrices, settings.seed)
    parts = (
        make_corpus(own),
        make_networks(own, tested),
        make_pairs(own),
        make_bodies(own),
        make_years(own),
        make_structure(own, tested),
        make_brokers(own),
        make_choices(own),
    )
    tables = [table for part in parts for table in part.tables]
    files = {PAGE: _page(own, parts, drawn, chosen, lang)}
    files |= {f"tables/{table.key}.csv": csv(table, lang) for table in tables}
    for one in drawn:
        files |= one.files
    return Paper(files, tables, drawn, own.content.wording())


def command(chosen: Mapping[str, str], settings: Settings) -> str:
    """Give the command that makes the same paper from the same graph."""
    asked = [f"--{name} {value}" for name, value in chosen.items()]
    more = [f"--resamples {settings.resamples}"] * (settings.resamples != RESAMPLES)
    return " ".join(["plan-graph paper", *asked, f"--seed {settings.seed}", *more])


def _page(own: Study, parts: Sequence[Part], drawn: Sequence[Figure], chosen: Mapping[str, str], lang: str) -> bytes:
    by_key = {one.key: one for one in drawn}
    sources = own.content.sources
    of = f"《{sources[0].title}》" if len(sources) == 1 else f" {len(sources)} 个计划"
    of_en = sources[0].plan if len(sources) == 1 else f"{len(sources)} plans"
    title = Words(f"纸面上谁与谁协作：{of.strip()}的责任关系", f"Who coordinates with whom on paper: {of_en}")
    made = [
        f"<!-- 由此命令生成 made by: {command(chosen, own.settings)} -->",
        heading(title, lang, 1),
        heading(Words("摘要", "Summary"), lang),
        prose(CAVEAT, lang),
        *_points(Words("数据支持的", "What the data support"), [one for part in parts for one in part.claims], lang),
        *_points(
            Words("数据分辨不出的", "What the data do not tell"),
            [one for part in parts for one in part.undecided],
            lang,
        ),
        heading(Words("材料", "Material"), lang),
        bullets(material(own), lang),
        heading(Words("方法", "Methods"), lang),
        *(prose(one, lang) for one in methods(own)),
        heading(Words("结果", "Results"), lang),
    ]
    for part in parts:
        made += _part(part, by_key, lang)
    made += [
        heading(Words("局限", "Limits"), lang),
        bullets(limits(own), lang),
        heading(Words("文献", "Works cited"), lang),
        "\n".join(f"- {work}" for work in WORKS),
    ]
    return lines(made)


def _points(title: Words, points: Sequence[Words], lang: str) -> list[str]:
    none = (Words("没有。", "Nothing."),)
    return [heading(title, lang, 3), bullets(points or none, lang)]


def _part(part: Part, by_key: Mapping[str, Figure], lang: str) -> list[str]:
    made = [heading(part.title, lang, 3)]
    made += [prose(joined(some), lang) for some in (part.text, part.claims, part.undecided) if some]
    made += [markdown(table, lang) for table in part.tables]
    return made + [_figure(by_key[key], lang) for key in part.figures]


def _figure(one: Figure, lang: str) -> str:
    plate = one.plate
    if plate.missing is not None:
        why = Words(
            f"图 {one.key}（{plate.title.zh}）没有画：{plate.missing.zh}。",
            f"Figure {one.key} ({plate.title.en}) was not drawn: {plate.missing.en}.",
        )
        return prose(why, lang)
    title = Words(f"**图 {one.key}　{plate.title.zh}**", f"**Figure {one.key}. {plate.title.en}**")
    picture = next(name for name in one.files if name.endswith(".svg"))
    caption = joined(one.caption)
    small = Words(f"<small>{caption.zh}</small>", f"<small>{caption.en}</small>")
    return f"![{plate.title.of(lang)}]({picture})\n\n{title.of(lang, '<br>')}\n\n{prose(small, lang)}"
